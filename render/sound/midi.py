"""A composition as a Standard MIDI File, exact to the sample."""

from __future__ import annotations

import math
import struct

from .composition import Composition
from .wav import SAMPLE_RATE

_TICKS_A_BEAT = SAMPLE_RATE // 2
"""At 120 beats a minute a tick is a sample."""
_SOUNDS: dict[str, tuple[int, int, int]] = {
    "warm": (89, 84, 64),
    "strings": (48, 62, 64),
    "glass": (92, 74, 64),
    "choir": (52, 72, 64),
    "piano": (0, 108, 58),
    "pluck": (46, 100, 74),
    "bell": (8, 94, 52),
    "flute": (73, 78, 46),
    "horn": (60, 74, 40),
    "bass": (43, 92, 64),
    "drum": (47, 76, 64),
}
"""General MIDI program (from 0), volume and pan (0..127) of each player; the riser has none."""
_RHYTHM = 9
_END_ROOM = SAMPLE_RATE // 50


def midi_file(composition: Composition) -> bytes:
    """The notes, with the dynamics as expression, on a channel for each player."""
    players = sorted({n.instrument for n in composition.notes} & _SOUNDS.keys())
    channels = dict(zip(players, (c for c in range(16) if c != _RHYTHM), strict=False))
    events: list[tuple[int, int, bytes]] = [(0, 0, b"\xff\x51\x03" + (500_000).to_bytes(3, "big"))]
    for player, channel in channels.items():
        program, volume, pan = _SOUNDS[player]
        events.append((0, 1, bytes([0xC0 | channel, program])))
        events += [
            (0, 1, bytes([0xB0 | channel, number, value]))
            for number, value in ((7, volume), (10, pan), (91, 60))
        ]
        events += [(at, 1, bytes([0xB0 | channel, 11, value])) for at, value in _expression(composition)]
    last = composition.samples - _END_ROOM
    for note in composition.notes:
        if note.instrument in channels and note.start < last and 0 <= note.midi < 128:
            channel, force = channels[note.instrument], min(127, max(1, round(28 + 118 * note.strength)))
            stop = min(last, note.start + note.length)
            events.append((note.start, 3, bytes([0x90 | channel, note.midi, force])))
            events.append((max(note.start + 1, stop), 2, bytes([0x80 | channel, note.midi, 0])))
    events.sort()
    track, now = bytearray(), 0
    for at, _, data in [*events, (composition.samples, 4, b"\xff\x2f\x00")]:
        track += _length(at - now) + data
        now = at
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, _TICKS_A_BEAT)
    return head + b"MTrk" + struct.pack(">I", len(track)) + bytes(track)


def _expression(composition: Composition) -> list[tuple[int, int]]:
    """The dynamics in steps of a tenth of a second."""
    found: list[tuple[int, int]] = []
    points = composition.dynamics
    place = 0
    for at in range(0, composition.samples, SAMPLE_RATE // 10):
        while place + 2 < len(points) and points[place + 1][0] <= at:
            place += 1
        (begin, low), (end, high) = points[place], points[place + 1]
        share = min(1.0, max(0.0, (at - begin) / max(1, end - begin)))
        level = max(0.0, low + (high - low) * share)
        value = min(127, max(1, round(112 * math.sqrt(level))))  # expression acts by its square
        if not found or found[-1][1] != value:
            found.append((at, value))
    return found


def _length(ticks: int) -> bytes:
    """A variable-length quantity."""
    parts = [ticks & 0x7F]
    while ticks := ticks >> 7:
        parts.append(0x80 | (ticks & 0x7F))
    return bytes(reversed(parts))
