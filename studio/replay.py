"""``photoplay replay``: a film made again from its manifest, and compared with it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..agent.replay import Compared

_TAKES = "A film's folder whose takes are taken over where their digests are right."
_MOST = 8
"""Names of shots that a line tells."""


def replay(
    manifest: Annotated[Path, typer.Argument(metavar="FILE", help="out/manifest.json of a film.")],
    out: Annotated[Path, typer.Option(help="The new film's folder.")],
    takes: Annotated[Path | None, typer.Option(help=_TAKES)] = None,
    budget: Annotated[str | None, typer.Option(help="What it may cost in all, such as 2.50, or any.")] = None,
    limit: Annotated[list[str] | None, typer.Option(help="A limit: shots=60 or gpu_minutes=30.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Make a film again from its manifest in a new folder, and say what came out equal and what did not."""
    from ..agent import replay as again
    from ..agent.manifest import read_manifest
    from .beginning import crew_of, spending_of
    from .progress import reporter
    from .settings import Wishes

    wishes = Wishes({"budget": budget})
    allow = spending_of(wishes, tuple(limit or ()), ask=not as_json)
    told = read_manifest(manifest)
    with reporter(as_json) as report:
        compared = again.replay(told, out, takes, crew=crew_of(wishes), listener=report, allow=allow)
    if as_json:
        typer.echo(json.dumps({**asdict(compared), "folder": str(compared.folder)}, ensure_ascii=False))
        return
    for line in lines_of(compared):
        typer.echo(line)


def lines_of(compared: Compared) -> list[str]:
    """What came out, for a person."""
    lines = [f"{compared.folder / 'out' / 'film.mp4'}"]
    if compared.reused:
        lines.append(f"Taken over: {compared.reused} takes, whose digests are those of the manifest.")
    for words, items in (
        ("Made again, bit for bit the same", compared.equal),
        ("MADE AGAIN WITH OTHER BITS, though of the same key", compared.differ),
        ("Of another key: another program, other weights, or decided anew", compared.others),
    ):
        if items:
            more = f" and {len(items) - _MOST} more" if len(items) > _MOST else ""
            lines.append(f"{words} ({len(items)}): {', '.join(items[:_MOST])}{more}.")
    lines += [f"Another version: {', '.join(compared.versions)}."] if compared.versions else []
    lines += compared.notices
    why = (
        "" if compared.differ or compared.others else ", though every take is: it was mixed or cut otherwise"
    )
    lines.append(
        "The film is the same, bit for bit."
        if compared.film_equal
        else f"The film is not the same bit for bit{why}."
    )
    return lines
