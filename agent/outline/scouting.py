"""The three places of a story: those of the idea, those where its people belong, and neighbours."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import Any

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being, PlaceKind
from .hints import belongs, hinted, told_by_trade, told_by_vehicle
from .idea import Reading
from .lore import home_of, is_large, trade_words
from .parting import place_of_away
from .phrase import Phrase
from .route import (
    BY_BOAT,
    LED_AWAY,
    OPEN_BOATS,
    by_the_water,
    has_aim,
    in_open_boats,
    on_the_way,
    out_of_doors,
)
from .spots import DIVERS, PAST, TOWARD, WATER, WATER_HOMES, Spot, plain_spot, spot_of
from .words import base_verb

_MODERN = frozenset(["station", "train", "spaceship", "factory", "laboratory", "office", "airport", "cafe"])
_BESIDE = frozenset({"by", "beside", "near"})
_BUILT = frozenset({PlaceKind.lighthouse, PlaceKind.house, PlaceKind.bridge, PlaceKind.castle})
"""What is a thing of the story and the place of it: a lighthouse that is painted."""


@dataclass(frozen=True)
class _Story:
    """What the places of a story are found by."""

    reading: Reading
    hero: Phrase
    other: Phrase | None
    shape: str
    far: bool
    """Somebody is met at the end of a journey, and not before."""

    @property
    def text(self) -> str:
        """The idea's words."""
        return " ".join(self.reading.words)

    @property
    def journey(self) -> bool:
        return self.shape == "journey"

    @property
    def hero_swims(self) -> bool:
        """Whether the hero is an animal that lives in the water or at it."""
        return self.hero.sort == "creature" and home_of(self.hero) in WATER_HOMES

    @property
    def dives(self) -> bool:
        """Whether the hero is below the water all through."""
        return self.hero.head.lower() in DIVERS


def find_spots(
    reading: Reading,
    hero: Phrase,
    trade: dict[str, Any] | None,
    other: Phrase | None,
    shape: str,
    rng: random.Random,
    far: bool = False,
) -> tuple[Spot, Spot, Spot]:
    """Three places: the idea's first, then where those it names belong, then neighbours.

    ``far``: somebody is met at the end of a journey, and not before.
    """
    story = _Story(_of_places_that_are_there(reading, hero), hero, other, shape, far)
    found = _said(story)
    trade = _where_its_work_is(trade, story, found)
    found, trade = _with_where_they_are_of(story, found, trade)
    found = hinted(story.reading, found, trade)
    home, trade = belongs(hero, story.reading, found, trade, rng)
    found = _from_the_start(story, found, trade, home)
    if story.shape == "theft":
        found = _of_a_theft(story, found, home, rng)
    found = _where_the_other_lives(story, found)
    found = _travelled(story, found, home)
    found = _with_neighbours(story, found)
    found = _where_both_can_be(story, found)
    found = _where_people_breathe(story, found)
    found = _where_they_live_wet(story, found)
    large = (*reading.others, *reading.things, *((other,) if other else ()))
    if any(is_large(p) for p in large):
        found = out_of_doors(found, {p.noun for p in story.reading.places if p.head != "home"})
    return found[0], found[1], found[2]


def _of_places_that_are_there(reading: Reading, hero: Phrase) -> Reading:
    """The idea without places where nobody of it comes: a moon in the sky, where one is who is away."""
    sky = [
        p for p in reading.places if p.after in {"over", "under", "below"} and p.head in {"moon", "planet"}
    ]
    gone = place_of_away(reading.words)
    homely = hero.sort == "creature"  # whose home is no house
    kept = (p for p in reading.places if p not in sky and not (gone and p.head == gone))
    return replace(reading, places=tuple(p for p in kept if not (homely and p.head == "home")))


def _said(story: _Story) -> list[Spot]:
    """The places that the idea names, those at which it ends last."""
    reading = story.reading
    found = in_open_boats([spot_of(p) for p in _phrases(reading)])
    if not story.journey:
        found.sort(key=lambda s: s.phrase.after in TOWARD)
    if not found or all(p.after in _BESIDE for p in reading.places):
        kinds = [lexicon.place(p.noun) for p in reading.things]
        found = [*(plain_spot(k.value) for k in kinds if k is not None and k in _BUILT), *found]
    if reading.verb in {"find", "discover", "reach"} and found:
        sought = [
            spot_of(replace(p, sort="place", after="to"))
            for p in reading.things[:1]
            if lexicon.place(p.noun) and p.head not in OPEN_BOATS
        ]
        found += [s for s in sought if s.kind not in {x.kind for x in found}]
    return found


