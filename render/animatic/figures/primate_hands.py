"""Where the hands of a monkey or an ape are as it acts, in shares of its height."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ....storyboard.vocabulary import Action
from .creature import Scene
from .shapes import Point


@dataclass(frozen=True)
class Hands:
    """Both hands of a body that faces right."""

    near: Point
    far: Point
    finger: bool = False
    """The near hand points with its finger."""
    behind: bool = False
    """The near arm is drawn before the head, because the hand is above it."""


_AHEAD = {
    Action.hold: ((0.24, 0.06), (0.28, 0.02)),
    Action.push: ((0.42, 0.02), (0.46, -0.06)),
    Action.pull: ((0.3, 0.08), (0.36, 0.04)),
    Action.reach: ((0.4, -0.2), (0.16, 0.18)),
    Action.hug: ((0.36, -0.02), (0.4, -0.1)),
    Action.read: ((0.24, 0.08), (0.28, 0.04)),
    Action.open: ((0.4, -0.04), (0.2, 0.2)),
    Action.close: ((0.4, -0.04), (0.2, 0.2)),
    Action.light: ((0.36, 0.02), (0.24, 0.12)),
}
"""Hands ahead of the chest, (ahead, down): near, far."""


def _from(chest: Point, dx: float, dy: float) -> Point:
    return chest[0] + dx, chest[1] + dy


def hands_of(scene: Scene, chest: Point, head: Point, all_fours: bool) -> Hands:
    """Both hands at this moment. Pure."""
    t, action = scene.t, scene.action
    if all_fours:
        swing = 0.16 * math.sin(t * 9.0)
        return Hands((chest[0] + 0.06 + swing, -0.03), (chest[0] + 0.14 - swing, -0.03))
    if action in _AHEAD:
        near, far = _AHEAD[action]
        return Hands(_from(chest, *near), _from(chest, *far))
    if action is Action.point:
        beat = 0.02 * math.sin(t * 3.0)
        return Hands(_from(chest, 0.46, -0.06 + beat), _from(chest, 0.1, 0.3), finger=True)
    if action is Action.give:
        out = 0.5 - 0.5 * math.cos(min(1.0, t / 1.4) * math.pi)
        return Hands(_from(chest, 0.2 + 0.28 * out, 0.06 - 0.06 * out), _from(chest, 0.14, 0.2))
    if action is Action.take:
        out = math.sin(min(1.0, t / 2.4) * math.pi)
        return Hands(
            _from(chest, 0.2 + 0.3 * out, 0.06 + 0.14 * out), _from(chest, 0.22 + 0.2 * out, 0.1 + 0.1 * out)
        )
    if action in (Action.laugh, Action.perform):
        gap = 0.07 * (1 + math.sin(t * 9.0))
        return Hands(_from(chest, 0.3, 0.05 + gap), _from(chest, 0.32, 0.0 - gap * 0.8))
    if action is Action.wave:
        return Hands(
            (head[0] + 0.26 + 0.09 * math.sin(t * 7.0), head[1] - 0.2), _from(chest, 0.08, 0.3), behind=True
        )
    if action in (Action.dance, Action.jump, Action.climb, Action.sing):
        up = 0.14 * math.sin(t * 5.0)
        return Hands(
            (head[0] - 0.22, head[1] - 0.14 + up), (head[0] + 0.34, head[1] - 0.14 - up), behind=True
        )
    if action in (Action.eat, Action.drink):
        bite = 0.03 * math.sin(t * 6.0)
        return Hands((head[0] + 0.2, head[1] + 0.2 + bite), _from(chest, 0.2, 0.2))
    if action is Action.cry:
        return Hands((head[0] + 0.02, head[1] + 0.02), (head[0] + 0.2, head[1] + 0.02))
    if action is Action.think:
        return Hands((head[0] + 0.12, head[1] + 0.2), _from(chest, 0.16, 0.24))
    if action is Action.listen:
        return Hands((head[0] - 0.16, head[1]), _from(chest, 0.14, 0.26))
    if action is Action.throw:
        back = math.sin(min(1.0, t / 1.2) * math.pi)
        return Hands(
            (head[0] + 0.3 - 0.6 * back, head[1] - 0.05 - 0.14 * back), _from(chest, 0.2, 0.1), behind=True
        )
    if action in (
        Action.work,
        Action.play,
        Action.fight,
        Action.cook,
        Action.paint,
        Action.write,
        Action.dig,
    ):
        beat = 0.13 * math.sin(t * 7.0)
        low = 0.26 if action is Action.dig else 0.1
        return Hands(_from(chest, 0.3, low + beat), _from(chest, 0.34, low - beat))
    if action is Action.talk:
        return Hands(_from(chest, 0.26, 0.06 + 0.05 * math.sin(t * 3.1)), _from(chest, 0.1, 0.3))
    if scene.moving:
        swing = 0.14 * math.sin(t * 6.0)
        return Hands(_from(chest, 0.04 - swing, 0.36), _from(chest, 0.12 + swing, 0.36))
    if action in (Action.sit, Action.sleep, Action.lie, Action.fall, Action.kneel, Action.hide):
        return Hands(_from(chest, 0.16, 0.22), _from(chest, 0.22, 0.2))
    breath = 0.01 * math.sin(t * 2.0)
    return Hands(_from(chest, 0.02, 0.38 + breath), _from(chest, 0.16, 0.36 + breath))
