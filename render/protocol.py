"""The seam: what a renderer is.

A renderer turns requests into frames and named parts. It knows no project, cache, path or retry;
the engine alone encodes, probes and commits. A renderer of one's own is twenty lines
(``docs/add-a-renderer.md``; ``fake.py`` is a complete one), registered under the entry point
``photoplay.renderers``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from pydantic import Field

from ..memory.till import Till
from ..storyboard.rate import Rate
from ..storyboard.schema import Data
from .requests import Input, Request, Shows

Pixels = npt.NDArray[np.uint8]
"""Height x width x 3 (RGB) or x 4 (RGB and an ignored byte), sRGB, full range, C-contiguous."""


class Footage(Protocol):
    """Frames that a request reads: a take's picture, a tail, an anchor. Never a path."""

    @property
    def count(self) -> int:
        """How many frames there are."""

    def frame(self, index: int) -> Pixels:
        """One frame, height x width x 3. Raises ``IndexError`` outside 0..count-1."""

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames ``start`` up to but without ``stop``, in order, decoded once, in flat memory."""


@dataclass(frozen=True)
class Job:
    """One request with the footage of its inputs, by input, the bytes of LoRA weights, latents and music."""

    request: Request
    footage: Mapping[Input, Footage] = field(default_factory=dict)
    weights: Mapping[Input, bytes] = field(default_factory=dict)
    till: Till | None = None
    """Where a renderer on a network writes down what it orders, before it does. None: nobody keeps a ledger,
    and nothing that costs may be ordered."""

    def frame(self, given: Input) -> Pixels:
        """The one frame that an input names: an anchor, frame ``frame``, or the last one of a tail."""
        footage = self.footage[given]
        if given.part == "anchor" or given.frame is None:
            return footage.frame(footage.count - 1)
        return footage.frame(given.frame if given.part == "frame" else min(given.frame, footage.count) - 1)

    def tail(self, given: Input, most: int) -> list[Pixels]:
        """The last frames before the one that a tail names: ``most``, or as many as there are; at least 1."""
        footage = self.footage[given]
        stop = footage.count if given.frame is None else min(given.frame, footage.count)
        first = getattr(footage, "first", 0)
        return list(footage.frames(max(first, stop - most), stop))


@dataclass(frozen=True)
class Frame:
    """A finished frame of job ``job``. ``hold`` shows it for so many frames (2 is "on twos")."""

    job: int
    pixels: Pixels
    hold: int = 1


@dataclass(frozen=True)
class Part:
    """A named part of job ``job`` other than its picture: sound, word timings, latents ..."""

    job: int
    name: str
    suffix: Literal["wav", "json", "png", "safetensors", "npz"]
    data: bytes


@dataclass(frozen=True)
class Notice:
    """Something that a person must be told about job ``job``; kept in the take's record.

    For example that a thing was drawn as a labelled shape. ``kind`` is a stable word.
    """

    job: int
    kind: str
    words: str


Output = Frame | Part | Notice


class Tick(Protocol):
    """``tick(job, share)`` with share from 0 to 1. May raise to stop the work: let it pass.

    ``words`` say more to a person, in a few words: ``"step 12 of 30, 11,204 MB"``.
    """

    def __call__(self, job: int, share: float, words: str = "") -> None:
        """Tell how far a job is."""


class Measured(Data):
    """A figure and where it is from."""

    value: int = Field(ge=0)
    source: Literal["measured", "vendor", "unverified"] = "unverified"


class FrameRule(Data):
    """Clip lengths the renderer can make natively: ``step * k + offset``, at least ``least``."""

    step: int = Field(1, ge=1)
    offset: int = Field(0, ge=0)
    least: int = Field(1, ge=1)

    def snap(self, frames: int) -> int:
        """The shortest allowed length that holds ``frames``."""
        wanted = max(frames, self.least)
        return (
            -(-(wanted - self.offset) // self.step) * self.step + self.offset
            if wanted > self.offset
            else self.offset
        )


InputName = Literal[
    "first", "last", "tail", "goal", "colour", "references", "like", "take", "lora", "control",
    "origin", "latents", "beside", "keep", "words",
    "speech",
]  # fmt: skip
Method = Literal["queue", "free-noise", "packed", "end-first"]


class Capabilities(Data):
    """What a renderer can do, and what it needs. The planner and ``photoplay doctor`` read it."""

    requests: frozenset[str]
    """Kinds of request: ``still``, ``between``, ``extend`` ..."""
    inputs: frozenset[InputName] = frozenset()
    """Inputs that really change the output. Any other that is given is ``Refused``."""
    guides: frozenset[Shows] = frozenset()
    """Guides that it follows as ``control`` (``animatic/guides.py``); empty for none."""
    required: frozenset[InputName] = frozenset()
    """Inputs without which a clip is ``Refused``; the planner refuses it before any work."""
    references: int = Field(0, ge=0)
    """The most anchor frames one request may carry."""
    frame_rule: FrameRule = FrameRule()
    size_multiple: int = Field(2, ge=1)
    longest: int | None = None
    """Longest clip in frames, by plain sampling; None for no limit."""
    methods: frozenset[Method] = frozenset()
    """Ways to make a ``Between`` of any length in one request: it is asked by the setting ``method``.

    ``queue``: frames wait in a queue at rising noise; ``free-noise``: windows over shared noise;
    ``packed``: sections that see all earlier ones, packed; ``end-first``: such sections, the last first.
    """
    tail_frames: int = Field(8, ge=1)
    """How many frames of a tail are read; fewer where fewer were kept."""
    enlarges: int | None = Field(None, ge=1)
    """How many times as wide and high as it is an ``upscale`` can make a take; None for no limit."""
    most_pixels: int | None = None
    """Most pixels of a frame, width times height; None for no limit. More is conformed from less."""
    native_rate: Rate | None = None
    """None draws at any rate."""
    batch: int = Field(1, ge=1)
    """How many requests ``render`` takes at once with profit."""
    device: Literal["cpu", "gpu", "network"] = "cpu"
    parallel: int = Field(0, ge=0)
    """How many workers may run side by side on one machine; 0 for one a core."""
    memory_mb: Measured = Measured(value=0)
    needs: tuple[str, ...] = ()
    """Importable modules that must be there at call time."""
    settings: frozenset[str] | None = None
    """Settings of requests that are read; None for any. The planner gives it no others."""


@runtime_checkable
class Renderer(Protocol):
    """See the module. ``name``, ``weights`` and ``pixels`` go into every key.

    A renderer may have one method more, ``prepare(jobs: Sequence[Job]) -> None``: get ready what
    costs time in jobs to come, such as prompts to encode. It is called from another thread while
    ``render`` runs (or not at all), must change no output, and what it raises is not heard: the same
    fault is met again when the jobs are rendered. One whose work is paid for has a method
    ``price(request) -> Price`` (``memory/ledger.py``), which asks nobody, and orders by its jobs' tills.
    """

    name: str
    weights: str
    """Identity of the weights (a digest or ``"none"``)."""
    pixels: int
    """Raised by hand when equal requests come to give other pixels."""

    def capabilities(self) -> Capabilities:
        """Cheap: imports nothing heavy and loads no weights."""

    def load(self, device: str, budget_mb: int | None) -> None:
        """Make ready. Called before ``render``, and again after ``unload`` where memory ran out.

        ``device`` is ``"cuda:0"`` or ``"cpu"`` for a renderer whose device is "gpu", and ``"auto"`` for
        others and where nobody chose. ``budget_mb`` is the most memory to use; None for what is free.
        Raises ``OutOfMemory`` or ``Refused``.
        """

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """Frames of each job in order, as many as asked, and parts. Deterministic in the request.

        Raises ``OutOfMemory``, ``Transient`` or ``Refused`` (``photoplay.storyboard.errors``);
        anything else is a bug and stops that job only. After each of them it can render again.
        """

    def unload(self) -> None:
        """Give memory back. ``load`` may follow."""


def identity(renderer: Renderer) -> dict[str, Any]:
    """What of the renderer goes into a key."""
    return {"name": renderer.name, "weights": renderer.weights, "pixels": renderer.pixels}
