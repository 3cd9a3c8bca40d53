"""Lying: where the middle of a thing is that leans or lies, so that it rests on what is under it."""

from __future__ import annotations

import skia

from .things import Thing


def underfoot(thing: Thing, lean: float) -> float:
    """Metres from the middle of a thing, turned ``lean`` degrees about it, down to its lowest point."""
    turned = skia.Path(thing.outline())
    matrix = skia.Matrix.Translate(0.0, thing.height / 2)
    matrix.postRotate(lean)
    turned.transform(matrix)
    box = turned.computeTightBounds()
    return float(box.bottom()) if not turned.isEmpty() else thing.height / 2
