"""The animatic's scenes: who can be seen in the dark, where things stand, and whether anything lives there."""

import numpy as np
import pytest

from photoplay.render.animatic import rim
from photoplay.render.animatic.airless import suited
from photoplay.render.animatic.blocking import BOARD_METRES
from photoplay.render.animatic.clearing import cleared, framed_over, roofed
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.gaits import gait
from photoplay.render.animatic.headroom import heads
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.light import air
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.props import deepest, laid_before, standing
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Distance,
    Dress,
    Expression,
    Facing,
    Hat,
    Hour,
    LightKey,
    Move,
    PlaceKind,
    ShotSize,
    Side,
    Style,
    Weather,
)

INDOORS = [kind for kind in PlaceKind if recipe(kind, True).interior]
SIZE = (320, 180)


def somebody(name="anna", dress="#3f6f8f", **more):
    return FigureIn(
        id=name, noun="keeper", words="", look=BodyLook(dress_colour=dress), facing=Facing.right, **more
    )


def thing(kind, **more):
    return ThingIn(id="thing", words="", look=ThingLook(kind=kind), **more)


def shown(kind, figures=None, interior=False, camera=None, things=(), **more):
    figures = (somebody(side=Side.left),) if figures is None else figures
    return Picture(
        sentence="Somebody stands.",
        actor=figures[0].id if figures else None,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=kind, interior=interior, layout=7)),
        figures=figures,
        things=things,
        camera=camera or CameraIn(size=ShotSize.full),
        **more,
    )


def luma(screen, seconds=1.0):
    surface = paper(*SIZE)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return surface.toarray()[..., :3].astype(float) @ (0.11, 0.59, 0.3)


def outlined(screen):
    """Mean step of luma (0 to 255) along the outline of the first figure, within two pixels of it."""
    pose = screen.path(1.0)
    alone = paper(*SIZE)
    for laid in screen.laid(1.0, pose, 1.0, bare=True):
        if laid.kind == "figure":
            laid.paint(alone.getCanvas())
    body = alone.toarray()[..., 3] > 127
    frame = luma(screen)
    edge = np.zeros_like(body)
    steps = [(dy, dx) for dy in range(-2, 3) for dx in range(-2, 3)]
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        edge |= body & ~np.roll(body, (dy, dx), (0, 1))
    edge[:3], edge[-3:], edge[:, :3], edge[:, -3:] = False, False, False, False
    around = np.stack([np.roll(frame, step, (0, 1)) for step in steps])
    return float((around.max(0) - around.min(0))[edge].mean())


DARK = [
    (PlaceKind.road, Weather.fog, "#3f5f8f"),
    (PlaceKind.forest, Weather.rain, "#2f5a3a"),
    (PlaceKind.mountain, Weather.clear, "#4a4a58"),
    (PlaceKind.village, Weather.storm, "#20202c"),
    (PlaceKind.rooftop, Weather.rain, "#3a4a44"),
    (PlaceKind.cave, Weather.clear, "#3a3430"),
    (PlaceKind.workshop, Weather.rain, "#5a4638"),
]


def in_the_dark(kind, weather, dress, key=LightKey.moonlit, style=Style.cut_paper):
    figure = somebody(dress=dress, side=Side.centre)
    inside = kind in (PlaceKind.cave, PlaceKind.workshop)
    picture = shown(kind, (figure,), inside, hour=Hour.night, weather=weather, light=key, style=style)
    return Screen(picture, SIZE, 5, 3.0)


@pytest.mark.parametrize(("kind", "weather", "dress"), DARK)
@pytest.mark.parametrize("style", [Style.cut_paper, Style.ink, Style.shadow])
def test_whoever_acts_can_be_seen_in_the_dark(kind, weather, dress, style):
    assert outlined(in_the_dark(kind, weather, dress, style=style)) > 55


def test_by_day_nobody_has_an_edge_of_light():
    day = air(shown(PlaceKind.meadow, hour=Hour.noon), False)
    night = air(shown(PlaceKind.meadow, hour=Hour.night), False)
    assert rim.rim_colour(day) is None
    assert rim.rim_colour(night) is not None


