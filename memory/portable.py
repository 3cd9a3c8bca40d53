"""A character in one file, to be used in another film: who they are, and their references.

LoRA weights are too large for it: they lie beside the file, under the digest that it names.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic_core
from pydantic import StringConstraints, ValidationError

from ..storyboard.edit_parts import first_fault
from ..storyboard.errors import BadInput, NewerFilm, UnknownName
from ..storyboard.film import Film
from ..storyboard.looks import Character
from ..storyboard.schema import Data, Id, Key, Text, as_json
from ..storyboard.vocabulary import Hour
from .anchor_record import Anchor, Origin, SheetView, still_so
from .anchors import AnchorBook
from .files import Files
from .images import Pixels, decode_image, encode_png
from .lora import LoraBook, LoraRecord
from .store import file_digest

VERSION = 2
_MOST_BYTES = 300_000_000


class SavedReference(Data):
    """A reference picture: a PNG in base 64."""

    state: Id | None = None
    view: SheetView | None = None
    hour: Hour | None = None
    origin: Origin = "person"
    words: Text = ""
    png: Annotated[str, StringConstraints(max_length=280_000_000)]


class SavedLora(Data):
    """LoRA weights: the file ``<digest>.safetensors`` beside this one."""

    digest: Key
    state: Id | None = None
    words: Text = ""


class SavedCharacter(Data):
    """The file's content."""

    photoplay: Literal["character"] = "character"
    schema_version: Literal[2] = 2
    character: Character
    references: tuple[SavedReference, ...] = ()
    loras: tuple[SavedLora, ...] = ()


@dataclass(frozen=True)
class Portable:
    """A character read from a file, every picture decoded and checked."""

    character: Character
    references: tuple[tuple[SavedReference, Pixels], ...]
    loras: tuple[tuple[SavedLora, Path], ...] = ()

    def into(self, book: AnchorBook, entity: str | None = None) -> list[Anchor]:
        """Add the references to a film's anchors, for ``entity`` (the character's own id)."""
        name = entity or self.character.id
        return [
            book.propose(
                pixels,
                name,
                saved.state,
                origin=saved.origin,
                words=saved.words,
                view=saved.view,
                hour=saved.hour,
            )
            for saved, pixels in self.references
        ]

    def loras_into(self, book: LoraBook, entity: str | None = None) -> list[LoraRecord]:
        """Add the LoRA weights to a film's, for ``entity``. Raises as ``LoraBook.add``."""
        name = entity or self.character.id
        return [book.add(path, name, saved.state, saved.words) for saved, path in self.loras]


def save_character(
    film: Film, character: str, path: Path, book: AnchorBook | None = None, loras: LoraBook | None = None
) -> None:
    """Write a character with its references and LoRAs (those of the books) to ``path``, in one step.

    Weights are copied beside it first. Raises ``UnknownName``, and ``Damaged`` where a reference is not
    what was added.
    """
    if character not in film.characters:
        raise UnknownName("character", character, list(film.characters))
    every = [] if book is None else list(book.all())
    anchors = [a for a in every if a.entity == character and not a.set_aside and still_so(film, a)]
    weights = [] if loras is None else [x for x in loras.all() if x.entity == character and not x.set_aside]
    files = Files(path.parent)
    for one in weights:
        assert loras is not None
        loras.verify(one.digest)
        if not (path.parent / f"{one.digest}.safetensors").is_file():
            files.copy_in(loras.path(one.digest), path.parent / f"{one.digest}.safetensors")
    saved = SavedCharacter(
        character=film.characters[character],
        references=tuple(
            SavedReference(
                state=anchor.state,
                view=anchor.view,
                hour=anchor.hour,
                origin="person" if anchor.origin == "take" else anchor.origin,
                words=anchor.words,
                png=base64.b64encode(encode_png(book.pixels(anchor.digest))).decode(),
            )
            for anchor in anchors
            if book is not None
        ),
        loras=tuple(SavedLora(digest=x.digest, state=x.state, words=x.words) for x in weights),
    )
    files.write(path, as_json(saved, indent=1))


def load_character(path: Path) -> Portable:
    """Read a character that ``save_character`` wrote. Raises ``BadInput`` naming the file, ``NewerFilm``."""
    saved = read_saved(path)
    try:
        pictures = tuple(
            (one, decode_image(base64.b64decode(one.png, validate=True), f"reference {n} in {path}"))
            for n, one in enumerate(saved.references, 1)
        )
    except binascii.Error as error:
        raise BadInput(f"{path} holds a reference that is no picture ({error}).") from None
    loras = tuple((one, path.parent / f"{one.digest}.safetensors") for one in saved.loras)
    for one, weights in loras:
        if not weights.is_file() or file_digest(weights) != one.digest:
            raise BadInput(
                f"{path} names the LoRA {one.digest[:16]}, which does not lie beside it as {weights.name}. "
                "Copy that file there too."
            )
    return Portable(saved.character, pictures, loras)


def read_saved(path: Path) -> SavedCharacter:
    """The content of a character's file, its pictures undecoded. Raises as ``load_character``."""
    if not path.is_file():
        raise BadInput(f"{path} is not a file with a character in it.")
    if path.stat().st_size > _MOST_BYTES:
        raise BadInput(f"{path} is larger than {_MOST_BYTES // 1_000_000} MB: no character is.")
    try:
        plain: Any = pydantic_core.from_json(path.read_bytes(), allow_inf_nan=False)
        version = plain.get("schema_version") if isinstance(plain, dict) else None
        if isinstance(version, int) and version > VERSION:
            raise NewerFilm(f"{path} was written by a newer photoplay. Update to read it.")
        if version == 1:  # it knew no views and no LoRAs; what it says means the same today
            plain["schema_version"] = VERSION
        return SavedCharacter.model_validate(plain)
    except ValidationError as error:
        raise BadInput(f"{path} is no character of photoplay's: {first_fault(error)}.") from None
    except ValueError as error:
        raise BadInput(f"{path} is no character of photoplay's: {str(error)[:200]}.") from None
