"""The mix: loud as asked, never over, as long as the film, and the words stand above the music."""

import re
import subprocess
import sys
import wave
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from peak import PEAK_MB

from photoplay.render.sound.dynamics import LOOK_AHEAD, gain_under, limit, sliding_min
from photoplay.render.sound.filters import Convolver, convolve, equaliser, resample
from photoplay.render.sound.loudness import Meter, true_peaks
from photoplay.render.sound.mix import DUCK_DB, Placed, mix, samples_of
from photoplay.render.sound.wav import SAMPLE_RATE, WavReader, WavWriter, wav_bytes
from photoplay.storyboard.errors import BadInput, Damaged
from photoplay.storyboard.rate import Rate

imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")


def speech_like(seconds, seed=1, level=0.08):
    """Noise above 500 Hz in syllables, peaky as speech is; the music of these tests lies under it."""
    noise = np.random.default_rng(seed)
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    voiced = convolve(
        noise.standard_normal(len(time)).astype(np.float32),
        equaliser(((400, -80), (700, 0), (3000, -6), (8000, -30)), 4096),
    )
    return (voiced[: len(time)] * (0.1 + np.sin(2 * np.pi * 2.2 * time) ** 4) * level * 3).astype(np.float32)


def music_like(seconds, level=0.1):
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220.0, 277.2, 329.6)) / 3
    return np.stack([chord, np.roll(chord, 200)], axis=1).astype(np.float32) * level


def save(path, samples):
    path.write_bytes(wav_bytes(samples))
    return path


def load(path):
    with WavReader(path, channels=2) as reader:
        return reader.read(0, reader.samples)


def by_ffmpeg(path):
    """Integrated loudness and true peak as another program measures them."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-i", f"file:{path}"]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = words[words.rindex("Summary:") :]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak"))


@pytest.fixture
def film(tmp_path):
    lines = [
        Placed(save(tmp_path / "one.wav", speech_like(4)), 3 * SAMPLE_RATE),
        Placed(save(tmp_path / "two.wav", speech_like(3, seed=2)), 12 * SAMPLE_RATE),
    ]
    return lines, save(tmp_path / "score.wav", music_like(20)), tmp_path / "mix.wav"


def test_a_mix_is_at_minus_16_lufs_and_under_the_ceiling_as_ffmpeg_measures_it(film):
    lines, score, out = film
    report = mix(lines, score, 20 * SAMPLE_RATE, out)
    loudness, peak = by_ffmpeg(out)
    assert loudness == pytest.approx(-16.0, abs=0.3)
    assert report.lufs == pytest.approx(loudness, abs=0.15)
    assert peak <= -1.5
    assert report.true_peak == pytest.approx(peak, abs=0.15)
    assert report.cut_short == ()
    assert report.score_missing == 0


@pytest.mark.parametrize("level", [0.01, 0.3])
def test_quiet_or_hot_sources_come_out_equally_loud(tmp_path, level):
    lines = [Placed(save(tmp_path / "l.wav", speech_like(6, level=level)), SAMPLE_RATE)]
    report = mix(lines, None, 8 * SAMPLE_RATE, tmp_path / "mix.wav")
    loudness, peak = by_ffmpeg(tmp_path / "mix.wav")
    assert report.lufs is not None
    assert loudness == pytest.approx(-16.0, abs=0.5)
    assert peak <= -1.5


def test_the_score_gives_way_while_somebody_speaks_and_comes_back(film):
    lines, score, out = film
    mix(lines, score, 20 * SAMPLE_RATE, out)
    both = load(out)
    tone = np.abs(music_level(both))
    speaking, pause = tone[4 * 100 : 6 * 100], tone[9 * 100 : 11 * 100]
    assert 20 * np.log10(speaking.mean() / pause.mean()) == pytest.approx(DUCK_DB, abs=1.0)
    assert 20 * np.log10(tone[295] / pause.mean()) < -8, "down before the first word"
    steps = np.abs(np.diff(20 * np.log10(tone[50:-50])))
    assert steps.max() < 3, "no jump in the music"


def music_level(both):
    """Level of the chord's 277 Hz in each 10 ms, by a narrow filter that speech hardly passes."""
    time = np.arange(len(both)) / SAMPLE_RATE
    beat = both[:, 0] * np.exp(-2j * np.pi * 277.2 * time)
    sums = np.cumsum(np.concatenate([[0], beat]))
    width = SAMPLE_RATE // 12
    return ((sums[width:] - sums[:-width]) / width)[:: SAMPLE_RATE // 100]


def test_in_a_pause_the_words_were_louder_than_the_music(film):
    lines, score, out = film
    mix(lines, score, 20 * SAMPLE_RATE, out)
    both = load(out)
    speaking, music = Meter(), Meter()
    speaking.add(both[4 * SAMPLE_RATE : 6 * SAMPLE_RATE])
    music.add(both[9 * SAMPLE_RATE : 11 * SAMPLE_RATE])
    assert speaking.lufs > music.lufs + 2


def test_a_line_sounds_where_it_was_placed_to_the_sample(tmp_path):
    click = np.zeros(4800, np.float32)
    click[0] = 0.5
    start = 123_457
    mix([Placed(save(tmp_path / "l.wav", click), start)], None, 5 * SAMPLE_RATE, tmp_path / "mix.wav")
    assert np.abs(load(tmp_path / "mix.wav")[:, 0]).argmax() == start


@given(frames=st.integers(1, 200_000), rate=st.sampled_from([(24, 1), (25, 1), (24000, 1001), (30000, 1001)]))
def test_samples_of_frames_never_drift(frames, rate):
    exact = Fraction(frames * SAMPLE_RATE * rate[1], rate[0])
    assert abs(samples_of(frames, Rate(num=rate[0], den=rate[1])) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    "samples", [1, 479, SAMPLE_RATE * 4, SAMPLE_RATE * 4 + 1, samples_of(241, Rate(num=24000, den=1001))]
)
def test_a_mix_is_as_long_as_the_film_to_the_sample(film, samples):
    lines, score, out = film
    report = mix(lines, score, samples, out)
    with wave.open(str(out)) as file:
        assert file.getnframes() == samples == report.samples
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 48_000, 2)


