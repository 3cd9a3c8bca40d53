"""The animatic's stage: what a viewer would see go wrong if framing, places or light broke."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.render.animatic.camera import Pose, path
from photoplay.render.animatic.light import air
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.places.recipes import PIECES
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.renderer import Animatic
from photoplay.render.animatic.screen import Screen
from photoplay.render.protocol import Frame, Job, Notice
from photoplay.render.requests import Between, Extend, Input, Raster, Still
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.vocabulary import (
    Angle,
    Facing,
    Hour,
    LightKey,
    Move,
    PlaceKind,
    Season,
    ShotSize,
    Side,
    Style,
    View,
    Weather,
)

SMALL = Raster(width=128, height=72)
ANNA = FigureIn(id="anna", noun="keeper", words="", look=BodyLook(), side=Side.left, facing=Facing.right)
TOM = FigureIn(
    id="tom", noun="boy", words="", look=BodyLook(age="child"), side=Side.right, facing=Facing.left
)


def shown(kind=PlaceKind.meadow, figures=(ANNA,), things=(), interior=False, camera=None, **more):
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=kind, interior=interior, layout=7))
    return Picture(
        sentence="Somebody stands.",
        actor=figures[0].id if figures else None,
        place=place,
        figures=figures,
        things=things,
        camera=camera or CameraIn(size=ShotSize.full),
        **more,
    )


def still(picture, seed=5, raster=SMALL):
    out = list(Animatic().render([Job(Still(picture=picture, raster=raster, seed=seed))], lambda *_: None))
    return next(o.pixels for o in out if isinstance(o, Frame))


def clip(picture, frames=12, rate=24, **more):
    request = Between(picture=picture, raster=SMALL, frames=frames, rate=Rate(num=rate), **more)
    return [o for o in Animatic().render([Job(request)], lambda *_: None) if isinstance(o, Frame)]


@pytest.mark.parametrize("kind", list(PlaceKind))
@pytest.mark.parametrize("interior", [False, True])
def test_every_place_is_a_picture(kind, interior):
    pixels = still(shown(kind, interior=interior))
    assert pixels.shape == (72, 128, 4)
    assert pixels.dtype == np.uint8
    assert (pixels[..., 3] == 255).all(), "a hole in the picture would show as black"
    assert len(np.unique(pixels[..., :3].reshape(-1, 3), axis=0)) > 200


def test_places_look_different_from_one_another():
    tiny = {}
    for kind in PlaceKind:
        pixels = still(shown(kind, figures=()))[..., :3].astype(float)
        tiny[kind] = pixels.reshape(9, 8, 16, 8, 3).mean(axis=(1, 3))
    kinds = list(tiny)
    distinct: list[PlaceKind] = []
    for kind in kinds:
        if all(np.abs(tiny[kind] - tiny[other]).mean() > 6 for other in distinct):
            distinct.append(kind)
    assert len(distinct) >= 25


def test_every_recipe_names_pieces_that_exist_and_has_depth():
    for kind in PlaceKind:
        for interior in (False, True):
            found = recipe(kind, interior)
            assert {la.piece for la in (*found.layers, *found.front)} <= PIECES.keys()
            assert (
                found.interior
                or kind in ("space",)
                or len({la.depth for la in found.layers}) >= 2
                or found.water
            )
            if interior:
                assert found.interior, f"{kind} indoors must be a room"


@pytest.mark.parametrize("axis", [Hour, Weather, Season, LightKey, Style])
def test_hour_weather_season_light_and_style_can_be_told_apart(axis):
    field = {Hour: "hour", Weather: "weather", Season: "season", LightKey: "light", Style: "style"}[axis]
    seen = [still(shown(PlaceKind.village, **{field: value})).tobytes() for value in axis]
    assert len(set(seen)) == len(seen)


def test_night_is_darker_than_noon_and_lamps_are_lit_in_it():
    noon, night = (still(shown(PlaceKind.meadow, hour=h))[..., :3].mean() for h in (Hour.noon, Hour.night))
    assert night < 0.6 * noon
    room = [
        still(shown(PlaceKind.room, interior=True, hour=h))[..., :3].mean() for h in (Hour.noon, Hour.night)
    ]
    assert room[1] > 0.5 * room[0], "indoors the lamps are on"


def heights(size, figures=(ANNA,), raster=(192, 108), **camera):
    screen = Screen(shown(figures=figures, camera=CameraIn(size=size, **camera)), raster, 1, 4.0)
    placed = next(p for p in screen.staging.figures if p.id == "anna")
    pose = screen.path(2.0)
    top = pose.at(placed.x, placed.up + placed.extent.top, placed.depth)[1]
    foot = pose.at(placed.x, placed.up, placed.depth)[1]
    return top / raster[1], foot / raster[1]


def test_shot_sizes_really_frame_the_body():
    share = {size: heights(size)[1] - heights(size)[0] for size in ShotSize if size is not ShotSize.insert}
    assert share[ShotSize.extreme_wide] == pytest.approx(1 / 6, abs=0.05)
    assert 1 / 3 < share[ShotSize.wide] < 1 / 2
    order = [
        ShotSize.extreme_wide,
        ShotSize.wide,
        ShotSize.full,
        ShotSize.medium_full,
        ShotSize.medium,
        ShotSize.medium_close,
        ShotSize.close,
        ShotSize.extreme_close,
    ]
    assert all(share[a] * 1.1 < share[b] for a, b in itertools.pairwise(order))
    top, foot = heights(ShotSize.full)
    assert top > 0.02
    assert foot < 1, "full is head to foot"


@pytest.mark.parametrize("raster", [(192, 108), (108, 192), (120, 120)])
@pytest.mark.parametrize("angle", list(Angle))
@pytest.mark.parametrize("size", [s for s in ShotSize if s not in (ShotSize.extreme_close, ShotSize.insert)])
def test_no_head_is_cut(size, angle, raster):
    top, _ = heights(size, (ANNA, TOM), raster, angle=angle, focus="anna")
    assert 0 <= top < 0.8


def test_the_actor_of_a_point_of_view_is_not_seen():
    camera = CameraIn(size=ShotSize.medium, view=View.point_of_view)
    screen = Screen(shown(figures=(ANNA, TOM), camera=camera), (128, 72), 1, 2.0)
    assert [p.id for p in screen.staging.figures] == ["tom"]


def test_over_the_shoulder_has_a_shoulder():
    camera = CameraIn(size=ShotSize.medium_close, view=View.over_shoulder, focus="tom")
    screen = Screen(shown(figures=(ANNA, TOM), camera=camera), (128, 72), 1, 2.0)
    near = next(p for p in screen.staging.figures if p.id == "anna")
    assert near.shoulder
    assert near.depth < 0
    assert near.facing is Facing.away
    pose, extent = screen.staging.pose, near.extent
    sides = [pose.at(near.x + x, 0.0, near.depth)[0] / 128 for x in (extent.left, extent.right)]
    assert min(abs(x - 0.5) for x in sides) < 0.45, "no part of it is in the frame"
    assert any(0.04 < x < 0.96 for x in sides)
    outer = max(sides, key=lambda x: abs(x - 0.5))
    assert -0.01 < outer < 1.01, "cut by the frame's edge"


def test_two_people_never_stand_in_one_another():
    screen = Screen(shown(figures=(ANNA, TOM.model_copy(update={"side": Side.left}))), (128, 72), 1, 2.0)
    a, b = sorted(screen.staging.figures, key=lambda p: p.x)
    assert a.x + a.extent.right * 0.8 <= b.x + b.extent.left * 0.8 + 1e-6


@pytest.mark.parametrize("move", [m for m in Move if m is not Move.static])
def test_every_move_moves_the_picture(move):
    screen = Screen(
        shown(PlaceKind.village, camera=CameraIn(size=ShotSize.full, move=move)), (128, 72), 1, 4.0
    )
    if move is Move.follow:
        assert screen.path(0.0) != screen.path(2.0)
        return
    poses = [screen.path(t) for t in (0.0, 2.0, 4.0)]
    assert move is Move.rack_focus or len(set(poses)) == 3


BASE = Pose(x=0.0, height=1.5, distance=5.0, focal=700.0, centre=320.0, horizon=180.0)


@given(
    move=st.sampled_from([m for m in Move if m not in (Move.handheld, Move.follow)]),
    length=st.floats(0.5, 20),
)
def test_moves_ease_and_never_jump(move, length):
    way = path(move, BASE, (640, 360), length, 0.0, 1.0, lambda _: 0.0, 3)
    spots = [way(length * k / 96).at(0.3, 1.0, 0.0) for k in range(97)]
    steps = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in itertools.pairwise(spots)]
    assert max(steps) < 640 * 0.02
    assert steps[0] <= max(steps) * 0.75 + 0.05
    assert steps[-1] <= max(steps) * 0.75 + 0.05


@given(x=st.floats(-2, 2), up=st.floats(0.5, 4), across=st.floats(-3, 3), depth=st.floats(0, 30))
def test_the_ground_is_laid_exactly_under_a_tracking_or_craning_camera(x, up, across, depth):
    moved = Pose(x=x, height=up, distance=5.0, focal=700.0, centre=300.0, horizon=200.0)
    before, after = BASE.at(across, 0, depth), moved.at(across, 0, depth)
    mapped = moved.ground_from(BASE).mapXY(*before)
    assert mapped.x() == pytest.approx(after[0], abs=0.05)
    assert mapped.y() == pytest.approx(after[1], abs=0.05)


def test_equal_requests_give_equal_frames_and_the_seed_of_the_place_matters():
    a, b = still(shown(PlaceKind.forest)), still(shown(PlaceKind.forest))
    assert (a == b).all()
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.forest, layout=99))
    assert (still(shown(PlaceKind.forest).model_copy(update={"place": place})) != a).any()


@settings(max_examples=8, deadline=None)
@given(
    frames=st.integers(1, 30),
    rate=st.sampled_from([1, 8, 12, 24, 25, 30, 60]),
    move=st.sampled_from(list(Move)),
)
def test_a_clip_has_exactly_the_frames_asked_for(frames, rate, move):
    found = clip(shown(camera=CameraIn(move=move)), frames, rate)
    assert sum(f.hold for f in found) == frames


def test_a_still_camera_is_drawn_on_twos_and_something_moves():
    found = clip(shown(PlaceKind.sea), 24)
    assert {f.hold for f in found} == {2}
    assert len({f.pixels.tobytes() for f in found}) > 6


def test_a_moving_camera_moves_on_every_frame():
    found = clip(shown(camera=CameraIn(size=ShotSize.full, move=Move.pan_left)), 24)
    assert all(f.hold == 1 for f in found)
    assert len({f.pixels.tobytes() for f in found[4:20]}) == 16


class Tail:
    """One flat frame."""

    def __init__(self, level):
        self.count = 3
        self._level = level

    def frame(self, index):
        assert index == 2
        return np.full((72, 128, 3), self._level, np.uint8)

    def frames(self, start, stop):
        return (self.frame(i) for i in range(start, stop))


def test_an_extension_comes_out_of_its_tail():
    tail = Input(key="0" * 64, frame=3)
    request = Extend(picture=shown(), raster=SMALL, frames=12, tail=tail)

    def frames(level):
        job = Job(request, {tail: Tail(level)})
        return [
            f.pixels
            for f in Animatic().render([job], lambda *_: None)
            if isinstance(f, Frame)
            for _ in range(f.hold)
        ]

    dark, bright = frames(0), frames(255)
    gaps = [float(b[..., :3].mean()) - float(a[..., :3].mean()) for a, b in zip(dark, bright, strict=True)]
    assert gaps[0] > 200
    assert all(a > b for a, b in itertools.pairwise(gaps[:8]))
    assert gaps[8:] == [0.0] * 4


@pytest.mark.parametrize("name", ["first", "last"])
def test_an_input_that_would_not_be_looked_at_is_refused(name):
    with pytest.raises(Refused, match=name):
        clip(shown(), **{name: Input(key="0" * 64)})


def test_an_unknown_thing_is_reported():
    thing = ThingIn(id="gizmo", words="", look=ThingLook(kind="zorbulator", known=False))
    out = list(Animatic().render([Job(Still(picture=shown(things=(thing,)), raster=SMALL))], lambda *_: None))
    assert [o.kind for o in out if isinstance(o, Notice)] == ["labelled-shape"]


def test_a_hundred_characters_and_the_smallest_raster_are_drawn():
    crowd = tuple(ANNA.model_copy(update={"id": f"c{i}", "side": list(Side)[i % 5]}) for i in range(40))
    pixels = still(shown(figures=crowd), raster=Raster(width=64, height=64))
    assert (pixels[..., 3] == 255).all()


def test_light_is_a_pure_function_of_the_picture():
    assert air(shown(hour=Hour.dusk), False) == air(shown(hour=Hour.dusk), False)


def test_a_long_walk_never_runs_out_of_scenery():
    walker = ANNA.model_copy(update={"action": "walk", "side": Side.centre})
    camera = CameraIn(size=ShotSize.full, move=Move.follow)
    screen = Screen(shown(PlaceKind.village, figures=(walker,), camera=camera), (128, 72), 1, 40.0)
    pixels = []
    for seconds in (0.1, 19.9, 39.9):
        surface = paper(128, 72)
        screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
        pixels.append(surface.toarray())
    assert all((p[..., 3] == 255).all() for p in pixels)
    assert (pixels[0] != pixels[2]).any()


def test_what_swims_lies_in_the_water_and_hovers_elsewhere():
    whale = FigureIn(id="whale", noun="whale", words="", look=BodyLook(being="whale", species="whale"))
    at_sea = Screen(shown(PlaceKind.sea, figures=(whale,)), (128, 72), 1, 2.0).staging.figures[0]
    on_land = Screen(shown(PlaceKind.meadow, figures=(whale,)), (128, 72), 1, 2.0).staging.figures[0]
    assert 0 < at_sea.sunk < 0.6
    assert at_sea.up < 0
    assert on_land.sunk == 0
    assert on_land.up > 0


def test_a_person_at_sea_stands_in_a_boat():
    screen = Screen(shown(PlaceKind.sea), (128, 72), 1, 2.0)
    figure = screen.staging.figures[0]
    assert screen.aboard is not None
    assert screen.aboard[0] < figure.x + figure.extent.left
    assert screen.aboard[1] > figure.x + figure.extent.right


def test_a_crowd_stands_in_rows_with_those_it_is_about_in_front():
    many = tuple(ANNA.model_copy(update={"id": f"c{n}", "side": list(Side)[n % 5]}) for n in range(40))
    seen = shown(figures=many).model_copy(update={"actor": "c17"})
    staging = Screen(seen, (160, 90), 1, 2.0).staging
    stood = staging.figures
    assert len(stood) == 40
    assert len({(round(p.x, 3), round(p.depth, 3)) for p in stood}) == 40, "nobody stands in somebody else"
    lead = next(p for p in stood if p.id == "c17")
    assert lead.depth == min(p.depth for p in stood)
    assert abs(lead.x - staging.pose.x) < 1


@pytest.mark.parametrize("move", [Move.zoom_in, Move.zoom_out])
@pytest.mark.parametrize("depth", [0.0, 4.0])
def test_a_zoom_keeps_the_middle_of_its_subject_however_far_that_is(move, depth):
    base = Pose(x=0.0, height=5.7, distance=0.5, focal=140.0, centre=36.0, horizon=-96.0)
    way = path(move, base, (72, 128), 4.0, depth, 0.9, lambda _: 0.0, 5)
    rows = [way(seconds).at(0.0, 0.9, depth)[1] for seconds in (0.0, 1.0, 2.0, 3.0, 4.0)]
    assert max(rows) - min(rows) < 1e-6, "from above, the frame would look past the ground at nothing"
