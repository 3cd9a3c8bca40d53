"""Who and what a text speaks of: names, by how they are written, and the words that are said most."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..outline.bank import bank

MOST_NAMES = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_KATAKANA = re.compile(r"[\u30a1-\u30fa][\u30a1-\u30fcー・]+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{2,}")
_OPENERS = "\"“”„«»‘'’—–-([¿¡ "
WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "telling.json").read_text(encoding="utf-8"))
"""Words by what they do in a telling, of several languages together where no other language is harmed."""
_NO_NAMES, _TITLES = frozenset(WORDS["no_names"]), frozenset(WORDS["titles"])
_ARTICLES = frozenset(WORDS["articles"])
"""German writes all nouns large: a name is what seldom follows one of these."""


@dataclass(frozen=True)
class Names:
    """``main``: names that matter, the most named first, each one word in small letters; ``shown``: as the
    text calls them; ``weights``: of every term."""

    main: tuple[str, ...]
    shown: dict[str, str]
    weights: dict[str, float]

    @property
    def main_set(self) -> frozenset[str]:
        """``main``, for sums."""
        return frozenset(self.main)

    def within(self, sentence: str) -> frozenset[str]:
        """Names that matter in a sentence."""
        found = {
            w.lower().removesuffix("'s").removesuffix("’s")
            for w in _WORD.findall(sentence)
            if w[:1].isupper()
        }
        return frozenset((found | set(_KATAKANA.findall(sentence))) & self.main_set)


def terms_of(sentence: str, language: str) -> frozenset[str]:
    """The words of a sentence that say something; pairs of characters where no spaces part words."""
    empty = _empty_words(language)
    words = {w.lower() for w in _WORD.findall(sentence) if not _DENSE.search(w)}
    pairs = {run[i : i + 2] for run in _DENSE.findall(sentence) for i in range(len(run) - 1)}
    return frozenset(w for w in words if len(w) > 2 and w not in empty) | pairs


def find_names(said: Sequence[str], language: str) -> Names:
    """The names of a text given in sentences, and how much each term weighs."""
    large, small, after, runs = _counted(said, language)
    counts = Counter({w: n for w, n in large.items() if n >= 2 * small[w] and after[w] * 3 <= n})
    for sentence in said:
        counts.update(_KATAKANA.findall(sentence))
    least = max(2, max(counts.values(), default=0) // 12) if len(said) > 12 else 1
    main = tuple(w for w, n in counts.most_common(MOST_NAMES * 2) if n >= least)
    real = Counter(
        {run: n for run, n in runs.items() if all(large[w.lower()] or w.lower() in _TITLES for w in run)}
    )
    shown = {w: _shown(w, real) for w in main}
    main = _merged(main, shown)
    terms: Counter[str] = Counter()
    for sentence in said:
        terms.update(terms_of(sentence, language))
    weights = {t: math.log1p(n) for t, n in terms.items() if n > 1}
    return Names(main, {w: shown[w] for w in main}, weights)


def _counted(
    said: Sequence[str], language: str
) -> tuple[Counter[str], Counter[str], Counter[str], Counter[tuple[str, ...]]]:
    """How often words stand with a capital within a sentence, how often without, how often after an article,
    and runs of words with a capital."""
    large: Counter[str] = Counter()
    small: Counter[str] = Counter()
    after: Counter[str] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    for sentence in said:
        run: list[str] = []
        before, end = "", -1
        for match in _WORD.finditer(sentence):
            word = re.sub(r"['’]s$", "", match[0])
            opens = (
                sentence[: match.start()].strip(_OPENERS) == ""
                or sentence[match.start() - 1] in _OPENERS[:-1]
            )
            low = word.lower()
            if not word[:1].isupper():
                small[low] += 1
            elif low not in _NO_NAMES and len(word) > 1 and not opens:
                large[low] += 1
                after[low] += language == "de" and before in _ARTICLES
            goes_on = word[:1].isupper() and sentence[end : match.start()] == " " and bool(run)
            if run and not goes_on:
                runs[tuple(run)] += 1
                run = []
            if word[:1].isupper() and low not in _NO_NAMES - {
                "mr",
                "mrs",
                "miss",
                "dr",
                "lord",
                "lady",
                "sir",
            }:
                run.append(word)
            before, end = low, match.end()
        if run:
            runs[tuple(run)] += 1
    return large, small, after, runs


def _shown(word: str, runs: Counter[tuple[str, ...]]) -> str:
    """How the text calls a name most: alone, or with those before and after it."""
    found: Counter[str] = Counter()
    for run, n in runs.items():
        if len(run) <= 3 and word in (w.lower() for w in run):
            found[" ".join(run)] += n
    if not found:
        return word if _KATAKANA.fullmatch(word) else word.capitalize()
    best, most = found.most_common(1)[0]
    longer = [name for name, n in found.items() if len(name) > len(best) and n * 3 >= most]
    return max(longer, key=lambda name: (found[name], name), default=best)


def _merged(main: tuple[str, ...], shown: dict[str, str]) -> tuple[str, ...]:
    """Words of one name count once, by the commonest of them."""
    kept: dict[str, str] = {}
    for word in main:
        if shown[word] not in kept.values():
            kept[word] = shown[word]
    return tuple(kept)[:MOST_NAMES]


@cache
def _empty_words(language: str) -> frozenset[str]:
    return frozenset(bank("tongues").get(language, "").split()) | frozenset(WORDS["empty"].get(language, ()))
