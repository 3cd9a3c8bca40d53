"""What the eye goes to at the end of a way: a lit house, props, washing over a lane, a mountain path."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from .brush import Brush, mixed, shaded
from .houses import LAMP, shining

Options = dict[str, Any]


def lit_home(b: Brush, o: Options) -> None:
    """A house with its door open and lit, windows alight, smoke over it. Options: x, wide."""
    wide = o.get("wide", 5.4)
    x, high, wall, roof = o.get("x", 3.4) - wide / 2, 0.46 * wide, "#d8c19a", "#a04f3c"
    b.rect(x + wide * 0.72, high + 0.3, 0.5, 0.36 * wide, "#8a5748")
    for k in range(4):
        puff = 0.24 + 0.09 * k
        b.oval(
            x + wide * 0.76 + 0.1 * k * k, high + 0.4 * wide + 0.42 * k, puff, puff * 0.8, "#eef0f0", 0.0, 0.5
        )
    b.rect(x, -0.1, wide, high + 0.1, wall)
    b.poly([(x - 0.4, high), (x + wide * 0.2, high + 0.3 * wide), (x + wide * 0.8, high + 0.3 * wide),
            (x + wide + 0.4, high)], roof)  # fmt: skip
    if b.setting.snowy:
        b.poly(
            [
                (x - 0.1, high + 0.12),
                (x + wide * 0.2, high + 0.33 * wide),
                (x + wide * 0.8, high + 0.33 * wide),
                (x + wide + 0.1, high + 0.12),
            ],
            "#eef2f7",
        )
    warm, door = shining(b), x + wide / 2
    for spot in (0.1, 0.7):
        left = x + wide * spot
        b.rect(left - 0.1, 0.34 * high, 0.2 * wide + 0.2, 0.42 * high, "#f1e9da")
        warm.rect(left, 0.38 * high, 0.2 * wide, 0.35 * high, "#ffd074")
        b.rect(left + 0.1 * wide - 0.03, 0.38 * high, 0.06, 0.35 * high, "#f1e9da")
        b.rect(left, 0.55 * high, 0.2 * wide, 0.06, "#f1e9da")
        b.glow(left + 0.1 * wide, 0.55 * high, 1.5, LAMP, 0.4)
    b.rect(door - 0.68, -0.05, 1.36, 2.2, "#f1e9da")
    warm.rect(door - 0.55, -0.02, 1.1, 2.05, "#ffe09a")
    b.poly(
        [(door + 0.55, -0.04), (door + 1.2, -0.2), (door + 1.2, 2.0), (door + 0.55, 2.03)], shaded(roof, -0.2)
    )
    b.poly([(door - 0.55, 0), (door + 0.55, 0), (door + 1.1, -0.5), (door - 1.1, -0.5)], "#ffe6a8", 0.0, 0.5)
    b.glow(door, 1.0, 3.0, LAMP, 0.6)


def props(b: Brush, o: Options) -> None:
    """Timber props of a mine, in each bay a lamp with its pool of light, a cart on rails. Options: step."""
    wood, step = "#a8743f", o.get("step", 3.4)
    for x, _ in b.cells(step, 2):
        px = b.aside(x + 0.3, o)
        b.rect(px - 0.13, 0, 0.26, 3.1, wood)
        b.rect(px - 0.03, 0, 0.06, 3.1, wood, -0.2)
    b.rect(b.left - 1, 3.0, b.right - b.left + 2, 0.3, wood, -0.1)
    for left, _ in b.cells(step, 2):
        x = b.aside(left + 0.3 + 0.5 * step, o)
        b.oval(x, -0.12, 1.25, 0.17, LAMP, 0.0, 0.26)
        b.line([(x, 3.0), (x, 2.6)], "#3a332e", 0.03)
        shining(b).round(x - 0.1, 2.32, 0.2, 0.3, 0.05, "#ffd070")
        b.glow(x, 2.45, 1.9, LAMP, 0.6)
    b.rect(b.left - 1, 0.0, b.right - b.left + 2, 0.06, "#9a9aa2")
    x = o.get("x", 3.0)
    b.poly([(x - 0.8, 0.9), (x - 0.62, 0.25), (x + 0.62, 0.25), (x + 0.8, 0.9)], "#6a6f78")
    for k in range(5):
        b.oval(x - 0.55 + 0.27 * k, 0.95, 0.2, 0.15, "#3a3a42", 0.1 * (k % 2))
    for side in (-0.4, 0.4):
        b.oval(x + side, 0.18, 0.18, 0.18, "#3a3a42")


def washing(b: Brush, o: Options) -> None:
    """Lines of washing across a lane. Options: high, step."""
    high, step = o.get("high", 4.0), o.get("step", 5.0)
    for x, dice in b.cells(step, step):
        sag = [(x + step * k / 8, high - 0.35 * math.sin(math.pi * k / 8)) for k in range(9)]
        b.curve(sag, "#4a4038", 0.03)
        for k in range(1, 8, 2):
            px, py = sag[k]
            hue = dice.choice(("#f4efe2", "#c8604a", "#6f94b0", "#e0b85a", "#8fae7a"))
            b.poly([(px - 0.26, py), (px + 0.26, py), (px + 0.3, py - 0.62), (px - 0.3, py - 0.62)], hue)
            if k % 4 == 1:
                for side in (-1, 1):
                    b.poly(
                        [(px + side * 0.26, py), (px + side * 0.5, py - 0.3), (px + side * 0.3, py - 0.36)],
                        hue,
                    )


def jetty(b: Brush, o: Options) -> None:
    """A jetty of planks on posts over the water, from the side and a little above. Options: x, long."""
    x, long, wood = o.get("x", 2.6), o.get("long", 3.8), "#b08a5c"
    b.rect(x - 0.1, -0.28, long + 0.5, 0.16, "#1f3a46", 0.0, 0.4)
    for k in range(4):
        post = x + 0.12 + (long - 0.5) * k / 3
        b.rect(post + 0.36, 0.1, 0.14, 0.95, "#5c442e")
    planks = round(long / 0.32)
    for k in range(planks):
        left, right = x + long * k / planks, x + long * (k + 1) / planks
        b.poly(
            [(left, 0.24), (right, 0.24), (right + 0.42, 0.5), (left + 0.42, 0.5)],
            wood,
            (-0.1, 0.06, 0.0)[k % 3],
        )
    b.rect(x, 0.13, long, 0.12, "#7a5c3e")
    for k in range(4):
        post = x + 0.12 + (long - 0.5) * k / 3
        b.rect(post, -0.35, 0.16, 1.15, "#6a4f34")
        b.oval(post + 0.08, 0.8, 0.09, 0.035, "#8f7050")


def circus_tent(b: Brush, o: Options) -> None:
    """A circus tent seen from afar: striped, with a flag on its peak. Options: x, tall."""
    x, tall = o.get("x", 7.0), o.get("tall", 7.0)
    half, eaves, stripes = 0.95 * tall, 0.42 * tall, 12
    for k in range(stripes):
        left, right = (x + half * (2 * n / stripes - 1) for n in (k, k + 1))
        colour = "#c8443c" if k % 2 else "#f2e6cc"
        b.poly([(left, -0.1), (left, eaves), (right, eaves), (right, -0.1)], colour, -0.06)
        b.poly([(left, eaves), (x, 0.92 * tall), (right, eaves)], colour)
        b.oval((left + right) / 2, eaves, half / stripes, 0.03 * tall, colour, -0.1)
    b.poly([(x - 0.12 * tall, -0.1), (x, 0.36 * tall), (x + 0.12 * tall, -0.1)], "#4a2f3a")
    b.line([(x, 0.9 * tall), (x, 1.12 * tall)], "#6a5a48", 0.05)
    b.poly([(x, 1.12 * tall), (x + 0.16 * tall, 1.07 * tall), (x, 1.02 * tall)], "#e8b83c")


def easels(b: Brush, o: Options) -> None:
    """Easels with pictures begun, pots of paint at their feet. Options: at (their x)."""
    for n, x in enumerate(o.get("at", (-2.6, 2.7))):
        for foot in (-0.5, 0.5):
            b.line([(x + foot, 0), (x, 2.05)], "#9a7448", 0.07)
        b.rect(x - 0.6, 0.72, 1.2, 0.07, "#9a7448", -0.1)
        b.rect(x - 0.56, 0.8, 1.12, 1.0, "#faf5e8")
        sky, land = (("#8fc0e0", "#6f9a58"), ("#f0b878", "#7a5a88"))[n % 2]
        b.rect(x - 0.5, 0.86, 1.0, 0.88, sky)
        b.blob([(x - 0.5, 0.86), (x - 0.3, 1.2), (x + 0.1, 1.08), (x + 0.5, 1.3), (x + 0.5, 0.86)], land)
        b.oval(x + 0.22, 1.5, 0.12, 0.12, "#fff0c0")
        for k, hue in enumerate(("#d8483c", "#3f7fc0", "#e8b83c", "#5a9a58")):
            left = x - 0.55 + 0.3 * k
            b.round(left, 0, 0.22, 0.24, 0.03, "#d9d2c4")
            b.oval(left + 0.11, 0.24, 0.12, 0.05, hue)


def anvil(b: Brush, o: Options) -> None:
    """An anvil on its block. Options: x."""
    x, iron = o.get("x", 2.2), "#4a4f58"
    b.rect(x - 0.3, 0, 0.6, 0.5, "#7a5a3c")
    b.rect(x - 0.33, 0.4, 0.66, 0.06, iron)
    b.poly([(x - 0.26, 0.5), (x - 0.14, 0.68), (x + 0.14, 0.68), (x + 0.26, 0.5)], iron)
    b.poly([(x - 0.36, 0.86), (x + 0.7, 0.84), (x + 0.34, 0.68), (x - 0.36, 0.68)], iron, 0.12)


def pews(b: Brush, o: Options) -> None:
    """The backs of wooden benches, close by. Options: gap, step."""
    for x, _ in b.cells(o.get("step", 2.2), 2):
        if abs(x + 0.9) < o.get("gap", 0.8):
            continue
        b.rect(x, 0, 1.8, 0.62, "#8a5f3c")
        b.rect(x - 0.04, 0.6, 1.88, 0.09, "#8a5f3c", 0.16)
        for end in (x - 0.06, x + 1.74):
            b.round(end, 0, 0.14, 0.8, 0.06, "#8a5f3c", -0.14)


def scarp(b: Brush, o: Options) -> None:
    """The steep flank of a mountain, grey rock with a narrow path that zigzags up to the snow."""
    side, rock = o.get("side", -1), o.get("colour", "#84868c")
    edge = [
        (1.2, -0.3),
        (0.1, 2.2),
        (-1.4, 3.4),
        (-2.6, 6.4),
        (-4.6, 8.0),
        (-6.0, 11.6),
        (-9, 14.6),
        (-14, 17.5),
    ]

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(-side * px, py) for px, py in points]

    b.poly(at([*edge, (-60, 24), (-60, -0.3)]), rock)
    for points, shade in _FACETS:
        b.poly(at(points), rock, shade)
    sand = mixed(rock, "#d8c39a", 0.62)
    for k, ((x0, y0), (x1, y1)) in enumerate(pairwise(_WAY)):  # ledges, one over the other
        wide, next_wide = 0.34 * 0.86**k, 0.34 * 0.86 ** (k + 1)
        under = [(x0, y0 - 0.02), (x1, y1 - 0.02), (x1, y1 - next_wide * 1.1), (x0, y0 - wide * min(1.1, k))]
        b.poly(at(under), rock, -0.2)
        b.poly(at([(x0, y0), (x1, y1), (x1, y1 + next_wide * 0.7), (x0, y0 + wide * 0.7)]), sand)
    for px, py, tall in _PINES:
        for row in range(3):
            low, half = py + 0.26 * tall * row, tall * (0.3 - 0.07 * row)
            b.poly(at([(px - half, low), (px, low + 0.48 * tall), (px + half, low)]), "#47695a", 0.05 * row)
    snow = [
        (-4.6, 8.0),
        (-6.0, 11.6),
        (-9, 14.6),
        (-14, 17.5),
        (-60, 24),
        (-60, 14),
        (-15, 12.2),
        (-11, 12.6),
        (-9.4, 10.6),
        (-7.2, 10.9),
    ]
    b.poly(at(snow), "#f1f5fa")


_WAY = ((1.2, -0.3), (-1.1, 0.55), (-5.4, 1.35), (-1.7, 2.45), (-6.2, 3.7), (-2.9, 4.75), (-7.4, 6.1),
        (-5.0, 7.1), (-8.6, 8.4), (-7.2, 9.6), (-9.6, 10.4))  # fmt: skip
"""The bends of a path up a steep mountain on the left."""
_FACETS = (
    ([(1.2, -0.3), (0.1, 2.2), (-1.4, 3.4), (-2.6, 6.4), (-3.2, 3.9), (-2.2, 1.8), (-1.6, -0.3)], 0.12),
    ([(-2.6, 6.4), (-4.6, 8.0), (-6.0, 11.6), (-6.6, 8.2), (-4.6, 5.6)], 0.12),
    ([(-6.0, 11.6), (-9, 14.6), (-9.6, 11.4), (-7.6, 9.2)], 0.1),
    ([(-3.2, 3.9), (-4.6, 5.6), (-6.6, 8.2), (-6.2, 4.4), (-4.4, 2.2)], -0.12),
    ([(-4.4, 2.2), (-6.2, 4.4), (-9.2, 3.4), (-8.4, -0.3), (-4.8, -0.3)], -0.06),
    ([(-6.6, 8.2), (-9.6, 11.4), (-12.4, 9.2), (-9.2, 3.4), (-6.2, 4.4)], -0.18),
    ([(-9.2, 3.4), (-12.4, 9.2), (-18, 8), (-15, -0.3), (-8.4, -0.3)], 0.06),
)
"""The planes of its rock and how much lighter they are."""
_PINES = ((-4.1, 1.55, 1.0), (-6.9, 3.75, 0.95), (-3.4, 4.9, 0.75), (-8.0, 6.2, 0.7), (-9.6, 1.2, 1.1))
"""Trees on its ledges: x, foot, height."""


PIECES = {f.__name__: f for f in (lit_home, props, washing, pews, jetty, circus_tent, easels, anvil, scarp)}
