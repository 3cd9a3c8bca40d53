"""The screen: one picture, staged, lit and ready to be drawn at any moment of its shot."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Angle, Being, Facing, LightKey, Move, PlaceKind, Season, Style
from ..requests import SpokenIn
from . import afloat, camera
from .accents import airborne
from .aloft import hung, outlines
from .bedded import lain_in
from .blocking import TIGHT, VESSELS, Placed
from .business import audience, gathers
from .calm import SMALL, busy
from .camera import Pose
from .changing import puff
from .clearing import beside_towers, framed_over, roofed
from .composition import ABED
from .direction import CROWD
from .easing import smoothstep
from .framing import blurred
from .glow import glowing, layered
from .grain import veil_pixels
from .headroom import heads, tops
from .intent import works_on
from .life import Life
from .margins import Taken
from .mind import Cloud, Hung
from .notation import WRITTEN
from .parting import lost
from .passing import moments
from .places import Setting
from .places.features import dark_side
from .places.plants import EVERGREEN
from .places.recipes import Recipe
from .places.telling import BLIZZARD
from .plates import Plate, Plates, baked, paper, unhidden
from .quays import footed, gated
from .reach import ahead
from .seen_things import SeenThings
from .shining import shining
from .sliding import as_they_act, slid
from .small import before_a_house, shrunk, softened
from .stirring import Stirring
from .towering import towered
from .weather import Falling

_ONLOOKERS = ("People ", "The crowd ", "The villagers ", "Everybody looks", "Everyone looks")
"""How the sentence of an event begins that is watched by people who are nobody in the story."""
_GLOOM = (13, 13, 40)
"""Colour of the dark that somebody goes into: a deep blue, and no black hole in the picture."""
_ACTING = frozenset({"figure", "thing", "boat"})
"""Kinds of layers that have tubes, in neon."""
_HEAD_AHEAD = 0.72
"""Of the way from the middle of a beast to the tip of its nose: where the middle of its head is."""
_LOOKS = 6
"""Steps of a shot at which what is behind heads is looked at."""
_SLIM = 1.6
"""Metres up to which a thing is no wider: sun and moon are beside it."""


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


class Screen(SeenThings):
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
        super().__init__(picture, size, seed, length, speech)
        picture = self.picture
        self._apart = apart
        self._parts = self._parted()
        self.recipe = self._slid()
        self._part: _Part | None = None
        self._bake(0)
        self._falling = Falling(
            picture.weather, size, seed, self.recipe.interior or self.recipe.sky != "air", self.air,
            self.recipe.footing == "seabed", gale=BLIZZARD.search(picture.sentence) is not None,
        )  # fmt: skip
        bodies = outlines(self.staging.figures, self.path, self._still, self.length)
        self._life = Life(self.recipe, self.air, picture, size, seed, self._still, self.length, bodies)
        seen = (*heads(self.staging.figures), *lain_in([p for p in self.staging.figures if self._abed(p)]))
        if picture.place.look.kind is PlaceKind.train:  # past the faces of who walks there, too
            ends = [[replace(p, x=p.walked(t, length)) for p in self.staging.figures] for t in (0.0, length)]
            seen = (*seen, *heads(ends[0]), *heads(ends[1]))
        self._stirring = Stirring(self.recipe, self.air, picture, size, seed, self._still, self._flip, seen)
        self._dark = dark_side(picture)
        mind, layout = self._mind, picture.place.look.layout
        self._cloud = Cloud(mind, self._ink, seed, layout) if mind is not None else None
        self._cloud_hung: Hung | None = None
        near = self.picture.camera.size in TIGHT
        self._near_beasts = {f.id for f in self.picture.figures if near and f.look.being is Being.quadruped}
        veil = veil_pixels(self.air, size[0], size[1], seed % 9973)
        laid = paper(*size)
        laid.getCanvas().drawImage(skia.Image.fromarray(veil, colorType=skia.kRGBA_8888_ColorType), 0, 0)
        self._veil = laid.makeImageSnapshot()
        if any(airborne(self._players[i], acting) in WRITTEN for i, acting in self._acting.items()):
            self._busy[:] = self._looked_at()
        middle = self.length / (2 * self._parts)
        bare = self.laid(middle, self.path(middle), middle, bare=True)
        self._edges |= lost(((layer.kind, layer.name, layer.paint) for layer in bare), size)

    def _looked_at(self) -> list[Taken]:
        """What there is to see of the place in the middle of the shot, where all of it is in one part."""
        part = self._part
        if part is None or self._parts > 1:
            return []
        surface = paper(*SMALL)
        canvas = surface.getCanvas()
        canvas.scale(SMALL[0] / self.size[0], SMALL[1] / self.size[1])
        for plate in part.plates.behind:
            plate.draw(canvas, self.path(0.5 * self.length), part.base, 1.0)
        return busy(surface.toarray(), self.size)

    def _parted(self) -> int:
        """In how many parts the place is baked: a long walk leaves one set of plates behind."""
        subject = self.staging.subject
        depth = max(0.0, subject.depth) if subject else 0.0  # nearer than a whale at sea there is nothing
        carried = abs(self.path(self.length).x - self.path(0.0).x) * self.staging.pose.scale(depth)
        return max(1, math.ceil(carried / (1.2 * self.size[0])))

    def _setting(self) -> Setting:
        """What of the place does not depend on the camera."""
        picture = self.picture
        look = picture.place.look
        return Setting(
            seed=look.layout,
            tint=look.tint,
            hour=picture.hour,
            season=Season.summer if look.kind in EVERGREEN else picture.season,
            weather=picture.weather,
            marks=frozenset(picture.place.marks),
            air=self.air,
            coats=tuple(f.look.coat_colour for f in picture.figures if f.look.being is not Being.person),
        )

    def _slid(self) -> Recipe:
        """The place with nothing behind a head or a raised hand that would grow out of it, at any moment."""
        times = [self.length * k / _LOOKS for k in range(_LOOKS + 1)]
        seen = moments(self.staging.figures, [self.path(now) for now in times], self.length)
        bodies = [
            as_they_act(self.staging.figures, self._players, self._acted, now, self.length) for now in times
        ]
        clouds = self._thoughts
        also = [
            (pose, (*found, *heads, *clouds)) for (pose, found), (heads, _) in zip(seen, bodies, strict=True)
        ]
        trunks = [(pose, found) for (pose, _), (_, found) in zip(seen, bodies, strict=True)]
        setting, boards = self._setting(), tops(self.staging.things)
        return slid(self.recipe, setting, self._still, self.size, self._flip, also, boards, trunks)

    def _bake(self, index: int) -> _Part:
        """Draw the plates of one part of the shot."""
        picture, setting = self.picture, self._setting()
        subject, framed = self.staging.subject, self.staging.pose
        at = framed.at(subject.x, 0, subject.depth)[0] / self.size[0] if subject else 0.5
        clear = (
            0.5 if picture.light in (LightKey.backlit, LightKey.silhouette) else (0.8 if at < 0.55 else 0.2)
        )
        # Each set-up looks another way, so neither sun nor clouds stand where they stood before the cut.
        sun_at = clear + 0.15 * ((self.seed * 2654435761 >> 9) % 97 / 96 - 0.5)
        cast = self.staging.figures
        muzzles = [(p.x, p.depth) for p in cast]
        sing = {i for i, acting in self._acting.items() if acting.action is Action.sing}
        muzzles += [(p.x + k * p.extent.face_x, p.depth) for p in cast if p.id in sing for k in (1.0, 1.35)]
        muzzles += [(t.middle[0], t.depth) for t in self.staging.things if t.extent.width < _SLIM]
        crowns = [framed.at(x, 0.0, depth)[0] / self.size[0] for x, depth in muzzles]
        outlined = picture.light in (LightKey.backlit, LightKey.silhouette)
        sun_at = beside_towers(self.recipe, framed, sun_at, () if outlined else crowns)
        first, last = (self.length * k / self._parts for k in (index, index + 1))
        samples = [self.path(first + (last - first) * k / 24) for k in range(25)]
        base = self._still
        if self.moves:
            base = framed if self._parts == 1 else replace(framed, x=samples[12].x)
        walked = abs(self.path(self.length).x - self.path(0.0).x) * framed.scale(0)
        path = self.path
        setting = replace(setting, heads=outlines(cast, path, base, self.length, only_heads=True))
        if not outlined and self.air.style is not Style.shadow:
            bodies = outlines(cast, path, base, self.length)
            sun_at, hanging = hung(
                self.recipe, self.air, base, self.size, sun_at, bodies,
                lambda at: beside_towers(self.recipe, framed, at, crowns) == at,
            )  # fmt: skip
            setting = replace(setting, air=hanging)
        self._shone[:] = shining(self.recipe, setting.air, base, self.size, self._flip, sun_at)
        bare = picture.camera.size in TIGHT or walked > 0.4 * self.size[0]
        bare = bare or self._fills_frame()
        scenery = (
            replace(self.recipe, front=()) if bare else framed_over(self.recipe, self._crowns(), self.seed)
        )
        scenery = towered(scenery, picture, self.staging.figures)
        scenery = roofed(scenery, max(pose.height for pose in samples))
        gates = [t for t in self.staging.things if behaves_as(self._things[t.id].look.kind) == "gate"]
        scenery = gated(footed(scenery, samples, self.size[1]), gates)
        blur = blurred(picture)
        subject = self.staging.subject or self._all_small()
        if subject and subject.extent.small:
            free = subject.x, 0.62 * subject.extent.width
            seen = self.size[1] / framed.scale(subject.depth), framed.distance + subject.depth
            if self.air.style is Style.shadow:  # a shadow is seen against what is far and bright
                seen = 9.0, seen[1]
            scenery = shrunk(scenery, subject.up - subject.perch, free, seen, self._flown(subject))
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

    def _flown(self, subject: Placed) -> tuple[float, float, float] | None:
        """From where to where somebody flies, and how high; None for who stays or is on the ground."""
        if not subject.walks or subject.up <= subject.perch:
            return None
        ends = sorted(subject.walked(share * self.length, self.length) for share in (0.0, 1.0))
        wide = subject.extent.width
        return ends[0] - wide, ends[1] + 2 * wide, subject.up

    def _all_small(self) -> Placed | None:
        """The small ones whom a wide shot close by in a street is about, as one as broad as all; or None."""
        figures, pose = self.staging.figures, self.staging.pose
        if not figures or self.air.style is Style.shadow or not all(p.extent.small for p in figures):
            return None
        tall = self.size[1] / pose.scale(figures[0].depth)
        if not before_a_house(self.recipe, figures[0].up - figures[0].perch, tall):
            return None
        left = min(p.x + p.extent.left for p in figures)
        right = max(p.x + p.extent.right for p in figures)
        middle, half = 0.5 * (left + right), 0.5 * (right - left)
        lowest = min(figures, key=lambda p: p.up - p.perch)
        return replace(lowest, x=middle, extent=replace(lowest.extent, left=-half, right=half))

    def _fills_frame(self) -> bool:
        """Whether somebody is so large that a rock at the edge of the frame would stand before the face."""
        pose = self.staging.pose
        return any(p.extent.width * pose.scale(p.depth) > 0.5 * self.size[0] for p in self.staging.figures)

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
        if self.air.style is Style.neon:
            self._lit(canvas, self.laid(seconds, pose, acted))
        else:
            for laid in self.laid(seconds, pose, acted):
                laid.paint(canvas)
        canvas.restore()
        self._falling.draw(canvas, seconds)

    def _lit(self, canvas: skia.Canvas, order: Iterator[Laid]) -> None:
        """Paint the layers of a frame; who acts throws a glow, but not who is seen over the shoulder."""
        layer: skia.Surface | None = None
        done = False
        for laid in order:
            acts = laid.kind in _ACTING and not done
            if acts and layer is None:
                layer = layered(canvas)
            elif not acts and layer is not None and not done:
                glowing(canvas, layer)
                done = True
            laid.paint(layer.getCanvas() if acts and layer is not None else canvas)
        if layer is not None and not done:
            glowing(canvas, layer)

    def _across(self, seconds: float, pose: Pose) -> list[tuple[float, float]]:
        """From where to where each figure is, in pixels across the frame."""
        at = [(p, p.walked(seconds, self.length)) for p in self.staging.figures]
        ends = [
            (pose.at(x + p.extent.left, 0.0, p.depth)[0], pose.at(x + p.extent.right, 0.0, p.depth)[0])
            for p, x in at
        ]
        return [(min(one), max(one)) for one in ends]

    def laid(self, seconds: float, pose: Pose, acted: float, bare: bool = False) -> Iterator[Laid]:
        """Everything that makes up a frame, the farthest first; ``bare``: without shadows and glows.

        To be painted before the next is taken.
        """
        part = self._part_at(seconds)
        share = camera.eased((seconds / self.length - 0.25) * 2) if part.soft else 0.0
        sky = pose
        if self._drift:
            sky = replace(pose, centre=pose.centre + round(self._drift * (seconds - self.length / 2)))
        order = [(plate, sky if plate.kind == "sky" else pose) for plate in part.plates.behind]
        shown = [(0, self.size[1])] * len(order) if bare else unhidden(order, part.base, self.size)
        for index, ((plate, seen), rows) in enumerate(zip(order, shown, strict=True)):
            yield _plate(plate, seen, part.base, rows=None if rows == (0, self.size[1]) else rows)
            if index == 0 and len(part.plates.behind) > 1 and self.recipe.sky == "air":
                yield _life(
                    lambda c: self._falling.lightning(c, seconds, pose.horizon, self._across(seconds, pose))
                )
            if part.soft and index < len(part.soft.behind) and share > 0:
                yield _plate(part.soft.behind[index], pose, part.base, share)
        if self.recipe.water and not self.recipe.interior:
            water = self.recipe.water
            flow = float(self.recipe.ground.get("flow", 0.0))
            yield _life(lambda c: afloat.glints(c, self.air, water, self.size, seconds, pose, flow))
        yield _life(lambda c: self._stirring.draw(c, seconds, pose))
        yield _life(lambda c: self._life.draw(c, seconds, pose))
        yield _life(lambda c: self._falling.mist(c, seconds))
        yield from self._entities(acted, pose, seconds, bare)
        for plate in part.plates.before:
            yield _plate(plate, pose, part.base)
        if self._dark and not bare:
            yield _life(lambda c: self._darkened(c, seconds))
        if self._cloud is not None and not bare:
            yield _life(lambda c: self._minded(c, acted, pose, seconds))
        if self._watched():
            yield Laid("front", "audience", -1.0, lambda c: audience(c, self.size, seconds, self.seed))
        for placed in self.staging.figures:
            if placed.shoulder:
                yield Laid("figure", placed.id, placed.depth, partial(self._shoulder, placed, acted, pose))

    def _darkened(self, canvas: skia.Canvas, seconds: float) -> None:
        """The dark that somebody goes into: it lies over that side, what is there a shape, and nears."""
        wide, high = self.size
        begins = wide * (0.6 - 0.16 * min(1.0, seconds / self.length))
        begins, ends = begins - 0.12 * wide, begins + 0.46 * wide
        left, right = (begins, ends) if self._dark > 0 else (wide - begins, wide - ends)
        soft = [skia.Color(*_GLOOM, round(206 * smoothstep(k / 8))) for k in range(9)]  # no edge is seen
        shader = skia.GradientShader.MakeLinear([skia.Point(left, 0), skia.Point(right, 0)], soft)
        canvas.drawRect(skia.Rect.MakeWH(wide, high), skia.Paint(Shader=shader))

    def _minded(self, canvas: skia.Canvas, seconds: float, pose: Pose, now: float) -> None:
        """The cloud of what somebody has in mind, beside the head as it is seen then."""
        cloud = self._cloud
        placed = next((p for p in self.staging.figures if cloud and p.id == cloud.mind.whose), None)
        if cloud is None or placed is None or placed.shoulder:
            return
        if self._cloud_hung is None:
            half, middle = 0.5 * self.length, self.path(0.5 * self.length)
            way = -1.0 if placed.facing is Facing.left else 1.0
            if self.picture.action is Action.talk:  # a story is no cap on its listener
                top = placed.up + placed.extent.top
                higher = any(
                    p.up + p.extent.top > 0.72 * top for p in self.staging.figures if p is not placed
                )
                way = -way if higher else way
            others = [p for p in self.staging.figures if p is not placed and not p.shoulder]
            around = [(*at, 0.5 * tall) for at, tall in (self._headed(p, middle, half) for p in others)]
            body = self._bounds(placed, middle, half)
            self._cloud_hung = cloud.hangs(*self._headed(placed, middle, half), way, self.size, around, body)
        at, tall = self._headed(placed, pose, now)
        bent = self._bent(placed, pose, seconds, now)
        cloud.draw(canvas, at, tall, self._cloud_hung, self.size, seconds, self.air.night, bent)

    def _bounds(self, placed: Placed, pose: Pose, now: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of somebody in the frame, in pixels."""
        x, extent = placed.walked(now, self.length), placed.extent
        left, top = pose.at(x + extent.left, placed.up + extent.top, placed.depth)
        right, bottom = pose.at(x + extent.right, placed.up + extent.bottom, placed.depth)
        return left, top, right, bottom

    def _bent(self, placed: Placed, pose: Pose, seconds: float, now: float) -> tuple[float, float] | None:
        """Where a person's head is as it is drawn then, in pixels; None for other bodies and in bed."""
        player = self._players[placed.id]
        if player.acting.action in ABED:
            return None
        nose = player.body.joints(self._acted(placed, seconds), seconds).get("nose")
        if nose is None:
            return None
        x = placed.walked(now, self.length) + nose[0] * player.scale
        return pose.at(x, placed.up - nose[1] * player.scale, placed.depth)

    def _headed(self, placed: Placed, pose: Pose, now: float) -> tuple[tuple[float, float], float]:
        """The middle of a head as it is framed, and how tall it is, in pixels."""
        (head,) = heads([placed])
        x = placed.walked(now, self.length) + placed.extent.face_x
        way = {Facing.right: 1.0, Facing.left: -1.0}.get(placed.facing, 0.0)
        if placed.id in self._near_beasts:  # at its front end
            x += way * _HEAD_AHEAD * ahead(placed)
        at = pose.at(x, 0.5 * (head.low + head.high), head.depth)
        return at, (head.high - head.low) * pose.scale(head.depth)

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
        works = self.picture.actor if works_on(self.picture) else None  # the tool is in front of a robot
        near = {p.id: p.depth - 0.4 * (p.id == works) for p in self.staging.figures}
        order = sorted([*self.staging.figures, *self.staging.things], key=lambda p: -near.get(p.id, p.depth))
        crew_drawn, outside = False, []
        for placed in order:
            if placed.shoulder or pose.distance + placed.depth < 0.25:
                continue
            if self._change is not None and self._change.hidden(placed.id, now / self.length):
                continue
            if placed.id in self._players:
                swims = self._players[placed.id].body.floats or placed.sunk
                if self.aboard and not swims and not crew_drawn:
                    yield self._hull(seconds, pose, behind=True)
                    crew_drawn = True
                paint = partial(self._figure, placed, seconds, pose, now, bare)
                drawn = Laid("figure", placed.id, placed.depth, paint)
                if self.aboard and swims and placed.depth < 0:
                    outside.append(drawn)  # or the side of the boat would hide a face
                    continue
                yield drawn
            else:
                kind = behaves_as(self._things[placed.id].look.kind)
                climbed = placed.id in self._taken_over
                if not (climbed or (self.aboard and kind in VESSELS)):
                    paint = partial(self._thing, placed, seconds, pose, now, bare)
                    yield Laid("thing", placed.id, placed.depth, paint)
        if self._change is not None and not bare:
            yield _life(lambda c: self._puff(c, pose, now))
        if self.aboard:
            yield self._hull(seconds, pose, behind=False)
            yield Laid("boat", "boat", 0.0, lambda c: self._oars(c, seconds, pose))
            yield from outside

    def _puff(self, canvas: skia.Canvas, pose: Pose, seconds: float) -> None:
        """The puff in which somebody becomes another, as large as the taller of the two."""
        change = self._change
        both = [p for p in self.staging.figures if change and p.id in (change.old, change.new)]
        if not both:
            return
        tall = max(p.extent.top for p in both)
        scale = pose.scale(both[0].depth)
        canvas.save()
        canvas.translate(*pose.at(both[0].walked(seconds, self.length), both[0].up, both[0].depth))
        canvas.scale(scale * tall, scale * tall)
        puff(canvas, self._ink, seconds / self.length)
        canvas.restore()

    def _hull(self, seconds: float, pose: Pose, behind: bool) -> Laid:
        assert self.aboard is not None
        boat, crew, craft = self.aboard, self._crew, self._craft
        return Laid(
            "boat", "boat", 0.0,
            lambda c: afloat.hull(c, self._ink, boat, seconds, pose, crew, craft, behind=behind),
        )  # fmt: skip


def _plate(
    plate: Plate, pose: Pose, base: Pose, alpha: float = 1.0, rows: tuple[int, int] | None = None
) -> Laid:
    """``rows``: those of the frame in which it is seen; None: in all."""

    def paint(canvas: skia.Canvas) -> None:
        if rows is None:
            plate.draw(canvas, pose, base, alpha)
        elif rows[0] < rows[1]:
            canvas.save()
            canvas.clipRect(skia.Rect.MakeLTRB(-9e4, rows[0], 9e4, rows[1]))
            plate.draw(canvas, pose, base, alpha)
            canvas.restore()

    return Laid(plate.kind, plate.kind, plate.depth, paint)


def _life(paint: Callable[[skia.Canvas], None]) -> Laid:
    return Laid("life", "life", 0.0, paint)
