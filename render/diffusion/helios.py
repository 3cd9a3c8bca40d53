"""Helios: clips of any length from words, a first frame or a tail, chunk by chunk beside a packed history.

Each chunk of 33 frames sees the 19 latent frames before it, at a quarter, a half and all of their size
(16, 2 and 1 of them), and one anchor, the shot's opening, so that its tokens are always as many however
long the film (Helios's memory of several terms, as diffusers' ``HeliosPipeline`` has it: ``history_sizes``
and ``keep_first_frame``). The pipeline is called once a chunk, so frames are given away as they are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ...storyboard.errors import BadInput
from ...storyboard.rate import Rate
from ..protocol import Capabilities, FrameRule, Pixels
from .clips import clip_frames, encoded_prompt, on_device
from .family import Drawn, Family, Ready, Sampled, Shades, Step, Words, number
from .noise import generator
from .wan import wan_words
from .wan_vace import encoded_frames

if TYPE_CHECKING:
    import torch

CHUNK = 33
"""Frames of a chunk: nine latent frames, the first of which is one frame."""
HISTORY = (16, 2, 1)
"""Latent frames that a chunk sees at a quarter, a half and all of their size."""
_LEAST_NOISE, _MOST_NOISE = 0.111, 0.135
"""Noise on frames that are given, as the pipeline's defaults are: each its own level between these."""
_GUIDANCE = 5.0


@dataclass(frozen=True)
class Past:
    """What a chunk goes on from: latents, 1 x channels x frames x height x width, or None for nothing."""

    anchor: torch.Tensor | None
    history: torch.Tensor | None

    def and_then(self, made: torch.Tensor) -> Past:
        """The past of the chunk after ``made``; its first latent frame is the anchor where none was given."""
        import torch

        whole = made if self.history is None else torch.cat([self.history, made], dim=2)
        anchor = made[:, :, :1] if self.anchor is None else self.anchor
        return Past(anchor, whole[:, :, -sum(HISTORY) :])


