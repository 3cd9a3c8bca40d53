"""Contact: where somebody's hands lie on the body of another at a moment, who is pushed, hugged or stroked.

Pure; everything in metres across the stage and up, or about the ground point of whose hands they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from ...storyboard.vocabulary import Action, Being, Facing
from .armslength import LAID_ON
from .blocking import Placed
from .chores import DESK_TOP
from .easing import smoothstep
from .embraces import TRUNK, head_of, held_by_the_neck
from .figures import Acting
from .figures.acting import Laid
from .figures.performances import performance
from .figures.shapes import Point, between
from .grip import MOUTHED, UPHELD, by_the_rim, hangs_straight, headed, is_canopy, rise, size_in_hand
from .players import Player
from .reach import SHIN, towers, unequal, vast
from .things import Thing
from .utensils import CAN_HAND, POT_HAND, POT_UNDER, RING, STICK, match_at

Touch = Literal["push", "hug", "pet", "wrap", "help", "lead", "dance", "dry", "give", "bear", "by"]
_MET = 0.42
"""Share of the shot after which hands lie where they are going to."""


@dataclass(frozen=True)
class Party:
    """One of the two who touch, as drawn at a moment."""

    placed: Placed
    player: Player
    acting: Acting

    def part(self, name: str, seconds: float) -> Point | None:
        """A joint on the stage, x and up; ``hip`` is between the hips. None for a body without joints."""
        joints = self.player.body.joints(self.acting, seconds)
        if not joints:
            return None
        x, down = joints.get(name) or between(joints["r-hip"], joints["l-hip"], 0.5)
        scale = self.player.scale
        return self.placed.x + x * scale, self.placed.up - down * scale


def touch_of(action: str, manner: str) -> Touch | None:
    """The kind of touch that an action is, done to somebody in that manner; None where hands touch nobody."""
    if action == "push" and not manner:
        return "push"
    if action == "hug" and manner in ("", "kiss"):
        return "hug"
    if action == "walk" and manner in ("lead", "led"):
        return "lead"
    if (action, manner) == ("kneel", ""):
        return "by"
    if (action, manner) == ("hold", "bear"):
        return "bear"
    if action in ("give", "take") and manner in ("", "get"):
        return "give"
    if (action, manner) == ("dance", "pair"):
        return "dance"
    if (action, manner) == ("rise", "helped"):
        return "help"
    named: dict[str, Touch] = {"pet": "pet", "stroke": "pet", "wrap": "wrap", "help": "help", "dry": "dry"}
    return named.get(manner) if action == "reach" else None


def helped_up(acting: Acting, share: float) -> Acting:
    """The acting of a body without keyed poses that is helped up: it sits, and then it stands."""
    return replace(acting, action=Action.sit if share < 0.5 else Action.stand, manner="")


def lays(me: Party, other: Party, touch: Touch, seconds: float, length: float) -> tuple[Laid, ...]:
    """Where the hands of ``me`` lie on ``other``: the action hand first."""
    way = 1.0 if other.placed.x >= me.placed.x else -1.0
    robot = other.player.source.look.being is Being.robot
    if touch == "help" and robot:
        return _under_the_arm(me, other, way, seconds / length)
    if touch in ("help", "lead"):
        return _hand_in_hand(me, other, touch, way, seconds)
    if touch == "give":
        return _handed_over(me, other, seconds)
    if touch == "dance":
        return _in_hold(me, other, way, seconds)
    if touch == "hug" and other.player.source.look.being is Being.plant:
        return _round_the_trunk(me, other, way)
    leg = other.part("r-ankle", seconds) if touch == "hug" and me.placed.tall < other.placed.tall else None
    if leg is not None and towers(me.placed, other.placed):
        return _round_the_leg(me, leg[0], other.placed.tall, way)
    if touch == "by":
        return _on_the_knee(me, other, way, smoothstep(min(1.0, seconds / (_MET * length))))
    spots = _on_person(other, touch, way, seconds) or _on_animal(me, other, touch, way, seconds)
    person = other.player.source.look.being is Being.person
    if touch == "hug" and person and not over_the_other(me, other, seconds):
        spots = spots[::-1]  # the arm that is seen goes below that of whoever has the higher shoulders
    scale = me.player.scale
    # At an animal's neck no arm goes by its face, nor by that of who is in the water up to the chin.
    along = other.placed.facing is me.placed.facing or other.placed.sunk > 0.0
    # A robot's face is as low as the arms that are being opened.
    along = along or (robot and touch in ("hug", "push"))
    share = 1.0 if touch in ("pet", "wrap", "dry", "bear") or along else min(1.0, seconds / (_MET * length))
    share = smoothstep(share)
    return tuple(((x - me.placed.x) / scale, (me.placed.up - up) / scale, share) for x, up in spots)


def in_the_water(way: float, tall: float) -> tuple[Laid, ...]:
    """Where the hands are of who is held over water, turned ``way``: in it, so that no arms cross."""
    return ((-way * 0.03 * tall, -0.36 * tall, 1.0), (way * 0.04 * tall, -0.36 * tall, 1.0))


def over_the_other(me: Party, other: Party, seconds: float) -> bool:
    """Whether the arm that is seen of one of two in an embrace lies above that of the other.

    It comes from the higher shoulder, so that the two arms do not cross between them; of two as high it is
    whoever stands nearer."""
    mine, theirs = me.part("neck", seconds), other.part("neck", seconds)
    if mine is None or theirs is None or abs(mine[1] - theirs[1]) < 0.02 * me.placed.tall:
        return me.placed.depth <= other.placed.depth
    return mine[1] > theirs[1]


def at_the_mouth(me: Placed, animal: Placed, scale: float) -> tuple[Laid, ...]:
    """Where the hand is held out of who takes what an animal has in its mouth: under it."""
    way = 1.0 if animal.x >= me.x else -1.0
    x = animal.x + animal.extent.face_x - way * 0.3 * animal.extent.height
    up = animal.up + 0.6 * animal.extent.eyes
    return (((x - me.x) / scale, (me.up - up) / scale, 1.0),)


def under_the_jaw(me: Party, animal: Party, seconds: float) -> tuple[Laid, ...]:
    """Where the near hand lies of who is nuzzled by an animal: under its jaw; empty where it is too far."""
    at, scale = animal.placed, me.player.scale
    way = 1.0 if at.x >= me.placed.x else -1.0
    near = at.x + (at.extent.left if way > 0 else at.extent.right)
    head = min(1.0, animal.acting.level) * animal.player.body.eyes * animal.player.scale
    rub = 0.02 * at.extent.top * math.sin(3.0 * seconds)
    x, up = near + way * (0.2 * at.extent.width + rub), at.up + head - 0.17 * at.extent.top
    return (((x - me.placed.x) / scale, (me.placed.up - up) / scale, 1.0),)


def _on_the_knee(me: Party, other: Party, way: float, share: float) -> tuple[Laid, ...]:
    """The hand of who kneels beside an animal that is too low for it: held out it would pat the air."""
    tall = me.player.body.height
    if other.part("neck", 0.0) is not None or vast(me.placed, other.placed):
        return ()
    return ((way * 0.16 * tall, -0.3 * tall, share), (way * 0.1 * tall, -0.31 * tall, share))


def round_it(
    me: Placed, thing: Placed, scale: float, tall: float, most: float = math.inf, least: float = 0.36
) -> tuple[Laid, ...]:
    """Where the hands lie of who hugs a thing: beyond its middle, one above the other.

    ``most`` is how high above its ground the upper one is at most, in metres; ``least`` how high they are
    at least, in heights of the hugger.
    """
    way = 1.0 if thing.x >= me.x else -1.0
    across = way * min(abs(thing.x - me.x) / scale + 0.3 * thing.extent.width / scale, 0.42 * tall)
    middle = (thing.up + 0.55 * thing.extent.top - me.up) / scale
    high = min(max(middle, 0.4 * tall), 0.7 * tall, max(least * tall, most / scale))
    return ((across, -high - 0.05 * tall, 1.0), (across - way * 0.06 * tall, -high + 0.1 * tall, 1.0))


def _round_the_leg(me: Party, leg: float, high: float, way: float) -> tuple[Laid, ...]:
    """Where the hands lie of who hugs a giant, whose leg is there."""
    tall, scale = me.player.body.height, me.player.scale
    x = (leg + way * 0.3 * SHIN * high - me.placed.x) / scale
    return ((x, -0.66 * tall, 1.0), (x, -0.5 * tall, 1.0))


def _round_the_trunk(me: Party, other: Party, way: float) -> tuple[Laid, ...]:
    """Where the hands lie of who hugs a tree with a face: low round the trunk, under its eyes."""
    tall, scale, high = me.player.body.height, me.player.scale, other.placed.extent.top
    edge = other.placed.x - way * TRUNK * high
    spots = ((edge + way * 0.05 * high, 0.26 * high), (edge + way * 0.05 * high, 0.13 * high))
    found = []
    for (x, up), (least, most) in zip(spots, ((0.54, 0.7), (0.3, 0.46)), strict=True):
        level = min(max((other.placed.up + up - me.placed.up) / scale, least * tall), most * tall)
        found.append(((x - me.placed.x) / scale, -level, 1.0))
    return tuple(found)


def set_in_earth(me: Placed, thing: Placed, scale: float, seconds: float) -> tuple[Laid, ...]:
    """Where the hands lie of who plants a thing: one at its stem, the other on the earth."""
    way = 1.0 if thing.x >= me.x else -1.0
    pressed = 0.04 * thing.extent.top * (1.0 + math.sin(4.0 * seconds))
    spots = (
        (thing.x - way * 0.1 * thing.extent.width, thing.up + 0.5 * thing.extent.top),
        (thing.x - way * 0.3 * thing.extent.width, thing.up + 0.12 * thing.extent.top + pressed),
    )
    return tuple(((x - me.x) / scale, (me.up - up) / scale, 1.0) for x, up in spots)


def shoved_at(me: Placed, thing: Placed, scale: float, tall: float) -> tuple[Laid, ...]:
    """Where the hands lie of who pushes a thing too low for hands held out: on the near side of it.

    Empty where the thing is as high as the hands are held, or lies so low that nobody bends to it.
    """
    up = (thing.up + 0.76 * thing.extent.top - me.up) / scale
    if not _KNEE * tall < up < _HELD_OUT * tall:
        return ()
    way = 1.0 if thing.x >= me.x else -1.0
    near = thing.x + (thing.extent.left if way > 0 else thing.extent.right)
    across = (near + way * 0.16 * thing.extent.width - me.x) / scale
    return ((across, -up, 1.0), (across - way * 0.04 * tall, 0.06 * tall - up, 1.0))


def kneeling_at(me: Placed, thing: Placed, scale: float, tall: float) -> tuple[Laid, ...]:
    """Where the hands lie of who kneels beside a thing that is no higher than the breast then: on it.

    Empty where it is higher, too low for a hand that is held out, or out of reach.
    """
    way = 1.0 if thing.x >= me.x else -1.0
    up = (thing.up + 0.8 * thing.extent.top - me.up) / scale
    near = thing.x + (thing.extent.left if way > 0 else thing.extent.right)
    across = way * (near - me.x) / scale + 0.16 * thing.extent.width / scale
    if not LAID_ON[0] * tall * 0.8 < up < LAID_ON[1] * tall * 0.8 or not 0.0 < across < _LAID * tall:
        return ()
    return ((way * across, -up, 1.0), (way * (across - 0.06 * tall), 0.1 * tall - up, 1.0))


_LAID = 0.46
"""Heights of who kneels: what is farther off has no hand on it."""
_KNEE, _HELD_OUT = 0.24, 0.6
"""Of the height of who pushes: what is lower is not reached, what is higher needs no bending."""


def _hand_in_hand(me: Party, other: Party, touch: Touch, way: float, seconds: float) -> tuple[Laid, ...]:
    """The hand that each gives the other, between the two: as high as the lower one holds it."""
    mine, theirs = me.part("neck", seconds), other.part("neck", seconds)
    if mine is None or theirs is None:
        return ()
    mine_tall, their_tall = (p.player.body.height * p.player.scale for p in (me, other))
    if touch == "lead":  # as high as the taller one's hand hangs, and no higher than the other can lift it
        (high, most), (low, least) = sorted(((mine[1], mine_tall), (theirs[1], their_tall)), reverse=True)
        up = min(max(high - 0.36 * most, low - 0.3 * least), low + 0.18 * least)
        x = (me.placed.x * their_tall + other.placed.x * mine_tall) / (mine_tall + their_tall)
    else:
        lower, higher = sorted((mine[1], theirs[1]))
        x = (mine[0] * their_tall + theirs[0] * mine_tall) / (
            mine_tall + their_tall
        )  # shorter arms reach less
        up = lower + 0.2 * (higher - lower) - 0.06 * min(mine_tall, their_tall)  # under both faces
    scale = me.player.scale
    met = (x - me.placed.x) / scale, (me.placed.up - up) / scale
    if touch == "lead":  # who walks ahead gives the hand behind
        return ((0.0, 0.0, 0.0), (*met, 1.0))
    return ((*met, 1.0), (met[0] - way * 0.03, met[1] + 0.05, 1.0))


def _under_the_arm(me: Party, other: Party, way: float, share: float) -> tuple[Laid, ...]:
    """The hands of who helps up a robot, whose arms hang: at its near shoulder, as it sits and stands."""
    at, scale = other.placed, me.player.scale
    x = (at.x - way * 0.2 * at.extent.width - me.placed.x) / scale
    high = at.extent.top * (0.5 + 0.06 * smoothstep(min(1.0, max(0.0, share / 0.5 - 0.5))))
    met = smoothstep(min(1.0, share / 0.1))
    return tuple(
        (x, (me.placed.up - at.up - high + down * at.extent.top) / scale, met) for down in (0.0, 0.1)
    )


_PASSING = 0.5
"""Share of a handing-over from which hands change."""


def _broad(thing: Thing, tall: float) -> float:
    """Metres from the middle of what is broad to where a second hand has it; its holder is ``tall``."""
    half = 0.5 * thing.width * size_in_hand(thing, tall)
    return max(0.0, half - 0.02 * tall) if hangs_straight(thing) and not is_canopy(thing) else 0.0


def _handed_over(me: Party, other: Party, seconds: float) -> tuple[Laid, ...]:
    """Where one hand gives and one takes: between the two, below both faces, and the other arms hang."""
    mine = me.part("neck", seconds)
    if mine is None:
        return ()
    act = performance(me.acting.action, me.acting.manner)
    done = seconds * me.acting.pace / act.seconds
    if other.player.source.look.being in MOUTHED and me.acting.manner != "get":
        return _to_the_muzzle(me, mine, other.placed, smoothstep(min(1.0, max(0.0, (done - 0.1) / 0.3))))
    out = min(1.0, max(0.0, (done - 0.2) / 0.22), max(0.0, (1.0 - done) / 0.3))
    share = smoothstep(out)
    at, scale = other.placed, me.player.scale
    theirs = other.part("neck", seconds) or (at.x, at.up + 0.6 * at.extent.top)
    talls = (me.player.body.height * scale, other.player.body.height * other.player.scale)
    (high, most), (low, least) = sorted(((mine[1], talls[0]), (theirs[1], talls[1])), reverse=True)
    held = [*me.player.held, *other.player.held]
    over = rise(held[0], max(talls)) * max(talls) if held else 0.0  # the head of a flower is under both chins
    below = max(0.14 * least, over + 0.02 * least)
    up = max(low - min(below, 0.3 * least), high - min(0.36, max(0.35, 0.25 + below / most)) * most)
    x = (me.placed.x + at.x) / 2
    if held and (half := _broad(held[0], max(talls))):  # who does not have it yet takes it by the near side
        gets = me.acting.manner == "get"
        near = smoothstep(min(1.0, max(0.0, (done - _PASSING) / 0.1)))
        x -= math.copysign((1.0 - near if gets else near) * half, at.x - me.placed.x)
    if held and is_canopy(held[0]):  # over both heads from the first
        up = UPHELD * min(talls)
        x += _FROM_A_CHILD * (at.x - me.placed.x) * ((talls[1] > talls[0]) - (talls[1] < talls[0]))
        keeps = done > 0.5 and talls[0] < 1.1 * talls[1] if me.acting.manner == "get" else done < 0.6
        share = 1.0 if keeps else share
    elif held and (by_the_rim(held[0]) or headed(held[0])) and me.acting.manner == "get" and done > 0.5:
        share = 1.0  # drawn back its candles or its head would be at the chin of somebody short
    hangs = me.placed.x - math.copysign(0.06, at.x - me.placed.x) * talls[0], mine[1] - 0.38 * talls[0]
    spots = ((x, up), hangs)
    return tuple(((a - me.placed.x) / scale, (me.placed.up - b) / scale, share) for a, b in spots)


_FROM_A_CHILD = 0.06
"""Of the way between two, how much nearer to the taller one the stick of an umbrella is: no face is at it."""


def _to_the_muzzle(me: Party, neck: Point, animal: Placed, share: float) -> tuple[Laid, ...]:
    """Where the hand goes, and stays, of who gives an animal something: right before its muzzle, or as near
    over it as the arm reaches from a shoulder at ``neck`` (on the stage, x and up)."""
    way, scale, tall = 1.0 if animal.x >= me.placed.x else -1.0, me.player.scale, me.player.body.height
    muzzle = animal.x + (animal.extent.left if way > 0 else animal.extent.right)
    held = me.player.held
    half = 0.5 * held[0].width * size_in_hand(held[0], tall) * scale if held else 0.0
    arm = _ARM * tall * scale
    out = way * min(abs(muzzle - way * half - neck[0]), 0.96 * arm)
    up = max(animal.up + _LIPS * animal.extent.eyes, neck[1] - math.sqrt(arm * arm - out * out))
    up = min(up, neck[1] - _UNDER * tall * scale)
    x = (neck[0] + out - me.placed.x) / scale
    return (x, (me.placed.up - up) / scale, share), (way * 0.12 * tall, -0.34 * tall, share)


_LIPS, _ARM, _UNDER = 0.76, 0.42, 0.12
"""How high something is held to a muzzle, in shares of the height of its eyes; how far an arm reaches, and
how far under the own neck it is held at least, in heights of whoever holds it."""


def _in_hold(me: Party, other: Party, way: float, seconds: float) -> tuple[Laid, ...]:
    """Two who dance: one hand of each in the other's between them, one at the waist or on the shoulder."""
    mine, theirs = me.part("neck", seconds), other.part("neck", seconds)
    hip = other.part("hip", seconds)
    if mine is None or theirs is None or hip is None:
        return ()
    tall, least = (f(p.player.body.height * p.player.scale for p in (me, other)) for f in (max, min))
    x = (mine[0] + theirs[0]) / 2
    up = min(mine[1], theirs[1]) - 0.17 * least + 0.03 * least * math.sin(seconds * math.tau / 1.6)
    upper = me.player.body.height * me.player.scale < 0.97 * tall or (
        me.player.body.height * me.player.scale < 1.03 * least and me.placed.x < other.placed.x
    )
    held = between(theirs, hip, 0.4 if upper else 0.72)
    held = (held[0], min(held[1], mine[1] - 0.1 * least))  # an arm is no collar of the shorter one
    if unequal(tall, least):  # hands in hands, as far as the shorter arms come
        short, long = (mine, theirs) if me.player.body.height * me.player.scale < tall else (theirs, mine)
        x = short[0] + math.copysign(0.33 * least, long[0] - short[0])
        deep = math.sqrt(max(0.0, (0.4 * tall) ** 2 - (long[0] - x) ** 2))
        up = max(up, min(short[1] + 0.12 * least, long[1] - deep))
        held = (x, up - 0.06 * least)
    scale = me.player.scale
    spots = ((x, up), (held[0] + way * 0.02 * tall, held[1]))
    return tuple(((a - me.placed.x) / scale, (me.placed.up - b) / scale, 1.0) for a, b in spots)


