"""Things as they are seen at a moment of a shot: what carries them, opened, broken, heaved or raised."""

from __future__ import annotations

import math
from dataclasses import replace

import skia

from ...storyboard.vocabulary import Action, Facing, Mark
from .blocking import Placed
from .camera import Pose
from .easing import smoothstep
from .figures.shapes import ellipse, rounded
from .lids import LIDDED, lid, lid_of, rim_of, uplift
from .lying import underfoot
from .motions import broken
from .pen import Pen
from .players import kept_visible
from .seen_figures import SeenFigures
from .tripping import kicked_back
from .underneath import underneath
from .vehicles import Cab, seat_of


class SeenThings(SeenFigures):
    """A played picture whose figures and things can be drawn."""

    def _thing(
        self, placed: Placed, seconds: float, pose: Pose, now: float, bare: bool, canvas: skia.Canvas
    ) -> None:
        thing = self._things[placed.id]
        gone, fallen = self._kicked(placed, seconds)
        x = placed.walked(now, self.length) + gone
        lifted = self._transport.lift(placed.id, seconds)
        px, py = pose.at(x, placed.up + lifted, placed.depth)
        scale = pose.scale(placed.depth)
        if self.recipe.footing not in ("void", "cloud", "boat") and not bare:
            under = replace(placed, up=placed.up + lifted)
            self._shadow(canvas, px, pose.at(x, placed.up, placed.depth)[1], under, scale, pose)
        stands = self._stands[placed.id]
        drawn = scale * kept_visible(max(thing.width, thing.height), self._least) * stands.scale
        wide, tall = thing.width * drawn / scale, thing.height * drawn / scale
        canvas.save()
        if (
            self._transport.ways.get(placed.id) == "float"
            and self.recipe.footing != "seabed"
            and self.recipe.water
        ):
            surface = pose.at(x, placed.up, placed.depth)[1]
            canvas.clipRect(skia.Rect.MakeLTRB(-9e4, -9e4, 9e4, surface))
        canvas.translate(px, py)
        if stands.under:
            canvas.save()
            canvas.scale(scale, scale)
            far = stands.under in ("wall", "isle")
            ink = self.air.ink(placed.depth + 3.0, 0.012) if far else self._ink
            underneath(canvas, ink, stands, wide, tall, self._flat(placed, pose))
            canvas.restore()
        share = seconds / self.length if self._breaks(placed) else 0.0
        heaved = self._heaved(placed, seconds)
        leant = (
            -stands.lean
            if placed.facing is Facing.left and placed.id in self._transport.ways
            else stands.lean
        )
        lean = leant or heaved or fallen or 14.0 * min(1.0, max(0.0, share - 0.25) / 0.15)
        turn = math.radians(lean)
        canvas.translate(0, -stands.lift * scale)
        if lean:
            middle = (tall * math.cos(turn) + wide * abs(math.sin(turn))) / 2
            if leant:
                middle = underfoot(thing, lean) * drawn / scale
            canvas.translate(0, -middle * scale)
            canvas.rotate(lean)
            canvas.translate(0, tall * scale / 2)
        canvas.save()
        canvas.scale(-drawn if placed.facing is Facing.left else drawn, drawn)
        way = -1.0 if placed.facing is Facing.left else 1.0
        kind = lid_of(thing.look.kind)
        up = uplift(self._opened(seconds)) if not bare and self._lidded(placed) else 0.0
        if up:
            canvas.clipRect(
                skia.Rect.MakeLTRB(-9.0, -rim_of(kind) * thing.height, 9.0, 9.0), doAntiAlias=True
            )
        thing.draw(canvas, seconds, way * x * scale / drawn if placed.id in self._rolling else 0.0)
        canvas.restore()
        if placed.id in self._transport.cabs and (cab := self._unmanned(placed.id)) is not None:
            self._stranger_drives(canvas, cab, scale * wide * way, scale * tall)
        if up:
            canvas.save()
            canvas.scale(scale, scale)
            lid(canvas, self._ink, kind, wide, tall, thing.main, up)
            canvas.restore()
        if share and not bare:
            size = scale * min(1.6, math.hypot(wide, tall))
            canvas.translate(0, 0.5 * (size - scale * tall))
            canvas.scale(size, size)
            broken(Pen(canvas, self._ink, (0.0, -1.0), (), 0.3, seconds, share, self.air.night))
        canvas.restore()
        if (
            not bare
            and placed.id not in self._transport.ways
            and {Mark.lit, Mark.burning, Mark.glowing} & set(thing.marks)
        ):
            self._ink.glow(canvas, px, py - thing.height * scale * 0.6, scale * 1.6, "#ffcf7a", 0.3)

    def _unmanned(self, vehicle: str) -> Cab | None:
        """The seats of a vehicle in which somebody only travels, and nobody of the cast drives."""
        cab, aboard = self._transport.cabs[vehicle]
        kind = self._things[vehicle].look.kind
        free = all(seat_of(self.picture, kind, n) for n in range(len(aboard)))
        return cab if free and not cab.shows and not cab.disc else None

    def _stranger_drives(self, canvas: skia.Canvas, cab: Cab, wide: float, tall: float) -> None:
        """A driver unknown, in a dark coat and cap, at the first window; pixels, ``wide`` to its front."""
        left, right, sill, top = cab.seats[0]
        x, high = (left + right) / 2 * wide, (top - sill) * tall
        way = math.copysign(1.0, wide)
        canvas.save()
        canvas.translate(x, -sill * tall)
        canvas.scale(way * high, high)
        self._ink.piece(canvas, rounded(-0.34, -0.26, 0.3, 0.0, 0.12), "#39445c")
        self._ink.piece(canvas, ellipse(0.0, -0.42, 0.21, 0.25), "#b98563")
        self._ink.piece(canvas, rounded(-0.23, -0.76, 0.2, -0.54, 0.08), "#2c3650")
        self._ink.piece(canvas, rounded(0.02, -0.58, 0.34, -0.51, 0.03), "#1d2438")
        canvas.restore()

    def _lidded(self, placed: Placed) -> bool:
        """Whether the event of the shot is that this box is opened or shut."""
        event = self.picture.action in (Action.open, Action.close) and placed.id == self.picture.target
        return event and lid_of(self._things[placed.id].look.kind) in LIDDED

    def _opened(self, seconds: float) -> float:
        """How far a box of which that is the event is open."""
        share = seconds / self.length
        return share if self.picture.action is Action.open else max(0.0, 0.9 - share)

    def _breaks(self, placed: Placed) -> bool:
        """Whether the event of the shot is that this thing falls or breaks."""
        return placed.id == self.picture.actor and self.picture.action in (Action.fall, Action.cry)

    def _kicked(self, placed: Placed, seconds: float) -> tuple[float, float]:
        """How far a thing over which somebody falls has gone back, and how far it leans."""
        actor = next((p for p in self.staging.figures if p.id == self.picture.actor), None)
        if actor is None or placed.id != self._stumbled:
            return 0.0, 0.0
        return kicked_back(placed, actor, seconds / self.length)

    def _heaved(self, placed: Placed, seconds: float) -> float:
        """Degrees by which a thing too large for the hands is lifted at the end where its lifter stands."""
        actor = next((p for p in self.staging.figures if p.id == self.picture.actor), None)
        if actor is not None and placed.id == self._overturned:
            gone = min(1.0, max(0.0, seconds / self.length - 0.22) / 0.24)
            return (88.0 if actor.x < placed.x else -88.0) * gone * gone
        if actor is None or placed.id != self.picture.target or self._acting[actor.id].manner != "heave":
            return 0.0
        rise = min(1.0, max(0.0, seconds / self.length - 0.2) / 0.4)
        return (14.0 if actor.x < placed.x else -14.0) * smoothstep(rise)
