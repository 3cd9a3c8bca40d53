"""Abreast: where two are who go, sit, swim or lie beside each other. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed
from .reach import clear_gap, towers, turned

_SNOUT = 0.24
"""Heights of the smaller of two beasts that sit face to face which are between muzzle and muzzle."""

_AHEAD = 0.2
"""Heights of the taller of two who go, one of them a beast, from a nose to the back of who goes before it."""


def side_by_side(one: Placed, other: Placed, armed: bool = False) -> dict[str, Placed]:
    """Two who do the same, near and turned the same way; who lies has the head at that of the other.

    ``armed``: one has arms that it holds away from itself.
    """
    way = 1.0 if one.x <= other.x else -1.0
    speed = max(abs(one.walks), abs(other.walks)) * (-1.0 if Facing.left in (one.facing,) else 1.0)
    middle, depth = (one.x + other.x) / 2, min(one.depth, other.depth)
    swims = one.sunk or other.sunk
    goes = one.walks or other.walks
    lies = one.extent.width > 1.3 * one.extent.height and not goes  # a beast that runs is as long
    if lies and not swims and one.facing is other.facing and not (_prone(one) or _prone(other)):
        return _head_to_head(*((one, other) if way > 0 else (other, one)))
    gap = max(0.22 * (one.tall + other.tall), 0.5 * (one.extent.width + other.extent.width))
    if goes:  # no tail lies on whoever goes behind
        left, right = (one, other) if way > 0 else (other, one)
        beast = any(p.extent.width > p.extent.height for p in (one, other))
        free = _AHEAD * max(one.tall, other.tall) if beast else 0.1 * min(one.tall, other.tall)
        gap = max(gap, left.extent.right - right.extent.left + free)
    if (towers(one, other) or armed) and not swims:  # nobody sits on the foot of a giant, or under an elbow
        gap = max(gap, clear_gap(*((one, other) if way > 0 else (other, one))))
    if (one.facing is not other.facing or lies) and not swims:  # face to face
        one, other = (
            turned(p, Facing.right if (p is one) == (way > 0) else Facing.left) for p in (one, other)
        )
        left, right = (one, other) if way > 0 else (other, one)
        # No whiskers are on a cheek, and no shoe is on a stool.
        free = _SNOUT if left.extent.face_x or right.extent.face_x else 0.14
        gap = left.extent.right - right.extent.left + free * min(one.tall, other.tall)
    if swims:  # heads are seen one behind the other, not a body's length apart
        gap, depth = 0.62 * max(one.extent.width, other.extent.width), max(one.depth, other.depth)
        front, rear = (other, one) if (way > 0) == (speed >= 0) else (one, other)
        ahead, astern = rear.extent.face_x, front.extent.left  # a head is clear of the other's body
        if speed < 0:
            ahead, astern = -rear.extent.face_x, -front.extent.right
        gap = max(gap, ahead + rear.extent.face + 0.3 * max(0.6, rear.tall) - astern)
        other = replace(other, depth=depth + 0.7)
        far = replace(other, x=middle + way * gap / 2, walks=speed if other.walks else 0.0)
        near = replace(one, x=middle - way * gap / 2, depth=depth, walks=speed if one.walks else 0.0)
        return {one.id: near, other.id: far}
    near = replace(one, x=middle - way * gap / 2, depth=depth, walks=speed if one.walks else 0.0)
    far = replace(other, x=middle + way * gap / 2, depth=depth + 0.1, walks=speed if other.walks else 0.0)
    return {one.id: near, other.id: far}


def _prone(placed: Placed) -> bool:
    """Whether the head of who lies is ahead, as a beast's, whose tail would else be in the other's."""
    return placed.extent.face_x * (-1.0 if placed.facing is Facing.left else 1.0) > 0.0


def _head_to_head(left: Placed, right: Placed) -> dict[str, Placed]:
    """Two who lie with their heads together, their feet outwards: on their backs the head is behind."""
    middle, depth = (left.x + right.x) / 2, min(left.depth, right.depth)
    near = {}
    for placed, way in ((left, -1.0), (right, 1.0)):
        extent = placed.extent
        head = -extent.left if placed.facing is not Facing.left else extent.right
        facing = Facing.right if way > 0 else Facing.left
        near[placed.id] = replace(placed, x=middle + way * head, depth=depth, facing=facing)
    return near
