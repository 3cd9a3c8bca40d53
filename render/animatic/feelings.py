"""Accents of voice, feeling and thought: see ``accents.py``."""

from __future__ import annotations

import math

import skia

from .figures.shapes import Point, ellipse, line, polygon, rounded, smooth
from .margins import Mark, settled
from .pen import Pen


def mouth(pen: Pen) -> Point:
    return pen.head[0] + 0.5 * pen.size, pen.head[1] + 0.2 * pen.size


def voice(pen: Pen) -> None:
    beat = int(pen.seconds * 4) % 4
    for angle in (-22, 6, 34)[: 3 if beat < 3 else 0]:
        near = pen.size * (0.16 + 0.04 * beat)
        pen.ray(mouth(pen), angle, near, near + 0.2 * pen.size, 0.011)


def shout(pen: Pen) -> None:
    """Wedges that burst from the mouth."""
    beat = int(pen.seconds * 6) % 3
    x, y = mouth(pen)
    for n, angle in enumerate((-38, -14, 10, 34, 58)):
        near = pen.size * 0.34
        far = pen.size * (0.6 + 0.07 * beat + (0.1 if n % 2 else 0.0))
        dx, dy = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
        half = 0.05 * pen.size
        tip, end = (x + dx * near, y + dy * near), (x + dx * far, y + dy * far)
        wedge = polygon(
            [tip, (end[0] - dy * half, end[1] + dx * half), (end[0] + dy * half, end[1] - dx * half)]
        )
        pen.ink.mark(pen.canvas, wedge, "#2a2430", 0.016 * pen.gain)
        pen.ink.piece(pen.canvas, wedge, "#ffe69a")


def whisper(pen: Pen) -> None:
    """Small dots that rise over the two heads: between them they would lie on a face."""
    x, y = pen.head[0] + 0.3 * pen.size, pen.head[1] - 0.72 * pen.size
    beat = int(pen.seconds * 3) % 4
    for k in range(beat):
        r = pen.size * 0.035
        at = x + 0.16 * pen.size * k, y - 0.07 * pen.size * k
        pen.ink.mark(pen.canvas, ellipse(at[0], at[1], r, r), "#2a2430", 0.012 * pen.gain)
        pen.ink.piece(pen.canvas, ellipse(at[0], at[1], r, r), "#fffaf0")


def angry(pen: Pen) -> None:
    """The voice, and three bolts over a hot head."""
    voice(pen)
    cross(pen)


def cross(pen: Pen) -> None:
    """Three bolts over a hot head; behind it, a stair of them, where the frame ends just above."""
    r = pen.size
    low = pen.room is not None and pen.head[1] - 1.4 * r < pen.room.frame[1]
    for k in (-1, 0, 1):
        x, y = pen.head[0] + 0.34 * r * k, pen.head[1] - (0.78 - 0.06 * abs(k)) * r
        if low:
            x, y = pen.head[0] - (0.92 - 0.26 * k) * r, pen.head[1] - (0.1 + 0.34 * k) * r
        b = 0.75 * r if low else r
        bolt = [
            (x, y),
            (x + 0.09 * b, y - 0.12 * b),
            (x - 0.02 * b, y - 0.15 * b),
            (x + 0.1 * b, y - 0.32 * b),
        ]
        pen.ink.mark(pen.canvas, line(bolt), "#fff4e8", 0.026 * pen.gain)
        pen.ink.mark(pen.canvas, line(bolt), "#d8322a", 0.014 * pen.gain)


def scented(pen: Pen) -> None:
    """A scent that rises, thin, over what is held under the nose."""
    x = pen.hands[0][0] + 0.36 * pen.size if pen.hands else pen.head[0] + 0.8 * pen.size
    low = pen.head[1] + 0.34 * pen.size
    for k in range(2):
        drift = 0.03 * math.sin(pen.seconds * 3 + 2 * k)
        at, foot = x + 0.2 * pen.size * k, low - 0.1 * pen.size * k
        steps = [0.1 * n for n in range(7)]
        pen.stroke(
            [(at + 0.05 * pen.size * math.sin(9 * q + 40 * drift), foot - pen.size * q) for q in steps], 0.004
        )


