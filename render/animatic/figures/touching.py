"""A hand brought to the face or before the chest: the arm bends so that the hand lies there, whatever the
size of the head and the length of the arm."""

from __future__ import annotations

import math

from .anatomy import Anatomy
from .face import Ball
from .shapes import Point
from .skeleton import Joint, Limb, Skeleton

_PLACES: dict[str, tuple[float, float, tuple[float, float], tuple[float, float]]] = {
    "brow": (52.0, -0.2, (0.19, 0.06), (-0.9, -0.35)),
    "eye": (22.0, 0.06, (0.42, 0.1), (0.2, -0.9)),
    "ear": (98.0, 0.1, (0.2, 0.2), (-0.35, -0.95)),
    "crown": (0.0, -0.25, (0.12, 0.0), (-0.3, -0.95)),
    "visor": (40.0, -0.24, (0.5, -0.04), (-0.98, -0.12)),
    "cheek": (58.0, 0.2, (0.12, 0.18), (-0.5, -0.85)),
    "chin": (10.0, 0.47, (0.1, 0.2), (-0.35, -0.9)),
    "eyes": (30.0, 0.06, (0.1, 0.3), (-0.25, -0.97)),
    "call": (44.0, 0.3, (0.1, 0.16), (-0.1, -0.95)),
    "temple": (66.0, -0.12, (0.14, 0.14), (-0.5, -0.85)),
    "lips": (16.0, 0.5, (0.2, 0.3), (-0.45, -0.85)),
    "hush": (16.0, 0.5, (0.2, 0.3), (-0.45, -0.85)),
    "wave": (0.0, -0.24, (0.74, 0.0), (0.16, -1.0)),
    "funnel": (40.0, 0.4, (0.02, 0.13), (0.85, -0.45)),
    "cup": (40.0, 0.42, (0.1, 0.24), (-0.5, -0.9)),
    "rub": (22.0, 0.04, (0.2, 0.1), (-0.9, -0.3)),
    "sob": (0.0, 0.5, (-0.08, 0.2), (-0.2, -0.95)),
    "bite": (0.0, 0.47, (0.1, 0.34), (-0.1, -0.95)),
    "aside": (0.0, 0.42, (0.36, 0.28), (-0.1, -0.95)),
    "mouth": (12.0, 0.34, (0.13, 0.2), (-0.5, -0.8)),
}
"""Where -> degrees round the head and height on it, how far outwards and down the wrist stays from there
(shares of the head), and the way the hand points (outwards, down)."""
_GROWN = 0.15
"""Heights of somebody grown that a head is high."""
_HUNG = 0.075, 0.4
"""The elbow of who calls: how far ahead of the shoulder, in heights, and below it, in lengths of the arm."""
_BESIDE = frozenset({"wave", "crown", "sob", "bite", "aside"})
"""Places beside the head, as wide as it is, however it is turned."""
_BEFORE: dict[str, tuple[float, float, float, tuple[float, float]]] = {
    "chest": (0.13, 0.1, 0.1, (-0.75, -0.3)),
    "heart": (0.05, 0.09, 0.03, (-0.85, -0.25)),
    "belly": (0.1, 0.2, 0.04, (-0.8, -0.1)),
    "near": (0.17, 0.04, 0.1, (-0.7, -0.5)),
    "page": (0.15, 0.19, 0.17, (-0.6, -0.5)),
    "foot": (0.16, 0.17, 0.19, (-0.4, -0.4)),
    "shown": (0.17, 0.1, 0.2, (-0.6, -0.7)),
    "palms": (0.13, 0.13, 0.27, (0.2, -1.0)),
    "clap": (0.15, 0.12, 0.05, (-0.1, -1.0)),
    "prayer": (0.15, 0.03, 0.0, (0.0, -1.0)),
    "clasp": (0.3, 0.12, 0.0, (0.0, -0.1)),
}
"""Before the body -> how far ahead of the breastbone and down the trunk, how far the hands are from each
other (shares of the height), and the way the hands point (outwards, down)."""


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
    if where in ("eye", "visor", "ear"):  # the ear that is seen lies on the side that is turned to the camera
        side = math.copysign(1.0, bones.head_yaw) * (-1.0 if where == "ear" else 1.0)
    if where in ("bite", "lips", "hush", "aside"):  # on the side that the face is turned to
        side = math.copysign(1.0, bones.head_yaw or bones.yaw or 1.0)
    if where in ("rub", "cup"):  # from behind: out of the face but for the eye, and the open mouth is seen
        side = -math.copysign(1.0, bones.head_yaw or bones.yaw or -side)
    if where in ("wave", "funnel") and abs(bones.yaw) > 30:  # beside the head, or before the mouth
        behind = where == "wave" and not which  # the far arm is past the face and waves on its side
        side = math.copysign(1.0, bones.yaw) * (-1.0 if behind else 1.0)
    x, y = Ball(width, bones.head_yaw, bones.head_pitch).at(side * angle, height)
    if where in _BESIDE:  # clear of hair and hat
        x = side * width
    elif where == "funnel" and which:
        y += 0.1
    if where == "hush":  # a hand is no larger before the large head of a child
        out, down = (d * min(1.0, _GROWN / body.head) for d in (out, down))
    wrist = _on_page(bones, body, x + side * out, y + down)
    away = (side, 0.5) if where in ("brow", "visor", "rub") else (side * 0.3, 1.0)
    bones_of = (0.48 * body.arm, 0.44 * body.arm)
    if where == "crown":  # the elbows out, or both sleeves would hang before the eyes
        away = (side, 0.0)
        bones_of = (0.6 * body.arm, 0.56 * body.arm)
    if where == "eyes":  # elbows close to the body, or a sleeve seems to be a third arm, but never crossed
        away = (side, 0.6)
        bones_of = (0.34 * body.arm, 0.31 * body.arm)
    elbow = _elbow(arm.root.at, wrist, bones_of, away)
    if where == "sob":  # the elbows down at the ribs
        elbow = (arm.root.x + side * 0.02, arm.root.y + 0.42 * body.arm)
    if where == "cup":  # hung ahead of the ribs: folded up before the chest, the arm would be a lump
        elbow = (arm.root.x - side * _HUNG[0], arm.root.y + _HUNG[1] * body.arm)
    if where == "crown":
        out_of_face = bones.head.x + side * 1.3 * width * body.head
        elbow = (side * max(side * elbow[0], side * out_of_face), elbow[1])
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


