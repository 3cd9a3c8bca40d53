"""Pieces that people built: houses, towers, walls, boats, bridges. See ``places/recipes.py``."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from .brush import Brush, mixed, shaded

Options = dict[str, Any]

LAMP = "#ffcf7a"
"""Colour of lamplight."""


def pane(b: Brush, x: float, y: float, w: float, h: float, dice: Random, share: float = 0.6) -> None:
    """A window from outside: lit after dark in some houses."""
    lit = b.setting.lamps > 0.3 and dice.random() < share
    if lit:
        glass = b.ink.line
        b.rect(x, y, w, h, "#000000", alpha=0.0)
        from dataclasses import replace

        kept, b.ink = b.ink, replace(b.ink, light=(1.0, 1.0, 1.0), veiled=b.ink.veiled * 0.4)
        b.rect(x, y, w, h, LAMP)
        b.ink = kept
        b.glow(x + w / 2, y + h / 2, max(w, h) * 1.3, LAMP, 0.22 * b.setting.lamps)
        del glass
    else:
        b.rect(x, y, w, h, mixed("#3e5266", b.setting.air.horizon, 0.35))
    b.line([(x + w / 2, y), (x + w / 2, y + h)], "#e8e0d0", w * 0.06, 0.7)
    b.line([(x, y + h / 2), (x + w, y + h / 2)], "#e8e0d0", w * 0.06, 0.7)


PIECES: dict[str, Any] = {}
