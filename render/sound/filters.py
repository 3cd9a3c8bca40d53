"""Linear filters on whole or streamed sound: equaliser curves, convolution, change of rate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .wav import SAMPLE_RATE, Samples

Curve = Sequence[tuple[float, float]]
"""Points of (Hz, dB), rising in Hz; straight between them over log frequency, level outside."""


def decibels(value: float) -> float:
    """The factor of so many decibels."""
    return float(10.0 ** (value / 20.0))


def equaliser(curve: Curve, taps: int = 2048, rate: int = SAMPLE_RATE) -> Samples:
    """A minimum-phase FIR filter with that magnitude, ``taps`` long: no delay, no pre-echo.

    By the folded real cepstrum (Oppenheim & Schafer, Discrete-Time Signal Processing, 13.5).
    """
    size = 1 << (8 * taps - 1).bit_length()
    hertz = np.fft.rfftfreq(size, 1.0 / rate)
    points = np.array(curve, dtype=np.float64)
    level = np.interp(np.log(np.maximum(hertz, 1.0)), np.log(points[:, 0]), points[:, 1])
    return minimum_phase(level * (np.log(10.0) / 20.0), taps)


def minimum_phase(log_magnitude: npt.NDArray[np.float64], taps: int) -> Samples:
    """The minimum-phase impulse response of a natural-log magnitude on a real FFT's grid."""
    cepstrum = np.fft.irfft(log_magnitude)
    half = len(cepstrum) // 2
    cepstrum[1:half] *= 2.0
    cepstrum[half + 1 :] = 0.0
    response = np.fft.irfft(np.exp(np.fft.rfft(cepstrum)))[:taps]
    fade = np.hanning(2 * (taps // 4))[taps // 4 :]
    response[-len(fade) :] *= fade
    return response.astype(np.float32)


def convolve(samples: Samples, kernel: Samples) -> Samples:
    """``samples`` (mono) through ``kernel``, with its tail: ``n + taps - 1`` samples, flat memory."""
    convolver = Convolver(kernel[:, None])
    out = np.zeros(len(samples) + len(kernel) - 1, np.float32)
    out[: len(samples)] = samples
    for start in range(0, len(out), 1 << 18):
        part = slice(start, start + (1 << 18))
        out[part] = convolver(out[part, None])[:, 0]
    return out


class Convolver:
    """Streams sound through FIR filters, one for each channel, by FFT and overlap-add."""

    def __init__(self, kernels: Samples) -> None:
        """``kernels``: taps x channels."""
        self._taps = len(kernels)
        self._size = 1 << max(14, (3 * self._taps).bit_length())
        self._spectrum = np.fft.rfft(kernels.T, self._size).astype(np.complex64)
        self._tail = np.zeros((kernels.shape[1], self._taps - 1), np.float32)

    def __call__(self, samples: Samples) -> Samples:
        """The next ``n x channels`` samples, filtered; the tail is kept for the next call."""
        step = self._size - self._taps + 1
        turned = np.ascontiguousarray(samples.T)
        out = np.zeros((len(turned), len(samples) + self._taps - 1), np.float32)
        for start in range(0, len(samples), step):
            part = np.fft.rfft(turned[:, start : start + step], self._size)
            part *= self._spectrum
            stop = min(start + self._size, out.shape[1])
            out[:, start:stop] += np.fft.irfft(part, self._size)[:, : stop - start].astype(np.float32)
        kept = min(self._tail.shape[1], out.shape[1])
        out[:, :kept] += self._tail[:, :kept]
        self._tail = out[:, len(samples) :].copy()
        return np.ascontiguousarray(out[:, : len(samples)].T)


def resample(samples: Samples, up: int, down: int, half_taps: int = 24) -> Samples:
    """Change the rate by ``up / down`` with a windowed-sinc polyphase filter, in phase.

    ``n`` samples become ``ceil(n * up / down)``. Kaiser window, beta 9 (about 90 dB of rejection).
    """
    kernels = _between_rates(up, down, half_taps)
    width = kernels.shape[1] // 2
    padded = np.concatenate([np.zeros(width, np.float32), samples, np.zeros(2 * width, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * width)
    out = np.zeros(-(-len(samples) * up // down), np.float32)
    for phase in range(min(up, len(out))):
        base = phase * down // up
        count = len(out[phase::up])
        out[phase::up] = windows[base + 1 :: down][:count] @ kernels[phase]
    return out


@lru_cache(maxsize=4)  # a voice has the one rate, and each needs some hundred Bessel functions
def _between_rates(up: int, down: int, half_taps: int) -> Samples:
    """The kernels of ``resample``, one for each phase: ``up x taps``."""
    width = half_taps * max(1, -(-down // up))
    offsets = np.arange(-width + 1, width + 1)
    cut = 0.94 * min(1.0, up / down)
    kernels = np.empty((up, 2 * width), np.float32)
    for phase in range(up):
        distance = offsets - (phase * down % up) / up
        window = np.i0(9.0 * np.sqrt(np.clip(1.0 - (distance / width) ** 2, 0.0, 1.0))) / np.i0(9.0)
        kernels[phase] = np.sinc(distance * cut) * cut * window
    return kernels
