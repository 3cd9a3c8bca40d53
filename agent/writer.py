"""The seam for whoever writes: a brief goes in, a treatment comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ..storyboard.film import Brief
from ..storyboard.treatment import Treatment

Tell = Callable[[str], None]
"""Takes one short sentence about what the writer is doing, for a person to read."""


@dataclass(frozen=True)
class Written:
    """What a writer hands back: the story, and what a person must be told about how it came to be."""

    treatment: Treatment
    notices: tuple[str, ...] = ()


@runtime_checkable
class Writer(Protocol):
    """Turns a brief into a treatment. ``name`` is what it registers as, ``model`` who really writes ("")."""

    name: str
    model: str

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """The story for ``brief``. Has no side effect on the project.

        Raises ``BadInput`` (nothing can be told from this), ``Unmeetable`` (what was asked cannot hold
        together) or a ``WriterError`` (the writer failed).
        """
        ...
