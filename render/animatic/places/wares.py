"""What a place is known by: a shop's till, scales and wares, a glacier's ice, chimneys, a bridge's stones."""

from __future__ import annotations

import math
from typing import Any

import skia

from .brush import Brush, mixed, shaded, straight

Options = dict[str, Any]
_WARES = ("#c9483c", "#e0a23c", "#5a8f6a", "#4f7fa8", "#b0688f", "#e6d4b0")
_TAG = "#fbf6e6"


def wares(b: Brush, o: Options) -> None:
    """Open racks of pots, loaves, hats, folded cloth and toys, each board with price tags.

    Options: x, wide, tall.
    """
    x, w, tall = o.get("x", 2.9), o.get("wide", 2.2), o.get("tall", 2.5)
    left, rows = x - w / 2, 4
    b.rect(left - 0.06, 0, w + 0.12, tall, "#f3ead6", -0.06)
    for row in range(rows):
        base, dice = 0.1 + row * tall / rows, b.dice("wares", x, row)
        at = left + 0.12
        while at < x + w / 2 - 0.3:
            _ware(
                b, at, base, dice.choice(("pot", "loaf", "hat", "cloth", "ball", "jug")), dice.choice(_WARES)
            )
            at += dice.uniform(0.38, 0.48)
        b.rect(left - 0.1, base - 0.06, w + 0.2, 0.06, "#c99a62")
        at = left + 0.16
        while at < x + w / 2 - 0.14:
            tag(b, at, base - 0.075, 0.14)
            at += 0.42


def _ware(b: Brush, x: float, y: float, kind: str, hue: str) -> None:
    """One thing that is for sale, 0.3 m wide, its left foot at ``x`` and ``y``."""
    if kind == "pot":
        b.blob([(x, y), (x - 0.02, y + 0.2), (x + 0.15, y + 0.24), (x + 0.32, y + 0.2), (x + 0.3, y)], hue)
        b.line([(x + 0.1, y + 0.26), (x + 0.2, y + 0.26)], shaded(hue, -0.3), 0.05)
    elif kind == "loaf":
        b.oval(x + 0.15, y + 0.1, 0.17, 0.1, "#cf9a52")
        for k in range(3):
            b.line([(x + 0.06 + 0.08 * k, y + 0.07), (x + 0.1 + 0.08 * k, y + 0.17)], "#f0d49a", 0.018)
    elif kind == "hat":
        b.oval(x + 0.15, y + 0.04, 0.18, 0.04, hue, -0.12)
        b.round(x + 0.05, y + 0.04, 0.2, 0.2, 0.07, hue)
        b.rect(x + 0.05, y + 0.06, 0.2, 0.05, "#3a3230")
    elif kind == "cloth":
        for k in range(3):
            b.round(x, y + 0.09 * k, 0.3, 0.085, 0.03, _WARES[(_WARES.index(hue) + k) % 6])
    elif kind == "ball":
        b.oval(x + 0.15, y + 0.14, 0.14, 0.14, hue)
        b.rect(x + 0.02, y + 0.11, 0.26, 0.06, "#fbf6e6")
    else:
        b.blob([(x + 0.04, y), (x, y + 0.2), (x + 0.1, y + 0.34), (x + 0.2, y + 0.34), (x + 0.26, y)], hue)
        b.curve([(x + 0.2, y + 0.3), (x + 0.34, y + 0.24), (x + 0.24, y + 0.1)], shaded(hue, -0.2), 0.03)


def tag(b: Brush, x: float, y: float, size: float) -> None:
    """A price tag with a hole and figures, that hangs down from its middle top ``x``, ``y``."""
    half = size / 2
    b.poly(
        [(x - half, y - size), (x - half, y - size * 0.3), (x, y), (x + half, y - size * 0.3),
         (x + half, y - size)],
        _TAG,
    )  # fmt: skip
    b.oval(x, y - size * 0.24, size * 0.08, size * 0.08, "#5a4a40")
    for k in range(2):
        b.line(
            [(x - half * 0.6, y - size * (0.5 + 0.24 * k)), (x + half * 0.6, y - size * (0.5 + 0.24 * k))],
            "#c8322c", size * 0.11,
        )  # fmt: skip


