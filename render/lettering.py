"""Lettering: text laid out, fitted and drawn, in any script that some font here has.

Shaping, ligatures, line breaks and right-to-left order are Skia's paragraph layout (HarfBuzz and
ICU). Our own faces come first; a character they lack is looked for among the fonts of the system.
Text is drawn literally: nothing in it is markup. Sizes are in canvas units; where the unit is a
metre, set the text at ten units or more on a canvas scaled down for it, as the tag of a thing does.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

import skia

from ..fonts import Face, typeface
from .glyphs import missing, missing_notice, right_to_left, spares
from .plain_lettering import PlainParagraph

Align = Literal["left", "centre", "right"]
__all__ = ["Align", "Lettering", "fit_text", "missing", "missing_notice", "set_text", "skia_colour"]

_ALIGNS = {
    "left": skia.textlayout.TextAlign.kLeft,
    "centre": skia.textlayout.TextAlign.kCenter,
    "right": skia.textlayout.TextAlign.kRight,
}
_UNBOUNDED = 1e6
_FROM_THE_RIGHT, _END = "\u2067", "\u2069"
_LONGEST = 4000
_WORD, _HINTED = 80, 40
"""Letters of the longest word that anybody writes (a longer run is broken where a line ends), and up to which
a word's width may be taken from that of large letters."""


@dataclass(frozen=True)
class Lettering:
    """A laid-out text: its extent, and the drawing of it. Made by ``set_text`` or ``fit_text``."""

    paragraph: skia.textlayout_Paragraph | PlainParagraph
    size: float
    """Font size in canvas units."""
    width: float
    """Width of the widest line."""
    height: float
    measure: float
    """Width that lines are broken and aligned in."""
    cut: bool
    """True where words did not fit and the last line ends in an ellipsis."""

    def draw(self, canvas: skia.Canvas, x: float, y: float) -> None:
        """Draw with the top left corner of the measure at ``x``, ``y``."""
        self.paragraph.paint(canvas, x, y)


def set_text(
    text: str,
    face: Face,
    size: float,
    *,
    measure: float = _UNBOUNDED,
    align: Align = "left",
    colour: str = "#101010",
    alpha: float = 1.0,
    leading: float = 1.0,
    spacing: float = 0.0,
    lines: int = 0,
) -> Lettering:
    """Lay text out at one size.

    ``measure`` is the width lines break at; without it there is one line, aligned left. ``leading``
    is line height over font size (0 or below for the font's own), ``spacing`` the extra space
    between letters, ``lines`` the most lines drawn (0 for any number). Text beyond 4,000 characters
    is cut.
    """
    cut = len(text) > _LONGEST
    text = text[: _LONGEST - 1].rstrip() + "…" if cut else text
    if lines:
        text, over = _within(text, face, size, measure, leading, spacing, lines)
        cut = cut or over
    paragraph = _paragraph(text, face, size, align, colour, alpha, leading, spacing)
    if measure >= _UNBOUNDED:
        paragraph.layout(_UNBOUNDED)
        measure = max(0.0, float(paragraph.LongestLine)) + 1.0
    paragraph.layout(measure)
    width = max(0.0, float(paragraph.LongestLine))
    return Lettering(paragraph, size, width, float(paragraph.Height), measure, cut)


def fit_text(
    text: str,
    face: Face,
    width: float,
    height: float,
    *,
    largest: float,
    smallest: float,
    align: Align = "centre",
    colour: str = "#101010",
    alpha: float = 1.0,
    leading: float = 1.0,
    spacing: float = 0.0,
    lines: int = 0,
    balanced: bool = False,
) -> Lettering:
    """Lay text out as large as fits in ``width`` x ``height``, between ``smallest`` and ``largest``.

    Words are not broken while a smaller size keeps them whole. At ``smallest``, words that still do
    not fit are left out behind an ellipsis. ``balanced`` makes the lines about equally long, in a
    ``measure`` that may be less than ``width``. ``spacing`` is in font sizes here.
    """

    lay = partial(set_text, text, face, align=align, colour=colour, alpha=alpha, leading=leading)
    longest = _longest_word(text, face, (math.floor(width) - 1) / smallest, spacing)

    def laid(size: float, measure: float = width, most: int = 0) -> Lettering:
        return lay(size, measure=measure, spacing=spacing * size, lines=most)

    def fits(size: float) -> bool:
        one = laid(size)
        whole = (longest[0] + longest[1] * spacing) * size <= math.floor(width) - 1 and not one.cut
        return whole and one.height <= height and (not lines or one.height <= lines * size * 1.35)

    low, high = smallest, max(smallest, largest)
    for _ in range(9):
        if fits(high):
            low = high
            break
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    found = laid(low)
    if lines or found.height > height + 0.5:
        line = _line_height(text, face, low, leading)
        found = laid(low, most=max(1, min(lines or 10_000, int(height / line + 0.01))))
    if not balanced or found.cut:
        return found
    narrow = max(width * 0.4, (longest[0] + longest[1] * spacing) * low + 2)
    for _ in range(7):
        middle = (narrow + found.measure) / 2
        tried = laid(low, middle)
        if tried.height <= found.height + 0.5:
            found = tried
        else:
            narrow = middle
    return found


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def skia_colour(value: str, alpha: float = 1.0) -> int:
    """``#rrggbb`` and an alpha from 0 to 1 as a Skia colour."""
    red, green, blue = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return int(skia.Color(red, green, blue, round(255 * max(0.0, min(1.0, alpha)))))


