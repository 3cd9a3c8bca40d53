"""The timeline: what is seen and heard when. A pure function of the film.

A dissolve or wipe does not shorten the film: over the first ``overlap`` frames of the incoming shot,
the outgoing one goes on in its handle. A fade darkens the last ``overlap`` frames of the outgoing shot
and lightens the first of the incoming one. So the length is always the sum of the shots.

A line is heard over its own shot, unless its sound leads or trails the picture (``Shot.sound_early`` and
``sound_late``): that moves the line and nothing else. Where both sides of a cut ask for it, the sound that
leads has it. Two lines are never heard at once, and at least half of each over its own picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar

from .credits import credits_card
from .film import Card, Film, Line, Shot
from .looks import Voice
from .lower_third import Third, thirds
from .rate import Rate
from .schema import Data, Grown, Id, Text
from .speaking import spoken_ms
from .vocabulary import MIXED, OVERLAPPED, Opening, Wipe

BREATH_FRAMES = 8
"""Least frames between two lines of one shot, and after the last."""


class Clip(Grown):
    """A use of a take: ``frames`` frames from frame ``source`` of the take of ``item``, from ``start`` on."""

    item: Id
    """Shot or card id."""
    is_card: bool = False
    start: int
    frames: int
    opens: Opening = Opening.cut
    overlap: int = 0
    wipe: Wipe = Wipe.right
    source: int = 0

    later: ClassVar[frozenset[str]] = frozenset({"wipe", "source"})


class Cue(Data):
    """A line on the timeline, in frames."""

    line: Id
    shot: Id
    start: int
    frames: int
    measured: bool


class Timeline(Grown):
    """Clips and cues in order; ``frames`` is the exact length of the film."""

    rate: Rate
    frames: int
    clips: tuple[Clip, ...]
    cues: tuple[Cue, ...]
    thirds: tuple[Third, ...] = ()
    """Names over the picture."""

    later: ClassVar[frozenset[str]] = frozenset({"thirds"})


class Subtitle(Data):
    """Text on screen, in frames."""

    start: int
    stop: int
    text: Text


def estimated_ms(line: Line, language: str = "en", pace: int = 155) -> int:
    """Milliseconds that a line takes to say, before it is measured. See ``speaking.py``."""
    return spoken_ms(line.words, language, pace)


def spoken_frames(film: Film, line: Line) -> tuple[int, bool]:
    """Length of a line in frames, rounded up, and whether it was measured."""
    measured = film.decisions.spoken.get(line.id)
    pace = voice_of(film, line).pace
    ms = (
        estimated_ms(line, film.story.language if film.story else "en", pace)
        if measured is None
        else measured
    )
    exact = film.settings.rate.fps * ms
    return max(1, -(-exact.numerator // (exact.denominator * 1000))), measured is not None


def voice_of(film: Film, line: Line) -> Voice:
    """The voice that says a line."""
    assert film.story is not None
    return film.characters[line.speaker].voice if line.speaker else film.story.narrator


def heard_frames(film: Film, shot: Shot) -> int:
    """Frames that the shot must have for its lines and a breath after the last, less what is heard under the
    shot before and the shot that follows; 0 without lines. ``shot`` is one of ``film``."""
    return heard_in(film)[shot.id].needs


@dataclass(frozen=True)
class Heard:
    """The lines of one shot where they are heard, and the frames that it ``needs`` for them."""

    start: int
    """Of the shot, in the film."""
    cues: tuple[Cue, ...]
    needs: int
    beside: tuple[Cue, ...] = ()
    """Lines of the shots beside it that are heard under its picture, since they lead or trail their own."""


_LAST: list[tuple[Film, dict[str, Heard]]] = []
"""The film that was laid out last, and what is heard in it."""


def heard_in(film: Film) -> Mapping[str, Heard]:
    """What is heard of each shot, by its id. A film that was asked for last is not laid out again."""
    for known, found in _LAST:
        if known is film:
            return found
    found = _heard(film)
    _LAST[:] = [(film, found)]
    return found


def _heard(film: Film) -> dict[str, Heard]:
    found: dict[str, Heard] = {}
    order = items(film)
    at, free = 0, 0
    for number, item in enumerate(order):
        if isinstance(item, Shot):
            before = order[number - 1] if number else None
            after = order[number + 1] if number + 1 < len(order) else None
            found[item.id] = _heard_of(film, item, before, after, at, free)
            if item.lines:
                last = found[item.id].cues[-1]
                free = last.start + last.frames + BREATH_FRAMES
        at += item.frames
    for one, other in pairwise(order):
        if isinstance(one, Shot) and isinstance(other, Shot):
            _share(found, one, other)
    return found


def _share(found: dict[str, Heard], one: Shot, other: Shot) -> None:
    """Tell two shots that follow each other what is heard of the one under the other."""
    first, second = found[one.id], found[other.id]
    if leads_its_picture(other, one):
        early = tuple(cue for cue in second.cues if cue.start < second.start)
        found[one.id] = replace(first, beside=(*first.beside, *early))
    elif trails_its_picture(one, other):
        late = tuple(cue for cue in first.cues if cue.start + cue.frames > second.start)
        found[other.id] = replace(second, beside=(*second.beside, *late))


def _heard_of(
    film: Film, shot: Shot, before: Card | Shot | None, after: Card | Shot | None, at: int, free: int
) -> Heard:
    """The lines of a shot that begins ``at`` a frame, where nothing is said from frame ``free`` on."""
    says = at + shot.lead
    lengths = [spoken_frames(film, line) for line in shot.lines]
    leads = leads_its_picture(shot, before)
    if leads and isinstance(before, Shot):
        earliest = at - min(shot.sound_early, before.frames, lengths[0][0] // 2)
        says = min(says, max(earliest, free))
    cues: list[Cue] = []
    for line, (length, measured) in zip(shot.lines, lengths, strict=True):
        cues.append(Cue(line=line.id, shot=shot.id, start=says, frames=length, measured=measured))
        says += length + BREATH_FRAMES
    needs = says - at if cues else 0
    if (late := _late(shot, after, lengths)) > 0:
        last = cues[-1]
        needs = last.start + last.frames - at - late
        wanted = at + shot.frames + late - last.frames
        if wanted > last.start and not (leads and len(cues) == 1):
            cues[-1] = last.model_copy(update={"start": wanted})
    return Heard(at, tuple(cues), needs)


def leads_its_picture(shot: Shot, before: Card | Shot | None) -> bool:
    """Whether a shot's sound is to be heard under the one before it."""
    return bool(shot.sound_early and shot.lines and isinstance(before, Shot))


