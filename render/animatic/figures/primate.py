"""Monkeys and apes: upright on short legs or on all fours, with long arms and hands that take and hold.

One unit is the height of a standing body; it is drawn facing right.
"""

from __future__ import annotations

import math

import skia

from ....storyboard.vocabulary import Action
from ..ink import mixed, shaded
from .creature import Creature, Scene
from .primate_hands import Hands, hands_of
from .shapes import Point, between, ellipse, limb, smooth, tube

_SEATED = frozenset({Action.sit, Action.read, Action.listen, Action.think, Action.eat, Action.drink})
_BENT = frozenset({Action.search, Action.dig, Action.hide, Action.kneel, Action.sneak})
_LYING = frozenset({Action.sleep, Action.lie, Action.fall})


def _jointed(root: Point, end: Point, bone: float, bend: float) -> tuple[Point, Point]:
    """The joint and the end that two bones of that length reach; ``bend`` 1 or -1 is the joint's side."""
    dx, dy = end[0] - root[0], end[1] - root[1]
    far = math.hypot(dx, dy) or 1e-6
    reach = min(far, 1.98 * bone)
    ux, uy = dx / far, dy / far
    out = math.sqrt(max(0.0, bone * bone - reach * reach / 4)) * bend
    end = root[0] + ux * reach, root[1] + uy * reach
    return (root[0] + ux * reach / 2 - uy * out, root[1] + uy * reach / 2 + ux * out), end


