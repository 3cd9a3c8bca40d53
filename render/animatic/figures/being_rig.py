"""What beings share: arms and legs that follow the action, and a face."""

from __future__ import annotations

import math

import skia

from ....storyboard.vocabulary import Action
from .creature import Creature, Scene
from .shapes import Point, ellipse, limb, tube

_BOTH = frozenset({"dance", "hug", "cry", "push", "pull", "perform", "laugh", "hold", "give"})
"""Actions of both arms."""
IN_FRONT = {
    "hold": 0.14, "read": 0.12, "write": 0.16, "open": 0.14, "close": 0.14, "sew": 0.14,
}  # fmt: skip
"""Actions in which both hands are before the body, and how far below the shoulders they are."""
AT_MOUTH = frozenset({Action.eat, Action.drink})
"""Actions in which one hand brings something to the mouth, over head and body."""
_AHEAD = {"hug": (0.42, 0.04), "push": (0.44, 0.0), "pull": (0.36, 0.12)}
"""Actions of both arms at somebody ahead, and how far ahead and below the shoulders the hands are."""
SEATED = frozenset({"robot", "alien", "golem", "monster", "yeti", "toy being"})
"""Beings with legs that bend."""
_LOWERED = {Action.sit: 0.15, Action.kneel: 0.1, Action.sleep: 0.15}
"""Actions in which the body comes down, and how far, in heights."""
_ROUND_BASED = frozenset({"snowman", "tree"})
"""Beings that slide and sway on their base: no step or hop lifts them off the ground."""
HOVER = frozenset({"ghost", "spirit", "cloud", "star", "moon", "sun"})


