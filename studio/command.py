"""``photoplay`` on the command line: a few lines per command over the public face."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import __version__
from ..storyboard.aspects import ASPECTS
from ..storyboard.errors import BadInput, PhotoplayError
from ..storyboard.grading import GRADES
from .batch_command import batch
from .cast import app as cast_commands
from .chat import chat
from .conform import conform
from .critique import critique
from .deliver import deliver
from .export import export
from .footage import app as footage_commands
from .footage import modify
from .importing import import_
from .mcp import mcp
from .music import music as music_command
from .replay import replay
from .revise import approve, history, redo, revise, undo
from .settings import Wishes, on_or_off
from .sounds import sounds as sounds_command
from .verify import verify
from .voice import voice
from .weights import app as weights_app

app = typer.Typer(
    name="photoplay",
    help="Story in, film out: the same people, places and things from shot to shot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(weights_app, name="weights")

app.add_typer(cast_commands, name="cast")
app.add_typer(footage_commands, name="footage")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]
Flag = Annotated[str | None, typer.Option()]
_BUDGET = "What the film may cost in all, such as 2.50, or any."
_SUBTITLES = "soft (a track), burnt (drawn into the picture) or off."
_CREDENTIALS = typer.Option("--credentials/--no-credentials", help="Sign the film: who made it how (C2PA).")
_RATE = "Frames a second: 23.976, 24, 25, 29.97, 30, 50, 59.94 or 60."
_GRADE = f"One look over the film: {', '.join(GRADES)}; or none."
_THIRDS = typer.Option("--lower-thirds/--no-lower-thirds", help="Introduce everybody by name.")
_CREDITS = typer.Option("--credits/--no-credits", help="End credits: who really made what.")
_J_CUTS = typer.Option("--j-cuts/--no-j-cuts", help="A new speaker may be heard before being seen (on).")
_MATCH = typer.Option("--match/--no-match", help="Bring shots nearer to their scene's first in colour.")
_ASPECT = f"Shape of the frame, in place of --size: {', '.join(ASPECTS)}."
_EFFECTS = "on or off: ambience and effects."
_SOUNDS = "A folder of sounds of your own, named after those they replace (rain.wav, door.flac)."
_MUSIC = "A file of your own, composed (usual), or none."
_LIMIT = "A limit: tokens=200000, steps=40, shots=60 or gpu_minutes=30 (may be repeated)."


@app.command()
def make(
    idea: Annotated[
        str | None, typer.Argument(metavar="STORY", help="A sentence or a short story; - reads it.")
    ] = None,
    script: Annotated[
        Path | None, typer.Option(help="A screenplay (.fountain), kept word for word, or a long text.")
    ] = None,
    seconds: Annotated[str | None, typer.Option(help="Length, such as 60 or 1:15.")] = None,
    size: Annotated[str | None, typer.Option(help="Frame size, such as 1280x720 or 1080x1920.")] = None,
    aspect: Annotated[str | None, typer.Option(help=_ASPECT)] = None,
    fps: Annotated[str | None, typer.Option("--fps", "--rate", help=_RATE)] = None,
    seed: Annotated[str | None, typer.Option(help="Another seed, another film.")] = None,
    shots: Annotated[str | None, typer.Option(help="Exactly so many shots.")] = None,
    characters: Annotated[str | None, typer.Option(help="At most so many characters.")] = None,
    no_dialogue: Annotated[bool, typer.Option("--no-dialogue", help="Nobody speaks but a narrator.")] = False,
    out: Annotated[Path | None, typer.Option(help="The film's folder (films/<story>).")] = None,
    style: Annotated[str | None, typer.Option(help="cut-paper, shadow-theatre, ink-wash ...")] = None,
    writer: Annotated[str | None, typer.Option(help="outline (built in), openai or local:NAME.")] = None,
    renderer: Annotated[str | None, typer.Option(help="animatic (built in), diffusion, or another.")] = None,
    keyframes: Annotated[str | None, typer.Option(help="Who draws keyframes, or none.")] = None,
    look: Annotated[str | None, typer.Option(help="The look in words, for diffusion models.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Small and quick clips first.")] = False,
    licence: Annotated[
        str | None, typer.Option("--license", help="commercial: only weights whose licence allows it.")
    ] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", help="A renderer's setting: NAME=VALUE.")] = None,
    unset: Annotated[list[str] | None, typer.Option(help="Forget a renderer's setting: NAME.")] = None,
    budget: Annotated[str | None, typer.Option(help=_BUDGET)] = None,
    limit: Annotated[list[str] | None, typer.Option(help=_LIMIT)] = None,
    subtitles: Annotated[str | None, typer.Option(help=_SUBTITLES)] = None,
    grade: Annotated[str | None, typer.Option(help=_GRADE)] = None,
    match: Annotated[bool | None, _MATCH] = None,
    lower_thirds: Annotated[bool | None, _THIRDS] = None,
    credits_: Annotated[bool | None, _CREDITS] = None,
    j_cuts: Annotated[bool | None, _J_CUTS] = None,
    credentials: Annotated[bool | None, _CREDENTIALS] = None,
    effects: Annotated[str | None, typer.Option(help=_EFFECTS)] = None,
    sounds: Annotated[Path | None, typer.Option(help=_SOUNDS)] = None,
    music: Annotated[str | None, typer.Option(help=_MUSIC)] = None,
    loop_music: Annotated[bool, typer.Option("--loop-music", help="A short track begins again.")] = False,
    score_with: Annotated[str, typer.Option(help="Who plays composed music, such as soundfont.")] = "",
    until: Annotated[str, typer.Option(help="Stop after: story, board, takes or film.")] = "film",
    as_json: Annotated[bool, typer.Option("--json", help="News as lines of JSON.")] = False,
) -> None:
    """Make a film from an idea or a script, or go on with the one that was begun."""
    from .beginning import Beginning, MakeOptions, begin
    from .music import asked_music
    from .progress import reporter
    from .sounds import asked_sounds

    if (idea is None) == (script is None):
        raise BadInput("Give a story, or a file with --script: one of the two.")
    options = MakeOptions(
        seconds=seconds, size=size, fps=fps, seed=seed, shots=shots, characters=characters,
        dialogue=False if no_dialogue else None, script=script, style=style, writer=writer, renderer=renderer,
        keyframes=keyframes, look=look, license=licence, budget=budget, draft=draft, sets=tuple(sets or ()),
        unset=tuple(unset or ()), until=until, limits=tuple(limit or ()), subtitles=subtitles,
        lower_thirds=lower_thirds, credits=credits_, j_cuts=j_cuts,
        credentials=credentials, effects=effects, aspect=aspect, grade=grade, match=match,
    )  # fmt: skip
    text = sys.stdin.read() if idea == "-" else idea or ""
    asked = asked_music(music, loop_music, score_with)
    with asked as track, asked_sounds(sounds) as own, reporter(as_json) as report:
        beginning = Beginning(text, options, out, music=track, sounds=own)
        production = begin(beginning, listener=report, ask=True)
        report.begin(production)
        production.make(options.stage)
        report.end(production, until)


@app.command()
def render(
    folder: Folder,
    shot: Annotated[list[str] | None, typer.Option(help="Only this shot (may be repeated).")] = None,
    renderer: Annotated[str | None, typer.Option(help="Another renderer than the film remembers.")] = None,
    keyframes: Annotated[str | None, typer.Option(help="Who draws keyframes, or none.")] = None,
    look: Annotated[str | None, typer.Option(help="The look in words, for diffusion models.")] = None,
    draft: Annotated[
        bool | None, typer.Option("--draft/--final", help="Small and quick clips, or the film itself.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--license", help="commercial: only weights whose licence allows it.")
    ] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", help="A renderer's setting: NAME=VALUE.")] = None,
    unset: Annotated[list[str] | None, typer.Option(help="Forget a renderer's setting: NAME.")] = None,
    budget: Annotated[str | None, typer.Option(help=_BUDGET)] = None,
    limit: Annotated[list[str] | None, typer.Option(help=_LIMIT)] = None,
    subtitles: Annotated[str | None, typer.Option(help=_SUBTITLES)] = None,
    grade: Annotated[str | None, typer.Option(help=_GRADE)] = None,
    match: Annotated[bool | None, _MATCH] = None,
    lower_thirds: Annotated[bool | None, _THIRDS] = None,
    credits_: Annotated[bool | None, _CREDITS] = None,
    j_cuts: Annotated[bool | None, _J_CUTS] = None,
    effects: Annotated[str | None, typer.Option(help=_EFFECTS)] = None,
    credentials: Annotated[bool | None, _CREDENTIALS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="News as lines of JSON.")] = False,
) -> None:
    """Go on from whatever is there: make what is missing or stale, then cut."""
    from ..agent.production import open_film
    from ..render.registry import find_renderer
    from ..storyboard.edit_types import ShotSetting
    from .beginning import crew_of, read_sets, spending_of
    from .progress import reporter
    from .settings import read_spec

    wishes = Wishes(
        {
            "renderer": None if shot else renderer,
            "keyframes": keyframes,
            "look": look,
            "license": licence,
            "budget": budget,
            "subtitles": subtitles,
            "effects": effects,
            "credentials": on_or_off(credentials),
            "grade": grade,
            "match": on_or_off(match),
            "lower_thirds": on_or_off(lower_thirds),
            "credits": on_or_off(credits_),
            "j_cuts": on_or_off(j_cuts),
        },
        sets=read_sets(tuple(sets or ()), draft),
        unset=unset or (),
    )
    allow = spending_of(wishes, tuple(limit or ()), ask=True)
    with reporter(as_json) as report:
        production = open_film(folder, crew=crew_of(wishes), listener=report)
        allow(production)
        report.begin(production)
        settings = wishes.settings(production.film.settings)
        find_renderer(read_spec(renderer or settings.renderer))
        production.settle(settings, styled=wishes.styled, without=wishes.without)
        production.check_renderers()
        if shot and renderer is not None:
            edits = [ShotSetting(shot=s, renderer=renderer) for s in shot]
            production.edit(edits, f"photoplay render --shot --renderer {renderer}")
        for name in shot or ():
            production.film.shot(name)
        if production.film.shots:
            production.render(shot or None)
        else:
            production.make()
        report.end(production, "film")


@app.command()
def board(
    folder: Folder,
    controls: Annotated[
        bool, typer.Option("--controls", help="Depth, lines, segments, pose and camera of every shot.")
    ] = False,
    shot: Annotated[list[str] | None, typer.Option(help="Only this shot's controls (repeatable).")] = None,
) -> None:
    """Write the storyboard sheet: out/board.png and out/board.pdf; or what models take as control."""
    from ..agent.production import open_film
    from .progress import reporter

    if controls:
        from ..agent.controls import write_controls

        with reporter(False) as report:
            written = write_controls(open_film(folder, listener=report), shot)
    else:
        from ..agent.sheet import write_sheet

        if shot:
            raise BadInput("--shot is for --controls: the sheet shows every shot.")
        written = list(write_sheet(open_film(folder)))
    for path in written:
        typer.echo(path)


@app.command()
def show(
    folder: Folder,
    plan: Annotated[bool, typer.Option("--plan", help="How each shot is made, and why.")] = False,
    references: Annotated[bool, typer.Option("--references", help="What each is made from.")] = False,
    segments: Annotated[bool, typer.Option("--segments", help="A paragraph for every 3 seconds.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show the story, the shots and their takes."""
    from ..agent.production import open_film
    from .cast_lists import show_references
    from .showing import show_film, show_plan

    production = open_film(folder)
    if as_json:
        typer.echo(production.film.model_dump_json(indent=1))
    elif plan:
        show_plan(production)
    elif references:
        show_references(production)
    elif segments:
        from .segments import segments_of

        typer.echo(segments_of(production.film))
    else:
        show_film(production)


