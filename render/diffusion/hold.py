"""Colour held to an anchor: the guard against drift that window after window adds up to.

Statistics are matched to the *anchor*, never to the window before, so that errors do not build up.
"""

from __future__ import annotations

import numpy as np

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
    seen = frames.reshape(-1, 3)
    mean, spread = seen.mean(axis=0, dtype=np.float64), seen.std(axis=0, dtype=np.float64)
    to_mean = mean + share * (wanted.mean(axis=0) - mean)
    to_spread = spread + share * (wanted.std(axis=0) - spread)
    gain = to_spread / np.maximum(spread, _LEAST_SPREAD)
    held = (frames - mean.astype(np.float32)) * gain.astype(np.float32) + to_mean.astype(np.float32)
    clipped: Shades = np.clip(held, 0.0, 1.0).astype(np.float32)
    return clipped
