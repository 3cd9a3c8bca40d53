"""Where somebody is far away: a father who is at sea is met at the end, and his place is not the story's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .idea import main_verb

_AWAY = re.compile(
    r"\b(?:who|that) (?:is|are|was|were|lives?|works?) (?:far |still )?"
    r"(?:away|abroad|overseas|gone|at (?:sea|war|the front)|in (?:prison|space|another \w+))\b"
)


def parted(words: Iterable[str]) -> bool:
    """Whether the words say that somebody is far away, who is not whom the story is about."""
    return _away(words) != ""


def place_of_away(words: Iterable[str]) -> str:
    """The noun of the place where they are, or ""."""
    return (_away(words).split() or [""])[-1]


def _away(words: Iterable[str]) -> str:
    """The words that say it, or "": "a robot who works in space" meets others where it is."""
    told = list(words)
    found = _AWAY.search(" ".join(told).lower())
    if found is None:
        return ""
    main = main_verb(told)
    before = len(found.string[: found.start()].split())
    return "" if main is not None and before < main else found[0]
