"""Which takes of a film nothing uses any more, and freeing them.

Kept are, in this order of reasons: every take that the plan uses now; every chosen or pinned one;
every take that was chosen at any time (so that an undo renders nothing), or that was to be changed by
words; what a reference was taken from; and sound, which is small and which an undo would need again. And
whatever one of those was made from, however far back. With ``everything`` only the first two reasons count,
and what those takes were made from. References (``anchors/``) and footage (``footage/``) are never
touched. What was set aside as damaged and what killed programs left in ``work/`` and ``takes/`` is of no use
to anybody.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..storyboard.edits import Choose, Insert, Replace, SetPlate, Tell
from ..storyboard.errors import Damaged
from ..storyboard.film import Shot
from .anchors import AnchorBook
from .project import Project
from .store import TakeRecord

_SOUNDS = frozenset({"speak", "score", "effect"})
"""Kinds of requests whose takes hold no picture."""


@dataclass(frozen=True)
class UnusedTake:
    """A take that nothing uses. ``size`` in bytes; ``item`` is the shot, card or line it was made for."""

    key: str
    item: str
    kind: str
    size: int


@dataclass(frozen=True)
class Leftover:
    """Something in ``work/`` or ``takes/`` that no program will look at again. ``size`` in bytes."""

    path: Path
    size: int


@dataclass(frozen=True)
class Waste:
    """What can be freed, and how much stays: ``kept`` takes of ``kept_bytes``."""

    takes: tuple[UnusedTake, ...]
    leftovers: tuple[Leftover, ...]
    kept: int
    kept_bytes: int

    @property
    def size(self) -> int:
        """Bytes that can be freed."""
        return sum(take.size for take in self.takes) + sum(left.size for left in self.leftovers)


def find_waste(project: Project, planned: Collection[str], everything: bool = False) -> Waste:
    """What nothing uses. ``planned`` are the keys of all nodes of the film's plan. Changes nothing."""
    store = project.store
    records = {key: _record(project, key) for key in store.keys()}  # noqa: SIM118  a store is no mapping
    wanted = set(planned) | set(project.film.decisions.chosen.values()) | _changed(project.film.shots)
    if not everything:
        wanted |= _ever_chosen(project)
        wanted |= {a.take for a in AnchorBook(project.folder, project.files).all() if a.take is not None}
        wanted |= {key for key, record in records.items() if record and _kind(record) in _SOUNDS}
    used = _with_inputs(wanted, records)
    unused = []
    kept = kept_bytes = 0
    for key, record in records.items():
        size = _size(project.store.takes / key[:2] / key)
        if key in used:
            kept, kept_bytes = kept + 1, kept_bytes + size
        else:
            unused.append(UnusedTake(key, record.item if record else "", _kind(record), size))
    left = [*project.store.unfinished(), *(sorted(project.work.iterdir()) if project.work.is_dir() else ())]
    return Waste(
        takes=tuple(sorted(unused, key=lambda take: (take.item, take.key))),
        leftovers=tuple(Leftover(path, _size(path)) for path in left),
        kept=kept,
        kept_bytes=kept_bytes,
    )


def free_waste(project: Project, planned: Collection[str], everything: bool = False) -> Waste:
    """Find it and free it, under the lock; returns what was freed.

    A kill at any time leaves every other take whole, and what is half removed is a leftover for the
    next time. Raises ``Locked``, and ``ProjectError`` where the disk refuses; what was freed until then
    is gone.
    """
    with project.lock():
        waste = find_waste(project, planned, everything)
        for take in waste.takes:
            project.store.remove(take.key)
        for left in waste.leftovers:
            project.files.remove(left.path)
    return waste


def _record(project: Project, key: str) -> TakeRecord | None:
    """A take's record; None where it cannot be read, so that nobody can use it."""
    try:
        return project.store.record(key)
    except Damaged:
        return None


def _kind(record: TakeRecord | None) -> str:
    return str(record.request.get("kind", "")) if record else "damaged"


def _ever_chosen(project: Project) -> set[str]:
    """Takes that were a shot's choice, or changed by words, at any time of the film's history."""
    chosen: set[str] = set()
    for entry in project.history():
        for edit in entry.edits:
            if isinstance(edit, Choose):
                chosen.update(edit.takes.values())
            elif isinstance(edit, Replace):
                chosen.update(edit.film.decisions.chosen.values(), _changed(edit.film.shots))
            elif isinstance(edit, Tell):
                chosen |= _changed(edit.shots)
            elif isinstance(edit, Insert):
                chosen |= _changed([edit.shot])
            elif isinstance(edit, SetPlate) and edit.plate is not None and edit.plate.kind == "take":
                chosen.add(edit.plate.source)
    return chosen


def _changed(shots: Iterable[Shot]) -> set[str]:
    """Takes that these shots draw over again."""
    return {s.plate.source for s in shots if s.plate is not None and s.plate.kind == "take"}


def _with_inputs(wanted: Iterable[str], records: dict[str, TakeRecord | None]) -> set[str]:
    """These takes, and all that they were made from, as far back as records tell."""
    used: set[str] = set()
    left = list(wanted)
    while left:
        key = left.pop()
        if key in used:
            continue
        used.add(key)
        record = records.get(key)
        if record is not None:
            left.extend(record.inputs)
    return used


def _size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; links are not followed."""
    if path.is_symlink() or not path.is_dir():
        return path.lstat().st_size
    return sum((Path(folder) / name).lstat().st_size for folder, _, names in os.walk(path) for name in names)
