"""Hands of the animatic: a thing is in one place at a time, and is drawn where it is."""

from __future__ import annotations

from collections import Counter

import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.business import AHEAD
from photoplay.render.animatic.fiddling import bowing, fiddled
from photoplay.render.animatic.grip import by_its_edge, size_in_hand
from photoplay.render.animatic.handing import _broad_enough, in_hand
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Facing, ShotSize, Side


def things_drawn(picture: Picture, seconds: float, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each kind of thing is drawn in one frame, counted at the pen itself."""
    screen = Screen(picture, (320, 180), 3, 4.0)
    seen: Counter[str] = Counter()
    draw = Thing.draw

    def counted(self: Thing, canvas: skia.Canvas, seconds: float) -> None:
        seen[self.look.kind] += 1
        draw(self, canvas, seconds)

    with monkeypatch.context() as patched:
        patched.setattr(Thing, "draw", counted)
        screen.draw(skia.Surface(320, 180).getCanvas(), seconds, screen.path(seconds))
    return seen


@pytest.mark.parametrize("seconds", [0.3, 2.0, 3.7])
def test_a_lantern_that_is_worked_on_lies_on_the_bench_and_not_in_the_hand_too(
    seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = shot(
        Action.work,
        figure("a", Action.work, holds=("egg",)),
        target="egg",
        things=(thing("egg", "lantern", held=True),),
        size=ShotSize.medium,
    )
    drawn = things_drawn(picture, seconds, monkeypatch)
    assert drawn["lantern"] == 1
    assert sum(drawn.values()) == 2, "the lantern, and one tool"


@pytest.mark.parametrize("seconds", [0.3, 2.0, 3.7])
def test_what_is_given_is_in_one_hand_at_a_time(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shot(
        Action.give,
        figure("a", Action.give, Side.left, Facing.right, "b", holds=("egg",)),
        figure("b", Action.reach, Side.right, Facing.left, "a"),
        target="b",
        things=(thing("egg", "egg", held=True),),
        size=ShotSize.full,
    )
    assert things_drawn(picture, seconds, monkeypatch)["egg"] == 1


def test_what_is_put_into_a_box_is_not_in_the_hand_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shot(Action.give, figure("a", Action.give), target="egg", things=(thing("egg", "egg"),))
    assert things_drawn(picture, 0.4, monkeypatch)["egg"] == 1
    assert things_drawn(picture, 3.8, monkeypatch)["egg"] == 0


def test_who_opens_a_low_box_kneels_to_it_and_the_hand_is_at_it() -> None:
    from photoplay.storyboard.picture import ThingIn

    box: ThingIn = thing("egg", "box")
    who = figure("a", Action.open, gaze="egg")
    screen = Screen(
        shot(Action.open, who, target="egg", things=(box,), size=ShotSize.full), (640, 360), 3, 4.0
    )
    assert screen._acting["a"].low
    placed, lies = screen.staging.figures[0], screen.staging.things[0]
    nearest = min(
        abs(-hand[1] - lies.extent.top)
        for t in (0.5, 1.0, 1.5, 2.0)
        if (hand := screen._players["a"].body.hand(screen._acting["a"], t)) is not None
    )
    assert nearest < 0.22, "the hand hovers over the box"
    assert placed.x < lies.x or placed.facing is Facing.left


def test_a_thing_that_breaks_is_seen_to_break() -> None:
    """ "The raft breaks" was a still life."""
    import numpy as np

    picture = shot(Action.fall, figure("b", Action.look), things=(thing("egg", "chair"),), size=ShotSize.full)
    falls, stays = picture.model_copy(update={"actor": "egg"}), picture.model_copy(update={"actor": "b"})

    def drawn(one: Picture, seconds: float) -> np.ndarray:
        screen = Screen(one, (320, 180), 3, 4.0)
        surface = skia.Surface(320, 180)
        laid = [p for p in screen.laid(seconds, screen.path(0.0), seconds) if p.name == "egg"]
        laid[0].paint(surface.getCanvas())
        return np.asarray(surface.toarray()).astype(np.int16)

    assert np.array_equal(drawn(falls, 0.2), drawn(stays, 0.2))
    assert (np.abs(drawn(falls, 3.0) - drawn(stays, 3.0)).max(axis=2) > 24).sum() > 150


def test_a_fiddler_has_the_violin_at_the_chin_and_draws_the_bow() -> None:
    who = figure("a", Action.play, holds=("it",))
    screen = Screen(shot(Action.play, who, things=(thing("it", "violin", held=True),)), (320, 180), 5, 4.0)
    one = screen._players["a"]
    assert fiddled(one.acting)
    neck = one.body.joints(one.acting, 0.0)["neck"]
    bows = {bowing(one, 1.0, t)[0][:2] for t in (0.0, 0.3, 0.6, 0.9)}
    assert len(bows) > 2, "the bow stands still"
    for t in (0.0, 0.5):
        (x, y, _), (ahead, up, _) = bowing(one, 1.0, t)
        assert abs(up - neck[1]) < 0.12 * one.body.height, "the violin hangs at the hip"
        assert x < ahead, "the bow is at the far hand"
        assert y > up, "the fist is before the face"
    assert not in_hand(one, screen._players, screen.picture, (), 1.0).held, "it is drawn twice"


def test_a_painting_that_is_taken_lies_whole_on_its_table_and_a_cup_on_the_usual_one() -> None:
    tall = 1.75
    painting, cup = (Thing(ThingLook(kind=kind), (), Ink(), 1) for kind in ("painting", "cup"))
    far = 0.6 * tall + by_its_edge(painting, tall) + 0.5 * painting.width * size_in_hand(painting, tall)
    assert far > AHEAD["table"] * tall, "it would hang over the edge"
    assert _broad_enough(painting, tall) * AHEAD["table"] * tall > far
    assert _broad_enough(cup, tall) == 1.0
