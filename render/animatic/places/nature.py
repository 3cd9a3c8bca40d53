"""Pieces of nature: hills, trees, rocks, waves, grass and clouds. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.vocabulary import Season
from .brush import Brush, mixed, shaded

Options = dict[str, Any]


def ridge(
    b: Brush, step: float, low: float, high: float, key: str, sharp: float
) -> list[tuple[float, float]]:
    """A skyline: points every ``step`` metres between two heights."""
    points = []
    wave = b.dice(key).uniform(0, 7)
    for x, dice in b.cells(step, 2 * step):
        swell = 0.5 + 0.5 * math.sin(x / step * 0.7 + wave) * math.cos(x / step * 0.23 + wave * 2)
        points.append((x, low + (high - low) * (swell * (1 - sharp) + dice.random() * sharp)))
    return points


def hills(b: Brush, o: Options) -> None:
    """Soft hills. Options: colour, low, high, step (metres)."""
    colour = b.setting.grass(o.get("colour", "#7f9f6a"))
    points = ridge(b, o.get("step", 30), o.get("low", 4), o.get("high", 14), "hills", 0.25)
    foot = o.get("foot", -60)
    b.blob([(points[0][0], foot), *points, (points[-1][0], foot)], colour)


def mountains(b: Brush, o: Options) -> None:
    """Sharp peaks with snow on them. Options: colour, low, high, step, snow (share of the height)."""
    colour = o.get("colour", "#6d7f95")
    low, high, step = o.get("low", 30), o.get("high", 120), o.get("step", 70)
    foot = o.get("foot", -40)
    for x, dice in b.cells(step, 2 * step):
        top = dice.uniform(low + (high - low) * 0.3, high)
        peak = x + step * dice.uniform(0.3, 0.7)
        wide = step * dice.uniform(0.9, 1.35)
        left, right = peak - wide, peak + wide
        b.poly([(left, foot), (peak, top), (right, foot)], colour, dice.uniform(-0.08, 0.06))
        b.poly([(peak, top), (right, foot), (peak + wide * 0.15, foot)], colour, -0.16)
        snow = o.get("snow", 0.3) + (0.3 if b.setting.snowy else 0)
        if snow > 0 and top > low + (high - low) * 0.4:
            line = top - (top - foot) * snow * 0.55
            share = (top - line) / (top - foot)
            zig = [
                (peak + wide * share * (k / 3 - 1), line - (top - line) * (0.16 if k % 2 else -0.12))
                for k in range(1, 6)
            ]
            b.poly([(peak, top), (peak - wide * share, line), *zig, (peak + wide * share, line)], "#eef3f8")


def dunes(b: Brush, o: Options) -> None:
    """Sand dunes with a lit and a shaded side."""
    colour = o.get("colour", "#dcb878")
    step, high = o.get("step", 26), o.get("high", 5)
    for x, dice in b.cells(step, 2 * step):
        top, peak = dice.uniform(high * 0.4, high), x + step * dice.uniform(0.3, 0.7)
        wide = step * dice.uniform(1.0, 1.6)
        b.blob(
            [(peak - wide, -12), (peak - wide * 0.35, top * 0.7), (peak, top * 1.15), (peak + wide, -12)],
            colour,
        )
        b.blob(
            [(peak, top * 0.93), (peak + wide * 0.3, top * 0.3), (peak + wide, -12), (peak + wide * 0.1, -8)],
            colour,
            -0.14,
        )


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
    lean = b.dice("palm", name).uniform(-0.15, 0.15) * tall
    b.curve(
        [(x, 0), (x + lean * 0.3, tall * 0.5), (x + lean, tall * 0.92)],
        shaded("#8a6a48", shade),
        tall * 0.035,
    )
    for k in range(7):
        angle = math.pi * (k - 0.2) / 5.6
        far, drop = tall * 0.34 * math.cos(angle), tall * 0.2 * math.sin(angle)
        tip = (x + lean + far, tall * 0.92 + drop - tall * 0.12)
        b.blob(
            [
                (x + lean, tall * 0.9),
                (x + lean + far * 0.5, tall * 0.98 + drop * 0.7),
                tip,
                (x + lean + far * 0.55, tall * 0.88 + drop * 0.5),
            ],
            colour,
            shade + 0.03 * (k % 2),
        )


def trees(b: Brush, o: Options) -> None:
    """A loose row of trees. Options: sort (pine, round, palm, mixed), colour, tall, step, share, gap.

    ``gap`` keeps so many metres on either side of the middle free, for figures.
    """
    sort, tall, gap = o.get("sort", "round"), o.get("tall", 6.0), o.get("gap", 0.0)
    for x, dice in b.cells(o.get("step", 3.0), tall):
        x += dice.uniform(0, o.get("step", 3.0) * 0.8)
        if dice.random() > o.get("share", 0.8) or abs(x) < gap:
            continue
        size, shade = tall * dice.uniform(0.72, 1.2), dice.uniform(-0.1, 0.08)
        name = f"{x:.2f}"
        kind = dice.choice(("pine", "round", "round")) if sort == "mixed" else sort
        if kind == "pine":
            _pine(b, x, size, mixed(o.get("colour", "#3f6b4c"), b.setting.leaf("#3f6b4c"), 0.15), shade)
        elif kind == "palm":
            _palm(b, x, size, o.get("colour", "#4f8a4a"), shade, name)
        else:
            _round_tree(b, x, size, b.setting.leaf(o.get("colour", "#5d8f4e")), shade, name)


def trunks(b: Brush, o: Options) -> None:
    """Great trunks that leave the frame at the top, with leaves overhead. Options: colour, wide, step, gap."""
    wide, step = o.get("wide", 0.5), o.get("step", 2.6)
    for x, dice in b.cells(step, 2):
        x += dice.uniform(0, step * 0.7)
        if abs(x) < o.get("gap", 0) or dice.random() > o.get("share", 0.85):
            continue
        w, lean = wide * dice.uniform(0.6, 1.3), dice.uniform(-0.3, 0.3)
        high = max(b.top + 1, 9)
        shade = dice.uniform(-0.1, 0.06)
        b.poly(
            [
                (x - w * 0.95, 0),
                (x - w * 0.5, 0.6),
                (x - w * 0.4 + lean, high),
                (x + w * 0.4 + lean, high),
                (x + w * 0.5, 0.6),
                (x + w * 0.95, 0),
            ],
            o.get("colour", "#5f4a3a"),
            shade,
        )
        b.poly(
            [
                (x + w * 0.12, 0.1),
                (x + w * 0.1 + lean, high),
                (x + w * 0.4 + lean, high),
                (x + w * 0.55, 0.3),
            ],
            o.get("colour", "#5f4a3a"),
            shade - 0.14,
        )
    crown = o.get("crown", 6.5)
    for x, dice in b.cells(1.5, 3):
        if crown > b.top + 2 or o.get("bare"):
            break
        y, r = crown + dice.uniform(-0.6, 0.8), dice.uniform(1.0, 1.7)
        points = [
            (
                x + r * 1.2 * math.cos(k / 8 * math.tau) * dice.uniform(0.8, 1.2),
                y + r * math.sin(k / 8 * math.tau),
            )
            for k in range(8)
        ]
        b.blob(points, b.setting.leaf(o.get("leaf", "#48733f")), dice.uniform(-0.1, 0.08))
    if not o.get("bare"):
        b.rect(
            b.left - 2,
            crown + 0.6,
            b.right - b.left + 4,
            max(1.0, b.top - crown + 2),
            b.setting.leaf(o.get("leaf", "#48733f")),
            -0.06,
        )


def bushes(b: Brush, o: Options) -> None:
    """Low bushes or hedges. Options: colour, tall, step, share, gap, flowers (colour)."""
    tall, step = o.get("tall", 0.8), o.get("step", 1.4)
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.6)
        if dice.random() > o.get("share", 0.7) or abs(x) < o.get("gap", 0):
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
        b.blob(points, b.setting.leaf(o.get("colour", "#547f45")), dice.uniform(-0.1, 0.06))
        if flowers := o.get("flowers"):
            for _ in range(6):
                fx, fy = x + r * dice.uniform(-0.8, 0.8), r * dice.uniform(0.2, 0.95)
                b.oval(fx, fy, tall * 0.06, tall * 0.06, dice.choice(flowers.split()))


def grass(b: Brush, o: Options) -> None:
    """Blades and flowers on the ground. Options: colour, tall, step, flowers (colours)."""
    tall = o.get("tall", 0.35)
    colour = b.setting.grass(b.setting.leaf(o.get("colour", "#5f8f45")))
    for x, dice in b.cells(o.get("step", 0.22), tall):
        x += dice.uniform(0, 0.2)
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
        x += dice.uniform(0, 0.3)
        tall, lean = o.get("tall", 1.4) * dice.uniform(0.6, 1.1), dice.uniform(-0.15, 0.15)
        b.line([(x, -0.1), (x + lean, tall)], b.setting.leaf("#6d8048"), 0.03)
        b.oval(x + lean, tall, 0.035, 0.13, "#6b4a30")


def rocks(b: Brush, o: Options) -> None:
    """Boulders. Options: colour, tall, step, share, gap."""
    tall, step = o.get("tall", 0.7), o.get("step", 2.2)
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.7)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0):
            continue
        h, w = tall * dice.uniform(0.5, 1.2), tall * dice.uniform(0.8, 1.6)
        shade = dice.uniform(-0.1, 0.1)
        colour = o.get("colour", "#7d7a78")
        top = [
            (x - w, -0.05),
            (x - w * 0.75, h * 0.55),
            (x - w * 0.15, h),
            (x + w * 0.5, h * 0.8),
            (x + w, -0.05),
        ]
        b.poly(top, colour, shade)
        b.poly(
            [(x - w * 0.15, h), (x + w * 0.5, h * 0.8), (x + w, -0.05), (x + w * 0.15, -0.05)],
            colour,
            shade - 0.16,
        )
        if b.setting.snowy:
            b.poly(
                [(x - w * 0.6, h * 0.66), (x - w * 0.15, h * 1.03), (x + w * 0.5, h * 0.83), (x, h * 0.76)],
                "#edf2f7",
            )


def cactus(b: Brush, o: Options) -> None:
    """Cactuses."""
    for x, dice in b.cells(o.get("step", 5), 2):
        x += dice.uniform(0, 4)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 1.5):
            continue
        tall, w = dice.uniform(1.2, 2.6), 0.17
        b.round(x - w, -0.1, 2 * w, tall, w, "#5c8a55")
        for side, y in ((-1, 0.45), (1, 0.6)):
            b.round(x + (side * 0.42) - 0.1, tall * y, 0.2, tall * 0.3, 0.1, "#5c8a55", -0.06)
            b.rect(min(x, x + side * 0.42), tall * y, 0.42, 0.18, "#5c8a55", -0.06)


def stalactites(b: Brush, o: Options) -> None:
    """Rock hanging from above and rising from below, at a cave's edge. Options: colour, ceiling, step."""
    colour, ceiling = o.get("colour", "#4d4a55"), o.get("ceiling", 3.6)
    far = max(b.top + 2, ceiling + 3)
    edge: list[tuple[float, float]] = []
    for x, dice in b.cells(o.get("step", 0.8), 3):
        edge += [
            (x, ceiling + dice.uniform(-0.1, 0.5)),
            (x + 0.4, ceiling - dice.uniform(0.1, 1.3) * dice.random()),
        ]
    b.poly([(edge[0][0], far), *edge, (edge[-1][0], far)], colour)
    for x, dice in b.cells(2.1, 2):
        if dice.random() < 0.55 and abs(x) > o.get("gap", 1.6):
            h = dice.uniform(0.3, 1.2)
            b.poly([(x - 0.3, -0.1), (x - 0.05, h), (x + 0.08, h * 0.9), (x + 0.35, -0.1)], colour, 0.06)


