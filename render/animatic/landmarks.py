"""Landmarks: a tower that a small one runs to, falls from or sits beside is in the frame with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Facing, ShotSize
from .blocking import Placed
from .places.recipes import Recipe

if TYPE_CHECKING:
    from .stage import Staging

_TOWERS = frozenset({"tower", "watchtower", "lighthouse", "windmill", "castle"})
_SMALL = 1.0
"""Metres: for whoever is lower a real tower would be nothing but a wall."""
_TALL = 18.0
"""Heights of a small one that a tower has at whose foot it is: it goes out of the top of the frame."""
_TRUNK = 0.32
"""Of a tower's width, from its middle to its wall: its roof and its flag are broader."""
_SEEN = 4.2
"""Heights of a small one that are seen of the wall beside it, across."""
_FAR_OFF = frozenset({Action.run, Action.walk, Action.look, Action.sneak, Action.point, Action.fly})
"""What is done before a tower that stands large behind, and not at its foot."""
_FROM_TOP, _ACROSS_FRAME = 0.07, 0.74
"""Shares of the frame: from the top down to the tip of a tower behind, and across to where it stands."""
_FOUND = 3.0
"""Heights of the finder: what is higher stands farther off."""
_NEVER = frozenset({Action.climb, Action.think})
_SIZES = (ShotSize.wide, ShotSize.full, ShotSize.medium, ShotSize.two_shot)


def landmark(picture: Picture, tall: float, high: float) -> tuple[str, float] | None:
    """The tower of the event of a small actor ``tall`` metres high, and by how much smaller than its ``high``
    metres it is drawn; None where there is none."""
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if thing is None or picture.place.look.interior or picture.action in _NEVER or tall >= _SMALL:
        return None
    if not {thing.look.kind, behaves_as(thing.look.kind)} & _TOWERS or picture.camera.size not in _SIZES:
        return None
    return thing.id, 1.0 if picture.action in _FAR_OFF else min(1.0, _TALL * tall / high)


_BLOOMS = frozenset({"flower", "rose", "tulip", "sunflower", "daisy", "poppy", "lily"})
_BLOOM = 2.3
"""Heights that a flower has at most beside an insect or a mouse."""


def bloom(picture: Picture, tall: float, high: float) -> tuple[str, float] | None:
    """The flower of the event of a small actor ``tall`` metres high, and by how much smaller than ``high``
    metres it is drawn; None where there is none."""
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if thing is None or tall >= 0.5 * _SMALL or not {thing.look.kind, behaves_as(thing.look.kind)} & _BLOOMS:
        return None
    return thing.id, min(1.0, _BLOOM * tall / high)


_ACROSS = 30.0
"""Metres to the houses across the square on which such a tower stands."""
_LOWER = 0.42
"""Of its own height, what a skyline far behind such a tower has."""
_STREET = frozenset({"street", "houses", "lamps", "oil_lamps", "tram_wires", "stalls", "poles"})


def on_a_square(picture: Picture, recipe: Recipe, tall: float) -> Recipe:
    """The place with its houses far across a square, where a small one has to do with a tower. Pure.

    Against a door behind it the small one would be a giant, or the tower a toy.
    """
    kinds = {t.id: t.look.kind for t in picture.things if not t.held}
    kind = kinds.get(picture.target or "", "")
    tower = {kind, behaves_as(kind)} & _TOWERS or (
        picture.action is Action.climb and _CLIMBED(picture.sentence[:2000].lower())
    )
    if not tower or tall >= _SMALL or recipe.interior or picture.action is Action.think:
        return recipe
    layers = []
    for layer in recipe.layers:
        if layer.piece == "skyline" and layer.depth < _ACROSS:
            continue  # no house rises above the tower
        if layer.piece == "skyline":
            low, high = (_LOWER * float(layer.options.get(k, v)) for k, v in (("low", 18), ("high", 60)))
            layer = replace(layer, options={**layer.options, "low": low, "high": high})
        if layer.piece in _STREET and layer.depth < _ACROSS:
            if layer.piece not in ("street", "houses"):
                continue
            layer = replace(layer, depth=_ACROSS + layer.depth)
        layers.append(layer)
    front = tuple(la for la in recipe.front if la.piece not in _STREET)
    return replace(recipe, layers=tuple(sorted(layers, key=lambda la: -la.depth)), front=front)


