"""Glow: the soft light that tubes throw on what is behind them, in neon.

Who acts is drawn on a layer of its own. What is bright on it is taken at a quarter of its size or less,
blurred, and laid on the place; the layer comes over that, so that faces stay clear.
"""

from __future__ import annotations

import numpy as np
import skia

from .plates import paper

_SMALLER = 4
"""So many pixels of the frame are one of the copy in which bright is told from dark, each way."""
_GAIN, _SHINES, _RICH = (0.8, 0.55, 0.8), 0.3, 1.3
"""Of red, green and blue to the strength of the light, what is taken off that, and how much brighter
than the tube, which is thinner than a pixel of the copy, its light is."""
_LIT = skia.ColorFilters.Matrix(
    [_RICH, 0, 0, 0, 0, 0, _RICH, 0, 0, 0, 0, 0, _RICH, 0, 0, *_GAIN, 0, -_SHINES]
)  # fmt: skip
_REACH = 1 / 48
"""Standard deviation of the blur, in frame heights."""
_FAINT = 3
"""Alpha (0 to 255) up to which nobody sees a light."""
_FINE = 480
"""Pixels of a frame's height from which two equal ones beside each other are not seen in soft light."""


def layered(canvas: skia.Canvas) -> skia.Surface:
    """An empty layer as large as the canvas, on which all comes where it would come on the canvas."""
    info = canvas.imageInfo()
    layer = paper(info.width(), info.height())
    layer.getCanvas().setMatrix(canvas.getTotalMatrix())
    return layer


def glowing(canvas: skia.Canvas, layer: skia.Surface) -> None:
    """Lay a layer on the canvas, and under it the glow of what is bright on it."""
    image = layer.makeImageSnapshot()
    light = _blurred(image)
    canvas.save()
    canvas.resetMatrix()
    _enlarged(canvas, light, image.width(), image.height())
    canvas.drawImage(image, 0, 0)
    canvas.restore()


def _blurred(image: skia.Image) -> skia.Image:
    """What is bright, out of focus, at a quarter of the size, or an eighth where the frame is large."""
    wide, high = (max(2, side // _SMALLER) for side in (image.width(), image.height()))
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    small, lit = paper(wide, high), paper(wide, high)
    small.getCanvas().clear(skia.ColorBLACK)  # so that what is thin or faint is dark
    small.getCanvas().drawImageRect(image, skia.Rect.MakeWH(wide, high), smooth)
    paint = skia.Paint(ColorFilter=_LIT)
    lit.getCanvas().drawImage(small.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), paint)
    if image.height() >= _FINE:
        wide, high = wide // 2, high // 2
    tiny, soft = paper(wide, high), paper(wide, high)
    tiny.getCanvas().drawImageRect(lit.makeImageSnapshot(), skia.Rect.MakeWH(wide, high), smooth)
    blur = skia.Paint(ImageFilter=skia.ImageFilters.Blur(_REACH * high, _REACH * high))
    soft.getCanvas().drawImage(tiny.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), blur)
    return soft.makeImageSnapshot()


def _enlarged(canvas: skia.Canvas, light: skia.Image, width: int, height: int) -> None:
    """Lay the copy over the frame, where there is any light.

    First to half its size, smoothly, and then by doubling pixels: that takes half the time.
    """
    shines = light.toarray()[..., 3] > _FAINT
    rows, columns = np.flatnonzero(shines.any(axis=1)), np.flatnonzero(shines.any(axis=0))
    if not rows.size:
        return
    left, top, right, bottom = (int(n) for n in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    part = skia.Rect.MakeLTRB(left, top, right, bottom)
    across, down = width / light.width(), height / light.height()
    seen = skia.Rect.MakeLTRB(left * across, top * down, right * across, bottom * down)
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    if height < _FINE:
        canvas.drawImageRect(light, part, seen, smooth)
        return
    double = paper(round(seen.width() / 2), round(seen.height() / 2))
    double.getCanvas().drawImageRect(light, part, skia.Rect.MakeWH(double.width(), double.height()), smooth)
    canvas.drawImageRect(double.makeImageSnapshot(), seen, skia.SamplingOptions())
