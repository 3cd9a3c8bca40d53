"""The score: what can be measured of music that nobody in a test hears."""

import io
import itertools
import subprocess
import sys
import wave

import numpy as np
import pytest
from films import slate_film
from peak import PEAK_MB

from photoplay.render.plan import Planner
from photoplay.render.protocol import Job, Renderer
from photoplay.render.registry import find_renderer
from photoplay.render.requests import Score, ScoreCue, Speak
from photoplay.render.sound.composition import compose
from photoplay.render.sound.harmony import PALETTES, chord_degrees, pitch, theme_of, varied, voiced
from photoplay.render.sound.instruments import INSTRUMENTS, hertz, play
from photoplay.render.sound.score import Composer
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.film import Card
from photoplay.storyboard.looks import Voice
from photoplay.storyboard.timeline import timeline
from photoplay.storyboard.vocabulary import Beat, Mood

ARC = (
    (0, Mood.calm, Beat.setup),
    (6000, Mood.mysterious, Beat.spark),
    (11000, Mood.tense, Beat.trial),
    (16000, Mood.sad, Beat.crisis),
    (21000, Mood.triumphant, Beat.climax),
    (28000, Mood.tender, Beat.resolution),
)


def asked(milliseconds=36_000, seed=3, arc=ARC):
    cues = tuple(ScoreCue(at=at, mood=mood, beat=beat) for at, mood, beat in arc)
    return Score(milliseconds=milliseconds, cues=cues, seed=seed)


