"""Two in an embrace each have an arm that is seen round the other. Without it one of them seems to have no arms,
and both arms of the other lie on a coat like mittens."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_contact import LENGTH, joints, two

from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Dress,
    Expression,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
)

SMALL = BodyLook(presents="woman", skin="#e8b89a", dress_colour="#f4f4f0")
LARGE = BodyLook(presents="man", skin="#4a2412", dress_colour="#f4f4f0", dress=Dress.coat)


def darkest_near(screen: Screen, x: float, up: float, seconds: float) -> int:
    placed = next(p for p in screen.staging.figures if p.id == screen._hands.embraced[1])
    px, py = (round(v) for v in screen.path(seconds).at(x, up, placed.depth))
    return int(np.asarray(_drawn(screen, seconds))[py - 3 : py + 6, px - 10 : px + 2, :3].sum(axis=2).min())


@pytest.mark.parametrize("sentence", ["The woman hugs the man.", "The woman kisses the man."])
def test_the_hand_of_who_stands_behind_is_seen_at_the_other_ones_back(sentence: str) -> None:
    screen = two(sentence, Action.hug, LARGE, SMALL, ("woman", "man"))
    far, near = screen._hands.embraced
    assert (far, near) == ("b", "a")
    hand, other = joints(screen, far, 0.9 * LENGTH), joints(screen, near, 0.9 * LENGTH)
    wrist = max((hand["l-wrist"], hand["r-wrist"]), key=lambda at: at[1])
    assert wrist[0] < other["neck"][0] + 0.2
    assert wrist[1] < other["neck"][1] - 0.04, "below the chin"
    assert darkest_near(screen, *wrist, 0.9 * LENGTH) < 300, "its skin, before the white dress"


def test_hands_of_who_kisses_are_well_below_the_chin_of_the_other() -> None:
    screen = two("The woman kisses the man.", Action.hug, LARGE, SMALL, ("woman", "man"))
    hands, other = joints(screen, "b", 0.9 * LENGTH), joints(screen, "a", 0.9 * LENGTH)
    body = screen._players["a"].body.height * screen._players["a"].scale
    assert max(hands["l-wrist"][1], hands["r-wrist"][1]) < other["neck"][1] - 0.08 * body


def test_one_arm_of_each_is_seen_in_an_embrace_and_both_of_who_holds_an_animal() -> None:
    people = two("The woman hugs the man.", Action.hug, LARGE, SMALL, ("woman", "man"))
    dog = BodyLook(being=Being.quadruped, species="dog")
    beast = two("The woman hugs the dog.", Action.hug, dog, SMALL, ("woman", "dog"))
    for screen, embraces in ((people, True), (beast, False)):
        placed = next(p for p in screen.staging.figures if p.id == "a")
        assert screen._acted(placed, 0.9 * LENGTH).embraces is embraces


@pytest.mark.parametrize("action", [Action.hug, Action.reach])
def test_hands_lie_on_the_robot_that_is_held_or_helped_up(action: Action) -> None:
    sentence = "The woman hugs the robot." if action is Action.hug else "The woman helps the robot up."
    screen = two(sentence, action, BodyLook(being=Being.robot), SMALL, ("woman", "robot"))
    robot = next(p for p in screen.staging.figures if p.id == "b")
    for share in (0.02, 0.5, 0.95) if action is Action.hug else (0.5, 0.95):
        found = joints(screen, "a", share * LENGTH)
        for wrist in (found["r-wrist"], found["l-wrist"]):
            across = abs(wrist[0] - robot.x) / robot.extent.width
            assert across < 0.5, "neither beside it in the air"
            assert 0.25 < (wrist[1] - robot.up) / robot.extent.top < 0.7, "nor on its face"


def test_whoever_kisses_has_eyes_and_mouth_shut() -> None:
    acting = Acting(Action.hug, Expression.surprised, Facing.right, manner="kiss")
    face = mood(acting, 1.0, 3)
    assert (face.open, face.gape) == (0.0, 0.0)


def gloves(action: Action, manner: str, facing: Facing, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many boxing gloves are seen on hands."""
    drawn: list[object] = []
    monkeypatch.setattr("photoplay.render.animatic.figures.costume._boxing_glove", lambda *a: drawn.append(a))
    boxer = Figure(BodyLook(), (), Ink(), 3, ("boxing gloves",))
    acting = Acting(action, Expression.neutral, facing, manner=manner)
    boxer.draw(skia.Surface(80, 80).getCanvas(), acting, 1.5, LENGTH)
    return len(drawn)


def test_a_boxer_has_gloves_on_both_hands_and_none_where_the_hands_meet(monkeypatch) -> None:
    for facing in (Facing.camera, Facing.left, Facing.away):
        assert gloves(Action.stand, "", facing, monkeypatch) == 2
        assert gloves(Action.stand, "away", facing, monkeypatch) == 0


