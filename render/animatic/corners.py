"""Corners: each set-up looks at another corner of its place, and along a road other things stand. Pure."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, PlaceKind
from .kin import herd_of
from .light import mined
from .places.features import goal_of
from .places.recipes import Layer, Recipe
from .places.telling import goes_home
from .stage import Staging

_ROOMS = frozenset(
    {
        PlaceKind.house, PlaceKind.room, PlaceKind.kitchen, PlaceKind.bedroom, PlaceKind.school,
        PlaceKind.library, PlaceKind.office, PlaceKind.shop, PlaceKind.cafe, PlaceKind.workshop,
        PlaceKind.laboratory, PlaceKind.hospital, PlaceKind.museum, PlaceKind.train,
    }
)  # fmt: skip
_LANDS = frozenset(
    {
        PlaceKind.meadow, PlaceKind.road, PlaceKind.city, PlaceKind.village, PlaceKind.market,
        PlaceKind.forest, PlaceKind.jungle, PlaceKind.park, PlaceKind.desert, PlaceKind.snowfield,
        PlaceKind.farm,
        PlaceKind.graveyard, PlaceKind.garden, PlaceKind.swamp, PlaceKind.planet, PlaceKind.ruins,
    }
)  # fmt: skip
_YARDS = frozenset(
    {
        PlaceKind.castle, PlaceKind.station, PlaceKind.cave, PlaceKind.spaceship, PlaceKind.moon,
        PlaceKind.rooftop,
    }
)  # fmt: skip
"""Places within bounds, under a roof or not."""
_INDOORS = (0.0, 1.1, -1.1, 2.2, -2.2)
_OUTDOORS = (0.0, 2.2, -2.2, 4.4, -4.4, 7.0, -7.0)
"""Metres along the place by which a set-up may stand aside."""
_ROOTED = frozenset({Action.climb, Action.swim, Action.dive, Action.row})
"""What is done at one spot of a place."""


def corner(picture: Picture, recipe: Recipe, seed: int) -> float:
    """How many metres along the place those in the picture are; 0 where the place has one middle."""
    kind = picture.place.look.kind
    if not picture.figures or recipe.water or recipe.footing != "ground":
        return 0.0
    if any(f.action in _ROOTED for f in picture.figures) or goes_home(picture) or goal_of(picture):
        return 0.0
    spots: tuple[float, ...] = ()
    if mined(picture):  # a gallery goes on and on
        spots = _OUTDOORS
    elif kind in _YARDS or (recipe.interior and kind in _ROOMS):
        spots = _INDOORS
    elif not recipe.interior and kind in _LANDS:
        spots = _OUTDOORS
    return _dice(picture, seed).choice(spots) if spots else 0.0


def _dice(picture: Picture, seed: int) -> Random:
    return Random(f"{picture.place.look.layout}/{seed}/corner")


_BY_THE_WAY: tuple[tuple[Layer, ...], ...] = (
    (),
    (Layer(20.0, "barn", {"x": 6.0}),),
    (Layer(3.5, "lamps", {"step": 7.5, "gap": 1.4}),),
    (Layer(22.0, "windmill", {"x": -6.5, "tall": 8}),),
    (Layer(26.0, "houses", {"low": 2.4, "high": 3.6, "step": 4.6}),),
    (Layer(4.6, "pear_tree", {"x": 3.4}),),
    (Layer(9.0, "bales", {}),),
)
"""What else stands by a road, spot by spot; ``x`` in metres from who is there."""
_NEAR = tuple(spot for spot in _BY_THE_WAY if all(la.depth < 10 for la in spot))
_MARKS = tuple(spot for spot in _BY_THE_WAY if spot not in _NEAR)
"""Those that are seen from afar: a road has one of them."""

_LOW = tuple(spot for spot in _BY_THE_WAY if any(la.piece == "houses" for la in spot))
_WHEELED = frozenset({Action.drive, Action.ride})


def passed(found: Recipe, picture: Picture, seed: int) -> Recipe:
    """The recipe with what stands by the road where those in the picture are on their way.

    On the bank beside a bridge, others of its arches are behind them.
    """
    if picture.place.look.kind is PlaceKind.bridge and picture.figures:
        x = Random(f"{seed}/arch").choice(_ARCHES)
        layers = tuple(_at(la, x) if la.piece == "span" else la for la in found.layers)
        return replace(found, layers=layers)
    if picture.place.look.kind is not PlaceKind.road or found.interior or not picture.figures:
        return found
    if found.water or goes_home(picture) or goal_of(picture):
        return found
    there = {layer.piece for layer in found.layers}
    at = corner(picture, found, seed)
    mark = Random(f"{picture.place.look.layout}/landmark").choice(_MARKS)  # the same all along the film
    spot = Random(f"{seed}/by the way").choice((mark, *_NEAR))
    if any(f.action in _WHEELED for f in picture.figures):  # before what is low, no roof rides on the bus
        spot = spot if spot in _LOW else ()
    if len(herd_of(picture.figures)) > 1:  # several beasts and a tree near by would be one cluster
        spot = tuple(la for la in spot if la.piece != "pear_tree")
    if picture.era:  # no street lamps there
        there.add("lamps")
    added = [replace(la, options=_aside(la.options, at)) for la in spot if la.piece not in there]
    if not added:
        return found
    far = min(la.depth for la in added)
    hides = {"trees"} if far > 10 else set()
    kept = [la for la in found.layers if not (la.piece in hides and 6.0 < la.depth < far)]
    return replace(found, layers=tuple(sorted([*kept, *added], key=lambda la: -la.depth)))


_ARCHES = (0.0, 2.2, -2.2, 3.5, 7.0, -7.0, 10.5, -10.5)
"""Metres by which a bridge is moved along its river; its arches are seven apart."""


def _at(layer: Layer, x: float) -> Layer:
    return replace(layer, options={**layer.options, "x": x})


def _aside(options: dict[str, Any], metres: float) -> dict[str, Any]:
    return {**options, "x": float(options["x"]) + metres} if "x" in options else options


def along(staging: Staging, metres: float) -> Staging:
    """Everybody, everything and the camera so many metres along the place."""
    if not metres:
        return staging
    subject = staging.subject
    return replace(
        staging,
        figures=tuple(replace(p, x=p.x + metres) for p in staging.figures),
        things=tuple(replace(t, x=t.x + metres) for t in staging.things),
        pose=replace(staging.pose, x=staging.pose.x + metres),
        subject=replace(subject, x=subject.x + metres) if subject else None,
    )
