"""Apart: nobody's head is before or behind another's, unless the two have to do with each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .blocking import Placed
from .clearing import heads
from .meeting import Meeting

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
