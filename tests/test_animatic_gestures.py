"""Gestures that name their verb: hands before the body, what is clasped in them, and faces that do not lie."""

from __future__ import annotations

import math
import re
from importlib import resources

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.mood import EXPRESSIONS, mood
from photoplay.render.animatic.figures.performances import MANNERS, PERFORMANCES, performance
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.leaves import has_leaves, leaf_in, opened
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Distance,
    Expression,
    Facing,
    PlaceKind,
    ShotSize,
    Side,
)  # fmt: skip

SIZE = (320, 180)
PALM = 0.07
"""A palm's width, in heights."""


def body(age: Age = Age.adult) -> Figure:
    return Figure(BodyLook(age=age), (), Ink(), 4)


def played(sentence: str, picture: Picture, length: float = 4.0) -> Screen:
    return Screen(picture.model_copy(update={"sentence": sentence}), SIZE, 5, length)


def alone(sentence: str, action: Action, size: ShotSize = ShotSize.medium) -> Screen:
    return played(sentence, shot(action, figure("a", action), size=size))


def wrists(who: Figure, acting: Acting, t: float) -> tuple[np.ndarray, np.ndarray]:
    joints = who.joints(acting, t)
    return tuple(np.asarray(joints[name]) / who.height for name in ("r-wrist", "l-wrist"))  # type: ignore[return-value]


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("facing", [Facing.camera, Facing.left, Facing.right])
def test_palms_meet_before_the_chest_in_a_clap_and_part_again(age: Age, facing: Facing) -> None:
    who = body(age)
    acting = Acting(Action.laugh, Expression.happy, facing, manner="clap")
    moments = [0.05 * k for k in range(16)]
    apart = [float(np.linalg.norm(np.subtract(*wrists(who, acting, t)))) for t in moments]
    assert min(apart) < PALM, f"hands never meet: {min(apart):.2f}"
    assert max(apart) > 0.14, "hands never part"
    met = moments[int(np.argmin(apart))]
    joints = who.joints(acting, met)
    chin = joints["nose"][1] / who.height + 0.3 * who._body.body.head  # type: ignore[union-attr]
    assert all(wrist[1] > chin for wrist in wrists(who, acting, met)), "the face is clapped on"


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize(("action", "way"), [(Action.hold, ""), (Action.hold, "show"), (Action.read, "")])
def test_what_is_clasped_lies_between_both_hands_and_no_arm_is_stretched(
    age: Age, action: Action, way: str
) -> None:
    who = body(age)
    acting = Acting(action, Expression.neutral, Facing.right, manner=way)
    hand = np.asarray(who.hand(acting, 3.0)) / who.height
    for wrist in wrists(who, acting, 3.0):
        assert np.linalg.norm(wrist - hand) < 0.19
    joints = who.joints(acting, 3.0)
    arm = who._body.body.arm  # type: ignore[union-attr]
    for side in ("r", "l"):
        fore = math.dist(joints[f"{side}-elbow"], joints[f"{side}-wrist"]) / who.height
        assert fore < 0.44 * arm * 1.5


def test_a_hand_goes_to_the_brow_only_to_look_into_the_distance() -> None:
    """Read as scratching the head in eleven of two hundred shots."""
    looks = [
        PERFORMANCES[Action.look],
        *(act for (action, _), act in MANNERS.items() if action is Action.look),
    ]
    assert [act.touch for act in looks if act.touch and act.touch not in ("near", "palms")] == ["visor"]
    pair = shot(Action.look, figure("a", Action.look), figure("b", Action.stand, Side.right), target="b")
    for sentence in (
        "She looks at the man.",
        "She watches the man.",
        "She notices the man.",
        "She looks up.",
    ):
        acting = played(sentence, pair)._acting["a"]
        assert not performance(Action.look, acting.manner).touch, sentence
    far = alone("She looks at the horizon.", Action.look, ShotSize.close)
    assert far._acting["a"].manner == "far"
    assert far.picture.camera.size is ShotSize.medium_full


def test_the_hand_of_who_looks_far_does_not_lie_on_the_face() -> None:
    who = body()
    acting = Acting(Action.look, Expression.neutral, Facing.right, manner="far")
    joints = who.joints(acting, 3.9)
    head = who._body.body.head * who.height  # type: ignore[union-attr]
    away = joints["nose"][0] - joints["r-wrist"][0], joints["nose"][1] - joints["r-wrist"][1]
    assert -away[0] > 0.4 * head, "the wrist is not before the face"
    assert away[1] > 0.1 * head, "the hand is not above the eyes"


