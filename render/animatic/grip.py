"""Grip: how a thing lies in the hand that holds it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.vocabulary import Action, Age, Being, Facing
from .dropped import DROPPED
from .figures import Acting
from .figures.performances import performance
from .grips import (
    BY_HANDLES,
    CANOPY,
    CUPPED,
    DANGLED,
    FRAMED,
    GRIPS,
    HAFTED,
    HAMMER,
    NAMED,
    POLED,
    RAISED,
    SHOWN,
    STOOD,
    Grip,
)
from .ink import Ink
from .leaves import draw_leaves, has_leaves, opened
from .players import Player
from .things import Thing

LINE = (0.75, 0.62)
"""How far before and above the hand a kite flies, in heights of its holder."""
_BITTEN = Grip(0.95, True, 0.3)
"""In the mouth of an animal: hanging from it, so that the face stays free."""
_SMALL, _BITTEN_BY_SMALL = 0.4, Grip(0.95, True, 0.42, least=0.26)
"""Metres of an animal that is small, and what it carries, which would else be a speck."""
_BY_THE_RIM = frozenset({"cake", "bread", "pizza", "sandwich", "cheese", "plate", "hat", "crown", "drum"})
"""What an animal has by its near rim, ahead of the muzzle: bitten from above it would hang by its candles."""
_LARGE_MEALS = frozenset({"bread", "loaf", "pie", "pizza", "watermelon", "sandwich"})
"""What is bitten larger than a fist: of less nothing would be seen behind the hand."""
HANDS = frozenset({Being.person})
"""Those who clasp things before the chest."""
_TAKERS = HANDS | {Being.robot}
"""Those who take things up with a hand."""
MOUTHED = frozenset({Being.quadruped, Being.bird, Being.fish, Being.whale, Being.snake, Being.dragon})
"""Those who hold things in their mouths."""
TOOLS = frozenset(
    {"axe", "hammer", "saw", "fork", "spoon", "paintbrush", "pen", "tool", "shovel", "broom", "knife"}
)
"""What is worked with; anything else that somebody at work holds is worked on."""
_POINTED = frozenset(
    {"telescope", "sword", "gun", "axe", "guitar", "violin", "trumpet", "flute", "camera", "hammer", "saw"}
)
"""Drawn pointing right: turned round in the hand of somebody who faces left."""
IMPLEMENTS = {
    Action.dig: "shovel",
    Action.read: "book",
    Action.write: "pen",
    Action.paint: "paintbrush",
    Action.drink: "cup",
    Action.cook: "spoon",
    Action.eat: "apple",
    Action.throw: "ball",
}
"""What is in the hand of somebody whose action needs a thing, where the picture names none."""
_BY_MANNER = {
    (Action.work, "sweep"): "broom",
    (Action.work, "sew"): "needle",
    (Action.work, "saw"): "saw",
    (Action.work, "wash"): "",
    (Action.work, "carve"): "hammer",
    (Action.dig, "water"): "watering can",
    (Action.dig, "plant"): "",
    (Action.paint, "photograph"): "camera",
    (Action.talk, "phone"): "phone",
    (Action.reach, "ring"): "bell",
    (Action.reach, "feed"): "bread",
    (Action.look, "examine"): "magnifying glass",
    (Action.cook, "pour"): "teapot",
    (Action.drink, "stream"): "",
}


def implement(action: Action, manner: str) -> str:
    """What is in the hand in an action done in that manner, where the picture names nothing, or ""."""
    return _BY_MANNER.get((action, manner), IMPLEMENTS.get(action, ""))


_SHINING = frozenset({"lantern", "oil lamp", "candle", "torch", "lamp", "star", "fire"})


def held_by(
    player: Player, ink: Ink, night: float, seconds: float, *, sky: bool = False, up: float = 0.0
) -> Callable[[skia.Canvas], None] | None:
    """What draws the things in a player's hands, from the hand as origin in metres; None for none.

    Lamps give light when it is night (0 to 1). Under the open ``sky`` a kite is up on its line.
    The hand is ``up`` metres over the ground, where that matters.
    """
    if not player.held:
        return None

    def hold(canvas: skia.Canvas) -> None:
        for index, thing in enumerate(player.held[:2]):
            canvas.save()
            canvas.translate(0.06 * index + _before(player, thing), 0.0)
            if player.acting.facing is Facing.left and thing.look.kind in _POINTED:
                canvas.scale(-1, 1)
            grip = _bitten(player, thing) if player.source.look.being in MOUTHED else _grip(thing)
            if is_read(player, thing):
                draw_leaves(canvas, ink, thing, player.body.height, _open(player, seconds), seconds)
                canvas.restore()
                continue
            if (
                performance(player.acting.action, player.acting.manner).grasp
                and grip not in (RAISED, CANOPY)
                and player.source.look.being in HANDS
            ):
                grip = _between_hands(thing, player, player.acting)
            elif player.source.look.being in HANDS:
                grip = _at_ease(player, thing, grip)
                edge = player.acting.action is Action.take and _before(player, thing)
                if player.acting.action in (Action.give, Action.take) and grip is not CANOPY and not edge:
                    grip = replace(grip, under=min(grip.under, _most_risen(thing)))
                if player.acting.action in (Action.give, Action.take) and headed(thing):
                    grip = replace(grip, plumb=True, lean=180.0, under=9.0)  # its head hangs, off both faces
            if grip is STOOD and (player.acting.action, player.acting.manner) == (Action.stand, "away"):
                ahead = -1.0 if player.acting.facing is Facing.left else 1.0
                grip = replace(grip, plumb=True, lean=ahead * _AHEAD)  # its head is seen before the chest
            if player.acting.manner == "lift":
                grip = replace(grip, share=0.05)  # over the head it is seen, hanging it is behind it
            if player.acting.manner == "coat":  # by the collar, it hangs under the face
                grip = replace(grip, share=0.94, plumb=True)
            if (player.acting.action, player.acting.manner) == (Action.throw, "drop"):
                grip = _no_less(grip, DROPPED)
            if _stirs(player, thing):
                grip = _dipped(player, grip, seconds)
            if grip is CANOPY and player.canopy:
                canvas.rotate(-_turned(canvas.getTotalMatrix()))
                _on_a_long_stick(canvas, thing, player, up, seconds)
                canvas.restore()
                continue
            grip = _at_the_mouth(player, thing, grip)
            if player.source.action is Action.play and behaves_as(thing.look.kind) in ("flute", "whistle"):
                canvas.rotate(72 if player.acting.facing is not Facing.left else -72)
                grip = replace(grip, share=0.66, least=0.44, most=0.5)  # level, across both hands
            if sky and behaves_as(thing.look.kind) == "kite":
                _on_its_line(canvas, thing, player, ink, seconds)
            bite = player.acting.action is Action.eat and thing.look.kind in _FRUIT
            inwards = (1.0 if player.acting.facing is Facing.left else -1.0) if bite else 0.0
            _drawn(canvas, thing, grip, player.body.height, ink, night, seconds, inwards)
            canvas.restore()

    return hold


_FRUIT = frozenset({"apple", "pear", "peach", "plum"})
"""What is seen with a bite out of it, on the side of the mouth."""


def _bite(canvas: skia.Canvas, thing: Thing, side: float) -> None:
    """A bite out of what is drawn on this layer, on the side that is turned to the mouth, pale within."""
    x, y, r = side * 0.46 * thing.width, -0.52 * thing.height, 0.26 * thing.height
    pale = skia.Paint(AntiAlias=True, Color=skia.Color(246, 236, 208), BlendMode=skia.BlendMode.kSrcATop)
    canvas.drawCircle(x, y, 1.3 * r, pale)
    canvas.drawCircle(
        x + side * 0.12 * r, y, 0.9 * r, skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear)
    )


def _bitten(player: Player, thing: Thing) -> Grip:
    """How an animal has it in the mouth: hanging, or by its near rim."""
    grip = _BITTEN if player.body.height > _SMALL else _BITTEN_BY_SMALL
    return replace(grip, share=0.42) if behaves_as(thing.look.kind) in _BY_THE_RIM else grip


def _stirs(player: Player, thing: Thing) -> bool:
    """Whether a spoon goes down into the pot on the stove, ahead of the hand."""
    acting = player.acting
    cooks = acting.action is Action.cook and not acting.manner
    return cooks and thing.look.kind == "spoon" and player.source.look.being in HANDS


_IN_THE_POT = (0.52, -0.475)
"""Where the end of a spoon is in the pot on a stove, under its rim; heights ahead and down."""


def _dipped(player: Player, grip: Grip, seconds: float) -> Grip:
    """How a spoon is held that goes from the hand into the pot, however near that is."""
    ahead, tall = -1.0 if player.acting.facing is Facing.left else 1.0, player.body.height
    hand = player.body.hand(player.acting, seconds) or (0.32 * ahead * tall, -0.6 * tall)
    across, down = _IN_THE_POT[0] - ahead * hand[0] / tall, _IN_THE_POT[1] - hand[1] / tall
    long = max(0.22, math.hypot(across, down) / (1.0 - _HAFT))
    lean = ahead * math.degrees(math.atan2(across, -down))
    return replace(grip, share=_HAFT, plumb=True, lean=lean, least=long, most=long)


_HAFT = 0.2
"""Of a spoon that stirs, what is behind the hand."""


def is_read(player: Player, thing: Thing) -> bool:
    """Whether the thing's leaves are seen: it is opened, shut or read in both hands."""
    acting = player.acting
    seen = acting.manner in ("leaf", "examine") or acting.action is Action.read
    return has_leaves(thing.look.kind) and seen


