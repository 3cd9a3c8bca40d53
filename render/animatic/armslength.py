"""At arm's length: what somebody has its hands on stands before it, and to what cannot be moved it goes.

Metres on the stage throughout.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from .blocking import VESSELS, Placed
from .direction import HANDLED
from .games import KEYED
from .meeting import TRIPS
from .reach import turned
from .tripping import is_fast
from .vehicles import cab_of

_CAR = 4.5
"""Metres: what is longer is no car."""
_SHOVED = 1.4
"""Of somebody's height: what is longer is pushed where it stands."""
_DRAGGED = 2.4
"""The same of what is pulled by a rope."""


def within_reach(
    picture: Picture, placed: list[Placed], laid: list[Placed]
) -> tuple[list[Placed], list[Placed]]:
    """What the actor has its hands on stands at arm's length before it; to what cannot be moved it goes."""
    actor = next((p for p in placed if p.id == picture.actor), None)
    thing = next((p for p in laid if p.id == picture.target), None)
    if actor is None or thing is None or actor.rides or actor.sunk:
        return placed, laid
    trips = picture.action is Action.fall and TRIPS.search(picture.sentence.lower()) is not None
    at_it = (*HANDLED, Action.hug)
    low = _kneels_at(picture, actor, thing)
    if not (trips or low) and not any(f.id == actor.id and f.action in at_it for f in picture.figures):
        room = _SWUNG.get(picture.action)
        return placed, [p if room is None or p is not thing else _clear_of(actor, p, room) for p in laid]
    way = {Facing.left: -1.0, Facing.right: 1.0}.get(actor.facing, 1.0 if thing.x >= actor.x else -1.0)
    apart = _arm(picture, actor, thing, trips)
    kind = next((t.look.kind for t in picture.things if t.id == thing.id), "")
    near = abs(thing.depth - actor.depth) < 1.6
    built = _is_built(picture, kind, thing, actor)
    if (near or built or _is_brought(picture, kind, thing, actor)) and not thing.up:
        moved = _before(picture, actor, thing, way, apart, trips)
        seen = _at_it(actor, Facing.right if way > 0 else Facing.left)
    else:
        moved = thing
        seen = _gone_to(picture, actor, thing, way, apart)
    placed = _off_what_is_built(placed, seen, moved) if built else placed
    return [seen if p.id == seen.id else p for p in placed], [moved if p.id == thing.id else p for p in laid]


_BESIDE = re.compile(r"\b(?:beside|by|next to|over)\b")


def _kneels_at(picture: Picture, actor: Placed, thing: Placed) -> bool:
    """Whether somebody kneels beside a thing that is so low then that hands are laid on it."""
    beside = picture.action is Action.kneel and _BESIDE.search(picture.sentence[:2000].lower()) is not None
    kneels = any(f.id == actor.id and f.look.being is Being.person for f in picture.figures)
    return beside and kneels and LAID_ON[0] * actor.tall < thing.extent.top < LAID_ON[1] * actor.tall


LAID_ON = 0.14, 0.5
"""Of the height of who kneels beside it: what is lower or higher has no hand laid on it."""


def _arm(picture: Picture, actor: Placed, thing: Placed, trips: bool) -> float:
    """Metres between the middles of an actor and what it has its hands on, or trips over."""
    tall, width, action = actor.tall, thing.extent.width, picture.action
    large = width > 1.2 * tall
    if _is_keyed(picture, thing):  # on a stool at its keyboard
        return 0.13 * tall + 0.5 * width
    if action is Action.play and width > 0.6 * tall:  # before its keys
        return 0.12 * tall + 0.36 * width
    if action is Action.dig:  # under the rose of a can
        return 0.56 * tall
    if action is Action.hug:  # the breast is at it
        return 0.08 * tall + 0.06 * width if _trunked(picture, thing.id) else 0.1 * tall + 0.26 * width
    if action is Action.pull and large:  # a rope is between
        return 0.42 * tall + 0.5 * width
    if action is Action.paint:  # the brush is on it; before its near end, or a bow would be out of reach
        return 0.42 * width - 0.1 * tall if large else 0.14 * tall + 0.5 * width
    if trips and _is_beast(picture, actor):  # under its forefeet, and behind them: it goes down on its nose
        return 0.24 * actor.extent.width + 0.2 * width
    if trips:  # at the foot, and before it
        return 0.1 * tall + 0.4 * width
    if large:  # under a large thing hands take hold, they do not reach it
        return 0.12 * tall + 0.5 * width
    if action in (Action.open, Action.close) and 0.26 * tall < thing.extent.top < 0.6 * tall:
        return 0.22 * tall + 0.5 * width  # a hand is on its lid
    return 0.32 * tall + 0.5 * width


def _is_beast(picture: Picture, actor: Placed) -> bool:
    return any(f.id == actor.id and f.look.being is Being.quadruped for f in picture.figures)


def _is_keyed(picture: Picture, thing: Placed) -> bool:
    """Whether it has a keyboard, and is played."""
    return picture.action is Action.play and any(
        t.id == thing.id and behaves_as(t.look.kind) in KEYED for t in picture.things
    )


