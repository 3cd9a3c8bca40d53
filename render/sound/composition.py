"""Writing the notes of a score, from its cues and its seed. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ...storyboard.vocabulary import Beat, Mood
from ..requests import Score, ScoreCue
from .arrangement import Arranger
from .harmony import LEVEL, PALETTES, Tone, theme_of
from .notation import Note, Section
from .wav import SAMPLE_RATE

_ENDING_S = 4.0
_PHRASE_BARS = 4


@dataclass(frozen=True)
class Composition:
    """A whole score before it is played."""

    samples: int
    tonic: int
    theme: tuple[Tone, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    """In order of their start."""
    dynamics: tuple[tuple[int, float], ...]
    """Strength of the whole at samples; straight lines between."""


def compose(score: Score) -> Composition:
    """Write the notes of a score. Pure: the same request gives the same notes."""
    samples = score.milliseconds * SAMPLE_RATE // 1000
    pick = random.Random(f"score {score.seed}")
    tonic = 48 + pick.choice((0, 2, 3, 5, 7, 8, 10))
    theme = theme_of(score.seed)
    ending = _ending(score, samples)
    sections = _sections(score.cues, ending)
    arranger = Arranger(tonic, theme)
    for section in sections:
        progression = pick.choice(PALETTES[section.mood].progressions)
        arranger.play(section, _bars(section), progression)
    arranger.close(_last_mood(score), ending, samples)
    notes = arranger.notes
    notes.sort(key=lambda n: (n.start, n.instrument, n.midi, n.pan))
    return Composition(samples, tonic, theme, sections, tuple(notes), _dynamics(sections, samples))


def _ending(score: Score, samples: int) -> int:
    """The sample at which the final chord falls: where it is asked for, else four seconds before the end."""
    latest = samples - min(round(_ENDING_S * SAMPLE_RATE), samples * 2 // 5)
    asked = score.ending * SAMPLE_RATE // 1000
    return asked if 0 < asked < samples else latest


def _sections(cues: tuple[ScoreCue, ...], ending: int) -> tuple[Section, ...]:
    """The cues as stretches up to the final chord; the first begins with the film.

    A cue in the last seconds begins a stretch of its own only if there is room for a beat of it.
    """
    ordered = sorted(cues, key=lambda cue: cue.at) or [ScoreCue(at=0, mood=Mood.calm, beat=Beat.setup)]
    starts = [0, *(cue.at * SAMPLE_RATE // 1000 for cue in ordered[1:])]
    found: list[Section] = []
    for index, cue in enumerate(ordered):
        start = min(starts[index], ending)
        stop = min(starts[index + 1], ending) if index + 1 < len(starts) else ending
        beat_samples = SAMPLE_RATE * 60 / PALETTES[cue.mood].tempo
        beats = round((stop - start) / beat_samples)
        if stop > start and (beats or not found):
            found.append(Section(start, stop, cue.mood, cue.beat, max(1, beats)))
        elif found and stop > start:
            last = found.pop()
            found.append(Section(last.start, stop, last.mood, last.beat, last.beats))
    return tuple(found) or (Section(0, max(1, ending), ordered[0].mood, ordered[0].beat, 1),)


def _last_mood(score: Score) -> Mood:
    """The mood that the film ends in, even if its cue comes too late for a bar of its own."""
    within = [cue for cue in score.cues if cue.at < score.milliseconds] or list(score.cues)
    return max(within, key=lambda cue: cue.at).mood if within else Mood.calm


def _bars(section: Section) -> list[tuple[int, int]]:
    """(first beat, beats) of each bar: fours, a short rest joined to the last."""
    count = max(1, round(section.beats / 4))
    firsts = [4 * bar for bar in range(count)]
    return [(first, [*firsts, section.beats][bar + 1] - first) for bar, first in enumerate(firsts)]


def _dynamics(sections: tuple[Section, ...], samples: int) -> tuple[tuple[int, float], ...]:
    """Strength over time: a level for each beat of the arc, phrases, a swell that crests in the climax."""
    points: list[tuple[int, float]] = []
    for section in sections:
        level, length = LEVEL[section.beat], section.stop - section.start
        if section.beat is Beat.climax:
            lead_in = min(5 * SAMPLE_RATE, section.start)
            points = [p for p in points if p[0] < section.start - lead_in]
            before = points[-1][1] if points else level * 0.7
            points += [(section.start - lead_in, before), (section.start, level)]
            points += [(section.start + length * 3 // 5, level * 1.12), (section.stop, level)]
        else:
            points += [(section.start + min(SAMPLE_RATE, length // 3), level), *_phrases(section, level)]
            points.append((section.stop, level))
    return ((0, points[0][1]), *points, (samples, points[-1][1] * 0.95))


def _phrases(section: Section, level: float) -> list[tuple[int, float]]:
    """A little more towards the third bar of each four, a little less at their end."""
    beats = _PHRASE_BARS * 4
    found = []
    for first in range(0, section.beats - beats + 1, beats):
        found += [(section.at(first + 10), level * 1.14), (section.at(first + 15), level * 0.9)]
    edge = section.start + min(SAMPLE_RATE, (section.stop - section.start) // 3)
    return [(at, value) for at, value in found if edge < at < section.stop]
