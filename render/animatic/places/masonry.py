"""Masonry: a baker's oven of bricks, the same one at the far wall of a bakery and before who bakes in it."""

from __future__ import annotations

import skia

from ..ink import Ink
from .brush import Point, smooth, straight

HALF = 1.32
"""Metres from the middle of an oven to where its stone sill ends."""
MOUTH = 0.72
"""Half the width of its mouth, in metres."""
SILL = 0.88
"""Metres up to the stone on which a loaf goes in."""
DOME = 2.5
"""Metres up to where its chimney begins."""
_BRICK, _STONE = "#b5694c", "#8a8078"


def brick_oven(canvas: skia.Canvas, ink: Ink, fire: Ink, top: float, loaves: int = 0) -> None:
    """An oven from the middle of its foot, in metres, with a chimney of ``top``: fire and ``loaves`` loaves
    in its mouth, which is drawn with the hand ``fire`` that no night darkens."""
    dome = [(-1.25, 0.0), (-1.25, 1.5), (-0.7, 2.25), (0.0, DOME), (0.7, 2.25), (1.25, 1.5), (1.25, 0.0)]
    ink.piece(canvas, smooth(dome), _BRICK, shade=-0.04)
    _block(canvas, ink, -1.25, -0.02, 2.5, 0.9, _BRICK)
    for row in range(8):
        for k in range(6):
            left = -1.15 + 0.4 * k + (0.2 if row % 2 else 0)
            if left + 0.34 < (1.2 if row < 6 else 0.9) and (row < 6 or left > -0.9):
                tone = (-0.12, 0.1, 0.0)[(k + row) % 3]
                _block(canvas, ink, left, 0.06 + 0.24 * row, 0.34, 0.17, _BRICK, tone)
    _block(canvas, ink, -0.34, DOME - 0.15, 0.68, top, _BRICK, -0.16)
    half = [(-MOUTH, 0.86), (-MOUTH, 1.3), (-0.45, 1.62)]
    mouth = [*half, (0.0, 1.74), *((-x, y) for x, y in reversed(half))]
    ink.piece(canvas, straight([(1.16 * x, 0.84 + 1.14 * (y - 0.86)) for x, y in mouth]), _STONE)
    ink.piece(canvas, straight(mouth), "#3a2018")
    for k in range(5):
        x = -0.46 + 0.23 * k
        flame = [(x - 0.15, 0.9), (x, 1.42 - 0.1 * (k % 2)), (x + 0.15, 0.9)]
        fire.piece(canvas, smooth(flame), "#f5893a")
        fire.piece(canvas, smooth([(x - 0.07, 0.9), (x, 1.18), (x + 0.07, 0.9)]), "#ffdb7a")
    ink.glow(canvas, 0.0, -1.2, 2.2, "#ff9a4a", 0.45)
    for k in range(loaves):
        loaf(canvas, ink, -0.42 + 0.42 * k, SILL, 0.19)
    _block(canvas, ink, -HALF, SILL - 0.1, 2 * HALF, 0.1, _STONE)


def loaf(canvas: skia.Canvas, ink: Ink, x: float, y: float, r: float) -> None:
    """A loaf from the middle of its foot, ``r`` metres long to each side, with three cuts in its crust."""
    crust: list[Point] = [
        (x - r, y),
        (x - 0.85 * r, y + 0.62 * r),
        (x, y + 0.95 * r),
        (x + 0.85 * r, y + 0.62 * r),
        (x + r, y),
    ]
    ink.piece(canvas, smooth(crust), "#c98a45")
    for k in (-1, 0, 1):
        cut = skia.Path()
        cut.moveTo(x + 0.38 * r * k - 0.1 * r, -(y + 0.5 * r))
        cut.lineTo(x + 0.38 * r * k + 0.12 * r, -(y + 0.78 * r))
        ink.mark(canvas, cut, "#f0d49a", 0.12 * r)


def _block(
    canvas: skia.Canvas, ink: Ink, x: float, y: float, w: float, h: float, colour: str, shade: float = 0.0
) -> None:
    path = skia.Path()
    path.addRect(skia.Rect.MakeLTRB(x, -(y + h), x + w, -y))
    ink.piece(canvas, path, colour, shade=shade)
