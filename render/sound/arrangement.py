"""Who plays what in each bar: pads, bass, figures, the theme and its answers, horns and drums. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...storyboard.vocabulary import Beat, Mood
from .harmony import PALETTES, THEME_BEATS, Palette, Tone, chord_degrees, pitch, varied, voiced
from .notation import Note, Section
from .wav import SAMPLE_RATE

_THEME_BARS: dict[Beat, tuple[int, ...]] = {
    Beat.setup: (0,),
    Beat.spark: (0, 2),
    Beat.trial: (2,),
    Beat.crisis: (2,),
    Beat.climax: (0, 2),
    Beat.resolution: (0,),
}
"""Bars of each four in which the theme begins."""
_ANSWER_BARS: dict[Beat, tuple[int, ...]] = {
    Beat.setup: (2,),
    Beat.spark: (1, 3),
    Beat.trial: (0,),
    Beat.resolution: (2,),
}
"""Bars of each four in which the flute answers with the end of the theme."""
_BUSY: dict[Beat, float] = {
    Beat.setup: 0.8,
    Beat.spark: 1.0,
    Beat.trial: 1.1,
    Beat.crisis: 0.6,
    Beat.climax: 1.15,
    Beat.resolution: 0.85,
}
"""How strongly chords are broken."""
_FIGURES: dict[str, tuple[tuple[float, int], ...]] = {
    "broken": ((0.0, 0), (1.0, 1), (1.5, 2), (2.0, 3), (3.0, 2), (3.5, 1)),
    "pulse": ((0.0, 0), (0.5, 2), (1.0, 1), (1.5, 2), (2.0, 0), (2.5, 2), (3.0, 1), (3.5, 2)),
    "sparse": ((0.0, 0), (2.0, 2), (3.0, 1)),
    "bounce": ((0.0, 0), (1.0, 2), (1.5, 1), (2.5, 3), (3.0, 2)),
    "none": (),
}
"""(beat of the bar, step of the chord) of each figure."""


@dataclass(frozen=True)
class Bar:
    """One bar: its number in the section, its beats, its chord as pitches and as degrees of the home."""

    section: Section
    palette: Palette
    number: int
    first: int
    beats: int
    chord: tuple[int, ...]
    degrees: tuple[int, ...]
    later: tuple[int, ...]
    """Degrees of the chord of the bar after it."""

    def span(self, beat: float, beats: float) -> tuple[int, int]:
        """(sample, samples) of so many beats from a beat of this bar."""
        start = self.section.at(self.first + beat)
        return start, max(1, self.section.at(self.first + beat + beats) - start)


class Arranger:
    """Writes ``notes``, section by section; each chord leads on from the one before."""

    def __init__(self, tonic: int, theme: tuple[Tone, ...]) -> None:
        self.notes: list[Note] = []
        self._tonic, self._theme = tonic, theme
        self._before: tuple[int, ...] = ()
        self._statements = 0

    def play(self, section: Section, bars: Sequence[tuple[int, int]], progression: tuple[int, ...]) -> None:
        """One section, in bars of (first beat, beats)."""
        palette = PALETTES[section.mood]
        chords = [progression[number % len(progression)] for number in range(len(bars))]
        if len(bars) >= 3:
            chords[-2:] = [0 if chords[-2] == palette.turn else chords[-2], palette.turn]
        for number, (first, beats) in enumerate(bars):
            degrees = chord_degrees(palette, chords[number])
            later = chord_degrees(palette, chords[(number + 1) % len(chords)])
            self._before = voiced(self._tonic, degrees, self._before)
            self._bar(Bar(section, palette, number, first, beats, self._before, degrees, later))

    def _bar(self, bar: Bar) -> None:
        beat = bar.section.beat
        self._pad(bar)
        self._bass(bar)
        self._figure(bar)
        room = bar.section.beats - bar.first
        if bar.number % 4 in _THEME_BARS[beat] and room >= 3:
            self._state_theme(bar, room)
        elif bar.number % 4 in _ANSWER_BARS.get(beat, ()) and room >= 4 and bar.number:
            self._answer(bar)
        if beat is Beat.climax:
            self._drum(bar)
            self._horns(bar)

    def _add(self, span: tuple[int, int], player: str, midi: int, strength: float, pan: float = 0.0) -> None:
        self.notes.append(Note(span[0], span[1], player, midi, strength, pan))

    def _pad(self, bar: Bar) -> None:
        start, length = bar.span(0, bar.beats)
        low = bar.section.beat is Beat.crisis
        for voice, midi in enumerate(bar.chord):
            side = (voice / max(1, len(bar.chord) - 1) - 0.5) * 0.7
            self._add((start, length + SAMPLE_RATE), bar.palette.pad, midi, 0.28 if low else 0.42, side)
            if low:
                self._add((start, length + SAMPLE_RATE), "choir", midi, 0.3, -side)
        if bar.section.beat is Beat.climax:
            self._add((start, length + SAMPLE_RATE), "strings", bar.chord[-1] + 12, 0.28, 0.3)

    def _bass(self, bar: Bar) -> None:
        root = pitch(self._tonic, bar.degrees[0])
        midi = 33 + (root - 33) % 12
        climax = bar.section.beat is Beat.climax
        if bar.palette.figure == "pulse" and bar.section.beat is not Beat.crisis:
            for beat in range(0, bar.beats, 1 if climax else 2):
                self._add(
                    bar.span(beat, min(1.5, bar.beats - beat)), "bass", midi, 0.5 if beat == 0 else 0.38
                )
            return
        self._add(bar.span(0, bar.beats), "bass", midi, 0.48)

    def _figure(self, bar: Bar) -> None:
        """The broken chord; every other bar it turns round, and bars of four differ in weight."""
        climax = bar.section.beat is Beat.climax
        player = "piano" if bar.palette.lead != "pluck" and not climax else "pluck"
        steps = (*bar.chord, bar.chord[0] + 12)
        busy = _BUSY[bar.section.beat] * (1.0, 0.9, 1.06, 0.94)[bar.number % 4]
        for turn in range(0, bar.beats, 4):
            for beat, step in _FIGURES[bar.palette.figure]:
                if turn + beat < bar.beats:
                    place = min(step, len(steps) - 1)
                    if bar.number % 2 and place:
                        place = max(1, len(steps) - 1 - place)
                    span = bar.span(turn + beat, min(2.0, bar.beats - turn - beat))
                    accent = (0.36 if beat == 0 else 0.29 if beat % 2 == 0 else 0.24) * busy
                    self._add(span, player, steps[place], accent, -0.35 if step % 2 else 0.3)

    def _state_theme(self, bar: Bar, room: int) -> None:
        """The theme, varied but where it first comes, in the climax and at the end."""
        plain = bar.section.beat in (Beat.climax, Beat.resolution)
        theme = varied(self._theme, 0 if plain else self._statements)
        self._statements += 1
        if room < THEME_BEATS:
            theme = tuple(t for t in theme if t.beat + t.beats <= min(4, room))
        low = -12 if bar.section.beat is Beat.crisis and bar.palette.octave else 0
        octave = 12 * (1 + bar.palette.octave) + low
        for tone in theme:
            midi = pitch(self._tonic, self._fitted(tone, tone.beat, bar)) + octave
            start, length = bar.span(tone.beat, tone.beats)
            self._add((start, round(length * 1.1)), bar.palette.lead, midi, 0.62, 0.1)
            if bar.section.beat is Beat.climax:
                self._add((start, round(length * 1.1)), "bell", midi + 12, 0.22, -0.3)
                self._add((start, length + SAMPLE_RATE // 2), "strings", midi, 0.35, -0.15)

    def _answer(self, bar: Bar) -> None:
        """The second half of the theme, by a flute, over one bar."""
        for tone in self._theme:
            beat = tone.beat - THEME_BEATS / 2
            if 0 <= beat < bar.beats:
                midi = pitch(self._tonic, self._fitted(tone, beat, bar)) + 12
                start, length = bar.span(beat, min(tone.beats, bar.beats - beat))
                self._add((start, length), "flute", midi, 0.4, -0.25)

    def _fitted(self, tone: Tone, beat: float, bar: Bar) -> int:
        """The tone's degree; on a strong beat the nearest one of its chord."""
        if beat % 2:
            return tone.degree
        allowed = {d % 7 for d in (bar.later if beat >= 4 else bar.degrees)}
        near = (tone.degree + shift for shift in (0, 1, -1, 2, -2) if (tone.degree + shift) % 7 in allowed)
        return min(near, key=lambda d: (abs(d - tone.degree), d))

    def _horns(self, bar: Bar) -> None:
        """Root and fifth, held; the second horn enters after two beats."""
        root = pitch(self._tonic, bar.degrees[0])
        low = 45 + (root - 45) % 12
        fifth = 45 + (pitch(self._tonic, bar.degrees[2]) - 45) % 12
        self._add(bar.span(0, bar.beats), "horn", low, 0.3, -0.4)
        if bar.beats > 2:
            self._add(bar.span(2, bar.beats - 2), "horn", fifth + 12 * (fifth < low), 0.24, 0.4)

    def _drum(self, bar: Bar) -> None:
        midi = 33 + (self._tonic - 33) % 12
        self._add(bar.span(0, bar.beats), "drum", midi, 0.75 if bar.number % 2 == 0 else 0.5)
        if bar.number % 4 == 3 and bar.beats == 4:
            for beat in (2.0, 2.5, 3.0, 3.5):
                self._add(bar.span(beat, 0.5), "drum", midi, 0.22 + 0.08 * (beat - 2.0))
        start = bar.section.start
        if bar.number == 0 and start > 4 * SAMPLE_RATE:
            self._add((start - 4 * SAMPLE_RATE, 4 * SAMPLE_RATE), "riser", 79, 0.4)

    def close(self, mood: Mood, ending: int, samples: int) -> None:
        """The home chord of the last mood, rolled upward and left to ring to the end."""
        palette = PALETTES[mood]
        root = pitch(self._tonic, palette.home)
        length = samples - ending
        if length < SAMPLE_RATE // 20:
            return
        chord = voiced(self._tonic, tuple(palette.home + step for step in (0, 2, 4)), ())
        for voice, midi in enumerate(chord):
            side = (voice - 1) * 0.35
            self._add((ending, length + 2 * SAMPLE_RATE), palette.pad, midi, 0.5, side)
            self._add((ending, length), "piano", midi, 0.34, -side)
        self._add((ending, length), "bass", 33 + (root - 33) % 12, 0.6)
        self._add((ending, length), palette.lead, chord[0] + 24, 0.3, 0.1)
        if length > 2 * SAMPLE_RATE:
            self._add((ending, length + SAMPLE_RATE), "choir", chord[0] + 12, 0.22, -0.2)
            for rank, midi in enumerate((*chord, chord[0] + 12, chord[1] + 12, chord[2] + 12)):
                place = ending + rank * SAMPLE_RATE // 8
                self._add((place, length - (place - ending)), "pluck", midi, 0.2, (rank - 2.5) * 0.15)
