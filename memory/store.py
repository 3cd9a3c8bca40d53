"""The take store: finished media under their keys, with a record of all that made them.

A take is committed by its record, which is written last. What has no record was never made;
nothing here looks at clocks or at whether "a file of that name exists".
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, StringConstraints, ValidationError

from ..storyboard.errors import BadInput, Damaged
from ..storyboard.rate import Rate
from ..storyboard.schema import Data, Id, Key, Name, Text, as_json
from .files import Files

RECORD = "record.json"
Condition = Literal["whole", "missing", "damaged"]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}\.[a-z0-9]{1,12}$")]
"""A part's file: its name and suffix, never a path."""
_KEY = re.compile(r"[0-9a-f]{64}")
_count = itertools.count()


class PartFile(Data):
    """One file of a take. ``size`` in bytes."""

    file: FileName
    size: int = Field(ge=0)
    sha256: Key


class TakeNotice(Data):
    """Something a person must be told about a take. ``kind`` is a stable word."""

    kind: Name
    words: Text


class Made(Data):
    """By which program, and how long it took. Never part of a key."""

    photoplay: Name = ""
    wall_ms: int = Field(0, ge=0)
    gpu_ms: int = Field(0, ge=0)
    """Of it, a GPU's time until its frames were all there; takes that were drawn together share it, so that
    sums are the GPU's time. 0 for the processor, and where nobody measured."""


class TakeRecord(Data):
    """What made a take, and what it is."""

    schema_version: Literal[1] = 1
    key: Key
    request: dict[str, JsonValue]
    renderer: dict[str, JsonValue]
    """Name, weights and pixels number of what rendered it."""
    item: Name = ""
    """Shot, card or line it was first made for: a label for people."""
    inputs: dict[Key, Key] = {}
    """Key of each take or anchor that it read -> digest of the bits that were really read."""
    parts: dict[Id, PartFile]
    frames: int = Field(0, ge=0)
    width: int = Field(0, ge=0)
    height: int = Field(0, ge=0)
    rate: Rate | None = None
    notices: tuple[TakeNotice, ...] = ()
    made: Made = Made()


class Draft:
    """A take being made: a folder in ``work/``. Ends by ``commit`` or ``abandon``."""

    def __init__(self, store: TakeStore, key: str, folder: Path) -> None:
        self.key = key
        self.folder = folder
        self._store = store
        self._parts: dict[str, Path] = {}

    def path(self, part: str, suffix: str) -> Path:
        """Where to write a part. It must be closed before ``commit``."""
        name = PartFile(file=f"{part}.{suffix.lstrip('.')}", size=0, sha256="0" * 64).file
        self._parts[part] = self.folder / name
        return self._parts[part]

    def commit(
        self,
        *,
        request: Mapping[str, Any],
        renderer: Mapping[str, Any],
        item: str = "",
        inputs: Mapping[str, str] | None = None,
        frames: int = 0,
        width: int = 0,
        height: int = 0,
        rate: Rate | None = None,
        notices: Sequence[TakeNotice] = (),
        made: Made | None = None,
    ) -> TakeRecord:
        """Make the take durable and the draft gone; returns its record.

        A key that is committed already keeps its first take, and that one's record is returned.
        Raises ``BadInput`` where a part was never written, ``NoRoom`` or ``ProjectError`` where the
        disk refuses; then there is no take of this key, as before.
        """
        record = TakeRecord(
            key=self.key,
            request=dict(request),
            renderer=dict(renderer),
            item=item,
            inputs=dict(inputs or {}),
            parts={part: self._seal(part, path) for part, path in self._parts.items()},
            frames=frames,
            width=width,
            height=height,
            rate=rate,
            notices=tuple(notices),
            made=made or Made(),
        )
        return self._store._commit(self, record)

    def _seal(self, part: str, path: Path) -> PartFile:
        if not path.is_file():
            raise BadInput(f"Part {part!r} of the take was announced but never written.")
        self._store.files.sync(path)
        return PartFile(file=path.name, size=path.stat().st_size, sha256=file_digest(path))

    def size(self) -> int:
        """Bytes written so far."""
        return sum(path.stat().st_size for path in self.folder.glob("*") if path.is_file())

    def abandon(self) -> None:
        """Throw the draft away. Nothing of it remains."""
        self._store.files.remove(self.folder)


