"""Where each figure and each thing of a picture stands, before any of them makes room for another.

Metres throughout: x to the right, depth away from the lens, up from the ground.
"""

from __future__ import annotations

import math
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Age, Being, Distance, Facing, Side, View
from .blocking import BOARD_METRES, THIRDS, VESSELS, Extent, Placed
from .everyday import HEAVENLY
from .places.recipes import Recipe
from .props import deepest
from .vehicles import cab_of
from .wading import LIVES_IN_WATER, in_company, swims, tailed

_APART = 5.2
"""Heights of the tallest across which small ones are spread at most."""
_KERB = 1.4
"""Metres behind the figures at which a vehicle stands at most: farther off it would look like a toy."""
ROW = 1.1
"""Metres between the rows of a crowd."""


def spread(picture: Picture, figures: dict[str, Extent], size: tuple[int, int]) -> float:
    """Metres across which the sides are spread, so that people stand together as people do."""
    widths = [figures[f.id].width for f in picture.figures]
    tallest = max([figures[f.id].height for f in picture.figures], default=1.7)
    people = max(min(3.4, _APART * tallest), 1.9 * tallest) if len(widths) > 1 else max(2.6, tallest * 1.5)
    shape = size[0] / size[1]
    closer = min(1.0, 0.5 + 0.3 * shape) if shape >= 1 else 0.8 * (0.2 + 0.8 * shape)
    return max(people * closer, (0.9 if shape >= 1 else 0.7) * sum(widths))


def placed_figure(
    picture: Picture,
    recipe: Recipe,
    figure: FigureIn,
    extent: Extent,
    floats: bool,
    speed: float,
    span: float,
) -> Placed:
    """A figure where the picture has it: ``floats`` if it swims or flies, ``speed`` in metres a second."""
    depth = {Distance.near: -0.5, Distance.middle: 0.0, Distance.far: 3.0}[figure.distance]
    depth *= min(1.0, span / 4) if depth < 0 else 1.0
    depth = min(depth, deepest(recipe))
    depth, up, sunk = _footing(picture, recipe, figure, extent, floats, depth)
    facing = figure.facing
    if picture.camera.view is View.profile and facing in (Facing.camera, Facing.away):
        facing = Facing.left if figure.side in (Side.right, Side.far_right) else Facing.right
    if figure.action is Action.climb and facing is not Facing.left:
        facing = Facing.right
    walks = {Facing.left: -speed, Facing.right: speed}.get(facing, 0.0)
    x = THIRDS[figure.side] * span * (1 + depth / 12)
    return Placed(figure.id, x, depth, up, extent, facing, sunk=sunk, walks=walks)


def _footing(
    picture: Picture, recipe: Recipe, figure: FigureIn, extent: Extent, floats: bool, depth: float
) -> tuple[float, float, float]:
    """Its depth and how far up it is, in metres, and how much of its height (0 to 1) is under water."""
    up, sunk, wet = 0.0, 0.0, swims(figure, recipe, picture)
    if recipe.footing == "boat" and not floats and not wet:
        depth *= 0.1
        up = BOARD_METRES
    if floats:
        return _afloat(recipe, figure, extent, depth)
    if figure.action is Action.fly and figure.look.being is not Being.person:
        up = 0.45 * extent.height
    elif wet:
        assert recipe.water is not None
        line = waterline(figure, extent, in_company(figure, picture))
        return max(depth, recipe.water[0] + 0.6), -line, line / extent.height
    elif extent.bottom < 0 and figure.look.being is not Being.person:  # a skirt may hang below the ground
        up = min(-extent.bottom, 0.06 * extent.height)  # a tail hangs lower than any foot
    return depth, up, sunk


def _afloat(recipe: Recipe, figure: FigureIn, extent: Extent, depth: float) -> tuple[float, float, float]:
    """The same of who swims or flies."""
    being = figure.look.being
    if being in LIVES_IN_WATER and recipe.water:
        depth = max(depth, recipe.water[0] + 1.2 + extent.width * 0.12)
        line = min(0.3 * extent.height, 0.42 * extent.eyes)
        if being is Being.whale and "whale" in figure.look.species:  # its mouth is above it
            line = min(line, (0.05 if recipe.footing == "ground" else 0.18) * extent.eyes)
        sunk = line / extent.height if recipe.footing != "seabed" else 0.0
        return depth, -extent.height * sunk, sunk
    if recipe.footing == "seabed":
        return depth, 0.5 + extent.height * 0.2, 0.0
    if being is Being.whale and recipe.footing == "ground" and recipe.sky != "water":
        return depth, max(0.0, -extent.bottom), 0.0  # heavy: out of the water it lies where it is
    if being in LIVES_IN_WATER:
        return depth, 0.5, 0.0
    if being is Being.ghost:
        return depth, 0.0 if figure.action is Action.sit else 0.12, 0.0
    return depth, 0.8 if being is Being.dragon else 0.9, 0.0


