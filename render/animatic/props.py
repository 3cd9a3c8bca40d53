"""Props: how a thing that nobody holds stands in its place, so that it is where such things are.

A rocket in a room is a model on a table, a door in a garden has a piece of wall, a boat on dry land lies
in a pool or on blocks, a painting stands on an easel, a sword lies on the ground. Nothing here draws; see
``underneath.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Distance, Facing, PlaceKind, Side
from .blocking import BOARD_METRES, VESSELS, Extent, Placed
from .grip import MOUTHED
from .places.recipes import Recipe

Under = Literal["", "table", "wall", "easel", "blocks", "pool", "isle", "rack"]

_ROOMY = frozenset(
    {
        "bed", "bunk bed", "piano", "statue", "christmas tree", "stairs", "ladder", "pillar", "curtain",
        "tent", "wardrobe", "shelf", "gate", "fence", "carpet", "coat rack", "projection screen",
        "brick wall", "shop front", "slot machine", "machine", "loom", "bench", "sofa", "fountain", "shower",
        "net",
    }
)  # fmt: skip
"""Large, and yet found in rooms."""
_SIGNS = frozenset({"sign", "signpost", "billboard", "hanging sign", "traffic light"})
_SHOWN = frozenset({"painting", "picture", "portrait"})
_WORN = frozenset({"coat", "dress", "shirt", "cloak", "jacket", "robe", "cape", "costume", "gown"})
"""Clothes, which hang on a stand."""
_LONG = frozenset(
    {
        "sword", "violin", "guitar", "lute", "cello", "flute", "trumpet", "oar", "staff", "spear", "gun",
        "axe", "hammer", "saw", "bow", "wand", "paintbrush", "pen", "spoon", "fork", "knife", "crutch",
        "fishing rod", "key",
    }
)  # fmt: skip
"""Longer than wide, and without a foot to stand on: they lie."""
_LYING, _TIPPED, _RESTING, _LEANING = 86.0, 62.0, 41.0, 9.0
"""Degrees: flat on the ground, on its side, as an open umbrella on its rim and its crook, against a wall."""
_ROOM_TALL, _ROOM_WIDE = 2.3, 2.2
"""Metres: what is larger does not fit into a room."""
_HUNG_METRES = 1.0
TABLE_METRES = 0.76
EASEL_METRES = 0.72
_MODEL_METRES = 0.62
_DRY = frozenset({"grass", "patches", "furrows", "sand"})
"""Grounds in which a pool can lie."""
_ISLE_DEPTH = 9.0
_MOUTHFUL = 1.1
"""A thing longer than this share of an animal's height is not carried in its mouth."""


@dataclass(frozen=True)
class Standing:
    """How a thing stands."""

    scale: float = 1.0
    """How much smaller it is than such things are."""
    lean: float = 0.0
    """Degrees that it is turned clockwise."""
    lift: float = 0.0
    """Metres between the ground and its foot."""
    under: Under = ""
    """What is drawn under or behind it."""
    wall: bool = False
    """It stands at the wall of the room."""


def standing(
    kind: str, width: float, height: float, recipe: Recipe, place: PlaceKind, ridden: bool
) -> Standing:
    """How a thing of a kind and size (metres) stands in a place. ``ridden``: somebody sits on it. Pure."""
    like = behaves_as(kind)
    aboard = recipe.footing == "deck"
    if ridden or recipe.footing in ("void", "cloud", "seabed"):
        return Standing()
    if recipe.footing == "boat":
        large = height > _ROOM_TALL or width > _ROOM_WIDE
        return Standing(under="isle") if large and like not in VESSELS else Standing()
    if like in _SIGNS or kind in _SIGNS:
        if recipe.interior or aboard:
            return Standing(scale=min(1.0, 0.75 / height), lean=_LEANING, wall=True)
        return Standing()
    if kind in _SHOWN or like in _SHOWN:
        return Standing(lift=EASEL_METRES, under="easel")
    if like in _LONG or kind in _LONG:
        return Standing(lean=_LYING)
    if like in _WORN or kind in _WORN:
        return Standing(scale=min(1.0, _HUNG_METRES / height), lift=0.34, under="rack")
    if like == "umbrella":
        return Standing(lean=_RESTING)
    if kind == "kite":
        return Standing(lean=_TIPPED)
    if like == "door" and kind == "door":
        return Standing(wall=True) if recipe.interior else Standing(under="wall")
    if recipe.interior and place is not PlaceKind.stage and kind not in _ROOMY and like not in _ROOMY:
        if _too_large(width, height, recipe, place):
            return Standing(scale=_MODEL_METRES / max(height, 0.7 * width), lift=TABLE_METRES, under="table")
        return Standing()
    if like in VESSELS and recipe.water is None and not recipe.interior:
        soft = recipe.ground.get("texture") in _DRY and not aboard
        return Standing(under="pool") if soft else Standing(under="blocks", lift=0.3)
    return Standing()


_RIDGE = 6.0
"""Metres: what is higher in a room is its ridge, up to which nothing stands."""


