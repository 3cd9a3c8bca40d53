"""Speech: what a film maker would hear, read and time pictures by."""

import io
import json
import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.render.protocol import Job, Notice, Part, Renderer
from photoplay.render.requests import Score, Speak
from photoplay.render.sound.espeak_library import Manner, speak
from photoplay.render.sound.speech import Espeak, plain_text
from photoplay.render.sound.voices import languages, voice_for
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.looks import Voice
from photoplay.storyboard.vocabulary import LineKind

pytest.importorskip("espeakng_loader")

NARRATION = (
    "At the edge of the island stood an old lighthouse, and in it lived a keeper who had spoken to no one "
    "since the spring. Every evening she climbed the stairs and lit the lamp. One night, something answered "
    "from the dark water.",
    "A retired clockmaker finds a broken music box in the attic. He carries it to his workshop and opens the "
    "lid. Inside, a tiny dancer waits for a spring that no one makes anymore.",
    "Two sisters search the desert for their missing brother. The wind covers every track. On the third "
    "night they see a fire on the horizon.",
    "Nobody believed the robot could paint. It mixed the colours in an old tin, and it waited for the light.",
)


def say(words, line=LineKind.narration, delivery="", **voice):
    espeak = Espeak()
    espeak.load("cpu", None)
    request = Speak(words=words, voice=Voice(**voice), line=line, delivery=delivery)
    return list(espeak.render([Job(request)], lambda job, share: None))


def parts(outputs):
    found = {p.name: p.data for p in outputs if isinstance(p, Part)}
    with wave.open(io.BytesIO(found["sound"])) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 48_000)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767
    return samples, json.loads(found["words"])


def test_it_is_a_renderer_and_says_what_it_needs():
    assert isinstance(Espeak(), Renderer)
    assert Espeak().capabilities().needs == ("espeakng_loader",)
    assert Espeak().weights.startswith("espeakng-loader-")


def test_a_line_is_whole_milliseconds_and_its_words_lie_within_it_in_order():
    text = "The keeper lit the lamp — slowly. Far below, a whale sang to her."
    samples, timing = parts(say(text))
    assert len(samples) == timing["milliseconds"] * 48
    assert " ".join(word["text"] for word in timing["words"]) == text
    times = [t for word in timing["words"] for t in (word["start"], word["end"])]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= timing["milliseconds"]
    assert all(word["end"] > word["start"] for word in timing["words"])


def test_words_are_marked_where_they_sound():
    samples, timing = parts(say("One night. Something answered."))
    level = np.abs(samples)
    pause = next(w["end"] for w in timing["words"] if w["text"] == "night.")
    resumes = next(w["start"] for w in timing["words"] if w["text"] == "Something")
    assert resumes - pause > 200
    assert level[(pause + 60) * 48 : (resumes - 40) * 48].max() < 0.1 * level.max()


def test_silence_is_trimmed_and_the_level_is_that_of_every_other_line():
    levels = []
    for text in NARRATION:
        samples, _ = parts(say(text))
        loud = np.flatnonzero(np.abs(samples) > 0.02)
        assert loud[0] < 0.06 * 48_000
        assert len(samples) - loud[-1] < 0.25 * 48_000
        assert np.abs(samples).max() <= 10 ** (-5 / 20) + 1e-4
        heard = samples[np.abs(samples) > 0.02 * np.abs(samples).max()]
        levels.append(20 * np.log10(np.sqrt(np.mean(heard**2))))
        assert abs(samples[0]) < 1e-3
        assert abs(samples[-1]) < 1e-3
    assert max(levels) - min(levels) < 1.0


def test_narration_at_the_usual_pace_is_2_3_to_2_8_words_a_second():
    for text in NARRATION:
        _, timing = parts(say(text, pace=155))
        spoken = timing["words"][-1]["end"] - timing["words"][0]["start"]
        assert 2.3 <= len(text.split()) * 1000 / spoken <= 2.8, text


def test_pace_is_about_words_a_minute_over_its_range():
    for pace in (110, 200):
        rates = []
        for text in NARRATION:
            _, timing = parts(say(text, pace=pace))
            rates.append(len(text.split()) * 60_000 / timing["words"][-1]["end"])
        assert np.mean(rates) == pytest.approx(pace, rel=0.1)


def test_a_line_sounds_the_same_whatever_was_said_before():
    alone = say("The sea held its breath.", variant="f3")
    espeak = Espeak()
    espeak.load("cpu", None)
    other = Speak(words="Something else, in German!", voice=Voice(language="de", pace=200))
    same = Speak(words="The sea held its breath.", voice=Voice(variant="f3"))
    after = list(espeak.render([Job(other), Job(same)], lambda job, share: None))
    assert [p.data for p in after[2:]] == [p.data for p in alone]


@pytest.mark.parametrize(
    "change", [{"pitch": 75}, {"pace": 120}, {"variant": "f3"}, {"language": "en-us"}, {"language": "de"}]
)
def test_every_part_of_a_voice_is_heard(change):
    assert parts(say("Nobody came to the harbour."))[0].tobytes() != (
        parts(say("Nobody came to the harbour.", **change))[0].tobytes()
    )


def test_delivery_and_kind_of_line_are_heard():
    plain = parts(say("Come back."))[0]
    assert len(parts(say("Come back.", delivery="slowly, sad"))[0]) > len(plain)
    assert parts(say("Come back.", line=LineKind.dialogue))[0].tobytes() != plain.tobytes()


