"""Light: what hour, weather, season, key and mood do to the sky and to every colour.

Light is applied to colours before they are drawn (``Ink.light`` and ``Ink.veil``), not to pixels
afterwards: it then costs nothing for each frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Angle, Hour, LightKey, Mark, Mood, PlaceKind, Season, Style, Weather
from . import support
from .ink import Ink, mixed, rgb
from .support import Light

_HOURS: dict[Hour, tuple[str, str, Light]] = {
    Hour.dawn: ("#6d86bd", "#fbcfae", (0.97, 0.86, 0.84)),
    Hour.morning: ("#69aee2", "#e3f1f2", (1.0, 0.985, 0.95)),
    Hour.noon: ("#4797dd", "#d3ebf6", (1.0, 1.0, 1.0)),
    Hour.afternoon: ("#5c9fd0", "#f6e6c2", (1.0, 0.96, 0.87)),
    Hour.dusk: ("#4d4a96", "#ff9f76", (0.93, 0.77, 0.80)),
    Hour.evening: ("#2b3672", "#d0748a", (0.70, 0.64, 0.82)),
    Hour.night: ("#13224f", "#4168a6", (0.50, 0.60, 0.90)),
}
"""Hour -> zenith, horizon, light on things."""

_WEATHERS: dict[Weather, tuple[str, float, float, float]] = {
    Weather.clear: ("#ffffff", 0.0, 1.0, 0.34),
    Weather.wind: ("#cfdbe4", 0.12, 0.98, 0.36),
    Weather.cloudy: ("#aab4bf", 0.5, 0.93, 0.45),
    Weather.rain: ("#8296a8", 0.62, 0.92, 0.5),
    Weather.storm: ("#4c5a70", 0.72, 0.92, 0.4),
    Weather.snow: ("#c6d6ee", 0.5, 1.0, 0.44),
    Weather.fog: ("#c8cfd2", 0.74, 0.92, 1.0),
}
"""Weather -> cloud colour, its share of the sky, light left, haze (0 to 1)."""

_MOODS: dict[Mood, tuple[str, float]] = {
    Mood.calm: ("#ffffff", 0.0),
    Mood.hopeful: ("#fff0d0", 0.05),
    Mood.joyful: ("#fff3c0", 0.08),
    Mood.playful: ("#ffe9f0", 0.06),
    Mood.tender: ("#ffd9d0", 0.08),
    Mood.mysterious: ("#8a7fd0", 0.12),
    Mood.tense: ("#a05048", 0.10),
    Mood.sad: ("#6f8fc0", 0.12),
    Mood.eerie: ("#6fa08a", 0.14),
    Mood.triumphant: ("#ffdf90", 0.09),
}
"""Mood -> tint of the light and its share."""

_FIGURES_LUMA = 0.8
"""Figures are never lit less than this (mean of the light's channels): a face must be readable."""
_NIGHT_LUMA = 1.0
"""At night no less than this: whoever acts stands out bright from a dark place, as in a theatre."""
_PLACES_LUMA = 0.58
"""Nor are places: a dark scene is told by its colours and its lamps, not by black."""
_SNOW_LUMA = 0.84
"""Snow throws what light there is back, by day and at dusk."""
_ROOMS_LUMA = 0.88
"""Rooms by day have light from their windows, and lamps when it is dark; less only if the key is dark."""
_DIM_ROOMS_LUMA = 0.85
_CAVE_LUMA = 0.8
_CABIN_LUMA = 0.94
_NIGHT_ROOMS_LUMA = 0.7
_LANTERNS = (0.82, 0.67, 0.48)
"""A ship's deck has its lanterns by night: wood is brown, not blue."""
_SCREEN = 0.54
"""Of the lit screen of a shadow theatre, how much shines through what of the place is nearest."""
_LEAFY = frozenset({PlaceKind.forest, PlaceKind.jungle})
"""Places all of leaves and bark."""
_LEAFY_LUMA, _LEAVES_OWN = 0.88, 0.58
"""Their least light but at night; how much of the hour's hue is gone, or all would be one brown."""
_AIRLESS = 0.92
"""On the moon no air colours the light of any hour: grey dust stays grey. How much of the hue is gone."""
_OVERCAST = 0.75
"""By day what is grey stays grey in the rain: how much of any other hue is gone."""
_OVERCAST_LOW = 0.5
"""The same while the sun is low."""
_EMPTY_LUMA = 0.92
"""Where nobody is there to stand out, the place is what is to be seen."""

_ROOFED = frozenset(
    {
        PlaceKind.forest, PlaceKind.jungle, PlaceKind.swamp, PlaceKind.city, PlaceKind.market,
        PlaceKind.station, PlaceKind.underwater, PlaceKind.space, PlaceKind.moon, PlaceKind.temple,
    }
)  # fmt: skip
"""Open places where no sky is seen behind those who stand there."""

_MINE = re.compile(r"\b(?:mines?|mine[- ]?shafts?|miners?|coal ?pits?|timber props)\b", re.I)
"""Words for a cave that has been dug, and is lit by lamps at every hour."""
_LAMPLESS = frozenset({PlaceKind.cave, PlaceKind.spaceship})
"""Indoors lit by crystals and instruments: cool."""
_WHITE_LIT = frozenset({PlaceKind.hospital, PlaceKind.laboratory})
"""Indoors lit by bright white lamps: yellow light makes mud of pale walls."""
_DARK = frozenset({Hour.evening, Hour.night})
_DIM_KEYS = frozenset({LightKey.low_key, LightKey.chiaroscuro, LightKey.candlelit, LightKey.backlit})
_DARK_KEYS = frozenset({LightKey.moonlit, LightKey.neon, LightKey.silhouette})
_LOW_SUN = frozenset({Hour.dawn, Hour.dusk})
"""When clouds are violet."""


@dataclass(frozen=True)
class Air:
    """The light of one shot."""

    style: Style
    zenith: str
    horizon: str
    light: Light
    haze: str
    """Colour that distance fades to."""
    thickness: float
    """How quickly distance fades, 0 (never) to 1 (fog)."""
    night: float
    """0 by day to 1 at night: stars and moon, and lamps in windows."""
    sun: tuple[float, float, str] | None
    """Sun or moon: share of the frame's width, height above the horizon in frame heights, colour."""
    shade: float
    """Strength of shadows on the ground, 0 to 1."""
    vignette: float
    figures_veil: float
    """How far figures turn to silhouettes, 0 to 1."""
    key: LightKey
    interior: bool
    moon: float = 1.0
    """How many times as large as usual sun or moon are."""

    def ink(self, metres_away: float, line: float) -> Ink:
        """The hand for things so many metres behind the staging; outlines ``line`` metres wide."""
        reach = {Style.shadow: 7.0, Style.ink: 26.0}.get(self.style, 60.0)
        away = max(0.0, metres_away)
        most = {Style.shadow: 0.86, Style.ink: 0.8, Style.chalk: 0.55, Style.neon: 0.6}.get(self.style, 0.92)
        veiled = min(most, self.thickness * most * 1.5 * away / (away + reach))
        if self.style is Style.shadow:  # the place is a tint on the lit screen, paler the farther it is
            veiled = _SCREEN + (most - _SCREEN) * away / (away + reach)
        return Ink(self.style, line, self.light, self.haze, veiled)

    def figure_ink(self, line: float) -> Ink:
        """The hand for figures and the things among them: a little more light, so that they read."""
        dark = self.night > 0.5 and self.style is not Style.shadow
        kept = 0.42 if dark else (0.62 if self.night > 0.5 else 0.82)
        red, green, blue = (1 - (1 - channel) * kept for channel in self.light)
        light = _raised((red, green, blue), _NIGHT_LUMA if dark else _FIGURES_LUMA)
        veil = mixed("#100c18", self.zenith, 0.12)
        return Ink(self.style, line, light, veil, self.figures_veil, acts=True)

    def unhazed(self) -> Air:
        """The same light in clear air, as indoors."""
        return replace(self, thickness=min(self.thickness, 0.1))


def air(picture: Picture, interior: bool) -> Air:
    """The light of a picture; pure. A silhouette that has no open sky behind it is lit from the back."""
    if picture.light is LightKey.silhouette and not outlined(picture, interior):
        picture = picture.model_copy(update={"light": LightKey.backlit})
    zenith, horizon, light = _HOURS[picture.hour]
    cloud, share, left, thickness = _WEATHERS[picture.weather]
    if picture.hour in _LOW_SUN:  # grey over gold would be mud
        cloud = mixed(cloud, "#8d7fb8", 0.5)
    night = {Hour.night: 1.0, Hour.evening: 0.7, Hour.dusk: 0.25, Hour.dawn: 0.1}.get(picture.hour, 0.0)
    key = picture.light
    if key is LightKey.golden:
        zenith, horizon = mixed(zenith, "#c98a5a", 0.4), mixed(horizon, "#ffc970", 0.7)
        light = _toward(light, (1.05, 0.87, 0.62), 0.7)
    elif key is LightKey.moonlit:
        zenith, horizon, night = (
            mixed(zenith, "#0d1838", 0.8),
            mixed(horizon, "#3a5a92", 0.75),
            max(night, 0.9),
        )
        light = _toward(light, (0.5, 0.6, 0.88), 0.75)
    if picture.weather is Weather.snow and picture.hour in _LOW_SUN:
        share *= 0.5  # the glow is seen through the flakes
    cloud = mixed(cloud, zenith, 0.75 * night)
    zenith, horizon = mixed(zenith, cloud, share), mixed(horizon, cloud, share * 0.85)
    if picture.weather is Weather.storm:  # the yellow light under its clouds
        zenith = mixed(zenith, "#1f4a7c", 0.6 * (1 - night))
        horizon = mixed(horizon, "#eef0b4", 0.6 * (1 - night) ** 2)
    if interior:
        light = _indoors(light, picture.hour, key, picture.place.look.kind, mined(picture))
    light = _scaled(light, left if not interior else (1 + left) / 2)
    light = _keyed(light, key)
    tint, tinted = _MOODS[picture.mood]
    red, green, blue = rgb(tint)
    light = _toward(
        light, tuple(c * m / 235 for c, m in zip(light, (red, green, blue), strict=True)), tinted * 2.2
    )
    zenith, horizon = mixed(zenith, tint, tinted), mixed(horizon, tint, tinted)
    if picture.season is Season.autumn:
        horizon = mixed(horizon, "#f3c48a", 0.12)
    elif picture.season is Season.winter:
        light = _toward(light, tuple(c * m for c, m in zip(light, (0.94, 0.98, 1.06), strict=True)), 0.8)
    if key is LightKey.silhouette:
        glow = "#ffcf8a" if night < 0.5 else "#8fb4e8"
        horizon, zenith = mixed(horizon, glow, 0.75), mixed(zenith, mixed(glow, "#7a4a6a", 0.5), 0.3)
    else:
        peopled = interior or picture.figures or picture.things
        least = _rooms_luma(picture, key) if interior else _open_luma(picture, key)
        light = _raised(light, least if peopled else _EMPTY_LUMA)
    if picture.place.look.kind in _LEAFY and not interior and not _dark_on_purpose(picture, key):
        mean = sum(light) / 3
        light = _raised(_toward(light, (mean, mean, mean), _LEAVES_OWN), _LEAFY_LUMA)
    if picture.place.look.kind is PlaceKind.ship and not interior and picture.hour in _DARK:
        told = picture.figures or picture.things
        light = _raised(_toward(light, _LANTERNS, 0.65), _PLACES_LUMA if told else _EMPTY_LUMA)
    if picture.place.look.kind is PlaceKind.moon and not interior:
        light, thickness = _toward(light, (sum(light) / 3,) * 3, _AIRLESS), 0.0
    if picture.weather is Weather.rain and not interior and picture.hour not in _DARK:
        mean = sum(light) / 3
        share = _OVERCAST_LOW if picture.hour in _LOW_SUN else _OVERCAST
        light = _toward(light, (0.97 * mean, mean, 1.03 * mean), share)
    zenith, horizon, light = support.sky(picture.style, picture.hour, zenith, horizon, light, night, interior)
    veil = {LightKey.silhouette: 0.9, LightKey.backlit: 0.22, LightKey.low_key: 0.04}.get(key, 0.0)
    if picture.style is Style.shadow:
        veil = max(veil, 0.2)
    aboard = picture.place.look.kind is PlaceKind.spaceship
    edge = {
        LightKey.low_key: 0.22 if aboard or (picture.weather is Weather.storm and not interior) else 0.36,
        LightKey.chiaroscuro: 0.5,
        LightKey.candlelit: 0.48,
        LightKey.high_key: 0.1,
    }
    return Air(
        style=picture.style,
        zenith=zenith,
        horizon=horizon,
        light=light,
        haze=mixed(horizon, zenith, 0.22),
        thickness=thickness if not interior else thickness * 0.15,
        night=night,
        sun=_sun(picture) if key is not LightKey.silhouette else _low_sun(picture),
        shade=0.34 * (1 - 0.5 * share) * (0.6 if night > 0.5 else 1.0),
        vignette=edge.get(key, 0.24 + 0.06 * (night > 0.5)) * (0.75 if interior and night < 1 else 1.0),
        figures_veil=veil,
        key=key,
        interior=interior,
    )


def mined(picture: Picture) -> bool:
    """Whether a picture's cave has been dug: its words say so, or a miner is in it."""
    place = picture.place
    words = " ".join([place.words, place.id, *(f.noun for f in picture.figures)])
    return place.look.kind is PlaceKind.cave and _MINE.search(words) is not None


def _indoors(light: Light, hour: Hour, key: LightKey, kind: PlaceKind, mine: bool) -> Light:
    """Indoors the lamps are lit when it is dark, unless the key says otherwise; in a mine by day, too."""
    lampless = kind in _LAMPLESS
    if lampless and mine:
        return _toward(light, (0.98, 0.9, 0.76), 0.8)
    if hour in _DARK or hour is Hour.dusk:
        if key is LightKey.silhouette:
            return _toward(light, (0.62, 0.66, 0.92), 0.7)
        if lampless:
            return _toward(light, (0.76, 0.80, 0.94), 0.85)
        if key is LightKey.moonlit:
            return _toward(light, (0.78, 0.74, 0.80), 0.85)
        if kind in _WHITE_LIT:
            return _toward(light, (0.97, 0.93, 0.79), 0.85)
        return _toward(light, (0.93, 0.79, 0.60) if hour is Hour.night else (0.97, 0.87, 0.76), 0.85)
    return _toward(light, (0.97, 0.95, 0.91), 0.6)


def _open_luma(picture: Picture, key: LightKey) -> float:
    """The least light out of doors: more where snow lies, but for nights and what is dark on purpose."""
    white = picture.place.look.kind is PlaceKind.snowfield or Mark.snowy in picture.place.marks
    return _SNOW_LUMA if white and not _dark_on_purpose(picture, key) else _PLACES_LUMA


def _dark_on_purpose(picture: Picture, key: LightKey) -> bool:
    return picture.hour is Hour.night or key in _DARK_KEYS


def _rooms_luma(picture: Picture, key: LightKey) -> float:
    """The least light of rooms: less at night, in caves and mines; what the key keeps dark stays so."""
    if key in _DARK_KEYS:
        return _PLACES_LUMA
    if picture.place.look.kind is PlaceKind.cave:
        return _PLACES_LUMA if picture.hour is Hour.night or mined(picture) else _CAVE_LUMA
    aboard = picture.place.look.kind is PlaceKind.spaceship
    if picture.hour is Hour.night or (aboard and picture.hour in _DARK):
        return _NIGHT_ROOMS_LUMA
    if aboard:  # all of dark metal
        return _CABIN_LUMA
    return _DIM_ROOMS_LUMA if key in _DIM_KEYS else _ROOMS_LUMA


def _keyed(light: Light, key: LightKey) -> Light:
    turned: dict[LightKey, tuple[Light, float]] = {
        LightKey.high_key: ((1.1, 1.1, 1.08), 0.7),
        LightKey.low_key: (_scaled(light, 0.76), 1.0),
        LightKey.backlit: (_scaled(light, 0.9), 1.0),
        LightKey.silhouette: (_scaled(light, 0.3), 1.0),
        LightKey.candlelit: ((0.9, 0.68, 0.46), 0.8),
        LightKey.neon: ((0.68, 0.54, 0.98), 0.8),
        LightKey.chiaroscuro: (_scaled(light, 0.8), 1.0),
    }
    if key not in turned:
        return light
    toward, share = turned[key]
    return _toward(light, toward, share)


def _sun(picture: Picture) -> tuple[float, float, str] | None:
    if picture.weather not in (Weather.clear, Weather.wind):
        return None
    side = 0.2 + 0.6 * ((picture.place.look.layout * 2654435761 >> 7) % 97) / 96
    if picture.light is LightKey.moonlit or picture.hour is Hour.night:
        return side, 0.42, "#f3efd8"
    return {
        Hour.dawn: (side, 0.06, "#ffe2b0"),
        Hour.morning: (side, 0.34, "#fff6d6"),
        Hour.noon: (side, 0.62, "#fffbe8"),
        Hour.afternoon: (side, 0.32, "#fff0c4"),
        Hour.dusk: (side, 0.04, "#ffd08a"),
        Hour.evening: (1 - side, 0.36, "#efe6d8"),
    }[picture.hour]


def _low_sun(picture: Picture) -> tuple[float, float, str] | None:
    """What an outlined figure stands against: the sun at the horizon, or at night the moon over it."""
    found = _sun(picture)
    if found is None:
        return None
    side, _, colour = found
    return (side, 0.3, colour) if picture.hour in _DARK else (side, 0.08, "#ffe0a0")


def outlined(picture: Picture, interior: bool) -> bool:
    """Whether figures can stand as dark outlines: out of doors, under an open sky, not seen from above."""
    above = picture.camera.angle in (Angle.high, Angle.overhead)
    return not interior and not above and picture.place.look.kind not in _ROOFED


def _raised(light: Light, least: float) -> Light:
    """The light, brighter if its mean is under ``least``; its hue stays."""
    mean = sum(light) / 3
    return _scaled(light, least / mean) if mean < least else light


def _toward(light: Light, other: tuple[float, ...], share: float) -> Light:
    red, green, blue = (a + (b - a) * share for a, b in zip(light, other, strict=True))
    return red, green, blue


def _scaled(light: Light, by: float) -> Light:
    return light[0] * by, light[1] * by, light[2] * by
