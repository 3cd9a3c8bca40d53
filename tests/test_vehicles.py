"""Vehicles: who drives one is seen at its window, the whole of it is in the frame, and it goes as it is told."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic.carrying import carried_along
from photoplay.render.animatic.intent import AFLOAT
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.vehicles import CABS, boarded, crew, lift, puts_out, seat_of
from photoplay.storyboard.lexicon import behaves_as
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Distance, Facing, Hour, Mark, PlaceKind, ShotSize

LENGTH = 4.0


def shown(
    kind, sentence="The man drives it.", action=Action.drive, place=PlaceKind.meadow, who=("man",), **more
):
    figures = tuple(
        FigureIn(id=i, noun=i, words="", look=BodyLook(), action=action if n == 0 else Action.stand)
        for n, i in enumerate(who)
    )
    told = {"target": "thing", "actor": who[0] if who else "thing"} | more
    return Picture(
        sentence=sentence,
        action=action,
        place=PlaceIn(
            id="place", words="", look=PlaceLook(kind=place, layout=7, interior=told.pop("interior", False))
        ),
        figures=figures,
        things=(ThingIn(id="thing", words="", look=ThingLook(kind=kind)),),
        camera=CameraIn(size=told.pop("size", ShotSize.medium)),
        **told,
    )


def screen_of(picture, size=(640, 360)):
    screen = Screen(picture, size, 3, LENGTH)
    return screen, screen.path(LENGTH / 2)


def drawn(screen, pose, placed, size=(640, 360)):
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    screen._figure(placed, LENGTH / 2, pose, LENGTH / 2, False, skia.Surface(pixels).getCanvas())
    return pixels[..., 3] > 8


def place_for(kind):
    return PlaceKind.lake if CABS[kind].sunk else PlaceKind.meadow


@pytest.mark.parametrize("kind", sorted(CABS))
def test_who_drives_is_seen_at_the_window_and_nowhere_else(kind):
    screen, pose = screen_of(shown(kind, place=place_for(kind)))
    rider = next(p for p in screen.staging.figures if p.id == "man")
    assert rider.rides == "thing"
    window = screen._window(rider, pose, LENGTH / 2)
    seen = drawn(screen, pose, rider)
    ys, xs = np.nonzero(seen)
    bounds = window.getBounds()
    across = min(bounds.right(), 640) - max(bounds.left(), 0)
    assert seen.sum() > 40
    assert xs.min() >= bounds.left() - 2
    assert xs.max() <= bounds.right() + 2
    assert ys.max() <= bounds.bottom() + 2
    if not CABS[kind].shows:  # a head fills the window; it is no dot in it
        assert ys.min() >= bounds.top() - 2
        assert np.ptp(ys) > 0.6 * (bounds.bottom() - bounds.top())
        assert np.ptp(xs) > 0.25 * across


@pytest.mark.parametrize("size", [(640, 360), (270, 480)])
@pytest.mark.parametrize("kind", ["bus", "train", "plane", "rocket", "hot air balloon", "car"])
def test_the_whole_vehicle_is_in_the_frame_however_close_the_shot_was(kind, size):
    screen, pose = screen_of(shown(kind, size=ShotSize.close), size)
    thing = screen.staging.things[0]
    x, up = thing.walked(LENGTH / 2, LENGTH), screen._transport.lift("thing", LENGTH / 2)
    wide, high = screen._transport.drawn("thing")
    left, top = pose.at(x - wide / 2, up + high, thing.depth)
    right, foot = pose.at(x + wide / 2, up, thing.depth)
    assert left > -0.03 * size[0]
    assert right < 1.03 * size[0]
    assert top > -0.03 * size[1]
    assert foot < 1.02 * size[1]
    assert right - left > 0.3 * size[0] or foot - top > 0.3 * size[1]


def test_what_flies_is_in_the_air_comes_down_to_land_and_goes_up_to_take_off():
    flies, _ = screen_of(shown("plane", "The man flies the plane.", Action.fly))
    assert min(flies._transport.lift("thing", t) for t in (0.0, 2.0, 4.0)) > 0.5
    lands, _ = screen_of(shown("plane", "The man lands the plane.", Action.fall))
    assert lands._transport.lift("thing", 0.0) > 1.0
    assert lands._transport.lift("thing", LENGTH) == pytest.approx(0.0)
    starts, _ = screen_of(shown("rocket", "The rocket takes off.", Action.take, who=(), target=None))
    assert starts._transport.lift("thing", 0.0) == 0.0
    assert starts._transport.lift("thing", LENGTH) > 1.0
    drives, _ = screen_of(shown("car"))
    assert drives._transport.lift("thing", 2.0) == 0.0
    assert lift("on", 0.5, 2.0) == pytest.approx(1.1)


def test_it_goes_through_the_place_with_its_driver_or_by_itself():
    driven, _ = screen_of(shown("car"))
    man, car = driven.staging.figures[0], driven.staging.things[0]
    assert car.walks
    assert car.walks == man.walks
    assert car.stops == man.stops
    alone, _ = screen_of(shown("car", "The car drives down the road.", who=(), target=None))
    assert alone.staging.things[0].walks
    parked, _ = screen_of(shown("car", "The car stands there.", Action.stand, who=(), target=None))
    assert not parked.staging.things[0].walks


def test_two_who_drive_sit_side_by_side_and_who_stands_by_is_not_run_over():
    two = shown("car", "The girl and her father drive a car.", who=("girl", "father"), target="father")
    assert crew(boarded(two)) == ("thing", ("girl", "father"))
    screen, pose = screen_of(two)
    one, other = (screen._window(p, pose, 2.0).getBounds() for p in screen.staging.figures)
    assert one.right() <= other.left() or other.right() <= one.left()
    by, _ = screen_of(shown("car", "The man drives the car.", who=("man", "dog")))
    dog = next(p for p in by.staging.figures if p.id == "dog")
    car = by.staging.things[0]
    assert not dog.rides
    assert abs(dog.x - car.x) > 0.5 * by._transport.drawn("thing")[0]


def test_who_travels_by_train_sits_in_the_coach_and_who_drives_it_in_the_cab():
    assert seat_of(boarded(shown("train")), "train", 0) == 0
    travels = shown("train", "The man travels by train.", Action.walk)
    assert crew(boarded(travels)) == ("thing", ("man",))
    assert seat_of(boarded(travels), "train", 0) == 1


def test_a_vehicle_that_only_the_sentence_names_is_there():
    told = shown("lamp", "The man takes off in the plane.", Action.take, target=None)
    assert crew(boarded(told)) == ("vehicle", ("man",))
    assert boarded(told).things[-1].look.kind == "plane"


def test_nobody_boards_what_is_not_gone_by_nor_a_bus_in_a_kitchen():
    for left in (
        shown("car", "The man washes the car.", Action.work),
        shown("lamp", "The man drives home.", target=None),
        shown("bus", place=PlaceKind.kitchen, interior=True),
    ):
        assert boarded(left) == left
    horse = FigureIn(
        id="horse", noun="horse", words="", look=BodyLook(being=Being.quadruped, species="horse")
    )
    rides = shown("cart", "The man rides the horse past the cart.", Action.ride, target="horse")
    rides = rides.model_copy(update={"figures": (*rides.figures, horse)})
    assert boarded(rides) == rides


def test_a_boat_with_a_cabin_is_out_on_the_water_and_in_it():
    picture = shown("motor boat", place=PlaceKind.lake)
    assert puts_out(picture)
    assert not puts_out(shown("car", place=PlaceKind.lake))
    screen, _ = screen_of(picture)
    assert screen.recipe.footing == "boat"
    assert screen.aboard is None  # no rowing boat around it
    assert screen._transport.lift("thing", 0.0) < 0


def test_wheels_roll_as_far_as_the_car_goes():
    def frame(rolled):
        screen, _ = screen_of(shown("car"))
        pixels = np.zeros((200, 400, 4), np.uint8)
        canvas = skia.Surface(pixels).getCanvas()
        canvas.translate(200, 180)
        canvas.scale(80, 80)
        screen._things["thing"].draw(canvas, 1.0, rolled)
        return pixels.astype(int)

    still, turned = frame(0.0), frame(0.2)
    moved = np.nonzero(np.abs(still - turned).sum(axis=2) > 60)
    assert len(moved[0]) > 20
    assert moved[0].min() > 180 - 0.7 * 80  # nothing but the wheels
    assert (frame(0.0) == still).all()


def test_a_broom_in_the_air_lies_level_with_its_stick_ahead():
    screen, _ = screen_of(shown("broom", "The man flies a broom.", Action.fly))
    assert screen._stands["thing"].lean > 60
    assert screen.staging.figures[0].facing is Facing.right
    carpet, _ = screen_of(shown("carpet", "The man flies a carpet.", Action.fly))
    assert carpet._acting["man"].action is Action.kneel
    assert carpet._transport.lift("thing", 2.0) > 0.5


def test_within_a_submarine_there_is_steel_and_no_sky_and_its_driver_sits_at_the_wheel():
    place = PlaceIn(id="place", words="a submarine", look=PlaceLook(kind=PlaceKind.ship, layout=7))
    picture = shown("submarine").model_copy(update={"place": place})
    screen, _ = screen_of(picture)
    assert screen.recipe.interior
    assert {"hull", "dials"} <= {layer.piece for layer in screen.recipe.layers}
    assert screen._acting["man"].action is Action.drive
    assert not screen.staging.things
    deck, _ = screen_of(shown("lamp", place=PlaceKind.ship, action=Action.stand))
    assert not deck.recipe.interior


def test_a_parked_car_is_no_toy_beside_who_pushes_it_nor_a_plane_too_near_to_be_seen():
    far = {"distance": Distance.far}
    for action, most in ((Action.stand, 1.5), (Action.push, 0.1)):
        picture = shown("car", "The man is at the car.", action)
        picture = picture.model_copy(update={"things": (picture.things[0].model_copy(update=far),)})
        screen, _ = screen_of(picture)
        assert screen.staging.things[0].depth <= most
    plane = shown("plane", "The man pushes the plane.", Action.push)
    screen, _ = screen_of(plane.model_copy(update={"things": (plane.things[0].model_copy(update=far),)}))
    assert screen.staging.things[0].depth > 1.5


def test_a_hot_air_balloon_is_no_toy_on_a_string():
    picture = shown("hot air balloon", "The man walks home.", Action.walk, target=None)
    assert not carried_along(picture, {"man": 1.7}, {"thing": 9.0}).things[0].held
    assert behaves_as("hot air balloon") not in AFLOAT


def test_a_head_at_a_round_window_does_not_cover_its_rim():
    screen, pose = screen_of(shown("rocket", "The man flies the rocket.", Action.fly))
    rider = screen.staging.figures[0]
    window = screen._window(rider, pose, LENGTH / 2)
    bounds = window.getBounds()
    assert window.contains(bounds.centerX(), bounds.centerY())
    assert not window.contains(bounds.left() + 0.08 * bounds.width(), bounds.top() + 0.08 * bounds.height())
    xs = np.nonzero(drawn(screen, pose, rider))[1]
    assert abs(xs.mean() - bounds.centerX()) < 0.2 * bounds.width()


def test_two_in_a_bus_are_nearer_than_one_and_both_at_their_windows():
    one, _ = screen_of(shown("bus", size=ShotSize.full, place=PlaceKind.road))
    told = shown(
        "bus", "The man drives the girl in it.", size=ShotSize.full, place=PlaceKind.road, who=("man", "girl")
    )
    two, pose = screen_of(told)
    assert two.staging.pose.scale(0.0) > 1.25 * one.staging.pose.scale(0.0)
    for rider in two.staging.figures:
        bounds = two._window(rider, pose, LENGTH / 2).getBounds()
        assert 0 < bounds.left() < bounds.right() < 640


@pytest.mark.parametrize(("action", "lit"), [(Action.drive, True), (Action.push, False)])
def test_a_bus_that_is_pushed_by_night_has_its_lamps_out(action, lit):
    told = shown(
        "bus", f"The man {action.value}s the bus.", action=action, place=PlaceKind.road, hour=Hour.night
    )
    screen, _ = screen_of(told)
    assert (Mark.lit in screen._things["thing"].marks) is lit
    assert (Mark.unlit in screen._things["thing"].marks) is not lit