def test_what_does_not_fit_is_said(film):
    lines, score, out = film
    report = mix(lines, score, 13 * SAMPLE_RATE, out)
    assert report.cut_short == (lines[1].path,)
    assert mix(lines, score, 22 * SAMPLE_RATE, out).score_missing == 2 * SAMPLE_RATE


def test_silence_stays_silence(tmp_path):
    report = mix([], None, 2 * SAMPLE_RATE, tmp_path / "mix.wav")
    assert report.lufs is None
    assert not load(tmp_path / "mix.wav").any()


def test_the_same_mix_is_the_same_file_whatever_the_order_of_lines(film, tmp_path):
    lines, score, out = film
    mix(lines, score, 20 * SAMPLE_RATE, out)
    mix(lines[::-1], score, 20 * SAMPLE_RATE, tmp_path / "again.wav")
    assert out.read_bytes() == (tmp_path / "again.wav").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "again.wav",
        "mix.wav",
        "one.wav",
        "score.wav",
        "two.wav",
    ]


def test_nonsense_is_refused(film, tmp_path):
    lines, score, out = film
    with pytest.raises(BadInput):
        mix(lines, score, 0, out)
    with pytest.raises(BadInput):
        mix([Placed(lines[0].path, -1)], score, 100, out)
    with pytest.raises(Damaged, match="channel"):
        mix([Placed(score, 0)], None, 100, out)
    (tmp_path / "text.wav").write_text("#EXTM3U\nhttp://example.org/x")
    with pytest.raises(Damaged, match="not a WAV"):
        mix([], tmp_path / "text.wav", 100, out)
    (tmp_path / "half.wav").write_bytes(score.read_bytes()[:100_000])
    with pytest.raises(Damaged, match="cut short"):
        mix(lines, tmp_path / "half.wav", 100, out)
    assert not out.exists()


def test_a_long_film_takes_no_more_memory_than_a_short_one(tmp_path):
    line = save(tmp_path / "l.wav", speech_like(5))
    with WavWriter(tmp_path / "score.wav", channels=2) as writer:
        for _ in range(12):
            writer.write(music_like(10))
    program = (
        PEAK_MB
        + """
import sys
from pathlib import Path
from photoplay.render.sound.mix import mix, Placed
line, score, out, seconds = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
mix([Placed(line, at * 48000) for at in range(0, seconds, 8)], score, seconds * 48000, out)
print(peak_mb())
"""
    )
    peaks = []
    for seconds in (15, 120):
        command = [
            sys.executable,
            "-c",
            program,
            line,
            tmp_path / "score.wav",
            tmp_path / "mix.wav",
            str(seconds),
        ]
        peaks.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    assert peaks[1] < peaks[0] + 25
    assert peaks[1] < 250


