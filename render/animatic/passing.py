"""Passing: what would be behind a head only later in a shot, or only for a part of its height. Pure.

The places of heads are found for one moment (``clearing.py``); who walks and a moving camera pass by more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .blocking import Placed
from .camera import Pose
from .headroom import Head, behind, kept_free, nearest
from .places.recipes import Layer

Moment = tuple[Pose, Sequence[Head]]
"""The pose of a moment and the heads as they are then."""


def moments(
    figures: Sequence[Placed], poses: Sequence[Pose], length: float, roofs: Sequence[Placed] = ()
) -> tuple[Moment, ...]:
    """Poses at equal steps through a shot of ``length`` seconds, each with the heads where they are then.

    ``roofs`` are what is held over heads, each placed as its bearer is.
    """
    found = []
    for k, pose in enumerate(poses):
        now = length * k / max(1, len(poses) - 1)
        there, over = ([replace(p, x=p.walked(now, length)) for p in row] for row in (figures, roofs))
        found.append((pose, kept_free(there, over)))
    return tuple(found)


def passed(seen: Sequence[Moment], depth: float, pose: Pose, *, bodies: bool = False) -> list[Head]:
    """The heads of all moments as they stand before a sheet at ``depth``, as heads at that depth.

    Their heights are those at which they are seen there from ``pose``. With ``bodies`` broad ones too.
    """
    found = []
    for then, heads in seen:
        for head in heads:
            if head.giant or (head.body and not bodies):
                continue
            x, half = behind(head, depth, then, 0.0)
            low, high = (_up(y, head.depth, depth, then, pose) for y in (head.low, head.high))
            found.append(replace(head, x=x, half=half, depth=depth, low=low, high=high))
    return found


def _up(y: float, near: float, depth: float, then: Pose, pose: Pose) -> float:
    """Metres up at ``depth`` and from ``pose`` of what is ``y`` metres up at ``near`` and from ``then``."""
    row = then.at(0.0, y, near)[1]
    return pose.height + (pose.horizon - row) / pose.scale(depth)


def rail_aside(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    """A staircase whose rail goes up behind no head: it begins farther along the wall, where that helps."""
    if layer.piece != "staircase":
        return layer
    at = float(layer.options.get("x", 1.3))
    taken = []
    for head in passed([(pose, seen)], layer.depth, pose):
        middle = flip * head.x
        low, high = ((y - _RAIL) / _STEEP for y in (head.low - _AIR, head.high + _AIR))
        taken.append((middle - head.half - high, middle + head.half - low))

    def free(x: float) -> bool:
        return x >= at and not any(low < x < high for low, high in taken)

    return replace(layer, options={**layer.options, "x": nearest(at, 0.2, _STEPS, free, at)})


_RAIL, _STEEP = 1.02, 0.75
"""Metres up at which the rail of a staircase begins over its foot, and how much it rises a metre."""
_AIR = 0.1
"""Metres between a rail and a head."""
_STEPS = 18
"""Of 0.2 m: how far a staircase is moved at most."""
