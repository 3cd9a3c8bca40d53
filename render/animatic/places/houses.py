"""Buildings: cottages, streets, towers, castles. See ``places/recipes.py``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from ....storyboard.vocabulary import Mark, Style
from ..tones import apart
from .brush import Brush, mixed, shaded

Options = dict[str, Any]

LAMP = "#ffcf7a"
"""Colour of lamplight."""
_WALLS = ("#d9c7a8", "#c99f7c", "#b8c0b4", "#e0d4c0", "#b5786a", "#9fb0bc")
_BEHIND = 12.0
"""Metres to which houses are what somebody stands before; farther ones are pale with the air between."""
_ROOFS = ("#9c4f3f", "#6f5248", "#5d6a78", "#a8643c", "#7a4650")


def shining(b: Brush) -> Brush:
    """The brush for what gives light itself: the scene's darkness does not dim it."""
    style, veiled = b.ink.style, b.ink.veiled * 0.4
    if style is Style.shadow:  # glass in the screen, of pale colours
        style, veiled = Style.cut_paper, b.ink.veiled * 0.75
    return replace(b, ink=replace(b.ink, style=style, light=(1.0, 1.0, 1.0), veiled=veiled))


def pane(b: Brush, x: float, y: float, w: float, h: float, dice: Random, share: float = 0.6) -> None:
    """A window from outside: lit after dark in some houses."""
    if b.setting.lamps > 0.3 and dice.random() < share:
        shining(b).rect(x, y, w, h, LAMP)
        b.glow(x + w / 2, y + h / 2, max(w, h) * 1.4, LAMP, 0.13 * b.setting.lamps)
    else:
        dice.random()
        b.rect(x, y, w, h, mixed("#3e5266", b.setting.air.horizon, 0.35))
    if w > 5 * b.pixel:
        b.line([(x + w / 2, y), (x + w / 2, y + h)], "#e8e0d0", w * 0.06, 0.6)
        b.line([(x, y + h / 2), (x + w, y + h / 2)], "#e8e0d0", w * 0.06, 0.6)


def house(b: Brush, x: float, w: float, h: float, wall: str, roof: str, dice: Random) -> None:
    """A cottage with a pitched roof, a door, windows and a chimney."""
    gone = b.setting.ruined
    b.rect(x, -0.1, w, h + 0.1, wall)
    b.rect(x + w * 0.82, -0.1, w * 0.18, h + 0.1, wall, -0.12)
    if not gone:
        b.rect(x + w * 0.68, h + w * 0.12, w * 0.1, w * 0.34, roof, -0.15)
        b.poly(
            [(x - w * 0.08, h), (x + w * 0.22, h + w * 0.4), (x + w * 0.78, h + w * 0.4), (x + w * 1.08, h)],
            roof,
        )
        if b.depth < 30:  # smoke from the chimney
            for k in range(4):
                puff, drift = w * (0.055 + 0.022 * k), w * (0.03 * k * k - 0.01 * k)
                b.oval(x + w * 0.73 + drift, h + w * (0.52 + 0.12 * k), puff, puff * 0.8, "#eef0f0", 0.0, 0.5)
        if b.setting.snowy:
            b.poly(
                [
                    (x + w * 0.02, h + w * 0.13),
                    (x + w * 0.22, h + w * 0.42),
                    (x + w * 0.78, h + w * 0.42),
                    (x + w * 0.98, h + w * 0.13),
                ],
                "#eef2f7",
            )
    else:
        b.poly(
            [
                (x, h),
                (x + w * 0.2, h + w * 0.25),
                (x + w * 0.4, h * 0.9),
                (x + w * 0.7, h + w * 0.1),
                (x + w, h * 0.7),
            ],
            wall,
            -0.1,
        )
    door = x + w * 0.42
    b.rect(door, -0.1, w * 0.16, min(2.05, h * 0.68) + 0.1, shaded(roof, -0.25))
    for spot in (0.12, 0.7):
        pane(b, x + w * spot, h * 0.36, w * 0.17, h * 0.34, dice)


