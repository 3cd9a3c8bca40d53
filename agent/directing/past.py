"""The past of a film: each change with its words and what it did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from ...memory.history import STEPS, stacks
from ...storyboard.edits import Replace, apply
from ..steps import Steps
from .carrying_out import steps
from .rows import row

State = Literal["begun", "done", "undone", "gone"]
_ROWS = 12
"""Rows of one change that are listed."""


@dataclass(frozen=True)
class Step:
    """One change. ``state``: ``begun`` (the story as it was written), ``done`` ``undone``, or ``gone``
    (undone before another change was made: it cannot come back)."""

    number: int
    state: State
    words: str
    by: str
    rows: tuple[str, ...]


def past(production: Steps) -> list[Step]:
    """All changes since the film was begun, in order, with those that were undone. Changes nothing."""
    entries = production.project.history()
    standing, can = set(stacks(entries)[0]), steps(production)
    found: list[Step] = []
    film = None
    for entry in entries:
        first = entry.edits[0] if entry.edits else None
        if film is None:
            assert isinstance(first, Replace)
            film = first.film
            continue
        rows: list[str] = []
        for edit in entry.edits:
            if entry.kind in STEPS and len(rows) < _ROWS:
                rows.append(row(film, edit))
            film = apply(film, edit)
        if entry.kind in STEPS:
            words = entry.words or "changed without words"
            found.append(
                Step(entry.number, _state(entry.number, standing, can), words, entry.by, tuple(rows))
            )
    return found


def _state(number: int, standing: Collection[int], can: dict[str, list[int]]) -> State:
    if number in standing:
        return "done" if number in can["undo"] else "begun"
    return "undone" if number in can["redo"] else "gone"
