"""More frames than there are: those between two are moved along the motion from one to the other.

By ffmpeg's ``minterpolate`` (motion compensation over overlapped blocks, both ways): no weights, on any
processor. It stands where VideoGen (arXiv 2309.00398, section 3.3) has its flow-based temporal
super-resolution; what it cannot follow, the refining after it draws over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av
import numpy as np
from av.filter import Graph
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from ...storyboard.errors import Refused
from ...storyboard.rate import Rate
from ..protocol import Footage, Pixels
from ..requests import Raster

_HOW = "mi_mode=mci:mc_mode=aobmc:me_mode=bidir:me=epzs:vsbmc=1:scd=none"
_AS: dict[str, Any] = {"dst_colorspace": Colorspace.ITU709, "dst_color_range": ColorRange.JPEG}
_BACK: dict[str, Any] = {"src_colorspace": Colorspace.ITU709, "src_color_range": ColorRange.JPEG}
_LEAST = 32
"""Pixels below which the filter finds no blocks to follow."""
_AFTER = 3
"""Frames that the filter looks ahead: the last one is given so often more."""


def between_frames(
    footage: Footage, taken: Rate, rate: Rate, raster: Raster, start: int = 0
) -> Iterator[Pixels]:
    """The frames of ``footage`` from ``start`` on at ``rate``, a multiple of ``taken``, in ``raster``.

    Frame ``i * rate / taken`` is frame ``i`` of the footage, untouched; with n of them,
    (n - 1) * rate / taken + 1 come. In flat memory. Raises ``Refused`` where the rate is no multiple, or
    frames are too small to follow motion.
    """
    from .conform import framed

    times = rate.fps / taken.fps
    if times.denominator != 1:
        raise Refused(f"conform moves frames to a multiple of {taken.fps} a second, not {rate.fps}.")
    if min(raster.width, raster.height) < _LEAST:
        raise Refused(f"conform follows motion in frames of {_LEAST} pixels or more.")
    count = footage.count - start
    if count < 2 or times == 1:
        scaler = VideoReformatter()
        yield from (framed(f, raster, "fill", scaler) for f in footage.frames(start, footage.count))
        return
    yield from _filtered(footage, start, count, int(times), taken.fps, raster)


def _filtered(
    footage: Footage, start: int, count: int, times: int, fps: Fraction, raster: Raster
) -> Iterator[Pixels]:
    from .conform import framed

    graph, base = Graph(), 1 / fps
    source = graph.add_buffer(
        width=raster.width, height=raster.height, format=av.VideoFormat("yuv444p"), time_base=base
    )
    filters = [source, graph.add("minterpolate", f"fps={fps * times}:{_HOW}"), graph.add("buffersink")]
    for one, other in pairwise(filters):
        one.link_to(other)
    graph.configure()
    scaler = VideoReformatter()
    total = (count - 1) * times + 1
    given = 0
    frames = footage.frames(start, start + count)
    own: deque[Pixels] = deque()
    last: Pixels | None = None
    for number in range(count + _AFTER):
        pixels = next(frames, None)
        if pixels is not None:
            last = np.ascontiguousarray(framed(pixels, raster, "fill", scaler))
            own.append(last)
        assert last is not None  # count is 2 or more
        frame = av.VideoFrame.from_ndarray(last, format="rgb24").reformat(format="yuv444p", **_AS)
        frame.pts, frame.time_base = number, base
        graph.push(frame)
        for moved in _ready(graph):
            if given == total:
                return
            yield (
                own.popleft() if given % times == 0 else moved.reformat(format="rgb24", **_BACK).to_ndarray()
            )
            given += 1
    if given < total:
        raise Refused(f"conform: the motion filter gave {given} frames of {total}. Make the shot without it.")


def _ready(graph: Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            pulled = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(pulled, av.VideoFrame)
        yield pulled