def houses(b: Brush, o: Options) -> None:
    """A row of cottages. Options: tall, step, share, gap, walls, roofs (colours)."""
    step = o.get("step", 6.0)
    for x, dice in b.cells(step, step):
        if dice.random() > o.get("share", 0.85):
            continue
        x += dice.uniform(0, step * 0.25)
        w, h = step * dice.uniform(0.5, 0.75), o.get("tall", 2.8) * dice.uniform(0.85, 1.3)
        if min(abs(x), abs(x + w)) < o.get("gap", 0) or (x < 0 < x + w and o.get("gap", 0)):
            continue
        wall = mixed(dice.choice(o.get("walls", " ".join(_WALLS)).split()), b.setting.tint, 0.15)
        house(b, x, w, h, wall, dice.choice(o.get("roofs", " ".join(_ROOFS)).split()), dice)


def home(b: Brush, o: Options) -> None:
    """One house, large in the middle, with a porch, a door, windows and flowers. Options: x, wide, tall."""
    dice = b.dice("home")
    w, h = o.get("wide", 9.6), o.get("tall", 3.5)
    x = o.get("x", 0.4) - w / 2
    wall = mixed(dice.choice(_WALLS[:4]), b.setting.tint, 0.2)
    roof = dice.choice(_ROOFS)
    trim = "#f1e9da"
    b.rect(x, -0.1, w, h + 0.1, wall)
    for k in range(1, 7):
        b.line([(x, h * k / 7), (x + w, h * k / 7)], shaded(wall, -0.12), 0.03, 0.7)
    b.rect(x + w * 0.74, h + 0.8, 0.75, 2.4, "#8a5748")
    b.poly([(x - 0.6, h), (x + 1.3, h + 2.5), (x + w - 1.3, h + 2.5), (x + w + 0.6, h)], roof)
    if b.setting.snowy:
        b.poly(
            [(x - 0.2, h + 0.5), (x + 1.3, h + 2.7), (x + w - 1.3, h + 2.7), (x + w + 0.2, h + 0.5)],
            "#eef2f7",
        )
    middle = x + w / 2
    b.poly([(middle - 1.3, h), (middle, h + 2.0), (middle + 1.3, h)], wall, 0.06)
    b.line([(middle - 1.4, h - 0.05), (middle, h + 2.1), (middle + 1.4, h - 0.05)], trim, 0.14)
    pane(b, middle - 0.38, h + 0.35, 0.76, 0.8, dice, 1.0)
    for side in (0.13, 0.76):
        left = x + w * side - 0.1
        b.rect(left - 0.12, 0.95, 1.5, 1.55, trim)
        pane(b, left, 1.05, 1.26, 1.35, dice, 1.0)
        b.rect(left - 0.2, 0.7, 1.66, 0.25, "#7a4f36")
        for k in range(6):
            b.oval(left - 0.08 + k * 0.28, 1.0, 0.15, 0.13, ("#e8586a", "#f0c04a", "#f4f0e8")[k % 3])
    b.rect(middle - 0.72, 0.15, 1.44, 2.35, trim)
    b.rect(middle - 0.58, 0.15, 1.16, 2.2, shaded(roof, -0.3))
    b.oval(middle + 0.4, 1.2, 0.07, 0.07, "#e6c25a")
    b.rect(middle - 2.0, -0.1, 4.0, 0.3, "#b9a68a")
    for post in (-1.85, 1.7):
        b.rect(middle + post, 0.1, 0.15, 2.6, trim)
    b.poly(
        [(middle - 2.3, 2.65), (middle - 1.7, 3.15), (middle + 1.7, 3.15), (middle + 2.3, 2.65)], roof, 0.1
    )


