"""What simple bodies share: scale, mirroring, hovering, marks and a face."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Facing, Hat, Mark, Worn
from ..ink import Ink, mixed, shaded
from .acting import Acting
from .anatomy import STATURE
from .ascent import Climb
from .beast_head import animal_eye
from .face import MOUTH_DARK, Ball
from .hats import draw_hat
from .mood import Mood, mood
from .performances import on_twos
from .shapes import ellipse, line, smooth

Hold = Callable[[skia.Canvas], None]
MOVING = frozenset(
    {Action.walk, Action.run, Action.sneak, Action.swim, Action.fly, Action.ride, Action.push, Action.pull}
)
_LEANS = {
    Action.look: 9.0,
    Action.listen: 10.0,
    Action.push: 15.0,
    Action.pull: -13.0,
    Action.work: 7.0,
    Action.give: 7.0,
    Action.take: 10.0,
    Action.reach: 10.0,
    Action.point: 6.0,
    Action.search: 12.0,
    Action.read: 6.0,
}
"""Degrees that a body without a waist leans forward as it acts."""
EYE, _CHEEK = 36.0, 50.0
"""Degrees from the middle of a face to an eye, and to where it blushes."""
FLYING = frozenset({Action.fly, Action.float, Action.jump, Action.dive, Action.dance, Action.play})


@dataclass(frozen=True)
class Scene:
    """One drawing's circumstances. The body faces right."""

    t: float
    action: Action
    mood: Mood
    turn: float
    """Degrees of the head from the camera."""
    moving: bool
    flying: bool
    asleep: bool
    away: bool
    rungs: float | None = None
    """How many rungs it has gone up, where it climbs with its arms."""
    touches: bool = False
    """Its head is at another's."""
    bent: float = 0.0
    """Degrees that the canvas is turned forward about its feet, which stay flat on the ground."""


