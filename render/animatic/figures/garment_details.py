"""What is sewn on each garment: collars, buttons, lapels, belts, bibs, plates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import skia

from ....storyboard.vocabulary import Dress
from ..ink import mixed, shaded
from .shapes import Point, between, ellipse, line, polygon, smooth
from .skeleton import Skeleton
from .torso import Torso, hull

if TYPE_CHECKING:
    from .garments import Wardrobe


def _button(
    w: Wardrobe, canvas: skia.Canvas, torso: Torso, angle: float, v: float, size: float = 0.009
) -> None:
    if torso.seen(angle):
        w.ink.piece(canvas, ellipse(*torso.at(angle, v, 0.97), size, size), w.trim)


def _collar(w: Wardrobe, canvas: skia.Canvas, torso: Torso, colour: str) -> None:
    for side in (-1, 1):
        if torso.seen(side * 20):
            flap = [(0, 0.02), (side * 40, -0.05), (side * 52, 0.05), (side * 14, 0.14)]
            w.ink.piece(canvas, torso.panel(flap), colour, shade=0.06)


def _belt(w: Wardrobe, canvas: skia.Canvas, torso: Torso, colour: str, v: float = 0.8) -> None:
    band = [
        torso.edge(-1, v, 1.02),
        torso.edge(1, v, 1.02),
        torso.edge(1, v + 0.09, 1.02),
        torso.edge(-1, v + 0.09, 1.02),
    ]
    w.ink.piece(canvas, polygon(band), colour)
    if torso.seen(0):
        x, y = torso.at(0, v + 0.045)
        w.ink.piece(canvas, ellipse(x, y, 0.016, 0.016), w.trim, shade=0.15)


def _seam(w: Wardrobe, canvas: skia.Canvas, torso: Torso, low: float) -> None:
    if torso.seen(0):
        w.ink.mark(canvas, torso.seam([(0, 0.1), (0, 0.5), (0, low)]), shaded(w.top, -0.3), 0.006, alpha=0.7)


def _lapels(w: Wardrobe, canvas: skia.Canvas, torso: Torso, low: float, inner: str) -> None:
    if not torso.seen(0):
        return
    w.ink.piece(
        canvas, torso.panel([(-24, -0.02), (24, -0.02), (8, low * 0.7), (0, low), (-8, low * 0.7)]), inner
    )
    for side in (-1, 1):
        flap = [(side * 22, -0.05), (side * 50, 0.1), (side * 40, 0.2), (side * 26, 0.22), (0, low)]
        flap.append((side * 10, low * 0.5))
        w.ink.piece(canvas, torso.panel(flap), w.main, shade=-0.12)


def _shirt(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _seam(w, canvas, torso, 0.96)
    for v in (0.25, 0.45, 0.65):
        _button(w, canvas, torso, 0, v, 0.007)
    _belt(w, canvas, torso, "#4a3324", 0.94)
    _collar(w, canvas, torso, w.trim)


def _coat(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _seam(w, canvas, torso, 1.0)
    drape = w.hung
    if drape is not None and torso.seen(0):  # its edge goes over the lap and down from the knee
        over = drape.outline[3]
        edge = [torso.at(0, 0.95), between(torso.at(0, 1.0), over, 0.78), drape.hem[1]]
        w.ink.mark(canvas, line(edge), shaded(w.main, -0.3), 0.007)
    elif torso.seen(0):
        ends = w.hem_points(bones, w.cut.skirt * 0.97, 0.0)
        middle = ((ends[0][0] + ends[5][0]) / 2, (ends[0][1] + ends[5][1]) / 2)
        w.ink.mark(canvas, line([torso.at(0, 0.95), middle]), shaded(w.main, -0.35), 0.008)
    for v in (0.28, 0.48, 0.68, 0.88):
        _button(w, canvas, torso, -18, v)
        _button(w, canvas, torso, 18, v)
    for side in (-1, 1):
        if torso.seen(side * 48):
            w.ink.mark(
                canvas, torso.seam([(side * 32, 1.08), (side * 62, 1.04)]), shaded(w.main, -0.3), 0.011
            )
    for side in (-1, 1):
        flap = [(0, 0.06), (side * 20, -0.1), (side * 70, -0.06), (side * 60, 0.1), (side * 24, 0.17)]
        if torso.seen(side * 30):
            w.ink.piece(canvas, torso.panel(flap), w.main, shade=-0.14)


def _dress(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    band = [torso.edge(s, v, 1.03) for s, v in ((-1, 0.6), (1, 0.6), (1, 0.7), (-1, 0.7))]
    w.ink.piece(canvas, polygon(band), w.trim)
    if torso.seen(0):
        neckline = torso.panel([(-34, -0.02), (0, 0.1), (34, -0.02), (0, -0.06)])
        w.ink.piece(canvas, neckline, w.look.skin)
        w.ink.mark(canvas, torso.seam([(-36, -0.01), (0, 0.11), (36, -0.01)]), w.trim, 0.012)
    if (drape := w.hung) is not None:
        w.ink.mark(canvas, line([(x, y - 0.012) for x, y in drape.hem]), w.trim, 0.013)
        return
    hem = sorted(hull(w.hem_points(bones, w.cut.skirt * 0.96, 0.05 + w.cut.flare * 0.9)))
    low = [p for p in hem if p[1] > min(q[1] for q in hem) + 0.008]
    if len(low) > 2:
        w.ink.mark(canvas, line(low), w.trim, 0.013)


def _robe(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    if torso.seen(0):
        w.ink.piece(canvas, torso.panel([(-22, -0.03), (22, -0.03), (4, 0.3)]), shaded(w.main, 0.5))
        w.ink.mark(canvas, torso.seam([(-30, -0.03), (0, 0.32), (14, 0.75)]), w.trim, 0.02)
        w.ink.mark(canvas, torso.seam([(30, -0.03), (4, 0.28)]), w.trim, 0.02)
    band = [torso.edge(s, v, 1.03) for s, v in ((-1, 0.74), (1, 0.74), (1, 0.88), (-1, 0.88))]
    w.ink.piece(canvas, polygon(band), w.trim)
    if torso.seen(20):
        x, y = torso.at(20, 0.86)
        for k in (-0.015, 0.015):
            w.ink.mark(canvas, line([(x, y), (x + k, y + 0.09)]), w.trim, 0.018)


def _suit(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _lapels(w, canvas, torso, 0.62, "#f4efe4")
    if torso.seen(0):
        tie = [(-5, 0.02), (5, 0.02), (3, 0.09), (9, 0.46), (0, 0.56), (-9, 0.46), (-3, 0.09)]
        w.ink.piece(canvas, torso.panel(tie), w.trim)
        w.ink.mark(canvas, torso.seam([(0, 0.62), (2, 1.12)]), shaded(w.main, -0.35), 0.007)
    for v in (0.7, 0.86):
        _button(w, canvas, torso, 3, v, 0.008)
    if torso.seen(44):
        w.ink.piece(canvas, torso.panel([(34, 0.27), (54, 0.26), (50, 0.2), (40, 0.22)]), "#f4efe4")


def _apron(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _collar(w, canvas, torso, w.top)
    if torso.seen(0) or torso.seen(45) or torso.seen(-45):
        hem = w.hem_points(bones, 0.52, 0.035)
        sides = [
            torso.at(torso.inside(a), v, 1.04) for a, v in ((-64, 0.74), (64, 0.74), (-60, 1.0), (60, 1.0))
        ]
        w.ink.piece(canvas, smooth(hull([*sides, *hem]), tension=0.22), w.main)
        w.ink.piece(canvas, torso.panel([(-34, 0.2), (34, 0.2), (58, 0.8), (-58, 0.8)], 1.02), w.main)
        w.ink.piece(
            canvas, torso.panel([(-24, 1.0), (24, 1.0), (22, 1.2), (-22, 1.2)], 1.02), w.main, shade=-0.12
        )
    for side in (-1, 1):
        if torso.seen(side * 30):
            w.ink.mark(canvas, torso.seam([(side * 32, 0.22), (side * 36, -0.02)]), w.main, 0.018)
    _belt(w, canvas, torso, shaded(w.main, -0.2), 0.76)


def _overalls(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _collar(w, canvas, torso, w.top)
    low = [torso.edge(s, v, 1.03) for s, v in ((-1, 0.66), (1, 0.66), (1, 1.06), (-1, 1.06))]
    w.ink.piece(canvas, smooth(low, tension=0.2), w.main)
    bib = (
        [(-40, 0.3), (40, 0.3), (60, 0.76), (-60, 0.76)]
        if torso.seen(0)
        else [(170, 0.4), (190, 0.4), (230, 0.76), (130, 0.76)]
    )
    w.ink.piece(canvas, torso.panel(bib, 1.02), w.main)
    for side in (-1, 1):
        if torso.seen(side * 30):
            w.ink.mark(canvas, torso.seam([(side * 34, 0.34), (side * 42, -0.01)]), w.main, 0.028)
            _button(w, canvas, torso, side * 33, 0.35, 0.012)
    if torso.seen(0):
        w.ink.piece(
            canvas,
            torso.panel([(-22, 0.42), (22, 0.42), (20, 0.6), (0, 0.65), (-20, 0.6)]),
            w.main,
            shade=-0.1,
        )


def _uniform(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _seam(w, canvas, torso, 1.1)
    for v in (0.14, 0.3, 0.46, 0.62, 1.0):
        _button(w, canvas, torso, 0, v, 0.01)
    _belt(w, canvas, torso, "#2c2420", 0.78)
    for side in (-1, 1):
        if torso.seen(side * 40):
            w.ink.piece(
                canvas,
                torso.panel([(side * 28, 0.3), (side * 50, 0.3), (side * 48, 0.44), (side * 30, 0.44)]),
                w.main,
                shade=-0.13,
            )
    band = [torso.edge(s, v, 0.66) for s, v in ((-1, -0.07), (1, -0.07), (1, 0.05), (-1, 0.05))]
    w.ink.piece(canvas, polygon(band), w.main, shade=-0.15)
    _button(w, canvas, torso, -14, 0.0, 0.008)
    _button(w, canvas, torso, 14, 0.0, 0.008)


def _armour(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    w.ink.piece(canvas, torso.outline(0.66, out=1.04), w.main, shade=0.08)
    if torso.seen(0):
        w.ink.mark(canvas, torso.seam([(0, 0.06), (0, 0.35), (0, 0.64)]), shaded(w.main, 0.4), 0.009)
        for side in (-1, 1):
            w.ink.mark(canvas, torso.seam([(side * 8, 0.5), (side * 60, 0.4)]), shaded(w.main, -0.3), 0.008)
        x, y = torso.at(0, 0.28)
        w.ink.piece(canvas, ellipse(x, y, 0.022, 0.026), w.trim)
    for i, v in enumerate((0.68, 0.82, 0.96)):
        band = [
            torso.edge(s, u, 1.04 + i * 0.03) for s, u in ((-1, v), (1, v), (1, v + 0.15), (-1, v + 0.15))
        ]
        w.ink.piece(canvas, polygon(band), w.main, shade=-0.06 * i)
    neck = [torso.edge(s, v, 0.7) for s, v in ((-1, -0.09), (1, -0.09), (1, 0.05), (-1, 0.05))]
    w.ink.piece(canvas, polygon(neck), w.trim)


def _spacesuit(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    if torso.seen(0):
        w.ink.piece(
            canvas, torso.panel([(-34, 0.32), (34, 0.32), (34, 0.66), (-34, 0.66)]), w.main, shade=-0.18
        )
        for angle, colour in ((-18, "#d8483c"), (0, w.trim), (18, "#3c88c8")):
            w.ink.piece(canvas, ellipse(*torso.at(angle, 0.43), 0.012, 0.012), colour)
        w.ink.mark(canvas, torso.seam([(-22, 0.56), (22, 0.56)]), shaded(w.main, -0.45), 0.012)
        w.ink.mark(canvas, torso.seam([(-36, 0.5), (-70, 0.62), (-74, 0.9)]), w.trim, 0.02)
    else:
        w.ink.piece(
            canvas, torso.panel([(140, 0.02), (220, 0.02), (222, 0.72), (138, 0.72)]), w.main, shade=-0.12
        )
    _belt(w, canvas, torso, shaded(w.main, -0.35), 0.84)
    ring = [torso.edge(s, v, 0.86) for s, v in ((-1, -0.08), (1, -0.08), (1, 0.06), (-1, 0.06))]
    w.ink.piece(canvas, polygon(ring), w.trim)


def _cloak(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    _belt(w, canvas, torso, "#4a3324", 0.86)
    hem = w.hem_points(bones, 0.86, 0.1)
    left, right = min(hem), max(hem)
    if not torso.seen(0):
        back = [torso.edge(s, v, 1.1) for s, v in ((-1, 0.0), (1, 0.0))]
        w.ink.piece(canvas, smooth(hull([*back, *hem]), tension=0.3), w.main)
        return
    for side, corner in ((-1, left), (1, right)):
        top = torso.at(torso.inside(side * 8), 0.04)
        shoulder = torso.edge(side, 0.05, 1.2)
        inner: Point = (corner[0] - side * 0.085, corner[1] + 0.012)
        waist = torso.edge(side, 0.7, 0.62)
        drape = [top, shoulder, torso.edge(side, 0.4, 1.35), corner, inner, waist]
        w.ink.piece(canvas, smooth(drape, tension=0.35), w.main, shade=-0.03 if side < 0 else 0.03)
    w.ink.piece(
        canvas,
        torso.panel([(-60, -0.04), (0, 0.0), (60, -0.04), (66, 0.1), (0, 0.16), (-66, 0.1)], 1.1),
        w.main,
        shade=0.08,
    )
    if torso.seen(0):
        w.ink.piece(canvas, ellipse(*torso.at(0, 0.1), 0.018, 0.018), w.trim)


def _rags(w: Wardrobe, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
    teeth: list[Point] = []
    for i in range(9):
        share = i / 8
        a, b = torso.edge(-1, 0.98), torso.edge(1, 0.98)
        c, d = torso.edge(-1, 1.2), torso.edge(1, 1.2)
        low = i % 2 == 1
        p, q = (c, d) if low else (a, b)
        teeth.append((p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share))
    w.ink.piece(canvas, polygon([*teeth, torso.edge(1, 0.88), torso.edge(-1, 0.88)]), w.main)
    for angle, v, colour in ((-34, 0.4, w.trim), (26, 0.74, shaded(w.main, -0.25))):
        if torso.seen(angle):
            patch = torso.panel(
                [(angle - 14, v), (angle + 14, v - 0.02), (angle + 12, v + 0.14), (angle - 15, v + 0.13)]
            )
            w.ink.piece(canvas, patch, mixed(colour, w.main, 0.35))
            w.ink.mark(canvas, torso.seam([(angle - 17, v + 0.06), (angle - 11, v + 0.06)]), "#2a2018", 0.005)
            w.ink.mark(canvas, torso.seam([(angle + 10, v + 0.05), (angle + 16, v + 0.05)]), "#2a2018", 0.005)
    w.ink.mark(
        canvas,
        line([torso.edge(-1, 0.84), torso.at(torso.inside(0), 0.88), torso.edge(1, 0.84)]),
        "#a08a5a",
        0.016,
    )


DETAILS: dict[Dress, Callable[[Wardrobe, skia.Canvas, Torso, Skeleton], None]] = {
    Dress.shirt: _shirt,
    Dress.coat: _coat,
    Dress.dress: _dress,
    Dress.robe: _robe,
    Dress.suit: _suit,
    Dress.apron: _apron,
    Dress.overalls: _overalls,
    Dress.uniform: _uniform,
    Dress.armour: _armour,
    Dress.spacesuit: _spacesuit,
    Dress.cloak: _cloak,
    Dress.rags: _rags,
}
"""``Dress.none`` has nothing sewn on."""
