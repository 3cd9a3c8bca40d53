"""The short face of a cat, a lion or a tiger: round pads, a small nose on them, whiskers to both sides."""

from __future__ import annotations

import skia

from ..ink import Ink
from .face import MOUTH_DARK, Ball
from .mood import Mood
from .shapes import Point, ellipse, line, polygon

_LIP, _NOSE = 0.24, 0.1
_BRIGHT = 560
"""A coat whose red, green and blue make more than this has dark whiskers."""


def draw_pads(
    canvas: skia.Canvas, ink: Ink, coat: str, pale: str, kind: int, ball: Ball, mood: Mood
) -> Point:
    """Draw mouth and nose in head sizes, and return where the nose is: pink for a ``kind`` 1, dark for 2."""
    x = ball.sin * 0.36
    gape = mood.gape * 0.16
    if gape > 0.02:
        ink.piece(canvas, ellipse(x, _LIP + 0.06 + gape * 0.5, 0.13, 0.07 + gape * 0.62), pale, shade=-0.1)
        ink.piece(canvas, ellipse(x, _LIP + 0.04 + gape * 0.5, 0.09, 0.03 + gape * 0.62), MOUTH_DARK)
    else:
        ink.piece(canvas, ellipse(x, _LIP + 0.09, 0.12, 0.08), pale, shade=-0.06)
    wide = max(0.5, ball.cos)
    for side in (-1, 1):
        ink.piece(canvas, ellipse(x + side * 0.1 * ball.cos, _LIP - 0.01, 0.145, 0.115), pale)
    curl = 0.03 + 0.04 * mood.curve
    for side in (-1, 1):
        end = x + side * 0.15 * wide
        cheek = line([(x, _LIP - 0.02), ((x + end) / 2, _LIP + 0.045), (end, _LIP + 0.02 - curl)])
        ink.mark(canvas, cheek, "#2c1e1a", 0.026)
    ink.mark(canvas, line([(x, _NOSE + 0.04), (x, _LIP)]), "#2c1e1a", 0.022)
    nose = polygon([(x - 0.075, _NOSE - 0.01), (x + 0.075, _NOSE - 0.01), (x, _NOSE + 0.075)])
    ink.piece(canvas, nose, "#b8646a" if kind == 1 else "#3a2826")
    hair = "#6a5a50" if sum(bytes.fromhex(coat[1:])) > _BRIGHT else "#f6f0e4"
    far = 0.36 * ball.cos if ball.cos > 0.6 else 0.0  # foreshortened, and from the side hidden
    for side, length in ((-1, 0.36), (1, far)):
        for k in (-0.5, 0.5, 1.5) if length else ():
            root = (x + side * 0.14 * wide, _LIP - 0.03 + k * 0.025)
            ink.mark(canvas, line([root, (root[0] + side * length, root[1] - 0.05 + k * 0.09)]), hair, 0.013)
    return x, _NOSE
