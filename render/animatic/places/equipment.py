"""What a ward, a laboratory and a mine are equipped with. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, shaded
from .houses import LAMP, shining

Options = dict[str, Any]


def bedsides(b: Brush, o: Options) -> None:
    """Cabinets beside the beds of a ward: a lamp, flowers, a glass of water. Options: at (where)."""
    lit = b.setting.lamps > 0.15
    for n, x in enumerate(o.get("at", (1.1, -2.3))):
        b.round(x - 0.27, 0.06, 0.54, 0.64, 0.03, "#f3efe4")
        b.rect(x - 0.23, 0.38, 0.46, 0.26, "#f3efe4", -0.1)
        b.rect(x - 0.06, 0.5, 0.12, 0.035, "#7d8a90")
        b.rect(x - 0.31, 0.69, 0.62, 0.05, "#5f8f8c")
        if b.aside(x, o) != x:  # no flowers on the hat of who is before it
            continue
        b.rect(x - 0.14, 0.74, 0.1, 0.03, "#7d6a4a")
        b.rect(x - 0.105, 0.76, 0.03, 0.22, "#7d6a4a")
        shade = [(x - 0.23, 0.96), (x - 0.16, 1.16), (x - 0.02, 1.16), (x + 0.05, 0.96)]
        (shining(b) if lit else b).poly(shade, "#ffdf92" if lit else "#e8b860")
        if lit:
            b.glow(x - 0.09, 1.05, 1.5, LAMP, 0.5)
        b.round(x + 0.09, 0.74, 0.13, 0.18, 0.03, "#6fa8c8")
        for k in range(3):
            dx = 0.09 * (k - 1)
            b.line([(x + 0.155, 0.9), (x + 0.155 + dx, 1.1)], "#4f8552", 0.02)
            hue = ("#d8545c", "#f0c04a", "#e88aa0")[(k + n) % 3]
            b.oval(x + 0.155 + dx, 1.13 - 0.03 * abs(k - 1), 0.06, 0.06, hue)


def charts(b: Brush, o: Options) -> None:
    """Sheets with the line of a fever, on the wall over the beds. Options: at (where)."""
    for x in o.get("at", (-3.9, 2.5)):
        b.rect(x - 0.2, 1.46, 0.4, 0.52, "#8a6a48")
        b.rect(x - 0.17, 1.49, 0.34, 0.43, "#fbf8ee")
        b.rect(x - 0.07, 1.93, 0.14, 0.07, "#8d979c")
        steps = [(x - 0.14, 1.58), (x - 0.06, 1.72), (x, 1.64), (x + 0.06, 1.82), (x + 0.14, 1.6)]
        b.line(steps, "#d8322e", 0.025)


def glassware(b: Brush, o: Options) -> None:
    """A still on a bench: a flask over a flame, a coil, a bottle that fills. Options: x."""
    x, top = o.get("x", 2.4), 0.86
    b.rect(x - 1.0, 0, 2.0, top - 0.1, "#3f5a66")
    for k in range(3):
        b.rect(x - 0.94 + 0.65 * k, 0.1, 0.58, 0.56, "#3f5a66", 0.14)
        b.rect(x - 0.72 + 0.65 * k, 0.52, 0.14, 0.04, "#d8c48a")
    b.rect(x - 1.06, top - 0.1, 2.12, 0.1, "#e9e4d4")
    b.line([(x - 0.78, top), (x - 0.78, top + 0.86)], "#59626a", 0.035)
    b.line([(x - 0.78, top + 0.42), (x - 0.4, top + 0.42)], "#59626a", 0.03)
    b.rect(x - 0.5, top, 0.12, 0.12, "#59626a")
    shining(b).poly([(x - 0.5, top + 0.12), (x - 0.44, top + 0.27), (x - 0.38, top + 0.12)], "#f0a040")
    b.oval(x - 0.44, top + 0.45, 0.2, 0.19, "#d8ecee")
    bulb = [(x - 0.63, top + 0.42), (x - 0.56, top + 0.29), (x - 0.32, top + 0.29), (x - 0.25, top + 0.42)]
    b.poly(bulb, "#b05ac0")
    b.rect(x - 0.48, top + 0.6, 0.08, 0.2, "#d8ecee")
    coil = [(x - 0.44, top + 0.78), (x - 0.3, top + 0.84)]
    coil += [(x - 0.16 + 0.055 * k, top + 0.8 + 0.07 * math.cos(math.pi * k)) for k in range(9)]
    b.curve([*coil, (x + 0.4, top + 0.7), (x + 0.46, top + 0.5)], "#8fc4d0", 0.05)
    bottle = [(x + 0.3, top), (x + 0.3, top + 0.26), (x + 0.41, top + 0.34), (x + 0.41, top + 0.46)]
    b.poly([*bottle, *[(2 * x + 0.92 - px, py) for px, py in reversed(bottle)]], "#d8ecee")
    b.rect(x + 0.31, top + 0.01, 0.3, 0.17, "#3fae84")
    for k, hue in enumerate(("#d8545c", "#f0c04a")):
        b.round(x + 0.74 + 0.13 * k, top, 0.07, 0.26, 0.03, "#d8ecee")
        b.rect(x + 0.745 + 0.13 * k, top + 0.01, 0.06, 0.15, hue)


def formulas(b: Brush, o: Options) -> None:
    """A dark board with a drawing of a molecule and lines of chalk. Options: x, y."""
    x, y = o.get("x", -2.6), o.get("y", 1.2)
    b.rect(x - 0.86, y - 0.06, 1.72, 1.08, "#a87c4c")
    b.rect(x - 0.8, y, 1.6, 0.96, "#2c4a44")
    spots = [(x - 0.56, y + 0.6), (x - 0.3, y + 0.76), (x - 0.08, y + 0.56), (x - 0.3, y + 0.3)]
    b.line([*spots, spots[0]], "#e6ece4", 0.02)
    for (px, py), hue in zip(spots, ("#e88a6a", "#f0d070", "#8fd0c0", "#e6ece4"), strict=True):
        b.oval(px, py, 0.07, 0.07, hue)
    for k, wide in enumerate((0.5, 0.36, 0.44)):
        b.line([(x + 0.18, y + 0.74 - 0.22 * k), (x + 0.18 + wide, y + 0.74 - 0.22 * k)], "#e6ece4", 0.025)
    b.rect(x - 0.86, y - 0.1, 1.72, 0.06, "#8a6238")


def seams(b: Brush, o: Options) -> None:
    """Beds of coal that run through the wall of a mine, and glints of ore. Options: rock."""
    rock = o.get("rock", "#809cc8")
    xs = [b.left - 1 + 0.5 * k for k in range(math.ceil((b.right - b.left + 2) / 0.5) + 1)]
    for level, thick, hue in (
        (2.9, 0.6, shaded(rock, 0.16)),
        (1.9, 0.42, shaded(rock, -0.16)),
        (0.75, 0.2, "#3a4152"),
    ):
        upper = [(x, level + 0.22 * math.sin(0.7 * x + level) + 0.07 * math.sin(2.9 * x)) for x in xs]
        lower = [(x, y - thick * (0.8 + 0.3 * math.sin(1.7 * x + level))) for x, y in reversed(upper)]
        b.poly([*upper, *lower], hue)
    for x, dice in b.cells(1.1, 1):
        gx, gy, r = x + dice.uniform(0, 0.9), dice.uniform(0.5, 3.2), dice.uniform(0.05, 0.09)
        hue = dice.choice(("#f6d060", "#f6d060", "#a8e4f0"))
        for k in range(dice.choice((1, 2, 3))):
            gx, gy, r = gx + 2.4 * r, gy + (0.09, -0.12)[k % 2], 0.85 * r
            b.poly([(gx - r, gy), (gx, gy + r), (gx + 1.2 * r, gy), (gx, gy - 0.8 * r)], hue)


def spoil(b: Brush, o: Options) -> None:
    """Heaps of coal along a wall, a pick and a shovel that lean there. Options: step, gap."""
    for x, dice in b.cells(o.get("step", 3.1), 2):
        if abs(x + 0.5) < o.get("gap", 0.9):
            continue
        for k in range(7):
            at, r = x + 0.17 * k, dice.uniform(0.13, 0.2)
            y = 0.06 + 0.16 * (1 - abs(k - 3) / 3)
            lump = [
                (at - r, y - r),
                (at - 0.7 * r, y + 0.7 * r),
                (at + 0.3 * r, y + r),
                (at + r, y - 0.3 * r),
            ]
            b.poly([*lump, (at + 0.8 * r, y - r)], "#43404c", dice.choice((-0.14, 0.0, 0.12)))
        if dice.random() < 0.5:
            b.line([(x + 1.5, 0), (x + 1.32, 1.1)], "#b58a56", 0.06)
            b.curve([(x + 1.02, 0.96), (x + 1.2, 1.14), (x + 1.36, 1.14), (x + 1.62, 1.04)], "#b8c0c8", 0.08)


PIECES = {f.__name__: f for f in (bedsides, charts, glassware, formulas, seams, spoil)}
