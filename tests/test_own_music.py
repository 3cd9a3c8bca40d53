"""Music of one's own: heard as it is, fitted to the film, refused before anything is made where it is none."""

import io
import json
import wave

import numpy as np
import pytest
from tiny_films import copy_of_a_film, opened

from photoplay.agent.directing.understood import Talk
from photoplay.agent.music import set_music
from photoplay.agent.reading.reader import EverydayReader
from photoplay.render.plan import Planner
from photoplay.render.protocol import Job
from photoplay.render.registry import find_renderer
from photoplay.render.requests import Input, Score
from photoplay.render.sound.score import Composer
from photoplay.render.sound.wav import WavReader, wav_bytes
from photoplay.storyboard.edits import SetScene, apply_all
from photoplay.storyboard.errors import BadInput, RenderError
from photoplay.storyboard.film import Settings
from photoplay.storyboard.vocabulary import Mood

RATE = 48_000


def song(seconds, hertz=220.0):
    time = np.arange(round(seconds * RATE)) / RATE
    wave_form = (0.3 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)
    return np.stack([wave_form, 0.8 * wave_form], axis=1)


def fitted(track, seconds, looped=False):
    own = Input(key="a" * 64, part="track")
    request = Score(milliseconds=round(seconds * 1000), cues=(), own=own, looped=looped)
    notice, part = Composer().render([Job(request, weights={own: wav_bytes(track)})], lambda job, share: None)
    with wave.open(io.BytesIO(part.data)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767
    assert len(sound) == round(seconds * RATE)
    return sound, notice.words


@pytest.fixture
def production(tmp_path):
    return opened(copy_of_a_film(tmp_path / "film"))


@pytest.fixture
def song_file(tmp_path):
    path = tmp_path / "song.wav"
    path.write_bytes(wav_bytes(song(90)))
    return path


def score_key(film):
    return Planner(find_renderer).plan(film).node("score").key


def test_a_longer_track_is_heard_as_it_is_and_dies_away_at_the_films_end():
    track = song(20)
    sound, told = fitted(track, 12)
    assert np.abs(sound[: 7 * RATE] - track[: 7 * RATE]).max() < 1e-4
    levels = [np.abs(sound[at * RATE : (at + 1) * RATE]).max() for at in range(8, 12)]
    assert levels == sorted(levels, reverse=True)
    assert np.abs(sound[-200:]).max() < 1e-3
    assert "cut at 12.0 s" in told


def test_a_shorter_track_ends_early_and_that_is_said():
    sound, told = fitted(song(4), 10)
    assert not sound[4 * RATE :].any()
    assert "ends 6.0 s before the film" in told
    assert "--loop" in told


def test_a_track_that_begins_again_has_neither_hole_nor_click():
    sound, told = fitted(song(4.0), 15, looped=True)
    assert "heard 5 times" in told
    levels = [np.sqrt(np.mean(sound[at : at + 4800] ** 2)) for at in range(0, 10 * RATE, 4800)]
    assert min(levels) > 0.5 * max(levels)
    assert np.abs(np.diff(sound, n=3, axis=0)).max() < 0.01


def test_the_film_hears_its_own_music_and_no_mood_makes_it_again(production, song_file):
    set_music(production, str(song_file))
    production.render()
    node = production.plan().node("score")
    with WavReader(production.project.store.path(node.key, "sound"), channels=2) as reader:
        assert np.abs(reader.read(0, RATE) - song(1)).max() < 1e-3
    scene = production.film.story.scenes[0].id
    production.edit([SetScene(scene=scene, mood=Mood.eerie)])
    assert production.plan().node("score").key == node.key
    report = json.loads((production.project.out / "report.json").read_text(encoding="utf-8"))
    assert any("your track" in notice["words"] for notice in report["notices"])


def test_none_is_silence_and_undo_brings_the_music_back(production, song_file):
    before = score_key(production.film)
    set_music(production, "none")
    production.render()
    with WavReader(production.project.store.path(score_key(production.film), "sound"), channels=2) as reader:
        assert not reader.read(0, reader.samples).any()
    set_music(production, str(song_file))
    production.undo(2)
    assert score_key(production.film) == before


def test_the_file_may_go_and_its_name_is_kept_nowhere(production, song_file):
    set_music(production, str(song_file), looped=True)
    song_file.unlink()
    production.render()
    folder = production.project.folder
    texts = [p.read_bytes() for p in folder.rglob("*") if p.suffix in (".json", ".jsonl") and p.is_file()]
    assert texts
    assert not any(b"song.wav" in text for text in texts)


def test_a_track_that_was_tampered_with_is_not_heard(production, song_file):
    set_music(production, str(song_file))
    kept = next((production.project.folder / "music").glob("*.wav"))
    data = bytearray(kept.read_bytes())
    data[5000] ^= 1
    kept.write_bytes(data)
    with pytest.raises(RenderError, match="not what was added"):
        production.render()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("list.mp3", b"#EXTM3U\nhttp://127.0.0.1/x.mp3\n", "no sound"),
        ("cat.wav", b"ffconcat version 1.0\nfile /etc/passwd\n", "no sound"),
        ("silent.wav", wav_bytes(np.zeros((RATE, 2), np.float32)), "silent"),
        ("half.wav", wav_bytes(song(3))[:100_000], "cut short"),
        ("empty.flac", b"", "empty"),
        ("notes.txt", b"do re mi", "no sound"),
    ],
)
def test_what_is_no_music_changes_nothing(production, tmp_path, name, data, why):
    path = tmp_path / name
    path.write_bytes(data)
    before = (production.project.folder / "edits.jsonl").read_bytes()
    with pytest.raises(BadInput, match=why):
        set_music(production, str(path))
    assert (production.project.folder / "edits.jsonl").read_bytes() == before
    assert not (production.project.folder / "music").exists()


