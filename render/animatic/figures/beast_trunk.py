"""An elephant's trunk, in head sizes around the middle of its head."""

from __future__ import annotations

import math

import skia

from ..ink import Ink, shaded
from .face import Ball
from .shapes import Point, line, tube


def draw_trunk(
    canvas: skia.Canvas, ink: Ink, coat: str, ball: Ball, t: float, out: float, floor: tuple[float, float]
) -> Point:
    """A trunk that hangs and swings, or is stretched ahead by ``out`` 0 to 1, and tusks on both sides.

    It lies along the ground: ``floor`` is how far below that is, and the nod of the head in radians.
    Returns where its tip is.
    """
    swing = 0.1 * math.sin(t * 1.9)
    x = ball.sin * 0.36
    spine = [
        (x, 0.06),
        (x + ball.sin * 0.2, 0.42),
        (x + ball.sin * 0.22 + swing * 0.5, 0.85),
        (x + ball.sin * 0.34 + swing, 1.2),
        (x + ball.sin * 0.56 + swing, 1.3),
    ]
    if out:
        ahead = [
            (x, 0.06),
            (x + 0.32, 0.42),
            (x + 0.62, 0.5),
            (x + 0.92, 0.3),
            (x + 1.1, 0.1 + swing * 0.5),
        ]
        spine = [
            (a[0] + (b[0] - a[0]) * out, a[1] + (b[1] - a[1]) * out)
            for a, b in zip(spine, ahead, strict=True)
        ]
    sin, cos = math.sin(floor[1]), math.cos(floor[1])
    page = [(px * cos - py * sin, px * sin + py * cos) for px, py in spine]
    low = floor[0] - 0.09
    page = [(px + 0.6 * max(0.0, py - low), min(py, low)) for px, py in page]
    spine = [(px * cos + py * sin, py * cos - px * sin) for px, py in page]
    for side in (-1, 1):
        tusk = tube(
            [
                (x + side * 0.17, 0.3),
                (x + side * 0.22 + ball.sin * 0.16, 0.5),
                (x + side * 0.2 + ball.sin * 0.42, 0.5),
            ],
            (0.1, 0.08, 0.03),
        )
        if side < 0:
            ink.piece(canvas, tusk, "#f6efdc")
    ink.piece(canvas, tube(spine, (0.42, 0.34, 0.25, 0.19, 0.16)), coat)
    for k in (0.35, 0.5, 0.65, 0.8) if not out and low > 1.2 else ():
        ink.mark(
            canvas,
            line([(x + ball.sin * 0.18 - 0.1, k), (x + ball.sin * 0.2 + 0.1, k + 0.02)]),
            shaded(coat, -0.2),
            0.018,
        )
    ink.piece(canvas, tusk, "#f6efdc")
    return spine[-1][0] + 0.06, spine[-1][1]
