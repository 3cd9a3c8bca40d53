"""What the words of a place name is in its picture: poles along a road, a jetty, a well in a village.

The table is data, ``features.json``: words (an expression), the kinds of place that can have it, whether it
is ``interior`` (true: of rooms alone, false: never in a room), sheets that are added, pieces that make
way, options of the ground (null takes one away), what it ``needs`` of the ground, what stands in ``front``
where nobody is seen, and the story's own ``things`` that stand for it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from ....storyboard.lexicon import behaves_as
from ....storyboard.picture import Picture
from ....storyboard.vocabulary import Action, Facing, PlaceKind
from ..vehicles import cab_of
from .recipes import Layer, Recipe, named
from .telling import goes_home


@dataclass(frozen=True)
class Feature:
    """One thing that words can name of a place."""

    words: re.Pattern[str]
    kinds: frozenset[PlaceKind]
    interior: bool | None
    layers: tuple[Layer, ...]
    without: frozenset[str]
    ground: tuple[tuple[str, Any], ...]
    front: tuple[Layer, ...]
    needs: str
    things: frozenset[str]


@cache
def features() -> tuple[Feature, ...]:
    """All of ``features.json``, in its order."""
    rows = json.loads(resources.files(__package__).joinpath("features.json").read_text(encoding="utf-8"))
    return tuple(
        Feature(
            words=re.compile(rf"\b(?:{row['words']})\b" if row["words"] else "", re.I),
            kinds=frozenset(PlaceKind(kind) for kind in row.get("kinds", ())),
            interior=row.get("interior"),
            layers=tuple(Layer(float(la[0]), la[1], la[2]) for la in row.get("layers", ())),
            without=frozenset(row.get("without", ())),
            ground=tuple(row.get("ground", {}).items()),
            front=tuple(Layer(float(la[0]), la[1], la[2]) for la in row.get("front", ())),
            needs=row.get("needs", ""),
            things=frozenset(row.get("things", ())),
        )
        for row in rows
    )


def featured(found: Recipe, picture: Picture) -> Recipe:
    """The recipe with what its words and trades ask for; in an empty shot also what its sentence does.

    Pure.
    """
    kind = picture.place.look.kind
    trades = " ".join(f.noun for f in picture.figures)
    text = f"{picture.place.words[:2000]} {picture.era} {trades[:500]}"
    alone = not picture.figures and not picture.things
    if not picture.figures:
        text = f"{text} {picture.sentence[:2000]}"
    shown = {behaves_as(t.look.kind) for t in picture.things} | {f.look.species for f in picture.figures}
    if any(f.action is Action.play for f in picture.figures):
        shown.add("piano")
    for feature in features():
        if feature.kinds and kind not in feature.kinds:
            continue
        if feature.interior is not None and feature.interior is not found.interior:
            continue
        if feature.things & shown or (feature.needs and feature.needs not in found.ground):
            continue
        if feature.front and not alone:
            continue
        if feature.words.search(text):
            found = _with(found, feature)
    if (goal := goal_of(picture)) and not found.interior and found.footing in ("ground", "boat"):
        actor = next((f for f in picture.figures if f.id == picture.actor), picture.figures[0])
        found = _with_goal(found, goal, -1 if actor.facing is Facing.left else 1)
    if goes_home(picture) and not found.interior and found.footing == "ground":
        found = _with_home(found, picture)
    if _on_foot(found, picture):
        found = replace(found, ground={**found.ground, "walk": True})
    return found


_IN_THE_ROAD = re.compile(
    r"\b(?:road|cross(?:es|ing)?|carriageway|traffic|middle of the street|parade|race)\b", re.I
)
_WHEELED = frozenset({Action.drive, Action.ride})


def _on_foot(found: Recipe, picture: Picture) -> bool:
    """Whether those who are in a city's street are on its pavement: unless something drives there."""
    if picture.place.look.kind is not PlaceKind.city or found.ground.get("texture") != "road":
        return False
    if not picture.figures or _IN_THE_ROAD.search(picture.sentence) is not None:
        return False
    if any(f.action in _WHEELED for f in picture.figures):
        return False
    return not any(cab_of(t.look.kind) is not None for t in picture.things if not t.held)


_INTO_DARK = re.compile(r"\b(?:into|toward|towards) the (?:dark|darkness|shadows?|gloom|unknown)\b", re.I)
"""Words for somebody who goes where nothing is seen."""


def dark_side(picture: Picture) -> int:
    """The side of the frame that is dark because somebody goes there: -1 left, 1 right, 0 none."""
    if not picture.figures or _INTO_DARK.search(picture.sentence) is None:
        return 0
    actor = next((f for f in picture.figures if f.id == picture.actor), picture.figures[0])
    return -1 if actor.facing is Facing.left else 1


