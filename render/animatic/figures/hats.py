"""Headwear, in head heights around the head's middle."""

from __future__ import annotations

from collections.abc import Callable

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Hat
from ..ink import Ink, mixed, shaded
from .face import Ball
from .shapes import ellipse, line, polygon, rounded, smooth, star

Draw = Callable[[skia.Canvas, BodyLook, Ink, Ball, float], None]


def draw_hat(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, width: float) -> None:
    """Draw the look's hat on a head of half width ``width``."""
    draw = HATS.get(look.hat)
    if draw is not None:
        draw(canvas, look, ink, ball, width)


def _dome(w: float, low: float, high: float, shift: float = 0.0, flat: float = 0.78) -> skia.Path:
    points = [
        (-w + shift, low),
        (-w * 0.98 + shift, (low + high) / 2),
        (-w * flat * 0.8 + shift, high + 0.04),
    ]
    points += [(shift, high), (w * flat * 0.8 + shift, high + 0.04), (w * 0.98 + shift, (low + high) / 2)]
    points += [(w + shift, low), (shift, low + 0.05)]
    return smooth(points)


def _band(
    canvas: skia.Canvas, ink: Ink, w: float, low: float, colour: str, shift: float = 0.0, high: float = 0.1
) -> None:
    points = [(-w + shift, low - high), (shift, low - high + 0.04), (w + shift, low - high)]
    points += [(w + shift, low), (shift, low + 0.05), (-w + shift, low)]
    ink.piece(canvas, smooth(points, tension=0.35), colour)


