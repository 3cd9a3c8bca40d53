"""Clasping: where on a letter, a map, an urn or an egg both hands are that have it before the chest. Pure."""

from __future__ import annotations

from ...storyboard.vocabulary import Being
from .figures import Acting
from .figures.acting import Laid
from .grip import AT_BOTH_SIDES, AT_ITS_CORNERS, by_both_sides, by_its_corners, clasped_at
from .players import Player

_INSET, _ROUNDED = 0.012, 0.022
"""Heights of its holder from the side of what is held to the hand on it, and where that side is round."""


def at_its_corners(player: Player, acting: Acting, seconds: float) -> tuple[Laid, ...]:
    """Where the hands are of who has something flat or broad before the chest: at its lower corners or at its
    sides, so that it is seen and no fist is in its middle; empty for all else. It stays where it would be
    between them."""
    if player.source.look.being is not Being.person or not player.held:
        return ()
    thing, joints = player.held[0], player.body.joints(acting, seconds)
    middle = player.body.hand(acting, seconds)
    flat, round_one = by_its_corners(thing, acting), by_both_sides(thing, acting)
    if not joints or middle is None or not (flat or round_one):
        return ()
    wide, tall, foot = clasped_at(thing, player, acting)
    half = max(0.0, 0.5 * wide - (_INSET if flat else _ROUNDED) * player.body.height)
    y = middle[1] + foot - (AT_ITS_CORNERS if flat else AT_BOTH_SIDES) * tall
    own, far = ("r-", "l-") if player.body.side(acting, seconds) > 0 else ("l-", "r-")
    first = 1.0 if joints[f"{own}shoulder"][0] >= joints[f"{far}shoulder"][0] else -1.0
    return ((middle[0] + first * half, y, 1.0), (middle[0] - first * half, y, 1.0))
