"""Giants: the place about one is small, with woods at its knees and cottages, or flower beds, at its feet.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...storyboard.picture import Picture
from .blocking import Placed
from .figures.anatomy import HUGE
from .places.recipes import Layer, Recipe
from .players import kept_small

_NEAR = 20.0
"""Metres: what stands nearer than this is as large as people are used to, and makes way."""
_FLAT = frozenset({"rocks", "clumps", "path", "pebbles", "blades", "litter", "grass", "ferns", "stones"})
"""What lies on the ground is of no size."""
_TENDED = frozenset({"beds", "hedge"})
"""What tells a garden: it stays, lower than people are used to."""
_LOWER = 0.6
_ALONE, _BESIDE = 0.3, 0.44
"""Heights of the giant that trees have, and where others are there too who are to be lower than trees."""


def towered(recipe: Recipe, picture: Picture, figures: Sequence[Placed]) -> Recipe:
    """The place as it is about a giant in the picture; as it is with none in it, or where no open land is."""
    kinds = {f.id: f.look.species for f in picture.figures}
    giant = next((p for p in figures if kinds.get(p.id) == HUGE), None)
    if giant is None or recipe.interior or recipe.sky != "air" or recipe.footing != "ground":
        return recipe
    tall = giant.extent.height
    tree = tall * (_BESIDE if len(figures) > 1 else _ALONE)
    free = [(p.x, 0.62 * p.extent.width) for p in figures]
    avoid = {"avoid": tuple(free)}
    kept = tuple(_far(la) for la in recipe.layers if la.depth > _NEAR or la.piece in _FLAT)
    sort = "pine" if any(la.options.get("sort") == "pine" for la in recipe.layers) else "round"
    tended = tuple(
        replace(la, options={**la.options, "tall": _LOWER * la.options.get("tall", 0.55)})
        for la in recipe.layers
        if la.piece in _TENDED
    )
    woods = any(la.piece == "trunks" for la in recipe.layers)
    cottages = {"step": 1.9 * tree, "tall": 0.5 * tree, "share": 0.25 if woods else 0.5}
    added = (
        *tended,
        *(() if tended else (Layer(9.0, "houses", cottages),)),
        Layer(18.0, "trees", {"sort": sort, "tall": 0.8 * tree, "step": 0.9, "share": 0.9}),
        Layer(5.0, "trees", {"sort": sort, "tall": tree, "step": 1.5, "share": 0.7, **avoid}),
        Layer(1.6, "trees", {"sort": sort, "tall": 0.85 * tree, "step": 2.6, "share": 0.55, **avoid}),
    )
    layers = sorted((*kept, *added), key=lambda la: -la.depth)
    return replace(recipe, layers=tuple(layers), front=())


def _far(layer: Layer) -> Layer:
    """Woods far off, so low that a giant is over them."""
    if layer.piece != "trees":
        return layer
    return replace(layer, options={**layer.options, "tall": _LOWER * layer.options.get("tall", 6.0)})


_SPECK = 0.6
"""Metres: an animal that is lower would be a speck at the feet of a giant."""
_SEEN = 0.17
"""Heights of the giant that it has there."""


def beside_a_giant(picture: Picture, heights: Mapping[str, float]) -> dict[str, float]:
    """By id the scale of those animals that would not be seen beside the giant of a picture."""
    giants = [heights[f.id] for f in picture.figures if f.look.species == HUGE]
    if not giants:
        return {}
    small = [f.id for f in picture.figures if f.look.species != HUGE and heights[f.id] < _SPECK]
    return {i: _SEEN * kept_small(max(giants)) * max(giants) / heights[i] for i in small}
