"""Packing: clothes that both hands put one after the other into a bag or case that stands open on a bench.

As in ``business.py`` from the ground point of the figure, in shares of its height, ahead of it to the right;
the hands' path is told to the figure (``hands.py``), and what they have is drawn where they are.
"""

from __future__ import annotations

from dataclasses import replace

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture, ThingIn
from .business import BENCH_TOP, open_case
from .dealings import filled
from .easing import smoothstep
from .figures.acting import Laid
from .figures.shapes import between, line, polygon
from .ink import Ink
from .lids import LIDDED, lid, lid_of, rim_of
from .players import Player
from .things import Thing

_AHEAD, _LARGE = 0.5, 0.34
"""Where the middle of what is packed is, and how large it is at most."""
_PIECE = 1.6
"""Seconds for each piece."""
_TAKEN, _OVER, _IN, _EMPTY = 0.12, 0.42, 0.66, 0.72
"""Shares of them: a piece is lifted, is over the mouth, is in it, and the hands come back."""
_BREAST = (0.27, 0.6)
_DEEP, _CLEAR, _LEAST, _APART = 0.03, 0.16, 0.05, 0.075
"""How deep hands go into it, how high over its mouth they come before and at least, and half of how far they
are apart."""
_MOUTHS = {"bag": 0.6, "handbag": 0.6, "backpack": 0.82, "sack": 0.85}
"""Where the mouth of what has no lid is, as a share of its height."""
_CASE = 0.1
"""How high the lower half of an open suitcase is."""
_COLOURS = ("#3f8ad0", "#e2a03a", "#c8506a")


def packed_in(picture: Picture) -> ThingIn | None:
    """The bag or case that is packed in the shot, or None."""
    return next((t for t in picture.things if t.id == picture.target and filled(picture, t)), None)


def _is_suitcase(case: ThingIn | None) -> bool:
    return case is None or lid_of(case.look.kind) == "suitcase"


def _made(case: ThingIn, ink: Ink, tall: float) -> tuple[Thing, float]:
    """What is packed, and by how much it is drawn larger or smaller for somebody so tall."""
    thing = Thing(case.look, case.marks, ink, 0)
    return thing, min(1.6, _LARGE * tall / max(thing.height, thing.width, 0.01))


def mouth(picture: Picture, ink: Ink, tall: float) -> tuple[float, float]:
    """How high the mouth is of what is packed, and half its width; in heights of who is ``tall`` metres."""
    case = packed_in(picture)
    if case is None or _is_suitcase(case):
        return BENCH_TOP + _CASE, 0.19
    thing, size = _made(case, ink, tall)
    kind = lid_of(case.look.kind)
    share = rim_of(kind) if kind in LIDDED else _MOUTHS.get(behaves_as(case.look.kind), 0.8)
    return BENCH_TOP + share * thing.height * size / tall, 0.5 * thing.width * size / tall


def draw_case(
    canvas: skia.Canvas, ink: Ink, picture: Picture, way: float, tall: float, seconds: float
) -> None:
    """What is packed, open on the bench, in metres from the ground point of who is turned that ``way``."""
    case = packed_in(picture)
    canvas.save()
    if case is None or _is_suitcase(case):
        canvas.scale(way * tall, tall)
        canvas.translate(_AHEAD - 0.6, 0.0)
        open_case(canvas, ink)
        canvas.restore()
        return
    thing, size = _made(case, ink, tall)
    kind = lid_of(case.look.kind)
    canvas.translate(way * _AHEAD * tall, -BENCH_TOP * tall)
    canvas.scale(size, size)
    canvas.save()
    if kind in LIDDED:
        rim = -rim_of(kind) * thing.height
        canvas.clipRect(skia.Rect.MakeLTRB(-9.0, rim, 9.0, 9.0), doAntiAlias=True)
    thing.draw(canvas, seconds)
    canvas.restore()
    if kind in LIDDED:
        lid(canvas, ink, kind, thing.width, thing.height, thing.main, 1.0)
    canvas.restore()


def hands_at(player: Player, way: float, seconds: float, high: float) -> tuple[Laid, ...]:
    """Where both hands are that take a piece from the breast over a mouth so ``high``, and down into it."""
    tall = player.body.height
    done = (seconds % _PIECE) / _PIECE
    neck = -player.body.joints(replace(player.acting, lays=()), seconds)["neck"][1] / tall
    over = (0.42, max(high + _LEAST, min(high + _CLEAR, neck - 0.02)))  # under the chin of a child
    down = (0.43, high - _DEEP)
    if done < _OVER:
        at = between(_BREAST, over, smoothstep(max(0.0, done - _TAKEN) / (_OVER - _TAKEN)))
    elif done < _IN:
        at = between(over, down, smoothstep((done - _OVER) / (_IN - _OVER)))
    elif done < _EMPTY:
        at = down
    else:
        back = (done - _EMPTY) / (1.0 - _EMPTY)
        rises = between(down, over, smoothstep(min(1.0, back / 0.4)))
        at = between(rises, _BREAST, smoothstep(max(0.0, back - 0.4) / 0.6))
    return tuple((way * (at[0] + off) * tall, -at[1] * tall, 1.0) for off in (-_APART, _APART))


def draw_piece(
    canvas: skia.Canvas, ink: Ink, player: Player, picture: Picture, way: float, seconds: float
) -> None:
    """The folded shirt in the hands of who packs, of which what is below the mouth is unseen; in heights.

    Nothing while the hands come back empty."""
    done, tall = (seconds % _PIECE) / _PIECE, player.body.height
    high, half = mouth(picture, ink, tall)
    acting = replace(player.acting, lays=hands_at(player, way, seconds, high))
    joints = player.body.joints(acting, seconds)
    if done > _EMPTY or not joints:
        return
    right, left = joints["r-wrist"], joints["l-wrist"]
    x, y = 0.5 * way * (right[0] + left[0]) / tall + 0.04, 0.5 * (right[1] + left[1]) / tall + 0.01
    colour = _COLOURS[int(seconds / _PIECE) % len(_COLOURS)]
    canvas.save()
    if done > 0.5 * (_TAKEN + _OVER):
        within = skia.Rect.MakeLTRB(_AHEAD - half, -high, _AHEAD + half, 0.0)
        canvas.clipRect(within, skia.ClipOp.kDifference, True)
    body = [(x - 0.09, y - 0.06), (x - 0.03, y - 0.09), (x + 0.03, y - 0.09), (x + 0.09, y - 0.06)]
    ink.piece(canvas, polygon([*body, (x + 0.08, y + 0.06), (x - 0.08, y + 0.06)]), colour)
    collar = line([(x - 0.025, y - 0.085), (x, y - 0.055), (x + 0.025, y - 0.085)])
    ink.mark(canvas, collar, "#fff4e0", 0.01)
    canvas.restore()


def packs(player: Player) -> bool:
    """Whether somebody packs clothes, and nothing that is named and held."""
    return player.acting.manner == "pack" and not player.held
