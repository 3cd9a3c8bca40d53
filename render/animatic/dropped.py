"""Dropped: what slips from a hand or is thrown down, large and near enough to tell what falls. Pure."""

from __future__ import annotations

import re

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action

DROPPED = 0.26
"""What falls is at least this share of the height of whoever had it, in the hand and on the ground."""
_DOWN = re.compile(
    r"\b(?:thr[eo]w(?:s|n|ing)?|flings?|flung|hurls?|slams?|tosses)\b.* (?:down|to the ground)\b"
)


def thrown_down(told: str) -> bool:
    """Whether a sentence tells of something that is thrown down."""
    return _DOWN.search(told[:2000].lower()) is not None


def lets_fall(picture: Picture) -> bool:
    """Whether the event of a shot is that something in somebody's hand comes to the ground."""
    if picture.action is not Action.throw or not any(
        f.id == picture.actor and f.holds for f in picture.figures
    ):
        return False
    return manner_of(Action.throw, picture.sentence) == "drop" or thrown_down(picture.sentence)
