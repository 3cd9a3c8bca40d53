"""The foot of a town house, as those see it who are no larger than a hand."""

from __future__ import annotations

import math
from typing import Any

from ..tones import apart
from .brush import Brush, mixed, shaded
from .houses import shining

Options = dict[str, Any]

_PLINTH, _COURSE, _BRICK = 0.34, 0.078, 0.23
"""Metres: the height of the plinth's two rows of stone, of a course of bricks, the length of a brick."""
_HOUSE = 2.6
"""Metres from one front door to the next."""
_WALLS = "#b8735a", "#93a9bd", "#d9cbb0"
"""Red bricks, or painted ones behind who is as red."""
_IRON = "#3a3d44"


def house_foot(b: Brush, o: Options) -> None:
    """A wall down to the ground: bricks on a plinth of stone, a doorstep with its scraper, a cellar window
    behind bars, a rain pipe. Option: free (the middle and half the width of who is before it, metres).
    """
    middle, half = (float(v) for v in o.get("free", (0.0, 0.0)))
    wall = mixed(apart(_WALLS, b.setting.coats)[0], b.setting.tint, 0.25)
    _bricks(b, wall)
    _stones(b)
    start = middle + 0.35 * half
    first, last = math.floor((b.left - start) / _HOUSE) - 1, math.ceil((b.right - start) / _HOUSE) + 1
    for k in range(first, last + 1):
        x = start + k * _HOUSE
        _cellar(b, x + 1.02 * half + 0.1)
        _pipe(b, x - 1.5 * half - 0.34)
        _doorstep(b, x + 1.02 * half + 0.66, shaded("#3f6a63", 0.0 if k % 2 else -0.08))
    for x, dice in b.cells(0.34, 0.3):
        if dice.random() < 0.45:
            _weed(b, x + dice.uniform(0, 0.3), dice.uniform(0.05, 0.1))


def _bricks(b: Brush, wall: str) -> None:
    """Courses of bricks with light joints; some bricks burnt darker."""
    b.rect(b.left - 1, 0, b.right - b.left + 2, max(b.top, 1.0) + 1, mixed(wall, "#d8c8b0", 0.45))
    rows = math.ceil((min(b.top, 2.4) + 0.2 - _PLINTH) / _COURSE)
    first, last = math.floor(b.left / _BRICK) - 1, math.ceil(b.right / _BRICK) + 1
    for row in range(max(0, rows)):
        y = _PLINTH + row * _COURSE
        for cell in range(first, last):
            dice = b.dice("brick", row, cell)
            x = (cell + 0.5 * (row % 2)) * _BRICK
            b.rect(x, y, _BRICK - 0.014, _COURSE - 0.012, wall, dice.choice((-0.1, -0.04, 0.0, 0.03, 0.07)))


def _stones(b: Brush) -> None:
    """The plinth: two rows of dressed stone under a ledge."""
    stone = mixed("#a8a197", b.setting.tint, 0.12)
    left, wide = b.left - 1, b.right - b.left + 2
    b.rect(left, -0.05, wide, _PLINTH + 0.05, stone, -0.3)
    for row in range(2):
        for x, dice in b.cells(0.52, 0.6):
            at, y = x + 0.26 * row, 0.155 * row
            b.round(at, y, 0.505, 0.145, 0.015, stone, dice.uniform(-0.1, 0.06))
            b.rect(at + 0.01, y + 0.125, 0.485, 0.015, stone, 0.14)
    b.rect(left, _PLINTH - 0.035, wide, 0.05, stone, 0.2)
    b.rect(left, _PLINTH - 0.045, wide, 0.012, stone, -0.35)


def _cellar(b: Brush, x: float) -> None:
    """A cellar window with a stone frame and bars; light in it where lamps shine."""
    lit = b.setting.lamps > 0.4
    b.rect(x - 0.03, 0.06, 0.4, 0.24, "#b8b0a4", 0.1)
    (shining(b) if lit else b).rect(x, 0.09, 0.34, 0.18, "#f2b85e" if lit else "#2c3038")
    for k in range(5):
        b.rect(x + 0.035 + 0.062 * k, 0.085, 0.018, 0.19, _IRON)
    b.rect(x, 0.17, 0.34, 0.014, _IRON)


def _pipe(b: Brush, x: float) -> None:
    """A rain pipe with its brackets, and the bend that lets the water out."""
    b.rect(x, 0.12, 0.09, max(b.top, 1.0) + 1, "#66727a")
    b.rect(x + 0.012, 0.12, 0.02, max(b.top, 1.0) + 1, "#66727a", 0.22)
    bend = [(x, 0.2), (x + 0.09, 0.2), (x + 0.1, 0.13), (x + 0.17, 0.09), (x + 0.15, 0.02), (x + 0.01, 0.07)]
    b.poly(bend, "#66727a", -0.08)
    for y in (0.3, 0.72, 1.2):
        b.rect(x - 0.025, y, 0.14, 0.03, _IRON)
    b.round(x + 0.08, -0.01, 0.2, 0.03, 0.012, "#59544e")


def _doorstep(b: Brush, x: float, leaf: str) -> None:
    """Two worn steps, the lower part of a front door, and an iron scraper for boots beside it."""
    tall = max(b.top, 1.0) + 1
    b.rect(x - 0.08, 0.3, 1.06, tall, "#d9cfbe")
    b.rect(x - 0.08, 0.3, 0.03, tall, "#d9cfbe", -0.2)
    b.rect(x, 0.3, 0.9, tall, leaf)
    for left in (0.1, 0.5):
        b.rect(x + left, 0.5, 0.3, 0.55, leaf, -0.22)
        b.rect(x + left + 0.025, 0.525, 0.25, 0.5, leaf, 0.06)
    b.rect(x, 0.32, 0.9, 0.1, "#c9a354")
    for low, out in ((0.15, 0.12), (0.0, 0.2)):
        b.round(x - out, low, 0.9 + 2 * out, 0.16, 0.02, "#bdb6aa", 0.05 if low else -0.04)
        b.rect(x - out, low + 0.13, 0.9 + 2 * out, 0.03, "#bdb6aa", 0.2)
    for post in (x - 0.42, x - 0.26):
        b.rect(post, 0.0, 0.022, 0.17, _IRON)
        b.oval(post + 0.011, 0.18, 0.02, 0.02, _IRON, 0.15)
    b.rect(x - 0.42, 0.09, 0.18, 0.022, _IRON)


def _weed(b: Brush, x: float, tall: float) -> None:
    """A tuft that grows where the wall meets the stones."""
    green = b.setting.grass(b.setting.leaf("#6a9450"))
    for lean in (-0.6, -0.15, 0.3, 0.7):
        tip = (x + lean * tall, tall * (1.0 - 0.35 * abs(lean)))
        b.poly([(x - 0.008, -0.01), tip, (x + 0.012, -0.01)], green, 0.12 * lean)


PIECES = {"house_foot": house_foot}
