"""Meeting: who touches whom in a picture, and where that puts them: embraces, gifts, riders, swimmers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing, View
from .blocking import Placed
from .figures.anatomy import HUGE
from .figures.species import SPECIES
from .files import led
from .intent import helps_up, works_on
from .meant import mates, next_to
from .together import accompanied, borne, dries
from .unawares import steals
from .vehicles import crew
from .wraps import wraps

_TOUCHED = {Action.hug: "hug", Action.give: "give", Action.take: "give"}
_MOUNTS = frozenset({Being.quadruped, Being.dragon, Being.bird, Being.whale, Being.fish, Being.creature})
_UPRIGHT = frozenset({Being.person, Being.robot, Being.ghost, Being.creature})
_HANDED = frozenset({Being.person, Being.robot})
_RISING = frozenset({Being.person, Being.robot, Being.quadruped})
"""Who is seen to get up from the ground."""
SADDLES = {
    "bicycle": 0.72,
    "sled": 0.55,
    "cart": 0.6,
    "broom": 0.8,
    "carpet": 0.9,
    "raft": 0.8,
    "wheelchair": 0.5,
    "boat": 0.3,
}
"""Things that are ridden -> how high one sits on them, as a share of their height."""
_PLAYED = {
    **dict.fromkeys(("guitar", "violin", "drum", "harp", "lute"), Action.cook),
    **dict.fromkeys(("flute", "trumpet", "horn", "whistle"), Action.drink),
}
"""Instruments -> the performance whose hands play them: strumming stirs, blowing brings to the mouth."""
ARMFUL = 0.34
"""Somebody so much shorter is taken up into the arms for an embrace."""
_SITS = 1.32
"""How much taller an animal is that sits than it is on its feet."""
_LOW = 0.74
"""Somebody this much shorter is knelt down to for an embrace."""


@dataclass(frozen=True)
class Meeting:
    """Two who touch: ``one`` acts, ``other`` is hugged, given to, ridden, has hands laid on it (near), is
    whispered to in the ear, led by the hand, gone with or sat, lain and slept beside (side), danced with,
    stumbled over (trip), borne in the arms (bear), or nuzzled, licked or pushed by an animal's head
    (nose)."""

    kind: Literal["hug", "give", "ride", "near", "ear", "lead", "nose", "side", "dance", "trip", "bear"]
    one: str
    other: str


def meetings(picture: Picture) -> tuple[Meeting, ...]:
    """Who touches whom, each figure at most once. Pure."""
    figures = {f.id: f for f in picture.figures}
    ridden = {t.id for t in picture.things if not t.held and behaves_as(t.look.kind) in SADDLES}
    found: list[Meeting] = []
    taken: set[str] = set()
    if (aboard := crew(picture)) is not None:
        found += [Meeting("ride", rider, aboard[0]) for rider in aboard[1]]
        taken |= {aboard[0], *aboard[1]}
    along = accompanied(picture)
    if (arms := borne(picture)) is not None and not taken & set(arms):
        found.append(Meeting("bear", *arms))
        taken |= set(arms)
    if along is not None and not taken & {f.id for f in along}:
        found.append(Meeting("side", along[0].id, along[1].id))
        taken |= {f.id for f in along}
    # The actor chooses first, so that the one event of the shot is the one that is seen.
    for figure in sorted(picture.figures, key=lambda f: f.id != picture.actor):
        other = _other(picture, figure, figures, ridden)
        if figure.id in taken or other is None or other in taken:
            continue
        if figure.action is Action.ride:
            found.append(Meeting("ride", figure.id, other))
        elif figure.action is Action.dance:
            found.append(Meeting("dance", figure.id, other))
        elif figure.action is Action.fall and figure.look.being in _UPRIGHT:
            found.append(Meeting("trip", figure.id, other))
        elif _noses(picture, figure, figures[other]):
            found.append(Meeting("nose", figure.id, other))
        elif figure.action is Action.hug:
            # An animal that hugs somebody is embraced: it is the other who has the arms.
            pair = (figure.id, other) if figure.look.being in _UPRIGHT else (other, figure.id)
            found.append(Meeting("hug", *pair))
        elif figure.action is Action.talk:
            found.append(Meeting("ear", figure.id, other))
        elif figure.action is Action.walk:
            found.append(Meeting("lead", figure.id, other))
        elif figure.action not in _TOUCHED:
            found.append(Meeting("near", figure.id, other))
        else:
            found.append(Meeting("give", figure.id, other))
        taken |= {figure.id, other}
    return tuple(found)


def _lays_hands(picture: Picture, figure: FigureIn) -> bool:
    """Whether it is done with both hands on somebody: working on a robot, lifting one, helping one up."""
    if figure.look.being not in _UPRIGHT:
        return False
    lifts = figure.action is Action.hold and manner_of(Action.hold, picture.sentence) == "lift"
    pets = figure.action is Action.reach and manner_of(Action.reach, picture.sentence) == "pet"
    if figure.action is Action.reach and (wraps(picture) or dries(picture)):
        return True
    if figure.action is Action.talk:
        return manner_of(Action.talk, picture.sentence) == "whisper"
    if figure.action is Action.dance:
        pair = [f for f in picture.figures if f.id in (figure.id, picture.target)]
        return all(f.action is Action.dance and f.look.being in _HANDED for f in pair)
    if figure.action is Action.fall:
        return TRIPS.search(picture.sentence.lower()) is not None
    if figure.action is Action.walk:
        return led(picture) is not None
    if figure.action is Action.kneel:
        return re.search(r"\b(beside|next to|by)\b", picture.sentence.lower()) is not None
    pushes = figure.action is Action.push and manner_of(Action.push, picture.sentence) == ""
    if figure.id == picture.actor and brushes(picture):
        return True
    return (
        lifts or pets or pushes or works_on(picture) or (figure.action is Action.reach and helps_up(picture))
    )


def brushes(picture: Picture) -> bool:
    """Whether a brush or a cloth goes over what is told of."""
    if picture.action is Action.paint:
        return not manner_of(Action.paint, picture.sentence)
    return picture.action is Action.reach and manner_of(Action.reach, picture.sentence) == "wipe"


TRIPS = re.compile(r"\b(?:trip(?:s|ped)?|stumbl(?:es?|ed)|falls?|fell|tumbl(?:es?|ed)) over\b")
"""The feet are caught by something, or by somebody's foot."""
_LICKS = re.compile(r"\b(?:licks?|licked|licking|nuzzles?|sniffs? at|nudges?|trips? over)\b")


