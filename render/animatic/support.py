"""The support: what a style is drawn on, in place of the sky, and what it leaves of the light."""

from __future__ import annotations

from ...storyboard.vocabulary import Hour, Style
from .tones import mixed

Light = tuple[float, float, float]

_SCREENS = {
    Hour.dawn: ("#c47a70", "#ffdcc4"),
    Hour.morning: ("#d99e50", "#fff0c4"),
    Hour.noon: ("#dba85a", "#fff5d8"),
    Hour.afternoon: ("#d98a38", "#ffe2a0"),
    Hour.dusk: ("#b44a2c", "#ffb274"),
    Hour.evening: ("#5c4478", "#e6aaa6"),
    Hour.night: ("#2a4280", "#b4cdf0"),
}
"""Hour -> zenith, horizon of the screen of a shadow theatre, whose lamp has another gel for each."""
_LAMPS_BEHIND, _LAMPS = 0.6, ("#c8782e", "#ffdca0")
"""How much of the dark hours' gels is gone in rooms, where lamps are lit, and what is there instead."""
_MOONLIT = 0.8
"""From what share of night the screen is moonlit, whatever the hour."""
_NEON_SKIES = {
    Hour.dawn: ("#0d0a34", "#76305e"),
    Hour.morning: ("#080d3a", "#18486e"),
    Hour.noon: ("#06123e", "#0b5466"),
    Hour.afternoon: ("#0e0a36", "#4a2a6c"),
    Hour.dusk: ("#100732", "#8e2852"),
    Hour.evening: ("#090628", "#4e1656"),
    Hour.night: ("#040516", "#180f48"),
}
"""Hour -> zenith, horizon: every hour of neon is a night, but each of another gas."""
_CHALK_SKIES = {
    Hour.dawn: ("#24332f", "#6a5048"),
    Hour.morning: ("#25383a", "#456460"),
    Hour.noon: ("#253b3e", "#3e676a"),
    Hour.afternoon: ("#263733", "#5a5c40"),
    Hour.dusk: ("#252c31", "#744a3a"),
    Hour.evening: ("#1e2730", "#443a4c"),
    Hour.night: ("#172120", "#213034"),
}
"""Hour -> zenith, horizon: chalk of the hour's colour rubbed thin into the board."""


def sky(
    style: Style, hour: Hour, zenith: str, horizon: str, light: Light, night: float, interior: bool
) -> tuple[str, str, Light]:
    """Zenith, horizon and light as a style has them, from those of the hour; ``night`` is 0 to 1."""
    if style is Style.shadow:
        high, low = _SCREENS[Hour.night if night > _MOONLIT else hour]
        if interior:
            high, low = (mixed(a, b, _LAMPS_BEHIND * night) for a, b in zip((high, low), _LAMPS, strict=True))
        return mixed(high, zenith, 0.12), mixed(low, horizon, 0.12), _whiter(light, 0.6)
    if style is Style.ink:
        paper = mixed("#f4eee0", "#8b93a3", night * 0.8)
        return (
            mixed(mixed(paper, "#6d7480", 0.12 + 0.38 * night), zenith, 0.12),
            mixed(paper, horizon, 0.12),
            _whiter(light, 0.65),
        )
    if style is Style.neon:
        high, low = _NEON_SKIES[hour]
        return mixed(high, zenith, 0.06), mixed(low, horizon, 0.06), _whiter(light, 0.75)
    if style is Style.chalk:
        high, low = _CHALK_SKIES[hour]
        return mixed(high, zenith, 0.08), mixed(low, horizon, 0.08), _whiter(light, 0.6)
    return zenith, horizon, light


def _whiter(light: Light, share: float) -> Light:
    red, green, blue = (channel + (1 - channel) * share for channel in light)
    return red, green, blue
