"""Nothing of a quay floats where only water is seen, no gate stands alone before it; a sound is near the ear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.feelings import heard
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.pen import Pen
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.quays import footed, gated
from photoplay.storyboard.vocabulary import Facing, PlaceKind

HARBOUR = recipe(PlaceKind.harbour, False)
GATE = Placed("g", 1.0, 1.2, 0.0, Extent(-1.4, 1.4, 2.4), Facing.right)


def pieces(found):
    return [la.piece for la in found.layers]


def test_no_top_of_a_bollard_is_left_in_the_water():
    quay = replace(HARBOUR, layers=(*HARBOUR.layers, Layer(1.9, "coils", {})))
    far, close = Pose(0, 1.4, 6.0, 900, 640, 300), Pose(0, 1.4, 1.5, 1500, 640, 300)
    assert far.at(0, 0, 1.9)[1] < 720 < close.at(0, 0, 1.9)[1]
    assert "coils" in pieces(footed(quay, [far], 720))
    assert "coils" not in pieces(footed(quay, [far, close], 720))


def test_a_gate_on_a_quay_is_in_a_wall_that_leaves_its_opening_free():
    found = gated(HARBOUR, [GATE])
    wall = next(la for la in found.layers if la.piece == "wall")
    assert wall.depth > GATE.depth
    assert wall.options["gate"] == pytest.approx((-0.4, 2.4))
    assert not [la for la in found.layers if la.piece == "pier" and la.depth < wall.depth]
    assert gated(HARBOUR, []) == HARBOUR
    meadow = recipe(PlaceKind.meadow, False)
    assert gated(meadow, [GATE]) == meadow


def test_what_is_heard_is_near_the_head_and_clear_of_it():
    surface = skia.Surface(400, 200)
    canvas = surface.getCanvas()
    canvas.translate(0, 100)
    canvas.scale(100, 100)
    heard(Pen(canvas, Ink(), (0.0, 0.0), (), 1.0, 0.4, 0.5, 0.0))
    across = np.flatnonzero(surface.toarray()[..., 3].any(axis=0))
    assert across.min() > 60
    assert across.max() < 180, "farther off it would run into what is on the wall"
