"""The ground a place stands on: land, floors and water, drawn in perspective for one camera pose."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Any

import skia

from ....storyboard.vocabulary import Mark, Style, Weather
from ..camera import Pose
from ..ink import Ink, mixed, rgb, shaded
from ..pigment import flat
from .brush import Setting, cold
from .underfoot import LAID, puddles

_FARTHEST = 400.0
"""Metres at which the ground is taken to end."""


def bend(depth: float) -> float:
    """Metres right of the middle at which a river that winds away lies at a depth."""
    away = max(0.0, depth - 7.0)
    return 1.6 + 4.2 * math.sin(away * 0.085) * min(1.0, away / 10) + 0.05 * away


@dataclass
class Ground:
    """Paints one ground. ``box`` is what can be seen, in pixels: left, top, right, bottom."""

    canvas: skia.Canvas
    pose: Pose
    setting: Setting
    ink: Ink
    options: dict[str, Any]
    box: tuple[float, float, float, float]
    interior: bool

    def paint(self) -> None:
        """Land or floor, then texture, then water."""
        near, far = self.options["near"], self.options["far"]
        if self.options.get("grows"):
            near, far = self.setting.grass(near), self.setting.grass(far)
        elif self.setting.snowy and not self.interior and not self.options.get("void"):
            near, far = mixed(near, "#e9eff6", 0.85), mixed(far, "#e9eff6", 0.85)
        if self.options.get("texture") == "snow" or (self.setting.snowy and not self.interior):
            near, far = cold(self.setting, near), cold(self.setting, far)
        self._band(near, far, self._depth_of(self.box[3]), float(self.options.get("edge", _FARTHEST)))
        texture = str(self.options.get("texture", "none"))
        painters = {
            "grass": self._tufts,
            "sand": self._ripples,
            "tiles": self._tiles,
            "rooftiles": self._rooftiles,
            "planks": self._planks,
            "cobbles": self._cobbles,
            "setts": self._setts,
            "craters": self._craters,
            "snow": self._ripples,
            "road": self._road,
            "rails": self._rails,
            "rug": self._rug,
            "furrows": self._planks,
            "patches": self._tufts,
        }
        if texture in painters:
            painters[texture](near)
        if "path" in self.options:
            self._path(str(self.options["path"]))
        if "water" in self.options:
            first, last = self.options["water"][:2]
            self._water(float(first), float(last))
        elif Mark.flooded in self.setting.marks:
            self._water(-9.0, 40.0)
        for name, lay in LAID.items():
            if name in self.options:
                lay(self, self.options[name])
        if self.setting.weather in (Weather.rain, Weather.storm):
            puddles(self)

    def _depth_of(self, y: float) -> float:
        """Depth of the ground seen at a pixel row; rows at or over the horizon give the farthest."""
        down = y - self.pose.horizon
        if down <= 0.5:
            return _FARTHEST
        return max(-self.pose.distance + 0.15, self.pose.height * self.pose.focal / down - self.pose.distance)

    def _tone(self, colour: str) -> str:
        return self.ink.seen(flat(colour, self.ink.style))

    def _band(self, near: str, far: str, first: float, last: float) -> None:
        top = self.pose.at(0, 0, last)[1] if last < min(_FARTHEST, 390) else self.pose.horizon
        bottom = min(self.box[3], self.pose.at(0, 0, first)[1])
        if bottom <= top:
            return
        if self.ink.style is Style.shadow:
            near, far = shaded(near, -0.35), shaded(far, 0.1)
        haze = min(0.75, 0.12 + self.setting.air.thickness * 0.75) if not self.interior else 0.12
        if self.ink.style is Style.shadow:
            haze = 0.7
        ends = [mixed(self._tone(far), self.setting.air.haze, haze), self._tone(near)]
        stops = [mixed(ends[0], ends[1], share) for share in (0, 0.55, 0.85, 1.0)]
        shader = skia.GradientShader.MakeLinear(
            [skia.Point(0, top), skia.Point(0, max(bottom, top + 1))],
            [skia.Color(*rgb(stop)) for stop in stops],
            [0, 0.22, 0.6, 1.0],
        )
        rect = skia.Rect.MakeLTRB(self.box[0], top, self.box[2], bottom + 1)
        self.canvas.drawRect(rect, skia.Paint(Shader=shader))

    def _quad(self, x0: float, x1: float, d0: float, d1: float, colour: str, alpha: float = 1.0) -> None:
        path = skia.Path()
        path.moveTo(*self.pose.at(x0, 0, d0))
        for x, d in ((x1, d0), (x1, d1), (x0, d1)):
            path.lineTo(*self.pose.at(x, 0, d))
        path.close()
        self._fill(path, colour, alpha)

    def _fill(self, path: skia.Path, colour: str, alpha: float) -> None:
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(self._tone(colour)), round(255 * alpha)))
        self.canvas.drawPath(path, paint)

    def _patch(self, x: float, d: float, rx: float, colour: str, alpha: float) -> None:
        """A flat oval on the ground."""
        self._pool(x, d, rx, self._tone(colour), alpha)

    def _pool(self, x: float, d: float, rx: float, colour: str, alpha: float) -> None:
        """A flat oval that mirrors: its colour is the light's own."""
        px, py = self.pose.at(x, 0, d)
        scale = self.pose.scale(d)
        ry = rx * scale * self.pose.height / max(0.5, self.pose.distance + d) * 0.9
        ry = min(ry, py - self.pose.at(x, 0, d + rx)[1])  # or a near one goes up the wall
        path = skia.Path()
        path.addOval(skia.Rect.MakeLTRB(px - rx * scale, py - ry, px + rx * scale, py + ry))
        self.canvas.drawPath(
            path, skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(colour), round(255 * alpha)))
        )

    def _scattered(self, count: int, name: str) -> list[tuple[float, float, Random]]:
        """Spots on the ground, evenly over the picture, fixed to the world. (x, depth, dice)"""
        spots: list[tuple[float, float, Random]] = []
        near = max(-self.pose.distance + 0.4, self._depth_of(self.box[3]))
        step = 0.6
        depth = math.floor(near / step) * step
        while depth < 60 and len(spots) < count:
            scale = self.pose.scale(depth)
            left = self.pose.x + (self.box[0] - self.pose.centre) / scale
            right = self.pose.x + (self.box[2] - self.pose.centre) / scale
            wide = max(step * 1.8, 2 * self.pose.centre / scale / 14)
            for cell in range(math.floor(left / wide), math.ceil(right / wide)):
                dice = Random(f"{self.setting.seed}/{name}/{cell}/{depth:.1f}/{wide > step * 1.8}")
                spots.append((cell * wide + dice.uniform(0, wide), depth + dice.uniform(0, step), dice))
            depth = round(depth + step, 3)
            step = max(0.6, (depth + self.pose.distance) * 0.14)
        return spots

    def _tufts(self, near: str) -> None:
        for x, d, dice in self._scattered(420, "tufts"):
            shade = dice.uniform(-0.12, 0.1)
            self._patch(x, d, dice.uniform(0.15, 0.6), shaded(near, shade), 0.55)

    def _ripples(self, near: str) -> None:
        for x, d, dice in self._scattered(240, "ripples"):
            self._patch(x, d, dice.uniform(0.3, 1.2), shaded(near, dice.choice((-0.07, 0.12))), 0.5)

    def _cobbles(self, near: str) -> None:
        for x, d, dice in self._scattered(520, "cobbles"):
            self._patch(x, d, dice.uniform(0.12, 0.24), shaded(near, dice.uniform(-0.14, 0.1)), 0.6)

    def _setts(self, near: str) -> None:
        """Small square stones in rows, as they are seen from low down."""
        joint = shaded(near, -0.2)
        first = max(-self.pose.distance + 0.12, self._depth_of(self.box[3]))
        for row in range(math.floor(first / 0.15), 44):
            d0, d1 = max(first, 0.15 * row), 0.15 * (row + 1)
            half = 1.2 * self.pose.centre / self.pose.scale(d1) + 0.2
            cells = range(math.floor((self.pose.x - half) / 0.19), math.ceil((self.pose.x + half) / 0.19))
            for cell in cells if d1 > d0 else ():
                x = 0.19 * (cell + 0.5 * (row % 2))
                tone = Random(f"{self.setting.seed}/setts/{row}/{cell}").uniform(-0.05, 0.06)
                self._quad(x, x + 0.19, d0, d1, joint, 1.0)
                self._quad(x + 0.008, x + 0.182, d0, max(d0, d1 - 0.02), shaded(near, tone), 1.0)

    def _craters(self, near: str) -> None:
        """Round hollows with a lit rim, a few of them large, over a dusting of small ones."""
        for x, d, dice in self._scattered(700, "dust"):
            self._patch(x, d, dice.uniform(0.06, 0.16), shaded(near, dice.uniform(-0.16, 0.1)), 0.6)
        for x, d, dice in self._scattered(1500, "craters"):
            if dice.random() < 0.16:
                size = dice.uniform(0.3, 0.8) * (2.2 if d > 4 and dice.random() < 0.3 else 1.0)
                self._patch(x, d + size * 0.12, size * 1.16, shaded(near, 0.16), 0.8)
                self._patch(x, d, size, shaded(near, -0.26), 0.9)
                self._patch(x + size * 0.1, d - size * 0.1, size * 0.78, shaded(near, -0.14), 0.9)

    def _tiles(self, near: str) -> None:
        tile = float(self.options.get("tile", 0.9))
        other = str(self.options.get("other", shaded(near, -0.1)))
        first = max(-self.pose.distance + 0.4, self._depth_of(self.box[3]) - tile)
        row = math.floor(first / tile)
        while row * tile < min(14.0, float(self.options.get("edge", 14))):
            depth = max(first, row * tile)
            scale = self.pose.scale(depth + tile)
            left = self.pose.x + (self.box[0] - self.pose.centre) / scale
            right = self.pose.x + (self.box[2] - self.pose.centre) / scale
            for cell in range(math.floor(left / tile), math.ceil(right / tile) + 1):
                if (cell + row) % 2:
                    self._quad(cell * tile, (cell + 1) * tile, depth, (row + 1) * tile, other, 0.8)
            row += 1

    def _rooftiles(self, near: str) -> None:
        """Courses of clay tiles, each laid half a tile beside the one before it, with a shadow under it."""
        tile = float(self.options.get("tile", 0.5))
        first = max(-self.pose.distance + 0.4, self._depth_of(self.box[3]) - tile)
        row = math.floor(first / tile)
        while row * tile < float(self.options.get("edge", 14)):
            depth = max(first, row * tile)
            scale = self.pose.scale(depth + tile)
            left = self.pose.x + (self.box[0] - self.pose.centre) / scale
            right = self.pose.x + (self.box[2] - self.pose.centre) / scale
            for cell in range(math.floor(left / tile) - 1, math.ceil(right / tile) + 1):
                x = (cell + 0.5 * (row % 2)) * tile
                shade = Random(f"{self.setting.seed}/tile/{row}/{cell}").uniform(-0.1, 0.08)
                self._quad(x + 0.02, x + tile - 0.02, depth, (row + 1) * tile, shaded(near, shade), 0.9)
            self._quad(left - tile, right + tile, depth, depth + 0.14 * tile, shaded(near, -0.36), 0.9)
            row += 1

    def _planks(self, near: str) -> None:
        wide = float(self.options.get("tile", 0.34))
        first = max(-self.pose.distance + 0.3, self._depth_of(self.box[3]))
        last = float(self.options.get("edge", self.options.get("until", 14 if self.interior else 40)))
        scale = self.pose.scale(last)
        left = self.pose.x + (self.box[0] - self.pose.centre) / scale
        right = self.pose.x + (self.box[2] - self.pose.centre) / scale
        wide = max(wide, (right - left) / 90)
        if seam := float(self.options.get("seam", 0.0)):
            self._quad(left, right, first, last, shaded(near, -seam), 0.9)
        for cell in range(math.floor(left / wide), math.ceil(right / wide)):
            dice = Random(f"{self.setting.seed}/plank/{cell}")
            shade = dice.uniform(-0.09, 0.07)
            self._quad(cell * wide, (cell + 0.93) * wide, first, last, shaded(near, shade), 0.75)

    def _road(self, near: str) -> None:
        first = max(-self.pose.distance + 0.3, self._depth_of(self.box[3]))
        if self.options.get("walk"):
            self._pavement(near, first)
            return
        if self.setting.snowy:  # trodden snow with the ruts of wheels
            self._quad(-60, 60, max(first, -1.9), 3.4, "#d3dbe6", 1.0)
            for d in (-0.9, 0.55, 1.5, 2.5):
                if d > first:
                    self._quad(-60, 60, d, d + 0.16, "#b3bfd0", 0.9)
            return
        self._quad(-60, 60, max(first, -1.9), 3.4, str(self.options.get("road", "#6c6a70")), 1.0)
        if self.setting.ruined:
            self._broken(first)
            return
        self._quad(-60, 60, max(first, -2.15), max(first, -1.9), "#cfc8ba", 0.8)
        self._quad(-60, 60, 3.4, 3.7, "#cfc8ba", 0.8)
        for cell in range(-16, 16):
            self._quad(cell * 2.4, cell * 2.4 + 1.2, 0.75, 0.9, "#ece4cf", 0.75)

    def _pavement(self, near: str, first: float) -> None:
        """The flags of a pavement to the front, its kerb, and the carriageway behind it."""
        joint, road = shaded(near, -0.16), str(self.options.get("road", "#6c6a70"))
        if self.setting.snowy:
            joint, road = mixed(joint, "#c9d3e0", 0.8), "#c3cddb"
        kerb, depth, row = 1.5, math.floor(first / 0.75) * 0.75, 0
        while depth < kerb:
            d0, d1 = max(first, depth), min(kerb, depth + 0.75)
            if d1 > d0:
                self._quad(-60, 60, max(d0, d1 - 0.035), d1, joint, 0.8)
                for cell in range(-24, 24):
                    x = 1.2 * cell + (0.6 if row % 2 else 0.0)
                    self._quad(x, x + 0.035, d0, d1, joint, 0.8)
            depth, row = depth + 0.75, row + 1
        self._quad(-60, 60, kerb, kerb + 0.16, shaded("#cfc8ba", 0.05), 1.0)
        self._quad(-60, 60, kerb + 0.16, kerb + 0.22, shaded(road, -0.3), 1.0)
        self._quad(-60, 60, kerb + 0.22, 4.1, road, 1.0)
        self._quad(-60, 60, 4.1, 4.35, "#cfc8ba", 0.8)
        for cell in range(-16, 16):
            self._quad(cell * 2.4, cell * 2.4 + 1.2, 2.85, 2.97, "#ece4cf", 0.6)

    def _broken(self, first: float) -> None:
        """A road nobody mends: cracks, holes, and grass that comes through."""
        grass = self.setting.grass("#6f9a4e")
        for x, d, dice in self._scattered(160, "broken"):
            if not max(first, -1.8) < d < 3.3:
                continue
            kind = dice.random()
            if kind < 0.34:
                self._patch(x, d, dice.uniform(0.2, 0.5), "#565058", 0.9)
            elif kind < 0.7:
                self._patch(x, d, dice.uniform(0.12, 0.4), grass, 0.9)
            else:
                self._patch(x, d, dice.uniform(0.08, 0.2), "#a39a8e", 1.0)

    def _rails(self, near: str) -> None:
        for cell in range(-40, 40):
            self._quad(cell * 0.8, cell * 0.8 + 0.3, 1.5, 3.3, "#5c4a3e", 0.9)
        for d in (1.8, 2.9):
            self._quad(-60, 60, d, d + 0.12, "#aab0b8", 1.0)

    def _rug(self, near: str) -> None:
        self._planks(near)
        colour = str(self.options.get("rug", "#a8584c"))
        self._patch(0.2, 0.2, 2.1, colour, 1.0)
        self._patch(0.2, 0.2, 1.75, shaded(colour, 0.2), 1.0)
        self._patch(0.2, 0.2, 1.6, colour, 1.0)

    def _path(self, colour: str) -> None:
        if self.setting.snowy:
            colour = mixed(colour, "#d9e1ec", 0.85)
        first = max(-self.pose.distance + 0.3, self._depth_of(self.box[3]))
        phase = Random(f"{self.setting.seed}/path").uniform(0, 6)
        sides: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
        depth = first
        while depth < 70:
            bend = math.sin(depth * 0.13 + phase) * min(6.0, 0.4 + 0.16 * max(0.0, depth))
            half = 1.1 + 0.1 * math.sin(depth * 1.7)
            sides[0].append(self.pose.at(bend - half, 0, depth))
            sides[1].append(self.pose.at(bend + half, 0, depth))
            depth += max(0.25, (depth + self.pose.distance) * 0.08)
        if not sides[0]:  # a lens on the ground sees none of it that is near
            return
        path = skia.Path()
        path.moveTo(*sides[0][0])
        for point in (*sides[0][1:], *reversed(sides[1])):
            path.lineTo(*point)
        path.close()
        self._fill(path, colour, 0.9)

    def _winding(self, near: skia.Path) -> skia.Path:
        """The water of a river that winds away to the horizon, from the path of what is near."""
        sides: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
        depth = 6.5
        while depth < 300:
            middle = bend(depth)
            half = 2.6 + 0.02 * depth
            sides[0].append(self.pose.at(middle - half, 0, depth))
            sides[1].append(self.pose.at(middle + half, 0, depth))
            depth *= 1.08
        tail = skia.Path()
        tail.moveTo(*sides[0][0])
        for point in (*sides[0][1:], *reversed(sides[1])):
            tail.lineTo(*point)
        tail.close()
        return skia.Op(near, tail, skia.PathOp.kUnion_PathOp) or near

    def _outlined(self, path: skia.Path, colour: str, metres: float) -> None:
        """A bank along a shore."""
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(self._tone(colour)), 200))
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(max(2.0, self.pose.scale(4.0) * metres))
        self.canvas.drawPath(path, paint)

    def _currents(self, colour: str) -> None:
        """Long lines that follow the river."""
        for n in range(7):
            across = (n - 3) / 3.6
            points = []
            depth = 7.0
            while depth < 200:
                half = 2.6 + 0.02 * depth
                points.append(self.pose.at(bend(depth) + across * half, 0, depth))
                depth *= 1.1
            path = skia.Path()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(self._tone(shaded(colour, 0.28))), 120))
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(max(1.0, self.pose.scale(20.0) * 0.1))
            self.canvas.drawPath(path, paint)

    def _streaks(self, colour: str, top: float) -> None:
        """Long light strokes along a river: its water goes somewhere."""
        dice = Random(f"{self.setting.seed}/streaks")
        span, deep = self.box[2] - self.box[0], self.box[3] - top
        for k in range(26):
            share = ((k + dice.random()) / 26) ** 1.5
            x, y = self.box[0] + span * dice.random(), top + 3 + deep * share
            half, thick = (30 + 120 * share) * span / 1280, (0.9 + 2.4 * share) * span / 1280
            path = skia.Path()
            path.moveTo(x - half, y)
            path.quadTo(x, y - 3.6 * thick, x + half, y)
            path.quadTo(x, y - 0.4 * thick, x - half, y)
            self._fill(path, mixed(colour, "#ffffff", 0.55), 0.6)

    def _water(self, first: float, last: float) -> None:
        colour = str(self.options.get("sea", "#3f7f9f"))
        colour = mixed(colour, self.setting.air.zenith, 0.22)
        colour = mixed(colour, "#20324a", 0.5 * self.setting.air.night)
        deep = mixed(colour, self.setting.air.horizon, 0.45)
        clip = skia.Path()
        shore, steps = [], 40
        phase = Random(f"{self.setting.seed}/shore").uniform(0, 6)
        span = self.box[2] - self.box[0]
        edge = max(first, self._depth_of(self.box[3]) - 0.5)
        for k in range(steps + 1):
            x = self.box[0] + span * k / steps
            world = self.pose.x + (x - self.pose.centre) / self.pose.scale(edge)
            wobble = -float(self.options.get("round", 0.0)) * world * world
            wobble += 0.35 * math.sin(world * 0.9 + phase) + 0.2 * math.sin(world * 2.3 + phase * 2)
            shore.append((x, self.pose.at(world, 0, max(edge + wobble, -self.pose.distance + 0.2))[1]))
        top = self.pose.at(0, 0, last)[1] if last < min(_FARTHEST, 390) else self.pose.horizon
        clip.moveTo(self.box[0], top)
        clip.lineTo(self.box[2], top)
        for x, y in reversed(shore):
            clip.lineTo(x, y)
        clip.close()
        if self.options.get("winds"):
            last = _FARTHEST
            clip = self._winding(clip)
            self._outlined(clip, "#d8cba0", 0.16)
        self.canvas.save()
        self.canvas.clipPath(clip, True)
        self._band(colour, deep, edge - 2, last)
        if self.options.get("winds"):
            self._currents(colour)
        dice = Random(f"{self.setting.seed}/swell")
        for _ in range(70):
            share = dice.random() ** 1.6
            y = top + 2 + (self.box[3] - top) * share
            half = (18 + 130 * share) * dice.uniform(0.4, 1.0) * span / 1280
            x = self.box[0] + span * dice.random()
            path = skia.Path()
            thick = (0.8 + 5 * share) * span / 1280
            path.addOval(skia.Rect.MakeLTRB(x - half, y - thick, x + half, y + thick))
            self._fill(path, shaded(colour, dice.choice((0.12, 0.2, -0.12))), 0.4)
        if self.options.get("flow"):
            self._streaks(colour, top)
        self.canvas.restore()
        if first > -5 and not self.options.get("still"):
            foam = skia.Path()
            foam.moveTo(*shore[0])
            for x, y in shore[1:]:
                foam.lineTo(x, y)
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(self._tone("#f2f6f4")), 190))
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(max(1.5, self.pose.scale(edge) * 0.07))
            self.canvas.drawPath(foam, paint)
