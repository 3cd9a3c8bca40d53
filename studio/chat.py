"""``photoplay chat``: a conversation about one film at a terminal, or by lines that are piped in."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..memory.project import is_film
from ..storyboard.errors import BadInput, PhotoplayError, Stopped
from .revise import Budget, Limits, Reading, expect, opened, read_reader, say, shown
from .settings import Wishes

if TYPE_CHECKING:
    from ..agent.directing.director import Director
    from ..agent.directing.turn import Turn
    from ..agent.production import Production
    from ..agent.stages import Told
    from ..render.crew import Executor
    from ..render.standing import StandingCrew
    from .progress import Reporter

_HELP = """Say what is to be changed in your own words: "scene 2 at night", "hold shot 4 two seconds longer".
It is shown what that means, and made when you say yes. "undo" and "redo" go any distance. Questions change
nothing. Besides: show (the strip), board (the sheet as a file), render, approve, history, help, quit.
Ctrl-C stops what is being made; Ctrl-D ends."""
_ENDS = frozenset({"quit", "exit", "bye", "q"})
_LISTED = 20


def chat(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The film's folder; without it you are asked.")
    ] = None,
    reader: Reading = None,
    budget: Budget = None,
    limit: Limits = None,
) -> None:
    """Talk about a film: change it, ask about it, go back, look at it."""
    from ..render.standing import StandingCrew
    from .beginning import crew_of
    from .progress import reporter

    wishes = Wishes({"reader": reader, "budget": budget})
    wishes.value("reader", read_reader, None, "")
    standing = StandingCrew(crew_of(wishes))
    try:
        with reporter(False) as report, standing.seat() as crew:
            found = folder or _chosen(wishes, report, crew)
            if found is not None:
                _talk(found, wishes, tuple(limit or ()), report, standing, crew)
    finally:
        standing.close()


def _talk(
    folder: Path,
    wishes: Wishes,
    limits: tuple[str, ...],
    report: Reporter,
    standing: StandingCrew,
    crew: Executor,
) -> None:
    from ..agent.directing.director import Director
    from .chat_history import History

    watch = _Watch(report)
    production, read = opened(folder, wishes, limits, watch, crew)
    director = Director(production, read)
    _greet(production, director)
    with History(production.project) as history, watch.interrupts(production):
        for line in _lines(director, watch):
            history.keep(line)
            if line.lower().strip(" ./!") in _ENDS:
                break
            turn = _answer(production, director, line, watch)
            if turn is not None:
                expect(standing, production, turn)
    say("Everything is kept. `photoplay chat` goes on.")


def _answer(production: Production, director: Director, line: str, watch: _Watch) -> Turn | None:
    """One line of the person; the turn that came of it, where one did. What goes wrong is said, and the
    conversation goes on."""
    word = line.lower().strip(" ./!")
    try:
        if word in ("help", "?"):
            say(_HELP)
        elif word in ("show", "strip", "storyboard"):
            show_strip(production)
        elif word == "history":
            from .revise import history

            history(production.project.folder)
        else:
            with watch.turn():
                turn = director.hear(line)
            say(shown(turn))
            if turn.kind == "done":
                show_strip(production, _touched(turn))
            return turn
    except Stopped:
        say('Stopped. What was made is kept; say "render" to go on.', "yellow")
    except KeyboardInterrupt:
        say("Stopped.", "yellow")
    except PhotoplayError as error:
        say(str(error), "red")
    return None


def _touched(turn: Turn) -> tuple[str, ...]:
    """Shots to show after something was done: those that were made, and those that it was about."""
    return tuple(dict.fromkeys((*turn.made, *turn.understood.shots)))


def _greet(production: Production, director: Director) -> None:
    """The story, the strip, and what waits."""
    film = production.film
    for notice in production.project.notices:
        say(notice, "yellow")
    if film.story is None:
        say(f"{film.brief.idea[:200]}\nNot written yet: say render.")
        return
    say(film.story.title, "bold")
    if film.story.logline != film.story.title:
        say(film.story.logline)
    for character in film.story.characters:
        lock = " (locked)" if character.locked else ""
        say(f"  {character.name}{lock}: {character.words or character.noun}", "dim")
    show_strip(production)
    if not film.shots:
        say("Not boarded yet: say render to go on.")
    elif not production.film_path.is_file():
        say('Nothing is shot yet. Change what you like; "approve" shoots and cuts it.')
    else:
        say(f"The film: {production.film_path}")
    waiting = director.waiting()
    if waiting:
        say(f"Waiting for your yes:\n{waiting}")
    else:
        say('Say what is to be changed, or "help".', "dim")


def show_strip(production: Production, only: tuple[str, ...] | None = None) -> None:
    """The storyboard strip, in colour at a terminal; of the shots in ``only``, where it is given."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..agent.directing.strip import frames

    table = Table(box=None, pad_edge=False, show_header=False)
    colours = {"made": "green", "older": "yellow", "to make": "red"}
    rows = 0
    for frame in frames(production):
        if only is not None and frame.shot not in only:
            continue
        if frame.scene and only is None:
            table.add_row("", "", "", "", Text(frame.scene, style="bold"))
        cells = (str(frame.number), frame.shot, frame.at, frame.camera, frame.sentence)
        row = [Text(cell, style=style) for cell, style in zip(cells, ("dim", "", "", "dim", ""), strict=True)]
        table.add_row(*row, Text(frame.take, style=colours.get(frame.take, "")))
        rows += 1
    if rows:
        Console(highlight=False).print(table)


