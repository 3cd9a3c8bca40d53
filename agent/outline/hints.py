"""Where a story is that names no place: by the work, the trade, the vehicle, the snow or the window in it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

from ...storyboard import lexicon
from .bank import bank
from .idea import Reading
from .lore import being_words, home_of
from .parting import place_of_away
from .phrase import Phrase
from .spots import SPACE, Spot, indoors, plain_spot, spot_of
from .words import base_verb

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
_OF_SNOW = re.compile(r"\bsnow(?:m[ae]n|balls?)\b", re.IGNORECASE)
"""What is made where snow lies."""
_SNOW = re.compile(r"\b(?:in|through|across|over|into) (?:the |deep |thick )*snow\b", re.IGNORECASE)


def hinted(reading: Reading, found: list[Spot], trade: dict[str, Any] | None) -> list[Spot]:
    """With places that other words than names of places give away: snow, a window."""
    text, found = " ".join(reading.words), list(found)
    if not found and _OF_SNOW.search(text) and any(p.noun.startswith("snow") for p in reading.things):
        found = [plain_spot("snowfield")]
    if not found and trade is None and _AT_A_WINDOW.search(text):
        found = [plain_spot("room")]
    inside = bool(found) and indoors(found[0].kind)
    if _SNOW.search(text) and not inside and not any(s.kind == "snowfield" for s in found):
        crossing = plain_spot("snowfield")
        found.append(replace(crossing, phrase=replace(crossing.phrase, after="through")))
    kind = lexicon.place(_beside_parts(reading)) if trade is None else None
    if not found and kind is not None and kind.value not in {"elsewhere", *SPACE}:
        found.append(plain_spot(kind.value))
    return found


def belongs(
    hero: Phrase, reading: Reading, found: list[Spot], trade: dict[str, Any] | None, rng: random.Random
) -> tuple[str, dict[str, Any] | None]:
    """The kind of place where the hero belongs, and the trade by which it does."""
    text = " ".join(reading.words)
    home = trade["place"] if trade else home_of(hero)
    if trade is None and hero.sort != "creature" and being_words(hero) is bank("beings")["person"]:
        verb = (reading.goal.split() or [""])[0] if reading.goal else reading.verb
        words = {verb, *text.lower().split()}
        usual = next((place for word, place in _BY_WORD.items() if word in words), None)
        home = usual or rng.choice(["village", "city", "house", "village"])
    elif trade is None and hero.sort == "person":
        known = {base_verb(w) for w in text.lower().split()} & _ANYBODY
        home = next((place for word, place in _BY_WORD.items() if word in known), home)
    if home == "house" and _OUTSIDE.search(text) and not found:
        home = "village"
    roofed = indoors(home) and home not in SPACE
    if not found and not reading.places and roofed and _UNDER_THE_SKY.search(text):
        home, trade = "city", None
    return home, trade


def told_by_trade(hero: Phrase) -> Spot | None:
    """Where somebody works who is named by it: "a submarine cook", "a castle ghost"."""
    first, _, rest = " ".join((*hero.adjectives[-1:], hero.noun)).lower().partition(" ")
    whole = lexicon.look_up(hero.noun)
    known = whole is not None and " " in whole.lemma and hero.sort == "person"
    if not rest or hero.sort not in {"person", "creature"} or known:
        return None
    return _aboard(first) or (
        spot_of(Phrase(noun=first, head=first, determiner="the", sort="place"))
        if lexicon.look_up(first, "place") and first not in _NOT_WHERE
        else None
    )


def told_by_vehicle(reading: Reading) -> Spot | None:
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
