"""``photoplay deliver``: the finished film in other encodings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..storyboard.aspects import ASPECTS

_SIGN = "Sign each file: who made it how (C2PA); else as the film does."
_ASPECT = f"Another shape of frame, on whom each shot is about: {', '.join(ASPECTS)}."
_AS = "web (H.264), h265, av1, prores (a master) or preview (animated); may be repeated."


def deliver(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")],
    presets: Annotated[list[str] | None, typer.Option("--as", help=_AS)] = None,
    loudness: Annotated[int, typer.Option(help="LUFS: -16, -14 or -23.")] = -16,
    artist: Annotated[str, typer.Option(help="Who made it, for the file's metadata.")] = "",
    aspect: Annotated[str, typer.Option(help=_ASPECT)] = "",
    credentials: Annotated[bool | None, typer.Option("--credentials/--no-credentials", help=_SIGN)] = None,
) -> None:
    """Write the finished film as out/film-PRESET, with chapters and titles, and out/poster.jpg."""
    from ..agent.certificate import certificate_for
    from ..agent.production import open_film
    from ..agent.provenance import claim_of, sign_in_place
    from ..agent.release import write_releases
    from ..storyboard.schema import clean_text
    from .progress import reporter

    with reporter(False) as report:
        production = open_film(folder, listener=report)
        wanted = production.film.settings.credentials if credentials is None else credentials
        certificate = certificate_for() if wanted else None
        with production.project.lock():
            written = write_releases(
                production, presets or ["web"], loudness, clean_text(artist)[:120], aspect=aspect
            )
            files = (*written.paths, written.poster)
            if certificate is not None:
                claim = claim_of(production.project, production.plan())
                sign_in_place(production.project, files, claim, certificate)
    if written.lufs is not None:
        words = f"{written.lufs:.1f} LUFS, true peak {written.true_peak:.1f} dBTP."
        typer.echo(f"The sound is at {words}", err=True)
    for path in files:
        typer.echo(path)
