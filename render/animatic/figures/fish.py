"""Fish, whales and seals, in lengths of the body; they float."""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Mark
from ..ink import Ink, mixed, shaded
from .creature import Creature, Scene
from .shapes import Point, ellipse, line, polygon, smooth, tube

SPOUT = 0.17
"""How high a breath rises over the back, in lengths of the body."""


class Fish(Creature):
    """A swimmer, drawn in profile; a unit is its length here and its origin its lowest point."""

    floats = True

    def __init__(
        self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, row: dict[str, Any]
    ) -> None:
        super().__init__(look, marks, ink, seed, row)
        grown = self.scale / row["size"]
        self.width = row["length"] * grown
        self.scale = self.width
        self.girth = self.height / self.width
        self.eyes = self.height * 0.56

    def grip(self) -> Point:
        """The mouth."""
        return 0.48, -0.38 * self.girth

    def rise(self, scene: Scene) -> float:
        """A slow bob."""
        return (0.006 if self.row.get("kind") == "whale" else 0.015) * math.sin(scene.t * 1.4)

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw swimming to the right."""
        row, ink, g = self.row, self.ink, self.girth
        kind = row.get("kind", "fish")
        sweep = math.sin(scene.t * (5.0 if scene.moving else 2.6)) * (0.05 if kind != "whale" else 0.03)
        if kind == "seahorse":
            self._seahorse(canvas, scene)
            return
        h = g * 0.5
        y = -h
        nose: Point = (0.5, y + h * 0.1)
        mammal = kind in ("whale", "dolphin", "orca")
        tail: Point = (-0.4, y + (sweep if mammal else 0.0) + (h * -0.2 if kind == "whale" else 0))
        self._tail(canvas, kind, tail, sweep, h)
        if kind not in ("eel", "ray"):
            fin = [
                (0.1, y - h * 0.75),
                (-0.02, y - h * (1.5 if kind in ("shark", "dolphin", "orca") else 1.08)),
                (-0.12, y - h * 0.66),
            ]
            if kind != "whale":
                ink.piece(canvas, smooth(fin, tension=0.3), self.coat, shade=-0.14)
        shape = self._outline(kind, y, h, nose, tail)
        ink.piece(canvas, shape, self.coat)
        canvas.save()
        canvas.clipPath(shape, True)
        self._coat(canvas, kind, y, h)
        canvas.restore()
        flap = 0.05 * math.sin(scene.t * 2.2)
        big = kind in ("whale", "orca", "dolphin")
        flipper = [
            (0.2, y + h * 0.35),
            (0.12, y + h * 0.9),
            (0.0 if big else 0.08, y + h * (1.15 if big else 0.8) + flap),
            (0.06, y + h * 0.4),
        ]
        ink.piece(canvas, smooth(flipper), self.coat, shade=-0.12)
        eye_x, eye_y = (0.33, y + h * 0.02)
        size = max(0.016, min(0.06, g * 0.08)) if kind != "whale" else 0.024
        if kind == "fish" or row.get("puff"):
            size = 0.058
        if not scene.away:
            self.eyes_at(canvas, scene, eye_x, eye_y - h * 0.1, size, 0.0)
            self._mouth(canvas, scene, kind, nose, h)
        if not self.breathless and (kind == "whale" or scene.action == "sing"):
            self._spout(canvas, scene, y - h)
        if row.get("sword"):
            ink.piece(
                canvas, polygon([(0.44, y - 0.02), (0.86, y + 0.01), (0.44, y + 0.05)]), self.coat, shade=-0.2
            )
        if row.get("tusks"):
            for dx in (0.0, 0.05):
                ink.piece(
                    canvas,
                    tube([(0.4 + dx, y + h * 0.3), (0.41 + dx, y + h * 0.95)], (0.03, 0.012)),
                    "#f6efdc",
                )
        self.dressed(canvas, 0.3, y - h * 0.3, min(0.1, h * 0.5), h * 0.6)

    def _outline(self, kind: str, y: float, h: float, nose: Point, tail: Point) -> skia.Path:
        if kind == "whale":
            points = [
                (0.48, y + h * 0.3),
                (0.42, y - h * 0.5),
                (0.2, y - h * 0.98),
                (-0.08, y - h * 0.75),
                (-0.28, y - h * 0.3),
                tail,
            ]
            points += [(-0.32, y + h * 0.62), (-0.16, y + h * 0.96), (0.2, y + h * 1.0), (0.42, y + h * 0.8)]
            return smooth(points)
        if kind == "eel":
            w = math.sin(y * 40)
            return tube(
                [nose, (0.2, y + 0.05), (-0.1, y - 0.06 + 0 * w), tail, (-0.5, y)],
                (h * 0.7, h * 0.8, h * 0.6, h * 0.4, 0.01),
            )
        if kind == "ray":
            return smooth(
                [(0.5, y), (0.1, y - h), (-0.2, y - h * 0.2), (-0.4, y), (-0.1, y + h * 0.5), (0.15, y + h)]
            )
        if kind == "dolphin":
            points = [
                (0.52, y + h * 0.14),
                (0.4, y - h * 0.05),
                (0.34, y - h * 0.5),
                (0.1, y - h * 0.85),
                (-0.2, y - h * 0.4),
                tail,
            ]
            return smooth([*points, (-0.2, y + h * 0.3), (0.12, y + h * 0.7), (0.38, y + h * 0.34)])
        fat = 0.95 if kind != "shark" else 0.78
        points = [nose, (0.34, y - h * fat * 0.75), (0.1, y - h * fat), (-0.2, y - h * fat * 0.55), tail]
        return smooth([*points, (-0.2, y + h * fat * 0.55), (0.1, y + h * fat), (0.34, y + h * fat * 0.75)])

    def _coat(self, canvas: skia.Canvas, kind: str, y: float, h: float) -> None:
        row, ink = self.row, self.ink
        if row.get("belly"):
            pale = mixed(self.coat, "#f8f6ee", row["belly"])
            low = 0.34 if kind == "whale" else 0.25
            ink.piece(
                canvas,
                smooth(
                    [
                        (0.6, y + h * low),
                        (0.2, y + h * (low + 0.12)),
                        (-0.3, y + h * 0.3),
                        (-0.2, y + h * 2),
                        (0.6, y + h * 2),
                    ]
                ),
                pale,
            )
            if kind == "whale":
                for i in range(5):
                    k = 0.5 + i * 0.11
                    ink.mark(
                        canvas,
                        line([(0.46, y + h * k), (0.25, y + h * (k + 0.1)), (0.02, y + h * (k + 0.02))]),
                        shaded(pale, -0.22),
                        0.005,
                    )
        if kind == "orca":
            ink.piece(canvas, ellipse(0.26, y - h * 0.3, 0.06, h * 0.16, -16), "#f8f6ee")
        if row.get("bars"):
            for x in (0.24, -0.02, -0.26):
                ink.mark(canvas, line([(x, y - h), (x + 0.03, y), (x, y + h)]), "#fbf6ea", 0.08)
        if kind == "fish" and not row.get("bars"):
            for i in range(3):
                for j in (-1, 0, 1):
                    x, v = 0.12 - i * 0.13, y + j * h * 0.4
                    ink.mark(
                        canvas,
                        line([(x + 0.03, v - h * 0.16), (x - 0.02, v), (x + 0.03, v + h * 0.16)]),
                        shaded(self.coat, -0.18),
                        0.012,
                    )
        if kind == "shark":
            for i in range(3):
                ink.mark(
                    canvas,
                    line([(0.2 - i * 0.03, y - h * 0.1), (0.19 - i * 0.03, y + h * 0.35)]),
                    shaded(self.coat, -0.4),
                    0.008,
                )

    def _tail(self, canvas: skia.Canvas, kind: str, tail: Point, sweep: float, h: float) -> None:
        x, y = tail
        if kind in ("whale", "dolphin", "orca"):
            fluke = [
                (x + 0.06, y),
                (x - 0.1, y - h * 0.75 + sweep),
                (x - 0.13, y - h * 0.3 + sweep),
                (x - 0.06, y - 0.01),
                (x - 0.14, y + h * 0.15 + sweep),
                (x - 0.08, y + h * 0.34 + sweep),
            ]
            self.ink.piece(canvas, smooth(fluke, tension=0.4), self.coat, shade=-0.1)
        elif kind == "ray":
            self.ink.mark(
                canvas, line([(x + 0.1, y), (x - 0.1, y + sweep), (x - 0.3, y - sweep)]), self.coat, 0.02
            )
        elif kind != "eel":
            big = 1.25 if self.row.get("veil") else 0.85
            fan = [
                (x + 0.08, y),
                (x - 0.12 * big, y - h * big + sweep),
                (x - 0.07, y + sweep),
                (x - 0.12 * big, y + h * big + sweep),
            ]
            self.ink.piece(canvas, smooth(fan, tension=0.4), self.coat, shade=-0.12)

    def _mouth(self, canvas: skia.Canvas, scene: Scene, kind: str, nose: Point, h: float) -> None:
        y = nose[1] + h * (0.36 if kind in ("whale", "shark") else 0.22)
        curl = scene.mood.curve * h * 0.16
        start = 0.45 if kind != "dolphin" else 0.5
        reach = 0.2 if kind in ("whale", "shark", "orca") else 0.09
        drop = scene.mood.gape * h * 0.4
        if drop > 0.02 * h:
            hole = smooth([(start, y - 0.005), (start - reach, y - curl), (start - reach * 0.5, y + drop)])
            self.ink.piece(canvas, hole, "#5b2030")
        else:
            self.ink.mark(
                canvas,
                line([(start, y), (start - reach * 0.5, y + curl * 0.6), (start - reach, y - curl)]),
                shaded(self.coat, -0.6),
                0.009,
            )

    def _spout(self, canvas: skia.Canvas, scene: Scene, y: float) -> None:
        """A breath: it rises, spreads and falls as drops, every few seconds."""
        breath = ((scene.t + 3.4) % 4.2) / 1.5
        if breath >= 1:
            return
        rise = SPOUT * math.sin(min(1.0, breath * 1.5) * math.pi / 2)
        clear = 0.9 * min(1.0, 2.4 * (1 - breath))
        for side in (-1, 0, 1):
            wide = side * (0.03 + 0.06 * breath)
            jet = [
                (0.22, y + 0.02),
                (0.22 + wide * 0.3, y - rise * 0.7),
                (0.22 + wide, y - rise),
                (0.22 + wide * 1.6, y - rise * (0.95 - 0.4 * breath)),
            ]
            self.ink.mark(canvas, line(jet), "#e4f4fa", 0.017, alpha=clear)
        for k in range(7):
            drop = (
                0.22 + (k - 3) * 0.035 * (0.6 + breath),
                y - rise * (1.12 - breath * (0.3 + k % 3 * 0.25)),
            )
            self.ink.piece(canvas, ellipse(*drop, 0.008, 0.011), "#e4f4fa", alpha=clear)

    def _seahorse(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Upright: a horse's head with a long snout, a ringed belly, and a tail rolled up forwards."""
        sway, ink = 0.03 * math.sin(scene.t * 2), self.ink
        coil = [(0.13 * r * math.cos(a), 0.13 * r * math.sin(a)) for a, r in _COIL]
        tail = [(0.1 + sway + x, -0.14 + y) for x, y in coil]
        spine = [(0.02, -0.8), (-0.1, -0.64), (-0.02, -0.44), (-0.1 + sway, -0.24), *tail]
        flutter = 0.03 * math.sin(scene.t * 14)
        fin = [(-0.16, -0.62), (-0.36, -0.56 + flutter), (-0.34, -0.44 - flutter), (-0.14, -0.4)]
        ink.piece(canvas, smooth(fin), mixed(self.coat, "#fff6dc", 0.45))
        widths = (0.16, 0.24, 0.32, 0.16, *(0.12 - 0.012 * i for i in range(len(tail))))
        ink.piece(canvas, tube(spine, widths), self.coat)
        for i in range(5):  # the rings of its armour
            y = -0.62 + 0.09 * i
            ring = [(-0.1, y), (0.02, y + 0.03), (0.1 - 0.012 * i, y - 0.01)]
            ink.mark(canvas, line(ring), shaded(self.coat, -0.3), 0.018)
        for k, x in enumerate((-0.06, 0.02, 0.1)):
            high = -1.0 + (0.03 if k != 1 else 0.0)
            ink.piece(
                canvas, polygon([(x - 0.05, -0.9), (x, high), (x + 0.05, -0.9)]), self.coat, shade=-0.16
            )
        ink.piece(canvas, tube([(0.1, -0.82), (0.26, -0.76), (0.4, -0.74)], (0.16, 0.08, 0.1)), self.coat)
        ink.piece(canvas, ellipse(0.06, -0.83, 0.16, 0.13, 12), self.coat)
        ink.piece(canvas, ellipse(0.4, -0.74, 0.022, 0.05), shaded(self.coat, -0.4))
        self.eyes_at(canvas, scene, 0.1, -0.85, 0.07, 0.0)


_COIL = [(math.pi + 0.9 * k * -1.0, 1.0 - 0.11 * k) for k in range(8)]
"""Angle and reach of the points of a rolled up tail, from its outside."""
