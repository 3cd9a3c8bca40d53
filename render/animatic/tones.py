"""Tones: sums with colours, each ``#rrggbb``."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=4096)
def rgb(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` -> red, green, blue, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=8192)
def bright(colour: str) -> float:
    """How bright a colour is to the eye, 0 to 255."""
    return sum(w * c for w, c in zip((0.3, 0.59, 0.11), rgb(colour), strict=True))


_APART, _HUE = 75.0, 1.6
"""Steps, 0 to 255, by which colours differ that are told apart in dim light; what a step of hue is worth."""


def apart(colours: Sequence[str], others: Sequence[str]) -> list[str]:
    """Those of ``colours`` that are told apart from all ``others``, in order, or the one that is most."""
    least = [min((_between(one, other) for other in others), default=_APART) for one in colours]
    kept = [one for one, far in zip(colours, least, strict=True) if far >= _APART]
    return kept or [colours[least.index(max(least))]]


def _between(colour: str, other: str) -> float:
    """How far two colours are apart, in brightness and in hue: grey is far from red that is as bright."""
    (a, b, c), (x, y, z) = rgb(colour), rgb(other)
    return math.hypot(bright(colour) - bright(other), _HUE * (a - b - x + y), _HUE * (b - c - y + z))


def mixed(colour: str, other: str, share: float) -> str:
    """The colour, ``share`` (0 to 1) of the way to ``other``."""
    a, b = rgb(colour), rgb(other)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def shaded(colour: str, shade: float) -> str:
    """Darker for a negative ``shade`` (-1 is black), lighter for a positive one (1 is white)."""
    return mixed(colour, "#ffffff" if shade > 0 else "#000000", abs(shade))


def vivid(colour: str, saturation: float, value: float) -> str:
    """The colour's hue at least so saturated and so bright, each 0 to 1; what has no hue is only brighter."""
    red, green, blue = (channel / 255 for channel in rgb(colour))
    hue, sat, val = colorsys.rgb_to_hsv(red, green, blue)
    grown = max(sat, saturation * min(1.0, sat / 0.25))
    made = colorsys.hsv_to_rgb(hue, grown, max(val, value))
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in made)
