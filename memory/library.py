"""The cast library: characters that any film can use, one file each, in a folder of the user's.

The folder is what ``PHOTOPLAY_CAST`` names, or ``~/.local/share/photoplay/cast``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.film import Film
from ..storyboard.schema import clean_text
from .anchors import AnchorBook
from .files import Files
from .lora import LoraBook
from .portable import Portable, SavedCharacter, load_character, read_saved, save_character
from .slug import slug

VARIABLE = "PHOTOPLAY_CAST"


class CastLibrary:
    """Characters in one folder, which is made when the first is saved."""

    def __init__(self, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
        named = (os.environ if environment is None else environment).get(VARIABLE)
        usual = Path.home() / ".local" / "share" / "photoplay" / "cast"
        self.folder = folder or (Path(named) if named else usual)

    def save(
        self, film: Film, character: str, book: AnchorBook, loras: LoraBook, replace: bool = False
    ) -> Path:
        """Save a character under its name; returns the file.

        Raises ``BadInput`` where somebody of that name is there already, unless ``replace``.
        """
        if character not in film.characters:
            raise UnknownName("character", character, list(film.characters))
        path = self.folder / f"{slug(film.characters[character].name or character)}.json"
        if path.exists() and not replace:
            raise BadInput(
                f"{path} is there already. Save over it with --replace, or rename the character first."
            )
        Files(self.folder).make_folder(self.folder)
        save_character(film, character, path, book, loras)
        return path

    def all(self) -> dict[Path, SavedCharacter | str]:
        """Every character by its file; or, of one that cannot be read, why."""
        found: dict[Path, SavedCharacter | str] = {}
        for path in sorted(self.folder.glob("*.json")):
            try:
                found[path] = read_saved(path)
            except BadInput as error:
                found[path] = str(error)
        return found

    def load(self, name: str) -> Portable:
        """The character of that name or id, whatever its capitals. Raises ``UnknownName``."""
        wanted = clean_text(name).strip().casefold()
        known: list[str] = []
        for path, saved in self.all().items():
            if isinstance(saved, str):
                continue
            if wanted in (saved.character.name.casefold(), saved.character.id, path.stem):
                return load_character(path)
            known.append(saved.character.name)
        raise UnknownName(f"character in {self.folder}", name, known)
