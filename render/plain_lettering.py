"""Lines of text without a shaper, for builds of Skia whose ICU data is not there.

Words are broken at spaces and drawn letter by letter in the first face that has each; a word of a
right-to-left script is turned round, unjoined. Legible, not fine.
"""

from __future__ import annotations

import unicodedata

import skia

from ..fonts import Face, typeface
from .glyphs import formless, system


class PlainParagraph:
    """What ``lettering`` needs of a paragraph, with Skia's names for it."""

    def __init__(
        self, text: str, face: Face, size: float, align: str, colour: int, leading: float, spacing: float
    ) -> None:
        self._text, self._face, self._size, self._align = text, face, size, align
        self._paint = skia.Paint(AntiAlias=True, Color=colour)
        self._step = size * 1.2 * (leading if leading > 0 else 1.0)
        self._spacing = spacing
        self._lines: list[str] = []
        self._measure = 0.0

    def layout(self, measure: float) -> None:
        """Break into lines of at most ``measure``; a word wider than that is broken anywhere."""
        self._measure, self._lines = measure, []
        for part in self._text.split("\n"):
            line = ""
            for word in part.split():
                tried = f"{line} {word}" if line else word
                if not line or self._wide(tried) <= measure:
                    line = tried
                else:
                    self._lines.append(line)
                    line = word
                while len(line) > 1 and self._wide(line) > measure:
                    keep = max(1, int(len(line) * measure / self._wide(line)))
                    self._lines.append(line[:keep])
                    line = line[keep:]
            self._lines.append(line)

    @property
    def Height(self) -> float:
        """Height of all lines."""
        return self._step * len(self._lines)

    @property
    def LongestLine(self) -> float:
        """Width of the widest line."""
        return max((self._wide(line) for line in self._lines), default=0.0)

    def paint(self, canvas: skia.Canvas, x: float, y: float) -> None:
        """Draw with the top left corner of the measure at ``x``, ``y``."""
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[self._align]
        for i, line in enumerate(self._lines):
            at = x + (self._measure - self._wide(line)) * share
            base = y + self._step * i + self._size * 0.95
            for char in _in_order(line):
                font = self._font(char)
                canvas.drawString(char, at, base, font, self._paint)
                at += font.measureText(char) + self._spacing

    def _wide(self, line: str) -> float:
        return sum((float(self._font(c).measureText(c)) + self._spacing for c in line), 0.0)

    def _font(self, char: str) -> skia.Font:
        own = typeface(self._face)
        spare = None if own.unicharToGlyph(ord(char)) or formless(char) else system(char)
        return skia.Font(spare or own, self._size)


def _in_order(line: str) -> str:
    """The line's characters from left to right, its right-to-left words turned round."""
    words = line.split(" ")
    if not any(unicodedata.bidirectional(c) in ("R", "AL") for c in line):
        return line
    turned = [w[::-1] if any(unicodedata.bidirectional(c) in ("R", "AL") for c in w) else w for w in words]
    return " ".join(reversed(turned))
