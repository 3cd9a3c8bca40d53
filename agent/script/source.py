"""What a person brings as a file: a screenplay, or a text that is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...storyboard.errors import BadInput
from ...storyboard.fountain_reading import is_screenplay
from ...storyboard.schema import clean_text
from .books import read_docx, read_epub
from .decoding import decode
from .manuscript import LONGEST_TEXT, plain_text
from .markdown import read_markdown

MOST_BYTES = 30_000_000
_SCRIPTS = frozenset({".fountain", ".spmd"})
_MARKDOWN = frozenset({".md", ".markdown"})
_BOOKS = {".docx": read_docx, ".epub": read_epub}
_MAYBE = frozenset({".txt", ""})
"""What is a screenplay where it has scene headings."""


@dataclass(frozen=True)
class Source:
    """The text, and what it is: a ``script`` is law, a ``text`` is told (and condensed where it is long)."""

    text: str
    kind: Literal["script", "text"]
    notices: tuple[str, ...] = ()
    """What a person must be told of how the file was read."""


def read_source(path: Path) -> Source:
    """Read a file as what its name says it is. Raises ``BadInput`` naming the file."""
    if not path.is_file():
        raise BadInput(f"There is no file {path}. Nothing was made.")
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(f"{path} has more than {MOST_BYTES // 1_000_000} MB: no script is that long.")
    data, suffix, name = path.read_bytes(), path.suffix.lower(), path.name
    if suffix in _BOOKS:
        told = _BOOKS[suffix](data, name)
        return _told(told.paragraphs, told.headings, tuple(dict.fromkeys(told.notices)), name)
    read, notices = decode(data, name)
    if suffix in _MARKDOWN:
        told = read_markdown(_bounded(read, name))
        return _told(told.paragraphs, told.headings, notices, name)
    text = clean_text(read)
    if suffix in _SCRIPTS or (suffix in _MAYBE and is_screenplay(text)):
        return Source(text, "script", notices)
    paragraphs, more = plain_text(_bounded(text, name))
    return _told(paragraphs, [], (*notices, *more), name)


def _told(paragraphs: list[str], headings: list[str], notices: tuple[str, ...], name: str) -> Source:
    text = clean_text(_bounded("\n\n".join(paragraphs), name))
    if not text.strip():
        raise BadInput(f"{name} holds no text that could be told. Nothing was made.")
    if headings:
        listed = ", ".join(repr(h[:40]) for h in headings[:3]) + (" ..." if len(headings) > 3 else "")
        notices = (*notices, f"{len(headings)} headings were left out of the text: {listed}.")
    return Source(text, "text", notices)


def _bounded(text: str, name: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            f"{name} has {len(text):,} characters; at most {LONGEST_TEXT:,} are read. Bring a part of it. "
            "Nothing was made."
        )
    return text
