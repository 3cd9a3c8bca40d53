"""Tails, backs, coat patterns, wings and neckwear of animals; shares of the shoulder height."""

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


def _between(one: list[Point], other: list[Point], share: float) -> list[Point]:
    return [
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in zip(one, other, strict=True)
    ]


def _laid(spine: list[Point], floor: float) -> list[Point]:
    """The spine of a tail, along the ground where it would go below ``floor``."""
    return [(x - 0.7 * max(0.0, y - floor), min(y, floor)) for x, y in spine]


def _upheld(x: float, y: float, wave: float) -> list[Point]:
    """A cat's, carried up in an S."""
    return [(x + 0.08, y), (x - 0.2, y + 0.08), (x - 0.36, y - 0.12), (x - 0.4 + wave * 0.08, y - 0.46)]


def _hung(x: float, y: float, wave: float) -> list[Point]:
    return [
        (x + 0.08, y),
        (x - 0.12, y + 0.06),
        (x - 0.22 + wave * 0.03, y + 0.32),
        (x - 0.3 + wave * 0.08, y + 0.54),
    ]


def _trailed(x: float, y: float, wave: float) -> list[Point]:
    """A mouse's, behind it along the ground."""
    return [(x + 0.08, y), (x - 0.26, y + 0.12), (x - 0.46, y + 0.2), (x - 0.72, y + 0.16 - wave * 0.06)]


_HUNG = {"long": _upheld, "thin": _trailed, "ringed": _trailed, "tuft": _hung}


