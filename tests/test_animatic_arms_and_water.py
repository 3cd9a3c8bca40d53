"""Arms under what is polished, and bodies in the water: what hangs at the hip, and how children swim."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia
from test_costume import cast

from photoplay.render.animatic.blocking import Extent
from photoplay.render.animatic.figures import Figure
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.players import measured
from photoplay.render.animatic.stage import _waterline
from photoplay.storyboard.lexicon import costume
from photoplay.storyboard.picture import FigureIn
from photoplay.storyboard.vocabulary import Action, Expression, Facing


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("noun", ["king", "boy", "soldier"])
def test_the_forearms_of_who_polishes_come_from_below_what_is_held(noun: str, facing: Facing) -> None:
    look = cast(noun)
    person = Person(look, (), Ink(), 3, {"plan": "person"}, costume(noun, "", look))
    bones = person._drawn(Acting(Action.reach, Expression.neutral, facing, manner="wipe"), 1.0)
    side = 1 if facing is Facing.right else -1
    ahead = max(bones.arms, key=lambda arm: side * arm.end.x)
    forearm = math.dist(ahead.middle.at, ahead.end.at)
    assert forearm > 0.1, f"the sleeve of the {noun} is a balloon behind the hand: {forearm}"


def test_the_letters_in_the_bag_of_a_postman_are_under_the_water() -> None:
    look = cast("postman")
    acting = Acting(Action.reach, Expression.neutral, Facing.left)
    seen = []
    for pieces in (("letter bag",), ()):
        surface = skia.Surface(300, 300)
        canvas = surface.getCanvas()
        canvas.translate(150, 290)
        body = Figure(look, (), Ink(), 3, pieces)
        canvas.scale(240 / body.height, 240 / body.height)
        body.draw(canvas, acting, 1.0, 3.0, None)
        seen.append(surface.toarray()[..., :3].astype(int))
    white = (np.abs(seen[0] - seen[1]).max(axis=2) > 20) & (seen[0].min(axis=2) > 220)
    top = (290 - np.flatnonzero(white.any(axis=1))[0]) / 240 * body.height
    extent, _ = measured(body, acting, 3.0)
    figure = FigureIn(id="a", noun="postman", words="", look=look, action=Action.reach)
    assert _waterline(figure, extent, True) > top + 0.04, "they show between the waves"


@pytest.mark.parametrize("noun", ["boy", "girl"])
def test_the_hands_of_a_child_that_swims_come_out_under_its_chin(noun: str) -> None:
    person = Person(cast(noun), (), Ink(), 3, {"plan": "person"}, ())
    acting = Acting(Action.swim, Expression.neutral, Facing.right)
    ahead = 0.0
    for k in range(12):
        bones = person._drawn(acting, k / 8)
        for arm in bones.arms:
            ahead = max(ahead, arm.tip.x - bones.head.x)
            if arm.tip.x > bones.head.x:
                assert arm.tip.y > bones.head.y + 0.25 * person.body.head, "a hand grows out of the face"
    assert ahead > 0.5 * person.body.head, "the head hides both hands"


def test_a_girl_that_swims_is_no_head_on_the_water_with_a_bow_on_it() -> None:
    extent = Extent(-0.5, 0.5, 1.0, eyes=0.6, face=0.2)
    figure = FigureIn(id="a", noun="girl", words="", look=cast("girl"), action=Action.swim)
    assert _waterline(figure, extent) < 0.3


def test_who_is_helped_up_sits_with_its_knees_drawn_up_and_its_feet_together() -> None:
    person = Person(cast("boy"), (), Ink(), 3, {"plan": "person"}, ())
    bones = person.bones(Acting(Action.rise, Expression.sad, Facing.right, manner="helped"), 0.1)
    near, far = bones.legs
    assert math.dist(near.end.at, far.end.at) < 0.05, "two shoes apart from each other"
    assert min(near.middle.y, far.middle.y) < bones.hip.y + 0.02
    assert max(near.end.x, far.end.x) - bones.hip.x < 0.3, "they lie at the feet of who helps"
