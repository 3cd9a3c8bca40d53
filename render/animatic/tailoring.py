"""Tailoring: cloth that is cut, a plank or cloth that is measured, a board written on, and the hands at them.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import skia

from ...storyboard.lexicon import behaves_as, look_up, manner_of
from ...storyboard.looks import ThingLook
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, ShotSize
from .aboard import hands_on_wheel
from .blocking import Placed
from .drafting import pencil_at, stick
from .figures.acting import Laid
from .figures.shapes import ellipse, line, polygon, rounded
from .ink import Ink
from .leaves import has_leaves
from .mural import brush_on_wall, mural_lines, on_a_wall
from .recast import with_figure, without
from .stirred import stirring_hand, stirs

if TYPE_CHECKING:
    from .direction import Business
    from .players import Player

TABLE = -0.5
"""How high the table is at which one stands to cut and to measure, in heights, y down."""
_CLOTH = re.compile(
    r"\b(cloths?|fabric|silk|linen|velvet|wool|sails?|dress|coat|gown|cloak|shirt|ribbon|paper|curtains?"
    r"|blankets?|pattern|canvas|thread|cardboard|leather)\b"
)
_MEASURED = re.compile(r"\bmeasur(e|es|ed|ing)\b")
_BAKED = re.compile(r"\b(bak(e|es|ed|ing))\b")
_RAKED = re.compile(r"\b(rak(e|es|ed|ing)|hoe(s|d|ing)?)\b")
_WRITTEN = re.compile(r"\b(writ(e|es|ing|ten)|wrote|scribbles?|scribbled)\b")
_BOARD = re.compile(r"\b(blackboard|chalkboard|whiteboard|the board|the wall)\b")
_PLAN = re.compile(r"\b(plans?|maps?|blueprints?|diagrams?|designs?|pattern|letters?)\b")
_SKETCHED = re.compile(r"\b(draws?|drew|drawing|sketch(es)?|sketched|designs?|traces?)\b")
_SHEETS = frozenset({"blanket", "letter", "map", "scroll", "notepad", "newspaper", "pencil", "pen"})
"""Kinds that a sheet of paper, or what is drawn on it and with, is taken for."""
_SOFT = frozenset({"cloth", "scarf", "coat", "dress", "blanket", "cloak", "shirt", "curtain", "flag", "sail"})
_STUFF = frozenset(
    {"bucket", "paint bucket", "pot", "paintbrush", "jar", "branch", "spoon", "cauldron", "barrel"}
)
_PAINTED = frozenset({"door", "gate", "window", "fence", "wall", "paint box", "brick", "stone"})
_OVENS = frozenset({"oven", "stove", "toaster oven"})
_DRAWN_WITH = frozenset({"scissors", "ruler", "needle", "thread", "cloth", "blackboard"})
_LIGHTS = frozenset({"candle", "lantern", "oil lamp", "lamp", "torch"})


def cuts_cloth(sentence: str) -> bool:
    """Whether what is cut is cut with scissors: cloth, paper, no wood."""
    return _CLOTH.search(sentence[:2000].lower()) is not None


def torn_cloth(sentence: str) -> ThingLook | None:
    """The look of the cloth or dress that a sentence says is torn; None where it is paper."""
    for word in re.findall(r"[a-z]+", sentence[:2000].lower()):
        entry = look_up(word, "thing")
        if entry is not None and behaves_as(entry.kind) in _SOFT:
            return ThingLook(kind=entry.kind, colour=str(entry.attributes.get("colour", "#b8463a")))
    return None


def draws_plan(sentence: str) -> bool:
    """Whether a plan or a map is drawn with a pencil, and no picture with colours."""
    told = sentence[:2000].lower()
    return _PLAN.search(told) is not None and _SKETCHED.search(told) is not None


def tool_table(action: Action, used: Business, sentence: str) -> Business:
    """What is used by who cuts cloth, measures or writes on a board; ``used`` where it is none of these."""
    told = sentence[:2000].lower()
    if used == "stove" and stirs(told):
        return "vat"
    if used == "stove" and _BAKED.search(told):
        return "oven"
    if used == "pit" and _RAKED.search(told):
        return "rows"
    if used == "trestle" and cuts_cloth(told):
        return "shears"
    if action is Action.work and _MEASURED.search(told):
        return "tape"
    if used == "easel" and draws_plan(told):
        return "draft"
    if used == "easel" and on_a_wall(told) and not _WRITTEN.search(told):
        return "mural"
    return "slate" if action is Action.paint and _WRITTEN.search(told) and _BOARD.search(told) else used


def by_hand(picture: Picture) -> Picture:
    """The picture without what is drawn with the work itself, and its actor at that work.

    Who measures stands at a table; who writes on a board stands before it; who draws a plan sits at a
    desk; who reads by a candle has no candle in the hands.
    """
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    looks = picture.action is Action.look and actor is not None and actor.action is Action.stand
    if actor is None or (actor.action is not picture.action and not looks):
        return picture
    told, action = picture.sentence[:2000].lower(), picture.action
    thing = next((t for t in picture.things if t.id == picture.target), None)
    if any(f.id == picture.target and f.id != actor.id for f in picture.figures):
        return picture
    named = manner_of(action, told)
    if action is Action.reach and _MEASURED.search(told):
        return _at(picture, Action.work, all_away=True)
    if action is Action.write and _BOARD.search(told):
        return _at(picture, Action.paint, all_away=True)
    if action in (Action.paint, Action.write) and not named and draws_plan(told):
        sheets = [t for t in picture.things if t.look.kind in _SHEETS or t.id == picture.target]
        for sheet in sheets:
            picture = without(picture, sheet.id)
        return _at(picture.model_copy(update={"target": None}), Action.paint, all_away=True)
    if action is Action.paint and not named and on_a_wall(told):
        for painted in [t for t in picture.things if t.id == picture.target or t.look.kind in _PAINTED]:
            picture = without(picture, painted.id)
        return _at(picture.model_copy(update={"target": None}), action, all_away=False)
    if action in (Action.cook, Action.work) and stirs(told):
        for stuff in [t for t in picture.things if t.look.kind in _STUFF or t.id == picture.target]:
            picture = without(picture, stuff.id)
        actor = next(f for f in picture.figures if f.id == actor.id).model_copy(update={"holds": ()})
        picture = with_figure(picture, actor, actor)
        return _at(picture.model_copy(update={"target": None}), Action.cook, all_away=False)
    if action is Action.cook and _BAKED.search(told) and not named:
        return _at(picture, action, all_away=True)
    if action is Action.work and (named == "sew" or (named == "saw" and cuts_cloth(told))):
        return _at(picture, action, all_away=thing is not None and behaves_as(thing.look.kind) in _SOFT)
    if action is Action.look and named == "examine" and thing is not None and has_leaves(thing.look.kind):
        for other in (h for h in actor.holds if h != thing.id):  # both hands are at the sheet
            picture = without(picture, other)
        kept = tuple(h for h in actor.holds if h == thing.id)
        return with_figure(picture, actor, actor.model_copy(update={"holds": kept}))
    if named == "wipe" or (action is Action.paint and not named):
        return _at(picture, action, all_away=False)
    if action is Action.read and thing is not None and behaves_as(thing.look.kind) in _LIGHTS:
        held = tuple(h for h in actor.holds if h != thing.id)
        stands = thing.model_copy(update={"held": False})
        things = tuple(stands if t is thing else t for t in picture.things)
        reads = actor.model_copy(update={"holds": held, "gaze": None})
        return with_figure(picture, actor, reads).model_copy(update={"things": things, "target": None})
    return picture


def _at(picture: Picture, action: Action, *, all_away: bool) -> Picture:
    """The actor in that action, nothing soft in its hands, and what it is done to not there twice."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    kinds = {t.id: behaves_as(t.look.kind) for t in picture.things}
    gone = [h for h in actor.holds if kinds.get(h) in _SOFT and (all_away or h != picture.target)]
    if all_away and picture.target in kinds and picture.target not in gone:
        gone.append(picture.target)
    if all_away:  # scissors and rulers are drawn in the hands that work
        gone += [name for name, kind in kinds.items() if kind in _DRAWN_WITH and name not in gone]
    if action is Action.cook:
        gone += [name for name, kind in kinds.items() if kind in _OVENS and name not in gone]
    holds = tuple(h for h in actor.holds if h not in gone)
    picture = with_figure(picture, actor, actor.model_copy(update={"action": action, "holds": holds}))
    for name in gone:
        picture = without(picture, name)
    if gone and picture.camera.size is ShotSize.insert:  # of what is now drawn with the work
        camera = picture.camera.model_copy(update={"size": ShotSize.medium_full, "focus": None})
        picture = picture.model_copy(update={"camera": camera})
    target = None if picture.target in gone else picture.target
    return picture.model_copy(update={"action": action, "target": target})


