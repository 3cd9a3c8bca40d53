"""Pieces of rooms: walls, windows that agree with the hour, furniture. See ``places/recipes.py``."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from ....storyboard.vocabulary import Weather
from .brush import Brush, mixed, shaded
from .built import LAMP, shining

Options = dict[str, Any]
_BOOKS = ("#a8483c", "#3f6478", "#c99a4a", "#5a7a52", "#7a4f6f", "#e0d3b8", "#35424e")


def room(b: Brush, o: Options) -> None:
    """The back wall, its lower panel and the ceiling. Options: colour, panel, pattern, high, lining."""
    colour = mixed(o.get("colour", "#d8c8ae"), b.setting.tint, 0.18)
    high = o.get("high", 3.3)
    left, wide = b.left - 1, b.right - b.left + 2
    b.fade(left, -0.05, wide, high + 0.05, shaded(colour, -0.02), shaded(colour, -0.16))
    _pattern(b, o.get("pattern", "plain"), colour, high)
    if panel := o.get("panel"):
        b.rect(left, -0.05, wide, 1.0, panel)
        b.rect(left, 0.97, wide, 0.08, panel, 0.15)
        for x, _ in b.cells(1.0, 1):
            b.rect(x + 0.1, 0.15, 0.8, 0.68, panel, -0.08)
    b.rect(left, -0.05, wide, 0.17, o.get("lining", shaded(colour, -0.35)))
    b.rect(left, high - 0.1, wide, 0.12, shaded(colour, 0.2))
    if b.top > high:
        b.fade(left, high, wide, b.top - high + 1, shaded(colour, -0.3), shaded(colour, -0.62))


def _pattern(b: Brush, pattern: str, colour: str, high: float) -> None:
    if pattern == "stripes":
        for x, _ in b.cells(0.5, 1):
            b.canvas.save()
            b.fade(x, 0, 0.22, high, shaded(colour, 0.1), shaded(colour, -0.08))
            b.canvas.restore()
    elif pattern in ("bricks", "stone"):
        size = 0.42 if pattern == "bricks" else 0.85
        for x, dice in b.cells(size, 1):
            for _ in range(3):
                y = math.floor(dice.uniform(0, high) / (size * 0.5)) * size * 0.5
                b.rect(x, y, size * 0.9, size * 0.42, colour, dice.choice((-0.12, 0.08, -0.06)), 0.7)
    elif pattern == "planks":
        for x, dice in b.cells(0.4, 1):
            b.rect(x, 0, 0.37, high, colour, dice.uniform(-0.1, 0.06), 0.8)
    elif pattern == "tiles":
        for x, dice in b.cells(0.34, 1):
            for k in range(3, 7):
                if dice.random() < 0.5:
                    b.rect(x, k * 0.34, 0.32, 0.32, colour, dice.choice((0.16, -0.07)), 0.8)
    elif pattern == "metal":
        for x, _ in b.cells(1.6, 2):
            b.rect(x + 0.04, 0.2, 1.52, high * 0.42, colour, 0.07)
            b.rect(x + 0.04, high * 0.5, 1.52, high * 0.4, colour, -0.05)


def window(b: Brush, o: Options) -> None:
    """A window on the sky as it is. Options: x, y, wide, tall, curtain (colour), arched, round, frame."""
    x, y, w, h = o.get("x", 0.0), o.get("y", 1.1), o.get("wide", 1.3), o.get("tall", 1.5)
    frame, air = o.get("frame", "#efe6d4"), b.setting.air
    if o.get("round"):
        b.oval(x, y + h / 2, w * 0.58, w * 0.58, frame)
        b = replace(b)
        _view(b, x - w / 2, y, w, w, True)
        return
    b.rect(x - w / 2 - 0.09, y - 0.09, w + 0.18, h + 0.18, frame)
    if o.get("arched"):
        b.oval(x, y + h, w / 2 + 0.09, w / 2 + 0.09, frame)
        shining(b).oval(x, y + h, w / 2, w / 2, air.zenith)
    _view(b, x - w / 2, y, w, h, False)
    for k in range(1, 2 if w < 2 else 4):
        bars = 2 if w < 2 else 4
        b.rect(x - w / 2 + w * k / bars - 0.025, y, 0.05, h, frame)
    b.rect(x - w / 2, y + h * 0.55, w, 0.05, frame)
    b.rect(x - w / 2 - 0.16, y - 0.16, w + 0.32, 0.1, frame, -0.1)
    if curtain := o.get("curtain"):
        for side in (-1, 1):
            edge = x + side * (w / 2 + 0.16)
            b.blob(
                [
                    (edge, y + h + 0.2),
                    (edge - side * w * 0.34, y + h + 0.2),
                    (edge - side * w * 0.22, y + h * 0.4),
                    (edge - side * w * 0.1, y - 0.25),
                    (edge + side * 0.08, y - 0.25),
                ],
                curtain,
            )
        b.rect(x - w / 2 - 0.3, y + h + 0.14, w + 0.6, 0.06, "#6a4d38")
    if air.night < 0.5:
        b.glow(x, y + h / 2, max(w, h) * 1.3, air.horizon, 0.16)


def _view(b: Brush, x: float, y: float, w: float, h: float, is_round: bool) -> None:
    """What is seen through the glass: sky, a moon or hills."""
    air, out = b.setting.air, shining(b)
    if is_round:
        out.oval(x + w / 2, y + h / 2, w / 2, h / 2, mixed(air.zenith, air.horizon, 0.5))
        return
    out = replace(out, ink=replace(out.ink, veiled=0.0))
    out.fade(x, y, w, h, air.horizon, mixed(air.zenith, air.horizon, 0.2))
    b.canvas.save()
    import skia

    b.canvas.clipRect(skia.Rect.MakeLTRB(x, -(y + h), x + w, -y))
    ground = mixed(mixed("#6f8f62", air.zenith, 0.35), "#131c30", 0.6 * air.night)
    if b.setting.snowy:
        ground = mixed(ground, "#e6edf4", 0.75)
    out.blob(
        [
            (x - w, y - 0.6),
            (x - w * 0.2, y + h * 0.24),
            (x + w * 0.5, y + h * 0.12),
            (x + w * 1.2, y + h * 0.3),
            (x + w * 2, y - 0.6),
        ],
        ground,
    )
    if air.night > 0.5 and b.setting.weather in (Weather.clear, Weather.wind):
        out.oval(x + w * 0.68, y + h * 0.76, w * 0.09, w * 0.09, "#f3efd8")
        dice = b.dice("stars", x)
        for _ in range(8):
            out.oval(x + w * dice.random(), y + h * dice.uniform(0.4, 1), 0.012, 0.012, "#fff8e0")
    elif b.setting.weather in (Weather.rain, Weather.storm):
        dice = b.dice("drops", x)
        for _ in range(16):
            rx, ry = x + w * dice.random(), y + h * dice.random()
            out.line([(rx, ry), (rx - 0.03, ry - 0.16)], "#dfe9f0", 0.012, 0.6)
    elif b.setting.weather is Weather.snow:
        dice = b.dice("flakes", x)
        for _ in range(16):
            out.oval(x + w * dice.random(), y + h * dice.random(), 0.018, 0.018, "#ffffff")
    b.canvas.restore()


def door(b: Brush, o: Options) -> None:
    """A door. Options: x, colour, double."""
    x, colour = o.get("x", 2.4), o.get("colour", "#7d5840")
    for k in range(2 if o.get("double") else 1):
        left = x + k * 0.95 - 0.47
        b.rect(left - 0.07, 0, 1.08, 2.2, shaded(colour, 0.25))
        b.rect(left, 0, 0.94, 2.12, colour)
        for y in (0.2, 1.15):
            b.rect(left + 0.14, y, 0.66, 0.78, colour, -0.12)
        b.oval(left + (0.12 if k else 0.82), 1.03, 0.045, 0.045, "#e0b95a")


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


def frame(b: Brush, o: Options) -> None:
    """Pictures on the wall. Options: x, y, wide, tall."""
    x, y, w, h = o.get("x", 0.0), o.get("y", 1.5), o.get("wide", 0.7), o.get("tall", 0.55)
    dice = b.dice("frame", x)
    b.rect(x - w / 2 - 0.05, y - 0.05, w + 0.1, h + 0.1, "#b98d4a")
    sky, land = dice.choice((("#a8c8d8", "#6f8f62"), ("#e6c59a", "#8a5f4a"), ("#8fa0c0", "#4f5f80")))
    b.rect(x - w / 2, y, w, h, sky)
    b.poly(
        [
            (x - w / 2, y),
            (x - w * 0.2, y + h * 0.55),
            (x + w * 0.1, y + h * 0.25),
            (x + w / 2, y + h * 0.45),
            (x + w / 2, y),
        ],
        land,
    )


def table(b: Brush, o: Options) -> None:
    """A table or desk with things on it. Options: x, wide, tall, colour, on (cups, papers, flask, food, none)."""
    x, w, h = o.get("x", 1.8), o.get("wide", 1.6), o.get("tall", 0.76)
    colour, on = o.get("colour", "#9a6d45"), o.get("on", "cups")
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


def stove(b: Brush, o: Options) -> None:
    """An iron stove with a pipe and a pot. Options: x."""
    x = o.get("x", -1.6)
    b.rect(x + 0.12, 0.9, 0.16, b.top + 1, "#4a4d55")
    b.round(x - 0.42, 0, 0.84, 0.95, 0.06, "#3f434b")
    shining(b).round(x - 0.22, 0.25, 0.44, 0.3, 0.05, "#f08a3c")
    b.glow(x, 0.4, 0.9, "#ff9a4a", 0.4)
    b.round(x - 0.32, 0.97, 0.36, 0.26, 0.05, "#8a97a0")
    b.rect(x - 0.35, 1.2, 0.42, 0.04, "#8a97a0", 0.15)


def fireplace(b: Brush, o: Options) -> None:
    """A fireplace with its fire. Options: x, colour."""
    x, colour = o.get("x", 2.3), o.get("colour", "#9c8f86")
    b.rect(x - 0.55, 1.2, 1.1, b.top + 1, colour, -0.05)
    b.rect(x - 0.85, 0, 1.7, 1.25, colour)
    b.rect(x - 1.0, 1.22, 2.0, 0.13, "#7a5a40")
    b.rect(x - 0.55, 0, 1.1, 0.85, "#1f1a1c")
    fire = shining(b)
    for dx, h, hue in (
        (-0.2, 0.45, "#e8622c"),
        (0.18, 0.5, "#e8622c"),
        (0.0, 0.62, "#f7a03c"),
        (0.02, 0.36, "#ffe08a"),
    ):
        fire.blob(
            [
                (x + dx - 0.2, 0.02),
                (x + dx - 0.17, h * 0.4),
                (x + dx, h * 1.25),
                (x + dx + 0.17, h * 0.4),
                (x + dx + 0.2, 0.02),
            ],
            hue,
        )
    b.glow(x, 0.45, 2.4, "#ff9a4a", 0.45)
    b.rect(x - 0.75, 1.35, 0.1, 0.25, "#d9c089")
    b.oval(x + 0.5, 1.5, 0.16, 0.16, "#e6dcc8")


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


def lamp(b: Brush, o: Options) -> None:
    """A lamp hanging from the ceiling, or standing. Options: x, y, stands, colour, always."""
    x, colour = o.get("x", 0.4), o.get("colour", "#d9a05a")
    lit = b.setting.lamps > 0.15 or bool(o.get("always"))
    y = o.get("y", 1.5 if o.get("stands") else 2.35)
    if o.get("stands"):
        b.rect(x - 0.025, 0, 0.05, y, "#5a4a40")
        b.rect(x - 0.18, 0, 0.36, 0.04, "#5a4a40")
    else:
        b.line([(x, y + 0.2), (x, b.top + 1)], "#3f3a3a", 0.025)
    (shining(b) if lit else b).poly(
        [(x - 0.28, y), (x - 0.13, y + 0.26), (x + 0.13, y + 0.26), (x + 0.28, y)],
        "#ffd98f" if lit else colour,
    )
    if lit:
        shining(b).oval(x, y, 0.1, 0.08, "#fff3cf")
        b.glow(x, y, 2.6, LAMP, 0.42 if b.setting.lamps > 0.15 else 0.2)


def board(b: Brush, o: Options) -> None:
    """A blackboard with chalk marks, or a screen. Options: x, wide, colour, frame."""
    x, w = o.get("x", 0.0), o.get("wide", 2.8)
    b.rect(x - w / 2 - 0.07, 1.0, w + 0.14, 1.34, o.get("frame", "#8a6344"))
    b.rect(x - w / 2, 1.07, w, 1.2, o.get("colour", "#2f4a40"))
    dice = b.dice("board", x)
    for row in range(3):
        at = x - w * 0.42
        while at < x + w * 0.3 * dice.uniform(0.5, 1.2):
            long = dice.uniform(0.08, 0.3)
            b.line(
                [(at, 2.0 - 0.27 * row), (at + long, 2.0 - 0.27 * row + dice.uniform(-0.03, 0.03))],
                "#e8e8dc",
                0.028,
                0.8,
            )
            at += long + 0.09
    b.oval(x + w * 0.34, 1.5, 0.16, 0.16, "#e8e8dc", 0.0, 0.25)


def desks(b: Brush, o: Options) -> None:
    """A row of pupils' desks or benches. Options: step, gap, colour, tall."""
    colour, tall = o.get("colour", "#a87848"), o.get("tall", 0.68)
    for x, _ in b.cells(o.get("step", 1.5), 1):
        if abs(x + 0.5) < o.get("gap", 0):
            continue
        b.rect(x, 0, 0.06, tall, "#5a5048")
        b.rect(x + 0.94, 0, 0.06, tall, "#5a5048")
        b.rect(x - 0.06, tall - 0.06, 1.12, 0.1, colour)


