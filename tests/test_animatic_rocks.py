"""A rock that somebody hides behind is in the ground, not cut off over its shadow."""

from __future__ import annotations

import numpy as np
import skia

from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.lairs import _rock


def test_the_foot_of_a_rock_goes_in_and_out_of_the_ground() -> None:
    surface = skia.Surface(400, 200)
    canvas = surface.getCanvas()
    canvas.translate(200, 150)
    canvas.scale(100, 100)
    _rock(canvas, Ink(), -1.0, 1.0, 1.0)
    page = surface.toarray()
    solid = page[..., 3] > 250
    lowest = [np.flatnonzero(solid[:, x]).max() for x in range(130, 270)]
    assert len(set(lowest)) > 3, "a straight cut"
    under = page[max(lowest) + 1, 200, 3]
    assert 0 < under < 250, "its shadow is at its foot"
