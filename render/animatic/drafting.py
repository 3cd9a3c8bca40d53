"""Drafting: the sheet on a slanting board on which a plan is drawn line by line, the pencil at its end.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

import skia

from .figures.shapes import Point, ellipse, line, polygon
from .ink import Ink

Line = tuple[Point, ...]
_PLAN: tuple[Line, ...] = (
    ((0.31, -0.57), (0.31, -0.7), (0.375, -0.79), (0.42, -0.7), (0.42, -0.57), (0.31, -0.57)),
    ((0.31, -0.7), (0.42, -0.7)),
    ((0.35, -0.57), (0.35, -0.65), (0.4, -0.65), (0.4, -0.57)),
    ((0.28, -0.57), (0.28, -0.79)),
    ((0.31, -0.53), (0.42, -0.53)),
)
"""The lines of a plan, one after the other: what is planned, from the front, and its measures; within reach
of the arm."""
_STICK = 0.2
"""How far a pencil comes out of the fist at most."""
_DONE = 0.9
"""Share of the shot at which the plan is finished."""


@lru_cache(maxsize=8)
def _length(lines: tuple[Line, ...]) -> float:
    return sum(math.dist(a, b) for path in lines for a, b in pairwise(path))


def strokes(lines: tuple[Line, ...], share: float) -> tuple[list[list[Point]], Point]:
    """The lines as far as they are drawn at ``share`` (0 to 1) of the shot, and the tip that draws."""
    left = _length(lines) * min(1.0, max(0.02, share / _DONE))
    drawn: list[list[Point]] = []
    tip = lines[0][0]
    for path in lines:
        if left <= 0:
            break
        points = [path[0]]
        for a, b in pairwise(path):
            far = math.dist(a, b)
            part = min(1.0, left / far)
            tip = a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
            points.append(tip)
            left -= far
            if left <= 0:
                break
        drawn.append(points)
    return drawn, tip


def draft(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A drawing board on its legs, a pale sheet pinned to it, and the plan as far as it goes."""
    for foot in (0.26, 0.78):
        ink.mark(canvas, line([(0.52, -0.6), (foot, 0.0)]), "#6f4c30", 0.03)
    ink.piece(canvas, polygon([(0.2, -0.42), (0.84, -0.42), (0.78, -0.97), (0.26, -0.97)]), "#8a5c38")
    ink.piece(canvas, polygon([(0.24, -0.455), (0.8, -0.455), (0.75, -0.94), (0.29, -0.94)]), "#eaf2fa")
    for x, y in ((0.31, -0.92), (0.73, -0.92), (0.77, -0.475), (0.265, -0.475)):
        ink.piece(canvas, ellipse(x, y, 0.011, 0.011), "#c8342e")
    ink.mark(canvas, ellipse(0.66, -0.72, 0.06, 0.06), "#2f5fa8", 0.011)  # a wheel of it, drawn before
    for n in range(4):
        a = math.pi * n / 4
        dx, dy = 0.06 * math.cos(a), 0.06 * math.sin(a)
        ink.mark(canvas, line([(0.66 - dx, -0.72 - dy), (0.66 + dx, -0.72 + dy)]), "#2f5fa8", 0.007)
    for n in range(3):
        y = -0.58 + 0.035 * n
        ink.mark(canvas, line([(0.6, y), (0.72 - 0.03 * (n % 2), y)]), "#7f9cc4", 0.008)
    for points in strokes(_PLAN, share)[0]:
        ink.mark(canvas, line(points), "#2f5fa8", 0.013)


def pencil_at(share: float) -> Point:
    """Where the point of the pencil is."""
    return strokes(_PLAN, share)[1]


def stick(canvas: skia.Canvas, ink: Ink, tip: Point, colour: str, point: str, fist: Point) -> None:
    """A pencil or a piece of chalk out of the ``fist``, its point at ``tip`` or as near as the arm comes."""
    away = max(0.01, math.dist(fist, tip))
    along = ((tip[0] - fist[0]) / away, (tip[1] - fist[1]) / away)
    far = min(away, _STICK)

    def at(share: float) -> Point:
        return fist[0] + along[0] * share, fist[1] + along[1] * share

    ink.mark(canvas, line([at(-0.02), at(far - 0.02)]), colour, 0.022)
    ink.mark(canvas, line([at(far - 0.02), at(far)]), point, 0.012)