def at_work(kind: str, way: float, tall: float, seconds: float) -> tuple[Laid, ...]:
    """Where the hands lie of somebody ``tall`` metres high and turned ``way``.

    Of a writer on a desk or the knee; on the handle of a pot or a can; on candlestick or lantern and match,
    for which ``seconds`` is the share that is done.
    """
    if kind == "pour":
        return tuple((way * x * tall, y * tall, 1.0) for x, y in (POT_HAND, POT_UNDER))
    if kind == "water":
        return ((way * CAN_HAND[0] * tall, CAN_HAND[1] * tall, 1.0),)
    if kind in ("wick", "lantern"):
        (x, y), held = match_at(seconds, kind == "lantern"), RING if kind == "lantern" else STICK
        return ((way * x * tall, y * tall, 1.0), (way * held[0] * tall, held[1] * tall, 1.0))
    if kind not in ("desk", "knee"):
        return ()
    done = (seconds % 1.6) / 1.6
    pen, other = ((0.5 + 0.15 * done, DESK_TOP - 0.03), (0.46, DESK_TOP - 0.01))
    if kind == "knee":
        pen, other = (0.22 + 0.12 * done, -0.385 + 0.01 * math.sin(seconds * 9)), (0.14, -0.3)
    return tuple((way * x * tall, y * tall, 1.0) for x, y in (pen, other))