_UPON = re.compile(r"\b(?:climb|get|jump|hop|swing)(?:s|ed|ting|ping|ing)?\b(?: up)? (?:on|onto)\b")


def climbs_upon(picture: Picture) -> bool:
    """Whether the event is that somebody gets onto what is ridden, which stands still for it."""
    return _UPON.search(picture.sentence[:2000].lower()) is not None


_CAUGHT = re.compile(r"\b(?:catch(?:es)?|caught|pounces?|pounced|grabs?|grabbed|seizes?|seized)\b")


def catches(picture: Picture, figure: FigureIn) -> bool:
    """Whether an animal has caught somebody, who lies under its paws."""
    takes = figure.action in (Action.take, Action.jump, Action.fight) and figure.id == picture.actor
    return (
        takes
        and figure.look.being is Being.quadruped
        and _CAUGHT.search(picture.sentence.lower()) is not None
    )


def _noses(picture: Picture, figure: FigureIn, other: FigureIn) -> bool:
    """Whether an animal touches somebody with its head: nuzzles or pushes an animal, licks anybody."""
    if figure.look.being in _UPRIGHT or figure.id != picture.actor:
        return False
    if figure.action is Action.push or catches(picture, figure):
        return True
    if figure.action is Action.hug and _NUZZLES.search(picture.sentence[:2000].lower()):
        return True  # it is the animal that does it, and not the arms of the other
    if figure.action is Action.hug:
        return other.look.being not in _UPRIGHT
    return figure.action in (Action.eat, Action.fall) and _LICKS.search(picture.sentence.lower()) is not None


_NUZZLES = re.compile(r"\b(?:nuzzl(?:es?|ed|ing)|nudges?)\b")
_PICKED = re.compile(r"\b(pick|picks|picked|gathers?|collects?)\b")
_LAID = re.compile(r"\b(put|puts|lay|lays|set|sets|place|places)\b.* (on|in|into|down|away|back)\b")


def _by_oneself(picture: Picture, figure: FigureIn) -> bool:
    """Whether something is picked up from where it lies or laid down there, not passed between two."""
    told = picture.sentence.lower()
    if steals(picture):
        return True
    if figure.action is Action.take:
        return _PICKED.search(told) is not None and " from " not in told
    return _LAID.search(told) is not None and " to " not in told


