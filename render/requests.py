"""Requests: what a renderer is asked for. Frozen, made of primitives, a ``Picture`` and input keys.

A request and the identity of its renderer make the key of a take (``keys.py``); nothing else does.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, SerializeAsAny

from ..storyboard.credits import Credit
from ..storyboard.film import Scalar
from ..storyboard.grading import GradeName
from ..storyboard.looks import Voice
from ..storyboard.picture import Picture
from ..storyboard.rate import Rate
from ..storyboard.schema import Data, Grown, Id, Key, Text
from ..storyboard.vocabulary import Beat, LineKind, Mood, Style


class Raster(Data):
    """Frame size in pixels, both even."""

    width: int = Field(ge=64, le=8192, multiple_of=2)
    height: int = Field(ge=64, le=8192, multiple_of=2)


class Input(Data):
    """A part of another take, or an anchor frame, by key."""

    key: Key
    part: Id = "picture"
    """``picture``: the take's frames; ``tail``: those before ``frame``; ``frame``: that one frame;
    ``anchor``: an anchor frame; ``lora``: LoRA weights of an entity; ``latents``: what the clip was
    denoised from and through, for a clip that goes on from them; ``source``: a person's own picture or
    footage, as the project keeps it;
    ``track``: a person's own music."""
    frame: int | None = Field(None, ge=0)
    """Which frame, from 0; for a tail the first frame *after* it (an anchor has 1). None for the whole."""


class Request(Grown):
    """Base of all requests."""

    meaning: ClassVar[int] = 1
    """Raised by hand when the same fields come to mean other pixels."""

    def inputs(self) -> tuple[Input, ...]:
        """Everything this request reads from other takes or anchors, in a fixed order."""
        return ()


class Lora(Data):
    """LoRA weights of an entity. ``percent`` is how strongly they act."""

    entity: Id
    weights: Input
    percent: int = Field(100, ge=0, le=200)


class SpokenIn(Data):
    """A line of dialogue that is heard in a shot: whose, when (milliseconds of the shot), and its words."""

    entity: Id
    start: int = Field(ge=0)
    milliseconds: int = Field(ge=1)
    words: Text


class PictureRequest(Request):
    """A request for frames that show a ``Picture``."""

    picture: Picture
    raster: Raster
    seed: int = Field(0, ge=0, le=2**31 - 1)
    settings: dict[Id, Scalar] = {}
    anchors: tuple[Input, ...] = ()
    """The anchor frames that the picture's references name, in the order of its entities."""
    loras: tuple[Lora, ...] = ()

    later: ClassVar[frozenset[str]] = frozenset({"loras"})

    def inputs(self) -> tuple[Input, ...]:
        return (*self.anchors, *(lora.weights for lora in self.loras))


Shows = Literal["depth", "lines", "segments", "pose"]
"""What a guide shows: see ``animatic/guides.py``."""


class Control(Data):
    """A guide that frames are drawn after; its frame ``start`` is that of the first new one."""

    take: Input
    start: int = Field(0, ge=0)


class Beside(Data):
    """A picture that a still is drawn beside: as it would be drawn by itself, at its moment and seed."""

    picture: Picture
    moment: int = Field(0, ge=0, le=100)
    seed: int = Field(0, ge=0, le=2**31 - 1)
    anchors: tuple[Input, ...] = ()


class Still(PictureRequest):
    """One frame, at ``moment`` percent of the shot: 0 as it opens, 100 as it closes."""

    kind: Literal["still"] = "still"
    moment: int = Field(0, ge=0, le=100)
    like: Input | None = None
    """An earlier keyframe of the same shot, whose light, set and framing it keeps."""
    sheet: Literal["", "front", "three-quarter", "full", "plate"] = ""
    """A reference sheet of the picture's one entity (``plate``: of its place), seen so."""

    beside: tuple[Beside, ...] = ()
    """The scene's identity pictures: drawn again with this one, which reads their self-attention.

    This still may be one of them: the one whose picture, moment and seed it has.
    """

    control: Control | None = None
    later: ClassVar[frozenset[str]] = frozenset({"loras", "moment", "like", "sheet", "beside", "control"})

    def inputs(self) -> tuple[Input, ...]:
        others = (anchor for one in self.beside for anchor in one.anchors)
        like = (self.like,) if self.like else ()
        return tuple(dict.fromkeys((*super().inputs(), *like, *others, *_guided(self.control))))