def _phrases(reading: Reading) -> list[Phrase]:
    """The idea's phrases of places, each after the word that tells how the story comes there."""
    crossed = {"": "across"} if reading.verb == "cross" else {}
    named = [replace(p, after=crossed.get(p.after, p.after)) for p in reading.places]
    starts = reading.verb in {"leave", "flee", "escape", "quit"} and len(named) > 1
    starts = starts or (reading.verb in _DELIVERING and _where_they_are(reading))
    if named and (starts or reading.verb == "become") and named[-1].after in {"in", "on", "at"}:
        named[-1] = replace(named[-1], after="to")
    if reading.verb in _DONE_INSIDE:
        named = [replace(p, after="in") if p.after == "into" else p for p in named]
    if named and re.match(rf"see (?:the |an? )?(?:\w+ )?{re.escape(named[-1].head)}\b", reading.goal):
        named[-1] = replace(named[-1], after="to")
    if _SEEN_SEASON.search(reading.goal):
        field = Phrase(noun="green meadow", head="meadow", determiner="the", sort="place", kind="meadow")
        named.append(replace(field, after="to"))
    return named


_DONE_INSIDE = frozenset({"break", "sneak", "creep", "burst", "follow", "chase"})
"""Verbs of getting into a place in which all the rest happens."""


def _where_its_work_is(
    trade: dict[str, Any] | None, story: _Story, found: list[Spot]
) -> dict[str, Any] | None:
    """The hero's trade at the place where the idea's work can be done."""
    if trade and trade["place"] == "sky" and found:
        return None
    soil = story.reading.verb in {"plant", "grow", "dig", "bury"}
    if trade and trade["place"] in {"spaceship", "space"} and soil:
        return {**trade, "place": "planet"}
    return trade


def _with_where_they_are_of(
    story: _Story, found: list[Spot], trade: dict[str, Any] | None
) -> tuple[list[Spot], dict[str, Any] | None]:
    """With the place that somebody is named by, or in whose vehicle everybody is."""
    own = told_by_trade(story.hero) or told_by_vehicle(story.reading)
    if own is None or any(s.kind == own.kind for s in found):
        return found, trade
    return [own, *found], None if trade is None or trade["place"] != own.kind else trade


def _from_the_start(story: _Story, found: list[Spot], trade: dict[str, Any] | None, home: str) -> list[Spot]:
    """With where the story begins, if the idea names only where it leads, or nothing."""
    found = list(found)
    if len(found) == 2 and not story.journey and found[1].phrase.after in TOWARD:
        known = {s.kind for s in found}
        near = [plain_spot(k, name) for k, name in found[0].entry["near"] if k not in known]
        found[1:1] = near[:1]
    if found and not story.journey and all(s.phrase.after in TOWARD for s in found):
        start = plain_spot(home if all(s.kind != home for s in found) else "road")
        found = [start, plain_spot("road" if start.kind != "road" else "village"), *found]
    at_work = trade and len(found) < 2 and all(s.kind != home for s in found) and not story.journey
    if not found or at_work:
        found.append(plain_spot(home, trade.get("called", "") if trade else ""))
    if story.reading.verb == "dig" and found[0].kind == "ship":
        found.insert(0, plain_spot("island"))
    return found


def _of_a_theft(story: _Story, found: list[Spot], home: str, rng: random.Random) -> list[Spot]:
    """The places of a theft: with that which is robbed, or where who is robbed works."""
    reading, other = story.reading, story.other
    robbed = next((p for p in reading.named if p.after == "from"), None)
    if robbed is not None and (kind := lexicon.place(robbed.noun)) is not None:
        elsewhere = [s for s in found if s.kind != kind.value]
        start = plain_spot(home if home != kind.value else "village" if kind.value != "village" else "road")
        found = [*(elsewhere or [start])[:1], plain_spot(kind.value, robbed.noun)]
    ridden = any(lexicon.behaves_as(p.kind or p.noun) in _DRIVEN for p in reading.things)
    works = trade_words(other) if other is not None and not ridden else None
    if works and len(found) < 2 and works["place"] not in {"sky", found[0].kind}:
        found = [*found, plain_spot(works["place"], works.get("called", ""))]
    if len(found) < 2:
        indoor = rng.choice(["museum", "shop", "house"])
        found = [*found, plain_spot("castle" if is_royal(reading) else "road" if ridden else indoor)]
    return found


def _where_the_other_lives(story: _Story, found: list[Spot]) -> list[Spot]:
    """With the home of an animal that is met, or the shore before it."""
    hero, other = story.hero, story.other
    if other is None or other.sort != "creature" or other.being is Being.thing or story.journey:
        return found
    if hero.sort == "creature" and home_of(hero) not in WATER:
        return found
    hidden = story.reading.verb in {"hide", "smuggle", "conceal"}
    if hidden or "because" in story.reading.words:  # they are found where they did it
        return found
    place = home_of(other)
    if place in {s.kind for s in found}:
        return found
    ashore = hero.sort != "creature" and not story.dives
    close = {"sea": "shore", "underwater": "shore" if ashore else "underwater"}.get(place, place)
    met = plain_spot(close if close != found[0].kind or ashore else place)
    return [found[0], met, *found[1:]]


