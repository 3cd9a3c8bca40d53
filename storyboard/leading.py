"""J-cuts of dialogue, as they are boarded: who answers is heard a moment before being seen.

The trade cuts so where the picture goes to somebody whom the shot before did not show, and who begins to
speak: the voice turns the head. It is done at every other such cut of a scene at most, never into a match
cut, a shot that goes on or one with a dissolve, and not where the shot before is too short to be left early.
``Settings.j_cuts`` turns it off; ``SplitEdit`` sets or takes away each by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .edit_types import Edit, SplitEdit
from .film import Film, Shot
from .rate import Rate
from .vocabulary import LineKind, Opening, ShotSize

LEAD_SECONDS = 0.4
"""By how much the voice leads its picture."""
_LEAST_WORDS = 3
"""A shorter answer would be half over before it is seen."""
_LEAST_SECONDS = 2.0
"""Of the shot that is left early."""


def led(shots: Sequence[Shot], rate: Rate) -> tuple[Shot, ...]:
    """The shots with J-cuts where the trade makes them."""
    leading: set[str] = set()
    for before, shot in pairwise(shots):
        if before.id not in leading and _is_answered(before, shot, rate):
            leading.add(shot.id)
    frames = rate.frames(LEAD_SECONDS)
    return tuple(s.model_copy(update={"sound_early": frames}) if s.id in leading else s for s in shots)


def j_cuts(film: Film, on: bool) -> list[Edit]:
    """The edits that give a boarded film the J-cuts of the trade, or take all there are away."""
    if not on:
        return [SplitEdit(shot=shot.id, early=0) for shot in film.shots if shot.sound_early]
    pairs = zip(film.shots, led(film.shots, film.settings.rate), strict=True)
    return [SplitEdit(shot=b.id, early=b.sound_early) for a, b in pairs if a.sound_early != b.sound_early]


def _is_answered(before: Shot, shot: Shot, rate: Rate) -> bool:
    """Whether ``shot`` cuts to somebody unseen so far, who speaks at once."""
    if shot.scene != before.scene or shot.opens is not Opening.cut or not shot.lines or not before.lines:
        return False
    first, last = shot.lines[0], before.lines[-1]
    spoken = first.kind is LineKind.dialogue and last.kind is LineKind.dialogue
    seen = {member.entity for member in shot.cast}
    unseen = {member.entity for member in before.cast}
    return (
        spoken
        and first.speaker != last.speaker
        and first.speaker in seen
        and first.speaker not in unseen
        and len(first.words.split()) >= _LEAST_WORDS
        and before.frames >= rate.frames(_LEAST_SECONDS)
        and shot.camera.size is not ShotSize.insert
    )
