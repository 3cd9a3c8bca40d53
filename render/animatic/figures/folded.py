"""The legs of an animal that lies: forepaws stretched out before its chest, haunches with a paw below."""

from __future__ import annotations

import math

import skia

from ..ink import Ink, shaded
from .shapes import Point, ellipse, line, tube

_OVER, _UNDER = 0.05, 0.09
"""How much lighter haunches are, and how much darker the forelegs under the chest: the body is no lump."""


def draw_folded(
    canvas: skia.Canvas,
    ink: Ink,
    coat: str,
    paws: str,
    hip: Point,
    size: tuple[float, float],
    front: bool,
    near: bool,
) -> None:
    """Draw one leg of a body lying on the ground at 0, facing right; ``size`` is the depth of its trunk and
    the width of its legs, in shoulder heights like ``hip``; ``paws`` is the colour of the feet."""
    d, w = size
    aside, shade = (0.0, 0.0) if near else (0.1, -0.16)
    if front:
        paw = (hip[0] + 0.62 * d + 0.2 + aside, -w * 0.36)
        elbow = (hip[0] + 0.04 * d + aside, -w * 0.5)
        spine = [(hip[0] + 0.06, hip[1] + d * 0.1), elbow, ((elbow[0] + paw[0]) / 2, -w * 0.42), paw]
        ink.fill(canvas, tube(spine, (w * 1.4, w * 1.15, w * 0.9, w * 0.8)), coat, shade - _UNDER)
        ink.mark(canvas, line([(x, y - w * 0.42) for x, y in spine[1:]]), shaded(coat, -0.3), 0.012)
    else:
        paw = (hip[0] + 0.5 * d + aside, -w * 0.36)
        r = 0.46 * d
        ink.fill(canvas, ellipse(hip[0] + aside, -r, r, r), coat, shade + _OVER)
        turns = [math.radians(k) for k in range(-60, 70, 15)]
        edge = [(hip[0] + aside + r * math.cos(a), r * (math.sin(a) - 1)) for a in turns]
        ink.mark(canvas, line(edge), shaded(coat, -0.3), 0.02)
        shin = tube([(hip[0] - d * 0.1 + aside, -w * 0.5), paw], (w * 1.0, w * 0.8))
        ink.piece(canvas, shin, coat, shade=shade - 0.04)
    ink.piece(canvas, ellipse(paw[0] + w * 0.2, -w * 0.36, w * 0.62, w * 0.36), paws, shade=shade + 0.03)
    for k in (0.3, 0.55):
        toe = line([(paw[0] + w * k, -w * 0.42), (paw[0] + w * (k + 0.04), -w * 0.12)])
        ink.mark(canvas, toe, shaded(coat, -0.35), 0.011)


def draw_curled(canvas: skia.Canvas, ink: Ink, coat: str, depth: float, breath: float) -> tuple[Point, float]:
    """A body rolled up on the ground at 0, facing right: the back round, the haunch, and the tail about it.

    Where the head lies and how large the ball is, in shoulder heights; ``depth`` is that of the trunk.
    """
    r = 0.98 * depth * (1 + 0.015 * breath)
    ink.piece(canvas, ellipse(0.0, -0.8 * r, 1.22 * r, 0.84 * r), coat)
    ink.piece(canvas, ellipse(-0.52 * r, -0.62 * r, 0.6 * r, 0.6 * r), coat, shade=0.05)
    back = [(0.9 * r, -1.0 * r), (0.4 * r, -1.42 * r), (-0.4 * r, -1.42 * r), (-1.0 * r, -0.95 * r)]
    ink.mark(canvas, line(back), shaded(coat, -0.18), 0.014)
    return (0.62 * r, -0.5 * r), r


def draw_curled_tail(canvas: skia.Canvas, ink: Ink, tail: str, tip: str, r: float, bushy: bool) -> None:
    """The tail of one rolled up, laid along the ground before it, its end over the nose."""
    w = (0.5 if bushy else 0.22) * r
    spine = [(-1.16 * r, -0.62 * r), (-0.86 * r, -0.2 * r), (-0.1 * r, -0.1 * r), (0.7 * r, -0.2 * r)]
    ink.piece(canvas, tube(spine, (0.6 * w, w, 1.1 * w, 0.9 * w)), tail, shade=-0.16)
    ink.piece(
        canvas,
        tube([spine[3], (0.9 * r, -0.25 * r), (1.12 * r, -0.36 * r)], (0.9 * w, 0.8 * w, 0.3 * w)),
        tip,
    )
