"""Apart: nobody's head is before or behind another's, unless the two have to do with each other. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing, ShotSize
from .blocking import Placed
from .headroom import heads
from .meant import thing_said
from .meeting import Meeting
from .reach import turned
from .together import CHASED

_FREE = 1.15
"""Distance of two heads that are seen apart, in sums of their halves."""
_FARTHEST = 2.5
"""Metres between the lines of two that are so far from each other in depth that one is plainly behind."""


def heads_free(placed: Sequence[Placed], met: Sequence[Meeting]) -> list[Placed]:
    """The figures with those moved aside whose head would cover that of another.

    Who is touched, ridden or carried stays where it is, and so does whoever does it.
    """
    held = {i for m in met for i in (m.one, m.other)} | {p.rides for p in placed if p.rides}
    found = list(placed)
    for index, p in enumerate(found):
        if p.id in held or p.rides or p.shoulder:
            continue
        for _ in range(3):
            p = found[index]
            others = [q for q in found if q.id != p.id and not q.shoulder]
            covered = next((q for q in others if _covers(p, q)), None)
            if covered is None:
                break
            mine, its = heads([p, covered])
            away = _FREE * (mine.half + its.half)
            way = 1.0 if (p.middle[0], p.id) > (covered.middle[0], covered.id) else -1.0
            found[index] = replace(p, x=p.x + way * away - (mine.x - its.x))
    return found


def _covers(p: Placed, q: Placed) -> bool:
    mine, its = heads([p, q])
    if abs(p.depth - q.depth) > _FARTHEST:
        return False
    aside = abs(mine.x - its.x) < _FREE * 0.9 * (mine.half + its.half)
    return aside and mine.low < its.high and its.low < mine.high


_MUZZLE = 0.34
"""Heights of somebody upright between that one and the muzzle of an animal that is not touched."""


def muzzles_free(placed: Sequence[Placed], met: Sequence[Meeting]) -> list[Placed]:
    """The figures with no animal's muzzle at the hands or the belt of somebody who stands before it.

    Those who touch, ride or carry each other stay, and so do those who are under way, but for who comes up.
    """
    held = {i for m in met for i in (m.one, m.other)} | {p.rides for p in placed if p.rides}
    apart = [p for p in placed if p.id not in held and not (p.rides or p.shoulder)]
    still = [p for p in apart if not p.walks]
    found = {p.id: p for p in placed}
    for beast in (p for p in still if p.extent.width > 0.9 * p.extent.height and not p.extent.small):
        for other in apart:
            if other.walks and other.walks * (beast.x - other.x) <= 0:
                continue
            if other.extent.width > 0.75 * other.extent.height or other.extent.height < beast.extent.height:
                continue
            way = 1.0 if other.x > beast.x else -1.0
            faces = beast.facing is (Facing.right if way > 0 else Facing.left)
            if not faces or abs(other.depth - beast.depth) > 1.0:
                continue
            one, two = found[beast.id], found[other.id]
            gap = way * (two.x - one.x) - _reach(one, way) - _reach(two, -way)
            if (more := _MUZZLE * other.tall - gap) > 0:
                found[one.id] = replace(one, x=one.x - way * more / 2)
                found[two.id] = replace(two, x=two.x + way * more / 2)
    return [found[p.id] for p in placed]


def beasts_free(placed: Sequence[Placed], met: Sequence[Meeting], beasts: Collection[str]) -> list[Placed]:
    """The figures with two ``beasts`` that act each for itself turned to each other, and no leg over a tail.

    One that looks nowhere looks at the other. Those who touch, ride, carry or are under way stay.
    """
    held = {i for m in met for i in (m.one, m.other)} | {p.rides for p in placed if p.rides}
    two = [p for p in placed if p.id in beasts]
    if len(two) != 2 or any(p.id in held or p.rides or p.shoulder or p.walks or p.perch for p in two):
        return list(placed)
    left, right = sorted(two, key=lambda p: (p.x, p.id))
    left, right = _looking(left, Facing.right), _looking(right, Facing.left)
    free = _BETWEEN * min(left.extent.height, right.extent.height)
    more = free - (right.x + right.extent.left - left.x - left.extent.right)
    if abs(left.depth - right.depth) < _ROWS and more > 0:
        left, right = replace(left, x=left.x - more / 2), replace(right, x=right.x + more / 2)
    found = {left.id: left, right.id: right}
    return [found.get(p.id, p) for p in placed]


def _looking(beast: Placed, facing: Facing) -> Placed:
    """A beast that is turned to the camera, its side to it, turned that way instead."""
    if beast.facing is not Facing.camera or not beast.extent.face_x:
        return beast
    looks = Facing.right if beast.extent.face_x > 0 else Facing.left
    return turned(replace(beast, facing=looks), facing)


_BETWEEN = 0.1
"""Heights of the lower of two beasts between them."""


def herd_free(
    placed: Sequence[Placed],
    met: Sequence[Meeting],
    herd: frozenset[str],
    lying: Collection[str] = (),
    grazing: Collection[str] = (),
) -> list[Placed]:
    """The beasts of a herd clear of whoever is with them and on one side of that one, their heads to it.

    The first stands nearest; each other one stands behind that, so far back that its head is seen over the
    first one's back; of those ``lying`` each has its legs in sight; one ``grazing`` is farther off and turned
    away. Those that are touched or ridden stay.
    """
    held = {i for m in met for i in (m.one, m.other)} | {p.rides for p in placed if p.rides}
    people = [p for p in placed if p.id not in herd and not p.shoulder]
    if len(herd) < 2 or not people:
        return list(placed)
    person = min(people, key=lambda p: (p.id not in held, abs(p.x)))
    beasts = sorted(
        (p for p in placed if p.id in herd),
        key=lambda p: (p.id not in held, p.id in grazing, abs(p.x - person.x)),
    )
    goes = next((p.walks for p in beasts if p.walks), 0.0)
    ahead = beasts[0].x - person.x if beasts[0].id in held else sum(p.x - person.x for p in beasts)
    side = -math.copysign(1.0, goes) if goes else math.copysign(1.0, ahead or 1.0)
    found = {p.id: p for p in placed}
    offered = person.id not in held and beasts[-1].id in grazing
    if offered:
        found[person.id] = turned(person, Facing.right if side > 0 else Facing.left)
    for row, p in enumerate(beasts):
        looks = Facing.left if side > 0 else Facing.right
        if p.id not in held and p.facing in (Facing.left, Facing.right):
            p = turned(p, looks)
        if row:
            first = found[beasts[row - 1].id]
            lengths = _LAID if p.id in lying else _TOUCHED if beasts[0].id in held else _BEHIND
            if len(beasts) == 2:  # room for both: no leg or tail of one is over the other
                lengths = max(lengths, 0.84 * _PAIRED if beasts[0].id in held else _PAIRED)
                lengths = _LAIN if p.id in lying and first.id in lying else lengths
            behind = side * lengths * p.extent.width
            head = first.x + first.extent.face_x + behind - p.extent.face_x
            p = replace(p, x=head, depth=first.depth + _ROWS)
            if p.id in grazing:
                away = turned(p, Facing.right if side > 0 else Facing.left)
                p = replace(away, x=first.x + side * _GRAZES * p.extent.width, depth=first.depth + _FIELD)
        elif p.id not in held:
            edge = max(side * q.x + _reach(q, side) for q in people)
            front = edge + 2 * _CLEAR if offered else max(edge + _CLEAR, side * p.x - _reach(p, -side))
            p = replace(p, x=side * (front + _reach(p, -side)), depth=max(person.depth, 0.0))
        found[p.id] = p
    return [found[p.id] for p in placed]


_CLEAR = 0.3
"""Metres between a herd and whoever is there."""
_TOUCHED, _BEHIND, _LAID = 0.42, 0.8, 0.86
"""Lengths of a body by which one beast of a herd is behind the other: behind one that holds its head out to
somebody, standing (their heads apart, or they are one beast with two) and lying."""
_PAIRED = 1.04
"""Lengths of a body from head to head of two that stand or lie one behind the other."""
_LAIN = 1.2
"""The same of two that lie, with the legs held out."""
_GRAZES, _FIELD = 1.15, 2.4
"""Lengths of a body aside, and metres in depth, to one that grazes behind one that somebody touches."""
_ROWS = 0.55
"""Metres in depth between two of a herd."""


def _reach(p: Placed, side: float) -> float:
    """Metres that it takes on that side of its ground point."""
    return p.extent.right if side > 0 else -p.extent.left


def strung_out(placed: Sequence[Placed], hunting: Sequence[str]) -> list[Placed]:
    """Those who chase with no nose at the back of whoever they are after, one behind the other.

    The head of each is seen beyond the one before it. ``hunting`` are in their order.
    """
    found = {p.id: p for p in placed}
    chasing = [found[i] for i in hunting if i in found and found[i].walks and not found[i].rides]
    if not chasing:
        return list(placed)
    way = math.copysign(1.0, chasing[0].walks)
    ahead = [p for p in placed if p.id not in hunting and p.walks * way > 0 and not p.rides]
    if not ahead:
        return list(placed)
    rear = min(way * p.x - _reach(p, -way) for p in ahead)
    nearest, depth = rear, min(p.depth for p in ahead)
    back = _FAR_ROW if len(chasing) == 2 and all(p.extent.width > _LONG for p in chasing) else 0.5 * _ROWS
    for row, p in enumerate(sorted(chasing, key=lambda p: -way * p.x)):
        gap = max(_GAP * min(p.extent.height, p.extent.width), _STRIDE * max(q.tall for q in ahead))
        strung = _STRUNG_SMALL if p.extent.small else _STRUNG if len(chasing) > 2 else _STRUNG_PAIR
        nose = rear - gap if row == 0 else nearest - (strung + 0.1 * back) * p.extent.width
        nearest = nose if row == 0 else min(nose, nearest)
        found[p.id] = replace(p, x=way * (nose - _reach(p, way)), depth=depth + row * back)
    return [found[p.id] for p in placed]


_LONG, _FAR_ROW = 2.4, 1.6
"""Metres: of two beasts longer than that who chase, one is so far behind, and their prey is no dwarf."""
_GAP = 0.3
"""Heights or lengths of its own by which whoever chases is behind whoever flees."""
_STRIDE = 0.14
"""Heights of whoever flees that a stride takes behind, in which a small one would be trodden on."""
_STRUNG, _STRUNG_PAIR, _STRUNG_SMALL = 0.7, 0.98, 1.15
"""Lengths of a body from nose to nose of those who chase: of two, no head grows out of the other's rump."""


