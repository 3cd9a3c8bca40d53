"""When each screen of text comes and goes.

A screen comes with its voice. Where the lines are said faster than they can be read it may come up to
half a second before, or up to a second after, so that each stays long enough; two frames are dark between
two screens, and no gap is so short that it only flickers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .rate import Rate
from .timeline import Subtitle

GAP_FRAMES = 2
"""Least frames between two screens."""
CLOSED_SECONDS = Fraction(1, 2)
"""A shorter gap is closed to ``GAP_FRAMES``."""
LEAD_SECONDS = Fraction(1, 2)
LAG_SECONDS = Fraction(1)
"""The most that a screen comes before, and after, its voice."""


@dataclass(frozen=True)
class Wanted:
    """A screen: its text, the frames over which it is said, and how many it needs to be read."""

    text: str
    start: int
    stop: int
    reading: int


def scheduled(wanted: Sequence[Wanted], frames: int, rate: Rate) -> list[Subtitle]:
    """The screens in order, apart, within ``frames``. A screen for which no frame is left is not shown.

    Each stays as long as it needs wherever lead and lag leave the time; where they do not, it is too short,
    which ``subtitle_rules.py`` tells.
    """
    lead, lag = (int(seconds * rate.fps) for seconds in (LEAD_SECONDS, LAG_SECONDS))
    latest = _latest(wanted, frames, lead, lag)
    placed: list[tuple[Wanted, int, int]] = []
    free = 0
    for number, screen in enumerate(wanted):
        start = max(min(screen.start, latest[number]), free)
        if start >= frames:
            break
        least = max(start + 1, min(start + screen.reading, latest[number + 1] - GAP_FRAMES, frames))
        placed.append((screen, start, least))
        free = least + GAP_FRAMES
    ends = [start - GAP_FRAMES for _, start, _ in placed[1:]] + [frames]
    closed = int(CLOSED_SECONDS * rate.fps)
    return [
        Subtitle(start=start, stop=_stop(max(least, screen.stop), end, closed), text=screen.text)
        for (screen, start, least), end in zip(placed, ends, strict=False)
    ]


def _stop(wished: int, end: int, closed: int) -> int:
    """Where a screen goes: as wished, unless that is after ``end`` or so little before that it flickers."""
    return end if wished > end - closed + GAP_FRAMES else wished


def _latest(wanted: Sequence[Wanted], frames: int, lead: int, lag: int) -> list[int]:
    """The last frame at which each screen may come, so that all after it have their time; and of the end."""
    latest = [frames + GAP_FRAMES] * (len(wanted) + 1)
    for number in range(len(wanted) - 1, -1, -1):
        screen = wanted[number]
        room = latest[number + 1] - GAP_FRAMES - screen.reading
        latest[number] = max(min(screen.start + lag, room), screen.start - lead, 0)
    return latest
