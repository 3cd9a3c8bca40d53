"""The brush that places are drawn with: shapes in metres, up is positive, in the shot's light.

One brush paints one sheet: everything of a place that stands at one depth. What a place leaves
free is chosen by ``dice``, from the place's layout seed and the position alone, so the same tree
stands at the same spot in every shot.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

import skia

from ....storyboard.vocabulary import Hour, Mark, Season, Weather
from ..ink import Ink, mixed, rgb, shaded
from ..light import Air
from ..pigment import flat

Point = tuple[float, float]
_DARKENED = {Weather.storm: 0.7, Weather.rain: 0.4}
"""Weather -> how much lamps and windows shine by day."""


_LEAVES = {
    Season.spring: ("#8fc25a", 0.35),
    Season.autumn: ("#e09a34", 0.78),
    Season.winter: ("#7f8a80", 0.5),
}
_GRASSES = {
    Season.spring: ("#86b556", 0.3),
    Season.autumn: ("#b69a50", 0.38),
    Season.winter: ("#9aa08c", 0.55),
}
"""Season -> what leaves and the ground turn to, and how far, 0 to 1; in summer they have their own colour."""


def leaf_in(season: Season, colour: str) -> str:
    """A leaf's colour in a season. Pure."""
    return mixed(colour, *_LEAVES.get(season, (colour, 0.0)))


def grass_in(season: Season, colour: str) -> str:
    """The ground's colour in a season, without snow. Pure."""
    return mixed(colour, *_GRASSES.get(season, (colour, 0.0)))


@dataclass(frozen=True)
class Setting:
    """What of a place does not depend on the camera."""

    seed: int
    tint: str
    hour: Hour
    season: Season
    weather: Weather
    marks: frozenset[Mark]
    air: Air
    coats: tuple[str, ...] = ()
    """Colours of the animals there, from which walls behind them are to differ."""
    heads: tuple[tuple[float, float, float, float], ...] = ()
    """Heads before the sky, in pixels, from behind which no cloud peeps: left, top, right, bottom."""

    @property
    def snowy(self) -> bool:
        """Snow lies."""
        return Mark.snowy in self.marks or (self.season is Season.winter and self.weather is Weather.snow)

    @property
    def ruined(self) -> bool:
        """Walls are broken, wood is grey."""
        return bool(self.marks & {Mark.ruined, Mark.broken, Mark.burning})

    @property
    def lamps(self) -> float:
        """How much lamps and windows shine, 0 to 1."""
        if Mark.unlit in self.marks:
            return 0.0
        dark = _DARKENED.get(self.weather, 0.0)
        return max(self.air.night, dark, 0.8 if Mark.lit in self.marks else 0.0)

    def leaf(self, colour: str) -> str:
        """A leaf's colour in this season."""
        if Mark.overgrown in self.marks:
            return mixed(colour, "#3f7a35", 0.4)
        return leaf_in(self.season, colour)

    @property
    def leafy(self) -> bool:
        """Leaves have the colours of the season."""
        return not self.marks & {Mark.overgrown, Mark.burning}

    def bark(self, colour: str) -> str:
        """A trunk's colour: among leaves of gold it is cool, or all would be one brown."""
        return mixed(colour, "#4f4a5e", 0.55) if self.season is Season.autumn else colour

    def grass(self, colour: str) -> str:
        """The ground's colour in this season and snow."""
        if self.snowy:
            return mixed(colour, "#eaf0f6", 0.88)
        return grass_in(self.season, colour)


