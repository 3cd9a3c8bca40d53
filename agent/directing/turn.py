"""A turn: what came of something that a person said about a film."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ...storyboard.edit_types import Edit
from .difference import Difference
from .understood import Understood

Kind = Literal["proposal", "answer", "question", "refusal", "deed", "done"]


@dataclass(frozen=True)
class Turn:
    """What came of a sentence. Only ``done`` says that something was changed or made.

    ``proposal``: edits that wait for a yes; ``answer``: something was asked about the film, and this is it;
    ``question``: one thing has to be known first; ``refusal``: it was not understood, or cannot be done;
    ``deed``: something to do without a change of the film (render, undo ...), which waits to be carried out.
    """

    kind: Kind
    words: str
    """All of it for a person to read: plain text, one or more lines, never markup."""
    understood: Understood = field(default_factory=Understood)
    difference: Difference | None = None
    """Of a proposal, and of what was done by one."""
    edits: tuple[Edit, ...] = ()
    """What a yes applies: the edits that were understood, and what they make of the brief (``loosened``)."""
    loosened: tuple[str, ...] = ()
    """Hard constraints of the brief that would not hold any more, each with the nearest that can: on yes the
    brief is changed to that."""
    choices: tuple[str, ...] = ()
    """Answers to a question, where they can be listed."""
    made: tuple[str, ...] = ()
    """Shots and cards whose picture was made, in film order."""
    path: Path | None = None
    """The film, where it was cut."""
    wall: float = 0.0
    """Seconds that it took to do."""
