"""A file that a person brings: what has to hold before it is opened."""

from __future__ import annotations

import stat
from pathlib import Path

from ..storyboard.errors import BadInput

MOST_BYTES = 4_000_000_000
"""Of a clip or a sound that is taken in."""


def need_a_file(path: Path, holding: str, needed: str = "") -> None:
    """Raise ``BadInput`` unless there is an ordinary file of a sensible size. It is not opened: a pipe would
    wait for ever. ``holding`` says what should be in it, ``needed`` what to bring instead."""
    try:
        kind = path.stat()
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).") from None
    if not stat.S_ISREG(kind.st_mode):
        raise BadInput(f"{path} is not a file with {holding} in it.{f' {needed}.' if needed else ''}")
    if kind.st_size == 0:
        raise BadInput(f"{path} is empty.")
    if kind.st_size > MOST_BYTES:
        raise BadInput(f"{path} is larger than {MOST_BYTES // 1_000_000} MB, the most that is taken in.")
