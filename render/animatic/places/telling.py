"""What a picture tells about its place: decay that its words name, and pieces that would be there twice."""

from __future__ import annotations

import re
from dataclasses import replace

from ....storyboard.lexicon import behaves_as, state
from ....storyboard.picture import Picture
from ....storyboard.vocabulary import Mark, PlaceKind, Season, Weather
from .recipes import Recipe, named

_DECAYED = (Mark.ruined, Mark.overgrown)
_TWICE = {
    "gate": ("garden_gate",),
    "windmill": ("windmill",),
    "barn": ("barn",),
    "lighthouse": ("lighthouse",),
}
"""Pieces of places that a story's own thing of that kind stands for."""


def decayed(picture: Picture) -> Picture:
    """The picture with the decay that its place is named with: "a ruined city" is in ruins in every shot.

    Only what stands before a colon counts; what follows lists what is seen there.
    """
    named = re.split(r"[:;.]", picture.place.words, maxsplit=1)[0]
    told = state(named).marks if named.strip() else ()
    marks = tuple(m for m in _DECAYED if m in told and m not in picture.place.marks)
    if not marks:
        return picture
    place = picture.place.model_copy(update={"marks": (*picture.place.marks, *marks)})
    return picture.model_copy(update={"place": place})


_DIVING = re.compile(r"\b(?:submarine|submersible|u-boat|bathyscaphe)s?\b", re.I)


def dived(picture: Picture) -> Picture:
    """The picture with a submarine's inside where its place is one: no deck under the sky."""
    place = picture.place
    if place.look.kind is not PlaceKind.ship or not _DIVING.search(f"{place.words} {place.id}"):
        return picture
    look = place.look.model_copy(update={"interior": True})
    return picture.model_copy(update={"place": place.model_copy(update={"look": look})})


_ICE = re.compile(r"\b(?:glaciers?|icebergs?|crevasses?|ice|pack ice)\b(?! (?:palace|rink|cream))", re.I)
"""Words for a snowfield that is of ice."""
_HUNG = re.compile(
    r"\b(?:suspension|cables?|rope|hanging|steel|iron|wooden|plank|rail(?:way)?|harbour|city)\b", re.I
)
"""Words for a bridge that is of no stone."""
_STONE = re.compile(r"\b(?:stone|old|ancient|arch(?:ed|es)?|brick|mossy|cobbled|medieval)\b", re.I)
"""Words for a bridge that is."""


def told_recipe(picture: Picture) -> Recipe | None:
    """The recipe that the name of a picture's place asks for beyond its kind; None for all others."""
    place = picture.place
    if (
        place.look.kind is PlaceKind.ship
        and place.look.interior
        and _DIVING.search(f"{place.words} {place.id}")
    ):
        return named("submarine")
    if place.look.kind is PlaceKind.snowfield and _ICE.search(f"{place.words} {place.id}"):
        return named("glacier")
    if (name := _told_name(picture)) is not None:
        return named(name)
    stone = _STONE.search(place.words) and not _HUNG.search(f"{place.words} {place.id}")
    if place.look.kind is PlaceKind.bridge and stone:
        return named("stone-bridge" if picture.figures or picture.things else "bridge-aside")
    return None


_CIRCUS = re.compile(r"\b(?:circus|big top|ring|trapeze|acrobats?)\b", re.I)
_BAKING = re.compile(r"\b(?:baker(?:y|'s|s)?|bakehouse|patisserie|loaves|bread|brick oven)\b", re.I)
_BEFORE_IT = re.compile(
    r"\b(?:to|towards?|outside|before|from|near|far|leaves?|approach(?:es)?|reach(?:es)?|moat|drawbridge)\b"
    r"[^.]*\b(?:castle|palace|fortress|tower)\b",
    re.I,
)
"""Words for a castle that is seen from without."""


def _told_name(picture: Picture) -> str | None:
    """The name of the recipe for a place of a trade or of a kind seen from another side."""
    look, words = picture.place.look, f"{picture.place.words} {picture.place.id}"
    alone = not picture.figures and not picture.things
    if look.kind is PlaceKind.stage and _CIRCUS.search(words):
        return "circus"
    if look.kind in (PlaceKind.kitchen, PlaceKind.shop) and _BAKING.search(words):
        return "bakery"
    if look.kind is PlaceKind.castle and not look.interior and picture.figures:
        return None if _BEFORE_IT.search(picture.sentence) else "castle-yard"
    if look.kind is PlaceKind.island and alone:
        return "island-aside"
    if look.kind is PlaceKind.lighthouse and not look.interior and alone:
        return "lamp-tower"
    return None


BLIZZARD = re.compile(r"\b(?:snow-?\s?storm|blizzard)s?\b", re.I)
"""Words for snow that is driven by a gale."""


def snowed(picture: Picture) -> Picture:
    """The picture with the snow of a snowstorm that its sentence tells of, where it is out of doors."""
    if not BLIZZARD.search(picture.sentence) or picture.place.look.interior:
        return picture
    return picture.model_copy(update={"weather": Weather.snow, "season": Season.winter})


def without_doubles(found: Recipe, picture: Picture) -> Recipe:
    """The recipe without what the story's own things are: one gate, not two one behind the other."""
    gone = {piece for t in picture.things for piece in _TWICE.get(behaves_as(t.look.kind), ())}
    if not gone:
        return found
    return replace(found, layers=tuple(layer for layer in found.layers if layer.piece not in gone))