@pytest.mark.parametrize("voice", [{"language": "tlh"}, {"variant": "nosuch"}, {"language": "en-gb-nowhere"}])
def test_an_unknown_voice_is_refused_and_the_known_are_listed(voice):
    with pytest.raises(Refused, match=r"It has: .+"):
        say("Hello.", **voice)


def test_it_refuses_what_it_does_not_do():
    espeak = Espeak()
    with pytest.raises(Refused):
        list(espeak.render([Job(Score(milliseconds=10, cues=()))], lambda job, share: None))
    with pytest.raises(Refused, match="before it was loaded"):
        list(espeak.render([Job(Speak(words="Hello.", voice=Voice()))], lambda job, share: None))


def test_markup_and_commands_in_a_line_are_only_text():
    slow, _ = parts(say('<prosody rate="x-slow">Hello there</prosody>'))
    plain, _ = parts(say("Hello there"))
    assert len(slow) > 1.8 * len(plain), "the tags are read aloud, not obeyed"
    assert plain_text("Hello\x01200S there\u2028\ue000.") == "Hello 200S there  ."
    phonemes, _ = parts(say("[[h@l'oU]]"))
    assert len(phonemes) > 1.2 * len(parts(say("Hello"))[0])


@pytest.mark.parametrize("words", ["", "...", " \n ", "—"])
def test_a_line_that_cannot_be_spoken_is_a_short_silence_and_says_so(words):
    outputs = say(words)
    samples, timing = parts(outputs)
    assert any(isinstance(o, Notice) and o.kind == "unspoken" for o in outputs)
    assert not samples.any()
    assert timing == {"milliseconds": 400, "words": []}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Leuchtturm stand allein."),
        ("fr", "Le phare était seul."),
        ("ru", "Маяк стоял один."),
        ("ar", "كان المنار وحيدا."),
        ("zh", "他在灯塔里。鲸鱼来了。"),
        ("ja", "とうだいは ひとりだった。"),
        ("hi", "प्रकाशस्तंभ अकेला था।"),
    ],
)
def test_other_languages_have_a_voice_and_timings(code, text):
    voice = voice_for(code)
    assert voice is not None
    samples, timing = parts(say(text, language=voice))
    assert np.abs(samples).max() > 0.1
    assert "".join(w["text"] for w in timing["words"]).replace(" ", "") == text.replace(" ", "")


def test_voices_are_known_without_loading_the_library():
    assert (voice_for("en"), voice_for("fr"), voice_for("zh-Hant")) == ("en-gb", "fr-fr", "cmn")
    assert (voice_for("deu"), voice_for("pt_BR"), voice_for("no")) == ("de", "pt-br", "nb")
    assert voice_for("tlh") is None
    assert voice_for("") is None
    assert len(languages()) > 90
    assert all(Voice(language=code).language == code for code in languages())


def test_the_spectrum_has_no_image_of_the_old_rate():
    samples, _ = parts(say(NARRATION[3]))
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / 48_000)
    assert power[hertz > 11_500].sum() < 1e-6 * power.sum()
    assert power[hertz < 60].sum() < 1e-3 * power.sum()


def test_looking_up_a_voice_loads_nothing_under_the_gpl():
    program = (
        "import sys; from photoplay.render.sound.speech import Espeak; Espeak().capabilities();"
        "from photoplay.render.sound.voices import voice_for; assert voice_for('de') == 'de';"
        "assert 'espeakng_loader' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_installation_far_down_a_tree_speaks_too(tmp_path):
    deep = tmp_path / ("x" * 90) / ("y" * 90)
    deep.mkdir(parents=True)
    loader = pytest.importorskip("espeakng_loader")
    shutil.copytree(loader.get_data_path(), deep / "espeak-ng-data")
    manner = Manner("gmw/en", 150, 50, 50)
    here = os.getcwd()
    far = speak(Path(loader.get_library_path()), deep / "espeak-ng-data", "Hello there.", manner)
    near = speak(Path(loader.get_library_path()), Path(loader.get_data_path()), "Hello there.", manner)
    assert np.array_equal(far.samples, near.samples)
    assert os.getcwd() == here


def test_kanji_that_the_voice_cannot_read_are_told_and_no_word_is_empty():
    outputs = say("灯台はひとりだった。", language="ja")
    assert any(isinstance(o, Notice) and o.kind == "kanji" for o in outputs)
    assert all(word["text"] for word in parts(outputs)[1]["words"])
    assert not any(isinstance(o, Notice) for o in say("とうだいはひとりだった。", language="ja"))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["en-gb", "ja", "cmn", "ar"]))
def test_any_text_is_spoken_or_told_and_its_timings_hold(text, language):
    outputs = say(text, language=language)
    samples, timing = parts(outputs)
    words = timing["words"]
    assert len(samples) == timing["milliseconds"] * 48 > 0
    assert bool(words) != any(isinstance(o, Notice) and o.kind == "unspoken" for o in outputs)
    times = [t for word in words for t in (word["start"], word["end"])]
    assert times == sorted(times)
    assert not times or (times[0] >= 0 and times[-1] <= timing["milliseconds"])
    assert all(word["text"] for word in words)