class TakeStore:
    """Takes of one project, in ``folder/takes``; drafts and quarantine lie in ``folder/work``."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.files = files or Files(folder)
        self.takes = folder / "takes"
        self.work = folder / "work"

    def begin(self, key: str) -> Draft:
        """A new draft for the take of that key."""
        folder = self.work / f"take-{_checked(key)[:16]}-{os.getpid()}-{next(_count)}"
        if folder.exists():  # left by a killed process that had the same number
            self.files.remove(folder)
        self.files.make_folder(folder)
        return Draft(self, key, folder)

    def has(self, key: str) -> bool:
        """True where the take was committed. Cheap; whether it is whole is what ``check`` says."""
        return os.path.isfile(self._home(key) + "/" + RECORD)

    def record(self, key: str) -> TakeRecord | None:
        """The take's record, or None where there is no such take. Raises ``Damaged``."""
        path = self._folder(key) / RECORD
        try:
            text = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            record = TakeRecord.model_validate_json(text)
        except ValidationError:
            raise Damaged(f"The record of take {key[:16]} cannot be read. It will be made again.") from None
        if record.key != key:
            raise Damaged(f"The record of take {key[:16]} belongs to another take ({record.key[:16]}).")
        return record

    def path(self, key: str, part: str = "picture") -> Path:
        """The file of a part. Raises ``Damaged`` where there is no such take or part."""
        return self.part(key, part)[0]

    def part(self, key: str, part: str = "picture") -> tuple[Path, PartFile]:
        """The file of a part and what its record says of it. Raises as ``path``."""
        record = self.record(key)
        if record is None or part not in record.parts:
            raise Damaged(f"Take {key[:16]} has no part {part!r}.")
        return self._folder(key) / record.parts[part].file, record.parts[part]

    def check(self, key: str, deep: bool = False) -> Condition:
        """Whether a take is what its record says: sizes always, and every byte where ``deep``."""
        try:
            record = self.record(key)
        except Damaged:
            return "damaged"
        if record is None:
            return "missing"
        for part in record.parts.values():
            path = self._folder(key) / part.file
            if path.is_symlink() or not path.is_file() or path.stat().st_size != part.size:
                return "damaged"
            if deep and file_digest(path) != part.sha256:
                return "damaged"
        return "whole"

    def quarantine(self, key: str) -> Path:
        """Set a take aside, whole or not, so that it is made again. Never deletes; returns where it is."""
        for number in itertools.count(1):
            aside = self.work / f"quarantine-{key[:16]}-{number}"
            if not aside.exists():
                break
        self.files.make_folder(self.work)
        self.files.replace(self._folder(key), aside)
        return aside

    def remove(self, key: str) -> None:
        """Remove a take for good. Its record goes first: after a kill in between it was never made."""
        home = self._folder(key)
        if self.has(key):
            self.files.remove(home / RECORD)
            self.files.sync_folder(home)
        if home.exists():
            self.files.remove(home)

    def unfinished(self) -> Iterator[Path]:
        """Folders of takes without a record: what a kill left of a commit or a removal, sorted."""
        for shelf in sorted(self.takes.glob("[0-9a-f][0-9a-f]")):
            for folder in sorted(shelf.iterdir()):
                if _KEY.fullmatch(folder.name) and not (folder / RECORD).is_file():
                    yield folder

    def keys(self) -> Iterator[str]:
        """Keys of all committed takes, sorted."""
        for shelf in sorted(self.takes.glob("[0-9a-f][0-9a-f]")):
            for folder in sorted(shelf.iterdir()):
                if _KEY.fullmatch(folder.name) and (folder / RECORD).is_file():
                    yield folder.name

    def _commit(self, draft: Draft, record: TakeRecord) -> TakeRecord:
        home = self._folder(draft.key)
        first = self.record(draft.key) if self.has(draft.key) else None
        if first is not None:
            draft.abandon()
            return first
        for stray in draft.folder.iterdir():  # an encoder's leavings are no part of the take
            if stray not in draft._parts.values():
                self.files.remove(stray)
        self.files.sync_folder(draft.folder)
        if home.exists():  # parts without a record: a commit that was killed half-way
            self.files.remove(home)
        self.files.make_folder(home.parent)
        self.files.replace(draft.folder, home)
        self.files.write(home / RECORD, as_json(record, indent=1))
        return record

    def _folder(self, key: str) -> Path:
        return self.takes / _checked(key)[:2] / key

    def _home(self, key: str) -> str:
        return f"{self.takes}/{_checked(key)[:2]}/{key}"


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise BadInput(f"{key[:80]!r} is not the key of a take.")
    return key


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal, in flat memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