def _other(
    picture: Picture, figure: FigureIn, figures: Mapping[str, FigureIn], ridden: set[str]
) -> str | None:
    """Whom this figure touches; None for nobody."""
    target = picture.target if figure.id == picture.actor else None
    if figure.action is Action.ride:
        mounts = [i for i, f in figures.items() if i != figure.id and f.look.being in _MOUNTS]
        wishes = [target, figure.gaze, *mounts, *sorted(ridden)]
        return next((w for w in wishes if w is not None and (w in mounts or w in ridden)), None)
    if (
        figure.id == picture.actor
        and target in figures
        and target != figure.id
        and _lays_hands(picture, figure)
    ):
        return target
    if (
        target is not None
        and target in figures
        and target != figure.id
        and _noses(picture, figure, figures[target])
    ):
        return target
    if figure.action not in _TOUCHED:
        return None
    if figure.action is not Action.hug and _by_oneself(picture, figure):
        return None
    others = [i for i in figures if i != figure.id]
    if figure.id == picture.actor and figure.action is not Action.hug:
        others = [i for i in others if i not in mates(picture)]  # who takes it, too, is not taken from
    if figure.look.being not in _UPRIGHT:
        if figure.action is not Action.hug or figure.look.being is not Being.quadruped:
            return None
        others = [i for i in others if figures[i].look.being in _UPRIGHT]
    gives = figure.id == picture.actor and figure.action is Action.give
    wishes = [target, figure.gaze, *(others if len(others) == 1 else [])]
    wishes += [next_to(picture, figure, others)] if gives else []
    return next((w for w in wishes if w in others), None)


_SLIDING = frozenset({"ski", "skate"})
"""What is ridden on one's own feet, outside."""


def directed(picture: Picture, met: tuple[Meeting, ...], interior: bool) -> dict[str, Action]:
    """Actions that differ from what the picture says, because of who touches whom. Pure."""
    changed: dict[str, Action] = {}
    riders = {m.one for m in met if m.kind == "ride"}
    figures = {f.id: f for f in picture.figures}
    touched = {i for m in met for i in (m.one, m.other)}
    for figure in picture.figures:
        on_boards = manner_of(Action.ride, picture.sentence) in _SLIDING
        if figure.action is Action.ride and figure.id not in riders and not on_boards:
            changed[figure.id] = Action.sit if interior else Action.walk
        elif figure.action is Action.hug and touched and figure.id not in touched:
            changed[figure.id] = Action.stand  # a third one looks on, and holds no air
        elif figure.action is Action.play and figure.look.being in _UPRIGHT:
            held = [behaves_as(t.look.kind) for t in picture.things if t.id in figure.holds]
            played = next((_PLAYED[kind] for kind in held if kind in _PLAYED), None)
            changed |= {figure.id: played} if played else {}
    if picture.action is Action.give and (
        taker := next((m.other for m in met if m.one == picture.actor), None)
    ):
        # Nothing is held out to them: they look on.
        waiting = (f for f in picture.figures if f.id not in (picture.actor, taker))
        changed |= {f.id: Action.look for f in waiting if f.action is Action.reach}
    for meeting in met:
        mount = next((f for f in picture.figures if f.id == meeting.other), None)
        if meeting.kind in ("side", "dance"):
            continue
        if meeting.kind == "bear":
            changed |= {meeting.one: Action.hold, meeting.other: Action.lie}
            continue
        if meeting.kind == "trip":
            changed |= {meeting.other: Action.stand} if mount is not None else {}
            continue
        if meeting.kind == "hug":
            changed[meeting.one] = Action.hug
        elif meeting.kind == "nose" and mount is not None:
            caught = catches(picture, figures[meeting.one])
            changed[mount.id] = Action.lie if caught else Action.stand
            changed |= {meeting.one: Action.push} if caught else {}
        if meeting.kind == "ride" and mount is not None:
            flies = mount.action in (Action.fly, Action.swim, Action.walk, Action.run)
            waits = Action.stand if climbs_upon(picture) else Action.run
            changed[mount.id] = mount.action if flies else waits
            if figures[meeting.one].look.being not in _UPRIGHT:  # it does not hop on a back
                changed[meeting.one] = Action.sit
        elif meeting.kind == "near":
            helped = mount is not None and mount.look.being in _RISING and helps_up(picture)
            changed |= {meeting.other: Action.rise} if helped else {}
            pushed = (
                (picture.action is Action.push or dries(picture))
                and mount is not None
                and mount.look.being is Being.person
            )
            changed |= {meeting.other: Action.stand} if pushed else {}
        elif meeting.kind in ("ear", "lead"):
            upright = mount is not None and mount.look.being in _UPRIGHT and meeting.kind == "ear"
            changed |= {meeting.other: Action.stand} if upright else {}
        elif meeting.kind not in ("ride", "nose") and mount is not None and mount.look.being in _UPRIGHT:
            changed[mount.id] = Action.hug if meeting.kind == "hug" else Action.give
            told = picture.sentence.lower()
            caught = _CAUGHT.search(told) is not None and not re.search(r"\b(?:hug|embrac)", told)
            # The hands of a giant would cover who hugs its leg, and who is caught hugs nobody.
            if meeting.kind == "hug" and (mount.look.species == HUGE or caught):
                changed[mount.id] = Action.stand
        elif meeting.kind == "hug" and mount is not None and mount.look.being is Being.quadruped:
            hoofed = SPECIES.get(mount.look.species, {}).get("hoof")
            changed[mount.id] = Action.stand if hoofed else Action.sit
    return changed


