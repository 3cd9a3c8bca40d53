"""A skirt on the ground, round who has fallen on it and is propped up on the hands. In shares of the height.

The cloth goes down from the waist over whichever knee is drawn up, lies on the ground round it, and runs out
along the leg that is stretched behind, to a hem that is as wide as it is cut.
"""

from __future__ import annotations

import math

from .anatomy import Anatomy
from .shapes import Point, between
from .skeleton import Skeleton
from .skirts import Drape
from .torso import Torso

_BEHIND = 55.0
"""Degrees on the page, from straight down, by which a thigh goes back that is stretched out behind."""
_LOW = 0.27
"""How high above the ground hips may be, at the most, of who is down on it."""
_UP, _OVER = 12.0, 76.0
"""Degrees that the trunk leans at least and at most: a skirt is strewn round nobody who lies flat."""
_LAID = 0.016
"""How far below the feet cloth on the ground comes, towards the camera."""


def strewn(torso: Torso, bones: Skeleton, body: Anatomy, reach: float, flare: float) -> Drape | None:
    """The skirt of somebody propped up on the ground, or None of anybody else.

    ``reach`` is how far down the legs it hangs (0.5 the knee, 1 the ankle), ``flare`` how wide it is cut.
    """
    way = 1.0 if torso.sin >= 0 else -1.0
    ground = max(max(leg.end.y + 0.03, leg.tip.y) for leg in bones.legs)
    tilt = _forward(bones.chest.at, bones.hip.at, -way)
    rear, front = sorted(bones.legs, key=lambda leg: way * leg.middle.x)
    back = -_forward(rear.root.at, rear.middle.at, way)
    down = ground - bones.hip.y < _LOW and ground - rear.end.y < 0.4 * _LOW and abs(ground) < 0.2 * _LOW
    if back < _BEHIND or not _UP < tilt < _OVER or not down:
        return None
    pad = 0.055 * body.girth
    knee, ankle = rear.middle.at, rear.end.at
    end = between(rear.root.at, knee, 2 * reach) if reach < 0.5 else between(knee, ankle, 2 * reach - 1)
    fan = pad + 0.7 * flare
    lap = between(front.root.at, front.middle.at, 0.6)
    ahead = max((front.middle.at, bones.hip.at), key=lambda at: way * at[0])
    brow: Point = (ahead[0] + way * (pad + 0.3 * flare), min(ahead[1], ground - 0.05))
    floor = ground + _LAID
    toe: Point = (brow[0] + way * 0.012, floor - 0.006)
    tail: Point = (end[0] - way * (0.03 + 0.8 * flare), floor)
    hem = [toe]
    for share, wave in ((0.22, 0.008), (0.45, -0.006), (0.68, 0.008), (0.86, -0.004)):
        x, y = between(toe, tail, share)
        hem.append((x, y + wave))
    hem += [tail, (end[0] - way * (0.008 + 0.5 * flare), (end[1] + floor) / 2 - 0.4 * fan)]
    over = end[0] + way * 0.012, end[1] - fan
    calf = between(rear.root.at, end, 0.55)
    seat = torso.edge(-int(way), 0.95, 1.05)
    outline = (
        torso.edge(int(way), 0.62, 1.03),
        between(torso.edge(int(way), 0.95, 1.03), (lap[0], lap[1] - pad), 0.5),
        brow,
        *hem,
        over,
        (calf[0], calf[1] - pad - 0.5 * flare),
        seat,
        torso.edge(-int(way), 0.62, 1.03),
    )
    root = between(bones.hip.at, seat, 0.35)
    folds = tuple((root, between(between(root, to, 0.5), seat, 0.12), to) for to in (hem[2], hem[4], hem[6]))
    return Drape(outline, tuple(hem), folds, ())


def _forward(start: Point, end: Point, way: float) -> float:
    """Degrees on the page from straight down; positive to the side of ``way``."""
    return math.degrees(math.atan2(way * (end[0] - start[0]), end[1] - start[1]))
