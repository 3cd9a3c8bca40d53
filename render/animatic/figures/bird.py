"""Birds and bats: one rig, shaped for each species by ``species.json``."""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Mark
from ..ink import Ink, mixed, shaded
from .bat import draw_bat
from .bird_beak import draw_beak
from .creature import EYE, Creature, Scene
from .face import Ball
from .shapes import Point, ellipse, line, polygon, smooth, tube

_LEVEL = 0.75
"""Share of its lean that an owl or a penguin takes back with its head."""
_SHORT, _STRIDES = 0.2, 0.12
"""Legs shorter than this are hidden by the belly of an upright bird, which is carried so much higher as it
goes on foot."""
_RESTS = frozenset({Action.sit, Action.kneel, Action.hide})
"""What a bird does with its legs folded under it."""


def _raised(scene: Scene, upright: bool) -> float:
    """Degrees that the near wing of a bird on its feet is turned up from its side, as an arm would be."""
    beat = math.sin(scene.t * 8.0)
    if scene.touches:  # before its own face it would hide what the heads do
        return 0.0
    if scene.action in (Action.point, Action.reach):
        return (-96.0 if upright else -150.0) + 3.0 * beat
    if scene.action in (Action.perform, Action.laugh, Action.wave, Action.hug, Action.dance):
        return 96.0 + 30.0 * beat
    if scene.action is Action.run or (upright and scene.flying):  # flapping as it hurries along
        return 58.0 + 34.0 * math.sin(scene.t * 14.0)
    if scene.action in (Action.push, Action.work, Action.cook, Action.paint, Action.open, Action.close):
        return (-86.0 if upright else -140.0) + 16.0 * beat
    return 0.0


_NEAR_WING, _FAR_WING = (44.0, 30.0), (92.0, 14.0)
"""Degrees up from straight behind of a wing of one in the air, and how far it beats to both sides of that."""
_FEATHERS: tuple[Point, ...] = (
    (-0.04, 0.08), (0.2, 0.17), (0.5, 0.15), (0.76, 0.05), (0.92, -0.1), (0.73, -0.1), (0.76, -0.22),
    (0.56, -0.17), (0.56, -0.31), (0.37, -0.22), (0.32, -0.34), (0.14, -0.24), (-0.02, -0.16),
)  # fmt: skip
"""Outline of a spread wing: along it from the shoulder, and across it ahead of that."""
_COVERTS: tuple[Point, ...] = (
    (-0.02, 0.07),
    (0.2, 0.15),
    (0.46, 0.13),
    (0.5, 0.02),
    (0.26, -0.06),
    (0.0, -0.09),
)
"""Outline of the short feathers along its fore edge."""
_QUILLS: tuple[tuple[Point, Point], ...] = (
    ((0.7, -0.16), (0.52, -0.02)), ((0.5, -0.24), (0.36, -0.06)), ((0.28, -0.27), (0.2, -0.08)),
)  # fmt: skip
"""Tip and foot of the lines between its long feathers."""