def street(b: Brush, o: Options) -> None:
    """A closed row of town houses with shops below. Options: tall, step, walls."""
    step = o.get("step", 5.0)
    near = b.setting.coats if b.depth < _BEHIND else ()
    walls = apart(o.get("walls", " ".join(_WALLS)).split(), near)
    if b.setting.ruined:
        gutted(b, o.get("tall", 8.5), step, walls)
        return
    for x, dice in b.cells(step, step):
        h = o.get("tall", 8.5) * dice.uniform(0.8, 1.25)
        wall = mixed(dice.choice(walls), b.setting.tint, 0.15)
        b.rect(x, -0.1, step, h, wall, dice.uniform(-0.1, 0.04))
        b.rect(x - 0.1, h - 0.35, step + 0.2, 0.3, wall, -0.2)
        shop = dice.random() < 0.6
        if shop:
            pane(b, x + 0.5, 0.6, step * 0.5, 1.7, dice, 0.85)
            awning = dice.choice(("#b5483c", "#3f6f6a", "#c9963f", "#5a5f8f"))
            for k in range(6):
                left, wide = x + 0.4 + k * (step * 0.55) / 6, step * 0.55 / 6
                edge = [(left, 2.9), (left + wide, 2.9), (left + wide, 2.35), (left, 2.35)]
                b.poly(edge, awning if k % 2 else "#ece2cf")
        _ground_floor(b, x, step, wall, shop, o.get("avoid", ()))
        floor = 3.6
        while floor < h - 1.2:
            for k in range(3):
                pane(b, x + step * (0.13 + 0.28 * k), floor, step * 0.16, 1.3, dice, 0.5)
            floor += 2.3


def _ground_floor(
    b: Brush, x: float, step: float, wall: str, shop: bool, avoid: Sequence[tuple[float, float]]
) -> None:
    """What is seen of a town house by those who are low down: its plinth, door, step, window or cellar.

    No cellar window is behind a face, of which each of ``avoid`` is the middle and half the width, metres.
    """
    dice = b.dice("door", x)
    b.rect(x, -0.1, step, 0.46, wall, -0.2)
    for k in range(8):
        b.rect(x + step * k / 8 + 0.02, -0.02 + 0.19 * (k % 2), step / 8 - 0.04, 0.16, wall, -0.26)
    if not shop:
        b.rect(x + step * 0.1 - 0.06, 0.94, step * 0.44 + 0.12, 0.1, wall, 0.14)
        pane(b, x + step * 0.1, 1.04, step * 0.2, 1.26, dice, 0.4)
        pane(b, x + step * 0.34, 1.04, step * 0.2, 1.26, dice, 0.4)
    if not any(abs(x + step * 0.16 + 0.29 - middle) < half + 0.3 for middle, half in avoid):
        for k in range(4):
            b.rect(x + step * 0.16 + 0.16 * k, 0.06, 0.1, 0.2, "#3a3a40")
    left, wide = x + step * 0.7, step * 0.19
    leaf = dice.choice(("#6a4634", "#3f5f6a", "#7a3f3a", "#4a6048"))
    b.rect(left - 0.07, -0.1, wide + 0.14, 2.38, wall, 0.16)
    b.rect(left, -0.1, wide, 2.3, leaf)
    for low, tall in ((0.24, 0.5), (0.86, 0.62)):
        for side in (0.12, 0.55):
            b.rect(left + wide * side, low, wide * 0.33, tall, leaf, -0.2)
    b.rect(
        left + wide * 0.12, 1.62, wide * 0.76, 0.42, "#cfe0e6" if b.setting.lamps < 0.3 else "#ffd98f", -0.1
    )
    b.oval(left + wide * 0.5, 0.8, 0.05, 0.05, "#e0b95a")
    b.rect(left - 0.14, -0.1, wide + 0.28, 0.22, "#b8b2a8")


