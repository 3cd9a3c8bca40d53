"""Subtitles: the film's lines as text on screen. Pure: equal films, equal subtitles.

At most two lines of 42 columns, broken at sentences and clauses first; where a line is too long
for one screen its time is shared out in proportion to the text. The limits are those of the Netflix
Timed Text Style Guide (English template): 42 characters a line, 17 characters a second.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

from .film import Film
from .rate import Rate
from .timeline import Cue, Subtitle, timeline

MOST_COLUMNS = 42
"""Columns of a line; East Asian wide characters take two, combining marks none."""
MOST_LINES = 2
READING_PACE = 17
"""Columns a second that can be read at ease."""
_LEAST_SECONDS = Fraction(1)

_SENTENCE, _CLAUSE, _JOIN, _ANYWHERE = 0, 3, 6, 14
"""What a break costs after a sentence, after a clause, before a joining word, and anywhere else."""
_SCREEN = 10
_ORPHAN = 40
_DANGLING = 6
_ENDS = frozenset(".!?…。！？।؟")
_PAUSES = frozenset(",;:—–、，；：،")
_CLOSERS = "\"'”’»)]」』）】"
_JOINING = re.compile(
    "and|but|or|nor|so|yet|because|when|while|where|that|which|who|whose|as|if|than|though|although|until|"
    "unless|before|after|since|into|onto|from|with|without|through|under|over|between",
    re.IGNORECASE,
)
_LEANING = re.compile(
    "an?|the|of|to|in|on|at|by|for|no|this|and|or|but|my|your|his|her|its|our|their", re.IGNORECASE
)
"""English words that a line may well begin with, and those that it should not end with."""
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
_RUNS = re.compile(f"[{_UNSPACED}]|[^{_UNSPACED}]+")
"""Characters of scripts that are broken anywhere, and runs of all others."""


@dataclass(frozen=True)
class _Unit:
    """A piece of text that is never broken, and whether a space stands before it."""

    text: str
    spaced: bool
    columns: int


def subtitles(film: Film) -> list[Subtitle]:
    """What is said, as text on screen: in order, without overlap, within the film.

    A screen stays until it can be read at 17 columns a second wherever the next line leaves time.
    """
    if film.story is None:
        return []
    laid = timeline(film)
    words = {line.id: line.words for shot in film.shots for line in shot.lines}
    cues = sorted(laid.cues, key=lambda cue: cue.start)
    shown: list[Subtitle] = []
    for number, cue in enumerate(cues):
        after = cues[number + 1].start if number + 1 < len(cues) else laid.frames
        start = max(cue.start, shown[-1].stop if shown else 0)
        shown += _timed(words[cue.line], cue, start, min(max(after, start), laid.frames), laid.rate)
    return shown


def _timed(words: str, cue: Cue, start: int, limit: int, rate: Rate) -> list[Subtitle]:
    """The screens of one line, from ``start``; none ends after ``limit``."""
    texts = screens(words)
    said_until = min(cue.start + cue.frames, limit)
    if not texts or said_until <= start:
        return []
    weights = [max(1, columns(text)) for text in texts]
    marks = [start]
    for share in range(1, len(texts) + 1):
        marks.append(start + (said_until - start) * sum(weights[:share]) // sum(weights))
    reading = ceil(max(_LEAST_SECONDS, Fraction(weights[-1], READING_PACE)) * rate.fps)
    marks[-1] = min(limit, max(said_until, marks[-2] + reading))
    return [
        Subtitle(start=first, stop=stop, text=text)
        for text, (first, stop) in zip(texts, pairwise(marks), strict=True)
        if stop > first
    ]


def screens(words: str) -> list[str]:
    """The text, word for word, in screens of at most two lines of 42 columns."""
    units = _units(words)
    if not units:
        return []
    ends = _widths(units)
    cost = [0.0] + [float("inf")] * len(units)
    begins = [0] * (len(units) + 1)
    for stop in range(1, len(units) + 1):
        closing = _break_cost(units, stop)
        for start in range(stop - 1, -1, -1):
            if _span(units, ends, start, stop) > MOST_COLUMNS * MOST_LINES + 1:
                break
            if not _fits(units, ends, start, stop):
                continue
            here = cost[start] + closing + _shape(units, ends, start, stop)
            if here < cost[stop]:
                cost[stop], begins[stop] = here, start
    cuts = [len(units)]
    while cuts[-1]:
        cuts.append(begins[cuts[-1]])
    cuts.reverse()
    return [_lines(units, ends, first, stop) for first, stop in pairwise(cuts)]


def columns(text: str) -> int:
    """Columns that text takes up: wide characters two, combining and format characters none."""
    total = 0
    for c in text:
        if unicodedata.category(c) in {"Mn", "Me", "Cf"} or c == "\n":
            continue
        total += 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1
    return total


def _units(words: str) -> list[_Unit]:
    units: list[_Unit] = []
    for word in words.split():
        pieces = _pieces(word)
        units += [_Unit(piece, at == 0 and bool(units), columns(piece)) for at, piece in enumerate(pieces)]
    return units


def _pieces(word: str) -> list[str]:
    """A word as it may be broken: whole, by character in scripts without spaces, or by force."""
    pieces: list[str] = []
    for run in _RUNS.findall(word):
        held = bool(pieces) and (run in _ENDS or run in _PAUSES or run in _CLOSERS)
        if held or (pieces and pieces[-1][-1] in "「『（【“‘(["):
            pieces[-1] += run
        else:
            pieces += _forced(run)
    return pieces


def _forced(run: str) -> list[str]:
    """A run of text in pieces of at most one line."""
    pieces = [""]
    for c in run:
        if columns(pieces[-1] + c) > MOST_COLUMNS:
            pieces.append("")
        pieces[-1] += c
    return pieces


def _widths(units: list[_Unit]) -> list[int]:
    """Columns up to the end of each unit, spaces counted, with 0 before the first."""
    ends = [0]
    for unit in units:
        ends.append(ends[-1] + unit.spaced + unit.columns)
    return ends


def _span(units: list[_Unit], ends: list[int], start: int, stop: int) -> int:
    return ends[stop] - ends[start] - units[start].spaced


def _fits(units: list[_Unit], ends: list[int], start: int, stop: int) -> bool:
    """Whether the units fit on two lines: the first takes as many as it can."""
    first = bisect_right(ends, ends[start] + units[start].spaced + MOST_COLUMNS) - 1
    return first >= stop or _span(units, ends, first, stop) <= MOST_COLUMNS


def _break_cost(units: list[_Unit], at: int) -> float:
    """What it costs to break before unit ``at``."""
    if at == len(units):
        return _SENTENCE
    before = units[at - 1].text.rstrip(_CLOSERS)
    if before[-1:] in _ENDS:
        return _SENTENCE
    if before[-1:] in _PAUSES:
        return _CLAUSE
    if _JOINING.fullmatch(units[at].text):
        return _JOIN
    return _ANYWHERE + (_DANGLING if _LEANING.fullmatch(before) else 0)


def _shape(units: list[_Unit], ends: list[int], start: int, stop: int) -> float:
    """What a screen costs: each one, one word alone, and empty room."""
    alone = stop - start == 1 and len(units) > 1 and units[start].columns < MOST_COLUMNS // 2
    room = 1 - _span(units, ends, start, stop) / (MOST_COLUMNS * MOST_LINES + 1)
    return _SCREEN + 4 * room * room + (_ORPHAN if alone else 0)


def _lines(units: list[_Unit], ends: list[int], start: int, stop: int) -> str:
    """The units on one line, or on two of much the same length."""
    if _span(units, ends, start, stop) <= MOST_COLUMNS:
        return _joined(units[start:stop])

    def cost(at: int) -> float:
        above, below = _span(units, ends, start, at), _span(units, ends, at, stop)
        if max(above, below) > MOST_COLUMNS:
            return float("inf")
        orphan = (at - start == 1 or stop - at == 1) and stop - start > 2
        return _break_cost(units, at) + abs(above - below) / 2 + (_ORPHAN if orphan else 0)

    best = min(range(start + 1, stop), key=cost)
    return _joined(units[start:best]) + "\n" + _joined(units[best:stop])


def _joined(units: list[_Unit]) -> str:
    return "".join((" " if unit.spaced and at else "") + unit.text for at, unit in enumerate(units))
