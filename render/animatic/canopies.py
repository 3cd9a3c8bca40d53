"""Canopies: the umbrella over somebody's head is in the frame with its bearer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Age, Being, Facing, ShotSize, View
from .blocking import Placed
from .figures.acting import Acting, Laid
from .figures.performances import performance
from .grip import is_canopy
from .meeting import Meeting
from .players import Player

_WHOLE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full, ShotSize.medium_full})
_HIGH = 1.55
"""Top of an open umbrella, in heights of whoever holds it, or of the taller of two."""
_NEAR = frozenset({ShotSize.medium_full, ShotSize.medium, ShotSize.medium_close, ShotSize.two_shot})
_HANDED = frozenset({Being.person, Being.robot, Being.creature})


def _bearers(picture: Picture) -> set[str]:
    """Those with an open umbrella in a hand."""
    open_ones = {t.id for t in picture.things if t.held and behaves_as(t.look.kind) == "umbrella"}
    return {f.id for f in picture.figures if open_ones & set(f.holds) and f.look.being in _HANDED}


def sheltered(picture: Picture) -> Picture:
    """The picture with the camera far enough off for the open umbrella in the hand of who is in its frame.

    A close-up of a face is left as it is. Pure.
    """
    camera = picture.camera
    bearers = _bearers(picture)
    near = camera.size in _NEAR or camera.view is View.over_shoulder
    seen = camera.size is ShotSize.two_shot or camera.focus in (None, *bearers)
    if not (bearers and near and seen):
        return picture
    whole = camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    return picture.model_copy(update={"camera": whole})


def canopied(picture: Picture, placed: Sequence[Placed], met: Sequence[Meeting]) -> list[Placed]:
    """Those to be framed, as high as the umbrellas that they hold or are handed. Pure."""
    bearers = _bearers(picture)
    bearers |= {m.other for m in met if m.kind == "give" and m.one in bearers}
    bearers |= {m.one for m in met if m.kind == "give" and m.other in bearers}
    if any(f.id in bearers and f.action is Action.walk for f in picture.figures):  # over who walks along
        bearers |= {f.id for f in picture.figures if f.look.being is Being.person and f.action is Action.walk}
    if not bearers or picture.camera.size not in _WHOLE:
        return list(placed)
    return [
        replace(p, extent=replace(p.extent, top=max(p.extent.top, _HIGH * p.extent.height)))
        if p.id in bearers
        else p
        for p in placed
    ]


def roofs(placed: Sequence[Placed], players: Mapping[str, Player]) -> tuple[Placed, ...]:
    """The open umbrellas in hands on the stage, each placed as its bearer is. Pure."""
    found = []
    for p in placed:
        if p.shoulder or p.id not in players or not any(is_canopy(thing) for thing in players[p.id].held):
            continue
        tall, ahead = p.extent.height, -1.0 if p.facing is Facing.left else 1.0
        middle, half = ahead * _HAND[0] * tall, _RIM * tall
        over = replace(p.extent, left=middle - half, right=middle + half, top=_HIGH * tall, bottom=tall)
        found.append(replace(p, extent=over))
    return tuple(found)


_RIM = 0.45
"""Half the width of an open umbrella, in heights of whoever holds it."""
_OVER = re.compile(r"\bumbrella\b.*\b(?:over|above)\b|\bshares?\b.*\bumbrella\b")
"""An umbrella is held over somebody else."""
_UNDER = 0.36
"""Heights of who holds an umbrella over somebody from the one to the other."""


def under_it(picture: Picture, placed: Sequence[Placed]) -> list[Placed]:
    """The figures, somebody over whom another holds an umbrella near enough to be under it. Pure."""
    told = _OVER.search(picture.sentence[:2000].lower())
    holds = picture.actor in _bearers(picture) and picture.action is Action.hold
    others = [f for f in picture.figures if f.id != picture.actor and f.look.being is Being.person]
    other = next((f.id for f in others if f.id == picture.target), others[0].id if len(others) == 1 else "")
    pair = {p.id: p for p in placed if p.id in (picture.actor, other) and not (p.rides or p.shoulder)}
    if not told or not holds or len(pair) != 2 or picture.actor is None:
        return list(placed)
    me, it = pair[picture.actor], pair[other]
    way = 1.0 if it.x >= me.x else -1.0
    near = min(abs(it.x - me.x), _UNDER * me.tall)
    aside = (abs(it.x - me.x) - near) / 2
    moved = {
        me.id: replace(me, x=me.x + way * aside),
        it.id: replace(it, x=it.x - way * aside, depth=me.depth),
    }
    return [moved.get(p.id, p) for p in placed]


_AT_EASE = frozenset(
    {
        Action.stand, Action.walk, Action.run, Action.talk, Action.listen, Action.look, Action.think,
        Action.sneak, Action.search, Action.sit, Action.kneel,
    }
)  # fmt: skip
"""What is done with a hand to spare, which has the umbrella."""
_HAND = 0.22, -0.03
"""Where that hand is, in heights ahead of the neck and below it: the rim is over the head, the hand free of
the trunk."""
_LARGE_HEAD = 0.11
"""How much higher a child has it, whose head is larger, in heights."""
_OTHER = -0.08, 0.4
"""Where the other one hangs."""
_OFF = 0.14
"""How far ahead of the nose it is at least, in heights."""
_LOWER = 0.22, 0.11
"""Where it is if both have the stick."""
_STILL = _AT_EASE - {Action.walk, Action.run, Action.sit, Action.kneel}
_ASIDE = 0.3, 1.3
"""How far ahead of its bearer, in metres, somebody is who walks under the same umbrella."""


def under_one(placed: Placed, others: Sequence[Placed], players: Mapping[str, Player]) -> Player | None:
    """Who walks ahead of somebody who has an open umbrella, near enough to be under it too. Pure."""
    me = players[placed.id]
    way = -1.0 if placed.facing is Facing.left else 1.0
    if me.acting.action is not Action.walk or not any(is_canopy(thing) for thing in me.held):
        return None
    for other in others:
        it = players.get(other.id)
        if it is None or it is me or it.acting.action is not Action.walk or other.facing is not placed.facing:
            continue
        beside = _ASIDE[0] < way * (other.x - placed.x) < _ASIDE[1]
        if beside and it.source.look.being is Being.person and not any(is_canopy(t) for t in it.held):
            return it
    return None


def held_up(player: Player, acting: Acting, seconds: float) -> tuple[Laid, ...]:
    """Where the hand is that has an open umbrella over its bearer's own head, where there is one. Pure."""
    shows = acting.action is Action.hold and acting.manner in ("", "show")
    if not any(is_canopy(thing) for thing in player.held) or not (shows or acting.action in _AT_EASE):
        return ()
    joints = player.body.joints(acting, seconds)
    if not joints:
        return ()
    (x, y), tall = joints["neck"], player.body.height
    ahead = -1.0 if acting.facing is Facing.left else 1.0
    stoops = max(0.0, ahead * (joints["nose"][0] - x) / tall - _HAND[0] + _OFF)  # the face is over the hand
    child = player.source.look.age is Age.child
    upper = (_HAND[0], _HAND[1] - _LARGE_HEAD) if child else _HAND
    hands = (upper, _OTHER) if acting.action in _STILL else (upper,)
    if performance(acting.action, acting.manner).grasp:
        hands = (upper, _LOWER)
    return tuple((x + ahead * (out + stoops) * tall, y + down * tall, 1.0) for out, down in hands)


def on_the_stick(
    placed: Placed, figures: Sequence[Placed], players: Mapping[str, Player], seconds: float
) -> tuple[Laid, ...]:
    """Where somebody grown has a hand on the stick of the umbrella that a child has over both. Pure."""
    me = players[placed.id]
    if me.source.look.age is Age.child or me.acting.action is not Action.walk:
        return ()
    for other in figures:
        it = players.get(other.id)
        if it is None or it.source.look.age is not Age.child or under_one(other, figures, players) is not me:
            continue
        hand = it.body.hand(replace(it.acting, lays=held_up(it, it.acting, seconds)), seconds)
        neck = me.body.joints(me.acting, seconds).get("neck")
        if hand is not None and neck is not None:
            across = (other.x + hand[0] * it.scale - placed.x) / me.scale
            return ((across, neck[1] + _GRIPPED * me.body.height, 1.0),)
    return ()


_GRIPPED = 0.16
"""How far below the neck of somebody grown that hand is, in heights: above the child's own."""
