"""The cut: exact to the frame, without seams, and never half a film."""

import os
import subprocess
import sys
import tracemalloc
import wave
from fractions import Fraction

import av
import numpy as np
import pytest

from photoplay.render.cut.aside import assemble_aside
from photoplay.render.cut.assemble import assemble, spans
from photoplay.render.cut.captions import write_srt
from photoplay.render.cut.encoding import Encoder, write_png
from photoplay.render.cut.facts import film_facts
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.language import three_letters
from photoplay.render.requests import Raster
from photoplay.storyboard.errors import BadInput, BadTake, PhotoplayError
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import Clip, Subtitle, Timeline
from photoplay.storyboard.vocabulary import Opening, Wipe

RASTER = Raster(width=128, height=72)


def flat(colour, raster=RASTER):
    return np.full((raster.height, raster.width, 3), colour, np.uint8)


class Stage:
    """A folder of takes and the film that is cut from them."""

    def __init__(self, folder, rate=None):
        self.folder, self.rate = folder, rate or Rate()
        self.takes, self.clips, self.at = {}, [], 0
        self.out = folder / "out" / "film.mp4"

    def take(self, name, frames, raster=RASTER, rate=None):
        path = self.folder / f"{name}.mp4"
        with Encoder(path, raster, rate or self.rate) as encoder:
            for frame in frames:
                encoder.write(frame)
        self.takes[name] = path
        return path

    def clip(self, name, frames, opens="cut", overlap=0, wipe="right"):
        clip = Clip(
            item=name, start=self.at, frames=frames, opens=Opening(opens), overlap=overlap, wipe=Wipe(wipe)
        )
        self.clips.append(clip)
        self.at += frames

    def shot(self, name, colour, frames, opens="cut", overlap=0, handle=12):
        self.take(name, [flat(colour)] * (frames + handle))
        self.clip(name, frames, opens, overlap)

    def sound(self, seconds):
        path = self.folder / "sound.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 48_000, 0, "NONE", ""))
            file.writeframes((np.sin(np.arange(48_000 * seconds) / 20) * 8000).astype("<i2").tobytes())
        return path

    def cut(self, sound=None, subtitles=None, **named):
        timeline = Timeline(rate=self.rate, frames=self.at, clips=tuple(self.clips), cues=())
        return assemble(
            timeline, self.takes, sound, subtitles, self.out, self.folder / "work", RASTER, **named
        )

    def seen(self):
        """The colour of each frame of the film."""
        with open_footage(self.out) as film:
            return np.array([f[36, 64].astype(int) for f in film.frames(0, film.count)])


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def test_the_film_is_what_every_player_and_site_takes(stage):
    stage.shot("a", (90, 60, 30), 30)
    stage.shot("b", (30, 60, 90), 42, "dissolve", 12)
    write_srt(stage.folder / "s.srt", [Subtitle(start=5, stop=30, text="Hello")], stage.rate)
    report = stage.cut(stage.sound(1), stage.folder / "s.srt", title="It's 100% {\\b1}", language="en")
    facts = film_facts(stage.out)
    assert facts == {
        "faststart": True,
        "title": "It's 100% {\\b1}",
        "video": "h264",
        "pix_fmt": "yuv420p",
        "width": 128,
        "height": 72,
        "rate": 24,
        "frames": 72,
        "seconds": 3,
        "matrix": 1,
        "range": 1,
        "audio": "aac",
        "sound_hz": 48_000,
        "channels": 2,
        "sound_seconds": 3,
        "subtitles": "mov_text",
        "language": "eng",
        "container_seconds": 3,
    }
    assert (report.frames, report.copied_frames + report.composed_frames) == (72, 72)
    assert os.listdir(stage.folder / "work") == []


def test_no_seam_shows_where_copied_frames_meet_composed_ones(stage):
    for name, opens in (("a", "cut"), ("b", "dissolve"), ("c", "dissolve"), ("d", "cut"), ("e", "dissolve")):
        stage.shot(name, (176, 92, 61), 40, opens, 10 if opens == "dissolve" else 0)
    report = stage.cut()
    assert report.copied_frames > 0
    assert report.composed_frames > 0
    seen = stage.seen()
    assert len(seen) == 200
    assert np.abs(np.diff(seen, axis=0)).max() <= 1
    assert np.abs(seen - (176, 92, 61)).max() <= 2


