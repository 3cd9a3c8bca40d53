"""What the picture of a shot shows beyond its event: the idea's own thing, the place, the time."""

from __future__ import annotations

import random
import re

from ...storyboard import lexicon
from ...storyboard.vocabulary import ShotSize
from .able import stays_put
from .act import WHILE_LOST, Act
from .arc import SceneAt
from .borne import is_borne
from .choosing import Work
from .roles import Parts


def wordless(slots: set[str], shape: str, rng: random.Random) -> str:
    """The slot that is told by its picture alone in a film of some length, or "" where none is."""
    able = slots & ({"after", "low"} if shape == "theft" else {"after", "low", "try"})
    return rng.choice(sorted(able)) if able and len(slots) >= 9 else ""


_SHOWS = {
    "rivalry": {"spark", "answer", "vow", "try", "block", "fall", "turn", "deed", "after", "close"},
    "mend": {"habit", "lack", "answer", "try", "low", "deed", "after", "close"},
}
"""Slots in which the thing that the idea is about stands in the picture, by shape."""
_SHOWS_ELSE = {"spark", "answer", "deed", "close"}


def thing_shows(slot: str, scene: SceneAt, spoken: str, peopled: bool, work: Work) -> bool:
    """Whether the idea's own thing is in the picture though the event does not handle it.

    It is where it is spoken of, in the shots that the story turns on, and a big one wherever it stays.
    """
    thing = work.parts.roles.get("thing")
    if thing is None or "thing" in work.parts.invented or not peopled:
        return False
    if (work.played.lost or work.played.awaited) and slot in WHILE_LOST | {"spark"}:
        return False
    if work.played.gave or (work.played.unmade and slot in {"habit", "lack"}):
        return False
    entry = lexicon.look_up(thing.noun, "thing")
    if entry is None and "thing" not in work.parts.figures:
        return False
    if entry is not None and entry.kind in _SKY:
        return False
    if stays_put(thing) and scene.spot != 0 and not is_borne(work.parts):
        return False
    if re.search(rf"\b{re.escape(thing.head)}\b", spoken):
        return True
    rides = thing.after in {"in", "on", "by"} and work.parts.shape == "journey"
    if rides and slot not in {"world", "habit", "lack"}:
        return True
    return slot in _SHOWS.get(work.parts.shape, _SHOWS_ELSE) and work.parts.shape not in _OWN_THING


_SKY = frozenset(
    {"moon", "sun", "planet", "planet earth", "crescent moon", "rainbow", "cloud", "lightning", "tornado"}
)
"""What hangs over a place and does not stand in it."""
_OWN_THING = {"theft", "pursuit", "strive"}
"""Shapes whose thing is elsewhere until it is found or made."""


_VAST = frozenset({"sea", "desert", "snowfield", "sky", "moon", "planet", "meadow", "city", "castle"})
"""Kinds of place that are known by their width; of all others what stands there is to be seen."""


def size_of(slot: str, kind: str) -> ShotSize | None:
    """The place is shown whole, out of doors from afar; of all else the camera is free."""
    if slot == "world":
        return ShotSize.extreme_wide if kind in _VAST else ShotSize.wide
    return None


def size_for(act: Act | None, parts: Parts) -> ShotSize | None:
    """Wide where somebody has to do with a tower or a ship, which is seen whole; and where two run together,
    with the land about them."""
    if act is not None and act.verb == "run" and re.search(r"\bwith the\b", act.sentence):
        return ShotSize.wide
    if act is None or act.target != "thing" or act.verb in {"dream of", "remember", "miss"}:
        return None
    entry = lexicon.look_up(parts.roles["thing"].noun, "thing")
    giant = entry is not None and entry.attributes.get("stature") == "giant"
    return ShotSize.wide if giant else None


def in_its_time(words: str, era: str) -> str:
    """The words without what there was not yet in a time of its own."""
    if not era:
        return words
    return words.replace("tram wires", "washing lines").replace("telegraph poles", "a low stone wall")


def era_of(idea: str) -> str:
    """The words of the idea that say when it is, or ""."""
    if found := _ERA.search(idea):
        return found[0]
    return "medieval" if _OF_OLD.search(idea) else ""


_OF_OLD = re.compile(r"\b(?:knights?|squires?|jousts?|crusaders?|troubadours?)\b", re.I)
"""Words of an idea that is set in the middle ages without saying so."""
_ERA = re.compile(
    r"\b(?:medieval(?: [A-Z]\w+)?|ancient [A-Z]\w+|"
    r"(?:Victorian|Edo|Renaissance|Tudor|Viking|Roman)(?: [A-Z]\w+)?|"
    r"the (?:year )?1?\d\d\ds?|in 1\d\d\d|the (?:future|middle ages|stone age|ice age))\b"
)
