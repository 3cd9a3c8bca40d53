"""The jointed person: a pose of angles becomes points on the page.

Body frame: ``f`` forward, ``s`` to the figure's action side (-) or other side (+), ``u`` up. A yaw of
0 faces the camera, +90 faces screen right. The page gets x right, y down, in shares of the height.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace

from .anatomy import Anatomy
from .shapes import Point

CAMERA_DROP = 0.13
"""How far a point towards the camera sinks on the page, per unit: a camera a little above."""


@dataclass(frozen=True)
class Pose:
    """Joint angles in degrees. An arm or leg hangs straight down at 0; forward is positive.

    ``arm`` is the action arm: swing, spread (outwards), elbow flex, spread of the forearm.
    ``leg``: swing, spread, knee flex.
    """

    pitch: float = 0.0
    """The whole body turned forward over the hips: 90 lies on its front, -90 on its back."""
    lean: float = 0.0
    sway: float = 0.0
    """Sideways tilt of the torso."""
    twist: float = 0.0
    """Turn of the whole body about its axis."""
    nod: float = 0.0
    turn: float = 0.0
    tilt: float = 0.0
    arm_swing: float = 0.0
    arm_spread: float = 6.0
    arm_flex: float = 8.0
    arm_fore: float = 4.0
    off_swing: float = 0.0
    off_spread: float = 6.0
    off_flex: float = 8.0
    off_fore: float = 4.0
    leg_swing: float = 0.0
    leg_spread: float = 3.0
    leg_knee: float = 0.0
    far_swing: float = 0.0
    far_spread: float = 3.0
    far_knee: float = 0.0
    lift: float = 0.0
    """Above the ground, in heights."""
    ahead: float = 0.0
    """Shift forward, in heights."""
    grip: float = 0.0
    """Extra turn of what the action hand holds."""
    touch: float = 0.0
    """How far the action hand has come to the face, 0 to 1."""
    level: float = 0.0
    """How far both feet are kept level, whatever they stand on, 0 to 1."""
    incline: float = 0.0
    """By how much the ground that they stand on rises ahead."""

    def other_handed(self) -> Pose:
        """The same with each arm as the other was."""
        arms = {
            f"{one}_{joint}": getattr(self, f"{other}_{joint}")
            for one, other in (("arm", "off"), ("off", "arm"))
            for joint in ("swing", "spread", "flex", "fore")
        }
        return replace(self, **arms)


FIELDS = tuple(field.name for field in fields(Pose))


@dataclass(frozen=True)
class Joint:
    """A point of the body on the page, with its depth (towards the camera is positive)."""

    x: float
    y: float
    z: float

    @property
    def at(self) -> Point:
        """The point alone."""
        return self.x, self.y


@dataclass(frozen=True)
class Limb:
    """Three joints of an arm or leg, and the direction of the hand or foot on the page."""

    root: Joint
    middle: Joint
    end: Joint
    tip: Joint


@dataclass(frozen=True)
class Skeleton:
    """All joints on the page. ``yaw`` in degrees after the pose's twist."""

    yaw: float
    head_yaw: float
    hip: Joint
    chest: Joint
    neck: Joint
    head: Joint
    head_turn: float
    """Rotation of the head on the page, degrees clockwise."""
    head_pitch: float
    """Degrees that a face turned to the camera looks down."""
    arms: tuple[Limb, Limb]
    """The action arm first."""
    legs: tuple[Limb, Limb]


Vector = tuple[float, float, float]


def _direction(swing: float, spread: float, side: float) -> Vector:
    a, b = math.radians(swing), math.radians(spread)
    return math.sin(a) * math.cos(b), side * math.sin(b), -math.cos(a) * math.cos(b)


def _along(start: Vector, direction: Vector, length: float) -> Vector:
    f, s, u = start
    df, ds, du = direction
    return f + df * length, s + ds * length, u + du * length


