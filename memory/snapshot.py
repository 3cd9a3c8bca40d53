"""``film.json``: the film as it is, for people and for a fast start.

Its head says how many entries of the journal are in it and the digest of the film's text below, so
that a hand edit is seen, and an editor's new line breaks alone are none.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic_core
from pydantic import ValidationError

from ..storyboard.edit_parts import first_fault
from ..storyboard.errors import BadInput
from ..storyboard.film import Film
from ..storyboard.schema import SCHEMA_VERSION, as_json
from ..storyboard.upgrade import upgraded
from .files import Files

_BEFORE_FILM = b'"film": '
_LONGEST_HEAD = 400


@dataclass(frozen=True)
class Found:
    """A snapshot as read. ``own`` is True where the film is as this program wrote it."""

    film: Film
    count: int
    end: int
    own: bool


class Snapshot:
    """The snapshot file of one project."""

    def __init__(self, path: Path, files: Files) -> None:
        self._path = path
        self._files = files
        self._known = ""

    def write(self, film: Film, count: int, end: int) -> Path | None:
        """Write the film with the first ``count`` entries, which end at byte ``end`` of the journal.

        A file that somebody changed since it was last read or written here is set aside first;
        returns where it is then, else None.
        """
        aside = self._aside() if self.digest() not in ("", self._known) else None
        body = as_json(film, indent=1)
        head = (
            f'{{"schema_version": {SCHEMA_VERSION}, "edits": {count}, "end": {end}, '
            f'"digest": "{hashlib.sha256(body).hexdigest()}",\n"film": '
        )
        data = head.encode() + body + b"\n}\n"
        self._files.write(self._path, data)
        self._known = hashlib.sha256(data).hexdigest()
        return aside

    def _aside(self) -> Path:
        numbered = (self._path.with_name(f"film-by-hand-{n}.json") for n in itertools.count(1))
        free = next(path for path in numbered if not path.exists())
        self._files.replace(self._path, free)
        return free

    def read(self) -> Found | None:
        """The snapshot, or None where there is none. Raises ``BadInput`` or ``NewerFilm``."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        self._known = hashlib.sha256(data).hexdigest()
        plain = self._plain(data)
        film = plain.get("film", plain)
        if not isinstance(film, dict):
            raise BadInput("film.json holds no film. Nothing was changed. Undo the change, or move it away.")
        upgraded({"schema_version": plain.get("schema_version", 0)})
        count, end = plain.get("edits", 0), plain.get("end", 0)
        if not isinstance(count, int) or not isinstance(end, int):
            count, end = 0, 0
        at = data.find(_BEFORE_FILM, 0, _LONGEST_HEAD) + len(_BEFORE_FILM)
        own = plain.get("digest") == hashlib.sha256(data[at:].removesuffix(b"\n}\n")).hexdigest()
        try:
            return Found(Film.model_validate(upgraded(film)), max(0, count), max(0, end), own)
        except ValidationError as error:
            raise BadInput(
                f"film.json is not a whole film: {first_fault(error)}. Nothing was changed. Mend it, or move "
                "film.json away to go on with the film as it was before the change."
            ) from None

    def digest(self) -> str:
        """SHA-256 of the file as it lies there; empty where there is none."""
        try:
            return hashlib.sha256(self._path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def _plain(self, data: bytes) -> dict[str, Any]:
        try:
            plain = pydantic_core.from_json(data.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
        except ValueError as error:
            raise BadInput(
                f"film.json cannot be read as JSON: {error}. Nothing was changed. Mend it, or move it away "
                "to go on with the film as it was before the change."
            ) from None
        if not isinstance(plain, dict):
            raise BadInput("film.json holds no film. Nothing was changed. Move it away to go on.")
        return plain
