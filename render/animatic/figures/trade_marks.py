"""What tells makers, growers and players on the trunk: a dial on a chain, checks and braces; in body space.

As ``trade_wear.py``, of which it is the second half.
"""

from __future__ import annotations

import math

import skia

from ....storyboard.looks import BodyLook
from ..ink import Ink, mixed, shaded
from .face import Ball
from .shapes import ellipse, line, polygon, rounded
from .torso import Torso

_BRASS, _DIAL = "#d9a83a", "#fbf6e6"


def watch_chain(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A waistcoat's front with brass buttons, and a watch that hangs open from its chain."""
    if torso.seen(0):
        front = [(-30, 0.0), (-8, 0.34), (8, 0.34), (30, 0.0), (44, 0.1), (40, 0.98), (-40, 0.98), (-44, 0.1)]
        ink.piece(canvas, torso.panel(front, 1.03), shaded(look.dress_colour, -0.22))
        for v in (0.44, 0.6, 0.76):
            ink.piece(canvas, ellipse(*torso.at(0, v, 1.04), 0.011, 0.011), _BRASS)
    x, y = torso.at(torso.inside(32), 0.66, 1.06)
    start = torso.at(torso.inside(4), 0.52, 1.05)
    ink.mark(canvas, line([start, ((start[0] + x) / 2, y + 0.01), (x, y)]), _BRASS, 0.012)
    r = 0.056
    ink.piece(canvas, ellipse(x, y + r, r * 1.2, r * 1.2), _BRASS)
    ink.piece(canvas, ellipse(x, y + r, r * 0.94, r * 0.94), _DIAL)
    for k in range(4):
        dx, dy = math.sin(k * math.pi / 2) * r * 0.7, math.cos(k * math.pi / 2) * r * 0.7
        ink.piece(canvas, ellipse(x + dx, y + r + dy, 0.005, 0.005), "#2b2624")
    ink.mark(canvas, line([(x, y + r * 0.42), (x, y + r), (x + r * 0.44, y + r * 1.2)]), "#2b2624", 0.009)


def checks(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A woodcutter's red shirt with its dark checks."""
    dark = shaded(look.dress_colour, -0.5)
    for v in (0.16, 0.4, 0.64, 0.88):
        ink.mark(canvas, line([torso.edge(-1, v, 0.95), torso.edge(1, v, 0.95)]), dark, 0.02)
    for a in (-60, -20, 20, 60, 100, 140, 180, 220, 260):
        if torso.seen(a):
            ink.mark(canvas, torso.seam([(a, 0.02), (a, 0.5), (a, 1.0)]), dark, 0.016)


def braces(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """Two broad straps over the shoulders, with their clasps."""
    for side in (-1, 1):
        for top, low, turned in ((30, 26, 0), (34, 12, 180)):
            a = turned + side * (low if turned == 0 else -low)
            if torso.seen(a):
                start = turned + side * (top if turned == 0 else -top)
                ink.mark(canvas, torso.seam([(start, -0.04), (a, 0.45), (a, 0.94)]), "#3a2a20", 0.03)
                x, y = torso.at(a, 0.9, 1.02)
                ink.piece(canvas, rounded(x - 0.016, y - 0.014, x + 0.016, y + 0.014, 0.004), _BRASS)


def garden_apron(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A gardener's green apron, a flower and a little trowel in its pocket."""
    if not torso.seen(0):
        return
    bib = [(-36, 0.14), (36, 0.14), (50, 0.74), (62, 1.34), (-62, 1.34), (-50, 0.74)]
    green = mixed("#3f8f4a", look.dress_colour, 0.15)
    for side in (-1, 1):
        ink.mark(canvas, torso.seam([(side * 32, 0.16), (side * 44, -0.05)]), shaded(green, -0.2), 0.018)
    ink.piece(canvas, torso.panel(bib, 1.04), green)
    ink.mark(canvas, torso.seam([(-52, 0.78), (0, 0.82), (52, 0.78)]), shaded(green, -0.3), 0.012)
    x, y = torso.at(torso.inside(16), 0.98, 1.05)
    ink.mark(canvas, line([(x + 0.03, y), (x + 0.036, y - 0.075)]), "#8a5a34", 0.018)
    ink.mark(canvas, line([(x - 0.022, y), (x - 0.026, y - 0.06)]), "#2f6f3a", 0.01)
    for k in range(5):
        a = math.tau * k / 5
        petal = ellipse(x - 0.026 + 0.017 * math.cos(a), y - 0.072 + 0.017 * math.sin(a), 0.012, 0.012)
        ink.piece(canvas, petal, "#f6d23c")
    ink.piece(canvas, ellipse(x - 0.026, y - 0.072, 0.01, 0.01), "#8a4f24")
    pocket = [(x - 0.06, y - 0.012), (x + 0.06, y - 0.012), (x + 0.052, y + 0.075), (x - 0.052, y + 0.075)]
    ink.piece(canvas, polygon(pocket), green, shade=-0.2)


def hung_gloves(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A boxer's gloves, tied by their laces and hung round the neck."""
    for a, v in ((-30, 0.5), (30, 0.42)):
        if not torso.seen(a) and not torso.seen(0):
            continue
        x, y = torso.at(torso.inside(a), v, 1.08)
        ink.mark(canvas, torso.seam([(a * 0.8, -0.06), (a, v - 0.1)]), "#f4f0ea", 0.012)
        ink.piece(canvas, rounded(x - 0.034, y - 0.055, x + 0.034, y - 0.012, 0.01), "#f4f0ea")
        ink.piece(canvas, ellipse(x, y + 0.036, 0.064, 0.066), "#d2262a")
        ink.piece(
            canvas, ellipse(x + 0.036 * (1 if a > 0 else -1), y + 0.006, 0.022, 0.03), "#d2262a", shade=0.12
        )


def school_blouse(canvas: skia.Canvas, look: BodyLook, ink: Ink, torso: Torso) -> None:
    """A white blouse in an open cardigan, its bow, and a ruler and a red pencil in the pocket."""
    if torso.seen(0):
        ink.piece(canvas, torso.panel([(-20, -0.04), (20, -0.04), (13, 0.9), (-13, 0.9)], 1.02), "#fbf8ee")
        x, y = torso.at(0, 0.07, 1.05)
        k = 0.4 + 0.6 * abs(torso.cos)
        for side in (-1, 1):
            wing = [(x, y), (x + side * 0.05 * k, y - 0.026), (x + side * 0.05 * k, y + 0.03)]
            ink.piece(canvas, polygon(wing), "#b8323a")
            ink.mark(canvas, line([(x, y), (x + side * 0.02 * k, y + 0.075)]), "#b8323a", 0.015)
    a = 40
    if torso.seen(a):
        x, y = torso.at(a, 0.42, 1.04)
        ink.piece(canvas, rounded(x - 0.026, y - 0.085, x - 0.006, y, 0.002), "#f0cf63")
        for k in range(4):
            up = y - 0.075 + 0.02 * k
            ink.mark(canvas, line([(x - 0.026, up), (x - 0.016, up)]), "#5a4420", 0.004)
        ink.mark(canvas, line([(x + 0.013, y), (x + 0.015, y - 0.065)]), "#d2323a", 0.013)
        pocket = rounded(x - 0.036, y - 0.006, x + 0.036, y + 0.06, 0.008)
        ink.piece(canvas, pocket, look.dress_colour, shade=-0.16)


def loupe(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball) -> None:
    """A watchmaker's eyeglass, pushed up on the brow by its band; in head space."""
    band = [ball.at(a, -0.27 - 0.02 * math.cos(math.radians(a)), 1.02) for a in range(-90, 91, 30)]
    ink.mark(canvas, line(band), "#2b2624", 0.045)
    angle = 24
    if ball.towards(angle) > 0.05:
        x, y = ball.at(angle, -0.27, 1.08)
        ink.piece(canvas, ellipse(x, y, 0.12, 0.12), "#2b2624")
        ink.piece(canvas, ellipse(x, y, 0.086, 0.086), _BRASS)
        ink.piece(canvas, ellipse(x, y, 0.062, 0.062), "#bfe0ea")
        ink.piece(canvas, ellipse(x - 0.02, y - 0.022, 0.018, 0.018), "#ffffff")
