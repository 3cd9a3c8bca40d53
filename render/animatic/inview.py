"""In view: nobody who stands behind has the face hidden by who stands nearer, at no moment of a shot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from .blocking import Placed
from .camera import Pose
from .cheek import head_at
from .figures import Acting
from .meeting import Meeting
from .players import Player

_MOMENTS = (0.1, 0.5, 0.9)
"""Shares of a shot at which it is looked."""
_SLIM = 0.19
"""Half the width of somebody who stands, as a share of the height."""
_BROAD = 0.42
"""Half the width of any other body, as a share of its width."""
_HIGH, _BACK, _NECK = 0.65, 0.5, 0.17
"""Share of the height from which on a head is high; then how high the back is, and half the width of neck and
head in widths of the body."""
_ROOM = 1.25
"""How much more than the face is kept clear."""
_MOST = 5
"""More than so many are a crowd, in which some stand behind others."""
_HULL = 0.45, 0.75
"""How far a boat reaches beyond its crew, and how high its side is, in metres."""


@dataclass(frozen=True)
class _Band:
    """What is covered of the frame, in pixels."""

    left: float
    right: float
    top: float
    foot: float


def in_view(
    figures: Sequence[Placed],
    met: Sequence[Meeting],
    players: Mapping[str, Player],
    acted: Mapping[str, Acting],
    path: Callable[[float], Pose],
    size: tuple[int, int],
    length: float,
    boat: tuple[float, float] | None,
    rows: frozenset[str] = frozenset(),
) -> tuple[Placed, ...]:
    """The figures with whoever is behind another moved aside, so far that the face is seen. Pure.

    Those who touch stay where they are, and so does who has no room in the frame. ``size`` is in pixels,
    ``length`` in seconds; ``boat`` is left and right of that in which the others are, in metres; ``rows`` are
    those of a herd or a chase, who stand so already that each head is seen beyond the one before it.
    """
    if not 2 <= len(figures) <= _MOST:
        return tuple(figures)
    held = {i for m in met for i in (m.one, m.other)} | {p.rides for p in figures if p.rides}
    found = {p.id: p for p in figures}
    poses = [(share, path(share * length)) for share in _MOMENTS]
    for p in figures:
        if p.id in held or p.rides or p.shoulder:
            continue
        nearer = [q for q in found.values() if q.id != p.id and not q.shoulder and q.depth < p.depth]
        nearer = [q for q in nearer if not {p.id, q.id} <= rows]
        hull = boat if p.sunk else None
        if not nearer and hull is None:
            continue
        stays = players[p.id].body.head[0] <= 0.0  # drawn to be found, once
        head = head_at(p, players[p.id], acted[p.id], length) if stays else None
        barred: list[tuple[float, float]] = []
        least, most = -1e9, 1e9
        for share, pose in poses:
            head = head if stays else head_at(p, players[p.id], acted[p.id], share * length)
            if head is None:
                break
            walked = p.walked(share * length, length) - p.x
            scale = pose.scale(p.depth)
            x, y = pose.at(head.x + walked, head.up, p.depth)
            half, tall = _ROOM * head.half * scale, _ROOM * head.tall * scale
            bands = [band for q in nearer for band in _bands(q, pose, share, length)]
            bands += [_side(hull, pose)] if hull is not None else []
            for band in bands:
                if band.top < y + tall and y - tall < band.foot:
                    barred.append(((band.left - half - x) / scale, (band.right + half - x) / scale))
            if -half < x < size[0] + half:
                least, most = max(least, (half - x) / scale), min(most, (size[0] - half - x) / scale)
        step = _least_step(barred, least, most)
        if step:
            found[p.id] = replace(found[p.id], x=p.x + step)
    return tuple(found[p.id] for p in figures)


def _bands(q: Placed, pose: Pose, share: float, length: float) -> tuple[_Band, ...]:
    """What a body covers: of an animal with its head high, the back below other faces, and neck and head."""
    scale, extent = pose.scale(q.depth), q.extent
    x, foot = pose.at(q.walked(share * length, length), q.up, q.depth)
    upright = extent.height > 1.1 * extent.width
    half = min(0.5 * extent.width, _SLIM * extent.top) if upright else _BROAD * extent.width
    middle = x if upright else x + 0.5 * (extent.left + extent.right) * scale
    top = foot - extent.top * scale
    whole = _Band(middle - half * scale, middle + half * scale, top, foot)
    if upright or not extent.face_x or extent.eyes < _HIGH * extent.top:
        return (whole,)
    head = x + extent.face_x * scale
    neck = _NECK * extent.width * scale
    return replace(whole, top=foot - _BACK * extent.top * scale), _Band(head - neck, head + neck, top, foot)


def _side(boat: tuple[float, float], pose: Pose) -> _Band:
    left, top = pose.at(boat[0] - _HULL[0], _HULL[1], 0.0)
    right, foot = pose.at(boat[1] + _HULL[0], -0.3, 0.0)
    return _Band(left, right, top, foot)


def _least_step(barred: Sequence[tuple[float, float]], least: float, most: float) -> float:
    """The smallest step, in metres, that lies in none of the barred stretches; 0 where there is none."""
    steps = [0.0, *(edge for stretch in barred for edge in stretch)]
    free = [
        step
        for step in steps
        if (step == 0.0 or least <= step <= most)
        and not any(left + 1e-6 < step < right - 1e-6 for left, right in barred)
    ]
    return min(free, key=abs, default=0.0)
