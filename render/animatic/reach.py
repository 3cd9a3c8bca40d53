"""Reach: how far one body comes towards another: its nose, its height, its leg, and as it turns. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed

PATTED = 0.42
"""Of somebody's height: an animal that is higher is at the hand of who kneels beside it."""
_TOWERS = 2.2
"""How much higher a giant is."""
SHIN = 0.045
"""Half the width of a giant's leg, in its heights."""


def towers(one: Placed, other: Placed) -> bool:
    """Whether one of two is a giant beside the other."""
    return max(one.extent.top, other.extent.top) > _TOWERS * min(one.extent.top, other.extent.top)


def vast(one: Placed, other: Placed) -> bool:
    """Whether another lies as a wall before one: a whale, round which no arms come."""
    return other.extent.top > 1.05 * one.tall and other.extent.width > 2.5 * one.tall


def unequal(one: float, other: float) -> bool:
    """Whether one of two heights is that of a child beside the other, who dances with it hands in hands."""
    return min(one, other) < 0.76 * max(one, other)


def clear_gap(left: Placed, right: Placed) -> float:
    """Metres between the ground points of two of whom no hand and no foot lies over the other."""
    return left.extent.right - right.extent.left + 0.06 * min(left.tall, right.tall)


def ahead(figure: Placed) -> float:
    """Metres from somebody's ground point to the tip of its nose, or half its width where that is unknown."""
    left, right = -figure.extent.left, figure.extent.right
    if figure.facing not in (Facing.left, Facing.right):
        return 0.5 * (left + right)
    return right if figure.facing is Facing.right else left


def turned(figure: Placed, facing: Facing) -> Placed:
    """Turned that way, with the room that it then takes."""
    if figure.facing is facing or figure.facing not in (Facing.left, Facing.right):
        return replace(figure, facing=facing)
    e = figure.extent
    mirrored = replace(e, left=-e.right, right=-e.left, face_x=-e.face_x)
    return replace(figure, facing=facing, extent=mirrored)