def _open(player: Player, seconds: float) -> float:
    acting = player.acting
    if acting.manner == "examine":
        return opened(Action.read, 1.0)
    share = seconds * acting.pace / performance(acting.action, acting.manner).seconds
    return opened(acting.action, share)


_ROUND = frozenset({"watch", "compass", "medal", "coin", "clock"})
"""What lies in two hands with its face seen between them."""


def _clasped(grip: Grip, chin: float, *, flat: bool = False) -> Grip:
    """The same thing between both hands before the chest: upright and larger, never over the face; what is
    ``flat`` and round has a hand at each side, low."""
    if flat and grip in (DANGLED, CUPPED):
        return replace(grip, share=0.3, plumb=True, most=0.2, least=0.18, under=min(0.13, chin))
    if grip is DANGLED:  # by its ring, under the fingers
        return replace(grip, share=0.9, most=0.2, least=0.18)
    return replace(grip, plumb=True, most=min(grip.most, 0.5), least=0.24, under=min(0.15, chin))


def _between_hands(thing: Thing, player: Player, acting: Acting) -> Grip:
    """How it is between both hands: before the chest, or held by its sides or its lower corners."""
    ways = (by_its_sides, AT_ITS_SIDES), (by_its_corners, AT_ITS_CORNERS), (by_both_sides, AT_BOTH_SIDES)
    share = next((share for is_held, share in ways if is_held(thing, acting)), None)
    if share is not None:
        return replace(_clasped(_grip(thing), 9.0), share=share, under=9.0)
    flat = behaves_as(thing.look.kind) in _ROUND
    return _clasped(_grip(thing), player.body.free_to_chin(acting), flat=flat)


