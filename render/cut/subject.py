"""Where in a shot those are whom it is about, moment by moment: what a narrower frame must keep.

Of a take that the animatic drew it is known: its staging is laid out again, and every figure and thing
is there in a colour of its own (``animatic/guides.py``). Of any other take it is measured: where the picture
stands out from its surroundings and where it moves, weighed by where the shot's staging asked for somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..protocol import Footage, Pixels
from ..requests import Staged

Reals = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as shares of the frame's width and height."""

EVERY_SECONDS = 0.25
MOST_MOMENTS = 240
"""How often it is looked, and the most often in one shot."""
_HIGH = 144
"""Pixels of the small frames in which the staging is laid out again."""
_LEAST = 1e-3
"""The least share of the frame's area that is anybody."""
_GRID = 64
"""Columns of the map on which what stands out is measured."""
_HELD = 0.75
"""Share of what stands out in a window that is to stay in it."""
_NEARLY_WHOLE, _UPPER = 0.6, (0.42, 0.52)
"""Share of a frame's height, and where those in it are taken to be where nobody is staged."""
_PRIOR_WIDTH, _PRIOR_FLOOR = 0.22, 0.2
"""Of the staging as a guess: its spread as a share of the frame, and what is left of it far away."""


@dataclass(frozen=True)
class Sight:
    """What is seen at one moment. ``boxes`` are of whom it is about first, then of the others."""

    seconds: float
    boxes: tuple[Box | None, ...]
    """None for one who is not in the frame then."""
    head: tuple[float, float] | None = None
    """Where the face of the first is, or what of it matters most."""
    crown: float | None = None
    """The top of the tallest in the shot who does not stand before the lens, as a share of the height."""


def moments(frames: int, fps: float) -> list[float]:
    """The seconds at which a take of so many frames is looked at: from its first to its last frame."""
    last = max(0.0, (frames - 1) / fps)
    count = min(MOST_MOMENTS, max(2, round(last / EVERY_SECONDS) + 1))
    return [last * n / (count - 1) for n in range(count)]


def sights_of(
    footage: Footage, staged: Staged, times: Sequence[float], window: tuple[float, float]
) -> list[Sight]:
    """Of a take: as it is staged where it is drawn so and somebody is in it, else as it is measured."""
    if staged.drawn:
        found = staged_sights(staged, times)
        if any(box is not None for one in found for box in one.boxes[:1]):
            return found
    return measured_sights(footage, staged, times, window)


def staged_sights(staged: Staged, times: Sequence[float]) -> list[Sight]:
    """Of a take that is drawn as it is staged. Without anybody or anything there are no boxes."""
    from ..animatic.guides import colours, drawn_guide
    from ..animatic.screen import Screen

    high = _HIGH
    wide = max(2, round(high * staged.raster.width / staged.raster.height))
    fps = float(staged.rate.fps)
    screen = Screen(staged.picture, (wide, high), staged.seed, staged.frames / fps, apart=True)
    ids = about(staged, screen.staging.subject.id if screen.staging.subject else None)
    named = colours(screen)
    there = [one for one in ids if one in named]
    codes = [_code(named[one]) for one in there]
    whole = {p.id for p in screen.staging.figures if not p.shoulder}
    placed = {p.id: p for p in (*screen.staging.figures, *screen.staging.things)}
    found = []
    for seconds in times:
        pixels = drawn_guide(screen, "segments", seconds, seconds).astype(np.int64)
        seen = (pixels[..., 0] << 16) | (pixels[..., 1] << 8) | pixels[..., 2]
        boxes = tuple(_box(seen == code) for code in codes)
        head = None
        if ids and ids[0] in placed:
            pose, first = screen.path(seconds), placed[ids[0]]
            side = first.walked(seconds, screen.length) + first.extent.face_x
            top = first.up + (first.extent.eyes or 0.85 * first.extent.top)
            x, y = pose.at(side, top * screen.staging.squash, first.depth)
            head = (x / wide, y / high)
        tops = [box[1] for box, one in zip(boxes, there, strict=True) if box is not None and one in whole]
        first_box = boxes[0] if boxes else None
        found.append(Sight(seconds, boxes, _inside(head, first_box), min(tops, default=None)))
    return found


def about(staged: Staged, framed: str | None) -> list[str]:
    """Ids of those in the shot, the one it is about first: who is framed by name, acts or speaks.

    ``framed`` is whom the camera frames where nobody is named.
    """
    seen = staged.picture
    figures = [f.id for f in seen.figures]
    things = [t.id for t in seen.things if not t.held]
    speakers = [f.id for f in seen.figures if f.speaks]
    asked = [seen.camera.focus, *speakers[:1], seen.actor, framed, seen.target, *figures, *things]
    there = {*figures, *things}
    return list(dict.fromkeys(one for one in asked if one is not None and one in there))


