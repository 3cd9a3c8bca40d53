"""Verbs: what a body does."""

from __future__ import annotations

from functools import cache, lru_cache

from ..vocabulary import Action
from .store import data

_VOWELS = "aeiou"


def verb(text: str) -> Action | None:
    """The action that a verb names, in any inflection, or None.

    Takes phrasal verbs ("picks up", "picks the lamp up"), passes over auxiliaries and adverbs ("is slowly
    sleeping"), and of "begins to dance" takes the dance.
    """
    return _find(text[:200].lower().strip())


@lru_cache(maxsize=4096)
def _find(text: str) -> Action | None:
    words = [w for w in (w.strip('.,;:!?"()') for w in text.replace("’", "'").split()) if w]
    index = _index()
    if (whole := index.get(" ".join(words))) is not None:
        return whole
    while len(words) > 1 and words[0] in data("words")["passed_over"]:
        words = words[1:]
    if len(words) > 1 and words[0] in data("words")["starters"]:
        rest = words[2:] if words[1] == "to" else words[1:]
        goes_on = bool(rest) and (words[1] == "to" or rest[0].endswith("ing"))
        if goes_on and (found := _find(" ".join(rest))):
            return found
    for stop in range(min(len(words), 4), 0, -1):
        if found := index.get(" ".join(words[:stop])):
            if stop == 1 and len(words) > 2:
                return index.get(f"{words[0]} {words[-1]}", found)
            return found
    return None


@cache
def _index() -> dict[str, Action]:
    index: dict[str, Action] = {}
    irregular = data("verbs")["irregular"]
    inflected: dict[str, Action] = {}
    for action, lemmas in data("verbs")["actions"].items():
        for lemma in lemmas:
            index.setdefault(lemma, Action(action))
            first, space, rest = lemma.partition(" ")
            for form in (*inflections(first), *irregular.get(first, ())):
                inflected.setdefault(form + space + rest, Action(action))
    return inflected | index


def inflections(lemma: str) -> tuple[str, ...]:
    """Third person, past and -ing form of a verb by the rules of English spelling."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    if lemma.endswith("ee") or lemma.endswith("oe"):
        return third, lemma + "d", lemma + "ing"
    if lemma.endswith("e"):
        return third, lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return third, lemma[:-1] + "ied", lemma + "ing"
    plain = (third, lemma + "ed", lemma + "ing")
    doubles = (
        len(lemma) >= 3
        and lemma[-1] not in _VOWELS + "wxy"
        and lemma[-2] in _VOWELS
        and lemma[-3] not in _VOWELS
    )
    if not doubles:
        return plain
    twice = lemma + lemma[-1]
    return (*plain, twice + "ed", twice + "ing")