def _at_ease(player: Player, thing: Thing, grip: Grip) -> Grip:
    """Who does not use it just then has a pole upright beside the body and a tool's head clear before it."""
    if player.acting.action not in _EASY or player.acting.manner == "lift":
        return grip
    if grip is POLED:
        ahead = -1.0 if player.acting.facing is Facing.left else 1.0
        return replace(grip, plumb=True, lean=ahead * _LEANT)
    if grip not in (HAFTED, HAMMER) or not headed(thing):
        return grip
    left = player.acting.facing is Facing.left and thing.look.kind not in _POINTED
    return replace(grip, plumb=True, lean=-_TRAILED if left else _TRAILED)


_EASY = frozenset(
    {
        Action.stand, Action.walk, Action.run, Action.talk, Action.listen, Action.look, Action.think,
        Action.laugh, Action.wave, Action.sneak, Action.sing, Action.hold, Action.search,
    }
)  # fmt: skip
_HEADED = frozenset({"axe", "pickaxe", "hammer", "saw", "gun"})
_PASSED = 0.11
"""How far what is handed over rises above a hand that may be a child's at its chin, in heights;
a flower's head half as much again, and what lies on the hand such as a cake twice that."""


def over_both(player: Player, other: Player, handed: bool = False) -> Player:
    """The player with an umbrella whose rim is over both heads, on a stick down to the lower one's hand, or
    under that one's face where it is ``handed`` over."""
    talls = player.body.height * player.scale, other.body.height * other.scale
    rim = 1.11 * max(player.extent.top, other.extent.top)
    starts = (_STICK_HANDED if handed else _STICK_FROM) * min(talls)
    return replace(player, canopy=rim / player.scale, shaft=(rim - starts) / player.scale)


