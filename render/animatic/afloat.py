"""What moves on water: the foam round a body, the boat under a crew, the light on the waves."""

from __future__ import annotations

import math

import skia

from ...storyboard.craft import Craft
from .blocking import BOARD_METRES, Placed
from .camera import Pose
from .ink import Ink, mixed, rgb, shaded
from .light import Air

FULL_GROWN, RIM = 1.7, 0.515
"""Metres of whom a boat of full size is built for, and how high the middle of its near rim is."""
_PLAIN = Craft()
_HULL, _LOGS = "#8a5a38", "#9a6b40"
"""Wood of a boat and of a raft where nothing says another."""


def wake(
    canvas: skia.Canvas, ink: Ink, px: float, y: float, placed: Placed, scale: float, seconds: float
) -> None:
    """Foam where a body breaks the surface."""
    half = placed.extent.width * 0.46 * scale
    unit = scale * min(2.0, placed.extent.height)
    colour = rgb(ink.seen("#f2f8f8"))
    for ring, alpha in ((1.0, 200), (1.12, 110), (1.26, 55)):
        spread = half * (ring + 0.03 * math.sin(seconds * 2 + ring * 9))
        drop = (ring - 1) * unit * 0.35
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(*colour, alpha))
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(max(1.2, 0.022 * unit))
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        path = skia.Path()
        steps = 14
        step = 2 * spread / steps
        path.moveTo(px - spread, y + drop)
        for k in range(steps):
            lift = math.sin(k * 2.2 + seconds * 2.6 + ring * 4) * unit * 0.025
            left = px - spread + k * step
            path.quadTo(left + step / 2, y + drop + lift, left + step, y + drop)
        canvas.drawPath(path, paint)


def splash(
    canvas: skia.Canvas, ink: Ink, px: float, y: float, placed: Placed, scale: float, burst: float
) -> None:
    """Water thrown up where a body leaves or enters it; ``burst`` 0 to 1 through one splash."""
    if not 0.0 < burst < 1.0:
        return
    half, unit = 0.3 * placed.extent.width * scale, scale * min(2.4, placed.extent.height)
    high = 0.24 * unit * math.sin(math.pi * min(1.0, burst * 1.1))
    colour = rgb(ink.seen("#f2f8f8"))
    foam = skia.Paint(AntiAlias=True, Color=skia.Color(*colour, round(235 * (1 - burst * 0.6))))
    wide, deep = 0.85 * half + 0.04 * unit, 0.03 * unit  # round below: no straight edge cuts off the jets
    canvas.drawOval(skia.Rect.MakeLTRB(px - wide, y - deep, px + wide, y + deep), foam)
    for n in range(9):
        lean = (n - 4) / 4
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(*colour, round(235 * (1 - burst * 0.6))))
        path = skia.Path()
        wide = 0.11 * half + 2
        tip = (px + lean * half * (1.1 + 0.7 * burst), y - high * (1.0 - 0.45 * abs(lean)))
        path.moveTo(px + lean * half * 0.7 - wide, y + 2)
        path.quadTo(px + lean * half * 0.8, y - high * 0.4, *tip)
        path.quadTo(px + lean * half * 0.9 + wide, y - high * 0.3, px + lean * half * 0.7 + wide, y + 2)
        canvas.drawPath(path, paint)
        drop = max(1.5, 0.03 * unit)
        fall = high * (1.25 - 0.6 * abs(lean)) - 0.3 * unit * burst * burst
        canvas.drawCircle(tip[0] + lean * half * 0.2, y - fall, drop * (0.7 + 0.3 * (n % 2)), paint)