def _is_built(picture: Picture, kind: str, thing: Placed, actor: Placed) -> bool:
    """Whether it is a boat that is worked on ashore."""
    works = picture.action is Action.work and behaves_as(kind) in VESSELS
    return works and thing.extent.width < 3.0 * actor.tall


def _is_brought(picture: Picture, kind: str, thing: Placed, actor: Placed) -> bool:
    """Whether it comes to whoever handles it, wherever it was put."""
    if picture.action is Action.play:  # keys
        return True
    if cab_of(kind) is not None and thing.extent.width < _CAR:  # at the kerb; a plane would fill the frame
        return True
    most = _DRAGGED if picture.action is Action.pull else _SHOVED
    return picture.action in (Action.push, Action.pull) and thing.extent.width < most * actor.tall


def _before(picture: Picture, actor: Placed, thing: Placed, way: float, apart: float, trips: bool) -> Placed:
    """The thing put before the actor, with its front ahead where it is pushed along."""
    facing = Facing.right if way > 0 else Facing.left
    kind = next((t.look.kind for t in picture.things if t.id == thing.id), "")
    behind = -0.04 if trips and not _is_beast(picture, actor) and not is_fast(kind) else 0.04
    if picture.action is Action.push and behaves_as(kind) in _FORWARD:
        thing = replace(thing, facing=facing)
        saddle = behaves_as(kind) in _SADDLED
        apart = 0.34 * actor.tall + 0.28 * thing.extent.width if saddle else apart
    if _is_keyed(picture, thing):
        thing = replace(thing, facing=facing)
    return replace(thing, x=actor.x + way * apart, depth=actor.depth + behind)


def _gone_to(picture: Picture, actor: Placed, thing: Placed, way: float, apart: float) -> Placed:
    """The actor at the thing that stays where it is."""
    seen = replace(_at_it(actor, Facing.right if way > 0 else Facing.left), x=thing.x - way * apart)
    if thing.up:
        return seen
    if picture.action is Action.paint:  # before it, at the wall
        return replace(seen, depth=max(actor.depth, thing.depth - 0.1))
    if picture.action is Action.hug:  # and does not hold the air before it
        return replace(seen, depth=thing.depth - 0.04)
    if picture.action in (Action.push, Action.pull):  # else a bus is chest-high
        room = 0.2 * actor.tall if picture.action is Action.push else 0.0
        return replace(seen, x=seen.x - way * room, depth=max(actor.depth, thing.depth - 0.04))
    return seen


_SWUNG = {Action.kneel: 0.03, Action.dance: 0.15}
"""Actions whose head or arms swing out, and would lie over what is bowed to or danced about -> how far that
stands from them, in heights."""


def _clear_of(actor: Placed, thing: Placed, room: float) -> Placed:
    """What stands upright beside somebody, moved outwards until no head or hand lies over it, with ``room``
    in heights of that one."""
    off = thing.depth - actor.depth
    if thing.up or thing.extent.top < 0.5 * actor.tall or not -1.6 < off < 5.0:
        return thing
    side = 1.0 if thing.x >= actor.x else -1.0
    reach = max(side * actor.extent.left, side * actor.extent.right) + 0.5 * thing.extent.width
    reach *= 1.0 + 0.12 * max(0.0, off - 0.4)  # what is farther off is seen nearer to the middle
    return replace(thing, x=actor.x + side * max(abs(thing.x - actor.x), reach + room * actor.tall))


def _off_what_is_built(placed: list[Placed], actor: Placed, thing: Placed) -> list[Placed]:
    """Those who would stand before what is built, in a row behind whoever builds it, who look on."""
    way, found = (1.0 if thing.x > actor.x else -1.0), []
    row = actor.x - way * 0.1 * actor.tall
    for p in placed:
        if p.id != actor.id and -0.6 < way * (p.x - actor.x) < 1.1 * thing.extent.width:
            row -= way * 0.4 * p.tall
            facing = Facing.right if way > 0 else Facing.left
            p = replace(turned(p, facing), x=row, depth=actor.depth + 0.06, gaze=None)
        found.append(p)
    return found


def _trunked(picture: Picture, thing: str) -> bool:
    """Whether that thing is a tree: its trunk is much narrower than its crown."""
    return any(t.id == thing and behaves_as(t.look.kind) == "tree" for t in picture.things)


_FORWARD = frozenset({"bicycle", "motorcycle", "scooter", "tricycle", "wheelbarrow", "pram", "sled", "cart"})
"""What is pushed with its front ahead."""
_SADDLED = frozenset({"bicycle", "motorcycle"})
"""What is pushed with the hands on its saddle."""


def _at_it(actor: Placed, facing: Facing) -> Placed:
    """Turned to what it works at: whoever faced the lens was measured at work to the right."""
    sideways = actor.facing in (Facing.left, Facing.right)
    return turned(actor if sideways else replace(actor, facing=Facing.right), facing)
