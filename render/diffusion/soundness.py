"""Whether frames may leave the renderer: finite, as many as asked, not black, not frozen."""

from __future__ import annotations

import numpy as np

from ...storyboard.errors import BadTake
from .family import Shades

_DARK = 2 / 255
_STILL = 0.5 / 255
_LEAST_CLIP = 9
"""Frames from which on a clip in which nothing moves at all counts as frozen."""


def is_finite(frames: Shades) -> bool:
    """True where every value is a number."""
    return all(bool(np.isfinite(frame).all()) for frame in frames)


def check_sound(frames: Shades, wanted: int, name: str) -> None:
    """Raise ``BadTake`` unless at least ``wanted`` frames are there and they are a picture."""
    if len(frames) < wanted:
        raise BadTake(f"{name} gave {len(frames)} frames where {wanted} were asked for")
    if not is_finite(frames):
        raise BadTake(f"{name} gave values that are no colours (NaN), in full precision too")
    if all(float(frame.max()) <= _DARK for frame in frames):
        raise BadTake(f"{name} gave black frames only")
    if wanted >= _LEAST_CLIP and all(
        float(np.abs(frame - frames[0]).max()) <= _STILL for frame in frames[1:wanted]
    ):
        raise BadTake(f"{name} gave {wanted} frames that are all the same: nothing moves")