def _cap(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    ink.piece(canvas, _dome(w * 1.1, -0.2, -0.66, -ball.sin * 0.04), c)
    ink.mark(
        canvas,
        line([(0.2 * ball.sin, -0.65), (0.3 * ball.sin, -0.4), (0.3 * ball.sin, -0.18)]),
        shaded(c, -0.25),
        0.012,
    )
    if ball.cos > -0.3:
        x = ball.sin * w * 1.0
        ink.piece(canvas, ellipse(x, -0.17, w * (0.85 - 0.25 * abs(ball.sin)), 0.08), c, shade=-0.18)
    ink.piece(canvas, ellipse(-ball.sin * 0.02, -0.66, 0.04, 0.025), look.trim_colour)


def _sailor(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    top = [
        (-w * 1.3, -0.5),
        (-w * 0.9, -0.66),
        (0, -0.71),
        (w * 0.9, -0.66),
        (w * 1.3, -0.5),
        (w * 0.9, -0.37),
        (-w * 0.9, -0.37),
    ]
    ink.piece(canvas, smooth(top), mixed(c, "#f6f1e6", 0.86))
    _band(canvas, ink, w * 1.08, -0.25, c, high=0.17)
    if ball.cos > -0.3:
        x = ball.sin * w
        ink.piece(
            canvas,
            smooth([(x - 0.3, -0.22), (x, -0.26), (x + 0.3, -0.22), (x + 0.2, -0.14), (x - 0.2, -0.14)]),
            "#20222a",
        )
        ink.piece(canvas, ellipse(x, -0.36, 0.055, 0.05), look.trim_colour)


def _brimmed(
    canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float, straw: bool = False
) -> None:
    c = mixed("#d8b45c", look.hat_colour, 0.2) if straw else look.hat_colour
    ink.piece(canvas, ellipse(0, -0.26, w * 1.75, 0.15), c, shade=-0.14)
    ink.piece(canvas, _dome(w * 1.0, -0.28, -0.72, 0, 0.9), c)
    _band(canvas, ink, w * 1.0, -0.29, look.trim_colour if not straw else "#b0483c", high=0.09)
    lip = [
        (-w * 1.75, -0.27),
        (-w * 0.9, -0.29),
        (0, -0.24),
        (w * 0.9, -0.29),
        (w * 1.75, -0.27),
        (w * 0.9, -0.16),
        (0, -0.12),
        (-w * 0.9, -0.16),
    ]
    ink.piece(canvas, smooth(lip), c, shade=0.03)
    if straw:
        for k in (-0.6, -0.2, 0.2, 0.6):
            ink.mark(canvas, line([(k * w, -0.4), (k * w * 0.8, -0.64)]), shaded(c, -0.25), 0.01)


def _straw(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    _brimmed(canvas, look, ink, ball, w, straw=True)


def _top(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    ink.piece(canvas, ellipse(0, -0.29, w * 1.4, 0.09), c, shade=-0.2)
    tall = [
        (-w * 0.9, -0.3),
        (-w * 0.84, -0.6),
        (-w * 0.98, -1.0),
        (0, -1.05),
        (w * 0.98, -1.0),
        (w * 0.84, -0.6),
        (w * 0.9, -0.3),
        (0, -0.25),
    ]
    ink.piece(canvas, smooth(tall, tension=0.25), c)
    _band(canvas, ink, w * 0.88, -0.29, look.trim_colour, high=0.13)


def _crown(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    gold = mixed(look.hat_colour, "#f0c040", 0.75)
    points = [
        (-w * 0.95, -0.34),
        (-w * 1.05, -0.72),
        (-w * 0.55, -0.52),
        (-w * 0.3, -0.78),
        (0, -0.54),
        (w * 0.3, -0.78),
    ]
    points += [(w * 0.55, -0.52), (w * 1.05, -0.72), (w * 0.95, -0.34), (0, -0.28)]
    ink.piece(canvas, polygon(points), gold)
    for x in (-0.6, 0.0, 0.6):
        ink.piece(canvas, ellipse(x * w, -0.42, 0.042, 0.042), "#c8384a" if x == 0 else "#3a78c0")
    for x, y in ((-1.05, -0.72), (-0.3, -0.78), (0.3, -0.78), (1.05, -0.72)):
        ink.piece(canvas, ellipse(x * w, y, 0.034, 0.034), gold, shade=0.3)


def _helmet(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    ink.piece(canvas, _dome(w * 1.18, -0.14, -0.64, 0, 1.0), c)
    rim = [(-w * 1.3, -0.15), (0, -0.12), (w * 1.3, -0.15), (w * 1.25, -0.23), (0, -0.21), (-w * 1.25, -0.23)]
    ink.piece(canvas, smooth(rim, tension=0.3), c, shade=-0.2)
    ink.mark(
        canvas,
        line([(ball.sin * 0.3, -0.62), (ball.sin * 0.38, -0.4), (ball.sin * 0.4, -0.23)]),
        look.trim_colour,
        0.05,
    )
    ink.mark(canvas, line([(-0.26, -0.4), (-0.14, -0.52)]), shaded(c, 0.5), 0.03)


def _hood(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    tip = -ball.sin * 0.2
    outer = [
        (-w * 1.18, 0.56),
        (-w * 1.36, 0.1),
        (-w * 1.18, -0.4),
        (tip, -0.74),
        (w * 1.18, -0.4),
        (w * 1.36, 0.1),
        (w * 1.18, 0.56),
    ]
    if ball.cos < -0.2:
        ink.piece(canvas, smooth([*outer, (0, 0.66)]), c)
        return
    s = ball.sin * w * 0.3
    inner = [
        (w * 0.72 + s, 0.5),
        (w * 0.86 + s, 0.1),
        (w * 0.66 + s, -0.28),
        (s, -0.42),
        (-w * 0.66 + s, -0.28),
        (-w * 0.86 + s, 0.1),
        (-w * 0.72 + s, 0.5),
    ]
    ink.piece(canvas, smooth([*outer, *inner], tension=0.42), c)
    ink.mark(canvas, line(inner), shaded(c, -0.3), 0.03)


def _beanie(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    ink.piece(canvas, ellipse(0, -0.76, 0.12, 0.11), look.trim_colour)
    ink.piece(canvas, _dome(w * 1.12, -0.24, -0.72), c)
    for x in (-0.5, 0.0, 0.5):
        ink.mark(canvas, line([(x * w, -0.66 + abs(x) * 0.1), (x * w * 1.3, -0.34)]), shaded(c, -0.2), 0.016)
    _band(canvas, ink, w * 1.16, -0.19, shaded(c, 0.16), high=0.15)


def _chef(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    white = mixed(look.hat_colour, "#fbf8f0", 0.92)
    for x, y, r in ((-0.26, -0.86, 0.22), (0.26, -0.86, 0.22), (0.0, -0.94, 0.26)):
        ink.piece(canvas, ellipse(x, y, r, r * 0.85), white)
    ink.piece(canvas, rounded(-w * 0.98, -0.82, w * 0.98, -0.28, 0.06), white, shade=-0.05)
    for x in (-0.5, 0.0, 0.5):
        ink.mark(canvas, line([(x * w, -0.76), (x * w, -0.34)]), shaded(white, -0.18), 0.012)


def _witch(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    ink.piece(canvas, ellipse(0, -0.28, w * 1.8, 0.13), c, shade=-0.2)
    cone = [
        (-w * 0.98, -0.3),
        (-w * 0.5, -0.8),
        (-0.02, -1.18),
        (0.3, -1.3),
        (0.16, -1.08),
        (w * 0.5, -0.75),
        (w * 0.98, -0.3),
        (0, -0.24),
    ]
    ink.piece(canvas, smooth(cone, tension=0.35), c)
    _band(canvas, ink, w * 0.95, -0.29, look.trim_colour, high=0.1)
    ink.piece(canvas, star(0.02, -0.33, 0.07, 0.03), shaded(look.trim_colour, 0.35))


def _scarf(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = look.hat_colour
    s = ball.sin * w * 0.2
    half = ((0.5, 0.54), (1.06, 0.38), (1.16, 0.0), (1.04, -0.4))
    outer = [(-w * x, y) for x, y in half] + [(0.0, -0.6)] + [(w * x, y) for x, y in reversed(half)]
    if ball.cos < -0.2:
        ink.piece(canvas, smooth([*outer, (0.0, 0.62)]), c)
        return
    rim = ((0.4, 0.46), (0.8, 0.24), (0.88, -0.08), (0.6, -0.28))
    inner = [(w * x + s, y) for x, y in rim] + [(s, -0.34)] + [(-w * x + s, y) for x, y in reversed(rim)]
    ink.piece(canvas, smooth([*outer, *inner], tension=0.42), c)
    for x, y in ((-0.25, -0.46), (0.05, -0.48), (0.3, -0.38), (-0.4, -0.2), (0.42, -0.1)):
        ink.piece(canvas, ellipse(x * w / 0.4, y, 0.022, 0.022), look.trim_colour)
    for side in (-1, 1):
        ink.piece(canvas, smooth([(s, 0.54), (s + side * 0.14, 0.6), (s + side * 0.1, 0.7)]), c, shade=-0.1)


HATS: dict[Hat, Draw] = {
    Hat.cap: _cap,
    Hat.sailor: _sailor,
    Hat.brimmed: _brimmed,
    Hat.top: _top,
    Hat.crown: _crown,
    Hat.helmet: _helmet,
    Hat.hood: _hood,
    Hat.beanie: _beanie,
    Hat.straw: _straw,
    Hat.chef: _chef,
    Hat.witch: _witch,
    Hat.scarf: _scarf,
}
"""Every hat but ``none``."""
