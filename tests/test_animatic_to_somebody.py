"""Who waves to somebody beside them does so with the arm on that side, and no face is covered by it."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.figures import Acting
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Age, Expression, Facing


@pytest.mark.parametrize("age", [Age.child, Age.adult])
@pytest.mark.parametrize(("facing", "way"), [(Facing.right, 1.0), (Facing.left, -1.0)])
def test_who_waves_to_somebody_has_the_hand_on_that_side_of_the_head(
    age: Age, facing: Facing, way: float
) -> None:
    person = Person(BodyLook(age=age), (), Ink(), 3)
    bones = person.bones(Acting(Action.wave, Expression.happy, facing, gaze=(way, 0.0)), 0.2)
    raised = min(bones.arms, key=lambda arm: arm.end.y)
    assert way * (raised.end.x - bones.head.x) > 0.3 * person.body.head
    assert raised is bones.arms[1], "the near arm would lie over the face"
    low = max(bones.arms, key=lambda arm: arm.end.y)
    assert low.end.y > bones.chest.y


def test_who_waves_to_nobody_has_the_hand_behind_the_face() -> None:
    person = Person(BodyLook(), (), Ink(), 3)
    bones = person.bones(Acting(Action.wave, Expression.happy, Facing.right), 0.2)
    raised = min(bones.arms, key=lambda arm: arm.end.y)
    assert raised.end.x < bones.head.x
