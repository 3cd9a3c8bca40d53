"""Inside a submarine: a wall of riveted steel with round windows on the sea, pipes, dials and a wheel."""

from __future__ import annotations

from typing import Any

from .brush import Brush
from .houses import shining

Options = dict[str, Any]

_STEEL, _BRASS = "#6f7f86", "#c79a45"


def hull(b: Brush, o: Options) -> None:
    """The ribs and the windows. Options: colour."""
    colour = o.get("colour", _STEEL)
    for x, _ in b.cells(2.2, 0):
        b.round(x - 0.09, 0, 0.18, 2.7, 0.02, colour, -0.22)
        for k in range(9):
            b.oval(x, 0.2 + 0.3 * k, 0.022, 0.022, colour, 0.2)
        _window(b, x + 1.1)
    for up, width, shade in ((2.62, 0.16, 0.05), (2.38, 0.09, -0.3), (0.34, 0.12, -0.15)):
        b.line([(b.left, up), (b.right, up)], "#a5693f" if width < 0.12 else colour, width)
        for x, _ in b.cells(1.1, 3):
            b.round(x, up - 0.1, 0.09, 0.2, 0.02, colour, shade - 0.2)


def _window(b: Brush, x: float) -> None:
    """A round window on green water with a fish in it."""
    sea = shining(b)
    b.oval(x, 1.62, 0.46, 0.46, _BRASS, -0.1)
    sea.oval(x, 1.62, 0.36, 0.36, "#2f8798")
    sea.oval(x + 0.06, 1.76, 0.24, 0.16, "#58b0b8")
    sea.oval(x - 0.06, 1.56, 0.12, 0.06, "#f0a048")
    sea.poly([(x - 0.16, 1.56), (x - 0.25, 1.64), (x - 0.25, 1.48)], "#f0a048")
    for k in range(3):
        sea.oval(x + 0.14, 1.6 + 0.09 * k, 0.02, 0.02, "#d8f0f0")
    for dx, dy in ((0.41, 0), (-0.41, 0), (0, 0.41), (0, -0.41), (0.29, 0.29), (-0.29, 0.29), (0.29, -0.29)):
        b.oval(x + dx, 1.62 + dy, 0.028, 0.028, _BRASS, -0.4)


def dials(b: Brush, o: Options) -> None:
    """Gauges on a board, and a wheel on a pipe. Options: x, avoid (by gauges and wheel), valve."""
    x, avoid = o.get("x", -2.4), o.get("avoid", ())
    faces = [(x - 0.45 + 0.45 * (k % 3), 1.68 - 0.46 * (k // 3), k) for k in range(5)]
    faces = [face for face in faces if all(abs(face[0] - at) > half for at, half in avoid)]
    if faces:
        b.round(x - 0.7, 0.85, 1.4, 1.15, 0.06, _STEEL, -0.4)
    for cx, cy, k in faces:
        b.oval(cx, cy, 0.18, 0.18, _BRASS)
        b.oval(cx, cy, 0.14, 0.14, "#f3ecd8")
        b.line([(cx, cy), (cx + 0.09 - 0.05 * k, cy + 0.08)], "#b8382f", 0.025)
    wheel = next((w for w in (x + 1.35, x - 1.35) if all(abs(w - at) > half for at, half in avoid)), None)
    if wheel is None or not o.get("valve", True):
        return
    b.line([(wheel, 0), (wheel, 2.6)], "#a5693f", 0.12)
    b.oval(wheel, 1.2, 0.32, 0.32, "#b8382f")
    b.oval(wheel, 1.2, 0.24, 0.24, _STEEL, -0.1)
    for dx, dy in ((0.28, 0.0), (0.0, 0.28)):
        b.line([(wheel - dx, 1.2 - dy), (wheel + dx, 1.2 + dy)], "#b8382f", 0.06)


PIECES = {f.__name__: f for f in (hull, dials)}
