"""Walking: those who go the same way keep together, those who come up to somebody stop there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed
from .camera import Pose

_ARRIVAL = 0.62
"""Share of the shot at which somebody who comes up to somebody else is there: it is seen on its way."""
_SLOWEST = 0.5
"""The least share of its own speed at which somebody comes up to somebody else."""
_FASTEST = 2.2
"""The most times its own speed at which a small one keeps up with a large one."""
_SAME_LINE_METRES = 1.6
_SEEN_BY = 0.1
"""Share of the shot by which whoever comes up is in the frame with its face."""
_SEEN_TO = 0.92
"""Share of the shot up to which whoever makes off is in the frame."""
_EDGE = 0.05
"""Share of the frame's width that is kept between a face and an edge."""
_ON_THE_WAY = 0.54
"""Share of the shot until which whoever comes up is seen to walk, where the frame has room for it."""
_TAIL = 0.25
"""Share of a body that may still be outside the frame at first."""
_WINGS = 1.0
"""Metres: who flies and is less broad is in the frame with both wings."""
_NEARER_BY = 0.22
"""Share of the frame's width by which the camera makes room for whoever comes up, at most."""
_LEAST_WAY = 0.12
"""Share of the frame's width that several who come up together go at least."""
_LEAST_FLOWN = 0.04
"""The same of birds, whose wings tell that they come."""
_STROLL = 0.4
"""The least share of its own speed at which somebody comes up within a narrow frame, or leaves it."""
_SLOW_MOTION = 0.12
"""The least share of its own speed at which somebody makes off who would leave a narrow frame."""
_FARTHEST = 1.8
"""As ``_FARTHER``, in an upright frame."""
_FARTHER = 1.45
"""How much farther off the camera stands at most, to hold both whoever makes off and the other."""


def kept_together(
    figures: Sequence[Placed], room: float, length: float, at: Sequence[Placed] = ()
) -> tuple[tuple[Placed, ...], dict[str, float]]:
    """The figures with their ways through a shot of ``length`` seconds, and the pace of each (1 is its own).

    Those who walk towards somebody, or a thing that they go ``at``, stop before that one. Those who go the
    same way do it at one speed.
    Those who walk off from others who stay cross at most ``room`` metres, so that nobody is left behind.
    """
    figures = _short_of(figures)
    shown = [p for p in figures if not p.shoulder]
    walkers = [p for p in shown if p.walks]
    if not walkers:
        return tuple(figures), {}
    arriving = {p.id for p in walkers if not p.rides and _awaited(p, [*shown, *at])}
    paces: dict[str, float] = {}
    ways: dict[str, Placed] = {}
    for p in walkers:
        if p.id in arriving:
            stops = _ARRIVAL * length
            pace = max(_SLOWEST, min(1.0, 1.25 * room / (abs(p.walks) * stops)))
            # A long shot has its walker there sooner, rather than far outside the frame at first.
            stops = min(stops, max(1.6, 2.6 * room / (abs(p.walks) * pace)))
            paces[p.id] = pace
            ways[p.id] = replace(p, walks=p.walks * pace, stops=stops)
            continue
        alike = [abs(q.walks) for q in walkers if q.id not in arriving and q.walks * p.walks > 0]
        speed = min(
            sum(alike) / len(alike), _FASTEST * min(alike)
        )  # one for all, or one would leave the other
        if len(walkers) < len(shown):
            speed = max(0.45 * abs(p.walks), min(speed, room / length))
        pace = speed / abs(p.walks)
        paces[p.id] = pace
        ways[p.id] = replace(p, walks=p.walks * pace)
    return tuple(ways.get(p.id, p) for p in figures), paces


def shoved_off(figures: Sequence[Placed], who: str | None, length: float) -> tuple[Placed, ...]:
    """The figures, of whom that one is at whoever pushes it for a quarter of the shot, and slides away."""
    share = 0.55  # or it would be out of the frame
    return tuple(
        replace(p, x=p.x + share * p.walks * length / 4, walks=share * p.walks) if p.id == who else p
        for p in figures
    )


_CLEAR = 0.9
"""Widths of a small flier between it and the body of whoever it flies up to."""


