"""Acts that strangers misread: who hides, calls, creeps, rubs its eyes or sits is seen to do just that."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot
from test_animatic_side_by_side import joint, pair

from photoplay.render.animatic import chores
from photoplay.render.animatic.accents import _drawing
from photoplay.render.animatic.direction import directed_picture
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Age, Expression, Facing, ShotSize

SIZE = (320, 180)
TALL = {"a": 1.7, "b": 1.7}


def alone(sentence: str, action: Action, age: Age = Age.adult, interior: bool = False) -> Picture:
    one = figure("a", action)
    one = one.model_copy(update={"look": one.look.model_copy(update={"age": age})})
    picture = shot(action, one, size=ShotSize.full).model_copy(update={"sentence": sentence})
    look = picture.place.look.model_copy(update={"interior": interior})
    return picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})


def top_of_the_cover() -> float:
    """How high what somebody hides behind is, in shares of the height."""
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 190)
    canvas.scale(180, 180)
    chores.cover(canvas, Ink(line=0.01))
    rows = np.flatnonzero(surface.toarray()[..., 3].max(axis=1) > 60)
    return float(190 - rows[0]) / 180


@pytest.mark.parametrize("age", [Age.child, Age.adult])
def test_of_who_hides_no_more_than_the_face_is_over_the_cover_and_nobody_shivers(age: Age) -> None:
    screen = Screen(alone("She hides.", Action.hide, age), SIZE, 5, 4.0)
    assert _drawing(screen._players["a"], screen._acting["a"]) is None
    tall = screen._players["a"].body.height
    for seconds in (0.3, 1.0, 1.6, 2.2, 3.6):
        neck, nose = (-joint(screen, "a", n, seconds)[1] / tall for n in ("neck", "nose"))
        assert neck < top_of_the_cover() < nose + 0.06


def test_who_calls_has_a_hand_at_the_mouth_which_is_open_all_the_time() -> None:
    screen = Screen(pair("The boy calls to the old woman.", Action.talk), SIZE, 5, 4.0)
    acting = screen._acting["a"]
    assert acting.manner == "shout"
    assert min(mood(acting, k / 10, 5).gape for k in range(40)) > 0.5
    nose, hand = joint(screen, "a", "nose", 2.0), joint(screen, "a", "r-wrist", 2.0)
    assert np.hypot(*(nose - hand)) < 0.32


def test_who_creeps_does_not_laugh_however_glad() -> None:
    picture = alone("The guard creeps out.", Action.sneak)
    glad = picture.figures[0].model_copy(update={"expression": Expression.happy})
    screen = Screen(picture.model_copy(update={"figures": (glad,)}), SIZE, 5, 4.0)
    face = mood(screen._acting["a"], 1.0, 5)
    assert face.gape == 0.0
    assert face.curve < 0.2


@pytest.mark.parametrize("age", [Age.child, Age.adult])
def test_who_rubs_the_eyes_stands_with_a_fist_at_one_and_has_them_shut(age: Age) -> None:
    screen = Screen(alone("She rubs her eyes.", Action.reach, age), SIZE, 5, 4.0)
    assert mood(screen._acting["a"], 1.0, 5).open == 0.0
    tall = screen._players["a"].body.height
    nose, hand, hip = (joint(screen, "a", n, 1.0) / tall for n in ("nose", "r-wrist", "r-hip"))
    assert np.hypot(*(nose - hand)) < 0.12
    assert -hip[1] > 0.35, "and no knee is bent"


def test_who_sits_in_the_open_sits_on_the_ground_and_in_a_room_before_its_stool_at_first() -> None:
    outside = Screen(alone("She sits down.", Action.sit), SIZE, 5, 4.0)
    tall = outside._players["a"].body.height
    assert -joint(outside, "a", "r-hip", 3.8)[1] < 0.14 * tall
    inside = Screen(alone("She sits down.", Action.sit, interior=True), SIZE, 5, 4.0)
    first, last = (joint(inside, "a", "r-hip", seconds)[0] for seconds in (0.2, 3.8))
    assert abs(first - last) > 0.1 * tall, "no stool is in the legs of who stands"
    on = Screen(alone("She sits down on the bench.", Action.sit), SIZE, 5, 4.0)
    assert on._acting["a"].manner == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The boy and the old woman sit.",
        "The old boy and his old woman sit down.",
        "The two sit side by side.",
    ],
)
def test_two_who_do_it_both_do_it_side_by_side(sentence: str) -> None:
    played = directed_picture(pair(sentence, Action.sit, Action.sit), TALL, {})
    assert [f.facing for f in played.figures] == [Facing.right, Facing.right]
    apart = directed_picture(pair("The boy sits and sees the old woman.", Action.sit, Action.sit), TALL, {})
    assert [f.facing for f in apart.figures] == [Facing.right, Facing.left]
