"""Hands of the animatic: a thing is in one place at a time, and is drawn where it is."""

from __future__ import annotations

from collections import Counter

import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
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
