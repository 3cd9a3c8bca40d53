"""Reactions: what who touches, is touched or looks on does, where that is not what the picture says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being
from .embraces import ARMFUL
from .figures.anatomy import HUGE
from .figures.species import SPECIES
from .intent import helps_up
from .meeting import CAUGHT, UPRIGHT, Meeting, catches
from .saddled import climbs_upon
from .together import dries

_RISING = frozenset({Being.person, Being.robot, Being.quadruped})
"""Who is seen to get up from the ground."""
_PLAYED = {
    **dict.fromkeys(("guitar", "violin", "drum", "harp", "lute"), Action.cook),
    **dict.fromkeys(("flute", "trumpet", "horn", "whistle"), Action.drink),
}
"""Instruments -> the performance whose hands play them: strumming stirs, blowing brings to the mouth."""
_LOW = 0.74
"""Somebody this much shorter is knelt down to for an embrace."""
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
        elif figure.action is Action.play and figure.look.being in UPRIGHT:
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
            if figures[meeting.one].look.being not in UPRIGHT:  # it does not hop on a back
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
            upright = mount is not None and mount.look.being in UPRIGHT and meeting.kind == "ear"
            changed |= {meeting.other: Action.stand} if upright else {}
        elif meeting.kind not in ("ride", "nose") and mount is not None and mount.look.being in UPRIGHT:
            changed[mount.id] = Action.hug if meeting.kind == "hug" else Action.give
            told = picture.sentence.lower()
            caught = CAUGHT.search(told) is not None and not re.search(r"\b(?:hug|embrac)", told)
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
