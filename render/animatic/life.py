"""Life: what moves in a place by itself, so that a shot without people is not a photograph.

Birds by day, fireflies by night, the lighthouse's beam, a fire's flicker, and whether clouds drift.
All of it is drawn anew for each drawn image and costs a few small shapes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from random import Random

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Mark, PlaceKind, ShotSize, Style, Weather
from .blocking import Extent
from .camera import Pose
from .ink import mixed, rgb
from .light import Air, outlined
from .places.recipes import Layer, Recipe
from .plates import paper

_WIDE = frozenset({ShotSize.extreme_wide, ShotSize.wide})
_GREEN = frozenset(
    {
        PlaceKind.meadow, PlaceKind.forest, PlaceKind.jungle, PlaceKind.swamp, PlaceKind.garden,
        PlaceKind.park, PlaceKind.river, PlaceKind.lake, PlaceKind.graveyard, PlaceKind.ruins,
        PlaceKind.farm, PlaceKind.house,
    }
)  # fmt: skip
_BIRD_WEATHERS = frozenset({Weather.clear, Weather.cloudy, Weather.wind, Weather.fog})
_SPEED = 0.045
"""Widths of the frame a second that birds fly."""
_SPREAD = 0.08, 0.065
"""Shares of the frame's width and height that they take to each side of their middle."""
_UP, _START = (0.55, 0.65, 0.42, 0.34), (0.0, 0.2, 0.4, 0.6, 0.75)
"""How high over the horizon, and from where, they may fly otherwise."""
_BEAM_RADIANS_A_SECOND = 0.45


def drifts(picture: Picture, recipe: Recipe) -> bool:
    """Whether the clouds are seen to drift: in wide shots under an open sky."""
    return picture.camera.size in _WIDE and not recipe.interior and recipe.sky == "air"