def kneeling(met: tuple[Meeting, ...], heights: Mapping[str, float], dried: bool = False) -> frozenset[str]:
    """Who kneels down to somebody much shorter; ``dried``: tears are wiped off a face."""
    low: set[str] = set()
    for meeting in met:
        if meeting.kind in ("ride", "nose", "side", "dance", "trip", "bear") or meeting.other not in heights:
            continue
        for one, other in ((meeting.one, meeting.other), (meeting.other, meeting.one)):
            armful = meeting.kind == "hug" and heights[other] < ARMFUL * heights[one]
            small = heights[other] < _LOW * heights[one] and not armful
            if (
                small
                and meeting.kind != "lead"
                and (meeting.kind in ("hug", "ear") or heights[other] < 0.9 or dried)
            ):
                low.add(one)
    return frozenset(low)


def brought(
    picture: Picture,
    placed: list[Placed],
    met: tuple[Meeting, ...],
    saddles: Mapping[str, tuple[float, float]],
) -> list[Placed]:
    """Those who touch, put within reach of each other and turned to each other.

    ``saddles`` holds, by rider, where its ground point lies from that of what it rides, facing right.
    """
    if picture.camera.view is View.over_shoulder:
        return placed
    by_id = {p.id: p for p in placed}
    robots = frozenset(f.id for f in picture.figures if f.look.being is Being.robot)
    beasts = frozenset(f.id for f in picture.figures if f.look.being is Being.quadruped)
    people = frozenset(f.id for f in picture.figures if f.look.being is Being.person)
    plants = frozenset(f.id for f in picture.figures if f.look.being is Being.plant)
    twiggy = frozenset(f.id for f in picture.figures if f.look.species == "snowman")
    huggers = frozenset(
        f.id for f in picture.figures if f.look.being in _HANDED and f.action is Action.hug is picture.action
    )
    for meeting in met:
        one, other = by_id.get(meeting.one), by_id.get(meeting.other)
        if one is None or other is None:
            continue
        if meeting.kind == "ride":
            by_id |= _mounted(one, other, saddles.get(one.id, (0.0, other.extent.top * 0.7)))
            continue
        if meeting.kind in ("give", "nose") and (one.sunk or other.sunk):
            continue  # who is on land does not wade out to whoever swims
        if meeting.kind == "nose":
            sides = (one, other) if one.x <= other.x else (other, one)
            by_id |= _nose_to_nose(meeting, *sides, picture)
        else:
            beast = other.id in beasts and one.id not in beasts
            if meeting.kind == "hug" and beast and held_by_the_neck(one, other):
                by_id |= _at_the_neck(one, other)
            elif meeting.kind == "hug" and beast and not _lifted(one, other):
                by_id |= _at_the_breast(one, other)
            else:
                close = (
                    replace(meeting, kind="dance") if dries(picture) and meeting.kind == "near" else meeting
                )
                by_id |= _joined(close, one, other, robots)
                kneels = beast and picture.action is Action.kneel and other.extent.height <= PATTED * one.tall
                if meeting.kind == "near" and (helps_up(picture) or kneels):
                    # The feet of who is helped are before it as it sits, and no muzzle is in a skirt.
                    left, right = sorted((by_id[one.id], by_id[other.id]), key=lambda p: p.x)
                    room = (0.042 if helps_up(picture) else 0.024) * (one.tall + other.tall)
                    room = 0.0 if other.id in robots else room  # it sits upright, and arms come to it
                    if towers(one, other):
                        room = (_clear_gap(left, right) - (right.x - left.x)) / 2
                    by_id[left.id] = replace(left, x=left.x - room)
                    by_id[right.id] = replace(right, x=right.x + room)
            if meeting.kind == "hug" and other.id in plants:  # breast to bark
                away = math.copysign(TRUNK * other.extent.top + 0.05 * one.tall, one.x - other.x)
                by_id[one.id] = replace(by_id[one.id], x=by_id[other.id].x + away)
            for near, far in ((one.id, other.id), (other.id, one.id)):
                if meeting.kind == "hug" and near in people and far in twiggy:  # no twig lies on a coat
                    by_id[near] = replace(by_id[near], depth=by_id[far].depth - 0.02)
            if (
                meeting.kind == "near" and helps_up(picture) and other.id in robots
            ):  # hands are on its shoulder
                by_id[one.id] = replace(by_id[one.id], depth=by_id[other.id].depth - 0.03)
            if meeting.kind == "near" and brushes(picture):  # brush and cloth are before it, and seen
                by_id[one.id] = replace(by_id[one.id], depth=by_id[other.id].depth - 0.03)
        _make_room(by_id, meeting, huggers)
    return [by_id[p.id] for p in placed]


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
        both = _mounted(rider, under, saddles.get(rider.id, (0.0, 0.6 * thing.extent.top)))
        riders[rider.id], things[thing.id] = both[rider.id], both[thing.id]
    return [riders[p.id] for p in placed], [things[p.id] for p in laid]


