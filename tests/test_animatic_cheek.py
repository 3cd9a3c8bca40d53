"""Two who touch keep both faces: heads are beside each other, arms go below or over a face, and nobody's head
is hidden behind whoever stands nearer. Without it a kiss is one head and a hug a hand on an eye."""

from __future__ import annotations

import math

import pytest
import skia
from test_animatic_contact import LENGTH
from test_animatic_contact import two as pair

from photoplay.render.animatic import accents, feelings
from photoplay.render.animatic.cheek import HeadAt, head_at
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.ascent import YAW
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.players import face_box
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Distance,
    Expression,
    Facing,
    Hat,
    PlaceKind,
    ShotSize,
    Side,
)

MOMENTS = (0.3, 2.0, 3.6)
OLD = BodyLook(presents="man", age="elder")
SNOWMAN = BodyLook(being=Being.creature, species="snowman")
CAT = BodyLook(being=Being.quadruped, species="cat")
DOG = BodyLook(being=Being.quadruped, species="dog")
GOAT = BodyLook(being=Being.quadruped, species="goat")


def two(sentence: str, other: BodyLook, look: BodyLook | None = None, action: Action = Action.hug) -> Screen:
    return pair(sentence, action, other, look, ("shepherd", "other"))


def head(screen: Screen, name: str, seconds: float) -> HeadAt:
    placed = next(p for p in screen.staging.figures if p.id == name)
    found = head_at(placed, screen._players[name], screen._acting[name], seconds)
    assert found is not None
    return found


def wrists(screen: Screen, seconds: float, whose: str = "a") -> list[tuple[float, float]]:
    placed = next(p for p in screen.staging.figures if p.id == whose)
    player = screen._players[whose]
    found = player.body.joints(screen._acted(placed, seconds), seconds)
    ends = (found["r-wrist"], found["l-wrist"])
    return [(placed.x + x * player.scale, placed.up - y * player.scale) for x, y in ends]


@pytest.mark.parametrize("sentence", ["The shepherd hugs the old man.", "The shepherd kisses the old man."])
def test_heads_of_two_who_hold_each_other_are_beside_each_other(sentence: str) -> None:
    screen = two(sentence, OLD)
    for seconds in MOMENTS:
        mine, its = head(screen, "a", seconds), head(screen, "b", seconds)
        assert abs(mine.x - its.x) > 0.9 * (mine.half + its.half)


def test_a_carrot_ends_before_the_face_of_who_hugs_a_snowman() -> None:
    screen = two("The shepherd hugs the snowman.", SNOWMAN, look=BodyLook(presents="woman", age="elder"))
    snowman = next(p for p in screen.staging.figures if p.id == "b")
    player = screen._players["b"]
    way = -1.0 if snowman.facing is Facing.left else 1.0
    tip = snowman.x + way * 0.22 * player.body.height * player.scale
    for seconds in MOMENTS:
        assert way * (head(screen, "a", seconds).x - tip) > 0.75 * head(screen, "a", seconds).half


def test_a_goat_is_held_round_the_neck_from_its_shoulder() -> None:
    screen = two("The shepherd hugs the goat.", GOAT)
    goat = next(p for p in screen.staging.figures if p.id == "b")
    way = -1.0 if goat.facing is Facing.left else 1.0
    for seconds in MOMENTS:
        mine, its = head(screen, "a", seconds), head(screen, "b", seconds)
        assert way * (its.x - mine.x) > 0.9 * (mine.half + its.half)  # behind its face, not before its mouth
        for x, up in wrists(screen, seconds):
            assert up < its.up - 0.2 * its.tall
            assert way * (its.x - x) > 0.5 * its.half


def test_no_shoe_of_two_of_whom_one_is_low_is_cut() -> None:
    told = two("The shepherd gives the dog a bone.", DOG, action=Action.give).picture
    near = told.model_copy(update={"camera": CameraIn(size=ShotSize.two_shot)})
    staging = Screen(near, (320, 180), 5, LENGTH).staging
    for p in staging.figures:
        sole, instep = (staging.pose.at(p.x, p.up + over, p.depth)[1] for over in (0.0, 0.15))
        assert sole < 0.97 * 180 or instep > 180, "whole in the frame, or under it"


def test_the_eye_of_a_tree_that_is_hugged_is_seen() -> None:
    screen = two("The shepherd hugs the tree.", BodyLook(being=Being.plant, species="tree"), OLD)
    me, tree = (next(p for p in screen.staging.figures if p.id == i) for i in ("a", "b"))
    way = 1.0 if me.x > tree.x else -1.0
    box = face_box(screen._players["b"].body, screen._acting["b"], 2.0)
    assert box is not None
    eye = tree.x + (box[0] + way * box[2]) * screen._players["b"].scale
    for seconds in MOMENTS:
        mine = head(screen, "a", seconds)
        assert way * (mine.x - eye) > 2.8 * mine.half  # with room for the arm that is round the trunk


def test_a_tree_that_laughs_has_no_strokes_over_its_crown() -> None:
    screen = two("The tree laughs.", BodyLook(), BodyLook(being=Being.plant, species="tree"), Action.laugh)
    player, acting = screen._players["a"], screen._acting["a"]
    assert acting.action is Action.laugh
    assert accents._drawing(player, acting) is None
    assert accents._drawing(screen._players["b"], acting) is feelings.ha


