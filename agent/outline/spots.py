"""A place of a story: its kind, what it is called, and the word for being there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ...storyboard import lexicon
from .bank import bank
from .phrase import Phrase

SPACE = frozenset({"space", "spaceship", "moon", "planet"})

DIVERS = frozenset({"diver", "divers", "frogman"})
"""Who is below the water all through a story, where no other people are."""
WATER = frozenset(["sea", "underwater"])
WATER_HOMES = WATER | {"shore"}
"""Homes of those who stay in or at the water, whatever the story."""
PAST = re.compile(
    r"\b(?:medieval|ancient|renaissance|roman|viking|victorian|tudor|pharaoh|knights?|samurai|1[0-7]\d\d)\b",
    re.IGNORECASE,
)
"""Words of an idea that is set before there were engines."""

TOWARD = frozenset({"to", "into", "toward", "towards"})
"""Words before a place at which the story ends rather than begins."""


INDOORS = frozenset(
    {"house", "room", "bedroom", "kitchen", "attic", "school", "library", "office", "shop", "cafe",
     "workshop", "factory", "laboratory", "hospital", "museum", "stage", "train", "spaceship", "space",
     "moon", "planet", "cave", "underwater", "temple"}
)  # fmt: skip


def indoors(kind: str) -> bool:
    """Whether such a place has walls or a roof of its own."""
    return kind in INDOORS


@dataclass(frozen=True)
class Spot:
    """A place of the story: its name in narration, where one is there, and its kind."""

    phrase: Phrase
    kind: str
    at: str
    boat: bool = False
    """It is water that is crossed in a boat."""

    @property
    def where(self) -> str:
        """ "on the shore"."""
        return f"{self.at} {self.phrase.again}"

    @property
    def words(self) -> str:
        """What is seen there."""
        inside = "a narrow steel room with pipes, dials and a round window"
        if self.phrase.noun.endswith("submarine"):
            return inside
        called: dict[str, str] = self.entry.get("called", {})
        named = next((told for name, told in called.items() if self.phrase.noun.endswith(name)), None)
        told = named or str(self.entry["words"])
        return f"a small boat out on {told}" if self.boat and self.kind in {"lake", "river"} else told

    @property
    def entry(self) -> dict[str, Any]:
        """The bank's words for this kind of place."""
        found: dict[str, Any] = bank("places").get(self.kind, bank("places")["elsewhere"])
        return found


def plain_spot(kind: str, name: str = "") -> Spot:
    """A place of that kind, by its own name or the one that the bank calls it."""
    entry = bank("places").get(kind, bank("places")["elsewhere"])
    noun = name or entry["name"]
    phrase = Phrase(noun=noun, head=noun.split()[-1], determiner="the", sort="place", kind=kind)
    return Spot(phrase, kind, _AT.get(noun, "at" if kind == "stage" and noun != "stage" else entry["at"]))


_AT = {"ice": "on", "circus": "in", "haunted house": "in", "pavement": "on"}
"""Words before places that are called otherwise than their kind."""
_WITHIN = frozenset(
    {"house", "room", "kitchen", "castle", "temple", "shop", "museum", "school", "library", "village", "city",
     "forest", "garden", "cave", "hospital", "office", "workshop", "factory", "laboratory"}
)  # fmt: skip
"""Kinds of place on whose door or wall somebody does something "on", and is in all the same."""


def spot_of(phrase: Phrase) -> Spot:
    """The place that a phrase names, and the word for being there."""
    found = lexicon.place(phrase.noun)
    if found is not None and found.value == "sea" and phrase.after in {"by", "beside", "near", "at"}:
        return plain_spot("shore")
    kind = found.value if found is not None else "elsewhere"
    if phrase.kind in bank("places"):
        kind = phrase.kind
    if phrase.proper and kind == "elsewhere":
        kind = (
            "planet" if phrase.proper in {"Mars", "Venus", "Saturn", "Jupiter", "Titan", "Europa"} else "city"
        )
    at = _AT.get(phrase.noun, bank("places")[kind]["at"] if kind in bank("places") else "at")
    wet = kind in {"lake", "river"} and phrase.after == "in"
    if at == "on" and kind == "stage" and phrase.noun != "stage":
        at = "at"
    if kind == "farm" and phrase.noun != "farm":
        at = "in"
    if wet:
        at = "by"  # what is done there but swimming is done on the bank
    elif phrase.after in {"in", "on", "at", "under", "inside", "near", "behind", "beside"}:
        at = "in" if phrase.after == "on" and kind in _WITHIN else phrase.after
    elif kind == "elsewhere" or phrase.proper:
        at = "on" if kind in {"planet", "moon", "island"} else "in"
    return Spot(replace(phrase, plural=False), kind, at)


def toward(spot: Spot) -> str:
    """The way there: "down to the shore"."""
    return f"{'down to' if spot.kind in {'shore', 'harbour', 'river', 'sea'} else 'to'} {spot.phrase.again}"
