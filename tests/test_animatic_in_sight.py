"""Whom an event is about is in the frame when it happens: who comes up, who makes off, who does it too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from photoplay.render.animatic.apart import heads_free
from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.headroom import heads
from photoplay.render.animatic.meeting import Meeting
from photoplay.render.animatic.played import Played
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Facing,
    Hour,
    PlaceKind,
    ShotSize,
    Side,
    Style,
    View,
)

SIZE = (256, 144)
LEFT, RIGHT = (Side.left, Facing.right), (Side.right, Facing.left)
PERSON = BodyLook(being=Being.person)
CHILD = BodyLook(being=Being.person, age=Age.child)
DOG = BodyLook(being=Being.quadruped, species="dog")
BEE = BodyLook(being=Being.insect, species="bee")


def figure(name, look, action, at):
    return FigureIn(id=name, noun=name, words="", look=look, action=action, side=at[0], facing=at[1])


def played(sentence, *figures, size=ShotSize.full, target=None, seconds=4.0, frame=SIZE, **camera):
    picture = Picture(
        sentence=sentence,
        actor=figures[0].id,
        action=figures[0].action,
        target=target,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow, layout=3)),
        camera=CameraIn(size=size, **camera),
        figures=figures,
        style=Style.cut_paper,
    )
    return Played(picture, frame, 5, seconds)


def across(shot, name, share):
    """Where the face and both sides of somebody are, as shares of the frame's width."""
    seconds = share * shot.length
    pose = shot.path(seconds)
    p = next(f for f in shot.staging.figures if f.id == name)
    x = p.walked(seconds, shot.length)
    at = [pose.at(x + dx, 0, p.depth)[0] for dx in (p.extent.face_x, p.extent.left, p.extent.right)]
    return [each / shot.size[0] for each in at]


@pytest.mark.parametrize("seconds", [2.5, 4.0, 8.0])
@pytest.mark.parametrize("look", [PERSON, CHILD, DOG, BEE])
@pytest.mark.parametrize(("here", "there"), [(LEFT, RIGHT), (RIGHT, LEFT)])
def test_who_runs_up_to_somebody_is_in_the_frame_from_the_first_moments(look, here, there, seconds):
    shot = played(
        "Ada runs to Bo.", figure("ada", look, Action.run, here), figure("bo", PERSON, Action.stand, there),
        target="bo", seconds=seconds,
    )  # fmt: skip
    for share in (0.12, 0.5, 0.9):
        for name in ("ada", "bo"):
            assert 0.01 < across(shot, name, share)[0] < 0.99, (name, share)


@pytest.mark.parametrize("look", [PERSON, CHILD, DOG])
@pytest.mark.parametrize(("here", "there"), [(LEFT, RIGHT), (RIGHT, LEFT)])
def test_who_runs_away_starts_clear_of_the_other_and_is_seen_to_the_end(look, here, there):
    shot = played(
        "Ada runs away from Bo.", figure("ada", look, Action.run, here),
        figure("bo", PERSON, Action.stand, there), target="bo",
    )  # fmt: skip
    faces = {s: (across(shot, "ada", s)[0], across(shot, "bo", s)[0]) for s in (0.12, 0.5, 0.9)}
    assert all(0 < face < 1 for pair in faces.values() for face in pair), faces
    apart = [abs(a - b) for a, b in faces.values()]
    assert apart[0] > 0.06, "one before the other is one figure with four legs"
    assert apart[2] > apart[0] + 0.2, "it gets away"


def test_who_runs_side_by_side_stay_in_the_frame():
    pair = (
        figure("ada", PERSON, Action.run, LEFT),
        figure("bo", PERSON, Action.run, (Side.right, Facing.right)),
    )
    shot = played("Ada runs with Bo.", *pair)
    for share in (0.12, 0.5, 0.9):
        assert all(0.01 < across(shot, name, share)[0] < 0.99 for name in ("ada", "bo")), share


ALL = ("eldest", "middle", "youngest")


def children(action):
    sides = (Side.left, Side.centre, Side.right)
    return [
        FigureIn(
            id=f"the-{name}-child", noun=f"{name} child", words="", look=CHILD, side=side,
            action=action if n == 0 else Action.stand, facing=Facing.right,
        )
        for n, (name, side) in enumerate(zip(ALL, sides, strict=True))
    ]  # fmt: skip


@pytest.mark.parametrize("size", [ShotSize.medium_full, ShotSize.medium, ShotSize.medium_close])
def test_of_several_who_are_the_subject_all_are_in_the_frame(size):
    shot = played(
        "The three children paint a fence.", *children(Action.paint), size=size, focus="the-eldest-child"
    )
    for name in ALL:
        for share in (0.12, 0.5, 0.9):
            assert 0 < across(shot, f"the-{name}-child", share)[0] < 1
    alone = played("The eldest child paints a fence.", *children(Action.paint), size=ShotSize.medium)
    assert alone.picture.camera.size is not ShotSize.full, "one of them is seen from near"


