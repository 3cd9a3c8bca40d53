"""What every speaker's sound goes through: trimmed, set in a room, levelled; and its words in time."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

import numpy as np

from ...storyboard.looks import Voice
from ...storyboard.speaking import spoken_ms
from ...storyboard.vocabulary import LineKind
from ..protocol import Part
from .dynamics import limit
from .filters import Curve, convolve, decibels, equaliser, resample
from .wav import SAMPLE_RATE, Samples, wav_bytes
from .words import Word, millisecond_peaks

WARMTH: Curve = (
    (50.0, -24.0), (85.0, -6.0), (140.0, 1.5), (300.0, 1.0), (900.0, -0.5), (2200.0, 0.0),
    (3200.0, 1.0), (4800.0, -1.5), (7000.0, -5.0), (9500.0, -14.0), (11000.0, -40.0),
)  # fmt: skip
"""Takes the buzz off espeak's top and gives some chest."""
CLEAN: Curve = ((40.0, -30.0), (70.0, -3.0), (120.0, 0.0), (16000.0, 0.0))
"""For voices that sound of themselves: only rumble is taken away."""
_ROOM_DB = {LineKind.narration: -27.0, LineKind.voice_over: -25.0, LineKind.dialogue: -20.0}
"""Level of the room against the voice: a narrator is close, people in the picture are in a place."""
_LEVEL_DB = -20.0
"""RMS of a line while it is heard."""
_CEILING_DB = -5.0
_HEAD, _TAIL = SAMPLE_RATE // 50, SAMPLE_RATE // 8
_SILENT_MS = 400


def plain_text(words: str) -> str:
    """The text without anything that a speech synthesiser could take for a command."""
    return "".join(
        " " if unicodedata.category(c) in {"Cc", "Co", "Cn", "Cs", "Zl", "Zp"} else c for c in words
    ).strip()


def silence() -> Samples:
    """What a line with nothing to say is."""
    return np.zeros(_SILENT_MS * SAMPLE_RATE // 1000, np.float32)


def heard_part(dry: Samples) -> tuple[int, int] | None:
    """Where a voice (mono, 48 kHz) begins and ends, with a little before and after; None for silence."""
    loud = np.flatnonzero(millisecond_peaks(dry) > 0.01) * (SAMPLE_RATE // 1000)
    if not len(loud):
        return None
    return max(0, int(loud[0]) - _HEAD), min(len(dry), int(loud[-1]) + SAMPLE_RATE // 50)


def finished_length(samples: int) -> int:
    """Samples of the finished line: with its tail, a whole number of milliseconds."""
    return -(-(samples + _TAIL) // 48) * 48


def placed(dry: Samples, length: int, line: LineKind, level_db: float, curve: Curve) -> Samples:
    """The voice through ``curve``, set in a small room, levelled and faded: ``length`` samples."""
    noise = np.random.default_rng(7).standard_normal(SAMPLE_RATE // 6).astype(np.float32)
    time = np.arange(len(noise), dtype=np.float32) / SAMPLE_RATE
    room = noise * np.exp(-time / 0.035) * (time > 0.004)
    room *= decibels(_ROOM_DB[line]) / float(np.sqrt(np.sum(room**2)))
    room = convolve(room, equaliser(((150.0, -12.0), (400.0, 0.0), (2500.0, 0.0), (6000.0, -14.0)), 512))
    room[0] += 1.0
    kernel = convolve(equaliser(curve), room.astype(np.float32))
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


def spoken_parts(job: int, sound: Samples, words: list[Word], estimated: bool = False) -> Iterator[Part]:
    """The parts ``sound`` and ``words`` of a line; ``estimated`` says that nobody told when words begin."""
    timing = {
        "milliseconds": len(sound) * 1000 // SAMPLE_RATE,
        "words": [{"text": w.text, "start": w.start, "end": w.end} for w in words],
        **({"estimated": True} if estimated else {}),
    }
    yield Part(job, "sound", "wav", wav_bytes(sound))
    yield Part(job, "words", "json", json.dumps(timing, ensure_ascii=False).encode())


def untimed(
    dry: Samples, text: str, voice: Voice, line: LineKind, level_db: float = 0.0
) -> tuple[Samples, list[Word]]:
    """A finished line of a maker that tells no times: ``dry`` mono at 48 kHz, as it came.

    The voice's size, and what its pitch is off the middle, change its rate as a tape's. Words are timed by
    what saying each takes, within what is heard.
    """
    dry = resample(dry, stretch(voice), 100) if stretch(voice) != 100 else dry
    level = float(np.abs(dry).max(initial=0.0))
    said = heard_part(dry / np.float32(level)) if level > 0.001 else None
    if said is None:
        return silence(), []
    first, last = said
    length = finished_length(last - first)
    sound = placed(dry[first:last], length, line, level_db, CLEAN)
    return sound, estimated_words(text, voice.language, _HEAD if first else 0, last - first)


def stretch(voice: Voice) -> int:
    """Percent by which the sound of a maker that knows neither pitch nor size is stretched."""
    wanted: float = voice.size * 2.0 ** ((50 - voice.pitch) / 75.0)
    return min(160, max(60, round(wanted)))


def estimated_words(text: str, language: str, begin: int, end: int) -> list[Word]:
    """Each written word and its times (ms) between samples ``begin`` and ``end``, by what saying it takes."""
    tokens = [t for t in re.finditer(r"\S+", text) if any(c.isalnum() for c in t.group())]
    if not tokens:
        return []
    code = language.partition("-")[0]
    said = [spoken_ms(text[: token.end()], code) for token in tokens]
    whole = np.maximum.accumulate(np.array([0, *said], np.float64))
    edges = begin + (end - begin) * whole / whole[-1]
    places = [int(edge) * 1000 // SAMPLE_RATE for edge in edges]
    return [
        Word(token.group(), start, stop)
        for token, start, stop in zip(tokens, places[:-1], places[1:], strict=True)
    ]