_LETTERS = (
    (((0.0, 1.0), (0.5, 0.0), (1.0, 1.0)), ((0.25, 0.6), (0.75, 0.6))),
    (((0.0, 0.0), (0.0, 1.0)), ((0.0, 0.0), (0.8, 0.25), (0.0, 0.5), (0.9, 0.75), (0.0, 1.0))),
    (((0.9, 0.1), (0.2, 0.1), (0.0, 0.5), (0.2, 0.9), (0.9, 0.9)),),
)


def taught(pen: Pen) -> None:
    """The voice, and a board with letters behind who teaches; they are never seen in a mirror."""
    voice(pen)
    left, right, top, low = -0.78, -0.24, -0.98, -0.56
    for x in (left + 0.08, right - 0.08):
        pen.ink.mark(pen.canvas, line([(x, low), (x - 0.02, 0.0)]), "#80583a", 0.024)
    pen.ink.piece(pen.canvas, rounded(left - 0.02, top - 0.02, right + 0.02, low + 0.02, 0.012), "#9a6a40")
    pen.ink.piece(pen.canvas, rounded(left, top, right, low, 0.006), "#2f5a46")
    mirrored = pen.canvas.getTotalMatrix().getScaleX() < 0
    for n, strokes in enumerate(_LETTERS):
        start = left + 0.07 + 0.15 * (2 - n if mirrored else n)
        for stroke in strokes:
            points = [(start + 0.1 * (1 - x if mirrored else x), top + 0.09 + 0.2 * y) for x, y in stroke]
            pen.ink.mark(pen.canvas, line(points), "#f4f4ea", 0.016)


def waves(pen: Pen) -> None:
    """Speech that comes to the ear of who is talked to."""
    x, y = pen.head[0] + 1.2 * pen.size, pen.head[1]
    beat = int(pen.seconds * 4) % 3
    for k in range(2):
        if k != beat:
            pen.arc((x, y), pen.size * (0.26 + 0.2 * k), 148, 212, 0.01)


def heard(pen: Pen) -> None:
    """Sound that comes to the ear, from a note that is heard: as near as a close-up has room for it."""
    x, y = pen.head[0] + 1.24 * pen.size, pen.head[1] - 0.1 * pen.size
    for k in range(3):
        radius = pen.size * (0.22 + 0.14 * k + 0.06 * (pen.seconds * 2 % 1.0))
        pen.arc((x, y), radius, 142, 218, 0.014)
    r = 0.11 * pen.size
    stem = [(x + 0.85 * r, y), (x + 0.85 * r, y - 3.2 * r), (x + 2.0 * r, y - 2.5 * r)]
    pen.stroke(stem, 0.014)
    pen.ink.piece(pen.canvas, ellipse(x, y, 1.5 * r, 1.15 * r), "#fffaf0")
    pen.ink.piece(pen.canvas, ellipse(x, y, r, 0.75 * r, -20), "#2a2430")


def rapped(pen: Pen) -> None:
    """The sound of a fist on a door."""
    if pen.hands and (0.38 < pen.share < 0.52 or pen.share > 0.74):
        for radius in (0.07, 0.12):
            pen.arc(pen.hands[0], radius, -55, 55, 0.013)


# Feelings -------------------------------------------------------------------------------------------------


def tears(pen: Pen) -> None:
    """Drops that run down both cheeks and fall from the chin."""
    _drops(pen, (-1, 1))


def wept(pen: Pen) -> None:
    """Drops on the cheek that is turned to whoever dries them."""
    _drops(pen, (1,))


def _drops(pen: Pen, sides: tuple[int, ...]) -> None:
    wet = "#d4efff" if pen.night > 0.5 else "#6fc0f0"
    r = 0.042 * pen.size
    # The face of a body without joints is found with its mouth, below and ahead of the eyes.
    ahead, down = (0.0, 0.06) if pen.hands else (-0.1, -0.16)
    for side in sides:
        x, y = pen.head[0] + (side * 0.22 + ahead) * pen.size, pen.head[1] + down * pen.size
        pen.ink.mark(pen.canvas, line([(x, y), (x + side * 0.02 * pen.size, y + 0.3 * pen.size)]), wet, r)
        for n in range(2):
            phase = (pen.seconds * 0.9 + n / 2 + 0.2 * side) % 1.0
            at = x + side * 0.05 * pen.size * phase, y + pen.size * (0.16 + 0.75 * phase * phase)
            drop = [(at[0], at[1] - 2.2 * r), (at[0] + r, at[1]), (at[0], at[1] + r), (at[0] - r, at[1])]
            shape = smooth(drop, tension=0.5)
            pen.ink.mark(pen.canvas, shape, "#2c5a86", 0.25 * r)
            pen.ink.piece(pen.canvas, shape, wet)


