"""An animal's head, in head sizes around its middle; its face turns like a ball."""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Hat, Mark, Worn
from ..ink import Ink, mixed, shaded
from .beast_ears import draw_ears, draw_horns
from .beast_trunk import draw_trunk
from .face import MOUTH_DARK, Ball
from .hats import draw_hat
from .mood import Mood
from .pads import draw_pads
from .shapes import ellipse, line, polygon, smooth, tube


def animal_eye(
    canvas: skia.Canvas, ink: Ink, x: float, y: float, size: float, mood: Mood, iris: str, side: int
) -> None:
    """A round, dark, warm eye with lid, catch light and brow."""
    if mood.open < 0.2:
        bend = -0.5 if mood.curve > 0.3 else 0.5
        arc = [(x + size * k / 3, y + size * bend * (1 - (k / 3) ** 2)) for k in range(-3, 4)]
        ink.mark(canvas, line(arc), "#1c1512", size * 0.34)
        return
    wide = max(0.75, mood.open) if mood.tears else mood.open  # narrowed, wet eyes would be angry ones
    tall = size * min(1.25, 0.35 + 0.72 * wide)
    ink.piece(canvas, ellipse(x, y, size, tall), "#fbf6ea")
    canvas.save()
    canvas.clipPath(ellipse(x, y, size, tall), True)
    gx, gy = x + mood.gaze[0] * size * 0.35, y + mood.gaze[1] * size * 0.3
    ink.piece(canvas, ellipse(gx, gy, size * 0.82, size * 0.86), shaded(iris, 0.12))
    ink.piece(canvas, ellipse(gx, gy, size * 0.52 * mood.pupil, size * 0.56 * mood.pupil), "#110b09")
    canvas.restore()
    ink.piece(canvas, ellipse(gx - size * 0.28, gy - size * 0.34, size * 0.26, size * 0.26), "#ffffff")
    lid = [
        (x + size * math.cos(math.radians(k)), y - tall * math.sin(math.radians(k)))
        for k in range(165, 0, -30)
    ]
    ink.mark(canvas, line(lid), "#1c1512", size * 0.2)
    if abs(mood.slant) > 0.55:
        lift = -mood.slant * size * 0.55 * side
        brow = line([(x - size * 0.9, y - tall * 1.5 + lift), (x + size * 0.9, y - tall * 1.5 - lift)])
        ink.mark(canvas, brow, "#2a1e18", size * 0.36)


