"""Who has no wings stays on the ground: chased by bees, hugged, or with a tail that hangs low; and it is seen."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.performing import answer_of
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, PlaceKind, ShotSize, Side

BEAR = BodyLook(being=Being.quadruped, species="bear")


def _screen(figures: tuple[FigureIn, ...], size: ShotSize, **more: object) -> Screen:
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow))
    picture = Picture(place=place, sentence="", figures=figures, camera=CameraIn(size=size), **more)
    return Screen(picture, (320, 180), 1, 3.0)


def _stage(looks: dict[str, BodyLook]) -> object:
    from types import SimpleNamespace

    return SimpleNamespace(looks=looks, place=SimpleNamespace(look=PlaceLook(kind=PlaceKind.forest)))


@pytest.mark.parametrize(
    ("look", "expected"), [(BEAR, Action.run), (BodyLook(being=Being.bird, species="crow"), Action.fly)]
)
def test_who_is_chased_by_bees_runs_or_flies_as_it_can(look: BodyLook, expected: Action) -> None:
    from photoplay.storyboard.film import Event

    bees = BodyLook(being=Being.insect, species="bee")
    event = Event(
        sentence="The bees chase it.", actor="bees", action=Action.fly, verb="chase", target="it", manner=""
    )
    assert answer_of("it", _stage({"bees": bees, "it": look}), event) is expected


@pytest.mark.parametrize("species", ["horse", "donkey", "cow"])
def test_hoofed_animals_stand_on_the_ground_as_they_are_hugged(species: str) -> None:
    girl = FigureIn(id="a", noun="girl", words="", look=BodyLook(), action=Action.hug, side=Side.left)
    look = BodyLook(being=Being.quadruped, species=species)
    animal = FigureIn(id="b", noun=species, words="", look=look, action=Action.hug, side=Side.right)
    screen = _screen((girl, animal), ShotSize.full, actor="a", target="b", action=Action.hug)
    placed = next(p for p in screen.staging.figures if p.id == "b")
    assert screen._acting["b"].action is Action.stand
    assert placed.up < 0.1


@pytest.mark.parametrize("size", [ShotSize.medium_full, ShotSize.full])
def test_a_bears_feet_and_head_are_in_the_frame(size: ShotSize) -> None:
    bear = FigureIn(id="b", noun="bear", words="", look=BEAR, facing=Facing.right)
    screen = _screen((bear,), size, actor="b")
    placed = screen.staging.figures[0]
    pose = screen.staging.pose
    feet = pose.at(placed.x, placed.up, placed.depth)[1]
    top = pose.at(placed.x, placed.up + placed.extent.top, placed.depth)[1]
    assert top > 0.02 * 180
    assert feet < 0.96 * 180
    left, right = (
        pose.at(placed.x + x, 0, placed.depth)[0] for x in (placed.extent.left, placed.extent.right)
    )
    assert left > -0.06 * 320
    assert right < 1.06 * 320


def test_a_medium_shot_of_a_bear_is_nearer_and_has_its_head_with_room_before_it() -> None:
    """The tail may be outside, the head never, and no leg is cut off just below the knee."""
    bear = FigureIn(id="b", noun="bear", words="", look=BEAR, facing=Facing.right)
    scales = []
    for size in (ShotSize.full, ShotSize.medium):
        screen = _screen((bear,), size, actor="b")
        placed, pose = screen.staging.figures[0], screen.staging.pose
        scales.append(pose.scale(placed.depth))
        muzzle = pose.at(placed.x + placed.extent.right, placed.up + placed.extent.top, placed.depth)
        assert 0.5 * 320 < muzzle[0] < 0.97 * 320
        assert 0.02 * 180 < muzzle[1] < 0.4 * 180
        assert pose.at(placed.x, placed.up, placed.depth)[1] < 0.98 * 180
    assert scales[1] > 1.1 * scales[0]


@pytest.mark.parametrize(("species", "size"), [("bear", ShotSize.medium_close), ("horse", ShotSize.close)])
def test_close_to_an_animal_its_head_is_in_the_frame_with_room_before_it(
    species: str, size: ShotSize
) -> None:
    look = BodyLook(being=Being.quadruped, species=species)
    animal = FigureIn(id="b", noun=species, words="", look=look, action=Action.look, facing=Facing.right)
    screen = _screen((animal,), size, actor="b")
    placed, pose = screen.staging.figures[0], screen.staging.pose
    muzzle = pose.at(placed.x + placed.extent.right, 0, placed.depth)[0]
    top = pose.at(placed.x, placed.up + placed.extent.top, placed.depth)[1]
    assert 0.3 * 320 < muzzle < 0.93 * 320
    assert top > -0.06 * 180


@pytest.mark.parametrize("age", ["child", "adult", "elder"])
def test_who_sits_on_the_ground_has_the_seat_on_it_and_a_hand_behind(age: str) -> None:
    person = Person(BodyLook(age=age), (), Ink(), 1)
    acting = Acting(Action.sit, Expression.neutral, Facing.right, manner="ground")
    bones = person.bones(acting, 2.2)
    assert bones.hip.y > -0.085, "it hovers"
    behind = min(bones.arms, key=lambda arm: arm.tip.x).tip
    assert behind.x < bones.hip.x - 0.05
    assert behind.y > -0.09
