"""Things worn besides the garment, and what states do to a person."""

from __future__ import annotations

import math

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Mark, Worn
from ..ink import Ink, mixed, shaded
from .face import Ball, Face
from .shapes import Point, ellipse, line, polygon, rounded, smooth, tube
from .skeleton import Skeleton
from .torso import Torso


class Accessories:
    """Draws ``look.worn`` and the marks of a state."""

    def __init__(self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, face_ink: Ink) -> None:
        self.look, self.marks, self.ink, self.face_ink = look, marks, ink, face_ink
        self.worn = set(look.worn)
        if Mark.wounded in marks:
            self.worn.add(Worn.bandage)

    def behind(self, canvas: skia.Canvas, torso: Torso, bones: Skeleton, t: float) -> None:
        """Wings, cape, backpack."""
        if Worn.wings in self.worn:
            self._wings(canvas, torso, t)
        if Worn.cape in self.worn:
            self._cape(canvas, torso, bones, t)
        if Worn.backpack in self.worn:
            colour = mixed(self.look.trim_colour, "#7a5a34", 0.5)
            x, y = torso.at(180, 0.45, 1.35)
            wide = 0.075 + 0.04 * abs(torso.cos)
            self.ink.piece(canvas, rounded(x - wide, y - 0.13, x + wide, y + 0.13, 0.04), colour)
            self.ink.piece(
                canvas, rounded(x - wide * 0.7, y + 0.01, x + wide * 0.7, y + 0.1, 0.02), colour, shade=-0.15
            )

    def trunk(self, canvas: skia.Canvas, torso: Torso, bones: Skeleton, t: float) -> None:
        """What lies on the chest."""
        if Worn.backpack in self.worn:
            for side in (-1, 1):
                if torso.seen(side * 40):
                    strap = torso.seam([(side * 40, 0.0), (side * 38, 0.25), (side * 66, 0.5)])
                    self.ink.mark(
                        canvas, strap, shaded(mixed(self.look.trim_colour, "#7a5a34", 0.5), -0.2), 0.022
                    )
        if Worn.medal in self.worn and torso.seen(26):
            x, y = torso.at(26, 0.3)
            self.ink.piece(
                canvas, polygon([(x - 0.013, y - 0.045), (x + 0.013, y - 0.045), (x, y)]), "#b8343c"
            )
            self.ink.piece(canvas, ellipse(x, y + 0.008, 0.018, 0.018), "#f0c040")
        if Worn.necklace in self.worn and torso.seen(0):
            self.ink.mark(canvas, torso.seam([(-40, 0.0), (0, 0.2), (40, 0.0)]), "#f0d070", 0.009)
            self.ink.piece(canvas, ellipse(*torso.at(0, 0.22), 0.014, 0.017), self.look.trim_colour)
        if Mark.dirty in self.marks:
            for a, v, r in ((-30, 0.5, 0.026), (24, 0.8, 0.032), (40, 0.3, 0.018)):
                if torso.seen(a):
                    self.ink.piece(canvas, ellipse(*torso.at(a, v), r, r * 0.7, 20), "#4a3826", alpha=0.55)
        if Worn.scarf in self.worn:
            self._scarf(canvas, torso, t)
        elif Worn.collar in self.worn:
            self.ink.mark(
                canvas, torso.seam([(-70, -0.06), (0, 0.0), (70, -0.06)]), self.look.trim_colour, 0.028
            )

    def _scarf(self, canvas: skia.Canvas, torso: Torso, t: float) -> None:
        colour = self.look.trim_colour
        wide = torso.half(0.02) * 0.92
        x, y = (torso.at(0, -0.03)[0] + torso.at(180, -0.03)[0]) / 2, torso.at(0, -0.04)[1]
        side = 1 if torso.seen(28) else -1
        sx, sy = torso.at(torso.inside(side * 26), 0.04)
        wave = 0.014 * math.sin(t * 2.6)
        tail = tube([(sx, sy - 0.02), (sx + 0.004, sy + 0.08), (sx + wave, sy + 0.19)], (0.052, 0.056, 0.06))
        self.ink.piece(canvas, tail, colour, shade=-0.1)
        for i in (-1, 0, 1):
            fringe = line([(sx + wave + i * 0.018, sy + 0.2), (sx + wave * 1.3 + i * 0.02, sy + 0.22)])
            self.ink.mark(canvas, fringe, colour, 0.008)
        self.ink.piece(canvas, ellipse(x, y, wide, 0.036), colour)
        self.ink.mark(
            canvas,
            line([(x - wide * 0.8, y - 0.004), (x, y + 0.012), (x + wide * 0.8, y - 0.004)]),
            shaded(colour, -0.25),
            0.006,
        )

    def _cape(self, canvas: skia.Canvas, torso: Torso, bones: Skeleton, t: float) -> None:
        back = -torso.sin
        wave = 0.02 * math.sin(t * 3.1)
        low = max(leg.end.y for leg in bones.legs) - 0.09
        a, b = torso.edge(-1, 0.02, 0.9), torso.edge(1, 0.02, 0.9)
        drift = back * 0.1
        points = [a, b, (b[0] + 0.07 + drift * 0.6, (b[1] + low) / 2), (b[0] + 0.1 + drift + wave, low)]
        points += [
            ((a[0] + b[0]) / 2 + drift - wave, low + 0.03),
            (a[0] - 0.1 + drift + wave, low),
            (a[0] - 0.07 + drift * 0.6, (a[1] + low) / 2),
        ]
        self.ink.piece(canvas, smooth(points, tension=0.4), self.look.trim_colour, shade=-0.12)

    def _wings(self, canvas: skia.Canvas, torso: Torso, t: float) -> None:
        flap = 0.5 + 0.5 * math.sin(t * 5)
        for side in (-1, 1):
            x, y = torso.at(180 + side * 20, 0.22)
            k = side * (0.55 + 0.45 * abs(torso.cos)) - torso.sin * 0.35
            rise = 0.1 + 0.08 * flap
            points: list[Point] = [
                (x, y),
                (x + k * 0.22, y - rise - 0.1),
                (x + k * 0.46, y - rise - 0.06),
                (x + k * 0.44, y + 0.08),
            ]
            points += [(x + k * 0.36, y + 0.19), (x + k * 0.26, y + 0.25), (x + k * 0.13, y + 0.22)]
            self.ink.piece(canvas, smooth(points), "#f6f2e8", shade=-0.04 if side < 0 else 0.0)
            for q in (0.14, 0.24, 0.34):
                feather = line([(x + k * q, y - rise * 0.4), (x + k * (q + 0.02), y + 0.17 - q * 0.2)])
                self.ink.mark(canvas, feather, "#c4bdae", 0.006)

    def face(self, canvas: skia.Canvas, ball: Ball, face: Face) -> None:
        """Glasses, patch, bandage, smudges, snow; in head space."""
        ink, y = self.face_ink, face.eyes_y
        if ball.cos > -0.2:
            if Worn.glasses in self.worn:
                for side in (-1, 1):
                    seen = ball.towards(side * 25)
                    if seen > 0.1:
                        lens = ellipse(*ball.at(side * 25, y + 0.005, 1.03), 0.13 * (0.4 + 0.6 * seen), 0.125)
                        ink.piece(canvas, lens, "#dceaf0", alpha=0.22)
                        ink.mark(canvas, lens, "#2c2620", 0.02)
                ink.mark(
                    canvas, line([ball.at(-8, y - 0.02, 1.05), ball.at(8, y - 0.02, 1.05)]), "#2c2620", 0.02
                )
                side = -1 if ball.sin > 0 else 1
                ink.mark(
                    canvas,
                    line([ball.at(side * 44, y, 1.02), ball.at(side * 88, y - 0.02)]),
                    "#2c2620",
                    0.018,
                )
            if Worn.eyepatch in self.worn:
                if (seen := ball.towards(25)) > 0.2:  # on the face, where it turns away too
                    wide, (x, high) = 0.12 * (0.25 + 0.75 * seen), ball.at(25, y)
                    most = face.width - wide - 0.03
                    ink.piece(canvas, ellipse(max(-most, min(most, x)), high, wide, 0.11), "#1c1a1c")
                band = line([ball.at(-70, y - 0.28), ball.at(0, y - 0.17), ball.at(70, y + 0.02)])
                ink.mark(canvas, band, "#1c1a1c", 0.03)
            if Mark.dirty in self.marks:
                for a, v in ((-40, 0.2), (32, -0.12), (14, 0.4)):
                    if ball.towards(a) > 0.2:
                        ink.piece(canvas, ellipse(*ball.at(a, v), 0.06, 0.035, 20), "#4a3826", alpha=0.5)
            if Mark.wounded in self.marks and ball.towards(-38) > 0.2:
                x, v = ball.at(-38, 0.22)
                ink.piece(canvas, rounded(x - 0.08, v - 0.03, x + 0.08, v + 0.03, 0.03), "#e8c49a")
                ink.piece(canvas, rounded(x - 0.03, v - 0.03, x + 0.03, v + 0.03, 0.005), "#f4e4cc")

    def bandage(self, canvas: skia.Canvas, ball: Ball) -> None:
        """A bandage round the brow, over the hair; in head space."""
        ink = self.face_ink
        if Worn.bandage in self.worn:
            wrap = [
                ball.at(a, -0.22 - 0.03 * math.cos(math.radians(a + ball.yaw)), 1.03)
                for a in range(int(-90 - ball.yaw), int(91 - ball.yaw), 30)
            ]
            ink.mark(canvas, line(wrap), "#f4eee0", 0.11)
            ink.mark(canvas, line(wrap), "#cfc6b2", 0.01)

    def bubble(self, canvas: skia.Canvas) -> None:
        """A space helmet's glass, in head space."""
        self.face_ink.piece(canvas, ellipse(0, -0.03, 0.66, 0.66), "#cfe8f4", alpha=0.1)
        ring = [
            (-0.5, 0.44),
            (-0.26, 0.56),
            (0.26, 0.56),
            (0.5, 0.44),
            (0.46, 0.66),
            (0.0, 0.74),
            (-0.46, 0.66),
        ]
        self.face_ink.piece(canvas, smooth(ring, tension=0.4), "#c9ced6")
        self.face_ink.mark(canvas, ellipse(0, -0.03, 0.66, 0.66), "#f2f4f6", 0.05)
        self.face_ink.mark(
            canvas, line([(-0.46, -0.2), (-0.36, -0.4), (-0.2, -0.52)]), "#ffffff", 0.05, alpha=0.8
        )

    def over(self, canvas: skia.Canvas, torso: Torso, bones: Skeleton, t: float) -> None:
        """Drips, snow and ice over everything; in body space."""
        if Mark.wet in self.marks:
            for i in range(7):
                phase = (t * 0.9 + i * 0.37) % 1.0
                x = bones.chest.x + 0.2 * math.sin(i * 2.4)
                y = bones.chest.y + 0.1 + 0.07 * i + phase * 0.1
                self.ink.piece(canvas, ellipse(x, y, 0.008, 0.014), "#a8d8f0", alpha=0.9 * (1 - phase))
        if Mark.snowy in self.marks or Mark.frozen in self.marks:
            head = bones.head
            for dx, dy, r in ((-0.05, -0.11, 0.035), (0.02, -0.122, 0.04), (0.075, -0.1, 0.028)):
                self.ink.piece(canvas, ellipse(head.x + dx, head.y + dy, r, r * 0.55), "#f6fafc")
            for arm in bones.arms:
                self.ink.piece(canvas, ellipse(arm.root.x, arm.root.y - 0.03, 0.045, 0.018), "#f6fafc")
        if Mark.frozen in self.marks:
            for arm in bones.arms:
                x, y = arm.middle.at
                self.ink.piece(
                    canvas, polygon([(x - 0.012, y), (x + 0.012, y), (x, y + 0.06)]), "#d8f0fc", alpha=0.9
                )
