"""``photoplay conform``: an editor's re-cut is taken back into the film."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from .revise import AsJson, Folder, NoRender, Yes, settle


def conform(
    folder: Folder,
    edit: Annotated[Path, typer.Argument(metavar="FILE", help="An edited timeline (.otio, .otioz).")],
    yes: Yes = False,
    no_render: NoRender = False,
    as_json: AsJson = False,
) -> None:
    """Take an editor's cut (order, lengths, removed shots) into a film: shows what it means, then asks."""
    from ..agent.interchange.conforming import proposed_cut
    from ..agent.production import open_film
    from .beginning import crew_of
    from .progress import Reporter, reporter
    from .settings import Wishes

    with contextlib.nullcontext(Reporter()) if as_json else reporter(False) as report:
        production = open_film(folder, crew=crew_of(Wishes({})), listener=report)
        turn, said = proposed_cut(production, edit), f"conformed to the edit {edit.name}"
        settle(production, turn, said, yes=yes, loosen=False, render=not no_render, as_json=as_json)
