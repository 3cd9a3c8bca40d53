"""A painting that somebody hugs, weeps beside, dances about or hides behind."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import covers
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.picture import Picture, ThingIn
from photoplay.storyboard.vocabulary import Action, Angle, ShotSize, Side

SIZE = 320, 180


def told(action: Action, sentence: str, size: ShotSize = ShotSize.full, kind: str = "painting") -> Picture:
    it = thing("it", kind).model_copy(update={"side": Side.right})
    said = shot(action, figure("a", action, Side.left), target="it", things=(it,), size=size)
    return said.model_copy(update={"sentence": sentence})


@pytest.mark.parametrize("size", [ShotSize.full, ShotSize.close, ShotSize.two_shot])
def test_a_painting_that_is_hugged_is_held_in_both_arms_and_stands_on_no_easel(size: ShotSize) -> None:
    seen = Screen(told(Action.hug, "She hugs the painting.", size), SIZE, 5, 4.0)
    assert seen.picture.figures[0].holds == ("it",)
    assert not seen.staging.things
    assert seen.picture.camera.size is ShotSize.medium_full


def test_what_is_no_painting_is_hugged_where_it_stands() -> None:
    seen = Screen(told(Action.hug, "She hugs the statue.", kind="statue"), SIZE, 5, 4.0)
    assert not seen.picture.figures[0].holds


def test_who_weeps_beside_a_painting_is_seen_with_it_from_near_and_who_dances_about_it_from_above() -> None:
    weeps = Screen(told(Action.cry, "She cries beside the painting."), SIZE, 5, 4.0)
    dances = Screen(told(Action.dance, "She dances around the painting."), SIZE, 5, 4.0)
    assert weeps.staging.pose.scale(0.0) > 1.2 * dances.staging.pose.scale(0.0)
    (it,) = weeps.staging.things
    for side in (it.extent.left, it.extent.right):
        assert 0 < weeps.staging.pose.at(it.x + side, 0.0, it.depth)[0] < SIZE[0]
    assert dances.picture.camera.angle is Angle.high
    (easel,), (who,) = dances.staging.things, dances.staging.figures
    assert easel.x + easel.extent.left > who.x + who.extent.right + 0.1 * who.tall, "an arm's length off"


def test_a_painting_that_somebody_hides_behind_is_as_large_whoever_is_behind_it() -> None:
    short, tall = across(1.5), across(1.9)
    assert abs(short - tall) <= 2
    assert 0.5 < tall / 100 < 1.0, "metres"


def across(tall: float) -> int:
    """Pixels across of the canvas of a red painting behind which somebody of that height hides, 100 a metre."""
    red = ThingIn(id="it", words="red painting", look=ThingLook(kind="painting", colour="#d01010"), held=True)
    hides = told(Action.hide, "The thief hides behind the painting.").model_copy(update={"things": (red,)})
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.translate(160, 300)
    canvas.scale(100 * tall, 100 * tall)
    covers.draw(canvas, Ink(), hides, 0.0, tall=tall)
    seen = np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))[..., :3] == (0xD0, 0x10, 0x10)
    columns = np.flatnonzero(seen.all(-1).any(axis=0))
    return int(columns.max() - columns.min())
