"""Helmets and a tall hat of trades, in head heights around the head's middle."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from ....storyboard.looks import BodyLook
from ..ink import Ink, shaded
from .face import Ball
from .shapes import Point, ellipse, line, polygon, rounded, smooth, star

Draw = Callable[[skia.Canvas, BodyLook, Ink, Ball, float], None]


def front(ball: Ball, share: float = 0.8) -> float:
    """Where the middle of the brow is, from left to right."""
    return ball.sin * ball.width * share


def dome(w: float, low: float, high: float) -> skia.Path:
    points = [(-w, low), (-w * 0.96, (low + high) / 2), (-w * 0.6, high + 0.05), (0.0, high)]
    return smooth(
        [*points, (w * 0.6, high + 0.05), (w * 0.96, (low + high) / 2), (w, low), (0.0, low + 0.05)]
    )


def _fire(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    red, back = "#c8281f", -ball.sin
    brim = [(-w * 1.42 + back * 0.2, -0.2), (0.0, -0.29), (w * 1.42 + back * 0.2, -0.2), (0.0, -0.07)]
    ink.piece(canvas, smooth(brim, tension=0.45), red, shade=-0.2)
    ink.piece(canvas, dome(w * 1.08, -0.2, -0.78), red)
    ink.mark(
        canvas, line([(back * 0.1, -0.78), (front(ball, 0.5), -0.7), (front(ball), -0.3)]), "#7d1512", 0.06
    )
    if ball.cos > -0.2:
        x = front(ball)
        shield = [(x - 0.13, -0.64), (x + 0.13, -0.64), (x + 0.12, -0.4), (x, -0.27), (x - 0.12, -0.4)]
        ink.piece(canvas, polygon(shield), "#f2c84a")


def _lamp(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    yellow = "#e6b422"
    ink.piece(canvas, dome(w * 1.12, -0.2, -0.72), yellow)
    ink.piece(
        canvas,
        smooth([(-w * 1.3, -0.2), (0.0, -0.27), (w * 1.3, -0.2), (0.0, -0.11)], tension=0.4),
        yellow,
        shade=-0.2,
    )
    if ball.cos > -0.2:
        x = front(ball)
        ink.glow(canvas, x, -0.4, 0.6, "#fff2b8", 0.5)
        ink.piece(canvas, ellipse(x, -0.4, 0.15, 0.15), "#5a5a60")
        ink.piece(canvas, ellipse(x, -0.4, 0.105, 0.105), "#fffbe0")


def _hard(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    yellow, x = "#f0c02a", front(ball)
    ink.piece(canvas, dome(w * 1.12, -0.2, -0.74), yellow)
    for k in (-0.35, 0.0, 0.35):
        ink.mark(
            canvas, line([(k * w, -0.7 + abs(k) * 0.1), (k * w * 1.5, -0.26)]), shaded(yellow, -0.2), 0.03
        )
    peak = [
        (-w * 1.16, -0.22),
        (0.0, -0.26),
        (w * 1.16, -0.22),
        (x * 0.7 + w * 0.5, -0.1),
        (x * 0.7 - w * 0.5, -0.1),
    ]
    ink.piece(canvas, smooth(peak, tension=0.35), yellow, shade=-0.12)


def _flying(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    leather = "#6f4426"
    ink.piece(canvas, dome(w * 1.1, -0.1, -0.66), leather)
    for side in (-1, 1):
        if side * ball.sin < 0.5:
            x = side * w * 1.0
            ink.piece(
                canvas,
                smooth([(x - 0.12, -0.2), (x + 0.12, -0.2), (x + 0.08, 0.36), (x - 0.08, 0.4)]),
                leather,
            )
    ink.mark(canvas, line([(-w * 1.08, -0.34), (0.0, -0.3), (w * 1.08, -0.34)]), "#2c2420", 0.06)
    if ball.cos > -0.2:
        for side in (-1, 1):
            if ball.towards(side * 25) > 0.1:
                x = ball.at(side * 25, 0.0)[0]
                wide = 0.17 * (0.45 + 0.55 * ball.towards(side * 25))
                ink.piece(canvas, ellipse(x, -0.36, wide, 0.15), "#c8a050")
                ink.piece(canvas, ellipse(x, -0.36, wide * 0.72, 0.11), "#bfe4ee")


def _brass(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    brass, x = "#c8923a", front(ball, 0.35)
    ring = ellipse(0.0, -0.02, 0.66, 0.68)
    if ball.cos > -0.2:
        ring.addPath(ellipse(x, 0.06, 0.4, 0.42))
        ring.setFillType(skia.PathFillType.kEvenOdd)
    ink.piece(canvas, ring, brass)
    if ball.cos > -0.2:
        ink.piece(canvas, ellipse(x, 0.06, 0.4, 0.42), "#bfe8f0", alpha=0.18)
        ink.mark(canvas, ellipse(x, 0.06, 0.41, 0.43), shaded(brass, -0.35), 0.06)
        for a in range(0, 360, 45):
            px, py = x + 0.48 * math.cos(math.radians(a)), 0.06 + 0.5 * math.sin(math.radians(a))
            ink.piece(canvas, ellipse(px, py, 0.034, 0.034), shaded(brass, 0.4))
    ink.piece(canvas, rounded(-0.5, 0.52, 0.5, 0.72, 0.06), brass, shade=-0.15)


def _horned(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    steel = "#8d949c"
    for side in (-1, 1):
        horn: list[Point] = [(side * w * 0.95, -0.42), (side * w * 1.5, -0.5), (side * w * 1.85, -0.98)]
        horn += [(side * w * 1.95, -0.5), (side * w * 1.0, -0.18)]
        ink.piece(canvas, smooth(horn, tension=0.4), "#e2cf9c")
    ink.piece(canvas, dome(w * 1.14, -0.18, -0.7), steel)
    ink.mark(canvas, line([(-w * 1.12, -0.22), (0.0, -0.17), (w * 1.12, -0.22)]), "#a0752f", 0.08)
    ink.mark(canvas, line([(front(ball, 0.4), -0.68), (front(ball), -0.2)]), "#a0752f", 0.06)


def _plumed(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    steel, back = "#a8b2bc", -1.0 if ball.sin > 0 else 1.0
    plume = [
        (0.0, -0.66),
        (back * 0.1, -1.08),
        (back * 0.5, -1.12),
        (back * 0.72, -0.7),
        (back * 0.66, -0.36),
        (back * 0.44, -0.62),
    ]
    ink.piece(canvas, smooth(plume, tension=0.5), "#c8323c")
    ink.piece(canvas, dome(w * 1.18, -0.1, -0.7), steel)
    for side in (-1, 1):
        if side * ball.sin < 0.6:
            cheek = [
                (side * w * 1.16, -0.2),
                (side * w * 1.16, 0.3),
                (side * w * 0.85, 0.44),
                (side * w * 0.84, -0.1),
            ]
            ink.piece(canvas, smooth(cheek, tension=0.3), steel, shade=-0.1)
    visor = [
        (-w * 1.2, -0.36),
        (0.0, -0.32),
        (w * 1.2, -0.36),
        (w * 1.16, -0.18),
        (0.0, -0.13),
        (-w * 1.16, -0.18),
    ]
    ink.piece(canvas, smooth(visor, tension=0.3), steel, shade=0.16)
    for k in (-0.5, 0.0, 0.5):
        ink.mark(canvas, line([(k * w, -0.29), (k * w, -0.2)]), "#3a4048", 0.03)


def _kabuto(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    dark = "#3a2428"
    flare = [(-w * 1.1, -0.3), (-w * 1.7, 0.2), (w * 1.7, 0.2), (w * 1.1, -0.3)]
    ink.piece(canvas, smooth(flare, tension=0.2), dark) if ball.cos < -0.2 else None
    for side in (-1, 1):
        side_flare = [(side * w * 1.0, -0.3), (side * w * 1.7, 0.18), (side * w * 1.1, 0.24)]
        ink.piece(canvas, smooth(side_flare, tension=0.2), dark)
    ink.piece(canvas, dome(w * 1.16, -0.18, -0.72), dark)
    x = front(ball, 0.5)
    crest = [(x, -0.36), (x - 0.5, -0.98), (x - 0.1, -0.56), (x, -0.5), (x + 0.1, -0.56), (x + 0.5, -0.98)]
    ink.piece(canvas, smooth(crest, tension=0.3), "#e0b040")


def _guard(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    """A boxer's padded head guard."""
    red, s = "#c8242a", ball.sin * w * 0.55
    half = ((0.52, 0.5), (1.1, 0.36), (1.24, -0.04), (1.02, -0.46))
    outer = [(-w * x, y) for x, y in half] + [(0.0, -0.62)] + [(w * x, y) for x, y in reversed(half)]
    if ball.cos < -0.2:
        ink.piece(canvas, smooth([*outer, (0.0, 0.5)]), red)
        return
    rim = ((0.5, 0.5), (0.66, 0.3), (0.9, 0.02), (0.66, -0.22))
    inner = [(w * x + s, y) for x, y in rim] + [(s, -0.26)] + [(-w * x + s, y) for x, y in reversed(rim)]
    # The opening goes with the face: from the side it is open in front, and the whole face is in it.
    padded = skia.Op(smooth([*outer, (0.0, 0.5)]), smooth(inner, tension=0.4), skia.PathOp.kDifference_PathOp)
    ink.piece(canvas, padded, red)
    ends = max(-1.0, -0.8 + s / w), min(1.0, 0.8 + s / w)
    ink.mark(canvas, line([(w * x, -0.36) for x in ends]), "#f4f0ea", 0.05)


