"""Piper's voices: the plumbing, with a tiny made-up voice that only hums. No real voice was heard here."""

import io
import json
import wave

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
pytest.importorskip("piper")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import TensorProto, helper  # noqa: E402

from photoplay.render.protocol import Job, Renderer  # noqa: E402
from photoplay.render.registry import find_renderer  # noqa: E402
from photoplay.render.requests import Speak  # noqa: E402
from photoplay.storyboard.errors import BadInput, Refused, UnknownName  # noqa: E402
from photoplay.storyboard.looks import Voice  # noqa: E402

RATE, HERTZ, SAMPLES_A_PHONEME = 22_050, 150.0, 700


def write_voice(path):
    """A voice in Piper's form: hums at 150 Hz, a while for each phoneme, with a little noise."""
    i64, f32 = TensorProto.INT64, TensorProto.FLOAT
    constant = lambda name, kind, values, shape=(): helper.make_tensor(name, kind, shape, values)  # noqa: E731
    nodes = [
        helper.make_node("Shape", ["input"], ["shape"]),
        helper.make_node("Gather", ["shape", "one"], ["count"], axis=0),
        helper.make_node("Cast", ["count"], ["count_f"], to=f32),
        helper.make_node("Gather", ["scales", "one"], ["slower"], axis=0),
        helper.make_node("Mul", ["count_f", "slower"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "each"], ["end"]),
        helper.make_node("Range", ["zero", "end", "step"], ["n"]),
        helper.make_node("Mul", ["n", "turn"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["wave"]),
        helper.make_node("RandomNormalLike", ["wave"], ["noise"], scale=0.05),
        helper.make_node("Add", ["wave", "noise"], ["both"]),
        helper.make_node("Unsqueeze", ["both", "axes"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            helper.make_tensor_value_info("input", i64, [1, "phonemes"]),
            helper.make_tensor_value_info("input_lengths", i64, [1]),
            helper.make_tensor_value_info("scales", f32, [3]),
        ],
        [helper.make_tensor_value_info("output", f32, [1, 1, 1, "time"])],
        [
            constant("one", i64, [1]), constant("zero", f32, [0.0]), constant("step", f32, [1.0]),
            constant("each", f32, [float(SAMPLES_A_PHONEME)]), constant("turn", f32, [2 * np.pi * HERTZ / RATE]),
            constant("axes", i64, [0, 1, 2], [3]),
        ],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, str(path))
    letters = "_^$ abcdefghijklmnopqrstuvwxyz.,!?'[]"
    config = {
        "audio": {"sample_rate": RATE}, "espeak": {"voice": "en-us"}, "phoneme_type": "text",
        "num_symbols": len(letters), "num_speakers": 1, "inference": {},
        "phoneme_id_map": {c: [n] for n, c in enumerate(letters)},
    }  # fmt: skip
    path.with_name(path.name + ".json").write_text(json.dumps(config))


@pytest.fixture
def piper(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_voice(tmp_path / "hum.onnx")
    (tmp_path / "photoplay.toml").write_text(f'[voices.hum]\nfile = "{tmp_path / "hum.onnx"}"\n')
    found = find_renderer("piper:hum")
    found.load("auto", None)
    return found


def said(piper, words, **voice):
    request = Speak(words=words, voice=Voice(maker="piper:hum", **voice))
    outputs = list(piper.render([Job(request)], lambda *_: None))
    sound, timing = (next(o.data for o in outputs if getattr(o, "name", "") == n) for n in ("sound", "words"))
    with wave.open(io.BytesIO(sound)) as file:
        assert file.getframerate() == 48_000
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767, json.loads(timing), outputs


def test_a_line_is_spoken_by_the_file_that_the_settings_name(piper):
    assert isinstance(piper, Renderer)
    sound, timing, outputs = said(piper, "we see the sea")
    power = np.abs(np.fft.rfft(sound, 1 << 19))
    assert np.fft.rfftfreq(1 << 19, 1 / 48_000)[np.argmax(power)] == pytest.approx(HERTZ, abs=1)
    assert [w["text"] for w in timing["words"]] == ["we", "see", "the", "sea"]
    assert timing["estimated"] is True
    assert timing["milliseconds"] == len(sound) // 48
    assert "timing" in {o.kind for o in outputs if hasattr(o, "kind")}


def test_the_same_line_is_the_same_whatever_was_said_before(piper):
    first, _, _ = said(piper, "we see the sea")
    said(piper, "and then another line comes")
    onnxruntime.set_seed(99)
    again, _, _ = said(piper, "we see the sea")
    assert np.array_equal(first, again)


def test_pace_and_size_are_heard(piper):
    usual, _, _ = said(piper, "we see the sea and the far shore")
    quick, _, _ = said(piper, "we see the sea and the far shore", pace=233)
    large, _, _ = said(piper, "we see the sea and the far shore", size=130)
    assert len(quick) / len(usual) == pytest.approx(155 / 233, abs=0.06)
    assert len(large) / len(usual) == pytest.approx(1.0, abs=0.05)
    power = np.abs(np.fft.rfft(large, 1 << 19))
    assert np.fft.rfftfreq(1 << 19, 1 / 48_000)[np.argmax(power)] == pytest.approx(HERTZ / 1.3, abs=1)


def test_words_are_no_commands_to_the_phonemizer(piper, monkeypatch):
    heard = []
    loaded = piper._loaded()
    monkeypatch.setattr(type(loaded), "phonemize", lambda self, text: heard.append(text) or [list("a")])
    said(piper, "say [[ aaa ]] and [[bbb]]")
    assert "[[" not in heard[0]


def test_another_file_of_the_same_name_is_another_maker(piper, tmp_path):
    before = piper.weights
    config = tmp_path / "hum.onnx.json"
    config.write_text(config.read_text().replace("22050", "22051"))
    assert find_renderer("piper:hum").weights != before
    assert str(tmp_path) not in before


@pytest.mark.parametrize(
    ("table", "error", "why"),
    [
        ("", UnknownName, "no voice"),
        ('[voices.hum]\nfile = "nosuch.onnx"\n', BadInput, "no voice file"),
        ('[voices.hum]\nfile = "hum.bin"\n', BadInput, "no voice file"),
        ('[voices.hum]\nfile = "hum.onnx"\nurl = "https://x.example"\n', BadInput, "url is not known"),
        ("[voices.hum]\nfile = 3\n", BadInput, "give file"),
    ],
)
def test_a_voice_that_cannot_be_used_is_refused_at_once(piper, tmp_path, table, error, why):
    (tmp_path / "photoplay.toml").write_text(table)
    with pytest.raises(error, match=why):
        find_renderer("piper:hum")


def test_a_file_that_is_no_model_fails_its_line_in_words(piper, tmp_path):
    (tmp_path / "hum.onnx").write_bytes(b"\x80\x04 not a model")
    with pytest.raises(Refused, match="cannot be used"):
        said(find_renderer("piper:hum"), "hello")


def test_without_the_package_it_says_what_to_install(piper, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name, *_: None)
    with pytest.raises(BadInput, match=r"photoplay\[voices\]"):
        piper.preflight()


def test_a_strangers_film_names_no_file(tmp_path):
    from photoplay.memory.settings_file import read_settings_file

    (tmp_path / "edits.jsonl").write_text("{}\n")
    (tmp_path / "photoplay.toml").write_text('[voices.x]\nfile = "/etc/passwd"\n')
    with pytest.raises(BadInput, match="voices"):
        read_settings_file(tmp_path)
