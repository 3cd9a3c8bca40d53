"""Other makers of voices: a server of speech, paid and held to the budget; never replaced by another."""

import io
import itertools
import json
import os
import wave

import numpy as np
import pytest
from remote_server import KEY, RemoteServer, body, drops, send, status, table
from tiny_films import copy_of_a_film, opened

from photoplay.agent.voice import set_voice
from photoplay.memory.ledger import Ledger
from photoplay.render.protocol import Job
from photoplay.render.remote.renderer import Remote
from photoplay.render.requests import Speak
from photoplay.render.sound.utterance import estimated_words
from photoplay.storyboard.errors import BadInput, OverBudget, PhotoplayError, RenderError, UnknownName
from photoplay.storyboard.looks import Voice

RATE = 24_000
SPEECH = {"speech": True, "voices": ["alloy", "onyx"], "price": 0.015}


def tone(asked, hertz=140.0):
    """A voice of a kind: half a second of silence, then 60 ms a character."""
    seconds = 0.06 * len(asked["input"]) / float(asked.get("speed", 1.0))
    time = np.arange(round(seconds * RATE)) / RATE
    heard = 0.4 * np.sin(2 * np.pi * hertz * time) + 0.2 * np.sin(2 * np.pi * 3 * hertz * time)
    return (np.concatenate([np.zeros(RATE // 2), heard]) * 32767).astype("<i2")


def wav(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(samples.tobytes())
    return file.getvalue()


def speaks(handler, server):
    """What is asked, as it is asked for."""
    samples = tone(handler.asked)
    plain = handler.asked["response_format"] == "pcm"
    send(handler, 200, samples.tobytes() if plain else wav(samples), "audio/wav")


@pytest.fixture
def here(tmp_path, tmp_path_factory, monkeypatch):
    for name in [
        n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_KEY")) or n.lower().endswith("_proxy")
    ]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PHOTOPLAY_KEY_STUDIO", KEY)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Remote, "pace", 0.02)

    def serve(server, **more):
        (tmp_path / "photoplay.toml").write_text(table(server, **{**SPEECH, **more}))

    return serve


@pytest.fixture
def production(tmp_path, here):
    return opened(copy_of_a_film(tmp_path / "film"))


def narrated(production):
    return sum(line.speaker is None for shot in production.film.shots for line in shot.lines)


def take_of(production, line):
    node = next(n for n in production.plan().nodes if n.item == line)
    store = production.project.store
    return store.record(node.key), json.loads(store.path(node.key, "words").read_text(encoding="utf-8"))


def test_a_narrator_is_spoken_by_a_server_paid_once_and_the_film_is_timed_to_it(production, here):
    lines = [line for shot in production.film.shots for line in shot.lines if line.speaker is None]
    with RemoteServer(create=[speaks]) as server:
        here(server)
        set_voice(production, "narrator", {"maker": "remote:studio", "named": "alloy"})
        with pytest.raises(OverBudget, match=f"{len(lines)} line|would cost"):
            production.render()
        assert server.creates == []
        production.budget = "1.00"
        production.render()
        assert len(server.creates) == len(lines)
        asked = server.creates[0]
        assert asked["path"] == "/v1/audio/speech"
        assert asked["headers"]["authorization"] == f"Bearer {KEY}"
        fields = asked["fields"]
        assert (fields["voice"], fields["model"], fields["response_format"]) == ("alloy", "draws-1", "wav")
        assert "speed" not in fields
        opened(production.project.folder).render()
        assert len(server.creates) == len(lines), "what was bought is not bought again"
    for line in lines:
        record, timing = take_of(production, line.id)
        assert timing["estimated"] is True
        assert [w["text"] for w in timing["words"]] == line.words.split()
        assert timing["milliseconds"] == pytest.approx(60 * len(line.words), abs=250), "silence is cut off"
        assert any(notice.kind == "timing" for notice in record.notices)
        assert production.film.decisions.spoken[line.id] == timing["milliseconds"]
    spent = sum(o.price.amount for o in Ledger(production.project.folder).orders())
    assert float(spent) == pytest.approx(sum(len(line.words) for line in lines) * 0.015 / 1000)
    for path in production.project.folder.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()


def spoken(server, here, voice, create=(speaks,), words="We will see the sea.", delivery="", **more):
    """(what was asked, samples, notices) of one line from a server that costs nothing."""
    here(server, price=0, **more)
    renderer = Remote("studio")
    renderer.load("auto", None)
    server.after.callback(renderer.unload)
    outputs = list(
        renderer.render([Job(Speak(words=words, voice=voice, delivery=delivery))], lambda *_: None)
    )
    sound = next(o for o in outputs if getattr(o, "name", "") == "sound")
    with wave.open(io.BytesIO(sound.data)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767
    return server.creates[-1]["fields"], samples, {o.kind: o.words for o in outputs if hasattr(o, "kind")}


ALLOY = Voice(maker="remote:studio", named="alloy")


def pitch(samples):
    power = np.abs(np.fft.rfft(samples, 1 << 19))
    return np.fft.rfftfreq(1 << 19, 1 / 48_000)[np.argmax(power)]


@pytest.mark.parametrize("form", ["wav", "pcm"])
def test_what_comes_is_decoded_in_time_and_tune(here, form):
    with RemoteServer(create=[speaks]) as server:
        _, samples, told = spoken(server, here, ALLOY, format=form)
    assert pitch(samples) == pytest.approx(140, rel=0.01)
    assert len(samples) / 48_000 == pytest.approx(0.06 * 20, abs=0.25)
    assert "estimated" in told["timing"]


def test_pace_pitch_and_delivery_are_told_where_the_server_heeds_them(here):
    deeper = ALLOY.model_copy(update={"pace": 200, "pitch": 30})
    with RemoteServer(create=[speaks]) as server:
        asked, samples, told = spoken(
            server, here, deeper, delivery="whispering", speed=True, instructions=True
        )
        assert asked["speed"] == pytest.approx(200 / 155 * 1.2, abs=0.02)
        assert "whispering" in asked["instructions"]
        assert "delivery" not in told
        assert pitch(samples) == pytest.approx(140 / 1.2, rel=0.02)
        assert len(samples) / 48_000 == pytest.approx(0.06 * 20 * 155 / 200, abs=0.2)
        asked, _, told = spoken(server, here, ALLOY, delivery="whispering")
        assert not {"speed", "instructions"} & asked.keys()
        assert "whispering" in told["delivery"]


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (body(b"<html>busy</html>", "text/html"), "no sound"),
        (body(b"#EXTM3U\nhttp://127.0.0.1/x\n", "audio/wav"), "no sound"),
        (body(wav(np.zeros(RATE, "<i2")), "audio/wav"), "silent"),
        (body(wav(np.full(RATE * 400, 3000, "<i2")), "audio/wav"), "minutes|seconds"),
        (status(401, "bad key"), "refused the key"),
        (status(400, "blocked", code="content_policy_violation"), "refuses"),
    ],
)
def test_an_answer_that_is_no_line_fails_that_line_in_words(here, step, why):
    with RemoteServer(create=[step]) as server, pytest.raises(RenderError, match=why) as raised:
        spoken(server, here, ALLOY)
    assert KEY not in str(raised.value)


def test_a_line_whose_answer_was_lost_is_not_ordered_twice(production, here):
    with RemoteServer(create=[drops]) as server:
        here(server)
        production.budget = "5"
        set_voice(production, "narrator", {"maker": "remote:studio", "named": "onyx"})
        with pytest.raises(RenderError, match="may have been charged"):
            production.render()
        ordered = len(server.creates)
        with pytest.raises(RenderError, match="may have been charged"):
            production.render()
        assert len(server.creates) == ordered == narrated(production)


def test_a_voice_that_is_missing_is_refused_before_anything_is_made_and_never_replaced(
    production, here, tmp_path
):
    before = production.film
    with RemoteServer(create=[speaks]) as server:
        here(server)
        for asked, why in (
            ({"maker": "remote:studio"}, "alloy, onyx"),
            ({"maker": "remote:studio", "named": "nobody"}, "no voice 'nobody'"),
            ({"maker": "remote:other", "named": "alloy"}, "no server"),
            ({"maker": "piper:nosuch"}, "no voice"),
            ({"maker": "animatic"}, "speaks no lines"),
            ({"variant": "nosuch"}, "no voice variant"),
            ({"pitch": 101}, "pitch"),
        ):
            with pytest.raises(BadInput, match=why):
                set_voice(production, "narrator", asked)
        assert production.film == before
        set_voice(production, "narrator", {"maker": "remote:studio", "named": "alloy"})
    (tmp_path / "photoplay.toml").unlink()
    takes = sorted(production.project.store.keys())
    with pytest.raises(BadInput, match=r"voice of narrator.*no server"):
        opened(production.project.folder).render()
    assert sorted(production.project.store.keys()) == takes


def test_back_with_espeak_a_character_sounds_as_cast(production, here):
    one = next(iter(production.film.characters))
    cast = production.film.characters[one].voice
    with RemoteServer(create=[speaks]) as server:
        here(server)
        set_voice(production, one, {"maker": "remote:studio", "named": "alloy", "pace": 140})
        assert production.film.characters[one].voice == Voice(
            maker="remote:studio", named="alloy", pace=140, language=cast.language
        )
    set_voice(production, one, {"maker": "espeak"})
    assert production.film.characters[one].voice == cast
    with pytest.raises(UnknownName):
        set_voice(production, "nobody", {"pitch": 3})


def test_a_voice_changed_by_hand_is_cast_again_where_espeak_is_asked_for(production):
    one = next(iter(production.film.characters))

    def heard():
        return production.film.characters[one].voice, production.film.story.narrator

    cast = heard()
    set_voice(production, one, {"pitch": 3, "size": 130})
    set_voice(production, "narrator", {"pitch": 3})
    assert not {*heard()} & {*cast}
    set_voice(production, one, {"maker": "espeak"})
    set_voice(production, "narrator", {"maker": "espeak"})
    assert heard() == cast


def test_a_character_is_found_with_and_without_the(production):
    from photoplay.agent.references import find_entity

    film = production.film
    told = {one: character.name for one, character in film.characters.items()}
    one = next(one for one, name in told.items() if name.startswith("the "))
    assert find_entity(film, told[one].removeprefix("the ")) == find_entity(film, told[one].title()) == one


def test_espeak_is_not_taken_for_a_maker_whose_voice_was_named(production):
    """Without --maker, "alloy" would be told as spoken while espeak's ordinary voice is heard."""
    before = production.film
    with pytest.raises(BadInput, match=r"no voice called 'alloy'.*--maker"):
        set_voice(production, "narrator", {"named": "alloy"})
    with pytest.raises(BadInput, match=r"100\. Nothing"):
        set_voice(production, "narrator", {"pitch": 300})
    assert production.film == before


def test_a_server_that_draws_speaks_no_lines(production, here):
    with RemoteServer() as server:
        here(server, speech=False, voices=[], references=2)
        with pytest.raises(PhotoplayError, match="speaks no lines"):
            set_voice(production, "narrator", {"maker": "remote:studio", "named": "alloy"})


def test_estimated_times_rise_and_fill_the_line():
    words = estimated_words("No. Extraordinarily long words take longer — a lot.", "en-gb", 4800, 144_000)
    assert [w.text for w in words] == [
        "No.",
        "Extraordinarily",
        "long",
        "words",
        "take",
        "longer",
        "a",
        "lot.",
    ]
    assert words[0].start == 100
    assert words[-1].end == 3000
    assert all(a.end == b.start for a, b in itertools.pairwise(words))
    assert words[1].end - words[1].start > 2 * (words[2].end - words[2].start)
