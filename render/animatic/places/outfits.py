"""What tells one place from others: a bridge's cables, a ward's cross and drip, a ship's mast."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, shaded
from .houses import LAMP, shining

Options = dict[str, Any]


def cables(b: Brush, o: Options) -> None:
    """Towers and hanging cables of a bridge one stands on. Options: x (of one tower), span, tall, colour."""
    first, span, tall = float(o.get("x", -4.2)), float(o.get("span", 17.0)), float(o.get("tall", 7.5))
    colour, low = o.get("colour", "#b5493c"), 1.25

    def high(x: float) -> float:
        share = ((x - first) / span) % 1.0
        return low + (tall - low) * (2 * share - 1) * (2 * share - 1)

    start = first - span
    xs = [start + span * k / 16 for k in range(49)]
    for x in xs:
        if b.left - 1 < x < b.right + 1 and ((x - first) / span) % 1.0 > 0.01:
            b.line([(x, 0.0), (x, high(x))], shaded(colour, -0.2), 0.03)
    for k in range(3):
        part = [(start + span * (k + j / 16), high(start + span * (k + j / 16 * 0.9999))) for j in range(17)]
        b.curve(part, colour, 0.12)
    for k in range(4):
        x = start + span * k
        for side in (-0.34, 0.34):
            b.rect(x + side - 0.14, 0, 0.28, tall + 0.6, colour, 0.04 if side < 0 else -0.12)
        for y in (2.7, 4.6, tall + 0.1):
            b.rect(x - 0.34, y, 0.68, 0.26, colour, -0.06)


def ward(b: Brush, o: Options) -> None:
    """A red cross on a white board, and a drip on its stand. Options: x (of the cross), drip (its x)."""
    x, y = o.get("x", 0.9), o.get("y", 1.75)
    b.round(x - 0.42, y - 0.42, 0.84, 0.84, 0.06, "#fbfbf8")
    b.rect(x - 0.1, y - 0.3, 0.2, 0.6, "#d8322e")
    b.rect(x - 0.3, y - 0.1, 0.6, 0.2, "#d8322e")
    d = o.get("drip", 1.7)
    b.line([(d, 0), (d, 1.85)], "#8a9298", 0.035)
    b.line([(d - 0.22, 0.02), (d + 0.22, 0.02)], "#8a9298", 0.05)
    b.line([(d - 0.16, 1.85), (d + 0.16, 1.85)], "#8a9298", 0.03)
    b.round(d - 0.24, 1.42, 0.2, 0.36, 0.05, "#cfe6ee")
    b.rect(d - 0.23, 1.44, 0.18, 0.18, "#7ab8d0")
    b.curve([(d - 0.14, 1.42), (d - 0.12, 1.1), (d - 0.4, 0.9), (d - 0.6, 0.8)], "#dfeef2", 0.02)


def ship_lantern(b: Brush, o: Options) -> None:
    """A lantern whose light is warm when it is dark. Options: x, y, stands (else it hangs from an arm)."""
    x, y, lamps = o.get("x", 0.0), o.get("y", 1.62), b.setting.lamps
    if not o.get("stands"):
        b.line([(x + 0.2, y + 0.44), (x, y + 0.44), (x, y + 0.3)], "#39332e", 0.04)
    lit = lamps > 0.15
    (shining(b) if lit else b).rect(x - 0.1, y, 0.2, 0.26, "#ffd98a" if lit else "#cfc7a8")
    for at in (-0.1, 0.1):
        b.line([(x + at, y), (x + at, y + 0.26)], "#39332e", 0.03)
    b.rect(x - 0.14, y - 0.05, 0.28, 0.06, "#39332e")
    b.poly([(x - 0.15, y + 0.25), (x, y + 0.36), (x + 0.15, y + 0.25)], "#39332e")
    b.glow(x, y + 0.13, 1.3, LAMP, 0.42 * lamps)


def rigging(b: Brush, o: Options) -> None:
    """A mast with its shrouds, a square sail on a yard, and a ship's lantern. Options: x."""
    x, cloth, rope = o.get("x", 2.8), "#e2cfa6", "#4a3d32"
    for side in (-1, 1):
        for k in range(3):
            b.line([(x + side * (1.5 + 0.4 * k), 0.9), (x, 7.5)], rope, 0.035)
        for k in range(12):  # rungs, as on a ladder
            share = k / 20
            y, gone = 0.9 + 6.6 * share, 1 - share
            b.line([(x + side * 1.5 * gone, y), (x + side * 2.3 * gone, y)], rope, 0.025)
    b.rect(x - 0.16, 0, 0.32, 9, "#7a5a40")
    foot = [(x + 2.2 * (2 * k / 12 - 1), 2.5 + 0.3 * math.sin(math.pi * k / 12)) for k in range(13)]
    b.poly([(x - 2.0, 4.2), *foot, (x + 2.0, 4.2)], cloth)
    for k in range(1, 6):
        dx = 2 * k / 6 - 1
        low = 2.5 + 0.3 * math.sin(math.pi * k / 6)
        b.curve([(x + 2.0 * dx, 4.2), (x + 2.14 * dx, 3.4), (x + 2.2 * dx, low)], shaded(cloth, -0.14), 0.03)
    b.line([(x - 2.06, 3.62), (x + 2.06, 3.62)], shaded(cloth, -0.2), 0.05)
    for k in range(11):
        dx = 2.0 * (2 * k / 10 - 1)
        b.line([(x + dx, 3.62), (x + dx, 3.42)], rope, 0.03)
    b.curve([(px, py + 0.04) for px, py in foot], shaded(cloth, -0.3), 0.05)
    b.rect(x - 2.3, 4.18, 4.6, 0.16, "#6a4d38")
    for side in (-1, 1):
        b.line([(x + side * 2.2, 2.5), (x + side * 2.6, 0.95)], rope, 0.035)
    ship_lantern(b, {"x": x - 0.3})
    b.round(x - 3.9, 0, 0.75, 0.9, 0.2, "#8a643f")


PIECES = {f.__name__: f for f in (cables, ward, ship_lantern, rigging)}