def drapes(b: Brush, o: Options) -> None:
    """Great curtains at both sides and above. Options: colour, open (metres from the middle)."""
    colour, open_ = o.get("colour", "#a8323c"), o.get("open", 3.2)
    high = b.top + 1
    for side in (-1, 1):
        for k in range(8):
            edge = side * (open_ + 0.55 * k)
            b.blob(
                [
                    (edge, -0.1),
                    (edge + side * 0.7, -0.1),
                    (edge + side * 0.66, high),
                    (edge - side * (0.5 if k == 0 else 0.05), high),
                ],
                colour,
                (-0.16, 0.05)[k % 2],
            )
    valance = o.get("valance", 3.5)
    for x, _ in b.cells(1.4, 2):
        b.blob(
            [
                (x - 0.1, high),
                (x - 0.1, valance),
                (x + 0.7, valance - 0.5),
                (x + 1.5, valance),
                (x + 1.5, high),
            ],
            colour,
            -0.06,
        )
    if b.top > valance:
        b.rect(b.left - 1, valance + 0.2, b.right - b.left + 2, high, colour, -0.12)


def beams(b: Brush, o: Options) -> None:
    """The slanting roof of an attic. Options: colour."""
    colour = o.get("colour", "#7d5f45")
    for side in (-1, 1):
        b.poly(
            [(side * 2.2, 4.6), (side * 5.4, 0), (side * 30, 0), (side * 30, 30), (side * 2.2, 30)],
            colour,
            -0.2,
        )
        b.poly([(side * 2.0, 4.6), (side * 5.2, 0), (side * 5.6, 0), (side * 2.4, 4.6)], colour)
        b.poly([(side * 0.1, 30), (side * 2.2, 4.2), (side * 2.6, 4.2), (side * 0.4, 30)], colour, -0.1)
    b.rect(-3.4, 2.75, 6.8, 0.22, colour, 0.05)


