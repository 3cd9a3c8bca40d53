"""Drawings by hand, as data: what the JSON files beside this module say, read once.

A file maps kinds to drawings: ``{"lamp": {"height": 0.5, "box": [60, 100], "main": "#..",
"pieces": ["..."]}}``. ``height`` is in metres, ``box`` the width and height of the drawing's own
units (x from the middle, y up from the ground), ``main`` the colour where the look leaves it open.
A piece is words between spaces:

    [?mark ...] [=]shape numbers ... colour[+shade|-shade][@alpha][!] [~motion]

``?open`` draws it only with that mark, ``?!open`` only without; ``=`` draws it a second time
mirrored in x. Shapes are in ``shapes.py``; besides them there are ``flame x y height`` and
``glow x y radius``. A line's first number is its width. Colours are ``main``, ``trim`` (its
contrast), a name of ``PALETTE`` or ``#rrggbb``; shade and alpha are percent; ``!``
is for what shines by itself. Motions are
``~spin:x,y,turns`` (a second), ``~roll:x,y,radius`` (as a wheel on the ground),
``~sway:x,y,degrees,hertz`` and ``~bob:rise,hertz``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import skia

from ....storyboard.vocabulary import Mark
from .shapes import DRAWN, FILLED

PALETTE = {
    "wood": "#9a6b3f",
    "dark": "#3b332f",
    "black": "#26232a",
    "metal": "#8f979f",
    "steel": "#c3c9cf",
    "gold": "#e2b23c",
    "brass": "#c79a45",
    "copper": "#b5693a",
    "paper": "#f3e9d2",
    "cream": "#f6efdd",
    "white": "#f7f5f0",
    "glass": "#bfe0e6",
    "water": "#6fa8c7",
    "leaf": "#5d9150",
    "grass": "#7ba650",
    "red": "#c8463c",
    "orange": "#e2873c",
    "yellow": "#efc850",
    "pink": "#e39aa6",
    "purple": "#7b5a94",
    "blue": "#4a76a8",
    "skin": "#d9a77f",
    "bread": "#d09a56",
    "stone": "#9a978f",
    "bone": "#ebe3cf",
    "straw": "#dcbf6a",
    "brick": "#b0604a",
    "fire": "#f08a2c",
    "light": "#ffe9a8",
}


@dataclass(frozen=True)
class Motion:
    """How a piece moves: ``spin``, ``roll``, ``sway`` or ``bob`` and its numbers."""

    kind: str
    numbers: tuple[float, ...]


@dataclass(frozen=True)
class Piece:
    """One piece of a drawing, in the drawing's units."""

    shape: str
    numbers: tuple[float, ...]
    colour: str
    shade: float = 0.0
    alpha: float = 1.0
    mirrored: bool = False
    needs: frozenset[Mark] = frozenset()
    bars: frozenset[Mark] = frozenset()
    motion: Motion | None = None
    shines: bool = False
    """Whether it gives light, so that neither night nor style darkens it."""
    cut: skia.Path | None = None
    """Its path, where it is cut from a glyph and not made by its numbers."""
    backing: bool = False
    """Paper behind: a shadow theatre leaves it away, so that light falls through what is cut out."""

    def shown(self, marks: frozenset[Mark]) -> bool:
        """Whether a thing with these marks has this piece."""
        return self.needs <= marks and not self.bars & marks

    def path(self) -> skia.Path:
        """The piece's outline, y up. Flames and glows have none: an empty path."""
        if self.cut is not None:
            return skia.Path(self.cut)
        if self.shape in FILLED:
            return FILLED[self.shape][0](self.numbers)
        if self.shape in DRAWN:
            return DRAWN[self.shape][0](self.numbers[1:])
        return skia.Path()


@dataclass(frozen=True)
class Drawing:
    """All there is to know of a kind: its size in metres, its colour, its pieces back to front."""

    kind: str
    width: float
    height: float
    unit: float
    """Metres in one unit of the pieces."""
    main: str
    pieces: tuple[Piece, ...]
    grip: str = ""
    """How a hand holds it, where it is not as the kind usually is: a name that ``grip.py`` knows."""


