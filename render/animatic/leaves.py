"""Leaves: books, letters and other paper that is opened, read or shut between two hands.

Drawn from the middle between the hands, in metres, in place of the shut thing, so that pages are seen.
"""

from __future__ import annotations

import re
from itertools import pairwise

import skia

from ...storyboard.lexicon import behaves_as, look_up
from ...storyboard.vocabulary import Action
from .easing import smoothstep
from .figures.shapes import line, polygon, rounded
from .ink import Ink, mixed, shaded
from .things import Thing

_BOUND = frozenset({"book", "notebook", "diary"})
_SHEETS = frozenset({"letter", "map", "newspaper", "scroll", "card", "photograph", "ticket", "envelope"})
_SIZE = 0.24
"""Half the width of a spread, in heights of the reader."""


def leaf_in(sentence: str) -> str:
    """The kind of the first thing with leaves that a sentence names, or ""."""
    for word in re.findall(r"[a-z]+", sentence[:2000].lower()):
        entry = look_up(word, "thing")
        if entry is not None and has_leaves(entry.kind):
            return entry.kind
        if word in ("report", "page", "pages", "note", "article", "recipe", "paper"):
            return "letter"
    return ""


def has_leaves(kind: str) -> bool:
    """Whether a thing of that kind is paper that is opened and read in two hands."""
    return kind in _BOUND | _SHEETS or behaves_as(kind) in _BOUND | _SHEETS


def opened(action: Action, share: float) -> float:
    """How far the leaves are open, 0 to 1, when ``share`` of the action is done."""
    if action is Action.read:
        return 1.0
    swung = min(1.0, max(0.0, (share - 0.2) / 0.4))
    swung = smoothstep(swung)
    return swung if action is Action.open else 1.0 - swung


def draw_leaves(
    canvas: skia.Canvas, ink: Ink, thing: Thing, tall: float, wide: float, seconds: float
) -> None:
    """Draw the thing ``wide`` open (0 to 1) in the hands of somebody ``tall`` metres high."""
    canvas.save()
    canvas.scale(tall, tall)
    if thing.look.kind in _BOUND or behaves_as(thing.look.kind) in _BOUND:
        _book(canvas, ink, thing.look.colour or "#a83a32", wide, seconds)
    elif thing.look.kind == "newspaper" or behaves_as(thing.look.kind) == "newspaper":
        _newspaper(canvas, ink, wide)
    elif thing.look.kind == "map" or behaves_as(thing.look.kind) == "map":
        _map(canvas, ink, wide)
    else:
        _sheet(canvas, ink, wide)
    canvas.restore()


def _book(canvas: skia.Canvas, ink: Ink, colour: str, wide: float, seconds: float) -> None:
    half, high = _SIZE * 0.62, 0.17
    out, rise = half * (0.08 + 0.92 * wide), 0.035 * wide
    for side in (-1, 1):
        cover = [(0.0, 0.012), (side * (out + 0.012), 0.012 - rise), (side * (out + 0.012), -high - rise)]
        ink.piece(canvas, polygon([*cover, (0.0, -high + 0.01)]), colour, shade=-0.08 if side < 0 else 0.06)
    if wide < 0.2:
        ink.piece(canvas, rounded(-0.075, -high, 0.075, 0.012, 0.008), colour)
        ink.mark(canvas, line([(-0.045, -high * 0.7), (0.045, -high * 0.7)]), "#f0dca0", 0.012)
        return
    for side in (-1, 1):
        page = [(0.0, 0.0), (side * out, -rise), (side * out, -high - rise + 0.012), (0.0, -high + 0.012)]
        ink.piece(canvas, polygon(page), "#fbf6e6", shade=-0.05 if side < 0 else 0.0)
        for n in range(5):
            y = -high + 0.035 + 0.026 * n
            ends = [(side * 0.02, y - rise * 0.2), (side * out * 0.85, y - rise * 0.85)]
            ink.mark(canvas, line(ends), "#6a6476", 0.006)
    turn = (seconds % 2.4) / 0.7
    if wide > 0.95 and turn < 1.0:  # a leaf goes over from right to left
        x, up = out * (1 - 2 * turn), 0.06 * (1 - abs(1 - 2 * turn))
        leaf = [(0.0, 0.0), (x, -rise - up), (x, -high - rise - up), (0.0, -high + 0.012)]
        ink.piece(canvas, polygon(leaf), "#fffdf4")
    ink.mark(canvas, line([(0.0, 0.01), (0.0, -high + 0.01)]), shaded(colour, -0.3), 0.008)


