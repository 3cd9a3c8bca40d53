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


class Watch:
    """The same checks over frames that come piece by piece; see ``check_sound``.

    ``as_they_were``: nothing is drawn, so they may be black or all the same if they were so before.
    """

    def __init__(self, wanted: int, name: str, as_they_were: bool = False) -> None:
        self._wanted, self._name = wanted, name
        self._as_they_were = as_they_were
        self._seen = 0
        self._dark = self._still = True
        self._first: Shades | None = None

    def see(self, frames: Shades) -> Shades:
        """The frames of a piece that are wanted. Raises ``BadTake`` for values that are no colours."""
        frames = frames[: self._wanted - self._seen]
        if not is_finite(frames):
            raise BadTake(f"{self._name} gave values that are no colours (NaN) at frame {self._seen}")
        for frame in frames:
            first = self._first = frame if self._first is None else self._first
            self._dark = self._dark and float(frame.max()) <= _DARK
            self._still = self._still and float(np.abs(frame - first).max()) <= _STILL
        self._seen += len(frames)
        return frames

    def end(self) -> None:
        """Raise ``BadTake`` where frames lack, or are all black or all the same."""
        if self._seen < self._wanted:
            raise BadTake(f"{self._name} gave {self._seen} frames where {self._wanted} were asked for")
        if self._as_they_were:
            return
        if self._dark:
            raise BadTake(f"{self._name} gave black frames only")
        if self._still and self._wanted >= _LEAST_CLIP:
            raise BadTake(f"{self._name} gave {self._wanted} frames that are all the same: nothing moves")