def cave_wall(b: Brush, o: Options) -> None:
    """The back of a cave, with an opening to the sky. Options: colour."""
    colour = o.get("colour", "#3d3a46")
    b.rect(b.left - 2, -1, b.right - b.left + 4, b.top + 3, colour)
    for x, dice in b.cells(1.7, 2):
        y, r = dice.uniform(0, max(2.0, min(b.top, 6))), dice.uniform(0.5, 1.3)
        b.poly(
            [(x - r, y), (x - r * 0.2, y + r * 0.9), (x + r, y + r * 0.4), (x + r * 0.5, y - r * 0.6)],
            colour,
            dice.uniform(-0.12, 0.08),
        )
    air = b.setting.air
    side = b.dice("mouth").choice((-3.4, 3.4))
    mouth = [
        (side - 1.5, 0.2),
        (side - 1.2, 2.2),
        (side - 0.3, 3.0),
        (side + 0.9, 2.6),
        (side + 1.5, 1.2),
        (side + 1.3, 0.2),
    ]
    b.blob(mouth, mixed(air.horizon, "#ffffff", 0.15))
    b.glow(side, 1.6, 3.2, air.horizon, 0.35)


def crystals(b: Brush, o: Options) -> None:
    """Glowing crystals or mushrooms in clusters. Options: colour, step."""
    for x, dice in b.cells(o.get("step", 3.2), 2):
        if dice.random() > 0.6 or abs(x) < 1.3:
            continue
        colour = dice.choice(o.get("colour", "#7fd6d0 #b58fe0").split())
        for k in range(3):
            cx, h, lean = x + 0.2 * (k - 1), dice.uniform(0.3, 0.8), (k - 1) * 0.15
            b.poly(
                [
                    (cx - 0.08, -0.05),
                    (cx - 0.07 + lean, h * 0.8),
                    (cx + lean, h),
                    (cx + 0.08 + lean, h * 0.75),
                    (cx + 0.09, -0.05),
                ],
                colour,
                0.05 * k,
            )
        b.glow(x, 0.4, 1.1, colour, 0.35)


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


