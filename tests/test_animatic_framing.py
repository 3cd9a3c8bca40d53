"""What is framed can be seen: the small with the place about them, the falling with their heads."""

import itertools
from random import Random
from unittest.mock import MagicMock

import pytest

from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.places.near import stalks
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import shrunk
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Angle,
    Being,
    Expression,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
    Stature,
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
        assert 0.08 * SIZE[1] < y < 0.97 * SIZE[1], seconds


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


@pytest.mark.parametrize("age", ["adult", "child"])
@pytest.mark.parametrize("action", [Action.swim, Action.float])
def test_swimmers_are_in_the_water_and_their_faces_out_of_it(age, action):
    shot = screen(one("a", BodyLook(age=age), action), place=PlaceKind.lake)
    for k in range(12):
        seconds = k / 4
        pose = shot.path(seconds)
        surface = pose.at(0, 0, shot.staging.figures[0].depth)[1]
        joints = shot.joints(seconds, pose, seconds)["a"]
        assert joints["nose"][1] < surface - 2, "the face is seen"
        assert joints["r-hip"][1] > surface - 10, "nobody swims on the water"


def test_a_dog_swims_with_its_legs_under_water():
    dog = screen(one("a", DOG, Action.swim), place=PlaceKind.lake).staging.figures[0]
    assert 0.5 * dog.extent.top < -dog.up < 0.75 * dog.extent.top


def test_a_diver_leaps_out_of_the_water_and_not_off_the_grass():
    shot = screen(one("a", None, Action.dive), place=PlaceKind.lake)
    assert shot.staging.figures[0].sunk > 0
    low = min(shot.joints(t / 8, shot.path(t / 8), t / 8)["a"]["nose"][1] for t in range(24))
    deep = max(shot.joints(t / 8, shot.path(t / 8), t / 8)["a"]["nose"][1] for t in range(24))
    surface = shot.staging.pose.at(0, 0, shot.staging.figures[0].depth)[1]
    assert low < surface < deep, "the head goes under"


@pytest.mark.parametrize("size", [ShotSize.medium_close, ShotSize.close])
@pytest.mark.parametrize("age", ["adult", "child"])
def test_a_close_up_of_a_swimmer_shows_the_face(size, age):
    shot = screen(one("a", BodyLook(age=age), Action.swim, Side.centre), place=PlaceKind.lake, size=size)
    for k in range(5):
        seconds = shot.length * k / 4
        x, y = shot.joints(seconds, shot.path(seconds), seconds)["a"]["nose"]
        assert 0.2 * SIZE[0] < x < 0.8 * SIZE[0]
        assert 0 < y < SIZE[1]


def test_several_small_ones_do_not_sit_in_one_another():
    birds = [
        one(f"b{n}", BodyLook(being=Being.bird, species="sparrow"), side=s)
        for n, s in enumerate((Side.centre, Side.right, Side.far_right))
    ]
    placed = screen(one("p", side=Side.far_left), *birds).staging.figures
    small = sorted((p for p in placed if p.extent.small), key=lambda p: p.x)
    assert len(small) == 3
    for a, b in itertools.pairwise(small):
        assert a.x + a.extent.right <= b.x + b.extent.left + 0.02


def test_a_fallen_body_rests_on_its_seat_and_a_mermaid_does_not_hop():
    fallen = Person(BodyLook(), (), Ink(), 1)
    for facing in (Facing.right, Facing.left):
        bones = fallen.bones(Acting(Action.fall, Expression.neutral, facing), 3.0)
        assert bones.hip.y > -0.08, "hands on the ground do not hold the body up"
    mermaid = Figure(BodyLook(being=Being.person, species="mermaid"), (), Ink(), 1)
    assert isinstance(mermaid._body, Person)
    for k in range(12):
        bones = mermaid._body.bones(Acting(Action.run, Expression.neutral, Facing.right), k / 12)
        assert min(-leg.end.y for leg in bones.legs) < 0.06


@pytest.mark.parametrize("being", [Being.whale, Being.quadruped, Being.dragon])
@pytest.mark.parametrize("size", [ShotSize.full, ShotSize.medium_full, ShotSize.medium])
def test_of_a_giant_that_somebody_kneels_beside_the_face_is_seen_in_closer_framings_too(being, size):
    species = {Being.whale: "whale", Being.quadruped: "elephant", Being.dragon: "dragon"}[being]
    keeper = one("keeper", action=Action.kneel)
    giant = one("giant", BodyLook(being=being, species=species), side=Side.right, facing=Facing.left)
    place = PlaceKind.shore if being is Being.whale else PlaceKind.meadow
    shot = Picture(
        sentence="The keeper kneels beside the giant.",
        actor="keeper",
        target="giant",
        action=Action.kneel,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=place, layout=3)),
        camera=CameraIn(size=size),
        figures=(keeper, giant),
    )
    staging = Screen(shot, SIZE, 5, 4.0).staging
    seen = {p.id: p for p in staging.figures}
    assert set(seen) == {"keeper", "giant"}
    for p in seen.values():
        x, y = staging.pose.at(p.x + p.extent.face_x, p.up + p.extent.eyes, p.depth)
        assert 0 < x < SIZE[0], p.id
        assert 0 < y < SIZE[1], p.id
    assert seen["keeper"].extent.height * staging.pose.scale(0.0) > 0.2 * SIZE[1], (
        "and the keeper is no speck"
    )


