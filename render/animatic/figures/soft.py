"""Bodies without bones, and shells: octopus, jellyfish, crab, starfish, snake, worm, snail."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from ....storyboard.vocabulary import Action
from ..ink import mixed, shaded
from .acting import Acting
from .creature import Creature, Hold, Scene
from .shapes import Point, ellipse, line, smooth, tube


class Soft(Creature):
    """One of the soft bodies, by species."""

    breadth = 1.3
    eye_level = 0.6
    topples = False

    _reared = True
    _bears = False

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw on the origin; what an octopus has is on an arm that it raises, clear of its face."""
        self._bears = hold is not None and SHAPES.get(self.look.species) is _octopus
        super().draw(canvas, acting, t, length, hold)

    def grip(self) -> Point:
        """Before the mouth of those who have nothing else to hold with."""
        if self.row["plan"] == "soft" and self.look.species in _MOUTHS:
            x, y = _MOUTHS[self.look.species]
            return x, y + (0.0 if self._reared else 0.46)
        return _RAISED[-1] if self._bears else super().grip()

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw one unit high on the origin."""
        self._reared = not (scene.asleep and self.look.species in ("snake", "worm", "slug"))
        SHAPES.get(self.look.species, _snake)(self, canvas, scene)


_RAISED: tuple[Point, ...] = ((0.12, -0.42), (0.36, -0.4), (0.55, -0.46), (0.59, -0.66))
"""The arm on which an octopus bears something."""


def _octopus(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    squid = b.look.species == "squid"
    tucked = scene.action is Action.hide  # no tip of an arm is seen past what it hides behind
    for i in range(8):
        share = (i - 3.5) / 3.5
        curl = math.sin(scene.t * 2.4 + i * 0.9) * (0.03 if tucked else 0.08)
        spine = [
            (share * 0.16, -0.42),
            (share * 0.36 + curl, -0.2),
            (share * (0.4 if tucked else 0.5) + curl, -0.05),
            (share * (0.42 if tucked else 0.62) - curl * 1.4, -0.09 - abs(curl) * 1.4),
        ]
        if b._bears and i == 7:
            spine = list(_RAISED)
        b.ink.piece(canvas, tube(spine, (0.14, 0.11, 0.08, 0.03)), b.coat, shade=-0.12 if i % 2 else -0.02)
        for k in (1, 2):
            x, y = spine[k]
            b.ink.piece(canvas, ellipse(x, y + 0.01, 0.014, 0.014), mixed(b.coat, "#fff0e8", 0.6))
    swell = 0.02 * math.sin(scene.t * 2)
    if squid:
        head = smooth([(0, -1.0), (0.22, -0.8), (0.18, -0.4), (-0.18, -0.4), (-0.22, -0.8)])
    else:
        head = smooth(
            [
                (0, -1.0 - swell),
                (0.27, -0.86),
                (0.28, -0.6),
                (0.17, -0.38),
                (-0.17, -0.38),
                (-0.28, -0.6),
                (-0.27, -0.86),
            ]
        )
    b.ink.piece(canvas, head, b.coat)
    for x, y in ((-0.14, -0.86), (0.1, -0.92), (-0.05, -0.78)):
        b.ink.piece(canvas, ellipse(x, y, 0.03, 0.022), b.coat, shade=0.2)
    b.eyes_at(canvas, scene, -0.02, -0.57, 0.08, 0.13)
    b.mouth_at(canvas, scene, -0.01, -0.45, 0.06)
    b.dressed(canvas, 0, -0.68, 0.27, 0.25)


def _jellyfish(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    pulse = 0.05 * math.sin(scene.t * 2.6)
    for i in range(7):
        x = (i - 3) * 0.1
        spine = [(x, -0.58)] + [
            (x + 0.04 * math.sin(scene.t * 2.2 + i + k), -0.58 + k * 0.14) for k in range(1, 5)
        ]
        b.ink.mark(canvas, line(spine), shaded(b.coat, 0.12), 0.03 if i % 2 else 0.018, alpha=0.8)
    w = 0.42 + pulse
    bell = smooth(
        [
            (-w, -0.56),
            (-w * 0.85, -0.84),
            (0, -1.0 + pulse),
            (w * 0.85, -0.84),
            (w, -0.56),
            (w * 0.5, -0.6),
            (0, -0.55),
            (-w * 0.5, -0.6),
        ]
    )
    b.ink.piece(canvas, bell, b.coat, alpha=0.88)
    b.ink.mark(canvas, line([(-0.2, -0.88), (-0.05, -0.94)]), "#ffffff", 0.03, alpha=0.6)
    b.eyes_at(canvas, scene, 0, -0.74, 0.06, 0.14)
    b.mouth_at(canvas, scene, 0, -0.65, 0.05)


def _crab(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    lobster = b.look.species == "lobster"
    for side in (-1, 1):
        for i in range(3):
            lift = 0.05 * max(0.0, math.sin(scene.t * 7 + i * 2 + side)) if scene.moving else 0.0
            b.ink.mark(
                canvas,
                line(
                    [
                        (side * 0.24, -0.34),
                        (side * (0.46 + i * 0.07), -0.36 + i * 0.04 - lift),
                        (side * (0.5 + i * 0.08), -0.02 - lift),
                    ]
                ),
                shaded(b.coat, -0.15),
                0.06,
            )
        wave = 0.08 * math.sin(scene.t * 3 + side)
        b.ink.mark(
            canvas, line([(side * 0.3, -0.46), (side * 0.52, -0.6), (side * 0.5, -0.78 + wave)]), b.coat, 0.09
        )
        x, y = side * 0.48, -0.86 + wave
        b.ink.piece(
            canvas,
            smooth(
                [
                    (x - 0.13, y + 0.08),
                    (x - 0.14, y - 0.1),
                    (x - 0.02, y - 0.03),
                    (x + 0.1, y - 0.14),
                    (x + 0.14, y + 0.06),
                    (x, y + 0.14),
                ]
            ),
            b.coat,
            shade=0.05,
        )
    if lobster:
        b.ink.piece(
            canvas, tube([(-0.1, -0.34), (-0.4, -0.2), (-0.66, -0.06)], (0.3, 0.22, 0.26)), b.coat, shade=-0.1
        )
    b.ink.piece(canvas, ellipse(0, -0.38, 0.4, 0.25), b.coat)
    b.ink.mark(
        canvas, line([(-0.26, -0.5), (0, -0.57), (0.26, -0.5)]), shaded(b.coat, 0.25), 0.025, alpha=0.7
    )
    for side in (-1, 1):
        b.ink.mark(canvas, line([(side * 0.1, -0.55), (side * 0.12, -0.7)]), b.coat, 0.05)
    b.eyes_at(canvas, scene, 0, -0.74, 0.085, 0.13)
    b.mouth_at(canvas, scene, 0, -0.36, 0.1)


def _starfish(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    points: list[Point] = []
    for i in range(10):
        a = math.radians(-90 + i * 36 + 4 * math.sin(scene.t * 2))
        r = 0.52 if i % 2 == 0 else 0.24
        points.append((math.cos(a) * r, -0.47 + math.sin(a) * r))
    b.ink.piece(canvas, smooth(points, tension=0.6), b.coat)
    for i in range(5):
        a = math.radians(-90 + i * 72)
        b.ink.piece(
            canvas, ellipse(math.cos(a) * 0.32, -0.47 + math.sin(a) * 0.32, 0.03, 0.03), b.coat, shade=0.25
        )
    b.eyes_at(canvas, scene, 0, -0.53, 0.07, 0.12)
    b.mouth_at(canvas, scene, 0, -0.4, 0.08)


def _snake(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    thin = b.look.species in ("worm", "slug")
    speed = 6.0 if scene.moving else 1.5
    spine: list[Point] = []
    for i in range(9):
        x = -0.95 + i * 0.17
        spine.append((x, -0.1 - 0.07 * (1 + math.sin(i * 1.5 - scene.t * speed)) * (i / 9 + 0.3)))
    rear = 0.0 if scene.asleep else 0.46
    spine += [(0.5, -0.2 - rear * 0.3), (0.46, -0.22 - rear), (0.6, -0.3 - rear)]
    widths = [0.03, 0.08, 0.12, 0.15, 0.17, 0.18, 0.18, 0.18, 0.18, 0.17, 0.15, 0.17]
    b.ink.piece(canvas, tube(spine, widths), b.coat)
    if not thin:
        for i in range(1, 9):
            x, y = spine[i]
            b.ink.piece(
                canvas, ellipse(x, y - widths[i] * 0.15, 0.04, widths[i] * 0.24), shaded(b.coat, -0.4)
            )
    else:
        for i in range(2, 9):
            x, y = spine[i]
            b.ink.mark(canvas, line([(x, y - 0.08), (x + 0.02, y + 0.08)]), shaded(b.coat, -0.2), 0.02)
    hx, hy = 0.64, -0.32 - rear
    b.ink.piece(canvas, ellipse(hx, hy, 0.19, 0.13, 8), b.coat, shade=0.03)
    if math.sin(scene.t * 3.1) > 0.55 and not thin:
        b.ink.mark(
            canvas,
            line([(hx + 0.18, hy + 0.05), (hx + 0.28, hy + 0.06), (hx + 0.34, hy + 0.02)]),
            "#d03040",
            0.016,
        )
    b.eyes_at(canvas, scene, hx, hy - 0.05, 0.062, 0.09)
    b.mouth_at(canvas, scene, hx + 0.06, hy + 0.06, 0.06)
    b.dressed(canvas, hx, hy, 0.15, 0.2)


def _caterpillar(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    for i in range(6):
        x = -0.85 + i * 0.24
        y = -0.22 - 0.09 * max(0.0, math.sin(i * 1.1 - scene.t * 3.2))
        b.ink.piece(canvas, ellipse(x - 0.04, -0.04, 0.035, 0.06), shaded(b.coat, -0.4))
        b.ink.piece(canvas, ellipse(x, y, 0.19, 0.2), b.coat, shade=0.08 * (i % 2))
    b.ink.piece(canvas, ellipse(0.62, -0.42, 0.27, 0.27), b.coat, shade=0.05)
    for dx in (-0.1, 0.12):
        b.ink.mark(canvas, line([(0.62 + dx, -0.64), (0.62 + dx * 2, -0.86)]), shaded(b.coat, -0.4), 0.025)
        b.ink.piece(canvas, ellipse(0.62 + dx * 2, -0.88, 0.045, 0.045), "#d84848")
    b.eyes_at(canvas, scene, 0.64, -0.48, 0.08, 0.13)
    b.mouth_at(canvas, scene, 0.64, -0.32, 0.08)


def _snail(b: Soft, canvas: skia.Canvas, scene: Scene) -> None:
    slide = 0.03 * math.sin(scene.t * 2)
    foot = smooth(
        [
            (-0.6 - slide, 0.0),
            (-0.2, -0.14),
            (0.3, -0.2),
            (0.42, -0.5),
            (0.6, -0.56),
            (0.66, -0.36),
            (0.52, 0.0),
        ]
    )
    b.ink.piece(canvas, foot, mixed(b.coat, "#e8c89a", 0.5))
    b.ink.piece(canvas, ellipse(-0.08, -0.5, 0.4, 0.42), b.coat)
    swirl = [
        (-0.08 + math.cos(a * 0.7) * (0.33 - a * 0.026), -0.5 + math.sin(a * 0.7) * (0.34 - a * 0.026))
        for a in range(13)
    ]
    b.ink.mark(canvas, line(swirl), shaded(b.coat, -0.3), 0.035)
    for dx in (-0.05, 0.08):
        b.ink.mark(
            canvas, line([(0.56 + dx * 0.5, -0.54), (0.58 + dx, -0.76)]), mixed(b.coat, "#e8c89a", 0.5), 0.05
        )
    b.eyes_at(canvas, scene, 0.58, -0.8, 0.065, 0.09)
    b.mouth_at(canvas, scene, 0.58, -0.4, 0.06)


_MOUTHS: dict[str, Point] = {
    **dict.fromkeys(("snake", "worm", "slug"), (0.76, -0.7)),
    "snail": (0.68, -0.38),
    "caterpillar": (0.78, -0.3),
    "crab": (0.5, -0.78),
    "lobster": (0.5, -0.78),
}
"""Where what they hold hangs from: the mouth, or a claw."""


SHAPES: dict[str, Callable[[Soft, skia.Canvas, Scene], None]] = {
    "octopus": _octopus,
    "squid": _octopus,
    "kraken": _octopus,
    "jellyfish": _jellyfish,
    "crab": _crab,
    "lobster": _crab,
    "starfish": _starfish,
    "snake": _snake,
    "worm": _snake,
    "slug": _snake,
    "caterpillar": _caterpillar,
    "snail": _snail,
}