def on_battlements(recipe: Recipe, tall: float) -> Recipe:
    """The top of a tower with its wall at the waist of whoever is ``tall`` metres high there. Pure."""
    if not recipe.ground.get("aloft"):
        return recipe
    edge = max(_LEDGE * tall, 0.3)
    layers = tuple(
        replace(la, depth=edge, options={**la.options, "tall": _WAIST * tall})
        if la.piece == "battlements"
        else la
        for la in recipe.layers
    )
    return replace(recipe, layers=layers, ground={**recipe.ground, "edge": edge + 0.05, "tile": _FLAG * tall})


def flagged(recipe: Recipe, picture: Picture, staging: Staging, size: tuple[int, int]) -> Recipe:
    """The top of a tower with its flag on that side of the frame where there is room for it. Pure."""
    actor = next((p for p in staging.figures if p.id == picture.actor), None)
    if actor is None or not recipe.ground.get("aloft"):
        return recipe
    pose = staging.pose
    share = _ROOMY if pose.at(actor.x, 0.0, actor.depth)[0] < 0.5 * size[0] else 1.0 - _ROOMY
    layers = tuple(
        replace(
            la, options={**la.options, "x": pose.x + (share * size[0] - pose.centre) / pose.scale(la.depth)}
        )
        if la.piece == "battlements"
        else la
        for la in recipe.layers
    )
    return replace(recipe, layers=layers)


_ROOMY = 0.78
"""Of the frame's width, to where the flag of a tower stands."""
_LEDGE, _WAIST, _FLAG = 1.2, 0.4, 0.6
"""Heights of who stands on a tower: behind them to its wall, up to its top, and across a flagstone."""
_CLIMBED = re.compile(r"\b(?:climb|clamber|scal)\w*\b.*\b(?:tower|lighthouse|windmill|castle)\b").search


def beside_landmark(picture: Picture, placed: list[Placed], laid: list[Placed]) -> list[Placed]:
    """The things with such a tower where its actor is: ahead of it, at its back where it falls."""
    actor = next((p for p in placed if p.id == picture.actor), None)
    tower = next((t for t in laid if t.id == picture.target), None)
    if actor is None or tower is None:
        return laid
    way = -1.0 if actor.facing is Facing.left else 1.0
    if picture.action in _FAR_OFF:
        return [
            replace(t, x=actor.x + way * t.extent.height, depth=_BEHIND) if t is tower else t for t in laid
        ]
    paws = -_ON_THE_WALL * _body(actor) if picture.action is Action.fall else 0.62 * actor.extent.width
    x = actor.x + way * (_TRUNK * tower.extent.width + paws)
    return [replace(t, x=x, depth=actor.depth + 0.1) if t is tower else t for t in laid]


_ON_THE_WALL = 0.03
"""Heights of who falls off a tower that it is in from the edge of the wall, at which its paws are."""
_BEHIND = 20.0
"""Metres that a tower stands behind who goes to it, until the frame is known."""


def at_its_wall(picture: Picture, actor: Placed, tower: Placed) -> Placed:
    """Whoever is at the foot of a tower, as broad as is framed: with the wall beside it, or alone. Pure."""
    if picture.action in _FAR_OFF:
        return actor
    way = 1.0 if tower.x > actor.x else -1.0
    across = _SEEN + (_ON_THE_WALL if picture.action is Action.fall else 0.0)
    wall = tower.x - actor.x - way * _TRUNK * tower.extent.width + way * across * _body(actor)
    left, right = min(actor.extent.left, wall), max(actor.extent.right, wall)
    return replace(actor, extent=replace(actor.extent, left=left, right=right, top=_body(actor)))


