"""Cycling: the seat of a bicycle, the hands on its bars and the feet on its pedals; a broom's stick in the
hands. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ...storyboard.lexicon import behaves_as
from .figures import Acting
from .figures.acting import Laid
from .figures.shapes import Point

PEDALS = "pedal"
"""The manner of who rides so."""
_GROWN_METRES = 1.72
"""The height of whom such machines are made for; a child has one of its size."""
_LEAST, _MOST = 0.66, 1.08
"""How much smaller or larger it may be."""
_TURNS = 0.68
"""Heights of a bicycle that it goes forward while its cranks turn by a radian."""
_STICK, _RISE = 0.29, 0.36
"""Heights of a rider from the seat to the hands on a broom, and how far the stick rises on that way."""


@dataclass(frozen=True)
class Cycle:
    """Where one sits and holds on, in shares of the width from the middle and of the height from below."""

    seat: Point
    grip: Point
    crank: Point
    pedal: Point
    """From the middle of the crank to the near foot, as it stands; (0, 0) for rests that do not turn."""


CYCLES = {
    "bicycle": Cycle((-30 / 170, 0.87), (17 / 170, 0.955), (-4 / 170, 0.34), (8 / 170, -0.1)),
    "motorcycle": Cycle((-36 / 180, 0.68), (12 / 180, 0.95), (-2 / 180, 0.3), (0.0, 0.0)),
}


def cycle_of(kind: str) -> Cycle | None:
    """The machine of a kind of thing that one sits on and holds by its bars; None for anything else."""
    return CYCLES.get(kind) or (CYCLES.get(behaves_as(kind)) if kind not in _STOOD_ON else None)


_STOOD_ON = frozenset({"kick scooter"})


def fitting_size(height: float) -> float:
    """How much smaller than one for grown people a machine is for a rider so many metres tall."""
    return min(_MOST, max(_LEAST, height / _GROWN_METRES))


def on_the_machine(
    acting: Acting,
    cycle: Cycle,
    size: tuple[float, float],
    saddle: tuple[float, float],
    grown: float,
    way: float,
    x: float,
) -> Acting:
    """The acting with hands on the bars and feet on the pedals.

    ``size`` is the machine's in metres, ``saddle`` where the rider's ground point lies from that of the
    machine facing right, ``grown`` how many times its own size the rider is drawn, ``way`` 1 goes to the
    right, and ``x`` is where the machine is, in metres.
    """

    def at(place: Point) -> Point:
        return way * (place[0] * size[0] - saddle[0]) / grown, -(place[1] * size[1] - saddle[1]) / grown

    grip = at(cycle.grip)
    turn = way * x / (_TURNS * size[1])
    long = cycle.pedal[0] * size[0], -cycle.pedal[1] * size[1]
    steps: list[Laid] = []
    for half in (0.0, math.pi):
        cos, sin = math.cos(turn + half), math.sin(turn + half)
        ahead, down = long[0] * cos - long[1] * sin, long[0] * sin + long[1] * cos
        foot = at((cycle.crank[0] + ahead / size[0], cycle.crank[1] - down / size[1]))
        steps.append((*foot, 1.0))
    return replace(acting, lays=((*grip, 1.0), (*grip, 1.0)), steps=tuple(steps))


def on_the_broom(acting: Acting, seat: float, height: float, way: float) -> Acting:
    """The acting with both hands on the stick of a broom, ``seat`` metres above the ground point of a rider
    so many metres tall."""
    x, y = _STICK * height, seat + _STICK * _RISE * height
    hands = ((way * x, -y, 1.0), (way * (x - 0.05 * height), -y + 0.01, 1.0))
    return replace(acting, lays=hands)
