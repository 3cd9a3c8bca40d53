"""A hand brought to the face: the arm bends so that the hand lies there, whatever the head's size."""

from __future__ import annotations

import math

from .anatomy import Anatomy
from .face import Ball
from .shapes import Point
from .skeleton import Joint, Limb, Skeleton

_PLACES: dict[str, tuple[float, float, tuple[float, float], tuple[float, float]]] = {
    "brow": (52.0, -0.2, (0.19, 0.06), (-0.9, -0.35)),
    "eye": (22.0, 0.06, (0.42, 0.1), (0.2, -0.9)),
    "ear": (78.0, 0.1, (0.16, 0.22), (-0.25, -0.95)),
    "cheek": (58.0, 0.2, (0.12, 0.18), (-0.5, -0.85)),
    "chin": (10.0, 0.47, (0.1, 0.2), (-0.35, -0.9)),
    "eyes": (30.0, 0.06, (0.1, 0.3), (-0.25, -0.97)),
    "call": (44.0, 0.3, (0.1, 0.16), (-0.1, -0.95)),
    "temple": (66.0, -0.12, (0.14, 0.14), (-0.5, -0.85)),
    "mouth": (12.0, 0.34, (0.13, 0.2), (-0.5, -0.8)),
}
"""Where -> degrees round the head and height on it, how far outwards and down the wrist stays from there
(shares of the head), and the way the hand points (outwards, down)."""


def touching(bones: Skeleton, body: Anatomy, where: str, share: float, width: float, which: int = 0) -> Limb:
    """The action arm with its hand taken ``share`` (0 to 1) of the way to ``where`` on the face.

    ``which`` 1 is the other arm. ``width`` is the half width of the head in its own heights. Two bones in
    the page's plane, the elbow on the outer, lower side; foreshortened rather than stretched.
    """
    arm = bones.arms[which]
    angle, height, (out, down), (ahead, below) = _PLACES[where]
    centre = bones.chest.x
    side = 1.0 if arm.root.x >= centre - 0.004 else -1.0
    if which:  # the hands come from both sides, however the shoulders lie
        side = -1.0 if bones.arms[0].root.x >= centre - 0.004 else 1.0
    if where == "eye":
        side = math.copysign(1.0, bones.head_yaw)
    x, y = Ball(width, bones.head_yaw, bones.head_pitch).at(side * angle, height)
    wrist = _on_page(bones, body, x + side * out, y + down)
    away = (side, 0.5) if where == "brow" else (side * 0.3, 1.0)
    elbow = _elbow(arm.root.at, wrist, (0.48 * body.arm, 0.44 * body.arm), away)
    turn = math.radians(bones.head_turn)
    hand = (side * ahead, below)
    hand = (
        hand[0] * math.cos(turn) - hand[1] * math.sin(turn),
        hand[0] * math.sin(turn) + hand[1] * math.cos(turn),
    )
    tip = (wrist[0] + hand[0] * 0.05, wrist[1] + hand[1] * 0.05)
    return Limb(
        arm.root,
        _between(arm.middle, elbow, share),
        _between(arm.end, wrist, share),
        _between(arm.tip, tip, share),
    )


def _on_page(bones: Skeleton, body: Anatomy, x: float, y: float) -> Point:
    turn = math.radians(bones.head_turn)
    cos, sin = math.cos(turn) * body.head, math.sin(turn) * body.head
    return bones.head.x + x * cos - y * sin, bones.head.y + x * sin + y * cos


def _elbow(root: Point, wrist: Point, bones: tuple[float, float], away: Point) -> Point:
    """Where the elbow lies between shoulder and wrist, bent ``away``."""
    upper, fore = bones
    dx, dy = wrist[0] - root[0], wrist[1] - root[1]
    far = math.hypot(dx, dy) or 1e-6
    along = min(far, (far * far + upper * upper - fore * fore) / (2 * far))
    off = math.sqrt(max(0.0, upper * upper - along * along)) * 0.8
    ux, uy = dx / far, dy / far
    bends = [(-uy, ux), (uy, -ux)]
    nx, ny = max(bends, key=lambda n: away[0] * n[0] + away[1] * n[1])
    return root[0] + ux * along + nx * off, root[1] + uy * along + ny * off


def _between(joint: Joint, to: Point, share: float) -> Joint:
    return Joint(
        joint.x + (to[0] - joint.x) * share, joint.y + (to[1] - joint.y) * share, joint.z + 0.2 * share
    )
