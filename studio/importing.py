"""``photoplay import``: a new version of the script is taken into the film that is there."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..storyboard.errors import BadInput

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]


def import_(
    folder: Folder,
    script: Annotated[Path, typer.Argument(metavar="FILE", help="A screenplay (.fountain).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    no_render: Annotated[
        bool, typer.Option("--no-render", help="Change the film, and make nothing.")
    ] = False,
    loosen: Annotated[
        bool, typer.Option("--loosen", help="With --yes: also where something asked for no longer holds.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object of JSON.")] = False,
) -> None:
    """Take a changed screenplay into a film: shows what it means, asks, makes only what changed."""
    from ..agent.directing.carrying_out import carry_out
    from ..agent.directing.changing import refuse
    from ..agent.production import open_film
    from ..agent.script.importing import WORDS, proposed
    from ..agent.script.source import read_source
    from .beginning import crew_of
    from .progress import Reporter, reporter
    from .revise import plain, say, shown
    from .settings import Wishes

    source = read_source(script)
    if source.kind != "script":
        raise BadInput(
            f"{script} is not a screenplay: it has no scene headings such as INT. LIGHTHOUSE - NIGHT. "
            "Nothing was changed."
        )
    with contextlib.nullcontext(Reporter()) if as_json else reporter(False) as report:
        production = open_film(folder, crew=crew_of(Wishes({})), listener=report)
        turn = proposed(production, source.text)
        if not as_json:
            say(shown(turn))
        done, applied = turn, False
        if turn.kind == "proposal":
            if yes:
                refuse(turn, loosen)
            applied = yes or (not as_json and sys.stdin.isatty() and typer.confirm("Do it?"))
            if applied:
                done = carry_out(production, turn, f"{WORDS}: {script.name}", not no_render)
    if as_json:
        print(json.dumps(plain(turn, done, applied), ensure_ascii=False))
    elif applied:
        say(done.words)
    elif turn.kind == "proposal":
        say("Nothing was changed; --yes does it.")
    if turn.kind == "refusal":
        raise typer.Exit(BadInput.exit_code)
