"""Lids: a box, chest or case that is opened, its lid hinged at the back edge of the box."""

from __future__ import annotations

import math

import skia

from ...storyboard.lexicon import behaves_as
from .blocking import Placed
from .easing import smoothstep
from .figures.acting import Laid
from .figures.shapes import polygon
from .ink import Ink, shaded

_RIMS: dict[str, tuple[float, float, float]] = {
    "box": (0.67, 0.83, 0.9),
    "chest": (0.56, 0.9, 1.1),
    "treasure chest": (0.5, 0.9, 0.9),
    "suitcase": (0.6, 0.93, 1.0),
    "gift": (0.57, 0.79, 0.9),
    "basket": (0.55, 0.92, 0.8),
    "toolbox": (0.55, 0.9, 0.8),
}
"""Kinds -> where the lid meets the box as a share of the height, half the width there as a share of half the
whole, how high the lid stands in half widths."""
LIDDED = frozenset({*_RIMS, "trunk", "parcel", "jewel box"})
"""Kinds of thing that have a lid over them."""
_OTHER = (0.86, 0.9, 0.8)


def lid_of(kind: str) -> str:
    """The kind of box whose lid a thing has, or what it behaves as."""
    return kind if kind in LIDDED else behaves_as(kind)


def uplift(share: float) -> float:
    """How far the lid is up, 0 to 1, when ``share`` of the shot has gone."""
    return smoothstep(min(1.0, max(0.0, (share - 0.2) / 0.35)))


def rim_of(kind: str) -> float:
    """Where the lid meets the box, as a share of its height."""
    return _RIMS.get(kind, _OTHER)[0]


def corner_of(kind: str, wide: float, tall: float, up: float) -> tuple[float, float]:
    """Where a corner of the lid's free edge is, ``up`` from 0 to 1: from the middle of a box ``wide`` and
    ``tall``, and up from its ground. What has no lid of its own is drawn open: its upper corner."""
    if kind not in LIDDED:
        return 0.46 * wide, 0.97 * tall
    share, across, rise = _RIMS.get(kind, _OTHER)
    half, angle = across * wide / 2, math.radians(104 * up)
    raised = 0.2 * half * (1.0 - math.cos(angle)) + rise * half * math.sin(angle)
    return half * (1.0 - 0.06 * math.sin(angle)), share * tall + raised


def at_the_lid(me: Placed, box: Placed, scale: float, kind: str, up: float) -> tuple[Laid, ...]:
    """Where the near hand lies of who opens or shuts a box that stands before it: at the corner of its lid
    on that side, ``up`` from 0 to 1. Pure."""
    way = 1.0 if box.x >= me.x else -1.0
    half, high = corner_of(kind, box.extent.width, box.extent.top, up)
    x, level = box.x - way * 0.92 * half, box.up + high
    return (((x - me.x) / scale, (me.up - level) / scale, 1.0),)


def lid(canvas: skia.Canvas, ink: Ink, kind: str, wide: float, tall: float, colour: str, up: float) -> None:
    """The lid, ``up`` from 0 to 1, and what is seen of the inside, over a box ``wide`` and ``tall``, y down.

    The box is drawn to its rim only (``rim_of``).
    """
    share, across, rise = _RIMS.get(kind, _OTHER)
    half, rim = across * wide / 2, -share * tall
    back, inner = rim - 0.2 * half, 0.86 * half
    ink.glow(canvas, 0.0, rim, 2.2 * half, "#ffe9a0", 0.4 * up)
    angle = math.radians(104 * up)
    edge = back + (rim - back) * math.cos(angle) - rise * half * math.sin(angle)
    open_half = half * (1.0 - 0.06 * math.sin(angle))
    flap = [(-inner, back), (inner, back), (open_half, edge), (-open_half, edge)]
    inside = [(-half, rim + 0.01), (half, rim + 0.01), (inner, back), (-inner, back)]
    ink.piece(canvas, polygon(inside), "#2e2018")
    ink.glow(canvas, 0.0, (rim + back) / 2, 0.7 * half, "#ffdc80", 0.8 * up)
    ink.piece(canvas, polygon(flap), shaded(colour, -0.1))
    if edge < back:  # its inner side is seen
        lined = [(0.9 * x, back + (y - back) * 0.88) for x, y in flap]
        ink.piece(canvas, polygon(lined), shaded(colour, -0.42))
    else:
        thick = 0.2 * half
        front = [(-open_half, edge), (open_half, edge), (open_half, edge + thick), (-open_half, edge + thick)]
        ink.piece(canvas, polygon(front), shaded(colour, 0.06))