def gutted(b: Brush, tall: float, step: float, walls: list[str]) -> None:
    """Town houses in ruins: broken walls with holes for windows, gaps between them, rubble, plants in it."""
    for x, dice in b.cells(step, step):
        wall = mixed(mixed(dice.choice(walls), b.setting.tint, 0.15), "#8d857a", 0.55)
        h = tall * dice.uniform(0.35, 1.05)
        if dice.random() < 0.82:
            top = [(x + step * k / 6, h * dice.uniform(0.62, 1.0)) for k in range(7)]
            b.poly([(x, -0.1), *top, (x + step, -0.1)], wall, dice.uniform(-0.14, 0.04))
            low = min(y for _, y in top)
            floor = 0.9
            while floor < low - 1.2:
                for k in range(3):
                    hx = x + step * (0.12 + 0.28 * k)
                    ragged = [(hx, floor), (hx + step * 0.17, floor - 0.1), (hx + step * 0.19, floor + 1.2)]
                    b.poly([*ragged, (hx + step * 0.08, floor + 1.4), (hx - 0.05, floor + 1.1)], wall, -0.55)
                floor += 2.3
            crack = [(x + step * 0.6, low), (x + step * 0.52, low * 0.7), (x + step * 0.62, low * 0.45)]
            b.curve(crack, shaded(wall, -0.45), 0.07)
            ivy = b.setting.leaf("#5a8a48")
            for _ in range(9):
                b.oval(x + step * dice.uniform(0.7, 1.0), low * dice.random() ** 1.6, 0.3, 0.24, ivy,
                       dice.uniform(-0.12, 0.1))  # fmt: skip
        heap = [(x + step * k / 5, dice.uniform(0.3, 1.0) if 0 < k < 5 else -0.1) for k in range(6)]
        b.blob([(x - 0.3, -0.15), *heap, (x + step + 0.3, -0.15)], mixed(wall, "#7d766c", 0.5), -0.1)
        for _ in range(4):
            px = x + step * dice.random()
            b.poly(
                [(px, 0), (px + 0.18, 0.42), (px + 0.5, 0.3), (px + 0.52, 0)], wall, dice.uniform(-0.2, 0.1)
            )


def skyline(b: Brush, o: Options) -> None:
    """Towers far off with lit windows. Options: low, high, step, colour."""
    step = o.get("step", 14.0)
    for x, dice in b.cells(step, step):
        w, h = step * dice.uniform(0.6, 1.05), dice.uniform(o.get("low", 18), o.get("high", 60))
        colour = mixed(o.get("colour", "#73819a"), b.setting.tint, 0.15)
        shade = dice.uniform(-0.12, 0.08)
        if b.setting.ruined:  # cut off at a slant, without a light
            h *= dice.uniform(0.45, 0.9)
            top = [(x + w * k / 4, h * dice.uniform(0.72, 1.0)) for k in range(5)]
            b.poly([(x, -3), *top, (x + w, -3)], shaded(colour, -0.12), shade)
            for k in range(3):
                b.rect(
                    x + w * (0.16 + 0.26 * k), h * dice.uniform(0.2, 0.6), w * 0.12, h * 0.1, colour, -0.45
                )
            continue
        b.rect(x, -3, w, h + 3, colour, shade)
        if dice.random() < 0.35:
            b.rect(x + w * 0.3, h, w * 0.4, h * 0.09, colour, shade - 0.05)
            b.line([(x + w * 0.5, h * 1.09), (x + w * 0.5, h * 1.25)], shaded(colour, -0.3), w * 0.03)
        b.rect(x + w * 0.8, -3, w * 0.2, h + 3, colour, shade - 0.1)
        size = max(w * 0.1, 2.2 * b.pixel)
        rows = min(14, int(h / (size * 2.6)))
        if size < w * 0.3:
            bright = shining(b)
            for row in range(1, rows):
                for k in range(3):
                    if dice.random() < 0.5:
                        lit = b.setting.lamps > 0.3 and dice.random() < 0.75
                        brush = bright if lit else b
                        wx, wy = x + w * (0.14 + 0.22 * k), h * row / rows
                        brush.rect(wx, wy, size, size * 1.3, LAMP if lit else shaded(colour, 0.22), alpha=0.9)


