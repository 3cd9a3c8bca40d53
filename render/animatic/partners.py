"""Partners: those who touch, put within reach of each other, and a third one out of their way. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from ...storyboard.lexicon import manner_of
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing, View
from .abreast import side_by_side
from .blocking import Placed
from .direction import shaken
from .embraces import (
    TRUNK,
    at_the_breast,
    at_the_neck,
    by_the_neck,
    held_by_the_neck,
    huddles,
    lifted,
    taken_up,
)
from .figures.species import SPECIES
from .intent import helps_up
from .meeting import HANDED, Meeting, brushes
from .noses import nose_to_nose
from .reach import PATTED, SHIN, clear_gap, towers, turned, unequal, vast
from .saddled import in_the_saddle
from .together import dries


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
    hoofed = frozenset(f.id for f in picture.figures if SPECIES.get(f.look.species, {}).get("hoof"))
    people = frozenset(f.id for f in picture.figures if f.look.being is Being.person)
    plants = frozenset(f.id for f in picture.figures if f.look.being is Being.plant)
    twiggy = frozenset(f.id for f in picture.figures if f.look.species == "snowman")
    huggers = frozenset(
        f.id for f in picture.figures if f.look.being in HANDED and f.action is Action.hug is picture.action
    )
    for meeting in met:
        one, other = by_id.get(meeting.one), by_id.get(meeting.other)
        if one is None or other is None:
            continue
        if meeting.kind == "ride":
            by_id |= in_the_saddle(one, other, saddles.get(one.id, (0.0, other.extent.top * 0.7)))
            continue
        if meeting.kind in ("give", "nose") and (one.sunk or other.sunk):
            continue  # who is on land does not wade out to whoever swims
        if meeting.kind == "nose":
            sides = (one, other) if one.x <= other.x else (other, one)
            by_id |= nose_to_nose(meeting, *sides, picture)
        else:
            beast = other.id in beasts and one.id not in beasts
            strokes = meeting.kind == "near" and other.id in hoofed and _strokes(picture, one, other)
            if strokes or (meeting.kind == "hug" and beast and held_by_the_neck(one, other)):
                by_id |= at_the_neck(one, other)
            elif meeting.kind == "hug" and beast and not lifted(one, other):
                by_id |= at_the_breast(one, other)
            else:
                close = (
                    replace(meeting, kind="dance") if dries(picture) and meeting.kind == "near" else meeting
                )
                by_id |= _joined(close, one, other, robots)
                if meeting.kind == "give" and unequal(one.tall, other.tall) and shaken(picture, meeting):
                    by_id |= _nearer(by_id[one.id], by_id[other.id], _DOWN_TO * (one.tall + other.tall))
                kneels = beast and picture.action is Action.kneel and other.extent.height <= PATTED * one.tall
                if meeting.kind == "near" and (helps_up(picture) or kneels):
                    # The feet of who is helped are before it as it sits, and no muzzle is in a skirt.
                    left, right = sorted((by_id[one.id], by_id[other.id]), key=lambda p: p.x)
                    room = (0.042 if helps_up(picture) else 0.024) * (one.tall + other.tall)
                    room = 0.02 * one.tall if other.id in robots else room  # it sits upright: arms come to it
                    if towers(one, other):
                        room = (clear_gap(left, right) - (right.x - left.x)) / 2
                    by_id[left.id] = replace(left, x=left.x - room)
                    by_id[right.id] = replace(right, x=right.x + room)
            if meeting.kind == "near" and beast and picture.action is Action.push:
                by_id |= _from_behind(by_id[one.id], by_id[other.id])
            if meeting.kind == "near" and other.id in robots and picture.action is Action.push:
                room = _PALMS * one.tall + 0.3 * other.extent.width  # an arm's length from its casing
                by_id |= _moved_off(by_id[one.id], by_id[other.id], room)
            if meeting.kind == "hug" and other.id in plants:  # breast to bark
                away = math.copysign(TRUNK * other.extent.top + 0.05 * one.tall, one.x - other.x)
                by_id[one.id] = replace(by_id[one.id], x=by_id[other.id].x + away)
            for near, far in ((one.id, other.id), (other.id, one.id)):
                if meeting.kind == "hug" and near in people and far in twiggy | robots:
                    # no twig lies on a coat, and no pipe of an arm ends before one
                    by_id[near] = replace(by_id[near], depth=by_id[far].depth - 0.02)
            if (
                meeting.kind == "near" and helps_up(picture) and other.id in robots
            ):  # hands are on its shoulder
                by_id[one.id] = replace(by_id[one.id], depth=by_id[other.id].depth - 0.03)
            if meeting.kind == "near" and brushes(picture):  # brush and cloth are before it, and seen
                by_id[one.id] = replace(by_id[one.id], depth=by_id[other.id].depth - 0.03)
        _make_room(by_id, meeting, huggers)
    if not met and picture.action is Action.dance and len(placed) == 2:
        by_id |= _arms_free(*sorted(placed, key=lambda p: p.x))
    return [by_id[p.id] for p in placed]


def _arms_free(left: Placed, right: Placed) -> dict[str, Placed]:
    """Two who dance before each other and hold no hands, so far apart that no arm is at the other's head."""
    more = clear_gap(left, right) - (right.x - left.x)
    if more <= 0 or abs(right.depth - left.depth) > _ROW or left.rides or right.rides:
        return {}
    return {left.id: replace(left, x=left.x - more / 2), right.id: replace(right, x=right.x + more / 2)}


