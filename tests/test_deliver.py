"""A finished film in other encodings: same pictures, whole sound, chapters, titles, measured loudness."""

import itertools
import wave

import av
import numpy as np
import pytest
from tiny_films import copy_of_a_film, opened

from photoplay.agent.release import chapters, write_releases
from photoplay.agent.stems import write_stems_of
from photoplay.render.cut import encoding
from photoplay.render.cut import release as releases
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.track import encode_track
from photoplay.render.requests import Raster
from photoplay.storyboard.errors import BadInput, Locked, UnknownName
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import timeline
from photoplay.studio.command import app

CODECS = {"web": "h264", "h265": "hevc", "av1": ("libdav1d", "av1"), "prores": "prores"}


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    return opened(copy_of_a_film(tmp_path_factory.mktemp("deliver") / "film"))


@pytest.fixture(scope="module")
def released(production):
    return write_releases(production, list(releases.PRESETS), artist="A. Nobody")


def luma(path):
    with av.open(str(path)) as file:
        return [f.reformat(format="gray").to_ndarray().astype(int) for f in file.decode(video=0)]


@pytest.mark.parametrize("name", list(CODECS))
def test_every_frame_is_there_with_sound_chapters_and_names(production, released, name):
    path = next(p for p in released.paths if p.stem == f"film-{name}")
    laid = timeline(production.film)
    with av.open(str(path)) as file:
        assert file.streams.video[0].codec_context.name in CODECS[name]
        assert file.metadata["title"] == production.film.story.title
        assert file.metadata["artist"] == "A. Nobody"
        found = [
            (c["start"] * c["time_base"], c["end"] * c["time_base"], c["metadata"]["title"])
            for c in file.chapters()
        ]
        texts = [bytes(p) for p in file.demux(file.streams.subtitles[0]) if p.size > 2]
    wanted = chapters(production.film, laid)
    assert [title for *_, title in found] == [c.title for c in wanted]
    for (start, stop, _), chapter in zip(found, wanted, strict=True):
        assert abs(start - chapter.start / laid.rate.fps) < 0.01
        assert abs(stop - chapter.stop / laid.rate.fps) < 0.01
    with av.open(str(production.project.out / "film.mp4")) as file:
        assert texts == [bytes(p) for p in file.demux(file.streams.subtitles[0]) if p.size > 2]
    with av.open(str(path)) as file:
        heard = sum(f.samples for f in file.decode(audio=0))
    assert abs(heard - laid.frames * 48_000 / laid.rate.fps) <= 2048
    same, other = luma(production.project.out / "film.mp4"), luma(path)
    assert len(other) == laid.frames
    assert max(np.abs(a - b).mean() for a, b in zip(same, other, strict=True)) < 6


def test_chapters_cover_the_film_scene_by_scene(production):
    laid = timeline(production.film)
    found = chapters(production.film, laid)
    assert (found[0].start, found[-1].stop) == (0, laid.frames)
    assert all(a.stop == b.start for a, b in itertools.pairwise(found))
    assert len(found) == len(dict.fromkeys(s.scene for s in production.film.shots))


def test_poster_and_preview_show_the_film(production, released):
    poster = released.poster.read_bytes()
    assert poster[:3] == b"\xff\xd8\xff"
    with av.open(str(released.poster)) as file:
        shown = next(file.decode(video=0)).to_ndarray(format="rgb24").astype(int)
    with open_footage(production.project.out / "film.mp4") as film:
        shots = [c for c in timeline(production.film).clips if not c.is_card]
        longest = max(shots, key=lambda c: c.frames)
        assert np.abs(shown - film.frame(longest.start + longest.frames // 2)).mean() < 8
    head = next(p for p in released.paths if p.suffix == ".webp").read_bytes()
    assert (head[:4], head[8:12]) == (b"RIFF", b"WEBP")
    assert head.count(b"ANMF") > 10


@pytest.mark.parametrize("target", [-14, -23])
def test_loudness_is_met_or_the_peak_is_and_both_are_measured(production, target):
    released = write_releases(production, ["web"], target)
    assert released.true_peak <= -1.5
    assert abs(released.lufs - target) < 0.5


def test_what_cannot_be_is_refused_before_anything_is_written(production, tmp_path, monkeypatch):
    fresh = opened(copy_of_a_film(tmp_path / "film"))
    before = sorted(p.name for p in fresh.project.out.iterdir())
    with pytest.raises(UnknownName, match="h266"):
        write_releases(fresh, ["web", "h266"])
    with pytest.raises(BadInput, match="-16, -14, -23"):
        write_releases(fresh, ["web"], -3)
    lacking = {**releases.PRESETS, "av1": releases.Preset(".mp4", "libnothing")}
    monkeypatch.setattr(releases, "PRESETS", lacking)
    with pytest.raises(BadInput, match="--as av1 needs the encoder libnothing"):
        write_releases(fresh, ["web", "av1"])
    (fresh.project.out / "film.mp4").write_bytes(b"")
    with pytest.raises(BadInput, match="not finished"):
        write_releases(fresh, ["web"])
    assert sorted(p.name for p in fresh.project.out.iterdir()) == before


def test_two_at_once_do_not_write_into_each_other_s_files(tmp_path):
    """A second delivery, or a render, had the first one's scratch files replaced in the midst of it."""
    folder = copy_of_a_film(tmp_path / "film")
    with opened(folder).project.lock():
        with pytest.raises(Locked):
            write_releases(opened(folder), ["web"])
        with pytest.raises(Locked):
            write_stems_of(opened(folder))
    assert not list((folder / "out").glob("film-*"))
    assert write_releases(opened(folder), ["web", "web"]).paths == (folder / "out" / "film-web.mp4",)


def test_the_command_says_where_and_how_loud(production, capsys):
    app(["deliver", str(production.project.folder)], standalone_mode=False)
    told = capsys.readouterr()
    assert "LUFS, true peak -" in told.err
    assert [line.rsplit("/", 1)[-1] for line in told.out.split()] == ["film-web.mp4", "poster.jpg"]
    assert not list(production.project.work.glob("release*"))


def encoded(folder):
    encoding.Encoder(folder / "take.mp4", Raster(width=64, height=64), Rate()).abandon()


def heard(folder):
    with wave.open(str(folder / "sound.wav"), "wb") as file:
        file.setparams((2, 2, 48_000, 0, "NONE", ""))
        file.writeframes(bytes(4 * 4800))
    encode_track(folder / "sound.wav", folder / "track.mp4", 4800)


@pytest.mark.parametrize(
    ("missing", "told", "make"), [("libx264", "picture", encoded), ("aac", "sound", heard)]
)
def test_a_library_without_a_codec_of_the_film_is_told_by_name(tmp_path, monkeypatch, missing, told, make):
    """A build of PyAV without x264 or AAC is told of in words, and not by a traceback from a worker."""
    whole = av.Codec

    def without(name, mode):
        if name == missing:
            raise av.codec.codec.UnknownCodecError(name)
        return whole(name, mode)

    make(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.mp4")}
    monkeypatch.setattr(encoding.av, "Codec", without)
    with pytest.raises(BadInput, match=rf"The film's {told} needs the encoder {missing}.*pip install"):
        make(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.mp4")} == before