def on_keys(me: Placed, piano: Placed, scale: float, seconds: float) -> tuple[Laid, ...]:
    """Where the hands of who plays lie on the keys of an instrument that stands there."""
    way = 1.0 if piano.x >= me.x else -1.0
    high, wide = piano.up + KEYS * piano.extent.height, piano.extent.width
    found = []
    for n, at in enumerate((0.36, 0.44)):
        x = piano.x - way * at * wide + 0.02 * wide * math.sin(seconds * 2.3 + n)
        beat = 0.03 * max(0.0, math.sin(seconds * 9 + n * math.pi))
        found.append(((x - me.x) / scale, (me.up - high - beat) / scale, 1.0))
    return tuple(found)


KEYS = 0.72
"""How high the keys of a piano lie, as a share of it."""


def _on_person(other: Party, touch: Touch, way: float, seconds: float) -> tuple[Point, ...]:
    """Shoulder and breast of who is pushed, the far side of the back of who is hugged, a shoulder stroked."""
    neck, hip = other.part("neck", seconds), other.part("hip", seconds)
    if neck is None or hip is None:
        return ()
    tall = other.player.body.height * other.player.scale
    if touch == "dry":
        x, up = other.part("nose", seconds) or neck
        half, high = (other.player.scale * size for size in other.player.body.head)
        return ((x - way * 0.85 * half, up - (0.42 + 0.07 * math.sin(seconds * 4.5)) * high),)
    if touch == "bear":
        knee = other.part("r-knee", seconds) or hip
        back = between(neck, hip, 0.5)
        under = sorted(((back[0], back[1] - 0.07 * tall), (knee[0], knee[1] - 0.05 * tall)))
        return tuple(under)
    if touch == "wrap":
        spots = tuple(between(neck, hip, s) for s in (0.06, 0.22))
        return tuple((x - way * 0.07 * tall, up) for x, up in spots)
    if touch == "pet":
        x, up = between(neck, hip, 0.1 + 0.06 * math.sin(seconds * 3.7))
        return ((x - way * 0.03 * tall, up),)
    out = (-0.075 if touch == "push" else 0.06) * tall
    kisses = other.acting.manner == "kiss"  # heads are farther from each other then, and so are hands
    shares = (0.28, 0.48) if touch == "push" else (0.45, 0.7) if other.placed.sunk else (0.22, 0.62)
    shares = (0.42, 0.7) if kisses and touch == "hug" else shares
    return tuple((x + way * out, up) for x, up in (between(neck, hip, s) for s in shares))


