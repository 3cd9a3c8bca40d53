"""Every way a film can be changed, as data. ``edits.py`` applies and describes them.

In an edit of parts, ``None`` means "not named": that part stays as it is. Where a part may itself
be nothing (who is looked at, which state), the empty text takes it away.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SerializeAsAny, TypeAdapter

from .credits import Credit
from .film import (
    Brief,
    Card,
    CastMember,
    Decision,
    Effects,
    Film,
    Line,
    OwnSound,
    PropUse,
    Scalar,
    Scene,
    Shot,
    Story,
    Subtitled,
    TakeSound,
    Wrote,
)
from .grading import GradeName
from .look_changes import BodyLookChange, PlaceLookChange, Seed, ThingLookChange
from .looks import Character, Place, Prop, State, Voice
from .lower_third import LowerThird
from .music import Music
from .plate import Plate
from .rate import Rate
from .schema import Data, Id, Key, Name, RendererName, Text
from .vocabulary import (
    Action,
    Angle,
    Beat,
    Hour,
    Lens,
    LightKey,
    LineKind,
    Mood,
    Move,
    Opening,
    Season,
    ShotSize,
    Style,
    View,
    Weather,
    Wipe,
)

OrNothing = Id | Literal[""]
"""An id, or the empty text for "nobody, nothing"."""
Frames = Annotated[int, Field(ge=1, le=1_000_000)]
Lead = Annotated[int, Field(ge=0, le=10_000)]
Head = Annotated[int, Field(ge=0, le=1_000_000)]


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


class Insert(Data):
    """A new shot after ``after``, or at the start where that is None."""

    op: Literal["insert"] = "insert"
    shot: Shot
    after: Id | None = None


class Remove(Data):
    """A shot is cut. Its takes stay in the store; undo brings it back at no cost."""

    op: Literal["remove"] = "remove"
    shot: Id


class MoveShot(Data):
    """A shot goes after ``after``, or to the start where that is None."""

    op: Literal["move"] = "move"
    shot: Id
    after: Id | None = None


class Retime(Data):
    """Lengths of shots and cards, frames from a shot's start to its first line, and frames of its take that
    are left out at its start (``heads``)."""

    op: Literal["retime"] = "retime"
    frames: dict[Id, Frames] = {}
    leads: dict[Id, Lead] = {}
    heads: dict[Id, Head] = {}


class Trim(Data):
    """``cut`` frames off the end of a shot; at least one frame stays."""

    op: Literal["trim"] = "trim"
    shot: Id
    cut: Frames


class Retake(Data):
    """The shot is to be made again with another seed (the next one, where none is given)."""

    op: Literal["retake"] = "retake"
    shot: Id
    seed: Seed | None = None


class Choose(Data):
    """Which take is used for which shot or card."""

    op: Literal["choose"] = "choose"
    takes: dict[Id, Key]
    pin: bool = False
    """A person's choice: used even where the plan has another, until released or asked otherwise."""


class Release(Data):
    """Pinned choices are let go: these items use what the plan has for them."""

    op: Literal["release"] = "release"
    items: tuple[Id, ...]


class SpokenLine(Data):
    """A line's measured length, and the digest of the words and voice that were measured."""

    milliseconds: int = Field(ge=0, le=36_000_000)
    words: Key


class Spoken(Data):
    """Measured lengths of lines."""

    op: Literal["spoken"] = "spoken"
    lines: dict[Id, SpokenLine]


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


class SetCamera(Data):
    """The camera of a shot."""

    op: Literal["camera"] = "camera"
    shot: Id
    size: ShotSize | None = None
    angle: Angle | None = None
    view: View | None = None
    move: Move | None = None
    lens: Lens | None = None
    focus: OrNothing | None = None
    words: Text | None = None


class SetLight(Data):
    """The light of a shot."""

    op: Literal["light"] = "light"
    shot: Id
    light: LightKey | None = None
    words: Text | None = None


class Join(Data):
    """How a shot follows the one before it."""

    op: Literal["join"] = "join"
    shot: Id
    opens: Opening
    overlap: int = Field(0, ge=0, le=240)
    wipe: Wipe | None = None
    """The form of a wipe."""