def hull(
    canvas: skia.Canvas,
    ink: Ink,
    aboard: tuple[float, float],
    seconds: float,
    pose: Pose,
    tall: float = FULL_GROWN,
    craft: Craft = _PLAIN,
    *,
    behind: bool,
) -> None:
    """The boat under those aboard: its far side before they are drawn, its near side after.

    ``aboard`` is its left and right and ``tall`` whom its side is built for, in metres; ``craft`` its build.
    """
    left, right = aboard
    scale = pose.scale(0)
    px, py = pose.at((left + right) / 2, 0.04 * math.sin(seconds * 1.4), 0)
    deep = min(1.0, max(0.4, tall / FULL_GROWN))
    half = (right - left) / 2
    canvas.save()
    canvas.translate(px, py)
    canvas.scale(scale, scale * deep)
    canvas.rotate(1.2 * math.sin(seconds * 1.1))
    wood = craft.colour or (_LOGS if craft.raft else _HULL)
    if behind and craft.sail:
        _rigging(canvas, ink, half, seconds)
    path = skia.Path()
    if craft.raft:
        _logs(canvas, ink, half, seconds, wood, behind=behind)
    elif behind:
        path.moveTo(-half - 0.2, -0.62)
        path.quadTo(0, -0.72, half + 0.3, -0.7)
        path.lineTo(half, -0.3)
        path.lineTo(-half, -0.3)
        path.close()
        ink.piece(canvas, path, shaded(wood, -0.23), shade=-0.25)
    else:
        path.moveTo(-half - 0.25, -0.6)
        path.quadTo(0, -0.38, half + 0.4, -0.7)
        path.quadTo(half * 0.95, 0.0, half * 0.6, 0.14)
        path.lineTo(-half * 0.7, 0.14)
        path.quadTo(-half * 1.02, -0.1, -half - 0.25, -0.6)
        path.close()
        ink.piece(canvas, path, wood)
        band = skia.Path()
        band.moveTo(-half - 0.22, -0.52)
        band.quadTo(0, -0.3, half + 0.36, -0.62)
        ink.mark(canvas, band, "#e8dcc0", 0.06)
        foam = skia.Path()
        foam.moveTo(-half * 1.15, 0.1)
        for k in range(1, 13):
            foam.lineTo(-half * 1.15 + 2.3 * half * k / 12, 0.1 + 0.03 * math.sin(k * 2 + seconds * 3))
        ink.mark(canvas, foam, "#f0f6f6", 0.045, alpha=0.7)
    canvas.restore()


def _rigging(canvas: skia.Canvas, ink: Ink, half: float, seconds: float) -> None:
    """A mast at the stern, which is before no face, and a sail full of wind behind those aboard."""
    foot, full = 0.3 - half, 0.1 + 0.03 * math.sin(seconds * 1.7)
    high = max(2.5, 1.1 * half)
    mast = skia.Path()
    mast.moveTo(foot, -0.3)
    mast.lineTo(foot, -high - 0.25)
    wide = max(1.2, 1.45 * half)
    sail = skia.Path()
    sail.moveTo(foot + 0.06, -high)
    sail.cubicTo(
        foot + wide * (0.5 + full),
        -0.8 * high,
        foot + wide * (0.9 + full),
        -0.62 * high,
        foot + wide,
        -0.42 * high,
    )
    sail.quadTo(foot + 0.5 * wide, -0.34 * high, foot + 0.06, -0.4 * high)
    sail.close()
    ink.piece(canvas, sail, "#f1e7d0")
    ink.mark(canvas, mast, "#7a5434", 0.1)
    boom = skia.Path()
    boom.moveTo(foot, -0.39 * high)
    boom.lineTo(foot + wide, -0.41 * high)
    ink.mark(canvas, boom, "#7a5434", 0.06)
    wave = 0.05 * math.sin(seconds * 5)
    flag = skia.Path()
    flag.moveTo(foot, -high - 0.25)
    flag.quadTo(foot + 0.2, -high - 0.3 + wave, foot + 0.42, -high - 0.16 - wave)
    flag.lineTo(foot, -high - 0.05)
    flag.close()
    ink.piece(canvas, flag, "#c8443a")


