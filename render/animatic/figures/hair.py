"""Hair: a cap cut by a hairline that goes round the head, with a mass behind and loose parts."""

from __future__ import annotations

import bisect
import math

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Age, HairStyle, Hat
from ..ink import Ink, mixed, shaded
from .anatomy import BABY
from .face import Ball
from .shapes import Point, ellipse, line, polygon, smooth, tube
from .variants import parted_from

Hairline = tuple[tuple[float, float], ...]
"""(degrees from the nose, height where the hair ends) pairs; y down in head heights."""

_CROPPED: Hairline = (
    (0, -0.27),
    (34, -0.24),
    (58, -0.14),
    (76, 0.02),
    (86, 0.07),
    (98, 0.02),
    (125, 0.22),
    (180, 0.3),
)
_BACK: Hairline = ((0, -0.33), (30, -0.28), (55, -0.14), (78, 0.0), (95, 0.06), (130, 0.26), (180, 0.34))
_RINGED: Hairline = ((0, -0.25), (40, -0.2), (60, -0.04), (72, 0.34), (100, 0.44), (130, 0.46), (180, 0.5))
"""A woman's curls, down to the jaw."""
_LOCKS: Hairline = (
    (0, -0.33), (26, -0.29), (46, -0.18), (60, 0.06), (70, 0.32), (79, 0.34), (87, 0.1), (95, 0.08),
    (130, 0.3), (180, 0.36),
)  # fmt: skip
"""Pinned-up hair of a woman, with a lock before each ear."""
HAIRLINES: dict[HairStyle, Hairline] = {
    HairStyle.short: _CROPPED,
    HairStyle.spiky: _CROPPED,
    HairStyle.curly: ((0, -0.25), (40, -0.2), (62, -0.06), (80, 0.16), (100, 0.22), (130, 0.3), (180, 0.36)),
    HairStyle.bob: ((0, -0.19), (38, -0.16), (60, -0.02), (68, 0.3), (86, 0.42), (180, 0.46)),
    HairStyle.long: ((0, -0.33), (24, -0.26), (54, -0.04), (68, 0.3), (78, 0.62), (100, 0.95), (180, 1.05)),
    HairStyle.bun: _BACK,
    HairStyle.braids: _BACK,
    HairStyle.ponytail: _BACK,
}
_BULK = {HairStyle.curly: 1.16, HairStyle.bob: 1.12, HairStyle.long: 1.1, HairStyle.short: 1.05}


def _drawn_back(mass: list[Point], ball: Ball) -> list[Point]:
    """Hair behind a face, from before which it is drawn back as the face turns to profile: past a chin it
    would be a beard."""
    turned = max(0.0, (abs(ball.sin) - 0.35) / 0.65) if ball.cos > 0 else 0.0
    return [(x * (1 - 0.75 * turned) if x * ball.sin > 0 and y > -0.3 else x, y) for x, y in mass]


def _height(hairline: Hairline, angle: float) -> float:
    angle = abs((angle + 180) % 360 - 180)
    i = min(max(1, bisect.bisect_right(hairline, (angle, math.inf))), len(hairline) - 1)
    (a, y), (b, z) = hairline[i - 1], hairline[i]
    return y + (z - y) * (angle - a) / (b - a)


