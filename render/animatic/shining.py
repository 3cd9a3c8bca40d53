"""Shining: where lamps, the moon and a dark well are in the frame, on which no song is drawn. Pure."""

from __future__ import annotations

from .camera import Pose
from .light import Air
from .places.recipes import Recipe
from .weather import disc

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_SHADE = 0.36, 0.42
"""Metres that the shade of a lamp takes to each side of its bulb, and up and down."""
_WELL = 1.15, 2.5
"""Metres that a well takes to each side, and to the top of its roof."""


def shining(
    recipe: Recipe, air: Air, pose: Pose, size: tuple[int, int], flip: int, sun_at: float
) -> list[Box]:
    """The boxes, in pixels, of what shines in the frame, or is as dark as notes.

    ``flip`` mirrors rooms, ``sun_at`` is as in ``paint_sky``.
    """
    found = []
    for lamp in (la for la in recipe.layers if la.piece == "lamp"):
        x = flip * float(lamp.options.get("x", 0.4))
        y = float(lamp.options.get("y", 1.5 if lamp.options.get("stands") else 2.35))
        (px, py), scale = pose.at(x, y, lamp.depth), pose.scale(lamp.depth)
        found.append((px - _SHADE[0] * scale, py - _SHADE[1] * scale,
                      px + _SHADE[0] * scale, py + _SHADE[1] * scale))  # fmt: skip
    for well in (la for la in recipe.layers if la.piece == "well"):
        at, scale = pose.at(flip * float(well.options.get("x", 0.0)), 0.0, well.depth), pose.scale(well.depth)
        half, high = _WELL[0] * scale, _WELL[1] * scale
        found.append((at[0] - half, at[1] - high, at[0] + half, at[1]))
    dark = air.night > 0.5 and recipe.sky == "air" and not recipe.interior
    if dark and (sun := disc(air, size, pose.horizon, sun_at)):
        px, py, r = sun
        found.append((px - r, py - r, px + r, py + r))
    return found
