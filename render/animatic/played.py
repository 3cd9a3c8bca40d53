"""Played: who plays in one picture and what they do there, where they stand, and how the camera goes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from ...storyboard.lexicon import behaves_as
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing, Hour, Move
from ..requests import SpokenIn
from . import camera
from .accents import faces
from .afloat import vessel
from .airless import suited
from .apart import near_each_other
from .atboth import ends_held, on_the_rails
from .bathing import bathed, fallen_in, rescued, submerged, water_way
from .blocking import BOARD_METRES, TIGHT, Extent, Placed
from .business import AHEAD, HIGH, brush_at
from .canopies import held_up, on_the_stick, sheltered
from .carrying import carried_along
from .changing import changed, changing
from .cheek import cheek_to_cheek
from .clearing import Head, cleared, kept_free, no_loaves_behind, stepped_aside, tops
from .climbing import parted_climbers, taken_over, way_up
from .contact import Party, at_the_mouth, at_work, helped_up, lays, on_keys, round_it, shoved_at, touch_of
from .corners import along, corner, passed
from .dealings import between, scatters, steadied
from .direction import bent_down, business, directed_picture
from .everyday import hangs_its_own
from .fiddling import MANNER as FIDDLE
from .fiddling import bowing, fiddled, fiddles
from .figures import Acting, Figure
from .figures.acting import Laid
from .figures.fish import SPOUT
from .figures.mouth import Says, said
from .figures.performances import performance
from .files import comes_up, parts_from, pursuer
from .fitting import fitted, stranded
from .freed import freed, in_hands
from .grip import MOUTHED, implement
from .handing import acted, along_look, pointed_off, tooled, trade_sign, widened
from .ink import mixed
from .intent import brought_to
from .inview import in_view
from .kin import herd_of, kindred
from .lairs import hidden_size
from .landmarks import bloom, landmark, on_a_square
from .leaves import has_leaves
from .life import drifts
from .light import air
from .meant import falls_over, on_top
from .meeting import SADDLES, meetings
from .mind import minded
from .mounts import astride, backed, ferried, led, mounted, wheeled
from .places import marked, recipe
from .places.features import featured
from .places.telling import as_told, snowed_over, spared, told_recipe, under_moon, without_doubles
from .players import Player, bodied, kept_small, kept_visible, measured, scaled
from .props import laid_before, room_of, standing
from .reactions import directed, kneeling
from .recast import without_owners
from .resizing import SMALL, as_before, resized, shrunk, spellbound
from .seating import at_table, back_to_back
from .small import beside_people, company
from .stage import Staging, staged
from .tailoring import at_the_glass, hands_at, on_its_side
from .things import Thing
from .things.several import made
from .together import dries
from .towering import beside_a_giant
from .tripping import stumbled_over
from .utensils import LIT, behind_glass, tipped
from .vehicles import (
    STOOD,
    Cab,
    Course,
    Way,
    boarded,
    cab_of,
    crew,
    driven,
    lift,
    seat_at,
    seat_of,
    sized,
    under_way,
    way_of,
)
from .wading import launched, sunken, waded
from .walking import drift_room, in_sight, kept_together, seen_off, shoved_off
from .wielded import hands_on, wielded

_TOPS = {"chair": 0.5, "bed": 0.5, "barrel": 0.96, "bench": 0.55}
"""Kinds -> at what share of their height something lies on them, where that is not their upper edge."""
_FILLING = 0.6
"""Of the frame's width: what is pushed and wider than this has the camera along."""
_PUSHED = 0.62
"""Of who pushes it: the least height of what is pushed."""
_LEVEL = 80.0
"""Degrees by which a broom in the air is turned, its stick ahead."""
_LAID_ON = frozenset({"hug", "near", "lead", "dance", "give", "bear"})
"""Meetings of two whose hands are on each other."""
_BOW = 0.2
"""How far before who scatters something over the water the boat ends, in heights."""
_UPRIGHT_WAYS = frozenset({"up"})
"""Ways of what goes straight up."""


_GOES = re.compile(
    r"\b(?:runs?|ran|flees?|fled|flies|flew|floats?|drifts?|glides?|walks?|comes?|goes|rush\w*|hurr\w+|chas\w+|follow\w*)\b"
)
"""What a ghost does that moves from its place."""


