"""A take drawn over again, at any length: SDEdit over chunks that share noise, and seams that move.

The take is encoded, noised to the level of the request's strength (SDEdit, arXiv 2108.01073; for flow
matching that is ``(1 - s) * take + s * noise``) and denoised from there in the picture's words. A clip that
is longer than the model draws is cut into chunks that overlap, all at one noise level at a time. In every
step each chunk is predicted, and what it says holds from its start plus a random offset on, up to where the
next one's begins: the randomised blending of StreamingT2V (arXiv 2403.14773, section 4.3). So no one frame is
where chunks meet, and since noise belongs to the shot's latent frames, chunks share that of their overlap.

What is put together is the model's output, not the latents after the step; a scheduler works on each number
by itself, so it is the same, and one scheduler steps the whole clip. One that remembers earlier steps (UniPC)
remembers those of each frame, whichever chunk they came from: nothing has to be put right in its memory.

Latents are held whole (they are small, see ``pieces``) and pixels a piece at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ...storyboard.errors import Refused
from ..protocol import Pixels
from ..requests import Refine
from .family import Ready, Sampled, Shades, Step, number
from .noise import frame_noise, generator, seed_of
from .pieces import sized
from .seam import noised, shot_latent

if TYPE_CHECKING:
    import torch

OVERLAP = 30
"""Percent of a chunk that the next one shares, where the setting ``overlap`` says nothing. StreamingT2V took
12 of 38 frames for it."""
_EQUAL = 1e-4
"""Levels of noise that differ by less are one."""


@dataclass(frozen=True)
class Chunk:
    """Latent frames ``start`` up to but without ``stop``."""

    start: int
    stop: int


class Redrawing(Protocol):
    """What a family knows of one request: its latents, its model and its scheduler."""

    per: int
    """Frames of the latent frames after the first."""
    longest: int
    """Latent frames that the model draws at once."""

    def times(self, strength: float) -> int:
        """How many steps it takes from a noise level, over 0 up to 1, to none; the scheduler is got ready."""

    def encoded(self) -> torch.Tensor:
        """The take's latents as the model knows them: 1 x channels x latents x height x width, float32."""

    def predicted(self, latents: torch.Tensor, chunk: Chunk, number: int, step: int) -> torch.Tensor:
        """What the model says of a chunk (its number, from 0) at a step: as the latents, in float32."""

    def stepped(self, said: torch.Tensor, latents: torch.Tensor, step: int) -> torch.Tensor:
        """The whole clip's latents at the next level."""

    def decoded(self, latents: torch.Tensor) -> Iterator[Shades]:
        """Frames a piece at a time, in order; more than were asked for where the take was padded."""

    def finished(self) -> None:
        """Called in the end, whatever happened."""


def refined(ready: Ready, redrawing: Callable[[], Redrawing], step: Step) -> Sampled:
    """A take drawn over again, given away piece by piece. All is done as the frames are asked for.

    Strength 0 gives the take's own pixels, and nothing is sampled; 100 keeps nothing of it, and is what
    plain sampling gives of the same noise. Raises ``Refused`` where the take has too few frames.
    """
    taken(ready)
    if request_of(ready).strength == 0:
        return Sampled(frames=as_it_is(ready))
    return Sampled(frames=_drawn(ready, redrawing, step))


def as_it_is(ready: Ready) -> Iterator[Shades]:
    """The take's own frames, one at a time."""
    for pixels in taken(ready):
        yield pixels[None].astype(np.float32) / np.float32(255)


def taken(ready: Ready) -> Iterator[Pixels]:
    """The take's frames that are drawn over, in the size that is sampled, one at a time.

    Raises ``Refused`` at once where some of them are not there.
    """
    request, take = request_of(ready), ready.take
    assert take is not None  # the renderer reads it for every refinement
    if take.count < request.start + request.frames:
        raise Refused(
            f"The take has {take.count} frames, and {request.frames} from frame {request.start} on are to be "
            "drawn over again. Ask for fewer, or from an earlier frame on. Nothing was changed."
        )
    return sized(take, request.start, request.frames, ready)


def _drawn(ready: Ready, made: Callable[[], Redrawing], step: Step) -> Iterator[Shades]:
    redrawing = made()
    try:
        yield from redrawing.decoded(_denoised(ready, redrawing, step))
    finally:
        redrawing.finished()


def _denoised(ready: Ready, redrawing: Redrawing, step: Step) -> torch.Tensor:
    request = request_of(ready)
    known = redrawing.encoded()
    times = redrawing.times(request.strength / 100)
    noise = take_noise(ready, redrawing.per, known.shape[2], known.shape[1], *known.shape[3:])
    latents = noised(known, noise.to(known), request.strength / 100)
    chunks = chunked(known.shape[2], redrawing.longest, overlap_of(ready))
    seams = MovingSeams(chunks, seed_of(ready.seed, request.start))
    del known, noise
    for index in range(times):
        said = _blended(redrawing, latents, seams.drawn(), index, step, times)
        latents = redrawing.stepped(said, latents, index)
    return latents


