"""The cut in other programs' hands, and back: what is exported reads back equal, and a re-cut comes home as edits."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from fractions import Fraction

import numpy as np
import pysubs2
import pytest
from films import slate_film
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from photoplay.agent.directing.carrying_out import carry_out
from photoplay.agent.interchange import conforming
from photoplay.agent.interchange.conforming import proposed_cut
from photoplay.agent.interchange.edited import exact_rate
from photoplay.agent.interchange.reel import reel_of
from photoplay.agent.production import open_film
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.edit_types import Join, Remove, Retake, Rewrite, SetCard, SetLine, Setting
from photoplay.storyboard.edits import apply_all
from photoplay.storyboard.errors import BadInput, UnknownName
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import timeline
from photoplay.studio import export as exporting
from photoplay.studio.command import app
from photoplay.studio.export import formats, write_as
from photoplay.studio.film import Film

FILM_RATE = Rate(num=24000, den=1001)
FPS = 24000 / 1001
EXPECTED = [("opening", 24), *((f"s{n:02}", 60) for n in range(6)), ("ending", 24)]
TRANSITIONS = {"s00": (8, 8), "s02": (0, 12), "s04": (10, 10)}
"""In and out offsets of the fade, the dissolve and the other fade."""


def opened(folder):
    return open_film(folder, crew=SoloCrew(SlateRenderer()))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A film with a dissolve, two fades and two takes of s01, cut."""
    folder = tmp_path_factory.mktemp("made") / "film"
    Project.create(folder, slate_film(shots=6, rate=FILM_RATE), "told", "test")
    production = opened(folder)
    production.edit([
        Join(shot="s00", opens="fade", overlap=8),
        Join(shot="s02", opens="dissolve", overlap=12),
        Join(shot="s04", opens="fade", overlap=10),
        Rewrite(shot="s04", notes="hold this one"),
    ])  # fmt: skip
    production.render()
    production.edit([Retake(shot="s01")])
    production.render()
    return folder


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "a film & 50% more")


def everything_in(folder):
    kept = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith("lock"))
    return {str(p.relative_to(folder)): p.read_bytes() for p in kept}


# -- out: OTIO reads all of it back ------------------------------------------------------------------------


def read_back(path, form):
    otio = pytest.importorskip("opentimelineio")
    adapter = {"fcp7xml": "fcp_xml", "edl": "cmx_3600"}.get(form)
    if adapter and adapter not in otio.adapters.available_adapter_names():
        pytest.skip(f"the adapter {adapter} is not installed")
    rate = {"rate": 24} if form == "edl" else {}
    found = otio.adapters.read_from_file(str(path), adapter_name=adapter, **rate)
    return found if isinstance(found, otio.schema.Timeline) else found[0]


def frames(time):
    return time.value_rescaled_to(time.rate)


@pytest.mark.parametrize("form", ["otio", "otioz", "fcp7xml"])
def test_a_timeline_reads_back_equal_clip_by_clip(folder, form):
    otio = pytest.importorskip("opentimelineio")
    path, told = write_as(opened(folder), form, None)
    assert path.parent == folder / "out"
    assert told[0].startswith("Not in it: ")
    back = read_back(path, form)
    picture, voice, music = back.tracks
    clips = [child for child in picture if isinstance(child, otio.schema.Clip)]
    assert [(c.name, frames(c.source_range.duration)) for c in clips] == EXPECTED
    assert all(frames(c.source_range.start_time) == 0 for c in clips)
    assert all(exact_rate(c.source_range.duration.rate) == Fraction(24000, 1001) for c in clips)
    handles = {c.name: frames(c.media_reference.available_range.duration) for c in clips}
    assert handles["s03"] == 84
    mixes = {}
    for n, child in enumerate(picture):
        if isinstance(child, otio.schema.Transition):
            mixes[picture[n + 1].name] = (frames(child.in_offset), frames(child.out_offset))
    assert mixes == TRANSITIONS
    said = [
        (c.name, frames(c.range_in_parent().start_time)) for c in voice if isinstance(c, otio.schema.Clip)
    ]
    assert said == [(cue.line, cue.start) for cue in timeline(opened(folder).film).cues]
    assert frames(music[0].source_range.duration) == sum(length for _, length in EXPECTED)
    assert [(m.name, frames(m.marked_range.start_time)) for m in back.tracks.markers] == [
        ("one", 24), ("two", 204),
    ]  # fmt: skip
    lines = [m.name for m in clips[5].markers]
    assert sorted(lines) == ["Narrator: Anna looks out to sea.", "hold this one"]
    assert frames(back.global_start_time) == 3600 * 24


