"""The edges of a picture: nothing of the place covers a face, hangs in from nowhere or grows out of a head."""

import time
from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.cropping import off_the_edge
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.together import dries, tearful
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Angle,
    Being,
    Distance,
    Facing,
    Lens,
    Move,
    PlaceKind,
    Season,
    ShotSize,
    View,
)

SIZE = (320, 180)


def shown(place, *looks, size=ShotSize.full, **more):
    figures = tuple(
        FigureIn(id=f"f{n}", noun="one", words="", look=look, facing=Facing.right)
        for n, look in enumerate(looks)
    )
    return Picture(
        sentence="They stand.",
        actor="f0" if figures else None,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=place, layout=7)),
        figures=figures,
        camera=CameraIn(size=size),
        **{"action": Action.stand, **more},
    )


def frame(picture):
    screen = Screen(picture, SIZE, 3, 4.0)
    pixels = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    screen.draw(skia.Surface(pixels).getCanvas(), 2.0, screen.path(2.0))
    return pixels[..., :3].astype(int)


WHALE = BodyLook(being=Being.whale, species="whale")


def test_no_rock_of_the_foreground_stands_before_a_whale(monkeypatch):
    cleared_frame = frame(shown(PlaceKind.shore, WHALE))
    assert not Screen(shown(PlaceKind.shore, BodyLook()), SIZE, 3, 4.0)._fills_frame()
    monkeypatch.setattr(Screen, "_fills_frame", lambda self: False)
    covered = np.abs(cleared_frame - frame(shown(PlaceKind.shore, WHALE))).sum(axis=2) > 40
    assert covered.sum() > 100  # there is such a rock, and it is left out


def test_the_mouth_of_a_whale_is_above_the_water():
    staging = Screen(shown(PlaceKind.shore, WHALE), SIZE, 3, 4.0).staging
    whale = staging.figures[0]
    assert 0.01 < whale.sunk < 0.45
    assert whale.up + whale.extent.eyes > 0.5 * whale.extent.eyes


@pytest.mark.parametrize("place", [PlaceKind.garden, PlaceKind.road])
def test_no_bare_bough_hangs_in_from_nowhere_in_winter(place, monkeypatch):
    def bough(season):
        picture = shown(place, size=ShotSize.full, season=season)
        with_it = frame(picture)
        with monkeypatch.context() as patched:  # heads in both corners: no bough at all
            patched.setattr(Screen, "_crowns", lambda self: [(0.1, 0.0), (0.9, 0.0)])
            return np.abs(with_it - frame(picture)).sum(axis=2) > 40

    assert bough(Season.summer).sum() > 100
    assert not bough(Season.winter).any()


def test_what_hangs_in_over_a_jungle_has_its_leaves_in_winter_too():
    seasons = (Season.summer, Season.winter)
    frames = [frame(shown(PlaceKind.jungle, size=ShotSize.full, season=season)) for season in seasons]
    greens = [sum((c[..., 1] > c[..., 0] + 12).sum() for c in (f[:40, :80], f[:40, -80:])) for f in frames]
    assert greens[1] > 0.6 * greens[0] > 0


def test_the_ice_has_no_trees_whose_bough_could_hang_in():
    assert not [la for la in recipe(PlaceKind.snowfield, False).front if la.piece == "overhang"]


def test_a_bare_crown_as_wide_as_a_head_is_moved_from_behind_it():
    pose = Screen(shown(PlaceKind.road, BodyLook()), SIZE, 3, 4.0).staging.pose
    place = cleared(recipe(PlaceKind.road, False), [Head(0.0, 0.0, 0.2, 1.4, 1.8)], pose, 1)
    trees = [la for la in place.layers if la.piece == "trees" and la.depth <= 40]
    assert trees
    assert all(half > 0.6 for la in trees for _, half in la.options["avoid"])


def test_a_child_beside_a_grown_up_is_seen_to_the_waist():
    picture = shown(PlaceKind.meadow, BodyLook(), BodyLook(age=Age.child), size=ShotSize.two_shot)
    screen = Screen(picture, (640, 360), 3, 4.0)
    child = min(screen.staging.figures, key=lambda p: p.extent.top)
    pose = screen.staging.pose
    waist = pose.at(child.x, child.up + 0.45 * child.extent.top, child.depth)[1]
    assert waist < 360


