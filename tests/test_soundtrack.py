"""A film's soundtrack: placed to the sample, under the words, kept in stems, one's own where one brought it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from films import slate_film
from peak import PEAK_MB

from photoplay.agent.cutting_room import sound_key
from photoplay.agent.own_sounds import gathered, set_sounds, told
from photoplay.agent.production import Production
from photoplay.agent.soundtrack import mixed, soundtrack
from photoplay.agent.stems import write_stems_of
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.render.protocol import Part
from photoplay.render.requests import Between
from photoplay.render.sound.beds import Sound, loudness_of
from photoplay.render.sound.mix import Placed, mix, write_stems
from photoplay.render.sound.wav import wav_bytes
from photoplay.storyboard.edits import ShotSetting
from photoplay.storyboard.errors import BadInput, Damaged, UnknownName
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.schema import digest
from photoplay.storyboard.soundscape import MOST_EFFECTS
from photoplay.storyboard.timeline import timeline

RATE = 48_000


def tone(path: Path, seconds: float, hertz: float, level: float = 0.1, channels: int = 2) -> Path:
    time = np.arange(int(seconds * RATE)) / RATE
    one = (np.sin(2 * np.pi * hertz * time) * level).astype(np.float32)
    path.write_bytes(wav_bytes(one if channels == 1 else np.stack([one, one], axis=1)))
    return path


def floats(path: Path) -> np.ndarray:
    """A WAV as another program reads it."""
    with av.open(str(path)) as file:
        assert file.streams.audio[0].rate == RATE
        return np.concatenate([f.to_ndarray().reshape(-1, 2) for f in file.decode(audio=0)])


def read(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767.0


def strength(sound: np.ndarray, hertz: float) -> float:
    """Level (dB) of one tone in a sound."""
    time = np.arange(len(sound)) / RATE
    return 20 * np.log10(abs((sound[:, 0] * np.exp(-2j * np.pi * hertz * time)).mean()) + 1e-12)


# -- the mix of sounds ----------------------------------------------------------------------------------


def test_a_sound_is_at_its_level_whatever_its_file_has(tmp_path):
    line = tone(tmp_path / "line.wav", 4, 500, channels=1)
    out = tmp_path / "out.wav"
    for level in (0.01, 0.3):
        own = tone(tmp_path / "own.wav", 4, 3000, level)
        sounds = [Sound(own, 6 * RATE, 10 * RATE, -12)]
        mix([Placed(line, 0)], None, 12 * RATE, out, sounds=sounds)
        sound = read(out)
        apart = strength(sound[7 * RATE : 9 * RATE], 3000) - strength(sound[RATE : 3 * RATE], 500)
        assert (
            abs(
                apart
                + 12
                + (loudness_of(own, whole=False) - 20 * np.log10(level))
                - (loudness_of_line(line) - 20 * np.log10(0.1))
            )
            < 0.6
        )


def loudness_of_line(path: Path) -> float:
    return loudness_of(path, whole=True)


def test_a_whisper_is_louder_than_the_loudest_that_may_be_heard_with_it(tmp_path):
    """Thunder and an explosion at one moment, in a storm by the sea, and a line that is whispered (-5 dB)."""
    sounds = data("sounds")
    loud = sorted((row["level"] for row in sounds["effects"].values()), reverse=True)[:MOST_EFFECTS]
    around = sorted(sounds["ambiences"].values(), reverse=True)[:2]
    chance, paths = np.random.default_rng(5), []
    for n, level in enumerate((0.1, 0.1 * 10 ** (-5 / 20), 0.2, 0.2, 0.2, 0.2)):
        noise = chance.uniform(-level, level, (8 * RATE, 2)).astype(np.float32)
        paths.append(tmp_path / f"{n}.wav")
        paths[n].write_bytes(wav_bytes(noise if n > 1 else noise[:, 0]))
    lines = [Placed(paths[0], 0), Placed(paths[1], 10 * RATE)]
    heard = [Sound(paths[2 + n], 0, 20 * RATE, level, bed=True) for n, level in enumerate(around)]
    heard += [Sound(paths[4 + n], 10 * RATE, 18 * RATE, level) for n, level in enumerate(loud)]
    report = mix(lines, None, 20 * RATE, tmp_path / "out.wav", sounds=heard)
    spoken, _, effects, ambience, _ = map(
        floats, write_stems(lines, None, 20 * RATE, tmp_path, report.gain_db, sounds=heard)
    )
    within = slice(11 * RATE, 17 * RATE)
    power = [np.mean(np.square(one[within], dtype=np.float64)) for one in (spoken, effects + ambience)]
    assert 10 * np.log10(power[0] / power[1]) > 1


def test_a_sound_that_is_left_as_it_is_never_drowns_words(tmp_path):
    line = tone(tmp_path / "line.wav", 4, 500, 0.05, channels=1)
    out = tmp_path / "out.wav"
    for level, lowered in ((0.9, True), (0.005, False)):
        own = tone(tmp_path / "own.wav", 4, 500, level)
        mix([Placed(line, 0)], None, 12 * RATE, out, sounds=[Sound(own, 6 * RATE, 10 * RATE, None)])
        sound = read(out)
        under = strength(sound[RATE : 3 * RATE], 500) - strength(sound[7 * RATE : 9 * RATE], 500)
        assert abs(under - (3 if lowered else 20)) < 0.3


def test_sounds_give_way_to_words_and_lie_to_the_sample(tmp_path):
    line = tone(tmp_path / "line.wav", 4, 500, channels=1)
    bed = tone(tmp_path / "bed.wav", 12, 3000)
    out = tmp_path / "out.wav"
    mix([Placed(line, 4 * RATE)], None, 12 * RATE, out, sounds=[Sound(bed, RATE, 11 * RATE, -14, bed=True)])
    sound = read(out)
    assert np.abs(sound[: RATE - 1]).max() == 0
    assert np.abs(sound[11 * RATE :]).max() == 0
    assert np.abs(sound[RATE : RATE + 480]).max() > 0
    ducked = strength(sound[5 * RATE : 7 * RATE], 3000) - strength(sound[int(1.5 * RATE) : 3 * RATE], 3000)
    assert -5.5 < ducked < -4.0


def test_a_long_bed_of_a_short_sound_has_no_seam_and_no_loop(tmp_path):
    noise = np.random.default_rng(3).standard_normal((10 * RATE, 2)).astype(np.float32) * 0.1
    path = tmp_path / "noise.wav"
    path.write_bytes(wav_bytes(noise))
    out = tmp_path / "out.wav"
    mix([], None, 120 * RATE, out, sounds=[Sound(path, 0, 120 * RATE, -14, bed=True)])
    sound = read(out)[:, 0]
    level = np.sqrt((sound.reshape(-1, RATE // 4) ** 2).mean(axis=1))
    assert level.max() / level.min() < 1.35, "it swells or drops where parts meet"
    spectrum = np.fft.rfft(sound, 1 << 23)
    alike = np.fft.irfft(np.abs(spectrum) ** 2)[RATE : 100 * RATE]
    assert alike.max() < 0.5 * (sound**2).sum(), "it comes again at an even distance"


def test_two_beds_that_cross_keep_their_strength(tmp_path):
    noises = []
    for seed in (1, 2):
        path = tmp_path / f"{seed}.wav"
        path.write_bytes(
            wav_bytes(np.random.default_rng(seed).standard_normal((12 * RATE, 2)).astype(np.float32) * 0.1)
        )
        noises.append(path)
    half = RATE // 4
    sounds = [Sound(noises[0], 0, 5 * RATE + half, -14, bed=True, fall=2 * half),
              Sound(noises[1], 5 * RATE - half, 10 * RATE, -14, bed=True, rise=2 * half)]  # fmt: skip
    out = tmp_path / "out.wav"
    mix([], None, 10 * RATE, out, sounds=sounds)
    sound = read(out)[:, 0]
    level = np.sqrt((sound.reshape(-1, RATE // 10) ** 2).mean(axis=1))
    assert level[47:53].min() > 0.85 * level[20:40].mean()
    assert level[47:53].max() < 1.15 * level[20:40].mean()


def test_stems_add_up_to_the_mix_before_its_limiter(tmp_path):
    line, score = tone(tmp_path / "l.wav", 3, 400, 0.3, channels=1), tone(tmp_path / "s.wav", 10, 150, 0.2)
    bed, click = tone(tmp_path / "b.wav", 9, 900), tmp_path / "c.wav"
    spike = np.zeros((RATE, 2), np.float32)
    spike[100:130] = 0.9  # what a limiter holds down
    click.write_bytes(wav_bytes(spike))
    args = ([Placed(line, 2 * RATE)], score, 10 * RATE)
    sounds = [Sound(bed, 0, 9 * RATE, -14, bed=True), Sound(click, 7 * RATE, 8 * RATE, 12)]
    report = mix(*args, tmp_path / "out.wav", sounds=sounds)
    assert report.limited > 0
    paths = write_stems(*args, tmp_path, report.gain_db, sounds=sounds)
    assert [p.name for p in paths] == ["dialogue.wav", "music.wav", "effects.wav", "ambience.wav", "mix.wav"]
    *parts, whole = map(floats, paths)
    assert {len(part) for part in (*parts, whole)} == {10 * RATE}, "they are not in sync"
    assert np.abs(sum(parts) - whole).max() < 1 / 32767
    film = read(tmp_path / "out.wav")
    quiet = slice(0, 6 * RATE)  # where the limiter holds nothing
    assert np.abs(film[quiet] - whole[quiet]).max() < 1.01 / 32767, "they are not the film's"
    assert np.abs(parts[0][: 2 * RATE]).max() == 0 < np.abs(parts[0][3 * RATE : 4 * RATE]).max()
    assert np.abs(whole).max() > np.abs(film).max(), "a limiter was at work on them"


@pytest.mark.slow
def test_an_hour_of_sounds_takes_no_more_memory_than_minutes(tmp_path):
    code = f"""
