"""LTX with conditions: frames of a clip given by their number, and clips of several requests at once."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule
from ..requests import Between, Extend, Refine
from . import queued, wording
from .clips import cast_lines, clip_frames, image, on_device, paragraph
from .diagonal import Ladder
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words, number
from .noise import generator
from .streaming import LTX_NOISE, LTX_TIME

if TYPE_CHECKING:
    pass

LONGEST_PROMPT = 200
"""Tokens, of the 256 that the encoder reads."""
GOAL_AHEAD = 48
"""Frames after the clip's last at which a goal stands: out of the clip, within what the model saw."""
_LONGEST = 161
_PREFIX_NOISE = 15
"""Percent; the pipeline's own default."""
_DISTILLED = (1000, 993, 987, 981, 975, 909, 725, 0.03)
"""Time steps of the distilled 0.9.8 weights, from their example."""
_LAYOUTS = ("", "distilled", "even")
UNWANTED = f"{wording.UNWANTED}, worst quality, inconsistent motion, jittery, distorted"


class Ltx(Family):
    """``layout``: none for LTX's own weights, ``distilled``, or ``even`` for weights of even time steps."""

    name: ClassVar[str] = "ltx"
    pipeline: ClassVar[str] = "LTXConditionPipeline"
    layouts: ClassVar[tuple[str, ...]] = tuple(_LAYOUTS)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "peft")
    settings: frozenset[str] = Family.settings | {"prefix-noise", "overlap"} | queued.SETTINGS

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between", "extend", "refine"}),
            inputs=frozenset({"first", "last", "tail", "goal", "colour", "lora", "words"}),
            frame_rule=FrameRule(step=8, offset=1, least=9),
            size_multiple=32,
            longest=_LONGEST,
            methods=frozenset({"queue"}),
            tail_frames=9,
            most_pixels=1216 * 704,
            native_rate=Rate(num=24),
            batch=2,
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        seen, settings = request.picture, request.settings

        def tell(detail: int) -> str:
            return paragraph(
                (
                    wording.told(request),
                    *cast_lines(request, detail),
                    wording.moment(request),
                    wording.place(seen, full=detail > 1),
                    wording.camera(seen, moving=True),
                    wording.light(seen),
                    wording.style(seen, wording.look_of(settings)),
                )
            )

        return Words(wording.fullest(tell, 8, LONGEST_PROMPT), wording.negative(settings, UNWANTED))

    def steps(self, draft: bool) -> tuple[int, float]:
        if self.weights.layout == "distilled":
            return len(_DISTILLED), 1.0
        return (16 if draft else 40), 3.0

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        names = (
            "prompt_embeds",
            "prompt_attention_mask",
            "negative_prompt_embeds",
            "negative_prompt_attention_mask",
        )
        found = pipe.encode_prompt(prompt=words.text, negative_prompt=words.negative)
        return {name: tensor.cpu() for name, tensor in zip(names, found, strict=True)}

    def together(self, one: Ready, other: Ready) -> bool:
        """Equal in size, length and rate, and with frames given at the same numbers; a queue is alone."""
        return "method" not in one.settings and _shape(one) == _shape(other)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades | Sampled]:
        if isinstance(batch[0].request, Refine):
            return [self._refined(pipe, ready, step) for ready in batch]
        head = batch[0]
        noise = number(head.settings, "prefix-noise", self._prefix_noise) / 100
        if queued.is_queued(head, f"diffusion:{self.weights.name}"):
            ladder = self._ladder(pipe, head.steps)
            rate = float(_rate(head).fps)
            return [queued.by_ltx(pipe, ready, step, _LONGEST, ladder, rate, noise) for ready in batch]
        with _unadvised(), _decoding_one_by_one(pipe.vae):
            found: Shades = pipe(
                conditions=_conditions(batch) or None,
                **on_device(pipe, [ready.prompt for ready in batch]),
                height=head.height,
                width=head.width,
                num_frames=head.frames,
                frame_rate=float(_rate(head).fps),
                **self._schedule(head.steps),
                guidance_scale=head.guidance,
                image_cond_noise_scale=noise,
                decode_timestep=LTX_TIME,
                decode_noise_scale=LTX_NOISE,
                generator=[generator(ready.seed, "clip", ready.at) for ready in batch],
                callback_on_step_end=step.callback(),
                output_type="np",
            ).frames
        return [
            frames[len(ready.tail) : len(ready.tail) + clip_frames(ready.request)]
            for frames, ready in zip(found, batch, strict=True)
        ]

    def _refined(self, pipe: Any, ready: Ready, step: Step) -> Sampled:
        from .ltx_refining import LtxRedrawing
        from .refining import refined

        levels = [time / 1000 for time in self._times(ready.steps)]
        return refined(ready, lambda: LtxRedrawing(pipe, ready, _LONGEST, [*levels, 0.0]), step)

    def _times(self, steps: int) -> list[float]:
        """The model's time steps, as the pipeline goes through them."""
        from diffusers.pipelines.ltx.pipeline_ltx_condition import linear_quadratic_schedule

        own = [1000 * float(sigma) for sigma in linear_quadratic_schedule(steps)]
        found: list[float] = self._schedule(steps).get("timesteps", own)
        return found

    @property
    def _prefix_noise(self) -> int:
        return 0 if self.weights.layout == "distilled" else _PREFIX_NOISE

    def _schedule(self, steps: int) -> dict[str, Any]:
        """The model's own time steps; for another number than the distilled ones, the pipeline's."""
        if self.weights.layout == "distilled" and steps == len(_DISTILLED):
            return {"timesteps": list(_DISTILLED)}
        if self.weights.layout == "even":
            return {"timesteps": [1000 * (1 - i / steps) for i in range(steps)]}
        return {"num_inference_steps": steps}

    def _ladder(self, pipe: Any, steps: int) -> Ladder:
        """The noise levels that the pipeline itself would step through."""
        with _unadvised():
            pipe.scheduler.set_timesteps(timesteps=self._times(steps))
        return queued.ladder_of(pipe.scheduler)


