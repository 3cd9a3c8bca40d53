"""Baking: the oven of bricks, the loaf on its long shovel that goes in pale and comes out brown.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math
from itertools import pairwise

import skia

from .chores import DESK_TOP
from .easing import smoothstep
from .figures.shapes import Point, ellipse, line, polygon, rounded, smooth
from .ink import Ink, mixed, shaded

_MOUTH = 1.1
"""The middle of the mouth of the oven, ahead."""
_HALF = 0.57
"""Half its width."""


def peeled(share: float) -> float:
    """How far the shovel is in the oven, when ``share`` of the shot has gone: 0 outside, 1 in it."""
    into = min(1.0, max(0.0, (share - 0.2) / 0.22))
    out = min(1.0, max(0.0, (share - 0.6) / 0.22))
    return smoothstep(into) - smoothstep(out)


def oven(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """An oven of bricks with its fire seen in the arch of its mouth: the one of a bakery."""
    brick = "#c07c5e"
    ink.piece(canvas, rounded(0.9, -4.0, 1.3, -1.2, 0.0), shaded(brick, -0.16))
    side: list[Point] = [(0.0, -1.44), (0.36, -1.3), (0.56, -0.92), (0.57, -0.5)]
    dome = [(_MOUTH - x, y) for x, y in reversed(side)] + [(_MOUTH + x, y) for x, y in side[1:]]
    foot = [(_MOUTH + _HALF, 0.0), (_MOUTH - _HALF, 0.0)]
    ink.piece(canvas, polygon([*foot, *_rounded(dome)]), brick)
    for row in range(8):
        y, reach = -0.16 - 0.145 * row, _HALF - 0.06 - (0.0 if row < 5 else 0.09 * (row - 4))
        for k in range(6):
            x = _MOUTH - 0.53 + 0.2 * k + (0.1 if row % 2 else 0.0)
            if (abs(x - _MOUTH) < 0.26 and -0.9 < y < -0.32) or abs(x + 0.08 - _MOUTH) > reach:
                continue
            tone = shaded(brick, (-0.12, 0.1, 0.0)[(k + row) % 3])
            ink.piece(canvas, rounded(x, y, x + 0.17, y + 0.095, 0.0), tone)
    ink.piece(canvas, _arch(0.3, -0.9), "#8a8078")
    ink.piece(canvas, _arch(0.24, -0.82), "#3a2018")
    ink.glow(canvas, _MOUTH, -0.5, 0.34, "#ff9a3a", 0.75)
    for n in range(5):
        x = _MOUTH - 0.13 + 0.065 * n
        high = 0.1 + 0.05 * math.sin(share * 50 + n * 2.1)
        flame = [(x - 0.035, -0.4), (x - 0.01, -0.4 - 0.6 * high), (x, -0.4 - high), (x + 0.035, -0.4)]
        ink.piece(canvas, smooth(flame), "#ff8a2a" if n % 2 else "#ffc23f")
    ink.piece(canvas, rounded(_MOUTH - 0.6, -0.41, _MOUTH + 0.6, -0.35, 0.01), "#8a8078")


def _rounded(points: list[Point]) -> list[Point]:
    """The points of an outline with its corners cut once, so that it looks round."""
    found: list[Point] = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        found += [
            (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
            (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
        ]
    return [*found, points[-1]]


def _arch(half: float, top: float) -> skia.Path:
    sides = [(_MOUTH - half, -0.38), (_MOUTH - half, top + half), (_MOUTH - 0.7 * half, top + 0.3 * half)]
    other = [(2 * _MOUTH - x, y) for x, y in reversed(sides)]
    return polygon([*sides, (_MOUTH, top), *other])


def peel(canvas: skia.Canvas, ink: Ink, top: Point, tip: Point, share: float) -> None:
    """The shovel from the hands to the loaf that lies on it: pale, in the glow, then brown and hot."""
    ink.mark(canvas, line([top, tip]), "#c89a5c", 0.03)
    ink.piece(canvas, rounded(tip[0] - 0.03, tip[1] - 0.014, tip[0] + 0.24, tip[1] + 0.014, 0.012), "#c89a5c")
    x, y = tip[0] + 0.11, tip[1] - 0.01
    baked = min(1.0, max(0.0, (share - 0.4) / 0.2))
    loaf(canvas, ink, x, y, baked)
    if baked >= 1.0:
        for n in range(3):
            phase = (share * 5 + n / 3) % 1.0
            up, wide = y - 0.14 - 0.16 * phase, x - 0.06 + 0.06 * n
            wave = [(wide, up + 0.05), (wide + 0.02, up + 0.015), (wide - 0.015, up - 0.03)]
            ink.mark(canvas, line(wave), "#ffffff", 0.016, alpha=0.8 * (1 - phase))


def loaf(canvas: skia.Canvas, ink: Ink, x: float, y: float, baked: float) -> None:
    """A loaf, paler or browner, the middle of its foot at a point."""
    crust = mixed("#f4e4bc", "#b9722e", baked)
    shape = [(x - 0.1, y), (x - 0.11, y - 0.05), (x - 0.05, y - 0.105), (x + 0.05, y - 0.105)]
    ink.piece(canvas, smooth([*shape, (x + 0.11, y - 0.05), (x + 0.1, y)], tension=0.35), crust)
    for n in (-1, 0, 1):
        cut = [(x + 0.05 * n - 0.016, y - 0.085), (x + 0.05 * n + 0.016, y - 0.04)]
        ink.mark(canvas, line(cut), mixed("#d9bd88", "#f2d9a0", baked), 0.014)
    ink.piece(canvas, ellipse(x - 0.04, y - 0.085, 0.02, 0.008), "#ffffff", alpha=0.3)


BOWL = (0.5, DESK_TOP - 0.06)
"""Where a spoon is dipped at a meal."""


def meal(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A laid table: a white cloth, a bowl that steams, bread and a cup."""
    for x in (0.36, 0.98):
        ink.piece(canvas, rounded(x - 0.02, DESK_TOP, x + 0.02, 0.0, 0.008), "#6f4c30")
    top = [(0.28, DESK_TOP + 0.01), (1.06, DESK_TOP + 0.01), (0.99, DESK_TOP - 0.06), (0.35, DESK_TOP - 0.06)]
    ink.piece(canvas, polygon(top), "#f4efe4")
    ink.piece(
        canvas,
        polygon([(0.28, DESK_TOP), (1.06, DESK_TOP), (1.04, DESK_TOP + 0.09), (0.3, DESK_TOP + 0.09)]),
        "#e4dccb",
    )
    for n in range(7):
        x = 0.33 + 0.115 * n
        ink.mark(canvas, line([(x, DESK_TOP + 0.01), (x, DESK_TOP + 0.085)]), "#c8342e", 0.014)
    x, y = BOWL
    bowl = [(x - 0.1, y - 0.02), (x + 0.1, y - 0.02), (x + 0.06, y + 0.055), (x - 0.06, y + 0.055)]
    ink.piece(canvas, smooth(bowl, tension=0.25), "#4f7fb8")
    ink.piece(canvas, ellipse(x, y - 0.02, 0.1, 0.02), "#e2a24a")
    for n in range(3):
        phase = (share * 6 + n / 3) % 1.0
        up, at = y - 0.06 - 0.2 * phase, x - 0.05 + 0.05 * n
        wave = [(at, up + 0.05), (at + 0.02, up + 0.015), (at - 0.015, up - 0.03)]
        ink.mark(canvas, line(wave), "#ffffff", 0.016, alpha=0.75 * (1 - phase))
    loaf(canvas, ink, x + 0.28, DESK_TOP - 0.03, 0.9)
    ink.piece(canvas, rounded(x + 0.42, DESK_TOP - 0.12, x + 0.49, DESK_TOP - 0.03, 0.012), "#c85a4a")
