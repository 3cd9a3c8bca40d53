"""Condensing: a long text becomes as many of its own sentences, in their order, as can be said in a film.

No word is added or changed. Chosen are the beginning, the end, from every stretch between them what says most
of what the text speaks of, the turns of the story, and at least one sentence for everybody who matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..outline.own_lines import LONGEST_LINE, sentences, spoken_seconds
from .naming import WORDS, Names, find_names, terms_of

BREATH_SECONDS = 0.34
"""Between two lines."""
_STRETCH_SECONDS = 11.0
"""Of the film for each stretch of the text from which something is kept."""
_WORTH = 0.2
"""What a sentence is worth at least to fill room."""
_SHORT, _LONG = 4, 30
"""Words of a sentence that is told well alone."""
_TURNS = re.compile(rf"\b(?:{'|'.join(WORDS['turns'])})\b|{'|'.join(WORDS['dense_turns'])}", re.I)
_CHAPTER = re.compile(rf"(?:{'|'.join(WORDS['chapters'])})\b.{{0,60}}", re.I)
_LEANS = re.compile(rf"[\"“„«'‘—–-]*\s*(?:{'|'.join(WORDS['leaning'])})\b", re.I)
"""Begins with a word that means what the sentence before said."""


@dataclass(frozen=True)
class Condensed:
    """``text`` in paragraphs; ``kept_share`` of the words, 0 to 1; ``names`` that matter."""

    text: str
    kept_share: float
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    """A sentence: its place, paragraph, what it costs to say (seconds or characters), its terms and names."""

    at: int
    paragraph: int
    text: str
    cost: float
    terms: frozenset[str]
    names: frozenset[str]
    worth: float


def told_seconds(text: str, language: str) -> float:
    """How long a text takes a narrator, with breaths."""
    return sum(_seconds(sentence, language) for sentence in sentences(text))


def condense(text: str, seconds: float, language: str) -> Condensed:
    """The text as a narrator can tell it in so many seconds; a text that fits comes back whole.

    At least one sentence is kept, however short the time.
    """
    return _condensed(text, seconds, language, lambda sentence: _seconds(sentence, language))


def condense_to(text: str, characters: int, language: str) -> Condensed:
    """The text in at most so many characters, for a reader that takes no more."""
    return _condensed(text, characters, language, lambda sentence: len(sentence) + 2)


def chunks(text: str, most: int) -> tuple[str, ...]:
    """The whole text in pieces of at most ``most`` characters, parted between paragraphs, else sentences.

    A single sentence that is longer is a piece of its own.
    """
    pieces: list[str] = []
    held = ""
    for paragraph in text.split("\n\n"):
        parts = [paragraph] if len(paragraph) <= most else sentences(paragraph)
        for n, part in enumerate(parts):
            gap = " " if n else "\n\n"
            if held and len(held) + len(gap) + len(part) > most:
                pieces.append(held)
                held = ""
            held = f"{held}{gap}{part}" if held else part
    return tuple([*pieces, held] if held else pieces)


def _seconds(sentence: str, language: str) -> float:
    lines = 1 + len(sentence.split()) // LONGEST_LINE
    return spoken_seconds(sentence, language) + BREATH_SECONDS * lines


def _condensed(text: str, room: float, language: str, cost_of: Callable[[str], float]) -> Condensed:
    told = [
        (n, s) for n, paragraph in enumerate(text.split("\n\n")) for s in sentences(paragraph) if _tells(s)
    ]
    names = find_names([s for _, s in told], language)
    costs = [cost_of(s) for _, s in told]
    matter = tuple(names.shown[name] for name in names.main)
    if not told or sum(costs) <= room:
        return Condensed(text, 1.0, matter)
    said = [
        _Said(at, n, s, cost, terms_of(s, language), names.within(s), 0.0)
        for at, ((n, s), cost) in enumerate(zip(told, costs, strict=True))
    ]
    chosen = _chosen(_judged(said, names), room, names)
    words = sum(len(s.split()) or 1 for _, s in told)
    kept = sum(len(s.text.split()) or 1 for s in chosen)
    return Condensed(_laid_out(chosen), kept / words, matter)


def _tells(sentence: str) -> bool:
    """Whether it tells something: no number of a chapter, no row of stars, no heading in capitals."""
    letters = [c for c in sentence if c.isalpha()]
    shouted = len(sentence) < 80 and sentence.isupper()
    return bool(letters) and not shouted and _CHAPTER.fullmatch(sentence) is None


def _judged(said: Sequence[_Said], names: Names) -> list[_Said]:
    """Each sentence with what it is worth alone."""
    met: set[str] = set()
    before = -1
    judged = []
    for s in said:
        words = len(s.text.split()) if " " in s.text else max(1, len(s.text) // 3)
        worth = sum(names.weights.get(t, 0.0) for t in s.terms) / (len(s.terms) + 4)
        worth += 0.8 * min(2, len(s.names & names.main_set))
        worth += 1.2 if (s.names & names.main_set) - met else 0.0
        worth += 0.7 if _TURNS.search(s.text) else 0.0
        worth += 0.3 if s.paragraph != before else 0.0
        worth -= 0.8 if words < _SHORT else 0.06 * max(0, words - _LONG)
        worth -= 1.3 if _LEANS.match(s.text) else 0.0
        worth -= 0.5 if s.text.endswith(("?", "？")) else 0.0
        met |= s.names
        before = s.paragraph
        judged.append(_Said(s.at, s.paragraph, s.text, s.cost, s.terms, s.names, worth))
    return judged


def _chosen(said: list[_Said], room: float, names: Names) -> list[_Said]:
    """Which are kept: within ``room``, in order, and never none."""
    cast = _Cast(room, names)
    few = max(1, len(said) // 50)
    for end in (said[:few], said[-few:]):
        cast.take_best(end, cast.room / 3)
    for (
        name
    ) in names.main:  # everybody who matters, by who they are most: where they come in, or what they do
        if not any(name in s.names for s in cast.kept.values()):
            cast.take_best([s for s in said if name in s.names], room / (len(names.main) + 2))
    stretches = max(1, min(60, round(room / _STRETCH_SECONDS)))
    whole, reach = sum(s.cost for s in said), 0.0
    parts: list[list[_Said]] = [[] for _ in range(stretches)]
    for s in said:
        parts[min(stretches - 1, int(reach / whole * stretches))].append(s)
        reach += s.cost
    while True:
        before = len(cast.kept)
        for part in sorted(parts, key=lambda part: sum(s.cost for s in part if s.at in cast.kept)):
            cast.take_best(part, room, worth=_WORTH)
        if len(cast.kept) == before:
            break
    if not cast.kept:
        return [min(said, key=lambda s: s.cost)]
    return [cast.kept[at] for at in sorted(cast.kept)]


class _Cast:
    """What is kept so far. A term that was told already is worth less the next time."""

    def __init__(self, room: float, names: Names) -> None:
        self.room = room
        self.kept: dict[int, _Said] = {}
        self._told: dict[str, int] = {}
        self._names = names

    def take_best(self, among: Sequence[_Said], most: float, worth: float = -10.0) -> None:
        """Keep the one that is worth most, and so much at least, of those that fit into ``most``."""
        room = min(most, self.room)
        fit = [s for s in among if s.cost <= room and s.at not in self.kept and self._worth(s) >= worth]
        if not fit:
            return
        best = max(fit, key=lambda s: (self._worth(s), -s.at))
        self.kept[best.at] = best
        self.room -= best.cost
        for term in best.terms:
            self._told[term] = self._told.get(term, 0) + 1

    def _worth(self, s: _Said) -> float:
        again = sum(self._names.weights.get(t, 0.0) for t in s.terms if t in self._told) / (len(s.terms) + 4)
        follows = 0.8 if s.at - 1 in self.kept else 0.0
        return s.worth - 0.6 * again + follows


def _laid_out(chosen: Sequence[_Said]) -> str:
    paragraphs: dict[int, list[str]] = {}
    for s in chosen:
        paragraphs.setdefault(s.paragraph, []).append(s.text)
    return "\n\n".join(" ".join(each) for each in paragraphs.values())
