"""Ascent: how somebody goes up a ladder, a tree, a rock, stairs or a hill, with hands and feet on it.

Positions are shares of the climber's height: ``f`` forward from where the climb begins, ``u`` up from
the ground. Holds are counted from 0, the ground; the climber takes one after the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from ..easing import smoothstep
from .anatomy import Anatomy
from .skeleton import Pose

Way = Literal["ladder", "tree", "rock", "mast", "stairs", "slope"]

STEEP: frozenset[str] = frozenset({"ladder", "tree", "rock", "mast"})
"""Ways that are gone up with the hands."""
YAW = 64.0
"""Degrees from the camera at which a climber is seen."""
_TILT = {"ladder": 0.16, "tree": 0.04, "rock": 0.3, "mast": 0.28}
_SECONDS = {"ladder": 1.05, "tree": 1.15, "rock": 1.15, "mast": 1.05, "stairs": 0.8, "slope": 0.75}
"""A hold."""
_HOLDS = {"ladder": 4, "tree": 4, "rock": 4, "mast": 4, "stairs": 6, "slope": 6}
"""How many holds are taken; after them the climber has arrived."""
_RISE = {"stairs": 0.6, "slope": 0.42}
"""Of what is walked up: up per forward."""
_LEANS_IN = {"stairs": 15.0, "slope": 25.0}
"""Degrees that who walks up leans forward."""
_SOLE = 0.045


@dataclass(frozen=True)
class Climb:
    """The geometry of one way for one body."""

    way: Way
    leg: float
    torso: float
    arm: float
    broad: bool = False
    """A body that would hide a ladder as narrow as people's: the rails are to both sides of it."""

    @classmethod
    def of(cls, way: Way, body: Anatomy) -> Climb:
        """The way as somebody of that anatomy goes it."""
        return cls(way, body.leg, body.torso, body.arm)

    @property
    def spacing(self) -> float:
        """Between two holds: upwards where the way is steep, else forwards."""
        return (0.34 if self.way in STEEP else 0.46) * self.leg

    @property
    def reach(self) -> int:
        """How many holds above a foot the hand of the other side is."""
        return round((0.8 * self.leg + 0.92 * self.torso) / self.spacing)

    @property
    def highest(self) -> int:
        """The highest hold that a hand takes, or a foot where there is nothing to hold."""
        return _HOLDS[self.way] + 1 + (self.reach + 1 if self.way in STEEP else 0)

    def hold(self, number: float) -> tuple[float, float]:
        """Where a hold is; between two of them for a fraction."""
        if self.way in STEEP:
            up = number * self.spacing
            return 0.44 * self.leg + _TILT[self.way] * up, up
        ahead = number * self.spacing
        return ahead, max(0.0, ahead) * _RISE[self.way]

    def taken(self, t: float) -> float:
        """How many holds have been taken after ``t`` seconds; stays where the climber has arrived."""
        return min(max(0.0, t) / _SECONDS[self.way], float(_HOLDS[self.way]))

    def risen(self, t: float) -> tuple[float, float]:
        """How far forward and up the climber has come, for a body without jointed legs."""
        return self.hold(self.taken(t))

    def slant(self) -> float:
        """Degrees by which what is walked up is inclined."""
        return math.degrees(math.atan(_RISE.get(self.way, 0.0)))


def climbing(climb: Climb, t: float, stoop: float) -> Pose:
    """The pose ``t`` seconds into the climb. Hands and feet lie on the holds of ``climb``."""
    taken = climb.taken(t)
    steep = climb.way in STEEP
    feet = [_limb(climb, taken, 0.0, 0), _limb(climb, taken, 1.0, 0)]
    if steep:
        ahead, _ = climb.hold(taken + 1.0)
        hip = (ahead - 0.4 * climb.leg, taken * climb.spacing + 0.8 * climb.leg + _SOLE)
        lean = math.degrees(math.atan(_TILT[climb.way])) + 2
    else:
        ahead, up = climb.hold(taken + 0.55)
        hip = (ahead + 0.04, up + 0.84 * climb.leg + _SOLE)
        lean = _LEANS_IN[climb.way]
    legs = []
    for foot in feet:
        target = (foot[0] - 0.01, foot[1] + _SOLE)
        thigh, shin = 0.49 * climb.leg, 0.46 * climb.leg
        swing, bend, ankle = _bent(hip, target, thigh, shin, forward=True)
        legs.append((swing, bend, ankle[1]))
    lowest = min(ankle for _, _, ankle in legs)
    arms = [(26 * _sway(taken + k), 30.0) for k in (0, 1)]
    if steep:
        spine = math.radians(lean)
        length = climb.torso - 0.028
        shoulder = (hip[0] + math.sin(spine) * length, hip[1] + math.cos(spine) * length)
        arms = []
        for k in (1.0, 0.0):
            hand = _limb(climb, taken, k, climb.reach)
            upper, fore = 0.48 * climb.arm, 0.44 * climb.arm + 0.05
            swing, bend, _ = _bent(shoulder, hand, upper, fore, forward=False)
            arms.append((swing, bend))
    return Pose(
        lean=lean - stoop,
        nod=-22.0 if steep else -8.0,
        leg_swing=legs[0][0],
        leg_knee=legs[0][1],
        far_swing=legs[1][0],
        far_knee=legs[1][1],
        arm_swing=arms[0][0],
        arm_flex=arms[0][1],
        arm_fore=0.0,
        arm_spread=4.0,
        off_swing=arms[1][0],
        off_flex=arms[1][1],
        off_fore=0.0,
        off_spread=4.0,
        lift=lowest - _SOLE,
        ahead=hip[0],
        level=1.0,
        incline=climb.slant() if climb.way == "slope" else 0.0,
    )


def _sway(taken: float) -> float:
    return math.sin(math.pi * taken)


def _limb(climb: Climb, taken: float, phase: float, above: int) -> tuple[float, float]:
    """Where one foot or hand is: it takes two holds at a time, in its turn."""
    pair, share = divmod((taken - phase) / 2, 1.0)
    moved = min(1.0, share * 2)
    moved = smoothstep(moved)
    ahead, up = climb.hold(2 * pair + 2 * moved + phase + above)
    off = math.sin(math.pi * moved)
    if climb.way in STEEP:
        return ahead - 0.04 * off, up
    return ahead, up + 0.07 * off


def _bent(
    root: tuple[float, float], target: tuple[float, float], upper: float, lower: float, *, forward: bool
) -> tuple[float, float, tuple[float, float]]:
    """Swing of the upper bone, bend of the joint (degrees), and where the end comes to lie.

    ``forward``: the joint points ahead, as a knee does; else behind, as an elbow. Out of reach the limb
    is stretched towards the target.
    """
    dx, dy = target[0] - root[0], target[1] - root[1]
    far = math.hypot(dx, dy)
    near = min(max(far, abs(upper - lower) + 1e-4), (upper + lower) * 0.999)
    aim = math.atan2(dx, -dy)
    first = math.acos(max(-1.0, min(1.0, (upper**2 + near**2 - lower**2) / (2 * upper * near))))
    second = math.acos(max(-1.0, min(1.0, (lower**2 + near**2 - upper**2) / (2 * lower * near))))
    swing = aim + first if forward else aim - first
    end = (root[0] + math.sin(aim) * near, root[1] - math.cos(aim) * near)
    return math.degrees(swing), math.degrees(first + second), end