def kerchief(pen: Pen) -> None:
    """A white handkerchief in the hand that dries tears."""
    if not pen.hands:
        return
    x, y = pen.hands[0]
    r = 0.5 * pen.size
    folds = ((-0.3, -0.15), (0.05, -0.36), (0.36, -0.2), (0.44, 0.3), (0.1, 0.52), (-0.26, 0.36))
    cloth = smooth([(x + r * ax, y + r * ay) for ax, ay in folds], tension=0.6)
    pen.ink.mark(pen.canvas, cloth, "#5a6478", 0.012 * pen.gain)
    pen.ink.piece(pen.canvas, cloth, "#fbfbf6")
    for ax in (-0.08, 0.16):
        pen.ink.mark(
            pen.canvas,
            line([(x + r * ax, y - 0.1 * r), (x + r * (ax + 0.06), y + 0.34 * r)]),
            "#c8ccd8",
            0.01,
        )


def ha(pen: Pen) -> None:
    beat = int(pen.seconds * 6) % 2
    for side in (-1, 1):
        turn = 34 if side > 0 else 146
        near = pen.size * (0.74 + 0.08 * beat)
        for n in range(2):
            pen.arc(pen.head, near + 0.15 * n * pen.size, turn - 15, turn + 15, 0.011)


def clapped(pen: Pen) -> None:
    """Strokes that burst from two palms as they meet."""
    if pen.hands:
        x = sum(hand[0] for hand in pen.hands) / len(pen.hands)
        y = sum(hand[1] for hand in pen.hands) / len(pen.hands)
        met, near = 0.2 < pen.share < 0.75, 0.075
    else:  # paws: before the chest, under the face
        x, y = pen.head[0] + 0.2 * pen.size, pen.head[1] + 0.75 * pen.size
        met, near = int(pen.seconds * 4) % 2 == 0, 0.1
    if met:
        for angle in (20, 55, 90, 125, 160):
            pen.ray((x, y), angle, near, near + 0.075, 0.015)


def waiting(pen: Pen) -> None:
    """A clock in a thought, whose hand goes round."""
    x, y = cloud(pen)
    r = 0.26 * pen.size
    pen.ink.piece(pen.canvas, ellipse(x, y, r, r), "#fffdf4")
    pen.ink.mark(pen.canvas, ellipse(x, y, r, r), "#4a4656", 0.05 * pen.size)
    for k in range(4):
        a = math.radians(90 * k)
        ends = [(x + math.cos(a) * r * q, y + math.sin(a) * r * q) for q in (0.7, 0.85)]
        pen.ink.mark(pen.canvas, line(ends), "#4a4656", 0.03 * pen.size)
    for turn, long in ((pen.seconds * 100 - 90, 0.68), (pen.seconds * 9 + 20, 0.42)):
        a = math.radians(turn)
        hand = [(x, y), (x + math.cos(a) * r * long, y + math.sin(a) * r * long)]
        pen.ink.mark(pen.canvas, line(hand), "#c8322a" if long > 0.5 else "#2a2430", 0.045 * pen.size)


_DIGITS = (
    ((-0.25, -0.3), (0.05, -0.5), (0.05, 0.5)),
    ((-0.3, -0.3), (0.0, -0.5), (0.3, -0.25), (-0.3, 0.5), (0.35, 0.5)),
    ((-0.3, -0.42), (0.05, -0.5), (0.3, -0.25), (0.0, -0.02), (0.3, 0.22), (0.05, 0.5), (-0.3, 0.4)),
)