def _lines(director: Director, watch: _Watch) -> Iterator[str]:
    """What the person says, line by line, until they end. Piped lines are shown as if they were typed."""
    typed = sys.stdin.isatty()
    while True:
        prompt = "yes/no> " if director.waiting() else "> "
        try:
            if typed:
                with watch.typing():
                    line = input(prompt)
            else:
                line = sys.stdin.readline()
                if not line:
                    return
                say(prompt + line.rstrip("\n"))
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print()
            say("Ctrl-D or quit ends.", "dim")
            continue
        if line.strip():
            yield line.strip()


class _Watch:
    """Hears the production for the reporter, and stops what is being made on Ctrl-C."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self._busy = False
        self._typing = False
        self._stage = ""
        self._asked = False

    def __call__(self, told: Told) -> None:
        self._stage = told.stage
        self._report(told)

    @contextlib.contextmanager
    def typing(self) -> Iterator[None]:
        """While open, a line is being typed."""
        self._typing = True
        try:
            yield
        finally:
            self._typing = False

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """While open, something may be being made."""
        self._busy, self._asked, self._stage = True, False, ""
        try:
            yield
        finally:
            self._busy = False
            self._report.close()

    @contextlib.contextmanager
    def interrupts(self, production: Production) -> Iterator[None]:
        """While open, a first Ctrl-C stops shots that are being made in good order; else it ends the turn, or
        the line that is typed, and never the conversation."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(number: int, frame: Any) -> None:
            if self._busy and self._stage in _MAKING and not self._asked:
                self._asked = True
                production.cancel()
                return
            if self._busy or self._typing:
                raise KeyboardInterrupt

        before: Any = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


_MAKING = frozenset({"speak", "shoot", "quote", "notice"})


def _chosen(wishes: Wishes, report: Reporter, crew: Any) -> Path | None:
    """The film to talk about: one of those there are, or a new one of an idea, made until its board."""
    from .beginning import Beginning, MakeOptions, begin

    home = Path(wishes.value("films", str, None, "films"))
    found = sorted(path for path in home.iterdir() if is_film(path)) if home.is_dir() else []
    for number, path in enumerate(found[:_LISTED], 1):
        say(f"{number:>3}  {path.name}  {_title(path)}")
    if len(found) > _LISTED:
        say(f"     and {len(found) - _LISTED} more in {home}")
    say("Which film (its number or name), or what new story?" if found else "What is the story?")
    line = _ask()
    if not line:
        return None
    named = _named(line, found)
    if named is not None:
        return named
    production = begin(Beginning(line, MakeOptions(until="board")), crew=crew, listener=report, ask=True)
    report.begin(production)
    production.make("board")
    return production.project.folder


def _named(line: str, found: list[Path]) -> Path | None:
    if line.isdecimal():
        if 1 <= int(line[:6]) <= len(found):
            return found[int(line[:6]) - 1]
        raise BadInput(f"There is no film number {line[:20]}.")
    return next((path for path in found if path.name == line), None)


def _title(path: Path) -> str:
    from ..memory.project import Project

    try:
        film = Project.open(path).film
    except PhotoplayError as error:
        return f"cannot be opened: {str(error)[:80]}"
    return film.story.title if film.story is not None else film.brief.idea[:60]


def _ask() -> str:
    ask: Callable[[], str] = (lambda: input("> ")) if sys.stdin.isatty() else sys.stdin.readline
    try:
        return ask().strip()
    except (EOFError, KeyboardInterrupt):
        return ""