import sys
from pathlib import Path
from photoplay.render.sound.mix import Sound, mix
{PEAK_MB}
folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
beds = [Sound(folder / "b.wav", n * 48000, min(seconds, n + 200) * 48000, -14, bed=True) for n in range(0, seconds, 190)]
hits = [Sound(folder / "c.wav", n * 48000, (n + 1) * 48000, -9) for n in range(0, seconds - 1, 4)]
mix([], None, seconds * 48000, folder / "out.wav", sounds=beds + hits)
print(peak_mb())
"""
    tone(tmp_path / "b.wav", 30, 300)
    tone(tmp_path / "c.wav", 1, 600)

    def peak(seconds):
        run = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), str(seconds)],
            capture_output=True,
            text=True,
            check=True,
        )
        return float(run.stdout)

    assert peak(1800) < peak(120) + 60


# -- a film ---------------------------------------------------------------------------------------------


class Sounding(SlateRenderer):
    """A model that makes a sound with its picture: a tone of 3 kHz, on one channel."""

    def render(self, jobs, tick):
        yield from super().render(jobs, tick)
        for index, job in enumerate(jobs):
            if isinstance(job.request, Between):
                seconds = job.request.frames * job.request.rate.den / job.request.rate.num
                time = np.arange(int(seconds * RATE)) / RATE
                yield Part(
                    index,
                    "sound",
                    "wav",
                    wav_bytes((0.3 * np.sin(2 * np.pi * 3000 * time)).astype(np.float32)),
                )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A short film with sounding takes, finished."""
    folder = tmp_path_factory.mktemp("sounding") / "film"
    film = slate_film(shots=4, lines=True, goes_on=())
    Project.create(folder, film, "test", "person")
    production = Production(Project.open(folder), crew=SoloCrew(Sounding()))
    production.make()
    return folder


