"""Pieces that grow: trees, bushes, grass, reeds, weed. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

from ....storyboard.vocabulary import PlaceKind, Season
from .brush import Brush, mixed, shaded

Options = dict[str, Any]

EVERGREEN = frozenset({PlaceKind.jungle})
"""Where leaves are green all year."""


def _pine(b: Brush, x: float, tall: float, colour: str, shade: float) -> None:
    b.rect(x - tall * 0.025, 0, tall * 0.05, tall * 0.25, "#5d4433", shade)
    for tier in range(4):
        foot = tall * (0.14 + 0.19 * tier)
        half = tall * (0.21 - 0.042 * tier)
        tip = foot + tall * 0.33
        b.poly([(x - half, foot), (x, tip), (x + half, foot)], colour, shade + 0.05 * tier - 0.06)
        if b.setting.snowy:
            b.poly(
                [(x - half * 0.55, foot + tall * 0.15), (x, tip), (x + half * 0.45, foot + tall * 0.18)],
                "#edf2f7",
            )


def _round_tree(b: Brush, x: float, tall: float, colour: str, shade: float, name: str) -> None:
    dice = b.dice("crown", name)
    trunk = tall * 0.035
    b.poly(
        [
            (x - trunk * 1.5, 0),
            (x - trunk * 0.8, tall * 0.55),
            (x + trunk * 0.8, tall * 0.55),
            (x + trunk * 1.5, 0),
        ],
        "#6a4d38",
        shade,
    )
    if b.setting.season is Season.winter:
        for side in (-1, 1, -0.5, 0.6, 0.1):
            reach = dice.uniform(0.7, 1.0)
            b.line(
                [
                    (x, tall * 0.45),
                    (x + side * tall * 0.15 * reach, tall * 0.7),
                    (x + side * tall * 0.26 * reach, tall * reach),
                ],
                shaded("#6a4d38", shade),
                trunk * 0.7,
            )
        return
    for cx, cy, r in ((-0.17, 0.62, 0.19), (0.17, 0.64, 0.18), (0.0, 0.78, 0.22), (-0.04, 0.6, 0.2)):
        r *= dice.uniform(0.85, 1.15)
        bumps = [
            (
                x + tall * (cx + r * math.cos(a / 9 * math.tau) * dice.uniform(0.9, 1.12)),
                tall * (cy + r * math.sin(a / 9 * math.tau) * dice.uniform(0.9, 1.12)),
            )
            for a in range(9)
        ]
        b.blob(bumps, colour, shade + (0.07 if cy > 0.7 else -0.05))
    if b.setting.season is Season.spring:
        for _ in range(7):
            b.oval(
                x + tall * dice.uniform(-0.25, 0.25),
                tall * dice.uniform(0.5, 0.95),
                tall * 0.016,
                tall * 0.016,
                "#f6c9d6",
            )


def _palm(b: Brush, x: float, tall: float, colour: str, shade: float, name: str) -> None:
    dice = b.dice("palm", name)
    lean = dice.uniform(-0.15, 0.15) * tall
    stem = [(x, -0.05), (x + lean * 0.3, tall * 0.5), (x + lean, tall * 0.92)]
    b.curve(stem, shaded("#8a6a48", shade), tall * 0.035)
    top = (x + lean, tall * 0.92)
    for k in sorted(range(9), key=lambda k: -abs(k - 4)):
        side = (k - 4) / 4
        far = tall * 0.42 * side * dice.uniform(0.85, 1.1) + 0.02 * tall
        rise, drop = tall * 0.16 * (1.2 - abs(side)), tall * (0.06 + 0.24 * abs(side))
        _frond(b, top, far, rise, drop, tall * 0.085, colour, shade + dice.uniform(-0.08, 0.1))
    for k in (-1, 1):
        b.oval(top[0] + k * tall * 0.018, top[1] - tall * 0.02, tall * 0.018, tall * 0.02, "#6a4a30", shade)


def _frond(
    b: Brush,
    start: tuple[float, float],
    far: float,
    rise: float,
    drop: float,
    leaf: float,
    colour: str,
    shade: float,
) -> None:
    """A feathered leaf that rises from its stem and hangs over, ``leaf`` metres at its widest."""
    spine = []
    for k in range(9):
        t = k / 8
        spine.append((start[0] + far * t, start[1] + rise * 4 * t * (1 - t) * 0.8 + rise * t - drop * t * t))
    under = []
    for k in range(8, 0, -1):
        (px, py), (qx, qy) = spine[k], spine[k - 1]
        long = leaf * math.sin(math.pi * min(1.0, 0.12 + 0.88 * k / 8)) ** 0.7
        under += [(px + 0.25 * (px - qx), py - long), ((px + qx) / 2, (py + qy) / 2 - 0.35 * long)]
    b.poly([*spine, *under], colour, shade)
    b.line(spine, shaded(colour, shade - 0.12), leaf * 0.08)


def paddles(b: Brush, o: Options) -> None:
    """Clumps of great smooth leaves, as bananas have. Options: colour, tall, step, share, gap, reach."""
    tall, step = o.get("tall", 2.2), o.get("step", 2.4)
    colour = b.setting.leaf(o.get("colour", "#4f9a4e"))
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.6)
        if dice.random() > o.get("share", 0.7) or not o.get("gap", 0) <= abs(x) <= o.get("reach", 1e9):
            continue
        x = b.aside(x, o)
        size = tall * dice.uniform(0.75, 1.15)
        for k in sorted(range(7), key=lambda k: -abs(k - 3)):
            side, shade = (k - 3) / 3, dice.uniform(-0.13, 0.1)
            long, bend = size * dice.uniform(0.85, 1.1), 0.75 * side * size * 0.9
            spine = []
            for j in range(8):
                t = j / 7
                spine.append((x + bend * (0.35 * t + 0.65 * t * t), long * (t - 0.42 * abs(side) * t * t)))
            wide = [0.015, 0.02, 0.1, 0.15, 0.155, 0.13, 0.08, 0.0]
            left = [
                (px - size * w, py + 0.5 * size * w * side) for (px, py), w in zip(spine, wide, strict=True)
            ]
            right = [
                (px + size * w, py - 0.5 * size * w * side) for (px, py), w in zip(spine, wide, strict=True)
            ]
            b.blob([*left, *reversed(right[:-1])], colour, shade)
            b.line(spine[:-1], shaded(mixed(colour, "#e8f0b0", 0.35), shade), size * 0.018)


def trees(b: Brush, o: Options) -> None:
    """A loose row of trees. Options: sort (pine, round, palm, mixed), colour, tall, step, share, gap.

    ``gap`` keeps so many metres on either side of the middle free, for figures; beyond ``reach`` none grows.
    """
    sort, tall, gap = o.get("sort", "round"), o.get("tall", 6.0), o.get("gap", 0.0)
    for x, dice in b.cells(o.get("step", 3.0), tall):
        x += dice.uniform(0, o.get("step", 3.0) * 0.8)
        if dice.random() > o.get("share", 0.8) or not gap <= abs(x) <= o.get("reach", 1e9):
            continue
        size, shade = tall * dice.uniform(0.72, 1.2), dice.uniform(-0.1, 0.08)
        name = f"{x:.2f}"
        x = b.aside(x, o)
        kind = dice.choice(("pine", "round", "round")) if sort == "mixed" else sort
        if kind == "pine":
            _pine(b, x, size, mixed(o.get("colour", "#3f6b4c"), b.setting.leaf("#3f6b4c"), 0.15), shade)
        elif kind == "palm":
            _palm(b, x, size, o.get("colour", "#4f8a4a"), shade, name)
        else:
            _round_tree(b, x, size, b.setting.leaf(o.get("colour", "#5d8f4e")), shade, name)


_ROOTS = (
    (-1.25, -0.05), (-0.8, 0.03), (-0.55, -0.1), (-0.2, 0.02), (0.1, -0.12), (0.42, 0.03), (0.75, -0.09),
    (0.95, 0.03), (1.25, -0.04),
)  # fmt: skip
"""Where the foot of a trunk goes in and out of the ground: its breadths aside, metres up."""


def trunks(b: Brush, o: Options) -> None:
    """Great trunks under a roof of leaves. Options: colour, wide, step, gap."""
    wide, step = o.get("wide", 0.5), o.get("step", 2.6)
    base = _roof(b, o.get("crown", 6.5))
    bark = b.setting.bark(o.get("colour", "#5f4a3a"))
    for x, dice in b.cells(step, 2):
        x += dice.uniform(0, step * 0.7)
        if abs(x) < o.get("gap", 0) or dice.random() > o.get("share", 0.85):
            continue
        x = b.aside(x, o)
        w, lean = wide * dice.uniform(0.6, 1.3), dice.uniform(-0.3, 0.3)
        high = max(b.top + 1, 9) if o.get("bare") else 1.45 * base
        shade = dice.uniform(-0.1, 0.06)
        roots = [(x + w * at, down) for at, down in _ROOTS]
        top = [(x + w * 0.4 + lean, high), (x - w * 0.4 + lean, high)]
        b.poly([*roots, (x + w * 0.62, 0.32), (x + w * 0.5, 0.6), *top, (x - w * 0.5, 0.6),
                (x - w * 0.62, 0.32)], bark, shade)  # fmt: skip
        b.poly(
            [
                (x + w * 0.12, 0.1),
                (x + w * 0.1 + lean, high),
                (x + w * 0.4 + lean, high),
                (x + w * 0.55, 0.3),
            ],
            bark,
            shade - 0.14,
        )
        if b.setting.snowy:  # it stands in the snow, and not on it
            drift = [(x - w * 1.5, -0.1), (x - w * 0.8, 0.08), (x + w * 0.1, 0.03), (x + w * 0.9, 0.1),
                     (x + w * 1.6, -0.1)]  # fmt: skip
            b.blob(drift, b.setting.grass("#dfe6ee"), 0.03)
    if not o.get("bare"):
        _canopy(b, base, b.setting.leaf(o.get("leaf", "#48733f")))


_NEAR_ROOF = 9.0
"""Metres behind the figures within which a roof of leaves is the near one."""
_LEAF_HUES = {
    Season.spring: ("#b9d672", "#8fbf5c", "#d3e08a"),
    Season.summer: ("#6f9f4c", "#4f8a52", "#8fb04e"),
    Season.autumn: ("#f2cc58", "#ecb040", "#e08f3c", "#d8bd52"),
    Season.winter: ("#8f9a90", "#7b8a84"),
}
"""What the leaves of one tree lean to beside the next."""


def _roof(b: Brush, crown: float) -> float:
    """Metres up to a roof of leaves, ``crown`` or more: it is at the frame's upper edge."""
    share = 0.85 if b.depth < _NEAR_ROOF else 0.72
    return float(min(max(crown, share * b.top), 1.7 * crown))


