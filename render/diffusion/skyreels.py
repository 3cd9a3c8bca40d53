"""SkyReels-V2 with diffusion forcing: clips from words or a first frame, and on from a tail.

Each latent frame has a noise level of its own, so frames that are known stay clean, or nearly
(``prefix-noise``). One pipeline is loaded; its parts serve the classes for first frames and tails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np

from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule, Pixels
from ..requests import Extend
from . import queued, wording
from .clips import (
    cast_lines,
    clip_frames,
    encoded_prompt,
    image,
    need_first,
    on_device,
    paragraph,
    shift_noise,
    shot_noise,
    spread_frames,
)
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words, number
from .noise import generator, seed_of
from .wan import LONGEST_PROMPT, UNWANTED

_FROM_IMAGE = "SkyReelsV2DiffusionForcingImageToVideoPipeline"
_FROM_VIDEO = "SkyReelsV2DiffusionForcingVideoToVideoPipeline"
_PREFIX_NOISE = 20
"""Thousandths of noise on frames that are known, as the makers advise; over 50 frames come apart."""
_SHIFT, _GUIDANCE = 8.0, 6.0
_IMAGE_SHIFT, _IMAGE_GUIDANCE = 5.0, 5.0
"""The makers' advice, for clips that begin or end on a frame apart from the others."""


