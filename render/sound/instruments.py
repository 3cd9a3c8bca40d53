"""The players: notes made with numpy, from nothing but a pitch, a length and a seed.

Every note begins and ends at zero. Levels are such that a note of each is about equally loud.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from .wav import SAMPLE_RATE, Samples

Wave = npt.NDArray[np.floating]
LOOP = 1 << 17
"""Samples in one turn of a pad's endless loop (2.7 s)."""


def hertz(midi: float) -> float:
    """Equal temperament, A4 (69) at 440 Hz."""
    return float(440.0 * 2.0 ** ((midi - 69.0) / 12.0))


def edges(length: int, attack: int, release: int) -> Samples:
    """A gain that rises over ``attack`` samples and falls over the last ``release``, both as a sine."""
    gain = np.ones(length, np.float32)
    attack, release = min(attack, length // 2), min(release, length - length // 2)
    gain[:attack] *= np.sin(np.linspace(0.0, np.pi / 2, attack, dtype=np.float32)) ** 2
    gain[length - release :] *= np.cos(np.linspace(0.0, np.pi / 2, release, dtype=np.float32)) ** 2
    return gain


_PADS: dict[str, tuple[float, float, float]] = {
    "warm": (1.6, 26.0, 1500.0),
    "strings": (1.15, 26.0, 2600.0),
    "glass": (1.9, 12.0, 3600.0),
    "choir": (1.0, 34.0, 3000.0),
}
"""Fall of the partials, width of one in cents, and the corner above which they fall faster (Hz)."""


@cache
def _pad_loop(kind: str, midi: int) -> Samples:
    """An endless ensemble: partials smeared into bands of random phase (Nasca's PADsynth)."""
    fall, cents, corner = _PADS[kind]
    base = hertz(midi)
    step = SAMPLE_RATE / LOOP
    level = np.zeros(LOOP // 2 + 1)
    for partial in range(1, int(9000.0 / base) + 1):
        centre = base * partial
        strength = partial**-fall / (1.0 + (centre / corner) ** 2)
        if kind == "glass" and partial % 2 == 0:
            strength *= 0.35
        if kind == "choir":
            strength *= _vowel(centre)
        width = max(0.6, (2.0 ** (cents / 1200.0) - 1.0) * centre)
        low, high = (int(max(0.0, centre + side * 4 * width) / step) for side in (-1, 1))
        bins = np.arange(low, min(high + 1, len(level)))
        level[bins] += strength / np.sqrt(width) * np.exp(-0.5 * ((bins * step - centre) / width) ** 2)
    phase = np.random.default_rng(1000 + midi).uniform(0.0, 2.0 * np.pi, len(level))
    wave = np.fft.irfft(level * np.exp(1j * phase))
    loop: Samples = (wave * (0.16 / np.sqrt(np.mean(wave**2)))).astype(np.float32)
    return loop


def _vowel(hertz_of: float) -> float:
    """How strongly an open vowel ("ah") sounds at a frequency."""
    shaped = sum(
        gain * np.exp(-0.5 * ((hertz_of - centre) / width) ** 2)
        for centre, width, gain in ((650.0, 160.0, 1.0), (1100.0, 200.0, 0.6), (2700.0, 400.0, 0.25))
    )
    return float(0.16 + shaped)


def pad(kind: str, midi: int, length: int, offset: int) -> Samples:
    """``length x 2`` samples of a pad, a little different left and right."""
    loop = _pad_loop(kind, midi)
    places = (np.arange(length) + offset) % LOOP
    both = np.stack([loop[places], loop[(places + LOOP // 3) % LOOP]], axis=1)
    slow = 0.9 if kind == "strings" else 1.3
    gain = edges(length, int(slow * SAMPLE_RATE), int(1.4 * SAMPLE_RATE))
    return both * gain[:, None]


@cache
def _plucked(midi: int) -> Samples:
    """A plucked string: Karplus & Strong, Computer Music Journal 7(2), 1983, tuned by a fractional delay."""
    base, length = hertz(midi), int(2.2 * SAMPLE_RATE)
    period = SAMPLE_RATE / base
    whole = int(period - 1.0)
    share = period - 1.0 - whole
    damping = np.convolve([0.16, 0.68, 0.16], [1.0 - share, share]) * 10.0 ** (-3.0 / (base * 1.9))
    turn, finger = round(period), np.hanning(max(11, int(period / 9)))
    noise = np.tile(np.random.default_rng(midi).uniform(-1.0, 1.0, turn), 3)
    noise = np.convolve(noise, finger / finger.sum(), "same")[turn : 2 * turn]
    begun = whole + len(damping) - 1
    string = np.zeros(begun + length)
    string[:begun] = np.resize(noise - noise.mean(), begun)
    for start in range(begun, len(string), whole):
        stop = min(start + whole, len(string))
        for lag, weight in enumerate(damping):
            string[start:stop] += weight * string[start - whole - lag : stop - whole - lag]
    return _finished(string[:length], 150, 0.45)


@cache
def _piano(midi: int) -> Samples:
    """A soft struck string: stretched partials that fade one after another, each in two stages."""
    base, length = hertz(midi), int(3.2 * SAMPLE_RATE)
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    total = np.zeros(length, np.float32)
    stiffness = 0.0004 * (base / 262.0)
    for partial in range(1, 13):
        pitch = base * partial * float(np.sqrt(1.0 + stiffness * partial**2))
        if pitch > 9000.0:
            break
        strength = float(np.exp(-0.36 * (partial - 1))) * abs(float(np.sin(np.pi * partial * 0.131)))
        decay = 1.5 * (262.0 / base) ** 0.4 / partial**0.75
        fade = 0.75 * np.exp(-time / (0.35 * decay)) + 0.25 * np.exp(-time / (1.9 * decay))
        total += strength * fade * np.sin(np.float32(2.0 * np.pi * pitch) * time)
    return _finished(total, 130, 0.5)


@cache
def _bell(midi: int) -> Samples:
    """A light celesta-like bell: few partials, the upper ones short."""
    base, length = hertz(midi), int(2.6 * SAMPLE_RATE)
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    total = np.zeros(length, np.float32)
    for ratio, strength, decay in ((1.0, 1.0, 0.8), (2.0, 0.22, 0.5), (3.01, 0.12, 0.22), (5.4, 0.05, 0.08)):
        if base * ratio < 10_000.0:
            total += strength * np.exp(-time / decay) * np.sin(np.float32(2 * np.pi * base * ratio) * time)
    return _finished(total, 90, 0.4)


@cache
def _flute(midi: int) -> Samples:
    """A flute: few partials, a vibrato that comes late, and a little breath."""
    base, length = hertz(midi), int(3.4 * SAMPLE_RATE)
    time = np.arange(length, dtype=np.float64) / SAMPLE_RATE
    sway = 0.0035 * np.clip((time - 0.25) / 0.5, 0.0, 1.0)
    phase = 2.0 * np.pi * base * time - sway * base / 5.2 * np.cos(2.0 * np.pi * 5.2 * time)
    total = np.zeros(length)
    for partial, strength in ((1, 1.0), (2, 0.32), (3, 0.12), (4, 0.04)):
        if base * partial < 9000.0:
            total += strength * np.sin(partial * phase)
    breath = np.convolve(np.random.default_rng(midi).standard_normal(length), np.hanning(40) / 20, "same")
    total = (total + 0.02 * breath) * (0.82 + 0.18 * np.exp(-time / 0.4)) * np.exp(-time / 6.0)
    return _finished(total, 3400, 0.36, release=9600)


@cache
def _horn(midi: int) -> Samples:
    """A horn: it grows brighter as it grows louder."""
    base, length = hertz(midi), 6 * SAMPLE_RATE
    time = np.arange(length, dtype=np.float64) / SAMPLE_RATE
    swell = (1.0 - np.exp(-time / 0.22)) * (0.75 + 0.25 * np.exp(-(((time - 1.1) / 0.9) ** 2)))
    total = np.zeros(length)
    for partial in range(1, 11):
        if base * partial < 5000.0:
            total += (
                partial**-0.9 * swell ** (1.0 + 0.45 * partial) * np.sin(2 * np.pi * base * partial * time)
            )
    return _finished(total * np.exp(-time / 8.0), 4800, 0.42, release=12_000)


@cache
def _bass(midi: int) -> Samples:
    """A round bass that holds: a few partials and a slow fall."""
    base, length = hertz(midi), 6 * SAMPLE_RATE
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    total = np.zeros(length, np.float32)
    for partial, strength in ((1, 1.0), (2, 0.45), (3, 0.16), (4, 0.06)):
        total += (
            strength * np.sin(np.float32(2.0 * np.pi * base * partial) * time) * np.exp(-time * partial / 4)
        )
    return _finished(total, 900, 0.42)


@cache
def _drum(midi: int) -> Samples:
    """A soft, low drum that falls in pitch, with a breath of felt."""
    length = int(1.4 * SAMPLE_RATE)
    time = np.arange(length, dtype=np.float64) / SAMPLE_RATE
    sweep = hertz(midi) * (time + 0.6 * 0.05 * (1.0 - np.exp(-time / 0.05)))
    felt = np.convolve(np.random.default_rng(3).standard_normal(length), np.hanning(160) / 80, "same")
    total = np.sin(2 * np.pi * sweep) * np.exp(-time / 0.28) + 0.25 * felt * np.exp(-time / 0.03)
    return _finished(total, 150, 0.6)


@cache
def _riser(midi: int) -> Samples:
    """Four seconds of air that swells and stops: it leads into a turn of the story."""
    length = 4 * SAMPLE_RATE
    spectrum = np.fft.rfft(np.random.default_rng(5).standard_normal(length))
    pitch = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    centre = hertz(midi)
    spectrum *= np.exp(-0.5 * (np.log2(np.maximum(pitch, 1.0) / centre) / 0.8) ** 2)
    noise = np.fft.irfft(spectrum, length)
    swell = (np.arange(length) / length) ** 3
    return _finished(noise * swell / np.abs(noise).max(), 480, 0.35, release=2400)


def _finished(note: Wave, attack: int, peak: float, release: int = 4800) -> Samples:
    shaped: Samples = (note * edges(len(note), attack, release)).astype(np.float32)
    return shaped * np.float32(peak / np.abs(shaped).max())


_STRUCK: dict[str, Callable[[int], Samples]] = {
    "pluck": _plucked,
    "piano": _piano,
    "bell": _bell,
    "flute": _flute,
    "horn": _horn,
    "bass": _bass,
    "drum": _drum,
    "riser": _riser,
}
INSTRUMENTS = (*_STRUCK, *_PADS)
"""Names that ``play`` knows."""
_RELEASE = SAMPLE_RATE // 6


def play(instrument: str, midi: int, length: int, offset: int) -> Samples:
    """One note, ``n x 2``: pads last ``length`` samples, others ring at most so long and then are damped.

    ``offset`` picks the place in a pad's loop, so that repeated notes are not the same.
    """
    if instrument in _PADS:
        return pad(instrument, midi, length, offset)
    note = _STRUCK[instrument](midi)
    if length + _RELEASE < len(note):
        note = note[: length + _RELEASE] * edges(length + _RELEASE, 0, _RELEASE)
    return np.stack([note, note], axis=1)


def forget() -> None:
    """Give back the memory of notes made so far."""
    for made in (_pad_loop, _plucked, _piano, _bell, _flute, _horn, _bass, _drum, _riser):
        made.cache_clear()
