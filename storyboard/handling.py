"""Handling: which thing is in whose hand, and where the other things of a shot stand."""

from __future__ import annotations

from .film import CastMember, Event, PropUse
from .lexicon import state_id
from .performing import SWIMMERS
from .scene_stage import SceneStage
from .treatment import TreatedShot
from .vocabulary import (
    Action,
    Distance,
    Facing,
    ShotSize,
    Side,
    Stature,
)

_HANDLED = frozenset(
    (
        Action.hold,
        Action.take,
        Action.give,
        Action.read,
        Action.write,
        Action.paint,
        Action.light,
        Action.play,
        Action.eat,
        Action.drink,
        Action.dig,
        Action.fight,
        Action.cook,
        Action.work,
        Action.point,
        Action.perform,
        Action.throw,
        Action.listen,
    )
)
_FLOWN = frozenset({"kite", "balloon"})
"""What somebody flies with a line in the hand."""
_KEPT = frozenset((Action.hold, Action.take, Action.light))
_LET_GO = frozenset((Action.give, Action.throw))


def hands(
    stage: SceneStage, treated: TreatedShot, event: Event, present: list[str]
) -> dict[str, tuple[str, ...]]:
    """Who holds what: a small thing that is handled is in the hand, and stays there through the scene."""
    named = [p for name in treated.props if (p := stage.calls.prop(name))]
    candidates = [t for t in (event.target, *named) if t in stage.things]
    actor = event.actor
    flies = event.action is Action.fly and any(stage.things[p].kind in _FLOWN for p in candidates)
    if actor in stage.looks and actor in present and (event.action in _HANDLED or flies):
        assert actor is not None
        for prop in dict.fromkeys(candidates):
            if portable(stage, prop) and stage.looks[actor].being not in SWIMMERS:
                stage.held[prop] = actor
                break
    holds: dict[str, tuple[str, ...]] = {}
    for prop, holder in stage.held.items():
        if holder in present and len(holds.get(holder, ())) < 2:
            holds[holder] = (*holds.get(holder, ()), prop)
    if event.action not in _KEPT:
        stage.held = {p: h for p, h in stage.held.items() if h != actor or event.action not in _LET_GO}
    if event.action is Action.give and event.target in stage.looks and actor is not None:
        given = [p for p in holds.get(actor, ()) if p in candidates]
        stage.held |= {p: str(event.target) for p in given}
    return holds


def portable(stage: SceneStage, prop: str) -> bool:
    """Whether a hand can hold it."""
    return stage.things[prop].stature in (Stature.tiny, Stature.small)


def props_of(
    stage: SceneStage,
    treated: TreatedShot,
    event: Event,
    cast: tuple[CastMember, ...],
    holds: dict[str, tuple[str, ...]],
    size: ShotSize | None,
) -> tuple[PropUse, ...]:
    """Things held with their holder; the others where there is room: small ones near, giant ones far."""
    wanted = [p for name in treated.props if (p := stage.calls.prop(name))]
    wanted += [e for e in (event.actor, event.target) if e in stage.things and e is not None]
    wanted += [p for props in holds.values() for p in props]
    states = {stage.calls.prop(p.name): state_id(p.state) for p in treated.parts if stage.calls.prop(p.name)}
    stage.states |= {p: s for p, s in states.items() if p and s in stage.known_states[p]}
    place = {prop: m for m in cast for prop in m.holds}
    taken = {(m.side, m.distance) for m in cast}
    uses = []
    for prop in dict.fromkeys(wanted):
        if prop in place:
            side, distance = place[prop].side, place[prop].distance
        else:
            side, distance = _room(stage.things[prop].stature, taken, cast, size)
            taken.add((side, distance))
        uses.append(PropUse(entity=prop, state=stage.states.get(prop), side=side, distance=distance))
    return tuple(uses)


def _room(
    stature: Stature, taken: set[tuple[Side, Distance]], cast: tuple[CastMember, ...], size: ShotSize | None
) -> tuple[Side, Distance]:
    """A free spot: in front of whoever faces that way, giant things behind everybody."""
    if not cast or size is ShotSize.insert:
        depths = [Distance.middle, Distance.near, Distance.far]
        order = [Side.centre, Side.right, Side.left, Side.far_right, Side.far_left]
    else:
        depths = [Distance.far] if stature in (Stature.giant, Stature.large) else [Distance.middle]
        depths += [d for d in (Distance.near, Distance.middle, Distance.far) if d not in depths]
        right = cast[0].facing is Facing.right or cast[0].side in (Side.left, Side.far_left)
        order = [Side.right, Side.centre, Side.far_right, Side.left, Side.far_left]
        order = order if right else [Side.left, Side.centre, Side.far_left, Side.right, Side.far_right]
        used = {m.side for m in cast}
        order = [s for s in order if s not in used] + [s for s in order if s in used]
    spots = ((side, depth) for depth in depths for side in order)
    return next((spot for spot in spots if spot not in taken), (order[0], depths[0]))
