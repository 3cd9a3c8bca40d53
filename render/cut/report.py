"""What the cut says of itself. Imports no codec, so a host program may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Tell = Callable[[str, float], None]
"""``tell(stage, share)``, share from 0 to 1. May raise to stop: the film before stays."""


@dataclass(frozen=True)
class CutReport:
    """What was made of what. ``notices`` are for a person: held handles, takes that were conformed."""

    frames: int
    copied_frames: int
    composed_frames: int
    path: Path
    notices: tuple[str, ...] = ()
