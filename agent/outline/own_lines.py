"""A told story as sentences and lines to speak: every word of it, in order."""

from __future__ import annotations

import re

from ...storyboard.speaking import spoken_ms

LONGEST_LINE = 24
"""Words of a sentence above which it is split at a clause mark."""
LONGEST_SENTENCE = 6_000
"""Characters of a sentence around which a story is made; in more of them there is one."""
_LONGEST_SPACED = 2_000
"""Characters of a line above which it is one of a script without spaces, however many it has."""
_MARKS = ".!?…。！？।؟۔"
_END = re.compile(rf"(?<=[{_MARKS}])[\"'”’»)\]]*(?:\s+|$)|(?<=[。！？])|\n\s*\n+|\n+")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sr|Jr|vs|No|e\.g|i\.e|[A-Z])\.$")
_LONGEST_ABBREVIATION = 8
"""Characters before the end of a sentence that tell whether it is one; with the one before them."""
_SOLID = re.compile(r"\S")


def sentences(text: str) -> list[str]:
    """The text's sentences, in order; joined by spaces they hold every word of the text."""
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text):
        after = text[match.end() : match.end() + 1]
        tail = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.end()]
        if (
            not _SOLID.search(text, start, match.end())
            or (after.islower() and "\n" not in match[0])
            or _ABBREVIATED.search(tail.strip())
        ):
            continue
        pieces.append(" ".join(text[start : match.end()].split()))
        start = match.end()
    rest = " ".join(text[start:].split())
    return [*pieces, rest] if rest else pieces


def is_told(text: str) -> bool:
    """Whether the text is a story already: two sentences or more, or forty words or more, or the like."""
    return (
        len(text) > LONGEST_SENTENCE
        or len(text.split()) >= 40
        or len(sentences(text)) >= 2
        or dense(text) > 60
    )


def dense(text: str) -> int:
    """Characters of scripts that are written without spaces."""
    return sum(1 for c in text if "\u3040" <= c <= "\u9fff" or "\u0e00" <= c <= "\u0e7f")


def lines_of(sentence: str) -> list[str]:
    """The sentence as lines of at most about ``LONGEST_LINE`` words, split at clause marks, in order."""
    words = sentence.split()
    if len(words) <= LONGEST_LINE:
        unspaced = (len(words) <= 3 or len(sentence) > _LONGEST_SPACED) and dense(sentence) > 60
        return _split_dense(sentence) if unspaced else [sentence]
    cuts = [i for i, w in enumerate(words[:-1], 1) if w[-1] in ",;:—–،" and 5 <= i <= len(words) - 4]
    near = len(words) / 2
    cut = min(cuts, key=lambda i: abs(i - near)) if cuts else min(len(words) // 2, LONGEST_LINE)
    return [*lines_of(" ".join(words[:cut])), *lines_of(" ".join(words[cut:]))]


def _split_dense(sentence: str) -> list[str]:
    """A sentence of a script without spaces, split after its own commas, else every 60 characters."""
    parts = [p for p in re.split(r"(?<=[，、；：,;:])", sentence) if p]
    return [p[i : i + 60] for p in parts for i in range(0, len(p), 60)]


def spoken_seconds(line: str, language: str = "en") -> float:
    """Seconds that a narrator takes for a line."""
    return spoken_ms(line, language) / 1000