def test_passers_by_are_people_in_colours_and_not_black_sticks():
    picture = shown(PlaceKind.city, size=ShotSize.wide)
    screen = Screen(picture, (640, 360), 3, 4.0)
    pixels = np.zeros((360, 640, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    pose = screen.path(0.0)
    walkers = screen._stirring._walkers
    assert walkers
    for walker in walkers:
        screen._stirring._passer_by(canvas, walker, 0.0, pose)
    drawn = pixels[pixels[..., 3] > 200][:, :3].astype(int)
    spread = drawn.max(axis=1) - drawn.min(axis=1)
    assert (spread > 40).mean() > 0.4


def test_a_close_up_from_the_ground_through_a_long_lens_sees_nothing_of_the_path_and_is_drawn():
    picture = shown(PlaceKind.graveyard, BodyLook(), size=ShotSize.close)
    camera = {"angle": Angle.ground, "lens": Lens.telephoto}
    picture = picture.model_copy(update={"camera": picture.camera.model_copy(update=camera)})
    assert frame(picture).std() > 1


def test_somebody_is_seen_through_the_eyes_of_who_pushes():
    picture = shown(PlaceKind.kitchen, BodyLook(), BodyLook(), action=Action.push, target="f1")
    figures = tuple(f.model_copy(update={"action": Action.push}) for f in picture.figures)
    camera = picture.camera.model_copy(update={"view": View.point_of_view})
    assert frame(picture.model_copy(update={"figures": figures, "camera": camera})).std() > 1


def test_a_very_long_sentence_about_wiping_takes_no_time():
    picture = shown(PlaceKind.meadow, BodyLook(), BodyLook(), action=Action.reach, target="f1")
    picture = picture.model_copy(update={"sentence": "wipes " * 3300})
    begun = time.process_time()
    assert not dries(picture)
    assert tearful(picture) is picture
    assert time.process_time() - begun < 0.2


@pytest.mark.parametrize("move", [Move.zoom_out, Move.zoom_in])
@pytest.mark.parametrize("place", [PlaceKind.office, PlaceKind.garden])
def test_a_zoom_on_several_who_are_far_off_stays_with_them_and_leaves_no_hole(place, move):
    picture = shown(place, BodyLook(), BodyLook(), size=ShotSize.two_shot)
    far = tuple(f.model_copy(update={"distance": Distance.far}) for f in picture.figures)
    lens = CameraIn(size=ShotSize.two_shot, angle=Angle.overhead, move=move, lens=Lens.ultra_wide)
    screen = Screen(picture.model_copy(update={"figures": far, "camera": lens}), SIZE, 3, 4.0)
    for seconds in (0.0, 4.0):
        pose = screen.path(seconds)
        tops = [pose.at(p.x, p.up + p.extent.top, p.depth)[1] for p in screen.staging.figures]
        assert all(0 < y < 0.7 * SIZE[1] for y in tops)
        seen = paper(*SIZE)
        screen.draw(seen.getCanvas(), seconds, pose)
        assert (seen.toarray()[..., 3] > 250).all()


def placed(name, x, wide=0.6):
    return Placed(name, x, 0.0, 0.0, Extent(-wide / 2, wide / 2, 1.7), Facing.right)


@pytest.mark.parametrize(("at", "moves"), [(1.5, True), (1.1, False), (0.35, False)])
def test_nobody_is_pressed_against_the_side_of_the_frame(at, moves):
    pose = Pose(x=0.0, height=1.0, distance=4.0, focal=400.0, centre=160.0, horizon=60.0)
    subject = placed("a", 0.0)
    wide = 320.0 if at > 0.5 else 110.0  # in the narrow one there is no room beside the subject
    pose = replace(pose, centre=wide / 2)
    other = placed("b", at)
    _, found = off_the_edge([subject, other], subject, pose, wide)
    assert (found.x != other.x) is moves
    if moves:
        assert pose.at(found.x + found.extent.right, 0.0, 0.0)[0] < wide
        assert found.x - subject.x > 0.6
    walker = replace(other, walks=1.0)
    assert off_the_edge([subject, walker], subject, pose, wide)[1] is walker
