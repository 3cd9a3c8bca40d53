"""Accents of hands at play and at work, and of what comes apart in them: see ``accents.py``."""

from __future__ import annotations

import math

from .figures.shapes import ellipse, line, polygon, smooth, star
from .ink import shaded
from .pen import Pen
from .tailoring import rubbed


def ball(pen: Pen, x: float, y: float, r: float, colour: str = "#e2463a") -> None:
    """A ball with a light band."""
    pen.ink.piece(pen.canvas, ellipse(x, y, r, r), colour)
    pen.ink.mark(
        pen.canvas,
        line([(x - 0.9 * r, y + 0.2 * r), (x, y - 0.15 * r), (x + 0.9 * r, y + 0.2 * r)]),
        "#fff4d8",
        0.35 * r,
    )


def tossed(pen: Pen) -> None:
    """A ball thrown up and caught again; before a body without hands it bounces."""
    phase = pen.share if pen.hands else (pen.seconds / 0.9) % 1.0
    r = 0.075 if pen.hands else 0.1 * pen.gain
    if not pen.hands:
        bounce = (pen.ground + 0.55) * abs(math.sin(math.pi * phase))
        ball(pen, pen.half + 0.2, pen.ground - r - bounce, r)
        return
    x = max(hand[0] for hand in pen.hands) + 0.03
    low = min(hand[1] for hand in pen.hands) - r
    flight = math.sin(math.pi * min(1.0, max(0.0, (phase - 0.15) / 0.8)))
    y = low + (min(low, pen.head[1] - 0.62 * pen.size) - low) * flight
    ball(pen, x, y, r)
    if 0.15 < flight < 0.95:
        for dx in (-0.04, 0.04):
            pen.stroke([(x + dx, y + 1.5 * r), (x + dx, y + 2.6 * r)], 0.009)


def juggled(pen: Pen) -> None:
    """Three balls over the hands, or over the head of a body that has none."""
    x = sum(hand[0] for hand in pen.hands) / len(pen.hands) if pen.hands else pen.head[0]
    y = min(hand[1] for hand in pen.hands) - 0.04 if pen.hands else pen.head[1] - 0.75 * pen.size
    for n, colour in enumerate(("#e2463a", "#f2b632", "#3f8ad0")):
        a = math.tau * (pen.seconds * 0.9 + n / 3)
        ball(pen, x + 0.22 * math.cos(a), y - 0.3 + 0.3 * math.sin(a), 0.05, colour)


def rung(pen: Pen) -> None:
    """Sound from a bell that is swung, away from who rings it: on the near side it would lie on the coat."""
    if pen.hands:
        x, y = min(pen.hands, key=lambda p: p[1])
        for radius in (0.16, 0.22):
            pen.arc((x, y + 0.1), radius, -40, 35, 0.012)


def fed(pen: Pen) -> None:
    """Crumbs under the hand that feeds."""
    if pen.hands:
        x, y = pen.hands[0]
        for n in range(5):
            phase = (pen.seconds * 0.9 + n / 5) % 1.0
            crumb = ellipse(x + 0.03 * n - 0.06, y + 0.05 + 0.16 * phase, 0.011, 0.009)
            pen.ink.piece(pen.canvas, crumb, "#d8a860", alpha=1 - phase)


def gleaming(pen: Pen) -> None:
    """Stars on what is rubbed until it shines."""
    if pen.hands:
        x, y = pen.hands[0]
        for k, (dx, dy) in enumerate(((0.12, -0.08), (-0.09, -0.12), (0.1, 0.06))):
            free = math.dist((x + dx, y + dy), pen.head) > 0.85 * pen.size
            if free and (int(pen.seconds * 5) + k) % 3:
                pen.ink.piece(pen.canvas, star(x + dx, y + dy, 0.045, 0.012, 4), "#fff6c8")


def painted(pen: Pen) -> None:
    """Wet colour on what is painted, where the brush goes up and down: more of it as the shot goes on."""
    if not pen.hands:
        return
    x, y = pen.hands[0][0] + 0.165, pen.hands[0][1] - rubbed(pen.seconds)
    for n in range(3):  # not past the edge of a body that is no wider than a child's
        done = min(1.0, max(0.0, pen.seconds * 1.1 - n))
        if done > 0:
            at, top, low = x + 0.034 * n, y - 0.045 + 0.02 * (n % 2), 0.12 - 0.03 * (n % 2)
            stroke = [(at, top), (at + 0.006, top + 0.5 * low * done), (at - 0.004, top + low * done)]
            pen.ink.mark(pen.canvas, smooth(stroke, closed=False), "#2f7fd0", 0.032)


