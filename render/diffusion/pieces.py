"""A take's frames to latents, piece by piece: pixels in flat memory, however long the take is.

Latents grow with the take and are small: a latent frame of Wan at 832 x 480 is 400 KB and stands for four
frames, 4.8 MB as they are shown and 19 MB as they are computed. ``streaming`` is the way back.

Latent frame 0 is frame 0; latent frame n is frames ``per * (n - 1) + 1`` to ``per * n``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from ..protocol import Footage, Pixels
from .clips import image
from .family import Ready

if TYPE_CHECKING:
    import torch

PIECE = 4
"""Latent frames that are encoded at a time by an encoder that remembers."""
LED_PIECE, LEAD = 9, 12
"""By one that does not: latent frames of a piece, and of those before it that go in with it and are thrown
away. Together 21, as many as the longest clip of LTX has; so no more memory than that takes."""
Encoder = Callable[["torch.Tensor"], "torch.Tensor"]
Memory = list[Any]
"""What each causal convolution of an encoder remembers of the frames before."""


def sized(footage: Footage, start: int, frames: int, ready: Ready) -> Iterator[Pixels]:
    """Frames ``start`` up to ``start + frames`` in the size that is sampled, one at a time."""
    for pixels in footage.frames(start, start + frames):
        yield np.asarray(image(pixels, ready))


def padded(frames: Iterable[Pixels], wanted: int) -> Iterator[Pixels]:
    """The frames, and the last one again until there are ``wanted``."""
    count, last = 0, None
    for last in frames:
        count += 1
        yield last
    while last is not None and count < wanted:
        count += 1
        yield last


def in_pieces(frames: Iterable[Pixels], per: int, latents: int = PIECE) -> Iterator[list[Pixels]]:
    """The frames of ``latents`` latent frames at a time; frame 0 is one more of the first piece."""
    given = iter(frames)
    piece = list(islice(given, 1 + latents * per))
    while piece:
        yield piece
        piece = list(islice(given, latents * per))


def video(frames: Sequence[Pixels], device: Any, dtype: Any) -> torch.Tensor:
    """1 x 3 x frames x height x width, from -1 to 1."""
    import torch

    stacked = torch.from_numpy(np.stack(frames)).to(device).permute(3, 0, 1, 2)[None]
    return (stacked.float() / 127.5 - 1).to(dtype)


class WanEncoder:
    """Wan's encoder over a take that comes a piece at a time; the same latents as all at once.

    It is causal and remembers the last frames of each layer, so it need not see them again; for each
    tile by itself where the autoencoder works in tiles.
    """

    def __init__(self, vae: Any) -> None:
        self._vae = vae
        self._memories: dict[tuple[int, int], Memory] = {}

    def __call__(self, given: torch.Tensor) -> torch.Tensor:
        """1 x channels x latents x height x width, normalised, float32; the first piece has 4n + 1 frames."""
        import torch
        from diffusers.utils.accelerate_utils import apply_forward_hook

        with torch.no_grad():
            moments = apply_forward_hook(lambda _, frames: self._tiles(frames))(self._vae, given)
        return normalised(moments.chunk(2, dim=1)[0].float(), self._vae)

    def _tiles(self, frames: torch.Tensor) -> torch.Tensor:
        """All tiles, blended where they overlap, as ``AutoencoderKLWan.tiled_encode`` does it."""
        import torch

        vae, (height, width) = self._vae, frames.shape[-2:]
        tile = vae.tile_sample_min_height, vae.tile_sample_min_width
        apart = vae.tile_sample_stride_height, vae.tile_sample_stride_width
        if not (vae.use_tiling and (height > tile[0] or width > tile[1])):
            return self._encoded(frames, (0, 0))
        ratio = vae.spatial_compression_ratio
        kept = [size // ratio for size in apart]
        blended = [size // ratio - keep for size, keep in zip(tile, kept, strict=True)]
        above: list[torch.Tensor] = []
        rows = []
        for top in range(0, height, apart[0]):
            row: list[torch.Tensor] = []
            for left in range(0, width, apart[1]):
                part = frames[..., top : top + tile[0], left : left + tile[1]]
                found = self._encoded(part, (top, left))
                if above:
                    found = vae.blend_v(above[len(row)], found, blended[0])
                row.append(vae.blend_h(row[-1], found, blended[1]) if row else found)
            rows.append(torch.cat([one[..., : kept[0], : kept[1]] for one in row], dim=-1))
            above = row
        return torch.cat(rows, dim=-2)[..., : height // ratio, : width // ratio]

    def _encoded(self, frames: torch.Tensor, tile: tuple[int, int]) -> torch.Tensor:
        import torch

        vae, begun = self._vae, tile in self._memories
        memory = self._memories.setdefault(tile, _memory(vae.encoder))
        groups = list(frames.split(4, dim=2)) if begun else [frames[:, :, :1]]
        if not begun and frames.shape[2] > 1:
            groups += frames[:, :, 1:].split(4, dim=2)
        found = [vae.encoder(group, feat_cache=memory, feat_idx=[0]) for group in groups]
        moments: torch.Tensor = vae.quant_conv(torch.cat(found, dim=2))
        return moments


def with_lead_in(encode: Encoder, per: int) -> Encoder:
    """An encoder of pieces over one of whole clips: the frames of ``LEAD`` latents before go in again.

    For causal encoders that remember nothing from call to call. The first frame of what goes in is a
    latent frame by itself, as the first of a clip is; that one is among those thrown away.
    """
    before: list[torch.Tensor] = []

    def piece(given: torch.Tensor) -> torch.Tensor:
        import torch

        whole = torch.cat([*before, given], dim=2)
        latents = given.shape[2] // per + (not before)
        before[:] = [whole[:, :, -(1 + LEAD * per) :]]
        return encode(whole)[:, :, -latents:]

    return piece


def normalised(latents: torch.Tensor, vae: Any) -> torch.Tensor:
    """The autoencoder's own latents as Wan's transformer knows them."""
    import torch

    mean, std = (
        torch.tensor(values, device=latents.device).view(1, -1, 1, 1, 1)
        for values in (vae.config.latents_mean, vae.config.latents_std)
    )
    return (latents - mean) / std


def _memory(encoder: Any) -> Memory:
    from diffusers.models.autoencoders.autoencoder_kl_wan import WanCausalConv3d

    return [None] * sum(isinstance(layer, WanCausalConv3d) for layer in encoder.modules())
