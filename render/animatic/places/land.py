"""Pieces of land, water, sky and caves. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.vocabulary import Weather
from .brush import Brush, cold, mixed, straight
from .houses import shining

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
    """Soft hills. Options: colour, low, high, step (metres), snow."""
    colour = b.setting.grass(o.get("colour", "#7f9f6a"))
    if o.get("snow"):
        colour = cold(b.setting, colour)
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


def rocks(b: Brush, o: Options) -> None:
    """Boulders. Options: colour, tall, step, share, gap, avoid."""
    tall, step = o.get("tall", 0.7), o.get("step", 2.2)
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.7)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0) or b.aside(x, o) != x:
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


def stalactites(b: Brush, o: Options) -> None:
    """Rock hanging from above and rising below, at a cave's edge. Options: colour, ceiling, drop, step."""
    colour, ceiling = o.get("colour", "#4d4a55"), o.get("ceiling", 3.6)
    far = max(b.top + 2, ceiling + 3)
    edge: list[tuple[float, float]] = []
    for x, dice in b.cells(o.get("step", 0.8), 3):
        edge += [
            (x, ceiling + dice.uniform(-0.1, 0.5)),
            (x + 0.4, ceiling - dice.uniform(0.1, o.get("drop", 1.3)) * dice.random()),
        ]
    b.poly([(edge[0][0], far), *edge, (edge[-1][0], far)], colour)
    for x, dice in b.cells(2.1, 2):
        if dice.random() < 0.55 and abs(x) > o.get("gap", 1.6):
            h = dice.uniform(0.3, 1.2)
            b.poly([(x - 0.3, -0.1), (x - 0.05, h), (x + 0.08, h * 0.9), (x + 0.35, -0.1)], colour, 0.06)


def cave_wall(b: Brush, o: Options) -> None:
    """The back of a cave, with an opening to the sky. Options: colour, closed (no opening), avoid."""
    colour = o.get("colour", "#645c76")
    b.rect(b.left - 2, 0, b.right - b.left + 4, b.top + 2, colour)
    for x, dice in b.cells(1.7, 2):
        y, r = dice.uniform(0, max(2.0, min(b.top, 6))), dice.uniform(0.5, 1.3)
        foot = max(0.0, y - r * 0.6)
        b.poly(
            [(x - r, y), (x - r * 0.2, y + r * 0.9), (x + r, y + r * 0.4), (x + r * 0.5, foot)],
            colour,
            dice.uniform(-0.12, 0.08),
        )
    if not o.get("closed"):
        way_out(b, o)


def way_out(b: Brush, o: Options) -> None:
    """The opening of a cave to the sky, which is no hood of a head before it. Options: colour, avoid."""
    side, taken = b.dice("mouth").choice((-1.0, 1.0)), o.get("avoid", ())

    def clear(x: float) -> float:
        return min((abs(x - middle) - half for middle, half in taken), default=9e9)

    spots = [5.4 * side * k for k in (1.0, -1.0, 1.3, -1.3, 0.7, -0.7, 1.6, -1.6)]
    x = next((spot for spot in spots if clear(spot) >= 0.0), max(spots, key=clear))
    _mouth(b, x, o.get("colour", "#645c76"))


def _mouth(b: Brush, x: float, colour: str) -> None:
    """The way out, from floor to arch: thick rock round it, sky and trees beyond, light on the floor."""
    air, out = b.setting.air, shining(b)
    arch = [(-1.5, 0.0), (-1.42, 1.1), (-0.98, 2.2), (-0.2, 2.75), (0.7, 2.5), (1.22, 1.6), (1.4, 0.0)]
    b.poly([(x + 1.32 * px - 0.05, 1.16 * py) for px, py in arch], colour, -0.34)
    b.poly([(x + 1.16 * px + 0.04, 1.08 * py) for px, py in arch], colour, -0.18)
    opening = straight([(x + px, py) for px, py in arch])
    b.canvas.save()
    b.canvas.clipPath(opening, True)
    out.fade(x - 2, -0.1, 4, 3.2, air.horizon, mixed(air.zenith, air.horizon, 0.25))
    hill, wood = (
        mixed(c, mixed(air.zenith, air.horizon, 0.4), 0.3 + 0.35 * air.night) for c in ("#8aa37a", "#56785a")
    )
    out.blob([(x - 2.4, 0), (x - 1.2, 1.05), (x + 0.2, 0.8), (x + 1.2, 1.15), (x + 2.4, 0)], hill)
    for k in range(5):
        tx, tall = x - 1.3 + 0.62 * k, 0.85 + 0.3 * (k * 7 % 3) / 2
        out.poly([(tx - 0.3, 0.2), (tx, 0.2 + tall), (tx + 0.3, 0.2)], wood)
    out.rect(x - 2, -0.1, 4, 0.36, wood, 0.12)
    b.canvas.restore()
    b.poly([(x - 1.4, 0), (x + 1.3, 0), (x + 2.3, -0.55), (x - 2.6, -0.55)], air.horizon, 0.0, 0.2)
    b.glow(x, 1.4, 3.4, air.horizon, 0.14)


