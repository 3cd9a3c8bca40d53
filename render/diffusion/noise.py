"""Noise that belongs to a shot's frames, not to a window: overlapping windows share it.

Each latent frame has a generator of its own, seeded by the shot's seed and the frame's number in the
shot. So a batch gives what single calls give, on any device, and a window that goes on from another
starts its overlap from the same noise (StreamingT2V, arXiv 2403.14773, section 4.3, shares it so).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def seed_of(*parts: int | str) -> int:
    """A seed, 0 to 2**63 - 1, from whole numbers and words; equal on every machine."""
    text = "/".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> 1


def generator(*parts: int | str) -> torch.Generator:
    """A generator on the processor, so that its numbers are the same on every device."""
    import torch

    return torch.Generator("cpu").manual_seed(seed_of(*parts))


def frame_noise(seed: int, start: int, count: int, channels: int, height: int, width: int) -> torch.Tensor:
    """Normal noise of ``count`` latent frames from number ``start`` of the shot on.

    1 x channels x count x height x width, float32, on the processor. A frame's noise depends on
    ``seed`` and its own number only.
    """
    import torch

    return torch.stack(
        [
            torch.randn((channels, height, width), generator=generator(seed, n))
            for n in range(start, start + count)
        ],
        dim=1,
    )[None]
