"""Places are told by what stands in them; what nobody holds rests on something; the dark hides nobody."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic.business import gathers
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.carrying import carried_along
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.light import air
from photoplay.render.animatic.lying import underfoot
from photoplay.render.animatic.places import fittings, recipe
from photoplay.render.animatic.places.brush import Brush, Setting
from photoplay.render.animatic.places.ground import Ground
from photoplay.render.animatic.places.halls import _STRIPES, big_top
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.props import standing
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import shrunk
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Facing,
    Hour,
    PlaceKind,
    Season,
    ShotSize,
    Side,
    Style,
    Weather,
)


def place(kind, **look):
    return PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7, **look))


def pieces(kind, interior=False):
    return {layer.piece for layer in recipe(kind, interior).layers}


def test_a_garden_has_beds_and_a_hedge_with_its_gate_and_no_houses():
    garden, village = pieces(PlaceKind.garden), pieces(PlaceKind.village)
    assert {"beds", "hedge", "garden_gate", "garden_tools"} <= garden
    assert "houses" not in garden
    assert "houses" in village


def test_a_bridge_has_cables_a_ward_its_cross_and_a_swamp_its_lily_pads():
    assert "cables" in pieces(PlaceKind.bridge)
    assert "ward" in pieces(PlaceKind.hospital, True)
    assert {"lily_pads", "moss"} <= pieces(PlaceKind.swamp)
    assert "crates" not in pieces(PlaceKind.spaceship, True)


def test_a_jungle_has_great_leaves_and_creepers_and_is_green_all_year():
    assert {"paddles", "vines", "ferns"} <= pieces(PlaceKind.jungle)
    assert not {"paddles", "vines"} & pieces(PlaceKind.forest)

    def green(kind, season):
        picture = Picture(sentence="Nothing.", place=place(kind), season=season)
        screen = Screen(picture, (160, 90), 3, 4.0)
        surface = paper(160, 90)
        screen.draw(surface.getCanvas(), 1.0, screen.path(1.0))
        drawn = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
        return (drawn[..., 1] > drawn[..., 0]).mean()

    jungle, forest = (
        [green(kind, season) for season in Season] for kind in (PlaceKind.jungle, PlaceKind.forest)
    )
    assert min(jungle) > 0.8 > 0.5 > min(forest)


@pytest.mark.parametrize("kind", [PlaceKind.garden, PlaceKind.bridge, PlaceKind.hospital, PlaceKind.swamp])
def test_what_tells_a_place_is_seen_in_a_wide_shot(kind):
    def drawn(without):
        picture = Picture(sentence="Nothing.", place=place(kind), camera=CameraIn(size=ShotSize.wide))
        screen = Screen(picture, (160, 90), 3, 4.0)
        if without:
            kept = tuple(la for la in screen.recipe.layers if la.piece not in ADDED)
            screen.recipe = type(screen.recipe)(**{**vars(screen.recipe), "layers": kept})
            screen._bake(0)
        surface = paper(160, 90)
        screen.draw(surface.getCanvas(), 1.0, screen.path(1.0))
        return surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)

    assert (np.abs(drawn(False) - drawn(True)).max(axis=2) > 20).mean() > 0.01


ADDED = {"beds", "hedge", "garden_gate", "garden_tools", "cables", "ward", "lily_pads", "moss"}


def test_people_look_on_in_a_theatre_and_in_a_square_with_a_crowd_and_not_in_a_shop_or_a_forest():
    assert gathers(PlaceKind.stage, "She sings.")
    assert gathers(PlaceKind.market, "The crowd claps for her.")
    assert not gathers(PlaceKind.market, "She sings.")
    for kind in (PlaceKind.shop, PlaceKind.forest, PlaceKind.kitchen, PlaceKind.garden):
        assert not gathers(kind, "The crowd claps for her.")


@pytest.mark.parametrize("kind", ["umbrella", "kite", "sword", "guitar", "staff", "key", "violin"])
def test_what_lies_on_the_ground_rests_on_it(kind):
    thing = Thing(ThingLook(kind=kind), (), Ink(), 3)
    stands = standing(
        kind, thing.width, thing.height, recipe(PlaceKind.meadow, False), PlaceKind.meadow, False
    )
    assert stands.lean
    side, scale = 600, 600 / (3.2 * max(thing.width, thing.height))
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    canvas.translate(side / 2, side / 2 - underfoot(thing, stands.lean) * scale)
    canvas.rotate(stands.lean)
    canvas.scale(scale, scale)
    canvas.translate(0, thing.height / 2)
    thing.draw(canvas, 0.0)
    rows = np.flatnonzero((surface.toarray()[..., 3] > 60).any(axis=1))
    assert abs(rows[-1] - side / 2) < 0.05 * side


def test_a_coat_that_nobody_wears_hangs_on_a_stand():
    for where, kind in ((PlaceKind.shop, True), (PlaceKind.meadow, False)):
        stands = standing("coat", 0.9, 1.2, recipe(where, kind), where, False)
        assert stands.under == "rack"
        assert stands.lift > 0.2


def rainy(weather, target, **figure):
    boy = FigureIn(id="tim", noun="boy", words="", look=BodyLook(), side=Side.left, **figure)
    umbrella = ThingIn(id="thing", words="", look=ThingLook(kind="umbrella"), side=Side.centre)
    return Picture(
        sentence="The boy talks.", actor="tim", target=target, action=Action.talk, place=place(PlaceKind.road),
        figures=(boy,), things=(umbrella,), weather=weather,
    )  # fmt: skip


def test_an_umbrella_in_the_rain_is_in_a_hand_that_is_free():
    tall, long = {"tim": 1.3}, {"thing": 1.0}
    wet = carried_along(rainy(Weather.rain, None, action=Action.talk), tall, long)
    assert wet.figures[0].holds == ("thing",)
    assert wet.things[0].held
    for dry in (
        rainy(Weather.clear, None, action=Action.talk),
        rainy(Weather.rain, "thing", action=Action.look),
        rainy(Weather.rain, None, action=Action.push),
    ):
        assert not carried_along(dry, tall, long).figures[0].holds


DARK = [(PlaceKind.road, Weather.storm), (PlaceKind.mountain, Weather.rain), (PlaceKind.forest, Weather.rain)]


@pytest.mark.parametrize(("kind", "weather"), DARK)
@pytest.mark.parametrize("dress", ["#8a6a50", "#5a7a9a", "#c9b070"])
def test_who_acts_on_a_dark_rainy_night_is_lighter_than_what_is_around(kind, weather, dress):
    look = BodyLook(dress_colour=dress)
    tom = FigureIn(id="tom", noun="man", words="", look=look, action=Action.stand, facing=Facing.right)
    picture = Picture(
        sentence="He stands.", actor="tom", place=place(kind), figures=(tom,), hour=Hour.night, weather=weather,
        camera=CameraIn(size=ShotSize.full), style=Style.cut_paper,
    )  # fmt: skip
    screen = Screen(picture, (192, 108), 3, 4.0)
    pose, pages = screen.path(1.0), []
    for skipped in ((), ("figure",)):
        surface = paper(192, 108)
        for laid in screen.laid(1.0, pose, 1.0):
            if laid.kind not in skipped:
                laid.paint(surface.getCanvas())
        page = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3]
        pages.append(page.astype(float))
    body = np.abs(pages[0] - pages[1]).max(axis=2) > 40
    light = pages[0] @ np.array([0.299, 0.587, 0.114])
    assert light[body].mean() - light[~body].mean() > 16


def framed_in(size, gap=Side.right):
    figures = tuple(
        FigureIn(id=i, noun="man", words="", look=BodyLook(), action=Action.talk, side=side, facing=way)
        for i, side, way in (("tom", Side.left, Facing.right), ("tim", gap, Facing.left))
    )
    picture = Picture(
        sentence="They talk.", actor="tom", place=place(PlaceKind.meadow), figures=figures,
        camera=CameraIn(size=ShotSize.wide),
    )  # fmt: skip
    screen = Screen(picture, size, 3, 4.0)
    pose = screen.staging.pose
    tall = [p.extent.height * pose.scale(p.depth) / size[1] for p in screen.staging.figures]
    edges = [
        pose.at(p.x + e, 0, p.depth)[0]
        for p in screen.staging.figures
        for e in (p.extent.left, p.extent.right)
    ]
    return min(tall), min(edges), max(edges)


def test_two_in_an_upright_frame_stand_nearer_to_each_other_and_large():
    tall, left, right = framed_in((90, 160))
    assert tall > 0.42
    assert left > -2
    assert right < 92


def test_nothing_grows_out_of_a_mouse_and_a_street_is_told_by_what_stands_in_it():
    look = BodyLook(being="quadruped", species="mouse")
    mouse = FigureIn(id="mo", noun="mouse", words="", look=look, action=Action.look, facing=Facing.right)
    picture = Picture(
        sentence="The mouse looks on in the road.", actor="mo", place=place(PlaceKind.city), figures=(mouse,),
        camera=CameraIn(size=ShotSize.medium),
    )  # fmt: skip
    screen = Screen(picture, (160, 90), 3, 4.0)
    subject = screen.staging.figures[0]
    added = [la for la in shrunk(screen.recipe, 0.0, (subject.x, 0.3)).layers if "free" in la.options]
    assert {"pavement", "litter", "blades"} <= {la.piece for la in added}
    assert all(la.options["free"] == (subject.x, 0.3) for la in added)
    rooftop = shrunk(recipe(PlaceKind.rooftop, False), 0.0)
    assert "pavement" not in {la.piece for la in rooftop.layers}


def test_what_is_given_is_the_coat_that_hangs_there():
    boy = FigureIn(id="tim", noun="boy", words="", look=BodyLook(), action=Action.give)
    girl = FigureIn(id="ada", noun="girl", words="", look=BodyLook(), action=Action.stand)
    coat = ThingIn(id="thing", words="", look=ThingLook(kind="coat"))
    picture = Picture(
        sentence="The boy gives the coat to the girl.", actor="tim", target="ada", action=Action.give,
        place=place(PlaceKind.road), figures=(boy, girl), things=(coat,),
    )  # fmt: skip
    given = carried_along(picture, {"tim": 1.3, "ada": 1.3}, {"thing": 1.2})
    assert given.figures[0].holds == ("thing",)
    assert given.things[0].held


@pytest.mark.parametrize("side", list(Side))
def test_no_clock_hangs_behind_a_head(side):
    tom = FigureIn(id="tom", noun="man", words="", look=BodyLook(), action=Action.stand, side=side)
    for size in (ShotSize.full, ShotSize.medium, ShotSize.wide):
        picture = Picture(
            sentence="He stands.", actor="tom", place=place(PlaceKind.workshop, interior=True), figures=(tom,),
            camera=CameraIn(size=size),
        )  # fmt: skip
        screen = Screen(picture, (160, 90), 3, 4.0)
        clock, pose, man = screen._stirring._clock, screen.path(0.0), screen.staging.figures[0]
        if clock is None:
            continue
        at = pose.at(screen._flip * clock[0], 2.15, clock[1])[0]
        head = pose.at(man.x + man.extent.face_x, 0.0, man.depth)[0]
        half = 0.2 * pose.scale(clock[1]) + 0.1 * pose.scale(man.depth)
        assert abs(at - head) > half


def noon_in(kind):
    room = Picture(sentence="Nothing.", place=place(kind), hour=Hour.noon)
    return Setting(1, "#808080", room.hour, room.season, room.weather, frozenset(), air(room, True))


@pytest.mark.parametrize("head", [0.0, 1.5])
def test_no_tall_clock_grows_out_of_a_head(head):
    surface = skia.Surface(160, 120)
    canvas = surface.getCanvas()
    canvas.translate(80, 115)
    canvas.scale(30, -30)
    options = {"at": (), "case": 0.0, "avoid": ((head, 0.6),)}
    fittings.clocks(Brush(canvas, noon_in(PlaceKind.room), Ink(), 3.0, -3.0, 3.0, 4.0, "c", 0.03), options)
    assert bool(surface.toarray()[..., 3].any()) == (head > 0.6)


def test_a_rug_seen_from_near_lies_on_the_floor_and_does_not_go_up_the_wall():
    pose = Pose(x=0.0, height=1.2, distance=1.6, focal=220.0, centre=160.0, horizon=60.0)
    surface = skia.Surface(320, 180)
    box = (0.0, 0.0, 320.0, 180.0)
    ground = Ground(surface.getCanvas(), pose, noon_in(PlaceKind.attic), Ink(), {}, box, interior=True)
    ground._patch(0.2, 0.2, 2.1, "#ff0000", 1.0)
    rows = np.flatnonzero((surface.toarray()[..., 3] > 60).any(axis=1))
    assert rows[0] >= pose.at(0, 0, 2.3)[1] - 1


def test_the_canvas_of_a_circus_comes_to_the_corners_of_the_frame():
    surface = skia.Surface(320, 200)
    canvas = surface.getCanvas()
    canvas.translate(160, 180)
    canvas.scale(20, 20)
    big_top(Brush(canvas, noon_in(PlaceKind.stage), Ink(), 3.0, -8.0, 8.0, 9.0, "tent", 0.05), {})
    assert (surface.toarray()[:60, :, 3] > 60).all()


def test_red_hair_stands_out_from_the_canvas_of_a_circus() -> None:
    """Behind a clown stripes of red swallowed hair and nose."""
    for stripe in map(rgb, _STRIPES):
        assert stripe[0] - stripe[2] < 60, "red"
    light, dark = (sum(rgb(stripe)) / 3 for stripe in _STRIPES)
    assert 40 < light - dark < 80, "small figures are lost before stripes that are black and white"
