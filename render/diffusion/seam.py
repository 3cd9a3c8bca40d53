"""Windows that overlap share their noise, and the seam between them moves in every step.

Randomised blending of StreamingT2V (arXiv 2403.14773, section 4.3): while the new window is denoised,
the first frames of the overlap are those of the window before, at the noise level of the moment, and
how many is drawn anew in each step. So no one frame is where the windows meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .noise import generator

if TYPE_CHECKING:
    import torch


def shot_latent(frame: int, per_latent: int = 4) -> int:
    """Number in the shot of the latent frame that a window beginning at ``frame`` of the shot begins with.

    Latent frame 0 is frame 0; latent frame n covers frames ``per_latent * (n - 1) + 1`` to
    ``per_latent * n``. A window that begins in the middle of one begins with that one, so that windows
    whose overlaps are the same frames draw the same noise for them.
    """
    return -(-frame // per_latent)


class MovingSeam:
    """A diffusers ``callback_on_step_end`` that keeps the overlap with the window before.

    ``known``: latents of the overlap, normalised as the pipeline's, 1 x channels x frames x height x
    width. ``noise``: the noise that these frames began with, of the same shape. ``offset``: latent
    frames in front of the overlap, such as those of reference images. For flow matching, where a latent
    at noise level sigma is (1 - sigma) * known + sigma * noise.
    """

    def __init__(self, known: torch.Tensor, noise: torch.Tensor, seed: int, offset: int = 0) -> None:
        if known.shape != noise.shape:
            raise ValueError(f"known frames {tuple(known.shape)} and noise {tuple(noise.shape)} differ")
        self._known, self._noise, self._offset = known, noise, offset
        self._random = generator(seed, "seam")
        self.seams: list[int] = []
        """Frames of the overlap that were kept in each step, 0 to all of them."""

    def __call__(self, pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        """After step ``index``: ``given["latents"]`` with a new seam."""
        scheduler = pipeline.scheduler
        before, after = (float(scheduler.sigmas[i]) for i in (index, index + 1))
        latents = given["latents"]
        seam = self._drawn()
        if seam == 0:
            return given
        kept = slice(self._offset, self._offset + seam)
        known, noise = (t[:, :, :seam].to(latents) for t in (self._known, self._noise))
        _remember(scheduler, kept, known, noise, before)
        return {**given, "latents": _put(latents, kept, noised(known, noise, after))}

    def _drawn(self) -> int:
        import torch

        most = self._known.shape[2]
        self.seams.append(int(torch.randint(0, most + 1, (1,), generator=self._random)))
        return self.seams[-1]


def noised(known: torch.Tensor, noise: torch.Tensor, sigma: float) -> torch.Tensor:
    """Latents at a noise level, 0 (none) to 1 (nothing but noise)."""
    return (1 - sigma) * known + sigma * noise


def _remember(scheduler: Any, kept: slice, known: torch.Tensor, noise: torch.Tensor, sigma: float) -> None:
    """Put the kept frames right in the memory of schedulers that go on from earlier steps (UniPC, DPM++).

    Their corrector starts from the sample before the last step, and would undo the seam otherwise.
    """
    last = getattr(scheduler, "last_sample", None)
    if last is not None:
        scheduler.last_sample = _put(last, kept, noised(known, noise, sigma))
    outputs = getattr(scheduler, "model_outputs", None)
    if outputs is not None:
        scheduler.model_outputs = [None if o is None else _put(o, kept, known) for o in outputs]


def _put(latents: torch.Tensor, kept: slice, frames: torch.Tensor) -> torch.Tensor:
    """A copy with those frames: what a scheduler remembers may be what the caller gave it."""
    copy = latents.clone()
    copy[:, :, kept] = frames.to(copy)
    return copy
