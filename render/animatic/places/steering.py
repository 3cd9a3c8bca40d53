"""Steering: a ship's wheel on its post, the same one at the side of a deck and before who steers."""

from __future__ import annotations

import math

import skia

from ..ink import Ink
from .brush import straight

HUB = 1.25
"""Metres up to the middle of the wheel."""
HANDLES = 0.78
"""Metres from there to the ends of its handles."""
_WOOD, _POST, _BRASS = "#8a5a34", "#6a452c", "#e0b648"
_SLANT = 0.2
"""Radians by which the first handle is off the level."""


def ships_wheel(canvas: skia.Canvas, ink: Ink, turned: float = 0.0, squeezed: float = 1.0) -> None:
    """A wheel from the foot of its post, in metres, ``turned`` radians; ``squeezed``: its width as seen from
    aside, as a share of its height."""
    foot = [(-0.3, 0.0), (-0.16, 1.15), (0.16, 1.15), (0.3, 0.0)]
    ink.piece(canvas, straight(foot), _POST)
    canvas.save()
    canvas.translate(0.0, -HUB)
    canvas.scale(squeezed, 1.0)
    for k in range(8):
        a = math.tau * k / 8 + _SLANT + turned
        x, y = HANDLES * math.cos(a), -HANDLES * math.sin(a)
        spoke = skia.Path()
        spoke.moveTo(0.0, 0.0)
        spoke.lineTo(x, y)
        ink.mark(canvas, spoke, _WOOD, 0.07)
        knob = skia.Path()
        knob.addOval(skia.Rect.MakeLTRB(x - 0.06, y - 0.06, x + 0.06, y + 0.06))
        ink.piece(canvas, knob, _WOOD, shade=0.12)
    rim, hub = skia.Path(), skia.Path()
    rim.addOval(skia.Rect.MakeLTRB(-0.55, -0.55, 0.55, 0.55))
    ink.mark(canvas, rim, _WOOD, 0.13)
    hub.addOval(skia.Rect.MakeLTRB(-0.15, -0.15, 0.15, 0.15))
    ink.piece(canvas, hub, _BRASS)
    canvas.restore()
