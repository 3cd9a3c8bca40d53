"""Insects and spiders, in shares of their (enlarged) height."""

from __future__ import annotations

import math

import skia

from ....storyboard.vocabulary import Action
from ..ink import mixed, shaded
from .creature import Creature, Scene
from .shapes import Point, ellipse, line, smooth


def _rests(scene: Scene) -> bool:
    """Whether it sits, lies or sleeps."""
    return scene.asleep or scene.action in _AT_REST


_AT_REST = frozenset({Action.sit, Action.sleep, Action.lie, Action.fall, Action.kneel})
"""What a winged one does with its feet on the ground and its wings folded."""


_BLOSSOM = 0.95
"""How high the heart of the flower is in which a winged one rests, in its heights."""
_SUNK = 0.13
"""How deep it lies in that heart, so that the petals are before its feet."""
_LEAF = ((0.0, 0.0), (0.3, -0.22), (0.66, -0.2), (0.34, -0.02))
"""Outline of a leaf of its stem."""
_BEHIND_IT = ((-74.0, 1.24), (74.0, 1.24), (-46.0, 1.28), (46.0, 1.28), (-16.0, 1.2), (16.0, 1.2))
_BEFORE_IT = ((-112.0, 1.06), (112.0, 1.06), (-142.0, 0.86), (142.0, 0.86), (180.0, 0.72))
"""Petals of that flower behind and before who rests in it: degrees from upright, and how long they are."""


_OF_A_SWARM = 0.34
"""How large one of a swarm is, in the swarm's heights."""


