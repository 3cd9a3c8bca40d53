"""Resizing: who shrinks or grows in a shot is seen to, from large to small or from small to large. Pure."""

from __future__ import annotations

import re

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Expression, ShotSize, Stature
from .easing import smoothstep
from .recast import with_figure

_SHRINKS = re.compile(
    r"\b(?:shrinks?|shrank|shrunk|shrinking|miniaturi[sz]es?)\b(?! (?:back|away|from))"
    r"|\b(?:makes?|made|turns?|turned)\b.*\b(?:smaller|small|tiny|little|minute)\b"
)
_GROWS = re.compile(
    r"\b(?:grows?|grew|growing)\b"
    r"(?= (?:big|large|huge|tall|taller|bigger|larger|enormous|gigantic|giant|to|into)\b"
    r"|[.,;!]|$)|\benlarges?\b|\b(?:makes?|made|turns?|turned)\b.*\b(?:bigger|big|larger|large|huge|gigantic)\b"
)
_MELTS = re.compile(
    r"\bmelt(?:s|ed|ing)?(?: (?:away|down))?(?= (?:in|on|by|when|with|at|under|into) |[.,;!]|$)"
)
_RESIZED = frozenset({Action.hide, Action.rise, Action.stand, Action.perform, Action.work, Action.fall})
_BEGINS, _ENDS = 0.24, 0.66
"""Shares of the shot between which the size changes."""
SMALL, _MELTED = 0.38, 0.3
"""Of who is shrunk or melted, as a share of who is not."""
_SHRUNK = re.compile(r"^(?:tiny|shrunk(?:en)?)\b")
"""A state of who was shrunk, at the head of its words."""


def resized(picture: Picture) -> str | None:
    """The id of whoever shrinks or grows; None for nobody."""
    told = picture.sentence[:2000].lower()
    ids = {f.id for f in picture.figures}
    if picture.action in (Action.cook, Action.stand, Action.float) and _MELTS.search(told):
        return picture.actor if picture.actor in ids else None
    if picture.action not in _RESIZED or not (_SHRINKS.search(told) or _GROWS.search(told)):
        return None
    if picture.target in ids and picture.target != picture.actor:
        return picture.target
    makes = re.search(r"\b(?:makes?|made|turns?|turned)\b", told)
    return picture.actor if picture.actor in ids and not makes else None


def at_size(picture: Picture, share: float) -> float:
    """How large whoever is resized is drawn at a share of the shot, of its full size."""
    part = min(1.0, max(0.0, (share - _BEGINS) / (_ENDS - _BEGINS)))
    part = smoothstep(part)
    told = picture.sentence[:2000].lower()
    if melts(picture):
        return 1.0 + (_MELTED - 1.0) * part
    if _SHRINKS.search(told):
        return 1.0 + (SMALL - 1.0) * part
    return SMALL + (1.0 - SMALL) * part


def shrunk(picture: Picture) -> frozenset[str]:
    """Ids of those who are in the state of having been shrunk: as small as the shrinking left them."""
    return frozenset(f.id for f in picture.figures if _SHRUNK.search(f.state_words.lower()))


def as_before(picture: Picture) -> Picture:
    """The picture in which who was shrunk has the body of before, to be drawn at ``SMALL`` of it."""
    for figure in [f for f in picture.figures if f.id in shrunk(picture)]:
        look = figure.look.model_copy(update={"stature": Stature.medium})
        picture = with_figure(picture, figure, figure.model_copy(update={"look": look}))
    return picture


def melts(picture: Picture) -> bool:
    """Whether whoever is resized sinks down as it melts, rather than being small by magic."""
    return _MELTS.search(picture.sentence[:2000].lower()) is not None


def flashes(share: float) -> bool:
    """Whether the size changes at that share of the shot."""
    return _BEGINS < share < _ENDS


def spellbound(picture: Picture) -> Picture:
    """The picture in which whoever is resized stands amazed, and who does it works magic on it."""
    whose = resized(picture)
    if whose is None:
        return picture
    figure = next(f for f in picture.figures if f.id == whose)
    amazed = {"action": Action.stand, "expression": Expression.surprised, "holds": ()}
    picture = with_figure(picture, figure, figure.model_copy(update=amazed))
    doing = Action.stand
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is not None and actor.id != whose:
        casts = {"action": Action.perform, "expression": Expression.surprised, "holds": (), "gaze": whose}
        picture = with_figure(picture, actor, actor.model_copy(update=casts))
        doing = Action.perform
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "focus": None})
    return picture.model_copy(update={"action": doing, "camera": camera})
