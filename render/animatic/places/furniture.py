"""Furniture and what stands about in rooms. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, mixed

Options = dict[str, Any]
_BOOKS = ("#a8483c", "#3f6478", "#c99a4a", "#5a7a52", "#7a4f6f", "#e0d3b8", "#35424e")


def shelves(b: Brush, o: Options) -> None:
    """Shelves full of books, jars, tools or boxes. Options: x, wide, tall, fill, y, colour."""
    x, w, tall, y = o.get("x", -2.2), o.get("wide", 1.8), o.get("tall", 2.4), o.get("y", 0.0)
    colour, fill = o.get("colour", "#8a6344"), o.get("fill", "books")
    b.rect(x - w / 2 - 0.06, y, w + 0.12, tall, colour, -0.35)
    rows = max(1, round(tall / 0.48))
    step = tall / rows
    for row in range(rows):
        base = y + row * step + 0.05
        dice = b.dice("shelf", x, row)
        at = x - w / 2 + 0.04
        while at < x + w / 2 - 0.1:
            if fill == "books":
                size, high = dice.uniform(0.045, 0.1), step * dice.uniform(0.55, 0.82)
                if dice.random() < 0.9:
                    b.rect(at, base, size, high, dice.choice(_BOOKS), dice.uniform(-0.15, 0.1))
                at += size + 0.008
            elif fill == "jars":
                size, high = dice.uniform(0.1, 0.16), step * dice.uniform(0.4, 0.7)
                b.round(
                    at,
                    base,
                    size,
                    high,
                    0.03,
                    dice.choice(("#8fb8a8", "#d9a05a", "#c9d6da", "#b5685a", "#9f8fc0")),
                )
                b.rect(at + size * 0.2, base + high, size * 0.6, 0.03, "#6a4d38")
                at += size + dice.uniform(0.04, 0.14)
            elif fill == "tools":
                high = step * dice.uniform(0.5, 0.75)
                b.rect(at + 0.03, base, 0.04, high, "#a5793f")
                b.rect(at - 0.02, base + high, 0.14, 0.08, "#8d979f")
                at += dice.uniform(0.18, 0.32)
            else:
                size, high = dice.uniform(0.2, 0.4), step * dice.uniform(0.4, 0.75)
                b.rect(
                    at,
                    base,
                    size,
                    high,
                    dice.choice(("#b08d5f", "#9a744f", "#c2a478")),
                    dice.uniform(-0.1, 0.1),
                )
                at += size + 0.05
        b.rect(x - w / 2 - 0.06, y + row * step, w + 0.12, 0.05, colour)
    b.rect(x - w / 2 - 0.1, y + tall, w + 0.2, 0.07, colour, 0.06)
    for side in (x - w / 2 - 0.09, x + w / 2 + 0.03):
        b.rect(side, y, 0.06, tall, colour)


def table(b: Brush, o: Options) -> None:
    """A table or desk with things on it. Options: x, wide, tall, colour, on (cups, papers ...), round."""
    x, w, h = o.get("x", 1.8), o.get("wide", 1.6), o.get("tall", 0.76)
    colour, on = o.get("colour", "#9a6d45"), o.get("on", "cups")
    if o.get("round"):
        b.rect(x - 0.05, 0.03, 0.1, h, colour, -0.2)
        b.oval(x, 0.04, w * 0.26, 0.05, colour, -0.2)
        b.oval(x, h, w / 2, 0.1, colour)
        b.oval(x, h + 0.03, w / 2, 0.09, colour, 0.12)
        return
    for leg in (x - w * 0.45, x + w * 0.45 - 0.08):
        b.rect(leg, 0, 0.08, h, colour, -0.2)
    b.rect(x - w / 2, h - 0.04, w, 0.09, colour)
    b.rect(x - w * 0.46, h - 0.16, w * 0.92, 0.12, colour, -0.12)
    top = h + 0.05
    if on == "cups":
        b.round(x - w * 0.2, top, 0.1, 0.1, 0.02, "#e6e0d4")
        b.round(x + w * 0.1, top, 0.2, 0.17, 0.06, "#6f93a8")
        b.curve(
            [
                (x + w * 0.1 + 0.2, top + 0.05),
                (x + w * 0.1 + 0.32, top + 0.1),
                (x + w * 0.1 + 0.34, top + 0.16),
            ],
            "#6f93a8",
            0.035,
        )
    elif on == "papers":
        b.rect(x - w * 0.25, top, 0.34, 0.025, "#f4efe2")
        b.rect(x + w * 0.1, top, 0.26, 0.08, "#a8483c")
        b.rect(x + w * 0.11, top + 0.08, 0.24, 0.06, "#3f6478")
        b.rect(x - w * 0.4, top, 0.07, 0.14, "#39404a")
    elif on == "flask":
        for k, hue in enumerate(("#7fd0b8", "#e0a05a", "#b58fe0")):
            fx = x - w * 0.3 + k * w * 0.26
            b.poly(
                [
                    (fx - 0.11, top),
                    (fx - 0.03, top + 0.17),
                    (fx - 0.03, top + 0.28),
                    (fx + 0.03, top + 0.28),
                    (fx + 0.03, top + 0.17),
                    (fx + 0.11, top),
                ],
                hue,
            )
    elif on == "food":
        b.oval(x - w * 0.15, top + 0.06, 0.17, 0.08, "#d9a860")
        b.oval(x + w * 0.2, top + 0.07, 0.07, 0.07, "#c9483c")
        b.oval(x + w * 0.28, top + 0.06, 0.06, 0.06, "#a8c25a")


def chair(b: Brush, o: Options) -> None:
    """A chair. Options: x, colour, flip."""
    x, colour, side = o.get("x", 0.9), o.get("colour", "#8a5f3d"), -1 if o.get("flip") else 1
    for leg in (x - 0.2, x + 0.16):
        b.rect(leg, 0, 0.05, 0.45, colour, -0.15)
    b.rect(x - 0.22, 0.43, 0.46, 0.06, colour)
    post = x - 0.22 if side > 0 else x + 0.18
    b.rect(post, 0.45, 0.05, 0.55, colour, -0.08)


def counter(b: Brush, o: Options) -> None:
    """A long counter or cupboard. Options: x, wide, tall, colour, top."""
    x, w, h, colour = o.get("x", 0.0), o.get("wide", 4.0), o.get("tall", 0.92), o.get("colour", "#7f9a8a")
    b.rect(x - w / 2, 0, w, h, colour)
    count = max(1, int(w / 0.6))
    for k in range(count):
        left = x - w / 2 + k * w / count
        b.rect(left + 0.04, 0.08, w / count - 0.08, h * 0.55, colour, -0.08)
        b.rect(left + 0.04, h * 0.7, w / count - 0.08, h * 0.2, colour, -0.05)
        b.oval(left + w / count / 2, h * 0.8, 0.03, 0.03, "#d9c089")
    b.rect(x - w / 2 - 0.05, h, w + 0.1, 0.07, o.get("top", "#e6dcc8"))


def bed(b: Brush, o: Options) -> None:
    """A bed. Options: x, colour, wide, iron."""
    x, w, colour = o.get("x", 2.0), o.get("wide", 2.0), o.get("colour", "#6f8fb0")
    post = "#c9ced2" if o.get("iron") else "#8a5f3d"
    b.rect(x - w / 2 - 0.06, 0, 0.1, 1.15, post)
    b.rect(x + w / 2, 0, 0.1, 0.75, post)
    b.rect(x - w / 2, 0.25, w, 0.12, post, -0.1)
    b.round(x - w / 2, 0.34, w, 0.22, 0.06, "#efe8da")
    b.round(x - w / 2 + 0.06, 0.52, 0.5, 0.2, 0.09, "#f7f3ea")
    b.blob([(x - w * 0.16, 0.66), (x + w * 0.5, 0.64), (x + w * 0.52, 0.2), (x - w * 0.14, 0.2)], colour)


def sofa(b: Brush, o: Options) -> None:
    """A sofa or armchair. Options: x, wide, colour."""
    x, w, colour = o.get("x", -1.8), o.get("wide", 1.7), o.get("colour", "#a05a4a")
    b.round(x - w / 2, 0.3, w, 0.65, 0.16, colour, -0.08)
    b.round(x - w / 2, 0.12, w, 0.4, 0.1, colour, 0.05)
    for side in (x - w / 2 - 0.12, x + w / 2 - 0.12):
        b.round(side, 0.1, 0.25, 0.58, 0.12, colour)


def desks(b: Brush, o: Options) -> None:
    """A row of pupils' desks or benches. Options: step, gap, colour, tall."""
    colour, tall = o.get("colour", "#a87848"), o.get("tall", 0.68)
    for x, _ in b.cells(o.get("step", 1.5), 1):
        if abs(x + 0.5) < o.get("gap", 0):
            continue
        b.rect(x, 0, 0.06, tall, "#5a5048")
        b.rect(x + 0.94, 0, 0.06, tall, "#5a5048")
        b.rect(x - 0.06, tall - 0.06, 1.12, 0.1, colour)


