"""Walking: those who go the same way keep together, those who come up to somebody stop there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.vocabulary import Facing
from .blocking import Placed

_ARRIVAL = 0.62
"""Share of the shot at which somebody who comes up to somebody else is there: it is seen on its way."""
_SLOWEST = 0.5
"""The least share of its own speed at which somebody comes up to somebody else."""
_SAME_LINE_METRES = 1.6


def kept_together(
    figures: Sequence[Placed], room: float, length: float
) -> tuple[tuple[Placed, ...], dict[str, float]]:
    """The figures with their ways through a shot of ``length`` seconds, and the pace of each (1 is its own).

    Those who walk towards somebody stop before that one. Those who go the same way do it at one speed.
    Those who walk off from others who stay cross at most ``room`` metres, so that nobody is left behind.
    """
    shown = [p for p in figures if not p.shoulder]
    walkers = [p for p in shown if p.walks]
    if not walkers:
        return tuple(figures), {}
    arriving = {p.id for p in walkers if not p.rides and _awaited(p, shown)}
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
        speed = sum(alike) / len(alike)
        if len(walkers) < len(shown):
            speed = max(0.45 * abs(p.walks), min(speed, room / length))
        pace = max(0.5, min(1.9, speed / abs(p.walks)))
        paces[p.id] = pace
        ways[p.id] = replace(p, walks=p.walks * pace)
    return tuple(ways.get(p.id, p) for p in figures), paces


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
