"""Out of doors, what a sentence names of a place: poles and wires, nets, a well, ferns, a courtyard."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from .brush import Brush, mixed, shaded
from .houses import LAMP, shining

Options = dict[str, Any]
_STONE = "#8f8a84"


def poles(b: Brush, o: Options) -> None:
    """Telegraph poles in a row, with wires between them. Options: step, tall."""
    step, tall, wood = o.get("step", 7.0), o.get("tall", 5.0), "#5f4a38"
    spots = [b.aside(x + 0.3 * step, o) for x, _ in b.cells(step, step)]
    for x, after in pairwise(spots):
        for arm, k in ((-0.5, 0), (0.5, 0), (-0.36, 1), (0.36, 1)):
            y = tall - 0.28 - 0.5 * k
            sag = [(x + arm + (after - x) * t / 8, y - 2.0 * t / 8 * (1 - t / 8)) for t in range(9)]
            b.curve(sag, "#3c3630", 0.028)
    for x in spots:
        b.poly([(x - 0.1, -0.05), (x - 0.07, tall), (x + 0.07, tall), (x + 0.1, -0.05)], wood)
        for k, half in ((0, 0.68), (1, 0.5)):
            b.rect(x - half, tall - 0.45 - 0.5 * k, 2 * half, 0.11, wood, -0.12)
            for side in (-1, 1):
                b.rect(x + side * (half - 0.16) - 0.05, tall - 0.34 - 0.5 * k, 0.1, 0.12, "#dfe8e4")


def tram_wires(b: Brush, o: Options) -> None:
    """The wires of a tram over a street, held by cables between masts. Options: step, high."""
    step, high, dark = o.get("step", 6.5), o.get("high", 4.6), "#2f333c"
    for x, _ in b.cells(step, step):
        post = b.aside(x + 0.1 * step, o)
        b.rect(post - 0.07, 0, 0.14, high + 0.6, dark)
        b.line([(post, high + 0.5), (post + 1.3, high + 0.25)], dark, 0.06)
        b.curve([(x, high + 0.32), (x + step / 2, high), (x + step, high + 0.32)], dark, 0.035)
        for k in range(4):
            drop = x + step * (0.14 + 0.24 * k)
            b.line([(drop, high + 0.22), (drop, high - 0.1)], dark, 0.02)
    for y in (high - 0.1, high - 0.34):
        b.rect(b.left - 1, y, b.right - b.left + 2, 0.045, dark)


def well(b: Brush, o: Options) -> None:
    """A round well of stone under a little roof, its bucket on a rope. Options: x."""
    x = o.get("x", 2.6)
    b.rect(x - 0.62, 0, 1.24, 0.78, _STONE)
    for row in range(3):
        for k in range(4):
            left = x - 0.6 + 0.31 * k + (0.15 if row % 2 else 0)
            b.rect(left, 0.05 + 0.25 * row, min(0.27, x + 0.61 - left), 0.2, _STONE, (-0.12, 0.08)[k % 2])
    b.oval(x, 0.78, 0.7, 0.13, _STONE, 0.14)
    b.oval(x, 0.78, 0.5, 0.08, "#26303a")
    for side in (-1, 1):
        b.rect(x + side * 0.56 - 0.05, 0.7, 0.1, 1.3, "#6d5038")
    b.rect(x - 0.6, 1.6, 1.2, 0.1, "#8a6848")
    b.line([(x, 1.6), (x, 1.1)], "#d8c49a", 0.035)
    b.poly([(x - 0.16, 1.12), (x - 0.11, 0.84), (x + 0.11, 0.84), (x + 0.16, 1.12)], "#9a7448")
    b.poly([(x - 0.98, 1.9), (x, 2.55), (x + 0.98, 1.9)], "#a8503c")
    b.poly([(x, 2.55), (x + 0.98, 1.9), (x + 0.1, 1.9)], "#a8503c", -0.16)


def pear_tree(b: Brush, o: Options) -> None:
    """An old crooked tree full of pears. Options: x, tall."""
    x, tall, bark = o.get("x", 2.8), o.get("tall", 3.6), "#5f4a38"
    left = [(x - 0.52, -0.05), (x - 0.26, 0.2), (x - 0.19, tall * 0.2), (x - 0.24, tall * 0.5)]
    right = [(x + 0.14, tall * 0.52), (x + 0.17, tall * 0.24), (x + 0.27, 0.2), (x + 0.54, -0.05)]
    b.poly([*left, *right], bark)
    for side, high in ((-1, 0.66), (1, 0.74)):
        b.curve([(x, tall * 0.34), (x + side * 0.4, tall * 0.5), (x + side * 0.9, tall * high)], bark, 0.13)
    if b.setting.snowy:
        for spread in (-1.0, -0.5, 0.0, 0.5, 1.0):
            b.curve(
                [(x, tall * 0.45), (x + 0.6 * spread, tall * 0.7), (x + 1.3 * spread, tall * 0.95)],
                bark,
                0.06,
            )
        return
    leaf = b.setting.leaf("#5f8f48")
    crowns = ((-0.95, 0.66, 0.72), (0.98, 0.7, 0.72), (-0.4, 0.92, 0.8), (0.5, 0.94, 0.76), (0.0, 0.7, 0.78))
    for k, (dx, dy, r) in enumerate(crowns):
        b.oval(x + dx, tall * dy, r, r * 0.84, leaf, 0.05 * (k % 3 - 1))
    dice = b.dice("pears")
    for k in range(13):
        dx, dy, r = crowns[k % 5]
        px, py = x + dx + r * dice.uniform(-0.7, 0.7), tall * dy + r * dice.uniform(-0.75, 0.5)
        b.oval(px, py, 0.1, 0.1, "#e0c84a")
        b.poly([(px - 0.075, py + 0.05), (px, py + 0.24), (px + 0.075, py + 0.05)], "#e0c84a", 0.06)


def ferns(b: Brush, o: Options) -> None:
    """Ferns: fans of feathered fronds. Options: step, tall, share, gap, avoid."""
    tall, step = o.get("tall", 0.7), o.get("step", 1.5)
    colour = b.setting.leaf(o.get("colour", "#4f9448"))
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.6)
        if dice.random() > o.get("share", 0.7) or abs(x) < o.get("gap", 0) or b.setting.snowy:
            continue
        if b.aside(x, o) != x:
            continue
        size = tall * dice.uniform(0.8, 1.2)
        for k in range(7):
            lean = (k - 3) / 3
            shade = dice.uniform(-0.14, 0.1)
            spine = [(x, 0.0), (x + 0.5 * lean * size, size * (0.9 - 0.2 * abs(lean))),
                     (x + 1.15 * lean * size, size * (1.05 - 0.62 * abs(lean)))]  # fmt: skip
            for j in range(1, 6):
                t = j / 6
                px = (1 - t) ** 2 * spine[0][0] + 2 * t * (1 - t) * spine[1][0] + t * t * spine[2][0]
                py = (1 - t) ** 2 * spine[0][1] + 2 * t * (1 - t) * spine[1][1] + t * t * spine[2][1]
                b.oval(px, py, size * 0.13 * (1.1 - t), size * 0.05, colour, shade)
            b.curve(spine, shaded(colour, shade), 0.05 * size)


def vines(b: Brush, o: Options) -> None:
    """Vines that hang down from above, with leaves. Options: step, low."""
    low = o.get("low", 2.4)
    for x, dice in b.cells(o.get("step", 1.9), 2):
        end, sway = low + dice.uniform(-0.5, 1.3), dice.uniform(-0.5, 0.5)
        x += dice.uniform(0, 1.2)
        top = b.top + 1
        b.curve([(x, top), (x + sway, (top + end) / 2), (x + 0.3 * sway, end)], "#3f6a3a", 0.07)
        for k in range(int(min(9, (top - end) / 0.45))):
            y = end + 0.45 * k
            b.oval(x + 0.3 * sway + 0.12 * (-1) ** k, y, 0.14, 0.07, b.setting.leaf("#4f9448"), 0.1 * (k % 2))


def nets(b: Brush, o: Options) -> None:
    """A fishing net hung to dry between poles, corks along its edge. Options: x, wide."""
    x, wide, tall = o.get("x", -2.9), o.get("wide", 2.3), o.get("tall", 1.75)
    left, right = x - wide / 2, x + wide / 2

    def top(u: float) -> float:
        return float(tall - 0.28 * math.sin(math.pi * u))

    outline = [(left + wide * k / 8, top(k / 8)) for k in range(9)]
    b.poly([*outline, (right - 0.1, 0.18), (left + 0.1, 0.1)], "#5f8a80", 0.0, 0.3)
    for k in range(-6, 13):
        for way in (1, -1):
            start, end = k / 6, k / 6 + way * 0.5
            if 0 <= start <= 1 and 0 <= end <= 1:
                b.line([(left + wide * start, top(start)), (left + wide * end, 0.16)], "#2f5f58", 0.022)
    for y in (0.35, 0.65, 0.95, 1.25):
        b.curve([(left, y + 0.12), (x, y - 0.1), (right, y + 0.12)], "#2f5f58", 0.022)
    for k in range(9):
        b.oval(left + wide * k / 8, top(k / 8), 0.075, 0.06, "#d98a3c")
    for post in (left, right):
        b.rect(post - 0.06, -0.05, 0.12, tall + 0.25, "#6d523c")


def coils(b: Brush, o: Options) -> None:
    """Coils of rope and iron bollards along a quay. Options: step, gap."""
    for x, dice in b.cells(o.get("step", 2.6), 2):
        if abs(x + 0.5) < o.get("gap", 1.6):
            continue
        for k in range(4):
            b.oval(x, 0.07 + 0.075 * k, 0.36 - 0.02 * k, 0.09, "#d2b07a", (-0.14, 0.06)[k % 2])
        b.oval(x, 0.33, 0.14, 0.035, "#6a5438")
        post = x + dice.uniform(0.9, 1.2)
        b.rect(post - 0.13, 0, 0.26, 0.42, "#3a3f47")
        b.oval(post, 0.44, 0.22, 0.1, "#3a3f47", 0.1)
        b.curve([(x + 0.3, 0.05), ((x + post) / 2, 0.02), (post, 0.25)], "#d2b07a", 0.05)


def iron_gate(b: Brush, o: Options) -> None:
    """A gate of iron bars between two pillars of stone. Options: x."""
    x, iron = o.get("x", -2.6), "#2b2e34"
    for side in (-1, 1):
        b.rect(x + side * 1.2 - 0.22, -0.05, 0.44, 2.1, _STONE)
        b.rect(x + side * 1.2 - 0.29, 2.0, 0.58, 0.16, _STONE, 0.12)
        b.oval(x + side * 1.2, 2.32, 0.18, 0.18, _STONE, -0.05)
    for k in range(9):
        px = x - 0.9 + 0.225 * k
        high = 1.75 + 0.4 * math.cos((k - 4) / 4 * math.pi / 2)
        b.rect(px - 0.025, 0.08, 0.05, high, iron)
        b.poly([(px - 0.06, high + 0.05), (px, high + 0.22), (px + 0.06, high + 0.05)], iron)
    for y in (0.3, 1.45):
        b.rect(x - 0.98, y, 1.96, 0.07, iron)
    b.curve([(x - 0.98, 1.7), (x, 2.5), (x + 0.98, 1.7)], iron, 0.07)


def benches(b: Brush, o: Options) -> None:
    """Park benches. Options: step, gap, colour."""
    colour = o.get("colour", "#9a6a42")
    for x, _ in b.cells(o.get("step", 4.6), 2):
        if abs(x + 0.8) < o.get("gap", 1.9):
            continue
        for leg in (0.1, 1.42):
            b.rect(x + leg, 0, 0.08, 0.9, "#30353c")
        b.rect(x, 0.42, 1.6, 0.09, colour, 0.06)
        for y in (0.58, 0.76):
            b.rect(x, y, 1.6, 0.12, colour)


def fallen_steps(b: Brush, o: Options) -> None:
    """Steps of stone that lead up to nothing. Options: x, count."""
    x, count = o.get("x", 2.7), o.get("count", 6)
    for k in range(count):
        left, high = x - 0.9 + 0.42 * k, 0.24 * (k + 1)
        b.rect(left, -0.05, 0.44 if k < count - 1 else 0.6, high + 0.05, "#aba392", 0.03 * (k % 2))
        b.rect(left - 0.03, high - 0.06, 0.48, 0.07, "#aba392", 0.14)
    b.poly([(x + 1.8, -0.05), (x + 1.95, 0.34), (x + 2.4, 0.24), (x + 2.5, -0.05)], "#aba392", -0.1)


def ivy(b: Brush, o: Options) -> None:
    """Ivy that climbs a wall behind it. Options: step, tall, share."""
    leaf = b.setting.leaf("#4a7d42")
    for x, dice in b.cells(o.get("step", 2.0), 2):
        if dice.random() > o.get("share", 0.6):
            continue
        tall = o.get("tall", 2.4) * dice.uniform(0.6, 1.05)
        for _ in range(22):
            up = dice.random() ** 1.3
            px = x + (0.9 - 0.6 * up) * dice.uniform(-1, 1)
            b.oval(px, tall * up, 0.17, 0.13, leaf, dice.uniform(-0.16, 0.12))


def poppies(b: Brush, o: Options) -> None:
    """Poppies on their stalks among long grass. Options: step, tall, gap, share, colour, avoid."""
    tall = o.get("tall", 0.62)
    for x, dice in b.cells(o.get("step", 0.34), 1):
        if abs(x) < o.get("gap", 0) or dice.random() > o.get("share", 0.75) or b.setting.snowy:
            continue
        if b.aside(x, o) != x:
            continue
        h, lean = tall * dice.uniform(0.55, 1.15), dice.uniform(-0.08, 0.08)
        b.line([(x, 0), (x + lean, h)], "#5a8a42", 0.022)
        for side in (-1, 1):
            b.oval(x + lean + 0.05 * side, h + 0.02, 0.08, 0.075, o.get("colour", "#d83a2c"), 0.05 * side)
        b.oval(x + lean, h, 0.03, 0.03, "#2a2020")


def courtyard(b: Brush, o: Options) -> None:
    """The yard of a castle: battlements, two round towers, a gate with its portcullis, long banners.
    Options: x, banners."""
    stone, high = mixed(o.get("colour", "#98959c"), b.setting.tint, 0.15), 4.3
    left, wide = b.left - 2, b.right - b.left + 4
    b.rect(left, -0.1, wide, high, stone)
    for x, dice in b.cells(1.1, 2):
        b.rect(x, high - 0.1, 0.6, 0.62, stone)
        for _ in range(2):
            b.rect(x + dice.uniform(0, 0.5), dice.uniform(0.2, high - 0.5), 0.5, 0.22, stone,
                   dice.choice((-0.1, 0.08)), 0.7)  # fmt: skip
    for x in (-5.6, 5.4):
        b.rect(x - 1.15, -0.1, 2.3, 7.0, stone, -0.07)
        b.rect(x + 0.35, -0.1, 0.8, 7.0, stone, -0.2)
        for k in range(4):
            b.rect(x - 1.3 + 0.72 * k, 6.8, 0.44, 0.6, stone, -0.07)
        shining(b).rect(x - 0.16, 4.2, 0.32, 0.9, "#ffd98f" if b.setting.lamps > 0.15 else "#3a3d46")
    gate = [(-1.2, -0.1), (-1.2, 1.9), (-0.85, 2.6), (0, 2.95), (0.85, 2.6), (1.2, 1.9), (1.2, -0.1)]
    x = o.get("x", 0.2)
    b.poly([(x + 1.2 * px, 1.1 * py) for px, py in gate], stone, -0.22)
    b.poly([(x + px, py) for px, py in gate], "#4a4752")
    for k in range(5):
        b.rect(x - 0.95 + 0.45 * k, 1.3, 0.08, 1.45 - 0.3 * abs(k - 2) * 0.5, "#6a5c50")
    b.rect(x - 1.15, 1.75, 2.3, 0.08, "#6a5c50")
    for px in o.get("banners", (-3.2, 3.0)):
        if abs(px - x) < 1.9:  # the gate is there
            continue
        b.rect(px - 0.62, 3.62, 1.24, 0.08, "#6a4d38")
        b.poly([(px - 0.5, 3.62), (px + 0.5, 3.62), (px + 0.5, 1.5), (px, 1.15), (px - 0.5, 1.5)], "#a8323c")
        b.poly([(px - 0.3, 2.6), (px, 3.1), (px + 0.3, 2.6), (px, 2.1)], "#e8c95a")
        if b.setting.lamps > 0.15:
            at = px + (1.2 if abs(px + 1.2 - x) > 1.5 else -1.2)  # a torch hangs on the wall
            b.glow(at, 2.2, 2.6, LAMP, 0.5)
            b.line([(at, 1.45), (at, 1.98)], "#5a4030", 0.11)
            b.line([(at - 0.16, 1.62), (at + 0.16, 1.62)], "#3b3640", 0.07)
            b.poly([(at - 0.14, 1.94), (at + 0.14, 1.94), (at + 0.09, 2.06), (at - 0.09, 2.06)], "#3b3640")
            lit = shining(b)
            lit.oval(at, 2.2, 0.13, 0.17, "#ffb74a")
            lit.poly([(at - 0.115, 2.25), (at + 0.115, 2.25), (at + 0.03, 2.62)], "#ffb74a")
            lit.oval(at, 2.16, 0.06, 0.09, "#ffe9b0")


def fountain(b: Brush, o: Options) -> None:
    """A fountain of stone, water leaping in it. Options: x."""
    x, stone = o.get("x", 2.6), "#b5aea2"
    b.rect(x - 1.3, 0, 2.6, 0.5, stone)
    b.rect(x - 1.42, 0.46, 2.84, 0.12, stone, 0.14)
    b.rect(x - 0.14, 0.5, 0.28, 0.9, stone, -0.1)
    b.poly([(x - 0.6, 1.5), (x - 0.2, 1.28), (x + 0.2, 1.28), (x + 0.6, 1.5)], stone, 0.06)
    for side in (-1, 1):
        for k in range(3):
            reach = side * (0.3 + 0.28 * k)
            b.curve([(x, 1.6), (x + 0.4 * reach, 2.2 - 0.12 * k), (x + reach, 1.5), (x + reach, 0.58)],
                    "#d8eef6", 0.05, 0.85)  # fmt: skip


def tents(b: Brush, o: Options) -> None:
    """Tents of a camp, pegged down, their flaps open. Options: step, gap."""
    for x, dice in b.cells(o.get("step", 4.2), 2):
        if abs(x + 0.6) < o.get("gap", 1.6):
            continue
        hue, tall = dice.choice(("#d8a24a", "#4f8a8a", "#c8604a", "#e6dcc4")), dice.uniform(1.6, 2.0)
        b.poly([(x - 1.3, -0.02), (x, tall), (x + 1.3, -0.02)], hue)
        b.poly([(x, tall), (x + 1.3, -0.02), (x + 0.36, -0.02)], hue, -0.16)
        b.poly([(x - 0.34, -0.02), (x, tall * 0.72), (x + 0.34, -0.02)], "#3a332e")
        for side in (-1, 1):
            b.line([(x, tall), (x + side * 1.9, 0.02)], "#d8c49a", 0.025)


PIECES = {
    f.__name__: f
    for f in (
        poles, tram_wires, well, pear_tree, ferns, vines, nets, coils, iron_gate, benches, fallen_steps, ivy,
        poppies, courtyard, fountain, tents,
    )
}  # fmt: skip
