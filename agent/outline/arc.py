"""The arc: which beats a film of so many shots has, in which scenes, hours and weather."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ...storyboard.vocabulary import Beat, Hour, Mood, Weather

CARD_SECONDS = 6
"""Seconds of a film that the opening and the end card take."""
SLOTS = (
    "world",
    "habit",
    "lack",
    "spark",
    "answer",
    "vow",
    "try",
    "block",
    "fall",
    "low",
    "turn",
    "deed",
    "after",
    "close",
)
"""What one shot each does, in the order of the story."""
_WEIGHT = (
    "spark",
    "deed",
    "close",
    "world",
    "block",
    "first",
    "try",
    "turn",
    "after",
    "low",
    "answer",
    "second",
    "vow",
    "fall",
)
"""The same by how much a story needs it: a film of n shots has the first n."""
_SCENE = {
    "world": 0,
    "habit": 0,
    "lack": 0,
    "spark": 1,
    "answer": 1,
    "vow": 1,
    "try": 2,
    "block": 2,
    "fall": 2,
    "low": 3,
    "turn": 3,
    "deed": 3,
    "after": 4,
    "close": 4,
}
_BEATS = (Beat.setup, Beat.spark, Beat.trial, Beat.climax, Beat.resolution)
_WANTING = {"strive", "theft", "pursuit", "mend", "message", "grow"}
"""Shapes that cannot do without saying what is missing."""
MOODS = {
    "friendship": (Mood.calm, Mood.tender, Mood.playful, Mood.tense, Mood.joyful),
    "strive": (Mood.hopeful, Mood.playful, Mood.tense, Mood.sad, Mood.triumphant),
    "theft": (Mood.sad, Mood.mysterious, Mood.tense, Mood.tense, Mood.hopeful),
    "pursuit": (Mood.mysterious, Mood.mysterious, Mood.tense, Mood.eerie, Mood.calm),
    "message": (Mood.calm, Mood.mysterious, Mood.tense, Mood.sad, Mood.tender),
    "mend": (Mood.calm, Mood.hopeful, Mood.tense, Mood.tender, Mood.joyful),
    "journey": (Mood.calm, Mood.hopeful, Mood.tense, Mood.sad, Mood.triumphant),
    "rivalry": (Mood.playful, Mood.playful, Mood.tense, Mood.tender, Mood.joyful),
    "rescue": (Mood.calm, Mood.tense, Mood.tense, Mood.tense, Mood.hopeful),
    "grow": (Mood.sad, Mood.hopeful, Mood.tense, Mood.tender, Mood.joyful),
    "farewell": (Mood.calm, Mood.sad, Mood.tender, Mood.sad, Mood.tender),
}
_LONG_DAY = (Hour.dawn, Hour.morning, Hour.noon, Hour.afternoon, Hour.dusk)
_DAYS = (
    (Hour.morning, Hour.morning, Hour.afternoon, Hour.dusk, Hour.evening),
    _LONG_DAY,
    (Hour.morning, Hour.noon, Hour.afternoon, Hour.evening, Hour.morning),
    (Hour.afternoon, Hour.dusk, Hour.evening, Hour.night, Hour.morning),
)
"""Hours of the five scenes: time goes forward, over one day or until the next morning."""
_ROUGH = (Weather.wind, Weather.rain, Weather.cloudy)
"""Weather of the trial, where the idea says none."""


@dataclass(frozen=True)
class SceneAt:
    """One scene of the plan: its beat, which of the three places, when, and the slots of its shots."""

    beat: Beat
    spot: int
    hour: Hour
    weather: Weather
    mood: Mood
    slots: tuple[str, ...]


def plan_arc(
    count: int,
    shape: str,
    hour: Hour | None,
    weather: Weather | None,
    home_craft: bool,
    rng: random.Random,
    stays: bool = False,
    meets_here: bool = False,
    far: bool = False,
    told: tuple[bool, bool, bool] = (True, True, True),
) -> list[SceneAt]:
    """Scenes for ``count`` shots (at least 1), in order. ``home_craft``: the climax is at the first place.

    ``stays``: the trial is there too. ``meets_here``: the idea says where, so what it tells begins there.
    ``far``: it ends where somebody waited, at the third place. ``told``: which of the places have a reason
    in the idea; what is nowhere but in a neighbour's place stays where it was.
    """
    chosen = _slots(count, shape, rng)
    groups: list[list[str]] = [[], [], [], [], []]
    for slot in chosen:
        scene = _SCENE[slot.rstrip("0123456789")] if not slot.startswith("more") else 2
        groups[2 if far and slot in {"low", "turn"} else scene].append(slot)
    day = list(rng.choice(_DAYS)) if hour is None else _from(hour)
    first = weather or rng.choice((Weather.clear, Weather.clear, Weather.cloudy))
    rough = weather or rng.choice(_ROUGH)
    weathers = [first, first, rough, rough, weather or Weather.clear]
    spots = [
        0,
        1 if shape in {"friendship", "theft"} and not meets_here else 0,
        0 if stays else 1,
        0 if home_craft else 2,
        2 if far else 0,
    ]
    for i, spot in enumerate(spots):
        if not told[spot]:
            spots[i] = spots[i - 1] if i and told[spots[i - 1]] else 0
    plan: list[SceneAt] = []
    for i, slots in enumerate(groups):
        for part in _parted(slots):
            spot = (
                spots[i]
                if not part[0].startswith("more")
                else 0
                if stays
                else 1
                if far
                else rng.choice([n for n in (1, 2) if told[n]] or [0])
            )
            plan.append(SceneAt(_BEATS[i], spot, day[i], weathers[i], MOODS[shape][i], tuple(part)))
    return plan


def bright_hours(scenes: list[SceneAt]) -> list[Hour]:
    """An hour for each scene, of one long day that is light to its end: for what is to be seen in the sun."""
    return [_LONG_DAY[_BEATS.index(scene.beat)] for scene in scenes]


_LATER = tuple(Hour)
"""Hours in the order of the day, from dawn to night."""


def _from(hour: Hour) -> list[Hour]:
    """Hours of the five scenes where the idea says one: it is that hour, and later in the end."""
    later = Hour.dawn if hour is Hour.night else _LATER[_LATER.index(hour) + 1]
    return [hour, hour, hour, hour, later]


def _parted(slots: list[str]) -> list[list[str]]:
    """A scene of many shots as several, of at most six."""
    if not slots:
        return []
    own = [s for s in slots if not s.startswith("more")]
    extra = [s for s in slots if s.startswith("more")]
    parts = [own] if own else []
    parts += [extra[i : i + 6] for i in range(0, len(extra), 6)]
    return parts


def _slots(count: int, shape: str, rng: random.Random) -> list[str]:
    """So many slots in story order; beyond the arc's own, further trials."""
    kept = set(_WEIGHT[:count])
    if "low" in kept and "answer" not in kept and (shape in {"friendship", "mend"} or rng.random() < 0.4):
        kept = kept - {"low"} | {"answer"}
    first = "lack" if shape in _WANTING or rng.random() < 0.5 else "habit"
    kept |= {first} if "first" in kept else set()
    kept |= {"habit", "lack"} if "second" in kept else set()
    order = [s for s in SLOTS if s in kept]
    extra = count - len(order)
    if extra > 0:
        at = order.index("fall") + 1
        order[at:at] = [f"more{n}" for n in range(extra)]
    return order
