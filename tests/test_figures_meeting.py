"""Two who touch are seen to touch; those who walk arrive, keep together, and do not pass through each other."""

from __future__ import annotations

from typing import get_args

import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st

from photoplay.render.animatic.climbing import Climbed, way_up
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.ascent import STEEP, Way
from photoplay.render.animatic.figures.performances import PERFORMANCES
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.figures.touching import is_before_the_body
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Expression,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
)

LENGTH = 4.0
HORSE = BodyLook(being=Being.quadruped, species="horse")


def one(id_: str, action: Action, side: Side, facing: Facing, look: BodyLook | None = None) -> FigureIn:
    return FigureIn(
        id=id_, noun="", words="", look=look or BodyLook(), action=action, side=side, facing=facing
    )


def screen(
    *figures: FigureIn, place: PlaceKind = PlaceKind.meadow, things: tuple[ThingIn, ...] = ()
) -> Screen:
    return Screen(
        Picture(
            sentence="x",
            actor=figures[0].id,
            action=figures[0].action,
            place=PlaceIn(id="p", words="", look=PlaceLook(kind=place)),
            camera=CameraIn(size=ShotSize.full),
            figures=figures,
            things=things,
        ),
        (160, 90),
        1,
        LENGTH,
    )


def gap(shown: Screen, one_: str, other: str, seconds: float) -> float:
    where = {p.id: p.walked(seconds, LENGTH) for p in shown.staging.figures}
    return where[other] - where[one_]


def test_an_embrace_brings_two_together_and_a_tall_one_kneels_to_a_child() -> None:
    child = BodyLook(age=Age.child)
    apart = screen(
        one("a", Action.stand, Side.left, Facing.right), one("b", Action.stand, Side.right, Facing.left)
    )
    shown = screen(
        one("a", Action.hug, Side.left, Facing.right),
        one("b", Action.stand, Side.right, Facing.left, child),
    )
    assert 0 < gap(shown, "a", "b", 1) < 0.65 < gap(apart, "a", "b", 1)
    assert shown._acting["a"].low
    assert not shown._acting["b"].low
    assert shown._acting["b"].action is Action.hug


def test_a_gift_is_within_reach_of_the_one_who_gets_it() -> None:
    shown = screen(
        one("a", Action.give, Side.far_left, Facing.right),
        one("b", Action.reach, Side.far_right, Facing.left),
    )
    assert 0.4 < gap(shown, "a", "b", 1) < 1.1


def test_a_rider_is_on_the_mount_all_the_way() -> None:
    shown = screen(
        one("a", Action.ride, Side.left, Facing.right),
        one("h", Action.stand, Side.right, Facing.right, HORSE),
    )
    rider = next(p for p in shown.staging.figures if p.id == "a")
    assert rider.rides == "h"
    assert rider.up > 0.3
    assert gap(shown, "a", "h", 0) == pytest.approx(gap(shown, "a", "h", LENGTH))
    assert shown._acting["h"].action is Action.run


def test_a_bicycle_goes_with_the_one_who_rides_it() -> None:
    bicycle = ThingIn(id="t", words="", look=ThingLook(kind="bicycle"))
    shown = screen(one("a", Action.ride, Side.left, Facing.left), things=(bicycle,))
    rider, under = shown.staging.figures[0], shown.staging.things[0]
    assert under.walks == pytest.approx(rider.walks)
    assert under.facing is rider.facing is Facing.left
    assert abs(under.x - rider.x) < 0.5


def test_nobody_rides_on_nothing() -> None:
    assert screen(one("a", Action.ride, Side.left, Facing.right))._acting["a"].action is Action.walk


def test_a_rower_is_in_a_boat_and_a_swimmer_in_the_water() -> None:
    rows = screen(one("a", Action.row, Side.left, Facing.right), place=PlaceKind.lake)
    swims = screen(one("a", Action.swim, Side.left, Facing.right), place=PlaceKind.sea)
    assert rows.aboard is not None
    assert swims.aboard is None
    assert swims.staging.figures[0].sunk > 0


