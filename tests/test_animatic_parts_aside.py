"""What a place has in parts steps aside part by part, and whoever uses something large is in the frame with it."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.framing import _lead
from photoplay.render.animatic.headroom import Head, behind
from photoplay.render.animatic.places.recipes import named, recipe
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.vocabulary import Action, PlaceKind, ShotSize

POSE = Pose(x=0.0, height=1.4, distance=4.0, focal=900.0, centre=320.0, horizon=180.0)


def head(x: float) -> Head:
    return Head(x, 0.0, 0.2, 1.3, 1.8)


@pytest.mark.parametrize("x", [-1.2, -0.3, 0.0, 0.4, 1.5])
@pytest.mark.parametrize(
    ("place", "piece", "part", "half"),
    [
        (named("circus"), "big_top", "x", 1.4),
        (named("circus"), "big_top", "left", 0.95),
        (named("circus"), "big_top", "right", 0.95),
        (recipe(PlaceKind.garden, False), "garden_tools", "x", 0.45),
        (recipe(PlaceKind.garden, False), "garden_tools", "barrow", 0.7),
    ],
)
def test_no_rail_and_no_barrow_goes_through_a_head(
    x: float, place: object, piece: str, part: str, half: float
) -> None:
    layer = next(la for la in cleared(place, [head(x)], POSE, 1).layers if la.piece == piece)  # type: ignore[arg-type]
    middle, free = behind(head(x), layer.depth, POSE, half)
    assert abs(layer.options[part] - middle) >= free


@pytest.mark.parametrize("size", [ShotSize.wide, ShotSize.full])
def test_a_baker_and_her_oven_are_in_the_frame_together(size: ShotSize) -> None:
    picture = shot(Action.cook, figure("a", Action.cook), size=size, place=PlaceKind.kitchen)
    picture = picture.model_copy(update={"sentence": "The baker bakes a loaf of bread in the oven."})
    screen = Screen(picture, (320, 180), 3, 4.0)
    (baker,) = screen.staging.figures
    assert baker.extent.width > 1.15 * baker.extent.height, "with the oven"
    assert _lead(screen.picture, baker, size, 1) == 0.5
    foot = screen.path(2.0).at(baker.x, 0.0, baker.depth)[0] / 320
    assert 0.15 < foot < 0.85
