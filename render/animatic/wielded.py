"""Wielded: what takes both hands, drawn over whoever has it: a flute, a spade, a rake, a shovel for an oven.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right.
The hands lie where the thing is, and not the thing where the hands happen to be.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Literal

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being
from .baking import BOWL, loaf, peel, shovel
from .dealings import under_cloth
from .direction import business
from .figures import Acting
from .figures.acting import Laid
from .figures.performances import on_twos, performance
from .figures.shapes import Point, ellipse, line, polygon, rounded, smooth
from .ink import Ink, shaded
from .players import Player
from .wraps import cloth_colour

Wielded = Literal["", "pipe", "spade", "rake", "peel", "sign", "spoon", "urn", "hood"]
PIPES = frozenset({"flute", "whistle", "ocarina", "bugle", "horn", "trumpet"})
"""What is blown, and drawn as a long pipe."""
_BOARDS = frozenset({"painted board"})
_LIFTED = frozenset({"lift", "raise", "drop", "up"})
"""Manners of holding in which a board is not carried before the chest."""
_FREE_HANDS = frozenset({Action.walk, Action.stand, Action.look, Action.hold, Action.run, Action.listen})
_LONG = 0.62
"""Length of a spade and of a rake, in heights."""
_DUG: tuple[tuple[float, Point, Point], ...] = (
    (0.0, (0.22, -0.56), (0.5, 0.04)),
    (0.35, (0.1, -0.5), (0.48, 0.01)),
    (0.6, (0.16, -0.5), (0.74, -0.28)),
    (0.8, (0.2, -0.56), (0.62, -0.1)),
    (1.0, (0.22, -0.56), (0.5, 0.04)),
)
"""Share of a stroke of the spade -> where its handle and its blade are."""


def wielded(picture: Picture, player: Player) -> Wielded:
    """What a person has in both hands at this moment of the story, or ""."""
    acting, source = player.acting, player.source
    if source.look.being is not Being.person:
        return ""
    if acting.action is Action.cook and business(picture, source, acting.action) == "oven":
        return "peel"
    if acting.action is Action.hide and source.id == picture.actor and under_cloth(picture):
        return "hood"
    if acting.manner in ("meal", "scatter"):
        return "spoon" if acting.manner == "meal" else "urn"
    kinds = {player.held[0].look.kind, behaves_as(player.held[0].look.kind)} if player.held else set()
    if acting.action is Action.dig and not acting.manner:
        if kinds & {"rake", "pitchfork"} or re.search(r"\b(rak(e|es|ed|ing)|hoe(s|d)?)\b", picture.sentence):
            return "rake"
        return "spade" if "shovel" in kinds else ""
    if source.action is Action.play and kinds & PIPES:
        return "pipe"
    if kinds & _BOARDS and acting.action in _FREE_HANDS and acting.manner not in _LIFTED:
        return "sign"
    return ""


def hands_on(
    kind: Wielded, way: float, player: Player, acting: Acting, seconds: float, length: float
) -> tuple[Laid, ...]:
    """Where both hands of a person turned ``way`` lie on what it wields, the action hand first."""
    if not kind or kind == "hood" or not player.body.joints(acting, 0.0):
        return ()
    tall = player.body.height
    one, other = _held_at(kind, way, player, acting, seconds, seconds / length)
    return tuple((way * x * tall, y * tall, 1.0) for x, y in (one, other))


def _held_at(
    kind: Wielded, way: float, player: Player, acting: Acting, seconds: float, gone: float
) -> tuple[Point, Point]:
    if kind == "pipe":
        lips, end = _pipe(way, player, acting, seconds)
        return _along(lips, end, 0.74, 0.02), _along(lips, end, 0.38, 0.02)
    if kind == "sign":
        x, y, half, high = _board(way, player, acting, seconds)
        return (x + half, y + 0.62 * high), (x - half, y + 0.62 * high)
    if kind == "urn":
        return (_URN[0] + 0.05, _URN[1] + 0.05), (_URN[0] - 0.09, _URN[1] + 0.06)
    if kind == "spoon":
        return _spoon(way, player, acting, seconds), (BOWL[0] - 0.13, BOWL[1] + 0.03)
    top, tip = _stick(kind, player, acting, seconds, gone)
    if kind == "peel":
        return _along(top, tip, 0.2 / math.dist(top, tip)), _along(top, tip, 0.06)
    return _along(top, tip, 0.52), _along(top, tip, 0.04)


def _along(one: Point, other: Point, share: float, below: float = 0.0) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share + below


def _joint(name: str, way: float, player: Player, acting: Acting, seconds: float) -> Point:
    """A joint in heights, ahead to the right."""
    x, y = player.body.joints(acting, seconds)[name]
    return way * x / player.body.height, y / player.body.height


def _pipe(way: float, player: Player, acting: Acting, seconds: float) -> tuple[Point, Point]:
    """Where a pipe begins, at the lips, and where it ends."""
    x, y = _joint("nose", way, player, acting, seconds)
    child = player.body.look.age == "child"
    size = 0.15 if child else 0.1
    lips = x + 0.62 * size, y + 0.58 * size
    long = 0.46 if child else 0.4
    turn = math.radians(24 + 3 * math.sin(2.1 * on_twos(seconds)))
    return lips, (lips[0] + long * math.cos(turn), lips[1] + long * math.sin(turn))


def _board(way: float, player: Player, acting: Acting, seconds: float) -> tuple[float, float, float, float]:
    """Middle of the upper edge of a board before the chest, half its width and its height."""
    x, y = _joint("neck", way, player, acting, seconds)
    return x + 0.1, y + 0.07, 0.21, 0.26


_URN = (0.34, -0.62)
"""Where what is emptied is held."""


def _spoon(way: float, player: Player, acting: Acting, seconds: float) -> Point:
    """Where the hand with the spoon is: over the bowl, then before the mouth."""
    x, y = _joint("nose", way, player, acting, seconds)
    up = 0.5 - 0.5 * math.cos(math.tau * on_twos(seconds) / 2.2)
    size = 0.15 if player.body.look.age == "child" else 0.1
    mouth = x + 1.35 * size, y + 0.95 * size
    return _along((BOWL[0] - 0.06, BOWL[1] - 0.08), mouth, up)


def _stick(kind: Wielded, player: Player, acting: Acting, seconds: float, gone: float) -> tuple[Point, Point]:
    """Where the handle and the working end of a spade, rake or oven shovel are."""
    act = performance(acting.action, acting.manner)
    share = ((on_twos(seconds) + player.body.lag(acting)) * acting.pace / act.seconds) % 1.0
    if kind == "rake":
        pull = 0.5 - 0.5 * math.cos(math.tau * share)
        return (0.2 - 0.08 * pull, -0.56), (0.72 - 0.26 * pull, -0.01)
    if kind == "peel":
        return shovel(gone)
    for (first, top, tip), (last, next_top, next_tip) in pairwise(_DUG):
        if first <= share <= last:
            way = (share - first) / (last - first)
            top, tip = _along(top, next_top, way), _along(tip, next_tip, way)
            far = math.dist(top, tip)
            return top, _along(top, tip, _LONG / far)
    return _DUG[0][1], _DUG[0][2]


def wield(
    canvas: skia.Canvas,
    ink: Ink,
    player: Player,
    picture: Picture,
    kind: Wielded,
    way: float,
    seconds: float,
    length: float,
) -> None:
    """Draw what somebody wields over the figure, from its ground point in metres."""
    acting = player.acting
    if not kind or not player.body.joints(acting, 0.0):
        return
    tall = player.body.height
    canvas.save()
    canvas.scale(way * tall, tall)
    if kind == "hood":
        _draw_hood(canvas, ink, picture, _joint("nose", way, player, acting, seconds), player, seconds)
        canvas.restore()
        return
    if kind == "pipe":
        _draw_pipe(canvas, ink, player, *_pipe(way, player, acting, seconds))
    elif kind == "sign":
        mirrored = way < 0
        _draw_board(canvas, ink, picture, *_board(way, player, acting, seconds), mirrored=mirrored)
    elif kind == "spoon":
        x, y = _spoon(way, player, acting, seconds)
        ink.mark(canvas, line([(x + 0.03, y + 0.01), (x - 0.055, y - 0.02)]), "#aab2ba", 0.014)
        ink.piece(canvas, ellipse(x - 0.07, y - 0.025, 0.026, 0.014), "#c3cad0")
    elif kind == "urn":
        _draw_emptied(canvas, ink, player, picture, seconds)
    else:
        top, tip = _stick(kind, player, acting, seconds, seconds / length)
        if kind == "peel":
            peel(canvas, ink, top, tip, seconds / length)
        elif kind == "rake":
            _draw_rake(canvas, ink, top, tip, seconds / length)
        else:
            _draw_spade(canvas, ink, top, tip)
    for x, y in _held_at(kind, way, player, acting, seconds, seconds / length):
        _fingers(canvas, ink, player, x, y)
    canvas.restore()


def _fingers(canvas: skia.Canvas, ink: Ink, player: Player, x: float, y: float) -> None:
    """Fingers closed over it, or it would lie before the hand."""
    skin = player.body.look.skin
    for n in range(3):
        ink.piece(canvas, ellipse(x - 0.016 + 0.016 * n, y, 0.011, 0.02), skin)


def _draw_hood(
    canvas: skia.Canvas, ink: Ink, picture: Picture, nose: Point, player: Player, seconds: float
) -> None:
    """A blanket over head and back, the face in its opening."""
    x, y = nose
    size = 0.23 if player.body.look.age == "child" else 0.155
    shake = 0.006 * math.sin(on_twos(seconds) * 21)
    colour = cloth_colour(picture)
    out = skia.Path()
    rim = [(x - 2.5 * size, 0.02), (x - 2.3 * size, 0.6 * y), (x - 1.3 * size, y - 0.9 * size)]
    rim += [(x - 0.1 * size, y - 1.45 * size), (x + 1.15 * size, y - 0.9 * size), (x + 1.7 * size, 0.55 * y)]
    out.addPath(smooth([(a + shake, b) for a, b in [*rim, (x + 2.1 * size, 0.02)]], tension=0.35))
    hole = ellipse(x + 0.28 * size, y + 0.12 * size, 0.78 * size, 0.62 * size)
    shape = skia.Op(out, hole, skia.PathOp.kDifference_PathOp) or out
    ink.piece(canvas, shape, colour)
    ink.mark(canvas, hole, shaded(colour, -0.3), 0.02)
    for n in range(3):
        at = x - 1.2 * size + 1.1 * size * n
        fold = [(at, 0.62 * y), (at - 0.1 * size, 0.3 * y), (at - 0.22 * size, -0.01)]
        ink.mark(canvas, line(fold), shaded(colour, -0.22), 0.014)


def _draw_pipe(canvas: skia.Canvas, ink: Ink, player: Player, lips: Point, end: Point) -> None:
    gold = player.held[0].look.kind in ("trumpet", "bugle", "horn")
    colour = "#d9ac3e" if gold else "#b9824a"
    ink.mark(canvas, line([lips, end]), shaded(colour, -0.45), 0.046)
    ink.mark(canvas, line([lips, end]), colour, 0.034)
    if not gold:
        for n in range(6):
            at = _along(lips, end, 0.28 + 0.105 * n, -0.006)
            ink.piece(canvas, ellipse(*at, 0.007, 0.007), "#2a2018")
    else:
        for n in range(3):  # valves
            x, y = _along(lips, end, 0.46 + 0.1 * n)
            ink.mark(canvas, line([(x, y + 0.05), (x + 0.01, y - 0.06)]), shaded(colour, -0.2), 0.02)
        dx, dy = (end[0] - lips[0]) * 0.14, (end[1] - lips[1]) * 0.14
        bell = [(end[0] - dx, end[1] - dy), (end[0] + dx + 0.03, end[1] + dy - 0.08)]
        ink.piece(canvas, polygon([*bell, (end[0] + dx - 0.03, end[1] + dy + 0.08)]), colour)


def _framed(canvas: skia.Canvas, top: Point, tip: Point) -> None:
    """Turn the canvas so that what is drawn down from the origin goes on from ``tip`` along the stick."""
    canvas.translate(*tip)
    canvas.rotate(math.degrees(math.atan2(tip[1] - top[1], tip[0] - top[0])) - 90.0)


def _draw_spade(canvas: skia.Canvas, ink: Ink, top: Point, tip: Point) -> None:
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(-9, -9, 9, 0.02), doAntiAlias=True)  # the rest is in the earth
    ink.mark(canvas, line([top, _along(top, tip, 0.86)]), "#8a5a30", 0.032)
    _framed(canvas, top, tip)
    ink.mark(canvas, line([(-0.05, -_LONG), (0.05, -_LONG)]), "#6f4420", 0.032)
    blade = [(-0.075, -0.17), (0.075, -0.17), (0.07, -0.04), (0.0, 0.03), (-0.07, -0.04)]
    ink.piece(canvas, polygon(blade), "#9aa4ad")
    ink.mark(canvas, line([(0.0, -0.16), (0.0, -0.04)]), "#6d7680", 0.014)
    if tip[1] < -0.06:  # earth on the blade
        clod = [(-0.07, -0.02), (-0.06, -0.13), (0.0, -0.16), (0.06, -0.12), (0.07, -0.02)]
        ink.piece(canvas, smooth(clod, tension=0.4), "#5a3f28")
    canvas.restore()


def _draw_rake(canvas: skia.Canvas, ink: Ink, top: Point, tip: Point, gone: float) -> None:
    done = min(1.0, 0.3 + 0.7 * gone)
    for n in range(5):
        y = 0.005 + 0.016 * n
        start = tip[0] + 0.03
        furrow = [(start + 0.04 * k, y + 0.004 * math.sin(k * 1.9 + n)) for k in range(2 + int(9 * done))]
        ink.mark(canvas, line(furrow), "#5a4630", 0.011, alpha=0.75)
    ink.mark(canvas, line([top, tip]), "#8a5a30", 0.03)
    bar = [(tip[0] - 0.03, tip[1] - 0.035), (tip[0] + 0.05, tip[1] + 0.055)]
    for n in range(6):
        x, y = _along(bar[0], bar[1], n / 5)
        ink.mark(canvas, line([(x, y), (x - 0.02, y + 0.06)]), "#4d545c", 0.013)
    ink.mark(canvas, line(bar), "#4d545c", 0.024)


_DUST = {"petals": "#e58aa8", "petal": "#e58aa8", "seeds": "#8a6a3a", "salt": "#ffffff", "flour": "#ffffff",
         "corn": "#e8b832", "crumbs": "#d8a860", "sand": "#d8b878", "leaves": "#7a9a3f"}  # fmt: skip

_ASH, _TIPPED = "#8d8d94", 116.0
"""The colour of ashes; degrees by which their jar is turned: its mouth is below its foot."""


def _ashes(canvas: skia.Canvas, ink: Ink, seconds: float) -> None:
    """A soft cloud of fine grains that falls from the mouth of the jar to the ground."""
    x, y = _URN[0] + 0.135, _URN[1] + 0.066
    for colour, wide, many in (("#c4c2c0", 0.06, 40), ("#dcdad6", 0.012, 130), ("#77757a", 0.01, 90)):
        for band in range(4):
            grains = skia.Path()
            for n in range(many):
                phase = (seconds * 0.36 + n * 0.618) % 1.0
                if int(4 * phase) != band:
                    continue
                fan = 2.0 * ((n * 0.7549 + 0.37 * math.sin(n * 5.3)) % 1.0) - 1.0
                across = x + 0.2 * phase + (0.018 + 0.16 * phase) * fan
                down = y + (0.25 * phase + 0.42 * phase * phase)
                grains.moveTo(across, down)
                grains.lineTo(across + 0.002, down + 0.002)
            thin = (0.2 if wide > 0.03 else 0.95) * (1.0 - 0.2 * band)
            ink.mark(canvas, grains, colour, wide * (1.0 + 0.25 * band), alpha=thin)


def _draw_emptied(canvas: skia.Canvas, ink: Ink, player: Player, picture: Picture, seconds: float) -> None:
    """What is held is tipped, and a cloud of what was in it is carried off."""
    words = picture.sentence.lower().split()
    colour = next((_DUST[w.strip(".,")] for w in words if w.strip(".,") in _DUST), _ASH)
    x, y = _URN
    if colour == _ASH:
        _ashes(canvas, ink, seconds)
    for n in range(26 if colour != _ASH else 0):
        phase = (seconds * 0.42 + n / 26) % 1.0
        out, fan = phase**0.8, 0.5 + 0.5 * math.sin(n * 2.4)
        at = x + 0.13 + (0.35 + 0.4 * fan) * out, y - 0.02 + 0.6 * out * out * (1.3 - fan) + 0.05 * fan
        alpha = 1.0 if phase < 0.8 else 5 * (1 - phase)
        ink.piece(canvas, ellipse(*at, 0.021, 0.016), colour, alpha=alpha)
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(_TIPPED if colour == _ASH else 68)
    ink.piece(canvas, rounded(-0.045, -0.15, 0.045, -0.11, 0.01), "#5c5f68")
    body = [(-0.04, -0.11), (0.04, -0.11), (0.1, -0.02), (0.06, 0.11), (-0.06, 0.11), (-0.1, -0.02)]
    ink.piece(canvas, smooth(body, tension=0.35), "#7d828c")
    ink.mark(canvas, line([(-0.085, 0.0), (0.085, 0.0)]), "#d9b04a", 0.016)
    canvas.restore()


def _draw_board(
    canvas: skia.Canvas,
    ink: Ink,
    picture: Picture,
    x: float,
    y: float,
    half: float,
    high: float,
    *,
    mirrored: bool,
) -> None:
    """A painted board: a loaf, a fish or a sun on it, and a line under that."""
    ink.piece(canvas, rounded(x - half, y, x + half, y + high, 0.015), "#8a5a30")
    ink.piece(
        canvas, rounded(x - half + 0.018, y + 0.018, x + half - 0.018, y + high - 0.018, 0.01), "#f6ecd2"
    )
    told = picture.sentence.lower()
    if re.search(r"\b(bak\w+|bread|cakes?)\b", told):
        loaf(canvas, ink, x, y + 0.68 * high, 0.8)
    else:
        middle = y + 0.42 * high
        for n in range(10):
            a = math.tau * n / 10
            ray = [(x + r * math.cos(a), middle + r * math.sin(a)) for r in (0.05, 0.085)]
            ink.mark(canvas, line(ray), "#e2803a", 0.014)
        ink.piece(canvas, ellipse(x, middle, 0.045, 0.045), "#f2b632")
    ink.mark(
        canvas, line([(x - 0.6 * half, y + 0.84 * high), (x + 0.6 * half, y + 0.84 * high)]), "#b8323a", 0.02
    )
