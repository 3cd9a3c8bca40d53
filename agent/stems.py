"""The stems of a finished film, for another mix of it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..memory.files import plain_error
from ..storyboard.errors import BadInput
from ..storyboard.timeline import timeline
from .delivery import finished
from .soundtrack import soundtrack, stems

if TYPE_CHECKING:
    from .production import Production

FOLDER = "stems"


def write_stems_of(production: Production, out: Path | None = None) -> tuple[Path, list[str]]:
    """Write the stems to the folder ``out`` (None: ``out/stems`` of the film); (where, what to know of them).

    The files are put in place when all are whole. Raises ``BadInput`` where the film is not finished or
    ``out`` is a file, ``Locked`` while somebody else is at work on it, ``Damaged`` where a sound is,
    ``NoRoom`` or ``ProjectError`` where the disk refuses.
    """
    with production.project.lock():
        return _written(production, out)


def _written(production: Production, out: Path | None) -> tuple[Path, list[str]]:
    """``write_stems_of``. Needs the lock: its scratch files have fixed names."""
    project, film = production.project, production.film
    if film.story is None or not film.shots or not finished(project, plan := production.plan()):
        raise BadInput("The film is not finished. Run `photoplay render` first; nothing was written.")
    folder = out if out is not None else project.out / FOLDER
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file. Stems are several: give a folder.")
    work = project.work / "stems"
    if work.exists():
        project.files.remove(work)
    project.files.make_folder(work)
    try:
        track = soundtrack(project, plan, timeline(film))
        paths, found = stems(track, work, work / "finished.wav")
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            _put(path, folder / path.name)
    except OSError as error:
        raise plain_error(error, folder) from error
    finally:
        project.files.remove(work)
    share = 100 * found.limited
    held = f"which holds down {share:.2g} % of its samples" if share else "which has nothing to hold down"
    return folder, [
        "dialogue, music, effects and ambience add up to mix.wav: the film's sound before its limiter, "
        f"{held} in the film.",
        *(f"{words}." for words in track.notices),
    ]


def _put(made: Path, path: Path) -> None:
    """Move a file that may have to go to another disk; ``path`` is replaced only whole."""
    part = path.with_name(f".{path.name}-{os.getpid()}-{time.monotonic_ns()}.part")
    try:
        with made.open("rb") as source, part.open("xb") as target:
            while block := source.read(1 << 22):
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
