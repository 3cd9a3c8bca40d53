"""Grain: vignette and the tooth of the paper, screen or board, laid over every frame of a shot."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ...storyboard.vocabulary import LightKey, Style
from .light import Air

Pixels = npt.NDArray[np.float32]

_RICE, _BOARD, _DUST, _POOLED = (244, 238, 224), (34, 46, 42), (226, 224, 208), (64, 56, 50)
"""Paper left bare, the board where chalk skips, chalk wiped off, and pigment that has settled."""
_MARGIN, _RAGGED, _SOFT = 0.016, 0.011, 0.006
"""Frame heights of paper left bare at the edges of a wash, how far that strays, and how it fades."""
_BURNT = {Style.ink: 0.35, Style.shadow: 0.85, Style.chalk: 0.7}
"""How strong the vignette is, by style; 1 where nothing is said."""
_SKIPS, _SKIPPED = 0.3, 0.11
"""Standard deviations of the tooth from which chalk begins to skip, and how much is missing one further."""
_TEETH = 360, 560
"""Of a board, down and across a frame of any size: they are a little broader than high."""


def veil_pixels(air: Air, width: int, height: int, seed: int) -> npt.NDArray[np.uint8]:
    """Vignette and the grain of the paper as one premultiplied RGBA image to lay over a frame.

    Height x width x 4, uint8. Made once a shot, so that each frame pays one copy with alpha.
    """
    tall, wide = max(2, height // 4), max(2, width // 4)
    y, x = np.mgrid[-1 : 1 : tall * 1j, -1 : 1 : wide * 1j]
    lean = 0.35 if air.key is LightKey.chiaroscuro else 0.0
    radius = np.sqrt((x + lean) ** 2 * 0.72 + y**2 * 0.62)
    edge_dark = air.vignette * _BURNT.get(air.style, 1.0)
    dark = edge_dark * np.clip((radius - 0.45) / 0.75, 0, 1) ** 1.6
    dark = np.repeat(np.repeat(dark, 4, axis=0), 4, axis=1)
    dark = np.pad(dark, ((0, max(0, height - 4 * tall)), (0, max(0, width - 4 * wide))), mode="edge")
    dark = dark[:height, :width]
    grain = np.random.default_rng(seed).normal(0, 1, (height, width)).astype(np.float32)
    fibre = grain.copy()
    for far in (1, 2):
        fibre[:, far:] += grain[:, :-far]
        fibre[:, :far] += grain[:, -far:]
    fibre[1:] += grain[:-1]
    fibre[:1] += grain[-1:]
    fibre /= 2
    strength = {Style.cut_paper: 0.011, Style.chalk: 0.004, Style.ink: 0.018, Style.shadow: 0.014}
    amount = fibre * strength.get(air.style, 0.009)
    alpha = np.minimum(dark + np.abs(amount), 1)
    white = np.maximum(amount, 0) * 255
    edge = {Style.shadow: (40, 14, 4), Style.ink: (60, 52, 44)}.get(air.style, (6, 6, 18))
    pixels = np.empty((height, width, 4), np.uint8)
    glow = np.zeros((3, 1, width))
    if air.key is LightKey.neon:
        across = np.linspace(0, 1, width)
        strong = 0.14 if air.style is Style.neon else 0.34  # there who acts has tubes that shine
        for side, colour in ((across, (40, 220, 255)), (1 - across, (255, 50, 190))):
            for channel in range(3):
                glow[channel, 0] += strong * np.clip(side * 1.6 - 0.6, 0, 1) ** 1.5 * colour[channel]
        alpha = np.clip(alpha + glow.max(axis=0) / 255, 0, 1)
    opaque = alpha * 255
    for channel in range(3):
        tone = white + dark * edge[channel]
        if air.key is LightKey.neon:
            tone += glow[channel]
        pixels[..., channel] = np.minimum(tone, opaque)
    pixels[..., 3] = opaque
    dice = np.random.default_rng(seed + 1)
    if air.style is Style.ink:
        _washed(pixels, dice)
    elif air.style is Style.chalk:
        _toothed(pixels, dice)
    return pixels


def _washed(pixels: npt.NDArray[np.uint8], dice: np.random.Generator) -> None:
    """Pigment that settles in clouds, and a ragged margin of bare paper round the picture."""
    height, width = (-(-side // 2) for side in pixels.shape[:2])
    cloud = _clouded(dice, height, width, 9) + 0.5 * _clouded(dice, height, width, 31)
    over = np.zeros((height, width, 4), np.float32)
    _laid(over, _POOLED, 0.04 * np.maximum(cloud, 0))
    _laid(over, _RICE, 0.075 * np.maximum(-cloud, 0))
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]
    far = np.minimum(np.minimum(y, height - 1 - y), np.minimum(x, width - 1 - x)) / height
    ragged = _MARGIN + _RAGGED * (0.5 * _clouded(dice, height, width, 14) + 0.5 * cloud)
    _laid(over, _RICE, 0.92 * np.clip((ragged - far) / _SOFT, 0, 1))
    _covered(pixels, over)


def _toothed(pixels: npt.NDArray[np.uint8], dice: np.random.Generator) -> None:
    """The tooth of a board, over which chalk skips, and the clouds of what has been wiped off.

    Where there is no chalk the tooth is not seen: what shows through is the board itself.
    """
    height, width = (-(-side // 2) for side in pixels.shape[:2])
    over = np.zeros((height, width, 4), np.float32)
    _laid(over, _DUST, 0.035 * np.maximum(_clouded(dice, height, width, 7, 3), 0))
    _covered(pixels, over)
    tooth = _soft(dice, _TEETH, *pixels.shape[:2])
    skipped = (255 * _SKIPPED * np.clip(tooth - _SKIPS, 0, 1)).astype(np.uint16)
    for channel, tone in enumerate((*_BOARD, 255)):
        pixels[..., channel] = (pixels[..., channel] * (255 - skipped) + tone * skipped) // 255


def _clouded(dice: np.random.Generator, height: int, width: int, across: int, stretched: int = 1) -> Pixels:
    """Soft noise with so many blotches across a frame, each ``stretched`` times as wide as high."""
    spots = max(2, round(across * stretched * height / width)) + 1, across + 1
    soft = _soft(dice, spots, -(-height // 2), -(-width // 2))
    grown: Pixels = np.repeat(np.repeat(soft, 2, axis=0), 2, axis=1)[:height, :width]
    return grown


def _soft(dice: np.random.Generator, spots: tuple[int, int], height: int, width: int) -> Pixels:
    """Noise, about -2 to 2, that goes softly from each of so many spots, down and across, to the next."""
    rows, columns = spots
    tones = dice.normal(0, 1, spots).astype(np.float32)
    x, y = np.linspace(0, columns - 1.001, width), np.linspace(0, rows - 1.001, height)
    left, top = x.astype(int), y.astype(int)
    share = ((x - left) ** 2 * (3 - 2 * (x - left))).astype(np.float32)
    lines = tones[:, left] * (1 - share) + tones[:, left + 1] * share
    share = ((y - top) ** 2 * (3 - 2 * (y - top))).astype(np.float32)[:, None]
    soft: Pixels = lines[top] * (1 - share) + lines[top + 1] * share
    return soft


def _laid(over: Pixels, colour: tuple[int, int, int], alpha: npt.NDArray[np.floating[Any]]) -> None:
    """Lay a colour over premultiplied pixels, each 0 to 255; ``alpha`` is height x width, 0 to 1."""
    left = 1 - alpha
    for channel, tone in enumerate((*colour, 255)):
        over[..., channel] = over[..., channel] * left + tone * alpha


def _covered(pixels: npt.NDArray[np.uint8], over: Pixels) -> None:
    """Lay premultiplied pixels of half the size, 0 to 255, over others."""
    height, width = pixels.shape[:2]
    grown = np.repeat(np.repeat(over.astype(np.uint8), 2, axis=0), 2, axis=1)[:height, :width]
    left = 255 - grown[..., 3:].astype(np.uint16)
    pixels[:] = pixels * left // 255 + grown
