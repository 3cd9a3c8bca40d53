"""Ears, horns and antlers, in head sizes."""

from __future__ import annotations

import math
from typing import Any

import skia

from ..ink import Ink, mixed, shaded
from .face import Ball
from .shapes import Point, ellipse, smooth, tube

_EARS: dict[str, tuple[tuple[float, float], ...]] = {
    "point": ((-0.17, 0.06), (-0.1, -0.28), (0.02, -0.5), (0.14, -0.24), (0.17, 0.06)),
    "horse": ((-0.11, 0.08), (-0.09, -0.2), (0.04, -0.42), (0.1, -0.18), (0.11, 0.08)),
    "tuft": ((-0.14, 0.06), (-0.06, -0.26), (0.03, -0.58), (0.1, -0.26), (0.14, 0.06)),
    "flop": ((-0.1, -0.06), (0.1, -0.1), (0.3, 0.12), (0.28, 0.5), (0.12, 0.5), (0.02, 0.2)),
    "hare": ((-0.12, 0.08), (-0.17, -0.5), (-0.02, -1.0), (0.14, -0.5), (0.12, 0.08)),
    "long": ((-0.11, 0.08), (-0.15, -0.34), (0.0, -0.72), (0.13, -0.34), (0.11, 0.08)),
    "side": ((-0.02, 0.0), (0.16, -0.14), (0.44, -0.08), (0.4, 0.1), (0.14, 0.14)),
}
_ROUND = {"round": 0.19, "mouse": 0.34, "koala": 0.36, "small": 0.12}


def draw_ears(
    canvas: skia.Canvas, ink: Ink, coat: str, row: dict[str, Any], ball: Ball, t: float, *, far: bool
) -> None:
    """The far ear is drawn before the skull, the near one after it; from behind both after."""
    kind = row.get("ear", "round")
    if kind == "none":
        return
    twitch = 5 * max(0.0, math.sin(t * 1.1)) ** 8
    near_side = -1 if ball.sin > 0.3 else 0
    colour = "#26262a" if row.get("panda") else coat
    inner = mixed(coat, "#e8a498", 0.5)
    for side in (-1, 1):
        near = side == near_side
        if near == far:
            continue
        spread = 62 if kind in ("flop", "side", "elephant", "koala") else 42
        x = ball.at(side * spread, 0)[0] * 0.92 - ball.sin * 0.14
        y = -0.36 if spread == 42 else -0.2
        lean = side * (14 + twitch) - ball.sin * 12
        if kind == "elephant":
            x, k = x - ball.sin * 0.2, (-1 if ball.sin > 0.3 else side)
            ear = [
                (x, -0.34),
                (x + k * 0.4, -0.5),
                (x + k * 0.72, -0.2),
                (x + k * 0.62, 0.36),
                (x + k * 0.26, 0.56),
                (x, 0.24),
            ]
            ink.piece(canvas, smooth(ear), coat, shade=-0.07)
        elif kind in _ROUND:
            r = _ROUND[kind]
            ink.piece(canvas, ellipse(x, y - r * 0.3, r, r), colour)
            if not row.get("panda"):
                ink.piece(canvas, ellipse(x + 0.01, y - r * 0.25, r * 0.6, r * 0.62), inner)
        else:
            canvas.save()
            canvas.translate(x, y)
            canvas.rotate(lean)
            flip = side if kind in ("flop", "side") and not near else (-1 if kind in ("flop", "side") else 1)
            canvas.scale(flip, 1)
            points: list[Point] = list(_EARS[kind])
            ink.piece(canvas, smooth(points, tension=0.42), colour, shade=-0.1 if kind == "flop" else 0.0)
            if kind != "flop":
                middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
                core = [
                    (middle[0] + (px - middle[0]) * 0.55, middle[1] + (py - middle[1]) * 0.62 + 0.03)
                    for px, py in points
                ]
                ink.piece(canvas, smooth(core, tension=0.42), inner)
            canvas.restore()


