"""Grips: where each kind of thing is held, and whether it turns with the hand. See ``grip.py``."""

from __future__ import annotations

from dataclasses import dataclass

HAND_SHARE = 0.45
"""A thing in the hand is at most this share of its holder's height."""


@dataclass(frozen=True)
class Grip:
    """Where a thing is held, and whether it turns with the hand."""

    share: float
    """How far up the thing the hand is: 0 at its foot, 1 at its top."""
    plumb: bool
    """It hangs or is kept upright however the hand turns."""
    most: float = HAND_SHARE
    """At most this share of its holder's height."""
    from_below: float = 0.0
    """Share of the thing, from below, that is left away in the hand: a stand that it does without."""
    under: float = 9.0
    """How far it rises above the hand at most, in heights of its holder: under the chin."""
    least: float = 0.17
    """At least this share of its holder's height, or nobody would see what it is."""
    lean: float = 0.0
    """Degrees that what is plumb is turned clockwise."""


HUNG = Grip(0.97, True)
DANGLED = Grip(0.965, True)
"""Hung from one hand, lying in two."""
STOOD = Grip(0.12, False)
HAFTED = Grip(0.3, False)
HAMMER = Grip(0.3, False, 0.25, least=0.2)
"""By its haft, and no larger than leaves hands and chin in sight."""
FRAMED = Grip(0.45, True, 0.42, under=0.17)
SHOWN = Grip(0.45, True)
CUPPED = Grip(0.3, True)
RAISED = Grip(0.04, True, 0.85)
BY_HANDLES = Grip(0.3, True, 0.42, least=0.26)
"""Between both hands, by its handles, and large enough to cook for two."""
CANOPY = Grip(0.02, True, 1.08, least=1.02)
POLED = Grip(0.42, False, 1.0)
GRIPS: dict[str, Grip] = {
    **dict.fromkeys(
        ("lantern", "oil lamp", "bucket", "basket", "bag", "suitcase", "sack", "bell", "cage", "anchor",
         "net", "rope", "bomb", "backpack"),
        HUNG,
    ),
    **dict.fromkeys(("necklace", "key", "medal", "watch"), DANGLED),
    **dict.fromkeys(
        ("torch", "candle", "flower", "rose", "feather", "branch", "wand", "knife", "ice cream", "candy",
         "leaf", "crystal"),
        STOOD,
    ),
    **dict.fromkeys(("balloon", "flag"), RAISED),
    "umbrella": CANOPY,
    "sign": Grip(0.04, True, 0.5),
    "painted board": Grip(0.45, True, 0.5, under=0.1, least=0.3),
    "painting": FRAMED,
    "plank": Grip(0.5, False, 0.7, least=0.55),
    **dict.fromkeys(("staff", "crook", "broom", "oar", "spear", "fishing rod", "pitchfork"), POLED),
    **dict.fromkeys(("stone", "rock", "pearl", "acorn", "shell"), Grip(0.15, True, 0.15, least=0.12)),
    "kite": Grip(0.45, True, 0.5),
    **dict.fromkeys(("pot", "cauldron"), BY_HANDLES),
    "sandwich": Grip(0.3, True, 0.19),
    "hammer": HAMMER,
    "needle": Grip(0.3, False, 0.4, least=0.27),
    "tool": Grip(0.25, False, 0.4, least=0.26),
    "closed umbrella": Grip(0.3, False, 0.6, least=0.5),
    "paintbrush": Grip(0.2, False, 0.3, least=0.24),
    "shovel": Grip(0.78, True, 0.7),
    "sword": Grip(0.12, False, 0.6),
    "telescope": Grip(0.6, True, 0.5, 0.5),
    **dict.fromkeys(
        ("axe", "saw", "fork", "spoon", "pen",
         "bow", "gun", "crutch", "flute", "trumpet", "violin", "guitar"),
        HAFTED,
    ),
    **dict.fromkeys(
        ("book", "letter", "camera", "scroll", "map", "newspaper", "photograph", "ticket", "card",
         "mirror", "phone", "radio", "clock"),
        SHOWN,
    ),
}  # fmt: skip
NAMED = {
    "hung": HUNG,
    "stood": STOOD,
    "hafted": HAFTED,
    "shown": SHOWN,
    "raised": RAISED,
    "poled": POLED,
}
"""What a drawing cut from a glyph may say of how it is held."""
