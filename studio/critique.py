"""``photoplay critique``: what a vision-language model says of a film's pictures. It changes nothing."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..storyboard.errors import BadInput
from .revise import read_reader
from .settings import Wishes

if TYPE_CHECKING:
    from ..agent.critic import Critique

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]


def critique(
    folder: Folder,
    critic: Annotated[
        str | None, typer.Option("--critic", help="Who looks: openai[:MODEL], a model that sees pictures.")
    ] = None,
    shot: Annotated[list[str] | None, typer.Option(help="Only this shot (may be repeated).")] = None,
    answers: Annotated[
        int | None, typer.Option(min=1, max=400, help="The most answers; six shots in each.")
    ] = None,
    budget: Annotated[
        str | None, typer.Option(help="What the film may cost in all, such as 2.50, or any.")
    ] = None,
    limit: Annotated[
        list[str] | None, typer.Option("--limit", help="A limit, such as tokens=200000.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One object of JSON.")] = False,
) -> None:
    """Have a model look at a frame of every take, and say what does not fit; out/critique.json."""
    from ..agent import critic as looking
    from ..agent.models import find_model
    from ..agent.production import open_film
    from .beginning import spending_of

    wishes = Wishes({"critic": critic, "budget": budget})
    spec = wishes.value("critic", read_reader, None, "")
    if not spec:
        raise BadInput(
            "No critic was named: give --critic openai:MODEL (a model that sees pictures), or set "
            "PHOTOPLAY_CRITIC. Nothing was asked."
        )
    allow = spending_of(wishes, tuple(limit or ()), ask=not as_json)
    production = open_film(folder)
    allow(production)
    tell = _nothing if as_json else _say
    model = find_model(spec, production.purse(), tell)
    with contextlib.closing(model), production.project.lock():
        said = looking.critique(production, model, tell, tuple(shot or ()), answers or looking.MOST_ANSWERS)
    if as_json:
        typer.echo(said.model_dump_json())
    else:
        _show(said)


def _show(said: Critique) -> None:
    for finding in said.findings:
        _say(f"{finding.shot}  {finding.severity} {finding.kind}: {finding.words}")
        if finding.wish.strip():
            _say(f"    wish: {finding.wish}")
    for notice in said.notices:
        _say(notice)
    count = len(said.findings)
    _say(
        f"{said.critic} looked at {len(said.looked_at)} shots and found {count or 'nothing'}. "
        "A model can be wrong; nothing was changed."
    )


def _say(words: str) -> None:
    """Print words as they are: they are a model's, and never markup."""
    from rich.console import Console
    from rich.text import Text

    Console(highlight=False).print(Text(" ".join(words.split())), soft_wrap=True)


def _nothing(words: str) -> None:
    return None