def test_who_looks_up_has_the_face_turned_up() -> None:
    who = body()
    up, straight = (
        who._body.bones(Acting(Action.look, Expression.neutral, Facing.right, manner=way), 3.9).head_turn  # type: ignore[union-attr]
        for way in ("up", "")
    )
    assert up < straight - 15
    assert mood(Acting(Action.look, Expression.sad, Facing.right, manner="up"), 0.5, 1).gaze[1] < -0.8


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("The girl looks at the girl's hands.", "hands"),
        ("She looks at her own hands.", "hands"),
        ("She looks at an empty place.", "gone"),
        ("She looks at the sea.", "out"),
    ],
)
def test_what_is_looked_at_is_played(sentence: str, way: str) -> None:
    assert alone(sentence, Action.look)._acting["a"].manner == way


def test_an_empty_place_is_in_the_frame() -> None:
    screen = alone("She looks at an empty place.", Action.look, ShotSize.close)
    assert screen.picture.camera.size is ShotSize.full


@pytest.mark.parametrize("kind", ["book", "lantern", "coat", "bone"])
def test_what_is_held_is_clasped_and_large_enough_and_below_the_chin(kind: str) -> None:
    picture = shot(Action.hold, figure("a", Action.hold), target="egg", things=(thing("egg", kind),))
    screen = played("She holds it.", picture)
    player = screen._players["a"]
    assert [t.look.kind for t in player.held] == [kind], "it stands beside who holds it"
    bare, laden = drawn(screen, held=False), drawn(screen, held=True)
    rows = np.flatnonzero((np.abs(bare - laden).max(axis=2) > 24).any(axis=1))
    high = (rows[-1] - rows[0]) / 200 / player.body.height
    assert high > (0.08 if kind == "bone" else 0.12)
    nose = 380 + player.body.joints(screen._acting["a"], 2.0)["nose"][1] * 200
    assert rows[0] > nose, "the face is covered"


def drawn(screen: Screen, held: bool) -> np.ndarray:
    """The player alone, 200 pixels a metre, its feet at row 380."""
    from photoplay.render.animatic.grip import held_by

    player = screen._players["a"]
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.translate(200, 380)
    canvas.scale(200, 200)
    hold = held_by(player, Ink(), 0.0, 2.0) if held else None
    player.body.draw(canvas, screen._acting["a"], 2.0, 4.0, hold)
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


def test_who_carries_something_walks_with_it() -> None:
    picture = shot(Action.hold, figure("a", Action.hold), target="egg", things=(thing("egg", "bag"),))
    carries, holds = played("She carries the bag.", picture), played("She holds the bag.", picture)
    acting = carries._acting["a"]
    assert (acting.action, acting.manner) == (Action.walk, "carry")
    assert carries.staging.figures[0].walks
    assert [t.look.kind for t in carries._players["a"].held] == ["bag"]
    assert not holds.staging.figures[0].walks


def test_who_shows_a_thing_holds_it_out_and_does_not_point() -> None:
    picture = shot(Action.point, figure("a", Action.point), target="egg", things=(thing("egg", "painting"),))
    screen = played("She shows the painting.", picture)
    assert (screen._acting["a"].action, screen._acting["a"].manner) == (Action.hold, "show")
    assert [t.look.kind for t in screen._players["a"].held] == ["painting"]
    points = played("She points at the painting.", picture)
    assert points._acting["a"].action is Action.point


def test_hands_are_shaken_and_nothing_is_handed_over() -> None:
    one = figure("a", Action.give, holds=("egg",))
    other = figure("b", Action.stand, Side.right, Facing.left)
    picture = shot(Action.give, one, other, target="b", things=(thing("egg", "bowl", held=True),))
    screen = played("She shakes hands with the man.", picture)
    assert [screen._acting[i].manner for i in "ab"] == ["shake", "shake"]
    assert not any(screen._players[i].held for i in "ab")
    at = {p.id: p.x for p in screen.staging.figures}
    hands = [at[i] + screen._players[i].body.hand(screen._acting[i], 2.0)[0] for i in "ab"]  # type: ignore[index]
    assert abs(hands[0] - hands[1]) < 0.2


