"""Echo: clips with their sound that remember, from up to seven pictures (JoyAI-Echo, made from LTX-2).

Each anchor frame of the film's memory goes into a memory slot of its own, in order. A slot is clean: it is
never noised, stands before the clip at time 500 + 50 n of the model's own clock, and the clip attends to it
in every step. Slots for sound are left empty: the project keeps no voices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from ..requests import Between, Extend
from .clips import clip_frames, image, window_start
from .family import Drawn, Extra, Family, Ready, Sampled, Step, Words
from .ltx2 import one_long_paragraph
from .modular import load_modular, run
from .noise import frame_noise, generator
from .seam import shot_latent
from .sound_track import track

SLOTS = 7
"""Pictures that one clip may remember, as the pipeline allows."""
_PER_LATENT = 8
_LEVELS = (1.0, 0.99375, 0.9875, 0.98125, 0.975, 0.909375, 0.725, 0.421875, 0.0)
"""The makers' noise levels for eight steps."""


class Echo(Family):
    """Distilled: no guidance, and nothing that is not to be seen."""

    name: ClassVar[str] = "echo"
    pipeline: ClassVar[str] = "EchoModularPipeline"
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")
    settings: frozenset[str] = frozenset({"steps", "quality", "look"})

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between", "extend"}),
            inputs=frozenset({"references", "first", "tail", "colour", "lora", "words"}),
            references=SLOTS,
            frame_rule=FrameRule(step=_PER_LATENT, offset=1, least=9),
            size_multiple=32,
            longest=241,
            tail_frames=1,
            most_pixels=1216 * 704,
            native_rate=Rate(num=25),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return Words(one_long_paragraph(request))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (4 if draft else len(_LEVELS) - 1), 1.0

    def load(self, located: Any, loading: Any) -> Any:
        return load_modular(self.pipeline, located, loading)

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        """What the connectors make of the prompt: of the text encoder's own layers it would be far more."""
        state = run(pipe, ["text_encoder"], {"prompt": words.text})
        names = ("connector_prompt_embeds", "connector_audio_prompt_embeds", "connector_attention_mask")
        return {name: state.get(name).cpu() for name in names}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        return [self._clip(pipe, ready, step) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Sampled:
        """From the last frame of a tail, which is not given again; or from the first, or from words."""
        assert isinstance(ready.request, Between | Extend)  # no others are declared
        rate, skip, new = ready.request.rate, len(ready.tail), clip_frames(ready.request)
        start = ready.tail[-1] if ready.tail else ready.first
        levels = noise_levels(ready.steps)
        state = run(
            pipe,
            ["vae_encoder", "denoise", "decode"],
            {
                **{name: tensor.to(pipe._execution_device) for name, tensor in ready.prompt.items()},
                "image": None if start is None else image(start, ready),
                "memory_images": [image(one.pixels, ready) for one in ready.references] or None,
                "height": ready.height,
                "width": ready.width,
                "num_frames": ready.frames,
                "frame_rate": float(rate.fps),
                "latents": self._noise(pipe, ready),
                "sigmas": levels,
                "generator": generator(ready.seed, "clip", ready.at),
                "output_type": "np",
            },
            step,
            len(levels) - 1,
        )
        hz = int(pipe.vocoder.config.output_sampling_rate)
        waveform = state.get("audio")[0].float().cpu().numpy()
        return Sampled(
            frames=np.asarray(state.get("videos")[0][skip : skip + new], dtype=np.float32),
            parts=lambda: [Extra("sound", "wav", track(waveform, hz, rate, skip, new))],
        )

    def _noise(self, pipe: Any, ready: Ready) -> Any:
        scale = pipe.vae_spatial_compression_ratio
        return frame_noise(
            ready.seed,
            shot_latent(window_start(ready), _PER_LATENT),
            (ready.frames - 1) // _PER_LATENT + 1,
            pipe.vae.config.latent_channels,
            ready.height // scale,
            ready.width // scale,
        )


def noise_levels(steps: int) -> list[float]:
    """Noise levels of so many steps and the zero after them: the makers' own for 8, else between those."""
    places = np.linspace(0, len(_LEVELS) - 1, steps + 1)
    return [float(level) for level in np.interp(places, range(len(_LEVELS)), _LEVELS)]
