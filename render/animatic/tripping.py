"""Tripping: what somebody falls over goes over with it, back to the feet, and not among the legs. Pure."""

from __future__ import annotations

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from .blocking import Placed
from .easing import smoothstep
from .meeting import TRIPS

_CAUGHT, _DOWN = 0.2, 0.38
"""Shares of the shot at which a foot is caught and at which the thing has come to lie."""


def stumbled_over(picture: Picture) -> str | None:
    """What a person falls over and what falls over with it; None for what is fast in the earth."""
    if picture.action is not Action.fall or not TRIPS.search(picture.sentence[:2000].lower()):
        return None
    if not any(f.id == picture.actor and f.look.being is Being.person for f in picture.figures):
        return None
    return next(
        (t.id for t in picture.things if t.id == picture.target and not t.held and not is_fast(t.look.kind)),
        None,
    )


def is_fast(kind: str) -> bool:
    """Whether nothing of that kind gives way to a foot."""
    return bool({kind, behaves_as(kind)} & _FAST)


_FAST = frozenset(
    {"stone", "rock", "log", "root", "stump", "rug", "carpet", "rope", "step", "bench", "statue"}
)
"""What lies where it is when a foot is caught at it."""


def kicked_back(thing: Placed, actor: Placed, share: float) -> tuple[float, float]:
    """Metres that it goes to the right and degrees that it leans, clockwise, at a share of the shot."""
    gone = min(1.0, max(0.0, (share - _CAUGHT) / (_DOWN - _CAUGHT)))
    way = -1.0 if actor.facing is Facing.left else 1.0
    back = 0.22 * actor.tall + 0.4 * thing.extent.width + 0.5 * thing.extent.height
    return -way * back * smoothstep(gone), -way * 88.0 * gone * gone
