"""Costume: what tells a trade at a glance, besides the garment of the look."""

from __future__ import annotations

import re

from ..looks import BodyLook
from ..vocabulary import Dress, Hat
from .nouns import look_up
from .store import data, phrases

_OTHER_LIFE = frozenset({Dress.rags, Dress.armour, Dress.spacesuit, Dress.none})
"""Garments under which a trade is left behind, where they are not its own."""


_OVER_A_SUIT = frozenset({"garden apron", "stethoscope", "letter bag", "star badge"})
"""Pieces that are worn over a space suit as well, by which its wearer is told from any astronaut."""


_TROUSERED = re.compile(r"\b(?:trousers|jeans|shorts|leggings|dungarees|breeches|slacks|pants|overalls)\b")
_SKIRTED = frozenset({Dress.shirt, Dress.suit, Dress.uniform, Dress.apron, Dress.coat, Dress.rags})
"""Garments under which a woman is told by a skirt, where nothing is said of trousers."""
_UNSKIRTED = frozenset({"webbing", "number", "emblem", "oil", "title belt", "eye mask", "air tank"})
"""Pieces of trades that have no skirts, as a helmet is."""


def costume(noun: str, words: str, look: BodyLook) -> tuple[str, ...]:
    """The pieces that show what somebody is: those of the trade that ``noun`` names, and those in ``words``.

    Names of drawings, at most a few, in the order in which they are listed. A headpiece of the trade is left
    out where the look wears another hat, the rest where it wears rags; over a space
    suit there is only what fits over it. Pure.
    """
    entry = look_up(noun, "person")
    if look.dress is Dress.spacesuit:
        return tuple(p for p in entry.attributes.get("costume", ()) if p in _OVER_A_SUIT) if entry else ()
    found: list[str] = []
    if entry is not None:
        own = Hat(entry.attributes.get("hat", "none")) is look.hat
        garment = Dress(entry.attributes.get("dress", "shirt")) is look.dress
        if garment or look.dress not in _OTHER_LIFE:
            heads = data("appearance")["headpieces"]
            found = [p for p in entry.attributes.get("costume", ()) if own or p not in heads]
            if look.presents == "man":
                found = [p for p in found if p not in ("tutu", "veil")]
    text = " ".join(re.sub(r"[^\w' -]", " ", words[:2000].lower()).split())
    said = phrases("appearance", "costumes")
    found += [said[p] for p in said if re.search(rf"\b{re.escape(p)}\b", text)]
    if look.presents == "woman" and look.dress in _SKIRTED and not _TROUSERED.search(text):
        helmet = look.hat is Hat.helmet
        found += [] if helmet or _UNSKIRTED & set(found) else ["skirt"]
    return tuple(dict.fromkeys(found))