def test_no_tall_flower_grows_out_of_the_back_of_who_flies_before_it():
    def feet(free):
        layer = next(
            la for la in shrunk(recipe(PlaceKind.meadow, False), 0.9, free).layers if la.piece == "stalks"
        )
        brush = MagicMock()
        brush.setting.leaf.return_value = "#5a8a45"
        brush.cells.return_value = [(0.4 * k, Random(k)) for k in range(-5, 6)]
        stalks(brush, layer.options)
        return [call.args[0][0][0] for call in brush.curve.call_args_list]

    assert any(abs(x - 0.3) < 0.6 for x in feet((0.3, 0.0)))
    assert feet((0.3, 0.6))
    assert not any(abs(x - 0.3) < 0.6 for x in feet((0.3, 0.6)))


def test_flowers_are_below_whoever_flies_past_them():
    bird = one("b", BodyLook(being=Being.bird, species="parrot"), Action.fly)
    low = screen(bird)
    placed = low.staging.figures[0]
    left, right, up = low._flown(placed)
    assert left < placed.walked(0.0, 4.0) < placed.walked(4.0, 4.0) < right
    layers = shrunk(recipe(PlaceKind.meadow, False), up, past=(left, right, up)).layers
    layer = next(la for la in layers if la.piece == "stalks")
    brush = MagicMock()
    brush.setting.leaf.return_value = "#5a8a45"
    brush.cells.return_value = [(left + 0.4 * k, Random(k)) for k in range(12)]
    stalks(brush, layer.options)
    tops = [call.args[0][-1] for call in brush.curve.call_args_list]
    inside = [high for x, high in tops if left + 0.2 < x < right - 0.2]
    assert inside
    assert max(inside) < placed.up + placed.extent.bottom + 0.1, "a flower is before the beak"


@pytest.mark.parametrize("angle", ["eye-level", "high"])
def test_a_camera_that_tilts_up_to_two_cuts_neither_head_nor_wing(angle):
    bird = one("b", BodyLook(being=Being.bird, species="parrot"), Action.fly, Side.right, Facing.left)
    shot = screen(bird, one("p"), move="tilt-up", angle=angle)
    for seconds in (0.0, 2.0, 3.9):
        pose = shot.path(seconds)
        for p in shot.staging.figures:
            assert pose.at(p.x, p.up + p.extent.top, p.depth)[1] > -1, p.id


def test_a_two_shot_with_a_horse_has_the_rider_to_the_waist_and_the_horse_to_the_withers():
    """Whole, the horse would fill the frame and whoever is with it stand small at its edge."""
    horse = BodyLook(being=Being.quadruped, species="horse")
    pair = one("p", side=Side.left), one("h", horse, side=Side.right, facing=Facing.left)
    near = screen(*pair, size=ShotSize.two_shot).staging
    far = screen(*pair, size=ShotSize.full).staging
    person, beast = (next(p for p in near.figures if p.id == i) for i in ("p", "h"))
    assert near.pose.scale(0.0) > 1.25 * far.pose.scale(0.0)
    assert near.pose.at(person.x + person.extent.left, 0, person.depth)[0] > 0
    assert near.pose.at(0, person.extent.top, person.depth)[1] > 0, "no head is cut"
    assert near.pose.at(0, 0, person.depth)[1] > SIZE[1], "the feet are outside"
    muzzle = near.pose.at(beast.x + beast.extent.left, beast.extent.top, beast.depth)
    assert 0.3 * SIZE[0] < muzzle[0] < 0.8 * SIZE[0]
    assert muzzle[1] > 0


def test_a_two_shot_shows_all_of_a_beast_that_takes_the_camera_but_little_back():
    """A beaver without its tail beside a whole owl is a slip of the frame."""
    beaver, owl = BodyLook(being=Being.quadruped, species="beaver"), BodyLook(being=Being.bird, species="owl")
    pair = one("b", beaver, side=Side.left, facing=Facing.right), one("o", owl, side=Side.right)
    staging = screen(*pair, size=ShotSize.two_shot).staging
    placed = next(p for p in staging.figures if p.id == "b")
    assert staging.pose.at(placed.x + placed.extent.left, 0, placed.depth)[0] > 0