@pytest.mark.parametrize("kind", [k for k in INDOORS if k not in (PlaceKind.cave, PlaceKind.spaceship)])
@pytest.mark.parametrize("key", [LightKey.natural, LightKey.low_key, LightKey.candlelit])
def test_rooms_are_lit_warm_at_night(kind, key):
    red, _, blue = air(shown(kind, interior=True, hour=Hour.night, light=key), True).light
    assert red > 1.08 * blue


@pytest.mark.parametrize("kind", [k for k in INDOORS if k is not PlaceKind.stage])
def test_a_rocket_in_a_room_is_a_model_on_a_table(kind):
    room = recipe(kind, True)
    rocket = standing("rocket", 3.0, 5.0, room, kind, ridden=False)
    assert rocket.under == "table"
    assert 5.0 * rocket.scale < 0.8
    assert standing("bed", 2.1, 1.0, room, kind, ridden=False).scale == 1.0


def test_signs_doors_boats_and_paintings_stand_as_such_things_do():
    def stands(what, kind, interior=False, size=(1.4, 1.6)):
        return standing(what, *size, recipe(kind, interior), kind, ridden=False)

    assert stands("sign", PlaceKind.kitchen, True).scale * 1.6 <= 0.75
    assert stands("sign", PlaceKind.ship).wall
    assert stands("sign", PlaceKind.road).scale == 1.0
    assert stands("door", PlaceKind.garden).under == "wall"
    assert stands("door", PlaceKind.kitchen, True).under == ""
    assert stands("raft", PlaceKind.forest).under == "pool"
    assert stands("raft", PlaceKind.city).under == "blocks"
    assert stands("raft", PlaceKind.lake).under == ""
    assert stands("painting", PlaceKind.garden).under == "easel"
    assert stands("sword", PlaceKind.meadow).lean > 80
    assert stands("house", PlaceKind.sea, size=(6.6, 5.5)).under == "isle"


def test_what_is_ridden_is_never_a_model():
    found = standing("bicycle", 9.0, 9.0, recipe(PlaceKind.room, True), PlaceKind.room, ridden=True)
    assert found.scale == 1.0


@pytest.mark.parametrize("kind", INDOORS)
def test_nobody_and_nothing_stands_behind_the_wall_of_a_room(kind):
    far = {"distance": Distance.far}
    picture = shown(kind, (somebody(**far),), True, things=(thing("sign", **far),))
    screen = Screen(picture, SIZE, 5, 3.0)
    wall = min(la.depth for la in screen.recipe.layers if la.piece in ("room", "cave_wall"))
    assert all(p.depth < wall for p in (*screen.staging.figures, *screen.staging.things))
    assert deepest(screen.recipe) < wall


def test_at_sea_what_is_small_is_aboard_and_a_house_has_its_island():
    picture = shown(PlaceKind.sea, things=(thing("basket"),))
    told = picture.model_copy(update={"sentence": "She looks at the basket."})
    screen = Screen(told, SIZE, 5, 3.0)
    basket = screen.staging.things[0]
    assert basket.up == BOARD_METRES
    assert screen.aboard is not None
    assert screen.aboard[0] < basket.x < screen.aboard[1]
    screen = Screen(shown(PlaceKind.sea, things=(thing("house"),)), SIZE, 5, 3.0)
    assert screen.staging.things[0].depth > 5


@pytest.mark.parametrize("move", [Move.pull_out, Move.crane_up, Move.static])
@pytest.mark.parametrize("size", [ShotSize.wide, ShotSize.full, ShotSize.medium])
def test_a_cave_never_comes_down_over_heads(move, size):
    camera = CameraIn(size=size, move=move)
    screen = Screen(shown(PlaceKind.cave, interior=True, camera=camera), SIZE, 5, 3.0)
    for seconds in (0.0, 1.5, 2.9):
        pose = screen.path(seconds)
        whole, without, alone = paper(*SIZE), paper(*SIZE), paper(*SIZE)
        for laid in screen.laid(seconds, pose, seconds):
            laid.paint(whole.getCanvas())
            if laid.kind != "front":
                laid.paint(without.getCanvas())
            if laid.kind == "figure":
                laid.paint(alone.getCanvas())
        body = alone.toarray()[..., 3] > 200
        assert np.array_equal(whole.toarray()[body], without.toarray()[body])
        for layer in roofed(screen.recipe, pose.height).layers:
            if layer.piece == "stalactites":
                assert layer.options["ceiling"] > pose.height