def opened(made: Path, tmp_path: Path) -> Production:
    folder = tmp_path / "film"
    shutil.copytree(made, folder)
    return Production(Project.open(folder), crew=SoloCrew(Sounding()))


def heard_in(production: Production, tmp_path: Path) -> np.ndarray:
    track = soundtrack(production.project, production.plan(), timeline(production.film))
    mixed(track, tmp_path / "heard.wav")
    return read(tmp_path / "heard.wav")


def test_a_film_says_what_is_heard_in_it(made):
    sound = json.loads((made / "out" / "report.json").read_text())["sound"]
    assert sound["effects"] == "on"
    assert sound["ambience"] == ["shore"]
    assert sound["shots_with_ambience"] == 4


def test_a_film_that_is_not_boarded_is_not_said_to_be_silent(tmp_path):
    Project.create(tmp_path / "film", slate_film().model_copy(update={"shots": ()}), "test", "person")
    assert "no shots yet" in told(Production(Project.open(tmp_path / "film"), crew=SoloCrew(SlateRenderer())))


def test_off_takes_it_out_and_makes_no_picture_again(made, tmp_path):
    production = opened(made, tmp_path)
    takes = set(production.project.store.keys())
    assert "off" in set_sounds(production, None, "off").words
    production.render()
    assert production.delivered.mixed
    assert set(production.project.store.keys()) == takes
    assert json.loads((production.project.out / "report.json").read_text())["sound"]["ambience"] == []
    with production.project.lock():
        production.project.undo(by="test")
    production.render()
    assert not production.delivered.mixed, "the mix before was kept"


