"""The seam for whoever reads what a person says: words and the film go in, what they mean comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from ...storyboard.edit_types import Edit
from ...storyboard.film import Film

Tell = Callable[[str], None]
"""Takes one short sentence about what the reader is doing, for a person to read."""
Deed = Literal["render", "board", "quote", "show", "approve", "stop"]
"""What can be asked for besides edits, undo and redo."""


@dataclass(frozen=True)
class Talk:
    """What was said before, as far as pointing words need it. Small plain data; kept with the conversation.

    ``shots`` and ``entities`` are ids that the last turns were about, the last first; ``said`` are the last
    few sentences of the person, the last last.
    """

    shots: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    asked: str = ""
    """The question that was put to the person last, where the words may answer it; else empty."""
    pending: tuple[Edit, ...] = ()
    """Edits that are shown and wait for a yes."""


@dataclass(frozen=True)
class Understood:
    """What a sentence means. Exactly one of: something to do (``edits``, ``history`` or ``deed``), an
    ``answer``, a ``question``, or only ``refused`` and ``unread`` parts.

    Where any part is ``unread`` or there is a ``question``, nothing is done before the person said more:
    a half-understood sentence is not half carried out unasked. ``edits`` apply in order, each to the film
    after those before it.
    """

    edits: tuple[Edit, ...] = ()
    history: int = 0
    """Steps to undo (below 0) or to redo (above 0)."""
    deed: Deed | None = None
    shots: tuple[str, ...] = ()
    """The shots that the sentence is about, for the next one's pointing words (and for ``deed``)."""
    entities: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()
    """How each part was understood, in a few words of plain English."""
    answer: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
    """Answers to ``question`` that would be understood, where they can be listed."""
    refused: tuple[str, ...] = ()
    """Parts that were understood and cannot be done, each with why and the nearest that can."""
    unread: tuple[str, ...] = ()
    """Parts that were not understood, in the person's own words."""
    notices: tuple[str, ...] = field(default=())


@runtime_checkable
class Reader(Protocol):
    """Understands what a person says about a film. Has no power over it: it returns typed edits only."""

    name: str
    model: str

    def understand(self, film: Film, words: str, talk: Talk, tell: Tell) -> Understood:
        """What ``words`` mean. Pure towards the film. Raises ``WriterError`` where a model fails, never for
        words that make no sense (those are ``unread``)."""
        ...
