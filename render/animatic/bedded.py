"""Bedded: where people sleep in beds, those and the letters of sleep are not lost in what is behind. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .blocking import Placed
from .camera import Pose
from .headroom import NOWHERE, Head, behind
from .places.recipes import Layer, Recipe

_LETTERS = 1.1
"""Metres to each side of a sleeper's face over which letters of sleep rise."""
_CHART = 0.25
"""Half the metres that a fever chart on a wall takes."""


def over_sleepers(recipe: Recipe, asleep: Sequence[Placed], pose: Pose, flip: int) -> Recipe:
    """The recipe with no other bed behind one in which somebody sleeps, and no picture, clock or chart behind
    the letters that rise from it; ``flip`` mirrors rooms."""
    beds = lain_in(asleep)
    faces = [
        replace(bed, x=p.x + p.extent.face_x, half=_LETTERS) for p, bed in zip(asleep, beds, strict=True)
    ]
    return replace(recipe, layers=tuple(_left_out(layer, beds, faces, pose, flip) for layer in recipe.layers))


def lain_in(abed: Sequence[Placed]) -> list[Head]:
    """The beds of those who sleep or wake in them, before a wall: hands are stretched out over a bed."""
    return [Head(p.middle[0], p.depth, 0.5 * p.extent.width, p.up, p.up + p.extent.top) for p in abed]


def _left_out(layer: Layer, beds: Sequence[Head], faces: Sequence[Head], pose: Pose, flip: int) -> Layer:
    o = layer.options

    def hidden(x: float, half: float, before: Sequence[Head]) -> bool:
        spans = (behind(head, layer.depth, pose, half) for head in before)
        return any(abs(flip * x - middle) < room for middle, room in spans)

    if not beds or layer.depth <= 0:
        return layer
    if layer.piece == "bed":
        gone = hidden(float(o.get("x", 2.0)), 0.5 * float(o.get("wide", 2.0)) + 0.1, beds)
        return replace(layer, options={**o, "x": NOWHERE}) if gone else layer
    if layer.piece in ("frame", "ward"):
        gone = hidden(float(o.get("x", 0.0)), 0.5 * float(o.get("wide", 0.7)) + 0.05, faces)
        return replace(layer, options={**o, "x": NOWHERE}) if gone else layer
    if layer.piece == "charts":
        free = tuple(x for x in o.get("at", ()) if not hidden(float(x), _CHART, faces))
        return replace(layer, options={**o, "at": free})
    if layer.piece == "clocks":
        kept = tuple(at for at in o.get("at", ()) if not hidden(float(at[0]), 1.5 * float(at[2]), faces))
        return replace(layer, options={**o, "at": kept})
    return layer
