"""A character in one file, to be used in another film: who they are, and their references."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationError

from ..storyboard.edit_parts import first_fault
from ..storyboard.errors import BadInput, NewerFilm, UnknownName
from ..storyboard.film import Film
from ..storyboard.looks import Character
from ..storyboard.schema import SCHEMA_VERSION, Data, Id, Text
from .anchor_record import Anchor, Origin
from .anchors import AnchorBook
from .files import Files
from .images import Pixels, decode_image, encode_png

_MOST_BYTES = 300_000_000


class SavedReference(Data):
    """A reference picture: a PNG in base 64."""

    state: Id | None = None
    origin: Origin = "person"
    words: Text = ""
    png: Annotated[str, StringConstraints(max_length=280_000_000)]


class SavedCharacter(Data):
    """The file's content."""

    photoplay: Literal["character"] = "character"
    schema_version: Literal[1] = 1
    character: Character
    references: tuple[SavedReference, ...] = ()


@dataclass(frozen=True)
class Portable:
    """A character read from a file, every picture decoded and checked."""

    character: Character
    references: tuple[tuple[SavedReference, Pixels], ...]

    def into(self, book: AnchorBook, entity: str | None = None) -> list[Anchor]:
        """Add the references to a film's anchors, for ``entity`` (the character's own id)."""
        name = entity or self.character.id
        return [
            book.propose(pixels, name, saved.state, origin=saved.origin, words=saved.words)
            for saved, pixels in self.references
        ]


def save_character(film: Film, character: str, path: Path, book: AnchorBook | None = None) -> None:
    """Write a character with its references (those of ``book``) to ``path``, in one step.

    Raises ``UnknownName``, and ``Damaged`` where a reference is not what was added.
    """
    if character not in film.characters:
        raise UnknownName("character", character, list(film.characters))
    anchors = [] if book is None else [a for a in book.all() if a.entity == character and not a.set_aside]
    saved = SavedCharacter(
        character=film.characters[character],
        references=tuple(
            SavedReference(
                state=anchor.state,
                origin="person" if anchor.origin == "take" else anchor.origin,
                words=anchor.words,
                png=base64.b64encode(encode_png(book.pixels(anchor.digest))).decode(),
            )
            for anchor in anchors
            if book is not None
        ),
    )
    Files(path.parent).write(path, saved.model_dump_json(indent=1).encode())


def load_character(path: Path) -> Portable:
    """Read a character that ``save_character`` wrote. Raises ``BadInput`` naming the file, ``NewerFilm``."""
    if not path.is_file():
        raise BadInput(f"{path} is not a file with a character in it.")
    if path.stat().st_size > _MOST_BYTES:
        raise BadInput(f"{path} is larger than {_MOST_BYTES // 1_000_000} MB: no character is.")
    data = path.read_bytes()
    try:
        saved = SavedCharacter.model_validate_json(data)
    except ValidationError as error:
        version = next((e["input"] for e in error.errors() if e["loc"] == ("schema_version",)), None)
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise NewerFilm(f"{path} was written by a newer photoplay. Update to read it.") from None
        raise BadInput(f"{path} is no character of photoplay's: {first_fault(error)}.") from None
    try:
        pictures = tuple(
            (one, decode_image(base64.b64decode(one.png, validate=True), f"reference {n} in {path}"))
            for n, one in enumerate(saved.references, 1)
        )
    except binascii.Error as error:
        raise BadInput(f"{path} holds a reference that is no picture ({error}).") from None
    return Portable(saved.character, pictures)
