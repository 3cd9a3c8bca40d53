"""A film as it should be: story, shots, settings and the decisions recorded while making it.

A ``Film`` holds no pixels and no path. It is changed only by ``edits.apply``.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from .credits import Credit
from .grading import GradeName
from .looks import Character, Place, Prop, State, Voice
from .lower_third import LowerThird
from .music import Music
from .plate import Plate
from .rate import Rate
from .schema import Data, Grown, Id, Key, LongText, Name, RendererName, Text
from .vocabulary import (
    Action,
    Angle,
    Beat,
    Distance,
    Expression,
    Facing,
    Hour,
    Lens,
    LightKey,
    LineKind,
    Mood,
    Move,
    Opening,
    Season,
    ShotSize,
    Side,
    Style,
    View,
    Weather,
    Wipe,
)

TakeSound = Literal["drop", "keep"]
Scalar = bool | int | Annotated[str, StringConstraints(max_length=200)]


class Line(Data):
    """Words that are heard. Who speaks: a character's id, or None for the narrator."""

    id: Id
    speaker: Id | None = None
    kind: LineKind = LineKind.narration
    words: Text
    delivery: Text = ""


class Event(Data):
    """The one thing that happens in a shot: its sentence, and the same as closed values."""

    sentence: Text
    actor: Id | None = None
    action: Action = Action.stand
    verb: Name = ""
    """The verb as the writer had it, where ``action`` is only its nearest drawing."""
    target: Id | None = None
    manner: Name = ""
    known: bool = True
    """False where the verb is not in the lexicon and ``action`` is a neutral performance."""


class CastMember(Data):
    """One character in one shot: state, staging and the references bound to it."""

    entity: Id
    state: Id | None = None
    action: Action = Action.stand
    expression: Expression = Expression.neutral
    side: Side = Side.centre
    distance: Distance = Distance.middle
    facing: Facing = Facing.camera
    gaze: Id | None = None
    """The entity looked at; None looks where it faces."""
    holds: tuple[Id, ...] = ()
    references: tuple[Key, ...] = ()
    """Digests of the anchor frames bound to this character in this state."""
    loras: tuple[Key, ...] = ()
    """Digests of the LoRA weights bound to this character."""


class PropUse(Data):
    """One prop in one shot. A prop that is held stands in its holder's ``holds`` as well."""

    entity: Id
    state: Id | None = None
    side: Side = Side.centre
    distance: Distance = Distance.middle
    references: tuple[Key, ...] = ()
    loras: tuple[Key, ...] = ()


class Camera(Data):
    """The camera of a shot."""

    size: ShotSize = ShotSize.medium
    angle: Angle = Angle.eye
    view: View = View.objective
    move: Move = Move.static
    lens: Lens = Lens.normal
    focus: Id | None = None
    """The entity that is framed; None frames the whole staging."""
    words: Text = ""


class Shot(Grown):
    """A wish: what should be seen and heard. Identity is ``id``, never the place in the list."""

    id: Id
    scene: Id
    event: Event
    opening: Text = ""
    """State of things as the shot opens."""
    closing: Text = ""
    """State of things as it closes."""
    cast: tuple[CastMember, ...] = ()
    props: tuple[PropUse, ...] = ()
    plates: tuple[Key, ...] = ()
    """Digests of the anchor frames bound to the scene's place."""
    camera: Camera = Camera()
    light: LightKey = LightKey.natural
    light_words: Text = ""
    frames: int = Field(96, ge=1, le=1_000_000)
    """Length in the cut, in frames at the film's rate."""
    head: int = Field(0, ge=0, le=1_000_000)
    """Frames of its take that are left out at the start: a trim, for which nothing is filmed anew."""
    opens: Opening = Opening.cut
    overlap: int = Field(0, ge=0, le=240)
    """Frames of dissolve, wipe or fade at the opening; 0 for a cut. Dissolve and wipe overlap the shot
    before."""
    wipe: Wipe = Wipe.right
    """The form of a wipe; of no meaning for other openings."""
    lines: tuple[Line, ...] = ()
    lead: int = Field(0, ge=0, le=10_000)
    """Frames from the start of the shot to its first line."""
    sound_early: int = Field(0, ge=0, le=240)
    """A J-cut: its first line begins so many frames before its picture, under the shot before, as far as
    nothing else is said there and half of the line is left to its own picture. ``lead`` is then not used."""
    sound_late: int = Field(0, ge=0, le=240)
    """An L-cut: its last line ends so many frames after its picture, under the shot that follows, as far as
    that one is silent and half of the line is left to its own picture."""
    lower_third: LowerThird | None = None
    """A name and a role over the picture."""
    seed: int = Field(0, ge=0, le=2**31 - 1)
    renderer: RendererName | None = None
    """Where it differs from the film's."""
    settings: dict[Id, Scalar] = {}
    notes: Text = ""
    plate: Plate | None = None
    """A person's own footage in the shot, or an earlier take that is changed by words."""

    runs_on: bool = False
    """In a screenplay its sentence goes on in the paragraph of the shot before."""

    take_sound: TakeSound = "drop"
    """Whether the sound that its take came with, where a model made one, is heard in the film."""

    later: ClassVar[frozenset[str]] = frozenset(
        {"plate", "runs_on", "wipe", "take_sound", "sound_early", "sound_late", "lower_third", "head"}
    )


