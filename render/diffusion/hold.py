"""Colour held to an anchor: the guard against drift that window after window adds up to.

Statistics are matched to the *anchor*, never to the window before, so that errors do not build up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..protocol import Pixels
from .family import Shades

SHARE = 0.25
"""How far the new frames go towards the anchor's statistics (LTX's long pipeline takes 0.25, too)."""
_LEAST_SPREAD = 1e-3


def hold_colour(frames: Shades, anchor: Pixels, share: float = SHARE) -> Shades:
    """``frames`` (frames x height x width x 3, 0 to 1) with colours nearer those of ``anchor``.

    Per channel, mean and standard deviation over all frames are moved ``share`` of the way to the
    anchor's (adaptive instance normalisation, Huang and Belongie 2017, equation 8, on pixels). One
    change for the whole window: nothing flickers.
    """
    wanted = anchor[:, :, :3].reshape(-1, 3).astype(np.float64) / 255
    mean, spread = _statistics(frames)
    to_mean = mean + share * (wanted.mean(axis=0) - mean)
    to_spread = spread + share * (wanted.std(axis=0) - spread)
    gain = to_spread / np.maximum(spread, _LEAST_SPREAD)
    held: Shades = np.multiply(frames, gain, dtype=np.float32, casting="same_kind")
    held += (to_mean - mean * gain).astype(np.float32)
    return np.clip(held, 0.0, 1.0, out=held)


def _statistics(frames: Shades) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Mean and standard deviation of each channel, frame by frame: a window is large."""
    each = [frame.reshape(-1, 3) for frame in frames]
    mean = np.mean([seen.mean(axis=0, dtype=np.float64) for seen in each], axis=0)
    squares = [np.square(seen - mean).mean(axis=0) for seen in each]
    return mean, np.sqrt(np.mean(squares, axis=0))
