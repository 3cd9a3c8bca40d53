"""A batch: many films from one order, with models that stay loaded from film to film.

``run`` makes them, so many at a time. A film that fails, or a shot of it, stops no other; being stopped
and run again goes on, since each film is read from its own folder. What became of every one is in
``summary.json`` and ``summary.csv``.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ..render.crew import Executor, LocalCrew
from ..render.standing import StandingCrew
from ..storyboard.errors import BadInput, PhotoplayError, Stopped
from .batch_purse import BatchPurse
from .batch_summary import FilmResult, earlier_results, write_summary
from .production import Production
from .stages import Listener, Stage, Told

MOST_FAILED = 99
"""The highest exit code that tells how many films failed."""
LISTEN_S = 0.2
"""Longest time in which nobody asks whether to stop."""
LEAVE_S = 60.0
"""Longest time that films get to come to a clean end when they are asked to stop."""
SAY_S = 2.0
"""After which a person is told why it is not over yet."""
_LEAVING = "Films under way come to an end; Ctrl-C once more leaves them as they are."
_QUIET = frozenset({"notice", "quote", "deliver"})
"""Stages in which nothing is made."""

Begin = Callable[[Executor, Listener], Production]
"""Opens or creates one film's production, with that crew and listener. Makes nothing yet; raises
``PhotoplayError``. It is called in the film's own thread."""


@dataclass(frozen=True)
class BatchFilm:
    """One film of a batch. ``name`` is its folder's, unlike all others; ``row`` where it was asked for."""

    name: str
    folder: Path
    begin: Begin
    until: Stage = "film"
    row: int = 0
    """Line of the file that it came from, or its number, from 1."""


@dataclass(frozen=True)
class BatchNews:
    """News of a batch: a film begins, something is told of it, it ended, or a notice for all.

    ``film`` is the film's name, "" for the whole batch.
    """

    kind: Literal["begun", "told", "ended", "notice"]
    film: str = ""
    told: Told | None = None
    result: FilmResult | None = None
    words: str = ""
    done: int = 0
    """Films that ended so far in this run."""
    of: int = 0
    """Films of this run."""


BatchListener = Callable[[BatchNews], None]


@dataclass(frozen=True)
class BatchResult:
    """What became of a run. ``films`` in the order asked, those that were not to be made left out."""

    films: tuple[FilmResult, ...]
    out: Path
    wall_s: float
    stopped: bool = False

    @property
    def failed(self) -> tuple[FilmResult, ...]:
        """Films that failed, wholly or in a shot."""
        return tuple(film for film in self.films if film.state == "failed")

    @property
    def exit_code(self) -> int:
        """How many films failed, at most ``MOST_FAILED``; 130 where it was stopped."""
        return 130 if self.stopped else min(MOST_FAILED, len(self.failed))


def run(
    films: Sequence[BatchFilm],
    out: Path,
    *,
    jobs: int = 1,
    only: Collection[str] | None = None,
    crew: Executor | None = None,
    listener: BatchListener | None = None,
    stop: threading.Event | None = None,
    allowance: str = "",
) -> BatchResult:
    """Make these films, ``jobs`` at a time (at most as many as ``crew`` has places).

    ``only`` names those to make now; of the others the summary keeps what it said. ``allowance`` is what all
    may cost together, besides what each may: "" sets no such limit (``batch_purse``). ``listener`` is called
    in this thread, one piece of news at a time. When ``stop`` is set, from any thread, or this thread is
    interrupted, films under way stop within a step (in the last case it is raised on); what they have is
    kept. Afterwards ``out`` holds the summary of all. Raises ``BadInput`` before anything is made where
    two films share a folder or ``only`` names one that does not exist.
    """
    return _Run(films, out, jobs, only, crew, listener, stop, allowance).whole()


@dataclass
class _Film:
    """A film under way, as its own thread and the run's both see it."""

    asked: BatchFilm
    production: Production | None = None
    begun: float = 0.0
    made: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    """Shot or card -> why."""
    worked: bool = False
    share: str = ""
    """What is left for it of what all may cost, where that is less than it may cost itself."""


