"""WAV in and out: 48 kHz, 16 bit, mono or stereo, and nothing else."""

from __future__ import annotations

import io
import wave
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ...storyboard.errors import BadInput, Damaged

SAMPLE_RATE = 48_000
"""Samples a second of every sound inside a film."""
MOST_BYTES = 2**32 - 4096
"""A WAV file counts its bytes in 32 bits."""

Samples = npt.NDArray[np.float32]
"""``n`` (mono) or ``n x 2`` (stereo) samples, full scale -1 to 1."""


def most_samples(channels: int) -> int:
    """The longest sound that one WAV file can hold, in samples."""
    return MOST_BYTES // (2 * channels)


def to_int16(samples: Samples | npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Round to 16 bits; what is over full scale is held there."""
    whole: npt.NDArray[np.int16] = np.clip(np.rint(samples * 32767.0), -32767, 32767).astype("<i2")
    return whole


def wav_bytes(samples: Samples | npt.NDArray[np.int16]) -> bytes:
    """A whole WAV file of ``n`` or ``n x 2`` samples."""
    file = io.BytesIO()
    with WavWriter(file, channels=1 if samples.ndim == 1 else samples.shape[1]) as writer:
        writer.write(samples)
    return file.getvalue()


class WavWriter:
    """Writes blocks of samples one after another; the header is put right on closing."""

    def __init__(self, target: Path | BinaryIO, channels: int) -> None:
        self._wave = wave.open(target if not isinstance(target, Path) else str(target), "wb")  # noqa: SIM115
        self._wave.setparams((channels, 2, SAMPLE_RATE, 0, "NONE", ""))
        self._channels = channels
        self._written = 0

    def write(self, samples: Samples | npt.NDArray[np.int16]) -> None:
        """Add ``n`` or ``n x channels`` samples, floats or 16-bit. Raises ``BadInput`` beyond 4 GiB."""
        self._written += len(samples)
        if self._written > most_samples(self._channels):
            raise BadInput("The sound is longer than a WAV file can hold (4 GiB). Make a shorter film.")
        for start in range(0, len(samples), 1 << 18):
            part = samples[start : start + (1 << 18)]
            whole = part.astype("<i2", copy=False) if part.dtype == np.int16 else to_int16(part)
            self._wave.writeframesraw(np.ascontiguousarray(whole).data)

    def __enter__(self) -> WavWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wave.close()


class WavReader:
    """Reads a part of a WAV file without holding the rest.

    Raises ``Damaged`` on opening for anything but 48 kHz 16-bit PCM with ``channels`` channels, and
    for a file that is shorter than its header says.
    """

    def __init__(self, path: Path, channels: int) -> None:
        self.channels = channels
        try:
            self._wave = wave.open(str(path), "rb")  # noqa: SIM115
        except (wave.Error, EOFError) as error:
            raise Damaged(f"{path.name} is not a WAV sound ({error}).") from error
        found = (self._wave.getnchannels(), self._wave.getsampwidth(), self._wave.getframerate())
        self.samples = self._wave.getnframes()
        """Length in samples."""
        whole = self.samples * found[0] * found[1] <= path.stat().st_size
        if found != (channels, 2, SAMPLE_RATE) or not whole:
            self._wave.close()
            state = f"{found[0]} channels, {8 * found[1]} bit, {found[2]} Hz" if whole else "cut short"
            raise Damaged(
                f"{path.name} should be {channels} channel(s), 16 bit, {SAMPLE_RATE} Hz; is {state}."
            )

    def read(self, start: int, count: int) -> Samples:
        """Samples ``start`` up to ``start + count``, ``n x channels``; fewer at the end of the file."""
        start = min(max(0, start), self.samples)
        self._wave.setpos(start)
        raw = self._wave.readframes(max(0, min(count, self.samples - start)))
        return np.frombuffer(raw, "<i2").reshape(-1, self.channels).astype(np.float32) / np.float32(32767)

    def __enter__(self) -> WavReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wave.close()
