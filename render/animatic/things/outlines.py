"""Outlines: hundreds of things as cut paper, from the glyphs of icon fonts.

``outlines.json`` maps kinds to ``{"icon": "mdi:toaster", "height": 0.3, "main": "#b9c0c6"}``: the glyph,
its height in metres and its colour where the look leaves it open. A row may also have ``turn`` (degrees,
clockwise), ``mirrored``, ``wide`` (its width as a share of the glyph's: icons are squat), ``grip`` (how a
hand holds it, a name of ``grip.py``), and ``paint``, words that are laid on in their order:

    [?mark ...] below|above|left|right PERCENT colour     that share of the glyph
    [?mark ...] box X0 Y0 X1 Y1 colour                    a part of it, percent from its left foot
    [?mark ...] part N colour                             its Nth largest loose part
    [?mark ...] holes colour | hole N colour              all that is cut out of it, or the Nth largest
    disc colour | slab colour                             an oval, or a sheet, behind the whole of it
    open                                                  nothing is behind what is cut out

Colours are those of ``drawing.py``. Under the glyph lies a darker sheet of its silhouette, a little to
the side, and behind its holes a darker tone of its own colour. Each kind is cut once, when it is first
drawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import skia

from .drawing import Drawing, Piece, read_colour, read_conditions
from .glyphs import available, contours, glyph

_ASIDE = (0.016, -0.012)
"""How far the sheet below shows, as a share of the larger side: right and down."""
_BEHIND = ("hole", "holes", "disc", "slab")
_SIDES: dict[str, Callable[[float], tuple[float, float, float, float]]] = {
    "below": lambda n: (0.0, 0.0, 100.0, n),
    "above": lambda n: (0.0, n, 100.0, 100.0),
    "left": lambda n: (0.0, 0.0, n, 100.0),
    "right": lambda n: (n, 0.0, 100.0, 100.0),
}


@dataclass(frozen=True)
class Row:
    """What the data say of a kind."""

    icon: str
    height: float
    main: str
    turn: float = 0.0
    mirrored: bool = False
    wide: float = 1.0
    grip: str = ""
    paint: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def rows() -> dict[str, Row]:
    """Every row of the data, by kind, whether or not its font is installed."""
    told = json.loads(files(__package__).joinpath("outlines.json").read_text(encoding="utf-8"))
    return {kind: Row(**{**row, "paint": tuple(row.get("paint", ()))}) for kind, row in told.items()}


def outline_kinds() -> frozenset[str]:
    """Every kind that can be cut here: none where the fonts are not installed."""
    return frozenset(rows()) if available() else frozenset()


@lru_cache(maxsize=1024)
def outline(kind: str) -> Drawing | None:
    """The drawing of a kind; None where it has no row or its font is not installed.

    Raises ``ValueError`` that quotes what is wrong with its row.
    """
    row = rows().get(kind)
    cut = glyph(row.icon) if row else None
    if row is None or cut is None:
        return None
    cut = _upright(cut, row)
    box = cut.getBounds()
    wide, high = box.width(), box.height()
    edges = contours(cut)
    holes = [path for path, depth in edges if depth % 2]
    parts = [skia.Op(path, cut, skia.PathOp.kIntersect_PathOp) for path, depth in edges if not depth % 2]
    whole = skia.OpBuilder()
    for path, depth in edges:
        if not depth % 2:
            whole.add(path, skia.PathOp.kUnion_PathOp)
    solid = cut if "open" in row.paint else whole.resolve()
    aside = skia.Path(solid)
    extent = max(wide, high)
    aside.offset(_ASIDE[0] * extent, _ASIDE[1] * extent)
    pieces = [Piece("glyph", (), "main", -0.45, cut=aside, backing=True)]
    if "open" not in row.paint:
        pieces.append(Piece("glyph", (), "main", -0.32, cut=solid, backing=True))
    over = [_painted(words, cut, parts, holes) for words in row.paint if words != "open"]
    pieces += [piece for where, piece in over if where in _BEHIND]
    pieces.append(Piece("glyph", (), "main", cut=cut))
    pieces += [piece for where, piece in over if where not in _BEHIND]
    unit = row.height / high
    return Drawing(kind, wide * unit, row.height, unit, row.main, tuple(pieces), row.grip)


def _upright(cut: skia.Path, row: Row) -> skia.Path:
    """The glyph turned as its row says, its foot in the middle of the ground."""
    matrix = skia.Matrix.Scale(-1 if row.mirrored else 1, 1)
    matrix.postRotate(-row.turn)
    matrix.postScale(row.wide, 1)
    cut.transform(matrix)
    box = cut.getBounds()
    cut.offset(-box.centerX(), -box.top())
    return cut


def _painted(words: str, cut: skia.Path, parts: list[skia.Path], holes: list[skia.Path]) -> tuple[str, Piece]:
    tokens = words.split()
    needs, bars = read_conditions(tokens)
    where, numbers = tokens[0], [float(token) for token in tokens[1:-1]]
    path = skia.Path()
    try:
        if where == "disc":
            path.addOval(cut.getBounds().makeInset(4, 4))
        elif where == "slab":
            path.addRect(cut.getBounds().makeInset(4, 4))
        elif where == "holes":
            for hole in holes:
                path.addPath(hole)
        elif where in ("hole", "part"):
            path = (holes if where == "hole" else parts)[int(numbers[0]) - 1]
        else:
            share = numbers if where == "box" else _SIDES[where](numbers[0])
            path = skia.Op(cut, _region(cut, *share), skia.PathOp.kIntersect_PathOp)
    except (IndexError, KeyError, TypeError) as slip:
        raise ValueError(f"where is {words!r}") from slip
    if path is None or path.isEmpty():
        raise ValueError(f"nothing is at {words!r}")
    colour, shade, alpha, shines = read_colour(tokens[-1], words)
    return where, Piece(
        "glyph", (), colour, shade, alpha, needs=needs, bars=bars, shines=shines, cut=path,
        backing=where in _BEHIND and not shines,
    )  # fmt: skip


def _region(cut: skia.Path, x0: float, y0: float, x1: float, y1: float) -> skia.Path:
    box = cut.getBounds()
    left, top = box.left(), box.top()
    path = skia.Path()
    path.addRect(
        skia.Rect.MakeLTRB(
            left + box.width() * x0 / 100 - (1 if x0 <= 0 else 0),
            top + box.height() * y0 / 100 - (1 if y0 <= 0 else 0),
            left + box.width() * x1 / 100 + (1 if x1 >= 100 else 0),
            top + box.height() * y1 / 100 + (1 if y1 >= 100 else 0),
        )
    )
    return path
