"""Canopies: the umbrella over somebody's head is in the frame with its bearer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing, ShotSize
from .blocking import Placed
from .figures.acting import Acting, Laid
from .grip import is_canopy
from .meeting import Meeting
from .players import Player

_WHOLE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full, ShotSize.medium_full})
_HIGH = 1.5
"""Top of an open umbrella, in heights of whoever holds it."""


def canopied(picture: Picture, placed: Sequence[Placed], met: Sequence[Meeting]) -> list[Placed]:
    """Those to be framed, as high as the umbrellas that they hold or are handed. Pure."""
    open_ones = {t.id for t in picture.things if t.held and behaves_as(t.look.kind) == "umbrella"}
    bearers = {f.id for f in picture.figures if open_ones & set(f.holds) and f.look.being is Being.person}
    bearers |= {m.other for m in met if m.kind == "give" and m.one in bearers}
    bearers |= {m.one for m in met if m.kind == "give" and m.other in bearers}
    if not bearers or picture.camera.size not in _WHOLE:
        return list(placed)
    return [
        replace(p, extent=replace(p.extent, top=max(p.extent.top, _HIGH * p.extent.height)))
        if p.id in bearers
        else p
        for p in placed
    ]


_AT_EASE = frozenset(
    {
        Action.stand, Action.walk, Action.run, Action.talk, Action.listen, Action.look, Action.think,
        Action.sneak, Action.search,
    }
)  # fmt: skip
"""What is done with a hand to spare, which has the umbrella."""
_HAND = 0.17, 0.6
"""Where that hand is, in heights ahead and up: the rim is over the head."""


def held_up(player: Player, acting: Acting, seconds: float) -> tuple[Laid, ...]:
    """Where the hand is that has an open umbrella over its bearer's own head, where there is one. Pure."""
    if acting.action not in _AT_EASE or not any(is_canopy(thing) for thing in player.held):
        return ()
    if not player.body.joints(acting, seconds):
        return ()
    tall, ahead = player.body.height, -1.0 if acting.facing is Facing.left else 1.0
    return ((ahead * _HAND[0] * tall, -_HAND[1] * tall, 1.0),)
