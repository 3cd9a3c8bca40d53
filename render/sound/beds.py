"""Sounds besides lines and music: how each is played, block by block, wherever the mix stands."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ...storyboard.errors import Damaged
from .filters import decibels
from .loudness import Meter
from .wav import SAMPLE_RATE, Samples, WavReader

_SPAN_S = (8.0, 14.0)
"""How long a bed plays its sound on before it goes elsewhere within it: so nothing is heard to come again."""
_CROSSFADE = 3 * SAMPLE_RATE // 2
_BOTH = np.ones((1, 2), np.float32)
_LET_GO = SAMPLE_RATE // 12
"""Fade of an effect that is stopped before it has ended."""
KEPT_UNDER_LU = 3.0
"""How far a sound that is left as it is stays under the lines at its loudest; it is turned down for that."""
MOST_GAIN_DB = 24.0
"""A sound is raised by no more, however soft it is."""


@dataclass(frozen=True)
class Sound:
    """A stereo 48 kHz 16-bit WAV, heard from sample ``start`` of the film up to ``stop``.

    A ``bed`` goes on as long as that, from parts of its sound that run into each other; any other sound is
    played once. ``rise`` and ``fall`` are fades (samples) at either end, equal in power.
    """

    path: Path
    start: int
    stop: int
    level: int | None
    """LU against the lines; of a bed on the whole, of another sound at its loudest. None: as it is, but never
    nearer to the lines than ``KEPT_UNDER_LU``."""
    bed: bool = False
    rise: int = 0
    fall: int = 0
    pan: int = 0
    """-100 left to 100 right."""
    since: int = 0
    """Sample of the sound itself at which it begins."""

    @property
    def _order(self) -> tuple[int, int, str, int]:
        return self.start, self.stop, str(self.path), self.pan


def loudness_of(path: Path, *, whole: bool) -> float | None:
    """LUFS of a sound on the whole, or of its loudest 400 ms; None for silence."""
    meter = Meter(peaks=False)
    with _opened(path) as reader:
        for start in range(0, reader.samples, 4 * SAMPLE_RATE):
            meter.add(reader.read(start, 4 * SAMPLE_RATE) * _BOTH)
        short = max(0, SAMPLE_RATE // 2 - reader.samples)
    if short:
        meter.add(np.zeros((short, 2), np.float32))
    return meter.lufs if whole else meter.loudest


class Sounds:
    """All sounds of one kind (beds, or others) on one fader."""

    def __init__(self, sounds: Sequence[Sound]) -> None:
        self._sounds = sorted(sounds, key=lambda sound: sound._order)
        self._starts = [sound.start for sound in self._sounds]
        self._longest = max((sound.stop - sound.start for sound in self._sounds), default=0)
        self._gains: dict[tuple[Path, bool], float | None] = {}

    def __bool__(self) -> bool:
        return bool(self._sounds)

    def measure(self) -> None:
        """Find how loud each sound is by itself, each once. Raises ``Damaged``."""
        for sound in self._sounds:
            key = sound.path, sound.bed
            if key not in self._gains:
                self._gains[key] = loudness_of(sound.path, whole=sound.bed)

    def block(self, start: int, stop: int, lines_lufs: float) -> Samples:
        """Samples ``start`` to ``stop`` of all of them together, ``n x 2``, with lines at ``lines_lufs``."""
        block = np.zeros((stop - start, 2), np.float32)
        first = bisect.bisect_left(self._starts, start - self._longest)
        last = bisect.bisect_left(self._starts, stop)
        for sound in self._sounds[first:last]:
            begin, end = max(start, sound.start), min(stop, sound.stop)
            if begin < end:
                heard = self._played(sound, begin - sound.start, end - sound.start)
                block[begin - start : end - start] += heard * self._gain(sound, lines_lufs)
        return block

    def _gain(self, sound: Sound, lines_lufs: float) -> Samples:
        loud = self._gains.get((sound.path, sound.bed))
        db = 0.0 if loud is None else lines_lufs + (sound.level or 0) - loud
        if sound.level is None:
            db = min(0.0, db - KEPT_UNDER_LU)
        angle = (sound.pan / 100.0 + 1.0) * np.pi / 4.0
        sides = np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2.0)
        gain: Samples = (sides * decibels(min(MOST_GAIN_DB, db))).astype(np.float32)
        return gain

    def _played(self, sound: Sound, begin: int, end: int) -> Samples:
        with _opened(sound.path) as reader:
            length = sound.stop - sound.start
            if sound.bed and reader.samples < length:
                heard = _patched(self._patchwork(sound, reader.samples), reader, begin, end)
            else:
                found = reader.read(sound.since + begin, end - begin)
                heard = np.zeros((end - begin, 2), np.float32)
                heard[: len(found)] = found
            fall = sound.fall or (0 if sound.bed or reader.samples - sound.since <= length else _LET_GO)
        return heard * _faded(begin, end, length, sound.rise, fall)

    def _patchwork(self, sound: Sound, samples: int) -> Patchwork:
        key = sound._order
        if key not in self._patchworks:
            self._patchworks[key] = Patchwork(sound, samples)
        return self._patchworks[key]

    @cached_property
    def _patchworks(self) -> dict[tuple[int, int, str, int], Patchwork]:
        return {}


class Patchwork:
    """Where in its sound a bed is, from when to when: parts that overlap by ``crossfade`` samples."""

    def __init__(self, sound: Sound, samples: int) -> None:
        length = sound.stop - sound.start
        named = hashlib.sha256(sound.path.read_bytes()[:4096]).digest()
        chance = np.random.default_rng([samples, length, int.from_bytes(named[:8], "big")])
        self.crossfade = min(_CROSSFADE, samples // 4)
        self.starts: list[int] = []
        self.parts: list[tuple[int, int]] = []
        """(first sample in the sound, how many) of each."""
        at = 0
        while at < length:
            count = min(samples, int(chance.uniform(*_SPAN_S) * SAMPLE_RATE))
            self.starts.append(at)
            self.parts.append((int(chance.integers(0, samples - count + 1)), count))
            at += max(1, count - self.crossfade)


def _opened(path: Path) -> WavReader:
    """A sound of one or two channels: one is heard on both sides. Raises ``Damaged``."""
    try:
        return WavReader(path, channels=2)
    except Damaged:
        return WavReader(path, channels=1)


def _patched(work: Patchwork, reader: WavReader, begin: int, end: int) -> Samples:
    out = np.zeros((end - begin, 2), np.float32)
    first = max(0, bisect.bisect_right(work.starts, begin) - 2)
    for number in range(first, len(work.starts)):
        at, (source, count) = work.starts[number], work.parts[number]
        if at >= end:
            break
        low, high = max(begin, at), min(end, at + count)
        if low < high:
            part = reader.read(source + low - at, high - low)
            rise = work.crossfade if number else 0
            out[low - begin : high - begin] += part * _faded(low - at, high - at, count, rise, work.crossfade)
    return out


def _faded(begin: int, end: int, length: int, rise: int, fall: int) -> Samples:
    """Gain from ``begin`` to ``end`` of ``length`` samples with fades of equal power: ``n x 1``."""
    place = np.arange(begin, end, dtype=np.float64) + 0.5
    up = np.sin(np.clip(place / rise, 0.0, 1.0) * np.pi / 2) if rise else np.ones(end - begin)
    down = np.sin(np.clip((length - place) / fall, 0.0, 1.0) * np.pi / 2) if fall else np.ones(end - begin)
    gain: Samples = (up * down).astype(np.float32)[:, None]
    return gain
