"""Accents: the marks of an action in the draughtsman's own idiom, for what a still figure cannot say.

Breath of a voice, notes of a song, tears, dust under running feet, letters of sleep. They are drawn over the
figure from its ground point, in shares of its height; nothing of them is in a guide for models.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.vocabulary import Action, Being, Hat
from . import everyday, feelings, handiwork, motions, notation
from .direction import HANDED
from .fiddling import fiddled
from .figures import Acting
from .figures.being_rig import HOVER
from .figures.performances import on_twos, performance
from .figures.shapes import Point
from .ink import Ink
from .leaves import has_leaves
from .margins import Margins, Mark
from .pen import Pen
from .players import Player, face_at

_INSTRUMENTS = frozenset(
    {"guitar", "violin", "drum", "harp", "lute", "flute", "trumpet", "horn", "whistle", "piano"}
)


def accents(
    canvas: skia.Canvas,
    ink: Ink,
    player: Player,
    acting: Acting,
    night: float,
    t: float,
    face: Point | None,
    room: Callable[[], Margins | None] = lambda: None,
    perch: float = 0.0,
) -> None:
    """Draw the marks of what somebody does, over the figure, from its ground point in metres.

    ``face`` is where that of a body without joints is, as ``faces`` found it.
    ``room`` tells what is round it; ``perch`` how high what it stands on is, in metres.
    """
    draw = _drawing(player, acting)
    t = on_twos(t)
    found = _head(player, acting, t, face)
    if draw is None or found is None:
        return
    at, hands, size, way = found
    tall = player.body.height
    act = performance(acting.action, acting.manner)
    share = (t + player.body.lag(acting)) * acting.pace / act.seconds
    share = share % 1.0 if act.cycle else min(1.0, share)
    canvas.save()
    canvas.scale(way * tall, tall)
    half = 0.5 * player.extent.width / player.scale / tall
    high = abs(canvas.getTotalMatrix().getScaleY())
    gain = _gain(high / max(1.0, canvas.getBaseLayerSize().height()))
    cloth = player.held[0] if acting.manner == "tear" and player.held else None
    about = room()
    seen = about.seen_by(way, tall) if about is not None else None
    draw(Pen(canvas, ink, at, hands, size * gain, t, share, night, half, cloth, gain, seen, perch / tall))
    canvas.restore()


def _head(
    player: Player, acting: Acting, t: float, face: Point | None
) -> tuple[Point, tuple[Point, ...], float, float] | None:
    """Head, hands and the head's size in heights, and the way the figure faces (1.0 or -1.0)."""
    tall = player.body.height
    way = player.body.side(acting, t)
    joints = player.body.joints(acting, t)
    hands: tuple[Point, ...] = ()
    size = 0.4
    if joints:
        head = joints["nose"]
        hands = tuple((way * x / tall, y / tall) for x, y in _hands(player, acting, joints, t))
        size = 0.24 if player.body.look.age != "child" else 0.34
    elif face is not None:
        head = face[0], -face[1]
        way = -1.0 if face[0] < -0.04 * tall else way
    elif acting.manner == "shoved":  # the marks are at its feet
        head = way * 0.4 * tall, -0.7 * tall
    else:
        return None
    return (way * head[0] / tall, head[1] / tall), hands, size, way


def rested(
    player: Player, acting: Acting, t: float, face: Point | None, high: float
) -> tuple[Point, float] | None:
    """The middle of the head (metres, y down) and its size as marks see it (heights), at a moment.

    ``high`` is the share of the frame's height that the body takes.
    """
    found = _head(player, acting, t, face)
    if found is None:
        return None
    (x, y), _, size, way = found
    tall = player.body.height
    return (way * x * tall, y * tall), size * _gain(high)


def airborne(player: Player, acting: Acting) -> tuple[Mark, ...]:
    """The marks of this one in the air beside the head, if there are any."""
    draw = _drawing(player, acting)
    return _AIRBORNE.get(draw, ()) if draw else ()


def _gain(high: float) -> float:
    """How much larger marks are drawn for somebody who takes only this share of the frame's height."""
    return max(1.0, min(_MOST, _READ / max(0.01, high)))


