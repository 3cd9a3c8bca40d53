"""Bathing: who is saved from the water is held in it, who swims has no hat on, who dives is below. Pure."""

from __future__ import annotations

import re

from ...storyboard.lexicon import look_up
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Dress, Expression, Hat, PlaceKind, Stature
from .places.recipes import Recipe
from .recast import with_figure
from .together import accompanied
from .wading import BELOW, LIVES_IN_WATER, WATERS, in_company, in_deep_water, rescue, swims, tailed

_SINKS = re.compile(r"\b(?:sinks?|sank|sinking|drowns?|drowning)\b")
_INTO = re.compile(
    r"\b(?:sinks?|sank|falls?|fell|tumbles?|slips?|plunges?)\b.*\b(?:overboard"
    r"|(?:in|into|under|below|beneath) the (?:\w+ )?(?:water|river|lake|sea|waves|pond|harbour|flood))\b"
)


def rescued(picture: Picture) -> Picture:
    """The picture with whoever is saved from the water in the arms of its rescuer, both in the water."""
    pair = rescue(picture)
    if pair is None:
        return picture
    saver, saved = pair
    people = saver.look.being is Being.person
    doing, undergoing = (Action.hug, Action.hug) if people else (Action.swim, Action.float)
    told = {"action": doing, "gaze": None, "holds": ()}
    picture = with_figure(picture, saver, saver.model_copy(update=told))
    afraid = {**told, "action": undergoing, "expression": Expression.afraid}
    picture = with_figure(picture, saved, saved.model_copy(update=afraid))
    return picture.model_copy(update={"action": doing, "target": saved.id})


def fallen_in(picture: Picture) -> Picture:
    """The picture with somebody of the land who falls or sinks into the water in it, not on its shore."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    place, told = picture.place.look, picture.sentence[:2000].lower()
    if actor is None or actor.action is not Action.fall or actor.look.being is not Being.person:
        return picture
    if place.interior or place.kind not in WATERS or not _INTO.search(told) or tailed(actor):
        return picture
    action = Action.float if _SINKS.search(told) else Action.dive
    falls = {"action": action, "expression": Expression.afraid, "gaze": None, "holds": ()}
    return with_figure(picture, actor, actor.model_copy(update=falls)).model_copy(update={"action": action})


def submerged(picture: Picture) -> Picture:
    """The picture under water, where somebody who lives in it dives below something or sinks."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or picture.place.look.interior or picture.place.look.kind not in WATERS:
        return picture
    at_home = actor.look.being in LIVES_IN_WATER or tailed(actor)
    goes = picture.action in (Action.dive, Action.fall, Action.swim, Action.float, Action.hide, Action.search)
    told = picture.sentence[:2000].lower()
    if not at_home or not goes or not (BELOW.search(told) or picture.action is Action.hide):
        return picture
    look = picture.place.look.model_copy(update={"kind": PlaceKind.underwater})
    kept = tuple(f for f in picture.figures if f.look.being in LIVES_IN_WATER or tailed(f))
    return picture.model_copy(
        update={"place": picture.place.model_copy(update={"look": look}), "figures": kept}
    )


def bathed(picture: Picture, recipe: Recipe) -> Picture:
    """The picture with those who are in the water dressed for it."""
    pair = accompanied(picture) if picture.action is Action.swim else None
    wet = {f.id for f in pair or ()}
    saved = set(in_deep_water(picture))  # who fell in is known by its clothes
    if _SINKS.search(picture.sentence[:2000].lower()) or _INTO.search(picture.sentence[:2000].lower()):
        saved.add(picture.actor or "")
    figures = tuple(
        _undressed(f) if f.id not in saved and (f.id in wet or swims(f, recipe, picture)) else f
        for f in picture.figures
    )
    figures = tuple(_as_large(f) if in_company(f, picture) else f for f in figures)
    return picture.model_copy(update={"figures": figures}) if figures != picture.figures else picture


def _as_large(figure: FigureIn) -> FigureIn:
    """Somebody tall as others are: of who is in the water only a larger head would be seen."""
    if figure.look.stature is not Stature.large:
        return figure
    return figure.model_copy(update={"look": figure.look.model_copy(update={"stature": Stature.medium})})


def _undressed(figure: FigureIn) -> FigureIn:
    look = figure.look
    trade = look_up(figure.noun, "person")
    breathes = trade is not None and "air tank" in trade.attributes.get("costume", ())
    if look.being is not Being.person or look.dress in (Dress.spacesuit, Dress.armour) or breathes:
        return figure
    bare = look.model_copy(update={"hat": Hat.none, "dress": Dress.none, "worn": (), "carries": ()})
    noun = figure.noun if tailed(figure) else "swimmer"  # whose trade has no clothes of its own
    return figure.model_copy(update={"look": bare, "noun": noun, "words": ""})


def water_way(figure: FigureIn, action: Action, recipe: Recipe, picture: Picture) -> str:
    """In which way somebody at home in the water leaps, dives or sinks, and another drowns; "" for none."""
    if not (figure.look.being in LIVES_IN_WATER or tailed(figure)):
        sinks = figure.id == picture.actor and action is Action.float and recipe.water is not None
        return "drown" if sinks and _SINKS.search(picture.sentence[:2000].lower()) else ""
    if recipe.footing == "seabed":
        return {Action.dive: "plunge", Action.fall: "sink"}.get(action, "")
    ways = {Action.jump: "leap", Action.dive: "under"}
    return ways.get(action, "") if recipe.water is not None else ""
