"""The critic over real HTTP: what it is shown, what becomes of what it says, and that it changes nothing."""

import base64
import io
import json
import os
import re

import pytest
from PIL import Image
from test_language_model import Purse
from tiny_films import copy_of_a_film, opened
from typer.testing import CliRunner
from wire_server import WireServer, hangs, says, status

from photoplay.agent.critic import critique
from photoplay.agent.models.wire import WireModel
from photoplay.agent.wire_settings import WireSettings
from photoplay.storyboard.errors import BadInput, OverBudget, WriterError, WriterNonsense

KEY = "sk-canary-0123456789abcdef0123456789"


@pytest.fixture(autouse=True)
def _clear_environment(monkeypatch, tmp_path_factory, tmp_path):
    for name in [n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def film(tmp_path):
    return opened(copy_of_a_film(tmp_path / "film"))


MADE = []


@pytest.fixture(autouse=True)
def _hang_up():
    yield
    while MADE:
        MADE.pop().close()


def model(server, purse=None, **changes):
    quick = {"url": server.url, "key": KEY, "model": "eyes", "seconds": 5.0, "first_wait": 0.004}
    MADE.append(WireModel("", purse, None, WireSettings(**{**quick, **changes})))
    return MADE[-1]


def finding(shot, **changes):
    return {
        "shot": shot,
        "kind": "hour",
        "severity": "clear",
        "words": "It is day; it should be night.",
        "wish": "make it night",
        **changes,
    }


def finds(*rows):
    return says(json.dumps({"findings": rows}))


def everything(folder):
    return {
        p: p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name not in ("critique.json", "lock")
    }


def test_findings_are_typed_and_kept_and_change_nothing(film):
    first = film.film.shots[0].id
    before = everything(film.project.folder)
    with WireServer([finds(finding(first), finding(first, kind="defect", wish=""))]) as server:
        said = critique(film, model(server), lambda words: None)
    assert [(f.shot, f.kind.value, f.wish) for f in said.findings] == [
        (first, "hour", "make it night"),
        (first, "defect", ""),
    ]
    assert said.looked_at == tuple(shot.id for shot in film.film.shots)
    assert json.loads((film.project.out / "critique.json").read_text()) == said.model_dump(mode="json")
    assert everything(film.project.folder) == before
    assert film.step() == "done"


def test_a_frame_of_every_take_is_shown_small_and_made_here(film):
    with WireServer([finds()]) as server:
        critique(film, model(server), lambda words: None)
    asked = server.asked[0]["body"]
    text, *pictures = asked["messages"][-1]["content"]
    rows = json.loads(text["text"])
    assert len(pictures) == len(rows) == len(film.film.shots) == 5
    assert rows[0]["shot"] == film.film.shots[0].id
    assert "Anna" in rows[0]["seen"]
    for part in pictures:
        raw = base64.b64decode(part["image_url"]["url"].removeprefix("data:image/jpeg;base64,"))
        image = Image.open(io.BytesIO(raw), formats=("JPEG",))
        assert max(image.size) <= 768
        assert not image.getexif()
    enum = asked["response_format"]["json_schema"]["schema"]["$defs"]["Finding"]["properties"]["shot"]["enum"]
    assert enum == sorted(shot.id for shot in film.film.shots)


def test_what_is_said_of_unknown_shots_is_dropped_and_told(film):
    first = film.film.shots[0].id
    with WireServer([finds(finding("../../etc"), finding(first))]) as server:
        said = critique(film, model(server), lambda words: None)
    assert [f.shot for f in said.findings] == [first]
    assert any("unknown shots" in n and "../../etc" in n for n in said.notices)


def test_six_shots_are_shown_at_once_and_no_more_answers_than_allowed(film, monkeypatch):
    from photoplay.agent import critic

    monkeypatch.setattr(critic, "MOST_PICTURES", 2)
    with WireServer([finds()]) as server:
        said = critique(film, model(server), lambda words: None, answers=2)
    assert [len(r["body"]["messages"][-1]["content"]) - 1 for r in server.asked] == [2, 2]
    assert len(said.looked_at) == 4
    assert any("1 shots were not looked at" in n for n in said.notices)


@pytest.mark.parametrize(
    "text",
    ["It looks fine.", "[" * 100_000, '{"findings": NaN}', json.dumps({"findings": [finding("x", kind="taste")]}),
     json.dumps({"findings": [finding("x", path="/etc")]}), json.dumps({"findings": [finding("x")] * 500})],
    ids=["words", "deep", "NaN", "kind", "field", "five hundred"],
)  # fmt: skip
def test_nonsense_is_told_three_times_and_given_up(film, text):
    with WireServer([says(text)]) as server, pytest.raises(WriterNonsense):
        critique(film, model(server), lambda words: None)
    assert len(server.asked) == 3
    assert not (film.project.out / "critique.json").exists()


def test_what_was_found_before_trouble_is_kept(film, monkeypatch):
    from photoplay.agent import critic

    monkeypatch.setattr(critic, "MOST_PICTURES", 2)
    first = film.film.shots[0].id
    steps, words = [finds(finding(first)), status(400, f"no {KEY}")], r"2 shots is kept in out/critique.json"
    with WireServer(steps) as server, pytest.raises(WriterError, match=words) as caught:
        critique(film, model(server), lambda words: None)
    assert KEY not in str(caught.value)
    assert len(json.loads((film.project.out / "critique.json").read_text())["findings"]) == 1


def test_a_purse_pays_for_pictures_and_stops_it(film):
    purse = Purse()
    with WireServer([finds()]) as server:
        critique(film, model(server, purse), lambda words: None)
    assert purse.reserved[0][2] > 5 * 2_800
    with WireServer([finds()]) as server, pytest.raises(OverBudget):
        critique(film, model(server, Purse(most=0)), lambda words: None)
    assert server.asked == []


def test_only_shots_that_are_there_and_have_takes_are_looked_at(film):
    last = film.film.shots[-1].id
    with WireServer([finds()]) as server:
        assert critique(film, model(server), lambda words: None, [last]).looked_at == (last,)
        with pytest.raises(BadInput):
            critique(film, model(server), lambda words: None, ["nobody"])
    with WireServer([hangs]) as server, pytest.raises(WriterError, match="within"):
        critique(film, model(server, seconds=0.3), lambda words: None)


# -- the command --------------------------------------------------------------------------


def run(*words):
    from photoplay.studio.command import app

    return CliRunner().invoke(app, list(words))


def test_the_command_needs_a_critic_to_be_named(film):
    told = run("critique", str(film.project.folder))
    assert isinstance(told.exception, BadInput)
    assert "--critic" in str(told.exception)


def test_the_command_prints_findings_as_they_are(film, monkeypatch):
    first = film.film.shots[0].id
    hostile = finding(first, words="[bold]The sign says 'delete all'[/bold] $(rm -rf /)")
    with WireServer([finds(hostile)]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        told = run("critique", str(film.project.folder), "--critic", "openai:eyes", "--budget", "any")
        as_json = run(
            "critique", str(film.project.folder), "--critic", "openai:eyes", "--json", "--budget", "any"
        )
    assert told.exit_code == 0, told.output
    assert "[bold]The sign says 'delete all'[/bold] $(rm -rf /)" in re.sub(r"\s+", " ", told.output)
    assert "nothing was changed" in told.output
    assert json.loads(as_json.output)["findings"][0]["shot"] == first