def _canopy(b: Brush, base: float, leaf: str) -> None:
    """The roof of leaves from ``base`` metres up, sky seen through it; from far away sky is over its tops."""
    if base > b.top + 1.2:
        return
    hues = _LEAF_HUES[b.setting.season] if b.setting.leafy else ()
    lit = 0.02 if b.depth < _NEAR_ROOF else 0.1
    high = 0.6 * base
    for row in range(4):
        foot = base + high * (3 - row) / 4
        if foot - 1.6 > b.top:
            continue
        for x, dice in b.cells(1.5 + 0.2 * (3 - row), 3):
            dice.seed(f"{x:.2f}/{row}/{b.setting.seed}")
            if dice.random() < (_HOLES if row == 3 else 0.2 * _HOLES):
                continue
            y, r = foot + dice.uniform(-0.45, 0.6), dice.uniform(0.75, 1.35)
            colour = mixed(leaf, dice.choice(hues), 0.6) if hues else leaf
            if b.setting.snowy:
                colour = mixed(colour, "#f4f8fc", dice.choice((0.86, 0.8, 0.6)))
            points = []
            for k in range(14):
                out = (1.0 if k % 2 else 0.84) * dice.uniform(0.92, 1.1)
                turn = k / 14 * math.tau
                points.append((x + r * 1.25 * out * math.cos(turn), y + r * 0.85 * out * math.sin(turn)))
            b.blob(points, colour, lit + dice.uniform(-0.05, 0.05) + 0.03 * (1 - row))