def till(b: Brush, o: Options) -> None:
    """A cash register with keys and a drawer, and scales, on a counter. Options: x, y (its top), gap."""
    x, y = o.get("x", -2.0), o.get("y", 0.99)
    b.poly(
        [(x - 0.3, y), (x - 0.3, y + 0.2), (x - 0.2, y + 0.46), (x + 0.3, y + 0.46), (x + 0.3, y)], "#9c3f38"
    )
    b.rect(x - 0.34, y, 0.68, 0.16, "#7a2f2a")
    b.oval(x, y + 0.08, 0.05, 0.03, "#e6c25a")
    b.round(x - 0.18, y + 0.44, 0.46, 0.22, 0.04, "#d9b45a")
    b.rect(x - 0.13, y + 0.49, 0.36, 0.12, _TAG)
    for k in range(3):
        b.line([(x - 0.06 + 0.1 * k, y + 0.51), (x - 0.06 + 0.1 * k, y + 0.59)], "#2a2624", 0.03)
    for row in range(3):
        for k in range(4):
            b.oval(x - 0.15 + 0.02 * row + 0.11 * k, y + 0.22 + 0.075 * row, 0.032, 0.026, "#f6efdc")
    s = x - o.get("gap", 1.05)
    b.poly([(s - 0.16, y), (s - 0.05, y + 0.08), (s + 0.05, y + 0.08), (s + 0.16, y)], "#4a4a50")
    b.line([(s, y), (s, y + 0.56)], "#c9a24a", 0.05)
    b.line([(s - 0.36, y + 0.5), (s + 0.36, y + 0.54)], "#c9a24a", 0.04)
    for side, top in ((-0.36, y + 0.5), (0.36, y + 0.54)):
        for dx in (-0.16, 0.16):
            b.line([(s + side, top), (s + side + dx, top - 0.26)], "#8a7440", 0.014)
        b.blob(
            [(s + side - 0.2, top - 0.24), (s + side + 0.2, top - 0.24), (s + side + 0.1, top - 0.36),
             (s + side - 0.1, top - 0.36)],
            "#d9b45a",
        )  # fmt: skip
    b.oval(s - 0.36, y + 0.3, 0.1, 0.08, "#c9483c")


def shop_window(b: Brush, o: Options) -> None:
    """A shop's own window from inside: a striped awning over it, wares on the sill, a street beyond.

    Options: x, wide, y (the sill), tall.
    """
    x, w, y, h = o.get("x", 0.0), o.get("wide", 2.6), o.get("y", 1.0), o.get("tall", 1.35)
    air = b.setting.air
    b.rect(x - w / 2 - 0.1, y - 0.1, w + 0.2, h + 0.2, "#7a4f36")
    b.fade(x - w / 2, y, w, h, air.horizon, mixed(air.zenith, air.horizon, 0.4))
    for k in range(4):
        left = x - w / 2 + w * k / 4
        b.rect(left, y, w / 4, h * (0.5, 0.66, 0.42, 0.6)[k], mixed(_WARES[k], air.horizon, 0.55))
    b.line([(x, y), (x, y + h)], "#7a4f36", 0.06)
    b.rect(x - w / 2 - 0.16, y - 0.14, w + 0.32, 0.1, "#8f6244")
    at, k = x - w / 2 + 0.12, 0
    while at < x + w / 2 - 0.3:
        _ware(b, at, y - 0.02, ("hat", "pot", "ball", "jug", "loaf")[k % 5], _WARES[k % 6])
        tag(b, at + 0.15, y - 0.05, 0.16)
        at, k = at + 0.46, k + 1
    _awning(b, x - w / 2 - 0.2, w + 0.4, y + h - 0.06)


def _awning(b: Brush, left: float, wide: float, y: float) -> None:
    """A striped awning with a scalloped hem, that hangs down to ``y`` metres."""
    count = max(4, round(wide / 0.3))
    step = wide / count
    for k in range(count):
        at = left + k * step
        hue = "#c9483c" if k % 2 else "#f6efdc"
        b.poly([(at + 0.02, y + 0.42), (at + step, y + 0.42), (at + step, y), (at, y)], hue)
        b.oval(at + step / 2, y, step / 2, 0.1, hue)