@pytest.mark.parametrize("view", [View.objective, View.profile])
@pytest.mark.parametrize(
    "action", [Action.kneel, Action.dance, Action.run, Action.walk, Action.float, Action.lie]
)
def test_what_is_done_with_the_legs_is_seen_to_the_feet(action, view):
    shot = played("Somebody is there.", figure("ada", PERSON, action, LEFT), size=ShotSize.medium, view=view)
    (ada,) = shot.staging.figures
    pose = shot.path(0.5 * shot.length)
    assert pose.at(ada.x, ada.up, ada.depth)[1] < SIZE[1], "feet and ground"
    assert max(ada.extent.height, 0.5 * ada.extent.width) * pose.scale(ada.depth) > 0.4 * SIZE[1], (
        "and not from afar"
    )


def test_those_who_act_in_a_wide_shot_are_no_specks():
    shot = played("Ada cooks.", figure("ada", PERSON, Action.cook, LEFT), size=ShotSize.extreme_wide)
    (ada,) = shot.staging.figures
    assert ada.extent.height * shot.staging.pose.scale(ada.depth) > 0.5 * SIZE[1]
    passing = played("Ada walks.", figure("ada", PERSON, Action.walk, LEFT), size=ShotSize.extreme_wide)
    (ada,) = passing.staging.figures
    assert ada.extent.height * passing.staging.pose.scale(ada.depth) < 0.4 * SIZE[1], (
        "the place is the subject"
    )


@pytest.mark.parametrize("action", [Action.run, Action.walk])
def test_a_small_and_a_large_one_who_run_together_go_at_one_speed(action):
    hen = BodyLook(being=Being.bird, species="chicken")
    pair = (figure("fox", DOG, action, LEFT), figure("hen", hen, action, (Side.right, Facing.right)))
    shot = played("The fox and the hen run.", *pair, target="hen", view=View.profile)
    apart = {s: across(shot, "hen", s)[0] - across(shot, "fox", s)[0] for s in (0.12, 0.5, 0.9)}
    assert max(apart.values()) - min(apart.values()) < 0.02, apart


def test_no_horses_head_is_before_that_of_another_while_one_of_them_is_petted():
    """The knight pets a horse, and the neck of the next one grows out of the first one's ears."""
    body = Extent(-2.0, 2.0, 2.6, eyes=2.1, face_x=-1.8)
    petted = Placed("h1", -1.0, 0.0, 0.0, replace(body, face_x=1.8), Facing.right)
    other = Placed("h2", 2.8, 0.3, 0.0, body, Facing.left)
    knight = Placed("ada", 1.2, 0.0, 0.0, Extent(-0.4, 0.4, 1.8, eyes=1.5, face=0.2), Facing.left)
    placed = heads_free([petted, other, knight], [Meeting("near", "ada", "h1")])
    assert [p.x for p in placed if p.id != "h2"] == [-1.0, 1.2], "hands stay where they touch"
    first, second, _ = heads(placed)
    assert abs(first.x - second.x) > first.half + second.half
    met = heads_free([petted, other], [Meeting("near", "h1", "h2")])
    assert met == [petted, other], "two who nuzzle stay together"


@pytest.mark.parametrize("size", [ShotSize.close, ShotSize.medium_close])
@pytest.mark.parametrize("at", [LEFT, RIGHT, (Side.far_right, Facing.left)])
@pytest.mark.parametrize("action", [Action.sing, Action.think])
def test_a_face_in_an_upright_frame_is_between_its_edges(action, at, size):
    shot = played("Ada is there.", figure("ada", PERSON, action, at), size=size, frame=(90, 160))
    (ada,) = shot.staging.figures
    half = 1.1 * ada.extent.face * shot.staging.pose.scale(ada.depth) / 90
    face = across(shot, "ada", 0.5)[0]
    assert face - half > 0
    assert face + half < 1
    assert 2 * half > 0.4, "and large"


def test_who_runs_away_in_an_upright_frame_is_in_it_to_the_end():
    runs = figure("ada", PERSON, Action.run, RIGHT)
    runs = runs.model_copy(update={"facing": Facing.right})
    shot = played(
        "Ada runs away from Bo.", runs, figure("bo", PERSON, Action.stand, LEFT), target="bo", frame=(90, 160)
    )
    faces = [across(shot, name, s)[0] for name in ("ada", "bo") for s in (0.12, 0.5, 0.9)]
    assert all(0 < face < 1 for face in faces), faces


def test_those_who_lie_in_a_row_fill_the_width_of_the_frame():
    pair = [figure(name, PERSON, Action.sleep, at) for name, at in (("ada", LEFT), ("bo", RIGHT))]
    shot = played("Ada sleeps beside Bo.", *pair, target="bo")
    sides = [x for name in ("ada", "bo") for x in across(shot, name, 0.5)[1:]]
    assert max(sides) - min(sides) > 0.85


def test_whoever_is_out_at_night_is_framed_closer():
    ada = figure("ada", PERSON, Action.wave, LEFT)
    by_day = played("Ada waves.", ada)
    at_night = Played(by_day.picture.model_copy(update={"hour": Hour.night}), SIZE, 5, 4.0)
    assert at_night.staging.pose.scale(0.0) > 1.08 * by_day.staging.pose.scale(0.0)
    assert 0.0 <= heads(at_night.staging.figures)[0].high * at_night.staging.pose.scale(0.0) < 0.9 * SIZE[1]
