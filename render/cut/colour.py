"""The one conversion between sRGB pixels and the film's picture: BT.709, limited range, 4:2:0.

Source of the matrix: ITU-R BT.709-6, part 3. A flat colour that goes in and comes back out is within
one code value; that needs accurate rounding and chroma carried at full width, which swscale leaves
off unless asked, and without which saturated colours come back three or four values away.
"""

from __future__ import annotations

from typing import cast

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from ...storyboard.errors import BadTake
from ..protocol import Pixels
from ..requests import Raster

_EXACT = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
TAG_BT709 = 1
"""BT.709 in the tables of ITU-T H.273, for primaries, transfer and matrix alike."""
TAG_LIMITED = 1
"""Limited ("tv") range in libavutil's AVColorRange."""


_BT601 = frozenset({5, 6})
"""BT.470 B/G and SMPTE 170M in the matrix table of ITU-T H.273: both are the matrix of BT.601."""


class ToVideo:
    """Turns pixels into frames to be encoded. Keeps one scaler, so use one object for one stream."""

    def __init__(self, raster: Raster) -> None:
        self._shapes = ((raster.height, raster.width, 3), (raster.height, raster.width, 4))
        self._scaler = VideoReformatter()

    def __call__(self, pixels: Pixels) -> av.VideoFrame:
        """``pixels`` as yuv420p. Raises ``BadTake`` where they are not bytes of the stream's size."""
        if pixels.shape not in self._shapes or pixels.dtype != np.uint8:
            high, wide, _ = self._shapes[0]
            got = "x".join(str(n) for n in pixels.shape)
            raise BadTake(
                f"The renderer gave a frame of {got} {pixels.dtype}, "
                f"where {high}x{wide}x3 (or x4) uint8 was asked for."
            )
        layout = "rgb24" if pixels.shape[2] == 3 else "rgba"
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format=layout)
        video = self._scaler.reformat(
            frame,
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=_EXACT,
            threads=1,
        )
        video.color_primaries = TAG_BT709
        video.color_trc = TAG_BT709
        return video


class ToPixels:
    """Turns decoded frames back into pixels. Keeps one scaler, so use one object for one reader."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()

    def __call__(self, frame: av.VideoFrame) -> Pixels:
        """Height x width x 3, sRGB. Untagged video is read as BT.709, as players do at this size."""
        if frame.format.name.startswith(("rgb", "gbr", "pal", "gray", "bgr")):
            flat = self._scaler.reformat(frame, format="rgb24", interpolation=_EXACT, threads=1)
        else:
            tagged = frame.colorspace in _BT601
            flat = self._scaler.reformat(
                frame,
                format="rgb24",
                src_colorspace=Colorspace.ITU601 if tagged else Colorspace.ITU709,
                dst_colorspace=Colorspace.ITU709,
                src_color_range=ColorRange.JPEG if _is_full(frame) else ColorRange.MPEG,
                dst_color_range=ColorRange.JPEG,
                interpolation=_EXACT,
                threads=1,
            )
        return cast(Pixels, np.ascontiguousarray(flat.to_ndarray()))


def _is_full(frame: av.VideoFrame) -> bool:
    return bool(frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj"))
