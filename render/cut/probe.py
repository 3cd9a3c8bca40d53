"""Is this take what it should be? A quick look before it is committed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.error import FFmpegError

from ...storyboard.errors import BadTake
from ...storyboard.rate import Rate
from ..protocol import Pixels
from .encoding import last_words
from .footage import TakeFootage, open_container

_LOOKS = 5
"""Frames that are decoded, spread from the first to the last."""
_FLAT = 2
"""Spread of code values, highest less lowest, up to which a frame counts as one flat colour."""


@dataclass(frozen=True)
class Probe:
    """What a file holds. ``blank``: each frame looked at is one flat colour. ``frozen``: all are alike."""

    frames: int
    width: int
    height: int
    rate: Rate
    codec: str
    pix_fmt: str
    blank: bool
    frozen: bool


def probe(path: Path) -> Probe:
    """Count a take's frames from its packets and decode a few of them, first and last among them.

    Raises ``BadTake`` where the file is cut short, is no picture, or holds frames that cannot be
    decoded. A damaged frame between those looked at is not found here: the digest in the take's
    record finds it.
    """
    packets, codec = _packets(path)
    with TakeFootage(path) as footage:
        if footage.count != packets or packets == 0:
            raise BadTake(f"{path.name} is cut short: {packets} of {footage.count} frames are there.")
        looked = sorted({round(i * (packets - 1) / (_LOOKS - 1)) for i in range(_LOOKS)})
        seen = [footage.frame(i) for i in looked]
        return Probe(
            frames=packets,
            width=footage.size[0],
            height=footage.size[1],
            rate=footage.rate,
            codec=codec,
            pix_fmt=footage.pix_fmt,
            blank=all(_is_flat(frame) for frame in seen),
            frozen=len(seen) > 1 and all(_alike(seen[0], frame) for frame in seen[1:]),
        )


def _packets(path: Path) -> tuple[int, str]:
    """Packets that are whole, and the codec."""
    container = open_container(path)
    try:
        stream = container.streams.video[0]
        found = sum(1 for p in container.demux(stream) if p.size and not p.is_corrupt)
        return found, stream.codec_context.name
    except (FFmpegError, OSError) as fault:
        raise BadTake(f"{path.name} is damaged or cut short: {last_words(fault)}.") from fault
    finally:
        container.close()


def _is_flat(frame: Pixels) -> bool:
    return all(int(np.ptp(frame[:, :, c])) <= _FLAT for c in range(3))


def _alike(a: Pixels, b: Pixels) -> bool:
    return bool(np.abs(a.astype(np.int16) - b.astype(np.int16)).max() <= _FLAT)
