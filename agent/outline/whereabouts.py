"""Which places of a story have a reason in its idea."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...storyboard import lexicon
from ...storyboard.vocabulary import Beat, Hour
from .able import body_of
from .clauses import Clause
from .idea import Reading
from .kinds import vehicle_of
from .lore import home_of
from .phrase import Phrase
from .roles import WAYS, Parts
from .spots import WATER_HOMES
from .steps import LED

_ROAMING = LED | WAYS | frozenset(
    {"chase", "follow", "pursue", "escape", "flee", "leave", "wander",
     "explore", "visit", "roam", "hike", "smuggle", "elope", "tour", "cross", "race"}
)  # fmt: skip
"""Deeds by which somebody gets to other places than those that the idea names."""
_IN_MIND = r"\b(?:miss(?:es)?|remembers?|dreams? of|thinks? of|longs? for)"
"""Before what is only in somebody's mind."""
_LEADING = frozenset({"to", "into", "toward", "towards", "across", "through", "over", "along", "up", "down"})


def told_places(reading: Reading, parts: Parts, clauses: Iterable[Clause]) -> tuple[bool, bool, bool]:
    """For each of the three places, whether the story has a reason to be there.

    The first always has one. A neighbour's place has one where the idea names it, where somebody whom it
    names lives there, or where somebody searches, flees or is on a way.
    """
    hero, other = parts.roles["hero"], parts.roles.get("other")
    if vehicle_of(hero) and parts.shape != "pursuit":
        return True, False, False
    words = {w.lower() for w in reading.words}
    verbs = {c.verb for c in clauses if c.actor in {"hero", "both"} and not c.negated} | {reading.verb}
    still = verbs & {"swim", "dance", "climb", "fly", "push", "pull", "run"} and len(verbs & _ROAMING) == 1
    swims = hero.sort == "creature" and home_of(hero) in WATER_HOMES
    roams = bool(verbs & _ROAMING) and not still
    goes = roams or any(p.after in _LEADING for p in (*reading.places, *reading.others))
    if parts.shape == "pursuit" or (parts.shape == "journey" and goes):
        return True, True, True
    lost = "lost" in words and reading.verb in {"get", "be"} and not reading.places
    if swims or lost or (roams and not reading.places):
        return True, True, True
    nouns = {p.noun for p in (*reading.places, *reading.things)}
    text = " ".join(reading.words).lower()
    nouns = {n for n in nouns if not re.search(rf"{_IN_MIND} (?:the |a |an )?{re.escape(n.lower())}\b", text)}
    kinds = {found.value for n in nouns if (found := lexicon.place(n)) is not None}
    if other is not None and "other" not in parts.invented and not reading.places and _has_own_home(other):
        kinds |= {home_of(other), *({"shore"} if home_of(other) in WATER_HOMES else ())}
    nouns.add("green meadow")
    first = parts.spots[0]
    told = [True]
    for n, spot in enumerate(parts.spots[1:]):
        robbed = parts.shape == "theft" and n == 0
        told.append(spot.phrase.noun in nouns or (spot.kind in kinds and spot.kind != first.kind) or robbed)
    return told[0], told[1] or goes_through(parts), told[2]


_AMONG_PEOPLE = frozenset({"village", "city", "house", "farm", "garden", "rooftop", "room"})


def _has_own_home(other: Phrase) -> bool:
    """Whether somebody is an animal that one meets where it lives."""
    return (
        other.sort == "creature"
        and body_of(other) in {"paw", "wing", "fin"}
        and home_of(other) not in _AMONG_PEOPLE
    )


def met_at(parts: Parts, beat: Beat, spot: int, adored: bool) -> int:
    """Which place a scene is in, where whoever is met stays where it lives, or something is stolen.

    A whale does not come to the lighthouse; what was stolen is brought back where it was, unless it is
    ``adored``: then it is kept.
    """
    other = parts.roles.get("other")
    waters = {"shore", "sea", "underwater", "harbour", "lake", "river"}
    swims = other is not None and home_of(other) in WATER_HOMES and body_of(other) == "fin"
    if parts.shape == "friendship" and swims and parts.spots[1].kind in waters and beat is not Beat.setup:
        return spot if parts.spots[spot].kind in waters else 1
    if goes_through(parts):
        return 1 if beat is Beat.resolution else 0
    if parts.shape == "theft" and spot == 0 and beat is not Beat.setup:
        kept = adored and beat in {Beat.climax, Beat.resolution}
        return 0 if kept else 1
    return spot


def goes_through(parts: Parts) -> bool:
    """Whether somebody goes through a door, a mirror or a picture: then there is another place behind it."""
    return _THROUGH.search(" ".join(parts.words).lower()) is not None


_THROUGH = re.compile(
    r"\b(?:walks?|steps?|goes|climbs?|crawls?|falls?) (?:through|into) "
    r"(?:it|the (?:door|mirror|picture|painting))\b"
)


def is_green(parts: Parts, spot: int) -> bool:
    """Whether that place is the summer that somebody wished to see."""
    return parts.spots[spot].phrase.noun == "green meadow"


def hour_of(text: str) -> Hour | None:
    """The hour that the idea says, or means with the moon, the stars or a fear of the dark."""
    said = lexicon.hour(text)
    if said is not None or not _OF_NIGHT.search(text.lower()):
        return said
    return Hour.night


_OF_NIGHT = re.compile(
    r"(?<!on )(?<!of )\bthe (?:full |new |silver )?moon\b|\bthe stars?\b|\bfireflies\b|\bfireworks\b"
    r"|\bastronomers?\b|\btelescope\b|\ba star (?:is|that|who)\b"
    r"|\bafraid of the dark\b|\bmidnight\b|\bowls?\b.*\bhunts?\b|\bbedtime\b"
)
