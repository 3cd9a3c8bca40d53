"""Margins: the free paper beside those who act, where the marks of what they do are drawn.

Notes, letters of sleep and thoughts hang in the air: they find a place that lies on nobody's face, on as
little of a body as can be, whole in the frame, and apart from the marks of somebody else. Found once a shot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .blocking import Placed
from .camera import Path
from .headroom import heads

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Taken = tuple[Box, float]
"""What should be left free, and how much a mark that lies on it is worse than one that is further off."""
Mark = tuple[float, float, float]
"""How far it is ahead of the head and below it, and half its size; in heads."""
_FACE, _OTHERS, _OWN, _VOICE, _CUT, _SHONE = 3.0, 0.8, 0.45, 0.7, 4.0, 1.6
_MOMENTS = (0.1, 0.5, 0.9)
_EAR, _NOSE = 1.3, 1.6
"""How far behind its face the ears of a beast are, and ahead of it its nose as it sways, in lengths of its
muzzle."""
_REACH = 0.56
"""How far to each side a hand comes that is swung, in heights."""


@dataclass(frozen=True)
class Margins:
    """The frame about somebody: metres from its foot, y down; or, ``seen_by`` a pen, the lengths of that."""

    frame: Box
    taken: tuple[Taken, ...]
    others: tuple[Box, ...]
    """The bodies of the others."""
    head: tuple[float, float] = (0.0, 0.0)
    size: float = 0.24
    """Of the head, as ``Pen.size``."""
    shared: bool = False
    """Somebody else has marks in the air, too."""

    def free(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether nobody else is there."""
        return not any(_shared((left, top, right, bottom), box) > 0 for box in self.others)

    def seen_by(self, way: float, tall: float) -> Margins:
        """The same in shares of a height, mirrored for who faces left."""

        def turned(box: Box) -> Box:
            left, right = sorted((way * box[0] / tall, way * box[2] / tall))
            return left, box[1] / tall, right, box[3] / tall

        x, y = self.head
        return replace(
            self,
            head=(way * x / tall, y / tall),
            frame=turned(self.frame),
            taken=tuple((turned(box), weight) for box, weight in self.taken),
            others=tuple(turned(box) for box in self.others),
        )


def margins(
    me: Placed,
    figures: Sequence[Placed],
    voices: frozenset[str],
    path: Path,
    size: tuple[int, int],
    length: float,
    grown: float,
    head: tuple[float, float],
    head_size: float,
    hung: Sequence[tuple[Placed, Box]] = (),
    shone: Sequence[Box] = (),
    *,
    howls: bool = False,
    swings: bool = False,
    busy: Sequence[Taken] = (),
) -> Margins:
    """The frame about somebody in that one's metres (drawn ``grown`` times as large), y down from its foot.

    ``voices``: ids of those who have marks of their own in the air. ``head`` is the middle of the head in
    those metres, ``head_size`` its size in heights; ``hung`` are marks of others, in metres from their
    feet, y up; ``shone`` is what shines behind them all, in pixels. One that ``howls`` has its
    muzzle raised ahead of the head, of one that ``swings`` its arms no mark is where they come; ``busy`` is
    what there is to see behind them all in the middle of the shot, in pixels. Pure.
    """
    frames, taken, others = [], [], []
    for share in _MOMENTS:
        now = share * length
        pose = path(now)
        x, y = pose.at(me.walked(now, length), me.up, me.depth)
        scale = pose.scale(me.depth) * grown

        def boxed(one: Placed, left: float, high: float, right: float, low: float) -> Box:
            ends = pose.at(left, high, one.depth), pose.at(right, low, one.depth)  # noqa: B023
            (x0, y0), (x1, y1) = (((a - x) / scale, (b - y) / scale) for a, b in ends)  # noqa: B023
            return x0, y0, x1, y1

        for left, top, right, low in shone:
            lit = (left - x) / scale, (top - y) / scale, (right - x) / scale, (low - y) / scale
            taken.append((lit, _SHONE / len(_MOMENTS)))
        for (left, top, right, low), weight in busy if share == _MOMENTS[1] else ():
            part = (left - x) / scale, (top - y) / scale, (right - x) / scale, (low - y) / scale
            taken.append((part, weight))
        frames.append((-x / scale, -y / scale, (size[0] - x) / scale, (size[1] - y) / scale))
        for p in figures:
            if p.shoulder:
                continue
            by = p.walked(now, length)

            extent = p.extent
            trim = 0.12 * extent.width
            body = boxed(p, by + extent.left + trim, p.up + extent.top, by + extent.right - trim, p.up)
            taken.append((body, (_OWN if p.id == me.id else _OTHERS) / len(_MOMENTS)))
            (its,) = heads([replace(p, x=by)])
            taken.append((boxed(p, its.x - its.half, its.high, its.x + its.half, its.low), _FACE / 3))
            if p.id == me.id and howls and extent.face_x:  # muzzle, ears and back
                front = by + (extent.right if extent.face_x > 0 else extent.left)
                nose = sorted((its.x + _EAR * (its.x - front), its.x + _NOSE * (front - its.x)))
                taken.append((boxed(p, nose[0], its.high, nose[1], its.low), _FACE / 3))
                taken.append((body, _OWN / 6))
            if p.id == me.id and swings:
                reach, high = _REACH * extent.height, p.up + 1.1 * extent.top
                arms = boxed(p, its.x - reach, high, its.x + reach, p.up + 0.4 * extent.top)
                taken.append((arms, _FACE / 3))
            if p.id != me.id:
                others.append(body)
            if p.id != me.id and p.id in voices:
                high = its.high - its.low
                way = 1.0 if me.walked(now, length) > by else -1.0
                near, far = sorted((its.x + way * its.half, its.x + way * (its.half + 0.5 * high)))
                taken.append((boxed(p, near, its.high + 0.7 * high, far, its.low), _VOICE / 3))
        for one, (left, high, right, low) in hung:
            by = one.walked(now, length)
            taken.append((boxed(one, by + left, one.up + high, by + right, one.up + low), 1.0))
    frame = (
        max(f[0] for f in frames), max(f[1] for f in frames),
        min(f[2] for f in frames), min(f[3] for f in frames),
    )  # fmt: skip
    shared = any(p.id != me.id and p.id in voices for p in figures)
    return Margins(frame, tuple(taken), tuple(others), head, head_size, shared)


