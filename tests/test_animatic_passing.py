"""Nothing that stands or hangs in a place is behind a head, also later in a shot."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.headroom import Head
from photoplay.render.animatic.passing import passed, rail_aside
from photoplay.render.animatic.places.recipes import Layer, Recipe

POSE = Pose(0.0, 1.5, 6.0, 600.0, 480.0, 270.0)


def test_no_lamp_hangs_where_somebody_walks_to() -> None:
    lamp = Recipe({}, layers=(Layer(2.2, "lamp", {"x": 1.4, "y": 1.6}),))
    head, there = Head(-1.0, 0.0, 0.25, 1.4, 1.8), Head(1.0, 0.0, 0.25, 1.4, 1.8)
    still = cleared(lamp, [head], POSE, 1)
    assert still.layers[0].options["x"] == pytest.approx(1.4)
    later = [(POSE, [Head(x / 4, 0.0, 0.25, 1.4, 1.8)]) for x in range(-4, 5)]
    walked = cleared(lamp, [head], POSE, 1, later=[*later, (POSE, [there])])
    gone = walked.layers[0].options["x"]
    assert not -1.8 < gone < 1.8


def test_a_head_before_a_sheet_is_where_it_is_seen() -> None:
    then = Pose(0.5, 1.5, 6.0, 600.0, 480.0, 270.0)
    (head,) = passed([(then, [Head(0.5, 0.0, 0.2, 1.4, 1.8)])], 3.0, POSE)
    assert head.x == pytest.approx(0.5)
    assert head.half == pytest.approx(0.3)
    assert POSE.at(0.0, head.high, 3.0)[1] == pytest.approx(then.at(0.0, 1.8, 0.0)[1])


@pytest.mark.parametrize("flip", [1, -1])
def test_no_rail_of_a_staircase_goes_up_behind_a_head(flip: int) -> None:
    stairs = Layer(3.0, "staircase", {"x": 1.0})
    heads = [Head(flip * x, 0.0, 0.2, 1.4, 1.8) for x in (0.9, 1.8)]
    x = rail_aside(stairs, heads, POSE, flip).options["x"]
    assert x > 1.0
    for head in passed([(POSE, heads)], 3.0, POSE):
        rail = 1.02 + 0.75 * (flip * head.x - x)
        assert not head.low < rail < head.high
    assert rail_aside(stairs, [], POSE, flip).options["x"] == 1.0
