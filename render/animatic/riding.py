"""Riding: saddle and stirrup of a rider, the bridle of the mount, and the reins between. In the rider's
metres, y down."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from .figures.shapes import Point, line, smooth
from .ink import Ink, shaded

LEATHER, CLOTH = "#6a3f26", "#a8443c"
_STRAP = shaded(LEATHER, -0.2)


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


def stirrup(canvas: skia.Canvas, ink: Ink, knee: Point, ankle: Point, side: float) -> None:
    """A strap that comes from under the leg to an iron round the foot."""
    x, y = ankle[0] + side * 0.06, ankle[1] + 0.09
    top = (knee[0] + 2 * x) / 3 - side * 0.02, (knee[1] + 2 * y) / 3
    ink.mark(canvas, line([top, (x, y - 0.12)]), _STRAP, 0.026)
    ink.mark(
        canvas,
        line([(x - 0.055, y), (x - 0.04, y - 0.1), (x, y - 0.13), (x + 0.04, y - 0.1), (x + 0.055, y)]),
        "#8e949c",
        0.018,
    )
    ink.mark(canvas, line([(x - 0.06, y), (x + 0.06, y)]), "#8e949c", 0.026)


def bridle(canvas: skia.Canvas, ink: Ink, straps: Sequence[Point]) -> None:
    """Straps from the poll to the ring at the mouth, and round the muzzle from above to below."""
    poll, ring, above, below = straps
    ink.mark(canvas, line([poll, ring]), _STRAP, 0.024)
    ink.mark(canvas, line([above, ring, below]), _STRAP, 0.026)
    ink.piece(canvas, _ring(ring), "#c8a24a")


def reins(canvas: skia.Canvas, ink: Ink, hand: Point, bit: Point, side: float) -> None:
    """A rein that hangs from the rider's hand, a little past it, to the corner of the mouth."""
    sag = (0.45 * hand[0] + 0.55 * bit[0], max(hand[1], bit[1]) * 0.5 + 0.5 * (hand[1] + bit[1]) / 2 + 0.1)
    path = skia.Path()
    path.moveTo(hand[0] - side * 0.05, hand[1] + 0.12)
    path.quadTo(hand[0], hand[1] + 0.05, *hand)
    path.quadTo(*sag, *bit)
    ink.mark(canvas, path, _STRAP, 0.024)


def _ring(at: Point) -> skia.Path:
    path = skia.Path()
    path.addCircle(*at, 0.024)
    return path