_AS_TOLD: tuple[Callable[[Picture], Picture], ...] = (
    without_owners, kindred, freed, changing, as_before, spellbound, backed,
    astride, wheeled, mounted, led, ferried,
    rescued, fallen_in, submerged, as_told,
)  # fmt: skip
"""The steps that read into a picture what its sentence says: who is there, on what, and where."""


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
        for step in _AS_TOLD:
            picture = step(picture)
        self._mind, picture = minded(picture)
        self._resized, self._change = resized(picture), changed(picture)
        self.picture, self.size, self.seed, self.length = picture, size, seed, max(length, 1e-3)
        look = picture.place.look
        place = marked(
            told_recipe(picture) or recipe(look.kind, look.interior), frozenset(picture.place.marks)
        )
        place = snowed_over(passed(featured(place, picture), picture, seed), picture)
        self.picture = picture = spared(picture, place)
        place = without_doubles(place, picture)
        self.recipe = waded(launched(place, picture), picture)
        self.picture = picture = sunken(bathed(suited(picture, self.recipe), self.recipe), self.recipe)
        self.air = air(picture, self.recipe.interior)
        if under_moon(picture):
            self.air = replace(self.air, moon=2.0)
        if hangs_its_own(picture):
            self.air = replace(self.air, sun=None)
        if self.recipe.footing == "seabed":
            self.air = replace(
                self.air, haze=mixed("#3f8f9f", "#12304e", self.air.night * 0.8), thickness=0.8
            )
            self.air = replace(
                self.air, light=(self.air.light[0] * 0.8, self.air.light[1], self.air.light[2])
            )
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
        self._players = self._cast()
        ridden = {m.other for m in self._met if m.kind == "ride"}
        self._least = min((p.body.height * p.scale for p in self._players.values()), default=math.inf)
        self._stands = {
            i: standing(t.look.kind, t.width, t.height, self.recipe, look.kind, i in ridden)
            for i, t in self._things.items()
        }
        self._enlarge_pushed()
        self._lower_tower()
        self._under_way()
        self.staging = along(self._upon(self._staged()), corner(self.picture, self.recipe, seed))
        self.staging, paces = self._paced(self.staging)
        self._acting = {p.id: self._turned(p, paces.get(p.id)) for p in self.staging.figures}
        seated = back_to_back(self.picture, at_table(self.picture, self.staging.figures))
        seated = near_each_other(self.picture, seated)
        beside = cheek_to_cheek(seated, self._met, self._players, self._acting, self.length)
        self.staging = replace(self.staging, figures=beside)
        self._between, self._steadied = between(self.picture), steadied(self.picture)
        self._wields = {i: wielded(self.picture, p) for i, p in self._players.items()}
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
            self._moved_about(),
            self.staging.middle,
            self._carried(),
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
        heads = kept_free(self.staging.figures)
        if not self._aboard:
            words = self.picture.sentence.lower()
            spare = {t.id for t in picture.things if t.id != picture.target and t.look.kind not in words}
            aside = stepped_aside(self.staging.things, [*heads, *self._boards()], middle, spare)
            self.staging = replace(self.staging, things=aside)
        high = tops(self.staging.things)
        ends = [] if any(p.walks for p in self.staging.figures) else [samples[0], samples[-1]]
        self.recipe = cleared(self.recipe, heads, middle, self._flip, high, ends if self.moves else ())
        if any(behaves_as(t.look.kind) == "bread" for p in self._players.values() for t in p.held):
            self.recipe = no_loaves_behind(self.recipe, heads, middle, self._flip)
        self._drift = 0.004 * size[0] if drifts(picture, self.recipe) else 0.0

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

    def _cast(self) -> dict[str, Player]:
        """Everybody in the picture, doing what the meetings of the shot make of their actions."""
        picture = self.picture
        actions = directed(picture, self._met, self.recipe.interior)
        aboard = self._aboard[1] if self._aboard and cab_of(self._things[self._aboard[0]].look.kind) else ()
        fits = fitted(picture, self.recipe, actions)
        actions = {i: action for i, action in fits.items() if i not in aboard}
        bodies = self._bodies
        tall = {i: body.height for i, body in bodies.items()}
        high = {i: thing.height for i, thing in self._things.items()}
        little = shrunk(picture)
        stands = {i: SMALL * h if i in little else h for i, h in tall.items()}
        low = kneeling(self._met, stands, dries(picture)) | bent_down(picture, stands, high)
        low |= stranded(picture, self.recipe)
        grown = company(tall) | beside_people(picture, tall) | beside_a_giant(picture, tall)
        grown |= {i: SMALL * grown[i] for i in little}
        eyes = {i: body.eyes * grown[i] for i, body in bodies.items()}
        nosed = [(m.one, m.other) for m in self._met if m.kind == "nose"]
        insects = {f.id for f in picture.figures if f.look.being is Being.insect}  # they come to the head
        people = {f.id for f in picture.figures if f.look.being is Being.person}
        knelt = {
            i
            for a, b in nosed
            for i, o in ((a, b), (b, a))
            if i in people and o not in insects and eyes[o] < 0.8 * eyes[i]
            if picture.action is not Action.push  # who is pushed is on its feet
        }
        low |= knelt
        eyes |= {i: 0.66 * eyes[i] for i in knelt}
        levels = {i: eyes[o] / max(eyes[i], 1e-3) for a, b in nosed for i, o in ((a, b), (b, a))}
        self._stroking = ""
        for m in self._met:
            pets = m.kind == "near" and self.picture.action is Action.reach and m.one == self.picture.actor
            if pets and eyes[m.other] > 0.8 * eyes[m.one] and bodies[m.other].bit is not None:
                levels[m.other] = min(0.98, max(0.68, 0.88 * eyes[m.one] / eyes[m.other]))
                self._stroking = m.one  # on its feet, and not bent to a cat
        hover = {i for pair in nosed if insects & {*pair} for i in pair}
        levels = {i: v for i, v in levels.items() if i not in hover}
        return {
            f.id: self._player(
                f, bodies[f.id], actions.get(f.id, f.action), f.id in low, grown[f.id], levels.get(f.id, 1.0)
            )
            for f in picture.figures
        }

    def _player(
        self, figure: FigureIn, body: Figure, action: Action, low: bool, grown: float, level: float
    ) -> Player:
        ink = self._ink
        acting = Acting(action, figure.expression, figure.facing, None, figure.speaks, low=low, level=level)
        kinds = {t.id: t.look.kind for t in self.picture.things}
        if action is Action.climb:
            standing = [t.look.kind for t in self.picture.things if not t.held]
            way = (
                None
                if body.floats
                else way_up(self.picture, self.recipe, figure.look.being, standing, figure.look.species)
            )
            aside = Facing.right if figure.facing is not Facing.left else Facing.left
            acting = replace(acting, way=way, facing=aside)
        if any(kinds.get(h) in ("telescope", "binoculars") for h in figure.holds):
            acting = replace(acting, through=True)
        things = {t.id: t for t in self.picture.things}
        held = tuple(
            made(things[h].model_copy(update={"look": in_hands(things[h].look)}), ink, self.seed)
            for h in figure.holds
            if h in things
        )
        acting = acted(acting, self.picture, figure, self._met, self.length)
        acting = replace(acting, manner=water_way(figure, action, self.recipe, self.picture) or acting.manner)
        if figure.id == self._stroking:
            acting = replace(acting, manner="stroke")
        if fiddles(figure.look.being, figure.action, held):
            acting = replace(acting, manner=FIDDLE)
        if level != 1.0 and not acting.manner:  # its head is down at the hand that strokes it
            acting = replace(acting, manner="nose")
        spelled = self._resized or (self._change and self._change.old)
        if spelled and figure.id not in (spelled, None) and action is Action.perform:
            acting = replace(acting, manner="magic")
        if acting.action is Action.give and figure.look.being is not Being.person:
            # What is handed over is in both pairs of hands at no moment.
            pace = performance(Action.give, acting.manner).paced(self.length)
            acting = replace(acting, pace=pace)
        needed = implement(action, acting.manner) if action is figure.action else ""
        if not held and needed and _has_hands(figure):
            held = (Thing(ThingLook(kind=needed), (), ink, self.seed),)
        turns = acting.manner == "away"  # a pole would go from the side over the back and the hat
        if not held and not turns and (own := trade_sign(figure, action, self.picture.camera.size)):
            held = (Thing(along_look(own, body.look.skin), (), ink, self.seed),)
        held = tooled(self.picture, figure, action, held, self._met, ink, self.seed)
        extent, hand = measured(body, acting, self.length)
        used = business(self.picture, figure, action)
        extent = widened(extent, used, body.height, figure.facing)
        extent = pointed_off(extent, self.picture, figure, acting.manner, body.height)
        scale = kept_small(max(extent.width, extent.height)) * grown
        lights = used == "wick" and figure.look.being is Being.person
        if lights:  # a close look is at candle and match
            hand = (
                LIT[0] * body.height * (-1.0 if figure.facing is Facing.left else 1.0),
                LIT[1] * body.height,
            )
        hand = (hand[0] * scale, hand[1] * scale) if hand and (held or lights) else None
        return Player(body, acting, figure, held, scaled(extent, scale), hand, scale)

    def _staged(self) -> Staging:
        players = self._players
        return staged(
            self.picture,
            self.recipe,
            {i: p.extent for i, p in players.items()},
            {i: room_of(_room(t, self._least), self._stands[i]) for i, t in self._things.items()},
            frozenset(i for i, p in players.items() if p.body.floats),
            {i: self._speed(i, p) for i, p in players.items()},
            self.size,
            {i: p.hand for i, p in players.items() if p.hand is not None},
            {m.one: self._saddle(m.one, m.other, 0.0) for m in self._met if m.kind == "ride"},
            self._stands,
            self._courses(),
        )

    def _speed(self, figure: str, player: Player) -> float:
        """Metres a second that somebody goes: on wheels, as its vehicle does."""
        acting, picture = player.acting, self.picture
        ghost = player.body.look.being is Being.ghost and acting.action is Action.float
        if (
            ghost
            and figure in (picture.actor, picture.target)
            and _GOES.search(picture.sentence[:2000].lower())
        ):
            return player.body.travels(Action.fly)
        aboard = self._aboard is not None and figure in self._aboard[1]
        if aboard and self._way.get(self._aboard[0] if self._aboard else "") in _UPRIGHT_WAYS:
            return 0.0
        return player.body.travels(Action.ride if aboard else player.acting.action)

    def _under_way(self) -> None:
        """How the vehicle of the event goes, and how large it is for who sits in it."""
        self._way: dict[str, Way] = {}
        self._cabs: dict[str, tuple[Cab, tuple[str, ...]]] = {}
        vehicle = self._aboard[0] if self._aboard else driven(self.picture)
        dark = self.picture.hour is Hour.night and not self.picture.place.look.interior
        used = vehicle or self.picture.target
        if used in self._things and (vehicle or dark):
            self._things[used] = under_way(self._things[used], self._ink, self.seed, dark=dark)
        if not vehicle:
            return
        thing = self._things[vehicle]
        self._way[vehicle] = way_of(self.picture, thing.look.kind)
        if behaves_as(thing.look.kind) == "broom":
            self._stands[vehicle] = replace(self._stands[vehicle], lean=_LEVEL)
        if thing.look.kind == "carpet" and self._aboard:
            rider = self._players[self._aboard[1][0]]
            grown = 1.1 * rider.body.height * rider.scale / self._drawn(vehicle)[0]
            self._stands[vehicle] = replace(self._stands[vehicle], scale=grown)
        cab = cab_of(thing.look.kind)
        if cab is None or self._aboard is None:
            return
        self._cabs[vehicle] = cab, self._aboard[1]
        driver = self._players[self._aboard[1][0]]
        tall = driver.body.height * driver.scale
        natural = kept_visible(max(thing.width, thing.height), self._least)
        grown = sized(cab, 0, self._sitting(driver), tall, thing.height) / natural
        self._stands[vehicle] = replace(self._stands[vehicle], scale=grown)

    def _sitting(self, player: Player) -> Extent:
        """The extent of somebody as it rides, its eyes as far below its crown or hat as they are."""
        standing, _ = measured(player.body, replace(player.acting, action=Action.stand), self.length)
        extent = player.extent
        joints = player.body.joints(player.acting, 0.0)
        if joints:  # the middle of the head, which leans forward less than an animal's
            ahead = abs(joints["nose"][0] + joints["neck"][0]) / 2 * player.scale
            extent = replace(extent, face_x=ahead)
        return replace(extent, eyes=extent.top - (standing.top - standing.eyes) * player.scale)

    def _courses(self) -> dict[str, Course]:
        moments = [self.length * k / 4 for k in range(5)]
        return {i: Course(way, max(self._lift(i, t) for t in moments)) for i, way in self._way.items()}

    def _lift(self, vehicle: str, seconds: float) -> float:
        """Metres that a vehicle under way is above its ground."""
        way = self._way.get(vehicle, "")
        if way == "float":
            return self._afloat(vehicle) + 0.03 * math.sin(seconds * 1.4)
        if not way:
            return 0.0
        rocked = 0.02 * math.sin(seconds * 1.7) if way == "on" else 0.0
        high = self._drawn(vehicle)[1]
        if vehicle not in self._cabs and self._aboard is not None:  # a carpet is flat
            rider = self._players[self._aboard[1][0]]
            high = max(high, rider.body.height * rider.scale)
        return lift(way, seconds / self.length, high) + rocked * high

    def _afloat(self, vehicle: str) -> float:
        """Metres that the foot of a boat is above the water: less than nothing, but on dry land."""
        cab = cab_of(self._things[vehicle].look.kind)
        if cab is None or self.recipe.footing == "seabed":
            return 0.8
        return -cab.sunk * self._drawn(vehicle)[1] if self.recipe.water else 0.0

    def _drawn(self, thing: str) -> tuple[float, float]:
        """Metres across and up that a thing is drawn."""
        drawn = self._things[thing]
        scale = kept_visible(max(drawn.width, drawn.height), self._least) * self._stands[thing].scale
        return drawn.width * scale, drawn.height * scale

    def _saddle(self, rider: str, mount: str, seconds: float) -> tuple[float, float]:
        """Where a rider's ground point lies from that of what it rides, in metres, facing right."""
        sitting = self._players[rider]
        if mount in self._players:
            under = self._players[mount]
            ahead, up = under.body.back(under.acting, seconds)
            ahead, up = ahead * under.scale, up * under.scale
        elif mount in self._cabs:
            cab, crew_of = self._cabs[mount]
            wide, high = self._drawn(mount)
            tall = sitting.body.height * sitting.scale
            at = seat_of(self.picture, self._things[mount].look.kind, crew_of.index(rider))
            return seat_at(cab, at, self._sitting(sitting), tall, wide, high)
        elif (kind := self._things[mount].look.kind) in STOOD:
            return 0.0, STOOD[kind] * self._drawn(mount)[1]
        elif mount in self._way and behaves_as(kind) == "broom":
            return 0.0, 0.5 * self._drawn(mount)[0] - sitting.body.seat * sitting.scale
        else:
            ridden = self._things[mount]
            tall = ridden.height * kept_visible(max(ridden.width, ridden.height))
            ahead, up = -0.06 * ridden.width, tall * SADDLES.get(behaves_as(ridden.look.kind), 0.6)
        return ahead, up - sitting.body.seat * sitting.scale

    def _turned(self, placed: Placed, pace: float | None) -> Acting:
        acting = self._players[placed.id].acting
        pace = acting.pace if pace is None else pace
        if placed.rides in self._way and acting.action is Action.kneel:
            pace = 40.0  # on its carpet before the shot begins
        if acting.action is Action.fall and self._players[placed.id].body.look.being is not Being.person:
            # Such a body lies at three fifths of the shot, and no star is seen before.
            pace = 1.25 * performance(Action.fall).seconds / self.length
        says, facing, gaze = self._says.get(placed.id, ()), placed.facing, placed.gaze
        left = next((t for t in self.staging.things if t.id == self.picture.target), None)
        turns = (acting.action, acting.manner) == (Action.stand, "away") and placed.id == self.picture.actor
        if turns and left is not None:  # from a thing as from somebody: with the back to it
            facing, gaze = Facing.right if left.x < placed.x else Facing.left, None
        return replace(acting, facing=facing, gaze=gaze, pace=pace, says=says)

    def _clasp_hands(self) -> None:
        """Those who shake hands bring them to one place, between the heights of both."""
        placed = {p.id: p for p in self.staging.figures}
        for m in self._met:
            pair = [placed[i] for i in (m.one, m.other) if i in placed]
            if len(pair) < 2 or any(self._acting[p.id].manner != "shake" for p in pair):
                continue
            for p, q in (pair, pair[::-1]):
                if self._jointed(p.id) and not self._jointed(q.id):  # a robot's hand is where its arm ends
                    edge = q.x + 0.44 * q.extent.width * (1.0 if p.x > q.x else -1.0)
                    scale = self._players[p.id].scale
                    to = (edge - p.x) / scale, (p.up - q.up - 0.42 * q.extent.top) / scale
                    self._acting[p.id] = replace(self._acting[p.id], meets=to)
            if not all(self._jointed(p.id) for p in pair):
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

    def _jointed(self, name: str) -> bool:
        return bool(self._players[name].body.joints(self._acting[name], 0.0))

    def _laid_on(self, placed: Placed, acting: Acting, seconds: float) -> Acting:
        """The acting with its hands on what is worked with, or on whoever is pushed, hugged or stroked."""
        if acting.manner == "helped" and not self._jointed(placed.id):
            return helped_up(acting, seconds / self.length)
        player = self._players[placed.id]
        found = self._lays(placed, acting, seconds) or held_up(player, acting, seconds)
        found = found or on_the_stick(placed, self.staging.figures, self._players, seconds)
        if not found:
            return acting
        return replace(acting, lays=found, embraces=placed.id in self._embraced)

    @cached_property
    def _embraced(self) -> tuple[str, ...]:
        """Two who stand in each other's arms, the farther first; a robot is held too. Empty for others."""
        for m in self._met:
            pair = sorted(
                (p for p in self.staging.figures if p.id in (m.one, m.other)), key=lambda p: -p.depth
            )
            hugs = len(pair) == 2 and all(
                touch_of(self._acting[p.id].action, self._acting[p.id].manner) == "hug" for p in pair
            )
            afloat = all(p.sunk for p in pair)
            if (
                m.kind == "hug"
                and hugs
                and not any(p.shoulder or p.rides or (p.up and not afloat) for p in pair)
            ):
                return pair[0].id, pair[1].id
        return ()

    def _lays(self, placed: Placed, acting: Acting, seconds: float) -> tuple[Laid, ...]:
        player = self._players[placed.id]
        way = -1.0 if placed.facing is Facing.left else 1.0
        if self._between is not None and placed.id in (self._between.one, self._between.other):
            return ends_held(self._between.kind, way, player.body.height, seconds)
        if self._steadied is not None and placed.id == self._steadied[0]:
            foot = next((p for p in self.staging.figures if p.id == self._steadied[1]), placed)
            return on_the_rails(placed, foot, player.scale, player.body.height)
        if wields := self._wields.get(placed.id):
            return hands_on(wields, player.body.side(acting, seconds), player, acting, seconds, self.length)
        lights = acting.action is Action.light and acting.manner != "out"  # candles are blown out by no hand
        if lights or acting.action is Action.write or tipped(acting):
            if not player.body.joints(acting, 0.0):
                return ()
            share = min(1.0, seconds * acting.pace / performance(acting.action, acting.manner).seconds)
            used = acting.manner if tipped(acting) else business(self.picture, player.source, acting.action)
            done = share if used == "wick" else seconds
            used = "lantern" if used == "wick" and behind_glass(self.picture) else used
            return at_work(used, way, player.body.height, done)
        if fiddled(acting):
            return bowing(player, way, seconds)
        used = business(self.picture, player.source, acting.action)
        if used in ("shears", "tape", "slate", "draft", "mural", "vat", "spread") and player.body.joints(
            acting, 0.0
        ):
            share = seconds if used == "vat" else min(1.0, seconds / self.length)
            return hands_at(used, way, player.body.height, share, self.picture.sentence)
        if used == "easel" and player.body.joints(acting, 0.0):
            x, y = brush_at(min(1.0, seconds / self.length))
            return ((way * (x - 0.1) * player.body.height, (y + 0.06) * player.body.height, 1.0),)
        if (acting.action, acting.manner) == (Action.look, "examine") and player.held and self._leafy(player):
            return at_the_glass(way, player.body.height, seconds) if player.body.joints(acting, 0.0) else ()
        if acting.manner in ("over", "rub"):
            stood = (*self.staging.things, *self.staging.figures)
            it = next((p for p in stood if p.id == self.picture.target), None)
            if it is None or not player.body.joints(acting, 0.0):
                return ()
            kind = next((behaves_as(t.look.kind) for t in self.picture.things if t.id == it.id), "")
            return on_its_side(placed, it, player.scale, player.body.height, seconds, kind)
        if acting.manner == "keys":
            piano = next((p for p in self.staging.things if p.id == self.picture.target), None)
            return () if piano is None else on_keys(placed, piano, player.scale, seconds)
        if acting.action is Action.reach and not acting.manner and self._jointed(placed.id):
            mouths = (p for p in self.staging.figures if p.id != placed.id and self._offers(p.id))
            if (it := next(mouths, None)) is not None:
                return at_the_mouth(placed, it, player.scale)
        touch = touch_of(acting.action, acting.manner)
        at_it = {"hug": round_it, "push": shoved_at}.get(touch or "")
        if at_it is not None and placed.id == self.picture.actor and player.body.joints(acting, 0.0):
            it = next((p for p in self.staging.things if p.id == self.picture.target), None)
            if it is not None:
                return at_it(placed, it, player.scale, player.body.height)
        meeting = next((m for m in self._met if placed.id in (m.one, m.other)), None)
        if touch is None or meeting is None or meeting.kind not in _LAID_ON or placed.shoulder:
            return ()
        other = meeting.other if placed.id == meeting.one else meeting.one
        found = next((p for p in self.staging.figures if p.id == other and not p.shoulder), None)
        if found is None or (meeting.kind == "near" and placed.id != meeting.one and touch != "help"):
            return ()
        them = Party(found, self._players[other], self._acting[other])
        return lays(Party(placed, player, acting), them, touch, seconds, self.length)

    @staticmethod
    def _leafy(player: Player) -> bool:
        """Whether a letter, map or book is in the hands."""
        return has_leaves(player.held[0].look.kind)

    def _offers(self, name: str) -> bool:
        """Whether an animal holds out to somebody what is in its mouth."""
        player = self._players[name]
        gives = player.acting.action is Action.give and bool(player.held)
        return gives and player.source.look.being in MOUTHED

    def _enlarge_pushed(self) -> None:
        """What is pushed is as high as the hands that push it, as a crate is; what is hidden is lower."""
        pusher = self._bodies.get(self.picture.actor or "")
        name = self.picture.target or ""
        thing, stands = self._things.get(name), self._stands.get(name)
        if pusher is None or thing is None or stands is None:
            return
        if self.picture.action is Action.pull and thing.look.kind == "thread":
            self._stands[name] = replace(stands, scale=stands.scale * 0.13 * pusher.height / thing.height)
        small = hidden_size(self.picture, pusher.height, thing)
        if small < 1.0 and not stands.under:
            self._stands[name] = replace(stands, scale=stands.scale * small)
        if self.picture.action is not Action.push:
            return
        if stands.under or self._overturned or thing.height >= _PUSHED * pusher.height:
            return
        grown = min(2.4, _PUSHED * pusher.height / max(0.05, thing.height))
        self._stands[name] = replace(stands, scale=stands.scale * grown)

    def _lower_tower(self) -> None:
        """A tower to which a small one goes is as low as is seen whole with it."""
        self._lowered = False
        actor = self._players.get(self.picture.actor or "")
        if actor is None:
            return
        self.recipe = on_a_square(self.picture, self.recipe, actor.body.height * actor.scale)
        if self.picture.target not in self._things:
            return
        high = self._drawn(str(self.picture.target))[1]
        found = landmark(self.picture, actor.body.height * actor.scale, high)
        self._lowered = found is not None
        found = found or bloom(self.picture, actor.body.height * actor.scale, high)
        if found is not None:
            self._stands[found[0]] = replace(self._stands[found[0]], scale=found[1])

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

    def _paced(self, staging: Staging) -> tuple[Staging, dict[str, float]]:
        """Those who walk go together, arrive, or slow down rather than leave others behind."""
        room = 0.36 * self.size[0] / staging.pose.scale(0.0)
        figures = staging.figures
        if parts_from(self.picture) or comes_up(self.picture):  # the other hovers on the spot
            figures = tuple(replace(p, walks=0.0) if p.id == self.picture.target else p for p in figures)
        if self._overturned is not None:
            figures = tuple(replace(p, walks=0.0) if p.id == self.picture.actor else p for p in figures)
        if self._lowered:  # at the foot of the tower at the end
            figures = tuple(replace(p, stops=self.length) if p.walks else p for p in figures)
        receives = [t for t in staging.things if t.id == brought_to(self.picture)]
        self._brings = self.picture.actor if receives else None
        figures, paces = kept_together(figures, room, self.length, receives)
        if self.picture.action is Action.push and any(m.kind == "nose" for m in self._met):
            figures = shoved_off(figures, self.picture.target, self.length)
        pose, wide = staging.pose, self.size[0]
        figures, paces, pose = in_sight(figures, paces, pose, wide, self.length, receives)
        if parts_from(self.picture) and self.picture.camera.size not in TIGHT:
            off = self.picture.actor or ""
            figures, paces, pose = seen_off(figures, paces, pose, self.size, self.length, off)
        riders = {p.rides: p for p in figures if p.rides}
        pushed = self.picture.action in (Action.push, Action.pull) and self._overturned is None
        for t in staging.things if pushed else ():  # it goes with the hands that are on it
            pusher = next((p for p in figures if p.id == self.picture.actor), None)
            if pusher and t.id == self.picture.target and abs(t.x - pusher.x) < pusher.tall + t.extent.width:
                riders[t.id] = pusher
        self._rolling = frozenset(t.id for t in staging.things if t.id in riders or t.walks)
        things = tuple(
            replace(t, walks=riders[t.id].walks, stops=riders[t.id].stops) if t.id in riders else t
            for t in staging.things
        )
        return replace(staging, figures=figures, things=things, pose=pose), paces

    def _boat(self) -> tuple[float, float] | None:
        """Left and right of the boat that carries those who cannot swim; None where none is needed."""
        self._crew, self._vessel = 1.7, vessel(self.picture.sentence)
        if self.recipe.footing != "boat":
            return None
        crew = [p for p in self.staging.figures if not p.sunk and not self._players[p.id].body.floats]
        crew = [p for p in crew if not p.shoulder and p.rides not in {*self._cabs, *self._players}]
        if not crew:
            return None
        self._crew = min(p.extent.height for p in crew)
        loaded = [*crew, *(t for t in self.staging.things if t.up == BOARD_METRES)]
        left = min(p.x + p.extent.left for p in loaded)
        right = max(p.x + p.extent.right for p in loaded)
        who = next((p for p in crew if p.id == self.picture.actor), None)
        if who is not None and len(loaded) == 1 and scatters(self.picture):  # what falls is over the water
            bow = _BOW * who.tall
            aft = who.x - 1.0, who.x + bow
            return aft if who.facing is not Facing.left else (who.x - bow, who.x + 1.0)
        return left - 0.7, right + 0.7

    def _moved_about(self) -> float:
        """The depth about which the camera moves; a zoom on several is about the nearest of them."""
        staging = self.staging
        if staging.subject is not None or self.picture.camera.move not in (Move.zoom_in, Move.zoom_out):
            return staging.subject.depth if staging.subject else 0.0
        seen = [p.depth for p in staging.figures if not p.shoulder] or [p.depth for p in staging.things]
        return min(seen, default=0.0)

    def _carried(self) -> Callable[[float], float]:
        """How far the subject's own way carries the camera, so that it stays in the frame."""
        subject = self.staging.subject
        walkers = [p for p in (*self.staging.figures, *self.staging.things) if p.walks]
        lead = next((p for p in walkers if subject and p.id == subject.id), walkers[0] if walkers else None)
        if lead is None or (parts_from(self.picture) and self.picture.camera.size not in TIGHT):
            return lambda seconds: 0.0
        if subject is None and any(p.id == self.picture.actor and not p.walks for p in self.staging.figures):
            return lambda seconds: 0.0  # whoever acts stays where it is, and so does the camera
        room = drift_room(self.staging.figures, lead, self.staging.pose, self.size[0])
        room = 0.0 if self.picture.camera.move is Move.follow else room
        tight = self.picture.camera.size in TIGHT
        tight = tight or self.staging.pose.scale(0) * lead.extent.height > 0.9 * self.size[1]
        if self.picture.action in (Action.push, Action.pull):  # a bus keeps its front in the frame
            most = _FILLING * self.size[0]
            wide = [t for t in self.staging.things if t.id in self._rolling and t.id not in self._cabs]
            tight = tight or any(t.extent.width * self.staging.pose.scale(t.depth) > most for t in wide)
        total = abs(lead.walks) * self.length
        share = 1.0 if tight or total <= 0 else max(0.0, 1 - room / total)
        if lead.stops is not None and not tight:
            return lambda seconds: 0.0
        return lambda seconds: (lead.walked(seconds, self.length) - lead.x) * share


def _has_hands(figure: FigureIn) -> bool:
    return figure.look.being in (Being.person, Being.robot)


def _room(thing: Thing, least: float) -> Extent:
    """How much room a thing takes on the stage beside somebody ``least`` metres tall."""
    scale = kept_visible(max(thing.width, thing.height), least)
    half, tall = thing.width * scale / 2, thing.height * scale
    return Extent(-half, half, tall, 0.0, tall / 2)
