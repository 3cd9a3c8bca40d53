"""The animatic's light and life: what a viewer could not see, or would see stand dead still."""

import itertools
from itertools import pairwise

import numpy as np
import pytest

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.grip import held_by
from photoplay.render.animatic.life import Life
from photoplay.render.animatic.light import air, outlined
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.renderer import Animatic, _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.render.protocol import Frame, Job
from photoplay.render.requests import Between, Raster
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Angle,
    Facing,
    Hour,
    LightKey,
    Mood,
    Move,
    PlaceKind,
    Season,
    ShotSize,
    Side,
    Weather,
)

ANNA = FigureIn(id="anna", noun="keeper", words="", look=BodyLook(), side=Side.left, facing=Facing.right)
WIDE = CameraIn(size=ShotSize.wide)


def shown(kind=PlaceKind.meadow, figures=(ANNA,), interior=False, camera=WIDE, things=(), **more):
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=kind, interior=interior, layout=7))
    return Picture(
        sentence="Somebody stands.",
        actor=figures[0].id if figures else None,
        place=place,
        figures=figures,
        things=things,
        camera=camera,
        **more,
    )


def drawn(picture, seconds=1.0, size=(320, 180)):
    surface = paper(*size)
    screen = Screen(picture, size, 5, 4.0)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return surface.toarray()[..., :3].astype(float)


@pytest.mark.parametrize("interior", [False, True])
@pytest.mark.parametrize("key", [key for key in LightKey if key is not LightKey.silhouette])
def test_faces_can_be_read_in_every_light(key, interior):
    for hour in Hour:
        for weather in Weather:
            for mood in (Mood.calm, Mood.sad, Mood.eerie):
                found = air(shown(light=key, hour=hour, weather=weather, mood=mood), interior)
                assert sum(found.figure_ink(0.01).light) / 3 >= 0.7
                assert found.figures_veil < 0.3


def test_figures_are_lighter_than_the_place_at_night():
    found = air(shown(hour=Hour.night), False)
    assert sum(found.figure_ink(0.01).light) > sum(found.light) * 1.1


@pytest.mark.parametrize(
    ("picture", "interior"),
    [
        (shown(PlaceKind.room, interior=True, light=LightKey.silhouette), True),
        (shown(PlaceKind.forest, light=LightKey.silhouette), False),
        (shown(camera=CameraIn(size=ShotSize.wide, angle=Angle.high), light=LightKey.silhouette), False),
    ],
)
def test_nobody_is_a_black_hole_where_no_sky_is_behind_them(picture, interior):
    assert not outlined(picture, interior)
    assert air(picture, interior).figures_veil < 0.5


def test_a_silhouette_stands_dark_against_a_bright_sky_over_dark_ground():
    pixels = drawn(shown(light=LightKey.silhouette, hour=Hour.dusk))
    sky, ground = pixels[40:90].mean(), pixels[165:].mean()
    assert sky > 1.8 * ground
    body = Screen(shown(light=LightKey.silhouette, hour=Hour.dusk), (320, 180), 5, 4.0).staging
    head = body.pose.at(body.subject.x, body.subject.up + body.subject.extent.eyes, body.subject.depth)
    assert head[1] < body.pose.horizon, "the head must be against the sky"
    assert pixels[round(head[1]), round(head[0])].mean() < 0.5 * sky


def beam(seconds):
    picture = shown(PlaceKind.lighthouse, (), hour=Hour.night)
    still = Pose(0.0, 1.6, 14.0, 340.0, 160.0, 100.0)
    size = (320, 180)
    life = Life(recipe(PlaceKind.lighthouse, False), air(picture, False), picture, size, 3, still)
    surface = paper(*size)
    surface.getCanvas().clear(0xFF000000)
    life.draw(surface.getCanvas(), seconds, still)
    return surface.toarray()[..., :3].astype(int).max(axis=2)


def test_the_beam_of_a_lighthouse_turns_and_has_no_edge_where_it_ends():
    lights = [beam(seconds) for seconds in (0.0, 1.5, 3.0)]
    assert all(np.abs(a - b).max() > 10 for a, b in pairwise(lights))
    for seconds in np.arange(0, 7, 0.5):
        across = np.abs(np.diff(beam(float(seconds)), axis=1))
        beyond = across[:, [c for c in range(319) if abs(c - 75) > 60]]
        assert beyond.max() < 40, "a bar of light that ends in a line"


def test_a_place_without_people_is_not_a_photograph():
    for kind in (PlaceKind.shore, PlaceKind.meadow, PlaceKind.lighthouse, PlaceKind.village):
        one, two = (drawn(shown(kind, ()), seconds) for seconds in (0.5, 3.0))
        assert (np.abs(one - two).max(axis=2) > 12).mean() > 0.002, kind


def test_a_room_ends_where_its_walls_do():
    for kind in (PlaceKind.room, PlaceKind.kitchen, PlaceKind.library):
        for size in (ShotSize.wide, ShotSize.extreme_wide):
            picture = shown(kind, interior=True, camera=CameraIn(size=size))
            pose = Screen(picture, (320, 180), 5, 4.0).staging.pose
            assert 180 / pose.scale(0) < 4.6, "metres from floor to the top of the frame"


