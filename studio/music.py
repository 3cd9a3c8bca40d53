"""``photoplay music``: the film's music, composed, of your own, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..agent.music import Brought


def music(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")],
    asked: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="WAV, FLAC, MP3, Ogg or M4A; composed; or none.")
    ] = None,
    loop: Annotated[bool, typer.Option("--loop", help="A short track begins again until the end.")] = False,
    score_with: Annotated[str, typer.Option(help="Who plays composed music, such as soundfont.")] = "",
) -> None:
    """Let a film have music of your own, composed music, or none; without FILE, say what it has."""
    from ..agent.music import set_music, told
    from ..agent.production import open_film
    from ..storyboard.errors import BadInput

    production = open_film(folder)
    if asked is None:
        if loop or score_with:
            raise BadInput("Say which music: a file, composed or none. Nothing was changed.")
        typer.echo(told(production.film.settings.music))
        return
    typer.echo(f"{set_music(production, asked, loop, score_with).words} `photoplay render` mixes it in.")


@contextmanager
def asked_music(asked: str | None, loop: bool, score_with: str) -> Iterator[Brought | None]:
    """The music that a new film is to have, looked at; None where nothing was said of it."""
    from ..agent.music import COMPOSED, brought

    if asked is None and not loop and not score_with:
        yield None
        return
    with brought(asked or COMPOSED, loop, score_with) as found:
        yield found
