"""Splitting words without losing one: paragraphs into events, speeches into breaths.

For every function here, ``joined(*parts)`` is the text again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...storyboard.fountain_marks import atoms, joined

SPEECH_WORDS = 20
"""Words of a speech that one shot holds, where its sentences allow it."""
LONGEST_SENTENCE = 40
"""Words of a sentence of action above which it is split at a clause mark."""
LONGEST_BREATH = 30
"""Words of a spoken sentence above which it is split at a clause mark."""
FRAGMENT_WORDS = 4
"""A sentence of so few words stays with the one before it."""
LEAST_WORDS = 3
"""Words that either part of a split has, where shots are split to reach a number."""
LONGEST_ATOM = 2_000
"""Characters of a word; nothing written is longer."""
_STOP = re.compile(r"(?:[.!?…؟۔।]|[。！？])[\"'”’»)\]」』]*$")
_CLAUSE = re.compile(r"[,;:—–،、，；：][\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"^(?:Mr|Mrs|Ms|Dr|St|Prof|Sr|Jr|vs|No|e\.g|i\.e|[A-Z])\.$")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def weight(parts: Sequence[str]) -> float:
    """Words; a character of a script without spaces is half of one."""
    return sum(len(p) / 2 if _WIDE.match(p) else 1 for p in parts)


def words_of(text: str) -> float:
    """Words of a text, as ``weight`` counts them."""
    return weight(atoms(text))


def sentences_of(text: str) -> list[str]:
    """The text's sentences, in order."""
    found: list[str] = []
    held: list[str] = []
    parts = atoms(text)
    for part, after in zip(parts, [*parts[1:], ""], strict=False):
        held.append(part)
        ends = _STOP.search(part) and not _ABBREVIATED.match(part) and not after[:1].islower()
        if ends or not after:
            found.append(joined(*held))
            held = []
    return found


def events_of(paragraph: str) -> list[str]:
    """A paragraph of action as the events of shots: a sentence each, fragments with their neighbour."""
    found: list[str] = []
    for sentence in sentences_of(paragraph):
        short = words_of(sentence) <= FRAGMENT_WORDS or (found and words_of(found[-1]) <= FRAGMENT_WORDS)
        if found and short and words_of(found[-1]) + words_of(sentence) <= SPEECH_WORDS:
            found[-1] = joined(found[-1], sentence)
        else:
            found += _clauses(sentence, LONGEST_SENTENCE)
    return found


def breaths_of(speech: str) -> list[str]:
    """A speech as what single shots hold of it: whole sentences, about ``SPEECH_WORDS`` words."""
    found: list[str] = []
    for sentence in sentences_of(speech):
        for piece in _clauses(sentence, LONGEST_BREATH):
            if found and words_of(found[-1]) + words_of(piece) <= SPEECH_WORDS:
                found[-1] = joined(found[-1], piece)
            else:
                found.append(piece)
    if len(found) > 1 and words_of(found[-1]) <= FRAGMENT_WORDS:
        found[-2:] = [joined(*found[-2:])]
    return found


def _clauses(sentence: str, longest: int) -> list[str]:
    parts = atoms(sentence)
    if weight(parts) <= longest:
        return [sentence]
    halves = halved(sentence)
    return [sentence] if halves is None else [piece for half in halves for piece in _clauses(half, longest)]


def halved(text: str) -> tuple[str, str] | None:
    """The text in two, at the end of a sentence where it has several, else of a clause, else between words,
    near the middle; None where a part would have less than ``LEAST_WORDS``."""
    parts = atoms(text)
    whole = weight(parts)
    best: tuple[int, float, int] | None = None
    before = 0.0
    for at in range(1, len(parts)):
        before += weight(parts[at - 1 : at])
        if before < LEAST_WORDS or whole - before < LEAST_WORDS:
            continue
        last = parts[at - 1]
        ends = bool(_STOP.search(last)) and not _ABBREVIATED.match(last)
        rank = 0 if ends else 1 if _CLAUSE.search(last) else 2
        found = (rank, abs(whole / 2 - before), at)
        best = found if best is None or found < best else best
    return None if best is None else (joined(*parts[: best[2]]), joined(*parts[best[2] :]))