class Insect(Creature):
    """An insect, shaped by its row: wings, legs, bands, spots, lamp."""

    breadth = 1.3
    eye_level = 0.6

    @property
    def _winged(self) -> bool:
        return "wings" in self.row

    def _settled(self, scene: Scene) -> bool:
        """Whether it has come down; a swarm hovers all the time."""
        return _rests(scene) and "swarm" not in self.row

    def _low(self, scene: Scene) -> bool:
        """Whether it is near the ground: what it hides behind stands there."""
        return self._settled(scene) or scene.action is Action.hide

    def rise(self, scene: Scene) -> float:
        """Winged ones hover, unless they rest or hide."""
        if self._winged and not self._low(scene):
            return 0.5 + 0.14 * math.sin(scene.t * 3.4)
        return super().rise(scene)

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw one unit high on the origin; a swarm is many small ones there."""
        many = int(self.row.get("swarm", 1))
        if many == 1:
            self._one(canvas, scene)
            return
        for k in range(many):
            turn, out = 2.4 * k, 0.2 + 0.52 * math.sqrt(k / many)
            bob = 0.05 * math.sin(scene.t * (2.0 + 0.3 * (k % 4)) + 1.7 * k)
            canvas.save()
            canvas.translate(out * 1.15 * math.cos(turn), -0.38 + 0.72 * out * math.sin(turn) + bob)
            canvas.scale(_OF_A_SWARM, _OF_A_SWARM)
            self._one(canvas, scene)
            canvas.restore()

    def _one(self, canvas: skia.Canvas, scene: Scene) -> None:
        row, ink = self.row, self.ink
        thin = 0.5 if row.get("thin") or row.get("wings") == "butterfly" else 1.0
        beat = abs(math.sin(scene.t * (5 if row.get("wings") == "butterfly" else 17)))
        folded = self._winged and self._settled(scene) and row.get("wings") != "butterfly"
        if self._settled(scene):
            beat = 0.2 + 0.04 * math.sin(scene.t * 1.6)
        if row.get("lamp"):
            ink.glow(canvas, -0.34, -0.36, 0.8, "#e8f06a", 0.55 + 0.35 * math.sin(scene.t * 2.4))
        if folded:  # it has come down on a flower
            self._blossom(canvas, scene.t, before=False)
            canvas.save()
            canvas.translate(0.0, _SUNK - _BLOSSOM)
        if self._winged:
            self._wings(canvas, beat, far=True, folded=folded)
        self._legs(canvas, scene)
        dark = mixed(self.coat, "#2a2420", 0.75)
        if row.get("legs") == 8:
            ink.piece(canvas, ellipse(-0.3, -0.5, 0.36, 0.33), self.coat)
            for y, r in ((-0.62, 0.06), (-0.48, 0.075), (-0.34, 0.05)):
                ink.piece(canvas, ellipse(-0.34, y, r, r * 0.8), self.coat, shade=0.3)
        elif row.get("segments"):
            ink.piece(canvas, ellipse(-0.4, -0.36, 0.27, 0.2), self.coat)
            ink.piece(canvas, ellipse(-0.06, -0.34, 0.15, 0.12), self.coat, shade=-0.06)
        else:
            body = ellipse(-0.18, -0.4, 0.46 if thin == 1 else 0.62, 0.3 * thin, -6)
            ink.piece(canvas, body, self.coat)
            canvas.save()
            canvas.clipPath(body, True)
            if row.get("bands"):
                for x in (-0.5, -0.28, -0.06):
                    ink.mark(canvas, line([(x, -0.8), (x - 0.03, -0.4), (x, 0.0)]), "#26201c", 0.1)
            if row.get("shellspots"):
                ink.mark(canvas, line([(-0.62, -0.34), (-0.2, -0.42), (0.3, -0.46)]), "#26201c", 0.025)
                for x, y in ((-0.4, -0.52), (-0.16, -0.58), (-0.3, -0.28), (-0.04, -0.3)):
                    ink.piece(canvas, ellipse(x, y, 0.06, 0.06), "#26201c")
            if row.get("lamp"):
                ink.piece(canvas, ellipse(-0.5, -0.36, 0.24, 0.3), "#f4f07a")
            if row.get("shell"):
                ink.mark(
                    canvas,
                    line([(-0.64, -0.36), (-0.2, -0.4), (0.28, -0.44)]),
                    shaded(self.coat, -0.4),
                    0.025,
                )
                ink.mark(
                    canvas, line([(-0.4, -0.58), (-0.2, -0.64), (0.0, -0.62)]), shaded(self.coat, 0.45), 0.03
                )
            canvas.restore()
        face = (
            self.coat
            if not (row.get("shellspots") or row.get("bands") or row.get("wings") == "butterfly")
            else dark
        )
        if row.get("bands"):
            face = mixed(self.coat, "#ffe08a", 0.3)
        for dx in (0.0, 0.13) if row.get("legs") != 8 else ():
            ink.mark(
                canvas,
                line([(0.3 + dx, -0.66), (0.36 + dx * 1.6, -0.84), (0.46 + dx * 1.8, -0.9)]),
                "#2a2420",
                0.026,
            )
            ink.piece(canvas, ellipse(0.46 + dx * 1.8, -0.9, 0.034, 0.034), "#2a2420")
        if row.get("legs") == 8:
            for x in (0.26, 0.4):
                ink.piece(canvas, smooth([(x - 0.04, -0.3), (x + 0.04, -0.3), (x + 0.02, -0.14)]), "#efe6d2")
        ink.piece(canvas, ellipse(0.34, -0.48, 0.24, 0.23), face)
        if row.get("legs") == 8 and not scene.away:
            for x in (0.24, 0.38, 0.5):
                ink.piece(canvas, ellipse(x, -0.64, 0.03, 0.032), "#fbf6ea")
                ink.piece(canvas, ellipse(x + 0.006, -0.64, 0.015, 0.017), "#110b09")
        if self._winged:
            self._wings(canvas, beat, far=False, folded=folded)
        self.eyes_at(canvas, scene, 0.36, -0.52, 0.082, 0.12)
        self.mouth_at(canvas, scene, 0.37, -0.37, 0.07)
        self.dressed(canvas, 0.34, -0.48, 0.22, 0.22)
        if folded:
            canvas.restore()
            self._blossom(canvas, scene.t, before=True)

    def _wings(self, canvas: skia.Canvas, beat: float, *, far: bool, folded: bool = False) -> None:
        kind = self.row["wings"]
        if kind == "butterfly":
            canvas.save()
            canvas.translate(-0.1, -0.43)
            canvas.scale(1.3, 1.2)
            canvas.translate(0.22 if far else 0.1, 0.43)
            self._scaled(canvas, beat, far=far)
            canvas.restore()
            return
        squeeze = 0.35 + 0.65 * beat
        x = -0.04 if far else -0.14
        if folded:  # along the back, past the tail
            up = 0.06 if far else 0.0
            wing = [
                (x + 0.2, -0.6 - up),
                (x - 0.1, -0.76 - up),
                (x - 0.62, -0.58 - up),
                (x - 0.56, -0.44 - up),
            ]
            self.ink.piece(canvas, smooth(wing), "#dcecf4", alpha=0.72)
            return
        pairs = ((-0.5, 0.62), (-0.12, 0.52)) if kind == "long" else ((-0.3, 0.5),)
        for lean, reach in pairs:
            up = reach * squeeze
            wing = [
                (x, -0.6),
                (x + lean - 0.05, -0.62 - up),
                (x + lean - 0.2, -0.6 - up * 0.7),
                (x - 0.1, -0.58),
            ]
            self.ink.piece(canvas, smooth(wing), "#dcecf4", alpha=0.62)

    def _scaled(self, canvas: skia.Canvas, beat: float, *, far: bool) -> None:
        """One pair of a butterfly's wings: a large one above, a smaller one below."""
        squeeze, shade = 0.35 + 0.65 * beat, -0.14 if far else 0.0
        x = -0.04 if far else -0.14
        main = self.look.dress_colour if self.look.dress_colour == self.coat else self.coat
        upper = [
            (x, -0.44),
            (x - 0.1, -0.44 - 0.66 * squeeze),
            (x - 0.56, -0.44 - 0.72 * squeeze),
            (x - 0.6, -0.5 - 0.2 * squeeze),
            (x - 0.2, -0.42),
        ]
        lower = [
            (x, -0.42),
            (x - 0.5, -0.44),
            (x - 0.58, -0.12 - 0.1 * squeeze),
            (x - 0.3, -0.06),
            (x - 0.06, -0.3),
        ]
        for shape, tint in ((upper, 0.0), (lower, 0.14)):
            self.ink.piece(canvas, smooth(shape), main, shade=shade + tint)
        cx, cy = x - 0.36, -0.44 - 0.46 * squeeze
        self.ink.piece(canvas, ellipse(cx, cy, 0.1, 0.1 * squeeze), self.look.trim_colour)
        self.ink.piece(canvas, ellipse(x - 0.38, -0.26, 0.06, 0.05), self.look.trim_colour)

    def grip(self) -> Point:
        """Between the forelegs, below the head."""
        return 0.3, -0.02

    def _blossom(self, canvas: skia.Canvas, t: float, *, before: bool) -> None:
        """The flower in which one rests, larger than itself: its back, then the petals ``before`` it."""
        sway = 0.012 * math.sin(t * 1.5)
        y = -_BLOSSOM + 0.06 + sway
        if not before:
            stem = [(0.06, 0.0), (-0.05, 0.5 * y), (0.0, y)]
            self.ink.mark(canvas, smooth(stem, closed=False), "#4f8a3a", 0.1)
            for side, high in ((-1, 0.34), (1, 0.52)):
                leaf = [(side * x, down - high * _BLOSSOM) for x, down in _LEAF]
                self.ink.piece(canvas, smooth(leaf), "#5f9a48", shade=0.05 * side)
        spread = _BEFORE_IT if before else _BEHIND_IT
        for n, (turned, long) in enumerate(spread):
            sin, cos = math.sin(math.radians(turned)), math.cos(math.radians(turned))
            tip = (long * sin, y - 0.62 * long * cos)
            out = 0.24 * cos, 0.24 * sin
            middle = (0.6 * tip[0], y + 0.6 * (tip[1] - y))
            petal = [
                (0.06 * sin, y), (middle[0] - out[0], middle[1] - out[1]), tip,
                (middle[0] + out[0], middle[1] + out[1]),
            ]  # fmt: skip
            self.ink.piece(
                canvas, smooth(petal), "#e8729a", shade=(0.06 if before else -0.08) + 0.05 * (n % 2)
            )
        if not before:
            self.ink.piece(canvas, ellipse(0.0, y - 0.02, 0.56, 0.16), "#f2c84a")

    def _legs(self, canvas: skia.Canvas, scene: Scene) -> None:
        if self._winged and _rests(scene) and self.row.get("wings") != "butterfly":
            for x in (-0.26, -0.06, 0.14):  # drawn up under the body
                bent = [(x, -0.26), (x + 0.07, -0.14), (x - 0.02, -0.06)]
                self.ink.mark(canvas, line(bent), "#2a2420", 0.035)
            return
        if self._winged and not self._settled(scene):
            for x in (-0.3, -0.1, 0.1):
                self.ink.mark(canvas, line([(x, -0.22), (x - 0.04, -0.08)]), "#2a2420", 0.03)
            return
        pairs = self.row.get("legs", 6) // 2
        if pairs == 4:
            self._arched(canvas, scene)
            return
        for i in range(pairs):
            for side in (-1, 1):
                swing = 0.06 * math.sin(scene.t * 9 + i * 2 + side) if scene.moving else 0.0
                x = -0.34 + i * (0.62 / max(1, pairs - 1))
                out = (i - (pairs - 1) / 2) * 0.28 + side * 0.05 + swing
                tall = 0.24
                self.ink.mark(
                    canvas,
                    line([(x, -0.3), (x + out * 0.7, -0.3 - tall * 0.5), (x + out * 1.3, -0.01)]),
                    shaded(mixed(self.coat, "#2a2420", 0.6), 0.1 * side),
                    0.034,
                )

    def _arched(self, canvas: skia.Canvas, scene: Scene) -> None:
        """A spider's eight legs: up from the body, over a knee above it, and down far from it."""
        dark = mixed(self.coat, "#2a2420", 0.6)
        for far in (True, False):
            for i, out in enumerate((-0.86, -0.5, 0.52, 0.9)):
                swing = 0.06 * math.sin(scene.t * 9 + i * 2 + far) if scene.moving else 0.0
                x = 0.06 + out * 0.12
                foot = x + out * (0.78 if far else 0.92) + swing
                knee = (x + out * 0.52, -0.92 + 0.14 * (abs(out) < 0.6) + 0.06 * far)
                bend = [(x, -0.42), ((x + knee[0]) / 2, (knee[1] - 0.42) / 2 - 0.06), knee, (foot, -0.01)]
                self.ink.mark(canvas, line(bend), shaded(dark, -0.2 if far else 0.12), 0.042)