def draw_horns(canvas: skia.Canvas, ink: Ink, row: dict[str, Any], ball: Ball, *, far: bool) -> None:
    """Horns and antlers; those in the middle of the face count as near."""
    kind = row.get("horns")
    if not kind:
        return
    if kind in ("unicorn", "rhino"):
        if not far and ball.cos > -0.2:
            x = ball.at(0, 0)[0]
            if kind == "unicorn":
                horn = tube(
                    [(x * 0.6, -0.34), (x * 0.8 + ball.sin * 0.2, -0.75), (x + ball.sin * 0.36, -1.12)],
                    (0.15, 0.1, 0.02),
                )
                ink.piece(canvas, horn, "#f6e2a0")
            else:
                tip = ball.sin * 0.95
                ink.piece(
                    canvas,
                    smooth([(tip - 0.12, 0.16), (tip + 0.12, -0.42), (tip + 0.16, 0.2)], tension=0.3),
                    "#e8e0cc",
                )
                ink.piece(
                    canvas,
                    smooth([(tip - 0.38, 0.06), (tip - 0.26, -0.2), (tip - 0.16, 0.1)], tension=0.3),
                    "#e8e0cc",
                )
        return
    for side in (-1, 1):
        if (side == (1 if ball.sin >= 0 else -1)) != far:
            continue
        x = ball.at(side * 30, 0)[0] - ball.sin * 0.12
        out = side * max(0.4, ball.cos) - ball.sin * 0.35
        _HORNS[kind](canvas, ink, x, out)


def _bull(canvas: skia.Canvas, ink: Ink, x: float, out: float, size: float = 1.0) -> None:
    ink.piece(
        canvas,
        tube(
            [(x, -0.32), (x + out * 0.34 * size, -0.36), (x + out * 0.5 * size, -0.6 * size - 0.1)],
            (0.16, 0.12, 0.03),
        ),
        "#efe6d0",
    )


def _small(canvas: skia.Canvas, ink: Ink, x: float, out: float) -> None:
    _bull(canvas, ink, x, out, 0.6)


def _goat(canvas: skia.Canvas, ink: Ink, x: float, out: float) -> None:
    ink.piece(
        canvas,
        tube(
            [
                (x, -0.32),
                (x + out * 0.08 - 0.02, -0.8),
                (x - 0.2 + out * 0.1, -0.98),
                (x - 0.44 + out * 0.1, -0.94),
            ],
            (0.18, 0.15, 0.1, 0.04),
        ),
        "#85704f",
    )


def _dragon(canvas: skia.Canvas, ink: Ink, x: float, out: float) -> None:
    ink.piece(
        canvas,
        tube([(x, -0.3), (x - 0.18 + out * 0.1, -0.56), (x - 0.5 + out * 0.12, -0.66)], (0.16, 0.11, 0.02)),
        "#efe2c0",
    )


def _ossicones(canvas: skia.Canvas, ink: Ink, x: float, out: float) -> None:
    ink.piece(canvas, tube([(x, -0.3), (x + out * 0.03, -0.62)], (0.11, 0.1)), "#b8843c")
    ink.piece(canvas, ellipse(x + out * 0.03, -0.66, 0.09, 0.08), "#3a2a20")


def _antlers(canvas: skia.Canvas, ink: Ink, x: float, out: float) -> None:
    bone = "#b8996a"
    beam = [(x, -0.36), (x + out * 0.28 - 0.04, -0.72), (x + out * 0.3, -1.12), (x + out * 0.16, -1.5)]
    ink.piece(canvas, tube(beam, (0.12, 0.1, 0.08, 0.03)), bone)
    for (bx, by), (dx, dy) in ((beam[1], (0.34, -0.3)), (beam[2], (0.36, -0.26)), (beam[1], (-0.06, -0.34))):
        ink.piece(
            canvas,
            tube(
                [
                    (bx, by),
                    (bx + abs(out) * dx * 0.7 + 0.02, by + dy * 0.5),
                    (bx + abs(out) * dx + 0.04, by + dy),
                ],
                (0.08, 0.06, 0.02),
            ),
            bone,
        )


def _palms(canvas: skia.Canvas, ink: Ink, x: float, out: float) -> None:
    shape = [
        (x, -0.34),
        (x + out * 0.4, -0.46),
        (x + out * 0.95, -0.96),
        (x + out * 0.74, -0.86),
        (x + out * 0.66, -1.14),
    ]
    shape += [
        (x + out * 0.5, -0.92),
        (x + out * 0.34, -1.12),
        (x + out * 0.26, -0.78),
        (x + out * 0.08, -0.52),
    ]
    ink.piece(canvas, smooth(shape, tension=0.34), shaded("#b8996a", 0.0))


_HORNS = {
    "bull": _bull,
    "small": _small,
    "goat": _goat,
    "dragon": _dragon,
    "ossicones": _ossicones,
    "antlers": _antlers,
    "palms": _palms,
}
