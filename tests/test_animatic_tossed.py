"""What is thrown to somebody is caught: it flies past nobody who stands and looks on."""

from __future__ import annotations

import math

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.tossed import catcher
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side, View

BALL = thing("ball", "ball")


def thrown(sentence: str, **changes: object) -> Picture:
    figures = (
        figure("a", Action.throw, Side.left, Facing.right, "b").model_copy(update={"holds": ("ball",)}),
        figure("b", Action.stand, Side.right, Facing.left, "a"),
    )
    picture: Picture = shot(Action.throw, *figures, target="b", size=ShotSize.full, place=PlaceKind.meadow)
    ball = BALL.model_copy(update={"held": True})
    return picture.model_copy(update={"sentence": sentence, "things": (ball,), **changes})


def test_it_is_in_the_hands_of_who_it_is_thrown_to() -> None:
    screen = Screen(thrown("The boy throws the ball to the girl."), (320, 180), 3, 4.0)
    b = next(p for p in screen.staging.figures if p.id == "b")
    acting = screen._acting["b"]
    rest, ready = (screen._hands.lays(b, acting, t) for t in (0.0, 3.0))
    assert all(share == 0.0 for _, _, share in rest)
    assert len(ready) == 2
    body = screen._players["b"].body
    held = body.joints(screen._hands.laid_on(b, acting, 3.0), 3.0)
    at = min(held["r-wrist"][0], held["l-wrist"][0])
    assert at < -0.12 * body.height, "held out to the thrower"
    a = next(p for p in screen.staging.figures if p.id == "a")
    pose = screen.path(3.0)
    to = screen._caught_at(a, pose.at(a.x, a.up, a.depth), pose.scale(a.depth), pose)
    assert to is not None
    assert a.x + to[0] == pytest.approx(b.x - 0.24 * body.height * screen._players["b"].scale, abs=0.1)
    assert math.isfinite(to[1])


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("The boy throws the ball at the girl.", {}),
        ("The boy throws the ball down.", {}),
        ("The boy throws the ball to the girl.", {"target": None}),
    ],
)
def test_what_is_thrown_at_somebody_is_caught_by_nobody(sentence: str, changes: dict[str, object]) -> None:
    assert catcher(thrown(sentence, **changes)) is None


def test_a_beast_and_who_is_seen_from_behind_catch_nothing() -> None:
    told = thrown("The boy throws the ball to the girl.")
    assert catcher(told) == "b"
    over = told.model_copy(update={"camera": told.camera.model_copy(update={"view": View.over_shoulder})})
    assert catcher(over) is None
    dog = told.figures[1].look.model_copy(update={"being": Being.quadruped, "species": "dog"})
    beast = told.figures[1].model_copy(update={"look": dog})
    assert catcher(told.model_copy(update={"figures": (told.figures[0], beast)})) is None


def test_it_is_caught_by_who_is_named_where_the_shot_is_of_what_is_thrown() -> None:
    told = thrown("The woman throws a ball to the girl.", target="ball")
    girl = told.figures[1].model_copy(update={"noun": "small girl"})
    assert catcher(told.model_copy(update={"figures": (told.figures[0], girl)})) == "b"
    assert catcher(told.model_copy(update={"sentence": "The woman throws a ball to the whale."})) is None