def roofs(b: Brush, o: Options) -> None:
    """A sea of roofs seen from above. Options: tall, step."""
    step, tall = o.get("step", 5.0), o.get("tall", 1.0)
    for x, dice in b.cells(step, step):
        w, h = step * dice.uniform(0.8, 1.3), tall * dice.uniform(0.6, 1.5)
        wall, roof = dice.choice(_WALLS), dice.choice(_ROOFS)
        b.rect(x, -30, w, 30 + h, wall, -0.1)
        pane(b, x + w * 0.2, h - 1.6, w * 0.18, 1.0, dice)
        pane(b, x + w * 0.6, h - 1.6, w * 0.18, 1.0, dice)
        b.poly(
            [(x - w * 0.06, h), (x + w * 0.3, h + w * 0.3), (x + w * 0.7, h + w * 0.3), (x + w * 1.06, h)],
            roof,
        )
        b.rect(x + w * 0.62, h + w * 0.12, w * 0.1, w * 0.32, "#8a5a4a")


def barn(b: Brush, o: Options) -> None:
    """A red barn. Options: x, wide."""
    x, w = o.get("x", -5.0), o.get("wide", 6.0)
    h = w * 0.5
    b.rect(x - w / 2, -0.1, w, h + 0.1, "#a8483a")
    b.poly(
        [
            (x - w * 0.56, h),
            (x - w * 0.36, h * 1.45),
            (x, h * 1.72),
            (x + w * 0.36, h * 1.45),
            (x + w * 0.56, h),
        ],
        "#6d4a44",
    )
    b.poly(
        [
            (x - w * 0.5, h),
            (x - w * 0.33, h * 1.38),
            (x, h * 1.6),
            (x + w * 0.33, h * 1.38),
            (x + w * 0.5, h),
        ],
        "#a8483a",
    )
    b.rect(x - w * 0.17, -0.1, w * 0.34, h * 0.75, "#7d342c")
    for line in (
        ((x - w * 0.17, 0), (x + w * 0.17, h * 0.65)),
        ((x + w * 0.17, 0), (x - w * 0.17, h * 0.65)),
    ):
        b.line(line, "#f0e6d4", w * 0.015)
    pane(b, x - w * 0.07, h * 1.1, w * 0.14, w * 0.12, b.dice("barn"))


def windmill(b: Brush, o: Options) -> None:
    """A windmill. Options: x, tall."""
    x, h = o.get("x", 6.0), o.get("tall", 8.0)
    b.poly(
        [(x - h * 0.17, -0.1), (x - h * 0.1, h * 0.62), (x + h * 0.1, h * 0.62), (x + h * 0.17, -0.1)],
        "#e6dcc8",
    )
    b.poly([(x - h * 0.13, h * 0.62), (x, h * 0.78), (x + h * 0.13, h * 0.62)], "#8a4a3c")
    turn = b.dice("sails").uniform(0.2, 1.2)
    for k in range(4):
        a = turn + k * math.tau / 4
        ca, sa = math.cos(a), math.sin(a)
        tip = (x + ca * h * 0.42, h * 0.66 + sa * h * 0.42)
        b.line([(x, h * 0.66), tip], "#5d4636", h * 0.012)
        b.poly(
            [
                (x + ca * h * 0.1, h * 0.66 + sa * h * 0.1),
                tip,
                (tip[0] - sa * h * 0.09, tip[1] + ca * h * 0.09),
                (x + ca * h * 0.1 - sa * h * 0.09, h * 0.66 + sa * h * 0.1 + ca * h * 0.09),
            ],
            "#f3ecdc",
            alpha=0.9,
        )


