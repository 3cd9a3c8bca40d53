"""Utensils: the pot and the can that are tipped, the candle and the match, drawn in the hands of a person.

As in ``chores.py`` from the ground point of the figure, in shares of its height, ahead of it to the right.
"""

from __future__ import annotations

import skia

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being
from .direction import Business
from .figures import Acting
from .figures.performances import on_twos, performance
from .figures.shapes import Point, ellipse, line, polygon, rounded, smooth
from .ink import Ink, shaded
from .players import Player

POT_HAND, POT_UNDER = (0.36, -0.74), (0.43, -0.655)
"""Where one hand has the handle of a pot that is poured from, and the other is under it, in heights ahead and
down."""
CAN_HAND = (0.2, -0.5)
"""Where it has that of a watering can."""


def pot(canvas: skia.Canvas, ink: Ink, colour: str, fingers: str) -> None:
    """A pot tipped over the cup, the fingers round its handle, and what runs from its spout; in heights."""
    x, y = POT_HAND
    lip = (x + 0.245, y - 0.002)
    falls = [lip, (lip[0] + 0.013, lip[1] + 0.035), (lip[0] + 0.017, -0.553)]
    back = [
        (falls[2][0] + 0.007, -0.553),
        (falls[1][0] + 0.009, falls[1][1]),
        (lip[0] + 0.008, lip[1] - 0.008),
    ]
    ink.piece(canvas, ellipse(0.613, -0.551, 0.052, 0.009), "#b8702c")
    ink.piece(canvas, smooth([*falls, *back], tension=0.3), "#c9822f", alpha=0.9)
    canvas.save()
    canvas.translate(x + 0.09, y - 0.005)
    canvas.rotate(26)
    ink.mark(canvas, ellipse(-0.08, 0.0, 0.04, 0.05), shaded(colour, -0.25), 0.018)
    spout = [(0.05, 0.02), (0.12, -0.02), (0.13, -0.07), (0.15, -0.065), (0.145, 0.0), (0.06, 0.06)]
    ink.piece(canvas, polygon(spout), shaded(colour, -0.12))
    ink.piece(canvas, ellipse(0.0, 0.0, 0.085, 0.075), colour)
    ink.piece(canvas, ellipse(0.0, -0.07, 0.045, 0.016), shaded(colour, -0.2))
    ink.piece(canvas, ellipse(0.0, -0.092, 0.015, 0.015), "#e0b040")
    canvas.restore()
    for n in range(3):  # round the handle: a pot over an empty hand would hang in the air
        ink.piece(canvas, ellipse(x + 0.004 + 0.004 * n, y - 0.024 + 0.021 * n, 0.021, 0.0125, 12), fingers)


def can(canvas: skia.Canvas, ink: Ink, seconds: float) -> None:
    """A watering can tipped forwards in the hand, and drops from its rose to the ground; in heights."""
    x, y = CAN_HAND
    tin = "#5f93a0"
    for n in range(12):
        phase = (seconds * 1.7 + n / 12) % 1.0
        dx, dy = x + 0.3 + 0.09 * phase + 0.02 * (n % 3 - 1), y + 0.1 - (y + 0.1) * phase * phase
        ink.mark(canvas, line([(dx, dy), (dx + 0.006, dy + 0.028)]), "#4f9fd8", 0.013)
    canvas.save()
    canvas.translate(x + 0.02, y)
    canvas.rotate(20)
    ink.mark(canvas, line([(-0.07, 0.05), (-0.05, 0.0), (0.04, 0.0), (0.07, 0.05)]), shaded(tin, -0.3), 0.018)
    ink.piece(canvas, polygon([(-0.09, 0.05), (0.09, 0.05), (0.1, 0.19), (-0.1, 0.19)]), tin)
    ink.piece(canvas, polygon([(0.08, 0.13), (0.25, 0.0), (0.27, 0.03), (0.1, 0.18)]), shaded(tin, -0.15))
    ink.piece(canvas, ellipse(0.265, 0.012, 0.02, 0.045, -45), shaded(tin, -0.25))
    canvas.restore()


STICK, MATCH = (0.39, -0.54), (0.33, -0.72)
"""Where one hand has a candlestick, and where the other brings the match, in heights ahead and down."""


