"""What is seen in the sky where there is no air: the Earth by the hour, the view through a port, a clock.

Stars are there at noon too: there the hour is told by how much of a world is in the sun.
"""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.vocabulary import Hour
from .brush import Brush
from .fittings import face_of_clock
from .houses import shining

Options = dict[str, Any]

_LIT = {
    Hour.dawn: 0.3,
    Hour.morning: 0.72,
    Hour.noon: 1.0,
    Hour.afternoon: 0.82,
    Hour.dusk: 0.3,
    Hour.evening: 0.14,
    Hour.night: 0.0,
}
"""Hour -> how much of a world is in the sun."""
_CLOCK = {
    Hour.dawn: 5.0, Hour.morning: 9.0, Hour.noon: 12.0, Hour.afternoon: 3.0, Hour.dusk: 7.0,
    Hour.evening: 8.0, Hour.night: 11.0,
}  # fmt: skip
_TOWNS = ((-0.52, 0.42), (-0.3, 0.3), (-0.2, -0.34), (-0.26, -0.6), (0.5, 0.42), (0.62, 0.2), (0.8, 0.36),
          (0.56, -0.3), (-0.05, 0.56), (0.34, 0.05), (-0.42, 0.16), (0.14, -0.12))  # fmt: skip
"""Lights on the night side, in radii from the middle."""


def earth(b: Brush, o: Options) -> None:
    """The Earth in the sky: blue seas, green lands, white clouds, the hour's share of it lit.

    Options: x, y, size (shares).
    """
    tall = max(10.0, b.top)
    side = b.dice("earth").choice((-1, 1))
    wide = b.right - b.left
    r = max(tall * o.get("size", 0.16), 0.036 * wide)
    x, y = side * max(tall * o.get("x", 0.5), 0.14 * wide), max(tall * o.get("y", 0.56), 0.6 * r)
    spots = [x * k for k in (1, -1, 1.5, -1.5, 0.1, 2, -2)]
    taken = o.get("avoid", ())

    def clear(spot: float) -> float:
        return min((abs(spot - middle) - half for middle, half in taken), default=9e9)

    x = next((s for s in spots if clear(s) > 2.5 * r), max(spots, key=clear))
    if clear(x) < 1.6 * r:  # over the helmets, if not beside them
        y = max(y, min(b.top - 1.2 * r, y + 1.3 * r))
    b.glow(x, y, 1.7 * r, "#9fd0ff", 0.4)
    b.oval(x, y, r, r, "#3f86d0")
    b.canvas.save()
    disc = skia.Path()
    disc.addCircle(x, -y, r)
    b.canvas.clipPath(disc, True)
    for land in (
        [(-0.75, 0.5), (-0.2, 0.72), (0.05, 0.4), (-0.25, 0.15), (-0.42, -0.1), (-0.62, 0.12)],
        [(-0.35, -0.15), (-0.02, -0.22), (-0.05, -0.6), (-0.28, -0.85), (-0.42, -0.45)],
        [(0.35, 0.6), (0.95, 0.55), (1.0, 0.1), (0.72, -0.05), (0.48, 0.2)],
        [(0.4, -0.1), (0.75, -0.2), (0.68, -0.62), (0.45, -0.5)],
    ):
        b.blob([(x + r * px, y + r * py) for px, py in land], "#5fae58")
    for cx, cy, w in (
        (-0.3, 0.85, 0.6),
        (0.2, 0.3, 0.5),
        (-0.45, -0.28, 0.42),
        (0.4, -0.72, 0.5),
        (0.0, -0.95, 0.7),
    ):
        b.oval(x + r * cx, y + r * cy, r * w, r * 0.09, "#ffffff", 0.0, 0.9)
    _in_shadow(b, x, y, r, float(-side))
    b.canvas.restore()


