"""What tells one place from others of its sort: the cables of a bridge, the cross and drip of a ward."""

from __future__ import annotations

from typing import Any

from .brush import Brush, shaded

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


PIECES = {f.__name__: f for f in (cables, ward)}
