"""The diagonal queue: latent frames wait at rising noise, and each round gives one that is clean.

FIFO-Diffusion (arXiv 2405.11473, section 4, with lookahead denoising, section 4.3). A model of fixed length
makes a film of any length, one latent frame a round: every frame of the queue is denoised by one step,
the head leaves it, and noise comes in at the tail. The tail is coherent as in Ouroboros-Diffusion (arXiv
2501.09019): its low frequencies are its neighbour's, only its high ones are new.

Nothing here knows a model. It is asked through ``Predict``, with a noise level for each latent frame.

*What it costs.* With S steps, L latent frames wanted, c = min(S, the model's longest clip) and windows of
2h, h = min(S, longest / 2): S calls over c frames for the clip that it begins with, then L + S - c rounds of
ceil(S / h) calls over 2h frames each. Plain clips one after another are ceil(L / longest) * S calls over as
many frames as the model makes. So in the long run each latent frame costs about twice what it costs in a
plain clip (each window keeps its noisier half alone), and S - c rounds more at the beginning. See ``cost``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

Predict = Callable[["torch.Tensor", "torch.Tensor"], "torch.Tensor"]
"""(latents, 1 x channels x frames x height x width; the model's time step of each frame) -> model output.

A frame at time step 0 is known, and clean. The output is the flow: noise less picture, as large.
"""
LOW = 0.25
"""What a new tail has of its neighbour, as a share of the highest; FreeInit's (arXiv 2312.07537)."""


@dataclass(frozen=True)
class Ladder:
    """Noise levels of the steps, from the most noise down: one more than there are steps, the last is 0.

    At level sigma a latent is (1 - sigma) * picture + sigma * noise. ``times``: the model's time step at each
    level but the last.
    """

    sigmas: tuple[float, ...]
    times: tuple[float, ...]

    @property
    def steps(self) -> int:
        """How many steps there are; as many frames wait in the queue."""
        return len(self.times)


@dataclass(frozen=True)
class Cost:
    """Calls of the model (guidance doubles them), and latent frames in all of them together."""

    calls: int
    frames: int
    plain_calls: int
    plain_frames: int
    """Of plain clips one after another, which share no frame."""

    def words(self) -> str:
        """``120 calls over 960 latent frames; plain clips: 60 over 480 (2.0 times)``."""
        times = self.frames / self.plain_frames
        return (
            f"{self.calls} calls over {self.frames} latent frames; "
            f"plain clips: {self.plain_calls} over {self.plain_frames} ({times:.1f} times)"
        )


def cost(steps: int, frames: int, longest: int) -> Cost:
    """What ``frames`` latent frames cost, by the queue and by plain clips; see the module for the formula."""
    begun, half = min(steps, longest), _half(steps, longest)
    calls = (frames + steps - begun) * -(-steps // half)
    return Cost(
        calls=steps + calls,
        frames=steps * begun + calls * 2 * half,
        plain_calls=-(-frames // longest) * steps,
        plain_frames=frames * steps,
    )


def stepped(
    latents: torch.Tensor, output: torch.Tensor, now: torch.Tensor, then: torch.Tensor
) -> torch.Tensor:
    """Latents a step further: Euler's, from the noise levels ``now`` to ``then`` (a number for each frame).

    For a flow that is straight: the first step of UniPC and DDIM's rule are the same.
    """
    return latents + (then - now).view(1, 1, -1, 1, 1) * output


def low_frequencies(latents: torch.Tensor, share: float = LOW) -> torch.Tensor:
    """What of each latent frame lies within ``share`` of the highest frequency, in height and width.

    FreeInit's ideal low-pass (arXiv 2312.07537, section 4.2), over a frame and not over time. With a sharp
    edge, low frequencies of one noise and high ones of another make noise of the same strength.
    """
    import torch

    height, width = latents.shape[-2:]
    rows = torch.fft.fftfreq(height, device=latents.device)[:, None] * 2
    columns = torch.fft.fftfreq(width, device=latents.device)[None] * 2
    passing = rows.square() + columns.square() <= share**2
    return torch.fft.ifft2(torch.fft.fft2(latents.float()) * passing).real


def coherent_tail(neighbour: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """A new tail: its neighbour's low frequencies, and the high ones of new noise (Ouroboros-Diffusion).

    ``neighbour``: the frame before it at the tail's own noise level. The paper notes its estimate back to
    that level; on a straight path an estimate noised with its own noise is what the frame was there, so
    nothing needs to be estimated.
    """
    return noise + low_frequencies(neighbour - noise)


class DiagonalQueue:
    """The queue, over ``predict``. ``frames`` gives the clean latent frames, in order, each when it is made.

    ``noise(n)``: 1 x channels x 1 x height x width, the noise of latent frame n; n below 0 for frames that
    wait in front of the first and are not given. ``longest``: latent frames of the model's longest clip,
    at least 2. ``first``: a latent frame that is known; the film begins with it, and it stays as it is.
    ``told``: called after each call of the model; what it raises goes through, and the queue is then spent.
    """

    def __init__(
        self,
        predict: Predict,
        ladder: Ladder,
        noise: Callable[[int], torch.Tensor],
        longest: int,
        *,
        first: torch.Tensor | None = None,
        coherent: bool = True,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self._predict, self._ladder, self._noise = predict, ladder, noise
        self._first, self._coherent, self._told = first, coherent, told
        self._begun = min(ladder.steps, longest)
        self._half = _half(ladder.steps, longest)
        self._ahead = ladder.steps - self._begun
        """Frames in front of the first one, which only lead to it."""

    def frames(self, count: int) -> Iterator[torch.Tensor]:
        """``count`` latent frames, each 1 x channels x 1 x height x width. No more is held than the queue."""
        clip = self._clip()
        latents, known = self._filled(clip)
        given = clip[:, :, :1].expand(-1, -1, self._half, -1, -1)
        for number in range(count + self._ahead):
            entered = latents[:, :, -1:]
            latents = self._denoised(given, latents, known)
            known = max(0, known - 1)
            head = latents[:, :, :1].clone()
            given = _shifted(given, head)
            if number >= self._ahead:
                yield head
            tail = self._drawn(number + self._begun, latents)
            latents = _shifted(latents, coherent_tail(entered, tail) if self._coherent else tail)

    def _filled(self, clip: torch.Tensor) -> tuple[torch.Tensor, int]:
        """The queue as it begins, from a plain clip noised slot by slot, and how many frames are known.

        FIFO-Diffusion, section 4.1: in front of the clip's first frame wait copies of it.
        """
        import torch

        known = 0 if self._first is None else self._ahead + 1
        slots = []
        for slot, sigma in enumerate(self._levels(0)):
            frame = max(0, slot - self._ahead)
            picture = clip[:, :, frame : frame + 1]
            noise = self._drawn(slot - self._ahead, clip)
            slots.append(picture if slot < known else (1 - sigma) * picture + sigma * noise)
        return torch.cat(slots, dim=2), known

    def _clip(self) -> torch.Tensor:
        """The model's plain clip: all frames at one noise level, but for the first where it is known."""
        import torch

        latents = torch.cat([self._noise(n) for n in range(self._begun)], dim=2).float()
        moving = torch.ones(self._begun, device=latents.device)
        if self._first is not None:
            latents = torch.cat([self._first.to(latents), latents[:, :, 1:]], dim=2)
            moving[0] = 0
        for step, time in enumerate(self._ladder.times):
            now, then = self._ladder.sigmas[step], self._ladder.sigmas[step + 1]
            output = self._asked(latents, moving * time)
            latents = stepped(latents, output, moving * now, moving * then)
        return latents

    def _denoised(self, given: torch.Tensor, latents: torch.Tensor, known: int) -> torch.Tensor:
        """Every frame of the queue one step further; ``given``: those that left it last, clean.

        Lookahead: windows overlap by half, and of each its noisier half is kept, so that every frame is
        denoised beside as many that are cleaner.
        """
        import torch

        steps, half = self._ladder.steps, self._half
        moving = (torch.arange(steps, device=latents.device) >= known).float()
        now, then = (moving * torch.tensor(self._levels(n), device=latents.device) for n in (0, 1))
        times = moving * torch.tensor(self._ladder.times[::-1], device=latents.device)
        row, row_times = torch.cat([given, latents], dim=2), torch.cat([times.new_zeros(half), times])
        outputs = []
        for start in range(0, steps, half):
            stop = min(start + half, steps)
            window = slice(stop - half, stop + half)
            found = self._asked(row[:, :, window], row_times[window])
            outputs.append(found[:, :, start - stop :])
        return stepped(latents, torch.cat(outputs, dim=2), now, then)

    def _levels(self, after: int) -> list[float]:
        """Noise levels of the slots, head first, ``after`` steps."""
        sigmas = self._ladder.sigmas[after : after + self._ladder.steps]
        return list(sigmas[::-1])

    def _asked(self, latents: torch.Tensor, times: torch.Tensor) -> torch.Tensor:
        import torch

        with torch.no_grad():
            output = self._predict(latents, times).float()
        self._told()
        return output

    def _drawn(self, number: int, like: torch.Tensor) -> torch.Tensor:
        return self._noise(number).to(like)


def _half(steps: int, longest: int) -> int:
    """Half of a window, in latent frames."""
    return max(1, min(steps, longest // 2))


def _shifted(latents: torch.Tensor, new: torch.Tensor) -> torch.Tensor:
    """Without the first frame, and with a new last one."""
    import torch

    return torch.cat([latents[:, :, 1:], new], dim=2)