@pytest.mark.parametrize("age", [Age.adult, Age.child])
def test_hands_that_are_shaken_are_one_in_the_other_however_tall_the_two_are(age: Age) -> None:
    one = figure("a", Action.give).model_copy(update={"look": BodyLook(age=age)})
    other = figure("b", Action.stand, Side.right, Facing.left)
    screen = played("She shakes hands with the man.", shot(Action.give, one, other, target="b"))
    placed = {p.id: p for p in screen.staging.figures}
    hands = []
    for i in "ab":
        hand = screen._players[i].body.hand(screen._acting[i], 2.0)
        assert hand is not None
        hands.append((placed[i].x + hand[0], placed[i].up - hand[1]))
    assert math.dist(*hands) < PALM * 1.72 * 1.2, "two fists in the air"
    neck = screen._players["a"].body.joints(screen._acting["a"], 2.0)["neck"][1]
    assert hands[0][1] < placed["a"].up - neck, "before the mouth of a child"


def test_two_who_work_together_stand_at_one_bench_and_hit_nobody() -> None:
    from photoplay.render.animatic.direction import business

    pair = (figure("a", Action.work), figure("b", Action.work, Side.right, Facing.left))
    screen = played("She works with the man.", shot(Action.work, *pair, target="b"))
    assert business(screen.picture, screen.picture.figures[0], Action.work) == "bench"
    assert not screen._met
    assert all(len(screen._players[i].held) == 1 for i in "ab")


def test_a_seat_and_feet_are_in_the_frame_of_who_sits() -> None:
    screen = alone("She sits.", Action.sit, ShotSize.medium)
    assert screen.picture.camera.size is ShotSize.full


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("She closes the notebook.", "book"),
        ("She opens a letter.", "letter"),
        ("She reads a report.", "letter"),
    ],
)
def test_a_book_or_letter_is_opened_in_the_hands_and_no_door_stands_there(sentence: str, kind: str) -> None:
    """A door was shut in "closes the notebook"."""
    from photoplay.render.animatic.direction import business

    action = Action.close if "close" in sentence else Action.open if "open" in sentence else Action.read
    screen = alone(sentence, action)
    assert business(screen.picture, screen.picture.figures[0], action) == ""
    held = screen._players["a"].held
    assert len(held) == 1
    assert has_leaves(held[0].look.kind)
    assert leaf_in(sentence) == held[0].look.kind
    assert (held[0].look.kind == "letter") == (kind == "letter")


def test_what_is_opened_ends_open_and_what_is_shut_ends_shut() -> None:
    assert (opened(Action.open, 0.0), opened(Action.open, 1.0)) == (0.0, 1.0)
    assert (opened(Action.close, 0.0), opened(Action.close, 1.0)) == (1.0, 0.0)
    door = alone("She opens the door.", Action.open)
    assert door._acting["a"].manner == ""


def frame(screen: Screen, seconds: float) -> np.ndarray:
    surface = skia.Surface(*SIZE)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


def differing(one: np.ndarray, other: np.ndarray) -> int:
    return int((np.abs(one - other).max(axis=2) > 24).sum())


def test_the_lid_of_a_box_that_is_opened_comes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def frames(kind: str) -> list[np.ndarray]:
        things = (thing("egg", kind),)
        picture = shot(Action.open, figure("a", Action.open), target="egg", things=things, size=ShotSize.full)
        return [frame(played("She opens it.", picture), t) for t in (0.1, 3.6)]

    opened_box, closed_stone = frames("box"), frames("stone")
    monkeypatch.setattr(Screen, "_lidded", lambda *_: False)
    still_box, still_stone = frames("box"), frames("stone")
    assert differing(opened_box[0], still_box[0]) == 0
    assert differing(opened_box[1], still_box[1]) > 60
    assert differing(closed_stone[1], still_stone[1]) == 0, "a stone has no lid"


def test_a_robot_that_breaks_smokes_and_slumps() -> None:
    robot = BodyLook(being=Being.robot, species="robot")
    who = figure("a", Action.cry).model_copy(update={"look": robot})
    screen = played("The robot breaks.", shot(Action.cry, who, size=ShotSize.full))
    assert screen._acting["a"].manner == "broken"
    child = alone("The girl breaks down.", Action.cry)
    assert child._acting["a"].manner == ""