def crates(b: Brush, o: Options) -> None:
    """Boxes, trunks and barrels. Options: step, gap, sort (boxes, barrels), avoid."""
    for x, dice in b.cells(o.get("step", 1.5), 1):
        x += dice.uniform(0, 0.4)
        if dice.random() > o.get("share", 0.7) or abs(x + 0.3) < o.get("gap", 1.2) or b.aside(x, o) != x:
            continue
        w, h = dice.uniform(0.5, 0.85), dice.uniform(0.4, 0.8)
        b.oval(x + w * 0.42, 0.0, w * 0.72, 0.09, "#1c1826", alpha=0.3)  # stands on its shadow
        if dice.random() < 0.4 or o.get("sort") == "barrels":
            b.blob(
                [
                    (x, -0.05),
                    (x - 0.06, h * 0.6),
                    (x, h * 1.3),
                    (x + w * 0.8, h * 1.3),
                    (x + w * 0.86, h * 0.6),
                    (x + w * 0.8, -0.05),
                ],
                "#94683f",
            )
            for y in (0.3, 0.95):
                b.rect(x - 0.01, h * y, w * 0.82, 0.06, "#4f4a48")
        else:
            b.rect(x, 0, w, h, "#b0875a", dice.uniform(-0.12, 0.06))
            b.rect(x, h * 0.42, w, h * 0.1, "#b0875a", -0.25)
            b.rect(x + w * 0.42, h * 0.36, w * 0.16, h * 0.2, "#d9c089", -0.1)


