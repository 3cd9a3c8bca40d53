"""What the bank knows of a being and of a trade."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being, Dress
from .bank import bank, word_set
from .phrase import Phrase
from .words import singular

YOUNG = word_set("young")


def being_words(phrase: Phrase) -> dict[str, Any]:
    """The bank's words for this being."""
    beings = bank("beings")
    for key in (phrase.kind, phrase.head.lower(), "child" if phrase.head.lower() in YOUNG else ""):
        if key in beings and key != "person":
            found: dict[str, Any] = beings[key]
            return found
    fallback: dict[str, Any] = beings.get(
        str(phrase.being.value) if phrase.being else "person", beings["person"]
    )
    return fallback


_STANDS = {
    "lighthouse": "shore", "ship": "harbour", "boat": "harbour", "sailboat": "harbour", "drone": "farm",
    "scarecrow": "farm", "tractor": "farm", "windmill": "meadow", "tree": "meadow", "kite": "meadow",
    "statue": "city", "streetlamp": "city", "fountain": "city", "traffic light": "city", "bus": "road",
    "car": "road", "truck": "road", "lorry": "road", "bicycle": "road", "train": "station", "bench": "garden",
    "well": "village", "house": "village", "church": "village", "cloud": "sky", "star": "sky", "plane": "sky",
    "bridge": "river", "raft": "river", "rocket": "desert", "lamppost": "city", "postbox": "city",
}  # fmt: skip
"""Where things stand that a story is about, and that stand in no room."""


def home_of(phrase: Phrase) -> str:
    """The kind of place where this being is at home."""
    if phrase.head.lower() == "tortoise":
        return "garden"  # which is no turtle of the sea
    own = bank("homes").get(phrase.kind) if phrase.sort == "creature" else None
    if phrase.sort != "person":
        whose = re.fullmatch(r"(?:an?|the) (?:[\w-]+ )?([\w-]+)'s", phrase.determiner)
        trade = bank("trades").get(whose[1]) if whose else None
        thing = phrase.being is Being.thing or phrase.sort == "thing"
        stands = _STANDS.get(phrase.head.lower()) if thing else None
        staged = "stage" if whose and whose[1] in {"magician", "conjurer", "ventriloquist"} else None
        own = (trade or {}).get("place") or staged or stands or own
    return str(own or being_words(phrase)["home"])


_ALIKE = {
    "surgeon": "doctor", "vet": "doctor", "waitress": "waiter", "mailman": "postman",
    "composer": "pianist", "cellist": "violinist", "drummer": "musician", "guitarist": "musician",
    "seamstress": "tailor", "professor": "teacher",
    "janitor": "cleaner", "sculptor": "painter", "rancher": "farmer", "milkmaid": "farmer",
}  # fmt: skip
"""Trades told by the words of another one."""


def trade_words(phrase: Phrase) -> dict[str, Any] | None:
    """The bank's words for this trade, or None."""
    trades = bank("trades")
    noun = phrase.noun.lower()
    for key in (noun, noun.split()[-1], singular(phrase.head), *(w.lower() for w in phrase.proper.split())):
        if key in trades:
            found: dict[str, Any] = trades[key]
            return found
    same = lexicon.look_up(noun, "person")
    suited = same is not None and same.attributes.get("dress") == Dress.spacesuit
    return trades["astronaut"] if suited else None  # a cosmonaut, by whatever other name


_SIZES = {"tiny": 0.0, "small": 1.0, "medium": 2.0, "large": 3.0, "giant": 4.0}
_ADULT, _CHILD = 2.2, 1.2
SMALL, LARGE = _SIZES["small"], _SIZES["large"]
"""The size of a dog, which a child carries, and of a horse, which no door lets in."""


def size_of_body(phrase: Phrase) -> float:
    """How big somebody is, from 0, a bee, by 2, a grown person, to 4, an elephant."""
    if phrase.sort == "person":
        return _CHILD if phrase.head.lower() in YOUNG else _ADULT
    entry = lexicon.look_up(phrase.kind or phrase.noun, "creature")
    stature = entry.attributes.get("stature") if entry is not None else None
    small = bool({"baby", "tiny", "little", "small"} & {a.lower() for a in phrase.adjectives})
    return _SIZES.get(str(stature), _ADULT) - (1.0 if small else 0.0)


def is_large(phrase: Phrase | None) -> bool:
    """Whether it is an animal or a giant that no door lets in."""
    return phrase is not None and phrase.sort == "creature" and size_of_body(phrase) >= LARGE
