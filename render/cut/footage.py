"""Reading takes and stills back: frames by index, as RGB, in flat memory.

Only the containers and codecs that this program itself writes are opened, by their first bytes and
never by their name, with no protocol but a file: a film folder may come from a stranger.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import cast

import av
from av.container import InputContainer
from av.error import FFmpegError

from ...storyboard.errors import BadTake
from ...storyboard.rate import Rate
from ..protocol import Pixels
from .colour import ToPixels
from .encoding import last_words, url

MOST_PIXELS = 8192 * 8192
"""Larger frames are refused before one is decoded."""
_CODECS = {"mov": ("h264",), "png_pipe": ("png",)}
_FILE_ONLY = {"protocol_whitelist": "file", "probesize": "32"}
_UNDECODED = [{"skip_frame": "all"}]
"""Opening tells what the header tells. Unasked, libavformat decodes seven frames of every take."""
_NEAR = 24
"""Frames that are decoded past rather than sought to."""


def open_footage(path: Path) -> TakeFootage:
    """Open a take or a still. Raises ``BadTake`` where it is neither, or is damaged."""
    return TakeFootage(path)


def open_container(path: Path) -> InputContainer:
    """An allow-listed container with one decodable picture stream. Raises ``BadTake``."""
    try:
        with path.open("rb") as file:
            head = file.read(24)
    except OSError as fault:
        raise BadTake(f"{path.name} cannot be read: {fault.strerror}.") from fault
    kind = _kind(head)
    if kind is None:
        raise BadTake(f"{path.name} is neither an MP4 nor a PNG; nothing else is opened.")
    if kind == "png_pipe" and not _fits(*struct.unpack(">II", head[16:24].ljust(8, b"\0"))):
        raise BadTake(f"{path.name} is empty, or has more than {MOST_PIXELS} pixels.")
    try:
        container = av.open(url(path), "r", format=kind, options=_FILE_ONLY, stream_options=_UNDECODED)
    except (FFmpegError, OSError) as fault:
        raise BadTake(f"{path.name} is damaged or cut short: {last_words(fault)}.") from fault
    fault_found = _objection(container, _CODECS[kind])
    if fault_found:
        container.close()
        raise BadTake(f"{path.name} {fault_found}.")
    return cast(InputContainer, container)


def _kind(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png_pipe"
    return "mov" if head[4:8] == b"ftyp" else None


def _objection(container: InputContainer, codecs: tuple[str, ...]) -> str:
    if not container.streams.video:
        return "holds no picture"
    codec = container.streams.video[0].codec_context
    if codec.name not in codecs:
        return f"holds {codec.name} pictures; only {', '.join(codecs)} is opened"
    if not _fits(codec.width, codec.height):
        return f"has frames of {codec.width}x{codec.height}; at most {MOST_PIXELS} pixels are opened"
    rate = container.streams.video[0].average_rate
    if codec.name == "h264" and not (rate and 1 <= rate <= 240):
        return "has no frame rate from 1 to 240"
    return ""


def _fits(width: int, height: int) -> bool:
    return 0 < width * height <= MOST_PIXELS


class TakeFootage:
    """A take's picture, as ``Footage`` (see ``render/protocol.py``). Close it, or use ``with``.

    Reading in order decodes each frame once; a step back seeks to the keyframe before.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._container = open_container(path)
        self._stream = self._container.streams.video[0]
        codec = self._stream.codec_context
        codec.thread_count = 1
        codec.options = {"max_pixels": str(MOST_PIXELS), "err_detect": "explode"}
        self.size: tuple[int, int] = (codec.width, codec.height)
        """Width and height in pixels."""
        self.is_still = codec.name == "png"
        """One picture, that may be shown for any time."""
        exact = Fraction(24) if self.is_still else Fraction(self._stream.average_rate or 24)
        self.rate = Rate(num=exact.numerator, den=exact.denominator)
        self._count = 1 if self.is_still else self._stream.frames
        self._convert = ToPixels()
        self._decoded: Iterator[av.VideoFrame] = iter(())
        self._next: int | None = None
        self._last: tuple[int, Pixels] | None = None

    @property
    def count(self) -> int:
        """How many frames there are."""
        return self._count

    def frame(self, index: int) -> Pixels:
        """One frame, height x width x 3. ``IndexError`` outside 0..count-1, ``BadTake`` if damaged."""
        if not 0 <= index < self._count:
            raise IndexError(f"frame {index} of {self._count}")
        if self._last is None or self._last[0] != index:
            self._last = (index, self._convert(self._reach(index)))
        return self._last[1].copy()

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames ``start`` up to but without ``stop``, in order, decoded once, in flat memory."""
        if not 0 <= start <= stop <= self._count:
            raise IndexError(f"frames {start} to {stop} of {self._count}")
        for index in range(start, stop):
            yield self._convert(self._reach(index))

    def _reach(self, index: int) -> av.VideoFrame:
        """Decode up to frame ``index``, by seeking where that is shorter."""
        if self._next is None or not self._next <= index < self._next + _NEAR:
            self._seek(index)
        try:
            for frame in self._decoded:
                at = 0 if self.is_still else self._index(frame)
                self._next = at + 1
                if at == index:
                    return self._sound(frame, index)
                if at > index:
                    break
        except (FFmpegError, OSError) as fault:
            self._next = None
            raise BadTake(f"{self.path.name} is damaged at frame {index}: {last_words(fault)}.") from fault
        self._next = None
        raise BadTake(f"{self.path.name} is cut short: frame {index} of {self._count} is missing.")

    def _sound(self, frame: av.VideoFrame, index: int) -> av.VideoFrame:
        """The frame, unless it is damaged or of another size than the file says."""
        if frame.is_corrupt or (frame.width, frame.height) != self.size:
            raise BadTake(f"{self.path.name} is damaged at frame {index}.")
        return frame

    def _seek(self, index: int) -> None:
        try:
            if not self.is_still:
                ticks = int(Fraction(index) / self.rate.fps / Fraction(self._stream.time_base or 1))
                self._container.seek(ticks + (self._stream.start_time or 0), stream=self._stream)
            else:
                self._container.close()
                self._container = open_container(self.path)
            self._decoded = self._container.decode(video=0)
            self._next = None
        except (FFmpegError, OSError) as fault:
            raise BadTake(f"{self.path.name} is damaged: {last_words(fault)}.") from fault

    def _index(self, frame: av.VideoFrame) -> int:
        if frame.pts is None or frame.time_base is None:
            raise BadTake(f"{self.path.name} has a frame without a time.")
        ticks: int = frame.pts - (self._stream.start_time or 0)
        return round(ticks * Fraction(frame.time_base) * self.rate.fps)

    @property
    def pix_fmt(self) -> str:
        """The pixel format, known once a frame was read."""
        return str(self._stream.codec_context.pix_fmt)

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def __enter__(self) -> TakeFootage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
