"""Backs, coat patterns, wings and neckwear of animals; shares of the shoulder height."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Worn
from ..ink import Ink, mixed, shaded
from .shapes import Point, ellipse, line, polar, polygon, smooth, tube

At = Callable[[float, float], Point]
"""(along the trunk 0 to 1, up -0.5 to 0.5) to the page."""


def draw_pattern(canvas: skia.Canvas, ink: Ink, coat: str, row: dict[str, Any], at: At, seed: int) -> None:
    """Stripes, spots and patches, clipped to the trunk by the caller."""
    chance = random.Random(seed)
    stripes, spots = row.get("stripes"), row.get("spots")
    if stripes:
        dark = "#26242a" if stripes == 3 else shaded(coat, -0.62 if stripes == 2 else -0.35)
        for i in range(9 if stripes > 1 else 6):
            x = -0.15 + i * (0.16 if stripes > 1 else 0.24)
            low = -0.12 if stripes < 3 else -0.46
            stripe = line([at(x, 0.54), at(x + 0.04, 0.2), at(x - 0.02, low * (0.7 if i % 2 else 1.0))])
            ink.mark(canvas, stripe, dark, 0.045 if stripes > 1 else 0.03)
    if spots:
        colour = {1: shaded(coat, -0.6), 2: mixed(coat, "#fff6e4", 0.6), 3: shaded(coat, -0.42)}[spots]
        for i in range(26 if spots != 3 else 16):
            x, y = -0.2 + (i * 0.618 % 1) * 1.5, -0.32 + (i * 0.2755 % 1) * 0.8
            if spots == 2 and y < 0.08:
                continue
            r = (0.03 if spots < 3 else 0.085) * (0.8 + 0.4 * chance.random())
            ink.piece(canvas, ellipse(*at(x, y), r * 1.15, r, chance.random() * 90), colour)
    if row.get("patches"):
        for x, y, r in ((0.1, 0.3, 0.2), (0.62, 0.1, 0.24), (0.98, 0.42, 0.16), (0.3, -0.4, 0.14)):
            ink.piece(
                canvas,
                ellipse(*at(x, y), r, r * 0.74, 20),
                "#2a2624" if sum(bytes.fromhex(coat[1:])) > 500 else "#f4eee2",
            )


def _shell(canvas: skia.Canvas, ink: Ink, coat: str, at: At) -> None:
    shell = mixed(coat, "#6a5030", 0.45)
    dome = [
        at(-0.4, -0.3),
        at(-0.34, 0.3),
        at(0.0, 0.92),
        at(0.5, 1.12),
        at(1.0, 0.92),
        at(1.34, 0.3),
        at(1.36, -0.3),
    ]
    ink.piece(canvas, smooth([*dome, at(0.5, -0.42)]), shell)
    for x, y in ((0.12, 0.4), (0.5, 0.56), (0.88, 0.4)):
        px, py = at(x, y)
        cell = [(px + polar(a, 0.17)[0], py + polar(a, 0.15)[1]) for a in range(0, 360, 60)]
        ink.piece(canvas, polygon(cell), shell, shade=0.14)
    ink.mark(canvas, line([at(-0.38, -0.2), at(0.5, -0.32), at(1.36, -0.2)]), shaded(shell, 0.25), 0.05)


def _spines(canvas: skia.Canvas, ink: Ink, coat: str, at: At) -> None:
    dark = shaded(coat, -0.4)
    for ring, (reach, count) in enumerate(((1.0, 15), (0.76, 12))):
        points: list[Point] = []
        for i in range(count * 2 + 1):
            a = math.pi * i / (count * 2)
            r = reach * (1.16 if i % 2 else 0.94)
            points.append(at(0.42 - math.cos(a) * 0.88 * r, -0.25 + math.sin(a) * 1.02 * r))
        ink.piece(canvas, polygon(points), dark, shade=0.16 * ring)


def _frill(canvas: skia.Canvas, ink: Ink, coat: str, at: At) -> None:
    for i in range(8):
        x = -0.2 + i * 0.19
        size = 0.2 * math.sin(math.pi * (i + 1) / 9) + 0.05
        ink.piece(
            canvas,
            polygon([at(x - 0.08, 0.44), at(x - 0.02, 0.5 + size), at(x + 0.09, 0.44)]),
            coat,
            shade=-0.25,
        )


def _shaggy(canvas: skia.Canvas, ink: Ink, coat: str, at: At) -> None:
    points = [at(-0.25, 0.0)]
    for i in range(15):
        points.append(at(-0.2 + i * 0.1, -0.8 if i % 2 else -0.5))
    ink.piece(canvas, polygon([*points, at(1.2, 0.0)]), coat, shade=-0.08)


BACKS: dict[str, Callable[[skia.Canvas, Ink, str, At], None]] = {
    "shell": _shell,
    "spines": _spines,
    "frill": _frill,
    "shaggy": _shaggy,
}


def draw_wing(
    canvas: skia.Canvas,
    ink: Ink,
    coat: str,
    root: Point,
    t: float,
    *,
    far: bool,
    membrane: bool,
    air: bool = False,
) -> None:
    """A great wing from the shoulder; in the ``air`` it is spread wider and beats from above to below."""
    flap = math.sin(t * (5.2 if air else 3.2) + (0.3 if far else 0.0))
    if air:
        canvas.save()
        canvas.translate(*root)
        canvas.rotate(-18 - 34 * flap if flap > 0 else -18 - 62 * flap)
        canvas.scale(1.35, 1.35)
        canvas.translate(-root[0], -root[1])
    x, y = root
    up = -0.9 - 0.25 * flap
    shade = -0.18 if far else -0.06
    tip = (x - 0.75 - (0.0 if far else 0.1), y + up + 0.1)
    elbow = (x - 0.12, y + up * 0.95)
    edge = [
        (x - 0.9, y + up * 0.3 + 0.1),
        (x - 0.66, y + up * 0.28),
        (x - 0.56, y + 0.06),
        (x - 0.34, y + up * 0.1),
        (x - 0.2, y + 0.14),
    ]
    shape = smooth([(x, y), elbow, tip, *edge], tension=0.25 if membrane else 0.5)
    ink.piece(
        canvas, shape, mixed(coat, "#f0c088", 0.25) if membrane else mixed(coat, "#ffffff", 0.3), shade=shade
    )
    for end in (tip, edge[0], edge[2]):
        bone = line([elbow, ((elbow[0] + end[0]) / 2 - 0.03, (elbow[1] + end[1]) / 2), end])
        ink.mark(canvas, bone, shaded(coat, -0.25), 0.03 if membrane else 0.012)
    if air:
        canvas.restore()


def draw_neckwear(
    canvas: skia.Canvas, ink: Ink, look: BodyLook, place: Point, angle: float, thick: float
) -> None:
    """A scarf, collar or medal round an animal's neck."""
    if not {Worn.scarf, Worn.collar, Worn.necklace, Worn.medal} & set(look.worn):
        return
    x, y = place
    nx, ny = polar(angle + 90, thick * 0.62)
    band = line([(x - nx, y - ny), (x + nx * 0.1 + 0.02, y + ny * 0.1 + 0.03), (x + nx, y + ny)])
    scarf = Worn.scarf in look.worn
    ink.mark(canvas, band, look.trim_colour, 0.13 if scarf else 0.05)
    if scarf:
        tail = tube(
            [(x + nx * 0.6, y + ny * 0.6), (x + nx * 0.5 - 0.06, y + ny + 0.12), (x - 0.12, y + ny + 0.26)],
            (0.1, 0.11, 0.12),
        )
        ink.piece(canvas, tail, look.trim_colour, shade=-0.12)
    elif Worn.medal in look.worn or Worn.collar in look.worn:
        ink.piece(canvas, ellipse(x + nx + 0.01, y + ny + 0.04, 0.05, 0.05), "#f0c040")


def draw_tongue(canvas: skia.Canvas, ink: Ink, muzzle: float, t: float) -> None:
    """The tongue of one that licks, out of a mouth ``muzzle`` ahead; in heights of the head."""
    stroke = math.sin(t * 6.0)
    x, y = 0.16 + muzzle, 0.3
    tip = (x + 0.5, y - 0.2 - 0.12 * stroke)
    spine = [(x, y), (x + 0.28, y + 0.05), tip]  # up, on to the cheek of the other
    ink.piece(canvas, tube(spine, (0.15, 0.16, 0.12)), "#ee7f92")
