"""Threshold: who walks through a door goes into an open door in a wall, and is between its posts at the end.
Pure, but for what draws."""

from __future__ import annotations

import re

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from . import business, doorway
from .blocking import Placed
from .ink import Ink
from .players import Player
from .recast import with_figure, without

_PASSED = re.compile(r"\bthrough (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}?(?:door|doorway)s?\b")
_AFOOT = frozenset({Action.walk, Action.run, Action.sneak})
_UPRIGHT = frozenset({Being.person, Being.robot})
_THERE = 0.93
"""The share of the shot at which the middle of the body is in the middle of the opening."""
_MIDDLE = doorway.FAR - 0.55 * (doorway.FAR - doorway.NEAR)
"""The middle of the opening, a little nearer, so that no leaf is before the face."""


def goes_through(picture: Picture) -> bool:
    """Whether the actor of the picture walks through a door, nobody else in its way."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.action not in _AFOOT or actor.look.being not in _UPRIGHT:
        return False
    return _PASSED.search(picture.sentence[:2000].lower()) is not None


def without_door(picture: Picture) -> Picture:
    """The picture without the shut door that would stand beside the one that is walked through."""
    if not goes_through(picture):
        return picture
    if picture.action is Action.run:  # it would be gone before the door is seen
        actor = next(f for f in picture.figures if f.id == picture.actor)
        picture = with_figure(picture, actor, actor.model_copy(update={"action": Action.walk}))
        picture = picture.model_copy(update={"action": Action.walk})
    for thing in [t for t in picture.things if t.look.kind == "door"]:
        picture = without(picture, thing.id)
        if picture.target == thing.id:
            picture = picture.model_copy(update={"target": None})
    return picture


def open_doorway(
    canvas: skia.Canvas,
    ink: Ink,
    player: Player,
    placed: Placed,
    picture: Picture,
    now: float,
    length: float,
    indoors: bool,
    room: Ink | None = None,
) -> skia.Rect:
    """Draw the wall and its open door from the ground point of the walker, in its metres; what of the walker
    is seen: all on this side of the farther post. The wall is lit as the place is, by ``room``."""
    tall = player.body.height
    way = -1.0 if placed.facing is Facing.left else 1.0
    gone = placed.walked(_THERE * length, length) - placed.walked(now, length)
    canvas.save()
    canvas.translate(gone / player.scale - way * _MIDDLE * tall, 0.0)
    canvas.scale(way * tall, tall)
    doorway.draw_for(canvas, room or ink, picture, indoors)
    business.open_door(canvas, ink)
    canvas.restore()
    post = gone / player.scale + way * (doorway.FAR - _MIDDLE) * tall
    return skia.Rect.MakeLTRB(-9e4, -9e4, post, 9e4) if way > 0 else skia.Rect.MakeLTRB(post, -9e4, 9e4, 9e4)
