"""The words of a film and of a script in units that can be set side by side: paragraphs' parts and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from ...storyboard.film import Film, Line, Shot
from ...storyboard.fountain import NARRATORS, cue_of
from ...storyboard.fountain_marks import joined, plain, spaced
from ...storyboard.vocabulary import LineKind
from .setups import ScriptScene, Setup

LIKE = 0.45
"""Share of words that two units have in common where one is a new version of the other."""


@dataclass(frozen=True)
class Unit:
    """A part of a paragraph of action (``cue`` None), or a line of one voice ("" is the narrator's)."""

    words: str
    cue: str | None = None
    kind: LineKind = LineKind.narration
    delivery: str = ""
    runs_on: bool = False
    """Of action: in the paragraph of the unit before it."""
    group: int = 0
    """The shot or setup that it is in: equal for units of one."""
    shot: str = ""
    line: str = ""
    """Ids of the shot and line, of a film's unit."""

    @property
    def voice(self) -> tuple[str | None, LineKind, str]:
        """What two lines have in common that are one speech."""
        return (self.cue.casefold() if self.cue else self.cue, self.kind, spaced(self.delivery).casefold())


@dataclass(frozen=True)
class Piece:
    """A paragraph or speech as it stands in a screenplay, and its units."""

    key: tuple[object, ...]
    units: tuple[Unit, ...]


def units_of_shots(film: Film, shots: Iterable[Shot]) -> list[Unit]:
    """What these shots show and say."""
    found: list[Unit] = []
    for group, shot in enumerate(shots):
        lines = [part for part in shot.event.sentence.split("\n") if part.strip()]
        for turn, words in enumerate(lines):
            found.append(Unit(words, runs_on=shot.runs_on and not turn, group=group, shot=shot.id))
        for line in shot.lines:
            if spaced(line.words):
                cue, kind = voice_of_line(film, line)
                found.append(Unit(line.words, cue, kind, line.delivery, False, group, shot.id, line.id))
    return found


def voice_of_line(film: Film, line: Line) -> tuple[str, LineKind]:
    """The cue under which a line is written, in plain words ("" for the narrator), and its kind."""
    name = film.characters[line.speaker].name or line.speaker if line.speaker else ""
    if not name or spaced(name).casefold() in NARRATORS:
        return "", LineKind.narration
    kind = LineKind.dialogue if line.kind is LineKind.dialogue else LineKind.voice_over
    return plain(cue_of(name).removeprefix("@")), kind


def units_of_setups(scene: ScriptScene) -> list[Unit]:
    """What the setups of a script's scene show and say."""
    found: list[Unit] = []
    for group, setup in enumerate(scene.setups):
        if setup.sentence:
            found.append(Unit(setup.sentence, runs_on=setup.runs_on, group=group))
        found += [Unit(s.words, s.cue, s.kind, s.delivery, False, group) for s in setup.said]
    return found


def setup_of(units: Sequence[Unit]) -> Setup:
    """The setup of a shot that holds these units: action before speech."""
    from .setups import Said

    sentence = ""
    for unit in units:
        if unit.cue is None:
            words = spaced(unit.words)
            sentence = joined(sentence, words) if unit.runs_on or not sentence else f"{sentence}\n{words}"
    said = tuple(Said(u.cue, u.kind, u.delivery, u.words) for u in units if u.cue is not None)
    return Setup(sentence, said, runs_on=bool(units) and units[0].cue is None and units[0].runs_on)


def pieces_of(units: Sequence[Unit]) -> list[Piece]:
    """Paragraphs and speeches as they are written: units that run on, and lines of one voice, are one."""
    pieces: list[list[Unit]] = []
    for unit in units:
        last = pieces[-1][-1] if pieces else None
        goes_on = last is not None and (last.cue is None) == (unit.cue is None)
        goes_on = goes_on and (
            unit.runs_on if unit.cue is None else last is not None and last.voice == unit.voice
        )
        if goes_on:
            pieces[-1].append(unit)
        else:
            pieces.append([unit])
    return [
        Piece((*units[0].voice, joined(*(spaced(u.words) for u in units))), tuple(units)) for units in pieces
    ]


def likeness(one: str, other: str) -> float:
    """How much of their words two texts have in common, 0 to 1."""
    a, b = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    if not a or not b:
        return float(a == b)
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@dataclass(frozen=True)
class Linked:
    """A unit of the new version, and the old one that it is a version of (None: it is new)."""

    unit: Unit
    old: Unit | None = None
    same: bool = False
    """Nothing of it differs."""


def linked(old: Sequence[Unit], new: Sequence[Unit]) -> list[Linked]:
    """The new units in order, each with the old one that it comes from.

    Unchanged paragraphs and speeches keep the units that the film has for them.
    """
    before, after = pieces_of(old), pieces_of(new)
    codes = SequenceMatcher(
        None, [p.key for p in before], [p.key for p in after], autojunk=False
    ).get_opcodes()
    found: list[Linked] = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            found += [Linked(u, u, True) for piece in before[i1:i2] for u in piece.units]
        else:
            gone = [u for piece in before[i1:i2] for u in piece.units]
            found += _versions(gone, [u for piece in after[j1:j2] for u in piece.units])
    return found


def _versions(old: list[Unit], new: list[Unit]) -> list[Linked]:
    """Units of what was changed: in order, each with the old one that it is most like."""
    if [u.voice for u in old] == [u.voice for u in new]:
        return [_link(u, o) for u, o in zip(new, old, strict=True)]
    found: list[Linked] = []
    start = 0
    for unit in new:
        rated = [
            (likeness(old[i].words, unit.words) - 0.02 * (i - start) - 0.2 * (old[i].voice != unit.voice), i)
            for i in range(start, min(len(old), start + 12))
            if (old[i].cue is None) == (unit.cue is None)
        ]
        score, at = max(rated, key=lambda r: (r[0], -r[1]), default=(0.0, 0))
        if score >= LIKE:
            found.append(_link(unit, old[at]))
            start = at + 1
        else:
            found.append(Linked(unit))
    return found


def _link(unit: Unit, old: Unit) -> Linked:
    same = spaced(unit.words) == spaced(old.words) and unit.voice == old.voice and unit.runs_on == old.runs_on
    return Linked(old if same else unit, old, same)


def runs_of(shots: Sequence[Shot]) -> list[tuple[str, list[Shot]]]:
    """Scene ids in the order of the shots, each with its shots."""
    return [(scene, list(group)) for scene, group in groupby(shots, key=lambda s: s.scene)]
