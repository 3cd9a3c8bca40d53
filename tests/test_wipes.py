"""Wipes: the edge goes evenly over the frame, both shots are seen beside it, and every hand-over keeps it."""

import io
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
from films import slate_film
from reading_films import films
from test_cut_assembly import RASTER, Stage, flat

from photoplay.agent.cutting_room import Media, _optical_key
from photoplay.agent.directing.understood import Talk
from photoplay.agent.interchange.conforming import proposed_cut
from photoplay.agent.production import open_film
from photoplay.agent.reading.reader import EverydayReader
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.compose import composed
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.wiping import SOFT, WipeMask, way
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.edit_types import Join, SetLowerThird
from photoplay.storyboard.edits import apply, apply_all
from photoplay.storyboard.fountain import fountain_of
from photoplay.storyboard.lower_third import LowerThird
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.schema import digest
from photoplay.storyboard.timeline import Clip, timeline
from photoplay.storyboard.vocabulary import Opening, Wipe
from photoplay.studio.export import write_as

BLACK, WHITE = flat((0, 0, 0)), flat((255, 255, 255))


class Held:
    """One frame for ever."""

    count = 1000

    def __init__(self, frame):
        self._frame = frame

    def frame(self, index):
        return self._frame

    def frames(self, start, stop):
        for _ in range(start, stop):
            yield self._frame


def wiped(form, frames=10, under=BLACK, over=WHITE):
    """The frames of a wipe from black to white."""
    clip = Clip(item="a", start=0, frames=40, opens=Opening.wipe, overlap=frames, wipe=form)
    return list(composed(clip, 0, frames, Rate(), Held(over), Held(under), 0))


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


# -- the picture -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Wipe))
@pytest.mark.parametrize("frames", [1, 2, 9, 24])
def test_what_one_shot_shows_going_the_other_shows_coming(form, frames):
    """Frame i of the incoming and frame n-1-i of the outgoing are the same picture, turned round."""
    seen = wiped(form, frames)
    shares = [float(frame.mean()) / 255 for frame in seen]
    assert shares == sorted(shares)
    if form is not Wipe.iris:  # an iris is wide at its end: its two shots are not of one shape
        for one, other in zip(shares, reversed(shares), strict=True):
            assert one + other == pytest.approx(1, abs=0.012)
    if frames == 24:
        assert shares[0] < 0.06
        assert shares[-1] > 0.94
        assert len({round(share, 3) for share in shares}) == 24 or form is Wipe.iris


@pytest.mark.parametrize(
    ("form", "first", "last"),
    [
        (Wipe.right, (36, 4), (36, 123)),
        (Wipe.left, (36, 123), (36, 4)),
        (Wipe.down, (3, 64), (68, 64)),
        (Wipe.up, (68, 64), (3, 64)),
        (Wipe.iris, (36, 64), (2, 2)),
        (Wipe.clock, (10, 80), (10, 48)),
    ],
)
def test_the_edge_goes_the_way_that_is_named(form, first, last):
    middle = wiped(form, 9)[4]
    assert middle[first].min() > 250
    assert middle[last].max() < 5


def test_the_edge_is_soft_and_never_lighter_or_darker_than_both_shots():
    row = wiped(Wipe.right, 9)[4][36, :, 0].astype(int)
    grey = (row > 4) & (row < 251)
    assert 4 <= grey.sum() <= SOFT * RASTER.width + 2
    assert (np.diff(row) <= 0).all()
    same = wiped(Wipe.clock, 9, flat((90, 60, 30)), flat((90, 60, 30)))
    assert all((frame == (90, 60, 30)).all() for frame in same)


def test_every_pixel_lies_on_the_way_and_a_portrait_has_its_own():
    for form in Wipe:
        for size in ((72, 128), (128, 72)):
            along = way(form, *size)
            assert 0 <= along.min() < 0.02
            assert 0.98 < along.max() <= 1
    mask = WipeMask(Wipe.iris)
    assert mask.weights(0.5, BLACK).shape == (72, 128, 1)
    assert mask.weights(0.5, BLACK.transpose(1, 0, 2)).shape == (128, 72, 1)


def test_no_seam_shows_where_a_wipe_meets_copied_frames(stage):
    for name, opens in (("a", "cut"), ("b", "wipe"), ("c", "cut"), ("d", "wipe")):
        stage.shot(name, (176, 92, 61), 40, opens, 10 if opens == "wipe" else 0)
    report = stage.cut()
    assert report.copied_frames > 0
    assert report.composed_frames > 0
    seen = stage.seen()
    assert np.abs(np.diff(seen, axis=0)).max() <= 1
    assert np.abs(seen - (176, 92, 61)).max() <= 2


