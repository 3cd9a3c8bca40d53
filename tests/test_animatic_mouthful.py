"""What is given to an animal comes to its mouth, and what it brings in its mouth is within a paw's reach."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.afloat import oar
from photoplay.render.animatic.handing import in_hand
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Being, Facing, ShotSize, Side

SIZE = (320, 180)


def beast(name: str, action: Action, side: Side, facing: Facing, species: str = "dog"):
    look = BodyLook(being=Being.quadruped, species=species)
    return figure(name, action, side, facing).model_copy(update={"look": look})


def given(kind: str, sentence: str) -> Picture:
    giver = figure("a", Action.give, holds=("it",))
    dog = beast("b", Action.reach, Side.right, Facing.left)
    held = (thing("it", kind, held=True),)
    told: Picture = shot(Action.give, giver, dog, target="b", things=held, size=ShotSize.full)
    return told.model_copy(update={"sentence": sentence})


@pytest.mark.parametrize(("kind", "bites"), [("bone", True), ("bottle", False)])
def test_a_dog_takes_a_bone_and_drinks_from_what_is_held_to_it(kind: str, bites: bool) -> None:
    screen = Screen(given(kind, f"The woman gives her dog the {kind}."), SIZE, 5, 4.0)
    players = screen._players
    had = [
        {i: len(in_hand(players[i], players, screen.picture, screen._met, t).held) for i in "ab"}
        for t in (0.5, 3.9)
    ]
    assert had == [{"a": 1, "b": 0}, {"a": 0, "b": 1} if bites else {"a": 1, "b": 0}]


def test_it_is_held_out_to_the_muzzle_to_the_end() -> None:
    screen = Screen(given("bottle", "The woman gives her dog the bottle."), SIZE, 5, 4.0)
    woman, dog = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    hand = screen._players["a"].body.hand(screen._acted(woman, 3.8), 3.8)
    assert hand is not None
    way = 1.0 if dog.x > woman.x else -1.0
    near = dog.x + (dog.extent.left if way > 0 else dog.extent.right)
    assert way * (near - woman.x - hand[0]) < 0.3
    assert woman.up - hand[1] < dog.up + 1.4 * dog.extent.eyes, "no higher than its eyes or little more"


def test_a_cat_that_brings_a_bone_comes_near() -> None:
    cat = beast("a", Action.give, Side.far_left, Facing.right, "cat").model_copy(update={"holds": ("it",)})
    dog = beast("b", Action.reach, Side.far_right, Facing.left)
    told = shot(Action.give, cat, dog, target="it", things=(thing("it", "bone", held=True),))
    left, right = sorted(Screen(told, SIZE, 5, 4.0).staging.figures, key=lambda p: p.x)
    free = right.x + right.extent.left - left.x - left.extent.right
    assert free < 0.25 * min(left.extent.height, right.extent.height)


def test_of_an_oar_nothing_is_seen_under_the_water() -> None:
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100.0, 100.0)
    canvas.scale(100.0, 100.0)
    oar(canvas, Ink(0.01), (0.2, -0.6), (0.4, -0.36))
    low = np.flatnonzero(surface.toarray()[..., 3].max(axis=1) > 40)[-1]
    assert low < 100 + 40


def test_of_two_of_whom_one_repairs_the_other_the_belts_are_in_the_frame() -> None:
    robot = figure("b", Action.stand, Side.right, Facing.left)
    robot = robot.model_copy(update={"look": BodyLook(being=Being.robot)})
    told = shot(Action.work, figure("a", Action.work), robot, target="b", size=ShotSize.two_shot)
    screen = Screen(told.model_copy(update={"sentence": "The man repairs the robot."}), SIZE, 5, 4.0)
    pose = screen.path(2.0)
    it = next(p for p in screen.staging.figures if p.id == "b")
    assert pose.at(it.x, it.up + 0.4 * it.extent.top, it.depth)[1] < SIZE[1]