def frames(picture, count=4):
    request = Between(picture=picture, raster=Raster(width=320, height=180), frames=count)
    return [o.pixels for o in Animatic().render([Job(request)], lambda *_: None) if isinstance(o, Frame)]


def test_near_and_far_part_on_every_frame_of_a_tracking_shot():
    found = frames(
        shown(PlaceKind.village, (), camera=CameraIn(size=ShotSize.wide, move=Move.track_right)), 48
    )
    assert len(found) == 48
    for one, two in pairwise(found[20:29]):
        moved = np.abs(one[..., :3].astype(int) - two[..., :3]).max(axis=2) > 8
        assert moved[100:].mean() > 0.01, "the ground stood still for a frame"


def test_a_lantern_hangs_from_the_hand_and_a_book_stands_in_it():
    def rows(kind):
        look = ThingLook(kind=kind)
        holder = ANNA.model_copy(update={"holds": ("it",), "action": Action.stand})
        thing = ThingIn(id="it", words="", look=look, held=True)
        screen = Screen(shown(figures=(holder,), things=(thing,)), (320, 180), 5, 4.0)
        surface = paper(400, 400)
        canvas = surface.getCanvas()
        canvas.translate(200, 200)
        canvas.scale(200, 200)
        held_by(screen._players["anna"], screen._ink, 0.0, 0.0)(canvas)
        found = np.flatnonzero(surface.toarray()[..., 3].any(axis=1))
        return found[0] - 200, found[-1] - 200

    top, foot = rows("lantern")
    assert foot > 4 * abs(top), "hung by its handle"
    top, foot = rows("book")
    assert -top > foot > 0, "held by its middle, most of it over the hand"


def test_lightning_is_seen_in_the_sky_and_never_bleaches_the_frame():
    seen = shown(PlaceKind.sea, hour=Hour.night, weather=Weather.storm, camera=CameraIn(size=ShotSize.wide))
    screen = Screen(seen, (320, 180), 5, 6.0)
    drawn = [np.asarray(_drawn(screen, t / 24))[..., :3].mean(axis=2) for t in range(0, 96)]
    levels = [float(frame.mean()) for frame in drawn]
    assert max(levels) > min(levels) + 1, "it flashes"
    assert max(levels) < min(levels) + 22
    steps = [b - a for a, b in itertools.pairwise(levels)]
    assert sum(step > 4 for step in steps) <= 2, "rarely: at most once in three seconds"
    bright = drawn[int(np.argmax(levels))]
    assert bright[:90].max() > 190, "the bolt itself"
    assert bright[150:].mean() < levels[0] + 12, "the ground stays as it was"


@pytest.mark.parametrize("kind", [PlaceKind.forest, PlaceKind.ship, PlaceKind.village])
def test_a_place_by_night_is_seen_where_nobody_is_there_to_stand_out(kind):
    dark = {"hour": Hour.night, "light": LightKey.moonlit}
    empty, peopled = (sum(air(shown(kind, who, **dark), False).light) for who in ((), (ANNA,)))
    assert empty > 1.3 * peopled


@pytest.mark.parametrize("hour", [Hour.morning, Hour.afternoon, Hour.evening])
@pytest.mark.parametrize("key", [LightKey.natural, LightKey.low_key, LightKey.chiaroscuro])
def test_a_room_is_not_murky_by_day_nor_by_its_lamps(hour, key):
    light = air(
        shown(PlaceKind.workshop, interior=True, hour=hour, light=key, weather=Weather.rain), True
    ).light
    assert sum(light) / 3 > (0.77 if key is not LightKey.natural else 0.86)
    assert min(light) > 0.62, "brown as tea"


def test_what_is_grey_stays_grey_in_rain_by_day():
    told = shown(PlaceKind.city, hour=Hour.afternoon, weather=Weather.rain, mood=Mood.tense)
    for light in (air(told, False).light, air(told, False).figure_ink(0.01).light):
        assert abs(light[0] - light[2]) < 0.05 * light[1], "a grey mouse would be brown"


def test_a_room_at_night_is_lit_and_the_people_in_it_more():
    dark = air(shown(PlaceKind.house, interior=True, hour=Hour.night, light=LightKey.low_key), True)
    assert 0.68 < sum(dark.light) / 3 < 0.8 < sum(dark.figure_ink(0.01).light) / 3


@pytest.mark.parametrize("hour", [Hour.morning, Hour.dusk, Hour.evening])
def test_autumn_woods_are_gold_over_darker_ground(hour: Hour) -> None:
    """All of it was one brown: crowns of leaves, trunks and earth."""
    image = drawn(shown(PlaceKind.forest, season=Season.autumn, hour=hour))[..., ::-1]
    roof, earth = image[4:22].mean(axis=(0, 1)), image[150:176].mean(axis=(0, 1))
    assert roof[0] > 1.15 * earth[0]  # lit, and no darker than the ground
    assert roof[0] - roof[2] > 75  # gold


@pytest.mark.parametrize("season", list(Season))
def test_a_roof_of_leaves_has_tufts_and_sky_in_it(season: Season) -> None:
    """It was a slab of one tone over a third of the picture."""
    image = drawn(shown(PlaceKind.forest, season=season, hour=Hour.morning))
    assert image[4:16].mean(axis=2).std() > 19
