"""Files: two who go one behind the other, led, followed or chased, and who makes off from another. Pure."""

from __future__ import annotations

import re

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Expression, Facing, Side
from .together import CHASED, accompanied, named_in

_FILES = frozenset({"lead", "follow"})
"""Manners of walking in which one goes behind the other."""
_AFOOT = frozenset({Being.person, Being.robot, Being.quadruped, Being.creature, Being.ghost, Being.bird})


def in_file(picture: Picture) -> Picture:
    """The picture in which both walk the same way, whoever leads or is followed ahead of the other."""
    pair = _pair(picture)
    if pair is None:
        return picture
    actor, other = pair
    leads = manner_of(Action.walk, picture.sentence) == "lead"
    order = list(Side)
    left = order.index(actor.side) <= order.index(other.side)
    if actor.side is other.side:
        left = actor.facing is not Facing.left
    facing = Facing.left if left is leads else Facing.right
    going = {"action": Action.walk, "facing": facing}
    sides = (Side.left, Side.right) if left else (Side.right, Side.left)
    first = actor.model_copy(update={**going, "side": sides[0], "gaze": None if leads else other.id})
    second = other.model_copy(update={**going, "side": sides[1], "gaze": actor.id if leads else None})
    new = {actor.id: first, other.id: second}
    kin = [f for f in picture.figures if f.id not in new and f.look.species == other.look.species]
    if leads and other.look.being is not Being.person and kin:  # a duck leads all its ducklings
        ends = (Side.right, Side.far_right) if left else (Side.left, Side.far_left)
        new |= {
            f.id: f.model_copy(update={**going, "side": side, "gaze": actor.id})
            for f, side in zip(kin, [ends[1]] * len(kin), strict=True)
        }
    figures = tuple(new.get(f.id, f) for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


_WAYS = frozenset({Action.walk, Action.run, Action.sneak, Action.fly, Action.float, Action.swim})
_FLED = re.compile(
    r"\b((run|runs|ran|fl(y|ies)|swims?|hops?|dash(es)?|scurr(y|ies)|sneaks?|creeps?|slinks?|walks?|backs?|races?)"
    r" (away|off)|flees?|fled|escap(e|es|ed)|runs?) from\b"
)
TURNED = re.compile(r"\bturn(s|ed|ing)? (away|(his|her|its|their) backs?)\b")
_FLIGHTLESS = frozenset({"ostrich", "penguin", "chicken", "hen", "rooster", "turkey", "emu", "chick"})


def parted(picture: Picture) -> Picture:
    """The picture in which who is chased runs ahead of who chases, and who makes off goes from the other.

    Who turns away from somebody has its back to that one: a person stands so, others go their way.
    """
    picture = _of_those_named(picture)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    told = picture.sentence[:2000].lower()
    if actor is None or other is None or actor.action is Action.ride:
        return picture
    chased, fled, turned = (_chased(told), _FLED.search(told), TURNED.search(told))
    if not (chased or fled or turned) or picture.action not in (*_WAYS, Action.stand, Action.jump):
        return picture
    if chased:
        return _in_pursuit(picture, actor, other)
    order = list(Side)
    left = order.index(actor.side) <= order.index(other.side)
    _, off = (Facing.right, Facing.left) if left else (Facing.left, Facing.right)
    first: dict[str, object] = {"facing": off, "gaze": None}
    second: dict[str, object] = {"facing": off, "gaze": actor.id}
    if fled:
        first["action"] = _fastest(actor, picture.action)
        first["expression"] = Expression.afraid
    elif actor.look.being is not Being.person and actor.action is Action.stand:
        first["action"] = Action.walk
    new = {actor.id: actor.model_copy(update=first), other.id: other.model_copy(update=second)}
    action = new[actor.id].action
    return picture.model_copy(
        update={"figures": tuple(new.get(f.id, f) for f in picture.figures), "action": action}
    )


def _hunted(picture: Picture) -> tuple[FigureIn, ...]:
    """Those who are chased: whom the sentence names after its verb, or whoever it is done to."""
    told = picture.sentence[:2000].lower()
    verb = CHASED.search(told)
    if verb is None:
        return ()
    before, after = told[: verb.start()], told[verb.end() :]
    others = [f for f in picture.figures if f.id != picture.actor]
    named = [f for f in others if f.noun and f.noun.lower() in after]
    named = named or [f for f in others if named_in(f, after) and f.noun.lower() not in before]
    return tuple(named) or tuple(f for f in picture.figures if f.id == picture.target != picture.actor)


def _of_those_named(picture: Picture) -> Picture:
    """The picture in which it is those who are named after the verb that are chased."""
    hunted = _hunted(picture) if _chased(picture.sentence[:2000].lower()) else ()
    if not hunted or picture.target in {f.id for f in hunted}:
        return picture
    return picture.model_copy(update={"target": hunted[0].id})


_LANES = {
    1: (Side.left,), 2: (Side.far_left, Side.left), 3: (Side.far_left, Side.left, Side.centre),
}  # fmt: skip
"""Where so many go who are behind; those ahead are in the mirror of it."""
_MIRRORED = {
    Side.far_left: Side.far_right, Side.left: Side.right, Side.centre: Side.centre, Side.right: Side.left,
    Side.far_right: Side.far_left,
}  # fmt: skip


def _in_pursuit(picture: Picture, actor: FigureIn, other: FigureIn) -> Picture:
    """Everybody who is chased ahead, afraid and looking back, everybody who chases behind, all one way."""
    order = list(Side)
    left = order.index(actor.side) <= order.index(other.side)
    if actor.side is other.side:
        left = actor.facing is not Facing.left
    facing = Facing.right if left else Facing.left
    hunted = _hunted(picture)
    hunting = [f for f in picture.figures if f not in hunted and (f is actor or f.action is actor.action)]
    new: dict[str, FigureIn] = {}
    for group, ahead in ((hunting, False), (hunted, True)):
        lanes = _LANES[min(3, len(group))]
        if ahead is left:
            lanes = tuple(_MIRRORED[side] for side in lanes)
        ranked = sorted(group, key=lambda f: (f is not actor and f is not other, order.index(f.side)))
        for place, f in enumerate(ranked):
            going: dict[str, object] = {
                "action": _fastest(f, picture.action),
                "facing": facing,
                "gaze": actor.id if ahead else other.id,
                "side": lanes[-1 - min(place, len(lanes) - 1)],
            }
            if ahead:
                going["expression"] = Expression.afraid
            new[f.id] = f.model_copy(update=going)
    figures = tuple(new.get(f.id, f) for f in picture.figures)
    return picture.model_copy(update={"figures": figures, "action": new[actor.id].action})


def pursuer(picture: Picture, figure: FigureIn) -> bool:
    """Whether somebody runs after somebody else who is there, to get hold of it."""
    told = picture.sentence[:2000].lower()
    if figure.action is not Action.run or not _chased(told):
        return False
    hunted = _hunted(picture)
    return bool(hunted) and figure not in hunted


def parts_from(picture: Picture) -> bool:
    """Whether the actor makes off or turns away from somebody who is there."""
    told = picture.sentence[:2000].lower()
    other = any(f.id == picture.target and f.id != picture.actor for f in picture.figures)
    return other and (_FLED.search(told) or TURNED.search(told)) is not None


def comes_up(picture: Picture) -> bool:
    """Whether the actor goes to somebody who is there, and who does not go along."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    others = [f for f in picture.figures if f.id == picture.target and f is not actor]
    other = any(actor and (f.action, f.facing) != (actor.action, actor.facing) for f in others)
    along = _chased(picture.sentence[:2000].lower()) or manner_of(Action.walk, picture.sentence) in _FILES
    return other and picture.action in _WAYS and not along and accompanied(picture) is None


def _chased(told: str) -> bool:
    return CHASED.search(told) is not None and "chases away" not in told


def _fastest(figure: FigureIn, action: Action) -> Action:
    """How somebody hurries: a bird flies, who swims or floats goes on so, and others do as is told."""
    if figure.look.being is Being.bird and figure.look.species not in _FLIGHTLESS and action is Action.run:
        return Action.fly
    if figure.action in (Action.fly, Action.float, Action.swim):
        return figure.action
    return (
        action
        if action not in (Action.fly, Action.float, Action.swim, Action.stand, Action.jump)
        else Action.run
    )


def led(picture: Picture) -> tuple[str, str] | None:
    """Who leads whom by the hand; None where nobody does, or one of them is not afoot with hands."""
    pair = _pair(picture)
    if pair is None or manner_of(Action.walk, picture.sentence) != "lead":
        return None
    hands = all(f.look.being in (Being.person, Being.robot) for f in pair)
    return (pair[0].id, pair[1].id) if hands else None


def _pair(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """The actor who leads or follows, and the other of the two."""
    if picture.action is not Action.walk or manner_of(Action.walk, picture.sentence) not in _FILES:
        return None
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None:
        return None
    return (actor, other) if {actor.look.being, other.look.being} <= _AFOOT else None
