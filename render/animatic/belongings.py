"""Belongings: a trade's animals and tools stand in the picture whole and behind nobody, or not at all."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...storyboard.vocabulary import Action, Expression, Facing
from .blocking import Extent, Placed
from .camera import Pose
from .figures.acting import Acting
from .figures.figure import Figure
from .headroom import NOWHERE
from .ink import Ink
from .places.livelihood import GRAZES, kept
from .places.recipes import Layer, Recipe
from .players import measured

_HALF = {"chopping_block": 1.45, "own_piano": 1.0}
"""Pieces of one thing -> half the metres that it takes."""
_TALL = 1.3
"""How high such a thing is."""
_CLEAR = 0.4
"""Metres that they keep from a body, at its depth: arms, hems and noses come so far."""
_APART = 0.25
"""Metres between two of a flock."""
_STEP, _FAR = 0.3, 9.0
"""Metres between the places that are tried, and how far aside of the wanted ones."""
_MARGIN = 0.015
"""Share of the frame's width that they keep from its edges."""
_SNORES = 1.0, 1.7
"""Metres that the letters of sleep take to each side of a head, and over it."""
_COVERS = {
    "bushes": 1.3, "logs": 0.35, "clumps": 0.25, "ferns": 0.6, "rocks": 1.2, "crates": 0.7, "trunks": 9.0,
    "poppies": 0.8, "grass": 1.0, "reeds": 1.4, "berry_bushes": 0.8, "cactus": 0.6, "trees": 0.6,
    "bare_trees": 0.6,
}  # fmt: skip
"""Pieces that would cover what stands behind them -> how high one is, in its option ``tall`` or in metres."""
_BROAD = {"logs": 0.95, "cactus": 0.65, "trees": 0.7, "bare_trees": 0.7, "trunks": 0.7, "crates": 0.8,
          "poppies": 0.15, "grass": 0.1, "reeds": 0.2}  # fmt: skip
"""Half the metres that one of them takes, where that is not its height."""

Seen = tuple[Pose, float]
"""A pose of the camera, and at how many seconds it is."""


@dataclass(frozen=True)
class _Frame:
    """What is before the lens: who stands where, as seen when, and where the frame ends (pixels down)."""

    stands: tuple[Placed, ...]
    seen: tuple[Seen, ...]
    length: float
    high: float


def belonging(
    recipe: Recipe, stands: Sequence[Placed], seen: Sequence[Seen], length: float, flip: int,
    high: float = math.inf, asleep: Container[str] = (),
) -> Recipe:  # fmt: skip
    """The recipe with flocks, blocks and pianos where the frame has room for all of one, in all of ``seen``.

    ``stands`` is who and what is on the stage for ``length`` seconds; ``flip`` mirrors rooms; the frame is
    ``high`` pixels high. Nothing is where letters rise over those ``asleep``. What has no room is left out,
    and of what is nearer nothing stands before the rest. Pure.
    """
    if not any(layer.piece == "flock" or layer.piece in _HALF for layer in recipe.layers):
        return recipe
    letters = [_letters(p) for p in stands if p.id in asleep]
    frame = _Frame((*stands, *letters), tuple(seen), length, high)
    layers, boxes = [], []
    for layer in recipe.layers:
        if layer.piece == "flock":
            layer, rooms = _grazing(layer, frame, flip)
            boxes += [(x, layer.depth, room) for x, room in zip(layer.options["at"], rooms, strict=True)]
        elif layer.piece in _HALF:
            layer = _set(layer, frame, flip)
        layers.append(layer)
    return replace(recipe, layers=tuple(_uncovering(layer, boxes, seen) for layer in layers))


def _letters(placed: Placed) -> Placed:
    """What stands for the letters over a sleeper's head."""
    extent, (half, high) = placed.extent, _SNORES
    room = Extent(extent.face_x - half, extent.face_x + half, extent.top + high, extent.top)
    return replace(placed, id="", extent=room)


@cache
def room_of(species: str, action: Action, facing: Facing) -> Extent:
    """How much room one of a flock takes."""
    animal = Figure(kept(species), (), Ink(), 0)
    return measured(animal, Acting(action=action, expression=Expression.neutral, facing=facing), 2.0)[0]


