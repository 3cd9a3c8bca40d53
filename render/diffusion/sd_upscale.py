"""Stable Diffusion's upscaler: each frame drawn again four times as wide and high, in the picture's words.

It knows no time. Every frame begins with the same noise, and the same noise lies on what it sees of the
take, so that only what moves there differs here; fine detail may still flicker, more with a higher
``noise-level``. For clips in which that is seen, LTX's upscaler is the other choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from ..protocol import Capabilities, Footage, Pixels
from . import wording
from .animatediff_words import fitted as as_read
from .clips import clip_frames
from .enlarging import each_enlarged, fitted, lit, padded
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words, number
from .noise import frame_noise, generator

TIMES = 4
_CLIP_TOKENS = 70
_NOISE = 20
"""Of 350, as the makers advise: how far a frame is noised, and so how much may be invented."""
_STEP = 8
"""Sides that the denoiser halves three times without a remainder."""


class SdUpscale(Family):
    """See the module."""

    name: ClassVar[str] = "sd-upscale"
    pipeline: ClassVar[str] = "StableDiffusionUpscalePipeline"
    settings: frozenset[str] = Family.settings | {"noise-level"}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"upscale"}),
            inputs=frozenset({"take"}),
            most_pixels=3840 * 2160,
            enlarges=TIMES,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        picture = request.picture
        style = wording.cut(wording.style(picture, wording.look_of(request.settings)), 16)
        heads = [one.head for one in (*wording.subjects(picture), *wording.things(picture))]
        text = wording.joined((wording.lead(picture, 40), *heads, style))
        return Words(
            wording.cut(text, _CLIP_TOKENS), wording.cut(wording.negative(request.settings), _CLIP_TOKENS)
        )

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12 if draft else 30), 7.0

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        given, against = pipe.encode_prompt(
            prompt=as_read(pipe.tokenizer, words.text),
            negative_prompt=as_read(pipe.tokenizer, words.negative),
            device=pipe._execution_device,
            num_images_per_prompt=1,
            do_classifier_free_guidance=True,
        )
        return {"prompt_embeds": given.cpu(), "negative_prompt_embeds": against.cpu()}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        name = f"diffusion:{self.weights.name}"
        return each_enlarged(batch, TIMES, name, lambda ready, take: enlarged(pipe, ready, take, step))


def enlarged(pipe: Any, ready: Ready, take: Footage, step: Step) -> Iterator[Shades]:
    """The take's frames in the raster asked for, one at a time: no more than one is held."""
    wanted = clip_frames(ready.request)
    for n, pixels in enumerate(take.frames(0, wanted)):

        def told(index: int, timestep: Any, latents: Any, before: int = n * ready.steps) -> None:
            step(before + index + 1, wanted * ready.steps)

        large = lit(_enlarged(pipe, ready, pixels, told), [pixels], type(pipe).__name__)
        yield fitted(large, ready)


def _enlarged(pipe: Any, ready: Ready, pixels: Pixels, told: Any) -> Shades:
    """One frame, 1 x height x width x 3, four times as wide and high."""
    import torch

    height, width = pixels.shape[:2]
    given = padded(pixels, _STEP)
    device, dtype = pipe._execution_device, pipe.unet.dtype
    prompt = {name: tensor.to(device, dtype) for name, tensor in ready.prompt.items()}
    noise = frame_noise(ready.seed, 0, 1, pipe.vae.config.latent_channels, *given.shape[:2])[:, :, 0]
    found = pipe(
        image=torch.from_numpy(given).permute(2, 0, 1)[None].float() / 255,
        **prompt,
        num_inference_steps=ready.steps,
        guidance_scale=ready.guidance,
        noise_level=round(number(ready.settings, "noise-level", _NOISE)),
        latents=noise.to(device, dtype),
        generator=generator(ready.seed, "low"),
        callback=told,
        output_type="np",
    ).images
    shades: Shades = found[:, : TIMES * height, : TIMES * width].astype(np.float32)
    return shades
