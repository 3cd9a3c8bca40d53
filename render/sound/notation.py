"""Notes, and stretches of one mood that they stand in. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from ...storyboard.vocabulary import Beat, Mood


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