def test_every_frame_is_the_one_the_timeline_names(stage):
    for name, opens, overlap in (("a", "cut", 0), ("b", "dissolve", 6), ("c", "fade", 5), ("d", "cut", 0)):
        first = "abcd".index(name) * 50
        stage.take(name, [flat(20 + first + i) for i in range(42)])
        stage.clip(name, 30, opens, overlap)
    stage.cut()
    seen = stage.seen()[:, 0]
    wanted = np.concatenate([20 + k * 50 + np.arange(30) for k in range(4)]).astype(float)
    share = (np.arange(6) + 0.5) / 6
    handle = 20 + 30 + np.arange(6)
    wanted[30:36] = handle * (1 - share) + (70 + np.arange(6)) * share
    dark = (np.arange(5) + 0.5) / 5
    wanted[55:60] *= dark[::-1]
    wanted[60:65] *= dark
    assert np.abs(seen - wanted).max() <= 2.5


def test_bodies_are_copied_bit_for_bit(stage):
    random = np.random.default_rng(0)
    stage.take("a", [random.integers(0, 256, (72, 128, 3), dtype=np.uint8) for _ in range(20)])
    stage.clip("a", 17)
    stage.cut()
    packets = []
    for path in (stage.takes["a"], stage.out):
        with av.open(str(path)) as file:
            packets.append([bytes(p) for p in file.demux(video=0) if p.size])
    assert packets[1] == packets[0][:17]


def test_a_dissolve_without_a_handle_holds_the_last_frame_and_says_so(stage):
    stage.shot("a", 40, 20, handle=2)
    stage.shot("b", 200, 24, "dissolve", 8)
    report = stage.cut()
    assert any("a has no handle for the last 6 frames" in notice for notice in report.notices)
    assert np.all(np.diff(stage.seen()[20:28, 0]) > 0)


def test_shots_of_one_frame_and_effects_longer_than_a_shot(stage):
    stage.shot("a", 10, 1)
    stage.shot("b", 60, 1)
    stage.shot("c", 120, 1, "dissolve", 1)
    stage.shot("d", 200, 6, "fade", 6)
    stage.shot("e", 90, 6, "fade", 6)
    stage.cut()
    seen = stage.seen()[:, 0]
    assert len(seen) == 15
    assert abs(seen[2] - 90 / 2) < 50
    assert seen[3] < 30
    assert seen[8] < 30


@pytest.mark.parametrize("rate", [Rate(num=24000, den=1001), Rate(num=25), Rate(num=30000, den=1001)])
def test_length_is_exact_and_the_sound_covers_it(tmp_path, rate):
    stage = Stage(tmp_path, rate)
    stage.shot("a", 40, 31)
    stage.shot("b", 90, 30, "dissolve", 7)
    for seconds in (1, 4):
        stage.cut(stage.sound(seconds))
        facts = film_facts(stage.out)
        assert facts["frames"] == 61
        assert facts["seconds"] == rate.seconds(61)
        assert abs(facts["sound_seconds"] - rate.seconds(61)) <= Fraction(1, 48_000)


def test_the_sound_starts_with_the_picture(stage):
    stage.shot("a", 40, 48)
    path = stage.folder / "click.wav"
    samples = np.zeros(96_000)
    samples[24_000:24_480] = 20_000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    stage.cut(path)
    heard, at = [], []
    with av.open(str(stage.out)) as film:
        for frame in film.decode(audio=0):
            at.append(frame.pts)
            heard.append(frame.to_ndarray()[0])
    loud = np.flatnonzero(np.abs(np.concatenate(heard)) > 0.2)
    assert abs(at[0] + loud[0] - 24_000) < 480


HOSTILE = [r"{\an8}C:\New", "It's 100% <i>x</i>"]


