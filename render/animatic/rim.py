"""Rim light: in the dark an edge of light runs along whoever acts, so that nobody is lost in it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import skia

from ...storyboard.vocabulary import LightKey, Style
from .ink import mixed, rgb
from .light import Air

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
    drawn = np.zeros((area.height(), area.width(), 4), np.uint8)
    body = skia.Surface.MakeRasterDirect(_info(area.width(), area.height()), drawn, 4 * area.width())
    inner = body.getCanvas()
    inner.translate(-area.left(), -area.top())
    inner.concat(matrix)
    draw(inner)
    body.flushAndSubmit()
    found = _inked(drawn)
    if found is None:
        return
    left, top, right, bottom = found
    image = body.makeImageSnapshot(skia.IRect.MakeLTRB(*found))
    canvas.save()
    canvas.resetMatrix()
    canvas.translate(area.left() + left, area.top() + top)
    if edge:
        thin = max(1, round(_EDGE * height))
        outline = _outline(drawn[top:bottom, left:right, 3], colour, thin)
        canvas.drawImage(skia.Image.fromarray(outline, skia.kN32_ColorType), -thin, -thin)
    else:
        wide = max(1, round(_WIDTH * height))
        side = -wide if air.sun is None or air.sun[0] < 0.5 else wide
        light = skia.Color(*colour, 225 if air.night > 0.5 else 110)
        flat = skia.Paint(ColorFilter=skia.ColorFilters.Blend(light, skia.BlendMode.kSrcIn))
        canvas.drawImage(image, side, -wide, skia.SamplingOptions(), flat)
    canvas.drawImage(image, 0, 0)
    canvas.restore()


def _info(width: int, height: int) -> skia.ImageInfo:
    return skia.ImageInfo.MakeN32Premul(width, height)


def _inked(drawn: npt.NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what is drawn on an empty surface, in pixels; None for nothing."""
    marked = drawn.view(np.uint32)[..., 0]
    rows = np.flatnonzero(marked.any(axis=1))
    if not rows.size:
        return None
    columns = np.flatnonzero(marked[rows[0] : rows[-1] + 1].any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _outline(alpha: npt.NDArray[np.uint8], colour: tuple[int, int, int], thin: int) -> npt.NDArray[np.uint8]:
    """A line of that colour around a shape, ``thin`` pixels wide, as premultiplied pixels in skia's order.

    It is ``thin`` pixels larger than the shape on every side. What is half clear, as the glow of a lantern,
    has no line.
    """
    high, wide = alpha.shape
    solid = _CLEAR[alpha]
    across = np.ones((high, wide + 2 * thin), np.float32)
    across[:, :wide] = solid
    across[:, 2 * thin :] *= solid
    clear = np.ones((high + 2 * thin, wide + 2 * thin), np.float32)
    clear[:high] = across
    clear[2 * thin :] *= across
    line = np.subtract(1.0, clear, out=clear)
    blue_first = skia.kN32_ColorType == skia.kBGRA_8888_ColorType
    pixels = np.empty((*line.shape, 4), np.uint8)
    for channel, value in enumerate((*(colour[::-1] if blue_first else colour), 255)):
        np.multiply(line, value, out=pixels[..., channel], casting="unsafe")
    return pixels


_SOLID, _OPAQUE = 3.0, 0.75
"""How steeply a line sets in where a shape grows solid, and how opaque it is along one of its sides."""
_CLEAR = (1.0 - np.clip(_SOLID * (np.arange(256) / 255 - 1.0) + _OPAQUE, 0.0, _OPAQUE)).astype(np.float32)
"""What a line lets through, by the alpha of the shape."""
