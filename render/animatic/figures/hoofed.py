"""What hoofed animals have of their own: slim legs with knee and fetlock, legs folded to lie, a mane."""

from __future__ import annotations

import math

import skia

from ..ink import Ink, shaded
from .shapes import Point, ellipse, line, polygon, smooth, tube

_LOCKS = 6
"""Locks of a mane from the withers to the poll."""


def draw_hoof(canvas: skia.Canvas, ink: Ink, foot: Point, w: float, shade: float, turn: float = 0.0) -> None:
    """A hoof with its sole on the ground below ``foot``; ``w`` is the width of the leg, ``turn`` in degrees
    lays it over."""
    canvas.save()
    canvas.translate(*foot)
    canvas.rotate(turn)
    points = [(-w * 0.3, -0.05), (w * 0.3, -0.05), (w * 0.58, 0.045), (-w * 0.4, 0.045)]
    ink.piece(canvas, smooth(points, tension=0.2), "#2c2622", shade=shade)
    canvas.restore()


def draw_laid(
    canvas: skia.Canvas,
    ink: Ink,
    coat: str,
    haunch: str,
    hip: Point,
    size: tuple[float, float],
    front: bool,
    near: bool,
) -> None:
    """Draw one leg of a hoofed body lying on the ground at 0, facing right.

    Forelegs: the far one stretched out before the chest, the near one bent, its hoof back under it. Hind
    legs: the haunch, and the shank below it laid forward. ``size`` is the depth of the trunk and the width
    of the legs, in shoulder heights like ``hip``.
    """
    d, w = size
    shade = 0.0 if near else -0.18
    edge = shaded(coat, -0.34)
    if front:
        if near:
            knee, foot = (hip[0] + 0.98 * d, -0.21 * d), (hip[0] + 0.42 * d, -0.04)
        else:
            knee, foot = (hip[0] + 1.0 * d, -0.3 * d), (hip[0] + 1.62 * d, -0.045)
        spine = [(hip[0] + 0.2 * d, hip[1] + 0.2 * d), (hip[0] + 0.6 * d, -0.3 * d), knee]
        canon = tube([knee, ((knee[0] + foot[0]) / 2, (knee[1] + foot[1]) / 2), foot], (w, w * 0.7, w * 0.72))
        draw_hoof(canvas, ink, foot, w, shade, 80.0 if near else -16.0)
        ink.piece(canvas, canon, coat, shade=shade - (0.1 if near else 0.0))
        ink.fill(canvas, tube(spine, (w * 2.0, w * 1.6, w * 1.06)), haunch, shade)
        if near:
            ink.mark(canvas, line([(x, y + w * 0.6) for x, y in spine]), edge, 0.016)
        return
    r = 0.5 * d
    ahead = 0.0 if near else 0.34 * d
    hock, foot = (hip[0] - 0.2 * d + ahead, -0.13 * d), (hip[0] + 1.0 * d + ahead, -0.035)
    if near:
        ink.fill(canvas, ellipse(hip[0] + 0.16 * d, -r * 1.02, r * 1.16, r * 0.96, -14), haunch, shade)
        turns = [math.radians(k) for k in range(-75, 80, 15)]
        rim = [(hip[0] + 0.16 * d + 1.16 * r * math.cos(a), r * (0.96 * math.sin(a) - 1.0)) for a in turns]
        ink.mark(canvas, line(rim), shaded(haunch, -0.34), 0.016)
    draw_hoof(canvas, ink, foot, w, shade, -80.0)
    low = ((hock[0] + foot[0]) / 2, (hock[1] + foot[1]) / 2 + 0.01)
    ink.piece(canvas, tube([hock, low, foot], (w * 1.15, w * 0.74, w * 0.74)), coat, shade=shade - 0.1)


def draw_crest(
    canvas: skia.Canvas, ink: Ink, hair: str, spine: list[Point], widths: tuple[float, float]
) -> None:
    """A mane along the upper edge of the neck, whose locks fall over its side.

    ``spine`` leads from the withers over the bend to the poll; ``widths`` are the neck's at both ends.
    """
    (bx, by), (mx, my), (tx, ty) = spine
    outer: list[Point] = []
    inner: list[Point] = []
    for i in range(2 * _LOCKS + 1):
        k = i / (2 * _LOCKS)
        x = (1 - k) ** 2 * bx + 2 * k * (1 - k) * (2 * mx - (bx + tx) / 2) + k * k * tx
        y = (1 - k) ** 2 * by + 2 * k * (1 - k) * (2 * my - (by + ty) / 2) + k * k * ty
        dx, dy = tx - bx, ty - by
        size = math.hypot(dx, dy) or 1e-6
        nx, ny = dy / size, -dx / size
        half = (widths[0] + (widths[1] - widths[0]) * k) / 2
        outer.append((x + nx * (half + 0.035), y + ny * (half + 0.035)))
        tip = i % 2 == 0
        reach = half * (0.12 if tip else 0.5)
        inner.append((x + nx * reach - (0.05 if tip else 0.0), y + ny * reach + (0.05 if tip else 0.0)))
    inner[0] = inner[-1] = (0.0, 0.0)
    ink.piece(canvas, polygon([*outer, *reversed(inner[1:-1])]), hair)
    for i in range(2, 2 * _LOCKS - 1, 2):
        ink.mark(canvas, line([outer[i], inner[i]]), shaded(hair, 0.2), 0.012)


def draw_forelock(canvas: skia.Canvas, ink: Ink, hair: str, ahead: float) -> None:
    """A lock between the ears that falls on the brow, in head sizes.

    ``ahead``, -1 to 1, is how far it looks to the right.
    """
    lock = [(-0.3, -0.42), (-0.12, -0.56), (0.1, -0.5), (0.3, -0.24), (0.12, -0.3), (-0.1, -0.34)]
    lock = [(x * ahead, y) for x, y in lock]
    ink.piece(canvas, smooth(lock), hair)
