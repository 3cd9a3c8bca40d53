"""Played: who plays in one picture and what they do there, where they stand, and how the camera goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ...storyboard.craft import craft_told, unrigged
from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from ..requests import SpokenIn
from . import camera
from .accents import faces
from .apart import near_each_other
from .bedded import over_sleepers
from .belongings import belonging
from .blocking import Placed
from .business import AHEAD, HIGH
from .canopies import roofs, sheltered
from .carrying import carried_along
from .casting import Casting
from .changing import changed
from .cheek import cheek_to_cheek
from .clearing import cleared, no_loaves_behind, stepped_aside
from .climbing import parted_climbers, taken_over
from .corners import along, corner
from .dealings import between
from .direction import business, directed_picture
from .figures import Acting
from .figures.bareheaded import in_bed
from .figures.fish import SPOUT
from .figures.mouth import Says, said
from .figures.performances import performance
from .files import pursuer
from .hands import Hands, clasped
from .headroom import Head, bodies, kept_free, tops
from .inview import in_view
from .kin import herd_of
from .landmarks import falls_from, flagged, looming, on_a_square, on_battlements
from .life import drifts
from .meant import falls_over, on_top
from .meeting import meetings
from .mind import hung_clouds, minded
from .pacing import carried, moved_about, paced
from .passing import moments
from .places.features import goal_of
from .players import bodied
from .proportion import handled, lowered, room_beside
from .props import laid_before, room_of, standing
from .reading import air_over, placed_in, read
from .resizing import resized
from .seating import at_table, back_to_back
from .stage import Staging, staged
from .summits import under_the_edge
from .things.several import made
from .transport import Transport
from .tripping import stumbled_over
from .vehicles import boarded, crew
from .wielded import wielded

_TOPS = {"chair": 0.5, "bed": 0.5, "barrel": 0.96, "bench": 0.55}
"""Kinds -> at what share of their height something lies on them, where that is not their upper edge."""


class Played:
    """One picture, cast, staged and lit, of which nothing is drawn yet. See ``Screen``."""

    def __init__(
        self,
        picture: Picture,
        size: tuple[int, int],
        seed: int,
        length: float,
        speech: Sequence[SpokenIn] = (),
    ) -> None:
        self._says: dict[str, tuple[Says, ...]] = {}
        for heard in speech:
            told = said(heard.start / 1000, heard.milliseconds / 1000, heard.words)
            self._says[heard.entity] = (*self._says.get(heard.entity, ()), told)
        picture = unrigged(read(picture))
        self._mind, picture = minded(picture)
        self._resized, self._change = resized(picture), changed(picture)
        self.size, self.seed, self.length = size, seed, max(length, 1e-3)
        look = picture.place.look
        picture, self.recipe = placed_in(picture, seed)
        self.air = air_over(picture, self.recipe)
        line = 0.012
        self._ink = self.air.figure_ink(line)
        self._things = {t.id: made(t, self._ink, seed) for t in picture.things}
        self._bodies = {f.id: bodied(f, self._ink, look.layout) for f in picture.figures}
        if self.recipe.footing == "seabed":
            for body in self._bodies.values():
                body.hold_breath()
        tall = {i: body.height for i, body in self._bodies.items()}
        long = {i: max(t.width, t.height) for i, t in self._things.items()}
        done = parted_climbers(directed_picture(boarded(picture), tall, long))
        self.picture = picture = sheltered(laid_before(carried_along(done, tall, long), tall, long))
        for t in picture.things:  # a piano that only the sentence names
            self._things.setdefault(t.id, made(t, self._ink, seed))
        self._overturned = falls_over(picture)
        self._stumbled = stumbled_over(picture)
        self._met = meetings(picture)
        self._aboard = crew(picture)
        spelled = self._resized or (self._change.old if self._change else None)
        self._players = Casting(
            picture, self.recipe, self._bodies, self._things, self._met, self._aboard, spelled,
            self._ink, seed, self.length,
        ).cast()  # fmt: skip
        ridden = {m.other for m in self._met if m.kind == "ride"}
        self._least = min((p.body.height * p.scale for p in self._players.values()), default=math.inf)
        self._stands = {
            i: standing(t.look.kind, t.width, t.height, self.recipe, look.kind, i in ridden)
            for i, t in self._things.items()
        }
        is_tower = self._proportioned()
        self._transport = Transport(
            picture, self.recipe, self._players, self._things, self._stands, self._least,
            self._ink, seed, self.length,
        )  # fmt: skip
        self._things, self._stands = self._transport.things, self._transport.stands
        staging = looming(picture, self._upon(self._staged()), size)
        self.staging = along(staging, corner(self.picture, self.recipe, seed))
        self.recipe = flagged(self.recipe, picture, self.staging, size)
        timed = paced(
            picture, self.staging, self._met, size, self.length,
            overturned=self._overturned is not None, lowered=is_tower,
        )  # fmt: skip
        self.staging, self._rolling, self._brings = timed.staging, timed.rolling, timed.brings
        self._acting = {p.id: self._turned(p, timed.paces.get(p.id)) for p in self.staging.figures}
        seated = back_to_back(self.picture, at_table(self.picture, self.staging.figures))
        seated = near_each_other(self.picture, seated)
        beside = cheek_to_cheek(seated, self._met, self._players, self._acting, self.length)
        self.staging = replace(self.staging, figures=beside)
        self._between = between(self.picture)
        self._wields = {i: wielded(self.picture, p) for i, p in self._players.items()}
        self._acting = clasped(beside, self._met, self._players, self._acting)
        ways = {acting.way for acting in self._acting.values() if acting.way}
        self._taken_over = taken_over(picture, ways)
        boat = self._transport.boat(self.staging.figures, self.staging.things)
        self.aboard = boat.sides if boat else None
        self._crew, self._craft = boat.crew if boat else 1.7, picture.craft or craft_told(picture.sentence)
        pose = self.staging.pose
        subject = self.staging.subject
        self.path = camera.path(
            picture.camera.move,
            pose,
            size,
            self.length,
            moved_about(picture, self.staging),
            self.staging.middle,
            carried(picture, self.staging, size, self.length, self._rolling - {*self._transport.cabs}),
            seed,
            camera.highest(self.staging.figures, subject, pose),
            camera.room_aside(self.staging.figures, pose, size),
        )
        self._bring_in_view()
        self._faces = faces(self._players, self._acting, self.length)
        samples = [self.path(self.length * k / 24) for k in range(25)]
        self.moves = any(p != samples[0] for p in samples)
        self._still = samples[0]
        self._hold_cut_breath(samples)
        self._flip = -1 if self.recipe.interior and look.layout % 2 else 1
        middle = self.path(self.length / 2) if self.moves else self._still
        over = roofs(self.staging.figures, self._players)
        heads = kept_free(self.staging.figures, over)
        if not self._aboard:
            words = self.picture.sentence.lower()
            spare = {t.id for t in picture.things if t.id != picture.target and t.look.kind not in words}
            aside = stepped_aside(self.staging.things, [*heads, *self._boards()], middle, spare)
            self.staging = replace(self.staging, things=aside)
        high = (*tops(self.staging.things), *self._boards())
        walks = any(p.walks for p in self.staging.figures)
        ends = [] if walks else [samples[0], samples[-1]]
        self._thoughts = thoughts = hung_clouds(self._mind, self.staging.figures, middle, size)
        self.recipe = cleared(
            self.recipe, heads, middle, self._flip, high, ends if self.moves else (), thoughts,
            bodies(self.staging.figures, herd_of(picture.figures)), samples[::6] if walks else (),
            moments(self.staging.figures, samples[::3], self.length, over) if self.moves or walks else (),
        )  # fmt: skip
        stands = (*self.staging.figures, *self.staging.things)
        passed_by = [(samples[k], self.length * k / 24) for k in (0, 6, 12, 18, 24)]
        asleep = {i for i, acting in self._acting.items() if acting.action is Action.sleep}
        self.recipe = belonging(self.recipe, stands, passed_by, self.length, self._flip, self.size[1], asleep)
        if goal_of(picture):
            self.recipe = under_the_edge(self.recipe, middle, size[1])
        abed = [p for p in self.staging.figures if self._abed(p)]
        self.recipe = over_sleepers(self.recipe, abed, middle, self._flip)
        if any(behaves_as(t.look.kind) == "bread" for p in self._players.values() for t in p.held):
            self.recipe = no_loaves_behind(self.recipe, heads, middle, self._flip)
        self._drift = 0.004 * size[0] if drifts(picture, self.recipe) else 0.0
        self._hands = Hands(
            picture, self.staging.figures, self.staging.things, self._met, self._players, self._acting,
            self._wields, self._between, self.length,
        )  # fmt: skip

    def _abed(self, placed: Placed) -> bool:
        """Whether somebody sleeps or wakes in a bed."""
        player, acting = self._players[placed.id], self._players[placed.id].acting
        return in_bed(acting) and business(self.picture, player.source, acting.action) == "pallet"

    def _boards(self) -> list[Head]:
        """Where the boards are at which somebody draws or writes, from behind which no mast peeps out."""
        found = []
        for p in self.staging.figures:
            player = self._players[p.id]
            used = business(self.picture, player.source, player.acting.action)
            if used not in ("draft", "easel", "slate") or p.shoulder:
                continue
            way, tall = -1.0 if p.facing is Facing.left else 1.0, player.body.height * player.scale
            near, far = 0.26 * tall, AHEAD[used] * tall
            x = p.x + way * (near + far) / 2
            found.append(Head(x, p.depth, (far - near) / 2, p.up + 0.4 * tall, p.up + HIGH[used] * tall))
        return found

    def _bring_in_view(self) -> None:
        """Nobody's face is behind whoever stands nearer; those of a herd or a chase are in rows already."""
        picture = self.picture
        rows = herd_of(picture.figures) | {f.id for f in picture.figures if pursuer(picture, f)}
        figures = in_view(
            self.staging.figures, self._met, self._players, self._acting,
            self.path, self.size, self.length, self.aboard, rows,
        )  # fmt: skip
        self.staging = replace(self.staging, figures=figures)

    def _hold_cut_breath(self, samples: Sequence[camera.Pose]) -> None:
        """A spout that the frame would cut at any of these moments is left out of the whole shot."""
        for p in self.staging.figures:
            body = self._bodies[p.id]
            top = p.up + (body.height + 1.15 * SPOUT * body.width) * self._players[p.id].scale
            if min(pose.at(0.0, top, p.depth)[1] for pose in samples) < 0:
                body.hold_breath()

    def knows(self, thing: str) -> bool:
        """Whether the thing of that id has a drawing of its own."""
        return bool(self._things[thing].known)

    def _proportioned(self) -> bool:
        """Size what is pushed, hidden or gone to as the shot needs; tell whether it is about a tower."""
        overturned = self._overturned is not None
        self._stands |= handled(self.picture, self._bodies, self._things, self._stands, overturned)
        actor = self._players.get(self.picture.actor or "")
        if actor is None:
            return False
        tall = actor.body.height * actor.scale
        self.recipe = on_battlements(on_a_square(self.picture, self.recipe, tall), tall)
        stands, is_tower = lowered(self.picture, actor, self._things, self._stands, self._least)
        self._stands |= stands
        return is_tower

    def _staged(self) -> Staging:
        players = self._players
        return staged(
            self.picture,
            self.recipe,
            {i: p.extent for i, p in players.items()},
            {i: room_of(room_beside(t, self._least), self._stands[i]) for i, t in self._things.items()},
            frozenset(i for i, p in players.items() if p.body.floats),
            {i: self._transport.speed(i, p) for i, p in players.items()},
            self.size,
            {i: p.hand for i, p in players.items() if p.hand is not None},
            {m.one: self._transport.saddle(m.one, m.other, 0.0) for m in self._met if m.kind == "ride"},
            self._stands,
            self._transport.courses(),
        )

    def _turned(self, placed: Placed, pace: float | None) -> Acting:
        acting = self._players[placed.id].acting
        pace = acting.pace if pace is None else pace
        if placed.rides in self._transport.ways and acting.action is Action.kneel:
            pace = 40.0  # on its carpet before the shot begins
        if acting.action is Action.fall and self._players[placed.id].body.look.being is not Being.person:
            # Such a body lies at three fifths of the shot, and no star is seen before.
            pace = 1.25 * performance(Action.fall).seconds / self.length
            high = falls_from(self.picture, placed, self.staging.things) / self._players[placed.id].scale
            acting = replace(acting, high=high)
        says, facing, gaze = self._says.get(placed.id, ()), placed.facing, placed.gaze
        left = next((t for t in self.staging.things if t.id == self.picture.target), None)
        turns = (acting.action, acting.manner) == (Action.stand, "away") and placed.id == self.picture.actor
        if turns and left is not None:  # from a thing as from somebody: with the back to it
            facing, gaze = Facing.right if left.x < placed.x else Facing.left, None
        return replace(acting, facing=facing, gaze=gaze, pace=pace, says=says)

    def _upon(self, staging: Staging) -> Staging:
        """What is said to lie on a table lies there."""
        pair = on_top(self.picture)
        under = next((t for t in staging.things if pair and t.id == pair[1]), None)
        if pair is None or under is None:
            return staging
        high = under.up + _TOPS.get(behaves_as(self._things[under.id].look.kind), 1.0) * under.extent.height
        self._stands[pair[0]] = replace(self._stands[pair[0]], under="", lift=0.0)
        return replace(
            staging,
            things=tuple(
                replace(t, x=under.x, depth=under.depth - 0.02, up=high) if t.id == pair[0] else t
                for t in staging.things
            ),
        )