def test_otio_keeps_what_made_each_take_and_offers_the_others(folder):
    otio = pytest.importorskip("opentimelineio")
    production = opened(folder)
    path, _ = write_as(production, "otio", None)
    clips = {c.name: c for c in otio.adapters.read_from_file(str(path)).tracks[0].find_clips()}
    for item, (_, key) in production.takes().items():
        kept = clips[item].media_reference.metadata["photoplay"]
        assert (kept["key"], (path.parent / clips[item].media_reference.target_url).resolve()) == (
            key, production.project.store.path(key),
        )  # fmt: skip
    assert clips["s01"].metadata["photoplay"]["words"] == "Anna looks out to sea."
    references = clips["s01"].media_references()
    assert len(references) == 2
    assert {r.metadata["photoplay"]["seed"] for r in references.values()} == {1, 2}
    assert len(clips["s02"].media_references()) == 1


def test_fcp7_says_the_frame_size_and_where_transitions_lie(folder):
    pytest.importorskip("opentimelineio")
    root = ET.parse(write_as(opened(folder), "fcp7xml", None)[0]).getroot()
    said = root.find(".//sequence/media/video/format/samplecharacteristics")
    assert (said.findtext("width"), said.findtext("height")) == ("128", "72")
    mixes = root.findall(".//transitionitem")
    assert [(m.findtext("alignment"), m.findtext("start"), m.findtext("end")) for m in mixes] == [
        ("center", "16", "32"), ("start", "144", "156"), ("center", "254", "274"),
    ]  # fmt: skip
    folders = {p.text for p in root.iter("pathurl")}
    assert folders
    assert all(url.startswith("file:///") for url in folders)


def test_outside_of_the_film_s_folder_media_have_whole_addresses(folder, tmp_path):
    otio = pytest.importorskip("opentimelineio")
    path = Film(opened(folder)).export(str(tmp_path / "cut.otio"))
    clip = otio.adapters.read_from_file(str(path)).tracks[0][0]
    assert clip.media_reference.target_url.startswith("file:///")


def test_a_bundle_holds_every_take_byte_for_byte(folder):
    pytest.importorskip("opentimelineio")
    production = opened(folder)
    path, _ = write_as(production, "otioz", None)
    again, _ = write_as(production, "otioz", folder / "again.otioz")
    assert path.read_bytes() == again.read_bytes()
    reel = reel_of(production)
    media = [m for seen in reel.seen for m in (seen.media, *seen.alternates)]
    with zipfile.ZipFile(path) as bundle:
        for one in media:
            assert bundle.read(f"media/{one.name}") == one.path.read_bytes()


def test_an_edl_reads_back_with_its_dissolve_and_its_fades_by_black(folder):
    otio = pytest.importorskip("opentimelineio")
    path, _ = write_as(opened(folder), "edl", None)
    (track,) = read_back(path, "edl").tracks
    clips = [c for c in track if isinstance(c, otio.schema.Clip)]
    placed = [
        (c.name, frames(c.range_in_parent().start_time), frames(c.source_range.duration)) for c in clips
    ]
    assert placed == [
        ("opening", 0, 16), ("BL", 16, 8), ("s00", 24, 60), ("s01", 84, 60), ("s02", 144, 60), ("s03", 204, 50),
        ("BL", 254, 10), ("s04", 264, 60), ("s05", 324, 60), ("ending", 384, 24),
    ]  # fmt: skip
    mixes = [frames(t.out_offset) for t in track if isinstance(t, otio.schema.Transition)]
    assert mixes == [8, 8, 12, 10, 10]


