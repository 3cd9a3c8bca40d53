"""``photoplay weights``: which sets of weights there are, and getting one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..storyboard.errors import BadInput

if TYPE_CHECKING:
    from ..render.diffusion.weights import WeightSet

app = typer.Typer(help="The weights of diffusion models: list them, get them.", rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.callback(invoke_without_command=True)
def overview(
    context: typer.Context,
    licence: Annotated[
        str | None, typer.Option("--license", help="commercial: only what a sold film may use.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the sets of weights: licence, size, memory, and whether they are here."""
    if context.invoked_subcommand is not None:
        return
    from ..render.diffusion.weights import is_here, weight_sets

    if licence not in (None, "commercial"):
        raise BadInput(f"--license: {licence[:40]!r} is not known; it may be commercial.")
    chosen = [ws for ws in weight_sets().values() if licence is None or ws.commercial is True]
    if as_json:
        typer.echo(json.dumps([{**ws.model_dump(mode="json"), "here": is_here(ws)} for ws in chosen]))
        return
    width = max((len(ws.name) for ws in chosen), default=0)
    columns = width, max((len(ws.family) for ws in chosen), default=0)
    for ws in chosen:
        _row(ws, is_here(ws), columns)


def _row(ws: WeightSet, here: bool, columns: tuple[int, int]) -> None:
    """Three lines: name, family and whether films may be sold; the licence; the figures and their sources."""
    sold = {True: "commercial use allowed", False: "no commercial use", None: "commercial use not known"}
    name, family = (f"{text:<{width}}" for text, width in zip((ws.name, ws.family), columns, strict=True))
    typer.echo(f"{'here' if here else '  - '}  {name}  {family}  {sold[ws.commercial]}")
    typer.echo(f"      licence: {ws.licence}")
    figures = [
        f"{what} {figure.value:,} MB ({figure.source})"
        for what, figure in (("download", ws.download_mb), ("memory", ws.memory_mb))
        if figure.value
    ]
    typer.echo(f"      {', '.join([*figures, *(['gated'] if ws.gated else [])]) or 'no figures'}")


@app.command()
def get(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A set of `photoplay weights`.")],
    yes: Annotated[bool, typer.Option("--yes", help="Download without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a set would download, from which commit, and get it.

    With --json nothing is asked: the quote alone, or with --yes lines of news and then the place.
    """
    from ..render.diffusion.fetching import fetch, quote
    from ..render.diffusion.weights import weight_set

    ws = weight_set(name)
    quoted = quote(ws)
    _say(as_json, {"quote": quoted.plain()}, f"{ws.name}\n{quoted.words()}")
    if not yes:
        if as_json:
            return
        if not sys.stdin.isatty():
            raise BadInput("Nothing was downloaded: add --yes to download without being asked.")
        typer.confirm("Download?", abort=True)
    if as_json:
        from huggingface_hub.utils import disable_progress_bars

        disable_progress_bars()
    found = fetch(ws, lambda words: _say(as_json, {"news": words}, words), quoted)
    _say(as_json, {"here": str(found.folder)}, f"{ws.name} is here: {found.folder}")


def _say(as_json: bool, plain: dict[str, Any], words: str) -> None:
    typer.echo(json.dumps(plain, ensure_ascii=False) if as_json else words)
