"""Stirring: small signs of life of a place, so that something besides the camera moves in every shot.

Dust in the light, steam over a pot, moths round a lamp, a clock's pendulum, drops in a cave, passers-by in
streets. All of it is drawn anew for each drawn image and costs a few small shapes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Mark, PlaceKind, ShotSize, Weather
from .camera import Pose
from .headroom import Head, behind
from .ink import Ink, mixed, rgb, shaded
from .light import Air
from .places.recipes import Layer, Recipe

_WIDE = frozenset({ShotSize.extreme_wide, ShotSize.wide, ShotSize.full})
_STREETS = frozenset(
    {
        PlaceKind.city, PlaceKind.market, PlaceKind.station, PlaceKind.village, PlaceKind.park,
        PlaceKind.harbour,
    }
)  # fmt: skip
_DESERTED = frozenset({Mark.ruined, Mark.broken, Mark.burning, Mark.overgrown, Mark.snowy})
_CLOCKED = frozenset(
    {
        PlaceKind.room, PlaceKind.kitchen, PlaceKind.school, PlaceKind.office, PlaceKind.shop, PlaceKind.cafe,
        PlaceKind.workshop, PlaceKind.hospital, PlaceKind.library, PlaceKind.house, PlaceKind.village,
    }
)  # fmt: skip
_WALL_WIDE = {
    "window": 1.9,
    "shelves": 2.0,
    "frame": 1.0,
    "board": 2.6,
    "door": 1.2,
    "fireplace": 2.0,
    "stove": 0.9,
    "oven": 2.6,
    "staircase": 1.0,
    "pans": 2.0,
    "ward": 1.0,
    "cabinets": 3.8,
    "altar": 4.0,
}
"""Pieces at a wall -> metres that they take where their options say no width."""
_CLOCK_HALF = 0.26
"""Half a clock's width, in metres."""
_PEDESTRIAN_METRES = 1.3
"""A second, at which passers-by walk."""
_CLOSE = 2.6
"""Half widths of a head beside its middle within which no pole is seen to pass."""
_COATS = ("#b4523f", "#4a78a4", "#5f8f58", "#cf9f48", "#8a5f98", "#c0687c")
_HAIR = ("#3c2c24", "#7a4a2c", "#b98a4a", "#8c8a88")
_FACES = ("#e0b08c", "#b88058", "#8a5a40")