def _longest_word(text: str, face: Face, most: float, spacing: float) -> tuple[float, int]:
    """Width, in font sizes, and letters of the widest word that need not be broken: of those up to ``most``
    font sizes wide with their ``spacing``."""
    words = [word for word in set(text.split()) if len(word) <= _WORD]
    words = [word for word in words if not any(unicodedata.east_asian_width(c) in "WF" for c in word)]
    widest = sorted(words, key=lambda word: (len(word), word))[-4:]
    # Hinting makes small letters wider than large ones: over a long word that comes to a letter.
    slack = {word: 1.0 if len(word) <= _HINTED else 1.035 for word in widest}
    sizes = [(slack[word] * set_text(word, face, 100.0).width / 100.0, len(word)) for word in widest]
    return max((one for one in sizes if one[0] + one[1] * spacing <= most), default=(0.0, 0))


def _line_height(text: str, face: Face, size: float, leading: float) -> float:
    one = set_text(" ".join(text.split()), face, size, leading=leading)
    return max(one.height, size * 0.5)


def _within(
    text: str, face: Face, size: float, measure: float, leading: float, spacing: float, lines: int
) -> tuple[str, bool]:
    """The longest beginning of the text, with an ellipsis, that takes at most ``lines`` lines."""
    limit = _line_height(text, face, size, leading) * (lines + 0.4)

    def holds(words: str) -> bool:
        paragraph = _paragraph(words, face, size, "left", "#000000", 1.0, leading, spacing)
        paragraph.layout(measure)
        return float(paragraph.Height) <= limit

    if holds(text):
        return text, False
    low, high = 0, len(text)
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(text[:middle].rstrip() + "…") else (low, middle)
    kept = text[:low].rstrip()
    at_word = kept.rsplit(None, 1)[0] if " " in kept and not text[low : low + 1].isspace() else kept
    return (at_word if len(at_word) > low * 0.6 else kept).rstrip(" ,;:.-") + "…", True


def _paragraph(
    text: str,
    face: Face,
    size: float,
    align: Align,
    colour: str,
    alpha: float,
    leading: float,
    spacing: float,
) -> skia.textlayout_Paragraph | PlainParagraph:
    if _unicode() is None:
        return PlainParagraph(text, face, size, align, skia_colour(colour, alpha), leading, spacing)
    provider = skia.textlayout.TypefaceFontProvider()
    families = []
    for name, font in [(face, typeface(face)), *spares(text)]:
        provider.registerTypeface(font, name)
        families.append(name)
    fonts = skia.textlayout.FontCollection()
    fonts.setDefaultFontManager(provider)
    words = skia.textlayout.TextStyle()
    words.setFontFamilies(families)
    words.setFontSize(size)
    words.setLetterSpacing(spacing)
    if leading > 0:
        words.setHeight(leading * 1.2)
        words.setHeightOverride(True)
    words.setColor(skia_colour(colour, alpha))
    style = skia.textlayout.ParagraphStyle()
    style.setTextStyle(words)
    style.setTextAlign(_ALIGNS[align])
    builder = skia.textlayout.ParagraphBuilder.make(style, fonts, _unicode())
    builder.addText("\n".join(map(_directed, text.split("\n"))))
    return builder.Build()


def _directed(line: str) -> str:
    """A line that is read from the right, as an isolate of that direction: so its full stop stands at its
    left. Skia's paragraphs here know no direction of their own."""
    return f"{_FROM_THE_RIGHT}{line}{_END}" if right_to_left(line) else line


@lru_cache(maxsize=1)
def _unicode() -> skia.Unicode | None:
    """ICU, which Skia's paragraphs need; None where this build of Skia lacks its data."""
    return skia.Unicodes.ICU.Make()
