"""Accents of bodies in motion and of hands at work: see ``accents.py``."""

from __future__ import annotations

import math

import skia

from .feelings import mouth
from .figures.shapes import ellipse, line, polygon, smooth, star
from .pen import Pen


def dusty(pen: Pen) -> None:
    """Dust behind running feet, and the air that parts."""
    rear = -max(0.1, pen.half - 0.12)
    for n in range(4):
        phase = (pen.seconds * 2.2 + n / 4) % 1.0
        x, r = rear - 0.3 * phase - 0.05 * n, 0.03 + 0.05 * phase
        if pen.room and not pen.room.free(x - r, -2 * r, x + r, 0.0):
            continue
        pen.ink.piece(pen.canvas, ellipse(x, -r * 0.7, r * 1.3, r), "#e6dac4", alpha=0.8 * (1 - phase))
    for y, near in ((-0.36, rear - 0.12), (-0.56, rear - 0.18), (-0.76, rear - 0.14)):
        if pen.room is None or pen.room.free(near - 0.2, y - 0.02, near, y + 0.02):
            pen.stroke([(near, y), (near - 0.16 - 0.03 * math.sin(pen.seconds * 9 + y * 9), y)], 0.009)


def skidded(pen: Pen) -> None:
    """Scuffs that the feet of who is pushed leave on the ground before them, and dust behind."""
    far = 0.06 + 0.25 * min(1.0, 0.5 * pen.seconds)
    for x, y in ((0.3, 0.0), (0.16, 0.045), (-0.2, 0.0), (-0.32, 0.045)):
        scuff = ellipse(x * 2 * pen.half + far, y + 0.006, far, 0.014)
        pen.ink.piece(pen.canvas, scuff, "#4a3826", alpha=0.28)
    for n in range(3):
        phase = (pen.seconds * 1.6 + n / 3) % 1.0
        x, r = -pen.half - 0.06 - 0.24 * phase, 0.04 + 0.06 * phase
        pen.ink.piece(pen.canvas, ellipse(x, -0.8 * r, 1.3 * r, r), "#e6dac4", alpha=0.85 * (1 - phase))


def tracks(pen: Pen) -> None:
    """Footprints on the ground, ahead of and behind who walks along them."""
    step = 0.2
    gone = (pen.seconds * 0.66) % (2 * step)
    for n in range(-3, 7):
        x, y = n * step - gone + 0.1, 0.02 if n % 2 else 0.055
        sole, heel = ellipse(x + 0.02, y, 0.042, 0.016), ellipse(x - 0.045, y, 0.02, 0.012)
        for part in (sole, heel):
            pen.ink.piece(pen.canvas, part, "#3a2c22", alpha=0.85)


def halted(pen: Pen) -> None:
    """The ground that heels plough up, and the dust of it."""
    if pen.share < 0.42:
        return
    fade = max(0.0, 1 - (pen.share - 0.42) * 1.5)
    for n, (x, y) in enumerate(((0.0, 0.005), (-0.07, 0.03))):
        pen.stroke([(x - 0.34, y), (x, y)], 0.012 - 0.002 * n)
    for n in range(4):
        r = 0.035 + 0.014 * n
        puff = ellipse(0.18 + 0.09 * n * (1.4 - fade), -r * 0.8, r * 1.3, r)
        pen.ink.piece(pen.canvas, puff, "#e6dac4", alpha=0.85 * fade)


def gusts(pen: Pen) -> None:
    """Wind against somebody who forces a way, that passes behind the body, and leaves that it tears off."""
    wide = pen.half + 0.7
    pen.canvas.save()
    far, crown = 0.8 * pen.half, pen.head[1] - 0.7 * pen.size
    body = skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(-far, crown, far, 0.0), 0.5 * far, 0.3 * far)
    pen.canvas.clipRRect(body, skia.ClipOp.kDifference, True)
    _blown(pen, wide)
    pen.canvas.restore()