class SkyReels(Family):
    """Layouts of the weights: ``540p``, or ``720p`` for those of 720 lines and 121 frames."""

    name: ClassVar[str] = "skyreels"
    pipeline: ClassVar[str] = "SkyReelsV2DiffusionForcingPipeline"
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "ftfy", "peft")
    settings: frozenset[str] = Family.settings | {"prefix-noise", "shift"} | queued.SETTINGS

    def capabilities(self) -> Capabilities:
        large = self.weights.layout == "720p"
        return Capabilities(
            requests=frozenset({"between", "extend"}),
            inputs=frozenset({"first", "last", "tail", "colour", "lora", "words"}),
            frame_rule=FrameRule(step=4, offset=1, least=5),
            size_multiple=16,
            longest=121 if large else 97,
            methods=frozenset({"queue"}),
            tail_frames=17,
            most_pixels=1280 * 720 if large else 960 * 544,
            native_rate=Rate(num=24),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        seen, settings = request.picture, request.settings

        def tell(detail: int) -> str:
            return paragraph(
                (
                    wording.camera(seen, moving=True),
                    wording.told(request),
                    *cast_lines(request, detail),
                    wording.place(seen, full=detail > 1),
                    wording.light(seen),
                    wording.moment(request),
                    wording.style(seen, wording.look_of(settings)),
                )
            )

        return Words(wording.fullest(tell, 8, LONGEST_PROMPT), wording.negative(settings, UNWANTED))

    def steps(self, draft: bool) -> tuple[int, float]:
        return (12 if draft else 30), _GUIDANCE

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return encoded_prompt(pipe, words)

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Shades | Sampled]:
        return [self._clip(pipe, ready, step) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Shades | Sampled:
        on = isinstance(ready.request, Extend)
        by_queue = queued.is_queued(ready, f"diffusion:{self.weights.name}")
        shift_noise(pipe, ready, lambda own: _IMAGE_SHIFT if _from_image(ready) else _SHIFT)
        if by_queue:
            return self._by_queue(pipe, ready, step)
        if ready.last is not None:
            first = ready.tail[-1] if on else need_first(ready, f"diffusion:{self.weights.name}")
            return self._to_last(pipe, ready, first, ready.last, step)
        if on:
            return self._on_from_tail(pipe, ready, step)
        if ready.first is not None:
            return self._from_first(pipe, ready, ready.first, step)
        given = self._given(pipe, ready, step) | {"num_frames": ready.frames}
        random = generator(ready.seed, "clip")
        frames: Shades = pipe(**given, generator=random).frames[0]
        return frames[: clip_frames(ready.request)]

    def _from_first(self, pipe: Any, ready: Ready, first: Pixels, step: Step) -> Shades:
        given = self._given(pipe, ready, step) | {"num_frames": ready.frames}
        with _sharing(pipe, _FROM_IMAGE) as other, _noise_on_known(pipe, ready):
            frames: Shades = other(
                image=image(first, ready), latents=shot_noise(pipe, ready, ready.frames), **given
            ).frames[0]
        return frames[: clip_frames(ready.request)]

    def _to_last(self, pipe: Any, ready: Ready, first: Pixels, last: Pixels, step: Step) -> Shades:
        """From one frame to another, which the model is shown as the frame *after* its clip: it is put there.

        A clip that goes on begins on the tail's last frame, which is dropped.
        """
        on = isinstance(ready.request, Extend)
        wanted = clip_frames(ready.request) + on
        count = self.capabilities().frame_rule.snap(wanted - 1)
        given = self._given(pipe, ready, step) | {"num_frames": count}
        with _sharing(pipe, _FROM_IMAGE) as other, _noise_on_known(pipe, ready):
            frames: Shades = other(
                image=image(first, ready),
                last_image=image(last, ready),
                latents=shot_noise(pipe, ready, count),
                **given,
            ).frames[0]
        ended = np.concatenate([frames, _as_seen(pipe, last, ready)])
        return spread_frames(ended, wanted)[on:]

    def _on_from_tail(self, pipe: Any, ready: Ready, step: Step) -> Shades:
        tail = [image(pixels, ready) for pixels in ready.tail]
        given = self._given(pipe, ready, step)
        with _sharing(pipe, _FROM_VIDEO) as other, _noise_on_known(pipe, ready):
            frames: Shades = other(
                video=tail,
                num_frames=ready.frames,
                base_num_frames=ready.frames,
                overlap_history=len(tail),
                generator=generator(ready.seed, "on", ready.at),
                **given,
            ).frames[0]
        # The pipeline puts the tail in front of a clip that begins with the tail again.
        new = 2 * len(tail)
        return frames[new : new + clip_frames(ready.request)]

    def _by_queue(self, pipe: Any, ready: Ready, step: Step) -> Sampled:
        """A clip of any length; all in it that is clean is known, and has the noise of known frames."""
        longest = self.capabilities().longest or ready.frames
        noise = number(ready.settings, "prefix-noise", _PREFIX_NOISE)
        return queued.by_wan(
            pipe, ready, step, longest, lambda: queued.skyreels_predict(pipe, ready, _guidance(ready), noise)
        )

    def _given(self, pipe: Any, ready: Ready, step: Step) -> dict[str, Any]:
        """What every call has in common."""
        knows = ready.first is not None or bool(ready.tail)
        noise = number(ready.settings, "prefix-noise", _PREFIX_NOISE)
        return on_device(pipe, [ready.prompt]) | {
            "prompt": None,
            "height": ready.height,
            "width": ready.width,
            "num_inference_steps": ready.steps,
            "guidance_scale": _guidance(ready),
            "addnoise_condition": noise if knows else 0,
            "fps": 24,
            "callback_on_step_end": step.callback(),
            "output_type": "np",
        }


def _from_image(ready: Ready) -> bool:
    """Whether the class for single frames draws it: not from words alone, nor on from a tail freely."""
    return ready.last is not None or (ready.first is not None and not isinstance(ready.request, Extend))


def _guidance(ready: Ready) -> float:
    told = "guidance" in ready.settings or not _from_image(ready)
    return ready.guidance if told else _IMAGE_GUIDANCE


@contextmanager
def _sharing(pipe: Any, name: str) -> Iterator[Any]:
    """Another pipeline class over the same parts; nothing is loaded or copied."""
    import diffusers

    other = getattr(diffusers, name)(**pipe.components)
    other.set_progress_bar_config(disable=True)
    yield other
    pipe.maybe_free_model_hooks()


@contextmanager
def _noise_on_known(pipe: Any, ready: Ready) -> Iterator[None]:
    """The noise on known frames comes from torch's common source: it begins at the request's seed."""
    import torch

    device = pipe._execution_device
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(seed_of(ready.seed, "known", ready.at))
        yield


def _as_seen(pipe: Any, pixels: Pixels, ready: Ready) -> Shades:
    """A frame as the autoencoder gives it back, 1 x height x width x 3: of one kind with those it decodes."""
    import torch

    processor, vae = pipe.video_processor, pipe.vae
    given = processor.preprocess_video([image(pixels, ready)]).to(pipe._execution_device, vae.dtype)
    with torch.no_grad():
        decoded = vae.decode(vae.encode(given).latent_dist.mode(), return_dict=False)[0]
    shades: Shades = processor.postprocess_video(decoded, output_type="np")[0]
    return shades