def unequal(one: float, other: float) -> bool:
    """Whether one of two heights is that of a child beside the other, who dances with it hands in hands."""
    return min(one, other) < 0.76 * max(one, other)


def _joined(meeting: Meeting, one: Placed, other: Placed, robots: frozenset[str]) -> dict[str, Placed]:
    sides = (one, other) if one.x <= other.x else (other, one)
    if meeting.kind == "side":
        return _side_by_side(one, other, bool(robots & {one.id, other.id}))
    if meeting.kind == "trip":
        return _tripping(one, other)
    if meeting.kind == "bear":
        return _borne(one, other)
    if meeting.kind in ("lead", "ear"):
        return _beside(meeting, one, other, robots)
    if meeting.kind in ("hug", "near", "dance"):
        gap = {"hug": 0.165, "dance": 0.2, "near": 0.22}[meeting.kind] * (one.tall + other.tall)
        if meeting.kind == "dance" and unequal(one.tall, other.tall):
            gap *= 1.2  # the knees of one are at the face of the other
        for broad, slim in ((one, other), (other, one)):
            if broad.id in robots:
                gap = max(gap, 0.4 * broad.extent.width + 0.12 * slim.tall)
        if other.extent.width > 1.1 * other.extent.height:
            gap = 0.14 * one.tall + 0.5 * other.extent.width
            if (
                meeting.kind == "near" and other.extent.height > 0.6 * one.tall
            ):  # a beast's muzzle, at the hand
                gap = 0.26 * one.tall + max(-other.extent.left, other.extent.right)
            elif one.tall > other.tall:  # its face is ahead of a knee
                gap = 0.34 * one.tall + max(-other.extent.left, other.extent.right)
        if meeting.kind == "hug" and _huddles(one, other):
            return _taken_up(one, other)
        if meeting.kind == "hug" and towers(one, other) and other.tall > one.tall and other.extent.face:
            gap = 1.6 * SHIN * other.tall + 0.13 * one.tall  # at its leg
    else:
        gap = 0.3 * (one.tall + other.tall)
        for broad, slim in ((one, other), (other, one)):
            if broad.id in robots:
                gap = max(gap, 0.5 * broad.extent.width + 0.26 * slim.tall)
        if other.extent.width > 1.1 * other.extent.height:  # its mouth comes to the hand
            gap = 0.36 * one.tall + 0.5 * other.extent.width
    middle, depth = (one.x + other.x) / 2, (one.depth + other.depth) / 2
    left = replace(sides[0], x=middle - gap / 2, depth=depth, facing=Facing.right, walks=0.0)
    right = replace(sides[1], x=middle + gap / 2, depth=depth, facing=Facing.left, walks=0.0)
    near = left if left.tall < right.tall else right
    if other.extent.width > 1.1 * other.extent.height:
        near = left if left.id == one.id else right  # hands lie over its coat
    near = replace(near, depth=depth - 0.02)
    return {p.id: p for p in (left, right, near)}


def held_by_the_neck(one: Placed, other: Placed) -> bool:
    """Whether an animal on all fours is so high that who hugs it does not take it into the arms."""
    return other.extent.width > 1.1 * other.extent.height and not _huddles(one, other)


def _at_the_neck(one: Placed, other: Placed) -> dict[str, Placed]:
    """Who has the arms round the neck of an animal, before its shoulder, both faces turned the same way."""
    facing, way = (Facing.right, 1.0) if one.x >= other.x else (Facing.left, -1.0)
    beast = replace(turned(other, facing), walks=0.0)
    head = beast.x + beast.extent.face_x - way * (head_of(beast) + 0.09 * one.tall)
    near = replace(one, x=head - way * 0.07 * one.tall, depth=beast.depth - 0.05, facing=facing, walks=0.0)
    return {one.id: near, other.id: beast}


def head_of(beast: Placed) -> float:
    """Half the length of an animal's head without its muzzle, in metres."""
    return max(0.07 * beast.extent.height, 0.6 * (_ahead(beast) - abs(beast.extent.face_x)))


