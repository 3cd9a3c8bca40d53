"""A person's own music in a film: kept by what is heard, in ``music/`` of the project.

Each is a stereo 48 kHz 16-bit WAV named after the digest of its samples, with a record beside it that is
written last. None is ever removed: an undo would need it again. What the file was called and where it lay is
not kept.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from ..storyboard.errors import Damaged
from ..storyboard.schema import Data, Key, as_json
from .files import Files, read_plain
from .store import file_digest

FOLDER = "music"
_KEY = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 20_000
"""Of a record."""


class TrackRecord(Data):
    """A track. ``digest`` is that of its samples, and the name of it."""

    schema_version: Literal[1] = 1
    digest: Key
    milliseconds: int = Field(ge=1, le=36_000_000)
    size: int = Field(ge=1)
    """Bytes of the file."""
    sha256: Key
    """Of the file's bytes."""


class TrackBook:
    """Tracks of one project, in ``folder/music``."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._files = files or Files(folder)
        self._folder = folder / FOLDER

    def keep(self, digest: str, milliseconds: int, made: Path) -> TrackRecord:
        """Keep a finished WAV of the project's ``work/``: it is moved here, its record written last.

        A track that is kept already, and whole, stays. Raises ``NoRoom`` or ``ProjectError``; then there is
        no such track, as before.
        """
        if self._is_whole(digest):
            self._files.remove(made)
            kept = self.get(digest)
            assert kept is not None
            return kept
        record = TrackRecord(
            digest=digest, milliseconds=milliseconds, size=made.stat().st_size, sha256=file_digest(made)
        )
        self._files.make_folder(self._folder)
        self._files.sync(made)
        self._files.replace(made, self._folder / f"{digest}.wav")
        self._files.write(self._folder / f"{digest}.json", as_json(record, indent=1))
        return record

    def get(self, digest: str) -> TrackRecord | None:
        """The record of a track, or None. Raises ``Damaged``."""
        if not _KEY.fullmatch(digest):
            raise Damaged(f"{digest[:80]!r} is not the digest of a track.")
        data = read_plain(self._folder / f"{digest}.json", _MOST_BYTES)
        if data is None:
            return None
        try:
            record = TrackRecord.model_validate_json(data)
        except ValidationError:
            record = None
        if record is None or record.digest != digest:
            raise Damaged(f"The record of the music {digest[:16]} cannot be read. {_AGAIN}")
        return record

    def path(self, digest: str) -> Path:
        """The file of a track. Raises ``Damaged`` unless it is whole, byte for byte."""
        record = self.get(digest)
        if record is None:
            raise Damaged(f"The music {digest[:16]} is not in this film's folder. {_AGAIN}")
        path = self._folder / f"{digest}.wav"
        if path.is_symlink() or self._folder.is_symlink() or not path.is_file():
            raise Damaged(f"The music {digest[:16]} is gone, or is no file of its own. {_AGAIN}")
        if path.stat().st_size != record.size or file_digest(path) != record.sha256:
            raise Damaged(f"The music {digest[:16]} is not what was added. {_AGAIN}")
        return path

    def _is_whole(self, digest: str) -> bool:
        try:
            return self.get(digest) is not None and self.path(digest).is_file()
        except Damaged:  # it is written anew
            return False


_AGAIN = "Add its file again: photoplay music DIR FILE."
