"""What is framed can be seen: the small with the place about them, the falling with their heads."""

import pytest

from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import shrunk
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
    Style,
    View,
)

MOUSE = BodyLook(being=Being.quadruped, species="mouse")
BEE = BodyLook(being=Being.insect, species="bee")
DOG = BodyLook(being=Being.quadruped, species="dog")
SIZE = (256, 144)


def one(id_, look=None, action=Action.stand, side=Side.left, facing=Facing.right):
    return FigureIn(
        id=id_, noun="", words="", look=look or BodyLook(), action=action, side=side, facing=facing
    )


def screen(*figures, place=PlaceKind.meadow, size=ShotSize.full, interior=False, seconds=4.0, **camera):
    shot = Picture(
        sentence="Somebody is there.",
        actor=figures[0].id,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=place, interior=interior, layout=3)),
        camera=CameraIn(size=size, **camera),
        figures=figures,
        style=Style.cut_paper,
    )
    return Screen(shot, SIZE, 5, seconds)


PERSON = one("p", side=Side.right, facing=Facing.left)


@pytest.mark.parametrize("size", [ShotSize.wide, ShotSize.full, ShotSize.medium, ShotSize.close])
def test_a_door_behind_a_mouse_is_no_smaller_than_the_mouse(size):
    shot = screen(one("m", MOUSE), place=PlaceKind.city, size=size)
    mouse, pose = shot.staging.figures[0], shot.staging.pose
    assert 2.0 * pose.scale(9.0) > 0.9 * mouse.extent.height * pose.scale(0.0)


def test_whoever_is_small_has_grass_as_tall_as_itself_and_whoever_is_not_keeps_the_place():
    place = recipe(PlaceKind.meadow, False)
    near = [la for la in shrunk(place, 0.0).layers if la.depth < 1.4]
    assert {"blades", "litter"} <= {la.piece for la in near}
    assert max(la.options.get("tall", 0.0) for la in near if la.piece == "blades") > 0.2
    floor = [la for la in shrunk(recipe(PlaceKind.kitchen, True), 0.0).layers if la.depth < 1.4]
    assert {la.piece for la in floor} == {"litter"}, "no grass grows in a kitchen"
    assert not screen(one("d", DOG)).staging.figures[0].extent.small
    assert screen(one("m", MOUSE)).staging.figures[0].extent.small


@pytest.mark.parametrize("size", [ShotSize.extreme_wide, ShotSize.wide, ShotSize.full, ShotSize.two_shot])
@pytest.mark.parametrize("look", [MOUSE, BEE])
def test_beside_a_person_the_small_one_is_no_speck_and_stands_free_of_that_person(size, look):
    shot = screen(one("m", look), PERSON, size=size)
    small, person = (next(p for p in shot.staging.figures if p.id == i) for i in ("m", "p"))
    pose = shot.staging.pose
    assert small.extent.height * pose.scale(small.depth) > 0.1 * SIZE[1]
    assert small.up > 0.3 * person.extent.height, "lifted to where both are seen"
    assert small.x + small.extent.right < person.x + 0.5 * person.extent.left
    x, y = pose.at(small.x, small.up + small.extent.eyes, small.depth)
    assert 0 < x < SIZE[0]
    assert 0 < y < SIZE[1]
    assert bool(small.perch) == (look is MOUSE), "who flies needs nothing to stand on"


def test_a_mouse_that_walks_is_not_set_on_anything_and_nobody_looks_over_its_shoulder():
    walking = screen(one("m", MOUSE, Action.walk), PERSON).staging.figures[0]
    assert (walking.up, walking.perch) == (0.0, 0.0)
    over = screen(one("m", MOUSE), PERSON, size=ShotSize.medium, view=View.over_shoulder, focus="p")
    assert not any(p.shoulder for p in over.staging.figures)


def test_a_dog_beside_a_person_stays_on_the_ground():
    dog = next(p for p in screen(one("d", DOG), PERSON).staging.figures if p.id == "d")
    assert (dog.up, dog.perch) == (0.0, 0.0)


@pytest.mark.parametrize("action", [Action.fall, Action.lie, Action.jump, Action.sleep])
@pytest.mark.parametrize("size", [ShotSize.wide, ShotSize.full, ShotSize.medium])
@pytest.mark.parametrize("facing", [Facing.right, Facing.camera])
def test_a_head_is_in_the_frame_from_the_beginning_to_the_end(action, size, facing):
    shot = screen(one("a", None, action, Side.centre, facing), size=size)
    for k in range(13):
        seconds = shot.length * k / 12
        x, y = shot.joints(seconds, shot.path(seconds), seconds)["a"]["nose"]
        assert 0.03 * SIZE[0] < x < 0.97 * SIZE[0], seconds
        assert 0.03 * SIZE[1] < y < 0.97 * SIZE[1], seconds


@pytest.mark.parametrize("place", [PlaceKind.sea, PlaceKind.lake])
def test_in_a_boat_nobody_runs_over_the_water(place):
    rower = one("b", None, Action.row, Side.right, Facing.left)
    shot = screen(one("a", None, Action.run), rower, place=place)
    assert shot.recipe.footing == "boat"
    assert shot.aboard is not None
    for p in shot.staging.figures:
        assert p.walks == 0
        assert shot.aboard[0] < p.x < shot.aboard[1]


@pytest.mark.parametrize("action", [Action.swim, Action.row, Action.dive])
def test_without_water_nobody_swims_or_rows(action):
    dry = screen(one("a", None, action))
    assert dry._acting["a"].action is not action
    wet = screen(one("a", None, action), place=PlaceKind.lake)
    assert wet._acting["a"].action is action
