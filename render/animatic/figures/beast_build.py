"""How a four-legged body is cut: trunk, limbs and neck as one silhouette; shares of the shoulder height."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import skia

from .shapes import Point, ellipse, smooth, tube

At = Callable[[float, float], Point]
"""(along the trunk, 0 at the hip to 1 at the shoulder; up, -0.5 to 0.5 of its depth) to the page."""
Leg = tuple[skia.Path, Point]
"""A leg's shape, and where its hock or wrist is."""


@dataclass(frozen=True)
class Limb:
    """A leg: its shapes from the trunk down, and where it leaves the trunk and stands."""

    paths: tuple[skia.Path, ...]
    root: Point
    foot: Point
    ankle: Point


@dataclass(frozen=True)
class Neck:
    """A neck and the line within it from the shoulder over the bend to the head."""

    shape: skia.Path
    base: Point
    bend: Point
    top: Point
    thick: float
    thin: float
    rise: float
    """Degrees above level."""


def tucked(row: dict[str, Any]) -> float:
    """How far the belly rises towards the loins: 0 a barrel, 1 a hound."""
    if row.get("squat") or row.get("shell") or row.get("spines") or row.get("wool"):
        return 0.0
    return min(1.0, max(0.1, (0.72 - float(row.get("depth", 0.5))) / 0.22))


def bending(row: dict[str, Any]) -> float:
    """How far stifle and hock stand out: 0.1 a pillar, 1 a slim leg."""
    return min(1.0, max(0.1, (0.6 - float(row.get("legw", 0.19)) / float(row.get("leg", 0.52))) / 0.2))


def underline(tuck: float) -> list[Point]:
    """The lower edge of a trunk from the breast to the groin, as (along, up)."""
    return [
        (1.2, -0.36),
        (0.98, -0.5 - 0.06 * tuck),
        (0.6, -0.51 + 0.05 * tuck),
        (0.26, -0.43 + 0.19 * tuck),
        (0.0, -0.36 + 0.14 * tuck),
        (-0.2, -0.3),
    ]


def trunk_edge(at: At, tuck: float, hump: float, arch: float) -> list[Point]:
    """The outline of a trunk: rump, loins, withers, breast, and the belly of ``underline``.

    ``hump`` and ``arch`` raise the back and the loins, in depths.
    """
    upper = [
        (-0.33, 0.02),
        (-0.27, 0.28),
        (-0.08, 0.47 + arch * 0.4),
        (0.18, 0.5 + hump * 0.3 + arch),
        (0.5, 0.46 - 0.05 * tuck + hump + arch * 0.7),
        (0.84, 0.53 + hump * 0.45),
        (1.14, 0.38),
        (1.3, 0.0),
    ]
    return [at(*p) for p in (*upper, *underline(tuck))]


def hind_leg(hip: Point, foot: Point, size: tuple[float, float, float], bend: float, hoof: bool) -> Leg:
    """A hind leg with thigh, stifle and hock; ``size``: depth of the trunk, length and width of the leg."""
    d, long, w = size
    u, n, span = _along(hip, foot)
    slack = max(0.0, long + 0.38 * d - span)
    low = w * (0.98 - 0.36 * bend)
    ahead, behind = bend * 0.2 * d + 0.5 * slack, bend * 0.17 * d + 0.42 * slack

    def on(share: float, aside: float) -> Point:
        return hip[0] + u[0] * span * share + n[0] * aside, hip[1] + u[1] * span * share + n[1] * aside

    wide = max(0.74 * d, 1.7 * w)
    spine = [hip, on(0.2, ahead * 0.6), on(0.4, ahead), on(0.56, (ahead - behind) * 0.3), on(0.7, -behind)]
    widths = [wide, wide * 0.94, wide * 0.62 + 0.12 * w, max(low * 1.2, wide * 0.34), low]
    return _shank(spine, widths, foot, low, hoof)


def fore_leg(shoulder: Point, foot: Point, size: tuple[float, float, float], bend: float, hoof: bool) -> Leg:
    """A foreleg with shoulder, elbow and wrist; ``size`` as of ``hind_leg``."""
    d, long, w = size
    u, n, span = _along(shoulder, foot)
    slack = min(0.3 * long, max(0.0, long + 0.3 * d - span - 0.07))
    low = w * (1.0 - 0.34 * bend)
    behind, ahead = bend * 0.12 * d + 0.2 * slack, 0.02 * d + 0.46 * slack

    def on(share: float, aside: float) -> Point:
        return (
            shoulder[0] + u[0] * span * share + n[0] * aside,
            shoulder[1] + u[1] * span * share + n[1] * aside,
        )

    wide = max(0.56 * d, 1.5 * w)
    spine = [
        shoulder,
        on(0.2, -behind * 0.5),
        on(0.4, -behind),
        on(0.55, (ahead - behind) / 2),
        on(0.7, ahead),
    ]
    widths = [wide, wide * 0.9, wide * 0.5 + 0.3 * w, low * 1.22, low]
    return _shank(spine, widths, foot, low, hoof)


def _shank(spine: list[Point], widths: list[float], foot: Point, low: float, hoof: bool) -> Leg:
    """The limb down to its ``foot``: slim below hock or wrist, with a fetlock above a ``hoof``."""
    x, y = spine[-1]
    dx, dy = foot[0] - x, foot[1] - y
    if hoof:
        spine = [*spine, (x + dx * 0.42, y + dy * 0.42), (x + dx * 0.82, y + dy * 0.82), foot]
        return tube(spine, [*widths, low * 0.76, low * 0.98, low * 0.86]), (x, y)
    return tube([*spine, (x + dx * 0.5, y + dy * 0.5), foot], [*widths, low * 0.88, low * 0.96]), (x, y)


def haunch(hip: Point, foot: Point, d: float, w: float) -> tuple[skia.Path, skia.Path]:
    """The thigh and the foot of a hind leg that is sat on."""
    thigh = ellipse(hip[0] + 0.12 * d, min(hip[1], -0.4 * d), 0.54 * d, 0.4 * d, -32)
    return thigh, tube([(hip[0] - 0.06 * d, -w * 0.42), (foot[0], -w * 0.38)], (w * 0.84, w * 0.7))


def _along(root: Point, foot: Point) -> tuple[Point, Point, float]:
    """The way from root to foot, the way ahead across it, and how far it is."""
    dx, dy = foot[0] - root[0], foot[1] - root[1]
    span = math.hypot(dx, dy) or 1e-6
    return (dx / span, dy / span), (dy / span, -dx / span), span


def bib(neck: tuple[Point, Point], widths: tuple[float, float], d: float) -> skia.Path:
    """The pale front of a neck, from the throat to a point on the breast; ``neck`` from shoulder to head."""
    (bx, by), (tx, ty) = neck
    size = math.hypot(tx - bx, ty - by) or 1e-6
    nx, ny = (by - ty) / size, (tx - bx) / size
    thick, thin = widths
    return smooth(
        [
            (tx + nx * thin * 0.12, ty + ny * thin * 0.12),
            (bx + nx * thick * 0.3, by + ny * thick * 0.3),
            (bx + nx * thick * 0.3 - 0.04 * d, by + ny * thick * 0.3 + 0.4 * d),
            (bx + nx * thick * 0.8, by + ny * thick * 0.8),
            (tx + nx * thin * 0.8, ty + ny * thin * 0.8),
        ]
    )
