"""Large rooms, decks and worlds by what is named of them: footlights, a ring, ribs of a cabin, the Earth."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, mixed, shaded
from .heavens import ship_clock, through_port
from .houses import shining
from .panels import consoles
from .rooms import window
from .steering import ships_wheel

Options = dict[str, Any]


def footlights(b: Brush, o: Options) -> None:
    """A row of shell lamps along the front edge of a stage. Options: step."""
    b.rect(b.left - 1, -0.2, b.right - b.left + 2, 0.26, "#5a3f30")
    for x, _ in b.cells(o.get("step", 0.42), 1):
        shell = [(x - 0.13, 0.05), (x - 0.11, 0.17), (x, 0.24), (x + 0.11, 0.17), (x + 0.13, 0.05)]
        b.blob(shell, "#c9a850", -0.1)
        shining(b).oval(x, 0.22, 0.07, 0.05, "#fff0b8")
        b.glow(x, 0.26, 0.5, "#ffe2a0", 0.4)


def big_top(b: Brush, o: Options) -> None:
    """The inside of a circus tent: striped canvas, rows of seats, the curtain, strings of lights. Options: x
    (of the curtain), left, right (where the canvas is drawn aside)."""
    high, peak, door = 3.4, 11.0, o.get("x", 0.0)
    drawn_in = 0.88 * min(0.9, max(0.0, (b.top - high) / (peak - high)))  # how far its stripes are up there
    beyond = math.ceil(max(-b.left, b.right) * drawn_in / (1 - drawn_in))
    for x, _ in b.cells(1.0, 2 + beyond):
        k = round(x)
        colour = _STRIPES[k % 2]
        b.rect(x, 1.5, 1.02, high - 1.5, colour)
        b.poly([(x, high), (x + 1.02, high), (x * 0.12 + 0.12, peak), (x * 0.12, peak)], colour, -0.1)
        b.poly([(x, high + 0.12), (x + 0.5, high - 0.3), (x + 1.0, high + 0.12)], "#e8b84a")
    b.rect(b.left - 1, 0, b.right - b.left + 2, 1.5, _ROWS)
    for opened in _apart(door, (o.get("left", door - 3.6), o.get("right", door + 3.6))):
        _open_side(b, opened)
    for row in range(3):
        y = 0.2 + 0.42 * row
        b.rect(b.left - 1, y, b.right - b.left + 2, 0.1, "#6a4644")
        for x, dice in b.cells(0.78, 1):
            x += 0.39 * (row % 2) + dice.uniform(-0.1, 0.1)
            dice.seed(f"{x:.2f}/{row}")
            if abs(x - door) > 1.5 and dice.random() < 0.66:
                coat = mixed(dice.choice(("#6a7fb0", "#a86a80", "#6f9a7a", "#c09a5a")), _ROWS, _IN_THE_DARK)
                b.blob(
                    [(x - 0.2, y + 0.1), (x - 0.12, y + 0.36), (x + 0.12, y + 0.36), (x + 0.2, y + 0.1)], coat
                )
                face = mixed(dice.choice(("#e0b48c", "#8a5a3c", "#c98f66")), _ROWS, _IN_THE_DARK)
                b.oval(x, y + 0.46, 0.11, 0.13, face)
    for side in (-1, 1):
        for k in range(3):
            px = side * (0.08 + 0.38 * k)
            b.blob(
                [(door + px + side * out, y) for out, y in ((0.0, 0), (0.42, 0), (0.5, 2.6), (0.0, 2.9))],
                "#7a2f6a",
                (-0.1, 0.06)[k % 2],
            )
    b.rect(door - 1.4, 2.55, 2.8, 0.2, "#e8b84a")
    for x, _ in b.cells(3.0, 3):
        for k in range(9):
            y = 4.1 - 0.5 * math.sin(math.pi * k / 9)
            shining(b).oval(x + k / 3, y, 0.06, 0.07, "#ffe9a0")
            b.glow(x + k / 3, y, 0.3, "#ffe2a0", 0.35)


_STRIPES = "#c4c6c0", "#67869c"
"""Of the canvas: cream and blue, before which red hair, noses and coats stand out, and both so near to each
other that whoever is before them is what is looked at."""
_ROWS = "#4a3048"
_IN_THE_DARK = 0.45
"""How far those who watch are of the colour of the rows, so that faces in the ring are the brightest."""


def _apart(door: float, sides: tuple[float, float]) -> list[float]:
    """Of the places where canvas is drawn aside, those clear of the curtain and of each other."""
    left, right = sides
    kept = [x for x in (left, right) if abs(x - door) > _CURTAINED]
    return kept[:1] if len(kept) > 1 and abs(left - right) < _CURTAINED else kept


_CURTAINED = 2.3
"""Metres from the middle of the curtain to that of an opening beside it."""


def _open_side(b: Brush, x: float) -> None:
    """Where the canvas is drawn aside over the seats, and the sky of the hour looks in."""
    window(b, {"x": x, "y": 1.62, "wide": 1.5, "tall": 1.5, "bare": True})
    for side in (-1, 1):
        edge = x + side * 0.78
        flap = [(edge, 3.25), (edge - side * 0.5, 3.25), (edge - side * 0.12, 2.3), (edge - side * 0.2, 1.5)]
        b.blob([*flap, (edge + side * 0.06, 1.5)], _STRIPES[1], 0.12)
        b.oval(edge - side * 0.05, 2.3, 0.12, 0.07, "#e8b84a")
    b.rect(x - 0.86, 3.14, 1.72, 0.12, "#e8b84a")


def ring(b: Brush, o: Options) -> None:
    """The kerb of a circus ring, in blocks of red and white with stars."""
    for x, _ in b.cells(1.1, 1):
        red = round(x / 1.1) % 2
        b.round(x, -0.02, 1.08, 0.42, 0.06, "#b84a44" if red else "#e4d8c0")
        star = []
        for k in range(10):
            r, a = (0.14 if k % 2 == 0 else 0.06), math.pi / 2 + math.tau * k / 10
            star.append((x + 0.54 + r * math.cos(a), 0.19 + r * math.sin(a)))
        b.poly(star, "#f0c04a" if red else "#4f7fb0")
    b.rect(b.left - 1, 0.38, b.right - b.left + 2, 0.08, "#e8b84a")


def cabin(b: Brush, o: Options) -> None:
    """The ribs of a cabin, a round port on stars and world, a clock, cables. Options: x, colour, avoid."""
    x, colour = o.get("x", 0.4), o.get("colour", "#6a7690")
    for k in range(-4, 5):
        base = 2.3 * k
        ridge = [(base, -0.05), (base * 1.02, 1.5), (base * 0.84, 2.6), (base * 0.45, 3.3)]
        b.curve([*ridge, (base * 0.2, 3.8)], shaded(colour, -0.18), 0.26)
        b.curve([*ridge, (base * 0.2, 3.8)], shaded(colour, 0.2), 0.08)
    space = shining(b)
    b.oval(x, 1.95, 1.22, 1.22, shaded(colour, 0.2))
    b.oval(x, 1.95, 1.06, 1.06, shaded(colour, -0.3))
    for k in range(12):
        a = math.tau * k / 12
        b.oval(x + 1.14 * math.cos(a), 1.95 + 1.14 * math.sin(a), 0.04, 0.04, "#d8dde6")
    space.oval(x, 1.95, 0.98, 0.98, "#0a0c1e")
    through_port(b, x, 1.95, 0.98)
    clock = next((x + side for side in (1.75, -1.75) if not _before(x + side, o)), None)
    if clock is not None:
        ship_clock(b, clock, 2.35, 0.24)
    for k in range(4):
        left = (-4.6, -2.9, 2.4, 4.2)[k]
        low = 2.0 + 0.25 * (k % 2)
        if any(abs(left + 0.85 - at) < room for at, room in ((x, 2.0), (clock or x, 1.5))):
            continue  # it would hang across the port or the clock
        for j in range(2):  # of the wall's own colours, or they would be bunting
            ends = (left, 3.2), (left + 0.3, low - 0.14 * j), (left + 1.3, low - 0.14 * j), (left + 1.7, 3.2)
            b.curve(ends, colour, 0.07)
            b.curve(ends, shaded(colour, 0.2 - 0.3 * j), 0.04)


def _before(x: float, o: Options) -> bool:
    """Whether a head is before what would hang there."""
    return any(abs(x - middle) < half for middle, half in o.get("avoid", ()))


def helm(b: Brush, o: Options) -> None:
    """A ship's wheel on its post. Options: x."""
    b.canvas.save()
    b.canvas.translate(o.get("x", -2.4), 0)
    ships_wheel(b.canvas, b.ink)
    b.canvas.restore()


