"""Parting: who has the colours of what is behind gets an edge of light or dark along the whole outline.

Brown on brown and dark on dark are found by one small look at the shot, and hold for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import skia

from .plates import paper

Layers = Iterable[tuple[str, str, Callable[[skia.Canvas], None]]]
"""Kind, name and painter of each layer of a frame, the farthest first."""

_SMALL = 0.25
"""How much smaller than a frame the look is taken."""
_NEAR = 40.0
"""Colours less far apart than this (0 to 255, weighed as eyes do) run into each other."""
_LOST = 0.34
"""Share of an outline that runs into what is behind from which on it is drawn along."""
_LIGHT = 150.0
"""From this brightness of what is behind the edge is a dark one."""
PALE, DARK = "#fff6e2", "#33262a"


def lost(layers: Layers, size: tuple[int, int]) -> dict[str, str]:
    """Names of all in the picture -> the colour of the edge that parts them, or nothing where nobody is lost.

    If one is lost in what is behind, all get the edge that parts that one: a picture has one look.
    """
    wide, high = (max(8, round(_SMALL * side)) for side in size)
    back = paper(wide, high)
    found: dict[str, tuple[float, str]] = {}
    for kind, name, paint in layers:
        if kind == "front":
            continue
        canvas = back.getCanvas()
        if kind != "figure":
            _small(canvas, wide / size[0], high / size[1], paint)
            continue
        before = back.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(float)
        own = paper(wide, high)
        _small(own.getCanvas(), wide / size[0], high / size[1], paint)
        canvas.drawImage(own.makeImageSnapshot(), 0, 0)
        share, behind = _merged(own.toarray(colorType=skia.kRGBA_8888_ColorType), before)
        found[name] = share, DARK if behind > _LIGHT else PALE
    share, colour = max(found.values(), default=(0.0, PALE))
    return dict.fromkeys(found, colour) if share > _LOST else {}


def _small(canvas: skia.Canvas, across: float, down: float, paint: Callable[[skia.Canvas], None]) -> None:
    canvas.save()
    canvas.scale(across, down)
    paint(canvas)
    canvas.restore()


def _merged(own: npt.NDArray[np.uint8], behind: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The share of the outline (0 to 1) that has the colours behind it, and how bright it is behind."""
    body = own[..., 3] > 200
    inner = body.copy()
    for axis in (0, 1):
        for step in (1, -1):
            inner &= np.roll(body, step, axis)
    rim = body & ~inner
    rim[[0, -1]] = rim[:, [0, -1]] = False
    if rim.sum() < 12:
        return 0.0, 0.0
    weights = np.array([2.0, 4.0, 3.0]) / 9.0  # red, green, blue
    apart = own[..., :3].astype(float)[rim] - behind[rim]
    far = np.sqrt((weights * apart**2).sum(axis=1))
    return float((far < _NEAR).mean()), float((weights * behind[rim]).sum(axis=1).mean())