def test_your_own_sound_is_heard_in_place_of_ours(made, tmp_path):
    production = opened(made, tmp_path)
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    tone(sounds / "Shore.wav", 3, 3000)
    (sounds / "notes.txt").write_text("not a sound")
    tone(sounds / "kazoo.wav", 1, 500)
    before = strength(heard_in(production, tmp_path), 3000)
    words = set_sounds(production, sounds).words
    assert "kazoo.wav" in words
    shutil.rmtree(sounds)  # the film has its own copy
    assert not [n for n in production.plan().nodes if n.request.kind == "effect"], "ours is made all the same"
    assert strength(heard_in(production, tmp_path), 3000) > before + 10
    assert "heard: shore" in told(production)
    production.render()
    assert json.loads((production.project.out / "report.json").read_text())["sound"]["your_own"] == ["shore"]
    assert "tmp" not in (production.project.folder / "edits.jsonl").read_text().split("sounds")[-1], (
        "a path was kept"
    )
    set_sounds(production, None, forget=["shore"])
    assert [n.request.name for n in production.plan().nodes if n.request.kind == "effect"] == ["shore"]
    with pytest.raises(UnknownName):
        set_sounds(production, None, forget=["shore"])


def test_an_own_sound_that_is_lost_is_told_by_its_name(made, tmp_path):
    production, folder = opened(made, tmp_path), tmp_path / "mine"
    folder.mkdir()
    tone(folder / "shore.wav", 3, 700)
    set_sounds(production, None, "off")
    assert "not heard while" in set_sounds(production, folder).words
    assert "not heard while" not in set_sounds(production, folder, "on").words
    for kept in (production.project.folder / "music").glob("*.wav"):
        kept.write_bytes(b"RIFF")
    with pytest.raises(Damaged, match=r"sound 'shore'.*--forget shore"):
        soundtrack(production.project, production.plan(), timeline(production.film))


def test_a_bad_sound_changes_nothing(made, tmp_path):
    production = opened(made, tmp_path)
    before = (production.project.folder / "edits.jsonl").read_bytes()
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    with pytest.raises(BadInput, match="named after a sound"):
        set_sounds(production, sounds)
    tone(sounds / "rain.wav", 3, 3000)
    (sounds / "door.mp3").write_text("ffconcat version 1.0\nfile 'rain.wav'\n")
    with pytest.raises(BadInput, match=r"door\.mp3 is no sound"):
        set_sounds(production, sounds)
    (sounds / "door.mp3").unlink()
    shutil.copy(sounds / "rain.wav", sounds / "rain.flac")
    with pytest.raises(BadInput, match="'rain' twice"):
        set_sounds(production, sounds)
    with pytest.raises(BadInput, match="no folder"), gathered(sounds / "rain.wav"):
        pass
    assert (production.project.folder / "edits.jsonl").read_bytes() == before
    assert not list((production.project.folder / "music").glob("*"))


def test_a_shorter_name_serves_for_all_that_begin_with_it(tmp_path):
    from photoplay.render.sounds import own_sound
    from photoplay.storyboard.edits import Setting, apply
    from photoplay.storyboard.film import OwnSound

    steps, gravel = OwnSound(digest="a" * 64, milliseconds=10), OwnSound(digest="b" * 64, milliseconds=10)
    film = apply(slate_film(), Setting(sounds={"steps": steps, "steps-gravel": gravel}))
    assert own_sound(film, "steps-wood-run") == ("steps", "a" * 64)
    assert own_sound(film, "steps-gravel-run") == ("steps-gravel", "b" * 64)
    assert own_sound(film, "storm") == ("", "")
    assert apply(film, Setting(sounds={"steps": None})).settings.sounds == {"steps-gravel": gravel}


