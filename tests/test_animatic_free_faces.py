"""A face is free of its owner's own hands and of what they hold, whatever is done with them."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.anatomy import anatomy
from photoplay.render.animatic.figures.face import Face
from photoplay.render.animatic.figures.performances import performance
from photoplay.render.animatic.figures.person import Person, _gripped
from photoplay.render.animatic.grip import _at_the_mouth, _grip, held_by
from photoplay.render.animatic.ink import Ink, bright
from photoplay.render.animatic.players import Player
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Age, Being, Expression, Facing, Side

MOMENTS = tuple(k / 12 for k in range(25))
"""Shares of a performance of two seconds."""


def person(age: Age) -> Person:
    return Person(BodyLook(age=age), (), Ink(), 4)


def acting(action: Action, manner: str = "", facing: Facing = Facing.right) -> Acting:
    return Acting(action, Expression.neutral, facing, manner=manner)


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("facing", [Facing.camera, Facing.left, Facing.right])
def test_who_cries_has_both_fists_below_the_eyes(age: Age, facing: Facing) -> None:
    who, head = person(age), anatomy(BodyLook(age=age)).head
    for t in MOMENTS:
        bones = who.bones(acting(Action.cry, facing=facing), t)
        for arm in bones.arms:
            assert arm.tip.y > bones.head.y + 0.3 * head


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("manner", ["lift", "raise"])
def test_what_is_lifted_goes_up_before_the_face_and_not_over_it(age: Age, manner: str) -> None:
    who, body = person(age), anatomy(BodyLook(age=age))
    does = acting(Action.hold, manner)
    for t in MOMENTS:
        bones = who.bones(does, t)
        x, y = bones.arms[0].tip.at
        beside = abs(x - bones.head.x) > who.face.width * body.head
        assert beside or y > bones.head.y + 0.45 * body.head
    x, y = who.bones(does, 2.0).arms[0].tip.at
    assert y < who.bones(does, 2.0).chest.y  # it is up in the end
    assert not Person._before_the_face(does, True)  # and passes behind the head where they meet


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("facing", [Facing.camera, Facing.left, Facing.right])
def test_sleeves_are_beside_the_face_when_a_hat_is_put_on(age: Age, facing: Facing) -> None:
    who, head = person(age), anatomy(BodyLook(age=age)).head
    bones = who.bones(acting(Action.hold, "don", facing), 1.8)
    for arm in bones.arms:
        assert abs(arm.middle.x - bones.head.x) > 1.2 * who.face.width * head


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("action", [Action.eat, Action.drink])
def test_the_hand_with_food_is_at_the_mouth_on_the_side_of_the_profile(
    age: Age, facing: Facing, action: Action
) -> None:
    who = person(age)
    ahead = 1 if facing is Facing.right else -1
    t = next(t for t in MOMENTS if performance(action).pose(t, 1.0).touch > 0.9)
    bones = who.bones(acting(action, facing=facing), t)
    x, y = bones.arms[0].tip.at
    bite = anatomy(BodyLook(age=age)).head * who.face.width  # what is eaten leaves the mouth to be seen
    assert ahead * (x - bones.head.x) > (bite if action is Action.eat else 0.02)
    assert y > bones.head.y


def test_what_a_child_holds_in_both_hands_ends_below_its_chin() -> None:
    child, adult = (Figure(BodyLook(age=age), (), Ink(), 4) for age in (Age.child, Age.adult))
    holds = acting(Action.hold)
    joints = child.joints(holds, 0.5)
    hand = child.hand(holds, 0.5)
    assert hand is not None
    chin = joints["nose"][1] + 0.5 * anatomy(BodyLook(age=Age.child)).head * child.height
    assert hand[1] - child.free_to_chin(holds) * child.height > chin - 0.02 * child.height
    assert child.free_to_chin(holds) < adult.free_to_chin(holds) < 0.15
    assert child.free_to_chin(acting(Action.cry)) > 1  # nothing is held before the chest there


def test_hands_of_who_has_dropped_something_fly_apart_below_the_face() -> None:
    who, head = person(Age.adult), anatomy(BodyLook()).head
    bones = who.bones(acting(Action.throw, "drop"), 1.6)
    for arm in bones.arms:
        assert arm.tip.y > bones.head.y + 0.9 * head


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
def test_a_child_holds_what_it_lifts_before_its_brow_and_is_seen_with_it(facing: Facing) -> None:
    who, head = person(Age.child), anatomy(BodyLook(age=Age.child)).head
    bones = who.bones(acting(Action.hold, "lift", facing), 1.9)
    x = bones.arms[0].tip.x - bones.head.x
    assert abs(x) > 1.35 * who.face.width * head


@pytest.mark.parametrize(
    ("action", "sentence"), [(Action.paint, "Ana paints Bo."), (Action.reach, "Ana wipes Bo.")]
)
def test_brush_and_cloth_are_on_whoever_they_go_over(action: Action, sentence: str) -> None:
    a, b = figure("a", action, side=Side.left), figure("b", Action.stand, side=Side.right)
    told = shot(action, a, b, target="b").model_copy(update={"sentence": sentence})
    screen = Screen(told, (320, 180), 5, 4.0)
    who = {p.id: p for p in screen.staging.figures}
    tall = screen._players["a"].body.height
    assert abs(who["a"].x - who["b"].x) < 0.6 * tall
    assert who["a"].depth < who["b"].depth  # the brush is before it


def test_a_bare_hand_comes_to_the_face_and_the_other_has_what_is_held() -> None:
    who = person(Age.adult)
    for does in (acting(Action.stand, "yawn"), acting(Action.sneak), acting(Action.think)):
        t = next(t for t in MOMENTS if performance(does.action, does.manner).pose(t, 1.0).touch > 0.9)
        bones = who.bones(does, t)
        assert _gripped(bones, does) == bones.arms[1].tip.at
    for does in (acting(Action.drink), acting(Action.talk, "phone"), acting(Action.wave)):
        bones = who.bones(does, 1.0)
        assert _gripped(bones, does) == bones.arms[0].tip.at  # what is drunk, phoned or waved with


def test_food_blade_and_trumpet_are_beside_the_head_of_a_robot() -> None:
    look = BodyLook(being=Being.robot, species="robot")
    robot = figure("a", Action.eat, holds=("it",)).model_copy(update={"look": look})
    for action, kind in ((Action.eat, "bread"), (Action.drink, "cup"), (Action.play, "trumpet")):
        who = robot.model_copy(update={"action": action})
        screen = Screen(shot(action, who, things=(thing("it", kind, held=True),)), (320, 180), 5, 4.0)
        player = screen._players["a"]
        share = _at_the_mouth(player, player.held[0], _grip(player.held[0])).share
        if action is Action.play:
            assert share > 0.9, "the trumpet is before the face"
            continue
        assert share < 0.1, "the food hangs under the fist"
        canvas = skia.Surface(200, 200).getCanvas()
        for t in (0.0, 0.7, 1.4, 2.1):
            at: list[float] = []
            player.body.draw(
                canvas, player.acting, t, 4.0, lambda c, at=at: at.append(c.getTotalMatrix().getTranslateX())
            )
            assert at[0] > 0.15 * player.body.height, "cup and hand are tucked before the breast"
    blade = robot.model_copy(update={"action": Action.hold})
    screen = Screen(shot(Action.hold, blade, things=(thing("it", "sword", held=True),)), (320, 180), 5, 4.0)
    player = screen._players["a"]
    assert abs(_at_the_mouth(player, player.held[0], _grip(player.held[0])).lean) > 30


def _rises(player: Player) -> float:
    """How far what a player holds is drawn above its hand, in its heights: magenta rows of a blank sheet."""
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.translate(200, 200)
    canvas.scale(100 / player.body.height, 100 / player.body.height)
    drawn = held_by(player, Ink(), 0.0, 1.0)
    assert drawn is not None
    drawn(canvas)
    rows = np.flatnonzero(surface.makeImageSnapshot().toarray()[..., 3].max(axis=1))
    return float(200 - rows[0]) / 100


@pytest.mark.parametrize(("kind", "most"), [("bread", 0.17), ("flower", 0.24), ("book", 0.14)])
def test_what_is_handed_over_does_not_rise_to_the_face_of_a_child(kind: str, most: float) -> None:
    child = {"look": BodyLook(age=Age.child)}
    a = figure("a", Action.give, holds=("it",)).model_copy(update=child)
    b = figure("b", Action.take, side=Side.right, facing=Facing.left).model_copy(update=child)
    told = shot(Action.give, a, b, target="b", things=(thing("it", kind, held=True),))
    screen = Screen(told, (320, 180), 5, 4.0)
    assert 0.02 < _rises(screen._players["a"]) < most


def test_a_bee_has_a_flower_between_its_feet() -> None:
    bee = figure("a", Action.take, holds=("it",)).model_copy(
        update={"look": BodyLook(being=Being.insect, species="bee")}
    )
    screen = Screen(shot(Action.take, bee, things=(thing("it", "flower", held=True),)), (320, 180), 5, 4.0)
    assert _rises(screen._players["a"]) < 0.08


@pytest.mark.parametrize("hair", ["#d09a34", "#8d5a3a", "#c8342e", "#1a1412"])
def test_the_brows_of_a_dark_face_are_told_from_it(hair: str) -> None:
    skin = "#8d5a3a"
    face = Face(BodyLook(skin=skin, hair_colour=hair), Ink())
    assert face.dark
    assert abs(bright(face.brow_colour) - bright(skin)) > 40
    assert not Face(BodyLook(skin="#f0cdb2"), Ink()).dark
