"""``photoplay import``: a new version of the script is taken into the film that is there."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from ..storyboard.errors import BadInput
from .revise import AsJson, Folder, Loosen, NoRender, Yes, settle


def import_(
    folder: Folder,
    script: Annotated[Path, typer.Argument(metavar="FILE", help="A screenplay (.fountain).")],
    yes: Yes = False,
    no_render: NoRender = False,
    loosen: Loosen = False,
    as_json: AsJson = False,
) -> None:
    """Take a changed screenplay into a film: shows what it means, asks, makes only what changed."""
    from ..agent.production import open_film
    from ..agent.script.importing import WORDS, proposed
    from ..agent.script.source import read_source
    from .beginning import crew_of
    from .progress import Reporter, reporter
    from .settings import Wishes

    source = read_source(script)
    if source.kind != "script":
        raise BadInput(
            f"{script} is not a screenplay: it has no scene headings such as INT. LIGHTHOUSE - NIGHT. "
            "Nothing was changed."
        )
    with contextlib.nullcontext(Reporter()) if as_json else reporter(False) as report:
        production = open_film(folder, crew=crew_of(Wishes({})), listener=report)
        turn, said = proposed(production, source.text), f"{WORDS}: {script.name}"
        settle(production, turn, said, yes=yes, loosen=loosen, render=not no_render, as_json=as_json)