@pytest.mark.parametrize(
    "kind", [k for k in INDOORS if any(la.piece == "lamp" for la in recipe(k, True).layers)]
)
def test_no_lamp_hangs_behind_a_head(kind):
    camera = CameraIn(size=ShotSize.medium)
    for side in Side:
        screen = Screen(shown(kind, (somebody(side=side),), True, camera=camera), SIZE, 5, 3.0)
        pose = screen.staging.pose
        head = heads(screen.staging.figures)[0]
        left, right = (pose.at(head.x + k * head.half, 0, head.depth)[0] for k in (-0.7, 0.7))
        top = pose.at(0, head.high, head.depth)[1]
        for layer in screen.recipe.layers:
            if layer.piece != "lamp":
                continue
            x, y = pose.at(-layer.options["x"], layer.options.get("y", 2.35), layer.depth)
            assert not (left < x < right and y > top), (side, layer)


def test_a_bough_hangs_where_no_head_is():
    wood = recipe(PlaceKind.forest, False)

    def side(crowns):
        found = [la for la in framed_over(wood, crowns).front if la.piece == "overhang"]
        return found[0].options.get("side", 0) if found else None

    assert side([(0.5, 0.6)]) == 0
    assert side([(0.2, 0.2)]) == 1
    assert side([(0.8, 0.2)]) == -1
    assert side([(0.2, 0.2), (0.8, 0.2)]) is None
    hung = [any(la.piece == "overhang" for la in framed_over(wood, [(0.5, 0.6)], n).front) for n in range(20)]
    assert 0 < sum(hung) <= 5, "not every shot is seen under the same bough"
    assert all(any(la.piece == "overhang" for la in framed_over(wood, (), n).front) for n in range(8))


def test_trees_step_aside_from_heads():
    screen = Screen(shown(PlaceKind.snowfield), SIZE, 5, 3.0)
    found = cleared(recipe(PlaceKind.snowfield, False), heads(screen.staging.figures), screen.staging.pose, 1)
    near = [la for la in found.layers if la.piece == "trees" and la.depth < 40]
    assert near
    assert all(la.options["avoid"] for la in near)


def acting(action):
    return Acting(action, Expression.neutral, Facing.right)


def test_hoofed_animals_lie_where_others_sit():
    goat = gait(acting(Action.sit), 1.0, 3, hoofed=True)
    assert goat.lying
    assert not goat.sitting
    assert gait(acting(Action.sit), 1.0, 3).sitting
    assert gait(acting(Action.hug), 1.0, 3, hoofed=True).tilt == 0


def cat(**more):
    look = BodyLook(being=Being.quadruped, species="cat")
    return FigureIn(id="cat", noun="cat", words="", look=look, facing=Facing.left, **more)


def test_what_an_animal_carries_never_hides_its_eyes():
    camera = CameraIn(size=ShotSize.medium)
    with_it = Screen(shown(PlaceKind.garden, (cat(holds=("thing",)),), camera=camera,
                           things=(thing("sausage", held=True),)), SIZE, 5, 3.0)  # fmt: skip
    placed, pose = with_it.staging.figures[0], with_it.staging.pose
    without = Screen(shown(PlaceKind.garden, (cat(),), camera=camera), SIZE, 5, 3.0)
    frames = []
    for screen in (with_it, without):
        surface = paper(*SIZE)
        for laid in screen.laid(1.0, pose, 1.0, bare=True):
            if laid.kind == "figure":
                laid.paint(surface.getCanvas())
        frames.append(surface.toarray().astype(int))
    rows = np.flatnonzero((np.abs(frames[0] - frames[1]).max(2) > 20).any(1))
    assert len(rows)  # it is seen
    assert rows[0] > pose.at(0, placed.up + placed.extent.eyes, placed.depth)[1] + 2


def test_what_is_too_large_for_a_mouth_lies_before_the_animal():
    picture = shown(
        PlaceKind.garden, (cat(holds=("thing",), side=Side.centre),), things=(thing("sled", held=True),)
    )
    found = laid_before(picture, {"cat": 0.4}, {"thing": 1.2})
    assert found.figures[0].holds == ()
    assert not found.things[0].held
    assert found.things[0].side is Side.left  # it faces left
    assert laid_before(picture, {"cat": 0.4}, {"thing": 0.2}) is picture


