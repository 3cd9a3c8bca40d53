"""Nouns: who, what and where a word names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from .store import data

Sort = Literal["person", "creature", "place", "thing"]
_FILES: dict[Sort, str] = {"person": "people", "creature": "species", "thing": "things", "place": "places"}
_PREPOSITIONS = re.compile(r"\s+(?:with|in|on|at|from|who|that|which|under|over|for|near|inside|without)\s+")


@dataclass(frozen=True)
class Entry:
    """What the lexicon knows of a noun.

    ``kind`` is the drawing key: a thing, a species, ``person``, or a ``PlaceKind`` value.
    ``attributes`` are typed defaults, as fields of the look of that sort: ``dress`` or ``carries`` of a
    trade, ``coat_colour`` of a species, ``colour`` of a thing, ``tint`` and ``interior`` of a place.
    """

    lemma: str
    sort: Sort
    kind: str
    being: str | None
    attributes: dict[str, Any]


def look_up(noun: str, sort: Sort | None = None) -> Entry | None:
    """What a noun names, or None.

    Lower-cases, drops articles, takes plurals to singulars, and tries the longest ending of several
    words: "the old oil lamps" -> "oil lamp". "A cup of tea" is a cup, "a pair of boots" boots. Where a
    word names several sorts ("star", "lighthouse"), ``sort`` chooses; without it a person comes before
    a creature, a thing and a place.
    """
    return _find(noun[:200].lower(), sort)


@lru_cache(maxsize=4096)
def _find(text: str, sort: Sort | None) -> Entry | None:
    cleaned = re.sub(r"[^\w\s'-]", " ", text.replace("’", "'")).strip()
    words = cleaned.split()
    if found := _exact(" ".join(words), sort):
        return found
    while len(words) > 1 and words[0] in data("words")["articles"]:
        words.pop(0)
    if found := _exact(" ".join(words), sort):
        return found
    head = _PREPOSITIONS.split(" ".join(words))[0]
    owner, of, owned = head.partition(" of ")
    for part in (owner, owned) if of else (head,):
        if found := _ending(part.split(), sort):
            return found
    return None


def _ending(words: list[str], sort: Sort | None) -> Entry | None:
    for start in range(len(words)):
        tail = " ".join(words[start:])
        if found := _exact(tail, sort):
            return found
    if words and "-" in words[-1]:
        return _ending(words[-1].replace("-", " ").split(), sort)
    if words and sort in (None, "person"):
        return _by_ending(words)
    return None


def _exact(text: str, sort: Sort | None) -> Entry | None:
    sorts = (sort,) if sort else ("person", "creature", "thing", "place")
    for form in _singulars(text):
        for one in sorts:
            if found := _index(one).get(form):
                return found
    return None


def _by_ending(words: list[str]) -> Entry | None:
    """A trade that is not listed, known by its ending: "rope maker", "swordsmith"."""
    last = next(iter(_singulars(words[-1])[-1:]), words[-1])
    if last in _index("creature"):  # a merman is no trade
        return None
    for ending in data("words")["person_endings"]:
        if last.endswith(ending) and (len(last) > len(ending) or len(words) > 1):
            woman, man = ending in ("woman", "girl", "mother"), ending in ("man", "boy", "father")
            looks = {
                "presents": "woman" if woman else "man" if man else "person",
                "age": "child" if ending in ("girl", "boy") else "adult",
            }
            return Entry(" ".join(words), "person", "person", "person", looks)
    return None


@cache
def _index(sort: Sort) -> dict[str, Entry]:
    index: dict[str, Entry] = {}
    for lemma, fields in data(_FILES[sort]).items():
        attributes = {k: v for k, v in fields.items() if k not in ("also", "being", "like")}
        being = "person" if sort == "person" else fields.get("being")
        kind = "person" if sort == "person" else lemma
        index[lemma] = Entry(lemma, sort, kind, being, attributes)
        for also in fields["also"]:
            index.setdefault(also, Entry(also, sort, kind, being, attributes))
    return index


def _singulars(text: str) -> list[str]:
    """The text itself, then what it may be the plural of, by its last word."""
    first, space, last = text.rpartition(" ")
    forms = [last]
    plurals = data("words")["plurals"]
    if last in plurals:
        forms.append(plurals[last])
    elif last.endswith("men") and len(last) > 4:
        forms.append(last[:-3] + "man")
    elif last.endswith("ies") and len(last) > 4:
        forms += [last[:-3] + "y", last[:-1]]
    elif last.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        forms += [last[:-2], last[:-1]]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3:
        forms.append(last[:-1])
    return [first + space + form for form in forms]


def thing_kinds() -> frozenset[str]:
    """All drawing keys of things."""
    return frozenset(data("things"))


def behaves_as(kind: str) -> str:
    """The kind whose ways a thing has: a taxi is driven as a car is. Itself, where nothing is said."""
    return str(data("things").get(kind, {}).get("like", kind))


def species() -> frozenset[str]:
    """All drawing keys of beings, ``person`` among them."""
    return frozenset(data("species")) | {"person"}
