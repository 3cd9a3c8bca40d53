"""What a person brings as a file: a screenplay, or a text that is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...storyboard.errors import BadInput
from ...storyboard.fountain_reading import is_screenplay
from ...storyboard.schema import clean_text

MOST_BYTES = 30_000_000
_SCRIPTS = frozenset({".fountain", ".spmd"})
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
    try:
        read = path.read_bytes().decode("utf-8-sig")
        text = clean_text(read.replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not text in UTF-8. Save it so, and try again.") from None
    suffix = path.suffix.lower()
    is_script = suffix in _SCRIPTS or (suffix in _MAYBE and is_screenplay(text))
    return Source(text, "script" if is_script else "text")