UPHELD, _STICK_HANDED = 0.62, 0.47
"""How high an umbrella is held that is handed on, in heights of the lower one, whose arm reaches farthest so
that the stick is clear of the face, and from where its stick rises then."""
_STICK_FROM = 0.78
"""The same of two who walk under it: from lower down it would stand between the two like a pole."""
_RIM = 0.48
"""Where the rim of an umbrella is, as a share of its height."""
_BROAD = 0.98
"""How broad it is then, in heights of the rim over the ground."""


def _on_a_long_stick(canvas: skia.Canvas, thing: Thing, player: Player, up: float, seconds: float) -> None:
    """An umbrella that stays where it is over two heads; a hand is ``up`` metres high on its stick."""
    size = _BROAD * player.canopy / thing.width
    rim, shaft = _RIM * thing.height * size, player.shaft
    canvas.translate(0.0, max(0.0, up - (player.canopy - shaft)))
    for lower in (True, False):
        canvas.save()
        edge = (
            skia.Rect.MakeLTRB(-9, 0.01 - shaft, 9, 9)
            if lower
            else skia.Rect.MakeLTRB(-9, -99, 9, 0.01 - shaft)
        )
        canvas.clipRect(edge, skia.ClipOp.kIntersect, True)
        if not lower:
            canvas.translate(0.0, rim - shaft)
        canvas.scale(size, size * shaft / rim if lower else size)
        thing.draw(canvas, seconds)
        canvas.restore()


def by_the_rim(thing: Thing) -> bool:
    """Whether it is broad, such as a cake, and has an edge to hold it by."""
    return behaves_as(thing.look.kind) in _BY_THE_RIM


AT_ITS_SIDES = 0.2
"""How far up a picture the hands are that hold it to the breast, one at each side."""


def by_its_sides(thing: Thing, acting: Acting) -> bool:
    """Whether it is a picture that is held to the breast, its front to the lens."""
    clasps = performance(acting.action, acting.manner).grasp
    return _grip(thing) is FRAMED and clasps and acting.facing is Facing.camera


AT_ITS_CORNERS = 0.14
"""How far up a letter or a book the hands are that have it by its two lower corners."""


def by_its_corners(thing: Thing, acting: Acting) -> bool:
    """Whether it is flat and has two sides of which each hand has one, shut before the chest."""
    return _grip(thing) is SHOWN and _is_clasped(acting)


def by_both_sides(thing: Thing, acting: Acting) -> bool:
    """Whether it is broad and round, and a hand is at either side of it before the chest."""
    broad = thing.width > _BROAD_ENOUGH * max(thing.height, thing.width)
    other = behaves_as(thing.look.kind) in _ROUND | _IN_FOLDS
    return _grip(thing) in (CUPPED, BY_HANDLES) and broad and not other and _is_clasped(acting)


_IN_FOLDS = frozenset({"coat", "cloth", "dress", "blanket", "shirt"})
"""What has no firm sides for a hand to be at."""


AT_BOTH_SIDES, _BROAD_ENOUGH = 0.42, 0.55
"""How far up it the hands are then, and how broad it is at least, in shares of its longer side."""


def _is_clasped(acting: Acting) -> bool:
    clasps = performance(acting.action, acting.manner).grasp
    leaves = acting.manner in ("leaf", "examine") or acting.action is Action.read
    return clasps and not leaves and acting.manner not in ("wipe", "don")


def clasped_at(thing: Thing, player: Player, acting: Acting) -> tuple[float, float, float]:
    """Width and height in metres of what hands clasp before the chest, and how far its foot is below them
    where they come together in its middle."""
    tall = player.body.height
    grip = _clasped(_grip(thing), player.body.free_to_chin(acting))
    size = _size(thing, grip, tall)
    share = max(grip.share, 1.0 - grip.under * tall / max(0.01, thing.height * size))
    return thing.width * size, thing.height * size, share * thing.height * size


def headed(thing: Thing) -> bool:
    """Whether it is a tool with a heavy head on a haft, such as a hammer."""
    return bool({thing.look.kind, behaves_as(thing.look.kind)} & _HEADED)


