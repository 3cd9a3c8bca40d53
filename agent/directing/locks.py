"""Locked characters: no change of them by the way."""

from __future__ import annotations

from collections.abc import Sequence

from ...storyboard.edit_types import ChangeCharacter, Edit
from ...storyboard.edits import apply
from ...storyboard.film import Film


def kept_from(film: Film, edits: Sequence[Edit]) -> list[str]:
    """What of ``edits`` a locked character is kept from, with how to unlock; empty where all may be done.

    An edit that unlocks, and what comes after it, may be done. Raises as ``apply`` does.
    """
    refused: list[str] = []
    for edit in edits:
        if isinstance(edit, ChangeCharacter) and edit.locked is not False:
            character = film.characters.get(edit.character)
            changes = edit.model_dump(exclude={"op", "character", "locked"}, exclude_none=True)
            if character is not None and character.locked and changes:
                refused.append(
                    f"{character.name} is locked and stays as {character.name} is. To change that, say "
                    f'"unlock {character.name}" first.'
                )
        film = apply(film, edit)
    return list(dict.fromkeys(refused))
