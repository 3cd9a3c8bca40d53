"""Aloft: sun and moon hang clear of outlines and over the ridge; no cloud peeps out behind a head. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .blocking import Placed
from .camera import Path, Pose
from .headroom import heads
from .light import Air
from .places.recipes import Recipe
from .weather import disc

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels of the sky as it is baked."""
_MOMENTS = (0.05, 0.5, 0.95)
_ASIDE = (0.0, 0.08, -0.08, 0.16, -0.16, 0.26, -0.26, 0.38, -0.38, 0.5, -0.5, 0.62, -0.62)
_UP = (0.0, 0.08, 0.16, 0.24)
"""Shares of the frame's width and height by which sun or moon may hang elsewhere."""
_EDGES, _TOP = (0.06, 0.94), 0.16
_ROUND = 1.3
"""Radii of free sky that it keeps round it."""
_LOW = 0.1
"""Height, in frames, under which the sun is at the horizon, behind what stands there."""
_FAR = 60.0
"""Metres from which mountains are a ridge before the sky."""


def outlines(
    figures: Sequence[Placed], path: Path, base: Pose, length: float, only_heads: bool = False
) -> tuple[Box, ...]:
    """Where bodies, or only heads, are before the sky at the start, the middle and the end of a shot."""
    found = []
    for share in _MOMENTS:
        now = share * length
        pose = path(now)
        grown = pose.focal / base.focal
        across, down = pose.centre - base.centre * grown, pose.horizon - base.horizon * grown
        for p in figures:
            if p.shoulder and only_heads:
                continue
            x = p.walked(now, length)
            left, top, right, low = x + p.extent.left, p.up + p.extent.top, x + p.extent.right, p.up
            if only_heads:
                (head,) = heads([replace(p, x=x)])
                left, top, right, low = head.x - head.half, head.high, head.x + head.half, head.low
            (x0, y0), (x1, y1) = pose.at(left, top, p.depth), pose.at(right, low, p.depth)
            found.append(
                ((x0 - across) / grown, (y0 - down) / grown, (x1 - across) / grown, (y1 - down) / grown)
            )
    return tuple(found)


def hung(
    recipe: Recipe, air: Air, pose: Pose, size: tuple[int, int], at: float, taken: Sequence[Box],
    keeps: Callable[[float], bool] = lambda at: True,
) -> tuple[float, Air]:  # fmt: skip
    """Where across the frame sun or moon hang, and the air with them as high, or without them.

    ``at`` is where they would hang, ``taken`` are the outlines, among which there may be no room for them;
    ``keeps`` says whether another place across the frame will do.
    """
    found = disc(air, size, pose.horizon, at)
    if found is None or air.sun is None:
        return at, air
    _, y, r = found
    ridge = _ridge(recipe, pose) if air.sun[1] >= _LOW else size[1]
    tried = sorted(
        ((abs(aside) + 0.8 * up, at + aside, y - up * size[1]) for aside in _ASIDE for up in _UP),
        key=lambda one: one[0],
    )
    for over in (ridge - r, size[1]):  # where peaks fill the frame it may hang before them
        for _, x, high in tried:
            high = min(high, over)
            if high < _TOP * size[1] and high < y:
                continue
            if x != at and not (_EDGES[0] < x < _EDGES[1] and keeps(x)):
                continue
            if any(_meets(x * size[0], high, _ROUND * r, box) for box in taken):
                continue
            if (x, high) == (at, y):
                return at, air
            side, _, colour = air.sun
            return x, replace(air, sun=(side, max(_LOW, (pose.horizon - high) / (0.8 * size[1])), colour))
    return at, replace(air, sun=None)


def _ridge(recipe: Recipe, pose: Pose) -> float:
    """The row of pixels over which no mountain rises."""
    tops = [
        pose.at(pose.x, float(la.options.get("high", 120)), la.depth)[1]
        for la in recipe.layers
        if la.piece == "mountains" and la.depth >= _FAR
    ]
    return min(tops, default=1e9)


def _meets(x: float, y: float, r: float, box: Box) -> bool:
    return box[0] - r < x < box[2] + r and box[1] - r < y < box[3] + r