_ASIDE = (0.0, 0.4, -0.4, 0.8, -0.8, 1.3, -1.3, 1.9, -1.9, 2.6)
_DOWN = (0.0, -0.4, 0.4, -0.8, 0.8, 1.3)
_SIZES = ((1.0, 0.0), (0.78, 0.35), (0.6, 0.8))
"""How much smaller marks are drawn, and what it costs: there is no room for the notes of a great tree."""


@lru_cache(maxsize=512)
def settled(marks: tuple[Mark, ...], room: Margins, sizes: int = 3) -> tuple[tuple[Mark, ...], float]:
    """The same marks where they are freest, and how large they are drawn there (1 is as large as asked).

    ``sizes``: how many sizes may be tried; 1: none but that asked.
    """
    if len(marks) == 1 and room.shared and any(box[2] > room.head[0] for box in room.others):
        ((ahead, low, half),) = marks  # two thoughts between two heads would be nobody's
        marks = ((-0.6 * ahead, low - 0.35, half),)
    best, found = math.inf, (marks, 1.0)
    for small, price in _SIZES[:sizes]:
        tried = [
            (side, aside, down, price + 0.22 * math.hypot(aside, down) + (0.25 if side < 0 else 0.0))
            for side in (1.0, -1.0)
            for aside in _ASIDE
            for down in _DOWN
        ]
        tried = [(side, aside, down, cost) for side, aside, down, cost in tried if cost < best]
        hung = [
            tuple(
                (small * side * ahead + side * aside, small * low + down, small * half)
                for ahead, low, half in marks
            )
            for side, aside, down, _ in tried
        ]
        costs = _costs(hung, room)
        for moved, own, (*_, cost) in zip(hung, costs, tried, strict=True):
            for each in own:
                cost += each / len(marks)
            if cost < best - 1e-6:
                best, found = cost, (moved, small)
    return found


def _costs(hung: Sequence[tuple[Mark, ...]], room: Margins) -> list[list[float]]:
    """What it costs that each of the marks hangs there; of all places at once, for choirs are large."""
    if not hung or not hung[0]:
        return [[] for _ in hung]
    ahead, down, half = np.moveaxis(np.array(hung) * room.size, -1, 0)
    x, y = room.head[0] + ahead, room.head[1] + down
    box = x - half, y - half, x + half, y + half
    area = 4 * half * half
    cost = np.zeros_like(area)
    for other, weight in room.taken:
        cost += weight * _overlaps(box, other)
    found: list[list[float]] = ((cost + _CUT * (area - _overlaps(box, room.frame))) / area).tolist()
    return found


Sides = npt.NDArray[np.float64]


def _overlaps(box: tuple[Sides, Sides, Sides, Sides], other: Box) -> Sides:
    wide = np.minimum(box[2], other[2]) - np.maximum(box[0], other[0])
    high = np.minimum(box[3], other[3]) - np.maximum(box[1], other[1])
    return np.where((wide > 0) & (high > 0), wide * high, 0.0)


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