def _short_of(figures: Sequence[Placed]) -> tuple[Placed, ...]:
    """The figures with those who fly up to somebody, small as they are, all farther off than to touch."""
    shown = [p for p in figures if not p.shoulder]
    fliers = [p for p in shown if p.walks and p.up > 0 and p.extent.small and not p.rides]
    back: dict[float, float] = {}
    for p in fliers:
        way = math.copysign(1.0, p.walks)
        for q in shown:
            if q.extent.small or q.walks or (q.x - p.x) * way <= 0 or not _awaited(p, [q]):
                continue
            near = -q.extent.left if way > 0 else q.extent.right
            front = p.extent.right if way > 0 else -p.extent.left
            gap = (q.x - p.x) * way - near - front
            back[way] = max(back.get(way, 0.0), _CLEAR * p.extent.width - gap)
    return tuple(
        replace(p, x=p.x - way * back.get(way, 0.0))
        if p in fliers and (way := math.copysign(1.0, p.walks))
        else p
        for p in figures
    )


def _awaited(walker: Placed, others: Sequence[Placed]) -> bool:
    """Whether somebody stands before the walker, or comes towards it, on its line."""
    way = 1 if walker.walks > 0 else -1
    for other in others:
        ahead = (other.x - walker.x) * way
        meets = other.walks * walker.walks <= 0 and other.facing is not (
            Facing.right if way > 0 else Facing.left
        )
        near = abs(other.depth - walker.depth) < _SAME_LINE_METRES
        if other.id != walker.id and not other.rides and ahead > 0 and meets and near:
            return True
    return False


def edges(pose: Pose, width: int, depth: float) -> tuple[float, float]:
    """Metres across the stage at which the left and right edge of the frame lie at that depth."""
    scale = pose.scale(depth)
    return pose.x - pose.centre / scale, pose.x + (width - pose.centre) / scale


def in_sight(
    figures: Sequence[Placed],
    paces: dict[str, float],
    pose: Pose,
    width: int,
    length: float,
    at: Sequence[Placed] = (),
) -> tuple[tuple[Placed, ...], dict[str, float], Pose]:
    """Those who come up to somebody, or go ``at`` a thing, seen in the frame from the first moments.

    They set out nearer and slower, before a camera that stands a little farther off and to their side.
    """
    ridden = {p.rides for p in figures if p.rides}
    coming = [p for p in figures if p.stops is not None and p.walks and not p.rides and not p.shoulder]
    coming = [p for p in coming if p.id not in ridden]
    others = [*(q for q in figures if q not in coming and not q.shoulder), *at]
    if len(coming) == 1 and others:
        own = abs(coming[0].walks) / paces.get(coming[0].id, 1.0)
        pose = _waiting(coming[0], others, _STROLL * own * (_ON_THE_WAY - _SEEN_BY) * length, pose, width)
    elif others and len({p.walks > 0 for p in coming}) == 1:  # the last of them would begin outside
        last = min(coming, key=lambda p: _behind(p, *edges(pose, width, p.depth)))
        left, right = edges(pose, width, last.depth)
        wanted = _LEAST_WAY * (right - left) + _outside(last)
        pose = _waiting(last, others, wanted, pose, width)
    changed, ways = dict(paces), {}
    for p in coming:
        assert p.stops is not None
        left, right = edges(pose, width, p.depth)
        unseen, speed, most = _SEEN_BY * length, abs(p.walks), p.stops
        # Those who come together keep their order, also where the hindmost starts at the edge.
        flock = [_behind(q, left, right) for q in coming if q.walks * p.walks > 0]
        least = _LEAST_FLOWN if _outside(p) == 0.0 else _LEAST_WAY
        room = max(least * (right - left) if len(flock) > 1 else 0.0, min(flock))
        stops = min(most, unseen + room / speed)
        if stops < (seen := min(most, _ON_THE_WAY * length)):
            slower = min(speed, max(_STROLL * speed / changed.get(p.id, 1.0), room / (seen - unseen)))
            changed[p.id] = changed.get(p.id, 1.0) * slower / speed
            p = replace(p, walks=p.walks * slower / speed)
            stops = unseen + room / slower
        ways[p.id] = replace(p, stops=max(stops, unseen))
    return tuple(ways.get(p.id, p) for p in figures), changed, pose


def _behind(p: Placed, left: float, right: float) -> float:
    """Metres in the frame behind somebody who goes, when most of the body is in it, all of a bird's."""
    margin = _EDGE * (right - left) - _outside(p)
    if p.walks > 0:
        return p.x + p.extent.left - left - margin
    return right - margin - p.x - p.extent.right


def _outside(p: Placed) -> float:
    """Metres of a body that may still be outside the frame at first; a bird would be a wing at the edge."""
    return 0.0 if p.up > 0 and p.extent.width < _WINGS else _TAIL * p.extent.width


