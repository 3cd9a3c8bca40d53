"""Grading: a take brought nearer to its scene's anchor, then given the film's look.

All of it is one function of a pixel's colour, the same for every frame of a take, so nothing can flicker. It
is laid out once as a cube of ``CUBE`` steps a side, computed in real numbers, and looked up with trilinear
interpolation. Four cubes, a quarter of a code value apart, are used in turn over each square of two by two
pixels: an ordered dither that stays where it is, against banding where tones are pulled apart.

Matching: Reinhard, Ashikhmin, Gooch, Shirley, "Color Transfer between Images" (2001), equations 10 and 11:
means and deviations are moved to those of the anchor. Here in Oklab (Ottosson 2020), which holds hue where
lightness moves, and bounded, since another size of shot shows other things and is not to be painted over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from ...storyboard.grading import GRADES, ColourDecision
from ..protocol import Footage, Pixels

Reals = npt.NDArray[np.float64]

CUBE = 49
"""Steps a side. Against the function itself 99 of 100 colours are within one code value and none is more than
three away; those are where a colour is cut off at the edge of what a screen shows."""
SAMPLES = 9
"""Frames of a take that its statistics are taken from, evenly over it."""
STRENGTH = 0.8
"""How far means and deviations go towards the anchor's."""
MOST_LIGHT, MOST_COLOUR = 0.06, 0.03
"""The most that means move, in Oklab: lightness 0 to 1, and each of the opponent colours."""
LEAST_SPREAD, MOST_SPREAD = 0.85, 1.18
"""Between which deviations are scaled."""
_LUMA = np.array([0.2126, 0.7152, 0.0722])
"""ITU-R BT.709-6, part 3."""
_OFFSETS = ((-0.375, 0.125), (0.375, -0.125))
"""Code values, over a square of two by two pixels."""
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_OKLAB, _FROM_CONES = np.linalg.inv(_TO_OKLAB), np.linalg.inv(_TO_CONES)


@dataclass(frozen=True)
class Statistics:
    """Mean and standard deviation of a take in Oklab, three of each."""

    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]


@dataclass(frozen=True)
class Match:
    """In Oklab: ``(colour - mean) * spread + mean + shift``."""

    mean: tuple[float, float, float]
    spread: tuple[float, float, float]
    shift: tuple[float, float, float]


class Graded:
    """Footage in other colours. Itself ``Footage``; an equal frame is not graded twice in a row."""

    def __init__(self, footage: Footage, look: str, match: Match | None) -> None:
        self._footage = footage
        self._cubes = _cubes(look, match)
        self._last: tuple[Pixels, Pixels] | None = None
        self.count = footage.count

    def frame(self, index: int) -> Pixels:
        """One frame, height x width x 3."""
        return self(self._footage.frame(index))

    def frames(self, start: int, stop: int) -> Iterator[Pixels]:
        """Frames ``start`` up to but without ``stop``, in order."""
        return map(self, self._footage.frames(start, stop))

    def __call__(self, pixels: Pixels) -> Pixels:
        """Pixels of any size, height x width x 3, in the take's colours."""
        if self._last is not None and np.array_equal(self._last[0], pixels):
            return self._last[1].copy()
        graded = np.empty_like(pixels)
        for row, line in enumerate(self._cubes):
            for column, cube in enumerate(line):
                part = Image.fromarray(np.ascontiguousarray(pixels[row::2, column::2]))
                if part.width and part.height:
                    graded[row::2, column::2] = np.asarray(part.filter(cube))
        self._last = pixels.copy(), graded
        return graded.copy()


def statistics(footage: Footage) -> Statistics:
    """Of so many frames of it, every eighth pixel each way. In flat memory."""
    wanted = sorted({round(n * (footage.count - 1) / (SAMPLES - 1)) for n in range(SAMPLES)})
    seen = np.concatenate([oklab(footage.frame(n)[::8, ::8].reshape(-1, 3) / 255) for n in wanted])
    mean, deviation = seen.mean(axis=0), seen.std(axis=0)
    return Statistics(
        (float(mean[0]), float(mean[1]), float(mean[2])),
        (float(deviation[0]), float(deviation[1]), float(deviation[2])),
    )


def matched(take: Statistics, anchor: Statistics) -> Match:
    """How the take is brought nearer to its anchor, bounded."""
    most = (MOST_LIGHT, MOST_COLOUR, MOST_COLOUR)
    wanted = [(there - here) * STRENGTH for here, there in zip(take.mean, anchor.mean, strict=True)]
    light, green, blue = (min(m, max(-m, move)) for m, move in zip(most, wanted, strict=True))
    spread = [
        1 + STRENGTH * (min(MOST_SPREAD, max(LEAST_SPREAD, (there + 1e-3) / (here + 1e-3))) - 1)
        for here, there in zip(take.deviation, anchor.deviation, strict=True)
    ]
    return Match(take.mean, (spread[0], spread[1], spread[2]), (light, green, blue))


def graded(colours: Reals, look: str, match: Match | None) -> Reals:
    """The function itself: colours as they are shown, 0 to 1, any shape that ends in 3; not cut off."""
    if match is not None:
        seen = oklab(colours)
        colours = shown((seen - match.mean) * match.spread + match.mean + match.shift)
    return decided(colours, GRADES[look]) if look else colours


def decided(colours: Reals, decision: ColourDecision) -> Reals:
    """By a colour decision list: slope, offset, power, then saturation about the luma, then contrast."""
    slope, offset, power = (np.array(n) / 1000 for n in (decision.slope, decision.offset, decision.power))
    seen = np.clip(colours * slope + offset, 0, None) ** power
    luma = (seen @ _LUMA)[..., None]
    seen = np.clip(luma + (seen - luma) * (decision.saturation / 1000), 0, 1)
    step = seen * seen * (3 - 2 * seen)
    curved: Reals = seen + (step - seen) * (decision.contrast / 1000)
    return curved


def oklab(colours: Reals) -> Reals:
    """sRGB as shown, 0 to 1, as Oklab."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((np.maximum(colours, 0) + 0.055) / 1.055) ** 2.4)
    cones: Reals = np.cbrt(linear @ _TO_CONES.T) @ _TO_OKLAB.T
    return cones


def shown(colours: Reals) -> Reals:
    """Oklab as sRGB as shown; outside 0 to 1 where no screen shows it."""
    linear = ((colours @ _FROM_OKLAB.T) ** 3) @ _FROM_CONES.T
    bright = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    pixels: Reals = np.where(linear <= 0.0031308, 12.92 * linear, bright)
    return pixels


def _cubes(look: str, match: Match | None) -> Sequence[Sequence[ImageFilter.Color3DLUT]]:
    side = np.linspace(0, 1, CUBE)
    blue, green, red = np.meshgrid(side, side, side, indexing="ij")
    colours = graded(np.stack([red, green, blue], axis=-1), look, match)
    return [[_cube(colours + offset / 255) for offset in row] for row in _OFFSETS]


def _cube(colours: Reals) -> ImageFilter.Color3DLUT:
    return ImageFilter.Color3DLUT(CUBE, np.ascontiguousarray(colours, np.float32).ravel().tolist())
