"""Wrapped up: who is out of doors in snow or in winter is in a coat and a scarf, not in thin cloth. Pure."""

from __future__ import annotations

from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Being, Dress, Mark, PlaceKind, Season, Weather, Worn
from .figures.anatomy import HUGE

_THIN = frozenset({Dress.dress, Dress.shirt})
"""What has short or rolled sleeves."""


def wrapped_up(picture: Picture) -> Picture:
    """The picture with everybody in thin cloth in a coat of the same colour and a scarf, where it is cold."""
    if not _cold(picture):
        return picture
    return picture.model_copy(update={"figures": tuple(_wrapped(f) for f in picture.figures)})


def _cold(picture: Picture) -> bool:
    """Whether it is out of doors in winter, or in snow."""
    if picture.place.look.interior or picture.place.look.kind is PlaceKind.underwater:
        return False
    snow = picture.weather is Weather.snow or Mark.snowy in picture.place.marks
    return snow or picture.season is Season.winter or picture.place.look.kind is PlaceKind.snowfield


def _wrapped(figure: FigureIn) -> FigureIn:
    look = figure.look
    if look.being is not Being.person or look.species == HUGE or look.dress not in _THIN:
        return figure
    worn = tuple(w for w in look.worn if w is not Worn.collar)
    worn = worn if Worn.scarf in worn else (*worn, Worn.scarf)
    return figure.model_copy(update={"look": look.model_copy(update={"dress": Dress.coat, "worn": worn})})
