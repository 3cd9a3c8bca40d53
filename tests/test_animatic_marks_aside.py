"""Clouds leave the moon whole, thoughts no sign on a post, and arms of dancers are under the throat."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import skia
from test_animatic_contact import LENGTH, joints, two
from test_animatic_mind import WHALE, shot
from test_animatic_performing import figure
from test_animatic_performing import shot as performed

from photoplay.render.animatic import weather
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.light import air
from photoplay.render.animatic.margins import Margins, settled
from photoplay.render.animatic.mind import hung_clouds
from photoplay.render.animatic.notation import DANCED
from photoplay.render.animatic.places.brush import Setting
from photoplay.render.animatic.places.recipes import Layer, Recipe
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import Picture, PlaceIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Facing,
    Hour,
    PlaceKind,
    Season,
    Side,
    Stature,
    Weather,
)

SIZE = (320, 180)


def test_no_cloud_lies_over_the_moon() -> None:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.meadow, layout=7))
    there = air(Picture(sentence="She stands.", place=place, hour=Hour.night, weather=Weather.clear), False)
    moon = weather.disc(there, SIZE, 110.0, 0.6)
    assert moon is not None
    x, y, r = moon
    drawn = 0
    for seed in range(24):
        setting = Setting(seed, "#808080", Hour.night, Season.summer, Weather.clear, frozenset(), there)
        surface = skia.Surface(*SIZE)
        weather._clouds(surface.getCanvas(), there, (0, 0, *SIZE), SIZE, 110.0, setting, 0.6)
        alpha = surface.toarray()[..., 3]
        drawn += int((alpha > 0).sum())
        around = alpha[round(y - 0.8 * r) : round(y + 0.8 * r), round(x - 0.8 * r) : round(x + 0.8 * r)]
        assert not around.any()
    assert drawn > 2000


def test_no_pole_stands_under_the_cloud_of_a_thought() -> None:
    told = shot("The keeper searches for the whale.", Action.search, WHALE, target="whale")
    screen = Screen(told, SIZE, 5, 4.0)
    pose = screen.path(2.0)
    thoughts = hung_clouds(screen._mind, screen.staging.figures, pose, SIZE)
    assert len(thoughts) == 2
    assert thoughts[0].x < screen.staging.figures[0].x < thoughts[1].x
    recipe = Recipe({}, layers=(Layer(8.0, "poles", {"step": 7.0}),))
    without, free = (
        cleared(recipe, [Head(0.0, 0.0, 0.2, 1.4, 1.8)], pose, 1, thoughts=clouds)
        for clouds in ((), thoughts)
    )
    spans = [sum(half for _, half in r.layers[0].options["avoid"]) for r in (without, free)]
    assert spans[1] > spans[0] + 1.0


def test_a_pipe_does_not_rise_between_two_heads() -> None:
    pose = Pose(0.0, 1.6, 6.0, 160.0, 160.0, 70.0)
    recipe = Recipe({}, layers=(Layer(2.5, "stove", {"x": 0.0}),))
    pair = [Head(x, 0.0, 0.2, 1.0, 1.4) for x in (-0.7, 0.7)]
    assert abs(cleared(recipe, pair, pose, 1).layers[0].options["x"]) > 20
    assert abs(cleared(recipe, pair[:1], pose, 1).layers[0].options["x"]) < 2


@pytest.mark.parametrize("reach", [0.5, 0.6])
def test_notes_hang_beyond_a_hand_that_is_swung(reach: float) -> None:
    arms = (-reach, -1.1, reach, -0.4)
    room = Margins((-2.0, -1.5, 2.0, 0.2), ((arms, 3.0),), (), head=(0.0, -0.8), size=0.3)
    marks, _ = settled(DANCED, room)
    boxes = np.array([(a * 0.3, -0.8 + d * 0.3, h * 0.3) for a, d, h in marks])
    beside = np.abs(boxes[:, 0]) + 0.1 > reach
    above = boxes[:, 1] < -1.05
    assert (beside | above).all()


def test_who_hugs_a_whale_has_the_arms_spread_on_it_breast_to_skin() -> None:
    whale = BodyLook(being=Being.whale, species="whale")
    screen = two("The keeper hugs the whale.", Action.hug, whale, BodyLook(), ("keeper", "whale"))
    one, other = screen.staging.figures
    found = joints(screen, "a", 0.9 * LENGTH)
    apart = abs(found["l-wrist"][1] - found["r-wrist"][1])
    assert apart > 0.25 * one.tall, "side by side before the mouth they would hold a flute"
    near = other.x + (other.extent.right if one.x > other.x else other.extent.left)
    assert abs(one.x - near) < 0.16 * one.tall


def test_no_arm_of_two_who_dance_lies_across_a_throat() -> None:
    tall = BodyLook(presents="woman", stature=Stature.medium)
    short = BodyLook(presents="woman", stature=Stature.small)
    told = two("The baker dances with the cook.", Action.dance, short, tall, ("baker", "cook")).picture
    both = tuple(f.model_copy(update={"action": Action.dance}) for f in told.figures)
    screen = Screen(told.model_copy(update={"figures": both}), SIZE, 5, LENGTH)
    for share in (0.3, 0.6, 0.9):
        bodies = [joints(screen, name, share * LENGTH) for name in ("a", "b")]
        least = min(p.tall for p in screen.staging.figures)
        throat = min(body["neck"][1] for body in bodies)
        for body in bodies:
            assert max(body["l-wrist"][1], body["r-wrist"][1]) < throat - 0.06 * least


def test_a_bolt_strikes_aside_of_everybody() -> None:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.meadow, layout=7))
    picture = Picture(sentence="She stands.", place=place, hour=Hour.noon, weather=Weather.storm)
    falling = weather.Falling(Weather.storm, SIZE, 5, False, air(picture, False))
    struck = []
    for k in range(120):
        surface = skia.Surface(320, 180)
        falling.lightning(surface.getCanvas(), k / 20, 120.0, [(0.0, 140.0)])
        drawn = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3].any(axis=0)
        struck += np.flatnonzero(drawn).tolist()
    assert struck
    assert min(struck) > 140


def test_three_who_dance_have_room_for_their_arms() -> None:
    three = tuple(
        figure(name, Action.dance, side, Facing.camera)
        for name, side in (("a", Side.left), ("b", Side.centre), ("c", Side.right))
    )
    told = performed(Action.dance, *three).model_copy(update={"sentence": "The three children dance."})
    row = sorted(Screen(told, (320, 180), 5, 4.0).staging.figures, key=lambda p: p.x)
    assert all(right.x - left.x > 0.55 * left.tall for left, right in pairwise(row))
