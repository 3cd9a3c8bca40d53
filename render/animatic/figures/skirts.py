"""The skirts of coats, dresses and robes over legs that stride, kneel or are bent. In shares of the height.

Cloth lies on the thigh in front, falls from the knee as far as it is long, and behind falls from the seat or
from the knee that is left behind; what reaches the ground lies on it. Over straight legs side by side, and on
a body that lies, a skirt is the plain cone of ``garments``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .anatomy import Anatomy
from .shapes import Point, between
from .skeleton import Limb, Skeleton
from .torso import Torso

_TURNED = 0.5
"""Sine of the yaw from which legs are seen to go forward and back."""
_SWUNG, _APART = 15.0, 22.0
"""Degrees on the page of a thigh from upright, and between two of them, over which a cone would be stiff."""
_LIFTED = -40.0
"""Degrees from straight down of a shin that is lifted behind in a step."""
_LAGS, _LEADS = -32.0, 10.0
"""Degrees from straight down within which cloth falls from a knee: it does not go up behind with a shin."""
_TRAIN = 0.1
"""How far cloth that is too long trails on the ground; more of it lies in folds."""
_RECLINES = 25.0
"""Degrees that the trunk leans back over the seat from which no cloth hangs down behind."""
_OVER = 70.0
"""Degrees that the trunk leans at most: a skirt hangs from nobody who lies."""


@dataclass(frozen=True)
class Drape:
    """A skirt as it hangs on the page."""

    outline: tuple[Point, ...]
    """All round, from the waist in front down, along the hem to the back, and up."""
    hem: tuple[Point, ...]
    """The lower edge, from the front to the back."""
    folds: tuple[tuple[Point, ...], ...]
    """Lines in the cloth."""
    hollow: tuple[Point, ...]
    """The cloth that is drawn in between two legs that stride; none where they are together."""


def draped(torso: Torso, bones: Skeleton, body: Anatomy, reach: float, flare: float) -> Drape | None:
    """The skirt as the legs carry it, or None where it is a plain cone.

    ``reach`` is how far down the legs it hangs (0.5 the knee, 1 the ankle), ``flare`` how wide it is cut.
    """
    way = 1.0 if torso.sin >= 0 else -1.0
    tilt = abs(math.degrees(math.atan2(bones.chest.x - bones.hip.x, bones.hip.y - bones.chest.y)))
    angles = [_angle(leg.root.at, leg.middle.at, way) for leg in bones.legs]
    if abs(torso.sin) < _TURNED or tilt > _OVER or not all(-62 < a < 140 for a in angles):
        return None
    lifted = min(_angle(leg.middle.at, leg.end.at, way) for leg in bones.legs) < _LIFTED
    if not lifted and max(abs(a) for a in angles) < _SWUNG and abs(angles[0] - angles[1]) < _APART:
        return None
    ground = max(max(leg.end.y + 0.03, leg.tip.y) for leg in bones.legs)
    falls = [_Fall(leg, body, reach, way, ground) for leg in bones.legs]
    front, rear = sorted(falls, key=lambda f: way * (f.knee[0] + f.hem[0]), reverse=True)
    pad = 0.058 * body.girth
    ahead = _front(torso, front, way, pad, flare)
    behind = _behind(torso, rear, body, way, reach, pad, flare)
    hem = _hem(ahead[-1], front.hem, behind[-1], pad, way, ground)
    root = between(front.root, rear.root, 0.5)
    fold = root, between(front.root, front.knee, 0.6), between(front.knee, hem[2], 0.55)
    if front.angle > 35:  # on the lap
        fold = root, between(front.root, front.knee, 0.5), between(front.knee, front.root, 0.1)
    swung = between(root, behind[1], 0.5), between(behind[2], hem[3], 0.25), between(hem[-2], hem[-3], 0.3)
    folds = fold, swung
    hollow: tuple[Point, ...] = ()
    if front.angle - rear.angle > 26:
        top = between(root, between(front.knee, rear.knee, 0.5), 0.45)
        hollow = top, between(hem[1], hem[2], 0.7), hem[3]
    outline = (*ahead, *hem[1:-1], *reversed(behind))
    return Drape(outline, hem, folds, hollow)


class _Fall:
    """How the cloth goes down along one leg."""

    def __init__(self, leg: Limb, body: Anatomy, reach: float, way: float, ground: float) -> None:
        self.root, self.knee = leg.root.at, leg.middle.at
        self.angle = _angle(self.root, self.knee, way)
        thigh = self.knee[0] - self.root[0], self.knee[1] - self.root[1]
        size = math.hypot(*thigh) or 1e-6
        self.along = thigh[0] / size, thigh[1] / size
        fall = max(_LAGS, min(_LEADS, _angle(self.knee, leg.end.at, way)))
        if fall > 0 and self.angle < 0:
            fall = 0.0
        turn = math.radians(fall)
        self.down = way * math.sin(turn), math.cos(turn)
        long = max(0.0, reach - 0.5) * 2 * 0.46 * body.leg
        if reach < 0.5:
            self.knee = between(self.root, self.knee, reach * 2)
        x, y = self.knee[0] + self.down[0] * long, self.knee[1] + self.down[1] * long
        self.lies = min(_TRAIN, max(0.0, y - ground))
        """How much of it lies on the ground."""
        self.hem = (x - way * self.lies, ground) if self.lies else (x, y)


def _front(torso: Torso, fall: _Fall, way: float, pad: float, flare: float) -> list[Point]:
    """The edge in front, from the waist over lap and knee to the hem."""
    out = _normal(fall.along, way)
    under = _normal(fall.down, way)
    corner = out[0] + under[0], out[1] + under[1]
    size = math.hypot(*corner) or 1e-6
    lifted = _share(fall.angle, 20, 60)
    lap = _off(between(fall.root, fall.knee, 0.22), out, pad * 1.05)
    hip = between(torso.edge(int(way), 0.95, 1.03), lap, lifted)
    return [
        torso.edge(int(way), 0.62, 1.03),
        hip,
        _off(between(fall.root, fall.knee, 0.64), out, pad + 0.2 * flare),
        _off(fall.knee, (corner[0] / size, corner[1] / size), pad + 0.35 * flare),
        _off(fall.hem, under, pad + 0.8 * flare),
    ]


def _behind(
    torso: Torso, fall: _Fall, body: Anatomy, way: float, reach: float, pad: float, flare: float
) -> list[Point]:
    """The edge behind, from the waist over the seat to the hem: along the leg left behind or down."""
    ground = fall.hem[1] if fall.lies else math.inf
    seat = torso.edge(-int(way), 0.95, 1.06)
    out, under = _normal(fall.along, -way), _normal(fall.down, -way)
    back = -way, 0.0
    led = [
        _off(between(fall.root, fall.knee, 0.55), out, pad + 0.35 * flare),
        _off(fall.knee, under, pad + 0.6 * flare),
        _off(fall.hem, back, pad + flare),
    ]
    foot = max(fall.hem[1], seat[1] + 0.06)
    drop = min(0.8 * reach * 0.95 * body.leg, foot - seat[1])
    hung = [
        (seat[0] - way * (0.012 + 0.2 * flare), seat[1] + 0.4 * drop),
        (seat[0] - way * (0.02 + 0.4 * flare), seat[1] + 0.78 * drop),
        (seat[0] - way * (0.02 + 0.7 * flare), seat[1] + drop),
    ]
    share = _share(fall.angle, 8, 40)
    (ax, ay), (bx, by) = torso.bones.hip.at, torso.bones.chest.at
    if math.degrees(math.atan2(way * (ax - bx), ay - by)) > _RECLINES:  # it is under who leans back on it
        low = max(seat[1], fall.root[1] + pad)
        hung = [
            (seat[0] + way * dx, max(seat[1], low - dy))
            for dx, dy in ((0.01, 0.02), (0.03, 0.01), (0.06, 0.0))
        ]
    edge = [between(a, b, share) for a, b in zip(led, hung, strict=True)]
    return [torso.edge(-int(way), 0.62, 1.03), seat, *((x, min(y, ground - 0.006)) for x, y in edge)]


def _hem(start: Point, front: Point, end: Point, pad: float, way: float, ground: float) -> tuple[Point, ...]:
    """A soft lower edge of seven points from ``start`` round the ``front`` leg to ``end``."""
    round_leg = front[0] - way * 0.7 * pad, front[1] + 0.02
    points = [start, (front[0] + way * 0.2 * pad, max(start[1], front[1]) + 0.016), round_leg]
    for share, wave in ((0.25, 0.004), (0.5, 0.02), (0.75, 0.01)):
        x, y = between(round_leg, end, share)
        points.append((x, y + wave + 0.3 * max(0.0, end[1] - y) * share))
    if end[1] > ground - 0.01:  # the blunt end of cloth that lies
        points[-1] = (end[0] + way * 0.03, ground + 0.012)
    return tuple((x, min(y, ground + 0.012)) for x, y in (*points, end))


def _angle(start: Point, end: Point, way: float) -> float:
    """Degrees on the page from straight down; positive forward."""
    return math.degrees(math.atan2(way * (end[0] - start[0]), end[1] - start[1]))


def _normal(along: Point, way: float) -> Point:
    """Square to a direction that goes down: to the side of ``way``, or up where it goes to that side."""
    return way * along[1], -way * along[0]


def _off(at: Point, direction: Point, far: float) -> Point:
    return at[0] + direction[0] * far, at[1] + direction[1] * far


def _share(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