class BeingRig(Creature):
    """Limbs and face of a being that is neither person nor animal; one unit high."""

    breadth = 0.9
    eye_level = 0.75
    _hand: Point = (0.32, -0.4)
    _over: tuple[float, float, float, str, float] | None = None

    def grip(self) -> Point:
        """The hand of the arm that acts, as last drawn."""
        return self._hand

    def held_at(self, hand: Point) -> None:
        """Say where the hand is that holds, in heights from the ground point."""
        self._hand = hand

    def rise(self, scene: Scene) -> float:
        """Ghosts, clouds and stars hover."""
        if self.look.species in HOVER:
            if scene.action in (Action.sit, Action.kneel):
                return 0.02 + 0.015 * math.sin(scene.t * 1.7)
            return 0.08 + 0.04 * math.sin(scene.t * 1.7)
        if scene.action in _LOWERED and self.look.species in SEATED:
            return -_LOWERED[scene.action]
        if self.look.species in _ROUND_BASED:
            return 0.0
        return super().rise(scene)

    def on_rail(self, scene: Scene, side: int) -> Point | None:
        """Where a hand is on its rail of a ladder, one above the other in turn; None off ladders."""
        if scene.rungs is None:
            return None
        return side * 0.29, -0.7 + 0.09 * side * math.cos(math.pi * scene.rungs)

    def arms(
        self,
        canvas: skia.Canvas,
        scene: Scene,
        x: float,
        y: float,
        width: float,
        colour: str,
        reach: float = 0.3,
    ) -> None:
        """Two arms at (+-x, y) that follow the action."""
        lift = {
            "wave": -1.0,
            "reach": -0.5,
            "point": -0.4,
            "hold": 0.1,
            "give": -0.1,
            "hug": -0.2,
            "dance": -0.8,
            "cry": -0.5,
            "push": 0.05,
            "pull": 0.2,
            "light": -0.1,
            "open": -0.1,
            "close": -0.1,
            "take": 0.1,
            "perform": -0.75,
            "laugh": -0.35,
            "throw": -0.9,
            "work": -0.35 + 0.7 * math.sin(scene.t * 7.0),
            "paint": -0.4 + 0.3 * math.sin(scene.t * 3.0),
            "cook": -0.25 + 0.08 * math.sin(scene.t * 3.0),
            "play": -0.1 + 0.5 * math.sin(scene.t * 6.0),
            "search": 0.1 + 0.5 * math.sin(scene.t * 2.2),
            "listen": -0.95,
        }.get(scene.action.value, 0.9)
        for side in (-1, 1):
            if side > 0 and scene.action in AT_MOUTH:
                self._over = (x, y, width, colour, reach)
                continue
            up = lift if side > 0 or scene.action.value in _BOTH else 0.9
            if side < 0 and scene.action.value == "play":
                up = -lift
            if scene.action.value in IN_FRONT:
                down = IN_FRONT[scene.action.value] + 0.01 * math.sin(scene.t * 2.0)
                bent = [(side * x, y), (side * (x + reach * 0.45), y + 0.16), (side * 0.1, y + down)]
                self.ink.piece(
                    canvas,
                    limb(bent[0], bent[1], bent[2], (width, width * 0.9, width * 0.9)),
                    colour,
                    shade=-0.1,
                )
                self.ink.piece(canvas, ellipse(*bent[-1], width * 0.68, width * 0.68), colour)
                self._hand = (0.06, y + down)
                continue
            if scene.action.value in _AHEAD:  # both arms before it, at whoever is there
                if side < 0 and scene.action is Action.hug:  # behind whoever is held
                    continue
                out, down = _AHEAD[scene.action.value]
                hand = (out + 0.03 * side, y + down + 0.05 * side + 0.01 * math.sin(scene.t * 2.4))
                elbow = ((side * x + hand[0]) / 2, max(y, hand[1]) + 0.05)
                bent = [(side * x, y), elbow, hand]
                if scene.action is Action.hug:  # no arm goes over its breast, and one is seen below the other
                    hand = (out + 0.02 * side, y + 0.02 + 0.06 * side + 0.01 * math.sin(scene.t * 2.4))
                    bent = [(0.86 * x, y), ((x + hand[0]) / 2, (y + hand[1]) / 2 + 0.035), hand]
                self.ink.piece(canvas, tube(bent, (width, width * 0.86, width * 0.9)), colour, shade=-0.1)
                self.ink.piece(canvas, ellipse(*hand, width * 0.72, width * 0.72), colour)
                self._hand = hand
                continue
            if (rail := self.on_rail(scene, side)) is not None:
                rail = (side * max(abs(rail[0]), x + 0.08), rail[1] + min(0.0, y + 0.55))
                bent = [(side * x, y), (side * (x + reach * 0.5), (y + rail[1]) / 2 + 0.1), rail]
                self.ink.piece(canvas, tube(bent, (width, width * 0.86, width * 0.9)), colour, shade=-0.1)
                self.ink.piece(canvas, ellipse(*rail, width * 0.72, width * 0.72), colour)
                continue
            if scene.action.value == "dance":
                up = lift + 0.9 * side * math.sin(scene.t * 4.4)
            swing = 0.08 * math.sin(scene.t * (6 if scene.moving or scene.action == "wave" else 1.8) + side)
            elbow = (side * (x + reach * 0.55), y + reach * 0.5 * up)
            hand = (side * (x + reach * 0.75) + swing, y + reach * 1.1 * up + 0.03)
            self.ink.piece(
                canvas,
                tube([(side * x, y), elbow, hand], (width, width * 0.86, width * 0.9)),
                colour,
                shade=-0.1,
            )
            self.ink.piece(canvas, ellipse(*hand, width * 0.68, width * 0.68), colour)
            if side > 0:
                self._hand = hand

    def arm_over(self, canvas: skia.Canvas, scene: Scene) -> None:
        """The arm that brings something to the mouth, over all the rest; the hand stays beside the face."""
        if self._over is None:
            return
        (x, y, width, colour, reach), self._over = self._over, None
        near = max(0.0, math.sin(scene.t * 2.2))
        broad = x >= 0.3  # its face is in its trunk
        hand = (max(0.2, x) + 0.05 - 0.03 * near, y - 0.02 - 0.04 * near + 0.08 * broad)
        elbow = (x + 0.55 * reach, y + 0.17)
        arm = limb((x, y), elbow, hand, (width, width * 0.9, width * 0.9))
        self.ink.piece(canvas, arm, colour, shade=-0.1)
        self.ink.piece(canvas, ellipse(*hand, width * 0.68, width * 0.68), colour)
        self._hand = (hand[0], hand[1] - 0.3 * width)

    def legs(
        self, canvas: skia.Canvas, scene: Scene, x: float, top: float, width: float, colour: str
    ) -> None:
        """Two short legs with feet; of who sits, stretched out ahead."""
        for side in (-1, 1):
            if scene.action in _LOWERED and self.look.species in SEATED:
                low = -_LOWERED[scene.action] - 0.03
                ahead = side * x * 0.6 + (-0.14 if scene.action is Action.kneel else 0.26)
                leg = [(side * x * 0.7, top - 0.02), (side * x * 0.6 + 0.1, low - 0.04), (ahead, low)]
                self.ink.piece(canvas, tube(leg, (width, width, width)), colour, shade=-0.12)
                self.ink.piece(
                    canvas, ellipse(ahead + 0.01, low - 0.03, 0.04, width * 0.9), colour, shade=-0.2
                )
                continue
            step = math.sin(scene.t * 6 + (0 if side > 0 else math.pi)) if scene.moving else 0.0
            foot = (side * x + step * 0.07, -0.03 - max(0.0, step) * 0.04)
            if scene.action is Action.dance:  # one foot, then the other, kicked out to its side
                kick = max(0.0, side * math.sin(scene.t * 4.4))
                foot = (side * (x + 0.15 * kick), -0.03 - 0.09 * kick)
            self.ink.piece(
                canvas,
                tube(
                    [(side * x, top), ((side * x + foot[0]) / 2, (top + foot[1]) / 2), foot],
                    (width, width, width),
                ),
                colour,
                shade=-0.12,
            )
            self.ink.piece(canvas, ellipse(foot[0] + 0.03, foot[1], width * 0.9, 0.04), colour, shade=-0.2)

    def face(self, canvas: skia.Canvas, scene: Scene, x: float, y: float, size: float) -> None:
        """Eyes and a mouth of that size."""
        self.eyes_at(canvas, scene, x, y, size, size * 1.9)
        self.mouth_at(canvas, scene, x, y + size * 2.4, size * 1.2)
