"""Direction: what the event of a shot asks of its players and its camera so that a stranger can read it.

A writer's close-up of somebody who gives something away shows neither the hand nor whoever gets it: here
the camera steps back until the action is in the frame, whoever acts is turned to be seen doing it, and the
way in which an action is done is chosen. Pure; nothing here draws.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.seen_whole import SEEN_WHOLE
from ...storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Expression,
    Facing,
    Move,
    PlaceKind,
    ShotSize,
    Side,
    View,
)
from .aboard import at_helm
from .covers import AWAY
from .dealings import dines, under_cloth
from .exhibited import PAINTINGS, beside_it, held_to_the_breast
from .files import comes_up, parts_from
from .flung import BREAKS, thrown_at_somebody
from .freed import in_hands
from .games import beside_a_board, over_a_board
from .grip import is_poled
from .intent import carries, helps_up, intended, tracks_of, walked_off
from .leaves import has_leaves, leaf_in
from .lids import LIDDED, lid_of
from .meant import mates, next_to, on_top, spreads
from .meeting import Meeting, brushes
from .recast import handed, with_figure
from .selling import sold
from .shoulders import from_farther
from .tailoring import tool_table
from .unawares import found, knelt_to, steals
from .uneven import sided
from .wholly import joined, walks_to_the_knees, whole_size

Business = Literal[
    "", "door", "shut", "knocked", "bench", "box", "crate", "easel", "table", "stove", "desk", "tub", "pit",
    "sprout", "wick", "sledge", "trestle", "pallet", "bedroll", "knee", "cover", "car", "board",
    "shears", "tape", "slate", "oven", "rows", "draft", "meal",
    "mural", "vat", "spread", "punchbag", "stall", "helm",
]  # fmt: skip
"""What is used in an action that names nothing: it belongs to the performance and is no prop of the story."""

_SHARED = frozenset(
    {
        Action.look, Action.point, Action.hold, Action.give, Action.take, Action.push, Action.pull,
        Action.work, Action.reach, Action.open, Action.close, Action.listen, Action.throw, Action.fight,
        Action.wave, Action.laugh, Action.play, Action.search, Action.hug, Action.paint, Action.read,
    }
)  # fmt: skip
"""Actions towards somebody or something, which are not understood unless that is seen."""
_SPOKEN = frozenset({Action.talk, Action.sing})
_HAND_TO_HAND = frozenset(
    {
        Action.give, Action.take, Action.hug, Action.fight, Action.dance, Action.jump, Action.perform,
        Action.fall, Action.play, Action.climb, Action.kneel, Action.sit, Action.reach, Action.pull,
        Action.run, Action.walk, Action.sneak, Action.dig, Action.push, Action.eat,
    }
)  # fmt: skip
"""What two do together or one with the whole body, of which nothing is seen over the shoulder of one."""
_BOTH_SEEN = frozenset(
    {
        Action.walk, Action.run, Action.sneak, Action.fly, Action.float, Action.swim, Action.fall, Action.dig,
        Action.eat, Action.jump, Action.sleep, Action.sit, Action.stand, Action.lie, Action.cry, Action.hide,
    }
)  # fmt: skip
"""Done with the whole body about somebody else, and not understood unless both are in the frame."""
_HANDS = {
    **dict.fromkeys(
        (
            Action.hold, Action.give, Action.take, Action.work, Action.open, Action.close, Action.point,
            Action.reach, Action.write, Action.cook, Action.eat, Action.drink, Action.play, Action.light,
            Action.read, Action.wave, Action.search, Action.paint, Action.fight, Action.throw,
        ),
        ShotSize.medium,
    ),
    **dict.fromkeys(
        (Action.perform, Action.push, Action.pull, Action.dig, Action.dance), ShotSize.medium_full
    ),
}  # fmt: skip
"""Actions of the hands or of the body -> the closest framing in which they are seen."""
_CLOSER = (
    ShotSize.extreme_wide, ShotSize.wide, ShotSize.full, ShotSize.medium_full, ShotSize.medium,
    ShotSize.medium_close, ShotSize.close, ShotSize.extreme_close,
)  # fmt: skip
_UPRIGHT_MOVES = frozenset({Move.tilt_up, Move.tilt_down, Move.crane_up, Move.crane_down, Move.push_in})
_SIDEWAYS = frozenset(
    {Move.pan_left, Move.pan_right, Move.track_left, Move.track_right, Move.follow, Move.drift}
)
_OWN_FACE = frozenset({"eyes", "yawn", "comb", "shave"})
"""Manners in which somebody has a hand at the own face or hair."""
_ROOM: dict[str, ShotSize] = {
    "box": ShotSize.full, "crate": ShotSize.medium_full, "table": ShotSize.medium_full,
    "easel": ShotSize.medium_full,
    **dict.fromkeys(("pit", "rows", "sprout", "pallet", "bedroll", "cover", "sledge", "car"), ShotSize.full),
    "stall": ShotSize.full, "mural": ShotSize.full, "vat": ShotSize.full, "spread": ShotSize.full,
    "knee": ShotSize.full, "helm": ShotSize.medium_full,
    **dict.fromkeys(("stove", "desk", "tub", "wick", "trestle"), ShotSize.medium_full),
    **dict.fromkeys(
        ("shut", "knocked", "board", "shears", "tape", "slate", "oven", "draft", "meal"), ShotSize.medium_full
    ),
}  # fmt: skip
"""What is used -> the closest framing in which it is seen."""
HANDLED = frozenset(
    {
        Action.hold, Action.take, Action.open, Action.close, Action.push, Action.pull, Action.work,
        Action.reach, Action.paint, Action.cook, Action.play, Action.light, Action.dig,
    }
)  # fmt: skip
"""Actions that touch the thing they are about, so that it stands within reach."""
_IN_HAND = frozenset({Action.hold, Action.give, Action.take, Action.work, Action.read, Action.throw})
_LEAFED = frozenset({Action.open, Action.close, Action.read})
_FIXED = frozenset({"door", "gate", "window", "wall", "fence", "table", "bed", "oven", "stove", "tree"})
"""What nobody holds in the arms, however small it is."""
EMPTY = re.compile(
    r"\b(empty|vacant|bare) (place|space|spot|seat|nest|room|street|shelf|corner)\b|\bat nothing\b"
)
LIFTED = 0.62
"""What is longer than this share of somebody's height is not held in the hands but by one hand."""
_FLUNG = 1.7
"""Of somebody's height, how long may be what is dropped, or a pole that is thrown: no ball in its stead."""
CROWD = re.compile(r"\b(before|in front of|to|for) (a|the|his|her) (crowd|audience|spectators)\b")
"""Words of an event that is watched by people who are nobody in the story."""
_MODEL = 2.5
"""What is longer than so many metres is in a room as a model, which hands can hold."""
_LOW = 0.55
"""What is lower than this share of whoever acts lies below the edge of a two-shot."""
HANDED = frozenset({Being.person, Being.robot, Being.creature})
_SHOULDERED = frozenset({Being.person, Being.robot})
"""Whose shoulder a shot is taken over."""
_ROADS = frozenset(
    {
        PlaceKind.road, PlaceKind.city, PlaceKind.village, PlaceKind.bridge, PlaceKind.desert, PlaceKind.farm,
        PlaceKind.mountain, PlaceKind.meadow,
    }
)  # fmt: skip
"""Where somebody who drives has a car."""
_BENT = frozenset({Action.open, Action.close, Action.light, Action.reach, Action.take})
_KNEE_HIGH, _LID_HIGH = 0.36, 0.5
"""Of somebody's height: to what is lower one kneels, and to a lid to be opened or shut."""
_MOVED_BY_HAND = frozenset(
    {
        Action.hold, Action.take, Action.give, Action.throw, Action.play, Action.eat, Action.drink,
        Action.walk, Action.look,
    }
)  # fmt: skip
"""What is done with a thing that does not stay where it was."""
_BEDS = frozenset({"bed", "bunk bed", "sofa", "hammock", "cradle", "tent", "bench"})
_USED: dict[tuple[Action, str], Business] = {
    (Action.open, ""): "door", (Action.close, ""): "shut", (Action.reach, "knock"): "knocked",
    (Action.work, ""): "bench", (Action.work, "saw"): "trestle", (Action.work, "wash"): "tub",
    (Action.work, "sweep"): "", (Action.work, "sew"): "", (Action.push, ""): "crate",
    (Action.push, "through"): "", (Action.pull, ""): "sledge", (Action.paint, ""): "easel",
    (Action.paint, "photograph"): "", (Action.paint, "line"): "",
    (Action.cook, ""): "stove", (Action.write, ""): "desk", (Action.dig, ""): "pit",
    (Action.dig, "water"): "sprout", (Action.dig, "plant"): "sprout", (Action.light, ""): "wick",
    (Action.hide, ""): "cover", (Action.hide, "back"): "", (Action.hide, "ears"): "",
    (Action.cook, "pour"): "table", (Action.pull, "tear"): "",
}  # fmt: skip
"""Actions and manners -> what is used in them where the picture names nothing that they are done to."""


