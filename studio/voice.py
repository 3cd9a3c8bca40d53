"""``photoplay voice``: how a character or the narrator sounds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def voice(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")],
    who: Annotated[
        str | None, typer.Argument(metavar="[CHARACTER]", help="By name or id; narrator for the narrator.")
    ] = None,
    maker: Annotated[
        str | None, typer.Option(help="Who speaks: espeak (built in), piper:NAME or remote:NAME.")
    ] = None,
    named: Annotated[
        str | None, typer.Option("--voice", help="The maker's own voice, such as alloy.")
    ] = None,
    variant: Annotated[str | None, typer.Option(help="A variant of espeak's, such as f2.")] = None,
    language: Annotated[str | None, typer.Option(help="A language of espeak's, such as en-us.")] = None,
    pitch: Annotated[int | None, typer.Option(help="0 (deep) to 100 (high).")] = None,
    pace: Annotated[int | None, typer.Option(help="Words a minute, 80 to 300.")] = None,
    size: Annotated[int | None, typer.Option(help="Of head and chest: 65 a mouse, 140 a giant.")] = None,
    melody: Annotated[int | None, typer.Option(help="0 (a robot) to 100 (sing-song).")] = None,
) -> None:
    """Give a character another voice; without options, say how everybody, or one, sounds."""
    from ..agent.production import open_film
    from ..agent.voice import set_voice, told, voice_of
    from ..render.speakers import NARRATOR

    production = open_film(folder)
    options: dict[str, Any] = {
        "maker": maker, "named": named, "variant": variant, "language": language,
        "pitch": pitch, "pace": pace, "size": size, "melody": melody,
    }  # fmt: skip
    asked = {name: value for name, value in options.items() if value is not None}
    if who is not None and asked:
        typer.echo(f"{set_voice(production, who, asked).words} `photoplay render` speaks their lines again.")
        return
    if asked:
        from ..storyboard.errors import BadInput

        raise BadInput("Say whose voice it is to be. Nothing was changed.")
    for one in [who] if who is not None else [NARRATOR, *production.film.characters]:
        _, name, heard = voice_of(production.film, one)
        typer.echo(f"{name}: {told(heard)}")
