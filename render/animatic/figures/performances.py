"""Performances: the table of keyed poses (``poses.json``) and the pose at a moment of a shot."""

from __future__ import annotations

import bisect
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

from ....storyboard.vocabulary import Action
from ..easing import smoothstep
from .skeleton import FIELDS, Pose

DRAWINGS_PER_SECOND = 12
"""Figures move "on twos": a new drawing on every second frame of 24."""


@dataclass(frozen=True)
class Performance:
    """Keyed poses of one action."""

    cycle: bool
    seconds: float
    """Of one cycle, or until the last pose is reached."""
    moments: tuple[float, ...]
    """Of the keys, 0 to 1."""
    keys: tuple[tuple[float, ...], ...]
    speed: float = 0.0
    """Metres a second across the ground for a person of 1.72 m."""
    profile: bool = False
    """True where it can only be read from the side."""
    again: float = 0.0
    """Seconds that a single performance rests before it is repeated; 0 never repeats."""
    pointing: bool = False
    fills: bool = False
    """A single performance that is slowed down to fill its shot, to be seen from beginning to end."""
    touch: str = ""
    """Where on the face, or before the chest, the action hand is brought (``touching.py``)."""
    both: bool = False
    """The other hand is brought there too."""
    palms: bool = False
    """Hands are spread, with their fingers seen."""
    grasp: bool = False
    """What is held lies between both hands, before them."""

    def paced(self, length: float) -> float:
        """The pace in a shot of ``length`` seconds: what ``fills`` it is slowed down, never hurried."""
        if not self.fills:
            return 1.0
        return max(0.2, min(1.0, self.seconds / max(0.1, 0.8 * length)))

    def pose(self, t: float, pace: float) -> Pose:
        """The pose ``t`` seconds into the shot."""
        if self.cycle:
            phase = (t * pace / self.seconds) % 1.0
            return Pose(*self._cycled(phase))
        t *= pace
        if self.again:
            t %= self.seconds + self.again
        return Pose(*self._once(min(1.0, t / self.seconds), t))

    def _once(self, phase: float, t: float) -> list[float]:
        i = min(bisect.bisect_right(self.moments, phase), len(self.moments) - 1)
        start, end = self.moments[i - 1], self.moments[i]
        share = min(1.0, max(0.0, (phase - start) / (end - start)))
        share = smoothstep(share)
        values = [a + (b - a) * share for a, b in zip(self.keys[i - 1], self.keys[i], strict=True)]
        breath = 0.9 * (1 - abs((t / 1.9) % 2 - 1) * 2)
        values[FIELDS.index("lean")] += breath
        values[FIELDS.index("nod")] += breath
        return values

    def _cycled(self, phase: float) -> list[float]:
        count = len(self.moments)
        i = bisect.bisect_right(self.moments, phase) - 1
        start = self.moments[i]
        end = self.moments[(i + 1) % count] + (1.0 if i + 1 >= count else 0.0)
        x = (phase - start) / (end - start)
        x = 0.45 * x + 0.55 * smoothstep(x)
        a, b = self.keys[i], self.keys[(i + 1) % count]
        return [p + _round(q - p) * x for p, q in zip(a, b, strict=True)]


_FULL_TURN, _TOO_FAR = 360.0, 270.0
"""Degrees; what is farther in a cycle from one key to the next goes round the other way."""


def _round(step: float) -> float:
    """The way from one key of a cycle to the next: an arm that has gone over goes on, and does not unwind."""
    if abs(step) < _TOO_FAR:
        return step
    return step - _FULL_TURN if step > 0 else step + _FULL_TURN


def _performance(row: dict[str, Any]) -> Performance:
    rest = Pose()
    keys = tuple(
        tuple(float(key.get(name, getattr(rest, name))) for name in FIELDS) for _, key in row["keys"]
    )
    return Performance(
        cycle=row["kind"] == "cycle",
        seconds=row["seconds"],
        moments=tuple(moment for moment, _ in row["keys"]),
        keys=keys,
        speed=row.get("speed", 0.0),
        profile=bool(row.get("profile")),
        again=row.get("again", 0.0),
        pointing=bool(row.get("pointing")),
        fills=bool(row.get("fills")),
        touch=row.get("touch", ""),
        both=bool(row.get("both")),
        palms=bool(row.get("palms")),
        grasp=bool(row.get("grasp")),
    )


def _table() -> dict[str, Performance]:
    text = resources.files(__package__).joinpath("poses.json").read_text(encoding="utf-8")
    return {name: _performance(row) for name, row in json.loads(text).items()}


_TABLE = _table()
PERFORMANCES = {Action(name): row for name, row in _TABLE.items() if " " not in name}
"""By action."""
MANNERS = {
    (Action(name.partition(" ")[0]), name.partition(" ")[2]): row
    for name, row in _TABLE.items()
    if " " in name
}
"""Other ways of doing an action, by the action and the manner: to look "out", to give something "away"."""


def performance(action: Action, manner: str = "") -> Performance:
    """The keyed poses of ``action`` done in that manner; standing where it has none."""
    return MANNERS.get((action, manner)) or PERFORMANCES.get(action, PERFORMANCES[Action.stand])


def on_twos(t: float) -> float:
    """The moment of the drawing that is shown at ``t`` seconds."""
    return int(t * DRAWINGS_PER_SECOND + 1e-6) / DRAWINGS_PER_SECOND
