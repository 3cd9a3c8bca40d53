"""What a writer hands over: a treatment in plain words and closed values.

This is the only thing a language model can produce here besides edits. It names no path, URL,
command, renderer or setting. Casting and boarding turn it into a film (``casting.py``,
``boarding.py``); every choice it leaves open is made there, once, by rules.
"""

from __future__ import annotations

from pydantic import Field

from .schema import Data, Name, Text
from .vocabulary import (
    Angle,
    Beat,
    Being,
    Expression,
    Hour,
    LineKind,
    Mood,
    Move,
    Opening,
    Season,
    ShotSize,
    View,
    Weather,
)


class TreatedCharacter(Data):
    """A character in the writer's words."""

    name: Name
    """As the story calls them, e.g. "Anna" or "the keeper"."""
    noun: Name
    """What they are, e.g. "lighthouse keeper", "whale"."""
    words: Text
    """What they look like, in one or two sentences: age, build, hair, dress, colours, things worn."""
    being: Being | None
    """The body plan, where it is certain."""


class TreatedPlace(Data):
    """A place in the writer's words."""

    name: Name
    words: Text
    interior: bool | None = None
    """Within walls, where the form it is written in says so. Models are not asked for it."""


class TreatedProp(Data):
    """A thing in the writer's words."""

    name: Name
    words: Text


class TreatedLine(Data):
    """A line: narrator where ``speaker`` is None, else a character's name."""

    speaker: Name | None
    kind: LineKind
    words: Text
    delivery: Text = ""
    """How it is said, where the form it is written in says so. Models are not asked for it."""


class TreatedPart(Data):
    """Who is in a shot besides the actor, and in which state."""

    name: Name
    state: Text
    """A visible state in a few words ("wet", "with a red scarf"), or empty."""
    expression: Expression | None


class TreatedShot(Data):
    """One shot: one event. What is None is decided by the grammar of film when boarding."""

    sentence: Text
    """What is seen, in one present-tense sentence with one event."""
    actor: Name | None
    verb: Name
    target: Name | None
    manner: Name
    parts: tuple[TreatedPart, ...]
    props: tuple[Name, ...]
    size: ShotSize | None
    angle: Angle | None
    view: View | None
    move: Move | None
    opens: Opening | None
    opening: Text
    closing: Text
    lines: tuple[TreatedLine, ...]
    seconds: int | None = Field(None, ge=1, le=600)
    """Its length, where the form it is written in sets one. Models are not asked for it."""
    runs_on: bool = False
    """Its sentence goes on in the paragraph of the shot before. Models are not asked for it."""


class TreatedScene(Data):
    """One place and time."""

    title: Name
    beat: Beat
    place: Name
    place_state: Text
    hour: Hour
    weather: Weather
    mood: Mood
    shots: tuple[TreatedShot, ...]


class Treatment(Data):
    """The whole story as a writer hands it over."""

    title: Name
    logline: Text
    language: Name
    """ISO 639 code of the story's language."""
    season: Season
    mood: Mood
    era: Name
    look_words: Text
    characters: tuple[TreatedCharacter, ...]
    places: tuple[TreatedPlace, ...]
    props: tuple[TreatedProp, ...]
    scenes: tuple[TreatedScene, ...]
    ending: Name = ""
    """Words of the end card, where the form it is written in has them. Models are not asked for it."""


UNASKED = {
    "TreatedPlace": ("interior",),
    "TreatedLine": ("delivery",),
    "TreatedShot": ("seconds", "runs_on"),
    "Treatment": ("ending",),
}
"""Fields that models are not asked for: only forms like screenplays have them."""
