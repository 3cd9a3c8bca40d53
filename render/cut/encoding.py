"""The film's one encoding: every take and every composed span is written by this ``Encoder``.

H.264 without B-frames, closed groups of pictures of a fixed length, one set of parameters: so that
a body can be copied into the film packet by packet and cut at any frame, and what is composed
anew joins it without a seam.

The encoder runs in process. Against a pipe to an ffmpeg child it took a third less CPU (1.09 s
against 1.6 s for 144 frames of 1280x720 on twos), since a held frame is converted once.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.error import FFmpegError

from ...storyboard.errors import BadInput, NoRoom, PhotoplayError, RenderError
from ...storyboard.rate import Rate
from ..protocol import Pixels
from ..requests import Raster
from .colour import TAG_BT709, TAG_LIMITED, ToVideo

KEYFRAME_EVERY = 12
"""Frames from keyframe to keyframe: half a second at 24."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_QUALITY = {"preset": "veryfast", "crf": "18", "profile": "high", "bf": "0", "sc_threshold": "0"}
_GROUPS = "open-gop=0:scenecut=0:bframes=0"
_SMALL = 320 * 180
"""Pixels of a frame under which the macroblock tree is left out. In frames of few macroblocks it reads what
was never written: equal frames of 96x64 became other bytes once in some hundred encodings."""


class Encoder:
    """Writes frames into an MP4 at ``path``, in the film's encoding, in flat memory.

    ``threads`` stays 1 where workers run side by side. Usable as a context manager: it closes on
    the way out and abandons on an error.
    """

    def __init__(
        self, path: Path, raster: Raster, rate: Rate, keyframe_every: int = KEYFRAME_EVERY, threads: int = 1
    ) -> None:
        self.path = path
        self.frames = 0
        """Frames written so far."""
        self._convert = ToVideo(raster)
        self._tick = 1 / rate.fps
        self._open = True
        need_encoder("libx264", "The film's picture")
        try:
            self._file = av.open(url(path), "w", format="mp4")
            self._stream = self._file.add_stream(
                "libx264", rate=rate.fps, options=_options(keyframe_every, threads, raster)
            )
            self._stream.width, self._stream.height = raster.width, raster.height
            self._stream.pix_fmt = "yuv420p"
            codec = self._stream.codec_context
            codec.time_base = self._tick
            codec.gop_size = keyframe_every
            codec.color_range = TAG_LIMITED
            codec.colorspace = codec.color_primaries = codec.color_trc = TAG_BT709
            self._file.start_encoding()
        except (FFmpegError, OSError) as fault:
            raise failure(f"{path.name} cannot be written", fault) from fault

    def write(self, pixels: Pixels, hold: int = 1) -> None:
        """Add one frame, height x width x 3 or x 4, shown for ``hold`` frames.

        Raises ``BadTake`` for a frame of another size and ``NoRoom`` or ``RenderError`` where the
        encoder cannot go on; the file is then of no use and ``abandon`` removes it.
        """
        if hold < 1:
            raise ValueError("a frame is held for one frame or more")
        frame = self._convert(pixels)
        frame.time_base = self._tick
        try:
            for _ in range(hold):
                frame.pts = self.frames
                self._store(frame)
                self.frames += 1
        except (FFmpegError, OSError) as fault:
            raise failure(f"{self.path.name} could not be encoded past frame {self.frames}", fault) from fault

    def close(self) -> int:
        """Finish the file; afterwards it is complete. Frames written. Raises as ``write`` does."""
        if self._open:
            self._open = False
            try:
                self._store(None)
                self._file.close()
            except (FFmpegError, OSError) as fault:
                raise failure(f"{self.path.name} could not be finished", fault) from fault
        return self.frames

    def abandon(self) -> None:
        """Stop and remove the half-written file. Does nothing after ``close``."""
        if not self._open:
            return
        self._open = False
        with suppress(FFmpegError, OSError):  # it is thrown away: that it cannot be finished is no news
            self._file.close()
        self.path.unlink(missing_ok=True)

    def _store(self, frame: av.VideoFrame | None) -> None:
        for packet in self._stream.encode(frame):
            packet.duration = max(1, int(self._tick / packet.time_base))
            self._file.mux(packet)

    def __enter__(self) -> Encoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


def _options(keyframe_every: int, threads: int, raster: Raster) -> dict[str, str]:
    groups = f"keyint={keyframe_every}:min-keyint={keyframe_every}:{_GROUPS}"
    if raster.width * raster.height < _SMALL:
        groups += ":mbtree=0"
    return {**_QUALITY, "threads": str(threads), "x264-params": groups}


def need_encoder(name: str, what: str) -> None:
    """Raise ``BadInput`` where the codec library here cannot encode as ``name``, which ``what`` needs."""
    try:
        av.Codec(name, "w")
    except (FFmpegError, ValueError) as fault:
        raise BadInput(
            f"{what} needs the encoder {name}, which the codec library here (PyAV {av.__version__}) has not. "
            "The wheels of PyAV from PyPI have it: pip install --force-reinstall av. Nothing was written."
        ) from fault


def write_png(path: Path, pixels: Pixels) -> None:
    """Write one frame, height x width x 3 or x 4, as an 8-bit RGB PNG. Raises ``NoRoom``, ``RenderError``."""
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[:, :, :3]), format="rgb24")
    codec = av.CodecContext.create("png", "w")
    codec.width, codec.height, codec.pix_fmt = frame.width, frame.height, "rgb24"
    codec.time_base = Fraction(1, 1)
    try:
        packets = [*codec.encode(frame), *codec.encode(None)]
        path.write_bytes(b"".join(bytes(packet) for packet in packets))
    except (FFmpegError, OSError) as fault:
        raise failure(f"{path.name} could not be written", fault) from fault


def url(path: Path) -> str:
    """How the path is named to libavformat, so that no file name can be read as a protocol."""
    return f"file:{path}"


def failure(what: str, fault: Exception) -> PhotoplayError:
    """The error to raise for a fault of the encoder or the disk, with its own last words."""
    number = getattr(fault, "errno", None)
    if number in _FULL:
        return NoRoom(f"{what}: the disk is full. Finished takes are kept; free some space and run again.")
    if number in _CLOSED:
        return NoRoom(f"{what}: the folder cannot be written to. Finished takes are kept.")
    return RenderError(f"{what}: {last_words(fault)}. Finished takes are kept.")


def last_words(fault: Exception) -> str:
    """What the library or the system said, without numbers and paths."""
    return str(getattr(fault, "strerror", None) or fault).rstrip(".")
