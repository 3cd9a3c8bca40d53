"""Figures as they are seen at a moment of a shot: body, shadow, what is used, marks of what they do."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.vocabulary import Action, Being, Facing
from . import afloat, notation
from .accents import accents, airborne, rested
from .atboth import hands_of, hauled, held_between
from .blocking import Placed
from .camera import Pose
from .canopies import under_one
from .climbing import Climbed
from .contact import Party
from .cycling import PEDALS, cycle_of, on_the_broom, on_the_machine
from .easing import smoothstep
from .figures import Acting
from .figures.figure import LEAPS, UNDER
from .figures.shapes import Point
from .flung import line_thrown
from .grip import held_by, over_both
from .handing import abed, before, beside, in_hand, roped
from .ink import mixed
from .lairs import cover, digs, flying_earth, hides, pit
from .life import disc, separate
from .margins import Box, Margins, Taken, margins, settled
from .played import Played
from .players import Player, bodied, scaled
from .resizing import at_size, flashes, melts
from .riding import bridle, reins, saddle, stirrup
from .rim import rimmed
from .small import perch
from .things import Thing
from .threshold import farther_off, goes_through, gone_in, open_doorway
from .tossed import catcher, caught_at, tossed
from .uphill import Flank, flank
from .vehicles import seat_of, window
from .wielded import wield
from .wraps import ON, dressed, held_open, put_round, wraps

_BRACED = frozenset({Action.push, Action.pull, Action.sneak})
"""Actions that go on where whoever does them gets no further."""
_DRIPS = 0.44
"""Share of a shot in which somebody leaps out of the water at which some of it is still in the air below."""
_CONTACT = 0.3
"""The least strength of the shadow on which a thing stands."""
_OFF_THE_GROUND = frozenset({Action.fall, Action.jump})
"""What takes more room than the body is broad, most of it in the air."""


class SeenFigures(Played):
    """A played picture whose figures can be drawn."""

    @cached_property
    def _takes(self) -> dict[str, tuple[float, skia.Picture]]:
        """Everybody as drawn last, and at what moment (seconds)."""
        return {}

    @cached_property
    def _edges(self) -> dict[str, str]:
        """Those who have the colours of what is behind them -> the colour of an edge all round."""
        return {}

    @cached_property
    def _shone(self) -> list[Box]:
        """What shines in the frame, in pixels."""
        return []

    @cached_property
    def _busy(self) -> list[Taken]:
        """What there is to see of the place in the frame, in pixels, where something is written."""
        return []

    @cached_property
    def _rooms(self) -> dict[str, Margins | None]:
        """What is about everybody who has marks, as found so far."""
        return {}

    @cached_property
    def _hangs(self) -> dict[str, list[Box]]:
        """Where the marks of everybody hang, as found so far."""
        return {}

    @cached_property
    def _hill(self) -> Flank | None:
        """The slope that somebody walks up."""
        return flank(self.picture, self.staging.figures, self.recipe)

    @cached_property
    def _passes(self) -> bool:
        """Whether the actor walks through a door."""
        return goes_through(self.picture)

    def _figure(
        self, placed: Placed, seconds: float, pose: Pose, now: float, bare: bool, canvas: skia.Canvas
    ) -> None:
        player = self._players[placed.id]
        x = placed.walked(now, self.length)
        up = placed.up + self._bob(placed, player, seconds)
        hill = self._hill if not placed.shoulder else None
        if hill is not None:
            up += hill.up(x, pose)
            if hill.first == placed.id and not bare:
                hill.draw(canvas, self._ink, pose)
        px, py = pose.at(x, up, placed.depth)
        scale = pose.scale(placed.depth)
        surface_y = pose.at(x, hill.up(x, pose) if hill is not None else 0, placed.depth)[1]
        walks_up = self._acting[placed.id].way in ("stairs", "slope")
        grounded = not placed.sunk and not placed.rides and not bare and not walks_up
        if grounded and self.recipe.footing not in ("void", "boat", "cloud"):
            came = player.body.comes_from(self._acting[placed.id], seconds, self.length) * player.scale
            self._shadow(canvas, px + came * scale, surface_y, placed, scale, pose)
        if self.air.night > 0.5 and not bare:
            separate(canvas, self.air, (px, py), placed.extent, scale)
        if placed.perch:
            canvas.save()
            canvas.translate(px, surface_y)
            canvas.scale(scale, scale)
            perch(canvas, self._ink, placed.extent.width, placed.perch, self.recipe)
            canvas.restore()
        canvas.save()
        if placed.rides in self._transport.cabs:
            canvas.clipPath(self._window(placed, pose, now), doAntiAlias=True)
        if placed.sunk:
            canvas.clipRect(skia.Rect.MakeLTRB(-9e4, -9e4, 9e4, surface_y))
        canvas.translate(px, py)
        if placed.id == self._resized:
            share = seconds / self.length
            if flashes(share) and not bare and not melts(self.picture):
                middle = 0.5 * placed.extent.top * scale
                self._ink.glow(canvas, 0.0, -middle, 2.2 * middle, "#fff2a8", 0.75)
            size = at_size(self.picture, share)
            canvas.scale(1.3 - 0.3 * size if melts(self.picture) else size, size)
        canvas.scale(scale * player.scale, scale * player.scale * self.staging.squash)
        acting = self._acting[placed.id]
        if (up := abed(self.picture, player, acting.action)) > 0.0:
            canvas.translate(0.0, -up)
        if acting.action is Action.climb and acting.way and not placed.sunk:
            climb = player.body.climb(acting.way)
            scene = Climbed.of(climb, player.body.height, self.picture, self.recipe)
            ink = self.air.ink(max(0.0, placed.depth), 0.012)
            scene.draw(canvas, ink, -1.0 if placed.facing is Facing.left else 1.0)
        lair = self.staging.squash * player.scale
        if digs(player):
            canvas.save()
            canvas.scale(1 / player.scale, 1 / lair)
            done = min(1.0, seconds / (0.8 * self.length))
            pit(canvas, self._ink, placed, self.picture, done)
            if not bare:
                flying_earth(canvas, self._ink, placed, self.picture, seconds)
            canvas.restore()
        indoors, lit = self.recipe.interior, self.air.ink(0.0, 0.012)
        beside(canvas, self._ink, player, placed, self.picture, seconds, self.length, indoors, lit)
        mount = self._players.get(placed.rides)
        bridled = mount is not None and bool(mount.body.bridle) and player.body.seat > 0
        side = -1.0 if placed.facing is Facing.left else 1.0
        if bridled:
            saddle(canvas, self._ink, player.body.sits(acting), side)
        passes = placed.id == self.picture.actor and self._passes and not bare
        if passes:
            canvas.save()
            walker = self._ink, player, placed, self.picture, now, self.length
            canvas.clipRect(open_doorway(canvas, *walker, indoors, lit))
            grown, up = farther_off(gone_in(placed, seconds, self.length), player.body.height)
            canvas.translate(0.0, -up)
            canvas.scale(grown, grown)
        self._passed_on(canvas, placed, seconds)
        self._bodied(canvas, placed, seconds, bare)
        if passes:
            canvas.restore()
        if bridled:
            self._reined(canvas, placed, seconds, side)
        before(canvas, self._ink, player, placed, self.picture, seconds, self.length)
        if acting.action is Action.throw:
            near = self._aim(placed, (px, py), scale * player.scale, pose)
            line_thrown(canvas, self._ink, player, near, side, seconds)
            if (to := self._caught_at(placed, (px, py), scale * player.scale, pose)) is not None:
                tossed(canvas, player, to, side, seconds)
        if not bare and hides(player, placed, self.picture):
            canvas.save()
            canvas.scale(1 / player.scale, 1 / lair)
            if player.body.floats:  # a rock stands on the ground, whoever floats behind it
                canvas.translate(0.0, (surface_y - py) / scale)
                canvas.scale(1.0, 1.0 + max(0.0, placed.up) / max(0.1, placed.extent.top))
            cover(canvas, self._ink, placed, self.picture)
            canvas.restore()
        self._pulled_at(canvas, placed, seconds)
        if wields := self._wields[placed.id]:
            way = player.body.side(acting, seconds)
            doing = replace(player, acting=acting)
            wield(canvas, self._ink, doing, self.picture, wields, way, seconds, self.length)
        self._wrapped(canvas, placed, player, seconds)
        minds = self._mind is not None and (  # a cloud says it, also for whoever searches as well
            self._mind.whose == placed.id or player.acting.action is Action.search
        )
        if not bare and not minds and not self._echoes(placed):
            face = self._faces.get(placed.id)
            acting = self._acted(placed, seconds)
            room = partial(self._room, placed)
            high = placed.perch / player.scale
            accents(canvas, self._ink, player, acting, self.air.night, seconds, face, room, high)
        canvas.restore()
        if placed.id in self._hands.embraced[1:]:
            self._held_close(canvas, seconds, pose, now, self._hands.upper_last(seconds))
        if placed.id in self._hands.nuzzled[1:]:
            self._held_close(canvas, seconds, pose, now, self._hands.nuzzled[:1])
        if placed.sunk and not bare:
            leaps = player.acting.manner == "leap"
            share = seconds / self.length
            if not leaps or not LEAPS[0] + 0.12 < share < LEAPS[1] - 0.06:
                afloat.wake(canvas, self._ink, px, surface_y, placed, scale, seconds)
            dives = player.acting.manner == "under"
            for begins in (*LEAPS, _DRIPS) if leaps else (UNDER[1] - 0.2,) if dives else ():
                afloat.splash(canvas, self._ink, px, surface_y, placed, scale, (share - begins + 0.03) / 0.2)

    def _held_close(
        self, canvas: skia.Canvas, seconds: float, pose: Pose, now: float, whose: Sequence[str]
    ) -> None:
        """The near arms of two in an embrace, or of who is nuzzled, each over the other one's body."""
        by_id = {p.id: p for p in self.staging.figures}
        for placed in (by_id[name] for name in whose):
            player = self._players[placed.id]
            x, up = placed.walked(now, self.length), placed.up + self._bob(placed, player, seconds)
            scale = pose.scale(placed.depth) * player.scale
            canvas.save()
            if placed.sunk:
                canvas.clipRect(skia.Rect.MakeLTRB(-9e4, -9e4, 9e4, pose.at(x, 0.0, placed.depth)[1]))
            canvas.translate(*pose.at(x, up, placed.depth))
            canvas.scale(scale, scale * self.staging.squash)
            player.body.near_arm(canvas, self._acted(placed, seconds), seconds)
            canvas.restore()

    def _room(self, placed: Placed) -> Margins | None:
        """What is about somebody in the frame, found once."""
        if placed.id not in self._rooms:
            now = 0.45 * self.length
            player, acted = self._players[placed.id], self._acted(placed, now)
            high = self.path(now).scale(placed.depth) * player.scale * player.body.height / self.size[1]
            rest = rested(player, acted, now, self._faces.get(placed.id), high)
            voices = [
                p for p in self.staging.figures
                if airborne(self._players[p.id], self._acting[p.id]) and not self._echoes(p)
            ]  # fmt: skip
            ids = [p.id for p in voices]
            first = voices[: ids.index(placed.id)] if placed.id in ids else []
            hung = [(p, box) for p in first for box in self._hung(p)]
            self._rooms[placed.id] = rest and margins(
                placed, self.staging.figures, frozenset(ids), self.path, self.size, self.length,
                player.scale, *rest, hung, self._shone, howls=airborne(player, acted) == notation.HOWLED,
                swings=airborne(player, acted) == notation.DANCED and player.body.look.being is Being.robot,
                busy=self._busy if airborne(player, acted) in notation.WRITTEN else (),
            )  # fmt: skip
        return self._rooms[placed.id]

    def _hung(self, placed: Placed) -> list[Box]:
        """Where the marks of somebody hang: left, top, right and bottom, in metres from the foot, y up."""
        if placed.id not in self._hangs:
            self._hangs[placed.id] = self._marked(placed)
        return self._hangs[placed.id]

    def _marked(self, placed: Placed) -> list[Box]:
        player, room, now = self._players[placed.id], self._room(placed), 0.45 * self.length
        if room is None:
            return []
        acting = self._acted(placed, now)
        tall, way = player.body.height * player.scale, player.body.side(acting, now)
        seen = room.seen_by(way, player.body.height)
        boxes = []
        for ahead, down, half in settled(airborne(player, acting), seen)[0]:
            x, y = way * (seen.head[0] + ahead * seen.size), -(seen.head[1] + down * seen.size)
            r = half * seen.size
            boxes.append(((x - r) * tall, (y + r) * tall, (x + r) * tall, (y - r) * tall))
        return boxes

    def _aim(self, placed: Placed, at: Point, scale: float, pose: Pose) -> Point | None:
        """The hand or near side of who something is thrown to, from the thrower's ground point; metres."""
        if placed.id != self.picture.actor:
            return None
        way = -1.0 if placed.facing is Facing.left else 1.0
        ahead = [p for p in self.staging.figures if p.id != placed.id and way * (p.x - placed.x) > 0]
        ahead.sort(key=lambda p: (p.id != self.picture.target, abs(p.x - placed.x)))
        if not ahead:
            return None
        other = ahead[0]
        extent, away = other.extent, placed.x - other.x
        edge = extent.left if away < 0 else extent.right
        inwards = 0.4 if self._players[other.id].source.look.being in (Being.person, Being.robot) else 0.06
        x = other.x + edge + inwards * ((extent.left + extent.right) / 2 - edge)
        up, player = other.up + 0.5 * extent.top, self._players[other.id]
        if joints := player.body.joints(self._acting[other.id], 0.0):  # a hand that holds the end of it
            near = min(joints["r-wrist"], joints["l-wrist"], key=lambda p: way * p[0])
            x, up = (
                other.x + player.scale * near[0],
                other.up - player.scale * (near[1] + 0.04 * player.body.height),
            )
        px, py = pose.at(x, up, other.depth)
        return (px - at[0]) / scale, (py - at[1]) / scale

    def _caught_at(self, placed: Placed, at: Point, scale: float, pose: Pose) -> Point | None:
        """Where what somebody throws is caught, from the thrower's ground point, in metres; or None."""
        name = catcher(self.picture) if placed.id == self.picture.actor else None
        other = next((p for p in self.staging.figures if p.id == name and not p.shoulder), None)
        if other is None:
            return None
        player, way = self._players[other.id], -1.0 if other.x > placed.x else 1.0
        x, y = (player.scale * d for d in caught_at(player.body.height, way))
        px, py = pose.at(other.x + x, other.up - y, other.depth)
        return (px - at[0]) / scale, (py - at[1]) / scale

    def _pulled_at(self, canvas: skia.Canvas, placed: Placed, seconds: float) -> None:
        """What two have between their hands, where one of them is drawn."""
        held = self._between
        if self._rope and placed.id in self._rope:
            self._hauled(canvas, placed, seconds)
        if held is None or placed.id not in (held.one, held.other):
            return
        pair = [p for p in self.staging.figures if p.id in (held.one, held.other)]
        if len(pair) == 2:
            pair.sort(key=lambda p: p.id != placed.id)
            me, other = (Party(p, self._players[p.id], self._acted(p, seconds)) for p in pair)
            thing = Thing(held.look, (), self._ink, self.seed)
            last = placed.id not in self._rope.values()
            held_between(canvas, self._ink, held, me, other, thing, seconds, last)

    @cached_property
    def _rope(self) -> dict[str, str]:
        """By each behind the first at a rope, and each who pulls a thing: to whose hands or what it goes."""
        picture, held = self.picture, self._between
        if picture.action is not Action.pull:
            return {}
        handed = {f.id for f in picture.figures if f.look.being in (Being.person, Being.robot)}
        pulls = [p for p in self.staging.figures if p.id in handed and not p.shoulder]
        pulls = [p for p in pulls if self._acting[p.id].action is Action.pull]
        if held is not None and held.kind == "rope":
            ends = {p.id: p for p in pulls if p.id in (held.one, held.other)}
            return {
                p.id: min(same, key=lambda q: abs(q.x - p.x)).id
                for p in pulls
                if p.id not in ends and (same := [q for q in ends.values() if q.facing is p.facing])
            }
        thing = next((t for t in self.staging.things if t.id == picture.target), None)
        if thing is None or not roped(picture):
            return {}
        ranked = sorted(pulls, key=lambda p: abs(p.x - thing.x))
        return {p.id: q.id for q, p in pairwise([thing, *ranked])}

    def _hauled(self, canvas: skia.Canvas, placed: Placed, seconds: float) -> None:
        """The rope from somebody's hands on to the near end of what is pulled, or its loose end.

        From hand to hand of two in a row it goes by on the far side of the one ahead: see ``_passed_on``.
        """
        player = self._players[placed.id]
        me = Party(placed, player, self._acted(placed, seconds))
        thing = next((t for t in self.staging.things if t.id == self._rope[placed.id]), None)
        tug = self._between is not None and self._between.kind == "rope"
        last = tug and placed.id not in self._rope.values()
        if thing is None and not last:
            return
        spots = [hands_of(me, seconds)]
        if thing is not None:
            side = 1.0 if placed.x < thing.x else -1.0
            across = thing.x - side * 0.4 * thing.extent.width
            spots.append((across, thing.up + min(0.16, 0.3 * thing.extent.top)))
        else:  # a palm ahead of the hand
            ahead = next(p for p in self.staging.figures if p.id == self._rope[placed.id])
            way = math.copysign(1.0, ahead.x - placed.x)
            spots.append((spots[0][0] + way * 0.04 * player.body.height * player.scale, spots[0][1]))
        self._roped(canvas, placed, spots, last)

    def _passed_on(self, canvas: skia.Canvas, placed: Placed, seconds: float) -> None:
        """The rope from somebody's hands back to those of who is next on it, on the far side of the body.

        Before the body it would seem to go through it."""
        me = Party(placed, self._players[placed.id], self._acted(placed, seconds))
        for other in self.staging.figures:
            if self._rope.get(other.id) == placed.id:
                party = Party(other, self._players[other.id], self._acted(other, seconds))
                self._roped(canvas, placed, [hands_of(me, seconds), hands_of(party, seconds)], last=False)

    def _roped(self, canvas: skia.Canvas, placed: Placed, spots: Sequence[Point], last: bool) -> None:
        """A rope along places on the stage, drawn from somebody's ground point."""
        player = self._players[placed.id]
        points = [((x - placed.x) / player.scale, (placed.up - up) / player.scale) for x, up in spots]
        tug = self._between is not None and self._between.kind == "rope"
        colour = self._between.look.colour if self._between is not None and tug else ""
        hauled(canvas, self._ink, points, player.body.height, colour, last)

    def _wrapped(self, canvas: skia.Canvas, placed: Placed, player: Player, seconds: float) -> None:
        """The blanket that somebody holds open, or that is round who was wrapped in it."""
        if not wraps(self.picture):
            return
        share = seconds / self.length
        player = replace(player, acting=self._acted(placed, seconds))
        if placed.id == self.picture.actor:
            held_open(canvas, self._ink, player, self.picture, share, seconds)
        elif placed.id == self.picture.target:
            put_round(canvas, self._ink, player, self.picture, share, seconds)

    def _echoes(self, placed: Placed) -> bool:
        """Whether the same marks are already drawn over whoever it dances with or kisses."""
        actor, mine = self._acting.get(self.picture.actor or ""), self._acting[placed.id]
        if actor is None or placed.id == self.picture.actor or mine.action is not actor.action:
            return False
        return mine.action is Action.dance or (mine.action is Action.hug and mine.manner == "kiss")

    def _window(self, placed: Placed, pose: Pose, now: float) -> skia.Path:
        """The window at which somebody in a vehicle is seen, in pixels."""
        cab, aboard = self._transport.cabs[placed.rides]
        vehicle = next(t for t in self.staging.things if t.id == placed.rides)
        seat = seat_of(self.picture, self._things[vehicle.id].look.kind, aboard.index(placed.id))
        wide, high = self._transport.drawn(vehicle.id)
        x, up = vehicle.walked(now, self.length), vehicle.up + self._transport.lift(vehicle.id, now)
        way = -1.0 if vehicle.facing is Facing.left else 1.0
        corners = [
            pose.at(x + way * across * wide, up + above * high, vehicle.depth)
            for across, above in window(cab, seat)
        ]
        path = skia.Path()
        path.addPoly([skia.Point(*corner) for corner in corners], True)
        return path

    def _reined(self, canvas: skia.Canvas, placed: Placed, seconds: float, side: float) -> None:
        """The reins of what somebody rides, in the rider's metres."""
        player, mount = self._players[placed.id], self._players[placed.rides]
        acted = self._acted(placed, seconds)
        ahead, up = self._transport.saddle(placed.id, placed.rides, seconds)
        grown, squash = 1 / player.scale, 1 / self.staging.squash
        straps = [
            (side * (x * mount.scale - ahead) * grown, (y * mount.scale + up * squash) * grown)
            for x, y in mount.body.bridle
        ]
        bridle(canvas, self._ink, straps)
        hand, near = player.body.hand(acted, seconds), player.body.joints(acted, seconds)
        if acted.manner == "astride" and near:
            leg = "r-" if side > 0 else "l-"
            stirrup(canvas, self._ink, near[f"{leg}knee"], near[f"{leg}ankle"], side)
        if hand is not None and not player.held:
            reins(canvas, self._ink, hand, straps[1], side)

    def _bodied(self, canvas: skia.Canvas, placed: Placed, seconds: float, bare: bool) -> None:
        """Draw the body from its ground point, in metres; ``bare``: without rim light."""
        player = in_hand(self._players[placed.id], self._players, self.picture, self._met, seconds)
        if player.acting.manner == "coat" and seconds >= ON * self.length:
            clad = dressed(player.source, self.picture)
            player = replace(player, body=bodied(clad, self._ink, self.picture.place.look.layout), held=())
        if self._wields[placed.id]:
            player = replace(player, held=())
        sky = not self.recipe.interior
        night = 0.0 if placed.sunk else self.air.night  # the water's edge would cut the glow of a lamp
        if mate := under_one(placed, self.staging.figures, self._players):
            player = over_both(player, mate)
        acted = self._acted(placed, seconds)
        hand = player.body.hand(acted, seconds) if player.canopy else None
        held = held_by(player, self._ink, night, seconds, sky=sky, up=-hand[1] if hand else 0.0)

        def draw(on: skia.Canvas) -> None:
            player.body.draw(on, acted, seconds, self.length, held)

        if bare:
            draw(canvas)
            return
        paint: Callable[[skia.Canvas], None] = draw
        if self.moves and self.staging.squash == 1.0:
            paint = self._taken_down(placed.id, seconds, draw)
        extent = scaled(placed.extent, 1 / player.scale)
        room = (0.9 if player.held else 0.3) * extent.height + 0.2 + 0.5 * player.canopy
        top = -extent.top - room - acted.high
        box = (extent.left - room, top, extent.right + room, room - extent.bottom)
        rimmed(canvas, self.air, box, self.size[1], paint, self._edges.get(placed.id))

    def _taken_down(
        self, name: str, seconds: float, draw: Callable[[skia.Canvas], None]
    ) -> Callable[[skia.Canvas], None]:
        """What draws somebody at a moment, thought out once: a moving camera sees each moment twice."""
        moment, taken = self._takes.get(name, (-1.0, None))
        if taken is None or moment != seconds:
            recorder = skia.PictureRecorder()
            draw(recorder.beginRecording(skia.Rect.MakeLTRB(-1e4, -1e4, 1e4, 1e4)))
            taken = recorder.finishRecordingAsPicture()
            self._takes[name] = seconds, taken
        played: Callable[[skia.Canvas], None] = taken.playback
        return played

    def joints(self, seconds: float, pose: Pose, now: float) -> dict[str, dict[str, tuple[float, float]]]:
        """Pixels of the joints of every person whose joints are known, by id; the farthest first."""
        found = {}
        for placed in sorted(self.staging.figures, key=lambda p: -p.depth):
            player = self._players[placed.id]
            acting = self._acted(placed, seconds)
            if placed.shoulder:
                acting = replace(acting, action=Action.stand, facing=Facing.away, speaks=False)
            x, up = placed.walked(now, self.length), placed.up + self._bob(placed, player, seconds)
            if placed.shoulder:
                x, up = placed.x, placed.up
            px, py = pose.at(x, up, placed.depth)
            scale = pose.scale(placed.depth) * (1.0 if placed.shoulder else player.scale)
            squash = 1.0 if placed.shoulder else self.staging.squash
            joints = player.body.joints(acting, seconds)
            if joints and pose.distance + placed.depth >= 0.25:
                found[placed.id] = {
                    name: (px + jx * scale, py + jy * scale * squash) for name, (jx, jy) in joints.items()
                }
        return found

    def _acted(self, placed: Placed, seconds: float) -> Acting:
        """What somebody does at that moment: who has arrived stands, or holds what it brings."""
        acting = self._acting[placed.id]
        acting = self._hands.laid_on(placed, acting, seconds)
        if placed.rides and acting.action is Action.ride:
            acting = self._held_on(placed, acting, seconds)
        arrived = placed.stops is not None and seconds >= placed.stops and acting.action not in _BRACED
        arrived = arrived and not (acting.action is Action.fly and placed.up > 0.05)  # nobody stands on air
        arrived = arrived and not (acting.action is Action.swim and placed.sunk)  # nor in deep water
        if arrived and self._passes and placed.id == self.picture.actor:  # in at the door, away from the lens
            return replace(acting, facing=Facing.away)
        then = Action.hold if placed.id == self._brings and self._players[placed.id].held else Action.stand
        return replace(acting, action=then) if arrived else acting

    def _held_on(self, placed: Placed, acting: Acting, seconds: float) -> Acting:
        """A rider's acting with the hands, and on pedals the feet, on what is ridden."""
        machine = next((t for t in self.staging.things if t.id == placed.rides), None)
        if machine is None or placed.rides not in self._transport.things:
            return acting
        kind = self._transport.things[placed.rides].look.kind
        player, way = self._players[placed.id], -1.0 if placed.facing is Facing.left else 1.0
        cycle = cycle_of(kind)
        if cycle is not None and acting.manner == PEDALS:
            size = self._transport.drawn(placed.rides)
            saddle_at = self._transport.saddle(placed.id, placed.rides, seconds)
            x = machine.walked(seconds, self.length)
            return on_the_machine(acting, cycle, size, saddle_at, player.scale, way, x)
        if behaves_as(kind) == "broom" and placed.rides in self._transport.ways:
            return on_the_broom(acting, player.body.sits(acting), player.body.height, way)
        return acting

    def _bob(self, placed: Placed, player: Player, seconds: float) -> float:
        if player.acting.manner == "drown":
            return -0.3 * player.body.height * min(1.0, seconds / (0.85 * self.length))
        if placed.rides in self._transport.ways:
            return self._transport.lift(placed.rides, seconds)
        if raised := self._raised(placed, seconds):
            return raised * player.body.height
        if placed.rides in self._players:
            rest = self._transport.saddle(placed.id, placed.rides, 0.0)[1]
            return self._transport.saddle(placed.id, placed.rides, seconds)[1] - rest
        if placed.sunk and not player.body.floats:
            return 0.03 * math.sin(seconds * 2.1)
        if self.aboard and not player.body.floats:
            return 0.04 * math.sin(seconds * 1.4)
        if not player.body.floats:
            return 0.0
        return (
            placed.extent.height * (0.02 if placed.sunk else 0.045) * math.sin(seconds * 1.5 + len(placed.id))
        )

    def _raised(self, placed: Placed, seconds: float) -> float:
        """How high whoever is lifted is held above the ground, in its own heights."""
        lifting = {m.one for m in self._met if m.kind == "near" and m.other == placed.id}
        # through the eyes of whoever lifts, that one is not in the frame
        lifts = any(i in self._acting and self._acting[i].manner == "heave" for i in lifting)
        rise = min(1.0, max(0.0, seconds / self.length - 0.2) / 0.4) if lifts else 0.0
        return 0.3 * smoothstep(rise)

    def _oars(self, canvas: skia.Canvas, seconds: float, pose: Pose) -> None:
        """The near oar of everybody who rows: from the hand over the rowlock into the water."""
        for placed in self.staging.figures:
            player = self._players[placed.id]
            hand = player.body.hand(self._acting[placed.id], seconds)
            if player.acting.action is not Action.row or hand is None or placed.shoulder or placed.sunk:
                continue
            scale = pose.scale(placed.depth)
            way = -1.0 if placed.facing is Facing.left else 1.0
            canvas.save()
            canvas.translate(*pose.at(placed.x, placed.up + self._bob(placed, player, seconds), placed.depth))
            canvas.scale(scale, scale)
            afloat.oar(canvas, self._ink, hand, (way * 0.3 * player.body.height, -0.36))
            canvas.restore()

    def _shoulder(self, placed: Placed, seconds: float, pose: Pose, canvas: skia.Canvas) -> None:
        """The one over whose shoulder is looked: dark and near."""
        player = self._players[placed.id]
        dark = replace(self._ink, veil=mixed("#0d0c18", self.air.zenith, 0.12), veiled=0.38)
        body = bodied(player.source, dark, self.picture.place.look.layout)
        px, py = pose.at(placed.x, placed.up, placed.depth)
        scale = pose.scale(placed.depth)
        canvas.save()
        canvas.translate(px, py)
        canvas.scale(scale, scale)
        acting = replace(
            self._acting[placed.id], action=Action.stand, facing=Facing.away, speaks=False, says=()
        )
        body.draw(canvas, acting, seconds, self.length)
        canvas.restore()

    def _flat(self, placed: Placed, pose: Pose) -> float:
        """How much of a circle on the ground is seen there, 0 (a line) to 1."""
        return min(0.4, max(0.06, 0.9 * pose.height / max(1.0, pose.distance + placed.depth)))

    def _shadow(
        self, canvas: skia.Canvas, px: float, py: float, placed: Placed, scale: float, pose: Pose
    ) -> None:
        flat = self._flat(placed, pose)
        stands = placed.id not in self._players
        half = min(placed.extent.width, placed.extent.height * 2) * (0.72 if stands else 0.55) * scale
        if not stands and (body := self._players[placed.id].body).look.being is Being.person:
            upright = (
                placed.extent.height > 0.6 * body.height
            )  # what is used by a person casts no shadow here
            half = min(half, 0.3 * placed.extent.height * scale) if upright else half
        elif not stands and self._players[placed.id].acting.action in _OFF_THE_GROUND:  # not all its room
            half = min(half, 0.46 * body.width * self._players[placed.id].scale * scale)
        lifted = max(0.0, 1 - 0.35 * placed.up)
        shade = round(255 * max(self.air.shade, _CONTACT if stands else 0.0) * lifted)
        if half < 1 or shade < 4:
            return
        dark = skia.Color(12, 10, 30, shade)
        # A thing's foot lies at the near edge of its shadow: seen under it, a thing would hover.
        middle = py - 0.2 * flat * half if stands else py
        target = skia.Rect.MakeLTRB(px - half, middle - flat * half, px + half, middle + flat * half)
        image = disc((dark, dark, skia.Color(12, 10, 30, 0)), (0.0, 0.45, 1.0))
        canvas.drawImageRect(image, target, skia.SamplingOptions(skia.FilterMode.kLinear))
