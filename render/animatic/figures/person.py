"""A person: the jointed figure put together from bones, garments and head."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Age, Dress, Expression, Facing, Hat, Mark
from ..ink import Ink, mixed, shaded
from .acting import Acting
from .anatomy import BABY, anatomy, infant
from .ascent import Climb, climbing
from .bareheaded import in_bed, keeps, put_down, unhatted
from .costume import Costume
from .fabled import fishtail, rib_cage, shells
from .face import Ball, Face
from .folk import FolkHead, folk_row, furred
from .garments import Wardrobe
from .hair import Hair
from .hats import draw_hat
from .mood import mood
from .performances import MANNERS, PERFORMANCES, on_twos, performance
from .seats import cab, stool
from .shapes import smooth, tube
from .skeleton import FIELDS, Limb, Skeleton, Stance
from .torso import Torso
from .touching import (
    before_the_body,
    beside_the_head,
    is_before_the_body,
    reaching,
    room_to_chin,
    stepping,
    touching,
)
from .variants import parted, told_apart, variant, warmed, wigged
from .worn import Accessories

YAWS = {Facing.camera: 8.0, Facing.right: 42.0, Facing.left: -42.0, Facing.away: 168.0}
"""Degrees from the camera for each facing: three-quarter views rather than flat ones."""

FRONTAL = frozenset(
    {
        Action.stand,
        Action.talk,
        Action.listen,
        Action.think,
        Action.sing,
        Action.dance,
        Action.wave,
        Action.laugh,
        Action.cry,
        Action.play,
        Action.float,
        Action.perform,
        Action.look,
        Action.read,
        Action.walk,
    }
)
"""Actions that read when the body faces the camera; others turn a little aside to be seen."""

BEFORE_THE_FACE = frozenset(
    {
        *(action for action, act in PERFORMANCES.items() if act.touch),
        *(Action.read, Action.write, Action.play, Action.hide, Action.hug, Action.sleep),
    }
)
"""Actions whose hands may be drawn over the face; other raised arms pass behind the head."""
_USED = frozenset({Action.eat, Action.drink, Action.play, Action.paint, Action.hold, Action.wave})
"""Actions in which what is held is at the face, or beside it, on purpose."""
_MOUTH_TAKEN = frozenset({Action.hug, Action.eat, Action.drink, Action.sing, Action.dance, Action.sleep})
_MOUTHED = frozenset({"shout", "whisper", "kiss", "blow", "yawn"})
"""Actions and manners in which nobody has a pipe between the lips."""
_BARE = frozenset({"away"})
"""Manners in which hands meet before the belly: two boxing gloves there are a lump without hands."""
_LARGE_HEAD = 0.3
"""Of a child: hands that reach no higher than its brow."""
_THROWN_UP, _FRONTALLY = frozenset({Action.laugh, Action.jump, Action.dance, Action.perform}), 50.0
"""Actions with both arms thrown up, which short ones do behind a large head, if it is turned less than that
many degrees from the camera."""
_AWAY = frozenset({Action.hold, Action.listen, Action.laugh, Action.think})
"""Of those, the ones that are also done with no hand at the face: to lift, to smell."""

_PROFILE = 72.0
"""Degrees from the camera of a head whose body is seen from the side as it turns away."""
_KNEES = {
    name: value
    for name, value in zip(FIELDS, performance(Action.kneel).keys[-1], strict=True)
    if name.startswith(("leg_", "far_"))
}
"""The legs of somebody kneeling."""

_DOWN = frozenset({Action.open, Action.close, Action.light, Action.reach})
"""Actions whose hands go down to something low when they are done on the knees."""

_OVER_IT = 14.0
"""Degrees that who kneels at a box or packs a case leans over it at least."""

_AFOOT = frozenset(
    {Action.walk, Action.run, Action.sneak, Action.push, Action.pull, Action.fight, Action.climb}
)
_ON_FOOT, _AHEAD = frozenset({Action.walk, Action.run}), 0.92
"""Who is on its way looks where it goes: the share of the body's turn from the camera that its head has."""
_SEATED = frozenset({Action.sit, Action.rise, Action.write})
"""Actions on a stool, where nothing else is sat on."""
_STOOLLESS = frozenset({"helped", "wake", "knee", "ground", "beside", "seat"})
"""Manners of sitting on the ground, in bed, or on what stands there."""
_UNDER = 0.05
"""How far ahead of the hip the middle of a stool is, so that nobody sits on its edge."""
_CREPT = frozenset({Action.walk, Action.run, Action.sneak, Action.push, Action.pull, Action.climb})
"""Ways of getting on that are crawling to somebody who cannot walk yet."""
_CARRIED = frozenset(
    {Action.lie, Action.sleep, Action.fall, Action.swim, Action.fly, Action.float, Action.ride, Action.drive}
)
"""In which a baby does not sit on the floor."""
_ON_THE_FLOOR = {
    "leg_swing": 84.0, "leg_knee": 24.0, "leg_spread": 24.0, "far_swing": 80.0, "far_knee": 30.0,
    "far_spread": 24.0, "lift": 0.0, "pitch": 0.0,
}  # fmt: skip
_TAIL = {name: 0.0 for name in _KNEES} | {"leg_spread": 3.0, "far_spread": 3.0}
"""Who has a tail glides along on it, where others step."""