def _blown(pen: Pen, wide: float) -> None:
    for n in range(6):  # above the legs, through which it would be a scribble
        phase = (pen.seconds * 1.5 + n * 0.37) % 1.0
        x, y = wide - 2 * wide * phase + 0.4, -0.4 - 0.14 * n + 0.03 * math.sin(n * 2.1)
        long = 0.4 + 0.09 * (n % 3)
        if pen.room and not pen.room.free(x - long - 0.1, y - 0.06, x, y + 0.06):
            continue
        if abs(y - pen.head[1]) < 0.6 * pen.size and x - long < pen.head[0] + 0.7 * pen.size < x + pen.size:
            continue
        bow = [(x, y), (x - 0.5 * long, y - 0.03), (x - long, y)]
        if n % 2:
            bow += [(x - long - 0.06, y + 0.045), (x - long - 0.01, y + 0.06)]
        pen.stroke(bow, 0.012)
    for n in range(6):
        phase = (pen.seconds * 1.1 + n * 0.29) % 1.0
        x, y = wide - 2 * wide * phase + 0.3, -0.16 - 0.15 * n + 0.05 * math.sin(9 * phase + n)
        if math.dist((x, y), pen.head) < 0.7 * pen.size:
            continue
        if pen.room and not pen.room.free(x - 0.04, y - 0.04, x + 0.04, y + 0.04):
            continue
        leaf = ellipse(x, y, 0.036, 0.017, 300 * phase + 50 * n)
        pen.ink.piece(pen.canvas, leaf, ("#c8862c", "#8a9a3a", "#b5532a")[n % 3])


def beacon(pen: Pen) -> None:
    """The light that somebody sees: a star with rays, ahead and above."""
    x, y = pen.head[0] + 2.1 * pen.size, pen.head[1] - 0.55 * pen.size
    r = pen.size * (0.3 + 0.03 * math.sin(pen.seconds * 6))
    pen.ink.glow(pen.canvas, x, y, 4.0 * r, "#ffe9a0", 0.75)
    pen.ink.piece(pen.canvas, star(x, y, r, 0.4 * r, 8), "#fff3b8")
    for k in range(8):
        near = 1.35 + 0.15 * ((k + int(pen.seconds * 5)) % 2)
        a = math.radians(45 * k + 22)
        ends = [(x + math.cos(a) * r * q, y + math.sin(a) * r * q) for q in (near, near + 0.5)]
        pen.ink.mark(pen.canvas, line(ends), "#fff3b8", 0.012 * pen.gain)


def chalked(pen: Pen) -> None:
    """A line drawn on the ground, up to the hand."""
    far = pen.hands[0][0] if pen.hands else pen.half + 0.1
    start = far - 0.1 - 0.9 * pen.share
    pen.ink.mark(pen.canvas, line([(start, 0.02), (far, 0.02)]), "#fffaf0", 0.03 * pen.gain)
    pen.ink.mark(pen.canvas, line([(start, 0.02), (far, 0.02)]), "#d8322a", 0.016 * pen.gain)


def leaping(pen: Pen) -> None:
    if pen.head[1] < -1.0 + pen.size * 0.35:
        for x in (-0.12, 0.0, 0.12):
            pen.stroke([(x, -0.02), (x, -0.14)], 0.01)


def crashed(pen: Pen) -> None:
    """Stars round the head of somebody who has fallen."""
    if pen.share < (0.6 if pen.hands else 0.76):  # a beast is still in the air
        return
    for n in range(3):
        a = pen.seconds * 4 + n * math.tau / 3
        # the face of a beast lies below its ears
        x = pen.head[0] + 0.5 * pen.size * math.cos(a) - (0.0 if pen.hands else 0.2 * pen.size)
        y = pen.head[1] - (0.78 if pen.hands else 1.05) * pen.size + 0.13 * pen.size * math.sin(a)
        pen.ink.piece(pen.canvas, star(x, y, 0.12 * pen.size, 0.05 * pen.size), "#f6d03a")


def struck(pen: Pen) -> None:
    if pen.hands and 0.39 < pen.share < 0.66:  # while the fist is out
        x, y = pen.hands[0][0] + 0.06, pen.hands[0][1]
        pen.ink.piece(pen.canvas, star(x, y, 0.12, 0.05, 8), "#fff6d8")
        pen.ink.piece(pen.canvas, star(x, y, 0.085, 0.036, 8), "#f6b82a")


def swung(pen: Pen) -> None:
    """The way of a hand that waves, where it does not lie over the face."""
    if pen.hands:
        hand = min(pen.hands, key=lambda p: p[1])
        for first in (-30, 150):
            middle = hand[0] + 0.1 * math.cos(math.radians(first + 30))
            if math.dist((middle, hand[1]), pen.head) > 0.8 * pen.size:
                pen.arc(hand, 0.1, first + 6, first + 54, 0.009)


def sparkling(pen: Pen) -> None:
    """Magic from an outstretched hand."""
    if not pen.hands:
        return
    x, y = pen.hands[0]
    pen.ink.glow(pen.canvas, x + 0.06, y, 0.3, "#fff0b0", 0.5)
    for n in range(8):
        phase = (pen.seconds * 1.2 + n * 0.29) % 1.0
        a = math.radians(n * 47)
        r = 0.05 + 0.26 * phase
        size = 0.035 * (1 - 0.6 * phase)
        at = x + 0.05 + r * math.cos(a), y + 0.7 * r * math.sin(a)
        pen.ink.piece(pen.canvas, star(*at, size, size * 0.3, 4), ("#ffe26a", "#9fe0ff", "#ffb0e0")[n % 3])


