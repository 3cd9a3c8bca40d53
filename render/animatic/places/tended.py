"""What is tended: flower beds in rows, a clipped hedge with its gate, a can and a barrow; water plants."""

from __future__ import annotations

import math
from typing import Any

from ....storyboard.vocabulary import Season
from .brush import Brush, shaded

Options = dict[str, Any]


def hedge(b: Brush, o: Options) -> None:
    """A clipped hedge as a wall, with a gap for the path. Options: colour, tall, gap."""
    tall, gap = o.get("tall", 1.7), o.get("gap", 0.0)
    colour = b.setting.leaf(o.get("colour", "#4f8a48"))
    for side in (-1, 1):
        near, far = side * gap, (b.right + 2 if side > 0 else b.left - 2)
        left, wide = min(near, far), abs(far - near)
        if wide <= 0 or (far - near) * side <= 0:
            continue
        b.rect(left, -0.05, wide, tall, colour)
        b.rect(left, tall - 0.16, wide, 0.14, colour, 0.14)
        if b.setting.snowy:
            b.rect(left, tall - 0.06, wide, 0.1, "#f2f6fa")
        if gap:
            b.round(near - 0.34, -0.05, 0.68, tall + 0.5, 0.1, colour, 0.05)
            b.oval(near, tall + 0.72, 0.42, 0.42, colour, 0.08)
    for x, dice in b.cells(0.5, 1):
        x += dice.uniform(0, 0.5)
        if abs(x) < gap + 0.4:
            continue
        y = dice.uniform(0.15, 0.85) * tall
        b.curve([(x - 0.1, y), (x, y + 0.06), (x + 0.1, y)], shaded(colour, dice.choice((-0.2, 0.14))), 0.03)


def garden_gate(b: Brush, o: Options) -> None:
    """An arch with roses over a low gate of laths. Options: x, wide, tall, colour."""
    x, half, tall = o.get("x", 0.0), o.get("wide", 1.5) / 2, o.get("tall", 2.3)
    colour = o.get("colour", "#f4efe2")
    arch = [
        (x - half * math.cos(a), tall - half * 0.7 + half * 0.7 * math.sin(a))
        for a in (k / 10 * math.pi for k in range(11))
    ]
    for grown in (0.0, 0.16):
        rail = [(x + (px - x) * (1 + grown), py + grown * 0.9) for px, py in arch]
        b.curve([(rail[0][0], 0), *rail, (rail[-1][0], 0)], shaded(colour, -0.06), 0.07)
    for k in range(5):
        left = x - half + 0.06 + k * (2 * half - 0.12) / 5
        b.rect(
            left, 0.05, (2 * half - 0.12) / 5 - 0.05, 0.86 + 0.1 * math.sin((k + 0.5) / 5 * math.pi), colour
        )
    for y in (0.25, 0.68):
        b.rect(x - half, y, 2 * half, 0.07, colour, -0.12)
    leaf = b.setting.leaf("#4f8a48")
    for k in range(22):
        dice = b.dice("rose", k)
        px, py = arch[k % 11]
        px, py = px + dice.uniform(-0.12, 0.12), py + dice.uniform(-0.06, 0.2)
        b.oval(px, py, 0.13, 0.1, leaf, dice.uniform(-0.1, 0.1))
        if b.setting.season is not Season.winter and k % 2:
            b.oval(px + 0.03, py + 0.02, 0.065, 0.06, dice.choice(("#e0526a", "#f0909c", "#fbe6e0")))


def beds(b: Brush, o: Options) -> None:
    """A row of flowers in a bed of earth. Options: gap, tall, colours, step, avoid."""
    gap, tall, step = o.get("gap", 1.0), o.get("tall", 0.55), o.get("step", 0.3)
    colours = str(o.get("colours", "#e8485e #f4c542 #f4f0e8 #a878d8")).split()
    for side in (-1, 1):
        near, far = side * gap, (b.right + 1 if side > 0 else b.left - 1)
        if (far - near) * side <= 0:
            continue
        left, wide = min(near, far), abs(far - near)
        b.rect(left, -0.06, wide, 0.15, "#6b4a34")
        b.rect(left, 0.06, wide, 0.05, "#8a6246")
        b.round(near - 0.07, -0.06, 0.14, 0.2, 0.04, "#a08a70")
    if b.setting.season is Season.winter:
        return
    for x, dice in b.cells(step, 1):
        x += dice.uniform(-0.02, 0.02) + step / 2
        if abs(x) < gap + 0.12 or any(abs(x - at) < half for at, half in o.get("avoid", ())):
            continue
        high = tall * dice.uniform(0.85, 1.1)
        colour = colours[math.floor(x / (step * 4)) % len(colours)]
        leaf = b.setting.leaf("#4f8f45")
        b.line([(x, 0.05), (x, high)], leaf, 0.035)
        for way in (-1, 1):
            b.blob(
                [
                    (x, 0.08),
                    (x + way * 0.1, high * 0.5),
                    (x + way * 0.14, high * 0.62),
                    (x + way * 0.04, 0.2),
                ],
                leaf,
            )
        b.blob(
            [(x - 0.09, high), (x - 0.1, high + 0.17), (x, high + 0.1), (x + 0.1, high + 0.17),
             (x + 0.09, high), (x, high - 0.06)],
            colour, dice.uniform(-0.06, 0.08),
        )  # fmt: skip