Hold = Callable[[skia.Canvas], None]


class Person:
    """Draws one person; all lengths in metres."""

    floats = False

    def __init__(
        self,
        look: BodyLook,
        marks: tuple[Mark, ...],
        ink: Ink,
        seed: int,
        row: dict[str, Any] | None = None,
        costume: tuple[str, ...] = (),
        kin: dict[str, Any] | None = None,
    ) -> None:
        row = folk_row(kin) if kin else row or {}
        look = told_apart(variant(furred(look) if kin else look, row))
        if "skin" not in row and not kin:
            look = parted(warmed(look, ink.light))
        if Mark.wet in marks:
            look = look.model_copy(
                update={
                    "hair_colour": shaded(look.hair_colour, -0.12),  # of skin's tone it would be shorn
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
        self.body = anatomy(look, costume)
        self.crawls = infant(look, costume) == BABY
        self.body = replace(self.body, height=self.body.height * row.get("scale", 1.0))
        self.tail, self.ribs = bool(row.get("tail")), bool(row.get("bones"))
        self.height = self.body.height
        self.width = self.height * 0.42
        self.eyes = self.height * (1 - self.body.head * 0.46)
        self.ink = replace(ink, line=ink.line * 0.5)
        self.face_ink = replace(ink, line=ink.line * 0.8)
        self.stance = Stance(self.body)
        long = replace(self.body, arm=1.4 * self.body.arm, neck=self.body.neck + 0.035)
        self.stroke = Stance(long)
        """That of a child that swims: short arms would be lost behind the head."""
        if self.crawls:  # it sits where others stand
            self.eyes = self.height * (0.6 * self.body.head + self.body.torso)
        self.wardrobe = Wardrobe(look, self.body, self.ink, costume)
        self.face = Face(look, self.face_ink, pointed=bool(row.get("ears")), bone=self.ribs)
        self.hair, self.bare = (
            Hair(each, self.face_ink, self.face.width, infant(look, costume))
            for each in (wigged(look, costume), unhatted(wigged(look, costume), costume))
        )
        self.worn = Accessories(look, marks, self.ink, self.face_ink)
        self.costume = Costume(costume, look, self.ink, self.face_ink)
        self.kin = FolkHead(look, marks, self.face_ink, seed, kin) if kin else None
        """The head and tail of an animal that is dressed as a person."""

    def travels(self, action: Action) -> float:
        """Metres a second across the ground in that action's cycle."""
        if self.crawls and action in _CREPT:
            return 0.5 * self.height
        return performance(action).speed * self.height / 1.72

    def seat(self, manner: str = "") -> float:
        """Metres from the ground point to the seat of the body as it rides in that manner."""
        riding = Acting(Action.ride, Expression.neutral, Facing.right, manner=manner)
        return -self.bones(riding, 0.0).hip.y * self.height - 0.06 * self.height

    def bones(self, acting: Acting, t: float) -> Skeleton:
        """The joints at ``t`` seconds, in shares of the height."""
        acting = self._crept(acting)
        act = performance(acting.action, acting.manner)
        yaw = YAWS[acting.facing]
        if acting.facing is Facing.camera and self.seed % 2:
            yaw = -yaw
        if act.profile:
            if acting.facing in (Facing.camera, Facing.away):
                yaw = 62.0 if yaw > 0 and self.seed % 2 == 0 else -62.0
            else:
                yaw = math.copysign(64.0, yaw)
        elif acting.facing is Facing.camera and acting.action not in FRONTAL:
            yaw = math.copysign(34.0, yaw)
        goes = acting.action in _ON_FOOT and acting.gaze is None
        head_yaw = yaw if acting.facing is Facing.away else yaw * (_AHEAD if goes else 0.7)
        if acting.gaze is not None and acting.facing is not Facing.away:
            wish = acting.gaze[0] * 62.0
            head_yaw = max(-48.0, min(48.0, head_yaw + (wish - head_yaw) * 0.5))
        pose = act.pose(t, acting.pace)
        if acting.action is Action.climb and acting.way:
            pose = climbing(Climb.of(acting.way, self.body), t, self.body.stoop)
        if (
            acting.manner == "away"
        ):  # on, the way one faces; from somebody beside one, to a profile with a face
            part = 0.42 if acting.facing in (Facing.left, Facing.right) else 1.0
            pose = replace(pose, twist=math.copysign(part * pose.twist, yaw))
            if part < 1.0 and abs(head_yaw + pose.twist) > _PROFILE:  # the face is seen as long as the breast
                head_yaw = math.copysign(_PROFILE, yaw) - pose.twist
        if acting.manner == "pack":
            pose = replace(pose, lean=max(pose.lean, _OVER_IT))
        if acting.low:
            pose = replace(pose, **_KNEES)
            if acting.action in _DOWN:
                pose = replace(pose, arm_swing=min(pose.arm_swing, 60.0), off_swing=min(pose.off_swing, 56.0))
            if acting.action in (Action.open, Action.close):  # a hand stays on the lid
                pose = replace(pose, lean=max(pose.lean, _OVER_IT))
        if acting.manner in ("lift", "raise") and self.body.head > _LARGE_HEAD:  # short arms: before the brow
            pose = replace(pose, arm_swing=min(pose.arm_swing, 112.0), off_swing=min(pose.off_swing, 110.0))
        if self.crawls and acting.action not in _CARRIED and acting.manner != "crawl":
            pose = replace(pose, **_ON_THE_FLOOR)
        if self.tail and acting.action in _AFOOT and not acting.low:
            pose = replace(pose, lift=0.0, **_TAIL)
        if act.pointing and acting.gaze is not None:
            aim = math.degrees(math.asin(max(-1.0, min(1.0, acting.gaze[1]))))
            if pose.arm_swing > 50:  # what lies lower is pointed at with an arm that is still seen to point
                swing = pose.arm_swing - aim * (0.8 if aim < 0 else 0.35)
                large = self.body.head > _LARGE_HEAD  # the arm is short, and a hand higher up is at the mouth
                pose = replace(pose, arm_swing=min(swing, 94.0) if large else swing)
        crawl = acting.action is Action.swim and self.body.head > _LARGE_HEAD
        if crawl:  # under the chin: higher, a hand would come out of the face
            pose = replace(
                pose, arm_swing=_under_the_chin(pose.arm_swing), off_swing=_under_the_chin(pose.off_swing)
            )
        other = act.touch == "wave" and acting.turned_to
        pose = pose.other_handed() if other else pose
        bones = (self.stroke if crawl else self.stance).skeleton(pose, yaw, head_yaw)
        if act.touch and pose.touch > 0.01 and abs(bones.yaw) < 100:
            where = "eye" if acting.through else act.touch
            hands = (1,) if other else (0, 1) if act.both else (0,)
            bones = replace(bones, arms=self._brought(bones, where, pose.touch, hands))
        elif acting.action in _THROWN_UP and self.body.head > _LARGE_HEAD and abs(bones.yaw) < _FRONTALLY:
            arms_up = (beside_the_head(bones, self.body, self.face.width, which) for which in (0, 1))
            bones = replace(bones, arms=(next(arms_up), next(arms_up)))
        if acting.meets is not None:
            up = 0.014 * math.sin(math.tau * t / 0.7)
            to = (acting.meets[0] / self.height, acting.meets[1] / self.height + up)
            bones = replace(bones, arms=(reaching(bones, self.body, to), bones.arms[1]))
        for which, (x, y, share) in enumerate(acting.lays):
            arms = list(bones.arms)
            to = x / self.height, y / self.height
            if acting.manner == "wrap":  # the hands of a child stay below its own face
                to = to[0], max(to[1], bones.neck.y + 0.03)
            arms[which] = reaching(bones, self.body, to, which, share, down=act.grasp)
            bones = replace(bones, arms=(arms[0], arms[1]))
        if len(acting.steps) == 2:
            near, far = (
                stepping(bones, self.body, (x / self.height, y / self.height), which)
                for which, (x, y, _) in enumerate(acting.steps)
            )
            bones = replace(bones, legs=(near, far))
        return bones

    def _crept(self, acting: Acting) -> Acting:
        """The same acting by somebody who cannot walk yet, or by anybody else as it is."""
        if not self.crawls:
            return acting
        if acting.action in _CREPT:
            return replace(acting, action=Action.walk, manner="crawl", low=False)
        return replace(acting, low=False)

    def _brought(
        self, bones: Skeleton, where: str, share: float, hands: tuple[int, ...]
    ) -> tuple[Limb, Limb]:
        """The arms with those ``hands`` (0 the action hand) brought to the face or before the chest."""
        arms = list(bones.arms)
        for which in hands:
            if is_before_the_body(where):
                arms[which] = before_the_body(bones, self.body, where, share, which)
            else:
                arms[which] = touching(bones, self.body, where, share, self.face.width, which)
        return arms[0], arms[1]

    def free_to_chin(self, acting: Acting) -> float:
        """How far what both hands hold before the chest may rise above them, in shares of the height."""
        where = performance(acting.action, acting.manner).touch
        return room_to_chin(self.body, where) if is_before_the_body(where) else 9.0

    def _drawn(self, acting: Acting, t: float) -> Skeleton:
        """The joints of the drawing at ``t``: cycles of different people are out of step."""
        return self.bones(acting, t + self.lag(acting))

    def side(self, acting: Acting, t: float) -> float:
        """Which side of the page the body is turned to as it is drawn: 1 right, -1 left."""
        return math.copysign(1.0, math.sin(math.radians(self._drawn(acting, on_twos(t)).yaw)))

    def lag(self, acting: Acting) -> float:
        """Seconds by which this person's cycle is ahead of the shot."""
        late = performance(acting.action, acting.manner).cycle and not acting.way
        return (self.seed % 11) * 0.17 * late

    def hand(self, acting: Acting, t: float) -> tuple[float, float]:
        """Where the action hand, or the middle of two that hold something between them, is drawn at ``t``
        seconds, in metres, y down."""
        x, y = _gripped(self._drawn(acting, on_twos(t)), acting)
        return x * self.height, y * self.height

    def joints(self, acting: Acting, t: float) -> dict[str, tuple[float, float]]:
        """Where the joints are drawn at ``t`` seconds, in metres, y down: ``nose``, ``neck``, and of the
        person's own right and left (``r-``, ``l-``) shoulder, elbow, wrist, hip, knee and ankle."""
        bones = self._drawn(acting, on_twos(t))
        right = ("r-", "l-") if bones.yaw >= 0 else ("l-", "r-")
        found = {"nose": bones.head, "neck": bones.chest}
        for side, arm, leg in zip(right, bones.arms, bones.legs, strict=True):
            found |= {f"{side}shoulder": arm.root, f"{side}elbow": arm.middle, f"{side}wrist": arm.end}
            found |= {f"{side}hip": leg.root, f"{side}knee": leg.middle, f"{side}ankle": leg.end}
        return {name: (joint.x * self.height, joint.y * self.height) for name, joint in found.items()}

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw the person standing on the origin."""
        t = on_twos(t)
        acting = self._crept(acting)
        bones = self._drawn(acting, t)
        canvas.save()
        canvas.scale(self.height, self.height)
        torso = Torso(self.body, bones, self.wardrobe.cut.bulk)
        sway = 0.03 * math.sin(t * 2.4 + self.seed)
        front = math.cos(math.radians(bones.yaw)) > -0.2
        face = mood(acting, t, self.seed)
        ball = Ball(self.face.width, bones.head_yaw, bones.head_pitch)
        if front:
            self.worn.behind(canvas, torso, bones, t)
            self.costume.behind(canvas, torso)
            if self.kin:
                self.kin.tail(canvas, torso, t)
        abed = in_bed(acting)
        hair = self.bare if abed else self.hair
        with _HeadSpace(canvas, bones, self.body.head):
            hair.behind(canvas, ball, sway)
        near = self._limbs(canvas, bones, acting)
        self.wardrobe.trunk(canvas, torso, bones)
        if self.ribs:
            rib_cage(canvas, self.ink, self.look, torso)
        if self.tail and self.look.dress is Dress.none and self.look.presents != "man":
            shells(canvas, self.ink, self.look, torso)
        self._neck(canvas, bones)
        self.costume.chest(canvas, torso)
        self.worn.trunk(canvas, torso, bones, t)
        faced = self._before_the_face(acting, hold is not None)
        if not faced:
            self._arms(canvas, bones, acting, near, hold)
        self.costume.shoulders(canvas, torso)
        if not front:
            self.costume.behind(canvas, torso)
            self.worn.behind(canvas, torso, bones, t)
            if self.kin:
                self.kin.tail(canvas, torso, t)
        with _HeadSpace(canvas, bones, self.body.head):
            if self.kin:
                self.kin.draw(canvas, ball, face, t)
            else:
                self.face.draw(canvas, ball, face)
                self.worn.face(canvas, ball, self.face)
                hair.front(canvas, ball, sway)
                hair.ribbon(canvas, ball)
                if self.crawls:
                    self.face.dummy(canvas, ball, face)
            if self.kin:
                self.kin.crown(canvas)
            self.worn.bandage(canvas, ball)
            self.costume.face(canvas, ball, acting.action in _MOUTH_TAKEN or acting.manner in _MOUTHED)
            if not abed or keeps(self.costume.pieces):
                if not self.costume.crowned and self.look.dress is not Dress.spacesuit:
                    draw_hat(canvas, self.look, self.face_ink, ball, self.face.width)
                self.costume.head(canvas, ball, self.face.width)
            if self.look.dress is Dress.spacesuit and self.look.hat is not Hat.none:
                self.worn.bubble(canvas)
        if faced:
            self._arms(canvas, bones, acting, near, hold)
        for i in near if acting.manner not in _BARE else ():
            self.costume.glove(canvas, bones.arms[i])
        self.costume.limbs(canvas, bones)
        self.worn.over(canvas, torso, bones, t)
        canvas.restore()

    def near_arm(self, canvas: skia.Canvas, acting: Acting, t: float) -> None:
        """Draw the arm next to the camera once more, over whoever stands nearer and is held by it."""
        bones = self._drawn(acting, on_twos(t))
        canvas.save()
        canvas.scale(self.height, self.height)
        self.wardrobe.arm(canvas, bones.arms[0], 0.0, pointing=False, front=True)
        canvas.restore()

    def hat_off(self, canvas: skia.Canvas, x: float, y: float) -> None:
        """Draw the hat of somebody in bed with its brim at a point, in heights."""
        put_down(canvas, self.costume, self.face.width, self.body.head, x, y)

    @staticmethod
    def _before_the_face(acting: Acting, holds: bool) -> bool:
        """Whether the arms are drawn over the head: never those that only lift or hold something away."""
        act = performance(acting.action, acting.manner)
        if acting.action in _AWAY and (acting.action, acting.manner) in MANNERS:
            return bool(act.touch)
        bare = acting.action is Action.play and not holds
        return (acting.action in BEFORE_THE_FACE and not bare) or bool(act.touch)

    def _limbs(self, canvas: skia.Canvas, bones: Skeleton, acting: Acting) -> list[int]:
        """Draw what lies behind the trunk; return the indices of the arms in front of it."""
        near = []
        act = performance(acting.action, acting.manner)
        for i in (0,) if acting.embraces else (1, 0):
            arm = bones.arms[i]
            depth = (arm.root.z + arm.middle.z + arm.end.z * 2) / 4 - bones.chest.z
            waves = i == 1 and act.touch == "wave" and acting.turned_to  # past the head, which is not covered
            if not waves and depth > -0.02 and (math.cos(math.radians(bones.yaw)) > -0.3 or depth > 0.06):
                near.append(i)
            else:
                palms = act.palms and arm.end.y < arm.root.y
                self.wardrobe.arm(
                    canvas, arm, -0.1, pointing=act.pointing and i == 0, front=False, palms=palms
                )
                if acting.manner not in _BARE:
                    self.costume.glove(canvas, arm)
        if self.tail:
            fishtail(canvas, self.ink, self.look, bones, acting.low)
            return near
        seated = acting.action in _SEATED or acting.manner in ("meal", "keys", "sew")
        if seated and not self.crawls and acting.manner not in _STOOLLESS:
            x = 0.0 if acting.action is Action.sit else bones.hip.x
            stool(canvas, self.ink, x + math.copysign(_UNDER, bones.yaw), self.body.leg)
        elif acting.action is Action.drive:
            cab(canvas, self.ink, bones)
        first, second = sorted(bones.legs, key=lambda leg: leg.root.z)
        if acting.manner != "astride":  # behind what is ridden
            self.wardrobe.leg(canvas, first, -0.1)
        self.wardrobe.leg(canvas, second, 0.0)
        return near

    def _arms(
        self, canvas: skia.Canvas, bones: Skeleton, acting: Acting, near: list[int], hold: Hold | None
    ) -> None:
        act = performance(acting.action, acting.manner)
        if hold is not None and not act.grasp:
            self._held(canvas, bones, acting, hold)
        # A hand of the colour of the cheek on which it lies would not be seen.
        # So would a sleeve before a trunk of its own cloth.
        shade = -0.09 if act.touch and act.touch != "wave" else 0.0
        for i in near:
            self.wardrobe.arm(
                canvas, bones.arms[i], shade, pointing=act.pointing and i == 0, front=True, palms=act.palms
            )
        if hold is not None and act.grasp:
            self._held(canvas, bones, acting, hold)
            middle = _gripped(bones, acting)[0]
            rubs = acting.manner == "wipe"
            for i in near:  # or it would be pinned to the chest
                x, y = bones.arms[i].tip.at
                if rubs:  # held by its foot, and rubbed there: higher up the fist would seem to be in it
                    x, y = x + (-0.03 if x < middle else 0.03), y + 0.01
                if rubs and i == 0:
                    self._cloth(canvas, x, y)
                self.wardrobe.fingers(canvas, (x, y), 1.0 if x < middle else -1.0)

    def _cloth(self, canvas: skia.Canvas, x: float, y: float) -> None:
        """A cloth under the hand that polishes what the other one holds."""
        rag = [(-0.03, 0.0), (0.03, 0.0), (0.045, 0.08), (0.01, 0.07), (-0.03, 0.09)]
        self.ink.piece(canvas, smooth([(x + a, y + b) for a, b in rag], tension=0.4), _RAG)

    def _held(self, canvas: skia.Canvas, bones: Skeleton, acting: Acting, hold: Hold) -> None:
        canvas.save()
        canvas.translate(*_gripped(bones, acting))
        if acting.manner == "wipe":  # its foot is between the hands, and all of it is seen above them
            canvas.translate(0.0, -0.05)
        canvas.scale(1 / self.height, 1 / self.height)
        if not performance(acting.action, acting.manner).grasp:
            arm = bones.arms[_holding(acting)]
            angle = math.degrees(math.atan2(arm.tip.x - arm.end.x, arm.tip.y - arm.end.y))
            # What is held leans the way the forearm goes, as a blade or a flower does in a fist.
            canvas.rotate(max(-40.0, min(40.0, angle * 0.3)))
            if (acting.action, acting.manner) == (Action.work, "on"):  # at the breast, not up into the face
                canvas.rotate(math.copysign(_TIPPED, angle))
        hold(canvas)
        canvas.restore()

    def _neck(self, canvas: skia.Canvas, bones: Skeleton) -> None:
        width = 0.062 * (0.4 + 0.6 * self.body.girth)
        low = (bones.chest.x, bones.chest.y + 0.012)
        high = (bones.head.x, bones.head.y)
        middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
        self.ink.piece(
            canvas, tube([low, middle, high], (width * 1.2, width, width)), self.look.skin, shade=-0.14
        )


_REACHED, _OVERHEAD = 144.0, -128.0
"""Degrees that a child that swims reaches ahead at the most, and over which an arm goes behind its head."""


def _under_the_chin(swing: float) -> float:
    """The swing of an arm of a child that swims: higher up before it, a hand would come out of its face."""
    return _REACHED if swing < _OVERHEAD else min(swing, _REACHED)


_RAG = "#8fc0d4"
"""A cloth that nobody takes for the end of a white sleeve."""
_TIPPED = 95.0
"""Degrees by which a tool points down from the hand of whoever works on somebody."""


def _holding(acting: Acting) -> int:
    """Which arm has what is held: the other one while a bare hand is brought to the face."""
    act = performance(acting.action, acting.manner)
    if act.touch == "wave" and acting.turned_to:
        return 1
    bare = act.touch and not act.both and not is_before_the_body(act.touch)
    return int(bool(bare) and not acting.through and acting.action not in _USED and acting.manner != "phone")


def _gripped(bones: Skeleton, acting: Acting) -> tuple[float, float]:
    """Where what is held is gripped, in shares of the height."""
    tips = [arm.tip for arm in bones.arms]
    if not performance(acting.action, acting.manner).grasp:
        return tips[_holding(acting)].at
    return (tips[0].x + tips[1].x) / 2, (tips[0].y + tips[1].y) / 2


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
