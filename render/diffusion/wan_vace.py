"""Wan VACE: known frames anywhere in a clip, reference images, and an overlap whose seam moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule, Pixels
from ..requests import Refine
from .clips import (
    clip_frames,
    encoded_prompt,
    image,
    large_shift,
    on_device,
    shift_noise,
    shot_noise,
)
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words
from .noise import frame_noise, seed_of
from .seam import MovingSeam
from .wan import wan_words

_GREY = 127
"""What stands where a frame is not known."""
_LARGE = "14b"
_LONGEST = 81


class WanVace(Family):
    """``layout`` of the weights: ``14b`` where they draw up to 720 lines well, else 480."""

    name: ClassVar[str] = "wan-vace"
    pipeline: ClassVar[str] = "WanVACEPipeline"
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "ftfy", "peft")
    settings: frozenset[str] = Family.settings | {"shift", "overlap"}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between", "extend", "refine"}),
            inputs=frozenset(
                {
                    "first",
                    "last",
                    "tail",
                    "goal",
                    "colour",
                    "references",
                    "lora",
                    "origin",
                    "words",
                    "keep",
                    "control",
                }
            ),
            guides=frozenset({"depth", "lines", "segments", "pose"}),
            references=3,
            frame_rule=FrameRule(step=4, offset=1, least=5),
            size_multiple=16,
            longest=_LONGEST,
            tail_frames=9,
            most_pixels=1280 * 720 if self.weights.layout == _LARGE else 832 * 480,
            native_rate=Rate(num=16),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return wan_words(request)

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12 if draft else 30), 5.0

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return encoded_prompt(pipe, words)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades | Sampled]:
        return [self._made(pipe, ready, step) for ready in batch]

    def _made(self, pipe: Any, ready: Ready, step: Step) -> Shades | Sampled:
        if isinstance(ready.request, Refine):
            from .refining import refined
            from .wan_refining import VaceRedrawing

            return refined(ready, lambda: VaceRedrawing(pipe, ready, _LONGEST), step)
        return self._clip(pipe, ready, step)

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        known = known_frames(ready)
        seen = [pixels for pixels in (ready.origin, ready.goal) if pixels is not None]
        shown = [*(r.pixels for r in ready.references), *seen]
        ready = _long_enough(ready, len(shown))
        noise = shot_noise(pipe, ready, ready.frames)
        seam = _seam(pipe, ready, noise, len(shown))
        shift_noise(pipe, ready, large_shift(ready))
        frames: Shades = pipe(
            video=_video(known, ready),
            mask=_masks(known, ready),
            reference_images=[_whole(pixels) for pixels in shown] or None,
            **on_device(pipe, [ready.prompt]),
            height=ready.height,
            width=ready.width,
            num_frames=ready.frames,
            num_inference_steps=ready.steps,
            guidance_scale=ready.guidance,
            latents=_with_references(noise, ready, len(shown)),
            callback_on_step_end=_each_step(step, seam),
            output_type="np",
        ).frames[0]
        return frames[len(ready.tail) : len(ready.tail) + clip_frames(ready.request)]


def _long_enough(ready: Ready, references: int) -> Ready:
    """At least as many latent frames as references: the pipeline pads its masks from the clip's own.

    What is drawn beyond the frames wanted is left out afterwards, as frames of the rule of lengths are.
    """
    return replace(ready, frames=max(ready.frames, 4 * (references - 1) + 1))


def known_frames(ready: Ready) -> dict[int, Pixels]:
    """Frames of the sampled clip that are known, by their number: the tail, the first, the last wanted."""
    known = dict(enumerate(ready.tail))
    if ready.first is not None:
        known[0] = ready.first
    if ready.last is not None:
        known[len(ready.tail) + clip_frames(ready.request) - 1] = ready.last
    return known


def _with_references(noise: Any, ready: Ready, references: int) -> Any:
    """The noise with that of the reference images' latent frames in front, where the pipeline has them."""
    import torch

    if references == 0:
        return noise
    channels, _, height, width = noise.shape[1:]
    before = frame_noise(seed_of(ready.seed, "references"), 0, references, channels, height, width)
    return torch.cat([before, noise], dim=2)


def _seam(pipe: Any, ready: Ready, noise: Any, references: int) -> MovingSeam | None:
    """The overlap with the window before; None where there is none."""
    if not ready.tail:
        return None
    known = encoded_frames(pipe, ready)
    overlap = noise[:, :, : known.shape[2]]
    return MovingSeam(known, overlap, seed_of(ready.seed, ready.at), offset=references)


def encoded_frames(pipe: Any, ready: Ready) -> Any:
    """The tail's latents, normalised as the pipeline's own: 1 x channels x frames x height x width."""
    import torch

    vae = pipe.vae
    device = pipe._execution_device
    video = pipe.video_processor.preprocess_video([image(p, ready) for p in ready.tail])
    with torch.no_grad():
        latents = vae.encode(video.to(device, vae.dtype)).latent_dist.mode().float()
    mean, std = (
        torch.tensor(values, device=device).view(1, -1, 1, 1, 1)
        for values in (vae.config.latents_mean, vae.config.latents_std)
    )
    return (latents - mean) / std


def _video(known: Mapping[int, Pixels], ready: Ready) -> list[Any]:
    """Known frames, and for those to be drawn the guide's, or grey (VACE, arXiv 2503.07598, section 3.2)."""
    from PIL import Image

    grey = Image.new("RGB", (ready.width, ready.height), (_GREY, _GREY, _GREY))
    guide = [image(pixels, ready) for pixels in ready.control]
    guide += [guide[-1] if guide else grey] * (ready.frames - len(guide))
    return [image(known[n], ready) if n in known else guide[n] for n in range(ready.frames)]


def _masks(known: Mapping[int, Pixels], ready: Ready) -> list[Any]:
    """Black where a frame is kept, white where it is drawn."""
    from PIL import Image

    kept, drawn = (Image.new("L", (ready.width, ready.height), shade) for shade in (0, 255))
    return [kept if n in known else drawn for n in range(ready.frames)]


def _whole(pixels: Pixels) -> Any:
    """A reference uncut; the pipeline sets it on white."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))


def _each_step(step: Step, seam: MovingSeam | None) -> Any:
    tell = step.callback()

    def on_step_end(pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> Any:
        if seam is not None:
            given = seam(pipeline, index, timestep, given)
        return tell(pipeline, index, timestep, given)

    return on_step_end
