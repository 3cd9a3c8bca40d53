"""Edits of single shots, what they look like and how they are cut. See ``edit_types.py``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .edit_types_story import OrNothing
from .film import (
    Scalar,
    Shot,
    TakeSound,
)
from .look_changes import Seed
from .lower_third import LowerThird
from .plate import Plate
from .schema import Data, Id, Key, RendererName, Text
from .vocabulary import (
    Angle,
    Lens,
    LightKey,
    Move,
    Opening,
    ShotSize,
    View,
    Wipe,
)

Frames = Annotated[int, Field(ge=1, le=1_000_000)]
Lead = Annotated[int, Field(ge=0, le=10_000)]
Head = Annotated[int, Field(ge=0, le=1_000_000)]


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
