"""Things of nature that live: tree, cloud, star, sun, moon, flower, cactus, mushroom."""

from __future__ import annotations

import math

import skia

from ....storyboard.vocabulary import Action
from ..ink import mixed, rgb
from .being_rig import BeingRig
from .creature import Scene
from .shapes import ellipse, line, smooth, star, tube


def draw_tree(b: BeingRig, canvas: skia.Canvas, scene: Scene) -> None:
    dances = scene.action is Action.dance  # its crown and its branches do, over roots that stay
    bark, sway = "#7a5638", 0.045 * math.sin(scene.t * 4.4) if dances else 0.02 * math.sin(scene.t * 1.2)
    trunk = [
        (-0.28, 0.0),
        (-0.17, -0.12),
        (-0.17, -0.5),
        (0.17, -0.5),
        (0.17, -0.12),
        (0.28, 0.0),
        (0.14, -0.025),
        (0.04, 0.0),
        (-0.1, -0.025),
    ]
    leaves = b.coat
    if max(abs(a - c) for a, c in zip(rgb(leaves), rgb(bark), strict=True)) < _LIKE_BARK:
        leaves = mixed(leaves, "#6fa548", 0.8)  # a crown as brown as its trunk is a withered one
    for x, y, r in ((-0.22, -0.68, 0.18), (0.23, -0.7, 0.17), (0.02, -0.85, 0.16)):
        b.ink.piece(canvas, _tuft(x + sway, y, r), leaves, shade=-0.14)  # the far side of the crown
    b.ink.piece(canvas, smooth(trunk), bark)
    for grain in _GRAIN:
        b.ink.mark(canvas, line(list(grain)), mixed(bark, "#2c1c12", 0.45), 0.011)
    for side in (-1, 1):
        b.ink.piece(
            canvas,
            tube(
                [(side * 0.13, -0.42), (side * 0.25, -0.42 + sway), (side * 0.34, -0.5 + sway * 2)],
                (0.08, 0.05, 0.03),
            ),
            bark,
            shade=-0.1,
        )
        b.ink.piece(canvas, _tuft(side * 0.36, -0.52 + sway * 2, 0.065), leaves, shade=0.1)
    for x, y, r, lit in _CROWN:
        b.ink.piece(canvas, _tuft(x + sway, y, r), leaves, shade=lit)
    for x, y in _LEAVES:
        curl = [(x + sway - 0.022, y), (x + sway, y - 0.012), (x + sway + 0.022, y)]
        b.ink.mark(canvas, line(curl), mixed(leaves, "#ffe2a0", 0.42), 0.009)
    b.face(canvas, scene, 0.01, -0.34, 0.045)


_LIKE_BARK = 32
"""How little one channel at most of a coat differs from bark, of 255."""
_GRAIN = (
    ((-0.13, -0.1), (-0.11, -0.22), (-0.125, -0.3)),
    ((0.13, -0.08), (0.115, -0.17), (0.13, -0.27)),
    ((-0.06, -0.05), (-0.05, -0.12)),
    ((0.05, -0.04), (0.055, -0.13)),
)
"""Lines of the bark, beside the face and under it."""
_CROWN = (
    (-0.22, -0.63, 0.16, -0.05), (0.23, -0.64, 0.15, -0.03), (0.0, -0.6, 0.18, 0.0),
    (-0.13, -0.78, 0.16, 0.06), (0.14, -0.77, 0.15, 0.1), (0.0, -0.86, 0.12, 0.15),
)  # fmt: skip
"""Tufts of leaves: across, up (negative), radius, and how lit."""
_LEAVES = (
    (-0.2, -0.66), (-0.1, -0.72), (0.02, -0.9), (-0.16, -0.83), (0.08, -0.82), (0.2, -0.8), (0.26, -0.67),
    (0.02, -0.63), (-0.08, -0.56), (0.13, -0.69), (-0.29, -0.6), (0.09, -0.54),
)  # fmt: skip
"""Where the edges of leaves catch the light."""


def _tuft(x: float, y: float, r: float) -> skia.Path:
    """A round of leaves with a scalloped edge."""
    points = []
    for k in range(22):
        out = r if k % 2 else 0.88 * r
        points.append(
            (x + 1.06 * out * math.cos(k * math.pi / 11), y + 0.92 * out * math.sin(k * math.pi / 11))
        )
    return smooth(points)