@contextmanager
def _unadvised() -> Iterator[None]:
    """Without the scheduler's warning about the time steps that the pipeline itself gives it in each call."""
    log = logging.getLogger("diffusers.schedulers.scheduling_flow_match_euler_discrete")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


@contextmanager
def _decoding_one_by_one(vae: Any) -> Iterator[None]:
    """Each clip of a batch is decoded alone, in a part of the memory (the class's own slicing is broken)."""
    import torch

    decode, before = vae.decode, vars(vae).get("decode")

    def each(latents: Any, stamps: Any = None, return_dict: bool = True) -> tuple[Any]:
        when = [None] * len(latents) if stamps is None else stamps.split(1)
        found = [decode(n, t, return_dict=False)[0] for n, t in zip(latents.split(1), when, strict=True)]
        return (torch.cat(found),)

    vae.decode = each
    try:
        yield
    finally:
        del vae.decode
        if before is not None:
            vae.decode = before


def _rate(ready: Ready) -> Rate:
    assert isinstance(ready.request, Between | Extend | Refine)  # no others are declared
    return ready.request.rate


def _places(ready: Ready) -> dict[str, int]:
    """Frames that are given, by name, and the number of the sampled clip's frame at which each stands."""
    end = len(ready.tail) + clip_frames(ready.request) - 1
    places = {"first": 0, "last": end, "goal": ready.frames - 1 + GOAL_AHEAD}
    return {name: place for name, place in places.items() if getattr(ready, name) is not None}


def _shape(ready: Ready) -> tuple[Any, ...]:
    kind = isinstance(ready.request, Refine)
    size = (kind, ready.width, ready.height, ready.frames, ready.steps, ready.guidance, ready.loras)
    return (*size, _rate(ready), len(ready.tail), tuple(_places(ready).items()))


def _conditions(batch: Sequence[Ready]) -> list[Any]:
    """One condition for each frame that is given, with the images of all requests of the batch."""
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    found = [
        LTXVideoCondition(image=[image(getattr(r, name), r) for r in batch], frame_index=place)
        for name, place in _places(batch[0]).items()
    ]
    if batch[0].tail:
        tails = [[image(pixels, r) for pixels in r.tail] for r in batch]
        found.insert(0, LTXVideoCondition(video=tails, frame_index=0))
    return found
