"""Subtitles: every word, readable, in time with the voice, never over each other."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.storyboard.film import Brief, Decisions, Event, Film, Line, Scene, Shot, Story
from photoplay.storyboard.looks import Place
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.schema import clean_text
from photoplay.storyboard.subtitles import (
    MOST_COLUMNS,
    MOST_LINES,
    columns,
    line_columns,
    screens,
    subtitles,
)
from photoplay.storyboard.timeline import timeline

TALE = (
    "The whale, tired and far from home, follows the beam until it reaches the harbour; there, in the dark "
    "water, it sings once, and the keeper, who has not spoken in years, answers with the horn of the tower. "
    "Nobody sleeps that night."
)


def film_of(*shots, spoken=None, **parts):
    """A film whose shots are (frames, lead, words, words ...)."""
    made = tuple(
        Shot(
            id=f"s{i}",
            scene="one",
            event=Event(sentence="x"),
            frames=frames,
            lead=lead,
            lines=tuple(Line(id=f"s{i}-l{k}", words=text) for k, text in enumerate(lines)),
        )
        for i, (frames, lead, *lines) in enumerate(shots)
    )
    story = Story(title="T", places=(Place(id="p", name="P"),), scenes=(Scene(id="one", place="p"),))
    return Film(
        id="f",
        brief=Brief(idea="x"),
        story=story,
        shots=made,
        decisions=Decisions(spoken=spoken or {}),
        **parts,
    )


def words_of(shown):
    return " ".join(s.text.replace("\n", " ") for s in shown).split()


def test_a_short_line_is_one_screen_from_where_it_is_said():
    film = film_of((96, 10, "Anna waits."), spoken={"s0-l0": 1000})
    (shown,) = subtitles(film)
    assert (shown.start, shown.text) == (10, "Anna waits.")
    assert shown.stop >= 10 + 24


def test_a_long_line_is_broken_at_sentences_and_clauses_and_loses_no_word():
    shown = subtitles(film_of((400, 0, TALE)))
    assert words_of(shown) == TALE.split()
    assert all(s.text.rstrip()[-1] in ".,;" for s in shown)
    for screen in shown:
        lines = screen.text.split("\n")
        assert len(lines) <= MOST_LINES
        assert max(map(columns, lines)) <= MOST_COLUMNS
        assert min(len(line.split()) for line in lines) > 1


@pytest.mark.parametrize(
    ("size", "most"),
    [((1280, 536), 42), ((1280, 720), 42), ((960, 720), 42), ((720, 720), 32), ((720, 1280), 24)],
)
def test_a_narrow_frame_has_shorter_lines_and_loses_no_word(size, most):
    film = film_of((600, 0, TALE), settings={"width": size[0], "height": size[1]})
    wide = film_of((600, 0, TALE))
    assert line_columns(*size) == most
    for shown in (subtitles(film), subtitles(wide, size)):
        assert words_of(shown) == TALE.split()
        lines = [line for screen in shown for line in screen.text.split("\n")]
        assert 0.7 * most < max(map(columns, lines)) <= most


def test_time_is_shared_in_proportion_to_the_text():
    film = film_of((500, 0, TALE), spoken={"s0-l0": 14_000})
    shown = subtitles(film)
    paces = [columns(s.text) / (s.stop - s.start) for s in shown[:-1]]
    assert max(paces) / min(paces) < 1.15
    assert shown[-1].stop >= 14 * 24


def test_a_hurried_line_stays_on_to_be_read_but_not_into_the_next():
    words = "Forty or so characters that are said fast."
    alone = subtitles(film_of((240, 0, words), spoken={"s0-l0": 500}))[0]
    assert columns(words) / Rate().seconds(alone.stop - alone.start) <= 17
    film = film_of((240, 0, words, "Yes."), spoken={"s0-l0": 1900, "s0-l1": 500})
    first, second = subtitles(film)
    assert columns(words) / Rate().seconds(first.stop - first.start) <= 17
    assert first.stop + 2 == second.start
    late = second.start - timeline(film).cues[1].start
    assert 0 < late <= 24


def test_lines_that_run_into_the_next_shot_do_not_overlap_nor_outlast_the_film():
    film = film_of((24, 0, TALE), (24, 0, TALE), (24, 20, "The end."), spoken={"s0-l0": 9000, "s1-l0": 9000})
    shown = subtitles(film)
    assert all(a.stop <= b.start for a, b in pairwise(shown))
    assert shown[-1].stop <= timeline(film).frames


def test_a_film_without_a_story_or_lines_has_no_subtitles():
    assert subtitles(Film(id="f", brief=Brief(idea="x"))) == []
    assert subtitles(film_of((48, 0))) == []
    assert subtitles(film_of((48, 0, "   "))) == []


@pytest.mark.parametrize(
    "text",
    [
        "昔々あるところに、おじいさんとおばあさんが住んでいました。おじいさんは山へしば刈りに、おばあさんは川へ洗濯に行きました。",
        "x" * 300,
        "नमस्ते " * 40,
        "في المنارة القديمة يعيش الحارس وحيدا مع الحوت " * 4,
        "옛날 옛적에 등대지기가 바다 끝에 홀로 살고 있었습니다 " * 4,
    ],
)
def test_other_scripts_fit_the_screen_and_lose_nothing(text):
    made = screens(text)
    assert "".join("".join(made).split()) == "".join(text.split())
    assert all(columns(line) <= MOST_COLUMNS for screen in made for line in screen.split("\n"))


def test_no_line_begins_with_a_closing_mark():
    made = screens("「おばあさんは、川へ洗濯に行きました。」" * 8)
    assert not [line for screen in made for line in screen.split("\n") if line[0] in "、。」"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from([24, 32, MOST_COLUMNS]))
def test_any_text_fits_and_nothing_is_lost(text, most):
    text = clean_text(text)
    made = screens(text, most)
    assert "".join("".join(made).split()) == "".join(text.split())
    for screen in made:
        assert len(screen.split("\n")) <= MOST_LINES
        assert all(columns(line) <= most for line in screen.split("\n"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 200), st.integers(0, 60), st.text("abc ,.", max_size=200)),
        min_size=1,
        max_size=6,
    ),
    st.lists(st.integers(1, 20_000), min_size=6, max_size=6),
)
def test_screens_are_in_order_apart_and_within_the_film(shots, lengths):
    film = film_of(*shots, spoken={f"s{i}-l0": ms for i, ms in enumerate(lengths)})
    shown = subtitles(film)
    at = 0
    for screen in shown:
        assert at <= screen.start < screen.stop <= timeline(film).frames
        at = screen.stop


def test_markup_in_a_line_is_only_text():
    text = r"{\an8}C:\New says <i>100%</i> & 'so on'"
    assert words_of(subtitles(film_of((200, 0, text)))) == text.split()


def test_four_times_the_text_takes_about_four_times_as_long():
    """Not sixteen times: the longest text takes seconds on any machine."""
    spent = []
    for length in (5_000, 20_000):
        began = time.process_time()
        assert len(screens("昔" * length)) > length // 50
        spent.append(time.process_time() - began)
    assert spent[1] < 9 * spent[0]
