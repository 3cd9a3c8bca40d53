"""Re-framing: a take in another shape of frame, its window on who the shot is about.

The window is as large as the take allows. It stands still wherever one place serves the whole shot, and
keeps then the composition: who stood on the left third stands there again. Only where nobody could be kept
so it follows, on a path without jolts: the one of least acceleration that stays as near as can be to where
it has to be (Eilers 2003, "A Perfect Smoother", equation 4, with the bounds met by repeated projection).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import skia

from ..protocol import Footage, Pixels
from ..requests import Raster, Staged
from .subject import Box, Sight, moments, sights_of

Reals = npt.NDArray[np.float64]
Bounds = tuple[Reals, Reals, Reals]
"""At each moment: the least and the greatest place of a window's edge that keep who is to be kept, and the
place that keeps the composition."""

HEADROOM = 0.02, 0.07
"""Shares of the window's height that are left above a head: at least, and where there is room."""
LOWEST = 0.75
"""Share of the window's height down to which a face may come so that another head or the feet are kept."""
MARGIN = 0.03
"""Share of the window that is left beside somebody, where there is room."""
EASES = (1.2, 0.8, 0.5, 0.3)
"""Seconds over which a path is smoothed: the first of them that keeps within ``SLACK`` of its bounds."""
SLACK = 0.012
STILL = 0.02
"""Shares of the frame: how far a path may leave its bounds, and how far it must go to be one."""


class Window:
    """Left, top, width and height in pixels of the take, for every frame of it; real numbers."""

    def __init__(self, left: Reals, top: Reals, width: float, height: float) -> None:
        self.left, self.top, self.width, self.height = left, top, width, height

    @property
    def stands(self) -> bool:
        """Whether it is the same for all frames."""
        return bool(np.ptp(self.left) == 0 and np.ptp(self.top) == 0)


class Reframed:
    """Footage seen through a window, in a raster. Itself ``Footage``."""

    def __init__(self, footage: Footage, window: Window, raster: Raster) -> None:
        self._footage, self._window, self._raster = footage, window, raster
        self.count = footage.count

    def frame(self, index: int) -> Pixels:
        """One frame, height x width x 3."""
        return self._seen(self._footage.frame(index), index)

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames ``start`` up to but without ``stop``, in order."""
        for index, pixels in enumerate(self._footage.frames(start, stop), start):
            yield self._seen(pixels, index)

    def runs(self) -> Iterator[tuple[Pixels, int]]:
        """All frames in order; equal ones seen through a window that stands are told once."""
        last: Pixels | None = None
        hold, first = 0, 0
        for index, pixels in enumerate(self._footage.frames(0, self.count)):
            if last is not None and self._window.stands and np.array_equal(last, pixels):
                hold += 1
                continue
            if last is not None:
                yield self._seen(last, first), hold
            last, first, hold = pixels, index, 1
        if last is not None:
            yield self._seen(last, first), hold

    def _seen(self, pixels: Pixels, index: int) -> Pixels:
        window, raster = self._window, self._raster
        left, top = float(window.left[index]), float(window.top[index])
        if (window.width, window.height) == (raster.width, raster.height) and window.stands:
            row, column = round(top), round(left)
            return np.ascontiguousarray(pixels[row : row + raster.height, column : column + raster.width, :3])
        opaque = np.dstack([pixels[:, :, :3], np.full(pixels.shape[:2], 255, np.uint8)])
        image = skia.Image.fromarray(np.ascontiguousarray(opaque), colorType=skia.kRGBA_8888_ColorType)
        seen = np.empty((raster.height, raster.width, 4), np.uint8)
        surface = skia.Surface(seen, colorType=skia.kRGBA_8888_ColorType)
        surface.getCanvas().drawImageRect(
            image,
            skia.Rect.MakeXYWH(left, top, window.width, window.height),
            skia.Rect.MakeWH(raster.width, raster.height),
            skia.SamplingOptions(skia.CubicResampler.CatmullRom()),
        )
        surface.flushAndSubmit()
        return np.ascontiguousarray(seen[:, :, :3])


def reframed(footage: Footage, size: tuple[int, int], staged: Staged, raster: Raster) -> Reframed:
    """The take through the window that ``window_of`` finds. ``size`` is the take's, in pixels."""
    times = moments(footage.count, float(staged.rate.fps))
    width, height = _largest(size, raster)
    sights = sights_of(footage, staged, times, (width / size[0], height / size[1]))
    window = window_of(sights, size, raster, footage.count, float(staged.rate.fps))
    return Reframed(footage, window, raster)


def window_of(
    sights: Sequence[Sight], size: tuple[int, int], raster: Raster, frames: int, fps: float
) -> Window:
    """The window for ``frames`` frames of a take of that size, the shape of ``raster``.

    As large as the take allows, inside it at every frame.
    """
    (wide, high), (width, height) = size, _largest(size, raster)
    across, down = width / wide, height / high
    kept = _kept(sights, across, down)
    left = _placed([_across(one, box, across) for one, box in zip(sights, kept, strict=True)], sights, across)
    top = _placed([_down(one, box, down) for one, box in zip(sights, kept, strict=True)], sights, down)
    times = np.array([one.seconds for one in sights])
    return Window(
        _by_frame(left, times, frames, fps) * wide, _by_frame(top, times, frames, fps) * high, width, height
    )


