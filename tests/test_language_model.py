"""Language models over the wire, asked for anything: pictures, ladder, purse, and what a server does not know."""

import base64
import json
import os

import pytest
from wire_server import WireServer, body, breaks_off, completion, hangs, only_text, says, send, status

from photoplay.agent.language_model import AnswerForm, LanguageModel, Picture
from photoplay.agent.models import find_model
from photoplay.agent.models.wire import WireModel
from photoplay.agent.wire_settings import WireSettings
from photoplay.storyboard.errors import BadInput, OverBudget, UnknownName, WriterError, WriterRefused

KEY = "sk-canary-0123456789abcdef0123456789"
FORM = AnswerForm(
    "verdict",
    {
        "type": "object",
        "properties": {"word": {"type": "string", "maxLength": 20}, "rows": {"type": "array", "items": {"type": "string"}, "maxItems": 2}},
        "required": ["word", "rows"],
        "additionalProperties": False,
    },
    500,
)  # fmt: skip
ASKED = [{"role": "system", "content": "Judge."}, {"role": "user", "content": "This."}]
GOOD = says('{"word": "yes", "rows": []}')


@pytest.fixture(autouse=True)
def _clear_environment(monkeypatch, tmp_path_factory):
    for name in [n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))


class Purse:
    """Writes down what it is asked for; refuses after so many reserves."""

    def __init__(self, most=99):
        self.most, self.book = most, []

    def reserve(self, model, host, tokens_in, tokens_out):
        if len(self.reserved) >= self.most:
            raise OverBudget("That would cost more than was allowed. Everything made is kept.")
        self.book.append(("reserve", model, tokens_in, tokens_out))
        return f"r{len(self.reserved)}"

    def settle(self, reservation, tokens_in, tokens_out):
        self.book.append(("settle", reservation, tokens_in, tokens_out))

    def give_back(self, reservation):
        self.book.append(("give back", reservation))

    @property
    def reserved(self):
        return [row for row in self.book if row[0] == "reserve"]

    @property
    def ends(self):
        return [row for row in self.book if row[0] != "reserve"]


MADE = []


@pytest.fixture(autouse=True)
def _hang_up():
    yield
    while MADE:
        MADE.pop().close()


def model(server, purse=None, said=None, **changes):
    quick = {
        "url": server.url,
        "key": KEY,
        "model": "m",
        "seconds": 5.0,
        "first_wait": 0.004,
        "longest_wait": 1.0,
    }
    tell = None if said is None else said.append
    MADE.append(WireModel("", purse, tell, WireSettings(**{**quick, **changes})))
    return MADE[-1]


