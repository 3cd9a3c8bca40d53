"""Weights on this machine, held to a form by their grammar. The model here is random: plumbing, never quality."""

import contextlib
import json
import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("llguidance")

from tiny_language_model import make_language_model, weights_table
from weights_kit import packed

import photoplay
from photoplay.agent.language_model import AnswerForm, LanguageModel, Picture
from photoplay.agent.models import find_model, local
from photoplay.agent.models.constrained import bounded
from photoplay.agent.models.forms import StepScenes, StepShots, StepStory, scenes_form, shots_form, story_form
from photoplay.agent.wire_answer import Unreadable, read_answer
from photoplay.agent.writers import find_writer
from photoplay.storyboard.errors import BadInput, UnknownName, WriterError, WriterNonsense
from photoplay.storyboard.film import Settings

ASKED = [{"role": "system", "content": "Tell."}, {"role": "user", "content": "A whale."}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_language_model(tmp_path_factory.mktemp("weights") / "tiny", chat=True)


@pytest.fixture
def named(folder, tmp_path, monkeypatch):
    """Where ``local:tiny`` is known."""
    for name in [n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def table(where=folder, **more):
        (tmp_path / "photoplay.toml").write_text(weights_table(where, **more))

    table()
    return table


def short(form, tokens=3_000):
    """The form with strings of at most six characters, so that weights without sense come to an end soon."""

    def cut(part):
        if isinstance(part, list):
            return [cut(inner) for inner in part]
        if not isinstance(part, dict):
            return part
        return {k: 6 if k == "maxLength" else cut(v) for k, v in part.items()}

    return AnswerForm(form.name, cut(dict(form.schema)), tokens)


FORMS = {
    "story": (story_form(2), StepStory),
    "scenes": (scenes_form(2, ["the shore", "the tower"]), StepScenes),
    "shots": (shots_form(2, ["Anna", 'Bo "the" Ünal'], ["the lamp"]), StepShots),
    "narration": (shots_form(1, ["Anna"], [], dialogue=False), StepShots),
    "nobody": (shots_form(1, [], []), StepShots),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_weights_without_sense_answer_fits_the_form(named, name):
    form, kind = FORMS[name]
    asking = find_model("local:tiny")
    assert isinstance(asking, LanguageModel)
    answer = asking.ask(ASKED, short(form), 3)
    assert answer.fault == ""
    value, around = read_answer(answer.text, kind)
    assert not around
    if name == "scenes":
        assert [s.place in ("the shore", "the tower") for s in value.scenes] == [True, True]
    if name == "shots":
        assert len(value.shots) == 2
        assert {s.actor for s in value.shots} <= {None, "Anna", 'Bo "the" Ünal', "the lamp"}
    if name == "narration":
        assert {line.speaker for s in value.shots for line in s.lines} <= {None}
        assert value.shots[0].props == ()


def test_without_the_grammar_the_same_weights_answer_nothing_that_fits(named, monkeypatch):
    """The form is kept by the grammar and by nothing else."""
    from photoplay.agent.models import constrained

    class Free:
        def __init__(self, *args, **more):
            pass

        def __getattr__(self, name):
            answers = {"compute_bitmask": b"\xff" * 40, "compute_ff_tokens": [], "consume_tokens": True}
            return lambda *_: answers.get(name, False)

    monkeypatch.setattr(constrained, "_matcher", Free)
    answer = find_model("local:tiny").ask(ASKED, short(FORMS["scenes"][0], 200), 3)
    with pytest.raises(Unreadable):
        read_answer(answer.text, StepScenes)


def test_one_seed_one_answer_and_another_seed_another(named):
    asking = find_model("local:tiny")
    form = short(FORMS["scenes"][0])
    texts = [asking.ask(ASKED, form, seed).text for seed in (3, 3, 4)]
    assert texts[0] == texts[1] != texts[2]


def test_the_likeliest_answer_needs_no_seed(named, folder):
    named(folder, temperature=0)
    asking = find_model("local:tiny")
    form = short(FORMS["narration"][0])
    assert asking.ask(ASKED, form, 3).text == asking.ask(ASKED, form, 4).text


def test_weights_are_loaded_once_a_process(named, monkeypatch):
    local._load.cache_clear()
    made, real = [], local.Loaded
    monkeypatch.setattr(local, "Loaded", lambda *given: made.append(given) or real(*given))
    for _ in range(2):
        asking = find_model("local:tiny")
        asking.ask(ASKED, short(FORMS["narration"][0]), 3)
        asking.close()
        asking.close()
    assert len(made) == 1


def test_an_answer_has_a_limit_of_tokens_and_says_when_it_was_cut(named):
    answer = find_model("local:tiny").ask(ASKED, short(FORMS["shots"][0], tokens=20), 3)
    assert "cut off" in answer.fault


def test_an_answer_has_a_limit_of_time(named, folder):
    named(folder, seconds=1)
    form = AnswerForm("long", {"type": "object", "properties": {"a": {"type": "string", "minLength": 50_000, "maxLength": 100_000}}, "required": ["a"], "additionalProperties": False}, 1_000_000)  # fmt: skip
    began = time.monotonic()
    with pytest.raises(WriterError, match="within 1 s"):
        find_model("local:tiny").ask(ASKED, form, 3)
    assert time.monotonic() - began < 20


def test_a_question_longer_than_the_model_reads_is_refused(named):
    long = [ASKED[0], {"role": "user", "content": "whale " * 40_000}]
    with pytest.raises(BadInput, match="reads 32,768 tokens"):
        find_model("local:tiny").ask(long, FORMS["scenes"][0], 3)


def test_pictures_are_refused_and_not_passed_over(named):
    with pytest.raises(BadInput, match="no pictures"):
        find_model("local:tiny").ask(ASKED, FORMS["scenes"][0], 3, (Picture(b"x"),))


def test_a_form_that_is_no_grammar_is_an_error_and_no_answer(named):
    form = AnswerForm("odd", {"type": "object", "properties": {"a": {"type": "nothing"}}, "required": ["a"]})
    with pytest.raises(WriterError, match="form"):
        find_model("local:tiny").ask(ASKED, form, 3)


# -- what may be loaded -------------------------------------------------------------------


def test_only_what_the_users_file_names_is_loaded(named, folder, tmp_path):
    with pytest.raises(UnknownName, match="tiny"):
        find_model("local:other")
    with pytest.raises(BadInput, match="name of a table"):
        find_model("local")
    (tmp_path / "edits.jsonl").write_text("")
    with pytest.raises(BadInput, match="lies in a film's folder"):
        find_model("local:tiny")


SPOILT = {
    "code": lambda f: (f / "modeling.py").write_text("raise SystemExit"),
    "auto_map": lambda f: (f / "config.json").write_text(json.dumps({**json.loads((f / "config.json").read_text()), "auto_map": {"AutoModel": "x.Y"}})),
    "tokenizer code": lambda f: (f / "tokenizer_config.json").write_text('{"auto_map": {"AutoTokenizer": ["x.Y", null]}}'),
    "adapter": lambda f: (f / "adapter_config.json").write_text('{"base_model_name_or_path": "someone/else"}'),
    "pickle alone": lambda f: (f / "model.safetensors").rename(f / "pytorch_model.bin"),
    "pickle renamed": lambda f: (f / "model.safetensors").write_bytes(b"\x80\x04\x95 a pickle"),
    "lying header": lambda f: (f / "model.safetensors").write_bytes(packed({"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 1 << 60]}})),
    "no config": lambda f: (f / "config.json").unlink(),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_folder_that_could_run_code_or_lies_is_refused_before_it_is_loaded(named, folder, tmp_path, name):
    import shutil

    spoilt = tmp_path / "spoilt"
    shutil.copytree(folder, spoilt)
    SPOILT[name](spoilt)
    named(spoilt)
    with pytest.raises(BadInput, match=r"refused|no whole") as caught:
        find_writer("local:tiny")
    assert "\n" not in str(caught.value)


def test_pickles_beside_safetensors_are_never_opened(named, folder, tmp_path):
    import pickle
    import shutil

    class Canary:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "canary"),))

    beside = tmp_path / "beside"
    shutil.copytree(folder, beside)
    (beside / "pytorch_model.bin").write_bytes(pickle.dumps(Canary()))
    named(beside)
    find_model("local:tiny").ask(ASKED, short(FORMS["narration"][0]), 3)
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize(
    ("more", "words"), [({"device": "tpu"}, "device"), ({"seconds": 0}, "seconds"), ({"url": "x"}, "url")]
)
def test_a_table_that_makes_no_sense_is_refused(named, folder, more, words):
    named(folder, **more)
    with pytest.raises(BadInput, match=words):
        find_model("local:tiny")


# -- the writer ---------------------------------------------------------------------------


def test_the_local_writer_tells_a_model_without_sense_what_is_wrong_and_gives_up(
    named, monkeypatch, tmp_path
):
    """Random weights write no story: the writer says so in bounded time, and no other writer steps in."""
    from photoplay.agent.models import steps

    monkeypatch.setattr(steps, "story_form", lambda most: short(story_form(most)))
    monkeypatch.setattr(steps, "scenes_form", lambda *given: short(scenes_form(*given)))
    monkeypatch.setattr(steps, "shots_form", lambda *given, **more: short(shots_form(*given, **more)))
    film = tmp_path / "film"
    made = Settings(width=128, height=72, renderer="slate", writer="local:tiny")
    told = []
    with contextlib.suppress(WriterNonsense):
        photoplay.make(
            "Anna keeps a lamp",
            out=film,
            settings=made,
            seconds=6,
            shots=1,
            until="story",
            listener=told.append,
        )
    assert any("tiny on this machine writes whom" in news.words for news in told)
    left = photoplay.open_film(film).film
    assert left.story is None or (left.wrote.writer, left.wrote.model) == ("local", "tiny")


# -- bounds -------------------------------------------------------------------------------

SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"type": "integer"}, {"type": "string", "enum": ["a"]}, {"$ref": "#/$defs/X"}]),
    lambda inner: st.one_of(
        inner.map(lambda s: {"type": "array", "items": s}),
        inner.map(lambda s: {"anyOf": [s, {"type": "null"}]}),
        inner.map(lambda s: {"type": "object", "properties": {"a": s}, "required": ["a"], "additionalProperties": False}),
    ),
    max_leaves=6,
)  # fmt: skip


@given(SCHEMAS)
@settings(max_examples=60, deadline=None)
def test_nothing_in_a_bounded_schema_is_endless(schema):
    def endless(part):
        if isinstance(part, list):
            return any(map(endless, part))
        if not isinstance(part, dict):
            return False
        kind = part.get("type")
        missing = (
            (kind == "string" and not {"maxLength", "enum"} & part.keys())
            or (kind == "array" and "maxItems" not in part)
            or (kind == "integer" and "maximum" not in part)
        )
        return missing or any(map(endless, part.values()))

    assert not endless(bounded(schema))
