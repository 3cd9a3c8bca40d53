"""One film file: picture and sound copied packet by packet, the subtitles as a track.

Everything is written in one pass, in step, so that memory does not grow with the film. Subtitle
samples are made here, byte for byte (ISO/IEC 14496-17: a length and UTF-8 text), because the
libraries' converters obey the markup that they find in the text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from math import lcm
from pathlib import Path
from types import TracebackType

import av
from av.container import InputContainer
from av.error import FFmpegError

from ...storyboard.errors import BadTake
from ...storyboard.rate import Rate
from .captions import Caption
from .encoding import failure, last_words, url
from .footage import open_container
from .track import SOUND_HZ, Track

_AHEAD = Fraction(1, 2)
"""Seconds of sound that are written ahead of the picture."""
TEXT_STYLE = b"""[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, \
MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


class FilmFile:
    """Writes a film of exactly ``frames`` frames to ``path``.

    ``pattern`` is any file in the film's one encoding: its parameters head the picture track. ``sound``
    is a track as ``track.py`` writes it.
    """

    def __init__(
        self,
        path: Path,
        pattern: Path,
        rate: Rate,
        frames: int,
        *,
        sound: Path | None,
        captions: Sequence[Caption],
        title: str,
        language: str,
    ) -> None:
        self._tick = 1 / rate.fps
        self._rate = rate
        self.frames = 0
        """Frames written so far."""
        with ExitStack() as opened:
            self._pattern = open_container(pattern)
            opened.callback(self._pattern.close)
            track = Track(sound) if sound is not None else None
            if track is not None:
                opened.callback(track.close)
            try:
                options = {"movflags": "+faststart", "movie_timescale": str(_timescale(rate))}
                self._file = av.open(url(path), "w", format="mp4", options=options)
            except (FFmpegError, OSError) as fault:
                raise failure("The film cannot be written", fault) from fault
            self._read_from = opened.pop_all()
        self._file.metadata["title"] = title
        self._picture = self._file.add_stream_from_template(self._pattern.streams.video[0])
        self._sound: Iterator[av.Packet] = iter(())
        self._heard = Fraction(0)
        if track is not None:
            heard = self._file.add_stream_from_template(track.stream)
            heard.metadata["language"] = language
            self._sound = _moved(track.packets(), heard)
        self._captions = list(reversed(captions))
        self._subtitles = None
        if captions:
            self._subtitles = self._file.add_stream("mov_text")
            self._subtitles.codec_context.subtitle_header = TEXT_STYLE
            self._subtitles.time_base = Fraction(1, 1000)
            self._subtitles.metadata["language"] = language

    def copy(self, container: InputContainer, start: int, stop: int) -> None:
        """Add frames ``start`` up to but without ``stop`` of an open take in the film's encoding, as is.

        ``start`` is a keyframe. Raises ``BadTake`` where the file does not hold them, and ``NoRoom``
        or ``RenderError`` where they cannot be written.
        """
        name = Path(container.name).name
        stream = container.streams.video[0]
        ticks = int(start * self._tick / Fraction(stream.time_base or 1))
        container.seek(ticks + (stream.start_time or 0), stream=stream)
        wanted = start
        for packet in _packets(name, container.demux(stream)):
            index = round((packet.pts - (stream.start_time or 0)) * packet.time_base * self._rate.fps)
            if index < start:
                continue
            if index >= stop:
                break
            if index != wanted or packet.pts != packet.dts or (index == start and not packet.is_keyframe):
                raise BadTake(f"{name} is not in the film's encoding at frame {index}.")
            self._add(packet)
            wanted += 1
        if wanted != stop:
            raise BadTake(f"{name} is cut short: frame {wanted} is missing.")

    def _add(self, packet: av.Packet) -> None:
        now = self.frames * self._tick
        try:
            self._keep_step(now)
            packet.stream = self._picture
            packet.pts = packet.dts = self.frames
            packet.duration = 1
            packet.time_base = self._tick
            self._file.mux(packet)
        except (FFmpegError, OSError) as fault:
            raise failure(f"The film could not be written past frame {self.frames}", fault) from fault
        self.frames += 1

    def _keep_step(self, now: Fraction | None) -> None:
        """Write the sound and subtitles due by ``now`` seconds; all that is left for None."""
        while self._captions and (now is None or self._captions[-1].start <= now * 1000):
            caption = self._captions.pop()
            self._file.mux(self._sample(caption))
        while now is None or self._heard <= now + _AHEAD:
            packet = next(self._sound, None)
            if packet is None:
                break
            self._heard = Fraction((packet.pts or 0) * packet.time_base)
            self._file.mux(packet)

    def _sample(self, caption: Caption) -> av.Packet:
        text = caption.text.encode("utf-8")[:0xFFFF].decode("utf-8", "ignore").encode("utf-8")
        packet = av.Packet(struct.pack(">H", len(text)) + text)
        packet.stream = self._subtitles
        packet.pts = packet.dts = caption.start
        packet.duration = max(1, caption.stop - caption.start)
        packet.time_base = Fraction(1, 1000)
        return packet

    def close(self) -> None:
        """Finish the film: afterwards the file is complete, its index before its pictures."""
        try:
            self._keep_step(None)
            self._file.close()
        except (FFmpegError, OSError) as fault:
            raise failure("The film could not be finished", fault) from fault
        finally:
            self._read_from.close()

    def __enter__(self) -> FilmFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        self._read_from.close()
        try:
            self._file.close()
        except (FFmpegError, OSError):  # the first error is the one to tell
            return


def _timescale(rate: Rate) -> int:
    """Ticks a second of the film's edit lists, in which frames and samples alike are whole."""
    exact = lcm(SOUND_HZ, rate.num)
    return exact if exact <= 1_000_000 else SOUND_HZ


def _packets(name: str, demuxed: Iterator[av.Packet]) -> Iterator[av.Packet]:
    try:
        for packet in demuxed:
            if packet.size:
                yield packet
    except (FFmpegError, OSError) as fault:
        raise BadTake(f"{name} is damaged: {last_words(fault)}.") from fault


def _moved(packets: Iterator[av.Packet], stream: av.AudioStream) -> Iterator[av.Packet]:
    """The packets, into another file's stream."""
    for packet in packets:
        packet.stream = stream
        yield packet
