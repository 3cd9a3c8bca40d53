"""The foley stage: ambiences and effects, made of nothing but numbers. See ``Foley``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from ...storyboard.errors import Refused
from ..protocol import Capabilities, Job, Measured, Output, Part, Tick
from ..requests import Effect
from .ambience import ambience
from .effects import effect, recipe_of, recipes
from .wav import SAMPLE_RATE, wav_bytes

LONGEST_MS = 120_000
"""A sound is made in memory; what is to last longer, the mix lays from one of this length or less."""


class Foley:
    """Makes ``Effect`` requests with numpy: no weights, any machine.

    Yields ``sound``: stereo 48 kHz 16-bit WAV of exactly the asked milliseconds. Equal requests give equal
    bytes; another seed gives another dog, another rain.
    """

    name = "foley"
    weights = "none"
    pixels = 2

    def capabilities(self) -> Capabilities:
        """Memory is that of half a minute of ambience."""
        return Capabilities(requests=frozenset({"effect"}), memory_mb=Measured(value=180, source="measured"))

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing to load."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The part ``sound`` of each job. Raises ``Refused`` for a name that it does not know."""
        for index, job in enumerate(jobs):
            request = job.request
            if not isinstance(request, Effect):
                raise Refused(f"foley only makes effects; it was asked for {type(request).__name__}.")
            if request.milliseconds > LONGEST_MS:
                raise Refused(f"A sound is made for at most {LONGEST_MS // 1000} seconds at a time.")
            samples = request.milliseconds * SAMPLE_RATE // 1000
            named = hashlib.sha256(request.name.encode()).digest()
            chance = np.random.default_rng([request.seed, int.from_bytes(named[:8], "big")])
            if request.name in recipes("ambiences"):
                sound = ambience(request.name, samples, chance)
            elif recipe_of(request.name) is not None:
                sound = effect(request.name, samples, chance)
            else:
                raise Refused(f"No sound is known by the name {request.name!r}. Bring one with --sounds.")
            tick(index, 0.9)
            yield Part(index, "sound", "wav", wav_bytes(sound))

    def unload(self) -> None:
        """Nothing to unload."""
