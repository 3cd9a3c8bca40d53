"""Progress for a person (on standard error) or a program (lines of JSON on standard output).

The last line on standard output is the film's path, or with ``--json`` an object that holds it.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.text import Text as Line

from ..agent.production import Production
from ..agent.stages import Told
from ..render.engine import News

STAGE_LABELS = {
    "write": "Story",
    "cast": "Cast",
    "board": "Board",
    "speak": "Voices",
    "shoot": "Shots",
    "mix": "Mix",
    "cut": "Cut",
    "sign": "Sign",
    "deliver": "Film",
    "grade": "Grade",
    "reframe": "Frame",
    "notice": "Note",
    "quote": "Quote",
}


_SHOWN = 3
"""Shots under way that are named at the bar."""


class Reporter:
    """Hears a production. ``begin`` before, ``end`` after; call it for each piece of news."""

    def begin(self, production: Production) -> None:
        """Say where the film is made."""

    def __call__(self, told: Told) -> None:
        """Tell one piece of news."""

    def end(self, production: Production, until: str) -> None:
        """Say what there is now."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class _JsonReporter(Reporter):
    def _say(self, **what: Any) -> None:
        print(json.dumps(what, ensure_ascii=False), flush=True)

    def begin(self, production: Production) -> None:
        self._say(stage="begin", folder=str(production.project.folder))

    def __call__(self, told: Told) -> None:
        news = told.news
        if news is None:
            self._say(stage=told.stage, words=told.words)
        elif news.kind != "tick":
            self._say(stage=told.stage, item=news.node.item, news=news.kind, words=news.words)

    def end(self, production: Production, until: str) -> None:
        self._say(stage="end", **_summary(production, until))


class _TerminalReporter(Reporter):
    """Stages as they come; a bar with time left while shots are drawn."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._running: dict[str, News] = {}
        """The last tick of each node that is being rendered, by its id."""
        self._total = 0
        self._made = 0
        self._begun = 0.0
        self._notices: dict[str, int] = {}

    def begin(self, production: Production) -> None:
        self._line("Folder", str(production.project.folder))
        for notice in production.project.notices:
            self._line("Note", notice)

    def __call__(self, told: Told) -> None:
        if told.news is None:
            self._close_bar()
            if told.stage in ("speak", "shoot", "grade", "reframe"):
                self._open_bar(told)
            elif told.stage != "deliver":
                self._line(STAGE_LABELS.get(told.stage, told.stage), told.words)
        else:
            self._hear(told.news)

    def _open_bar(self, told: Told) -> None:
        label = STAGE_LABELS[told.stage]
        if not told.total:
            self._line(label, f"{told.words}, nothing to make")
            return
        self._line(label, f"{told.words}, {told.total} to make")
        self._total, self._made, self._begun = told.total, 0, time.monotonic()
        self._running.clear()
        if self._console.is_terminal:
            # The words may be anybody's: they are shown as text, never as markup.
            columns = (TextColumn("         "), BarColumn(), TextColumn("{task.description}", markup=False))
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._task = self._bar.add_task("", total=1.0)
            self._bar.start()

    def _hear(self, news: News) -> None:
        item = news.node.item
        if news.kind == "tick":
            self._running[news.node.id] = news
        elif news.kind != "notice":
            self._running.pop(news.node.id, None)
        if news.kind == "made":
            self._made += 1
            if news.node.stage == "picture" and not self._bar:
                self._line("", f"{self._made}/{self._total} {item}{self._left()}")
        elif news.kind in ("again", "failed"):
            self._line("Again" if news.kind == "again" else "Failed", news.words)
        elif news.kind == "notice":
            self._notices[news.words] = self._notices.get(news.words, 0) + 1
            if self._notices[news.words] == 1:
                self._line("Note", f"{item}: {news.words}")
        if self._bar is not None and self._task is not None:
            words = f"{self._made}/{self._total} {self._now()}".rstrip() + self._left()
            self._bar.update(self._task, completed=self._share(), description=words)

    def _now(self) -> str:
        """What is being rendered, and at which step: "s03 step 12 of 30, 11,204 MB; s04"."""
        ticks = sorted(self._running.values(), key=lambda news: news.node.id)[:_SHOWN]
        return "; ".join(f"{news.node.item} {news.words}".strip() for news in ticks)

    def _share(self) -> float:
        running = sum(news.share for news in self._running.values())
        return min(1.0, (self._made + running) / max(1, self._total))

    def _left(self) -> str:
        share, spent = self._share(), time.monotonic() - self._begun
        if share < 0.03 or share >= 1:
            return ""
        left = round(spent / share * (1 - share))
        return f", about {left // 60}:{left % 60:02} left"

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = self._task = None

    def _line(self, label: str, words: str) -> None:
        # The words may be anybody's: they are shown as text, never as markup.
        line = Line(f"{label:>8} ", style="bold")
        line.append(words, style="not bold")
        self._console.print(line, soft_wrap=True)

    def end(self, production: Production, until: str) -> None:
        self._close_bar()
        summary = _summary(production, until)
        if "labelled" in summary:
            self._line("Things", summary["labelled"])
        print(summary["path"], flush=True)

    def close(self) -> None:
        self._close_bar()


def _summary(production: Production, until: str) -> dict[str, Any]:
    film = production.film
    summary: dict[str, Any] = {}
    if film.story is not None:
        unknown, named, names = production.labelled()
        listed = f" ({', '.join(names[:6])})" if names else ""
        share = round(100 * unknown / named) if named else 0
        summary["title"] = film.story.title
        if named:
            summary["labelled"] = f"{unknown} of {named} named things drawn as labels{listed}: {share} %"
    if film.wrote is not None:
        summary["writer"] = film.wrote.writer
    done = until == "film" and production.film_path.is_file()
    summary["path"] = str(production.film_path if done else production.project.folder)
    return summary


@contextlib.contextmanager
def reporter(as_json: bool) -> Iterator[Reporter]:
    """A reporter that leaves the terminal as it found it, whatever happens."""
    report = _JsonReporter() if as_json else _TerminalReporter()
    try:
        yield report
    finally:
        report.close()
