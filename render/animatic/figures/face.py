"""The face of a person, in units of the head's height around its centre."""

from __future__ import annotations

import math

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Age, Beard
from ..ink import Ink, bright, mixed, shaded
from .mood import Mood
from .shapes import Point, ellipse, line, smooth

MOUTH_DARK = "#5b2030"
_DARK_SKIN, _TOLD_APART = 125, 60
"""Brightness (0 to 255) under which skin is dark, and by which a brow is told from it."""
_TURNED_OFF = 0.62
"""How far (1 is all) an eye faces the camera below which it is at the edge of the head."""


class Ball:
    """Puts points given as (angle from the face's middle, height) on a turned head."""

    def __init__(self, width: float, yaw: float, pitch: float) -> None:
        self.width, self.yaw = width, yaw
        self.drop = pitch / 90 * 0.34
        self.sin, self.cos = math.sin(math.radians(yaw)), math.cos(math.radians(yaw))

    def at(self, angle: float, y: float, out: float = 1.0) -> Point:
        """The point ``angle`` degrees round the head (0 is the nose), at height ``y``."""
        return self.width * out * math.sin(math.radians(angle + self.yaw)), y + self.drop

    def towards(self, angle: float) -> float:
        """1 where the surface there faces the camera, 0 at the edge, negative behind."""
        return math.cos(math.radians(angle + self.yaw))