def _round_the_shoulders(me: Party, robot: Placed, way: float, seconds: float) -> tuple[Point, ...]:
    """Under the chin of a robot that is hugged; on its near side, where arms do not come so far down."""
    tall, extent = me.player.body.height * me.player.scale, robot.extent
    neck = me.part("neck", seconds) or (me.placed.x, me.placed.up + 0.8 * tall)
    far_down = neck[1] - robot.up - 0.54 * extent.top > 0.3 * tall
    spots = ((-0.22, 0.56), (-0.22, 0.4)) if far_down else ((0.06, 0.46), (-0.22, 0.36))
    return tuple((robot.x + way * x * extent.width, robot.up + up * extent.top) for x, up in spots)


def _at_its_neck(me: Party, beast: Placed, seconds: float) -> tuple[Point, ...]:
    """On the neck of a beast before whose shoulder somebody stands; the other hand hangs."""
    side, head = (1.0 if beast.facing is Facing.right else -1.0), head_of(beast)
    x, up = beast.x + beast.extent.face_x, beast.up + beast.extent.eyes
    rub, tall = 0.3 * head * math.sin(3.7 * seconds), me.player.body.height * me.player.scale
    stroked = x - side * (0.9 * head + 0.3 * rub), max(0.5 * up, up - 1.3 * head - rub)
    return stroked, (me.placed.x + side * 0.04 * tall, me.placed.up + 0.44 * tall)


