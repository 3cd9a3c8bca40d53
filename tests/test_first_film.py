"""The first film a newcomer makes, small: written, spoken, drawn, scored and cut by what is built in."""

import json
import time
from itertools import pairwise

import av
import numpy as np
import pytest

import photoplay
from photoplay.render.cut.facts import film_facts
from photoplay.render.cut.footage import open_footage
from photoplay.storyboard.film import Settings
from photoplay.storyboard.picture import picture
from photoplay.storyboard.timeline import heard_frames, timeline

SENTENCES = ("Anna lights the lamp at night.", "She sees a small whale.", "Anna waves to the whale.")
STORY = " ".join(SENTENCES)
SECONDS = 14
HZ = 48_000
SMALL = Settings(width=320, height=180)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A story of three sentences, told in its own words even in a film this short."""
    folder = tmp_path_factory.mktemp("films") / "first"
    return photoplay.make(STORY, out=folder, seconds=SECONDS, settings=SMALL)


@pytest.fixture(scope="module")
def report(made):
    return json.loads((made.project.out / "report.json").read_text(encoding="utf-8"))


def test_it_has_the_length_and_the_size_that_were_asked_for_and_plays_anywhere(made):
    facts = film_facts(made.film_path)
    assert facts["frames"] == SECONDS * 24 == timeline(made.film).frames
    assert (facts["width"], facts["height"], facts["rate"]) == (320, 180, 24)
    assert (facts["video"], facts["pix_fmt"], facts["audio"]) == ("h264", "yuv420p", "aac")
    assert facts["subtitles"] == "mov_text"
    assert facts["faststart"]
    assert abs(facts["sound_seconds"] - facts["seconds"]) < 0.05


def test_the_picture_is_never_blank_in_the_midst_of_a_shot_or_card(made):
    with open_footage(made.film_path) as footage:
        for clip in timeline(made.film).clips:
            for share in (0.35, 0.5, 0.65):
                frame = footage.frame(clip.start + int(clip.frames * share)).astype(float)
                assert frame.std() > 8, (clip.item, share)
                assert 10 < frame.mean() < 246, (clip.item, share)


def test_shots_look_different_from_each_other(made):
    shots = {s.id for s in made.film.shots}
    with open_footage(made.film_path) as footage:
        frames = [
            footage.frame(c.start + c.frames // 2).astype(float)
            for c in timeline(made.film).clips
            if c.item in shots
        ]
    assert len(frames) >= 2
    for one, other in pairwise(frames):
        assert np.abs(one - other).mean() > 4


def test_every_sentence_is_spoken_inside_its_shot(made):
    assert tuple(line.words for shot in made.film.shots for line in shot.lines) == SENTENCES
    assert all(heard_frames(made.film, shot) <= shot.frames for shot in made.film.shots)


def test_every_line_can_be_heard_in_the_film_where_the_timeline_says(made, report):
    assert abs(report["loudness_lufs"] + 16) < 0.6
    film = heard(made.film_path)
    plan = made.plan()
    spoken = {n.item: n.key for n in plan.nodes if n.id.startswith("line-")}
    for cue in timeline(made.film).cues:
        line = heard(made.project.store.path(spoken[cue.line], "sound"))
        begin = cue.start * HZ // 24
        reach = HZ // 50
        near = film[max(0, begin - reach) : begin + len(line) + reach]
        alike = np.correlate(near, line, "valid").max()
        assert alike > 0.6 * np.linalg.norm(line) * np.linalg.norm(film[begin : begin + len(line)]), cue.line


def heard(path):
    """The sound of a file, mono at 48 kHz."""
    with av.open(str(path)) as container:
        plain = av.AudioResampler(format="flt", layout="mono", rate=HZ)
        pieces = [p.to_ndarray()[0] for f in container.decode(audio=0) for p in plain.resample(f)]
    return np.concatenate(pieces).astype(float)


def test_the_subtitles_are_the_words(made):
    srt = (made.project.out / "film.srt").read_text(encoding="utf-8")
    assert all(sentence in srt.replace("\n", " ") for sentence in SENTENCES)
    assert srt.count("-->") >= len(SENTENCES)
    assert (made.project.out / "film.vtt").read_text(encoding="utf-8").startswith("WEBVTT")


def test_everybody_looks_the_same_in_every_picture(made):
    looks = {}
    for shot in made.film.shots:
        for figure in picture(made.film, shot).figures:
            looks.setdefault(figure.id, set()).add(figure.look.model_dump_json())
    assert looks
    assert {name: len(seen) for name, seen in looks.items() if len(seen) > 1} == {}


def test_it_says_who_made_it(report):
    assert report["writer"]["writer"] == "outline"
    assert any("outline writer wrote this film" in words for words in report["writer"]["notices"])
    assert report["renderer"] == "animatic"


def test_a_second_run_makes_nothing_and_is_quick(made):
    before = {p: p.stat().st_mtime_ns for p in made.project.folder.glob("takes/*/*/*")}
    film = made.film_path.read_bytes()
    seen = []
    began = time.monotonic()
    again = photoplay.make(
        STORY, out=made.project.folder, seconds=SECONDS, settings=SMALL, listener=seen.append
    )
    assert time.monotonic() - began < 10
    assert [told.news.node.id for told in seen if told.news and told.news.kind == "made"] == []
    assert {p: p.stat().st_mtime_ns for p in made.project.folder.glob("takes/*/*/*")} == before
    assert again.film_path.read_bytes() == film
