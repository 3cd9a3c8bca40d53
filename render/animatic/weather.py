"""The sky with its sun, moon, stars and clouds, and what falls from it or drifts in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import skia

from ...storyboard.vocabulary import Hour, LightKey, Style, Weather
from .camera import Pose
from .ink import mixed, rgb, shaded
from .light import Air
from .places.brush import Setting

Area = tuple[float, float, float, float]

_VERMILION, _ROSE = "#c63d28", "#ff4f9a"
"""The sun in ink and in neon."""


def paint_sky(
    canvas: skia.Canvas,
    air: Air,
    base: Pose,
    box: Area,
    size: tuple[int, int],
    sort: str,
    setting: Setting,
    sun_at: float,
) -> None:
    """Fill ``box`` (pixels) with the sky of ``air``. ``sort``: ``air``, ``space`` or ``water``.

    ``sun_at`` is where across the frame (0 to 1) sun or moon may stand clear of the subject.
    """
    height = size[1]
    horizon = base.horizon
    if sort == "space":
        _gradient(
            canvas,
            box,
            box[1],
            box[3],
            [_night(air, "#05060f"), _night(air, "#141636"), _night(air, "#2a1f4a")],
        )
        _stars(canvas, box, size, setting.seed, 1.0, 230)
        return
    if sort == "water":
        top = mixed("#8fd0d4", "#1d3f68", air.night * 0.8)
        deep = mixed("#0f3f5c", "#081b33", air.night * 0.8)
        if air.style in (Style.neon, Style.chalk, Style.shadow, Style.ink):
            top, deep = mixed(top, air.horizon, 0.6), mixed(deep, air.zenith, 0.6)
        _gradient(
            canvas, box, horizon - height * 0.75, horizon + height * 0.35, [top, mixed(top, deep, 0.6), deep]
        )
        return
    low = min(max(horizon, height * 0.35), height * 1.15)
    middle = mixed(air.zenith, air.horizon, 0.55)
    _gradient(canvas, box, low - height * 0.95, low, [air.zenith, middle, air.horizon])
    if air.night > 0.4:
        _stars(canvas, box, size, setting.seed, air.night, 120, horizon)
    if air.sun:
        _sun(canvas, air, size, horizon, sun_at)
    _clouds(canvas, air, box, size, horizon, setting, sun_at)


def _night(air: Air, colour: str) -> str:
    return mixed(colour, air.zenith, 0.6) if air.style is not Style.cut_paper else colour


def _gradient(canvas: skia.Canvas, box: Area, top: float, bottom: float, colours: list[str]) -> None:
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(0, top), skia.Point(0, bottom)], [skia.Color(*rgb(c)) for c in colours]
    )
    canvas.drawRect(skia.Rect.MakeLTRB(*box), skia.Paint(Shader=shader, Dither=True))


def _stars(
    canvas: skia.Canvas,
    box: Area,
    size: tuple[int, int],
    seed: int,
    strength: float,
    count: int,
    floor: float = 1e9,
) -> None:
    dice = Random(f"{seed}/stars")
    unit = size[1] / 720
    for _ in range(count):
        x = box[0] + (box[2] - box[0]) * dice.random()
        y = box[1] + (min(box[3], floor) - box[1]) * dice.random() ** 1.2
        bright, r = dice.random(), unit * dice.choice((0.7, 0.9, 1.1, 1.7))
        paint = skia.Paint(
            AntiAlias=True, Color=skia.Color(255, 250, 232, round(235 * strength * (0.3 + 0.7 * bright)))
        )
        canvas.drawCircle(x, y, r, paint)


def disc(air: Air, size: tuple[int, int], horizon: float, sun_at: float) -> tuple[float, float, float] | None:
    """Middle and radius of sun or moon, in pixels; None where neither is up."""
    if air.sun is None:
        return None
    up = air.sun[1]
    y = max(0.16 * size[1], horizon - max(up * 0.8, 0.02) * size[1])
    radius = size[1] * (0.05 if air.night > 0.5 else 0.055) * (1.35 if up < 0.1 else 1.0)
    return sun_at * size[0], y, radius * air.moon


def _sun(canvas: skia.Canvas, air: Air, size: tuple[int, int], horizon: float, sun_at: float) -> None:
    found = disc(air, size, horizon, sun_at)
    assert air.sun is not None
    assert found is not None
    colour, moon = air.sun[2], air.night > 0.5
    x, y, radius = found
    red, green, blue = rgb(colour)
    strong = 0.35 if moon else 0.55
    if air.style is Style.shadow:
        radius, strong = radius * 2.2, 0.5
    elif air.style is Style.ink and not moon:  # the one red of the picture, as a seal is
        red, green, blue = rgb(_VERMILION)
        radius, strong = radius * 1.25, 0.12
    elif air.style is Style.neon and not moon:
        red, green, blue = rgb(mixed(_ROSE, colour, 0.35))
        radius, strong = radius * 1.3, 0.7
    for reach, alpha in ((7.0, strong * 0.55), (2.6, strong)):
        shader = skia.GradientShader.MakeRadial(
            skia.Point(x, y),
            radius * reach,
            [skia.Color(red, green, blue, round(255 * alpha)), skia.Color(red, green, blue, 0)],
        )
        canvas.drawCircle(x, y, radius * reach, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kScreen))
    canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=skia.Color(red, green, blue)))
    if moon and air.style in (Style.cut_paper, Style.chalk, Style.ink):
        for dx, dy, r in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.3, -0.35, 0.12)):
            spot = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(shaded(colour, -0.12))))
            canvas.drawCircle(x + dx * radius, y + dy * radius, r * radius, spot)


def _clouds(
    canvas: skia.Canvas,
    air: Air,
    box: Area,
    size: tuple[int, int],
    horizon: float,
    setting: Setting,
    sun_at: float,
) -> None:
    count = {
        Weather.clear: 4, Weather.wind: 6, Weather.cloudy: 10, Weather.rain: 9,
        Weather.storm: 12, Weather.snow: 7, Weather.fog: 0,
    }[setting.weather]  # fmt: skip
    dice = Random(f"{setting.seed}/clouds")
    dull = setting.weather in (Weather.rain, Weather.storm)
    lit = mixed(air.horizon, "#ffffff" if not dull else air.zenith, 0.5 if air.night < 0.5 else 0.06)
    lit = mixed(lit, air.zenith, 0.35 if air.night > 0.5 else 0.0)
    moon = disc(air, size, horizon, sun_at) if air.night > 0.5 else None
    for index in range(count):
        wide = size[1] * dice.uniform(0.1, 0.22) * (1.9 if dull else 1.0)
        x = box[0] + (box[2] - box[0]) * (((index + dice.random()) / count + 4.7 * sun_at) % 1.0)
        y = horizon - size[1] * dice.uniform(0.2, 0.66)
        y = min([y, *(_over(x, y, wide, head) for head in setting.heads)])
        path = skia.Path()
        path.addRoundRect(
            skia.Rect.MakeLTRB(x - wide, y - wide * 0.16, x + wide, y + wide * 0.1), wide * 0.13, wide * 0.13
        )
        for k in range(4):
            r = wide * dice.uniform(0.2, 0.36) * (1.15 if k in (1, 2) else 0.85)
            cx = x + wide * (-0.6 + 0.4 * k) * 0.95
            path.addOval(skia.Rect.MakeLTRB(cx - r, y - r * 1.2, cx + r, y + wide * 0.1))
        shade = dice.uniform(0.2, 0.6) if dull else dice.uniform(0, 0.15)
        if moon and _slices(path.getBounds(), moon):
            continue
        colour = mixed(lit, shaded(air.zenith, -0.25), shade)
        alpha = 165 if setting.weather is Weather.clear else 205
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(colour), alpha))
        canvas.drawPath(path, paint)


def _slices(cloud: skia.Rect, moon: tuple[float, float, float]) -> bool:
    """Whether a cloud touches the moon, whose round its flat foot would cut in two."""
    x, y, r = moon
    beside = x + r < cloud.left() or cloud.right() < x - r
    return not (beside or y + r < cloud.top() or cloud.bottom() < y - r)


def _over(x: float, y: float, wide: float, head: Area) -> float:
    """The row on which a cloud ends that would peep out from behind a head like ears: over it."""
    half = 0.5 * (head[2] - head[0])
    beside = abs(x - 0.5 * (head[0] + head[2])) > wide + 1.2 * half
    above, below = y + 0.1 * wide < head[1] - 0.2 * half, y - 0.45 * wide > head[3]
    return y if beside or above or below else head[1] - 0.5 * half - 0.1 * wide


_CLEAR = 0.1
"""Of the frame's width between a bolt and who stands nearest."""
_STRIKES = (0.12, 0.25, 0.4, 0.5, 0.6, 0.75, 0.88)
"""Shares of it where a bolt may strike instead."""
_BETWEEN_FLASHES = 3.1
"""Seconds: far from the three flashes a second that hurt photosensitive viewers."""


