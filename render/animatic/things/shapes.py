"""The shapes that drawings are made of: numbers in, a path out. Pure geometry.

Points are in a drawing's own units, x to the right of its middle, y UP from the ground.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import skia

Numbers = Sequence[float]


def rect(n: Numbers) -> skia.Path:
    """Corners x0 y0 x1 y1."""
    return _made(lambda path: path.addRect(_box(n)))


def rrect(n: Numbers) -> skia.Path:
    """Corners x0 y0 x1 y1 and the radius they are rounded by."""
    return _made(lambda path: path.addRRect(skia.RRect.MakeRectXY(_box(n), n[4], n[4])))


def oval(n: Numbers) -> skia.Path:
    """Centre x y and two radii."""
    x, y, rx, ry = n
    return _made(lambda path: path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry)))


def disc(n: Numbers) -> skia.Path:
    """Centre x y and radius."""
    return oval((n[0], n[1], n[2], n[2]))


def ring(n: Numbers) -> skia.Path:
    """Centre x y, outer and inner radius."""
    x, y, outer, inner = n
    path = disc((x, y, outer))
    path.addCircle(x, y, inner)
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def poly(n: Numbers) -> skia.Path:
    """A closed polygon through x y pairs."""
    return skia.Path.Polygon([skia.Point(x, y) for x, y in pairs(n)], True)


def curve(n: Numbers) -> skia.Path:
    """A closed smooth outline through x y pairs; a pair given twice is a corner (Catmull-Rom)."""
    return _smooth(pairs(n), closed=True)


def bow(n: Numbers) -> skia.Path:
    """An open smooth line through x y pairs."""
    return _smooth(pairs(n), closed=False)


def line(n: Numbers) -> skia.Path:
    """An open line through x y pairs."""
    return skia.Path.Polygon([skia.Point(x, y) for x, y in pairs(n)], False)


def arch(n: Numbers) -> skia.Path:
    """A box x0 y0 x1 y1 whose top is half an oval as high as the box is half wide."""
    x0, y0, x1, y1 = n
    radius = (x1 - x0) / 2
    points = [(x0, y0)]
    points += [
        ((x0 + x1) / 2 - radius * math.cos(a), y1 - radius + radius * math.sin(a))
        for a in (math.pi * i / 24 for i in range(25))
    ]
    return poly([v for p in [*points, (x1, y0)] for v in p])


def dome(n: Numbers) -> skia.Path:
    """Half an oval that fills x0 y0 x1 y1, flat side down (up, where y1 is under y0)."""
    x0, y0, x1, y1 = n
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    turns = (math.pi * i / 28 for i in range(29))
    return poly([v for a in turns for v in (middle - half * math.cos(a), y0 + (y1 - y0) * math.sin(a))])


def star(n: Numbers) -> skia.Path:
    """Centre x y, outer and inner radius, points."""
    x, y, outer, inner, points = n
    corners: list[float] = []
    for i in range(round(points) * 2):
        r, a = (outer, inner)[i % 2], math.pi * i / points
        corners += [x + r * math.sin(a), y + r * math.cos(a)]
    return poly(corners)


def gear(n: Numbers) -> skia.Path:
    """Centre x y, radius, teeth."""
    x, y, radius, teeth = n
    corners: list[float] = []
    for i in range(round(teeth)):
        for share, r in ((-0.32, 0.82), (-0.2, 1.0), (0.2, 1.0), (0.32, 0.82)):
            a = 2 * math.pi * (i + share) / teeth
            corners += [x + r * radius * math.sin(a), y + r * radius * math.cos(a)]
    return poly(corners)


def spokes(n: Numbers) -> skia.Path:
    """Lines from a centre x y to a radius, so many of them."""
    x, y, radius, count = n
    path = skia.Path()
    for i in range(round(count)):
        a = 2 * math.pi * i / count
        path.moveTo(x, y)
        path.lineTo(x + radius * math.sin(a), y + radius * math.cos(a))
    return path


def tongue(x: float, y: float, height: float, lean: float) -> skia.Path:
    """A tongue of flame from ``y`` up, its tip leaning aside by ``lean``."""
    w = height * 0.3
    points = [
        (x, y),
        (x + w, y + height * 0.26),
        (x + w * 0.62 + lean * 0.4, y + height * 0.58),
        (x + lean, y + height),
        (x + lean, y + height),
        (x - w * 0.72 + lean * 0.3, y + height * 0.56),
        (x - w, y + height * 0.24),
    ]
    return _smooth(points, closed=True)


FILLED: dict[str, tuple[Callable[[Numbers], skia.Path], int]] = {
    "rect": (rect, 4),
    "rrect": (rrect, 5),
    "oval": (oval, 4),
    "disc": (disc, 3),
    "ring": (ring, 4),
    "poly": (poly, 0),
    "curve": (curve, 0),
    "arch": (arch, 4),
    "dome": (dome, 4),
    "star": (star, 5),
    "gear": (gear, 4),
}
"""Closed shapes and how many numbers each takes (0 for any even number of six or more)."""

DRAWN: dict[str, tuple[Callable[[Numbers], skia.Path], int]] = {
    "line": (line, 0),
    "bow": (bow, 0),
    "spokes": (spokes, 4),
}
"""Lines; the first number in a drawing is their width, and is not among these."""


def pairs(n: Numbers) -> list[tuple[float, float]]:
    """x y x y ... as points."""
    return list(zip(n[::2], n[1::2], strict=True))


def _made(draw: Callable[[skia.Path], object]) -> skia.Path:
    path = skia.Path()
    draw(path)
    return path


def _box(n: Numbers) -> skia.Rect:
    return skia.Rect.MakeLTRB(min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3]))


def _smooth(points: Sequence[tuple[float, float]], *, closed: bool) -> skia.Path:
    count = len(points)

    def at(i: int) -> tuple[float, float]:
        return points[i % count] if closed else points[max(0, min(count - 1, i))]

    path = skia.Path()
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(i - 1), at(i), at(i + 1), at(i + 2)
        if (bx, by) == (cx, cy):
            continue
        path.cubicTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
    if closed:
        path.close()
    return path
