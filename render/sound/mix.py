"""The mix: lines over what makes way for them (score, effects, ambience), at the loudness of a broadcast."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from ...storyboard.errors import BadInput
from ...storyboard.rate import Rate
from .beds import Sound
from .desk import STEMS, Desk, Placed
from .dynamics import LOOK_AHEAD, gain_under
from .filters import decibels
from .float_wav import FloatWavWriter, most_float_samples
from .loudness import Meter, true_peaks
from .wav import SAMPLE_RATE, Samples, WavWriter, most_samples

__all__ = ["MixReport", "Placed", "Sound", "mix", "samples_of", "write_stems"]

TARGET_LUFS = -16.0
CEILING_DBTP = -1.5
DUCK_DB = -11.0
"""What the score gives way while somebody speaks."""
_TRIES = 3


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
    gain_db: float = 0.0
    """What everything was raised by, before the limiter."""


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
    sounds: Sequence[Sound] = (),
    tick: Callable[[float], None] = lambda share: None,
) -> MixReport:
    """Write ``out``: stereo 48 kHz 16-bit WAV of exactly ``samples`` samples; memory does not grow.

    The score is set ``SCORE_UNDER_LU`` under the lines and ducked by ``duck_db`` while they speak; ``sounds``
    lie at their levels and give way a little. The whole is brought to ``target_lufs`` (BS.1770), held under
    ``ceiling_dbtp`` by a limiter. Nothing but ``out`` is written. Raises ``BadInput`` for lengths and places
    that make no sense, ``Damaged`` for a sound that is not what it should be; ``out`` is then not to be used.
    """
    desk = _desk(lines, score, samples, duck_db, sounds)
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


def write_stems(
    lines: Sequence[Placed],
    score: Path | None,
    samples: int,
    folder: Path,
    gain_db: float,
    *,
    sounds: Sequence[Sound] = (),
    duck_db: float = DUCK_DB,
) -> tuple[Path, ...]:
    """Write ``dialogue.wav``, ``music.wav``, ``effects.wav``, ``ambience.wav`` and ``mix.wav`` to ``folder``.

    Stereo 48 kHz, 32-bit float, each of ``samples`` samples and in sync; ``gain_db`` is that of the mix
    (``MixReport``). ``mix.wav`` is the sum of the others: the film's sound before its limiter, which holds
    down what would be over the ceiling. Memory does not grow. Raises as ``mix``.
    """
    if samples > most_float_samples(2):
        raise BadInput("The film is too long for stems: one WAV file holds about three hours of them.")
    desk = _desk(lines, score, samples, duck_db, sounds)
    desk.balance(lambda share: None)
    paths = [folder / f"{name}.wav" for name in (*STEMS, "mix")]
    gain = np.float32(decibels(gain_db))
    writers = [FloatWavWriter(path, 2, samples) for path in paths]
    try:
        for buses in desk.stems():
            raised = [np.zeros_like(buses[0]) if bus is None else bus * gain for bus in buses]
            for writer, block in zip(writers, [*raised, sum(raised[1:], raised[0])], strict=True):
                writer.write(block)
    finally:
        for writer in writers:
            writer.close()
    return tuple(paths)


def _desk(
    lines: Sequence[Placed], score: Path | None, samples: int, duck_db: float, sounds: Sequence[Sound]
) -> Desk:
    if not 1 <= samples <= most_samples(2):
        raise BadInput(f"A mix is 1 to {most_samples(2)} samples long (about six hours), not {samples}.")
    if any(line.start_samples < 0 for line in lines) or any(sound.start < 0 for sound in sounds):
        raise BadInput("A sound cannot begin before the film does.")
    return Desk(lines, score, samples, duck_db, sounds)


def _measured(
    blocks: Iterator[Samples], samples: int, tick: Callable[[float], None]
) -> tuple[float | None, float]:
    meter, done = Meter(), 0
    for block in blocks:
        meter.add(block)
        done += len(block)
        tick(done / samples)
    return meter.lufs, meter.true_peak


def _write(desk: Desk, out: Path, gain_db: float, ceiling_dbtp: float | None) -> MixReport:
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
        written, meter.lufs, meter.true_peak, held / written, desk.cut_short(), desk.score_missing(), gain_db
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
