"""Title cards: a renderer of ``Title`` requests, in the film's style and mood.

A card is layers that drift slowly (``card_art.py``) under lettering that stands still. It comes out
of black in its first frames and goes back in its last; between, it is drawn on twos.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import skia

from ..storyboard.errors import Refused
from .card_art import layers
from .card_colours import Lettered, colour, lettered
from .card_layers import baked, composed, flattened
from .lettering import Lettering, fit_text, missing_notice
from .protocol import Capabilities, Frame, Job, Measured, Notice, Output, Tick
from .requests import Title
from .rolling import credits_cut, rolled

FADE = 12
"""Frames that a card takes out of black, and back; fewer where the card has under 36."""


class CardPainter:
    """Draws ``Title`` requests on a CPU; see ``render/protocol.py``."""

    name = "cards"
    weights = "none"
    pixels = 1

    def capabilities(self) -> Capabilities:
        """Titles of any size, rate and length."""
        return Capabilities(requests=frozenset({"title"}), memory_mb=Measured(value=140, source="measured"))

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing to load."""

    def unload(self) -> None:
        """Nothing to give back."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The frames of each card, and a notice of kind ``missing-glyphs`` or ``text-cut`` where due."""
        for index, job in enumerate(jobs):
            if not isinstance(job.request, Title):
                raise Refused(f"The card painter draws titles only, not a {type(job.request).__name__}.")
            yield from _card(index, job.request, tick)


def _card(index: int, card: Title, tick: Tick) -> Iterator[Output]:
    words = _Words(card)
    told = " ".join((card.heading, card.body, *(name for credit in card.credits for name in credit.names)))
    lost = missing_notice(told)
    if lost:
        yield Notice(index, "missing-glyphs", lost)
    if words.cut or (card.credits and credits_cut(card)):
        yield Notice(
            index,
            "text-cut",
            f"The card {card.heading[:40]!r} holds more text than fits; its end is left out.",
        )
    if card.credits:
        at = 0
        for frame in rolled(index, card, [_seen(n, card.frames) for n in range(card.frames)]):
            yield frame
            at += frame.hold
            tick(index, at / card.frames)
        return
    wide, high = card.raster.width, card.raster.height
    art = layers(card.style, card.mood, wide, high, card.seed)
    art = flattened([*art, baked(words.draw, wide, high)], wide, high)
    at = 0
    while at < card.frames:
        seen = _seen(at, card.frames)
        hold = 2 if seen == 1.0 and at + 1 < card.frames and _seen(at + 1, card.frames) == 1.0 else 1
        yield Frame(index, composed(art, wide, high, at / max(1, card.frames - 1), seen), hold)
        at += hold
        tick(index, at / card.frames)


def _seen(frame: int, frames: int) -> float:
    """How far frame ``frame`` of ``frames`` is out of black, 0 to 1, eased at both ends."""
    fade = min(FADE, frames // 3)
    if not fade:
        return 1.0
    share = min(1.0, frame / fade, (frames - 1 - frame) / fade)
    return share * share * (3 - 2 * share)


class _Words:
    """A card's text, fitted to its raster."""

    def __init__(self, card: Title) -> None:
        self.card = card
        self.dress: Lettered = lettered(card.style, card.mood)
        wide, high = card.raster.width, card.raster.height
        self.side = min(wide, high)
        self.measure = min(wide * self.dress.room, high * 1.5)
        self.heading = self._fit(card.heading, self.dress.heading, high * 0.4, 0.165, 0.03)
        self.body = self._fit(card.body, self.dress.body, high * 0.26, 0.052, 0.024)

    @property
    def cut(self) -> bool:
        """Whether some of the text did not fit."""
        return any(block.cut for block in (self.heading, self.body) if block)

    def _fit(self, text: str, tint: str, height: float, largest: float, smallest: float) -> Lettering | None:
        words = text.strip()
        if not words:
            return None
        return fit_text(
            words,
            "title",
            self.measure,
            height,
            largest=self.side * largest,
            smallest=max(7.0, self.side * smallest),
            colour=tint,
            leading=0.92,
            spacing=0.012,
            balanced=True,
        )

    def draw(self, canvas: skia.Canvas) -> None:
        """Draw the lettering and its ornament at their place on the raster."""
        if self.dress.glow:
            blur = skia.ImageFilters.Blur(self.side * 0.02, self.side * 0.02)
            tint = skia.ColorFilters.Blend(colour(self.dress.glow, 0.95), skia.BlendMode.kSrcIn)
            for _ in range(2):
                canvas.saveLayer(None, skia.Paint(ImageFilter=blur, ColorFilter=tint))
                self._set(canvas)
                canvas.restore()
        self._set(canvas)
        if self.dress.worn:
            self._wear_down(canvas)

    def _set(self, canvas: skia.Canvas) -> None:
        wide, high = self.card.raster.width, self.card.raster.height
        gap = self.side * 0.035
        blocks = [block for block in (self.heading, self.body) if block]
        total = sum(block.height for block in blocks) + (2 * gap if len(blocks) == 2 else 0)
        y = high * 0.445 - total / 2
        for i, block in enumerate(blocks):
            if i:
                self._ornament(canvas, y + gap)
                y += 2 * gap
            block.draw(canvas, (wide - block.measure) / 2, y)
            y += block.height
        if len(blocks) == 1:
            self._ornament(canvas, y + gap)

    def _ornament(self, canvas: skia.Canvas, y: float) -> None:
        """A rule that thins to both sides, with a lozenge in its middle."""
        x, reach, size = self.card.raster.width / 2, self.side * 0.17, self.side * 0.009
        paint = skia.Paint(AntiAlias=True, Color=colour(self.dress.ornament))
        lozenge = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
        for turn in (-1, 1):
            near = x + turn * size * 2.2
            rule = [(near, y - size * 0.2), (x + turn * reach, y), (near, y + size * 0.2)]
            canvas.drawPath(skia.Path.Polygon([skia.Point(*p) for p in rule], True), paint)
            canvas.drawCircle(x + turn * reach * 1.05, y, size * 0.3, paint)
        canvas.drawPath(skia.Path.Polygon([skia.Point(*p) for p in lozenge], True), paint)

    def _wear_down(self, canvas: skia.Canvas) -> None:
        """Take specks out of what is drawn, as chalk skips over a board."""
        noise = skia.PerlinNoiseShader.MakeFractalNoise(0.45, 0.45, 2, 7.0)
        skip = skia.ColorFilters.Matrix([0] * 15 + [3.2, 0, 0, 0, -1.55])
        canvas.drawPaint(skia.Paint(Shader=noise, ColorFilter=skip, BlendMode=skia.BlendMode.kDstOut))