def _blended(
    redrawing: Redrawing,
    latents: torch.Tensor,
    cut: Sequence[tuple[Chunk, int, int]],
    index: int,
    step: Step,
    steps: int,
) -> torch.Tensor:
    """The model's output of the whole clip, each frame of it from one chunk."""
    import torch

    whole = torch.empty_like(latents)
    for n, (chunk, start, stop) in enumerate(cut):
        said = redrawing.predicted(latents[:, :, chunk.start : chunk.stop], chunk, n, index)
        whole[:, :, start:stop] = said[:, :, start - chunk.start : stop - chunk.start]
        step(index * len(cut) + n + 1, steps * len(cut))
    return whole


def take_noise(ready: Ready, per: int, latents: int, *size: int) -> torch.Tensor:
    """The noise of a take's latent frames, by their number in the take; chunks that overlap share it."""
    return frame_noise(ready.seed, shot_latent(request_of(ready).start, per), latents, *size)


def overlap_of(ready: Ready) -> float:
    """The share of a chunk that the next one has too."""
    return number(ready.settings, "overlap", OVERLAP) / 100


def chunked(latents: int, longest: int, overlap: float) -> list[Chunk]:
    """As few chunks of at most ``longest`` latent frames as there can be, all of one size.

    Neighbours share ``overlap`` (0.05 to 0.33) of ``longest``, rounded, and at least one latent frame; some
    one more, where the length leaves a rest.
    """
    if latents <= longest:
        return [Chunk(0, latents)]
    shared = max(1, round(longest * overlap))
    count = -(-(latents - shared) // (longest - shared))
    size = -(-(latents - shared) // count) + shared
    starts = [i * (latents - size) // (count - 1) for i in range(count)]
    return [Chunk(start, start + size) for start in starts]


def set_levels(scheduler: Any, strength: float) -> None:
    """Let a scheduler whose times are set for a flow begin at a noise level within its schedule.

    The steps that are left are its own; the first one goes from ``strength`` to the next of its levels.
    """
    import torch

    sigmas, left_out = remaining(scheduler.sigmas, strength)
    if left_out:
        first = torch.tensor([round(strength * scheduler.config.num_train_timesteps)])
        times = scheduler.timesteps
        scheduler.timesteps = torch.cat([first.to(times), times[left_out:]])
        scheduler.sigmas = torch.tensor(sigmas).to(scheduler.sigmas)
        scheduler.num_inference_steps = len(scheduler.timesteps)
    scheduler.set_begin_index(0)


class MovingSeams:
    """Where, in each step, a chunk ends to hold and the next one begins: anywhere in their overlap."""

    def __init__(self, chunks: Sequence[Chunk], seed: int) -> None:
        self._chunks = chunks
        self._random = generator(seed, "seams")
        self.seams: list[list[int]] = []
        """The latent frame at which each chunk but the first began to hold, step by step."""

    def drawn(self) -> list[tuple[Chunk, int, int]]:
        """Each chunk with the latent frames that it holds in this step: from, and up to but without."""
        import torch

        found: list[int] = []
        for before, chunk in zip(self._chunks, self._chunks[1:], strict=False):
            offset = int(torch.randint(0, before.stop - chunk.start, (1,), generator=self._random))
            found.append(max(chunk.start + offset, found[-1] if found else 0))
        self.seams.append(found)
        ends = [0, *found, self._chunks[-1].stop]
        return list(zip(self._chunks, ends, ends[1:], strict=False))


def remaining(sigmas: Sequence[float], strength: float) -> tuple[list[float], int]:
    """The levels of a schedule that are left from ``strength`` on, that one first; how many were left out.

    ``sigmas`` fall to 0. From 1 on it is the schedule itself.
    """
    if strength >= 1:
        return [float(s) for s in sigmas], 0
    left = [float(s) for s in sigmas if s < strength - _EQUAL]
    return [strength, *left], len(sigmas) - len(left)


@dataclass(frozen=True)
class Calls:
    """What refining costs: calls of the model, and latent frames in them. Guidance doubles all."""

    frames: int
    chunks: int
    steps: int
    calls: int
    latents: int
    """Latent frames that the model sees in all calls; what plain sampling sees is ``plain``."""
    plain: int

    @property
    def ratio(self) -> float:
        """The work over that of plain sampling, were the clip drawn in pieces that share nothing."""
        return self.latents / self.plain


def calls(
    frames: int, strength: int, *, longest: int = 81, per: int = 4, steps: int = 50, overlap: int = OVERLAP,
    shift: float = 3.0,
) -> Calls:  # fmt: skip
    """The cost of refining ``frames`` frames at ``strength`` percent, by calculation; as of Wan unless said.

    Plain sampling sees each latent frame once in each of ``steps`` steps. Levels are those of Wan's schedule:
    ``shift * s / (1 + (shift - 1) * s)`` for ``s`` falling evenly from 1.
    """
    even = np.linspace(1, 1e-3, steps + 1)[:-1]
    shifted = shift * even / (1 + (shift - 1) * even)
    latents = -(-(frames - 1) // per) + 1
    chunks = chunked(latents, (longest - 1) // per + 1, overlap / 100)
    taken = len(remaining([*shifted, 0.0], strength / 100)[0]) - 1 if strength else 0
    seen = sum(chunk.stop - chunk.start for chunk in chunks)
    return Calls(frames, len(chunks), taken, taken * len(chunks), taken * seen, steps * latents)


def request_of(ready: Ready) -> Refine:
    assert isinstance(ready.request, Refine)  # families come here with no other
    return ready.request
