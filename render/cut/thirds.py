"""Lower thirds drawn over the picture: a name and a role on a strip in the film's style.

They stand at the side where their script begins, inside of margins of a twentieth, above where burnt
subtitles stand; they come in from their side and go out there, eased. Every strip is nearly opaque, so that
the letters are read over light and dark alike. Nothing in the text is markup.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import skia

from ...storyboard.lower_third import Third
from ...storyboard.vocabulary import Style
from ..animatic.ink import mixed
from ..card_colours import PALETTES, Palette, colour, lettered, vivid
from ..glyphs import missing_notice
from ..lettering import Align, Lettering, fit_text, is_rtl
from ..protocol import Pixels
from ..requests import Raster

MARGIN = 0.05
"""Share of width and height that stays free at every side."""
_FOOT = 0.8
"""Share of the height at which it ends: two burnt lines stand below."""
EASED = 10
"""Frames that it takes to come and to go; fewer where it has under thirty."""
_WIDEST = 0.66
"""Share of the width that its text may take."""
_NAME, _ROLE = 0.068, 0.038
"""Sizes of the letters, of the shorter of the height and 0.7 of the width."""
_SLIDE = 0.02
"""Share of the width that it moves by as it comes."""
_KEPT = 2


@dataclass(frozen=True)
class _Sheet:
    """What stands over the frame at ``left``, ``top``: colours times alpha, and alpha."""

    left: int
    top: int
    colours: npt.NDArray[np.uint16]
    alpha: npt.NDArray[np.uint16]
    from_left: bool


class Thirds:
    """The lower thirds of a film, to be drawn over its frames."""

    def __init__(self, shown: Sequence[Third], raster: Raster) -> None:
        self._shown = sorted(shown, key=lambda one: one.start)
        self._starts = [one.start for one in self._shown]
        self._raster = raster
        self._laid = lru_cache(maxsize=_KEPT)(self._lay)

    def spans(self, start: int, frames: int) -> list[tuple[int, int]]:
        """Where text stands among ``frames`` frames from frame ``start`` on, counted from there."""
        found = [(max(0, t.start - start), min(frames, t.start + t.frames - start)) for t in self._shown]
        return [(first, stop) for first, stop in found if first < stop]

    def over(self, pixels: Pixels, index: int) -> Pixels:
        """The frame ``index`` of the film with what stands over it."""
        at = bisect_right(self._starts, index) - 1
        if at < 0 or index >= self._starts[at] + self._shown[at].frames:
            return pixels
        third = self._shown[at]
        sheet = self._laid(third)
        seen = shown_at(index - third.start, third.frames)
        slide = round((1 - seen) * _SLIDE * self._raster.width) * (-1 if sheet.from_left else 1)
        return _laid_over(pixels, sheet, slide, round(256 * seen))

    def notices(self) -> list[str]:
        """Characters that no font here has, and the package that would bring one; words without room."""
        words = "".join(dict.fromkeys("".join(t.heading + t.body for t in self._shown)))
        told = missing_notice(words)
        cut = dict.fromkeys(t.heading for t in self._shown if self._is_cut(t))
        return ([f"lower thirds: {told}"] if told else []) + [
            f"The lower third {heading[:40]!r} holds more text than fits; its end is left out."
            for heading in cut
        ]

    def _is_cut(self, third: Third) -> bool:
        width, height = self._raster.width, self._raster.height
        blocks = _texts(third, min(height, 0.7 * width), _WIDEST * width, "left")
        return any(block is not None and block.cut for block in blocks)

    def _lay(self, third: Third) -> _Sheet:
        width, height = self._raster.width, self._raster.height
        unit = min(height, 0.7 * width)
        from_left = not (third.right or is_rtl(third.heading))
        name, role = _texts(third, unit, _WIDEST * width, "left" if from_left else "right")
        pad, gap, rule = 0.024 * unit, 0.008 * unit, 0.011 * unit
        side = 1.5 * pad
        wide = max(block.width for block in (name, role) if block)
        tall = name.height + (gap + role.height if role else 0)
        box_wide, box_tall = wide + 2 * side + 2 * rule, tall + 2 * pad
        room = 0.03 * unit
        sheet = np.zeros((math.ceil(box_tall + 2 * room), math.ceil(box_wide + 2 * room), 4), np.uint8)
        info = skia.ImageInfo.Make(*sheet.shape[1::-1], skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        surface = skia.Surface.MakeRasterDirect(info, sheet)
        canvas = surface.getCanvas()
        canvas.translate(room, room)
        page = _Strip(canvas, box_wide, box_tall, rule, unit, PALETTES[third.mood], from_left)
        _STRIPS[third.style](page)

        def letters() -> None:
            y = pad
            for block in (name, role):
                if block:
                    x = side + 2 * rule if from_left else box_wide - side - 2 * rule - block.measure
                    block.draw(canvas, x, y)
                    y += block.height + gap

        _set(canvas, third, unit, letters)
        surface.flushAndSubmit()
        left = MARGIN * width if from_left else width - MARGIN * width - box_wide
        top = min(_FOOT * height, height - MARGIN * height) - box_tall
        alpha = sheet[:, :, 3:].astype(np.uint16)
        return _Sheet(
            round(left - room), round(top - room), sheet[:, :, :3].astype(np.uint16), alpha, from_left
        )


def shown_at(frame: int, frames: int) -> float:
    """How far frame ``frame`` of ``frames`` has come, 0 to 1, eased at both ends and the same from both."""
    ease = max(1, min(EASED, frames // 3))
    share = min(1.0, (frame + 0.5) / ease, (frames - frame - 0.5) / ease)
    return share * share * (3 - 2 * share)


def _laid_over(pixels: Pixels, sheet: _Sheet, slide: int, share: int) -> Pixels:
    """The frame with a sheet over it, moved by ``slide`` pixels; ``share`` is its strength in 256ths."""
    height, width = pixels.shape[:2]
    tall, wide = sheet.alpha.shape[:2]
    left, top = sheet.left + slide, sheet.top
    x0, x1, y0, y1 = max(0, left), min(width, left + wide), max(0, top), min(height, top + tall)
    if x0 >= x1 or y0 >= y1:
        return pixels
    part = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    colours, alpha = sheet.colours[part], sheet.alpha[part]
    if share < 256:
        colours, alpha = _weaker(colours, share), _weaker(alpha, share)
    seen = pixels.copy()
    under = seen[y0:y1, x0:x1, :3]
    under[:] = np.minimum((under * (255 - alpha) + 127) // 255 + colours, 255)
    return seen


def _weaker(sheet: npt.NDArray[np.uint16], share: int) -> npt.NDArray[np.uint16]:
    """``share`` 256ths of it, to the nearest."""
    total: npt.NDArray[np.uint16] = sheet * np.uint16(share) + np.uint16(128)
    return total >> np.uint16(8)


# -- the letters -----------------------------------------------------------------------------------


def _texts(third: Third, unit: float, most: float, align: Align) -> tuple[Lettering, Lettering | None]:
    name_ink, role_ink = _inks(third)

    def block(text: str, face: str, size: float, tint: str) -> Lettering:
        return fit_text(
            text, "title" if face == "title" else "sans", most, 2.6 * size * unit, largest=size * unit,
            smallest=max(6.0, 0.62 * size * unit), align=align, colour=tint, lines=2,
        )  # fmt: skip

    role = block(third.body, "sans", _ROLE, role_ink) if third.body.strip() else None
    return block(third.heading, "title", _NAME, name_ink), role


def _inks(third: Third) -> tuple[str, str]:
    """Colours of the name and of the role: dark on the light strips, light on the dark ones."""
    of = PALETTES[third.mood]
    if third.style in (Style.cut_paper, Style.ink):
        dress = lettered(third.style, third.mood)
        return dress.heading, mixed(dress.heading, dress.body, 0.5)
    if third.style is Style.shadow:
        return "#f6e6c6", mixed("#f6e6c6", of.accent, 0.3)
    return "#fbf7ec", mixed(of.light, "#ffffff", 0.35)


def _set(canvas: skia.Canvas, third: Third, unit: float, letters: Callable[[], None]) -> None:
    """Draw the letters as the style has them: shining, worn, or plain."""
    if third.style is Style.neon:
        blur = skia.ImageFilters.Blur(unit * 0.008, unit * 0.008)
        glow = skia.ColorFilters.Blend(colour(vivid(PALETTES[third.mood].accent), 0.9), skia.BlendMode.kSrcIn)
        canvas.saveLayer(None, skia.Paint(ImageFilter=blur, ColorFilter=glow))
        letters()
        canvas.restore()
    letters()


# -- the strips ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Strip:
    """What a strip is drawn on: a box at the origin; ``rule`` is the width of its mark, at the near side."""

    canvas: skia.Canvas
    width: float
    height: float
    rule: float
    unit: float
    palette: Palette
    from_left: bool

    def side(self, x: float) -> float:
        """``x`` counted from the near side."""
        return x if self.from_left else self.width - x

    def shape(self, points: Sequence[tuple[float, float]]) -> skia.Path:
        """A closed shape of points, counted from the near side."""
        return skia.Path.Polygon([skia.Point(self.side(x), y) for x, y in points], True)

    def box(self, lean: float = 0.0, inset: float = 0.0) -> skia.Path:
        """The whole strip; its far end leans by ``lean``."""
        far = self.width - inset
        return self.shape(
            [(inset, inset), (far, inset), (far - lean, self.height - inset), (inset, self.height - inset)]
        )

    def mark(self, value: str, inset: float = 0.0) -> None:
        """The mark at the near side."""
        shape = self.shape(
            [(0, inset), (self.rule, inset), (self.rule, self.height - inset), (0, self.height - inset)]
        )
        self.canvas.drawPath(shape, skia.Paint(AntiAlias=True, Color=colour(value)))

    def fill(self, shape: skia.Path, value: str, alpha: float, shadow: float = 0.0) -> None:
        """Fill a shape; ``shadow`` is how dark its soft shadow is."""
        paint = skia.Paint(AntiAlias=True, Color=colour(value, alpha))
        if shadow:
            size = self.unit * 0.007
            paint.setImageFilter(
                skia.ImageFilters.DropShadow(0, size * 0.6, size, size, colour("#000000", shadow))
            )
        self.canvas.drawPath(shape, paint)


def _paper(strip: _Strip) -> None:
    strip.fill(strip.box(lean=strip.unit * 0.018), mixed(strip.palette.light, "#ffffff", 0.25), 1.0, 0.45)
    strip.mark(strip.palette.accent)


def _wash(strip: _Strip) -> None:
    paper = mixed(strip.palette.light, "#ffffff", 0.45)
    strip.fill(strip.box(), paper, 0.94, 0.2)
    ink = mixed(strip.palette.accent, "#8a2f24", 0.5)
    seal = strip.shape([
        (0, 0), (strip.rule * 1.6, 0), (strip.rule * 1.6, strip.rule * 1.6), (0, strip.rule * 1.6),
    ])  # fmt: skip
    strip.fill(seal, ink, 0.95)
    line = strip.shape([
        (0, strip.height), (strip.width * 0.82, strip.height - strip.rule * 0.15),
        (strip.width, strip.height - strip.rule * 0.3), (0, strip.height - strip.rule * 0.45),
    ])  # fmt: skip
    strip.fill(line, "#1c1a19", 0.9)


def _screen(strip: _Strip) -> None:
    strip.fill(strip.box(), "#1a0f0c", 0.86, 0.3)
    strip.mark(mixed(strip.palette.accent, "#f0b86a", 0.4))


def _sign(strip: _Strip) -> None:
    strip.fill(strip.box(), "#0c0b1a", 0.82, 0.3)
    tube = vivid(strip.palette.accent)
    ends = [(strip.rule * 0.5, strip.rule * 0.6), (strip.rule * 0.5, strip.height - strip.rule * 0.6)]
    for wide, alpha, blur in ((1.4, 0.55, 0.012), (0.5, 1.0, 0.0)):
        paint = skia.Paint(
            AntiAlias=True, Color=colour(tube, alpha), Style=skia.Paint.kStroke_Style,
            StrokeWidth=strip.rule * wide, StrokeCap=skia.Paint.kRound_Cap,
        )  # fmt: skip
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, strip.unit * blur))
        (ax, ay), (bx, by) = ends
        strip.canvas.drawLine(strip.side(ax), ay, strip.side(bx), by, paint)


def _slate(strip: _Strip) -> None:
    strip.fill(strip.box(), "#26302d", 0.92, 0.3)
    strip.mark(mixed(strip.palette.accent, "#f4f0e2", 0.35), inset=strip.rule * 0.6)


_STRIPS: dict[Style, Callable[[_Strip], None]] = {
    Style.cut_paper: _paper,
    Style.ink: _wash,
    Style.shadow: _screen,
    Style.neon: _sign,
    Style.chalk: _slate,
}