class Between(PictureRequest):
    """``frames`` frames from a first to a last one; with neither given, a whole clip from its picture.

    Where ``first`` or ``last`` is given, the output begins or ends on it.
    """

    kind: Literal["between"] = "between"
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    first: Input | None = None
    last: Input | None = None
    origin: Input | None = None
    """The frame that the shot opened with, kept in sight where the clip does not begin on it."""
    at: int = Field(0, ge=0)
    """Frames of the same shot before the first one: noise is drawn by the shot's own frames."""
    words: Text = ""
    """What is seen, where it is not what the picture tells: a transition from one scene to another."""

    control: Control | None = None
    speech: tuple[SpokenIn, ...] = ()
    """Lines of those in the picture, for a renderer that moves their mouths by them."""
    later: ClassVar[frozenset[str]] = frozenset({"loras", "origin", "at", "words", "control", "speech"})

    def inputs(self) -> tuple[Input, ...]:
        given = (*super().inputs(), self.first, self.last, self.origin, *_guided(self.control))
        return tuple(i for i in given if i)


class Extend(PictureRequest):
    """``frames`` new frames that go on from a tail, holding to the anchors."""

    kind: Literal["extend"] = "extend"
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    tail: Input
    """The last frames before the first new one; ``frame`` is where the parent's clip ends. For a family
    that goes on from noise and not from pixels it is the parent's part ``latents``."""
    at: int = Field(0, ge=0)
    """Frames of the same shot before the first new one: noise is drawn by the shot's own frames."""
    last: Input | None = None
    """The frame that the last new one is."""
    goal: Input | None = None
    """A frame that the shot reaches only later, kept in sight meanwhile."""
    colour: Input | None = None
    """The frame to whose colour statistics the new ones are held."""
    control: Control | None = None
    speech: tuple[SpokenIn, ...] = ()
    """Lines of those in the picture, for a renderer that moves their mouths by them."""
    later: ClassVar[frozenset[str]] = frozenset(
        {"loras", "at", "last", "goal", "colour", "control", "speech"}
    )

    def inputs(self) -> tuple[Input, ...]:
        more = (i for i in (self.last, self.goal, self.colour) if i)
        return (*super().inputs(), self.tail, *more, *_guided(self.control))


def _guided(control: Control | None) -> tuple[Input, ...]:
    return () if control is None else (control.take,)


class Refine(PictureRequest):
    """``frames`` frames of a take, from ``start`` on, drawn over again in the words of the picture."""

    kind: Literal["refine"] = "refine"
    take: Input
    start: int = Field(0, ge=0)
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    """Of the take and of the frames given."""
    strength: int = Field(ge=0, le=100)
    """Percent of the way back to noise (SDEdit, arXiv 2108.01073): 0 gives the take, 100 keeps nothing."""
    keep: Input | None = None
    """A still whose light parts (over half) are those of every frame that stay as they are."""
    words: Text = ""
    """What is to be seen, where it is not what the picture tells: how a person wants it changed."""

    def inputs(self) -> tuple[Input, ...]:
        return (*super().inputs(), self.take, *((self.keep,) if self.keep else ()))


class Upscale(PictureRequest):
    """``frames`` frames of a take at a larger raster. The picture's words are for models that read some."""

    kind: Literal["upscale"] = "upscale"
    take: Input
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()

    def inputs(self) -> tuple[Input, ...]:
        return (*super().inputs(), self.take)


class Guide(Request):
    """``frames`` frames of what models accept as control, of the staging of a picture.

    Part ``camera`` (JSON): the camera at every frame, and the colours of ``segments``.
    """

    kind: Literal["guide"] = "guide"
    shows: Shows
    picture: Picture
    raster: Raster
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    seed: int = Field(0, ge=0, le=2**31 - 1)


class Conform(Request):
    """A take, from frame ``start`` for ``frames`` frames of the film, in the film's raster and rate."""

    kind: Literal["conform"] = "conform"
    take: Input
    start: int = Field(0, ge=0)
    frames: int = Field(ge=1)
    rate: Rate = Rate()
    raster: Raster
    framing: Literal["fit", "fill"] = "fill"
    """``fill`` crops, ``fit`` pads with black."""
    motion: Literal["", "flow"] = ""
    """How frames that the take has not are made: repeated, or moved between those there are ("flow")."""

    later: ClassVar[frozenset[str]] = frozenset({"motion"})

    def inputs(self) -> tuple[Input, ...]:
        return (self.take,)


class Piece(Data):
    """Frames ``start`` up to but without ``stop`` of a take."""

    take: Input
    start: int = Field(0, ge=0)
    stop: int = Field(ge=1)


