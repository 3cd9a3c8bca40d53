"""What a family of diffusion models is: how it words a picture, loads its pipeline and samples.

A family is one file and one subclass. It knows no project, batch size, cache of prompts, progress
bar or retry: ``renderer.py`` does all that once, for every family.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from ...storyboard.errors import BadInput
from ...storyboard.film import Scalar
from ..protocol import Capabilities, Footage, Pixels
from ..requests import Between, Extend, Refine, Still, Upscale

if TYPE_CHECKING:
    from .loading import Loading
    from .weights import Located, WeightSet

Drawn = Still | Between | Extend | Refine | Upscale
"""The requests that a family may make."""
Shades = npt.NDArray[np.float32]
"""Frames as a pipeline gives them: frames x height x width x 3 (RGB), 0 to 1, not yet rounded."""


@dataclass(frozen=True)
class Words:
    """A prompt, and what is not to be seen."""

    text: str
    negative: str = ""


@dataclass(frozen=True)
class Reference:
    """An anchor frame of an entity, height x width x 3."""

    entity: str
    pixels: Pixels


@dataclass(frozen=True)
class Ready:
    """One request made ready for sampling: nothing is left to be read or worded."""

    request: Drawn
    words: Words
    prompt: Mapping[str, Any]
    """What ``Family.encode`` gave: tensors with a batch of one, on the processor."""
    width: int
    height: int
    frames: int
    """Frames to sample, snapped to the family's rule; those of the tail among them."""
    steps: int
    guidance: float
    seed: int
    references: tuple[Reference, ...] = ()
    tail: tuple[Pixels, ...] = ()
    """The last frames before the first new one, oldest first, as many as the family asked for."""
    first: Pixels | None = None
    last: Pixels | None = None
    goal: Pixels | None = None
    like: Pixels | None = None
    origin: Pixels | None = None
    take: Footage | None = None
    """The frames that are refined or upscaled, from ``request.start`` on where it has one; read as needed."""
    keep: Pixels | None = None
    control: tuple[Pixels, ...] = ()
    """A guide's frames for the frames sampled, those of the tail among them."""
    latents: bytes | None = None
    """The part ``latents`` of the clip before, as this family gave it (safetensors)."""
    beside: tuple[Ready, ...] = ()
    """The identity pictures of a still, each ready as if it were drawn by itself."""
    at: int = 0
    """Frames of the shot before the first new one."""
    loras: tuple[tuple[str, float], ...] = ()
    """(adapter name, strength); set on the pipeline already."""
    settings: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class Extra:
    """A named part beside the picture: a sound track, latents."""

    name: Literal["sound", "latents"]
    suffix: Literal["wav", "safetensors"]
    data: bytes


@dataclass(frozen=True)
class Sampled:
    """What came of one request, where it is more than frames, or frames that come piece by piece."""

    frames: Shades | Iterable[Shades]
    """All, or pieces of them in order: each is given away before the next is made, in flat memory."""
    parts: Callable[[], Sequence[Extra]] = tuple
    """Asked when the last frame is given."""


