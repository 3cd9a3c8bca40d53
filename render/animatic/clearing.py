"""Clearing: what stands upright in a place steps aside from behind the heads of those who act.

As a camera man moves a foot to the side until no lamp post grows out of a hat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .blocking import Placed
from .camera import Pose
from .places.recipes import Layer, Recipe

_SCATTERED = {"trees": 0.6, "trunks": 0.45, "lamps": 0.3, "columns": 0.6, "cactus": 0.4, "reeds": 0.1,
              "poles": 0.3, "tram_wires": 0.2, "oil_lamps": 0.35, "clocks": 0.3, "props": 0.3,
              "stacks": 0.75}  # fmt: skip
"""Pieces that repeat -> half the metres that one of them takes at the height of a head."""
_SINGLE = {
    "lamp": 0.3,
    "lighthouse": 1.6,
    "stove": 0.45,
    "windmill": 1.2,
    "cabin": 1.3,
    "altar": 0.95,
    "well": 1.0,
    "pear_tree": 0.6,
    "fountain": 0.6,
    "plants": 0.4,
    "helm": 0.85,
    "iron_gate": 1.3,
}
"""Pieces that stand at their option ``x``."""
_FARTHEST = 40.0
"""Metres behind the figures beyond which uprights are too small to grow out of a head."""
_CORNER, _HIGH = 0.44, 0.38
"""Shares of the frame's width and height that a bough hangs into, half a head added."""


@dataclass(frozen=True)
class Head:
    """A head as it is framed, in metres at the depth of its bearer."""

    x: float
    depth: float
    half: float
    low: float
    high: float


def heads(figures: Sequence[Placed]) -> tuple[Head, ...]:
    """The heads of those who stand on the stage. Pure."""
    found = []
    for p in figures:
        if p.shoulder:
            continue
        half = min(0.5, max(0.14, 1.4 * p.extent.face if p.extent.face else 0.16 * p.extent.height))
        eyes = p.up + p.extent.eyes
        found.append(Head(p.x + p.extent.face_x, p.depth, half, eyes - half, p.up + p.extent.top))
    return tuple(found)


def kept_free(figures: Sequence[Placed]) -> tuple[Head, ...]:
    """Their heads, and all of those who are no larger than a head, such as a bird. Pure."""
    found = []
    for p in figures:
        for head in heads([p]):
            body = replace(head, x=p.middle[0], half=max(head.half, 0.5 * p.extent.width), low=p.up)
            found.append(body if p.extent.small else head)
    return tuple(found)


def cleared(recipe: Recipe, seen: Sequence[Head], pose: Pose, flip: int) -> Recipe:
    """The recipe with its uprights clear of the heads as seen from ``pose``; ``flip`` mirrors rooms. Pure."""
    if not seen:
        return recipe
    layers = tuple(_aside(layer, seen, pose, flip) for layer in recipe.layers)
    return replace(recipe, layers=layers)


def _aside(layer: Layer, seen: Sequence[Head], pose: Pose, flip: int) -> Layer:
    if layer.piece == "scarp":  # its path would be a horn of whoever stands before it
        at = [behind(head, layer.depth, pose, 0.0)[0] for head in seen]
        return replace(layer, options={**layer.options, "side": 1 if sum(at) < 0 else -1})
    if layer.piece == "earth":
        worlds = tuple(behind(head, layer.depth, pose, 0.0) for head in seen)
        return replace(layer, options={**layer.options, "avoid": worlds})
    if not 0 < layer.depth <= _FARTHEST:
        return layer
    if layer.piece in _SCATTERED:
        taken = [behind(head, layer.depth, pose, _SCATTERED[layer.piece]) for head in seen]
        avoided = tuple((flip * x, half) for x, half in taken)
        return replace(layer, options={**layer.options, "avoid": avoided})
    if layer.piece not in _SINGLE or "x" not in layer.options:
        return layer
    x = flip * float(layer.options["x"])
    scale = pose.scale(layer.depth)
    for head in seen:
        middle, half = behind(head, layer.depth, pose, _SINGLE[layer.piece])
        if layer.piece == "lamp" and not layer.options.get("stands"):
            bottom = pose.horizon - (float(layer.options.get("y", 2.35)) - pose.height) * scale
            crown = pose.horizon - (head.high - pose.height) * pose.scale(head.depth)
            if bottom < crown - 0.1 * scale:
                continue
        if abs(x - middle) < half:
            x = middle + (half if x >= middle else -half)
    return replace(layer, options={**layer.options, "x": flip * x})


def behind(head: Head, depth: float, pose: Pose, half: float) -> tuple[float, float]:
    """Where a head stands before a sheet at ``depth``, and how far from there is clear of it; metres."""
    grown = pose.scale(head.depth) / pose.scale(depth)
    return pose.x + (head.x - pose.x) * grown, head.half * grown + half


def framed_over(recipe: Recipe, crowns: Sequence[tuple[float, float]]) -> Recipe:
    """The recipe whose bough hangs in from the corner where no head is, or not at all.

    ``crowns`` are the tops of heads, as shares of the frame's width and height. Pure.
    """
    high = [x for x, y in crowns if y < _HIGH]
    free = [side for side in (-1, 1) if not any(_in_corner(x, side) for x in high)]
    front = []
    for layer in recipe.front:
        if layer.piece != "overhang" or len(free) == 2:
            front.append(layer)
        elif free:
            front.append(replace(layer, options={**layer.options, "side": free[0]}))
    return replace(recipe, front=tuple(front))


def _in_corner(x: float, side: int) -> bool:
    return x < _CORNER if side < 0 else x > 1 - _CORNER


def roofed(recipe: Recipe, eye: float) -> Recipe:
    """The recipe whose rock ceilings hang over a camera ``eye`` metres up, so that they stay above heads."""
    layers = []
    for layer in recipe.layers:
        if layer.piece == "stalactites":
            over = eye + 1.0 + 0.25 * layer.depth
            ceiling = max(float(layer.options.get("ceiling", 3.6)), over)
            layer = replace(layer, options={**layer.options, "ceiling": ceiling})
        layers.append(layer)
    return replace(recipe, layers=tuple(layers))