def _army(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    green = "#5d6b3c"
    ink.piece(canvas, dome(w * 1.22, -0.12, -0.7), green)
    rim = [
        (-w * 1.34, -0.14),
        (0.0, -0.24),
        (w * 1.34, -0.14),
        (w * 1.2, -0.06),
        (0.0, -0.14),
        (-w * 1.2, -0.06),
    ]
    ink.piece(canvas, smooth(rim, tension=0.4), green, shade=-0.2)
    for x, y, r in ((-0.5, -0.36, 0.1), (0.3, -0.5, 0.12), (0.7, -0.28, 0.08), (-0.1, -0.26, 0.07)):
        ink.piece(canvas, ellipse(x * w, y, r, r * 0.6), green, shade=-0.28)
    ink.mark(
        canvas,
        line([(-w * 1.0, -0.06), (-w * 0.8, 0.36), (0.0, 0.52), (w * 0.8, 0.36), (w * 1.0, -0.06)]),
        "#3c3424",
        0.03,
    )


def _starry(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    """A wizard's: tall, blue, with stars and a moon."""
    blue = "#2f3a8c"
    ink.piece(canvas, ellipse(0.0, -0.27, w * 1.7, 0.13), blue, shade=-0.25)
    cone = [(-w * 0.98, -0.3), (-w * 0.5, -0.85), (0.06, -1.4), (w * 0.55, -0.8), (w * 0.98, -0.3)]
    ink.piece(canvas, smooth([*cone, (0.0, -0.24)], tension=0.25), blue)
    for x, y, r in ((-0.18, -0.44, 0.09), (0.2, -0.52, 0.075), (-0.06, -0.78, 0.08), (0.1, -1.02, 0.055)):
        ink.piece(canvas, star(x, y, r, r * 0.42), "#f6dc6a")


HELMETS: dict[str, Draw] = {
    "wizard hat": _starry,
    "fire helmet": _fire,
    "lamp helmet": _lamp,
    "hard hat": _hard,
    "flying helmet": _flying,
    "brass helmet": _brass,
    "horned helmet": _horned,
    "plumed helmet": _plumed,
    "kabuto": _kabuto,
    "head guard": _guard,
    "army helmet": _army,
}
"""By the name that ``people.json`` gives them."""
