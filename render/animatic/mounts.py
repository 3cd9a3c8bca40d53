"""Mounts: the horse of somebody who rides on nothing that is named, and the bus of a driver who takes along.

Words alone say that somebody "rides to the castle" or that "the bus driver takes the passenger home". Pure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.lexicon import behaves_as, look_up
from ...storyboard.looks import BodyLook, ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, Distance, Facing, PlaceKind, ShotSize, Side, View
from .blocking import Placed
from .reach import turned
from .recast import with_figure
from .saddled import climbs_upon

_RIDES = re.compile(r"\b(?:rid(?:es?|ing)|rode|gallop(?:s|ed|ing)?|trot(?:s|ted|ting)?)\b")
_OTHERWISE = re.compile(
    r"\b(?:bicycles?|bikes?|cycl\w+|pedal\w*|brooms?|sleds?|sledges?|toboggans?|ski\w*|skat\w+|surf\w*"
    r"|snowboards?|scooters?|bus|train|tram|car|cart|taxi|lorry|truck|van|boat|raft|ship|carpet|waves?|lift"
    r"|elevator|escalator|carousel|swing|roller ?coaster|motor\w*|plane|rocket|ferry|wagon|carriage"
    r"|shoulders)\b"
)
_NO_HORSE = frozenset(
    {
        PlaceKind.sea, PlaceKind.underwater, PlaceKind.space, PlaceKind.spaceship, PlaceKind.moon,
        PlaceKind.planet, PlaceKind.sky, PlaceKind.ship, PlaceKind.train,
    }
)  # fmt: skip
_MOUNT_OF = {PlaceKind.desert: "camel"}
_COATS = {"horse": "#7a4a2a", "camel": "#c89a5e"}
_DRIVERS = {
    "bus driver": "bus", "taxi driver": "taxi", "cab driver": "taxi", "tram driver": "tram",
    "train driver": "train", "engine driver": "train", "truck driver": "truck", "lorry driver": "truck",
    "chauffeur": "car", "ambulance driver": "ambulance", "driver": "car", "pilot": "plane",
}  # fmt: skip
"""Who drives for others -> what."""
_TAKEN = re.compile(
    r"\b(?:takes?|took|taking|drives?|drove|driving|brings?|brought|carries|carried|transports?|flies|flew)\b"
    r".*\b(?:to|home|away|back|through|across|along|over|into|out of|by|in)\b"
)
_BY_VEHICLE = re.compile(r"\b(?:by|in|on) (?:the |a |an |his |her |their )?([a-z]+(?: [a-z]+)?)\b")
_WHEELED = frozenset({"bus", "taxi", "car", "tram", "train", "truck", "van", "ambulance", "minibus"})
_TAKES = frozenset(
    {Action.take, Action.drive, Action.hold, Action.give, Action.walk, Action.fly, Action.ride}
)


def mounted(picture: Picture) -> Picture:
    """The picture with a horse (in a desert a camel) under whoever rides and has nothing to ride on."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    told = picture.sentence[:2000].lower()
    if actor is None or actor.action is not Action.ride or actor.look.being is not Being.person:
        return picture
    if not _RIDES.search(told) or _OTHERWISE.search(told) or picture.place.look.kind in _NO_HORSE:
        return picture
    others = [f for f in picture.figures if f.id != actor.id and f.look.being is not Being.person]
    if picture.place.look.interior or others or any(_ridden(t) for t in picture.things):
        return picture
    kind = _MOUNT_OF.get(picture.place.look.kind, "horse")
    look = BodyLook(being=Being.quadruped, species=kind, coat_colour=_COATS[kind])
    facing = actor.facing if actor.facing in (Facing.left, Facing.right) else Facing.right
    horse = FigureIn(id="mount", noun=kind, words="", look=look, side=actor.side, facing=facing)
    picture = with_figure(picture, actor, actor.model_copy(update={"facing": facing, "gaze": None}))
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    told_of = {"figures": (*picture.figures, horse), "target": horse.id, "camera": camera}
    return picture.model_copy(update=told_of)


_KEEPS = re.compile(
    r"\b(camel|horse|donkey|yak|ox|elephant)s? (?:driver|rider|herder|keeper|trader|tamer|owner)\b"
)
"""Trades with an animal that is with them out of doors."""
_WITH = frozenset({ShotSize.full, ShotSize.wide})
_ALONE = frozenset(
    {
        Action.ride,
        Action.hide,
        Action.swim,
        Action.row,
        Action.dive,
        Action.lie,
        Action.sleep,
        Action.hug,
        Action.pull,
    }
)