def test_companions_walk_at_one_speed_and_their_feet_keep_step_with_it() -> None:
    dog = BodyLook(being=Being.quadruped, species="dog")
    shown = screen(
        one("a", Action.walk, Side.left, Facing.right), one("b", Action.walk, Side.right, Facing.right, dog)
    )
    assert gap(shown, "a", "b", 0) == pytest.approx(gap(shown, "a", "b", LENGTH), abs=0.02)
    for placed in shown.staging.figures:
        own = shown._players[placed.id].body.travels(Action.walk)
        assert abs(placed.walks) == pytest.approx(own * shown._acting[placed.id].pace)


@pytest.mark.parametrize("other", [Action.stand, Action.walk])
def test_somebody_who_comes_up_to_somebody_stops_there(other: Action) -> None:
    shown = screen(one("a", Action.walk, Side.left, Facing.right), one("b", other, Side.right, Facing.left))
    gaps = [gap(shown, "a", "b", t) for t in (0.0, 1.0, 2.0, 3.0, LENGTH)]
    assert min(gaps) > 0.3
    assert gaps[0] > gaps[1] > gaps[3] == gaps[-1]  # seen on its way, and there before the end


@given(
    age=st.sampled_from(Age),
    facing=st.sampled_from([Facing.camera, Facing.left, Facing.right]),
    action=st.sampled_from(
        [
            a
            for a, act in PERFORMANCES.items()
            if act.touch and not is_before_the_body(act.touch) and a is not Action.wave
        ]
    ),
    t=st.floats(0, 4),
)
def test_a_hand_at_the_face_is_at_the_face_and_no_arm_is_stretched(
    age: Age, facing: Facing, action: Action, t: float
) -> None:
    person = Person(BodyLook(age=age), (), Ink(), 3)
    bones = person.bones(Acting(action, Expression.neutral, facing), t)
    arm, body = bones.arms[0], person.body
    upper = ((arm.root.x - arm.middle.x) ** 2 + (arm.root.y - arm.middle.y) ** 2) ** 0.5
    assert upper <= 0.48 * body.arm * 1.35
    pose = PERFORMANCES[action].pose(t, 1.0)
    if pose.touch == 1.0:
        far = ((arm.tip.x - bones.head.x) ** 2 + (arm.tip.y - bones.head.y) ** 2) ** 0.5
        assert far < (1.02 if action is Action.eat else 0.85) * body.head  # food is beside the mouth


@given(age=st.sampled_from(Age), facing=st.sampled_from([Facing.camera, Facing.left, Facing.right]))
def test_a_waving_hand_is_up_beside_the_head_and_clear_of_it(age: Age, facing: Facing) -> None:
    person = Person(BodyLook(age=age), (), Ink(), 3)
    for t in (1.0, 1.4, 1.9):
        bones = person.bones(Acting(Action.wave, Expression.neutral, facing), t)
        arm, head, size = bones.arms[0], bones.head, person.body.head
        far = ((arm.tip.x - head.x) ** 2 + (arm.tip.y - head.y) ** 2) ** 0.5
        assert far > 0.6 * size, "no hat hides it"
        assert arm.tip.y < head.y + 0.2 * size, "and it is up"


def test_only_people_sit_when_they_ride() -> None:
    assert Figure(BodyLook(), (), Ink(), 1).seat > 0.2
    assert Figure(HORSE, (), Ink(), 1).seat == 0.0


def test_who_digs_or_reads_has_something_to_do_it_with() -> None:
    assert [
        t.look.kind for t in screen(one("a", Action.dig, Side.left, Facing.right))._players["a"].held
    ] == ["shovel"]
    dog = BodyLook(being=Being.quadruped, species="dog")
    assert not screen(one("a", Action.dig, Side.left, Facing.right, dog))._players["a"].held


def test_what_the_picture_names_is_what_is_held() -> None:
    letter = ThingIn(id="t", words="", look=ThingLook(kind="letter"), held=True)
    reader = one("a", Action.read, Side.left, Facing.camera).model_copy(update={"holds": ("t",)})
    assert [t.look.kind for t in screen(reader, things=(letter,))._players["a"].held] == ["letter"]