def test_a_model_is_found_by_its_spec_and_is_one(monkeypatch):
    with WireServer([GOOD]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        found = find_model("openai:mine")
        assert isinstance(found, LanguageModel)
        assert found.ask(ASKED, FORM, 3).text == '{"word": "yes", "rows": []}'
        found.close()
        found.close()
        assert found.ask(ASKED, FORM, 3).text
        found.close()
    assert server.asked[0]["body"]["model"] == "mine"
    with pytest.raises(UnknownName, match="local, openai"):
        find_model("gpt")
    monkeypatch.delenv("OPENAI_BASE_URL")
    with pytest.raises(BadInput, match="OPENAI_API_KEY"):
        find_model("openai")


def test_any_form_is_asked_for_strictly_and_bounds_stay_here():
    with WireServer([GOOD]) as server:
        model(server).ask(ASKED, FORM, 3)
    asked = server.asked[0]["body"]
    schema = asked["response_format"]["json_schema"]
    assert (schema["name"], schema["strict"]) == ("verdict", True)
    assert "maxLength" not in json.dumps(schema)
    assert "maxItems" not in json.dumps(schema)
    assert schema["schema"]["required"] == ["word", "rows"]
    assert asked["messages"] == ASKED


def test_pictures_are_sent_with_the_last_message_as_data():
    jpeg = Picture(b"\xff\xd8 not really", "jpeg")
    with WireServer([GOOD]) as server:
        model(server).ask(ASKED, FORM, 3, (jpeg,))
    text, picture = server.asked[0]["body"]["messages"][-1]["content"]
    assert text == {"type": "text", "text": "This."}
    head, data = picture["image_url"]["url"].split(",")
    assert head == "data:image/jpeg;base64"
    assert base64.b64decode(data) == jpeg.data


def test_what_a_server_does_not_know_is_found_out_once():
    with WireServer([only_text(GOOD)]) as server:
        asking = model(server)
        for _ in range(3):
            asking.ask(ASKED, FORM, 3)
    forms = [r["body"].get("response_format", {}).get("type") for r in server.asked]
    assert forms == ["json_schema", "json_object", None, None, None]
    assert '"additionalProperties":false' in server.asked[-1]["body"]["messages"][0]["content"]
    assert [n for n in asking.notices if "does not know" in n] == asking.notices
    assert len(asking.notices) == 2


def test_a_server_that_ignores_the_form_is_told_it_in_words():
    with WireServer([says('{"answer": "yes"}'), GOOD]) as server:
        asking = model(server)
        asking.ask(ASKED, FORM, 3)
        asking.ask(ASKED, FORM, 3)
    told = ['"required":["word","rows"]' in r["body"]["messages"][0]["content"] for r in server.asked]
    assert told == [False, True]
    assert all("response_format" in r["body"] for r in server.asked)


def test_every_question_has_its_own_time_and_tries():
    steps = [status(503), status(503), GOOD] * 3
    with WireServer(steps) as server:
        asking = model(server, retries=2)
        for _ in range(3):
            asking.ask(ASKED, FORM, 3)
    assert len(server.asked) == 9


# -- money --------------------------------------------------------------------------------


def test_each_answer_is_reserved_before_and_settled_after():
    purse = Purse()

    def answers(handler, server):
        assert purse.book[-1][0] == "reserve", "the model was asked before the money was reserved"
        GOOD(handler, server)

    with WireServer([answers]) as server:
        model(server, purse).ask(ASKED, FORM, 3)
    [(_, name, tokens_in, tokens_out)] = purse.reserved
    assert name == "m"
    assert tokens_in >= len("Judge.") + len("This.") + len(json.dumps(FORM.schema)) // 2
    assert tokens_out >= FORM.most_tokens
    assert purse.ends == [("settle", "r1", 1, 1)]
    assert server.asked[0]["body"]["max_completion_tokens"] == tokens_out


ENDS = {
    "busy": (status(429), "give back"),
    "unavailable": (status(503), "give back"),
    "failed at work": (status(500), "settle"),
    "broke off": (breaks_off, "settle"),
    "no choices": (body({**completion(""), "choices": []}), "settle"),
}


@pytest.mark.parametrize("name", ENDS)
def test_what_may_have_been_worked_on_stays_reserved_and_what_was_refused_is_given_back(name):
    step, end = ENDS[name]
    purse = Purse()
    with WireServer([step, GOOD]) as server:
        model(server, purse).ask(ASKED, FORM, 3)
    assert [row[0] for row in purse.ends] == [end, "settle"]
    assert purse.ends[0][1] == "r1"
    if name in ("failed at work", "broke off"):
        assert purse.ends[0][2:] == (None, None)


def test_a_wrong_key_costs_nothing():
    purse = Purse()
    with WireServer([status(401)]) as server, pytest.raises(WriterRefused, match="refused the key"):
        model(server, purse).ask(ASKED, FORM, 3)
    assert purse.ends == [("give back", "r1")]


def test_where_nobody_listens_nothing_is_charged_and_a_silence_may_be():
    with WireServer([GOOD]) as server:
        assert server.url
    purse = Purse()
    with pytest.raises(WriterError, match="could not be reached"):
        model(server, purse, retries=1, first_wait=0.01).ask(ASKED, FORM, 3)
    assert [row[0] for row in purse.ends] == ["give back", "give back"]
    purse = Purse()
    with WireServer([hangs]) as server, pytest.raises(WriterError, match="no answer within"):
        model(server, purse, seconds=0.3).ask(ASKED, FORM, 3)
    assert {row[0] for row in purse.ends} == {"settle"}


def test_an_empty_purse_asks_nothing():
    with WireServer([GOOD]) as server, pytest.raises(OverBudget):
        model(server, Purse(most=0)).ask(ASKED, FORM, 3)
    assert server.asked == []


@pytest.mark.parametrize("known", ["max_tokens", None])
def test_a_server_with_another_limit_of_tokens_is_given_that_one(known):
    def picky(handler, server):
        for name in ("max_completion_tokens", "max_tokens"):
            if name in server.asked[-1]["body"] and name != known:
                return status(400, f"Unsupported parameter: '{name}'")(handler, server)
        return GOOD(handler, server)

    with WireServer([picky]) as server:
        asking = model(server, Purse())
        asking.ask(ASKED, FORM, 3)
        asking.ask(ASKED, FORM, 3)
    assert ("max_tokens" in server.asked[-1]["body"]) == (known is not None)
    assert "max_completion_tokens" not in server.asked[-1]["body"]
    assert any("no limit of tokens" in n for n in asking.notices) == (known is None)


def test_usage_that_makes_no_sense_is_not_believed():
    purse = Purse()
    for usage in (None, [], {"prompt_tokens": -4, "completion_tokens": True}, {"prompt_tokens": "9"}):
        answer = {**completion('{"word": "yes", "rows": []}'), "usage": usage}
        with WireServer([lambda h, s, answer=answer: send(h, 200, answer)]) as server:
            model(server, purse).ask(ASKED, FORM, 3)
    assert {row[2:] for row in purse.ends} == {(None, None)}


def test_the_key_is_in_nothing_that_is_said():
    said = []
    with WireServer([status(500, f"no {KEY}"), status(500, f"no {KEY}")]) as server:
        asking = model(server, said=said, retries=1)
        with pytest.raises(WriterError) as caught:
            asking.ask(ASKED, FORM, 3)
    assert KEY not in " ".join([str(caught.value), asking.name, *asking.notices, *said])
    assert "--writer" not in str(caught.value)


def test_what_is_not_installed_is_told_before_anything_is_loaded(monkeypatch, tmp_path):
    from photoplay.agent.models import local

    monkeypatch.chdir(tmp_path)
    (tmp_path / "photoplay.toml").write_text('[local.tiny]\nfolder = "/nowhere"\n')
    monkeypatch.setattr(local, "NEEDED", ("photoplay_no_such_package",))
    with pytest.raises(BadInput, match=r"photoplay\[local\]"):
        find_model("local:tiny")
