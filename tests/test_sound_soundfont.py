"""The score by a soundfont of the machine's: exact in length and time, and plainly refused where there is none."""

import io
import struct
import wave

import numpy as np
import pytest
from test_sound_score import ARC, asked, rms_db

from photoplay.agent.music import brought
from photoplay.render.protocol import Job, Renderer
from photoplay.render.registry import find_renderer
from photoplay.render.requests import Score
from photoplay.render.sound import soundfont
from photoplay.render.sound.composition import compose
from photoplay.render.sound.midi import midi_file
from photoplay.storyboard.errors import BadInput, Refused


def here():
    try:
        find_renderer("soundfont").preflight()
    except BadInput:
        return False
    return True


needed = pytest.mark.skipif(not here(), reason="no fluidsynth or no soundfont on this machine")


def events(data):
    """(tick, bytes) of each event of a file with one track, and its ticks a beat."""
    assert data[:4] == b"MThd"
    division = struct.unpack(">H", data[12:14])[0]
    assert struct.unpack(">I", data[18:22])[0] == len(data) - 22
    at, now, found = 22, 0, []
    while at < len(data):
        delta = 0
        while True:
            delta = delta << 7 | data[at] & 0x7F
            at += 1
            if not data[at - 1] & 0x80:
                break
        now += delta
        size = data[at + 2] + 3 if data[at] == 0xFF else 2 if data[at] & 0xF0 == 0xC0 else 3
        found.append((now, data[at : at + size]))
        at += size
    return division, found


def test_every_note_is_on_its_sample_and_let_go_and_the_file_is_as_long_as_the_film():
    composition = compose(asked())
    division, found = events(midi_file(composition))
    assert division * 2 == 48_000
    begun = [(at, data[1]) for at, data in found if data[0] & 0xF0 == 0x90]
    ended = [data for _, data in found if data[0] & 0xF0 == 0x80]
    wanted = sorted((n.start, n.midi) for n in composition.notes if n.instrument != "riser")
    assert sorted(begun) == wanted
    assert len(ended) == len(begun)
    assert found[-1] == (composition.samples, b"\xff\x2f\x00")
    assert all(any(at == cue * 48 for at, _ in begun) for cue, _, _ in ARC)
    assert 0x99 not in {data[0] for _, data in found}, "the tenth channel is for drum kits"


@needed
def test_it_is_played_to_the_sample_again_the_same_and_swells_and_ends():
    player = find_renderer("soundfont")
    assert isinstance(player, Renderer)
    player.load("auto", None)
    request = asked(12_345)
    sounds = [next(iter(player.render([Job(request)], lambda *_: None))).data for _ in range(2)]
    assert sounds[0] == sounds[1]
    with wave.open(io.BytesIO(sounds[0])) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 48_000, 12_345 * 48)
        music = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767
    assert 0.8 < np.abs(music).max() < 0.9
    assert rms_db(music[-1200:]) < -50
    assert all(rms_db(music[at * 48_000 : (at + 1) * 48_000]) > -45 for at in range(11))


@needed
def test_another_soundfont_is_another_maker(monkeypatch, tmp_path):
    before = find_renderer("soundfont").weights
    other = tmp_path / "other.sf2"
    other.write_bytes(soundfont.soundfont().read_bytes() + b"\0\0")
    monkeypatch.setenv("PHOTOPLAY_SOUNDFONT", str(other))
    after = find_renderer("soundfont").weights
    assert after != before
    assert "other" not in after


@pytest.mark.parametrize("data", [None, b"", b"RIFF\0\0\0\0WAVEfmt ", b"not a soundfont"])
def test_without_a_soundfont_it_is_refused_before_anything_is_changed(monkeypatch, tmp_path, data):
    monkeypatch.setattr(soundfont.shutil, "which", lambda name: "/usr/bin/fluidsynth")
    path = tmp_path / "some.sf2"
    if data is not None:
        path.write_bytes(data)
    monkeypatch.setenv("PHOTOPLAY_SOUNDFONT", str(path))
    with pytest.raises(BadInput, match=r"names no \.sf2"), brought("composed", player="soundfont"):
        pass


def test_without_its_program_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(soundfont.shutil, "which", lambda name: None)
    with pytest.raises(BadInput, match="apt install fluidsynth"), brought("composed", player="soundfont"):
        pass


def test_it_plays_composed_music_only():
    with pytest.raises(Refused):
        list(
            find_renderer("soundfont").render(
                [Job(Score(milliseconds=5, cues=(), silent=True))], lambda *_: None
            )
        )
