"""Loudness and true peak of a stream, by ITU-R BS.1770-5 (K weighting, gating, 4 x oversampling)."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from .filters import Convolver
from .wav import SAMPLE_RATE, Samples

_STEP = SAMPLE_RATE // 10
"""A gating block is four steps (400 ms), one begins at every step."""
_PHASES, _HALF = 4, 12
_RUN = 512
"""Samples that are looked between together."""


@cache
def _k_weighting() -> Samples:
    """The two biquads of BS.1770 (table 1 and 2, 48 kHz) as one impulse response of 1/6 s."""
    shelf = (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (1.0, -1.69065929318241, 0.73248077421585),
    )
    high_pass = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
    size = 1 << 17
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(size // 2 + 1, np.complex128)
    for above, below in (shelf, high_pass):
        response *= (above[0] + above[1] * z + above[2] * z**2) / (below[0] + below[1] * z + below[2] * z**2)
    impulse: Samples = np.fft.irfft(response)[: 1 << 13].astype(np.float32)
    return impulse


@cache
def _between() -> Samples:
    """Windowed-sinc kernels (2 * _HALF taps) for the values 1/4, 2/4 and 3/4 of a sample on."""
    offsets = np.arange(-_HALF + 1, _HALF + 1)
    distance = offsets[None, :] - np.arange(1, _PHASES)[:, None] / _PHASES
    window = np.cos(np.pi * distance / (2 * _HALF + 1)) ** 2
    kernels: Samples = (np.sinc(distance) * window).astype(np.float32)
    return kernels


def true_peaks(samples: Samples, above: float = 0.0) -> Samples:
    """Greatest magnitude at and just after each of ``n x channels`` samples, over the channels: ``n``.

    Between samples the signal is interpolated; runs whose samples all lie under ``above`` are left
    at their sample peak, since a crest between two samples is less than twice the samples about it.
    """
    turned = np.ascontiguousarray(samples.T)
    peaks: Samples = np.abs(turned).max(axis=0)
    if not len(peaks) or peaks.max() * 2.0 <= above:
        return peaks
    loud = np.flatnonzero(np.maximum.reduceat(peaks, np.arange(0, len(peaks), _RUN)) * 2.0 > above) * _RUN
    for channel in np.pad(turned, ((0, 0), (_HALF - 1, _HALF))):
        windows = np.lib.stride_tricks.sliding_window_view(channel, 2 * _HALF)
        for start in loud.tolist():
            part = slice(start, start + _RUN)
            crest = np.abs(_between() @ windows[part].T).max(axis=0)
            peaks[part] = np.maximum(peaks[part], crest)
    return peaks


class Meter:
    """Measures a stereo stream given in blocks of any size."""

    def __init__(self, *, peaks: bool = True) -> None:
        """Without ``peaks`` loudness alone is measured."""
        self._peaks = peaks
        kernel = _k_weighting()
        self._weighting = Convolver(np.stack([kernel, kernel], axis=1))
        self._left_over = np.zeros(0, np.float64)
        self._energies: list[npt.NDArray[np.float64]] = []
        self._edge = np.zeros((2 * _HALF, 2), np.float32)
        self._peak = 0.0

    def add(self, samples: Samples) -> None:
        """The next ``n x 2`` samples."""
        weighted = self._weighting(samples)
        power = np.concatenate([self._left_over, weighted[:, 0] ** 2 + weighted[:, 1] ** 2])
        whole = len(power) // _STEP * _STEP
        self._energies.append(power[:whole].reshape(-1, _STEP).mean(axis=1))
        self._left_over = power[whole:]
        if not self._peaks:
            return
        joined = np.concatenate([self._edge, samples])
        self._peak = self._over(joined)
        self._edge = joined[-2 * _HALF :]

    def _over(self, joined: Samples) -> float:
        """The peak so far and of what is whole in ``joined``: where it is cut off, a step would be seen that
        nobody hears. Crests that cannot reach what a sample itself reaches are not looked for."""
        reached = max(self._peak, float(np.abs(joined[_HALF:-_HALF]).max(initial=0.0)))
        return max(reached, float(true_peaks(joined, reached)[_HALF:-_HALF].max(initial=0.0)))

    @property
    def lufs(self) -> float | None:
        """Integrated loudness, gated at -70 LUFS and 10 LU under; None for silence or under 400 ms."""
        steps = np.concatenate([np.zeros(0), *self._energies])
        if len(steps) < 4:
            return None
        blocks = (steps[:-3] + steps[1:-2] + steps[2:-1] + steps[3:]) / 4.0
        heard = blocks[_lufs(blocks) > -70.0]
        if not len(heard):
            return None
        heard = heard[_lufs(heard) > _lufs(heard.mean()) - 10.0]
        return float(_lufs(heard.mean()))

    @property
    def loudest(self) -> float | None:
        """Loudness of the loudest 400 ms (momentary, EBU Tech 3341); None for silence or under 400 ms."""
        steps = np.concatenate([np.zeros(0), *self._energies])
        if len(steps) < 4:
            return None
        most = float(_lufs((steps[:-3] + steps[1:-2] + steps[2:-1] + steps[3:]) / 4.0).max())
        return most if most > -70.0 else None

    @property
    def true_peak(self) -> float:
        """In dBTP; -200 for silence."""
        end = np.concatenate([self._edge, np.zeros((2 * _HALF, 2), np.float32)])
        return float(20.0 * np.log10(max(self._over(end), 1e-10)))


def _lufs(power: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = -0.691 + 10.0 * np.log10(np.maximum(power, 1e-20))
    return found