def directed_picture(picture: Picture, tall: Mapping[str, float], long: Mapping[str, float]) -> Picture:
    """The picture as it is played: the camera far enough for the event, its actor turned to be seen from the
    side, and in its hands what they are about. ``tall`` has the height of every figure, ``long`` the longest
    side of every thing, in metres."""
    meant = held_to_the_breast(intended(picture))
    picture = _in_sight(
        walked_off(_offered(_taken_up(found(_set_down(_broken(meant, tall, long)), tall), tall, long)))
    )
    camera = picture.camera
    if camera.view is View.over_shoulder and (
        _looks_elsewhere(picture) or picture.action in _HAND_TO_HAND or _with_beast(picture)
    ):
        camera = camera.model_copy(update={"view": View.objective})
        picture = picture.model_copy(update={"camera": camera})
    picture = from_farther(picture, tall)
    camera = picture.camera
    size = _stepped_back(picture, {**long, **tall})
    move = _steadied(picture)
    if size is not camera.size or move is not camera.move:
        focus = None if size is not camera.size and joined(picture) else camera.focus
        camera = camera.model_copy(update={"size": size, "move": move, "focus": focus})
        picture = picture.model_copy(update={"camera": camera})
    picture = sided(beside_it(picture), tall)
    figures = tuple(_turned(picture, f) for f in picture.figures)
    return picture.model_copy(update={"figures": figures}) if figures != picture.figures else picture