class Stirring:
    """What stirs in one shot; ``still`` is the pose that screen positions are counted from.

    ``flip`` is -1 where the room is mirrored; ``seen`` are the heads of those who act.
    """

    def __init__(
        self,
        recipe: Recipe,
        air: Air,
        picture: Picture,
        size: tuple[int, int],
        seed: int,
        still: Pose,
        flip: int,
        seen: Sequence[Head] = (),
    ) -> None:
        self._air, self._size, self._still, self._flip = air, size, still, flip
        self._recipe = recipe
        dice = Random(f"{seed}/stirring")
        wide = picture.camera.size in _WIDE
        kind = picture.place.look.kind
        layers = recipe.layers
        dark = Mark.unlit in picture.place.marks
        # In a cave pale specks are taken for the snow or rain that falls outside.
        falls = picture.weather in (Weather.rain, Weather.storm, Weather.snow)
        cave = kind is PlaceKind.cave
        moved = falls and (cave or not recipe.interior)
        motes = 0 if moved or recipe.footing == "seabed" else (34 if recipe.interior else 18)
        self._motes = [(dice.random(), dice.random(), dice.random()) for _ in range(motes)]
        self._stars = [
            (dice.random(), dice.random(), dice.uniform(0.6, 1.6))
            for _ in range(16 if recipe.sky == "space" else 0)
        ]
        if recipe.interior:
            self._stars = []
        self._pots = [] if dark else [la for la in layers if la.piece == "stove"]
        lit = not dark and recipe.interior
        self._lamps = [la for la in layers if la.piece == "lamp"] if lit and air.night > 0.4 else []
        self._clock = None
        if recipe.interior and kind in _CLOCKED and not any(la.piece == "clocks" for la in layers):
            self._clock = _clock_at(recipe, seen, still, flip)
        self._drops = [(dice.uniform(-5, 5), dice.random()) for _ in range(4 if cave and not falls else 0)]
        self._seen = seen
        self._train = [la for la in layers if la.piece == "window"] if kind is PlaceKind.train else []
        people = 0  # none beside those whom the shot is about: nobody is to be taken for one of them
        if (
            wide
            and not recipe.interior
            and not picture.figures
            and kind in _STREETS
            and not _DESERTED & set(picture.place.marks)
        ):
            people = 4 if air.night < 0.5 else 2
        wet = picture.weather in (Weather.rain, Weather.storm)
        limit = min(7.5, recipe.water[0] - 0.4) if recipe.water else 7.5
        limit = min(limit, float(recipe.ground.get("edge", 99.0)) - 0.3)
        self._walkers = [
            (dice.uniform(-9, 9), dice.choice((-1, 1)), dice.choice(_COATS), limit - 0.5 * dice.random(), wet)
            for _ in range(people)
        ]

    def draw(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        """Draw it over the place, behind those who act."""
        for window in self._train:
            self._passing(canvas, window, seconds, pose)
        if self._clock is not None:
            self._pendulum(canvas, seconds, pose)
        self._twinkle(canvas, seconds, pose)
        for walker in sorted(self._walkers, key=lambda w: -w[3]):
            self._passer_by(canvas, walker, seconds, pose)
        for pot in self._pots:
            self._steam(canvas, pot, seconds, pose)
        for lamp in self._lamps:
            self._moths(canvas, lamp, seconds, pose)
        for x, phase in self._drops:
            self._drip(canvas, x, phase, seconds, pose)
        self._dust(canvas, seconds, pose)

    def _dust(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        """Motes that drift in the light: indoors pale, out of doors as pollen or sparks of frost."""
        width, height = self._size
        bright = mixed(self._air.horizon, "#fff4d8" if self._air.night < 0.5 else "#ffe2b0", 0.7)
        red, green, blue = rgb(bright)
        shift = (pose.centre - self._still.centre) - (pose.x - self._still.x) * pose.scale(1.5)
        most = 150 if self._recipe.interior else 105
        for x, y, z in self._motes:
            at = (x + 0.02 * seconds * (0.4 + z) + 0.01 * math.sin(seconds * 0.9 + y * 40)) % 1.0
            up = (y - 0.018 * seconds * (0.3 + z) + 0.012 * math.sin(seconds * 0.7 + x * 50)) % 1.0
            shine = 0.45 + 0.55 * math.sin(seconds * (0.8 + z) + x * 60)
            if shine <= 0.05:
                continue
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(red, green, blue, round(most * shine)))
            px = (at * width + shift) % width
            canvas.drawCircle(px, (0.12 + 0.76 * up) * height, height * (0.0014 + 0.0022 * z), paint)

    def _twinkle(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        width, height = self._size
        for x, y, z in self._stars:
            shine = max(0.0, math.sin(seconds * 1.7 * z + x * 50)) ** 2
            px = x * width + pose.centre - self._still.centre
            py = y * 0.55 * max(height * 0.4, min(pose.horizon, height))
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(255, 250, 232, round(235 * shine)))
            canvas.drawCircle(px, py, height * 0.0022 * z, paint)

    def _steam(self, canvas: skia.Canvas, pot: Layer, seconds: float, pose: Pose) -> None:
        x0 = self._flip * (float(pot.options.get("x", -1.6)) - 0.14)
        scale = pose.scale(pot.depth)
        for k in range(6):
            share = (seconds * 0.4 + k / 6) % 1.0
            x, y = pose.at(
                x0 + 0.07 * math.sin(seconds * 1.3 + 2 * k + 3 * share), 1.28 + 0.75 * share, pot.depth
            )
            alpha = round(64 * math.sin(math.pi * share))
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(248, 246, 240, alpha))
            canvas.drawCircle(x, y, scale * (0.05 + 0.13 * share), paint)

    def _moths(self, canvas: skia.Canvas, lamp: Layer, seconds: float, pose: Pose) -> None:
        y0 = float(lamp.options.get("y", 1.5 if lamp.options.get("stands") else 2.35))
        scale = pose.scale(lamp.depth)
        for k in range(2):
            turn = seconds * (2.3 + 0.7 * k) + 2.5 * k
            x = self._flip * float(lamp.options.get("x", 0.4)) + (0.34 + 0.08 * k) * math.cos(turn)
            px, py = pose.at(x, y0 - 0.02 + 0.16 * math.sin(1.7 * turn), lamp.depth)
            wing = scale * 0.035 * (0.5 + 0.5 * abs(math.sin(seconds * 17 + k)))
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(250, 238, 214, 230))
            for side in (-1, 1):
                canvas.drawOval(
                    skia.Rect.MakeLTRB(
                        min(px, px + side * 2 * wing),
                        py - 0.03 * scale,
                        max(px, px + side * 2 * wing),
                        py + 0.02 * scale,
                    ),
                    paint,
                )

    def _drip(self, canvas: skia.Canvas, x: float, phase: float, seconds: float, pose: Pose) -> None:
        fall = (seconds * 0.45 + phase) % 1.0
        if fall > 0.75:
            return
        px, py = pose.at(x, 3.2 * (1 - (fall / 0.75) ** 2), 3.0)
        long = pose.scale(3.0) * 0.05
        paint = skia.Paint(
            AntiAlias=True, Color=skia.Color(*rgb(mixed(self._air.horizon, "#ffffff", 0.5)), 190)
        )
        canvas.drawOval(skia.Rect.MakeLTRB(px - 0.3 * long, py - long, px + 0.3 * long, py + long), paint)

    def _pendulum(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        """A clock on the wall: its hands stand still, its pendulum swings."""
        assert self._clock is not None
        x0, depth = self._clock
        ink = self._air.unhazed().ink(depth, 0.015)
        x, y = pose.at(self._flip * x0, 2.15, depth)
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(pose.scale(depth), pose.scale(depth))
        case = skia.Path()
        case.addRoundRect(skia.Rect.MakeLTRB(-0.2, -0.22, 0.2, 0.52), 0.05, 0.05)
        roof = skia.Path()
        for k, corner in enumerate(((-0.26, -0.2), (0.0, -0.4), (0.26, -0.2))):
            (roof.lineTo if k else roof.moveTo)(*corner)
        roof.close()
        ink.piece(canvas, case, "#7a5236")
        ink.piece(canvas, roof, "#6a452c")
        pane = skia.Path()
        pane.addRect(skia.Rect.MakeLTRB(-0.13, 0.14, 0.13, 0.46))
        ink.piece(canvas, pane, "#3a2a20")
        swing = 0.4 * math.sin(seconds * math.pi)
        bob = (0.26 * math.sin(swing), 0.14 + 0.24 * math.cos(swing))
        rod = skia.Path()
        rod.moveTo(0, 0.12)
        rod.lineTo(*bob)
        ink.mark(canvas, rod, "#d9b860", 0.018)
        for (cx, cy), r, colour in ((bob, 0.05, "#e6c468"), ((0.0, -0.04), 0.145, "#f2ead6")):
            disc = skia.Path()
            disc.addCircle(cx, cy, r)
            ink.piece(canvas, disc, colour)
        hands = skia.Path()
        hands.moveTo(0.05, -0.12)
        hands.lineTo(0.0, -0.04)
        hands.lineTo(0.08, -0.01)
        ink.mark(canvas, hands, "#2a2420", 0.02)
        canvas.restore()

    def _passing(self, canvas: skia.Canvas, window: Layer, seconds: float, pose: Pose) -> None:
        """Trees that go by outside the window of a train."""
        x, y, w, h = (
            float(window.options.get(k, d)) for k, d in (("x", 0), ("y", 1.1), ("wide", 1.3), ("tall", 1.5))
        )
        left, top = pose.at(self._flip * x - w / 2, y + h, window.depth)
        right, foot = pose.at(self._flip * x + w / 2, y, window.depth)
        scale = pose.scale(window.depth)
        ink = self._air.unhazed().ink(30.0, 0.01)
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(left, top, right, foot))
        poles = [(13.3 * k / 2, -1) for k in range(2)]
        for start, k in [*((1.9 * k + 0.4 * math.sin(9.0 * k), k) for k in range(7)), *poles]:
            at = (start - 2.4 * seconds) % 13.3 - 6.65
            px, tall = pose.at(at, 0, window.depth)[0], scale * h * (0.36 + 0.26 * ((k * 5) % 3) / 2)
            if left - tall < px < right + tall:
                shown = self._off_the_faces(px, pose) if k < 0 else 1.0
                _beside_the_line(canvas, ink, k, (px, foot), tall if k >= 0 else 0.72 * scale * h, shown)
        canvas.restore()

    def _off_the_faces(self, px: float, pose: Pose) -> float:
        """How clearly a pole is seen that passes at that column: 0 at a face, 1 well beside all."""
        away = []
        for head in self._seen:
            at, half = pose.at(head.x, 0.0, head.depth)[0], head.half * pose.scale(head.depth)
            away.append(abs(px - at) / max(1.0, half) - _CLOSE)
        return min(1.0, max(0.0, min(away, default=1.0)))

    def _passer_by(
        self, canvas: skia.Canvas, walker: tuple[float, int, str, float, bool], seconds: float, pose: Pose
    ) -> None:
        """Somebody small and far who crosses the picture: a coat, a head, two legs."""
        start, way, coat, depth, wet = walker
        half = 0.62 * self._size[0] / pose.scale(depth)
        x = pose.x + (start + way * _PEDESTRIAN_METRES * seconds - pose.x + half) % (2 * half) - half
        px, py = pose.at(x, 0, depth)
        ink = self._air.ink(depth + 6.0, 0.02)
        canvas.save()
        canvas.translate(px, py)
        canvas.scale(way * pose.scale(depth), pose.scale(depth))
        stride = 0.24 * math.sin(seconds * 5.5 + start)
        for reach in (stride, -stride):
            leg = skia.Path()
            leg.moveTo(0, -0.75)
            leg.lineTo(reach, 0)
            ink.mark(canvas, leg, shaded(coat, -0.5), 0.15)
        body = skia.Path()
        body.moveTo(-0.14, -1.42)
        body.quadTo(0.12, -1.5, 0.16, -1.3)
        body.lineTo(0.24, -0.55)
        body.lineTo(-0.24, -0.55)
        body.close()
        ink.piece(canvas, body, coat)
        head = skia.Path()
        head.addCircle(0.03, -1.6, 0.17)
        which = int(abs(start) * 97)
        arm = skia.Path()
        arm.moveTo(0.02, -1.34)
        arm.lineTo(0.02 - 0.8 * stride, -0.86)
        ink.mark(canvas, arm, shaded(coat, -0.2), 0.12)
        ink.piece(canvas, head, _FACES[which % len(_FACES)])
        hair = skia.Path()
        hair.addArc(skia.Rect.MakeLTRB(-0.16, -1.8, 0.2, -1.44), 125, 200)
        hair.close()
        ink.piece(canvas, hair, _HAIR[which % len(_HAIR)])
        if wet:
            roof = skia.Path()
            roof.moveTo(-0.5, -1.78)
            roof.quadTo(0.1, -2.5, 0.7, -1.78)
            roof.quadTo(0.1, -1.95, -0.5, -1.78)
            ink.piece(canvas, roof, mixed(coat, "#7a3a4a", 0.5))
        canvas.restore()


