"""Conform: footage of any size and rate in the film's raster and rate. A renderer like any other.

It is also who grades and re-frames finished takes (``grade.py``, ``reframe.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Literal, cast

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter

from ...storyboard.errors import Refused
from ...storyboard.rate import Rate
from ..protocol import Capabilities, Footage, Frame, Job, Notice, Output, Pixels, Tick
from ..requests import Conform, Grade, Input, Join, Piece, Raster, Reframe
from .motion import between_frames

_SCALING = Interpolation.LANCZOS | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
Framing = Literal["fit", "fill"]


class Conformed:
    """``frames`` frames of the film, from frame ``start`` of the take. Itself ``Footage``.

    Frame ``i`` of the film shows what the take shows at the middle of that frame, so no frame is
    blended and none drifts. Past the take's end its last frame is held.
    """

    def __init__(
        self,
        footage: Footage,
        raster: Raster,
        rate: Rate,
        frames: int,
        *,
        start: int = 0,
        framing: Framing = "fill",
    ) -> None:
        self._footage = footage
        self._raster = raster
        self._framing = framing
        self._start = start
        taken = getattr(footage, "rate", rate)
        self._step = Fraction(taken.fps) / rate.fps
        self.rate = rate
        self.count = frames
        self.held = 0
        """Frames at the end for which the take was too short."""
        while self.held < frames and self._wanted(frames - 1 - self.held) >= footage.count:
            self.held += 1
        self._scaler = VideoReformatter()
        self._last: tuple[int, Pixels] | None = None

    def frame(self, index: int) -> Pixels:
        """One frame of the film, height x width x 3."""
        if not 0 <= index < self.count:
            raise IndexError(f"frame {index} of {self.count}")
        source = min(self._wanted(index), self._footage.count - 1)
        if self._last is None or self._last[0] != source:
            self._last = (
                source,
                framed(self._footage.frame(source), self._raster, self._framing, self._scaler),
            )
        return self._last[1].copy()

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames ``start`` up to but without ``stop``, in order."""
        for index in range(start, stop):
            yield self.frame(index)

    def runs(self) -> Iterator[tuple[Pixels, int]]:
        """All frames in order, each with how many frames of the film it is shown for."""
        index = 0
        while index < self.count:
            source = min(self._wanted(index), self._footage.count - 1)
            after = index + 1
            while after < self.count and min(self._wanted(after), self._footage.count - 1) == source:
                after += 1
            yield self.frame(index), after - index
            index = after

    def _wanted(self, index: int) -> int:
        return self._start + int((index + Fraction(1, 2)) * self._step)


