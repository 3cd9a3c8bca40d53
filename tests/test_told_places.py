"""Places are what their words say: ruined, snowed in, foggy; and what a story owns stands there once."""

from __future__ import annotations

import numpy as np
import pytest

from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.places.telling import decayed, without_doubles
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Mark, PlaceKind, Season, ShotSize, Weather

WIDE = CameraIn(size=ShotSize.wide)


def _of(kind: PlaceKind, words: str = "", **more: object) -> Picture:
    place = PlaceIn(id="p", words=words, look=PlaceLook(kind=kind, layout=3))
    return Picture(place=place, sentence="", camera=WIDE, **more)


def _seen(picture: Picture) -> np.ndarray:
    from photoplay.render.animatic.renderer import _drawn

    return np.asarray(_drawn(Screen(picture, (192, 108), 1, 3.0), 1.5))[..., :3].astype(int)


@pytest.mark.parametrize("words", ["a ruined city: tall narrow houses and lit windows", "the derelict city"])
def test_a_ruined_city_is_in_ruins(words: str) -> None:
    assert Mark.ruined in decayed(_of(PlaceKind.city, words)).place.marks
    whole = _seen(_of(PlaceKind.city, "the city: tall narrow houses"))
    assert np.abs(_seen(_of(PlaceKind.city, words)) - whole).mean() > 6


def test_a_city_with_a_ruin_somewhere_in_it_stands() -> None:
    assert not decayed(_of(PlaceKind.city, "the city: bright houses and one ruined tower")).place.marks


def test_a_road_is_white_where_snow_lies() -> None:
    winter = _seen(_of(PlaceKind.road, season=Season.winter, weather=Weather.snow))
    summer = _seen(_of(PlaceKind.road))
    assert winter[80:100].mean() > 165 > 150 > summer[80:100].mean()


def test_fog_does_not_swallow_who_stands_before_it() -> None:
    """The coat is as far from the colour of what is behind it in fog as it nearly is on a clear day."""
    look = BodyLook(dress_colour="#2a2a30", hair_colour="#201810")
    figure = FigureIn(id="mira", noun="woman", words="", look=look)

    def contrast(weather: Weather) -> float:
        with_her = _seen(_of(PlaceKind.meadow, weather=weather, figures=(figure,)))
        without = _seen(_of(PlaceKind.meadow, weather=weather))
        apart = np.abs(with_her - without).mean(axis=2)
        return float(np.percentile(apart[apart > 8], 90))

    assert contrast(Weather.fog) > 0.8 * contrast(Weather.clear)


def test_a_garden_with_a_gate_of_its_own_has_one() -> None:
    gate = ThingIn(id="gate", words="a gate", look=ThingLook(kind="gate"))
    garden = recipe(PlaceKind.garden, False)
    pieces = [layer.piece for layer in without_doubles(garden, _of(PlaceKind.garden, things=(gate,))).layers]
    assert "garden_gate" not in pieces
    assert "hedge" in pieces
    assert without_doubles(garden, _of(PlaceKind.garden)) == garden


def test_a_snowstorm_that_the_sentence_tells_of_is_seen() -> None:
    told = _of(PlaceKind.road).model_copy(update={"sentence": "The knight rides through a snowstorm."})
    calm = _of(PlaceKind.road, season=Season.winter, weather=Weather.snow)
    storm = _seen(told)
    assert storm[80:100].mean() > 165  # the road is white
    assert np.abs(storm - _seen(calm)).mean() > 0.8  # and the flakes are driven
    inside = told.model_copy(
        update={"place": PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.house, interior=True))}
    )
    assert Screen(inside, (64, 36), 1, 2.0).picture.weather is Weather.clear


def test_one_rock_does_not_hide_whoever_climbs_beside_it() -> None:
    bear = BodyLook(being=Being.quadruped, species="bear")
    figures = (
        FigureIn(id="a", noun="girl", words="", look=BodyLook(), action=Action.climb),
        FigureIn(id="b", noun="bear", words="", look=bear, action=Action.climb),
    )
    picture = _of(PlaceKind.cave, figures=figures, actor="b", action=Action.climb)
    acting = {f.id: f.action for f in Screen(picture, (64, 36), 1, 2.0).picture.figures}
    assert acting["b"] is Action.climb
    assert acting["a"] is Action.look
