"""A text that is to be told, as paragraphs: lines that were only broken to fit a page are joined."""

from __future__ import annotations

import re

LONGEST_TEXT = 1_000_000
"""Characters of a text."""
_WRAPPED = 45
"""Characters that lines of a paragraph have on average, where they were broken to fit a page."""
_ENDS = (
    ".",
    "!",
    "?",
    "…",
    ":",
    ";",
    '"',
    "”",
    "’",
    "»",
    ")",
    "]",
    "。",
    "！",
    "？",
    "」",
    "』",
    "।",
    "؟",
    "۔",
)
_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG .*$", re.M | re.I)
_END = re.compile(r"^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG .*$", re.M | re.I)


def plain_text(text: str) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs of a .txt, and what a person must be told."""
    notices: tuple[str, ...] = ()
    start = _START.search(text)
    end = _END.search(text, start.end() if start else 0)
    if start and end:
        text = text[start.end() : end.start()]
        notices = ("What Project Gutenberg puts before and after the text was left out.",)
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n+", text)]
    if len(blocks) == 1:
        return _by_lines(text), notices
    return [p for block in blocks for p in _unwrapped(block)], notices


def _unwrapped(block: str) -> list[str]:
    """A block between empty lines: one paragraph, or, where its lines are short, each as it stands."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2 or sum(map(len, lines[:-1])) < _WRAPPED * (len(lines) - 1):
        return lines
    return [_joined(lines)]


def _by_lines(text: str) -> list[str]:
    """A text without empty lines: a line that does not end a sentence goes on in the next."""
    found: list[str] = []
    held: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        held.append(line)
        if line.endswith(_ENDS):
            found.append(_joined(held))
            held = []
    return [*found, *([_joined(held)] if held else [])]


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        broken = text.endswith("-") and not text.endswith("--") and line[:1].islower()
        text = f"{text}{line}" if broken else f"{text} {line}"
    return text
