"""``photoplay export``: the film in a form that other programs read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.film import Film

if TYPE_CHECKING:
    from ..memory.project import Project

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]


@dataclass(frozen=True)
class Format:
    """A form that a film can be written in. ``left_out`` says what it does not hold."""

    suffix: str
    write: Callable[[Film], bytes]
    left_out: str


def _fountain(film: Film) -> bytes:
    from ..storyboard.fountain import fountain_of

    if film.story is None or not film.shots:
        raise BadInput("The film has no shots yet, so there is no screenplay of it. Make it first.")
    return fountain_of(film).encode()


def formats() -> dict[str, Format]:
    """Every form, by its name."""
    from ..storyboard.fountain import NOT_CARRIED

    return {"fountain": Format(".fountain", _fountain, NOT_CARRIED)}


def export(
    folder: Folder,
    to: Annotated[str, typer.Option(help="fountain: a screenplay.")] = "fountain",
    out: Annotated[Path | None, typer.Option(help="The file; else out/ in the film's folder.")] = None,
) -> None:
    """Write the film as a screenplay (Fountain), which can be changed and taken in again."""
    from ..agent.production import open_film

    path, left_out = write_as(open_film(folder).project, to, out)
    typer.echo(f"Not in it: {left_out}.", err=True)
    typer.echo(path)


def write_as(project: Project, to: str, out: Path | None) -> tuple[Path, str]:
    """Write a film in a form, to ``out`` or into its own folder; (where, what that form does not hold).

    Raises ``UnknownName`` for a form that there is none of, ``BadInput`` where there is nothing to write yet.
    """
    from ..memory.files import plain_error
    from ..memory.slug import slug

    if to not in formats():
        raise UnknownName("format", to, list(formats()))
    form = formats()[to]
    written = form.write(project.film)
    assert project.film.story is not None
    name = slug(project.film.story.title) + form.suffix
    try:
        if out is None:
            project.files.make_folder(project.out)
            path = project.out / name
            project.files.write(path, written)
        else:
            path = out
            path.write_bytes(written)
    except OSError as error:
        raise plain_error(error, path) from error
    return path, form.left_out
