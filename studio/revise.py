"""``photoplay revise``, ``undo``, ``redo``, ``history``, ``approve``: changing a film by words, in steps."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..storyboard.errors import BadInput, PhotoplayError
from .settings import Wishes

if TYPE_CHECKING:
    from ..agent.directing.turn import Turn
    from ..agent.directing.understood import Reader
    from ..agent.production import Production
    from ..render.standing import StandingCrew

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]
Reading = Annotated[
    str | None, typer.Option("--reader", help="everyday (built in), openai[:MODEL] or local:NAME.")
]
Budget = Annotated[str | None, typer.Option(help="What the film may cost in all, such as 2.50, or any.")]
Limits = Annotated[list[str] | None, typer.Option("--limit", help="A limit, such as tokens=200000.")]
AsJson = Annotated[bool, typer.Option("--json", help="One object of JSON.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
NoRender = Annotated[bool, typer.Option("--no-render", help="Change the film, and make nothing.")]
Loosen = Annotated[
    bool, typer.Option("--loosen", help="With --yes: also where something asked for no longer holds.")
]
_ANSWERS = 3
"""How often a question may be answered by another."""


def revise(
    folder: Folder,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What is to be changed; - reads it.")],
    yes: Yes = False,
    no_render: NoRender = False,
    loosen: Loosen = False,
    reader: Reading = None,
    budget: Budget = None,
    limit: Limits = None,
    as_json: AsJson = False,
) -> None:
    """Change a film by words: shows what that means, asks, and makes only what changed."""
    from ..render.standing import StandingCrew
    from .beginning import crew_of
    from .progress import Reporter, reporter

    said = sys.stdin.read() if words == "-" else words
    wishes = Wishes({"reader": reader, "budget": budget})
    with (
        contextlib.nullcontext(Reporter()) if as_json else reporter(False) as report,
        contextlib.closing(StandingCrew(crew_of(wishes))) as standing,
        standing.seat() as crew,
    ):
        production, read = opened(folder, wishes, tuple(limit or ()), report, crew)
        turn, said = _heard(production, said, read, asking=not (yes or as_json) and _at_terminal())
        if not no_render and (yes or (not as_json and _at_terminal())):
            expect(standing, production, turn)
        settle(production, turn, said, yes=yes, loosen=loosen, render=not no_render, as_json=as_json)


def settle(
    production: Production, turn: Turn, said: str, *, yes: bool, loosen: bool, render: bool, as_json: bool
) -> None:
    """Show what was proposed, ask where nobody said yes, carry it out, and tell of it.

    Raises what carrying it out raises; ends the command with an error's code where nothing was proposed.
    """
    from ..agent.directing.carrying_out import carry_out
    from ..agent.directing.changing import refuse

    if not as_json:
        say(shown(turn))
    done, applied = turn, False
    try:
        if yes and turn.kind == "proposal":
            refuse(turn, loosen)
        if turn.kind in ("proposal", "deed"):
            applied = yes or not changes(turn) or (not as_json and _at_terminal() and _agrees())
        if applied:
            done = carry_out(production, turn, said, render)
    except PhotoplayError:
        if as_json:  # one object all the same; what went wrong is on standard error
            _tell(turn, turn, applied, as_json)
        raise
    _tell(turn, done, applied, as_json)
    if turn.kind in ("question", "refusal"):
        raise typer.Exit(BadInput.exit_code)


def opened(
    folder: Path, wishes: Wishes, limits: tuple[str, ...], report: Any, crew: Any = None
) -> tuple[Production, Reader]:
    """The film in a folder and whoever reads for it, with what may be spent. Raises ``BadInput``."""
    from ..agent.directing.readers import EVERYDAY, find_reader
    from ..agent.production import open_film
    from .beginning import crew_of, spending_of

    allow = spending_of(wishes, limits, ask=True)
    read = find_reader(wishes.value("reader", read_reader, None, EVERYDAY))
    production = open_film(folder, crew=crew or crew_of(wishes), listener=report)
    allow(production)
    return production, read


def expect(standing: StandingCrew, production: Production, turn: Turn) -> None:
    """Have whoever draws and cuts begin while the question is asked, where a yes would need them."""
    from ..agent.directing.carrying_out import reached

    if turn.difference is None or not turn.difference.again or reached(production) != "film":
        return
    name = production.film.settings.renderer
    if production.planner().renderer(name)[1].device == "cpu":
        standing.expect(name)


def read_reader(text: str) -> str:
    """The name of a reader, ``name`` or ``name:model``. Existence is checked later."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}(:[A-Za-z0-9][A-Za-z0-9._/:-]{0,99})?", text.strip()):
        raise BadInput(f"{text[:60]!r} is not the name of a reader, such as everyday or openai:MODEL.")
    return text.strip()


def changes(turn: Turn) -> bool:
    """Whether carrying a turn out changes the film or makes something, so that it is asked about."""
    read = turn.understood
    return turn.kind == "proposal" or bool(read.history) or read.deed in ("render", "approve")


def shown(turn: Turn) -> str:
    """A turn as it is printed: how it was read first."""
    read = turn.understood.read_as
    said = turn.words
    if turn.kind == "proposal" and read:
        return f"Read as: {'; '.join(read)}\n{said}"
    return said


def say(words: str, style: str = "") -> None:
    """Print words as they are on standard output: they may be anybody's, and are never markup."""
    from rich.console import Console
    from rich.text import Text

    from ..storyboard.schema import clean_text

    Console(highlight=False).print(Text(clean_text(words), style=style), soft_wrap=True)


