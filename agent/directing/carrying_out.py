"""Carrying out: a proposal is journalled with its words, what it changed is made, the film is cut anew."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Literal

from ...memory.history import stacks
from ...render.plan import used_takes
from ...storyboard.errors import BadInput
from ..filming import speak
from ..stages import Stage
from ..steps import Steps
from .turn import Turn


def carry_out(production: Steps, turn: Turn, words: str, render: bool = True) -> Turn:
    """Do what a turn proposes. A turn with nothing to do comes back as it is.

    Raises ``BadInput`` where the film was changed by somebody else since the turn, and what making raises:
    the change stays journalled then, and making goes on with ``render``.
    """
    if turn.kind == "proposal":
        began = time.monotonic()
        journal(production, turn, words)
        done = make_again(production, turn, render)
        return _timed(done, began)
    if turn.kind == "deed":
        from .deeds import do

        return do(production, turn, render)
    return turn


def _timed(turn: Turn, began: float) -> Turn:
    return Turn(**{**turn.__dict__, "wall": round(time.monotonic() - began, 3)})


def journal(production: Steps, turn: Turn, words: str) -> None:
    """Apply a proposal's edits, with the words that caused them. Nothing is made yet."""
    assert turn.difference is not None
    with production.project.lock():
        if production.film != turn.difference.before:
            raise BadInput(
                "The film was changed by somebody else since this was shown, so nothing was done. "
                "Say it again."
            )
        production.project.commit(turn.edits, words, "person")


def reached(production: Steps) -> Stage:
    """How far the film was made before: what a change of it goes to again, and no further unasked."""
    if production.film.story is None or not production.film.shots:
        return "story"
    if production.film_path.is_file():
        return "film"
    return "takes" if production.film.decisions.chosen else "board"


def make_again(production: Steps, turn: Turn, render: bool = True) -> Turn:
    """Make what a journalled proposal changed, and nothing else; cut where there was a film.

    What waited to be made before it waits still. Raises ``RenderError`` as ``Production.render`` does.
    """
    assert turn.difference is not None
    stage = reached(production)
    if not render or stage in ("story", "board"):
        folder = production.project.folder
        words = f"The change is made. Nothing is drawn until you approve (`photoplay approve {folder}`)."
        if stage not in ("story", "board"):
            words = (
                f"The change is made. Until `photoplay render {folder}`, the film in out/ is the earlier one."
            )
        return Turn("done", words, turn.understood, turn.difference, turn.edits, turn.loosened)
    with production.project.lock(), production.one_planner():
        production.project.clean_work()
        production.new_run()
        only = changed(production, turn.difference.waiting)
        production.shoot({*only, "score"})
        missing = production.gate()
        if not missing and stage == "film":
            production.cut()
        production.check_made_again()
    return _made(production, turn, missing, stage)


def changed(production: Steps, waiting: Collection[str]) -> list[str]:
    """Shots and cards, in film order, that have no take of what is wished now, without those ``waiting``.

    New lines are spoken first, and the film is timed, for what is to be made follows from lengths. Needs the
    lock.
    """
    engine, planner = production.engine()
    speak(production.project, engine, planner, lambda news: production.tell("speak", news.words, news))
    used = used_takes(production.film, production.plan(), production.project.store.has)
    return [item for item, (state, _) in used.items() if state != "current" and item not in waiting]


def _made(production: Steps, turn: Turn, missing: list[str], stage: Stage) -> Turn:
    made = production.outcome.made if production.outcome else []
    seen = {node.item for node in made if node.stage == "picture"}
    items = tuple(item for item in production.plan().shown if item in seen)
    told = [f"Made again: {', '.join(items)}." if items else "No shot had to be made again."]
    path = production.film_path if stage == "film" and not missing else None
    if missing:
        told.append(f"The film was not cut: {len(missing)} takes are still to be made. {missing[0]}")
    elif path is not None:
        told.append(f"The film: {path}")
    return Turn(
        "done", "\n".join(told), turn.understood, turn.difference, turn.edits, turn.loosened,
        made=items, path=path,
    )  # fmt: skip


def go_back(production: Steps, n: int, cut: bool = True) -> Turn:
    """Undo ``n`` changes; see ``Changing.undo``."""
    return _step(production, "undo", n, cut)


def go_on_again(production: Steps, n: int, cut: bool = True) -> Turn:
    """Redo ``n`` changes; see ``Changing.redo``."""
    return _step(production, "redo", n, cut)


def _step(production: Steps, way: Literal["undo", "redo"], n: int, cut: bool) -> Turn:
    began = time.monotonic()
    stage = reached(production)
    project = production.project
    with project.lock(), production.one_planner():
        there = steps(production)[way]
        if not 1 <= n <= len(there):
            has = f"are {len(there)} changes" if len(there) > 1 else "is 1 change" if there else "is nothing"
            raise BadInput(f"There {has} to {way}; {n} asked. Nothing was changed.")
        (project.undo if way == "undo" else project.redo)(n, "person")
        words = project.history()[-1].words.partition(": ")[2]
        told = [f"{'Undone' if way == 'undo' else 'Done again'}: {words}"]
        path = None
        if cut and stage == "film" and production.film.shots:
            production.new_run()
            missing = production.gate()
            if missing:
                told.append(f"The film was not cut: {len(missing)} takes are to be made. {missing[0]}")
            else:
                if production.step() == "cut":
                    production.cut()
                path = production.film_path
                told.append(f"Nothing was made again. The film: {path}")
    return _timed(Turn("done", "\n".join(told), path=path), began)


def steps(production: Steps) -> dict[str, list[int]]:
    """Numbers of the entries that can be undone and redone, the next last: ``{"undo": ..., "redo": ...}``.

    The story as it was written and boarded is where changes begin: it is not undone.
    """
    entries = production.project.history()
    done, undone = stacks(entries)
    told = {e.number for e in entries if any(edit.op == "tell" for edit in e.edits)}
    begun = max((i for i, number in enumerate(done) if number in told), default=-1)
    return {"undo": done[begun + 1 :], "redo": undone}
