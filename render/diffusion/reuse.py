"""A clip that goes on from the noise and the latents of the one before: VidRD (arXiv 2309.03549).

The new clip is the old one's mirror, ever less so. It begins from the old one's noise, turned round in
time ("frame-level noise reversion"), with new noise mixed in except in the first ``K`` frames
("past-dependent noise sampling"); and while it is denoised those are held to the old clip's latents of the
same step, the first one longest ("denoising with staged guidance"). Nothing is trained, and no picture is
read.

Which frames are new: the first frame of the new clip is the last one of the old, and is dropped. The next
ones mirror what came before that, so motion swings back and then goes its own way; they are moments of
their own and are kept. (To drop all ``K`` would leap back by as many frames.)

What is kept of a clip is in half precision: the noise of its last 16 frames, and of every step the last 8
frames, all that the next clip can read. At 512 x 512 in 25 steps that is 7 MB; it grows with the size of
the picture and the number of steps, not with the clip.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from ...storyboard.errors import Refused

if TYPE_CHECKING:
    import torch

OVERLAP, MIXED, UNTIL = 4, 4.0, 40.0
"""Frames held to the old clip (``K``), how much old noise there is to new (``alpha``), and percent of the
steps through which the first frame is held (``beta``): the values of the paper's authors."""
MOST = 8
"""Most frames that may be held."""
_NOISE_FRAMES = 16


class Keeping:
    """Keeps what a later clip needs, while this one is sampled.

    ``noise``: 1 x channels x frames x height x width. ``start`` up to but without ``stop`` are the frames
    that are given away; what lies around them is not kept.
    """

    def __init__(self, noise: torch.Tensor, start: int, stop: int) -> None:
        first = max(start, stop - _NOISE_FRAMES)
        self._noise = _half(noise[0, :, first:stop])
        self._kept = slice(max(start, stop - MOST), stop)
        self._steps = [_half(noise[0, :, self._kept])]

    def see(self, latents: torch.Tensor) -> None:
        """The latents after a step, 1 x channels x frames x height x width."""
        self._steps.append(_half(latents[0, :, self._kept]))

    def data(self) -> bytes:
        """``noise`` (channels x frames x ...) and ``steps`` (steps x channels x frames x ...), safetensors.

        ``steps[i]`` is what step ``i`` began from: what the last one ended with is not among them.
        """
        import torch
        from safetensors.torch import save

        data: bytes = save({"noise": self._noise, "steps": torch.stack(self._steps[:-1])})
        return data


def _half(latents: torch.Tensor) -> torch.Tensor:
    import torch

    return latents.detach().to("cpu", torch.float16).contiguous()


@dataclass(frozen=True)
class Past:
    """The clip before, turned round in time: its last frame is number 0."""

    noise: torch.Tensor
    """1 x channels x frames x height x width."""
    steps: torch.Tensor
    """What each step began from: steps x channels x frames x height x width."""
    overlap: int = OVERLAP
    mixed: float = MIXED
    until: float = UNTIL

    def begin(self, fresh: torch.Tensor) -> torch.Tensor:
        """What the new clip begins from, in the shape of ``fresh``, its own noise.

        The first ``overlap`` frames are the old ones; the rest ``a / sqrt(1 + a^2)`` of them and
        ``1 / sqrt(1 + a^2)`` of the new (as PYoCo mixes the noise of frames, arXiv 2305.10474), so that
        it is normal noise again. Frames that the old clip has not are new.
        """
        known = min(self.noise.shape[2], fresh.shape[2])
        held = min(self.overlap, known)
        found = fresh.clone()
        old = self.noise[:, :, :known].to(fresh)
        whole = sqrt(1 + self.mixed**2)
        found[:, :, :known] = self.mixed / whole * old + fresh[:, :, :known] / whole
        found[:, :, :held] = old[:, :, :held]
        return found

    def held(self, step: int) -> int:
        """How many of the first frames are the old ones as step ``step`` begins.

        Frame ``m`` is while ``step < (overlap - m) / overlap * steps * until``.
        """
        count, reach = self._overlap, len(self.steps) * self.until / 100
        return sum(step < (count - m) / count * reach for m in range(count))

    def hold(self, latents: torch.Tensor, step: int) -> torch.Tensor:
        """The latents that step ``step`` begins from, with the old clip's frames where they are held."""
        count = self.held(step) if step < len(self.steps) else 0
        if count == 0:
            return latents
        found = latents.clone()
        found[:, :, :count] = self.steps[step][None, :, :count].to(latents)
        return found

    @property
    def _overlap(self) -> int:
        return min(self.overlap, int(self.steps.shape[2]))


def past_of(data: bytes, like: torch.Tensor, steps: int, **how: Any) -> Past:
    """The clip before from its part ``latents``, for one that begins from ``like`` and has ``steps`` steps.

    Raises ``Refused`` where the two clips do not go together: another size or number of steps.
    """
    from safetensors.torch import load

    kept = load(data)
    noise, each = kept["noise"], kept["steps"]
    if noise.shape[-2:] != like.shape[-2:] or len(noise) != like.shape[1]:
        raise Refused(
            "The clip before has frames of another size, so this one cannot go on from its noise. Ask both "
            "clips for the same size."
        )
    if len(each) != steps:
        raise Refused(
            f"The clip before was drawn in {len(each)} steps and this one in {steps}: a clip goes on from "
            "the latents of the same step. Ask both clips for the same steps and quality."
        )
    return Past(noise[None].flip(2).float(), each.flip(2).float(), **how)


def watching(step: Any, past: Past | None, keeping: Keeping | None) -> Any:
    """A diffusers ``callback_on_step_end`` that tells ``step``, holds to ``past`` and fills ``keeping``."""
    told = step.callback()

    def on_step_end(pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        told(pipeline, index, timestep, given)
        latents = given["latents"]
        if past is not None:
            latents = past.hold(latents, index + 1)
        if keeping is not None:
            keeping.see(latents)
        return {**given, "latents": latents}

    return on_step_end
