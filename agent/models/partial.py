"""A story that was begun in steps and is not whole yet, kept so that the next run asks only for the rest.

Never a truth: it stands beside ``treatment.json`` in the film's folder, fits only the brief, seed and model
that it was written for, and is gone once the story is whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from pydantic import ValidationError

from ...memory.files import Files
from ...storyboard.schema import Data, Key, Name, Text
from ...storyboard.treatment import TreatedShot
from .forms import StepScene, StepStory

NAME = "treatment.partial.json"
MOST_BYTES = 8_000_000


class Partial(Data):
    """What was settled of a story. ``shots`` are those of each scene, in order, as far as there are some."""

    form: Literal[1] = 1
    of: Key
    """Digest of what the story is written for."""
    model: Name = ""
    story: StepStory | None = None
    scenes: tuple[StepScene, ...] = ()
    shots: tuple[tuple[TreatedShot, ...], ...] = ()
    notices: tuple[Text, ...] = ()
    """What has to be told of the answers so far."""


class Keeping(Protocol):
    """Where a partial story is kept."""

    def read(self) -> Partial | None:
        """What is kept; None where nothing is, or nothing that can be read."""
        ...

    def keep(self, partial: Partial) -> None:
        """Keep it, in the place of what was kept."""
        ...

    def clear(self) -> None:
        """Keep nothing any more."""
        ...


class PartialFile:
    """Keeps a partial story in the folder of a film."""

    def __init__(self, files: Files, folder: Path) -> None:
        self._files, self._path = files, folder / NAME

    def read(self) -> Partial | None:
        """See ``Keeping``. A file that is too large, damaged or of another form counts as none."""
        try:
            if self._path.stat().st_size > MOST_BYTES:
                return None
            return Partial.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError, ValueError, RecursionError):
            return None

    def keep(self, partial: Partial) -> None:
        """See ``Keeping``. Raises as ``Files.write`` does."""
        self._files.write(self._path, partial.model_dump_json().encode())

    def clear(self) -> None:
        """See ``Keeping``."""
        if self._path.exists() or self._path.is_symlink():
            self._files.remove(self._path)


class Unkept:
    """Keeps nothing: for a story that is written without a folder."""

    def read(self) -> Partial | None:
        return None

    def keep(self, partial: Partial) -> None:
        return None

    def clear(self) -> None:
        return None
