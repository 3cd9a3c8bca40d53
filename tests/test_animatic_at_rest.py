"""Who sits has something under it, or the ground; who is wiped is seen with who wipes."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, ShotSize

SIZE = (320, 180)


def sits(sentence: str, kind: str) -> Picture:
    told = shot(Action.sit, figure("a", Action.sit), target="it", things=(thing("it", kind),))
    outside = told.place.model_copy(update={"look": told.place.look.model_copy(update={"interior": False})})
    return told.model_copy(update={"sentence": sentence, "place": outside})


@pytest.mark.parametrize("kind", ["flower", "tree", "well"])
def test_who_sits_down_beside_something_under_the_sky_sits_on_the_ground(kind: str) -> None:
    screen = Screen(sits(f"She sits down beside the {kind}.", kind), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "ground"


def test_who_sits_on_something_is_not_on_the_ground() -> None:
    assert Screen(sits("She sits on the stone.", "stone"), SIZE, 5, 4.0)._acting["a"].manner != "ground"


@pytest.mark.parametrize("size", [ShotSize.two_shot, ShotSize.medium, ShotSize.medium_close])
def test_who_is_wiped_is_seen_whole_with_who_wipes(size: ShotSize) -> None:
    pair = figure("a", Action.reach), figure("b", Action.stand)
    told = shot(Action.reach, *pair, target="b", size=size)
    told = told.model_copy(update={"sentence": "She wipes the dust off the robot."})
    assert Screen(told, SIZE, 5, 4.0).picture.camera.size is ShotSize.full
