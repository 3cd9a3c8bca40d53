"""Subtitles: the film's lines as text on screen. Pure: equal films, equal subtitles.

At most two lines of 42 columns, broken at sentences and clauses first; where a line is too long for
one screen its time is shared out in proportion to the text. The limits are those of the Netflix Timed
Text Style Guides: 42 characters a line and 17 a second, of Chinese, Japanese and Korean 16 and 9. A frame
that is narrow holds fewer (``line_columns``), as is the custom for upright video. When
each screen comes and goes is ``subtitle_timing.py``; ``subtitle_rules.py`` finds what breaks a rule.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil

from .film import Film
from .subtitle_timing import Wanted, scheduled
from .timeline import Subtitle, timeline

MOST_COLUMNS = 42
MOST_WIDE = 16
"""Of the characters of East Asian scripts, which are wide."""
_NARROWER = ((Fraction(4, 3), MOST_COLUMNS), (Fraction(4, 5), 32), (Fraction(0), 24))
"""Columns of a line in frames of at least that width by height."""
MOST_LINES = 2
READING_PACE = 17
WIDE_PACE = 9
"""Narrow and wide characters a second that can be read at ease."""
LEAST_SECONDS = Fraction(1)
"""That a screen stays."""

_NARROW, _WIDE = 8, 21
"""Room that a character takes: a line of 336 has it for 42 narrow or 16 wide ones."""
_SENTENCE, _CLAUSE, _JOIN, _ANYWHERE = 0, 3, 6, 14
"""What a break costs after a sentence, after a clause, before a joining word, and anywhere else."""
_SCREEN = 10
_ORPHAN = 100
_DANGLING = 30
"""Of one word alone, and of a break after an article or the like: each outweighs all that costs less."""
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
_HELD = re.compile("[เ-ไເ-ໄ]*[ก-ฮກ-ຮ][\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ecd]*$")
"""Of Thai and Lao, the last syllable: a vowel that stands before its consonant, the consonant, and what
stands after, above or below. Words are not known here, so that a break falls at a syllable."""
_RUNS = re.compile(f"[{_UNSPACED}]|[^{_UNSPACED}]+")
"""Characters of scripts that are broken anywhere, and runs of all others."""


@dataclass(frozen=True)
class _Unit:
    """A piece of text that is never broken, and whether a space stands before it."""

    text: str
    spaced: bool
    room: int


@dataclass(frozen=True)
class _Units:
    """The units of a text, the room up to the end of each (spaces counted, 0 before the first), and a
    line's room."""

    units: tuple[_Unit, ...]
    ends: tuple[int, ...]
    line: int


def line_columns(width: int, height: int) -> int:
    """The most columns of a line in a frame of that shape: 42, 32 where it is about square, 24 upright."""
    return next(most for least, most in _NARROWER if Fraction(width, height) >= least)


def wide_signs(most: int) -> int:
    """How many wide characters a line of ``most`` columns holds: 16 of 42."""
    return most * _NARROW // _WIDE


