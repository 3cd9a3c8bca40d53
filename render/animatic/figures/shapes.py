"""Closed and open curves that figures are cut from. Coordinates: x right, y down."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence

import skia

Point = tuple[float, float]


def smooth(points: Sequence[Point], *, closed: bool = True, tension: float = 0.5) -> skia.Path:
    """A curve through the points: cubic Bezier pieces with Catmull-Rom tangents (0 tension: straight)."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    last = count if closed else count - 1
    k = tension / 3
    for i in range(last):
        before = points[i - 1] if closed or i > 0 else points[0]
        here, there = points[i], points[(i + 1) % count]
        after = points[(i + 2) % count] if closed or i + 2 < count else points[-1]
        path.cubicTo(
            here[0] + (there[0] - before[0]) * k,
            here[1] + (there[1] - before[1]) * k,
            there[0] - (after[0] - here[0]) * k,
            there[1] - (after[1] - here[1]) * k,
            there[0],
            there[1],
        )
    if closed:
        path.close()
    return path


def polygon(points: Sequence[Point]) -> skia.Path:
    """A closed shape with straight edges."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def line(points: Sequence[Point]) -> skia.Path:
    """An open smooth line through the points, for ``Ink.mark``."""
    return smooth(points, closed=False)


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> skia.Path:
    """An ellipse around (x, y); ``turn`` in degrees, clockwise on the page."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(-rx, -ry, rx, ry))
    matrix = skia.Matrix.RotateDeg(turn) if turn else skia.Matrix()
    matrix.postTranslate(x, y)
    path.transform(matrix)
    return path


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> skia.Path:
    """A rectangle with round corners."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeLTRB(left, top, right, bottom), radius, radius)
    return path


def polar(angle: float, length: float) -> Point:
    """The vector of that length; degrees clockwise on the page from straight right."""
    return math.cos(math.radians(angle)) * length, math.sin(math.radians(angle)) * length


def star(x: float, y: float, outer: float, inner: float, tips: int = 5, turn: float = -90.0) -> skia.Path:
    """A star with sharp tips."""
    points = []
    for i in range(tips * 2):
        dx, dy = polar(turn + i * 180 / tips, outer if i % 2 == 0 else inner)
        points.append((x + dx, y + dy))
    return polygon(points)


def tube(spine: Sequence[Point], widths: Sequence[float]) -> skia.Path:
    """A tapered tube along the spine, round at both ends; ``widths`` are full widths at each point."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(spine) - 1
    for i, (x, y) in enumerate(spine):
        (ax, ay), (bx, by) = spine[max(0, i - 1)], spine[min(last, i + 1)]
        dx, dy = bx - ax, by - ay
        size = math.hypot(dx, dy) or 1e-6
        nx, ny = -dy / size * widths[i] / 2, dx / size * widths[i] / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return smooth([*left, _cap(spine, widths, last), *reversed(right), _cap(spine, widths, 0)])


def _cap(spine: Sequence[Point], widths: Sequence[float], end: int) -> Point:
    inner = 1 if end == 0 else end - 1
    (x, y), (ix, iy) = spine[end], spine[inner]
    size = math.hypot(x - ix, y - iy) or 1e-6
    reach = widths[end] * 0.42
    return x + (x - ix) / size * reach, y + (y - iy) / size * reach


def limb(top: Point, joint: Point, end: Point, widths: tuple[float, float, float]) -> skia.Path:
    """An arm or leg in one piece from ``top`` over the bent ``joint`` to ``end``, so no joint gapes."""
    a, b, c = widths
    return _in_one(top, joint, end, (a, (a + b) / 2, b * 1.02, b, b * 1.0, (b + c) / 2, c))


def bare_arm(top: Point, joint: Point, end: Point, g: float) -> skia.Path:
    """A bare arm in one piece: slim above the elbow, fuller below it, slim at the wrist; ``g`` its girth."""
    widths = (0.07, 0.066, 0.053, 0.05, 0.06, 0.052, 0.034)
    return _in_one(top, joint, end, tuple(g * w for w in widths))


def _in_one(top: Point, joint: Point, end: Point, widths: Sequence[float]) -> skia.Path:
    whole = tube(bent(top, joint, end), widths)
    ux, uy, vx, vy = top[0] - joint[0], top[1] - joint[1], end[0] - joint[0], end[1] - joint[1]
    if ux * vx + uy * vy > -0.6 * math.hypot(ux, uy) * math.hypot(vx, vy):  # bent so far that it folds over
        with contextlib.suppress(RuntimeError):  # what cannot be told apart stays as it is
            return skia.Simplify(whole)
    return whole


def between(a: Point, b: Point, share: float) -> Point:
    """The point at a share of the way from one to the other."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def bent(top: Point, joint: Point, end: Point) -> list[Point]:
    """Seven points along two bones with the corner softened."""
    before, after = between(joint, top, 0.16), between(joint, end, 0.16)
    corner = between(joint, between(before, after, 0.5), 0.35)
    return [top, between(top, joint, 0.45), before, corner, after, between(joint, end, 0.55), end]