def crates(b: Brush, o: Options) -> None:
    """Boxes, trunks and barrels. Options: step, gap, sort (boxes, barrels)."""
    for x, dice in b.cells(o.get("step", 1.5), 1):
        x += dice.uniform(0, 0.4)
        if dice.random() > o.get("share", 0.7) or abs(x + 0.3) < o.get("gap", 1.2):
            continue
        w, h = dice.uniform(0.5, 0.85), dice.uniform(0.4, 0.8)
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
    """Machines with wheels, pipes and gauges. Options: step, colour, gap."""
    step, colour = o.get("step", 3.0), mixed(o.get("colour", "#6d8078"), b.setting.tint, 0.2)
    for x, dice in b.cells(step, step):
        if abs(x + step * 0.4) < o.get("gap", 0):
            continue
        w, h = step * 0.78, dice.uniform(1.3, 2.1)
        b.rect(x, 0, w, h, colour, dice.uniform(-0.1, 0.05))
        b.rect(x + w * 0.6, h, w * 0.16, b.top + 1, "#8a6f5a")
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
            b.oval(x + w * (0.7 + 0.16 * k), h * 0.7, 0.12, 0.12, "#efe8d8")
            b.line(
                [(x + w * (0.7 + 0.16 * k), h * 0.7), (x + w * (0.72 + 0.16 * k), h * 0.76)], "#b03a34", 0.025
            )