@pytest.mark.parametrize("hour", [Hour.noon, Hour.night])
@pytest.mark.parametrize("interior", [False, True])
@pytest.mark.parametrize("kind", PlaceKind)
def test_something_lives_in_every_empty_place(kind, hour, interior):
    camera = CameraIn(size=ShotSize.extreme_wide, move=Move.static)
    screen = Screen(shown(kind, (), interior, camera=camera, hour=hour), SIZE, 5, 4.0)
    changed = np.abs(luma(screen, 1.0) - luma(screen, 2.6)) > 6
    assert changed.sum() > 15


def test_on_the_moon_people_wear_suits_over_their_own_hair_and_hats():
    look = BodyLook(dress=Dress.coat, dress_colour="#2f7a3f", hat=Hat.straw)
    anna = FigureIn(id="anna", noun="gardener", words="", look=look)
    dog = FigureIn(id="dog", noun="dog", words="", look=BodyLook(being=Being.quadruped, species="dog"))
    out = suited(shown(PlaceKind.moon, (anna, dog)), recipe(PlaceKind.moon, False))
    assert out.figures[0].look.dress is Dress.spacesuit
    assert out.figures[0].look.hat is Hat.straw
    assert out.figures[0].look.trim_colour == "#2f7a3f"
    assert out.figures[1] == dog
    planet = recipe(PlaceKind.planet, False)
    alone = shown(PlaceKind.planet, (anna,))
    assert suited(alone, planet) is alone
    pair = (anna, out.figures[0].model_copy(update={"id": "ben"}))
    assert {f.look.dress for f in suited(shown(PlaceKind.planet, pair), planet).figures} == {Dress.spacesuit}
    for kind, interior in ((PlaceKind.spaceship, True), (PlaceKind.meadow, False), (PlaceKind.moon, True)):
        place = recipe(kind, interior)
        if place.interior or place.sky != "space":
            inside = shown(kind, (anna,), interior)
            assert suited(inside, place) is inside


def test_a_helmet_is_off_indoors_in_every_shot_and_on_where_there_is_no_air():
    suit = BodyLook(dress=Dress.spacesuit, hat=Hat.helmet)
    anna = FigureIn(id="anna", noun="astronaut", words="", look=suit)
    ben = FigureIn(id="ben", noun="engineer", words="", look=BodyLook(dress=Dress.overalls))
    inside, moon = recipe(PlaceKind.spaceship, True), recipe(PlaceKind.moon, False)
    both = suited(shown(PlaceKind.spaceship, (anna, ben), True), inside)
    assert [f.look.hat for f in both.figures] == [Hat.none, Hat.none]
    (alone,) = suited(shown(PlaceKind.spaceship, (anna,), True), inside).figures
    assert alone.look.hat is Hat.none
    (worn,) = suited(shown(PlaceKind.moon, (alone,)), moon).figures
    assert worn.look.hat is Hat.helmet
    assert all(f.look.hat is Hat.helmet for f in suited(shown(PlaceKind.moon, (anna, ben)), moon).figures)


def test_a_cabin_in_trouble_is_no_darker_than_another_room():
    kinds = (PlaceKind.spaceship, PlaceKind.kitchen)
    cabin, room = (air(shown(kind, interior=True, light=LightKey.low_key), True) for kind in kinds)
    assert sum(cabin.light) >= sum(room.light)
    assert cabin.vignette <= room.vignette


def test_a_thing_lying_or_leaning_stays_on_the_ground():
    """The lowest pixel of a sword that lies, a sign that leans and a chest that stands is at their foot."""
    for what, place, interior in (("sword", PlaceKind.meadow, False), ("sign", PlaceKind.kitchen, True)):
        picture = shown(place, interior=interior, things=(thing(what, side=Side.right),))
        screen = Screen(picture, SIZE, 5, 3.0)
        placed, pose = screen.staging.things[0], screen.staging.pose
        surface = paper(*SIZE)
        for laid in screen.laid(1.0, pose, 1.0, bare=True):
            if laid.kind == "thing":
                laid.paint(surface.getCanvas())
        rows = np.flatnonzero((surface.toarray()[..., 3] > 120).any(1))
        foot = pose.at(0, 0, placed.depth)[1]
        assert abs(rows[-1] - foot) < 4
        assert Thing(ThingLook(kind=what), (), Ink(), 1).known
