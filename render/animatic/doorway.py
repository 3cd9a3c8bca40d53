"""Doorway: the wall that a door is in which somebody opens, and what is seen through it.

Shares of the height of whoever stands before it, ahead to the right, y down, like ``business.py``.
"""

from __future__ import annotations

import math
from typing import Literal

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import PlaceKind
from .figures.shapes import line, polygon
from .ink import Ink, mixed, shaded
from .places.recipes import recipe

Wall = Literal["room", "cabin", "rock", "house"]
NEAR, FAR, TOP = 0.36, 0.78, -1.1
"""The opening: its nearer and farther edge, and its head."""
_LEFT, _RIGHT = NEAR - 0.24, FAR + 0.62
_OUT = 6.0
"""Farther than any frame reaches in which a door is opened."""
STEEL = "#8793a3"
"""The colour of a hatch."""
_ABOARD = frozenset({PlaceKind.ship, PlaceKind.sea})
_STONE = frozenset({PlaceKind.cave, PlaceKind.mountain, PlaceKind.moon, PlaceKind.planet})
_STERN = frozenset({PlaceKind.castle, PlaceKind.temple, PlaceKind.ruins, PlaceKind.spaceship, PlaceKind.ship,
                    PlaceKind.factory})  # fmt: skip
"""Where no coats hang by a door."""
_HEWN = frozenset({PlaceKind.castle, PlaceKind.temple, PlaceKind.ruins})


def wall_of(picture: Picture, indoors: bool) -> Wall:
    """What kind of wall has a door in it where the picture plays. Pure."""
    kind = picture.place.look.kind
    if kind in _STONE:
        return "rock"
    if indoors:
        return "room"
    if kind in _HEWN:
        return "room"
    return "cabin" if kind in _ABOARD else "house"


def papered(picture: Picture) -> str:
    """The colour of a room's own wall, or the tint of the place where it has none. Pure."""
    look = picture.place.look
    walls = (la for la in recipe(look.kind, look.interior).layers if la.piece == "room")
    room = next(walls, None)
    if room is None and look.kind in _HEWN:
        return "#a09aa0"
    return str(room.options.get("colour", look.tint)) if room else look.tint


def reaching(picture: Picture) -> float:
    """How far ahead the wall reaches: out of the frame, unless somebody else would stand behind it. Pure."""
    return _RIGHT if len(picture.figures) > 1 else _OUT


def panelled(picture: Picture) -> str:
    """The colour of the panel along the foot of a room's walls; none where it has none. Pure."""
    look = picture.place.look
    walls = (la for la in recipe(look.kind, look.interior).layers if la.piece == "room")
    return str(next((la.options.get("panel", "") for la in walls), ""))


def draw_for(canvas: skia.Canvas, ink: Ink, picture: Picture, indoors: bool) -> None:
    """Draw the wall around the opening where the picture plays."""
    wall, far = wall_of(picture, indoors), reaching(picture)
    paper, panel = (papered(picture), panelled(picture)) if indoors else ("", "")
    draw_wall(canvas, ink, wall, picture.place.look.tint, far, paper, panel)
    if wall == "room" and picture.place.look.kind not in _STERN:
        _hung(canvas, ink, far)


def draw_plain(canvas: skia.Canvas, ink: Ink, picture: Picture) -> None:
    """Draw a wall of the room in which the picture plays, with no opening."""
    far = reaching(picture)
    draw_wall(canvas, ink, "room", picture.place.look.tint, far, papered(picture))
    if picture.place.look.kind not in _STERN:
        _hung(canvas, ink, far)


def draw_wall(
    canvas: skia.Canvas,
    ink: Ink,
    wall: Wall,
    tint: str,
    far: float | None = None,
    paper: str = "",
    panel: str = "",
) -> None:
    """Draw the wall around the opening. ``tint`` is the colour of the place, ``paper`` that of a room's
    walls, ``panel`` that of their foot; a room's wall ends at ``far``."""
    if wall == "rock":
        _rock(canvas, ink, tint)
    elif wall == "cabin":
        _planks(canvas, ink)
    elif wall == "house":
        _house(canvas, ink, tint)
    else:
        far = far or _RIGHT
        plaster = mixed(paper or mixed(tint, "#efe4d0", 0.62), "#fff8ea", 0.14 if paper else 0.0)
        _box(canvas, ink, _LEFT, -2.9, far, 0.0, plaster)
        for x, way in ((_LEFT, -1), (far, 1)):
            _turned_back(canvas, ink, x, way, plaster, panel)
        if panel:
            _panel(canvas, ink, far, panel)
        _box(canvas, ink, _LEFT, -0.07, far, 0.0, shaded(panel or plaster, -0.3))


_BACK, _RISE = 0.42, 0.3
"""How far a wall reaches to the side where it turns back into the room, and how much higher its foot is."""