@pytest.mark.parametrize("rate", [Rate(num=30000, den=1001), Rate(num=60000, den=1001)])
@pytest.mark.parametrize("form", ["edl", "otio", "fcp7xml"])
def test_at_2997_every_frame_is_counted_past_minutes_at_which_others_drop_numbers(tmp_path, rate, form):
    otio = pytest.importorskip("opentimelineio")
    Project.create(tmp_path / "film", slate_film(shots=70, rate=rate), "told", "test")
    path, _ = write_as(opened(tmp_path / "film"), form, tmp_path / f"cut{formats()[form].suffix}")
    fps = float(rate.fps)
    again = otio.adapters.read_from_file(str(path), **({"rate": fps} if form == "edl" else {}))
    (timeline_read,) = [again] if isinstance(again, otio.schema.Timeline) else again
    starts = [clip.range_in_parent().start_time.to_frames() for clip in timeline_read.video_tracks()[0]]
    assert starts == [0, *(24 + 60 * n for n in range(71))]
    assert starts[-1] > 60 * round(fps)  # a minute and more
    assert timeline_read.duration().to_frames() == 24 + 70 * 60 + 24
    if form == "edl":
        text = path.read_text()
        assert "FCM: NON-DROP FRAME" in text
        assert ";" not in text
        (last,) = [row for row in text.splitlines() if "  ending " in row and "NAME" not in row]
        hours, minutes, seconds, rest = map(int, last.split()[-1].split(":"))
        whole = round(fps)
        assert ((hours * 60 + minutes) * 60 + seconds) * whole + rest == 3600 * whole + 24 + 70 * 60 + 24
    if form == "fcp7xml":
        assert "<displayformat>DF" not in path.read_text()


@pytest.mark.parametrize("form", ["otio", "otioz", "fcp7xml", "edl", "mlt"])
def test_that_an_export_of_a_graded_film_is_not_graded_is_said(folder, tmp_path, form):
    production = opened(folder)
    _, plain = write_as(production, form, tmp_path / f"plain{formats()[form].suffix}")
    assert "grade" not in " ".join(plain)
    production.edit([Setting(grade="warm", match=True)])
    _, told = write_as(opened(folder), form, tmp_path / f"cut{formats()[form].suffix}")
    assert any("the grade warm and the matching of shots" in words for words in told)


def test_a_rate_that_timecode_cannot_count_is_refused(tmp_path):
    Project.create(tmp_path / "film", slate_film(shots=2, rate=Rate(num=120)), "told", "test")
    with pytest.raises(BadInput, match="at most 60"):
        write_as(opened(tmp_path / "film"), "edl", None)
    assert not list((tmp_path / "film" / "out").iterdir())


def test_what_is_not_made_yet_is_offline_and_said(tmp_path):
    otio = pytest.importorskip("opentimelineio")
    Project.create(tmp_path / "film", slate_film(shots=2), "told", "test")
    production = opened(tmp_path / "film")
    path, told = write_as(production, "otio", None)
    assert any("no take yet of opening, s00, s01" in line for line in told)
    clips = list(otio.adapters.read_from_file(str(path)).tracks[0].find_clips())
    assert [c.name for c in clips] == ["opening", "s00", "s01", "ending"]
    with pytest.raises(BadInput, match="photoplay render"):
        write_as(production, "mlt", None)


# -- out: the other forms ----------------------------------------------------------------------------------


def test_mlt_plays_every_frame_once(folder):
    path, _ = write_as(opened(folder), "mlt", None)
    root = ET.parse(path).getroot()
    entries = root.findall("./playlist[@id='picture']/entry")
    assert sum(int(e.get("out")) - int(e.get("in")) + 1 for e in entries) == sum(n for _, n in EXPECTED)
    named = [p.text for p in root.findall("./producer/property[@name='resource']")]
    assert all(name == "black" or (path.parent / name).is_file() for name in named)
    profile = root.find("profile")
    assert (profile.get("frame_rate_num"), profile.get("frame_rate_den")) == ("24000", "1001")