def _in_shadow(b: Brush, x: float, y: float, r: float, sunward: float) -> None:
    """The night side over a world that is drawn, towns alight in it; ``sunward``: 1 when lit from the right.

    The caller clips to the world.
    """
    lit, night = _LIT[b.setting.hour], skia.Path()
    edge = sunward * r * (1.0 - 2.0 * lit)  # where the terminator crosses the middle
    far = -sunward * 1.1 * r
    for k in range(17):
        a = math.pi * (k / 16 - 0.5)
        night.lineTo(x + edge * math.cos(a), -(y + r * math.sin(a))) if k else night.moveTo(x, -(y - r))
    night.lineTo(x + far, -(y + r))
    night.lineTo(x + far, -(y - r))
    night.close()
    if lit >= 1.0:
        return
    dark = shining(b)
    dark.shape(night, "#070a1e", 0.0, 0.8)
    for dx, dy in _TOWNS:
        if night.contains(x + r * dx, -(y + r * dy)):
            dark.oval(x + r * dx, y + r * dy, 0.035 * r, 0.035 * r, "#ffd98a")
    if lit < 0.5:  # the sun comes over the rim, or has gone behind it
        rim = [
            (x + sunward * 0.97 * r * math.cos(a), y + 0.97 * r * math.sin(a))
            for a in (0.9 * (k / 8 - 1) for k in range(17))
        ]
        dark.curve(rim, "#ffb066" if lit > 0.2 else "#7fa8e8", 0.05 * r)


def through_port(b: Brush, x: float, y: float, r: float) -> None:
    """Stars, and the rim of the world below, in a round port of radius ``r``: sunny by day, dark at night."""
    hour, space = b.setting.hour, shining(b)
    b.canvas.save()
    glass = skia.Path()
    glass.addCircle(x, -y, r)
    b.canvas.clipPath(glass, True)
    dice, lit = b.dice("stars"), _LIT[hour]
    for _ in range(30):
        a, far = dice.uniform(0, math.tau), 0.94 * r * math.sqrt(dice.random())
        space.oval(x + far * math.cos(a), y + far * math.sin(a), 0.016, 0.016, "#fff6e0")
    low, big = y - 1.62 * r, 1.5 * r
    rising = 0.14 < lit < 0.5
    if rising:
        b.glow(x + 0.45 * r, low + 0.97 * big, 1.3 * r, "#ffb060", 0.8)
        space.oval(x + 0.45 * r, low + 0.97 * big, 0.2 * r, 0.2 * r, "#fff0c0")
    elif lit > 0.5:
        b.glow(x + 0.42 * r, y + 0.5 * r, 0.8 * r, "#fff0c0", 0.7)
        space.oval(x + 0.42 * r, y + 0.5 * r, 0.17 * r, 0.17 * r, "#fff8dc")
    else:
        space.oval(x + 0.42 * r, y + 0.5 * r, 0.15 * r, 0.15 * r, "#d8dce6")
        space.oval(x + 0.49 * r, y + 0.53 * r, 0.13 * r, 0.13 * r, "#0a0c1e")
    day = lit > 0.5
    space.oval(
        x, low, 1.05 * big, 1.05 * big, "#8fd0ff" if day else "#ff9a5a" if rising else "#3a5a92", 0.0, 0.6
    )
    space.oval(x, low, big, big, "#3f86d0" if day else "#24406e" if rising else "#0c1430")
    for px, wide in ((-0.5, 0.34), (0.3, 0.46)):
        land = [
            (px - wide / 2, 0.95),
            (px, 0.88),
            (px + wide / 2, 0.94),
            (px + wide / 3, 0.7),
            (px - wide / 3, 0.72),
        ]
        space.blob([(x + big * a * 0.9, low + big * c) for a, c in land],
                   "#5fae58" if day else "#35604e" if rising else "#16203a")  # fmt: skip
    if day:
        for px, py, wide in ((-0.2, 0.86, 0.24), (0.42, 0.8, 0.2), (-0.55, 0.7, 0.2)):
            space.oval(x + big * px, low + big * py, wide * big, 0.035 * big, "#ffffff", 0.0, 0.9)
    elif not rising:
        for _ in range(14):
            a, far = math.pi * (0.32 + 0.36 * dice.random()), big * dice.uniform(0.68, 0.94)
            space.oval(x + far * math.cos(a), low + far * math.sin(a), 0.022 * r, 0.022 * r, "#ffd98a")
    b.canvas.restore()


def ship_clock(b: Brush, x: float, y: float, r: float) -> None:
    """The clock of a cabin, at the hour, its face dark after nightfall."""
    lit = _LIT[b.setting.hour]
    b.oval(x, y, 1.22 * r, 1.22 * r, "#3d4558")
    face_of_clock(shining(b), x, y, r, _CLOCK[b.setting.hour], night=lit < 0.2)


PIECES = {"earth": earth}