def test_who_works_on_a_robot_has_a_tool_and_stands_at_it() -> None:
    robot = BodyLook(being=Being.robot, species="robot")
    other = figure("b", Action.stand, Side.far_right, Facing.left).model_copy(update={"look": robot})
    screen = played("She works on the robot.", shot(Action.work, figure("a", Action.work), other, target="b"))
    assert screen._acting["a"].manner == "on"
    assert len(screen._players["a"].held) == 1
    at = {p.id: p.x for p in screen.staging.figures}
    assert abs(at["a"] - at["b"]) < 1.0
    order = [laid.name for laid in screen._entities(0.5, screen.path(0.5), 0.5, False)]
    assert order[-1] == "a", "the tool would be behind the robot"
    worker = screen._players["a"].body
    for t in (0.1, 0.3, 0.5, 0.7):
        joints = worker.joints(screen._acting["a"], t)
        assert joints["r-wrist"][1] > joints["nose"][1] + 0.2, "the tool is before the worker's own eyes"
    canvas = skia.Surface(64, 64).getCanvas()
    ways = []
    for t in (0.1, 0.3, 0.5, 0.7):
        worker.draw(
            canvas, screen._acting["a"], t, 2.0, lambda c: ways.append(c.getTotalMatrix().mapVector(0, -1))
        )
    assert len(ways) == 4
    assert all(way.y() > -0.2 * abs(way.x()) for way in ways), "the tool stands up before the robot's face"


def test_who_is_lifted_is_off_the_ground_and_who_is_helped_gets_up() -> None:
    pair = (figure("a", Action.hold), figure("b", Action.stand, Side.right, Facing.left))
    lifts = played("She lifts the boy.", shot(Action.hold, *pair, target="b"))
    boy = next(p for p in lifts.staging.figures if p.id == "b")
    assert lifts._bob(boy, lifts._players["b"], 0.0) == 0.0
    assert lifts._bob(boy, lifts._players["b"], 3.9) > 0.3
    reach = (pair[0].model_copy(update={"action": Action.reach}), pair[1])
    helps = played("She helps the boy.", shot(Action.reach, *reach, target="b"))
    assert (helps._acting["b"].action, helps._acting["b"].manner) == (Action.rise, "helped")
    low, high = (helps._players["b"].body.joints(helps._acting["b"], t)["nose"][1] for t in (0.2, 3.9))
    assert high < low - 0.2


def test_who_plays_the_guitar_has_one_in_the_hands() -> None:
    screen = alone("She plays the guitar.", Action.play)
    assert [t.look.kind for t in screen._players["a"].held] == ["guitar"]
    ball = alone("The boy plays.", Action.play)
    assert ball._acting["a"].manner == "toss"
    assert alone("The boy plays hide and seek.", Action.play)._acting["a"].manner == "seek"


def test_only_who_waits_waits() -> None:
    pair = (figure("a", Action.stand), figure("b", Action.stand, Side.right, Facing.left))
    picture = shot(Action.stand, *pair, target="b", size=ShotSize.full)
    screen = played("She waits for the man.", picture)
    assert [screen._acting[i].manner for i in "ab"] == ["wait", ""]


@pytest.mark.parametrize("felt", [Expression.sad, Expression.angry, Expression.tired, Expression.afraid])
@pytest.mark.parametrize("action", [Action.stand, Action.read, Action.hold, Action.look])
def test_a_mood_is_a_shade_on_a_face_that_does_something_and_plain_where_it_is_told(
    felt: Expression, action: Action
) -> None:
    """ "Sad" was what strangers wrote of people who wait, stand and read."""
    face = mood(Acting(action, felt, Facing.right), 0.5, 1)
    assert face.curve > 0
    assert abs(face.slant) < 0.5
    if action is not Action.look:
        told = mood(Acting(action, felt, Facing.right, told=True), 0.5, 1)
        assert told.curve == EXPRESSIONS[felt].curve


def test_an_adverb_is_plain_on_the_face_of_who_does_it() -> None:
    screen = alone("She walks sadly.", Action.walk)
    assert screen._acting["a"].told
    assert not alone("She walks.", Action.walk)._acting["a"].told


