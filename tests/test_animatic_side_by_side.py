"""Side by side: what two do together is done by both, near and the same way; bodies do what is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from test_animatic_performing import figure, shot

from photoplay.render.animatic.direction import directed_picture
from photoplay.render.animatic.figures.face import Ball
from photoplay.render.animatic.figures.hair import _drawn_back
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Age, Being, Expression, Facing, PlaceKind, ShotSize, Side

SIZE = (320, 180)
TALL = {"a": 1.7, "b": 1.7}


def pair(
    sentence: str, action: Action, other: Action = Action.stand, place: PlaceKind = PlaceKind.meadow
) -> Picture:
    figures = figure("a", action), figure("b", other, Side.right, Facing.left)
    picture = shot(action, *figures, target="b", size=ShotSize.full)
    look = picture.place.look.model_copy(update={"kind": place})
    named = tuple(
        f.model_copy(update={"noun": n}) for f, n in zip(figures, ("boy", "old woman"), strict=True)
    )
    return picture.model_copy(
        update={
            "sentence": sentence,
            "figures": named,
            "place": picture.place.model_copy(update={"look": look}),
        }
    )


def joint(screen: Screen, who: str, name: str, seconds: float) -> np.ndarray:
    """A joint of somebody on the stage, in metres: x, and down."""
    placed = next(p for p in screen.staging.figures if p.id == who)
    acting = screen._hands.laid_on(placed, screen._acting[who], seconds)
    at = screen._players[who].body.joints(acting, seconds)[name]
    scale = screen._players[who].scale
    return np.array((placed.walked(seconds, 4.0) + at[0] * scale, -placed.up + at[1] * scale))


@pytest.mark.parametrize("action", [Action.walk, Action.run])
def test_who_goes_with_somebody_goes_beside_it_the_same_way_all_the_time(action: Action) -> None:
    picture = pair("The boy hurries home with the old woman.", action)
    played = directed_picture(picture, TALL, {})
    assert [f.action for f in played.figures] == [action, action]
    assert len({f.facing for f in played.figures}) == 1
    screen = Screen(picture, SIZE, 5, 4.0)
    for seconds in (0.3, 2.0, 3.7):
        apart = abs(joint(screen, "a", "neck", seconds)[0] - joint(screen, "b", "neck", seconds)[0])
        assert 0.3 < apart < 1.5, f"{apart:.2f} m from each other after {seconds} s"


def test_who_goes_to_somebody_does_not_take_it_along() -> None:
    picture = pair("The boy walks to the old woman with a letter.", Action.walk)
    assert [f.action for f in directed_picture(picture, TALL, {}).figures] == [Action.walk, Action.stand]


@pytest.mark.parametrize("action", [Action.lie, Action.sleep, Action.cry, Action.sit])
def test_who_lies_sits_or_cries_beside_somebody_is_not_alone_in_it(action: Action) -> None:
    played = directed_picture(pair("The boy does it beside the old woman.", action), TALL, {})
    assert [f.action for f in played.figures] == [action, action]


def test_two_who_lie_beside_each_other_have_their_heads_together_and_apart() -> None:
    screen = Screen(pair("The boy lies down beside the old woman.", Action.lie), SIZE, 5, 4.0)
    heads = [joint(screen, who, "nose", 3.9)[0] for who in "ab"]
    hips = [joint(screen, who, "r-hip", 3.9)[0] for who in "ab"]
    assert 0.15 < abs(heads[0] - heads[1]) < 0.9 < abs(hips[0] - hips[1])


def test_both_swim_who_swim_together_and_there_is_no_boat() -> None:
    screen = Screen(
        pair("The boy swims with the old woman.", Action.swim, place=PlaceKind.lake), SIZE, 5, 4.0
    )
    assert screen.aboard is None
    assert all(p.sunk for p in screen.staging.figures)


def test_who_has_swum_to_somebody_does_not_stand_up_there_in_deep_water() -> None:
    pictured = pair("The boy swims to the old woman.", Action.swim, Action.swim, place=PlaceKind.lake)
    screen = Screen(pictured, SIZE, 5, 4.0)
    boy = next(p for p in screen.staging.figures if p.id == "a")
    assert boy.stops is not None
    assert boy.stops < 3.9
    assert screen._acted(boy, 3.9).action is Action.swim


def test_only_the_one_who_waves_waves_with_the_hand_clear_of_the_head() -> None:
    for facing in (Facing.camera, Facing.right, Facing.left):
        picture = pair("The boy waves to the old woman.", Action.wave, Action.wave)
        figures = tuple(f.model_copy(update={"facing": facing}) for f in picture.figures[:1])
        screen = Screen(picture.model_copy(update={"figures": (*figures, picture.figures[1])}), SIZE, 5, 4.0)
        assert screen._acting["b"].action is not Action.wave
        head = screen._players["a"].body.height * 0.13
        for seconds in (0.2, 0.4, 0.6):
            nose = joint(screen, "a", "nose", seconds)
            hand = min((joint(screen, "a", n, seconds) for n in ("r-wrist", "l-wrist")), key=lambda p: p[1])
            assert hand[1] < nose[1] + 0.05
            assert abs(hand[0] - nose[0]) > head, f"the hand is before the face, turned {facing}"


def test_who_trips_falls_forwards_over_the_foot_of_whom_it_trips_over() -> None:
    screen = Screen(pair("The boy trips over the old woman.", Action.fall), SIZE, 5, 4.0)
    placed = {p.id: p for p in screen.staging.figures}
    way = 1.0 if placed["a"].facing is Facing.right else -1.0
    foot = max((joint(screen, "b", n, 0.1) for n in ("r-ankle", "l-ankle")), key=lambda p: -way * p[0])
    feet = [joint(screen, "a", n, s) for n in ("r-ankle", "l-ankle") for s in (0.9, 1.3, 1.7)]
    assert min(abs(f[0] - foot[0]) for f in feet) < 0.45, "its foot is caught"
    assert way * (joint(screen, "a", "nose", 3.8)[0] - foot[0]) > 0.5, "it falls on beyond"
    assert joint(screen, "a", "nose", 1.9)[1] > -0.6 > joint(screen, "b", "nose", 1.9)[1]
    assert joint(screen, "a", "nose", 3.8)[1] > 0.6 * joint(screen, "b", "nose", 3.8)[1], "propped up by then"


def test_two_who_dance_hold_each_other_all_the_time() -> None:
    screen = Screen(pair("The boy dances with the old woman.", Action.dance, Action.dance), SIZE, 5, 4.0)
    for seconds in (0.2, 1.0, 2.4, 3.8):
        wrists = [joint(screen, who, n, seconds) for who in "ab" for n in ("r-wrist", "l-wrist")]
        near = min(float(np.hypot(*(p - q))) for p in wrists[:2] for q in wrists[2:])
        assert near < 0.25, f"hands are {near:.2f} m apart"


def test_who_staggers_does_not_walk_upright() -> None:
    def leans(sentence: str) -> float:
        picture = shot(Action.walk, figure("a", Action.walk), size=ShotSize.full)
        screen = Screen(picture.model_copy(update={"sentence": sentence}), SIZE, 5, 4.0)
        spots = [
            joint(screen, "a", "neck", s)[0] - joint(screen, "a", "r-hip", s)[0] for s in (0, 0.6, 1.1, 1.6)
        ]
        return float(max(spots) - min(spots))

    assert leans("It staggers.") > 3 * leans("It walks.")


def test_tears_of_another_are_dried_at_the_cheek_and_are_seen() -> None:
    screen = Screen(pair("The boy wipes the tears of the old woman.", Action.reach), SIZE, 5, 4.0)
    assert (screen._acting["a"].manner, screen._acting["b"].manner) == ("dry", "tearful")
    for seconds in (0.5, 2.0, 3.5):
        nose = joint(screen, "b", "nose", seconds)
        hands = [joint(screen, "a", n, seconds) for n in ("r-wrist", "l-wrist")]
        assert min(float(np.hypot(*(hand - nose))) for hand in hands) < 0.3
    alone = shot(Action.reach, figure("a", Action.reach)).model_copy(
        update={"sentence": "She dries her eyes."}
    )
    assert directed_picture(alone, TALL, {}).action is Action.cry


@pytest.mark.parametrize("sentence", ["The couple laughs.", "Both friends laugh.", "The sisters laugh."])
def test_all_do_it_of_whom_it_is_told(sentence: str) -> None:
    played = directed_picture(pair(sentence, Action.laugh), TALL, {})
    assert [f.action for f in played.figures] == [Action.laugh, Action.laugh]
    alone = directed_picture(pair("The boy laughs.", Action.laugh), TALL, {})
    assert [f.action for f in alone.figures] == [Action.laugh, Action.stand]


def test_a_boxer_hugs_with_bare_hands_and_fights_in_gloves() -> None:
    def gloved(action: Action) -> bool:
        who = figure("a", action).model_copy(update={"noun": "boxer"})
        body: Any = Screen(shot(action, who, size=ShotSize.full), SIZE, 5, 4.0)._bodies["a"]._body
        return "boxing gloves" in body.costume.pieces

    assert (gloved(Action.fight), gloved(Action.hug), gloved(Action.talk)) == (True, False, False)


def test_eyes_that_are_rolled_and_hands_that_are_shaken_are_not_what_is_done() -> None:
    from photoplay.agent.outline.idea import main_verb

    for words, at in (("The boxer shakes hands with the man", 2), ("The man rolls his eyes", 2)):
        assert main_verb(words.split()) == at


@pytest.mark.parametrize("age", [Age.adult, Age.child])
def test_one_hand_gives_and_one_takes_below_both_faces(age: Age) -> None:
    picture = pair("The boy gives the old woman a flower.", Action.give)
    one, other = picture.figures
    other = other.model_copy(update={"look": other.look.model_copy(update={"age": age})})
    screen = Screen(picture.model_copy(update={"figures": (one, other)}), SIZE, 5, 4.0)
    hands = {who: [joint(screen, who, n, 1.9) for n in ("r-wrist", "l-wrist")] for who in "ab"}
    met = min(float(np.hypot(*(p - q))) for p in hands["a"] for q in hands["b"])
    assert met < 0.3, "they meet"
    for who in "ab":
        nose = joint(screen, who, "nose", 1.9)
        for spots in hands.values():
            assert min(float(np.hypot(*(p - nose))) for p in spots) > 0.2, "no hand is in a face"


@pytest.mark.parametrize("action", [Action.sit, Action.kneel])
def test_who_sits_down_or_kneels_is_seen_on_its_feet_first(action: Action) -> None:
    screen = Screen(shot(action, figure("a", action), size=ShotSize.full), SIZE, 5, 4.0)
    hip = [joint(screen, "a", "r-hip", seconds)[1] for seconds in (0.7, 3.5)]
    assert hip[1] - hip[0] > 0.2


def test_who_is_carried_lies_in_the_arms_off_the_ground() -> None:
    picture = pair("The boy carries the old woman home.", Action.hold)
    screen = Screen(picture, SIZE, 5, 4.0)
    assert (screen._acting["a"].manner, screen._acting["b"].manner) == ("bear", "borne")
    for seconds in (0.4, 2.0, 3.6):
        nose, feet = joint(screen, "b", "nose", seconds), joint(screen, "b", "r-ankle", seconds)
        assert feet[1] < -0.2, "feet are off the ground"
        assert abs(nose[0] - feet[0]) > 0.6, "and it lies"
        assert abs(nose[0] - joint(screen, "a", "nose", seconds)[0]) > 0.2, "no face before the other"


def test_who_is_laughed_at_does_not_laugh_and_who_flees_is_afraid() -> None:
    played = directed_picture(pair("The boy laughs at the old woman.", Action.laugh, Action.laugh), TALL, {})
    assert [f.action for f in played.figures] == [Action.laugh, Action.stand]
    assert played.figures[1].expression is Expression.sad
    fled = directed_picture(pair("The boy runs away from the old woman.", Action.run), TALL, {})
    assert fled.figures[0].expression is Expression.afraid


def test_who_sings_with_somebody_is_not_alone_in_it_and_who_is_played_with_hears_no_music() -> None:
    sung = directed_picture(pair("The boy sings with the old woman.", Action.sing, Action.listen), TALL, {})
    assert [f.action for f in sung.figures] == [Action.sing, Action.sing]
    heard = directed_picture(pair("The boy sings to the old woman.", Action.sing, Action.listen), TALL, {})
    assert heard.figures[1].action is Action.listen
    played = directed_picture(pair("The boy plays with the old woman.", Action.play, Action.listen), TALL, {})
    assert played.figures[1].action is Action.stand


def test_how_somebody_is_said_to_be_is_on_the_face_and_who_is_afraid_shivers() -> None:
    screen = Screen(pair("The boy is afraid of the old woman.", Action.stand), SIZE, 5, 4.0)
    assert (screen._acting["a"].expression, screen._acting["a"].manner) == (Expression.afraid, "shiver")
    assert screen._acting["b"].manner == ""


def test_no_hair_lies_before_the_chin_of_a_face_in_profile() -> None:
    ball = Ball(0.42, 64.0, 0.0)
    lock = [(0.4, 0.46), (-0.4, 0.46), (0.2, -0.5)]
    drawn = _drawn_back(lock, ball)
    assert drawn[0][0] < 0.25
    assert drawn[1:] == lock[1:]
    assert _drawn_back(lock, Ball(0.42, 8.0, 0.0)) == lock


def test_a_robot_that_is_pulled_up_sits_first_and_then_stands() -> None:
    picture = pair("The boy pulls the robot up.", Action.pull)
    one, other = picture.figures
    robot = other.model_copy(update={"look": BodyLook(being=Being.robot, species="robot"), "noun": "robot"})
    screen = Screen(picture.model_copy(update={"figures": (one, robot)}), SIZE, 5, 4.0)
    placed = next(p for p in screen.staging.figures if p.id == "b")
    seen = [screen._hands.laid_on(placed, screen._acting["b"], seconds).action for seconds in (0.5, 3.5)]
    assert seen == [Action.sit, Action.stand]
    assert screen.picture.camera.size is ShotSize.full