def _too_large(width: float, height: float, recipe: Recipe, place: PlaceKind) -> bool:
    high = max(
        (float(la.options.get("high", 3.3)) for la in recipe.layers if la.piece == "room"), default=3.0
    )
    roomy = high >= 4.2 or place in (PlaceKind.workshop, PlaceKind.cave)
    return width > (4.0 if roomy else _ROOM_WIDE) or height > (
        0.7 * min(high, _RIDGE) if roomy else _ROOM_TALL
    )


def room_of(extent: Extent, stands: Standing) -> Extent:
    """The room that a thing takes as it stands, with what is under it."""
    wide, tall = extent.width * stands.scale, extent.height * stands.scale
    turn = math.radians(stands.lean)
    wide, tall = (
        wide * math.cos(turn) + tall * math.sin(turn),
        tall * math.cos(turn) + wide * math.sin(turn),
    )
    eyes = stands.lift + tall / 2
    if stands.under == "wall":
        wide, tall = 2.2 * wide, 1.22 * tall
    elif stands.under == "table":
        wide = max(wide + 0.2, 0.8)
    top = stands.lift + tall
    return Extent(-wide / 2, wide / 2, top, 0.0, min(eyes, top))


def laid_before(picture: Picture, heights: Mapping[str, float], sizes: Mapping[str, float]) -> Picture:
    """The picture in which what is too large for an animal's mouth lies on the ground before it.

    ``heights`` of beings and the longer sides ``sizes`` of things, in metres, by id. Pure.
    """
    put: dict[str, Side] = {}
    figures = []
    for figure in picture.figures:
        large = [
            i for i in figure.holds
            if figure.look.being in MOUTHED and sizes.get(i, 0.0) > _most(figure, heights[figure.id])
        ]  # fmt: skip
        put |= dict.fromkeys(large, _before(figure))
        kept = tuple(i for i in figure.holds if i not in put)
        figures.append(figure.model_copy(update={"holds": kept}) if large else figure)
    if not put:
        return picture
    things = [
        t.model_copy(update={"held": False, "side": put[t.id], "distance": Distance.near})
        if t.id in put
        else t
        for t in picture.things
    ]
    return picture.model_copy(update={"figures": tuple(figures), "things": tuple(things)})


def _most(figure: FigureIn, height: float) -> float:
    """Metres of what an animal has in its mouth: a mouse that carries a basket has one of its own size."""
    return max(_MOUTHFUL * height, _TOY if figure.action in _CARRYING else 0.0)


_CARRYING = frozenset(
    {Action.hold, Action.walk, Action.run, Action.sneak, Action.give, Action.fly, Action.swim, Action.take}
)
_TOY = 1.05
"""Metres: what is no longer is drawn as small as whoever carries it needs."""


def _before(figure: FigureIn) -> Side:
    """The side of the stage that lies before a figure's face."""
    order = list(Side)
    way = {Facing.left: -1, Facing.right: 1}.get(figure.facing, 0)
    return order[min(len(order) - 1, max(0, order.index(figure.side) + way))]


def deepest(recipe: Recipe) -> float:
    """Metres behind the line of the figures beyond which nobody can stand: a wall, a rail, the water."""
    limits = [la.depth - 0.3 for la in recipe.layers if la.piece in ("room", "cave_wall")]
    if not recipe.interior:
        limits = []
        if "edge" in recipe.ground:
            limits.append(float(recipe.ground["edge"]) - 0.3)
        if recipe.water and recipe.footing == "ground" and recipe.water[0] > 0.6:
            limits.append(recipe.water[0] - 0.3)
    return min(limits, default=math.inf)


def set_down(placed: Placed, kind: str, stands: Standing, recipe: Recipe) -> Placed:
    """A thing put where it can stand: before the wall, at it, aboard the boat, on its own island."""
    if placed.rides:
        return placed
    vessel = behaves_as(kind) in VESSELS and recipe.water is not None
    if recipe.footing == "boat" and not vessel:
        if stands.under == "isle":
            return replace(placed, depth=max(placed.depth, _ISLE_DEPTH))
        return replace(placed, depth=0.08, up=BOARD_METRES)
    if vessel:
        return placed
    far = deepest(recipe)
    depth = far if stands.wall and far < math.inf else min(placed.depth, far)
    return replace(placed, depth=depth)


def stood_off(
    placed: list[Placed], actor: str | None, target: str | None, laid: list[Placed]
) -> list[Placed]:
    """Whoever would stand before or in somebody who has gone to a thing, or before that thing, stands behind
    that one's back, one beside the other. Pure."""
    one = next((p for p in placed if p.id == actor), None)
    thing = next((p for p in laid if p.id == target), None)
    if one is None or thing is None:
        return placed
    way = 1.0 if thing.x >= one.x else -1.0
    back = one.x - way * 0.42 * one.extent.width
    found = {p.id: p for p in placed}
    for other in sorted(placed, key=lambda p: abs(p.x - one.x)):
        if other.id == one.id or other.rides or other.shoulder or abs(other.depth - one.depth) > 1.5:
            continue
        near = 0.45 * (one.extent.width + other.extent.width)
        ahead = -near < way * (other.x - one.x) < abs(thing.x - one.x) + 0.5 * thing.extent.width
        if ahead or way * (back - other.x) < 0.42 * other.extent.width:
            beside = back - way * 0.46 * other.extent.width
            found[other.id] = replace(other, x=beside)
            back = beside - way * 0.42 * other.extent.width
    return [found[p.id] for p in placed]