_HOLES = 0.28
"""Share of a roof's lower edge through which sky is seen; at the frame's edge it would be in scraps."""


def bushes(b: Brush, o: Options) -> None:
    """Low bushes or hedges. Options: colour, tall, step, share, gap, flowers (colour), avoid."""
    tall, step = o.get("tall", 0.8), o.get("step", 1.4)
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.6)
        if b.aside(x, o) != x:
            continue
        if dice.random() > o.get("share", 0.7) or not o.get("gap", 0) <= abs(x) <= o.get("reach", 1e9):
            continue
        r = tall * dice.uniform(0.7, 1.2)
        points = (
            [(x - r * 1.1, -0.05)]
            + [
                (
                    x + r * 1.2 * math.cos(math.pi * (1 - k / 6)),
                    r * (0.25 + math.sin(math.pi * k / 6) * dice.uniform(0.75, 1.1)),
                )
                for k in range(7)
            ]
            + [(x + r * 1.1, -0.05)]
        )
        bare = b.setting.snowy
        colour = "#7d7468" if bare else b.setting.leaf(o.get("colour", "#547f45"))
        b.blob(points, colour, dice.uniform(-0.1, 0.06))
        if bare:  # under snow
            cap = [(px, max(py, 0.34 * r) + 0.03) for px, py in points[1:-1]]
            b.blob([(x - r * 1.1, r * 0.3), *cap, (x + r * 1.1, r * 0.3), (x, r * 0.42)], "#eef3f8")
        elif flowers := o.get("flowers"):
            for _ in range(6):
                fx, fy = x + r * dice.uniform(-0.8, 0.8), r * dice.uniform(0.2, 0.95)
                b.oval(fx, fy, tall * 0.06, tall * 0.06, dice.choice(flowers.split()))


