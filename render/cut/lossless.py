"""Lossless tails: the last frames before a point where another shot goes on, bit for bit.

H.264 in RGB at quantiser 0, so that the same reader opens it and nothing drifts from window to
window by being encoded again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np

from ...storyboard.rate import Rate
from ..protocol import Pixels


def write_lossless(path: Path, frames: Sequence[Pixels], rate: Rate) -> None:
    """Write frames, each height x width x 3, so that reading them gives the same bytes."""
    height, width = frames[0].shape[:2]
    with av.open(f"file:{path}", "w", format="mp4") as container:
        stream = container.add_stream("libx264rgb", rate=rate.fps, options={"qp": "0", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "rgb24"
        for pixels in frames:
            shown = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[:, :, :3]), format="rgb24")
            container.mux(stream.encode(shown))
        container.mux(stream.encode(None))
