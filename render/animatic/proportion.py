"""Proportion: how large things are drawn beside those who have to do with them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action
from .blocking import Extent
from .figures import Figure
from .lairs import hidden_size
from .landmarks import bloom, landmark
from .players import Player, kept_visible
from .props import Standing
from .things import Thing

_PUSHED = 0.62
"""Of who pushes it: the least height of what is pushed."""


def room_beside(thing: Thing, least: float) -> Extent:
    """How much room a thing takes on the stage beside somebody ``least`` metres tall."""
    scale = kept_visible(max(thing.width, thing.height), least)
    half, tall = thing.width * scale / 2, thing.height * scale
    return Extent(-half, half, tall, 0.0, tall / 2)


def size_drawn(thing: Thing, stands: Standing, least: float) -> tuple[float, float]:
    """Metres across and up that a thing is drawn as it stands, the smallest there being ``least`` tall."""
    scale = kept_visible(max(thing.width, thing.height), least) * stands.scale
    return thing.width * scale, thing.height * scale


def handled(
    picture: Picture,
    bodies: Mapping[str, Figure],
    things: Mapping[str, Thing],
    stands: Mapping[str, Standing],
    overturned: bool,
) -> dict[str, Standing]:
    """How what is pushed stands, as high as the hands that push it, as a crate is; what is hidden is lower.

    Empty where nothing is otherwise than it stands already.
    """
    pusher = bodies.get(picture.actor or "")
    name = picture.target or ""
    thing, standing = things.get(name), stands.get(name)
    if pusher is None or thing is None or standing is None:
        return {}
    if picture.action is Action.pull and thing.look.kind == "thread":
        standing = replace(standing, scale=standing.scale * 0.13 * pusher.height / thing.height)
    small = hidden_size(picture, pusher.height, thing)
    if small < 1.0 and not standing.under:
        standing = replace(standing, scale=standing.scale * small)
    pushes = picture.action is Action.push and not standing.under and not overturned
    if pushes and thing.height < _PUSHED * pusher.height:
        grown = min(2.4, _PUSHED * pusher.height / max(0.05, thing.height))
        standing = replace(standing, scale=standing.scale * grown)
    return {name: standing}


def lowered(
    picture: Picture,
    actor: Player,
    things: Mapping[str, Thing],
    stands: Mapping[str, Standing],
    least: float,
) -> tuple[dict[str, Standing], bool]:
    """How a tower or flower to which a small one goes stands, as low as is seen whole with it; and whether it
    is a tower."""
    name = picture.target or ""
    if name not in things:
        return {}, False
    tall, high = actor.body.height * actor.scale, size_drawn(things[name], stands[name], least)[1]
    tower = landmark(picture, tall, high)
    found = tower or bloom(picture, tall, high)
    if found is None:
        return {}, tower is not None
    return {found[0]: replace(stands[found[0]], scale=found[1])}, tower is not None
