"""Nothing floats: what is held is under fingers, what is dropped or kicked lies whole in the frame."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import skia
from test_animatic_handiwork import doing
from test_animatic_performing import figure, shot, thing
from test_animatic_side_by_side import pair

from photoplay.render.animatic import chores, flung, handiwork
from photoplay.render.animatic.accents import _drawing
from photoplay.render.animatic.carrying import carried_along
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.figures.garments import Wardrobe
from photoplay.render.animatic.grip import (
    _at_ease,
    _before,
    _bitten,
    _clasped,
    _grip,
    clasped_at,
    held_by,
    size_in_hand,
)
from photoplay.render.animatic.grips import DANGLED
from photoplay.render.animatic.handing import along_look, trade_sign
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.pen import Pen
from photoplay.render.animatic.places.recipes import recipe
from photoplay.render.animatic.places.telling import spared
from photoplay.render.animatic.players import Player
from photoplay.render.animatic.props import standing
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
    Stature,
    Weather,
)

SIZE = (320, 180)


def screen_of(picture: Picture) -> Screen:
    return Screen(picture, SIZE, 5, 4.0)


def player(picture: Picture) -> Player:
    return screen_of(picture)._players["a"]


@pytest.mark.parametrize(("action", "kind"), [(Action.read, "letter"), (Action.hold, "crown")])
def test_fingers_close_over_what_both_hands_hold(
    action: Action, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[float] = []
    monkeypatch.setattr(Wardrobe, "fingers", lambda self, canvas, at, side: seen.append(side))
    screen = screen_of(doing(action, f"She holds a {kind}.", kind, holds=("it",)))
    screen.draw(skia.Surface(*SIZE).getCanvas(), 2.0, screen.path(2.0))
    assert {1.0, -1.0} <= set(seen), "without fingers it is pinned to the chest"


@pytest.mark.parametrize("kind", ["letter", "book", "map", "urn", "egg", "box"])
def test_what_is_flat_is_held_by_its_lower_corners_and_what_is_round_at_its_sides_and_no_fist_is_on_it(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fists: list[tuple[float, float]] = []
    monkeypatch.setattr(Wardrobe, "fingers", lambda self, canvas, at, side: fists.append(at))
    screen = screen_of(doing(Action.hold, f"She holds a {kind}.", kind, holds=("it",)))
    screen.draw(skia.Surface(*SIZE).getCanvas(), 2.0, screen.path(2.0))
    one = screen._players["a"]
    wide, tall, _ = clasped_at(one.held[0], one, one.acting)
    (left, right), height = sorted(fists[-2:]), one.body.height
    assert (right[0] - left[0]) * height == pytest.approx(wide, abs=0.05 * height)
    middle, low = one.body.hand(one.acting, 2.0), max(left[1], right[1]) * height
    if kind in ("letter", "book", "map"):
        assert low > middle[1] + 0.1 * tall, "lower than where both would be in its middle"


def test_the_head_of_an_axe_is_before_who_walks_with_it_and_a_staff_beside_the_face() -> None:
    for kind, least in (("axe", 50), ("crook", 8)):
        it = Thing(ThingLook(kind=kind), (), Ink(0.01), 5)
        one = replace(player(doing(Action.walk, "She walks.", kind, holds=("it",))), held=(it,))
        grip = _at_ease(one, it, _grip(it))
        assert grip.plumb
        assert grip.lean > least
        works = replace(one, acting=replace(one.acting, action=Action.work))
        assert _at_ease(works, it, _grip(it)) == _grip(it), "in use it goes the way of the hand"


def test_an_open_umbrella_rests_on_its_rim_and_its_crook() -> None:
    stands = standing("umbrella", 1.2, 1.0, recipe(PlaceKind.meadow, False), PlaceKind.meadow, False)
    assert stands.lean == pytest.approx(math.degrees(math.atan2(48, 56)), abs=2)


@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.6])
def test_the_umbrella_handed_to_somebody_taller_is_in_the_frame(seconds: float) -> None:
    picture = pair("The boy gives the old woman his umbrella.", Action.give)
    held = picture.figures[0].model_copy(update={"holds": ("it",)})
    it = thing("it", "umbrella", held=True)
    picture = picture.model_copy(update={"figures": (held, picture.figures[1]), "things": (it,)})
    camera = picture.camera.model_copy(update={"size": ShotSize.full})
    screen = screen_of(picture.model_copy(update={"camera": camera}))
    pose = screen.path(seconds)
    for placed in screen.staging.figures:
        assert pose.at(placed.x, 1.42 * placed.extent.height, placed.depth)[1] > 0


def test_no_open_umbrella_lies_about_when_nobody_has_a_hand_free() -> None:
    it = thing("it", "umbrella")
    picture = shot(Action.sing, figure("a", Action.sing), things=(it,))
    wet = picture.model_copy(update={"weather": Weather.rain, "sentence": "She sings."})
    assert not carried_along(wet, {"a": 1.7}, {"it": 1.0}).things
    named = wet.model_copy(update={"sentence": "She sings to the umbrella.", "target": "it"})
    assert carried_along(named, {"a": 1.7}, {"it": 1.0}).things


def test_who_is_said_to_walk_with_an_axe_has_it_in_the_hand() -> None:
    axe = thing("axe", "axe")
    picture = shot(Action.walk, figure("a", Action.walk), target="axe", things=(axe,))
    picture = picture.model_copy(update={"sentence": "The miner walks with an axe."})
    assert carried_along(picture, {"a": 1.7}, {"axe": 0.9}).figures[0].holds == ("axe",)


def test_the_sack_that_is_punched_hangs_on_its_stand() -> None:
    screen = screen_of(doing(Action.fight, "She punches a sack.", "sack", holds=("it",)))
    assert not screen._players["a"].held
    assert business(screen.picture, screen._players["a"].source, Action.fight) == "punchbag"


def box_of(draw: Any, wide: int = 400) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is drawn, in metres from the foot; 100 pixels are a metre."""
    surface = skia.Surface(wide, 400)
    canvas = surface.getCanvas()
    canvas.translate(200, 300)
    canvas.scale(100, 100)
    draw(canvas)
    alpha = surface.toarray()[..., 3] > 60
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    left, right = (columns[0] - 200) / 100, (columns[-1] - 200) / 100
    return left, (rows[0] - 300) / 100, right, (rows[-1] - 300) / 100


