"""A mouth that says words when they are heard."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_VOWELS = re.compile(r"[aeiouyáàâäãåéèêëíìîïóòôöõøúùûüæœ]+", re.IGNORECASE)
_CLOSED = 0.02


@dataclass(frozen=True)
class Says:
    """One line in a shot: from ``start``, for ``length`` (seconds), these words."""

    start: float
    length: float
    words: tuple[str, ...]


def said(start: float, length: float, words: str) -> Says:
    """The line, ready to be mouthed."""
    return Says(start, max(length, 0.05), tuple(words.split()) or ("",))


def mouth(lines: tuple[Says, ...], t: float) -> float:
    """How far the mouth is open (0 to 1) at ``t`` seconds: a beat a syllable, shut between lines.

    Words take of the line's measured length what their letters are of all its letters, a mark at their
    end a pause; where each syllable of a word falls is spread evenly over it.
    """
    line = next((one for one in lines if one.start <= t < one.start + one.length), None)
    if line is None:
        return _CLOSED
    shares = [len(word) + 1 + 3 * word.endswith((",", ";", ":", ".", "!", "?", "…")) for word in line.words]
    at = (t - line.start) / line.length * sum(shares)
    for word, share in zip(line.words, shares, strict=True):
        if at < share:
            spoken = len(word) + 0.5
            if at >= spoken:
                return _CLOSED
            beats = max(1, len(_VOWELS.findall(word)) or round(len(word) / 2))
            wide = 0.55 + 0.45 * min(1.0, len(word) / 6)
            return max(_CLOSED, wide * abs(math.sin(math.pi * beats * at / spoken)))
        at -= share
    return _CLOSED
