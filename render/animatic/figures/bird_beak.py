"""Beaks of birds; in the bird's units."""

from __future__ import annotations

import skia

from ..ink import shaded
from .creature import Creature, Scene
from .shapes import Point, ellipse, smooth


def draw_beak(b: Creature, canvas: skia.Canvas, scene: Scene, head: Point, size: float, turn: float) -> None:
    """The beak that the bird's row names, on a head of that size turned so far (0 front, 1 side)."""
    kind, colour = b.row.get("beak", "seed"), b.row.get("beakc", "#eaa238")
    if b.row.get("plan2") == "owl":  # a short hook between the eyes
        middle = b.face_ball(scene, size * 0.4).at(0.0, 0.0)[0]
        x, y, gape = head[0] + turn * size * 0.1 + middle, head[1] + 0.01, scene.mood.gape * 0.06
        if gape > 0.005:
            b.ink.piece(canvas, ellipse(x + 0.01, y + 0.11 + gape, 0.035, 0.03 + gape), "#7a3a20")
        hook = [(x - 0.05, y - 0.02), (x + 0.05, y - 0.02), (x + 0.045, y + 0.08), (x + 0.005, y + 0.15)]
        b.ink.piece(canvas, smooth([*hook, (x - 0.035, y + 0.07)], tension=0.35), colour)
        return
    reach = {
        "seed": 0.16,
        "long": 0.24,
        "hook": 0.2,
        "parrot": 0.2,
        "flat": 0.26,
        "spear": 0.42,
        "toucan": 0.5,
        "pelican": 0.55,
        "flamingo": 0.26,
    }[kind]
    x, y = head[0] + turn * size * 0.75, head[1] + 0.05
    tip = (
        x + reach * (0.35 + 0.65 * turn),
        y + 0.05 + (0.14 if kind in ("hook", "flamingo") else 0.0) + reach * 0.25 * (1 - turn),
    )
    if kind == "parrot":
        _hooked(b, canvas, scene, (head[0] + turn * size * 0.62, head[1] - 0.02), size, colour)
        return
    thick = {"toucan": 0.12, "pelican": 0.08, "flat": 0.07}.get(kind, 0.065)
    gape = scene.mood.gape * 0.1
    lower = smooth(
        [
            (x - 0.02, y + thick * 0.3),
            (tip[0] * 0.92 + x * 0.08, tip[1] + gape + 0.02),
            (x, y + thick + gape * 0.6),
        ]
    )
    b.ink.piece(canvas, lower, colour, shade=-0.22)
    if kind == "pelican":
        b.ink.piece(
            canvas,
            smooth([(x, y + 0.05), ((x + tip[0]) / 2, y + 0.26), (tip[0], tip[1])]),
            colour,
            shade=-0.08,
        )
    if kind == "flat":
        shape = smooth(
            [
                (x - 0.02, y - thick),
                (tip[0] - 0.06, tip[1] - 0.03),
                (tip[0], tip[1]),
                (tip[0] - 0.05, tip[1] + 0.04),
                (x - 0.02, y + thick),
            ]
        )
    else:
        shape = smooth(
            [
                (x - 0.03, y - thick),
                ((x + tip[0]) / 2 + 0.03, (y + tip[1]) / 2 - thick * 0.8),
                tip,
                ((x + tip[0]) / 2, (y + tip[1]) / 2 + thick * 0.4),
                (x - 0.03, y + thick),
            ],
            tension=0.42,
        )
    b.ink.piece(canvas, shape, colour)


def _hooked(b: Creature, canvas: skia.Canvas, scene: Scene, root: Point, size: float, colour: str) -> None:
    """A parrot's beak: high, round and bent down over a short lower half; a bare pale cheek behind it."""
    x, y = root
    gape = 0.05 * scene.mood.gape
    b.ink.piece(canvas, ellipse(x - 0.06, y + 0.02, size * 0.5, size * 0.46), "#fbf3e2")
    lower = [
        (x, y + 0.1 + gape),
        (x + 0.1, y + 0.1 + gape),
        (x + 0.07, y + 0.19 + gape),
        (x, y + 0.17 + gape),
    ]
    b.ink.piece(canvas, smooth(lower), shaded(colour, -0.25))
    hook = [(x - 0.01, y - 0.1), (x + 0.12, y - 0.09), (x + 0.22, y + 0.04), (x + 0.19, y + 0.21)]
    hook += [(x + 0.14, y + 0.11), (x + 0.02, y + 0.1)]
    b.ink.piece(canvas, smooth(hook), colour)
