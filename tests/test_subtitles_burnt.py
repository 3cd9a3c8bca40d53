"""Subtitles in the picture: drawn where they stand, literal, in the one encoding; soft, burnt or off."""

import json

import numpy as np
import pytest
from test_cut_assembly import RASTER, Stage
from tiny_films import copy_of_a_film, opened, pictures_made

from photoplay.agent.cutting_room import Media, _optical_key
from photoplay.render.cut.aside import assemble_aside
from photoplay.render.cut.assemble import Span, spans
from photoplay.render.cut.burning import Burnt
from photoplay.render.cut.facts import film_facts
from photoplay.render.cut.footage import open_footage
from photoplay.render.glyphs import missing, missing_notice
from photoplay.render.requests import Raster
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.film import Settings
from photoplay.storyboard.subtitles import line_columns, screens
from photoplay.storyboard.timeline import Clip, Subtitle, Timeline
from photoplay.studio.settings import Wishes

WIDE = Raster(width=640, height=360)
GREY = np.full((360, 640, 3), 90, np.uint8)


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def drawn(text, raster=WIDE):
    frame = np.full((raster.height, raster.width, 3), 90, np.uint8)
    return Burnt([Subtitle(start=0, stop=9, text=text)], raster).over(frame, 4)


def ink(frame):
    """(top, bottom, left, right) of what is drawn, as shares of the frame."""
    rows, columns = np.nonzero((frame != 90).any(axis=2))
    height, width = frame.shape[:2]
    return rows.min() / height, rows.max() / height, columns.min() / width, columns.max() / width


# -- the drawing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("raster", [WIDE, Raster(width=360, height=640), Raster(width=96, height=64)])
@pytest.mark.parametrize("text", ["Anna waits.", "M" * 42 + "\n" + "W" * 42])
def test_text_stands_in_the_lower_middle_and_inside_the_frame(raster, text):
    frame = drawn(text, raster)
    top, bottom, left, right = ink(frame)
    assert 0.6 < top < bottom < 0.97
    assert 0.02 < left < right < 0.98
    assert abs((left + right) / 2 - 0.5) < 0.03
    assert frame.max() > 180  # in 64 rows no stroke is a whole pixel wide
    assert frame.min() < 60


@pytest.mark.parametrize(("size", "least"), [((360, 640), 1.15), ((360, 360), 0.85)])
def test_letters_of_a_narrow_frame_are_no_smaller_than_its_short_lines_allow(size, least):
    """Against a wide frame of the same shorter side; sized for lines of 42 columns they were 0.7 of it."""
    words = "The whale, tired and far from home, follows the beam until it reaches the harbour."
    narrow = Raster(width=size[0], height=size[1])
    text = screens(words, line_columns(*size))[0]
    (top, bottom, left, right), wide = ink(drawn(text, narrow)), ink(drawn(text))
    assert (bottom - top) * narrow.height > least * (wide[1] - wide[0]) * WIDE.height
    assert right - left < 0.9


def test_two_lines_are_two_lines_and_not_broken_again():
    one, two = ink(drawn("Anna waits.")), ink(drawn("Anna waits.\nBo sings to her."))
    assert 1.7 < (two[1] - two[0]) / (one[1] - one[0]) < 2.6


def test_markup_is_drawn_as_it_is_written():
    plain = drawn("Hello")
    for text in (r"{\an8}Hello", "<i>Hello</i>", r"{\p1}Hello", "%{pts}Hello"):
        seen = drawn(text)
        assert ink(seen)[3] - ink(seen)[2] > 1.3 * (ink(plain)[3] - ink(plain)[2])
        assert abs(ink(seen)[1] - ink(plain)[1]) < 0.02


def test_arabic_letters_are_joined_and_run_from_right_to_left():
    if missing("سلام"):
        pytest.skip("no font here has Arabic")
    joined, apart = drawn("سلام"), drawn("س\u200cل\u200cا\u200cم")
    assert ink(joined)[3] - ink(joined)[2] < 0.9 * (ink(apart)[3] - ink(apart)[2])
    first, second = drawn("ااا ممم"), drawn("ممم ااا")
    width = WIDE.width // 2
    tall = [int((half != 90).any(axis=(1, 2)).sum()) for half in (first[:, :width], first[:, width:])]
    assert tall[1] > tall[0]  # what is said first, the tall letters, stands on the right
    assert not np.array_equal(first, second)


def test_the_package_of_a_script_without_a_font_is_named(monkeypatch):
    monkeypatch.setattr("photoplay.render.glyphs.system", lambda char: None)
    assert "fonts-noto-cjk)" in missing_notice("昔")
    assert "fonts-noto-core)" in missing_notice("नम")
    (told,) = Burnt([Subtitle(start=0, stop=9, text="昔々")], WIDE).notices()
    assert "fonts-noto-cjk" in told
    assert Burnt([Subtitle(start=0, stop=9, text="Anna")], WIDE).notices() == []