def draw_cloud(b: BeingRig, canvas: skia.Canvas, scene: Scene) -> None:
    for x, y, r in (
        (-0.34, -0.42, 0.22),
        (0.34, -0.42, 0.22),
        (-0.14, -0.62, 0.26),
        (0.16, -0.6, 0.25),
        (0, -0.4, 0.3),
    ):
        b.ink.piece(
            canvas,
            ellipse(x, y + 0.015 * math.sin(scene.t * 2 + x * 5), r, r * 0.92),
            mixed(b.coat, "#ffffff", 0.6),
        )
    b.face(canvas, scene, 0.01, -0.5, 0.06)


def draw_star(b: BeingRig, canvas: skia.Canvas, scene: Scene) -> None:
    b.ink.glow(canvas, 0, -0.5, 0.95, "#ffe08a", 0.55)
    if b.look.species == "star":
        b.ink.piece(
            canvas,
            star(0, -0.5, 0.5, 0.25, turn=-90 + 5 * math.sin(scene.t * 2)),
            mixed(b.coat, "#ffdc6a", 0.5),
        )
    else:
        if b.look.species == "sun":
            b.ink.piece(canvas, star(0, -0.5, 0.5, 0.38, 14, scene.t * 8), mixed(b.coat, "#f8a830", 0.7))
        b.ink.piece(canvas, ellipse(0, -0.5, 0.39, 0.39), mixed(b.coat, "#ffe9a8", 0.6))
    b.face(canvas, scene, 0.01, -0.54, 0.055)


def draw_flower(b: BeingRig, canvas: skia.Canvas, scene: Scene) -> None:
    sway = 0.05 * math.sin(scene.t * 1.6)
    kind = b.look.species
    if kind == "mushroom":
        b.ink.piece(canvas, smooth([(-0.16, 0.0), (-0.13, -0.5), (0.13, -0.5), (0.16, 0.0)]), "#f2e6cf")
        b.ink.piece(
            canvas,
            smooth([(-0.46, -0.48), (-0.36, -0.82), (0, -0.98), (0.36, -0.82), (0.46, -0.48), (0, -0.42)]),
            b.coat,
        )
        for x, y, r in ((-0.2, -0.7, 0.07), (0.1, -0.8, 0.08), (0.26, -0.6, 0.05)):
            b.ink.piece(canvas, ellipse(x, y, r, r * 0.8), "#fbf6ea")
        b.face(canvas, scene, 0.01, -0.3, 0.05)
        return
    if kind == "cactus":
        for side, y in ((-1, -0.5), (1, -0.62)):
            b.ink.piece(
                canvas,
                tube(
                    [(side * 0.1, y + 0.16), (side * 0.3, y + 0.14), (side * 0.32, y - 0.1)],
                    (0.13, 0.14, 0.13),
                ),
                b.coat,
                shade=-0.08,
            )
        b.ink.piece(canvas, tube([(0, 0.0), (0, -0.4), (0, -0.86)], (0.3, 0.34, 0.28)), b.coat)
        b.face(canvas, scene, 0.01, -0.62, 0.05)
        return
    stem = [(0, 0.0), (sway * 0.4, -0.3), (sway, -0.62)]
    b.ink.mark(canvas, line(stem), "#4f8a4a", 0.05)
    for side in (-1, 1):
        b.ink.piece(
            canvas,
            smooth([(0, -0.16), (side * 0.2, -0.34), (side * 0.3, -0.26), (side * 0.16, -0.14)]),
            "#5a9a50",
            shade=0.06 * side,
        )
    for i in range(8):
        a = math.tau * i / 8
        b.ink.piece(
            canvas,
            ellipse(sway + math.cos(a) * 0.2, -0.76 + math.sin(a) * 0.2, 0.115, 0.115),
            b.coat,
            shade=0.06 * (i % 2),
        )
    b.ink.piece(canvas, ellipse(sway, -0.76, 0.18, 0.18), b.look.trim_colour)
    b.face(canvas, scene, sway, -0.79, 0.042)