@pytest.mark.skipif(shutil.which("melt") is None, reason="melt is not installed")
def test_melt_renders_the_same_film(folder, tmp_path):
    path, _ = write_as(opened(folder), "mlt", None)
    out = tmp_path / "melted.mp4"
    order = f"avformat:{out} vcodec=libx264 crf=0 preset=ultrafast pix_fmt=yuv420p an=1".split()
    subprocess.run(
        ["melt", "-silent", path.name, "-consumer", *order],
        check=True, timeout=120, capture_output=True, cwd=path.parent,  # melt itself reads % and = in its arguments
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
    )  # fmt: skip
    laid = timeline(opened(folder).film)
    mixed = {n for c in laid.clips for n in range(c.start - c.overlap, c.start + c.overlap)}
    with open_footage(folder / "out" / "film.mp4") as ours, open_footage(out) as theirs:
        assert (theirs.count, theirs.rate) == (ours.count, ours.rate) == (laid.frames, FILM_RATE)
        for n in range(0, laid.frames, 7):
            least = 25 if n in mixed else 37
            assert psnr(ours.frame(n), theirs.frame(n)) > least, f"frame {n}"


def psnr(one, other):
    error = np.mean((one.astype(float) - other.astype(float)) ** 2)
    return 99.0 if error == 0 else 10 * np.log10(255**2 / error)


def test_a_shot_list_holds_every_item_and_no_formula(folder):
    production = opened(folder)
    production.edit(
        [SetLine(line="l04", words='=HYPERLINK("http://x")'), Rewrite(shot="s02", sentence="=1+1")]
    )
    path, _ = write_as(production, "csv", None)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [(row["id"], int(row["frames"])) for row in rows] == EXPECTED
    assert rows[3]["what happens"] == "'=1+1"
    assert rows[5]["lines"].startswith("Narrator: =HYPERLINK")
    assert rows[2]["other takes"] == "1"
    assert rows[-1]["starts"] == "00:00:16:00"
    assert all(value.lstrip('"')[:1] not in "=+@" or not value for row in rows for value in row.values())


def test_subtitles_show_markup_as_it_was_written(folder):
    production = opened(folder)
    said = r"{\an8}Look <i>there</i>, C:\New\hope."
    production.edit([SetLine(line="l00", words=said)])
    path, _ = write_as(production, "ass", None)
    (first, *_) = pysubs2.load(str(path))
    shown = first.text.replace("\\N", " ").replace("\u2060", "").replace("\\{", "{").replace("\\}", "}")
    assert shown == said
    assert not [tag for tag in first.text.split("\\") if tag.startswith(("an8", "New", "hope"))]
    for form in ("srt", "vtt"):
        path, _ = write_as(production, form, None)
        assert path.read_bytes()
    assert said in write_as(production, "srt", None)[0].read_text(encoding="utf-8").replace("\n", " ")


def test_a_film_without_words_has_no_subtitles(tmp_path):
    Project.create(tmp_path / "film", slate_film(shots=2, lines=False), "told", "test")
    with pytest.raises(BadInput, match="Nobody says"):
        write_as(opened(tmp_path / "film"), "srt", None)


def test_final_draft_holds_every_word_in_its_order(folder):
    production = opened(folder)
    path, _ = write_as(production, "fdx", None)
    paragraphs = ET.parse(path).getroot().findall("./Content/Paragraph")
    kinds = [(p.get("Type"), p.findtext("Text")) for p in paragraphs]
    told = [words for kind, words in kinds if kind in ("Action", "Dialogue")]
    words = []
    for shot in production.film.shots:
        words += shot.event.sentence.split() + [w for line in shot.lines for w in line.words.split()]
    assert " ".join(told).split() == [*words, "The", "end"]
    assert ("Scene Heading", "EXT. THE SHORE - MORNING") in kinds