class Step:
    """Told after every step of a loop: ``step(done, of)``. Raises to stop; let it pass."""

    def __call__(self, done: int, of: int) -> None:
        """So many steps of so many are done."""

    def callback(self) -> Any:
        """The same as a diffusers ``callback_on_step_end`` (it changes nothing)."""

        def on_step_end(pipeline: Any, index: int, timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
            self(index + 1, int(getattr(pipeline, "num_timesteps", 0) or index + 1))
            return given

        return on_step_end


class Family(ABC):
    """One family of models, with one set of weights.

    ``requests``, ``inputs`` and the rule of lengths are what the *weights* can do, so that nothing
    is declared that would be ignored.
    """

    name: ClassVar[str]
    pixels: ClassVar[int] = 1
    """Raised by hand when equal requests come to give other pixels."""
    needs: ClassVar[tuple[str, ...]] = ("torch", "diffusers", "transformers", "accelerate", "safetensors")
    """Modules that must be there at call time, those that pipelines import only when called among them."""
    settings: frozenset[str] = frozenset({"steps", "guidance", "negative", "quality", "look"})
    """Settings of a request that the family reads with these weights, beside those of ``loading``."""
    pipeline: ClassVar[str]
    """Name of the diffusers class."""
    layouts: ClassVar[tuple[str, ...]] = ()
    """Layouts of weights that there are, ``""`` for none said; empty where the family looks itself."""

    def __init__(self, weights: WeightSet) -> None:
        """Raises ``BadInput`` where the weights' entry names a layout that is none."""
        self.weights = weights
        if self.layouts and weights.layout not in self.layouts:
            named = ", ".join(filter(None, self.layouts))
            choice = ["left out"] * ("" in self.layouts) + [f"one of: {named}"] * bool(named)
            raise BadInput(
                f"The weights {weights.name} have the layout {weights.layout!r}; {self.name} wants it to be "
                f"{' or '.join(choice)}. Set it in the weights file."
            )

    @abstractmethod
    def capabilities(self) -> Capabilities:
        """Cheap: imports nothing heavy."""

    @abstractmethod
    def words(self, request: Drawn) -> Words:
        """The family's prompt for a picture: every entity named, each reference bound to its entity."""

    @abstractmethod
    def steps(self, draft: bool) -> tuple[int, float]:
        """Steps and guidance where the request's settings say nothing."""

    @abstractmethod
    def encode(self, pipe: Any, words: Words) -> Mapping[str, Any]:
        """The prompt's embeddings as keyword arguments of ``sample``'s call, with a batch of one."""

    @abstractmethod
    def sample(self, pipe: Any, batch: Sequence[Ready], step: Step) -> Sequence[Shades | Sampled]:
        """Sample a batch whose members are all ``together``; per member the *new* frames in order.

        Not more than were sampled; frames of the tail are not among them. Each member's result is
        what it would be alone, to within 1e-5.
        """

    def load(self, located: Located, loading: Loading) -> Any:
        """The pipeline, ready on its device. Raises ``OutOfMemory``, ``Refused`` or ``BadInput``."""
        from .pipelines import load_pipeline

        return load_pipeline(self.pipeline, located, loading)

    def together(self, one: Ready, other: Ready) -> bool:
        """Whether two may be sampled in one call. By default: text only, equal in size and length."""
        return same_shape(one, other) and not _sees(one) and not _sees(other)

    def tail_frames(self, offered: int) -> int:
        """How many of ``offered`` frames of a tail are read: as the rule of lengths wants it."""
        rule = self.capabilities().frame_rule
        offered = min(offered, self.capabilities().tail_frames)
        return max(1, (offered - rule.offset) // rule.step * rule.step + rule.offset)


def same_shape(one: Ready, other: Ready) -> bool:
    """Whether two are of the same kind, size, length, steps, guidance and LoRAs."""
    return _shape(one) == _shape(other)


def _shape(ready: Ready) -> tuple[Any, ...]:
    kind = type(ready.request)
    return (kind, ready.width, ready.height, ready.frames, ready.steps, ready.guidance, ready.loras)


def _sees(ready: Ready) -> bool:
    """Whether it reads any image."""
    given = (
        ready.first, ready.last, ready.goal, ready.like, ready.origin, ready.take, ready.keep, ready.latents,
    )  # fmt: skip
    return bool(ready.references or ready.tail or ready.beside or any(g is not None for g in given))


RANGES: Mapping[str, tuple[float, float]] = {
    "steps": (1, 200),
    "guidance": (0, 30),
    "shift": (0.1, 30),
    "colour-hold": (0, 100),
    "prefix-noise": (0, 60),
    "reference-strength": (0, 100),
    "guide-strength": (0, 200),
    "like-strength": (0, 95),
    "noise-level": (0, 350),
    "overlap": (5, 33),
    "reuse-frames": (1, 8),
    "reuse-noise": (0, 20),
    "reuse-until": (0, 100),
    "motion": (1, 255),
    "first-noise": (0, 100),
    "consistent-rate": (0, 100),
}
"""Settings that are numbers, and what they may be."""


def number(settings: Mapping[str, Scalar], name: str, otherwise: float) -> float:
    """A setting of ``RANGES`` as a number; text such as ``"3.5"`` too. Raises ``BadInput`` outside it."""
    given = settings.get(name)
    if given is None:
        return otherwise
    least, most = RANGES[name]
    try:
        found = float("nan") if isinstance(given, bool) else float(given)
    except ValueError:
        found = float("nan")
    if not least <= found <= most:
        raise BadInput(f"The setting {name} is {given!r}; it must be a number from {least:g} to {most:g}.")
    return found


CHOICES: Mapping[str, tuple[str, ...]] = {"queue-tail": ("coherent", "noise"), "prompt-travel": ("on", "off")}
"""Settings that are one of a few words; the first is usual."""


def choice(settings: Mapping[str, Scalar], name: str) -> str:
    """A setting of ``CHOICES``. Raises ``BadInput`` for another word."""
    given = settings.get(name, CHOICES[name][0])
    if given not in CHOICES[name]:
        raise BadInput(f"The setting {name} is {given!r}; it must be one of: {', '.join(CHOICES[name])}.")
    return str(given)
