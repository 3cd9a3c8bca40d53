"""Voices: a language and a way of sounding for the narrator and for each character."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lexicon.store import data
from .looks import BodyLook, Voice
from .vocabulary import Age, Being, Stature

PACE = 155
"""Words a minute of a calm narrator."""
_WOMEN = ("f2", "f3", "f5", "f1", "f4")
_MEN = ("m7", "m2", "m5", "m3", "m4", "m6", "m1")
_ROBOTS = ("klatt4", "klatt2", "klatt")
_HERTZ = {
    "": 102, "f1": 182, "f2": 197, "f3": 211, "f4": 180, "f5": 207, "m1": 94, "m2": 101, "m3": 105, "m4": 94,
    "m5": 104, "m6": 102, "m7": 107, "m8": 86, "klatt": 103, "klatt2": 103, "klatt4": 103, "whisper": 102,
}  # fmt: skip
"""Median F0 of espeak's variants at pitch 50, measured (``benchmarks/voices.py``)."""
_STEPS_AN_OCTAVE = 75.0
"""Of espeak's pitch, measured between 20 and 80."""
_MELODY_AN_OCTAVE = 320.0
"""Less melody is less height: a flat voice stays at the bottom of its range. Measured at 0 and 58."""
APART = 3.6
"""Semitones between two voices of a film that a listener is never to confuse."""


def language_code(words: str) -> str:
    """The ISO 639 code of a language by code or name ("de", "de-AT", "German"); English if unknown."""
    plain = words.strip().lower().replace("_", "-")
    first = plain.split("-")[0]
    names: dict[str, str] = data("voices")["names"]
    code = names.get(first, first)
    return code if re.fullmatch(r"[a-z]{2,3}", code) else "en"


def spoken_language(code: str) -> str:
    """espeak-ng's voice code for a language; the code itself where the table has none."""
    return str(data("voices")["languages"].get(code, code))


def narrator_voice(code: str) -> Voice:
    """The narrator: the language's plain voice, kept apart from all characters."""
    return Voice(language=spoken_language(code), variant="", pitch=45, pace=PACE)


@dataclass(frozen=True)
class _Type:
    """How such a body sounds before it is set apart from others: F0 (Hz), size, pace, melody, variants."""

    hertz: float
    size: int
    pace: int
    melody: int
    variants: tuple[str, ...]


def pitch_hertz(voice: Voice) -> float:
    """About the median F0 that espeak speaks a voice with."""
    base = _HERTZ.get(voice.variant, _HERTZ["m3"]) * 2.0 ** ((voice.melody - 58) / _MELODY_AN_OCTAVE)
    return float(base * 2.0 ** ((voice.pitch - 50) / _STEPS_AN_OCTAVE) * 100.0 / voice.size)


def semitones_apart(one: Voice, other: Voice) -> float:
    """How far apart two voices are in pitch, by ``pitch_hertz``."""
    return _semitones(pitch_hertz(one), pitch_hertz(other))


def _semitones(one: float, other: float) -> float:
    return abs(12.0 * math.log2(one / other))


def voices(looks: Sequence[BodyLook], code: str, beside: Sequence[Voice] = ()) -> list[Voice]:
    """A voice for each look: by sex, age, size and kind of being, and apart from one another.

    ``beside``: the voices that are there already. Of the voices that such a body may have the nearest to its
    type is taken that is ``APART`` semitones from all others and the narrator; where there is none, the one
    farthest from them. No two are the same.
    """
    language = spoken_language(code)
    taken = [narrator_voice(code), *beside]
    heard = []
    for look in looks:
        voice = _free(_type_of(look), language, taken)
        taken.append(voice)
        heard.append(voice)
    return heard


