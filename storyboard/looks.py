"""Typed looks: what a renderer needs to draw the same entity the same way in every shot.

Every look stands beside the entity's free ``words``. Colours are sRGB.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from .schema import Colour, Data, Grown, Id, Name, RendererName, Text
from .vocabulary import (
    Age,
    Beard,
    Being,
    Build,
    Dress,
    HairStyle,
    Hat,
    Mark,
    PlaceKind,
    Stature,
    Worn,
)

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9 -]{0,39}$")]
"""A key of the lexicon (``fox``, ``oil lamp``); an unknown one is the noun itself, lower-case ASCII."""


class BodyLook(Data):
    """The look of a character, whatever its body plan."""

    being: Being = Being.person
    species: Kind = "person"
    """Lexicon key: ``person``, ``fox``, ``whale`` ..., or the noun itself where the lexicon has none."""
    known: bool = True
    """False where the species is not in the lexicon: drawn as a labelled shape or a neutral creature."""
    presents: Literal["woman", "man", "person"] = "person"
    age: Age = Age.adult
    build: Build = Build.average
    stature: Stature = Stature.medium
    skin: Colour = "#c99a75"
    hair: HairStyle = HairStyle.short
    hair_colour: Colour = "#3a2a20"
    beard: Beard = Beard.none
    dress: Dress = Dress.shirt
    dress_colour: Colour = "#3f6f8f"
    trim_colour: Colour = "#e0b040"
    hat: Hat = Hat.none
    hat_colour: Colour = "#2c3e58"
    worn: tuple[Worn, ...] = ()
    coat_colour: Colour = "#8a6a4a"
    """Fur, feathers, scales, metal or cloth of a being that is not a person."""
    eye_colour: Colour = "#2a2018"
    carries: tuple[Kind, ...] = ()


class PlaceLook(Data):
    """The look of a place."""

    kind: PlaceKind = PlaceKind.elsewhere
    interior: bool = False
    layout: int = Field(0, ge=0, le=2**31 - 1)
    """Seed of everything about the place that is a free choice, so that it stays the same place."""
    tint: Colour = "#7f8fa0"


class ThingLook(Data):
    """The look of a prop."""

    kind: Kind = "thing"
    known: bool = True
    """False where no drawing is known for the kind: drawn as a clear labelled shape."""
    colour: Colour = "#b08040"
    stature: Stature = Stature.medium


class State(Data):
    """A named state of an entity ("coat on", "wounded", "lit"). Only what it changes is set."""

    name: Id
    words: Text = ""
    marks: tuple[Mark, ...] = ()
    worn: tuple[Worn, ...] = ()
    """Worn in addition."""
    dress: Dress | None = None
    dress_colour: Colour | None = None
    hat: Hat | None = None
    age: Age | None = None


class Voice(Grown):
    """How a character or the narrator sounds. Belongs to the character and stays with it."""

    later: ClassVar[frozenset[str]] = frozenset({"size", "melody", "named"})

    maker: RendererName = "espeak"
    """Who speaks: ``espeak``, ``piper`` or ``remote:NAME``. Never replaced by another in silence."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$")] = "en-gb"
    """espeak-ng's voice code, BCP 47 like."""
    variant: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,24}$")] = ""
    pitch: int = Field(50, ge=0, le=100)
    pace: int = Field(155, ge=80, le=300)
    """Words a minute."""
    size: int = Field(100, ge=50, le=160)
    """Percent of an ordinary head and chest: a mouse has 65, a giant 140. Sets timbre, and pitch with it."""
    melody: int = Field(58, ge=0, le=100)
    """How far the pitch moves within a sentence; 0 is a robot's."""
    named: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$|^$")] = ""
    """The maker's own name for the voice, such as ``alloy``; empty where it goes by the rest."""


class Character(Data):
    """Somebody the story follows."""

    id: Id
    name: Name
    noun: Name = ""
    """What the character is without the name ("lighthouse keeper"); stands for the name in pictures."""
    words: Text = ""
    look: BodyLook = BodyLook()
    states: tuple[State, ...] = ()
    voice: Voice = Voice()
    locked: bool = False
    """A locked character is not changed by a writer or a general edit."""


class Place(Data):
    """Somewhere the story happens."""

    id: Id
    name: Name
    words: Text = ""
    look: PlaceLook = PlaceLook()
    states: tuple[State, ...] = ()


class Prop(Data):
    """A thing the story needs."""

    id: Id
    name: Name
    words: Text = ""
    look: ThingLook = ThingLook()
    states: tuple[State, ...] = ()