class Scene(Data):
    """One place and time."""

    id: Id
    title: Name = ""
    beat: Beat = Beat.setup
    place: Id
    place_state: Id | None = None
    hour: Hour = Hour.morning
    weather: Weather = Weather.clear
    mood: Mood = Mood.calm
    words: Text = ""


class Story(Data):
    """What the film tells, and who, where and what is in it."""

    title: Name
    logline: Text = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    season: Season = Season.summer
    mood: Mood = Mood.hopeful
    era: Name = ""
    look_words: Text = ""
    characters: tuple[Character, ...] = ()
    places: tuple[Place, ...] = ()
    props: tuple[Prop, ...] = ()
    scenes: tuple[Scene, ...] = ()
    narrator: Voice = Voice()


class Card(Data):
    """A title or end card."""

    id: Id
    heading: Text
    body: Text = ""
    frames: int = Field(ge=1, le=100_000)


class Brief(Data):
    """What the person asked for. Kept word for word; never changed by a writer."""

    idea: LongText
    seconds: int | None = Field(None, ge=1, le=36_000)
    """Asked length; None lets the story set it."""
    shots: int | None = Field(None, ge=1, le=20_000)
    characters: int | None = Field(None, ge=0, le=100)
    """At most so many."""
    dialogue: bool = True
    style: Style | None = None


Subtitled = Literal["soft", "burnt", "off"]
Effects = Literal["on", "off"]


class OwnSound(Data):
    """A sound that a person brought: the project keeps it under the digest of its samples."""

    digest: Key
    milliseconds: int = Field(ge=1, le=3_600_000)


class Settings(Grown):
    """How the film is made. ``width`` and ``height`` in pixels, even."""

    later: ClassVar[frozenset[str]] = frozenset(
        {
            "subtitles",
            "credentials",
            "effects",
            "sounds",
            "music",
            "grade",
            "match",
            "lower_thirds",
            "credits",
            "j_cuts",
        }
    )

    width: int = Field(1280, ge=64, le=8192, multiple_of=2)
    height: int = Field(720, ge=64, le=8192, multiple_of=2)
    rate: Rate = Rate()
    seed: int = Field(0, ge=0, le=2**31 - 1)
    style: Style = Style.cut_paper
    renderer: RendererName = "animatic"
    writer: RendererName = "outline"
    values: dict[Id, Scalar] = {}
    """Settings of the renderer, by name."""
    lower_thirds: bool = False
    """Whether everybody is introduced by name over the shot in which they are seen first."""
    credits: bool = False
    """Whether end credits tell who really made what."""
    j_cuts: bool = True
    """Whether boarding may let the sound of a new speaker lead the picture (a J-cut)."""
    subtitles: Subtitled = "soft"
    """A track that can be turned off, drawn into the picture, or none."""
    grade: GradeName = ""
    """One look over the whole film, by name; "" for the colours as they were made."""
    match: bool = False
    """Whether each shot's light and colours are brought nearer to those of its scene's first shot."""
    effects: Effects = "on"
    """Ambience and effects under words and music, or none."""
    sounds: dict[Id, OwnSound] = {}
    """Sounds of a person's own, by the name of the one in whose place they are heard."""
    music: Music = Music()
    """Composed to the scenes, a track of a person's own, or none."""
    credentials: bool = False
    """Whether the finished film is signed with content credentials (C2PA)."""


class Wrote(Data):
    """Who really wrote the story, and what a person must be told about it."""

    writer: Name
    model: Name = ""
    notices: tuple[Text, ...] = ()


class Decision(Data):
    """Something decided while making, which later plans must keep."""

    kind: Literal["degraded", "anchor", "weights", "other"]
    subject: Name
    words: Text


