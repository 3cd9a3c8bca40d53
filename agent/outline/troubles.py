"""What goes wrong in a place of each kind, and what can only follow upon something."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...storyboard.vocabulary import Action
from .bank import bank
from .spots import indoors

_FALLS = re.compile(
    r"\{(\w+)\} <(?:fall|trip|stumble)> (?:over \((?:a branch|a rope|a stone|a bucket)\)|\{in\})(?: @\w+)?$"
)
"""Falls of no cause: what goes wrong is chosen by the place instead."""


def troubled(patterns: Iterable[str], kind: str) -> list[str]:
    """The patterns with the troubles of a place of that kind for falls that any story could have."""
    out: list[str] = []
    for pattern in patterns:
        found = _FALLS.match(pattern)
        rows = bank("troubles")["falls"] if found else {}
        group = next((g for g, kinds in bank("troubles")["places"].items() if kind in kinds.split()), "")
        group = group or ("room" if indoors(kind) else "open")
        out += [p.replace("{x}", f"{{{found[1]}}}") for p in rows[group]] if found else [pattern]
    return list(dict.fromkeys(out))


_LOW = frozenset({Action.sit, Action.lie, Action.sleep, Action.kneel, Action.fall, Action.cry})
"""Acts after which somebody is down."""
_UP = re.compile(r"(?:\{(\w+)\} <jump> up|<(?:pull|help)> \{(\w+)\} up)$")


def gets_up(plain: str) -> str:
    """The role of whoever gets up, or is helped up, in the pattern; or ""."""
    found = _UP.search(plain)
    return (found[1] or found[2]) if found else ""


def can_get_up(action: Action | None) -> bool:
    """Whether somebody who was last seen doing that is down."""
    return action in _LOW


_SOIL = frozenset(
    {"forest", "jungle", "meadow", "desert", "island", "shore", "garden", "park", "farm", "snowfield",
     "graveyard", "ruins", "moon", "planet", "cave", "swamp", "river", "lake", "mountain"}
)  # fmt: skip


def has_soil(kind: str) -> bool:
    """Whether one digs in a place of that kind, if the idea does not say so itself."""
    return kind in _SOIL
