"""``photoplay mcp``: films for language models, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..storyboard.errors import BadInput


def mcp(
    films: Annotated[Path, typer.Option(help="The one folder that films are in.")] = Path("films"),
    renderer: Annotated[str | None, typer.Option(help="Who draws; a model cannot choose.")] = None,
    writer: Annotated[str | None, typer.Option(help="Who writes; a model cannot choose.")] = None,
    reader: Annotated[str | None, typer.Option(help="Who reads changes; a model cannot choose.")] = None,
    budget: Annotated[
        str | None, typer.Option(help="What each film may cost in all, such as 2.50; without it nothing.")
    ] = None,
) -> None:
    """Serve films to a language model's host (MCP, over standard input and output; no network)."""
    try:
        from .mcp_server import FilmTools
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "mcp":
            raise
        raise BadInput(
            "The MCP server needs the Python package 'mcp', which is not installed: "
            "pip install 'photoplay[mcp]'."
        ) from None
    from .studio import Studio

    # "0" and not nothing: nothing is paid here because an environment or a photoplay.toml says so.
    with Studio(renderer=renderer, writer=writer, reader=reader, budget=budget or "0") as studio:
        FilmTools(studio, films).server().run("stdio")
