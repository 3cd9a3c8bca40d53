"""A person's own clip, taken in: looked at first, then encoded as the film's own takes are.

What cannot be shown as it was meant (a rotated, interlaced, variable-rate or HDR clip, pixels that are not
square) is refused with what to do about it, not guessed at.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.sidedata.sidedata import Type

from ...storyboard.errors import BadInput, BadTake
from ...storyboard.rate import Rate
from ..brought import need_a_file
from ..requests import Raster
from .colour import ToPixels
from .encoding import Encoder, last_words
from .footage import open_container

LONGEST_SECONDS = 300
"""A clip opens or fills a shot; no shot is as long as this."""
MOST_SIDE = 4096
"""Pixels along a side of a clip."""
LEAST_SIDE = 64
_OFF = Fraction(1, 4)
"""Frames by which a frame may lie beside its place in an even rhythm."""
_HDR = {16: "PQ", 18: "HLG"}
"""Transfer functions of HDR, in the tables of ITU-T H.273."""
_WIDE = 9
"""BT.2020 primaries, in the same tables."""
_MATRICES = frozenset({1, 2, 5, 6})
"""BT.709, not said, and the two names of BT.601, in the same tables."""
_EIGHT_BITS = frozenset({"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12"})
_PICTURES = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"})
"""Brands of a container of clips that holds a picture, as telephones save them."""
_AGAIN = "Save it as an ordinary MP4 (H.264, 8 bits, upright, one frame rate) and add that."


@dataclass(frozen=True)
class Seen:
    """What a clip is. ``frames`` at ``rate``, in ``raster`` (a row or column less where it was odd)."""

    frames: int
    rate: Rate
    raster: Raster
    sound: bool
    """Whether it has a sound, which is not used."""


def kind_of(path: Path) -> Literal["still", "clip"]:
    """Whether a file is a picture or a clip, by its first bytes. Raises ``BadInput`` where it is neither."""
    need_a_file(path, "footage")
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).") from None
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or head[:4] + head[8:] == b"RIFFWEBP":
        return "still"
    if head[4:8] == b"ftyp" and head[8:] in _PICTURES:
        raise BadInput(
            f"{path} is a picture of the kind HEIC or AVIF. Save it as a PNG or JPEG and add that."
        )
    if head[4:8] == b"ftyp":
        return "clip"
    raise BadInput(
        f"{path} is neither a picture (PNG, JPEG, WebP) nor an MP4 with H.264. Nothing was changed."
    )


def look_at(path: Path) -> Seen:
    """What a clip is, from its header, the times of its packets and its first frame.

    Raises ``BadInput`` in one line for what is not taken in.
    """
    need_a_file(path, "footage")
    with _opened(path) as container:
        stream = container.streams.video[0]
        _refuse_length(path, stream)
        raster = _raster(path, stream)
        times, base = _times(path, container)
        seen = Seen(len(times), _rhythm(path, times, base), raster, bool(container.streams.audio))
    with _opened(path) as container:
        next(_frames(path, container, seen), None)
    return seen


def take_in(path: Path, seen: Seen, made: Path, tick: Callable[[float], None] = lambda share: None) -> str:
    """Encode a clip that was looked at into ``made``; returns the digest of its pixels.

    In flat memory. Raises ``BadInput`` where a frame is damaged or missing, ``NoRoom`` where the disk is
    full; ``made`` is removed then.
    """
    wide, high = seen.raster.width, seen.raster.height
    found = hashlib.sha256(f"rgb clip {wide}x{high} {seen.rate} {seen.frames}\n".encode())
    convert = ToPixels()
    with _opened(path) as container, Encoder(made, seen.raster, seen.rate) as encoder:
        for frame in _frames(path, container, seen):
            pixels = convert(frame)[:high, :wide]
            found.update(pixels.tobytes())
            encoder.write(pixels)
            tick(encoder.frames / seen.frames)
        if encoder.frames != seen.frames:
            raise BadInput(
                f"{path} is cut short: {encoder.frames} of {seen.frames} frames are there. {_AGAIN}"
            )
    return found.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    try:
        container = open_container(path)
    except BadTake as error:
        raise BadInput(
            f"{path}: {error} A picture (PNG, JPEG, WebP) or an MP4 with H.264 is needed."
        ) from None
    try:
        yield container
    finally:
        container.close()


def _refuse_length(path: Path, stream: Any) -> None:
    """Raises ``BadInput`` for what the header tells of its length."""
    if not stream.frames:
        raise BadInput(f"{path} does not say how many frames it has. {_AGAIN}")
    seconds = float(stream.frames / stream.average_rate)
    if seconds > LONGEST_SECONDS:
        raise BadInput(
            f"{path} lasts {seconds:,.0f} seconds; at most {LONGEST_SECONDS} are taken in. "
            "Cut out what you need."
        )


def _refuse_frame(path: Path, stream: Any, frame: av.VideoFrame) -> None:
    """Raises ``BadInput`` for a frame that could not be shown as it is meant."""
    if frame.color_trc in _HDR or frame.color_primaries == _WIDE:
        kind = _HDR.get(frame.color_trc, "BT.2020 colours")
        raise BadInput(f"{path} is an HDR clip ({kind}), and the film is not. {_AGAIN}")
    if frame.format.name not in _EIGHT_BITS:
        raise BadInput(f"{path} has pixels of the kind {frame.format.name}, which is not taken in. {_AGAIN}")
    if frame.colorspace not in _MATRICES:
        raise BadInput(f"{path} has colours of matrix {frame.colorspace}, which is not taken in. {_AGAIN}")
    if _is_mirrored(frame):
        raise BadInput(f"{path} is mirrored when it is shown. {_AGAIN}")
    if frame.rotation:
        raise BadInput(f"{path} is turned by {frame.rotation % 360} degrees when it is shown. {_AGAIN}")
    if frame.interlaced_frame:
        raise BadInput(f"{path} is interlaced. {_AGAIN}")
    shape = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    if shape and shape != 1:
        raise BadInput(f"{path} has pixels that are not square ({shape}). {_AGAIN}")


def _is_mirrored(frame: av.VideoFrame) -> bool:
    """Whether the display matrix mirrors: its determinant is below zero (ISO/IEC 14496-12, 6.2.2)."""
    matrix = frame.side_data.get(Type.DISPLAYMATRIX)
    if matrix is None:
        return False
    a, b, _, c, d, *_ = struct.unpack("=9i", bytes(matrix)[:36])
    return bool(a * d - b * c < 0)


def _raster(path: Path, stream: Any) -> Raster:
    wide, high = stream.codec_context.width, stream.codec_context.height
    if max(wide, high) > MOST_SIDE or min(wide, high) < LEAST_SIDE:
        raise BadInput(
            f"{path} is {wide}x{high} pixels; a side of {LEAST_SIDE} to {MOST_SIDE} is taken in. Scale it."
        )
    return Raster(width=wide - wide % 2, height=high - high % 2)


def _times(path: Path, container: InputContainer) -> tuple[list[int], Fraction]:
    """When each frame is shown, in order, and the unit in seconds. Raises ``BadInput``."""
    stream = container.streams.video[0]
    most = stream.frames + 1
    times: list[int] = []
    try:
        for packet in container.demux(stream):
            if packet.is_corrupt:
                raise BadInput(f"{path} is damaged. {_AGAIN}")
            if packet.size and packet.pts is not None and not packet.is_discard:
                times.append(packet.pts)
            if len(times) > most:
                break
    except (FFmpegError, OSError) as fault:
        raise BadInput(f"{path} is damaged or cut short: {last_words(fault)}.") from None
    if not times:
        raise BadInput(f"{path} holds no frame.")
    if len(times) > stream.frames:
        raise BadInput(f"{path} has more frames than it says. {_AGAIN}")
    return sorted(times), Fraction(stream.time_base or 1)


def _rhythm(path: Path, times: list[int], base: Fraction) -> Rate:
    """The one rate of the frames. Raises ``BadInput`` where they have none."""
    if len(times) == 1:
        return Rate()
    tick = Fraction(times[-1] - times[0], len(times) - 1) * base
    fps = (1 / tick).limit_denominator(1001) if tick > 0 else Fraction(0)
    usual = {n: _apart(times, base, n) for n in _usual() if abs(n - fps) * tick * (len(times) - 1) < _OFF}
    near = min(usual, key=lambda n: usual[n]) if usual else fps
    if not 1 <= near <= 240:
        raise BadInput(f"{path} has {float(near):.2f} frames a second; 1 to 240 are taken in. {_AGAIN}")
    off = _apart(times, base, near)
    if off > _OFF:
        raise BadInput(
            f"{path} has a variable frame rate: frames lie up to {float(off):.1f} frames beside their place. "
            f"{_AGAIN}"
        )
    return Rate(num=near.numerator, den=near.denominator)


def _apart(times: list[int], base: Fraction, rate: Fraction) -> Fraction:
    """How far the frames lie beside an even rhythm at ``rate``, at most, in frames."""
    return max(abs((time - times[0]) * base * rate - n) for n, time in enumerate(times))


def _usual() -> tuple[Fraction, ...]:
    """Rates that cameras mean, where the file's clock is too coarse to say them exactly."""
    whole = (24, 25, 30, 48, 50, 60, 120)
    return (*map(Fraction, whole), *(Fraction(n * 1000, 1001) for n in (24, 30, 60, 120)))


def _frames(path: Path, container: InputContainer, seen: Seen) -> Iterator[av.VideoFrame]:
    """The decoded frames in order. Raises ``BadInput``."""
    stream = container.streams.video[0]
    codec = stream.codec_context
    codec.options = {"err_detect": "explode"}
    size = codec.width, codec.height
    count = 0
    try:
        for frame in container.decode(stream):
            if frame.is_corrupt or (frame.width, frame.height) != size:
                raise BadInput(f"{path} is damaged at frame {count}. {_AGAIN}")
            _refuse_frame(path, stream, frame)
            if count == seen.frames:
                raise BadInput(f"{path} has more frames than it says. {_AGAIN}")
            yield frame
            count += 1
    except (FFmpegError, OSError) as fault:
        raise BadInput(f"{path} is damaged at frame {count}: {last_words(fault)}.") from None
