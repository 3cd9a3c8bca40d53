"""Vehicles: who sits where in what is driven, flown or ridden in, how large that is, and how it goes.

A driver is seen at the window of the cab, a pilot under the canopy, who goes by balloon above the rim of its
basket. Nothing here draws.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from ...storyboard.lexicon import behaves_as, look_up
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, Facing, Mark, Move, PlaceKind, ShotSize, View
from .blocking import Extent
from .easing import smoothstep
from .ink import Ink
from .things import Thing

Way = Literal["", "float", "land", "off", "up", "on"]
"""How it goes: on the ground, on water, from the air to the ground, into the air, straight up, in the air."""
Box = tuple[float, float, float, float]
"""Left, right, sill and top: x in widths from the middle of what faces right, y in heights from its foot."""


@dataclass(frozen=True)
class Cab:
    """Where one sits in a vehicle."""

    seats: tuple[Box, ...]
    """The window of who drives, then those of others."""
    lean: float = 0.0
    """By how much narrower, in widths, the front of the first window is at its top than at its sill."""
    air: bool = False
    rises: bool = False
    """It goes straight up and comes straight down."""
    disc: bool = False
    """Its windows are round."""
    sunk: float = 0.0
    """It floats, with such a share of its height under water."""
    shows: float = 0.0
    """Open above the sill, over which so many heights of a body are seen; 0 behind glass."""


def _row(first: Box, *others: tuple[float, float]) -> tuple[Box, ...]:
    return (first, *((left, right, first[2], first[3]) for left, right in others))


CABS: dict[str, Cab] = {
    "car": Cab(((0.0, 0.2, 0.58, 0.9), (-0.22, -0.03, 0.58, 0.9)), lean=0.06),
    "taxi": Cab(((0.0, 0.2, 0.518, 0.8), (-0.22, -0.03, 0.518, 0.8)), lean=0.06),
    "police car": Cab(((0.0, 0.2, 0.518, 0.8), (-0.22, -0.03, 0.518, 0.8)), lean=0.06),
    "bus": Cab(
        _row((0.157, 0.286, 0.54, 0.84), (0.007, 0.136), (-0.143, -0.014), (-0.293, -0.164), (-0.443, -0.314))
    ),
    "truck": Cab(((0.322, 0.4, 0.52, 0.74), (0.236, 0.316, 0.52, 0.74)), lean=0.035),
    "van": Cab(((0.13, 0.32, 0.7, 0.88),), lean=0.08),
    "ambulance": Cab(((0.22, 0.4, 0.5, 0.66),), lean=0.08),
    "fire engine": Cab(((0.27, 0.44, 0.52, 0.68),), lean=0.05),
    "minibus": Cab(_row((0.13, 0.31, 0.69, 0.88), (-0.14, 0.06), (-0.41, -0.23)), lean=0.06),
    "estate car": Cab(((0.04, 0.26, 0.68, 0.89), (-0.42, -0.03, 0.68, 0.89)), lean=0.08),
    "sports car": Cab(((-0.13, 0.14, 0.64, 0.86),), lean=0.1),
    "double-decker bus": Cab(_row((0.09, 0.24, 0.5, 0.66), (-0.14, 0.04), (-0.42, -0.26))),
    "railway carriage": Cab(_row((0.22, 0.4, 0.6, 0.83), (-0.12, 0.12), (-0.4, -0.24))),
    "tractor": Cab(((-0.25, 0.05, 0.52, 0.88),)),
    "bulldozer": Cab(((-0.34, -0.25, 0.54, 0.86),)),
    "train": Cab(_row((-0.12, -0.012, 0.5, 0.76), (-0.284, -0.218), (-0.37, -0.303))),
    "tram": Cab(_row((0.3, 0.44, 0.44, 0.74), (0.08, 0.22), (-0.11, 0.03), (-0.3, -0.16))),
    "cable car": Cab(_row((-0.09, 0.13, 0.3, 0.54), (-0.32, -0.18), (0.22, 0.36))),
    "plane": Cab(((0.13, 0.348, 0.645, 0.93),), lean=0.06, air=True),
    "helicopter": Cab(((0.09, 0.29, 0.43, 0.71), (-0.07, 0.06, 0.45, 0.69)), lean=0.05, air=True),
    "rocket": Cab(((-0.143, 0.143, 0.474, 0.646),), air=True, rises=True, disc=True),
    "ufo": Cab(((-0.15, 0.15, 0.58, 0.96),), lean=0.08, air=True),
    "hot air balloon": Cab(
        ((-0.01, 0.13, 0.175, 0.31), (-0.13, 0.0, 0.175, 0.31)), air=True, rises=True, shows=0.44
    ),
    "submarine": Cab(
        _row((0.177, 0.259, 0.27, 0.45), (-0.014, 0.068), (-0.205, -0.123)), sunk=0.2, disc=True
    ),
    "motor boat": Cab(((0.03, 0.2, 0.48, 0.78), (-0.17, -0.02, 0.48, 0.78)), lean=0.06, sunk=0.12),
    "cart": Cab(((-0.04, 0.26, 0.73, 1.0), (-0.28, -0.02, 0.73, 1.0)), shows=0.6),
}
"""Kinds of vehicles that one sits in -> their seats."""
STOOD = {"skateboard": 0.9, "kick scooter": 0.2, "carpet": 0.7}
"""What one stands or kneels on -> how high, as a share of its height."""
_ON_AIR = frozenset({"carpet", "broom"})
_GOES = frozenset({Action.drive, Action.ride, Action.fly, Action.row})
_LANDS = re.compile(r"\b(lands?|landed|landing|touch(es)? down)\b")
_STARTS = re.compile(r"\b(takes?|took|taking|lifts?|lifted|blasts?|blasted) off\b|\blaunch(es|ed)?\b")
_BY = re.compile(
    r"\b(travel|go|come|leave|return|arrive|journey)\w*\b.* by "
    r"(train|tram|bus|car|taxi|van|truck|plane|helicopter|hot[- ]air balloon|motor ?boat|submarine|rocket)\b"
)
_CARRIED = re.compile(r"\b(rides?|rode|riding|by)\b")
_TOGETHER = re.compile(
    r"\band\b.*\b(rides?|rode|riding|drives?|drove|fl(y|ies|ew)|travels?|lands?|steers?)\b"
)
_MOVES = frozenset({*_GOES, Action.walk, Action.run, Action.take, Action.fall, Action.stand})
_OPEN_ROOMS = frozenset({PlaceKind.stage, PlaceKind.workshop, PlaceKind.cave})
_WITHIN = frozenset({PlaceKind.ship, PlaceKind.spaceship, PlaceKind.train})
_BURNS = frozenset({"rocket"})
_LAMPED = frozenset({"bus", "tram", "truck", "car", "taxi", "police car"})
_FACED = 0.15
"""Heights of a body below its eyes that are seen at a window: to the shoulders."""
_LEAST, _MOST = 0.12, 1.6


@dataclass(frozen=True)
class Course:
    """How a vehicle under way goes in one shot."""

    way: Way
    rise: float
    """The most metres that it is above its ground."""


def cab_of(kind: str) -> Cab | None:
    """The seats of a kind of vehicle; None for what nobody sits in."""
    return CABS.get(kind) or CABS.get(behaves_as(kind))


def travels(picture: Picture) -> bool:
    """Whether the event of a shot is that somebody or something goes by itself, lands or takes off."""
    told = picture.sentence.lower()
    return picture.action in _GOES or any(words.search(told) for words in (_LANDS, _STARTS, _BY))


def way_of(picture: Picture, kind: str) -> Way:
    """How a vehicle that is under way in a picture goes. Pure."""
    cab, told = cab_of(kind), picture.sentence.lower()
    if cab is not None and cab.sunk:
        return "float"
    if not (cab and cab.air) and behaves_as(kind) not in _ON_AIR:
        return ""
    if _LANDS.search(told):
        return "land"
    if _STARTS.search(told):
        return "off"
    return "up" if cab is not None and cab.rises else "on"


def boarded(picture: Picture) -> Picture:
    """The picture with whoever drives, flies or rides a vehicle in it, and the camera far enough for both.

    Everything else is left as it is. In rooms nobody boards what has no room there. Pure.
    """
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if picture.camera.view is View.point_of_view or not travels(picture):
        return picture
    if picture.place.look.interior and picture.place.look.kind not in _OPEN_ROOMS:
        return picture if actor is None else _at_the_controls(picture, actor)
    if actor is None:
        driven = next((t for t in picture.things if t.id == picture.actor), None)
        return picture if driven is None or cab_of(driven.look.kind) is None else _seen_whole(picture)
    thing = _vehicle(picture)
    if thing is None:
        return picture
    picture = _named(picture, thing)
    crew = {actor.id, *(f.id for f in picture.figures if f.action is actor.action and f.action in _GOES)}
    if picture.target in {f.id for f in picture.figures} and _TOGETHER.search(picture.sentence.lower()):
        crew.add(str(picture.target))
    seats = cab_of(thing.look.kind)
    most = len(seats.seats) if seats else 1
    aboard = sorted(crew, key=lambda i: i != actor.id)[:most]
    figures = tuple(_seated(f, thing) if f.id in aboard else f for f in picture.figures)
    update = {"figures": figures, "target": thing.id, "action": Action.ride}
    return _seen_whole(picture.model_copy(update=update))


def _at_the_controls(picture: Picture, actor: FigureIn) -> Picture:
    """Within a vehicle whoever drives or flies it sits at its wheel, and no second one stands in it."""
    kinds = {t.id: t.look.kind for t in picture.things}
    steers = actor.action in (Action.drive, Action.fly) and cab_of(kinds.get(picture.target or "", ""))
    if picture.place.look.kind not in _WITHIN or not steers or actor.look.being is not Being.person:
        return picture
    sits = actor.model_copy(update={"action": Action.drive})
    return picture.model_copy(
        update={
            "action": Action.drive,
            "target": None,
            "figures": tuple(sits if f is actor else f for f in picture.figures),
            "things": tuple(t for t in picture.things if t.id != picture.target),
        }
    )


def _seated(figure: FigureIn, thing: ThingIn) -> FigureIn:
    facing = figure.facing if figure.facing in (Facing.left, Facing.right) else Facing.right
    action = Action.ride
    if thing.look.kind in STOOD:
        action = Action.kneel if thing.look.kind in _ON_AIR else Action.stand
    elif figure.look.being is Being.quadruped and cab_of(thing.look.kind) is None:
        action = Action.sit  # on its haunches, not at a gallop over the wheels
    return figure.model_copy(update={"action": action, "facing": facing, "gaze": None})


def _vehicle(picture: Picture) -> ThingIn | None:
    """What the actor goes in: what it is done to, another vehicle of the shot, or one only told of."""
    going = [t for t in picture.things if not t.held and _is_vehicle(t.look.kind)]
    aimed = next((t for t in going if t.id == picture.target), None)
    if aimed is not None:
        return aimed
    mounts = {f.id for f in picture.figures if f.id != picture.actor}
    together = _TOGETHER.search(picture.sentence.lower())
    if picture.action is Action.ride and picture.target in mounts and not together:
        return None
    if going and picture.action in (Action.drive, Action.ride):
        return going[0]
    told = None if picture.action is Action.row else _told(picture)
    return next((t for t in going if told is not None and t.look.kind == told.look.kind), told)


def _told(picture: Picture) -> ThingIn | None:
    """A vehicle that the sentence says somebody goes in, which is no prop of the story."""
    words = re.findall(r"[a-z'-]+", picture.sentence[:2000].lower())
    for at, word in enumerate(words):
        if word not in ("in", "by", "on", "aboard"):
            continue
        for size in (3, 2, 1):
            phrase = " ".join(w for w in words[at + 1 : at + 2 + size] if w not in _ARTICLES)
            entry = look_up(phrase, "thing") if phrase else None
            if entry is not None and cab_of(entry.kind) is not None:
                return ThingIn(id="vehicle", words=phrase, look=ThingLook(kind=entry.kind))
    return None


_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its", "my", "our"})


def _is_vehicle(kind: str) -> bool:
    return cab_of(kind) is not None or kind in STOOD or behaves_as(kind) in _ON_AIR | _SAT_ON


_SAT_ON = frozenset({"bicycle", "sled"})


def _named(picture: Picture, thing: ThingIn) -> Picture:
    if any(t.id == thing.id for t in picture.things):
        return picture
    return picture.model_copy(update={"things": (*picture.things, thing)})


def _seen_whole(picture: Picture) -> Picture:
    """The whole vehicle is in the frame, and the camera neither rises nor comes near."""
    camera = picture.camera
    still = (Move.tilt_up, Move.tilt_down, Move.crane_up, Move.crane_down, Move.push_in, Move.pull_out)
    move = Move.static if camera.move in still else camera.move
    seen = {"size": ShotSize.full, "move": move, "view": View.objective, "focus": None}
    return picture.model_copy(update={"camera": camera.model_copy(update=seen)})


def crew(picture: Picture) -> tuple[str, tuple[str, ...]] | None:
    """The vehicle of a boarded picture and who is aboard, the driver first; None where nobody is. Pure."""
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if thing is None or picture.action is not Action.ride or not _is_vehicle(thing.look.kind):
        return None
    stood = thing.look.kind in STOOD
    aboard = [
        f.id for f in picture.figures if f.id == picture.actor or (f.action is Action.ride and not stood)
    ]
    at_wheel = {f.id for f in picture.figures if _drives(f)}
    aboard.sort(key=lambda i: (i not in at_wheel, i != picture.actor))
    seats = cab_of(thing.look.kind)
    return (thing.id, tuple(aboard[: len(seats.seats) if seats else 1])) if aboard else None


def _drives(figure: FigureIn) -> bool:
    """Whether it is somebody whose trade it is to drive."""
    return bool({"driver", "chauffeur", "pilot"} & set(figure.noun.lower().split()))


def sized(cab: Cab, seat: int, extent: Extent, tall: float, height: float) -> float:
    """How much larger or smaller than it is a vehicle ``height`` metres high is drawn for who sits in it.

    ``extent`` is measured as it sits, ``tall`` its height in metres.
    """
    _, _, sill, top = cab.seats[seat]
    shown = cab.shows * tall if cab.shows else (extent.top - extent.eyes) + _FACED * tall
    return min(_MOST, max(_LEAST, shown / ((top - sill) * height)))


def seat_at(
    cab: Cab, seat: int, extent: Extent, tall: float, wide: float, high: float
) -> tuple[float, float]:
    """Where a ground point lies from that of a vehicle ``wide`` by ``high`` metres as drawn, facing right."""
    left, right, sill, top = cab.seats[seat]
    shown = cab.shows * tall if cab.shows else min((extent.top - extent.eyes) + _FACED * tall, 9.0)
    up = sill * high + min(shown, (top - sill) * high * 1.02 if not cab.shows else shown) - extent.top
    return ((left + right) / 2 - (cab.lean / 2 if seat == 0 else 0.0)) * wide - abs(extent.face_x), up


def seat_of(picture: Picture, kind: str, number: int) -> int:
    """Which seat the so many-th of those aboard has: who only travels does not sit where the driver does."""
    cab = cab_of(kind)
    carried = cab is not None and len(cab.seats) > 2 and _CARRIED.search(picture.sentence.lower())
    if carried and any(_drives(f) and f.action is Action.ride for f in picture.figures):
        return number
    return (number + 1) % len(cab.seats) if cab is not None and carried else number


def window(cab: Cab, seat: int) -> tuple[tuple[float, float], ...]:
    """The corners of the window of a seat: widths from the middle, heights from the foot, facing right."""
    left, right, sill, top = cab.seats[seat]
    if cab.shows:
        return (-2.0, sill), (-2.0, 9.0), (2.0, 9.0), (2.0, sill)
    if cab.disc:
        turns = [2 * math.pi * k / 24 for k in range(24)]
        across, up = (left + right) / 2, (sill + top) / 2
        wide, high = (right - left) / 2, (top - sill) / 2
        return tuple((across + wide * math.cos(a), up + high * math.sin(a)) for a in turns)
    lean = cab.lean if seat == 0 else 0.0
    return (left, sill), (left, top), (right - lean, top), (right, sill)


def driven(picture: Picture) -> str:
    """The id of a vehicle that goes by itself as the event of the shot, nobody being seen in it; or ""."""
    thing = next((t for t in picture.things if t.id == picture.actor and not t.held), None)
    if thing is None or cab_of(thing.look.kind) is None or picture.action not in _MOVES:
        return ""
    return thing.id if travels(picture) or picture.action in (Action.walk, Action.run) else ""


def puts_out(picture: Picture) -> bool:
    """Whether somebody goes by a boat with a cabin, or it goes by itself, so that it is out on the water."""
    going = [t for t in picture.things if t.id in (picture.actor, picture.target) and not t.held]
    cabs = [cab for t in going if (cab := cab_of(t.look.kind)) is not None]
    return any(cab.sunk > 0 for cab in cabs) and travels(picture)


def under_way(thing: Thing, ink: Ink, seed: int, *, dark: bool = False, stalled: bool = False) -> Thing:
    """The thing as it is drawn under way: a rocket burns, in the dark windows are lit; ``stalled``: its
    lamps are out."""
    kind = behaves_as(thing.look.kind)
    if stalled and kind in _LAMPED:
        return Thing(thing.look, (*sorted(thing.marks - {Mark.lit}), Mark.unlit), ink, seed)
    if Mark.lit in thing.marks or not (kind in _BURNS or (dark and kind in _LAMPED)):
        return thing
    return Thing(thing.look, (*sorted(thing.marks), Mark.lit), ink, seed)


def lift(way: Way, share: float, high: float) -> float:
    """Metres above the ground at a share of the shot, of a vehicle ``high`` metres high. Pure."""
    if way in ("", "float"):
        return 0.0
    if way == "on":
        return 0.55 * high
    part = min(1.0, max(0.0, (share - 0.1) / 0.7 if way == "land" else (share - 0.15) / 0.85))
    eased = smoothstep(part)
    return high * (0.7 * (1 - eased) if way == "land" else (0.3 if way == "up" else 0.7) * eased)
