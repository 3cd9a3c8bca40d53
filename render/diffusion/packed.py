"""FramePack's sections: each is denoised beside the clip's first frame and what was made before, packed.

However long the film, a section sees 1 + 1 latent frames whole, 2 at a half and 16 at a quarter of the
size, so that its tokens are always as many (FramePack, arXiv 2504.12626, section 3.1). ``forward`` makes
the sections in the order of time; ``end_first`` makes the last one first and goes back to the first
frame, which every section sees clean, so that faults do not add up (section 3.2, "inverted anti-drifting").
Sections are decoded two by two, and their overlap is blended, piece by piece in the order of time.

The loop is our own, over the parts of diffusers' ``HunyuanVideoFramepackPipeline``, which keeps all
frames of a film and counts its steps anew in every section; with equal noise both give equal frames.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .family import Ready, Shades, Step
from .hunyuan_video import section_noise

if TYPE_CHECKING:
    import torch

LATENTS = 9
"""Latent frames of a section."""
FRAMES = 4 * LATENTS
"""Frames that a section adds to those of the ones before."""
OVERLAP = 4 * (LATENTS - 1) + 1
"""Frames of two decoded pieces that are blended."""
NEAR, MIDDLE, FAR = 1, 2, 16
"""Latent frames of the history that are seen whole, at a half, and at a quarter of the size."""
_HISTORY = NEAR + MIDDLE + FAR
_EVEN_GAPS = 4
"""Sections up to which each is told its true distance to the first frame."""
_MOST_SHIFT = 7.0
"""Of the noise levels' shift, e to the power ``mu``."""


@dataclass(frozen=True)
class Ends:
    """The given frames of a clip: latents (1 x channels x 1 x height x width), and what the encoder sees."""

    first: torch.Tensor
    last: torch.Tensor | None
    seen: torch.Tensor
    """Embeddings of the first frame."""