def magnified(pen: Pen) -> None:
    """A magnifying glass in the other hand, over the sheet that the action hand holds."""
    if len(pen.hands) < 2:
        return
    x, y = pen.hands[1]
    ring = ellipse(x + 0.11, y - 0.06, 0.06, 0.06)
    pen.ink.mark(pen.canvas, line([(x, y), (x + 0.065, y - 0.03)]), "#4a3222", 0.024)
    pen.ink.piece(pen.canvas, ring, "#dff2ff", alpha=0.55)
    pen.ink.mark(pen.canvas, ring, "#c89a3c", 0.016)
    pen.ink.mark(pen.canvas, line([(x + 0.085, y - 0.075), (x + 0.115, y - 0.095)]), "#ffffff", 0.01)


def rubbed_clean(pen: Pen) -> None:
    """A cloth under the hand that wipes, dust that flies from it, and a gleam where it has been."""
    if not pen.hands:
        return
    x, y = pen.hands[0]
    rag = [(x - 0.03, y - 0.045), (x + 0.06, y - 0.055), (x + 0.075, y + 0.03), (x + 0.02, y + 0.075)]
    pen.ink.piece(pen.canvas, polygon([*rag, (x - 0.025, y + 0.04)]), "#f4f0e4")
    pen.ink.mark(pen.canvas, line([(x, y - 0.03), (x + 0.025, y + 0.05)]), "#b9b2a2", 0.008)
    for n in range(5):
        phase = (pen.seconds * 0.9 + n / 5) % 1.0
        r = 0.012 + 0.018 * phase
        dust = ellipse(x + 0.1 + 0.1 * phase, y - 0.08 + 0.05 * n - 0.06 * phase, r, r)
        pen.ink.piece(pen.canvas, dust, "#c9bda6", alpha=0.7 * (1 - phase))
    middle = y - rubbed(pen.seconds)
    for k, (dx, dy) in enumerate(((0.13, -0.13), (0.17, 0.08))):
        if pen.seconds > 1.0 and (int(pen.seconds * 5) + k) % 3:
            pen.ink.piece(pen.canvas, star(x + dx, middle + dy, 0.045, 0.012, 4), "#fff6c8")


def torn(pen: Pen) -> None:
    """A sheet or a dress between the hands, whole at first, then its two halves and the tear between them."""
    if len(pen.hands) < 2:
        return
    left, right = sorted(pen.hands)
    colour = pen.torn.look.colour if pen.torn else "#fffdf2"
    middle = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    if pen.share < _WHOLE_TILL:
        _half(pen, middle, 0)
        return
    for (x, y), way in ((left, -1), (right, 1)):
        _half(pen, (x - way * (0.0 if pen.torn else 0.06), y), way)
    if pen.share > 0.4:
        for k in range(4):
            fall = (pen.seconds * 0.7 + k / 4) % 1.0
            x = middle[0] + 0.08 * math.sin(k * 2.3 + 3 * fall)
            y = left[1] + 0.3 * fall
            pen.ink.piece(pen.canvas, polygon([(x, y), (x + 0.03, y + 0.01), (x + 0.01, y + 0.03)]), colour)


_WHOLE_TILL = 0.3
"""Share of a performance of tearing until which the sheet is whole."""


def _half(pen: Pen, at: tuple[float, float], way: int) -> None:
    """The left (-1) or right (1) half of what is torn, ragged where it was one, or all of it (0)."""
    x, y = at
    pen.canvas.save()
    pen.canvas.translate(x, y)
    if way:
        ragged = [(0.022 * (1 - 2 * (k % 2)), -0.5 + 0.09 * k) for k in range(14)]
        pen.canvas.clipPath(polygon([*ragged, (way, 0.8), (way, -0.6)]), doAntiAlias=True)
    if pen.torn is None:
        pen.ink.piece(
            pen.canvas, polygon([(-0.11, -0.16), (0.11, -0.16), (0.11, 0.13), (-0.11, 0.13)]), "#fffdf2"
        )
        for k in range(4):
            row = -0.11 + 0.055 * k
            pen.ink.mark(pen.canvas, line([(-0.08, row), (0.08, row)]), "#4a4668", 0.009)
    elif pen.torn.look.kind in _SHAPED:
        size = 0.5 / pen.torn.height
        pen.canvas.translate(0.0, 0.4)
        pen.canvas.scale(size, size)
        pen.torn.draw(pen.canvas, 0.0)
    else:
        colour = pen.torn.look.colour
        pen.ink.piece(pen.canvas, polygon([(-0.2, -0.06), (0.2, -0.06), (0.22, 0.34), (-0.22, 0.34)]), colour)
        for k in range(4):
            fold = -0.15 + 0.1 * k
            pen.ink.mark(pen.canvas, line([(fold, -0.02), (1.1 * fold, 0.3)]), shaded(colour, -0.25), 0.01)
    pen.canvas.restore()


