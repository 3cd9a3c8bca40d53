"""Headgear of trades, in head heights around the head's middle, worn in place of the hat."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from ....storyboard.looks import BodyLook
from ..ink import Ink, mixed, shaded
from .face import Ball
from .helmets import HELMETS, Draw, dome, front
from .shapes import ellipse, line, rounded, smooth, star


def _cross(canvas: skia.Canvas, ink: Ink, x: float, y: float, size: float, colour: str) -> None:
    ink.piece(canvas, rounded(x - size * 0.34, y - size, x + size * 0.34, y + size, 0.01), colour)
    ink.piece(canvas, rounded(x - size, y - size * 0.34, x + size, y + size * 0.34, 0.01), colour)


def _nurse(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    white, x = "#fbfbf8", front(ball, 0.25)
    wings = [(-w * 0.98, -0.3), (-w * 1.12, -0.72), (0.0, -0.8), (w * 1.12, -0.72), (w * 0.98, -0.3)]
    ink.piece(canvas, smooth([*wings, (0.0, -0.37)], tension=0.25), white)
    fold = [
        (-w * 1.0, -0.3),
        (0.0, -0.37),
        (w * 1.0, -0.3),
        (w * 1.05, -0.44),
        (0.0, -0.51),
        (-w * 1.05, -0.44),
    ]
    ink.piece(canvas, smooth(fold, tension=0.25), white, shade=-0.07)
    if ball.cos > -0.2:
        _cross(canvas, ink, x, -0.62, 0.1, "#d2323a")


def _peaked(
    canvas: skia.Canvas, ink: Ink, ball: Ball, w: float, cloth: str, band: str, badge: Callable[[float], None]
) -> None:
    top = [(-w * 1.28, -0.54), (-w * 0.8, -0.74), (0.0, -0.82), (w * 0.8, -0.74), (w * 1.28, -0.54)]
    ink.piece(canvas, smooth([*top, (w * 0.98, -0.4), (-w * 0.98, -0.4)], tension=0.4), cloth)
    ink.piece(canvas, rounded(-w * 1.04, -0.46, w * 1.04, -0.26, 0.04), band)
    if ball.cos > -0.3:
        x = front(ball)
        peak = [(x - w * 0.86, -0.28), (x, -0.24), (x + w * 0.86, -0.28), (x + w * 0.6, -0.13), (x, -0.08)]
        ink.piece(canvas, smooth([*peak, (x - w * 0.6, -0.13)], tension=0.4), "#16171c")
        badge(x)


def _police(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    def badge(x: float) -> None:
        ink.piece(canvas, star(x, -0.47, 0.17, 0.08, 6), "#f2d060")
        ink.piece(canvas, ellipse(x, -0.47, 0.05, 0.05), "#d8dde4")

    _peaked(canvas, ink, ball, w, mixed(look.dress_colour, "#1f3060", 0.7), "#11151f", badge)


def _railway(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    def badge(x: float) -> None:
        ink.piece(canvas, rounded(x - 0.17, -0.43, x + 0.17, -0.3, 0.04), "#e8c050")

    cloth = mixed(look.hat_colour, shaded(look.dress_colour, -0.3), 0.7)
    _peaked(canvas, ink, ball, w, cloth, shaded(cloth, -0.35), badge)


def _post(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    def badge(x: float) -> None:
        ink.piece(canvas, rounded(x - 0.16, -0.62, x + 0.16, -0.42, 0.01), "#fbf6e8")
        ink.mark(canvas, line([(x - 0.15, -0.61), (x, -0.5), (x + 0.15, -0.61)]), "#b0402f", 0.022)

    cloth = shaded(look.dress_colour, -0.2)
    _peaked(canvas, ink, ball, w, cloth, "#c8402f", badge)


def _captain(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    def badge(x: float) -> None:
        ink.mark(canvas, line([(x, -0.62), (x, -0.4)]), "#e8c050", 0.035)
        hook = [(x - 0.1, -0.48), (x - 0.06, -0.41), (x, -0.39), (x + 0.06, -0.41), (x + 0.1, -0.48)]
        ink.mark(canvas, line(hook), "#e8c050", 0.032)

    _peaked(canvas, ink, ball, w, "#f6f3ea", "#1c2436", badge)


def _tricorne(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    felt = "#231f26"
    brim = [(-w * 1.95, -0.36), (-w * 1.15, -0.74), (0.0, -0.98), (w * 1.15, -0.74), (w * 1.95, -0.36)]
    low = [(w * 1.0, -0.27), (0.0, -0.2), (-w * 1.0, -0.27)]
    ink.piece(canvas, smooth([*brim, *low], tension=0.4), felt)
    ink.mark(canvas, line([(-w * 1.88, -0.37), *brim[1:4], (w * 1.88, -0.37)]), "#d8b04a", 0.035)
    if ball.cos > -0.2:
        x = front(ball, 0.35)
        for side in (-1, 1):
            ink.mark(canvas, line([(x - side * 0.19, -0.42), (x + side * 0.19, -0.64)]), "#f4efe2", 0.05)
        ink.piece(canvas, ellipse(x, -0.58, 0.13, 0.12), "#f4efe2")
        ink.piece(canvas, rounded(x - 0.07, -0.5, x + 0.07, -0.42, 0.02), "#f4efe2")
        for side in (-1, 1):
            ink.piece(canvas, ellipse(x + side * 0.05, -0.58, 0.034, 0.036), felt)


def _cone(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    for side in (-1, 1):
        if side * ball.sin > 0.4:
            continue  # it would be before the brow
        for x, y, r in ((1.05, -0.12, 0.2), (1.22, -0.3, 0.2), (1.0, -0.42, 0.18), (1.2, 0.05, 0.17)):
            ink.piece(canvas, ellipse(side * x * w, y, r, r), "#e8642a", shade=0.04 * side)
    x = 0.14
    ink.piece(
        canvas, smooth([(x - 0.24, -0.46), (x + 0.02, -1.05), (x + 0.26, -0.44)], tension=0.12), "#3a74c0"
    )
    for px, py in ((x - 0.06, -0.6), (x + 0.1, -0.66), (x + 0.02, -0.82)):
        ink.piece(canvas, ellipse(px, py, 0.035, 0.035), "#f6e04a")
    ink.piece(canvas, ellipse(x + 0.02, -1.06, 0.09, 0.09), "#f6e04a")


def _beret(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    red = "#a8263c"
    flop = [
        (-w * 0.95, -0.3),
        (-w * 1.1, -0.5),
        (-w * 0.2, -0.72),
        (w * 1.0, -0.66),
        (w * 1.6, -0.42),
        (w * 1.2, -0.26),
    ]
    ink.piece(canvas, smooth([*flop, (0.0, -0.26)], tension=0.5), red)
    ink.mark(canvas, line([(-w * 0.98, -0.3), (0.0, -0.24), (w * 1.0, -0.3)]), shaded(red, -0.35), 0.05)
    ink.mark(canvas, line([(0.12, -0.68), (0.18, -0.8)]), red, 0.045)


def _mirror(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    ink.mark(canvas, line([(-w * 1.04, -0.3), (0.0, -0.27), (w * 1.04, -0.3)]), "#3a3a40", 0.055)
    if ball.cos > -0.2:
        x = front(ball)
        ink.piece(canvas, ellipse(x, -0.4, 0.17, 0.17), "#d8e4ec")
        ink.mark(canvas, ellipse(x, -0.4, 0.17, 0.17), "#7d8a94", 0.025)
        ink.piece(canvas, ellipse(x, -0.4, 0.05, 0.05), "#4a555e")


def _wig(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    white = "#eeeae0"
    for side in (-1, 1):
        for k in range(5):
            ink.piece(
                canvas,
                ellipse(side * w * (1.1 + 0.02 * k), -0.28 + 0.19 * k, 0.17, 0.13),
                white,
                shade=-0.03 * k,
            )
    ink.piece(canvas, dome(w * 1.2, -0.2, -0.68), white)
    for a in (-60, -36, -12, 12, 36, 60):
        x, y = w * 1.08 * math.sin(math.radians(a)), -0.26 - 0.16 * math.cos(math.radians(a))
        ink.mark(canvas, ellipse(x, y, 0.07, 0.06), shaded(white, -0.22), 0.016)


def _veil(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    back = -ball.sin * 0.16
    for side in (-1, 1):
        if side * ball.sin > 0.45:
            continue
        x = side * w
        fall = [
            (x * 0.5, -0.58),
            (x * 1.2, -0.36),
            (x * 1.62 + back, 0.4),
            (x * 2.0 + back, 1.5),
            (x * 1.0 + back, 1.5),
        ]
        ink.piece(canvas, smooth([*fall, (x * 0.98, 0.2)], tension=0.35), "#ffffff", alpha=0.75)
    for a in range(-70, 71, 28):
        x, y = w * 1.02 * math.sin(math.radians(a)), -0.28 - 0.24 * math.cos(math.radians(a))
        ink.piece(canvas, ellipse(x, y, 0.085, 0.08), "#fff6f0" if a % 56 else "#f0a8b8")
        ink.piece(canvas, ellipse(x, y, 0.026, 0.026), "#f2cc50")


def _stetson(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = mixed("#8a5a30", look.hat_colour, 0.15)
    crown = [
        (-w * 0.95, -0.34),
        (-w * 0.8, -0.86),
        (-w * 0.3, -0.94),
        (0.0, -0.84),
        (w * 0.3, -0.94),
        (w * 0.8, -0.86),
    ]
    ink.piece(canvas, smooth([*crown, (w * 0.95, -0.34)], tension=0.4), c)
    ink.mark(canvas, line([(-w * 0.93, -0.4), (0.0, -0.36), (w * 0.93, -0.4)]), "#3a2418", 0.075)
    brim = [(-w * 2.05, -0.54), (-w * 1.4, -0.32), (0.0, -0.22), (w * 1.4, -0.32), (w * 2.05, -0.54)]
    ink.piece(
        canvas, smooth([*brim, (w * 1.2, -0.2), (0.0, -0.12), (-w * 1.2, -0.2)], tension=0.4), c, shade=-0.1
    )


def _bells(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    for side, colour in ((-1, "#2f6fb0"), (1, "#c8323c")):
        horn = [
            (0.0, -0.62),
            (side * w * 1.0, -0.8),
            (side * w * 1.9, -0.42),
            (side * w * 1.3, -0.44),
            (side * w * 1.06, -0.2),
            (0.0, -0.24),
        ]
        ink.piece(canvas, smooth(horn, tension=0.4), colour)
        ink.piece(canvas, ellipse(side * w * 1.92, -0.38, 0.09, 0.09), "#f2c84a")
    ink.piece(canvas, smooth([(-0.2, -0.5), (0.0, -1.06), (0.2, -0.5)], tension=0.3), "#e8b83a")
    ink.piece(canvas, ellipse(0.0, -1.08, 0.085, 0.085), "#f2c84a")


def _pith(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    c = "#d8c490"
    ink.piece(canvas, dome(w * 1.12, -0.22, -0.76), c)
    brim = [
        (-w * 1.6, -0.14),
        (-w * 0.9, -0.32),
        (0.0, -0.3),
        (w * 0.9, -0.32),
        (w * 1.6, -0.14),
        (0.0, -0.08),
    ]
    ink.piece(canvas, smooth(brim, tension=0.4), c, shade=-0.12)
    ink.mark(canvas, line([(-w * 1.08, -0.34), (0.0, -0.3), (w * 1.08, -0.34)]), "#8a6a3a", 0.07)


def _santa(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    back = -1.0 if ball.sin > 0 else 1.0
    cap = [
        (-w * 1.08, -0.26),
        (-w * 0.7, -0.74),
        (back * 0.3, -0.9),
        (back * 0.72, -0.5),
        (back * 0.4, -0.58),
        (w * 1.08, -0.26),
    ]
    if back < 0:
        cap = [
            (-x, y)
            for x, y in reversed(
                [
                    (-w * 1.08, -0.26),
                    (-w * 0.7, -0.74),
                    (0.3, -0.9),
                    (0.72, -0.5),
                    (0.4, -0.58),
                    (w * 1.08, -0.26),
                ]
            )
        ]
    ink.piece(canvas, smooth(cap, tension=0.4), "#c8282e")
    ink.piece(canvas, rounded(-w * 1.2, -0.36, w * 1.2, -0.18, 0.09), "#faf6ee")
    ink.piece(canvas, ellipse(back * 0.74, -0.46, 0.12, 0.12), "#faf6ee")


def _coif(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    for colour, out in (("#22222a", 1.34), ("#f8f5ec", 1.06)):
        s = ball.sin * w * 0.24
        outer = [
            (-w * out, 0.62),
            (-w * out * 1.06, 0.0),
            (-w * out * 0.8, -0.44),
            (0.0, -0.5 - 0.16 * (out - 0.96)),
            (w * out * 0.8, -0.44),
            (w * out * 1.06, 0.0),
            (w * out, 0.62),
        ]
        inner = [
            (w * 0.74 + s, 0.44),
            (w * 0.84 + s, 0.0),
            (w * 0.6 + s, -0.3),
            (s, -0.34),
            (-w * 0.6 + s, -0.3),
            (-w * 0.84 + s, 0.0),
            (-w * 0.74 + s, 0.44),
        ]
        if ball.cos < -0.2:
            ink.piece(canvas, smooth([*outer, (0.0, 0.7)]), "#22222a")
            return
        ink.piece(canvas, smooth([*outer, *inner], tension=0.4), colour)


def _headcloth(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    """A white cloth that falls to the shoulders, held by a black cord about the head."""
    white, s = "#f4ecd8", ball.sin * w * 0.3
    sides = [
        (w * 0.98 + s, 0.1),
        (w * 0.9 + s, -0.22),
        (0.0 + s, -0.36),
        (-w * 0.9 + s, -0.22),
        (-w * 0.98 + s, 0.1),
    ]
    outer = [
        (-w * 1.36, 0.74),
        (-w * 1.2, 0.1),
        (-w * 1.02, -0.5),
        (0.0, -0.74),
        (w * 1.02, -0.5),
        (w * 1.2, 0.1),
        (w * 1.36, 0.74),
    ]
    inner = [(w * 0.86 + s, 0.7), *sides, (-w * 0.86 + s, 0.7)]
    back = ball.cos < -0.2
    ink.piece(canvas, smooth([*outer, (0.0, 0.8)] if back else [*outer, *inner], tension=0.3), white)
    for k in (-1, 1):
        ink.mark(canvas, line([(k * w * 1.08, -0.1), (k * w * 1.2, 0.6)]), "#cfc2a2", 0.02)
    for y in (-0.4, -0.32):
        ink.mark(
            canvas, line([(-w * 1.05, y + 0.05), (s * 0.5, y - 0.02), (w * 1.05, y + 0.05)]), "#2a2622", 0.06
        )


def _net(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    drape = [(-w * 1.5, -0.26), (-w * 1.4, 0.6), (0.0, 0.72), (w * 1.4, 0.6), (w * 1.5, -0.26)]
    ink.piece(canvas, smooth(drape, tension=0.3), "#4a4a48", alpha=0.28)
    for k in range(-3, 4):
        ink.mark(canvas, line([(k * w * 0.46, -0.22), (k * w * 0.43, 0.66)]), "#33332f", 0.012, alpha=0.6)
    for y in (-0.05, 0.18, 0.42):
        ink.mark(canvas, line([(-w * 1.46, y), (0.0, y + 0.06), (w * 1.46, y)]), "#33332f", 0.012, alpha=0.6)
    ink.piece(canvas, ellipse(0.0, -0.28, w * 1.8, 0.14), "#e0c880")
    ink.piece(canvas, dome(w * 1.0, -0.3, -0.7), "#e0c880", shade=0.06)


def _deerstalker(canvas: skia.Canvas, look: BodyLook, ink: Ink, ball: Ball, w: float) -> None:
    tweed = "#8a7048"
    for side in (-1, 1):
        ink.piece(
            canvas,
            smooth(
                [
                    (side * w * 0.7, -0.24),
                    (side * w * 1.6, -0.2),
                    (side * w * 1.5, -0.08),
                    (side * w * 0.7, -0.14),
                ],
                tension=0.4,
            ),
            tweed,
            shade=-0.2,
        )
    ink.piece(canvas, dome(w * 1.1, -0.2, -0.72), tweed)
    for side in (-1, 1):
        ink.piece(
            canvas,
            smooth(
                [
                    (side * w * 1.02, -0.3),
                    (side * w * 1.1, -0.6),
                    (side * w * 0.3, -0.74),
                    (side * w * 0.5, -0.4),
                ],
                tension=0.4,
            ),
            tweed,
            shade=0.08,
        )
    for k in (-0.5, 0.0, 0.5):
        ink.mark(canvas, line([(k * w, -0.66), (k * w * 1.4, -0.26)]), "#5a4526", 0.02)
    ink.piece(canvas, ellipse(0.0, -0.74, 0.08, 0.05), "#5a4526")


HEADGEAR: dict[str, Draw] = {
    **HELMETS,
    "nurse cap": _nurse,
    "police cap": _police,
    "railway cap": _railway,
    "post cap": _post,
    "captain cap": _captain,
    "tricorne": _tricorne,
    "clown cone": _cone,
    "beret": _beret,
    "head mirror": _mirror,
    "judge wig": _wig,
    "veil": _veil,
    "stetson": _stetson,
    "bells": _bells,
    "pith helmet": _pith,
    "santa hat": _santa,
    "coif": _coif,
    "headcloth": _headcloth,
    "bee net": _net,
    "deerstalker": _deerstalker,
}
"""By the name that ``people.json`` gives them."""
