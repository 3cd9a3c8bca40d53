"""Two in the picture: who chases, flees, turns away or stumbles is seen with whoever it is about."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import skia
from test_animatic_animals import SIDE, rows_of
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import seen_figures, stage
from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.direction import directed_picture
from photoplay.render.animatic.figures import Acting, Figure, costume
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.film import Event
from photoplay.storyboard.lexicon import verb
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.performing import answer_of, event_of, jointly
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.treatment import TreatedShot
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Expression,
    Facing,
    Move,
    PlaceKind,
    ShotSize,
    Side,
    View,
)

TALL = {"a": 1.7, "b": 1.7}
SIZE = (320, 180)


def pair(
    sentence: str, action: Action, size: ShotSize = ShotSize.medium, view: View = View.profile
) -> Picture:
    one, other = figure("a", action), figure("b", Action.stand, Side.right, Facing.left)
    picture = shot(action, one, other, target="b", size=size, view=view)
    return picture.model_copy(update={"sentence": sentence})


def beasts(picture: Picture, species: str = "fox") -> Picture:
    look = BodyLook(being=Being.quadruped, species=species)
    figures = tuple(f.model_copy(update={"look": look, "noun": species}) for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def across(picture: Picture, seconds: float) -> dict[str, float]:
    """Where across the frame each figure is, 0 to 1."""
    screen = Screen(picture, SIZE, 5, 4.0)
    pose = screen.path(seconds)
    return {p.id: pose.at(p.walked(seconds, 4.0), 0, p.depth)[0] / SIZE[0] for p in screen.staging.figures}


@pytest.mark.parametrize(
    ("sentence", "action"),
    [("It runs to the other.", Action.run), ("It creeps up to the other.", Action.sneak),
     ("It turns away from the other.", Action.stand), ("It trips over the other.", Action.fall)],
)  # fmt: skip
@pytest.mark.parametrize("view", [View.objective, View.profile])
def test_a_close_shot_about_another_steps_back_to_show_both(
    sentence: str, action: Action, view: View
) -> None:
    assert directed_picture(pair(sentence, action, view=view), TALL, {}).camera.size is ShotSize.full


def test_who_comes_to_another_finds_it_in_the_frame_from_the_first_to_the_last() -> None:
    picture = pair("It runs to the other.", Action.run, ShotSize.medium_full)
    camera = picture.camera.model_copy(update={"move": Move.track_left})
    picture = picture.model_copy(update={"camera": camera})
    for seconds in (0.4, 2.0, 3.6):
        assert 0.0 < across(picture, seconds)["b"] < 1.0
    assert 0.0 < across(picture, 3.6)["a"] < 1.0


def test_the_chased_runs_ahead_and_both_run_the_same_way() -> None:
    played = directed_picture(pair("It chases the other.", Action.run), TALL, {})
    assert [f.facing for f in played.figures] == [Facing.right, Facing.right]
    assert [f.action for f in played.figures] == [Action.run, Action.run]
    for seconds in (0.4, 3.6):
        places = across(pair("It chases the other.", Action.run), seconds)
        assert 0.0 < places["a"] < places["b"] < 1.0


def test_who_runs_away_turns_its_back_and_leaves_the_other_in_the_frame() -> None:
    picture = beasts(pair("It runs away from the other.", Action.run))
    assert directed_picture(picture, TALL, {}).figures[0].facing is Facing.left
    first, last = across(picture, 0.2), across(picture, 3.8)
    assert 0.0 < first["a"] < first["b"] < 1.0
    assert last["b"] - last["a"] > 1.3 * (first["b"] - first["a"])
    assert 0.0 < last["b"] < 1.0


def test_an_animal_that_turns_away_goes_the_other_way_and_a_person_stands() -> None:
    picture = pair("It turns away from the other.", Action.stand)
    assert directed_picture(picture, TALL, {}).figures[0].action is Action.stand
    turned = directed_picture(beasts(picture), TALL, {}).figures[0]
    assert (turned.action, turned.facing) == (Action.walk, Facing.left)


def test_animals_that_argue_are_not_seen_over_a_shoulder() -> None:
    picture = pair("It argues with the other.", Action.talk, view=View.over_shoulder)
    assert directed_picture(beasts(picture), TALL, {}).camera.view is View.objective
    assert directed_picture(picture, TALL, {}).camera.view is View.over_shoulder


@pytest.mark.parametrize(
    ("said", "word", "action"),
    [
        ("Mira slips on the wet ground.", "slip", Action.fall), ("Mira slips.", "slip", Action.fall),
        ("Mira slips past the guard.", "slip", Action.sneak), ("Mira stumbles home.", "stumble", Action.walk),
        ("Mira stumbles behind the factory.", "stumble", Action.fall),
        ("Mira crouches in the dark.", "crouch", Action.kneel),
    ],
)  # fmt: skip
def test_who_slips_or_stumbles_falls_and_who_slips_past_does_not(
    said: str, word: str, action: Action
) -> None:
    calls = SimpleNamespace(character=lambda n: "mira", prop=lambda n: None, anything=lambda n: None)
    treated = TreatedShot.model_construct(sentence=said, actor="Mira", verb=word, target=None, manner="")
    assert event_of(treated, calls, {"mira": BodyLook()}, PlaceKind.meadow).action is action  # type: ignore[arg-type]
    assert verb("crouch") is Action.kneel


@pytest.mark.parametrize("species", ["dog", "owl", "cat"])
def test_an_animal_that_trips_starts_on_its_feet_and_lies_at_last(species: str) -> None:
    """It does not drop out of the sky."""

    def feet(manner: str, moment: float) -> int:
        return int(np.flatnonzero(rows_of(species, Action.fall, moment, manner).any(axis=1))[-1])

    assert feet("trip", 0.3) > feet("", 0.3) + 0.08 * SIDE
    assert abs(feet("trip", 3.6) - feet("", 3.6)) <= 2


def test_nobody_stands_between_who_touches_somebody_and_that_one() -> None:
    placed = [blocked("a", -2.0), blocked("mate", 0.0), blocked("dog", 2.0)]
    picture: Any = SimpleNamespace(actor="a", target="dog", action=Action.reach)
    found = {p.id: p.x for p in stage._beside_whom_it_reaches(picture, placed)}
    assert found == {"a": 0.0, "mate": -2.0, "dog": 2.0}


def blocked(name: str, x: float) -> Placed:
    return Placed(name, x, 0.0, 0.0, Extent(-0.3, 0.3, 1.7, eyes=1.5), Facing.right)


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
def test_the_shadow_of_an_animal_that_trips_comes_along_with_it(facing: Facing) -> None:
    body = Figure(BodyLook(being=Being.quadruped, species="fox"), (), Ink(), 3)
    trips = Acting(Action.fall, Expression.neutral, facing, manner="trip")
    side = -1.0 if facing is Facing.left else 1.0
    assert side * body.comes_from(trips, 0.1, 4.0) < -0.4 * body.width
    assert body.comes_from(trips, 3.0, 4.0) == 0.0


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("The hare and the owl dig.", Action.dig), ("The hare digs beside the owl.", Action.look)],
)
def test_two_named_before_the_verb_both_do_it(sentence: str, expected: Action) -> None:
    hare = BodyLook(being=Being.quadruped, species="hare")
    looks = {"the-hare": hare, "the-owl": BodyLook(being=Being.bird, species="owl")}
    stage = SimpleNamespace(looks=looks, place=SimpleNamespace(look=SimpleNamespace(kind=PlaceKind.road)))
    event = Event(
        sentence=sentence, actor="the-hare", action=Action.dig, verb="dig", target="the-owl", manner=""
    )
    assert answer_of("the-owl", stage, event) is expected  # type: ignore[arg-type]


def test_two_who_sniff_at_the_ground_both_do() -> None:
    looks = {
        "the-hare": BodyLook(being=Being.quadruped, species="hare"),
        "the-owl": BodyLook(being=Being.bird, species="owl"),
    }
    stage = SimpleNamespace(looks=looks, place=SimpleNamespace(look=SimpleNamespace(kind=PlaceKind.road)))
    event = Event(
        sentence="The hare and the owl sniff at the ground.", actor="the-hare", action=Action.listen,
        verb="sniff", target=None, manner="",
    )  # fmt: skip
    assert answer_of("the-owl", stage, event) is Action.listen  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "verb", "together"),
    [
        ("The dancer and the bear dance.", "dance", True),
        ("The painter and the bear slowly paint.", "paint", True),
        ("The painter paints the bear.", "paint", False),
        ("The fox digs beside the bear.", "dig", False),
    ],
)
def test_two_do_it_side_by_side_whatever_their_names_begin_with(
    sentence: str, verb: str, together: bool
) -> None:
    event = Event(sentence=sentence, actor="one", verb=verb, action=Action.dance, target="bear")
    assert jointly(event) is together


def test_who_is_caught_does_not_hug_whoever_catches_it() -> None:
    one, other = figure("a", Action.take), figure("b", Action.stand, Side.right, Facing.left)
    caught = Screen(
        shot(Action.take, one, other, target="b").model_copy(update={"sentence": "The keeper catches the keeper."}),
        (320, 180), 5, 4.0,
    )  # fmt: skip
    assert caught._met
    assert caught._met[0].kind == "hug"
    assert caught._acting["b"].action is Action.stand
    hugged = Screen(
        shot(Action.hug, one.model_copy(update={"action": Action.hug}), other, target="b"), (320, 180), 5, 4.0
    )
    assert hugged._acting["b"].action is Action.hug


@pytest.mark.parametrize(
    ("action", "smokes"), [(Action.stand, True), (Action.hug, False), (Action.drink, False)]
)
def test_nobody_pokes_a_pipe_at_whom_one_hugs(
    action: Action, smokes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real = costume._FACE["pipe"]

    def pipe(*args: Any) -> None:
        seen.append(1)
        real(*args)

    monkeypatch.setattr(costume, "_pipe", pipe)
    monkeypatch.setitem(costume._FACE, "pipe", pipe)
    who = Figure(BodyLook(), (), Ink(), 4, ("pipe",))
    canvas = skia.Surface(200, 200).getCanvas()
    who.draw(canvas, Acting(action, Expression.neutral, Facing.right), 1.0, 4.0)
    assert bool(seen) is smokes


def test_who_takes_what_an_animal_brings_holds_the_hand_to_its_mouth() -> None:
    dog = BodyLook(being=Being.quadruped, species="dog")
    brings = figure("a", Action.give, gaze="b", holds=("it",)).model_copy(update={"look": dog})
    told = shot(
        Action.give, brings, figure("b", Action.reach, Side.right, Facing.left, "a"), target="b",
        things=(thing("it", "ball", held=True),),
    )  # fmt: skip
    screen = Screen(told, (320, 180), 5, 4.0)
    placed = {p.id: p for p in screen.staging.figures}
    assert screen._hands.offers("a")
    ((across, down, _),) = screen._hands.lays(placed["b"], screen._acting["b"], 1.0)
    assert -down < placed["a"].extent.top, "the arm is over the head of the dog"
    assert across < 0


def test_one_question_is_asked_where_two_search(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def marked(canvas: skia.Canvas, ink: object, player: Any, *rest: object) -> None:
        asked.append(player.source.id)

    monkeypatch.setattr(seen_figures, "accents", marked)
    dog = BodyLook(being=Being.quadruped, species="dog")
    two = (
        figure("a", Action.search),
        figure("b", Action.search, Side.right, Facing.left).model_copy(update={"look": dog}),
    )
    told = shot(Action.search, *two, things=(thing("it", "cup"),)).model_copy(
        update={"sentence": "The keeper and the dog search for the lost cup.", "target": "it"}
    )
    screen = Screen(told, (320, 180), 5, 4.0)
    assert screen._mind is not None
    screen.draw(skia.Surface(320, 180).getCanvas(), 2.0, screen.path(2.0))
    assert asked == [], "a second question mark hangs out of the cloud"


def test_nobody_sits_under_the_elbow_of_a_robot() -> None:
    robot = BodyLook(being=Being.robot, species="robot")
    one, other = figure("a", Action.sit), figure("b", Action.sit, Side.right)
    told = shot(Action.sit, one, other.model_copy(update={"look": robot}), target="b")
    screen = Screen(told.model_copy(update={"sentence": "The keeper sits beside the keeper."}), SIZE, 5, 4.0)
    assert screen._met[0].kind == "side"
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    assert left.x + left.extent.right < right.x + right.extent.left


def test_a_broad_one_hides_nobody_whom_it_hugs() -> None:
    yeti, boy = BodyLook(being=Being.creature, species="yeti"), BodyLook(age=Age.child)
    one = figure("a", Action.hug).model_copy(update={"look": yeti})
    other = figure("b", Action.hug, Side.right).model_copy(update={"look": boy})
    told = shot(Action.hug, one, other, target="b")
    screen = Screen(told.model_copy(update={"sentence": "The yeti hugs the boy."}), SIZE, 5, 4.0)
    near, far = sorted(screen.staging.figures, key=lambda p: p.depth)
    assert (near.id, far.id) == ("b", "a")
    assert near.up == 0.0
