"""Nothing that stands or hangs in a place is behind a head, also later in a shot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot

from photoplay.render.animatic.baking import peel, shovel
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.passing import passed, rail_aside
from photoplay.render.animatic.places.recipes import Layer, Recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import perch
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side

POSE = Pose(0.0, 1.5, 6.0, 600.0, 480.0, 270.0)


def test_no_lamp_hangs_where_somebody_walks_to() -> None:
    lamp = Recipe({}, layers=(Layer(2.2, "lamp", {"x": 1.4, "y": 1.6}),))
    head, there = Head(-1.0, 0.0, 0.25, 1.4, 1.8), Head(1.0, 0.0, 0.25, 1.4, 1.8)
    still = cleared(lamp, [head], POSE, 1)
    assert still.layers[0].options["x"] == pytest.approx(1.4)
    later = [(POSE, [Head(x / 4, 0.0, 0.25, 1.4, 1.8)]) for x in range(-4, 5)]
    walked = cleared(lamp, [head], POSE, 1, later=[*later, (POSE, [there])])
    gone = walked.layers[0].options["x"]
    assert not -1.8 < gone < 1.8


def test_a_head_before_a_sheet_is_where_it_is_seen() -> None:
    then = Pose(0.5, 1.5, 6.0, 600.0, 480.0, 270.0)
    (head,) = passed([(then, [Head(0.5, 0.0, 0.2, 1.4, 1.8)])], 3.0, POSE)
    assert head.x == pytest.approx(0.5)
    assert head.half == pytest.approx(0.3)
    assert POSE.at(0.0, head.high, 3.0)[1] == pytest.approx(then.at(0.0, 1.8, 0.0)[1])


@pytest.mark.parametrize("flip", [1, -1])
def test_no_rail_of_a_staircase_goes_up_behind_a_head(flip: int) -> None:
    stairs = Layer(3.0, "staircase", {"x": 1.0})
    heads = [Head(flip * x, 0.0, 0.2, 1.4, 1.8) for x in (0.9, 1.8)]
    x = rail_aside(stairs, heads, POSE, flip).options["x"]
    assert x > 1.0
    for head in passed([(POSE, heads)], 3.0, POSE):
        rail = 1.02 + 0.75 * (flip * head.x - x)
        assert not head.low < rail < head.high
    assert rail_aside(stairs, [], POSE, flip).options["x"] == 1.0


def inked(paint: Callable[[skia.Canvas], None]) -> np.ndarray:
    """The pixels that a piece covers about the middle of the lower edge, 200 to a metre."""
    surface = skia.Surface(400, 300)
    with surface as canvas:
        canvas.translate(200, 290)
        canvas.scale(200, 200)
        paint(canvas)
    return np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_baker_has_the_end_of_the_shovel_in_the_hands_and_not_behind_the_back(share: float) -> None:
    top, tip = shovel(share)
    drawn = inked(lambda canvas: peel(canvas, Ink(), top, tip, share))[..., 3]
    left = float(np.nonzero(drawn.any(axis=0))[0].min() - 200) / 200
    assert top[0] - 0.1 < left < top[0]


def test_on_a_bridge_a_small_one_stands_on_stone_and_among_houses_on_a_barrel() -> None:
    stones = [Recipe({}, layers=(Layer(1.0, piece, {}),)) for piece in ("parapet", "mountains")]
    barrel = Recipe({}, layers=(Layer(8.0, "houses", {}),))
    for recipe, wooden in [*((r, False) for r in stones), (barrel, True)]:
        pixels = inked(lambda canvas, r=recipe: perch(canvas, Ink(), 0.5, 0.8, r)).astype(int)
        seen = pixels[pixels[..., 3] > 200]
        brown = (seen[:, 0] - seen[:, 2] > 40).mean()
        assert bool(brown > 0.4) is wooden


@pytest.mark.parametrize(("being", "species"), [(Being.insect, "bee"), (Being.bird, "sparrow")])
def test_who_is_small_and_jumps_is_in_the_frame_at_the_height_of_it(being: Being, species: str) -> None:
    one = figure("a", Action.jump, Side.left, Facing.right, None)
    look = one.look.model_copy(update={"being": being, "species": species, "stature": "tiny"})
    picture = shot(Action.jump, one.model_copy(update={"look": look}), size=ShotSize.full,
                   place=PlaceKind.garden)  # fmt: skip
    screen = Screen(picture, (320, 180), 3, 4.0)
    (placed,) = screen.staging.figures
    over = placed.up + placed.extent.top + 0.75 * placed.extent.height
    assert screen.staging.pose.at(0.0, over, placed.depth)[1] > 0
