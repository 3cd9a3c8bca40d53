"""Person-shaped beings: what their species changes in a person's look."""

from __future__ import annotations

from typing import Any

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Beard, Build, Dress, HairStyle, Hat, Worn


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
        changed |= {"dress": Dress.shirt, "hat": Hat.none}
        if look.presents == "woman" and look.hair in (HairStyle.short, HairStyle.bald, HairStyle.spiky):
            changed["hair"] = HairStyle.long
    if row.get("bones"):
        changed |= {"hair": HairStyle.bald, "beard": Beard.none, "dress": Dress.none}
    return look.model_copy(update=changed)
