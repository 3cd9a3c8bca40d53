"""Lines, spoken by espeak-ng. See ``Espeak``."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from ...storyboard.errors import Refused
from ...storyboard.looks import Voice
from ...storyboard.vocabulary import LineKind
from ..protocol import Capabilities, Job, Measured, Notice, Output, Part, Tick
from ..requests import Speak
from .dynamics import limit
from .espeak_library import NATIVE_RATE, Manner, speak
from .filters import convolve, decibels, equaliser, resample
from .voices import languages, library_version, variants
from .wav import SAMPLE_RATE, Samples, wav_bytes
from .words import Word, millisecond_peaks, words_of

_WARMTH = ((50.0, -24.0), (85.0, -6.0), (140.0, 1.5), (300.0, 1.0), (900.0, -0.5), (2200.0, 0.0),
           (3200.0, 1.0), (4800.0, -1.5), (7000.0, -5.0), (9500.0, -14.0), (11000.0, -40.0))  # fmt: skip
"""Takes the buzz off the synthesiser's top and gives some chest."""
_ROOM_DB = {LineKind.narration: -27.0, LineKind.voice_over: -25.0, LineKind.dialogue: -20.0}
"""Level of the room against the voice: a narrator is close, people in the picture are in a place."""
_LEVEL_DB = -20.0
"""RMS of a line while it is heard."""
_CEILING_DB = -5.0
_HEAD, _TAIL = SAMPLE_RATE // 50, SAMPLE_RATE // 8
_SILENT_MS = 400
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
            milliseconds = len(sound) * 1000 // SAMPLE_RATE
            timing = {
                "milliseconds": milliseconds,
                "words": [{"text": w.text, "start": w.start, "end": w.end} for w in words],
            }
            yield Part(index, "sound", "wav", wav_bytes(sound))
            yield Part(index, "words", "json", json.dumps(timing, ensure_ascii=False).encode())
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
        loud = np.flatnonzero(millisecond_peaks(dry) > 0.01) * (SAMPLE_RATE // 1000)
        if not len(loud):
            return np.zeros(_SILENT_MS * SAMPLE_RATE // 1000, np.float32), []
        first = max(0, int(loud[0]) - _HEAD)
        last = min(len(dry), int(loud[-1]) + SAMPLE_RATE // 50)
        dry = dry[first:last]
        starts = [(at, sample * up // down - first) for at, sample in spoken.words]
        length = -(-(len(dry) + _TAIL) // 48) * 48
        words = words_of(text, starts, dry, length)
        return _placed(dry, length, request.line, level), words


def plain_text(words: str) -> str:
    """The text without anything that a speech synthesiser could take for a command."""
    return "".join(
        " " if unicodedata.category(c) in {"Cc", "Co", "Cn", "Cs", "Zl", "Zp"} else c for c in words
    ).strip()


def manner_of(voice: Voice, delivery: str) -> tuple[Manner, float]:
    """The library's settings for a voice and a delivery, and a change of level in dB.

    The library's own words-a-minute leave out its pauses; narration with sentence pauses was measured
    at about ``1.235 * rate - 10`` words a minute (six English narrations:
    2.25 to 2.8 words a second at 155). Raises ``Refused`` for an unknown language or variant.
    """
    known = languages()
    file = known.get(voice.language.lower())
    if file is None:
        raise Refused(
            f"espeak has no voice for the language {voice.language!r}. It has: {', '.join(sorted(known))}."
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


def _placed(dry: Samples, length: int, line: LineKind, level_db: float) -> Samples:
    """The voice warmed, set in a small room, levelled and faded: ``length`` samples."""
    noise = np.random.default_rng(7).standard_normal(SAMPLE_RATE // 6).astype(np.float32)
    time = np.arange(len(noise), dtype=np.float32) / SAMPLE_RATE
    room = noise * np.exp(-time / 0.035) * (time > 0.004)
    room *= decibels(_ROOM_DB[line]) / float(np.sqrt(np.sum(room**2)))
    room = convolve(room, equaliser(((150.0, -12.0), (400.0, 0.0), (2500.0, 0.0), (6000.0, -14.0)), 512))
    room[0] += 1.0
    kernel = convolve(equaliser(_WARMTH), room.astype(np.float32))
    wet = convolve(dry, kernel)[:length]
    peaks = millisecond_peaks(wet)
    heard = peaks > 0.1 * peaks.max()
    power = np.array([np.dot(part, part) for part in wet.reshape(-1, SAMPLE_RATE // 1000)])
    wet *= np.float32(decibels(_LEVEL_DB + level_db) / np.sqrt(power[heard].mean() / (SAMPLE_RATE // 1000)))
    wet = limit(wet, decibels(_CEILING_DB))
    wet[:240] *= np.linspace(0.0, 1.0, 240, dtype=np.float32)
    fade = min(len(wet), SAMPLE_RATE // 25)
    wet[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    return wet