class BeastHead:
    """Skull, muzzle, ears, horns, eyes, mouth of one species in one coat."""

    def __init__(
        self, look: BodyLook, coat: str, marks: tuple[Mark, ...], ink: Ink, row: dict[str, Any]
    ) -> None:
        self.look, self.coat, self.marks, self.ink, self.row = look, coat, marks, ink, row
        self.muzzle = row.get("muzzle", 0.4)
        self.skin = shaded(coat, -0.5) if row.get("dark") else coat
        self.pale = mixed(self.skin, "#fff6e6", row.get("snout", 0.2 + row.get("belly", 0.0) * 0.7))
        self.nose = row.get("nosec", "#241c1a")
        self.tip = 0.6, 1.3
        """Where a trunk ended when it was last drawn."""
        self.straps: tuple[tuple[float, float], ...] = ()
        """Where a bridle lies, as it was last drawn: at the poll, at the ring beside the mouth, and
        on the muzzle above and below."""

    def draw(
        self,
        canvas: skia.Canvas,
        turn: float,
        mood: Mood,
        t: float,
        trunk: float = 0.0,
        neck: skia.Path | None = None,
        floor: tuple[float, float] = (9.0, 0.0),
    ) -> None:
        """Draw the head turned ``turn`` degrees from the camera to the right; ``trunk`` 1 reaches out.

        It has no edge over its ``neck``; ``floor``: how far below its middle the ground is,
        and by how much it nods, in radians.
        """
        row, ink = self.row, self.ink
        ball = Ball(0.48, turn, 0.0)
        away = ball.cos < -0.2
        if row.get("mane") == "ruff":
            self._ruff(canvas)
        draw_ears(canvas, ink, self.skin, row, ball, t, far=True)
        draw_horns(canvas, ink, row, ball, far=True)
        skull = smooth(
            [
                (-0.5, 0.0),
                (-0.36, -0.36),
                (0, -0.47),
                (0.36, -0.36),
                (0.5, 0.02),
                (0.36, 0.36),
                (0, 0.45),
                (-0.36, 0.36),
            ]
        )
        if neck is None or self.skin != self.coat:
            ink.piece(canvas, skull, self.skin)
        else:
            canvas.save()
            canvas.clipPath(neck, skia.ClipOp.kDifference)
            ink.piece(canvas, skull, self.skin)
            canvas.restore()
            ink.fill(canvas, skull, self.skin)
        if not away:
            canvas.save()
            if row.get("stripes") or row.get("badger"):  # in profile they end with the brow
                canvas.clipPath(skull, doAntiAlias=True)
            self._patterns(canvas, ball)
            canvas.restore()
            short = row.get("flat", 0)
            if short:
                tip = draw_pads(canvas, ink, self.coat, self.pale, short, ball, mood)
            else:
                tip = self._muzzle(canvas, ball, mood)
            self._eyes(canvas, ball, mood)
            if row.get("trunk"):
                self.tip = draw_trunk(canvas, ink, self.coat, ball, t, trunk, floor)
            elif row.get("tusks"):
                for side in (-1, 1):
                    ink.piece(
                        canvas,
                        smooth(
                            [
                                (tip[0] + side * 0.2, 0.3),
                                (tip[0] + side * 0.24, 0.08),
                                (tip[0] + side * 0.13, 0.3),
                            ]
                        ),
                        "#f6efdc",
                    )
        draw_horns(canvas, ink, row, ball, far=False)
        draw_ears(canvas, ink, self.skin, row, ball, t, far=False)
        if Worn.glasses in self.look.worn and not away:
            for side in (-1, 1):
                if ball.towards(side * 34) > 0.05:
                    ink.mark(canvas, ellipse(*ball.at(side * 34, -0.04), 0.17, 0.17), "#2c2620", 0.035)
        if self.look.hat is not Hat.none:
            canvas.save()
            canvas.scale(0.9, 0.8)
            draw_hat(canvas, self.look, ink, ball, 0.4)
            canvas.restore()
        if Mark.wounded in self.marks:
            ink.mark(canvas, line([(-0.4, -0.26), (0, -0.36), (0.4, -0.22)]), "#f4eee0", 0.12)

    def _ruff(self, canvas: skia.Canvas) -> None:
        mane = shaded(mixed(self.coat, "#7a3c18", 0.55), -0.08)
        for ring, (r, size) in enumerate(((0.62, 0.27), (0.5, 0.24))):
            for i in range(12):
                a = math.tau * (i + ring * 0.5) / 12
                self.ink.piece(
                    canvas,
                    ellipse(math.cos(a) * r, math.sin(a) * r + 0.04, size, size),
                    mane,
                    shade=0.06 * ring - 0.04 * (i % 2),
                )

    def _patterns(self, canvas: skia.Canvas, ball: Ball) -> None:
        row, ink = self.row, self.ink
        if row.get("mask") == 2:  # a robber's, over the whole face, with pale brows
            x = ball.at(0, 0)[0] * 0.55
            ink.piece(canvas, ellipse(x, 0.02, 0.4, 0.16), "#26262a")
            ink.piece(canvas, ellipse(x, -0.18, 0.34, 0.055), "#f2efe6")
        elif row.get("panda") or row.get("mask"):
            for side in (-1, 1):
                if ball.towards(side * 34) > 0:
                    ink.piece(canvas, ellipse(*ball.at(side * 36, 0.0), 0.17, 0.2, side * 28), "#26262a")
        if row.get("badger"):
            for side in (-1, 1):
                ink.mark(
                    canvas,
                    line([ball.at(side * 40, -0.36), ball.at(side * 36, -0.05), ball.at(side * 20, 0.26)]),
                    "#26242a",
                    0.15,
                )
            ink.mark(canvas, line([ball.at(0, -0.42), ball.at(0, 0.1)]), "#f4f0e8", 0.16)
        if row.get("stripes"):
            for a, low in ((-20, -0.27), (0, -0.22), (20, -0.27)):
                stripe = line([ball.at(a * 0.7, -0.4), ball.at(a * 0.55, low)])
                ink.mark(canvas, stripe, shaded(self.coat, -0.5), 0.04)

    def _muzzle(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> tuple[float, float]:
        row, ink, m = self.row, self.ink, self.muzzle
        down = row.get("down", 0.12)
        reach = 0.3 + m
        tip = (ball.sin * reach, 0.15 + m * (down * 0.9 + (1 - abs(ball.sin)) * 0.5))
        root = (ball.sin * 0.12, 0.1)
        thick = 0.5 if not row.get("bigmuzzle") else 0.72
        end = 0.34 if m < 0.7 else 0.3
        if row.get("bigmuzzle"):
            end = 0.62
        if row.get("tail") == "horse":  # a long wedge with a deep cheek
            thick, end = 0.66, 0.36
        if row.get("beak"):
            hook = smooth(
                [
                    (root[0], -0.1),
                    (tip[0], tip[1] - 0.12),
                    (tip[0] + 0.06, tip[1] + 0.22),
                    (tip[0] - 0.12, tip[1] + 0.1),
                    (root[0], 0.3),
                ]
            )
            ink.piece(canvas, hook, "#e8a83a")
            return tip
        gape = mood.gape * 0.2
        if gape > 0.02:
            jaw = tube(
                [root, (tip[0] * 0.6, tip[1] + 0.08 + gape * 0.6), (tip[0] * 0.9, tip[1] + 0.1 + gape)],
                (thick * 0.7, end, end * 0.6),
            )
            ink.piece(canvas, jaw, self.pale, shade=-0.1)
            hole = smooth(
                [
                    (tip[0] * 0.95, tip[1] + 0.06),
                    (tip[0] * 0.5, tip[1] + 0.1),
                    (tip[0] * 0.55, tip[1] + 0.13 + gape),
                    (tip[0] * 0.9, tip[1] + 0.08 + gape),
                ]
            )
            ink.piece(canvas, hole, MOUTH_DARK)
        self.straps = _bridled(ball, root, tip, (thick, end))
        bridge = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 - 0.03)
        snout = self.pale
        ink.piece(
            canvas,
            tube([root, bridge, tip], (thick, (thick + end) / 2, end)),
            self.skin if m > 0.5 else snout,
        )
        if m > 0.5:
            colour = row.get("snoutc", self.pale)
            ink.piece(
                canvas, ellipse(tip[0] - ball.sin * 0.04, tip[1] + 0.02, end * 0.56, end * 0.54), colour
            )
        lip = tip[1] + end * 0.3
        if gape <= 0.02:
            smile = mood.curve * 0.06
            back = tip[0] - (0.1 + m * 0.42) * ball.sin
            wide = 0.1 * (1 - abs(ball.sin))
            ink.mark(
                canvas,
                line(
                    [
                        (back - wide, lip - smile),
                        ((back + tip[0]) / 2, lip + smile * 0.6 + 0.02),
                        (tip[0] + wide, lip - smile * 0.5),
                    ]
                ),
                "#2c1e1a",
                0.032,
            )
        if row.get("teeth") == 2:
            for i in range(5):
                x = tip[0] - 0.14 * i * ball.sin
                ink.piece(
                    canvas,
                    polygon([(x - 0.035, lip - 0.02), (x + 0.035, lip - 0.02), (x, lip + 0.07)]),
                    "#fbf6e6",
                )
        elif row.get("teeth"):
            x, top, half = tip[0] - 0.12 * ball.sin, lip - 0.04, 0.036 + 0.024 * abs(ball.cos)
            pair = polygon(
                [(x - half, top), (x + half, top), (x + 0.8 * half, top + 0.12), (x - 0.8 * half, top + 0.12)]
            )
            ink.piece(canvas, pair, "#fbf6e6")
            ink.mark(canvas, line([(x, top + 0.01), (x, top + 0.11)]), "#8a7a60", 0.014)
        self._nose(canvas, ball, tip, end)
        if row.get("beard"):
            ink.piece(
                canvas,
                smooth(
                    [(tip[0] - 0.16, lip + 0.02), (tip[0] + 0.04, lip + 0.02), (tip[0] - 0.08, lip + 0.34)]
                ),
                shaded(self.coat, -0.2),
            )
        if row.get("whiskers"):
            self._whiskers(canvas, ball, tip)
        return tip

    def _whiskers(self, canvas: skia.Canvas, ball: Ball, tip: tuple[float, float]) -> None:
        """Out of the sides of a muzzle: near ones lie back along it, far ones are hidden from the side."""
        far = ball.cos if ball.cos > 0.6 else 0.0
        for side, root, length in ((-1, 0.12, 0.27), (1, 0.12 * far, 0.27 * far)):
            for k in (-0.03, 0.04) if length else ():
                x, y = tip[0] + side * root, tip[1] + 0.02 + k
                end = x + side * length, y - 0.03 + 1.8 * k
                self.ink.mark(canvas, line([(x, y), end]), "#f6f0e4", 0.014, alpha=0.9)

    def _nose(self, canvas: skia.Canvas, ball: Ball, tip: tuple[float, float], end: float) -> None:
        row, ink = self.row, self.ink
        x = tip[0] + ball.sin * end * 0.36
        y = tip[1] - end * 0.14
        if row.get("trunk"):
            return
        if row.get("snoutdisc"):
            ink.piece(
                canvas, ellipse(x, tip[1], 0.13 + 0.06 * ball.cos, 0.17), mixed(self.coat, "#d87a80", 0.35)
            )
            for side in (-1, 1):
                ink.piece(canvas, ellipse(x + side * 0.055, tip[1], 0.026, 0.045), "#5a3230")
        elif (
            row.get("hoof") or row.get("bigmuzzle") or row.get("frill") or row.get("frog") or row.get("shell")
        ):
            for side in (-1, 1):
                ink.piece(
                    canvas, ellipse(x - 0.03 + side * 0.06 * max(0.4, ball.cos), y, 0.026, 0.034), "#2c1e1a"
                )
        else:
            size = 0.1 if not row.get("panda") else 0.12
            nose = smooth(
                [
                    (x - size, y - size * 0.5),
                    (x + size, y - size * 0.5),
                    (x + size * 0.5, y + size * 0.5),
                    (x, y + size * 0.8),
                    (x - size * 0.5, y + size * 0.5),
                ]
            )
            ink.piece(canvas, nose, self.nose)
            ink.piece(
                canvas,
                ellipse(x - size * 0.3, y - size * 0.25, size * 0.28, size * 0.16),
                "#ffffff",
                alpha=0.55,
            )

    def _eyes(self, canvas: skia.Canvas, ball: Ball, mood: Mood) -> None:
        size = 0.16 if self.row.get("frog") else 0.11 if self.row.get("flat") else 0.122
        if self.muzzle > 0.66:
            size = 0.105
        y = -0.07 if not self.row.get("frog") else -0.36
        for side in (-1, 1):
            seen = ball.towards(side * 34)
            if seen < (0.4 if self.row.get("trunk") else 0.12):
                continue
            x, v = ball.at(side * 34, y)
            if self.row.get("frog"):
                self.ink.piece(canvas, ellipse(x, v, 0.21, 0.2), self.coat)
            animal_eye(canvas, self.ink, x, v, size * (0.55 + 0.45 * seen), mood, self.look.eye_colour, side)
        if mood.tears:
            x, v = ball.at(-30, y + 0.2)
            self.ink.piece(canvas, ellipse(x, v, 0.04, 0.06), "#bfe6f8")


def _bridled(
    ball: Ball, root: tuple[float, float], tip: tuple[float, float], widths: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """The places of a bridle's straps on a muzzle so wide at its ``root`` and its ``tip``."""
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    size = math.hypot(dx, dy) or 1e-6
    way = 1.0 if dx >= 0 else -1.0
    nx, ny = way * dy / size, -way * dx / size
    x, y = root[0] + 0.52 * dx, root[1] + 0.52 * dy
    half = (widths[0] + (widths[1] - widths[0]) * 0.52) / 2
    ring = x - nx * 0.42 * half, y - ny * 0.42 * half
    above, below = (x + nx * 1.02 * half, y + ny * 1.02 * half), (x - nx * 0.98 * half, y - ny * 0.98 * half)
    behind_the_eye = 0.48 * (0.14 * ball.sin - 0.99 * ball.cos), -0.34
    return behind_the_eye, ring, above, below