class Stance:
    """Turns poses of one anatomy into skeletons."""

    def __init__(self, body: Anatomy) -> None:
        self.body = body

    def skeleton(self, pose: Pose, yaw: float, head_yaw: float) -> Skeleton:
        """The joints of ``pose`` seen at ``yaw``; the lowest part of the body stands on y = 0."""
        side = 1.0 if yaw < 0 else -1.0
        points = self._points(pose, side)
        low = min(u - pad for (_, _, u), pad in points.values())
        # Whoever swims or flies on the front is not carried by the limbs, and does not bob with them.
        prone = min(1.0, max(0.0, (pose.pitch - 35) / 25))
        low += (points["hip"][0][2] - 0.09 - low) * prone
        shown_yaw = yaw + pose.twist
        project = _Projection(shown_yaw, pose.ahead, pose.lift - low)
        at = {name: project(vector) for name, (vector, _) in points.items()}
        up = (at["head"].x - at["neck"].x, at["head"].y - at["neck"].y)
        lying = math.degrees(math.atan2(up[0], -up[1]))
        return Skeleton(
            yaw=shown_yaw,
            head_yaw=head_yaw + pose.turn * (1 if side < 0 else -1) + pose.twist,
            hip=at["hip"],
            chest=at["chest"],
            neck=at["neck"],
            head=at["head"],
            head_turn=lying + pose.tilt + pose.nod * 0.65 * math.sin(math.radians(shown_yaw)),
            head_pitch=pose.nod * abs(math.cos(math.radians(shown_yaw))),
            arms=(
                Limb(at["arm0"], at["arm1"], at["arm2"], at["arm3"]),
                Limb(at["off0"], at["off1"], at["off2"], at["off3"]),
            ),
            legs=(
                Limb(at["leg0"], at["leg1"], at["leg2"], at["leg3"]),
                Limb(at["far0"], at["far1"], at["far2"], at["far3"]),
            ),
        )

    def _points(self, pose: Pose, side: float) -> dict[str, tuple[Vector, float]]:
        """Joints in the body frame around the hips, each with its thickness to the ground."""
        b = self.body
        upright = max(0.0, math.cos(math.radians(pose.pitch)))  # the back of who lies down is straight
        lean = math.radians(pose.lean + b.stoop * upright)
        sway = math.radians(pose.sway) * side
        spine = (math.sin(lean), math.sin(sway), math.cos(lean) * math.cos(sway))
        hip: Vector = (0.0, 0.0, 0.0)
        chest = _along(hip, spine, b.torso)
        bend = lean * 0.55 + math.radians(pose.nod * 0.35)
        upward = (math.sin(bend), math.sin(sway) * 0.6, math.cos(bend))
        neck = _along(chest, upward, b.neck * 0.6)
        head = _along(neck, upward, b.neck * 0.4 + b.head * 0.5)
        points: dict[str, tuple[Vector, float]] = {
            "hip": (hip, 0.045),
            "chest": (chest, 0.06),
            "neck": (neck, 0.0),
            "head": (head, b.head * 0.45),
        }
        for name, which, swing, spread, flex, fore in (
            ("arm", side, pose.arm_swing, pose.arm_spread, pose.arm_flex, pose.arm_fore),
            ("off", -side, pose.off_swing, pose.off_spread, pose.off_flex, pose.off_fore),
        ):
            shoulder = _along((chest[0], chest[1] + which * b.shoulder * 0.86, chest[2]), spine, -0.028)
            elbow = _along(shoulder, _direction(swing, spread, which), b.arm * 0.48)
            wrist = _along(elbow, _direction(swing + flex, fore, which), b.arm * 0.44)
            hand = _along(wrist, _direction(swing + flex, fore, which), 0.05)
            for i, point in enumerate((shoulder, elbow, wrist, hand)):
                points[f"{name}{i}"] = (point, 0.01)
        legs = []
        for name, which, swing, spread, knee in (
            ("leg", side, pose.leg_swing, pose.leg_spread, pose.leg_knee),
            ("far", -side, pose.far_swing, pose.far_spread, pose.far_knee),
        ):
            socket = (0.0, which * b.hip * 0.55, 0.0)
            joint = _along(socket, _direction(swing, spread, which), b.leg * 0.49)
            ankle = _along(joint, _direction(swing - knee, spread * 0.5, which), b.leg * 0.46)
            legs.append((name, which, swing, knee, socket, joint, ankle))
        lowest = min(ankle[2] for *_, ankle in legs)
        for name, which, swing, knee, socket, joint, ankle in legs:
            lifted = min(1.0, max(0.0, (knee - 55) / 60)) + min(1.0, max(0.0, (knee - swing - 25) / 70))
            lifted = min(1.0, lifted) * (1 - _stood(pose, swing - knee, ankle[2] - lowest))
            toe = _along(ankle, _direction(90 + pose.incline - 75 * lifted, 4, which), 0.07)
            for i, (point, pad) in enumerate(((socket, 0.0), (joint, 0.03), (ankle, 0.045), (toe, 0.02))):
                points[f"{name}{i}"] = (point, pad)
        return _pitched(points, pose.pitch) if pose.pitch else points


def _stood(pose: Pose, shin: float, above: float) -> float:
    """How far a foot is set flat on the ground, 0 to 1: its ankle is as low as the other, its shin upright.

    ``shin`` in degrees forward of hanging straight down, ``above`` the lower ankle in heights.
    """
    if pose.level:
        return pose.level
    upright = -62 < shin < 50 and abs(pose.pitch) < 15 and pose.lift < 0.02
    return min(1.0, max(0.0, (0.1 - above) / 0.06)) if upright else 0.0


def _pitched(points: dict[str, tuple[Vector, float]], pitch: float) -> dict[str, tuple[Vector, float]]:
    cos, sin = math.cos(math.radians(pitch)), math.sin(math.radians(pitch))
    return {
        name: ((f * cos + u * sin, s, u * cos - f * sin), pad) for name, ((f, s, u), pad) in points.items()
    }


class _Projection:
    """Body frame to page."""

    def __init__(self, yaw: float, ahead: float, rise: float) -> None:
        self._cos, self._sin = math.cos(math.radians(yaw)), math.sin(math.radians(yaw))
        self._ahead, self._rise = ahead, rise

    def __call__(self, point: Vector) -> Joint:
        f, s, u = point
        f += self._ahead
        depth = f * self._cos - s * self._sin
        return Joint(f * self._sin + s * self._cos, -(u + self._rise) + depth * CAMERA_DROP, depth)