def is_canopy(thing: Thing) -> bool:
    """Whether it is held up over the head."""
    return _grip(thing) is CANOPY


def rise(thing: Thing, tall: float) -> float:
    """How far what is handed over is above the hand, in heights of whoever hands it, ``tall`` metres."""
    grip = _grip(thing)
    above = grip.share if headed(thing) else 1.0 - grip.share  # whose head hangs
    return min(_most_risen(thing), above * thing.height * _size(thing, grip, tall) / tall)


def _most_risen(thing: Thing) -> float:
    if by_the_rim(thing):
        return 2.0 * _PASSED
    return _PASSED if _grip(thing).plumb else 1.5 * _PASSED


def hangs_straight(thing: Thing) -> bool:
    """Whether it hangs or is kept upright, however the hand turns."""
    return _grip(thing).plumb


_SLANTED = 58.0
"""Degrees that a blade in the fist of a robot is turned from its head."""
_POURED = 24.0
"""Degrees that a pot in the hand of a being is tipped."""
_TRAILED, _LEANT, _AHEAD = 64.0, 13.0, 52.0
"""Degrees: a tool carried by its haft, the head before the knees; a staff away from the face."""


def _at_the_mouth(player: Player, thing: Thing, grip: Grip) -> Grip:
    """What is drunk is before the lips, what is eaten beside them: neither is hung over the face."""
    being, action = player.source.look.being, player.acting.action
    if being not in HANDS | MOUTHED:
        if being is Being.insect:  # between its feet
            return replace(grip, share=0.95, plumb=True)
        if action in (Action.eat, Action.drink, Action.play) and not is_poled(thing.look.kind):
            plays = Action.play in (action, player.source.action)
            share = 0.95 if plays else 0.02  # under the fist, or on it and free of the face
            return replace(grip, share=share, plumb=True, most=min(grip.most, 0.22))
        if player.acting.manner == "pour":  # its spout over the cup
            return replace(
                grip, plumb=True, lean=-_POURED if player.acting.facing is Facing.left else _POURED
            )
        if action is Action.hold and not grip.plumb:  # beside a broad head
            return replace(
                grip, plumb=True, lean=-_SLANTED if player.acting.facing is Facing.left else _SLANTED
            )
        return grip
    if thing.look.kind in _POINTED or being not in HANDS:
        return grip
    if player.acting.action is Action.eat and behaves_as(thing.look.kind) in _LARGE_MEALS:
        return replace(grip, share=0.6, plumb=True, most=0.3, least=0.3)
    if player.acting.action is Action.eat:
        return replace(
            grip, share=-0.1, plumb=True, most=min(grip.most, 0.112), least=0.1
        )  # beside the mouth
    if player.acting.action is Action.drink:
        return replace(grip, share=0.3, most=min(grip.most, 0.15), least=0.14)
    return grip


def _size(thing: Thing, grip: Grip, tall: float) -> float:
    longest = max(thing.height, thing.width, 0.01)
    return min(max(1.0, grip.least * tall / longest), grip.most * tall / longest)


def held_at(thing: Thing) -> float:
    """How far up it is held: 0 at its foot, 1 at its top."""
    return _grip(thing).share


def size_in_hand(thing: Thing, tall: float, least: float = 0.0) -> float:
    """How large it is in the hand of somebody ``tall``, so that it lies there as large before.

    ``least``: at least that share of its holder's height.
    """
    return _size(thing, _no_less(_grip(thing), least), tall)


def _no_less(grip: Grip, least: float) -> Grip:
    return replace(grip, least=max(grip.least, least), most=max(grip.most, least)) if least else grip


def by_its_edge(thing: Thing, tall: float) -> float:
    """Metres from the hand that takes it to its middle: what is broad is held by its near edge, or the arm
    would lie across it."""
    half = 0.5 * thing.width * size_in_hand(thing, tall)
    return half - 0.03 * tall if _grip(thing) in (SHOWN, FRAMED) and half > 0.08 * tall else 0.0


_OFF = 0.09
"""How far ahead of its hands a child has what it lifts, in heights: off its face."""


