"""Stills of a scene that read each other: consistent self-attention.

StoryDiffusion, arXiv 2405.01434, section 3.1. In the self-attention of the up blocks of Stable Diffusion
XL's UNet, sampled tokens of the scene's identity pictures join a picture's own as keys and values. With
x_i the N tokens of picture i and S_i a sample of those of the identity pictures other than i, a share r
(the rate) of each,

    O_i = Attention(W_q x_i, W_k [S_i; x_i], W_v [S_i; x_i])

with the weights that are there: nothing is trained, and no words, images or cross-attention change.
Identity pictures read each other; every other picture reads them and itself, never another of its
batch, so it does not matter who else is drawn. The halves of classifier-free guidance stay apart.

Which layers read when is the schedule of the paper's code (``utils/gradio_utils.py``): of 50 steps, the
first 5 are plain, so that framing is each picture's own; then a layer reads with a chance of 0.7, from
step 20 on of 0.9. It is scaled to the number of steps. The code masks the tokens that are not sampled;
here the sampled ones are gathered, so that the others cost neither time nor memory, and their number
is exact. It also keeps every layer's tokens of every step for later pictures, gigabytes of them; here
the identity pictures are drawn again with each batch.

Cost over plain stills: k identity pictures in front of w others are (k + w) / w pictures for one; where
a layer reads, a picture's keys and values are (1 + r k) N tokens and an identity picture's
(1 + r (k - 1)) N, which is on the average over a schedule's steps in 0.75 of its calls.
``benchmarks/consistent_stills.py`` measures it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...storyboard.errors import Refused
from .noise import generator

if TYPE_CHECKING:
    import torch


def chance(done: int, steps: int) -> float:
    """How likely a layer reads other pictures after ``done`` of ``steps`` steps, 0 to 1."""
    if 10 * done < steps:
        return 0.0
    return 0.7 if 10 * done < 4 * steps else 0.9


@dataclass
class Reading:
    """What a call's pictures read of each other, the first ``identities`` of ``pictures`` being read."""

    pictures: int
    identities: int
    rate: float
    """Share of an identity picture's tokens that are read, 0 to 1."""
    seed: int
    """Of the schedule and of the tokens: they depend on it, the step and the layer alone."""
    steps: int = 1
    done: int = 0

    def callback(self) -> Any:
        """A diffusers ``callback_on_step_end`` that keeps count; it changes nothing."""

        def on_step_end(pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
            self.done, self.steps = index + 1, pipeline.num_timesteps
            return given

        return on_step_end

    def tokens(self, layer: int, count: int) -> torch.Tensor | None:
        """Numbers of the tokens that are read in a layer of ``count``: identities x round(rate * count).

        None where nothing is read in this step. Equal on every machine.
        """
        import torch

        sampled = round(self.rate * count)
        random = generator(self.seed, "beside", self.done, layer)
        if not sampled or float(torch.rand((), generator=random)) >= chance(self.done, self.steps):
            return None
        drawn = [torch.randperm(count, generator=random)[:sampled] for _ in range(self.identities)]
        return torch.stack(drawn)


@contextlib.contextmanager
def read_beside(unet: Any, reading: Reading) -> Iterator[None]:
    """Let the pictures of a batch read each other inside the ``with``; after it all is as before.

    The batch of the UNet is one or two halves (guidance) of ``reading.pictures`` each. Processors of
    cross-attention, such as an IP-Adapter's, stay. Raises ``Refused`` for a UNet that has no
    self-attention in its up blocks.
    """
    layers = self_attentions(unet)
    if not layers:
        raise Refused(
            "These weights have no self-attention in their up blocks, so stills cannot be consistent."
        )
    before = [layer.processor for layer in layers]
    try:
        for number, (layer, processor) in enumerate(zip(layers, before, strict=True)):
            layer.set_processor(BesideAttention(processor, number, reading))
        yield
    finally:
        for layer, processor in zip(layers, before, strict=True):
            layer.set_processor(processor)


def self_attentions(unet: Any) -> list[Any]:
    """The self-attention layers of a UNet's up blocks, in order."""
    return [module for name, module in unet.up_blocks.named_modules() if name.endswith(".attn1")]


class BesideAttention:
    """Processor of one layer: the one before it, given the tokens of others as keys and values."""

    def __init__(self, before: Any, layer: int, reading: Reading) -> None:
        import torch

        self._before, self._layer, self._reading = before, layer, reading
        # Compiled blocks break off here: what is read is another in each step, and would be compiled anew.
        self._attend = torch.compiler.disable(self._read)

    def __call__(
        self,
        attn: Any,
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        temb: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """Tokens of all pictures, pictures (times halves) x tokens x channels."""
        assert encoder_hidden_states is None  # self-attention
        assert attention_mask is None
        found: torch.Tensor = self._attend(attn, hidden_states)
        return found

    def _read(self, attn: Any, hidden: torch.Tensor) -> torch.Tensor:
        import torch

        reading = self._reading
        tokens = reading.tokens(self._layer, hidden.shape[1])
        if tokens is None:
            plain: torch.Tensor = self._before(attn, hidden)
            return plain
        halves = hidden.unflatten(0, (-1, reading.pictures))
        known, others = halves[:, : reading.identities], halves[:, reading.identities :]
        sampled = _gathered(known, tokens.to(hidden.device))
        found = [self._joined(attn, known, _of_the_rest(sampled))]
        if others.shape[1]:
            everyone = sampled.flatten(1, 2)[:, None].expand(-1, others.shape[1], -1, -1)
            found.append(self._joined(attn, others, everyone))
        return torch.cat(found, dim=1).flatten(0, 1)

    def _joined(self, attn: Any, own: torch.Tensor, read: torch.Tensor) -> torch.Tensor:
        """Attention of pictures to themselves and what they read; halves x pictures x tokens x channels."""
        import torch

        both = torch.cat([read, own], dim=2)
        found: torch.Tensor = self._before(attn, own.flatten(0, 1), encoder_hidden_states=both.flatten(0, 1))
        return found.unflatten(0, own.shape[:2])


def _gathered(known: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
    """Of halves x identities x tokens x channels those tokens (identities x sampled)."""
    import torch

    rows = torch.arange(len(tokens), device=tokens.device)[:, None]
    return known[:, rows, tokens]


def _of_the_rest(sampled: torch.Tensor) -> torch.Tensor:
    """For each identity picture the sampled tokens of all others, halves x identities x tokens x channels."""
    count = sampled.shape[1]
    rest = [[n for n in range(count) if n != one] for one in range(count)]
    if count == 1:
        return sampled[:, :, :0]
    return sampled[:, rest].flatten(2, 3)
