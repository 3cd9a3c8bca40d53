"""``photoplay deliver``: the finished film in other encodings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_AS = "web (H.264), h265, av1, prores (a master) or preview (animated); may be repeated."


def deliver(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")],
    presets: Annotated[list[str] | None, typer.Option("--as", help=_AS)] = None,
    loudness: Annotated[int, typer.Option(help="LUFS: -16, -14 or -23.")] = -16,
    artist: Annotated[str, typer.Option(help="Who made it, for the file's metadata.")] = "",
) -> None:
    """Write the finished film as out/film-PRESET, with chapters and titles, and out/poster.jpg."""
    from ..agent.production import open_film
    from ..agent.release import write_releases
    from ..storyboard.schema import clean_text

    written = write_releases(open_film(folder), presets or ["web"], loudness, clean_text(artist)[:120])
    if written.lufs is not None:
        words = f"{written.lufs:.1f} LUFS, true peak {written.true_peak:.1f} dBTP."
        typer.echo(f"The sound is at {words}", err=True)
    for path in (*written.paths, written.poster):
        typer.echo(path)