app.command()(modify)
for _command in (chat, revise, undo, redo, history, approve):
    app.command()(_command)
app.command()(batch)
app.command()(critique)
app.command()(deliver)
app.command(name="music")(music_command)
app.command(name="sounds")(sounds_command)
app.command()(voice)
app.command()(verify)
app.command()(replay)
app.command()(export)
app.command(name="import")(import_)
app.command()(conform)
app.command()(mcp)


@app.command()
def gc(
    folder: Folder,
    yes: Annotated[bool, typer.Option("--yes", help="Free them; without it they are only listed.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what only an undo would use.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Free takes that nothing uses any more. Chosen and planned takes and all references stay."""
    from .collecting import collect

    collect(folder, yes=yes, everything=everything, as_json=as_json)


@app.command()
def cost(
    folder: Folder,
    release: Annotated[
        str | None, typer.Option(help="Let this order be given again; what it cost stays.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """What was paid for (takes, language models, GPU time), and what it cost as far as is known."""
    from .cost import tell_cost

    tell_cost(folder, release, as_json)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """What can run here, and why the rest can't."""
    from .doctor import examine

    examine(as_json)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(help="film, edit, treatment or take.")] = "film",
) -> None:
    """Print a JSON Schema of what Photoplay reads and writes."""
    from .showing import schema_of

    typer.echo(json.dumps(schema_of(name), indent=1, ensure_ascii=False))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


_INTERRUPTED = 130
"""What typer returns on Ctrl-C."""


class _Stopped(BaseException):
    """The process was asked to end (SIGTERM)."""


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    def stop(number: int, frame: Any) -> None:
        raise _Stopped

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run() -> None:
    """Entry point. Exits with the error's code; 130 on Ctrl-C, 143 on SIGTERM."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with _stoppable():
            code = app(standalone_mode=False)
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code if isinstance(code, int) else 0)
    except PhotoplayError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _say("Stopped. Everything committed is kept; the same command goes on.")
        sys.exit(130)
    except _Stopped:
        _say("Stopped. Everything committed is kept; the same command goes on.")
        sys.exit(143)
    except BrokenPipeError:
        sys.exit(141)
    except Exception as error:
        # Typer's usage errors come from a click of its own inside; they are known by what they can do.
        if not hasattr(error, "exit_code") or not hasattr(error, "show"):
            raise
        error.show()
        sys.exit(error.exit_code)


def _say(words: str) -> None:
    print(f"photoplay: {words}", file=sys.stderr)
