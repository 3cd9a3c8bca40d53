"""Scene headings of screenplays: ``INT. LIGHTHOUSE - NIGHT`` read for where and when, and written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .call_sheet import plain_name
from .film import Scene
from .looks import Place
from .vocabulary import Hour

FIRST_HOUR = Hour.noon
"""When a script begins that does not say; ``DAY`` is the same."""
SOMEWHERE = "somewhere"
"""The place of a heading that names none."""
_PREFIX = re.compile(
    r"(?P<both>INT\.?\s*/\s*EXT\.?|EXT\.?\s*/\s*INT\.?|I\s*/\s*E\.?)(?=[\s.])"
    r"|(?P<int>INT(?=[\s.]))|(?P<ext>EXT(?=[\s.]))|(?P<est>EST(?=[\s.]))",
    re.IGNORECASE,
)
_HOURS = {
    "day": FIRST_HOUR, "daytime": FIRST_HOUR, "noon": Hour.noon, "midday": Hour.noon,
    "dawn": Hour.dawn, "sunrise": Hour.dawn, "daybreak": Hour.dawn,
    "morning": Hour.morning, "afternoon": Hour.afternoon,
    "dusk": Hour.dusk, "sunset": Hour.dusk, "twilight": Hour.dusk, "magic": Hour.dusk,
    "evening": Hour.evening, "night": Hour.night, "midnight": Hour.night, "nighttime": Hour.night,
}  # fmt: skip
_GOES_ON = frozenset((
    "continuous", "cont", "cont'd", "continued", "later", "same", "moments", "moment", "minutes",
    "minute", "seconds", "second", "hour", "hours",
))  # fmt: skip
"""Words that say the time by the scene before."""
_BESIDE = frozenset((
    "a", "an", "the", "of", "in", "at", "to", "pre", "early", "late", "very", "next", "that", "this",
    "same", "following", "time", "one", "two", "three", "few", "some", "first", "last", "hour",
    "flashback", "flash-forward", "dream", "present", "past", "intercut", "stormy", "rainy", "foggy",
    "snowy", "rain", "storm", "fog", "snow",
))  # fmt: skip
"""Words that may stand beside those of a time."""
_PART = re.compile(r"\s+[-–—]+\s+|,\s+|\.\s+")
_OUTSIDE, _INSIDE = " (outside)", " (inside)"


@dataclass(frozen=True)
class Heading:
    """A heading, read. ``hour`` is None where it says none, or only that time goes on."""

    text: str
    marked: bool
    """It begins with INT., EXT. or the like."""
    inside: bool | None
    place: str
    """As it stands in the heading; ``SOMEWHERE`` where it names none."""
    hour: Hour | None
    when: str
    """Everything it says of the time, also what is no hour."""


def is_heading(line: str) -> bool:
    """Whether a line begins as scene headings do."""
    return _PREFIX.match(line) is not None


def read_heading(text: str) -> Heading:
    """Read a heading, without mark of force and scene number."""
    text = " ".join(text.split())
    found = _PREFIX.match(text)
    inside = None if found is None or found["both"] else found["int"] is not None
    rest = text[found.end() :].lstrip(" .") if found else text
    starts = [0, *(m.end() for m in _PART.finditer(rest))]
    stop, hour = len(rest), None
    for start in reversed(starts[1:] if found is None else starts):
        part = rest[start:stop].strip(" .,-–—")
        said = _time(part)
        if said is None:
            break
        hour = hour or said[0]
        stop = start
    place = rest[:stop].strip(" .,-–—")
    if not plain_name(place):
        place = SOMEWHERE
    return Heading(text, found is not None, inside, place, hour, rest[stop:])


def _time(part: str) -> tuple[Hour | None] | None:
    """(the hour, or None for a time that goes on) where a part of a heading is all about time; else None."""
    words = [w for w in (w.strip("()[]#.").lower() for w in part.split()) if w]
    if not words or not all(w in _HOURS or w in _GOES_ON or w in _BESIDE or w.isdigit() for w in words):
        return None
    hours = [_HOURS[w] for w in words if w in _HOURS]
    if hours:
        return (hours[-1],)
    return (None,) if any(w in _GOES_ON or w.startswith(("flash", "dream")) for w in words) else None


def place_name(heading: Heading, other_side: bool = False) -> str:
    """The name of a heading's place: in small letters, and told from the same place's ``other_side``."""
    name = heading.place.lower()[:100].strip()
    return name + (_INSIDE if heading.inside else _OUTSIDE) * other_side


def heading_of(scene: Scene, place: Place, before: Hour) -> str:
    """The heading of a scene: its own, where it still says where and when it is, else a new one.

    ``before`` is the hour of the scene before it (``FIRST_HOUR`` for the first). What this gives is read
    by ``read_heading`` as the scene's place, side and hour.
    """
    own = read_heading(scene.title)
    name = re.sub(rf"(?:{re.escape(_OUTSIDE)}|{re.escape(_INSIDE)})$", "", place.name)
    here = plain_name(own.place) == plain_name(name) and own.inside in (None, place.look.interior)
    shown = own.marked or (own.text == own.text.upper() and not own.text.startswith("."))
    if own.text and here and shown and (own.hour or before) is scene.hour:
        return own.text
    words = " ".join(name.split()).upper() if plain_name(name) else SOMEWHERE.upper()
    return f"{'INT.' if place.look.interior else 'EXT.'} {words} - {scene.hour.value.upper()}"