def _broken(picture: Picture, tall: Mapping[str, float], long: Mapping[str, float]) -> Picture:
    """What is broken falls out of the hands to pieces; what is too large for them is struck."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    thing = next((t for t in picture.things if t.id == picture.target), None)
    if actor is None or thing is None or actor.look.being not in HANDED:
        return picture
    if picture.action not in (Action.cry, Action.fight, Action.fall):
        return picture
    if BREAKS.search(picture.sentence[:2000].lower()) is None:
        return picture
    small = thing.held or long.get(thing.id, 9.0) <= LIFTED * tall.get(actor.id, 1.7)
    does = Action.throw if small else Action.fight
    breaks = actor.model_copy(update={"action": does, "expression": Expression.surprised})
    return with_figure(picture, actor, breaks).model_copy(update={"action": does})


def _taken_up(picture: Picture, tall: Mapping[str, float], long: Mapping[str, float]) -> Picture:
    """What is held, given or taken and is small enough lies in its actor's hands."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    thing = thing or thrown_at_somebody(picture)
    if actor is None or thing is None or actor.look.being not in HANDED:
        return picture
    if on_top(picture) is not None or spreads(picture):
        return picture
    leafed = actor.action in (*_LEAFED, Action.look) and has_leaves(thing.look.kind)
    wiped = actor.action is Action.reach and manner_of(Action.reach, picture.sentence) == "wipe"
    found = actor.action is Action.look and manner_of(Action.look, picture.sentence) == "find"
    candle = actor.action is Action.light and behaves_as(thing.look.kind) == "candle"
    rung = actor.action is Action.reach and manner_of(Action.reach, picture.sentence) == "ring"
    rung = rung and behaves_as(thing.look.kind) == "bell"  # the bell in the hand is the one that is named
    if actor.action not in _IN_HAND and not (leafed or wiped or found or candle or rung):
        return picture
    clasped = actor.action is Action.hold and thing.look.kind not in _FIXED
    length, most = long.get(thing.id, 9.0), 1.0 if is_poled(thing.look.kind) or clasped else LIFTED
    drops = manner_of(Action.throw, picture.sentence) == "drop" and thing.look.kind not in _FIXED
    if actor.action is Action.throw and (drops or is_poled(thing.look.kind)):
        most = _FLUNG
    model = picture.place.look.interior and thing.id in long and length >= _MODEL
    model = model or in_hands(thing.look) is not thing.look or behaves_as(thing.look.kind) in PAINTINGS
    if actor.holds or (length > most * tall.get(actor.id, 1.7) and not model):
        return picture
    if found:  # it is picked up from where it lies, and shown
        actor = actor.model_copy(update={"action": Action.take})
        picture = picture.model_copy(update={"action": Action.take})
    return handed(picture, actor, thing)


