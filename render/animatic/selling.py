"""Selling: a stall with a striped roof, the wares on its board, and coins. In heights of whoever sells, ahead
of it to the right."""

from __future__ import annotations

import re

import skia

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action
from .figures.shapes import ellipse, line, polygon, rounded
from .ink import Ink
from .things import Thing

_SELLS = re.compile(r"\b(?:sells?|selling|sold)\b")
TOP = 0.42
"""How high the board of the stall is."""
_NEAR, _FAR, _ROOF = 0.24, 1.08, 1.2
_STRIPES = 7


def sold(picture: Picture, figure: FigureIn) -> bool:
    """Whether somebody sells what is in the hands, to people who are nobody in the story."""
    others = any(f.id == picture.target and f.id != figure.id for f in picture.figures)
    gives = figure.action is Action.give and bool(figure.holds) and not others
    return gives and _SELLS.search(picture.sentence[:2000].lower()) is not None


def stall(canvas: skia.Canvas, ink: Ink, share: float) -> None:
    """The stall without its wares: posts, the striped roof, the board, and coins that grow more."""
    for x in (_NEAR + 0.04, _FAR - 0.04):
        ink.piece(canvas, rounded(x - 0.018, -_ROOF, x + 0.018, 0.0, 0.008), "#8a6238")
    wide = (_FAR - _NEAR + 0.16) / _STRIPES
    for n in range(_STRIPES):
        x = _NEAR - 0.08 + n * wide
        cloth = [(x + 0.03, -_ROOF - 0.12), (x + wide + 0.03, -_ROOF - 0.12)]
        cloth += [(x + wide, -_ROOF + 0.06), (x + wide / 2, -_ROOF + 0.1), (x, -_ROOF + 0.06)]
        ink.piece(canvas, polygon(cloth), "#d8574a" if n % 2 == 0 else "#f6efdd")
    ink.piece(canvas, rounded(_NEAR, -TOP + 0.03, _FAR, 0.0, 0.01), "#c08a50")
    for x in (0.45, 0.66, 0.87):
        ink.mark(canvas, line([(x, -TOP + 0.06), (x, -0.02)]), "#94653a", 0.01)
    ink.piece(canvas, rounded(_NEAR - 0.04, -TOP - 0.03, _FAR + 0.04, -TOP + 0.03, 0.01), "#a8713f")
    ink.piece(canvas, ellipse(0.66, -0.2, 0.11, 0.11), "#f6efdd")
    ink.piece(canvas, ellipse(0.66, -0.2, 0.075, 0.075), "#e6bb3c")
    ink.mark(canvas, line([(0.66, -0.24), (0.66, -0.16)]), "#9a7420", 0.016)
    for n in range(1 + int(share * 4.99)):
        ink.piece(
            canvas, ellipse(0.42 + 0.05 * (n % 2), -TOP - 0.045 - 0.02 * (n // 2), 0.035, 0.016), "#f0c648"
        )


def wares(canvas: skia.Canvas, thing: Thing, way: float, tall: float, seconds: float) -> None:
    """Two more of what is sold, on the board; in metres, ``tall`` of the seller, who faces ``way``."""
    size = min(1.6, 0.3 * tall / max(thing.height, thing.width, 0.01))
    for x in (0.68, 0.92):
        canvas.save()
        canvas.translate(way * x * tall, -(TOP + 0.03) * tall)
        canvas.scale(size, size)
        thing.draw(canvas, seconds)
        canvas.restore()