def waterline(figure: FigureIn, extent: Extent, met: bool = False) -> float:
    """Metres up a body, in the pose it takes, that the water comes to: below the face, or a diver's hips.

    Who is ``met`` there by somebody else is seen with shoulders and chest, not as a head on the water.
    """
    if figure.look.being is Being.octopus:
        dives = figure.action is Action.dive  # else below the mouth, however wide it is open
        return (0.66 if dives else 0.5) * extent.eyes
    if figure.action is Action.dive:
        return 0.28 * extent.top
    if figure.action is Action.jump:
        return 0.1 * extent.top
    if figure.look.being is Being.quadruped:
        return 0.6 * extent.top
    if figure.look.being is Being.whale:  # a seal's head and chest
        return 0.42 * extent.top
    if tailed(figure) and extent.width < extent.top:
        return 0.46 * extent.top
    upright = min(0.74 * extent.top, 0.8 * extent.eyes)  # below the chin, whatever hand is raised
    upright = min(upright, 0.64 * extent.eyes) if met else upright  # over belt and bag
    prone = figure.action is Action.swim and figure.look.being is Being.person and not tailed(figure)
    if prone:  # the back is under water and the chin over it; of a child more, or it is a head on the water
        chin = _CHIN if figure.look.age is not Age.child else _CHILDS_CHIN
        return max(0.185 * extent.width, extent.eyes - chin * extent.face)
    if figure.look.being is Being.person and figure.action not in (Action.swim, Action.float):
        upright = min(upright, extent.eyes - _SHOULDERS * extent.face)
    return 0.185 * extent.width if extent.width > 1.2 * extent.top else upright


_CHIN, _CHILDS_CHIN, _SHOULDERS = 1.2, 1.62, 2.0
"""How far under the eyes a swimmer's chin is, a child's with the throat, and the shoulders of who is upright
in the water; in distances from the eyes to the crown."""


def in_rows(placed: list[Placed], picture: Picture) -> list[Placed]:
    """So many that they stand in rows, those that the shot is about in the middle of the first."""
    leads = [picture.actor, picture.target, picture.camera.focus]
    ranked = sorted(placed, key=lambda p: (leads.index(p.id) if p.id in leads else len(leads), p.x))
    columns = math.ceil(math.sqrt(2.2 * len(placed)))
    gap = 1.05 * sorted(p.extent.width for p in placed)[len(placed) // 2]
    seats = sorted(range(columns), key=lambda c: abs(c - (columns - 1) / 2))
    found = {}
    for number, figure in enumerate(ranked):
        row, seat = divmod(number, columns)
        across = (seats[seat] - (columns - 1) / 2 + 0.5 * (row % 2)) * gap
        found[figure.id] = replace(figure, x=across, depth=row * ROW)
    return [found[p.id] for p in placed]


def side_by_side(placed: list[Placed]) -> list[Placed]:
    """Push those who would stand in one another aside, keeping their order."""
    ordered = sorted(placed, key=lambda p: (p.x, p.depth))
    for _ in range(4):
        for i in range(len(ordered) - 1):
            a, b = ordered[i], ordered[i + 1]
            if abs(a.depth - b.depth) > 2.5 and abs(a.depth - b.depth) > 0.6 * max(
                a.extent.width, b.extent.width
            ):
                continue
            lap = (a.x + a.extent.right * 0.9) - (b.x + b.extent.left * 0.9)
            if lap > 0:
                ordered[i] = replace(a, x=a.x - lap / 2)
                ordered[i + 1] = replace(b, x=b.x + lap / 2)
    by_id = {p.id: p for p in ordered}
    return [by_id[p.id] for p in placed]


def placed_thing(
    thing: ThingIn, extent: Extent, span: float, figures: list[Placed], recipe: Recipe
) -> Placed:
    """A thing where the picture has it, beside the figures; ``span``: metres across."""
    depth = {Distance.near: -0.35, Distance.middle: 0.35, Distance.far: 3.5}[thing.distance]
    if extent.width > 1.5 or extent.height > 2.5:
        depth = max(depth, 1.2)
    if cab_of(thing.look.kind) is not None:
        depth = min(depth, max(_KERB, 0.36 * extent.width))
    if behaves_as(thing.look.kind) in VESSELS and recipe.water:
        depth = max(depth, recipe.water[0] + 0.9)
    x = THIRDS[thing.side] * span * 1.15
    for figure in figures:
        if abs(figure.depth - depth) > 1.5:
            continue
        half = (figure.extent.width * 0.7 + extent.width) / 2
        if abs(figure.x - x) < half:
            x = figure.x + math.copysign(half, x - figure.x or (1.0 if figure.x <= 0 else -1.0))
    shines = thing.look.kind in HEAVENLY and thing.distance is Distance.far and not recipe.interior
    return Placed(thing.id, x, depth, _SKY_HIGH if shines else 0.0, extent, Facing.camera)


_SKY_HIGH = 2.6
"""Metres over the ground at which a star is drawn that somebody looks up to."""