def sail_patches(b: Brush, o: Options) -> None:
    """Patches sewn on the sail of a mast. Options: x (of the mast)."""
    x = o.get("x", 2.9)
    spots = ((-1.55, 3.0, "#b8604a"), (0.45, 2.86, "#6f97a0"), (1.0, 3.5, "#c08a3c"), (-0.75, 3.5, "#8a6a96"))
    for dx, y, hue in spots:
        left = x + dx
        b.poly([(left, y), (left + 0.66, y + 0.06), (left + 0.62, y + 0.62), (left - 0.04, y + 0.56)], hue)
        for k in range(4):
            b.line([(left + 0.2 * k, y - 0.05), (left + 0.2 * k, y + 0.07)], "#5a4a3c", 0.025)
            b.line([(left + 0.2 * k, y + 0.53), (left + 0.2 * k, y + 0.67)], "#5a4a3c", 0.025)


def bulwark(b: Brush, o: Options) -> None:
    """The side of a wooden ship: planks as high as a waist, a rail on top. Options: tall."""
    tall, wood, left, wide = o.get("tall", 0.95), "#8a6038", b.left - 1, b.right - b.left + 2
    b.rect(left, -0.05, wide, tall, wood)
    for k in range(3):
        b.rect(left, tall * (0.05 + 0.3 * k), wide, 0.035, wood, -0.24)
    for x, _ in b.cells(1.6, 1):
        b.rect(x, -0.05, 0.2, tall + 0.05, wood, -0.12)
    b.rect(left, tall - 0.02, wide, 0.13, wood, 0.16)


