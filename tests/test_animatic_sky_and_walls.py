"""What hangs on walls and in the sky, and what falls from it: in its place, and clear of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import skia

from photoplay.render.animatic import aloft
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.headroom import Head, behind
from photoplay.render.animatic.light import Air, air
from photoplay.render.animatic.places import halls, panels
from photoplay.render.animatic.places.brush import Brush, Setting
from photoplay.render.animatic.places.features import featured
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.plates import _ground
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.stirring import Stirring
from photoplay.render.animatic.weather import disc, paint_sky
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Expression,
    Facing,
    Hour,
    LightKey,
    PlaceKind,
    Season,
    ShotSize,
    Weather,
)

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


def _sky(sun: float) -> Air:
    return replace(air(_picture(PlaceKind.meadow, Weather.clear), False), sun=(0.5, sun, "#fff6d6"))


@pytest.mark.parametrize("body", [(90.0, 10.0, 200.0, 180.0), (0.0, 20.0, 240.0, 180.0)])
def test_the_sun_touches_no_outline(body: tuple[float, float, float, float]) -> None:
    there, bare = _sky(0.34), replace(recipe(PlaceKind.meadow, False), layers=())
    at, hangs = aloft.hung(bare, there, POSE, SIZE, 0.5, [body])
    found = disc(hangs, SIZE, POSE.horizon, at)
    assert found is not None
    x, y, r = found
    assert not (body[0] - r < x < body[2] + r and body[1] - r < y < body[3] + r)
    assert aloft.hung(bare, there, POSE, SIZE, 0.5, []) == (0.5, there)
    full = [(0.0, 0.0, 320.0, 180.0)]
    assert aloft.hung(bare, there, POSE, SIZE, 0.5, full)[1].sun is None


def test_the_moon_hangs_over_the_mountains() -> None:
    ridge = replace(
        recipe(PlaceKind.meadow, False), layers=(Layer(400.0, "mountains", {"low": 20, "high": 90}),)
    )
    pose = replace(POSE, horizon=120.0)
    top = pose.at(0.0, 90.0, 400.0)[1]
    for up in (0.2, 0.36):
        at, hangs = aloft.hung(ridge, _sky(up), pose, SIZE, 0.5, [])
        found = disc(hangs, SIZE, pose.horizon, at)
        assert found is not None
        assert found[1] + found[2] <= top + 0.01
    low = _sky(0.04)
    assert aloft.hung(ridge, low, pose, SIZE, 0.5, [])[1] is low, "at dusk it sinks behind them"


def test_no_cloud_peeps_out_on_both_sides_of_a_head() -> None:
    there = replace(_sky(0.5), sun=None)
    setting = Setting(7, "#808080", Hour.noon, Season.summer, Weather.clear, frozenset(), there)

    def drawn(setting: Setting) -> Any:
        surface = skia.Surface(*SIZE)
        paint_sky(surface.getCanvas(), there, pose, (0, 0, *SIZE), SIZE, "air", setting, 0.5)
        return surface.toarray()[..., :3].astype(int)

    pose = replace(POSE, horizon=150.0)
    clear = drawn(replace(setting, weather=Weather.fog))
    clouds = abs(drawn(setting) - clear).max(axis=2) > 6
    rows, columns = np.nonzero(clouds[50:])
    x, y = float(columns.mean()), 50.0 + float(np.median(rows))
    x = float(columns[np.abs(rows + 50 - y) < 6].mean())
    head = (x - 8, y - 10, x + 8, y + 10)
    moved = abs(drawn(replace(setting, heads=(head,))) - clear).max(axis=2) > 6
    beside = np.s_[int(y - 10) : int(y + 10), int(x - 18) : int(x + 18)]
    assert clouds[beside].any()
    assert not moved[beside].any()


def test_no_clock_is_behind_an_easel_and_no_room_is_full_of_them() -> None:
    words = "a house with many clocks and stairs"
    place = PlaceIn(id="place", words=words, look=PlaceLook(kind=PlaceKind.house, layout=7, interior=True))
    picture = Picture(sentence="She stands.", place=place)
    many = featured(recipe(PlaceKind.house, True), picture)
    (clocks,) = (la for la in many.layers if la.piece == "clocks")
    assert len(clocks.options["at"]) <= 2
    assert "case" in clocks.options

    def left_out(things: Sequence[Head]) -> bool:
        found = cleared(many, [], replace(POSE, horizon=90.0), 1, things)
        (layer,) = (la for la in found.layers if la.piece == "clocks")
        avoid = layer.options.get("avoid", ())
        return any(abs(clocks.options["case"] - middle) < half for middle, half in avoid)

    scale = POSE.scale(0.0) / POSE.scale(clocks.depth)
    easel = Head(clocks.options["case"] / scale, 0.0, 0.4, 0.9, 1.8)
    assert left_out([easel])
    assert not left_out([])


def test_a_living_tree_alone_is_seen_down_to_its_roots() -> None:
    tree = FigureIn(
        id="a", noun="tree", words="a tree", look=BodyLook(being=Being.creature, species="tree being"),
        action=Action.sing,
    )  # fmt: skip
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.forest, layout=7))
    for size in (ShotSize.medium, ShotSize.medium_full, ShotSize.full):
        told = {"sentence": "The tree sings.", "camera": CameraIn(size=size), "actor": "a"}
        screen = Screen(Picture(place=place, figures=(tree,), action=Action.sing, **told), SIZE, 5, 4.0)
        (placed,), pose = screen.staging.figures, screen.path(0.1)
        foot = pose.at(placed.x, placed.up, placed.depth)[1]
        assert 0.8 * SIZE[1] < foot < 0.99 * SIZE[1]


def test_an_octopus_bears_what_it_has_on_an_arm_clear_of_its_body() -> None:
    look = BodyLook(being=Being.octopus, species="octopus")
    body = Figure(look, (), air(_picture(PlaceKind.sea, Weather.clear), False).figure_ink(0.01), 4)
    borne: list[float] = []

    def drawn(hold: Any) -> Any:
        surface = skia.Surface(400, 300)
        canvas = surface.getCanvas()
        canvas.clear(skia.ColorWHITE)
        canvas.translate(200, 280)
        canvas.scale(200 / body.height, 200 / body.height)
        body.draw(canvas, Acting(Action.hold, Expression.happy, Facing.right), 1.0, 4.0, hold)
        return (surface.toarray()[..., :3].astype(int) < 250).any(axis=2)

    def hold(canvas: skia.Canvas) -> None:
        borne.extend((canvas.getTotalMatrix().getTranslateX(), canvas.getTotalMatrix().getTranslateY()))

    bare, bears = drawn(None), drawn(hold)
    x, y = (round(v) for v in borne)
    assert bears[y + 4 : y + 12, x - 10 : x + 10].any(), "the end of an arm is there"
    assert not bare[y - 20 : y, x - 10 : x + 30].any(), "and nothing of the body"


def test_no_trunk_comes_behind_a_head_as_the_camera_goes_by() -> None:
    woods = replace(recipe(PlaceKind.forest, False), layers=(Layer(6.0, "trunks", {}),))
    head, moved = Head(0.5, 0.0, 0.2, 1.4, 1.7), replace(POSE, x=1.5)

    def taken(at: float, also: Sequence[Pose]) -> bool:
        avoid = cleared(woods, [head], POSE, 1, (), also).layers[0].options["avoid"]
        return any(abs(at - middle) < half for middle, half in avoid)

    for pose in (POSE, moved):
        assert taken(behind(head, 6.0, pose, 0.0)[0], [moved])
    assert not taken(behind(head, 6.0, moved, 0.0)[0], [])


def test_what_steps_aside_from_one_head_is_behind_no_other() -> None:
    woods = replace(recipe(PlaceKind.forest, False), layers=(Layer(6.0, "trunks", {}),))
    two = [Head(x, 0.0, 0.2, 1.4, 1.7) for x in (0.0, 0.3)]
    avoid = cleared(woods, two, POSE, 1).layers[0].options["avoid"]
    assert len(avoid) == 1, "of two that overlap a trunk would step out of one into the other"


@pytest.mark.parametrize(("told", "there"), [("sails under the moon", 0), ("points at the moon", 1)])
def test_the_moon_that_somebody_is_under_is_that_of_the_sky(told: str, there: int) -> None:
    moon = ThingIn(id="moon", words="the moon", look=ThingLook(kind="moon"))
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.sea, layout=7))
    boy = FigureIn(id="a", noun="boy", words="", look=BodyLook(), action=Action.reach)
    picture = Picture(
        sentence=f"The boy {told}.", place=place, things=(moon,), figures=(boy,), actor="a", hour=Hour.night,
    )  # fmt: skip
    screen = Screen(picture, SIZE, 5, 4.0)
    assert len([t for t in screen.staging.things if t.id == "moon"]) == there
    assert (screen.air.sun is None) is bool(there), "one moon"


def test_a_cave_at_dusk_is_no_black_hole_and_rain_at_dusk_is_grey() -> None:
    def light(kind: PlaceKind, weather: Weather, inside: bool) -> tuple[float, float, float]:
        dim = {"hour": Hour.dusk, "light": LightKey.low_key}
        return air(_picture(kind, weather).model_copy(update=dim), inside).light

    assert sum(light(PlaceKind.cave, Weather.snow, True)) / 3 > 0.7
    wet, dry = (light(PlaceKind.city, weather, False) for weather in (Weather.rain, Weather.clear))
    assert wet[0] - wet[2] < 0.6 * (dry[0] - dry[2])