@pytest.mark.parametrize("form", sorted(set(formats()) - {"pdf"}))
def test_an_export_writes_the_asked_file_and_nothing_else(folder, tmp_path, form):
    if form in ("otio", "otioz", "fcp7xml"):
        pytest.importorskip("opentimelineio")
    before = everything_in(folder)
    out = tmp_path / f"cut{formats()[form].suffix}"
    out.write_text("what stood here before")
    path, told = write_as(opened(folder), None, out)
    assert path.read_bytes() != b"what stood here before"
    assert told
    assert everything_in(folder) == before
    assert {p.name for p in tmp_path.iterdir()} == {folder.name, out.name}


@pytest.mark.parametrize("inside", [True, False])
def test_a_write_that_fails_leaves_the_file_before(folder, tmp_path, monkeypatch, inside):
    path, _ = write_as(opened(folder), "csv", None if inside else tmp_path / "shots.csv")
    before = path.read_bytes()

    def full(film):
        raise OSError(28, "No space left on device")

    form = exporting.Format(".csv", exporting._words(full), "")
    monkeypatch.setattr(exporting, "formats", lambda: {"csv": form})
    with pytest.raises(Exception, match="disk is full"):
        write_as(opened(folder), "csv", None if inside else path)
    assert path.read_bytes() == before
    assert not [p for p in path.parent.iterdir() if p.name.endswith(".part")]


def test_the_sheet_is_the_pdf(folder):
    path, _ = write_as(opened(folder), "pdf", None)
    assert path.read_bytes().startswith(b"%PDF")


def test_without_its_package_the_extra_is_named(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "opentimelineio", None)
    with pytest.raises(BadInput, match=r"photoplay\[interchange\]"):
        write_as(opened(folder), "otio", None)
    assert write_as(opened(folder), "edl", None)[0].is_file()


def test_the_suffix_says_the_form(folder, tmp_path):
    film = Film(opened(folder))
    assert film.export(str(tmp_path / "list.csv")).read_bytes().startswith(b"\xef\xbb\xbfnumber")
    with pytest.raises(UnknownName, match="otio"):
        film.export(str(tmp_path / "cut.docx"))
    with pytest.raises(UnknownName):
        film.export("aaf")
    done = CliRunner().invoke(app, ["export", str(folder), "--out", str(tmp_path / "cut.edl")])
    assert done.exit_code == 0
    assert "Not in it: sound" in done.output


# -- in: a re-cut comes home -------------------------------------------------------------------------------


def exported(folder, form="otio"):
    pytest.importorskip("opentimelineio")
    return write_as(opened(folder), form, None)[0]


def recut(folder, change, name="edited.otio"):
    """The film's own export as plain data, changed by an editor."""
    found = json.loads(exported(folder).read_text(encoding="utf-8"))
    track = found["tracks"]["children"][0]
    track["children"] = change(track["children"])
    path = folder.parent / name
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def named(children, name):
    return next(c for c in children if c["name"] == name)


def without(children, *names):
    """Without these clips, and the transitions before them."""
    kept = []
    for child in children:
        if child["name"] in names:
            while kept and kept[-1]["OTIO_SCHEMA"].startswith("Transition"):
                kept.pop()
        else:
            kept.append(child)
    return kept


def long(clip, frames, start=0):
    clip["source_range"]["duration"]["value"] = float(frames)
    clip["source_range"]["start_time"]["value"] = float(start)


@pytest.mark.parametrize("form", ["otio", "otioz"])
def test_the_film_s_own_export_changes_nothing(folder, form):
    turn = proposed_cut(opened(folder), exported(folder, form))
    assert turn.kind == "answer"
    assert "cut like that already" in turn.words


def test_order_lengths_and_removed_shots_come_back_and_no_picture_is_made_again(folder):
    def change(children):
        moved = named(children, "s05")
        kept = without(children, "s05", "s03")
        kept.insert(kept.index(named(kept, "s01")), moved)
        long(named(kept, "s01"), 40)
        long(named(kept, "s02"), 70)
        return kept

    path = recut(folder, change)
    production = opened(folder)
    before, keys = production.film, set(production.project.store.keys())
    turn = proposed_cut(production, path)
    assert turn.kind == "proposal"
    assert production.film == before
    assert turn.difference.again == ()
    assert turn.difference.gone == ("s03",)
    carry_out(production, turn, "conformed")
    assert [(s.id, s.frames) for s in production.film.shots] == [
        ("s00", 60), ("s05", 60), ("s01", 40), ("s02", 70), ("s04", 60),
    ]  # fmt: skip
    pictures = {
        k for k in set(production.project.store.keys()) - keys if production.project.store.record(k).frames
    }
    assert not pictures
    with open_footage(production.film_path) as film:
        assert film.count == timeline(production.film).frames == 24 + 290 + 24
    production.undo()
    assert [(s.id, s.frames) for s in production.film.shots] == [(s.id, s.frames) for s in before.shots]


