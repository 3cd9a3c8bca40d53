"""espeak-ng through ctypes. Only a worker interpreter loads it: the library is under the GPL.

The library keeps random and phase state from one line to the next that its interface cannot reset, so
it is loaded anew for each line (about a millisecond): a line sounds the same whatever was said before.
"""

from __future__ import annotations

import _ctypes
import contextlib
import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ...storyboard.errors import Refused

NATIVE_RATE = 22_050
_SYNCHRONOUS = 2
_NO_EXIT = 0x8000
_UTF8 = 1  # and neither SSML (0x10) nor phoneme mnemonics (0x100): text is only ever text
_RATE, _PITCH, _RANGE = 1, 3, 4
_LIST_END, _WORD = 0, 1
_LONGEST_PATH = 140
"""The library cuts longer paths to its data off (N_PATH_HOME, 160 bytes)."""


class _Event(ctypes.Structure):
    """``espeak_EVENT`` of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("name", ctypes.c_char * 8),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True)
class Manner:
    """How to say it, in the library's own units."""

    voice: str
    """Voice file, with ``+variant``."""
    rate: int
    pitch: int
    range: int


@dataclass(frozen=True)
class Spoken:
    """16-bit samples at 22,050 Hz and, for each word, (character position, sample)."""

    samples: npt.NDArray[np.int16]
    words: tuple[tuple[int, int], ...]


def speak(library: Path, data: Path, text: str, manner: Manner) -> Spoken:
    """Say ``text`` once. Raises ``Refused`` where the library fails."""
    espeak = ctypes.CDLL(str(library))
    sound: list[bytes] = []
    words: list[tuple[int, int]] = []

    def hear(samples: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:
        if samples and count > 0:
            sound.append(ctypes.string_at(samples, 2 * count))
        index = 0
        while events[index].type != _LIST_END:
            if events[index].type == _WORD:
                words.append((events[index].text_position - 1, events[index].sample))
            index += 1
        return 0

    try:
        _say(espeak, data, text, manner, _Callback(hear))
    finally:
        espeak.espeak_Terminate()
        _unload(espeak)
    return Spoken(np.frombuffer(b"".join(sound), np.int16), tuple(words))


def _say(espeak: ctypes.CDLL, data: Path, text: str, manner: Manner, hear: object) -> None:
    far = len(str(data).encode()) > _LONGEST_PATH
    with contextlib.chdir(data.parent) if far else contextlib.nullcontext():
        home = b"." if far else str(data).encode()
        if espeak.espeak_Initialize(_SYNCHRONOUS, 0, home, _NO_EXIT) != NATIVE_RATE:
            raise Refused("The speech library could not start (its data folder may be damaged).")
        espeak.espeak_SetSynthCallback(hear)
        espeak.espeak_ng_SetRandSeed(ctypes.c_long(1))
        if espeak.espeak_SetVoiceByName(manner.voice.encode()) != 0:
            raise Refused(f"The speech library could not load its voice {manner.voice!r}.")
        for parameter, value in ((_RATE, manner.rate), (_PITCH, manner.pitch), (_RANGE, manner.range)):
            espeak.espeak_SetParameter(parameter, value, 0)
        raw = text.encode("utf-8", "replace") + b"\0"
        failed = espeak.espeak_Synth(raw, ctypes.c_size_t(len(raw)), 0, 1, 0, _UTF8, None, None)
        if failed or espeak.espeak_Synchronize():
            raise Refused("The speech library failed while speaking a line.")


def _unload(library: ctypes.CDLL) -> None:
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)