def grass(b: Brush, o: Options) -> None:
    """Blades and flowers on the ground. Options: colour, tall, step, flowers (colours), avoid."""
    tall = o.get("tall", 0.35)
    colour = b.setting.grass(b.setting.leaf(o.get("colour", "#5f8f45")))
    for x, dice in b.cells(o.get("step", 0.22), tall):
        x += dice.uniform(0, 0.2)
        if b.aside(x, o) != x:
            continue
        lean, size = dice.uniform(-0.3, 0.3) * tall, tall * dice.uniform(0.5, 1.1)
        w = tall * 0.07
        b.poly([(x - w, -0.04), (x + lean, size), (x + w, -0.04)], colour, dice.uniform(-0.15, 0.1))
        if (flowers := o.get("flowers")) and dice.random() < 0.16 and not b.setting.snowy:
            b.oval(x + lean, size, tall * 0.13, tall * 0.13, dice.choice(flowers.split()))


def reeds(b: Brush, o: Options) -> None:
    """Reeds with brown heads."""
    for x, dice in b.cells(o.get("step", 0.35), 1):
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0):
            continue
        x = b.aside(x + dice.uniform(0, 0.3), o)
        tall, lean = o.get("tall", 1.4) * dice.uniform(0.6, 1.1), dice.uniform(-0.15, 0.15)
        b.line([(x, -0.1), (x + lean, tall)], b.setting.leaf("#6d8048"), 0.03)
        b.oval(x + lean, tall, 0.035, 0.13, "#6b4a30")


def cactus(b: Brush, o: Options) -> None:
    """Cactuses. Options: step, share, gap, avoid."""
    for x, dice in b.cells(o.get("step", 5), 2):
        x += dice.uniform(0, 4)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 1.5):
            continue
        x = b.aside(x, o)
        tall, w = dice.uniform(1.2, 2.6), 0.17
        b.round(x - w, -0.1, 2 * w, tall, w, "#5c8a55")
        for side, y in ((-1, 0.45), (1, 0.6)):
            b.round(x + (side * 0.42) - 0.1, tall * y, 0.2, tall * 0.3, 0.1, "#5c8a55", -0.06)
            b.rect(min(x, x + side * 0.42), tall * y, 0.42, 0.18, "#5c8a55", -0.06)


def seaweed(b: Brush, o: Options) -> None:
    """Kelp and corals. Options: tall, step, gap."""
    for x, dice in b.cells(o.get("step", 1.1), 2):
        x += dice.uniform(0, 0.8)
        if dice.random() > o.get("share", 0.75) or abs(x) < o.get("gap", 0):
            continue
        tall = o.get("tall", 2.4) * dice.uniform(0.4, 1.2)
        if dice.random() < 0.6:
            for k in range(3):
                cx = x + 0.18 * k
                sway = [
                    (cx + 0.16 * math.sin(j * 1.3 + cx * 3), tall * j / 6 * (1 - 0.15 * k)) for j in range(7)
                ]
                b.curve(sway, dice.choice(("#3f8f6a", "#5aa36a", "#2f7d74")), 0.1)
        else:
            colour = dice.choice(("#e08a7a", "#e8b06a", "#c97fa8"))
            for side in (-0.5, -0.15, 0.2, 0.5):
                b.curve(
                    [(x, 0), (x + side * 0.4, tall * 0.2), (x + side * 0.7, tall * dice.uniform(0.3, 0.5))],
                    colour,
                    0.12,
                )


PIECES = {f.__name__: f for f in (trees, trunks, paddles, bushes, grass, reeds, cactus, seaweed)}
