"""Saddled: who gets onto what is ridden, and riders put in the saddle of beast or thing. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Facing
from .blocking import Placed
from .meeting import Meeting

_UPON = re.compile(r"\b(?:climb|get|jump|hop|swing)(?:s|ed|ting|ping|ing)?\b(?: up)? (?:on|onto)\b")


def climbs_upon(picture: Picture) -> bool:
    """Whether the event is that somebody gets onto what is ridden, which stands still for it."""
    return _UPON.search(picture.sentence[:2000].lower()) is not None


def on_things(
    placed: list[Placed],
    laid: list[Placed],
    met: tuple[Meeting, ...],
    saddles: Mapping[str, tuple[float, float]],
) -> tuple[list[Placed], list[Placed]]:
    """Riders put on the things that they ride, which travel with them."""
    riders, things = {p.id: p for p in placed}, {p.id: p for p in laid}
    ridden: set[str] = set()
    for meeting in met:
        rider, thing = riders.get(meeting.one), things.get(meeting.other)
        if meeting.kind != "ride" or rider is None or thing is None:
            continue
        under = replace(thing, x=rider.x, depth=rider.depth, up=max(0.0, thing.up))
        if thing.id in ridden:  # the second one gets in where the first has parked it
            under = thing
        ridden.add(thing.id)
        both = in_the_saddle(rider, under, saddles.get(rider.id, (0.0, 0.6 * thing.extent.top)))
        riders[rider.id], things[thing.id] = both[rider.id], both[thing.id]
    return [riders[p.id] for p in placed], [things[p.id] for p in laid]


def in_the_saddle(rider: Placed, mount: Placed, saddle: tuple[float, float]) -> dict[str, Placed]:
    facing = mount.facing if mount.facing in (Facing.left, Facing.right) else rider.facing
    if facing not in (Facing.left, Facing.right):
        facing = Facing.right
    way = 1 if facing is Facing.right else -1
    speed = max(abs(mount.walks), abs(rider.walks)) * way
    carrier = replace(mount, facing=facing, walks=speed)
    seated = replace(
        rider,
        x=mount.x + way * saddle[0],
        up=mount.up + saddle[1],
        depth=mount.depth - 0.03,
        facing=facing,
        walks=speed,
        rides=mount.id,
        sunk=0.0,
    )
    return {carrier.id: carrier, seated.id: seated}
