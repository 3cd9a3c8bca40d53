"""``apply``: the film after an edit."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from . import edit_shots, edit_story  # noqa: F401 - their functions register themselves
from . import edit_types as e
from .edit_parts import first_fault, on
from .errors import BadInput
from .film import Film


def apply(film: Film, edit: e.Edit) -> Film:
    """The film after ``edit``. Pure; parts that the edit does not name are the same objects.

    Raises ``BadInput`` where the result would not be a whole film and ``UnknownName`` for an id
    that does not exist.
    """
    try:
        return on(edit, film)
    except ValidationError as error:
        raise BadInput(f"The edit {edit.op!r} does not fit this film: {first_fault(error)}") from None


def apply_all(film: Film, edits: Iterable[e.Edit]) -> Film:
    """The film after all edits in order. Raises as ``apply``; then none of them is done."""
    for edit in edits:
        film = apply(film, edit)
    return film