def _nose_to_nose(meeting: Meeting, left: Placed, right: Placed, picture: Picture) -> dict[str, Placed]:
    """Two turned to each other so near that their heads touch; an insect hovers at the other's head.

    Who is pushed slides away from who pushes.
    """
    left = replace(turned(left, Facing.right), walks=0.0)
    right = replace(turned(right, Facing.left), walks=0.0)
    ahead = _muzzle(left), _muzzle(right)
    pushes = picture.action is Action.push
    gap = sum(ahead) - (0.0 if pushes else _RUBS) * min(ahead)  # the noses touch, no muzzle is over a face
    birds = {f.id for f in picture.figures if f.look.being is Being.bird}
    insects = {f.id for f in picture.figures if f.look.being is Being.insect}
    if (birds | insects) & {
        left.id,
        right.id,
    } and not pushes:  # a muzzle at the beak, and never at the throat
        gap = sum(ahead)
    small, large = sorted((left, right), key=lambda p: p.extent.height)
    people = {f.id for f in picture.figures if f.look.being is Being.person}
    if small.id in people and large.id not in people and not pushes:  # before the face, and not on it
        gap = sum(ahead) + _BREATH * small.tall
    if birds & {left.id, right.id} and pushes:  # its wing pushes, and no muzzle is in its breast
        gap += _WING * max(p.extent.height for p in (left, right) if p.id in birds)
    depth, middle = min(left.depth, right.depth), (left.x + right.x) / 2
    near = {
        left.id: replace(left, x=middle - gap / 2, depth=depth),
        right.id: replace(right, x=middle + gap / 2, depth=depth),
    }
    if pushes:
        speed = _GIVES_WAY * (1.0 if meeting.one == left.id else -1.0)
        near = {i: replace(p, walks=0.0 if i == meeting.one else speed) for i, p in near.items()}
    if small.id in insects and not large.extent.small:
        high = max(0.0, large.up + 0.72 * large.extent.height - 0.6 * small.extent.height)
        if large.id not in people:  # before the nose, and on no cheek
            high = max(0.0, large.up + large.extent.eyes - 0.6 * small.extent.height)
        near[small.id] = replace(near[small.id], up=high)
    return near


TRUNK = 0.17
"""Half the width of the trunk of a tree that lives, as a share of its height."""
PATTED = 0.42
"""Of somebody's height: an animal that is higher is at the hand of who kneels beside it."""
_RUBS = 0.1
"""Of the shorter reach of two animals that nuzzle: how far one nose is at the other."""
_SNOUT = 0.16
"""Heights of the smaller of two beasts that sit face to face which are between muzzle and muzzle."""
_BREATH = 0.05
"""Heights of somebody between a face and the muzzle of a higher beast."""
_WING = 0.16
"""Heights of a bird by which its wing, as it pushes, is longer than its breast."""


def _borne(one: Placed, other: Placed) -> dict[str, Placed]:
    """Who lies across the arms of another, who is turned to the camera."""
    way = 1.0 if other.facing is not Facing.left else -1.0
    extent = other.extent
    across = (extent.left + extent.right) / 2
    lying = replace(
        other,
        x=one.x - across,
        up=one.up + 0.46 * one.tall - 0.42 * extent.height,
        depth=one.depth - 0.06,
        facing=Facing.right if way > 0 else Facing.left,
        walks=0.0,
        gaze=None,
    )
    return {one.id: replace(one, facing=Facing.camera, walks=0.0), other.id: lying}


def _tripping(one: Placed, other: Placed) -> dict[str, Placed]:
    """One whose foot is caught at the other's outstretched foot, or at an animal that is in the way."""
    way = 1.0 if one.x <= other.x else -1.0
    facing, back = (Facing.right, Facing.left) if way > 0 else (Facing.left, Facing.right)
    upright = other.extent.height > 1.1 * other.extent.width
    apart = 0.27 * other.extent.height if upright else 0.06 * one.tall
    x = (one.x + other.x) / 2
    behind = max(one.depth, other.depth) + 0.12
    return {
        one.id: replace(one, x=x - way * apart, facing=facing, walks=0.0, depth=behind - 0.14),
        other.id: replace(other, x=x, facing=back, walks=0.0, depth=behind),
    }