class Creature(ABC):
    """A body without jointed legs of its own; subclasses draw it in shares of its height."""

    floats = False
    breadth = 1.0
    eye_level = 0.7
    winged = False
    """True for what stays in the air as it plays."""
    leans = True
    """False for bodies that bend by themselves."""
    topples = True
    """False for bodies that lie as they crawl."""

    swivel = 0.7
    """Share of the head's turn by which its eyes go round."""
    breathless = False
    """True where no breath of it is seen to rise: under water, or where the frame would cut it."""

    def __init__(
        self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, row: dict[str, Any]
    ) -> None:
        self.look, self.marks, self.seed, self.row = look, marks, seed, row
        self.scale: float = row["size"] * STATURE[look.stature] * (0.75 if look.age == "child" else 1.0)
        self.height = self.scale
        self.width = self.scale * self.breadth
        self.eyes = self.scale * float(row.get("eyes", self.eye_level))
        self.ink = replace(ink, line=ink.line * 0.6)
        self.coat = look.coat_colour
        if Mark.wet in marks:
            self.coat = shaded(self.coat, -0.2)
        if Mark.frozen in marks:
            self.coat = mixed(self.coat, "#c8e4f4", 0.5)

    def travels(self, action: Action) -> float:
        """Metres a second across the ground."""
        if action not in MOVING:
            return 0.0
        return (2.0 if action in (Action.run, Action.fly) else 0.7) * math.sqrt(max(0.4, self.scale))

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw on the origin."""
        t = on_twos(t) * acting.pace
        left = acting.facing is Facing.left or (acting.facing is not Facing.right and self.seed % 2 == 1)
        if acting.gaze is not None and left:
            acting = replace(acting, gaze=(-acting.gaze[0], acting.gaze[1]))
        action = acting.action
        scene = Scene(
            t=t + self.seed % 9 * 0.21,
            action=action,
            mood=mood(acting, t, self.seed),
            turn={Facing.camera: 14.0, Facing.away: 160.0}.get(acting.facing, 52.0),
            moving=action in MOVING,
            flying=action in FLYING,
            asleep=action in (Action.sleep, Action.lie, Action.fall),
            away=acting.facing is Facing.away,
            rungs=Climb(acting.way, 1.0, 1.0, 1.0).taken(t) if acting.way else None,
        )
        canvas.save()
        canvas.scale(-self.scale if left else self.scale, self.scale)
        canvas.translate(0.0, -self.rise(scene))
        if acting.manner in ("nose", "lick"):  # its head at another's
            low = min(26.0, max(-12.0, 34.0 * (1.0 - acting.level)))
            scene = replace(scene, touches=True, bent=low + 5.0 + 3.0 * math.sin(t * 3.0))
        elif self.leans and scene.rungs is None and (leant := self.leant(action)):
            # Bent over the feet: towards what it looks at, into what it pushes.
            share = min(1.0, t / 0.9) if action is not Action.search else math.sin(t * 2.2)
            scene = replace(scene, bent=leant * share)
        canvas.rotate(scene.bent)
        if action is Action.fall and self.leans and self.topples and not self.floats:
            canvas.translate(-0.45, -0.27)  # on its side
            canvas.rotate(82.0)
        self.paint(canvas, scene)
        if Mark.snowy in self.marks or Mark.frozen in self.marks:
            self.ink.piece(canvas, ellipse(0.02, -0.97, 0.16, 0.05), "#f6fafc")
        if Mark.dirty in self.marks:
            self.ink.piece(canvas, ellipse(-0.08, -0.36, 0.08, 0.05, 20), "#4a3826", alpha=0.5)
        if Mark.wounded in self.marks:
            self.ink.mark(canvas, line([(-0.12, -0.5), (0.12, -0.4)]), "#f4eee0", 0.07)
        if hold is not None:
            canvas.translate(*self.grip())
            canvas.scale((-1 if left else 1) / self.scale, 1 / self.scale)
            hold(canvas)
        canvas.restore()

    def leant(self, action: Action) -> float:
        """Degrees that it leans forward as it acts."""
        return _LEANS.get(action, 0.0)

    def rise(self, scene: Scene) -> float:
        """How far above its ground the body is now, in heights."""
        if scene.action is Action.jump:
            return 0.0  # the figure lifts it
        if scene.action in (Action.dance, Action.play) and not self.winged:
            return 0.09 * abs(math.sin(scene.t * 5.2))
        if scene.flying:
            return 0.25 + 0.08 * math.sin(scene.t * 2.6)
        if scene.moving:
            return 0.05 * abs(math.sin(scene.t * 6.0))
        return 0.0

    def grip(self) -> tuple[float, float]:
        """Where something is held."""
        return 0.32, -0.4

    @abstractmethod
    def paint(self, canvas: skia.Canvas, scene: Scene) -> None:
        """Draw the body, facing right, standing on the origin, one unit high."""

    def face_ball(self, scene: Scene, spread: float) -> Ball:
        """What eyes that are ``spread`` apart lie on, turned as the head is."""
        return Ball(spread * 1.6, scene.turn * self.swivel, 0.0)

    def eyes_at(
        self, canvas: skia.Canvas, scene: Scene, x: float, y: float, size: float, spread: float
    ) -> None:
        """Two eyes around (x, y), the far one narrower, unless seen from behind."""
        if scene.away:
            return
        ball = self.face_ball(scene, spread)
        mood = scene.mood
        if not spread and mood.slant > 0 and mood.open > 1.0:  # one brow alone, raised in fear, is a scowl
            mood = replace(mood, slant=0.0)
        for side in (-1, 1) if spread else (-1,):
            seen = ball.towards(side * EYE)
            if seen > 0.05:
                dx, _ = ball.at(side * EYE, 0.0)
                animal_eye(
                    canvas,
                    self.ink,
                    x + dx,
                    y,
                    size * (0.6 + 0.4 * seen),
                    mood,
                    self.look.eye_colour,
                    side,
                )
                cheek = ball.towards(side * _CHEEK) if spread else 1.0
                if scene.mood.blush > 0.4 and cheek > 0.15:
                    at = x + ball.at(side * _CHEEK, 0.0)[0], y + size * 1.6
                    blush = ellipse(*at, size * 0.6 * min(1.0, 0.2 + cheek), size * 0.35)
                    self.ink.piece(canvas, blush, "#e8707a", alpha=0.4)

    def mouth_at(self, canvas: skia.Canvas, scene: Scene, x: float, y: float, half: float) -> None:
        """A mouth around (x, y)."""
        if scene.away:
            return
        x += half * 0.7 * math.sin(math.radians(scene.turn))
        lift = scene.mood.curve * half * 0.5
        if scene.mood.gape < 0.06:
            self.ink.mark(
                canvas,
                line([(x - half, y - lift), (x, y + lift * 0.5), (x + half, y - lift)]),
                "#3a2420",
                half * 0.24,
            )
            return
        drop = half * (0.3 + scene.mood.gape * 1.6)
        shape = smooth(
            [
                (x - half, y - lift),
                (x, y - lift * 0.3),
                (x + half, y - lift),
                (x + half * 0.5, y + drop),
                (x - half * 0.5, y + drop),
            ]
        )
        self.ink.piece(canvas, shape, MOUTH_DARK)

    def dressed(self, canvas: skia.Canvas, x: float, y: float, head: float, neck: float) -> None:
        """A hat on a head of half width ``head`` around (x, y), and a scarf ``neck`` below."""
        if Worn.scarf in self.look.worn:
            self.ink.mark(
                canvas,
                line([(x - head * 0.8, y + neck), (x, y + neck * 1.15), (x + head * 0.8, y + neck)]),
                self.look.trim_colour,
                head * 0.34,
            )
            self.ink.mark(
                canvas,
                line([(x - head * 0.3, y + neck), (x - head * 0.5, y + neck * 1.9)]),
                self.look.trim_colour,
                head * 0.3,
            )
        if Worn.glasses in self.look.worn:
            for side in (-0.35, 0.5):
                self.ink.mark(
                    canvas, ellipse(x + side * head, y, head * 0.36, head * 0.36), "#2c2620", head * 0.07
                )
        if self.look.hat is not Hat.none:
            canvas.save()
            canvas.translate(x, y)
            canvas.scale(head * 2.3, head * 2.3)
            draw_hat(canvas, self.look, self.ink, Ball(0.42, 20.0, 0.0), 0.42)
            canvas.restore()
