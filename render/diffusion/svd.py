"""Stable Video Diffusion: a clip from its first frame alone (arXiv 2311.15127). It reads no words.

How much moves is asked by ``motion``, and how far the clip may leave its first frame by ``first-noise``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from ..requests import Between, Extend
from .clips import clip_frames, image, need_first
from .family import Drawn, Family, Ready, Shades, Step, Words, number
from .noise import frame_noise, generator

LONGEST = 25
"""Frames that the ``xt`` weights were trained with; the first ones with 14."""
_SHORT = "14"
_MOTION, _FIRST_NOISE = 127, 2.0
_DECODED = 8
"""Frames that are decoded together: more take memory, fewer flicker."""


class Svd(Family):
    """``layout``: none for weights of 25 frames (``xt``), ``14`` for the first ones."""

    name: ClassVar[str] = "svd"
    pipeline: ClassVar[str] = "StableVideoDiffusionPipeline"
    layouts: ClassVar[tuple[str, ...]] = ("", "14", "xt")
    settings: frozenset[str] = frozenset({"steps", "guidance", "quality", "motion", "first-noise"})

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between", "extend"}),
            inputs=frozenset({"first", "tail", "colour"}),
            required=frozenset({"first"}),
            frame_rule=FrameRule(least=2),
            size_multiple=64,
            longest=14 if self.weights.layout == _SHORT else LONGEST,
            tail_frames=1,
            most_pixels=1024 * 576,
            native_rate=Rate(num=7),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        """None: the model has no text encoder."""
        return Words("")

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12 if draft else 25), 3.0

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return {}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades]:
        return [self._clip(pipe, ready, step) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        """From the first frame, or from the last one of a tail, which is not given a second time."""
        skip = len(ready.tail)
        start = ready.tail[-1] if skip else need_first(ready, f"diffusion:{self.weights.name}")
        scale = pipe.vae_scale_factor
        noise = frame_noise(
            ready.seed, max(0, ready.at - skip), ready.frames, pipe.unet.config.out_channels,
            ready.height // scale, ready.width // scale,
        )  # fmt: skip
        frames: Shades = pipe(
            image(start, ready),
            height=ready.height,
            width=ready.width,
            num_frames=ready.frames,
            num_inference_steps=ready.steps,
            max_guidance_scale=ready.guidance,
            fps=_rate(ready),
            motion_bucket_id=round(number(ready.settings, "motion", _MOTION)),
            noise_aug_strength=number(ready.settings, "first-noise", _FIRST_NOISE) / 100,
            decode_chunk_size=_DECODED,
            generator=generator(ready.seed, "first", ready.at),
            latents=noise.transpose(1, 2).to(pipe.unet.dtype),
            output_type="np",
            callback_on_step_end=step.callback(),
        ).frames[0]
        return frames[skip : skip + clip_frames(ready.request)]


def _rate(ready: Ready) -> int:
    """Frames a second, which the model is told."""
    assert isinstance(ready.request, Between | Extend)  # no others are declared
    return max(1, round(ready.request.rate.fps))
