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
    held: Shades = np.empty_like(frames, dtype=np.float32)
    for channel, by in enumerate(gain):
        np.multiply(frames[..., channel], np.float32(by), out=held[..., channel], casting="same_kind")
        held[..., channel] += np.float32(to_mean[channel] - mean[channel] * by)
    return np.clip(held, 0.0, 1.0, out=held)


def _statistics(frames: Shades) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Mean and standard deviation of each channel, one channel of one frame at a time: a window is large."""
    channels = range(frames.shape[-1])
    each = [[frame[..., channel] for channel in channels] for frame in frames]
    mean = np.mean([[seen.mean(dtype=np.float64) for seen in frame] for frame in each], axis=0)
    spreads = [
        [
            np.square(seen - np.float32(middle)).mean(dtype=np.float64)
            for seen, middle in zip(frame, mean, strict=True)
        ]
        for frame in each
    ]
    return mean, np.sqrt(np.mean(spreads, axis=0))
