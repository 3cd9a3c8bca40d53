"""AnimateDiff: Stable Diffusion 1.5 with motion modules; clips of sixteen frames from words.

The words may change within a clip (``travel.py``). A clip of any length is made by FreeNoise
(``free_noise.py``), and one that goes on from another by what is kept of it (``reuse.py``). Weights of
layout ``sparse`` have a SparseCtrl net (arXiv 2311.16933) besides, and make a clip between two frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ...storyboard.errors import BadInput, Refused
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from ..requests import Extend
from . import animatediff_words as told
from .clips import clip_frames, image
from .family import Drawn, Extra, Family, Ready, Sampled, Shades, Step, Words, number
from .free_noise import CONTEXT, in_pieces, shuffled_noise, windows
from .loras import quietly
from .noise import frame_noise, generator
from .reuse import MIXED, OVERLAP, UNTIL, Keeping, Past, past_of, watching
from .travel import Travel, per_frame, travelling

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

SPARSE = "sparse"
"""The layout of weights with a SparseCtrl net."""
_SPARSE_PIPELINE = "AnimateDiffSparseControlNetPipeline"
_LONGER = frozenset({"method", "latents", "reuse-frames", "reuse-noise", "reuse-until"})
"""Settings of clips that are longer than one window, or go on from another."""
_SCHEDULE = {
    "beta_schedule": "linear", "clip_sample": False, "timestep_spacing": "linspace", "steps_offset": 1,
}  # fmt: skip
"""Noise levels that the motion modules were trained with; those of still models are others."""


class AnimateDiff(Family):
    """``layout``: none, or ``sparse`` where the set has the folder ``controlnet``."""

    name: ClassVar[str] = "animatediff"
    pipeline: ClassVar[str] = "AnimateDiffPipeline"
    layouts: ClassVar[tuple[str, ...]] = ("", SPARSE)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")

    def __init__(self, weights: WeightSet) -> None:
        super().__init__(weights)
        wanted = {"motion_adapter", "controlnet"} if weights.layout == SPARSE else {"motion_adapter"}
        for part in sorted(wanted - weights.files.keys()):
            raise BadInput(
                f"The weights {weights.name} of AnimateDiff lack files.{part}: the folder of that model, or "
                "a place on the hub. Set it in the weights file."
            )
        self._sparse = weights.layout == SPARSE
        self.settings = Family.settings | {"prompt-travel"} | (frozenset() if self._sparse else _LONGER)

    def capabilities(self) -> Capabilities:
        common = Capabilities(
            requests=frozenset({"between"}),
            inputs=frozenset({"words", "lora"}),
            frame_rule=FrameRule(least=CONTEXT),
            size_multiple=8,
            longest=CONTEXT,
            tail_frames=1,
            most_pixels=768 * 512,
            native_rate=Rate(num=8),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )
        if self._sparse:
            more: dict[str, Any] = {
                "inputs": common.inputs | {"first", "last"},
                "required": frozenset({"first", "last"}),
                "frame_rule": FrameRule(least=2),
            }
        else:
            more = {
                "requests": frozenset({"between", "extend"}),
                "inputs": common.inputs | {"latents"},
                "methods": frozenset({"free-noise"}),
            }
        return common.model_copy(update=more)

    def words(self, request: Drawn) -> Words:
        return told.words(request)

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12 if draft else 25), 7.5

    def load(self, located: Located, loading: Loading) -> Any:
        from .pipelines import load_pipeline

        kind = _SPARSE_PIPELINE if self._sparse else self.pipeline
        with quietly():  # the folder is a still model's: it has parts that these pipelines do not take
            return load_pipeline(kind, located, loading, then=_made_to_move)

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        """``prompt_embeds`` has one row for each station of a ``Travel``."""
        texts = [*words.stations.values()] if isinstance(words, Travel) else [words.text]
        given, against = pipe.encode_prompt(
            prompt=[told.fitted(pipe.tokenizer, text) for text in texts],
            device=pipe._execution_device,
            num_images_per_prompt=1,
            do_classifier_free_guidance=True,
            negative_prompt=[told.fitted(pipe.tokenizer, words.negative)] * len(texts),
        )
        return {"prompt_embeds": given.cpu(), "negative_prompt_embeds": against[:1].cpu()}

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades | Sampled]:
        return [
            self._between_frames(pipe, ready, step) if self._sparse else self._clip(pipe, ready, step)
            for ready in batch
        ]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades | Sampled:
        """A clip from words; in windows, or on from another."""
        long, keeps = _asked(ready, "method", "free-noise"), _asked(ready, "latents", "kept")
        # The first frame of a clip that goes on is the last one of the clip before.
        wanted, skip = clip_frames(ready.request), int(isinstance(ready.request, Extend))
        if long and skip:
            raise Refused("FreeNoise makes a clip as a whole, not on from another. Leave the method out.")
        if wanted > CONTEXT and not long:
            raise Refused(
                f"diffusion:{self.weights.name} makes {CONTEXT} frames at once, not {wanted}. Set the method "
                "to free-noise for a longer clip."
            )
        noise, past = _start(pipe, ready, max(CONTEXT, wanted + skip), skip)
        keeping = Keeping(noise, skip, skip + wanted) if keeps else None
        with ExitStack() as meanwhile:
            if long and noise.shape[2] > CONTEXT:
                meanwhile.enter_context(windows(pipe.unet))
                meanwhile.enter_context(in_pieces(pipe))
            latents = self._sampled(
                pipe, ready, [pipe.unet], skip, latents=noise, num_frames=noise.shape[2],
                callback_on_step_end=watching(step, past, keeping),
            )  # fmt: skip
        pieces = _decoded(pipe, latents[:, :, skip : skip + wanted])
        frames = pieces if long else np.concatenate(list(pieces))
        return Sampled(frames, lambda: () if keeping is None else (_extra(keeping),))

    def _between_frames(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        """From a frame to another: they lead the clip, and are not copied into it."""
        wanted = clip_frames(ready.request)
        if wanted > CONTEXT:
            raise Refused(f"diffusion:{self.weights.name} makes {CONTEXT} frames at once, not {wanted}.")
        places = {"first": 0, "last": ready.frames - 1}
        for name in places:
            if getattr(ready, name) is None:
                raise Refused(
                    f"diffusion:{self.weights.name} draws a clip from a first to a last frame, and no {name} "
                    "frame was given. Set keyframes to a renderer that draws stills."
                )
        with _plainly_encoding(pipe.vae):
            latents = self._sampled(
                pipe, ready, [pipe.unet, pipe.controlnet], 0,
                latents=_noise(pipe, ready, ready.frames, ready.at),
                num_frames=ready.frames,
                conditioning_frames=[image(getattr(ready, name), ready) for name in places],
                controlnet_frame_indices=list(places.values()),
                callback_on_step_end=step.callback(),
            )  # fmt: skip
        return np.concatenate(list(_decoded(pipe, latents[:, :, -wanted:])))

    def _sampled(self, pipe: Any, ready: Ready, models: Sequence[Any], skip: int, **given: Any) -> Any:
        """The latents of all frames that were sampled: 1 x channels x frames x height x width."""
        import torch

        device, dtype, frames = pipe._execution_device, pipe.unet.dtype, given["num_frames"]
        prompt = {name: tensor.to(device, dtype) for name, tensor in ready.prompt.items()}
        stations, against = prompt["prompt_embeds"], prompt["negative_prompt_embeds"]
        with ExitStack() as meanwhile:
            if len(stations) > 1:
                assert isinstance(ready.words, Travel)  # what was encoded
                places = list(ready.words.stations)
                seen = per_frame(stations, places, skip + clip_frames(ready.request), frames)
                if ready.guidance > 1:
                    seen = torch.cat([against.expand_as(seen), seen])
                meanwhile.enter_context(travelling(models, seen))
            given["latents"] = given["latents"].to(dtype)
            return pipe(
                **given,
                prompt_embeds=stations[:1],
                negative_prompt_embeds=against,
                height=ready.height,
                width=ready.width,
                num_inference_steps=ready.steps,
                guidance_scale=ready.guidance,
                generator=generator(ready.seed, "steps", ready.at),
                output_type="latent",
            ).frames


def _made_to_move(pipe: Any) -> None:
    """The scheduler that motion modules go with. What they are made from is in the model: once is enough."""
    from diffusers import DDIMScheduler

    pipe.scheduler = DDIMScheduler.from_config(pipe.scheduler.config, **_SCHEDULE)
    pipe.register_modules(motion_adapter=None)


def _asked(ready: Ready, name: str, value: str) -> bool:
    """Whether a setting that has one value only is set. Raises ``BadInput`` for any other."""
    given = ready.settings.get(name, "")
    if given not in ("", value):
        raise BadInput(f"The setting {name} is {given!r}; it must be {value}, or be left out.")
    return given == value


def _noise(pipe: Any, ready: Ready, frames: int, start: int) -> Any:
    """The shot's own noise, from frame ``start`` of it on; shuffled beyond a window."""
    size = pipe.unet.config.in_channels, *(n // pipe.vae_scale_factor for n in (ready.height, ready.width))
    make = shuffled_noise if frames > CONTEXT and "method" in ready.settings else frame_noise
    return make(ready.seed, start, frames, *size)


def _start(pipe: Any, ready: Ready, frames: int, skip: int) -> tuple[Any, Past | None]:
    """The noise that a clip begins from, and the clip before where it goes on from one."""
    noise = _noise(pipe, ready, frames, max(0, ready.at - skip))
    if not skip:
        return noise, None
    assert ready.latents is not None  # a tail of pixels was refused before
    held = number(ready.settings, "reuse-frames", OVERLAP)
    past = past_of(
        ready.latents, noise, ready.steps, overlap=round(held),
        mixed=number(ready.settings, "reuse-noise", MIXED),
        until=number(ready.settings, "reuse-until", UNTIL),
    )  # fmt: skip
    return past.begin(noise), past


def _extra(keeping: Keeping) -> Extra:
    return Extra("latents", "safetensors", keeping.data())


def _decoded(pipe: Any, latents: Any) -> Iterator[Shades]:
    """Frames in pieces, each given away before the next is decoded."""
    import torch

    try:
        for start in range(0, latents.shape[2], CONTEXT):
            with torch.no_grad():
                video = pipe.decode_latents(latents[:, :, start : start + CONTEXT])
            yield pipe.video_processor.postprocess_video(video=video, output_type="np")[0]
    finally:
        pipe.maybe_free_model_hooks()


@contextmanager
def _plainly_encoding(vae: Any) -> Iterator[None]:
    """Frames that lead a clip are encoded as they most likely are; the class draws from common chance."""
    encode, before = vae.encode, vars(vae).get("encode")

    def plainly(*args: Any, **given: Any) -> Any:
        found = encode(*args, **given)
        likely = found.latent_dist.mode()
        found.latent_dist.sample = lambda generator=None: likely
        return found

    vae.encode = plainly
    try:
        yield
    finally:
        del vae.encode
        if before is not None:
            vae.encode = before
