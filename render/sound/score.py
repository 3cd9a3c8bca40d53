"""Music composed to the film's cues. See ``Composer``."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ...storyboard.errors import Refused
from ..protocol import Capabilities, Job, Measured, Notice, Output, Part, Tick
from ..requests import Score
from .composition import Composition, compose
from .filters import Convolver, convolve, equaliser
from .instruments import edges, forget, play
from .notation import Note
from .track import Track
from .wav import SAMPLE_RATE, Samples, WavWriter

LONGEST_MS = 3 * 3_600_000
"""A score is held in memory while it is handed over."""
_CHUNK = 1 << 18
_TONE_CURVE = ((25.0, -30.0), (42.0, -2.0), (70.0, 0.0), (160.0, -1.0), (290.0, -4.0), (600.0, 0.0),
               (1100.0, -1.5), (2200.0, -4.0), (3600.0, -2.5), (6000.0, 0.0), (12000.0, 0.0))  # fmt: skip
"""Little rumble, a clear lower middle, and a dip where speech is understood."""
_SEND = 0.3
_LEVEL = 0.62
_FADE_S = 2.6


class Composer:
    """Composes and plays ``Score`` requests with numpy: no weights, any machine.

    Yields ``sound``: stereo 48 kHz 16-bit WAV of exactly the asked milliseconds; a track of one's own is only
    fitted, and how is said in a notice. Composing, each cue's mood sets
    mode, tempo, chords and players; a theme that belongs to the seed returns; the music swells into a
    climax, and ends on a chord of rest that fades to silence.
    """

    name = "score"
    weights = "none"
    pixels = 2

    def capabilities(self) -> Capabilities:
        """Memory is that of a film of a few minutes; it grows by 12 MB a minute, the sound itself."""
        return Capabilities(
            requests=frozenset({"score"}),
            memory_mb=Measured(value=260, source="measured"),
        )

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing to load."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The part ``sound`` of each job. Raises ``Refused`` for a score longer than three hours."""
        for index, job in enumerate(jobs):
            if not isinstance(job.request, Score):
                raise Refused(f"score only makes music; it was asked for {type(job.request).__name__}.")
            if job.request.milliseconds > LONGEST_MS:
                raise Refused("A score can be at most three hours long. Score the film in parts.")
            blocks = _silence(job.request) if job.request.silent else perform(compose(job.request))
            if job.request.own is not None:
                track = Track(job.weights[job.request.own], _samples(job.request), job.request.looped)
                yield Notice(index, "music", track.words())
                blocks = track.blocks()
            file, done = io.BytesIO(), 0
            with WavWriter(file, channels=2) as writer:
                for block in blocks:
                    writer.write(block)
                    done += len(block)
                    tick(index, done / _samples(job.request))
            yield Part(index, "sound", "wav", file.getvalue())

    def unload(self) -> None:
        """Forget the notes made so far."""
        forget()


def _samples(request: Score) -> int:
    return request.milliseconds * SAMPLE_RATE // 1000


def _silence(request: Score) -> Iterator[Samples]:
    for start in range(0, _samples(request), _CHUNK):
        yield np.zeros((min(_CHUNK, _samples(request) - start), 2), np.float32)


def perform(composition: Composition) -> Iterator[Samples]:
    """Play the notes: blocks ``n x 2`` one after another, in memory that does not grow."""
    longest = max((note.length for note in composition.notes), default=0) + 4 * SAMPLE_RATE
    live = np.zeros((_CHUNK + longest, 2), np.float32)
    direct, room = Convolver(np.stack([equaliser(_TONE_CURVE)] * 2, axis=1)), Convolver(_room())
    times, levels = (np.array(column, np.float64) for column in zip(*composition.dynamics, strict=True))
    waiting = 0
    for start in range(0, composition.samples, _CHUNK):
        stop = min(start + _CHUNK, composition.samples)
        while waiting < len(composition.notes) and composition.notes[waiting].start < stop:
            _add(live, composition.notes[waiting], start)
            waiting += 1
        place = np.arange(start, stop)
        dry = live[: stop - start] * np.interp(place, times, levels).astype(np.float32)[:, None]
        wet = direct(dry) + room(dry * np.float32(_SEND))
        wet *= np.float32(_LEVEL) * outer_gain(place, composition.samples)[:, None]
        yield _soft(wet)
        live[:longest] = live[_CHUNK:]
        live[longest:] = 0.0


def _add(live: Samples, note: Note, chunk_start: int) -> None:
    sound = play(note.instrument, note.midi, note.length, (note.start * 7 + note.midi * 911) % (1 << 17))
    angle = (note.pan + 1.0) * np.pi / 4.0
    sides = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(1.414 * note.strength)
    at = note.start - chunk_start
    live[at : at + len(sound)] += sound * sides


def outer_gain(place: npt.NDArray[np.int64], samples: int) -> Samples:
    """Rises from nothing at the start, and falls to nothing at the very end."""
    rise, fall = min(SAMPLE_RATE // 4, samples // 8), min(round(_FADE_S * SAMPLE_RATE), samples // 2)
    into = np.clip((place + 1) / max(1, rise), 0.0, 1.0)
    left = np.clip((samples - 1 - place) / max(1, fall), 0.0, 1.0)
    gain: Samples = (np.sin(into * np.pi / 2) * (0.5 - 0.5 * np.cos(left * np.pi))).astype(np.float32)
    return gain


def _soft(samples: Samples) -> Samples:
    """Full strength up to 0.6; beyond, ever less, never over 0.97."""
    size = np.abs(samples)
    over = np.maximum(size - np.float32(0.6), np.float32(0.0))
    held = np.minimum(size, np.float32(0.6)) + np.float32(0.37) * np.tanh(over / np.float32(0.37))
    return np.copysign(held, samples)


def _room() -> Samples:
    """A small hall, taps x 2: noise that dies away, its treble first, after a short silence."""
    length, gap = int(2.0 * SAMPLE_RATE), int(0.018 * SAMPLE_RATE)
    time = np.arange(length, dtype=np.float32) / SAMPLE_RATE
    sides = []
    for side in (11, 12):
        noise = np.random.default_rng(side).standard_normal((2, length)).astype(np.float32)
        dark = convolve(
            noise[0] * np.exp(-time / 0.42),
            equaliser(((90.0, -24.0), (220.0, 0.0), (1200.0, 0.0), (2600.0, -12.0), (8000.0, -40.0)), 1024),
        )
        light = convolve(
            noise[1] * np.exp(-time / 0.16),
            equaliser(((900.0, -24.0), (2500.0, -4.0), (7000.0, -8.0), (14000.0, -30.0)), 1024),
        )
        tail = dark[:length] + light[:length]
        tail *= edges(length, 300, SAMPLE_RATE // 2) / np.sqrt(np.sum(tail**2))
        sides.append(np.concatenate([np.zeros(gap + 40 * (side - 11), np.float32), tail])[:length])
    return np.stack(sides, axis=1).astype(np.float32)