_COLOUR = re.compile(r"^(#[0-9a-f]{6}|[a-z]+)([+-]\d+)?(?:@(\d+))?(!)?$")
_NUMBER = re.compile(r"^-?\d*\.?\d+$")
_SHINING = {"light", "fire"}
_MOTIONS = {"spin": 3, "roll": 3, "sway": 4, "bob": 2}
_SPECIAL = {"flame": 3, "glow": 3}


def read_piece(words: str) -> Piece:
    """A piece from its words. Raises ``ValueError`` that quotes what is wrong."""
    motion = None
    tokens = words.split()
    needs, bars = read_conditions(tokens)
    if tokens and tokens[-1].startswith("~"):
        kind, _, rest = tokens.pop()[1:].partition(":")
        motion = Motion(kind, tuple(float(n) for n in rest.split(",")))
        if len(motion.numbers) != _MOTIONS.get(kind):
            raise ValueError(f"motion in {words!r}")
    mirrored = tokens[0].startswith("=")
    shape = tokens[0].removeprefix("=")
    numbers = tuple(float(t) for t in tokens[1:-1] if _NUMBER.match(t))
    colour, shade, alpha, shines = read_colour(tokens[-1], words)
    if len(numbers) != len(tokens) - 2:
        raise ValueError(f"numbers in {words!r}")
    _count(shape, numbers, words)
    return Piece(shape, numbers, colour, shade, alpha, mirrored, needs, bars, motion, shines)


def read_conditions(tokens: list[str]) -> tuple[frozenset[Mark], frozenset[Mark]]:
    """Takes ``?mark`` and ``?!mark`` off the front of a piece's words: marks it needs, and that bar it."""
    needs: set[Mark] = set()
    bars: set[Mark] = set()
    while tokens and tokens[0].startswith("?"):
        name = tokens.pop(0)[1:]
        (bars if name.startswith("!") else needs).add(Mark(name.removeprefix("!")))
    return frozenset(needs), frozenset(bars)


def read_colour(token: str, words: str) -> tuple[str, float, float, bool]:
    """Colour, shade (-1 to 1), alpha (0 to 1), whether it shines. Raises ``ValueError`` quoting ``words``."""
    colour = _COLOUR.match(token)
    if colour is None:
        raise ValueError(f"colour in {words!r}")
    if colour[1] not in PALETTE and colour[1] not in {"main", "trim"} and not colour[1].startswith("#"):
        raise ValueError(f"no colour {colour[1]!r} in {words!r}")
    shines = colour[4] is not None or colour[1] in _SHINING
    return colour[1], int(colour[2] or 0) / 100, int(colour[3] or 100) / 100, shines


def _count(shape: str, numbers: tuple[float, ...], words: str) -> None:
    if shape in DRAWN:
        wanted, given = DRAWN[shape][1], len(numbers) - 1
    elif shape in FILLED:
        wanted, given = FILLED[shape][1], len(numbers)
    elif shape in _SPECIAL:
        wanted, given = _SPECIAL[shape], len(numbers)
    else:
        raise ValueError(f"no shape {shape!r} in {words!r}")
    if given != wanted if wanted else given < 4 or given % 2:
        raise ValueError(f"{given} numbers in {words!r}")


@lru_cache(maxsize=1)
def drawings() -> dict[str, Drawing]:
    """Every drawing by hand, by kind. Raises ``ValueError`` for a file that is not as the module says."""
    found: dict[str, Drawing] = {}
    for entry in sorted(files(__package__).iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".json") or entry.name == "outlines.json":
            continue
        for kind, told in json.loads(entry.read_text(encoding="utf-8")).items():
            if kind in found:
                raise ValueError(f"{kind!r} is drawn twice (again in {entry.name})")
            wide, high = told["box"]
            unit = told["height"] / high
            pieces = tuple(read_piece(words) for words in told["pieces"])
            found[kind] = Drawing(kind, wide * unit, told["height"], unit, told["main"], pieces)
    return found