def candlestick(canvas: skia.Canvas, ink: Ink, share: float, match: Point) -> None:
    """A candle in a stick that is held, a match in the other hand until it burns; in heights."""
    x, y = STICK
    ink.piece(canvas, ellipse(x + 0.02, y, 0.07, 0.02), "#c89a3c")
    ink.mark(canvas, ellipse(x - 0.05, y - 0.02, 0.022, 0.022), "#c89a3c", 0.012)
    ink.piece(canvas, rounded(x - 0.008, y - 0.04, x + 0.048, y, 0.008), "#b0842e")
    ink.piece(canvas, rounded(x - 0.002, y - 0.16, x + 0.042, y - 0.03, 0.008), "#f8f2e0")
    top = y - 0.16
    ink.mark(canvas, line([(x + 0.02, top), (x + 0.02, top - 0.02)]), "#2c2420", 0.008)
    if share < 0.72:
        tip = match[0] + 0.05, match[1] - 0.03
        ink.mark(canvas, line([match, tip]), "#d8b07a", 0.012)
        ink.glow(canvas, *tip, 0.1, "#ffcf7a", 0.5)
        small = [(tip[0] - 0.012, tip[1]), (tip[0], tip[1] - 0.045), (tip[0] + 0.012, tip[1])]
        ink.piece(canvas, smooth(small), "#ff9a2a")
    if share > 0.5:
        grown = min(1.0, (share - 0.5) / 0.15)
        ink.glow(canvas, x + 0.02, top - 0.06, 0.4 * grown, "#ffcf7a", 0.55)
        flame = [(x - 0.006, top - 0.02), (x, top - 0.06), (x + 0.02, top - 0.02 - 0.11 * grown)]
        flame += [(x + 0.04, top - 0.06), (x + 0.046, top - 0.02)]
        ink.piece(canvas, smooth([*flame, (x + 0.02, top - 0.008)]), "#ffb63a")
        ink.piece(canvas, ellipse(x + 0.02, top - 0.035, 0.01, 0.02), "#fff4c0")


LIT = (0.3, 0.63)
"""The middle of match and candle or lantern, in heights ahead and up."""
RING, GLASS = (0.37, -0.75), (0.24, -0.52)
"""Where one hand has the ring of a lantern, and where the other brings the match to its glass."""


def match_at(share: float, glazed: bool = False) -> Point:
    """Where the match is, in heights ahead and down, when ``share`` of the lighting is done."""
    near = min(1.0, max(0.0, (share - 0.15) / 0.25)) - min(1.0, max(0.0, (share - 0.62) / 0.2))
    x, y = GLASS if glazed else MATCH
    return x - (0.06 if glazed else 0.16) * (1 - near), y + (0.04 if glazed else 0.2) * (1 - near)


GLAZED = frozenset({"lantern", "oil lamp", "lamp"})
"""What has its flame behind glass."""


def behind_glass(picture: Picture) -> bool:
    """Whether what is lit in the picture has its flame behind glass."""
    return any(t.id == picture.target and behaves_as(t.look.kind) in GLAZED for t in picture.things)


def lantern(canvas: skia.Canvas, ink: Ink, share: float, match: Point, fingers: str) -> None:
    """A lantern that hangs by its ring from the fingers, whose flame grows once the match has been there; in
    heights."""
    x, y = RING[0], RING[1] + 0.3
    if share > 0.5:
        ink.glow(canvas, x, y - 0.12, 0.5 * min(1.0, (share - 0.5) / 0.15), "#ffcf7a", 0.6)
    ink.mark(canvas, ellipse(x, y - 0.27, 0.05, 0.04), "#4a4038", 0.014)
    ink.piece(canvas, rounded(x - 0.075, y - 0.03, x + 0.075, y + 0.005, 0.01), "#8a5a2a")
    ink.piece(canvas, polygon([(x - 0.07, y - 0.2), (x, y - 0.26), (x + 0.07, y - 0.2)]), "#8a5a2a")
    ink.piece(
        canvas, rounded(x - 0.06, y - 0.2, x + 0.06, y - 0.03, 0.008), "#f4e9c4" if share > 0.5 else "#b9c4c8"
    )
    if share > 0.5:
        high = 0.12 * min(1.0, (share - 0.5) / 0.15)
        flame = [(x - 0.028, y - 0.04), (x - 0.02, y - 0.08), (x, y - 0.05 - high), (x + 0.02, y - 0.08)]
        ink.piece(canvas, smooth([*flame, (x + 0.028, y - 0.04)]), "#ff9a2a")
        ink.piece(canvas, ellipse(x, y - 0.065, 0.012, 0.025), "#fff4c0")
    for side in (-0.06, 0.0, 0.06):
        ink.mark(canvas, line([(x + side, y - 0.2), (x + side, y - 0.03)]), "#6a4420", 0.01)
    if share < 0.72:
        tip = match[0] + 0.05, match[1] - 0.03
        ink.mark(canvas, line([match, tip]), "#d8b07a", 0.012)
        ink.glow(canvas, *tip, 0.1, "#ffcf7a", 0.5)
        ink.piece(
            canvas,
            smooth([(tip[0] - 0.012, tip[1]), (tip[0], tip[1] - 0.045), (tip[0] + 0.012, tip[1])]),
            "#ff9a2a",
        )
    for n in range(3):  # round the ring: a lantern beside an empty hand would hang in the air
        ink.piece(canvas, ellipse(x - 0.022 + 0.022 * n, RING[1] + 0.004, 0.013, 0.021, 12), fingers)