def heard(request):
    (part,) = Composer().render([Job(request)], lambda job, share: None)
    with wave.open(io.BytesIO(part.data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48_000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767


@pytest.fixture(scope="module")
def film():
    return heard(asked())


def rms_db(samples):
    return 20 * np.log10(np.sqrt(np.mean(samples**2)) + 1e-9)


def test_it_is_a_renderer():
    assert isinstance(Composer(), Renderer)
    with pytest.raises(Refused):
        list(Composer().render([Job(Speak(words="Hello.", voice=Voice()))], lambda job, share: None))
    with pytest.raises(Refused, match="three hours"):
        list(Composer().render([Job(asked(4 * 3_600_000))], lambda job, share: None))


@pytest.mark.parametrize("milliseconds", [1, 7, 480, 1999, 3001, 9973])
def test_it_is_as_long_as_asked_to_the_sample(milliseconds):
    music = heard(asked(milliseconds))
    assert len(music) == milliseconds * 48
    assert np.abs(music[-1]).max() < 0.002


@pytest.mark.parametrize("arc", [(), ARC[::-1], ((5000, Mood.joyful, Beat.setup),), ARC[:1] * 3])
def test_odd_cues_still_make_music_from_first_to_last(arc):
    music = heard(asked(8000, arc=arc))
    assert all(rms_db(music[at * 48_000 : (at + 1) * 48_000]) > -45 for at in range(7))


def test_the_same_request_gives_the_same_bytes_and_another_seed_another_score(film):
    assert np.array_equal(heard(asked()), film)
    assert not np.array_equal(heard(asked(seed=4)), film)
    assert len({theme_of(seed) for seed in range(40)}) > 30


@pytest.mark.parametrize("mood", list(Mood))
def test_each_mood_sounds_different(mood):
    notes = {m: compose(asked(9000, arc=((0, m, Beat.setup),))).notes for m in Mood}
    assert all(notes[mood] != other for m, other in notes.items() if m is not mood)


def test_a_changed_cue_in_the_middle_changes_only_from_there_on(film):
    arc = (*ARC[:3], (16000, Mood.hopeful, Beat.crisis), *ARC[4:])
    other = compose(asked(arc=arc))
    mine = compose(asked())
    before = [n for n in mine.notes if n.start < 16 * 48_000 and n.instrument != "riser"]
    assert before == [n for n in other.notes if n.start < 16 * 48_000 and n.instrument != "riser"]
    assert mine.notes != other.notes


def test_even_the_mood_of_a_last_late_cue_is_heard():
    late = (*ARC, (34_000, Mood.eerie, Beat.resolution))
    assert compose(asked(arc=late)).notes != compose(asked()).notes


def test_nothing_clips_clicks_or_stands_off_centre(film):
    assert np.abs(film).max() < 0.97
    assert np.abs(film.mean(axis=0)).max() < 1e-3
    jumps = np.abs(np.diff(film, axis=0)).max(axis=1)
    assert jumps.max() < 0.2
    curve = np.abs(np.diff(film, n=3, axis=0)).max(axis=1)
    assert curve.max() < 0.1, "a click is a kink: it stands out of the third difference"


def test_it_leaves_room_for_speech_and_is_neither_rumble_nor_mud(film):
    power = np.abs(np.fft.rfft(film.mean(axis=1))) ** 2
    hertz_of = np.fft.rfftfreq(len(film), 1 / 48_000)

    def band(low, high):
        return 10 * np.log10(power[(hertz_of >= low) & (hertz_of < high)].sum() / power.sum())

    assert band(0, 30) < -40
    assert band(1500, 4000) < -14
    assert band(500, 1500) > -12
    assert band(30, 120) < -3


def test_it_swells_into_the_climax_and_fades_to_nothing(film):
    seconds = [rms_db(film[at * 48_000 : (at + 1) * 48_000]) for at in range(36)]
    assert np.mean(seconds[21:28]) > np.mean(seconds[:20]) + 3
    assert max(seconds) in seconds[21:28]
    assert seconds[20] > np.mean(seconds[16:18])
    assert seconds[34] > seconds[35]
    assert rms_db(film[-2400:]) < -50
    assert min(seconds[:34]) > -40, "no hole in the music"


def test_it_is_stereo_and_holds_together_in_mono(film):
    left, right = film.T
    assert 0.1 < np.corrcoef(left, right)[0, 1] < 0.95
    assert rms_db((left + right) / 2) > rms_db(film) - 4


def test_notes_begin_on_the_beat_and_sections_on_their_cues():
    composition = compose(asked())
    assert [s.start for s in composition.sections] == [at * 48 for at, _, _ in ARC]
    for section in composition.sections:
        length = (section.stop - section.start) / section.beats / 48_000
        assert 0.7 < length * PALETTES[section.mood].tempo / 60 < 1.3
        for note in composition.notes:
            if section.start <= note.start < section.stop and note.instrument != "riser":
                place = (note.start - section.start) / (section.stop - section.start) * section.beats * 4
                assert abs(place - round(place)) < 0.01, note


def test_melody_tones_on_strong_beats_belong_to_their_chord():
    composition = compose(asked(seed=11))
    pads = [n for n in composition.notes if n.instrument in ("warm", "strings", "glass")]
    checked = 0
    for note in composition.notes:
        section = next((s for s in composition.sections if s.start <= note.start < s.stop), None)
        if section is None or note.instrument != PALETTES[section.mood].lead or note.strength < 0.6:
            continue
        beat = (note.start - section.start) / (section.stop - section.start) * section.beats
        if round(beat * 4) % 8 == 0:
            chord = {p.midi % 12 for p in pads if p.start <= note.start < p.start + p.length - 48_000}
            assert note.midi % 12 in chord
            checked += 1
    assert checked >= 6


def test_every_pitch_is_of_the_home_key_and_chords_move_by_small_steps():
    composition = compose(asked())
    scale = {(composition.tonic + step) % 12 for step in (0, 2, 4, 5, 7, 9, 11)}
    assert {n.midi % 12 for n in composition.notes if n.instrument != "riser"} <= scale
    for palette in PALETTES.values():
        for progression in palette.progressions:
            before = ()
            for chord in progression:
                now = voiced(50, chord_degrees(palette, chord), before)
                assert 48 <= now[0] < now[-1] <= 74
                assert not before or abs(np.mean(now) - np.mean(before)) <= 4
                before = now


def test_the_theme_returns():
    composition = compose(asked(60_000, arc=((0, Mood.calm, Beat.setup), (30_000, Mood.calm, Beat.climax))))
    first, last = composition.sections
    rhythm = [tone.beat for tone in composition.theme]
    for section in (first, last):
        beats = {
            round((n.start - section.start) / (section.stop - section.start) * section.beats, 2)
            for n in composition.notes
            if n.instrument == "piano" and n.strength > 0.6 and section.start <= n.start < section.stop
        }
        assert set(rhythm) <= beats


def test_the_theme_is_not_said_the_same_way_twice_running_but_comes_home_at_the_end():
    theme = theme_of(3)
    said = [varied(theme, n) for n in range(4)]
    assert said[0] == theme
    assert len(set(said)) == 4
    assert all([(t.beat, t.beats) for t in one] == [(t.beat, t.beats) for t in theme] for one in said)
    long = ((0, Mood.calm, Beat.spark), (60_000, Mood.calm, Beat.resolution))
    leads = [
        n for n in compose(asked(90_000, arc=long)).notes if n.instrument == "piano" and n.strength > 0.6
    ]
    sung = {tuple(n.midi for n in leads[at : at + len(theme)]) for at in range(0, 4 * len(theme), len(theme))}
    assert len(sung) >= 3


def test_a_scene_ends_on_a_chord_that_wants_to_go_on_and_none_stands_still_before_it():
    for mood, palette in PALETTES.items():
        composition = compose(asked(60_000, arc=((0, mood, Beat.trial), (30_000, mood, Beat.resolution))))
        section = composition.sections[0]
        bass = [n for n in composition.notes if n.instrument == "bass" and n.start < section.stop]
        last = max(n.start for n in bass)
        root = pitch(composition.tonic, palette.home + palette.turn)
        bars = [n.midi % 12 for n in bass if n.strength > 0.4]
        assert next(n.midi for n in bass if n.start == last) % 12 == root % 12
        assert bars[-2] != bars[-1]


def test_the_final_chord_falls_where_it_is_asked_for_and_rings_to_the_end():
    request = asked().model_copy(update={"ending": 33_500})
    composition = compose(request)
    final = [n for n in composition.notes if n.start == 33_500 * 48]
    assert len({n.instrument for n in final}) >= 4
    assert max(n.start for n in composition.notes) < 33_500 * 48 + 48_000
    music = heard(request)
    levels = [rms_db(music[at : at + 12_000]) for at in range(33_600 * 48, 36_000 * 48 - 12_000, 12_000)]
    assert levels[0] > -30
    assert all(later < earlier + 1.5 for earlier, later in itertools.pairwise(levels))


def test_a_film_with_an_end_card_has_its_final_chord_on_that_card():
    film = slate_film()
    laid = timeline(film)
    for frames, on_it in ((24, False), (72, True), (24 * 30, False)):
        card = Card(id="ending", heading="The end", frames=frames)
        request = Planner(find_renderer).plan(film.model_copy(update={"ending": card})).node("score").request
        assert request.ending == (film.settings.rate.milliseconds(laid.clips[-1].start) if on_it else 0)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_each_player_begins_and_ends_in_silence(instrument):
    for length in (300, 24_000, 200_000):
        note = play(instrument, 60, length, 5)
        assert np.abs(note[0]).max() < 0.01
        assert np.abs(note[-1]).max() < 0.01
        assert 0 < np.abs(note).max() < 1.0


@pytest.mark.parametrize(
    "instrument",
    ["pluck", "piano", "bell", "flute", "horn", "bass", "warm", "strings", "glass", "choir"],
)
@pytest.mark.parametrize("midi", [45, 60, 72, 79])
def test_each_player_is_in_tune(instrument, midi):
    note = play(instrument, midi, 96_000, 0)[:, 0]
    spectrum = np.abs(np.fft.rfft(note * np.hanning(len(note)), 1 << 20))
    found = np.fft.rfftfreq(1 << 20, 1 / 48_000)
    near = (found > hertz(midi) * 0.96) & (found < hertz(midi) * 1.04)
    heard_at = np.average(found[near], weights=spectrum[near] ** 2)
    assert abs(1200 * np.log2(heard_at / hertz(midi))) < 6
    assert pitch(48, 7) == 60


def test_a_minute_takes_seconds_and_little_memory():
    program = PEAK_MB + (
        "import time; from photoplay.render.sound.score import Composer;"
        "from photoplay.render.requests import Score; from photoplay.render.protocol import Job;"
        "t = time.process_time();"
        "list(Composer().render([Job(Score(milliseconds=60000, cues=()))], lambda j, s: None));"
        "print(time.process_time() - t, peak_mb())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 6.0
    assert megabytes < 300
