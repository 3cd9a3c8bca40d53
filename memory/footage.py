"""A person's own pictures and clips in a film: kept by what they show, in ``footage/`` of the project.

Each is a PNG or an MP4 of the film's own encoding, named after the digest of its pixels; nobody could make
it anew. See ``own_media.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from ..storyboard.rate import Rate
from .own_media import OwnMedia, OwnRecord, is_digest


class FootageRecord(OwnRecord):
    """A still or clip of a person's own. ``digest`` is that of its pixels."""

    schema_version: Literal[1] = 1
    kind: Literal["still", "clip"]
    width: int = Field(ge=1, le=8192)
    height: int = Field(ge=1, le=8192)
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    """Of a clip; of no meaning for a still."""


class FootageBook(OwnMedia[FootageRecord]):
    """Footage of one project, in ``folder/footage``."""

    record_type = FootageRecord
    folder_name = "footage"
    called = "Footage"
    again = "Add its file again."

    def file_of(self, record: FootageRecord) -> str:
        return f"{record.digest}.{'png' if record.kind == 'still' else 'mp4'}"

    def keep(self, record: FootageRecord, made: Path) -> FootageRecord:
        """Keep a finished file of the project's ``work/``: it is moved here, its record written last.

        The same pixels are the same footage: where they are kept already and whole, ``made`` is removed and
        that record is given. Raises ``NoRoom`` or ``ProjectError``; then there is no such footage, as before.
        """
        return self._keep(record, made)

    def all(self) -> Iterator[FootageRecord]:
        """All footage, by digest."""
        for path in sorted(self._folder.glob("*.json")):
            record = self.get(path.stem) if is_digest(path.stem) else None
            if record is not None:
                yield record