@pytest.mark.parametrize(
    ("sentence", "action", "kind", "way"),
    [
        ("She picks up a feather.", Action.take, "feather", "up"),
        ("She drops the lantern.", Action.throw, "lantern", "drop"),
        ("She puts on the hat.", Action.hold, "hat", "don"),
        ("She tears the letter.", Action.pull, "letter", "tear"),
        ("She rings the bell.", Action.reach, "bell", "ring"),
        ("She wipes the dust off the crown.", Action.reach, "crown", "wipe"),
        ("She packs the bag.", Action.work, "bag", "pack"),
    ],
)
def test_what_is_done_to_a_small_thing_has_a_way_of_its_own(
    sentence: str, action: Action, kind: str, way: str
) -> None:
    who = figure("a", action, holds=("egg",))
    picture = shot(action, who, target="egg", things=(thing("egg", kind, held=True),))
    screen = played(sentence, picture)
    assert screen._acting["a"].manner == way


def held_at(screen: Screen, seconds: float) -> int:
    from photoplay.render.animatic.handing import in_hand

    return len(in_hand(screen._players["a"], screen._players, screen.picture, screen._met, seconds).held)


def test_what_is_picked_up_comes_to_the_hand_and_what_is_dropped_leaves_it() -> None:
    for sentence, action, counts in (
        ("She picks up the apple.", Action.take, [0, 1]),
        ("She drops the apple.", Action.throw, [1, 0]),
    ):
        who = figure("a", action, holds=("egg",))
        picture = shot(action, who, target="egg", things=(thing("egg", "apple", held=True),))
        screen = played(sentence, picture)
        assert [held_at(screen, t) for t in (0.2, 3.9)] == counts, sentence


def test_who_backs_away_does_not_hide_behind_barrels() -> None:
    from photoplay.render.animatic.direction import business

    screen = alone("She backs away.", Action.hide)
    assert screen._acting["a"].manner == "back"
    assert business(screen.picture, screen.picture.figures[0], Action.hide) == ""
    hips = [screen._players["a"].body.joints(screen._acting["a"], t)["r-hip"][0] for t in (0.1, 3.9)]
    way = 1 if screen.staging.figures[0].facing is Facing.right else -1
    assert (hips[1] - hips[0]) * way < -0.3


def test_who_is_talked_to_has_no_hand_at_the_ear() -> None:
    pair = (figure("a", Action.talk), figure("b", Action.listen, Side.right, Facing.left))
    screen = played("She talks to the man.", shot(Action.talk, *pair, target="b", size=ShotSize.full))
    assert screen._acting["b"].manner == "to"
    assert not performance(Action.listen, "to").touch
    assert performance(Action.listen).touch == "ear"


def test_what_is_washed_is_in_the_tub_and_who_is_washed_is_not() -> None:
    who = figure("a", Action.reach, holds=("egg",))
    cup = shot(Action.reach, who, target="egg", things=(thing("egg", "cup", held=True),))
    assert played("She washes the cup.", cup)._acting["a"].manner == "wash"
    pair = (figure("a", Action.reach), figure("b", Action.stand, Side.right))
    child = played("She washes the child.", shot(Action.reach, *pair, target="b"))
    assert child._acting["a"].action is Action.reach


@pytest.mark.parametrize("age", [Age.adult, Age.child])
def test_a_grown_woman_is_no_girl(age: Age) -> None:
    """Seven women at their trades were taken for girls: a smaller head, lips, and no braids by chance."""
    from photoplay.render.animatic.figures.anatomy import anatomy
    from photoplay.storyboard.vocabulary import HairStyle
    from photoplay.storyboard.wardrobe import _grown

    one = anatomy(BodyLook(presents="woman", age=age))
    man = anatomy(BodyLook(presents="man", age=age))
    assert abs(one.leg + one.torso + one.neck + one.head - 1.0) < 0.02
    assert (one.head < man.head) == (age is Age.adult)
    assert (one.bust > 1.0) == (age is Age.adult)
    assert _grown(HairStyle.braids, age) is (HairStyle.bun if age is Age.adult else HairStyle.braids)


def test_every_place_for_hands_is_known() -> None:
    from photoplay.render.animatic.figures.touching import _BEFORE, _PLACES

    text = resources.files("photoplay.render.animatic.figures").joinpath("poses.json").read_text("utf-8")
    used = set(re.findall(r'"touch": "(\w+)"', text))
    assert used <= {*_BEFORE, *_PLACES}
    assert {a.touch for a in MANNERS.values() if a.grasp} <= {*_BEFORE, "crown"}, (
        "nothing is clasped before the face"
    )


