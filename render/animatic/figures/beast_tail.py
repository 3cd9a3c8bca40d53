"""Tails of animals; shares of the shoulder height."""

from __future__ import annotations

from typing import Any

import skia

from ..ink import Ink, mixed, shaded
from .shapes import Point, ellipse, line, polygon, tube


def _between(one: list[Point], other: list[Point], share: float) -> list[Point]:
    return [
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in zip(one, other, strict=True)
    ]


def _laid(spine: list[Point], floor: float) -> list[Point]:
    """The spine of a tail, along the ground where it would go below ``floor``."""
    return [(x - 0.7 * max(0.0, y - floor), min(y, floor)) for x, y in spine]


def _upheld(x: float, y: float, wave: float) -> list[Point]:
    """A cat's, carried up in an S."""
    return [(x + 0.08, y), (x - 0.2, y + 0.08), (x - 0.36, y - 0.12), (x - 0.4 + wave * 0.08, y - 0.46)]


def _hung(x: float, y: float, wave: float) -> list[Point]:
    return [
        (x + 0.08, y),
        (x - 0.12, y + 0.06),
        (x - 0.22 + wave * 0.03, y + 0.32),
        (x - 0.3 + wave * 0.08, y + 0.54),
    ]


def _trailed(x: float, y: float, wave: float) -> list[Point]:
    """A mouse's, behind it along the ground."""
    return [(x + 0.08, y), (x - 0.26, y + 0.12), (x - 0.46, y + 0.2), (x - 0.72, y + 0.16 - wave * 0.06)]


_HUNG = {"long": _upheld, "thin": _trailed, "ringed": _trailed, "tuft": _hung}


