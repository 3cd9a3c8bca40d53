"""Blocking: who and what stands where, as values that staging and framing share."""

from __future__ import annotations

from dataclasses import dataclass

from ...storyboard.vocabulary import (
    Facing,
    ShotSize,
    Side,
)

THIRDS: dict[Side, float] = {
    Side.far_left: -0.38,
    Side.left: -0.19,
    Side.centre: 0.0,
    Side.right: 0.19,
    Side.far_right: 0.38,
}
"""Share of the frame's width from its middle."""

SMALL_METRES = 0.4
"""Beings lower than this are small."""
TIGHT = frozenset({ShotSize.medium_close, ShotSize.close, ShotSize.extreme_close, ShotSize.insert})
BOARD_METRES = 0.16
"""How high those in a boat stand above the water."""


VESSELS = frozenset({"boat", "rowboat", "rowing boat", "raft", "canoe", "dinghy", "sailboat", "ship"})
"""Things that lie in the water where there is some."""


@dataclass(frozen=True)
class Extent:
    """How much room something takes, in metres about its ground point, measured as it is drawn."""

    left: float
    right: float
    top: float
    bottom: float = 0.0
    eyes: float = 0.0
    """Height of the eyes, or of what matters most."""
    face: float = 0.0
    """From the eyes to the crown, in metres; 0 where there is no upright face to frame."""
    face_x: float = 0.0
    """Metres right of the ground point where the face is."""
    small: bool = False
    """It is the extent of a being no larger than a hand (``small.py``)."""

    @property
    def width(self) -> float:
        """Metres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Metres from foot to top."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Placed:
    """An entity on the stage."""

    id: str
    x: float
    depth: float
    up: float
    """Metres above the ground: for what flies, floats or stands on something."""
    extent: Extent
    facing: Facing
    gaze: tuple[float, float] | None = None
    sunk: float = 0.0
    """Share of the height that is under water."""
    walks: float = 0.0
    """Metres a second that it moves across the stage, rightwards."""
    shoulder: bool = False
    """Stands before the lens, over whose shoulder is looked."""
    perch: float = 0.0
    """Metres that it is lifted by what it has been set on."""
    rides: str = ""
    """Id of what it sits on."""
    stops: float | None = None
    """Seconds into the shot at which it has arrived at ``x``; None walks on, through ``x`` in the middle."""

    def walked(self, seconds: float, length: float) -> float:
        """Where it is, in metres across the stage, ``seconds`` into a shot of ``length`` seconds."""
        if self.stops is None:
            return self.x + self.walks * (seconds - length / 2)
        return self.x + self.walks * (min(seconds, self.stops) - self.stops)

    @property
    def tall(self) -> float:
        """Metres from foot to top as it acts, at least a little."""
        return max(0.2, self.extent.height)

    @property
    def middle(self) -> tuple[float, float]:
        """Centre, x and up."""
        return self.x + (self.extent.left + self.extent.right) / 2, self.up + (
            self.extent.top + self.extent.bottom
        ) / 2
