"""Fitting: a film of sixty seconds lasts sixty seconds, and no line is cut off."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import boarded, character, inventions, line, scene, shot, told, treatment

from photoplay.storyboard.errors import Unmeetable
from photoplay.storyboard.film import Brief, Film
from photoplay.storyboard.fitting import cards_are_read, fit, least_length, least_seconds
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import BREATH_FRAMES, heard_frames, items, timeline

RATES = [Rate(), Rate(num=25), Rate(num=30000, den=1001), Rate(num=24000, den=1001), Rate(num=60)]


def fitted(film: Film) -> Film:
    found = fit(film)
    shots = tuple(
        s.model_copy(update={"frames": found["frames"][s.id], "lead": found["leads"][s.id]})
        for s in film.shots
    )
    opening, ending = (
        card and card.model_copy(update={"frames": found["frames"][card.id]})
        for card in (film.opening, film.ending)
    )
    return Film.model_validate(
        film.model_copy(update={"shots": shots, "opening": opening, "ending": ending}).model_dump()
    )


def measured(film: Film, lengths: list[int]) -> Film:
    spoken = {
        one.id: lengths[n % len(lengths)]
        for n, one in enumerate(one for made in film.shots for one in made.lines)
    }
    decisions = film.decisions.model_copy(update={"spoken": spoken})
    return film.model_copy(update={"decisions": decisions})


@settings(max_examples=50, deadline=None)
@given(
    inventions,
    st.none() | st.integers(1, 240),
    st.lists(st.integers(1, 12_000), min_size=1, max_size=5),
    st.sampled_from(RATES),
)
def test_any_lines_in_any_seconds_fit_exactly_or_the_nearest_length_is_named_and_fits(
    story, seconds, lengths, rate
):
    film = measured(boarded(story, Brief(idea="x", seconds=seconds), rate=rate), lengths)
    try:
        done = fitted(film)
    except Unmeetable as error:
        assert seconds is not None
        nearest = int(str(error).split("nearest length that can is ")[1].split(" s")[0])
        assert nearest > seconds
        longer = film.model_copy(update={"brief": Brief(idea="x", seconds=nearest)})
        assert sum(i.frames for i in items(fitted(longer))) == rate.frames(nearest)
        with pytest.raises(Unmeetable):
            fit(film.model_copy(update={"brief": Brief(idea="x", seconds=nearest - 1)}))
        return
    if seconds is not None:
        assert timeline(done).frames == rate.frames(seconds)
    for made in done.shots:
        assert made.frames >= rate.fps * 3 / 2
        assert heard_frames(done, made) <= made.frames
        assert 0 <= made.lead <= made.frames
    assert all(i.frames >= 1 for i in items(done))
    clips = {c.item: c for c in timeline(done).clips}
    cues = timeline(done).cues
    for before, cue in pairwise(cues):
        assert before.start + before.frames + BREATH_FRAMES <= cue.start, "two lines over each other"
    for cue in cues:
        clip = clips[cue.shot]
        made = next(s for s in done.shots if s.id == cue.shot)
        early = min(made.sound_early, cue.frames // 2) if cue.line == made.lines[0].id else 0
        assert cue.start >= clip.start - early, "a voice leads its picture by what was boarded at most"
        assert cue.start + cue.frames + BREATH_FRAMES <= clip.start + clip.frames
    assert fit(done) == {
        "frames": {i.id: i.frames for i in items(done)},
        "leads": {s.id: s.lead for s in done.shots},
    }


def test_spare_time_goes_to_wide_shots_and_the_last_one():
    film = boarded(told(), Brief(idea="x", seconds=90))
    gained = {s.id: fit(film)["frames"][s.id] - s.frames for s in film.shots}
    wide = film.shots[0].id
    closer = next(s.id for s in film.shots if s.camera.size in ("medium", "medium-close", "close", "insert"))
    assert gained[wide] > gained[closer]
    assert gained[film.shots[-1].id] > gained[closer]


def test_a_short_film_shrinks_its_cards_before_its_shots():
    story = treatment(
        scene("the sea", shot("x", "Ann", "rows", lines=(line("She rowed out."),)), shot("y", "Ann", "rows")),
        characters=(character("Ann", "sailor"),),
    )
    done = fitted(boarded(story, Brief(idea="x", seconds=6)))
    assert done.opening
    assert done.opening.frames < 72
    assert min(s.frames for s in done.shots) >= done.opening.frames
    assert timeline(done).frames == 144


def test_a_film_that_already_fits_is_left_alone_so_a_retimed_shot_stays():
    done = fitted(boarded(told(), Brief(idea="x", seconds=60)))
    a, b = done.shots[3], done.shots[4]
    moved = {a.id: a.frames + 20, b.id: b.frames - 20} if b.frames > 60 else {a.id: a.frames}
    hand = done.model_copy(
        update={
            "shots": tuple(s.model_copy(update={"frames": moved.get(s.id, s.frames)}) for s in done.shots)
        }
    )
    if all(heard_frames(hand, s) <= s.frames >= 36 for s in hand.shots):
        assert fit(hand)["frames"] == {i.id: i.frames for i in items(hand)}


def test_what_does_not_fit_is_named():
    words = "A very long line that goes on and on. " * 12
    story = treatment(
        scene("a park", shot("x", "Ann", "sits", lines=(line(words),)), shot("y", "Ann", "walks"))
    )
    with pytest.raises(Unmeetable, match=r"s01.*'A very long line") as caught:
        fit(boarded(story, Brief(idea="x", seconds=10)))
    assert "nearest length" in str(caught.value)


def test_too_many_shots_are_named_where_words_are_not_to_blame():
    story = treatment(scene("a park", *(shot("x", "Ann", "walks") for _ in range(10))))
    with pytest.raises(Unmeetable, match="10 shots"):
        fit(boarded(story, Brief(idea="x", seconds=10)))


def test_measured_lines_that_are_longer_than_estimated_lengthen_their_shots():
    film = boarded(told())
    slow = measured(film, [9_000])
    done = fitted(slow)
    for before, after in zip(film.shots, done.shots, strict=True):
        assert heard_frames(slow, after) <= after.frames
        assert bool(before.lines) == (after.frames >= 9 * 24)


def test_ten_thousand_shots_are_fitted_in_a_moment():
    import time

    one = boarded(treatment(scene("a park", shot("x", "Ann", "walks"))), Brief(idea="x", seconds=30_000))
    many = tuple(one.shots[0].model_copy(update={"id": f"s{n}"}) for n in range(10_000))
    film = one.model_copy(update={"shots": many})
    begun = time.process_time()
    assert sum(fit(film)["frames"].values()) == 720_000
    assert time.process_time() - begun < 3


def test_a_title_is_read_before_pauses_are_made():
    """In a film that is nearly full, what is to spare makes its cards legible first."""
    story = treatment(
        scene(
            "the sea",
            *(shot("x", "Ann", "rows", lines=(line("She rowed out to the far rocks."),)) for _ in range(4)),
        ),
        characters=(character("Ann", "sailor"),),
    )
    film = boarded(story, Brief(idea="x", seconds=60))
    least = least_seconds(film.settings.rate, least_length(film))

    def lasting(seconds):
        return fitted(film.model_copy(update={"brief": film.brief.model_copy(update={"seconds": seconds})}))

    assert not cards_are_read(lasting(least))
    assert cards_are_read(lasting(least + 2))