def splashing(pen: Pen) -> None:
    for n in range(6):
        phase = (pen.seconds * 1.6 + n / 6) % 1.0
        x = pen.head[0] + 0.1 + 0.07 * n + 0.06 * phase
        y = -0.1 - 0.28 * math.sin(math.pi * phase)
        pen.ink.piece(pen.canvas, ellipse(x, y, 0.012, 0.018), "#cdeefa", alpha=1 - 0.5 * phase)


def crumbs(pen: Pen) -> None:
    x, y = mouth(pen)
    for n in range(4):
        phase = (pen.seconds * 1.4 + n / 4) % 1.0
        crumb = ellipse(x + 0.03 * n - 0.03, y + 0.22 * phase, 0.009, 0.007)
        pen.ink.piece(pen.canvas, crumb, "#d8a860", alpha=1 - phase)


def flash(pen: Pen) -> None:
    x, y = pen.head[0] + 0.5 * pen.size, pen.head[1]
    if (pen.seconds % 1.6) > 0.9:
        pen.ink.glow(pen.canvas, x, y, 0.4, "#ffffff", 0.8)
        pen.ink.piece(pen.canvas, star(x, y, 0.14, 0.045, 8), "#ffffff")


def line_out(pen: Pen) -> None:
    """A rod from the hand, its line and the float."""
    if not pen.hands:
        return
    x, y = pen.hands[0]
    tip = x + 0.52, y - 0.42
    pen.ink.mark(pen.canvas, line([(x - 0.12, y + 0.1), (x, y), tip]), "#7a5330", 0.018)
    end = tip[0] + 0.14, -0.02 + 0.012 * math.sin(pen.seconds * 2)
    pen.ink.mark(pen.canvas, line([tip, (tip[0] + 0.1, (tip[1] + end[1]) / 2), end]), "#e8e4da", 0.007)
    pen.ink.piece(pen.canvas, ellipse(*end, 0.022, 0.03), "#d8322a")
    pen.arc((end[0], end[1] + 0.02), 0.07, 200, 340, 0.008)


def swept(pen: Pen) -> None:
    for n in range(4):
        phase = (pen.seconds * 1.2 + n / 4) % 1.0
        r = 0.03 + 0.04 * phase
        puff = ellipse(0.42 + 0.26 * phase, -r, r * 1.2, r)
        pen.ink.piece(pen.canvas, puff, "#d8ccb4", alpha=0.75 * (1 - phase))


def cloth(pen: Pen) -> None:
    """What is sewn, held up by the other hand, its stitches, and the thread to the needle."""
    if len(pen.hands) < 2:
        return
    x, y = pen.hands[1]
    hung = [(x - 0.07, y - 0.05), (x + 0.2, y - 0.03), (x + 0.25, y + 0.2), (x + 0.1, y + 0.25)]
    pen.ink.piece(pen.canvas, smooth([*hung, (x - 0.1, y + 0.2)], tension=0.25), "#d8586a")
    for dx in (0.0, 0.1):
        pen.ink.mark(pen.canvas, line([(x + dx, y + 0.06), (x + 1.2 * dx, y + 0.2)]), "#a83c4c", 0.009)
    for n in range(2 + int(3 * pen.share)):
        at = x - 0.03 + 0.042 * n
        pen.ink.mark(pen.canvas, line([(at, y + 0.0), (at + 0.024, y + 0.004)]), "#fffaf0", 0.01)
    end = x + 0.05 + 0.126 * pen.share, y
    pen.ink.mark(pen.canvas, line([end, pen.hands[0]]), "#fffaf0", 0.009)


def broken(pen: Pen) -> None:
    """Strokes and splinters round a thing that breaks."""
    if pen.share < 0.25:
        return
    grown = min(1.0, (pen.share - 0.25) / 0.15)
    middle = 0.0, -0.5
    for angle in range(15, 180, 30):
        pen.ray(middle, angle, 0.5 + 0.1 * grown, 0.62 + 0.16 * grown, 0.022)
    for n in range(5):
        x = (n - 2) * 0.22 * (0.6 + 0.6 * grown)
        y = -0.1 - 0.5 * math.sin(math.pi * min(1.0, grown)) * (0.6 + 0.1 * n) if grown < 1 else -0.03
        chip = [(x - 0.05, y), (x + 0.01, y - 0.06), (x + 0.06, y + 0.01)]
        pen.ink.piece(pen.canvas, polygon(chip), "#9a7048")
