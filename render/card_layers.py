"""Layers of a title card: baked once, cropped, flattened where they stand still, laid together.

Skia on a CPU lays down a shifted image about five times as fast when image and page are both
``BGRA``. All that happens here treats red and blue alike, so RGBA bytes travel under that name and
come out as RGBA.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import skia

from .protocol import Pixels

_NAMED = skia.kBGRA_8888_ColorType


@dataclass(frozen=True)
class Layer:
    """A finished layer: premultiplied RGBA bytes in an image that is named BGRA."""

    image: skia.Image
    x: int
    y: int
    """Where its top left corner lies on the raster half way through the card."""
    drift: tuple[float, float] = (0.0, 0.0)
    """Pixels it moves by in the whole of the card."""


def baked(
    draw: Callable[[skia.Canvas], None],
    width: int,
    height: int,
    margin: int = 0,
    drift: tuple[float, float] = (0.0, 0.0),
) -> Layer:
    """Draw a layer, with ``margin`` pixels around the raster, and keep the rows that hold something."""
    pixels = np.zeros((height + 2 * margin, width + 2 * margin, 4), np.uint8)
    info = skia.ImageInfo.Make(*pixels.shape[1::-1], skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels)
    canvas = surface.getCanvas()
    canvas.translate(margin, margin)
    draw(canvas)
    surface.flushAndSubmit()
    rows = np.flatnonzero(pixels[..., 3].any(axis=1))
    top, low = (int(rows[0]), int(rows[-1]) + 1) if rows.size else (0, 1)
    kept = np.ascontiguousarray(pixels[top:low])
    return Layer(skia.Image.fromarray(kept, _NAMED, skia.kPremul_AlphaType), -margin, top - margin, drift)


def flattened(layers: Sequence[Layer], width: int, height: int) -> list[Layer]:
    """The same picture in fewer layers: neighbours that stand still become one."""
    found: list[Layer] = []
    still: list[Layer] = []
    for layer in [*layers, None]:
        if layer is not None and layer.drift == (0.0, 0.0):
            still.append(layer)
            continue
        if len(still) > 1:
            pixels = np.zeros((height, width, 4), np.uint8)
            _lay(pixels, still, 0.5, 1.0, skia.kPremul_AlphaType)
            still = [Layer(skia.Image.fromarray(pixels, _NAMED, skia.kPremul_AlphaType), 0, 0)]
        found += still
        still = []
        if layer is not None:
            found.append(layer)
    return found


def composed(layers: Sequence[Layer], width: int, height: int, share: float, seen: float) -> Pixels:
    """One frame, height x width x 4 (RGB and an ignored byte), ``share`` (0 to 1) of the way through.

    ``seen`` is how far it is out of black, 0 to 1.
    """
    pixels = np.zeros((height, width, 4), np.uint8)
    _lay(pixels, layers, share, seen, skia.kOpaque_AlphaType)
    return pixels


def _lay(pixels: Pixels, layers: Sequence[Layer], share: float, seen: float, alphas: skia.AlphaType) -> None:
    info = skia.ImageInfo.Make(*pixels.shape[1::-1], _NAMED, alphas)
    surface = skia.Surface.MakeRasterDirect(info, pixels)
    canvas = surface.getCanvas()
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    for layer in layers:
        dx, dy = (d * (share - 0.5) for d in layer.drift)
        canvas.drawImage(layer.image, layer.x + dx, layer.y + dy, smooth)
    if seen < 1.0:
        canvas.drawColor(skia.Color(0, 0, 0, round(255 * (1.0 - seen))))
    surface.flushAndSubmit()
