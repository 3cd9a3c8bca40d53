"""Wards, laboratories, mines and snowy land have things and contrast: no mud of pale walls in yellow light."""

from __future__ import annotations

import pytest

from photoplay.render.animatic.light import air
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.places.telling import snowed_over, told_recipe
from photoplay.storyboard.looks import PlaceLook
from photoplay.storyboard.picture import Picture, PlaceIn
from photoplay.storyboard.vocabulary import Hour, Mark, PlaceKind


def pictured(kind: PlaceKind, words: str = "", hour: Hour = Hour.night) -> Picture:
    place = PlaceIn(id="place", words=words, look=PlaceLook(kind=kind, layout=7, interior=True))
    return Picture(sentence="She waits.", place=place, hour=hour)


@pytest.mark.parametrize("kind", [PlaceKind.hospital, PlaceKind.laboratory])
def test_white_lamps_light_wards_and_laboratories_at_night(kind: PlaceKind) -> None:
    there, home = air(pictured(kind), True), air(pictured(PlaceKind.bedroom), True)
    assert there.light[2] > 0.86 * there.light[0]
    assert home.light[2] < 0.8 * home.light[0]


def test_a_mine_is_a_warm_lit_gallery_with_coal_and_other_caves_stay_cool() -> None:
    mine = pictured(PlaceKind.cave, "an old mine with timber props")
    cave = pictured(PlaceKind.cave, "grey rock and glowing crystals")
    found = told_recipe(mine)
    assert found is not None
    assert {"props", "seams", "spoil", "way_out"} <= {la.piece for la in found.layers}
    assert [la.piece for la in found.layers].count("props") == 1
    assert told_recipe(cave) is None
    rock = next(la for la in found.layers if la.piece == "cave_wall").options["colour"]
    assert int(rock[5:], 16) > int(rock[1:3], 16) + 40, "blue-grey rock, so that wood and lamps are warm"
    assert air(mine, True).light[0] > air(mine, True).light[2]
    assert air(cave, True).light[0] < air(cave, True).light[2]


def test_beds_of_a_ward_have_bedsides_and_benches_of_a_laboratory_glass() -> None:
    assert {"bedsides", "charts", "ward"} <= {la.piece for la in recipe(PlaceKind.hospital, True).layers}
    assert {"glassware", "formulas"} <= {la.piece for la in recipe(PlaceKind.laboratory, True).layers}


@pytest.mark.parametrize("kind", [PlaceKind.meadow, PlaceKind.road])
def test_open_land_under_snow_has_firs_a_fence_and_drifts_and_no_pale_grass(kind: PlaceKind) -> None:
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7))
    told = Picture(sentence="She waits.", place=place)
    snowy = told.model_copy(update={"place": place.model_copy(update={"marks": (Mark.snowy,)})})
    green = recipe(kind, False)
    assert snowed_over(green, told) is green
    found = snowed_over(green, snowy)
    pieces = {la.piece for la in found.layers}
    assert {"drifts", "rail_fence", "trees"} <= pieces
    assert not pieces & {"clumps", "grass", "hills", "bushes"}
    assert "grass" not in {la.piece for la in found.front}
    assert [la.depth for la in found.layers] == sorted((la.depth for la in found.layers), reverse=True)