@pytest.mark.parametrize("kind", ["letter", "cup", "lantern"])
def test_what_is_dropped_lies_on_the_ground_and_not_below_it(kind: str) -> None:
    one = player(doing(Action.throw, "She drops it.", kind, holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="drop"))
    left, _, right, low = box_of(lambda canvas: flung.lying(canvas, one, 1.0, 3.0))
    assert -0.06 < low < 0.06
    assert left > 0
    assert right < 1.3
    *_, aboard = box_of(lambda canvas: flung.lying(canvas, one, 1.0, 3.0, 0.13))
    assert aboard < low - 0.15, "in a boat it lies over the side that is seen"


@pytest.mark.parametrize(("kind", "lies"), [("feather", True), ("lantern", False)])
def test_a_feather_that_is_picked_up_lay_on_its_side_and_a_lantern_stood(kind: str, lies: bool) -> None:
    one = player(doing(Action.take, "She picks it up.", kind, holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="up"))
    left, high, right, low = box_of(lambda canvas: flung.lying(canvas, one, 1.0, 3.0))
    assert bool(right - left > low - high) is lies
    assert -0.05 < low < 0.05


@pytest.mark.parametrize(("told", "kind"), [("drops", "spear"), ("drops", "sword"), ("throws", "spear")])
def test_what_is_dropped_or_thrown_is_the_thing_that_is_named(told: str, kind: str) -> None:
    it = thing("it", kind).model_copy(update={"look": ThingLook(kind=kind, stature=Stature.large)})
    told_of = doing(Action.throw, f"The knight {told} his {kind}.", kind).model_copy(update={"things": (it,)})
    assert [held.look.kind for held in player(told_of).held] == [kind], "a ball, and the thing lies about"


def test_what_is_thrown_at_somebody_leaves_the_hand_of_who_throws_it() -> None:
    it = thing("it", "spear").model_copy(update={"look": ThingLook(kind="spear", stature=Stature.large)})
    wolf = figure("b", Action.stand, side=Side.right)
    told = doing(Action.throw, "The knight throws his spear at the wolf.", "spear")
    told = told.model_copy(update={"things": (it,), "target": "b", "figures": (*told.figures, wolf)})
    assert [held.look.kind for held in player(told).held] == ["spear"]


