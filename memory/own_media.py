"""What a person brought of their own, kept in a film's folder by what it is.

Each file is named after its digest, with a record beside it that is written last. None is ever removed: an
undo would need it again. What the file was called and where it lay is not kept.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from pydantic import Field, ValidationError

from ..storyboard.errors import Damaged
from ..storyboard.schema import Data, Key, as_json
from .files import Files, read_plain
from .store import file_digest

_KEY = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 20_000
"""Of a record."""


def is_digest(name: str) -> bool:
    """Whether it is written as a digest is; nothing else becomes part of a path."""
    return _KEY.fullmatch(name) is not None


class OwnRecord(Data):
    """What every record says. ``digest`` is that of what is seen or heard, and the name of it."""

    digest: Key
    size: int = Field(ge=1)
    """Bytes of the file."""
    sha256: Key
    """Of the file's bytes."""


Record = TypeVar("Record", bound=OwnRecord)


class OwnMedia(ABC, Generic[Record]):
    """The media of one kind in one project, in ``folder/`` and the kind's ``folder_name``."""

    record_type: type[Record]
    folder_name: ClassVar[str]
    called: ClassVar[str]
    """Before its digest, at the beginning of a sentence: "The music"."""
    again: ClassVar[str]
    """What a film maker does where it is damaged."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._files = files or Files(folder)
        self._folder = folder / self.folder_name

    @abstractmethod
    def file_of(self, record: Record) -> str:
        """The name of its file."""

    def get(self, digest: str) -> Record | None:
        """The record of it, or None. Raises ``Damaged``."""
        data = read_plain(self._record_path(digest), _MOST_BYTES)
        if data is None:
            return None
        try:
            record = self.record_type.model_validate_json(data)
        except ValidationError:
            raise self._damaged(digest, "has a record that cannot be read") from None
        if record.digest != digest:
            raise self._damaged(digest, "has the record of another")
        return record

    def path(self, digest: str) -> Path:
        """The file of it. Raises ``Damaged`` unless it is whole, byte for byte."""
        record = self.get(digest)
        if record is None:
            raise self._damaged(digest, "is not in this film's folder")
        path = self._folder / self.file_of(record)
        if path.is_symlink() or self._folder.is_symlink() or not path.is_file():
            raise self._damaged(digest, "is gone, or is no file of its own")
        if path.stat().st_size != record.size or file_digest(path) != record.sha256:
            raise self._damaged(digest, "is not what was added")
        return path

    def _keep(self, record: Record, made: Path) -> Record:
        """Move a finished file of the project's ``work/`` here, and write its record last.

        Where it is kept already and whole, ``made`` is removed and that record is given. Raises ``NoRoom`` or
        ``ProjectError``; then there is nothing of that digest, as before.
        """
        if self._is_whole(record.digest):
            self._files.remove(made)
            kept = self.get(record.digest)
            assert kept is not None
            return kept
        self._files.make_folder(self._folder)
        self._files.sync(made)
        self._files.replace(made, self._folder / self.file_of(record))
        self._files.write(self._record_path(record.digest), as_json(record, indent=1))
        return record

    def _is_whole(self, digest: str) -> bool:
        try:
            return self.get(digest) is not None and self.path(digest).is_file()
        except Damaged:  # it is written anew
            return False

    def _record_path(self, digest: str) -> Path:
        if not is_digest(digest):
            raise Damaged(f"{digest[:80]!r} is not the digest of anything that was added.")
        return self._folder / f"{digest}.json"

    def _damaged(self, digest: str, what: str) -> Damaged:
        return Damaged(f"{self.called} {digest[:16]} {what}. {self.again}")
