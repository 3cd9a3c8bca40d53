"""Headroom: where heads are as they are framed, and what is clear of them.

Metres throughout: x to the right, depth away from the lens, up from the ground.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from .blocking import Placed
from .camera import Pose

NOWHERE = 60.0
"""Metres aside: out of every frame."""
_GIANT = 4.0
"""Metres: whoever is longer is a giant."""
_BROAD = 0.9
"""Heights from which on a body is broad."""


@dataclass(frozen=True)
class Head:
    """A head as it is framed, in metres at the depth of its bearer."""

    x: float
    depth: float
    half: float
    low: float
    high: float
    giant: bool = False
    """All of somebody so large that a tower would stand on its back."""
    raised: bool = False
    """Somebody whose hands are raised over the head, or held out."""
    body: bool = False
    """All of a body that is broad for its height, such as that of a beast."""


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


def kept_free(figures: Sequence[Placed], roofs: Sequence[Placed] = ()) -> tuple[Head, ...]:
    """Their heads, and all of those who are no larger than a head, such as a bird; ``roofs`` as broad bodies.

    Pure.
    """
    found = [
        Head(
            p.middle[0], p.depth, 0.5 * p.extent.width, p.up + p.extent.bottom, p.up + p.extent.top, body=True
        )
        for p in roofs
    ]
    for p in figures:
        for head in heads([p]):
            body = replace(head, x=p.middle[0], half=max(head.half, 0.5 * p.extent.width), low=p.up)
            found.append(body if p.extent.small else head)
            if not p.extent.small and _arms_out(p):  # a post behind a hand that waves
                reach = max(p.extent.right, -p.extent.left)  # whichever arm it comes to be
                found.append(replace(body, x=p.x, half=max(head.half, reach), low=head.low, raised=True))
            if p.extent.width > _GIANT:
                found.append(replace(body, half=0.5 * p.extent.width, giant=True))
            elif not p.extent.small and p.extent.width > _BROAD * p.extent.height:
                found.append(replace(body, half=0.5 * p.extent.width, body=True))
    return tuple(found)


def bodies(figures: Sequence[Placed], herd: Container[str]) -> tuple[Head, ...]:
    """All of each beast of a ``herd``, over whose back no tree near by stands. Pure."""
    beasts = [p for p in figures if p.id in herd]
    found = [Head(p.middle[0], p.depth, 0.5 * p.extent.width, p.up, p.up + p.extent.top) for p in beasts]
    return tuple(found) if len(found) > 1 else ()


def _arms_out(placed: Placed) -> bool:
    """Whether somebody upright holds an arm out or up beside the head."""
    extent = placed.extent
    raised = extent.face > 0 and 0.5 * extent.top < extent.eyes < 0.78 * extent.top
    if raised and 0.3 * extent.height < extent.width < 0.9 * extent.height:
        return True  # both hands over the head
    return 0.41 * extent.height < extent.width < 0.9 * extent.height and extent.eyes > 0.7 * extent.top


def tops(things: Sequence[Placed]) -> tuple[Head, ...]:
    """The upper halves of things on the stage, on which what is behind would sit like a hat. Pure."""
    return tuple(
        Head(t.middle[0], t.depth, 0.5 * t.extent.width, t.up + 0.5 * t.extent.top, t.up + t.extent.top)
        for t in things
        if t.extent.top > 0.0
    )


def behind(head: Head, depth: float, pose: Pose, half: float) -> tuple[float, float]:
    """Where a head stands before a sheet at ``depth``, and how far from there is clear of it; metres."""
    grown = pose.scale(head.depth) / pose.scale(depth)
    return pose.x + (head.x - pose.x) * grown, head.half * grown + half


def between_two(seen: Sequence[Head]) -> list[Head]:
    """The gaps between heads that are near one another: a clock there would seem to be in their hands."""
    row = sorted(seen, key=lambda head: head.x)
    return [
        replace(one, x=(one.x + other.x) / 2, half=(other.x - one.x) / 2)
        for one, other in itertools.pairwise(row)
        if other.x - one.x < _JOINED
    ]


_JOINED = 1.8
"""Metres between two heads up to which the hands are between them."""


def nearest(at: float, step: float, most: int, free: Callable[[float], bool], otherwise: float) -> float:
    """The free place nearest to ``at``, at most ``most`` steps of ``step`` metres to either side of it."""
    tried = sorted((at + step * k for k in range(-most, most + 1)), key=lambda x: abs(x - at))
    return next((x for x in tried if free(x)), otherwise)
