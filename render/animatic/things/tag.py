"""The tag: how a thing that nobody has drawn is shown, as storyboard artists do, by its name."""

from __future__ import annotations

import skia

from ....storyboard.vocabulary import Style
from ...lettering import fit_text
from ..ink import Ink, shaded

WIDTH, HEIGHT = 0.84, 0.52
"""Metres."""

_SET_AT = 400.0
"""Units of lettering in a metre: type is set large and scaled down, where hinting does no harm."""
_DARK_PAGES = {Style.shadow, Style.neon, Style.chalk}


def draw_tag(canvas: skia.Canvas, words: str, colour: str, ink: Ink) -> None:
    """Draw a luggage tag of ``colour`` with ``words`` on it, its base centre at the origin."""
    half, cut = WIDTH / 2, 0.12
    body = skia.Path()
    body.moveTo(-half + cut, -HEIGHT)
    for x, y, to_x, to_y in (
        (half, -HEIGHT, half, -HEIGHT + cut / 2),
        (half, 0.0, half - cut / 2, 0.0),
    ):
        body.arcTo(x, y, to_x, to_y, cut / 3)
    for x, y in ((-half + cut, 0.0), (-half, -HEIGHT * 0.3), (-half, -HEIGHT * 0.7)):
        body.lineTo(x, y)
    body.close()
    ink.piece(canvas, body, colour)
    plate = skia.Path()
    plate.addRRect(
        skia.RRect.MakeRectXY(
            skia.Rect.MakeLTRB(-half + 0.15, -HEIGHT + 0.07, half - 0.05, -0.07), 0.03, 0.03
        )
    )
    ink.piece(canvas, plate, "#f6efdd")
    hole = skia.Path()
    hole.addCircle(-half + 0.075, -HEIGHT / 2, 0.028)
    ink.piece(canvas, hole, shaded(colour, -0.55))
    text = "#f6efdd" if ink.style in _DARK_PAGES else "#2a2420"
    width, height = WIDTH - 0.25, HEIGHT - 0.18
    block = fit_text(
        words,
        "sans-bold",
        width * _SET_AT,
        height * _SET_AT,
        largest=0.17 * _SET_AT,
        smallest=0.05 * _SET_AT,
        colour=ink.seen(text),
        balanced=True,
    )
    canvas.save()
    canvas.translate(0.05, -HEIGHT / 2)
    canvas.scale(1 / _SET_AT, 1 / _SET_AT)
    block.draw(canvas, -block.measure / 2, -block.height / 2)
    canvas.restore()