def led(picture: Picture) -> Picture:
    """The picture in which the animal of a camel driver stands by, in a frame that has room for it. Pure."""
    size, told = picture.camera.size, picture.sentence.lower()
    if picture.place.look.interior or picture.place.look.kind in _NO_HORSE or len(picture.figures) > 2:
        return picture
    if len(picture.figures) == 2 and size is not ShotSize.wide:  # two and a beast are small in one frame
        return picture
    if size not in _WITH or picture.camera.focus is not None or picture.action in _ALONE:
        return picture
    for figure in picture.figures:
        kind = _kept_by(figure)
        if not kind:
            continue
        if re.search(rf"\b{kind}s?\b(?! \w*(?:driver|rider|herder|keeper|trader|tamer|owner))", told):
            return picture
        entry = look_up(kind, "creature")
        coat = str(entry.attributes["coat_colour"]) if entry is not None else _COATS["horse"]
        look = BodyLook(being=Being.quadruped, species=kind, coat_colour=coat)
        taken = {f.side for f in picture.figures}
        side = next((s for s in (Side.left, Side.right, Side.centre) if s not in taken), Side.left)
        beast = FigureIn(
            id=_LED, noun=kind, words="", look=look, side=side, distance=Distance.far, facing=Facing.right
        )
        if len(picture.figures) == 1 and figure.action is Action.walk:  # it goes behind on its rein
            goes = {"action": Action.walk, "facing": figure.facing, "side": figure.side}
            beast = beast.model_copy(update=goes)
        return picture.model_copy(update={"figures": (*picture.figures, beast)})
    return picture


def led_beside(picture: Picture, placed: Sequence[Placed]) -> list[Placed]:
    """The animal of a keeper clear of everybody: at the keeper's back, or where nobody else is. Pure.

    Before or behind a body its legs, neck and head would stick out of it.
    """
    beast = next((p for p in placed if p.id == _LED), None)
    keeper = next((p for p in placed for f in picture.figures if f.id == p.id and _kept_by(f)), None)
    if beast is None or keeper is None:
        return list(placed)
    others = [p for p in placed if p.id not in (beast.id, keeper.id)]
    way = -1.0 if keeper.walks < 0 or (not keeper.walks and keeper.facing is Facing.left) else 1.0
    if others:
        way = math.copysign(1.0, sum(p.x for p in others) / len(others) - keeper.x)
    beast = turned(beast, Facing.left if way < 0 else Facing.right)
    wide, mine = keeper.extent, beast.extent
    x = keeper.x - way * _REIN - (mine.right - wide.left if way > 0 else mine.left - wide.right)
    beast = replace(beast, x=x, depth=keeper.depth + 0.3, walks=keeper.walks, stops=keeper.stops)
    return [beast if p.id == beast.id else p for p in placed]


_LED = "led"
"""The id of the animal of a keeper."""
_REIN = 0.3
"""Metres between a keeper and the animal."""


def _kept_by(figure: FigureIn) -> str:
    """The animal that somebody of such a trade has along; or ""."""
    noun = f"{figure.noun} {figure.words}".lower()
    found = _KEEPS.search(noun) or re.search("(camel)eer", noun)
    return found[1] if found is not None and figure.look.being is Being.person else ""


_WHEELS = re.compile(
    r"\b(?:on|by) (?:(?!and\b)[a-z]+ ){0,2}(bicycles?|bikes?|tricycles?|sleds?|sledges?|toboggans?)\b"
)
_SLEDS = frozenset({"sled", "sledge", "toboggan"})
_RODE = frozenset({Action.run, Action.walk, Action.ride, Action.drive})
_HANDLED = re.compile(r"\b(?:push|pull|carr|drag|work|repair|paint|tie|climb|get)\w*\b")


_ASTRIDE = frozenset({"bicycle", "motorcycle", "scooter", "tricycle", "sled"})


_CLIMBERS = frozenset({Being.person, Being.robot})


def astride(picture: Picture) -> Picture:
    """The picture in which whoever climbs onto a bicycle, a horse or the like sits on it, and climbs no wall
    to it."""
    thing = next((t for t in picture.things if t.id == picture.target), None)
    beast = next((f for f in picture.figures if f.id == picture.target), None)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    mount = thing or beast
    if mount is None or actor is None or picture.action not in (Action.climb, Action.jump, Action.sit):
        return picture
    if not climbs_upon(picture) or (thing is not None and behaves_as(thing.look.kind) not in _ASTRIDE):
        return picture
    if beast is not None and (beast.look.being not in _BACKED or actor.look.being not in _CLIMBERS):
        return picture
    facing = actor.facing if actor.facing in (Facing.left, Facing.right) else Facing.right
    rides = {"action": Action.ride, "gaze": mount.id, "facing": facing, "holds": ()}
    picture = with_figure(picture, actor, actor.model_copy(update=rides))
    return picture.model_copy(update={"action": Action.ride})


