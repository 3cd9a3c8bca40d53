"""FreeNoise: clips of any length from a model of sixteen frames, without training (arXiv 2310.15169).

Noise is drawn for the first window only; further frames begin from shuffles of it (equation 7), so that
far frames stay alike. Attention over time is done in windows that overlap, and where they do the results
are averaged, the middle of a window counting most (equation 9). Content repeats itself: good for what
goes on, poor for a plot.

The latents of all frames, and what the model computes of them, are held at once: memory grows with the
clip. What grows steeply with it is computed in pieces, and the pixels are given away as they are decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .noise import frame_noise, generator

if TYPE_CHECKING:
    import torch

CONTEXT = 16
"""Frames of a window: as many as the motion adapters were trained with."""
STRIDE = 4
"""Frames from one window to the next, and frames that are shuffled among themselves."""
_ROWS, _FRAMES = 256, 16
"""Places of a picture, and frames, that are computed at a time; diffusers' own choice."""


def shuffled_noise(
    seed: int, start: int, frames: int, channels: int, height: int, width: int
) -> torch.Tensor:
    """Noise of frames from number ``start`` of the shot on: 1 x channels x ``frames`` x height x width.

    The first ``CONTEXT`` have noise of their own; each ``STRIDE`` frames after them have, in another
    order, that of the frames a whole window before. So every window has the noise of the first one.
    """
    import torch

    noise = frame_noise(seed, start, min(frames, CONTEXT), channels, height, width)
    random = generator(seed, "free-noise", start)
    order = list(range(min(frames, CONTEXT)))
    while len(order) < frames:
        before = order[len(order) - CONTEXT :][:STRIDE]
        order += [before[n] for n in torch.randperm(STRIDE, generator=random)]
    return noise[:, :, order[:frames]]


@contextmanager
def windows(unet: Any) -> Iterator[None]:
    """While it lasts motion modules of ``unet`` attend in windows, over clips of ``CONTEXT`` frames or more.

    The blocks stay where they are and as they are (LoRAs and offloading too); for the time they compute
    as diffusers' own FreeNoise block does.
    """
    from diffusers.models.attention import FreeNoiseTransformerBlock

    blocks = [block for module in _motion_modules(unet) for block in module.transformer_blocks]
    before = [(block, block.__class__, dict(vars(block))) for block in blocks]
    try:
        for block in blocks:
            block.__class__ = FreeNoiseTransformerBlock
            block.set_free_noise_properties(CONTEXT, STRIDE, "pyramid")
        yield
    finally:
        for block, kind, had in before:
            block.__class__ = kind
            for name in vars(block).keys() - had.keys():
                delattr(block, name)


@contextmanager
def in_pieces(pipe: Any) -> Iterator[None]:
    """While it lasts, pictures are computed some frames at a time, and motion some places at a time.

    The same result to rounding. diffusers has no way back from it: the parts are put back here.
    """
    holders = [
        (holder, list(holder)) for block in _blocks(pipe.unet) for holder in _lists(block) if holder
    ]  # fmt: skip
    modules = [(m, m.proj_in, m.proj_out, list(m.transformer_blocks)) for m in _motion_modules(pipe.unet)]
    try:
        pipe.enable_free_noise_split_inference(_ROWS, _FRAMES)
        yield
    finally:
        for holder, parts in holders:
            for n, part in enumerate(parts):
                holder[n] = part
        for module, first, last, blocks in modules:
            module.proj_in, module.proj_out = first, last
            for n, block in enumerate(blocks):
                module.transformer_blocks[n] = block


def _blocks(unet: Any) -> list[Any]:
    return [*unet.down_blocks, unet.mid_block, *unet.up_blocks]


def _lists(block: Any) -> list[Any]:
    names = ("attentions", "resnets", "downsamplers", "upsamplers")
    return [getattr(block, name, None) for name in names]


def _motion_modules(unet: Any) -> list[Any]:
    return [module for block in _blocks(unet) for module in getattr(block, "motion_modules", None) or ()]