def shafts(b: Brush, o: Options) -> None:
    """Light falling from above, through water or leaves. Options: colour, alpha, step."""
    high = b.top + 1
    for x, dice in b.cells(o.get("step", 4), high * 0.5):
        if dice.random() < 0.6:
            w, lean = dice.uniform(0.4, 1.4), high * 0.4
            b.fade(0, 0, 0, 0, "#ffffff", "#ffffff")
            b.canvas.save()
            b.canvas.skew(-0.4, 0)
            b.fade(
                x + lean * 0.5,
                0,
                w,
                high,
                o.get("colour", "#ffffff"),
                o.get("colour", "#ffffff"),
                o.get("alpha", 0.07),
            )
            b.canvas.restore()


def clouds(b: Brush, o: Options) -> None:
    """A bank of clouds to stand among. Options: colour, tall, low, step."""
    tall, low, step = o.get("tall", 2.0), o.get("low", -1.0), o.get("step", 3.0)
    air = b.setting.air
    colour = mixed(mixed("#ffffff", air.horizon, 0.3), air.zenith, min(0.6, 0.1 + b.depth / 500))
    shadow = mixed(colour, air.zenith, 0.3)
    for back in (True, False):
        path = skia.Path()
        drop = 0.0 if back else tall * 0.3
        path.addRect(
            skia.Rect.MakeLTRB(b.left - step, -(low + tall * 0.4 - drop), b.right + step, -(low - 40 * tall))
        )
        for x, dice in b.cells(step, 2 * step):
            for k in range(3):
                r = step * dice.uniform(0.2, 0.34)
                cx, cy = x + step * (k + dice.random()) / 3, low + tall * dice.uniform(0.3, 0.8) - drop
                path.addOval(
                    skia.Rect.MakeLTRB(cx - r * 1.2, -(cy + min(r, tall * 0.6)), cx + r * 1.2, -(cy - r))
                )
        path.setFillType(skia.PathFillType.kWinding)
        whole = skia.Path()
        b.shape(skia.Simplify(path) or whole, colour if back else shadow, 0.0, 1.0 if back else 0.55)


