"""What a batch would make, cost and take, before any of it: ``photoplay batch --dry-run``.

Nothing is made in the films' folders. Stories that cost nothing to write are written and boarded aside, and
thrown away; of others only what their folders hold already is known, and what is not is called unknown.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..memory.price import Price, Total, total
from ..memory.project import is_film
from ..storyboard.errors import PhotoplayError
from ..storyboard.timeline import items
from .batch import Batch, Place, Planned, forget, look_in, writer_of
from .beginning import begin

if TYPE_CHECKING:
    from ..agent.batch_summary import FilmResult
    from ..agent.production import Production
    from ..agent.spending import Quote

FREE_WRITERS = frozenset({"outline", "script", "segments"})
"""Writers that ask nobody: they are run for a quote."""


@dataclass(frozen=True)
class FilmQuote:
    """What one film would take. None where it is not known before its story is written."""

    name: str
    row: int
    renderer: str
    shots: int | None = None
    to_make: int | None = None
    """Shots and cards without a current take."""
    seconds: float | None = None
    """Length."""
    cost: Total | None = None
    """Of what would be ordered; None where that depends on shots that are not known."""
    wall_s: float | None = None
    """By films of that renderer that were made in this folder before; None where there is none."""
    words: str = ""
    """What is in the way, or not known."""


def quote_batch(
    planned: Batch, *, jobs: int = 1, only: Collection[str] | None = None, place: Place | None = None
) -> tuple[list[FilmQuote], float | None]:
    """A quote of each film, and seconds for all of them, ``jobs`` at a time (None where not known)."""
    from ..agent.batch_summary import earlier_results

    paces = _paces(list(earlier_results(planned.out).values()))
    quotes = []
    with tempfile.TemporaryDirectory(prefix="photoplay-quote-") as aside:
        for one in planned.films:
            if only is None or one.name in only:
                quotes.append(_quote(one, planned.out, Path(aside), place or Place(), paces))
    times = [quote.wall_s for quote in quotes]
    return quotes, None if None in times else sum(t or 0.0 for t in times) / max(1, jobs)


def _paces(results: Sequence[FilmResult]) -> dict[str, float]:
    """Renderer -> seconds of work for a second of film, over the films that were made whole."""
    work, length = dict[str, float](), dict[str, float]()
    for made in (r for r in results if r.state == "made" and r.seconds):
        work[made.renderer] = work.get(made.renderer, 0.0) + made.wall_s
        length[made.renderer] = length.get(made.renderer, 0.0) + made.seconds
    return {renderer: work[renderer] / length[renderer] for renderer in work}


def _quote(one: Planned, out: Path, aside: Path, place: Place, paces: Mapping[str, float]) -> FilmQuote:
    folder = aside / one.name
    found = FilmQuote(one.name, one.row, one.film.settings.renderer if one.film else "")
    try:
        if is_film(out / one.name):
            look_in(out / one.name, folder)
        own = writer_of(one.beginning, place)
        production = begin(replace(one.beginning, out=folder), crew=place.crew, writer=own)
        writer = production.film.settings.writer if own is None else "?"
        step = production.step()
        if step in ("write", "cast", "board"):
            if writer.partition(":")[0] not in FREE_WRITERS:
                return _unwritten(found, production, writer)
            production.make("board")
        return _of_shots(found, production, paces)
    except PhotoplayError as error:
        return replace(found, words=str(error))
    finally:
        forget(folder)


def _unwritten(found: FilmQuote, production: Production, writer: str) -> FilmQuote:
    renderer = production.planner().renderer(production.film.settings.renderer)[0]
    who = "its writer" if writer == "?" else f"the writer {writer}"
    told = f"its shots are not known before {who} is asked, which a dry run does not"
    return replace(found, cost=None if hasattr(renderer, "price") else Total(), words=told)


def _of_shots(found: FilmQuote, production: Production, paces: Mapping[str, float]) -> FilmQuote:
    from ..agent.spending import quote

    film = production.film
    missing = sum(state != "current" for state, _ in production.takes().values())
    timed = float(film.settings.rate.seconds(sum(item.frames for item in items(film))))
    seconds = film.brief.seconds or timed  # before its lines are spoken, it is not timed to what was asked
    asked = quote(production.project, production.planner())
    pace = paces.get(film.settings.renderer)
    done = not missing and production.step() == "done"
    share = missing / max(1, len(production.takes()))
    return replace(
        found,
        renderer=film.settings.renderer,
        shots=len(film.shots),
        to_make=missing,
        seconds=round(seconds, 3),
        cost=_to_pay(asked),
        wall_s=0.0 if done else None if pace is None else round(pace * seconds * share, 1),
        words="" if asked.nothing else str(asked),
    )


def _to_pay(asked: Quote) -> Total:
    return total([*asked.prices, *(share.price for share in asked.gpu)])


def sum_of(quotes: Sequence[FilmQuote]) -> Total:
    """What all would cost; a film whose shots are not known counts as of unknown price."""
    found = Total()
    for quote in quotes:
        if quote.cost is None:
            found.add(Price(None))
            continue
        found.unknown += quote.cost.unknown
        for currency, amount in quote.cost.known.items():
            found.add(Price(amount, currency))
    return found