def section_count(frames: int) -> int:
    """Sections that a clip of ``frames`` frames needs: the first frame and ``FRAMES`` of each."""
    return max(1, -(-(frames - 1) // FRAMES))


def gaps(count: int) -> list[int]:
    """For each section, in the order of time, how many sections it is told to be away from the first frame.

    Beyond four sections those in the middle are all told two, as the weights were trained (FramePack's
    own code does so).
    """
    if count <= _EVEN_GAPS:
        return list(range(count))
    return [0, 1, *[2] * (count - 3), 3]


class Sections:
    """Makes the sections of one clip. ``step`` hears of every step of every section, in one count."""

    def __init__(
        self,
        pipe: Any,
        ready: Ready,
        prompt: Mapping[str, Any],
        ends: Ends,
        count: int,
        start: int,
        step: Step,
    ) -> None:
        self._pipe, self._ready, self._prompt, self._ends = pipe, ready, prompt, ends
        self._count, self._start, self._step = count, start, step
        self._done = 0

    def forward(self) -> Iterator[torch.Tensor]:
        """Latents of each section in the order of time: each is given before the next is made."""
        import torch

        first = self._ends.first
        history = torch.cat([torch.zeros_like(first).repeat(1, 1, _HISTORY - 1, 1, 1), first], dim=2)
        places = torch.arange(1 + _HISTORY + LATENTS)
        before, far, middle, near, own = places.split([1, FAR, MIDDLE, NEAR, LATENTS])
        for number in range(self._count):
            far_seen, middle_seen, near_seen = history.split([FAR, MIDDLE, NEAR], dim=2)
            made = self._denoised(
                number,
                own,
                (torch.cat([first, near_seen], dim=2), torch.cat([before, near])),
                (middle_seen, middle),
                (far_seen, far),
            )
            history = torch.cat([history, made], dim=2)[:, :, -_HISTORY:]
            yield made

    def end_first(self) -> list[torch.Tensor]:
        """Latents of all sections in the order of time, on the processor: the last is made first."""
        import torch

        first, last = self._ends.first, self._ends.last
        history = torch.zeros_like(first).repeat(1, 1, _HISTORY, 1, 1)
        found: list[torch.Tensor] = []
        for number in reversed(range(self._count)):
            gap = gaps(self._count)[number] * LATENTS
            places = torch.arange(1 + gap + LATENTS + _HISTORY)
            before, _, own, near, middle, far = places.split([1, gap, LATENTS, NEAR, MIDDLE, FAR])
            near_seen, middle_seen, far_seen = history.split([NEAR, MIDDLE, FAR], dim=2)
            if last is not None and number == self._count - 1:
                near_seen = last
            made = self._denoised(
                number,
                own,
                (torch.cat([first, near_seen], dim=2), torch.cat([before, near])),
                (middle_seen, middle),
                (far_seen, far),
            )
            history = torch.cat([made, history], dim=2)[:, :, :_HISTORY]
            found.insert(0, made.cpu())
        return found

    def _denoised(
        self, number: int, own: Any, clean: tuple[Any, Any], middle: tuple[Any, Any], far: tuple[Any, Any]
    ) -> torch.Tensor:
        """Latents of section ``number``. ``own``: its places in time; the others: (latents, places) seen."""
        import torch

        pipe, ready = self._pipe, self._ready
        device, dtype = pipe._execution_device, pipe.transformer.dtype
        latents = section_noise(pipe, ready, self._start + LATENTS * number, LATENTS).to(device)
        with torch.no_grad():
            for time in _timesteps(pipe, ready.steps, latents):
                predicted = pipe.transformer(
                    hidden_states=latents.to(dtype),
                    timestep=time.expand(1),
                    encoder_hidden_states=self._prompt["prompt_embeds"],
                    encoder_attention_mask=self._prompt["prompt_attention_mask"].to(dtype),
                    pooled_projections=self._prompt["pooled_prompt_embeds"],
                    image_embeds=self._ends.seen.to(dtype),
                    guidance=torch.tensor([ready.guidance], dtype=dtype, device=device) * 1000,
                    indices_latents=own,
                    latents_clean=clean[0].to(dtype),
                    indices_latents_clean=clean[1],
                    latents_history_2x=middle[0].to(dtype),
                    indices_latents_history_2x=middle[1],
                    latents_history_4x=far[0].to(dtype),
                    indices_latents_history_4x=far[1],
                    return_dict=False,
                )[0]
                latents = pipe.scheduler.step(predicted.float(), time, latents, return_dict=False)[0]
                self._done += 1
                self._step(self._done, self._count * ready.steps)
        return latents


def _timesteps(pipe: Any, steps: int, latents: torch.Tensor) -> Any:
    """Time steps of a section; a scheduler that shifts by size is told the section's tokens."""
    import numpy as np

    config = pipe.scheduler.config
    tokens = latents[0, 0].numel() / pipe.transformer.config.patch_size**2
    low, high = config.base_image_seq_len, config.max_image_seq_len
    slope = (config.max_shift - config.base_shift) / (high - low)
    mu = min(config.base_shift + slope * (tokens - low), math.log(_MOST_SHIFT))
    sigmas = np.linspace(1, 0, steps + 1)[:-1]
    pipe.scheduler.set_timesteps(sigmas=sigmas, mu=mu, device=latents.device)
    return pipe.scheduler.timesteps


def forward_pieces(pipe: Any, first: torch.Tensor, sections: Iterator[torch.Tensor]) -> Iterator[Shades]:
    """Frames of sections that come in the order of time, each piece before the next section is made."""
    return _shades(pipe, _blended(_decoded(pipe, latents) for latents in _forward_pairs(first, sections)))


def end_first_pieces(pipe: Any, first: torch.Tensor, sections: Sequence[torch.Tensor]) -> Iterator[Shades]:
    """Frames of sections that are all there, decoded piece by piece."""
    return _shades(pipe, _blended(_decoded(pipe, latents) for latents in _end_first_pairs(first, sections)))


def _forward_pairs(first: torch.Tensor, sections: Iterator[torch.Tensor]) -> Iterator[torch.Tensor]:
    import torch

    before = first
    for section in sections:
        yield torch.cat([before, section], dim=2)
        before = section


def _end_first_pairs(first: torch.Tensor, sections: Sequence[torch.Tensor]) -> Iterator[torch.Tensor]:
    import torch

    for number in range(len(sections)):
        begins = [first] if number == 0 else []
        yield torch.cat([*begins, *(s.to(first) for s in sections[number : number + 2])], dim=2)


def _decoded(pipe: Any, latents: torch.Tensor) -> torch.Tensor:
    """Frames of a stretch of latents, 1 x 3 x frames x height x width, -1 to 1, on the processor."""
    import torch

    vae = pipe.vae
    with torch.no_grad():
        scaled = latents.to(pipe._execution_device, vae.dtype) / vae.config.scaling_factor
        found: torch.Tensor = vae.decode(scaled, return_dict=False)[0].float().cpu()
    return found


def _blended(windows: Iterator[torch.Tensor]) -> Iterator[torch.Tensor]:
    """Stretches that overlap by ``OVERLAP`` frames as one film: from the earlier one to the later, evenly."""
    import torch

    held: torch.Tensor | None = None
    share = torch.linspace(1, 0, OVERLAP).view(1, 1, -1, 1, 1)
    for window in windows:
        if held is not None:
            window[:, :, :OVERLAP] = share * held + (1 - share) * window[:, :, :OVERLAP]
        if window.shape[2] > OVERLAP:
            yield window[:, :, :-OVERLAP]
        held = window[:, :, -OVERLAP:]
    if held is not None:
        yield held


def still_shades(pipe: Any, latents: torch.Tensor) -> Shades:
    """One given frame as the autoencoder gives it back: of one kind with the others."""
    return next(_shades(pipe, iter([_decoded(pipe, latents)])))


def _shades(pipe: Any, pieces: Iterator[torch.Tensor]) -> Iterator[Shades]:
    for piece in pieces:
        frames: Shades = pipe.video_processor.postprocess_video(piece, output_type="np")[0]
        yield frames
