"""Every way a film can be changed, as data. ``edits.py`` applies and describes them.

In an edit of parts, ``None`` means "not named": that part stays as it is. Where a part may itself
be nothing (who is looked at, which state), the empty text takes it away.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SerializeAsAny, TypeAdapter

from .credits import Credit
from .edit_types_shots import (
    Choose,
    Frames,
    Insert,
    Join,
    MoveShot,
    Release,
    Remove,
    Retake,
    Retime,
    SetCamera,
    SetLight,
    SetLowerThird,
    SetPlate,
    ShotSetting,
    SplitEdit,
    Trim,
)
from .edit_types_story import (
    Add,
    AddLine,
    ChangeCharacter,
    ChangePlace,
    ChangeProp,
    Recast,
    RemoveLine,
    Rename,
    Restyle,
    Rewrite,
    SetLine,
    SetNarrator,
    SetScene,
    SetState,
    Tell,
)
from .film import (
    Brief,
    Card,
    Decision,
    Effects,
    Film,
    OwnSound,
    Scalar,
    Subtitled,
)
from .grading import GradeName
from .look_changes import Seed
from .music import Music
from .rate import Rate
from .schema import Data, Id, Key, RendererName
from .vocabulary import (
    Style,
)

__all__ = [
    "EDIT",
    "FACTS",
    "Add",
    "AddLine",
    "Bind",
    "ChangeCharacter",
    "ChangePlace",
    "ChangeProp",
    "Choose",
    "Credited",
    "Decide",
    "Edit",
    "Frames",
    "Insert",
    "Join",
    "MoveShot",
    "Recast",
    "Release",
    "Remove",
    "RemoveLine",
    "Rename",
    "Replace",
    "Restyle",
    "Retake",
    "Retime",
    "Rewrite",
    "SetBrief",
    "SetCamera",
    "SetCard",
    "SetLight",
    "SetLine",
    "SetLowerThird",
    "SetNarrator",
    "SetPlate",
    "SetScene",
    "SetState",
    "Setting",
    "ShotSetting",
    "SplitEdit",
    "Spoken",
    "SpokenLine",
    "Tell",
    "Trim",
]


class SpokenLine(Data):
    """A line's measured length, and the digest of the words and voice that were measured."""

    milliseconds: int = Field(ge=0, le=36_000_000)
    words: Key


class Spoken(Data):
    """Measured lengths of lines."""

    op: Literal["spoken"] = "spoken"
    lines: dict[Id, SpokenLine]


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