_READ, _MOST = 0.6, 2.2
"""Share of the frame's height from which marks are read as they are; the most by which they are enlarged."""
_POSED = {Action.cry: Action.hide, Action.sleep: Action.hide, Action.laugh: Action.look}
"""Actions whose face is the same in every mood -> one in which a body without joints holds its head alike."""


def faces(players: Mapping[str, Player], acted: Mapping[str, Acting], length: float) -> dict[str, Point]:
    """Where the faces of bodies without joints are, of those who do what has marks; metres, y up."""
    found = {}
    for name, player in players.items():
        acting = acted.get(name)
        if acting is None or _drawing(player, acting) is None or player.body.joints(acting, 0.0):
            continue
        posed = replace(acting, action=_POSED.get(acting.action, acting.action))
        if acting.action is Action.fall:  # stars are about the head where it comes to lie
            posed = replace(posed, action=Action.lie, manner="")
        if (face := face_at(player.body, posed, length)) is not None:
            found[name] = face
    return found


def _hands(player: Player, acting: Acting, joints: dict[str, Point], t: float) -> tuple[Point, Point]:
    """The action hand, then the other wrist."""
    action = player.body.hand(acting, t) or joints["r-wrist"]
    wrists = (joints["r-wrist"], joints["l-wrist"])
    other = max(wrists, key=lambda p: math.dist(p, action))
    return action, other


_LIGHT = 0.8
"""Metres under which what is lifted is no burden."""


def _drawing(player: Player, acting: Acting) -> Callable[[Pen], None] | None:
    """The accent of an action, or None."""
    if fiddled(acting):
        return notation.tune  # ahead they would lie over the violin
    plays = any(behaves_as(thing.look.kind) in _INSTRUMENTS for thing in player.held)
    if player.source.action is Action.play and plays:
        return notation.notes
    if acting.manner == "pack":
        return None  # what is packed is in the hands
    if acting.manner == "ball" and player.held:
        return None  # what is kicked is drawn
    if acting.manner == "lift" and player.held and max(player.held[0].width, player.held[0].height) < _LIGHT:
        return None  # nobody sweats over a violin
    if acting.manner == "keys":
        return notation.tune
    if acting.action is Action.sing and player.source.look.being not in HANDED:
        return notation.overhead
    if acting.action is Action.perform and not acting.manner and player.source.look.being not in HANDED:
        return handiwork.juggled
    if (acting.action, acting.manner) == (Action.look, "examine"):
        sheet = player.held and has_leaves(player.held[0].look.kind)
        return handiwork.magnified if sheet else None
    if acting.action is Action.hide and not acting.manner and player.source.look.being not in HANDED:
        return None  # it is behind something
    if acting.manner in _HEADED or (acting.action, acting.manner) in _UNMARKED:
        return None
    if acting.action is Action.run and player.body.look.species in HOVER:
        return None  # it has no feet
    found = _DRAWN.get((acting.action, acting.manner)) or _DRAWN.get((acting.action, ""))
    if found is feelings.whisper and player.body.look.hat is not Hat.none:
        return None  # its dots would be holes in the hat
    if found in (feelings.startled, feelings.ha) and player.source.look.being in _ALL_HEAD:
        return None  # strokes round the face would lie on the body
    return found


_ALL_HEAD = frozenset({Being.whale, Being.fish, Being.plant, Being.insect})
"""Those whose face is in the midst of the body, or has feelers about it."""

