"""The inside of a railway carriage, from its gangway. See ``places/recipes.py``."""

from __future__ import annotations

import math
from typing import Any

from .brush import Brush, shaded
from .houses import LAMP, shining
from .rooms import window

Options = dict[str, Any]

BAY = 3.4
"""Metres from the middle of a window to that of the next."""
_DOORS = (2, -2)
"""Bays, counted from the one in the middle, with a door in place of a window and benches."""
_BRASS, _WOOD, _PLUSH = "#d0aa5c", "#8a5c3a", "#4f7068"


def _bays(b: Brush) -> list[tuple[int, float]]:
    first, last = math.floor(b.left / BAY) - 1, math.ceil(b.right / BAY) + 1
    return [(k, k * BAY) for k in range(first, last + 1)]


def carriage_panels(b: Brush, _: Options) -> None:
    """Panels between the windows, lamps on them, and the doors at the ends."""
    for bay, x in _bays(b):
        post = x + BAY / 2
        b.rect(post - 0.44, 1.02, 0.88, 1.12, _WOOD, 0.14)
        b.round(post - 0.34, 1.12, 0.68, 0.9, 0.06, _WOOD, 0.02)
        b.round(post - 0.28, 1.18, 0.56, 0.78, 0.05, _WOOD, 0.2)
        _wall_lamp(b, post)
        if bay in _DOORS:
            _end_door(b, x)


def _wall_lamp(b: Brush, x: float) -> None:
    """A tulip of glass on a brass arm."""
    lit = b.setting.lamps > 0.15
    b.oval(x, 1.44, 0.07, 0.09, _BRASS, -0.1)
    b.curve([(x, 1.4), (x + 0.06, 1.36), (x + 0.02, 1.52), (x, 1.56)], _BRASS, 0.03)
    glass = [(x - 0.06, 1.55), (x - 0.13, 1.78), (x + 0.13, 1.78), (x + 0.06, 1.55)]
    (shining(b) if lit else b).poly(glass, "#ffdf9a" if lit else "#f2e4c4")
    b.rect(x - 0.07, 1.53, 0.14, 0.035, _BRASS)
    if lit:
        b.glow(x, 1.66, 1.5, LAMP, 0.34)


def _end_door(b: Brush, x: float) -> None:
    """A door with a pane, a brass handle and a step."""
    b.rect(x - 1.26, 0.1, 2.52, 2.04, "#b59470", -0.04)
    b.rect(x - 0.6, 0, 1.2, 2.16, _WOOD, 0.3)
    b.rect(x - 0.52, 0, 1.04, 2.1, _WOOD, -0.12)
    b.round(x - 0.4, 0.16, 0.8, 0.74, 0.05, _WOOD, 0.02)
    window(b, {"x": x, "y": 1.12, "wide": 0.66, "tall": 0.8, "moon": False, "bare": True})
    for edge in (-0.37, 0.33):
        b.rect(x + edge, 1.08, 0.04, 0.88, _BRASS)
    for edge in (1.08, 1.92):
        b.rect(x - 0.37, edge, 0.74, 0.04, _BRASS)
    b.round(x + 0.36, 0.94, 0.14, 0.05, 0.02, _BRASS, 0.1)
    b.rect(x - 0.56, -0.02, 1.12, 0.08, _BRASS, -0.2)


def carriage_curtains(b: Brush, o: Options) -> None:
    """Curtains at the sides of the windows, tied back, under a rail. Options: colour."""
    colour = o.get("colour", "#9c4a42")
    for bay, x in _bays(b):
        if bay in _DOORS:
            continue
        b.rect(x - 1.48, 2.06, 2.96, 0.05, _BRASS)
        for side in (-1, 1):
            edge = x + side * 1.42
            folds = [(0.0, 2.06), (0.44, 2.06), (0.36, 1.86), (0.12, 1.42), (0.21, 0.98), (-0.02, 0.98)]
            b.poly([(edge - side * dx, y) for dx, y in folds], colour)
            for dx in (0.09, 0.2):
                line = [(edge - side * dx, 2.04), (edge - side * 0.7 * dx, 1.7), (edge - side * 0.05, 1.44)]
                b.line(line, shaded(colour, -0.24), 0.02)
            b.rect(min(edge, edge - side * 0.12), 1.39, 0.12, 0.06, _BRASS)


