"""The screen: one picture, staged, lit and ready to be drawn at any moment of its shot."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Angle, Being, Facing, LightKey, Mark, Move
from ..requests import SpokenIn
from . import afloat, camera
from .accents import accents, faces
from .airless import suited
from .blocking import BOARD_METRES, TIGHT, VESSELS, Extent, Placed
from .business import audience, gathers
from .camera import Pose
from .carrying import carried_along
from .clearing import cleared, framed_over, heads, roofed
from .climbing import Climbed, taken_over, way_up
from .direction import CROWD, bent_down, business, directed_picture
from .figures import Acting, Figure
from .figures.mouth import Says, said
from .fitting import fitted, stranded
from .framing import blurred
from .grip import held_by, implement
from .handing import acted, before, beside, in_hand, tooled, widened
from .handiwork import LIDDED, opened_up
from .ink import mixed
from .life import Life, drifts, separate
from .light import air, veil_pixels
from .lying import underfoot
from .meeting import SADDLES, directed, kneeling, launched, meetings, waded
from .motions import broken
from .pen import Pen
from .places import Setting, marked, recipe
from .plates import Plate, Plates, baked, paper
from .players import Player, bodied, kept_small, kept_visible, measured, scaled
from .props import laid_before, room_of, standing
from .rim import rimmed
from .small import company, perch, shrunk, softened
from .stage import Staging, staged
from .stirring import Stirring
from .things import Thing
from .underneath import underneath
from .walking import kept_together
from .weather import Falling

_ONLOOKERS = ("People ", "The crowd ", "The villagers ", "Everybody looks", "Everyone looks")
"""How the sentence of an event begins that is watched by people who are nobody in the story."""
_BRACED = frozenset({Action.push, Action.pull})
"""Actions that go on where whoever does them gets no further."""


@dataclass(frozen=True)
class _Part:
    """The plates of one part of a shot, with the pose they were drawn from."""

    index: int
    base: Pose
    plates: Plates
    soft: Plates | None
    """The same out of focus, where the focus is pulled."""


@dataclass(frozen=True)
class Laid:
    """One layer of a frame: a plate of the place, a body, a thing, or what only shimmers."""

    kind: Literal["sky", "sheet", "ground", "front", "life", "figure", "thing", "boat"]
    name: str
    """Id of the figure or thing; of everything else the kind."""
    depth: float
    """Metres behind the line of the figures."""
    paint: Callable[[skia.Canvas], None]


class Screen:
    """Draws one picture. ``length`` is the shot's length in seconds; size in pixels.

    After construction everything that does not move is baked; ``draw`` is all that a frame costs. With
    ``apart`` the plates stay apart also where the camera stands still, for ``guides.py``.
    """

    def __init__(
        self,
        picture: Picture,
        size: tuple[int, int],
        seed: int,
        length: float,
        apart: bool = False,
        speech: Sequence[SpokenIn] = (),
    ) -> None:
        self._says: dict[str, tuple[Says, ...]] = {}
        for heard in speech:
            told = said(heard.start / 1000, heard.milliseconds / 1000, heard.words)
            self._says[heard.entity] = (*self._says.get(heard.entity, ()), told)
        self._apart = apart
        self.picture, self.size, self.seed, self.length = picture, size, seed, max(length, 1e-3)
        look = picture.place.look
        place = marked(recipe(look.kind, look.interior), frozenset(picture.place.marks))
        self.recipe = waded(launched(place, picture), picture)
        self.picture = picture = suited(picture, self.recipe)
        self.air = air(picture, self.recipe.interior)
        if self.recipe.footing == "seabed":
            self.air = replace(
                self.air, haze=mixed("#3f8f9f", "#12304e", self.air.night * 0.8), thickness=0.8
            )
            self.air = replace(
                self.air, light=(self.air.light[0] * 0.8, self.air.light[1], self.air.light[2])
            )
        line = 0.012
        self._ink = self.air.figure_ink(line)
        self._things = {t.id: Thing(t.look, t.marks, self._ink, seed) for t in picture.things}
        self._bodies = {f.id: bodied(f, self._ink, look.layout) for f in picture.figures}
        tall = {i: body.height for i, body in self._bodies.items()}
        long = {i: max(t.width, t.height) for i, t in self._things.items()}
        self.picture = picture = laid_before(
            carried_along(directed_picture(picture, tall, long), tall, long), tall, long
        )
        self._met = meetings(picture)
        self._players = self._cast()
        ridden = {m.other for m in self._met if m.kind == "ride"}
        self._least = min((p.body.height * p.scale for p in self._players.values()), default=math.inf)
        self._stands = {
            i: standing(t.look.kind, t.width, t.height, self.recipe, look.kind, i in ridden)
            for i, t in self._things.items()
        }
        self.staging = self._staged()
        self.staging, paces = self._paced(self.staging)
        self._acting = {p.id: self._turned(p, paces.get(p.id)) for p in self.staging.figures}
        self._clasp_hands()
        ways = {acting.way for acting in self._acting.values() if acting.way}
        self._taken_over = taken_over(picture, ways)
        self.aboard = self._boat()
        pose = self.staging.pose
        subject = self.staging.subject
        self.path = camera.path(
            picture.camera.move,
            pose,
            size,
            self.length,
            subject.depth if subject else 0.0,
            self.staging.middle,
            self._carried(),
            seed,
            pose.at(0.0, subject.up + subject.extent.top, subject.depth)[1] if subject else None,
            camera.room_aside(self.staging.figures, pose, size),
        )
        self._faces = faces(self._players, self._acting, self.length)
        samples = [self.path(self.length * k / 24) for k in range(25)]
        self.moves = any(p != samples[0] for p in samples)
        self._still = samples[0]
        flip = -1 if self.recipe.interior and look.layout % 2 else 1
        middle = self.path(self.length / 2) if self.moves else self._still
        self.recipe = cleared(self.recipe, heads(self.staging.figures), middle, flip)
        self._drift = 0.004 * size[0] if drifts(picture, self.recipe) else 0.0
        self._parts = self._parted()
        self._part: _Part | None = None
        self._bake(0)
        self._falling = Falling(
            picture.weather, size, seed, self.recipe.interior or self.recipe.sky != "air", self.air,
            self.recipe.footing == "seabed",
        )  # fmt: skip
        self._life = Life(self.recipe, self.air, picture, size, seed, self._still)
        self._stirring = Stirring(self.recipe, self.air, picture, size, seed, self._still, flip)
        veil = veil_pixels(self.air, size[0], size[1], seed % 9973)
        laid = paper(*size)
        laid.getCanvas().drawImage(skia.Image.fromarray(veil, colorType=skia.kRGBA_8888_ColorType), 0, 0)
        self._veil = laid.makeImageSnapshot()

    def knows(self, thing: str) -> bool:
        """Whether the thing of that id has a drawing of its own."""
        return bool(self._things[thing].known)

    def _cast(self) -> dict[str, Player]:
        """Everybody in the picture, doing what the meetings of the shot make of their actions."""
        picture = self.picture
        actions = directed(picture, self._met, self.recipe.interior)
        actions = fitted(picture, self.recipe, actions)
        bodies = self._bodies
        tall = {i: body.height for i, body in bodies.items()}
        high = {i: thing.height for i, thing in self._things.items()}
        low = kneeling(self._met, tall) | bent_down(picture, tall, high) | stranded(picture, self.recipe)
        grown = company({i: body.height for i, body in bodies.items()})
        return {
            f.id: self._player(f, bodies[f.id], actions.get(f.id, f.action), f.id in low, grown[f.id])
            for f in picture.figures
        }

    def _player(self, figure: FigureIn, body: Figure, action: Action, low: bool, grown: float) -> Player:
        ink = self._ink
        acting = Acting(action, figure.expression, figure.facing, None, figure.speaks, low=low)
        kinds = {t.id: t.look.kind for t in self.picture.things}
        if action is Action.climb:
            standing = [t.look.kind for t in self.picture.things if not t.held]
            way = None if body.floats else way_up(self.picture, self.recipe, figure.look.being, standing)
            aside = Facing.right if figure.facing is not Facing.left else Facing.left
            acting = replace(acting, way=way, facing=aside)
        if any(kinds.get(h) in ("telescope", "binoculars") for h in figure.holds):
            acting = replace(acting, through=True)
        things = {t.id: t for t in self.picture.things}
        held = tuple(
            Thing(things[h].look, things[h].marks, ink, self.seed) for h in figure.holds if h in things
        )
        acting = acted(acting, self.picture, figure, self._met, self.length)
        needed = implement(action, acting.manner) if action is figure.action else ""
        if not held and needed and _has_hands(figure):
            held = (Thing(ThingLook(kind=needed), (), ink, self.seed),)
        held = tooled(self.picture, figure, action, held, self._met, ink, self.seed)
        extent, hand = measured(body, acting, self.length)
        used = business(self.picture, figure, action)
        extent = widened(extent, used, body.height, figure.facing)
        scale = kept_small(max(extent.width, extent.height)) * grown
        hand = (hand[0] * scale, hand[1] * scale) if hand and held else None
        return Player(body, acting, figure, held, scaled(extent, scale), hand, scale)

    def _staged(self) -> Staging:
        players = self._players
        return staged(
            self.picture,
            self.recipe,
            {i: p.extent for i, p in players.items()},
            {i: room_of(_room(t, self._least), self._stands[i]) for i, t in self._things.items()},
            frozenset(i for i, p in players.items() if p.body.floats),
            {i: p.body.travels(p.acting.action) for i, p in players.items()},
            self.size,
            {i: p.hand for i, p in players.items() if p.hand is not None},
            {m.one: self._saddle(m.one, m.other, 0.0) for m in self._met if m.kind == "ride"},
            self._stands,
        )

    def _saddle(self, rider: str, mount: str, seconds: float) -> tuple[float, float]:
        """Where a rider's ground point lies from that of what it rides, in metres, facing right."""
        sitting = self._players[rider]
        if mount in self._players:
            under = self._players[mount]
            ahead, up = under.body.back(under.acting, seconds)
            ahead, up = ahead * under.scale, up * under.scale
        else:
            ridden = self._things[mount]
            tall = ridden.height * kept_visible(max(ridden.width, ridden.height))
            ahead, up = -0.06 * ridden.width, tall * SADDLES.get(behaves_as(ridden.look.kind), 0.6)
        return ahead, up - sitting.body.seat * sitting.scale

    def _turned(self, placed: Placed, pace: float | None) -> Acting:
        acting = self._players[placed.id].acting
        pace = acting.pace if pace is None else pace
        says = self._says.get(placed.id, ())
        return replace(acting, facing=placed.facing, gaze=placed.gaze, pace=pace, says=says)

    def _clasp_hands(self) -> None:
        """Those who shake hands bring them to one place, between the heights of both."""
        placed = {p.id: p for p in self.staging.figures}
        for m in self._met:
            pair = [placed[i] for i in (m.one, m.other) if i in placed]
            if len(pair) < 2 or any(self._acting[p.id].manner != "shake" for p in pair):
                continue
            hands = []
            for p in pair:
                scale = self._players[p.id].scale
                hand = self._players[p.id].body.hand(self._acting[p.id], 0.0)
                if hand is not None:
                    hands.append((p.x + hand[0] * scale, p.up - hand[1] * scale))
            if len(hands) < 2:
                continue
            x, up = (hands[0][0] + hands[1][0]) / 2, (hands[0][1] + hands[1][1]) / 2
            for p in pair:
                scale = self._players[p.id].scale
                meets = ((x - p.x) / scale, (p.up - up) / scale)
                self._acting[p.id] = replace(self._acting[p.id], meets=meets)

    def _paced(self, staging: Staging) -> tuple[Staging, dict[str, float]]:
        """Those who walk go together, arrive, or slow down rather than leave others behind."""
        room = 0.36 * self.size[0] / staging.pose.scale(0.0)
        figures, paces = kept_together(staging.figures, room, self.length)
        riders = {p.rides: p for p in figures if p.rides}
        things = tuple(replace(t, walks=riders[t.id].walks) if t.id in riders else t for t in staging.things)
        return replace(staging, figures=figures, things=things), paces

    def _boat(self) -> tuple[float, float] | None:
        """Left and right of the boat that carries those who cannot swim; None where none is needed."""
        self._crew = 1.7
        if self.recipe.footing != "boat":
            return None
        crew = [p for p in self.staging.figures if not p.sunk and not self._players[p.id].body.floats]
        crew = [p for p in crew if not p.shoulder]
        if not crew:
            return None
        self._crew = min(p.extent.height for p in crew)
        loaded = [*crew, *(t for t in self.staging.things if t.up == BOARD_METRES)]
        left = min(p.x + p.extent.left for p in loaded)
        right = max(p.x + p.extent.right for p in loaded)
        return left - 0.7, right + 0.7

    def _carried(self) -> Callable[[float], float]:
        """How far the subject's own way carries the camera, so that it stays in the frame."""
        subject = self.staging.subject
        walkers = [p for p in self.staging.figures if p.walks]
        lead = next((p for p in walkers if subject and p.id == subject.id), walkers[0] if walkers else None)
        if lead is None:
            return lambda seconds: 0.0
        across = self.size[0] / self.staging.pose.scale(lead.depth)
        room = 0.0 if self.picture.camera.move is Move.follow else 0.3 * across
        tight = self.picture.camera.size in TIGHT
        tight = tight or self.staging.pose.scale(0) * lead.extent.height > 0.9 * self.size[1]
        total = abs(lead.walks) * self.length
        share = 1.0 if tight or total <= 0 else max(0.0, 1 - room / total)
        if lead.stops is not None and not tight:
            return lambda seconds: 0.0
        return lambda seconds: (lead.walked(seconds, self.length) - lead.x) * share

    def _parted(self) -> int:
        """In how many parts the place is baked: a long walk leaves one set of plates behind."""
        subject = self.staging.subject
        depth = max(0.0, subject.depth) if subject else 0.0  # nearer than a whale at sea there is nothing
        carried = abs(self.path(self.length).x - self.path(0.0).x) * self.staging.pose.scale(depth)
        return max(1, math.ceil(carried / (1.2 * self.size[0])))

    def _bake(self, index: int) -> _Part:
        """Draw the plates of one part of the shot."""
        picture = self.picture
        look = picture.place.look
        setting = Setting(
            seed=look.layout,
            tint=look.tint,
            hour=picture.hour,
            season=picture.season,
            weather=picture.weather,
            marks=frozenset(picture.place.marks),
            air=self.air,
        )
        subject, framed = self.staging.subject, self.staging.pose
        at = framed.at(subject.x, 0, subject.depth)[0] / self.size[0] if subject else 0.5
        clear = (
            0.5 if picture.light in (LightKey.backlit, LightKey.silhouette) else (0.8 if at < 0.55 else 0.2)
        )
        # Each set-up looks another way, so neither sun nor clouds stand where they stood before the cut.
        sun_at = clear + 0.15 * ((self.seed * 2654435761 >> 9) % 97 / 96 - 0.5)
        first, last = (self.length * k / self._parts for k in (index, index + 1))
        samples = [self.path(first + (last - first) * k / 24) for k in range(25)]
        base = self._still
        if self.moves:
            base = framed if self._parts == 1 else replace(framed, x=samples[12].x)
        walked = abs(self.path(self.length).x - self.path(0.0).x) * framed.scale(0)
        bare = picture.camera.size in TIGHT or walked > 0.4 * self.size[0]
        scenery = replace(self.recipe, front=()) if bare else framed_over(self.recipe, self._crowns())
        scenery = roofed(scenery, max(pose.height for pose in samples))
        blur = blurred(picture)
        subject = self.staging.subject
        if subject and subject.extent.small:
            free = subject.x, 0.62 * subject.extent.width
            scenery = shrunk(scenery, subject.up - subject.perch, free)
            blur = max(blur, softened(picture.camera.size))
        blur *= self.size[1] / 1000
        args = (scenery, setting, base, samples, self.size)
        drift = math.ceil(self._drift * self.length / 2)
        plates = baked(*args, 0.0 if self._apart else blur, sun_at, framed.x, drift, self._apart)
        soft = None
        if picture.camera.move is Move.rack_focus:
            more = max(blur, 0.007 * self.size[1]) + 0.004 * self.size[1]
            soft = baked(*args, more, sun_at, framed.x)
        self._part = _Part(index, base, plates, soft)
        return self._part

    def _crowns(self) -> list[tuple[float, float]]:
        """Where the tops of heads come in the shot, as shares of the frame's width and height."""
        found = []
        for share in (0.0, 0.5, 1.0):
            pose = self.path(share * self.length)
            for p in self.staging.figures:
                x = p.walked(share * self.length, self.length) + p.extent.face_x
                px, py = pose.at(x, p.up + p.extent.top, p.depth)
                found.append((px / self.size[0], py / self.size[1]))
        return found

    def _part_at(self, seconds: float) -> _Part:
        index = min(self._parts - 1, max(0, int(seconds / self.length * self._parts)))
        if self._part is not None and self._part.index == index:
            return self._part
        return self._bake(index)

    def draw(self, canvas: skia.Canvas, seconds: float, pose: Pose, held: float | None = None) -> None:
        """Draw the place and all in it as it is at ``seconds``, seen from ``pose``.

        ``held`` is the moment that performances show, where those are drawn less often than frames.
        """
        acted = seconds if held is None else held
        canvas.save()
        if pose.roll:
            canvas.rotate(pose.roll, self.size[0] / 2, self.size[1] / 2)
        for laid in self.laid(seconds, pose, acted):
            laid.paint(canvas)
        canvas.restore()
        self._falling.draw(canvas, seconds)

    def laid(self, seconds: float, pose: Pose, acted: float, bare: bool = False) -> Iterator[Laid]:
        """Everything that makes up a frame, the farthest first; ``bare``: without shadows and glows.

        To be painted before the next is taken.
        """
        part = self._part_at(seconds)
        share = camera.eased((seconds / self.length - 0.25) * 2) if part.soft else 0.0
        sky = pose
        if self._drift:
            sky = replace(pose, centre=pose.centre + round(self._drift * (seconds - self.length / 2)))
        for index, plate in enumerate(part.plates.behind):
            seen = sky if plate.kind == "sky" else pose
            yield _plate(plate, seen, part.base)
            if index == 0 and len(part.plates.behind) > 1 and self.recipe.sky == "air":
                yield _life(lambda c: self._falling.lightning(c, seconds, pose.horizon))
            if part.soft and index < len(part.soft.behind) and share > 0:
                yield _plate(part.soft.behind[index], pose, part.base, share)
        if self.recipe.water and not self.recipe.interior:
            water = self.recipe.water
            flow = float(self.recipe.ground.get("flow", 0.0))
            yield _life(lambda c: afloat.glints(c, self.air, water, self.size, seconds, pose, flow))
        yield _life(lambda c: self._stirring.draw(c, seconds, pose))
        yield _life(lambda c: self._life.draw(c, seconds, pose))
        yield from self._entities(acted, pose, seconds, bare)
        for plate in part.plates.before:
            yield _plate(plate, pose, part.base)
        if self._watched():
            yield Laid("front", "audience", -1.0, lambda c: audience(c, self.size, seconds, self.seed))
        for placed in self.staging.figures:
            if placed.shoulder:
                yield Laid("figure", placed.id, placed.depth, partial(self._shoulder, placed, acted, pose))

    def _watched(self) -> bool:
        """Whether somebody performs before people of whom the heads are seen."""
        size = self.picture.camera.size
        actor = next((f for f in self.picture.figures if f.id == self.picture.actor), None)
        performs = actor is not None and actor.action is Action.perform
        performs = performs and gathers(self.picture.place.look.kind, self.picture.sentence)
        told = self.picture.sentence.startswith(_ONLOOKERS) or CROWD.search(self.picture.sentence) is not None
        return (performs or told) and size not in TIGHT and self.picture.camera.angle is Angle.eye

    def finish(self, canvas: skia.Canvas) -> None:
        """Lay vignette and grain over a frame."""
        canvas.drawImage(self._veil, 0, 0)

    def _entities(self, seconds: float, pose: Pose, now: float, bare: bool) -> Iterator[Laid]:
        order = sorted([*self.staging.figures, *self.staging.things], key=lambda p: -p.depth)
        crew_drawn = False
        for placed in order:
            if placed.shoulder or pose.distance + placed.depth < 0.25:
                continue
            if placed.id in self._players:
                swims = self._players[placed.id].body.floats or placed.sunk
                if self.aboard and not swims and not crew_drawn:
                    yield self._hull(seconds, pose, behind=True)
                    crew_drawn = True
                paint = partial(self._figure, placed, seconds, pose, now, bare)
                yield Laid("figure", placed.id, placed.depth, paint)
            else:
                kind = behaves_as(self._things[placed.id].look.kind)
                climbed = placed.id in self._taken_over
                if not (climbed or (self.aboard and kind in VESSELS)):
                    paint = partial(self._thing, placed, seconds, pose, now, bare)
                    yield Laid("thing", placed.id, placed.depth, paint)
        if self.aboard:
            yield self._hull(seconds, pose, behind=False)
            yield Laid("boat", "boat", 0.0, lambda c: self._oars(c, seconds, pose))

    def _hull(self, seconds: float, pose: Pose, behind: bool) -> Laid:
        assert self.aboard is not None
        boat, crew = self.aboard, self._crew
        return Laid(
            "boat", "boat", 0.0,
            lambda c: afloat.hull(c, self._ink, boat, seconds, pose, crew, behind=behind),
        )  # fmt: skip

    def _figure(
        self, placed: Placed, seconds: float, pose: Pose, now: float, bare: bool, canvas: skia.Canvas
    ) -> None:
        player = self._players[placed.id]
        x = placed.walked(now, self.length)
        up = placed.up + self._bob(placed, player, seconds)
        px, py = pose.at(x, up, placed.depth)
        scale = pose.scale(placed.depth)
        surface_y = pose.at(x, 0, placed.depth)[1]
        walks_up = self._acting[placed.id].way in ("stairs", "slope")
        grounded = not placed.sunk and not placed.rides and not bare and not walks_up
        if grounded and self.recipe.footing not in ("void", "boat", "cloud"):
            self._shadow(canvas, px, surface_y, placed, scale, pose)
        if self.air.night > 0.5 and not bare:
            separate(canvas, self.air, (px, py), placed.extent, scale)
        if placed.perch:
            canvas.save()
            canvas.translate(px, surface_y)
            canvas.scale(scale, scale)
            perch(canvas, self._ink, placed.extent.width, placed.perch, self.recipe)
            canvas.restore()
        canvas.save()
        if placed.sunk:
            canvas.clipRect(skia.Rect.MakeLTRB(-9e4, -9e4, 9e4, surface_y))
        canvas.translate(px, py)
        canvas.scale(scale * player.scale, scale * player.scale * self.staging.squash)
        acting = self._acting[placed.id]
        if acting.action is Action.climb and acting.way and not placed.sunk:
            climb = player.body.climb(acting.way)
            scene = Climbed.of(climb, player.body.height, self.picture, self.recipe)
            ink = self.air.ink(max(0.0, placed.depth), 0.012)
            scene.draw(canvas, ink, -1.0 if placed.facing is Facing.left else 1.0)
        beside(canvas, self._ink, player, placed, self.picture, seconds, self.length, self.recipe.interior)
        self._bodied(canvas, placed, seconds, bare)
        before(canvas, self._ink, player, placed, self.picture, seconds)
        if not bare:
            face = self._faces.get(placed.id)
            acting = self._acted(placed, seconds)
            accents(canvas, self._ink, player, acting, self.air.night, seconds, face)
        canvas.restore()
        if placed.sunk and not bare:
            afloat.wake(canvas, self._ink, px, surface_y, placed, scale, seconds)

    def _bodied(self, canvas: skia.Canvas, placed: Placed, seconds: float, bare: bool) -> None:
        """Draw the body from its ground point, in metres; ``bare``: without rim light."""
        player = in_hand(self._players[placed.id], self._players, self.picture, self._met, seconds)
        held = held_by(player, self._ink, self.air.night, seconds)
        acted = self._acted(placed, seconds)

        def draw(on: skia.Canvas) -> None:
            player.body.draw(on, acted, seconds, self.length, held)

        if bare:
            draw(canvas)
            return
        extent = scaled(placed.extent, 1 / player.scale)
        room = (0.9 if player.held else 0.3) * extent.height + 0.2
        box = (extent.left - room, -extent.top - room, extent.right + room, room - extent.bottom)
        rimmed(canvas, self.air, box, self.size[1], draw)

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
        """What somebody does at that moment: who has arrived stands."""
        acting = self._acting[placed.id]
        arrived = placed.stops is not None and seconds >= placed.stops and acting.action not in _BRACED
        return replace(acting, action=Action.stand) if arrived else acting

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

    def _bob(self, placed: Placed, player: Player, seconds: float) -> float:
        if raised := self._raised(placed, seconds):
            return raised * player.body.height
        if placed.rides in self._players:
            rest = self._saddle(placed.id, placed.rides, 0.0)[1]
            return self._saddle(placed.id, placed.rides, seconds)[1] - rest
        if placed.sunk and not player.body.floats:
            return 0.03 * math.sin(seconds * 2.1)
        if self.aboard and not player.body.floats:
            return 0.04 * math.sin(seconds * 1.4)
        if not player.body.floats:
            return 0.0
        return (
            placed.extent.height * (0.02 if placed.sunk else 0.045) * math.sin(seconds * 1.5 + len(placed.id))
        )

    def _thing(
        self, placed: Placed, seconds: float, pose: Pose, now: float, bare: bool, canvas: skia.Canvas
    ) -> None:
        thing = self._things[placed.id]
        x = placed.walked(now, self.length)
        px, py = pose.at(x, placed.up, placed.depth)
        scale = pose.scale(placed.depth)
        if self.recipe.footing not in ("void", "cloud", "boat") and not bare:
            self._shadow(canvas, px, py, placed, scale, pose)
        stands = self._stands[placed.id]
        drawn = scale * kept_visible(max(thing.width, thing.height), self._least) * stands.scale
        wide, tall = thing.width * drawn / scale, thing.height * drawn / scale
        canvas.save()
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
        lean = stands.lean or heaved or 14.0 * min(1.0, max(0.0, share - 0.25) / 0.15)
        turn = math.radians(lean)
        canvas.translate(0, -stands.lift * scale)
        if lean:
            middle = (tall * math.cos(turn) + wide * math.sin(turn)) / 2
            if stands.lean:
                middle = underfoot(thing, lean) * drawn / scale
            canvas.translate(0, -middle * scale)
            canvas.rotate(lean)
            canvas.translate(0, tall * scale / 2)
        canvas.save()
        canvas.scale(-drawn if placed.facing is Facing.left else drawn, drawn)
        thing.draw(canvas, seconds)
        canvas.restore()
        if not bare and self._lidded(placed):
            lid = Pen(
                canvas,
                self._ink,
                (0.0, -tall),
                (),
                0.3,
                seconds,
                self._opened(seconds),
                self.air.night,
                wide / 2,
            )
            canvas.save()
            canvas.scale(scale, scale)
            opened_up(lid)
            canvas.restore()
        if share and not bare:
            size = scale * min(1.6, math.hypot(wide, tall))
            canvas.translate(0, 0.5 * (size - scale * tall))
            canvas.scale(size, size)
            broken(Pen(canvas, self._ink, (0.0, -1.0), (), 0.3, seconds, share, self.air.night))
        canvas.restore()
        if not bare and {Mark.lit, Mark.burning, Mark.glowing} & set(thing.marks):
            self._ink.glow(canvas, px, py - thing.height * scale * 0.6, scale * 1.6, "#ffcf7a", 0.3)

    def _lidded(self, placed: Placed) -> bool:
        """Whether the event of the shot is that this box is opened or shut."""
        event = self.picture.action in (Action.open, Action.close) and placed.id == self.picture.target
        return event and behaves_as(self._things[placed.id].look.kind) in LIDDED

    def _opened(self, seconds: float) -> float:
        """How far a box of which that is the event is open."""
        share = seconds / self.length
        return share if self.picture.action is Action.open else max(0.0, 0.9 - share)

    def _breaks(self, placed: Placed) -> bool:
        """Whether the event of the shot is that this thing falls or breaks."""
        return placed.id == self.picture.actor and self.picture.action in (Action.fall, Action.cry)

    def _heaved(self, placed: Placed, seconds: float) -> float:
        """Degrees by which a thing too large for the hands is lifted at the end where its lifter stands."""
        actor = next((p for p in self.staging.figures if p.id == self.picture.actor), None)
        if actor is None or placed.id != self.picture.target or self._acting[actor.id].manner != "heave":
            return 0.0
        rise = min(1.0, max(0.0, seconds / self.length - 0.2) / 0.4)
        return (14.0 if actor.x < placed.x else -14.0) * rise * rise * (3 - 2 * rise)

    def _raised(self, placed: Placed, seconds: float) -> float:
        """How high whoever is lifted is held above the ground, in its own heights."""
        lifts = any(
            m.kind == "near" and m.other == placed.id and self._acting[m.one].manner == "heave"
            for m in self._met
        )
        rise = min(1.0, max(0.0, seconds / self.length - 0.2) / 0.4) if lifts else 0.0
        return 0.3 * rise * rise * (3 - 2 * rise)

    def _flat(self, placed: Placed, pose: Pose) -> float:
        """How much of a circle on the ground is seen there, 0 (a line) to 1."""
        return min(0.4, max(0.06, 0.9 * pose.height / max(1.0, pose.distance + placed.depth)))

    def _shadow(
        self, canvas: skia.Canvas, px: float, py: float, placed: Placed, scale: float, pose: Pose
    ) -> None:
        flat = self._flat(placed, pose)
        half = min(placed.extent.width, placed.extent.height * 2) * 0.55 * scale
        lifted = max(0.0, 1 - 0.35 * placed.up)
        shade = round(255 * self.air.shade * lifted)
        if half < 1 or shade < 4:
            return
        dark = skia.Color(12, 10, 30, shade)
        shader = skia.GradientShader.MakeRadial(
            skia.Point(0, 0), half, [dark, dark, skia.Color(12, 10, 30, 0)], [0, 0.45, 1]
        )
        canvas.save()
        # A thing's foot lies at the near edge of its shadow: seen under it, a thing would hover.
        canvas.translate(px, py if placed.id in self._players else py - 0.45 * flat * half)
        canvas.scale(1, flat)
        canvas.drawCircle(0, 0, half, skia.Paint(Shader=shader))
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


def _plate(plate: Plate, pose: Pose, base: Pose, alpha: float = 1.0) -> Laid:
    return Laid(plate.kind, plate.kind, plate.depth, lambda canvas: plate.draw(canvas, pose, base, alpha))


def _life(paint: Callable[[skia.Canvas], None]) -> Laid:
    return Laid("life", "life", 0.0, paint)


def _has_hands(figure: FigureIn) -> bool:
    return figure.look.being in (Being.person, Being.robot)


def _room(thing: Thing, least: float) -> Extent:
    """How much room a thing takes on the stage beside somebody ``least`` metres tall."""
    scale = kept_visible(max(thing.width, thing.height), least)
    half, tall = thing.width * scale / 2, thing.height * scale
    return Extent(-half, half, tall, 0.0, tall / 2)