def _beside_the_line(
    canvas: skia.Canvas, ink: Ink, kind: int, foot: tuple[float, float], tall: float, shown: float = 1.0
) -> None:
    """A fir, a bush or round tree, or, of ``kind`` -1, a telegraph pole, seen from a train.

    ``shown``: how clearly a pole is seen, 0 to 1.
    """
    (x, y), path = foot, skia.Path()
    if kind < 0:
        if shown <= 0.0:
            return
        path.addRect(skia.Rect.MakeLTRB(x - 0.03 * tall, y - tall, x + 0.03 * tall, y))
        path.addRect(skia.Rect.MakeLTRB(x - 0.2 * tall, y - 0.9 * tall, x + 0.2 * tall, y - 0.85 * tall))
        ink.piece(canvas, path, "#6a5240", alpha=round(shown, 1))
        return
    if kind % 2:
        path.addOval(skia.Rect.MakeLTRB(x - 0.4 * tall, y - 0.8 * tall, x + 0.4 * tall, y + 0.1 * tall))
    else:
        path.moveTo(x - 0.32 * tall, y)
        path.lineTo(x, y - tall)
        path.lineTo(x + 0.32 * tall, y)
        path.close()
    ink.piece(canvas, path, ("#56785a", "#4a6c58", "#6a8a60")[kind % 3])


