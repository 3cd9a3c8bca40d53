"""What takes both hands: the flute at the lips, the spade in the earth, the loaf in the oven, the carried board."""

from __future__ import annotations

import numpy as np
import pytest
from test_animatic_handiwork import doing
from test_animatic_manners import SIZE, frame, said

from photoplay.render.animatic.direction import business
from photoplay.render.animatic.grip import is_read, most_of
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import thing_kinds
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, ShotSize


def joints_of(picture: Picture, seconds: float) -> dict[str, tuple[float, float]]:
    """The joints of whoever acts, in shares of the height."""
    screen = Screen(picture, SIZE, 5, 4.0)
    placed = screen.staging.figures[0]
    body = screen._players["a"].body
    joints = body.joints(screen._acted(placed, seconds), seconds)
    return {k: (x / body.height, y / body.height) for k, (x, y) in joints.items()}


@pytest.mark.parametrize("seconds", [0.3, 2.0, 3.6])
def test_both_hands_are_at_the_flute_before_the_face(seconds: float) -> None:
    joints = joints_of(doing(Action.play, "She plays the flute.", "flute", holds=("it",)), seconds)
    for side in ("r-wrist", "l-wrist"):
        x, y = joints[side]
        assert x > joints["nose"][0] + 0.02
        assert abs(y - joints["nose"][1]) < 0.24


@pytest.mark.parametrize("seconds", [0.3, 2.0, 3.6])
def test_both_hands_are_on_the_spade_one_above_the_other(seconds: float) -> None:
    joints = joints_of(said(Action.dig, "She digs a hole."), seconds)
    (low_x, low_y), (top_x, top_y) = joints["r-wrist"], joints["l-wrist"]
    assert 0.1 < np.hypot(low_x - top_x, low_y - top_y) < 0.5
    assert Screen(said(Action.dig, "She digs a hole."), SIZE, 5, 4.0)._wields["a"] == "spade"


@pytest.mark.parametrize(
    ("sentence", "action", "used"),
    [
        ("She bakes a loaf of bread.", Action.cook, "oven"),
        ("She cooks soup.", Action.cook, "stove"),
        ("She rakes the leaves.", Action.dig, "rows"),
        ("She digs a hole.", Action.dig, "pit"),
    ],
)
def test_bread_is_baked_in_an_oven_and_leaves_are_raked(sentence: str, action: Action, used: str) -> None:
    screen = Screen(said(action, sentence), SIZE, 5, 4.0)
    assert business(screen.picture, screen._players["a"].source, action) == used


def test_the_loaf_goes_in_pale_and_comes_out_brown() -> None:
    early, middle, late = (frame(said(Action.cook, "She bakes a loaf of bread."), t) for t in (0.2, 2.0, 3.8))
    assert np.abs(early - middle).max() > 60
    assert np.abs(early - late).max() > 60


def test_a_sign_in_the_hands_is_a_board_without_a_post() -> None:
    for sentence, holds in (("She carries a sign.", ("it",)), ("She holds a sign.", ())):
        screen = Screen(doing(Action.hold, sentence, "sign", holds=holds), SIZE, 5, 4.0)
        assert [t.look.kind for t in screen._players["a"].held] == ["painted board"]
        assert screen._wields["a"] == "sign"


def test_what_goes_up_in_the_hands_is_seen_with_who_has_it() -> None:
    told = doing(Action.hold, "She lifts the egg.", "egg", holds=("it",))
    camera = told.camera.model_copy(update={"size": ShotSize.insert, "focus": "it"})
    seen = Screen(told.model_copy(update={"camera": camera}), SIZE, 5, 4.0).picture.camera
    assert (seen.size, seen.focus) == (ShotSize.full, "a")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("plank", "plank"), ("branch", "branch"), ("dragon egg", "dragon egg"), ("ribbon", "ribbon"),
        ("paint box", "paint box"), ("painted sign", "painted board"), ("urn", "urn"),
    ],
)  # fmt: skip
def test_a_plank_is_no_branch_and_each_has_a_drawing(words: str, kind: str) -> None:
    entry = look_up(words, "thing")
    assert entry is not None
    assert entry.kind == kind
    assert kind in thing_kinds()


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action.paint, "She draws a plan on a sheet of paper."),
        (Action.write, "She sketches a map."),
    ],
)
def test_a_plan_is_drawn_with_a_pencil_line_by_line(action: Action, sentence: str) -> None:
    screen = Screen(doing(action, sentence, "blanket"), SIZE, 5, 4.0)
    assert business(screen.picture, screen._players["a"].source, Action.paint) == "draft"
    assert screen.picture.things == ()


@pytest.mark.parametrize(
    "sentence", ["She draws a plan.", "She paints a picture.", "She writes on the wall."]
)
def test_the_hand_is_where_the_line_grows(sentence: str) -> None:
    early, late = (joints_of(said(Action.paint, sentence), t)["r-wrist"] for t in (0.2, 1.0))
    assert early[0] > 0.12
    assert np.hypot(early[0] - late[0], early[1] - late[1]) > 0.03


def test_who_paints_a_door_has_the_brush_on_it() -> None:
    screen = Screen(doing(Action.paint, "She paints the door.", "door"), SIZE, 5, 4.0)
    me, door = screen.staging.figures[0], screen.staging.things[0]
    near = abs(door.x - me.x) - door.extent.width / 2
    assert near < 0.2 * screen._players["a"].body.height
    assert abs(door.depth - me.depth) < 0.3


def test_an_umbrella_is_over_the_head_and_in_the_frame() -> None:
    told = doing(Action.hold, "She holds an umbrella.", "umbrella", holds=("it",))
    screen = Screen(told, SIZE, 5, 4.0)
    assert screen.picture.camera.size is ShotSize.full


def test_a_stone_in_the_hand_is_no_boulder() -> None:
    stone = Screen(doing(Action.throw, "She throws a stone.", "stone", holds=("it",)), SIZE, 5, 4.0)
    ball = Screen(doing(Action.throw, "She throws a ball.", "ball", holds=("it",)), SIZE, 5, 4.0)
    assert most_of(stone._players["a"].held[0]) < most_of(ball._players["a"].held[0])


def test_a_letter_that_is_examined_is_open_under_the_glass_and_the_face_is_free() -> None:
    joints = joints_of(doing(Action.look, "She examines the letter.", "letter", holds=("it",)), 2.0)
    for side in ("r-wrist", "l-wrist"):
        assert joints[side][1] > joints["nose"][1] + 0.2
    held = Screen(doing(Action.look, "She examines the letter.", "letter", holds=("it",)), SIZE, 5, 4.0)
    player = held._players["a"]
    assert is_read(player, player.held[0])


def test_a_chest_is_not_opened_by_nobody() -> None:
    told = doing(Action.open, "She opens the chest.", "chest")
    camera = told.camera.model_copy(update={"size": ShotSize.insert, "focus": "it"})
    seen = Screen(told.model_copy(update={"camera": camera}), SIZE, 5, 4.0).picture.camera
    assert seen.size is not ShotSize.insert
    assert seen.focus == "a"
