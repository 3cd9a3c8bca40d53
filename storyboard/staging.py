"""Staging: who stands where, turned which way, looking at whom, doing what, with which face.

The axis of action (the 180-degree line) is kept per scene: any two characters keep their order from
left to right in every shot of it, and whoever walks keeps the direction of travel. Staging is decided
here, once; nothing is guessed from neighbours while drawing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .call_sheet import CallSheet
from .film import CastMember, Event, PropUse
from .handling import hands, props_of
from .lexicon import state_id
from .performing import BETWEEN, PURSUIT, TRAVEL, answer_of, bodily, event_of, face_for
from .scene_stage import SceneStage
from .treatment import TreatedPart, TreatedShot, Treatment
from .vocabulary import (
    Action,
    Being,
    Distance,
    Facing,
    LineKind,
    ShotSize,
    Side,
    Stature,
)

MOST_FIGURES = 3
"""Figures of a shot, unless it is wide and the writer asks for more."""
_TO_CAMERA = frozenset((Action.sleep, Action.dance, Action.perform, Action.sing, Action.cry, Action.laugh))
_WIDE = frozenset((ShotSize.extreme_wide, ShotSize.wide, ShotSize.full))
_HOME = re.compile(
    r"\b(?:back|home|return\w*|retreat\w*|withdraw\w*|homeward|leav\w*|away|depart\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Blocking:
    """The staging of one shot."""

    event: Event
    cast: tuple[CastMember, ...]
    props: tuple[PropUse, ...]
    left_out: tuple[str, ...]
    """Names that the treatment puts into the shot and that found no room in it."""


def axis_of(shots: tuple[TreatedShot, ...], calls: CallSheet, lead_on_right: bool) -> dict[str, int]:
    """The order from left to right of everybody in a scene: the first two frame it, others stand between."""
    order: list[str] = []
    for shot in shots:
        for name in (
            shot.actor,
            shot.target,
            *(p.name for p in shot.parts),
            *(s.speaker for s in shot.lines),
        ):
            one = calls.character(name)
            if one and one not in order:
                order.append(one)
    line = [order[0], *order[2:], order[1]] if len(order) > 1 else order
    if lead_on_right:
        line.reverse()
    return {one: rank for rank, one in enumerate(line)}


def seen_from_behind(axis: dict[str, int], rooted: Iterable[str], before: dict[str, int]) -> dict[str, int]:
    """The order of a scene with who never moves, as a tree, taken from its other side in every next scene.

    ``rooted`` are those who stand where they grew, or one of two who are in all of the film, ``before`` is
    the order of the last scene with one of them and somebody else. Where none of these is in this scene,
    the order stays.
    """
    tree = next((one for one in rooted if one in axis and one in before), None)
    if tree is None:
        return axis
    other = next((one for one in sorted(axis) if one != tree and one in before), None)
    if other is None or (axis[tree] < axis[other]) is not (before[tree] < before[other]):
        return axis
    return {one: len(axis) - 1 - rank for one, rank in axis.items()}


def company_of(shot: TreatedShot, calls: CallSheet) -> frozenset[str]:
    """The ids of the characters that a shot asks for."""
    names = (shot.actor, shot.target, *(p.name for p in shot.parts), *(s.speaker for s in shot.lines))
    return frozenset(i for name in names if (i := calls.character(name)))


def inseparable(treatment: Treatment, calls: CallSheet) -> frozenset[str]:
    """The two who are together, and nobody else with them, in most shots with anybody; empty for none."""
    seen = [c for scene in treatment.scenes for shot in scene.shots if (c := company_of(shot, calls))]
    pairs = Counter(c for c in seen if len(c) == 2)
    two, count = next(iter(pairs.most_common(1)), (frozenset[str](), 0))
    return two if count >= max(_TOGETHER_SHOTS, _TOGETHER_SHARE * len(seen)) else frozenset()


_TOGETHER_SHOTS, _TOGETHER_SHARE = 5, 0.65
"""Shots, and share of all with anybody, in which two are alone together in a film that is of them."""


def block(stage: SceneStage, treated: TreatedShot, size: ShotSize | None, single: bool) -> Blocking:
    """Stage one shot: at most ``MOST_FIGURES`` figures (five where it is wide), no two on one side.

    ``single`` frames one character alone. States and things in hand go on through the scene until the
    treatment changes them; ``stage`` is updated accordingly.
    """
    event = event_of(treated, stage.calls, stage.looks, stage.place.look.kind)
    parts = {i: p for p in treated.parts if (i := stage.calls.character(p.name))}
    present, left_out = _present(stage, treated, event, list(parts), size, single)
    for entity, part in parts.items():
        if part.state.strip() and state_id(part.state) in stage.known_states[entity]:
            stage.states[entity] = state_id(part.state)
    if stage.travel is None and event.action in TRAVEL:
        stage.travel = _way(stage, treated, event)
    sides = _sides(present, stage, event)
    holding = hands(stage, treated, event, present)
    cast = tuple(
        _member(one, stage, event, parts.get(one), present, sides, holding.get(one, ())) for one in present
    )
    return Blocking(event, cast, props_of(stage, treated, event, cast, holding, size), tuple(left_out))


def _way(stage: SceneStage, treated: TreatedShot, event: Event) -> Facing:
    """The way of travel through a scene: towards who is aimed at; else out is right, and home is left."""
    if event.actor in stage.axis and event.target in stage.axis:
        assert event.actor is not None
        assert event.target is not None
        return Facing.right if stage.axis[event.target] > stage.axis[event.actor] else Facing.left
    going_home = bool(_HOME.search(f"{treated.verb} {treated.sentence}"))
    return Facing.left if going_home else Facing.right


def _present(
    stage: SceneStage,
    treated: TreatedShot,
    event: Event,
    parts: list[str],
    size: ShotSize | None,
    single: bool,
) -> tuple[list[str], list[str]]:
    wanted: list[str] = []
    # A voice-over alone puts nobody into the picture: it comes from elsewhere, or from later.
    heard = [line for line in treated.lines if line.kind is not LineKind.voice_over]
    speakers = [i for line in heard if (i := stage.calls.character(line.speaker))]
    mates = [t for t in (event.target,) if t in stage.looks]
    for one in (event.actor, *mates, *speakers, *parts):
        if one and one in stage.looks and one not in wanted:
            wanted.append(one)
    together = event.action in BETWEEN and bool(mates or parts)
    room = 1 if single and not together else 5 if size in _WIDE else MOST_FIGURES
    left_out = [next(c.name for c in stage.story.characters if c.id == i) for i in wanted[room:]]
    return wanted[:room], left_out


def _sides(present: list[str], stage: SceneStage, event: Event) -> dict[str, Side]:
    ordered = sorted(present, key=lambda i: stage.axis.get(i, 99))
    places = {
        0: (),
        2: (Side.left, Side.right),
        3: (Side.left, Side.centre, Side.right),
        4: (Side.far_left, Side.left, Side.right, Side.far_right),
        5: tuple(Side),
    }
    if len(ordered) == 1:
        return {ordered[0]: _single_side(ordered[0], stage, event)}
    return dict(zip(ordered, places[len(ordered)], strict=True))


def _single_side(one: str, stage: SceneStage, event: Event) -> Side:
    """A figure alone stands on its third, with room to look or to walk into."""
    if event.action in TRAVEL and event.actor == one and stage.travel:
        return Side.left if stage.travel is Facing.right else Side.right
    if len(stage.axis) < 2:
        return Side.left if stage.axis.get(one, 0) == 0 and stage.travel is not Facing.left else Side.right
    half = (len(stage.axis) - 1) / 2
    rank = stage.axis.get(one, 0)
    return Side.left if rank < half else Side.right if rank > half else Side.centre


def _member(
    one: str,
    stage: SceneStage,
    event: Event,
    part: TreatedPart | None,
    present: list[str],
    sides: dict[str, Side],
    holds: tuple[str, ...],
) -> CastMember:
    acts = one == event.actor
    action = event.action if acts else answer_of(one, stage, event)
    gaze = _gaze(one, stage, event, present)
    if action is Action.look and (not acts or gaze in present or gaze in stage.things):
        # Whoever looks at somebody close by does it with the eyes; a hand over them is for far things.
        calm = bodily(Action.stand, stage.looks[one], stage.place.look.kind)
        action = calm if calm not in TRAVEL else action
    return CastMember(
        entity=one,
        state=stage.states.get(one),
        action=action,
        expression=(part.expression if part else None) or face_for(action, event, stage.scene, acts),
        side=sides[one],
        distance=_distance(one, stage, present),
        facing=_facing(one, action, gaze, stage, present, sides),
        gaze=gaze,
        holds=holds,
    )


def _gaze(one: str, stage: SceneStage, event: Event, present: list[str]) -> str | None:
    seen = (event.target in stage.looks or event.target in stage.things) and event.target != one
    if one != event.actor:
        if event.action in TRAVEL and (event.target != one or PURSUIT.search(event.verb)):
            return event.target if seen else None
        if seen and event.action not in BETWEEN:
            return event.target
        return event.actor if event.actor in stage.looks or event.actor in stage.things else None
    if event.target in stage.looks or event.target in stage.things:
        return event.target
    others = [o for o in present if o != one]
    if event.action in (Action.talk, Action.listen, Action.hug, Action.give, Action.fight, Action.wave):
        return others[0] if others else None
    return None


def _facing(
    one: str,
    action: Action,
    gaze: str | None,
    stage: SceneStage,
    present: list[str],
    sides: dict[str, Side],
) -> Facing:
    """Towards whom it looks at, also where that one is out of frame; else the way of travel, or inwards."""
    if gaze in stage.axis and one in stage.axis and gaze != one:
        assert gaze is not None
        return Facing.right if stage.axis[gaze] > stage.axis[one] else Facing.left
    if action in TRAVEL and stage.travel and len(present) == 1:
        return stage.travel
    if action in TRAVEL and stage.travel and gaze is None:
        return stage.travel
    if action in _TO_CAMERA:
        return Facing.camera
    if gaze in stage.things and stage.held.get(gaze or "") == one:
        return Facing.camera
    return {Side.far_left: Facing.right, Side.left: Facing.right, Side.centre: Facing.camera}.get(
        sides[one], Facing.left
    )


def _distance(one: str, stage: SceneStage, present: list[str]) -> Distance:
    stature = stage.looks[one].stature
    others = [stage.looks[o].stature for o in present if o != one]
    if stature is Stature.giant and others:
        return Distance.far
    if stature in (Stature.tiny, Stature.small) and any(s is not stature for s in others):
        small_being = stage.looks[one].being is not Being.person
        return Distance.near if small_being else Distance.middle
    return Distance.middle
