"""Chores: the stove cooked at, the hole dug, the tub washed in, drawn with whoever acts.

As in ``business.py``: from the ground point of the figure, in shares of its height, ahead of it to the right;
``share`` (0 to 1) is how far the shot has gone.
"""

from __future__ import annotations

import math

import skia

from .figures.shapes import Point, between, ellipse, line, polygon, rounded, smooth
from .ink import Ink, mixed


def stove(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A small stove, its fire seen, and a pot that steams."""
    ink.piece(canvas, rounded(0.34, -0.4, 0.8, -0.02, 0.02), "#4a4650")
    ink.piece(canvas, rounded(0.3, -0.44, 0.84, -0.38, 0.015), "#37343c")
    ink.piece(canvas, rounded(0.45, -0.26, 0.69, -0.1, 0.02), "#241c1c")
    for k, x in enumerate((0.5, 0.57, 0.64)):
        high = 0.08 + 0.03 * math.sin(share * 60 + k * 2)
        ink.piece(canvas, smooth([(x - 0.03, -0.11), (x, -0.11 - high), (x + 0.03, -0.11)]), "#ffae3a")
    _steaming(canvas, ink, share)


def hearth(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """What is cooked on under the sky: a fire between two piles of field stones, and the pot on them."""
    ink.piece(canvas, ellipse(0.54, 0.0, 0.3, 0.03), "#3c3532")
    for x, way, hue in ((0.45, -14, "#7a5236"), (0.63, 14, "#8a5f40"), (0.54, 0, "#6b472f")):
        ink.mark(canvas, line([(x - 0.01 * way, -0.02), (0.54 + 0.002 * way, -0.13)]), hue, 0.034)
    for k, x in enumerate((0.46, 0.54, 0.62)):
        high = (0.25, 0.33, 0.27)[k] + 0.03 * math.sin(share * 60 + k * 2)  # seen from the thighs up
        for wide, up, colour in ((0.055, high, "#f08a2c"), (0.03, 0.62 * high, "#ffd25e")):
            flame = [(x - wide, -0.05), (x - 0.4 * wide, -0.05 - 0.6 * up), (x + 0.01, -0.05 - up)]
            flame += [(x + 0.6 * wide, -0.05 - 0.5 * up), (x + wide, -0.05)]
            ink.piece(canvas, smooth(flame, tension=0.4), colour)
    for side in (-1, 1):
        for n, (out, y, wide, hue) in enumerate(
            ((0.24, -0.055, 0.1, "#8e8a86"), (0.22, -0.15, 0.085, "#a39d95"), (0.235, -0.24, 0.09, "#857f7a"),
             (0.21, -0.325, 0.08, "#9a948c"), (0.2, -0.395, 0.085, "#8a8580"))
        ):  # fmt: skip
            lean = 0.008 * side * (-1) ** n
            ink.piece(canvas, ellipse(0.54 + side * out + lean, y, wide, 0.052), hue)
    ink.piece(canvas, rounded(0.3, -0.44, 0.78, -0.41, 0.012), "#4a4448")
    _steaming(canvas, ink, share)


def _steaming(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A pot from which it steams."""
    ink.piece(canvas, rounded(0.38, _POT, 0.68, -0.43, 0.03), "#8d949c")
    ink.piece(canvas, ellipse(0.53, _POT, 0.15, 0.028), "#5c646c")
    for side in (0.37, 0.69):
        ink.mark(canvas, ellipse(side, _POT + 0.05, 0.022, 0.022), "#5c646c", 0.012)
    for k in range(3):
        phase = (share * 6 + k / 3) % 1.0
        x, y = 0.5 + 0.07 * k, -0.6 - 0.26 * phase
        wave = [(x, y + 0.06), (x + 0.025, y + 0.02), (x - 0.02, y - 0.03), (x + 0.01, y - 0.08)]
        ink.mark(canvas, line(wave), "#ffffff", 0.02, alpha=0.75 * (1 - phase))


_POT = -0.535
"""The rim of the pot on a stove, just under the hand that stirs; in heights."""


def pot_front(canvas: skia.Canvas, ink: Ink) -> None:
    """The near side of the pot on the stove, over the spoon that is in it."""
    lip = [
        (0.53 - 0.15 * math.cos(math.pi * k / 12), _POT + 0.028 * math.sin(math.pi * k / 12))
        for k in range(13)
    ]
    ink.piece(
        canvas, polygon([*lip, (0.675, -0.445), (0.65, -0.43), (0.41, -0.43), (0.385, -0.445)]), "#8d949c"
    )


def desk(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A table as high as the elbow of who sits at it, with a sheet that fills with lines, and an inkwell."""
    for x, far in ((0.42, True), (0.94, True), (0.34, False), (1.0, False)):
        low = -0.03 if far else 0.0
        colour = "#5c3f28" if far else "#6f4c30"
        ink.piece(canvas, rounded(x - 0.02, DESK_TOP, x + 0.02, low, 0.008), colour)
    top = [(0.3, DESK_TOP + 0.01), (1.04, DESK_TOP + 0.01), (0.97, DESK_TOP - 0.06), (0.37, DESK_TOP - 0.06)]
    ink.piece(canvas, polygon(top), "#a87648")
    ink.piece(canvas, rounded(0.3, DESK_TOP, 1.04, DESK_TOP + 0.045, 0.008), "#8a5c38")
    sheet = [(0.44, DESK_TOP - 0.002), (0.74, DESK_TOP - 0.002), (0.71, DESK_TOP - 0.055)]
    ink.piece(canvas, polygon([*sheet, (0.47, DESK_TOP - 0.055)]), "#fbf7ea")
    for n in range(1 + int(share * 2.99)):
        y = DESK_TOP - 0.043 + 0.014 * n
        ink.mark(canvas, line([(0.49 - 0.01 * n, y), (0.69 + 0.01 * n, y)]), "#3a4668", 0.006)
    ink.piece(canvas, rounded(0.82, DESK_TOP - 0.1, 0.88, DESK_TOP - 0.035, 0.01), "#2c3350")


DESK_TOP = -0.41
"""Of what is written at, in heights of the writer."""


def knee(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A stone to sit on, and a sheet on a board on the knees, that fills with lines."""
    stone = [(-0.24, 0.02), (-0.22, -0.14), (-0.1, -0.235), (0.06, -0.235), (0.13, -0.12), (0.15, 0.02)]
    ink.piece(canvas, smooth(stone, tension=0.3), "#8d8a86")
    ink.mark(canvas, line([(-0.12, -0.15), (-0.05, -0.1), (-0.07, -0.04)]), "#6f6c6a", 0.01)
    ink.piece(canvas, polygon([(0.09, -0.265), (0.37, -0.275), (0.44, -0.49), (0.16, -0.48)]), "#8a5c38")
    ink.piece(canvas, polygon([(0.11, -0.28), (0.355, -0.288), (0.42, -0.475), (0.17, -0.468)]), "#fbf7ea")
    for n in range(1 + int(share * 5.99)):
        y = -0.452 + 0.026 * n
        x = 0.192 - 0.008 * n
        ink.mark(canvas, line([(x, y), (x + (0.12 if n == 5 else 0.19), y - 0.01)]), "#3a4668", 0.008)


def tub(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A tub on a stand, foam in it, bubbles over it."""
    for x in (0.42, 0.76):
        ink.piece(canvas, rounded(x - 0.02, -0.26, x + 0.02, 0, 0.008), "#6f4c30")
    side = [(0.34, -0.44), (0.84, -0.44), (0.78, -0.22), (0.4, -0.22)]
    ink.piece(canvas, smooth(side, tension=0.15), "#7f95a8")
    for k in range(7):
        ink.piece(canvas, ellipse(0.37 + 0.073 * k, -0.45 - 0.012 * (k % 2), 0.045, 0.034), "#f4fbff")
    for k in range(5):
        phase = (share * 4 + k * 0.37) % 1.0
        x, y = 0.4 + 0.095 * k + 0.02 * math.sin(phase * 6), -0.5 - 0.34 * phase
        r = 0.016 + 0.012 * (k % 3)
        ink.piece(canvas, ellipse(x, y, r, r), "#dff4ff", alpha=0.7 * (1 - phase))
        ink.mark(canvas, ellipse(x, y, r, r), "#7fb4d0", 0.006, alpha=1 - phase)


def pit(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A hole that grows deeper, and the heap beside it; clods fly."""
    wide = 0.12 + 0.08 * share
    ink.piece(canvas, ellipse(0.46, 0.0, wide, 0.045), "#3a2a1c")
    ink.piece(canvas, ellipse(0.46, 0.012, wide * 0.86, 0.026), "#22170f")
    high = 0.06 + 0.15 * share
    heap: list[Point] = [(0.64, 0.02), (0.72, -high * 0.7), (0.82, -high), (0.94, -high * 0.6), (1.02, 0.02)]
    ink.piece(canvas, smooth(heap, tension=0.4), "#7a5634")
    for x, y in ((0.74, 0.35), (0.84, 0.6), (0.9, 0.2)):
        ink.piece(canvas, ellipse(x, -high * y, 0.018, 0.012), "#5c3f26")


def clods(canvas: skia.Canvas, ink: Ink, seconds: float) -> None:
    """Earth that flies from the spade to the heap: a stroke in 1.6 seconds."""
    beat = (seconds % 1.6) / 1.6
    if not 0.5 < beat < 0.9:
        return
    out = (beat - 0.5) / 0.4
    for n in range(5):
        x = 0.5 + (0.3 + 0.04 * n) * out
        y = -0.3 - 0.34 * math.sin(math.pi * out) + 0.28 * out + 0.03 * math.sin(n * 2.3)
        ink.piece(canvas, ellipse(x, y, 0.022 - 0.002 * n, 0.016), "#6a4a2c")


def sprout(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A row of three plants in fresh earth, that grow a little."""
    ink.piece(canvas, ellipse(0.58, 0.01, 0.26, 0.036), "#5c3f26")
    for k, x in enumerate((0.44, 0.58, 0.72)):
        high = (0.07 + 0.13 * share) * (1.0, 1.25, 0.85)[k]
        ink.mark(canvas, line([(x, 0.005), (x + 0.006, -high)]), "#4f8a3a", 0.014)
        for side in (-1, 1):
            leaf = [(x, -high * 0.55), (x + side * 0.055, -high * 0.9), (x + side * 0.014, -high * 0.98)]
            ink.piece(canvas, smooth(leaf, tension=0.5), "#63a548")
        if share > 0.6 and k == 1:
            ink.piece(canvas, ellipse(x + 0.006, -high - 0.02, 0.032, 0.032), "#e8506a")


def wick(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A candle on a small table, that burns from the middle of the shot on."""
    ink.piece(canvas, rounded(0.6, -0.44, 0.64, 0, 0.008), "#6f4c30")
    ink.piece(canvas, rounded(0.44, -0.48, 0.8, -0.43, 0.012), "#9a6a40")
    ink.piece(canvas, ellipse(0.62, -0.485, 0.06, 0.014), "#c8a050")
    ink.piece(canvas, rounded(0.595, -0.64, 0.645, -0.485, 0.008), "#f6efdc")
    ink.mark(canvas, line([(0.62, -0.64), (0.622, -0.665)]), "#2c2420", 0.008)
    if share > 0.5:
        grown = min(1.0, (share - 0.5) / 0.15)
        ink.glow(canvas, 0.62, -0.7, 0.55 * grown, "#ffcf7a", 0.6)
        tip = (0.622, -0.67 - 0.13 * grown)
        flame = [(0.595, -0.67), (0.602, -0.72), tip, (0.644, -0.72), (0.648, -0.67)]
        ink.piece(canvas, smooth([*flame, (0.62, -0.655)]), "#ffb63a")
        ink.piece(canvas, ellipse(0.621, -0.69, 0.012, 0.024), "#fff4c0")
        for a in range(-150, -20, 26):
            r = math.radians(a)
            near, far = 0.13, 0.17 + 0.02 * (a % 4)
            ray = [(0.62 + near * math.cos(r), -0.71 + near * math.sin(r))]
            ray.append((0.62 + far * math.cos(r), -0.71 + far * math.sin(r)))
            ink.mark(canvas, line(ray), "#ffe29a", 0.012)


def cup(canvas: skia.Canvas, ink: Ink, way: float, tall: float, seconds: float) -> None:
    """A cup on the table, and its steam; in metres."""
    canvas.save()
    canvas.scale(way * tall, tall)
    ink.piece(canvas, rounded(0.55, -0.55, 0.67, -0.47, 0.02), "#f4f0e6")
    ink.mark(canvas, ellipse(0.685, -0.51, 0.022, 0.022), "#f4f0e6", 0.012)
    for k in range(2):
        phase = (seconds * 0.5 + k / 2) % 1.0
        x, y = 0.64 + 0.03 * k, -0.58 - 0.12 * phase
        wave = [(x, y + 0.03), (x + 0.015, y), (x - 0.01, y - 0.03)]
        ink.mark(canvas, line(wave), "#ffffff", 0.012, alpha=0.8 * (1 - phase))
    canvas.restore()


def looming(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """Somebody unknown, dark from hat to shoes, who comes nearer to who backs away; in heights."""
    canvas.save()
    canvas.translate(1.02 - 0.2 * share, 0.0)
    dark = "#1b1724"
    for x in (-0.06, 0.07):
        ink.piece(canvas, rounded(x - 0.035, -0.3, x + 0.035, 0.0, 0.01), dark)
    coat = [(-0.1, -0.86), (-0.17, -0.6), (-0.2, -0.22), (0.2, -0.22), (0.17, -0.6), (0.1, -0.86)]
    ink.piece(canvas, smooth(coat, tension=0.25), dark)
    ink.piece(canvas, ellipse(0.0, -0.93, 0.075, 0.09), dark)
    ink.piece(canvas, ellipse(0.0, -1.0, 0.16, 0.022), dark)
    ink.piece(canvas, rounded(-0.08, -1.1, 0.08, -0.99, 0.03), dark)
    for x in (-0.045, 0.0):
        ink.piece(canvas, ellipse(x, -0.945, 0.012, 0.007), "#f0e6c8")
    canvas.restore()


def sledge(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A heavy crate on a rope, which comes nearer."""
    near = 1.12 - 0.34 * share
    ink.mark(canvas, line([(0.36, -0.6), (near + 0.02, -0.36)]), "#c8a468", 0.022)
    ink.piece(canvas, rounded(near, -0.52, near + 0.46, 0, 0.012), "#b98a55")
    for y in (-0.47, -0.26, -0.05):
        ink.mark(canvas, line([(near, y), (near + 0.46, y)]), "#7d5730", 0.02)
    ink.mark(canvas, ellipse(near + 0.02, -0.36, 0.03, 0.03), "#5c5c64", 0.014)


def trestle(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A log on two trestles, and the cut that goes deeper."""
    for x in (0.42, 0.8):
        for side in (-1, 1):
            ink.mark(canvas, line([(x - side * 0.07, 0.0), (x + side * 0.05, -0.44)]), "#7a5638", 0.026)
    ink.piece(canvas, rounded(0.3, -0.47, 0.96, -0.34, 0.06), "#8a6038")
    ink.piece(canvas, ellipse(0.95, -0.405, 0.026, 0.064), "#d8b07a")
    deep = 0.02 + 0.09 * share
    ink.mark(canvas, line([(0.6, -0.47), (0.6, -0.47 + deep)]), "#2c1c10", 0.014)
    for n in range(6):
        ink.piece(canvas, ellipse(0.56 + 0.02 * n, -0.005 + 0.008 * (n % 2), 0.012, 0.007), "#e0bd84")


BED_HIGH = 0.24
"""Of the height of who sleeps in it: how high the mattress of a bed is over the floor."""


def pallet(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A bed that is slept in: legs, boards at head and foot, a mattress, a pillow."""
    wood, floor = "#8a5f3c", BED_HIGH
    for x in (-0.6, 0.56):
        ink.piece(canvas, rounded(x - 0.02, 0.08, x + 0.02, floor, 0.006), wood, shade=-0.15)
    ink.piece(canvas, rounded(-0.74, -0.4, -0.66, floor, 0.02), wood)
    ink.piece(canvas, rounded(-0.68, -0.03, 0.62, 0.085, 0.03), "#efe8da")
    ink.piece(canvas, rounded(-0.68, 0.06, 0.62, 0.13, 0.015), wood)
    pillow = [(-0.66, 0.0), (-0.65, -0.12), (-0.4, -0.11), (-0.3, 0.01)]
    ink.piece(canvas, smooth(pillow, tension=0.5), "#f8f4ea")


def bedroll(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """What is slept on under the sky: a striped mat on the ground, and a pale rolled coat under the head."""
    ink.piece(canvas, rounded(-0.72, 0.02, 0.68, 0.12, 0.035), "#cdb98c")
    for n in range(12):
        x = -0.66 + 0.118 * n
        ink.mark(canvas, line([(x, 0.035), (x - 0.006, 0.105)]), "#8d7a94", 0.014)
    coat, fold = "#e2d6bc", "#b5a685"
    roll = [(-0.6, 0.05), (-0.64, -0.03), (-0.55, -0.11), (-0.34, -0.1), (-0.2, -0.04), (-0.2, 0.05)]
    ink.piece(canvas, smooth(roll, tension=0.4), coat)
    ink.mark(canvas, line([(-0.6, -0.01), (-0.5, 0.012), (-0.24, 0.014)]), fold, 0.012)


def blanket(
    canvas: skia.Canvas,
    ink: Ink,
    seconds: float,
    colour: str = "#4f6fa0",
    deep: float = 1.0,
    hip: float = 0.0,
    sat: float = 0.0,
) -> None:
    """Drawn over a sleeper: from the breast to beyond the feet, rising with the breath. ``deep`` is how
    times as thick the body is for its length as that of somebody grown, ``hip`` where its hip is and ``sat``
    how far it has sat up, 0 to 1: over the lap of who sits, cover lies on legs and not on a trunk."""
    breath = 0.008 * (1 - sat) * math.sin(seconds * 1.6)
    edge = -0.2
    top = [(edge, -0.15), (-0.15, -0.2 - breath), (0.02, -0.21 - breath), (0.22, -0.16), (0.42, -0.16)]
    top = [(x, y * deep) for x, y in (*top, (0.54, -0.15), (0.6, -0.08))]
    lap = [(hip - 0.09, -0.13), (hip, -0.18), (0.02, -0.175), (0.22, -0.15), (0.42, -0.12), (0.54, -0.09)]
    thick = 1 + 0.5 * (deep - 1)
    lap = [*((x, y * thick) for x, y in lap), (0.6, -0.03)]
    top = [between(one, other, sat) for one, other in zip(top, lap, strict=True)]
    edge = top[0][0]
    ink.piece(canvas, smooth([*top, (0.61, 0.09), (edge, 0.09)], tension=0.3), colour)
    for x in (-0.02, 0.16, 0.34, 0.5):
        high = max(y for x0, y in top if abs(x0 - x) < 0.12)
        start = 0.6 * high if sat else -0.12 * deep
        ink.mark(canvas, line([(x, start), (x + 0.01, 0.08)]), mixed(colour, "#ffffff", 0.35), 0.014)
    fold = between((edge + 0.05, -0.165 * deep - breath), (edge + 0.05, -0.13 * thick), sat)
    ink.mark(canvas, line([fold, (edge + 0.03, 0.085)]), "#f4efe0", 0.05)


def footboard(canvas: skia.Canvas, ink: Ink) -> None:
    """The board at the foot of a bed, before the cover."""
    ink.piece(canvas, rounded(0.6, -0.24, 0.67, BED_HIGH, 0.02), "#8a5f3c")


def board(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A small table with a board in squares, and the pieces of two sides on it; one of them is moved."""
    left, right, top = 0.34, 0.82, -0.5
    for x in (left + 0.05, right - 0.05):
        ink.piece(canvas, rounded(x - 0.018, top, x + 0.018, 0.0, 0.008), "#6f4c30")
    ink.piece(canvas, rounded(left, top, right, top + 0.045, 0.012), "#a5774a")
    near, far, slant = top - 0.002, top - 0.085, 0.035
    for row in range(4):
        for n in range(8):
            y0, y1 = (near + (far - near) * r / 4 for r in (row, row + 1))
            x0, x1 = (
                [
                    left + 0.02 + slant * r / 4 + (right - left - 0.04 - 2 * slant * r / 4) * k / 8
                    for k in (n, n + 1)
                ]
                for r in (row, row + 1)
            )
            tile = polygon([(x0[0], y0), (x0[1], y0), (x1[1], y1), (x1[0], y1)])
            ink.piece(canvas, tile, "#f0e2c0" if (row + n) % 2 else "#4a3426")
    for n, (x, y) in enumerate(
        ((0.4, -0.03), (0.45, -0.065), (0.5, -0.03), (0.66, -0.065), (0.71, -0.03), (0.76, -0.06))
    ):
        moved = 0.07 * min(1.0, max(0.0, (share - 0.3) / 0.2)) if n == 2 else 0.0
        _piece_of_game(canvas, ink, x + moved, top + y, "#fbf6e6" if n < 3 else "#2a2228")


def cards(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """A small table with a fan of cards before each of two players, a pack, and cards that are laid down."""
    left, right, top = 0.34, 0.82, -0.5
    for x in (left + 0.05, right - 0.05):
        ink.piece(canvas, rounded(x - 0.018, top, x + 0.018, 0.0, 0.008), "#6f4c30")
    ink.piece(canvas, rounded(left, top, right, top + 0.045, 0.012), "#a5774a")
    cloth = [(left, top), (right, top), (right - 0.05, top - 0.07), (left + 0.05, top - 0.07)]
    ink.piece(canvas, polygon(cloth), "#3f7a4e")
    for k in range(4):
        y = top - 0.03 - 0.008 * k
        ink.piece(canvas, rounded(0.67, y - 0.012, 0.74, y, 0.004), "#b8404a" if k == 3 else "#fbf7ea")
    for n in range(5):  # the fan stands up, so that its faces are seen
        canvas.save()
        canvas.translate(0.45, top - 0.02)
        canvas.rotate(-32 + 16 * n)
        ink.piece(canvas, rounded(-0.034, -0.15, 0.034, -0.04, 0.008), "#fffdf4")
        colour = "#d0303c" if n % 2 else "#26242a"
        ink.piece(canvas, polygon([(0, -0.13), (0.017, -0.105), (0, -0.08), (-0.017, -0.105)]), colour)
        canvas.restore()
    for n in range(1 + int(share * 2.99)):
        x = 0.54 + 0.035 * n
        ink.piece(canvas, polygon([(x, top - 0.012), (x + 0.055, top - 0.012), (x + 0.05, top - 0.05),
                                   (x - 0.005, top - 0.05)]), "#fffdf4")  # fmt: skip
        ink.piece(canvas, ellipse(x + 0.025, top - 0.031, 0.011, 0.008), "#26242a" if n % 2 else "#d0303c")


def _piece_of_game(canvas: skia.Canvas, ink: Ink, x: float, y: float, colour: str) -> None:
    """One piece of a game on its foot."""
    body = [(x - 0.02, y), (x - 0.008, y - 0.06), (x + 0.008, y - 0.06), (x + 0.02, y)]
    ink.piece(canvas, polygon(body), colour)
    ink.piece(canvas, ellipse(x, y - 0.07, 0.015, 0.015), colour)


def cover(canvas: skia.Canvas, ink: Ink) -> None:
    """Two barrels behind which somebody hides, drawn before the figure."""
    for x, high in ((-0.02, 0.54), (0.27, 0.46)):
        side = [(x - 0.15, 0.03), (x - 0.18, -high / 2), (x - 0.15, -high), (x + 0.15, -high)]
        ink.piece(canvas, smooth([*side, (x + 0.18, -high / 2), (x + 0.15, 0.03)], tension=0.3), "#8a5f38")
        for y in (0.18, 0.8):
            hoop = [(x - 0.165, -high * y), (x, -high * y + 0.012), (x + 0.165, -high * y)]
            ink.mark(canvas, line(hoop), "#4a4a50", 0.02)
        ink.piece(canvas, ellipse(x, -high, 0.15, 0.024), "#a5774a")


def car(canvas: skia.Canvas, ink: Ink, seconds: float) -> None:
    """The near side of an open car, drawn over the driver; its wheels turn."""
    jolt = 0.006 * math.sin(seconds * 13)
    red, dark = "#b8323a", "#26242a"
    ink.mark(canvas, line([(0.36, -0.4 + jolt), (0.28, -0.7 + jolt)]), "#d8dde2", 0.022)
    for n in range(4):
        phase = (seconds * 1.9 + n / 4) % 1.0
        r = 0.03 + 0.06 * phase
        puff = ellipse(-0.62 - 0.34 * phase, -r * 0.8, r * 1.3, r)
        ink.piece(canvas, puff, "#e6dac4", alpha=0.8 * (1 - phase))
    ink.piece(canvas, rounded(-0.3, -0.2, 0.6, 0.02, 0.02), "#2c2a30")
    body = [(-0.6, -0.14), (-0.62, -0.36), (-0.3, -0.42), (0.34, -0.41), (0.62, -0.36), (0.98, -0.3)]
    body.append((1.0, -0.14))
    ink.piece(canvas, smooth([(x, y + jolt) for x, y in body], tension=0.25), red)
    door = [(-0.2, -0.38), (0.26, -0.37), (0.24, -0.17), (-0.18, -0.17), (-0.2, -0.38)]
    ink.mark(canvas, line([(x, y + jolt) for x, y in door]), mixed(red, "#000000", 0.3), 0.01)
    ink.mark(canvas, line([(0.1, -0.32 + jolt), (0.18, -0.32 + jolt)]), "#e8d8a0", 0.016)
    ink.piece(canvas, ellipse(0.97, -0.25 + jolt, 0.035, 0.045), "#fff2b8")
    for x in (-0.36, 0.66):
        ink.piece(canvas, ellipse(x, -0.1, 0.14, 0.14), dark)
        ink.piece(canvas, ellipse(x, -0.1, 0.075, 0.075), "#c8ced4")
        for k in range(3):
            a = seconds * 9 + k * math.pi / 3
            dx, dy = 0.07 * math.cos(a), 0.07 * math.sin(a)
            ink.mark(canvas, line([(x - dx, -0.1 - dy), (x + dx, -0.1 + dy)]), "#7d848c", 0.012)
