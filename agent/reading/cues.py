"""The reader's own words, as data: numbers, orders, politeness, slips and cues for each kind of wish."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def bank(name: str = "cues") -> dict[str, Any]:
    """The content of ``<name>.json``. Cached: callers must not change it."""
    text = (files(__package__) / f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of words by name."""
    return frozenset(bank()[name].split())


@cache
def numbers() -> dict[str, float]:
    """Number words and what they count."""
    return dict(bank()["numbers"])


@cache
def ordinals() -> dict[str, int]:
    """Order words: 1 is the first, -1 the last."""
    return dict(bank()["ordinals"])


def either(words: Any) -> str:
    """A pattern of any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


NUMBER = rf"(?:\d+(?:\.\d+)?|{either([*bank()['numbers']])})"
"""A pattern of a number in digits or words."""
ORDINAL = rf"(?:\d+(?:st|nd|rd|th)|{either([*bank()['ordinals']])})"
"""A pattern of an order word."""


def number_of(word: str) -> float | None:
    """What a number word or digits count; None for another word."""
    try:
        return float(word)
    except ValueError:
        return numbers().get(word)


def ordinal_of(word: str) -> int | None:
    """The order that a word gives, from 1, or below 0 from the end; None for another word."""
    found = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word)
    return int(found[1]) if found else ordinals().get(word)