def crystals(b: Brush, o: Options) -> None:
    """Glowing crystals in clusters, each out of a heap of rock. Options: colour, step, avoid, rock."""
    for x, dice in b.cells(o.get("step", 3.2), 2):
        if dice.random() > 0.6 or abs(x) < 1.3:
            continue
        if any(abs(x - middle) < half for middle, half in o.get("avoid", ())):
            continue
        rock = o.get("rock", "#5c556e")
        colour = dice.choice(o.get("colour", "#7fd6d0 #b58fe0").split())
        bright = shining(b)
        for k in range(3):
            cx, h, lean = x + 0.2 * (k - 1), dice.uniform(0.3, 0.8), (k - 1) * 0.15
            bright.poly(
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
        heap = [
            (-0.66, -0.1),
            (-0.5, 0.14),
            (-0.2, 0.24),
            (0.1, 0.16),
            (0.38, 0.22),
            (0.62, 0.06),
            (0.74, -0.1),
        ]
        b.poly([(x + px, py) for px, py in heap], rock)
        b.poly(
            [(x + px, py) for px, py in ((0.1, 0.16), (0.38, 0.22), (0.62, 0.06), (0.74, -0.1), (0.2, -0.1))],
            rock,
            -0.16,
        )
        b.glow(x, 0.4, 1.9, colour, 0.4)


def strange_plants(b: Brush, o: Options) -> None:
    """Plants of another world: tall bowed stalks that end in a shining ball, over round blue leaves."""
    for x, dice in b.cells(o.get("step", 2.3), 3):
        if dice.random() > 0.75 or abs(x) < o.get("gap", 1.1):
            continue
        tall, side = dice.uniform(1.2, 2.1), dice.choice((-1, 1))
        ball = dice.choice(("#e878b8", "#7fe0c8", "#f0a850"))
        for k, (share, lean) in enumerate(((1.0, 0.4), (0.7, -0.5), (0.5, 0.7))):
            top, end = tall * share, x + side * lean * share
            b.curve([(x, -0.05), (x + 0.05 * side, top * 0.6), (end, top)], "#3f7f8a", 0.07)
            b.oval(end, top, 0.17 * share + 0.05, 0.17 * share + 0.05, ball, 0.06 * k)
            b.oval(end - 0.05, top + 0.06, 0.05, 0.05, "#ffffff", 0.0, 0.5)
        for k in (-1, 0, 1):
            b.oval(x + 0.22 * k, 0.12, 0.2, 0.18, "#4f6fb0", 0.08 * k)


_SUNLESS = frozenset({Weather.rain, Weather.storm, Weather.snow, Weather.fog})


def shafts(b: Brush, o: Options) -> None:
    """Light falling from above, through water or leaves. Options: colour, alpha, step."""
    if b.setting.weather in _SUNLESS:
        return
    high = b.top + 1
    dim = 1 - 0.8 * b.setting.air.night
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
                o.get("alpha", 0.07) * dim,
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
        r = tall * (0.17 if k == 0 and not o.get("small") else 0.055) * dice.uniform(0.9, 1.15)
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
    foot = -20 if b.depth > 100 else -0.05  # a near rim stands on the ground and leaves it to be seen
    b.poly([(points[0][0], foot), *points, (points[-1][0], foot)], colour)


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
        hills,
        mountains,
        dunes,
        rocks,
        stalactites,
        cave_wall,
        way_out,
        crystals,
        strange_plants,
        shafts,
        clouds,
        planets,
        craters,
        sea_band,
        asteroid,
    )
}
