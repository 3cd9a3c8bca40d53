"""Subtitles keep the trade's rules wherever the film leaves the time, and the checker tells where not."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_subtitles import film_of

from photoplay.render.cut.captions import srt_text, vtt_text
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.subtitle_rules import breaches
from photoplay.storyboard.subtitles import MOST_COLUMNS, line_columns, reading_seconds, screens, subtitles
from photoplay.storyboard.timeline import Subtitle

WORDS = [
    "the",
    "a",
    "of",
    "to",
    "and",
    "but",
    "in",
    "my",
    "sea",
    "keeper",
    "lighthouse",
    "whale",
    "No.",
    "Yes!",
    "never,",
    "forgotten",
    "extraordinary",
    "I",
    "she",
    "because",
    "storms;",
    "who",
    "rain",
    "waited",
    "morning;",
    "an",
    "unmistakable",
    "her",
    "...",
    "is",
]
WIDE = "昔々あるところにおじいさんが住んで、いました。山へ「行く」！"
HINDI = ["नमस्ते", "दुनिया", "समुद्र", "के", "किनारे", "एक", "बूढ़ा", "प्रकाशस्तंभ।", "रखवाला", "रहता", "है"]
ARABIC = ["في", "المنارة", "القديمة", "يعيش", "الحارس", "وحيدا", "مع", "الحوت"]

spaced = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
others = st.one_of(
    st.text(WIDE, min_size=1, max_size=120),
    st.lists(st.sampled_from(HINDI), min_size=1, max_size=40).map(" ".join),
    st.lists(st.sampled_from(ARABIC), min_size=1, max_size=40).map(" ".join),
)
lines = st.lists(st.one_of(spaced, others), min_size=1, max_size=4)
rates = st.sampled_from([Rate(), Rate(num=24000, den=1001), Rate(num=25, den=1), Rate(num=30000, den=1001)])


def readable_ms(words, most=MOST_COLUMNS):
    """How long a line is said if it can just be read while it is, with its gaps, and frames rounded up."""
    shown = screens(words, most)
    return int(sum(1000 * reading_seconds(s) for s in shown)) + 170 * len(shown)


def spoken_film(said, rate, share=1.0, size=(1280, 720)):
    """A film of one shot a line, each said over ``share`` of the time that it takes to read."""
    most = line_columns(*size)
    spoken = {f"s{i}-l0": max(1, int(readable_ms(words, most) * share)) for i, words in enumerate(said)}
    shots = [(int(spoken[f"s{i}-l0"] * rate.fps / 1000) + 10, 2, words) for i, words in enumerate(said)]
    return film_of(*shots, spoken=spoken, settings={"rate": rate, "width": size[0], "height": size[1]})


def rules(film, shown=None):
    return [b.rule for b in breaches(film, subtitles(film) if shown is None else shown)]


@settings(max_examples=80, deadline=None)
@example(["、" * 17], Rate(), (1280, 720))
@given(lines, rates, st.sampled_from([(1280, 720), (720, 720), (720, 1280)]))
def test_what_is_said_at_a_readable_pace_breaks_no_rule(said, rate, size):
    film = spoken_film(said, rate, size=size)
    assert breaches(film, subtitles(film)) == []


@settings(max_examples=80, deadline=None)
@given(lines, rates)
def test_a_hurried_film_breaks_only_rules_of_time_and_shows_every_word(said, rate):
    found = set(rules(spoken_film(said, rate, 0.6)))
    assert found <= {"pace", "time"}


@settings(max_examples=40, deadline=None)
@given(lines, rates)
def test_the_files_keep_the_limits_counted_from_their_own_text(said, rate):
    """Counted anew from the SubRip file, with nothing that the film counts with."""
    text = srt_text(subtitles(spoken_film(said, rate)), rate)
    before = -1000
    for block in text.strip().split("\n\n"):
        _, times, *shown = block.split("\n")
        start, stop = (milliseconds(t) for t in times.split(" --> "))
        assert 1 <= len(shown) <= 2
        for line in shown:
            wide = len(re.findall(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]", line))
            assert wide <= 16
            if not re.search(r"[\u0900-\u097f]", line):  # whose marks take no room
                assert (len(line) - wide) / 42 + wide / 16 <= 1
                assert len(line) <= 42
        assert stop - start >= 999
        assert start - before >= 2000 / float(rate.fps) - 1
        before = stop


def milliseconds(text):
    hours, minutes, seconds, more = map(int, re.split("[:,]", text))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + more


@pytest.mark.parametrize(
    ("text", "stop", "rule"),
    [
        ("one\ntwo\nthree", 96, "lines"),
        ("Forty-three characters are more than a line", 96, "width"),
        ("昔々あるところにおじいさんとおば三", 96, "width"),
        ("Forty or so characters that are read at ease", 30, "pace"),
        ("昔々あるところにおじいさんとおば", 36, "pace"),
        ("Yes.", 20, "time"),
        ("I\nwent down to the sea at last", 96, "orphan"),
        ("I went down to the\nsea at last", 96, "phrase"),
    ],
)
def test_the_checker_finds_each_rule_broken(text, stop, rule):
    film = film_of((200, 0, text.replace("\n", " ")), spoken={"s0-l0": 4000})
    assert rule in rules(film, [Subtitle(start=0, stop=stop, text=text)])


def test_the_checker_finds_screens_too_near_a_word_alone_and_words_left_out():
    film = film_of((400, 0, "She went down to the sea at last and waited"), spoken={"s0-l0": 9000})
    whole = [
        Subtitle(start=0, stop=96, text="She went down to the sea at last and"),
        Subtitle(start=97, stop=150, text="waited"),
    ]
    assert {"gap", "orphan"} <= set(rules(film, whole))
    assert rules(film, whole[:1]) == ["words"]


def test_no_word_is_left_alone_behind_a_comma():
    """Where the cheapest place to break would leave one."""
    words = "Her boat lay near grey rocks below old stone towers built long ago upon sand, forgotten"
    film = spoken_film([words], Rate())
    assert rules(film) == []
    assert len(subtitles(film)[-1].text.split()) > 1


def test_short_answers_do_not_flash_by():
    """Two words of half a second each stay a second, the second one a little late."""
    film = film_of((120, 0, "No.", "Yes."), spoken={"s0-l0": 400, "s0-l1": 400})
    first, second = subtitles(film)
    assert first.stop - first.start >= 24
    assert second.start - first.stop == 2


def test_a_screen_comes_early_rather_than_too_short_at_the_end():
    words = "Forty or so characters that are said fast."
    film = film_of((66, 18, words), spoken={"s0-l0": 1500})
    (shown,) = subtitles(film)
    assert (shown.stop, rules(film)) == (66, [])
    assert 18 - 12 <= shown.start < 18


def test_short_gaps_are_closed_and_long_ones_stay():
    near = film_of((60, 0, "Anna waits."), (60, 0, "Bo sings."), spoken={"s0-l0": 2300, "s1-l0": 2000})
    first, second = subtitles(near)
    assert second.start - first.stop == 2
    far = film_of((96, 0, "Anna waits."), (60, 0, "Bo sings."), spoken={"s0-l0": 1000, "s1-l0": 2000})
    first, second = subtitles(far)
    assert second.start - first.stop > 12


@settings(max_examples=40, deadline=None)
@given(st.text("{}\\an8%<i>'\"&/ N", min_size=1, max_size=60))
def test_markup_stays_literal_in_the_files(text):
    film = spoken_film([f"x{text}x"], Rate())
    shown = subtitles(film)
    said = "".join(f"x{text}x".split())
    assert "".join("".join(s.text for s in shown).split()) == said
    body = "".join("".join(b.split("\n")[2:]) for b in srt_text(shown, Rate()).strip().split("\n\n"))
    assert "".join(body.split()) == said
    web = vtt_text(shown, Rate())
    assert "<" not in web.replace("-->", "")