def _set_down(picture: Picture) -> Picture:
    """What is planted stands in the earth; what is taken from somebody is first in that one's hands."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or len(actor.holds) != 1 or actor.look.being not in HANDED:
        return picture
    if actor.action is Action.dig and manner_of(Action.dig, picture.sentence) == "plant":
        things = tuple(
            t.model_copy(update={"held": False}) if t.id in actor.holds else t for t in picture.things
        )
        bare = with_figure(picture, actor, actor.model_copy(update={"holds": ()}))
        return bare.model_copy(update={"things": things, "target": actor.holds[0]})
    others = [f for f in picture.figures if f.id != actor.id and f.look.being in HANDED]
    if actor.action is Action.take and " from " in picture.sentence and len(others) == 1:
        if others[0].holds or steals(picture):
            return picture
        thing = next((t for t in picture.things if t.id in actor.holds), None)
        bare = with_figure(picture, actor, actor.model_copy(update={"holds": ()}))
        return bare if thing is None else handed(bare, others[0], thing)
    return picture


def _offered(picture: Picture) -> Picture:
    """What is held out to somebody is handed over: both turn to each other and hands meet."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or not actor.holds or actor.look.being not in HANDED:
        return picture
    if actor.action is not Action.hold or manner_of(Action.hold, picture.sentence) != "out":
        return picture
    getter = aimed_at(picture, actor) if picture.target in (None, *actor.holds) else picture.target
    if getter not in {f.id for f in picture.figures if f.id != actor.id}:
        return picture
    gives = actor.model_copy(update={"action": Action.give, "gaze": getter})
    figures = tuple(gives if f is actor else f for f in picture.figures)
    return picture.model_copy(update={"action": Action.give, "target": getter, "figures": figures})


