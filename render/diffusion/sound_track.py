"""The sound that a model makes with its frames, cut to exactly those that are kept, as a WAV file.

It is what the model dreamt its picture to sound like: steps, wind, perhaps voices that say nothing
anybody wrote. It stays beside the take as its part ``sound``; no film mixes it in by itself.
"""

from __future__ import annotations

from math import gcd

import numpy as np

from ...storyboard.errors import BadTake
from ...storyboard.rate import Rate
from ..sound.filters import resample
from ..sound.wav import SAMPLE_RATE, Samples, wav_bytes


def track(waveform: Samples, sampled_at: int, rate: Rate, before: int, frames: int) -> bytes:
    """A 16-bit WAV at 48 kHz of the sound of ``frames`` frames, those after the first ``before`` ones.

    ``waveform`` is channels x samples at ``sampled_at`` samples a second, full scale -1 to 1, and begins
    with the clip; of more than two channels the first two are kept. The length is that of the frames at
    ``rate``, rounded to a sample. A waveform that ends earlier, as LTX-2's does by up to 50 ms, is
    followed by silence. Raises ``BadTake`` where it holds values that are no numbers.
    """
    if not np.isfinite(waveform).all():
        raise BadTake("The model gave a sound of values that are no numbers (NaN)")
    start, stop = (round(rate.seconds(n) * SAMPLE_RATE) for n in (before, before + frames))
    heard = np.stack([at_48_khz(channel, sampled_at) for channel in waveform[:2]], axis=1)[start:stop]
    whole = np.zeros((stop - start, heard.shape[1]), np.float32)
    whole[: len(heard)] = heard
    return wav_bytes(whole[:, 0] if whole.shape[1] == 1 else whole)


def at_48_khz(samples: Samples, sampled_at: int) -> Samples:
    """One channel at another rate, at 48 kHz: as many seconds, to within a sample."""
    if sampled_at == SAMPLE_RATE:
        return samples
    common = gcd(SAMPLE_RATE, sampled_at)
    return resample(samples, SAMPLE_RATE // common, sampled_at // common)
