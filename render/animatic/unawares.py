"""Unawares: who is stolen from behind its back, who is seized, and who is found where it sits. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Expression, Facing, Side
from .recast import with_figure

_STOLEN = re.compile(
    r"\b(?:steal(?:s|ing)?|stole|robs?|robbed|snatch(?:es|ed)?|pinch(?:es|ed)?|swip(?:es|ed))\b"
)
_SEIZED = re.compile(
    r"\b(?:grab(?:s|bed)?|seiz(?:es?|ed)|catch(?:es)?|caught|captur(?:es?|ed)|snatch(?:es|ed)?)\b"
)
_HANDED = frozenset({Being.person, Being.robot})
_LOW = 0.8
"""Who is lower than this share of whoever finds it is knelt down to."""
_IDLE = frozenset({Action.stand, Action.look, Action.listen, Action.walk, Action.run, Action.search})


def unawares(picture: Picture) -> Picture:
    """The picture in which a victim of theft has its back turned, and who is seized is held."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.action is not Action.take:
        return picture
    return _robbed(picture, actor) if steals(picture) else _held(picture, actor)


def steals(picture: Picture) -> bool:
    """Whether something is taken that nobody gives."""
    return picture.action is Action.take and _STOLEN.search(picture.sentence[:2000].lower()) is not None


def _robbed(picture: Picture, actor: FigureIn) -> Picture:
    """Whoever it is stolen from stands beyond the thing, its back to the thief, and does not know."""
    victim = next((f for f in picture.figures if f.id == picture.target and f.id != actor.id), None)
    if victim is None or actor.look.being not in _HANDED:
        return picture
    order = list(Side)
    left = order.index(actor.side) <= order.index(victim.side)
    to = Facing.right if left else Facing.left
    sides = (Side.left, Side.far_right) if left else (Side.right, Side.far_left)
    knows_nothing = {"action": Action.stand, "facing": to, "side": sides[1], "gaze": None, "holds": ()}
    sly = {"facing": to, "side": sides[0], "gaze": None, "expression": Expression.determined}
    picture = with_figure(picture, victim, victim.model_copy(update=knows_nothing))
    picture = with_figure(picture, actor, actor.model_copy(update=sly))
    return picture.model_copy(update={"target": actor.holds[0] if actor.holds else None})


def _held(picture: Picture, actor: FigureIn) -> Picture:
    """Whoever is seized is in the arms of who seizes it."""
    other = next((f for f in picture.figures if f.id == picture.target and f.id != actor.id), None)
    if other is None or actor.look.being not in _HANDED or not _SEIZED.search(picture.sentence.lower()):
        return picture
    has = {"action": Action.hug, "gaze": other.id, "expression": Expression.determined, "holds": ()}
    caught = {"gaze": None, "expression": Expression.surprised}
    picture = with_figure(picture, other, other.model_copy(update=caught))
    picture = with_figure(picture, actor, actor.model_copy(update=has))
    return picture.model_copy(update={"action": Action.hug})


def found(picture: Picture, tall: Mapping[str, float]) -> Picture:
    """The picture in which somebody small who is found sits on the ground; ``tall`` in metres."""
    pair = _finding(picture)
    if pair is None or pair[1].action not in _IDLE:
        return picture
    actor, other = pair
    if tall.get(other.id, 9.0) > _LOW * tall.get(actor.id, 1.7):
        return picture
    sits = other.model_copy(update={"action": Action.sit, "gaze": actor.id})
    kneels = actor.model_copy(update={"holds": (), "gaze": other.id})
    return with_figure(with_figure(picture, actor, kneels), other, sits)


def knelt_to(picture: Picture) -> str | None:
    """The id of somebody on the ground whom the actor finds, and kneels down to; None for nobody."""
    pair = _finding(picture)
    low = pair is not None and pair[1].action in (Action.sit, Action.lie, Action.sleep)
    return pair[1].id if pair is not None and low else None


def _finding(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """A person who finds somebody, and whom."""
    if picture.action is not Action.look or manner_of(Action.look, picture.sentence) != "find":
        return None
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None or actor.look.being is not Being.person:
        return None
    return (actor, other) if other.look.being in (Being.person, Being.quadruped, Being.bird) else None
