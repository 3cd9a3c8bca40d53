"""Latent frames decoded as they come, in flat memory: frames are given away before the next are made.

Wan's decoder is causal and remembers: pieces give what the whole gives. LTX's looks ahead, so a piece is
decoded with latent frames before and after it, which are then thrown away.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from .family import Shades

if TYPE_CHECKING:
    import torch

TOGETHER = 4
"""Latent frames that Wan's decoder is given at a time: parts moved in as they are used move seldom."""
LTX_TOGETHER = 3
Maps = list["torch.Tensor | None"]
"""What each causal convolution of a decoder remembers of the frames before."""


def decoded_by_wan(pipe: Any, latents: Iterator[torch.Tensor]) -> Iterator[Shades]:
    """Frames of normalised latent frames (1 x channels x 1 x height x width each), ``TOGETHER`` at a time.

    The first latent frame gives one frame, each other four; the same as of all at once.
    """
    decoder = WanStream(pipe.vae)
    while piece := list(islice(latents, TOGETHER)):
        yield _shades(pipe, decoder(piece))


class WanStream:
    """The decoder of a Wan autoencoder over a stream, in tiles where the autoencoder is set to tiles.

    As ``AutoencoderKLWan.decode`` and ``tiled_decode`` do it, but that what the convolutions remember
    outlasts the call: for each tile by itself.
    """

    def __init__(self, vae: Any) -> None:
        self._vae = vae
        self._maps: dict[tuple[int, int], Maps] = {}

    def __call__(self, latents: list[torch.Tensor]) -> torch.Tensor:
        """1 x 3 x frames x height x width, -1 to 1, of the next latent frames, normalised."""
        import torch
        from diffusers.models.autoencoders.autoencoder_kl_wan import unpatchify
        from diffusers.utils.accelerate_utils import apply_forward_hook

        vae = self._vae
        mean, std = (
            torch.tensor(values, device=latents[0].device).view(1, -1, 1, 1, 1)
            for values in (vae.config.latents_mean, vae.config.latents_std)
        )
        given = [(one * std + mean).to(vae.dtype) for one in latents]
        with torch.no_grad():
            found = apply_forward_hook(lambda _, ones: self._tiles(ones))(vae, given)
        if vae.config.patch_size is not None:
            found = unpatchify(found, patch_size=vae.config.patch_size)
        return found.clamp(-1, 1)

    def _tiles(self, latents: list[torch.Tensor]) -> torch.Tensor:
        """All tiles, blended where they overlap; one tile where the autoencoder uses none."""
        import torch

        vae, (height, width) = self._vae, latents[0].shape[-2:]
        ratio = vae.spatial_compression_ratio
        tile = vae.tile_sample_min_height // ratio, vae.tile_sample_min_width // ratio
        if not (vae.use_tiling and (height > tile[0] or width > tile[1])):
            return self._decoded(latents, (0, 0))
        patch = vae.config.patch_size or 1
        strides = vae.tile_sample_stride_height, vae.tile_sample_stride_width
        apart = [stride // ratio for stride in strides]
        kept = [stride // patch for stride in strides]
        blended = [
            size // patch - keep
            for size, keep in zip((vae.tile_sample_min_height, vae.tile_sample_min_width), kept, strict=True)
        ]
        above: list[torch.Tensor] = []
        rows = []
        for top in range(0, height, apart[0]):
            row: list[torch.Tensor] = []
            strip = []
            for left in range(0, width, apart[1]):
                part = [n[..., top : top + tile[0], left : left + tile[1]] for n in latents]
                found = self._decoded(part, (top, left))
                if above:
                    found = vae.blend_v(above[len(row)], found, blended[0])
                if row:
                    found = vae.blend_h(row[-1], found, blended[1])
                row.append(found)
                strip.append(found[..., : kept[0], : kept[1]])
            above = row
            rows.append(torch.cat(strip, dim=-1))
        whole = torch.cat(rows, dim=-2)
        return whole[..., : height * ratio // patch, : width * ratio // patch]

    def _decoded(self, latents: list[torch.Tensor], tile: tuple[int, int]) -> torch.Tensor:
        import torch

        decoder, frames = self._vae.decoder, []
        for one in latents:
            given = self._vae.post_quant_conv(one)
            begun = tile in self._maps
            if not begun:
                self._maps[tile] = [None] * _causal_convolutions(decoder)
            maps = self._maps[tile]
            frames.append(decoder(given, feat_cache=maps, feat_idx=[0], first_chunk=not begun))
        return torch.cat(frames, dim=2)


def _causal_convolutions(decoder: Any) -> int:
    from diffusers.models.autoencoders.autoencoder_kl_wan import WanCausalConv3d

    return sum(isinstance(layer, WanCausalConv3d) for layer in decoder.modules())


def decoded_by_ltx(
    pipe: Any, latents: Iterator[torch.Tensor], longest: int, noise: Callable[[int], torch.Tensor]
) -> Iterator[Shades]:
    """Frames of LTX's normalised latent frames, ``LTX_TOGETHER`` at a time.

    A piece is decoded with so many latent frames on each side as its decoder sees, or as fit into
    ``longest`` latent frames, the most that it decodes of a plain clip: with the former the frames are
    those of all at once. ``noise(n)`` is what latent frame n is given to decode, where the weights want it.
    """
    beside = min(ltx_reach(pipe.vae), max(1, (longest - LTX_TOGETHER) // 2))
    per = pipe.vae_temporal_compression_ratio
    held: list[torch.Tensor] = []
    """Latent frames from number ``begin`` on."""
    begin, given = 0, 0
    coming = _noised_for_ltx(pipe, latents, noise)
    ended = False
    while not ended or given < begin + len(held):
        while not ended and begin + len(held) < given + LTX_TOGETHER + beside:
            one = next(coming, None)
            ended = one is None
            held += [] if one is None else [one]
        stop = min(given + LTX_TOGETHER, begin + len(held))
        if stop == given:
            break
        first = 0 if given == 0 else 1 + per * (given - begin - 1)
        seen = slice(first, 1 + per * (stop - begin - 1))
        yield _shades(pipe, _ltx_frames(pipe, held[: stop + beside - begin])[:, :, seen])
        given = stop
        dropped = max(0, given - beside - begin)
        held, begin = held[dropped:], begin + dropped


def ltx_reach(vae: Any) -> int:
    """How many latent frames, before and after, LTX's decoder sees of each: from its layers.

    A convolution sees one frame to each side at the rate of its place: in latent frames, half as much
    after each doubling.
    """
    decoder, rate = vae.decoder, 1
    reach = 1.0 + 2 * len(decoder.mid_block.resnets)
    for block in decoder.up_blocks:
        reach += 2 / rate if block.conv_in is not None else 0
        if block.upsamplers is not None:
            reach += 1 / rate
            rate *= block.upsamplers[0].stride[0]
        reach += 2 * len(block.resnets) / rate
    return math.ceil(reach + 1 / rate)


LTX_TIME, LTX_NOISE = 0.05, 0.025
"""The decoder's time step, and how much noise its latents are given: as ``ltx.py`` asks of the pipeline."""


def _noised_for_ltx(
    pipe: Any, latents: Iterator[torch.Tensor], noise: Callable[[int], torch.Tensor]
) -> Iterator[torch.Tensor]:
    vae = pipe.vae
    for number, one in enumerate(latents):
        given = pipe._denormalize_latents(one, vae.latents_mean, vae.latents_std, vae.config.scaling_factor)
        if vae.config.timestep_conditioning:
            given = (1 - LTX_NOISE) * given + LTX_NOISE * noise(number).to(given)
        yield given.to(vae.dtype)


def _ltx_frames(pipe: Any, latents: list[torch.Tensor]) -> torch.Tensor:
    import torch

    given = torch.cat(latents, dim=2)
    time = given.new_tensor([LTX_TIME]) if pipe.vae.config.timestep_conditioning else None
    with torch.no_grad():
        found: torch.Tensor = pipe.vae.decode(given, time, return_dict=False)[0]
    return found


def _shades(pipe: Any, decoded: torch.Tensor) -> Shades:
    """Decoded frames as a pipeline gives them."""
    shades: Shades = pipe.video_processor.postprocess_video(decoded, output_type="np")[0]
    return shades
