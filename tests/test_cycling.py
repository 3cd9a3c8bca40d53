"""Who rides a bicycle sits on its saddle, has the hands on the bars and the feet on the pedals."""

from __future__ import annotations

import math

import pytest

from photoplay.render.animatic.cycling import CYCLES
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Facing, PlaceKind, ShotSize


def _ride(kind: str, age: Age = Age.adult, facing: Facing = Facing.right) -> Screen:
    rider = FigureIn(
        id="mira", noun="rider", words="", look=BodyLook(age=age), action=Action.ride, facing=facing
    )
    picture = Picture(
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        sentence=f"The rider rides the {kind}.", action=Action.ride, actor="mira", target="thing",
        figures=(rider,), things=(ThingIn(id="thing", words=kind, look=ThingLook(kind=kind)),),
        camera=CameraIn(size=ShotSize.full),
    )  # fmt: skip
    return Screen(picture, (320, 180), 1, 3.0)


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("age", [Age.child, Age.adult])
@pytest.mark.parametrize("kind", ["bicycle", "motorcycle"])
def test_hands_are_on_the_bars_and_the_seat_on_the_saddle(kind: str, age: Age, facing: Facing) -> None:
    screen = _ride(kind, age, facing)
    placed = next(p for p in screen.staging.figures if p.id == "mira")
    machine = next(t for t in screen.staging.things if t.id == "thing")
    wide, high = screen._transport.drawn("thing")
    way, player = -1.0 if facing is Facing.left else 1.0, screen._players["mira"]
    acting = screen._acted(placed, 1.0)
    hand = player.body.hand(acting, 1.0)
    assert hand is not None
    at = placed.x + hand[0] * player.scale - machine.x, placed.up - hand[1] * player.scale
    cycle = CYCLES[kind]
    grip = way * cycle.grip[0] * wide, cycle.grip[1] * high
    assert math.dist(at, grip) < 0.1
    hip = player.body.joints(acting, 1.0)["r-hip"]
    assert abs(placed.x + hip[0] * player.scale - machine.x - way * cycle.seat[0] * wide) < 0.1


def test_feet_go_round_with_the_pedals() -> None:
    screen = _ride("bicycle")
    placed = next(p for p in screen.staging.figures if p.id == "mira")
    player, heights = screen._players["mira"], []
    for t in (0.2, 0.5, 0.8, 1.1):
        joints = player.body.joints(screen._acted(placed, t), t)
        feet = joints["r-ankle"][1], joints["l-ankle"][1]
        heights.append(feet[0])
        assert abs(sum(feet) / 2 + 0.3) < 0.35
    assert max(heights) - min(heights) > 0.05


def test_a_child_has_a_bicycle_of_its_size() -> None:
    small, large = (_ride("bicycle", age)._transport.drawn("thing") for age in (Age.child, Age.adult))
    assert small[1] < 0.8 * large[1]


def test_both_hands_hold_the_stick_of_a_broom() -> None:
    screen = _ride("broom")
    placed = next(p for p in screen.staging.figures if p.id == "mira")
    acting = screen._acted(placed, 1.0)
    assert len(acting.lays) == 2
    seat = screen._players["mira"].body.sits(acting)
    assert all(0.05 < -y - seat < 0.35 and x > 0.2 for x, y, _ in acting.lays)
