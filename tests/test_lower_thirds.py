"""Lower thirds: whose name stands over which frames, where in the frame, and that it can be read there."""

import json
from itertools import pairwise

import numpy as np
import pytest
from films import slate_film
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_films import films
from test_cut_assembly import RASTER, Stage
from tiny_films import copy_of_a_film, opened, pictures_made

from photoplay.agent.cutting_room import Media, _optical_key
from photoplay.agent.directing.understood import Talk
from photoplay.agent.reading.reader import EverydayReader
from photoplay.render.cut.aside import assemble_aside
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.thirds import MARGIN, Thirds, is_rtl, shown_at
from photoplay.render.glyphs import missing
from photoplay.render.requests import Raster
from photoplay.storyboard.edit_types import Join, Retime, SetCamera, SetLowerThird, Setting
from photoplay.storyboard.edits import apply, apply_all, describe
from photoplay.storyboard.film import CastMember
from photoplay.storyboard.lower_third import LowerThird, Third
from photoplay.storyboard.schema import digest
from photoplay.storyboard.timeline import Clip, Timeline, timeline
from photoplay.storyboard.vocabulary import Facing, Mood, ShotSize, Style
from photoplay.studio.settings import Wishes

WIDE, TALL = Raster(width=640, height=360), Raster(width=360, height=640)
LONG = ("Dr. Wilhelmina Featherstonehaugh-Cholmondeley the Third of Upper Saxony", "Professor emerita " * 6)


def third(heading="Anna", body="Keeper", start=0, frames=60, style=Style.cut_paper, mood=Mood.hopeful):
    return Third(start=start, frames=frames, heading=heading, body=body[:120], style=style, mood=mood)


def drawn(over, raster=WIDE, index=30, grey=90):
    frame = np.full((raster.height, raster.width, 3), grey, np.uint8)
    return Thirds([over], raster).over(frame, index)


def ink(frame, grey=90):
    """(top, bottom, left, right) of what is drawn, as shares of the frame."""
    rows, columns = np.nonzero((np.abs(frame.astype(int) - grey) > 40).any(axis=2))
    height, width = frame.shape[:2]
    return rows.min() / height, rows.max() / height, columns.min() / width, columns.max() / width


# -- the drawing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("raster", [WIDE, TALL, Raster(width=860, height=360)])
@pytest.mark.parametrize("words", [("Anna", ""), LONG])
def test_it_stands_inside_the_margins_above_where_subtitles_are_burnt(style, raster, words):
    for grey in (90, 240):
        top, bottom, left, right = ink(drawn(third(*words, style=style), raster, grey=grey), grey)
        assert 0.48 < top < bottom < 0.81
        assert MARGIN - 0.012 <= left < right <= 1 - MARGIN + 0.012
        assert left < 0.1


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("mood", [Mood.hopeful, Mood.tense, Mood.eerie])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_letters_stand_out_from_what_is_behind_them(style, mood, grey):
    """Over black, grey and white the letters differ from their strip by 4.5 to 1, as WCAG asks."""
    frame = drawn(third("MMMM", "MMMM", style=style, mood=mood), grey=grey)
    plain = drawn(third(".", ".", style=style, mood=mood), grey=grey)
    strip = np.median(plain[260:285, 50:60].reshape(-1, 3), axis=0)
    area = frame[240:286, 45:100].reshape(-1, 3)
    far = max(area, key=lambda pixel: abs(lightness(pixel) - lightness(strip)))
    one, other = sorted((lightness(far) + 0.05, lightness(strip) + 0.05))
    assert other / one > 4.5