def _side_by_side(one: Placed, other: Placed, armed: bool = False) -> dict[str, Placed]:
    """Two who do the same, near and turned the same way; who lies has the head at that of the other.

    ``armed``: one has arms that it holds away from itself.
    """
    way = 1.0 if one.x <= other.x else -1.0
    speed = max(abs(one.walks), abs(other.walks)) * (-1.0 if Facing.left in (one.facing,) else 1.0)
    middle, depth = (one.x + other.x) / 2, min(one.depth, other.depth)
    swims = one.sunk or other.sunk
    goes = one.walks or other.walks
    lies = one.extent.width > 1.3 * one.extent.height and not goes  # a beast that runs is as long
    if lies and not swims and one.facing is other.facing:
        return _head_to_head(*((one, other) if way > 0 else (other, one)))
    gap = max(0.22 * (one.tall + other.tall), 0.5 * (one.extent.width + other.extent.width))
    if goes:  # no tail lies on whoever goes behind
        left, right = (one, other) if way > 0 else (other, one)
        gap = max(gap, left.extent.right - right.extent.left + 0.1 * min(one.tall, other.tall))
    if (towers(one, other) or armed) and not swims:  # nobody sits on the foot of a giant, or under an elbow
        gap = max(gap, _clear_gap(*((one, other) if way > 0 else (other, one))))
    if one.facing is not other.facing and not swims:  # face to face
        one, other = (
            turned(p, Facing.right if (p is one) == (way > 0) else Facing.left) for p in (one, other)
        )
        left, right = (one, other) if way > 0 else (other, one)
        free = _SNOUT if left.extent.face_x or right.extent.face_x else 0.06  # no whiskers are on a cheek
        gap = left.extent.right - right.extent.left + free * min(one.tall, other.tall)
    if swims:  # heads are seen one behind the other, not a body's length apart
        gap, depth = 0.62 * max(one.extent.width, other.extent.width), max(one.depth, other.depth)
        front, rear = (other, one) if (way > 0) == (speed >= 0) else (one, other)
        ahead, astern = rear.extent.face_x, front.extent.left  # a head is clear of the other's body
        if speed < 0:
            ahead, astern = -rear.extent.face_x, -front.extent.right
        gap = max(gap, ahead + rear.extent.face + 0.3 * max(0.6, rear.tall) - astern)
        other = replace(other, depth=depth + 0.7)
        far = replace(other, x=middle + way * gap / 2, walks=speed if other.walks else 0.0)
        near = replace(one, x=middle - way * gap / 2, depth=depth, walks=speed if one.walks else 0.0)
        return {one.id: near, other.id: far}
    near = replace(one, x=middle - way * gap / 2, depth=depth, walks=speed if one.walks else 0.0)
    far = replace(other, x=middle + way * gap / 2, depth=depth + 0.1, walks=speed if other.walks else 0.0)
    return {one.id: near, other.id: far}


def towers(one: Placed, other: Placed) -> bool:
    """Whether one of two is a giant beside the other."""
    return max(one.extent.top, other.extent.top) > _TOWERS * min(one.extent.top, other.extent.top)


def _clear_gap(left: Placed, right: Placed) -> float:
    """Metres between the ground points of two of whom no hand and no foot lies over the other."""
    return left.extent.right - right.extent.left + 0.06 * min(left.tall, right.tall)


_TOWERS = 2.2
"""How much higher a giant is."""
SHIN = 0.045
"""Half the width of a giant's leg, in its heights."""


def _head_to_head(left: Placed, right: Placed) -> dict[str, Placed]:
    """Two who lie with their heads together, their feet outwards: on their backs the head is behind."""
    middle, depth = (left.x + right.x) / 2, min(left.depth, right.depth)
    near = {}
    for placed, way in ((left, -1.0), (right, 1.0)):
        extent = placed.extent
        head = -extent.left if placed.facing is not Facing.left else extent.right
        facing = Facing.right if way > 0 else Facing.left
        near[placed.id] = replace(placed, x=middle + way * head, depth=depth, facing=facing)
    return near


_GIVES_WAY = 0.4
"""Metres a second that an animal is pushed."""


def _ahead(figure: Placed) -> float:
    """Metres from somebody's ground point to the tip of its nose, or half its width where that is unknown."""
    left, right = -figure.extent.left, figure.extent.right
    if figure.facing not in (Facing.left, Facing.right):
        return 0.5 * (left + right)
    return right if figure.facing is Facing.right else left


def turned(figure: Placed, facing: Facing) -> Placed:
    """Turned that way, with the room that it then takes."""
    if figure.facing is facing or figure.facing not in (Facing.left, Facing.right):
        return replace(figure, facing=facing)
    e = figure.extent
    mirrored = replace(e, left=-e.right, right=-e.left, face_x=-e.face_x)
    return replace(figure, facing=facing, extent=mirrored)


def _muzzle(figure: Placed) -> float:
    """Metres from the ground point to what is touched of a head: arms that reach out are no nose."""
    extent = figure.extent
    reach = abs(extent.face_x) + extent.face
    return min(_ahead(figure), reach) if extent.face and extent.face_x else _ahead(figure)


