"""At both: the rope that two pull at, the chest that two carry, the ladder held for somebody on it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from ...storyboard.vocabulary import Being, Facing
from .blocking import Placed
from .contact import Party
from .dealings import Between, Held
from .figures.acting import Laid
from .figures.performances import on_twos
from .figures.shapes import Point, line, smooth, tube
from .ink import Ink, shaded
from .things import Thing

_ROPE = ((0.24, -0.54), (0.16, -0.52))
_LOAD = ((0.27, -0.4), (0.27, -0.37))
"""Where the two hands of each are, in heights ahead and down."""


def ends_held(kind: Held, way: float, tall: float, seconds: float) -> tuple[Laid, ...]:
    """Where the hands of one who holds an end lie, in metres from the ground point."""
    give = 0.02 * math.sin(on_twos(seconds) * 4.0)
    spots = _ROPE if kind == "rope" else _LOAD
    lower = 0.0  # of who is tall, so that a rope is nearly level between tall and small
    if kind == "rope":
        lower = max(0.0, min(0.34 * tall - 0.38, 0.08 * tall))
    return tuple((way * (x + give) * tall, y * tall + lower, 1.0) for x, y in spots)


def hands_of(me: Party, seconds: float) -> Point:
    """The middle of both hands of one of the two, on the stage, x and up."""
    wrists = [w for side in "rl" if (w := me.part(f"{side}-wrist", seconds)) is not None]
    if not wrists:  # a robot's
        way = -1.0 if me.placed.facing is Facing.left else 1.0
        return me.placed.x + way * 0.3 * me.placed.extent.width, me.placed.up + 0.45 * me.placed.extent.top
    return sum(x for x, _ in wrists) / len(wrists), sum(up for _, up in wrists) / len(wrists)


def held_between(
    canvas: skia.Canvas,
    ink: Ink,
    held: Between,
    me: Party,
    other: Party,
    thing: Thing,
    seconds: float,
    last: bool = True,
) -> None:
    """Draw the taut line, or what is carried, from the hands of one to those of the other.

    From the ground point of ``me``, in its metres. ``last``: nobody behind ``me`` has the rope too, and its
    end hangs from these hands.
    """
    way, tall, scale = (
        (1.0 if other.placed.x >= me.placed.x else -1.0),
        me.player.body.height,
        me.player.scale,
    )
    near, end = (
        ((x - me.placed.x) / scale + reach * way * tall, (me.placed.up - up) / scale)
        for (x, up), reach in ((hands_of(me, seconds), 0.03), (hands_of(other, seconds), -0.03))
    )
    if held.kind == "rope":
        colour = held.look.colour
        wide = (0.045 if held.look.kind in ("ribbon", "scarf", "blanket", "cloth") else 0.026) * tall
        if held.look.kind in ("ribbon", "scarf"):
            _band(ink, canvas, colour, (near, end, way, tall), seconds)
            return
        parts = [_slack(near, way, tall), [near, end]] if last else [[near, end]]
        _twisted(canvas, ink, parts, colour, wide)
        return
    width = abs(end[0] - near[0]) + 0.16 * tall
    size = min(width / max(thing.width, 0.01), 0.36 * tall / max(thing.height, 0.01))
    canvas.save()
    canvas.translate((near[0] + end[0]) / 2, max(near[1], end[1]) + 0.13 * tall)
    canvas.scale(width / max(thing.width, 0.01), size)
    thing.draw(canvas, seconds)
    canvas.restore()
    left, right = sorted((near[0], end[0]))
    for party, x in ((me, left if way > 0 else right), (other, right if way > 0 else left)):
        out = 0.08 * tall * (-1.0 if x == left else 1.0)
        _fingers(canvas, ink, party, (x + out, max(near[1], end[1]) - 0.03 * tall), tall)


def _fingers(canvas: skia.Canvas, ink: Ink, party: Party, at: Point, tall: float) -> None:
    """The fingers of somebody round the edge of what is carried, towards its middle."""
    if party.player.source.look.being is not Being.person:
        return
    way, skin = (-1.0 if party.placed.facing is Facing.left else 1.0), party.player.body.look.skin
    for n in range(4):
        y, long = at[1] + (n - 1.5) * 0.022 * tall, (0.05 - 0.006 * abs(n - 1)) * tall
        finger = tube(
            [(at[0] - way * 0.012 * tall, y), (at[0] + way * long, y)], (0.026 * tall, 0.022 * tall)
        )
        ink.piece(canvas, finger, skin, shade=-0.02 * n)


def hauled(
    canvas: skia.Canvas, ink: Ink, points: Sequence[Point], tall: float, colour: str = "", last: bool = False
) -> None:
    """A rope of one colour along these points, somebody's own ground point at the origin.

    ``last``: its end hangs from the first of them, where the hands are.
    """
    way = 1.0 if points[-1][0] >= points[0][0] else -1.0
    parts = [_slack(points[0], way, tall), points] if last else [points]
    _twisted(canvas, ink, parts, colour or "#d0ae74", 0.024 * tall)


def _slack(hand: Point, way: float, tall: float) -> list[Point]:
    """The loose end of a rope, which hangs down from the hand that is the last on it."""
    tail = [(0.0, 0.0), (0.045, 0.03), (0.065, 0.1), (0.06, 0.18), (0.07, 0.26)]
    return [(hand[0] - way * x * tall, hand[1] + y * tall) for x, y in tail]


def _twisted(
    canvas: skia.Canvas, ink: Ink, parts: Sequence[Sequence[Point]], colour: str, wide: float
) -> None:
    """Rope along each of ``parts``: soft where it bends, its strands seen, or it would be a stick."""
    paths = [smooth(part, closed=False) if len(part) > 2 else line(list(part)) for part in parts]
    for more, shade in ((1.6, -0.4), (1.0, 0.12)):
        for path in paths:
            ink.mark(canvas, path, shaded(colour, shade), wide * more)
    strands = skia.Path()
    for path in paths:
        measured, along = skia.PathMeasure(path, False), 0.9 * wide
        while along < measured.getLength():
            at, toward = measured.getPosTan(along)
            dx, dy = 0.45 * wide * toward.x(), 0.45 * wide * toward.y()
            strands.moveTo(at.x() - dx + dy, at.y() - dy - dx)
            strands.lineTo(at.x() + dx - dy, at.y() + dy + dx)
            along += 1.8 * wide
    ink.mark(canvas, strands, shaded(colour, -0.3), 0.3 * wide)


def _band(
    ink: Ink, canvas: skia.Canvas, colour: str, reach: tuple[Point, Point, float, float], seconds: float
) -> None:
    """A soft band taut between two fists, its ends fluttering below; in the metres of one of the two."""
    near, end, way, tall = reach
    beat = on_twos(seconds) * 5.0
    ends = []
    for (x, y), out in ((near, -way), (end, way)):
        tail = [
            (x + out * (0.05 * k + 0.02 * math.sin(beat + 1.4 * k)) * tall, y + 0.075 * k * tall)
            for k in range(5)
        ]
        ends.append(tail)
    middle = [
        (
            near[0] + (end[0] - near[0]) * k / 8,
            near[1] + (end[1] - near[1]) * k / 8 + 0.012 * tall * math.sin(beat + k),
        )
        for k in range(9)
    ]
    for more, shade in ((1.4, -0.35), (1.0, 0.0)):
        for points in (*ends, middle):
            ink.mark(canvas, line(points), shaded(colour, shade), 0.03 * tall * more)


def on_the_rails(me: Placed, climber: Placed, scale: float, tall: float) -> tuple[Laid, ...]:
    """Where both hands of who steadies a ladder lie on its rails, below whoever is on it."""
    way = 1.0 if climber.x >= me.x else -1.0
    x = min(abs(climber.x - me.x) / scale, 0.36 * tall)
    return ((way * x, -0.58 * tall, 1.0), (way * x, -0.44 * tall, 1.0))
