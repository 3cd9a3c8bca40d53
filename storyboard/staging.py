"""Staging: who stands where, turned which way, looking at whom, doing what, with which face.

The axis of action (the 180-degree line) is kept per scene: any two characters keep their order from
left to right in every shot of it, and whoever walks keeps the direction of travel. Staging is decided
here, once; nothing is guessed from neighbours while drawing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .call_sheet import CallSheet
from .film import CastMember, Event, PropUse, Scene, Story
from .lexicon import expression as face_of
from .lexicon import state_id, verb
from .looks import BodyLook
from .treatment import TreatedPart, TreatedShot
from .vocabulary import (
    Action,
    Beat,
    Being,
    Distance,
    Expression,
    Facing,
    Mood,
    PlaceKind,
    ShotSize,
    Side,
    Stature,
)

MOST_FIGURES = 3
"""Figures of a shot, unless it is wide and the writer asks for more."""
TRAVEL = frozenset(
    (
        Action.walk,
        Action.run,
        Action.sneak,
        Action.climb,
        Action.row,
        Action.drive,
        Action.ride,
        Action.fly,
        Action.swim,
        Action.float,
    )
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
_KEPT = frozenset((Action.hold, Action.take, Action.light))
_LET_GO = frozenset((Action.give, Action.throw))
_TO_CAMERA = frozenset((Action.sleep, Action.dance, Action.perform, Action.sing, Action.cry, Action.laugh))
_BETWEEN = frozenset((Action.talk, Action.listen, Action.hug, Action.give, Action.fight, Action.dance))
"""Done by two with each other: whoever else is there looks at the one who acts."""
_WIDE = frozenset((ShotSize.extreme_wide, ShotSize.wide, ShotSize.full))
_SWIMMERS = frozenset((Being.fish, Being.whale))
_FLYING_INSECTS = frozenset(("butterfly", "moth", "bee", "ladybird", "firefly", "dragonfly"))
_PURSUIT = re.compile(
    r"\b(?:follow|chas|pursu|lead|led\b|guid|escort|accompan|race|track|hunt|\w+ after)", re.I
)
_HOME = re.compile(
    r"\b(?:back|home|return\w*|retreat\w*|withdraw\w*|homeward|leav\w*|away|depart\w*)\b", re.IGNORECASE
)

_ANSWERS = {
    Action.talk: Action.listen,
    Action.listen: Action.talk,
    Action.give: Action.reach,
    Action.take: Action.look,
    Action.hug: Action.hug,
    Action.fight: Action.fight,
    Action.wave: Action.wave,
    Action.dance: Action.dance,
    Action.sing: Action.listen,
    Action.play: Action.listen,
    Action.read: Action.listen,
    Action.laugh: Action.laugh,
    Action.sleep: Action.sit,
    Action.sit: Action.sit,
    Action.eat: Action.eat,
    Action.hide: Action.hide,
    Action.search: Action.search,
}
_FACES = {
    Action.cry: Expression.sad,
    Action.laugh: Expression.happy,
    Action.fight: Expression.determined,
    Action.hide: Expression.afraid,
    Action.search: Expression.curious,
    Action.hug: Expression.tender,
    Action.sing: Expression.happy,
    Action.dance: Expression.happy,
    Action.sleep: Expression.neutral,
    Action.wave: Expression.happy,
    Action.fall: Expression.surprised,
    Action.think: Expression.curious,
    Action.dig: Expression.determined,
    Action.push: Expression.determined,
    Action.pull: Expression.determined,
    Action.climb: Expression.determined,
}
_MOOD_FACES = {
    Mood.calm: Expression.neutral,
    Mood.hopeful: Expression.happy,
    Mood.joyful: Expression.happy,
    Mood.playful: Expression.happy,
    Mood.tender: Expression.tender,
    Mood.mysterious: Expression.curious,
    Mood.tense: Expression.afraid,
    Mood.sad: Expression.sad,
    Mood.eerie: Expression.afraid,
    Mood.triumphant: Expression.happy,
}


@dataclass
class SceneStage:
    """What must stay the same through one scene: the axis, the way of travel, states, things in hand."""

    story: Story
    scene: Scene
    calls: CallSheet
    axis: dict[str, int]
    """Character id -> rank from left to right."""
    travel: Facing | None = None
    states: dict[str, str] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    """Prop id -> holder, while it is held."""

    def __post_init__(self) -> None:
        self.looks = {c.id: c.look for c in self.story.characters}
        self.things = {p.id: p.look for p in self.story.props}
        self.known_states = {c.id: {s.name for s in c.states} for c in self.story.characters}
        self.known_states |= {p.id: {s.name for s in p.states} for p in self.story.props}
        self.place = next(p for p in self.story.places if p.id == self.scene.place)


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


def event_of(treated: TreatedShot, calls: CallSheet, looks: dict[str, BodyLook], place: PlaceKind) -> Event:
    """The shot's one event in closed values; ``known`` is False where the verb is in no lexicon."""
    action = verb(treated.verb)
    if action is None and not treated.verb.strip() and not treated.actor:
        action = Action.stand
    elif action is None and not treated.verb.strip():
        after = treated.sentence.split(treated.actor or "\0", 1)[-1].split()
        action = next((a for word in after if (a := verb(word))), None)
    actor = calls.character(treated.actor) or calls.prop(treated.actor)
    target = calls.anything(treated.target)
    drawn = _bodily(action or Action.perform, looks.get(actor or ""), place)
    return Event(
        sentence=treated.sentence,
        actor=actor,
        action=drawn,
        verb=treated.verb,
        target=target if target != actor else None,
        manner=treated.manner,
        known=action is not None or not treated.verb.strip(),
    )


