"""Shining: where lamps and the moon are in the frame, on which no mark of a song is drawn. Pure."""

from __future__ import annotations

from .camera import Pose
from .light import Air
from .places.recipes import Recipe
from .weather import disc

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_SHADE = 0.36, 0.42
"""Metres that the shade of a lamp takes to each side of its bulb, and up and down."""


def shining(
    recipe: Recipe, air: Air, pose: Pose, size: tuple[int, int], flip: int, sun_at: float
) -> list[Box]:
    """The boxes, in pixels, of what shines in the frame; ``flip`` mirrors rooms, ``sun_at`` is as in
    ``paint_sky``."""
    found = []
    for lamp in (la for la in recipe.layers if la.piece == "lamp"):
        x = flip * float(lamp.options.get("x", 0.4))
        y = float(lamp.options.get("y", 1.5 if lamp.options.get("stands") else 2.35))
        (px, py), scale = pose.at(x, y, lamp.depth), pose.scale(lamp.depth)
        found.append((px - _SHADE[0] * scale, py - _SHADE[1] * scale,
                      px + _SHADE[0] * scale, py + _SHADE[1] * scale))  # fmt: skip
    dark = air.night > 0.5 and recipe.sky == "air" and not recipe.interior
    if dark and (sun := disc(air, size, pose.horizon, sun_at)):
        px, py, r = sun
        found.append((px - r, py - r, px + r, py + r))
    return found
