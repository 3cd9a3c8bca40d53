"""How a batch gets on, for a person (on standard error) or a program (lines of JSON on standard output).

The last line on standard output is where the summary lies, or with ``--json`` an object that holds it.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text as Line

from ..agent.batch import BatchNews, BatchResult
from ..agent.batch_summary import SUMMARY, FilmResult
from ..agent.stages import Told
from .progress import STAGE_LABELS

if TYPE_CHECKING:
    from ..memory.price import Total
    from .batch_quote import FilmQuote

_SHOWN = 16
"""Films under way that the table shows."""
_QUIET = frozenset({"notice", "quote", "deliver"})


class BatchReporter:
    """Hears a batch; ``end`` after it, with the words of the command that makes the failed ones again."""

    def __call__(self, news: BatchNews) -> None:
        """Tell one piece of news."""

    def end(self, result: BatchResult, again: str) -> None:
        """Say what became of it."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class _JsonBatch(BatchReporter):
    @staticmethod
    def _say(**what: Any) -> None:
        print(json.dumps(what, ensure_ascii=False), flush=True)

    def __call__(self, news: BatchNews) -> None:
        if news.kind == "begun":
            self._say(stage="begin", film=news.film)
        elif news.kind == "notice":
            self._say(stage="notice", words=news.words)
        elif news.result is not None:
            self._say(stage="end", film=news.film, done=news.done, of=news.of, **_plain(news.result))
        elif news.told is not None:
            self._told(news.film, news.told)

    def _told(self, film: str, told: Told) -> None:
        if told.news is None:
            self._say(stage=told.stage, film=film, words=told.words)
        elif told.news.kind != "tick":
            self._say(
                stage=told.stage, film=film, item=told.news.node.item, news=told.news.kind,
                words=told.news.words,
            )  # fmt: skip

    def end(self, result: BatchResult, again: str) -> None:
        self._say(
            stage="batch", counts=_counts(result), failed=[film.name for film in result.failed],
            again=again, wall_s=round(result.wall_s, 3), path=str(result.out / SUMMARY),
        )  # fmt: skip


def _plain(result: FilmResult) -> dict[str, Any]:
    return {k: v for k, v in asdict(result).items() if k != "name"}


def _counts(result: BatchResult) -> dict[str, int]:
    return dict(Counter(film.state for film in result.films))


@dataclass
class _UnderWay:
    begun: float
    stage: str = ""
    total: int = 0
    made: int = 0
    words: str = ""