def test_bad_music_is_refused_before_there_is_a_film(tmp_path, monkeypatch):
    from photoplay.studio.command import app

    monkeypatch.chdir(tmp_path)
    (tmp_path / "song.mp3").write_bytes(b"#EXTM3U\n/etc/passwd\n")
    with pytest.raises(BadInput, match="no sound"):
        app(["make", "A whale sings.", "--out", "film", "--music", "song.mp3"], standalone_mode=False)
    assert not (tmp_path / "film").exists()


@pytest.mark.parametrize(
    ("asked", "looped", "player"),
    [
        ("composed", True, ""),
        ("none", False, "score"),
        ("composed", False, "animatic"),
        ("composed", False, "nosuch"),
    ],
)
def test_what_does_not_go_together_is_refused(production, asked, looped, player):
    before = production.film
    with pytest.raises(BadInput):
        set_music(production, asked, looped, player)
    assert production.film == before


def test_films_from_before_keep_their_keys():
    assert "music" not in Settings().model_dump()
    assert not {"own", "looped", "silent"} & Score(milliseconds=5, cues=()).model_dump().keys()


def understood(film, words):
    return EverydayReader().understand(film, words, Talk(), lambda told: None)


@pytest.mark.parametrize(
    "words", ["no music", "Please take the music out.", "turn the music off", "I don't want any music"]
)
def test_by_words_the_music_is_turned_off_and_on_again(production, words):
    quiet = apply_all(production.film, understood(production.film, words).edits)
    assert quiet.settings.music.kind == "none"
    again = apply_all(quiet, understood(quiet, "music again please").edits)
    assert again == production.film


@pytest.mark.parametrize("words", ["no sad music", "keep the music", "no music in shot 2"])
def test_other_words_about_music_do_not_turn_it_off(production, words):
    edits = understood(production.film, words).edits
    assert apply_all(production.film, edits).settings.music.kind == "composed"


@pytest.mark.parametrize(
    "words",
    ["no sound effects", "Turn the sound effects off.", "remove all effects and ambience", "no sfx"],
)
def test_by_words_the_effects_are_turned_off_and_on_again(production, words):
    quiet = apply_all(production.film, understood(production.film, words).edits)
    assert quiet.settings.effects == "off"
    assert apply_all(quiet, understood(quiet, "turn the sound effects on again").edits) == production.film


@pytest.mark.parametrize(
    "words", ["no thunder sound", "no sound effects in shot 2", "add a door sound effect"]
)
def test_other_words_about_effects_do_not_turn_all_off(production, words):
    edits = understood(production.film, words).edits
    assert apply_all(production.film, edits).settings.effects == "on"