def _heard(production: Production, words: str, reader: Reader, asking: bool) -> tuple[Turn, str]:
    """The turn, and the words that caused it; at a terminal a question is put to the person."""
    from ..agent.directing.proposing import hear, turn_of
    from ..agent.directing.understood import Talk

    def tell(doing: str) -> None:
        production.tell("read", doing)

    understood, said = hear(production, words, reader, Talk(), tell)
    turn, talk = turn_of(production, understood), Talk()
    for _ in range(_ANSWERS if asking else 0):
        if turn.kind != "question":
            break
        say(shown(turn))
        answer = _line("> ")
        if answer.isdecimal() and 1 <= int(answer[:3]) <= len(turn.choices):
            answer = turn.choices[int(answer[:3]) - 1]
        if not answer:
            break
        talk = dataclasses.replace(talk, said=(*talk.said, said), asked=understood.question)
        understood, answer = hear(production, answer, reader, talk, tell)
        said, turn = f"{said}; {answer}", turn_of(production, understood)
    return turn, said


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _line(prompt: str) -> str:
    print(prompt, end="", flush=True)
    return sys.stdin.readline().strip()


def _agrees() -> bool:
    return _line("Do it? [y/N] ").lower() in ("y", "yes")


def _tell(turn: Turn, done: Turn, applied: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps(plain(turn, done, applied), ensure_ascii=False))
    elif applied:
        say(done.words)
    elif turn.kind in ("proposal", "deed"):
        say("Nothing was changed." if _at_terminal() else "Nothing was changed; --yes does it.")


def plain(turn: Turn, done: Turn, applied: bool) -> dict[str, Any]:
    """A turn for programs."""
    found, read = turn.difference, turn.understood
    return {
        "kind": turn.kind,
        "read_as": list(read.read_as),
        "rows": list(found.rows) if found else [],
        "again": list(found.again) if found else [],
        "gone": list(found.gone) if found else [],
        "waiting": list(found.waiting) if found else [],
        "seconds": found.seconds if found else None,
        "cost": found.cost if found else "nothing paid",
        "loosened": list(turn.loosened),
        "words": turn.words,
        "question": read.question,
        "choices": list(turn.choices),
        "unread": list(read.unread),
        "refused": list(read.refused),
        "applied": applied,
        "made": list(done.made),
        "took": done.wall,
        "result": done.words if applied else "",
        "path": str(done.path) if done.path else None,
    }


Steps = Annotated[int, typer.Argument(metavar="N", min=1, max=100_000, help="How many changes.")]
NoCut = Annotated[bool, typer.Option("--no-cut", help="Do not cut the film anew.")]


def undo(folder: Folder, n: Steps = 1, no_cut: NoCut = False, as_json: AsJson = False) -> None:
    """Take back the last change, or the last N. Renders nothing; the film is cut anew."""
    _stepped(folder, "undo", n, no_cut, as_json)


def redo(folder: Folder, n: Steps = 1, no_cut: NoCut = False, as_json: AsJson = False) -> None:
    """Bring back the last change that was undone, or the last N."""
    _stepped(folder, "redo", n, no_cut, as_json)


def _stepped(folder: Path, way: str, n: int, no_cut: bool, as_json: bool) -> None:
    from ..agent.production import open_film
    from .progress import Reporter, reporter

    with contextlib.nullcontext(Reporter()) if as_json else reporter(False) as report:
        production = open_film(folder, listener=report)
        turn = production.undo(n, cut=not no_cut) if way == "undo" else production.redo(n, cut=not no_cut)
    if as_json:
        path = str(turn.path) if turn.path else None
        print(json.dumps({"words": turn.words, "path": path, "took": turn.wall}, ensure_ascii=False))
    else:
        say(turn.words)


def history(folder: Folder, as_json: AsJson = False) -> None:
    """What was changed, by which words, and what can be undone and redone."""
    from ..agent.directing.past import past
    from ..agent.production import open_film

    steps = past(open_film(folder))
    if as_json:
        print(json.dumps([dataclasses.asdict(step) for step in steps], ensure_ascii=False))
        return
    for step in steps:
        mark = {"undone": " (undone)", "gone": " (undone for good)"}.get(step.state, "")
        say(f"{step.number:>4}  {step.words}{mark}", style="" if step.state in ("done", "begun") else "dim")
        for row in step.rows:
            say(f"        {row}", style="dim")
    can = [sum(1 for s in steps if s.state == state) for state in ("done", "undone")]
    say(f"{can[0]} to undo, {can[1]} to redo.")


def approve(
    folder: Folder,
    until: Annotated[str, typer.Option(help="Stop after: board, takes or film.")] = "film",
    budget: Budget = None,
    limit: Limits = None,
    as_json: Annotated[bool, typer.Option("--json", help="News as lines of JSON.")] = False,
) -> None:
    """Go on past a review, or from the board: make what is missing, then cut."""
    from ..agent.production import open_film
    from .beginning import MakeOptions, crew_of, spending_of
    from .progress import reporter

    stage, wishes = MakeOptions(until=until).stage, Wishes({"budget": budget})
    allow = spending_of(wishes, tuple(limit or ()), ask=True)
    with reporter(as_json) as report:
        production = open_film(folder, crew=crew_of(wishes), listener=report)
        allow(production)
        report.begin(production)
        production.check_renderers()
        production.go_on(stage)
        report.end(production, until)
