"""Embraces: where two stand of whom one hugs: an animal by the neck, at the breast or in the arms. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed
from .reach import ahead, turned

ARMFUL = 0.34
"""Somebody so much shorter is taken up into the arms for an embrace."""
_SITS = 1.32
"""How much taller an animal is that sits than it is on its feet."""
TRUNK = 0.17
"""Half the width of the trunk of a tree that lives, as a share of its height."""
_LONG = 0.95
"""Heights of who hugs it: an animal that is longer is held by the neck, where it is, and not in the arms."""
_EYED = 0.98, 1.5
"""Times as high as somebody's eyes are those of a horse or a camel beside whose neck that one stands."""
_BROAD = 0.75
"""Of the height of who hugs: what is as broad, with arms held out, is a yeti or a bear of a being."""


def held_by_the_neck(one: Placed, other: Placed) -> bool:
    """Whether an animal on all fours is so high that who hugs it does not take it into the arms."""
    return other.extent.width > 1.1 * other.extent.height and not huddles(one, other)


def by_the_neck(ratio: float) -> bool:
    """Whether an animal, its eyes so many times as high as those of who pets it, is stroked at the neck."""
    return _EYED[0] < ratio < _EYED[1]


def at_the_neck(one: Placed, other: Placed) -> dict[str, Placed]:
    """Who has the arms round the neck of an animal, before its shoulder, both faces turned the same way."""
    facing, way = (Facing.right, 1.0) if one.x >= other.x else (Facing.left, -1.0)
    beast = replace(turned(other, facing), walks=0.0)
    head = beast.x + beast.extent.face_x - way * (head_of(beast) + 0.09 * one.tall)
    near = replace(one, x=head - way * 0.07 * one.tall, depth=beast.depth - 0.05, facing=facing, walks=0.0)
    return {one.id: near, other.id: beast}


def head_of(beast: Placed) -> float:
    """Half the length of an animal's head without its muzzle, in metres."""
    return max(0.07 * beast.extent.height, 0.6 * (ahead(beast) - abs(beast.extent.face_x)))


def huddles(one: Placed, other: Placed) -> bool:
    """Whether who is hugged is an animal that is lower than who hugs it, or as small as a baby."""
    extent = other.extent
    low = extent.height < 0.8 * one.tall and 0.8 * extent.height < extent.width < _LONG * one.tall
    return low or (extent.height < ARMFUL * one.tall and extent.width < _LONG * one.tall)


def taken_up(one: Placed, other: Placed) -> dict[str, Placed]:
    """An animal in the arms of who hugs it, before the breast, its face outwards; a small one is taken up."""
    right = one.x <= other.x
    way, facing = (1.0, Facing.right) if right else (-1.0, Facing.left)
    x = one.x + way * (0.08 * one.tall + 0.28 * other.extent.width)
    holder = replace(one, facing=facing, walks=0.0)
    up = 0.46 * one.tall if lifted(one, other) else other.up
    held = replace(other, x=x, up=up, facing=facing, walks=0.0, depth=one.depth + 0.02)
    if (
        not one.extent.face and one.extent.width > _BROAD * one.tall
    ):  # at its side, before it: it would be hidden
        x = one.x + way * 0.3 * one.extent.width
        held = replace(held, x=x, up=other.up, depth=one.depth - 0.02)
    return {one.id: holder, other.id: held}


def lifted(one: Placed, other: Placed) -> bool:
    """Whether an animal is so light that who hugs it takes it up."""
    return other.extent.height < _SITS * ARMFUL * one.tall


def at_the_breast(one: Placed, other: Placed) -> dict[str, Placed]:
    """A heavy animal turned to who kneels to it: its muzzle at the breast, the arms behind its neck."""
    way, facing, back = (
        (1.0, Facing.right, Facing.left) if one.x <= other.x else (-1.0, Facing.left, Facing.right)
    )
    near = turned(replace(other, walks=0.0, depth=one.depth - 0.02), back)
    x = one.x + way * (0.2 * one.tall + abs(near.extent.face_x))
    return {one.id: replace(one, facing=facing, walks=0.0), other.id: replace(near, x=x)}