def _on_animal(me: Party, other: Party, touch: Touch, way: float, seconds: float) -> tuple[Point, ...]:
    """The head that is stroked, the near end that is pushed, breast and flank that are held."""
    at, extent = other.placed, other.placed.extent
    near = at.x + (extent.left if way > 0 else extent.right)
    back = other.player.body.back(other.acting, seconds)[1] * other.player.scale
    if touch == "pet" and other.acting.manner == "nose":  # the head that it holds down to the hand
        up = other.acting.level * other.player.body.eyes * other.player.scale + 0.01 * extent.top
        return ((near + way * (0.13 + 0.03 * math.sin(seconds * 3.7)) * extent.width, at.up + up),)
    if touch == "pet" and vast(me.placed, at):  # what is before one of it, as high as the chest
        tall, rub = me.player.body.height * me.player.scale, 0.04 * math.sin(seconds * 3.7)
        knee = me.placed.x + way * 0.1 * tall, me.placed.up + 0.44 * tall
        return (near + way * 0.1 * tall, me.placed.up + (0.66 + rub) * tall), knee
    if touch == "pet" and at.facing is me.placed.facing and at.extent.face_x:
        return _at_its_neck(me, at, seconds)
    if touch == "pet":
        stroke = 0.26 + 0.08 * math.sin(seconds * 3.7)
        tall = me.player.body.height * me.player.scale  # the other hand is on the knee, not at its muzzle
        knee = me.placed.x + way * 0.12 * tall, me.placed.up + (0.3 if me.acting.low else 0.4) * tall
        return (near + way * stroke * extent.width, at.up + 0.9 * extent.top), knee
    if touch == "wrap":
        return tuple((near + way * share * extent.width, at.up + 0.98 * back) for share in (0.34, 0.24))
    if touch == "push" and other.player.source.look.being is Being.robot:  # its casing, not a hand of it
        return tuple((at.x - way * 0.24 * extent.width, at.up + up * extent.top) for up in (0.5, 0.4))
    if touch == "push":
        return tuple((near + way * 0.1 * extent.width, at.up + share * back) for share in (0.95, 0.7))
    beside = at.facing in (Facing.left, Facing.right) and other.player.source.look.being is Being.quadruped
    if touch == "hug" and beside and held_by_the_neck(me.placed, at) and not at.up:
        side, head = (1.0 if at.facing is Facing.right else -1.0), head_of(at)
        x, up = at.x + extent.face_x, at.up + extent.eyes
        high, low = max(0.5 * up, up - 1.5 * head), max(0.24 * up, up - 2.3 * head)
        return (x - side * 0.35 * head, high), (x - side * 1.1 * head, low)
    if touch == "hug" and other.player.source.look.being is Being.robot:
        return _round_the_shoulders(me, at, way, seconds)
    if touch == "hug" and vast(me.placed, at):  # arms spread on it: side by side they would hold a flute
        tall = me.player.body.height * me.player.scale
        spread = ((0.1, 0.96), (0.05, 0.56))
        return tuple((near + way * x * tall, me.placed.up + up * tall) for x, up in spread)
    ahead, high, low = (0.14, 0.36, 0.1) if at.up > 0.2 * extent.height else (0.32, 0.56, 0.26)
    if extent.eyes < 0.72 * extent.top and other.player.source.look.being is Being.octopus:  # over its face
        ahead, high, low = 0.1, extent.eyes / extent.top + 0.3, extent.eyes / extent.top + 0.22
    if other.player.source.look.being in (Being.ghost, Being.creature):  # below its mouth
        high = min(0.36, extent.eyes / max(extent.top, 1e-3) - 0.3)
        ahead, low = 0.04, high - 0.14
    return (
        (at.x + way * ahead * extent.width, at.up + high * extent.top),
        (at.x + way * (ahead - 0.08) * extent.width, at.up + low * extent.top),
    )
