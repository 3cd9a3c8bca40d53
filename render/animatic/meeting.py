"""Meeting: who touches whom in a picture: embraces, gifts, riders, noses. Decided by what is told. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Age, Being
from .files import led
from .intent import helps_up, works_on
from .meant import mates, next_to
from .together import accompanied, borne, dries
from .unawares import steals
from .vehicles import crew
from .wraps import wraps

_TOUCHED = {Action.hug: "hug", Action.give: "give", Action.take: "give"}
_MOUNTS = frozenset({Being.quadruped, Being.dragon, Being.bird, Being.whale, Being.fish, Being.creature})
UPRIGHT = frozenset({Being.person, Being.robot, Being.ghost, Being.creature})
HANDED = frozenset({Being.person, Being.robot})
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
        elif figure.action is Action.fall and figure.look.being in UPRIGHT:
            found.append(Meeting("trip", figure.id, other))
        elif _noses(picture, figure, figures[other]):
            found.append(Meeting("nose", figure.id, other))
        elif figure.action is Action.hug:
            # An animal that hugs somebody is embraced: it is the other who has the arms.
            pair = (figure.id, other) if figure.look.being in UPRIGHT else (other, figure.id)
            found.append(_bowed(figures[pair[1]], *pair) or Meeting("hug", *pair))
        elif figure.action is Action.talk:
            found.append(Meeting("ear", figure.id, other))
        elif figure.action is Action.walk:
            found.append(Meeting("lead", figure.id, other))
        elif figure.action not in _TOUCHED:
            pets = figure.action is Action.reach and manner_of(Action.reach, picture.sentence) == "pet"
            bowed = _bowed(figures[other], figure.id, other) if pets else None
            found.append(bowed or Meeting("near", figure.id, other))
        else:
            found.append(Meeting("give", figure.id, other))
        taken |= {figure.id, other}
    return tuple(found)


def _bowed(other: FigureIn, one: str, name: str) -> Meeting | None:
    """A grown dragon that bows its head down to who hugs or pets it; None of all others."""
    bows = other.look.being is Being.dragon and other.look.age is not Age.child
    return Meeting("nose", name, one) if bows else None


def _lays_hands(picture: Picture, figure: FigureIn) -> bool:
    """Whether it is done with both hands on somebody: working on a robot, lifting one, helping one up."""
    if figure.look.being not in UPRIGHT:
        return False
    lifts = figure.action is Action.hold and manner_of(Action.hold, picture.sentence) == "lift"
    pets = figure.action is Action.reach and manner_of(Action.reach, picture.sentence) == "pet"
    if figure.action is Action.reach and (wraps(picture) or dries(picture)):
        return True
    if figure.action is Action.talk:
        return manner_of(Action.talk, picture.sentence) == "whisper"
    if figure.action is Action.dance:
        pair = [f for f in picture.figures if f.id in (figure.id, picture.target)]
        return all(f.action is Action.dance and f.look.being in HANDED for f in pair)
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
CAUGHT = re.compile(r"\b(?:catch(?:es)?|caught|pounces?|pounced|grabs?|grabbed|seizes?|seized)\b")


def catches(picture: Picture, figure: FigureIn) -> bool:
    """Whether an animal has caught somebody, who lies under its paws."""
    takes = figure.action in (Action.take, Action.jump, Action.fight) and figure.id == picture.actor
    return (
        takes and figure.look.being is Being.quadruped and CAUGHT.search(picture.sentence.lower()) is not None
    )


def _noses(picture: Picture, figure: FigureIn, other: FigureIn) -> bool:
    """Whether an animal touches somebody with its head: nuzzles or pushes an animal, licks anybody."""
    if figure.look.being in UPRIGHT or figure.id != picture.actor:
        return False
    if figure.action is Action.push or catches(picture, figure):
        return True
    if figure.action is Action.hug and _NUZZLES.search(picture.sentence[:2000].lower()):
        return True  # it is the animal that does it, and not the arms of the other
    if figure.action is Action.reach and manner_of(Action.reach, picture.sentence) == "pet":
        return other.look.being not in UPRIGHT  # a paw held out would stroke the air
    if figure.action is Action.hug:
        return other.look.being not in UPRIGHT
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
    if figure.look.being not in UPRIGHT:
        if figure.action is not Action.hug or figure.look.being not in (Being.quadruped, Being.dragon):
            return None
        others = [i for i in others if figures[i].look.being in UPRIGHT]
    gives = figure.id == picture.actor and figure.action is Action.give
    wishes = [target, figure.gaze, *(others if len(others) == 1 else [])]
    wishes += [next_to(picture, figure, others)] if gives else []
    return next((w for w in wishes if w in others), None)
