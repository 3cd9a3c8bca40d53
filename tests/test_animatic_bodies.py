"""Bodies that sit, fall, wake and bow: legs, trunk and face agree, and nothing of one is in the other."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot, thing
from test_animatic_side_by_side import joint, pair

from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.handing import _sat_up
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Dress, Expression, Facing, PlaceKind, ShotSize, Side

SIZE = (320, 180)
BODY = Person(BodyLook(dress=Dress.dress), (), Ink(), 1)


def playing(action: Action, manner: str) -> Acting:
    return Acting(action, Expression.neutral, Facing.right, manner=manner)


def inside(picture: Picture) -> Picture:
    look = picture.place.look.model_copy(update={"interior": True})
    return picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})


@pytest.mark.parametrize("place", [PlaceKind.meadow, PlaceKind.kitchen])
def test_two_who_sit_beside_each_other_have_their_knees_to_each_other_and_clear(place: PlaceKind) -> None:
    picture = pair("The boy sits down beside the old woman.", Action.sit, place=place)
    screen = Screen(picture if place is PlaceKind.meadow else inside(picture), SIZE, 5, 4.0)
    left, right = sorted("ab", key=lambda who: joint(screen, who, "r-hip", 3.9)[0])
    for who, way in ((left, 1.0), (right, -1.0)):
        for side in ("r-", "l-"):
            ahead = joint(screen, who, f"{side}knee", 3.9)[0] - joint(screen, who, f"{side}hip", 3.9)[0]
            assert way * ahead > 0.05, "legs are turned away from whom it looks at"
    feet = [
        pick(joint(screen, who, f"{side}ankle", 3.9)[0] for side in ("r-", "l-"))
        for who, pick in ((left, max), (right, min))
    ]
    assert feet[1] - feet[0] > 0.2, "feet run into each other"


def test_two_on_one_bench_are_turned_the_same_way() -> None:
    told = pair("The boy sits on the bench beside the old woman.", Action.sit)
    told = told.model_copy(update={"things": (thing("bench", "bench"),)})
    assert len({f.facing for f in Screen(told, SIZE, 5, 4.0).picture.figures}) == 1


def test_who_sits_on_the_ground_beside_somebody_has_its_feet_under_its_knees() -> None:
    bones = BODY.bones(playing(Action.sit, "beside"), 2.3)
    assert bones.hip.y > -0.085, "it hovers"
    assert max(leg.tip.x for leg in bones.legs) - bones.hip.x < 0.38
    assert max(leg.middle.y for leg in bones.legs) < bones.hip.y - 0.08


def test_two_who_sit_down_at_a_table_have_it_between_them() -> None:
    two = figure("a", Action.sit), figure("b", Action.sit, Side.right, Facing.left)
    told = shot(
        Action.sit, *two, target="table", things=(thing("table", "table"),), size=ShotSize.full,
        place=PlaceKind.kitchen,
    )  # fmt: skip
    screen = Screen(inside(told.model_copy(update={"sentence": "They sit down at a table."})), SIZE, 5, 4.0)
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    table = screen.staging.things[0]
    assert left.x + 0.2 * left.tall < table.x + table.extent.left, "nor is who stands yet over its edge"
    assert right.x - 0.2 * right.tall > table.x + table.extent.right
    assert table.depth < left.depth, "knees are before it"


def test_who_wakes_sits_at_the_pillow_with_the_cover_on_the_lap() -> None:
    told = shot(Action.rise, figure("a", Action.rise), size=ShotSize.full, place=PlaceKind.house)
    told = told.model_copy(update={"sentence": "She wakes."})
    screen = Screen(inside(told), SIZE, 5, 4.0)
    player, placed = screen._players["a"], screen.staging.figures[0]
    way = -1.0 if placed.facing is Facing.left else 1.0
    assert _sat_up(player, way, 0.1)[1] < 0.1
    hip, sat = _sat_up(player, way, 3.9)
    assert hip < -0.2, "it comes out of the middle of the cover"
    assert sat == 1.0


def test_two_who_slip_lie_clear_of_each_other() -> None:
    two = figure("a", Action.fall), figure("b", Action.fall, Side.right, Facing.left)
    told = shot(Action.fall, *two, size=ShotSize.full)
    screen = Screen(told.model_copy(update={"sentence": "The couple slips on the wet floor."}), SIZE, 5, 4.0)
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    assert left.x + left.extent.right + 0.1 < right.x + right.extent.left


def test_who_bows_stands_on_both_feet_and_looks_down() -> None:
    bones = BODY.bones(playing(Action.kneel, "bow"), 1.4)
    near, far = (leg.end for leg in bones.legs)
    assert abs(near.y - far.y) < 0.03, "it tips over on one foot"
    assert bones.head.x - bones.hip.x > 0.2
    assert max(near.x, far.x) > bones.hip.x - 0.05


def test_the_feet_of_who_has_tripped_are_seen_behind_a_skirt() -> None:
    bones = BODY.bones(playing(Action.fall, "trip"), 1.5)
    far = min(bones.legs, key=lambda leg: leg.end.x)
    assert far.end.y < far.middle.y - 0.08


def test_whoever_something_is_shown_to_does_not_bend_down() -> None:
    holds = figure("a", Action.hold, holds=("egg",))
    told = shot(
        Action.hold, holds, figure("b", Action.look, Side.right, Facing.left, gaze="a"), target="egg",
        things=(thing("egg", "egg", held=True),), size=ShotSize.full,
    )  # fmt: skip
    screen = Screen(told.model_copy(update={"sentence": "She shows the egg to the man."}), SIZE, 5, 4.0)
    assert screen._acting["b"].manner == "shown"
    bones = BODY.bones(playing(Action.look, "shown"), 2.2)
    assert abs(bones.chest.x - bones.hip.x) < 0.06


@pytest.mark.parametrize(("size", "manner"), [(ShotSize.close, "exult"), (ShotSize.full, "cheer")])
def test_who_jumps_for_joy_in_a_close_shot_stays_in_it(size: ShotSize, manner: str) -> None:
    told = shot(Action.laugh, figure("a", Action.laugh, facing=Facing.camera), size=size)
    screen = Screen(told.model_copy(update={"sentence": "She jumps for joy."}), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == manner
    heads = [BODY.bones(playing(Action.laugh, "exult"), 0.1 * k).head.y for k in range(9)]
    assert max(heads) - min(heads) < 0.04


def test_who_is_on_its_way_looks_where_it_goes_unless_it_looks_at_somebody() -> None:
    bones = BODY.bones(playing(Action.walk, ""), 0.3)
    assert bones.head_yaw > 0.85 * bones.yaw


def test_who_jumps_has_its_arms_up_as_long_as_it_is_in_the_air() -> None:
    moments = [BODY.bones(playing(Action.jump, ""), 0.02 * k) for k in range(60)]
    feet = [min(-leg.tip.y for leg in bones.legs) for bones in moments]
    assert 0.2 < max(feet) < 0.45, "it hangs high over its shadow"
    for bones, up in zip(moments, feet, strict=True):
        assert up < 0.14 or all(arm.end.y < arm.root.y for arm in bones.arms)
