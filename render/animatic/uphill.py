"""Uphill: who walks up a mountain or a hill walks on a flank that rises ahead. Pure, but for what draws."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being
from .blocking import Placed
from .camera import Pose
from .figures.shapes import line, polygon
from .ink import Ink, shaded
from .places.recipes import Recipe

_UP = re.compile(
    r"\bup (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}?"
    r"(?:mountain|hill|slope|hillside|mountainside|volcano|dune|ridge|peak|path|trail)s?\b"
)
_AFOOT = frozenset({Action.walk, Action.run, Action.sneak})
_STEEP, _LIFT = 0.22, 0.12
"""Metres up for one ahead; metres above the flat ground in the middle of the frame."""
_FAR = 60.0


@dataclass(frozen=True)
class Flank:
    """A slope through the stage."""

    way: float
    """Which way it rises: 1 rightwards, -1 leftwards."""
    depth: float
    colour: str
    first: str
    """Who is drawn first on it."""

    def up(self, x: float, pose: Pose) -> float:
        """Metres above the flat ground: the camera goes up with whoever it goes along with."""
        return _LIFT + self.way * _STEEP * (x - pose.x)

    def draw(self, canvas: skia.Canvas, ink: Ink, pose: Pose) -> None:
        """Draw the flank, as far as a frame reaches."""
        near, end = pose.x - _FAR, pose.x + _FAR
        low = -_STEEP * _FAR - 40
        corners = [(near, self.up(near, pose)), (end, self.up(end, pose)), (end, low), (near, low)]
        ink.piece(canvas, polygon([pose.at(x, up, self.depth) for x, up in corners]), self.colour)
        first = round(pose.x / 1.1)
        for k in range(first - 12, first + 13):
            x = 1.1 * k + 0.4 * math.sin(2.3 * k)
            down = 0.25 + 0.55 * ((k * 7) % 5) / 4
            at = [(x + 0.09 * s, self.up(x, pose) - down + r) for s, r in ((-1, 0.12), (0, 0.0), (1, 0.12))]
            ink.mark(canvas, line([pose.at(a, b, self.depth) for a, b in at]), shaded(self.colour, -0.28),
                     0.03 * pose.scale(self.depth))  # fmt: skip


def flank(picture: Picture, figures: Sequence[Placed], recipe: Recipe) -> Flank | None:
    """The slope that is walked up in a picture, out of doors; None where none is."""
    if picture.action not in _AFOOT or recipe.interior or not _UP.search(picture.sentence[:2000].lower()):
        return None
    lead = next((p for p in figures if p.id == picture.actor and p.walks and not p.sunk and not p.up), None)
    shown = [p for p in figures if not p.shoulder]
    if lead is None or any(f.look.being is Being.quadruped for f in picture.figures):
        return None  # its four feet would not all be on the slope
    way = 1.0 if lead.walks > 0 else -1.0
    farthest = max(shown, key=lambda p: p.depth)
    colour = shaded(str(recipe.ground.get("near", "#8f9878")), -0.16)
    return Flank(way, farthest.depth, colour, farthest.id)
