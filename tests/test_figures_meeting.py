"""Two who touch are seen to touch; those who walk arrive, keep together, and do not pass through each other."""

from __future__ import annotations

import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st

from photoplay.render.animatic.climbing import climbed
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.performances import PERFORMANCES
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
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
    assert gaps[0] > gaps[2] == gaps[-1]


@given(
    age=st.sampled_from(Age),
    facing=st.sampled_from([Facing.camera, Facing.left, Facing.right]),
    action=st.sampled_from([a for a, act in PERFORMANCES.items() if act.touch]),
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
        assert far < 0.85 * body.head


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


@pytest.mark.parametrize("place", [PlaceKind.mountain, PlaceKind.lighthouse])
@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
def test_a_climbing_hand_is_on_what_is_climbed(place: PlaceKind, facing: Facing) -> None:
    climber, ink = Figure(BodyLook(), (), Ink(), 1), Ink()
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(150, 280)
    canvas.scale(100, 100)
    climbed(canvas, ink, place, climber.height, 1.0 if facing is Facing.right else -1.0)
    painted = surface.toarray()[..., 3] > 0
    for k in range(8):
        hand = climber.hand(Acting(Action.climb, Expression.neutral, facing), k / 6)
        assert hand is not None
        x, y = round(150 + 100 * hand[0]), round(280 + 100 * hand[1])
        assert painted[max(0, y - 25) : y + 25, max(0, x - 25) : x + 25].any()
