"""Who climbs is on what it climbs: soles in the grass of a hill, paws on the face of a tower."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render import animatic
from photoplay.render.animatic.climbing import Climbed
from photoplay.render.animatic.figures.ascent import YAW, Climb, climbing
from photoplay.render.animatic.figures.skeleton import CAMERA_DROP
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.vocabulary import Action, Side

FILES = Path(animatic.__file__).parent
SIDE, UNIT, FOOT = 400, 60.0, (120, 320)


def painted(way, **more):
    """Where something is drawn before a climber a metre tall that stands at ``FOOT``."""
    climb = Climb(way, 0.45, 0.3, 0.3)
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(*FOOT)
    canvas.scale(UNIT, UNIT)
    Climbed(climb, 1.0, False, "#8aa35e", True, **more).draw(canvas, Ink(), 1.0)
    return climb, surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3] > 0


def at(x, up):
    """The pixel, row and column, of a hold."""
    turn = math.radians(YAW)
    down = math.cos(turn) * CAMERA_DROP * x - up
    return round(FOOT[1] + UNIT * down), round(FOOT[0] + math.sin(turn) * UNIT * x)


def test_a_hill_lies_under_every_step_and_goes_on_out_of_the_frame():
    climb, drawn = painted("slope")
    for number in np.arange(0.0, climb.highest, 0.5):
        x, up = climb.hold(number)
        assert drawn[at(x, up)], number
    tops = drawn.argmax(axis=0)
    assert tops[SIDE - 1] < tops[280] < tops[160]


def test_who_walks_up_a_hill_leans_into_it_with_the_soles_along_its_ground():
    climb, drawn = painted("slope")
    for number in (1.0, 3.0, 5.0):
        x, up = climb.hold(number)
        row, column = at(x, up)
        under = row - drawn[:, column].argmax()
        assert 0.08 * UNIT < under < 0.16 * UNIT, "over the edge of the flank, or hovering before it"
    stairs, slope = (climbing(Climb(way, 0.45, 0.3, 0.3), 2.0, 0.0) for way in ("stairs", "slope"))
    assert slope.lean > stairs.lean + 5
    assert stairs.incline == 0.0 < 15.0 < slope.incline < 30.0


def test_a_tower_is_climbed_at_its_edge_with_a_stone_under_every_paw():
    climb, drawn = painted("tree", wall=True, tower=True)
    for number in range(1, climb.highest + 1):
        row, column = at(*climb.hold(number))
        edge = np.flatnonzero(drawn[row])[0]
        assert abs(edge - column) < 0.12 * UNIT, number
        assert drawn[row, edge : edge + round(UNIT)].all(), number


def test_a_tower_that_is_climbed_goes_up_out_of_the_frame():
    _, drawn = painted("tree", wall=True, tower=True)
    assert drawn[: FOOT[1] - round(4.5 * UNIT)].any()


def test_stairs_out_of_doors_are_drawn_of_stone():
    _, drawn = painted("stairs")
    assert drawn.sum() > 2000


def test_a_tower_that_is_climbed_is_of_the_stone_of_one_that_stands_there():
    stands = json.loads((FILES / "things" / "buildings.json").read_text(encoding="utf-8"))["tower"]
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(*FOOT)
    canvas.scale(UNIT, UNIT)
    Climbed(Climb("tree", 0.45, 0.3, 0.3), 1.0, False, "#8aa35e", True, True, tower=True).draw(
        canvas, Ink(), 1.0
    )
    page = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    colours, many = np.unique(page[page[..., 3] > 250][:, :3], axis=0, return_counts=True)
    assert np.abs(colours[many.argmax()].astype(int) - np.array(rgb(stands["main"]))).max() < 12


@pytest.mark.parametrize("ground", ["#eaf0f8", "#c9a86a"])
def test_the_flank_of_a_hill_is_no_empty_slab(ground: str) -> None:
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(FOOT[0], FOOT[1])
    canvas.scale(UNIT, UNIT)
    Climbed(Climb("slope", 1.0, 1.0, 1.0), 1.0, False, ground, False).draw(canvas, Ink(), 1.0)
    flank = surface.toarray()[FOOT[1] - 60 :, FOOT[0] + 60 :, :3]
    _, many = np.unique(flank.reshape(-1, 3), axis=0, return_counts=True)
    assert (many > 40).sum() > 4, "its body, its shade and the way along it, and more"


def test_a_tower_by_night_is_floodlit_and_not_of_the_colour_of_the_street() -> None:
    night = Ink(light=(0.35, 0.35, 0.5))
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(*FOOT)
    canvas.scale(UNIT, UNIT)
    Climbed(Climb("tree", 0.45, 0.3, 0.3), 1.0, False, "#8aa35e", True, True, tower=True).draw(
        canvas, night, 1.0
    )
    page = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    stone = page[..., :3][page[..., 3] > 250].max(axis=1)
    dim = max(int(night.seen("#cfc6b8")[k : k + 2], 16) for k in (1, 3, 5))
    assert np.median(stone) > 1.25 * dim
    assert (stone > 230).sum() > 20, "lit windows"


def test_of_three_one_goes_up_the_stone_and_the_others_look_on():
    three = tuple(
        figure(name, Action.climb, side).model_copy(update={"noun": f"{name} child"})
        for name, side in (("a", Side.left), ("b", Side.centre), ("c", Side.right))
    )
    told = shot(Action.climb, *three, target="stone", things=(thing("stone", "stone"),))
    told = told.model_copy(update={"sentence": "The three children climb over a stone."})
    screen = Screen(told, (160, 90), 5, 4.0)
    assert [f.action for f in screen.picture.figures] == [Action.climb, Action.look, Action.look]