def test_the_shot_before_goes_on_under_the_wipe(stage):
    stage.take("a", [flat(20 + i) for i in range(42)])
    stage.take("b", [flat(200)] * 42)
    stage.clip("a", 30)
    stage.clip("b", 30, "wipe", 8, "left")
    assert stage.cut().notices == ()
    with open_footage(stage.out) as film:
        left = [int(film.frame(30 + i)[36, 3, 0]) for i in range(4)]
    assert left == pytest.approx([50, 51, 52, 53], abs=2)


def test_a_wipe_without_a_handle_holds_the_last_frame_and_says_so(stage):
    stage.shot("a", (10, 10, 10), 20, handle=3)
    stage.shot("b", (240, 240, 240), 20, "wipe", 8)
    assert stage.cut().notices == (
        "a has no handle for the last 5 frames of the wipe after it: its last frame was held.",
    )


# -- the film --------------------------------------------------------------------------------------


def wiping(film=None, form="left", shot="s02", overlap=12):
    return apply(film or slate_film(shots=6), Join(shot=shot, opens="wipe", overlap=overlap, wipe=form))


def test_the_timeline_carries_the_form_and_old_films_keep_their_digests():
    plain = slate_film(shots=6)
    clip = timeline(wiping(plain)).clips[3]
    assert (clip.opens, clip.overlap, clip.wipe) == ("wipe", 12, "left")
    assert "wipe" not in json.dumps(timeline(plain).model_dump(mode="json"))
    assert digest(apply(wiping(plain), Join(shot="s02", opens="cut", wipe="right"))) == digest(plain)
    assert timeline(wiping(plain, shot="s00").model_copy(update={"opening": None})).clips[0].opens == "cut"


def test_another_form_is_composed_anew_and_an_equal_one_is_not():
    def key(film):
        laid = timeline(film)
        pictures = {clip.item: Media(None, clip.item) for clip in laid.clips}
        return _optical_key(laid, 3, pictures, RASTER, ())

    assert key(wiping()) == key(wiping())
    assert key(wiping(form="up")) != key(wiping())
    assert key(wiping()) != key(apply(slate_film(shots=6), Join(shot="s02", opens="dissolve", overlap=12)))


def test_a_screenplay_says_it():
    assert "\nWIPE TO:\n" in fountain_of(wiping(shot="s03"))


@pytest.mark.parametrize(
    ("words", "shot", "form"),
    [
        ("a wipe into shot 4", "s04", "right"),
        ("wipe to the left into shot 4", "s04", "left"),
        ("open shot 6 with an iris wipe", "s06", "iris"),
        ("a clock wipe between shots 3 and 4", "s04", "clock"),
    ],
)
def test_a_sentence_sets_it(words, shot, form):
    film = films()["a"]
    found = EverydayReader().understand(film, words, Talk(), lambda _: None)
    assert not found.unread
    after = apply_all(film, found.edits)
    assert (after.shot(shot).opens, after.shot(shot).wipe) == ("wipe", form)
    assert after.shot(shot).overlap == 18


@pytest.mark.parametrize(
    ("words", "wiped", "overlap"),
    [
        ("an iris wipe into shot 6 of one second", ["s04", "s06"], 24),
        ("a two second wipe into shot 6", ["s04", "s06"], 48),
        ("no wipe into shot 4", [], 0),
        ("no wipes", [], 0),
        ("replace the wipe into shot 4 by a cut", [], 0),
        ("take out the wipe between shots 3 and 4", [], 0),
    ],
)
def test_a_sentence_about_a_wipe_is_about_the_wipe_alone(words, wiped, overlap):
    """Its length is never a shot's, and a wipe that is not wanted goes."""
    film = apply(films()["a"], Join(shot="s04", opens="wipe", overlap=12))
    found = EverydayReader().understand(film, words, Talk(), lambda _: None)
    assert (found.unread, found.refused, found.question) == ((), (), "")
    assert {edit.op for edit in found.edits} == {"join"}
    after = apply_all(film, found.edits)
    assert [s.id for s in after.shots if s.opens == "wipe"] == wiped
    assert after.shot(wiped[-1]).overlap == overlap if wiped else after.shot("s04").opens == "cut"


