"""Changes of looks: the parts that are named change, ``None`` leaves a part as it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .looks import Kind
from .schema import Colour, Data
from .vocabulary import Age, Beard, Being, Build, Dress, HairStyle, Hat, PlaceKind, Stature, Worn

Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


class BodyLookChange(Data):
    """The parts of a ``BodyLook`` that change."""

    being: Being | None = None
    species: Kind | None = None
    known: bool | None = None
    presents: Literal["woman", "man", "person"] | None = None
    age: Age | None = None
    build: Build | None = None
    stature: Stature | None = None
    skin: Colour | None = None
    hair: HairStyle | None = None
    hair_colour: Colour | None = None
    beard: Beard | None = None
    dress: Dress | None = None
    dress_colour: Colour | None = None
    trim_colour: Colour | None = None
    hat: Hat | None = None
    hat_colour: Colour | None = None
    worn: tuple[Worn, ...] | None = None
    coat_colour: Colour | None = None
    eye_colour: Colour | None = None
    carries: tuple[Kind, ...] | None = None


class PlaceLookChange(Data):
    """The parts of a ``PlaceLook`` that change."""

    kind: PlaceKind | None = None
    interior: bool | None = None
    layout: Seed | None = None
    tint: Colour | None = None


class ThingLookChange(Data):
    """The parts of a ``ThingLook`` that change."""

    kind: Kind | None = None
    known: bool | None = None
    colour: Colour | None = None
    stature: Stature | None = None