def test_no_knee_is_before_a_dog_that_is_hugged() -> None:
    screen = two("The shepherd hugs the dog.", DOG)
    me, dog = (next(p for p in screen.staging.figures if p.id == i) for i in ("a", "b"))
    assert screen._acting["a"].low
    assert dog.depth < me.depth
    assert (me.facing, dog.facing) == (Facing.right, Facing.left)
    for seconds in MOMENTS:
        mine, its = head(screen, "a", seconds), head(screen, "b", seconds)
        assert its.x - mine.x > 0.9 * mine.half or mine.up - its.up > mine.tall + its.tall
    assert min(x for x, _ in wrists(screen, 0.8 * LENGTH)) > dog.x + dog.extent.left  # behind its neck


def test_nobody_who_stands_behind_is_hidden_by_who_stands_nearer() -> None:
    girl = FigureIn(
        id="a",
        noun="girl",
        words="",
        look=BodyLook(),
        action=Action.walk,
        side=Side.centre,
        facing=Facing.right,
    )
    far = FigureIn(id="b", noun="man", words="", look=OLD, side=Side.centre, distance=Distance.far)
    picture = Picture(
        sentence="The girl walks in the meadow.",
        actor="a",
        action=Action.walk,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=ShotSize.full),
        figures=(girl, far),
    )
    screen = Screen(picture, (320, 180), 5, LENGTH)
    near, behind = (next(p for p in screen.staging.figures if p.id == i) for i in ("a", "b"))
    for seconds in MOMENTS:
        pose, found = screen.path(seconds), head(screen, "b", seconds)
        body = pose.at(near.walked(seconds, LENGTH), 0.0, near.depth)[0]
        free = 0.15 * near.tall * pose.scale(near.depth) + found.half * pose.scale(behind.depth)
        assert abs(pose.at(found.x, found.up, behind.depth)[0] - body) > free


def test_who_is_licked_holds_no_hand_before_the_dog() -> None:
    dog = FigureIn(id="a", noun="dog", words="", look=DOG, action=Action.eat, side=Side.left)
    boy = FigureIn(id="b", noun="boy", words="", look=BodyLook(), side=Side.right, facing=Facing.left)
    picture = Picture(
        sentence="The dog licks the boy.",
        actor="a",
        action=Action.eat,
        target="b",
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=ShotSize.full),
        figures=(dog, boy),
    )
    screen = Screen(picture, (320, 180), 5, LENGTH)
    assert screen._acting["b"].action is Action.stand  # and gives it nothing
    for seconds in MOMENTS:
        its = head(screen, "a", seconds)
        assert all(up < its.up for _, up in wrists(screen, seconds, "b"))


def test_a_cat_in_the_arms_looks_over_the_hands_that_hold_it() -> None:
    screen = two("The shepherd hugs the cat.", CAT)
    for seconds in MOMENTS:
        its = head(screen, "b", seconds)
        assert all(up < its.up - 0.7 * its.tall for _, up in wrists(screen, seconds))


def test_one_hand_strokes_a_dog_and_the_other_is_not_at_its_muzzle() -> None:
    screen = two("The shepherd pets the dog.", DOG, action=Action.reach)
    dog = next(p for p in screen.staging.figures if p.id == "b")
    for seconds in MOMENTS:
        near = [x for x, _ in wrists(screen, seconds) if abs(x - dog.x) < 0.5 * dog.extent.width]
        assert len(near) == 1


def test_no_peak_of_a_cap_lies_on_the_face_of_who_is_hugged():
    capped = BodyLook(presents="man", age="child", hat=Hat.cap)
    near, far = (
        two("The grandmother hugs the boy.", look, BodyLook(presents="woman", age="elder"))
        for look in (capped.model_copy(update={"hat": Hat.none}), capped)
    )

    def apart(screen):
        one, other = screen.staging.figures
        return abs(one.x - other.x)

    assert apart(far) > apart(near) + 0.03, "the peak is before her face"


def test_a_snowman_goes_up_a_ladder_upright_and_no_stairs():
    screen = two("The snowman climbs a ladder.", SNOWMAN, SNOWMAN, Action.climb)
    assert screen._acting["a"].way == "ladder"
    head = head_at(screen.staging.figures[0], screen._players["a"], screen._acting["a"], 2.0)
    assert head is not None
    assert head.up > 0.5


def test_a_snowman_on_a_ladder_leaves_its_rungs_in_sight():
    figure = Figure(SNOWMAN, (), Ink(), 3)
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(150, 280)
    canvas.scale(60 / figure.height, 60 / figure.height)
    figure.draw(canvas, Acting(Action.climb, Expression.neutral, Facing.right, way="ladder"), 2.0, 4.0)
    snow = (surface.toarray()[..., :3] > 200).all(axis=2).any(axis=0).nonzero()[0]
    climb = figure.climb("ladder")
    middle = 150 + 60 * climb.risen(2.0)[0] * math.sin(math.radians(YAW))
    assert climb.broad, "the ladder is behind it and nobody sees it"
    assert abs(0.5 * (snow.min() + snow.max()) - middle) < 12, "it hangs in the air beside the ladder"


def test_who_whispers_to_a_snowman_has_no_twig_at_the_face():
    screen = two("The shepherd whispers to the snowman.", SNOWMAN, action=Action.talk)
    one, other = screen.staging.figures
    assert abs(one.x - other.x) > 0.5 * other.extent.width + 0.2 * one.tall