def _in_sight(picture: Picture) -> Picture:
    """The whole figure instead of an insert of a thing that goes up in the hands or into others: it would
    leave the frame, and nobody would see who has it."""
    camera = picture.camera
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or camera.size is not ShotSize.insert:
        return picture
    if actor.look.being not in HANDED and (actor.holds or picture.target is None):  # in the mouth
        seen = camera.model_copy(update={"size": ShotSize.medium_full, "focus": actor.id})
        return picture.model_copy(update={"camera": seen})
    if actor.look.being not in HANDED and actor.action is Action.reach:  # the whole animal, and what it wants
        seen = camera.model_copy(update={"size": ShotSize.full, "focus": None})
        return picture.model_copy(update={"camera": seen})
    if actor.look.being not in HANDED:
        return picture
    if actor.action is Action.read:  # under the chin: an insert of it would end at the eyes
        seen = camera.model_copy(update={"size": ShotSize.medium, "focus": actor.id})
        return picture.model_copy(update={"camera": seen})
    opens = actor.action in (Action.open, Action.close) and picture.target not in actor.holds
    moved = actor.action in _MOVED_BY_HAND and (actor.holds or _short_of_arm(actor))
    if not (opens or moved):
        return picture
    lifted = actor.action is Action.take or manner_of(actor.action, picture.sentence) in ("lift", "ball")
    size = ShotSize.full if lifted else ShotSize.medium_full
    seen = camera.model_copy(update={"size": size, "focus": actor.id})
    return picture.model_copy(update={"camera": seen})


def _looks_elsewhere(picture: Picture) -> bool:
    """Whether the event is a look at something else than whoever the shot is taken over."""
    return picture.action is Action.look and not any(
        f.id == picture.target and f.id != picture.actor for f in picture.figures
    )


def _with_beast(picture: Picture) -> bool:
    """Whether one of the two is an animal: its ears and its back before the lens hide both, or are a slab."""
    pair = [f for f in picture.figures if f.id in (picture.actor, picture.target)]
    pair = pair if len(pair) > 1 else list(picture.figures)
    return any(f.look.being not in _SHOULDERED for f in pair)


def _steadied(picture: Picture) -> Move:
    """The camera's move: none up or down where the whole body is what is to be seen."""
    move = picture.camera.move
    whole = (picture.action, manner_of(picture.action, picture.sentence)) in SEEN_WHOLE
    if move in _SIDEWAYS and (parts_from(picture) or comes_up(picture)):
        return Move.static  # a camera that goes along would leave the other behind
    return Move.static if whole and move in _UPRIGHT_MOVES else move


