"""What moves on water: the foam round a body, the boat under a crew, the light on the waves."""

from __future__ import annotations

import math

import skia

from .blocking import Placed
from .camera import Pose
from .ink import Ink, mixed, rgb
from .light import Air


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
    tall: float = 1.7,
    *,
    behind: bool,
) -> None:
    """The boat under those aboard: its far side before they are drawn, its near side after.

    ``aboard`` is its left and right and ``tall`` its shortest passenger, in metres.
    """
    left, right = aboard
    scale = pose.scale(0)
    px, py = pose.at((left + right) / 2, 0.04 * math.sin(seconds * 1.4), 0)
    deep = min(1.0, max(0.4, tall / 1.7))
    half = (right - left) / 2
    canvas.save()
    canvas.translate(px, py)
    canvas.scale(scale, scale * deep)
    canvas.rotate(1.2 * math.sin(seconds * 1.1))
    path = skia.Path()
    if behind:
        path.moveTo(-half - 0.2, -0.62)
        path.quadTo(0, -0.72, half + 0.3, -0.7)
        path.lineTo(half, -0.3)
        path.lineTo(-half, -0.3)
        path.close()
        ink.piece(canvas, path, "#6b4630", shade=-0.25)
    else:
        path.moveTo(-half - 0.25, -0.6)
        path.quadTo(0, -0.38, half + 0.4, -0.7)
        path.quadTo(half * 0.95, 0.0, half * 0.6, 0.14)
        path.lineTo(-half * 0.7, 0.14)
        path.quadTo(-half * 1.02, -0.1, -half - 0.25, -0.6)
        path.close()
        ink.piece(canvas, path, "#8a5a38")
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


def oar(canvas: skia.Canvas, ink: Ink, hand: tuple[float, float], lock: tuple[float, float]) -> None:
    """An oar from the hand over the rowlock into the water; metres, y down."""
    dx, dy = lock[0] - hand[0], lock[1] - hand[1]
    far = math.hypot(dx, dy) or 1.0
    ux, uy = dx / far, dy / far
    blade = (lock[0] + ux * 0.6, lock[1] + uy * 0.6)
    shaft = skia.Path()
    shaft.moveTo(hand[0] - ux * 0.06, hand[1] - uy * 0.06)
    shaft.lineTo(*blade)
    ink.mark(canvas, shaft, "#c9a06a", 0.05)
    flat = skia.Path()
    flat.moveTo(blade[0] - ux * 0.05, blade[1] - uy * 0.05)
    flat.lineTo(blade[0] + ux * 0.28, blade[1] + uy * 0.28)
    ink.mark(canvas, flat, "#b98a52", 0.13)


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
