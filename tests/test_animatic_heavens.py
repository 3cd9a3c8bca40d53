"""Where stars are seen at noon the hour is told by worlds, ports and clocks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import skia
from test_animatic_handiwork import doing

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.ink import rgb
from photoplay.render.animatic.light import air
from photoplay.render.animatic.places.brush import Setting
from photoplay.render.animatic.places.ground import Ground
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import PlaceLook
from photoplay.storyboard.picture import Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Hour, Mood, PlaceKind, Season, Weather

SIZE = (320, 180)


def seen(kind: PlaceKind, hour: Hour, interior: bool) -> npt.NDArray[np.int_]:
    """Blue, green and red of the frame, height x width x 3."""
    picture = doing(Action.stand, "She stands.", "stone")
    look = PlaceLook(kind=kind, interior=interior)
    place = picture.place.model_copy(update={"look": look})
    picture = picture.model_copy(update={"place": place, "hour": hour, "things": (), "target": None})
    surface = skia.Surface(*SIZE)
    screen = Screen(picture, SIZE, 5, 4.0)
    screen.draw(surface.getCanvas(), 1.0, screen.path(1.0))
    return surface.toarray()[..., :3].astype(int)


def blue(frame: npt.NDArray[np.int_]) -> int:
    b, g, r = (frame[..., k] for k in range(3))
    return int(((b > 180) & (b > r + 90) & (b > g + 40)).sum())


def test_less_of_the_earth_is_in_the_sun_the_later_it_is() -> None:
    noon, dusk = (blue(seen(PlaceKind.moon, hour, False)[:90]) for hour in (Hour.noon, Hour.dusk))
    assert noon > 1.5 * dusk + 20


@pytest.mark.parametrize("hour", [Hour.dusk, Hour.night])
def test_a_port_shows_a_sunlit_world_by_day_only(hour: Hour) -> None:
    day, late = (blue(seen(PlaceKind.spaceship, h, True)) for h in (Hour.noon, hour))
    assert day > 3 * late + 60


@pytest.mark.parametrize("hour", list(Hour))
@pytest.mark.parametrize("mood", [Mood.sad, Mood.tender, Mood.mysterious])
def test_the_dust_of_the_moon_is_grey_by_every_hour(hour: Hour, mood: Mood) -> None:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.moon, layout=7))
    there = air(Picture(sentence="She sits.", place=place, hour=hour, mood=mood), False)
    assert max(there.light) - min(there.light) < 0.09
    assert there.thickness == 0


def _ground(weather: Weather, texture: str = "none", **more: object) -> npt.NDArray[np.int_]:
    """Open ground by day, drawn from a man's eyes: height x width x 3."""
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.village, layout=7))
    there = air(Picture(sentence="She stands.", place=place, weather=weather), False)
    setting = Setting(7, "#808080", Hour.noon, Season.summer, weather, frozenset(), there)
    surface = skia.Surface(*SIZE)
    pose = Pose(0.0, 1.6, 6.0, 160.0, 160.0, 70.0)
    look = {"near": "#a08a60", "far": "#a08a60", "texture": texture, **more}
    Ground(surface.getCanvas(), pose, setting, there.ink(0.0, 0.0), look, (0, 0, *SIZE), False).paint()
    return surface.toarray()[..., :3].astype(int)


def test_a_river_has_light_streaks_and_a_deck_s_planks_are_told_apart() -> None:
    pond = _ground(Weather.clear, water=[-9.0, 40.0], sea="#4f90a5", still=True)
    river = _ground(Weather.clear, water=[-9.0, 40.0], sea="#4f90a5", still=True, flow=0.09)
    lighter = river.sum(axis=2) > pond.sum(axis=2) + 12
    assert lighter.sum() > 80
    deck, floor = (_ground(Weather.clear, "planks", seam=seam) for seam in (0.3, 0.0))
    assert deck[120, :, 1].min() < floor[120, :, 1].min() - 6


def test_rain_stands_in_puddles_on_open_ground_and_on_no_planks() -> None:
    def bluish(frame: npt.NDArray[np.int_]) -> int:
        return int((frame[100:, :, 0] > frame[100:, :, 2] + 20).sum())

    assert bluish(_ground(Weather.storm)) > 200
    assert bluish(_ground(Weather.clear)) == 0
    assert bluish(_ground(Weather.storm, "planks")) == 0


def test_a_storm_by_day_has_light_under_its_clouds_and_in_windows() -> None:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.village, layout=7))
    there = air(Picture(sentence="She stands.", place=place, weather=Weather.storm), False)
    (high, low), warm = (sum(rgb(c)) for c in (there.zenith, there.horizon)), rgb(there.horizon)
    assert low > high + 150, "all of one grey"
    assert warm[0] > warm[2]
    for weather, lit in ((Weather.storm, True), (Weather.clear, False)):
        setting = Setting(7, "#808080", Hour.noon, Season.summer, weather, frozenset(), there)
        assert (setting.lamps > 0.3) is lit
