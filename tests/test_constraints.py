"""Constraints: what cannot be is said before anything is made, with the nearest that can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import boarded, line, part, scene, shot, told, treatment

from photoplay.storyboard.constraints import check, nearest
from photoplay.storyboard.errors import Unmeetable
from photoplay.storyboard.film import Brief, Film, Settings
from photoplay.storyboard.rate import Rate


def broken(film: Film) -> dict[str, str]:
    return {b.constraint: b.words for b in check(film)}


def test_a_film_that_keeps_its_brief_has_nothing_to_say():
    film = boarded(told(), Brief(idea="x", seconds=60, shots=9, characters=3))
    assert check(film) == []


def test_each_broken_constraint_is_named_with_what_to_do():
    film = boarded(told(), Brief(idea="x", seconds=60, shots=7, characters=2))
    assert broken(film) == {
        "shots": "Exactly 7 shots were asked for; there are 9. Take out 2 shots.",
        "characters": "At most 2 characters were asked for; there are 3: Otto, Lina, the fox. "
        "Take out 1 character.",
    }


def test_dialogue_that_was_not_asked_for_is_found():
    film = boarded(told())
    silent = film.model_copy(update={"brief": Brief(idea="x", dialogue=False)})
    assert "Where do you live?" in broken(silent)["dialogue"]
    assert not check(boarded(told(), Brief(idea="x", dialogue=False)))


def test_too_many_words_are_counted_and_the_cure_works():
    words = " ".join(["word"] * 60)
    story = treatment(scene("a park", *(shot("x", "Ann", "walks", lines=(line(words),)) for _ in range(4))))
    film = boarded(story, Brief(idea="x", seconds=30))
    said = broken(film)["seconds"]
    assert "from 240 to about " in said
    room = int(said.split("to about ")[1].rstrip("."))
    fewer = " ".join(["word"] * (room // 4))
    cured = treatment(scene("a park", *(shot("x", "Ann", "walks", lines=(line(fewer),)) for _ in range(4))))
    assert check(boarded(cured, Brief(idea="x", seconds=30))) == []


def test_too_many_silent_shots_are_counted():
    story = treatment(scene("a park", *(shot("x", "Ann", "walks") for _ in range(9))))
    assert "Use at most 6 shots." in broken(boarded(story, Brief(idea="x", seconds=10)))["seconds"]


def test_a_film_without_shots_is_empty():
    assert [b.constraint for b in check(Film(id="f", brief=Brief(idea="x")))] == ["empty"]


@given(
    st.integers(1, 400), st.none() | st.integers(1, 300), st.sampled_from([Rate(), Rate(num=30000, den=1001)])
)
def test_the_nearest_that_can_really_can_and_nothing_nearer(seconds, shots, rate):
    settings = Settings(rate=rate)
    try:
        nearest(Brief(idea="x", seconds=seconds, shots=shots), settings)
    except Unmeetable as error:
        named = int(str(error).split("nearest that can: ")[1].split(" s")[0])
        assert named > seconds
        nearest(Brief(idea="x", seconds=named, shots=shots), settings)
        with pytest.raises(Unmeetable):
            nearest(Brief(idea="x", seconds=named - 1, shots=shots), settings)
        if ", or " in str(error):
            fits = int(str(error).split(", or ")[1].split(" shot")[0])
            nearest(Brief(idea="x", seconds=seconds, shots=fits), settings)


def test_one_endless_shot_is_refused():
    with pytest.raises(Unmeetable, match="nearest that can: 9 shots"):
        nearest(Brief(idea="x", seconds=36_000, shots=1), Settings(rate=Rate(num=240)))


def test_without_seconds_everything_can():
    nearest(Brief(idea="x", shots=20_000), Settings())


def test_a_crowd_beyond_the_asked_number_is_found_even_when_a_writer_declares_it():
    crowd = tuple(part(n) for n in ("Ben", "Cy"))
    story = treatment(scene("a park", shot("x", "Ann", "walks", parts=crowd)))
    film = boarded(story)
    asked = film.model_copy(update={"brief": Brief(idea="x", characters=1)})
    assert "there are 3: Ann, Ben, Cy" in broken(asked)["characters"]
