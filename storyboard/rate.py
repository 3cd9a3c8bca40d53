"""Whole frames at one rational rate. Seconds exist only at the edges."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field, model_validator

from .errors import BadInput
from .schema import Data

_NAMED = {"23.976": (24000, 1001), "23.98": (24000, 1001), "29.97": (30000, 1001), "59.94": (60000, 1001)}
"""Rates of television that are not what they are called: a thousandth less than a whole number."""


class Rate(Data):
    """Frames per second as a reduced fraction, 1 to 240."""

    num: int = Field(24, ge=1, le=240_000)
    den: int = Field(1, ge=1, le=1001)

    @model_validator(mode="after")
    def _reduced(self) -> Rate:
        exact = Fraction(self.num, self.den)
        if not 1 <= exact <= 240:
            raise ValueError("a rate is 1 to 240 frames a second")
        if (exact.numerator, exact.denominator) != (self.num, self.den):
            raise ValueError(f"write the rate {self.num}/{self.den} as {exact}")
        return self

    @property
    def fps(self) -> Fraction:
        """Frames per second, exact."""
        return Fraction(self.num, self.den)

    def frames(self, seconds: Fraction | float) -> int:
        """The nearest whole number of frames in so many seconds (halves go up)."""
        return int(Fraction(seconds) * self.fps + Fraction(1, 2))

    def seconds(self, frames: int) -> Fraction:
        """Exact seconds of so many frames."""
        return Fraction(frames) / self.fps

    def milliseconds(self, frames: int) -> int:
        """The nearest whole millisecond."""
        return round(self.seconds(frames) * 1000)

    def timecode(self, frames: int) -> str:
        """``HH:MM:SS:FF``, non-drop, counting at the nearest whole rate."""
        whole = round(self.fps)
        seconds, rest = divmod(frames, whole)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{rest:02}"

    def __str__(self) -> str:
        return str(self.num) if self.den == 1 else f"{self.num}/{self.den}"


def read_rate(text: str) -> Rate:
    """``"24"``, ``"23.976"``, ``"24000/1001"`` -> Rate. Raises ``BadInput`` otherwise."""
    try:
        num, den = _NAMED.get(text.strip(), (0, 0))
        exact = Fraction(num, den) if den else Fraction(text.strip())
        return Rate(num=exact.numerator, den=exact.denominator)
    except (ValueError, ZeroDivisionError):
        raise BadInput(
            f"{text[:40]!r} is not a frame rate. Use one such as 24, 25, 30, 23.976 or 30000/1001 (1 to 240)."
        ) from None