def planets(b: Brush, o: Options) -> None:
    """Worlds in the sky. Depth and metres are only a scale. Options: colours, rings."""
    dice = b.dice("worlds")
    tall = max(10.0, b.top)
    side = dice.choice((-1, 1))
    for k, colour in enumerate(o.get("colours", "#c9826a #6f9fc8").split()):
        r = tall * (0.17 if k == 0 else 0.055) * dice.uniform(0.9, 1.15)
        x = tall * (0.62 if k == 0 else -0.5) * side * dice.uniform(0.8, 1.1)
        y = tall * (0.66 if k == 0 else 0.78)
        ringed = k == 0 and o.get("rings")
        if ringed:
            b.curve(_ring(x, y, r, math.pi, math.tau), "#e8d8b8", r * 0.13)
        b.oval(x, y, r, r, colour)
        b.canvas.save()
        disc = skia.Path()
        disc.addCircle(x, -y, r)
        b.canvas.clipPath(disc, True)
        for band in (-0.45, -0.1, 0.3, 0.6):
            b.blob(
                [
                    (x - r * 1.3, y + band * r),
                    (x, y + band * r - r * 0.16),
                    (x + r * 1.3, y + band * r),
                    (x, y + band * r + r * 0.05),
                ],
                colour,
                0.16,
            )
        b.oval(x + r * 0.5 * side, y - r * 0.35, r * 1.05, r * 1.05, "#000010", 0.0, 0.28)
        b.canvas.restore()
        if ringed:
            b.curve(_ring(x, y, r, 0, math.pi), "#e8d8b8", r * 0.13)


