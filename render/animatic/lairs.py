"""Lairs: the hole that an animal digs, and the bush, rock or crate behind which it hides.

Drawn round a figure from its ground point, in metres, y down.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Facing, Mark, PlaceKind, Season, Stature
from .blocking import Extent, Placed
from .direction import HANDED
from .figures.performances import on_twos
from .figures.shapes import Point, ellipse, line, polygon, smooth
from .ink import Ink, shaded
from .players import Player
from .things import Thing

_GREEN = frozenset(
    {
        PlaceKind.forest, PlaceKind.jungle, PlaceKind.swamp, PlaceKind.meadow, PlaceKind.garden,
        PlaceKind.park, PlaceKind.farm, PlaceKind.river, PlaceKind.lake, PlaceKind.road, PlaceKind.graveyard,
    }
)  # fmt: skip
"""Places where a bush grows."""
_STREETS = frozenset(
    {
        PlaceKind.city, PlaceKind.village, PlaceKind.market, PlaceKind.harbour, PlaceKind.station,
        PlaceKind.ship, PlaceKind.rooftop, PlaceKind.bridge,
    }
)  # fmt: skip
"""Places where crates stand about."""
_SOIL, _SNOW, _SAND = "#5c3f26", "#e4ecf4", "#b8955c"


def digs(player: Player) -> bool:
    """Whether it is an animal that digs with its paws, or a bird with its beak."""
    return player.acting.action is Action.dig and player.source.look.being not in HANDED


_PUT_AWAY = re.compile(r"\bhid(?:es?|ing)? (?:the|a|an|his|her|its|their|my) ")
"""Something is hidden, and not oneself."""


def hides(player: Player, placed: Placed, picture: Picture) -> bool:
    """Whether it is an animal that hides, on the ground; not from whom another hides."""
    acting, told = player.acting, picture.sentence[:2000].lower()
    first = placed.id == picture.actor or " and " in told.split(" hid", 1)[0]
    if _PUT_AWAY.search(told) or not first:
        return False
    hidden = acting.action is Action.hide and acting.manner != "back" and not placed.sunk
    return hidden and player.source.look.being not in HANDED and not placed.shoulder


def put_behind(picture: Picture, placed: Sequence[Placed], laid: Sequence[Placed]) -> list[Placed]:
    """The things with the one that somebody hides at the back, away from whoever is not to see it. Pure."""
    hider = next((f for f in picture.figures if f.id == picture.actor), None)
    me = next((p for p in placed if p.id == picture.actor), None)
    if hider is None or me is None or picture.action is not Action.hide:
        return list(laid)
    if hider.look.being in HANDED and len(picture.figures) < 2:
        return list(laid)
    if not _PUT_AWAY.search(picture.sentence[:2000].lower()):
        return list(laid)
    others = [p.x for p in placed if p.id != me.id]
    ahead = sum(others) / len(others) - me.x if others else (-1.0 if me.facing is Facing.left else 1.0)
    side = -math.copysign(1.0, ahead)

    def moved(t: Placed) -> Placed:
        away = min(0.4 * me.extent.width + _PEEPS * t.extent.width, 0.5 * me.extent.width)
        if t.extent.width < 0.9 * me.extent.width:  # behind its back, whole: a half would be an accident
            away = 0.5 * (me.extent.width + t.extent.width) + 0.04
            return replace(t, x=me.x + side * away, depth=me.depth + 0.05)
        return replace(t, x=me.x + side * away, depth=me.depth + 0.3)

    return [moved(t) if t.id == picture.target and not t.walks else t for t in laid]


_PEEPS = 0.24
"""Widths of what is hidden by which its middle is beyond whoever hides it: some of it is seen."""


def hidden_size(picture: Picture, tall: float, thing: Thing) -> float:
    """The scale of what somebody so many metres ``tall`` hides at the back: less than half its height."""
    if picture.action is not Action.hide or not _PUT_AWAY.search(picture.sentence[:2000].lower()):
        return 1.0
    if thing.look.stature not in (Stature.tiny, Stature.small):
        return 1.0
    return min(1.0, _HIDDEN * tall / max(0.05, thing.height))


_HIDDEN = 0.48


def _earth(picture: Picture) -> str:
    kind = picture.place.look.kind
    if kind is PlaceKind.snowfield:
        return _SNOW
    return _SAND if kind in (PlaceKind.desert, PlaceKind.shore) else _SOIL


def pit(canvas: skia.Canvas, ink: Ink, placed: Placed, picture: Picture, done: float) -> None:
    """The hole before an animal that digs, and the heap behind it, ``done`` 0 to 1 of them."""
    ahead, behind, high = _ends(placed)
    way = -1.0 if placed.facing is Facing.left else 1.0
    earth, wide = _earth(picture), 0.24 * (ahead + behind) * (0.6 + 0.4 * done)
    x = way * 0.8 * ahead
    ink.piece(canvas, ellipse(x, 0.0, 1.25 * wide, 0.2 * wide), earth)
    ink.piece(canvas, ellipse(x, 0.01 * high, wide, 0.14 * wide), shaded(earth, -0.55))
    x, r = -way * 0.92 * behind, (0.1 + 0.22 * done) * high
    heap: list[Point] = [(x - 1.5 * r, 0.03), (x - 0.5 * r, -0.7 * r), (x + 0.2 * r, -r), (x + 1.5 * r, 0.03)]
    ink.piece(canvas, smooth(heap, tension=0.3), earth, shade=-0.06)


def flying_earth(canvas: skia.Canvas, ink: Ink, placed: Placed, picture: Picture, seconds: float) -> None:
    """The clods that an animal throws out behind itself as it digs, and before it; drawn behind it."""
    ahead, behind, high = _ends(placed)
    way = -1.0 if placed.facing is Facing.left else 1.0
    earth, t = _earth(picture), on_twos(seconds)
    for n in range(14):
        phase = (t * 1.1 + n / 14.0) % 1.0
        back = n % 7 < 5
        x = -behind * (0.5 + 1.1 * phase) if back else ahead * (0.9 + 0.6 * phase)
        rise = (0.7 if back else 0.4) + 0.16 * math.sin(n * 2.3)
        y = -high * (0.1 * (1 - phase) + rise * math.sin(math.pi * phase))
        r = high * (0.034 + 0.014 * (n % 3))
        ink.piece(canvas, ellipse(way * x, y, 1.2 * r, r, 30 * n), earth, shade=0.05 * (n % 2))


def _ends(placed: Placed) -> tuple[float, float, float]:
    """Metres to the nose, to the tail and to the top."""
    extent = placed.extent
    left, right = -extent.left, extent.right
    return (left, right, extent.top) if placed.facing is Facing.left else (right, left, extent.top)


def cover(canvas: skia.Canvas, ink: Ink, placed: Placed, picture: Picture) -> None:
    """What an animal hides behind, drawn over it: it peeps out past the edge, or over the top."""
    extent, kind = placed.extent, picture.place.look
    left, right, high = _covered(extent)
    if kind.interior or kind.kind in _STREETS:
        _crates(canvas, ink, left, right, high)
    elif kind.kind in _GREEN:
        white = Mark.snowy in picture.place.marks or picture.season is Season.winter
        _bush(canvas, ink, left, right, high, white=white)
    else:
        _rock(canvas, ink, left, right, high)
        if kind.kind is PlaceKind.underwater and extent.width > _HUGE:
            _kelp(canvas, ink, left, right, extent.top)


def _covered(extent: Extent) -> tuple[float, float, float]:
    """Left, right and height of what hides a body but the face; of a huge one, its hind part and belly."""
    wide = extent.width
    if abs(extent.face_x) < 0.16 * wide:  # a round one looks over it
        return extent.left - 0.1 * wide, extent.right + 0.1 * wide, 0.86 * min(extent.eyes, extent.top)
    huge = wide > _HUGE
    edge = extent.face_x - math.copysign((_SHOWS if huge else 0.13) * wide, extent.face_x)
    high = (_BELLY if huge else 1.02) * extent.top
    if extent.face_x > 0:
        return extent.left - 0.12 * wide, edge, high
    return edge, extent.right + 0.12 * wide, high


_HUGE = 3.0
"""Metres in length from which on a body is larger than any bush or rock that leaves room in the frame."""
_SHOWS, _BELLY = 0.3, 0.56
"""Widths of a huge body that are seen behind its face, and the share of its height that is covered."""


def _bush(
    canvas: skia.Canvas, ink: Ink, left: float, right: float, high: float, *, white: bool = False
) -> None:
    """A bush; a ``white`` one has snow on it."""
    green, low = ("#dfe7ec", "#56706a") if white else ("#4c7a3c", "#44703a")
    wide, middle = right - left, (left + right) / 2
    for n, (at, tall) in enumerate(((-0.32, 0.66), (0.32, 0.7), (-0.06, 1.0), (-0.42, 0.4), (0.42, 0.42))):
        r = 0.5 * high * tall
        blob = ellipse(middle + at * wide, -high * tall + r, max(0.24 * wide, 0.8 * r), r + 0.03)
        ink.piece(canvas, blob, green, shade=(0.0, -0.05, 0.05, -0.1, -0.12)[n])
    ink.piece(canvas, ellipse(middle, -0.16 * high, 0.52 * wide, 0.2 * high), low)
    for n in range(7):
        x, y = middle + wide * (0.11 * n - 0.33), -high * (0.3 + 0.22 * math.sin(2.1 * n) ** 2)
        leaf = line([(x - 0.02 * wide, y), (x, y - 0.05 * high), (x + 0.02 * wide, y)])
        ink.mark(canvas, leaf, "#8fa6a0" if white else "#6f9f52", 0.02 * high)


_FOOT = ((0.9, 0.07), (0.72, 0.04), (0.52, 0.1), (0.3, 0.06), (0.12, 0.09))
"""Where the foot of a rock goes in and out of the ground: in its widths and, down, its heights."""


def _rock(canvas: skia.Canvas, ink: Ink, left: float, right: float, high: float) -> None:
    """A rock whose foot is in the ground, stones and sand along it."""
    wide, low = right - left, 0.03
    ink.piece(canvas, ellipse((left + right) / 2, low, 0.56 * wide, 0.11 * high), "#1c1410", alpha=0.3)
    shape = [
        (left, low), (left + 0.06 * wide, -0.6 * high), (left + 0.34 * wide, -high),
        (left + 0.7 * wide, -0.92 * high), (right - 0.04 * wide, -0.5 * high), (right, low - 0.02 * high),
    ]  # fmt: skip
    foot = [(left + at * wide, low + down * high) for at, down in _FOOT]
    ink.piece(canvas, polygon([*shape, *foot]), "#7d8086")
    ink.piece(
        canvas, polygon([*shape[3:], *foot[:3], (left + 0.72 * wide, -0.34 * high)]), "#7d8086", shade=-0.1
    )
    for at, r in ((0.03, 0.1), (0.16, 0.06), (0.88, 0.08), (1.01, 0.11)):
        x = left + at * wide
        stone = [(x - r * wide, low + 0.09 * high), (x - 0.6 * r * wide, low - 0.8 * r * high)]
        stone += [(x + 0.4 * r * wide, low - r * high), (x + r * wide, low + 0.09 * high)]
        ink.piece(canvas, polygon(stone), "#6f737b")
    lit = [shape[1], shape[2], (left + 0.42 * wide, -0.5 * high), (left + 0.16 * wide, -0.3 * high)]
    ink.piece(canvas, polygon(lit), "#7d8086", shade=0.14)
    crack = [
        (left + 0.6 * wide, -0.8 * high),
        (left + 0.54 * wide, -0.5 * high),
        (left + 0.62 * wide, -0.3 * high),
    ]
    ink.mark(canvas, line(crack), "#5c5f66", 0.018 * high)


def _kelp(canvas: skia.Canvas, ink: Ink, left: float, right: float, high: float) -> None:
    """Strands of seaweed, some as high as the body behind them, between which it is seen."""
    wide = right - left
    for n, (at, tall) in enumerate(((0.0, 0.72), (0.16, 1.12), (0.31, 0.9), (0.45, 0.6), (0.58, 0.42))):
        x, rise, side = left + at * wide, high * tall, 1 if n % 2 else -1
        stem: list[Point] = [(x + 0.035 * wide * math.sin(1.3 * k + n), -rise * k / 6) for k in range(7)]
        ink.mark(canvas, smooth(stem, closed=False), "#2f6b4a", 0.022 * high)
        for k in range(1, 7):
            (x0, y), side, long = stem[k], -side, 0.15 * high * (1.1 - 0.07 * k)
            leaf = [(x0, y), (x0 + 0.7 * side * long, y - 0.75 * long), (x0 + side * long, y - 1.3 * long),
                    (x0 + 0.35 * side * long, y - 0.95 * long)]  # fmt: skip
            ink.piece(canvas, smooth(leaf), "#3d8058", shade=0.05 * (k % 2))


def _crates(canvas: skia.Canvas, ink: Ink, left: float, right: float, high: float) -> None:
    wide = right - left
    count = max(1, round(wide / max(0.05, 1.1 * high)))
    for n in range(count):
        x0, x1 = left + wide * n / count, left + wide * (n + 1) / count
        top = -high * (1.0 if n % 2 == 0 else 0.86)
        ink.piece(canvas, polygon([(x0, 0.03), (x0, top), (x1, top), (x1, 0.03)]), "#9a7246")
        for share in (0.34, 0.67):
            ink.mark(canvas, line([(x0, top * share), (x1, top * share)]), "#6f4f2e", 0.02 * high)
        for x in (x0 + 0.06 * (x1 - x0), x1 - 0.06 * (x1 - x0)):
            ink.mark(canvas, line([(x, 0.02), (x, top)]), "#7d5a34", 0.05 * high)
