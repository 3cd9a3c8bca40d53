"""A kite is flown on its line by somebody who stands; nobody flies through the air after it."""

from __future__ import annotations

import pytest
from invented import boarded, character, scene, shot, treatment

from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.treatment import TreatedProp
from photoplay.storyboard.vocabulary import Action, Facing, PlaceKind, ShotSize


def flying(size: ShotSize = ShotSize.medium, kind: PlaceKind = PlaceKind.meadow) -> Screen:
    boy = FigureIn(
        id="tom", noun="boy", words="", look=BodyLook(), action=Action.fly, facing=Facing.right,
        holds=("kite",),
    )  # fmt: skip
    room = PlaceLook(kind=kind, interior=kind is PlaceKind.room)
    picture = Picture(
        place=PlaceIn(id="p", words="", look=room), sentence="The boy flies the kite.", action=Action.fly,
        actor="tom", target="kite", figures=(boy,), camera=CameraIn(size=size),
        things=(ThingIn(id="kite", words="", look=ThingLook(kind="kite"), held=True),),
    )  # fmt: skip
    return Screen(picture, (320, 180), 1, 3.0)


def test_the_line_is_in_the_hand_of_whoever_flies_it():
    story = treatment(
        scene("the meadow", shot("Tom flies the kite.", "Tom", "flies", "the kite", props=("the kite",))),
        characters=(character("Tom", "boy"),), props=(TreatedProp(name="the kite", words="a red kite"),),
    )  # fmt: skip
    [made] = boarded(story).shots
    [tom] = made.cast
    assert tom.holds == (made.event.target,)


def test_who_flies_a_kite_stands_with_a_hand_up():
    acting = flying()._acting["tom"]
    assert (acting.action, acting.manner) == (Action.hold, "raise")


@pytest.mark.parametrize("size", [ShotSize.close, ShotSize.medium, ShotSize.full])
def test_the_frame_is_wide_enough_for_the_kite(size):
    assert flying(size).staging.pose == flying(ShotSize.wide).staging.pose


def test_in_a_room_it_stays_in_the_hand():
    assert flying(kind=PlaceKind.room)._acting["tom"].manner != "raise"