def machines(b: Brush, o: Options) -> None:
    """Machines with wheels, pipes and gauges. Options: step, colour, gap, avoid (by the gauges)."""
    step, colour = o.get("step", 3.0), mixed(o.get("colour", "#6d8078"), b.setting.tint, 0.2)
    for x, dice in b.cells(step, step):
        if abs(x + step * 0.4) < o.get("gap", 0):
            continue
        w, h = step * 0.78, dice.uniform(1.3, 2.1)
        b.rect(x, 0, w, h, colour, dice.uniform(-0.1, 0.05))
        pipe = "#8b979c"
        b.rect(x + w * 0.6, h, w * 0.1, b.top + 1, pipe)
        for k in range(int((b.top + 1 - h) / 0.7) + 1):
            b.rect(x + w * 0.585, h + 0.7 * k, w * 0.13, 0.09, pipe, -0.2)
        wheel = (x + w * 0.3, h * 0.55)
        b.oval(*wheel, 0.42, 0.42, "#c2924a")
        b.oval(*wheel, 0.3, 0.3, colour, -0.25)
        for k in range(4):
            a = k * math.pi / 4 + dice.random()
            b.line(
                [
                    (wheel[0] - 0.36 * math.cos(a), wheel[1] - 0.36 * math.sin(a)),
                    (wheel[0] + 0.36 * math.cos(a), wheel[1] + 0.36 * math.sin(a)),
                ],
                "#c2924a",
                0.05,
            )
        for k in range(2):
            if any(abs(x + w * (0.7 + 0.16 * k) - at) < half for at, half in o.get("avoid", ())):
                continue  # a dial beside a face would be at its nose
            b.oval(x + w * (0.7 + 0.16 * k), h * 0.7, 0.12, 0.12, "#efe8d8")
            b.line(
                [(x + w * (0.7 + 0.16 * k), h * 0.7), (x + w * (0.72 + 0.16 * k), h * 0.76)], "#b03a34", 0.025
            )


