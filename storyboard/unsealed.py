"""Unsealed: a letter that has been opened or read stays open in the shots that follow."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from .vocabulary import Action

if TYPE_CHECKING:
    from .film import Film, Shot
    from .looks import Prop

_SEALED = frozenset({"letter"})
"""Things with a seal that is broken once."""
_BREAKS = frozenset({Action.open, Action.read})


def unsealed(film: Film, shot: Shot, prop: Prop) -> bool:
    """Whether the prop has a seal that somebody has broken in a shot of ``film`` before ``shot``. Pure."""
    if prop.look.kind not in _SEALED:
        return False
    before = takewhile(lambda one: one.id != shot.id, film.shots)
    return any(one.event.action in _BREAKS and one.event.target == prop.id for one in before)
