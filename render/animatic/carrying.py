"""Carrying along: who goes somewhere takes what is small with it, rather than walk past or over it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Side, Weather
from .direction import HANDED
from .freed import in_hands
from .grip import MOUTHED
from .handing import given_kind
from .intent import AFLOAT
from .recast import handed, without
from .wraps import garment

_GOING = frozenset({Action.walk, Action.run, Action.sneak})
_WET = frozenset({Weather.rain, Weather.storm, Weather.snow})
_FREE = _GOING | {
    Action.stand,
    Action.look,
    Action.talk,
    Action.listen,
    Action.think,
    Action.laugh,
    Action.cry,
}
"""Actions that leave a hand free."""
_SIDES = list(Side)
_LEFT = frozenset(
    {
        "fire",
        "candle",
        "egg",
        "rock",
        "flower",
        "mushroom",
        "sign",
        "signpost",
        "ball",
        "snowman",
        "ball of snow",
        "bathtub",
        "table",
        "chair",
        "bench",
        "barrel",
        "cradle",
        "stove",
        "sink",
        "toilet",
        "anvil",
        "gravestone",
        "hydrant",
    }
)
"""What stays where it is, small as it may be."""
_HANDY = 0.62
"""Of the height of somebody with hands: the longest that it carries."""
_MOUTHFUL = 0.75
"""Of the height of an animal."""
_LIGHT = {"kite": 1.2}
"""Things of which somebody carries longer ones, in heights."""
_WITH, _ALONG = r"\bwith (?:a|an|the|his|her|its|their) (?:\w+ )?", 1.15
"""Said to be with who goes; the longest of that, in heights: a staff."""


def carried_along(picture: Picture, tall: Mapping[str, float], long: Mapping[str, float]) -> Picture:
    """The picture with the one thing that nobody is said to leave in the hand, or the mouth, of who goes.

    ``tall`` has the height of every figure, ``long`` the longer side of every thing, in metres. Pure.
    """
    picture = _put_on(_brought(_kept_up(picture)))
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.holds or actor.action not in _GOING:
        return picture
    loose = [t for t in picture.things if not t.held]
    if len(loose) != 1 or not _taken(picture, actor, loose[0], tall.get(actor.id, 1.7), long):
        return picture
    return handed(picture, actor, loose[0])


def _kept_up(picture: Picture) -> Picture:
    """The picture in which what only ever stands up in a hand is in one: an umbrella in the rain, a kite.

    It stays where it is when the shot is about it; where nobody has a hand free an umbrella is not seen.
    """
    for thing in picture.things:
        like = {thing.look.kind, behaves_as(thing.look.kind)}
        wet = "umbrella" in like and picture.weather in _WET and not picture.place.look.interior
        raced = like & AFLOAT and picture.action in _GOING  # those who race kites fly them
        if thing.held or (thing.id == picture.target and not raced) or not (wet or like & AFLOAT):
            continue
        free = [f for f in picture.figures if f.look.being in HANDED and not f.holds and f.action in _FREE]
        if not free:
            if wet and "umbrella" not in picture.sentence.lower():
                picture = without(picture, thing.id)  # open on the ground it would be a riddle
            continue
        who = min(free, key=lambda f: abs(_SIDES.index(f.side) - _SIDES.index(thing.side)))
        picture = handed(picture, who, thing)
    return picture


def _brought(picture: Picture) -> Picture:
    """The picture in which what is given is the thing that is there, not another one like it."""
    giver = next((f for f in picture.figures if f.id == picture.actor), None)
    if giver is None or giver.holds or giver.action is not Action.give or giver.look.being not in HANDED:
        return picture
    kind = given_kind(picture.sentence)
    thing = next((t for t in picture.things if not t.held and in_hands(t.look).kind == kind), None)
    if thing is None:
        return picture
    return handed(picture, giver, thing)


def _put_on(picture: Picture) -> Picture:
    """The picture in which the coat that somebody puts on is in the hands, and not left on its stand."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or actor.holds or actor.look.being not in HANDED:
        return picture
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if thing is None or manner_of(actor.action, picture.sentence) != "don" or garment(picture) is None:
        return picture
    return handed(picture, actor, thing)


def _taken(picture: Picture, actor: FigureIn, thing: ThingIn, tall: float, long: Mapping[str, float]) -> bool:
    kind = thing.look.kind
    if actor.look.being in HANDED and re.search(_WITH + re.escape(kind) + r"\b", picture.sentence.lower()):
        return long.get(thing.id, 9.0) <= _ALONG * tall
    if thing.id == picture.target or {kind, behaves_as(kind)} & _LEFT:
        return False
    said = re.findall(r"[a-z]+", picture.sentence.lower())
    if kind.split()[-1] in said or thing.id.split("-")[-1].split("_")[-1] in said:
        return False
    longest = long.get(thing.id, 9.0)
    if actor.look.being in HANDED:
        return longest <= _LIGHT.get(kind, _HANDY) * tall
    return actor.look.being in MOUTHED and longest <= _MOUTHFUL * tall