def in_stroke(placed: Sequence[Placed], rowing: Collection[str], actor: str | None) -> list[Placed]:
    """Those who row in one boat all turned one way, at such distances that no oar crosses another."""
    crew = sorted((p for p in placed if p.id in rowing and not p.sunk), key=lambda p: p.x)
    if len(crew) < 2:
        return list(placed)
    lead = next((p for p in crew if p.id == actor), crew[0])
    facing = Facing.left if lead.facing is Facing.left else Facing.right
    found = {p.id: p for p in placed}
    middle, seats = sum(p.x for p in crew) / len(crew), [0.0]
    for p, q in pairwise(crew):
        seats.append(seats[-1] + _THWART * max(p.tall, q.tall))
    for p, seat in zip(crew, seats, strict=True):
        found[p.id] = replace(turned(p, facing), x=middle + seat - seats[-1] / 2, depth=lead.depth)
    return [found[p.id] for p in placed]


_THWART = 0.62
"""Heights between two who row."""


def with_spades(placed: Sequence[Placed], digging: Collection[str], actor: str | None) -> list[Placed]:
    """Those who dig with somebody beyond the hole and its mound, turned to it, a spade's reach apart."""
    lead = next((p for p in placed if p.id == actor and p.id in digging), None)
    others = [p for p in placed if p.id in digging and p.id != actor]
    if lead is None or not others:
        return list(placed)
    way = -1.0 if lead.facing is Facing.left else 1.0
    found, edge = {p.id: p for p in placed}, way * lead.x + _reach(lead, way)
    for row, p in enumerate(sorted(others, key=lambda p: way * p.x)):
        edge += (_SPADE if row else _MOUND) * p.tall
        facing = Facing.left if way > 0 else Facing.right
        found[p.id] = replace(turned(p, facing), x=way * edge, depth=lead.depth)
    return [found[p.id] for p in placed]


