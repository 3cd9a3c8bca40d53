"""Behind a door that somebody goes through is the place of the next shot."""

from pathlib import Path

import numpy as np
import skia

import photoplay
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.outlook import beyond_the_door
from photoplay.storyboard.beyond import Beyond
from photoplay.storyboard.looks import PlaceLook
from photoplay.storyboard.picture import Picture, PlaceIn, picture
from photoplay.storyboard.vocabulary import Hour, PlaceKind, Season


def test_the_garden_to_which_a_painted_door_leads_is_known_to_that_shot_alone(tmp_path: Path) -> None:
    film = photoplay.make(
        "A girl paints a door on a wall and walks through it", out=tmp_path / "film", until="board"
    ).film
    assert film is not None
    pictures = [picture(film, shot) for shot in film.shots]
    through = next(n for n, p in enumerate(pictures) if "through the door" in p.sentence)
    found = pictures[through].beyond
    assert found is not None
    assert found.look == pictures[through + 1].place.look
    assert found.hour is pictures[through + 1].hour
    assert all(p.beyond is None for n, p in enumerate(pictures) if n != through)
    assert '"beyond"' not in pictures[0].model_dump_json()


def seen(there: Beyond | None, season: Season = Season.summer) -> np.ndarray:
    home = PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.house, interior=True))
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(20, 180)
    canvas.scale(150, 150)
    told = Picture(sentence="She walks through the door.", place=home, beyond=there, season=season)
    beyond_the_door(told)(canvas, Ink(), 1.0)
    found: np.ndarray = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[60:160, 80:130, :3].astype(int)
    return found


def test_through_a_door_that_leads_outside_sky_and_ground_are_seen_and_else_a_room() -> None:
    garden = PlaceLook(kind=PlaceKind.garden)
    day, night = (seen(Beyond(look=garden, hour=hour)) for hour in (Hour.noon, Hour.night))
    sky, ground = day[:10].mean(axis=(0, 1)), day[70:].mean(axis=(0, 1))
    assert sky[2] > sky[0] + 20
    assert ground[1] > ground[2] + 20
    assert night.mean() < 0.7 * day.mean()
    room = PlaceLook(kind=PlaceKind.house, interior=True)
    assert (seen(None) == seen(Beyond(look=room, hour=Hour.noon))).all()
    assert (seen(None) != day).any()


def test_behind_a_door_it_is_the_season_of_the_film_and_a_jungle_is_green() -> None:
    def turned(kind: PlaceKind) -> float:
        there = Beyond(look=PlaceLook(kind=kind), hour=Hour.noon)
        green, gold = (seen(there, season) for season in (Season.summer, Season.autumn))
        return float((gold[..., 0] - green[..., 0]).max())

    assert turned(PlaceKind.garden) > 60
    assert turned(PlaceKind.jungle) == 0
