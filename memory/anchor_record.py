"""What is written down about an anchor frame, and whether it still shows what the film says."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pydantic_core
from pydantic import Field, ValidationError

from ..storyboard.errors import Damaged, NewerFilm, UnknownName
from ..storyboard.film import Film, state_of
from ..storyboard.looks import Character, Place, Prop
from ..storyboard.schema import Data, Id, Key, Name, Text, digest
from ..storyboard.sheet_picture import drawn_in
from ..storyboard.vocabulary import Hour
from .files import read_plain

Origin = Literal["sheet", "person", "take"]
SheetView = Literal["front", "three-quarter", "full", "plate"]
VERSION = 2
_MOST_BYTES = 200_000
"""A record has a few hundred bytes, and its free words at most 20,000 characters."""


class Seen(Data):
    """How an accepted frame was judged. ``distance`` (to the nearest anchor there was) and
    ``sharpness`` are in thousandths; a distance of 1000 also means that there was none."""

    by: Name
    """The descriptor: ``colour-layout``, or the kind of an embedding and its folder's name."""
    distance: int = Field(ge=0, le=1000)
    sharpness: int = Field(ge=0)


class Anchor(Data):
    """One anchor frame. ``digest`` is that of its pixels and the name of its file."""

    schema_version: Literal[2] = 2
    digest: Key
    entity: Id
    """A character, a prop, or a place (a plate)."""
    state: Id | None = None
    """None for how the entity always looks."""
    view: SheetView | None = None
    """How it is seen; None where nobody said."""
    hour: Hour | None = None
    """Of a plate: the hour whose light it shows; None fits any."""
    origin: Origin
    words: Text = ""
    take: Key | None = None
    """Of a sheet or a frame of a take: the take, and its frame."""
    frame: int | None = Field(None, ge=0)
    shot: Id | None = None
    """Of origin "take": the shot that it is a frame of."""
    long_term: bool = False
    """Of origin "take": the first accepted look of its entity and state. Never evicted."""
    look: Key | None = None
    """Digest of the look it shows (``look_digest``); None where it stands for any look."""
    manner: Key | None = None
    """Digest of the film's style as it is drawn in (``manner_digest``); None fits any."""
    seen: Seen | None = None
    set_aside: bool = False
    """Kept, but no longer bound to shots that have no reference yet."""


def read_anchor(path: Path, name: str) -> Anchor | None:
    """The record at ``path`` of the anchor ``name``, brought up to date; None where there is none.

    Raises ``Damaged`` where it is no such record (a link, a pipe, another anchor's), ``NewerFilm``.
    """
    data = read_plain(path, _MOST_BYTES)
    if data is None:
        return None
    try:
        plain = pydantic_core.from_json(data, allow_inf_nan=False)
        anchor = Anchor.model_validate(_upgraded(plain))
    except (ValidationError, ValueError, TypeError):
        raise Damaged(
            f"The record of anchor {name[:16]} cannot be read. Add its picture again, or delete {path.name}."
        ) from None
    if anchor.digest != name:
        raise Damaged(
            f"The record of anchor {name[:16]} says that it is another one ({anchor.digest[:16]}). It is not "
            f"used. Add its picture again, or delete {path.name}."
        )
    return anchor


def _upgraded(plain: dict[str, Any]) -> dict[str, Any]:
    """Version 1 knew no views, plates or styles; its fields mean the same today."""
    version = plain.get("schema_version")
    if isinstance(version, int) and version > VERSION:
        raise NewerFilm("An anchor of this film was written by a newer photoplay. Update to read it.")
    return {**plain, "schema_version": VERSION} if version == 1 else plain


def entities(film: Film) -> dict[str, Character | Place | Prop]:
    """All that can be remembered: characters, places and props by id."""
    return {**film.characters, **film.places, **film.props}


def look_digest(film: Film, entity: str, state: str | None) -> str:
    """Digest of how a character, prop or place looks in a state; names are no part of it."""
    every = entities(film)
    if entity not in every:
        raise UnknownName("character, prop or place", entity, list(every))
    thing = every[entity]
    return digest([thing.words, thing.look, state_of(thing, state)])


def manner_digest(film: Film) -> str:
    """Digest of the style that sheets and frames are drawn in."""
    return digest(list(drawn_in(film)))


def still_so(film: Film, anchor: Anchor) -> bool:
    """Whether an anchor shows how its entity looks in the film now."""
    return (
        anchor.entity in film.characters or anchor.entity in film.props or anchor.entity in film.places
    ) and (
        anchor.look in (None, look_digest(film, anchor.entity, anchor.state))
        and anchor.manner in (None, manner_digest(film))
    )