def counted(pen: Pen) -> None:
    """Who covers the eyes counts up to three."""
    for n in range(min(3, 1 + int(pen.share * 4.5))):
        x, y = pen.head[0] + (0.8 + 0.5 * n) * pen.size, pen.head[1] - (0.35 + 0.12 * n) * pen.size
        pen.stroke([(x + px * 0.4 * pen.size, y + py * 0.5 * pen.size) for px, py in _DIGITS[n]], 0.018)


def missed(pen: Pen) -> None:
    """A ring of dashes on the ground, where there is nothing."""
    x, y = pen.head[0] + 0.42, -0.03
    for k in range(10):
        a, b = math.radians(36 * k), math.radians(36 * k + 20)
        pen.stroke([(x + 0.2 * math.cos(q), y + 0.07 * math.sin(q)) for q in (a, (a + b) / 2, b)], 0.011)


def beaming(pen: Pen) -> None:
    for angle in (30, 60, 120, 150):
        pen.ray(pen.head, angle, pen.size * 0.8, pen.size * 0.98, 0.012)


def startled(pen: Pen) -> None:
    """Strokes round the head of somebody who has just seen it."""
    if pen.share > 0.38:
        for angle in (40, 65, 90, 115, 140) if pen.hands else (0, 25, 50, 75, 100):
            pen.ray(pen.head, angle, pen.size * 0.8, pen.size * 1.12, 0.015)


def shaken(pen: Pen) -> None:
    top = pen.head[1] - 0.2 * pen.size
    for side in (-1, 1):
        for k in (0.0, 0.12):
            x = pen.head[0] + side * (0.66 * pen.size + k * pen.size)
            zigzag = [(x + 0.012 * (1 if n % 2 else -1), top + n * 0.035) for n in range(6)]
            pen.stroke(zigzag, 0.009)


def heart_shape(x: float, y: float, r: float) -> skia.Path:
    half: list[Point] = [(0.0, -0.3), (0.45, -0.75), (1.0, -0.3), (0.6, 0.35), (0.0, 1.0)]
    right = [(x + r * px, y + r * py) for px, py in half]
    left = [(x - r * px, y + r * py) for px, py in half[3:0:-1]]
    return smooth([*right, *left], tension=0.35)


def heart(pen: Pen) -> None:
    if pen.share < 0.5:
        return
    rise = min(1.0, (pen.share - 0.5) * 1.4) + 0.04 * math.sin(pen.seconds * 3)
    x, y = pen.head[0] + 0.4 * pen.size, pen.head[1] - pen.size * (0.8 + 0.3 * rise)
    pen.ink.piece(pen.canvas, heart_shape(x, y, 0.3 * pen.size), "#e8405a")


def effort(pen: Pen) -> None:
    """Sweat that flies off behind the head, clear of face and hair."""
    r = 0.06 * pen.size
    for n, angle in enumerate((118, 142, 166)):
        phase = (pen.seconds * 0.8 + n / 3) % 1.0
        a = math.radians(angle)
        far = pen.size * (0.78 + 0.3 * phase)
        x, y = pen.head[0] + far * math.cos(a), pen.head[1] - far * math.sin(a) + 0.16 * pen.size * phase**2
        tip = x - 2.0 * r * math.cos(a), y + 2.0 * r * math.sin(a)
        wide = r * math.sin(a), r * math.cos(a)
        sides = (x + wide[0], y + wide[1]), (x - wide[0], y - wide[1])
        end = x + r * math.cos(a), y - r * math.sin(a)
        drop = smooth([tip, sides[0], end, sides[1]], tension=0.5)
        pen.ink.mark(pen.canvas, drop, "#2c5a86", 0.3 * r, alpha=1 - phase**3)
        pen.ink.piece(pen.canvas, drop, "#a8dcf8", alpha=1 - phase**3)


# Thoughts -------------------------------------------------------------------------------------------------


CLOUD: tuple[Mark, ...] = ((1.25, -0.55, 0.62),)
"""A thought, as ``margins.py`` moves it."""


