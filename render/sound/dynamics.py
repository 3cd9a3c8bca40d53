"""A look-ahead limiter."""

from __future__ import annotations

import numpy as np

from .wav import Samples

LOOK_AHEAD = 240
"""Samples (5 ms) over which gain falls before a peak and rises after it."""


def sliding_min(values: Samples, width: int) -> Samples:
    """The least of each ``width`` neighbours: ``n - width + 1`` values, in log2(width) passes."""
    covered = 1
    while covered * 2 <= width:
        values = np.minimum(values[:-covered], values[covered:])
        covered *= 2
    rest = width - covered
    return np.minimum(values[: len(values) - rest], values[rest:]) if rest else values


def gain_under(peaks: Samples, ceiling: float) -> Samples:
    """The smooth gain that keeps ``peaks`` under ``ceiling``.

    ``peaks`` (magnitudes, 0 or more) carries ``2 * LOOK_AHEAD`` extra samples before and after; the
    result is ``4 * LOOK_AHEAD`` shorter, and at every sample at most ``ceiling / peak``: a minimum
    over the window, then a mean over it (its window lies within the minimum's).
    """
    wanted = ceiling / np.maximum(peaks, ceiling)
    least = sliding_min(wanted.astype(np.float32), 2 * LOOK_AHEAD + 1)
    if least.min() >= 1.0:
        return np.ones(len(peaks) - 4 * LOOK_AHEAD, np.float32)
    width = 2 * LOOK_AHEAD + 1
    total = np.cumsum(np.concatenate([[0.0], least.astype(np.float64)]))
    smooth = (total[width:] - total[:-width]) / width
    gain: Samples = np.minimum(smooth, 1.0).astype(np.float32)
    return gain


def limit(samples: Samples, ceiling: float) -> Samples:
    """A whole mono sound with every sample at most ``ceiling``."""
    held = samples.copy()
    reach = 2 * LOOK_AHEAD
    for start in range(0, len(samples), 1 << 18):
        stop = min(start + (1 << 18), len(samples))
        near = samples[max(0, start - reach) : stop + reach]
        before, after = max(0, reach - start), max(0, stop + reach - len(samples))
        held[start:stop] *= gain_under(np.abs(np.pad(near, (before, after))), ceiling)
    np.clip(held, -ceiling, ceiling, out=held)
    return held
