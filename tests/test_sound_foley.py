"""Every sound that a film can ask for is made: of its length, the same twice, without clicks or clipping."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from photoplay.render.contract import check_renderer
from photoplay.render.protocol import Job
from photoplay.render.requests import Effect, Score
from photoplay.render.sound.effects import recipe_of, recipes
from photoplay.render.sound.foley import Foley
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.soundscape import BED_MS, length_ms, sound_names


def heard(name: str, ms: int, seed: int = 0) -> np.ndarray:
    job = Job(Effect(name=name, milliseconds=ms, seed=seed))
    (part,) = Foley().render([job], lambda *a, **k: None)
    with wave.open(io.BytesIO(part.data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48_000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767.0


AMBIENCES = sorted(recipes("ambiences"))
EFFECTS = [name for name in sound_names() if name not in AMBIENCES]


def test_what_can_be_placed_can_be_made():
    unknown = [n for n in sound_names() if n not in AMBIENCES and recipe_of(n) is None]
    assert not unknown, "these would fail a film"
    assert all(length_ms(n) == BED_MS for n in AMBIENCES if n in sound_names())
    assert set(AMBIENCES) <= set(sound_names()), "made, and never placed"


@pytest.mark.parametrize("name", EFFECTS)
def test_an_effect_is_clean(name: str):
    sound = heard(name, length_ms(name))
    assert len(sound) == length_ms(name) * 48
    assert 0.3 < np.abs(sound).max() < 0.75, "silent, or cut off at full scale"
    assert np.abs(sound[[0, -1]]).max() < 0.01, "it clicks as it begins or ends"
    assert abs(sound.mean()) < 0.01, "it leans to one side"


@pytest.mark.parametrize("name", ["shore", "forest", "rain", "room", "train"])
def test_an_ambience_goes_on(name: str):
    sound = heard(name, 6000)
    assert len(sound) == 288_000
    assert np.abs(sound).max() <= 0.81
    level = np.sqrt((sound[: 48_000 * 6].reshape(12, -1) ** 2).mean(axis=1))
    assert level.min() > 0.1 * level.max(), "it falls silent within"
    assert np.corrcoef(sound[:, 0], sound[:, 1])[0, 1] < 0.9, "it comes from one point, not from around"


def test_steps_fall_as_a_walk_is_drawn():
    sound = heard("steps-wood-walk", 8000).mean(axis=1)
    hops = np.sqrt((sound[: len(sound) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
    spectrum = np.abs(np.fft.rfft(hops - hops.mean(), 1 << 14))
    hertz = np.fft.rfftfreq(1 << 14, 0.01)
    band = (hertz > 1.2) & (hertz < 3.0)
    assert abs(hertz[band][spectrum[band].argmax()] - 1 / 0.52) < 0.1, (
        "two steps in 1.04 s, as the animatic walks"
    )


def test_another_seed_is_another_dog_and_another_name_another_sound():
    dog = heard("dog", 1400)
    assert np.array_equal(dog, heard("dog", 1400))
    assert not np.array_equal(dog, heard("dog", 1400, seed=1))
    assert not np.array_equal(heard("steps-wood-walk", 2000), heard("steps-stone-walk", 2000))


def test_the_contract_of_a_renderer():
    check_renderer(Foley(), Effect(name="knock", milliseconds=900))


def test_what_is_not_known_is_refused():
    for request in (Effect(name="dodo", milliseconds=900), Effect(name="steps-cheese-walk", milliseconds=900),
                    Effect(name="rain", milliseconds=3_000_000), Score(milliseconds=10, cues=())):  # fmt: skip
        with pytest.raises(Refused):
            list(Foley().render([Job(request)], lambda *a, **k: None))
