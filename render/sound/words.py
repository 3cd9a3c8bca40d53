"""Word timings of a spoken line, from the synthesiser's marks and the sound itself."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

import numpy as np

from .wav import SAMPLE_RATE, Samples

_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts written without spaces between words."""


@dataclass(frozen=True)
class Word:
    """A word as written, with its punctuation, and when it is heard (ms)."""

    text: str
    start: int
    end: int


def words_of(text: str, marks: list[tuple[int, int]], dry: Samples, length: int) -> list[Word]:
    """Each written word with its times.

    ``marks``: (character, sample) where the synthesiser began a word. What has no letters (a lone
    dash) is written with the word before. ``length``: of the finished sound, in samples.
    """
    starts = _word_starts(text, sorted(marks), len(dry))
    loud = np.flatnonzero(millisecond_peaks(dry) > 0.02)
    end_ms = length * 1000 // SAMPLE_RATE
    words: list[Word] = []
    for index, (character, sample) in enumerate(starts):
        follows = starts[index + 1] if index + 1 < len(starts) else (len(text), len(dry))
        begin = min(max(0, sample), length)
        limit = min(max(begin, follows[1]), length)
        start, latest = begin * 1000 // SAMPLE_RATE, limit * 1000 // SAMPLE_RATE
        place = int(np.searchsorted(loud, latest)) - 1
        quiet = int(loud[place]) + 1 if place >= 0 and loud[place] > start else latest
        end = min(max(quiet, start), end_ms)
        words.append(Word(text[character : follows[0]].strip(), start, end))
    return words


def millisecond_peaks(samples: Samples) -> Samples:
    """The greatest magnitude in each millisecond."""
    step = SAMPLE_RATE // 1000
    whole = np.pad(samples, (0, -len(samples) % step)).reshape(-1, step)
    peaks: Samples = np.maximum(whole.max(axis=1), -whole.min(axis=1))
    return peaks


def _word_starts(text: str, marks: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """(character where a written word begins, sample), one for each, rising in both."""
    marks = [mark for index, mark in enumerate(marks) if not index or mark[0] != marks[index - 1][0]]
    spoken = [character for character, _ in marks]
    found: list[tuple[int, int | None]] = []
    for token in re.finditer(r"\S+", text):
        low, high = (bisect.bisect_left(spoken, edge) for edge in token.span())
        if low < high and _DENSE.search(token.group()):
            found += marks[low:high]
        elif low < high:
            found.append((token.start(), marks[low][1]))
        elif found and any(c.isalnum() for c in token.group()):
            found.append((token.start(), None))
    return _between(found, len(text), length)


def _between(found: list[tuple[int, int | None]], characters: int, length: int) -> list[tuple[int, int]]:
    """Words run together by the synthesiser ("of the") share the time to the next mark by their letters."""
    whole: list[tuple[int, int]] = []
    for index, (character, sample) in enumerate(found):
        if sample is None:
            after = next(((c, s) for c, s in found[index:] if s is not None), (characters, length))
            last, begin = whole[-1]
            share = (character - last) / max(1, after[0] - last)
            sample = begin + round(share * (after[1] - begin))
        whole.append((character if whole else 0, max(sample, whole[-1][1] if whole else 0)))
    return whole
