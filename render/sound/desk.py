"""The mixing desk: lines, score, effects and ambience on their faders, played as often as asked."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .beds import Sound, Sounds
from .filters import decibels
from .loudness import Meter
from .wav import SAMPLE_RATE, Samples, WavReader

SCORE_UNDER_LU = 3.0
"""How far the score lies under the lines where nobody speaks."""
LINES_LUFS = -20.0
"""How loud lines are taken to be where there are none, nor music."""
EFFECTS_DUCK_DB, AMBIENCE_DUCK_DB = -8.0, -5.0
"""What effects and ambience give way while somebody speaks: so that a whisper is heard over thunder."""
STEMS = ("dialogue", "music", "effects", "ambience")
_BLOCK = 4 * SAMPLE_RATE
_HOP = SAMPLE_RATE // 100
_THRESHOLD = 0.01
_AHEAD_S, _HOLD_S, _ATTACK_S, _RELEASE_S = 0.20, 0.30, 0.07, 0.40


@dataclass(frozen=True)
class Placed:
    """A line (mono 48 kHz 16-bit WAV) and the sample of the film at which it begins."""

    path: Path
    start_samples: int


class Desk:
    """See the module. ``balance`` comes first."""

    def __init__(
        self,
        lines: Sequence[Placed],
        score: Path | None,
        samples: int,
        duck_db: float,
        sounds: Sequence[Sound] = (),
    ) -> None:
        self._lines = tuple(sorted(lines, key=lambda p: (p.start_samples, str(p.path))))
        self._score, self._samples, self._duck_db = score, samples, duck_db
        self._lengths = tuple(_length(line.path) for line in self._lines)
        self._starts = [line.start_samples for line in self._lines]
        self._longest = max(self._lengths, default=0)
        self._effects = Sounds([sound for sound in sounds if not sound.bed])
        self._ambience = Sounds([sound for sound in sounds if sound.bed])
        self._score_gain = 1.0
        self._lines_lufs = LINES_LUFS
        self._followers: dict[float, Samples] = {}

    def cut_short(self) -> tuple[Path, ...]:
        """Lines that the end of the film cuts off."""
        pairs = zip(self._lines, self._lengths, strict=True)
        return tuple(line.path for line, length in pairs if line.start_samples + length > self._samples)

    def score_missing(self) -> int:
        """Samples at the end of the film for which there is no score, although one was given."""
        if self._score is None:
            return 0
        with WavReader(self._score, channels=2) as reader:
            return max(0, self._samples - reader.samples)

    def balance(self, tick: Callable[[float], None]) -> None:
        """Set the faders by the loudness of everything, and find where lines are heard."""
        speech, music, heard = Meter(), Meter(), []
        for start, stop in self._spans():
            voice = self._voice(start, stop)
            speech.add(np.stack([voice, voice], axis=1))
            music.add(self._music(start, stop))
            hops = np.pad(np.abs(voice), (0, -len(voice) % _HOP)).reshape(-1, _HOP)
            heard.append(hops.max(axis=1) > _THRESHOLD)
            tick(stop / self._samples)
        if speech.lufs is not None and music.lufs is not None:
            self._score_gain = decibels(speech.lufs - SCORE_UNDER_LU - music.lufs)
        if speech.lufs is not None:
            self._lines_lufs = speech.lufs
        elif music.lufs is not None:
            self._lines_lufs = music.lufs + SCORE_UNDER_LU
        self._effects.measure()
        self._ambience.measure()
        spoken = np.concatenate(heard)
        for depth in {self._duck_db, EFFECTS_DUCK_DB, AMBIENCE_DUCK_DB}:
            if depth == self._duck_db or self._effects or self._ambience:
                self._followers[depth] = _duck(spoken, depth)

    def blocks(self) -> Iterator[Samples]:
        """The film's sound before its last gain, in blocks ``n x 2``."""
        for voice, block, *others in self.stems():
            assert block is not None
            block += voice
            for bus in others:
                if bus is not None:
                    block += bus
            yield block

    def stems(self) -> Iterator[tuple[Samples, Samples, Samples | None, Samples | None]]:
        """The same, bus by bus (``STEMS``); None for a bus with nothing on it in the whole film."""
        for start, stop in self._spans():
            music = self._music(start, stop) * np.float32(self._score_gain)
            music *= self._gain(self._duck_db, start, stop)
            voice = self._voice(start, stop)[:, None] * np.ones(2, np.float32)
            effects = self._bus(self._effects, EFFECTS_DUCK_DB, start, stop)
            yield voice, music, effects, self._bus(self._ambience, AMBIENCE_DUCK_DB, start, stop)

    def _bus(self, sounds: Sounds, duck_db: float, start: int, stop: int) -> Samples | None:
        if not sounds:
            return None
        return sounds.block(start, stop, self._lines_lufs) * self._gain(duck_db, start, stop)

    def _gain(self, duck_db: float, start: int, stop: int) -> Samples:
        follower = self._followers[duck_db]
        places = np.arange(len(follower)) * _HOP
        low, high = start // _HOP, stop // _HOP + 2
        duck = np.interp(np.arange(start, stop), places[low:high], follower[low:high])
        gain: Samples = duck.astype(np.float32)[:, None]
        return gain

    def _spans(self) -> Iterator[tuple[int, int]]:
        for start in range(0, self._samples, _BLOCK):
            yield start, min(start + _BLOCK, self._samples)

    def _voice(self, start: int, stop: int) -> Samples:
        voice = np.zeros(stop - start, np.float32)
        first = bisect.bisect_left(self._starts, start - self._longest)
        last = bisect.bisect_left(self._starts, stop)
        for line, length in zip(self._lines[first:last], self._lengths[first:last], strict=True):
            begin, end = max(start, line.start_samples), min(stop, line.start_samples + length)
            if begin < end:
                with WavReader(line.path, channels=1) as reader:
                    voice[begin - start : end - start] += reader.read(
                        begin - line.start_samples, end - begin
                    )[:, 0]
        return voice

    def _music(self, start: int, stop: int) -> Samples:
        block = np.zeros((stop - start, 2), np.float32)
        if self._score is not None:
            with WavReader(self._score, channels=2) as reader:
                found = reader.read(start, stop - start)
            block[: len(found)] = found
        return block


def _length(path: Path) -> int:
    with WavReader(path, channels=1) as reader:
        return reader.samples


def _duck(heard: npt.NDArray[np.bool_], duck_db: float) -> Samples:
    """Gain at every hop (10 ms) of what makes way, from where lines are heard.

    It begins to fall before a line, stays down over short pauses, and falls faster than it rises.
    """
    held = np.zeros(len(heard) + 2, bool)
    ahead, hold = round(_AHEAD_S * 100), round(_HOLD_S * 100)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], heard.astype(np.int8), [0]])))
    for begin, end in edges.reshape(-1, 2):
        held[max(0, begin - ahead) : end + hold] = True
    fall, rise = (1.0 - np.exp(-0.01 / seconds) for seconds in (_ATTACK_S, _RELEASE_S))
    level, levels = 0.0, np.zeros(len(held), np.float32)
    for hop, down in enumerate(held):
        wanted = duck_db if down else 0.0
        level += (wanted - level) * (fall if wanted < level else rise)
        levels[hop] = level
    gain: Samples = (10.0 ** (levels / 20.0)).astype(np.float32)
    return gain