def _bodily(action: Action, look: BodyLook | None, place: PlaceKind) -> Action:
    """The action as this body does it here: a whale swims where others walk."""
    if look is None:
        return action
    moves = action in (Action.walk, Action.run, Action.sneak)
    if look.being in _SWIMMERS or place is PlaceKind.underwater:
        if moves:
            return Action.swim
        if action is Action.stand:
            return Action.swim if look.being in _SWIMMERS else Action.float
    if look.being is Being.ghost and moves:
        return Action.float
    if look.species in _FLYING_INSECTS and (moves or action is Action.stand):
        return Action.fly
    if place is PlaceKind.space and (moves or action is Action.stand) and look.being is not Being.dragon:
        return Action.float
    return action


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
    holds = _hands(stage, treated, event, present)
    cast = tuple(
        _member(one, stage, event, parts.get(one), present, sides, holds.get(one, ())) for one in present
    )
    return Blocking(event, cast, _props(stage, treated, event, cast, holds, size), tuple(left_out))


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
    speakers = [i for line in treated.lines if (i := stage.calls.character(line.speaker))]
    mates = [t for t in (event.target,) if t in stage.looks]
    for one in (event.actor, *mates, *speakers, *parts):
        if one and one in stage.looks and one not in wanted:
            wanted.append(one)
    together = event.action in _BETWEEN and bool(mates)
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
    action = event.action if acts else _answer(one, stage, event)
    gaze = _gaze(one, stage, event, present)
    return CastMember(
        entity=one,
        state=stage.states.get(one),
        action=action,
        expression=(part.expression if part else None) or _face(action, event, stage.scene, acts),
        side=sides[one],
        distance=_distance(one, stage, present),
        facing=_facing(one, action, gaze, stage, present, sides),
        gaze=gaze,
        holds=holds,
    )


def _answer(one: str, stage: SceneStage, event: Event) -> Action:
    """What somebody does while another acts."""
    if event.actor in stage.looks:
        if event.target == one and event.action in TRAVEL and not _PURSUIT.search(event.verb):
            return _bodily(Action.stand, stage.looks[one], stage.place.look.kind)
        if event.action in TRAVEL:
            return _bodily(event.action, stage.looks[one], stage.place.look.kind)
        answer = _ANSWERS.get(event.action, Action.look)
        if answer is Action.wave and event.target == one and stage.looks[one].being in _SWIMMERS:
            return Action.swim
        return _bodily(answer, stage.looks[one], stage.place.look.kind)
    return _bodily(Action.look, stage.looks[one], stage.place.look.kind)


def _gaze(one: str, stage: SceneStage, event: Event, present: list[str]) -> str | None:
    seen = (event.target in stage.looks or event.target in stage.things) and event.target != one
    if one != event.actor:
        if event.action in TRAVEL and (event.target != one or _PURSUIT.search(event.verb)):
            return event.target if seen else None
        if seen and event.action not in _BETWEEN:
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


def _face(action: Action, event: Event, scene: Scene, acts: bool) -> Expression:
    if acts and (named := face_of(event.manner) or face_of(event.sentence)):
        return named
    if action in _FACES:
        return _FACES[action]
    if scene.beat is Beat.climax and scene.mood is not Mood.sad:
        return Expression.determined
    if scene.beat is Beat.spark and scene.mood in (Mood.calm, Mood.hopeful):
        return Expression.curious
    return _MOOD_FACES[scene.mood]


def _hands(
    stage: SceneStage, treated: TreatedShot, event: Event, present: list[str]
) -> dict[str, tuple[str, ...]]:
    """Who holds what: a small thing that is handled is in the hand, and stays there through the scene."""
    named = [p for name in treated.props if (p := stage.calls.prop(name))]
    candidates = [t for t in (event.target, *named) if t in stage.things]
    actor = event.actor
    if actor in stage.looks and actor in present and event.action in _HANDLED:
        assert actor is not None
        for prop in dict.fromkeys(candidates):
            if portable(stage, prop) and stage.looks[actor].being not in _SWIMMERS:
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


def _props(
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