class Decisions(Grown):
    """Facts recorded while making; part of what a plan is a pure function of."""

    later: ClassVar[frozenset[str]] = frozenset({"credits"})

    chosen: dict[Id, Key] = {}
    """Shot or card id -> key of the take that is used for it."""
    pinned: tuple[Id, ...] = ()
    """Items whose chosen take a person chose: it is used even where the plan has another."""
    spoken: dict[Id, Annotated[int, Field(ge=0, le=36_000_000)]] = {}
    """Line id -> measured length in milliseconds, for the words of ``spoken_words``."""
    spoken_words: dict[Id, Key] = {}
    """Line id -> digest of the words and voice that were measured."""
    recorded: tuple[Decision, ...] = ()
    credits: tuple[Credit, ...] = ()
    """Who really made what, as the credits of the last cut tell it."""


class Film(Data):
    """The whole film as it should be."""

    schema_version: Literal[2] = 2
    id: Id
    brief: Brief
    settings: Settings = Settings()
    story: Story | None = None
    shots: tuple[Shot, ...] = ()
    opening: Card | None = None
    ending: Card | None = None
    wrote: Wrote | None = None
    decisions: Decisions = Decisions()

    @model_validator(mode="after")
    def _whole(self) -> Film:
        """Every id is unique and every id named exists."""
        if self.story is None:
            if self.shots:
                raise ValueError("shots without a story")
            return self
        story = self.story
        for what, ids in (
            ("scene", [s.id for s in story.scenes]),
            ("shot", [s.id for s in self.shots]),
            ("line", [line.id for shot in self.shots for line in shot.lines]),
            (
                "entity",
                [c.id for c in story.characters] + [p.id for p in story.places] + [p.id for p in story.props],
            ),
        ):
            if len(set(ids)) != len(ids):
                twice = next(i for i in ids if ids.count(i) > 1)
                raise ValueError(f"two {what}s have the id {twice!r}")
        for scene in story.scenes:
            if scene.place not in self.places:
                raise ValueError(f"scene {scene.id!r} is at a place that does not exist: {scene.place!r}")
        scenes = {scene.id for scene in story.scenes}
        beings = self.characters.keys() | self.props.keys()
        for shot in self.shots:
            if shot.scene not in scenes:
                raise ValueError(f"shot {shot.id!r} is in a scene that does not exist: {shot.scene!r}")
            named = {m.entity for m in shot.cast} - self.characters.keys()
            named |= {p.entity for p in shot.props} - self.props.keys()
            loose = {shot.event.actor, shot.event.target, shot.camera.focus, *(m.gaze for m in shot.cast)}
            named |= {i for i in loose if i is not None and i not in beings and i not in self.places}
            named |= {h for m in shot.cast for h in m.holds} - self.props.keys()
            named |= {line.speaker for line in shot.lines if line.speaker} - self.characters.keys()
            if named:
                raise ValueError(f"shot {shot.id!r} names what does not exist: {', '.join(sorted(named))}")
            if len({m.entity for m in shot.cast}) != len(shot.cast):
                raise ValueError(f"shot {shot.id!r} casts somebody twice")
        return self

    @cached_property
    def characters(self) -> dict[str, Character]:
        """Characters by id."""
        return {c.id: c for c in self.story.characters} if self.story else {}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by id."""
        return {p.id: p for p in self.story.places} if self.story else {}

    @cached_property
    def props(self) -> dict[str, Prop]:
        """Props by id."""
        return {p.id: p for p in self.story.props} if self.story else {}

    @cached_property
    def scenes(self) -> dict[str, Scene]:
        """Scenes by id."""
        return {s.id: s for s in self.story.scenes} if self.story else {}

    @cached_property
    def name_bearers(self) -> tuple[re.Pattern[str] | None, dict[str, str]]:
        """A pattern of all display names, and what stands for each ("the lighthouse keeper").

        "the keeper" is found at the beginning of a sentence too, where it is written "The keeper".
        """
        bearers = {c.name: f"the {c.noun}" if c.noun else "the character" for c in self.characters.values()}
        names = sorted((n for n in bearers if n), key=len, reverse=True)
        bearers |= {_capital(n): _capital(bearers[n]) for n in names if n[0].islower()}
        names = sorted(filter(None, bearers), key=len, reverse=True)
        return (re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b") if names else None), bearers

    def shot(self, shot_id: str) -> Shot:
        """The shot of that id. Raises ``UnknownName``."""
        from .errors import UnknownName

        for shot in self.shots:
            if shot.id == shot_id:
                return shot
        raise UnknownName("shot", shot_id, [s.id for s in self.shots])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def state_of(entity: Character | Place | Prop, name: str | None) -> State | None:
    """The entity's state of that name; None for no name or an unknown one."""
    return next((s for s in entity.states if s.name == name), None)