class Hair:
    """Draws the hair of one look around a head of half width ``width``."""

    def __init__(self, look: BodyLook, ink: Ink, width: float, infant: str = "") -> None:
        self.style, self.ink, self.width = look.hair, ink, width
        self.tuft = infant == BABY
        self.tight = look.presents == "man" and look.age is not Age.child
        if self.tuft:
            self.style = HairStyle.bald
        self.colour = look.hair_colour
        if look.age is Age.elder:
            self.colour = parted_from(mixed(look.hair_colour, "#e8e6e0", 0.62), look.skin)
        grown = look.presents == "woman" and look.age is not Age.child
        self.locks = grown and self.style in (HairStyle.bun, HairStyle.ponytail, HairStyle.braids)
        self.line = HAIRLINES.get(self.style, _CROPPED)
        if self.tight and self.style is HairStyle.curly:
            self.line = _CROPPED
        elif grown and self.style is HairStyle.curly:
            self.line = _RINGED
        if self.locks:
            self.line = _LOCKS
        self.girl = look.presents == "woman" and look.age is Age.child
        self.covered = look.hat not in (Hat.none, Hat.crown)
        self.bulk = _BULK.get(self.style, 1.07) * (0.97 if self.covered else 1.0)

    def behind(self, canvas: skia.Canvas, ball: Ball, sway: float) -> None:
        """What lies behind neck and face."""
        w, back = self.width, -ball.sin
        colour = shaded(self.colour, -0.16)
        if self.style is HairStyle.long:
            x = back * 0.14
            mass = [(w * 1.12 + x, -0.2), (w * 1.28 + x, 0.35), (w * 1.2 + x + sway, 0.98), (x + sway, 1.08)]
            mass += [(-w * 1.2 + x + sway, 0.98), (-w * 1.28 + x, 0.35), (-w * 1.12 + x, -0.2), (x, -0.5)]
            self.ink.piece(canvas, smooth(_drawn_back(mass, ball)), colour)
        elif self.style is HairStyle.bob:
            x = back * 0.1
            mass = [(w * 1.15 + x, -0.2), (w * 1.25 + x, 0.2), (w * 1.08 + x, 0.46), (-w * 1.08 + x, 0.46)]
            mass += [(-w * 1.25 + x, 0.2), (-w * 1.15 + x, -0.2), (x, -0.5)]
            self.ink.piece(canvas, smooth(_drawn_back(mass, ball)), colour)
        elif self.style is HairStyle.braids:
            self._braids(canvas, ball, sway, near=False)
        elif self.style is HairStyle.bun and not self.covered and ball.cos > -0.3:
            self._bun(canvas, ball)
        elif self.style is HairStyle.ponytail and ball.cos > -0.3:
            self._tail(canvas, ball, sway)
        elif self.style is HairStyle.curly:
            self._curls(canvas, ball, colour, 1.12)
            if self.line is _RINGED:
                self._ringlets(canvas, ball, colour, sway)

    def front(self, canvas: skia.Canvas, ball: Ball, sway: float) -> None:
        """The cap over the face, with strands and loose parts."""
        if self.tuft and not self.covered:
            curl = line([(0.0, -0.47), (-0.1, -0.56), (0.02, -0.63), (0.1, -0.56), (0.03, -0.52)])
            self.ink.mark(canvas, curl, self.colour, 0.05)
        if self.style is HairStyle.bald:
            return
        self.ink.piece(canvas, self._cap(ball), self.colour)
        for start in (-58, -30, 0, 30, 58):
            x, y = self.width * 0.98 * math.sin(math.radians(start)), -0.54 + 0.0022 * abs(start)
            b = start * 1.15
            end_y = _height(self.line, b - ball.yaw)
            if (
                end_y + ball.drop - y < 0.14
                or abs(b) > 80
                or (start * ball.sin > 0 and abs(start) > 20 and abs(ball.sin) > 0.25)
            ):
                continue
            ex = self.width * math.sin(math.radians(b))
            reach = y + (min(end_y, 0.4) - y) * 0.72
            strand = line([(x * 0.8, y + 0.07), ((x * 0.8 + ex) / 2 + 0.015, (y + reach) / 2), (ex, reach)])
            self.ink.mark(canvas, strand, shaded(self.colour, -0.22), 0.013, alpha=0.7)
        if not self.covered:
            gleam = line([(-0.24, -0.4), (-0.1, -0.475), (0.08, -0.49)])
            self.ink.mark(canvas, gleam, shaded(self.colour, 0.3), 0.024, alpha=0.55)
        if self.style is HairStyle.spiky and not self.covered and not self.girl:
            self._spikes(canvas, ball)
        elif self.style is HairStyle.curly:
            self._curls(canvas, ball, self.colour, 1.02, crown=True)
        elif self.style is HairStyle.braids:
            self._braids(canvas, ball, sway, near=True)
        elif self.style is HairStyle.bun and not self.covered and ball.cos <= -0.3:
            self._bun(canvas, ball)
        elif self.style is HairStyle.ponytail and ball.cos <= -0.3:
            self._tail(canvas, ball, sway)

    def ribbon(self, canvas: skia.Canvas, ball: Ball) -> None:
        """A girl's bow, over hair that has no braids to tie it in."""
        if not self.girl or self.covered:
            return
        x, y = -ball.sin * 0.1 + 0.2 * (1 if ball.sin <= 0 else -1), -0.56 * self.bulk
        for side in (-1, 1):
            wing = [(x, y), (x + side * 0.24, y - 0.13), (x + side * 0.27, y + 0.1)]
            self.ink.piece(canvas, smooth(wing, tension=0.3), "#d8326a", shade=0.06 * side)
        self.ink.piece(canvas, ellipse(x, y, 0.06, 0.065), "#b0204f")

    def _cap(self, ball: Ball) -> skia.Path:
        hairline, w = self.line, self.width * 1.03
        inner: list[Point] = []
        for b in range(-90, 91, 12):
            x = w * math.sin(math.radians(b))
            y = _height(hairline, b - ball.yaw) + ball.drop * 0.8
            if b * ball.sin > 0 and abs(b) > 60 and abs(ball.sin) > 0.25 and y < 0.15:
                continue  # the far temple: the cap ends at the brow and hugs the skull
            inner.append((x, y))
        shift = -ball.sin * 0.06
        rx, ry, cy = self.width * self.bulk, 0.48 * self.bulk, -0.07
        low = min(inner[-1][1], 0.05)
        outer: list[Point] = []
        if inner[-1][1] > 0.15:
            outer.append((rx * 1.02, (inner[-1][1] + cy) / 2))
        for angle in (10, 40, 65, 90, 115, 140, 170):
            if angle in (10, 170) and (90 - angle) * ball.sin > 0 and abs(ball.sin) > 0.25 and low < 0.15:
                continue
            y = cy - ry * math.sin(math.radians(angle))
            outer.append((shift + rx * 1.04 * math.cos(math.radians(angle)), min(y, max(low, y))))
        if inner[0][1] > 0.15:
            outer.append((-rx * 1.02, (inner[0][1] + cy) / 2))
        return smooth([*inner, *outer], tension=0.6)

    def _bun(self, canvas: skia.Canvas, ball: Ball) -> None:
        x = -ball.sin * self.width * 0.98
        y = -0.5 + 0.22 * abs(ball.sin) + (0.2 if ball.cos < -0.3 else -0.1)
        self.ink.piece(canvas, ellipse(x, y, 0.225, 0.2), self.colour, shade=-0.06)
        y += 0.02
        for k in (0.5, 0.8):
            swirl = [(x - 0.19 * k, y), (x, y - 0.15 * k), (x + 0.17 * k, y + 0.02)]
            self.ink.mark(canvas, line(swirl), shaded(self.colour, -0.25), 0.013)

    def _tail(self, canvas: skia.Canvas, ball: Ball, sway: float) -> None:
        x = -ball.sin * self.width * 1.0
        out = -1 if ball.sin > 0 else 1
        reach = abs(ball.sin)
        spine = [
            (x, -0.26),
            (x + out * 0.16 * reach, -0.2),
            (x + out * 0.26 * reach + sway * 0.5, 0.1),
            (x + out * 0.2 * reach + sway, 0.5),
            (x + out * 0.26 * reach + sway * 1.4, 0.74),
        ]
        if reach < 0.42 and ball.cos > 0:
            spine = [(out * w, y) for w, y in ((0.15, -0.3), (0.44, -0.16), (0.58, 0.14), (0.5, 0.46))]
            spine.append((out * 0.54 + sway, 0.7))
        self.ink.piece(canvas, tube(spine, (0.1, 0.2, 0.26, 0.18, 0.04)), self.colour, shade=-0.08)
        self.ink.piece(canvas, ellipse(x, -0.25, 0.06, 0.07), "#c8485a")

    def _braids(self, canvas: skia.Canvas, ball: Ball, sway: float, *, near: bool) -> None:
        for side in (-1, 1):
            if (ball.towards(side * 78) > 0.0) != near:
                continue
            x, y = ball.at(side * 82, 0.1, 1.06)
            swing = side * 0.05
            for i in range(6):
                size = 0.098 - i * 0.008
                lump = ellipse(
                    x + swing * i * 0.4 + sway * i * 0.2, y + i * 0.125, size, 0.09, 24 * (-1) ** i
                )
                self.ink.piece(canvas, lump, self.colour, shade=-0.05 * (i % 2))
            x, y = x + swing * 2.3 + sway * 1.2, y + 0.72
            self.ink.piece(canvas, ellipse(x, y, 0.06, 0.035), "#c8485a")
            self.ink.piece(canvas, tube([(x, y), (x, y + 0.08)], (0.06, 0.02)), self.colour)

    def _curls(
        self, canvas: skia.Canvas, ball: Ball, colour: str, out: float, *, crown: bool = False
    ) -> None:
        shift = -ball.sin * 0.07
        angles = range(20, 165, 24) if crown else range(-24, 206, 23)
        if self.tight and not crown:
            return  # a man's curls are close to the head
        if self.covered:
            angles = range(-30, 8, 18) if not crown else range(0)
        elif self.tight:
            angles = range(-2, 184, 14)
        for i, angle in enumerate(angles):
            radius = (0.085 if self.tight else 0.15) + 0.018 * ((i * 5) % 3)
            for a in (angle, 180 - angle) if self.covered else (angle,):
                x = shift + self.width * out * math.cos(math.radians(a))
                y = -0.08 - (0.44 if crown else 0.43) * out * math.sin(math.radians(a))
                self.ink.piece(canvas, ellipse(x, y, radius, radius * 0.94), colour, shade=0.04 * (i % 2))

    def _ringlets(self, canvas: skia.Canvas, ball: Ball, colour: str, sway: float) -> None:
        """A woman's curls beside the neck; none before a face that is turned to that side."""
        for side in (-1, 1):
            if side * ball.sin > 0.35 and ball.cos > 0:
                continue
            for i, (out, y) in enumerate(((1.12, 0.22), (1.1, 0.42), (0.94, 0.58))):
                x = side * self.width * out - ball.sin * 0.07 + sway * i * 0.3
                self.ink.piece(canvas, ellipse(x, y, 0.15, 0.14), colour, shade=0.04 * (i % 2))

    def _spikes(self, canvas: skia.Canvas, ball: Ball) -> None:
        shift = -ball.sin * 0.06
        points: list[Point] = []
        for i, angle in enumerate(range(-12, 193, 17)):
            out = 1.42 if i % 2 else 1.0
            x = shift + self.width * out * 0.98 * math.cos(math.radians(angle))
            points.append((x, -0.1 - 0.44 * out * math.sin(math.radians(angle))))
        points += [(-self.width * 0.7 + shift, -0.24), (self.width * 0.7 + shift, -0.24)]
        self.ink.piece(canvas, polygon(points), self.colour, shade=0.03)