def cloud(pen: Pen) -> Point:
    """A thought's cloud beside the head, where nobody is; returns its middle."""
    ahead, down = CLOUD[0][:2]
    if pen.room:
        ((ahead, down, _),), _ = settled(CLOUD, pen.room, 1)
    x, y = pen.head[0] + ahead * pen.size, pen.head[1] + down * pen.size
    paper, edge = "#fdfbf4", "#8d8a98"
    for share, r in ((0.45, 0.05), (0.66, 0.075)):
        at = pen.head[0] + (x - pen.head[0]) * share, pen.head[1] + (y - pen.head[1]) * share - 0.02
        pen.ink.piece(pen.canvas, ellipse(*at, r * pen.size, r * pen.size), paper)
        pen.ink.mark(pen.canvas, ellipse(*at, r * pen.size, r * pen.size), edge, 0.006)
    puffs = ((-0.3, 0.05, 0.24), (0.3, 0.06, 0.25), (0.0, -0.15, 0.3), (0.0, 0.14, 0.27))
    for px, py, r in puffs:
        circle = ellipse(x + px * pen.size, y + py * pen.size, (r + 0.02) * pen.size, (r + 0.02) * pen.size)
        pen.ink.mark(pen.canvas, circle, edge, 0.012)
    for px, py, r in puffs:
        circle = ellipse(x + px * pen.size, y + py * pen.size, r * pen.size, r * pen.size)
        pen.canvas.drawPath(circle, skia.Paint(AntiAlias=True, Color=colour(pen.ink.seen(paper))))
    return x, y


def colour(hexed: str) -> int:
    return int(skia.Color(int(hexed[1:3], 16), int(hexed[3:5], 16), int(hexed[5:7], 16)))


def thought(pen: Pen) -> None:
    x, y = cloud(pen)
    for k in range(3):  # all three, of which one is large: two would be the eyes of a skull
        r = (0.09 if k == int(pen.seconds * 2) % 3 else 0.055) * pen.size
        dot = ellipse(x + (k - 1) * 0.2 * pen.size, y, r, r)
        pen.ink.piece(pen.canvas, dot, "#4a4656")


def query(pen: Pen, x: float, y: float, size: float) -> None:
    """A question mark, 0.9 of ``size`` high, round a point a third of it above its dot."""
    bow = ((-0.16, -0.14), (-0.1, -0.27), (0.06, -0.29), (0.15, -0.15), (0.02, 0.0), (0.0, 0.13))
    pen.stroke([(x + pen.reads * px * size, y + py * size) for px, py in bow], 0.021)
    pen.stroke([(x, y + 0.32 * size), (x + 0.001, y + 0.32 * size)], 0.029)


def doubt(pen: Pen) -> None:
    x, y = cloud(pen)
    query(pen, x, y, pen.size)


def sought(pen: Pen) -> None:
    """A question mark over the head, hat and all; beside it where the frame ends too soon."""
    size = 1.2 * pen.size
    high = pen.head[1] - 1.5 * pen.size
    if not pen.hands:  # a head that sniffs at the ground would have it on its ears
        high = min(high, -0.9 - 0.75 * size)
    wished = pen.head[0], high
    x, y = pen.kept(*wished, 0.45 * size)
    if y > wished[1] + 0.12 * pen.size:
        ahead = pen.kept(pen.head[0] + 1.0 * pen.size, y, 0.45 * size)
        behind = pen.kept(pen.head[0] - 1.0 * pen.size, y, 0.45 * size)
        x, y = max(ahead, behind, key=lambda p: (round(abs(p[0] - pen.head[0]), 4), p == ahead))
    query(pen, x, y, size)


def longing(pen: Pen) -> None:
    x, y = cloud(pen)
    pen.ink.piece(pen.canvas, heart_shape(x, y, 0.2 * pen.size), "#e8607a")


def bulb(pen: Pen) -> None:
    if pen.share < 0.42:
        return
    x, y = pen.head[0] - 0.1 * pen.size, pen.head[1] - 1.05 * pen.size
    r = 0.2 * pen.size
    pen.ink.glow(pen.canvas, x, y, 3.2 * r, "#fff0a0", 0.5)
    pen.ink.piece(pen.canvas, ellipse(x, y, r, r), "#ffe26a")
    pen.ink.piece(pen.canvas, rounded(x - 0.5 * r, y + 0.8 * r, x + 0.5 * r, y + 1.5 * r, 0.2 * r), "#8d949c")
    for angle in (0, 40, 90, 140, 180):
        pen.ray((x, y), angle, 1.4 * r, 1.9 * r, 0.011)