def _grazing(layer: Layer, frame: _Frame, flip: int) -> tuple[Layer, list[Extent]]:
    """A flock with the animals that have room, at its depth or else at one of those in its option ``else``;
    and the room of each."""
    species, wanted = str(layer.options.get("species", "sheep")), layer.options.get("at", ())
    places: list[tuple[float, float]] = []
    acts: list[tuple[Action, Facing]] = []
    rooms: list[Extent] = []
    depth = layer.depth
    for depth in (layer.depth, *layer.options.get("else", ())):
        for k, at in enumerate(wanted):
            act = GRAZES[k % len(GRAZES)], Facing.right if math.floor(7 * at) % 2 else Facing.left
            room = room_of(species, *act)
            x = _place(at, depth, room, frame, flip, places)
            if x is not None:
                places.append((x + room.left - _APART, x + room.right + _APART))
                acts.append(act)
                rooms.append(room)
        if places:
            break
    at = tuple(left + _APART - room.left for (left, _), room in zip(places, rooms, strict=True))
    return replace(layer, depth=depth, options={**layer.options, "at": at, "acts": tuple(acts)}), rooms


def _set(layer: Layer, frame: _Frame, flip: int) -> Layer:
    """A single thing where there is room for it."""
    half, x, depth = _HALF[layer.piece], None, layer.depth
    for depth in (layer.depth, *layer.options.get("else", ())):
        room = Extent(-half, half, _TALL)
        x = _place(float(layer.options.get("x", 0.0)), depth, room, frame, flip, ())
        if x is not None:
            break
    return replace(layer, depth=depth, options={**layer.options, "x": NOWHERE if x is None else x})


def _place(
    at: float, depth: float, room: Extent, frame: _Frame, flip: int, taken: Sequence[tuple[float, float]]
) -> float | None:
    """The place nearest to ``at`` where all of one is seen and nobody is before it; None for nowhere."""
    steps = range(-int(_FAR / _STEP), int(_FAR / _STEP) + 1)
    for x in sorted((at + _STEP * k for k in steps), key=lambda x: abs(x - at)):
        free = all(x + room.right <= left or x + room.left >= right for left, right in taken)
        if free and _whole(flip * x, depth, room, frame):
            return x
    return None


def _whole(x: float, depth: float, room: Extent, frame: _Frame) -> bool:
    """Whether what stands there is in the frame, all of it, and nobody before it."""
    for pose, now in frame.seen:
        wide = 2 * pose.centre
        left, feet = pose.at(x + room.left, 0.0, depth)
        right, top = pose.at(x + room.right, room.top, depth)
        if left < _MARGIN * wide or right > (1 - _MARGIN) * wide or top < 0 or feet > frame.high:
            return False
        for one in frame.stands:
            if one.depth >= depth:
                continue
            if pose.at(0.0, one.up + one.extent.top, one.depth)[1] > feet:
                continue
            shift = one.walked(now, frame.length) - one.x
            edges = (one.middle[0] + shift + side * (0.5 * one.extent.width + _CLEAR) for side in (-1, 1))
            low, high = (pose.at(edge, 0.0, one.depth)[0] for edge in edges)
            if left < high and right > low:
                return False
    return True


def _uncovering(layer: Layer, boxes: Sequence[tuple[float, float, Extent]], seen: Sequence[Seen]) -> Layer:
    """A sheet with nothing on it that stands before one of a flock, which is at x and depth in ``boxes``."""
    if layer.piece not in _COVERS or not layer.depth > 0:
        return layer
    tall = _COVERS[layer.piece] * float(layer.options.get("tall", 1.0))
    half, spans = _BROAD.get(layer.piece, tall), []
    for x, depth, room in boxes:
        if depth < layer.depth:
            continue
        ends = []
        for pose, _ in seen:
            if pose.at(0.0, tall, layer.depth)[1] < pose.at(0.0, 0.0, depth)[1]:
                grown = pose.scale(depth) / pose.scale(layer.depth)
                ends += [pose.x + (x + edge - pose.x) * grown for edge in (room.left, room.right)]
        if ends:
            spans.append(((min(ends) + max(ends)) / 2, (max(ends) - min(ends)) / 2 + half))
    if not spans:
        return layer
    avoid = (*layer.options.get("avoid", ()), *spans)
    return replace(layer, options={**layer.options, "avoid": avoid, "stays": True})
