"""The trunk as a turned cylinder: where a button, strap or seam lies on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from .anatomy import Anatomy
from .shapes import Point, line, smooth
from .skeleton import Skeleton

_LEVELS = (0.0, 0.1, 0.3, 0.58, 0.95, 1.3)


class Torso:
    """Maps (degrees round the trunk, 0 at the breastbone; 0 shoulders to 1 hips) to the page."""

    def __init__(self, body: Anatomy, bones: Skeleton, bulk: float = 1.0) -> None:
        self.bones = bones
        yaw = math.radians(bones.yaw)
        self.sin, self.cos = math.sin(yaw), math.cos(yaw)
        fronts = (
            body.shoulder * 0.74,
            body.shoulder * 1.02,
            body.shoulder * 0.93,
            body.waist,
            body.hip,
            body.hip,
        )
        deep = body.depth
        depths = (deep * 0.62, deep * 0.98, deep * 1.12 * body.bust, deep * 1.02, deep * 1.12, deep * 1.12)
        self._fronts = [f * bulk for f in fronts]
        self._depths = [d * bulk for d in depths]
        (ax, ay), (bx, by) = bones.chest.at, bones.hip.at
        self._top = (ax, ay)
        self._down = (bx - ax, by - ay)
        size = math.hypot(bx - ax, by - ay) or 1e-6
        self._right = (self._down[1] / size, -self._down[0] / size)

    def _radii(self, v: float) -> tuple[float, float]:
        for i in range(1, len(_LEVELS)):
            if v <= _LEVELS[i] or i == len(_LEVELS) - 1:
                share = min(1.0, max(0.0, (v - _LEVELS[i - 1]) / (_LEVELS[i] - _LEVELS[i - 1])))
                f = self._fronts[i - 1] + (self._fronts[i] - self._fronts[i - 1]) * share
                d = self._depths[i - 1] + (self._depths[i] - self._depths[i - 1]) * share
                return f, d
        raise AssertionError(v)

    def _place(self, x: float, v: float) -> Point:
        return (
            self._top[0] + self._down[0] * v + self._right[0] * x,
            self._top[1] + self._down[1] * v + self._right[1] * x,
        )

    def at(self, angle: float, v: float, out: float = 1.0) -> Point:
        """The point ``angle`` degrees round from the breastbone (positive to screen right when facing)."""
        f, d = self._radii(v)
        a = math.radians(angle)
        return self._place(out * (f * math.sin(a) * self.cos + d * math.cos(a) * self.sin), v)

    def seen(self, angle: float) -> bool:
        """Whether the surface there faces the camera."""
        a = math.radians(angle)
        return math.cos(a) * self.cos - math.sin(a) * self.sin > 0.02

    def half(self, v: float) -> float:
        """Half the width of the trunk on the page."""
        f, d = self._radii(v)
        return math.hypot(f * self.cos, d * self.sin)

    def edge(self, side: int, v: float, out: float = 1.0) -> Point:
        """The silhouette at ``v`` on the page's left (-1) or right (1)."""
        return self._place(side * self.half(v) * out, v)

    def outline(self, hem: float = 1.04, start: float = 0.0, out: float = 1.0) -> skia.Path:
        """The trunk from ``start`` to the hem."""
        levels = [v for v in (0.02, 0.12, 0.32, 0.58, 0.82) if v >= start] + [hem]
        right = [self.edge(1, v, out) for v in levels]
        left = [self.edge(-1, v, out) for v in reversed(levels)]
        neck = [self._place(0.0, -0.03)] if start == 0.0 else []
        return smooth([*neck, *right, *left], tension=0.45)

    def panel(self, corners: Sequence[tuple[float, float]], out: float = 1.0) -> skia.Path:
        """A closed shape through (angle, level) points; hidden angles are drawn in to the edge."""
        return smooth([self.at(self.inside(a), v, out) for a, v in corners], tension=0.25)

    def seam(self, points: Sequence[tuple[float, float]]) -> skia.Path:
        """A line through (angle, level) points."""
        return line([self.at(self.inside(a), v) for a, v in points])

    def inside(self, angle: float) -> float:
        """The angle, moved to the visible half of the trunk."""
        middle = math.degrees(math.atan2(-self.sin, self.cos))
        reach = ((angle - middle) + 180) % 360 - 180
        return middle + max(-88.0, min(88.0, reach))


def hull(points: Sequence[Point]) -> list[Point]:
    """Convex hull, in order (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def chain(run: Sequence[Point]) -> list[Point]:
        out: list[Point] = []
        for p in run:
            while (
                len(out) > 1
                and (
                    (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1])
                    - (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0])
                )
                <= 0
            ):
                out.pop()
            out.append(p)
        return out[:-1]

    return chain(ordered) + chain(ordered[::-1])