def produce(b: Brush, o: Options) -> None:
    """Open, slanting crates heaped with fruit, a price tag before each. Options: step, gap, share."""
    step = o.get("step", 1.3)
    for x, dice in b.cells(step, 1):
        x += dice.uniform(0, 0.2)
        fruit = dice.choice(("#c9382f", "#e89a2f", "#86a83c", "#7a4a86"))
        if dice.random() > o.get("share", 0.7) or min(abs(x), abs(x + 0.9)) < o.get("gap", 1.2):
            continue
        b.oval(x + 0.45, 0.0, 0.6, 0.08, "#1c1826", alpha=0.3)
        for row in range(3):
            for k in range(6):
                b.oval(x + 0.12 + 0.13 * k, 0.4 + 0.09 * row - 0.02 * (k % 2), 0.085, 0.085, fruit,
                       0.1 * ((k + row) % 3) - 0.1)  # fmt: skip
        b.poly([(x - 0.04, 0.44), (x + 0.94, 0.44), (x + 0.88, 0.0), (x + 0.02, 0.0)], "#b88a54")
        for up in (0.14, 0.3):
            b.line([(x, up), (x + 0.9, up)], "#8a6238", 0.02)
        tag(b, x + 0.45, 0.4, 0.24)


def ice_wall(b: Brush, o: Options) -> None:
    """A wall of blue ice with split, jagged blocks and bright edges. Options: low, high, step, foot, gap."""
    step, low, high = o.get("step", 5.0), o.get("low", 3.0), o.get("high", 7.0)
    foot = o.get("foot", -0.3)
    for x, dice in b.cells(step, step):
        h, w = dice.uniform(low, high), step * dice.uniform(0.95, 1.25)
        lean, cut = dice.uniform(-0.1, 0.1) * w, dice.uniform(0.35, 0.65)
        if min(abs(x), abs(x + w)) < o.get("gap", 0) or (o.get("gap", 0) and x < 0 < x + w):
            continue
        blue = mixed("#9fd2ea", "#5aa6d0", dice.random())
        top = [(x + lean, h * 0.86), (x + w * cut, h), (x + w, h * dice.uniform(0.7, 0.9))]
        b.poly([(x, foot), *top, (x + w * 1.02, foot)], blue)
        b.poly([(x + w * cut, h), top[2], (x + w * 1.02, foot), (x + w * cut * 0.9, foot)], blue, -0.16)
        b.poly([top[0], top[1], top[2], (x + w * cut, h * 0.9)], "#f2f9fd")
        for k in range(3):
            fx = x + w * (0.2 + 0.26 * k)
            b.line(
                [(fx, h * 0.72), (fx + 0.07 * w, h * 0.42), (fx - 0.02 * w, h * 0.14)], "#e6f5fb", 0.012 * h
            )
        b.line([(x + w * 0.1, h * 0.3), (x + w * 0.5, h * 0.36)], "#3f86b8", 0.012 * h)


def crevasse(b: Brush, o: Options) -> None:
    """A dark blue crack in the snow, its far lip bright. Options: x, wide, deep."""
    x, w, deep = o.get("x", 3.4), o.get("wide", 4.4), o.get("deep", 0.34)
    for side, shade in ((1.0, "#f6fbfe"), (0.92, "#5fb0da"), (0.78, "#1f5f96"), (0.6, "#123c6a")):
        d, half = deep * side, w / 2 * side
        ends = [(x - half, 0.0)]
        ends += [(x - half + w * side * k / 8, d * (0.5 + 0.22 * (-1) ** k)) for k in range(1, 8)]
        low = [(x + half - w * side * k / 8, -d * (0.4 + 0.2 * (-1) ** k)) for k in range(1, 8)]
        b.poly([*ends, (x + half, 0.0), *low], shade)


