"""Aboard: a ship is the deck that one is on, no second one stands there, and who steers is at its wheel."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, PlaceKind
from .ink import Ink
from .places.steering import HANDLES, HUB, ships_wheel
from .recast import with_figure, without

_SHIPS = frozenset({"sailing ship", "ship", "ferry"})
_STEERS = re.compile(r"\b(?:steer(?:s|ed|ing)?|sail(?:s|ed|ing)?|navigat\w+|pilot(?:s|ed)?|captains)\b")
_UNDER_WAY = frozenset({Action.drive, Action.row, Action.ride, Action.fly})
_EMBRACED = frozenset({Action.hug, Action.push, Action.pull, Action.take, Action.hold})
"""What cannot be done to a ship by somebody who stands on it: they look about on it."""
_SIZE = 0.47
"""Heights of who steers in a metre of the wheel."""
_BEFORE = 0.44
"""How far ahead its post stands, in heights."""
_SQUEEZED = 0.6
_SET = math.radians(168.0 - 146.5)
"""How far the wheel is turned before it is steered: handles are where hands reach without covering a face."""
_ALOFT, _LOW = math.radians(168), math.radians(213)
"""Where on the wheel the hands are, counter-clockwise from ahead."""


def on_deck(picture: Picture) -> Picture:
    """The picture without the ship that its place is; whoever sails or steers it is at the wheel. Pure."""
    if picture.place.look.kind is not PlaceKind.ship:
        return picture
    ships = {t.id for t in picture.things if not t.held and behaves_as(t.look.kind) in _SHIPS}
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    steers = _STEERS.search(picture.sentence[:2000].lower()) is not None
    meant = picture.target in ships or (picture.target is None and steers)
    for ship in ships - {picture.actor}:
        picture = without(picture, ship)
    if actor is None or not meant:
        return picture
    if picture.target in ships:
        picture = picture.model_copy(update={"target": None})
    action = picture.action
    if action in _UNDER_WAY and steers:
        action = Action.work
    elif action in _EMBRACED:
        action = Action.look
    actor = next(f for f in picture.figures if f.id == picture.actor)
    moved = with_figure(picture, actor, actor.model_copy(update={"action": action}))
    return moved.model_copy(update={"action": action})


def at_helm(picture: Picture) -> bool:
    """Whether the actor of a picture that ``on_deck`` made is at the wheel."""
    return (
        picture.place.look.kind is PlaceKind.ship
        and picture.action is Action.work
        and picture.target is None
        and _STEERS.search(picture.sentence[:2000].lower()) is not None
    )


def helm(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """The wheel before who steers, from its ground point in its heights, ``share`` (0 to 1) into the shot."""
    canvas.save()
    canvas.translate(_BEFORE, 0.0)
    canvas.scale(_SIZE, _SIZE)
    ships_wheel(canvas, replace(ink, line=ink.line / _SIZE), _SET + _turned(share), _SQUEEZED)
    canvas.restore()


def hands_on_wheel(share: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where both hands of who steers are, ahead and down in its heights: on handles, that turn."""
    spots = []
    for at in (_ALOFT, _LOW):
        a = at + _turned(share)
        x = _BEFORE + _SIZE * _SQUEEZED * HANDLES * math.cos(a)
        spots.append((x, -_SIZE * (HUB + HANDLES * math.sin(a))))
    return spots[0], spots[1]


def _turned(share: float) -> float:
    return 0.26 * math.sin(9.0 * share)