# -- the cut ---------------------------------------------------------------------------------------


def test_only_frames_with_text_are_composed_each_from_there_to_the_next_keyframe():
    clip = Clip(item="a", start=0, frames=60)
    keys = list(range(0, 72, 12))
    assert spans(clip, 0, keys) == [Span(0, 60, True)]
    assert spans(clip, 0, keys, [(5, 20)]) == [Span(0, 5, True), Span(5, 24, False), Span(24, 60, True)]
    assert spans(clip, 0, keys, [(5, 20), (22, 30)]) == [
        Span(0, 5, True), Span(5, 36, False), Span(36, 60, True)
    ]  # fmt: skip
    assert spans(clip, 6, keys, [(40, 50)]) == [Span(0, 40, True), Span(40, 60, False)]
    assert spans(clip, 0, [], [(40, 50)]) == [Span(0, 60, False)]


def text_rows(frame):
    return int(np.abs(frame.astype(int) - 90).max()) > 60


@pytest.mark.parametrize("aside", [False, True])
def test_text_is_seen_on_its_frames_and_on_no_other(stage, aside):
    for name in "ab":
        stage.shot(name, 90, 40, "dissolve" if name == "b" else "cut", 8 if name == "b" else 0)
    said = [Subtitle(start=5, stop=20, text="Anna waits."), Subtitle(start=30, stop=55, text="Bo sings.")]
    if aside:
        laid = Timeline(rate=stage.rate, frames=80, clips=tuple(stage.clips), cues=())
        report = assemble_aside(
            laid, stage.takes, None, None, stage.out, stage.folder / "work", RASTER, burnt=said
        )
    else:
        report = stage.cut(burnt=said)
    assert report.copied_frames > 0
    with open_footage(stage.out) as film:
        assert film.count == 80
        seen = [index for index, frame in enumerate(film.frames(0, 80)) if text_rows(frame)]
    assert seen == [*range(5, 20), *range(30, 55)]


def test_what_is_kept_of_a_cut_is_used_again_only_with_the_same_text(stage):
    stage.shot("a", 90, 40)
    laid = Timeline(rate=stage.rate, frames=40, clips=tuple(stage.clips), cues=())
    pictures = {"a": Media(stage.takes["a"], "0" * 64)}

    def key(*said):
        return _optical_key(laid, 0, pictures, RASTER, said)

    one, two = (Subtitle(start=5, stop=20, text=text) for text in ("Anna", "Berta"))
    assert len({key(), key(one), key(two), key(one.model_copy(update={"stop": 21}))}) == 4
    assert key() == key(Subtitle(start=40, stop=50, text="Later"))


# -- the setting -----------------------------------------------------------------------------------


def test_a_film_is_cut_with_text_in_it_or_without_and_no_picture_is_made_again(tmp_path):
    folder = copy_of_a_film(tmp_path / "film")
    production = opened(folder)
    soft = production.project.out / "film.mp4"
    plain = soft.read_bytes()
    assert film_facts(soft)["subtitles"] == "mov_text"
    assert (production.project.out / "film.ass").read_text(encoding="utf-8").startswith("[Script Info]")

    production.settle(Wishes({"subtitles": "burnt"}, {}, tmp_path).settings(production.film.settings))
    production.render()
    assert pictures_made(production) == []
    assert "subtitles" not in film_facts(soft)
    assert (production.project.out / "film.srt").exists()
    report = json.loads((production.project.out / "report.json").read_text(encoding="utf-8"))
    assert (report["subtitles"], report["subtitle_rules_broken"]) == ("burnt", [])

    again = opened(folder)
    assert again.film.settings.subtitles == "burnt"
    again.settle(Wishes({"subtitles": "off"}, {}, tmp_path).settings(again.film.settings))
    again.render()
    assert pictures_made(again) == []
    assert "subtitles" not in film_facts(soft)
    assert not [n for n in ("film.srt", "film.vtt", "film.ass") if (again.project.out / n).exists()]

    again.settle(Wishes({"subtitles": "soft"}, {}, tmp_path).settings(again.film.settings))
    again.render()
    assert soft.read_bytes() == plain


def test_another_way_is_refused_by_name(tmp_path):
    with pytest.raises(BadInput, match=r"--subtitles.*soft, burnt or off"):
        Wishes({"subtitles": "loud"}, {}, tmp_path).settings(None)


def test_a_film_of_before_reads_and_is_written_as_before():
    assert "subtitles" not in Settings().model_dump()
    assert Settings.model_validate({"width": 640}).subtitles == "soft"
