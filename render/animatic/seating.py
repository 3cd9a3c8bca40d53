"""Seating: the bench, chair or sofa that is named stands under those who sit on it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.picture import Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, Facing
from .baking import ACROSS
from .blocking import Placed
from .dealings import diners

_ROOM = {"bench": 4, "sofa": 4, "log": 3, "bed": 3, "wall": 6, "branch": 3}
"""Seats for several; all others have room for one."""
_SEATS = frozenset(
    {*_ROOM, "chair", "armchair", "throne", "stool", "crate", "box", "barrel", "chest", "stump", "stone"}
)
_ON = re.compile(r"\b(?:on|onto|in|upon) (?:the|a|an|his|her|its|their)\b")
_SITTERS = frozenset({Being.person, Being.robot})


def seat(picture: Picture) -> ThingIn | None:
    """The thing that the actor sits on in the shot; None where none is named."""
    if picture.action is not Action.sit or not _ON.search(picture.sentence[:2000].lower()):
        return None
    told = picture.sentence.lower()
    for thing in picture.things:
        words = {thing.look.kind, *thing.words.lower().split()[-1:]}
        named = thing.id == picture.target or any(re.search(rf"\b{re.escape(w)}\b", told) for w in words if w)
        if thing.look.kind in _SEATS and not thing.held and named:
            return thing
    return None


def for_several(picture: Picture) -> bool:
    """Whether the thing that the actor sits on has room beside it."""
    thing = seat(picture)
    return thing is not None and thing.look.kind in _ROOM


def sitters(picture: Picture) -> tuple[str, ...]:
    """The ids of those who sit on the thing, the actor first."""
    thing = seat(picture)
    if thing is None:
        return ()
    sit = [f.id for f in picture.figures if f.action is Action.sit and f.look.being in _SITTERS]
    sit.sort(key=lambda i: i != picture.actor)
    return tuple(sit[: _ROOM.get(thing.look.kind, 1)])


def clear_of_sitters(picture: Picture, placed: Sequence[Placed], laid: list[Placed]) -> list[Placed]:
    """What is small and lies on the floor, beside the group where it would be under or behind who sits."""
    ids = {f.id for f in picture.figures if f.action in _LOW and f.look.being in _SITTERS}
    low = [p for p in placed if p.id in ids and not p.rides and p.up <= 0]
    if not low:
        return laid
    taken = {picture.target, picture.camera.focus, *(p.rides for p in placed)}
    under = seat(picture)
    taken.add(under.id if under is not None else None)
    return [t if t.id in taken else _beside(t, low, placed) for t in laid]


def _beside(thing: Placed, low: Sequence[Placed], placed: Sequence[Placed]) -> Placed:
    if thing.up > 0 or thing.extent.top > _LIES or thing.walks:
        return thing

    def off(p: Placed) -> float:
        reach = (_KNEES * p.tall if p in low else 0.5 * p.extent.width) + 0.5 * thing.extent.width
        return reach - abs(thing.middle[0] - p.middle[0])

    row = [p for p in placed if abs(p.depth - thing.depth) < _ROW]
    if not any(p in low and off(p) > 0 for p in row):
        return thing
    half = 0.5 * thing.extent.width
    left = min(p.middle[0] - max(0.5 * p.extent.width, _KNEES * p.tall) for p in row) - half
    right = max(p.middle[0] + max(0.5 * p.extent.width, _KNEES * p.tall) for p in row) + half
    at = thing.middle[0]
    return replace(thing, x=thing.x + (left - at if at - left <= right - at else right - at))


_LOW = frozenset({Action.sit, Action.kneel})
_LIES, _KNEES, _ROW = 0.6, 0.3, 1.5
"""Metres up to which a thing lies low; heights that knees and stool reach out; metres that are one row."""


def under_them(picture: Picture, placed: Sequence[Placed], laid: list[Placed]) -> list[Placed]:
    """The things, with the seat under the middle of those who sit on it, and behind their legs."""
    thing, ids = seat(picture), sitters(picture)
    seated = [p for p in placed if p.id in ids and not p.rides]
    if thing is None or not seated:
        return laid
    x, depth = sum(p.x for p in seated) / len(seated), max(p.depth for p in seated) + 0.05
    return [replace(t, x=x, depth=depth, up=seated[0].up) if t.id == thing.id else t for t in laid]


def across(picture: Picture, placed: list[Placed], laid: list[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Figures and things, with two who sit down at a table on either side of it, their feet under it."""
    tables = {t.id for t in picture.things if t.look.kind in _TABLES and not t.held}
    table = next((t for t in laid if t.id == picture.target and t.id in tables), None)
    sit = {f.id for f in picture.figures if f.action is Action.sit and f.look.being in _SITTERS}
    two = sorted((p for p in placed if p.id in sit and not p.rides), key=lambda p: p.x)
    if table is None or [p.facing for p in two] != [Facing.right, Facing.left]:
        return placed, laid
    left, right = two
    middle, half = (left.x + right.x) / 2, 0.5 * table.extent.width
    seats = {
        left.id: middle - half - left.extent.right + _UNDER * left.tall,
        right.id: middle + half - right.extent.left - _UNDER * right.tall,
    }
    depth = min(left.depth, right.depth)
    between = replace(
        table, x=middle - (table.extent.left + table.extent.right) / 2, depth=depth - 0.02, up=left.up
    )
    return (
        [replace(p, x=seats[p.id], depth=depth) if p.id in seats else p for p in placed],
        [between if t is table else t for t in laid],
    )


_TABLES = frozenset({"table", "desk", "counter"})
_UNDER = 0.05
"""Heights of who sits at a table that its feet are under it."""


def at_table(picture: Picture, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The figures, with two who eat at one table as far from each other as it is broad."""
    pair = diners(picture)
    two = sorted((p for p in placed if pair and p.id in pair), key=lambda p: p.x)
    if pair is None or len(two) != 2:
        return tuple(placed)
    middle, half = (two[0].x + two[1].x) / 2, 0.5 * ACROSS * next(p.tall for p in two if p.id == pair[0])
    depth = next(p.depth for p in two if p.id == pair[0])
    seats = {two[0].id: middle - half, two[1].id: middle + half}
    return tuple(replace(p, x=seats[p.id], depth=depth) if p.id in seats else p for p in placed)


def back_to_back(picture: Picture, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The figures, with two people who sit back to back leaning against each other."""
    two = sorted((p for p in placed if not p.rides and not p.shoulder), key=lambda p: p.x)
    if "back to back" not in picture.sentence.lower() or picture.action is not Action.sit or len(two) != 2:
        return tuple(placed)
    if any(f.look.being not in _SITTERS for f in picture.figures):
        return tuple(placed)
    left, right = two
    middle, half = (left.x + right.x) / 2, _BACKS * (left.tall + right.tall) / 2
    seats = {left.id: middle - half, right.id: middle + half}
    return tuple(replace(p, x=seats[p.id], depth=left.depth) if p.id in seats else p for p in placed)


_BACKS = 0.25
"""Heights from somebody who sits to the back that leans against the own."""