def test_over_the_shoulder_of_somebody_tall_is_a_head_that_is_above_the_child_s_with_its_shoulders():
    """Level with the child only the hair would fill a corner; and the child is not small in an empty ring."""
    child = one("c", BodyLook(age=Age.child, stature=Stature.small), side=Side.left, facing=Facing.right)
    pair = child, one("o", BodyLook(stature=Stature.large), side=Side.right, facing=Facing.left)
    seen = screen(*pair, size=ShotSize.medium_full, view=View.over_shoulder, focus="c")
    staging = Screen(seen.picture.model_copy(update={"target": "o"}), SIZE, 5, 4.0).staging
    small, back = (next(p for p in staging.figures if p.id == i) for i in ("c", "o"))
    assert back.shoulder

    def row(p, share):
        return staging.pose.at(p.x, p.up + share * p.extent.top, p.depth)[1] / SIZE[1]

    assert 0 < row(back, 1.0) < row(small, 1.0) - 0.2
    assert row(back, 0.7) < 0.8, "its shoulders"
    assert row(small, 0.0) - row(small, 1.0) > 0.5
    assert row(small, 0.0) < 1.0


def test_a_two_shot_with_a_child_presses_no_head_and_shoulders_into_a_corner():
    """A child that is little more than half as tall is seen to its shoes beside the adult."""
    child = one("c", BodyLook(age=Age.child, stature=Stature.small), side=Side.left, facing=Facing.right)
    staging = screen(child, one("o", side=Side.right, facing=Facing.left), size=ShotSize.two_shot).staging
    small, tall = (next(p for p in staging.figures if p.id == i) for i in ("c", "o"))
    assert small.extent.top < 0.63 * tall.extent.top
    assert staging.pose.at(small.x, small.up, small.depth)[1] < SIZE[1]


def test_a_close_up_of_a_ghost_has_its_mouth():
    ghost = screen(one("g", BodyLook(being=Being.ghost, species="ghost")), size=ShotSize.close)
    (placed,) = ghost.staging.figures
    mouth = placed.up + 0.72 * placed.extent.eyes
    assert 0 < ghost.staging.pose.at(0, mouth, placed.depth)[1] < SIZE[1]


@pytest.mark.parametrize("angle", [Angle.low, Angle.ground])
def test_a_full_shot_from_below_is_larger_and_one_from_above_smaller(angle):
    stages = [screen(one("p"), angle=a).staging for a in (angle, Angle.eye, Angle.high)]
    low, level, high = (s.figures[0].extent.height * s.pose.scale(0.0) for s in stages)
    assert low > 1.05 * level
    assert level > 1.15 * high


def test_from_near_the_ground_people_stand_on_ground_that_is_seen_and_rise_over_the_horizon():
    stage = screen(one("p"), angle=Angle.ground).staging
    (p,), pose = stage.figures, stage.pose
    foot, horizon = pose.at(p.x, 0.0, p.depth)[1], pose.horizon
    knee, eyes = (pose.at(p.x, up * p.extent.top, p.depth)[1] for up in (0.4, 0.8))
    assert eyes < knee < horizon < foot
    assert foot - horizon > 0.1 * SIZE[1]


def test_two_of_whom_one_hands_something_over_are_seen_with_what_hangs_below_their_hands():
    lower = {}
    for action, target, told in (
        (Action.give, "violin", "She gives the violin to the man."),
        (Action.talk, "b", "She talks to the man."),
    ):
        a = one("a", action=action).model_copy(update={"holds": ("violin",)})
        b = one("b", side=Side.right, facing=Facing.left)
        violin = ThingIn(id="violin", words="a violin", look=ThingLook(kind="violin"), held=True)
        shot = screen(a, b, size=ShotSize.two_shot).picture.model_copy(
            update={
                "action": action,
                "target": target,
                "sentence": told,
                "things": (violin,),
                "figures": (a, b),
            }
        )
        staging = Screen(shot, SIZE, 5, 4.0).staging
        pose, placed = staging.pose, staging.figures[0]
        lower[action] = pose.at(placed.x, 0.38 * placed.extent.top, placed.depth)[1]
        foot = pose.at(placed.x, 0.28 * placed.extent.top, placed.depth)[1]
        assert foot > SIZE[1], "and no shin is cut"
    assert lower[Action.give] < SIZE[1] < lower[Action.talk]


def test_over_the_shoulder_of_a_child_are_its_shoulders_and_its_head_is_lower():
    tops = []
    for age in ("child", "adult"):
        look = BodyLook(age=age)
        pair = one("g", BodyLook(presents="woman")), one("c", look)
        seen = screen(*pair, size=ShotSize.medium_full, view=View.over_shoulder, focus="g")
        back = next(p for p in seen.staging.figures if p.shoulder)
        extent, pose = back.extent, seen.staging.pose
        chin = back.up + extent.eyes - 1.17 * extent.face
        assert pose.at(back.x, chin - 0.1 * extent.top, back.depth)[1] < SIZE[1], "a loose head at the edge"
        tops.append(pose.at(back.x, back.up + extent.top, back.depth)[1])
    assert tops[0] > tops[1] + 0.04 * SIZE[1]
