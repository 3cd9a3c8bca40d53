"""Marks inside the lines of Fountain: emphasis taken off, plain text written so that it stays plain."""

from __future__ import annotations

import re

_MARKED = "*_[(~"
"""What a backslash before it makes plain."""
_PLAIN = re.compile(rf"\\([{re.escape(_MARKED)}])")
_MARKS = re.compile(r"\*|(?<!\w)_|_(?!\w)|\[(?=\[)|(?<=\[)\[|(?<=\\)[\[(~]")
"""What would be read for a mark: stars, lines at a word's edge, notes, and what a backslash stands before."""
_STARS = tuple(
    re.compile(rf"(?<![^\W_])(?<![\\*])\*{{{n}}}(?![\s*])(.{{0,500}}?[^\s\\*])\*{{{n}}}(?![^\W_])(?!\*)")
    for n in (3, 2, 1)
)
_LINE = re.compile(r"(?<![\w\\])_(?!\s)(.{0,500}?[^\s\\])_(?!\w)")
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
"""Scripts that are written without spaces, and their marks."""
_APART = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_SEAM = re.compile(rf"(?<=[{_WIDE}])(?=[{_WIDE}])")


def plain(line: str) -> str:
    """A line's words, without emphasis and escapes, with single spaces."""
    for emphasis in (*_STARS, _LINE, *_STARS):
        line = emphasis.sub(r"\1", line)
    return spaced(_PLAIN.sub(r"\1", line))


def marked(words: str) -> str:
    """Plain words as a line of Fountain that ``plain`` gives back; what stands first is not looked at."""
    return _MARKS.sub(r"\\\g<0>", spaced(words))


def spaced(words: str) -> str:
    """Words with single spaces, and none inside a script that is written without."""
    return _APART.sub("", " ".join(words.split()))


def atoms(words: str) -> list[str]:
    """The smallest parts that words are ever split into; ``joined`` puts them together again."""
    return [part for word in spaced(words).split(" ") for part in _SEAM.split(word) if part]


def joined(*parts: str) -> str:
    """Parts of a text as one, with a space between where the script has one."""
    return spaced(" ".join(part for part in parts if part.strip()))
