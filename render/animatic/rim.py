"""Rim light: in the dark an edge of light runs along whoever acts, so that nobody is lost in it."""

from __future__ import annotations

from collections.abc import Callable

import skia

from ...storyboard.vocabulary import LightKey, Style
from .ink import mixed, rgb
from .light import Air
from .plates import paper

_DARK = frozenset({LightKey.low_key, LightKey.moonlit, LightKey.chiaroscuro})
_OUTLINED = frozenset({Style.neon, Style.chalk, Style.shadow})
"""Styles in which bodies stand out by themselves: by a line of light, or dark on a lit screen."""
_WIDTH, _EDGE = 1 / 216, 1 / 300
"""Of the frame's height: the edge of light, and the edge all round, which is no wider than a line."""


def rim_colour(air: Air) -> tuple[int, int, int] | None:
    """The colour of the edge of light on those who act; None where there is light enough."""
    if air.style in _OUTLINED or (air.night < 0.5 and air.key not in _DARK):
        return None
    warm = air.interior and air.key is not LightKey.moonlit
    lit = "#ffdca8" if warm else mixed(air.horizon, "#e4eeff", 0.78)
    return rgb(mixed(lit, "#ffffff", 0.4) if air.style is Style.ink else lit)


def rimmed(
    canvas: skia.Canvas,
    air: Air,
    box: tuple[float, float, float, float],
    height: int,
    draw: Callable[[skia.Canvas], None],
    edge: str | None = None,
) -> None:
    """Draw with the edge of light on the side of lamp or moon, or with an ``edge`` of that colour all round.

    ``box`` holds all that ``draw`` draws, in the units of the canvas: left, top, right, bottom; ``height``
    is that of the frame in pixels.
    """
    colour = rgb(edge) if edge and air.style not in _OUTLINED else rim_colour(air)
    matrix = canvas.getTotalMatrix()
    seen = matrix.mapRect(skia.Rect.MakeLTRB(*box))
    info = canvas.imageInfo()
    if colour is None or not seen.intersect(skia.Rect.MakeWH(info.width(), info.height())):
        draw(canvas)
        return
    area = seen.roundOut()
    body = paper(area.width(), area.height())
    inner = body.getCanvas()
    inner.translate(-area.left(), -area.top())
    inner.concat(matrix)
    draw(inner)
    image = body.makeImageSnapshot()
    wide = max(1, round(_WIDTH * height))
    side = -wide if air.sun is None or air.sun[0] < 0.5 else wide
    if edge:  # of what is solid: the glow of a lantern has no outline
        red, green, blue = (channel / 255 for channel in colour)
        solid = [0, 0, 0, 0, red, 0, 0, 0, 0, green, 0, 0, 0, 0, blue, 0, 0, 0, 3.0, 0.75 - 3.0]
        flat = skia.Paint(ColorFilter=skia.ColorFilters.Matrix(solid))
    else:
        light = skia.Color(*colour, 225 if air.night > 0.5 else 110)
        flat = skia.Paint(ColorFilter=skia.ColorFilters.Blend(light, skia.BlendMode.kSrcIn))
    canvas.save()
    canvas.resetMatrix()
    left, top = area.left(), area.top()
    if edge:
        shape = paper(area.width(), area.height())  # coloured once: four times would cost three times as much
        shape.getCanvas().drawImage(image, 0, 0, skia.SamplingOptions(), flat)
        outline = shape.makeImageSnapshot()
        thin, smooth = _EDGE * height, skia.SamplingOptions(skia.FilterMode.kLinear)
        for across, down in ((thin, thin), (-thin, thin), (thin, -thin), (-thin, -thin)):
            canvas.drawImage(outline, left + across, top + down, smooth)
    else:
        canvas.drawImage(image, left + side, top - wide, skia.SamplingOptions(), flat)
    canvas.drawImage(image, left, top)
    canvas.restore()
