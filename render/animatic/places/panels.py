"""Panels of a cabin: lights, screens and dials under a port. See ``places/recipes.py``."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from .brush import Brush
from .houses import shining

Options = dict[str, Any]


def consoles(b: Brush, o: Options) -> None:
    """Panels with lights and a wide port on the stars. Options: colour, port, avoid (by the dials)."""
    colour = o.get("colour", "#56627a")
    if o.get("port", True):
        space = shining(b)
        b.round(-2.7, 1.25, 5.4, 1.7, 0.5, colour, -0.35)
        space.round(-2.5, 1.38, 5.0, 1.44, 0.42, "#0a0c1e")
        dice = b.dice("port")
        for _ in range(46):
            space.oval(dice.uniform(-2.3, 2.3), dice.uniform(1.5, 2.72), 0.013, 0.013, "#fff6e0")
        space.oval(1.2, 2.05, 0.4, 0.4, "#c2785a")
        space.oval(1.32, 2.0, 0.3, 0.34, "#9a5a48")
    for x, dice in b.cells(1.4, 1):
        b.poly([(x, 0), (x + 0.06, 0.95), (x + 1.3, 0.95), (x + 1.36, 0)], colour, dice.uniform(-0.08, 0.05))
        sort, avoid = round(x / 1.4) % 5, o.get("avoid", ())
        if sort == _DIALS and any(abs(x + at - middle) < half for at in _DIALS_AT for middle, half in avoid):
            sort = _FLAP  # behind a hip, a dial would be a part of whoever stands there
        _panel(b, x, sort, colour, dice)


_DIALS, _FLAP = 3, 4
"""Sorts of panels."""
_DIALS_AT = 0.42, 0.94
"""Metres from a panel's edge at which its two dials are."""


def _panel(b: Brush, x: float, sort: int, colour: str, dice: Random) -> None:
    """One panel of a cabin: lights, a screen, dials or a plain flap, so that no two beside it are alike."""
    lit = shining(b)
    if sort == 0:
        for k in range(8):
            hue = dice.choice(("#6fe0c8", "#f0b04a", "#3a4460", "#3a4460"))
            lit.round(x + 0.22 + 0.25 * (k % 4), 0.45 + 0.22 * (k // 4), 0.14, 0.1, 0.02, hue)
    elif sort == 2:
        b.round(x + 0.18, 0.3, 1.0, 0.54, 0.06, colour, -0.35)
        lit.round(x + 0.22, 0.34, 0.92, 0.46, 0.04, "#1c3a4a")
        wave = [(x + 0.26 + 0.07 * k, 0.57 + 0.13 * math.sin(1.3 * k)) for k in range(13)]
        lit.curve(wave, "#6fe0c8", 0.025)
    elif sort == _DIALS:
        for at in _DIALS_AT:
            b.oval(x + at, 0.57, 0.2, 0.2, colour, -0.3)
            b.oval(x + at, 0.57, 0.16, 0.16, "#e4e2d4")
            turn = dice.uniform(0.6, 2.5)
            tip = x + at + 0.12 * math.cos(turn), 0.57 + 0.12 * math.sin(turn)
            b.line([(x + at, 0.57), tip], "#b8483c", 0.025)
    else:
        b.round(x + 0.2, 0.16, 0.96, 0.64, 0.06, colour, 0.1)
        b.rect(x + 0.5, 0.66, 0.36, 0.05, colour, -0.3)
