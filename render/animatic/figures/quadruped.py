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
from .beast_head import BeastHead
from .beast_parts import BACKS, draw_pattern, draw_tail, draw_tongue, draw_wing
from .folded import draw_curled, draw_curled_tail, draw_folded
from .gaits import Gait, gait
from .hoofed import draw_crest, draw_forelock, draw_hoof, draw_laid, draw_shank
from .mood import Mood, mood
from .performances import on_twos
from .shapes import Point, ellipse, line, polar, smooth, tube

Hold = Callable[[skia.Canvas], None]
_ROLLED = 0.7
"""Seconds after which who curls up is rolled up."""


_PLANK = 6.0
"""Lengths of its legs that a trunk has which is never reared up."""


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
            "hoofed": bool(row.get("hoof")),
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
        self.head = BeastHead(look, self.coat, marks, self.ink, row)

    def travels(self, action: Action) -> float:
        """Metres a second across the ground."""
        pace = {Action.walk: 0.9, Action.sneak: 0.4, Action.run: 2.6, Action.ride: 2.6, Action.swim: 0.7}
        return pace.get(action, 0.0) * math.pow(max(0.45, self.scale), 0.6)

    def back(self, acting: Acting, t: float) -> tuple[float, float]:
        """Where one sits on it, facing right: metres ahead of and above the ground point."""
        step = gait(acting, on_twos(t), self.seed, **self._ways)
        high = self.leg + self.depth * 0.84 - step.sink * self.leg + step.lift
        return -(self._ahead + 0.1 * self.body) * self.scale, high * self.scale

    @property
    def bit(self) -> Point | None:
        """Where a bridled mouth was when it was last drawn, in metres ahead and down, facing right."""
        x, y = self._bit
        return ((x - self._ahead) * self.scale, y * self.scale) if self.row.get("hoof") else None

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw standing on the origin."""
        t = on_twos(t)
        step = gait(acting, t, self.seed, **self._ways)
        left = acting.facing is Facing.left or (acting.facing is not Facing.right and self.seed % 2 == 1)
        canvas.save()
        canvas.scale(-self.scale if left else self.scale, self.scale)
        canvas.translate(-self._ahead, 0)
        curled = acting.action is Action.lie and acting.manner == "curl" and t * acting.pace > _ROLLED
        if curled and not self.row.get("hoof"):
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
        )
        self._trunk(canvas, rear, fore)
        head = self._neck(canvas, fore, step)
        for index in (0, 2):
            self._leg(canvas, step, index, rear, fore, ground, 0.0)
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
        side = 36.0 if self.row.get("flat") else 58.0
        turn = {Facing.camera: 14.0, Facing.away: 150.0}.get(acting.facing, side)
        if acting.gaze is not None and acting.facing is not Facing.away and step.nod <= 5:
            least = -40.0 if acting.gaze[0] < -0.3 else -12.0  # a long face is not told from the front
            turn += max(least, min(30.0, (acting.gaze[0] * (side + 4) - turn) * 0.4))
        touches = acting.manner in ("nose", "lick")
        if touches:
            turn = 66.0
        if step.nod > 5 and acting.facing is not Facing.away:
            turn = max(turn, side)  # a head held down is seen from the side
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
        self.head.draw(canvas, turn, face, t, step.trunk)
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

    def _trunk(self, canvas: skia.Canvas, rear: Point, fore: Point) -> None:
        d, ink = self.depth, self.ink
        axis = (fore[0] - rear[0], fore[1] - rear[1])
        size = math.hypot(*axis) or 1e-6
        ux, uy = axis[0] / size, axis[1] / size

        def at(along: float, up: float) -> Point:
            return (
                rear[0] + axis[0] * along + uy * up * d + (along - 0.5) * 0.0,
                rear[1] + axis[1] * along - ux * up * d,
            )

        back = self.row.get("hump", 0.0) / d
        points = [
            at(-0.3, 0.1),
            at(-0.12, 0.47),
            at(0.2, 0.5 + back * 0.3),
            at(0.5, 0.46 + back),
            at(0.85, 0.54 + back * 0.45),
        ]
        points += [
            at(1.18, 0.36),
            at(1.3, -0.05),
            at(1.06, -0.47),
            at(0.55, -0.5),
            at(0.12, -0.4),
            at(-0.18, -0.32),
        ]
        shape = smooth(points)
        wool = self.row.get("wool")
        if wool:
            for i in range(11):
                dx, dy = polar(i * 360 / 11, 1.0)
                x, y = at(0.5 + dx * 0.68, -dy * 0.42)
                ink.piece(canvas, ellipse(x, y, 0.17, 0.16), self.coat, shade=0.05 * (i % 2))
        ink.piece(canvas, shape, self.coat)
        canvas.save()
        canvas.clipPath(shape, True)
        if self.row.get("belly"):
            pale = mixed(self.coat, "#fff8ea", self.row["belly"])
            belly = smooth(
                [at(-0.3, -0.35), at(0.3, -0.22), at(0.9, -0.24), at(1.4, 0.1), at(1.3, -0.7), at(0.4, -0.8)]
            )
            ink.piece(canvas, belly, pale)
        if self.row.get("panda"):
            ink.piece(
                canvas, smooth([at(0.72, 0.7), at(1.12, 0.7), at(1.2, -0.8), at(0.74, -0.8)]), "#26262a"
            )
        draw_pattern(canvas, ink, self.coat, self.row, at, self.seed)
        ink.piece(
            canvas,
            smooth([at(-0.3, -0.36), at(0.4, -0.38), at(1.2, -0.4), at(1.2, -0.8), at(-0.3, -0.8)]),
            "#000000",
            alpha=0.1,
        )
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
                smooth([at(-0.05, 0.46), at(0.5, 0.6 + back), at(0.95, 0.56), at(0.5, 0.42 + back)]),
                "#f6fafc",
            )
        if Mark.wounded in self.marks:
            ink.mark(canvas, line([at(0.3, 0.5), at(0.36, 0.0), at(0.32, -0.46)]), "#f4eee0", 0.09)

    def _neck(self, canvas: skia.Canvas, fore: Point, step: Gait) -> Point:
        d, ink = self.depth, self.ink
        base = (fore[0] + d * 0.16, fore[1] - d * 0.12)
        rise = self.rise + step.neck * (1.0 if self.neck > 0.25 else 0.6)
        dx, dy = polar(-rise, self.neck + d * 0.2)
        reach = max(0.36, self.row.get("muzzle", 0.4) * (0.8 if step.nod > 5 else 0.4))
        dy = min(dy, -self.head_size * reach - step.lift - base[1])
        top = (base[0] + dx, base[1] + dy)
        bend = (base[0] + dx * 0.5 + dy * 0.06, base[1] + dy * 0.5 - dx * 0.06)
        thick = d * 0.7
        thin = max(self.head_size * 0.62, d * 0.3) if self.neck < 0.4 else self.head_size * 0.66
        if self.row.get("tail") == "horse":
            thick, thin = d * 0.86, self.head_size * 0.78
        neck = tube([base, bend, top], (thick, (thick + thin) / 2, thin))
        ink.piece(canvas, neck, self.coat if not self.row.get("dark") else shaded(self.coat, -0.05))
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
        if self.row.get("ruff") and self.row.get("belly"):
            pale = mixed(self.coat, "#fff8ea", self.row["belly"])
            bib = [
                (top[0] + 0.1, top[1] + 0.1),
                (base[0] + d * 0.32, base[1] + d * 0.12),
                (base[0] + d * 0.2, base[1] + d * 0.5),
                (base[0] + 0.02, base[1] + d * 0.2),
            ]
            ink.piece(canvas, smooth(bib), pale)
        from .beast_parts import draw_neckwear

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
        front = index < 2
        near = index % 2 == 0
        squats = bool(self.row.get("squat")) and not front and not step.air
        if (step.lying or squats) and not self.row.get("hoof"):
            hip, paws = (fore if front else rear), self.row.get("socks", self.coat)
            draw_folded(canvas, self.ink, self.coat, paws, hip, (self.depth, self.legw), front, near)
            return
        hip = fore if front else rear
        if step.lying and self.row.get("hoof"):
            dark = bool(self.row.get("panda") or self.row.get("dark"))
            coat = "#2a2a2e" if dark else self.coat
            draw_laid(canvas, self.ink, coat, self.coat, hip, (self.depth, self.legw), front, near)
            return
        w = self.legw
        far_shift = 0.0 if near else 0.11
        top = (
            hip[0] + (0.02 if front else -0.04) + far_shift,
            hip[1] + self.depth * (0.12 if front else 0.02),
        )
        fx, fy = step.feet[index]
        foot = (
            hip[0] + fx * (0.26 if self.row.get("shell") else 0.42) + (0.05 if front else -0.06) + far_shift,
            -fy * 0.34 + (ground if step.air else 0.0) - 0.04,
        )
        if step.lying:
            foot = (hip[0] + (0.34 if front else 0.3) + far_shift, -0.05)
        elif step.sitting and not front:
            foot = (hip[0] + 0.28 + far_shift, -0.04)
        elif step.sitting:
            foot = (hip[0] + 0.06 + far_shift * 0.6, -0.04)
        raised = step.paws[index] if front else None
        if raised is None and front and self.row.get("upright") and not (step.air or step.lying):
            raised = (0.24, 0.26)  # short arms before the chest
        if raised is not None:
            foot = (top[0] + raised[0] * (self.leg + 0.3) + far_shift * 0.4, top[1] + raised[1])
        reach = math.hypot(foot[0] - top[0], foot[1] - top[1])
        slack = max(0.0, self.leg * 1.12 - reach) * 0.8 + 0.03
        if front and self.row.get("hoof") and not step.lying:
            slack = min(slack, 0.24 * self.leg)  # a knee, not a break
        way = (
            1
            if (front and (step.lying or fy > 0.1)) or (not front and (step.lying or step.sitting))
            else (-0.4 if front else -0.9)
        )
        if raised is not None:
            knee = ((top[0] + foot[0]) / 2 - 0.02, (top[1] + foot[1]) / 2 + 0.1)
        elif not front and not step.lying and not step.sitting:
            knee = ((top[0] + foot[0]) / 2 + way * slack * 0.6 - 0.02, top[1] + (foot[1] - top[1]) * 0.58)
        else:
            knee = ((top[0] + foot[0]) / 2 + way * slack, top[1] + (foot[1] - top[1]) * 0.5)
        colour = self.coat
        if self.row.get("panda") or self.row.get("dark"):
            colour = "#2a2a2e"
        haunch = 1.9 if not front else 1.5
        if self.legw < 0.17:
            haunch += 0.5
        if self.row.get("hoof") and self.legw < 0.17:
            draw_shank(canvas, self.ink, colour, [top, knee, foot], w, shade)
            draw_hoof(canvas, self.ink, foot, w, shade)
            return
        spine = [
            top,
            ((top[0] + knee[0]) / 2, (top[1] + knee[1]) / 2),
            knee,
            ((knee[0] + foot[0]) / 2, (knee[1] + foot[1]) / 2),
            foot,
        ]
        self.ink.piece(
            canvas,
            tube(spine, (w * haunch, w * (haunch * 0.4 + 0.75), w * 1.0, w * 0.78, w * 0.8)),
            colour,
            shade=shade,
        )
        if self.row.get("socks"):
            low = ((knee[0] + foot[0] * 2) / 3, (knee[1] + foot[1] * 2) / 3)
            self.ink.piece(
                canvas, tube([low, foot], (w * 0.82, w * 0.86)), self.row["socks"], shade=shade * 0.5
            )
        if self.row.get("hoof"):
            draw_hoof(canvas, self.ink, foot, w, shade)
        else:
            paw = ellipse(foot[0] + w * 0.26, foot[1] + 0.0, w * 0.66, max(0.042, w * 0.26))
            self.ink.piece(canvas, paw, self.row.get("socks", colour), shade=shade + 0.03)
            for k in (0.3, 0.55):
                toe = line([(foot[0] + w * k, foot[1] + 0.0), (foot[0] + w * (k + 0.04), foot[1] + 0.03)])
                self.ink.mark(canvas, toe, shaded(colour, -0.35), 0.011)
