"""Clasping: where on a letter, a book or a map both hands are that have it before the chest. Pure."""

from __future__ import annotations

from ...storyboard.vocabulary import Being
from .figures import Acting
from .figures.acting import Laid
from .grip import AT_ITS_CORNERS, by_its_corners, clasped_at
from .players import Player

_INSET = 0.012
"""Heights of its holder from the side of what is held to the hand on it."""


def at_its_corners(player: Player, acting: Acting, seconds: float) -> tuple[Laid, ...]:
    """Where the hands are of who has something flat before the chest: at its lower corners, so that it is
    seen and no fist is in its middle; empty for all else. It stays where it would be between them."""
    if player.source.look.being is not Being.person or not player.held:
        return ()
    thing, joints = player.held[0], player.body.joints(acting, seconds)
    middle = player.body.hand(acting, seconds)
    if not joints or middle is None or not by_its_corners(thing, acting):
        return ()
    wide, tall, foot = clasped_at(thing, player, acting)
    half = max(0.0, 0.5 * wide - _INSET * player.body.height)
    y = middle[1] + foot - AT_ITS_CORNERS * tall
    own, far = ("r-", "l-") if player.body.side(acting, seconds) > 0 else ("l-", "r-")
    first = 1.0 if joints[f"{own}shoulder"][0] >= joints[f"{far}shoulder"][0] else -1.0
    return ((middle[0] + first * half, y, 1.0), (middle[0] - first * half, y, 1.0))
