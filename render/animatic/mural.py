"""Mural: what is painted on a wall grows line by line under the brush: a door, a window, a flower.

As in ``drafting.py`` from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

import skia

from .drafting import Line, strokes
from .figures.shapes import Point, between, ellipse, line, polygon, rounded
from .ink import Ink

_WALL = re.compile(
    r"\b(?:on|onto|upon|across) (?:a|an|the|his|her|its|their) (?:\w+ )?(?:wall|walls|fence|bricks)\b"
)
_DOOR = re.compile(r"\b(?:doors?|gates?|windows?)\b")
_FRAME: tuple[Line, ...] = (
    ((0.3, -0.03), (0.3, -0.98), (0.74, -0.98), (0.74, -0.03), (0.3, -0.03)),
    ((0.38, -0.58), (0.38, -0.9), (0.66, -0.9), (0.66, -0.58), (0.38, -0.58)),
    ((0.38, -0.12), (0.38, -0.44), (0.66, -0.44), (0.66, -0.12), (0.38, -0.12)),
)
"""The lines of a door, one after the other."""
_BRUSH = 0.24
"""How long a brush is in front of the fist, in heights."""
_KNOB = (0.68, -0.51)


def _flower() -> tuple[Line, ...]:
    petals = []
    for n in range(6):
        a = math.tau * n / 6
        x, y = 0.5 + 0.13 * math.cos(a), -0.76 + 0.13 * math.sin(a)
        petals.append(tuple((x + 0.07 * math.cos(b), y + 0.07 * math.sin(b)) for b in _turn()))
    middle = tuple((0.5 + 0.06 * math.cos(b), -0.76 + 0.06 * math.sin(b)) for b in _turn())
    stem = ((0.5, -0.04), (0.49, -0.2), (0.36, -0.32), (0.49, -0.24), (0.5, -0.56))
    return (stem, middle, *petals)


def _turn() -> list[float]:
    return [math.tau * k / 8 for k in range(9)]


_FLOWER = _flower()


def on_a_wall(sentence: str) -> bool:
    """Whether a picture is painted on a wall, and no wall is painted over."""
    return _WALL.search(sentence[:2000].lower()) is not None


def mural_lines(sentence: str) -> tuple[Line, ...]:
    """The lines that are painted: those of a door, or of a flower."""
    return _FRAME if _DOOR.search(sentence[:2000].lower()) else _FLOWER


def brush_on_wall(lines: tuple[Line, ...], share: float) -> Point:
    """Where the tip of the brush is."""
    return strokes(lines, share)[1]


def mural(canvas: skia.Canvas, ink: Ink, lines: tuple[Line, ...], share: float, walled: bool = False) -> None:
    """A pale wall, unless it is there already (``walled``), and what is painted on it as far as it goes."""
    if not walled:
        ink.piece(canvas, rounded(0.16, -1.24, 0.98, 0.0, 0.01), "#efe4cc")
    for n, k in ((n, k) for n in range(5) for k in range(3) if (n + k) % 2 and not walled):
        x, y = 0.22 + 0.25 * k + 0.06 * (n % 2), -1.14 + 0.24 * n
        ink.mark(canvas, line([(x, y), (x + 0.09, y)]), "#d3c4a4", 0.012)
    door = lines is _FRAME
    for n, points in enumerate(strokes(lines, share)[0]):
        colour = "#2f6fb8" if door else ("#3f8a3a", "#f2b632")[n] if n < 2 else "#d8506a"
        for piece in pairwise(points) if door else [points]:
            ink.mark(canvas, line(list(piece)), colour, 0.03 if n == 0 else 0.024)
    ink.piece(canvas, polygon([(0.87, -0.1), (1.0, -0.1), (0.985, 0.03), (0.885, 0.03)]), "#9aa4ad")
    ink.piece(canvas, ellipse(0.935, -0.1, 0.065, 0.016), "#2f6fb8" if door else "#d8506a")
    if door and share > 0.86:
        ink.piece(canvas, ellipse(*_KNOB, 0.022, 0.022), "#f2b632")


def brush(canvas: skia.Canvas, ink: Ink, tip: Point, fist: Point) -> None:
    """A brush in the fist, its wet tip at the line that is painted, or as near to it as the arm comes."""
    away = max(0.01, math.dist(fist, tip))
    tip = between(fist, tip, min(1.0, _BRUSH / away))
    near, far = between(fist, tip, 0.7), between(fist, tip, 0.86)
    ink.mark(canvas, line([between(fist, tip, -0.1), near]), "#e0a53a", 0.03)
    ink.mark(canvas, line([near, far]), "#9aa4ad", 0.042)
    ink.mark(canvas, line([far, tip]), "#3a2a20", 0.04)
    ink.piece(canvas, ellipse(*tip, 0.022, 0.022), "#2f6fb8")