def test_a_spear_flies_head_first_and_as_long_as_it_is_seen_to_be_one() -> None:
    one = player(doing(Action.throw, "The knight throws his spear.", "spear", holds=("it",)))
    one = replace(one, acting=replace(one.acting, facing=Facing.right))
    told = "The knight throws his spear."
    end = box_of(lambda canvas: flung.hurled(canvas, Ink(0.01), one, told, 1.0, 4.0))
    assert end[2] - end[0] > 0.5 * one.body.height, "it would be a splinter"
    assert end[3] - end[1] < 0.2 * one.body.height, "it comes to lie along the ground"


def test_a_rope_that_is_dropped_is_not_thrown_as_well() -> None:
    one = player(doing(Action.throw, "She drops the rope.", "rope", holds=("it",)))
    assert one.acting.manner == "drop"
    surface = skia.Surface(*SIZE)
    flung.line_thrown(surface.getCanvas(), Ink(0.01), one, None, 1.0, 3.0)
    assert not surface.toarray().any()


def drawn_in_hand(one: Player, wide: int = 400) -> tuple[float, float, float, float]:
    held = held_by(one, Ink(0.01), 0.0, 1.0)
    assert held is not None
    return box_of(held, wide)


@pytest.mark.parametrize("age", [Age.adult, Age.child])
def test_a_spoon_ends_in_the_pot_under_its_rim(age: Age) -> None:
    told = doing(Action.cook, "She cooks.", "plank").model_copy(update={"things": ()})
    young = told.figures[0].model_copy(update={"look": BodyLook(being=Being.person, age=age)})
    one = player(told.model_copy(update={"figures": (young,)}))
    assert [it.look.kind for it in one.held] == ["spoon"]
    hand = one.body.hand(one.acting, 1.0)
    assert hand is not None
    left, _, right, low = drawn_in_hand(one)
    way, tall = (-1.0 if one.acting.facing is Facing.left else 1.0), one.body.height
    end = max(way * (hand[0] + left), way * (hand[0] + right)) / tall
    assert 0.4 < end < 0.66, "between the walls of the pot"
    assert chores._POT < (hand[1] + low) / tall < -0.43, "below its rim and above its bottom"


def test_the_flower_of_who_turns_away_is_ahead_of_the_chest_and_not_in_it() -> None:
    told = doing(Action.stand, "She stands.", "flower", holds=("it",))
    one = player(told)
    away = replace(one, acting=replace(one.acting, manner="away", facing=Facing.left))
    left, _, right, _ = drawn_in_hand(away)
    assert left < -0.12, "its head is ahead of the hand"
    assert right < 0.08


def test_a_letter_that_is_picked_up_lies_flat_and_as_large_as_it_is_in_the_hand() -> None:
    one = player(doing(Action.take, "She picks up the letter.", "letter", holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="up"))
    left, high, right, low = box_of(lambda canvas: flung.lying(canvas, one, 1.0, 0.0))
    assert low - high < 0.6 * (right - left), "it would stand on its edge"
    assert right - left < 0.26 * one.body.height


def test_what_is_kicked_comes_to_rest_in_the_frame() -> None:
    one = player(doing(Action.throw, "She kicks the box over.", "box", holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="ball"))
    _, _, right, low = box_of(lambda canvas: flung.kicked(canvas, Ink(0.01), one, 1.0, 3.9, 4.0), 320)
    assert right < 1.19, "it does not fly out of the frame"
    assert abs(low) < 0.12


def test_the_fire_under_a_pot_is_seen_where_the_frame_ends_at_the_thighs() -> None:
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(0, 190)
    canvas.scale(200, 200)
    chores.hearth(canvas, Ink(0.0), 0.4)
    under = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[112:140, 90:130].astype(int)
    flames = (under[..., 0] > 200) & (under[..., 2] < 120) & (under[..., 3] > 200)
    assert flames.sum() > 20