def luggage_rack(b: Brush, o: Options) -> None:
    """A rack of a railway carriage: rails on brackets, a net, and cases that lie in it. Options: y."""
    y, left, wide = o.get("y", 2.2), b.left - 1, b.right - b.left + 2
    for bay, x in _bays(b):
        dice = b.dice("cases", bay)
        if bay not in _DOORS:
            _cases(b, x, y, dice.sample(range(6), 2))
    for x, _ in b.cells(0.2, 1):  # the net sags between its rails
        for ends in ((0.0, 0.2), (0.2, 0.0)):
            b.line([(x + ends[0], y), (x + ends[1], y + 0.17)], "#e6d6ac", 0.012)
    b.rect(left, y + 0.16, wide, 0.035, _BRASS)
    b.rect(left, y - 0.03, wide, 0.05, _BRASS, -0.12)
    for _bay, x in _bays(b):
        post = x + BAY / 2
        b.rect(post - 0.035, y - 0.3, 0.07, 0.52, _BRASS, -0.2)
        for side in (-1, 1):
            arm = [(post, y - 0.28), (post + side * 0.05, y - 0.1), (post + side * 0.3, y - 0.03)]
            b.curve(arm, shaded(_BRASS, -0.2), 0.04)
            b.oval(post + side * 0.12, y - 0.1, 0.04, 0.04, _BRASS, -0.1)


def _cases(b: Brush, x: float, y: float, kinds: list[int]) -> None:
    """Two pieces of luggage in the rack over the window at ``x``."""
    for side, kind in zip((-0.62, 0.5), kinds, strict=True):
        at, hue = x + side, ("#8a5a3c", "#4f6a7a", "#a8483c", "#6a7a4f", "#c09a5c", "#6a4a5c")[kind]
        if kind == 4:  # a hat box
            b.rect(at - 0.2, y, 0.4, 0.34, hue)
            b.rect(at - 0.23, y + 0.27, 0.46, 0.1, hue, 0.16)
        elif kind == 5:  # a travelling bag
            bag = [(at - 0.34, y), (at - 0.3, y + 0.24), (at, y + 0.36), (at + 0.3, y + 0.24), (at + 0.34, y)]
            b.poly(bag, hue)
            b.curve([(at - 0.12, y + 0.3), (at - 0.1, y + 0.44), (at + 0.1, y + 0.44), (at + 0.12, y + 0.3)],
                    shaded(hue, -0.3), 0.03)  # fmt: skip
        else:
            half = 0.3 + 0.06 * kind
            b.round(at - half, y, 2 * half, 0.36, 0.05, hue)
            for strap in (-0.55, 0.47):
                b.rect(at + strap * half, y, 0.06, 0.36, shaded(hue, -0.25))
            b.rect(at - 0.08, y + 0.36, 0.16, 0.04, shaded(hue, -0.35))


def facing_seats(b: Brush, o: Options) -> None:
    """Benches in facing pairs under the windows, a folding table between them. Options: colour (plush)."""
    plush = o.get("colour", _PLUSH)
    for bay, x in _bays(b):
        if bay in _DOORS:
            continue
        for side in (-1, 1):
            _bench(b, x + side * (BAY / 2 - 0.2), -side, plush, bare=bay + side in _DOORS)
        b.rect(x - 0.03, 0.1, 0.06, 0.68, "#4a4038")
        b.rect(x - 0.3, 0.76, 0.6, 0.05, _WOOD, 0.24)
        b.rect(x - 0.3, 0.73, 0.6, 0.035, _WOOD, -0.1)


def _bench(b: Brush, x: float, facing: int, plush: str, bare: bool) -> None:
    """A bench seen from its end, its back at ``x``: a carved end of wood before the plush."""

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + facing * px, py) for px, py in points]

    back = [(0.0, 0.36), (-0.1, 1.22), (0.02, 1.28), (0.14, 1.22), (0.2, 0.58), (0.84, 0.56), (0.84, 0.4)]
    seat = [(0.14, 0.56), (0.2, 0.64), (0.84, 0.62), (0.92, 0.54), (0.84, 0.44), (0.14, 0.46)]
    legs = [(-0.02, 0.0), (-0.02, 0.42), (0.8, 0.42), (0.8, 0.0), (0.7, 0.0), (0.64, 0.3), (0.16, 0.3)]
    b.poly(at(back), plush)
    b.poly(at([(0.06, 0.62), (0.0, 1.16), (0.1, 1.16), (0.2, 0.62)]), plush, 0.12)
    b.blob(at(seat), plush, 0.14)
    b.poly(at([*legs, (0.1, 0.0)]), _WOOD, -0.1)
    b.poly(at([(-0.12, 0.4), (-0.18, 1.24), (-0.08, 1.3), (-0.02, 1.24), (0.04, 0.4)]), _WOOD, 0.1)
    b.oval(x - facing * 0.1, 1.28, 0.075, 0.065, _WOOD, 0.24)
    if bare:
        b.rect(x - 0.04 - 0.1 * facing, 0.0, 0.08, 0.42, _WOOD, -0.1)


PIECES = {f.__name__: f for f in (carriage_panels, carriage_curtains, luggage_rack, facing_seats)}
