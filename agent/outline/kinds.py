"""Kinds of story that are told by more than one verb: a fear, a rescue from the water, a shop that opens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...storyboard import lexicon
from .able import body_of, stays_put
from .bank import bank
from .borne import is_babe
from .clauses import Clause
from .doers import PAIR
from .idea import Reading
from .phrase import Phrase
from .roles import Parts
from .turning import turning_kind

_DROWNING = frozenset(
    {"drown", "drowns", "drowning", "drowned", "overboard", "shipwrecked", "sinking", "capsized"}
)
_DRIVEN = frozenset({"bus", "taxi", "truck", "tram", "van", "car", "tractor", "ambulance", "limousine", "cab",
                     "carriage", "coach", "fire"})  # fmt: skip
_SHOPS = frozenset(
    {"shop", "bakery", "cafe", "restaurant", "store", "bookshop", "inn", "stall", "tavern", "cafeteria"}
)
_DARK = frozenset({"dark", "darkness", "night"})
_FEARS = frozenset({"afraid", "fears", "fear", "scared", "frightened", "terrified"})
_WANTS = frozenset({"want", "dream", "wish", "long", "hope", "yearn"})


def told_kinds(reading: Reading, parts: Parts, clauses: Iterable[Clause]) -> list[str]:
    """Kinds of steps that the idea as a whole asks for, the surest first; empty where it asks for none."""
    words = [w.lower() for w in reading.words]
    told = list(clauses)
    hero, other = parts.roles["hero"], parts.roles.get("other")
    named = other is not None and "other" not in parts.invented
    found: list[str] = []
    if is_babe(hero) and other is not None:
        return ["foundling"]
    if is_babe(other):
        return ["nursling"]
    if turned := turning_kind(reading, parts):
        return [turned]
    if reading.verb == "shrink" and named:
        found.append("shrink")
    if named and _DROWNING & set(words) and parts.shape == "rescue":
        found.append("drown")
    if named and vehicle_of(hero):
        found.append("chauffeur")
    if reading.verb == "lie" and "ill" in words and other is not None:
        found.append("ill")
    watched = any(c.actor == "other" and c.verb in {"guard", "protect", "watch"} for c in told)
    if watched and (reading.verb == "sleep" or "asleep" in words):
        found.append("guarded")
    if named and reading.verb == "catch" and re.search(r"\blets? (?:\w+ )?go\b|\bfree\b", " ".join(words)):
        found.append("letgo")
    if named and reading.verb == "meet" and "again" in words:
        found.append("reunion")
    if {"disappear", "vanish"} & set(words) and reading.verb == "make":
        found.append("conjure")
    if opens_shop(reading):
        found.append("shop")
    if named and reading.verb in {"promise", "swear", "vow"}:
        found.append("vowed")
    feared = feared_of(words)
    if feared & _DARK:
        found.append("dark")
    if named and other is not None and other.head.lower() in feared:
        found.append("tame")
    elif (named is False or other is None or other.head.lower() not in feared) and feared_thing(words):
        found.append("dread")
    if named and any(c.verb in SCARING and c.actor == "hero" and "{other}" in c.rest for c in told):
        found.append("scare")
    thing = parts.roles["thing"]
    seen = "thing" not in parts.invented and lexicon.look_up(thing.noun, "thing") is not None
    wanted = any(c.verb in _WANTS for c in told) or reading.verb in _WANTS
    if seen and stays_put(thing) and any(c.verb == "climb" and "{thing}" in c.rest for c in told):
        found.append("ascent")
    elif seen and wanted and body_of(hero) != "still":
        found.append("longing")
    elif wanted and reading.goal.split()[:1] == ["fly"] and body_of(hero) == "wing":
        found.append("soar")
    elif wanted and reading.goal.startswith("see ") and body_of(hero) != "still":
        found.append("thaw" if hero.kind == "snowman" and lexicon.season(reading.goal) else "yearn")
    if "lost" in words and reading.verb in {"get", "be"} and parts.subject == PAIR:
        found.append("astray")
    if reading.verb in {"come", "return"} and "home" in words:
        found.append("homecoming")
    if reading.verb == "be" and "late" in words:
        found.append("late")
    if "thing" not in parts.invented and thing.head.lower() in _ASHES:
        found.append("mourn")
    if reading.verb in _RECEIVING and "thing" not in parts.invented and thing.head.lower() in _MAIL:
        found.append("missive")
    if reading.verb in {"open", "close", "unlock", "lock", "knock"} and seen and thing.head.lower() in _DOORS:
        found.append("doorway")
    if reading.verb == "dance" and parts.members.get(hero.name):
        found.append("waltz")
    return found


def emblem_of(reading: Reading) -> str:
    """What stands in a thought for what somebody wishes to see: "a sun" for summer, "a ship" for the sea."""
    emblems = bank("emblems")
    words = reading.goal.split()
    entry = lexicon.look_up(words[-1], "thing") if words else None
    if entry is not None:
        return f"{'an' if entry.kind[0] in 'aeiou' else 'a'} {entry.kind}"
    return str(next((e for w in reversed(words) if (e := emblems.get(_meant_by(w)))), emblems["sky"]))


def _meant_by(word: str) -> str:
    """The season or kind of place that a word names, or ""."""
    named = lexicon.season(word) or lexicon.place(word)
    return named.value if named is not None else ""


def feared_thing(words: list[str]) -> str:
    """What is feared as a thing of a pattern, "a fire"; "" where it is no thing that stands about."""
    at = next((i for i, w in enumerate(words) if w in _FEARS), len(words))
    for word in words[at + 1 : at + 5]:
        entry = lexicon.look_up(word, "thing")
        if entry is not None and word not in _DARK | _NO_THINGS:
            return f"{'an' if entry.kind[0] in 'aeiou' else 'a'} {entry.kind}"
    return ""


_NO_THINGS = frozenset(
    {"water", "sea", "waves", "height", "heights", "people", "love", "flying", "swimming", "life", "snow",
     "rain", "light", "words", "music", "time", "storm", "storms", "thunder"}
)  # fmt: skip
"""What is feared and stands nowhere, though a thing is called so too."""
SCARING = frozenset({"scare", "frighten", "spook", "startle"})
_RECEIVING = frozenset({"get", "receive", "open", "read", "find"})
_MAIL = frozenset({"letter", "postcard", "telegram", "note"})
_DOORS = frozenset({"door", "gate", "hatch", "doorway"})
_ASHES = frozenset({"ash", "ashes", "urn"})
"""What is left of somebody."""


def feared_of(words: list[str]) -> frozenset[str]:
    """The words that say what is feared; empty where nobody fears anything."""
    at = next((i for i, w in enumerate(words) if w in _FEARS), None)
    return frozenset(words[at + 1 : at + 5]) if at is not None else frozenset()


def opens_shop(reading: Reading) -> bool:
    """Whether somebody opens a shop, a bakery or the like."""
    words = [w.lower() for w in reading.words]
    opened = {"open", "opens", "opening", "run", "runs"} & set(words)
    return bool(opened) and bool(_SHOPS & set(words))


def vehicle_of(hero: Phrase) -> str:
    """What somebody drives who is named by it, as a thing of a pattern: "a bus"; "" where it is none."""
    words = " ".join((*hero.adjectives, hero.noun)).lower().split()
    known = next((w for w in words[:-1] if w in _DRIVEN), "")
    driver = words[-1] in {"driver", "chauffeur"}
    if not driver or not known or lexicon.look_up(known, "thing") is None:
        return ""
    return f"an {known}" if known[0] in "aeiou" else f"a {known}"