class SplitEdit(Data):
    """Sound that leads its picture (a J-cut) or trails it (an L-cut), in frames; 0 cuts both together."""

    op: Literal["split"] = "split"
    shot: Id
    early: int | None = Field(None, ge=0, le=240)
    """Its first line begins so long before its picture."""
    late: int | None = Field(None, ge=0, le=240)
    """Its last line ends so long after its picture."""


class SetLowerThird(Data):
    """A name and a role over a shot; null takes them away."""

    op: Literal["lower-third"] = "lower-third"
    shot: Id
    third: LowerThird | None = None


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


class SetCard(Data):
    """The opening or ending card; None takes it away."""

    op: Literal["card"] = "card"
    where: Literal["opening", "ending"]
    card: Card | None = None


class Setting(Data):
    """How the film is made. ``values`` are merged into those there are; null takes one out."""

    op: Literal["setting"] = "setting"
    width: int | None = Field(None, ge=64, le=8192, multiple_of=2)
    height: int | None = Field(None, ge=64, le=8192, multiple_of=2)
    rate: Rate | None = None
    seed: Seed | None = None
    style: Style | None = None
    renderer: RendererName | None = None
    writer: RendererName | None = None
    values: dict[Id, Scalar | None] = {}
    subtitles: Subtitled | None = None
    lower_thirds: bool | None = None
    credits: bool | None = None
    j_cuts: bool | None = None
    grade: GradeName | None = None
    match: bool | None = None
    effects: Effects | None = None
    sounds: dict[Id, OwnSound | None] = {}
    """Merged into those there are; null takes one out."""
    credentials: bool | None = None
    music: Music | None = None


class ShotSetting(Data):
    """How one shot is made, where it differs. An empty renderer is the film's."""

    op: Literal["shot-setting"] = "shot-setting"
    shot: Id
    renderer: RendererName | Literal[""] | None = None
    seed: Seed | None = None
    values: dict[Id, Scalar] | None = None
    """Replaces the shot's settings."""
    take_sound: TakeSound | None = None


class SetPlate(Data):
    """A person's own footage in a shot, or a take of it that is changed by words; null takes it out."""

    op: Literal["plate"] = "plate"
    shot: Id
    plate: Plate | None = None


class Decide(Data):
    """Something decided while making is recorded."""

    op: Literal["decide"] = "decide"
    decision: Decision


class Credited(Data):
    """Who really made the takes that the film is cut from, as its credits tell it."""

    op: Literal["credited"] = "credited"
    credits: tuple[Credit, ...] = ()


class Bind(Data):
    """Anchor frames and LoRA weights for the characters, props and place of a shot, by entity."""

    op: Literal["bind"] = "bind"
    shot: Id
    references: dict[Id, tuple[Key, ...]]
    loras: dict[Id, tuple[Key, ...]] = {}


class SetBrief(Data):
    """What the person asks for now."""

    op: Literal["brief"] = "brief"
    brief: Brief


class Replace(Data):
    """The whole film: its beginning, a hand edit, or the result of undo and redo."""

    op: Literal["replace"] = "replace"
    film: Film


Edit = Annotated[
    Tell
    | Rewrite
    | Recast
    | ChangeCharacter
    | ChangePlace
    | ChangeProp
    | Add
    | Restyle
    | Insert
    | Remove
    | MoveShot
    | Retime
    | Trim
    | Retake
    | Choose
    | Release
    | Spoken
    | Rename
    | SetState
    | SetCamera
    | SetLight
    | Join
    | SplitEdit
    | SetLowerThird
    | SetScene
    | SetLine
    | AddLine
    | RemoveLine
    | SetNarrator
    | SetCard
    | Setting
    | ShotSetting
    | SetPlate
    | Decide
    | Credited
    | Bind
    | SetBrief
    | Replace,
    Field(discriminator="op"),
    SerializeAsAny(),
]
"""Any edit; the discriminator is ``op``."""

EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
"""Reads an edit from plain data: ``EDIT.validate_python({"op": "remove", "shot": "s04"})``."""

FACTS = frozenset({"choose", "spoken", "decide", "bind", "credited"})
"""Ops that record what came out while making. Undo passes them by (but not a pinned choice)."""