def _logs(canvas: skia.Canvas, ink: Ink, half: float, seconds: float, wood: str, *, behind: bool) -> None:
    """A raft: its deck of logs before those on it are drawn, the near log with its lashings after."""
    end = half + 0.2
    for n, y in enumerate((-0.42, -0.33, -0.24) if behind else (-0.12, 0.04)):
        reach = end + (0.08 if n % 2 else 0.0)
        thick = 0.07 if behind else 0.1
        log = skia.Path()
        log.addRoundRect(skia.Rect.MakeLTRB(-reach, y - thick, reach, y + thick), thick, thick)
        ink.piece(canvas, log, wood, shade=(-0.2 + 0.06 * n) if behind else 0.04 - 0.14 * n)
        if not behind:
            ring = skia.Path()
            ring.addOval(skia.Rect.MakeLTRB(reach - 0.09, y - thick, reach + 0.05, y + thick))
            ink.piece(canvas, ring, "#d8b080")
    if behind:
        return
    for x in (-0.7, 0.0, 0.7):
        for dx in (-0.04, 0.04):
            rope = skia.Path()
            rope.moveTo(x * half + dx, -0.22)
            rope.lineTo(x * half + dx, 0.13)
            ink.mark(canvas, rope, "#e6d3a4", 0.04)
    foam = skia.Path()
    foam.moveTo(-end - 0.2, 0.13)
    for k in range(1, 13):
        foam.lineTo(-end - 0.2 + (2 * end + 0.4) * k / 12, 0.13 + 0.03 * math.sin(k * 2 + seconds * 3))
    ink.mark(canvas, foam, "#f0f6f6", 0.05, alpha=0.8)


def oar(canvas: skia.Canvas, ink: Ink, hand: tuple[float, float], lock: tuple[float, float]) -> None:
    """An oar from the hand over the rowlock into the water, where it ends in a ring; metres, y down.

    The origin is where the rower's foot is, on the boards.
    """
    dx, dy = lock[0] - hand[0], lock[1] - hand[1]
    far = math.hypot(dx, dy) or 1.0
    ux, uy = dx / far, dy / far
    blade = (lock[0] + ux * 0.6, lock[1] + uy * 0.6)
    tip = (blade[0] + ux * 0.28, blade[1] + uy * 0.28)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(-9.0, -9.0, 9.0, _DIPS), skia.ClipOp.kIntersect, True)
    shaft = skia.Path()
    shaft.moveTo(hand[0] - ux * 0.06, hand[1] - uy * 0.06)
    shaft.lineTo(*blade)
    ink.mark(canvas, shaft, "#c9a06a", 0.05)
    flat = skia.Path()
    flat.moveTo(blade[0] - ux * 0.05, blade[1] - uy * 0.05)
    flat.lineTo(*tip)
    ink.mark(canvas, flat, "#b98a52", 0.13)
    canvas.restore()
    if tip[1] <= _DIPS:
        return
    across = lock[0] + ux * (_DIPS - lock[1]) / max(uy, 0.1)
    for wide in (0.13, 0.24):
        ring = skia.Path()
        ring.addOval(
            skia.Rect.MakeLTRB(across - wide, _DIPS - 0.16 * wide, across + wide, _DIPS + 0.16 * wide)
        )
        ink.mark(canvas, ring, "#f0f6f6", 0.025, alpha=0.75)


_DIPS = BOARD_METRES + 0.17
"""Metres under the boards at which an oar goes into the water, on the near side of the boat."""


def glints(
    canvas: skia.Canvas,
    air: Air,
    water: tuple[float, float],
    size: tuple[int, int],
    seconds: float,
    pose: Pose,
    flow: float = 0.0,
) -> None:
    """Light moving on water that lies between two depths (metres); ``flow``: frame widths a second that it
    is carried along."""
    width, height = size
    first, last = water
    near = pose.at(0, 0, max(first, 0.6 - pose.distance))[1]
    far = pose.at(0, 0, min(last, 160))[1]
    near = min(near, height * 1.05)
    if near - far < 4:
        return
    path = skia.Path()
    for k in range(46):
        share = ((k * 0.618034) % 1.0) ** 1.7
        y = far + (near - far) * (0.03 + 0.94 * share)
        drift = (k * 0.7548777 + seconds * (0.012 + flow) * (1 + share)) % 1.0
        shine = math.sin(seconds * (1.4 + k % 5 * 0.3) + k * 2.4)
        if shine < 0:
            continue
        long = (8 + 54 * share) * width / 1280 * shine
        path.moveTo(drift * width - long, y)
        path.lineTo(drift * width + long, y)
    colour = rgb(mixed(air.horizon, "#ffffff", 0.45))
    paint = skia.Paint(AntiAlias=True, Color=skia.Color(*colour, 105), Style=skia.Paint.kStroke_Style)
    paint.setStrokeWidth(1.8 * height / 720)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    canvas.drawPath(path, paint)
