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
    if row.get("wings"):
        changed["worn"] = tuple(dict.fromkeys((*look.worn, Worn.wings)))
    if row.get("tail"):  # nothing hangs over it
        changed |= {"dress": Dress.none, "hat": Hat.none, "worn": ()}
        if look.presents == "woman" and look.hair in (HairStyle.short, HairStyle.bald, HairStyle.spiky):
            changed["hair"] = HairStyle.long
    girl = look.presents == "woman" and look.age is Age.child
    if girl and look.hair in (HairStyle.short, HairStyle.spiky, HairStyle.bald):
        changed["hair"] = HairStyle.bob
    if look.dress is Dress.spacesuit and look.hair in _LOOSE:  # all of it goes under the glass
        changed["hair"] = HairStyle.bob if look.presents == "woman" else HairStyle.short
    if look.beard is not Beard.none and look.hair is HairStyle.bun and look.presents == "man":
        changed["hair"] = HairStyle.short
    if row.get("bones"):
        changed |= {"hair": HairStyle.bald, "beard": Beard.none, "dress": Dress.none}
    return look.model_copy(update=changed)


_LOOSE = frozenset({HairStyle.long, HairStyle.braids, HairStyle.ponytail, HairStyle.bun, HairStyle.curly})
_ALIKE = 62.0
"""How near a garment's colour is to the skin's where one is taken for the other (of 441)."""


def told_apart(look: BodyLook) -> BodyLook:
    """The look with a garment that is not taken for bare skin: olive for uniforms, else paler or darker."""
    if look.dress is Dress.none or math.dist(rgb(look.skin), rgb(look.dress_colour)) > _ALIKE:
        return look
    if look.dress is Dress.uniform:
        cloth = mixed(look.dress_colour, "#7c9858", 0.9)
    else:
        dark = sum(rgb(look.skin)) < 3 * 128
        cloth = mixed(look.dress_colour, "#f0e4c4" if dark else "#33506a", 0.55)
    return look.model_copy(update={"dress_colour": cloth})


def warmed(look: BodyLook, light: tuple[float, float, float]) -> BodyLook:
    """The look with skin that has blood in it also in blue light."""
    red, _, blue = light
    cold = max(0.0, blue - red) / max(blue, 0.01)
    if cold < 0.05:
        return look
    return look.model_copy(update={"skin": mixed(look.skin, "#ff9a5c", min(0.5, 1.5 * cold))})
