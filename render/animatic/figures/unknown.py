"""An unknown species: a soft neutral creature in its colour, wearing its name on a tag."""

from __future__ import annotations

import functools
import math
from importlib import resources

import skia

from ..ink import shaded
from .acting import Acting
from .creature import Creature, Hold, Scene
from .shapes import ellipse, line, rounded, smooth, tube


@functools.cache
def _lettering() -> skia.Typeface:
    data = resources.files("photoplay.fonts").joinpath("Inter-Bold.otf").read_bytes()
    return skia.Typeface.MakeFromData(skia.Data.MakeWithCopy(data))


class Unknown(Creature):
    """What a storyboard artist draws for a word without a picture: a clear shape, labelled."""

    breadth = 0.9
    eye_level = 0.66

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw one unit high; the tag reads the species."""
        swell = 0.02 * math.sin(scene.t * 2.2)
        for side in (-1, 1):
            step = 0.06 * math.sin(scene.t * 6 + side * 1.6) if scene.moving else 0.0
            self.ink.piece(canvas, ellipse(side * 0.16 + step, -0.05, 0.12, 0.06), self.coat, shade=-0.2)
            lift = (
                -0.2
                if scene.action.value in ("wave", "reach", "give", "point", "dance") and side > 0
                else 0.1
            )
            arm = [(side * 0.28, -0.5), (side * 0.42, -0.46 + lift), (side * 0.46, -0.44 + lift * 1.6)]
            self.ink.piece(canvas, tube(arm, (0.12, 0.1, 0.09)), self.coat, shade=-0.1)
        body = [
            (-0.3, -0.04),
            (-0.36, -0.4),
            (-0.26, -0.84 - swell),
            (0, -1.0 - swell),
            (0.26, -0.84 - swell),
            (0.36, -0.4),
            (0.3, -0.04),
            (0, 0.0),
        ]
        self.ink.piece(canvas, smooth(body), self.coat)
        self.ink.mark(canvas, line([(-0.16, -0.86), (-0.04, -0.93)]), shaded(self.coat, 0.4), 0.03, alpha=0.7)
        self.eyes_at(canvas, scene, 0.02, -0.7, 0.07, 0.14)
        self.mouth_at(canvas, scene, 0.02, -0.54, 0.08)
        self.dressed(canvas, 0, -0.72, 0.28, 0.26)

    def tag(self, canvas: skia.Canvas) -> None:
        """The name tag, in metres, never mirrored."""
        word = self.look.species
        font = skia.Font(_lettering(), 100)
        width = max(1.0, font.measureText(word))
        size = min(0.17, 0.62 / width * 100 / 1.0) * self.scale
        k = size / 100
        half = width * k / 2 + size * 0.45
        y = -0.37 * self.scale
        self.ink.mark(canvas, line([(0, y - size), (0, y - size * 1.15)]), "#6a5a48", 0.012 * self.scale)
        self.ink.piece(canvas, rounded(-half, y - size * 0.9, half, y + size * 0.7, size * 0.25), "#fbf6e8")
        canvas.save()
        canvas.translate(-width * k / 2, y + size * 0.28)
        canvas.scale(k, k)
        canvas.drawString(word, 0, 0, font, skia.Paint(AntiAlias=True, Color=skia.Color(44, 38, 34)))
        canvas.restore()

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """The creature, then its tag."""
        super().draw(canvas, acting, t, length, hold)
        self.tag(canvas)
