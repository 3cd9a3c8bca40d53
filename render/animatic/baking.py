"""Baking: the oven of bricks, the loaf on its long shovel that goes in pale and comes out brown.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math
from dataclasses import replace

import skia

from .chores import DESK_TOP
from .easing import smoothstep
from .figures.shapes import Point, ellipse, line, polygon, rounded, smooth
from .ink import Ink, mixed
from .places.masonry import HALF, MOUTH, brick_oven

_SIZE = 0.46
"""Heights of who bakes in a metre of the oven."""
_MIDDLE = 1.24
"""The middle of the oven, ahead."""
_NEAR = _MIDDLE - _SIZE * HALF
"""Where it begins."""
_JAMB = _MIDDLE + _SIZE * MOUTH
"""Where its mouth ends."""
_BUTT = 0.05
"""How far the shovel goes on behind the hands."""


def shovel(share: float) -> tuple[Point, Point]:
    """Where the hands and the end of its handle are, when ``share`` of the shot has gone."""
    at = peeled(share)
    return (-0.02 + 0.16 * at, -0.44), (0.36 + 0.66 * at, -0.45)


def peeled(share: float) -> float:
    """How far the shovel is in the oven, when ``share`` of the shot has gone: 0 outside, 1 in it."""
    into = min(1.0, max(0.0, (share - 0.2) / 0.22))
    out = min(1.0, max(0.0, (share - 0.6) / 0.22))
    return smoothstep(into) - smoothstep(out)


def oven(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """The oven of a bakery, before who bakes in it and turned to who looks on."""
    ink = replace(ink, line=ink.line / _SIZE)
    fire = replace(ink, light=(1.0, 1.0, 1.0), veiled=ink.veiled * 0.4)
    canvas.save()
    canvas.translate(_MIDDLE, 0.0)
    canvas.scale(_SIZE, _SIZE)
    brick_oven(canvas, ink, fire, 8.0)
    canvas.restore()


_WOOD, _WOOD_EDGE = "#f3dfb4", "#6b4526"
"""Of the shovel, which is seen before bricks, shelves and floor."""


def peel(canvas: skia.Canvas, ink: Ink, top: Point, tip: Point, share: float) -> None:
    """The shovel from the hands to the loaf that lies on it: pale, in the glow, then brown and hot."""
    x, y = tip
    lean = math.atan2(y - top[1], x - top[0])
    long = math.dist(tip, top) + _BUTT  # longer, it would stick out of a back
    butt = x - long * math.cos(lean), y - long * math.sin(lean)
    for colour, wide in ((_WOOD_EDGE, 0.048), (_WOOD, 0.032)):
        ink.mark(canvas, line([butt, tip]), colour, wide)
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