class Joined:
    """Pieces of takes, end to end. Itself ``Footage``, read in flat memory: one frame at a time."""

    def __init__(self, pieces: Sequence[Piece], footage: Mapping[Input, Footage], rate: Rate) -> None:
        self._pieces = [(piece, footage[piece.take]) for piece in pieces]
        self.rate = getattr(self._pieces[0][1], "rate", rate)
        self.count = sum(piece.stop - piece.start for piece in pieces)

    def frame(self, index: int) -> Pixels:
        """One frame, height x width x 3. Raises ``IndexError`` outside 0..count-1."""
        left = index
        for piece, footage in self._pieces:
            if 0 <= left < piece.stop - piece.start:
                return footage.frame(piece.start + left)
            left -= piece.stop - piece.start
        raise IndexError(f"frame {index} of {self.count}")

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames ``start`` up to but without ``stop``, in order."""
        return (self.frame(index) for index in range(start, stop))


def framed(pixels: Pixels, raster: Raster, framing: Framing, scaler: VideoReformatter) -> Pixels:
    """Pixels of any size in ``raster``: ``fill`` crops to its middle, ``fit`` pads with black."""
    high, wide = pixels.shape[:2]
    if (wide, high) == (raster.width, raster.height):
        return pixels[:, :, :3]
    if framing == "fill":
        share = Fraction(raster.width, raster.height)
        keep_wide = min(wide, max(1, round(high * share)))
        keep_high = min(high, max(1, round(wide / share)))
        left, top = (wide - keep_wide) // 2, (high - keep_high) // 2
        return _scaled(
            pixels[top : top + keep_high, left : left + keep_wide], raster.width, raster.height, scaler
        )
    scale = min(Fraction(raster.width, wide), Fraction(raster.height, high))
    new_wide, new_high = max(1, round(wide * scale)), max(1, round(high * scale))
    canvas = np.zeros((raster.height, raster.width, 3), np.uint8)
    left, top = (raster.width - new_wide) // 2, (raster.height - new_high) // 2
    canvas[top : top + new_high, left : left + new_wide] = _scaled(pixels, new_wide, new_high, scaler)
    return canvas


def _scaled(pixels: Pixels, width: int, height: int, scaler: VideoReformatter) -> Pixels:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[:, :, :3]), format="rgb24")
    scaled = scaler.reformat(frame, width, height, "rgb24", interpolation=_SCALING, threads=1)
    return cast(Pixels, np.ascontiguousarray(scaled.to_ndarray()))


def _moved(number: int, footage: Footage, request: Conform, tick: Tick) -> Iterator[Output]:
    """A take at a higher rate, with the frames between those there are moved along (``between_frames``)."""
    taken = getattr(footage, "rate", request.rate)
    reel = between_frames(footage, taken, request.rate, request.raster, request.start)
    done = 0
    last: Pixels | None = None
    for pixels in islice(reel, request.frames):
        last = pixels
        yield Frame(number, pixels)
        done += 1
        tick(number, done / request.frames)
    if last is None:
        raise Refused(f"conform: the take has no frames from {request.start} on.")
    if done < request.frames:
        yield Notice(
            number, "held", f"The take is {request.frames - done} frames too short: its last is held."
        )
        yield Frame(number, last, request.frames - done)
        tick(number, 1.0)


def _graded(number: int, job: Job, request: Grade, tick: Tick) -> Iterator[Output]:
    """A take in other colours, one function of colour for all its frames."""
    from .grade import Graded, matched, statistics

    footage = job.footage[request.take]
    match = None
    if request.like is not None:
        match = matched(statistics(footage), statistics(job.footage[request.like]))
    colour = Graded(footage, request.look, match)
    reel = Conformed(footage, request.raster, request.rate, request.frames)
    done = 0
    for pixels, hold in reel.runs():
        yield Frame(number, colour(pixels), hold)
        done += hold
        tick(number, done / request.frames)


def _reframed(number: int, job: Job, request: Reframe, tick: Tick) -> Iterator[Output]:
    """A take in another shape of frame."""
    from .reframe import reframed

    footage = job.footage[request.take]
    high, wide = footage.frame(0).shape[:2]
    if footage.count < request.frames or getattr(footage, "rate", request.rate) != request.rate:
        own = Raster(width=wide, height=high)
        footage = Conformed(footage, own, request.rate, request.frames)
    done = 0
    for pixels, hold in reframed(footage, (wide, high), request.staged, request.raster).runs():
        hold = min(hold, request.frames - done)
        if hold:
            yield Frame(number, pixels, hold)
        done += hold
        tick(number, done / request.frames)


class Conformer:
    """The renderer of ``Conform``, ``Join``, ``Grade`` and ``Reframe`` requests."""

    name = "conform"
    weights = "none"
    pixels = 1

    def capabilities(self) -> Capabilities:
        """Conforms, on a CPU, at any rate."""
        kinds = frozenset({"conform", "join", "grade", "reframe"})
        return Capabilities(requests=kinds, inputs=frozenset({"take", "like"}))

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing to load."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """Each take in the film's raster and rate. One that is too short is held, with a notice; a still
        without one, since it is meant so.
        """
        for number, job in enumerate(jobs):
            request = job.request
            if isinstance(request, Conform) and request.motion == "flow":
                yield from _moved(number, job.footage[request.take], request, tick)
                continue
            if isinstance(request, Grade):
                yield from _graded(number, job, request, tick)
                continue
            if isinstance(request, Reframe):
                yield from _reframed(number, job, request, tick)
                continue
            if isinstance(request, Conform):
                footage, start = job.footage[request.take], request.start
            elif isinstance(request, Join):
                footage, start = Joined(request.pieces, job.footage, request.rate), 0
            else:
                raise Refused(f"conform does not make {type(request).__name__}.")
            reel = Conformed(
                footage, request.raster, request.rate, request.frames, start=start, framing=request.framing
            )
            if reel.held and footage.count > 1:
                words = f"The take is {reel.held} frames too short: its last frame is held."
                yield Notice(number, "held", words)
            done = 0
            for pixels, hold in reel.runs():
                yield Frame(number, pixels, hold)
                done += hold
                tick(number, done / request.frames)

    def unload(self) -> None:
        """Nothing to give back."""
