"""What hangs on walls and in the sky, and what falls from it: in its place, and clear of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import skia

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.light import air
from photoplay.render.animatic.places import halls, panels
from photoplay.render.animatic.places.brush import Brush, Setting
from photoplay.render.animatic.places.recipes import recipe
from photoplay.render.animatic.plates import _ground
from photoplay.render.animatic.stirring import Stirring
from photoplay.storyboard.looks import PlaceLook
from photoplay.storyboard.picture import Picture, PlaceIn
from photoplay.storyboard.vocabulary import Hour, PlaceKind, Season, Weather

SIZE = (320, 180)
POSE = Pose(0.0, 1.6, 6.0, 160.0, 160.0, 70.0)


def _picture(kind: PlaceKind, weather: Weather) -> Picture:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7))
    return Picture(sentence="She stands.", place=place, weather=weather)


@pytest.mark.parametrize("weather", [Weather.snow, Weather.rain])
def test_nothing_falls_or_drifts_in_a_cave_while_it_snows_outside(weather: Weather) -> None:
    found = recipe(PlaceKind.cave, True)

    def stirs(weather: Weather) -> tuple[int, int]:
        picture = _picture(PlaceKind.cave, weather)
        made = Stirring(found, air(picture, True), picture, SIZE, 3, POSE, 1)
        return len(made._drops), len(made._motes)

    assert stirs(weather) == (0, 0)
    assert all(stirs(Weather.clear)), "a dry cave drips and has dust in its light"


def test_no_rain_stands_on_the_sea_floor() -> None:
    def floor(kind: PlaceKind, weather: Weather) -> Any:
        there = air(_picture(kind, Weather.clear), False)
        setting = Setting(7, "#808080", Hour.noon, Season.summer, weather, frozenset(), there)
        (plate,) = _ground(recipe(kind, False), setting, POSE, [POSE], SIZE, 0.0)
        return plate.image.toarray()

    assert np.array_equal(
        floor(PlaceKind.underwater, Weather.storm), floor(PlaceKind.underwater, Weather.clear)
    )
    assert not np.array_equal(
        floor(PlaceKind.village, Weather.storm), floor(PlaceKind.village, Weather.clear)
    )


@pytest.mark.parametrize("x", [-1.6, -0.4, 0.4, 1.9])
@pytest.mark.parametrize("avoid", [(), ((1.75, 2.0),), ((0.0, 9.0),)])
def test_no_cable_of_a_cabin_hangs_before_its_clock(
    monkeypatch: pytest.MonkeyPatch, x: float, avoid: tuple[tuple[float, float], ...]
) -> None:
    hung: list[float] = []
    cables: list[tuple[float, float]] = []
    monkeypatch.setattr(halls, "ship_clock", lambda b, x, y, r: hung.append(x))

    def curve(b: Brush, points: Sequence[tuple[float, float]], *_: object) -> None:
        if points[0][1] == points[-1][1]:
            cables.append((points[0][0], points[-1][0]))

    monkeypatch.setattr(Brush, "curve", curve)
    halls.cabin(_brush(), {"x": x, "avoid": avoid})
    assert len(hung) <= 1
    assert cables
    for at in hung:
        assert not any(left < at + 0.3 and at - 0.3 < right for left, right in cables)


def _brush() -> Brush:
    there = air(_picture(PlaceKind.spaceship, Weather.clear), True)
    setting = Setting(7, "#808080", Hour.noon, Season.summer, Weather.clear, frozenset(), there)
    canvas = skia.Surface(*SIZE).getCanvas()
    return Brush(canvas, setting, there.ink(3.0, 0.01), 3.0, -6.0, 6.0, 4.0, "cabin", 0.03)


def test_no_two_panels_side_by_side_are_alike() -> None:
    surface = skia.Surface(1400, 100)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    canvas.translate(700, 100)
    canvas.scale(100, 100)
    panels.consoles(replace(_brush(), canvas=canvas, pixel=0.01), {"port": False})
    drawn = surface.toarray()[..., :3].astype(int)
    cells = [drawn[:, 700 + 140 * k + 20 : 700 + 140 * k + 120] for k in range(-4, 4)]
    for one, other in pairwise(cells):
        assert (abs(one - other).max(axis=2) > 24).mean() > 0.05
