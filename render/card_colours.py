"""The colours of title cards: a palette for each mood, and how each style letters it."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from ..storyboard.vocabulary import Mood, Style
from .animatic.ink import mixed, rgb, shaded


@dataclass(frozen=True)
class Palette:
    """Four colours of a mood: shadow, body, paper and accent."""

    deep: str
    mid: str
    light: str
    accent: str


PALETTES = {
    Mood.calm: Palette("#1f3b4d", "#5f8f9c", "#e6ede4", "#e0b56a"),
    Mood.hopeful: Palette("#2b4a5e", "#86aca4", "#f8e9c9", "#e8914f"),
    Mood.joyful: Palette("#7a2f4a", "#e8825a", "#fde8c0", "#f2b53e"),
    Mood.playful: Palette("#3a3a78", "#e27d6a", "#fcefd0", "#4fb0a5"),
    Mood.tender: Palette("#5a3a4e", "#c98a8f", "#f8e6dc", "#e0a860"),
    Mood.mysterious: Palette("#1d1f3f", "#54558c", "#d3d3e8", "#8fd0c0"),
    Mood.tense: Palette("#1d1a20", "#843434", "#e8d8c8", "#d0523c"),
    Mood.sad: Palette("#222c3a", "#5d7087", "#d4dbe2", "#9fb0c4"),
    Mood.eerie: Palette("#14221f", "#476a52", "#cfe0c4", "#a0c860"),
    Mood.triumphant: Palette("#4a1f2a", "#b0483c", "#fbe6b8", "#f0b83c"),
}


@dataclass(frozen=True)
class Lettered:
    """How a style letters a card."""

    heading: str
    body: str
    ornament: str
    glow: str | None = None
    """Colour of the light around the letters, where they shine."""
    room: float = 0.8
    """Share of the page's width that text may take."""
    worn: bool = False
    """True where the letters have the grain of chalk."""


def colour(value: str, alpha: float = 1.0) -> int:
    """``#rrggbb`` as a Skia colour."""
    return int(skia.Color(*rgb(value), round(255 * alpha)))


def lettered(style: Style, mood: Mood) -> Lettered:
    """How text looks on a card of this style and mood."""
    of = PALETTES[mood]
    if style is Style.shadow:
        return Lettered("#1a0f14", "#2c1a1c", "#2c1a1c", room=0.68)
    if style is Style.ink:
        return Lettered("#1c1a19", "#4a4541", mixed(of.accent, "#8a2f24", 0.5))
    if style is Style.neon:
        return Lettered("#fdf6ff", mixed(of.light, "#ffffff", 0.3), vivid(of.accent), vivid(of.accent))
    if style is Style.chalk:
        return Lettered(
            "#f4f0e2", mixed("#f4f0e2", of.mid, 0.2), mixed(of.accent, "#f4f0e2", 0.35), worn=True
        )
    return Lettered(shaded(of.deep, -0.1), mixed(of.deep, of.mid, 0.25), mixed(of.accent, of.deep, 0.3))


def vivid(value: str) -> str:
    """The same hue at full strength, for light."""
    r, g, b = rgb(value)
    low, high = min(r, g, b), max(r, g, b)
    span = max(1, high - low)
    return "#" + "".join(f"{round(60 + 195 * (c - low) / span):02x}" for c in (r, g, b))
