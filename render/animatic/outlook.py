"""Outlook: what is seen through an open door of the place outside to which it leads.

Shares of the height of whoever stands before it, ahead to the right, y down, like ``doorway.py``.
"""

from __future__ import annotations

from functools import partial

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Hour, PlaceKind, Season
from .doorway import FAR, NEAR, TOP, draw_beyond, draw_corridor, of_steel
from .figures.shapes import ellipse, polygon, smooth
from .ink import Ink, mixed, shaded
from .places.brush import grass_in, leaf_in
from .places.plants import EVERGREEN
from .places.recipes import recipe

_WET = frozenset(
    {PlaceKind.sea, PlaceKind.lake, PlaceKind.shore, PlaceKind.harbour, PlaceKind.river, PlaceKind.ship,
     PlaceKind.island, PlaceKind.lighthouse}
)  # fmt: skip
_BUILT = frozenset({PlaceKind.city, PlaceKind.village, PlaceKind.market, PlaceKind.station, PlaceKind.castle})
_SKIES = {Hour.night: ("#1f2a4c", 0.62), Hour.evening: ("#f0b088", 0.18), Hour.morning: ("#bfe0f4", 0.0)}
_USUAL = ("#a8d4f0", 0.0)
"""Colour of the sky beyond, and how dark what is under it is, 0 to 1."""
_HORIZON = -0.5


def beyond_the_door(picture: Picture) -> partial[None]:
    """What draws the place behind an open door: of the next shot, if that is outside, in the film's season;
    else another room."""
    there = picture.beyond
    if there is None or there.look.interior:
        return partial(draw_corridor if of_steel(picture) else draw_beyond)
    season = Season.summer if there.look.kind in EVERGREEN else picture.season
    return partial(_draw_outside, kind=there.look.kind, hour=there.hour, season=season)


def _draw_outside(
    canvas: skia.Canvas, ink: Ink, share: float, *, kind: PlaceKind, hour: Hour, season: Season
) -> None:
    """Sky, what stands on the horizon, and the ground up to the sill; ``share``: how far the door is open."""
    sky, dark = _SKIES.get(hour, _USUAL)
    land = grass_in(season, str(recipe(kind, False).ground.get("near", "#7fae5f")))
    lit = 0.25 + 0.75 * share

    def seen(colour: str) -> str:
        return mixed("#2a2430", mixed(colour, "#20284a", dark), lit)

    wide, middle = FAR - NEAR, (NEAR + FAR) / 2
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(NEAR, TOP, FAR, 0.0), doAntiAlias=True)
    ink.piece(canvas, _box(NEAR, TOP, FAR, 0.0), mixed("#2a2430", sky, lit))
    ink.piece(
        canvas, ellipse(NEAR + 0.3 * wide, TOP + 0.2, 0.1, 0.035), mixed(sky, "#ffffff", 0.6 - 0.5 * dark)
    )
    if kind in _WET:
        ink.piece(canvas, _box(NEAR, _HORIZON, FAR, 0.0), seen("#5f9fc0"))
    elif kind in _BUILT:
        for n, (at, tall) in enumerate(((0.02, 0.3), (0.3, 0.42), (0.62, 0.26), (0.82, 0.36))):
            x = NEAR + at * wide
            ink.piece(
                canvas, _box(x, _HORIZON - tall, x + 0.26 * wide, _HORIZON), seen("#c8a284"), shade=0.05 * n
            )
    else:
        hill = [(NEAR - 0.1, _HORIZON + 0.05), (NEAR + 0.12, _HORIZON - 0.13), (FAR + 0.1, _HORIZON + 0.05)]
        ink.piece(canvas, smooth(hill), seen(shaded(land, -0.12)))
    ground = [
        (NEAR - 0.1, _HORIZON + 0.04),
        (middle, _HORIZON),
        (FAR + 0.1, _HORIZON + 0.05),
        (FAR, 0.0),
        (NEAR, 0.0),
    ]
    if kind in _WET:
        ground = [(NEAR - 0.1, -0.26), (middle, -0.3), (FAR + 0.1, -0.24), (FAR, 0.0), (NEAR, 0.0)]
    ink.piece(canvas, polygon(ground), seen(land))
    path = [
        (middle - 0.03, _HORIZON + 0.03),
        (middle + 0.03, _HORIZON + 0.03),
        (FAR - 0.04, 0.0),
        (NEAR + 0.04, 0.0),
    ]
    ink.piece(canvas, polygon(path), seen(mixed(land, "#e8d2a0", 0.6)))
    if kind not in _WET and kind not in _BUILT:
        x, crown = FAR - 0.08, _HORIZON - 0.28
        ink.piece(canvas, _box(x - 0.018, crown, x + 0.018, _HORIZON + 0.06), seen("#7a583c"))
        leaves = seen(leaf_in(season, mixed(land, "#3f7a3c", 0.45)))
        for dx, dy, r in ((-0.06, 0.03, 0.08), (0.07, 0.02, 0.08), (0.0, -0.05, 0.1)):
            if season is Season.winter:  # bare
                twig = [
                    (x - 0.012, crown + 0.06),
                    (x + 0.012, crown + 0.06),
                    (x + 1.6 * dx, crown + dy - 0.06),
                ]
                ink.piece(canvas, polygon(twig), seen("#7a583c"))
            else:
                ink.piece(canvas, ellipse(x + dx, crown + dy, r, r), leaves)
    if season is not Season.winter and kind in (PlaceKind.garden, PlaceKind.meadow, PlaceKind.park):
        for n, at in enumerate((0.06, 0.16, 0.24, 0.8, 0.92)):
            x, y = NEAR + at * wide, -0.2 + 0.05 * (n % 3)
            ink.piece(canvas, ellipse(x, y, 0.022, 0.022), seen(("#e0564e", "#f0c840", "#b07ad0")[n % 3]))
    canvas.restore()


def _box(left: float, top: float, right: float, bottom: float) -> skia.Path:
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
