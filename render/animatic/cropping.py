"""Cropping: as much of somebody as is framed beside somebody smaller. Pure; lengths in metres."""

from __future__ import annotations

import math
from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed
from .camera import Pose

HUGE = 1.6
"""Whoever is this many times as tall or as long as the subject is a giant beside it."""
_BESIDE_HEIGHTS = 2.2
"""So many heights of whoever acts are seen of the giant."""
_ALL_OF_IT = 2.35
"""A giant that is longer than that by less than this is seen whole."""


def to_the_face(placed: Placed, figures: list[Placed], near: bool = False) -> Placed:
    """As much of a being with its face far below its top, as a tree's, as belongs beside somebody smaller.

    ``near``: no more than its face, whatever the frame cuts above it.
    """
    extent = placed.extent
    others = [p.extent.top for p in figures if p.id != placed.id and not p.extent.small]
    tallest = max(others, default=math.inf)
    if extent.eyes > _LOW_FACE * extent.top or extent.top < HUGE * tallest or not extent.eyes:
        return placed
    if extent.top < _LAIN and extent.width > 1.5 * extent.top:  # a beast with its head down is no tree
        return placed
    if (
        extent.top < _CROWNED * tallest and extent.width < 1.2 * extent.top and not near
    ):  # seen to its crown, which no edge of the frame cuts
        return placed
    most = _TRUNK * extent.eyes
    part = replace(extent, top=min(extent.top, max(1.6 * extent.eyes, 1.2 * tallest)))
    return replace(placed, extent=replace(part, left=max(part.left, -most), right=min(part.right, most)))


_LAIN = 2.6
"""Metres under which what is long is a beast that lies or has its head down, however low its eyes are."""
_CROWNED = 2.7
"""A tree is seen whole with somebody so many times lower."""
_LOW_FACE, _TRUNK = 0.5, 0.75
"""Share of a being's height under which its eyes are far below its top; how far to each side it is framed, in
heights of its eyes."""


def huge_mate(subject: Placed, pair: list[Placed], figures: list[Placed]) -> Placed | None:
    """As much of whoever the subject is with, and who is too large to be framed, as lies beside it."""
    mate = next((p for p in pair if p.id != subject.id and p in figures), None)
    if mate is None or subject not in pair or subject.extent.small:
        return None
    if max(mate.extent.height, mate.extent.width) < HUGE * subject.extent.height:
        return None
    extent, most = mate.extent, _BESIDE_HEIGHTS * subject.extent.height
    head = 0.3 * min(extent.height, most)  # the face belongs to it, however high up it is
    low = extent.eyes < _LOW_FACE * extent.top and extent.width < 1.2 * extent.top
    if low and extent.top < _CROWNED * subject.extent.top:  # to its crown
        return mate
    if extent.width < _ALL_OF_IT * most:  # no tail alone is out of the frame
        return replace(mate, extent=replace(extent, top=min(extent.top, max(most, extent.eyes + head))))
    if mate.x >= subject.x:
        right = max(extent.left + most, extent.face_x + head)
        part = replace(extent, right=min(extent.right, right))
    else:
        part = replace(extent, left=max(extent.left, min(extent.right - most, extent.face_x - head)))
    return replace(mate, extent=replace(part, top=min(extent.top, max(most, extent.eyes + head))))


def with_room(small: Placed, huge: Placed) -> Placed:
    """Somebody small with room behind, so as not to be wedged between somebody huge and the frame."""
    room, extent = 0.5 * small.extent.height, small.extent
    if huge.x >= small.x:
        return replace(small, extent=replace(extent, left=extent.left - room))
    return replace(small, extent=replace(extent, right=extent.right + room))


def comparable(pair: list[Placed]) -> bool:
    """Whether neither of two would be a speck beside the other."""
    small, large = sorted(max(p.extent.height, 0.6 * p.extent.width) for p in pair)
    return large < 3.2 * small


def foreparts(beast: Placed, other: Placed) -> Placed:
    """Head, neck and forelegs of an animal that is turned to somebody; all of whoever is not.

    As a two-shot has them: a flank and a tail would only push both away from the lens. Whoever is much
    shorter than the other is seen whole.
    """
    extent = beast.extent
    if extent.width < _SHORT * other.extent.width:
        return beast
    way = {Facing.left: -1.0, Facing.right: 1.0}.get(beast.facing, 0.0)
    if extent.width < _LONG * extent.height or way * (other.x - beast.x) <= 0:
        return beast
    kept = _FORE * extent.width
    if way > 0:
        return replace(beast, extent=replace(extent, left=max(extent.left, extent.right - kept)))
    return replace(beast, extent=replace(extent, right=min(extent.right, extent.left + kept)))


_SHORT = 0.5
"""Of the length of the other: whoever is shorter takes little of the frame."""
_LONG, _FORE = 1.1, 0.56
"""Heights in length from which on somebody is an animal that stands; share of its length to the withers."""


def little_farther(whole: list[Placed], part: list[Placed], aspect: float) -> bool:
    """Whether two are seen whole from hardly farther off than in part: what is cut would look like a slip.

    ``aspect``: the frame's width, in its heights.
    """
    top = max(p.extent.top for p in whole)
    low = min(p.extent.top for p in whole)
    tall = top if low < _LOWER * top else top - _WAIST * low

    def reach(two: list[Placed]) -> float:
        across = max(p.x + p.extent.right for p in two) - min(p.x + p.extent.left for p in two)
        return max(tall, across / aspect)

    large = any(p.extent.top > _LARGE for p, seen in zip(whole, part, strict=True) if p is not seen)
    return reach(whole) <= (_LITTLE if large else _FARTHER) * reach(part)


_LITTLE, _FARTHER, _LARGE = 1.3, 1.75, 1.5
"""Times as far off from which two may be seen whole instead of in part: where a large beast would be cut, and
where none is. Metres of height from which on a beast is large: all of a horse would fill the frame."""
_LOWER, _WAIST = 0.55, 0.4
"""Who is lower than that share of the taller one is seen to the feet; else so much of it is cut."""


def off_the_edge(placed: list[Placed], subject: Placed | None, pose: Pose, wide: float) -> list[Placed]:
    """Those whom a side of the frame, ``wide`` pixels across, would cut, moved in beside the subject.

    Nobody who walks, rides or is at the lens, nor where there is no room beside the subject.
    """
    if subject is None:
        return placed
    found = []
    for p in placed:
        still = not (p.shoulder or p.rides or p.walks or p.sunk) and p.id != subject.id
        left = pose.at(p.x + p.extent.left, 0.0, p.depth)[0]
        right = pose.at(p.x + p.extent.right, 0.0, p.depth)[0]
        edge = _CLEAR * wide
        over = max(0.0, right - (wide - edge)) - max(0.0, edge - left)
        if not still or not over or right - left > _NARROW * wide:
            found.append(p)
            continue
        x = p.x - over / pose.scale(p.depth)
        apart = abs(x - subject.x) - 0.5 * (p.extent.width + subject.extent.width)
        kept = apart > _GAP * p.extent.height and (x > subject.x) == (p.x > subject.x)
        found.append(replace(p, x=x) if kept else p)
    return found


_CLEAR, _NARROW, _GAP = 0.03, 0.4, 0.06
"""Of the frame's width: from somebody to its side, and the most that who is moved is across.

Of a height: what is between two then."""
