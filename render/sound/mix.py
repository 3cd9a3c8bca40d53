"""The mix: lines over a score that makes way for them, at the loudness of a broadcast."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ...storyboard.errors import BadInput
from ...storyboard.rate import Rate
from .dynamics import LOOK_AHEAD, gain_under
from .filters import decibels
from .loudness import Meter, true_peaks
from .wav import SAMPLE_RATE, Samples, WavReader, WavWriter, most_samples

TARGET_LUFS = -16.0
CEILING_DBTP = -1.5
DUCK_DB = -11.0
"""What the score gives way while somebody speaks."""
SCORE_UNDER_LU = 3.0
"""How far the score lies under the lines where nobody speaks."""
_BLOCK = 4 * SAMPLE_RATE
_HOP = SAMPLE_RATE // 100
_THRESHOLD = 0.01
_AHEAD_S, _HOLD_S, _ATTACK_S, _RELEASE_S = 0.20, 0.30, 0.07, 0.40
_TRIES = 3


@dataclass(frozen=True)
class Placed:
    """A line (mono 48 kHz 16-bit WAV) and the sample of the film at which it begins."""

    path: Path
    start_samples: int


@dataclass(frozen=True)
class MixReport:
    """What was mixed, measured on the finished samples."""

    samples: int
    lufs: float | None
    """Integrated loudness; None for silence or under 400 ms."""
    true_peak: float
    """dBTP."""
    limited: float
    """Share of samples (0..1) that the limiter held down."""
    cut_short: tuple[Path, ...]
    """Lines that the end of the film cuts off."""
    score_missing: int
    """Samples at the end of the film for which there was no score, although one was given."""


def samples_of(frames: int, rate: Rate) -> int:
    """The nearest whole number of samples (halves up) in so many frames, exactly."""
    return int(Fraction(frames) * SAMPLE_RATE / rate.fps + Fraction(1, 2))


def mix(
    lines: Sequence[Placed],
    score: Path | None,
    samples: int,
    out: Path,
    *,
    target_lufs: float = TARGET_LUFS,
    ceiling_dbtp: float = CEILING_DBTP,
    duck_db: float = DUCK_DB,
    tick: Callable[[float], None] = lambda share: None,
) -> MixReport:
    """Write ``out``: stereo 48 kHz 16-bit WAV of exactly ``samples`` samples; memory does not grow.

    The score is set ``SCORE_UNDER_LU`` under the lines and ducked by ``duck_db`` while they speak. The
    whole is brought to ``target_lufs`` (BS.1770), held under ``ceiling_dbtp`` by a limiter. Nothing but
    ``out`` is written. Raises ``BadInput`` for lengths and places that make no sense, ``Damaged`` for
    a sound that is not what it should be; ``out`` is then not to be used.
    """
    if not 1 <= samples <= most_samples(2):
        raise BadInput(f"A mix is 1 to {most_samples(2)} samples long (about six hours), not {samples}.")
    if any(line.start_samples < 0 for line in lines):
        raise BadInput("A line cannot begin before the film does.")
    desk = _Desk(tuple(sorted(lines, key=lambda p: (p.start_samples, str(p.path)))), score, samples, duck_db)
    desk.balance(lambda share: tick(0.3 * share))
    loud, peak = _measured(desk.blocks(), samples, lambda share: tick(0.3 + 0.3 * share))
    gain_db = min(30.0, target_lufs - loud) if loud is not None else 0.0
    report = None
    for turn in range(_TRIES):
        limiting = peak + gain_db > ceiling_dbtp
        report = _write(desk, out, gain_db, ceiling_dbtp if limiting else None)
        tick(0.6 + 0.4 * (turn + 1) / _TRIES)
        if report.lufs is None or not limiting or abs(report.lufs - target_lufs) < 0.1:
            break
        gain_db += target_lufs - report.lufs
    assert report is not None
    tick(1.0)
    return report


def _measured(
    blocks: Iterator[Samples], samples: int, tick: Callable[[float], None]
) -> tuple[float | None, float]:
    meter, done = Meter(), 0
    for block in blocks:
        meter.add(block)
        done += len(block)
        tick(done / samples)
    return meter.lufs, meter.true_peak


def _write(desk: _Desk, out: Path, gain_db: float, ceiling_dbtp: float | None) -> MixReport:
    meter, held, written = Meter(), 0, 0
    blocks = (block * np.float32(decibels(gain_db)) for block in desk.blocks())
    with WavWriter(out, channels=2) as writer:
        ceiling = None if ceiling_dbtp is None else decibels(ceiling_dbtp - 0.15)
        for block, down in _limited(blocks, ceiling):
            writer.write(block)
            meter.add(block)
            held += down
            written += len(block)
    return MixReport(
        written, meter.lufs, meter.true_peak, held / written, desk.cut_short(), desk.score_missing()
    )


def _limited(blocks: Iterator[Samples], ceiling: float | None) -> Iterator[tuple[Samples, int]]:
    """The same samples under ``ceiling`` (true peak), and how many of each block were held down."""
    if ceiling is None:
        yield from ((block, 0) for block in blocks)
        return
    reach = 2 * LOOK_AHEAD
    joined = np.zeros((reach + 64, 2), np.float32)
    for block in _with_end(blocks, reach + 64):
        joined = np.concatenate([joined, block])
        count = len(joined) - 2 * (reach + 64)
        if count > 0:
            peaks = true_peaks(joined, ceiling)[64:-64]
            gain = gain_under(peaks, ceiling)
            body = joined[reach + 64 : reach + 64 + count]
            yield body * gain[:, None], int(np.count_nonzero(gain < 0.999))
            joined = joined[count:]


def _with_end(blocks: Iterator[Samples], extra: int) -> Iterator[Samples]:
    yield from blocks
    yield np.zeros((extra, 2), np.float32)


class _Desk:
    """The lines and the score on their faders; plays the film's sound as often as asked."""

    def __init__(self, lines: tuple[Placed, ...], score: Path | None, samples: int, duck_db: float) -> None:
        self._lines, self._score, self._samples, self._duck_db = lines, score, samples, duck_db
        self._lengths = tuple(_length(line.path) for line in lines)
        self._starts = [line.start_samples for line in lines]
        self._longest = max(self._lengths, default=0)
        self._score_gain = 1.0
        self._follower: Samples | None = None

    def cut_short(self) -> tuple[Path, ...]:
        pairs = zip(self._lines, self._lengths, strict=True)
        return tuple(line.path for line, length in pairs if line.start_samples + length > self._samples)

    def score_missing(self) -> int:
        if self._score is None:
            return 0
        with WavReader(self._score, channels=2) as reader:
            return max(0, self._samples - reader.samples)

    def balance(self, tick: Callable[[float], None]) -> None:
        """Set the score's fader by the loudness of lines and score, and find where lines are heard."""
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
        self._follower = _duck(np.concatenate(heard), self._duck_db)

    def blocks(self) -> Iterator[Samples]:
        """The film's sound before its last gain, in blocks ``n x 2``."""
        assert self._follower is not None
        places = np.arange(len(self._follower)) * _HOP
        for start, stop in self._spans():
            block = self._music(start, stop) * np.float32(self._score_gain)
            low, high = start // _HOP, stop // _HOP + 2
            duck = np.interp(np.arange(start, stop), places[low:high], self._follower[low:high])
            block *= duck.astype(np.float32)[:, None]
            block += self._voice(start, stop)[:, None]
            yield block

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
    """Gain of the score at every hop (10 ms), from where lines are heard.

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
