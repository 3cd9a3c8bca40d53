"""Shapes of frames: the four that films are shown in, and their sizes in pixels."""

from __future__ import annotations

from fractions import Fraction

from .errors import BadInput

ASPECTS: dict[str, Fraction] = {
    "16:9": Fraction(16, 9),
    "9:16": Fraction(9, 16),
    "1:1": Fraction(1),
    "2.39:1": Fraction(239, 100),
}
SHORT = 720
"""Pixels of the shorter side of a frame of 16:9, 9:16 and 1:1 where nobody asks for a size."""


def read_aspect(text: str) -> str:
    """A name of ``ASPECTS``; ``9x16`` is read as ``9:16``. Raises ``BadInput``."""
    name = text.strip().replace("x", ":").replace("×", ":")
    if name not in ASPECTS:
        raise BadInput(f"{text[:40]!r} is no shape of a frame that is made. Give {', '.join(ASPECTS)}.")
    return name


def size_of(aspect: str, short: int = SHORT) -> tuple[int, int]:
    """Width and height in pixels, both even, at least 64 and at most 8192.

    ``short`` is the shorter side; 2.39:1 is as wide as 16:9 of that height, as cinemas mask it.
    """
    share = ASPECTS[aspect]
    wide = ASPECTS["16:9"] * short
    if share > ASPECTS["16:9"]:
        exact = wide, wide / share
    elif share >= 1:
        exact = share * short, Fraction(short)
    else:
        exact = Fraction(short), short / share
    width, height = (min(8192, max(64, round(side / 2) * 2)) for side in exact)
    return width, height


def short_of(width: int, height: int) -> int:
    """The ``short`` that a frame of that size is one of, so that it is shown as sharp in another shape."""
    if Fraction(width, height) > ASPECTS["16:9"]:
        return round(width / ASPECTS["16:9"])
    return min(width, height)


def is_aspect(width: int, height: int, aspect: str) -> bool:
    """Whether a frame of that size has the shape, to the nearest even number of pixels."""
    return (width, height) == size_of(aspect, short_of(width, height))
