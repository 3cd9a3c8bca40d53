"""Wipes: how much of the incoming shot is seen at each pixel, while its edge goes over the frame.

The edge is soft over ``SOFT`` of its way, and eased, so that it does not crawl in steps. It is wholly
outside of the frame before the first and after the last moment, and what is seen of the one shot at a
moment is seen of the other at the moment as far from the end, on the other side.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ...storyboard.vocabulary import Wipe
from ..protocol import Pixels

SOFT = 0.08
"""Width of the edge, as a share of the way that it goes."""

Weights = npt.NDArray[np.uint16]
"""256ths of the incoming shot: height x width x 1, or 1 along a side where all are the same."""


class WipeMask:
    """The weights of one form of wipe."""

    def __init__(self, form: Wipe) -> None:
        self._form = form
        self._way: npt.NDArray[np.float64] | None = None
        self._size = (0, 0)

    def weights(self, progress: float, over: Pixels) -> Weights:
        """Weights for a frame of the size of ``over``; ``progress`` from 0 to 1."""
        size = over.shape[:2]
        if self._way is None or self._size != size:
            self._way, self._size = way(self._form, *size), size
        share = np.clip((progress * (1 + SOFT) - self._way) / SOFT, 0.0, 1.0)
        eased = share * share * (3 - 2 * share)
        weights: Weights = np.rint(256 * eased).astype(np.uint16)
        return weights


def way(form: Wipe, height: int, width: int) -> npt.NDArray[np.float64]:
    """How far along the edge's way each pixel lies, 0 to 1 at the pixels' middles; ends in an axis of 1."""
    across = ((np.arange(width) + 0.5) / width)[None, :, None]
    along = ((np.arange(height) + 0.5) / height)[:, None, None]
    if form is Wipe.right:
        return across
    if form is Wipe.left:
        return 1 - across
    if form is Wipe.down:
        return along
    if form is Wipe.up:
        return 1 - along
    x, y = (across - 0.5) * width, (along - 0.5) * height
    found: npt.NDArray[np.float64] = np.arctan2(x, -y) / (2 * np.pi) % 1.0
    if form is Wipe.iris:
        found = np.hypot(x, y) / np.hypot(width / 2, height / 2)
    return found
