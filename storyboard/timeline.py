"""The timeline: what is seen and heard when. A pure function of the film.

A dissolve or wipe does not shorten the film: over the first ``overlap`` frames of the incoming shot,
the outgoing one goes on in its handle. A fade darkens the last ``overlap`` frames of the outgoing shot
and lightens the first of the incoming one. So the length is always the sum of the shots.
"""

from __future__ import annotations

from typing import ClassVar

from .film import Card, Film, Line, Shot
from .looks import Voice
from .rate import Rate
from .schema import Data, Grown, Id, Text
from .speaking import spoken_ms
from .vocabulary import MIXED, OVERLAPPED, Opening, Wipe

BREATH_FRAMES = 8
"""Least frames between two lines of one shot, and after the last."""


class Clip(Grown):
    """A use of a take: ``frames`` frames from frame 0 of the take of ``item``, from ``start`` on."""

    item: Id
    """Shot or card id."""
    is_card: bool = False
    start: int
    frames: int
    opens: Opening = Opening.cut
    overlap: int = 0
    wipe: Wipe = Wipe.right

    later: ClassVar[frozenset[str]] = frozenset({"wipe"})


class Cue(Data):
    """A line on the timeline, in frames."""

    line: Id
    shot: Id
    start: int
    frames: int
    measured: bool


class Timeline(Data):
    """Clips and cues in order; ``frames`` is the exact length of the film."""

    rate: Rate
    frames: int
    clips: tuple[Clip, ...]
    cues: tuple[Cue, ...]


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
    """Frames from the start of the shot to the end of its last line and a breath; 0 without lines."""
    if not shot.lines:
        return 0
    return shot.lead + sum(spoken_frames(film, line)[0] + BREATH_FRAMES for line in shot.lines)


def timeline(film: Film) -> Timeline:
    """Lay cards and shots end to end, and the lines over them."""
    clips: list[Clip] = []
    cues: list[Cue] = []
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
                Clip(item=item.id, start=at, frames=item.frames, opens=opens, overlap=overlap, wipe=wipe)
            )
            says = at + item.lead
            for line in item.lines:
                length, measured = spoken_frames(film, line)
                cues.append(Cue(line=line.id, shot=item.id, start=says, frames=length, measured=measured))
                says += length + BREATH_FRAMES
        at += item.frames
    return Timeline(rate=film.settings.rate, frames=at, clips=tuple(clips), cues=tuple(cues))


def items(film: Film) -> list[Card | Shot]:
    """Everything seen, in order: opening card, shots, end card."""
    return [i for i in (film.opening, *film.shots, film.ending) if i is not None]