def test_a_shot_longer_than_its_take_is_made_again_and_that_is_said(folder):
    def change(children):
        long(named(children, "s02"), 200)
        return children

    turn = proposed_cut(opened(folder), recut(folder, change))
    assert "s02" in turn.difference.again
    assert "Longer than its take, so made again: s02 (84 frames)" in turn.words


def test_another_take_that_the_editor_chose_is_used(folder):
    def change(children):
        clip = named(children, "s01")
        (other,) = (name for name in clip["media_references"] if name != "DEFAULT_MEDIA")
        clip["active_media_reference_key"] = other
        return children

    production = opened(folder)
    turn = proposed_cut(production, recut(folder, change))
    carry_out(production, turn, "conformed")
    record = production.project.store.record(production.takes()["s01"][1])
    assert record.request["seed"] == 1
    assert production.takes()["s01"][0] == "current"


def test_dissolves_come_go_and_change(folder):
    def change(children):
        children = [c for c in children if c["name"] != "dissolve"]
        mix = {
            "OTIO_SCHEMA": "Transition.1", "name": "x", "transition_type": "SMPTE_Dissolve", "metadata": {},
            "in_offset": {"OTIO_SCHEMA": "RationalTime.1", "rate": FPS, "value": 5.0},
            "out_offset": {"OTIO_SCHEMA": "RationalTime.1", "rate": FPS, "value": 5.0},
        }  # fmt: skip
        children.insert(children.index(named(children, "s05")), mix)
        return children

    production = opened(folder)
    after = apply_all(production.film, proposed_cut(production, recut(folder, change)).edits)
    clips = {c.item: (c.opens.value, c.overlap) for c in timeline(after).clips}
    assert clips["s02"] == ("cut", 0)
    assert clips["s05"] == ("dissolve", 10)
    assert clips["s04"] == ("fade", 10)


