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

_NEAR, _FAR = 0.72, 1.67
"""From where to where the oven reaches, ahead."""
_MOUTH = 0.96
"""The middle of its mouth, which is turned to who bakes and seen aslant."""
_JAMB = _MOUTH + 0.15
"""Where the near wall of the mouth begins: what has gone in further is behind it."""
_SILL = -0.41
"""How high the stone is on which the loaf goes in."""


def peeled(share: float) -> float:
    """How far the shovel is in the oven, when ``share`` of the shot has gone: 0 outside, 1 in it."""
    into = min(1.0, max(0.0, (share - 0.2) / 0.22))
    out = min(1.0, max(0.0, (share - 0.6) / 0.22))
    return smoothstep(into) - smoothstep(out)


def oven(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """An oven of bricks, its mouth with the fire in it turned to who bakes."""
    brick = "#c07c5e"
    ink.piece(canvas, rounded(1.16, -4.0, 1.5, -1.2, 0.0), shaded(brick, -0.16))
    dome: list[Point] = [
        (_NEAR, -0.5),
        (0.74, -0.92),
        (0.92, -1.3),
        (1.24, -1.44),
        (1.5, -1.3),
        (1.65, -0.92),
    ]
    ink.piece(canvas, polygon([(_NEAR, 0.0), *_rounded([*dome, (_FAR, -0.5)]), (_FAR, 0.0)]), brick)
    for row in range(8):
        y, lean = -0.16 - 0.145 * row, max(0.0, 0.08 * (row - 4))
        for k in range(5):
            x = _NEAR + 0.04 + 0.2 * k + (0.1 if row % 2 else 0.0)
            beside = x + 0.17 < _MOUTH - 0.26 or x > _MOUTH + 0.24 or not -0.96 < y < -0.3
            if beside and _NEAR + lean + 0.02 < x < _FAR - lean - 0.2:
                tone = shaded(brick, (-0.12, 0.1, 0.0)[(k + row) % 3])
                ink.piece(canvas, rounded(x, y, x + 0.17, y + 0.095, 0.0), tone)
    ink.piece(canvas, _arch(0.22, -0.98), "#8a8078")
    ink.piece(canvas, _arch(0.15, -0.88), "#3a2018")
    canvas.save()
    canvas.clipPath(_arch(0.15, -0.88), doAntiAlias=True)
    ink.glow(canvas, _MOUTH + 0.04, -0.52, 0.34, "#ff9a3a", 0.85)
    for n in range(4):
        x = _MOUTH - 0.06 + 0.065 * n
        high = 0.16 + 0.05 * math.sin(share * 50 + n * 2.1)
        flame = [(x - 0.04, -0.4), (x - 0.01, -0.4 - 0.6 * high), (x, -0.4 - high), (x + 0.04, -0.4)]
        ink.piece(canvas, smooth(flame), "#ff8a2a" if n % 2 else "#ffc23f")
    canvas.restore()
    ink.piece(canvas, rounded(_NEAR - 0.07, _SILL, _JAMB + 0.1, _SILL + 0.07, 0.012), "#9a9088")


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
    sides = [
        (_MOUTH - half, _SILL + 0.03),
        (_MOUTH - half, top + half),
        (_MOUTH - 0.7 * half, top + 0.3 * half),
    ]
    other = [(2 * _MOUTH - x, y) for x, y in reversed(sides)]
    return polygon([*sides, (_MOUTH, top), *other])


_WOOD, _WOOD_EDGE = "#f3dfb4", "#6b4526"
"""Of the shovel, which is seen before bricks, shelves and floor."""


def peel(canvas: skia.Canvas, ink: Ink, top: Point, tip: Point, share: float) -> None:
    """The shovel from the hands to the loaf that lies on it: pale, in the glow, then brown and hot."""
    canvas.save()
    canvas.clipRect(skia.Rect(-4.0, -4.0, _JAMB, 1.0), doAntiAlias=True)  # the rest is in the oven
    for colour, wide in ((_WOOD_EDGE, 0.048), (_WOOD, 0.032)):
        ink.mark(canvas, line([top, tip]), colour, wide)
    x, y = tip
    blade = [(x - 0.06, y), (x, y - 0.03), (x + 0.2, y - 0.03), (x + 0.24, y), (x + 0.23, y + 0.03)]
    ink.piece(canvas, polygon([*blade, (x, y + 0.03)]), _WOOD)
    ink.mark(canvas, line([(x, y + 0.03), (x + 0.23, y + 0.03)]), _WOOD_EDGE, 0.016)
    x, y = tip[0] + 0.11, tip[1] - 0.004
    baked = min(1.0, max(0.0, (share - 0.4) / 0.2))
    loaf(canvas, ink, x, y, baked)
    if baked >= 1.0:
        for n in range(3):
            phase = (share * 5 + n / 3) % 1.0
            up, wide = y - 0.14 - 0.16 * phase, x - 0.06 + 0.06 * n
            wave = [(wide, up + 0.05), (wide + 0.02, up + 0.015), (wide - 0.015, up - 0.03)]
            ink.mark(canvas, line(wave), "#ffffff", 0.016, alpha=0.8 * (1 - phase))
    canvas.restore()


def loaf(canvas: skia.Canvas, ink: Ink, x: float, y: float, baked: float) -> None:
    """A loaf, paler or browner, the middle of its foot at a point."""
    crust = mixed("#f4e4bc", "#b9722e", baked)
    shape = [(x - 0.1, y), (x - 0.11, y - 0.05), (x - 0.05, y - 0.105), (x + 0.05, y - 0.105)]
    ink.piece(canvas, smooth([*shape, (x + 0.11, y - 0.05), (x + 0.1, y)], tension=0.35), crust)
    for n in (-1, 0, 1):
        cut = [(x + 0.05 * n - 0.016, y - 0.085), (x + 0.05 * n + 0.016, y - 0.04)]
        ink.mark(canvas, line(cut), mixed("#d9bd88", "#f2d9a0", baked), 0.014)
    ink.piece(canvas, ellipse(x - 0.04, y - 0.085, 0.02, 0.008), "#ffffff", alpha=0.3)


BOWL = (0.44, DESK_TOP - 0.06)
"""Where a spoon is dipped at a meal."""


ACROSS = 1.48
"""Heights from one to the other of two who eat at one table."""


def meal(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A laid table: a white cloth, a bowl that steams, bread and a cup."""
    _laid(canvas, ink, 1.06)
    _bowl(canvas, ink, BOWL[0], share)
    loaf(canvas, ink, BOWL[0] + 0.28, DESK_TOP - 0.03, 0.9)
    _cup(canvas, ink, BOWL[0] + 0.42)


def supper(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A table laid for two who sit across it: a bowl before each, and bread between them."""
    _laid(canvas, ink, ACROSS - 0.38)
    for x in (BOWL[0], ACROSS - 0.1 - BOWL[0]):
        _bowl(canvas, ink, x, share)
    loaf(canvas, ink, ACROSS / 2 - 0.05, DESK_TOP - 0.03, 0.9)


def _laid(canvas: skia.Canvas, ink: Ink, end: float) -> None:
    """A table with a cloth, from the knees of who eats to ``end``; its legs stand clear of who sits at it."""
    for x in (0.5, end - 0.22):
        ink.piece(canvas, rounded(x - 0.025, DESK_TOP, x + 0.025, 0.0, 0.008), "#6f4c30")
    y = DESK_TOP
    ink.piece(
        canvas,
        polygon([(0.28, y + 0.01), (end, y + 0.01), (end - 0.07, y - 0.06), (0.35, y - 0.06)]),
        "#f4efe4",
    )
    ink.piece(canvas, polygon([(0.28, y), (end, y), (end - 0.02, y + 0.09), (0.3, y + 0.09)]), "#e4dccb")
    for n in range(round((end - 0.33) / 0.115)):
        x = 0.33 + 0.115 * n
        ink.mark(canvas, line([(x, y + 0.01), (x, y + 0.085)]), "#c8342e", 0.014)


def _bowl(canvas: skia.Canvas, ink: Ink, x: float, share: float) -> None:
    y = BOWL[1]
    bowl = [(x - 0.1, y - 0.02), (x + 0.1, y - 0.02), (x + 0.06, y + 0.055), (x - 0.06, y + 0.055)]
    ink.piece(canvas, smooth(bowl, tension=0.25), "#4f7fb8")
    ink.piece(canvas, ellipse(x, y - 0.02, 0.1, 0.02), "#e2a24a")
    for n in range(3):
        phase = (share * 6 + n / 3) % 1.0
        up, at = y - 0.06 - 0.2 * phase, x - 0.05 + 0.05 * n
        wave = [(at, up + 0.05), (at + 0.02, up + 0.015), (at - 0.015, up - 0.03)]
        ink.mark(canvas, line(wave), "#ffffff", 0.016, alpha=0.75 * (1 - phase))


def _cup(canvas: skia.Canvas, ink: Ink, x: float) -> None:
    ink.piece(canvas, rounded(x, DESK_TOP - 0.12, x + 0.07, DESK_TOP - 0.03, 0.012), "#c85a4a")
