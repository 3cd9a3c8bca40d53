"""Where somebody is far away: a father who is at sea is met at the end, and his place is not the story's."""

from __future__ import annotations

import re
from collections.abc import Iterable

_AWAY = re.compile(
    r"\b(?:who|that) (?:is|are|was|were|lives?|works?) (?:far |still )?"
    r"(?:away|abroad|overseas|gone|at (?:sea|war|the front)|in (?:prison|space|another \w+))\b"
)


def parted(words: Iterable[str]) -> bool:
    """Whether the words say that somebody is far away."""
    return _AWAY.search(" ".join(words).lower()) is not None


def place_of_away(words: Iterable[str]) -> str:
    """The noun of the place where they are, or ""."""
    found = _AWAY.search(" ".join(words).lower())
    return found[0].split()[-1] if found else ""
