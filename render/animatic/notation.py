"""Accents that are written: notes of a song and letters of sleep, apart from each other and in the frame.

See ``accents.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .figures.shapes import Point, ellipse, line
from .pen import Pen


def notes(pen: Pen) -> None:
    """Three notes of a song, one after another away from the mouth and up."""
    _notes(pen, ((0.95, -0.15), (1.45, -0.6), (0.95, -1.05)))


def overhead(pen: Pen) -> None:
    """Three notes over the head of an animal that sings: ahead of it they would come from whoever listens."""
    _notes(pen, ((0.35, -0.75), (-0.35, -1.05), (0.3, -1.45)))


def tune(pen: Pen) -> None:
    """Three notes behind the head of somebody who moves to them."""
    _notes(pen, ((-1.0, -0.1), (-1.5, -0.55), (-1.0, -1.0)))


def _notes(pen: Pen, places: Sequence[Point]) -> None:
    """Notes at places given in heads from the middle of the head, that sway; none lies over another."""
    dark, light = "#2c2a4a", "#fffaf0"
    inner, outer = (light, dark) if pen.night > 0.5 else (dark, light)
    r = 0.13 * pen.size
    spots = _together(pen, [(ahead, up, 0.4) for ahead, up in places])
    for n, (px, py) in enumerate(spots):
        sway = math.sin(pen.seconds * 3 + n * 2) * pen.size
        x, y = px + 0.05 * sway, py + 0.06 * sway
        way, foot, top = pen.reads, y + 1.2 * r, y - 1.9 * r
        stem = [(x + way * 0.85 * r, foot), (x + way * 0.85 * r, top), (x + way * 1.9 * r, top + 1.0 * r)]
        for colour, more in ((outer, 0.25 * r), (inner, 0.0)):
            pen.ink.mark(pen.canvas, line(stem), colour, 0.26 * r + 2 * more)
            pen.ink.piece(pen.canvas, ellipse(x, foot, r + more, 0.72 * r + more, -20 * way), colour)


def slumber(pen: Pen) -> None:
    """Three letters Z, each larger and higher than the one before, none over another."""
    way = pen.reads
    spots = _together(pen, [(ahead, -up, 0.6 * size + 0.18) for ahead, up, size in SNORES])
    for n, (x, y) in enumerate(spots):
        half = 0.5 * SNORES[n][2] * pen.size
        y += 0.04 * pen.size * math.sin(pen.seconds * 2 + n)
        corners = ((-way, -1), (way, -1), (-way, 1), (way, 1))
        pen.stroke([(x + half * px, y + half * py) for px, py in corners], 0.012 + 0.002 * n)


def _together(pen: Pen, marks: Sequence[tuple[float, float, float]]) -> list[Point]:
    """Where marks that belong together are drawn: each so far ahead of the head and down, half its size last.

    All in heads. Where they would leave the frame they go to the other side, or all alike inwards.
    """
    high, wide = (
        0.5 * (max(m[k] + m[2] for m in marks) - min(m[k] - m[2] for m in marks)) * pen.size for k in (1, 0)
    )
    found = []
    for side in (1, -1):
        points = [
            (pen.head[0] + side * ahead * pen.size, pen.head[1] + down * pen.size) for ahead, down, _ in marks
        ]
        left = min(p[0] - m[2] * pen.size for p, m in zip(points, marks, strict=True))
        top = min(p[1] - m[2] * pen.size for p, m in zip(points, marks, strict=True))
        middle = left + wide, top + high
        inside = pen.kept(*middle, wide, high)
        by = inside[0] - middle[0], inside[1] - middle[1]
        cost = abs(by[0]) + (0.6 * pen.size if side < 0 else 0.0)
        found.append((round(cost, 4), -side, [(x + by[0], y + by[1]) for x, y in points]))
    return min(found)[2]


SNORES = ((0.6, 0.75, 0.24), (1.05, 1.12, 0.36), (1.65, 1.62, 0.5))
"""Where each letter of sleep stands, in heads ahead of the middle of the head and above it, and its size."""
