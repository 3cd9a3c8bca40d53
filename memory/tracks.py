"""A person's own music in a film: kept by what is heard, in ``music/`` of the project.

Each is a stereo 48 kHz 16-bit WAV named after the digest of its samples. See ``own_media.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from .own_media import OwnMedia, OwnRecord
from .store import file_digest


class TrackRecord(OwnRecord):
    """A track. ``digest`` is that of its samples."""

    schema_version: Literal[1] = 1
    milliseconds: int = Field(ge=1, le=36_000_000)


class TrackBook(OwnMedia[TrackRecord]):
    """Tracks of one project, in ``folder/music``."""

    record_type = TrackRecord
    folder_name = "music"
    called = "The music"
    again = "Add its file again: photoplay music DIR FILE."

    def file_of(self, record: TrackRecord) -> str:
        return f"{record.digest}.wav"

    def keep(self, digest: str, milliseconds: int, made: Path) -> TrackRecord:
        """Keep a finished WAV of the project's ``work/``: it is moved here, its record written last.

        A track that is kept already, and whole, stays. Raises ``NoRoom`` or ``ProjectError``; then there is
        no such track, as before.
        """
        record = TrackRecord(
            digest=digest, milliseconds=milliseconds, size=made.stat().st_size, sha256=file_digest(made)
        )
        return self._keep(record, made)
