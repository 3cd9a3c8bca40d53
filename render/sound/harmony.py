"""What a mood means in music: its mode, tempo, chords and players; and the film's theme.

All modes are turned so that they use the notes of one home key: a change of mood is a change of
colour, and the theme stays recognisable in each.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from ...storyboard.vocabulary import Beat, Mood

MAJOR = (0, 2, 4, 5, 7, 9, 11)
"""Semitones of the home scale."""


@dataclass(frozen=True)
class Palette:
    """How a mood sounds."""

    home: int
    """Degree of the home scale (0..6) that this mood rests on: 0 major, 5 minor, 1 dorian, 2 phrygian ..."""
    tempo: int
    """Beats a minute."""
    progressions: tuple[tuple[int, ...], ...]
    """Chords, a bar each, as degrees above ``home``."""
    pad: str
    lead: str
    figure: str
    """How chords are broken: ``broken``, ``pulse``, ``sparse``, ``bounce`` or ``none``."""
    seventh: bool = False
    """Chords carry their seventh."""
    octave: int = 0
    """Of the melody."""
    turn: int = 4
    """The chord, above ``home``, at the end of a section: it wants to go on."""


PALETTES: dict[Mood, Palette] = {
    Mood.calm: Palette(0, 70, ((0, 3, 4, 0), (0, 5, 3, 4)), "warm", "piano", "broken"),
    Mood.hopeful: Palette(0, 84, ((0, 4, 5, 3), (3, 4, 5, 0)), "strings", "piano", "broken"),
    Mood.joyful: Palette(0, 108, ((0, 3, 0, 4), (0, 4, 3, 4)), "strings", "pluck", "broken", octave=1),
    Mood.playful: Palette(3, 112, ((0, 1, 0, 4), (0, 4, 1, 4)), "warm", "pluck", "bounce", octave=1),
    Mood.tender: Palette(0, 64, ((0, 2, 3, 4), (3, 0, 1, 4)), "warm", "piano", "sparse", seventh=True),
    Mood.mysterious: Palette(1, 72, ((0, 3, 0, 6), (0, 2, 3, 0)), "glass", "bell", "sparse", seventh=True),
    Mood.tense: Palette(5, 96, ((0, 0, 5, 4), (0, 3, 5, 4)), "strings", "piano", "pulse"),
    Mood.sad: Palette(5, 60, ((0, 5, 2, 6), (0, 3, 5, 4)), "warm", "piano", "sparse"),
    Mood.eerie: Palette(2, 54, ((0, 1, 0, 1), (0, 5, 1, 0)), "glass", "bell", "none", octave=1, turn=1),
    Mood.triumphant: Palette(0, 96, ((0, 4, 5, 3), (0, 3, 5, 4)), "strings", "bell", "pulse"),
}
LEVEL: dict[Beat, float] = {
    Beat.setup: 0.52,
    Beat.spark: 0.64,
    Beat.trial: 0.74,
    Beat.crisis: 0.54,
    Beat.climax: 1.0,
    Beat.resolution: 0.6,
}
"""How strongly the music plays in each part of the arc."""
THEME_BEATS = 8


@dataclass(frozen=True)
class Tone:
    """One note of the theme: beat, length in beats, degree of the home scale (0 is its root)."""

    beat: float
    beats: float
    degree: int


def theme_of(seed: int) -> tuple[Tone, ...]:
    """Two bars that belong to the film: a rhythm, a rise and a fall, ending on a tone of rest."""
    pick = random.Random(f"theme {seed}")
    rhythm = pick.choice(
        (
            (2.0, 1.0, 1.0, 2.0, 2.0),
            (1.5, 0.5, 2.0, 1.0, 1.0, 2.0),
            (3.0, 1.0, 2.0, 2.0),
            (1.0, 1.0, 2.0, 1.0, 1.0, 2.0),
            (1.0, 1.0, 1.0, 1.0, 1.5, 0.5, 2.0),
            (2.0, 2.0, 1.0, 1.0, 2.0),
        )
    )
    degree, beat, tones = pick.choice((0, 2, 4)), 0.0, []
    summit = pick.randrange(1, max(2, len(rhythm) - 1))
    for index, beats in enumerate(rhythm):
        tones.append(Tone(beat, beats, degree))
        beat += beats
        rising = index < summit
        degree += pick.choice((1, 2, 2, 4)) if rising else -pick.choice((1, 1, 2, 3))
        degree = min(9, max(-1, degree))
    last = tones[-1]
    tones[-1] = Tone(last.beat, last.beats, min((0, 2, 4, 7), key=lambda rest: abs(rest - last.degree)))
    return tuple(tones)


def varied(theme: tuple[Tone, ...], statement: int) -> tuple[Tone, ...]:
    """The theme as it comes the n-th time, from 0: plain, a third up, upside down, a second down ...

    Rhythm and first tone's weight stay, so that it is known again.
    """
    turn = statement % 4
    first = theme[0].degree
    if turn == 2:
        return tuple(Tone(t.beat, t.beats, 2 * first + 2 - t.degree) for t in theme)
    shift = {0: 0, 1: 2, 3: -1}[turn]
    return tuple(Tone(t.beat, t.beats, t.degree + shift) for t in theme)


def pitch(tonic: int, degree: int) -> int:
    """MIDI number of a degree (any integer) of the home scale over ``tonic``."""
    octave, step = divmod(degree, 7)
    return tonic + 12 * octave + MAJOR[step]


def chord_degrees(palette: Palette, chord: int) -> tuple[int, ...]:
    """Degrees of the home scale in a chord: root, third, fifth, perhaps seventh."""
    root = palette.home + chord
    return tuple(root + step for step in ((0, 2, 4, 6) if palette.seventh else (0, 2, 4)))


def voiced(tonic: int, degrees: tuple[int, ...], before: tuple[int, ...]) -> tuple[int, ...]:
    """The chord as pitches between 52 and 71, each voice as near as may be to the chord ``before``."""
    centre = sum(before) / len(before) if before else 60.0
    options = []
    for turn in range(len(degrees)):
        notes = [pitch(tonic, degree) % 12 for degree in degrees[turn:] + degrees[:turn]]
        for base in (48, 60):
            stack = [base + notes[0]]
            for note in notes[1:]:
                stack.append(stack[-1] + ((note - stack[-1]) % 12))
            if stack[0] >= 52 and stack[-1] <= 73:
                options.append(tuple(stack))
    return min(
        options or [tuple(60 + pitch(tonic, d) % 12 for d in degrees)],
        key=lambda stack: (round(abs(sum(stack) / len(stack) - centre), 3), stack),
    )
