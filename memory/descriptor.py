"""A descriptor of a picture that needs no weights: where which colours are, and which way edges run.

The picture is averaged to 64 x 64 and cut into a grid of 4 x 4 cells. Of each cell, three histograms
that each sum to 1: lightness (4 bins), colour (a and b, 4 x 4 bins) and edges (flat, and 4 directions
by gradient energy), all of CIE L*a*b* (D65) with linear sharing between neighbouring bins. The
distance of two pictures, 0 (equal) to 1 (nothing in common), is the mean over the cells of

    0.3 H(lightness) + 0.4 H(colour) + 0.3 H(edges),   H(p, q) = half the sum of |p - q|.

It tells pictures of another place, light or framing from each other; it knows no faces.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from .images import Pixels

Vector = npt.NDArray[np.float32]
_SIDE, _CELLS = 64, 4
_EDGE = 6.0
"""Gradient of lightness (of 100, over two pixels of 64) below which a place counts as half flat."""


class Descriptor(Protocol):
    """What tells how like each other two pictures are."""

    name: str
    """What is recorded with whatever it decided."""
    same: float
    """Pictures further apart than this are not of the same look."""
    novel: float
    """Pictures nearer to each other than this say nothing new."""
    knows_subjects: bool
    """Whether a frame can be compared with a sheet, whose ground is another; else only with frames."""

    def describe(self, pixels: Pixels) -> Vector:
        """A vector of a picture of height x width x 3 bytes."""

    def distance(self, one: Vector, other: Vector) -> float:
        """0 (equal) to 1."""


class ColourLayout:
    """See the module."""

    name = "colour-layout"
    same = 0.62
    novel = 0.18
    knows_subjects = False

    def describe(self, pixels: Pixels) -> Vector:
        """A vector of 16 cells x 25 bins."""
        lab = to_lab(averaged(pixels, _SIDE, _SIDE))
        light, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
        colour = _shared(a, -60, 60, 4)[..., :, None] * _shared(b, -60, 60, 4)[..., None, :]
        bins = np.concatenate(
            [0.3 * _shared(light, 0, 100, 4), 0.4 * colour.reshape(_SIDE, _SIDE, 16), 0.3 * _edges(light)],
            axis=2,
        )
        size = _SIDE // _CELLS
        cells = bins.reshape(_CELLS, size, _CELLS, size, bins.shape[2]).mean(axis=(1, 3))
        return np.asarray(cells.reshape(-1), np.float32)

    def distance(self, one: Vector, other: Vector) -> float:
        """Half the sum of differences, over the number of cells."""
        return float(np.abs(one - other).sum() / 2 / _CELLS**2)


def averaged(pixels: Pixels, height: int, width: int) -> npt.NDArray[np.float64]:
    """The picture at ``height`` x ``width``, each pixel the mean of those it stands for; 0 to 1."""
    rows = np.linspace(0, pixels.shape[0], height + 1).astype(int)
    columns = np.linspace(0, pixels.shape[1], width + 1).astype(int)
    whole = np.pad(pixels[:, :, :3].astype(np.float64) / 255, ((1, 0), (1, 0), (0, 0))).cumsum(0).cumsum(1)
    top, bottom = rows[:-1], np.maximum(rows[1:], rows[:-1] + 1)
    left, right = columns[:-1], np.maximum(columns[1:], columns[:-1] + 1)
    sums = whole[bottom][:, right] - whole[top][:, right] - whole[bottom][:, left] + whole[top][:, left]
    return np.asarray(sums / ((bottom - top)[:, None] * (right - left)[None, :])[..., None])


def to_lab(rgb: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """sRGB (IEC 61966-2-1, 0 to 1) as CIE 1976 L*a*b* under D65."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = linear @ matrix.T / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1
    )


def _shared(values: npt.NDArray[np.float64], low: float, high: float, bins: int) -> npt.NDArray[np.float64]:
    """Each value shared out between the two bins nearest to it."""
    at = np.clip((values - low) / (high - low), 0, 1) * (bins - 1)
    return np.asarray(np.maximum(0, 1 - np.abs(at[..., None] - np.arange(bins))))


def _edges(light: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Flat, and four directions; each place shares out 1."""
    down, across = np.gradient(light)
    energy = np.hypot(down, across)
    turn = np.mod(np.arctan2(down, across), np.pi) / np.pi * 4
    distance = np.abs(turn[..., None] - np.arange(4))
    directions = np.maximum(0, 1 - np.minimum(distance, 4 - distance))
    share = energy / (energy + _EDGE)
    return np.concatenate([(1 - share)[..., None], directions * share[..., None]], axis=-1)


def sharpness(pixels: Pixels) -> float:
    """Standard deviation of the Laplacian of lightness (0 to 1) at 256 pixels across; 0 is flat."""
    width = min(256, pixels.shape[1])
    height = max(8, round(pixels.shape[0] * width / pixels.shape[1]))
    grey = averaged(pixels, height, width) @ np.array([0.2126, 0.7152, 0.0722])
    inner = grey[1:-1, 1:-1]
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * inner
    return float(laplacian.std())


def well_exposed(pixels: Pixels) -> bool:
    """False where most of the picture is black or burnt out, or nothing stands out in it."""
    grey = averaged(pixels, 64, 64) @ np.array([0.2126, 0.7152, 0.0722])
    lost = float((grey < 0.03).mean()), float((grey > 0.98).mean())
    return max(lost) < 0.7 and float(grey.std()) > 0.02
