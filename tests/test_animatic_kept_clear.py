"""What stands in a place stands clear of who acts before it, and whoever lies is seen where that one lies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import beside_towers, cleared
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.headroom import NOWHERE, Head, heads, kept_free, tops
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places.features import featured
from photoplay.render.animatic.places.recipes import Layer, named, recipe
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Angle,
    Being,
    Expression,
    Facing,
    Hour,
    PlaceKind,
    ShotSize,
    Side,
)

SIZE = (320, 180)


def one(noun="woman", **told):
    return FigureIn(**{"id": "a", "noun": noun, "words": "", "look": BodyLook(), **told})


def scene(*figures, kind=PlaceKind.meadow, things=(), sentence="", words="", interior=False, **told):
    place = PlaceIn(id="p", words=words, look=PlaceLook(kind=kind, interior=interior))
    return Picture(
        place=place, figures=tuple(figures), things=tuple(things), actor=figures[0].id if figures else None,
        sentence=sentence, **{"hour": Hour.afternoon, **told},
    )  # fmt: skip


def screen(picture):
    return Screen(picture, SIZE, 5, 4.0)


def test_whoever_turns_to_a_thing_at_the_left_has_the_head_there_too():
    flower = ThingIn(id="f", words="", look=ThingLook(kind="flower"), side=Side.left)
    digs = one(action=Action.dig, facing=Facing.camera, side=Side.centre)
    told = scene(digs, things=(flower,), action=Action.dig, target="f", sentence="She plants the flower.")
    staging = screen(told).staging
    (placed,), (head,) = staging.figures, heads(staging.figures)
    assert placed.facing is Facing.left
    assert head.x < placed.x


def test_the_hands_of_who_plants_are_at_the_stem_and_not_above_it():
    flower = ThingIn(id="f", words="", look=ThingLook(kind="flower"), side=Side.right)
    digs = one(action=Action.dig, facing=Facing.right, side=Side.centre)
    found = screen(
        scene(digs, things=(flower,), action=Action.dig, target="f", sentence="She plants the flower.")
    )
    (me,), (it,) = found.staging.figures, found.staging.things
    player = found._players[me.id]
    hand = player.body.hand(found._acted(me, 1.0), 1.0)
    assert hand is not None
    up, x = me.up - hand[1] * player.scale, me.x + hand[0] * player.scale
    assert it.up < up < it.up + it.extent.top
    assert abs(x - it.x) < it.extent.width


@pytest.mark.parametrize("angle", [Angle.overhead, Angle.high])
def test_a_wall_is_seen_behind_a_bed(angle):
    sleeps = one("boy", action=Action.sleep)
    camera = CameraIn(size=ShotSize.medium, angle=angle)
    told = scene(sleeps, kind=PlaceKind.hospital, interior=True, action=Action.sleep, camera=camera)
    pose = screen(told).staging.pose
    foot = pose.at(0.0, 0.0, 3.4)[1]
    assert 0.2 * SIZE[1] < foot < 0.75 * SIZE[1], "the wall's foot is in the frame"


def test_two_who_sleep_lie_on_ground_that_is_seen():
    two = one(id="a", action=Action.sleep, side=Side.left), one(id="b", action=Action.sleep, side=Side.right)
    camera = CameraIn(size=ShotSize.two_shot, angle=Angle.overhead)
    staging = screen(scene(*two, action=Action.sleep, camera=camera)).staging
    assert all(staging.pose.at(p.x, 0.0, p.depth)[1] < 0.97 * SIZE[1] for p in staging.figures)


def test_nobody_stands_behind_the_oven_at_which_somebody_bakes():
    bakes = one(id="a", action=Action.cook, facing=Facing.right, side=Side.left)
    waits = one(id="b", facing=Facing.left, side=Side.right)
    told = scene(bakes, waits, kind=PlaceKind.kitchen, interior=True, words="a bakery", action=Action.cook,
                 sentence="She bakes a loaf of bread.")  # fmt: skip
    drawn = screen(told)
    baker, other = (next(p for p in drawn.staging.figures if p.id == i) for i in "ab")
    tall = drawn._players["a"].body.height
    oven = baker.x + 1.67 * tall
    assert other.x + 0.5 * other.extent.left > oven


def test_people_of_a_city_are_on_its_pavement_unless_they_drive_or_cross():
    def walks(**told):
        return screen(scene(one(), kind=PlaceKind.city, **told)).recipe.ground.get("walk")

    assert walks(sentence="She sleeps.")
    assert not walks(sentence="She crosses the street.")
    car = ThingIn(id="c", words="", look=ThingLook(kind="car"))
    assert not walks(sentence="She waits for the car.", things=(car,))


def test_a_bee_in_a_garden_has_more_behind_it_than_one_stone_of_a_wall():
    camera = CameraIn(size=ShotSize.medium, angle=Angle.ground)
    look = BodyLook(being="insect", species="bee")
    bee = FigureIn(id="a", noun="bee", words="", look=look, action=Action.take)
    pose = screen(scene(bee, kind=PlaceKind.garden, camera=camera)).staging.pose
    assert SIZE[1] / pose.scale(6.4) > 2.2, "metres of the wall that are seen"


def test_no_chimney_stands_behind_a_bird_or_between_two_who_stand_close():
    bird = one("bird", action=Action.fly, look=BodyLook(being="bird", species="songbird"), id="b")
    placed = screen(scene(bird, kind=PlaceKind.rooftop)).staging.figures[0]
    (free,) = kept_free([placed])
    assert free.half >= 0.5 * placed.extent.width
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=160.0, horizon=90.0)
    stacks = next(la for la in cleared(recipe(PlaceKind.rooftop, False), [free], pose, 1).layers
                  if la.piece == "stacks")  # fmt: skip
    assert stacks.options["avoid"]


def test_a_bird_in_the_air_has_its_wings_up_half_of_the_time():
    figure = Figure(BodyLook(being=Being.bird, species="songbird"), (), Ink(), 3)
    raised = 0
    for n in range(16):
        surface = skia.Surface(240, 240)
        canvas = surface.getCanvas()
        canvas.translate(120, 190)
        canvas.scale(*[120 / max(figure.width, figure.height)] * 2)
        figure.draw(canvas, Acting(Action.fly, Expression.neutral, Facing.right), 0.1 * n, 4.0)
        own = surface.toarray()[..., 3] > 20
        rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        raised += (rows[-1] - rows[0]) > 0.85 * (columns[-1] - columns[0])
    assert raised >= 7


@pytest.mark.parametrize("kind", [PlaceKind.kitchen, PlaceKind.hospital, PlaceKind.house, PlaceKind.school])
@pytest.mark.parametrize("flip", [1, -1])
def test_a_lamp_hangs_before_no_window_and_no_clock(kind, flip):
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=400.0, centre=320.0, horizon=180.0)
    many = scene(kind=kind, interior=True, words="a house with many clocks and stairs")
    place = cleared(featured(recipe(kind, True), many), [], pose, flip)
    lamp = next(la for la in place.layers if la.piece == "lamp")
    at, y = lamp.options["x"], lamp.options.get("y", 2.35)
    right, left = (pose.at(flip * at + half, y, lamp.depth)[0] for half in (0.28, -0.28))
    for layer in place.layers:
        spots = [(layer.options["x"], layer.options.get("wide", 1.3) / 2)] if layer.piece == "window" else []
        spots += [(x, r) for x, _, r in layer.options["at"]] if layer.piece == "clocks" else []
        for x, half in spots:
            far, near = (pose.at(flip * x + side * half, y, layer.depth)[0] for side in (1, -1))
            assert right < near or left > far or abs(at) > 9, (layer.piece, x)


def test_set_ups_in_one_place_look_at_other_corners_of_it_and_a_road_passes_other_things():
    def seen(kind, seed, **told):
        return Screen(scene(one(**told.pop("who", {})), kind=kind, **told), SIZE, seed, 4.0)

    rooms = {round(seen(PlaceKind.house, seed, interior=True).staging.pose.x, 1) for seed in range(8)}
    assert len(rooms) >= 3
    by = {tuple(la.piece for la in seen(PlaceKind.road, seed).recipe.layers) for seed in range(8)}
    assert len(by) >= 4
    yards = {round(seen(PlaceKind.castle, seed).staging.pose.x, 1) for seed in range(8)}
    assert len(yards) >= 3
    rides = {"who": {"action": Action.drive}, "action": Action.drive}
    roofs = {la.piece for seed in range(8) for la in seen(PlaceKind.road, seed, **rides).recipe.layers}
    assert not roofs & {"barn", "windmill"}, "nothing rides on the roof of a bus"
    climbs = {"who": {"action": Action.climb}, "action": Action.climb}
    assert len({seen(PlaceKind.house, s, interior=True, **climbs).staging.pose.x for s in range(4)}) == 1


def test_a_road_has_one_landmark_in_all_of_its_shots():
    marks = {"barn", "windmill", "houses"}
    seen = [
        {la.piece for la in Screen(scene(one(), kind=PlaceKind.road), SIZE, seed, 4.0).recipe.layers}
        for seed in range(12)
    ]
    assert len({piece for there in seen for piece in there & marks}) == 1
    assert 2 <= sum(bool(there & marks) for there in seen) < 12


def test_whoever_stands_in_another_corner_is_framed_alike():
    at = [Screen(scene(one(), kind=PlaceKind.meadow), SIZE, seed, 4.0).staging for seed in range(6)]
    assert len({round(s.pose.x, 2) for s in at}) > 1
    assert len({round(s.pose.at(s.figures[0].x, 0.0, 0.0)[0]) for s in at}) == 1


def test_a_lighthouse_stands_on_no_whale_and_neither_sun_nor_moon_on_a_lighthouse():
    pose = Pose(x=0.0, height=1.4, distance=8.0, focal=400.0, centre=320.0, horizon=180.0)
    told = scene(kind=PlaceKind.shore, words="a shore with a lighthouse")
    place = featured(recipe(PlaceKind.shore, False), told)
    tower = next(la for la in place.layers if la.piece == "lighthouse")
    at = tower.options["x"] * pose.scale(tower.depth) / pose.scale(5.0)
    whale = Head(at, 5.0, 4.5, 0.0, 3.0, giant=True)
    moved = next(la for la in cleared(place, [whale], pose, 1).layers if la.piece == "lighthouse")
    middle, half = pose.at(at, 0.0, 5.0)[0], 4.5 * pose.scale(5.0)
    assert abs(pose.at(moved.options["x"], 0.0, moved.depth)[0] - middle) > half
    filled = Head(0.0, 5.0, 12.0, 0.0, 3.0, giant=True)
    gone = next(la for la in cleared(place, [filled], pose, 1).layers if la.piece == "lighthouse")
    assert gone.options["x"] == NOWHERE, "it would stand on the back of a whale that fills the frame"
    sun = pose.at(tower.options["x"], 0.0, tower.depth)[0] / 640
    assert abs(beside_towers(place, pose, sun) - sun) > 0.1


@pytest.mark.parametrize("flip", [1, -1])
def test_a_lamp_is_no_hat_of_an_easel_and_a_round_window_no_halo(flip):
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=400.0, centre=320.0, horizon=180.0)
    attic = recipe(PlaceKind.attic, True)

    def found(name, heads, things=()):
        return next(la for la in cleared(attic, heads, pose, flip, things).layers if la.piece == name)

    lamp = next(la for la in attic.layers if la.piece == "lamp")
    at = flip * lamp.options["x"]
    easel = tops([Placed("easel", at, 0.0, 0.0, Extent(-0.6, 0.6, 2.0), Facing.camera)])
    assert abs(flip * found("lamp", [], easel).options["x"] - at) > 0.6
    window = found("window", [Head(0.0, 0.0, 0.2, 1.4, 1.8)])
    assert abs(window.options["x"]) > 0.5 * window.options["wide"]


def test_no_post_of_a_net_is_behind_a_hand_that_waves():
    drawn = screen(scene(one(action=Action.wave, facing=Facing.right), action=Action.wave))
    placed, pose = drawn.staging.figures[0], drawn.staging.pose
    scale = pose.scale(placed.depth) / pose.scale(2.0)
    reach = (placed.extent.left, placed.extent.right)
    hand = pose.x + (placed.x + max(reach, key=abs) - pose.x) * scale  # at the depth of the net
    way = 1.0 if max(reach, key=abs) > 0 else -1.0
    there = recipe(PlaceKind.harbour, False)
    net = Layer(2.0, "nets", {"x": hand + way * 1.15})
    (moved,) = cleared(replace(there, layers=(net,)), kept_free([placed]), pose, 1).layers
    post = moved.options["x"] - way * 1.15
    assert way * (post - hand) > 0.2, "a post grows out of the hand"


def test_the_sun_sticks_out_of_no_hat() -> None:
    pose = Pose(x=0.0, height=1.4, distance=4.0, focal=900.0, centre=320.0, horizon=180.0)
    meadow = recipe(PlaceKind.meadow, False)
    assert beside_towers(meadow, pose, 0.7) == 0.7
    for seen in ([0.7], [0.68, 0.82], [0.3, 0.66]):
        assert min(abs(beside_towers(meadow, pose, 0.7, seen) - x) for x in seen) > 0.08


def test_no_lamp_and_no_banner_hangs_where_the_cloud_of_a_thought_does() -> None:
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=400.0, centre=320.0, horizon=180.0)
    head = Head(0.0, 0.0, 0.2, 1.4, 1.8)
    cloud = Head(0.9, 0.0, 0.5, 1.4, 2.2)
    for place, piece, option in (
        (recipe(PlaceKind.school, True), "lamp", "x"), (named("castle-yard"), "courtyard", "banners"),
    ):  # fmt: skip
        bare = next(
            la for la in cleared(place, [head], pose, 1, thoughts=[cloud]).layers if la.piece == piece
        )
        full = next(la for la in cleared(place, [head], pose, 1).layers if la.piece == piece)
        assert bare.options[option] in (NOWHERE, (NOWHERE,))
        assert full.options[option] not in (NOWHERE, (NOWHERE,))
