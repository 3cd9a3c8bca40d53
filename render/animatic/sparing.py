"""Sparing: which parts of a plate need not be laid down, because they are empty or will be hidden.

Laying a plate down for another pose costs by the pixel, so only the pixels that show are paid for. Not one
pixel of a frame is another for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import skia

_CELL = 32
"""Columns are looked at by so many pixels."""
_EDGE = 3
"""Pixels that what is there reaches beyond itself when it is laid down between pixels."""
_LOOSE = 1.15
"""Two patches become one where that one has no more than so many times their pixels."""

Patch = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of an image."""


@dataclass(frozen=True)
class Filled:
    """Where an image holds something, in its own pixels."""

    patches: tuple[Patch, ...]
    """All that is not empty, from left to right, none over another."""
    solid: tuple[int, int]
    """The rows, from the first to before the second, through which nothing is seen; may be none."""


def filled(image: skia.Image) -> Filled:
    """Look through an image in skia's own byte order."""
    pixels = skia.Pixmap()
    if not image.peekPixels(pixels):
        return Filled(((0, 0, image.width(), image.height()),), (0, 0))
    alpha = np.array(pixels, copy=False)[..., 3]
    return Filled(_patches(alpha), _solid(alpha))


def _solid(alpha: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """The longest run of rows that are opaque from side to side."""
    whole = np.concatenate(([False], alpha.min(axis=1) == 255, [False]))
    turns = np.flatnonzero(whole[1:] != whole[:-1]).reshape(-1, 2)
    if not len(turns):
        return 0, 0
    first, last = max(turns.tolist(), key=lambda run: run[1] - run[0])
    return first, last


def _patches(alpha: npt.NDArray[np.uint8]) -> tuple[Patch, ...]:
    tall, wide = alpha.shape
    count = -(-wide // _CELL)
    held = np.zeros((tall, count * _CELL), bool)
    held[:, :wide] = alpha
    cells = held.reshape(tall, count, _CELL)
    columns: npt.NDArray[np.bool_] = np.asarray(held.any(axis=0)).reshape(count, _CELL)
    rows: npt.NDArray[np.bool_] = np.asarray(cells.any(axis=2))
    near, far = np.asarray(columns[:, :_EDGE].any(axis=1)), np.asarray(columns[:, -_EDGE:].any(axis=1))
    rows[:, 1:] |= rows[:, :-1] & far[:-1]
    rows[:, :-1] |= rows[:, 1:] & near[1:]
    found: list[Patch] = []
    for n in range(count):
        at = np.flatnonzero(rows[:, n])
        if len(at):
            top, bottom = max(0, int(at[0]) - _EDGE), min(tall, int(at[-1]) + 1 + _EDGE)
            found.append((n * _CELL, top, min(wide, (n + 1) * _CELL), bottom))
    return _joined(found)


def _joined(patches: Sequence[Patch]) -> tuple[Patch, ...]:
    """Neighbours made one where that costs little."""
    found: list[Patch] = []
    for patch in patches:
        if found and found[-1][2] == patch[0]:
            last = found[-1]
            both = last[0], min(last[1], patch[1]), patch[2], max(last[3], patch[3])
            if _area(both) <= _LOOSE * (_area(last) + _area(patch)):
                found[-1] = both
                continue
        found.append(patch)
    return tuple(found)


def _area(patch: Patch) -> int:
    return (patch[2] - patch[0]) * (patch[3] - patch[1])


def hidden_rows(
    place: skia.Matrix, left: int, top: int, image: skia.Image, solid: tuple[int, int], wide: int
) -> tuple[int, int]:
    """The rows of a frame ``wide`` pixels wide that an image laid at ``left``, ``top`` hides wholly."""
    if solid[1] - solid[0] < 3:
        return 0, 0
    corners = [
        place.mapXY(x, top + y) for x in (left + 1, left + image.width() - 1) for y in (solid[0], solid[1])
    ]
    if max(c.x() for c in corners[:2]) > 0 or min(c.x() for c in corners[2:]) < wide:
        return 0, 0
    upper, lower = place.mapXY(left, top + solid[0] + 1).y(), place.mapXY(left, top + solid[1] - 1).y()
    return math.ceil(upper) + 1, math.floor(lower) - 1


def uncovered(hidden: Sequence[tuple[int, int]], high: int) -> tuple[int, int]:
    """The rows of a frame ``high`` pixels high from the first to before the last that are not hidden."""
    first, last = 0, high
    for top, bottom in sorted(h for h in hidden if h[1] > h[0]):
        if top <= first:
            first = max(first, bottom)
    for top, bottom in sorted((h for h in hidden if h[1] > h[0]), key=lambda h: -h[1]):
        if bottom >= last:
            last = min(last, top)
    return first, last
