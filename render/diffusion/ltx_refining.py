"""LTX drawing a take over. It steps as its pipeline does, by Euler's method, which remembers nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .clips import on_device
from .family import Ready, Shades
from .noise import frame_noise, seed_of
from .pieces import LED_PIECE, in_pieces, padded, video, with_lead_in
from .refining import Chunk, remaining, request_of, taken
from .seam import shot_latent
from .streaming import decoded_by_ltx

if TYPE_CHECKING:
    import torch


class LtxRedrawing:
    """See ``refining.Redrawing``. ``longest``: frames drawn at once; ``sigmas``: levels of a whole schedule.

    They fall from 1 and end with 0.
    """

    def __init__(self, pipe: Any, ready: Ready, longest: int, sigmas: Sequence[float]) -> None:
        self._pipe, self._ready = pipe, ready
        self.per: int = pipe.vae_temporal_compression_ratio
        self.longest = (longest - 1) // self.per + 1
        self._schedule, self._sigmas = sigmas, list(sigmas)
        self._prompt = on_device(pipe, [ready.prompt])
        self._device: Any = pipe._execution_device

    def times(self, strength: float) -> int:
        self._sigmas = remaining(self._schedule, strength)[0]
        return len(self._sigmas) - 1

    def encoded(self) -> torch.Tensor:
        import torch

        vae = self._pipe.vae

        def whole(frames: torch.Tensor) -> torch.Tensor:
            with torch.no_grad():
                latents = vae.encode(frames).latent_dist.mode().float()
            found: torch.Tensor = self._pipe._normalize_latents(latents, vae.latents_mean, vae.latents_std)
            return found

        encode = with_lead_in(whole, self.per)
        frames = padded(taken(self._ready), self._ready.frames)
        pieces = in_pieces(frames, self.per, LED_PIECE)
        return torch.cat([encode(video(piece, self._device, vae.dtype)) for piece in pieces], dim=2)

    def predicted(self, latents: torch.Tensor, chunk: Chunk, number: int, step: int) -> torch.Tensor:
        """With guidance in one call of twice the batch, as in the pipeline."""
        import torch

        pipe, ready = self._pipe, self._ready
        guided = ready.guidance > 1
        names = ("prompt_embeds", "prompt_attention_mask")
        words = [self._prompt[name] for name in names]
        if guided:
            words = [torch.cat([self._prompt[f"negative_{n}"], w]) for n, w in zip(names, words, strict=True)]
        batch = 1 + guided
        tokens = pipe._pack_latents(
            latents, pipe.transformer_spatial_patch_size, pipe.transformer_temporal_patch_size
        )
        with torch.no_grad(), pipe.transformer.cache_context(f"cond_uncond {number}"):
            said = pipe.transformer(
                hidden_states=tokens.expand(batch, -1, -1).to(words[0].dtype),
                encoder_hidden_states=words[0],
                timestep=torch.full((batch, 1), 1000 * self._sigmas[step], device=self._device),
                encoder_attention_mask=words[1],
                video_coords=self._places(latents).expand(batch, -1, -1),
                return_dict=False,
            )[0].float()
        if guided:
            against, towards = said.chunk(2)
            said = against + ready.guidance * (towards - against)
        found: torch.Tensor = pipe._unpack_latents(
            said,
            *latents.shape[2:],
            pipe.transformer_spatial_patch_size,
            pipe.transformer_temporal_patch_size,
        )
        return found

    def stepped(self, said: torch.Tensor, latents: torch.Tensor, step: int) -> torch.Tensor:
        """Along the flow to the next level: x' = x + (s' - s) * v (rectified flow, arXiv 2209.03003)."""
        return latents + (self._sigmas[step + 1] - self._sigmas[step]) * said

    def decoded(self, latents: torch.Tensor) -> Iterator[Shades]:
        start = shot_latent(request_of(self._ready).start, self.per)
        seed = seed_of(self._ready.seed, "decoding")
        _, channels, _, height, width = latents.shape

        def noise(number: int) -> torch.Tensor:
            return frame_noise(seed, start + number, 1, channels, height, width)

        yield from decoded_by_ltx(self._pipe, iter(latents.split(1, dim=2)), self.longest, noise)

    def finished(self) -> None:
        self._pipe.maybe_free_model_hooks()

    def _places(self, latents: torch.Tensor) -> torch.Tensor:
        """Seconds, rows and columns of each token, counted from the beginning of its chunk."""
        pipe = self._pipe
        sizes = {
            "patch_size": pipe.transformer_spatial_patch_size,
            "patch_size_t": pipe.transformer_temporal_patch_size,
        }
        numbers = pipe._prepare_video_ids(1, *latents.shape[2:], **sizes, device=self._device)
        found: torch.Tensor = pipe._scale_video_ids(
            numbers,
            scale_factor=pipe.vae_spatial_compression_ratio,
            scale_factor_t=pipe.vae_temporal_compression_ratio,
            device=self._device,
        ).float()
        found[:, 0] /= float(request_of(self._ready).rate.fps)
        return found
