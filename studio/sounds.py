"""``photoplay sounds``: the film's ambience and effects, on or off, and sounds of your own in their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..agent.own_sounds import Gathered


def sounds(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")],
    own: Annotated[
        Path | None, typer.Argument(metavar="[SOUNDS]", help="A folder of rain.wav, door.flac and the like.")
    ] = None,
    effects: Annotated[str | None, typer.Option(help="on or off.")] = None,
    keep: Annotated[
        list[str] | None, typer.Option(help="Hear the sound that a model made with this shot's take: SHOT.")
    ] = None,
    drop: Annotated[list[str] | None, typer.Option(help="And no more: SHOT.")] = None,
    forget: Annotated[
        list[str] | None, typer.Option(help="Let a sound of your own go: NAME (may be repeated).")
    ] = None,
) -> None:
    """Let a film have sounds of your own, or none; without more, say what is heard in it."""
    from typing import Literal

    from ..agent.own_sounds import set_sounds, told
    from ..agent.production import open_film
    from .settings import read_effects

    production = open_film(folder)
    ways: dict[str, Literal["keep", "drop"]] = dict.fromkeys(keep or (), "keep")
    ways |= dict.fromkeys(drop or (), "drop")
    if own is None and effects is None and not forget and not ways:
        typer.echo(told(production))
        return
    wanted = None if effects is None else read_effects(effects)
    words = set_sounds(production, own, wanted, forget or (), ways).words
    typer.echo(f"{words} `photoplay render` mixes it in.")


@contextmanager
def asked_sounds(folder: Path | None) -> Iterator[Gathered | None]:
    """The sounds that a new film is to have, looked at; None where none were brought."""
    from ..agent.own_sounds import gathered

    if folder is None:
        yield None
        return
    with gathered(folder) as found:
        yield found
