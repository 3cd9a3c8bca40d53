"""Threshold: who walks through a door goes into an open door in a wall, and is between its posts at the end.
Pure, but for what draws."""

from __future__ import annotations

import re
from dataclasses import replace

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from . import business, doorway
from .blocking import Placed
from .easing import smoothstep
from .ink import Ink
from .outlook import beyond_the_door
from .players import Player
from .recast import with_figure, without

_PASSED = re.compile(r"\bthrough (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}?(?:door|doorway)s?\b")
_AFOOT = frozenset({Action.walk, Action.run, Action.sneak})
_UPRIGHT = frozenset({Being.person, Being.robot})
_THERE = 0.72
"""The share of the shot at which the middle of the body is in the middle of the opening; then it goes in."""
_IN, _UP = 0.14, 0.02
"""How much smaller somebody is who has gone in, and by how many heights the feet are higher: on the sill."""
_ASIDE = 0.16
"""Of the frame's width that the opening is farther on than whoever is framed would stand."""
_MIDDLE = doorway.FAR - 0.55 * (doorway.FAR - doorway.NEAR)
"""The middle of the opening, a little nearer, so that no leaf is before the face."""


def goes_through(picture: Picture) -> bool:
    """Whether the actor of the picture walks through a door, nobody else in its way."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.action not in _AFOOT or actor.look.being not in _UPRIGHT:
        return False
    return _PASSED.search(picture.sentence[:2000].lower()) is not None


_AT_IT = re.compile(
    r"\b(?:opens?|closes?|shuts?|knocks? (?:at|on)|unlocks?|locks?|slams?) (?:\w+ ){1,2}door\b"
)


def _at_the_door(picture: Picture) -> bool:
    """Whether the actor opens, shuts or knocks at a door, which is then in a wall, and no thing that stands
    about."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.action not in (Action.open, Action.close, Action.reach):
        return False
    return actor.look.being in _UPRIGHT and _AT_IT.search(picture.sentence[:2000].lower()) is not None


def without_door(picture: Picture) -> Picture:
    """The picture without the shut door that would stand beside the one that is walked through or opened."""
    if not goes_through(picture) and not _at_the_door(picture):
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


def halting(
    picture: Picture, figures: tuple[Placed, ...], across: float, length: float
) -> tuple[Placed, ...]:
    """The figures with the one who goes through a door there in good time, at a door that the frame, so many
    metres ``across``, has beside its middle."""
    if not goes_through(picture):
        return figures

    def there(p: Placed) -> Placed:
        way = -1.0 if p.facing is Facing.left else 1.0
        return replace(p, x=p.x + way * _ASIDE * across, stops=_THERE * length)

    return tuple(there(p) if p.id == picture.actor and p.walks else p for p in figures)


def gone_in(placed: Placed, now: float, length: float) -> float:
    """How far somebody has gone through the opening, 0 (before it) to 1, the back turned."""
    if placed.stops is None or now < placed.stops:
        return 0.0
    return smoothstep(0.12 + (now - placed.stops) / max(0.1, length - placed.stops))


def farther_off(share: float, tall: float) -> tuple[float, float]:
    """Scale and metres up of somebody ``tall`` metres high who has gone in by that ``share``."""
    return 1.0 - _IN * share, _UP * share * tall


def steeled(picture: Picture) -> Picture:
    """The picture with the doors of a spaceship of steel, unless one is told to have a colour. Pure."""
    if not doorway.of_steel(picture):
        return picture
    things = tuple(
        t.model_copy(update={"look": t.look.model_copy(update={"colour": doorway.STEEL})})
        if t.look.kind == "door" and t.look.colour == _WOODEN
        else t
        for t in picture.things
    )
    return picture if things == picture.things else picture.model_copy(update={"things": things})


_WOODEN = "#7a4f2f"
"""The colour of a door of which none is told."""


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
    business.open_door(canvas, ink, beyond_the_door(picture), steel=doorway.of_steel(picture))
    canvas.restore()
    post = gone / player.scale + way * (doorway.FAR - _MIDDLE) * tall
    if gone_in(placed, now, length) > 0.0:
        near = gone / player.scale + way * (doorway.NEAR - _MIDDLE) * tall
        return skia.Rect.MakeLTRB(min(near, post), -9e4, max(near, post), 9e4)
    return skia.Rect.MakeLTRB(-9e4, -9e4, post, 9e4) if way > 0 else skia.Rect.MakeLTRB(post, -9e4, 9e4, 9e4)
