"""What a figure is asked to perform in a shot."""

from __future__ import annotations

from dataclasses import dataclass

from ....storyboard.vocabulary import Action, Expression, Facing
from .ascent import Way
from .mouth import Says

Laid = tuple[float, float, float]
"""Where a hand lies on another's body: metres from the ground point, x right and y down, and how far it has
been brought there, 0 to 1."""


@dataclass(frozen=True)
class Acting:
    """One figure's performance in one shot."""

    action: Action
    expression: Expression
    facing: Facing
    gaze: tuple[float, float] | None = None
    """Unit vector towards what is looked at, y down; None looks where the figure faces."""
    speaks: bool = False
    says: tuple[Says, ...] = ()
    """What is said and when; where it is known the mouth moves then, and only then."""
    pace: float = 1.0
    """Speed of cycles against their natural speed."""
    through: bool = False
    """Looks through what it holds, which is brought to the eye."""
    way: Way | None = None
    """What somebody who climbs goes up."""
    manner: str = ""
    """In which of the ways that ``poses.json`` has for the action it is done."""
    meets: tuple[float, float] | None = None
    """Where the hand that is shaken meets another, in metres from the ground point, y down."""
    lays: tuple[Laid, ...] = ()
    """Where the hands lie on somebody else, the action hand first; a hand that is missing does as it does."""
    steps: tuple[Laid, ...] = ()
    """Where the feet stand, the near one first, on pedals; a foot that is missing does as it does."""
    embraces: bool = False
    """Holds somebody who stands: the far arm is behind that one, and is not seen."""
    told: bool = False
    """The words of the event say what is felt, which is then plain on the face whatever is done."""
    level: float = 1.0
    """How high the head is that an animal touches with its own, in heights of its own eyes as it stands."""
    high: float = 0.0
    """Metres from which a body without keyed poses falls, the body's own; 0: from its own height."""
    low: bool = False
    """Kneels while doing it, to be level with somebody small."""

    @property
    def turned_to(self) -> bool:
        """Whether what is looked at lies on the side of the page to which the figure is turned."""
        way = {Facing.left: -1.0, Facing.right: 1.0}.get(self.facing, 0.0)
        return self.gaze is not None and way * self.gaze[0] > 0.3