@pytest.mark.parametrize("facing", [Facing.right, Facing.left, Facing.camera])
def test_what_is_polished_is_held_by_its_foot_with_a_hand_at_either_side(facing: Facing) -> None:
    acting = Acting(Action.reach, Expression.neutral, facing, manner="wipe")
    body = Figure(BodyLook(), (), Ink(), 3)
    found = body.joints(acting, 1.0)
    (left, low), (right, other) = sorted((found["r-wrist"], found["l-wrist"]))
    assert right - left > 0.1 * body.height, "a crown has room between them"
    assert abs(low - other) < 0.06 * body.height
    assert min(low, other) > found["neck"][1] + 0.1 * body.height, "well below the chin"


def test_who_is_saved_is_held_under_the_arms_with_shoulders_and_chest_over_the_water() -> None:
    screen = two("The woman saves the man from the waves.", Action.reach, LARGE, SMALL, ("woman", "man"))
    sea = screen.picture.model_copy(
        update={"place": PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.sea))}
    )
    screen = Screen(sea, (320, 180), 5, LENGTH)
    assert set(screen._hands.embraced) == {"a", "b"}
    for share in (0.5, 0.9):
        mine, his = joints(screen, "a", share * LENGTH), joints(screen, "b", share * LENGTH)
        assert min(his["r-shoulder"][1], his["l-shoulder"][1]) > 0.25, "over the water"
        assert max(mine["r-wrist"][1], mine["l-wrist"][1]) < his["neck"][1] - 0.04, "under its arms"
        assert min(mine["r-wrist"][1], mine["l-wrist"][1]) > 0.0, "an arm ends in the water"


@pytest.mark.parametrize(("being", "species"), [(Being.ghost, "ghost"), (Being.creature, "alien")])
def test_no_hand_is_on_the_face_of_a_being_that_is_hugged(being: Being, species: str) -> None:
    screen = two(
        "The man hugs it.", Action.hug, BodyLook(being=being, species=species), LARGE, ("man", species)
    )
    it = next(p for p in screen.staging.figures if p.id == "b")
    hands = (joints(screen, "a", 2.0)[n] for n in ("r-wrist", "l-wrist"))
    assert all(up < it.up + it.extent.eyes - 0.1 * it.extent.top for _, up in hands)


def test_a_robot_is_pushed_at_its_casing_an_arm_s_length_away() -> None:
    robot = BodyLook(being=Being.robot, species="robot")
    screen = two("The man pushes the robot.", Action.push, robot, LARGE, ("man", "robot"))
    one, it = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    for seconds in (0.5, 2.0):
        hands = [joints(screen, "a", seconds)[n] for n in ("r-wrist", "l-wrist")]
        assert all(abs(x - it.x) < abs(one.x - it.x) - 0.1 * one.tall for x, _ in hands), (
            "before its own chest"
        )
        assert all(up < it.up + it.extent.eyes for _, up in hands), "on its face"


def test_who_is_saved_has_no_hand_on_the_belly_of_its_rescuer() -> None:
    screen = two("The woman saves the man from the waves.", Action.reach, LARGE, SMALL, ("woman", "man"))
    sea = screen.picture.model_copy(
        update={"place": PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.sea))}
    )
    screen = Screen(sea, (320, 180), 5, LENGTH)
    mine, his = joints(screen, "a", 2.0), joints(screen, "b", 2.0)
    gap = abs(mine["neck"][0] - his["neck"][0])
    assert all(abs(his[n][0] - mine["neck"][0]) > 0.6 * gap for n in ("r-wrist", "l-wrist"))


def test_an_arm_goes_round_a_robot_under_its_chin_and_not_over_its_face() -> None:
    robot = BodyLook(being=Being.robot, species="robot")
    screen = two("The woman hugs the robot.", Action.hug, robot, SMALL, ("woman", "robot"))
    it = next(p for p in screen.staging.figures if p.id == "b")
    x, up = max((joints(screen, "a", 2.0)[n] for n in ("r-wrist", "l-wrist")), key=lambda p: p[1])
    assert abs(x - it.x) < 0.34 * it.extent.width, "at the edge of it"
    assert up < it.up + it.extent.eyes - 0.06 * it.extent.top


@pytest.mark.parametrize("side", [Side.left, Side.right])
def test_who_turns_away_from_a_thing_has_the_back_to_it(side: Side) -> None:
    boxer = FigureIn(id="a", noun="boxer", words="", look=BodyLook(), action=Action.stand)
    sack = ThingIn(id="s", words="", look=ThingLook(kind="sack"), side=side)
    told = Picture(
        sentence="The boxer turns away from the sack.", actor="a", action=Action.stand, target="s",
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=ShotSize.full), figures=(boxer,), things=(sack,),
    )  # fmt: skip
    screen = Screen(told, (320, 180), 5, LENGTH)
    me, it = screen.staging.figures[0], next(t for t in screen.staging.things if t.id == "s")
    turned = screen._acting["a"]
    assert turned.manner == "away"
    assert turned.facing is (Facing.right if it.x < me.x else Facing.left)
