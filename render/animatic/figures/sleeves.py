"""Sleeves: how wide a long one is as the arm in it lies, and where it ends."""

from __future__ import annotations

import math

from .shapes import Point
from .skeleton import Limb


def sleeve_widths(style: str, arm: Limb, long: float, g: float) -> tuple[float, float, float]:
    """Widths of a long sleeve at shoulder, elbow and wrist, in girths; ``long``: the forearm on the page when
    it is not foreshortened. A wide sleeve hangs from an arm that is held out and has slid back on a raised
    one, and none is wider than the arm within it is long."""
    a, b, c = {"wide": (0.095, 0.1, 0.15), "puffed": (0.104, 0.088, 0.084)}.get(style, (0.088, 0.072, 0.06))
    seen = math.hypot(arm.end.x - arm.middle.x, arm.end.y - arm.middle.y)
    if style == "wide":
        raised = min(1.0, max(0.0, (arm.middle.y - arm.end.y) / long))
        a, b, c = a - 0.012 * raised, b - 0.026 * raised, c - 0.078 * raised
        c = min(c, max(0.072, 0.62 * seen / g))
    return a, b, c


def drawn_back(start: Point, end: Point, by: float) -> Point:
    """The end of a bone drawn back towards its start, by a third of its length at most."""
    long = math.hypot(end[0] - start[0], end[1] - start[1]) or 1e-6
    share = min(0.34, by / long)
    return end[0] + (start[0] - end[0]) * share, end[1] + (start[1] - end[1]) * share
