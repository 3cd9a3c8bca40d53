"""What people put up besides houses: piers, walls, lamps, stalls, ships. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, mixed, shaded
from .houses import LAMP, pane, shining

Options = dict[str, Any]


def island(b: Brush, o: Options) -> None:
    """An island far out. Options: x, wide, tall, palms."""
    x, w, h = o.get("x", 40.0), o.get("wide", 60.0), o.get("tall", 12.0)
    b.blob(
        [
            (x - w * 0.6, -1),
            (x - w * 0.3, h * 0.6),
            (x - w * 0.05, h * 1.15),
            (x + w * 0.2, h * 0.5),
            (x + w * 0.4, h * 0.55),
            (x + w * 0.65, -1),
        ],
        "#6f8f78",
    )
    b.blob(
        [(x + w * 0.05, -1), (x + w * 0.22, h * 0.48), (x + w * 0.4, h * 0.52), (x + w * 0.65, -1)],
        "#6f8f78",
        -0.12,
    )


def boats(b: Brush, o: Options) -> None:
    """Moored fishing boats with masts. Options: step, tall, gap."""
    step = o.get("step", 6.0)
    for x, dice in b.cells(step, step):
        if dice.random() > o.get("share", 0.7) or abs(x) < o.get("gap", 0):
            continue
        x += dice.uniform(0, 1.5)
        w = o.get("tall", 5.0) * dice.uniform(0.5, 0.75)
        colour = dice.choice(("#b5483c", "#3d6a8a", "#e3d7bd", "#3f7a66"))
        b.line([(x, 0.4), (x, w * 1.7)], "#6b4f38", w * 0.03)
        if dice.random() < 0.5:
            b.poly([(x + 0.1, w * 0.45), (x + 0.1, w * 1.6), (x + w * 0.62, w * 0.5)], "#efe6d2")
        else:
            b.line([(x, w * 1.65), (x + w * 0.55, w * 0.28)], "#4a4038", 0.03)
            b.rect(x - w * 0.3, w * 0.2, w * 0.28, w * 0.3, "#efe6d2")
        b.blob(
            [
                (x - w * 0.75, w * 0.34),
                (x - w * 0.5, w * 0.24),
                (x + w * 0.45, w * 0.24),
                (x + w * 0.85, w * 0.42),
                (x + w * 0.5, -0.1),
                (x - w * 0.5, -0.1),
            ],
            colour,
        )


def pier(b: Brush, o: Options) -> None:
    """Posts and planks of a pier along the water."""
    y = o.get("y", 0.35)
    b.rect(b.left - 1, y - 0.12, b.right - b.left + 2, 0.16, "#8a6a4c")
    for x, dice in b.cells(o.get("step", 2.0), 2):
        b.rect(x, -0.6, 0.2, y + 0.5 + dice.uniform(0, 0.5), "#6d523c", dice.uniform(-0.1, 0.05))


def wall(b: Brush, o: Options) -> None:
    """A wall of stone or brick across the place. Options: colour, tall, broken, gate (from x to x)."""
    tall, colour = o.get("tall", 2.2), mixed(o.get("colour", "#a39a8c"), b.setting.tint, 0.12)
    tops: list[tuple[float, float]] = []
    for x, dice in b.cells(1.1, 2):
        drop = dice.random() ** 2 * tall * (0.75 if o.get("broken") or b.setting.ruined else 0.0)
        tops += [(x, tall - drop), (x + 1.1, tall - drop)]
    gap = o.get("gate")
    if gap:
        tops = [(tops[0][0], tall), (gap[0], tall)]
        b.rect(gap[1], -0.1, max(0.0, b.right + 2 - gap[1]), tall + 0.1, colour)
    b.poly([(tops[0][0], -0.1), *tops, (tops[-1][0], -0.1)], colour)
    for x, dice in b.cells(0.9, 1):
        y = dice.uniform(0.1, tall * 0.8)
        if gap and gap[0] - 0.5 < x < gap[1]:
            continue
        b.rect(x, y, 0.5, 0.22, colour, dice.choice((-0.12, 0.1)), 0.6)


def fence(b: Brush, o: Options) -> None:
    """A wooden fence. Options: tall, colour, gap."""
    tall, colour = o.get("tall", 1.0), o.get("colour", "#b59a74")
    for y in (0.35, 0.75):
        b.rect(b.left - 1, tall * y, b.right - b.left + 2, tall * 0.09, colour, -0.1)
    for x, dice in b.cells(o.get("step", 0.45), 1):
        h = tall * dice.uniform(0.92, 1.05)
        b.poly(
            [(x, -0.05), (x, h * 0.92), (x + 0.07, h), (x + 0.14, h * 0.92), (x + 0.14, -0.05)],
            colour,
            dice.uniform(-0.08, 0.05),
        )


def gravestones(b: Brush, o: Options) -> None:
    """Leaning stones and crosses. Options: step, gap, tall."""
    for x, dice in b.cells(o.get("step", 1.7), 1):
        if dice.random() > 0.75 or abs(x) < o.get("gap", 0):
            continue
        x += dice.uniform(0, 0.7)
        h, lean = o.get("tall", 0.9) * dice.uniform(0.75, 1.2), dice.uniform(-0.1, 0.1)
        colour = "#8d9298"
        if dice.random() < 0.65:
            w = h * 0.34
            b.blob(
                [
                    (x - w, -0.3),
                    (x - w + lean * 0.5, h * 0.7),
                    (x + lean, h * 1.15),
                    (x + w + lean * 0.5, h * 0.7),
                    (x + w, -0.3),
                ],
                colour,
                dice.uniform(-0.1, 0.08),
            )
            b.line(
                [(x - w * 0.4 + lean * 0.5, h * 0.62), (x + w * 0.4 + lean * 0.5, h * 0.62)],
                shaded(colour, -0.3),
                0.03,
            )
        else:
            b.rect(x - 0.07, -0.1, 0.14, h * 1.2, colour)
            b.rect(x - h * 0.28, h * 0.72, h * 0.56, 0.14, colour)


def lamps(b: Brush, o: Options) -> None:
    """Street lamps. Options: step, tall, gap."""
    step = o.get("step", 7.0)
    for x, _ in b.cells(step, 2):
        x += step * 0.37
        if abs(x) < o.get("gap", 0):
            continue
        x = b.aside(x, o)
        tall = o.get("tall", 3.4)
        if b.setting.ruined:  # bent, without its head
            b.curve([(x, 0), (x + 0.05, tall * 0.5), (x + 0.5, tall * 0.72)], "#4a443e", 0.09)
            b.rect(x - 0.14, 0, 0.28, 0.25, "#4a443e")
            continue
        b.line([(x, 0), (x, tall * 0.9)], "#39404a", 0.09)
        b.rect(x - 0.14, 0, 0.28, 0.25, "#39404a")
        lit = b.setting.lamps > 0.15
        (shining(b) if lit else b).poly(
            [(x - 0.13, tall * 0.88), (x - 0.2, tall), (x + 0.2, tall), (x + 0.13, tall * 0.88)],
            "#ffe7ae" if lit else "#b9c2c4",
        )
        b.poly([(x - 0.24, tall), (x, tall * 1.07), (x + 0.24, tall)], "#39404a")
        if lit:
            b.glow(x, tall * 0.94, 2.4, LAMP, 0.55 * b.setting.lamps)


def stalls(b: Brush, o: Options) -> None:
    """Market stalls with striped roofs and heaps of fruit. Options: step, gap."""
    step = o.get("step", 3.6)
    for x, dice in b.cells(step, step):
        if abs(x + step * 0.4) < o.get("gap", 0):
            continue
        w = step * 0.8
        for post in (x + 0.1, x + w - 0.15):
            b.rect(post, 0, 0.1, 2.3, "#7a5a3f")
        b.rect(x, 0, w, 0.85, "#9a744f")
        colours = dice.choice(
            (("#c9483c", "#e06a50"), ("#e0a53c", "#d97a3a"), ("#6f9f4a", "#a8c25a"), ("#8a5fa0", "#c9688a"))
        )
        for k in range(9):
            b.oval(x + w * (0.08 + 0.105 * k), 0.95 + 0.1 * (k % 2), 0.15, 0.14, colours[k % 2])
        awning = dice.choice(("#b5483c", "#3f6f8a", "#4f8a5c", "#c9963f"))
        for k in range(6):
            left, wide = x - 0.15 + k * (w + 0.3) / 6, (w + 0.3) / 6
            b.poly(
                [
                    (left + 0.08, 2.75),
                    (left + wide + 0.04, 2.75),
                    (left + wide, 2.15),
                    (left + wide / 2, 2.02),
                    (left, 2.15),
                ],
                awning if k % 2 else "#f0e6d2",
            )


def bales(b: Brush, o: Options) -> None:
    """Round bales of hay."""
    for x, dice in b.cells(o.get("step", 4.5), 1):
        if dice.random() < 0.55 and abs(x) > o.get("gap", 1.5):
            r = dice.uniform(0.45, 0.6)
            b.round(x, 0, 1.5 * r, 2 * r, 0.5 * r, "#cda64e", -0.06)
            for k in range(4):
                b.line(
                    [(x + 0.5 * r, 0.3 * r + 0.42 * k * r), (x + 1.42 * r, 0.3 * r + 0.42 * k * r)],
                    "#a8823a",
                    0.03,
                )
            b.oval(x, r, 0.62 * r, r, "#e0bd68")
            turns = [
                (x + 0.5 * r * t * math.cos(9 * t), r + 0.84 * r * t * math.sin(9 * t))
                for t in (n / 24 for n in range(25))
            ]
            b.curve(turns, "#b08a42", 0.04)


def train_side(b: Brush, o: Options) -> None:
    """A waiting train. Options: colour."""
    colour = mixed(o.get("colour", "#8a3f3a"), b.setting.tint, 0.15)
    b.rect(b.left - 1, 0.45, b.right - b.left + 2, 2.5, colour)
    b.rect(b.left - 1, 2.95, b.right - b.left + 2, 0.3, colour, -0.3)
    b.rect(b.left - 1, 1.2, b.right - b.left + 2, 0.1, "#e6cf96")
    for x, dice in b.cells(1.7, 2):
        pane(b, x, 1.6, 1.15, 0.95, dice, 0.8)
        b.oval(x + 0.4, 0.32, 0.32, 0.32, "#3a3a42")


def canopy(b: Brush, o: Options) -> None:
    """A roof on iron posts over a platform, with a clock."""
    for x, _ in b.cells(4.4, 3):
        b.rect(x - 0.09, 0, 0.18, 4.0, "#3f5a58")
        b.poly([(x - 0.9, 4.0), (x - 0.09, 3.2), (x + 0.09, 3.2), (x + 0.9, 4.0)], "#3f5a58")
    b.rect(b.left - 1, 4.0, b.right - b.left + 2, 0.5, "#4f6a66")
    for x, _ in b.cells(0.6, 1):
        b.poly([(x, 4.0), (x + 0.3, 3.8), (x + 0.6, 4.0)], "#4f6a66", 0.1)
    x = 2.3
    b.line([(x, 4.0), (x, 3.2)], "#2f3a40", 0.07)
    b.oval(x, 2.75, 0.54, 0.54, "#2f3a40")
    b.oval(x, 2.75, 0.47, 0.47, "#f2ecdc")
    for k in range(12):
        a = math.tau * k / 12
        b.oval(x + 0.39 * math.cos(a), 2.75 + 0.39 * math.sin(a), 0.03, 0.03, "#2f3a40")
    b.line([(x, 2.75), (x, 3.08)], "#2f3a40", 0.06)
    b.line([(x, 2.75), (x + 0.24, 2.68)], "#2f3a40", 0.06)


def bunting(b: Brush, o: Options) -> None:
    """Strings of little flags, where the place is festive."""
    high = o.get("high", 3.3)
    for x, dice in b.cells(4.0, 4):
        for k in range(8):
            share = k / 8
            y = high - 0.5 * math.sin(math.pi * share)
            left = x + 4 * share
            b.poly(
                [(left, y), (left + 0.34, y - 0.02), (left + 0.17, y - 0.36)],
                dice.choice(("#d9573f", "#e8b84a", "#4f8fb0", "#6fa860", "#c9688a")),
            )


def flames(b: Brush, o: Options) -> None:
    """Fire along the ground. Options: tall, gap."""
    fire, tall = shining(b), o.get("tall", 2.0)
    for x, dice in b.cells(tall * 0.6, tall):
        if abs(x) < o.get("gap", 0) or dice.random() < 0.25:
            continue
        h = tall * dice.uniform(0.5, 1.2)
        for share, colour in ((1.0, "#e0522a"), (0.72, "#f7953a"), (0.42, "#ffe08a")):
            w = h * 0.32 * share
            tip = x + dice.uniform(-0.15, 0.15) * h
            shape = [
                (x - w, -0.1),
                (x - w * 0.9, h * 0.4 * share),
                (tip, h * share),
                (x + w * 0.8, h * 0.45 * share),
            ]
            fire.blob([*shape, (x + w, -0.1)], colour)
        b.glow(x, h * 0.4, h * 1.6, "#ff8a3a", 0.3)


def moonbase(b: Brush, o: Options) -> None:
    """A lander on legs and domes with a mast: that somebody lives here. Options: at (metres)."""
    at = float(o.get("at", -7))
    for x, r in ((at + 9, 3.4), (at + 14.4, 2.3)):
        dome = [(x - r, 0.0), *((x - r * math.cos(a), r * 0.9 * math.sin(a)) for a in _ARC), (x + r, 0.0)]
        b.blob(dome, "#c8ccd6")
        b.blob([(x, 0), (x + r, 0), (x + r * 0.7, r * 0.62), (x + r * 0.2, r * 0.88)], "#c8ccd6", -0.22)
        b.round(x - r * 0.3, 0, r * 0.5, r * 0.5, 0.2, "#7f8796")
        b.oval(x + r * 0.42, r * 0.42, r * 0.16, r * 0.14, "#ffe2a0")
        b.glow(x + r * 0.42, r * 0.42, r * 0.5, "#ffd890", 0.4)
    b.line([(at + 11.9, 0), (at + 11.9, 5.4)], "#8a8f9c", 0.14)
    b.blob([(at + 11.2, 5.2), (at + 12.9, 6.2), (at + 12.5, 5.0)], "#e0e4ec")
    for foot, knee in ((-1.9, -1.1), (1.9, 1.1), (-0.7, -0.5), (0.8, 0.5)):
        b.line([(at + foot, 0.05), (at + knee, 1.3)], "#8a8078", 0.16)
        b.oval(at + foot, 0.06, 0.35, 0.1, "#8a8078")
    b.poly([(at - 1.5, 1.1), (at - 1.2, 2.3), (at + 1.2, 2.3), (at + 1.5, 1.1)], "#d8a844")
    b.blob([(at - 1.1, 2.2), (at - 0.9, 3.8), (at + 0.9, 3.8), (at + 1.1, 2.2)], "#dfe3ea")
    b.oval(at + 0.15, 3.05, 0.36, 0.36, "#3f5f7f")
    b.line([(at + 3.2, 0), (at + 3.2, 2.6)], "#c8ccd6", 0.08)
    b.poly([(at + 3.2, 2.6), (at + 4.6, 2.55), (at + 4.6, 1.75), (at + 3.2, 1.8)], "#c8584c")


_ARC = tuple(math.pi * k / 10 for k in range(1, 10))


PIECES = {
    f.__name__: f
    for f in (
        island,
        boats,
        pier,
        wall,
        fence,
        gravestones,
        lamps,
        stalls,
        bales,
        train_side,
        canopy,
        bunting,
        flames,
        moonbase,
    )
}