def measured_sights(
    footage: Footage, staged: Staged, times: Sequence[float], window: tuple[float, float]
) -> list[Sight]:
    """Of a take that somebody else made. One box at each moment: where a window holds the most of what stands
    out and moves. ``window`` is its width and height, as shares of the frame.
    """
    fps = float(staged.rate.fps)
    guesses = staged_sights(staged, [0.0, times[-1] / 2, times[-1]]) if staged.picture.figures else []
    prior = _prior([one.boxes[0] for one in guesses if one.boxes])
    weights: list[Reals] = []
    before = None
    for seconds in times:
        frame = _small(footage.frame(min(footage.count - 1, int(seconds * fps + 0.5))))
        moving = np.zeros(frame.shape[:2]) if before is None else np.abs(frame - before).sum(axis=-1)
        moving = np.maximum(0, moving - np.median(moving))  # what the whole frame does is the camera's
        weight = (standing_out(frame) + 2 * moving) * _over(prior, frame.shape[:2])
        weight = np.maximum(0, weight - np.median(weight, axis=1, keepdims=True))  # a horizon tells nothing
        weights.append(weight / max(1e-9, float(weight.sum())))
        before = frame
    usual = np.mean(weights, axis=0)
    found = [_fullest(weight, 0.3 * usual, window) for weight in weights]
    if (
        window[1] > _NEARLY_WHOLE
    ):  # up and down little is lost: heads are kept, and what stands out is no guide
        top, bottom = (prior[1] - 0.02, prior[1] + 0.02) if prior else _UPPER
        found = [None if box is None else (box[0], top, box[2], bottom) for box in found]
    return [Sight(seconds, (box,)) for seconds, box in zip(times, found, strict=True)]


def standing_out(frame: Reals) -> Reals:
    """How far each place differs from what is around it (centre and surround, Itti, Koch, Niebur 1998)."""
    near, far = _blurred(frame, 1), _blurred(frame, max(3, frame.shape[1] // 6))
    differs: Reals = np.abs(near - far).sum(axis=-1) ** 2
    return differs


def _prior(boxes: Sequence[Box | None]) -> tuple[float, float] | None:
    there = [box for box in boxes if box is not None]
    if not there:
        return None
    x = sum(box[0] + box[2] for box in there) / (2 * len(there))
    return x, sum(box[1] + box[3] for box in there) / (2 * len(there))


def _over(prior: tuple[float, float] | None, shape: tuple[int, int]) -> Reals:
    """The guess as weights; without one, the middle of the frame counts a little more."""
    x, y = prior or (0.5, 0.5)
    floor = _PRIOR_FLOOR if prior else 0.6
    down, across = (np.arange(n) + 0.5 for n in shape)
    away = ((across / shape[1] - x) ** 2)[None, :] + ((down / shape[0] - y) ** 2)[:, None]
    weights: Reals = floor + (1 - floor) * np.exp(-away / (2 * _PRIOR_WIDTH**2))
    return weights


def _fullest(weight: Reals, usual: Reals, window: tuple[float, float]) -> Box | None:
    """What stands out most where a window holds the most of it; None where nothing does.

    ``usual`` says where it does so in the whole shot.
    """
    if weight.sum() <= 1e-9:
        return None
    (left, right), (top, bottom) = (
        _stretch(weight.sum(axis=axis), usual.sum(axis=axis), share)
        for axis, share in zip((0, 1), window, strict=True)
    )
    return left, top, right, bottom


def _stretch(profile: Reals, usual: Reals, window: float) -> tuple[float, float]:
    """The ``_HELD`` in the middle of the weight in the fullest stretch of that length."""
    count = len(profile)
    long = max(1, round(window * count))
    sums = np.concatenate([[0.0], np.cumsum(profile + usual)])
    held = sums[long:] - sums[:-long]
    nearest = np.abs(np.arange(len(held)) - (len(held) - 1) / 2)
    first = int(np.lexsort((nearest, -held.round(9)))[0])
    inside = np.concatenate([[0.0], np.cumsum(profile[first : first + long])])
    inside = inside / max(1e-9, float(inside[-1]))
    at = (np.arange(long + 1) + first) / count
    aside = (1 - _HELD) / 2
    return float(np.interp(aside, inside, at)), float(np.interp(1 - aside, inside, at))


def _small(pixels: Pixels) -> Reals:
    """The frame in ``_GRID`` columns, averaged, as luma and two differences of colour, 0 to 1."""
    step = max(1, pixels.shape[1] // _GRID)
    high, wide = pixels.shape[0] // step * step, pixels.shape[1] // step * step
    cut = pixels[:high, :wide, :3].reshape(high // step, step, wide // step, step, 3)
    red, green, blue = np.moveaxis(cut.mean(axis=(1, 3)) / 255, -1, 0)
    small: Reals = np.stack([0.2126 * red + 0.7152 * green + 0.0722 * blue, red - green, blue - green], -1)
    return small


def _blurred(frame: Reals, reach: int) -> Reals:
    """The mean of the square of ``2 * reach + 1`` places about each, by running sums."""
    seen = frame
    for axis in (0, 1):
        padded = np.pad(seen, [(reach + 1, reach) if a == axis else (0, 0) for a in range(3)], "edge")
        sums = np.cumsum(padded, axis=axis)
        length = sums.shape[axis] - 2 * reach - 1
        after = np.take(sums, range(2 * reach + 1, 2 * reach + 1 + length), axis)
        seen = (after - np.take(sums, range(length), axis)) / (2 * reach + 1)
    return seen


def _box(there: npt.NDArray[np.bool_]) -> Box | None:
    if there.mean() < _LEAST:
        return None
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    high, wide = there.shape
    return (
        float(columns[0] / wide), float(rows[0] / high), float((columns[-1] + 1) / wide),
        float((rows[-1] + 1) / high),
    )  # fmt: skip


def _inside(head: tuple[float, float] | None, box: Box | None) -> tuple[float, float] | None:
    if head is None or box is None:
        return None
    return min(box[2], max(box[0], head[0])), min(box[3], max(box[1], head[1]))


def _code(colour: str) -> int:
    return int(colour[1:], 16)
