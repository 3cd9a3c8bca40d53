"""Lighting: the key light of a scene by hour, place, weather and mood. It stays through the scene."""

from __future__ import annotations

from .film import Scene
from .lexicon import behaves_as
from .looks import PlaceLook, ThingLook
from .vocabulary import Beat, Hour, LightKey, Mood, PlaceKind, ShotSize, Style, Weather

_FLAMES = frozenset(("candle", "lamp", "lantern", "oil lamp", "torch", "fire", "campfire"))
_DARK = frozenset((Hour.night, Hour.evening))


def light_of(scene: Scene, place: PlaceLook, things: list[ThingLook], style: Style) -> LightKey:
    """How the scene is lit; the same for each of its shots."""
    dark = scene.hour in _DARK
    if style is Style.neon and dark and place.kind in (PlaceKind.city, PlaceKind.road, PlaceKind.rooftop):
        return LightKey.neon
    flame = any(behaves_as(thing.kind) in _FLAMES for thing in things)
    if dark and (place.interior or place.kind is PlaceKind.cave):
        return LightKey.candlelit if flame else LightKey.low_key
    if scene.mood is Mood.eerie or (scene.mood is Mood.tense and place.interior):
        return LightKey.chiaroscuro
    if scene.hour is Hour.night or place.kind is PlaceKind.space:
        return LightKey.moonlit
    if scene.weather in (Weather.storm, Weather.rain) or place.kind is PlaceKind.cave:
        return LightKey.low_key
    if scene.hour in (Hour.dawn, Hour.dusk, Hour.evening) and scene.weather is not Weather.fog:
        late = scene.mood is Mood.triumphant and not place.interior
        return LightKey.backlit if late else LightKey.golden
    if scene.mood in (Mood.joyful, Mood.playful):
        return LightKey.high_key
    return LightKey.natural


def silhouette_fits(scene: Scene, place: PlaceLook, size: ShotSize) -> bool:
    """Whether a wide shot may stand against the sky: at dawn or dusk, under an open one, at the end.

    Only where the end is quiet or sad: a happy one shows its faces.
    """
    low_sun = scene.hour in (Hour.dawn, Hour.dusk) and scene.weather in (Weather.clear, Weather.wind)
    wide = size in (ShotSize.extreme_wide, ShotSize.wide)
    still = scene.mood in (Mood.calm, Mood.sad, Mood.mysterious)
    return still and low_sun and wide and not place.interior and scene.beat is Beat.resolution