@dataclass
class Brush:
    """Paints one sheet. ``left`` to ``right`` and up to ``top`` (metres) is all that can be seen."""

    canvas: skia.Canvas
    setting: Setting
    ink: Ink
    depth: float
    left: float
    right: float
    top: float
    name: str
    pixel: float
    """Metres that one pixel covers here."""
    edges: bool = field(default=True)

    def dice(self, *key: object) -> Random:
        """Chance that depends on the place, this sheet and the key alone."""
        return Random(f"{self.setting.seed}/{self.name}/{'/'.join(map(str, key))}")

    def cells(self, step: float, margin: float = 0.0) -> Iterator[tuple[float, Random]]:
        """The left edges of cells ``step`` metres wide across what is seen, each with its own dice."""
        step = max(step, (self.right - self.left) / 160)
        for cell in range(math.floor((self.left - margin) / step), math.ceil((self.right + margin) / step)):
            yield cell * step, self.dice(cell)

    def aside(self, x: float, options: dict[str, Any]) -> float:
        """Where something upright at ``x`` stands, clear of what the options say to ``avoid``.

        That is pairs of a middle and half a width, in metres: heads before this sheet.
        """
        for middle, half in options.get("avoid", ()):
            if abs(x - middle) < half:
                return float(middle + (half if x >= middle else -half))
        return x

    def poly(self, points: Sequence[Point], colour: str, shade: float = 0.0, alpha: float = 1.0) -> None:
        """A closed shape with straight sides."""
        self.shape(straight(points), colour, shade, alpha)

    def blob(self, points: Sequence[Point], colour: str, shade: float = 0.0, alpha: float = 1.0) -> None:
        """A closed shape whose corners are rounded into a curve."""
        self.shape(smooth(points), colour, shade, alpha)

    def rect(
        self, x: float, y: float, w: float, h: float, colour: str, shade: float = 0.0, alpha: float = 1.0
    ) -> None:
        """A box: left, bottom, width, height."""
        path = skia.Path()
        path.addRect(skia.Rect.MakeLTRB(x, -(y + h), x + w, -y))
        self.shape(path, colour, shade, alpha)

    def round(
        self, x: float, y: float, w: float, h: float, r: float, colour: str, shade: float = 0.0
    ) -> None:
        """A box with round corners."""
        path = skia.Path()
        path.addRoundRect(skia.Rect.MakeLTRB(x, -(y + h), x + w, -y), r, r)
        self.shape(path, colour, shade, 1.0)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: str, shade: float = 0.0, alpha: float = 1.0
    ) -> None:
        """An ellipse about a centre."""
        path = skia.Path()
        path.addOval(skia.Rect.MakeLTRB(x - rx, -(y + ry), x + rx, -(y - ry)))
        self.shape(path, colour, shade, alpha)

    def shape(self, path: skia.Path, colour: str, shade: float, alpha: float) -> None:
        """Any closed path (already y down)."""
        self.ink.piece(self.canvas, path, colour, shade=shade, alpha=alpha)

    def line(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1.0) -> None:
        """A line through points; at least a pixel wide."""
        path = skia.Path()
        path.moveTo(points[0][0], -points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, -y)
        self.ink.mark(self.canvas, path, colour, max(width, self.pixel), alpha=alpha)

    def curve(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1.0) -> None:
        """A soft line through points; at least a pixel wide."""
        path = skia.Path()
        path.moveTo(points[0][0], -points[0][1])
        for (x0, y0), (x1, y1) in pairwise(points[1:]):
            path.quadTo(x0, -y0, (x0 + x1) / 2, -(y0 + y1) / 2)
        path.lineTo(points[-1][0], -points[-1][1])
        self.ink.mark(self.canvas, path, colour, max(width, self.pixel), alpha=alpha)

    def glow(self, x: float, y: float, radius: float, colour: str, alpha: float) -> None:
        """Light around a point, where lamps are on."""
        if alpha > 0:
            self.ink.glow(self.canvas, x, -y, radius, colour, alpha)

    def fade(self, x: float, y: float, w: float, h: float, low: str, high: str, alpha: float = 1.0) -> None:
        """A box whose colour runs from ``low`` at its foot to ``high``; no outline."""
        shader = skia.GradientShader.MakeLinear(
            [skia.Point(0, -y), skia.Point(0, -(y + h))],
            [skia.Color(*rgb(self.ground(low))), skia.Color(*rgb(self.ground(high)))],
        )
        paint = skia.Paint(Shader=shader, Alphaf=alpha)
        self.canvas.drawRect(skia.Rect.MakeLTRB(x, -(y + h), x + w, -y), paint)

    def ground(self, colour: str) -> str:
        """The colour as this style has it on large flat areas."""
        return self.ink.seen(flat(colour, self.ink.style))


def cold(setting: Setting, colour: str) -> str:
    """The colour of snow that, seen in this light, is no warmer than white: in the sun's last light, too."""
    red, _, blue = setting.air.light
    warm = max(0.0, 1.0 - blue / max(red, 0.01))
    tones = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    tones = [round(tones[0] * (1 - 1.1 * warm)), round(tones[1] * (1 - 0.8 * warm)), tones[2]]
    return "#" + "".join(f"{tone:02x}" for tone in tones)


def straight(points: Sequence[Point]) -> skia.Path:
    """A closed polygon, y down, from points with y up."""
    path = skia.Path()
    path.moveTo(points[0][0], -points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, -y)
    path.close()
    return path


def smooth(points: Sequence[Point]) -> skia.Path:
    """A closed curve through the middles of a polygon's sides, y down, from points with y up."""
    path = skia.Path()
    count = len(points)
    middles = [
        ((points[i][0] + points[(i + 1) % count][0]) / 2, (points[i][1] + points[(i + 1) % count][1]) / 2)
        for i in range(count)
    ]
    path.moveTo(middles[-1][0], -middles[-1][1])
    for (x, y), (mx, my) in zip(points, middles, strict=True):
        path.quadTo(x, -y, mx, -my)
    path.close()
    return path


__all__ = ["Brush", "Point", "Setting", "flat", "mixed", "shaded", "smooth", "straight"]
