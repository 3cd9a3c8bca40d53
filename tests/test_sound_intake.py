"""Own sounds come in as what they sound like, and nothing else is opened or half-written."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from photoplay.render.sound import intake
from photoplay.render.sound.intake import take_in_sound
from photoplay.storyboard.errors import BadInput

SECONDS = 1.5


def _tone(rate: int, channels: int = 2) -> np.ndarray:
    time = np.arange(round(rate * SECONDS)) / rate
    return np.stack([0.4 * np.sin(2 * np.pi * 440 * (1 + n) * time) for n in range(channels)]).astype(
        np.float32
    )


def written(path: Path, codec: str, rate: int = 44_100, channels: int = 2, form: str | None = None) -> Path:
    sound = _tone(rate, channels)
    with av.open(str(path), "w", format=form) as file:
        stream = file.add_stream(
            codec, rate=rate, layout="stereo" if channels == 2 else "mono", options={"strict": "-2"}
        )
        resampler = av.AudioResampler(
            format=stream.format,
            layout=stream.layout,
            rate=rate,
            frame_size=stream.codec_context.frame_size or None,
        )
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound), format="fltp", layout=stream.layout.name
        )
        frame.sample_rate = rate
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.wav", "pcm_s16le", 44_100), ("a.wav", "pcm_f32le", 96_000), ("a.flac", "flac", 44_100),
     ("a.mp3", "libmp3lame", 44_100), ("a.ogg", "vorbis", 44_100), ("a.opus", "libopus", 48_000),
     ("a.m4a", "aac", 44_100)],
)  # fmt: skip
@pytest.mark.parametrize("channels", [1, 2])
def test_what_people_have_is_taken_in(tmp_path: Path, name: str, codec: str, rate: int, channels: int):
    if codec == "vorbis" and channels == 1:
        pytest.skip("the encoder at hand makes stereo only")
    path = written(tmp_path / name, codec, rate, channels)
    out = tmp_path / "in.wav"
    facts = take_in_sound(path, out, longest_s=60)
    with wave.open(str(out)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48_000)
        assert file.getnframes() == facts.samples
        sound = np.frombuffer(file.readframes(facts.samples), "<i2").reshape(-1, 2)
    assert abs(facts.samples / 48_000 - SECONDS) < 0.12
    middle = sound[12_000:60_000, 0].astype(float)
    loudest = np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle)))))
    assert abs(loudest * 48_000 / len(middle) - 440) < 2, "it sounds at another pitch"
    assert 0.35 < np.abs(middle).max() / 32767 < 0.45, "it is louder or softer than it was"


def test_the_same_sound_in_two_files_is_one(tmp_path: Path):
    first = take_in_sound(written(tmp_path / "a.wav", "pcm_s16le"), tmp_path / "1.wav", longest_s=60)
    again = take_in_sound(written(tmp_path / "b.flac", "flac"), tmp_path / "2.wav", longest_s=60)
    assert first.digest == again.digest


def test_a_name_means_nothing(tmp_path: Path):
    path = written(tmp_path / "a.wav", "pcm_s16le").rename(tmp_path / "song.mp3")
    assert take_in_sound(path, tmp_path / "in.wav", longest_s=60).samples == 72_000


def _silent_wav(path: Path, seconds: float, claimed: int | None = None) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        for _ in range(max(1, int(seconds // 60))):
            file.writeframes(bytes(2 * 8000 * int(min(seconds, 60))))
    return path


@pytest.mark.parametrize("text", ["ffconcat version 1.0\nfile 'secret.wav'\n", "#EXTM3U\n#EXTINF:10,\nsecret.wav\n",
                                  "#EXTM3U\nhttp://localhost:1/x.mp3\n", "[playlist]\nFile1=secret.wav\n",
                                  "<?xml version='1.0'?><playlist/>", "RIFF....AVI LIST", "hello"])  # fmt: skip
@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m4a"])
def test_a_disguised_playlist_is_not_followed(tmp_path: Path, text: str, name: str):
    written(tmp_path / "secret.wav", "pcm_s16le")
    (tmp_path / name).write_text(text)
    with pytest.raises(BadInput, match="no sound that is taken in"):
        take_in_sound(tmp_path / name, tmp_path / "in.wav", longest_s=60)
    assert not (tmp_path / "in.wav").exists()


def test_a_playlist_behind_the_mark_of_an_mp3(tmp_path: Path):
    (tmp_path / "a.mp3").write_bytes(b"ID3\x03\0\0\0\0\0\0" + b"#EXTM3U\nsecret.wav\n" * 50)
    written(tmp_path / "secret.wav", "pcm_s16le")
    with pytest.raises(BadInput):
        take_in_sound(tmp_path / "a.mp3", tmp_path / "in.wav", longest_s=60)


def test_ten_hours_are_refused_before_they_are_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "_blocks", lambda path, container: pytest.fail("it was decoded"))
    long = _silent_wav(tmp_path / "long.wav", 36_000)
    with pytest.raises(BadInput, match="lasts 600 minutes; at most 10 minutes"):
        take_in_sound(long, tmp_path / "in.wav", longest_s=600)
    assert not (tmp_path / "in.wav").exists()


def test_a_header_that_says_too_little_does_not_let_more_in(tmp_path: Path):
    path = written(tmp_path / "a.flac", "flac")
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)  # "samples unknown"
    path.write_bytes(data)
    with pytest.raises(BadInput, match="at most 1 seconds"):
        take_in_sound(path, tmp_path / "in.wav", longest_s=1)


@pytest.mark.parametrize(("name", "codec"), [("a.wav", "pcm_s16le"), ("a.flac", "flac"), ("a.m4a", "aac")])
def test_a_file_that_was_cut_off_is_said_to_be(tmp_path: Path, name: str, codec: str):
    path = written(tmp_path / name, codec)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BadInput, match=r"cut short|damaged"):
        take_in_sound(path, tmp_path / "in.wav", longest_s=60)
    assert not (tmp_path / "in.wav").exists()


@pytest.mark.parametrize(
    ("name", "codec"), [("a.flac", "flac"), ("a.ogg", "vorbis"), ("a.mp3", "libmp3lame"), ("a.m4a", "aac")]
)
def test_noise_in_the_middle_is_an_error_or_is_heard_but_never_a_crash(tmp_path: Path, name: str, codec: str):
    path = written(tmp_path / name, codec)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = np.random.default_rng(1).integers(0, 256, 2000, np.uint8).tobytes()
    path.write_bytes(data)
    try:
        take_in_sound(path, tmp_path / "in.wav", longest_s=60)
    except BadInput:
        assert not (tmp_path / "in.wav").exists()


def test_silence_is_no_sound(tmp_path: Path):
    with pytest.raises(BadInput, match="is silent"):
        take_in_sound(_silent_wav(tmp_path / "a.wav", 2), tmp_path / "in.wav", longest_s=60)


def test_what_is_no_file(tmp_path: Path):
    (tmp_path / "empty.wav").touch()
    import os

    os.mkfifo(tmp_path / "pipe.wav")
    for name, words in (
        ("empty.wav", "empty"),
        ("pipe.wav", "not a file"),
        (".", "not a file"),
        ("gone.wav", "cannot be read"),
    ):
        with pytest.raises(BadInput, match=words):
            take_in_sound(tmp_path / name, tmp_path / "in.wav", longest_s=60)


def test_a_film_is_no_sound(tmp_path: Path):
    with av.open(str(tmp_path / "a.mp4"), "w") as file:
        stream = file.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        file.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(BadInput, match="holds no sound"):
        take_in_sound(tmp_path / "a.mp4", tmp_path / "in.wav", longest_s=60)


@pytest.mark.parametrize("codec", ["libx264", "mjpeg"])
def test_a_film_with_sound_is_none_either_but_a_cover_is_no_film(tmp_path: Path, codec: str):
    with av.open(str(tmp_path / "a.mp4"), "w") as file:
        voice = file.add_stream("aac", rate=48_000, layout="mono")
        stream = file.add_stream(codec, rate=24)
        stream.width, stream.height = 64, 64
        stream.pix_fmt = "yuv420p" if codec == "libx264" else "yuvj420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        file.mux([*stream.encode(frame), *stream.encode(None)])
        noise = np.random.default_rng(1).uniform(-0.5, 0.5, (1, 48_000)).astype(np.float32)
        heard = av.AudioFrame.from_ndarray(noise, format="fltp", layout="mono")
        heard.sample_rate = 48_000
        file.mux([*voice.encode(heard), *voice.encode(None)])
    if codec == "mjpeg":
        assert take_in_sound(tmp_path / "a.mp4", tmp_path / "in.wav", longest_s=60).samples > 40_000
        return
    with pytest.raises(BadInput, match="moving pictures"):
        take_in_sound(tmp_path / "a.mp4", tmp_path / "in.wav", longest_s=60)
    assert not (tmp_path / "in.wav").exists()