def separate(canvas: skia.Canvas, air: Air, foot: tuple[float, float], extent: Extent, scale: float) -> None:
    """A soft light behind somebody at night, so that a dark body stands out from a dark place.

    ``foot`` is the ground point in pixels, ``scale`` pixels a metre.
    """
    half, tall = extent.width * 0.8 * scale, extent.height * 0.72 * scale
    if half < 2 or tall < 2:
        return
    tint = "#ffc98a" if air.interior else mixed(air.horizon, "#cfe0ff", 0.45)
    red, green, blue = rgb(tint)
    strong = 26 if air.interior else 30  # a lit body needs less of it than one cut from black paper
    if air.style is Style.shadow:  # the lit screen is behind everybody
        return
    across, up = max(half, tall * 0.6), tall
    middle = foot[0] + (extent.left + extent.right) / 2 * scale
    high = foot[1] - (extent.top + extent.bottom) / 2 * scale
    target = skia.Rect.MakeLTRB(middle - across, high - up, middle + across, high + up)
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    # What is behind is kept less than where light is added, so the light is a little paler for it.
    red, green, blue = (c + (255 - c) * 2 // 5 for c in (red, green, blue))
    fades = tuple(skia.Color(red, green, blue, strength) for strength in (strong, strong // 2, 0))
    canvas.drawImageRect(disc(fades, (0.0, 0.55, 1.0)), target, linear)


_DISC_PIXELS = 256


@lru_cache(maxsize=64)
def disc(colours: tuple[int, ...], at: tuple[float, ...]) -> skia.Image:
    """A circle of colours, each ``at`` a share of the way from the middle to the edge, for any size.

    Laying it down takes a fifth of the time of a gradient.
    """
    shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1.0, list(colours), list(at))
    surface = paper(_DISC_PIXELS, _DISC_PIXELS)
    canvas = surface.getCanvas()
    canvas.scale(_DISC_PIXELS / 2, _DISC_PIXELS / 2)
    canvas.translate(1, 1)
    canvas.drawCircle(0, 0, 1.0, skia.Paint(Shader=shader))
    return surface.makeImageSnapshot()


class Life:
    """What moves by itself in one shot of ``length`` seconds.

    ``still`` is the pose that screen positions are counted from, ``bodies`` are the boxes of those who act
    as seen from it (left, top, right, bottom in pixels), behind which no bird flies.
    """

    def __init__(
        self, recipe: Recipe, air: Air, picture: Picture, size: tuple[int, int], seed: int, still: Pose,
        length: float = 0.0, bodies: Sequence[tuple[float, float, float, float]] = (),
    ) -> None:  # fmt: skip
        self._air, self._size, self._still = air, size, still
        self._flip = -1 if recipe.interior and picture.place.look.layout % 2 else 1
        dice = Random(f"{seed}/life")
        open_sky = not recipe.interior and recipe.sky == "air"
        wide = picture.camera.size in _WIDE or picture.camera.size is ShotSize.full
        by_day = air.night < 0.6 and picture.weather in _BIRD_WEATHERS
        earthly = picture.place.look.kind is not PlaceKind.planet
        birds = (
            dice.randint(3, 6) if open_sky and wide and by_day and earthly and outlined(picture, False) else 0
        )
        self._flock = [(dice.uniform(-0.06, 0.06), dice.uniform(-0.035, 0.035), i) for i in range(birds)]
        at = (dice.uniform(-0.05, 0.5), dice.uniform(0.33, 0.48), dice.choice((1, -1)))
        tried = [at, *((at[0], up, at[2]) for up in _UP), *((x, u, -at[2]) for u in _UP for x in _START)]
        clear = (one for one in tried if not any(self._meets(one, length, box) for box in bodies))
        self._flock_at = next(clear, at)
        if any(self._meets(self._flock_at, length, box) for box in bodies):
            self._flock = []
        flies = 14 if not recipe.interior and air.night > 0.6 and picture.place.look.kind in _GREEN else 0
        flies = flies if picture.weather in (Weather.clear, Weather.fog) else 0
        self._flies = [(dice.random(), dice.random(), dice.uniform(0.5, 1)) for _ in range(flies)]
        self._phase = (picture.place.look.layout % 13) + dice.uniform(-0.6, 0.6)
        self._beam = self._lit_tower(recipe, picture)
        self._fires = [la for la in recipe.layers if la.piece in ("fireplace", "stove")]
        if picture.place.marks and Mark.unlit in picture.place.marks:
            self._fires = []

    def _meets(
        self, at: tuple[float, float, int], length: float, box: tuple[float, float, float, float]
    ) -> bool:
        """Whether birds that begin ``at`` come behind a box at any moment."""
        (start, up, way), (width, height) = at, self._size
        first, last = start - _SPREAD[0], start + _SPEED * length + _SPREAD[0]
        left, right = (first, last) if way > 0 else (1.0 - last, 1.0 - first)
        y = self._flown_at(up)
        high, low = y - _SPREAD[1] * height, y + _SPREAD[1] * height
        return left * width < box[2] and right * width > box[0] and high < box[3] and low > box[1]

    def _flown_at(self, up: float) -> float:
        """The row, seen from the still pose, at which birds fly ``up`` frames over the horizon."""
        return max(0.09 * self._size[1], self._still.horizon - up * self._size[1])

    def _lit_tower(self, recipe: Recipe, picture: Picture) -> Layer | None:
        out = {Mark.unlit, Mark.broken} & set(picture.place.marks)
        dark = self._air.night > 0.15 or self._air.thickness > 0.5 or Mark.lit in picture.place.marks
        if out or not dark:
            return None
        return next((la for la in recipe.layers if la.piece == "lighthouse"), None)

    def draw(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        """Draw it over the place, behind those who act."""
        if self._beam is not None:
            self._sweep(canvas, self._beam, seconds, pose)
        if self._flock:
            self._birds(canvas, seconds, pose)
        if self._flies:
            self._fireflies(canvas, seconds, pose)
        for fire in self._fires:
            self._flicker(canvas, fire, seconds, pose)

    def _sweep(self, canvas: skia.Canvas, tower: Layer, seconds: float, pose: Pose) -> None:
        """The beam of a lighthouse, turning slowly; it fades out with distance and into the haze."""
        tall = float(tower.options.get("tall", 14.0))
        x, y = pose.at(float(tower.options.get("x", -4.0)), tall * 0.92, tower.depth)
        scale = pose.scale(tower.depth)
        turn = seconds * _BEAM_RADIANS_A_SECOND + self._phase
        strong = 0.25 + 0.35 * max(self._air.night, 0.3)
        for opposite in (0.0, math.pi):
            along, toward = math.cos(turn + opposite), math.sin(turn + opposite)
            reach = tall * scale * 5.0 * along
            spread = tall * scale * (0.42 + 0.25 * max(0.0, toward))
            if abs(reach) < tall * scale * 0.4:
                continue
            light = strong * min(1.0, abs(along) * 1.6) * (1.0 if toward > 0 else 0.6)
            for wide, share in ((1.0, 0.5), (0.55, 0.5)):
                self._cone(canvas, (x, y), (x + reach, y - 0.05 * abs(reach)), spread * wide, light * share)
        flare = max(0.0, abs(math.sin(turn))) ** 6
        if flare > 0.02:
            radius = tall * scale * 0.7
            shader = skia.GradientShader.MakeRadial(
                skia.Point(x, y),
                radius,
                [skia.Color(255, 240, 200, round(190 * flare * strong)), skia.Color(255, 240, 200, 0)],
            )
            canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))

    def _cone(
        self,
        canvas: skia.Canvas,
        lamp: tuple[float, float],
        end: tuple[float, float],
        spread: float,
        strong: float,
    ) -> None:
        path = skia.Path()
        path.moveTo(*lamp)
        path.lineTo(end[0], end[1] - spread)
        path.lineTo(end[0], end[1] + spread)
        path.close()
        warm = [skia.Color(255, 240, 200, round(255 * strong * a)) for a in (1.0, 0.55, 0.2, 0.0)]
        shader = skia.GradientShader.MakeLinear(
            [skia.Point(*lamp), skia.Point(*end)], warm, [0.0, 0.25, 0.65, 1.0]
        )
        blend = skia.BlendMode.kScreen if self._air.style is not Style.ink else skia.BlendMode.kSrcOver
        canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader, BlendMode=blend))

    def _birds(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        width, height = self._size
        start, up, way = self._flock_at
        at = (start + _SPEED * seconds) * width
        x0 = (at if way > 0 else width - at) + pose.centre - self._still.centre
        y0 = self._flown_at(up) + pose.horizon - self._still.horizon
        path = skia.Path()
        for dx, dy, number in self._flock:
            x, y = x0 + dx * width, y0 + dy * height + 0.006 * height * math.sin(seconds + number)
            span = height * (0.012 + 0.002 * (number % 3))
            flap = math.sin(seconds * (6.5 + number % 3) + number * 1.7)
            for side in (-1, 1):
                path.moveTo(x, y)
                path.quadTo(
                    x + side * span * 0.55,
                    y - span * (0.35 + 0.45 * flap),
                    x + side * span,
                    y + span * 0.2 * flap,
                )
        colour = mixed(mixed("#2c3244", self._air.zenith, 0.25), self._air.horizon, 0.2)
        if self._air.style in (Style.chalk, Style.neon):
            colour = mixed(self._air.horizon, "#ffffff", 0.7)
        paint = skia.Paint(
            AntiAlias=True, Color=skia.Color(*rgb(colour), 220), Style=skia.Paint.kStroke_Style
        )
        paint.setStrokeWidth(max(1.0, height * 0.0028))
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        canvas.drawPath(path, paint)

    def _fireflies(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        width, height = self._size
        low = min(0.96 * height, max(0.5 * height, pose.horizon + 0.3 * height))
        for x, y, z in self._flies:
            px = (x + 0.02 * math.sin(seconds * 0.7 * z + y * 20)) * width + pose.centre - self._still.centre
            py = low - (0.42 * y + 0.02 * math.sin(seconds * 1.1 + x * 30)) * height
            bright = max(0.0, math.sin(seconds * 1.3 * z + x * 40))
            if bright < 0.05:
                continue
            radius = height * 0.014 * z
            shader = skia.GradientShader.MakeRadial(
                skia.Point(px, py),
                radius,
                [
                    skia.Color(250, 250, 180, round(255 * bright)),
                    skia.Color(230, 240, 120, round(90 * bright)),
                    skia.Color(220, 235, 110, 0),
                ],
                [0.0, 0.3, 1.0],
            )
            canvas.drawCircle(px, py, radius, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))

    def _flicker(self, canvas: skia.Canvas, fire: Layer, seconds: float, pose: Pose) -> None:
        x, y = pose.at(self._flip * float(fire.options.get("x", 2.3)), 0.45, fire.depth)
        beat = 0.5 + 0.28 * math.sin(seconds * 7.1) + 0.22 * math.sin(seconds * 12.7 + 1)
        radius = pose.scale(fire.depth) * (0.8 if fire.piece == "fireplace" else 0.45)
        shader = skia.GradientShader.MakeRadial(
            skia.Point(x, y),
            radius,
            [skia.Color(255, 150, 60, round(40 + 50 * beat)), skia.Color(255, 130, 50, 0)],
        )
        canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))