_SPADE, _MOUND = 1.12, 0.36
"""Heights from one who digs to the next, and to the mound of the first."""


def in_a_row(placed: Sequence[Placed], dancing: Collection[str]) -> list[Placed]:
    """The figures, those of three and more who dance so far apart that no arm is before another's face."""
    row = [p for p in placed if p.id in dancing]
    return _spread(placed, row, _arms_apart) if len(row) > 2 else list(placed)


def in_falling(placed: Sequence[Placed], falling: Collection[str]) -> list[Placed]:
    """The figures, those who fall with the floor free between the feet of one and of the next."""
    row = [p for p in placed if p.id in falling]
    return _spread(placed, row, _feet_apart) if len(row) > 1 else list(placed)


def _spread(
    placed: Sequence[Placed], row: Sequence[Placed], gap: Callable[[Placed, Placed], float]
) -> list[Placed]:
    """The figures, those of a row at least a gap from one to the next, about where the row was."""
    row = sorted(row, key=lambda p: p.x)
    at = [row[0].x]
    for last, p in pairwise(row):
        at.append(max(p.x, at[-1] + gap(last, p)))
    aside = (at[-1] - row[-1].x) / 2
    moved = {p.id: replace(p, x=x - aside) for p, x in zip(row, at, strict=True)}
    return [moved.get(p.id, p) for p in placed]