def lightness(pixel):
    linear = np.where(pixel / 255 <= 0.04045, pixel / 255 / 12.92, ((pixel / 255 + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def test_right_to_left_stands_on_the_right():
    assert [is_rtl(words) for words in ("Anna", "ليلى", "7 שלום", "123", "Anna שלום")] == [
        False, True, True, False, False,
    ]  # fmt: skip
    if missing("ليلى"):
        pytest.skip("no font here has Arabic")
    _, _, left, right = ink(drawn(third("ليلى", "حارسة المنارة")))
    assert left > 0.6
    assert 0.93 < right <= 1 - MARGIN + 0.012


def test_markup_is_drawn_as_it_is_written():
    plain = ink(drawn(third("Hello", "")))
    for text in (r"{\an8}Hello", "<i>Hello</i>", "[red]Hello[/red]"):
        assert ink(drawn(third(text, "")))[3] > 1.2 * plain[3]


@given(st.integers(1, 200))
def test_it_comes_and_goes_alike(frames):
    seen = [shown_at(n, frames) for n in range(frames)]
    assert all(0 < one <= 1 for one in seen)
    assert seen == pytest.approx(seen[::-1])
    top = seen.index(max(seen))
    assert seen[: top + 1] == sorted(seen[: top + 1])
    assert max(seen) == 1 or frames < 9


def test_it_changes_by_little_from_frame_to_frame():
    shown = Thirds([third(frames=60)], WIDE)
    frames = [shown.over(np.full((360, 640, 3), 90, np.uint8), n).astype(int) for n in range(-1, 61)]
    steps = [np.abs(a - b).mean() for a, b in pairwise(frames)]
    assert max(steps) < 2.5 * sorted(steps[1:10])[5]
    assert np.array_equal(frames[0], frames[-1])
    assert np.array_equal(frames[25], frames[35])


# -- the cut ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("aside", [False, True])
def test_a_name_is_seen_on_its_frames_and_the_rest_is_copied(tmp_path, aside):
    stage = Stage(tmp_path)
    for name in "ab":
        stage.shot(name, 90, 60, "dissolve" if name == "b" else "cut", 8 if name == "b" else 0)
    names = (third("M", "", 20, 24), third("W", "", 75, 20))
    laid = Timeline(rate=stage.rate, frames=120, clips=tuple(stage.clips), cues=(), thirds=names)
    cut = assemble_aside if aside else __import__("photoplay.render.cut.assemble", fromlist=["x"]).assemble
    report = cut(laid, stage.takes, None, None, stage.out, stage.folder / "work", RASTER)
    assert report.copied_frames >= 24
    with open_footage(stage.out) as film:
        frames = [frame.astype(int) for frame in film.frames(0, 120)]
    marked = [n for n, frame in enumerate(frames) if np.abs(frame - 90).max() > 12]
    assert set(range(22, 42)) | set(range(77, 93)) <= set(marked)
    assert set(marked) <= set(range(20, 44)) | set(range(75, 95))
    corner = np.array([frame[3, 120] for frame in frames])
    assert np.abs(np.diff(corner, axis=0)).max() <= 1, "no seam shows beside the name"


def test_what_is_kept_of_a_cut_is_used_again_only_with_the_same_name():
    laid = Timeline(rate=slate_film().settings.rate, frames=80, clips=(
        Clip(item="a", start=0, frames=40), Clip(item="b", start=40, frames=40),
    ), cues=())  # fmt: skip
    pictures = {name: Media(None, name) for name in "ab"}

    def keys(*names):
        with_names = laid.model_copy(update={"thirds": names})
        return [_optical_key(with_names, number, pictures, RASTER, ()) for number in (0, 1)]

    plain, one = keys(), keys(third(start=5, frames=20))
    assert one[0] != plain[0]
    assert one[1] == plain[1]
    assert keys(third("Bo", start=5, frames=20))[0] != one[0]
    assert keys(third(start=5, frames=20, style=Style.ink))[0] != one[0]


# -- the film --------------------------------------------------------------------------------------


def introduced(film, **more):
    film = apply(film, Setting(lower_thirds=True, **more))
    return [(t.heading, t.start, t.frames) for t in timeline(film).thirds]


def test_nobody_is_introduced_unasked_and_an_old_film_keeps_its_digest():
    film = slate_film()
    assert timeline(film).thirds == ()
    assert "thirds" not in json.dumps(timeline(film).model_dump(mode="json"))
    assert "lower_third" not in json.dumps(film.model_dump(mode="json"))
    set_ = apply(film, SetLowerThird(shot="s01", third=LowerThird(heading="Bo")))
    assert digest(apply(set_, SetLowerThird(shot="s01"))) == digest(film)


def test_everybody_is_introduced_once_where_seen_first():
    film = slate_film(shots=6)
    assert introduced(film) == [("Anna", 24 + 12, 42), ("Bo", 84 + 12, 42)]
    far = apply(film, SetCamera(shot="s01", size=ShotSize.extreme_wide))
    assert [name for name, *_ in introduced(far)] == ["Anna"], "Bo is nowhere else"
    short = apply(film, Retime(frames={"s00": 40}))
    assert introduced(short)[0] == ("Bo", 24 + 40 + 12, 42), "26 frames are too few to read a name in"
    assert introduced(short)[1][0] == "Anna"
    eased = [Join(shot="s00", opens="fade", overlap=4), Join(shot="s01", opens="fade", overlap=0)]
    assert introduced(apply_all(film, eased))[0] == ("Anna", 24 + 4 + 12, 38), "after the fade"


def test_a_person_s_own_words_stand_instead():
    film = apply(
        slate_film(),
        SetLowerThird(shot="s00", third=LowerThird(heading="Anna", body="of the sea", frames=30)),
    )
    names = introduced(film)
    assert names[0] == ("Anna", 24 + 12, 30)
    assert [name for name, *_ in names].count("Anna") == 1
    assert describe(film, SetLowerThird(shot="s00")) == "shot s00: no lower third"


@given(st.lists(st.integers(20, 300), min_size=2, max_size=8), st.integers(0, 400), st.integers(1, 500))
@settings(deadline=None)
def test_a_name_is_over_its_own_shot_and_no_two_meet(lengths, start, frames):
    film = slate_film(shots=len(lengths), lines=False)
    film = apply(film, Retime(frames={shot.id: n for shot, n in zip(film.shots, lengths, strict=True)}))
    own = SetLowerThird(shot="s01", third=LowerThird(heading="X", start=start, frames=frames))
    laid = timeline(apply_all(film, [Setting(lower_thirds=True), own]))
    stop = 0
    for one in laid.thirds:
        clip = next(c for c in reversed(laid.clips) if c.start <= one.start)
        assert one.start + one.frames <= clip.start + clip.frames
        assert not clip.is_card
        assert one.start >= stop
        stop = one.start + one.frames


@pytest.mark.parametrize(
    ("words", "shot", "third"),
    [
        ('a lower third "Anna" "Keeper of the light" in shot 3', "s03", ("Anna", "Keeper of the light")),
        ("a lower third for the keeper in shot 3", "s03", ("The keeper", "Lighthouse keeper")),
        ("add lower thirds", None, None),
        ("introduce everybody by name", None, None),
    ],
)
def test_a_sentence_sets_it(words, shot, third):
    film = films()["a"]
    found = EverydayReader().understand(film, words, Talk(), lambda _: None)
    assert not found.unread
    after = apply_all(film, found.edits)
    assert after.settings.lower_thirds == (shot is None)
    if shot is not None:
        there = after.shot(shot).lower_third
        assert (there.heading, there.body) == third
    gone = EverydayReader().understand(after, "no lower thirds", Talk(), lambda _: None)
    assert apply_all(after, gone.edits) == film


@pytest.mark.parametrize(
    ("words", "says"),
    [(f'"{"x" * 200}"', "120 characters"), (f'"Anna" "{"y" * 130}"', "120"), ('"A" "B" "C"', "and a role")],
)
def test_more_words_than_a_lower_third_holds_are_refused(words, says):
    found = EverydayReader().understand(
        films()["a"], f"a lower third {words} in shot 3", Talk(), lambda _: None
    )
    assert not found.edits
    assert says in found.refused[0]


def test_a_name_may_be_set_over_several_shots():
    film = films()["a"]
    found = EverydayReader().understand(film, 'a lower third "Anna" in shots 2 and 3', Talk(), lambda _: None)
    named = [s.id for s in apply_all(film, found.edits).shots if s.lower_third]
    assert named == ["s02", "s03"]


def test_a_film_is_cut_with_names_and_without_and_no_picture_is_made_again(tmp_path):
    production = opened(copy_of_a_film(tmp_path / "film"))
    path = production.project.out / "film.mp4"
    plain = path.read_bytes()
    production.settle(Wishes({"lower_thirds": "on"}, {}, tmp_path).settings(production.film.settings))
    production.render()
    assert timeline(production.film).thirds
    assert pictures_made(production) == []
    assert path.read_bytes() != plain
    production.settle(Wishes({"lower_thirds": "off"}, {}, tmp_path).settings(production.film.settings))
    production.render()
    assert path.read_bytes() == plain


def test_a_name_that_cannot_be_seen_and_words_without_room_are_told(tmp_path):
    production = opened(copy_of_a_film(tmp_path / "film"))
    first, second = (shot.id for shot in production.film.shots[:2])
    long = LowerThird(heading="Anna", body="a role " * 17, start=0)
    production.edit([
        SetLowerThird(shot=first, third=LowerThird(heading="Anna", start=5000)),
        SetLowerThird(shot=second, third=long),
    ])  # fmt: skip
    production.render()
    told = production.delivered.notices
    assert any(first in words and "5000 frames into the shot" in words for words in told)
    assert any("more text than fits" in words for words in told)
    production.edit(
        [
            SetLowerThird(shot=first),
            SetLowerThird(shot=second, third=long.model_copy(update={"body": "Keeper"})),
        ]
    )
    production.render()
    assert not any("lower third" in words for words in production.delivered.notices)


def test_beside_others_a_name_stands_on_the_side_of_its_bearer():
    def sides(side, *others, facing=Facing.camera):
        film = slate_film(shots=2, lines=False)
        one = film.shots[0].cast[0].model_copy(update={"side": side, "facing": facing})
        shots = tuple(s.model_copy(update={"cast": (one, *others)}) for s in film.shots)
        film = apply(film.model_copy(update={"shots": shots}), Setting(lower_thirds=True))
        return {t.heading: t.right for t in timeline(film).thirds}

    bo = CastMember(entity="bo", side="left")
    assert sides("right", bo) == {"Anna": True, "Bo": False}
    assert sides("left", bo) == {"Anna": False, "Bo": False}
    assert sides("right") == {"Anna": False}, "alone, it stands where nobody does"
    assert sides("left") == {"Anna": True}
    assert sides("centre", facing=Facing.left) == {"Anna": True}, "behind the back, clear of the hands"
    assert sides("centre", facing=Facing.right) == {"Anna": False}
    _, _, left, right = ink(drawn(third().model_copy(update={"right": True})))
    assert left > 0.6
    assert right <= 1 - MARGIN + 0.012
