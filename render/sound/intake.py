"""A person's own sound, taken in: looked at first, then decoded into the film's one form of sound.

Only five containers are opened, by their first bytes and never by their name, with a fixed list of codecs and
no protocol but a file: a playlist under another name is refused before a decoder sees it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.error import FFmpegError

from ...memory.files import plain_error
from ...storyboard.errors import BadInput
from ..brought import need_a_file
from ..cut.encoding import last_words, url
from .wav import SAMPLE_RATE, WavWriter, to_int16

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")
"""Of files that are looked at where a folder of sounds is taken in."""
SILENT_DB = -60.0
"""A sound whose highest sample is under this, against full scale, is silence."""
_CODECS = {
    "wav": ("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"),
    "flac": ("flac",),
    "mp3": ("mp3", "mp3float"),
    "ogg": ("vorbis", "opus", "flac"),
    "mov": ("aac", "alac"),
}
_STILLS = frozenset({"mjpeg", "png", "gif", "bmp", "webp", "tiff"})
"""Pictures that a sound may carry: its cover."""
_TELLS_ITS_LENGTH = frozenset({"wav", "flac", "mov"})
"""Containers whose header says how many samples there are, so that a cut-off file is known."""
_OPTIONS = {"protocol_whitelist": "file"}
_NEEDED = "A WAV, FLAC, MP3, Ogg or M4A file is needed"
_AGAIN = "Save it as an ordinary WAV and bring that."


@dataclass(frozen=True)
class SoundFacts:
    """A sound that was taken in: ``samples`` at 48 kHz, stereo."""

    samples: int
    digest: str
    """SHA-256 of the 16-bit samples: the same sound has the same, whatever file it was in."""
    peak_db: float
    """The highest sample against full scale, dB."""

    @property
    def milliseconds(self) -> int:
        """Its length, rounded down."""
        return self.samples * 1000 // SAMPLE_RATE


def take_in_sound(
    path: Path, out: Path, *, longest_s: int, tick: Callable[[float], None] = lambda share: None
) -> SoundFacts:
    """Decode the sound ``path`` into ``out``: stereo 48 kHz 16-bit WAV. Memory does not grow.

    Raises ``BadInput`` in one line for what is no sound, is damaged, cut short, silent, or longer than
    ``longest_s`` seconds, and ``NoRoom`` or ``ProjectError`` where ``out`` cannot be written. ``out`` is
    then not there.
    """
    try:
        container, kind = _opened(path)
        try:
            return _decode(path, container, kind, out, longest_s, tick)
        except OSError as fault:
            raise plain_error(fault, out) from fault
        finally:
            container.close()
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def _decode(
    path: Path,
    container: InputContainer,
    kind: str,
    out: Path,
    longest_s: int,
    tick: Callable[[float], None],
) -> SoundFacts:
    told = _told_seconds(container)
    if told is not None and told > longest_s:
        raise _too_long(path, told, longest_s)
    found, samples, peak = hashlib.sha256(b"sound stereo 48000 s16\n"), 0, 0
    with WavWriter(out, channels=2) as writer:
        for block in _blocks(path, container):
            if not np.isfinite(block).all():
                raise BadInput(f"{path} holds numbers that are no sound. {_AGAIN}")
            whole = to_int16(block)
            samples += len(whole)
            if samples > longest_s * SAMPLE_RATE:
                raise _too_long(path, max(told or 0.0, samples / SAMPLE_RATE), longest_s)
            peak = max(peak, int(np.abs(whole.astype(np.int32)).max(initial=0)))
            found.update(np.ascontiguousarray(whole).data)
            writer.write(whole)
            tick(min(1.0, samples / SAMPLE_RATE / told) if told else 0.0)
    if kind in _TELLS_ITS_LENGTH and told is not None and samples / SAMPLE_RATE < told - 0.25:
        raise BadInput(
            f"{path} is cut short: {samples / SAMPLE_RATE:.1f} of {told:.1f} seconds are there. {_AGAIN}"
        )
    peak_db = 20.0 * float(np.log10(max(peak, 1) / 32767.0))
    if not samples or peak_db < SILENT_DB:
        raise BadInput(f"{path} is silent: nothing in it is over {SILENT_DB:.0f} dB. Nothing was changed.")
    return SoundFacts(samples, found.hexdigest(), peak_db)


def _opened(path: Path) -> tuple[InputContainer, str]:
    """The container and its kind. Raises ``BadInput`` unless it is one of five, with a known codec."""
    need_a_file(path, "a sound", _NEEDED)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from None
    kind = _kind(head)
    if kind is None:
        raise BadInput(f"{path} is no sound that is taken in. {_NEEDED}. Nothing was changed.")
    try:
        opened = av.open(url(path), "r", format=kind, options=_OPTIONS, metadata_errors="replace")
    except (FFmpegError, OSError) as fault:
        raise BadInput(f"{path} is damaged or cut short: {last_words(fault)}. {_AGAIN}") from None
    container = cast(InputContainer, opened)
    objection = _objection(container, kind) or (_lacking(path) if kind == "wav" else "")
    if objection:
        container.close()
        raise BadInput(f"{path} {objection}. {_AGAIN}")
    return container, kind


def _kind(head: bytes) -> str | None:
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"fLaC"):
        return "flac"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return "mov"
    layer = head[:3] == b"ID3" or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)
    return "mp3" if layer else None


def _objection(container: InputContainer, kind: str) -> str:
    if not container.streams.audio:
        return "holds no sound"
    pictures = (stream.codec_context for stream in container.streams.video)
    if any(one is None or one.name not in _STILLS for one in pictures):
        return "has moving pictures, and is no sound by itself"
    codec = container.streams.audio[0].codec_context
    if codec.name not in _CODECS[kind]:
        return f"holds sound of the kind {codec.name[:20]}, which is not taken in"
    if not 8_000 <= codec.sample_rate <= 192_000:
        return f"has {codec.sample_rate} samples a second; 8,000 to 192,000 are taken in"
    if not 1 <= codec.channels <= 8:
        return f"has {codec.channels} channels; 1 to 8 are taken in"
    return ""


def _lacking(path: Path) -> str:
    """What a WAV file lacks of the bytes that its header says it has: the decoder does not ask."""
    size = path.stat().st_size
    with path.open("rb") as file:
        at = 12
        for _ in range(64):  # chunks before the sound
            file.seek(at)
            name, length = file.read(4), int.from_bytes(file.read(4), "little")
            if name == b"data" and length < 0xFFFF_FF00:
                whole = at + 8 + length <= size
                return "" if whole else f"is cut short: {size - at - 8} of {length} bytes of it are there"
            if len(name) < 4 or name == b"data":
                return ""
            at += 8 + length + length % 2
    return ""


def _told_seconds(container: InputContainer) -> float | None:
    """How long the header says that the sound is."""
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration is not None else None


def _too_long(path: Path, seconds: float, longest_s: int) -> BadInput:
    return BadInput(
        f"{path} lasts {_spoken(seconds)}; at most {_spoken(longest_s)} are taken in. Cut out what you need."
    )


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def _blocks(path: Path, container: InputContainer) -> Iterator[npt.NDArray[np.float32]]:
    """Everything of the first stream of sound, ``n x 2`` at 48 kHz. Raises ``BadInput``."""
    stream = container.streams.audio[0]
    stream.codec_context.options = {"err_detect": "explode"}
    one = stream.codec_context.channels == 1  # both sides then hear it as loud as it is
    resampler = av.AudioResampler(format="fltp", layout="mono" if one else "stereo", rate=SAMPLE_RATE)
    done = 0
    try:
        for frame in container.decode(stream):
            if frame.is_corrupt:
                raise BadInput(f"{path} is damaged after {done / SAMPLE_RATE:.1f} seconds. {_AGAIN}")
            frame.pts = None  # gaps in the times of packets are none in the sound
            for piece in resampler.resample(frame):
                done += piece.samples
                yield _turned(piece)
        for piece in resampler.resample(None):
            yield _turned(piece)
    except (FFmpegError, OSError, ValueError) as fault:
        words = last_words(fault)
        raise BadInput(
            f"{path} is damaged after {done / SAMPLE_RATE:.1f} seconds: {words}. {_AGAIN}"
        ) from None


def _turned(piece: Any) -> npt.NDArray[np.float32]:
    sides = np.broadcast_to(piece.to_ndarray(), (2, piece.samples))
    turned: npt.NDArray[np.float32] = np.ascontiguousarray(sides.T, dtype=np.float32)
    return turned
