"""Summits: a building far off to which somebody goes is in the frame up to its highest flag. Pure."""

from __future__ import annotations

from dataclasses import replace

from .camera import Pose
from .places.recipes import Layer, Recipe

_SUMMITS: dict[str, tuple[float, float]] = {
    "castle": (9.0, 1.48), "lighthouse": (9.0, 1.06), "windmill": (7.0, 1.25), "circus_tent": (6.0, 1.2),
}  # fmt: skip
"""Piece -> its option ``tall`` where it has none, in metres, and how high its top is in shares of that."""
_WAY_OFF = 18.0
"""Metres of depth from which a building is far off: a nearer one is where somebody is."""
_SKY = 0.035
"""Share of the frame's height that is free above a top."""
_LEAST = 0.45
"""How much smaller a building becomes at most: more, and it would be a toy."""


def under_the_edge(recipe: Recipe, pose: Pose, high: float) -> Recipe:
    """The recipe with each building far off as low as the upper edge of a frame ``high`` pixels high asks.

    It keeps its proportions, and stays as it is where all of it is seen or where little of it ever would be.
    """
    return replace(recipe, layers=tuple(_lowered(layer, pose, high) for layer in recipe.layers))


def _lowered(layer: Layer, pose: Pose, high: float) -> Layer:
    if layer.piece not in _SUMMITS or layer.depth < _WAY_OFF:
        return layer
    usual, crown = _SUMMITS[layer.piece]
    tall = float(layer.options.get("tall", usual))
    most = pose.height + (pose.horizon - _SKY * high) / pose.scale(layer.depth)
    share = most / (crown * tall)
    if not _LEAST < share < 1.0:
        return layer
    options = {**layer.options, "tall": share * tall}
    if "wide" in options:
        options["wide"] = share * float(options["wide"])
    return replace(layer, options=options)
