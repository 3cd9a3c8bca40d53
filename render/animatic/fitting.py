"""Fitting: what cannot be done where a picture plays becomes what can."""

from __future__ import annotations

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being
from .places.recipes import Recipe
from .wading import swims, tailed

_ABOARD = {
    Action.walk: Action.stand,
    Action.sneak: Action.hide,
    Action.run: Action.row,
    Action.push: Action.row,
    Action.pull: Action.row,
    Action.climb: Action.look,
    Action.ride: Action.row,
    Action.drive: Action.row,
    Action.dig: Action.search,
}
"""In a small boat nobody goes anywhere."""
_ON_LAND = {Action.swim: Action.walk, Action.dive: Action.jump, Action.row: Action.sit}
_AFLOAT = {
    **dict.fromkeys((Action.walk, Action.run, Action.sneak, Action.climb, Action.ride), Action.swim),
    **dict.fromkeys((Action.sit, Action.lie, Action.kneel, Action.sleep), Action.float),
}
"""What who has a fish's tail does in the water."""
_ASHORE = dict.fromkeys(
    (
        Action.walk,
        Action.run,
        Action.sneak,
        Action.climb,
        Action.jump,
        Action.dance,
        Action.sit,
        Action.kneel,
    ),
    Action.stand,
)
"""What it does on land: it sits there on its tail."""
_AT_HOME = frozenset({Being.fish, Being.whale, Being.octopus, Being.ghost})


def fitted(picture: Picture, recipe: Recipe, actions: dict[str, Action]) -> dict[str, Action]:
    """The actions that differ from the picture's, with those added that its place does not allow. Pure.

    ``actions`` are those that differ already, by id.
    """
    found = dict(actions)
    ashore = stranded(picture, recipe)
    for figure in picture.figures:
        action = actions.get(figure.id, figure.action)
        changed = _fitted(figure, action, recipe)
        if figure.id in ashore:
            changed = _ASHORE.get(action, changed)
        elif tailed(figure) and recipe.footing != "seabed":
            changed = _AFLOAT.get(action, action)
        if changed is not action:
            found[figure.id] = changed
    return found


def _fitted(figure: FigureIn, action: Action, recipe: Recipe) -> Action:
    being = figure.look.being
    if being in _AT_HOME:
        return action
    if recipe.footing == "boat":
        return action if being is Being.bird else _ABOARD.get(action, action)
    if recipe.footing == "seabed":
        return Action.swim if action is Action.dive else action
    wet = recipe.water is not None or recipe.footing == "void" or recipe.sky == "water"
    return action if wet else _ON_LAND.get(action, action)


def stranded(picture: Picture, recipe: Recipe) -> frozenset[str]:
    """Those with a fish's tail who are out of the water, and so sit on the ground. Pure."""
    dry = [f for f in picture.figures if tailed(f) and not swims(f, recipe, picture)]
    return frozenset(f.id for f in dry if recipe.footing != "seabed" and recipe.sky != "water")


def rows(figure: FigureIn) -> bool:
    """Whether somebody rows, in a small boat."""
    being = figure.look.being in (Being.person, Being.robot)
    return being and Action.row in (figure.action, _ABOARD.get(figure.action))
