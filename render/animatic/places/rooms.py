"""Rooms: walls, windows that agree with the hour, and what is built into them. See ``places/recipes.py``."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import skia

from ....storyboard.vocabulary import Season, Weather
from ..ink import rgb
from .brush import Brush, mixed, shaded
from .houses import LAMP, shining

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
    if b.setting.ruined:
        _cracks(b, colour, high)
    b.rect(left, -0.05, wide, 0.17, o.get("lining", shaded(colour, -0.35)))
    if b.top > high:
        _ceiling(b, colour, high, o.get("pattern", "plain"))
    b.rect(left, high - 0.1, wide, 0.14, shaded(colour, 0.2))


def _ceiling(b: Brush, colour: str, high: float, pattern: str) -> None:
    """The ceiling over the wall, coming towards the eye: its lines part from the eye's own height."""
    left, wide = b.left - 1, b.right - b.left + 2
    wooden = pattern in ("planks", "stripes")
    plain = mixed(colour, "#8a6a4a" if wooden else "#f2ece0", 0.4)
    b.fade(left, high, wide, b.top - high + 1, shaded(plain, -0.12), shaded(plain, -0.5))
    middle, eye = (b.left + b.right) / 2, 1.4
    far = (b.top + 1 - eye) / (high - eye)
    beam = shaded(plain, -0.32 if wooden else -0.14)
    step = 1.5 if wooden else 2.4
    for x, _ in b.cells(step, 3):
        thick = 0.2 if wooden else 0.045
        corners = [(x, high), (x + thick, high)]
        ends = [(middle + (px - middle) * far, eye + (high - eye) * far) for px, _y in reversed(corners)]
        b.poly([*corners, *ends], beam)
    for k in (1.16, 1.42):
        y = eye + (high - eye) * k
        if y < b.top + 1:
            b.rect(left, y, wide, 0.05 * k, beam, -0.05, 0.7)


def _cracks(b: Brush, colour: str, high: float) -> None:
    """Where plaster has fallen, and the cracks between."""
    for x, dice in b.cells(1.9, 2):
        y, r = dice.uniform(0.6, high - 0.4), dice.uniform(0.25, 0.6)
        patch = [
            (x + r * dice.uniform(0.6, 1.2) * math.cos(k / 7 * math.tau), y + r * math.sin(k / 7 * math.tau))
            for k in range(7)
        ]
        b.poly(patch, "#8a5a48", -0.1)
        for k in range(3):
            b.rect(x - r * 0.5, y - r * 0.4 + 0.2 * k, r * 0.8, 0.1, "#a86a52")
        crack = [(x, y)]
        for _ in range(5):
            crack.append((crack[-1][0] + dice.uniform(-0.1, 0.3), crack[-1][1] + dice.uniform(0.05, 0.4)))
        b.line(crack, shaded(colour, -0.55), 0.025)


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
    """A window on the sky as it is. Options: x, y, wide, tall, curtain (colour), arched, round,
    panes (a cross in a round one), frame, moon (whether it is in this one at night), transom (one bar
    across, near the top), bare (an opening, without frame and bars).
    """
    x, y, w, h = o.get("x", 0.0), o.get("y", 1.1), o.get("wide", 1.3), o.get("tall", 1.5)
    frame, air = o.get("frame", "#efe6d4"), b.setting.air
    if o.get("round"):
        b.oval(x, y + h / 2, w * 0.58, w * 0.58, frame)
        b = replace(b)
        _view(b, x - w / 2, y, w, w, True)
        if o.get("panes"):  # of one piece it would seem a balloon
            b.rect(x - w / 2, y + (h - 0.06) / 2, w, 0.06, frame)
            b.rect(x - 0.03, y + (h - w) / 2, 0.06, w, frame)
        return
    if o.get("bare"):
        _view(b, x - w / 2, y, w, h, False)
        return
    b.rect(x - w / 2 - 0.09, y - 0.09, w + 0.18, h + 0.18, frame)
    if o.get("arched"):
        b.oval(x, y + h, w / 2 + 0.09, w / 2 + 0.09, frame)
        shining(b).oval(x, y + h, w / 2, w / 2, air.zenith)
    _view(b, x - w / 2, y, w, h, False, bool(o.get("moon", True)))
    for k in range(1, 2 if w < 2 else 4):
        bars = 2 if w < 2 else 4
        if not o.get("transom"):
            b.rect(x - w / 2 + w * k / bars - 0.025, y, 0.05, h, frame)
    b.rect(x - w / 2, y + h * (0.76 if o.get("transom") else 0.55), w, 0.05, frame)
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


