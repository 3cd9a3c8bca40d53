"""Clips as a person might bring them: a bar that grows evenly (see ``ramps.py``), encoded well or badly."""

from fractions import Fraction

import av
import numpy as np
from PIL import Image
from ramps import PACE, painted

from photoplay.render.requests import Raster


def clip(
    path, frames=36, rate=24, size=(512, 64), *, start=8.0, pace=PACE, pts=None, base=None, codec="libx264",
    pix="yuv420p", options=None, sound=False, tune=None, container="mp4",
):  # fmt: skip
    """An MP4 of a bar that grows from ``start`` by ``pace`` a frame. ``pts`` are counted in ``base``."""
    base = base or 1 / Fraction(rate)
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, options=options or {"crf": "4"})
        stream.width, stream.height = size
        stream.pix_fmt = pix
        stream.codec_context.time_base = base
        if tune is not None:
            tune(stream)
        if sound:
            heard = file.add_stream("aac", rate=48_000, layout="mono")
        for n in range(frames):
            frame = av.VideoFrame.from_ndarray(bar_frame(size, start + n * pace), format="rgb24")
            frame.pts, frame.time_base = (n if pts is None else pts[n]), base
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        if sound:
            silence = av.AudioFrame.from_ndarray(
                np.zeros((1, 4800), np.float32), format="fltp", layout="mono"
            )
            silence.sample_rate = 48_000
            file.mux(heard.encode(silence))
            file.mux(heard.encode(None))
    return path


def bar_frame(size, length):
    """One frame of such a clip."""
    return painted(
        Raster(width=max(64, size[0] - size[0] % 2), height=max(64, size[1] - size[1] % 2)), length
    )[: size[1], : size[0]]


def still(path, length=100.0, size=(512, 64), **saved):
    """A picture of such a bar."""
    Image.fromarray(np.ascontiguousarray(bar_frame(size, length))).save(path, **saved)
    return path


def mask(path, size=(512, 64), light=0.5):
    """A mask whose left part is light."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[:, : round(size[0] * light)] = 255
    Image.fromarray(pixels).save(path)
    return path
