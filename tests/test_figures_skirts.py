"""Coats, dresses and robes over legs that stride or are bent."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.figures.skirts import Drape
from photoplay.render.animatic.figures.torso import Torso
from photoplay.render.animatic.ink import Ink
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Dress, Expression, Facing

LONG = (Dress.coat, Dress.dress, Dress.robe)


def _worn(dress: Dress, action: Action, t: float, facing: Facing) -> tuple[Person, Torso, Drape | None]:
    person = Person(BodyLook(dress=dress), (), Ink(), 1)
    bones = person.bones(Acting(action, Expression.neutral, facing), t)
    torso = Torso(person.body, bones, person.wardrobe.cut.bulk)
    return person, torso, person.wardrobe.drape(torso, bones)


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("dress", LONG)
def test_who_kneels_has_the_knee_under_the_cloth_and_the_cloth_on_the_ground_behind(
    dress: Dress, facing: Facing
) -> None:
    _, torso, drape = _worn(dress, Action.kneel, 4.0, facing)
    assert drape is not None
    way = 1.0 if facing is Facing.right else -1.0
    knee = max(torso.bones.legs, key=lambda leg: way * leg.middle.x).middle
    ahead = max(way * x for x, y in drape.outline if abs(y - knee.y) < 0.08)
    assert ahead > way * knee.x  # the knee is covered
    assert ahead > way * torso.edge(int(way), 0.62)[0] + 0.05  # and stands out before the belly
    assert drape.hem[-1][1] > -0.05  # on the ground behind
    if dress is not Dress.robe:
        assert drape.hem[0][1] < drape.hem[-1][1] - 0.03  # in front it ends above the foot


@pytest.mark.parametrize("dress", LONG)
def test_a_skirt_falls_over_the_seat_and_the_knees_of_who_sits(dress: Dress) -> None:
    _, torso, drape = _worn(dress, Action.sit, 4.0, Facing.right)
    assert drape is not None
    seat = torso.edge(-1, 0.95)
    assert drape.hem[-1][0] < seat[0] + 0.01
    assert drape.hem[-1][1] > seat[1] + 0.05
    assert all(y < 0.06 for _, y in drape.outline)


@pytest.mark.parametrize("dress", LONG)
def test_a_skirt_swings_with_the_legs_of_who_runs(dress: Dress) -> None:
    hems = []
    for t in (0.0, 0.12, 0.24):
        _, torso, drape = _worn(dress, Action.run, t, Facing.right)
        assert drape is not None
        hems.append(drape.hem[0][0] - torso.bones.hip.x)
    assert max(hems) - min(hems) > 0.05


def test_the_cone_stays_on_who_stands_and_on_who_lies() -> None:
    assert _worn(Dress.coat, Action.stand, 0.0, Facing.right)[2] is None
    assert _worn(Dress.coat, Action.sleep, 4.0, Facing.right)[2] is None


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("dress", LONG)
def test_who_has_fallen_over_backwards_has_the_skirt_over_the_knees_and_none_behind(
    dress: Dress, facing: Facing
) -> None:
    _, torso, drape = _worn(dress, Action.fall, 1.3, facing)
    assert drape is not None
    way = 1.0 if facing is Facing.right else -1.0
    knee = min((leg.middle for leg in torso.bones.legs), key=lambda joint: joint.y)
    assert min(y for x, y in drape.outline if way * x > way * torso.bones.hip.x + 0.1) < knee.y
    seat = torso.edge(-int(way), 0.95, 1.06)
    below = [way * x for x, y in drape.outline if y > seat[1] - 0.01]
    assert min(below) > way * seat[0] - 0.02, "a strip of cloth on the ground behind"


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("dress", LONG)
def test_who_has_tripped_is_propped_on_the_hands_with_the_skirt_spread_on_the_ground(
    dress: Dress, facing: Facing
) -> None:
    person = Person(BodyLook(dress=dress), (), Ink(), 1)
    bones = person.bones(Acting(Action.fall, Expression.neutral, facing, manner="trip"), 1.5)
    assert bones.chest.y < bones.hip.y - 0.15  # not flat
    assert bones.arms[0].tip.y > -0.06  # on a hand
    drape = person.wardrobe.drape(Torso(person.body, bones, person.wardrobe.cut.bulk), bones)
    assert drape is not None
    xs = [x for x, y in drape.outline if y > -0.03]
    assert max(xs) - min(xs) > 0.25