def _travelled(story: _Story, found: list[Spot], home: str) -> list[Spot]:
    """The places of a journey in the order in which they are come to; other stories' as they are."""
    if not story.journey:
        return found
    reading, hero, other = story.reading, story.hero, story.other
    if hero.sort == "creature" and home_of(hero) in WATER and story.far:
        return [plain_spot("underwater", n) for n in ("coral reef", "seabed", "ocean floor")]
    if story.far and not reading.places and other is not None and other.head.lower() in _ROYAL:
        court = plain_spot("castle")  # that is where a queen is met
        found = [*found, replace(court, phrase=replace(court.phrase, after="to"))]
    by_boat = reading.verb in BY_BOAT and hero.sort != "creature"
    return on_the_way(found, home, by_boat, story.far, has_aim(reading))


def _with_neighbours(story: _Story, found: list[Spot]) -> list[Spot]:
    """Three places at least, the rest such as lie near the first and the last."""
    found, past = list(found), PAST.search(story.text)
    for kind, name in (
        found[0].entry["near"] + found[-1].entry["near"] + [["road", "road"], ["forest", "forest"]]
    ):
        if len(found) >= 3:
            break
        if kind in WATER and story.hero.sort != "creature" and not any(s.kind in WATER for s in found):
            continue  # Nobody walks there.
        if (kind in _MODERN and past) or (kind == "rooftop" and story.journey):
            continue
        if kind not in {s.kind for s in found} and name not in {s.phrase.noun for s in found}:
            found.append(plain_spot(kind, name))
    return found


def _where_both_can_be(story: _Story, found: list[Spot]) -> list[Spot]:
    """A whale and a sailor meet where both can be: in the water, and on its edge."""
    if story.hero.sort != "creature" or story.other is None or story.other.sort != "person":
        return found
    found = [plain_spot("shore") if s.kind in WATER and not s.phrase.after else s for s in found[:3]]
    if len({s.kind for s in found}) < len(found):
        spare = plain_spot("harbour"), plain_spot("island")
        found = list({s.phrase.noun: s for s in (*found, *spare)}.values())
    return found


def _where_people_breathe(story: _Story, found: list[Spot]) -> list[Spot]:
    """No person begins in open water who neither swims nor has a boat; who swims does so at a shore."""
    hero, reading, found = story.hero, story.reading, list(found)
    wet = found[0].kind in WATER and not found[0].boat
    if hero.sort == "person" and wet and reading.verb not in _IN_WATER and not story.dives:
        near = [plain_spot(k) for k in ("shore", "harbour", "island")]
        found[0] = next(s for s in near if s.kind not in {x.kind for x in found[:3]})
    dry = hero.sort != "creature" and not reading.places and found[0].kind not in _BATHED
    if dry and "swim" in {base_verb(w.lower()) for w in reading.words}:
        found = [plain_spot("shore"), *(s for s in found if s.kind != "ship")][:3]
        found += [plain_spot("harbour")] * (3 - len(found))
    return found


def _where_they_live_wet(story: _Story, found: list[Spot]) -> list[Spot]:
    """The places of one that lives in the water, or of a diver, in or below it."""
    said = {p.noun for p in story.reading.places}
    if story.hero_swims:
        found = by_the_water(found, said, story.reading.verb in LED_AWAY)
    if story.dives:
        below = iter(("coral reef", "seabed", "ocean floor"))
        found = [
            s if s.kind == "underwater" or s.phrase.noun in said else plain_spot("underwater", next(below))
            for s in found[:3]
        ]
    return found


_DELIVERING = frozenset({"deliver", "bring", "carry", "take"})
"""Verbs of bringing something to somebody: the story ends where that one is."""


def _where_they_are(reading: Reading) -> bool:
    """Whether the last place said is that of somebody to whom something goes: "to a giant in a garden"."""
    aims = [k for k, p in enumerate(reading.named) if p.after == "to" and p.sort in {"person", "creature"}]
    return bool(aims) and aims[0] < len(reading.named) - 1 and reading.named[-1] == reading.places[-1]


_BATHED = frozenset({"shore", "lake", "river", "sea", "underwater", "island", "harbour"})
"""Places where people swim."""
_SEEN_SEASON = re.compile(r"^(?:see|find|meet|feel|reach) (?:the |a )?(?:summer|spring)\b")
"""A wish for a season: it is where the grass is green."""
_IN_WATER = frozenset({"swim", "dive", "sail", "row", "fish", "surf", "float", "drift", "sink"})


_DRIVEN = frozenset({"bicycle", "motorcycle", "scooter", "car", "bus", "truck", "train", "plane", "tractor"})
"""What is stolen out of doors."""


_ROYAL = frozenset({"king", "queen", "prince", "princess", "emperor", "empress"})
"""Who is met at court."""


def is_royal(reading: Reading) -> bool:
    return bool(
        {w.lower().removesuffix("'s") for w in reading.words}
        & {"king", "queen", "prince", "royal", "emperor"}
    )