def draw_tail(
    canvas: skia.Canvas,
    ink: Ink,
    coat: str,
    row: dict[str, Any],
    root: Point,
    wave: float,
    low: bool,
    stream: float = 0.0,
    ground: float = 0.0,
) -> None:
    """The tail from ``root``; ``wave`` -1 to 1 swings it; ``stream`` 0 hangs, 1 flies out behind.

    It lies along the ``ground`` where that is so near.
    """
    kind = row.get("tail", "long")
    x, y = root
    drop = 0.1 if low else 0.0
    if kind == "none":
        return
    if kind == "curl" and row.get("snoutdisc"):  # a pig's: a small ring
        ring = [(0.08, 0.0), (-0.06, -0.02), (-0.15, -0.1), (-0.1, -0.18), (-0.03, -0.12), (-0.12, -0.06)]
        curl = [(x + dx, y + dy + 0.02 * wave) for dx, dy in [*ring, (-0.22, -0.12)]]
        ink.mark(canvas, line(curl), shaded(coat, -0.14), 0.05)
        return
    if kind == "bushy":
        hung = [
            (x + 0.08, y - 0.02),
            (x - 0.2, y + 0.08),
            (x - 0.36 + wave * 0.04, y + 0.32),
            (x - 0.56 + wave * 0.1, y + 0.46),
        ]
        flown = [
            (x + 0.08, y),
            (x - 0.24, y + 0.04 - wave * 0.04),
            (x - 0.52, y + 0.16 - wave * 0.1 + drop),
            (x - 0.74, y + 0.1 - wave * 0.14 + drop),
        ]
        spine = _laid(_between(hung, flown, stream), ground - 0.12)
        ink.piece(canvas, tube(spine, (0.12, 0.22, 0.26, 0.05)), coat, shade=-0.04)
        if row.get("tip"):
            end = [
                ((spine[2][0] * 2 + spine[3][0]) / 3 - 0.04, (spine[2][1] * 2 + spine[3][1]) / 3),
                spine[3],
            ]
            ink.piece(
                canvas,
                tube(
                    [*end[:1], ((end[0][0] + end[1][0]) / 2, (end[0][1] + end[1][1]) / 2), end[1]],
                    (0.22, 0.17, 0.05),
                ),
                row["tip"],
            )
    elif kind == "squirrel":
        spine = [
            (x + 0.06, y + 0.1),
            (x - 0.3, y - 0.04),
            (x - 0.38, y - 0.55 + wave * 0.03),
            (x - 0.2, y - 0.92),
            (x - 0.5 + wave * 0.04, y - 1.02),
        ]
        ink.piece(canvas, tube(spine, (0.16, 0.36, 0.46, 0.36, 0.08)), coat, shade=-0.05)
    elif kind in ("stub", "puff"):
        r = 0.11 if kind == "puff" else 0.085
        ink.piece(
            canvas,
            ellipse(x - 0.04, y + 0.02 + wave * 0.01, r, r * 0.9),
            mixed(coat, "#ffffff", 0.75 if kind == "puff" else 0.1),
        )
    elif kind == "horse":
        hair = shaded(coat, -0.3)
        spine = [
            (x + 0.05, y),
            (x - 0.14, y + 0.06),
            (x - 0.2 + wave * 0.05, y + 0.34),
            (x - 0.14 + wave * 0.12, y + 0.66),
        ]
        flown = [
            (x + 0.05, y),
            (x - 0.16, y - 0.03),
            (x - 0.4, y + 0.1 + wave * 0.04),
            (x - 0.6, y + 0.3 + wave * 0.08),
        ]
        spine = _between(spine, flown, stream)
        if low:  # along the ground behind it, not into it
            spine[2:] = [(x - 0.24, y + 0.16), (x - 0.42, y + 0.19 + 0.02 * wave)]
        ink.piece(canvas, tube(spine, (0.08, 0.15, 0.18, 0.05)), hair)
    elif kind == "flat":
        ink.piece(canvas, ellipse(x - 0.3, y + 0.26, 0.36, 0.13, -24), shaded(coat, -0.4))
        for k in (-0.15, 0.0, 0.15):
            ink.mark(
                canvas,
                line([(x - 0.3 + k - 0.06, y + 0.2 - k * 0.4), (x - 0.3 + k + 0.06, y + 0.32 - k * 0.4)]),
                shaded(coat, -0.2),
                0.018,
            )
    elif kind in ("thick", "lizard", "dragon"):
        reach = {"thick": 0.9, "lizard": 1.25, "dragon": 1.15}[kind]
        spine = [
            (x + 0.3, y + 0.1),
            (x - 0.1, y + 0.16),
            (x - reach * 0.5, y + 0.32 + wave * 0.04),
            (x - reach, y + 0.26 - wave * 0.14),
        ]
        d = row.get("depth", 0.5)
        ink.piece(canvas, tube(spine, (d * 0.8, d * 0.56, d * 0.3, 0.04)), coat)
        if kind == "dragon":
            ex, ey = spine[-1]
            ink.piece(
                canvas,
                polygon(
                    [(ex + 0.08, ey), (ex - 0.04, ey - 0.14), (ex - 0.22, ey - 0.02), (ex - 0.04, ey + 0.12)]
                ),
                coat,
                shade=-0.25,
            )
    else:
        lift = {"curl": -0.42, "long": -0.3, "thin": 0.3, "tuft": 0.36, "ringed": 0.0}.get(kind, 0.0)
        width = {"thin": 0.045, "tuft": 0.055, "ringed": 0.17, "curl": 0.11}.get(kind, 0.085)
        if kind == "curl":
            spine = [
                (x + 0.06, y),
                (x - 0.16, y - 0.12),
                (x - 0.26 + wave * 0.08, y - 0.34),
                (x - 0.12 + wave * 0.14, y - 0.44),
            ]
        else:
            flown = [
                (x + 0.08, y),
                (x - 0.26, y + 0.08),
                (x - 0.46, y + lift * 0.5 + 0.06),
                (x - 0.6 + wave * 0.06, y + lift - wave * 0.1),
            ]
            spine = _laid(
                _between(_HUNG.get(kind, _hung)(x, y, wave), flown, stream),
                ground - (0.1 if kind == "ringed" else 0.05),
            )
        (ax, ay), (bx, by) = spine[2], spine[3]
        near = ax + (bx - ax) * 0.85, ay + (by - ay) * 0.85  # or a long last piece would swing about its end
        whole = tube([*spine[:3], near, spine[3]], (width * 1.2, width, width, width * 0.72, width * 0.6))
        ink.piece(canvas, whole, coat, shade=-0.05)
        if kind == "tuft":
            ex, ey = spine[-1]
            flat = ey > ground - 0.18  # it lies on the ground
            tuft = ellipse(ex - 0.06, ey - 0.02, 0.11, 0.06) if flat else ellipse(ex, ey + 0.04, 0.07, 0.11)
            ink.piece(canvas, tuft, shaded(coat, -0.45))
        elif kind == "ringed":
            for i in range(5):
                k = 0.7 + 0.5 * i
                a, b = spine[int(k)], spine[min(3, int(k) + 1)]
                px, py = (a[j] + (b[j] - a[j]) * (k % 1.0) for j in (0, 1))
                ink.piece(canvas, ellipse(px, py, 0.042, 0.11), "#26242a")