def trunks_of_old(b: Brush, o: Options) -> None:
    """Old travelling trunks with straps. Options: step, gap."""
    for x, dice in b.cells(o.get("step", 2.2), 2):
        if abs(x + 0.5) < o.get("gap", 1.5):
            continue
        wide, high = dice.uniform(0.95, 1.25), dice.uniform(0.5, 0.66)
        hue = dice.choice(("#a8503c", "#5a8a68", "#3f6c94", "#b5803a"))
        b.rect(x, 0, wide, high, hue)
        b.blob([(x - 0.03, high), (x, high + 0.2), (x + wide, high + 0.2), (x + wide + 0.03, high)], hue, 0.1)
        for k in (0.2, 0.72):
            b.rect(x + wide * k, 0, 0.09, high + 0.17, "#c9a860")
        b.rect(x + wide / 2 - 0.09, high - 0.14, 0.18, 0.2, "#e0c060")


def altar(b: Brush, o: Options) -> None:
    """Worn steps up to an altar with candles. Options: x."""
    x = o.get("x", 0.0)
    for k in range(3):
        b.rect(x - 2.0 + 0.4 * k, 0.2 * k, 4.0 - 0.8 * k, 0.21, "#c4b89c", (-0.1, 0.0, 0.08)[k])
        b.rect(x - 2.0 + 0.4 * k, 0.2 * k + 0.16, 4.0 - 0.8 * k, 0.05, "#c4b89c", 0.18)
    b.rect(x - 0.8, 0.6, 1.6, 0.72, "#d8cdb4")
    b.rect(x - 0.92, 1.3, 1.84, 0.1, "#eadfc8")
    b.poly([(x - 0.4, 1.3), (x + 0.4, 1.3), (x + 0.3, 0.85), (x - 0.3, 0.85)], "#a8485c")
    for candle in (x - 0.66, x - 0.4, x + 0.4, x + 0.66):
        b.rect(candle - 0.04, 1.4, 0.08, 0.3, "#f6efdc")
        shining(b).oval(candle, 1.78, 0.045, 0.09, "#ffd060")
        b.glow(candle, 1.78, 0.8, "#ffcf7a", 0.35)


