"""Calm: how much there is to see in each part of a place; what is written hangs where little is. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .margins import Taken

GRID = 48, 27
"""Parts of a frame, across and down."""
_EACH = 4
"""Pixels of the width and of the height of a part."""
SMALL = GRID[0] * _EACH, GRID[1] * _EACH
"""The size in pixels at which a place is looked at."""
_STILL, _LOUD = 9.0, 34.0
"""Mean steps from pixel to pixel, of 255, up to which a part is calm, and from which on it is all lines."""
_WEIGHT = 0.9
"""How much worse a mark before nothing but lines is than one before a bare wall."""


def busy(image: npt.NDArray[np.uint8], size: tuple[int, int]) -> list[Taken]:
    """The parts of a frame that are not calm, in its pixels, and how much worse a mark is there.

    ``image`` is the place without those who act, ``SMALL`` pixels wide and high, of three colours or more;
    ``size`` the frame's.
    """
    seen = image[..., :3].astype(np.int16)
    steps = np.zeros(seen.shape[:2])
    steps[:, 1:] += np.abs(np.diff(seen, axis=1)).max(axis=2)
    steps[1:, :] += np.abs(np.diff(seen, axis=0)).max(axis=2)
    mean = steps.reshape(GRID[1], _EACH, GRID[0], _EACH).mean(axis=(1, 3))
    loud = np.clip((mean - _STILL) / (_LOUD - _STILL), 0.0, 1.0)
    wide, high = size[0] / GRID[0], size[1] / GRID[1]
    return [
        ((x * wide, y * high, (x + 1) * wide, (y + 1) * high), _WEIGHT * float(loud[y, x]))
        for y, x in np.argwhere(loud > 0.0).tolist()
    ]
