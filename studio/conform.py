"""``photoplay conform``: an editor's re-cut is taken back into the film."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..storyboard.errors import BadInput

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]


def conform(
    folder: Folder,
    edit: Annotated[Path, typer.Argument(metavar="FILE", help="An edited timeline (.otio, .otioz).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    no_render: Annotated[
        bool, typer.Option("--no-render", help="Change the film, and make nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object of JSON.")] = False,
) -> None:
    """Take an editor's cut (order, lengths, removed shots) into a film: shows what it means, then asks."""
    from ..agent.directing.carrying_out import carry_out
    from ..agent.directing.changing import refuse
    from ..agent.interchange.conforming import proposed_cut
    from ..agent.production import open_film
    from .beginning import crew_of
    from .progress import Reporter, reporter
    from .revise import plain, say, shown
    from .settings import Wishes

    with contextlib.nullcontext(Reporter()) if as_json else reporter(False) as report:
        production = open_film(folder, crew=crew_of(Wishes({})), listener=report)
        turn = proposed_cut(production, edit)
        if not as_json:
            say(shown(turn))
        done, applied = turn, False
        if turn.kind == "proposal":
            if yes:
                refuse(turn, False)
            applied = yes or (not as_json and sys.stdin.isatty() and typer.confirm("Do it?"))
            if applied:
                done = carry_out(production, turn, f"conformed to the edit {edit.name}", not no_render)
    if as_json:
        print(json.dumps(plain(turn, done, applied), ensure_ascii=False))
    elif applied:
        say(done.words)
    elif turn.kind == "proposal":
        say("Nothing was changed; --yes does it.")
    if turn.kind == "refusal":
        raise typer.Exit(BadInput.exit_code)
