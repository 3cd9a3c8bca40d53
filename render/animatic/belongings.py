"""Belongings: a trade's animals and tools stand in the picture whole and behind nobody, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .blocking import Placed
from .camera import Pose
from .headroom import NOWHERE
from .places.recipes import Layer, Recipe

_HALF = {"flock": 0.75, "chopping_block": 1.45, "own_piano": 1.0}
"""Pieces -> half the metres that one of them takes."""
_LARGE, _CAMEL = frozenset({"camel", "cow", "horse"}), 1.75
_CLEAR = 0.12
"""Metres that they keep from a body, at its depth."""
_STEP, _FAR = 0.3, 9.0
"""Metres between the places that are tried, and how far aside of the wanted ones."""
_MARGIN = 0.015
"""Share of the frame's width that they keep from its edges."""

Seen = tuple[Pose, float]
"""A pose of the camera, and at how many seconds it is."""


def belonging(
    recipe: Recipe, stands: Sequence[Placed], seen: Sequence[Seen], length: float, flip: int
) -> Recipe:
    """The recipe with flocks, blocks and pianos where the frame has room for all of one, in all of ``seen``.

    ``stands`` is who and what is on the stage for ``length`` seconds; ``flip`` mirrors rooms. What has no
    room is left out. Pure.
    """
    layers = tuple(
        _settled(layer, stands, seen, length, flip) if layer.piece in _HALF else layer
        for layer in recipe.layers
    )
    return replace(recipe, layers=layers)


def _settled(layer: Layer, stands: Sequence[Placed], seen: Sequence[Seen], length: float, flip: int) -> Layer:
    """The layer with what has room, at its depth or else at one of those in its option ``else``."""
    large = layer.options.get("species") in _LARGE
    half = _CAMEL if large else _HALF[layer.piece]
    found: list[float] = []
    depth = layer.depth
    for depth in (layer.depth, *layer.options.get("else", ())):
        found = _found(layer, depth, half, lambda x, d: _whole(flip * x, half, d, stands, seen, length))
        if found:
            break
    kept = {"at": tuple(found)} if layer.piece == "flock" else {"x": found[0] if found else NOWHERE}
    return replace(layer, depth=depth, options={**layer.options, **kept})


def _found(layer: Layer, depth: float, half: float, whole: Callable[[float, float], bool]) -> list[float]:
    """Where what a layer has is whole at ``depth``, each as near to where it is wanted as can be."""
    taken: list[float] = []
    for at in layer.options.get("at") or (float(layer.options.get("x", 0.0)),):
        steps = range(-int(_FAR / _STEP), int(_FAR / _STEP) + 1)
        for x in sorted((at + _STEP * k for k in steps), key=lambda x: abs(x - at)):
            if all(abs(x - other) >= 2.1 * half for other in taken) and whole(x, depth):
                taken.append(x)
                break
    return taken


def _whole(
    x: float, half: float, depth: float, stands: Sequence[Placed], seen: Sequence[Seen], length: float
) -> bool:
    """Whether what stands there is in the frame from side to side, and nobody before it."""
    for pose, now in seen:
        wide = 2 * pose.centre
        left, right = (pose.at(x + side * half, 0.0, depth)[0] for side in (-1, 1))
        feet = pose.at(0.0, 0.0, depth)[1]
        if left < _MARGIN * wide or right > (1 - _MARGIN) * wide:
            return False
        for one in stands:
            if one.depth >= depth:
                continue
            if pose.at(0.0, one.up + one.extent.top, one.depth)[1] > feet:
                continue
            shift = one.walked(now, length) - one.x
            edges = (one.middle[0] + shift + side * (0.5 * one.extent.width + _CLEAR) for side in (-1, 1))
            low, high = (pose.at(edge, 0.0, one.depth)[0] for edge in edges)
            if left < high and right > low:
                return False
    return True