class _Run:
    def __init__(
        self,
        films: Sequence[BatchFilm],
        out: Path,
        jobs: int,
        only: Collection[str] | None,
        crew: Executor | None,
        listener: BatchListener | None,
        stop: threading.Event | None,
        allowance: str,
    ) -> None:
        refuse_twins(films, only)
        self._films = list(films)
        self._wanted = [film for film in films if only is None or film.name in only]
        self._out, self._listener = out, listener or (lambda news: None)
        self._stop = stop or threading.Event()
        crew = crew or LocalCrew()
        self._jobs = max(1, min(jobs, crew.places(0), len(self._wanted)))
        self._fewer = self._jobs if self._jobs < min(jobs, len(self._wanted)) else 0
        self._crew = StandingCrew(crew, sharing=self._jobs)
        self._purse = BatchPurse(allowance, [film.folder for film in films], self._stop)
        self._todo: queue.SimpleQueue[BatchFilm | None] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[BatchNews] = queue.SimpleQueue()
        self._under_way: dict[str, _Film] = {}
        self._results: dict[str, FilmResult] = {}

    # -- in the thread of whoever runs it -------------------------------------------------

    def whole(self) -> BatchResult:
        begun = time.monotonic()
        if self._fewer:
            words = f"{self._fewer} at a time: there are no more workers than that."
            self._listener(BatchNews("notice", words=words, of=len(self._wanted)))
        for film in self._wanted:
            self._todo.put(film)
        threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(self._jobs)]
        for thread in threads:
            self._todo.put(None)
            thread.start()
        try:
            while len(self._results) < len(self._wanted) and any(t.is_alive() for t in threads):
                self._hear_until_stopped()
        except BaseException:
            self._stop.set()
            raise
        finally:
            self._end(threads)
            stopped = self._stop.is_set() and any(r.state in ("stopped", "waiting") for r in self._ended())
            write_summary(self._out, self._everything())
        self._hear_all()
        return BatchResult(tuple(self._ended()), self._out, time.monotonic() - begun, stopped)

    def _hear_until_stopped(self) -> None:
        if self._stop.is_set():
            self._cancel()
        try:
            self._hear(self._news.get(timeout=LISTEN_S))
        except queue.Empty:
            return

    def _hear(self, news: BatchNews) -> None:
        if news.result is not None:
            self._results[news.film] = news.result
        told = BatchNews(
            news.kind, news.film, news.told, news.result, news.words, len(self._results), len(self._wanted)
        )
        self._listener(told)

    def _hear_all(self) -> None:
        while not self._news.empty():
            self._hear(self._news.get())

    def _end(self, threads: Sequence[threading.Thread]) -> None:
        """Films under way come to an end, hands are dismissed; results not heard yet are kept."""
        begun, said = time.monotonic(), False
        try:
            while any(t.is_alive() for t in threads) and time.monotonic() < begun + LEAVE_S:
                if self._stop.is_set():
                    self._cancel()
                for thread in threads:
                    thread.join(LISTEN_S)
                if not said and time.monotonic() > begun + SAY_S:
                    said = True
                    with contextlib.suppress(Exception):
                        self._listener(BatchNews("notice", words=_LEAVING))
        finally:
            self._crew.close()
            kept = queue.SimpleQueue[BatchNews]()
            while not self._news.empty():
                news = self._news.get()
                if news.result is not None:
                    self._results[news.film] = news.result
                kept.put(news)
            self._news = kept

    def _cancel(self) -> None:
        for film in list(self._under_way.values()):
            if film.production is not None:
                film.production.cancel()

    def _ended(self) -> list[FilmResult]:
        return [self._results.get(film.name) or self._not_ended(film) for film in self._wanted]

    def _not_ended(self, film: BatchFilm) -> FilmResult:
        waiting = FilmResult.waiting(film.row, film.name, film.folder)
        return replace(waiting, state="stopped") if film.name in self._under_way else waiting

    def _everything(self) -> list[FilmResult]:
        """Of all films of the batch, those of this run anew."""
        now = {result.name: result for result in self._ended()}
        before = earlier_results(self._out)
        return [
            now.get(f.name) or before.get(f.name) or FilmResult.waiting(f.row, f.name, f.folder)
            for f in self._films
        ]

    # -- in the threads of the films ------------------------------------------------------

    def _serve(self) -> None:
        while (asked := self._todo.get()) is not None and not self._stop.is_set():
            film = self._under_way[asked.name] = _Film(asked, begun=time.monotonic())
            self._news.put(BatchNews("begun", asked.name))
            state, words = self._make(film)
            try:
                result = self._result(film, state, words)
            except PhotoplayError as error:  # such as a folder that cannot be read any more
                result = FilmResult(asked.row, asked.name, str(asked.folder), "failed", words=str(error))
            except Exception as error:  # noqa: BLE001  a report that fails must not stop the others
                result = FilmResult(asked.row, asked.name, str(asked.folder), "failed", words=_bug(error))
            del self._under_way[asked.name]
            self._news.put(BatchNews("ended", asked.name, result=result))

    def _make(self, film: _Film) -> tuple[Literal["made", "kept", "failed", "stopped"], str]:
        try:
            with self._crew.seat() as seat:
                production = film.production = film.asked.begin(seat, lambda told: self._told(film, told))
                with self._purse.share(production) as share:
                    film.share = share.words
                    if self._stop.is_set():
                        return "stopped", ""
                    production.make(film.asked.until)
        except Stopped:
            return "stopped", ""
        except PhotoplayError as error:
            if self._stop.is_set():  # such as a cut that the same Ctrl-C ended
                return "stopped", ""
            return "failed", f"{error} ({film.share}.)" if film.share else str(error)
        except OSError as error:
            return "failed", _outside(error, film.asked.folder)
        except Exception as error:  # noqa: BLE001  a bug in one film must not stop the others
            return "failed", _bug(error)
        return "made" if film.worked else "kept", ""

    def _told(self, film: _Film, told: Told) -> None:
        if told.news is None:
            film.worked |= told.stage not in _QUIET
        elif told.news.kind == "made":
            film.made += 1
            film.failed.pop(told.news.node.item, None)
        elif told.news.kind == "failed":
            film.failed[told.news.node.item] = told.news.words
        self._news.put(BatchNews("told", film.asked.name, told))

    @staticmethod
    def _result(film: _Film, state: Literal["made", "kept", "failed", "stopped"], words: str) -> FilmResult:
        asked = film.asked
        return FilmResult.of(
            asked.row, asked.name, asked.folder, state, film.production,
            made=film.made, failed_shots=tuple(sorted(film.failed)),
            wall_s=time.monotonic() - film.begun, words=words,
        )  # fmt: skip


def _outside(error: OSError, folder: Path) -> str:
    """A disk or a connection that failed a film, which is no bug of anything here."""
    where = error.filename if isinstance(error.filename, str) else str(folder)
    return (
        f"{where[:200]}: {error.strerror or str(error)[:300] or type(error).__name__}. What was saved "
        "before is safe; run the same command again when that is mended. Other films are not touched."
    )


def _bug(error: Exception) -> str:
    trace, where = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        where = f", {Path(code.co_filename).name} line {trace.tb_lineno}"
        trace = trace.tb_next
    told = f"{type(error).__name__}: {str(error)[:300]}{where}"
    return f"Something in photoplay or a part of it has a bug ({told}). Other films are not touched."


def refuse_twins(films: Sequence[BatchFilm], only: Collection[str] | None) -> None:
    """Raise ``BadInput`` where two films share a folder, or ``only`` names one that is not among them."""
    names = [film.name for film in films]
    twins = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twins:
        raise BadInput(f"Two films of the batch have one folder: {', '.join(twins[:8])}. Nothing was made.")
    unknown = sorted(set(only or ()) - set(names))
    if unknown:
        raise BadInput(f"No film of this batch is called {', '.join(unknown[:8])}. Nothing was made.")
