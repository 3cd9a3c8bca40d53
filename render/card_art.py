"""The art of title cards: for each style and mood, layers that are drawn once and then drift.

Nothing here knows of text or time. Sizes are in pixels; ``side`` is the shorter side of the raster.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import skia

from ..storyboard.vocabulary import Mood, Style
from .animatic.ink import mixed, shaded
from .animatic.things.shapes import bow, curve
from .card_colours import PALETTES, Palette, colour, vivid
from .card_layers import Layer, baked, flattened


@dataclass(frozen=True)
class Page:
    """What an artist works on."""

    width: int
    height: int
    palette: Palette
    rng: random.Random

    @property
    def side(self) -> int:
        """The shorter side."""
        return min(self.width, self.height)

    def layer(
        self, draw: Callable[[skia.Canvas], None], drift: tuple[float, float] = (0.0, 0.0), *, grain: int = 0
    ) -> Layer:
        """Bake a layer. The canvas has its origin at the raster's corner; ``drift`` is in sides.

        ``grain`` (0 to 255) is the strength of the paper's tooth, on what was drawn only.
        """
        margin = math.ceil(max(abs(d) for d in drift) * self.side / 2) + 2 if any(drift) else 0

        def whole(canvas: skia.Canvas) -> None:
            draw(canvas)
            if grain:
                self._tooth(canvas, margin, grain)

        moved = (drift[0] * self.side, drift[1] * self.side)
        return baked(whole, self.width, self.height, margin, moved)

    def _tooth(self, canvas: skia.Canvas, margin: int, strength: int) -> None:
        scale = 720 / max(240, self.side)
        noise = skia.PerlinNoiseShader.MakeFractalNoise(0.35 * scale, 0.55 * scale, 2, self.rng.random() * 99)
        grey = skia.ColorFilters.Matrix(
            [1.6, 0, 0, 0, -0.3, 1.6, 0, 0, 0, -0.3, 1.6, 0, 0, 0, -0.3, 0, 0, 0, 0, 1]
        )
        whole = skia.Rect.MakeLTRB(-margin, -margin, self.width + margin, self.height + margin)
        canvas.saveLayer(whole, skia.Paint(BlendMode=skia.BlendMode.kSrcATop, Alphaf=strength / 255))
        canvas.drawRect(whole, skia.Paint(Shader=noise, ColorFilter=grey))
        canvas.restore()


def layers(style: Style, mood: Mood, width: int, height: int, seed: int) -> list[Layer]:
    """The layers of a card, back to front. Equal arguments give equal pixels."""
    page = Page(width, height, PALETTES[mood], random.Random(f"{style}{mood}{seed}"))
    return flattened(_ARTISTS[style](page), width, height)


def _ridge(page: Page, base: float, rise: float, steps: int) -> skia.Path:
    """A hill line across the page at ``base`` (share of the height), closed below."""
    over = page.side * 0.2
    points: list[float] = [-over, page.height + over, -over, page.height + over]
    first = page.rng.random() * 6
    for i in range(steps + 1):
        x = -over + (page.width + 2 * over) * i / steps
        swell = math.sin(first + i * 1.9) * 0.6 + page.rng.uniform(-0.4, 0.4)
        points += [x, page.height * base - page.side * rise * swell]
    points += [page.width + over, page.height + over] * 2
    return curve(points)


def _brush(path: skia.Path, paint: skia.Paint, canvas: skia.Canvas) -> None:
    canvas.drawPath(path, paint)


def _fill(path: skia.Path, value: str, alpha: float = 1.0) -> Callable[[skia.Canvas], None]:
    return lambda canvas: canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour(value, alpha)))


def _wash(
    page: Page, stops: list[str], centre: tuple[float, float] | None = None, reach: float = 0.8
) -> skia.Paint:
    """A paint over the whole page: top to bottom, or from a centre (shares of the page) outwards."""
    colours = [colour(s) for s in stops]
    if centre is None:
        ends = [skia.Point(0, 0), skia.Point(0, page.height)]
        return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, colours))
    at = skia.Point(page.width * centre[0], page.height * centre[1])
    radius = max(page.width, page.height) * reach
    return skia.Paint(Shader=skia.GradientShader.MakeRadial(at, radius, colours))


def _vignette(page: Page, strength: float) -> Layer:
    clear, dark = colour("#000000", 0.0), colour("#000000", strength)
    at = skia.Point(page.width / 2, page.height / 2)
    reach = math.hypot(page.width, page.height) / 2
    shader = skia.GradientShader.MakeRadial(at, reach, [clear, clear, dark], [0.0, 0.55, 1.0])
    return page.layer(lambda canvas: canvas.drawPaint(skia.Paint(Shader=shader)))


def _cut_paper(page: Page) -> list[Layer]:
    of, side = page.palette, page.side
    sky = page.layer(
        lambda c: c.drawPaint(_wash(page, [of.light, mixed(of.light, of.accent, 0.22)])), grain=26
    )
    found = [sky]
    at = (page.width * page.rng.uniform(0.3, 0.7), page.height * 0.42)
    for radius, share in ((0.52, 0.10), (0.4, 0.16), (0.29, 0.24)):
        disc = skia.Path()
        disc.addCircle(*at, side * radius)
        found.append(_sheet(page, disc, mixed(of.light, of.accent, share), (0.0, 0.0), 0.10))
    for i, (base, share) in enumerate(((0.76, 0.0), (0.84, 0.42), (0.92, 0.8))):
        ridge = _ridge(page, base, 0.055, 5 + i)
        found.append(_sheet(page, ridge, mixed(of.mid, of.deep, share), (0.02 + 0.02 * i, 0.0), 0.28))
    return [*found, _vignette(page, 0.22)]


def _sheet(page: Page, path: skia.Path, value: str, drift: tuple[float, float], shadow: float) -> Layer:
    """A piece of paper that throws a soft shadow on what lies under it."""

    def draw(canvas: skia.Canvas) -> None:
        soft = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, page.side * 0.012)
        canvas.save()
        canvas.translate(0, -page.side * 0.004)
        canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour("#000000", shadow), MaskFilter=soft))
        canvas.restore()
        canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour(value)))
        edge = skia.Paint(
            AntiAlias=True, Color=colour(shaded(value, 0.3), 0.6), Style=skia.Paint.kStroke_Style
        )
        edge.setStrokeWidth(max(1.0, page.side * 0.0016))
        canvas.drawPath(path, edge)

    return page.layer(draw, drift, grain=22)


def _shadow_theatre(page: Page) -> list[Layer]:
    of, side = page.palette, page.side
    warm = mixed("#f6c56a", of.accent, 0.3)
    stops = [
        mixed(warm, "#fff2cc", 0.6),
        warm,
        mixed("#8a3f1c", of.mid, 0.35),
        mixed("#1a0d10", of.deep, 0.3),
    ]
    found = [page.layer(lambda c: c.drawPaint(_wash(page, stops, (0.5, 0.45), 0.78)), grain=30)]
    night = mixed("#160c12", of.deep, 0.15)
    for i, base in enumerate((0.82, 0.91)):
        path = _ridge(page, base, 0.05, 5 + i)
        found.append(
            page.layer(_fill(path, mixed(night, "#a8552a", 0.32 * (1 - i))), (0.025 + 0.02 * i, 0.0))
        )

    def curtains(canvas: skia.Canvas) -> None:
        wide = max(side * 0.1, page.width * 0.075)
        for turn in (1, -1):
            canvas.save()
            canvas.translate(0 if turn > 0 else page.width, 0)
            canvas.scale(turn, 1)
            for i in range(4):
                x = wide * (1 - i * 0.26)
                h = page.height
                hang = [
                    x * 1.5,
                    -9,
                    x * 1.5,
                    -9,
                    x,
                    h * 0.3,
                    x * 0.55,
                    h * 0.62,
                    x * 0.9,
                    h + 9,
                    x * 0.9,
                    h + 9,
                ]
                fold = curve([-9, -9, -9, -9, *hang, -9, h + 9, -9, h + 9])
                _fill(fold, mixed(night, "#6a2420", 0.1 * i))(canvas)
            canvas.restore()
        swags = max(3, round(page.width / (side * 0.3)))
        span = page.width / swags
        for i in range(swags):
            drape = curve([i * span, -9] * 2 + [(i + 1) * span, -9] * 2
                          + [(i + 0.85) * span, side * 0.06, (i + 0.5) * span, side * 0.085]
                          + [(i + 0.15) * span, side * 0.06])  # fmt: skip
            _fill(drape, mixed(night, "#6a2420", 0.12 + 0.1 * (i % 2)))(canvas)

    return [*found, page.layer(curtains), _vignette(page, 0.35)]


def _ink_wash(page: Page) -> list[Layer]:
    of, side = page.palette, page.side
    paper = "#f2ebdc"
    found = [page.layer(lambda c: c.drawPaint(_wash(page, [mixed(paper, of.light, 0.2), paper])), grain=20)]
    for i, (base, depth) in enumerate(((0.7, 0.22), (0.79, 0.4), (0.88, 0.7))):
        ridge = _ridge(page, base, 0.10 - 0.015 * i, 8 + i)
        tone = mixed("#3a3835", of.deep, 0.45)
        top, low = page.height * (base - 0.14), page.height * (base + 0.2)
        fade = skia.GradientShader.MakeLinear(
            [skia.Point(0, top), skia.Point(0, low)], [colour(tone, depth), colour(tone, 0.02)]
        )
        wet = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, side * (0.007 - 0.002 * i))
        paint = skia.Paint(AntiAlias=True, Shader=fade, MaskFilter=wet)
        found.append(page.layer(partial(_brush, ridge, paint), (0.015 + 0.015 * i, 0), grain=16))

    def sun_and_birds(canvas: skia.Canvas) -> None:
        x, y = page.width * 0.87, page.height * 0.11
        soft = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, side * 0.004)
        red = mixed("#b8402e", of.accent, 0.3)
        canvas.drawCircle(
            x, y, side * 0.06, skia.Paint(AntiAlias=True, Color=colour(red, 0.75), MaskFilter=soft)
        )
        stroke = skia.Paint(AntiAlias=True, Color=colour("#2a2826", 0.7), Style=skia.Paint.kStroke_Style)
        stroke.setStrokeWidth(side * 0.0035)
        for i in range(4):
            bx, by = page.width * (0.1 + 0.05 * i), page.height * (0.13 - 0.02 * (i % 3))
            s = side * (0.014 + 0.004 * (i % 2))
            canvas.drawPath(bow([bx - s, by - s * 0.5, bx - s * 0.4, by - s * 0.55, bx, by]), stroke)
            canvas.drawPath(bow([bx, by, bx + s * 0.4, by - s * 0.55, bx + s, by - s * 0.5]), stroke)

    return [*found, page.layer(sun_and_birds, (-0.02, 0.0)), _vignette(page, 0.16)]


def _night_neon(page: Page) -> list[Layer]:
    of, side = page.palette, page.side
    night = mixed("#0a0920", of.deep, 0.25)
    hot, cold = vivid(of.accent), vivid(of.mid)
    found = [page.layer(lambda c: c.drawPaint(_wash(page, [night, mixed(night, of.mid, 0.3)])), grain=10)]

    def stars(canvas: skia.Canvas) -> None:
        for _ in range(90):
            x, y = page.rng.random() * page.width, page.rng.random() * page.height * 0.75
            dot = skia.Paint(AntiAlias=True, Color=colour("#ffffff", page.rng.uniform(0.15, 0.7)))
            canvas.drawCircle(x, y, side * page.rng.uniform(0.0008, 0.002), dot)

    found.append(page.layer(stars, (-0.015, 0.0)))
    ring = skia.Path()
    ring.addCircle(page.width / 2, page.height * 0.44, side * 0.41)
    found.append(page.layer(lambda c: _tube(c, ring, cold, side * 0.005, 0.55)))
    for i, (base, value) in enumerate(((0.8, cold), (0.9, hot))):
        ridge = _ridge(page, base, 0.05, 6 + i)

        def draw(canvas: skia.Canvas, path: skia.Path = ridge, value: str = value) -> None:
            _fill(path, mixed(night, "#000000", 0.25))(canvas)
            _tube(canvas, path, value, side * 0.0045, 0.9)

        found.append(page.layer(draw, (0.025 + 0.025 * i, 0.0)))
    return [*found, _vignette(page, 0.4)]


def _tube(canvas: skia.Canvas, path: skia.Path, value: str, width: float, alpha: float) -> None:
    """A glass tube of light along a path."""
    for spread, share in ((width * 7, 0.3), (width * 2.4, 0.5), (0.0, 1.0)):
        paint = skia.Paint(AntiAlias=True, Color=colour(value, alpha * share), Style=skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width + spread * 0.6)
        if spread:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, spread * 0.5))
        canvas.drawPath(path, paint)
    core = skia.Paint(
        AntiAlias=True, Color=colour(mixed(value, "#ffffff", 0.7), alpha), Style=skia.Paint.kStroke_Style
    )
    core.setStrokeWidth(width * 0.4)
    canvas.drawPath(path, core)


def _chalk_board(page: Page) -> list[Layer]:
    of, side = page.palette, page.side
    board = mixed("#2a3632", of.deep, 0.28)

    def ground(canvas: skia.Canvas) -> None:
        canvas.drawPaint(_wash(page, [shaded(board, 0.09), board], (0.5, 0.45), 0.7))
        for _ in range(14):
            x, y = page.rng.random() * page.width, page.rng.random() * page.height
            haze = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, side * 0.05)
            smear = skia.Paint(AntiAlias=True, Color=colour("#f4f0e2", 0.035), MaskFilter=haze)
            canvas.save()
            canvas.rotate(page.rng.uniform(-25, 10), x, y)
            canvas.drawOval(skia.Rect.MakeXYWH(x, y, side * page.rng.uniform(0.2, 0.6), side * 0.06), smear)
            canvas.restore()

    def drawing(canvas: skia.Canvas) -> None:
        for inset, width, alpha in ((0.045, 0.0045, 0.75), (0.06, 0.002, 0.5)):
            box = skia.Path()
            edge = side * inset
            box.addRect(skia.Rect.MakeLTRB(edge, edge, page.width - edge, page.height - edge))
            _stroke_chalk(canvas, page, box, "#f4f0e2", side * width, alpha)
        hues = (of.accent, of.mid, of.light)
        for i, base in enumerate((0.80, 0.85, 0.90)):
            x0, x1 = side * 0.09, page.width - side * 0.09
            first = page.rng.random() * 6
            points: list[float] = []
            for k in range(9):
                points += [
                    x0 + (x1 - x0) * k / 8,
                    page.height * base + side * 0.02 * math.sin(first + k * 1.3),
                ]
            _stroke_chalk(canvas, page, bow(points), mixed(hues[i], "#f4f0e2", 0.35), side * 0.006, 0.6)

    return [page.layer(ground, grain=14), page.layer(drawing, grain=0), _vignette(page, 0.3)]


def _stroke_chalk(
    canvas: skia.Canvas, page: Page, path: skia.Path, value: str, width: float, alpha: float
) -> None:
    for share in (1.0, 0.6):
        paint = skia.Paint(AntiAlias=True, Color=colour(value, alpha * share), Style=skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        rough = skia.DiscretePathEffect.Make(
            page.side * 0.012, page.side * 0.0018, page.rng.randrange(1 << 16)
        )
        paint.setPathEffect(rough)
        canvas.drawPath(path, paint)


_ARTISTS: dict[Style, Callable[[Page], list[Layer]]] = {
    Style.cut_paper: _cut_paper,
    Style.shadow: _shadow_theatre,
    Style.ink: _ink_wash,
    Style.neon: _night_neon,
    Style.chalk: _chalk_board,
}
