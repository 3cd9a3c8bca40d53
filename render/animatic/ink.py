"""Ink: how a piece of the picture is put on the page in each style.

Everything drawn in the animatic (figures, things, places) goes through ``Ink.piece`` and
``Ink.mark``, so that a style changes the whole film and nothing else does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import skia

from ...storyboard.vocabulary import Style
from . import pigment
from .tones import bright, mixed, rgb, shaded

__all__ = ["Ink", "bright", "mixed", "rgb", "shaded"]

_KEPT = 4096
"""Paints that are kept at most."""
_FINE, _DARK = 6.0, 90.0
"""Lines broad, and brightness: what is smaller and darker has no outline."""
_SMALL = 12.0
"""Lines broad: what is smaller is drawn with the tip of the brush."""
_BROAD = 4.0
"""Lines broad from which a line of a place is a body: a pipe, a beam."""
_LIFT = 0.45
"""Lines by which a wash lies above its outline."""


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
    acts: bool = False
    """Whether it draws figures and things, which part from the place that the others draw."""
    _paints: dict[tuple[str, str, float, float], tuple[skia.Paint, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The paints so far: of marks by colour, width, alpha; of pieces and bodies by colour, shade, alpha."""

    def seen(self, colour: str) -> str:
        """The colour in this light, through this air."""
        red, green, blue = (min(255, round(c * m)) for c, m in zip(rgb(colour), self.light, strict=True))
        lit = f"#{red:02x}{green:02x}{blue:02x}"
        return mixed(lit, self.veil, self.veiled) if self.veiled else lit

    def piece(
        self, canvas: skia.Canvas, path: skia.Path, colour: str, *, shade: float = 0.0, alpha: float = 1.0
    ) -> None:
        """Draw a closed shape of an entity's colour, ``shade``d from -1 to 1, as this style does."""
        paints = self._kept(("piece", colour, shade, alpha))
        if len(paints) > 1 and self.style is not Style.cut_paper and self._fine(path, colour):
            canvas.drawPath(path, paints[0])  # no brush, stick or tube draws round a pupil
        elif self.style is Style.ink:
            self._brushed(canvas, (path,), paints)
        else:
            for paint in paints:
                canvas.drawPath(path, paint)

    def mark(
        self, canvas: skia.Canvas, path: skia.Path, colour: str, width: float, *, alpha: float = 1.0
    ) -> None:
        """Draw a line (a mouth, a rope, a crease) of ``width`` canvas units, round at its ends."""
        for paint in self._kept(("mark", colour, width, alpha)):
            canvas.drawPath(path, paint)

    def body(self, canvas: skia.Canvas, parts: Sequence[skia.Path], colour: str) -> None:
        """Draw closed shapes that lie over each other as one: their common edge, and no seam within."""
        paints = self._kept(("body", colour, 0.0, 1.0))
        if self.style is Style.ink:
            self._brushed(canvas, parts, paints)
            return
        fill, *edges = paints
        for paint in edges:
            for path in parts:
                canvas.drawPath(path, paint)
        for path in parts:
            canvas.drawPath(path, fill)

    def fill(self, canvas: skia.Canvas, path: skia.Path, colour: str, shade: float = 0.0) -> None:
        """Draw a closed shape without its edge: a part of a ``body`` that lies over its markings."""
        canvas.drawPath(path, self._kept(("piece", colour, shade, 1.0))[0])

    def _fine(self, path: skia.Path, colour: str) -> bool:
        """Whether a dark shape is too small for a line to go round it; a tear would be lost without."""
        return bright(colour) <= _DARK and self._within(path, _FINE)

    def _within(self, path: skia.Path, lines: float) -> bool:
        """Whether a shape is less than so many lines broad and high."""
        box = path.getBounds()
        return bool(max(box.width(), box.height()) < lines * self.line)

    def _brushed(
        self, canvas: skia.Canvas, parts: Sequence[skia.Path], paints: tuple[skia.Paint, ...]
    ) -> None:
        """Lay the line first and the wash over it, a little up: the line swells below, as a brush's does."""
        fill, broad, thin = paints
        for path in parts:
            canvas.drawPath(path, thin if self._within(path, _SMALL) else broad)
        lift = _LIFT * self.line
        canvas.translate(-0.6 * lift, -lift)
        for path in parts:
            canvas.drawPath(path, fill)
        canvas.translate(0.6 * lift, lift)

    def _kept(self, key: tuple[str, str, float, float]) -> tuple[skia.Paint, ...]:
        """The paints of a key, made where they are not known: colours are the same from frame to frame."""
        paints = self._paints.get(key)
        if paints is None:
            if len(self._paints) >= _KEPT:
                self._paints.clear()
            made = {"mark": self._marked, "piece": self._pieced, "body": self._bodied}[key[0]]
            paints = self._paints[key] = made(*key[1:])
        return paints

    def _pieced(self, colour: str, shade: float, alpha: float) -> tuple[skia.Paint, ...]:
        body = pigment.body(self.style, colour, shade, self.acts)
        edges = pigment.edges(self.style, colour, body, self.acts, alpha)
        return self._paint(body, alpha), *(self._outline(e.colour, e.widths, e.alpha) for e in edges)

    def _bodied(self, colour: str, shade: float, alpha: float) -> tuple[skia.Paint, ...]:
        fill, *edges = self._pieced(colour, shade, alpha)
        if self.style in pigment.DARK_PAGES:  # the inner half of the line lies under the fill
            for paint in edges:
                paint.setStrokeWidth(1.8 * paint.getStrokeWidth())
        return fill, *edges

    def _marked(self, colour: str, width: float, alpha: float) -> tuple[skia.Paint, ...]:
        broad = not self.acts and width > _BROAD * self.line and self.style in pigment.DARK_PAGES
        tone = (
            pigment.body(self.style, colour, 0.0, False)
            if broad
            else pigment.line(self.style, colour, self.acts)
        )
        paint = self._paint(tone, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        return (paint,)

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: str, alpha: float) -> None:
        """A soft light around a point, added to what is there."""
        red, green, blue = rgb(pigment.light(self.style, colour))
        near = skia.Color(red, green, blue, round(255 * alpha))
        far = skia.Color(red, green, blue, 0)
        shader = skia.GradientShader.MakeRadial(skia.Point(x, y), radius, [near, far])
        paint = skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.BlendMode.kScreen)
        canvas.drawCircle(x, y, radius, paint)

    def _outline(self, colour: str, widths: float, alpha: float) -> skia.Paint:
        if self.acts and self.style is Style.neon:  # a tube shines in any light, through any air
            paint = skia.Paint(AntiAlias=True, Color=skia.Color(*rgb(colour), round(255 * min(1.0, alpha))))
        else:
            paint = self._paint(colour, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(self.line * widths)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        return paint

    def _paint(self, colour: str, alpha: float) -> skia.Paint:
        red, green, blue = rgb(self.seen(colour))
        return skia.Paint(AntiAlias=True, Color=skia.Color(red, green, blue, round(255 * min(1.0, alpha))))