def _stepped_back(picture: Picture, sizes: Mapping[str, float]) -> ShotSize:
    size = picture.camera.size
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is not None and size in _CLOSER and _both_seen(picture, actor):
        return ShotSize.full
    near = size is ShotSize.two_shot or size in _CLOSER[_CLOSER.index(ShotSize.medium_full) :]
    if near and actor is not None and actor.look.species == "giant":
        return ShotSize.full  # of which a part is nobody's: the woods at the knees are to be seen
    if near and actor is not None and _on_a_raft(picture, actor):
        return ShotSize.full  # a closer frame would end above the deck
    least = whole_size(picture, actor) if actor is not None and near else None
    if least is not None:
        return least
    named = picture.target in {f.id for f in picture.figures}
    held = {behaves_as(t.look.kind) for t in picture.things if t.held}
    if near and picture.action in (Action.give, Action.take) and "umbrella" in held:
        return ShotSize.full  # it is over both heads
    aims = [t.look.kind for t in picture.things if t.id == picture.target and not t.held]
    opens = picture.action in (Action.open, Action.close) and any(lid_of(kind) in LIDDED for kind in aims)
    if size is ShotSize.insert and aims and (opens or brushes(picture)):
        return ShotSize.full  # a lid comes up, and of who wipes nothing but an elbow would be seen
    if near and named and brushes(picture):
        return ShotSize.full  # arm, cloth and what is wiped are one knot at the edge of a closer frame
    if near and (knelt_to(picture) or (named and helps_up(picture))):
        return ShotSize.full  # on the ground, or from there to the feet
    beasts = [f for f in picture.figures if f.look.being not in HANDED]
    if near and beasts and picture.action is Action.hold and _HELD_OUT(picture.sentence[:2000].lower()):
        return ShotSize.two_shot  # to whom it is held out is there as well
    if near and named and picture.action is Action.push and len(beasts) > 1:
        return ShotSize.full  # the feet of an animal that is pushed slide
    rows = actor is not None and actor.action is Action.row and picture.camera.view is View.profile
    if rows and size in _CLOSER and _CLOSER.index(size) >= _CLOSER.index(ShotSize.medium_full):
        return ShotSize.full  # in a boat, which lies below a closer frame
    if actor is None or size not in _CLOSER or picture.camera.view is not View.objective:
        return size
    if picture.camera.focus not in (None, actor.id, picture.target):
        return size
    closer = _CLOSER.index(size) >= _CLOSER.index(ShotSize.medium_full)
    own = manner_of(actor.action, picture.sentence) in _OWN_FACE and actor.look.being is Being.person
    if not closer and own and size is not ShotSize.extreme_wide and len(picture.figures) == 1:
        return ShotSize.medium_full  # a hand at the own face is a speck from afar
    if closer and (knelt_to(picture) or (steals(picture) and len(picture.figures) > 1)):
        return ShotSize.full
    aim = aimed_at(picture, actor)
    met = aim is not None and any(f.id == aim for f in picture.figures) and actor.action in _SHARED
    if met and closer and helps_up(picture):
        return ShotSize.full  # from the ground to the feet
    kinds = {behaves_as(t.look.kind) for t in picture.things if t.id in actor.holds}
    if closer and "umbrella" in kinds and actor.look.being in HANDED:
        return ShotSize.full  # it is over the head
    lifted = met and actor.action is Action.hold and manner_of(Action.hold, picture.sentence) == "lift"
    if lifted and closer:
        return ShotSize.full  # feet off the ground
    if met and size is ShotSize.wide:
        return ShotSize.full  # who does something to somebody is not seen to do it from afar
    if closer and aim is not None:
        spoken = actor.action in _SPOKEN and size is not ShotSize.close and not actor.speaks
        if actor.action in _SHARED or spoken:
            tall, short = sorted((sizes.get(aim, 1.7), sizes.get(actor.id, 1.7)), reverse=True)
            low = short < _LOW * tall or size is ShotSize.medium_full
            low = low or manner_of(actor.action, picture.sentence) == "teach"  # with a board
            low = low or actor.action is Action.throw  # what is thrown is seen to fly
            low = low or (actor.action in (Action.hold, Action.take) and _short_of_arm(actor))
            return ShotSize.full if low else ShotSize.two_shot
    if actor.action is Action.look and closer and EMPTY.search(picture.sentence.lower()):
        return ShotSize.full  # the place where nothing is has to be seen
    if closer and CROWD.search(picture.sentence):
        return ShotSize.medium_full
    if closer and actor.action is Action.walk and actor.holds and carries(picture):
        return ShotSize.medium_full
    if closer and actor.action is Action.walk and tracks_of(picture.sentence):
        return ShotSize.full
    knee = _KNEE_HIGH * sizes.get(actor.id, 1.7)
    low = aim is not None and actor.action in _BENT and sizes.get(aim, 9.0) < knee
    if closer and low:
        return ShotSize.full  # who kneels to something is seen with it
    whole = SEEN_WHOLE.get((actor.action, manner_of(actor.action, picture.sentence)))
    if whole is not None and closer:
        return whole
    most = _ROOM.get(business(picture, actor, actor.action)) or _HANDS.get(actor.action)
    if most is ShotSize.medium and _short_of_arm(actor):
        most = ShotSize.medium_full
    if most is not None and actor.look.being in HANDED and _CLOSER.index(size) > _CLOSER.index(most):
        return most
    return size


