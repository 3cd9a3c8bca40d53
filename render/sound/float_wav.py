"""WAV files of 32-bit floats: what is over full scale stays whole, for whoever mixes on."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from .wav import MOST_BYTES, SAMPLE_RATE, Samples

_FLOAT = 3
"""WAVE_FORMAT_IEEE_FLOAT."""


def most_float_samples(channels: int) -> int:
    """The longest sound that one file can hold, in samples."""
    return MOST_BYTES // (4 * channels)


class FloatWavWriter:
    """Writes exactly ``samples`` samples, block by block. Close it."""

    def __init__(self, path: Path, channels: int, samples: int) -> None:
        size = 4 * channels * samples
        form = struct.pack(
            "<HHIIHHH", _FLOAT, channels, SAMPLE_RATE, 4 * channels * SAMPLE_RATE, 4 * channels, 32, 0
        )
        fact = struct.pack("<I", samples)
        chunks = ((b"fmt ", form), (b"fact", fact))
        head = b"".join(name + struct.pack("<I", len(body)) + body for name, body in chunks)
        self._file = path.open("wb")
        self._file.write(b"RIFF" + struct.pack("<I", 4 + len(head) + 8 + size) + b"WAVE" + head)
        self._file.write(b"data" + struct.pack("<I", size))

    def write(self, samples: Samples) -> None:
        """Add ``n x channels`` samples, full scale -1 to 1 and beyond."""
        self._file.write(np.ascontiguousarray(samples, dtype="<f4").data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