@dataclass
class Falling:
    """What falls or drifts through the frame, drawn anew for each drawn image."""

    weather: Weather
    size: tuple[int, int]
    seed: int
    indoors: bool
    air: Air
    underwater: bool = False
    gale: bool = False
    """Snow is driven along by a gale."""
    _drops: list[tuple[float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Scatter the particles; each is (x, y, nearness), all 0 to 1."""
        count = {Weather.rain: 170, Weather.storm: 260, Weather.snow: 190, Weather.wind: 19}.get(
            self.weather, 0
        )
        if self.gale and self.weather is Weather.snow:
            count *= 2
        if self.indoors and not self.underwater:
            count = 0
        if self.underwater:
            count = 40
        dice = Random(f"{self.seed}/falling")
        self._drops = [(dice.random(), dice.random(), dice.random()) for _ in range(count)]

    @property
    def still(self) -> bool:
        """Nothing falls."""
        return not self._drops and not (self.weather is Weather.fog and not self.indoors)

    def draw(self, canvas: skia.Canvas, seconds: float) -> None:
        """Draw the air at that time over the whole frame."""
        if self.underwater:
            self._bubbles(canvas, seconds)
        elif self.indoors:
            return
        elif self.weather in (Weather.rain, Weather.storm):
            self._rain(canvas, seconds)
        elif self.weather is Weather.snow:
            self._snow(canvas, seconds)
        elif self.weather is Weather.wind:
            self._wind(canvas, seconds)
        elif self.weather is Weather.fog:
            self._fog(canvas, seconds)

    def _rain(self, canvas: skia.Canvas, seconds: float) -> None:
        width, height = self.size
        slant = 0.34 if self.weather is Weather.storm else 0.14
        near, far = skia.Path(), skia.Path()
        for x, y, z in self._drops:
            fall = (y + seconds * (1.5 + z)) % 1.0
            long = height * (0.03 + 0.05 * z)
            px = ((x + slant * (1 - fall) * 0.6) % 1.0) * width * 1.1 - 0.05 * width
            py = fall * height * 1.1 - 0.05 * height
            path = near if z > 0.6 else far
            path.moveTo(px, py)
            path.lineTo(px - long * slant, py + long)
        colour = rgb(mixed(self.air.horizon, "#e8f2fa", 0.7))
        for path, alpha, wide in ((far, 70, 0.9), (near, 105, 1.5)):
            paint = skia.Paint(
                AntiAlias=True, Color=skia.Color(*colour, alpha), Style=skia.Paint.kStroke_Style
            )
            paint.setStrokeWidth(wide * height / 720)
            canvas.drawPath(path, paint)
        if flash := self._flash(seconds):
            # From above and never over the whole frame: nobody is to think that the film is broken.
            fade = skia.GradientShader.MakeLinear(
                [skia.Point(0, 0), skia.Point(0, 0.75 * height)],
                [skia.Color(222, 230, 255, round(46 * flash)), skia.Color(222, 230, 255, 0)],
            )
            paint = skia.Paint(Shader=fade, BlendMode=skia.BlendMode.kScreen)
            canvas.drawRect(skia.Rect.MakeWH(width, 0.75 * height), paint)

    def _flash(self, seconds: float) -> float:
        """How bright the lightning is, 0 to 1: once in three seconds, for a fifth of one."""
        if self.weather is not Weather.storm or self.indoors:
            return 0.0
        return max(0.0, 1 - ((seconds + self.seed % 5 * 0.4 - 0.9) % _BETWEEN_FLASHES) * 5)

    def lightning(
        self, canvas: skia.Canvas, seconds: float, horizon: float, taken: Sequence[tuple[float, float]] = ()
    ) -> None:
        """A bolt in the sky while it flashes, down to ``horizon`` (pixels from the top).

        It strikes farthest from somebody where it would stand on a head: ``taken`` has the left and right
        of everybody, in pixels.
        """
        flash = self._flash(seconds)
        width, height = self.size
        foot = min(max(horizon, 0.25 * height), 0.8 * height)
        if flash <= 0:
            return
        struck = int((seconds + self.seed % 5 * 0.4 - 0.9) // _BETWEEN_FLASHES)
        dice = Random(f"{self.seed}/bolt/{struck}")
        x, y = dice.uniform(0.12, 0.88) * width, -0.02 * height
        if _off(x, taken) < _CLEAR * width:
            x = max((share * width for share in _STRIKES), key=lambda at: _off(at, taken))
        path = skia.Path()
        path.moveTo(x, y)
        while y < foot:
            y += dice.uniform(0.04, 0.1) * height
            x += dice.uniform(-0.035, 0.035) * width
            path.lineTo(x, min(y, foot))
            if dice.random() < 0.25:
                path.lineTo(x + dice.uniform(-0.06, 0.06) * width, min(y + 0.09 * height, foot))
                path.moveTo(x, min(y, foot))
        for wide, alpha in ((0.014, 60), (0.0045, 235)):
            pen = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=wide * height)
            pen.setColor(skia.Color(236, 240, 255, round(alpha * flash)))
            pen.setStrokeJoin(skia.Paint.kRound_Join)
            canvas.drawPath(path, pen)

    def _snow(self, canvas: skia.Canvas, seconds: float) -> None:
        width, height = self.size
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(250, 252, 255, 225))
        if self.gale:
            self._driven(canvas, seconds)
            return
        for x, y, z in self._drops:
            fall = (y + seconds * (0.06 + 0.1 * z)) % 1.0
            sway = math.sin(seconds * (0.8 + z) + x * 40) * 0.012
            radius = height * (0.0018 + 0.0042 * z * z)
            canvas.drawCircle(
                ((x + sway + 0.03 * seconds) % 1.0) * width, fall * 1.04 * height - 5, radius, paint
            )

    def _driven(self, canvas: skia.Canvas, seconds: float) -> None:
        """Flakes as streaks almost along the ground."""
        width, height = self.size
        paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
        paint.setColor(skia.Color(250, 252, 255, 205))
        for near in (0.35, 0.7, 1.0):
            flakes = skia.Path()
            for x, y, z in self._drops:
                if not near - 0.35 < z <= near:
                    continue
                px = (x + seconds * (0.5 + 0.6 * z)) % 1.1 * width - 0.05 * width
                py = (y + seconds * (0.16 + 0.2 * z)) % 1.0 * height
                long = height * (0.012 + 0.03 * z)
                flakes.moveTo(px, py)
                flakes.lineTo(px - long, py - 0.32 * long)
            paint.setStrokeWidth(height * (0.0022 + 0.0042 * near))
            canvas.drawPath(flakes, paint)

    def _wind(self, canvas: skia.Canvas, seconds: float) -> None:
        width, height = self.size
        paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
        for x, y, z in self._drops[:5]:
            at = (x + seconds * (0.35 + 0.3 * z)) % 1.3 - 0.15
            long, py = width * (0.08 + 0.1 * z), y * height
            path = skia.Path()
            path.moveTo(at * width, py)
            path.cubicTo(
                at * width + long * 0.3, py - 9, at * width + long * 0.6, py + 9, at * width + long, py - 4
            )
            paint.setColor(
                skia.Color(255, 255, 255, round(38 * math.sin(math.pi * min(1, max(0, (at + 0.15) / 1.3)))))
            )
            paint.setStrokeWidth(height / 720 * 2)
            canvas.drawPath(path, paint)
        leaf = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(mixed("#a8843a", self.air.haze, 0.5)), 210))
        unit = height / 720
        for x, y, z in self._drops[5:]:
            at = (x + seconds * (0.3 + 0.3 * z)) % 1.1 - 0.05
            py = y * height + 26 * math.sin(seconds * 2.4 + x * 30) * height / 720
            canvas.save()
            canvas.translate(at * width, py)
            canvas.rotate(seconds * 200 * (z + 0.3) + x * 360)
            long = unit * (3.5 + 4 * z)
            blade = skia.Path()
            blade.moveTo(-long, 0)
            blade.quadTo(0, -long * 0.6, long, 0)
            blade.quadTo(0, long * 0.6, -long, 0)
            canvas.drawPath(blade, leaf)
            canvas.restore()

    def mist(self, canvas: skia.Canvas, seconds: float) -> None:
        """The fog that lies behind those who act: it swallows the place, not them."""
        if self.weather is Weather.fog and not self.indoors and not self.underwater:
            self._fog(canvas, seconds, before=False)

    def _fog(self, canvas: skia.Canvas, seconds: float, *, before: bool = True) -> None:
        width, height = self.size
        red, green, blue = rgb(self.air.haze)
        for k in (2,) if before else (0, 1, 2):
            y = height * ((0.94 if before else 0.5) + (0.0 if before else 0.17 * k))
            x = width * (0.5 + 0.3 * math.sin(seconds * 0.11 + k * 2.1 + self.seed % 7))
            shader = skia.GradientShader.MakeRadial(
                skia.Point(0, 0),
                width * 0.7,
                [skia.Color(red, green, blue, 40 if before else 96), skia.Color(red, green, blue, 0)],
            )
            canvas.save()
            canvas.translate(x, y)
            canvas.scale(1, 0.22)
            canvas.drawCircle(0, 0, width * 0.7, skia.Paint(Shader=shader))
            canvas.restore()

    def _bubbles(self, canvas: skia.Canvas, seconds: float) -> None:
        width, height = self.size
        paint = skia.Paint(
            AntiAlias=True, Color=skia.Color(235, 250, 255, 110), Style=skia.Paint.kStroke_Style
        )
        paint.setStrokeWidth(1.5 * height / 720)
        for x, y, z in self._drops:
            rise = (y - seconds * (0.05 + 0.08 * z)) % 1.0
            px = (x + 0.01 * math.sin(seconds * 2 + x * 30)) * width
            canvas.drawCircle(px, rise * height, height * (0.002 + 0.006 * z), paint)


__all__ = ["Falling", "Hour", "LightKey", "paint_sky"]


def _off(x: float, taken: Sequence[tuple[float, float]]) -> float:
    """How far from everybody, 0 where it is before somebody."""
    return min((max(left - x, x - right, 0.0) for left, right in taken), default=1e9)