def _both_seen(picture: Picture, actor: FigureIn) -> bool:
    """Whether what a whole body does is about somebody else who is there, and the camera is free."""
    size, camera = picture.camera.size, picture.camera
    free = camera.view in (View.objective, View.profile) and camera.focus in (None, actor.id, picture.target)
    other = any(f.id == picture.target and f.id != actor.id for f in picture.figures)
    close = _CLOSER.index(size) >= _CLOSER.index(ShotSize.medium_full) or size is ShotSize.wide
    acts = actor.action in _BOTH_SEEN or helps_up(picture)  # from the ground to the feet
    acts = acts and not walks_to_the_knees(picture, actor)
    return free and other and close and acts and not actor.speaks


_HELD_OUT = re.compile(r"\b(?:holds?|held|holding) out\b.* (?:to|for|towards?)\b").search
"""Something is offered to somebody."""


def _short_of_arm(actor: FigureIn) -> bool:
    """Whether the head of whoever acts fills a medium shot, under which its hands are."""
    return actor.look.being is not Being.person or actor.look.age is Age.child


def bent_down(picture: Picture, tall: Mapping[str, float], high: Mapping[str, float]) -> frozenset[str]:
    """Who kneels to what it has its hands on, because that is low: the actor, or nobody.

    ``tall`` has the heights of figures, ``high`` those of things, in metres.
    """
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if knelt_to(picture):
        return frozenset({str(picture.actor)})
    thing = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if actor is None or thing is None or actor.look.being is not Being.person:
        return frozenset()
    least = _LID_HIGH if actor.action in (Action.open, Action.close) else _KNEE_HIGH
    low = actor.action in _BENT and high.get(thing.id, 9.0) < least * tall.get(actor.id, 1.7)
    low = low or _on_a_raft(picture, actor)
    return frozenset({actor.id}) if low else frozenset()


def _on_a_raft(picture: Picture, actor: FigureIn) -> bool:
    """Whether somebody paints a raft, which is low, all but its mast."""
    rafts = {t.id for t in picture.things if behaves_as(t.look.kind) == "raft"}
    return actor.action is Action.paint and picture.target in rafts


def aimed_at(picture: Picture, actor: FigureIn) -> str | None:
    """Whom or what the actor does it to: the target, or whoever it looks at while a thing is held out."""
    if picture.target != actor.id and in_picture(picture, picture.target):
        return picture.target
    others = [f.id for f in picture.figures if f.id != actor.id and f.id not in mates(picture)]
    if actor.action not in _IN_HAND:
        return None
    if actor.gaze in others:
        return actor.gaze
    return next_to(picture, actor, others) if actor.action is Action.give or len(others) == 1 else None


def in_picture(picture: Picture, target: str | None) -> bool:
    """Whether the target is somebody or something that stands there, not in a hand."""
    return any(f.id == target for f in picture.figures) or any(
        t.id == target and not t.held for t in picture.things
    )


def _turned(picture: Picture, figure: FigureIn) -> FigureIn:
    """Somebody with business is seen from the side, towards the middle of the frame; who looks is seen to."""
    if figure.facing is not Facing.camera or not business(picture, figure, figure.action):
        return figure
    left = figure.side in (Side.right, Side.far_right)
    return figure.model_copy(update={"facing": Facing.left if left else Facing.right})


