"""A bat: seen from before with both wings out, or hung up by its feet and wrapped in them when it sleeps.

A unit is its height; the origin lies on the ground below it.
"""

from __future__ import annotations

import math

import skia

from ..ink import mixed, shaded
from .creature import Creature, Scene
from .shapes import Point, ellipse, line, polygon, smooth, tube

_MIDDLE: Point = (0.0, -0.56)


def draw_bat(b: Creature, canvas: skia.Canvas, scene: Scene) -> Point:
    """Draw it and return where it holds something: in its feet."""
    if scene.asleep:
        _hung(b, canvas, scene)
        return 0.0, -0.56
    x, y = _MIDDLE
    beat = math.sin(scene.t * 8.5)
    for side in (-1.0, 1.0):
        _wing(b, canvas, side, beat)
    for side in (-1, 1):
        foot = [(x + side * 0.06, y + 0.16), (x + side * 0.07, y + 0.25), (x + side * 0.11, y + 0.27)]
        b.ink.mark(canvas, line(foot), shaded(b.coat, -0.3), 0.024)
    b.ink.piece(canvas, ellipse(x, y + 0.02, 0.15, 0.2), b.coat)
    b.ink.piece(canvas, ellipse(x + 0.01, y + 0.06, 0.09, 0.13), mixed(b.coat, "#f0e0d8", 0.35))
    _head(b, canvas, scene, (x, y - 0.22))
    return x, y + 0.24


def _head(b: Creature, canvas: skia.Canvas, scene: Scene, at: Point) -> None:
    x, y = at
    for side in (-1, 1):
        ear = [(x + side * 0.03, y - 0.1), (x + side * 0.15, y - 0.34), (x + side * 0.17, y - 0.02)]
        b.ink.piece(canvas, smooth(ear, tension=0.3), b.coat, shade=-0.06)
        inner = [(x + side * 0.07, y - 0.1), (x + side * 0.14, y - 0.26), (x + side * 0.14, y - 0.06)]
        b.ink.piece(canvas, smooth(inner, tension=0.3), mixed(b.coat, "#e8a0a0", 0.55))
    b.ink.piece(canvas, ellipse(x, y, 0.16, 0.145), b.coat)
    if scene.away:
        return
    turn = 0.03 * math.sin(math.radians(scene.turn))
    b.ink.piece(canvas, ellipse(x + turn, y + 0.07, 0.075, 0.055), mixed(b.coat, "#f0e0d8", 0.3))
    b.ink.piece(canvas, ellipse(x + turn, y + 0.045, 0.032, 0.022), "#2c1e1a")
    b.mouth_at(canvas, scene, x, y + 0.085, 0.04)
    b.eyes_at(canvas, scene, x + turn, y - 0.02, 0.05, 0.1)
    for side in (-1, 1):
        fang = x + turn + side * 0.025
        tooth = polygon([(fang - 0.012, y + 0.09), (fang + 0.012, y + 0.09), (fang, y + 0.125)])
        b.ink.piece(canvas, tooth, "#fbf6ea")


def _wing(b: Creature, canvas: skia.Canvas, side: float, beat: float) -> None:
    """A skin between long fingers, scalloped below, that beats up and down."""
    x, y = _MIDDLE
    up = 0.22 * beat

    def at(out: float, high: float) -> Point:
        return x + side * out, y - high - up * (out / 0.62) ** 1.4

    wrist, tip = at(0.3, 0.26), at(0.64, 0.1)
    ends = [at(0.52, -0.12), at(0.34, -0.2), at(0.14, -0.16)]
    path = skia.Path()
    path.moveTo(*at(0.08, 0.1))
    path.quadTo(*at(0.2, 0.16), *wrist)
    path.quadTo(*at(0.5, 0.26), *tip)
    before = tip
    for end in ends:  # the hem is drawn in between the fingers
        path.quadTo((before[0] + end[0]) / 2, (before[1] + end[1]) / 2 - 0.09, *end)
        before = end
    path.lineTo(*at(0.06, -0.08))
    path.close()
    skin = mixed(b.coat, "#b07a78", 0.35)
    b.ink.piece(canvas, path, skin)
    for end in (tip, *ends):
        b.ink.mark(canvas, line([wrist, end]), shaded(b.coat, -0.15), 0.016)
    b.ink.mark(canvas, line([at(0.08, 0.06), at(0.2, 0.12), wrist]), b.coat, 0.05)


def _hung(b: Creature, canvas: skia.Canvas, scene: Scene) -> None:
    """Head down from a twig, the wings folded around it like a coat."""
    canvas.save()
    canvas.translate(0.0, -1.0)
    canvas.scale(0.62, 0.62)
    twig = tube([(-0.5, 0.03), (-0.1, 0.0), (0.55, -0.04)], (0.07, 0.06, 0.04))
    b.ink.piece(canvas, twig, "#6a4c34")
    canvas.rotate(3.0 * math.sin(scene.t * 1.3))
    for side in (-1, 1):
        b.ink.mark(canvas, line([(side * 0.05, 0.0), (side * 0.05, 0.1)]), shaded(b.coat, -0.3), 0.03)
    canvas.save()
    canvas.translate(0.0, 0.56)
    canvas.rotate(180.0)
    _head(b, canvas, scene, (0.0, 0.0))
    canvas.restore()
    coat = [(-0.08, 0.06), (0.08, 0.06), (0.19, 0.28), (0.14, 0.5), (0.0, 0.44), (-0.14, 0.5), (-0.19, 0.28)]
    skin = mixed(b.coat, "#b07a78", 0.35)
    b.ink.piece(canvas, smooth(coat), skin)
    b.ink.mark(canvas, line([(0.0, 0.07), (0.02, 0.26), (0.0, 0.44)]), shaded(b.coat, -0.2), 0.016)
    for side in (-1, 1):
        rib = line([(side * 0.06, 0.08), (side * 0.13, 0.26), (side * 0.1, 0.46)])
        b.ink.mark(canvas, rib, shaded(b.coat, -0.15), 0.014)
    canvas.restore()