def _turned_back(canvas: skia.Canvas, ink: Ink, x: float, way: int, plaster: str, panel: str) -> None:
    """The side of a wall that stands out of the room's own, seen at a slant: its foot goes back."""

    def strip(low: float, high: float, colour: str) -> None:
        away, shrunk = x + way * _BACK, 1.0 - 0.6 * _RISE
        corners = [(x, low), (x, high), (away, shrunk * high - _RISE), (away, shrunk * low - _RISE)]
        ink.piece(canvas, polygon(corners), shaded(colour, -0.16))

    strip(0.0, -3.6, plaster)
    if panel:
        strip(0.0, -0.52, panel)
        strip(-0.51, -0.55, shaded(panel, 0.14))
    strip(0.0, -0.07, shaded(panel or plaster, -0.3))


def _panel(canvas: skia.Canvas, ink: Ink, far: float, panel: str) -> None:
    """The panels along the foot of a wall, as a room has them, on both sides of the opening."""
    for left, right in ((_LEFT, NEAR - 0.07), (FAR + 0.07, far)):
        _box(canvas, ink, left, -0.52, right, 0.0, panel)
        _box(canvas, ink, left, -0.55, right, -0.51, shaded(panel, 0.14))
    x = FAR + 0.16
    while x + 0.46 < far and x < 4.0:
        _box(canvas, ink, x, -0.45, x + 0.44, -0.12, shaded(panel, -0.08))
        x += 0.54


def _hung(canvas: skia.Canvas, ink: Ink, far: float) -> None:
    """What hangs beside a door: hooks with a coat and a scarf, and a picture farther off."""
    if far > FAR + 1.4:
        rail = FAR + 0.2
        _box(canvas, ink, rail, -1.06, rail + 0.36, -1.01, "#7a5638")
        for x, colour, long in ((rail + 0.09, "#5f7a86", 0.46), (rail + 0.27, "#b0684e", 0.36)):
            coat = [(x - 0.02, -1.03), (x + 0.02, -1.03), (x + 0.07, -0.98), (x + 0.08, -1.02 + long),
                    (x - 0.08, -1.02 + long), (x - 0.07, -0.98)]  # fmt: skip
            ink.piece(canvas, polygon(coat), colour)
        left, top = FAR + 0.92, -1.16
        _box(canvas, ink, left, top, left + 0.5, top + 0.4, "#b98d4a")
        _box(canvas, ink, left + 0.04, top + 0.04, left + 0.46, top + 0.36, "#a8c8d8")
        hill = [(left + 0.04, top + 0.36), (left + 0.18, top + 0.2), (left + 0.3, top + 0.28),
                (left + 0.46, top + 0.16), (left + 0.46, top + 0.36)]  # fmt: skip
        ink.piece(canvas, polygon(hill), "#6f8f62")


def draw_beyond(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """Draw what an open door shows: the next room, its papered wall with a picture over a chest of drawers, a
    lamp lit on it, and a rug on the floor; ``share`` (0 to 1) is how far the door is open."""
    lit = 0.25 + 0.75 * share

    def seen(colour: str) -> str:
        return mixed("#2a2430", colour, lit)

    low = -0.2
    _box(canvas, ink, NEAR, TOP, FAR, 0.0, seen("#e8c48c"))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(NEAR, TOP, FAR, 0.0), doAntiAlias=True)
    for k in range(4):
        x = NEAR + 0.05 + 0.106 * k
        _box(canvas, ink, x - 0.012, TOP, x + 0.012, low, seen("#dcb27a"))
    _box(canvas, ink, NEAR, low, FAR, 0.0, seen("#9a6c46"))
    _box(canvas, ink, NEAR, low - 0.045, FAR, low, seen("#7d5638"))
    rug = skia.Path()
    rug.addOval(skia.Rect.MakeLTRB(NEAR + 0.02, -0.12, FAR + 0.1, -0.02))
    ink.piece(canvas, rug, seen("#b4554a"))
    left, right, top = NEAR + 0.13, FAR + 0.1, -0.5
    _box(canvas, ink, left, top, right, low + 0.03, seen("#8a5636"))
    for y in (top + 0.05, top + 0.18):
        _box(canvas, ink, left + 0.03, y, right, y + 0.09, seen("#a56c46"))
    _box(canvas, ink, left - 0.02, top - 0.025, right, top + 0.015, seen("#6f442c"))
    _box(canvas, ink, NEAR + 0.07, TOP + 0.13, NEAR + 0.23, TOP + 0.33, seen("#8a5a34"))
    _box(canvas, ink, NEAR + 0.09, TOP + 0.15, NEAR + 0.21, TOP + 0.31, seen("#a8cfe0"))
    hill = [(NEAR + 0.09, TOP + 0.31), (NEAR + 0.09, TOP + 0.26), (NEAR + 0.14, TOP + 0.21),
            (NEAR + 0.21, TOP + 0.28), (NEAR + 0.21, TOP + 0.31)]  # fmt: skip
    ink.piece(canvas, polygon(hill), seen("#6f9a5c"))
    x = FAR - 0.13
    _box(canvas, ink, x - 0.014, top - 0.16, x + 0.014, top - 0.02, seen("#6f5a48"))
    _box(canvas, ink, x - 0.045, top - 0.04, x + 0.045, top - 0.02, seen("#6f5a48"))
    if share > 0.1:
        ink.glow(canvas, x, top - 0.2, 0.26, "#ffe9b0", 0.7 * share)
    shade = [(x - 0.09, top - 0.14), (x - 0.05, top - 0.29), (x + 0.05, top - 0.29), (x + 0.09, top - 0.14)]
    ink.piece(canvas, polygon(shade), mixed("#6a5a50", "#ffe6a6", share))
    canvas.restore()