def oil_lamps(b: Brush, o: Options) -> None:
    """Oil lamps that hang on chains between columns. Options: step, y."""
    y = o.get("y", 2.9)
    for x, _ in b.cells(o.get("step", 2.6), 2):
        px = b.aside(x + 1.1, o)
        b.line([(px, y + 0.3), (px, b.top + 1)], "#6a5430", 0.04)
        b.blob([(px - 0.3, y + 0.06), (px, y - 0.16), (px + 0.3, y + 0.06), (px, y + 0.12)], "#c99a3c")
        shining(b).blob([(px - 0.09, y + 0.08), (px, y + 0.42), (px + 0.09, y + 0.08)], "#ffc24a")
        b.glow(px, y + 0.2, 1.6, "#ffcf7a", 0.45)


def quilt(b: Brush, o: Options) -> None:
    """Patches of a quilt over the bed at ``x``. Options: x, wide."""
    x, wide = o.get("x", 2.6), o.get("wide", 2.0)
    hues = ("#c8564a", "#e0b24a", "#5f9a8a", "#f0e4cc", "#7a6fb0")
    for k in range(5):
        for row in range(2):
            left = x - wide * 0.12 + k * wide * 0.125
            b.rect(left, 0.24 + 0.2 * row, wide * 0.12, 0.19, hues[(k + 2 * row) % 5])


def cases(b: Brush, o: Options) -> None:
    """Glass cases of a museum, something old in each. Options: step, gap."""
    for x, dice in b.cells(o.get("step", 2.8), 2):
        if abs(x) < o.get("gap", 1.5):
            continue
        b.rect(x - 0.5, 0, 1.0, 0.8, "#5a4638")
        what, hue = dice.randrange(3), dice.choice(("#d8a844", "#4fa8a0", "#b56a8a"))
        if what == 0:
            b.blob([(x - 0.16, 0.84), (x - 0.24, 1.1), (x - 0.08, 1.3), (x + 0.08, 1.3), (x + 0.24, 1.1),
                    (x + 0.16, 0.84)], hue)  # fmt: skip
        elif what == 1:
            b.poly([(x - 0.26, 0.9), (x - 0.3, 1.22), (x - 0.12, 1.06), (x, 1.3), (x + 0.12, 1.06),
                    (x + 0.3, 1.22), (x + 0.26, 0.9)], "#e8c44a")  # fmt: skip
        else:
            b.oval(x, 1.1, 0.2, 0.22, "#f0ead8")
            for eye in (-0.08, 0.08):
                b.oval(x + eye, 1.12, 0.05, 0.06, "#3a332c")
        b.rect(x - 0.5, 0.8, 1.0, 0.75, "#cfe6ee", 0.0, 0.3)
        for px in (x - 0.5, x + 0.46):
            b.rect(px, 0.8, 0.04, 0.75, "#b5924a")
        b.rect(x - 0.5, 1.53, 1.0, 0.05, "#b5924a")
        b.line([(x - 0.36, 1.0), (x - 0.14, 1.42)], "#ffffff", 0.03, 0.7)


def works(b: Brush, o: Options) -> None:
    """Pipes along a wall and great toothed wheels, a belt over them. Options: y, x."""
    y, left, wide = o.get("y", 3.4), b.left - 1, b.right - b.left + 2
    for k, hue in enumerate(("#b5694c", "#7f8f96", "#c99a4a")):
        b.rect(left, y + 0.36 * k, wide, 0.2, hue)
        for x, _ in b.cells(2.1, 1):
            b.rect(x + 0.5 * k, y + 0.36 * k - 0.04, 0.14, 0.28, hue, -0.2)
    for x, r in ((o.get("x", -3.2), 1.25), (o.get("x", -3.2) + 6.4, 1.05)):
        teeth = []
        for k in range(48):
            reach = r * (1.0 if k % 4 < 2 else 0.86)
            teeth.append((x + reach * math.cos(math.tau * k / 48), 1.5 + reach * math.sin(math.tau * k / 48)))
        b.poly(teeth, "#5f6670")
        b.oval(x, 1.5, r * 0.68, r * 0.68, "#8a929a")
        for k in range(5):
            a = math.tau * k / 5
            b.line([(x, 1.5), (x + 0.7 * r * math.cos(a), 1.5 + 0.7 * r * math.sin(a))], "#5f6670", 0.14)
        b.oval(x, 1.5, r * 0.2, r * 0.2, "#c99a4a")
    x0, x1 = o.get("x", -3.2), o.get("x", -3.2) + 6.4
    for y0, y1 in ((2.75, 2.55), (0.25, 0.45)):
        b.line([(x0, y0), (x1, y1)], "#3a332e", 0.14)