def before_the_body(bones: Skeleton, body: Anatomy, where: str, share: float, which: int = 0) -> Limb:
    """An arm with its hand taken ``share`` (0 to 1) of the way to ``where`` before the chest.

    Both hands come to one height there, each on the side of its own shoulder, the elbows out and down.
    """
    ahead, down, apart, (outwards, below) = _BEFORE[where]
    arm, other = bones.arms[which], bones.arms[1 - which]
    side = 1.0 if (arm.root.x, -which) >= (other.root.x, which - 1) else -1.0
    spine = (bones.hip.x - bones.chest.x, bones.hip.y - bones.chest.y)
    long = math.hypot(*spine) or 1e-6
    x = bones.chest.x + ahead * math.sin(math.radians(bones.yaw)) + down * spine[0] / long
    y = bones.chest.y + down * spine[1] / long
    wrist = (x + side * apart / 2 - side * outwards * 0.05, y - below * 0.05)
    out = 0.2 if where == "foot" else 0.7  # the forearms come from below, not out of what is held
    bend = _elbow(arm.root.at, wrist, (0.48 * body.arm, 0.44 * body.arm), (side * out, 1.0))
    if bend[1] < wrist[1] - 0.05 and side * (bend[0] - wrist[0]) > 0.04:
        # It would stick out at the height of the chin, a lump apart from its hand: it comes forward instead.
        bend = (arm.root.x + side * 0.04, wrist[1] + 0.02)
    if where == "foot" and side * (bend[0] - arm.root.x) > 0.04:  # nor behind the back
        bend = (arm.root.x + 0.12 * (wrist[0] - arm.root.x), max(wrist[1], arm.root.y + 0.4 * body.arm))
    tip = (wrist[0] + side * outwards * 0.05, wrist[1] + below * 0.05)
    return Limb(
        arm.root,
        _between(arm.middle, bend, share),
        _between(arm.end, wrist, share),
        _between(arm.tip, tip, share),
    )


