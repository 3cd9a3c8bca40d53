"""A person's own pictures and clips in a film: kept by what they show, in ``footage/`` of the project.

Each is a PNG or an MP4 of the film's own encoding, named after the digest of its pixels, with a record
beside it; the record is written last. None is ever removed: an undo would need it again, and nobody could
make it anew. What the file was called and where it lay is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from ..storyboard.errors import BadInput, Damaged
from ..storyboard.rate import Rate
from ..storyboard.schema import Data, Key, as_json
from .files import Files, read_plain
from .store import file_digest

FOLDER = "footage"
_KEY = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 20_000
"""Of a record."""


class FootageRecord(Data):
    """A still or clip of a person's own. ``digest`` is that of its pixels, and the name of it."""

    schema_version: Literal[1] = 1
    digest: Key
    kind: Literal["still", "clip"]
    width: int = Field(ge=1, le=8192)
    height: int = Field(ge=1, le=8192)
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    """Of a clip; of no meaning for a still."""
    size: int = Field(ge=1)
    """Bytes of the file."""
    sha256: Key
    """Of the file's bytes."""


class FootageBook:
    """Footage of one project, in ``folder/footage``."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._files = files or Files(folder)
        self._folder = folder / FOLDER

    def keep(self, record: FootageRecord, made: Path) -> FootageRecord:
        """Keep a finished file of the project's ``work/``: it is moved here, its record written last.

        The same pixels are the same footage: where they are kept already and whole, ``made`` is removed and
        that record is given. Raises ``NoRoom`` or ``ProjectError``; then there is no such footage, as before.
        """
        if self._is_whole(record.digest):
            self._files.remove(made)
            kept = self.get(record.digest)
            assert kept is not None
            return kept
        self._files.make_folder(self._folder)
        self._files.sync(made)
        self._files.replace(made, self._path(record))
        self._files.write(self._record_path(record.digest), as_json(record, indent=1))
        return record

    def get(self, digest: str) -> FootageRecord | None:
        """The record of footage, or None. Raises ``Damaged``."""
        data = read_plain(self._record_path(digest), _MOST_BYTES)
        if data is None:
            return None
        try:
            record = FootageRecord.model_validate_json(data)
        except ValidationError:
            raise Damaged(
                f"The record of footage {digest[:16]} cannot be read. Add its file again."
            ) from None
        if record.digest != digest:
            raise Damaged(f"The record of footage {digest[:16]} is that of another. Add its file again.")
        return record

    def path(self, digest: str) -> Path:
        """The file of some footage. Raises ``Damaged`` unless it is whole, byte for byte."""
        record = self.get(digest)
        if record is None:
            raise Damaged(f"Footage {digest[:16]} is not in this film's folder. Add its file again.")
        path = self._path(record)
        if path.is_symlink() or self._folder.is_symlink() or not path.is_file():
            raise Damaged(f"Footage {digest[:16]} is gone, or is no file of its own. Add it again.")
        if path.stat().st_size != record.size or file_digest(path) != record.sha256:
            raise Damaged(f"Footage {digest[:16]} is not what was added. Add its file again.")
        return path

    def all(self) -> Iterator[FootageRecord]:
        """All footage, by digest."""
        for path in sorted(self._folder.glob("*.json")):
            record = self.get(path.stem) if _KEY.fullmatch(path.stem) else None
            if record is not None:
                yield record

    def _is_whole(self, digest: str) -> bool:
        try:
            return self.get(digest) is not None and self.path(digest).is_file()
        except Damaged:  # it is written anew
            return False

    def _path(self, record: FootageRecord) -> Path:
        return self._folder / f"{record.digest}.{'png' if record.kind == 'still' else 'mp4'}"

    def _record_path(self, digest: str) -> Path:
        if not _KEY.fullmatch(digest):
            raise BadInput(f"{digest[:80]!r} is not the digest of footage.")
        return self._folder / f"{digest}.json"
