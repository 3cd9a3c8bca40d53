"""Climbing: what somebody climbs on, so that nobody climbs on air."""

from __future__ import annotations

import skia

from ...storyboard.vocabulary import PlaceKind
from .ink import Ink

_ROCKY = frozenset(
    {
        PlaceKind.mountain,
        PlaceKind.meadow,
        PlaceKind.forest,
        PlaceKind.jungle,
        PlaceKind.desert,
        PlaceKind.cave,
        PlaceKind.shore,
        PlaceKind.island,
        PlaceKind.river,
        PlaceKind.lake,
        PlaceKind.swamp,
        PlaceKind.ruins,
        PlaceKind.moon,
        PlaceKind.planet,
        PlaceKind.road,
    }
)


def climbed(canvas: skia.Canvas, ink: Ink, place: PlaceKind, tall: float, way: float) -> None:
    """A rock face out of doors, elsewhere a ladder, before somebody ``tall`` metres who faces ``way``.

    The origin is the climber's ground point, x right, y down, in metres.
    """
    if place in _ROCKY:
        _rock(canvas, ink, tall, way)
    else:
        _ladder(canvas, ink, tall, way)


def _rock(canvas: skia.Canvas, ink: Ink, tall: float, way: float) -> None:
    face = [(0.02, 0.04), (0.08, -0.3), (0.04, -0.4), (0.1, -0.74), (0.07, -0.84), (0.12, -1.2)]
    back = [(0.4, -1.3), (0.76, -1.04), (0.84, -0.5), (1.0, 0.04)]
    path = skia.Path()
    path.addPoly([skia.Point(x * tall * way, y * tall) for x, y in face + back], True)
    ink.piece(canvas, path, "#8b8278")
    lit = [(0.12, -1.2), (0.4, -1.3), (0.76, -1.04), (0.44, -1.14)]
    top = skia.Path()
    top.addPoly([skia.Point(x * tall * way, y * tall) for x, y in lit], True)
    ink.piece(canvas, top, "#7f9a5c")
    for x, y in ((0.34, -0.8), (0.44, -0.46), (0.3, -0.22), (0.62, -0.66)):
        crack = skia.Path()
        crack.moveTo(x * tall * way, y * tall)
        crack.lineTo((x + 0.1) * tall * way, (y + 0.05) * tall)
        ink.mark(canvas, crack, "#6c645c", 0.014)


def _ladder(canvas: skia.Canvas, ink: Ink, tall: float, way: float) -> None:
    high = 1.42 * tall
    for x in (0.12, 0.3):
        rail = skia.Path()
        rail.moveTo(x * tall * way, 0.02)
        rail.lineTo((x + 0.03) * tall * way, -high)
        ink.mark(canvas, rail, "#8a6238", 0.05)
    for k in range(1, 10):
        y = -high * k / 10
        rung = skia.Path()
        rung.moveTo((0.12 + 0.003 * k) * tall * way, y)
        rung.lineTo((0.3 + 0.003 * k) * tall * way, y)
        ink.mark(canvas, rung, "#a87c4c", 0.035)
