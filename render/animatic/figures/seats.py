"""Seats: what a person sits on whose place has nothing to sit on; in shares of the person's height."""

from __future__ import annotations

import math

import skia

from ..ink import Ink
from .shapes import line, rounded, tube
from .skeleton import Skeleton


def stool(canvas: skia.Canvas, ink: Ink, x: float, leg: float) -> None:
    """Something to sit on, under the seat that the sitting pose takes; ``x`` and ``leg`` in heights."""
    top = -leg * 0.5 + 0.035
    for side in (-1, 1):
        ink.piece(canvas, tube([(x + side * 0.12, top), (x + side * 0.15, 0.0)], (0.036, 0.03)), "#8a5f3a")
    ink.piece(canvas, tube([(x - 0.13, top * 0.36), (x + 0.13, top * 0.36)], (0.022, 0.022)), "#8a5f3a")
    ink.piece(canvas, rounded(x - _SEAT, top - 0.01, x + _SEAT, top + 0.05, 0.02), "#b98a52")


_SEAT = 0.18
"""Half the width of a seat, in heights: it stands out under coats and skirts on both sides."""


def cab(canvas: skia.Canvas, ink: Ink, bones: Skeleton) -> None:
    """The seat of a driver, and the wheel between the hands."""
    way = 1.0 if bones.yaw >= 0 else -1.0
    top, x = bones.hip.y + 0.06, bones.hip.x
    ink.piece(canvas, rounded(x - 0.13, top, x + 0.13, top + 0.06, 0.02), "#8a4a3c")
    ink.piece(canvas, rounded(x - 0.06, top + 0.06, x + 0.06, 0.0, 0.01), "#4a4a52")
    back = x - way * 0.13
    ink.piece(canvas, tube([(back, top + 0.03), (back - way * 0.04, top - 0.3)], (0.05, 0.04)), "#8a4a3c")
    tips = [arm.tip for arm in bones.arms]
    centre = ((tips[0].x + tips[1].x) / 2, (tips[0].y + tips[1].y) / 2)
    foot = (centre[0] + way * 0.1, -0.02)
    ink.mark(canvas, line([centre, foot]), "#4a4a52", 0.026)
    wheel = skia.Path()
    flat = 0.05 + 0.07 * abs(math.cos(math.radians(bones.yaw)))
    wheel.addOval(skia.Rect.MakeLTRB(centre[0] - flat, centre[1] - 0.12, centre[0] + flat, centre[1] + 0.12))
    ink.mark(canvas, wheel, "#2e2a2c", 0.022)
