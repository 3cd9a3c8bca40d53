"""Manners: in which of several ways an action is done, by the verb of a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..vocabulary import Action
from .store import data
from .verbs import inflections


@lru_cache(maxsize=4096)
def manner_of(action: Action, sentence: str) -> str:
    """How the action of a sentence is done: "The girl whispers to the fox." -> talks "whisper".

    "" for the usual way: the sentence names none of the verbs of ``manners.json`` for that action. The
    longest verb counts, and of equals the first in the sentence.
    """
    table = _table().get(action)
    if table is None:
        return ""
    text = " ".join(re.findall(r"[a-z']+", sentence[:2000].lower().replace("’", "'")))
    hits = [(-phrase.count(" "), found.start(), way) for phrase, way in table if (found := _at(phrase, text))]
    return min(hits)[2] if hits else ""


def _at(phrase: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<![a-z']){re.escape(phrase)}(?![a-z'])", text)


@cache
def _table() -> dict[Action, tuple[tuple[str, str], ...]]:
    """Every form of every verb, with the manner that it names, by action."""
    irregular = data("verbs")["irregular"]
    table: dict[Action, tuple[tuple[str, str], ...]] = {}
    for action, ways in data("manners").items():
        forms: dict[str, str] = {}
        for way, lemmas in ways.items():
            for lemma in lemmas:
                first, space, rest = lemma.partition(" ")
                for form in (first, *inflections(first), *irregular.get(first, ())):
                    forms.setdefault(form + space + rest, way)
        table[Action(action)] = tuple(forms.items())
    return table
