"""What anybody would believe: nobody lifts one far bigger, sleeps in the street, or keeps a horse indoors."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...storyboard.vocabulary import Action
from .able import body_of
from .lore import LARGE, SMALL, size_of_body
from .phrase import Phrase
from .roles import Parts
from .spots import indoors

_BORNE = re.compile(
    r"\{(\w+)\} <(?:carry|lift|hold|raise|throw|cradle|hide|wrap)> \{(hero|other|third)\}(?! by the hand)"
)
_HAULED = re.compile(r"\{(\w+)\} <(?:pull|help)> \{(hero|other|third)\} (?:up|ashore|to safety)$")


def beyond_strength(plain: str, parts: Parts) -> bool:
    """Whether a pattern lets somebody carry, lift or cover one who is as big, or haul one far bigger."""
    for found, spare in ((_BORNE.match(plain), 0.0), (_HAULED.match(plain), 1.05)):
        if found is None or not {found[1], found[2]} <= parts.roles.keys():
            continue
        doer, done = size_of_body(parts.roles[found[1]]), size_of_body(parts.roles[found[2]])
        covered = re.search("<(?:hide|wrap)>", plain) is not None
        if (covered and done >= LARGE) or (not covered and done > SMALL and done >= doer + spare):
            return True
    return False


_TOO_NEAR = re.compile(
    r"\{(\w+)\} <(?:hug|eat|share|shout|dance|kiss|throw|hold|lead|take|wrap|shake|pull|steady)>"
    r" .*\{(hero|other|third)\}"
)


def beyond_insects(plain: str, parts: Parts) -> bool:
    """Whether a pattern lets somebody hug, feast or dance with one as tiny as a bee or a mouse."""
    found = _TOO_NEAR.match(plain)
    if found is None or not {found[1], found[2]} <= parts.roles.keys():
        return False
    both = [size_of_body(parts.roles[r]) for r in (found[1], found[2])]
    return min(both) <= 0.0 and max(both) > SMALL


_HARD_BEDS = frozenset(
    {"road", "city", "village", "market", "station", "bridge", "rooftop", "harbour", "snowfield", "mountain",
     "graveyard", "moon", "planet", "river", "swamp", "park", "kitchen", "school", "office", "shop", "cafe",
     "stage", "library", "museum", "laboratory", "factory", "temple", "underwater"}
)  # fmt: skip
"""Places where nobody lies down to sleep."""


def beds_down_outside(plain: str, action: Action, who: Phrase, kind: str, rough: bool) -> bool:
    """Whether somebody with hands would sleep in the street, at school, in the snow, or out in the rain.

    ``rough``: it rains, snows or storms.
    """
    lies = action is Action.sleep or re.search(r"<lie> (?:down|awake|alone)|<curl> up", plain) is not None
    if not lies or body_of(who) != "hand" or re.search("tent|fire|bench", plain):
        return False
    return kind in _HARD_BEDS or (rough and not indoors(kind) and kind != "ship")


_ALIKE = frozenset(
    {Action.search, Action.sit, Action.cry, Action.sleep, Action.lie, Action.kneel, Action.dance, Action.sing,
     Action.laugh, Action.hug, Action.wave, Action.run, Action.walk, Action.sneak, Action.swim, Action.fly,
     Action.eat, Action.drink, Action.read, Action.hide, Action.look, Action.dig}
)  # fmt: skip
"""Acts that look the same whatever is said of how and with what they are done."""


_MUTUAL = frozenset(
    {Action.sit, Action.sleep, Action.lie, Action.dance, Action.sing, Action.laugh, Action.hug, Action.walk}
)
"""What looks the same whoever of two begins it."""
Picture = tuple[str, tuple[str, ...], str]


def picture_of(verb: str, action: Action, parts: Iterable[str], place: str) -> Picture:
    """What a viewer takes for the same picture: the act, who and what is in it, and the place."""
    act = {Action.lie: Action.sleep, Action.look: Action.search}.get(action, action).value
    seen = tuple(dict.fromkeys(parts))
    if action in {Action.search, Action.cry, Action.sleep}:  # whatever it is for
        seen = tuple(p for p in seen if p in {"hero", "other", "third"})
    elif action is Action.sit:  # on a chair or at a table
        seen = tuple(p for p in seen if p in {"hero", "other", "third", "thing"})
    if action in _MUTUAL or (verb in {"turn", "argue"} and action is not Action.perform):
        seen = tuple(sorted(seen))
    return act if action in _ALIKE and verb != "leave" else verb, seen, place
