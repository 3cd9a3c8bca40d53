"""Quays: what stands on one is seen with its foot, and a gate there is in a wall. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .blocking import Placed
from .camera import Pose
from .places.recipes import Layer, Recipe

_LOW = frozenset({"coils"})
"""Low pieces, of which the tops alone would float where only water is seen under them."""
_BEHIND = 0.25
"""Metres that the wall is behind its gate."""


def footed(recipe: Recipe, poses: Sequence[Pose], height: int) -> Recipe:
    """The recipe without low pieces of a quay whose feet are under a frame ``height`` pixels high."""
    if recipe.water is None:
        return recipe

    def cut(layer: Layer) -> bool:
        return layer.piece in _LOW and any(pose.at(0.0, 0.0, layer.depth)[1] > height for pose in poses)

    return replace(recipe, layers=tuple(la for la in recipe.layers if not cut(la)))


def gated(recipe: Recipe, gates: Sequence[Placed]) -> Recipe:
    """The recipe with a wall to both sides of a gate that would stand alone before open water."""
    if recipe.water is None or recipe.footing != "ground" or recipe.interior or not gates:
        return recipe
    gate = gates[0]
    left, right = gate.x + gate.extent.left, gate.x + gate.extent.right
    wall = Layer(gate.depth + _BEHIND, "wall", {"tall": 1.45, "colour": "#9a948a", "gate": (left, right)})
    kept = (la for la in recipe.layers if la.depth > wall.depth or la.piece not in ("nets", "crates", "pier"))
    return replace(recipe, layers=tuple(sorted((*kept, wall), key=lambda la: -la.depth)))