def _body(actor: Placed) -> float:
    """Metres that somebody is high on its feet, however far it falls."""
    return min(actor.extent.height, 0.6 * actor.extent.width)


def looming(picture: Picture, staging: Staging, size: tuple[int, int]) -> Staging:
    """The staging with the tower to which a small one goes behind, so far that its tip is seen. Pure."""
    actor = next((p for p in staging.figures if p.id == picture.actor), None)
    tower = next((t for t in staging.things if t.id == picture.target), None)
    if actor is None or tower is None or picture.action not in _FAR_OFF:
        return staging
    if not short_tower(picture, tower, [actor]):
        return staging
    pose, (wide, high) = staging.pose, size
    # pose.horizon + scale * (pose.height - tip) is where the tip is seen
    scale = (pose.horizon - _FROM_TOP * high) / max(0.1, tower.extent.top - pose.height)
    depth = max(_NEAREST, pose.focal / max(1e-6, scale) - pose.distance)
    share = 1.0 - _ACROSS_FRAME if actor.facing is Facing.left else _ACROSS_FRAME
    x = pose.x + (share * wide - pose.centre) / pose.scale(depth)
    behind = replace(tower, x=x, depth=depth)
    return replace(staging, things=tuple(behind if t is tower else t for t in staging.things))


_NEAREST = 3.0
"""Metres: no tower stands nearer behind anybody."""


def falls_from(picture: Picture, actor: Placed, laid: Sequence[Placed]) -> float:
    """Metres up to the edge of such a tower from which somebody falls; 0 for any other fall. Pure."""
    tower = next((t for t in laid if t.id == picture.target), None)
    if tower is None or actor.id != picture.actor or not short_tower(picture, tower, [actor]):
        return 0.0
    return _EDGE * tower.extent.height


_EDGE = 0.11
"""Of a tower's height, from its foot: as high as is seen of it in the frame."""
_WALL = 9.0
"""Heights of a small one: whatever is higher is nothing but a wall behind it."""


def without_walls(picture: Picture, placed: list[Placed], laid: list[Placed]) -> list[Placed]:
    """The things without those that, behind nobody but small ones, would be a grey wall; what it is about
    stays. Pure."""
    tallest = max((p.extent.height for p in placed), default=_SMALL)
    if tallest >= 0.5 * _SMALL or any(p.rides for p in placed):
        return laid
    return [t for t in laid if t.id == picture.target or t.extent.height < _WALL * tallest or t.up > 0]


def short_tower(picture: Picture, tower: Placed, pair: list[Placed]) -> bool:
    """Whether a thing is such a tower, with its actor first in ``pair``."""
    return bool(pair) and pair[0].id == picture.actor and _lowered(picture, tower.id, pair[0].extent.height)


def _lowered(picture: Picture, thing: str, tall: float) -> bool:
    found = landmark(picture, tall, 1.0)
    return found is not None and found[0] == thing


def in_front(picture: Picture, placed: list[Placed], laid: list[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Figures and things with what somebody finds right before the finder. Pure."""
    actor = next((p for p in placed if p.id == picture.actor), None)
    thing = next((t for t in laid if t.id == found_thing(picture)), None)
    if actor is None or thing is None or actor.rides or thing.extent.height > _FOUND * actor.extent.height:
        return placed, laid
    way = -1.0 if actor.facing is Facing.left else 1.0
    turned = replace(actor, facing=Facing.left if way < 0 else Facing.right)
    placed = [turned if p is actor else p for p in placed]
    x = actor.x + way * 0.62 * (actor.extent.width + thing.extent.width)
    return placed, [replace(t, x=x, depth=actor.depth + 0.02) if t is thing else t for t in laid]


def found_thing(picture: Picture) -> str | None:
    """The id of a thing that lies or stands there and is found; None for nothing."""
    if picture.action is not Action.look or manner_of(Action.look, picture.sentence) != "find":
        return None
    return next((t.id for t in picture.things if t.id == picture.target and not t.held), None)