def subtitles(film: Film, size: tuple[int, int] | None = None) -> list[Subtitle]:
    """What is said, as text on screen: in order, without overlap, within the film.

    Lines are as long as a frame of ``size`` (width, height; None: the film's own) holds. A screen stays
    until it can be read wherever the lines around it leave time.
    """
    if film.story is None:
        return []
    laid = timeline(film)
    most = line_columns(*(size or (film.settings.width, film.settings.height)))
    words = {line.id: line.words for shot in film.shots for line in shot.lines}
    wanted: list[Wanted] = []
    for cue in sorted(laid.cues, key=lambda cue: cue.start):
        texts = screens(words[cue.line], most)
        weights = [max(_NARROW, _room(text)) for text in texts]
        whole = sum(weights)
        marks = [cue.start + cue.frames * sum(weights[:n]) // whole for n in range(len(texts) + 1) if whole]
        for text, (start, stop) in zip(texts, pairwise(marks), strict=True):
            wanted.append(Wanted(text, start, stop, ceil(reading_seconds(text) * laid.rate.fps)))
    return scheduled(wanted, laid.frames, laid.rate)


def reading_seconds(text: str) -> Fraction:
    """How long a text has to stay, to be read at ease: at least a second."""
    wide = sum(map(_is_wide, text))
    narrow = (_room(text) - wide * _WIDE) // _NARROW
    return max(LEAST_SECONDS, Fraction(narrow, READING_PACE) + Fraction(wide, WIDE_PACE))


def screens(words: str, most: int = MOST_COLUMNS) -> list[str]:
    """The text, word for word, in screens of at most two lines of ``most`` columns."""
    line = most * _NARROW
    units = _units(words, line)
    if not units:
        return []
    text = _Units(tuple(units), tuple(_widths(units)), line)
    cost = [0.0] + [float("inf")] * len(units)
    begins = [0] * (len(units) + 1)
    for stop in range(1, len(units) + 1):
        closing = _break_cost(text, stop)
        for start in range(stop - 1, -1, -1):
            if _span(text, start, stop) > line * MOST_LINES + _NARROW:
                break
            if not _fits(text, start, stop):
                continue
            here = cost[start] + closing + _shape(text, start, stop)
            if here < cost[stop]:
                cost[stop], begins[stop] = here, start
    cuts = [len(units)]
    while cuts[-1]:
        cuts.append(begins[cuts[-1]])
    cuts.reverse()
    return [_lines(text, first, stop) for first, stop in pairwise(cuts)]


def columns(text: str) -> Fraction:
    """Columns that text takes up: 16 wide characters as many as 42 narrow ones, unseen ones none."""
    return Fraction(_room(text), _NARROW)


def _room(text: str) -> int:
    return sum(_room_of(c) for c in text)


@cache
def _room_of(char: str) -> int:
    if char == "\n" or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return _WIDE if _is_wide(char) else _NARROW


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"} and unicodedata.category(char) not in {"Mn", "Me"}


def _units(words: str, line: int) -> list[_Unit]:
    units: list[_Unit] = []
    for word in words.split():
        pieces = _pieces(word, line)
        units += [_Unit(piece, at == 0 and bool(units), _room(piece)) for at, piece in enumerate(pieces)]
    return units


def _pieces(word: str, line: int) -> list[str]:
    """A word as it may be broken: whole, by character in scripts without spaces, or by force."""
    pieces: list[str] = []
    for run in _RUNS.findall(word):
        held = bool(pieces) and (run in _ENDS or run in _PAUSES or run in _CLOSERS)
        held = held or bool(pieces and pieces[-1][-1] in "「『（【“‘([")
        if held and _room(pieces[-1] + run) <= line:
            pieces[-1] += run
        else:
            pieces += _forced(run, line)
    return pieces


def _forced(run: str, line: int) -> list[str]:
    """A run of text in pieces of at most one line."""
    pieces = [""]
    for c in run:
        if _room(pieces[-1] + c) > line:
            held = _HELD.search(pieces[-1] + c)
            at = held.start() if held is not None and held.start() else len(pieces[-1])
            pieces, rest = [*pieces[:-1], pieces[-1][:at]], pieces[-1][at:]
            pieces.append(rest)
        pieces[-1] += c
    return pieces


def _widths(units: list[_Unit]) -> list[int]:
    """Room up to the end of each unit, spaces counted, with 0 before the first."""
    ends = [0]
    for unit in units:
        ends.append(ends[-1] + unit.spaced * _NARROW + unit.room)
    return ends


def _span(text: _Units, start: int, stop: int) -> int:
    return text.ends[stop] - text.ends[start] - text.units[start].spaced * _NARROW


def _fits(text: _Units, start: int, stop: int) -> bool:
    """Whether the units fit on two lines: the first takes as many as it can."""
    first = bisect_right(text.ends, text.ends[start] + text.units[start].spaced * _NARROW + text.line) - 1
    return first >= stop or _span(text, first, stop) <= text.line


def _break_cost(text: _Units, at: int) -> float:
    """What it costs to break before unit ``at``."""
    if at == len(text.units):
        return _SENTENCE
    before = text.units[at - 1].text.rstrip(_CLOSERS)
    if before[-1:] in _ENDS:
        return _SENTENCE
    if before[-1:] in _PAUSES:
        return _CLAUSE
    dangling = _DANGLING if dangles(before) else 0
    return (_JOIN if _JOINING.fullmatch(text.units[at].text) else _ANYWHERE) + dangling


def dangles(word: str) -> bool:
    """Whether a line should not end with the word: it belongs to what follows."""
    return _LEANING.fullmatch(word) is not None


def _shape(text: _Units, start: int, stop: int) -> float:
    """What a screen costs: each one, empty room, a word alone on it or on a line, a line that dangles."""
    span = _span(text, start, stop)
    room = 1 - span / (text.line * MOST_LINES + _NARROW)
    cost = _SCREEN + 4 * room * room
    if stop - start == 1:
        return cost + (_ORPHAN if len(text.units) > 1 and span < text.line // 2 else 0)
    if span <= text.line:
        return cost
    at = _best(text, start, stop)
    if _is_orphan(start, at, stop):
        cost += _ORPHAN
    return cost + (_DANGLING if dangles(text.units[at - 1].text.rstrip(_CLOSERS)) else 0)


def _is_orphan(start: int, at: int, stop: int) -> bool:
    """Whether a break leaves one word alone on a line, of more than two."""
    return (at - start == 1 or stop - at == 1) and stop - start > 2


def _best(text: _Units, start: int, stop: int) -> int:
    """Where to break units that fit on two lines: at a phrase, near the middle, no word alone."""
    last = bisect_right(text.ends, text.ends[start] + text.units[start].spaced * _NARROW + text.line) - 1
    best, least = last, float("inf")
    for at in range(start + 1, min(last, stop - 1) + 1):
        above, below = _span(text, start, at), _span(text, at, stop)
        if below > text.line:
            continue
        cost = _break_cost(text, at) + abs(above - below) / (2 * _NARROW)
        cost += _ORPHAN if _is_orphan(start, at, stop) else 0
        if cost < least:
            best, least = at, cost
    return best


def _lines(text: _Units, start: int, stop: int) -> str:
    """The units on one line, or on two of much the same length."""
    if _span(text, start, stop) <= text.line:
        return _joined(text.units[start:stop])
    best = _best(text, start, stop)
    return _joined(text.units[start:best]) + "\n" + _joined(text.units[best:stop])


def _joined(units: Sequence[_Unit]) -> str:
    return "".join((" " if unit.spaced and at else "") + unit.text for at, unit in enumerate(units))