def garden_tools(b: Brush, o: Options) -> None:
    """A watering can and a wheelbarrow full of plants. Options: x (of the can), barrow (its x)."""
    x, tin = o.get("x", -2.3), "#5f8f9a"
    b.poly([(x - 0.16, 0), (x - 0.13, 0.34), (x + 0.13, 0.34), (x + 0.16, 0)], tin)
    b.poly([(x + 0.13, 0.08), (x + 0.4, 0.36), (x + 0.44, 0.32), (x + 0.14, 0.02)], tin, -0.1)
    b.oval(x + 0.44, 0.36, 0.05, 0.07, tin, 0.16)
    b.curve([(x - 0.14, 0.3), (x - 0.34, 0.36), (x - 0.3, 0.1), (x - 0.15, 0.08)], shaded(tin, -0.25), 0.035)
    b.curve([(x - 0.1, 0.34), (x, 0.52), (x + 0.1, 0.34)], shaded(tin, -0.25), 0.03)
    y = o.get("barrow", 2.5)
    b.line([(y - 0.2, 0.12), (y + 0.98, 0.5)], "#7a5538", 0.05)
    b.line([(y + 0.5, 0.36), (y + 0.56, 0)], "#7a5538", 0.05)
    for k, c in enumerate(("#e8586a", "#f0c04a", "#f4f0e8")):
        b.blob(
            [(y + k * 0.2, 0.5), (y + 0.1 + k * 0.2, 0.86), (y + 0.22 + k * 0.2, 0.5)],
            b.setting.leaf("#4f8a48"),
        )
        b.oval(y + 0.1 + k * 0.2, 0.8, 0.07, 0.07, c)
    b.poly([(y - 0.1, 0.22), (y - 0.2, 0.56), (y + 0.74, 0.56), (y + 0.56, 0.22)], "#4f7f58")
    b.oval(y - 0.22, 0.14, 0.15, 0.15, "#3a3a3c")
    b.oval(y - 0.22, 0.14, 0.07, 0.07, "#a8a090")


def lily_pads(b: Brush, o: Options) -> None:
    """Leaves that lie on still water, some with a flower. Options: step, share."""
    for x, dice in b.cells(o.get("step", 0.9), 1):
        x += dice.uniform(0, 0.6)
        if dice.random() > o.get("share", 0.7):
            continue
        r = dice.uniform(0.2, 0.36)
        b.oval(x, 0.0, r, r * 0.2, "#5f8f4a", dice.uniform(-0.12, 0.08))
        if dice.random() < 0.4:
            for way in (-0.09, 0.0, 0.09):
                b.blob([(x + way * 0.3, 0.02), (x + way, 0.2 - abs(way)), (x + way * 1.6, 0.04)], "#f0b8cc")


def moss(b: Brush, o: Options) -> None:
    """Beards of moss that hang from above. Options: step, low (metres above the ground)."""
    low = o.get("low", 2.6)
    for x, dice in b.cells(o.get("step", 0.8), 1):
        x += dice.uniform(0, 0.6)
        if dice.random() > o.get("share", 0.5):
            continue
        end = low + dice.uniform(0, 1.6)
        for k in range(3):
            bottom = end + 0.3 * k
            b.blob(
                [(x + 0.1 * k, b.top + 1), (x + 0.1 * k - 0.06, bottom + 0.5), (x + 0.1 * k, bottom),
                 (x + 0.1 * k + 0.05, bottom + 0.5)],
                "#74825c", dice.uniform(-0.15, 0.05),
            )  # fmt: skip


PIECES = {f.__name__: f for f in (hedge, garden_gate, beds, garden_tools, lily_pads, moss)}
