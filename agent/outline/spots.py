"""The three places of a story: those of the idea, those where its people belong, and neighbours."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import Any

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being, PlaceKind
from .bank import bank
from .idea import Reading
from .lore import being_words, home_of, is_large, trade_words
from .parting import place_of_away
from .phrase import Phrase
from .words import base_verb

SPACE = frozenset({"space", "spaceship", "moon", "planet"})

DIVERS = frozenset({"diver", "divers", "frogman"})
"""Who is below the water all through a story, where no other people are."""
_WATER = frozenset(["sea", "underwater"])
WATER_HOMES = _WATER | {"shore"}
"""Homes of those who stay in or at the water, whatever the story."""
_SEASIDE = WATER_HOMES | {
    "harbour",
    "island",
    "ship",
    "river",
    "lake",
    "lighthouse",
    "bridge",
    "snowfield",
    "swamp",
}
_MODERN = frozenset(["station", "train", "spaceship", "factory", "laboratory", "office", "airport", "cafe"])
PAST = re.compile(
    r"\b(?:medieval|ancient|renaissance|roman|viking|victorian|tudor|pharaoh|knights?|samurai|1[0-7]\d\d)\b",
    re.IGNORECASE,
)
"""Words of an idea that is set before there were engines."""

_BY_WORD = {
    "knit": "house",
    "sew": "house",
    "door": "house",
    "bake": "kitchen",
    "cook": "kitchen",
    "grow": "garden",
    "dig": "garden",
    "row": "lake",
    "swim": "shore",
    "surf": "shore",
    "sail": "harbour",
    "fish": "river",
    "ski": "mountain",
    "skate": "snowfield",
    "plant": "garden",
    "harvest": "farm",
    "act": "stage",
    "dance": "stage",
    "study": "school",
    "exam": "school",
    "pupil": "school",
    "homework": "school",
    "class": "school",
    "treehouse": "garden",
    "birdhouse": "garden",
    "goalkeeper": "meadow",
    "football": "meadow",
    "penalty": "meadow",
    "gravedigger": "graveyard",
    "woodcutter": "forest",
    "lumberjack": "forest",
    "woodsman": "forest",
    "forester": "forest",
    "magician": "stage",
    "juggler": "stage",
    "acrobat": "circus",
    "ballerina": "stage",
    "actor": "stage",
    "actress": "stage",
    "gardener": "garden",
    "wedding": "temple",
    "soldiers": "road",
    "army": "road",
    "priest": "temple",
    "athlete": "meadow",
    "runner": "road",
    "barge": "river",
    "birthday": "house",
    "baby": "house",
    "ferry": "harbour",
    "lullaby": "bedroom",
    "grandmother": "house",
    "grandfather": "house",
    "spell": "school",
    "school": "school",
    "tennis": "meadow",
    "racket": "meadow",
    "footballer": "meadow",
    "referee": "meadow",
    "golfer": "meadow",
    "skier": "snowfield",
    "surfer": "shore",
    "surgeon": "hospital",
    "orchestra": "stage",
    "concert": "stage",
    "astronomer": "rooftop",
    "telescope": "rooftop",
    "jury": "temple",
    "monastery": "temple",
    "nun": "temple",
    "waitress": "cafe",
    "waitresses": "cafe",
    "cinema": "stage",
    "war": "road",
    "battle": "road",
    "general": "road",
}
"""Where something is usually done, for an idea that names no place."""

_ANYBODY = frozenset({"war", "battle", "school", "tennis", "concert", "orchestra", "telescope"})
"""Words of that list by which a child is somewhere else than at home."""
_TOWARD = frozenset({"to", "into", "toward", "towards"})
"""Words before a place at which the story ends rather than begins."""
_BESIDE = frozenset({"by", "beside", "near"})
_BUILT = frozenset({PlaceKind.lighthouse, PlaceKind.house, PlaceKind.bridge, PlaceKind.castle})
"""What is a thing of the story and the place of it: a lighthouse that is painted."""
_CROSSING = frozenset(["across", "over", "through", "along", "past", "around"])


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
    sky = [
        p for p in reading.places if p.after in {"over", "under", "below"} and p.head in {"moon", "planet"}
    ]
    reading = replace(reading, places=tuple(p for p in reading.places if p not in sky)) if sky else reading
    crossed = {"": "across"} if reading.verb == "cross" else {}
    gone = place_of_away(reading.words)
    reading = replace(reading, places=tuple(p for p in reading.places if p.head != gone)) if gone else reading
    if hero.sort == "creature":
        ways = tuple(p for p in reading.places if p.head != "home")
        reading = replace(reading, places=ways)
    named = [replace(p, after=crossed.get(p.after, p.after)) for p in reading.places]
    starts = reading.verb in {"leave", "flee", "escape", "quit"} and len(named) > 1
    starts = starts or (reading.verb in _DELIVERING and _where_they_are(reading))
    if named and (starts or reading.verb == "become") and named[-1].after in {"in", "on", "at"}:
        named[-1] = replace(named[-1], after="to")
    if reading.verb in {
        "break",
        "sneak",
        "creep",
        "burst",
        "follow",
        "chase",
    }:  # it is where all the rest happens
        named = [replace(p, after="in") if p.after == "into" else p for p in named]
    season = _SEEN_SEASON.search(reading.goal)
    if season:
        field = Phrase(noun="green meadow", head="meadow", determiner="the", sort="place", kind="meadow")
        named.append(replace(field, after="to"))
    found = _in_open_boats([spot for p in named if (spot := _spot(p)) is not None])
    if shape != "journey":
        found.sort(key=lambda s: s.phrase.after in _TOWARD)
    if not found or all(p.after in _BESIDE for p in reading.places):
        kinds = [lexicon.place(p.noun) for p in reading.things]
        found = [*(_plain_spot(k.value) for k in kinds if k is not None and k in _BUILT), *found]
    if reading.verb in {"find", "discover", "reach"} and found:
        sought = [
            _spot(replace(p, sort="place", after="to"))
            for p in reading.things[:1]
            if lexicon.place(p.noun) and p.head not in _OPEN_BOATS
        ]
        found += [s for s in sought if s is not None and s.kind not in {x.kind for x in found}]
    text = " ".join(reading.words)
    trade = None if trade and trade["place"] == "sky" and found else trade
    if (
        trade
        and trade["place"] in {"spaceship", "space"}
        and reading.verb in {"plant", "grow", "dig", "bury"}
    ):
        trade = {**trade, "place": "planet"}  # there is soil
    own = _told_by_trade(hero) or _told_by_vehicle(reading)
    if own is not None and all(s.kind != own.kind for s in found):
        found, trade = [own, *found], None if trade is None or trade["place"] != own.kind else trade
    if not found and _OF_SNOW.search(text) and any(p.noun.startswith("snow") for p in reading.things):
        found = [_plain_spot("snowfield")]
    if not found and trade is None and _AT_A_WINDOW.search(text):
        found = [_plain_spot("room")]
    inside = bool(found) and indoors(found[0].kind)
    if _SNOW.search(text) and not inside and not any(s.kind == "snowfield" for s in found):
        crossing = _plain_spot("snowfield")
        found.append(replace(crossing, phrase=replace(crossing.phrase, after="through")))
    kind = lexicon.place(_beside_parts(reading)) if trade is None else None
    if not found and kind is not None and kind.value not in {"elsewhere", *SPACE}:
        found.append(_plain_spot(kind.value))
    home = trade["place"] if trade else home_of(hero)
    if trade is None and hero.sort != "creature" and being_words(hero) is bank("beings")["person"]:
        verb = (reading.goal.split() or [""])[0] if reading.goal else reading.verb
        words = {verb, *text.lower().split()}
        wet = next((place for word, place in _BY_WORD.items() if word in words), None)
        home = wet or rng.choice(["village", "city", "house", "village"])
    elif trade is None and hero.sort == "person":
        known = {base_verb(w) for w in text.lower().split()} & _ANYBODY
        home = next((place for word, place in _BY_WORD.items() if word in known), home)
    if home == "house" and _OUTSIDE.search(text) and not found:
        home = "village"
    if (
        not found
        and not reading.places
        and indoors(home)
        and home not in SPACE
        and _UNDER_THE_SKY.search(text)
    ):
        home, trade = "city", None
    if len(found) == 2 and shape != "journey" and found[1].phrase.after in _TOWARD:
        known = {s.kind for s in found}
        near = [_plain_spot(k, name) for k, name in found[0].entry["near"] if k not in known]
        found[1:1] = near[:1]
    if found and shape != "journey" and all(s.phrase.after in _TOWARD for s in found):
        start = _plain_spot(home if all(s.kind != home for s in found) else "road")
        found = [start, _plain_spot("road" if start.kind != "road" else "village"), *found]
    if not found or (trade and len(found) < 2 and all(s.kind != home for s in found) and shape != "journey"):
        own = _plain_spot(home, trade.get("called", "") if trade else "")
        found = [*found, own] if found else [own]
    if reading.verb == "dig" and found[0].kind == "ship":
        found.insert(0, _plain_spot("island"))
    robbed = next((p for p in reading.named if p.after == "from"), None) if shape == "theft" else None
    if robbed is not None and (kind := lexicon.place(robbed.noun)) is not None:
        elsewhere = [s for s in found if s.kind != kind.value]
        start = _plain_spot(home if home != kind.value else "village" if kind.value != "village" else "road")
        found = [*(elsewhere or [start])[:1], _plain_spot(kind.value, robbed.noun)]
    ridden = any(lexicon.behaves_as(p.kind or p.noun) in _DRIVEN for p in reading.things)
    works = trade_words(other) if other is not None and shape == "theft" and not ridden else None
    if works and len(found) < 2 and works["place"] not in {"sky", found[0].kind}:
        found.append(_plain_spot(works["place"], works.get("called", "")))
    if shape == "theft" and len(found) < 2:
        indoor = rng.choice(["museum", "shop", "house"])
        found.append(_plain_spot("castle" if is_royal(reading) else "road" if ridden else indoor))
    both = other is not None and other.sort == hero.sort == "creature" and home_of(hero) not in _WATER
    lives = other is not None and other.sort == "creature" and other.being is not Being.thing
    lives = lives and reading.verb not in {"hide", "smuggle", "conceal"}
    lives = lives and "because" not in reading.words  # they are found where they did it
    if other is not None and lives and shape != "journey" and not both:
        place = home_of(other)
        if place not in {s.kind for s in found}:
            ashore = hero.sort != "creature" and hero.head.lower() not in DIVERS
            close = {"sea": "shore", "underwater": "shore" if ashore else "underwater"}.get(place, place)
            found.insert(1, _plain_spot(close if close != found[0].kind or ashore else place))
    if shape == "journey" and hero.sort == "creature" and home_of(hero) in {"sea", "underwater"} and far:
        found = [_plain_spot("underwater", n) for n in ("coral reef", "seabed", "ocean floor")]
    elif shape == "journey":
        if far and not reading.places and other is not None and other.head.lower() in _ROYAL:
            court = _plain_spot("castle")  # that is where a queen is met
            found = [*found, replace(court, phrase=replace(court.phrase, after="to"))]
        found = _on_the_way(
            found, home, reading.verb in BY_BOAT and hero.sort != "creature", far, _has_aim(reading)
        )
    for kind_near, name in (
        found[0].entry["near"] + found[-1].entry["near"] + [["road", "road"], ["forest", "forest"]]
    ):
        if len(found) >= 3:
            break
        if kind_near in _WATER and hero.sort != "creature" and not any(s.kind in _WATER for s in found):
            continue  # Nobody walks there.
        if (kind_near in _MODERN and PAST.search(text)) or (kind_near == "rooftop" and shape == "journey"):
            continue
        if kind_near not in {s.kind for s in found} and name not in {s.phrase.noun for s in found}:
            found.append(_plain_spot(kind_near, name))
    if hero.sort == "creature" and other is not None and other.sort == "person":
        # A whale and a sailor meet where both can be: in the water, and on its edge.
        found = [_plain_spot("shore") if s.kind in _WATER and not s.phrase.after else s for s in found[:3]]
        if len({s.kind for s in found}) < len(found):
            found = list(
                {s.phrase.noun: s for s in (*found, _plain_spot("harbour"), _plain_spot("island"))}.values()
            )
    if (
        hero.sort == "person"
        and found[0].kind in _WATER
        and not found[0].boat
        and reading.verb not in _IN_WATER
        and hero.head.lower() not in DIVERS
    ):
        near = [_plain_spot(k) for k in ("shore", "harbour", "island")]
        found[0] = next(s for s in near if s.kind not in {x.kind for x in found[:3]})
    dry = hero.sort != "creature" and not reading.places and found[0].kind not in _BATHED
    if dry and "swim" in {base_verb(w.lower()) for w in reading.words}:
        found = [_plain_spot("shore"), *(s for s in found if s.kind != "ship")][:3]
        found += [_plain_spot("harbour")] * (3 - len(found))
    if hero.sort == "creature" and home_of(hero) in WATER_HOMES:
        found = _by_the_water(found, {p.noun for p in reading.places}, reading.verb in LED_AWAY)
    if hero.head.lower() in DIVERS:
        below = iter(("coral reef", "seabed", "ocean floor"))
        said = {p.noun for p in reading.places}
        found = [
            s if s.kind == "underwater" or s.phrase.noun in said else _plain_spot("underwater", next(below))
            for s in found[:3]
        ]
    if any(is_large(p) for p in (*reading.others, *reading.things, *((other,) if other else ()))):
        found = _out_of_doors(found, {p.noun for p in reading.places if p.head != "home"})
    return found[0], found[1], found[2]


_OPEN_BOATS = frozenset(
    {
        "boat",
        "rowboat",
        "raft",
        "canoe",
        "kayak",
        "dinghy",
        "skiff",
        "lifeboat",
        "gondola",
        "sailboat",
        "punt",
    }
)
"""What has no deck to walk about on."""


def _in_open_boats(found: list[Spot]) -> list[Spot]:
    """The places with the water that a boat is on in place of the boat: that which is named, or the sea."""
    boats = [s for s in found if s.kind == "ship" and s.phrase.head.lower() in _OPEN_BOATS]
    if not boats:
        return found
    water = next((s for s in found if s.kind in {"sea", "lake", "river"}), None)
    afloat = replace(water or _plain_spot("sea"), at="on", boat=True)
    changed = [afloat if s is (water or boats[0]) else s for s in found]
    return [s for s in changed if s not in boats]


_DELIVERING = frozenset({"deliver", "bring", "carry", "take"})
"""Verbs of bringing something to somebody: the story ends where that one is."""


def _where_they_are(reading: Reading) -> bool:
    """Whether the last place said is that of somebody to whom something goes: "to a giant in a garden"."""
    aims = [k for k, p in enumerate(reading.named) if p.after == "to" and p.sort in {"person", "creature"}]
    return bool(aims) and aims[0] < len(reading.named) - 1 and reading.named[-1] == reading.places[-1]


_BATHED = frozenset({"shore", "lake", "river", "sea", "underwater", "island", "harbour"})
"""Places where people swim."""
_OUTSIDE = re.compile(
    r"\b(?:storm|thunderstorm|rain|snow|umbrella|wind|kite|rainbow|puddles?|flies|sun|moon|stars?|clouds?)\b",
    re.IGNORECASE,
)
"""Words of what is under the open sky."""
_UNDER_THE_SKY = re.compile(r"\bin the (?:rain|snow|storm|thunderstorm|wind|moonlight|starlight)\b")
"""Words by which what is done is done out of doors, whoever does it."""
_AT_A_WINDOW = re.compile(
    r"\b(?:at|by|behind|through|out of|from|beside|under|near|on|across|down|up) "
    r"(?:the|a|an|his|her|its|their) (?:\w+ )?"
    r"(?:windows?|windowsill|windowpanes?|ceiling|floor|fireplace|hearth|stairs|staircase)\b",
    re.IGNORECASE,
)
"""Words by which somebody is in a room, where nothing else is said of where."""
_SEEN_SEASON = re.compile(r"^(?:see|find|meet|feel|reach) (?:the |a )?(?:summer|spring)\b")
"""A wish for a season: it is where the grass is green."""
LED_AWAY = frozenset({"carry", "bring", "take", "lead", "guide", "pull", "push"})
"""Verbs by which one that swims brings somebody over the water."""


_IN_WATER = frozenset({"swim", "dive", "sail", "row", "fish", "surf", "float", "drift", "sink"})


def _by_the_water(found: list[Spot], named: set[str], led: bool) -> list[Spot]:
    """The places of one that lives in the water: those that the idea names, else such as lie in or at it.

    ``led``: somebody is brought, over the sea, to the last of them.
    """
    own = [s for s in found[:3] if s.phrase.noun in named]
    if led:
        goals = [s for s in own if s.phrase.after in _TOWARD][:1] or [_plain_spot("harbour")]
        start = "island" if goals[0].kind in {"shore", "harbour"} else "shore"
        return [_plain_spot(start), _plain_spot("sea"), goals[0]]
    spare = [_plain_spot(k) for k in ("shore", "sea", "island", "harbour")]
    out: list[Spot] = []
    for spot in found[:3]:
        fits = spot.kind in _SEASIDE or spot in own
        new = spot if fits else next(s for s in spare if s.kind not in {x.kind for x in (*found[:3], *out)})
        out.append(new)
    return out


_ROOMS = frozenset(
    {"house", "room", "bedroom", "kitchen", "attic", "school", "library", "office", "shop", "cafe"}
)  # fmt: skip


def _out_of_doors(found: list[Spot], named: set[str]) -> list[Spot]:
    """The places of one that no door lets in: what is in a house, and is not named, is before it."""
    spare = [_plain_spot(k) for k in ("village", "garden", "meadow")]
    out: list[Spot] = []
    for spot in found[:3]:
        within = spot.kind in _ROOMS and spot.phrase.noun not in named
        out.append(next(s for s in spare if s.kind not in {x.kind for x in out}) if within else spot)
    return out


_OF_SNOW = re.compile(r"\bsnow(?:m[ae]n|balls?)\b", re.IGNORECASE)
"""What is made where snow lies."""
_SNOW = re.compile(r"\b(?:in|through|across|over|into) (?:the |deep |thick )*snow\b", re.IGNORECASE)


def _told_by_trade(hero: Phrase) -> Spot | None:
    """Where somebody works who is named by it: "a submarine cook", "a castle ghost"."""
    first, _, rest = " ".join((*hero.adjectives[-1:], hero.noun)).lower().partition(" ")
    whole = lexicon.look_up(hero.noun)
    known = whole is not None and " " in whole.lemma and hero.sort == "person"
    if not rest or hero.sort not in {"person", "creature"} or known:
        return None
    return _aboard(first) or (
        _spot(Phrase(noun=first, head=first, determiner="the", sort="place"))
        if lexicon.look_up(first, "place") and first not in _NOT_WHERE
        else None
    )


def _told_by_vehicle(reading: Reading) -> Spot | None:
    """The train or ship that the sentence is about, where people are in it."""
    subject = reading.subject.lower()
    inside = [p for p in reading.things if subject.endswith(p.noun.lower()) and not reading.heroes]
    return next((spot for p in inside if (spot := _aboard(p.noun)) is not None), None)


def _aboard(noun: str) -> Spot | None:
    """The inside of a vehicle that people live or travel in, or None."""
    entry = lexicon.look_up(noun, "place")
    if entry is None or entry.kind not in {"train", "ship", "spaceship"}:
        return None
    at = "in" if noun.endswith("submarine") else "on"
    phrase = Phrase(noun=noun, head=noun, determiner="the", sort="place", kind=entry.kind)
    return Spot(phrase, entry.kind, at)


_NOT_WHERE = frozenset({"space", "snow", "sea", "country", "night"})
"""Places that say what kind of being it is rather than where it is now: a sea captain, a country girl."""


def _beside_parts(reading: Reading) -> str:
    """The idea without those and that which it is about: a ring that is collected is no circus ring."""
    parts = (*reading.heroes, *reading.others, *reading.things)
    taken = {w.lower() for p in parts for w in (p.noun.split()[-1], p.head)}
    taken.add(place_of_away(reading.words))
    kept = [w for w in reading.words if w.lower() not in taken]
    return " ".join(w for w in kept if base_verb(w.lower()) != reading.verb)


_WET_WAYS = frozenset({"sea", "lake", "river", "underwater"})
BY_BOAT = frozenset({"row", "sail", "swim", "paddle", "surf"})
"""Ways that lead over water, whether the sentence names it or not."""


def _crossing(kind: str) -> Spot:
    """A place that is crossed."""
    spot = _plain_spot(kind)
    return replace(spot, phrase=replace(spot.phrase, after="across"))


def _on_the_way(found: list[Spot], home: str, wet: bool, far: bool, aim: bool = False) -> list[Spot]:
    """The places of a journey: home, what is crossed, and where it goes.

    ``wet``: the way leads over water; ``far``: somebody waits at its end; ``aim``: something is to be
    done out there.
    """
    goals = [s for s in found if s.phrase.after in {"to", "into", "toward", "towards"}]
    if far and not goals:
        goals = [_plain_spot("house")]
    crossed = [s for s in found if s not in goals and s.phrase.after in _CROSSING]
    if wet:
        over = next((s for s in found if s.kind in _WET_WAYS), None)
        named = over is not None and bool(over.phrase.determiner)
        crossed = [over if over is not None and named else _crossing(over.kind if over else "sea")]
        goals = [s for s in goals if s.kind not in _WET_WAYS]
    starts = [
        s for s in found if s not in goals and s not in crossed and not (wet and s.kind in _WET_WAYS)
    ] or [_plain_spot(home)]
    if wet and crossed:
        starts = [_plain_spot({"lake": "shore", "river": "village"}.get(crossed[0].kind, "harbour"))]
        afloat = replace(crossed[0], at="on", boat=True)
        return [starts[0], afloat, *(goals[:1] or ([afloat] if aim else []))]
    if far:
        starts = [s for s in starts if s.kind != goals[0].kind] or [_plain_spot("village")]
        return [starts[0], *(crossed[:1] or [_plain_spot("road")]), goals[0]]
    at_home = (*goals, *crossed) if home == "garden" or not goals else crossed
    if any(s.kind == home for s in at_home) and len(starts) == 1 and starts[0].kind == home:
        # It lives where the journey goes: the garden of a snail is its home and its road.
        own = [*crossed[:1], *goals[:1]]
        return (
            [*own, *(_plain_spot("garden", n) for n in ("kitchen garden", "rose garden"))][:3]
            if (home == "garden")
            else own
        )
    starts = [s for s in starts if s.kind not in {g.kind for g in (*goals, *crossed)}] or [
        _plain_spot("house")
    ]
    if goals and not crossed:
        crossed = [_plain_spot("bridge" if starts[0].kind == "road" else "road")]
    return [starts[0], *crossed[:1], *goals[:1]]


def _has_aim(reading: Reading) -> bool:
    """Whether the way is made to do something where it leads: "sails out to scatter ashes"."""
    return bool(reading.goal) and base_verb(reading.goal.split()[0]) != reading.verb


_DRIVEN = frozenset({"bicycle", "motorcycle", "scooter", "car", "bus", "truck", "train", "plane", "tractor"})
"""What is stolen out of doors."""


def _plain_spot(kind: str, name: str = "") -> Spot:
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


def _spot(phrase: Phrase) -> Spot | None:
    found = lexicon.place(phrase.noun)
    if found is not None and found.value == "sea" and phrase.after in {"by", "beside", "near", "at"}:
        return _plain_spot("shore")
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
    return f"{'down to' if spot.kind in {'shore', 'harbour', 'river', 'sea'} else 'to'} {spot.phrase.again}"


_ROYAL = frozenset({"king", "queen", "prince", "princess", "emperor", "empress"})
"""Who is met at court."""


def is_royal(reading: Reading) -> bool:
    return bool(
        {w.lower().removesuffix("'s") for w in reading.words}
        & {"king", "queen", "prince", "royal", "emperor"}
    )
