"""A screenplay as read: its elements in order, every word of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class SpokenPart:
    """Words of a speech after one parenthetical (""), or before the first."""

    words: str
    delivery: str = ""
    sung: bool = False


@dataclass(frozen=True)
class Speech:
    """A character's cue and what is said under it."""

    cue: str
    """The name as it stands, without extensions."""
    extensions: tuple[str, ...] = ()
    """``V.O.``, ``O.S.``, ``CONT'D`` ..., without brackets."""
    parts: tuple[SpokenPart, ...] = ()
    dual: bool = False
    """Spoken at the same time as the speech before."""


@dataclass(frozen=True)
class Element:
    """Anything else: its words without marks."""

    kind: Literal["heading", "action", "centred", "transition", "section", "synopsis", "page-break"]
    words: str = ""


@dataclass(frozen=True)
class Screenplay:
    """Title page and body. Notes and what was struck out are counted, not kept."""

    title_page: tuple[tuple[str, str], ...] = ()
    """Keys in small letters, with their words."""
    body: tuple[Element | Speech, ...] = ()
    notes: int = 0
    struck_out: int = 0
    """Passages between ``/*`` and ``*/``."""
    fields: dict[str, str] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.fields.update(self.title_page)

    def words(self) -> Iterator[str]:
        """Every word of action and speech, in order."""
        for one in self.body:
            if isinstance(one, Speech):
                for part in one.parts:
                    yield from part.words.split()
            elif one.kind in ("action", "centred"):
                yield from one.words.split()
