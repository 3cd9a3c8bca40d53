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
    Hour.dawn: ("#141046", "#a84a86"),
    Hour.morning: ("#0d1450", "#23649a"),
    Hour.noon: ("#0a1c58", "#0f7690"),
    Hour.afternoon: ("#160f4e", "#6a3f98"),
    Hour.dusk: ("#1a0b48", "#c83a72"),
    Hour.evening: ("#0e0a38", "#6f1e78"),
    Hour.night: ("#060720", "#241a66"),
}
"""Hour -> zenith, horizon: every hour of neon is a night, but each of another gas."""
_CHALK_SKIES = {
    Hour.dawn: ("#2a3a44", "#8f6a60"),
    Hour.morning: ("#2c4a50", "#5f8078"),
    Hour.noon: ("#2c5058", "#58868a"),
    Hour.afternoon: ("#2e4644", "#7a7a56"),
    Hour.dusk: ("#2c2f42", "#96604a"),
    Hour.evening: ("#222a3c", "#5c4660"),
    Hour.night: ("#18222a", "#2c3c4c"),
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