def _free(kind: _Type, language: str, taken: Sequence[Voice]) -> Voice:
    used = {voice.variant for voice in taken}
    options = [(cost + (v.variant in used), v, hertz) for cost, v, hertz in _options(kind, language)]
    others = [pitch_hertz(voice) for voice in taken]
    good = [(cost, v) for cost, v, hertz in options if all(_semitones(hertz, t) >= APART for t in others)]
    if good:
        return min(good, key=lambda found: found[0])[1]
    return max(options, key=lambda found: (min(_distance(found[1], t) for t in taken), -found[0]))[1]


def _distance(one: Voice, other: Voice) -> float:
    """In semitones, a difference of size or of variant counted as some."""
    size = 12.0 * abs(math.log2(one.size / other.size))
    return math.hypot(semitones_apart(one, other), size, 0.8 * (one.variant != other.variant))


@lru_cache(maxsize=64)
def _options(kind: _Type, language: str) -> tuple[tuple[float, Voice, float], ...]:
    """(how far from the type, voice, its F0): higher and lower, larger and smaller, by each variant."""
    return tuple(_all_options(kind, language))


def _all_options(kind: _Type, language: str) -> Iterator[tuple[float, Voice, float]]:
    sizes, variants = enumerate((100, 92, 109, 84, 119)), enumerate(kind.variants)
    for shift, (far, scale), (rank, variant) in itertools.product(range(-8, 9), sizes, variants):
        size = min(160, max(50, round(kind.size * scale / 100)))
        plain = Voice(variant=variant, size=size, melody=kind.melody)
        wanted = kind.hertz * 2.0 ** (shift / 12.0)
        steps = 50 + _STEPS_AN_OCTAVE * math.log2(wanted / pitch_hertz(plain))
        pitch = min(100, max(0, round(steps)))
        missed = abs(steps - pitch) / 6.0
        voice = plain.model_copy(update={"language": language, "pitch": pitch, "pace": kind.pace})
        yield abs(shift) + 0.7 * far + 0.25 * rank + missed, voice, pitch_hertz(voice)


def _type_of(look: BodyLook) -> _Type:
    person = look.being is Being.person
    man = look.presents == "man" or (look.presents == "person" and not person)
    if look.being is Being.robot:
        hertz, size = _ROBOT_STATURES.get(look.stature, (128.0, 100))
        return _Type(hertz, size, PACE - 7, 0, _ROBOTS)
    low = man and look.age is not Age.child
    hertz, size, pace = _AGES[look.age][low]
    melody = {Age.child: 74, Age.youth: 64, Age.adult: 58, Age.elder: 50}[look.age]
    if not person or look.stature in (Stature.tiny, Stature.giant):
        shift, scale, slower = _STATURES[look.stature]
        hertz, size, pace = hertz * 2.0 ** (shift / 12.0), round(size * scale), pace - slower
    if look.being is Being.ghost:
        melody, pace = 34, pace - 14
    return _Type(hertz, min(160, max(50, size)), pace, melody, _MEN if low and hertz < 190.0 else _WOMEN)


_ROBOT_STATURES: dict[Stature, tuple[float, int]] = {
    Stature.tiny: (210.0, 72),
    Stature.small: (165.0, 86),
    Stature.large: (78.0, 122),
    Stature.giant: (62.0, 140),
}
_AGES: dict[Age, tuple[tuple[float, int, int], tuple[float, int, int]]] = {
    Age.child: ((285.0, 84, 172), (285.0, 84, 172)),
    Age.youth: ((232.0, 94, 164), (150.0, 93, 164)),
    Age.adult: ((205.0, 100, PACE), (122.0, 98, PACE)),
    Age.elder: ((166.0, 104, 136), (80.0, 107, 136)),
}
"""(F0 in Hz, size, pace) of a high voice and of a low one."""
_STATURES: dict[Stature, tuple[float, float, int]] = {
    Stature.tiny: (10.0, 0.72, -8),
    Stature.small: (6.0, 0.85, -4),
    Stature.medium: (0.0, 1.0, 0),
    Stature.large: (-5.0, 1.18, 8),
    Stature.giant: (-9.0, 1.38, 16),
}
"""Semitones, factor on the size and words a minute less, of beings that are no people."""
