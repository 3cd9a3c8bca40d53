"""LTX-2: clips whose frames are given by their number, and the sound that belongs to them.

Each clip comes with the part ``sound`` (``sound_track.py``). Like the picture it is invented by the
model, of the clip alone: it does not go on from the sound of the clip before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ...storyboard.errors import BadInput
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from ..requests import Between, Extend
from . import wording
from .clips import cast_lines, clip_frames, image, paragraph
from .family import Drawn, Extra, Family, Ready, Sampled, Step, Words, number
from .noise import generator
from .sound_track import track

if TYPE_CHECKING:
    pass

LONGEST_PROMPT = 400
"""Tokens, of the 1,024 that the encoder reads; the makers ask for one long paragraph."""
GOAL_AHEAD = 48
"""Frames after the clip's last at which a goal stands: out of the clip, within what the model saw."""
_PER_LATENT = 8
_DISTILLED = (1.0, 0.99375, 0.9875, 0.98125, 0.975, 0.909375, 0.725, 0.421875)
"""Noise levels of the distilled weights, as their makers give them."""
_LEAST_STEPS = 2
_LAYOUTS = ("", "distilled")
UNWANTED = f"{wording.UNWANTED}, worst quality, inconsistent motion, jittery, distorted sound"


class Ltx2(Family):
    """``layout``: none for weights that are guided, ``distilled`` for eight steps without guidance."""

    name: ClassVar[str] = "ltx2"
    pipeline: ClassVar[str] = "LTX2ConditionPipeline"
    layouts: ClassVar[tuple[str, ...]] = tuple(_LAYOUTS)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")
    settings: frozenset[str] = Family.settings | {"prefix-noise"}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between", "extend"}),
            inputs=frozenset({"first", "last", "tail", "goal", "colour", "lora", "words"}),
            frame_rule=FrameRule(step=_PER_LATENT, offset=1, least=9),
            size_multiple=32,
            longest=241,
            tail_frames=9,
            most_pixels=1216 * 704,
            native_rate=Rate(num=24),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return Words(one_long_paragraph(request), wording.negative(request.settings, UNWANTED))

    def steps(self, draft: bool) -> tuple[int, float]:
        if self.weights.layout == "distilled":
            return len(_DISTILLED), 1.0
        return (16 if draft else 40), 3.0

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        """What the connectors make of the prompt, for the picture and for the sound.

        Not what the text encoder gives to them: with 49 layers of it a prompt is hundreds of megabytes.
        """
        given, seen, against, unseen = pipe.encode_prompt(prompt=words.text, negative_prompt=words.negative)
        found = {}
        for side, embeds, mask in (("", given, seen), ("negative_", against, unseen)):
            made = pipe.connectors(embeds, mask, padding_side=pipe.tokenizer_padding_side)
            for name, tensor in zip(("picture", "sound", "mask"), made, strict=True):
                found[side + name] = tensor.cpu()
        return found

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        return [self._clip(pipe, ready, step) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Sampled:
        rate, new = _rate(ready), clip_frames(ready.request)
        prompt = {name: tensor.to(pipe._execution_device) for name, tensor in ready.prompt.items()}
        with _connected(pipe, prompt), _seeing_past_the_end(pipe):
            found = pipe(
                conditions=self._conditions(ready) or None,
                prompt_embeds=prompt["picture"].to(pipe.transformer.dtype),
                prompt_attention_mask=prompt["mask"],
                negative_prompt_embeds=prompt["negative_picture"].to(pipe.transformer.dtype),
                negative_prompt_attention_mask=prompt["negative_mask"],
                height=ready.height,
                width=ready.width,
                num_frames=ready.frames,
                frame_rate=float(rate.fps),
                **self._schedule(ready.steps),
                **guidance(pipe.transformer.config, ready.guidance),
                generator=generator(ready.seed, "clip", ready.at),
                callback_on_step_end=step.callback(),
                output_type="np",
            )
        hz = int(pipe.vocoder.config.output_sampling_rate)
        waveform = found.audio[0].float().cpu().numpy()
        return Sampled(
            frames=np.asarray(found.frames[0][len(ready.tail) : len(ready.tail) + new]),
            parts=lambda: [Extra("sound", "wav", track(waveform, hz, rate, len(ready.tail), new))],
        )

    def _schedule(self, steps: int) -> dict[str, Any]:
        """The model's own noise levels; for another number than the distilled ones, the pipeline's.

        Raises ``BadInput`` for a single step, over which its scheduler cannot spread them.
        """
        if steps < _LEAST_STEPS:
            raise BadInput(f"The setting steps is {steps}; LTX-2 draws in {_LEAST_STEPS} steps or more.")
        if self.weights.layout == "distilled" and steps == len(_DISTILLED):
            return {"sigmas": list(_DISTILLED)}
        return {"num_inference_steps": steps}

    def _conditions(self, ready: Ready) -> list[Any]:
        """The frames that are given. ``crf=0``: they are not made worse by H.264 first, which needs PyAV."""
        from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

        found = [
            LTX2VideoCondition(frames=image(getattr(ready, name), ready), index=place, crf=0)
            for name, place in places(ready).items()
        ]
        if ready.tail:
            held = 1 - number(ready.settings, "prefix-noise", 0) / 100
            tail = [image(pixels, ready) for pixels in ready.tail]
            found.insert(0, LTX2VideoCondition(frames=tail, index=0, strength=held, crf=0))
        return found


def one_long_paragraph(request: Drawn) -> str:
    """The prompt as LTX-2 and what was made from it are asked."""
    seen = request.picture

    def tell(detail: int) -> str:
        return paragraph(
            (
                wording.style(seen, wording.look_of(request.settings)),
                wording.told(request),
                *cast_lines(request, detail),
                wording.moment(request),
                wording.place(seen, full=detail > 1),
                wording.light(seen),
                wording.camera(seen, moving=True),
            )
        )

    return wording.fullest(tell, 8, LONGEST_PROMPT)


def _rate(ready: Ready) -> Rate:
    assert isinstance(ready.request, Between | Extend)  # no others are declared
    return ready.request.rate


def places(ready: Ready) -> dict[str, float]:
    """Frames that are given, by name, and where each stands, in latent frames as the pipeline counts.

    Latent frame n >= 1 begins with frame 8 (n - 1) + 1, and a still stands at that one frame. So any
    frame has a place, in eighths; at 0 it becomes the first latent frame itself.
    """
    end = len(ready.tail) + clip_frames(ready.request) - 1
    frames = {"first": 0, "last": end, "goal": ready.frames - 1 + GOAL_AHEAD}
    return {
        name: 0 if frame == 0 else float(1 + Fraction(frame - 1, _PER_LATENT))
        for name, frame in frames.items()
        if getattr(ready, name) is not None
    }


def guidance(config: Any, scale: float) -> dict[str, Any]:
    """The makers' guidance around ``scale``, the picture's away from what is not to be seen; none at 1.

    Their values: 7 for the sound, 3 against each of picture and sound going its own way, and 1 against
    a pass with one block's attention left out (spatio-temporal skip guidance, arXiv 2411.18664), which
    the first LTX-2 has not. Each is one more pass a step.
    """
    later = bool(config.get("cross_attn_mod"))
    usual = {"guidance_scale": scale, "use_cross_timestep": later}
    if scale <= 1:
        return usual | {
            "audio_guidance_scale": 1.0, "modality_scale": 1.0, "audio_modality_scale": 1.0,
            "stg_scale": 0.0, "audio_stg_scale": 0.0, "guidance_rescale": 0.0, "audio_guidance_rescale": 0.0,
        }  # fmt: skip
    skip = 1.0 if config.get("perturbed_attn") else 0.0
    return usual | {
        "audio_guidance_scale": 7.0, "modality_scale": 3.0, "audio_modality_scale": 3.0,
        "stg_scale": skip, "audio_stg_scale": skip, "spatio_temporal_guidance_blocks": [28],
        "guidance_rescale": 0.7, "audio_guidance_rescale": 0.7,
    }  # fmt: skip


@contextmanager
def _connected(pipe: Any, prompt: Mapping[str, Any]) -> Iterator[None]:
    """What the connectors would give again is what ``encode`` kept of them."""
    import torch

    def kept(embeds: Any, *given: Any, **named: Any) -> tuple[Any, ...]:
        sides = ("negative_", "") if len(embeds) > 1 else ("",)
        found = [torch.cat([prompt[side + name] for side in sides]) for name in ("picture", "sound", "mask")]
        return (found[0].to(embeds.dtype), found[1].to(embeds.dtype), found[2])

    with _instead(pipe.connectors, "forward", kept):
        yield


@contextmanager
def _seeing_past_the_end(pipe: Any) -> Iterator[None]:
    """A frame may stand behind the clip's last: the pipeline would leave it out, though its model reads it.

    Such frames are tokens beside the clip's own and have a place in time, whichever it is.
    """
    read = pipe.preprocess_conditions

    def wider(conditions: Any, height: int, width: int, num_frames: int, **more: Any) -> Any:
        return read(conditions, height, width, num_frames + 2 * GOAL_AHEAD, **more)

    with _instead(pipe, "preprocess_conditions", wider):
        yield


@contextmanager
def _instead(whole: Any, name: str, other: Any) -> Iterator[None]:
    """``other`` in place of a method, of this object alone and for a while."""
    before = vars(whole).get(name)
    object.__setattr__(whole, name, other)
    try:
        yield
    finally:
        object.__delattr__(whole, name)
        if before is not None:
            object.__setattr__(whole, name, before)
