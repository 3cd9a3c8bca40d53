"""Underneath: what a prop stands on, hangs in or leans against. See ``props.py``."""

from __future__ import annotations

import math

import skia

from .ink import Ink
from .props import EASEL_METRES, TABLE_METRES, Standing

Bounds = tuple[float, float, float, float]


def underneath(
    canvas: skia.Canvas, ink: Ink, stands: Standing, width: float, height: float, flat: float
) -> None:
    """Draw what carries a thing of that size (metres as drawn), from its ground point in metres, y down.

    ``flat`` is how much of a circle on the ground is seen, 0 to 1.
    """
    if stands.under == "table":
        _table(canvas, ink, max(width + 0.2, 0.8))
    elif stands.under == "wall":
        _wall(canvas, ink, width, height)
    elif stands.under == "easel":
        _easel(canvas, ink, width, height)
    elif stands.under == "rack":
        _rack(canvas, ink, height, stands.lift)
    elif stands.under == "blocks":
        _blocks(canvas, ink, width, stands.lift)
    elif stands.under == "pool":
        _pool(canvas, ink, width, flat)
    elif stands.under == "isle":
        _isle(canvas, ink, width, flat)


def _box(left: float, top: float, right: float, bottom: float) -> skia.Path:
    path = skia.Path()
    path.addRect(skia.Rect.MakeLTRB(left, top, right, bottom))
    return path


def _table(canvas: skia.Canvas, ink: Ink, width: float) -> None:
    half, top = width / 2, -TABLE_METRES
    for leg in (-half + 0.05, half - 0.12):
        ink.piece(canvas, _box(leg, top, leg + 0.07, 0), "#8a5f3d", shade=-0.2)
    ink.piece(canvas, _box(-half + 0.04, top + 0.04, half - 0.04, top + 0.15), "#8a5f3d", shade=-0.12)
    ink.piece(canvas, _box(-half, top, half, top + 0.07), "#9a6d45")


def _wall(canvas: skia.Canvas, ink: Ink, width: float, height: float) -> None:
    """A piece of wall that a door is set in, its ends broken off."""
    half, top = 1.1 * width, -1.2 * height
    path = skia.Path()
    path.moveTo(-half, 0)
    steps = 6
    for k in range(steps):
        inset = 0.08 * (k % 2)
        path.lineTo(-half + inset, top * k / steps)
        path.lineTo(-half + inset, top * (k + 1) / steps)
    for k in range(steps, 0, -1):
        inset = 0.08 * (k % 2)
        path.lineTo(half - inset, top * k / steps)
        path.lineTo(half - inset, top * (k - 1) / steps)
    path.close()
    ink.piece(canvas, path, "#a8705a")
    row = 0.24
    for k in range(int(-top / row)):
        for n in range(int(2 * half / 0.55)):
            left = -half + 0.14 + 0.55 * n + 0.26 * (k % 2)
            if (7 * k + 5 * n) % 4 == 0 and left + 0.46 < half - 0.1:
                brick = _box(left, -row * (k + 1) + 0.03, left + 0.46, -row * k - 0.03)
                ink.piece(canvas, brick, "#a8705a", shade=(-0.12, 0.09)[(k + n) % 2])
    ink.piece(canvas, _box(-half - 0.06, top - 0.1, half + 0.06, top + 0.04), "#8f8378")


def _easel(canvas: skia.Canvas, ink: Ink, width: float, height: float) -> None:
    half, top = 0.42 * max(width, 0.6), -(EASEL_METRES + 1.15 * height)
    for x0, x1 in ((0.0, 0.0), (-0.06, -half), (0.06, half)):
        leg = skia.Path()
        leg.moveTo(x0, top)
        leg.lineTo(x1, -0.1 if x0 == 0.0 else 0.0)
        ink.mark(canvas, leg, "#8a6240", 0.05)
    ledge = max(half, 0.5 * width)
    ink.piece(canvas, _box(-ledge, -EASEL_METRES, ledge, -EASEL_METRES + 0.06), "#9a6d45")


def _rack(canvas: skia.Canvas, ink: Ink, height: float, lift: float) -> None:
    """A tailor's stand: a post on three feet, and the knob over the shoulders of what hangs on it."""
    top = -(lift + height + 0.1)
    ink.piece(canvas, _box(-0.03, top, 0.03, 0.0), "#6f4f36")
    for side in (-1, 1):
        foot = skia.Path()
        foot.moveTo(0, -0.12)
        foot.lineTo(side * 0.28, 0.0)
        ink.mark(canvas, foot, "#6f4f36", 0.055)
    knob = skia.Path()
    knob.addCircle(0, top, 0.075)
    ink.piece(canvas, knob, "#a5774a")


def _blocks(canvas: skia.Canvas, ink: Ink, width: float, lift: float) -> None:
    """Two trestles, as under a boat on land."""
    for x in (-0.28 * width, 0.28 * width):
        path = skia.Path()
        path.moveTo(x - 0.2, 0)
        path.lineTo(x - 0.1, -lift)
        path.lineTo(x + 0.1, -lift)
        path.lineTo(x + 0.2, 0)
        path.close()
        ink.piece(canvas, path, "#8a6a48", shade=-0.1)
        ink.piece(canvas, _box(x - 0.2, -lift - 0.03, x + 0.2, -lift + 0.05), "#a07a50")


def _pool(canvas: skia.Canvas, ink: Ink, width: float, flat: float) -> None:
    """Water round the foot of a boat."""
    half = 0.85 * width
    for grown, colour in ((1.06, "#7f7a58"), (1.0, "#5a96ae"), (0.72, "#7fb0c2")):
        path = skia.Path()
        wide, deep = half * grown, max(0.12, flat * half * grown)
        path.addOval(skia.Rect.MakeLTRB(-wide, -0.75 * deep, wide, 0.75 * deep))
        ink.piece(canvas, path, colour)
    for k in range(4):
        ripple = skia.Path()
        x, y = half * (-0.6 + 0.4 * k), 0.5 * flat * half * math.sin(2.3 * k)
        ripple.moveTo(x - 0.16, y)
        ripple.lineTo(x + 0.16, y)
        ink.mark(canvas, ripple, "#d5e8ee", 0.03, alpha=0.7)


def _isle(canvas: skia.Canvas, ink: Ink, width: float, flat: float) -> None:
    """An island in the sea that a house stands on."""
    half = 0.8 * width
    deep = max(0.3, 0.3 * flat * half)
    for wide, up, down, colour in ((1.1, 0.1, 0.6, "#dcd2a8"), (1.0, 0.3, 0.25, "#86a860")):
        path = skia.Path()
        path.moveTo(-half * wide, down * deep)
        path.cubicTo(-half * 0.7, -up - deep * 0.6, half * 0.7, -up - deep * 0.6, half * wide, down * deep)
        path.quadTo(0, (down + 0.9) * deep, -half * wide, down * deep)
        path.close()
        ink.piece(canvas, path, colour)