class _TerminalBatch(BatchReporter):
    """Films under way in a table that is drawn anew; films that ended as lines above it. Where there is no
    terminal, only the lines."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._films: dict[str, _UnderWay] = {}
        self._begun = time.monotonic()
        self._done = self._of = self._worked = self._failed = 0
        self._live: Live | None = None
        if self._console.is_terminal:
            self._live = Live(
                get_renderable=self._table, console=self._console, refresh_per_second=4, transient=True,
                redirect_stdout=False, redirect_stderr=False,
            )  # fmt: skip
            self._live.start()

    def __call__(self, news: BatchNews) -> None:
        self._done, self._of = news.done, news.of or self._of
        if news.kind == "notice":
            self._line("Note", news.words)
        elif news.kind == "begun":
            self._films[news.film] = _UnderWay(time.monotonic())
        elif news.told is not None:
            self._told(news.film, news.told)
        elif news.result is not None:
            self._ended(news.result)

    def _told(self, name: str, told: Told) -> None:
        film = self._films.get(name)
        if film is None:
            return
        if told.news is None:
            if told.stage in _QUIET:
                film.words = told.words
            else:
                film.stage = STAGE_LABELS.get(told.stage, told.stage)
                film.words, film.total, film.made = told.words, told.total, 0
        elif told.news.kind == "made":
            film.made += 1
        elif told.news.kind == "tick":
            film.words = f"{told.news.node.item} {told.news.words}".strip()

    def _ended(self, result: FilmResult) -> None:
        self._films.pop(result.name, None)
        self._worked += result.state in ("made", "failed")
        self._failed += result.state == "failed"
        length = f"{result.seconds:g} s, {_shots(result.shots)}" if result.shots else ""
        paid = "" if result.cost == "nothing" else f"paid {result.cost}"
        if result.state == "made":
            words = ", ".join(filter(None, [length, f"made in {result.wall_s:.1f} s", paid]))
        elif result.state == "kept":
            words = ", ".join(filter(None, [length, "nothing to make", paid]))
        else:
            words = result.words
        label = {"made": "Made", "kept": "There", "failed": "Failed", "stopped": "Stopped"}.get(
            result.state, result.state
        )
        self._line(label, f"{result.name}: {words}" if words else result.name)

    def _table(self) -> Group:
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=bool(self._films), header_style="dim")
        for name in ("Film", "Stage", "Takes", "Time", ""):
            table.add_column(name, no_wrap=True, max_width=40 if name in ("Film", "") else None)
        for name, film in list(self._films.items())[:_SHOWN]:
            takes = f"{film.made}/{film.total}" if film.total else ""
            spent = time.monotonic() - film.begun
            # The words may be anybody's: they are shown as text, never as markup.
            table.add_row(
                Line(name), Line(film.stage), Line(takes), Line(_clock(spent)), Line(film.words, style="dim")
            )
        return Group(table, Line(self._standing()))

    def _standing(self) -> str:
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{self._done} of {self._of} films{failed}{self._left()}"

    def _left(self) -> str:
        """Time left, by the films that were really made in this run."""
        if not self._worked or self._done >= self._of:
            return ""
        left = (time.monotonic() - self._begun) / self._worked * (self._of - self._done)
        return f", about {_clock(left)} left"

    def _line(self, label: str, words: str) -> None:
        line = Line(f"{label:>8} ", style="bold")
        line.append(words, style="not bold")
        self._console.print(line, soft_wrap=True)

    def end(self, result: BatchResult, again: str) -> None:
        self.close()
        counts = _counts(result)
        told = [f"{counts[state]} {words}" for state, words in _WORDS.items() if counts.get(state)]
        self._line("Batch", f"{', '.join(told) or 'nothing to make'} in {_clock(result.wall_s)}")
        if again:
            self._line("Again", again)
        print(result.out / SUMMARY, flush=True)

    def close(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


_WORDS = {
    "made": "made", "kept": "there already", "failed": "failed", "stopped": "stopped",
    "waiting": "not begun",
}  # fmt: skip


def _shots(count: int) -> str:
    return "1 shot" if count == 1 else f"{count} shots"


def _clock(seconds: float) -> str:
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


@contextlib.contextmanager
def batch_reporter(as_json: bool) -> Iterator[BatchReporter]:
    """A reporter that leaves the terminal as it found it, whatever happens."""
    report = _JsonBatch() if as_json else _TerminalBatch()
    try:
        yield report
    finally:
        report.close()


def show_quotes(
    quotes: Sequence[FilmQuote], shots: int, unknown: int, cost: Total, wall_s: float | None, jobs: int
) -> None:
    """Print what each film would make and cost, and all together."""
    console = Console(highlight=False)

    def say(words: str) -> None:
        console.print(Line(words), soft_wrap=True)

    for quote in quotes:
        made = "shots not known" if quote.shots is None else _to_make(quote)
        costs = "cost not known" if quote.cost is None else f"costs {quote.cost}"
        when = "time not known" if quote.wall_s is None else f"about {_clock(quote.wall_s)}"
        say(f"{quote.name}: {made} by {quote.renderer}, {costs}, {when}")
        if quote.words:
            say(f"  {quote.words}")
    more = f" and those of {_films(unknown)} that are not known yet" if unknown else ""
    when = "how long is not known yet" if wall_s is None else f"about {_clock(wall_s)}, {jobs} at a time"
    say(f"{_films(len(quotes))}, {_shots(shots)}{more}; costs {cost}; {when}. Nothing was made.")


def _to_make(quote: FilmQuote) -> str:
    length = f"{quote.seconds:g} s, " if quote.seconds else ""
    return f"{length}{_shots(quote.shots or 0)}, {quote.to_make} takes to make"


def _films(count: int) -> str:
    return "1 film" if count == 1 else f"{count} films"
