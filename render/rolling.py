"""End credits: a column of parts and names over the style's own art, darkened; still, or rolling.

They stand still where they fit into the frame, else they roll from below, at one pace, until the last line
is in the middle. Names stand in two columns in a wide frame, one below the other in a tall one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import skia

from ..fonts import Face
from ..storyboard.credits import Credit
from .animatic.ink import mixed
from .card_art import layers
from .card_colours import PALETTES
from .card_layers import Layer, composed
from .lettering import Align, Lettering, fit_text
from .protocol import Frame, Pixels
from .requests import Title

MARGIN = 0.06
"""Share of width and height that stays free at every side."""
_DARK = 0.86
"""How far the art goes into the shadow of its mood, behind the letters."""
_TITLE, _ROLE, _NAME = 0.085, 0.034, 0.042
"""Sizes of letters, of the shorter side."""
_GAP, _LINE = 0.042, 0.014
"""Between parts, and between the names of one, of the shorter side."""
_STILL = 0.86
"""Share of the height that credits may take and stand still."""
_FEATHER = 0.09
"""Share of the height over which rolling lines come and go."""


@dataclass(frozen=True)
class _Set:
    """A text where it stands: left edge of its measure and top, from the top of the whole roll."""

    block: Lettering
    x: float
    y: float


def credits_cut(card: Title) -> bool:
    """Whether some of the credits' words find no room."""
    return any(text.block.cut for text in _Roll(card).texts)


def rolled(index: int, card: Title, seen_at: Sequence[float]) -> Iterator[Frame]:
    """The frames of a card of credits; ``seen_at`` is how far each is out of black."""
    wide, high = card.raster.width, card.raster.height
    roll = _Roll(card)
    texts, tall = roll.texts, roll.height
    art = _art(card)
    if tall <= _STILL * high:
        whole = [art, _layer(texts, wide, tall, (high - tall) / 2)]
        at = 0
        while at < card.frames:
            hold = 1
            while at + hold < card.frames and hold < 12 and seen_at[at] == seen_at[at + hold] == 1.0:
                hold += 1
            yield Frame(index, composed(whole, wide, high, 0.5, seen_at[at]), hold)
            at += hold
        return
    first, last = 0.62 * high, 0.56 * high - tall
    text = _layer(texts, wide, tall, (first + last) / 2, drift=last - first)
    veil = _veil(high)
    ground = composed([art], wide, high, 0.5, 1.0)[..., :3].astype(np.int32)
    for at in range(card.frames):
        share = at / max(1, card.frames - 1)
        over = composed([art, text], wide, high, share, 1.0)[..., :3]
        yield Frame(index, _out_of_black(ground + (((over - ground) * veil + 128) >> 8), seen_at[at]))


def _out_of_black(pixels: npt.NDArray[np.int32], seen: float) -> Pixels:
    lit = pixels if seen >= 1.0 else np.rint(pixels * seen)
    return np.ascontiguousarray(np.clip(lit, 0, 255).astype(np.uint8))


def _veil(high: int) -> npt.NDArray[np.int32]:
    """256ths of the letters by row: none at top and bottom, all in between."""
    rows = (np.arange(high) + 0.5) / high
    share = np.clip(np.minimum(rows - MARGIN, 1 - MARGIN - rows) / _FEATHER, 0.0, 1.0)
    return np.rint(256 * share * share * (3 - 2 * share)).astype(np.int32)[:, None, None]


def _art(card: Title) -> Layer:
    """The style's art as one still layer, in the shadow of its mood."""
    wide, high = card.raster.width, card.raster.height
    seen = composed(layers(card.style, card.mood, wide, high, card.seed), wide, high, 0.5, 1.0)
    deep = mixed(PALETTES[card.mood].deep, "#000000", 0.55)
    shadow = np.array([int(deep[i : i + 2], 16) for i in (1, 3, 5)], float)
    dark = seen[..., :3] * (1 - _DARK) + shadow * _DARK
    opaque = np.full((high, wide, 4), 255, np.uint8)
    opaque[..., :3] = np.rint(dark).astype(np.uint8)
    return Layer(skia.Image.fromarray(opaque, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType), 0, 0)


def _layer(texts: Sequence[_Set], wide: int, tall: float, y: float, drift: float = 0.0) -> Layer:
    """The letters as a layer whose top is at ``y`` half way through, and that moves by ``drift``."""
    sheet = np.zeros((int(tall) + 2, wide, 4), np.uint8)
    info = skia.ImageInfo.Make(*sheet.shape[1::-1], skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, sheet)
    canvas = surface.getCanvas()
    for text in texts:
        text.block.draw(canvas, text.x, text.y)
    surface.flushAndSubmit()
    image = skia.Image.fromarray(sheet, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    return Layer(image, 0, round(y), (0.0, drift))


class _Roll:
    """The texts of a card of credits, laid out from the top of the roll on."""

    def __init__(self, card: Title) -> None:
        self._wide, self._high = card.raster.width, card.raster.height
        self._side = min(self._wide, self._high)
        of = PALETTES[card.mood]
        self._light, self._soft = mixed(of.light, "#ffffff", 0.5), mixed(of.light, of.accent, 0.45)
        self.texts: list[_Set] = []
        self.height = 0.0
        room = self._wide * (1 - 2 * MARGIN)
        left = (self._wide - room) / 2
        self.height += self._put(card.heading, "title", _TITLE, (left, room), "centre", self._light)
        for credit in card.credits:
            self.height += _GAP * self._side * (1.4 if credit is card.credits[0] else 1.0)
            self._part(credit, left, room)

    def _part(self, credit: Credit, left: float, room: float) -> None:
        """A part and its names: beside each other in a wide frame, in a tall one below."""
        role, gutter = credit.role.upper(), 0.05 * self._side
        if self._wide >= self._high:
            split = 0.36 * room
            first = left, split - gutter / 2
            names = left + split + gutter / 2, room - split - gutter / 2
            below = (_NAME - _ROLE) * 0.62 * self._side
            tall = self._put(role, "sans", _ROLE * 0.8, first, "right", self._soft, below) + below
        else:
            names = left, room
            self.height += self._put(role, "sans", _ROLE * 0.8, names, "centre", self._soft)
            self.height += _LINE * self._side
            tall = 0.0
        top, align = self.height, _aligned(self._wide, self._high)
        for number, name in enumerate(credit.names):
            self.height += _LINE * self._side * (number > 0)
            self.height += self._put(name, "title", _NAME, names, align, self._light)
        self.height = max(self.height, top + tall)

    def _put(
        self,
        words: str,
        face: Face,
        size: float,
        room: tuple[float, float],
        align: Align,
        tint: str,
        below: float = 0.0,
    ) -> float:
        """Put a text at the height reached (or so much ``below`` it) into ``room``: left edge and width."""
        smallest = max(6.0, 0.6 * size * self._side)
        block = fit_text(
            words, face, room[1], max(4 * size * self._side, 4 * smallest), largest=size * self._side,
            smallest=smallest, align=align, colour=tint, leading=1.05, lines=3,
            spacing=0.06 if face == "sans" else 0.0,
        )  # fmt: skip
        self.texts.append(_Set(block, room[0], self.height + below))
        return block.height


def _aligned(wide: int, high: int) -> Align:
    """How names stand in a frame of that size."""
    return "left" if wide >= high else "centre"