def test_the_meter_reads_the_tones_of_the_standard():
    """EBU Tech 3341: a stereo 1 kHz sine at -23 dBFS is -23 LUFS; gating leaves out what is 10 LU under."""
    time = np.arange(20 * SAMPLE_RATE) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * 1000 * time).astype(np.float32)
    both = np.stack([tone, tone], axis=1) * np.float32(10 ** (-23 / 20))
    meter = Meter()
    for start in range(0, len(both), 77_777):
        meter.add(both[start : start + 77_777])
    assert meter.lufs == pytest.approx(-23.0, abs=0.1)
    gated = Meter()
    gated.add(np.concatenate([both * np.float32(10 ** (-13 / 20)), both]))
    assert gated.lufs == pytest.approx(-23.0, abs=0.1)
    assert Meter().lufs is None


@pytest.mark.parametrize("block", [480, 4800, 48_000])
def test_the_peak_of_a_stream_does_not_hang_on_where_it_is_cut_into_blocks(block):
    """A loud low tone is cut off in the midst of each block: what was not there rang, up to 0.7 dB."""
    tone = 0.5 * np.cos(np.linspace(0, 2 * np.pi * 50 * 2, 96_000, dtype=np.float32))
    fade = np.minimum(1, np.minimum(np.arange(96_000), np.arange(96_000)[::-1]) / 9_600)
    sound = np.stack([tone * fade] * 2, axis=1).astype(np.float32)
    meter = Meter()
    for start in range(0, len(sound), block):
        meter.add(sound[start : start + block])
    assert meter.true_peak == pytest.approx(-6.02, abs=0.05)


def test_the_last_sample_of_a_stream_is_metered():
    sound = np.zeros((4800, 2), np.float32)
    sound[-1] = 0.5
    meter = Meter()
    meter.add(sound)
    assert meter.true_peak >= -6.03


def test_true_peak_finds_the_crest_between_samples():
    time = np.arange(4800)
    tone = np.sin(2 * np.pi * time / 4 + np.pi / 4).astype(np.float32)[:, None]
    assert np.abs(tone).max() == pytest.approx(0.7071, abs=1e-3)
    assert true_peaks(tone)[100:-100].max() == pytest.approx(1.0, abs=0.02)


def test_the_limiter_holds_every_sample_and_leaves_the_rest_alone():
    sound = np.random.default_rng(0).standard_normal(48_000).astype(np.float32) * 0.1
    sound[20_000] = 0.9
    held = limit(sound, 0.5)
    assert np.abs(held).max() <= 0.5
    assert np.array_equal(held[:19_000], sound[:19_000])
    assert np.array_equal(held[21_000:], sound[21_000:])
    gain = gain_under(np.abs(np.pad(sound, 2 * LOOK_AHEAD)), 0.5)
    assert np.abs(np.diff(gain)).max() < 0.01


@given(st.lists(st.floats(-1, 1, width=32), min_size=40, max_size=80), st.integers(1, 30))
def test_sliding_min_is_the_least_of_each_window(values, width):
    array = np.array(values, np.float32)
    expected = [array[i : i + width].min() for i in range(len(array) - width + 1)]
    assert np.array_equal(sliding_min(array, width), expected)


def test_streamed_convolution_is_convolution():
    noise = np.random.default_rng(1).standard_normal((50_000, 2)).astype(np.float32)
    kernel = np.random.default_rng(2).standard_normal((700, 2)).astype(np.float32)
    convolver = Convolver(kernel)
    blocks = [convolver(noise[a:b]) for a, b in ((0, 1), (1, 300), (300, 40_000), (40_000, 50_000))]
    found = np.concatenate(blocks)
    for channel in (0, 1):
        expected = np.convolve(noise[:, channel], kernel[:, channel])[:50_000]
        assert np.abs(found[:, channel] - expected).max() < 1e-3 * np.abs(expected).max()


def test_resampling_keeps_pitch_level_and_place():
    old = np.arange(22_050) / 22_050
    for hertz in (100.0, 1000.0, 8000.0):
        new = resample(np.sin(2 * np.pi * hertz * old).astype(np.float32), 320, 147)
        time = np.arange(len(new)) / 48_000
        assert len(new) == 48_000
        assert np.abs(new - np.sin(2 * np.pi * hertz * time))[2000:-2000].max() < 2e-3