def test_what_a_film_cannot_hold_is_said_and_left_out(folder):
    stranger = {
        "OTIO_SCHEMA": "Clip.2", "name": "stock [red]footage[/red]", "metadata": {},
        "source_range": {
            "OTIO_SCHEMA": "TimeRange.1",
            "start_time": {"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": 0},
            "duration": {"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": 24},
        },
        "media_references": {"DEFAULT_MEDIA": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": "file:///etc/x"}},
    }  # fmt: skip

    def change(children):
        long(named(children, "s01"), 50, start=6)
        named(children, "s02")["effects"] = [
            {"OTIO_SCHEMA": "LinearTimeWarp.1", "effect_name": "LinearTimeWarp"}
        ]
        named(children, "s03")["enabled"] = False
        long(named(children, "s04"), 9)
        gap = {"OTIO_SCHEMA": "Gap.1", "name": "", "source_range": stranger["source_range"]}
        return [
            *children,
            gap,
            stranger,
            named(children, "s00"),
            {"OTIO_SCHEMA": "Stack.1", "name": "nest", "children": []},
        ]

    words = proposed_cut(opened(folder), recut(folder, change)).words
    assert "not of this film: 'stock [red]footage[/red]'" in words
    assert "from frame 6 of its take on" in words
    assert "Left out: LinearTimeWarp on s02" in words
    assert "Switched off in the edit, so taken out: s03" in words
    assert "s04: 9 frames in the edit; it keeps" in words
    assert "1 gaps" in words
    assert "first is used: s00" in words
    assert "Stack" in words
    assert "lines go with their shots" in words


def test_a_length_that_was_asked_for_gives_way_to_the_cut(tmp_path):
    pytest.importorskip("opentimelineio")
    film = slate_film(shots=4, lines=False)
    brief = film.brief.model_copy(update={"seconds": 12, "shots": 4})
    Project.create(tmp_path / "film", film.model_copy(update={"brief": brief}), "told", "test")
    turn = proposed_cut(opened(tmp_path / "film"), recut(tmp_path / "film", lambda c: without(c, "s02")))
    assert turn.kind == "proposal"
    assert not turn.loosened
    after = apply_all(opened(tmp_path / "film").film, turn.edits)
    assert (after.brief.seconds, after.brief.shots) == (None, 3)
    assert "the cut sets the length" in turn.words


def test_without_our_metadata_takes_and_names_tell_the_shots(folder):
    def bare(thing):
        if isinstance(thing, dict):
            return {k: ({} if k == "metadata" else bare(v)) for k, v in thing.items()}
        return [bare(one) for one in thing] if isinstance(thing, list) else thing

    def change(children):
        for child in children:
            if child["name"] in ("s01", "s02"):
                child["name"] = "Subclip 7"  # its media still say which
            elif child["name"] == "s04":
                child["media_references"]["DEFAULT_MEDIA"]["target_url"] = "/elsewhere/renamed.mp4"
        return bare(without(children, "s05"))

    turn = proposed_cut(opened(folder), recut(folder, change))
    assert Remove(shot="s05") in turn.edits
    assert sum(edit.op == "remove" for edit in turn.edits) == 1


def test_cards_can_be_cut_but_not_moved(folder):
    def change(children):
        kept = without(children, "opening", "ending")
        return [named(children, "ending"), *kept]

    turn = proposed_cut(opened(folder), recut(folder, change))
    assert SetCard(where="opening", card=None) in turn.edits
    assert "the end card last" in turn.words


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(9)), st.sets(st.integers(0, 8), max_size=6))
def test_any_order_is_reached_by_the_fewest_moves(order, gone):
    film = slate_film(shots=9)
    wanted = [f"s{n:02}" for n in order if n not in gone]
    reading = conforming._Reading(film)
    shown = ["opening", *wanted, "ending"]
    conforming._remove(reading, shown)
    conforming._order(reading, wanted, shown)
    after = apply_all(film, reading.edits)
    assert [shot.id for shot in after.shots] == wanted
    assert reading.notices == []
    moves = sum(edit.op == "move" for edit in reading.edits)
    assert moves == len(wanted) - longest_rise([n for n in order if n not in gone])


def longest_rise(numbers):
    best = []
    for n, number in enumerate(numbers):
        best.append(1 + max((best[m] for m in range(n) if numbers[m] < number), default=0))
    return max(best, default=0)


# -- in: hostile files -------------------------------------------------------------------------------------

CLIP = '{"OTIO_SCHEMA": "Clip.2", "name": "s01", "source_range": %s, "media_references": {}}'
RANGE = '{"start_time": {"value": %s, "rate": %s}, "duration": {"value": %s, "rate": %s}}'


def timeline_with(child):
    tracks = '{"OTIO_SCHEMA": "Track.1", "kind": "Video", "name": "V", "children": [' + child + "]}"
    return '{"OTIO_SCHEMA": "Timeline.1", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": [' + tracks + "]}}"


def bundle(name, data, compress=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compress) as file:
        file.writestr(name, data)
    return made.getvalue()


