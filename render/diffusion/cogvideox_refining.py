"""CogVideoX drawing a take over, and its autoencoder over clips of any length in flat memory.

CogVideoX is no flow: its latents at a time step are ``sqrt(a) * take + sqrt(1 - a) * noise``. Over
``sqrt(a) + sqrt(1 - a)`` they are ``(1 - s) * take + s * noise`` with ``s = sqrt(1 - a) / (sqrt(a) +
sqrt(1 - a))``, which is how ``refining`` holds them; the request's strength is this share of noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from .clips import on_device
from .family import Ready, Shades
from .pieces import in_pieces, padded, video
from .refining import Chunk, remaining, taken

if TYPE_CHECKING:
    import torch

_PIECE = 2
"""Latent frames that the autoencoder takes at a time; the first piece has one more."""


class CogVideoXRedrawing:
    """See ``refining.Redrawing``. ``longest``: frames that are drawn at once.

    It steps as ``CogVideoXDDIMScheduler`` does, by DDIM (arXiv 2010.02502, equation 12) without new noise,
    whatever scheduler comes with the weights: one that draws noise in every step would not keep to a take.
    """

    def __init__(self, pipe: Any, ready: Ready, longest: int) -> None:
        self._pipe, self._ready = pipe, ready
        self.per: int = pipe.vae_scale_factor_temporal
        self.longest = (longest - 1) // self.per + 1
        self._prompt = on_device(pipe, [ready.prompt])
        self._device: Any = pipe._execution_device
        self._levels: list[float] = []
        self._times: list[int] = []

    def times(self, strength: float) -> int:
        scheduler = self._pipe.scheduler
        scheduler.set_timesteps(self._ready.steps, device=self._device)
        times = [int(time) for time in scheduler.timesteps]
        shares = noise_shares(scheduler.alphas_cumprod)
        self._levels, left_out = remaining([*(float(shares[t]) for t in times), 0.0], strength)
        self._times = times
        if left_out:
            nearest = int((shares - strength).abs().argmin())
            self._times = [nearest, *times[left_out:]]
        return len(self._times)

    def encoded(self) -> torch.Tensor:
        import torch

        vae = self._pipe.vae
        frames = padded(taken(self._ready), self._ready.frames)
        remembered, found = Remembered(vae.encoder), []
        for piece in in_pieces(frames, self.per, _PIECE):
            given = video(piece, self._device, vae.dtype)
            with torch.no_grad(), remembered.at_work():
                found.append(vae.encode(given).latent_dist.mode().float())
        return torch.cat(found, dim=2) * self._pipe.vae_scaling_factor_image

    def predicted(self, latents: torch.Tensor, chunk: Chunk, number: int, step: int) -> torch.Tensor:
        """The clean latents that the model's v speaks of, from latents at this step's level.

        With guidance in one call of twice the batch, as in the pipeline.
        """
        import torch

        pipe, ready = self._pipe, self._ready
        guided = ready.guidance > 1
        words = self._prompt["prompt_embeds"]
        if guided:
            words = torch.cat([self._prompt["negative_prompt_embeds"], words])
        clean, noisy = parts(self._levels[step])
        given = (latents * (clean + noisy)).transpose(1, 2)
        time = torch.tensor(self._times[step], device=self._device)
        turned = None
        if pipe.transformer.config.use_rotary_positional_embeddings:
            turned = pipe._prepare_rotary_positional_embeddings(
                ready.height, ready.width, given.shape[1], self._device
            )
        with torch.no_grad(), pipe.transformer.cache_context(f"cond_uncond {number}"):
            said = pipe.transformer(
                hidden_states=given.expand(1 + guided, -1, -1, -1, -1).to(words.dtype),
                encoder_hidden_states=words,
                timestep=time.expand(1 + guided),
                image_rotary_emb=turned,
                return_dict=False,
            )[0].float()
        if guided:
            against, towards = said.chunk(2)
            said = against + ready.guidance * (towards - against)
        return (clean * given - noisy * said).transpose(1, 2)

    def stepped(self, said: torch.Tensor, latents: torch.Tensor, step: int) -> torch.Tensor:
        """The next level with the noise that there is: ``(1 - s') * clean + s' * noise``."""
        level, after = self._levels[step], self._levels[step + 1]
        noise = (latents - (1 - level) * said) / level
        return (1 - after) * said + after * noise

    def decoded(self, latents: torch.Tensor) -> Iterator[Shades]:
        import torch

        pipe, vae = self._pipe, self._pipe.vae
        remembered = Remembered(vae.decoder)
        first = _PIECE + latents.shape[2] % _PIECE
        sizes = [first, *[_PIECE] * ((latents.shape[2] - first) // _PIECE)]
        for piece in latents.split(sizes, dim=2):
            with torch.no_grad(), remembered.at_work():
                frames = vae.decode((piece / pipe.vae_scaling_factor_image).to(vae.dtype)).sample
            found: Shades = pipe.video_processor.postprocess_video(frames, output_type="np")[0]
            yield found.astype(np.float32)

    def finished(self) -> None:
        self._pipe.maybe_free_model_hooks()


class Remembered:
    """An encoder or decoder of ``AutoencoderKLCogVideoX`` that goes on where the last piece ended.

    The autoencoder takes groups of frames one after the other, and its causal convolutions are given the
    last frames of the group before. Between its calls it forgets them, and here it does not: pieces of whole
    groups give what the whole clip gives, for each tile by itself where it works in tiles.
    """

    def __init__(self, part: Any) -> None:
        self._part = part
        self._memories: dict[int, Any] = {}

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While one piece is encoded or decoded."""
        part, tile = self._part, -1
        own, before = part.forward, vars(part).get("forward")

        def forward(given: Any, *more: Any, conv_cache: Any = None, **named: Any) -> Any:
            nonlocal tile
            tile += conv_cache is None
            memory = self._memories.get(tile) if conv_cache is None else conv_cache
            found, self._memories[tile] = own(given, *more, conv_cache=memory, **named)
            return found, self._memories[tile]

        part.forward = forward
        try:
            yield
        finally:
            del part.forward
            if before is not None:
                part.forward = before


def parts(share: float) -> tuple[float, float]:
    """How much of a latent is clean and how much is noise, ``sqrt(a)`` and ``sqrt(1 - a)``, by its share."""
    length = math.hypot(1 - share, share)
    return (1 - share) / length, share / length


def noise_shares(alphas: torch.Tensor) -> torch.Tensor:
    """The share of noise at every time step, 0 to 1, of the products ``a`` of a scheduler."""
    clean, noisy = alphas.double().sqrt(), (1 - alphas.double()).sqrt()
    return noisy / (clean + noisy)
