"""``treatment.json``: what the writer gave, word for word, beside the film; and the film that it makes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ..memory.project import Project
from ..storyboard.boarding import board
from ..storyboard.casting import cast
from ..storyboard.edit_types import Tell
from ..storyboard.edits import apply
from ..storyboard.film import Brief, Film, Settings, Wrote
from ..storyboard.treatment import Treatment
from .writer import Writer, Written


class _Read(NamedTuple):
    treatment: Treatment
    wrote: Wrote


class Treated:
    """The treatment of one film's folder. The file is read each time that something is asked; what it says is
    worked out once for as long as it is the same, since check, cast and board each need it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._path = project.folder / "treatment.json"
        self._seen: tuple[bytes, _Read] | None = None
        self._told: tuple[bytes, Brief, Settings, Tell] | None = None

    def keep(self, writer: Writer, written: Written) -> None:
        """Write the file, in place of one that was there."""
        kept = {
            "writer": writer.name,
            "model": writer.model,
            "notices": list(written.notices),
            "treatment": written.treatment.model_dump(mode="json"),
        }
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        self._project.store.files.write(self._path, text.encode())

    def treatment(self) -> Treatment | None:
        """The treatment as the writer gave it; None where there is none, or none that can be read."""
        found = self._read()
        return found[1].treatment if found else None

    def boarded(self, film: Film) -> Film:
        """``film`` with the treatment, which must be there, cast and boarded, in memory."""
        found = self._read()
        assert found is not None
        raw, read = found
        if self._told is None or self._told[:3] != (raw, film.brief, film.settings):
            story = cast(read.treatment, film.brief, film.settings.seed)
            shots, opening, ending = board(read.treatment, story, film.brief, film.settings)
            tell = Tell(story=story, shots=shots, opening=opening, ending=ending, wrote=read.wrote)
            self._told = (raw, film.brief, film.settings, tell)
        return apply(film, self._told[3])

    def _read(self) -> tuple[bytes, _Read] | None:
        if not self._path.is_file():
            return None
        try:
            raw = self._path.read_bytes()
            if self._seen is None or self._seen[0] != raw:
                kept: dict[str, Any] = json.loads(raw.decode())
                wrote = Wrote(writer=kept["writer"], model=kept["model"], notices=tuple(kept["notices"]))
                self._seen = raw, _Read(Treatment.model_validate(kept["treatment"]), wrote)
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return self._seen
