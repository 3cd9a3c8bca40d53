"""Bathing: who is saved from the water is held in it, who swims has no hat on, who dives is below. Pure."""

from __future__ import annotations

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Dress, Expression, Hat, PlaceKind
from .places.recipes import Recipe
from .recast import with_figure
from .together import accompanied
from .wading import BELOW, WATERS, in_deep_water, rescue, swims, tailed

_LIVES_IN_WATER = frozenset({Being.fish, Being.whale, Being.octopus})


def rescued(picture: Picture) -> Picture:
    """The picture with whoever is saved from the water in the arms of its rescuer, both in the water."""
    pair = rescue(picture)
    if pair is None:
        return picture
    saver, saved = pair
    told = {"action": Action.hug, "gaze": None, "holds": ()}
    picture = with_figure(picture, saver, saver.model_copy(update=told))
    afraid = {**told, "expression": Expression.afraid}
    picture = with_figure(picture, saved, saved.model_copy(update=afraid))
    return picture.model_copy(update={"action": Action.hug, "target": saved.id})


def submerged(picture: Picture) -> Picture:
    """The picture under water, where somebody who lives in it dives below something or sinks."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.place.look.interior or picture.place.look.kind not in WATERS:
        return picture
    at_home = actor.look.being in _LIVES_IN_WATER or tailed(actor)
    goes = picture.action in (Action.dive, Action.fall, Action.swim, Action.float, Action.hide, Action.search)
    told = picture.sentence[:2000].lower()
    if not at_home or not goes or not (BELOW.search(told) or picture.action is Action.hide):
        return picture
    look = picture.place.look.model_copy(update={"kind": PlaceKind.underwater})
    kept = tuple(f for f in picture.figures if f.look.being in _LIVES_IN_WATER or tailed(f))
    return picture.model_copy(
        update={"place": picture.place.model_copy(update={"look": look}), "figures": kept}
    )


def bathed(picture: Picture, recipe: Recipe) -> Picture:
    """The picture with those who are in the water dressed for it."""
    pair = accompanied(picture) if picture.action is Action.swim else None
    wet = {f.id for f in pair or ()}
    saved = in_deep_water(picture)  # who fell in is known by its clothes
    figures = tuple(
        _undressed(f) if f.id not in saved and (f.id in wet or swims(f, recipe, picture)) else f
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures}) if figures != picture.figures else picture


def _undressed(figure: FigureIn) -> FigureIn:
    look = figure.look
    if look.being is not Being.person or look.dress in (Dress.spacesuit, Dress.armour):
        return figure
    dress = Dress.shirt if look.presents == "woman" and not tailed(figure) else Dress.none
    bare = look.model_copy(update={"hat": Hat.none, "dress": dress, "worn": (), "carries": ()})
    noun = figure.noun if tailed(figure) else "swimmer"  # whose trade has no clothes of its own
    return figure.model_copy(update={"look": bare, "noun": noun, "words": ""})


def water_way(figure: FigureIn, action: Action, recipe: Recipe) -> str:
    """In which way somebody at home in the water leaps, dives or sinks; "" for everybody else."""
    if not (figure.look.being in _LIVES_IN_WATER or tailed(figure)):
        return ""
    if recipe.footing == "seabed":
        return {Action.dive: "plunge", Action.fall: "sink"}.get(action, "")
    return "leap" if action is Action.jump and recipe.water is not None else ""