def draw_tail(
    canvas: skia.Canvas,
    ink: Ink,
    coat: str,
    row: dict[str, Any],
    root: Point,
    wave: float,
    low: bool,
    stream: float = 0.0,
) -> None:
    """The tail from ``root``; ``wave`` -1 to 1 swings it; ``stream`` 0 hangs, 1 flies out behind."""
    kind = row.get("tail", "long")
    x, y = root
    drop = 0.1 if low else 0.0
    if kind == "none":
        return
    if kind == "curl" and row.get("snoutdisc"):  # a pig's: a small ring
        ring = [(0.08, 0.0), (-0.06, -0.02), (-0.15, -0.1), (-0.1, -0.18), (-0.03, -0.12), (-0.12, -0.06)]
        curl = [(x + dx, y + dy + 0.02 * wave) for dx, dy in [*ring, (-0.22, -0.12)]]
        ink.mark(canvas, line(curl), shaded(coat, -0.14), 0.05)
        return
    if kind == "bushy":
        hung = [
            (x + 0.08, y - 0.02),
            (x - 0.2, y + 0.08),
            (x - 0.36 + wave * 0.04, y + 0.32),
            (x - 0.56 + wave * 0.1, y + 0.46),
        ]
        flown = [
            (x + 0.08, y),
            (x - 0.24, y + 0.04 - wave * 0.04),
            (x - 0.52, y + 0.16 - wave * 0.1 + drop),
            (x - 0.74, y + 0.1 - wave * 0.14 + drop),
        ]
        spine = _laid(_between(hung, flown, stream), -0.12)
        ink.piece(canvas, tube(spine, (0.12, 0.22, 0.26, 0.05)), coat, shade=-0.04)
        if row.get("tip"):
            end = [
                ((spine[2][0] * 2 + spine[3][0]) / 3 - 0.04, (spine[2][1] * 2 + spine[3][1]) / 3),
                spine[3],
            ]
            ink.piece(
                canvas,
                tube(
                    [*end[:1], ((end[0][0] + end[1][0]) / 2, (end[0][1] + end[1][1]) / 2), end[1]],
                    (0.22, 0.17, 0.05),
                ),
                row["tip"],
            )
    elif kind == "squirrel":
        spine = [
            (x + 0.06, y + 0.1),
            (x - 0.3, y - 0.04),
            (x - 0.38, y - 0.55 + wave * 0.03),
            (x - 0.2, y - 0.92),
            (x - 0.5 + wave * 0.04, y - 1.02),
        ]
        ink.piece(canvas, tube(spine, (0.16, 0.36, 0.46, 0.36, 0.08)), coat, shade=-0.05)
    elif kind in ("stub", "puff"):
        r = 0.11 if kind == "puff" else 0.085
        ink.piece(
            canvas,
            ellipse(x - 0.04, y + 0.02 + wave * 0.01, r, r * 0.9),
            mixed(coat, "#ffffff", 0.75 if kind == "puff" else 0.1),
        )
    elif kind == "horse":
        hair = shaded(coat, -0.3)
        spine = [
            (x + 0.05, y),
            (x - 0.14, y + 0.06),
            (x - 0.2 + wave * 0.05, y + 0.34),
            (x - 0.14 + wave * 0.12, y + 0.66),
        ]
        flown = [
            (x + 0.05, y),
            (x - 0.16, y - 0.03),
            (x - 0.4, y + 0.1 + wave * 0.04),
            (x - 0.6, y + 0.3 + wave * 0.08),
        ]
        spine = _between(spine, flown, stream)
        if low:  # along the ground behind it, not into it
            spine[2:] = [(x - 0.24, y + 0.16), (x - 0.42, y + 0.19 + 0.02 * wave)]
        ink.piece(canvas, tube(spine, (0.08, 0.15, 0.18, 0.05)), hair)
    elif kind == "flat":
        ink.piece(canvas, ellipse(x - 0.3, y + 0.26, 0.36, 0.13, -24), shaded(coat, -0.4))
        for k in (-0.15, 0.0, 0.15):
            ink.mark(
                canvas,
                line([(x - 0.3 + k - 0.06, y + 0.2 - k * 0.4), (x - 0.3 + k + 0.06, y + 0.32 - k * 0.4)]),
                shaded(coat, -0.2),
                0.018,
            )
    elif kind in ("thick", "lizard", "dragon"):
        reach = {"thick": 0.9, "lizard": 1.25, "dragon": 1.15}[kind]
        spine = [
            (x + 0.3, y + 0.1),
            (x - 0.1, y + 0.16),
            (x - reach * 0.5, y + 0.32 + wave * 0.04),
            (x - reach, y + 0.26 - wave * 0.14),
        ]
        d = row.get("depth", 0.5)
        ink.piece(canvas, tube(spine, (d * 0.8, d * 0.56, d * 0.3, 0.04)), coat)
        if kind == "dragon":
            ex, ey = spine[-1]
            ink.piece(
                canvas,
                polygon(
                    [(ex + 0.08, ey), (ex - 0.04, ey - 0.14), (ex - 0.22, ey - 0.02), (ex - 0.04, ey + 0.12)]
                ),
                coat,
                shade=-0.25,
            )
    else:
        lift = {"curl": -0.42, "long": -0.3, "thin": 0.3, "tuft": 0.36, "ringed": 0.0}.get(kind, 0.0)
        width = {"thin": 0.045, "tuft": 0.055, "ringed": 0.17, "curl": 0.11}.get(kind, 0.085)
        if kind == "curl":
            spine = [
                (x + 0.06, y),
                (x - 0.16, y - 0.12),
                (x - 0.26 + wave * 0.08, y - 0.34),
                (x - 0.12 + wave * 0.14, y - 0.44),
            ]
        else:
            flown = [
                (x + 0.08, y),
                (x - 0.26, y + 0.08),
                (x - 0.46, y + lift * 0.5 + 0.06),
                (x - 0.6 + wave * 0.06, y + lift - wave * 0.1),
            ]
            spine = _laid(
                _between(_HUNG.get(kind, _hung)(x, y, wave), flown, stream),
                -0.1 if kind == "ringed" else -0.05,
            )
        (ax, ay), (bx, by) = spine[2], spine[3]
        near = ax + (bx - ax) * 0.85, ay + (by - ay) * 0.85  # or a long last piece would swing about its end
        whole = tube([*spine[:3], near, spine[3]], (width * 1.2, width, width, width * 0.72, width * 0.6))
        ink.piece(canvas, whole, coat, shade=-0.05)
        if kind == "tuft":
            ex, ey = spine[-1]
            flat = ey > -0.18  # it lies on the ground
            tuft = ellipse(ex - 0.06, ey - 0.02, 0.11, 0.06) if flat else ellipse(ex, ey + 0.04, 0.07, 0.11)
            ink.piece(canvas, tuft, shaded(coat, -0.45))
        elif kind == "ringed":
            for i in range(5):
                k = 0.7 + 0.5 * i
                a, b = spine[int(k)], spine[min(3, int(k) + 1)]
                px, py = (a[j] + (b[j] - a[j]) * (k % 1.0) for j in (0, 1))
                ink.piece(canvas, ellipse(px, py, 0.042, 0.11), "#26242a")


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