def lighthouse(b: Brush, o: Options) -> None:
    """A white lighthouse on dark rock, its red lamp room lit after dark. Options: x, tall, banded."""
    x, tall = o.get("x", -4.0), o.get("tall", 14.0)
    w = tall * 0.095
    b.blob(
        [
            (x - tall * 0.6, -0.5),
            (x - tall * 0.4, tall * 0.09),
            (x, tall * 0.12),
            (x + tall * 0.38, tall * 0.08),
            (x + tall * 0.55, -0.5),
        ],
        "#4f5058",
    )
    base = tall * 0.07
    for band in range(5):
        low, high = band / 5, (band + 1) / 5
        wl, wh = w * (1 - 0.38 * low), w * (1 - 0.38 * high)
        y0, y1 = base + tall * 0.78 * low, base + tall * 0.78 * high
        colour = "#c4453c" if band % 2 and o.get("banded") else "#f1ece0"
        b.poly([(x - wl, y0), (x - wh, y1), (x + wh, y1), (x + wl, y0)], colour)
        b.poly([(x + wl * 0.35, y0), (x + wh * 0.35, y1), (x + wh, y1), (x + wl, y0)], colour, -0.16)
    top = base + tall * 0.78
    b.rect(x - w * 0.85, top, w * 1.7, tall * 0.025, "#8f2f2a")
    b.rect(x - w * 0.58, top + tall * 0.02, w * 1.16, tall * 0.1, "#b03a34")
    lit = b.setting.lamps > 0.15 or b.setting.air.thickness > 0.5
    lit = lit and Mark.unlit not in b.setting.marks and Mark.broken not in b.setting.marks
    (shining(b) if lit else b).rect(
        x - w * 0.45, top + tall * 0.025, w * 0.9, tall * 0.085, "#ffe9a8" if lit else "#5a6a74"
    )
    b.poly(
        [(x - w * 0.65, top + tall * 0.11), (x, top + tall * 0.18), (x + w * 0.65, top + tall * 0.11)],
        "#b03a34",
    )
    b.rect(x - w * 0.2, base, w * 0.4, tall * 0.09, "#4a3a34")
    for k in range(3):
        b.rect(x - w * 0.12, base + tall * (0.24 + 0.17 * k), w * 0.22, tall * 0.035, "#38424c")
    if lit:
        y = top + tall * 0.07
        b.glow(x, y, tall * 0.34, "#ffe2a0", 0.75)


def castle(b: Brush, o: Options) -> None:
    """A castle with towers, battlements and banners. Options: x, wide, tall, colour."""
    x, w, h = o.get("x", 0.0), o.get("wide", 26.0), o.get("tall", 9.0)
    stone = mixed(o.get("colour", "#a9a4a4"), b.setting.tint, 0.12)
    dice = b.dice("castle")

    def crown(left: float, wide: float, y: float, size: float, shade: float) -> None:
        count = max(2, int(wide / size / 2))
        step = wide / count
        for k in range(count):
            b.rect(left + k * step, y, step * 0.55, size, stone, shade)

    b.rect(x - w / 2, -1, w, h * 0.62 + 1, stone, -0.04)
    crown(x - w / 2, w, h * 0.62, h * 0.06, -0.04)
    for at, wide, tall in ((-0.5, 0.14, 1.0), (0.5, 0.14, 0.92), (-0.18, 0.12, 1.3), (0.2, 0.15, 1.12)):
        left, top = x + at * w - wide * w / 2, h * tall
        b.rect(left, -1, wide * w, top + 1, stone, 0.04)
        b.rect(left + wide * w * 0.68, -1, wide * w * 0.32, top + 1, stone, -0.12)
        if abs(at) < 0.4 and not b.setting.ruined:
            b.poly(
                [
                    (left - w * 0.015, top),
                    (left + wide * w / 2, top + h * 0.34),
                    (left + wide * w + w * 0.015, top),
                ],
                "#58688c",
            )
            b.line(
                [(left + wide * w / 2, top + h * 0.34), (left + wide * w / 2, top + h * 0.46)],
                "#4a4048",
                w * 0.004,
            )
            b.poly(
                [
                    (left + wide * w / 2, top + h * 0.46),
                    (left + wide * w / 2 + w * 0.05, top + h * 0.43),
                    (left + wide * w / 2, top + h * 0.4),
                ],
                "#c4483c",
            )
        else:
            crown(left - w * 0.01, wide * w + w * 0.02, top, h * 0.07, 0.04)
        pane(b, left + wide * w * 0.35, top * 0.66, wide * w * 0.26, h * 0.1, dice, 0.8)
    gate = w * 0.05
    b.rect(x - gate, -1, 2 * gate, h * 0.26 + 1, "#3d3238")
    b.oval(x, h * 0.26, gate, gate, "#3d3238")


