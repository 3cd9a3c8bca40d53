"""Lines, spoken by espeak-ng. See ``Espeak``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from ...storyboard.errors import Refused
from ...storyboard.looks import Voice
from ..protocol import Capabilities, Job, Measured, Notice, Output, Tick
from ..requests import Speak
from .espeak_library import NATIVE_RATE, Manner, speak
from .filters import resample
from .utterance import WARMTH, finished_length, heard_part, placed, plain_text, silence, spoken_parts
from .voices import languages, library_version, variants
from .wav import SAMPLE_RATE, Samples
from .words import Word, words_of

_KANJI = re.compile("[\u3400-\u9fff]")
_DELIVERY: dict[str, tuple[float, int, int, float]] = {
    "whisper": (0.92, -4, -25, -5.0),
    "soft": (0.95, -2, -5, -2.5),
    "quiet": (0.95, -2, -8, -3.0),
    "gentl": (0.95, -1, 0, -1.5),
    "tender": (0.95, 1, 5, -1.5),
    "slow": (0.86, 0, 0, 0.0),
    "sad": (0.9, -5, -15, -1.5),
    "tired": (0.88, -5, -20, -2.0),
    "fast": (1.14, 1, 0, 0.0),
    "quick": (1.12, 1, 0, 0.0),
    "hurr": (1.15, 3, 5, 0.5),
    "excite": (1.1, 7, 25, 1.0),
    "happ": (1.03, 5, 20, 0.5),
    "joy": (1.03, 5, 20, 0.5),
    "afraid": (1.08, 8, 10, 0.0),
    "angr": (1.05, -3, 25, 1.5),
    "loud": (1.0, 3, 15, 2.0),
    "shout": (1.03, 8, 30, 3.0),
}
"""Stems in a delivery -> factor on pace, change of pitch, change of range (0..100), change of level (dB)."""


class Espeak:
    """Speaks ``Speak`` requests with espeak-ng, on any machine, without a download.

    Yields ``sound`` (mono 48 kHz 16-bit WAV, trimmed, a whole number of milliseconds) and ``words``
    (``{"milliseconds": int, "words": [{"text", "start", "end"}]}``, times in ms from the start of the
    sound, rising and within it). A line with nothing to say is a short silence and a notice.
    """

    name = "espeak"
    pixels = 1

    def __init__(self) -> None:
        self.weights = f"espeakng-loader-{library_version()}"
        self._library: Path | None = None
        self._data: Path | None = None

    def capabilities(self) -> Capabilities:
        """One line at a time: the library has one state for a whole process."""
        return Capabilities(
            requests=frozenset({"speak"}),
            parallel=1,
            memory_mb=Measured(value=120, source="measured"),
            needs=("espeakng_loader",),
        )

    def load(self, device: str, budget_mb: int | None) -> None:
        """Find the library. Raises ``Refused`` where it is not installed."""
        try:
            loader = import_module("espeakng_loader")
        except ImportError as error:
            raise Refused(
                "Speech needs the package espeakng-loader (pip install espeakng-loader)."
            ) from error
        self._library = Path(loader.get_library_path())
        self._data = Path(loader.get_data_path())

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The parts ``sound`` and ``words`` of each job. Raises ``Refused`` for an unknown voice."""
        for index, job in enumerate(jobs):
            if not isinstance(job.request, Speak):
                raise Refused(f"espeak only speaks lines; it was asked for {type(job.request).__name__}.")
            tick(index, 0.0)
            sound, words = self._say(job.request)
            if not words:
                yield Notice(index, "unspoken", f"Nothing in {job.request.words[:60]!r} can be spoken.")
            if job.request.voice.language.startswith("ja") and _KANJI.search(job.request.words):
                yield Notice(index, "kanji", "espeak reads Japanese kana only; kanji are named, not read.")
            yield from spoken_parts(index, sound, words)
            tick(index, 1.0)

    def unload(self) -> None:
        """Nothing is held between lines."""
        self._library = self._data = None

    def _say(self, request: Speak) -> tuple[Samples, list[Word]]:
        if self._library is None or self._data is None:
            raise Refused("espeak was asked to speak before it was loaded.")
        text = plain_text(request.words)
        manner, level = manner_of(request.voice, request.delivery)
        spoken = speak(self._library, self._data, text, manner)
        native = spoken.samples.astype(np.float32)
        native /= np.float32(32768.0)
        up, down = _stretch(request.voice)
        dry = resample(native, up, down)
        said = heard_part(dry)
        if said is None:
            return silence(), []
        first, last = said
        starts = [(at, sample * up // down - first) for at, sample in spoken.words]
        length = finished_length(last - first)
        words = words_of(text, starts, dry[first:last], length)
        return placed(dry[first:last], length, request.line, level, WARMTH), words


def manner_of(voice: Voice, delivery: str) -> tuple[Manner, float]:
    """The library's settings for a voice and a delivery, and a change of level in dB.

    The library's own words-a-minute leave out its pauses; narration with sentence pauses was measured
    at about ``1.235 * rate - 10`` words a minute (six English narrations:
    2.25 to 2.8 words a second at 155). Raises ``Refused`` for an unknown language or variant, and for a
    name of a voice, which only other makers have.
    """
    known = languages()
    file = known.get(voice.language.lower())
    if file is None:
        raise Refused(
            f"espeak has no voice for the language {voice.language!r}. It has: {', '.join(sorted(known))}."
        )
    if voice.named:
        raise Refused(
            f"espeak has no voice called {voice.named!r}: it has variants (--variant). "
            "The voices of others need their --maker."
        )
    if voice.variant and voice.variant not in variants():
        raise Refused(
            f"espeak has no voice variant {voice.variant!r}. It has: {', '.join(sorted(variants()))}."
        )
    factor, pitch, span, level = voice.size / 100, float(voice.pitch), float(voice.melody), 0.0
    asked = delivery.casefold()
    for stem, (pace_factor, pitch_change, span_change, level_change) in _DELIVERY.items():
        if any(word.startswith(stem) for word in asked.replace(",", " ").split()):
            factor, pitch, span = factor * pace_factor, pitch + pitch_change, span + span_change
            level += level_change
    rate = round((voice.pace * factor + 10) / 1.235)
    chosen = f"{file}+{voice.variant}" if voice.variant else file
    if not voice.melody:
        span = 0.0  # a robot's, whatever it feels
    return (
        Manner(chosen, min(450, max(80, rate)), _percent(pitch), _percent(span)),
        min(3.0, max(-6.0, level)),
    )


def _stretch(voice: Voice) -> tuple[int, int]:
    """(up, down) of the change of rate that gives a voice its size: a larger one is stretched.

    Its resonances and its pitch fall together; ``manner_of`` has it spoken quicker by as much.
    """
    up, down = SAMPLE_RATE * voice.size, NATIVE_RATE * 100
    shared = math.gcd(up, down)
    return up // shared, down // shared


def _percent(value: float) -> int:
    return round(min(100.0, max(0.0, value)))
