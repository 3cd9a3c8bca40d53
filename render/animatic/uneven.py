"""Uneven: somebody huge with somebody small is seen from several sides, by what is done.

Whoever a giant or a tree speaks to is seen from behind, before its face; who speaks up to it stands nearer,
and it rises over the lens; who bows to a tree is seen past its bark from behind; who laughs with it is beside
its face in a close frame; when it sings with somebody, both are seen whole in the wood. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Angle, Being, Facing, Move, ShotSize, View
from .blocking import Placed
from .camera import Pose
from .figures.anatomy import HUGE

_TALLER = 1.6
"""Times as tall as the small one."""
_SAID = frozenset({Action.talk, Action.sing})
_UP_TO = frozenset({Action.talk, Action.sing, Action.wave, Action.point, Action.listen, Action.dance})
_FELT = frozenset({Action.laugh, Action.cry, Action.think})
_BOWED = frozenset({Action.kneel})
_LEVEL = frozenset({Angle.eye, Angle.low})
_NEAR_LEVEL = _LEVEL | {Angle.high}
_FREE = frozenset({ShotSize.full, ShotSize.medium_full, ShotSize.medium, ShotSize.two_shot})
_NEARER = 0.36
"""Heights of somebody huge by which who speaks up to it stands before it."""


def pair_of(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """The small one and the huge one of a picture of two; None of any other."""
    huge = [f for f in picture.figures if f.look.being is Being.plant or f.look.species == HUGE]
    small = [f for f in picture.figures if f not in huge and f.look.being is Being.person]
    return (small[0], huge[0]) if len(picture.figures) == 2 and len(small) == len(huge) == 1 else None


def sided(picture: Picture, tall: Mapping[str, float]) -> Picture:
    """The picture from the side from which such a pair is best seen in what it does; most as they are.

    ``tall`` has the height of every figure, in metres.
    """
    pair, camera = pair_of(picture), picture.camera
    if pair is None or camera.size not in _FREE or camera.view not in (View.objective, View.profile):
        return picture
    small, huge = pair
    if tall.get(huge.id, 0.0) < _TALLER * tall.get(small.id, 1.7) or camera.angle not in _NEAR_LEVEL:
        return picture
    free = camera.focus in (None, small.id, huge.id)
    if not free or manner_of(picture.action, picture.sentence) == "teach":  # with a board
        return picture
    level, seen = camera.angle in _LEVEL, dict[str, object]()
    if picture.actor == huge.id and picture.target == small.id:
        seen = _of_the_huge(picture, huge) if level else {}
    elif picture.actor == small.id and picture.target == huge.id:
        if level and picture.action in _UP_TO:
            seen = {"angle": Angle.low, "size": ShotSize.full, "focus": None}
        elif _low(huge) and picture.action in _BOWED:
            view, size = View.over_shoulder, ShotSize.full
            seen = {"view": view, "size": size, "angle": Angle.eye, "focus": small.id, "move": Move.static}
        elif _low(huge) and picture.action is Action.sit:
            seen = {"angle": Angle.eye, "size": ShotSize.full, "focus": None}
    if (
        not seen
        and level
        and picture.target in (small.id, huge.id)
        and picture.action in _FELT
        and _low(huge)
    ):
        seen = {"size": ShotSize.two_shot, "focus": None}
    return picture.model_copy(update={"camera": camera.model_copy(update=seen)}) if seen else picture


def _of_the_huge(picture: Picture, huge: FigureIn) -> dict[str, object]:
    """How somebody huge is seen that speaks down to the small one, or sings with it under the sky."""
    if picture.action is Action.sing and _low(huge):
        return {"size": ShotSize.wide, "focus": None}
    if picture.action in _SAID:
        return {"view": View.over_shoulder, "size": ShotSize.full, "focus": huge.id, "move": Move.static}
    return {}


def _low(huge: FigureIn) -> bool:
    """Whether the face is as high up as that of who stands beside, as in a trunk."""
    return huge.look.being is Being.plant


def close_by(picture: Picture) -> bool:
    """Whether the small one is framed beside the other's face, the crown being out of the frame.

    Who sits at the foot of a tree is, with the legs.
    """
    pair, camera = pair_of(picture), picture.camera
    near = camera.size is ShotSize.two_shot and picture.action in _FELT
    near = near or (camera.size is ShotSize.full and picture.action is Action.sit)
    return pair is not None and _low(pair[1]) and (near or camera.view is View.over_shoulder)


def rises(picture: Picture) -> bool:
    """Whether the huge one rises over the lens, before which who speaks up to it stands."""
    pair, camera = pair_of(picture), picture.camera
    low = camera.angle is Angle.low and camera.size is ShotSize.full
    return low and pair is not None and picture.actor == pair[0].id and picture.action in _UP_TO


def brought_near(picture: Picture, placed: Sequence[Placed]) -> list[Placed]:
    """The two as that side asks: who speaks up to somebody huge nearer to the lens."""
    if not rises(picture):
        return list(placed)
    nearer = _NEARER * max((p.extent.top for p in placed), default=0.0)
    return [replace(p, depth=p.depth - nearer) if p.id == picture.actor else p for p in placed]


def bark(picture: Picture) -> str | None:
    """Id of the tree of such a pair, which has no shoulder to look over; None without one."""
    pair = pair_of(picture)
    return pair[1].id if pair is not None and _low(pair[1]) else None


def past(huge: Placed, small: Placed, pose: Pose, size: tuple[int, int], side: int) -> Placed:
    """Somebody huge, back turned, of whom a part stands before the lens at an edge of the frame.

    ``side`` is -1 for the left edge. It stands on the ground that the small one stands on.
    """
    scale = _PAST * pose.scale(small.depth)
    depth = pose.focal / scale - pose.distance
    x = pose.x + side * (0.5 * size[0] - _BARK * huge.extent.top * scale) / scale
    return replace(huge, x=x, depth=depth, up=0.0, facing=Facing.away, walks=0.0, shoulder=True, sunk=0.0)


_PAST, _BARK = 1.6, 0.04
"""Times nearer it is than the small one; heights of its own that its middle is inside of the edge."""