def _clock_at(recipe: Recipe, seen: Sequence[Head], pose: Pose, flip: int) -> tuple[float, float] | None:
    """Where a wall has room for a clock: metres from the middle, and the wall's depth. None for nowhere.

    It hangs behind none of the heads ``seen`` from ``pose``, or it would be taken for a hat.
    """
    wall = next((la.depth for la in recipe.layers if la.piece == "room"), None)
    if wall is None:
        return None
    taken = []
    for layer in recipe.layers:
        if layer.piece in _WALL_WIDE and "x" in layer.options:
            wide = float(layer.options.get("wide", _WALL_WIDE[layer.piece]))
            taken.append((float(layer.options["x"]), wide / 2 + (0.35 if layer.piece == "window" else 0.1)))
        if layer.piece == "ward":  # its sign, and the drip on its stand
            taken += [(float(layer.options[k]), half) for k, half in (("x", 0.45), ("drip", 0.25))]
    for lamp in (la for la in recipe.layers if la.piece == "lamp"):  # none hangs on its face
        at = flip * float(lamp.options.get("x", 0.4)) - pose.x
        taken.append((flip * (pose.x + at * pose.scale(lamp.depth) / pose.scale(wall)), 0.4))
    taken += [(flip * x, half - 0.3) for x, half in (behind(head, wall, pose, _CLOCK_HALF) for head in seen)]
    spots = [0.1 * k for k in range(-34, 35)]
    free = [x for x in spots if all(abs(x - middle) > half + 0.36 for middle, half in taken)]
    return (min(free, key=lambda x: abs(abs(x) - 1.7)), wall - 0.05) if free else None