_GOAL = re.compile(
    r"\b(?:to|towards?|for|at|see|sees|reach|reaches|sights?|spots?) (?:the |a |an |his |her |its |their )"
    r"(?:\w+ ){0,2}?"
    r"(castle|palace|fortress|village|town|city|lighthouse|windmill|mountains?|island|farm|circus)\b",
    re.I,
)
_GOING = frozenset(
    {
        Action.walk, Action.run, Action.ride, Action.drive, Action.fly, Action.row, Action.swim, Action.look,
        Action.point, Action.climb, Action.sneak, Action.float,
    }
)  # fmt: skip
_FAR_OFF: dict[str, tuple[tuple[float, str, float, dict[str, Any]], ...]] = {
    "castle": ((30.0, "castle", 8.5, {"wide": 20, "tall": 8.6}),),
    "village": ((26.0, "houses", 0.0, {"low": 2.4, "high": 3.4, "step": 4.2}),),
    "city": ((90.0, "skyline", 0.0, {"low": 16, "high": 34, "step": 9}),),
    "lighthouse": ((26.0, "lighthouse", 6.0, {"tall": 10}),),
    "windmill": ((20.0, "windmill", 5.0, {"tall": 7}),),
    "mountain": (
        (300.0, "mountains", 0.0, {"low": 60, "high": 140, "step": 130, "snow": 0.4, "colour": "#8a9db4"}),
    ),
    "island": ((60.0, "island", 10.0, {"wide": 20, "tall": 4}),),
    "farm": ((24.0, "barn", 5.0, {}),),
    "circus": ((26.0, "circus_tent", 7.0, {"tall": 7}),),
}
"""Where somebody goes -> what of it is seen far off: depth, piece, metres aside, options."""
_SAME = {"palace": "castle", "fortress": "castle", "town": "village", "mountains": "mountain"}


def goal_of(picture: Picture) -> str:
    """The landmark that somebody is on the way to or looks at, seen far off; none where one is there."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    found = _GOAL.search(picture.sentence[:2000])
    if actor is None or found is None or picture.action not in _GOING:
        return ""
    goal = _SAME.get(found[1].lower(), found[1].lower())
    shown = {behaves_as(t.look.kind) for t in picture.things}
    return "" if goal in shown or picture.place.look.kind.value == goal else goal


def _with_goal(found: Recipe, goal: str, side: int) -> Recipe:
    """With that landmark far off on the side to which somebody goes, nothing high before it."""
    added = [
        Layer(depth, piece, options | ({"x": side * aside} if aside else {}))
        for depth, piece, aside, options in _FAR_OFF[goal]
    ]
    nearest = min(la.depth for la in added)
    hides = {"trees", "hills", "street", "houses"} if nearest < 100 else set()
    kept = [la for la in found.layers if not (la.piece in hides and 6.0 < la.depth < nearest)]
    layers = sorted([*kept, *added], key=lambda la: -la.depth)
    return replace(found, layers=tuple(layers))


def _with_home(found: Recipe, picture: Picture) -> Recipe:
    """The house that somebody comes home to, its door lit, at that end of the way to which they go."""
    if found.water and found.water[0] < 9:  # no house stands in the harbour
        found = named("village")
    if any(la.piece == "home" for la in found.layers):
        kept = [la for la in found.layers if la.piece != "home"]
        return replace(found, layers=(*kept, Layer(8.5, "lit_home", {"x": 0.6, "wide": 7.0})))
    actor = next((f for f in picture.figures if f.id == picture.actor), picture.figures[0])
    side = -1 if actor.facing is Facing.left else 1
    kept = [
        la for la in found.layers if la.piece not in ("poles", "well", "shafts") and not 5.0 < la.depth < 20
    ]
    return replace(found, layers=(*kept, Layer(7.5, "lit_home", {"x": 3.4 * side, "wide": 5.4})))


def _with(found: Recipe, feature: Feature) -> Recipe:
    kept = [la for la in found.layers if la.piece not in feature.without]
    there = {la.piece for la in kept}
    added = [la for la in feature.layers if la.piece not in there or la.piece in _OFTEN]
    ground = found.ground | dict(feature.ground)
    ground = {name: value for name, value in ground.items() if value is not None}
    return replace(found, ground=ground, layers=(*kept, *added), front=(*found.front, *feature.front))


_OFTEN = frozenset(
    {"frame", "trees", "wall", "grass", "clumps", "shelves", "table", "chair", "hills", "shafts", "dunes"}
)
"""Pieces of which a place can have another."""