def _view(b: Brush, x: float, y: float, w: float, h: float, is_round: bool, moon: bool = True) -> None:
    """What is seen through the glass: sky, a moon or hills."""
    air, out = b.setting.air, shining(b)
    if is_round:
        out.oval(x + w / 2, y + h / 2, w / 2, h / 2, mixed(air.zenith, air.horizon, 0.5))
        return
    out = replace(out, ink=replace(out.ink, veiled=0.0))
    out.fade(x, y, w, h, air.horizon, mixed(air.zenith, air.horizon, 0.2))
    b.canvas.save()
    b.canvas.clipRect(skia.Rect.MakeLTRB(x, -(y + h), x + w, -y))
    ground = mixed(mixed("#6f8f62", air.zenith, 0.35), "#131c30", 0.6 * air.night)
    if b.setting.snowy or b.setting.season is Season.winter:
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
        if moon:
            r = 0.09 * min(w, 1.5)
            out.oval(x + w * 0.68, y + h * 0.76, r, r, "#f3efd8")
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
    """The slanting roof of an attic, up to its ridge. Options: colour."""
    colour = o.get("colour", "#7d5f45")
    for side in (-1, 1):
        b.poly([(0, 7.76), (side * 5.4, 0), (side * 30, 0), (side * 30, 30), (0, 30)], colour, -0.2)
        b.poly([(0, 7.47), (side * 5.2, 0), (side * 5.6, 0), (0, 8.05)], colour)
    b.rect(-3.4, 2.75, 6.8, 0.22, colour, 0.05)


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


def spotlight(b: Brush, o: Options) -> None:
    """A cone of light from above. Options: x, colour."""
    x, high = o.get("x", 0.0), 9.0
    red, green, blue = rgb(o.get("colour", "#fff0c8"))
    for wide, alpha in ((1.0, 26), (0.72, 22)):
        cone = skia.Path()
        cone.moveTo(x - 0.3, -high)
        cone.lineTo(x - 1.9 * wide, 0.0)
        cone.quadTo(x, 0.5 * wide, x + 1.9 * wide, 0.0)
        cone.lineTo(x + 0.3, -high)
        cone.close()
        shader = skia.GradientShader.MakeLinear(
            [skia.Point(x, -5.0), skia.Point(x, 0.3)],
            [skia.Color(red, green, blue, alpha), skia.Color(red, green, blue, alpha // 3)],
        )
        b.canvas.drawPath(cone, skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.BlendMode.kPlus))
    b.glow(x, 0.9, 2.9, "#ffe9b8", 0.26)


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


def stove(b: Brush, o: Options) -> None:
    """An iron stove with a pipe and a pot. Options: x."""
    x = o.get("x", -1.6)
    b.rect(x + 0.12, 0.9, 0.16, b.top + 1, "#4a4d55")
    b.round(x - 0.42, 0, 0.84, 0.95, 0.06, "#3f434b")
    shining(b).round(x - 0.22, 0.25, 0.44, 0.3, 0.05, "#f08a3c")
    b.glow(x, 0.4, 0.9, "#ff9a4a", 0.4)
    b.round(x - 0.32, 0.97, 0.36, 0.26, 0.05, "#8a97a0")
    b.rect(x - 0.35, 1.2, 0.42, 0.04, "#8a97a0", 0.15)


PIECES = {
    f.__name__: f
    for f in (room, window, door, frame, drapes, beams, board, lamp, spotlight, fireplace, stove)
}