class Face:
    """Draws skin, ears, eyes, brows, nose, mouth, beard."""

    def __init__(self, look: BodyLook, ink: Ink, *, pointed: bool = False, bone: bool = False) -> None:
        self.look, self.ink, self.pointed, self.bone = look, ink, pointed, bone
        child = look.age is Age.child
        self.width = 0.435 if child else 0.39
        self.eyes_y = 0.09 if child else 0.03
        self.eye = (0.088, 0.098) if child else (0.076, 0.08)
        self.lips = look.presents == "woman" and not child and not bone
        self.manly = look.presents == "man" and look.age in (Age.adult, Age.elder)
        self.soft = (child or look.presents == "woman") and look.beard is Beard.none
        self.brow_colour = shaded(look.hair_colour, -0.25)
        if look.age is Age.elder:
            self.brow_colour = mixed(look.hair_colour, "#d8d4cc", 0.4)
        self.lip = mixed(shaded(look.skin, -0.25), "#b0404a", 0.55)
        self.dark = bright(look.skin) < _DARK_SKIN and not bone
        if self.dark and abs(bright(self.brow_colour) - bright(look.skin)) < _TOLD_APART:
            self.brow_colour = mixed(shaded(look.skin, -0.6), "#1c1210", 0.4)

    def skull(self, ball: Ball) -> skia.Path:
        """Outline of the head without hair."""
        w, k = self.width, ball.sin
        jaw = 0.78 if self.soft else 0.96 if self.manly else 0.86
        right = [(0.62, -0.41), (0.97, -0.14), (1.0, 0.1), (0.93 * (0.5 + jaw / 2), 0.27), (jaw * 0.62, 0.43)]
        points: list[Point] = [(0.0, -0.5)]
        points += [(x * w, y) for x, y in right]
        points += [(0.2 * w, 0.495), (-0.2 * w, 0.495)]
        points += [(-x * w, y) for x, y in reversed(right)]
        return smooth([(x + k * 0.07 * (y + 0.1) + k * 0.05 * (y > 0.3), y) for x, y in points])

    def draw(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> None:
        """The bald head with its face, without hair."""
        ink, skin = self.ink, self.look.skin
        self._ears(canvas, ball)
        skull = self.skull(ball)
        ink.piece(canvas, skull, skin)
        if ball.cos < -0.35:
            return
        if self.dark:
            self._lit(canvas, ball, skull)
        self._cheeks(canvas, ball, mood)
        if self.look.beard in (Beard.full, Beard.short):
            self._beard(canvas, ball, mood)
        for side in (-1, 1):
            canvas.save()
            if ball.towards(side * 25) < _TURNED_OFF:  # no white or lash stands off a cheek
                canvas.clipPath(skull, True)
            self._eye(canvas, ball, mood, side)
            canvas.restore()
        self._mouth(canvas, ball, mood)
        self._nose(canvas, ball)
        if self.look.beard in (Beard.moustache, Beard.full):
            self._moustache(canvas, ball)
        for side in (-1, 1):
            canvas.save()
            if ball.towards(side * 25) < _TURNED_OFF:
                canvas.clipPath(skull, True)
            self._brow(canvas, ball, mood, side)
            canvas.restore()
        if mood.tears:
            self._tears(canvas, ball)

    def _lit(self, canvas: skia.Canvas, ball: Ball, skull: skia.Path) -> None:
        """Light on the front of a dark face, on which its eyes, brows and mouth are told from afar."""
        canvas.save()
        canvas.clipPath(skull, True)
        warm = mixed(self.look.skin, "#ffcf9e", 0.24)
        x, y = ball.at(6.0, 0.08)
        self.ink.fill(canvas, ellipse(x, y, 0.76 * self.width, 0.36), warm)
        canvas.restore()

    def _ears(self, canvas: skia.Canvas, ball: Ball) -> None:
        skin = self.look.skin
        for side in (-1, 1):
            if ball.towards(side * 96) < -0.62:
                continue
            x, y = ball.at(side * 96, 0.06, 1.03)
            if self.bone:
                continue
            if self.pointed:
                ear = [(x - side * 0.05, y + 0.08), (x + side * 0.22, y - 0.17), (x - side * 0.03, y - 0.09)]
                self.ink.piece(canvas, smooth(ear, tension=0.3), skin, shade=-0.05)
                continue
            self.ink.piece(canvas, ellipse(x, y, 0.072, 0.105, side * 8), skin, shade=-0.05)
            self.ink.mark(
                canvas,
                line([(x, y - 0.05), (x + side * 0.025, y - 0.01), (x, y + 0.045)]),
                shaded(skin, -0.3),
                0.014,
            )
            if self.lips and ball.towards(side * 80) > -0.2:
                self.ink.piece(canvas, ellipse(x, y + 0.15, 0.04, 0.046), "#f2c94c")

    def _cheeks(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> None:
        if mood.blush <= 0:
            return
        rosy = mixed(self.look.skin, "#d8445a", 0.55)
        for side in (-1, 1):
            seen = ball.towards(side * 38)
            if seen > 0.45:
                x, y = ball.at(side * 38, self.eyes_y + 0.16, 0.94)
                spot = ellipse(x, y, 0.085 * min(1, seen + 0.25), 0.055)
                self.ink.piece(canvas, spot, rosy, alpha=0.38 * mood.blush)
        if self.look.age is Age.elder:
            for side in (-1, 1):
                if ball.towards(side * 50) > 0.3:
                    marks = [(side * 46, self.eyes_y + 0.0), (side * 50, self.eyes_y + 0.03)]
                    x, y = ball.at(*marks[0])
                    wrinkle = line([(x, y + 0.07), (x + side * 0.02, y + 0.1), (x + side * 0.01, y + 0.14)])
                    self.ink.mark(canvas, wrinkle, shaded(self.look.skin, -0.3), 0.016)
                    fold = line([ball.at(side * 15, 0.2), ball.at(side * 24, 0.25), ball.at(side * 25, 0.31)])
                    self.ink.mark(canvas, fold, shaded(self.look.skin, -0.32), 0.018)

    def _eye(self, canvas: skia.Canvas, ball: Ball, mood: Mood, side: int) -> None:
        seen = ball.towards(side * 25)
        if seen < 0.16:
            return
        x, y = ball.at(side * 25, self.eyes_y)
        rx, ry = self.eye[0] * (0.42 + 0.58 * seen), self.eye[1]
        if self.bone:
            self.ink.piece(canvas, ellipse(x, y, rx * 1.5, ry * 1.5), "#241f26")
            spark = ellipse(
                x + mood.gaze[0] * 0.03, y + mood.gaze[1] * 0.03, 0.034, 0.034 * max(0.15, mood.open)
            )
            self.ink.piece(canvas, spark, "#f0dca0")
            return
        top = ry * mood.open
        bottom = ry * max(0.12, 0.82 - mood.lower * 0.7)
        tilt = -side * mood.slant * 0.018
        dark = shaded(mixed(self.brow_colour, "#20140f", 0.7), 0)
        skin = self.look.skin
        if mood.open < 0.16:
            arc = 0.035 if mood.curve > 0.3 else -0.03
            lid = line([(x - rx, y + 0.02), (x, y + 0.02 - arc), (x + rx, y + 0.02)])
            self.ink.mark(canvas, lid, dark, 0.024)
            if self.soft:
                end = x + side * rx
                lash = line([(end, y + 0.02), (end + side * 0.03, y + 0.025 - arc * 0.6)])
                self.ink.mark(canvas, lash, dark, 0.016)
            return
        almond = smooth(
            [
                (x - rx, y + tilt),
                (x - rx * 0.5, y - top * 0.86 + tilt * 0.5),
                (x + rx * 0.45, y - top * 0.9 - tilt * 0.5),
                (x + rx, y - tilt),
                (x + rx * 0.45, y + bottom),
                (x - rx * 0.5, y + bottom),
            ]
        )
        self.ink.piece(canvas, almond, "#fbf7ee")
        canvas.save()
        canvas.clipPath(almond, True)
        size = ry * 0.74 * (0.85 + 0.15 * mood.pupil)
        gx = x + (mood.gaze[0] * 0.55 + ball.sin * 0.28) * rx
        gy = y + mood.gaze[1] * ry * 0.45 + 0.004
        narrow = 0.6 + 0.4 * seen
        iris = self.look.eye_colour
        self.ink.piece(canvas, ellipse(gx, gy, size * narrow, size), shaded(iris, 0.16))
        self.ink.piece(
            canvas,
            ellipse(gx, gy + size * 0.3, size * 0.66 * narrow, size * 0.58),
            shaded(iris, 0.36),
            alpha=0.7,
        )
        pupil = size * 0.55 * mood.pupil
        self.ink.piece(canvas, ellipse(gx, gy, pupil * narrow, pupil), "#120c0a")
        self.ink.piece(canvas, ellipse(x, y - top * 0.92, rx * 1.3, top * 0.3), "#6a5a58", alpha=0.25)
        canvas.restore()
        self.ink.piece(
            canvas, ellipse(gx - size * 0.32, gy - size * 0.36, size * 0.26, size * 0.26), "#ffffff"
        )
        upper = [
            (x - rx, y + tilt),
            (x - rx * 0.5, y - top * 0.86 + tilt * 0.5),
            (x + rx * 0.45, y - top * 0.9 - tilt * 0.5),
            (x + rx, y - tilt),
        ]
        self.ink.mark(canvas, line(upper), dark, 0.021 if self.soft else 0.019)
        if self.soft:
            corner = upper[3] if side > 0 else upper[0]
            long = 1.7 if self.lips and self.look.age is not Age.elder else 1.0
            lash = line([corner, (corner[0] + side * 0.032 * long, corner[1] - 0.03 * long)])
            self.ink.mark(canvas, lash, dark, 0.015 + 0.007 * self.lips)
        crease = [(px, py - 0.026 - (0.012 if mood.open < 0.8 else 0)) for px, py in upper[1:3]]
        crease = [
            (upper[0][0] + rx * 0.1, upper[0][1] - 0.035),
            *crease,
            (upper[3][0] - rx * 0.1, upper[3][1] - 0.035),
        ]
        self.ink.mark(canvas, line(crease), shaded(skin, -0.26), 0.011)
        if mood.open < 0.6 or self.look.age is Age.elder:
            bag = line(
                [
                    (x - rx * 0.7, y + bottom + 0.03),
                    (x, y + bottom + 0.045),
                    (x + rx * 0.7, y + bottom + 0.03),
                ]
            )
            self.ink.mark(canvas, bag, shaded(skin, -0.18), 0.012)

    def _brow(self, canvas: skia.Canvas, ball: Ball, mood: Mood, side: int) -> None:
        seen = ball.towards(side * 25)
        if seen < 0.12:
            return
        base = self.eyes_y - self.eye[1] * max(0.75, mood.open) - 0.055 - mood.brow * 0.055
        inner = ball.at(side * 11, base - mood.slant * 0.055 + (0.012 if mood.slant < 0 else 0))
        middle = ball.at(side * 25, base - 0.022 + abs(mood.slant) * 0.008)
        outer = ball.at(side * 40, base + 0.012 + mood.slant * 0.03)
        width = 0.026 if self.soft else 0.048 if self.manly else 0.036
        if self.look.age is Age.elder:
            width *= 1.25
        self.ink.mark(canvas, line([inner, middle, outer]), self.brow_colour, width)

    def _nose(self, canvas: skia.Canvas, ball: Ball) -> None:
        skin = self.look.skin
        y = self.eyes_y + (0.13 if self.look.age is Age.child else 0.165)
        x0 = ball.at(0, 0)[0]
        out = ball.sin * (0.05 if self.look.age is Age.child else 0.085)
        size = 0.042 if self.soft else 0.052
        if self.look.age is Age.elder:
            size *= 1.2
        tip = (x0 + out, y + ball.drop)
        bridge = (x0 * 0.94, self.eyes_y + 0.02 + ball.drop)
        lean = 1 if ball.sin >= 0 else -1
        if abs(ball.sin) < 0.25:
            self.ink.piece(
                canvas, ellipse(tip[0], tip[1], size, size * 0.8), mixed(skin, "#c04838", 0.16), shade=-0.05
            )
            shine = ellipse(tip[0] - 0.012, tip[1] - 0.014, 0.014, 0.01)
            self.ink.piece(canvas, shine, "#ffffff", alpha=0.3)
            return
        wedge = smooth(
            [
                bridge,
                (tip[0] - lean * 0.005, tip[1] - 0.05),
                (tip[0] + lean * size * 0.5, tip[1] + 0.002),
                (tip[0] - lean * 0.005, tip[1] + size * 0.72),
                (x0 - lean * size * 0.9, tip[1] + size * 0.62),
                (x0 - lean * size * 0.55, tip[1] - 0.03),
            ]
        )
        self.ink.piece(canvas, wedge, mixed(skin, "#c04838", 0.08), shade=-0.03)

    def _mouth(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> None:
        seen = ball.towards(0)
        if seen < 0.05:
            return
        y = 0.315 if self.look.age is not Age.child else 0.33
        half = 0.125 * mood.wide * (0.4 + 0.6 * seen)
        x = ball.at(0, 0)[0] * 0.93
        y += ball.drop
        lift = mood.curve * 0.045
        left, right = (x - half, y - lift), (x + half, y - lift)
        if mood.gape < 0.06:
            mouth = line([left, (x, y + lift * 0.55), right])
            if self.lips:
                lips = smooth([left, (x, y - 0.02), right, (x, y + lift * 0.55 + 0.036)], tension=0.4)
                self.ink.piece(canvas, lips, mixed(self.lip, "#c8202c", 0.7))
            self.ink.mark(canvas, mouth, shaded(self.lip, -0.32), 0.022)
            if mood.curve > 0.4:
                for end, sign in ((left, -1), (right, 1)):
                    dimple = line(
                        [(end[0] + sign * 0.012, end[1] - 0.016), (end[0] + sign * 0.016, end[1] + 0.014)]
                    )
                    self.ink.mark(canvas, dimple, shaded(self.look.skin, -0.25), 0.012)
            below = line([(x - half * 0.35, y + 0.055), (x, y + 0.066), (x + half * 0.35, y + 0.055)])
            self.ink.mark(canvas, below, shaded(self.look.skin, -0.16), 0.013)
            return
        drop = 0.03 + mood.gape * 0.15
        shape = smooth(
            [
                left,
                (x - half * 0.5, y - lift * 0.2 - 0.012),
                (x + half * 0.5, y - lift * 0.2 - 0.012),
                right,
                (x + half * 0.62, y + drop * 0.75),
                (x, y + drop),
                (x - half * 0.62, y + drop * 0.75),
            ]
        )
        self.ink.piece(canvas, shape, MOUTH_DARK)
        canvas.save()
        canvas.clipPath(shape, True)
        self.ink.piece(canvas, ellipse(x, y + drop * 1.02, half * 0.7, drop * 0.42), "#d0626a")
        if mood.curve > -0.3:
            self.ink.piece(canvas, ellipse(x, y - lift * 0.3 - 0.018, half * 0.85, 0.035), "#fdf8f0")
        canvas.restore()
        self.ink.mark(canvas, shape, self.lip, 0.018)

    def dummy(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> None:
        """A baby's dummy, in a mouth that does not cry or laugh."""
        if mood.gape >= 0.06 or mood.curve > 0.7 or ball.towards(0) < 0.05:
            return
        x, y = ball.at(0, 0.34, 1.03)
        k = 0.45 + 0.55 * ball.towards(0)
        self.ink.piece(canvas, ellipse(x, y, 0.13 * k, 0.095), "#f2c53d")
        self.ink.mark(canvas, ellipse(x, y + 0.03, 0.07 * k, 0.075), "#d8483c", 0.03)
        self.ink.piece(canvas, ellipse(x, y, 0.055 * k, 0.05), "#d8483c")

    def _beard(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> None:
        full = self.look.beard is Beard.full
        drop = (0.72 if full else 0.535) + mood.gape * 0.04
        hair = self.look.hair_colour
        outer = [ball.at(a, y, o) for a, y, o in ((84, 0.02, 1.02), (86, 0.28, 1.04))]
        other = [ball.at(-a, y, o) for a, y, o in ((84, 0.02, 1.02), (86, 0.28, 1.04))]
        middle = ball.sin * 0.12
        w = self.width
        chin: list[Point] = [
            (middle + w * 0.62, (0.4 + drop) / 2),
            (middle + w * 0.22, drop),
            (middle - w * 0.22, drop),
            (middle - w * 0.62, (0.4 + drop) / 2),
        ]
        rim = 0.2 if full else 0.26
        inner = [
            ball.at(a, y) for a, y in ((-66, 0.12), (-34, rim + 0.02), (0, rim), (34, rim + 0.02), (66, 0.12))
        ]
        shape = smooth([outer[0], outer[1], *chin, other[1], other[0], *inner], tension=0.42)
        self.ink.piece(canvas, shape, hair, shade=-0.04)
        if full:
            for i in (-2, -1, 0, 1, 2):
                strand = [
                    (middle + i * 0.075, 0.44),
                    (middle + i * 0.065, 0.54),
                    (middle + i * 0.05, drop - 0.05),
                ]
                self.ink.mark(canvas, line(strand), shaded(hair, -0.28), 0.012)

    def _moustache(self, canvas: skia.Canvas, ball: Ball) -> None:
        if ball.towards(0) < 0.05:
            return
        x, hair = ball.at(0, 0)[0] * 0.95, self.look.hair_colour
        y = 0.265 + ball.drop
        k = 0.4 + 0.6 * ball.towards(0)
        for side in (-1, 1):
            wing = smooth(
                [
                    (x, y - 0.03),
                    (x + side * 0.09 * k, y - 0.032),
                    (x + side * 0.18 * k, y + 0.035),
                    (x + side * 0.09 * k, y + 0.036),
                    (x, y + 0.02),
                ]
            )
            self.ink.piece(canvas, wing, hair, shade=-0.02)

    def _tears(self, canvas: skia.Canvas, ball: Ball) -> None:
        for side in (-1, 1):
            if ball.towards(side * 27) > 0.3:
                x, y = ball.at(side * 29, self.eyes_y + 0.11)
                self.ink.mark(
                    canvas, line([(x, y), (x + side * 0.01, y + 0.09)]), "#9fd4ee", 0.026, alpha=0.85
                )
                self.ink.piece(canvas, ellipse(x + side * 0.01, y + 0.12, 0.026, 0.036), "#bfe6f8")
