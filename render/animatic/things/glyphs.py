"""Glyphs: the outlines that an installed icon font holds, as closed shapes.

The wheel ``qtawesome`` carries fonts with tables of names. Two are used: Material Design Icons 6
(``mdi``, Apache-2.0) and Phosphor, filled (``ph``, MIT). Only their files are read: the package itself
is never imported, for it asks for Qt.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import skia

_FONTS = {
    "mdi": ("materialdesignicons6-webfont-*.ttf", "materialdesignicons6-webfont-charmap-*.json", "{}"),
    "ph": ("phosphor-*.ttf", "phosphor-charmap-*.json", "{}-fill"),
}
_EM = 1000.0
"""Units that glyphs are read in: far finer than anything shown."""


@dataclass(frozen=True)
class _Opened:
    """A font that is open, and the code of each of its names."""

    font: skia.Font
    codes: dict[str, str]
    naming: str


def folder() -> Path | None:
    """Where the fonts lie, or None where the package is not installed."""
    try:
        spec = find_spec("qtawesome")
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / "fonts").is_dir():
            return Path(place) / "fonts"
    return None


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether both fonts can be read. Asked once: a package that comes later is seen by the next process."""
    return all(_opened(font) is not None for font in _FONTS)


@lru_cache(maxsize=4)
def _opened(font: str) -> _Opened | None:
    place = folder()
    if place is None:
        return None
    drawn, named, naming = _FONTS[font]
    files = sorted(place.glob(drawn)), sorted(place.glob(named))
    if not all(files):
        return None
    face = skia.Typeface.MakeFromFile(str(files[0][-1]))
    if face is None:
        return None
    return _Opened(skia.Font(face, _EM), json.loads(files[1][-1].read_text(encoding="utf-8")), naming)


def glyph(icon: str) -> skia.Path | None:
    """The outline of ``mdi:name`` or ``ph:name``, y up; None where no installed font has it."""
    font, _, name = icon.partition(":")
    opened = _opened(font) if font in _FONTS else None
    code = opened.codes.get(opened.naming.format(name)) if opened else None
    if opened is None or code is None:
        return None
    path = opened.font.getPath(opened.font.unicharToGlyph(int(code, 16)))
    if path is None or path.isEmpty():
        return None
    path.transform(skia.Matrix.Scale(1, -1))
    return skia.Simplify(path)


def contours(path: skia.Path) -> list[tuple[skia.Path, int]]:
    """Each closed line of a simplified path as a filled shape, and how many others it lies inside.

    The largest first. Even: the edge of a piece. Odd: the edge of a hole.
    """
    found: list[skia.Path] = []
    for verb, points in path:
        if verb == skia.Path.kMove_Verb:
            found.append(skia.Path())
            found[-1].moveTo(points[0])
        elif verb == skia.Path.kLine_Verb:
            found[-1].lineTo(points[1])
        elif verb == skia.Path.kQuad_Verb:
            found[-1].quadTo(points[1], points[2])
        elif verb == skia.Path.kCubic_Verb:
            found[-1].cubicTo(points[1], points[2], points[3])
        elif verb == skia.Path.kClose_Verb:
            found[-1].close()
    found = [one for one in found if area(one) > 1.0]
    found.sort(key=area, reverse=True)
    return [(one, sum(_within(one, other) for other in found if other is not one)) for one in found]


def area(path: skia.Path) -> float:
    """Of its box, in square units: enough to put pieces in order."""
    box = path.getBounds()
    return float(box.width() * box.height())


def _within(inner: skia.Path, outer: skia.Path) -> bool:
    box, around = inner.getBounds(), outer.getBounds()
    if not around.contains(box) or area(inner) >= area(outer):
        return False
    start = inner.getPoint(0)
    return bool(outer.contains(start.x(), start.y()))