def test_who_is_far_off_is_not_fetched_to_be_looked_at() -> None:
    far = figure("b", Action.stand, Side.right).model_copy(update={"distance": Distance.far})
    screen = played(
        "She looks at the man.",
        shot(Action.look, figure("a", Action.look), far, target="b", place=PlaceKind.meadow),
    )
    assert {p.id for p in screen.staging.figures} == {"a", "b"}
    assert next(p.depth for p in screen.staging.figures if p.id == "b") > 2


def test_a_robot_sits_down_and_reads_with_both_hands() -> None:
    robot = BodyLook(being=Being.robot, species="robot")

    def top(action: Action) -> int:
        surface = skia.Surface(300, 300)
        canvas = surface.getCanvas()
        canvas.translate(150, 280)
        canvas.scale(180, 180)
        who = Figure(robot, (), Ink(), 4)
        who.draw(canvas, Acting(action, Expression.neutral, Facing.right), 1.0, 4.0)
        return int(np.flatnonzero(surface.toarray()[..., 3].max(axis=1) > 60)[0])

    assert top(Action.sit) > top(Action.stand) + 15
    who = figure("a", Action.read).model_copy(update={"look": robot})
    near = played("The robot reads a letter.", shot(Action.read, who, size=ShotSize.medium))
    assert near.picture.camera.size is ShotSize.medium_full


def test_who_hides_from_somebody_hides_alone_and_who_is_sought_is_not_there() -> None:
    pair = (figure("a", Action.hide), figure("b", Action.hide, Side.right, Facing.left))
    hides = played("She hides from the man.", shot(Action.hide, *pair, target="b", size=ShotSize.full))
    assert (hides._acting["a"].action, hides._acting["b"].action) == (Action.hide, Action.look)
    both = tuple(f.model_copy(update={"action": Action.search}) for f in pair)
    seeks = played("She searches for the man.", shot(Action.search, *both, target="b"))
    assert [f.id for f in seeks.picture.figures] == ["a"]


def test_who_turns_away_goes_on_to_a_profile_the_way_it_faces_and_keeps_what_it_holds() -> None:
    screen = alone("She turns away from everyone.", Action.walk)
    assert (screen._acting["a"].action, screen._acting["a"].manner) == (Action.stand, "away")
    bones = [screen._players["a"].body._body.bones(screen._acting["a"], t).yaw for t in (0.0, 3.9)]  # type: ignore[union-attr]
    assert abs(bones[0]) < 60 < 85 < abs(bones[1]) < 120
    flower = thing("flower", "flower", held=True)
    for facing, way in ((Facing.left, -1), (Facing.right, 1)):
        who = figure("a", Action.walk, Side.centre, facing, holds=("flower",))
        held = played("She turns away from everyone.", shot(Action.walk, who, things=(flower,)))
        player = held._players["a"]
        body = player.body._body
        assert 85 < way * body.bones(held._acting["a"], 3.9).yaw < 120  # type: ignore[union-attr]
        assert held_at(held, 3.9) == 1


def test_what_is_brought_is_carried_where_nobody_is_to_take_it() -> None:
    who = figure("a", Action.give, holds=("egg",))
    things = (thing("egg", "bag", held=True),)
    brings = played("She brings the bag to a village.", shot(Action.give, who, target="egg", things=things))
    assert (brings._acting["a"].action, brings._acting["a"].manner) == (Action.walk, "carry")
    other = figure("b", Action.stand, Side.right, Facing.left)
    gives = played("She brings the man a bag.", shot(Action.give, who, other, target="b", things=things))
    assert gives._acting["a"].action is Action.give


@pytest.mark.parametrize(
    ("sentence", "action", "way", "tool", "used"),
    [
        ("She wakes up.", Action.rise, "wake", "", "bedroll"),
        ("She gets up.", Action.rise, "", "", ""),
        ("She yawns.", Action.stand, "yawn", "", ""),
        ("She teaches.", Action.talk, "teach", "", ""),
        ("She pours a cup of tea.", Action.cook, "pour", "teapot", "table"),
        ("She feeds the bird.", Action.reach, "feed", "bread", ""),
        ("She examines it.", Action.look, "examine", "magnifying glass", ""),
        ("She smells it.", Action.listen, "smell", "", ""),
    ],
)
def test_what_is_done_daily_has_its_own_pose_and_tool(
    sentence: str, action: Action, way: str, tool: str, used: str
) -> None:
    from photoplay.render.animatic.direction import business

    screen = alone(sentence, action)
    assert screen._acting["a"].manner == way
    assert [t.look.kind for t in screen._players["a"].held] == ([tool] if tool else [])
    assert business(screen.picture, screen.picture.figures[0], action) == used