class Primate(Creature):
    """A monkey or an ape, shaped by its row: ``bulk`` of the trunk, ``head`` size, ``tail``, ``ear``."""

    breadth = 0.85
    eye_level = 0.83
    leans = False
    _hand: Point = (0.3, -0.5)

    def rise(self, scene: Scene) -> float:
        """It leaps where others fly, and skips as it walks."""
        if scene.action in (Action.jump, Action.fly, Action.dive, Action.climb):
            return 0.24 * abs(math.sin(scene.t * 3.0))
        return 0.03 * abs(math.sin(scene.t * 6.0)) if scene.moving else 0.0

    def grip(self) -> Point:
        """The hand that holds, as last drawn."""
        return self._hand

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw the body as it acts."""
        self._furred()
        if scene.action in _LYING:
            canvas.save()
            canvas.translate(0.42, -0.22)  # on its back
            canvas.rotate(-84)
            self._body(canvas, scene, 0.0)
            canvas.restore()
            return
        lean, drop = 0.05 + 0.05 * (self.bulk > 1.2), 0.0
        if scene.action in _SEATED:
            drop = 0.24
        elif scene.action in _BENT:
            lean, drop = 0.24, 0.12
        elif scene.action in (Action.run, Action.ride, Action.fight):
            lean, drop = 0.34, 0.1
        elif scene.action is Action.work or scene.action is Action.take:
            lean = 0.14
        elif scene.action in (Action.push, Action.pull):
            lean = 0.2 if scene.action is Action.push else -0.12
        elif scene.action is Action.look:
            lean = 0.14
        self._body(canvas, scene, lean, drop)

    def _body(self, canvas: skia.Canvas, scene: Scene, lean: float, drop: float = 0.0) -> None:
        b = self.bulk
        breath = 0.006 * math.sin(scene.t * 2.3)
        hip: Point = (-0.06 - lean * 0.4, -0.36 + drop)
        chest: Point = (hip[0] + 0.05 + lean, hip[1] - 0.24 + abs(lean) * 0.3 - breath)
        head: Point = (
            chest[0] + 0.03 + lean * 0.35,
            chest[1] - (0.13 + self.head_size * 0.55) + abs(lean) * 0.2,
        )
        all_fours = scene.action in (Action.run, Action.ride)
        hands = hands_of(scene, chest, head, all_fours)
        near, far = (chest[0] - 0.06 * b, chest[1] - 0.03), (chest[0] + 0.09 * b, chest[1] - 0.02)
        if self.row.get("tail") and scene.action not in _LYING:
            self._tail(canvas, scene, hip)
        self._arm(canvas, far, hands.far, -0.2, hands)
        self._leg(canvas, scene, (hip[0] + 0.07, hip[1] + 0.02), 1, drop)
        back = 0.13 * b
        trunk = [
            (chest[0] - back * 1.05, chest[1] - 0.05),
            (chest[0] - 0.02, chest[1] - 0.12),
            (chest[0] + back * 0.95, chest[1] - 0.02),
            (hip[0] + back * 1.15, hip[1] - 0.08),
            (hip[0] + back * 0.8, hip[1] + 0.09),
            (hip[0] - back * 0.6, hip[1] + 0.09),
            (hip[0] - back * 1.1, hip[1] - 0.08),
        ]
        self.ink.piece(canvas, smooth(trunk), self.fur)
        middle = between(chest, hip, 0.55)
        self.ink.piece(canvas, ellipse(middle[0] + back * 0.5, middle[1] + 0.02, back * 0.5, 0.14), self.pale)
        self._leg(canvas, scene, hip, 0, drop)
        if hands.behind:
            self._arm(canvas, near, hands.near, 0.0, hands)
        self._head(canvas, scene, head)
        if not hands.behind:
            self._arm(canvas, near, hands.near, 0.0, hands)
        self._hand = self._reached(near, hands.near)

    def _reached(self, shoulder: Point, hand: Point) -> Point:
        return _jointed(shoulder, hand, 0.25, 1)[1]

    def _tail(self, canvas: skia.Canvas, scene: Scene, hip: Point) -> None:
        x, y = hip[0] - 0.1, hip[1] + 0.04
        sway = 0.03 * math.sin(scene.t * 2.1)
        spine = [
            (x + 0.06, y),
            (x - 0.14, y + 0.1),
            (x - 0.29, y - 0.06 + sway),
            (x - 0.3, y - 0.3 + sway),
            (x - 0.2, y - 0.42 + sway),
            (x - 0.12, y - 0.33 + sway),
            (x - 0.17, y - 0.26 + sway),
        ]
        self.ink.piece(
            canvas, tube(spine, (0.06, 0.05, 0.05, 0.048, 0.046, 0.042, 0.03)), self.fur, shade=-0.08
        )

    def _arm(self, canvas: skia.Canvas, shoulder: Point, hand: Point, shade: float, hands: Hands) -> None:
        elbow, end = _jointed(shoulder, hand, 0.25, 1)
        w = 0.085 * (0.7 + 0.3 * self.bulk)
        self.ink.piece(canvas, limb(shoulder, elbow, end, (w * 1.15, w, w * 0.82)), self.fur, shade=shade)
        size = w * 0.62
        dx, dy = end[0] - elbow[0], end[1] - elbow[1]
        reach = math.hypot(dx, dy) or 1e-6
        ux, uy = dx / reach, dy / reach
        self.ink.piece(
            canvas, ellipse(end[0] + ux * 0.01, end[1] + uy * 0.01, size, size), self.pale, shade=shade
        )
        if hands.finger and hand == hands.near:
            tip = (end[0] + ux * 0.11, end[1] + uy * 0.11)
            self.ink.piece(canvas, tube([end, tip], (0.036, 0.026)), self.pale)
            return
        for k in (-34, 0, 34):
            a = math.atan2(uy, ux) + math.radians(k)
            tip = (end[0] + math.cos(a) * size * 1.5, end[1] + math.sin(a) * size * 1.5)
            self.ink.piece(canvas, tube([end, tip], (0.028, 0.02)), self.pale, shade=shade)

    def _leg(self, canvas: skia.Canvas, scene: Scene, hip: Point, index: int, drop: float) -> None:
        step = math.sin(scene.t * (9.0 if scene.action is Action.run else 6.0) + index * math.pi)
        ahead = 0.12 * step if scene.moving else 0.0
        lifted = 0.05 * max(0.0, math.cos(scene.t * 6.0 + index * math.pi)) if scene.moving else 0.0
        foot: Point = (hip[0] + 0.06 + ahead + (0.16 if drop > 0.2 else 0.0), -0.03 - lifted)
        if scene.action in _LYING:
            foot = (hip[0] + 0.02 + 0.05 * index, -0.03)
        knee, foot = _jointed((hip[0], hip[1] + 0.02), foot, 0.2, -1)
        w = 0.115 * (0.75 + 0.25 * self.bulk)
        shade = -0.2 if index else -0.03
        self.ink.piece(
            canvas, limb((hip[0], hip[1] + 0.02), knee, foot, (w * 1.3, w, w * 0.7)), self.fur, shade=shade
        )
        self.ink.piece(canvas, ellipse(foot[0] + 0.05, foot[1] + 0.008, 0.085, 0.03), self.pale, shade=shade)

    def _furred(self) -> None:
        self.bulk = float(self.row.get("bulk", 1.0))
        self.head_size = float(self.row.get("head", 0.2))
        self.fur = self.coat
        self.pale = mixed(self.coat, "#f2d3ae" if not self.row.get("darkface") else "#77706c", 0.8)

    def head_at(self, canvas: skia.Canvas, scene: Scene, at: Point) -> None:
        """The head alone, its middle at ``at``, in the ape's units."""
        self._furred()
        self._head(canvas, scene, at)

    def _head(self, canvas: skia.Canvas, scene: Scene, head: Point) -> None:
        x, y = head
        r, ink = self.head_size, self.ink
        side = math.sin(math.radians(scene.turn))
        ear = float(self.row.get("ear", 0.46)) * r
        inner = mixed(self.pale, "#d98a78", 0.35)
        for way in (1, -1):
            ex = x + way * r * (0.98 - 0.14 * side * way) - side * 0.1 * r
            ink.piece(canvas, ellipse(ex, y - 0.02 * r, ear, ear), self.fur, shade=-0.06)
            ink.piece(canvas, ellipse(ex, y - 0.02 * r, ear * 0.62, ear * 0.62), inner)
        ink.piece(canvas, ellipse(x, y - 0.03 * r, r, r * 0.98), self.fur)
        if self.row.get("crest"):
            ink.piece(canvas, ellipse(x - 0.1 * r, y - 0.85 * r, r * 0.5, r * 0.34, -10), self.fur)
        tuft = [(x - 0.16 * r, y - 0.9 * r), (x + 0.04 * r, y - 1.2 * r), (x + 0.2 * r, y - 0.9 * r)]
        ink.piece(canvas, smooth(tuft), self.fur)
        if scene.away:
            self.dressed(canvas, x, y, r, r)
            return
        fx = x + 0.3 * r * side
        for way in (-1, 1):
            ink.piece(canvas, ellipse(fx + way * 0.31 * r, y - 0.16 * r, 0.38 * r, 0.42 * r), self.pale)
        ink.piece(canvas, ellipse(fx, y + 0.14 * r, 0.6 * r, 0.4 * r), self.pale)
        mx = x + 0.42 * r * side
        ink.piece(canvas, ellipse(mx, y + 0.42 * r, 0.6 * r, 0.4 * r), mixed(self.pale, "#ffffff", 0.14))
        for way in (-1, 1):
            ink.piece(
                canvas, ellipse(mx + way * 0.09 * r, y + 0.2 * r, 0.05 * r, 0.035 * r, way * 24), "#4a2c22"
            )
        if self.row.get("darkface"):
            ink.piece(canvas, ellipse(fx, y - 0.5 * r, 0.62 * r, 0.13 * r), shaded(self.fur, -0.2))
        self.eyes_at(canvas, scene, fx, y - 0.14 * r, 0.17 * r, 0.33 * r)
        self.mouth_at(canvas, scene, mx - 0.24 * r * side, y + 0.5 * r, 0.3 * r)
        self.dressed(canvas, x, y, r, r)