def test_a_bucket_that_is_kicked_tips_over_on_the_ground_near_the_foot() -> None:
    one = player(doing(Action.throw, "She kicks the bucket over.", "bucket", holds=("it",)))
    one = replace(one, acting=replace(one.acting, manner="ball"))
    for k in range(20):
        _, high, right, _ = box_of(
            lambda canvas, k=k: flung.kicked(canvas, Ink(0.01), one, 1.0, 0.2 * k, 4.0), 320
        )
        assert high > -0.55 * one.body.height, "it does not fly up"
        assert right < 0.9 * one.body.height


def test_a_rope_that_is_thrown_comes_from_the_hand_ahead_and_off_the_face() -> None:
    it = Thing(ThingLook(kind="rope"), (), Ink(0.01), 5)
    one = replace(player(doing(Action.throw, "She throws a rope.", "rope", holds=("it",))), held=(it,))
    for share in (0.3, 0.5, 0.9):
        seconds = 4.0 * share
        if flung.flown(one, seconds) is None:
            continue
        joints = one.body.joints(one.acting, seconds)
        left, *_ = box_of(
            lambda canvas, t=seconds: flung.line_thrown(canvas, Ink(0.01), one, (1.6, -0.6), 1.0, t)
        )
        ahead = max(joints["r-wrist"], joints["l-wrist"])
        assert left == pytest.approx(ahead[0], abs=0.12)
        assert left > joints["nose"][0]
        return
    raise AssertionError("it was never thrown")


def test_what_lies_in_a_boat_is_not_a_rim_over_its_side() -> None:
    urn = thing("ashes", "urn")
    picture = shot(Action.talk, figure("a", Action.talk), things=(urn,), place=PlaceKind.sea)
    boat = replace(recipe(PlaceKind.sea, False), footing="boat")
    assert not spared(picture, boat).things
    told = picture.model_copy(update={"sentence": "She tells him of the ashes."})
    assert spared(told, boat).things == (urn,)
    assert spared(picture, replace(boat, footing="ground")).things == (urn,)


@pytest.mark.parametrize("age", [Age.child, Age.adult])
@pytest.mark.parametrize("told", ["She throws a hammer.", "She throws a hammer down."])
def test_what_is_thrown_is_clear_of_the_face_and_stays_in_the_frame(told: str, age: Age) -> None:
    it = Thing(ThingLook(kind="hammer"), (), Ink(0.01), 5)
    picture = doing(Action.throw, told, "hammer", holds=("it",))
    aged = picture.figures[0].model_copy(update={"look": BodyLook(age=age)})
    one = replace(player(picture.model_copy(update={"figures": (aged,)})), held=(it,))
    times = [t / 12 for t in range(48) if flung.flown(one, t / 12) is not None]
    for t in times:
        left, top, right, low = box_of(
            lambda canvas, t=t: flung.hurled(canvas, Ink(0.01), one, told, 1.0, t), 320
        )
        nose = one.body.joints(one.acting, times[0])["nose"][0]
        assert left > nose + 0.5 * one.body.head[0]
        assert right < 1.25, "it does not fly out of the frame"
    assert top < low < 0.12
    assert low > -0.15, "nor does it hang in the air at last"


def test_an_umbrella_is_over_the_head_of_who_hands_it_on() -> None:
    it = Thing(ThingLook(kind="umbrella"), (), Ink(0.01), 5)
    one = replace(player(pair("The boy gives the old woman his umbrella.", Action.give)), held=(it,))
    draw = held_by(one, Ink(0.01), 0.0, 0.5)
    assert draw is not None
    _, top, _, low = box_of(draw)
    assert -top > 4 * abs(low), "from a hand at the waist its canopy would shelter nobody"


@pytest.mark.parametrize(("kind", "heavy"), [("violin", False), ("barrel", True)])
def test_nobody_sweats_over_what_is_light(kind: str, heavy: bool) -> None:
    it = Thing(ThingLook(kind=kind), (), Ink(0.01), 5)
    one = replace(player(doing(Action.hold, f"She lifts the {kind}.", kind, holds=("it",))), held=(it,))
    lifts = replace(one.acting, manner="lift")
    assert (_drawing(one, lifts) is not None) is heavy