def test_who_wakes_lies_first_and_sits_up_then() -> None:
    screen = alone("She wakes up.", Action.rise)
    who = screen._players["a"].body
    low, high = (-who.joints(screen._acting["a"], t)["nose"][1] / who.height for t in (0.2, 3.9))
    assert low < 0.25
    assert high > 0.4


def test_the_letters_on_a_board_are_never_in_a_mirror() -> None:
    """The figure is drawn mirrored where it faces left; what it teaches is not."""
    from photoplay.render.animatic.feelings import taught
    from photoplay.render.animatic.pen import Pen

    boards = []
    for way in (1, -1):
        surface = skia.Surface(300, 200)
        canvas = surface.getCanvas()
        canvas.translate(150, 190)
        canvas.scale(way * 170, 170)
        taught(Pen(canvas, Ink(), (0.0, -2.0), (), 0.2, 0.9, 0.5, 0.0))
        chalk = np.asarray(surface.toarray())[..., :3].min(axis=2) > 200
        columns, rows = np.flatnonzero(chalk.any(axis=0)), np.flatnonzero(chalk.any(axis=1))
        boards.append(chalk[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    high, wide = min(b.shape[0] for b in boards), min(b.shape[1] for b in boards)
    one, other = (b[:high, :wide] for b in boards)
    assert (one != other).mean() < (one != other[:, ::-1]).mean()


def test_a_lantern_is_raised_in_one_hand_and_a_box_in_two() -> None:
    for kind, way in (("lantern", "raise"), ("box", "lift")):
        who = figure("a", Action.hold, holds=("egg",))
        things = (thing("egg", kind, held=True),)
        screen = played("She lifts it.", shot(Action.hold, who, target="egg", things=things))
        assert screen._acting["a"].manner == way
    joints = screen._players["a"].body.joints(screen._acting["a"], 3.9)
    assert max(joints["r-wrist"][1], joints["l-wrist"][1]) < joints["nose"][1], "a box is over the head"


def test_who_hides_behind_a_barrel_is_not_beside_one() -> None:
    picture = shot(Action.hide, figure("a", Action.hide), target="egg", things=(thing("egg", "barrel"),))
    screen = played("She hides behind the barrel.", picture)
    assert not screen.staging.things
    assert screen._acting["a"].manner == ""
    seen = played("She looks at the barrel.", picture.model_copy(update={"action": Action.look}))
    assert [t.look.kind for t in seen.picture.things] == ["barrel"]


def test_who_rubs_an_eye_has_the_arm_behind_the_face_and_is_seen_from_near() -> None:
    for facing, way in ((Facing.right, 1.0), (Facing.left, -1.0)):
        who = figure("a", Action.reach, facing=facing)
        screen = played("He rubs his eyes.", shot(Action.reach, who, size=ShotSize.wide))
        assert screen.picture.camera.size is ShotSize.medium_full, "the hand is a speck"
        one = screen._players["a"]
        assert one.acting.manner == "eyes"
        joints = one.body.joints(one.acting, 1.0)
        elbows = [joints[f"{side}-elbow"] for side in "rl"]
        raised = min(elbows, key=lambda p: p[1])
        assert way * raised[0] < way * joints["nose"][0] - 0.03, "the sleeve hides mouth and nose"


def test_the_open_mouth_of_who_shouts_is_ahead_of_the_hand_and_not_behind_it() -> None:
    for facing, way in ((Facing.right, 1.0), (Facing.left, -1.0)):
        screen = played("He shouts.", shot(Action.talk, figure("a", Action.talk, facing=facing)))
        one = screen._players["a"]
        assert one.acting.manner == "shout"
        joints = one.body.joints(one.acting, 0.6)
        raised = min((joints[f"{side}-wrist"] for side in "rl"), key=lambda p: p[1])
        mouth = joints["nose"][0] + way * 0.5 * one.body.head[0]
        assert way * raised[0] < way * mouth, "the hand reads as a horn"