def _beside(meeting: Meeting, one: Placed, other: Placed, robots: frozenset[str]) -> dict[str, Placed]:
    """Two hand in hand on their way, or one at the other's ear."""
    way = 1.0 if one.x <= other.x else -1.0
    lead = meeting.kind == "lead"
    gap = (0.2 if lead else 0.168) * (one.tall + other.tall)
    gap = max(gap, 0.14 * one.tall + 0.5 * other.extent.width)
    if not lead and one.extent.face == 0.0:  # a sheet of a ghost would be before the other's face
        gap = max(gap, 0.5 * one.extent.width + 0.5 * other.extent.width)
    if not lead and (other.id in robots or 0.7 < other.extent.width / other.extent.height < 1.1):
        # no twig or steel arm at the face of who whispers
        gap = max(gap, 0.5 * other.extent.width + 0.32 * one.tall)
    middle, depth = (one.x + other.x) / 2, (one.depth + other.depth) / 2
    near = replace(one, x=middle - way * gap / 2, depth=depth - 0.02)
    far = replace(other, x=middle + way * gap / 2, depth=depth)
    if lead:
        speed = abs(one.walks) * (-way)
        return {one.id: replace(near, walks=speed), other.id: replace(far, walks=speed)}
    near = replace(near, facing=Facing.right if way > 0 else Facing.left, walks=0.0)
    faces = Facing.camera if other.extent.width < 0.8 * other.extent.height else far.facing
    return {one.id: near, other.id: replace(far, facing=faces, walks=0.0, gaze=None)}


_LONG = 0.95
"""Heights of who hugs it: an animal that is longer is held by the neck, where it is, and not in the arms."""


def _huddles(one: Placed, other: Placed) -> bool:
    """Whether who is hugged is an animal that is lower than who hugs it, or as small as a baby."""
    extent = other.extent
    low = extent.height < 0.8 * one.tall and 0.8 * extent.height < extent.width < _LONG * one.tall
    return low or (extent.height < ARMFUL * one.tall and extent.width < _LONG * one.tall)


_BROAD = 0.75
"""Of the height of who hugs: what is as broad, with arms held out, is a yeti or a bear of a being."""


def _taken_up(one: Placed, other: Placed) -> dict[str, Placed]:
    """An animal in the arms of who hugs it, before the breast, its face outwards; a small one is taken up."""
    right = one.x <= other.x
    way, facing = (1.0, Facing.right) if right else (-1.0, Facing.left)
    x = one.x + way * (0.08 * one.tall + 0.28 * other.extent.width)
    holder = replace(one, facing=facing, walks=0.0)
    up = 0.46 * one.tall if _lifted(one, other) else other.up
    held = replace(other, x=x, up=up, facing=facing, walks=0.0, depth=one.depth + 0.02)
    if (
        not one.extent.face and one.extent.width > _BROAD * one.tall
    ):  # at its side, before it: it would be hidden
        x = one.x + way * 0.3 * one.extent.width
        held = replace(held, x=x, up=other.up, depth=one.depth - 0.02)
    return {one.id: holder, other.id: held}


def _lifted(one: Placed, other: Placed) -> bool:
    """Whether an animal is so light that who hugs it takes it up."""
    return other.extent.height < _SITS * ARMFUL * one.tall


def _at_the_breast(one: Placed, other: Placed) -> dict[str, Placed]:
    """A heavy animal turned to who kneels to it: its muzzle at the breast, the arms behind its neck."""
    way, facing, back = (
        (1.0, Facing.right, Facing.left) if one.x <= other.x else (-1.0, Facing.left, Facing.right)
    )
    near = turned(replace(other, walks=0.0, depth=one.depth - 0.02), back)
    x = one.x + way * (0.2 * one.tall + abs(near.extent.face_x))
    return {one.id: replace(one, facing=facing, walks=0.0), other.id: replace(near, x=x)}


def _make_room(by_id: dict[str, Placed], meeting: Meeting, huggers: frozenset[str] = frozenset()) -> None:
    """Let a third one between the two step back; who hugs them as well comes close from its side."""
    one, other = by_id[meeting.one], by_id[meeting.other]
    left, right = min(one.x, other.x), max(one.x, other.x)
    for third in list(by_id.values()):
        if meeting.kind == "hug" and third.id in huggers and third.id not in (one.id, other.id):
            after = third.x >= (left + right) / 2
            outer = max((one, other), key=lambda p: p.x if after else -p.x)
            x = outer.x + (0.17 if after else -0.17) * (third.tall + outer.tall)
            facing = Facing.left if after else Facing.right
            by_id[third.id] = replace(third, x=x, depth=one.depth - 0.03, facing=facing, walks=0.0)
            continue
        if third.id in (one.id, other.id) or not (
            left - 0.6 < third.x < right + 0.6 and abs(third.depth - one.depth) < 1.0
        ):
            continue
        aside = (right + 0.75) if third.x >= (left + right) / 2 else (left - 0.75)
        by_id[third.id] = replace(third, x=aside, depth=one.depth + 0.6)


def _mounted(rider: Placed, mount: Placed, saddle: tuple[float, float]) -> dict[str, Placed]:
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