@pytest.mark.parametrize("way", get_args(Way))
@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("age", [Age.child, Age.adult])
def test_hands_and_feet_are_on_what_is_climbed(way: Way, facing: Facing, age: Age) -> None:
    climber = Figure(BodyLook(age=age), (), Ink(), 1)
    assert isinstance(climber._body, Person)
    scene = Climbed(climber.climb(way), climber.height, False, "#808080", True)
    surface = skia.Surface(600, 600)
    canvas = surface.getCanvas()
    canvas.translate(300, 560)
    canvas.scale(100, 100)
    scene.draw(canvas, Ink(), 1.0 if facing is Facing.right else -1.0)
    painted = surface.toarray()[..., 3] > 0
    acting = Acting(Action.climb, Expression.neutral, facing, way=way)
    heights = []
    for k in range(24):
        bones = climber._body.bones(acting, k / 4)
        heights.append(-bones.head.y)
        feet = [(leg.end.x, leg.end.y + 0.045) for leg in bones.legs]
        hands = [arm.tip.at for arm in bones.arms] if way in STEEP else []
        # One hand and one foot at a time are on their way to the next hold.
        for limbs in (feet, hands):
            near = []
            for x, y in limbs:
                column, row = round(300 + 100 * x * climber.height), round(560 + 100 * y * climber.height)
                near.append(row > 556 or painted[row - 7 : row + 7, column - 7 : column + 7].any())
            assert not near or sum(near) >= 1, (k, limbs)
    assert heights[-1] > heights[0] + 0.3, "whoever climbs gets higher"
    assert heights[-1] == heights[-2], "and arrives"


@pytest.mark.parametrize(
    ("place", "interior", "sentence", "being", "way"),
    [
        (PlaceKind.train, True, "The conductor climbs the last hill.", Being.person, "ladder"),
        (PlaceKind.room, True, "She climbs the ladder.", Being.person, "ladder"),
        (PlaceKind.harbour, False, "The fisherman climbs the last hill.", Being.person, "stairs"),
        (PlaceKind.forest, False, "The boy climbs up.", Being.person, "tree"),
        (PlaceKind.village, False, "The boy climbs into the apple trees.", Being.person, "tree"),
        (PlaceKind.mountain, False, "They climb.", Being.person, "rock"),
        (PlaceKind.ship, False, "They climb.", Being.person, "mast"),
        (PlaceKind.forest, False, "The dog climbs up.", Being.quadruped, "slope"),
        (PlaceKind.city, False, "The mouse climbs the tower.", Being.quadruped, "stairs"),
    ],
)
def test_what_is_climbed_is_what_the_sentence_says_or_the_place_has(
    place: PlaceKind, interior: bool, sentence: str, being: Being, way: str
) -> None:
    seen = PlaceIn(id="p", words="", look=PlaceLook(kind=place, interior=interior))
    shot = Picture(sentence=sentence, place=seen)
    assert way_up(shot, recipe(place, interior), being, ()) == way


@pytest.mark.parametrize("facing", list(Facing))
def test_a_climber_is_seen_from_the_side_and_framed_from_the_first_hold_to_the_last(facing: Facing) -> None:
    shot = screen(one("a", Action.climb, Side.centre, facing), place=PlaceKind.village)
    placed = shot.staging.figures[0]
    assert placed.facing is not Facing.camera
    assert placed.facing is not Facing.away
    for k in range(9):
        seconds = LENGTH * k / 8
        pose = shot.path(seconds)
        nose = shot.joints(seconds, pose, seconds)["a"]["nose"]
        assert 0.04 * shot.size[1] < nose[1] < shot.size[1]
        assert 0 < nose[0] < shot.size[0]


def test_a_ladder_that_is_climbed_stands_there_once() -> None:
    ladder = ThingIn(id="t", words="", look=ThingLook(kind="ladder"))
    climbs = screen(one("a", Action.climb, Side.left, Facing.right), things=(ladder,))
    looks = screen(one("a", Action.look, Side.left, Facing.right), things=(ladder,))
    drawn = [{la.name for la in s.laid(1.0, s.path(1.0), 1.0)} for s in (climbs, looks)]
    assert climbs._acting["a"].way == "ladder"
    assert ["t" in names for names in drawn] == [False, True]
