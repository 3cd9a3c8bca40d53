"""Tossed: what one throws to another, who has the hands up for it and catches it."""

from __future__ import annotations

import re

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, ShotSize, View
from .easing import smoothstep
from .figures.acting import Laid
from .figures.performances import performance
from .figures.shapes import Point
from .flung import THROWN, flown, is_line
from .grip import most_of
from .players import Player

_TO = re.compile(
    r"\b(?:throw(?:s|n|ing)?|threw|toss(?:es|ed|ing)?|pass(?:es|ed|ing)?)\b.*\bto\b(?! the ground)([^.,;!?]*)"
)
"""Thrown for somebody to catch, and at nobody."""
_WAITING = frozenset({Action.stand, Action.look, Action.reach, Action.take, Action.hold, Action.play})
_AHEAD, _HIGH = 0.24, 0.55
"""Heights of who catches it at which it is caught: before the chest."""
_FLIES = 1.7
"""How much sooner it is there than what flies on to the ground."""
_ARC = 0.3
"""Heights of the thrower that it rises over the straight way."""


def catcher(picture: Picture) -> str | None:
    """Whoever catches what the actor throws; None where it is thrown to nobody who has hands free. Pure."""
    thrower = next((f for f in picture.figures if f.id == picture.actor), None)
    if picture.action is not Action.throw or thrower is None or thrower.action is not Action.throw:
        return None
    told = _TO.search(picture.sentence[:2000].lower())
    if told is None:
        return None
    others = [f for f in picture.figures if f is not thrower]
    named = [f for f in others if f.noun and f.noun.lower().split()[-1] in told[1].split()]
    other = next((f for f in others if f.id == picture.target), None)
    if other is None and any(t.id == picture.target for t in picture.things):  # the shot is of what is thrown
        other = next(iter(named), None)
    if other is None or other.holds or other.look.being is not Being.person or other.action not in _WAITING:
        return None
    if picture.camera.size in _NEAR or picture.camera.view is View.over_shoulder:
        return None
    return other.id


_NEAR = frozenset({ShotSize.close, ShotSize.extreme_close, ShotSize.insert})


def caught(thrower: Player) -> bool:
    """Whether what somebody throws is one that is caught: it leaves the hand whole."""
    return bool(thrower.held) and not is_line(thrower.held[0]) and not thrower.acting.manner


def caught_at(tall: float, way: float) -> Point:
    """Where it is caught, in metres from the catcher's ground point, y down; ``way``: where it looks."""
    return way * _AHEAD * tall, -_HIGH * tall


def hands_up(thrower: Player, catches: Player, way: float, seconds: float) -> tuple[Laid, ...]:
    """The catcher's hands, lifted as the arm swings, then one under it and one behind it."""
    if not catches.body.joints(catches.acting, 0.0) or not caught(thrower):
        return ()
    act = performance(thrower.acting.action, thrower.acting.manner)
    ready = smoothstep(min(1.0, max(0.0, seconds * thrower.acting.pace / (_READY * THROWN * act.seconds))))
    x, y = caught_at(catches.body.height, way)
    _, half = _size(thrower)
    half *= thrower.scale / catches.scale
    return (x - way * 0.2 * half, y + 0.85 * half, ready), (x + way * 0.3 * half, y - 0.75 * half, ready)


_READY = 0.8
"""Share of the swing by which the hands are up."""


def tossed(canvas: skia.Canvas, thrower: Player, to: Point, way: float, t: float) -> None:
    """It on its way to a point in metres from the thrower's ground point, y down, and there in the hands."""
    out = flown(thrower, t)
    if out is None or not caught(thrower):
        return
    thing, tall = thrower.held[0], thrower.body.height
    size, half = _size(thrower)
    act = performance(thrower.acting.action, thrower.acting.manner)
    let_go = THROWN * act.seconds / thrower.acting.pace
    hand = thrower.body.hand(thrower.acting, let_go) or (way * 0.28 * tall, -0.92 * tall)
    joints = thrower.body.joints(thrower.acting, let_go)
    clear = way * joints["nose"][0] + thrower.body.head[0] + half if joints else 0.0
    start = way * max(way * hand[0], clear)
    there = min(1.0, _FLIES * out)
    rise = _ARC * tall * 4.0 * there * (1.0 - there)
    canvas.save()
    canvas.translate(start + (to[0] - start) * there, hand[1] + (to[1] - hand[1]) * there - rise)
    canvas.rotate(way * 360.0 * there)
    canvas.scale(size, size)
    canvas.translate(0, thing.height / 2)
    thing.draw(canvas, t)
    canvas.restore()


def _size(thrower: Player) -> tuple[float, float]:
    """How much smaller it is drawn than it is, and half its length then in metres."""
    thing = thrower.held[0]
    size = min(1.0, most_of(thing) * thrower.body.height / max(thing.height, thing.width, 0.01))
    return size, 0.5 * size * max(thing.height, thing.width)
