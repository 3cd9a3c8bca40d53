"""Apart: nobody's head is before or behind another's, unless the two have to do with each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed
from .clearing import heads
from .meeting import Meeting, turned

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


def herd_free(placed: Sequence[Placed], met: Sequence[Meeting], herd: frozenset[str]) -> list[Placed]:
    """The beasts of a herd clear of one another and of whoever is with them, their heads to that one.

    Those that are touched or ridden stay; a herd that runs falls back as a whole behind who is chased.
    """
    held = {i for m in met for i in (m.one, m.other)} | {p.rides for p in placed if p.rides}
    found = {p.id: p for p in placed}
    people = [p for p in placed if p.id not in herd and not p.shoulder]
    if len(herd) < 2 or not people:
        return list(placed)
    person = min(people, key=lambda p: (p.id not in held, abs(p.x)))
    fixed = [p for p in placed if p.id not in herd or p.id in held]
    ahead = sum(p.x - person.x for p in placed if p.id in herd)
    for p in sorted((p for p in placed if p.id in herd - held), key=lambda p: abs(p.x - person.x)):
        near = [q for q in fixed if abs(q.depth - p.depth) < _FARTHEST]
        side = 1.0 if p.x > person.x else -1.0
        turns = not p.walks and p.facing in (Facing.left, Facing.right)
        p = turned(p, Facing.left if side > 0 else Facing.right) if turns else p
        if any(_laps(p, q) for q in near):
            left, right = (turned(p, f) if turns else p for f in (Facing.right, Facing.left))
            left = replace(left, x=min(q.x + q.extent.left for q in near) - left.extent.right - _CLEAR)
            right = replace(right, x=max(q.x + q.extent.right for q in near) - right.extent.left + _CLEAR)
            nearest = min((left, right), key=lambda x: abs(x.x - person.x))
            p = nearest if not p.walks else right if p.walks < 0 else left
            if not p.walks and person.id not in held:  # all of them are on one side of who is not touched
                p = right if ahead > 0 else left
        found[p.id] = p
        fixed.append(p)
    return [found[p.id] for p in placed]


_CLEAR = 0.12
"""Metres between beasts of a herd."""


def _laps(p: Placed, q: Placed) -> bool:
    return p.x + p.extent.left < q.x + q.extent.right and q.x + q.extent.left < p.x + p.extent.right
