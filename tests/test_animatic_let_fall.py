"""What slips from a hand or is thrown down is large enough, and near enough, to tell what falls."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.dropped import DROPPED, lets_fall
from photoplay.render.animatic.grip import size_in_hand
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Angle, Facing, PlaceKind, ShotSize, Side

BOTTLE = thing("bottle", "bottle")


def fallen(sentence: str, angle: Angle = Angle.high) -> Picture:
    one = figure("a", Action.throw, Side.left, Facing.right).model_copy(update={"holds": ("bottle",)})
    told: Picture = shot(Action.throw, one, target="bottle", size=ShotSize.full, place=PlaceKind.meadow)
    camera = told.camera.model_copy(update={"angle": angle})
    held = (BOTTLE.model_copy(update={"held": True}),)
    return told.model_copy(update={"sentence": sentence, "things": held, "camera": camera})


@pytest.mark.parametrize(
    ("sentence", "falls"),
    [
        ("The girl drops a bottle.", True),
        ("The girl throws the bottle to the ground.", True),
        ("The girl throws the bottle away.", False),
    ],
)
def test_what_comes_to_the_ground_is_told_from_what_is_thrown(sentence: str, falls: bool) -> None:
    assert lets_fall(fallen(sentence)) is falls


def test_it_is_large_and_whoever_had_it_fills_the_frame() -> None:
    def on_screen(sentence: str) -> tuple[float, float]:
        screen = Screen(fallen(sentence), (320, 180), 3, 4.0)
        one, pose = screen.staging.figures[0], screen.path(0.0)
        held = screen._players["a"].held[0]
        return pose.scale(one.depth) * one.extent.height / 180, max(held.width, held.height)

    tall, longest = on_screen("The girl drops a bottle.")
    assert tall > 0.7
    bottle = Screen(fallen("The girl drops a bottle."), (320, 180), 3, 4.0)._players["a"].held[0]
    assert longest * size_in_hand(bottle, 1.6, DROPPED) >= DROPPED * 1.6 - 0.001
    assert on_screen("The girl throws the bottle away.")[0] < tall