def test_subtitles_in_the_film_are_literal(stage):
    stage.shot("a", 40, 72)
    lines = [Subtitle(start=24 * i, stop=24 * i + 20, text=text) for i, text in enumerate(HOSTILE)]
    write_srt(stage.folder / "s.srt", lines, stage.rate)
    stage.cut(subtitles=stage.folder / "s.srt", language="de")
    with av.open(str(stage.out)) as film:
        track = film.streams.subtitles[0]
        shown = [(p.pts * p.time_base, bytes(p)[2:].decode()) for p in film.demux(track) if p.size > 2]
    assert shown == [(i, text) for i, text in enumerate(HOSTILE)]
    assert film_facts(stage.out)["language"] == "deu"


def test_takes_of_another_encoding_are_encoded_again_and_told(stage):
    stage.shot("a", 40, 24)
    stage.take("b", [flat(90, Raster(width=64, height=64))] * 24, Raster(width=64, height=64), Rate(num=12))
    stage.clip("b", 24)
    write_png(stage.folder / "c.png", flat(150))
    stage.takes["c"] = stage.folder / "c.png"
    stage.clip("c", 5)
    report = stage.cut()
    assert [n.split()[0] for n in report.notices] == ["b", "c"]
    assert report.composed_frames == 29
    seen = stage.seen()[:, 0]
    assert np.abs(seen - np.repeat([40, 90, 150], [24, 24, 5])).max() <= 1


def test_what_is_wrong_is_said_and_the_film_before_stays(stage):
    stage.shot("a", 40, 24)
    stage.cut()
    before = stage.out.read_bytes()
    stage.clip("lost", 10)
    with pytest.raises(BadInput, match="lost"):
        stage.cut()
    stage.take("lost", [flat(9)] * 4)
    with pytest.raises(BadTake, match="6 frames too short"):
        stage.cut()
    stage.takes["lost"].write_bytes(stage.takes["a"].read_bytes()[:900])
    with pytest.raises(BadTake):
        stage.cut()
    stage.clips.clear()
    with pytest.raises(BadInput, match="empty"):
        stage.cut()
    assert stage.out.read_bytes() == before
    assert os.listdir(stage.folder / "work") == []


def test_an_interrupted_cut_leaves_the_film_before(stage):
    stage.shot("a", 40, 24)
    stage.cut()
    before = stage.out.read_bytes()
    stage.shot("b", 90, 24)

    def stop(what, share):
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stage.cut(tell=stop)
    assert stage.out.read_bytes() == before


KILLED = """
import os, sys
from pathlib import Path
from photoplay.render.cut.aside import assemble_aside
from photoplay.render.cut.assemble import assemble
from photoplay.render.requests import Raster
from photoplay.storyboard.timeline import Timeline
folder = Path(sys.argv[1])
timeline = Timeline.model_validate_json((folder / "timeline.json").read_text(encoding="utf-8"))
takes = {c.item: folder / f"{c.item}.mp4" for c in timeline.clips}
def killed(stage, share):
    if stage == "mux":
        assert (folder / "work" / "film.part.mp4").exists()
        os._exit(9)
assemble(timeline, takes, None, None, folder / "out" / "film.mp4", folder / "work",
         Raster(width=128, height=72), tell=killed)
"""


