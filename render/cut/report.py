"""What the cut says of itself. Imports no codec, so a host program may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Tell = Callable[[str, float], None]
"""``tell(stage, share)``, share from 0 to 1. May raise to stop: the film before stays."""


@dataclass(frozen=True)
class Optical:
    """Frames ``start`` up to but without ``stop`` of clip ``number``, composed, in a file of their own.

    ``notices`` are what a person should know of how they were composed.
    """

    number: int
    start: int
    stop: int
    path: Path
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class CutReport:
    """What was made of what. ``notices`` are for a person: held handles, takes that were conformed.

    ``composed_frames`` are dissolves, fades and what else is not copied from a take; ``opticals`` those
    that were composed in this cut and left for the next, ``track`` the sound as it was encoded, where
    such things were to be left.
    """

    frames: int
    copied_frames: int
    composed_frames: int
    path: Path
    notices: tuple[str, ...] = ()
    opticals: tuple[Optical, ...] = ()
    track: Path | None = None
