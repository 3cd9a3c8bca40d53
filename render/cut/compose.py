"""The spans that change: dissolves, wipes and fades, composed by MoviePy in memory.

MoviePy gets frames by index and gives frames back. It opens and writes no file: its own writer
shifts luma, and its reader keeps an ffmpeg process for every shot.

Weights are taken at the middle of each frame, so a dissolve of ``n`` frames is symmetrical: frame
``i`` shows ``(i + 1/2) / n`` of the incoming shot, and one of a single frame half of each. So is a wipe,
whose weights are of every pixel (``wiping.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ...storyboard.rate import Rate
from ...storyboard.timeline import Clip
from ...storyboard.vocabulary import Opening
from ..protocol import Footage, Pixels
from .wiping import Weights, WipeMask


def composed(
    clip: Clip,
    start: int,
    stop: int,
    rate: Rate,
    shot: Footage,
    handle: Footage | None,
    fade_out: int,
) -> Iterator[Pixels]:
    """Frames ``start`` up to but without ``stop`` of ``clip`` as they are seen, in order.

    ``handle`` is what the shot before goes on with, from its frame 0, for a dissolve or a wipe. The last
    ``fade_out`` frames darken. Where a frame has neither, it is the take's own.
    """
    if start >= clip.overlap and stop <= clip.frames - fade_out:
        yield from shot.frames(start, stop)
        return
    fps = float(rate.fps)
    length = (clip.frames - start) / fps
    plain = _by_index(shot, start, length, fps)
    opening = _opened(clip, plain, handle, length, fps) if start < clip.overlap else plain
    for index in range(start, stop):
        seen = opening if index < clip.overlap else plain
        if index >= clip.frames - fade_out:
            seen = _faded(seen, fade_out / fps)
        if seen is plain:
            yield shot.frame(index)
        else:
            yield _bytes(seen.get_frame((index - start + 0.5) / fps))


def _bytes(pixels: Any) -> Pixels:
    """MoviePy's fades give real numbers, which its own writer would cut off and not round."""
    whole: Pixels = pixels if pixels.dtype == np.uint8 else (pixels + 0.5).astype(np.uint8)
    return whole


def _by_index(footage: Footage, first: int, length: float, fps: float) -> Any:
    from moviepy import VideoClip

    last = footage.count - 1
    return VideoClip(frame_function=lambda t: footage.frame(min(last, first + int(t * fps))), duration=length)


def _opened(clip: Clip, plain: Any, handle: Footage | None, length: float, fps: float) -> Any:
    from moviepy import vfx

    seconds = clip.overlap / fps
    if clip.opens is Opening.fade or handle is None:
        return plain.with_effects([vfx.FadeIn(seconds)])
    under = _by_index(handle, 0, length, fps)
    weigh = WipeMask(clip.wipe).weights if clip.opens is Opening.wipe else _evenly
    return plain.with_effects([_mix()(under, seconds, weigh)])


def _faded(seen: Any, seconds: float) -> Any:
    from moviepy import vfx

    return seen.with_effects([vfx.FadeOut(seconds)])


@cache
def _mix() -> Any:
    """A MoviePy effect: the clip comes up over another one, during its first ``seconds``.

    As ``CrossFadeIn`` in a ``CompositeVideoClip``, in a third of the time and rounded, not cut off:
    weights are 256ths, of the whole frame or of each pixel, and no mask of real numbers is made for every
    frame of a dissolve.
    """
    from moviepy import Effect

    @dataclass
    class Mix(Effect):  # type: ignore[misc]
        under: Any
        seconds: float
        weigh: Callable[[float, Pixels], Weights | int]

        def apply(self, clip: Any) -> Any:
            def mixed(get_frame: Callable[[float], Pixels], t: float) -> Pixels:
                over = get_frame(t)
                return _mixed(self.under.get_frame(t), over, self.weigh(t / self.seconds, over))

            return clip.transform(mixed)

    return Mix


def _evenly(progress: float, over: Pixels) -> int:
    return min(256, round(256 * progress))


def _mixed(under: Pixels, over: Pixels, share: Weights | int) -> Pixels:
    """``share`` 256ths of ``over``, the rest of ``under``, to the nearest code value."""
    total = np.multiply(under, 256 - share, dtype=np.uint16)
    total += np.multiply(over, share, dtype=np.uint16)
    total += 128
    total >>= 8
    return total.astype(np.uint8)
