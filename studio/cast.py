"""``photoplay cast``: the references of a film's cast, and the library of characters for any film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from ..agent.references import Changed

app = typer.Typer(
    help="References: add, list and set aside pictures of the cast; save and use characters.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The film's folder.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="By name or id, whatever its capitals.")]
Keep = Annotated[bool, typer.Option("--keep", help="Shots that are bound stay as they are.")]
View = Literal["front", "three-quarter", "full", "plate"]


@app.command()
def add(
    folder: Folder,
    name: Name,
    picture: Annotated[Path, typer.Argument(metavar="FILE", help="PNG, JPEG or WebP; .safetensors: a LoRA.")],
    state: Annotated[str | None, typer.Option(help="Only in this state, such as wounded.")] = None,
    view: Annotated[View | None, typer.Option(help="How the picture shows it.")] = None,
    words: Annotated[str, typer.Option(help="A note for yourself.")] = "",
    keep: Keep = False,
) -> None:
    """Give a picture (or LoRA weights) of a character, prop or place; its shots are bound to it."""
    from ..agent.production import open_film
    from ..agent.references import add_reference

    _tell(add_reference(open_film(folder), name, picture, state, view, words, keep))


@app.command("set-aside")
def set_aside(
    folder: Folder,
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="Its first digits, as `cast list` says.")],
    keep: Keep = False,
) -> None:
    """Use a reference no more; its shots are bound to the next best. It is kept."""
    from ..agent.production import open_film
    from ..agent.references import set_aside as put_aside

    _tell(put_aside(open_film(folder), digest, keep))


@app.command("list")
def list_cast(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A film's folder.")] = None,
) -> None:
    """List a film's references; without DIR, the characters in the library."""
    from .cast_lists import list_library, list_references

    if folder is None:
        list_library()
    else:
        list_references(folder)


@app.command()
def save(
    folder: Folder,
    name: Name,
    replace: Annotated[bool, typer.Option("--replace", help="Save over one of that name.")] = False,
) -> None:
    """Save a character with its references to the library, for other films."""
    from ..agent.production import open_film
    from ..agent.references import find_entity
    from ..memory.anchors import AnchorBook
    from ..memory.library import CastLibrary
    from ..memory.lora import LoraBook

    project = open_film(folder).project
    entity = find_entity(project.film, name)
    books = AnchorBook(project.folder), LoraBook(project.folder)
    typer.echo(CastLibrary().save(project.film, entity, *books, replace=replace))


@app.command()
def use(
    folder: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A character of the library.")],
    role: Annotated[
        str | None, typer.Option("--as", help="Whom of the film they play (of the same name).")
    ] = None,
) -> None:
    """Let a character of the library play one of the film: look, voice and references."""
    from ..agent.production import open_film
    from ..agent.references import use_character
    from ..memory.library import CastLibrary

    portable = CastLibrary().load(name)
    _tell(use_character(open_film(folder), portable, role or portable.character.name))


def _tell(changed: Changed) -> None:
    typer.echo(changed.words)
