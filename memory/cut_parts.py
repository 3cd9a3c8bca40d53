"""What a cut made besides takes, kept for the next one: opticals (dissolves and fades), and the encoded mix.

They lie in ``cut/``, each under the digest of all that made it. Everything here can be made again, so
nothing depends on it: what is missing, or not as its record says, byte for byte, is simply not found. Nor is
anything found where ``cut`` is a link.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints, ValidationError

from ..storyboard.errors import BadInput, Damaged
from ..storyboard.schema import Data, Key, as_json
from .files import Files, read_plain
from .store import file_digest

_MOST_BYTES = 4_000_000
"""Of a record."""
_KEY = re.compile(r"[0-9a-f]{64}")
_RECORD = ".json"
PartName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}\.[a-z0-9]{1,12}$")]
"""A part's name and suffix, never a path."""


class _File(Data):
    size: int = Field(ge=0)
    sha256: Key


class _Record(Data):
    key: Key
    files: dict[PartName, _File]
    notes: dict[str, JsonValue] = {}


@dataclass(frozen=True)
class Kept:
    """One thing that a cut kept: its files by name, verified, and what was noted of it."""

    files: Mapping[str, Path]
    notes: Mapping[str, JsonValue]


class CutParts:
    """The parts in one film's ``cut/``."""

    def __init__(self, folder: Path, files: Files) -> None:
        self.folder = folder
        self._files = files

    def find(self, key: str) -> Kept | None:
        """What was kept under a key; None where nothing was, or not every byte of it is there."""
        record = self._record(key)
        if record is None or self.folder.is_symlink():
            return None
        found = {name: self._place(key, name) for name in record.files}
        whole = all(_is(path, record.files[name]) for name, path in found.items())
        return Kept(found, record.notes) if whole else None

    def keep(self, key: str, made: Mapping[str, Path], notes: Mapping[str, JsonValue]) -> None:
        """Move files in under a key, over what was there. Raises ``ProjectError`` where the disk refuses.

        After a failure, or a kill at any time, it is there whole or it is not found.
        """
        files = {
            name: _File(size=path.stat().st_size, sha256=file_digest(path)) for name, path in made.items()
        }
        record = _Record(key=key, files=files, notes=dict(notes))
        self._files.make_folder(self.folder)
        for name, path in made.items():
            self._files.replace(path, self._place(key, name))
        self._files.write(self._place(key, _RECORD), as_json(record))

    def let_go(self, wanted: Collection[str]) -> None:
        """Remove what belongs to no key of ``wanted``, half-kept things too."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if path.name[:64] not in wanted:
                self._files.remove(path)

    def _place(self, key: str, name: str) -> Path:
        if not _KEY.fullmatch(key):
            raise BadInput(f"{key[:80]!r} is not a key.")
        return self.folder / (key + name if name.startswith(".") else f"{key}-{name}")

    def _record(self, key: str) -> _Record | None:
        try:
            text = read_plain(self._place(key, _RECORD), _MOST_BYTES)
            record = _Record.model_validate_json(text) if text is not None else None
        except (Damaged, ValidationError):
            return None
        return record if record is not None and record.key == key else None


def _is(path: Path, said: _File) -> bool:
    """Whether a file is a plain one, of that size and those bytes."""
    try:
        return (
            not path.is_symlink()
            and path.is_file()
            and os.path.getsize(path) == said.size
            and file_digest(path) == said.sha256
        )
    except OSError:
        return False
