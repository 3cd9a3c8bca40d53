"""Files: two who go one behind the other, led by the hand or followed at a distance. Pure."""

from __future__ import annotations

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing, Side

_AFOOT = frozenset({Being.person, Being.robot, Being.quadruped, Being.creature, Being.ghost})


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
    figures = tuple({actor.id: first, other.id: second}.get(f.id, f) for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def led(picture: Picture) -> tuple[str, str] | None:
    """Who leads whom by the hand; None where nobody does, or one of them is not afoot with hands."""
    pair = _pair(picture)
    if pair is None or manner_of(Action.walk, picture.sentence) != "lead":
        return None
    hands = all(f.look.being in (Being.person, Being.robot) for f in pair)
    return (pair[0].id, pair[1].id) if hands else None


def _pair(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """The actor who leads or follows, and the other of the two."""
    if picture.action is not Action.walk or manner_of(Action.walk, picture.sentence) == "":
        return None
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None:
        return None
    return (actor, other) if {actor.look.being, other.look.being} <= _AFOOT else None