def _newspaper(canvas: skia.Canvas, ink: Ink, wide: float) -> None:
    """Two large pages with a headline, columns and a picture."""
    out, top, low = 0.05 + 0.13 * wide, -0.17, 0.06
    for side in (-1, 1):
        edge = side * out
        page = [(0.0, low), (edge, low - 0.02), (edge, top - 0.02), (0.0, top)]
        ink.piece(canvas, polygon(page), "#ece7d8", shade=-0.07 if side < 0 else 0.0)
        ink.mark(canvas, line([(side * 0.02, top + 0.03), (edge * 0.9, top + 0.015)]), "#2a2830", 0.02)
        for column in (0.14, 0.58):
            for n in range(6):
                y = top + 0.065 + 0.022 * n
                if side > 0 and column > 0.5 and n < 3:
                    continue
                ends = [(edge * column, y), (edge * (column + 0.34), y - 0.004)]
                ink.mark(canvas, line(ends), "#77737c", 0.007)
    ink.piece(canvas, rounded(out * 0.56, top + 0.05, out * 0.94, top + 0.115, 0.003), "#8d9aa6")


def _map(canvas: skia.Canvas, ink: Ink, wide: float) -> None:
    """A pale sheet folded in three: water, hills, a dotted way and a red cross at its end."""
    half, top, low = 0.05 + 0.145 * wide, -0.16, 0.05
    folds = [(-half, 0.0), (-half / 3, 0.014), (half / 3, 0.0), (half, 0.014)]
    ink.piece(canvas, rounded(-half + 0.008, top, half + 0.012, low + 0.018, 0.004), "#2a2420", alpha=0.35)
    for n, ((left, up), (right, down)) in enumerate(pairwise(folds)):
        page = [(left, low - up), (right, low - down), (right, top - down), (left, top - up)]
        ink.piece(canvas, polygon(page), "#f6e6b4", shade=-0.06 if n % 2 else 0.0)
    sea = [(-half, top), (-half * 0.35, top - 0.01), (-half * 0.6, top + 0.06), (-half, top + 0.1)]
    ink.piece(canvas, polygon(sea), "#6fa6c0")
    for x in (0.3, 0.62):
        hill = [(half * x, top + 0.05), (half * (x + 0.12), top + 0.02), (half * (x + 0.24), top + 0.05)]
        ink.mark(canvas, line(hill), "#7a5a34", 0.009)
    way = [(-0.7, 0.0), (-0.4, -0.02), (-0.1, -0.005), (0.15, -0.035), (0.4, -0.03)]
    for (ax, ay), (bx, by) in pairwise(way):
        ends = [(half * ax, ay), (half * (ax + 0.6 * (bx - ax)), ay + 0.6 * (by - ay))]
        ink.mark(canvas, line(ends), "#5a4028", 0.01)
    x, y = half * 0.62, -0.03
    for tilt in (-1, 1):
        ink.mark(canvas, line([(x - 0.02, y - 0.02 * tilt), (x + 0.02, y + 0.02 * tilt)]), "#c8322a", 0.014)


def _sheet(canvas: skia.Canvas, ink: Ink, wide: float) -> None:
    """A letter: shut an envelope with its seal, open a sheet that is unfolded upwards from it."""
    half = 0.105
    if wide > 0.05:
        top = -0.05 - 0.155 * wide
        sheet = [(-half * 0.9, -0.02), (half * 0.9, -0.02), (half * 0.94, top), (-half * 0.94, top)]
        ink.piece(canvas, polygon(sheet), "#fbf1d6")  # no white, which is lost before a white suit
        for n in range(int(6 * wide)):
            y = top + 0.03 + 0.024 * n
            ink.mark(
                canvas, line([(-half * 0.7, y), (half * (0.7 - 0.3 * (n % 3 == 2)), y)]), "#4a4668", 0.007
            )
    if wide < 0.6:
        ink.piece(canvas, rounded(-half, -0.08, half, 0.05, 0.006), mixed("#f4ead0", "#ffffff", 0.2))
        flap = [(-half, -0.08), (0.0, -0.005), (half, -0.08)]
        ink.mark(canvas, line(flap), "#a8946a", 0.008)
        if wide < 0.1:
            ink.piece(canvas, rounded(-0.018, -0.025, 0.018, 0.011, 0.016), "#c8322a")