def business(picture: Picture, figure: FigureIn, action: Action) -> Business:
    """What a figure uses in its action where the picture names nothing that it is done to."""
    wakes = action is Action.rise and manner_of(Action.rise, picture.sentence) == "wake"
    wakes = wakes or (action is Action.lie and manner_of(Action.lie, picture.sentence) == "awake")
    if (action is Action.sleep or (wakes and figure.id == picture.actor)) and figure.look.being in HANDED:
        if any(behaves_as(t.look.kind) in _BEDS for t in picture.things):
            return ""
        if figure.look.being is not Being.person:
            return ""  # a robot sits, its eyes out
        return "pallet" if picture.place.look.interior else "bedroll"
    if figure.id != picture.actor or figure.look.being not in HANDED:
        return ""
    if action is Action.hide and under_cloth(picture):
        return ""
    if action is Action.hold and spreads(picture):
        return "spread"
    if action is Action.eat:
        return "meal" if dines(picture, figure) else ""
    if punched(picture, action):
        return "punchbag"
    if figure.id == picture.actor and at_helm(picture):
        return "helm"
    aimed = picture.target != figure.id and in_picture(picture, picture.target)
    others = any(f.id == picture.target and f.id != figure.id for f in picture.figures)
    named = (action, manner_of(action, picture.sentence))
    used = _USED.get(named, _USED.get((action, ""), ""))
    if leafed(picture, figure, action):
        return ""
    if figure.action is Action.play and over_a_board(picture, figure):
        return "board"
    if action is picture.action and beside_a_board(picture, figure):
        return "board"
    plays = figure.action is Action.play and action is not Action.play
    if action is Action.drive and figure.look.being is Being.person and not aimed:
        return "car" if picture.place.look.kind in _ROADS else ""
    together = action is Action.work and others and " with " in picture.sentence
    hidden = action is Action.hide and (others or not AWAY.search(picture.sentence.lower()))
    if used and (hidden or together or named[1] in ("knock", "pour")):
        return used
    if used == "sledge" and re.search(r"\b(door|gate|hatch)\b", picture.sentence.lower()):
        used = "knocked"
    used = tool_table(action, used, picture.sentence)
    if used == "desk" and not picture.place.look.interior and figure.look.being is Being.person:
        used = "knee"  # no table stands in the road
    if used and not aimed and not plays:
        return used
    stowed = aimed_at(picture, figure) is None or " away" in picture.sentence.lower()
    if action is Action.give and not others and figure.holds and stowed:
        return "stall" if sold(picture, figure) else "box"
    handed = len(picture.figures) > 1 + len(mates(picture)) and " from " in picture.sentence
    handed = handed and not steals(picture)
    if action is Action.take and not others and figure.holds and named[1] != "up" and not handed:
        return "table"
    return ""


_PUNCHED = re.compile(
    r"\b(?:punch\w*|hits?|box\w*|strikes?|beats?|pummels?|pounds?|jabs?|trains?)\b.*\b(?:sack|bag|punchbag)s?\b"
)


def punched(picture: Picture, action: Action) -> bool:
    """Whether a sack or bag is struck, which hangs from a stand and not in the air."""
    return action is Action.fight and _PUNCHED.search(picture.sentence[:2000].lower()) is not None


def leafed(picture: Picture, figure: FigureIn, action: Action) -> str:
    """The kind of book or letter that somebody opens, shuts or reads in the hands, or ""."""
    if figure.id != picture.actor or action not in _LEAFED or figure.look.being not in HANDED:
        return ""
    kinds = {t.id: t.look.kind for t in picture.things}
    about = kinds.get(picture.target or "", "")
    if about:
        return about if has_leaves(about) and picture.target in figure.holds else ""
    return next((k for h in figure.holds if has_leaves(k := kinds.get(h, ""))), leaf_in(picture.sentence))


def passed(picture: Picture, meeting: Meeting) -> tuple[str, ...]:
    """The things that go from one hand to the other; empty where only hands meet."""
    holds = {f.id: f.holds for f in picture.figures}
    return holds.get(giver(picture, meeting), ()) or holds.get(meeting.one, ())


def shaken(picture: Picture, meeting: Meeting) -> bool:
    """Whether both reach out a hand and nothing is in either: they shake hands."""
    both = [f for f in picture.figures if f.id in (meeting.one, meeting.other)]
    if re.search(r"\bsha(ke|kes|king|ook) hands\b", picture.sentence.lower()):
        return all(f.look.being in HANDED or f.look.being is Being.ghost for f in both)
    return all(f.action is Action.give and not f.holds for f in both)


def giver(picture: Picture, meeting: Meeting) -> str:
    """Who of the two gives; who takes is given to."""
    takes = any(f.id == meeting.one and f.action is Action.take for f in picture.figures)
    return meeting.other if takes else meeting.one