def _arms_apart(left: Placed, right: Placed) -> float:
    return _ARMS_OUT * max(left.tall, right.tall)


def _feet_apart(left: Placed, right: Placed) -> float:
    return left.extent.right - right.extent.left + _FLOOR * min(left.tall, right.tall)


_ARMS_OUT = 0.62
"""Heights of the taller of two between them, whose arms are out."""

_FLOOR = 0.12
"""Heights of the smaller of two who fall that are between them."""


def run_after(picture: Picture, placed: Sequence[Placed], laid: Sequence[Placed]) -> list[Placed]:
    """The things with the one that somebody chases ahead of all who do, and as fast as they are."""
    told = picture.sentence[:2000].lower()
    verb = CHASED.search(told)
    goes = [p for p in placed if p.walks and not p.rides]
    if verb is None or not goes:
        return list(laid)
    after = [t for t in picture.things if not t.held and thing_said(t, told[verb.end() :])]
    first = next((p for p in goes if p.id == picture.actor), goes[0])
    way = math.copysign(1.0, first.walks)
    front = max(way * p.x + _reach(p, way) for p in goes)
    found = {t.id: t for t in laid}
    for thing in after[:1]:
        if (t := found.get(thing.id)) is None:
            continue
        x = way * (front + _AHEAD * first.tall + _reach(t, -way))
        up = 0.0 if thing.look.kind in _ROLLS else 0.25 * first.tall
        found[t.id] = replace(t, x=x, up=up, depth=first.depth, walks=first.walks)
    return [found[t.id] for t in laid]


_ROLLS = frozenset(
    {"ball", "wheel", "coin", "apple", "orange", "barrel", "hoop", "egg", "car", "cart", "train"}
)
_AHEAD = 0.35
"""Heights of who chases it by which a thing is ahead."""


def near_each_other(picture: Picture, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The figures, with two who laugh together before a near camera no more than an arm's length apart."""
    two = sorted((p for p in placed if not (p.rides or p.shoulder or p.walks)), key=lambda p: p.x)
    people = [f for f in picture.figures if f.look.being is Being.person and f.action is Action.laugh]
    near = picture.camera.size is ShotSize.two_shot and picture.action is Action.laugh
    if not near or len(people) != 2 or len(placed) != 2 or len(two) != 2:
        return tuple(placed)
    more = two[1].x - two[0].x - _LAUGHING * max(two[0].tall, two[1].tall)
    if more <= 0:
        return tuple(placed)
    moved = {two[0].id: more / 2, two[1].id: -more / 2}
    return tuple(replace(p, x=p.x + moved[p.id]) for p in placed)


_LAUGHING = 0.62
"""Heights of the taller between two who laugh together."""