def test_a_kill_during_the_mux_leaves_the_film_before_and_the_next_cut_works(stage):
    stage.shot("a", 40, 24)
    stage.cut()
    before = stage.out.read_bytes()
    stage.shot("b", 90, 24)
    timeline = Timeline(rate=stage.rate, frames=stage.at, clips=tuple(stage.clips), cues=())
    (stage.folder / "timeline.json").write_text(timeline.model_dump_json(), encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", KILLED, str(stage.folder)], cwd=stage.folder, check=False)
    assert ran.returncode == 9
    assert stage.out.read_bytes() == before
    stage.cut()
    assert len(stage.seen()) == 48


def test_a_full_disk_is_told_and_the_film_before_stays(stage, monkeypatch):
    stage.shot("a", 40, 24)
    stage.cut()
    before = stage.out.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("photoplay.render.cut.assemble.os.replace", full)
    with pytest.raises(PhotoplayError, match="disk is full"):
        stage.cut()
    assert stage.out.read_bytes() == before


@pytest.mark.skipif(
    not os.path.isdir("/proc/self/fd"), reason="counts open files where the system lists them"
)
def test_five_hundred_shots_keep_few_files_open_and_memory_flat(stage):
    stage.take("a", [flat(90)] * 14)
    for _ in range(500):
        stage.clip("a", 12)
    most = 0

    def count(what, share):
        nonlocal most
        most = max(most, len(os.listdir("/proc/self/fd")))

    idle = len(os.listdir("/proc/self/fd"))
    tracemalloc.start()
    stage.cut(tell=count)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert film_facts(stage.out)["frames"] == 6000
    assert most - idle <= 8
    assert peak < 10_000_000


@pytest.mark.slow
@pytest.mark.parametrize("rate", [Rate(num=24000, den=1001), Rate(num=30000, den=1001)])
def test_two_hours_at_a_broken_rate_are_exact_and_the_sound_ends_with_them(tmp_path, rate):
    stage = Stage(tmp_path, rate)
    frames = rate.frames(7200)
    stage.take("a", [flat(90)] * 1000)
    while stage.at < frames:
        stage.clip("a", min(1000, frames - stage.at))
    stage.cut(stage.sound(1))
    facts = film_facts(stage.out)
    assert (facts["frames"], facts["seconds"]) == (frames, rate.seconds(frames))
    assert abs(facts["sound_seconds"] - rate.seconds(frames)) <= Fraction(1, 48_000)


def test_takes_made_with_other_threads_or_keyframes_are_copied_all_the_same(stage):
    path = stage.folder / "a.mp4"
    with Encoder(path, RASTER, stage.rate, keyframe_every=30, threads=2) as encoder:
        encoder.write(flat(70), 48)
    stage.takes["a"] = path
    stage.clip("a", 40)
    assert stage.cut().copied_frames == 40


def test_spans_cover_each_clip_once_and_copy_only_from_keyframes():
    for frames in (1, 11, 12, 13, 40):
        for overlap in (0, 1, 12, 13):
            for fade_out in (0, 5, 40):
                for keyframes in ([], list(range(0, 60, 12))):
                    lead, tail = min(overlap, frames), min(fade_out, frames)
                    clip = Clip(item="a", start=0, frames=frames, opens=Opening.fade, overlap=lead)
                    made = spans(clip, tail, keyframes)
                    assert [i for s in made for i in range(s.start, s.stop)] == list(range(frames))
                    for span in made:
                        if span.copied:
                            assert span.start in keyframes
                            assert span.start >= lead
                            assert span.stop <= frames - tail


def test_a_host_program_gets_its_film_without_loading_a_codec(stage):
    stage.shot("a", 40, 24)
    stage.shot("b", 90, 24, "dissolve", 6, handle=0)
    timeline = Timeline(rate=stage.rate, frames=stage.at, clips=tuple(stage.clips), cues=())
    (stage.folder / "timeline.json").write_text(timeline.model_dump_json(), encoding="utf-8")
    host = KILLED.replace("cut.assemble import assemble", "cut.aside import assemble_aside as assemble")
    host = host.replace("if stage ==", "if stage == 'never' and stage ==")
    host += "\nassert not {'av', 'moviepy'} & set(sys.modules)"
    ran = subprocess.run([sys.executable, "-c", host, str(stage.folder)], cwd=stage.folder, check=False)
    assert ran.returncode == 0
    assert len(stage.seen()) == 48


def test_errors_and_stops_come_through_from_a_cut_aside(stage):
    stage.shot("a", 40, 24)
    timeline = Timeline(rate=stage.rate, frames=stage.at, clips=tuple(stage.clips), cues=())

    def aside(**named):
        return assemble_aside(
            timeline, stage.takes, None, None, stage.out, stage.folder / "work", RASTER, **named
        )

    def stop(what, share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        aside(tell=stop)
    report = aside(title="é 'x'")
    assert (report.path, report.copied_frames) == (stage.out, 24)
    assert film_facts(stage.out)["title"] == "é 'x'"
    stage.takes["a"].write_bytes(b"")
    with pytest.raises(BadTake):
        aside()


@pytest.mark.parametrize(("given", "code"), [("en", "eng"), ("pt-BR", "por"), ("deu", "deu"), ("??", "und")])
def test_languages_are_spelled_as_mp4_wants(given, code):
    assert three_letters(given) == code
