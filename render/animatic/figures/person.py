"""A person: the jointed figure put together from bones, garments and head."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Age, Dress, Facing, Mark
from ..ink import Ink, mixed, shaded
from .acting import Acting
from .anatomy import anatomy
from .face import Ball, Face
from .garments import Wardrobe
from .hair import Hair
from .hats import draw_hat
from .mood import mood
from .performances import on_twos, performance
from .shapes import tube
from .skeleton import Skeleton, Stance
from .torso import Torso
from .worn import Accessories

YAWS = {Facing.camera: 8.0, Facing.right: 42.0, Facing.left: -42.0, Facing.away: 168.0}
"""Degrees from the camera for each facing: three-quarter views rather than flat ones."""

Hold = Callable[[skia.Canvas], None]


class Person:
    """Draws one person; all lengths in metres."""

    floats = False

    def __init__(self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int) -> None:
        if Mark.wet in marks:
            look = look.model_copy(
                update={
                    "hair_colour": shaded(look.hair_colour, -0.3),
                    "dress_colour": shaded(look.dress_colour, -0.28),
                    "trim_colour": shaded(look.trim_colour, -0.2),
                }
            )
        if Mark.frozen in marks:
            ice = "#bfe0f2"
            look = look.model_copy(
                update={n: mixed(getattr(look, n), ice, 0.5) for n in ("skin", "hair_colour", "dress_colour")}
            )
        if Mark.old in marks:
            look = look.model_copy(update={"age": Age.elder})
        self.look, self.marks, self.seed = look, marks, seed
        self.body = anatomy(look)
        self.height = self.body.height
        self.width = self.height * 0.42
        self.eyes = self.height * (1 - self.body.head * 0.46)
        self.ink = replace(ink, line=ink.line * 0.5)
        self.face_ink = replace(ink, line=ink.line * 0.8)
        self.stance = Stance(self.body)
        self.wardrobe = Wardrobe(look, self.body, self.ink)
        self.face = Face(look, self.face_ink)
        self.hair = Hair(look, self.face_ink, self.face.width)
        self.worn = Accessories(look, marks, self.ink, self.face_ink)

    def travels(self, action: Action) -> float:
        """Metres a second across the ground in that action's cycle."""
        return performance(action).speed * self.height / 1.72

    def bones(self, acting: Acting, t: float) -> Skeleton:
        """The joints at ``t`` seconds, in shares of the height."""
        act = performance(acting.action)
        yaw = YAWS[acting.facing]
        if acting.facing is Facing.camera and self.seed % 2:
            yaw = -yaw
        if act.profile:
            if acting.facing in (Facing.camera, Facing.away):
                yaw = 62.0 if yaw > 0 and self.seed % 2 == 0 else -62.0
            else:
                yaw = math.copysign(64.0, yaw)
        head_yaw = yaw
        if acting.gaze is not None and acting.facing is not Facing.away:
            wish = acting.gaze[0] * 62.0
            head_yaw = yaw + max(-48.0, min(48.0, (wish - yaw) * 0.55))
        pose = act.pose(t, acting.pace)
        if act.pointing and acting.gaze is not None:
            aim = math.degrees(math.asin(max(-1.0, min(1.0, acting.gaze[1]))))
            if pose.arm_swing > 50:
                pose = replace(pose, arm_swing=pose.arm_swing - aim * 0.8)
        return self.stance.skeleton(pose, yaw, head_yaw)

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw the person standing on the origin."""
        t = on_twos(t)
        bones = self.bones(acting, t + (self.seed % 11) * 0.17 * (performance(acting.action).cycle))
        canvas.save()
        canvas.scale(self.height, self.height)
        torso = Torso(self.body, bones, self.wardrobe.cut.bulk)
        sway = 0.03 * math.sin(t * 2.4 + self.seed)
        front = math.cos(math.radians(bones.yaw)) > -0.2
        face = mood(acting, t, self.seed)
        ball = Ball(self.face.width, bones.head_yaw, bones.head_pitch)
        if front:
            self.worn.behind(canvas, torso, bones, t)
        with _HeadSpace(canvas, bones, self.body.head):
            self.hair.behind(canvas, ball, sway)
        near = self._limbs(canvas, bones, acting)
        self.wardrobe.trunk(canvas, torso, bones)
        self._neck(canvas, bones)
        self.worn.trunk(canvas, torso, bones, t)
        if not front:
            self.worn.behind(canvas, torso, bones, t)
        with _HeadSpace(canvas, bones, self.body.head):
            self.face.draw(canvas, ball, face)
            self.worn.face(canvas, ball, self.face)
            self.hair.front(canvas, ball, sway)
            draw_hat(canvas, self.look, self.face_ink, ball, self.face.width)
            if self.look.dress is Dress.spacesuit:
                self.worn.bubble(canvas)
        self._arms(canvas, bones, acting, near, hold)
        self.worn.over(canvas, torso, bones, t)
        canvas.restore()

    def _limbs(self, canvas: skia.Canvas, bones: Skeleton, acting: Acting) -> list[int]:
        """Draw what lies behind the trunk; return the indices of the arms in front of it."""
        near = []
        pointing = performance(acting.action).pointing
        for i in (1, 0):
            arm = bones.arms[i]
            depth = (arm.root.z + arm.middle.z + arm.end.z * 2) / 4 - bones.chest.z
            if depth > -0.02 and (math.cos(math.radians(bones.yaw)) > -0.3 or depth > 0.06):
                near.append(i)
            else:
                self.wardrobe.arm(canvas, arm, -0.1, pointing=pointing and i == 0, front=False)
        first, second = sorted(bones.legs, key=lambda leg: leg.root.z)
        self.wardrobe.leg(canvas, first, -0.1)
        self.wardrobe.leg(canvas, second, 0.0)
        return near

    def _arms(
        self, canvas: skia.Canvas, bones: Skeleton, acting: Acting, near: list[int], hold: Hold | None
    ) -> None:
        pointing = performance(acting.action).pointing
        if hold is not None:
            arm = bones.arms[0]
            canvas.save()
            canvas.translate(*arm.tip.at)
            canvas.scale(1 / self.height, 1 / self.height)
            angle = math.degrees(math.atan2(arm.tip.x - arm.end.x, arm.tip.y - arm.end.y))
            canvas.rotate(max(-70.0, min(70.0, -angle * 0.35)))
            hold(canvas)
            canvas.restore()
        for i in near:
            self.wardrobe.arm(canvas, bones.arms[i], 0.0, pointing=pointing and i == 0, front=True)

    def _neck(self, canvas: skia.Canvas, bones: Skeleton) -> None:
        width = 0.062 * (0.4 + 0.6 * self.body.girth)
        low = (bones.chest.x, bones.chest.y + 0.012)
        high = (bones.head.x, bones.head.y)
        middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
        self.ink.piece(
            canvas, tube([low, middle, high], (width * 1.2, width, width)), self.look.skin, shade=-0.14
        )


class _HeadSpace:
    """Within: units of the head's height, origin in its middle, turned with it."""

    def __init__(self, canvas: skia.Canvas, bones: Skeleton, head: float) -> None:
        self._canvas, self._bones, self._head = canvas, bones, head

    def __enter__(self) -> None:
        self._canvas.save()
        self._canvas.translate(*self._bones.head.at)
        self._canvas.rotate(self._bones.head_turn)
        self._canvas.scale(self._head, self._head)

    def __exit__(self, *_: object) -> None:
        self._canvas.restore()
