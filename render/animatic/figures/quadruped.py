"""Four-legged animals: one rig, shaped for each species by ``species.json``.

Units within: shares of the shoulder height. Drawn facing right; facing left is mirrored.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Facing, Mark
from ..ink import Ink, mixed, shaded
from .acting import Acting
from .anatomy import STATURE
from .beast_build import (
    At,
    Limb,
    Neck,
    bending,
    bib,
    fore_leg,
    haunch,
    hind_leg,
    trunk_edge,
    tucked,
    underline,
)
from .beast_head import BeastHead
from .beast_parts import BACKS, draw_neckwear, draw_pattern, draw_tongue, draw_wing
from .beast_tail import draw_tail
from .folded import draw_curled, draw_curled_tail, draw_folded
from .gaits import Gait, gait
from .hoofed import draw_crest, draw_forelock, draw_hoof, draw_laid
from .mood import Mood, mood
from .performances import on_twos
from .shapes import Point, ellipse, line, polar, smooth, tube

Hold = Callable[[skia.Canvas], None]
_ROLLED = 0.7
"""Seconds after which who curls up is rolled up."""


_LOW, _SQUATS = 0.32, 0.6
"""Legs that are shorter than this are low; by how much less who has such is reared up to sit."""


_PLANK = 6.0
"""Lengths of its legs that a trunk has which is never reared up."""


_ON_THE_HUMP = 0.7
"""How far up a hump one sits."""
_FAST = frozenset({Action.run, Action.ride, Action.fight, Action.fly})
"""What streams a tail out behind."""


class Quadruped:
    """One animal on four legs; ``row`` is its species' shape."""

    floats = False

    def __init__(
        self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, row: dict[str, Any]
    ) -> None:
        self.row, self.marks, self.seed, self.look = row, marks, seed, look
        self.scale: float = row["size"] * STATURE[look.stature] * (0.84 if look.age == "child" else 1.0)
        self.coat = look.coat_colour
        if Mark.wet in marks:
            self.coat = shaded(self.coat, -0.25)
        if Mark.frozen in marks:
            self.coat = mixed(self.coat, "#c8e4f4", 0.5)
        self.body, self.depth = row.get("body", 1.2), row.get("depth", 0.5)
        self.leg, self.legw = row.get("leg", 0.52), row.get("legw", 0.19)
        self._ways = {
            "hop": bool(row.get("hop")),
            "hoofed": bool(row.get("hoof") or row.get("kneels")),
            "low": self.body > _PLANK * self.leg,
        }
        self.neck, self.rise = row.get("neck", 0.3), row.get("rise", 38)
        self.head_size = row.get("head", 0.55)
        self.stiff = 0.25 if row.get("shell") else min(1.0, (1.6 / self.body) ** 2)
        """Share of a lean that the trunk follows: a shell, or a crocodile's length, stays level."""
        if look.age == "child":  # a puppy is no small dog: its head is large, its legs and body are short
            self.head_size *= 1.3
            self.body, self.leg, self.neck = self.body * 0.84, self.leg * 0.84, self.neck * 0.8
        neck_up = math.sin(math.radians(self.rise)) * self.neck
        self._top = max(1.0, 0.86 + neck_up + self.head_size * 0.5)
        self.height = self._top * self.scale
        self._ahead = (math.cos(math.radians(self.rise)) * self.neck + self.head_size * 0.7 - 0.25) / 2
        self.width = (self.body + self._ahead * 2 + 0.75) * self.scale
        self.eyes = (0.86 + neck_up + self.head_size * 0.05) * self.scale
        self.ink = replace(ink, line=ink.line * 0.55)
        self._bit: Point = (0.0, 0.0)
        self._straps: tuple[Point, ...] = ()
        self.head = BeastHead(look, self.coat, marks, self.ink, row)

    def travels(self, action: Action) -> float:
        """Metres a second across the ground."""
        pace = {Action.walk: 0.9, Action.sneak: 0.4, Action.run: 2.6, Action.ride: 2.6, Action.swim: 0.7}
        return pace.get(action, 0.0) * math.pow(max(0.45, self.scale), 0.6)

    def back(self, acting: Acting, t: float) -> tuple[float, float]:
        """Where one sits on it, facing right: metres ahead of and above the ground point."""
        step = gait(acting, on_twos(t), self.seed, **self._ways)
        high = self.leg + self.depth * 0.84 - step.sink * self.leg + step.lift
        high += _ON_THE_HUMP * self.row.get("hump", 0.0)
        return -(self._ahead + 0.1 * self.body) * self.scale, high * self.scale

    @property
    def bit(self) -> Point | None:
        """Where a bridled mouth was when it was last drawn, in metres ahead and down, facing right."""
        x, y = self._bit
        return ((x - self._ahead) * self.scale, y * self.scale) if self.row.get("hoof") else None

    @property
    def bridle(self) -> tuple[Point, ...]:
        """Poll, ring, and the muzzle above and below, as it was last drawn, in metres ahead and down, facing
        right; () where nobody puts a bridle on."""
        if not (self.row.get("hoof") or self.row.get("kneels")):
            return ()
        return tuple(((x - self._ahead) * self.scale, y * self.scale) for x, y in self._straps)

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw standing on the origin."""
        t = on_twos(t)
        step = gait(acting, t, self.seed, **self._ways)
        left = acting.facing is Facing.left or (acting.facing is not Facing.right and self.seed % 2 == 1)
        canvas.save()
        canvas.scale(-self.scale if left else self.scale, self.scale)
        canvas.translate(-self._ahead, 0)
        curled = acting.action is Action.lie and acting.manner == "curl" and t * acting.pace > _ROLLED
        if curled and not any(self.row.get(k) for k in ("hoof", "kneels", "trunk")):
            self._curled(canvas, mood(acting, t, self.seed), t)
            canvas.restore()
            return
        self._draw(canvas, acting, step, t, hold, mirrored=left)
        canvas.restore()

    def _draw(
        self, canvas: skia.Canvas, acting: Acting, step: Gait, t: float, hold: Hold | None, *, mirrored: bool
    ) -> None:
        if self.stiff < 0.6:
            step = replace(step, tilt=step.tilt * self.stiff, sitting=False)
        elif (
            acting.action is Action.sit and step.sitting and self.leg < _LOW
        ):  # it squats: upright it would be twice as high as it stands
            step = replace(step, tilt=step.tilt * _SQUATS)
        half = self.body / 2 - self.depth * 0.28
        middle = -(self.leg + self.depth * 0.42) + step.sink * self.leg - step.lift
        tilt = math.radians(step.tilt + self.row.get("upright", 0.0) + self.row.get("slope", 0.0))
        if step.sink > 0.6 and step.tilt < 5:
            tilt = math.radians(step.tilt)
        rear: Point = (-half * math.cos(tilt), middle + half * math.sin(tilt))
        fore: Point = (half * math.cos(tilt), middle - half * math.sin(tilt))
        ground = -step.lift
        if step.tilt > 20 or self.row.get("upright"):
            rise = -(self.depth * 0.42 + (0.05 if step.tilt > 20 else self.leg * 0.55)) - rear[1] + ground
            rear, fore = (rear[0], rear[1] + rise), (fore[0], fore[1] + rise)
        wave = math.sin(t * step.wag)
        if self.row.get("wings"):
            draw_wing(
                canvas,
                self.ink,
                self.coat,
                (fore[0] - 0.15, fore[1] - 0.15),
                t,
                far=True,
                membrane=self.row["wings"] == 2,
                air=acting.action is Action.fly,
            )
        for index in (1, 3):
            self._leg(canvas, step, index, rear, fore, ground, -0.16)
        draw_tail(
            canvas,
            self.ink,
            self.coat,
            self.row,
            (rear[0] - self.depth * 0.36, rear[1] - self.depth * 0.14),
            wave,
            step.lying,
            1.0 if step.air or acting.action in _FAST else 0.25 if acting.action is Action.walk else 0.0,
        )
        near = [self._limb(step, index, rear, fore, ground) for index in (0, 2)]
        apart = bool(self.row.get("wool") or self.row.get("panda") or self.row.get("dark"))
        if self.row.get("wool"):  # legs come out from below it
            for under in filter(None, near):
                self._stand(canvas, under, 0.0)
        neck = self._neck(fore, step)
        merged = [limb for limb in near if limb is not None and not apart]
        canvas.save()
        if step.lying:  # a deep chest is pressed flat on the ground
            canvas.clipRect(skia.Rect.MakeLTRB(-9, -9, 9, 0.0), doAntiAlias=True)
        self._trunk(canvas, rear, fore, neck, merged, 0.1 if step.sitting else 0.0)
        canvas.restore()
        head = self._nape(canvas, fore, neck, step)
        for index, limb in zip((0, 2), near, strict=True):
            if limb is None:
                self._leg(canvas, step, index, rear, fore, ground, 0.0)
            elif apart and not self.row.get("wool"):
                self._stand(canvas, limb, 0.0)
            elif not apart:
                self._foot(canvas, limb, 0.0)
        if self.row.get("wings"):
            draw_wing(
                canvas,
                self.ink,
                self.coat,
                (fore[0] - 0.15, fore[1] - 0.15),
                t,
                far=False,
                membrane=self.row["wings"] == 2,
                air=acting.action is Action.fly,
            )
        gaze = acting.gaze
        if gaze is not None and mirrored:
            acting = replace(acting, gaze=(-gaze[0], gaze[1]))
        face = mood(acting, t, self.seed)
        if step.nod > 20 and acting.action in (Action.search, Action.listen):
            face = replace(face, gape=0.0)  # who sniffs has its mouth shut, whatever it fears
        side = 36.0 if self.row.get("flat") else 58.0
        turn = {Facing.camera: 14.0, Facing.away: 150.0}.get(acting.facing, side)
        if acting.gaze is not None and acting.facing is not Facing.away and step.nod <= 5:
            least = -40.0 if acting.gaze[0] < -0.3 else -12.0  # a long face is not told from the front
            turn += max(least, min(30.0, (acting.gaze[0] * (side + 4) - turn) * 0.4))
        touches = acting.manner in ("nose", "lick")
        if touches:
            turn = 66.0
        if (step.nod > 5 or step.nod < -30) and acting.facing is not Facing.away:
            back = 76.0 if self.row.get("muzzle", 0.4) > 0.35 else side
            turn = max(turn, side if step.nod > 0 else back)  # a head down or thrown back: from the side
        nod, muzzle = math.radians(step.nod), self.row.get("muzzle", 0.4)
        bit = self.head_size * (0.16 + 0.5 * muzzle), self.head_size * (0.22 + 0.26 * muzzle)
        self._bit = (
            head[0] + bit[0] * math.cos(nod) - bit[1] * math.sin(nod),
            head[1] + bit[0] * math.sin(nod) + bit[1] * math.cos(nod),
        )
        canvas.save()
        canvas.translate(*head)
        canvas.rotate(step.nod)
        canvas.scale(self.head_size, self.head_size)
        if acting.manner == "lick" and acting.action is Action.eat:
            draw_tongue(canvas, self.ink, 0.72 * muzzle, t)
        join = skia.Path(neck.shape)
        join.offset(-head[0], -head[1])
        join.transform(skia.Matrix.RotateDeg(-step.nod).postScale(1 / self.head_size, 1 / self.head_size))
        self.head.draw(canvas, turn, face, t, step.trunk, join, (-head[1] / self.head_size, nod))
        self._straps = tuple(
            (
                head[0] + self.head_size * (x * math.cos(nod) - y * math.sin(nod)),
                head[1] + self.head_size * (x * math.sin(nod) + y * math.cos(nod)),
            )
            for x, y in self.head.straps
        )
        if self.row.get("tail") == "horse" and acting.facing is not Facing.away:
            draw_forelock(canvas, self.ink, self._hair(), math.sin(math.radians(turn)))
        canvas.restore()
        if hold is not None:
            canvas.save()
            ahead, below = (
                (0.3, 0.36) if self.row.get("flat") else (0.3 + 0.62 * self.row.get("muzzle", 0.4), 0.34)
            )
            if self.row.get("trunk"):
                nod = math.radians(step.nod)
                (tip, down), (sin, cos) = self.head.tip, (math.sin(nod), math.cos(nod))
                ahead, below = tip * cos - down * sin, tip * sin + down * cos
            canvas.translate(head[0] + self.head_size * ahead, head[1] + self.head_size * below)
            canvas.scale((-1 if mirrored else 1) / self.scale, 1 / self.scale)
            hold(canvas)
            canvas.restore()

    def _curled(self, canvas: skia.Canvas, face: Mood, t: float) -> None:
        """Rolled up into a ball, the nose under the tail."""
        (x, y), r = draw_curled(canvas, self.ink, self.coat, self.depth, math.sin(t * 1.8))
        size = min(self.head_size, 1.15 * r)
        canvas.save()
        canvas.translate(x, min(y, -0.4 * size))
        canvas.rotate(24)
        canvas.scale(size, size)
        self.head.draw(canvas, 52.0, face, t)
        canvas.restore()
        if self.row.get("tail", "long") not in ("none", "stub", "puff", "flat"):
            bushy = self.row.get("tail") in ("bushy", "squirrel", "ringed")
            draw_curled_tail(
                canvas, self.ink, self.coat, self.row.get("tip", shaded(self.coat, -0.16)), r, bushy
            )

    def _trunk(
        self,
        canvas: skia.Canvas,
        rear: Point,
        fore: Point,
        neck: Neck,
        limbs: list[Limb],
        arch: float,
    ) -> None:
        d, ink = self.depth, self.ink
        axis = (fore[0] - rear[0], fore[1] - rear[1])
        size = math.hypot(*axis) or 1e-6
        ux, uy = axis[0] / size, axis[1] / size

        def at(along: float, up: float) -> Point:
            return rear[0] + axis[0] * along + uy * up * d, rear[1] + axis[1] * along - ux * up * d

        back = self.row.get("hump", 0.0) / d
        tuck = tucked(self.row)
        shape = smooth(trunk_edge(at, tuck, back, arch))
        wool = self.row.get("wool")
        if wool:
            for i in range(11):
                dx, dy = polar(i * 360 / 11, 1.0)
                x, y = at(0.5 + dx * 0.68, -dy * 0.42)
                ink.piece(canvas, ellipse(x, y, 0.17, 0.16), self.coat, shade=0.05 * (i % 2))
        ink.body(canvas, [shape, neck.shape, *(path for limb in limbs for path in limb.paths)], self.coat)
        pale = mixed(self.coat, "#fff8ea", self.row.get("belly", 0.0))
        ruff = self.row.get("ruff") and self.row.get("belly")
        front = bib((neck.base, neck.top), (neck.thick, neck.thin), d) if ruff else None
        if front is not None:
            canvas.save()
            canvas.clipPath(neck.shape, True)
            ink.fill(canvas, front, pale)
            canvas.restore()
        canvas.save()
        canvas.clipPath(shape, True)
        if self.row.get("belly"):
            ink.fill(canvas, self._below(at, tuck, 0.2), pale)
        if self.row.get("panda"):
            ink.piece(
                canvas, smooth([at(0.72, 0.7), at(1.12, 0.7), at(1.2, -0.8), at(0.74, -0.8)]), "#26262a"
            )
        ink.piece(canvas, self._below(at, tuck, 0.09), "#000000", alpha=0.1)
        if front is not None:
            ink.fill(canvas, front, pale)
        canvas.restore()
        for limb in limbs:  # not clipped, or the belly would shine through along the edge of the trunk
            for path in limb.paths:
                ink.fill(canvas, path, self.coat)
        canvas.save()
        canvas.clipPath(shape, True)
        for limb in limbs:  # where thigh and shoulder stand out from the flank
            canvas.save()
            canvas.clipRect(skia.Rect.MakeLTRB(-9, limb.root[1] - 0.02 * d, 9, 9))
            ink.mark(canvas, limb.paths[0], shaded(self.coat, -0.3), 0.014, alpha=0.55)
            canvas.restore()
        draw_pattern(canvas, ink, self.coat, self.row, at, self.seed)
        canvas.restore()
        for name, draw in BACKS.items():
            if self.row.get(name):
                draw(canvas, ink, self.coat, at)
        if wool:
            for x, y in ((0.1, 0.2), (0.4, -0.1), (0.7, 0.22), (0.95, -0.1), (0.25, -0.25)):
                px, py = at(x, y)
                curl = line([(px - 0.05, py), (px, py - 0.05), (px + 0.05, py), (px + 0.01, py + 0.03)])
                ink.mark(canvas, curl, shaded(self.coat, -0.16), 0.014)
        if Mark.dirty in self.marks:
            for x, y in ((0.2, -0.2), (0.6, 0.1), (0.9, -0.3)):
                ink.piece(canvas, ellipse(*at(x, y), 0.09, 0.05), "#4a3826", alpha=0.5)
        if Mark.snowy in self.marks or Mark.frozen in self.marks:
            ink.piece(
                canvas,
                smooth(
                    [
                        at(-0.1, 0.44),
                        at(0.5, 0.55 - 0.05 * tuck + back),
                        at(0.95, 0.53),
                        at(0.45, 0.34 + back),
                    ]
                ),
                "#f6fafc",
            )
        if Mark.wounded in self.marks:
            ink.mark(canvas, line([at(0.3, 0.5), at(0.36, 0.0), at(0.32, -0.46)]), "#f4eee0", 0.09)

    @staticmethod
    def _below(at: At, tuck: float, up: float) -> skia.Path:
        """What of a trunk lies below a line ``up`` depths above its lower edge."""
        edge = [at(along, y + up * min(1.0, max(0.0, 0.1 + 3 * along))) for along, y in underline(tuck)]
        return smooth([at(1.45, 0.05), *edge, at(-0.3, -0.5), at(-0.2, -0.9), at(0.5, -1.0), at(1.5, -0.9)])

    def _neck(self, fore: Point, step: Gait) -> Neck:
        """The neck, out of the shoulder to the head."""
        d = self.depth
        base = (fore[0] + d * 0.16, fore[1] - d * 0.12)
        rise = self.rise + step.neck * (1.0 if self.neck > 0.25 else 0.6)
        dx, dy = polar(-rise, self.neck + d * 0.2)
        muzzle = self.row.get("muzzle", 0.4)
        reach = max(0.36, muzzle * 0.4)
        if step.nod > 5 and not self.row.get("trunk"):  # how far below its middle the chin is
            nod = math.radians(step.nod)
            tip = 0.85 * (0.3 + muzzle), 0.15 + muzzle * (0.9 * self.row.get("down", 0.12) + 0.07)
            reach = max(reach, tip[0] * math.sin(nod) + tip[1] * math.cos(nod) + 0.12)
        if self.row.get("mane") == "ruff":
            reach = 0.84  # no mane goes into the ground
        dy = min(dy, -self.head_size * reach - step.lift - base[1])
        top = (base[0] + dx, base[1] + dy)
        bend = (base[0] + dx * 0.5 + dy * 0.06, base[1] + dy * 0.5 - dx * 0.06)
        thick = d * 0.7
        thin = max(self.head_size * 0.62, d * 0.3) if self.neck < 0.4 else self.head_size * 0.66
        if self.row.get("tail") == "horse":
            thick, thin = d * 0.86, self.head_size * 0.78
        wide = d * 0.5 + thick * 0.5
        root = (base[0] - 0.3 * d - dx * 0.1, base[1] + 0.16 * d - min(0.0, dy) * 0.1)
        shape = tube([root, base, bend, top], (wide, thick * 1.06, (thick + thin) / 2, thin))
        return Neck(shape, base, bend, top, thick, thin, rise)

    def _nape(self, canvas: skia.Canvas, fore: Point, neck: Neck, step: Gait) -> Point:
        """What a neck bears, its mane and marks; where the middle of the head is."""
        ink = self.ink
        base, bend, top, thick, thin, rise = neck.base, neck.bend, neck.top, neck.thick, neck.thin, neck.rise
        dx, dy = top[0] - base[0], top[1] - base[1]
        if self.row.get("stripes") == 3 or self.row.get("spots") == 3:
            for i in range(1, 5):
                k = i / 5
                x, y = base[0] + dx * k, base[1] + dy * k
                if self.row.get("spots") == 3:
                    ink.piece(
                        canvas,
                        ellipse(x + 0.03 * (-1) ** i, y, thin * 0.2, thin * 0.24),
                        shaded(self.coat, -0.4),
                    )
                else:
                    nx, ny = -dy * 0.28, dx * 0.28
                    ink.mark(canvas, line([(x - nx, y - ny), (x + nx * 0.9, y + ny * 0.9)]), "#26242a", 0.035)
        if self.row.get("mane") == "crest":
            draw_crest(canvas, ink, self._hair(), [base, bend, top], (thick, thin))
        draw_neckwear(canvas, self.ink, self.look, (base[0] + dx * 0.62, base[1] + dy * 0.62), -rise, thin)
        return top[0] + self.head_size * 0.1, top[1] - self.head_size * 0.08

    def _hair(self) -> str:
        """The colour of a mane."""
        return shaded(mixed(self.look.hair_colour, self.coat, 0.2), -0.1)

    def _leg(
        self,
        canvas: skia.Canvas,
        step: Gait,
        index: int,
        rear: Point,
        fore: Point,
        ground: float,
        shade: float,
    ) -> None:
        """One leg by itself: a folded one, or one that is stood on."""
        limb = self._limb(step, index, rear, fore, ground)
        if limb is not None:
            self._stand(canvas, limb, shade)
            return
        front, near = index < 2, index % 2 == 0
        hip, size = fore if front else rear, (self.depth, self.legw)
        if self.row.get("hoof"):
            draw_laid(canvas, self.ink, self._trousers(), self.coat, hip, size, front, near)
        else:
            paws = self.row.get("socks", self._trousers())
            draw_folded(canvas, self.ink, self._trousers(), paws, hip, size, front, near)

    def _limb(self, step: Gait, index: int, rear: Point, fore: Point, ground: float) -> Limb | None:
        """The shape of a leg that is stood or sat on, or held up; None for one folded to lie."""
        front, near = index < 2, index % 2 == 0
        squats = bool(self.row.get("squat")) and not front and not step.air
        if step.lying or squats:
            return None
        d, w, hoof = self.depth, self.legw, bool(self.row.get("hoof"))
        hip = fore if front else rear
        far_shift = 0.0 if near else 0.11
        root = (hip[0] + (0.02 if front else -0.03) + far_shift, hip[1] + d * (0.1 if front else -0.02))
        fx, fy = step.feet[index]
        bend = bending(self.row)
        foot = (
            hip[0]
            + fx * (0.26 if self.row.get("shell") else 0.42)
            + (0.05 if front else -0.07 - 0.1 * bend)
            + far_shift,
            -fy * 0.34 + (ground if step.air else 0.0) - 0.04,
        )
        raised = step.paws[index] if front else None
        if raised is None and front and self.row.get("upright") and not step.air:
            raised = (0.24, 0.26)  # short arms before the chest
        if raised is not None:
            foot = (root[0] + raised[0] * (self.leg + 0.3) + far_shift * 0.4, root[1] + raised[1])
            elbow = ((root[0] + foot[0]) / 2 - 0.02, (root[1] + foot[1]) / 2 + 0.1)
            widths = (max(0.5 * d, 1.4 * w), w * 1.1, w * 0.9, w * 0.74, w * 0.7)
            halves = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in ((root, elbow), (elbow, foot))]
            return Limb((tube([root, halves[0], elbow, halves[1], foot], widths),), root, foot, elbow)
        if step.sitting:
            foot = (hip[0] + 0.06 + far_shift * 0.6, -0.04) if front else (hip[0] + 0.34 + far_shift, -0.04)
            if not front:
                return Limb(haunch(hip, foot, d, w), root, foot, (foot[0] - 0.3, foot[1]))
        shape, ankle = (fore_leg if front else hind_leg)(root, foot, (d, self.leg, w), bend, hoof)
        return Limb((shape,), root, foot, ankle)

    def _trousers(self) -> str:
        """The colour of the legs."""
        return "#2a2a2e" if self.row.get("panda") or self.row.get("dark") else self.coat

    def _stand(self, canvas: skia.Canvas, limb: Limb, shade: float) -> None:
        """One leg with its foot, as a piece of its own."""
        for path in limb.paths:
            self.ink.piece(canvas, path, self._trousers(), shade=shade)
        self._foot(canvas, limb, shade)

    def _foot(self, canvas: skia.Canvas, limb: Limb, shade: float) -> None:
        colour, w, foot = self._trousers(), self.legw, limb.foot
        if self.row.get("socks"):
            canvas.save()
            canvas.clipPath(limb.paths[-1], True)
            sock = tube([limb.ankle, foot], (1.1 * w, 1.3 * w))
            self.ink.fill(canvas, sock, self.row["socks"], shade * 0.5)
            canvas.restore()
        if self.row.get("hoof"):
            draw_hoof(canvas, self.ink, foot, w, shade)
            return
        paw = ellipse(foot[0] + w * 0.22, foot[1], w * 0.58, max(0.042, w * 0.25))
        self.ink.piece(canvas, paw, self.row.get("socks", colour), shade=shade + 0.03)
        for k in (0.26, 0.5):
            toe = line([(foot[0] + w * k, foot[1]), (foot[0] + w * (k + 0.04), foot[1] + 0.03)])
            self.ink.mark(canvas, toe, shaded(colour, -0.35), 0.011)