def reaching(
    bones: Skeleton, body: Anatomy, to: Point, which: int = 0, share: float = 1.0, down: bool = False
) -> Limb:
    """The action arm, or the other, with its hand taken ``share`` of the way to a point of the page.

    The point is in shares of the height; the hand goes as far as it reaches. ``down``: of a hand before the
    chest the elbow hangs at the ribs, and does not stick out behind the back."""
    arm = bones.arms[which]
    (x, y), (rx, ry) = to, arm.root.at
    far = math.hypot(x - rx, y - ry) or 1e-6
    long = min(far, 0.97 * body.arm)
    ux, uy = (x - rx) / far, (y - ry) / far
    wrist = (rx + ux * (long - 0.05), ry + uy * (long - 0.05))
    bend = _elbow(arm.root.at, wrist, (0.48 * body.arm, 0.44 * body.arm), (0.0, 1.0))
    if down and far < _CLOSE * body.arm and uy > 0.0 and ux * (bend[0] - rx) < 0.0:
        bend = (rx + 0.12 * (wrist[0] - rx), max(wrist[1], ry + 0.4 * body.arm))
    tip = (rx + ux * long, ry + uy * long)
    return Limb(
        arm.root,
        _between(arm.middle, bend, share),
        _between(arm.end, wrist, share),
        _between(arm.tip, tip, share),
    )


_CLOSE = 0.62
"""Lengths of the arm from the shoulder within which a hand is before the chest."""
_HAIR = 1.75
"""Half widths of a head within which a hand thrown up would be behind its hair."""
_FURTHEST = 46.0
"""Degrees that an arm is turned out at most."""


def beside_the_head(bones: Skeleton, body: Anatomy, width: float, which: int) -> Limb:
    """An arm that is thrown up, turned out at the shoulder until its hand is seen beside the head.

    ``width`` is the half width of the head in its own heights. An arm whose hand is below the chin, or is
    clear of the hair, stays as it is."""
    arm = bones.arms[which]
    if arm.tip.y > bones.head.y + 0.3 * body.head:
        return arm
    side = 1.0 if arm.root.x >= bones.chest.x else -1.0
    (hx, hy), (rx, ry) = bones.head.at, arm.root.at

    def turned(joint: Joint, degrees: float) -> Joint:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        dx, dy = joint.x - rx, joint.y - ry
        return Joint(rx + dx * cos - side * dy * sin, ry + side * dx * sin + dy * cos, joint.z)

    for degrees in range(0, int(_FURTHEST) + 1, 2):
        tip = turned(arm.tip, degrees)
        if math.hypot(tip.x - hx, tip.y - hy) > _HAIR * width * body.head:
            break
    return Limb(arm.root, *(turned(joint, degrees) for joint in (arm.middle, arm.end, arm.tip)))


def stepping(bones: Skeleton, body: Anatomy, to: Point, which: int = 0) -> Limb:
    """A leg with its foot flat on a point of the page, in shares of the height, the knee ahead."""
    leg = bones.legs[which]
    way = 1.0 if bones.yaw >= 0 else -1.0
    (x, y), (rx, ry) = (to[0] - way * 0.025, to[1] - 0.045), leg.root.at
    far = math.hypot(x - rx, y - ry) or 1e-6
    long = min(far, 0.94 * body.leg)
    ankle = rx + (x - rx) / far * long, ry + (y - ry) / far * long
    knee = _elbow(leg.root.at, ankle, (0.49 * body.leg, 0.46 * body.leg), (way, 0.0))
    return Limb(
        leg.root,
        _between(leg.middle, knee, 1.0),
        _between(leg.end, ankle, 1.0),
        _between(leg.tip, (ankle[0] + way * 0.06, ankle[1] + 0.015), 1.0),
    )


def room_to_chin(body: Anatomy, where: str) -> float:
    """Shares of the height from hands that are ``where`` before the chest up to the chin."""
    return max(0.03, _BEFORE[where][1] + body.neck - 0.05)


def is_before_the_body(where: str) -> bool:
    """Whether a place that hands are brought to is before the chest, not on the face."""
    return where in _BEFORE


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