def ice_blocks(b: Brush, o: Options) -> None:
    """Broken blocks of ice lying about. Options: tall, step, share, gap."""
    tall, step = o.get("tall", 0.7), o.get("step", 1.8)
    for x, dice in b.cells(step, tall * 2):
        x += dice.uniform(0, step * 0.5)
        if dice.random() > o.get("share", 0.6) or abs(x) < o.get("gap", 0):
            continue
        h, w, turn = tall * dice.uniform(0.5, 1.1), tall * dice.uniform(0.5, 0.9), dice.uniform(-0.2, 0.2)
        b.poly(
            [(x - w, -0.05), (x - w * 0.8, h * (0.8 + turn)), (x + w * 0.3, h), (x + w * 0.4, -0.05)],
            "#a9dcf2",
        )
        b.poly(
            [(x + w * 0.3, h), (x + w, h * (0.75 - turn)), (x + w, -0.05), (x + w * 0.4, -0.05)], "#5fa9d2"
        )
        b.line([(x - w * 0.6, h * 0.3), (x + w * 0.1, h * 0.7)], "#f2fafd", 0.06 * h)


def stacks(b: Brush, o: Options) -> None:
    """Brick chimneys with clay pots and smoke on the roof one stands on. Options: step, tall, gap, share."""
    step, tall = o.get("step", 3.6), o.get("tall", 1.5)
    for x, dice in b.cells(step, step):
        x = b.aside(x + dice.uniform(0.1, 0.5) * step, o)
        h = tall * dice.uniform(0.85, 1.2)
        if any(abs(x - middle) < 0.95 * half for middle, half in o.get("avoid", ())):
            continue  # between two who stand close there is no room for it
        if dice.random() > o.get("share", 0.85) or abs(x) < o.get("gap", 1.5):
            continue
        b.rect(x - 0.4, -0.4, 0.8, h + 0.4, "#a5604a")
        for row in range(math.floor(h / 0.16)):
            b.line([(x - 0.4, 0.16 * row), (x + 0.4, 0.16 * row)], "#7f4434", 0.014)
        b.rect(x - 0.47, h, 0.94, 0.12, "#8a4c3a")
        for pot in (-0.2, 0.2):
            b.poly([(x + pot - 0.12, h + 0.12), (x + pot - 0.09, h + 0.46), (x + pot + 0.09, h + 0.46),
                    (x + pot + 0.12, h + 0.12)], "#c87a54")  # fmt: skip
            b.oval(x + pot, h + 0.46, 0.1, 0.03, "#3a2a28")
        for k in range(4):
            b.oval(x + 0.2 + 0.16 * k, h + 0.66 + 0.26 * k, 0.13 + 0.05 * k, 0.11 + 0.04 * k, "#c9c9ce", 0.0,
                   0.55 - 0.1 * k)  # fmt: skip


def ridge_tiles(b: Brush, o: Options) -> None:
    """The edge of the roof one stands on: round clay tiles in a row. Options: tall."""
    tall = o.get("tall", 0.34)
    for x, _ in b.cells(0.42, 1):
        b.oval(x + 0.21, tall * 0.3, 0.21, tall * 0.5, "#b0563f", 0.06)
        b.oval(x + 0.21, tall * 0.3, 0.12, tall * 0.3, "#b0563f", -0.14)


_STONE = "#a4a4a6"


def parapet(b: Brush, o: Options) -> None:
    """The wall of a stone bridge one stands on, with arched openings on the water. Options: tall."""
    tall, wide = o.get("tall", 0.74), b.right - b.left + 2
    b.rect(b.left - 1, -0.1, wide, 0.24, _STONE, -0.08)
    b.rect(b.left - 1, tall, wide, 0.13, _STONE, 0.14)
    for x, dice in b.cells(0.72, 1):
        arc = [(x + 0.36 - 0.25 * math.cos(math.pi * k / 8), 0.42 + 0.2 * math.sin(math.pi * k / 8))
               for k in range(9)]  # fmt: skip
        edge = [
            (x, tall),
            (x, 0.1),
            (x + 0.11, 0.1),
            *arc,
            (x + 0.61, 0.1),
            (x + 0.72, 0.1),
            (x + 0.72, tall),
        ]
        b.shape(straight(edge), _STONE, dice.uniform(-0.05, 0.05), 1.0)
    for x, _ in b.cells(5.76, 2):
        b.rect(x - 0.26, -0.1, 0.52, tall + 0.4, _STONE, -0.06)
        b.rect(x - 0.33, tall + 0.28, 0.66, 0.13, _STONE, 0.12)


