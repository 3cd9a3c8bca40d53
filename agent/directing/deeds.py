"""Deeds: what can be asked for besides a change of the film. Each does what a command does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..spending import quote
from ..steps import Steps
from .carrying_out import go_back, go_on_again
from .difference import difference
from .strip import strip
from .turn import Turn
from .understood import Deed

if TYPE_CHECKING:
    from ..production import Production


def do(production: Steps, turn: Turn, render: bool = True) -> Turn:
    """Do what a turn of kind ``deed`` asks for. Without ``render`` nothing is made, and that is said.

    Raises what making raises, and ``BadInput`` for more steps than there are.
    """
    from ..production import Production

    assert isinstance(production, Production)
    read = turn.understood
    if read.history:
        step = go_back if read.history < 0 else go_on_again
        done = step(production, abs(read.history), render)
        return Turn(**{**done.__dict__, "understood": read})
    assert read.deed is not None
    began = time.monotonic()
    if read.deed in _MAKING and not render:
        return Turn("answer", "Nothing is made without rendering.", read)
    done = _DEEDS[read.deed](production, turn)
    return Turn(**{**done.__dict__, "understood": read, "wall": round(time.monotonic() - began, 3)})


def _render(production: Production, turn: Turn) -> Turn:
    """Everything that is missing or stale, or only the shots that were named; then the cut."""
    only = [s for s in turn.understood.shots if any(shot.id == s for shot in production.film.shots)]
    if only:
        production.new_run()
        with production.project.lock():
            production.project.clean_work()
            production.shoot({*only, "score"})
            missing = production.gate()
            if not missing:
                production.cut()
            production.check_made_again()
        return _made(production, bool(missing))
    return _approve(production, turn)


def _approve(production: Production, turn: Turn) -> Turn:
    """Go on, past a review that waits, until the film is there."""
    production.go_on()
    return _made(production, False)


def _made(production: Steps, missing: bool) -> Turn:
    made = production.outcome.made if production.outcome else []
    seen = {node.item for node in made if node.stage == "picture"}
    items = tuple(item for item in production.plan().shown if item in seen)
    words = f"Made: {', '.join(items)}." if items else "Nothing had to be made."
    if missing:
        return Turn(
            "done", f"{words}\nThe film is not cut yet: other shots are still to be made.", made=items
        )
    return Turn("done", f"{words}\nThe film: {production.film_path}", made=items, path=production.film_path)


def _board(production: Production, turn: Turn) -> Turn:
    from ..sheet import write_sheet

    return Turn("done", "\n".join(f"The board: {path}" for path in write_sheet(production)))


def _quote(production: Production, turn: Turn) -> Turn:
    """What making the film as it is now takes."""
    if not production.film.shots:
        return Turn("answer", "The film has no shots yet, so nothing can be quoted.")
    found = difference(production, ())
    if not found.waiting:
        return Turn("answer", "Every shot is made: nothing is to be paid.")
    asked = quote(production.project, production.planner())
    words = f"{len(found.waiting)} shots and cards are to be made. "
    return Turn("answer", words + (str(asked) if asked.wanted else "Nothing is to be paid."))


def _show(production: Production, turn: Turn) -> Turn:
    return Turn("answer", "\n".join(strip(production, turn.understood.shots)))


def _stop(production: Production, turn: Turn) -> Turn:
    return Turn("answer", "Nothing is being made, so there is nothing to stop.")


_MAKING = frozenset({"render", "approve"})
_DEEDS: dict[Deed, Callable[[Production, Turn], Turn]] = {
    "render": _render,
    "approve": _approve,
    "board": _board,
    "quote": _quote,
    "show": _show,
    "stop": _stop,
}
