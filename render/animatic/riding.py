"""Riding: the saddle under a rider, and the reins from its hand to the bit. In the rider's metres, y down."""

from __future__ import annotations

import skia

from .figures.shapes import Point, line, smooth
from .ink import Ink, shaded

LEATHER, CLOTH = "#6a3f26", "#a8443c"


def saddle(canvas: skia.Canvas, ink: Ink, seat: float, side: float) -> None:
    """A cloth and a saddle, ``seat`` metres above the rider's ground point; ``side`` -1 faces left."""
    y = -seat

    def at(x: float, down: float) -> Point:
        return side * x, y + down

    cloth = [at(-0.34, 0.05), at(0.28, 0.05), at(0.3, 0.4), at(-0.36, 0.42)]
    ink.piece(canvas, smooth(cloth, tension=0.2), CLOTH, shade=-0.1)
    ink.mark(canvas, line([at(-0.34, 0.37), at(0.28, 0.35)]), "#f0c860", 0.025)
    shape = [at(-0.32, -0.1), at(-0.2, 0.02), at(0.08, 0.03), at(0.22, -0.08), at(0.24, 0.1), at(-0.3, 0.12)]
    ink.piece(canvas, smooth(shape, tension=0.35), LEATHER)


def reins(canvas: skia.Canvas, ink: Ink, hand: Point, bit: Point, side: float) -> None:
    """A rein that hangs from the rider's hand to the corner of the mouth, and the strap around the muzzle."""
    sag = (0.45 * hand[0] + 0.55 * bit[0], max(hand[1], bit[1]) * 0.5 + 0.5 * (hand[1] + bit[1]) / 2 + 0.1)
    path = skia.Path()
    path.moveTo(*hand)
    path.quadTo(*sag, *bit)
    ink.mark(canvas, path, shaded(LEATHER, -0.2), 0.024)
    strap = [(bit[0] - side * 0.02, bit[1] - 0.16), bit, (bit[0] + side * 0.02, bit[1] + 0.04)]
    ink.mark(canvas, line(strap), shaded(LEATHER, -0.2), 0.026)