def draw_corridor(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """Draw what an open hatch shows: a passage of steel that goes back, rib behind rib, lamps along it."""
    _box(canvas, ink, NEAR, TOP, FAR, 0.0, "#1c2238")
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(NEAR, TOP, FAR, 0.0), doAntiAlias=True)
    middle, eye = (NEAR + FAR) / 2, -0.6
    for k in range(5):
        deep = 1.0 / (1.0 + 0.55 * k)
        half, up, down = 0.5 * (FAR - NEAR) * deep, (TOP - eye) * deep, (0.0 - eye) * deep
        steel = mixed("#7f8fa6", "#1c2238", 0.2 * k + 0.35 * (1 - share))
        _box(canvas, ink, middle - half, eye + up, middle + half, eye + down, steel)
        inner = 0.84
        _box(canvas, ink, middle - half * inner, eye + up * inner, middle + half * inner,
             eye + down * 0.94, mixed("#39435f", "#121728", 0.2 * k))  # fmt: skip
        for side in (-1, 1):
            ink.glow(canvas, middle + side * half * 0.8, eye + up * 0.7, 0.09 * deep, "#9fe8ff", 0.7 * share)
    canvas.restore()


def of_steel(picture: Picture) -> bool:
    """Whether doors where the picture plays are hatches: in a spaceship. Pure."""
    return picture.place.look.kind is PlaceKind.spaceship


def _box(
    canvas: skia.Canvas, ink: Ink, left: float, top: float, right: float, bottom: float, colour: str
) -> None:
    ink.piece(canvas, polygon([(left, top), (right, top), (right, bottom), (left, bottom)]), colour)


def _planks(canvas: skia.Canvas, ink: Ink) -> None:
    """The house on a deck."""
    wood = "#9a7048"
    _box(canvas, ink, _LEFT, -1.42, 2.4, 0.0, wood)
    for k in range(11):
        x = _LEFT + 0.2 * (k + 1)
        _box(canvas, ink, x - 0.006, -1.4, x + 0.006, 0.0, shaded(wood, -0.28))
    _box(canvas, ink, _LEFT - 0.06, -1.5, 2.5, -1.4, shaded(wood, -0.35))
    hole = skia.Path()
    hole.addCircle(FAR + 0.42, -0.8, 0.13)
    ink.piece(canvas, hole, "#c8a050")
    pane = skia.Path()
    pane.addCircle(FAR + 0.42, -0.8, 0.095)
    ink.piece(canvas, pane, "#8fb6c4")


def _house(canvas: skia.Canvas, ink: Ink, tint: str) -> None:
    """The front of a house, with a window and its eaves."""
    wall = mixed(tint, "#e8d6bc", 0.55)
    _box(canvas, ink, _LEFT, -1.6, 2.5, 0.0, wall)
    _box(canvas, ink, _LEFT, -0.1, 2.5, 0.0, shaded(wall, -0.3))
    roof = polygon([(_LEFT - 0.14, -1.58), (_LEFT + 0.3, -2.3), (2.9, -2.3), (2.9, -1.58)])
    ink.piece(canvas, roof, "#9a5644")
    for left in (FAR + 0.26, FAR + 1.0):
        _box(canvas, ink, left - 0.03, -1.06, left + 0.37, -0.54, "#f0e6d4")
        _box(canvas, ink, left, -1.03, left + 0.34, -0.57, "#7f9fae")
        _box(canvas, ink, left + 0.16, -1.03, left + 0.18, -0.57, "#f0e6d4")


def _rock(canvas: skia.Canvas, ink: Ink, tint: str) -> None:
    """A face of rock."""
    stone = mixed(tint, "#6f6a72", 0.6)
    edge = [
        (_LEFT - 0.1, 0.0),
        (_LEFT - 0.02, -0.5),
        (_LEFT + 0.06, -0.9),
        (_LEFT + 0.02, -1.3),
        (0.5, -1.62),
    ]
    ink.piece(canvas, polygon([*edge, (1.1, -1.8), (1.7, -1.5), (2.1, -0.8), (2.3, 0.0)]), stone)
    for k in range(7):
        x, y = FAR + 0.2 + 0.19 * k, -0.25 - 0.9 * abs(math.sin(1.7 * k + 0.6))
        crack = line([(x, y), (x + 0.06, y + 0.07), (x + 0.04, y + 0.14), (x + 0.1, y + 0.2)])
        ink.mark(canvas, crack, shaded(stone, -0.25), 0.012)