_SHAPED = frozenset({"dress", "coat", "shirt", "flag"})
"""What is known by its cut, torn or whole; any other cloth hangs square."""


def dropped(pen: Pen) -> None:
    """Strokes where something hits the ground."""
    if pen.share > 0.75:
        for angle in (25, 60, 120, 155):
            pen.ray((0.3, -0.05), angle, 0.22, 0.29, 0.014)


def smoking(pen: Pen) -> None:
    """Smoke, sparks and a spring: something in this body has broken."""
    if pen.share < 0.25:
        return
    x, y = pen.head[0], pen.head[1] - 0.5 * pen.size
    for n in range(5):
        phase = (pen.seconds * 0.5 + n / 5) % 1.0
        r = pen.size * (0.12 + 0.22 * phase)
        at = x + 0.3 * pen.size * math.sin(n * 2.4 + phase * 2), y - 1.5 * pen.size * phase
        pen.ink.piece(pen.canvas, ellipse(*at, r * 1.2, r), "#5a5660", alpha=0.75 * (1 - phase))
    coil = [(x + 0.45 * pen.size + (0.1 if k % 2 else -0.02), y + 0.1 - 0.03 * k) for k in range(8)]
    pen.stroke(coil, 0.012)
    for k, angle in enumerate((-20, 20, 160, 200)):
        if (int(pen.seconds * 6) + k) % 2:
            near = pen.size * 0.62
            sx = pen.head[0] + near * math.cos(math.radians(angle))
            sy = pen.head[1] - near * math.sin(math.radians(angle))
            pen.ink.piece(pen.canvas, star(sx, sy, 0.07, 0.025, 6), "#ffd23a")


def sparked(pen: Pen) -> None:
    """Sparks from a tool that strikes what is worked on: down and aside, none up into its face."""
    if not pen.hands:
        return
    x, y = pen.hands[0][0] + 0.16, pen.hands[0][1] + 0.08
    beat = (pen.seconds % 0.95) / 0.95
    pen.ink.piece(pen.canvas, star(x, y, 0.065, 0.026, 7), "#fff6d8")
    for n in range(6):
        a = math.radians(-185 + 38 * n)
        far = 0.06 + 0.12 * ((beat + n * 0.31) % 1.0)
        pen.ray((x, y), math.degrees(a), far, far + 0.035, 0.01)


def chiselled(pen: Pen) -> None:
    """A chisel held to what is carved, and chips that fly from it."""
    if len(pen.hands) < 2:
        return
    x, y = pen.hands[1]
    tip = (x + 0.13, y - 0.01)
    pen.ink.piece(
        pen.canvas, polygon([(x - 0.02, y - 0.022), (x + 0.05, y - 0.022), (x + 0.05, y + 0.014)]), "#a06a34"
    )
    pen.ink.mark(pen.canvas, line([(x + 0.02, y - 0.006), tip]), "#b9c0c8", 0.018)
    beat = (pen.seconds % 0.95) / 0.95
    for n in range(8):
        a, out = math.radians(-170 + 26 * n), 0.04 + 0.17 * ((beat + n * 0.31) % 1.0)
        at = tip[0] + out * math.cos(a), tip[1] + out * math.sin(a) + 0.5 * out * out
        pen.ink.piece(pen.canvas, ellipse(*at, 0.014, 0.01), "#e8e2d4", shade=-0.06 * (n % 3))


def football(pen: Pen) -> None:
    out = max(0.0, pen.share - 0.46) / 0.54
    x, y = 0.3 + 1.0 * out, -0.06 - 0.5 * math.sin(math.pi * min(1.0, out))
    pen.ink.piece(pen.canvas, ellipse(x, y, 0.065, 0.065), "#fbfaf4")
    patch = [(x + 0.03 * math.cos(1.257 * k), y + 0.03 * math.sin(1.257 * k)) for k in range(5)]
    pen.ink.piece(pen.canvas, polygon(patch), "#26242a")
    if 0 < out < 0.7:
        for dy in (-0.03, 0.03):
            pen.stroke([(x - 0.1, y + dy + 0.02), (x - 0.22, y + dy + 0.07)], 0.009)