HOSTILE = {
    "empty.otio": b"",
    "text.otio": b"TITLE: an EDL",
    "bytes.otio": bytes(range(256)),
    "list.otio": b"[1, 2]",
    "another-schema.otio": b'{"OTIO_SCHEMA": "Clip.2", "name": "s01"}',
    "no-stack.otio": b'{"OTIO_SCHEMA": "Timeline.1", "tracks": 7}',
    "deep.otio": b'{"tracks":' * 200_000,
    "deep-list.otio": b"[" * 500_000,
    "digits.otio": timeline_with(CLIP % (RANGE % ("9" * 5000, 24, 3, 24))).encode(),
    "nan.otio": timeline_with(CLIP % (RANGE % ("NaN", 24, 3, 24))).encode(),
    "endless.otio": timeline_with(CLIP % (RANGE % (0, 24, "1e400", 24))).encode(),
    "no-rate.otio": timeline_with(CLIP % (RANGE % (0, 24, 3, 0))).encode(),
    "backwards.otio": timeline_with(CLIP % (RANGE % (0, 24, -3, 24))).encode(),
    "an-age.otio": timeline_with(CLIP % (RANGE % (0, 24, 9_000_000, 24))).encode(),
    "no-length.otio": timeline_with('{"OTIO_SCHEMA": "Clip.2", "name": "s01"}').encode(),
    "words-for-numbers.otio": timeline_with(CLIP % (RANGE % ('"../.."', 24, 3, 24))).encode(),
    "children.otio": timeline_with('{"OTIO_SCHEMA": "Clip.2"}, 7').encode(),
    "many.otio": timeline_with(", ".join([CLIP % (RANGE % (0, 24, 3, 24))] * 20_001)).encode(),
    "stranger.otio": timeline_with((CLIP % (RANGE % (0, 24, 3, 24))).replace("s01", "../../s99")).encode(),
    "torn.otioz": b"PK\x03\x04 torn",
    "empty.otioz": bundle("version.txt", "1.0.0"),
    "bomb.otioz": bundle("content.otio", b" " * 80_000_000),
    "elsewhere.otioz": bundle("../content.otio", "{}"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_error_and_changes_nothing(folder, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    before = everything_in(folder)
    with pytest.raises(BadInput) as caught:
        proposed_cut(opened(folder), path)
    assert name in str(caught.value)
    assert len(str(caught.value)) < 400
    assert everything_in(folder) == before


def test_a_file_larger_than_any_edit_is_not_read(folder, tmp_path):
    path = tmp_path / "huge.otio"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(BadInput, match="64 MB"):
        proposed_cut(opened(folder), path)
    with pytest.raises(BadInput, match="not a file"):
        proposed_cut(opened(folder), tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        proposed_cut(opened(folder), tmp_path / "missing.otio")


HEARD = []
LISTENING = [False]


def listen(event, arguments):
    if LISTENING[0] and event in ("open", "socket.connect", "socket.getaddrinfo", "os.listdir"):
        HEARD.append(str(arguments[0]))


def test_addresses_in_an_edit_are_never_opened(folder, tmp_path):
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(b"secret")
    addresses = iter([
        secret.as_uri(), str(secret), "../secret.mp4", "http://127.0.0.1:9/x.mp4", "concat:/etc/passwd|/etc/x",
        "\\\\host\\share\\x.mp4",
    ])  # fmt: skip

    def change(children):
        for child in children:
            if child["name"].startswith("s0"):
                child["media_references"]["DEFAULT_MEDIA"]["target_url"] = next(addresses)
        return without(children, "s05")

    path = recut(folder, change)
    sys.addaudithook(listen)
    LISTENING[0] = True
    try:
        turn = proposed_cut(opened(folder), path)
    finally:
        LISTENING[0] = False
    assert turn.kind == "proposal"
    assert str(path) in HEARD
    assert not [heard for heard in HEARD if "secret" in heard or "passwd" in heard or "127.0.0.1" in heard]


# -- the command -------------------------------------------------------------------------------------------


def test_conform_shows_what_it_means_and_does_it_on_yes(folder):
    path = recut(folder, lambda children: without(children, "s03"))
    shown = CliRunner().invoke(app, ["conform", str(folder), str(path)])
    assert "is taken out" in shown.output
    assert "--yes does it" in shown.output
    assert len(opened(folder).film.shots) == 6
    done = CliRunner().invoke(app, ["conform", str(folder), str(path), "--yes", "--no-render", "--json"])
    found = json.loads(done.output.splitlines()[-1])
    assert (found["applied"], found["gone"]) == (True, ["s03"])
    assert len(opened(folder).film.shots) == 5
    assert opened(folder).project.history()[-1].words == "conformed to the edit edited.otio"
