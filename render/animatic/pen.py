"""The pen of an accent: strokes that are read on any ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import skia

from .figures.shapes import Point, line
from .ink import Ink
from .margins import Margins
from .pigment import DARK_PAGES
from .things import Thing


@dataclass(frozen=True)
class Pen:
    """Where an accent is drawn, and when."""

    canvas: skia.Canvas
    ink: Ink
    head: Point
    """The middle of the head, in heights, y down; x grows the way the figure faces."""
    hands: tuple[Point, ...]
    """Of a person the action hand, then the other; empty for other bodies."""
    size: float
    """Of the head, in heights."""
    seconds: float
    share: float
    """How far the performance has gone, 0 to 1."""
    night: float
    half: float = 0.2
    """Half the width of the whole body."""
    torn: Thing | None = None
    """The dress or cloth that is torn; None for paper."""
    gain: float = 1.0
    """How much larger the marks are drawn, where the body is small in the frame; ``size`` has it already."""
    room: Margins | None = None
    """What is about the body in the frame, where that is known."""
    ground: float = 0.0
    """How far below its feet the ground is, in heights: of who stands on a barrel."""

    def stroke(self, points: Sequence[Point], width: float = 0.012) -> None:
        """A line that is read on any ground: dark in a light edge, or light in the dark."""
        path = line(points)
        width *= self.gain
        dark, light = "#2a2430", "#fffaf0"
        if self.ink.style in DARK_PAGES:  # there the dark edge would be light, too
            self.ink.mark(self.canvas, path, light, width * 1.3)
            return
        inner, outer = (light, dark) if self.night > 0.5 else (dark, light)
        self.ink.mark(self.canvas, path, outer, width * 2.3, alpha=0.85)
        self.ink.mark(self.canvas, path, inner, width)

    def ray(self, centre: Point, angle: float, near: float, far: float, width: float = 0.012) -> None:
        """A stroke away from a point; degrees, 0 ahead, 90 up."""
        x, y = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
        ends = [(centre[0] + x * r, centre[1] + y * r) for r in (near, far)]
        self.stroke(ends, width)

    @property
    def reads(self) -> float:
        """1.0, or -1.0 where the figure is drawn in a mirror: letters are turned back by it."""
        return -1.0 if self.canvas.getTotalMatrix().getScaleX() < 0 else 1.0

    def kept(self, x: float, y: float, wide: float, high: float | None = None) -> Point:
        """The middle of a mark half so wide and high, moved as little as brings it whole into the frame."""
        frame, high = self.canvas.getLocalClipBounds(), wide if high is None else high
        if frame.width() < 2 * wide or frame.height() < 2 * high:
            return x, y
        x = min(max(x, frame.left() + wide), frame.right() - wide)
        return x, min(max(y, frame.top() + high), frame.bottom() - high)

    def arc(self, centre: Point, radius: float, first: float, last: float, width: float = 0.012) -> None:
        """Part of a circle; degrees as those of ``ray``."""
        angles = [math.radians(first + (last - first) * k / 5) for k in range(6)]
        x, y = centre
        self.stroke([(x + math.cos(a) * radius, y - math.sin(a) * radius) for a in angles], width)