class Helios(Family):
    """The base weights. Mid and Distilled are of another pipeline, in three sizes, and are not supported."""

    name: ClassVar[str] = "helios"
    pipeline: ClassVar[str] = "HeliosPipeline"
    layouts: ClassVar[tuple[str, ...]] = ("",)
    needs: ClassVar[tuple[str, ...]] = (*Family.needs, "ftfy", "peft")
    settings: frozenset[str] = Family.settings | {"method", "prefix-noise"}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"between", "extend"}),
            inputs=frozenset({"first", "origin", "tail", "colour", "lora", "words"}),
            frame_rule=FrameRule(step=CHUNK, offset=0, least=CHUNK),
            size_multiple=16,
            longest=5 * CHUNK,
            methods=frozenset({"packed"}),
            tail_frames=CHUNK,
            most_pixels=640 * 384,
            native_rate=Rate(num=24),
            memory_mb=self.weights.memory_mb,
            needs=self.needs,
        )

    def words(self, request: Drawn) -> Words:
        return wan_words(request)

    def steps(self, draft: bool) -> tuple[int, float]:
        return (20 if draft else 50), _GUIDANCE

    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        return encoded_prompt(pipe, words)

    def tail_frames(self, offered: int) -> int:
        """As many as whole latent frames stand for, up to one chunk: 1, 5, 9 ... 33."""
        return (min(offered, CHUNK) - 1) // 4 * 4 + 1

    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> list[Sampled]:
        for ready in batch:
            if ready.settings.get("method", "packed") != "packed":
                raise BadInput(
                    f"The weights {self.weights.name} of Helios know the method packed alone, and the "
                    f"setting method is {ready.settings['method']!r}. Take it out."
                )
        return [Sampled(frames=self._clip(pipe, ready, step)) for ready in batch]

    def _clip(self, pipe: Any, ready: Ready, step: Step) -> Iterator[Shades]:
        """The new frames, chunk by chunk. The pipeline can be used again afterwards, however it ended."""
        left, start = clip_frames(ready.request), ready.at
        try:
            past, opening = _beginning(pipe, ready)
            if opening is not None:
                yield opening
                left, start = left - 1, start + 1
            count = -(-left // CHUNK)
            for chunk in range(count):
                frames, past = _chunk(pipe, ready, past, start + CHUNK * chunk, _Counted(step, chunk, count))
                yield frames[: left - CHUNK * chunk]
        finally:
            pipe.maybe_free_model_hooks()


class _Counted:
    """A chunk's ``callback_on_step_end``: counts its steps among all chunks', and keeps its last latents."""

    def __init__(self, step: Step, chunk: int, chunks: int) -> None:
        self._step, self._chunk, self._chunks = step, chunk, chunks
        self.latents: torch.Tensor | None = None

    def __call__(self, pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        self.latents = given["latents"]
        steps = int(pipeline.num_timesteps)
        self._step(self._chunk * steps + index + 1, self._chunks * steps)
        return given


def _chunk(pipe: Any, ready: Ready, past: Past, start: int, counted: _Counted) -> tuple[Shades, Past]:
    """Frames ``start`` to ``start + 32`` of the shot, and the past of those after them."""
    frames: Shades = pipe(
        **on_device(pipe, [ready.prompt]),
        height=ready.height,
        width=ready.width,
        num_frames=CHUNK,
        num_inference_steps=ready.steps,
        guidance_scale=ready.guidance,
        generator=generator(ready.seed, "chunk", start),
        image_latents=past.anchor,
        add_noise_to_image_latents=False,
        video_latents=past.history,
        add_noise_to_video_latents=False,
        history_sizes=list(HISTORY),
        callback_on_step_end=counted,
        output_type="np",
    ).frames[0]
    assert counted.latents is not None  # there is at least one step
    return frames, past.and_then(counted.latents.float())


def _beginning(pipe: Any, ready: Ready) -> tuple[Past, Shades | None]:
    """What the first chunk goes on from, and the frame that stands before it where one is given.

    A single frame stands for a still scene: the history ends on the last latent frame of 33 such frames.
    """
    noise = _Noise(ready)
    given = ready.tail if ready.first is None else (ready.first,)
    anchor = None if ready.origin is None else noise.on(_encoded(pipe, ready, [ready.origin]))
    if not given:
        return Past(anchor, None), None
    alone = _encoded(pipe, ready, given[:1])
    if anchor is None:
        anchor = noise.on(alone)
    history = (
        _encoded(pipe, ready, given * CHUNK)[:, :, -1:] if len(given) == 1 else _encoded(pipe, ready, given)
    )
    opening = None if ready.first is None else _decoded(pipe, alone)
    return Past(anchor, noise.on(history)), opening


class _Noise:
    """The little noise on given frames that the weights were trained with; drawn by the request's seed."""

    def __init__(self, ready: Ready) -> None:
        self._random = generator(ready.seed, "given", ready.at)
        asked = number(ready.settings, "prefix-noise", -1)
        self._range = (_LEAST_NOISE, _MOST_NOISE) if asked < 0 else (asked / 100, asked / 100)

    def on(self, latents: torch.Tensor) -> torch.Tensor:
        """Each latent frame at a noise level of its own."""
        import torch

        least, most = self._range
        levels = torch.rand((1, 1, latents.shape[2], 1, 1), generator=self._random) * (most - least) + least
        drawn = torch.randn(latents.shape, generator=self._random)
        levels, drawn = levels.to(latents), drawn.to(latents)
        return levels * drawn + (1 - levels) * latents


def _encoded(pipe: Any, ready: Ready, frames: Sequence[Pixels]) -> torch.Tensor:
    """Latents of so many frames on, normalised as the pipeline's own."""
    found: torch.Tensor = encoded_frames(pipe, replace(ready, tail=tuple(frames)))
    return found


def _decoded(pipe: Any, latents: torch.Tensor) -> Shades:
    """Latents of one frame as the autoencoder gives them back, 1 x height x width x 3."""
    import torch

    vae = pipe.vae
    mean, std = (
        torch.tensor(values, device=latents.device).view(1, -1, 1, 1, 1)
        for values in (vae.config.latents_mean, vae.config.latents_std)
    )
    with torch.no_grad():
        video = vae.decode((latents * std + mean).to(vae.dtype), return_dict=False)[0]
    frames: Shades = pipe.video_processor.postprocess_video(video.float(), output_type="np")[0]
    return frames