def _table(canvas: skia.Canvas, ink: Ink) -> None:
    for x in (0.26, 1.0):
        ink.piece(canvas, rounded(x - 0.022, TABLE, x + 0.022, 0.0, 0.008), "#6f4c30")
    top = [(0.2, TABLE), (1.06, TABLE), (1.0, TABLE - 0.07), (0.26, TABLE - 0.07)]
    ink.piece(canvas, polygon(top), "#b4845a")
    ink.piece(canvas, rounded(0.2, TABLE, 1.06, TABLE + 0.04, 0.008), "#8a5c38")


def shears(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A table, cloth that hangs over its edge, a cut that runs along it, scissors at the end of the cut."""
    _table(canvas, ink)
    cut = _cut(share)
    y = TABLE - 0.035
    far = [(0.3, y), (cut, y), (cut, y - 0.01), (0.94, y - 0.01), (0.94, TABLE - 0.075), (0.3, TABLE - 0.1)]
    ink.piece(canvas, polygon(far), "#d8586a")
    gap = 0.03 + 0.05 * share
    near = [(0.3, y + gap), (cut, y), (0.96, y), (0.98, TABLE + 0.14), (0.8, TABLE + 0.17)]
    near += [(0.62, TABLE + 0.14), (0.44, TABLE + 0.17), (0.28, TABLE + 0.14)]
    ink.piece(canvas, polygon(near), "#e8727f")
    for x in (0.4, 0.56, 0.72, 0.88):
        ink.mark(canvas, line([(x, TABLE + 0.02), (x - 0.01, TABLE + 0.13)]), "#b8404f", 0.009)
    open_ = 9 + 15 * abs(math.sin(share * 40))
    for side in (-1, 1):
        canvas.save()
        canvas.translate(cut, y - 0.015)
        canvas.rotate(-8 + side * open_)
        ink.piece(canvas, polygon([(-0.01, -0.013), (0.15, 0.0), (-0.01, 0.013)]), "#dfe6ec")
        ink.mark(canvas, line([(0.0, 0.0), (-0.07, 0.0)]), "#2f3a46", 0.02)
        ink.mark(canvas, ellipse(-0.1, 0.0, 0.035, 0.026), "#2a62a8", 0.018)
        canvas.restore()
    ink.piece(canvas, ellipse(cut, y - 0.015, 0.012, 0.012), "#4a545e")


def _cut(share: float) -> float:
    return 0.46 + 0.3 * share


def tape(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A table, a plank on it, and a yellow tape with its marks drawn out along the plank."""
    _table(canvas, ink)
    ink.piece(canvas, rounded(0.22, TABLE - 0.1, 1.1, TABLE - 0.03, 0.008), "#d9aa6c")
    for y in (-0.08, -0.055):
        ink.mark(canvas, line([(0.26, TABLE + y), (1.06, TABLE + y + 0.004)]), "#b98448", 0.006)
    end, y = _drawn_out(share), TABLE - 0.105
    ink.piece(canvas, rounded(0.27, y - 0.05, end, y, 0.004), "#ffd83a")
    for n in range(int((end - 0.29) / 0.028)):
        x = 0.29 + 0.028 * n
        long = 0.032 if n % 4 == 0 else 0.018
        ink.mark(canvas, line([(x, y - 0.05), (x, y - 0.05 + long)]), "#2c2a30", 0.007)
    ink.piece(canvas, ellipse(0.27, y - 0.03, 0.045, 0.045), "#c8342e")
    ink.piece(canvas, ellipse(0.27, y - 0.03, 0.02, 0.02), "#f4efe0")


def _drawn_out(share: float) -> float:
    return 0.36 + 0.28 * min(1.0, share / 0.6)


def slate(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A blackboard on its stand behind the arm that writes, which fills with white writing."""
    for foot in (0.24, 0.9):
        ink.mark(canvas, line([(0.57, -1.14), (foot, 0.0)]), "#80583a", 0.03)
    ink.piece(canvas, rounded(0.14, -1.04, 1.0, -0.4, 0.012), "#9a6a40")
    ink.piece(canvas, rounded(0.17, -1.01, 0.97, -0.43, 0.006), "#27483c")
    ink.piece(canvas, rounded(0.14, -0.41, 1.0, -0.38, 0.006), "#80583a")
    for n in range(_ROWS):
        done = min(1.0, max(0.0, share * _ROWS - n))
        if done <= 0:
            continue
        y, count = -0.86 + 0.13 * n, max(2, int(done * 27))
        points = [
            (_FIRST + _STEP * k, y + (0.03 if k % 2 else -0.03) * _LETTER[(k + n) % 7]) for k in range(count)
        ]
        ink.mark(canvas, line(points), "#f6f4ea", 0.012)
    for n, wide in enumerate((0.26, 0.2, 0.24)):  # written before
        y = -0.86 + 0.13 * n
        points = [
            (0.56 + _OLD * k, y + (0.03 if k % 2 else -0.03) * _LETTER[(k + 2 * n) % 7])
            for k in range(int(wide / _OLD))
        ]
        ink.mark(canvas, line(points), "#f6f4ea", 0.01, alpha=0.55)


def chalk_at(share: float) -> tuple[float, float]:
    """Where the chalk is on a board, when ``share`` of the shot has gone."""
    row = min(_ROWS - 1, int(share * _ROWS))
    return _FIRST + 27 * _STEP * (share * _ROWS - row), -0.86 + 0.13 * row


_ROWS = 3
_FIRST, _STEP = 0.27, 0.0065
"""Where a row of writing begins, within reach of the arm, and the width of a stroke."""
_OLD = 0.009
_LETTER = (1.0, 0.5, 0.8, 0.1, 1.1, 0.6, 0.2)


def hands_at(kind: str, way: float, tall: float, share: float, sentence: str = "") -> tuple[Laid, ...]:
    """Where the hands of who cuts, measures or writes on a board lie: the action hand first."""
    spots: dict[str, tuple[tuple[float, float], ...]] = {
        "shears": ((_cut(share) - 0.09, TABLE - 0.045), (0.42, TABLE - 0.01)),
        "tape": ((_drawn_out(share), TABLE - 0.13), (0.27, TABLE - 0.14)),
        "helm": hands_on_wheel(share),
    }
    if kind == "spread":
        return ((way * 0.4 * tall, -0.62 * tall, 1.0), (way * 0.2 * tall, -0.6 * tall, 1.0))
    if kind == "vat":
        x, y = stirring_hand(share)
        return ((way * x * tall, y * tall, 1.0),)
    if kind == "mural":
        x, y = brush_on_wall(mural_lines(sentence), share)
        across, down = x - 0.12 - _SHOULDER[0], max(-0.5, y + 0.16) + 0.6
        reach = min(1.0, 0.26 / max(0.01, math.hypot(across, down)))  # a child's arm
        return ((way * (_SHOULDER[0] + across * reach) * tall, (down * reach - 0.6) * tall, 1.0),)
    if kind in ("slate", "draft"):
        x, y = chalk_at(share) if kind == "slate" else pencil_at(share)
        return ((way * (x - 0.07) * tall, (y + 0.05) * tall, 1.0),)
    return tuple((way * x * tall, y * tall, 1.0) for x, y in spots.get(kind, ()))


def write(
    canvas: skia.Canvas, ink: Ink, player: Player, kind: str, way: float, t: float, length: float
) -> None:
    """Draw the pencil or the chalk of who draws a plan or writes on a board, out of the hand, in heights."""
    share, tall = min(1.0, t / length), player.body.height
    tip = chalk_at(share) if kind == "slate" else pencil_at(share)
    joints = player.body.joints(replace(player.acting, lays=hands_at(kind, way, tall, share)), t)
    wrists = [(way * joints[n][0] / tall, joints[n][1] / tall) for n in ("r-wrist", "l-wrist") if joints]
    x, y = min(wrists, key=lambda w: math.dist(w, tip), default=(tip[0] - 0.12, tip[1] + 0.08))
    palm = 0.05 / max(0.05, math.dist((x, y), tip))
    colours = ("#f6f4ea", "#f6f4ea") if kind == "slate" else ("#e0a53a", "#2a2430")
    stick(canvas, ink, tip, *colours, (x + palm * (tip[0] - x), y + palm * (tip[1] - y)))


HULLS = frozenset({"boat", "sailboat", "ship", "raft", "pirate ship", "rowing boat", "canoe", "yacht"})
"""What is painted below: above it there are a mast and air."""
_HULL = 0.14


def on_its_side(
    me: Placed, other: Placed, scale: float, tall: float, seconds: float, kind: str = ""
) -> tuple[Laid, ...]:
    """Where the hand of who paints or wipes something is: on the near side of it, going up and down."""
    way = 1.0 if other.x >= me.x else -1.0
    edge = other.x + (other.extent.left if way > 0 else other.extent.right)
    x = edge + way * min(0.36 * other.extent.width, 0.22 * tall * scale)
    if other.extent.width > 1.2 * tall * scale:  # ahead, not behind the own sleeve
        x = way * max(way * x, way * me.x + (0.19 if kind in HULLS else 0.3) * tall * scale)
    share = _HULL if kind in HULLS else 0.42
    least = 0.12 if kind == "raft" else 0.3  # to which one kneels
    up = min(
        max(other.up + share * other.extent.top, me.up + least * tall * scale), me.up + 0.85 * tall * scale
    )
    across, down = (x - me.x) / scale, (me.up - up) / scale
    shoulder = way * _SHOULDER[0] * tall, _SHOULDER[1] * tall
    far = max(0.01, math.hypot(across - shoulder[0], down - shoulder[1]))
    arm = _STRETCHED if kind in HULLS else _ARM
    share = min(1.0, arm * tall / far)  # no further than the arm is long, so that it still moves
    at = (shoulder[0] + (across - shoulder[0]) * share, shoulder[1] + (down - shoulder[1]) * share)
    return ((at[0], at[1] + rubbed(seconds) * tall, 1.0), (way * 0.16 * tall, -0.46 * tall, 1.0))


_SHOULDER, _ARM, _STRETCHED = (0.1, -0.74), 0.34, 0.44
"""Of who leans to what is wiped or painted, in heights ahead and down; how far the hand comes from it."""


def at_the_glass(way: float, tall: float, seconds: float) -> tuple[Laid, ...]:
    """Where the hands lie of who looks at something held through a glass: the glass goes over it."""
    glass = 0.22 + 0.03 * math.sin(seconds * 1.8)
    return ((way * 0.36 * tall, -0.48 * tall, 1.0), (way * glass * tall, -0.5 * tall, 1.0))


def rubbed(seconds: float) -> float:
    """How far the hand that wipes or paints is from the middle of its stroke, in heights, y down."""
    return 0.055 * math.sin(seconds * 5.2)