def _ring(x: float, y: float, r: float, first: float, last: float) -> list[tuple[float, float]]:
    """Half of a tilted ring; the half from 0 to pi passes before the world."""
    points = []
    for k in range(17):
        a = first + (last - first) * k / 16
        across, down = 1.75 * r * math.cos(a), -0.4 * r * math.sin(a)
        points.append((x + across, y + down + across * 0.18))
    return points


def craters(b: Brush, o: Options) -> None:
    """Rims of craters on the skyline."""
    colour = o.get("colour", "#9a9aa2")
    points = ridge(b, o.get("step", 9), 0, o.get("high", 2.4), "rims", 0.5)
    b.poly([(points[0][0], -20), *points, (points[-1][0], -20)], colour)


def sea_band(b: Brush, o: Options) -> None:
    """Open water below a deck, a bridge or a cliff. Options: colour, high (its edge, metres)."""
    air = b.setting.air
    colour = mixed(mixed(o.get("colour", "#5a93ad"), air.zenith, 0.2), "#1c2c46", 0.5 * air.night)
    high = o.get("high", 0.0)
    b.fade(b.left - 1, high - 400, b.right - b.left + 2, 400, colour, mixed(colour, air.horizon, 0.25))
    for x, dice in b.cells(b.depth * 0.06, 3):
        y = high - (0.02 + dice.random() * 0.3) * b.depth * 0.3
        b.oval(x, y, b.depth * 0.02, b.depth * 0.0011, colour, dice.choice((0.16, -0.1)), 0.5)


def asteroid(b: Brush, o: Options) -> None:
    """A small rock to stand on in space."""
    dice = b.dice("rock")
    rim = [(-4.6, -0.9), (-3.9, -0.22), (-2.2, 0.04), (2.2, 0.04), (3.9, -0.22), (4.7, -1.0)]
    under = [(3.6, -2.0), (2.4, -3.1), (0.4, -3.7), (-1.8, -3.2), (-3.6, -2.3)]
    b.blob([*rim, *under], "#a59caa")
    b.blob([(-4.3, -1.0), (-2.4, -0.55), (0, -0.75), (2.4, -0.5), (4.4, -1.1), *under], "#a59caa", -0.28)
    for _ in range(9):
        x, y = dice.uniform(-3, 3), dice.uniform(-2.4, -1.0)
        b.oval(x, y, dice.uniform(0.15, 0.45), 0.16, "#a59caa", -0.45)


PIECES = {
    f.__name__: f
    for f in (
        hills, mountains, dunes, trees, trunks, bushes, grass, reeds, rocks, cactus, stalactites, cave_wall,
        crystals, seaweed, shafts, clouds, planets, craters, sea_band, asteroid,
    )
}  # fmt: skip
