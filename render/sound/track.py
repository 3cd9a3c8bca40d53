"""A person's own music, fitted to the film: trimmed and faded, or begun again where that is asked."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator

import numpy as np

from .wav import SAMPLE_RATE, Samples

FADE_S = 5.0
"""Over which music that goes on after the film dies away: about two slow bars."""
CROSSFADE_S = 2.0
"""Over which a track's end passes into its beginning, where it begins again."""
_CHUNK = 1 << 18


class Track:
    """A stereo 48 kHz 16-bit WAV as it is heard under ``samples`` samples of film."""

    def __init__(self, data: bytes, samples: int, looped: bool) -> None:
        self._wave = wave.open(io.BytesIO(data), "rb")  # noqa: SIM115
        self._samples, self.length = samples, self._wave.getnframes()
        self._cross = min(round(CROSSFADE_S * SAMPLE_RATE), self.length // 4)
        self._step = self.length - self._cross
        """Samples from one beginning to the next."""
        self.times = 1
        if looped and self.length < samples:
            self.times = 1 + -(-(samples - self.length) // self._step)
        self.end = min(samples, self.length + (self.times - 1) * self._step)
        """Where the music is over."""
        self._cut = self.end < self.length + (self.times - 1) * self._step
        """Whether it would have gone on."""

    def words(self) -> str:
        """How it was fitted, for a person."""
        told = f"your track of {_spoken(self.length)}"
        if self.times > 1:
            told += f" is heard {self.times} times, the end passing into the beginning,"
        if self._cut:
            told += " and" * (self.times > 1)
            return f"{told} is cut at {_spoken(self._samples)}, where the film ends, and faded"
        if self.end < self._samples:
            early = _spoken(self._samples - self.end)
            return f"{told} ends {early} before the film; have it begin again with --loop"
        return f"{told} ends with the film"

    def blocks(self) -> Iterator[Samples]:
        """``n x 2`` samples one after another, as many as the film has."""
        for start in range(0, self._samples, _CHUNK):
            stop = min(start + _CHUNK, self._samples)
            block = np.zeros((stop - start, 2), np.float32)
            first = max(0, (start - self.length) // self._step)
            for turn in range(first, min(self.times, stop // self._step + 1)):
                self._add(block, start, turn)
            yield block * self._fade(start, stop)[:, None]

    def _add(self, block: Samples, start: int, turn: int) -> None:
        begin = turn * self._step
        low, high = max(start, begin), min(start + len(block), begin + self.length)
        if low >= high:
            return
        self._wave.setpos(low - begin)
        raw = np.frombuffer(self._wave.readframes(high - low), "<i2").reshape(-1, 2)
        place = np.arange(low - begin, high - begin)
        gain = np.ones(high - low, np.float32)
        if turn:
            gain *= np.sin(np.clip(place / self._cross, 0.0, 1.0) * np.pi / 2).astype(np.float32)
        if turn + 1 < self.times:
            left = (self.length - place) / self._cross
            gain *= np.sin(np.clip(left, 0.0, 1.0) * np.pi / 2).astype(np.float32)
        block[low - start : high - start] += raw.astype(np.float32) / np.float32(32767) * gain[:, None]

    def _fade(self, start: int, stop: int) -> Samples:
        """Falls to nothing at the film's end, where the track would go on."""
        if not self._cut:
            return np.ones(stop - start, np.float32)
        fade = min(round(FADE_S * SAMPLE_RATE), self._samples // 3)
        left = np.clip((self._samples - 1 - np.arange(start, stop)) / max(1, fade), 0.0, 1.0)
        gain: Samples = (0.5 - 0.5 * np.cos(left * np.pi)).astype(np.float32)
        return gain


def _spoken(samples: int) -> str:
    seconds = samples / SAMPLE_RATE
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds) // 60}:{int(seconds) % 60:02} min"