_ROW = 1.0
"""Metres in depth within which two stand in one row."""


def _strokes(picture: Picture, one: Placed, other: Placed) -> bool:
    """Whether somebody pets a beast with its head as high as the own, which stands with the neck up."""
    high = by_the_neck(other.extent.eyes / max(one.extent.eyes, 1e-3)) and other.extent.face_x != 0.0
    pets = manner_of(Action.reach, picture.sentence) == "pet"
    return (
        pets and picture.action is Action.reach and picture.actor == one.id and high and not vast(one, other)
    )


def _from_behind(one: Placed, beast: Placed) -> dict[str, Placed]:
    """A beast that is pushed at its rump, its head away from the face of who pushes; it gives way."""
    way = 1.0 if beast.x >= one.x else -1.0
    away = turned(beast, one.facing)
    rump = away.extent.left if way > 0 else away.extent.right
    return {beast.id: replace(away, x=one.x + way * _PUSHED * one.tall - rump)}


_PUSHED = 0.28
"""Heights of who pushes from that one to the rump of a beast."""


def _moved_off(one: Placed, other: Placed, gap: float) -> dict[str, Placed]:
    """The first of two put at least so many metres from the other, and nearer to the lens than that one."""
    way = math.copysign(1.0, one.x - other.x)
    x = other.x + way * max(gap, abs(one.x - other.x))
    return {one.id: replace(one, x=x, depth=other.depth - 0.03)}


_PALMS = 0.32
"""Heights of who pushes from that one to its palms."""


def _nearer(one: Placed, other: Placed, gap: float) -> dict[str, Placed]:
    """Two put so many metres from each other about their middle, if they were farther."""
    middle, half = (one.x + other.x) / 2, min(gap, abs(one.x - other.x)) / 2
    way = math.copysign(1.0, other.x - one.x)
    return {
        one.id: replace(one, x=middle - way * half),
        other.id: replace(other, x=middle + way * half),
    }


_DOWN_TO = 0.22
"""Of both heights: how far a child is from who shakes its hand, an arm that goes down reaching less far."""


def _joined(meeting: Meeting, one: Placed, other: Placed, robots: frozenset[str]) -> dict[str, Placed]:
    sides = (one, other) if one.x <= other.x else (other, one)
    if meeting.kind == "side":
        return side_by_side(one, other, bool(robots & {one.id, other.id}))
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
        tail = meeting.kind == "hug" and other.extent.face > 0.0  # of a mermaid: it lies behind her
        if other.extent.width > 1.1 * other.extent.height and not tail:
            gap = 0.14 * one.tall + 0.5 * other.extent.width
            if (
                meeting.kind == "near" and other.extent.height > 0.6 * one.tall
            ):  # a beast's muzzle, at the hand
                gap = 0.26 * one.tall + max(-other.extent.left, other.extent.right)
            elif one.tall > other.tall:  # its face is ahead of a knee
                gap = 0.34 * one.tall + max(-other.extent.left, other.extent.right)
        if meeting.kind in ("hug", "near") and vast(one, other):  # breast to skin, or a hand
            gap = 0.12 if meeting.kind == "hug" else 0.29
            gap = gap * one.tall + (other.extent.right if one.x > other.x else -other.extent.left)
        if meeting.kind == "hug" and huddles(one, other):
            return taken_up(one, other)
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
