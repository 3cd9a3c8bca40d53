"""Dressing: small things that give open places a middle ground and a frame. See ``places/recipes.py``."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import skia

from ....storyboard.vocabulary import Season
from .brush import Brush, mixed, shaded

Options = dict[str, Any]


def rowboats(b: Brush, o: Options) -> None:
    """Rowing boats pulled up on land, leaning. Options: step, share, gap, tall."""
    step, tall = o.get("step", 7.0), o.get("tall", 0.7)
    for x, dice in b.cells(step, step):
        x += dice.uniform(0.2, 0.6) * step
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0):
            continue
        long, side = tall * dice.uniform(2.3, 2.9), dice.choice((-1, 1))
        colour = dice.choice(("#b5483c", "#3d6a8a", "#e3d7bd", "#3f7a66", "#c98a3c"))

        def at(u: float, v: float, x: float = x, long: float = long, side: int = side) -> tuple[float, float]:
            return x + side * u * long, v * tall + side * 0.0

        b.blob([at(-0.62, 0.86), at(0.0, 0.66), at(0.66, 1.02), at(0.55, 0.7), at(-0.5, 0.6)], colour, -0.42)
        b.blob(
            [
                at(-0.62, 0.86),
                at(-0.3, 0.68),
                at(0.2, 0.68),
                at(0.7, 1.04),
                at(0.5, 0.2),
                at(0.34, -0.04),
                at(-0.42, -0.04),
            ],
            colour,
        )
        b.curve(
            [at(-0.58, 0.76), at(-0.28, 0.58), at(0.2, 0.58), at(0.52, 0.74), at(0.62, 0.9)],
            "#f0e6d0",
            0.07 * tall,
        )
        b.curve([at(-0.5, 0.3), at(0.0, 0.26), at(0.5, 0.4)], shaded(colour, -0.25), 0.035 * tall)
        b.line([at(-0.2, 0.75), at(0.95, -0.02)], "#c9a878", 0.06 * tall)


def posts(b: Brush, o: Options) -> None:
    """A row of weathered posts that runs down to the water. Options: x, count, tall, rope."""
    x, tall = o.get("x", 3.0), o.get("tall", 0.9)
    side = b.dice("side").choice((-1, 1))
    count = int(o.get("count", 6))
    tops = []
    for k in range(count):
        dice = b.dice(k)
        near = 1 - 0.62 * k / count
        px = side * (x - 1.5 * (1 - near) * 1.3) + dice.uniform(-0.03, 0.03)
        h, w, foot = tall * near * dice.uniform(0.85, 1.15), 0.15 * near, 0.55 * (1 - near)
        b.rect(px - w / 2, foot - 0.05, w, h + 0.05, "#7a6248", dice.uniform(-0.12, 0.08))
        b.oval(px, foot + h, w / 2, w * 0.2, "#a08a6a")
        tops.append((px, foot + h * 0.82))
    if o.get("rope", True):
        for (x0, y0), (x1, y1) in pairwise(tops):
            b.curve([(x0, y0), ((x0 + x1) / 2, min(y0, y1) - 0.12), (x1, y1)], "#d8c49a", 0.03)


def clumps(b: Brush, o: Options) -> None:
    """Clumps of long grass. Options: step, share, gap, tall, colour, avoid."""
    step, tall = o.get("step", 1.3), o.get("tall", 0.5)
    colour = b.setting.grass(o.get("colour", "#8fa85a"))
    for x, dice in b.cells(step, step):
        x += dice.uniform(0, step)
        if dice.random() > o.get("share", 0.55) or abs(x) < o.get("gap", 0) or b.aside(x, o) != x:
            continue
        size = tall * dice.uniform(0.6, 1.2)
        for k in range(9):
            lean = (k / 8 - 0.5) * 1.3 + dice.uniform(-0.1, 0.1)
            h, foot = size * dice.uniform(0.6, 1.05) * (1 - 0.35 * abs(lean)), x + (k / 8 - 0.5) * size * 0.5
            tip = (foot + lean * size * 0.6, h)
            w = 0.045 * size + 0.008
            b.poly([(foot - w, -0.03), tip, (foot + w, -0.03)], colour, dice.uniform(-0.14, 0.12))


def logs(b: Brush, o: Options) -> None:
    """Fallen trunks and driftwood. Options: step, share, gap, colour, long, avoid."""
    step = o.get("step", 6.0)
    for x, dice in b.cells(step, step):
        x += dice.uniform(0.1, 0.7) * step
        if dice.random() > o.get("share", 0.5) or abs(x) < o.get("gap", 0) or b.aside(x, o) != x:
            continue
        long, r = o.get("long", 1.5) * dice.uniform(0.7, 1.2), dice.uniform(0.1, 0.17)
        colour = o.get("colour", "#8f7658")
        b.poly(
            [(x - long / 2, -0.02), (x - long / 2, 2 * r), (x + long / 2, 1.7 * r), (x + long / 2, -0.04)],
            colour,
            dice.uniform(-0.1, 0.05),
        )
        b.line([(x - long * 0.4, r * 1.2), (x + long * 0.42, r)], shaded(colour, -0.22), 0.02)
        b.oval(x - long / 2, r, r * 0.55, r, mixed(colour, "#e8d4ae", 0.55))
        b.line([(x + long * 0.2, r * 1.6), (x + long * 0.34, r * 3.6)], colour, 0.06)


def overhang(b: Brush, o: Options) -> None:
    """A bough hanging in from an upper corner. Options: colour, sort (leaf, palm, pine), top, side."""
    dice = b.dice("bough")
    side = dice.choice((-1, 1))
    side = o.get("side", side)
    top = o.get("top", 3.0)
    corner = (b.left if side < 0 else b.right) - side * 0.12
    sort = o.get("sort", "leaf")
    if b.setting.season is Season.winter and sort != "pine":
        return  # without leaves it is a stick from nowhere
    colour = b.setting.leaf(o.get("colour", "#3f6a3a"))
    if b.setting.season is Season.autumn:  # as near as this it is dark, and would be withered
        colour = mixed(colour, "#ffb82e", 0.6)
    reach = min(1.5, 0.3 * (b.right - b.left))
    bough = [
        (corner, top - 0.1),
        (corner - side * reach * 0.5, top - 0.22),
        (corner - side * reach, top - 0.5),
    ]
    if sort != "palm":  # whose leaves come from a stem outside the frame
        b.curve([(corner + side * 0.4, top + 0.1), *bough], "#4a3a2c", 0.06)
    for k in range(58 if sort != "palm" else 7):
        share = dice.random() ** 0.8
        x = corner - side * reach * share * 1.02
        y = top - 0.1 - 0.4 * share * share + dice.uniform(-0.2, 0.2)
        if sort == "palm":
            tip = (corner - side * reach * (0.35 + 0.13 * k), top - 0.25 - 0.09 * k * dice.uniform(0.6, 1.4))
            start = (corner + side * 0.1, top + 0.12 - 0.04 * k)
            middle = ((start[0] + tip[0]) / 2, max(start[1], tip[1]) + 0.1)
            b.blob([start, middle, tip, (middle[0], middle[1] - 0.13)], colour, dice.uniform(-0.12, 0.1))
            continue
        turn, size = dice.uniform(-2.5, -0.6), dice.uniform(0.2, 0.34)
        wide = size * (0.26 if sort == "leaf" else 0.07)
        leaf = skia.Path()
        leaf.moveTo(0, 0)
        leaf.quadTo(size * 0.45, -wide * 1.6, size, 0)
        leaf.quadTo(size * 0.45, wide * 1.6, 0, 0)
        placed = skia.Matrix.RotateDeg(-math.degrees(turn))
        placed.postTranslate(x, -y)
        leaf.transform(placed)
        b.shape(leaf, colour, dice.uniform(-0.16, 0.14), 1.0)


PIECES = {f.__name__: f for f in (rowboats, posts, clumps, logs, overhang)}
