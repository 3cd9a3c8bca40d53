"""Which rules of the trade a film's subtitles break, counted from their text and times alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from .film import Film
from .subtitle_timing import GAP_FRAMES
from .subtitles import (
    LEAST_SECONDS,
    MOST_LINES,
    columns,
    dangles,
    line_columns,
    reading_seconds,
    screens,
    wide_signs,
)
from .timeline import Subtitle, timeline

Rule = Literal["lines", "width", "pace", "time", "gap", "orphan", "phrase", "words"]
_QUOTES = "\"'”’»)]"
_SENTENCE = frozenset(".!?…。！？।؟")


@dataclass(frozen=True)
class Breach:
    """A rule that a screen breaks, and what a person should know of it."""

    rule: Rule
    start: int
    """First frame of the screen."""
    words: str


def breaches(film: Film, shown: Sequence[Subtitle]) -> list[Breach]:
    """What breaks a rule, in order; empty where all are kept.

    ``orphan`` (a word alone) and ``phrase`` (a line that ends with an article or the like) are told where
    another break of the same text would do without; ``words`` where something said is not shown.
    """
    rate, most = film.settings.rate, line_columns(film.settings.width, film.settings.height)
    found = [breach for one in shown for breach in _of_one(one, rate.fps, most)]
    for before, after in pairwise(shown):
        if after.start - before.stop < GAP_FRAMES:
            found.append(
                Breach("gap", after.start, f"comes {after.start - before.stop} frames after another")
            )
    for screens_shown in _by_line(film, shown, found):
        for before, after in pairwise(screens_shown):
            found += _between(before, after, most)
    return sorted(found, key=lambda breach: breach.start)


def _of_one(one: Subtitle, fps: Fraction, most: int) -> list[Breach]:
    found: list[Breach] = []
    lines = one.text.split("\n")
    if len(lines) > MOST_LINES:
        found.append(Breach("lines", one.start, f"has {len(lines)} lines; two are read at ease"))
    for line in lines:
        if columns(line) > most:
            told = f"has a line of more than {most} ({wide_signs(most)} wide) signs"
            found.append(Breach("width", one.start, told))
    seconds = Fraction(one.stop - one.start) / fps
    if seconds < LEAST_SECONDS:
        found.append(Breach("time", one.start, f"stays {float(seconds):.2f} s; a second is the least"))
    if seconds < reading_seconds(one.text) and reading_seconds(one.text) > LEAST_SECONDS:
        asked = float(reading_seconds(one.text))
        found.append(
            Breach("pace", one.start, f"stays {float(seconds):.2f} s; to be read it takes {asked:.2f}")
        )
    if len(lines) == MOST_LINES and not (_is_alone(lines) and _is_alone(lines[::-1])):
        found += _line_break(one, lines, most)
    return found


def _is_alone(lines: Sequence[str]) -> bool:
    return len(lines[0].split()) == 1


def _line_break(one: Subtitle, lines: Sequence[str], most: int) -> list[Breach]:
    """What is wrong with where the two lines part, if another place would be right."""
    words = " ".join(lines).split()
    if not _breaks_at_spaces(words, most):
        return []
    at = len(lines[0].split())
    alone, hanging = _orphaned(words, at), dangles(words[at - 1].rstrip(_QUOTES))
    others = [
        n
        for n in range(1, len(words))
        if max(columns(" ".join(words[:n])), columns(" ".join(words[n:]))) <= most
    ]
    whole = [n for n in others if not _orphaned(words, n)]
    if alone and whole:
        return [Breach("orphan", one.start, "leaves one word alone on a line")]
    if hanging and any(not dangles(words[n - 1].rstrip(_QUOTES)) for n in whole):
        return [Breach("phrase", one.start, f"has a line that ends with {words[at - 1]!r}")]
    return []


def _orphaned(words: Sequence[str], at: int) -> bool:
    return len(words) > 2 and (at == 1 or len(words) - at == 1)


def _breaks_at_spaces(words: Sequence[str], most: int) -> bool:
    """False for scripts that are broken anywhere, and for words too long for a line."""
    return all(columns(word) <= most and screens(word, most) == [word] for word in words) and not any(
        "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff01" <= c <= "\uff60"
        for word in words
        for c in word
    )


def _between(before: Subtitle, after: Subtitle, most: int) -> list[Breach]:
    """What is wrong with where two screens of one line part, if a word more on the second would be right."""
    one, two = before.text.split(), after.text.split()
    if not _breaks_at_spaces([*one, *two], most) or one[-1].rstrip(_QUOTES)[-1:] in _SENTENCE or len(one) < 3:
        return []
    moved = screens(" ".join(one[:-1]), most), screens(" ".join([one[-1], *two]), most)
    if [len(part) for part in moved] != [1, 1] or dangles(one[-2].rstrip(_QUOTES)):
        return []
    if any(_of_text(part[0]) for part in moved):
        return []
    if len(two) == 1 and columns(two[0]) < most // 2:
        return [Breach("orphan", after.start, "is one word alone")]
    if dangles(one[-1].rstrip(_QUOTES)):
        return [Breach("phrase", before.start, f"ends with {one[-1]!r}")]
    return []


def _of_text(text: str) -> bool:
    """Whether a screen leaves a word alone on a line, or a line that dangles, avoidable or not."""
    lines = text.split("\n")
    words = text.split()
    if len(lines) == 1:
        return len(words) == 1
    at = len(lines[0].split())
    return _orphaned(words, at) or dangles(words[at - 1].rstrip(_QUOTES))


def _by_line(film: Film, shown: Sequence[Subtitle], found: list[Breach]) -> list[list[Subtitle]]:
    """The screens of each line; adds to ``found`` what is said and not shown."""
    said = {line.id: line.words for shot in film.shots for line in shot.lines}
    left = list(shown)
    groups: list[list[Subtitle]] = []
    for cue in sorted(timeline(film).cues, key=lambda cue: cue.start) if film.story else ():
        wanted, group, seen = "".join(said[cue.line].split()), [], ""
        while left and seen != wanted and wanted.startswith(seen + "".join(left[0].text.split())):
            group.append(left.pop(0))
            seen += "".join(group[-1].text.split())
        if seen != wanted:
            found.append(
                Breach("words", cue.start, f"does not show all that is said: {said[cue.line][:40]!r}")
            )
        groups.append(group)
    return groups