class Bird(Creature):
    """A bird; ``plan2`` of its row chooses an upright owl or penguin, or a bat."""

    breadth = 1.25
    eye_level = 0.8
    winged = True
    _tip: Point = (0.5, -0.7)
    _tall = 1.0

    def __init__(
        self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, row: dict[str, Any]
    ) -> None:
        super().__init__(look, marks, ink, seed, row)
        if row.get("plan2") == "bat":  # its head is in the middle of it
            self.width = 0.7 * self.height
        if row.get("plan2") == "owl":
            self.swivel = 0.5

    def leant(self, action: Action) -> float:
        """Who runs leans into it."""
        return 15.0 if action is Action.run else super().leant(action)

    def back(self, flying: bool) -> float:
        """Metres above the ground point at which one sits on it, between its wings."""
        neck, leg = self.row.get("neck", 0.0), self.row.get("leg", 0.25)
        tall = 1.0 / (1.0 + neck * 0.75 + (leg - 0.25) * 0.6)
        upright = self.row.get("plan2") in ("owl", "penguin", "bat")
        high: float = tall * (leg * 0.9 + (0.66 if upright else 0.46))
        return self.scale * (high + (0.25 if flying else 0.0))

    def grip(self) -> Point:
        """The end of the beak, as last drawn."""
        return self._tip

    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw perched, walking or on the wing."""
        row, ink = self.row, self.ink
        form = row.get("plan2")
        if form == "bat":
            self._tip = draw_bat(self, canvas, scene)
            return
        neck, leg = row.get("neck", 0.0), row.get("leg", 0.25)
        tall = 1.0 / (1.0 + neck * 0.75 + (leg - 0.25) * 0.6)
        self._tall = tall
        canvas.save()
        canvas.scale(tall, tall)
        if row.get("glow"):
            ink.glow(canvas, 0, -0.5, 0.9, row["glow"], 0.5)
        runs = scene.action is Action.run
        upright = form == "penguin" or (
            form == "owl" and not scene.flying
        )  # on the wing, an owl lies in the air
        step_wide = (0.2 if runs else 0.12) if scene.moving and not scene.flying else 0.0
        short = upright and leg < _SHORT
        step_wide *= 1.2 if short else 1.0
        step = math.sin(scene.t * (14 if runs else 9)) * step_wide
        bob = abs(step) * 0.2
        low = -leg * 0.9 + bob
        if short and step_wide:  # up on its legs, that they are seen to go
            low -= _STRIDES
        rests = not scene.flying and (scene.asleep or scene.action in _RESTS)
        if rests:  # on its belly, its legs under it
            low = -0.04
        middle: Point = (0.0, low - (0.36 if upright else 0.26))
        air = scene.flying and form != "penguin"
        lies = upright and scene.action is Action.lie and not scene.flying
        if lies:  # on its belly, its head ahead
            canvas.save()
            canvas.translate(0.0, -0.3)
            canvas.rotate(80)
            canvas.translate(-middle[0], -middle[1])
        if lies:
            self._legs(canvas, 0.0, middle[1] + 0.34, leg, upright)
        elif not air and not rests:
            self._legs(canvas, step, low, leg, upright, scene.bent)
        elif rests and upright:
            self._legs(canvas, 0.0, -0.03, leg, upright, scene.bent)
        if air:
            self._wing(canvas, middle, scene.t, far=True)
        self._tail(canvas, middle, upright, scene.t)
        round_one = 0.35 if form == "owl" else 0.3
        body = ellipse(*middle, round_one, 0.4, 6) if upright else ellipse(*middle, 0.37, 0.27, -16)
        ink.piece(canvas, body, self.coat)
        canvas.save()
        canvas.clipPath(body, True)
        pale = row.get("breast") or (mixed(self.coat, "#fffaf0", row["belly"]) if row.get("belly") else None)
        if pale:
            ink.piece(
                canvas, ellipse(middle[0] + 0.14, middle[1] + 0.12, 0.27, 0.34 if upright else 0.26), pale
            )
        if row.get("bars"):
            for i in range(5):
                ink.mark(
                    canvas,
                    line([(middle[0] + 0.02, middle[1] + i * 0.06), (middle[0] + 0.3, middle[1] + i * 0.06)]),
                    shaded(self.coat, -0.3),
                    0.014,
                )
        canvas.restore()
        if rests and upright:
            self._toes(canvas)
        if lies:
            canvas.restore()
            canvas.save()
            canvas.translate(0.38, -middle[1] + 0.02)
        level = _LEVEL * scene.bent if upright and not lies else 0.0
        canvas.save()
        if level:  # its head stays upright on a body that leans
            canvas.rotate(-level, middle[0] + 0.04, middle[1] - 0.46)
        head = self._head(canvas, scene, middle, neck, upright)
        self.dressed(canvas, head[0], head[1], 0.19, 0.22)
        canvas.restore()
        if level:
            dx, dy = self._tip[0] - head[0] * tall, self._tip[1] - head[1] * tall
            cos, sin = math.cos(math.radians(level)), math.sin(math.radians(level))
            self._tip = (head[0] * tall + dx * cos + dy * sin, head[1] * tall + dy * cos - dx * sin)
        if lies:
            canvas.restore()
            canvas.save()
            canvas.translate(0.0, -0.3)
            canvas.rotate(80)
            canvas.translate(-middle[0], -middle[1])
        if air:
            self._wing(canvas, middle, scene.t, far=False)
        else:
            wing = [
                (middle[0] + 0.14, middle[1] - 0.12),
                (middle[0] - 0.12, middle[1] - 0.16),
                (middle[0] - 0.42, middle[1] + 0.1),
                (middle[0] - 0.1, middle[1] + 0.16),
            ]
            if upright:
                wing = [
                    (middle[0] - 0.08, middle[1] - 0.22),
                    (middle[0] - 0.28, middle[1] - 0.06),
                    (middle[0] - 0.3, middle[1] + 0.3),
                    (middle[0] - 0.08, middle[1] + 0.16),
                ]
            colour = row.get("wing", shaded(self.coat, -0.16))
            shoulder = (middle[0] + (-0.06 if upright else 0.08), middle[1] - 0.14)
            canvas.save()
            canvas.translate(*shoulder)
            canvas.rotate(_raised(scene, upright))
            canvas.translate(-shoulder[0], -shoulder[1])
            ink.piece(canvas, smooth(wing), colour)
            for k in (0.3, 0.6):
                a, b = wing[1], wing[3]
                x, y = a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k
                ink.mark(canvas, line([(x, y), (x - 0.14, y + 0.05)]), shaded(colour, -0.25), 0.012)
            canvas.restore()
        if lies:
            canvas.restore()
        canvas.restore()

    def _legs(
        self, canvas: skia.Canvas, step: float, low: float, leg: float, upright: bool, bent: float = 0.0
    ) -> None:
        """Two legs from a body that is ``bent`` so many degrees down to feet flat on the ground."""
        colour = self.row.get("legc", "#d8923a")
        cos, sin = math.cos(math.radians(bent)), math.sin(math.radians(bent))

        def level(x: float, y: float) -> Point:
            return x * cos + y * sin, y * cos - x * sin

        short = upright and leg < _SHORT
        for side, x in ((-1, -0.08), (1, 0.08)):
            swing = step * side
            foot = (x + swing, -0.015 - max(0.0, swing * 0.5))
            end = level(*foot)
            back = 0.04 if leg > 0.5 or (short and step) else 0.0
            knee = ((x + end[0]) / 2 - back, (low + end[1]) / 2)
            self.ink.mark(canvas, line([(x, low - 0.06), knee, end]), colour, 0.04 if short else 0.032)
            wide = 0.1 if self.row.get("beak") == "flat" or upright else 0.075
            toes = [level(foot[0] - 0.03, foot[1]), level(foot[0] + wide, foot[1])]
            self.ink.mark(canvas, line(toes), colour, 0.034)

    def _toes(self, canvas: skia.Canvas) -> None:
        """The toes of one at rest on its feet, before its belly."""
        colour = self.row.get("legc", "#d8923a")
        for x in (-0.09, 0.13):
            for n in (-1, 0, 1):
                toe = ellipse(x + 0.055 * n, -0.028 - 0.012 * (n == 0), 0.034, 0.045)
                self.ink.piece(canvas, toe, colour, shade=0.04 * n)

    def _tail(self, canvas: skia.Canvas, middle: Point, upright: bool, t: float) -> None:
        x, y = middle[0] - 0.28, middle[1] + 0.04
        kind = self.row.get("tail", "plain")
        wave = 0.02 * math.sin(t * 3)
        if upright:
            self.ink.piece(
                canvas,
                smooth([(-0.16, middle[1] + 0.2), (-0.3, middle[1] + 0.42), (-0.1, middle[1] + 0.38)]),
                self.coat,
                shade=-0.2,
            )
        elif kind == "peacock":
            for i in range(9):
                a = math.radians(100 + i * 16)
                end = (x + math.cos(a) * 0.75, y - math.sin(a) * 0.75 + wave)
                self.ink.piece(
                    canvas,
                    tube([(x + 0.1, y), end], (0.06, 0.17)),
                    mixed(self.coat, "#2a8a6a", 0.5),
                    shade=0.06 * (i % 2),
                )
                self.ink.piece(canvas, ellipse(*end, 0.062, 0.062), "#e0b040")
                self.ink.piece(canvas, ellipse(*end, 0.034, 0.034), "#243c8a")
        elif kind in ("rooster", "fan", "phoenix"):
            for i in range(5):
                lift = 0.42 - i * 0.12
                reach = 0.34 if kind != "phoenix" else 0.75
                feather = tube(
                    [
                        (x + 0.12, y),
                        (x - reach * 0.6, y - lift - 0.08),
                        (x - reach, y - lift * 0.5 + wave + (0.2 if kind != "fan" else -0.1)),
                    ],
                    (0.1, 0.12, 0.03),
                )
                colours = {
                    "rooster": ("#2a5a4a", "#24443c"),
                    "fan": (self.coat, self.coat),
                    "phoenix": ("#f09a30", "#e0552a"),
                }[kind]
                self.ink.piece(canvas, feather, colours[i % 2], shade=-0.05 * i)
        else:
            reach = {"long": 0.6, "fork": 0.46}.get(kind, 0.28)
            for k in (-0.05, 0.06):
                self.ink.piece(
                    canvas,
                    tube(
                        [
                            (x + 0.12, y),
                            (x - reach * 0.5, y + 0.08 + k),
                            (x - reach, y + 0.12 + k * 2 + wave),
                        ],
                        (0.2, 0.14, 0.06),
                    ),
                    self.coat,
                    shade=-0.2,
                )

    def _wing(self, canvas: skia.Canvas, middle: Point, t: float, *, far: bool) -> None:
        """A wing of a bird on the wing: the near one beats behind its back, the far one is seen over it."""
        beat = math.sin(t * 8.5)
        root: Point = (middle[0] + (0.1 if far else -0.02), middle[1] - (0.12 if far else 0.08))
        turned = _FAR_WING[0] + _FAR_WING[1] * beat if far else _NEAR_WING[0] + _NEAR_WING[1] * beat
        colour = self.row.get("wing", shaded(self.coat, -0.1))
        cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))

        def at(along: float, ahead: float) -> Point:
            return root[0] - along * cos + ahead * sin, root[1] - along * sin - ahead * cos

        feathers = smooth([at(*point) for point in _FEATHERS], tension=0.4)
        self.ink.piece(canvas, feathers, colour, shade=-0.16 if far else 0.0)
        if not far:
            self.ink.piece(canvas, smooth([at(*point) for point in _COVERTS]), colour, shade=0.1)
        for tip, foot in _QUILLS:
            self.ink.mark(canvas, line([at(*foot), at(*tip)]), shaded(colour, -0.28), 0.014)

    def _head(self, canvas: skia.Canvas, scene: Scene, middle: Point, neck: float, upright: bool) -> Point:
        row, ink = self.row, self.ink
        size = 0.27 if upright or self.row.get("plan2") == "owl" else 0.22
        size *= 1.0 - 0.25 * min(1.0, neck)
        peck = 0.0
        if scene.action in ("eat", "dig", "search", "drink"):
            peck = 0.22 * max(0.0, math.sin(scene.t * 6))
        head: Point = (
            middle[0] + (0.28 if not upright else 0.04),
            middle[1] - (0.32 if not upright else 0.46) - neck * 0.9 + peck,
        )
        colour = row.get("hood", self.coat)
        if neck > 0.1:
            base = (middle[0] + 0.22, middle[1] - 0.06)
            bend = 0.16 if row.get("scurve") else 0.0
            spine = [
                base,
                (base[0] + 0.1 - bend * 0.2, base[1] - neck * 0.3),
                (base[0] - 0.02 - bend, base[1] - neck * 0.65),
                head,
            ]
            ink.piece(canvas, tube(spine, (0.3, 0.17, 0.13, 0.17)), colour)
            if row.get("ring"):
                ink.mark(
                    canvas,
                    line([(base[0] - 0.08, base[1] - 0.06), (base[0] + 0.12, base[1] - 0.06)]),
                    "#fbf6ea",
                    0.04,
                )
        self._crest(canvas, head, size)
        if row.get("tufts"):
            for side in (-1, 1):
                tall = 1.45
                ink.piece(
                    canvas,
                    polygon(
                        [
                            (head[0] + side * size * 0.2, head[1] - size * 0.7),
                            (head[0] + side * size * 0.85, head[1] - size * tall),
                            (head[0] + side * size * 0.95, head[1] - size * 0.3),
                        ]
                    ),
                    self.coat,
                    shade=-0.06,
                )
        ink.piece(canvas, ellipse(*head, size, size * 0.96), colour)
        turn = math.sin(math.radians(scene.turn))
        owl = row.get("plan2") == "owl"
        spread = size * (0.4 if owl else 0.46)
        if owl and not scene.away:
            self._discs(canvas, scene, head, size, self.face_ball(scene, spread))
        if row.get("plan2") == "penguin" and not scene.away:
            ink.piece(canvas, ellipse(head[0] + turn * 0.1, head[1] + 0.05, 0.18, 0.17), "#fbf8f0")
        if not scene.away:
            draw_beak(self, canvas, scene, head, size, turn)
        reach = size * 0.75 * math.sin(math.radians(scene.turn)) + 0.12
        self._tip = ((head[0] + reach) * self._tall, (head[1] + 0.12) * self._tall)
        self.eyes_at(
            canvas,
            scene,
            head[0] + turn * size * 0.1,
            head[1] - size * 0.12,
            size * (0.34 if owl else 0.25),
            spread,
        )
        return head

    def _discs(self, canvas: skia.Canvas, scene: Scene, head: Point, size: float, ball: Ball) -> None:
        """The two pale discs of an owl's face, each round its eye and none past the edge of the head."""
        canvas.save()
        canvas.clipPath(ellipse(*head, size, size * 0.96), True)
        for side in (1, -1):
            seen = max(0.0, ball.towards(side * EYE))
            x = head[0] + math.sin(math.radians(scene.turn)) * size * 0.1 + ball.at(side * EYE, 0.0)[0]
            disc = ellipse(x + side * 0.02, head[1] + 0.01, 0.155 * (0.7 + 0.3 * seen), 0.175)
            self.ink.piece(canvas, disc, mixed(self.coat, "#fff6e0", 0.6))
        canvas.restore()

    def head_at(self, canvas: skia.Canvas, scene: Scene, at: Point) -> None:
        """The head alone, its middle at ``at``, in the bird's units."""
        self._head(canvas, scene, (at[0] - 0.28, at[1] + 0.32), 0.0, False)

    def _crest(self, canvas: skia.Canvas, head: Point, size: float) -> None:
        row, ink = self.row, self.ink
        if row.get("comb"):
            big = row["comb"] * 0.3 + 0.7
            for dx, r in ((-0.1, 0.06), (0.0, 0.08), (0.1, 0.06)):
                ink.piece(
                    canvas, ellipse(head[0] + dx, head[1] - size * 0.95, r * big, r * 1.3 * big), "#d0342c"
                )
            ink.piece(canvas, ellipse(head[0] + size * 0.75, head[1] + size * 0.8, 0.05, 0.09), "#d0342c")
        elif row.get("crest"):
            for i in range(3):
                end = (head[0] - 0.06 - i * 0.08, head[1] - size - 0.2 + i * 0.06)
                ink.mark(canvas, line([(head[0], head[1] - size * 0.8), end]), self.coat, 0.022)
                ink.piece(canvas, ellipse(*end, 0.035, 0.035), row.get("glow", "#e0b040"))