OUT_AT = 0.5
"""Share of the blowing at which the flames go out."""


def candles_out(canvas: skia.Canvas, ink: Ink, share: float, t: float) -> None:
    """Three candles on a cake before the mouth, breath that comes to them, and smoke once they are out; in
    heights."""
    x, y = 0.58, -0.52
    ink.piece(canvas, rounded(x - 0.2, y + 0.13, x + 0.2, y + 0.16, 0.012), "#e8ecef")
    ink.piece(canvas, rounded(x - 0.16, y, x + 0.16, y + 0.13, 0.025), "#e9a7b4")
    ink.piece(canvas, rounded(x - 0.16, y, x + 0.16, y + 0.045, 0.02), "#fff4e8")
    for n in range(3):
        at, top = x - 0.09 + 0.09 * n, y - 0.12
        ink.piece(
            canvas,
            rounded(at - 0.014, top, at + 0.014, y + 0.01, 0.005),
            ("#4a9ad0", "#f2c23a", "#d0506a")[n],
        )
        if share < OUT_AT:
            lean = 0.05 * max(0.0, share - 0.3) / 0.2
            flame = [(at - 0.018, top - 0.01), (at + lean - 0.01, top - 0.05), (at + 1.6 * lean, top - 0.085)]
            ink.glow(canvas, at, top - 0.04, 0.14, "#ffcf7a", 0.5)
            ink.piece(canvas, smooth([*flame, (at + 0.02, top - 0.03), (at + 0.01, top - 0.002)]), "#ffae3a")
            continue
        for k in range(3):
            phase = (0.5 * t + k / 3) % 1.0
            puff = at + 0.06 * phase, top - 0.03 - 0.22 * phase
            ink.piece(canvas, ellipse(*puff, 0.016 + 0.016 * phase, 0.014 + 0.016 * phase), "#b8b4b8",
                      alpha=0.7 * (1 - phase))  # fmt: skip
    if 0.25 < share < 0.62:
        for dy in (-0.03, 0.0, 0.03):
            ink.mark(
                canvas, line([(x - 0.33, y - 0.2 + dy), (x - 0.17, y - 0.16 + 0.6 * dy)]), "#ffffff", 0.012
            )


def in_the_hands(
    canvas: skia.Canvas,
    ink: Ink,
    player: Player,
    kind: Business,
    way: float,
    t: float,
    *,
    glazed: bool = False,
) -> None:
    """A pot or a can that is tipped, or a candle (or lantern: ``glazed``) and a match, drawn over whoever has
    them in the hands."""
    acting, tall = player.acting, player.body.height
    if player.source.look.being is not Being.person or not (tipped(acting) or kind == "wick"):
        return
    canvas.save()
    canvas.scale(way * tall, tall)
    if kind == "wick":
        share = min(1.0, t * acting.pace / performance(acting.action, acting.manner).seconds)
        if acting.manner == "out":
            candles_out(canvas, ink, share, t)
            canvas.restore()
            return
        if glazed:
            lantern(canvas, ink, share, match_at(share, glazed=True), player.body.look.skin)
        else:
            candlestick(canvas, ink, share, match_at(share))
    elif acting.manner == "water":
        can(canvas, ink, on_twos(t))
    else:
        glaze = next((h.look.colour for h in player.held if h.look.colour), "#8d5a8a")
        pot(canvas, ink, glaze, player.body.look.skin)
    canvas.restore()


def tipped(acting: Acting) -> bool:
    """Whether something is poured from a pot or a can."""
    return (acting.action, acting.manner) in ((Action.cook, "pour"), (Action.dig, "water"))
