"""Person-shaped beings: what their species changes in a person's look."""

from __future__ import annotations

import math
from typing import Any

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Age, Beard, Build, Dress, HairStyle, Hat, Worn
from ..ink import mixed, rgb


def variant(look: BodyLook, row: dict[str, Any]) -> BodyLook:
    """The look with the species' skin, build, beard and wings."""
    changed: dict[str, object] = {}
    if "skin" in row:
        changed["skin"] = row["skin"]
    if row.get("beard") and look.presents != "woman" and look.beard is Beard.none:
        changed["beard"] = Beard.full
    if row.get("sturdy"):
        changed["build"] = Build.sturdy
    if row.get("huge"):  # barefoot in a patched tunic: nobody's size, and no cap of the street
        changed |= {"hat": look.hat if look.hat in _GRAND else Hat.none, "worn": ()}
        if look.dress in _STREET:
            changed["dress"] = Dress.rags
            if sum(rgb(look.dress_colour)) < _DARK:
                changed["dress_colour"] = "#7a6a3c"
        if look.presents != "woman":
            changed["hair"] = HairStyle.spiky
    if row.get("wings"):
        changed["worn"] = tuple(dict.fromkeys((*look.worn, Worn.wings)))
    if row.get("tail"):  # nothing hangs over it
        changed |= {"dress": Dress.none, "hat": Hat.none, "worn": ()}
        if look.presents == "woman" and look.hair in (HairStyle.short, HairStyle.bald, HairStyle.spiky):
            changed["hair"] = HairStyle.long
    if look.presents == "woman" and not row.get("tail"):
        cropped = (HairStyle.short, HairStyle.spiky, HairStyle.bald)
        if look.hair in (cropped if look.age is Age.child else cropped[:1]):
            # What is short on a woman still goes to her chin, or she is taken for a man.
            changed["hair"] = HairStyle.curly if look.age is Age.elder else HairStyle.bob
        elif look.hair in (HairStyle.bun, HairStyle.ponytail) and look.hat not in (Hat.none, Hat.crown):
            changed["hair"] = HairStyle.bob  # what is pinned up is hidden by a hat
    elif (
        look.presents == "man"
        and look.age is not Age.child
        and (look.hair is HairStyle.bob or (look.hair in _WOMANLY and look.hat not in (Hat.none, Hat.crown)))
    ):
        changed["hair"] = HairStyle.short  # what looks out beside a cap is a woman's bun or curls
    if look.dress is Dress.spacesuit and look.hair in _LOOSE:  # all of it goes under the glass
        changed["hair"] = HairStyle.bob if look.presents == "woman" else HairStyle.short
    if look.beard is not Beard.none and look.hair is HairStyle.bun and look.presents == "man":
        changed["hair"] = HairStyle.short
    if row.get("bones"):
        changed |= {"hair": HairStyle.bald, "beard": Beard.none, "dress": Dress.none}
    return look.model_copy(update=changed)


_GRAND = frozenset({Hat.crown, Hat.helmet})
_DARK = 3 * 70
"""Red, green and blue of a cloth whose patches are not seen."""
_STREET = frozenset({Dress.shirt, Dress.suit, Dress.dress, Dress.coat, Dress.overalls, Dress.none})
_LOOSE = frozenset({HairStyle.long, HairStyle.braids, HairStyle.ponytail, HairStyle.bun, HairStyle.curly})
_WOMANLY = frozenset({HairStyle.bob, HairStyle.bun, HairStyle.curly, HairStyle.ponytail})
_ALIKE = 62.0
"""How near a garment's colour is to the skin's where one is taken for the other (of 441)."""


_REDDISH = 84
"""Red over green of a cloth that is a red, and not a brown."""


def told_apart(look: BodyLook) -> BodyLook:
    """The look with a garment that is not taken for bare skin: olive for uniforms, else paler or darker."""
    if look.dress is Dress.none or math.dist(rgb(look.skin), rgb(look.dress_colour)) > _ALIKE:
        return look
    if look.dress is Dress.uniform:
        cloth = mixed(look.dress_colour, "#7c9858", 0.9)
    elif rgb(look.dress_colour)[0] - rgb(look.dress_colour)[1] > _REDDISH:
        cloth = mixed(look.dress_colour, "#9c1418", 0.7)  # paler, it would be pink as skin is
    else:
        dark = sum(rgb(look.skin)) < 3 * 128
        cloth = mixed(look.dress_colour, "#f0e4c4" if dark else "#33506a", 0.55)
    return look.model_copy(update={"dress_colour": cloth})


_PALE, _RED, _WHITE, _BLACK = "#fff0b8", "#7a2408", "#ffffff", "#120d0c"


def parted_from(hair: str, skin: str) -> str:
    """The hair's colour, paler or deeper where it is taken for the skin's and the head for a bald one.

    Hair that is darker than the skin gets darker, red hair redder, and any other hair paler.
    """
    red, green, blue = rgb(hair)
    grey = max(red, green, blue) - min(red, green, blue) < 40
    darker = sum(rgb(skin)) > red + green + blue
    ginger = red - green > 45 and green > blue
    least = 78.0 if grey or darker or ginger else 112.0
    if math.dist(rgb(skin), (red, green, blue)) >= least:
        return hair
    to = [_RED, "#d8380c"] if ginger else [_BLACK, _PALE] if darker else [_WHITE if grey else _PALE, _BLACK]
    for end in to:
        for share in range(1, 9):
            tried = mixed(hair, end, 0.1 * share)
            if math.dist(rgb(tried), rgb(skin)) >= least:
                return tried
    return mixed(hair, to[0], 0.8)


def parted(look: BodyLook) -> BodyLook:
    """The look with hair that is told from the skin."""
    return look.model_copy(update={"hair_colour": parted_from(look.hair_colour, look.skin)})


def warmed(look: BodyLook, light: tuple[float, float, float]) -> BodyLook:
    """The look with skin that has blood in it also in blue light."""
    red, _, blue = light
    cold = max(0.0, blue - red) / max(blue, 0.01)
    if cold < 0.05:
        return look
    return look.model_copy(update={"skin": mixed(look.skin, "#ff9a5c", min(0.5, 1.5 * cold))})


_WIGS = {"clown cone": (HairStyle.curly, "#e8642a"), "judge wig": (HairStyle.bald, "#eeeae0")}
"""What is worn with a wig -> how its hair is and of what colour; the piece has all of the bald one's."""
_CLOSE = frozenset({"head guard"})
"""What all the hair is under, but what is seen at the brow."""


def wigged(look: BodyLook, costume: tuple[str, ...]) -> BodyLook:
    """The look with the hair of a wig in place of its own, which would hang out from under it."""
    if not _CLOSE.isdisjoint(costume):
        return look.model_copy(update={"hair": HairStyle.short, "presents": "man", "hat": Hat.helmet})
    for piece in costume:
        if piece in _WIGS:
            style, colour = _WIGS[piece]
            update = {"hair": style, "hair_colour": colour, "presents": "person", "age": Age.adult}
            return look.model_copy(update={**update, "hat": Hat.none})
    return look