def consoles(b: Brush, o: Options) -> None:
    """Panels with lights and a wide port on the stars. Options: colour, port."""
    colour = o.get("colour", "#56627a")
    if o.get("port", True):
        space = shining(b)
        b.round(-2.7, 1.25, 5.4, 1.7, 0.5, colour, -0.35)
        space.round(-2.5, 1.38, 5.0, 1.44, 0.42, "#0a0c1e")
        dice = b.dice("port")
        for _ in range(46):
            space.oval(dice.uniform(-2.3, 2.3), dice.uniform(1.5, 2.72), 0.013, 0.013, "#fff6e0")
        space.oval(1.2, 2.05, 0.4, 0.4, "#c2785a")
        space.oval(1.32, 2.0, 0.3, 0.34, "#9a5a48")
    for x, dice in b.cells(1.4, 1):
        b.poly([(x, 0), (x + 0.06, 0.95), (x + 1.3, 0.95), (x + 1.36, 0)], colour, dice.uniform(-0.08, 0.05))
        for row in range(2):
            for k in range(5):
                lit = shining(b)
                lit.round(
                    x + 0.18 + 0.2 * k,
                    0.45 + 0.2 * row,
                    0.12,
                    0.09,
                    0.02,
                    dice.choice(("#6fe0c8", "#f0b04a", "#e8625a", "#7fa8ff", "#3a4460", "#3a4460")),
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


def spotlight(b: Brush, o: Options) -> None:
    """A cone of light from above. Options: x, colour."""
    x = o.get("x", 0.0)
    shining(b).poly(
        [(x - 0.3, 9), (x + 0.3, 9), (x + 1.9, 0), (x - 1.9, 0)], o.get("colour", "#fff0c8"), alpha=0.13
    )
    b.glow(x, 0.3, 2.4, "#ffe9b8", 0.22)


PIECES = {
    f.__name__: f
    for f in (
        room, window, door, shelves, frame, table, chair, counter, stove, fireplace, bed, sofa, lamp, board, desks,
        drapes, beams, crates, machines, consoles, plinths, seats, plants, spotlight,
    )
}  # fmt: skip