def _before(player: Player, thing: Thing) -> float:
    """Metres by which a large model is held out before the trunk, so that it is seen what it is, and by
    which what is taken up by its edge lies beyond the hand."""
    acting = player.acting
    if player.source.look.being in MOUTHED and behaves_as(thing.look.kind) in _BY_THE_RIM:
        half = 0.5 * thing.width * _size(thing, _bitten(player, thing), player.body.height)
        return (-0.68 if acting.facing is Facing.left else 0.68) * half
    if acting.action is Action.take and acting.meets is None and player.source.look.being in _TAKERS:
        return (-1.0 if acting.facing is Facing.left else 1.0) * by_its_edge(thing, player.body.height)
    if acting.manner == "lift" and player.source.look.age is Age.child:
        return (-_OFF if acting.facing is Facing.left else _OFF) * player.body.height
    if player.acting.action is not Action.hold or max(thing.height, thing.width) < player.body.height:
        return 0.0
    if is_poled(thing.look.kind) or (_grip(thing).plumb and _grip(thing) is not CUPPED):
        return 0.0
    return (-0.12 if player.acting.facing is Facing.left else 0.12) * player.body.height


def _drawn(
    canvas: skia.Canvas,
    thing: Thing,
    grip: Grip,
    tall: float,
    ink: Ink,
    night: float,
    seconds: float,
    bitten: float = 0.0,
) -> None:
    """``bitten``: the side (-1 or 1) on which there is a bite out of it; 0 for none."""
    size = _size(thing, grip, tall)
    if grip.plumb:
        canvas.rotate(-_turned(canvas.getTotalMatrix()) + grip.lean)
    share = max(grip.share, 1.0 - grip.under * tall / max(0.01, thing.height * size))
    canvas.translate(0.0, share * thing.height * size)
    if behaves_as(thing.look.kind) in _SHINING and night > 0.2:
        flicker = 1 + 0.06 * math.sin(seconds * 9.0) + 0.04 * math.sin(seconds * 23.0)
        ink.glow(canvas, 0.0, -thing.height * size * 0.5, 0.75 * flicker, "#ffb860", 0.36 * night)
    canvas.scale(size, size)
    if grip.from_below:
        above = skia.Rect.MakeLTRB(-9, -9, 9, -grip.from_below * thing.height)
        canvas.clipRect(above, skia.ClipOp.kIntersect, True)
    if bitten:
        canvas.saveLayer()
    thing.draw(canvas, seconds)
    if bitten:
        _bite(canvas, thing, bitten)
        canvas.restore()


def _on_its_line(canvas: skia.Canvas, thing: Thing, player: Player, ink: Ink, seconds: float) -> None:
    """Move to where a kite flies before its holder, swaying, with the line drawn to the hand."""
    canvas.rotate(-_turned(canvas.getTotalMatrix()))
    side = -1.0 if player.acting.facing is Facing.left else 1.0
    x, y = LINE[0] * side * player.body.height, -LINE[1] * player.body.height
    x += 0.06 * player.body.height * math.sin(1.7 * seconds)
    y += 0.04 * player.body.height * math.sin(2.9 * seconds)
    path = skia.Path()
    path.moveTo(0, 0)
    path.quadTo(0.55 * x, 0.35 * y, x, y)
    ink.mark(canvas, path, "#efe9dc", 0.012)
    canvas.translate(x, y)
    canvas.rotate(18 * side + 6 * math.sin(1.7 * seconds))


def is_poled(kind: str) -> bool:
    """Whether it is carried upright in one hand, however long: a fork, an oar, a spear."""
    return kind == "sign" or GRIPS.get(kind, CUPPED).most >= 0.7


def _grip(thing: Thing) -> Grip:
    """As the kind is held, or as its drawing says, or as the kind it is like."""
    kind = thing.look.kind
    if kind in GRIPS:
        return GRIPS[kind]
    return NAMED.get(thing.grip) or GRIPS.get(behaves_as(kind), CUPPED)


def most_of(thing: Thing) -> float:
    """The largest that it is in a hand or flies from one, as a share of its holder's height."""
    most = _grip(thing).most
    return 0.6 if most >= 1.0 and is_poled(thing.look.kind) else min(0.3, most)


def _turned(matrix: skia.Matrix) -> float:
    """Degrees by which a matrix turns, its mirroring apart."""
    across = matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY()
    along = matrix.getScaleX() if across > 0 else -matrix.getScaleX()
    return math.degrees(math.atan2(matrix.getSkewY(), along))
