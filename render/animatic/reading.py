"""Reading: a picture as its sentence tells it, with the place that it plays in and the air there. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...storyboard.picture import Picture
from .aboard import on_deck
from .airless import suited
from .bathing import bathed, fallen_in, rescued, submerged
from .changing import changing
from .corners import passed
from .everyday import hangs_its_own
from .freed import freed
from .ink import mixed
from .kin import kindred
from .light import Air, air
from .mounts import astride, backed, ferried, led, mounted, wheeled
from .places import Recipe, marked, recipe
from .places.features import featured
from .places.telling import as_told, atop, snowed_over, spared, told_recipe, under_moon, without_doubles
from .recast import without_owners
from .resizing import as_before, spellbound
from .wading import launched, sunken, waded
from .wrapped import wrapped_up

_AS_TOLD: tuple[Callable[[Picture], Picture], ...] = (
    without_owners, kindred, freed, changing, as_before, spellbound, backed,
    astride, wheeled, mounted, led, ferried,
    on_deck, rescued, fallen_in, submerged, as_told, wrapped_up,
)  # fmt: skip
"""The steps that read into a picture what its sentence says: who is there, on what, and where."""


def read(picture: Picture) -> Picture:
    """The picture with all that its sentence says of who is there, on what, and where."""
    for step in _AS_TOLD:
        picture = step(picture)
    return picture


def placed_in(picture: Picture, seed: int) -> tuple[Picture, Recipe]:
    """The place in which a picture that was read plays, and the picture as it is there."""
    look = picture.place.look
    place = marked(told_recipe(picture) or recipe(look.kind, look.interior), frozenset(picture.place.marks))
    if not atop(picture):  # from there all else is below
        place = snowed_over(passed(featured(place, picture), picture, seed), picture)
    picture = spared(picture, place)
    place = without_doubles(place, picture)
    place = waded(launched(place, picture), picture)
    return sunken(bathed(suited(picture, place), place), place), place


def air_over(picture: Picture, place: Recipe) -> Air:
    """The light of a picture in its place: under water all is hazy and dimmer."""
    found = air(picture, place.interior)
    if under_moon(picture):
        found = replace(found, moon=2.0)
    if hangs_its_own(picture):
        found = replace(found, sun=None)
    if place.footing == "seabed":
        found = replace(found, haze=mixed("#3f8f9f", "#12304e", found.night * 0.8), thickness=0.8)
        found = replace(found, light=(found.light[0] * 0.8, found.light[1], found.light[2]))
    return found
