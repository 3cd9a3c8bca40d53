"""Seals, sea lions and walruses on land: the chest raised on flippers, the tail along the ground.

One unit is the height of a seal that sits up; it is drawn facing right.
"""

from __future__ import annotations

import math

import skia

from ....storyboard.vocabulary import Action
from ..ink import mixed, shaded
from .creature import Creature, Scene
from .shapes import Point, ellipse, line, polygon, smooth, tube

_FLAT = frozenset({Action.sleep, Action.lie, Action.fall, Action.hide, Action.kneel})
_DOWN = frozenset({Action.take, Action.eat, Action.drink, Action.search, Action.dig, Action.cry})
_CLAPS = frozenset({Action.laugh, Action.perform, Action.dance})
_BEATS = frozenset({Action.play, Action.work, Action.cook, Action.paint, Action.write, Action.fight})
_FORWARD = frozenset(
    {Action.push, Action.give, Action.reach, Action.look, Action.throw, Action.open, Action.close}
)


class Seal(Creature):
    """A seal that sits, flops along, claps, beats with a flipper and holds things in its mouth."""

    breadth = 1.75
    eye_level = 0.86
    leans = False
    _mouth: Point = (0.62, -0.74)

    def rise(self, scene: Scene) -> float:
        """It goes in hops."""
        return (
            0.07 * abs(math.sin(scene.t * 4.0)) if scene.moving and scene.action is not Action.swim else 0.0
        )

    def grip(self) -> Point:
        """The mouth, as last drawn."""
        return self._mouth

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw the body as it acts."""
        action, t = scene.action, scene.t
        up = 1.0 + 0.015 * math.sin(t * 2.2)
        ahead = 0.0
        if action in _FLAT:
            up = 0.34
        elif action in _DOWN:
            up, ahead = 0.5 + 0.05 * math.sin(t * 3.0), 0.16
        elif action in _FORWARD:
            up, ahead = 0.86, 0.1 + (0.06 * math.sin(t * 3.2) if action is not Action.look else 0.0)
        elif action is Action.sing:
            up = 1.06
        head: Point = (0.3 + ahead, -0.84 * up)
        self._tail(canvas, scene)
        self._flipper(canvas, scene, far=True)
        outline = [
            (head[0] - 0.16, head[1] - 0.1),
            (head[0] + 0.02, head[1] - 0.17),
            (head[0] + 0.18, head[1] - 0.04),
            (head[0] + 0.14, head[1] + 0.16),
            (0.46 + ahead * 0.6, -0.42 * up),
            (0.42, -0.05),
            (0.1, 0.0),
            (-0.5, 0.0),
            (-0.86, -0.05),
            (-0.6, -0.2),
            (-0.2, -0.36 * (0.4 + 0.6 * up)),
            (0.06 + ahead * 0.4, -0.62 * up),
        ]
        shape = smooth(outline)
        self.ink.piece(canvas, shape, self.coat)
        canvas.save()
        canvas.clipPath(shape, True)
        pale = mixed(self.coat, "#f8f6ee", float(self.row.get("belly", 0.4)))
        bib = [
            (head[0] + 0.2, head[1] + 0.1),
            (0.24 + ahead, -0.4 * up),
            (0.16, -0.1),
            (-0.5, -0.05),
            (-0.5, 0.1),
        ]
        self.ink.piece(canvas, smooth([*bib, (0.7, 0.1)]), pale)
        for x, y in ((-0.3, -0.2), (-0.1, -0.3), (-0.5, -0.14), (0.05, -0.45 * up)):
            self.ink.piece(canvas, ellipse(x, y, 0.035, 0.022), self.coat, shade=-0.14)
        canvas.restore()
        self._flipper(canvas, scene, far=False)
        self._face(canvas, scene, head)
        self.dressed(canvas, head[0], head[1] - 0.04, 0.17, 0.2)

    def _tail(self, canvas: skia.Canvas, scene: Scene) -> None:
        wave = 0.05 * math.sin(scene.t * (6.0 if scene.moving else 2.0))
        for lift, shade in ((-0.16, -0.16), (-0.02, -0.06)):
            fluke = [(-0.78, -0.06), (-0.98, -0.1 + lift + wave), (-1.1, -0.02 + lift + wave), (-0.95, -0.0)]
            self.ink.piece(canvas, smooth(fluke), self.coat, shade=shade)

    def _flipper(self, canvas: skia.Canvas, scene: Scene, *, far: bool) -> None:
        root: Point = (0.34, -0.34) if far else (0.2, -0.3)
        tip: Point = (0.6, -0.02) if far else (0.44, -0.02)
        action, t = scene.action, scene.t
        if action in _FLAT:
            root, tip = (root[0], -0.12), (root[0] + 0.34, -0.02)
        elif action in _CLAPS:
            gap = 0.1 * (1 + math.sin(t * 8.0))
            tip = (0.72, -0.5 - gap if far else -0.46 + gap)
        elif action in _BEATS and not far:
            tip = (0.66, -0.42 + 0.2 * math.sin(t * 7.0))
        elif action in (Action.point, Action.reach) and not far:
            tip = (0.82, -0.52)
        elif action is Action.wave and not far:
            tip = (0.66, -0.74 + 0.08 * math.sin(t * 7.0))
        elif action is Action.dig:
            tip = (0.56 + 0.12 * math.sin(t * 8.0 + 3.0 * far), -0.06)
        elif scene.moving:
            tip = (tip[0] + 0.08 * math.sin(t * 4.0), tip[1])
        middle = ((root[0] + tip[0]) / 2 + 0.02, (root[1] + tip[1]) / 2)
        blade = tube([root, middle, tip], (0.17, 0.15, 0.1))
        self.ink.piece(canvas, blade, self.coat, shade=-0.22 if far else -0.1)
        dx, dy = tip[0] - middle[0], tip[1] - middle[1]
        for k in (-0.03, 0.03):
            toe = line([(tip[0] - dx * 0.4 + k, tip[1] - dy * 0.4), (tip[0] + k, tip[1])])
            self.ink.mark(canvas, toe, shaded(self.coat, -0.4), 0.012)

    def _face(self, canvas: skia.Canvas, scene: Scene, head: Point) -> None:
        x, y = head
        self._mouth = (x + 0.3, y + 0.1)
        if scene.away:
            return
        ink = self.ink
        self.eyes_at(canvas, scene, x + 0.05, y - 0.05, 0.052, 0.05)
        pale = mixed(self.coat, "#ffffff", 0.42)
        drop = scene.mood.gape * 0.09
        if drop > 0.012:
            ink.piece(
                canvas,
                ellipse(x + 0.16, y + 0.1 + drop * 0.5, 0.07, 0.04 + drop * 0.7),
                self.coat,
                shade=-0.1,
            )
            ink.piece(canvas, ellipse(x + 0.16, y + 0.09 + drop * 0.5, 0.052, 0.02 + drop * 0.6), "#5b2030")
        for dx in (-0.045, 0.05):
            ink.piece(canvas, ellipse(x + 0.17 + dx, y + 0.06, 0.075, 0.058), pale)
        curl = 0.018 * scene.mood.curve
        for end in (0.08, 0.25):
            ink.mark(canvas, line([(x + 0.17, y + 0.07), (x + end, y + 0.105 - curl)]), "#2c1e1a", 0.012)
        nose = polygon([(x + 0.12, y - 0.015), (x + 0.23, y - 0.015), (x + 0.175, y + 0.04)])
        ink.piece(canvas, nose, "#241c1a")
        for end, k in ((-0.04, 0.05), (-0.02, 0.1), (0.4, 0.03), (0.38, 0.09)):
            root = x + (0.1 if end < 0.1 else 0.24)
            ink.mark(canvas, line([(root, y + 0.055), (x + end, y + k)]), shaded(self.coat, -0.5), 0.007)
        if self.row.get("tusks"):
            for dx in (0.1, 0.21):
                tusk = tube([(x + dx, y + 0.09), (x + dx + 0.02, y + 0.36)], (0.045, 0.016))
                ink.piece(canvas, tusk, "#f6efdc")