def columns(b: Brush, o: Options) -> None:
    """Columns, whole or broken, with a beam over them. Options: tall, step, colour, broken, gap."""
    tall, step = o.get("tall", 5.0), o.get("step", 2.6)
    colour = mixed(o.get("colour", "#d8cfbc"), b.setting.tint, 0.1)
    broken = o.get("broken") or b.setting.ruined
    for x, dice in b.cells(step, 2):
        if abs(x) < o.get("gap", 0) or (broken and dice.random() < 0.25):
            continue
        x = b.aside(x, o)
        h = tall * (dice.uniform(0.3, 1.0) if broken else 1.0)
        w = tall * 0.065
        b.rect(x - w * 1.4, -0.05, w * 2.8, tall * 0.06, colour, -0.05)
        b.rect(x - w, tall * 0.05, 2 * w, h - tall * 0.05, colour)
        b.rect(x + w * 0.35, tall * 0.05, w * 0.65, h - tall * 0.05, colour, -0.16)
        b.line([(x - w * 0.35, tall * 0.08), (x - w * 0.35, h)], shaded(colour, -0.14), w * 0.12, 0.7)
        if not broken or h > tall * 0.85:
            b.rect(x - w * 1.5, h, w * 3, tall * 0.05, colour, 0.06)
        else:
            b.poly([(x - w, h), (x - w * 0.4, h + w * 0.8), (x + w * 0.2, h + w * 0.2), (x + w, h)], colour)
    if not broken:
        b.rect(b.left - 1, tall * 1.05, b.right - b.left + 2, tall * 0.16, colour, -0.02)
        b.rect(b.left - 1, tall * 1.2, b.right - b.left + 2, tall * 0.05, colour, 0.1)


def bridge(b: Brush, o: Options) -> None:
    """A stone bridge with arches in the distance, or a parapet. Options: sort (arches, rail), tall."""
    tall, stone = o.get("tall", 6.0), "#a09a92"
    if o.get("sort", "rail") == "rail":
        b.rect(b.left - 1, 0.74, b.right - b.left + 2, 0.13, stone, 0.08)
        b.rect(b.left - 1, -0.1, b.right - b.left + 2, 0.16, stone, -0.05)
        for x, _ in b.cells(0.7, 1):
            b.rect(x, 0.05, 0.12, 0.71, stone, -0.04)
        return
    b.rect(b.left - 1, tall * 0.72, b.right - b.left + 2, tall * 0.28, stone)
    for x, _ in b.cells(tall * 1.5, tall * 2):
        b.rect(x, -4, tall * 0.32, tall + 3.8, stone, -0.06)
        for k in range(7):
            a = math.pi * k / 6
            b.oval(
                x + tall * 0.9 + math.cos(a) * tall * 0.6,
                tall * 0.42 + math.sin(a) * tall * 0.34,
                tall * 0.12,
                tall * 0.1,
                stone,
                -0.03,
            )


PIECES = {
    f.__name__: f
    for f in (
        houses,
        home,
        street,
        skyline,
        roofs,
        barn,
        windmill,
        lighthouse,
        castle,
        columns,
        bridge,
    )
}