def glass_dome(b: Brush, o: Options) -> None:
    """A greenhouse under a dome of glass, green inside. Options: x, r."""
    x, r = o.get("x", 3.4), o.get("r", 2.3)
    arc = [(x + r * math.cos(math.pi * k / 12), r * math.sin(math.pi * k / 12)) for k in range(13)]
    b.poly(arc, "#bfe8e0", 0.0, 0.45)
    for k in range(6):
        px = x - r * 0.7 + r * 0.28 * k
        for lean in (-0.2, 0.0, 0.2):
            b.blob([(px - 0.07, 0.1), (px + lean - 0.1, 0.7), (px + lean, 1.15), (px + lean + 0.1, 0.7),
                    (px + 0.07, 0.1)], "#5fae58", lean)  # fmt: skip
        b.oval(px, 1.2, 0.13, 0.13, ("#e8485e", "#f0c04a", "#f4f0e8")[k % 3])
    b.glow(x, 0.9, 2.6, "#d8ffd0", 0.3)
    for k in range(1, 6):
        px = x - r + r * k / 3
        b.curve([(px, 0), (px, 0.5 * r), (x + (px - x) * 0.4, 0.92 * r), (x, r)], "#e8eef2", 0.06)
    b.curve(arc, "#e8eef2", 0.1)
    b.rect(x - r - 0.1, -0.05, 2 * r + 0.2, 0.2, "#8a929e")


def moon_hills(b: Brush, o: Options) -> None:
    """Round grey hills of the moon. Options: low, high, step, colour."""
    colour, step = o.get("colour", "#8c8c96"), o.get("step", 60)
    for row, share in enumerate((1.0, 0.6)):
        for x, dice in b.cells(step, step * 2):
            h = dice.uniform(o.get("low", 8), o.get("high", 26)) * share
            w, mid = step * dice.uniform(0.7, 1.1), x + step * dice.random()
            hump = [(mid + w * math.cos(math.pi * k / 8), h * math.sin(math.pi * k / 8)) for k in range(9)]
            tone = mixed(colour, "#55555f", 0.3 * (1 - row))
            b.poly([(mid + w, -2), *hump, (mid - w, -2)], tone, dice.uniform(-0.05, 0.05))
            b.poly([(mid + w, -2), *hump[:4], (mid + w * 0.2, h * 0.3), (mid + w * 0.4, -2)], tone, -0.14)


def small_moons(b: Brush, o: Options) -> None:
    """Two small moons in the sky."""
    tall = max(10.0, b.top)
    for x, y, r, hue in ((-0.46, 0.52, 0.15, "#f0e2c4"), (0.34, 0.66, 0.09, "#d8b4cc")):
        b.oval(tall * x, tall * y, tall * r, tall * r, hue)
        for dx, dy, size in ((-0.3, 0.2, 0.25), (0.3, -0.25, 0.2), (0.1, 0.45, 0.14)):
            b.oval(tall * (x + r * dx), tall * (y + r * dy), tall * r * size, tall * r * size, hue, -0.14)


PIECES = {
    f.__name__: f
    for f in (
        footlights, big_top, ring, cabin, consoles, helm, sail_patches, bulwark, trunks_of_old, altar,
        oil_lamps, quilt, cases, works, glass_dome, moon_hills, small_moons,
    )
}  # fmt: skip