def _waiting(p: Placed, others: Sequence[Placed], wanted: float, pose: Pose, width: int) -> Pose:
    """The camera with ``wanted`` metres of room behind ``p``, who comes up to the others, as far as those
    leave it."""
    way = 1.0 if p.walks > 0 else -1.0
    left, right = edges(pose, width, p.depth)
    lacks = min(wanted - _behind(p, left, right), _NEARER_BY * (right - left))
    if lacks <= 0:
        return pose
    front = max(way * q.x + 0.5 * q.extent.width for q in others)
    spare = (right if way > 0 else -left) - front - _EDGE * (right - left)
    shift = max(0.0, min(lacks, spare))
    grown = 1 + min(_NEARER_BY, 2 * (lacks - shift) / (right - left))
    away = (pose.distance + p.depth) * (grown - 1)
    return replace(pose, x=pose.x - way * shift, distance=pose.distance + away)


def seen_off(
    figures: Sequence[Placed],
    paces: dict[str, float],
    pose: Pose,
    size: tuple[int, int],
    length: float,
    who: str,
) -> tuple[tuple[Placed, ...], dict[str, float], Pose]:
    """``who`` makes off: seen clear of the other from the start, and in the frame almost to the end.

    The camera stands to one side for it and, where that is not enough, farther off.
    """
    p = next((f for f in figures if f.id == who and f.walks and f.stops is None), None)
    others = [f for f in figures if f.id != who and not f.walks and not f.shoulder]
    ridden = {f.rides for f in figures if f.rides}
    if p is None or not others or p.rides or p.id in ridden:
        return tuple(figures), paces, pose
    way, width = (1.0 if p.walks > 0 else -1.0), size[0]
    behind = min(way * f.x - 0.5 * f.extent.width for f in others)
    near = [f for f in others if abs(f.x - p.x) < 2 * f.extent.width + 1]
    ahead = max((way * f.x + _front(f, way) for f in near), default=-9e9)
    starts = max(way * p.x, ahead + 0.5 * p.extent.width)
    own = abs(p.walks) / paces.get(who, 1.0)
    seconds = (_SEEN_TO - _SEEN_BY) * length
    half = 0.5 * p.extent.width
    left, right = edges(pose, width, p.depth)
    across = right - left
    wanted = starts + _STROLL * own * seconds + half - behind + 2 * _EDGE * across
    grown = min(_FARTHER if width >= size[1] else _FARTHEST, max(1.0, wanted / across))
    off = (pose.distance + p.depth) * (grown - 1)
    pose = replace(pose, distance=pose.distance + off)
    left, right = edges(pose, width, p.depth)
    across = right - left
    starts = max(min(starts, behind + 0.4 * across), ahead + half)
    rear = left if way > 0 else -right
    shift = (behind - _EDGE * across) - rear
    pose = replace(pose, x=pose.x + way * shift)
    ends = behind - 2 * _EDGE * across + across - half
    pace = max(_SLOW_MOTION, min(paces.get(who, 1.0), (ends - starts) / (own * seconds)))
    speed = own * pace
    x = starts + speed * (0.5 - _SEEN_BY) * length
    moved = replace(p, x=way * x, walks=way * speed)
    return tuple(moved if f is p else f for f in figures), {**paces, who: pace}, pose


def _front(figure: Placed, way: float) -> float:
    """Metres that somebody takes on that side: a beast to beyond the tip of its muzzle."""
    extent = figure.extent
    if extent.width < 0.9 * extent.height:
        return 0.4 * extent.width
    return (extent.right if way > 0 else -extent.left) + _SNIFF * extent.height


_SNIFF = 0.2
"""Heights of a beast between its muzzle and the back of who turns away from it."""
_SHIFT = 0.3
"""Share of the frame's width by which who goes along with the camera shifts in the frame, at most."""


_ALL = 0.5
"""Half the width of an upright body without limbs, as of a snowman: nothing of it is only an arm."""


def drift_room(figures: Sequence[Placed], lead: Placed, pose: Pose, width: int) -> float:
    """Metres by which those who go ``lead``'s way shift in the frame through the shot, none out of it."""
    left, right = edges(pose, width, lead.depth)
    most = _SHIFT * (right - left)
    for p in figures:
        if p.walks * lead.walks > 0 and p.stops is None and not p.shoulder:
            left, right = edges(pose, width, p.depth)
            whole = not p.extent.face and p.extent.width < 1.2 * p.extent.height
            face, half = p.x + p.extent.face_x, max(p.extent.face, (_ALL if whole else 0.3) * p.extent.width)
            half += _EDGE * (right - left)
            most = min(most, (face - left - half) / 0.4, (right - face - half) / 0.4)
    return max(0.0, most)
