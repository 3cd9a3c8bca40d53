"""Exactly so many shots: neighbours merged or sentences split until there are, without moving a word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf

from ...storyboard.errors import Unmeetable
from .setups import ScriptScene, Setup, merged
from .splitting import halved

_ANOTHER_PARAGRAPH = 12
_ANOTHER_VOICE = 25
"""What merging over that costs, in words: shots that belong together are merged first."""
Row = tuple[int, Setup]
"""A setup with the number of its scene."""


def counted(scenes: tuple[ScriptScene, ...], shots: int) -> tuple[ScriptScene, ...]:
    """The scenes with exactly so many setups together.

    Raises ``Unmeetable`` with the nearest number that can be where it cannot.
    """
    rows = [(number, setup) for number, scene in enumerate(scenes) for setup in scene.setups]
    rows = _fewer(rows, shots) if len(rows) > shots else _more(rows, shots)
    return tuple(
        ScriptScene(scene.heading, [setup for number, setup in rows if number == n])
        for n, scene in enumerate(scenes)
    )


def _fewer(rows: list[Row], shots: int) -> list[Row]:
    costs = [_cost(one, other) for one, other in pairwise(rows)]
    while len(rows) > shots:
        cheapest = min(costs, default=inf)
        if cheapest == inf:
            raise _unmeetable(
                shots, len(rows), "its scenes and the order of action and speech do not allow fewer"
            )
        at = costs.index(cheapest)
        one = merged(rows[at][1], rows[at + 1][1])
        assert one is not None
        rows[at : at + 2] = [(rows[at][0], one)]
        del costs[at]
        for near in (at - 1, at):
            if 0 <= near < len(costs):
                costs[near] = _cost(rows[near], rows[near + 1])
    return rows


def _more(rows: list[Row], shots: int) -> list[Row]:
    sizes = [setup.words for _, setup in rows]
    while len(rows) < shots:
        longest = max(sizes, default=0)
        if longest <= 0:
            raise _unmeetable(shots, len(rows), "its words cannot be divided further")
        at = sizes.index(longest)
        two = parted(rows[at][1])
        if two is None:
            sizes[at] = -1
            continue
        rows[at : at + 1] = [(rows[at][0], setup) for setup in two]
        sizes[at : at + 1] = [setup.words for setup in two]
    return rows


def _cost(row: Row, after: Row) -> float:
    """Words of what merging two rows gives, and more where they are of several paragraphs or voices."""
    (scene, one), (other_scene, other) = row, after
    if scene != other_scene or merged(one, other) is None:
        return inf
    paragraphs = bool(one.sentence and other.sentence and not other.runs_on)
    voices = {s.cue for s in (*one.said, *other.said)}
    return one.words + other.words + _ANOTHER_PARAGRAPH * paragraphs + _ANOTHER_VOICE * (len(voices) > 1)


def parted(setup: Setup) -> tuple[Setup, Setup] | None:
    """A setup in two: between lines, between action and speech, else inside of what it holds; None where
    its words are too few."""
    rest = replace(setup, runs_on=False, opens=None)
    if len(setup.said) > 1:
        half = len(setup.said) // 2
        return replace(setup, said=setup.said[:half]), replace(rest, sentence="", said=setup.said[half:])
    if setup.sentence and setup.said:
        return replace(setup, said=()), replace(rest, sentence="")
    if "\n" in setup.sentence:
        first, second = setup.sentence.split("\n", 1)
        return replace(setup, sentence=first), replace(rest, sentence=second)
    if setup.sentence and (two := halved(setup.sentence)):
        return replace(setup, sentence=two[0]), replace(rest, sentence=two[1], runs_on=True)
    if setup.said and (two := halved(setup.said[0].words)):
        first_half, second_half = (replace(setup.said[0], words=words) for words in two)
        return replace(setup, said=(first_half,)), replace(rest, said=(second_half,))
    return None


def _unmeetable(shots: int, nearest: int, why: str) -> Unmeetable:
    return Unmeetable(
        f"The script cannot be told in {shots} shot{'s' * (shots != 1)} with every word in its place: {why}. "
        f"The nearest that can: {nearest} shots. Nothing was made."
    )
