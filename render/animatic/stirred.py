"""Stirred: paint or plaster in a bucket on the ground, stirred with a stick, and no soup on a stove.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right.
"""

from __future__ import annotations

import math
import re

import skia

from .figures.shapes import Point, ellipse, line, polygon
from .ink import Ink, shaded

_STIRRED = re.compile(r"\b(?:stir|mix|blend)(?:s|es|red|ed|ring|ing)?\b")
_COLOURS = {
    "paint": "#2f7fd0", "paints": "#2f7fd0", "colours": "#d8506a", "plaster": "#e8e2d4", "glue": "#e6d9a8",
    "cement": "#9a9a96", "concrete": "#9a9a96", "mortar": "#9a9a96", "dye": "#8a3fb0", "clay": "#a8683f",
    "mud": "#6b4a2c", "ink": "#26243a", "wax": "#efd79a", "tar": "#26222a",
}  # fmt: skip
_WORDS = ("red", "blue", "green", "yellow", "white", "pink", "purple", "orange", "black")
_SHADES = ("#d23a2e", "#2f6fd0", "#3f9a4a", "#efc03a", "#f4f0e4", "#e67aa6", "#7a4fb0", "#e8862e", "#2a2630")
_RIM = -0.34
_MIDDLE = 0.44


def stirs(sentence: str) -> str:
    """The colour of what is stirred in a bucket, or "" where it is food."""
    words = re.findall(r"[a-z]+", sentence[:2000].lower())
    if not _STIRRED.search(sentence.lower()):
        return ""
    stuff = next((_COLOURS[w] for w in words if w in _COLOURS), "")
    named = next((shade for word, shade in zip(_WORDS, _SHADES, strict=True) if word in words), "")
    return (named or stuff) if stuff else ""


def stirring_hand(seconds: float) -> Point:
    """Where the fist on the stick goes round, in heights."""
    a = math.tau * seconds / 1.3
    return _MIDDLE - 0.06 + 0.05 * math.cos(a), -0.62 + 0.018 * math.sin(a)


def bucket(canvas: skia.Canvas, ink: Ink, colour: str) -> None:
    """A tin bucket full of it, runs of it down its side and spots on the ground."""
    x = _MIDDLE
    for dx, r in ((-0.26, 0.02), (0.24, 0.03), (0.3, 0.014)):
        ink.piece(canvas, ellipse(x + dx, -0.004, r, 0.4 * r), colour)
    ink.mark(canvas, ellipse(x, _RIM + 0.02, 0.21, 0.12), "#6d7680", 0.014)
    side = [(x - 0.2, _RIM), (x + 0.2, _RIM), (x + 0.15, 0.0), (x - 0.15, 0.0)]
    ink.piece(canvas, polygon(side), "#aab2ba")
    for y in (-0.27, -0.06):
        ink.mark(canvas, line([(x - 0.18, y), (x + 0.18, y)]), "#7d868f", 0.014)
    for dx, low in ((-0.13, -0.2), (-0.08, -0.26), (0.1, -0.15)):
        ink.mark(canvas, line([(x + dx, _RIM + 0.02), (x + dx, low)]), colour, 0.034)
    ink.piece(canvas, ellipse(x, _RIM, 0.2, 0.05), "#8d949c")
    ink.piece(canvas, ellipse(x, _RIM, 0.18, 0.042), colour)


def stick_in(canvas: skia.Canvas, ink: Ink, colour: str, fist: Point, seconds: float) -> None:
    """The stick from over the fist down into the bucket, and the ring that it draws in what is stirred."""
    a = math.tau * seconds / 1.3
    foot = _MIDDLE + 0.09 * math.cos(a), _RIM + 0.02 * math.sin(a)
    ring = ellipse(_MIDDLE, _RIM, 0.11, 0.025)
    ink.mark(canvas, ring, shaded(colour, 0.4), 0.014)
    top = fist[0] + 0.22 * (fist[0] - foot[0]), fist[1] + 0.22 * (fist[1] - foot[1])
    ink.mark(canvas, line([top, foot]), "#a8743f", 0.03)
    ink.mark(
        canvas,
        line([(foot[0] + 0.25 * (fist[0] - foot[0]), foot[1] + 0.25 * (fist[1] - foot[1])), foot]),
        colour,
        0.036,
    )
