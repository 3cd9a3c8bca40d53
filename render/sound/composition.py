"""Writing the notes of a score, from its cues and its seed. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ...storyboard.vocabulary import Beat, Mood
from ..requests import Score, ScoreCue
from .harmony import (
    LEVEL,
    PALETTES,
    THEME_BEATS,
    Palette,
    Tone,
    chord_degrees,
    pitch,
    theme_of,
    voiced,
)
from .wav import SAMPLE_RATE

_ENDING_S = 4.0


@dataclass(frozen=True)
class Note:
    """One note of the score: samples, MIDI number, strength 0..1, place from -1 (left) to 1."""

    start: int
    length: int
    instrument: str
    midi: int
    strength: float
    pan: float = 0.0


@dataclass(frozen=True)
class Section:
    """A stretch of one mood, from one cue to the next, in samples; its beats fill it exactly."""

    start: int
    stop: int
    mood: Mood
    beat: Beat
    beats: int

    def at(self, beat: float) -> int:
        """The sample of a beat of this section."""
        return self.start + round((self.stop - self.start) * beat / self.beats)


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
    ending = samples - min(round(_ENDING_S * SAMPLE_RATE), samples * 2 // 5)
    sections = _sections(score.cues, ending)
    notes: list[Note] = []
    chord: tuple[int, ...] = ()
    for section in sections:
        chord = _play_section(notes, section, tonic, theme, chord, pick)
    _final_chord(notes, _last_mood(score), ending, samples, tonic)
    notes.sort(key=lambda n: (n.start, n.instrument, n.midi, n.pan))
    return Composition(samples, tonic, theme, sections, tuple(notes), _dynamics(sections, samples))


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


def _play_section(
    notes: list[Note],
    section: Section,
    tonic: int,
    theme: tuple[Tone, ...],
    before: tuple[int, ...],
    pick: random.Random,
) -> tuple[int, ...]:
    """Write one section; returns its last chord, from which the next leads on."""
    palette = PALETTES[section.mood]
    chords = pick.choice(palette.progressions)
    for bar, (first, beats) in enumerate(_bars(section)):
        degrees = chord_degrees(palette, chords[bar % len(chords)])
        before = voiced(tonic, degrees, before)
        _play_pad(notes, section, palette, before, first, beats)
        _play_bass(notes, section, palette, pitch(tonic, degrees[0]), first, beats)
        _play_figure(notes, section, palette, before, first, beats)
        room = section.beats - first
        if bar % 4 in _THEME_BARS[section.beat] and room >= 3:
            later = chord_degrees(palette, chords[(bar + 1) % len(chords)])
            heard = (
                theme if room >= THEME_BEATS else tuple(t for t in theme if t.beat + t.beats <= min(4, room))
            )
            _play_theme(notes, section, palette, tonic, heard, (degrees, later), first)
        if section.beat is Beat.climax:
            _play_drum(notes, section, tonic, first, beats, strong=bar % 2 == 0)
    return before


_THEME_BARS: dict[Beat, tuple[int, ...]] = {
    Beat.setup: (0,),
    Beat.spark: (0, 2),
    Beat.trial: (2,),
    Beat.crisis: (2,),
    Beat.climax: (0, 2),
    Beat.resolution: (0,),
}
"""Bars of each four in which the theme begins."""


def _span(section: Section, beat: float, beats: float) -> tuple[int, int]:
    start = section.at(beat)
    return start, max(1, section.at(beat + beats) - start)


def _play_pad(
    notes: list[Note], section: Section, palette: Palette, chord: tuple[int, ...], first: int, beats: int
) -> None:
    start, length = _span(section, first, beats)
    for voice, midi in enumerate(chord):
        side = (voice / max(1, len(chord) - 1) - 0.5) * 0.7
        notes.append(Note(start, length + SAMPLE_RATE, palette.pad, midi, 0.42, side))
    if section.beat is Beat.climax:
        notes.append(Note(start, length + SAMPLE_RATE, "strings", chord[-1] + 12, 0.28, 0.3))


def _play_bass(
    notes: list[Note], section: Section, palette: Palette, root: int, first: int, beats: int
) -> None:
    midi = 33 + (root - 33) % 12
    if palette.figure == "pulse":
        for beat in range(0, beats, 2 if section.beat is not Beat.climax else 1):
            start, length = _span(section, first + beat, min(1.5, beats - beat))
            notes.append(Note(start, length, "bass", midi, 0.5 if beat == 0 else 0.38))
        return
    start, length = _span(section, first, beats)
    notes.append(Note(start, length, "bass", midi, 0.48))


_FIGURES: dict[str, tuple[tuple[float, int], ...]] = {
    "broken": ((0.0, 0), (1.0, 1), (1.5, 2), (2.0, 3), (3.0, 2), (3.5, 1)),
    "pulse": ((0.0, 0), (0.5, 2), (1.0, 1), (1.5, 2), (2.0, 0), (2.5, 2), (3.0, 1), (3.5, 2)),
    "sparse": ((0.0, 0), (2.0, 2), (3.0, 1)),
    "bounce": ((0.0, 0), (1.0, 2), (1.5, 1), (2.5, 3), (3.0, 2)),
    "none": (),
}
"""(beat of the bar, step of the chord) of each figure."""


def _play_figure(
    notes: list[Note], section: Section, palette: Palette, chord: tuple[int, ...], first: int, beats: int
) -> None:
    player = "piano" if palette.lead != "pluck" and section.beat is not Beat.climax else "pluck"
    steps = (*chord, chord[0] + 12)
    for turn in range(0, beats, 4):
        for beat, step in _FIGURES[palette.figure]:
            if turn + beat < beats:
                start, length = _span(section, first + turn + beat, min(2.0, beats - turn - beat))
                accent = 0.36 if beat == 0 else 0.26
                pan = -0.35 if step % 2 else 0.3
                notes.append(Note(start, length, player, steps[min(step, len(steps) - 1)], accent, pan))


def _play_theme(
    notes: list[Note],
    section: Section,
    palette: Palette,
    tonic: int,
    theme: tuple[Tone, ...],
    chords: tuple[tuple[int, ...], tuple[int, ...]],
    first: int,
) -> None:
    """The theme; a tone on a strong beat moves to the nearest tone of its chord."""
    octave = 12 * (1 + palette.octave)
    for tone in theme:
        degree = tone.degree
        if tone.beat % 2 == 0:
            allowed = {d % 7 for d in chords[int(tone.beat >= 4)]}
            degree = min(
                (degree + shift for shift in (0, 1, -1, 2, -2) if (degree + shift) % 7 in allowed),
                key=lambda d: (abs(d - tone.degree), d),
            )
        start, length = _span(section, first + tone.beat, tone.beats)
        midi = pitch(tonic, degree) + octave
        notes.append(Note(start, round(length * 1.1), palette.lead, midi, 0.62, 0.1))
        if section.beat is Beat.climax:
            notes.append(Note(start, round(length * 1.1), "bell", midi + 12, 0.22, -0.3))
            notes.append(Note(start, length + SAMPLE_RATE // 2, "strings", midi, 0.35, -0.15))


def _play_drum(notes: list[Note], section: Section, tonic: int, first: int, beats: int, strong: bool) -> None:
    start, length = _span(section, first, beats)
    notes.append(Note(start, length, "drum", 33 + (tonic - 33) % 12, 0.75 if strong else 0.5))
    if first == 0 and start > 4 * SAMPLE_RATE:
        notes.append(Note(start - 4 * SAMPLE_RATE, 4 * SAMPLE_RATE, "riser", 79, 0.4))


def _final_chord(notes: list[Note], mood: Mood, ending: int, samples: int, tonic: int) -> None:
    """The home chord of the last mood, spread upward, left to ring."""
    palette = PALETTES[mood]
    root = pitch(tonic, palette.home)
    length = samples - ending
    if length < SAMPLE_RATE // 20:
        return
    chord = voiced(tonic, tuple(palette.home + step for step in (0, 2, 4)), ())
    for voice, midi in enumerate(chord):
        notes.append(Note(ending, length + 2 * SAMPLE_RATE, palette.pad, midi, 0.5, (voice - 1) * 0.35))
        notes.append(Note(ending, length, "piano", midi, 0.34, (1 - voice) * 0.3))
    notes.append(Note(ending, length, "bass", 33 + (root - 33) % 12, 0.6))
    notes.append(Note(ending, length, palette.lead, chord[0] + 24, 0.3, 0.1))


def _dynamics(sections: tuple[Section, ...], samples: int) -> tuple[tuple[int, float], ...]:
    """Strength over time: a level for each beat of the arc, and a swell that crests in the climax."""
    points: list[tuple[int, float]] = []
    turn = SAMPLE_RATE
    for section in sections:
        level, length = LEVEL[section.beat], section.stop - section.start
        if section.beat is Beat.climax:
            lead_in = min(5 * SAMPLE_RATE, section.start)
            points = [p for p in points if p[0] < section.start - lead_in]
            before = points[-1][1] if points else level * 0.7
            points += [(section.start - lead_in, before), (section.start, level)]
            points += [(section.start + length * 3 // 5, level * 1.12), (section.stop, level)]
        else:
            points += [(section.start + min(turn, length // 3), level), (section.stop, level)]
    return ((0, points[0][1]), *points, (samples, points[-1][1] * 0.95))
