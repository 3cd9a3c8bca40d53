"""Which pieces make which place. The table itself is data: ``places.json``.

A recipe names the ground (colours, texture, water), sheets from far to near (depth in metres behind
the figures, piece, options), a foreground, and what one stands on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

from ....storyboard.vocabulary import Mark, PlaceKind
from . import (
    carriage,
    doorsteps,
    dressing,
    equipment,
    fittings,
    furniture,
    halls,
    heavens,
    houses,
    land,
    livelihood,
    near,
    outfits,
    plants,
    rooms,
    submarine,
    tended,
    wares,
    ways_home,
    wintry,
    works,
    yards,
)
from .brush import Brush

Footing = Literal["ground", "boat", "deck", "cloud", "seabed", "void"]


@dataclass(frozen=True)
class Layer:
    """One piece of a place: its depth behind the figures in metres (negative: before them)."""

    depth: float
    piece: str
    options: dict[str, Any] = field(default_factory=dict)

    def paint(self, brush: Brush) -> None:
        """Draw it, all of it farther to the right by the metres of its option ``slide``."""
        way = float(self.options.get("slide", 0.0))
        if not way:
            PIECES[self.piece](brush, self.options)
            return
        brush.canvas.save()
        brush.canvas.translate(way, 0.0)
        PIECES[self.piece](replace(brush, left=brush.left - way, right=brush.right - way), self.options)
        brush.canvas.restore()


@dataclass(frozen=True)
class Recipe:
    """How one kind of place is built."""

    ground: dict[str, Any]
    layers: tuple[Layer, ...]
    front: tuple[Layer, ...] = ()
    footing: Footing = "ground"
    interior: bool = False
    sky: str = "air"
    """``air``, ``space`` or ``water``: what fills the back."""

    @property
    def water(self) -> tuple[float, float] | None:
        """Where water lies, as depths in metres from and to; None where there is none."""
        if found := self.ground.get("water"):
            return float(found[0]), float(found[1])
        return None


NOTHING = "nothing"
"""The piece of which nothing is drawn, where another one is left out."""
PIECES = {
    **land.PIECES,
    **plants.PIECES,
    **houses.PIECES,
    **works.PIECES,
    **rooms.PIECES,
    **furniture.PIECES,
    **dressing.PIECES,
    **near.PIECES,
    **tended.PIECES,
    **outfits.PIECES,
    **submarine.PIECES,
    **wares.PIECES,
    **fittings.PIECES,
    **halls.PIECES,
    **carriage.PIECES,
    **doorsteps.PIECES,
    **equipment.PIECES,
    **heavens.PIECES,
    **yards.PIECES,
    **ways_home.PIECES,
    **wintry.PIECES,
    **livelihood.PIECES,
}


@cache
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("places.json").read_text(encoding="utf-8")
    table = json.loads(text)
    assert isinstance(table, dict)
    return table


@cache
def recipe(kind: PlaceKind, interior: bool) -> Recipe:
    """The recipe of a kind of place. ``interior`` turns the open kinds that can be rooms indoors."""
    table = _table()
    name = str(kind)
    if interior and not table[name].get("interior"):
        name = str(table[name].get("inside", "room"))
    return named(name)


@cache
def named(name: str) -> Recipe:
    """The recipe of that name in ``places.json``, as it is written there."""
    entry = _table()[name]
    return Recipe(
        ground=entry["ground"],
        layers=tuple(Layer(float(d), p, o) for d, p, o in map(_whole, entry["layers"])),
        front=tuple(Layer(float(d), p, o) for d, p, o in map(_whole, entry.get("front", []))),
        footing=entry.get("footing", "ground"),
        interior=bool(entry.get("interior", False)),
        sky=entry.get("sky", "air"),
    )


def marked(found: Recipe, marks: frozenset[Mark]) -> Recipe:
    """The recipe with what the place's state adds to it: flags, fire, weeds."""
    added: list[Layer] = []
    if Mark.festive in marks:
        added.append(Layer(2.2, "bunting", {"high": 2.9}))
    if Mark.burning in marks:
        added += [Layer(7.0, "flames", {"tall": 1.9}), Layer(2.3, "flames", {"tall": 0.6, "gap": 1.6})]
    if Mark.overgrown in marks:
        added += [Layer(2.6, "bushes", {"tall": 0.8, "gap": 1.3}), Layer(2.3, "grass", {"tall": 0.6})]
    if marks & {Mark.ruined, Mark.broken}:
        added.append(Layer(2.4, "rocks", {"tall": 0.4, "gap": 1.3, "share": 0.7, "colour": "#9a9186"}))
    return replace(found, layers=(*found.layers, *added)) if added else found


def _whole(row: list[Any]) -> tuple[float, str, dict[str, Any]]:
    return row[0], row[1], row[2] if len(row) > 2 else {}
