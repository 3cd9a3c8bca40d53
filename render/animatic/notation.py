"""Accents that are written: notes of a song and letters of sleep, apart from each other and in the frame.

See ``accents.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .figures.shapes import Point, ellipse, line
from .margins import Mark, settled
from .pen import Pen


def notes(pen: Pen) -> None:
    """Three notes of a song, one after another away from the mouth and up."""
    _notes(pen, SUNG)


def overhead(pen: Pen) -> None:
    """Three notes over the head of an animal that sings: ahead of it they would come from whoever listens."""
    _notes(pen, HOWLED)


def tune(pen: Pen) -> None:
    """Three notes behind the head of somebody who moves to them."""
    _notes(pen, DANCED)


def _notes(pen: Pen, places: Sequence[Mark]) -> None:
    """Notes at places given in heads from the middle of the head, that sway; none lies over another."""
    dark, light = "#2c2a4a", "#fffaf0"
    inner, outer = (light, dark) if pen.night > 0.5 else (dark, light)
    spots, small = _together(pen, places)
    r = 0.13 * small * pen.size
    for n, (px, py) in enumerate(spots):
        sway = math.sin(pen.seconds * 3 + n * 2) * pen.size
        x, y = px + 0.05 * sway, py + 0.06 * sway
        way, foot, top = pen.reads, y + 1.2 * r, y - 1.9 * r
        stem = [(x + way * 0.85 * r, foot), (x + way * 0.85 * r, top), (x + way * 1.9 * r, top + 1.0 * r)]
        for colour, more in ((outer, 0.34 * r), (inner, 0.0)):
            pen.ink.mark(pen.canvas, line(stem), colour, 0.26 * r + 2 * more)
            pen.ink.piece(pen.canvas, ellipse(x, foot, r + more, 0.72 * r + more, -20 * way), colour)


def slumber(pen: Pen) -> None:
    """Three letters Z, each larger and higher than the one before, none over another."""
    way = pen.reads
    spots, small = _together(pen, SLEPT)
    for n, (x, y) in enumerate(spots):
        half = 0.5 * small * SNORES[n][2] * pen.size
        y += 0.04 * pen.size * math.sin(pen.seconds * 2 + n)
        corners = ((-way, -1), (way, -1), (-way, 1), (way, 1))
        pen.stroke([(x + half * px, y + half * py) for px, py in corners], 0.012 + 0.002 * n)


def _together(pen: Pen, marks: Sequence[Mark]) -> tuple[list[Point], float]:
    """Where marks that belong together are drawn, and how large: each so far ahead of the head and down, half
    its size last, all in heads.

    They go where nobody's face is; where they would still leave the frame, all alike inwards.
    """
    wanted, small = settled(tuple(marks), pen.room) if pen.room else (tuple(marks), 1.0)
    if pen.room is None and _inwards(pen, mirrored := [(-a, d, h) for a, d, h in marks])[0] < (
        _inwards(pen, wanted)[0] - 0.6 * pen.size
    ):
        wanted = tuple(mirrored)
    return _inwards(pen, wanted)[1], small


def _inwards(pen: Pen, marks: Sequence[Mark]) -> tuple[float, list[Point]]:
    """How far across marks are moved to be whole in the frame, all alike, and where they are drawn."""
    high, wide = (
        0.5 * (max(m[k] + m[2] for m in marks) - min(m[k] - m[2] for m in marks)) * pen.size for k in (1, 0)
    )
    points = [(pen.head[0] + ahead * pen.size, pen.head[1] + down * pen.size) for ahead, down, _ in marks]
    left = min(p[0] - m[2] * pen.size for p, m in zip(points, marks, strict=True))
    top = min(p[1] - m[2] * pen.size for p, m in zip(points, marks, strict=True))
    middle = left + wide, top + high
    inside = pen.kept(*middle, wide, high)
    by = inside[0] - middle[0], inside[1] - middle[1]
    return abs(by[0]), [(x + by[0], y + by[1]) for x, y in points]


SNORES = ((0.6, 0.75, 0.24), (1.05, 1.12, 0.36), (1.65, 1.62, 0.5))
"""Where each letter of sleep stands, in heads ahead of the middle of the head and above it, and its size."""
SUNG: tuple[Mark, ...] = ((0.95, -0.15, 0.4), (1.45, -0.6, 0.4), (0.95, -1.05, 0.4))
HOWLED: tuple[Mark, ...] = ((0.3, -1.0, 0.4), (-0.4, -1.25, 0.4), (0.35, -1.7, 0.4))
DANCED: tuple[Mark, ...] = ((-1.0, -0.1, 0.4), (-1.5, -0.55, 0.4), (-1.0, -1.0, 0.4))
SLEPT: tuple[Mark, ...] = tuple((ahead, -up, 0.6 * size + 0.18) for ahead, up, size in SNORES)
"""Notes and letters, as ``margins.py`` moves them."""
WRITTEN = (SUNG, HOWLED, DANCED, SLEPT)
"""All of them."""
