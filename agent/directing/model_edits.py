"""The edits that a language model may ask for: story and picture, and nothing else.

No form here has a field for a path, an address, a command, a renderer, a writer, a setting of a renderer, the
key of a take or reference, or somebody's recorded facts: what cannot be said cannot be asked for.
``model_making.py`` turns each into edits of the film.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...storyboard.edit_types import (
    Frames,
    Join,
    MoveShot,
    Remove,
    RemoveLine,
    Rename,
    Restyle,
    Retake,
    Rewrite,
    SetCamera,
    SetLight,
    SetLine,
    SetLowerThird,
    SetScene,
    SplitEdit,
    Trim,
)
from ...storyboard.look_changes import BodyLookChange, PlaceLookChange, ThingLookChange
from ...storyboard.schema import Data, Id, Name, Text
from ...storyboard.vocabulary import (
    Action,
    Angle,
    Beat,
    Being,
    Distance,
    Expression,
    Facing,
    Hour,
    LineKind,
    Mood,
    Move,
    ShotSize,
    Side,
    Weather,
)


class LookOfCharacter(Data):
    """How a character looks or sounds in every shot; ``locked`` keeps them from being changed."""

    op: Literal["change-character"]
    character: Id
    noun: Name | None = None
    words: Text | None = None
    look: BodyLookChange | None = None
    pitch: int | None = Field(None, ge=0, le=100)
    """Of the voice: 50 is usual."""
    pace: int | None = Field(None, ge=80, le=300)
    """Words a minute."""
    locked: bool | None = None


class LookOfPlace(Data):
    """How a place looks in every shot."""

    op: Literal["change-place"]
    place: Id
    words: Text | None = None
    look: PlaceLookChange | None = None


class LookOfProp(Data):
    """How a prop looks in every shot."""

    op: Literal["change-prop"]
    prop: Id
    words: Text | None = None
    look: ThingLookChange | None = None


class InState(Data):
    """A visible state in some shots only ("wet", "with a red scarf"); empty words end it."""

    op: Literal["state"]
    entity: Id
    words: Text
    shots: tuple[Id, ...]


class Stage(Data):
    """Somebody or something in a shot: comes in, goes out (``present`` false), does or holds something."""

    op: Literal["stage"]
    shot: Id
    entity: Id
    present: bool | None = None
    action: Action | None = None
    expression: Expression | None = None
    side: Side | None = None
    distance: Distance | None = None
    facing: Facing | None = None
    holds: tuple[Id, ...] | None = None


class Length(Data):
    """Length of a shot or card, in frames."""

    op: Literal["length"]
    item: Id
    frames: Frames


class NewShot(Data):
    """A shot after ``after`` (null: at the start of the film), staged by the grammar of film."""

    op: Literal["insert"]
    after: Id | None
    sentence: Text
    """What is seen, in one present-tense sentence with one event."""
    actor: Name | None = None
    """Name or id of who acts."""
    verb: Name = ""
    target: Name | None = None
    others: tuple[Name, ...] = ()
    props: tuple[Name, ...] = ()
    size: ShotSize | None = None
    angle: Angle | None = None
    move: Move | None = None
    narration: Text = ""


class NewCharacter(Data):
    """A new character, cast from words. It is in no shot yet: stage it, or insert a shot."""

    op: Literal["new-character"]
    name: Name = Field(min_length=1)
    noun: Name
    words: Text
    being: Being | None = None


class NewPlace(Data):
    """A new place."""

    op: Literal["new-place"]
    name: Name = Field(min_length=1)
    words: Text


class NewProp(Data):
    """A new prop. It is in no shot yet."""

    op: Literal["new-prop"]
    name: Name = Field(min_length=1)
    words: Text


class NewScene(Data):
    """A new scene after a scene; it has no shots yet."""

    op: Literal["new-scene"]
    after: Id | None
    place: Id
    title: Name
    beat: Beat
    hour: Hour
    weather: Weather
    mood: Mood


class NewLine(Data):
    """A line in a shot, last; ``speaker`` null is the narrator."""

    op: Literal["add-line"]
    shot: Id
    speaker: Id | None
    kind: LineKind
    words: Text


class NarratorVoice(Data):
    """How the narrator sounds."""

    op: Literal["narrator"]
    pitch: int | None = Field(None, ge=0, le=100)
    pace: int | None = Field(None, ge=80, le=300)


class CardWords(Data):
    """Words of the title or end card."""

    op: Literal["card"]
    where: Literal["opening", "ending"]
    heading: Text
    body: Text


class Asked(Data):
    """What the person asks of the whole film: its length in seconds, number of shots; null leaves it."""

    op: Literal["brief"]
    seconds: int | None = Field(None, ge=1, le=36_000)
    shots: int | None = Field(None, ge=1, le=20_000)
    any_length: bool = False
    """The length follows from the shots from now on."""


ModelEdit = Annotated[
    Rewrite
    | LookOfCharacter
    | LookOfPlace
    | LookOfProp
    | InState
    | Stage
    | Length
    | NewShot
    | NewCharacter
    | NewPlace
    | NewProp
    | NewScene
    | NewLine
    | NarratorVoice
    | CardWords
    | Asked
    | Restyle
    | Remove
    | MoveShot
    | Trim
    | Retake
    | Rename
    | SetCamera
    | SetLight
    | Join
    | SplitEdit
    | SetLowerThird
    | SetScene
    | SetLine
    | RemoveLine,
    Field(discriminator="op"),
]
"""An edit as a model may ask for it; ``op`` tells which."""
