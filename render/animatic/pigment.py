"""Pigment: what each style makes of a colour, for bodies, for their edges, for lines and for large flats.

One rule holds in all styles: who acts parts from the place. Shadow theatre cuts them from black leather
before a lit screen on which the place is a tint; ink gives them the full black of the brush and the place a
thin wash; neon gives them tubes that shine and the place a faint wire; chalk fills them in and sketches the
place.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...storyboard.vocabulary import Style
from .easing import smoothstep
from .tones import bright, mixed, rgb, shaded, vivid

_LEATHER, _LAMPLIT = "#171019", "#b5824a"
"""Of a shadow puppet: what keeps the light, and what is scraped thin and lets some through."""
_THIN = 120.0
"""Brightness (0 to 255) from which leather is scraped: pale faces and white aprons are amber."""
_SUMI, _RICE = "#1b1918", "#f4eee0"
"""Ink rubbed thick, and paper."""
_NIGHT, _TUBE, _ARGON = "#0a0924", "#9aa0ff", "#5b3fd8"
"""What is behind tubes of light, a tube of what has no hue, and the light that all of them throw."""
_BOARD, _STICK = "#26332e", "#f4f0e2"
"""A blackboard, and white chalk."""
_PALE = 205.0
"""Brightness (0 to 255) from which a colour is white: paper, eyes, an apron."""

DARK_PAGES = frozenset({Style.neon, Style.chalk})
"""Styles drawn in light on dark: there every line is light."""


@dataclass(frozen=True)
class Edge:
    """A line round a body. ``widths``: of the ink's line; ``alpha`` 0 to 1."""

    colour: str
    widths: float
    alpha: float


def body(style: Style, colour: str, shade: float, acts: bool) -> str:
    """A shape's colour, ``shade``d from -1 to 1. ``acts``: it is a figure or a thing, not the place."""
    own = shaded(colour, shade)
    if style is Style.shadow:
        thin = max(0.0, (bright(own) - _THIN) / (255 - _THIN)) if acts else 0.0
        leather = mixed(colour, _LEATHER, 0.84 if acts else 0.66)
        return mixed(shaded(leather, shade * 0.3), _LAMPLIT, 0.44 * thin)
    if style is Style.ink:
        return mixed(_washed(bright(own), acts), own, 0.2 if acts else 0.12)
    if style is Style.neon:
        white = max(0.0, (bright(own) - _PALE) / (255 - _PALE)) if acts else 0.0
        gas = mixed(vivid(own, 0.7, 0.0), _TUBE if acts else _ARGON, 0.2 * white if acts else 0.2)
        lit = 0.32 * (bright(own) / 255) ** 2  # a face is not as dark as hair
        return mixed(gas, _NIGHT, (0.82 - lit - 0.4 * white) if acts else 0.89)
    if style is Style.chalk:
        return _chalked(own) if acts else mixed(own, _BOARD, 0.86)
    return own


def _chalked(colour: str) -> str:
    """Chalk as near to the colour as sticks come: pastel, and the darker it is the more of the board."""
    value = max(rgb(colour)) / 255
    stick = mixed(vivid(colour, 0.45, 0.62 + 0.38 * value), _STICK, 0.1)
    return mixed(stick, _BOARD, 0.04 + 0.86 * (1 - value) ** 2)


def _washed(tone: float, acts: bool) -> str:
    """Ink as thin as a brightness (0 to 255) asks; of a place thinner, so that paper shows through."""
    share = tone / 255
    grey = 255 * (smoothstep(share) * 0.5 + share * 0.5)  # darks darker, lights lighter
    if not acts:
        grey += (236 - grey) * 0.34
    return f"#{round(grey):02x}{round(grey * 0.98):02x}{round(grey * 0.94):02x}"


def edges(style: Style, colour: str, fill: str, acts: bool, alpha: float) -> tuple[Edge, ...]:
    """The lines round a body of ``colour`` filled with ``fill``; in ink a broad and a thin one."""
    if style is Style.neon:
        tube = _tube(colour)
        if not acts:
            return (Edge(mixed(tube, _ARGON, 0.2), 1.1, alpha * 0.55),)
        return (Edge(tube, 2.1, alpha),)
    if style is Style.chalk:
        stroke = mixed(vivid(colour, 0.5, 0.7), _STICK, 0.6)
        if not acts:
            return (Edge(stroke, 1.2, alpha * 0.55),)
        return (Edge(stroke, 1.7, alpha * 0.95),)
    if style is Style.ink:
        dark = alpha * (0.92 if acts else 0.5)
        return Edge(_SUMI, 2.6 if acts else 1.6, dark), Edge(_SUMI, 1.0, 0.8 * dark)
    if style is Style.cut_paper:
        return (Edge(shaded(fill, -0.28), 0.8, alpha * 0.55),)
    return ()


def _tube(colour: str) -> str:
    """A neon tube as near to the colour as gas comes: full of hue, or the blue of argon."""
    red, green, blue = rgb(colour)
    grey = 1 - min(1.0, (max(red, green, blue) - min(red, green, blue)) / 40)
    lit = mixed(vivid(colour, 0.8, 1.0), "#ffffff", 0.14)
    return mixed(lit, mixed(_TUBE, "#ffffff", 0.75 * bright(colour) / 255), grey)


def line(style: Style, colour: str, acts: bool = True) -> str:
    """The colour of a line: a mouth, a rope, a crease; ``acts`` as of a ``body``."""
    if style is Style.shadow:
        return mixed(colour, _LEATHER, 0.5)
    if style is Style.ink:
        return mixed(_washed(bright(colour), True), colour, 0.3)
    if style is Style.chalk:
        return mixed(mixed(colour, _STICK, 0.7), _BOARD, 0.0 if acts else 0.5)
    if style is Style.neon:
        return mixed(shaded(vivid(colour, 0.7, 0.75), 0.3), _NIGHT, 0.0 if acts else 0.55)
    return colour


def light(style: Style, colour: str) -> str:
    """The colour of a glow: in ink it is paper left bare, hardly tinted."""
    return mixed(colour, _RICE, 0.65) if style is Style.ink else colour


def flat(colour: str, style: Style) -> str:
    """A style's version of a large flat area of a place."""
    if style is Style.shadow:
        return mixed(colour, _LEATHER, 0.5)
    if style is Style.ink:
        return mixed(mixed(_washed(bright(colour), False), colour, 0.12), _RICE, 0.42)
    if style is Style.neon:
        return mixed(mixed(vivid(colour, 0.6, 0.0), _ARGON, 0.34), _NIGHT, 0.87)
    if style is Style.chalk:
        return mixed(colour, _BOARD, 0.88)
    return colour