def test_wipes_everywhere_and_between_scenes():
    film = films()["a"]

    def wiped(words):
        found = EverydayReader().understand(film, words, Talk(), lambda _: None)
        return [s.id for s in apply_all(film, found.edits).shots if s.opens == "wipe"]

    ids = [s.id for s in film.shots]
    new = [b.id for a, b in pairwise(film.shots) if a.scene != b.scene]
    assert wiped("wipes everywhere") == wiped("a wipe into every shot") == ids[1:]
    assert wiped("wipes between scenes") == new != ids[1:]


# -- other programs --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "film"
    film = slate_film(shots=7, lines=False)
    for number, form in enumerate(Wipe, 1):
        film = wiping(film, form, f"s{number:02}", 8 + number)
    Project.create(folder, film, "told", "test")
    production = open_film(folder, crew=SoloCrew(SlateRenderer()))
    production.render()
    return production


def test_an_edl_names_the_smpte_code_and_the_way_back(made):
    rows = write_as(made, "edl", None)[0].read_text().splitlines()
    codes = [row.split()[3:5] for row in rows if " V     W" in row]
    assert codes == [
        ["W001", "009"], ["W001", "010"], ["W002", "011"], ["W002", "012"], ["W119", "013"], ["W201", "014"],
    ]  # fmt: skip
    assert sum("WIPE REVERSED" in row for row in rows) == 2


def test_otio_brings_every_form_home(made, tmp_path):
    pytest.importorskip("opentimelineio")
    path, _ = write_as(made, "otio", tmp_path / "cut.otio")
    assert proposed_cut(made, path).edits == ()
    cut = json.loads(path.read_text())
    mixes = [c for c in cut["tracks"]["children"][0]["children"] if c["OTIO_SCHEMA"].startswith("Transition")]
    mixes[0]["metadata"]["photoplay"]["wipe"] = "up"
    mixes[1]["metadata"] = {}
    mixes[1]["transition_type"] = "SMPTE_Wipe"
    mixes[2]["metadata"] = {}
    path.write_text(json.dumps(cut))
    after = apply_all(made.film, proposed_cut(made, path).edits)
    joins = {s.id: (s.opens, s.wipe if s.opens == "wipe" else None) for s in after.shots}
    assert joins["s01"] == ("wipe", "up")
    assert joins["s02"] == ("wipe", "left")
    assert joins["s03"][0] == "wipe"


def test_fcp7_names_an_effect_of_its_own(made, tmp_path):
    pytest.importorskip("opentimelineio")
    path, _ = write_as(made, "fcp7xml", tmp_path / "cut.xml")
    root = ET.parse(io.BytesIO(path.read_bytes())).getroot()
    effects = [
        e.findtext("effectid") for e in root.iter("effect") if e.findtext("effecttype") == "transition"
    ]
    assert effects == ["Edge Wipe"] * 4 + ["Oval Iris", "Clock Wipe"]


@pytest.mark.skipif(shutil.which("melt") is None, reason="melt is not installed")
def test_melt_wipes_the_same_way(made, tmp_path):
    path, _ = write_as(made, "mlt", None)
    out = tmp_path / "melted.mp4"
    order = f"avformat:{out} vcodec=libx264 crf=0 preset=ultrafast pix_fmt=yuv420p an=1".split()
    subprocess.run(
        ["melt", "-silent", path.name, "-consumer", *order],
        check=True, timeout=120, capture_output=True, cwd=path.parent,
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
    )  # fmt: skip
    laid = timeline(made.film)
    with open_footage(made.project.folder / "out" / "film.mp4") as ours, open_footage(out) as theirs:
        assert theirs.count == ours.count == laid.frames
        for clip in (c for c in laid.clips if c.overlap and c.wipe is not Wipe.clock):
            at = clip.start + clip.overlap // 2
            one, other = (f.frame(at).astype(float).mean(axis=2) for f in (ours, theirs))
            away = np.abs(one - other) > 25
            assert away.mean() < 0.2, (clip.wipe, away.mean())


def test_what_a_form_has_no_word_for_is_said(made, tmp_path):
    production = open_film(shutil.copytree(made.project.folder, tmp_path / "film"))
    production.edit([SetLowerThird(shot="s01", third=LowerThird(heading="Anna"))])
    told = write_as(production, "edl", tmp_path / "cut.edl")[1]
    assert any(words.endswith("comment: s02, s04.") for words in told)
    assert any("1 lower thirds are not in it" in words for words in told)
    assert not any("reverse" in words for words in write_as(production, "mlt", tmp_path / "cut.mlt")[1])
