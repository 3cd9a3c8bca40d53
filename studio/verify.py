"""``photoplay verify``: whether a file still is what was signed, by whom, and how it says it was made."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..agent.provenance import Verdict

_TRUST = "A PEM file of authorities that you trust; without it nobody is."
_STATES = {
    "valid": "nothing was changed since it was signed",
    "tampered": "IT WAS CHANGED since it was signed",
    "invalid": "its credentials do not hold, or the file is damaged or no film or picture at all",
    "none": "it has no content credentials (they are lost where a program writes the file anew)",
}


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A film or picture: mp4, mov, webp, jpg.")],
    trust: Annotated[Path | None, typer.Option(help=_TRUST)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Read a file's content credentials (C2PA): unchanged since signed, by whom, how made. Exits 1 if not."""
    from ..agent import provenance

    found = provenance.verify(file, trust)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        typer.echo(f"{file}: {found.state}: {_STATES[found.state]}.")
        for line in told(found):
            typer.echo(line)
    if found.state != "valid":
        raise typer.Exit(1)


def told(found: Verdict) -> list[str]:
    """What the credentials say, in lines; empty where there are none."""
    from ..agent.provenance import SOURCES

    if found.state == "none":
        return []
    lines = [f"Does not hold: {', '.join(found.problems)}."] if found.problems else []
    if found.state != "valid":
        return [*lines, "What it says of its making is not to be relied on, and is not shown."]
    if found.made_here:
        worth = (
            "a certificate made on this machine: it proves that nothing was changed since, not who made it"
        )
    elif found.trusted:
        worth = "trusted by the authorities that you named"
    else:
        worth = "not trusted: nobody that you named vouches for that name"
    lines.append(f"Signed by {found.signed_by or 'nobody named'}: {worth}.")
    kind = SOURCES.get(found.source, "")
    if found.source:
        lines.append(f"It says of itself: {found.source}" + (f" ({kind})." if kind else "."))
    if found.title:
        lines.append(f"Title: {found.title}" + (f", {found.shots} shots and cards." if found.shots else "."))
    if found.made_by:
        lines.append(f"Made by: {', '.join(found.made_by)}.")
    if found.writer:
        lines.append(f"Written by: {found.writer}.")
    return lines