def test_an_animal_has_a_cake_by_its_rim_ahead_of_the_muzzle_and_a_bag_hanging() -> None:
    fox = BodyLook(being=Being.quadruped, species="fox")
    for facing, way in ((Facing.right, 1.0), (Facing.left, -1.0)):
        who = figure("a", Action.sneak, facing=facing, holds=("it",)).model_copy(update={"look": fox})
        for kind, ahead in (("cake", True), ("bag", False)):
            told = shot(Action.sneak, who, things=(thing("it", kind, held=True),))
            one = player(told)
            by = way * _before(one, one.held[0])
            assert (by > 0.03 * one.body.height) is ahead, kind
            assert (_bitten(one, one.held[0]).share < 0.5) is ahead, kind


def test_a_hammer_in_the_hand_of_a_boy_is_no_larger_than_a_quarter_of_him() -> None:
    boy = figure("a", Action.stand, holds=("it",)).model_copy(update={"look": BodyLook(age=Age.child)})
    it = Thing(ThingLook(kind="hammer"), (), Ink(0.01), 5)
    one = replace(player(shot(Action.stand, boy)), held=(it,))
    assert max(it.height, it.width) * size_in_hand(it, one.body.height) < 0.26 * one.body.height
    assert _at_ease(one, it, _grip(it)).plumb


@pytest.mark.parametrize("skin", ["#5a3a24", "#8d5a3a", "#c98f6a", "#f2cdb0"])
def test_a_staff_is_not_of_the_colour_of_the_arm(skin: str) -> None:
    wood, arm = rgb(along_look("staff", skin).colour), rgb(skin)
    assert math.dist(wood, arm) > 100


def test_nobody_near_the_lens_has_a_staff_before_the_face() -> None:
    look = BodyLook(carries=("staff",))
    old = figure("a", Action.talk).model_copy(update={"look": look})
    assert trade_sign(old, Action.talk, ShotSize.full)
    assert not any(
        trade_sign(old, Action.talk, s) for s in (ShotSize.two_shot, ShotSize.medium, ShotSize.close)
    )


def test_the_ball_of_a_cat_on_a_barrel_bounces_on_the_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[float, float]] = []
    monkeypatch.setattr(handiwork, "ball", lambda pen, x, y, r: seen.append((y, r)))
    canvas = skia.Surface(10, 10).getCanvas()
    for k in range(10):
        handiwork.tossed(Pen(canvas, Ink(), (0.3, -0.8), (), 0.4, 0.09 * k, 0.0, 0.0, ground=2.4))
    assert any(abs(y + r - 2.4) < 0.05 for y, r in seen), "it bounces on the air beside the barrel"
    assert any(y < -0.2 for y, r in seen), "and comes up to the cat"


@pytest.mark.parametrize(("age", "ahead"), [(Age.child, True), (Age.adult, False)])
def test_what_a_child_lifts_is_ahead_of_its_hands_and_off_its_face(age: Age, ahead: bool) -> None:
    who = figure("a", Action.hold, holds=("it",)).model_copy(update={"look": BodyLook(age=age)})
    picture = shot(Action.hold, who, target="it", things=(thing("it", "egg", held=True),))
    one = player(picture.model_copy(update={"sentence": "She lifts the egg."}))
    assert one.acting.manner == "lift"
    assert (_before(one, one.held[0]) != 0.0) is ahead


def test_the_punching_bag_of_a_boxer_is_one_from_the_first_blow_to_the_last() -> None:
    """Where it is struck it hangs from the stand at which it is seen when she turns away."""
    struck = screen_of(doing(Action.fight, "She hits a punching bag.", "punching bag"))
    assert business(struck.picture, struck._players["a"].source, Action.fight) == "punchbag"
    assert not struck.staging.things
    left = screen_of(doing(Action.stand, "She turns away from the punching bag.", "punching bag"))
    assert [left._things[t.id].look.kind for t in left.staging.things] == ["punching bag"]


def test_a_watch_in_two_hands_is_between_them_and_a_necklace_hangs_from_them() -> None:
    watch = _clasped(DANGLED, 9.0, flat=True)
    necklace = _clasped(DANGLED, 9.0)
    assert watch.share < 0.5 < necklace.share
    assert 0.0 < watch.under < 0.15
