"""Voices: who is heard must be told apart, and sound like what is seen."""

import itertools

import numpy as np
import pytest

from photoplay.render.requests import Speak
from photoplay.render.sound.speech import Espeak
from photoplay.storyboard.looks import BodyLook, Voice
from photoplay.storyboard.schema import digest
from photoplay.storyboard.vocabulary import Age, Being, Stature
from photoplay.storyboard.voices import APART, narrator_voice, pitch_hertz, semitones_apart, voices

WOMAN, MAN = BodyLook(presents="woman"), BodyLook(presents="man")
OLD_MAN = BodyLook(presents="man", age=Age.elder)
GIRL = BodyLook(presents="woman", age=Age.child)
MOUSE = BodyLook(being=Being.quadruped, species="mouse", stature=Stature.tiny)
GIANT = BodyLook(being=Being.creature, species="giant", stature=Stature.giant)
ROBOT = BodyLook(being=Being.robot, species="robot")
WORDS = "We will never reach the far shore before the storm is over."


@pytest.fixture(scope="module")
def espeak():
    maker = Espeak()
    maker.load("cpu", None)
    return maker


def said(espeak, voice, words=WORDS):
    sound, timed = espeak._say(Speak(words=words, voice=voice))
    return sound, timed


def hertz_of(sound):
    """F0 of the 40 ms frames that are voiced, by autocorrelation."""
    sound, rate, size, found = sound[::4].astype(float), 12_000, 960, []
    loud = np.sqrt(np.mean(sound**2))
    for at in range(0, len(sound) - size, 240):
        frame = sound[at : at + size] * np.hanning(size)
        if np.sqrt(np.mean(frame**2)) < 0.3 * loud:
            continue
        auto = np.fft.irfft(np.abs(np.fft.rfft(frame, 2 * size)) ** 2)[:300] * (1 + np.arange(300) / 1000)
        low = int(np.argmax(auto < 0.3 * auto[0]))
        best = max(low, 17) + int(np.argmax(auto[max(low, 17) :]))
        if auto[best] > 0.5 * auto[0]:
            found.append(rate / best)
    return np.array(found)


def centre_of(sound):
    """Hz at which half of the sound's power over 300 Hz lies below."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / 48_000)
    power[(hertz < 300) | (hertz > 8000)] = 0
    return hertz[np.searchsorted(np.cumsum(power), power.sum() / 2)]


@pytest.mark.parametrize(
    "cast", [[MAN, MAN, MAN], [WOMAN, WOMAN], [MAN, OLD_MAN, GIRL, WOMAN], [MOUSE, ROBOT, GIANT, MAN]]
)
def test_all_who_speak_in_a_film_are_apart_the_narrator_too(cast):
    heard = [narrator_voice("en"), *voices(cast, "en")]
    for one, other in itertools.combinations(heard, 2):
        assert semitones_apart(one, other) >= APART


def test_in_a_crowd_no_two_have_the_same_voice():
    heard = [narrator_voice("en"), *voices([MAN] * 12 + [WOMAN] * 12, "en")]
    assert len({v.model_dump_json() for v in heard}) == 25


def test_a_cast_sounds_the_same_whenever_it_is_cast_and_one_who_comes_later_changes_nobody():
    cast = [WOMAN, MAN, GIRL]
    heard = voices(cast, "en")
    assert voices(cast, "en") == heard
    late = voices([MAN], "en", [narrator_voice("en"), *heard])
    assert all(semitones_apart(late[0], v) >= APART for v in [narrator_voice("en"), *heard])
    assert voices([*cast, MAN], "en")[:3] == heard


def test_age_sex_and_body_are_heard_in_pitch_pace_and_timbre(espeak):
    man, woman, old, girl, mouse, giant = (
        voices([look], "en")[0] for look in (MAN, WOMAN, OLD_MAN, GIRL, MOUSE, GIANT)
    )
    f0 = {
        n: np.median(hertz_of(said(espeak, v)[0]))
        for n, v in zip("mwogtb", (man, woman, old, girl, mouse, giant), strict=True)
    }
    assert f0["o"] < 90 < f0["m"] < 160 < f0["w"] < f0["g"]
    assert f0["b"] < 75
    assert f0["g"] > 250
    assert old.pace < man.pace < girl.pace
    centres = {
        n: centre_of(said(espeak, v)[0]) for n, v in (("giant", giant), ("man", man), ("mouse", mouse))
    }
    assert centres["giant"] < 0.9 * centres["man"]
    assert centres["mouse"] > 1.15 * centres["man"]


def test_a_robot_does_not_sing_its_sentences(espeak):
    robot, man = (voices([look], "en")[0] for look in (ROBOT, MAN))
    spread = [np.ptp(np.percentile(hertz_of(said(espeak, v)[0]), [10, 90])) for v in (robot, man)]
    assert spread[0] < 4 < 12 < spread[1]


@pytest.mark.parametrize("size", [60, 85, 137, 160])
def test_a_larger_voice_is_deeper_but_as_quick_and_its_words_stay_in_time(espeak, size):
    usual, _ = said(espeak, Voice())
    sound, timed = said(espeak, Voice(size=size))
    assert len(sound) / len(usual) == pytest.approx(1.0, abs=0.13)
    shift = np.median(hertz_of(sound)) / np.median(hertz_of(usual))
    assert shift == pytest.approx(100 / size, rel=0.12)
    assert [w.text for w in timed] == WORDS.split()
    assert timed[-1].end * 48 <= len(sound)
    assert timed[-1].start > 0.8 * len(sound) / 48


def test_the_pitch_that_is_reckoned_is_the_pitch_that_is_heard(espeak):
    for voice in voices([MAN, WOMAN, OLD_MAN, GIRL, GIANT, ROBOT], "en"):
        heard = np.median(hertz_of(said(espeak, voice)[0]))
        assert abs(12 * np.log2(heard / pitch_hertz(voice))) < 2.5


def test_a_voice_from_before_has_the_key_it_had():
    """Sizes and melodies came later: no line of an old film is spoken again for them."""
    written = Voice(variant="f2", pitch=54).model_dump(mode="json")
    assert written == {"maker": "espeak", "language": "en-gb", "variant": "f2", "pitch": 54, "pace": 155}
    assert digest(Voice(size=100, melody=58)) == digest(Voice())
    assert digest(Voice(size=90)) != digest(Voice())
