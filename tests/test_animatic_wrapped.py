"""In winter people are dressed for it out of doors, and as their words say indoors and in summer."""

from __future__ import annotations

import pytest
from test_animatic_performing import figure, shot

from photoplay.render.animatic.reading import read
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Dress, PlaceKind, Season, Worn


def told(dress: Dress, season: Season, interior: bool = False) -> Picture:
    look = BodyLook(presents="woman", dress=dress, dress_colour="#c79a32", worn=(Worn.collar,))
    one = figure("a", Action.stand).model_copy(update={"look": look})
    picture = shot(Action.stand, one, place=PlaceKind.road)
    place = picture.place.model_copy(
        update={"look": picture.place.look.model_copy(update={"interior": interior})}
    )
    return picture.model_copy(update={"season": season, "place": place})


def test_a_thin_dress_is_a_coat_of_its_colour_with_a_scarf_in_the_snow() -> None:
    (seen,) = read(told(Dress.dress, Season.winter)).figures
    assert (seen.look.dress, seen.look.dress_colour) == (Dress.coat, "#c79a32")
    assert seen.look.worn == (Worn.scarf,)


@pytest.mark.parametrize(
    ("dress", "season", "interior"),
    [
        (Dress.dress, Season.summer, False),
        (Dress.dress, Season.winter, True),
        (Dress.armour, Season.winter, False),
    ],
)
def test_nobody_else_changes(dress: Dress, season: Season, interior: bool) -> None:
    picture = told(dress, season, interior)
    assert read(picture).figures[0].look == picture.figures[0].look