def battlements(b: Brush, o: Options) -> None:
    """The edge of the tower one stands on: a low wall, merlons, a flag. Options: tall, x (of the flag)."""
    tall, stone = o.get("tall", 0.9), "#8f8a86"
    step, wide = 1.5 * tall, b.right - b.left + 2
    b.rect(b.left - 1, 0.0, wide, 0.36 * tall, stone, -0.12)
    b.rect(b.left - 1, 0.3 * tall, wide, 0.08 * tall, stone, 0.1)
    for x, dice in b.cells(step, 2):
        b.rect(x, 0.36 * tall, 0.6 * step, 0.64 * tall, stone, dice.uniform(-0.08, -0.02))
        b.rect(x - 0.03 * step, 0.94 * tall, 0.66 * step, 0.1 * tall, stone, 0.08)
        b.line(
            [(x + 0.1 * step, 0.66 * tall), (x + 0.36 * step, 0.66 * tall)], shaded(stone, -0.22), 0.03 * tall
        )
    if "x" in o:
        x, top = float(o["x"]), 4.2 * tall
        b.line([(x, 0.0), (x, top)], "#4a4038", 0.09 * tall)
        b.poly([(x, top), (x + 1.3 * tall, top - 0.36 * tall), (x, top - 0.72 * tall)], "#c8483c")


def bridge_face(b: Brush, o: Options) -> None:
    """The near side of the bridge under the feet: a kerb, a row of blocks, arches with water in them."""
    wide = b.right - b.left + 2
    b.rect(b.left - 1, -8, wide, 8, _STONE, -0.1)
    b.rect(b.left - 1, -0.1, wide, 0.16, _STONE, 0.14)
    for x, dice in b.cells(0.6, 1):
        b.rect(x + 0.01, -0.42, 0.58, 0.3, _STONE, dice.uniform(-0.14, 0.0))
    air = b.setting.air
    water = mixed(mixed("#4f90a5", air.zenith, 0.2), "#1c2c46", 0.5 * air.night)
    for x, _ in b.cells(3.4, 4):
        arc = [(x + 1.7 - 1.4 * math.cos(math.pi * k / 12), -2.0 + 1.45 * math.sin(math.pi * k / 12))
               for k in range(13)]  # fmt: skip
        rim = [(u, v + 0.1) for u, v in arc]
        b.poly([(x + 0.2, -8), (x + 0.2, -2.0), *rim, (x + 3.2, -2.0), (x + 3.2, -8)], _STONE, 0.1)
        b.poly([(x + 0.3, -8), *arc, (x + 3.1, -8)], water, -0.12)


def span(b: Brush, o: Options) -> None:
    """A humped bridge of stone seen from the bank, its arches over the water. Options: x, tall, step."""
    tall, step = o.get("tall", 4.2), o.get("step", 7.0)
    at = float(o.get("x", 0.0))
    left, right = at - 3.5 * step, at + 3.5 * step

    def crown(x: float) -> float:
        return float(tall * (0.62 + 0.38 * (1 - ((x - at) / (3.5 * step)) ** 2)))

    xs = [left + (right - left) * k / 40 for k in range(41)]
    path = straight([(left, -0.4), *((x, crown(x)) for x in xs), (right, -0.4)])
    for k in range(7):
        middle = left + (k + 0.5) * step
        half, high = step * 0.36, crown(middle) * 0.72
        arc = [
            (middle - half * math.cos(math.pi * j / 16), high * math.sin(math.pi * j / 16)) for j in range(17)
        ]
        hole = straight([(middle - half, -0.5), *arc, (middle + half, -0.5)])
        path = skia.Op(path, hole, skia.PathOp.kDifference_PathOp)
        b.curve([(x, y + 0.02) for x, y in arc], shaded(_STONE, -0.3), 0.2)
    b.shape(path, _STONE, 0.0, 1.0)
    for row in range(1, 5):
        b.line([(x, crown(x) - 0.16 * row) for x in xs], shaded(_STONE, -0.16), 0.02)
    b.line([(x, crown(x)) for x in xs], shaded(_STONE, 0.2), 0.18)


PIECES = {
    f.__name__: f
    for f in (
        wares, till, shop_window, produce, ice_wall, crevasse, ice_blocks, stacks, ridge_tiles,
        parapet, battlements, bridge_face, span,
    )
}  # fmt: skip