def test_the_sound_of_a_take_is_dropped_until_it_is_kept(made, tmp_path):
    production = opened(made, tmp_path)
    before = heard_in(production, tmp_path)
    production.edit([ShotSetting(shot="s01", take_sound="keep")])
    sound = heard_in(production, tmp_path)
    fps, laid = 24, timeline(production.film)
    at = {clip.item: (clip.start * RATE // fps, clip.frames * RATE // fps) for clip in laid.clips}
    start, count = at["s01"]
    within = slice(start + 2000, start + count - 2000)
    assert strength(sound[within], 3000) > strength(before[within], 3000) + 20
    start, count = at["s02"]
    assert strength(sound[start + 2000 : start + count - 2000], 3000) < -50
    production.render()
    assert not production.outcome or not production.outcome.failed
    assert json.loads((production.project.out / "report.json").read_text())["sound"]["sound_of_takes"] == [
        "s01"
    ]


def test_a_take_without_a_sound_is_said_to_have_none(tmp_path):
    folder = tmp_path / "film"
    Project.create(folder, slate_film(shots=2, lines=False, goes_on=()), "test", "person")
    production = Production(Project.open(folder), crew=SoloCrew(SlateRenderer()))
    production.edit([ShotSetting(shot="s01", take_sound="keep")])
    production.make()
    assert any("the take has none" in words for words in production.delivered.notices)
    production.edit([ShotSetting(shot="s01", take_sound="drop")])
    production.render()
    assert not any("the take has none" in words for words in production.delivered.notices)
    production.edit([ShotSetting(shot="s01", take_sound="keep")])
    production.render()  # of the mix that is kept
    assert any("the take has none" in words for words in production.delivered.notices)


def test_stems_of_a_film(made, tmp_path):
    production = opened(made, tmp_path)
    folder, words = write_stems_of(production)
    assert "before its limiter" in words[0]
    *parts, whole = (
        floats(folder / f"{name}.wav") for name in ("dialogue", "music", "effects", "ambience", "mix")
    )
    laid = timeline(production.film)
    assert len(whole) == laid.frames * RATE // 24
    assert np.abs(sum(parts) - whole).max() < 1 / 32767
    assert np.abs(parts[3]).max() > 0
    assert not list(production.project.work.glob("*")), "scratch is left"
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="give a folder"):
        write_stems_of(production, tmp_path / "file")
    production.edit([ShotSetting(shot="s01", take_sound="keep")])
    with pytest.raises(BadInput, match="not finished"):
        write_stems_of(production)


def test_a_change_of_how_a_sound_lies_is_another_mix_and_none_is_the_mix_of_old(made, tmp_path):
    production = opened(made, tmp_path)
    track = soundtrack(production.project, production.plan(), timeline(production.film))
    lines = [(line.sha256, start) for line, start in track.lines]
    plain = digest(
        {
            "recipe": 1,
            "lines": sorted((s, d) for d, s in lines),
            "score": track.score.sha256,
            "samples": track.samples,
        }
    )
    assert sound_key(lines, track.score.sha256, track.samples) == plain, (
        "mixes of films without sounds are made again"
    )
    assert track.key != plain
    one, other = (
        sound_key(lines, track.score.sha256, track.samples, [["a" * 64, 0, 10, level]])
        for level in (-14, -15)
    )
    assert one != other


def test_the_command_tells_and_changes_what_is_heard(made, tmp_path):
    from typer.testing import CliRunner

    from photoplay.studio.command import app

    production = opened(made, tmp_path)
    folder = str(production.project.folder)

    def run(*words):
        return CliRunner().invoke(app, ["sounds", folder, *words])

    assert "Ambience: shore." in run().output
    assert "s01 keep" in run("--keep", "s01").output
    assert Project.open(production.project.folder).film.shot("s01").take_sound == "keep"
    run("--drop", "s01", "--effects", "off")
    film = Project.open(production.project.folder).film
    assert (film.shot("s01").take_sound, film.settings.effects) == ("drop", "off")
    assert isinstance(run("--keep", "s99").exception, UnknownName)
    assert isinstance(run("--effects", "loud").exception, BadInput)
    assert Project.open(production.project.folder).film == film
