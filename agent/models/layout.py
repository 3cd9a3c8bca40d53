"""How a story written in steps is divided: scenes in answers, shots in scenes, words in shots. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...storyboard.film import Brief
from ..wire_words import measure

MOST_SHOTS = 6
"""Shots that are asked for in one answer."""
MOST_SCENES = 8
"""Scenes that are asked for in one answer."""


@dataclass(frozen=True)
class Layout:
    """How much of everything the story has. ``shots`` holds how many each scene has, at least one each."""

    seconds: int
    body: float
    """Seconds without the cards."""
    shots: tuple[int, ...]
    words: tuple[int, int]
    """Of all lines together."""

    @property
    def scenes(self) -> int:
        """How many there are."""
        return len(self.shots)

    @property
    def all_shots(self) -> int:
        """Of all scenes together."""
        return sum(self.shots)

    def scene_batches(self) -> list[int]:
        """How many scenes are asked for in each answer, in order."""
        return _batches(self.scenes, MOST_SCENES)

    def shot_batches(self, scene: int) -> list[int]:
        """How many shots of a scene are asked for in each answer, in order."""
        return _batches(self.shots[scene], MOST_SHOTS)

    def words_of(self, shots: int) -> tuple[int, int]:
        """How many words so many shots may have together: the fewest and the most."""
        low, high = (words * shots / self.all_shots for words in self.words)
        return int(low), max(1, math.ceil(high))

    def brief_of(self, shots: int, brief: Brief) -> Brief:
        """A brief for so many shots alone, of their share of the time."""
        share = self.body * shots / self.all_shots
        seconds = math.ceil(share + 6) if share >= 14 else math.ceil(share / 0.7)
        return brief.model_copy(update={"seconds": max(1, min(36_000, seconds)), "shots": shots})


def lay_out(brief: Brief, scenes: int | None = None) -> Layout:
    """The middle of what a film for ``brief`` may have; exactly the shots that were asked for.

    ``scenes`` are so many instead of the usual number; never more than there are shots.
    """
    whole = measure(brief)
    shots = max(1, sum(whole.shots) // 2)
    scenes = max(1, min(shots, sum(whole.scenes) // 2 if scenes is None else scenes))
    return Layout(whole.seconds, whole.body, _shared(shots, scenes), whole.words)


def _shared(shots: int, scenes: int) -> tuple[int, ...]:
    """As even as it can be; what is left over goes to the last scenes, where it comes to a head."""
    each, over = divmod(shots, scenes)
    return tuple(each + (1 if number >= scenes - over else 0) for number in range(scenes))


def _batches(count: int, most: int) -> list[int]:
    answers = max(1, -(-count // most))
    return list(_shared(count, answers))