def plinths(b: Brush, o: Options) -> None:
    """Pedestals with vases, busts and bones. Options: step, gap."""
    for x, dice in b.cells(o.get("step", 2.4), 1):
        if abs(x) < o.get("gap", 1.3):
            continue
        b.rect(x - 0.3, 0, 0.6, 0.95, "#d6d0c4")
        b.rect(x - 0.36, 0.93, 0.72, 0.08, "#e6e0d4")
        if dice.random() < 0.5:
            b.blob(
                [
                    (x - 0.1, 1.0),
                    (x - 0.26, 1.3),
                    (x - 0.08, 1.55),
                    (x - 0.13, 1.7),
                    (x + 0.13, 1.7),
                    (x + 0.08, 1.55),
                    (x + 0.26, 1.3),
                    (x + 0.1, 1.0),
                ],
                dice.choice(("#b5654a", "#4f7a8a", "#c99a4a")),
            )
        else:
            b.blob(
                [
                    (x - 0.26, 1.0),
                    (x - 0.2, 1.25),
                    (x - 0.05, 1.3),
                    (x + 0.05, 1.3),
                    (x + 0.2, 1.25),
                    (x + 0.26, 1.0),
                ],
                "#ebe6dc",
            )
            b.oval(x, 1.48, 0.15, 0.2, "#ebe6dc")


def seats(b: Brush, o: Options) -> None:
    """Benches of a train or rows of a hall. Options: step, colour, tall, gap."""
    step, colour, tall = o.get("step", 1.9), o.get("colour", "#3f6a5c"), o.get("tall", 1.1)
    for x, _ in b.cells(step, 1):
        if abs(x + 0.4) < o.get("gap", 0):
            continue
        b.round(x, 0.1, 0.2, tall, 0.08, colour)
        b.round(x, 0.3, 0.75, 0.2, 0.07, colour, 0.08)
        b.rect(x + 0.1, 0, 0.5, 0.3, "#4a4038")


def plants(b: Brush, o: Options) -> None:
    """Plants in pots. Options: x."""
    x = o.get("x", -3.2)
    b.poly([(x - 0.16, 0), (x - 0.22, 0.36), (x + 0.22, 0.36), (x + 0.16, 0)], "#b5654a")
    for k in range(7):
        a = math.pi * (0.12 + 0.127 * k)
        tip = (x + 0.55 * math.cos(a), 0.4 + 0.85 * math.sin(a))
        mid = (x + 0.2 * math.cos(a), 0.4 + 0.5 * math.sin(a))
        b.blob(
            [(x, 0.34), (mid[0] - 0.1, mid[1]), tip, (mid[0] + 0.1, mid[1])], "#4f8552", 0.05 * (k % 3 - 1)
        )


PIECES = {
    f.__name__: f
    for f in (shelves, table, chair, counter, bed, sofa, desks, crates, machines, plinths, seats, plants)
}