_DRAWN: dict[tuple[Action, str], Callable[[Pen], None]] = {
    (Action.talk, ""): feelings.voice,
    (Action.talk, "shout"): feelings.shout,
    (Action.talk, "whisper"): feelings.whisper,
    (Action.talk, "argue"): feelings.angry,
    (Action.talk, "promise"): feelings.voice,
    (Action.listen, ""): feelings.heard,
    (Action.sing, ""): notation.notes,
    (Action.reach, "knock"): feelings.rapped,
    (Action.cry, ""): feelings.tears,
    (Action.laugh, ""): feelings.ha,
    (Action.laugh, "smile"): feelings.beaming,
    (Action.laugh, "cheer"): feelings.beaming,
    (Action.laugh, "exult"): feelings.beaming,
    (Action.laugh, "clap"): feelings.clapped,
    (Action.stand, "wait"): feelings.waiting,
    (Action.stand, "broken"): handiwork.smoking,
    (Action.cry, "broken"): handiwork.smoking,
    (Action.listen, "smell"): feelings.scented,
    (Action.talk, "teach"): feelings.taught,
    (Action.reach, "feed"): handiwork.fed,
    (Action.listen, "to"): feelings.waves,
    (Action.reach, "wipe"): handiwork.gleaming,
    (Action.reach, "ring"): handiwork.rung,
    (Action.pull, "tear"): handiwork.torn,
    (Action.throw, "drop"): handiwork.dropped,
    (Action.hide, "back"): feelings.startled,
    (Action.look, "gone"): feelings.missed,
    (Action.work, "on"): handiwork.sparked,
    (Action.work, "carve"): handiwork.chiselled,
    (Action.play, "toss"): handiwork.tossed,
    (Action.play, "seek"): feelings.counted,
    (Action.play, "juggle"): handiwork.juggled,
    (Action.look, "find"): feelings.startled,
    (Action.look, "light"): motions.beacon,
    (Action.look, "angry"): feelings.cross,
    (Action.paint, "line"): motions.chalked,
    (Action.paint, "over"): handiwork.painted,
    (Action.reach, "dry"): feelings.kerchief,
    (Action.reach, "rub"): handiwork.rubbed_clean,
    (Action.stand, "shiver"): feelings.shaken,
    (Action.stand, "tearful"): feelings.wept,
    (Action.hug, "kiss"): feelings.heart,
    (Action.push, ""): feelings.effort,
    (Action.push, "through"): motions.gusts,
    (Action.pull, ""): feelings.effort,
    (Action.hold, "lift"): feelings.effort,
    (Action.hold, "heave"): feelings.effort,
    (Action.think, ""): feelings.thought,
    (Action.lie, "awake"): feelings.thought,
    (Action.think, "worry"): feelings.doubt,
    (Action.think, "dream"): feelings.longing,
    (Action.think, "idea"): feelings.bulb,
    (Action.search, ""): feelings.sought,
    (Action.sleep, ""): notation.slumber,
    (Action.run, ""): motions.dusty,
    (Action.walk, "tracks"): motions.tracks,
    (Action.stand, "shoved"): motions.skidded,
    (Action.stand, "stop"): motions.halted,
    (Action.jump, ""): motions.leaping,
    (Action.fall, ""): motions.crashed,
    (Action.fight, ""): motions.struck,
    (Action.wave, ""): motions.swung,
    (Action.dance, ""): notation.tune,
    (Action.perform, "magic"): motions.sparkling,
    (Action.swim, ""): motions.splashing,
    (Action.eat, ""): motions.crumbs,
    (Action.eat, "brush"): everyday.foamed,
    (Action.reach, "comb"): everyday.combed,
    (Action.reach, "shave"): everyday.lathered,
    (Action.stand, "smoke"): everyday.piped,
    (Action.ride, "ski"): everyday.skied,
    (Action.ride, "skate"): everyday.skated,
    (Action.paint, "photograph"): motions.flash,
    (Action.sit, "fish"): motions.line_out,
    (Action.work, "sweep"): motions.swept,
    (Action.work, "sew"): motions.cloth,
    (Action.play, "ball"): handiwork.football,
}
"""By action and manner; the usual way stands in for a manner that has none."""
_AIRBORNE: dict[Callable[[Pen], None], tuple[Mark, ...]] = {
    notation.notes: notation.SUNG,
    notation.overhead: notation.HOWLED,
    notation.tune: notation.DANCED,
    notation.slumber: notation.SLEPT,
    feelings.thought: feelings.CLOUD,
    feelings.waiting: feelings.CLOUD,
    feelings.doubt: feelings.CLOUD,
    feelings.longing: feelings.CLOUD,
}
_HEADED = frozenset({"nose", "lick", "kneels", "leap", "sink", "plunge", "under"})
"""What animals do with their heads or in the water, which is seen."""
_UNMARKED = frozenset(
    {(Action.wave, "salute"), (Action.wave, "thank"), (Action.talk, "phone"), (Action.wave, "vote")}
)
"""Done in a way to which the marks of the usual way do not belong."""
