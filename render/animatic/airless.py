"""Airless: out of doors where there is no air people wear space suits, their own hat and hair inside.

Indoors the helmet is off, in every shot: there is air. A suit with no hat is one whose helmet is off.
"""

from __future__ import annotations

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Being, Dress, Hat, PlaceKind
from .places.recipes import Recipe

_SUIT = "#e6e8ea"


def suited(picture: Picture, recipe: Recipe) -> Picture:
    """The picture with its people in space suits, where there is nothing to breathe. Pure.

    On a planet one of the film who wears a suit says that all need one in every shot. The trim has the colour
    of their usual dress, by which they are known.
    """
    abroad = picture.place.look.kind is PlaceKind.planet and (
        picture.place.airless or any(f.look.dress is Dress.spacesuit for f in picture.figures)
    )
    if recipe.interior or not (recipe.sky == "space" or abroad):
        figures = tuple(_helmet(f, off=recipe.interior) for f in picture.figures)
        return picture if figures == picture.figures else picture.model_copy(update={"figures": figures})
    return picture.model_copy(update={"figures": tuple(_suited(f) for f in picture.figures)})


def _helmet(figure: FigureIn, *, off: bool) -> FigureIn:
    """The figure with the helmet of its space suit on, or off."""
    look = figure.look
    if look.being is not Being.person or look.dress is not Dress.spacesuit:
        return figure
    if (look.hat is Hat.none) is off:
        return figure
    return figure.model_copy(
        update={"look": look.model_copy(update={"hat": Hat.none if off else Hat.helmet})}
    )


def _suited(figure: FigureIn) -> FigureIn:
    look = figure.look
    if look.being is not Being.person or look.dress is Dress.spacesuit:
        return _helmet(figure, off=False)
    worn = look.model_copy(
        update={"dress": Dress.spacesuit, "dress_colour": _SUIT, "trim_colour": look.dress_colour}
    )
    return _helmet(figure.model_copy(update={"look": worn}), off=False)
