"""Small ones in company are beside whoever they are with: not underfoot, not in each other, not in the hair."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_animatic_handiwork import doing

from photoplay.render.animatic.apart import muzzles_free
from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.meeting import Meeting
from photoplay.render.animatic.small import away, on_the_piano, perched
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, ShotSize, Stature

BIRD = Extent(-0.2, 0.2, 0.34, eyes=0.26, small=True)
WOMAN = Placed("a", 1.0, 0.0, 0.0, Extent(-0.45, 0.45, 1.7, eyes=1.5), Facing.right)


def bird(name: str, x: float, walks: float = 0.0) -> Placed:
    return Placed(name, x, 0.0, 0.0, BIRD, Facing.right, walks=walks)


def apart(one: Placed, other: Placed) -> float:
    left, right = sorted((one, other), key=lambda p: p.x)
    return right.x + right.extent.left - left.x - left.extent.right


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_birds_that_follow_somebody_are_in_a_row_behind_and_not_underfoot(way: float) -> None:
    woman = replace(WOMAN, x=way, walks=1.1 * way)
    placed = perched([bird("b", 0.8 * way, way), bird("c", 0.6 * way, 0.5 * way), woman], [], frozenset())
    first, second, woman = placed
    assert apart(first, woman) > 0.15
    assert apart(first, second) > 0
    assert way * second.x < way * first.x < way * woman.x


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_the_perch_of_a_bird_stands_beyond_the_one_who_sits_at_her_feet(way: float) -> None:
    at = bird("b", WOMAN.x + 0.65 * way)
    sits = [Meeting("side", "b", WOMAN.id)]
    first, second, woman = perched([at, bird("c", WOMAN.x + 0.8 * way), WOMAN], sits, frozenset())
    assert second.perch
    assert not first.perch
    assert apart(first, woman) > 0.05
    assert apart(first, second) > 0


def test_a_bird_on_its_perch_is_not_pushed_into_the_next_one() -> None:
    row = [replace(bird(n, x), facing=Facing.left, up=0.7, perch=0.7) for n, x in (("b", 1.75), ("c", 2.18))]
    assert [p.x for p in muzzles_free([WOMAN, *row], [])[1:]] == [1.75, 2.18]


def test_birds_on_a_piano_are_at_its_far_end_from_the_head_of_who_plays() -> None:
    picture = doing(Action.play, "She plays the piano for the birds.", "piano", target="it")
    piano = Placed("it", 2.0, 0.1, 0.0, Extent(-0.78, 0.78, 1.3), Facing.camera)
    birds = [replace(bird(n, 2.0), perch=0.7) for n in "bcd"]
    sat = on_the_piano(picture, [replace(WOMAN, x=1.25), *birds], [piano])[1:]
    assert all(p.up == 1.3 for p in sat)
    assert min(p.x + p.extent.left for p in sat) > 2.0 - 0.78 + 0.45
    assert max(p.x for p in sat) < 2.78


@pytest.mark.parametrize("height", [0.2, 0.4, 0.6])
def test_a_door_in_the_street_is_taller_than_a_cat_before_it(height: float) -> None:
    near = away(ShotSize.full, height)
    door = 2.0 * near / (near + 9.0)  # metres that it takes at the cat
    assert door > min(1.25 * height, 0.9 * height + 0.2)


def test_a_cat_is_no_giant_beside_a_puppy_or_a_dog() -> None:
    cat, puppy, dog = (
        Figure(BodyLook(being=Being.quadruped, species=s), (), Ink(), 3).height
        for s in ("cat", "puppy", "dog")
    )
    assert cat < puppy
    assert cat < 0.9 * dog
    young = Figure(
        BodyLook(being=Being.quadruped, species="dog", age=Age.child, stature=Stature.tiny), (), Ink(), 3
    )
    grown = Figure(BodyLook(being=Being.quadruped, species="cat", stature=Stature.small), (), Ink(), 3)
    assert young.height > 0.9 * grown.height
