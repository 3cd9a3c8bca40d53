"""Rephrasing: everyday turns of speech in the words that the rules read, each in the place where it stood."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from .wording import Token


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(a turn of speech over tokens joined by spaces, the words it stands for; ``\\1`` keeps a group)."""
    text = (files(__package__) / "rephrased.json").read_text(encoding="utf-8")
    return tuple((re.compile(row["says"]), row["means"]) for row in json.loads(text))


def rephrased(found: list[Token]) -> list[Token]:
    """The tokens with turns of speech exchanged; what was typed can still be told by their places."""
    for pattern, means in _turns():
        match = pattern.search(" ".join(token.text for token in found))
        if match is not None:
            found = _exchanged(found, match, means)
    return found


def _exchanged(found: list[Token], match: re.Match[str], means: str) -> list[Token]:
    starts, at = [], 0
    for token in found:
        starts.append(at)
        at += len(token.text) + 1

    def within(begin: int, end: int) -> list[Token]:
        return [t for t, s in zip(found, starts, strict=True) if begin <= s < end]

    old = within(*match.span())
    if not old:
        return found
    new: list[Token] = []
    for word in means.split():
        if group := re.fullmatch(r"\\(\d)", word):
            new += within(*match.span(int(group[1])))
        else:
            new.append(Token(word, old[0].start, old[-1].stop))
    first = found.index(old[0])
    return [*found[:first], *new, *found[first + len(old) :]]
