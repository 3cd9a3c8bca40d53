"""An open umbrella is over the heads of those under it, in a hand that is seen, and in the frame."""

from __future__ import annotations

import math

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.canopies import under_one
from photoplay.render.animatic.grip import over_both
from photoplay.render.animatic.handing import in_hand
from photoplay.render.animatic.ink import rgb
from photoplay.render.animatic.light import air
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import Picture, PlaceIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, PlaceKind, ShotSize, Side, Weather

SIZE = (320, 180)


@pytest.mark.parametrize("seconds", [0.5, 2.0, 3.6])
def test_an_umbrella_that_is_handed_on_is_over_both_heads(seconds: float) -> None:
    child = figure("a", Action.give, holds=("it",))
    child = child.model_copy(update={"look": child.look.model_copy(update={"age": Age.child})})
    told = shot(Action.give, child, figure("b", Action.stand, Side.right, Facing.left), target="b",
                things=(thing("it", "umbrella", held=True),), size=ShotSize.two_shot)  # fmt: skip
    screen = Screen(
        told.model_copy(update={"sentence": "The boy gives the woman the umbrella."}), SIZE, 5, 4.0
    )
    assert screen.picture.camera.size is ShotSize.full, "which a closer frame would cut"
    players, held, stick, clear = screen._players, [], [], []
    for placed in screen.staging.figures:
        me = in_hand(players[placed.id], players, screen.picture, screen._met, seconds)
        if me.held:
            joints = me.body.joints(screen._acted(placed, seconds), seconds)
            assert max(-joints["r-wrist"][1], -joints["l-wrist"][1]) > me.canopy - 1.1 * me.shaft, "its stick"
            held.append(me.canopy)
            stick.append((me.canopy - me.shaft) * me.scale)
            x = placed.x + me.body.hand(screen._acted(placed, seconds), seconds)[0] * me.scale
            boy = next(p for p in screen.staging.figures if p.id == "a")
            nose = players["a"].body.joints(screen._acted(boy, seconds), seconds)["nose"][0]
            clear.append((x - boy.x) / players["a"].scale - nose)
    assert held
    assert min(held) > 1.04 * max(p.extent.top for p in players.values()), "no face is behind its rim"
    lower = min(p.body.height * p.scale for p in players.values())
    assert max(stick) < 0.6 * lower, "from lower down the arm is longer"
    assert min(clear) > 0.09 * lower, "and no stick is before the face"


def test_the_camera_is_far_enough_off_for_an_umbrella_that_somebody_has_beside_who_acts() -> None:
    pair = figure("a", Action.talk), figure("b", Action.stand, Side.right, Facing.left, holds=("it",))
    told = shot(
        Action.talk, *pair, target="b", things=(thing("it", "umbrella", held=True),), size=ShotSize.two_shot
    )
    screen = Screen(told.model_copy(update={"sentence": "She talks to him in the rain."}), SIZE, 5, 4.0)
    assert screen.picture.camera.size is ShotSize.full
    (placed,) = (p for p in screen.staging.figures if p.id == "b")
    body = screen._players["b"].body
    joints, pose = body.joints(screen._acted(placed, 1.0), 1.0), screen.path(1.0)
    stick = max((joints["r-wrist"], joints["l-wrist"]), key=lambda at: -at[1])
    assert abs(stick[0]) > 0.13 * body.height, "a hand before the chest is lost there"
    assert pose.at(placed.x, 1.42 * body.height, placed.depth)[1] > 0


def walked_home() -> Screen:
    """A boy with an umbrella who walks beside somebody grown."""
    child = figure("a", Action.walk, Side.right, Facing.left, holds=("it",))
    child = child.model_copy(update={"look": child.look.model_copy(update={"age": Age.child})})
    told = shot(Action.walk, child, figure("b", Action.walk, Side.centre, Facing.left), target="b",
                things=(thing("it", "umbrella", held=True),), size=ShotSize.full)  # fmt: skip
    return Screen(told.model_copy(update={"sentence": "The boy walks home with her."}), SIZE, 5, 4.0)


def test_two_who_walk_together_have_one_umbrella_over_both() -> None:
    screen = walked_home()
    placed = {p.id: p for p in screen.staging.figures}
    mate = under_one(placed["a"], screen.staging.figures, screen._players)
    assert mate is screen._players["b"]
    assert over_both(screen._players["a"], mate).canopy > 1.03 * placed["b"].extent.top


@pytest.mark.parametrize("action", [Action.walk, Action.stand, Action.listen])
def test_an_open_umbrella_is_over_the_head_of_who_walks_or_waits_under_it(action: Action) -> None:
    told = shot(action, figure("a", action, holds=("it",)), things=(thing("it", "umbrella", held=True),))
    screen = Screen(told.model_copy(update={"sentence": "She is out in the rain."}), SIZE, 5, 4.0)
    (placed,) = screen.staging.figures
    body = screen._players["a"].body
    for seconds in (0.3, 1.7, 3.1):
        joints = body.joints(screen._acted(placed, seconds), seconds)
        hand = max(-joints["r-wrist"][1], -joints["l-wrist"][1])
        assert hand + 0.4 * body.height > 0.9 * body.height, "its rim is about the shoulders"


def test_an_umbrella_is_of_no_colour_of_a_stormy_sky() -> None:
    entry = look_up("umbrella", "thing")
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.village))
    there = air(Picture(sentence="", place=place, weather=Weather.storm), False)
    assert entry is not None
    for sky in (there.zenith, there.horizon):
        assert math.dist(rgb(str(entry.attributes["colour"])), rgb(sky)) > 120


def test_an_umbrella_that_a_dog_is_given_stays_in_the_hand_over_both() -> None:
    dog = figure("b", Action.sit, Side.right, Facing.left)
    dog = dog.model_copy(update={"look": BodyLook(being=Being.quadruped, species="dog")})
    told = shot(Action.give, figure("a", Action.give, holds=("it",)), dog, target="b",
                things=(thing("it", "umbrella", held=True),), size=ShotSize.full)  # fmt: skip
    screen = Screen(told.model_copy(update={"sentence": "She gives the dog the umbrella."}), SIZE, 5, 4.0)
    players = screen._players
    assert in_hand(players["a"], players, screen.picture, screen._met, 3.6).held


def test_who_opens_an_umbrella_has_it_over_the_head_with_no_stick_at_the_face() -> None:
    told = shot(Action.open, figure("a", Action.open), target="it", things=(thing("it", "umbrella"),))
    screen = Screen(told.model_copy(update={"sentence": "She opens her umbrella."}), SIZE, 5, 4.0)
    (placed,), player = screen.staging.figures, screen._players["a"]
    assert [t.look.kind for t in player.held] == ["umbrella"]
    acted = screen._acted(placed, 2.0)
    (x, y), nose = player.body.hand(acted, 2.0), player.body.joints(acted, 2.0)["nose"]
    assert abs(x) > abs(nose[0]) + 0.1 * player.body.height
    assert -y > 0.62 * player.body.height


def test_who_has_an_umbrella_held_over_it_is_under_it() -> None:
    pair = figure("a", Action.hold, holds=("it",)), figure("b", Action.stand, Side.far_right, Facing.left)
    told = shot(Action.hold, *pair, target="b", things=(thing("it", "umbrella", held=True),))
    over, beside = (
        Screen(told.model_copy(update={"sentence": sentence}), SIZE, 5, 4.0).staging.figures
        for sentence in ("She holds her umbrella over him.", "She holds her umbrella.")
    )
    gaps = [abs(one.x - other.x) for one, other in (over, beside)]
    assert gaps[0] < 0.4 * over[0].tall < gaps[1]
