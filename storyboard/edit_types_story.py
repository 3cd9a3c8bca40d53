"""Edits of what is told: who, where, with what, and what is said. See ``edit_types.py``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .film import (
    Card,
    CastMember,
    Line,
    PropUse,
    Scene,
    Shot,
    Story,
    Wrote,
)
from .look_changes import BodyLookChange, PlaceLookChange, ThingLookChange
from .looks import Character, Place, Prop, State, Voice
from .schema import Data, Id, Name, Text
from .vocabulary import (
    Action,
    Beat,
    Hour,
    LineKind,
    Mood,
    Season,
    Style,
    Weather,
)

OrNothing = Id | Literal[""]
"""An id, or the empty text for "nobody, nothing"."""


class Tell(Data):
    """A writer's whole result. Choices and measured lines of the story before are forgotten."""

    op: Literal["tell"] = "tell"
    story: Story
    shots: tuple[Shot, ...] = ()
    opening: Card | None = None
    ending: Card | None = None
    wrote: Wrote | None = None


class Rewrite(Data):
    """What happens in a shot."""

    op: Literal["rewrite"] = "rewrite"
    shot: Id
    sentence: Text | None = None
    actor: OrNothing | None = None
    action: Action | None = None
    verb: Name | None = None
    target: OrNothing | None = None
    manner: Name | None = None
    known: bool | None = None
    opening: Text | None = None
    closing: Text | None = None
    notes: Text | None = None
    runs_on: bool | None = None


class Recast(Data):
    """Who and what is in a shot, with their staging."""

    op: Literal["recast"] = "recast"
    shot: Id
    cast: tuple[CastMember, ...] | None = None
    props: tuple[PropUse, ...] | None = None


class ChangeCharacter(Data):
    """How a character looks or sounds, in every shot. References bound to the old look are let go."""

    op: Literal["change-character"] = "change-character"
    character: Id
    noun: Name | None = None
    words: Text | None = None
    look: BodyLookChange | None = None
    states: tuple[State, ...] | None = None
    voice: Voice | None = None
    locked: bool | None = None


class ChangePlace(Data):
    """How a place looks, in every shot. References bound to the old look are let go."""

    op: Literal["change-place"] = "change-place"
    place: Id
    words: Text | None = None
    look: PlaceLookChange | None = None
    states: tuple[State, ...] | None = None


class ChangeProp(Data):
    """How a prop looks, in every shot. References bound to the old look are let go."""

    op: Literal["change-prop"] = "change-prop"
    prop: Id
    words: Text | None = None
    look: ThingLookChange | None = None
    states: tuple[State, ...] | None = None


class Add(Data):
    """A new character, place, prop or scene. A scene comes after ``after``, or last."""

    op: Literal["add"] = "add"
    character: Character | None = None
    place: Place | None = None
    prop: Prop | None = None
    scene: Scene | None = None
    after: Id | None = None


class Restyle(Data):
    """The look and feeling of the whole film. References are let go where it is drawn otherwise."""

    op: Literal["restyle"] = "restyle"
    style: Style | None = None
    look_words: Text | None = None
    era: Name | None = None
    season: Season | None = None
    mood: Mood | None = None


class Rename(Data):
    """A new display name; in all texts but the brief it replaces the old one as a whole word."""

    op: Literal["rename"] = "rename"
    what: Literal["title", "character", "place", "prop", "scene"]
    id: Id | None = None
    """None for the title."""
    name: Name = Field(min_length=1)


class SetState(Data):
    """The state of somebody or something in a shot; of a place, in a scene (or the shot's scene)."""

    op: Literal["set-state"] = "set-state"
    entity: Id
    state: OrNothing
    shot: Id | None = None
    scene: Id | None = None


class SetScene(Data):
    """Place, time and weather of a scene. At another place, the old place's state is let go; there, or
    at another hour, so are its plates."""

    op: Literal["scene"] = "scene"
    scene: Id
    beat: Beat | None = None
    place: Id | None = None
    hour: Hour | None = None
    weather: Weather | None = None
    mood: Mood | None = None
    words: Text | None = None


class SetLine(Data):
    """Words or speaker of a line. An empty speaker is the narrator. Its measured length is forgotten."""

    op: Literal["line"] = "line"
    line: Id
    words: Text | None = None
    speaker: OrNothing | None = None
    kind: LineKind | None = None
    delivery: Text | None = None


class AddLine(Data):
    """A new line in a shot, after ``after``, or first where that is None."""

    op: Literal["add-line"] = "add-line"
    shot: Id
    line: Line
    after: Id | None = None


class RemoveLine(Data):
    """A line is cut."""

    op: Literal["remove-line"] = "remove-line"
    line: Id


class SetNarrator(Data):
    """The narrator's voice."""

    op: Literal["narrator"] = "narrator"
    voice: Voice