class Join(Request):
    """Pieces of takes, end to end, as one take of ``frames`` frames in the film's raster and rate."""

    kind: Literal["join"] = "join"
    pieces: tuple[Piece, ...] = Field(min_length=1)
    frames: int = Field(ge=1)
    rate: Rate = Rate()
    raster: Raster
    framing: Literal["fit", "fill"] = "fill"

    def inputs(self) -> tuple[Input, ...]:
        return tuple(dict.fromkeys(piece.take for piece in self.pieces))


class Grade(Request):
    """A take in other colours, the same for all its frames, in the film's raster and rate."""

    kind: Literal["grade"] = "grade"
    take: Input
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    raster: Raster
    look: GradeName = ""
    """Of the whole film (``storyboard/grading.py``)."""
    like: Input | None = None
    """The take of the scene's anchor, to whose light and colours this one is brought nearer first."""

    def inputs(self) -> tuple[Input, ...]:
        return (self.take,) if self.like is None else (self.take, self.like)


class Staged(Data):
    """What was staged in a take: enough for the animatic to stage it again."""

    picture: Picture
    raster: Raster
    seed: int = Field(0, ge=0, le=2**31 - 1)
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    drawn: bool = False
    """Whether the take was drawn so indeed, and not only told so in words."""


class Reframe(Request):
    """A take in another shape of frame, cropped so that who the shot is about stays in it."""

    kind: Literal["reframe"] = "reframe"
    take: Input
    frames: int = Field(ge=1, le=1_000_000)
    rate: Rate = Rate()
    raster: Raster
    staged: Staged

    def inputs(self) -> tuple[Input, ...]:
        return (self.take,)


class Title(Request):
    """A card: a heading and a body over the film's style, fading in and out of black by itself."""

    kind: Literal["title"] = "title"
    heading: Text
    body: Text = ""
    style: Style = Style.cut_paper
    mood: Mood = Mood.calm
    frames: int = Field(ge=1, le=100_000)
    rate: Rate = Rate()
    raster: Raster
    seed: int = Field(0, ge=0, le=2**31 - 1)
    credits: tuple[Credit, ...] = ()
    """End credits, under the heading: they stand still where they fit, else they roll."""

    later: ClassVar[frozenset[str]] = frozenset({"credits"})


class Speak(Request):
    """A line, spoken. Parts: ``sound`` (mono 48 kHz 16-bit WAV), ``words`` (JSON, see ``sound/``)."""

    kind: Literal["speak"] = "speak"
    words: Text
    voice: Voice
    delivery: Text = ""
    line: LineKind = LineKind.narration


class ScoreCue(Data):
    """From ``at`` (milliseconds) on, the music has this mood."""

    at: int = Field(ge=0)
    mood: Mood
    beat: Beat


class Score(Request):
    """Music of exactly ``milliseconds``. Part: ``sound`` (stereo 48 kHz 16-bit WAV).

    Composed to its cues; or ``own``, a person's own track, ``looped`` where it is shorter; or ``silent``.
    """

    later: ClassVar[frozenset[str]] = frozenset({"own", "looped", "silent", "ending"})

    kind: Literal["score"] = "score"
    milliseconds: int = Field(ge=1, le=36_000_000)
    cues: tuple[ScoreCue, ...]
    seed: int = Field(0, ge=0, le=2**31 - 1)
    own: Input | None = None
    looped: bool = False
    silent: bool = False
    ending: int = Field(0, ge=0)
    """Milliseconds at which the final chord falls; 0 leaves it to the composer."""

    def inputs(self) -> tuple[Input, ...]:
        return () if self.own is None else (self.own,)


class Effect(Request):
    """A sound effect or ambience. Part: ``sound`` (stereo 48 kHz 16-bit WAV)."""

    kind: Literal["effect"] = "effect"
    name: Id
    milliseconds: int = Field(ge=1, le=3_600_000)
    seed: int = Field(0, ge=0, le=2**31 - 1)


AnyRequest = Annotated[
    Still
    | Between
    | Extend
    | Refine
    | Upscale
    | Guide
    | Conform
    | Join
    | Grade
    | Reframe
    | Title
    | Speak
    | Score
    | Effect,
    Field(discriminator="kind"),
    SerializeAsAny(),
]


def expectation(request: Request) -> tuple[Raster | None, Rate | None, int | None]:
    """Raster, rate and number of frames that a request must give; None where it has no picture."""
    if isinstance(request, Still):
        return request.raster, Rate(), 1
    if isinstance(
        request, Between | Extend | Refine | Upscale | Guide | Conform | Join | Grade | Reframe | Title
    ):
        return request.raster, request.rate, request.frames
    return None, None, None
