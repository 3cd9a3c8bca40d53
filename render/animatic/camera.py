"""The camera: where it stands, and how each move carries it through a shot.

A pinhole camera that looks level along the depth axis; tilting and panning shift the picture, as a
shift lens does, so that upright things stay upright. Lengths in metres, the picture in pixels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import skia

from ...storyboard.vocabulary import Lens, Move
from .blocking import Placed
from .easing import smoothstep

FOCAL: dict[Lens, float] = {
    Lens.ultra_wide: 0.75,
    Lens.wide: 1.1,
    Lens.normal: 1.9,
    Lens.anamorphic: 1.5,
    Lens.portrait: 3.2,
    Lens.macro: 3.6,
    Lens.telephoto: 6.0,
}
"""Focal length in frame heights (24 mm of film high: 50 mm is 2.1)."""

NEAREST = 0.12
"""Metres before the lens at which depths are clamped."""


@dataclass(frozen=True)
class Pose:
    """A camera at one instant. Depth 0 is the line on which figures are staged."""

    x: float
    height: float
    distance: float
    """Metres from the camera to depth 0."""
    focal: float
    """Focal length in pixels."""
    centre: float
    """Where the optical axis meets the picture, in pixels from the left."""
    horizon: float
    """Where the horizon lies, in pixels from the top; may be outside."""
    roll: float = 0.0
    """Degrees, clockwise."""

    def scale(self, depth: float) -> float:
        """Pixels a metre at that depth."""
        return self.focal / max(NEAREST, self.distance + depth)

    def at(self, x: float, up: float, depth: float) -> tuple[float, float]:
        """Pixel of a point ``up`` metres above the ground."""
        scale = self.scale(depth)
        return self.centre + (x - self.x) * scale, self.horizon + (self.height - up) * scale

    def ground_from(self, base: Pose) -> skia.Matrix:
        """How the picture of the ground, drawn from ``base``, is laid for this pose.

        Exact for tracking (a shear) and craning (a stretch); for a push it holds at depth 0.
        """
        grown = self.scale(0) / base.scale(0)
        stretched = grown * self.height / base.height
        shear = -(self.x - base.x) * stretched / self.height
        return skia.Matrix.MakeAll(
            grown,
            shear,
            self.centre - base.centre * grown - base.horizon * shear,
            0,
            stretched,
            self.horizon - base.horizon * stretched,
            0,
            0,
            1,
        )


Path = Callable[[float], Pose]
"""Seconds into the shot -> pose."""


def eased(share: float) -> float:
    """0 to 1 with a soft start and end (smoothstep, its middle straightened)."""
    share = min(1.0, max(0.0, share))
    return 0.35 * share + 0.65 * smoothstep(share)


def path(
    move: Move,
    base: Pose,
    size: tuple[int, int],
    length: float,
    depth: float,
    middle: float,
    carried: Callable[[float], float],
    seed: int,
    head: float | None = None,
    aside: float = 1.0,
) -> Path:
    """The camera's way through a shot of ``length`` seconds.

    ``base`` frames the subject at ``depth``, ``middle`` metres up, at the tightest point of the move.
    ``carried`` gives how far the subject's own walk carries the camera along, in metres. ``head`` is the
    row (pixels from the top, as framed) of the highest head, which a tilt never leaves out. ``aside``
    (0 to 1) is how much of a pan or a track those in the frame leave room for.
    """
    width, height = size
    scale = base.scale(depth)
    away = base.distance + depth
    across, tall = width / scale, height / scale
    tilt = 0.26 * height if head is None or head < 0 else min(0.26 * height, max(0.0, head - 0.02 * height))
    shifts = _shifts(move, base, width, height, scale, away, across, tall, middle, seed, tilt, aside)

    def pose(seconds: float) -> Pose:
        share = eased(seconds / length) if length > 0 else 0.0
        moved = shifts(base, share, seconds)
        return replace(moved, x=moved.x + carried(seconds))

    return pose


def _shifts(
    move: Move,
    base: Pose,
    width: int,
    height: int,
    scale: float,
    away: float,
    across: float,
    tall: float,
    middle: float,
    seed: int,
    tilt: float,
    aside: float,
) -> Callable[[Pose, float, float], Pose]:
    aspect = min(1.0, height / width * 1.4)

    def sideways(pose: Pose, share: float, amount: float) -> Pose:
        return replace(pose, x=pose.x + (share - 0.5) * amount * across * aspect)

    def pushed(pose: Pose, share: float, most: float) -> Pose:
        return replace(pose, distance=pose.distance + away * most * (1 - share))

    def craned(pose: Pose, share: float) -> Pose:
        lift = min(0.42 * tall, max(0.3, pose.height) * 0.9)
        rise = lift * (share if share >= 0 else 0.0)
        return replace(pose, height=pose.height + rise, horizon=pose.horizon - rise * scale * 0.9)

    def orbit(pose: Pose, share: float) -> Pose:
        step = (share - 0.5) * 0.5 * across * aspect
        return replace(pose, x=pose.x + step, centre=pose.centre + step * scale)

    def dolly_zoom(pose: Pose, share: float) -> Pose:
        distance = away * (1.0 + 0.9 * (1 - share)) - (away - pose.distance)
        return replace(pose, distance=distance, focal=scale * (distance + away - pose.distance))

    def handheld(pose: Pose, seconds: float, strength: float) -> Pose:
        phase = seed % 97
        sway = math.sin(seconds * 2.1 + phase) + 0.6 * math.sin(seconds * 3.7 + phase * 1.7)
        bob = math.sin(seconds * 2.9 + phase * 0.6) + 0.5 * math.sin(seconds * 5.3 + phase)
        return replace(
            pose,
            centre=pose.centre + sway * width * 0.0045 * strength,
            horizon=pose.horizon + bob * height * 0.006 * strength,
            roll=pose.roll + 0.45 * strength * math.sin(seconds * 1.7 + phase),
        )

    ways: dict[Move, Callable[[Pose, float, float], Pose]] = {
        Move.static: lambda p, s, t: p,
        Move.rack_focus: lambda p, s, t: p,
        Move.pan_left: lambda p, s, t: replace(p, centre=p.centre + (s - 0.6) * 0.2 * aside * width),
        Move.pan_right: lambda p, s, t: replace(p, centre=p.centre + (0.6 - s) * 0.2 * aside * width),
        Move.tilt_up: lambda p, s, t: replace(p, horizon=p.horizon - (1 - s) * tilt),
        Move.tilt_down: lambda p, s, t: replace(p, horizon=p.horizon + (1 - s) * 0.22 * height),
        Move.push_in: lambda p, s, t: pushed(p, s, 0.3),
        Move.pull_out: lambda p, s, t: pushed(p, 1 - s, 0.18),
        Move.track_left: lambda p, s, t: sideways(p, 1 - s, 0.24 * aside),
        Move.track_right: lambda p, s, t: sideways(p, s, 0.24 * aside),
        Move.follow: lambda p, s, t: handheld(p, t, 0.35),
        Move.crane_up: lambda p, s, t: craned(p, s),
        Move.crane_down: lambda p, s, t: craned(p, 1 - s),
        Move.orbit_left: lambda p, s, t: orbit(p, 1 - s),
        Move.orbit_right: orbit_right(orbit),
        Move.zoom_in: lambda p, s, t: _zoomed(p, 0.76 + 0.24 * s, middle, scale),
        Move.zoom_out: lambda p, s, t: _zoomed(p, 1 - 0.24 * s, middle, scale),
        Move.dolly_zoom: lambda p, s, t: dolly_zoom(p, s),
        Move.handheld: lambda p, s, t: handheld(p, t, 1.0),
        Move.drift: lambda p, s, t: sideways(pushed(p, s, 0.07), s, 0.06),
    }
    return ways[move]


def orbit_right(orbit: Callable[[Pose, float], Pose]) -> Callable[[Pose, float, float], Pose]:
    """The orbit run forwards."""
    return lambda pose, share, seconds: orbit(pose, share)


def _zoomed(pose: Pose, by: float, middle: float, scale: float) -> Pose:
    """A longer lens; the middle of the subject, drawn at ``scale``, stays where it was."""
    kept = pose.horizon + (pose.height - middle) * scale * (1 - by)
    return replace(pose, focal=pose.focal * by, horizon=kept)


def highest(figures: Iterable[Placed], subject: Placed | None, pose: Pose) -> float | None:
    """The row of the highest head that is in the frame as framed, or of the subject's; None without one."""
    rows = [pose.at(0.0, p.up + p.extent.top, p.depth)[1] for p in figures if not p.shoulder]
    rows = [row for row in rows if row >= 0]
    if subject is not None:
        rows.append(pose.at(0.0, subject.up + subject.extent.top, subject.depth)[1])
    return min(rows, default=None)


_ASIDE = 0.12
"""The most of the frame's width by which a pan or a track shifts what it shows."""
_LEAST_ASIDE = 0.25
_BORDER = 0.03
"""Shares of the frame's width that are free between its edge and whoever stands in it."""


def room_aside(figures: Iterable[Placed], pose: Pose, size: tuple[int, int]) -> float:
    """How much of a sideways move leaves everybody in the frame who stands in it, 0 to 1; some always."""
    width = size[0]
    room = 1.0
    for placed in figures:
        if placed.shoulder or placed.stops is not None:
            continue
        left = pose.at(placed.x + placed.extent.left, 0, placed.depth)[0]
        right = pose.at(placed.x + placed.extent.right, 0, placed.depth)[0]
        if right > 0 and left < width:
            room = min(room, *((free - _BORDER * width) / (_ASIDE * width) for free in (left, width - right)))
    return max(_LEAST_ASIDE, room)
