"""``photoplay footage`` and ``photoplay modify``: footage of one's own, and takes changed by words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Footage of your own: let it open a shot or be it, list it, take it out again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]
Shot = Annotated[str, typer.Argument(metavar="SHOT", help="The shot's id, as `photoplay show` says.")]


@app.command()
def add(
    folder: Folder,
    shot: Shot,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PNG, JPEG, WebP, or an MP4 with H.264.")],
    opens: Annotated[
        bool, typer.Option("--opens/--as-shot", help="The shot goes on from it, or is nothing else.")
    ] = True,
    fit: Annotated[bool, typer.Option("--fit", help="All of it, with black beside, not cropped.")] = False,
) -> None:
    """Let a picture or clip of your own open a shot, or be it."""
    from ..agent.production import open_film

    production = open_film(folder)
    typer.echo(
        production.add_footage(shot, file, "opens" if opens else "shot", "fit" if fit else "fill").words
    )


@app.command()
def clear(folder: Folder, shot: Shot) -> None:
    """Take footage, or a change by words, out of a shot: it is drawn as before."""
    from ..agent.production import open_film

    typer.echo(open_film(folder).clear_footage(shot).words)


@app.command("list")
def list_footage(folder: Folder) -> None:
    """List the shots with footage, or changed by words."""
    from ..agent.production import open_film
    from ..storyboard.edits import SetPlate, describe

    film = open_film(folder).film
    for shot in film.shots:
        if shot.plate is not None:
            typer.echo(describe(film, SetPlate(shot=shot.id, plate=shot.plate)))


def modify(
    folder: Folder,
    shot: Shot,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What is to be seen.")],
    strength: Annotated[int, typer.Option(help="How far it is changed, 1 to 100 percent.")] = 60,
    source: Annotated[
        str | None, typer.Option("--from", help="A file, or a take's first digits; else the shot's own take.")
    ] = None,
    keep: Annotated[Path | None, typer.Option(help="A picture whose light parts stay as they are.")] = None,
    renderer: Annotated[str | None, typer.Option(help="Who draws it, if not the shot's renderer.")] = None,
) -> None:
    """Change footage, or a shot's take, by words; `photoplay render` draws it."""
    from ..agent.production import open_film

    typer.echo(open_film(folder).modify(shot, words, strength, source, keep, renderer).words)