def wheeled(picture: Picture) -> Picture:
    """The picture in which everybody who goes on a bicycle or a sledge of the words has one to sit on."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    told = picture.sentence[:2000].lower()
    found = _WHEELS.search(told)
    if actor is None or found is None or actor.action not in _RODE or _HANDLED.search(told):
        return picture
    if actor.look.being is not Being.person or picture.place.look.interior:
        return picture
    word = found[1].removesuffix("s")
    kind, many = "sled" if word in _SLEDS else "bicycle", found[1].endswith("s")
    things = [t for t in picture.things if behaves_as(t.look.kind) != kind or t.held]
    facing = actor.facing if actor.facing in (Facing.left, Facing.right) else Facing.right
    for figure in picture.figures:
        goes = figure.id == actor.id or (many and figure.action in {actor.action, Action.stand})
        if not goes or figure.look.being is not Being.person:
            continue
        name = f"{kind}-{figure.id}"
        thing = ThingIn(id=name, words=kind, look=ThingLook(kind=kind), side=figure.side)
        things.append(thing)
        rides = {"action": Action.ride, "gaze": thing.id, "facing": facing, "holds": ()}
        picture = with_figure(picture, figure, figure.model_copy(update=rides))
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    told_of = {"things": tuple(things), "target": None, "action": Action.ride, "camera": camera}
    return picture.model_copy(update=told_of)


_CARRIES = re.compile(r"\b(?:carr(?:y|ies|ied|ying))\b")
_MOUTHS_ONLY = re.compile(r"\b(?:in (?:its|his|her) (?:mouth|beak|jaws|claws|talons|teeth)|by the scruff)\b")
_BACKED = frozenset({Being.quadruped, Being.dragon, Being.bird, Being.whale, Being.fish})
"""Who has a back to sit on."""
_GOING = {Being.bird: Action.fly, Being.dragon: Action.fly, Being.whale: Action.swim, Being.fish: Action.swim}


def backed(picture: Picture) -> Picture:
    """The picture in which whom an animal carries sits on its back: it has no arms to carry anybody in."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    told = picture.sentence[:2000].lower()
    if actor is None or actor.look.being not in _BACKED or not _CARRIES.search(told):
        return picture
    other = next((f for f in picture.figures if f.id == picture.target and f.id != actor.id), None)
    if other is None or other.look.being in (Being.whale, Being.fish) or _MOUTHS_ONLY.search(told):
        return picture
    facing = actor.facing if actor.facing in (Facing.left, Facing.right) else Facing.right
    goes = {"action": _GOING.get(actor.look.being, Action.walk), "facing": facing, "gaze": None}
    sits = {"action": Action.ride, "facing": facing, "gaze": None, "side": actor.side, "holds": ()}
    picture = with_figure(picture, actor, actor.model_copy(update=goes))
    picture = with_figure(picture, other, other.model_copy(update=sits))
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    told_of = {"action": Action.ride, "actor": other.id, "target": actor.id, "camera": camera}
    return picture.model_copy(update=told_of)


def _ridden(thing: ThingIn) -> bool:
    return behaves_as(thing.look.kind) in ("bicycle", "sled", "broom", "carpet", "cart", "skateboard")


def ferried(picture: Picture) -> Picture:
    """The picture with a driver and whoever is taken along in the vehicle, which nobody is handed."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    told = picture.sentence[:2000].lower()
    if other is None:  # "drives the passenger in the bus", where it is done to the bus
        named = (f for f in picture.figures if f.id != picture.actor and f.noun and f.noun.lower() in told)
        other = next(named, None)
    if actor is None or other is None or actor.action not in _TAKES or not _TAKEN.search(told):
        return picture
    seated = other.look.being in (Being.person, Being.robot, Being.bird, Being.quadruped)
    if not seated or picture.place.look.interior:
        return picture
    kind = _vehicle_of(actor, told, picture.action)
    if kind is None:
        return picture
    thing = next((t for t in picture.things if t.look.kind == kind), None)
    thing = thing or ThingIn(id="vehicle", words=kind, look=ThingLook(kind=kind))
    free = thing.model_copy(update={"held": False, "distance": Distance.middle, "side": Side.centre})
    rides = {"action": Action.drive, "holds": (), "gaze": None, "facing": Facing.right}
    figures = tuple(
        f.model_copy(update=rides) if f.id in (actor.id, other.id) else f for f in picture.figures
    )
    things = (*(t for t in picture.things if t.id != thing.id), free)
    told_of = {"figures": figures, "things": things, "target": free.id, "action": Action.drive}
    return picture.model_copy(update=told_of)


def _vehicle_of(actor: FigureIn, told: str, action: Action) -> str | None:
    """What somebody takes another along in: what the words name, or that of its trade."""
    for found in _BY_VEHICLE.finditer(told):
        for phrase in (found.group(1), found.group(1).split()[0]):
            entry = look_up(phrase, "thing")
            if entry is not None and entry.kind in _WHEELED:
                return entry.kind
    noun = actor.noun.lower()
    for trade, kind in _DRIVERS.items():
        if noun == trade or noun.endswith(" " + trade):
            return kind
    return "car" if action is Action.drive else None
