"""Subtitles drawn into the picture, for screens that show no soft ones.

The lines stand as they were broken (``storyboard/subtitles.py``), white with a dark edge, above the lowest
twentieth of the frame; shaped by ``lettering``, so that right-to-left and Indic scripts stand as they
should where a font here has them. Nothing in them is markup.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ...storyboard.subtitles import MOST_COLUMNS, line_columns
from ...storyboard.timeline import Subtitle
from ..protocol import Pixels
from ..requests import Raster

_SIZE = 1 / 19
"""Of the shorter of the height and 0.7 of the width (more where lines are shorter, in narrow frames): the
font's size, where the widest line fits."""
_WIDEST, _FOOT = 0.9, 0.05
"""Share of the frame that a line may be wide, and that is free below."""
_EDGE = 1 / 13
"""Of the font's size."""
_KEPT = 4
"""Laid-out texts that are kept."""


@dataclass(frozen=True)
class _Drawn:
    """A text over the rows from ``top`` on: its colours times alpha, and 255 less alpha."""

    top: int
    colours: npt.NDArray[np.uint16]
    through: npt.NDArray[np.uint16]


class Burnt:
    """The subtitles of a film, to be drawn over its frames."""

    def __init__(self, subtitles: Sequence[Subtitle], raster: Raster) -> None:
        self._shown = sorted(subtitles, key=lambda one: one.start)
        self._starts = [one.start for one in self._shown]
        self._raster = raster
        self._laid = lru_cache(maxsize=_KEPT)(self._lay)

    def spans(self, start: int, frames: int) -> list[tuple[int, int]]:
        """Where text stands among ``frames`` frames from frame ``start`` on, counted from there."""
        found = [(max(0, s.start - start), min(frames, s.stop - start)) for s in self._shown]
        return [(first, stop) for first, stop in found if first < stop]

    def over(self, pixels: Pixels, index: int) -> Pixels:
        """The frame ``index`` of the film with what stands over it."""
        at = bisect_right(self._starts, index) - 1
        if at < 0 or index >= self._shown[at].stop:
            return pixels
        drawn = self._laid(self._shown[at].text)
        seen = pixels.copy()
        rows = seen[drawn.top : drawn.top + len(drawn.colours)]
        rows[:] = (rows * drawn.through + 127) // 255 + drawn.colours
        return seen

    def notices(self) -> list[str]:
        """Characters that no font here has, and the package that would bring one."""
        from ..glyphs import missing_notice

        told = missing_notice("".join(dict.fromkeys("".join(one.text for one in self._shown))))
        return [f"subtitles: {told}"] if told else []

    def _lay(self, text: str) -> _Drawn:
        import skia

        from ..lettering import set_text

        width, height = self._raster.width, self._raster.height
        share = 0.7 * MOST_COLUMNS / line_columns(width, height)
        size = max(6.0, _SIZE * min(height, share * width))
        room = _WIDEST * width
        widest = set_text(text, "sans", size, measure=1e6, align="left").width
        size *= min(1.0, room / max(1.0, widest))
        edge = max(0.6, size * _EDGE)
        white, black = (
            set_text(text, "sans", size, measure=float(width), align="centre", colour=colour)
            for colour in ("#ffffff", "#000000")
        )
        foot = height * (1 - _FOOT)
        tall = math.ceil(white.height + 2 * edge) + 2
        top = max(0, min(height - tall, int(foot - tall)))
        sheet = np.zeros((min(tall, height), width, 4), np.uint8)
        canvas = skia.Surface(sheet, colorType=skia.kRGBA_8888_ColorType).getCanvas()
        for turn in range(12):
            angle = math.tau * turn / 12
            black.draw(canvas, edge * math.cos(angle), edge + 1 + edge * math.sin(angle))
        white.draw(canvas, 0.0, edge + 1)
        alpha = sheet[:, :, 3:].astype(np.uint16)
        return _Drawn(top, sheet[:, :, :3].astype(np.uint16), 255 - alpha)
