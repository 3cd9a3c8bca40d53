"""Together: who does something with or beside somebody has that one do it too, near, the same way. Pure."""

from __future__ import annotations

import re

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing, Side

_WAYS = frozenset({Action.walk, Action.run, Action.sneak, Action.swim, Action.float, Action.fly})
_STILL = frozenset({Action.sit, Action.lie, Action.sleep, Action.cry})
_ALONG = r"\b(?:with|along ?side|beside|next to|by the side of|close to) (?:the |an? |his |her |its |their )?"
_AFOOT = frozenset({Being.person, Being.robot, Being.quadruped, Being.creature, Being.ghost})


def accompanied(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """The actor and whom it does it with or beside; None where it is done to somebody, or alone."""
    if picture.action not in _WAYS | _STILL or picture.target is None:
        return None
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None or actor.action is Action.ride:
        return None
    if not {actor.look.being, other.look.being} <= _AFOOT:
        return None
    told = picture.sentence[:2000].lower()
    names = sorted({other.noun.lower(), other.noun.lower().split()[-1]} if other.noun.strip() else ())
    names += ["him", "her", "it", "them", other.id.replace("-", " ").removeprefix("the ")]
    called = "|".join(re.escape(name) for name in names)
    found = re.search(rf"{_ALONG}(?:\w+ ){{0,2}}(?:{called})\b", told)
    return (actor, other) if found else None


_EACH = re.compile(r"\b(each other|one another|back|both|all)\b")


def first_to_wave(picture: Picture) -> Picture:
    """The picture in which only the actor waves: to whom it is done looks on, or both would seem to."""
    if picture.action is not Action.wave or _EACH.search(picture.sentence.lower()):
        return picture
    if " and " in picture.sentence.split(" wave", 1)[0]:
        return picture
    seen = {"action": Action.stand, "gaze": picture.actor}
    return picture.model_copy(
        update={
            "figures": tuple(
                f.model_copy(update=seen) if f.action is Action.wave and f.id != picture.actor else f
                for f in picture.figures
            )
        }
    )


def together(picture: Picture) -> Picture:
    """The picture in which both do it, turned the same way; a picture of one alone is left as it is."""
    pair = accompanied(picture)
    if pair is None:
        return picture
    actor, other = pair
    order = list(Side)
    left = order.index(actor.side) <= order.index(other.side)
    if actor.side is other.side:
        left = actor.facing is not Facing.left
    sides = (Side.left, Side.right) if left else (Side.right, Side.left)
    facing = Facing.right if left else Facing.left
    going: dict[str, object] = {"action": picture.action, "gaze": None}
    if picture.action is not Action.cry:
        going["facing"] = facing
    if picture.action is Action.cry:
        going["expression"] = actor.expression
    new = {f.id: f.model_copy(update={**going, "side": s}) for f, s in zip(pair, sides, strict=True)}
    return picture.model_copy(update={"figures": tuple(new.get(f.id, f) for f in picture.figures)})