def _largest(size: tuple[int, int], raster: Raster) -> tuple[float, float]:
    """The largest window of that shape in a take of that size, in pixels."""
    (wide, high), share = size, Fraction(raster.width, raster.height)
    return min(float(wide), float(high * share)), min(float(high), float(wide / share))


def _kept(sights: Sequence[Sight], across: float, down: float) -> list[Box | None]:
    """At each moment the box of who is to be kept: the first, and of the others all that fit with it."""
    if not sights:
        return []
    kept = [one.boxes[0] if one.boxes else None for one in sights]
    for number in range(1, max(len(one.boxes) for one in sights)):
        both = [
            _around(box, one.boxes[number]) if number < len(one.boxes) else box
            for one, box in zip(sights, kept, strict=True)
        ]
        there = [box for box in both if box is not None]
        fits = [b[2] - b[0] <= 0.97 * across and b[3] - b[1] <= down for b in there]
        if there and sum(fits) >= 0.9 * len(fits):
            kept = both
    return kept


def _around(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _across(sight: Sight, box: Box | None, window: float) -> tuple[float, float, float] | None:
    """Where the window's left edge may lie, and where it keeps the composition."""
    if box is None:
        return None
    left, _, right, _ = box
    middle = (left + right) / 2
    face = middle if sight.head is None else sight.head[0]
    if right - left <= window:
        room = min(MARGIN * window, (window - (right - left)) / 2)
        return right + room - window, left - room, middle * (1 - window)
    ahead, behind = right - face, face - left
    if ahead <= min(behind, LOWEST * window):  # a snout or a beak is in front of the face, on the nearer side
        return right - window, right - (1 - 4 * MARGIN) * window, right - (1 - MARGIN) * window
    if behind <= LOWEST * window and behind < ahead:
        return left - 4 * MARGIN * window, left, left - MARGIN * window
    least, most = max(left, face - 0.65 * window), min(right - window, face - 0.35 * window)
    if least > most:
        least = most = min(right - window, max(left, face - 0.5 * window))
    return least, most, face - 0.5 * window


def _down(sight: Sight, box: Box | None, window: float) -> tuple[float, float, float] | None:
    """As ``_across``, of the upper edge: somebody taller than the window keeps the head."""
    if box is None:
        return None
    _, top, _, bottom = box
    if sight.crown is not None and (sight.head is None or sight.head[1] < sight.crown + LOWEST * window):
        top = min(top, sight.crown)  # nobody else's head is cut off where the first one's is kept as well
    least, most = (share * window for share in HEADROOM)
    room = max(least, min(most, window - (bottom - top)))
    if bottom - top + room <= window:
        return bottom - window, top - room, (top + bottom) / 2 * (1 - window)
    at = top - room
    if sight.head is not None and sight.head[1] > at + LOWEST * window:
        at = sight.head[1] - 0.45 * window
    return at - 0.01, at, at


def _placed(
    wanted: Sequence[tuple[float, float, float] | None], sights: Sequence[Sight], window: float
) -> Reals:
    """The window's edge at each moment: a share of the frame, from 0 to ``1 - window``."""
    most, count = max(0.0, 1 - window), len(wanted)
    known = [n for n, one in enumerate(wanted) if one is not None]
    if most <= 0 or not known:
        return np.full(max(1, count), most / 2)
    rows = np.array([one for one in wanted if one is not None])
    least, greatest, target = (np.clip(np.interp(range(count), known, rows[:, k]), 0, most) for k in range(3))
    if least.max() <= greatest.min():
        return np.full(count, float(np.clip(np.median(target), least.max(), greatest.min())))
    step = sights[1].seconds - sights[0].seconds if count > 1 else 1.0
    path = target
    for ease in EASES:
        path = np.clip(_smooth((least, greatest, target), ease / max(step, 1e-6)), 0, most)
        if np.maximum(least - path, path - greatest).max() <= SLACK:
            break
    return np.full(count, float(path.mean())) if np.ptp(path) < STILL else path


def _smooth(bounds: Bounds, ease: float) -> Reals:
    """The path of least acceleration, within its bounds as far as that allows; ``ease`` in moments."""
    least, greatest, target = bounds
    count = len(target)
    bend = np.diff(np.eye(count), 2, axis=0) if count > 2 else np.zeros((1, count))
    slope = np.diff(np.eye(count), axis=0)
    cost = np.eye(count) + ease**4 * bend.T @ bend + 0.02 * slope.T @ slope
    solve = np.linalg.inv(cost).astype(np.float64)
    path: Reals = solve @ np.clip(target, least, greatest)
    for _ in range(60):
        path = solve @ np.clip(path, least, greatest)
    return path


def _by_frame(path: Reals, times: Reals, frames: int, fps: float) -> Reals:
    """The path at every frame: between its moments, and rounded off at each of them."""
    if np.ptp(path) == 0:
        return np.full(frames, float(path[0]))
    seen: Reals = np.interp(np.arange(frames) / fps, times, path)
    reach = max(1, round(fps * float(times[1] - times[0]) / 2))
    window = np.ones(2 * reach + 1) / (2 * reach + 1)
    for _ in range(2):
        seen = np.convolve(np.pad(seen, reach, "edge"), window, "valid").astype(np.float64)
    return seen