def trails_its_picture(shot: Shot, after: Card | Shot | None) -> bool:
    """Whether a shot's sound is to be heard under the one after it, which does not lead its own."""
    given = bool(shot.sound_late and shot.lines and isinstance(after, Shot))
    return given and not (isinstance(after, Shot) and leads_its_picture(after, shot))


def _late(shot: Shot, after: Card | Shot | None, lengths: Sequence[tuple[int, bool]]) -> int:
    """Frames that the last line of a shot may be heard under the one after it."""
    if not isinstance(after, Shot) or not trails_its_picture(shot, after):
        return 0
    room = (after.lead if after.lines else after.frames) - BREATH_FRAMES
    return max(0, min(shot.sound_late, room, lengths[-1][0] // 2))


def heard_part(words: str, frames: int, start: int, stop: int) -> str:
    """The words that are heard from frame ``start`` to ``stop`` of a line of so many frames; one at least."""
    said = words.split()
    whole = sum(len(word) + 1 for word in said)
    at, kept = 0, []
    for word in said:
        middle = (2 * at + len(word) + 1) * frames
        at += len(word) + 1
        if 2 * start * whole <= middle <= 2 * stop * whole:
            kept.append(word)
    return " ".join(kept or said[:1])


def timeline(film: Film) -> Timeline:
    """Lay cards and shots end to end, and the lines over them."""
    clips: list[Clip] = []
    cues: list[Cue] = []
    heard = heard_in(film)
    at = 0
    for item in items(film):
        if isinstance(item, Card):
            clips.append(Clip(item=item.id, is_card=True, start=at, frames=item.frames))
        else:
            first = not clips
            opens = Opening.cut if first and item.opens in (*MIXED, Opening.continue_) else item.opens
            overlap = min(item.overlap, item.frames, clips[-1].frames if clips else item.frames)
            overlap = overlap if opens in OVERLAPPED else 0
            wipe = item.wipe if opens is Opening.wipe else Wipe.right
            clips.append(
                Clip(
                    item=item.id,
                    start=at,
                    frames=item.frames,
                    opens=opens,
                    overlap=overlap,
                    wipe=wipe,
                    source=item.head,
                )
            )
            cues += heard[item.id].cues
        at += item.frames
    names = thirds(film, tuple(clips))
    return Timeline(rate=film.settings.rate, frames=at, clips=tuple(clips), cues=tuple(cues), thirds=names)


def items(film: Film) -> list[Card | Shot]:
    """Everything seen, in order: opening card, shots, end card, end credits."""
    return [i for i in (film.opening, *film.shots, film.ending, credits_card(film)) if i is not None]


def untrimmed(film: Film) -> Film:
    """The film with every shot from the first frame of its take on, as pictures are planned for: what is
    trimmed at a shot's start is filmed all the same, and nothing anew. The very same film where none is."""
    if not any(shot.head for shot in film.shots):
        return film
    return film.model_copy(update={"shots": tuple(map(_untrimmed, film.shots))})


def _untrimmed(shot: Shot) -> Shot:
    whole = {"frames": shot.head + shot.frames, "lead": shot.lead + shot.head if shot.lines else shot.lead}
    return shot.model_copy(update={"head": 0, **whole}) if shot.head else shot
