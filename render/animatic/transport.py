"""Transport: how the vehicle of a shot goes, how large it is drawn, and where those aboard sit. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing, Hour
from .afloat import FULL_GROWN, RIM
from .blocking import BOARD_METRES, Extent, Placed
from .cycling import cycle_of, fitting_size
from .dealings import scatters
from .ink import Ink
from .meeting import SADDLES
from .places import Recipe
from .players import Player, kept_visible, measured
from .proportion import size_drawn
from .props import Standing
from .things import Thing
from .vehicles import (
    STOOD,
    Cab,
    Course,
    Way,
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

_LEVEL = 80.0
"""Degrees by which a broom in the air is turned, its stick ahead."""
_BOW = 0.2
"""How far before who scatters something over the water the boat ends, in heights."""
_HEM, _LEGS = 0.17, 0.27
"""Shares of a height: up to which hems hang, and up to which the side of a boat may hide the smallest."""
_UPRIGHT_WAYS = frozenset({"up"})
"""Ways of what goes straight up."""


_GOES = re.compile(
    r"\b(?:runs?|ran|flees?|fled|flies|flew|floats?|drifts?|glides?|walks?|comes?|goes|rush\w*|hurr\w+|chas\w+|follow\w*)\b"
)
"""What a ghost does that moves from its place."""


@dataclass(frozen=True)
class Boat:
    """A boat that carries those who cannot swim."""

    sides: tuple[float, float]
    """Its left and right, in metres from the middle of the stage."""
    crew: float
    """Metres of whom its side is built for: the smallest aboard, unless that bares the hem of another."""


def _built_for(heights: Sequence[tuple[float, float]]) -> float:
    """Metres of whom the side of a boat is built for, by the heights of those in it, as each acts and as each
    stands: the smallest, or more, so that the side hides hem and feet of the tallest who stands, if the
    smallest is still seen well over it."""
    low = min(acts for acts, _ in heights)
    standing = [acts for acts, stands in heights if acts > 0.85 * stands]
    hidden = min(_HEM * max(standing, default=0.0), _LEGS * low)
    return max(low, min(FULL_GROWN, FULL_GROWN * (hidden + BOARD_METRES) / RIM)) if standing else low


class Transport:
    """The vehicle of a shot, how it goes and who is in it, among all things of the shot.

    ``least`` is the height of the smallest player as drawn, in metres; ``length`` the shot's in seconds.
    """

    def __init__(
        self,
        picture: Picture,
        place: Recipe,
        players: Mapping[str, Player],
        things: Mapping[str, Thing],
        stands: Mapping[str, Standing],
        least: float,
        ink: Ink,
        seed: int,
        length: float,
    ) -> None:
        self._picture, self._place, self._players, self._length = picture, place, players, length
        self._aboard, self._least = crew(picture), least
        self.things, self.stands = dict(things), dict(stands)
        """All things, and how each stands; a vehicle under way as it goes, and as large as it is drawn."""
        self.ways: dict[str, Way] = {}
        self.cabs: dict[str, tuple[Cab, tuple[str, ...]]] = {}
        """Vehicles with somebody in them -> where one sits, and who does, the driver first."""
        self._set_off(ink, seed)

    def _set_off(self, ink: Ink, seed: int) -> None:
        """The vehicle of the event as it goes, and as large as it is for who sits in it."""
        for figure in self._picture.figures:
            cycle = figure.gaze if figure.action is Action.ride else None
            cycle = self._aboard[0] if self._aboard and figure.id == self._aboard[1][0] else cycle
            if cycle in self.things and cycle_of(self.things[cycle].look.kind) is not None:
                tall = self._players[figure.id].body.height * self._players[figure.id].scale
                self.stands[cycle] = replace(self.stands[cycle], scale=fitting_size(tall))
        vehicle = self._aboard[0] if self._aboard else driven(self._picture)
        dark = self._picture.hour is Hour.night and not self._picture.place.look.interior
        used = vehicle or self._picture.target
        stalled = self._picture.action in (Action.push, Action.pull)
        if used in self.things and (vehicle or dark):
            self.things[used] = under_way(self.things[used], ink, seed, dark=dark, stalled=stalled)
        if not vehicle:
            return
        thing = self.things[vehicle]
        self.ways[vehicle] = way_of(self._picture, thing.look.kind)
        if behaves_as(thing.look.kind) == "broom":
            self.stands[vehicle] = replace(self.stands[vehicle], lean=_LEVEL)
        if thing.look.kind == "carpet" and self._aboard:
            rider = self._players[self._aboard[1][0]]
            grown = 1.1 * rider.body.height * rider.scale / self.drawn(vehicle)[0]
            self.stands[vehicle] = replace(self.stands[vehicle], scale=grown)
        cab = cab_of(thing.look.kind)
        if cab is None or self._aboard is None:
            return
        self.cabs[vehicle] = cab, self._aboard[1]
        driver = self._players[self._aboard[1][0]]
        tall = driver.body.height * driver.scale
        natural = kept_visible(max(thing.width, thing.height), self._least)
        grown = sized(cab, 0, self._sitting(driver), tall, thing.height) / natural
        self.stands[vehicle] = replace(self.stands[vehicle], scale=grown)

    def speed(self, figure: str, player: Player) -> float:
        """Metres a second that somebody goes: on wheels, as its vehicle does."""
        acting, picture = player.acting, self._picture
        ghost = player.body.look.being is Being.ghost and acting.action is Action.float
        if (
            ghost
            and figure in (picture.actor, picture.target)
            and _GOES.search(picture.sentence[:2000].lower())
        ):
            return player.body.travels(Action.fly)
        aboard = self._aboard is not None and figure in self._aboard[1]
        if aboard and self.ways.get(self._aboard[0] if self._aboard else "") in _UPRIGHT_WAYS:
            return 0.0
        return player.body.travels(Action.ride if aboard else player.acting.action)

    def courses(self) -> dict[str, Course]:
        """How what is under way goes, and how high it comes."""
        moments = [self._length * k / 4 for k in range(5)]
        return {i: Course(way, max(self.lift(i, t) for t in moments)) for i, way in self.ways.items()}

    def lift(self, vehicle: str, seconds: float) -> float:
        """Metres that a vehicle under way is above its ground."""
        way = self.ways.get(vehicle, "")
        if way == "float":
            return self._afloat(vehicle) + 0.03 * math.sin(seconds * 1.4)
        if not way:
            return 0.0
        rocked = 0.02 * math.sin(seconds * 1.7) if way == "on" else 0.0
        high = self.drawn(vehicle)[1]
        if vehicle not in self.cabs and self._aboard is not None:  # a carpet is flat
            rider = self._players[self._aboard[1][0]]
            high = max(high, rider.body.height * rider.scale)
        return lift(way, seconds / self._length, high) + rocked * high

    def _afloat(self, vehicle: str) -> float:
        """Metres that the foot of a boat is above the water: less than nothing, but on dry land."""
        cab = cab_of(self.things[vehicle].look.kind)
        if cab is None or self._place.footing == "seabed":
            return 0.8
        return -cab.sunk * self.drawn(vehicle)[1] if self._place.water else 0.0

    def drawn(self, thing: str) -> tuple[float, float]:
        """Metres across and up that a thing is drawn."""
        return size_drawn(self.things[thing], self.stands[thing], self._least)

    def saddle(self, rider: str, mount: str, seconds: float) -> tuple[float, float]:
        """Where a rider's ground point lies from that of what it rides, in metres, facing right."""
        sitting = self._players[rider]
        if mount in self._players:
            under = self._players[mount]
            ahead, up = under.body.back(under.acting, seconds)
            ahead, up = ahead * under.scale, up * under.scale
        elif mount in self.cabs:
            cab, crew_of = self.cabs[mount]
            wide, high = self.drawn(mount)
            tall = sitting.body.height * sitting.scale
            at = seat_of(self._picture, self.things[mount].look.kind, crew_of.index(rider))
            return seat_at(cab, at, self._sitting(sitting), tall, wide, high)
        elif (kind := self.things[mount].look.kind) in STOOD:
            return 0.0, STOOD[kind] * self.drawn(mount)[1]
        elif (cycle := cycle_of(kind)) is not None:
            wide, high = self.drawn(mount)
            ahead, up = cycle.seat[0] * wide, cycle.seat[1] * high
        elif mount in self.ways and behaves_as(kind) == "broom":
            return 0.0, 0.5 * self.drawn(mount)[0] - sitting.body.seat * sitting.scale
        else:
            ridden = self.things[mount]
            tall = ridden.height * kept_visible(max(ridden.width, ridden.height))
            ahead, up = -0.06 * ridden.width, tall * SADDLES.get(behaves_as(ridden.look.kind), 0.6)
        return ahead, up - sitting.body.sits(sitting.acting) * sitting.scale

    def _sitting(self, player: Player) -> Extent:
        """The extent of somebody as it rides, its eyes as far below its crown or hat as they are."""
        standing, _ = measured(player.body, replace(player.acting, action=Action.stand), self._length)
        extent = player.extent
        joints = player.body.joints(player.acting, 0.0)
        if joints:  # the middle of the head, which leans forward less than an animal's
            ahead = abs(joints["nose"][0] + joints["neck"][0]) / 2 * player.scale
            extent = replace(extent, face_x=ahead)
        return replace(extent, eyes=extent.top - (standing.top - standing.eyes) * player.scale)

    def boat(self, figures: Sequence[Placed], things: Sequence[Placed]) -> Boat | None:
        """The boat that carries those who cannot swim, as they are placed; None where none is needed."""
        if self._place.footing != "boat":
            return None
        carried = [p for p in figures if not p.sunk and not self._players[p.id].body.floats]
        carried = [p for p in carried if not p.shoulder and p.rides not in {*self.cabs, *self._players}]
        if not carried:
            return None
        bodies = [self._players[p.id] for p in carried]
        low = _built_for(
            [(p.extent.height, b.body.height * b.scale) for p, b in zip(carried, bodies, strict=True)]
        )
        loaded = [*carried, *(t for t in things if t.up == BOARD_METRES)]
        left = min(p.x + p.extent.left for p in loaded)
        right = max(p.x + p.extent.right for p in loaded)
        who = next((p for p in carried if p.id == self._picture.actor), None)
        if who is not None and len(loaded) == 1 and scatters(self._picture):  # what falls is over the water
            bow = _BOW * who.tall
            aft = who.x - 1.0, who.x + bow
            return Boat(aft if who.facing is not Facing.left else (who.x - bow, who.x + 1.0), low)
        return Boat((left - 0.7, right + 0.7), low)
