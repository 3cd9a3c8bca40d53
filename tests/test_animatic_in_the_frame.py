"""What is meant to be seen is seen: wings and beds of the small, hiders too large to hide, tops and tails."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.cropping import foreparts, little_farther
from photoplay.render.animatic.figures import Acting
from photoplay.render.animatic.figures.bird import Bird
from photoplay.render.animatic.figures.creature import Scene
from photoplay.render.animatic.figures.insect import Insect
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.figures.species import SPECIES
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.lairs import _covered
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.summits import under_the_edge
from photoplay.render.animatic.walking import drift_room, in_sight
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, PlaceKind

SIDE, UNIT = 240, 80
POSE = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=320.0, horizon=180.0)


def canvas_of() -> tuple[skia.Surface, skia.Canvas]:
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(SIDE / 2, 0.9 * SIDE)
    canvas.scale(UNIT, UNIT)
    return surface, canvas


def drawn(surface: skia.Surface) -> np.ndarray:
    found: np.ndarray = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3] > 60
    return found


@pytest.mark.parametrize("seconds", [0.0, 0.19, 0.37, 0.55])
def test_both_wings_of_a_bird_in_the_air_are_seen(seconds: float) -> None:
    look = BodyLook(being=Being.bird, species="owl")
    bird = Bird(look, (), Ink(), 1, SPECIES["owl"])
    wings = []
    for far in (True, False):
        surface, canvas = canvas_of()
        bird._wing(canvas, (0.0, -0.5), seconds, far=far)
        wings.append(drawn(surface))
    far_one, near_one = wings
    assert (far_one & ~near_one).sum() > 0.3 * far_one.sum()


def test_a_bee_rests_in_a_flower_larger_than_itself_on_a_stem() -> None:
    look = BodyLook(being=Being.insect, species="bee")
    widths = {}
    for action in (Action.sleep, Action.stand):
        surface, canvas = canvas_of()
        scene = Scene(t=1.0, action=action, mood=mood(Acting(action, Expression.neutral, Facing.right), 1.0, 1), turn=30.0, moving=False, flying=False,
                      asleep=action is Action.sleep, away=False)  # fmt: skip
        Insect(look, (), Ink(), 1, SPECIES["bee"]).paint(canvas, scene)
        widths[action] = drawn(surface).sum(axis=1)
    assert widths[Action.sleep].max() > 1.4 * widths[Action.stand].max()
    foot = widths[Action.sleep][round(0.9 * SIDE) - UNIT // 8]
    assert 0 < foot < 0.15 * widths[Action.sleep].max()


def test_an_owl_at_rest_shows_its_toes() -> None:
    surface, canvas = canvas_of()
    look = BodyLook(being=Being.bird, species="owl")
    acting = Acting(Action.sit, Expression.neutral, Facing.right)
    scene = Scene(t=1.0, action=Action.sit, mood=mood(acting, 1.0, 1), turn=50.0, moving=False, flying=False,
                  asleep=False, away=False)  # fmt: skip
    Bird(look, (), Ink(), 1, SPECIES["owl"]).paint(canvas, scene)
    page = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[round(0.8 * SIDE) :, :, :3].astype(int)
    orange = (page[..., 0] > 180) & (page[..., 2] < 110) & (page[..., 0] - page[..., 1] > 40)
    assert orange.sum() > 0.01 * UNIT**2


def test_a_rock_hides_hind_part_and_belly_of_a_whale_and_all_of_a_fox_but_the_face() -> None:
    whale = Extent(-3.0, 3.0, 2.4, 0.0, 1.2, face_x=2.2)
    left, right, high = _covered(whale)
    assert right < 2.2 - 0.25 * 6.0
    assert high < 0.65 * 2.4
    assert left < -3.0
    fox = Extent(-0.5, 0.5, 0.7, 0.0, 0.5, face_x=0.4)
    assert _covered(fox)[1] > 0.2
    assert _covered(fox)[2] > 0.7


def test_a_castle_far_off_is_in_the_frame_up_to_its_flags() -> None:
    high = replace(POSE, height=2.9, horizon=70.0)
    place = recipe(PlaceKind.road, False)
    castle = Layer(30.0, "castle", {"x": 8.5, "wide": 20, "tall": 8.6})
    place = replace(place, layers=(castle,))
    (found,) = under_the_edge(place, high, 360.0).layers
    flag = high.at(0.0, 1.46 * found.options["tall"], 30.0)[1]
    assert 0 < flag < 0.1 * 360
    assert found.options["wide"] / found.options["tall"] == pytest.approx(20 / 8.6)
    (kept,) = under_the_edge(place, replace(high, horizon=300.0), 360.0).layers
    assert kept == castle


def test_a_rail_fence_is_open_behind_a_hand_that_is_held_out() -> None:
    place = replace(recipe(PlaceKind.snowfield, False), layers=(Layer(6.5, "rail_fence", {}),))
    head = Head(x=0.4, depth=0.0, half=0.6, low=1.0, high=1.7)
    (plain,) = cleared(place, [head], POSE, 1).layers
    assert not plain.options.get("avoid")
    (opened,) = cleared(place, [replace(head, raised=True)], POSE, 1).layers
    ((middle, half),) = opened.options["avoid"]
    assert half > 0.6
    assert middle > 0.4


def test_two_beasts_that_face_each_other_are_framed_to_their_tails() -> None:
    beast = Extent(-0.4, 0.4, 0.5, 0.0, 0.4)
    two = [Placed("a", -0.8, 0.0, 0.0, beast, Facing.right), Placed("b", 0.8, 0.0, 0.0, beast, Facing.left)]
    fore = [foreparts(two[0], two[1]), foreparts(two[1], two[0])]
    assert fore != two
    assert little_farther(two, fore, 16 / 9)


def test_of_a_mouse_before_a_dog_no_back_is_cut() -> None:
    dog, mouse = Extent(-0.66, 0.57, 0.4, 0.0, 0.3), Extent(-0.26, 0.21, 0.27, 0.0, 0.17)
    small = Placed("m", -0.8, 0.0, 0.0, mouse, Facing.right)
    large = Placed("d", 0.1, 0.0, 0.0, dog, Facing.left)
    assert foreparts(small, large) == small
    assert foreparts(large, small) != large


def test_those_who_fly_up_together_are_all_in_the_frame_from_the_first() -> None:
    pose = Pose(x=2.05, height=0.5, distance=2.9, focal=237.6, centre=192.0, horizon=158.0)
    bird = Extent(-0.34, 0.2, 0.72, 0.0, 0.32, face_x=0.14, small=True)
    man = Placed("man", 3.64, 0.0, 0.0, Extent(-0.35, 0.27, 2.0, 0.0, 1.7), Facing.left)
    coming = [
        Placed(f"b{n}", x, -0.47, 0.32, bird, Facing.right, walks=0.9, stops=2.4)
        for n, x in enumerate((0.65, 1.33, 2.6))
    ]
    length = 4.0
    found, _, pose = in_sight([*coming, man], {}, pose, 384, length)
    for p in found:
        x = p.walked(0.12 * length, length)
        assert pose.at(x + p.extent.left, 0.0, p.depth)[0] / 384 > 0.02, f"all of {p.id}"
        assert pose.at(p.x + p.extent.right, 0.0, p.depth)[0] / 384 < 1.0, p.id


def test_a_snowman_that_goes_with_the_camera_shifts_no_farther_than_all_of_it_is_in_the_frame() -> None:
    pose = Pose(x=0.0, height=1.0, distance=3.5, focal=400.0, centre=192.0, horizon=110.0)
    body = Extent(-0.75, 0.75, 1.5, 0.0, 1.1)
    snowman = Placed("a", -0.7, 0.0, 0.0, body, Facing.right, walks=0.8)
    room = drift_room([snowman], snowman, pose, 384)
    left = pose.at(snowman.x - 0.4 * room + body.left, 0.0, 0.0)[0] / 384
    assert left > 0.0
