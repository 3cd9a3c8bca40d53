"""Grades by name: the looks that a finished film can be given, as colour decisions of the trade.

Each is an ASC Colour Decision List (slope, offset and power of red, green and blue, and saturation; ASC
CDL 1.2) over the pixels as they are shown, with a gentle S-curve of contrast about the middle. Numbers are
thousandths, since data here holds whole numbers only.
"""

from __future__ import annotations

from typing import Literal, get_args

from .errors import UnknownName
from .schema import Data

GradeName = Literal["", "warm", "cold", "noir", "bleach", "vivid", "faded", "golden", "moonlit"]
"""The name of a grade; "" for none."""


class ColourDecision(Data):
    """Thousandths: ``slope`` and ``power`` are 1000 where nothing is done, ``offset`` is 0."""

    says: str
    slope: tuple[int, int, int] = (1000, 1000, 1000)
    offset: tuple[int, int, int] = (0, 0, 0)
    power: tuple[int, int, int] = (1000, 1000, 1000)
    saturation: int = 1000
    contrast: int = 0
    """Of the S-curve: 0 is a straight line, 1000 a smooth step."""


GRADES: dict[str, ColourDecision] = {
    "warm": ColourDecision(
        says="late light: red up, blue down", slope=(1045, 1005, 930), offset=(8, 2, -4),
        saturation=1060, contrast=80,
    ),
    "cold": ColourDecision(
        says="blue hours: red down, blue up, a little less colour", slope=(930, 995, 1050),
        offset=(-6, 0, 14), saturation=900, contrast=80,
    ),
    "noir": ColourDecision(says="black and white, hard", saturation=0, contrast=420, power=(1060,) * 3),
    "bleach": ColourDecision(
        says="silver left in the print: little colour, hard", saturation=480, contrast=380,
        slope=(1020, 1020, 1030),
    ),
    "vivid": ColourDecision(says="more colour and contrast", saturation=1300, contrast=160),
    "faded": ColourDecision(
        says="an old print: blacks lifted, whites creamy", slope=(915, 890, 825), offset=(80, 70, 60),
        saturation=800,
    ),
    "golden": ColourDecision(
        says="the golden hour: lights yellow, shadows brown", slope=(1060, 1000, 860), offset=(10, 0, -10),
        power=(960, 1000, 1080), saturation=1100, contrast=100,
    ),
    "moonlit": ColourDecision(
        says="day for night: dark, blue, pale", slope=(560, 680, 860), offset=(-4, 2, 26),
        power=(1120, 1080, 1000), saturation=620, contrast=60,
    ),
}  # fmt: skip


def read_grade(text: str) -> GradeName:
    """A grade by name, or none for "none" or "off". Raises ``UnknownName`` with the names there are."""
    name = text.strip().lower()
    for known in get_args(GradeName):
        if name == (known or "none") or (name == "off" and not known):
            found: GradeName = known
            return found
    raise UnknownName("grade", text[:40], [*GRADES, "none"])
