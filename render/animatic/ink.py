"""Ink: how a piece of the picture is put on the page in each style.

Everything drawn in the animatic (figures, things, places) goes through ``Ink.piece`` and
``Ink.mark``, so that a style changes the whole film and nothing else does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import skia

from ...storyboard.vocabulary import Style

_KEPT = 4096
"""Paints that are kept at most."""


@lru_cache(maxsize=4096)
def rgb(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` -> red, green, blue, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=8192)
def bright(colour: str) -> float:
    """How bright a colour is to the eye, 0 to 255."""
    return sum(w * c for w, c in zip((0.3, 0.59, 0.11), rgb(colour), strict=True))


def mixed(colour: str, other: str, share: float) -> str:
    """The colour, ``share`` (0 to 1) of the way to ``other``."""
    a, b = rgb(colour), rgb(other)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def shaded(colour: str, shade: float) -> str:
    """Darker for a negative ``shade`` (-1 is black), lighter for a positive one (1 is white)."""
    return mixed(colour, "#ffffff" if shade > 0 else "#000000", abs(shade))


@dataclass(frozen=True)
class Ink:
    """The hand that draws. Lengths are in the units of the canvas it is given (metres on the stage)."""

    style: Style = Style.cut_paper
    line: float = 0.012
    """Width of an outline, in canvas units."""
    light: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """What the light of the scene leaves of red, green and blue (0 to about 1.2)."""
    veil: str = "#000000"
    """Colour of the air between the eye and what is drawn."""
    veiled: float = 0.0
    """How much of the veil is seen, 0 (clear) to 1 (nothing else)."""
    _paints: dict[tuple[bool, str, float, float], tuple[skia.Paint, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The paints so far of marks, by colour, width and alpha, and of pieces, by colour, shade and alpha."""

    def seen(self, colour: str) -> str:
        """The colour in this light, through this air."""
        red, green, blue = (min(255, round(c * m)) for c, m in zip(rgb(colour), self.light, strict=True))
        lit = f"#{red:02x}{green:02x}{blue:02x}"
        return mixed(lit, self.veil, self.veiled) if self.veiled else lit

    def piece(
        self, canvas: skia.Canvas, path: skia.Path, colour: str, *, shade: float = 0.0, alpha: float = 1.0
    ) -> None:
        """Draw a closed shape of an entity's colour, ``shade``d from -1 to 1, as this style does."""
        for paint in self._kept((False, colour, shade, alpha)):
            canvas.drawPath(path, paint)

    def mark(
        self, canvas: skia.Canvas, path: skia.Path, colour: str, width: float, *, alpha: float = 1.0
    ) -> None:
        """Draw a line (a mouth, a rope, a crease) of ``width`` canvas units, round at its ends."""
        for paint in self._kept((True, colour, width, alpha)):
            canvas.drawPath(path, paint)

    def body(self, canvas: skia.Canvas, parts: Sequence[skia.Path], colour: str) -> None:
        """Draw closed shapes that lie over each other as one: their common edge, and no seam within."""
        fill, *edges = self._kept((False, colour, 0.0, 1.0))
        for paint in edges:
            for path in parts:
                canvas.drawPath(path, paint)
        for path in parts:
            canvas.drawPath(path, fill)

    def fill(self, canvas: skia.Canvas, path: skia.Path, colour: str, shade: float = 0.0) -> None:
        """Draw a closed shape without its edge: a part of a ``body`` that lies over its markings."""
        canvas.drawPath(path, self._kept((False, colour, shade, 1.0))[0])

    def _kept(self, key: tuple[bool, str, float, float]) -> tuple[skia.Paint, ...]:
        """The paints of a key, made where they are not known: colours are the same from frame to frame."""
        paints = self._paints.get(key)
        if paints is None:
            if len(self._paints) >= _KEPT:
                self._paints.clear()
            made = self._marked if key[0] else self._pieced
            paints = self._paints[key] = made(*key[1:])
        return paints

    def _pieced(self, colour: str, shade: float, alpha: float) -> tuple[skia.Paint, ...]:
        body = shaded(colour, shade)
        if self.style is Style.shadow:
            body = shaded(mixed(colour, "#1a1420", 0.86), shade * 0.3)
        elif self.style is Style.ink:
            luma = bright(body)
            grey = f"#{round(luma):02x}" + f"{round(luma * 0.98):02x}" + f"{round(luma * 0.94):02x}"
            body = mixed(grey, body, 0.22)
        elif self.style is Style.neon:
            body = mixed(body, "#0a0a22", 0.62)
        elif self.style is Style.chalk:
            body = mixed(body, "#26332e", 0.55)
        fill = self._paint(body, alpha)
        if self.style is Style.neon:
            return fill, self._outline(shaded(colour, 0.25), 1.6, alpha)
        if self.style is Style.chalk:
            return fill, self._outline(mixed(colour, "#f4f0e2", 0.65), 1.5, alpha * 0.9)
        if self.style is Style.ink:
            return fill, self._outline("#1d1b1a", 1.2, alpha * 0.8)
        if self.style is Style.cut_paper:
            return fill, self._outline(shaded(body, -0.28), 0.8, alpha * 0.55)
        return (fill,)

    def _marked(self, colour: str, width: float, alpha: float) -> tuple[skia.Paint, ...]:
        if self.style is Style.shadow:
            colour = mixed(colour, "#1a1420", 0.5)
        elif self.style is Style.chalk:
            colour = mixed(colour, "#f4f0e2", 0.7)
        elif self.style is Style.neon:
            colour = shaded(colour, 0.35)
        paint = self._paint(colour, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        return (paint,)

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: str, alpha: float) -> None:
        """A soft light around a point, added to what is there."""
        red, green, blue = rgb(colour)
        near = skia.Color(red, green, blue, round(255 * alpha))
        far = skia.Color(red, green, blue, 0)
        shader = skia.GradientShader.MakeRadial(skia.Point(x, y), radius, [near, far])
        paint = skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.BlendMode.kScreen)
        canvas.drawCircle(x, y, radius, paint)

    def _outline(self, colour: str, widths: float, alpha: float) -> skia.Paint:
        paint = self._paint(colour, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(self.line * widths)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        return paint

    def _paint(self, colour: str, alpha: float) -> skia.Paint:
        red, green, blue = rgb(self.seen(colour))
        return skia.Paint(AntiAlias=True, Color=skia.Color(red, green, blue, round(255 * min(1.0, alpha))))
