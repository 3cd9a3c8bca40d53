"""What states do to any thing: fire, light, wet, snow, ice, cracks, dust, leaves, bunting."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

import skia

from ....storyboard.vocabulary import Mark
from ..ink import Ink
from .shapes import bow, oval, poly, tongue


@dataclass(frozen=True)
class Frame:
    """What a mark needs to know of the thing it is on. Lengths in metres, base centre at the origin."""

    ink: Ink
    shining: Ink
    """For what gives light."""
    marks: frozenset[Mark]
    width: float
    height: float
    seed: int
    outline: Callable[[], skia.Path]
    shows_light: bool
    """Whether the drawing has a light of its own for ``lit``."""

    @property
    def extent(self) -> float:
        """The larger of width and height."""
        return max(self.width, self.height)


def draw_flame(canvas: skia.Canvas, ink: Ink, x: float, y: float, height: float, t: float, seed: int) -> None:
    """A flame standing on ``x``, ``y`` (metres, y down), alive with ``t``."""
    beat = t * 9 + seed % 11 + x * 7
    tall = height * (1 + 0.1 * math.sin(beat) + 0.06 * math.sin(2.3 * beat))
    lean = height * (0.09 * math.sin(0.7 * beat + 1) + 0.04 * math.sin(1.9 * beat))
    ink.glow(canvas, x, y - height * 0.45, height * 1.2, "#ff9a3c", 0.11)
    for share, colour in ((1.0, "#e8672a"), (0.72, "#f6a936"), (0.42, "#fff0b0")):
        path = tongue(0, 0, tall * share, lean * share)
        path.transform(skia.Matrix.Scale(1, -1))
        path.offset(x, y)
        ink.piece(canvas, path, colour, alpha=0.95)


def draw_behind(canvas: skia.Canvas, frame: Frame, t: float) -> None:
    """What lies behind the thing or under it."""
    if frame.marks & {Mark.wet, Mark.flooded}:
        path = oval((0, 0, frame.width * 0.62, frame.extent * 0.035))
        frame.ink.piece(canvas, path, "#7fb0c9", alpha=0.55)
    if Mark.glowing in frame.marks or (Mark.lit in frame.marks and not frame.shows_light):
        breath = 0.3 + 0.05 * math.sin(3 * t + frame.seed % 5)
        frame.ink.glow(canvas, 0, -frame.height / 2, frame.extent * 1.15, "#ffd98a", breath)


def draw_over(canvas: skia.Canvas, frame: Frame, t: float) -> None:
    """What lies on the thing."""
    rng = random.Random(frame.seed)
    for mark, draw in _OVER.items():
        if mark in frame.marks:
            draw(canvas, frame, t, rng)


def _inside(canvas: skia.Canvas, frame: Frame) -> None:
    canvas.clipPath(frame.outline(), doAntiAlias=True)


def _cracks(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    canvas.save()
    _inside(canvas, frame)
    x = rng.uniform(-0.15, 0.15) * frame.width
    points: list[float] = []
    for i in range(7):
        y = -frame.height * (1.0 - i / 6 * rng.uniform(0.75, 0.95))
        points += [x + frame.width * 0.09 * (-1) ** i * rng.uniform(0.5, 1.2), y]
    crack = skia.Path.Polygon([skia.Point(*p) for p in zip(points[::2], points[1::2], strict=True)], False)
    branch = skia.Path.Polygon(
        [
            skia.Point(points[4], points[5]),
            skia.Point(points[4] + frame.width * 0.2, points[5] + frame.height * 0.05),
            skia.Point(points[4] + frame.width * 0.3, points[5] + frame.height * 0.17),
        ],
        False,
    )
    frame.ink.mark(canvas, crack, "#241c18", frame.extent * 0.016)
    frame.ink.mark(canvas, branch, "#241c18", frame.extent * 0.011)
    canvas.restore()


def _drops(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    for _ in range(6):
        x = rng.uniform(-0.42, 0.42) * frame.width
        start, pace = rng.random(), rng.uniform(0.35, 0.7)
        fall = (start + t * pace) % 1.0
        y = -frame.height * (0.95 - 0.95 * fall)
        size = frame.extent * 0.022
        frame.ink.piece(canvas, oval((x, y, size * 0.7, size)), "#a9d3e6", alpha=0.85)


def _snow(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    outline = frame.outline()
    lowered = skia.Path(outline)
    lowered.offset(0, frame.extent * 0.06)
    cap = skia.Op(outline, lowered, skia.PathOp.kDifference_PathOp)
    frame.ink.piece(canvas, cap, "#f4f8fb")
    heap = oval((0, 0, frame.width * 0.58, frame.extent * 0.04))
    frame.ink.piece(canvas, heap, "#f4f8fb")


def _ice(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    frame.ink.piece(canvas, frame.outline(), "#bfe6f5", alpha=0.5)
    for i in range(5):
        x = (-0.4 + 0.2 * i) * frame.width
        long = frame.extent * rng.uniform(0.06, 0.14)
        y = -frame.height * 0.55
        path = poly((x - long * 0.2, y, x + long * 0.2, y, x, y + long))
        frame.ink.piece(canvas, path, "#e2f4fb", alpha=0.85)


def _blots(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    canvas.save()
    _inside(canvas, frame)
    for _ in range(7):
        x, y = rng.uniform(-0.45, 0.45) * frame.width, -rng.uniform(0.02, 0.7) * frame.height
        r = frame.extent * rng.uniform(0.03, 0.08)
        frame.ink.piece(canvas, oval((x, y, r, r * 0.7)), "#5b452f", alpha=0.5)
    canvas.restore()


def _web(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    canvas.save()
    _inside(canvas, frame)
    x, y, r = -frame.width / 2, -frame.height, frame.extent * 0.3
    rays = [(x + r * math.cos(a), y + r * math.sin(a)) for a in (0.15, 0.6, 1.0, 1.45)]
    for to_x, to_y in rays:
        frame.ink.mark(canvas, bow((x, y, to_x, to_y)), "#efece4", frame.extent * 0.006, alpha=0.7)
    for share in (0.4, 0.7, 0.95):
        points = [v for to_x, to_y in rays for v in (x + (to_x - x) * share, y + (to_y - y) * share)]
        frame.ink.mark(canvas, bow(points), "#efece4", frame.extent * 0.005, alpha=0.7)
    canvas.restore()


def _leaves(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    for _ in range(16):
        x = rng.uniform(-0.5, 0.5) * frame.width
        y = -frame.height * rng.random() ** 2 * 0.8
        r = frame.extent * rng.uniform(0.03, 0.055)
        leaf = oval((0, 0, r, r * 0.5))
        leaf.transform(skia.Matrix.RotateDeg(rng.uniform(-60, 60)))
        leaf.offset(x, y)
        frame.ink.piece(canvas, leaf, "#5d9150", shade=rng.uniform(-0.2, 0.15))


def _bunting(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    wide, high, drop = frame.width * 0.55, -frame.height * 0.8, frame.extent * 0.1
    rope = bow((-wide, high, 0, high + drop, wide, high))
    frame.ink.mark(canvas, rope, "#5a4636", frame.extent * 0.008)
    size = frame.extent * 0.06
    for i, colour in enumerate(("#c8463c", "#efc850", "#4a76a8", "#5d9150", "#e39aa6")):
        u = -0.8 + 0.4 * i
        x, y = u * wide, high + drop * (1 - u * u)
        frame.ink.piece(canvas, poly((x - size / 2, y, x + size / 2, y, x, y + size)), colour)


def _fire(canvas: skia.Canvas, frame: Frame, t: float, rng: random.Random) -> None:
    frame.ink.glow(canvas, 0, -frame.height * 0.6, frame.extent * 0.9, "#ff8a3c", 0.2)
    for i in range(5):
        x = (-0.36 + 0.18 * i) * frame.width
        foot = -frame.height * rng.uniform(0.1, 0.75)
        draw_flame(canvas, frame.shining, x, foot, frame.extent * rng.uniform(0.28, 0.42), t, frame.seed + i)


_OVER: dict[Mark, Callable[[skia.Canvas, Frame, float, random.Random], None]] = {
    Mark.old: _web,
    Mark.dirty: _blots,
    Mark.broken: _cracks,
    Mark.ruined: _cracks,
    Mark.overgrown: _leaves,
    Mark.festive: _bunting,
    Mark.wet: _drops,
    Mark.snowy: _snow,
    Mark.frozen: _ice,
    Mark.burning: _fire,
}
