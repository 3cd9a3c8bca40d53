"""Stills from a remote server over real HTTP: what is asked, what is refused, what is paid for."""

import base64
import contextlib
import json
import os
import re
import traceback
from pathlib import Path

import pytest
from films import slate_film
from remote_server import (
    KEY,
    RemoteServer,
    body,
    bomb,
    drips,
    drips_headers,
    drops,
    good,
    hangs,
    hints,
    picture,
    status,
    table,
)

from photoplay.memory.ledger import Ledger
from photoplay.memory.till import Till
from photoplay.render.contract import Swatch, check_renderer
from photoplay.render.protocol import Frame, Job, Notice
from photoplay.render.remote import buying
from photoplay.render.remote.renderer import Remote, asked_size
from photoplay.render.remote.servers import Server, find_server, servers
from photoplay.render.requests import Input, Raster, Still
from photoplay.storyboard.errors import BadInput, ProjectError, Refused, Transient, UnknownName
from photoplay.storyboard.picture import picture as seen
from photoplay.studio.cost import show

FILM = slate_film()
STILL = Still(picture=seen(FILM, FILM.shots[0]), raster=Raster(width=128, height=72), seed=7)
TAKE = "a" * 64
PAGE = Path(__file__).resolve().parent.parent / "docs" / "remote.md"


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path, tmp_path_factory):
    for name in [n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_KEY"))]:
        monkeypatch.delenv(name)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))
    monkeypatch.setenv("PHOTOPLAY_KEY_STUDIO", KEY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Remote, "pace", 0.02)


class Desk:
    """A remote renderer at a server, with a ledger, and what came of it."""

    def __init__(self, server, folder, budget="1.00", **more):
        (folder / "photoplay.toml").write_text(table(server, **more))
        self.ledger = Ledger(folder)
        self.renderer = Remote("studio")
        self.budget = budget
        self.ticks = []
        self.renderer.load("auto", None)
        server.after.callback(self.renderer.unload)

    def make(self, request=STILL, key=TAKE, footage=()):
        till = Till(self.ledger, key, "s01", "remote:studio", self.budget)
        job = Job(request, dict(footage), {}, till)
        return list(self.renderer.render([job], lambda j, share, words="": self.ticks.append((share, words))))

    def frames(self, *args, **more):
        return [o.pixels for o in self.make(*args, **more) if isinstance(o, Frame)]

    @property
    def states(self):
        return [order.state for order in self.ledger.orders()]


def everything_said(error):
    seen_errors, chain = [], [error]
    while chain:
        one = chain.pop()
        seen_errors += [str(one), repr(one), *traceback.format_exception(one)]
        chain += [e for e in (one.__cause__, one.__context__) if e is not None]
    return "\n".join(seen_errors)


# -- what is asked ------------------------------------------------------------------------


def test_a_still_is_asked_for_by_its_words_and_comes_back_in_the_films_raster(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        [frame] = desk.frames()
    [asked] = server.creates
    assert asked["path"] == "/v1/images/generations"
    assert asked["headers"]["authorization"] == f"Bearer {KEY}"
    assert asked["fields"]["model"] == "draws-1"
    assert asked["fields"]["size"] == "128x72"
    assert asked["fields"]["n"] == 1
    assert STILL.picture.sentence.rstrip(".") in asked["fields"]["prompt"]
    assert "seed" not in asked["fields"]
    assert frame.shape == (72, 128, 3)
    assert desk.states == ["received"]


def test_references_and_an_earlier_keyframe_are_sent_as_images_in_order(tmp_path):
    marks = [Input(key=c * 64, part="anchor", frame=1) for c in "bc"]
    like = Input(key="d" * 64, part="frame", frame=0)
    footage = {mark: Swatch(72, 128, 40 * n) for n, mark in enumerate((*marks, like), 1)}
    request = STILL.model_copy(update={"anchors": tuple(marks), "like": like})
    with RemoteServer() as server:
        Desk(server, tmp_path, references=16).make(request, footage=footage.items())
    [asked] = server.creates
    assert asked["path"] == "/v1/images/edits"
    from photoplay.memory.images import decode_image

    shades = [int(decode_image(data, "it")[-1, 0, 0]) for data in asked["fields"]["image[]"]]
    assert shades == [40, 80, 120]
    assert "image 3" in asked["fields"]["prompt"]


def test_a_remote_renderer_keeps_the_contract(tmp_path):
    with RemoteServer() as server:
        Desk(server, tmp_path, references=16, price=0)
        check_renderer(Remote("studio"), STILL)


def test_the_seed_is_sent_where_the_server_reads_one_and_else_it_is_said_that_it_is_not(tmp_path):
    with RemoteServer() as server:
        said = [o for o in Desk(server, tmp_path).make() if isinstance(o, Notice)]
        assert any(n.kind == "seed" for n in said)
        said = [o for o in Desk(server, tmp_path, seed=True).make(key="b" * 64) if isinstance(o, Notice)]
        assert not any(n.kind == "seed" for n in said)
    assert server.creates[1]["fields"]["seed"] == 7


def test_the_nearest_size_is_asked_for_and_cropped_and_that_is_said(tmp_path):
    square = STILL.model_copy(update={"raster": Raster(width=128, height=128)})
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        made = desk.make(square)
    assert server.creates[0]["fields"]["size"] == "64x64"
    assert any(isinstance(o, Notice) and "64x64" in o.words for o in made)
    assert asked_size(desk.renderer.server, Raster(width=1280, height=720)) == (128, 72)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_other_pictures_of_the_list_are_taken(tmp_path, kind):
    def answer(handler, server):
        data = {"data": [{"b64_json": base64.b64encode(picture(handler.asked, kind)).decode()}]}
        body(data)(handler, server)

    with RemoteServer([answer]) as server:
        desk = Desk(server, tmp_path)
        assert desk.frames()
    assert desk.ledger.orders()[0].file.endswith({"JPEG": ".jpg", "WEBP": ".webp"}[kind])


def test_a_link_to_the_servers_own_host_is_followed_and_one_to_another_is_not(tmp_path):
    def linked(handler, server):
        body({"data": [{"url": f"{server.url}/videos/x/content"}]})(handler, server)

    paint = lambda handler, server: body(picture({"size": "128x72"}), "image/png")(handler, server)  # noqa: E731
    with RemoteServer([linked], content=[paint]) as server:
        assert Desk(server, tmp_path).frames()
    elsewhere = body({"data": [{"url": "http://127.0.0.2:9/secret.png?token=t0psecret"}]})
    with RemoteServer([elsewhere]) as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Refused, match="another host"):
            desk.make(key="b" * 64)
    assert "t0psecret" not in (tmp_path / "ledger.jsonl").read_text()


# -- ordered once -------------------------------------------------------------------------


def test_what_was_bought_is_never_ordered_again(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        once, again = desk.frames(), desk.frames()
    assert len(server.creates) == 1
    assert (once[0] == again[0]).all()


@pytest.mark.parametrize(
    "step",
    [
        drops,
        status(500),
        status(502),
        status(504),
        body(b"<html>oops</html>", "text/html"),
        body(b'{"data": [{"b64'),
    ],
)
def test_an_order_whose_answer_was_lost_is_not_given_again(tmp_path, step):
    with RemoteServer([step, good]) as server:
        desk = Desk(server, tmp_path)
        for _ in range(3):
            with pytest.raises(Refused, match="may have been charged"):
                desk.make()
    assert len(server.creates) == 1
    assert desk.states == ["intended"]
    assert desk.ledger.orders()[0].charge == "may be charged"


def test_a_person_may_release_an_order_and_what_it_cost_stays(tmp_path):
    with RemoteServer([drops, good]) as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Refused) as refused:
            desk.make()
        order = desk.ledger.orders()[0].order
        assert f"--release {order}" in str(refused.value)
        desk.ledger.release(order)
        assert desk.frames()
    assert desk.states == ["released", "received"]
    assert str(desk.ledger.spent()) == "0.50 USD"


def test_a_server_that_heeds_the_idempotency_key_is_asked_again_under_the_same_one(tmp_path):
    with RemoteServer([drops, good]) as server:
        desk = Desk(server, tmp_path, recover="idempotency-key")
        with pytest.raises(Transient):
            desk.make()
        assert desk.frames()
    keys = [asked["headers"]["idempotency-key"] for asked in server.creates]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert desk.states == ["received"]


def test_a_server_that_costs_nothing_is_simply_asked_again(tmp_path):
    with RemoteServer([drops, good]) as server:
        desk = Desk(server, tmp_path, price=0, budget="")
        with pytest.raises(Transient):
            desk.make()
        assert desk.frames()
    assert desk.ledger.spent().nothing


def test_a_busy_server_is_left_alone_as_long_as_it_asks_and_then_asked_again(tmp_path, monkeypatch):
    waits = []
    monkeypatch.setattr(buying.Buyer, "_sleep", lambda self, seconds, share: waits.append(seconds))
    with RemoteServer(
        [status(429, headers={"Retry-After": "3"}), status(503, headers={"Retry-After": "2"}), good]
    ) as server:
        desk = Desk(server, tmp_path)
        assert desk.frames()
    assert waits == [3, 2]
    assert desk.states == ["refused", "refused", "received"]
    assert str(desk.ledger.spent()) == "0.25 USD"


def test_a_server_that_stays_busy_is_given_up_for_now_and_has_charged_nothing(tmp_path):
    with RemoteServer([status(429)]) as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Transient, match="busy"):
            desk.make()
    assert len(server.creates) == buying.TRIES
    assert desk.ledger.spent().nothing


def test_what_was_not_taken_many_times_is_told_once_by_costs(tmp_path, capsys):
    with RemoteServer([status(429)] * 4 + [good]) as server:
        desk = Desk(server, tmp_path)
        for _ in range(2):
            with contextlib.suppress(Transient):
                desk.make()
    show(desk.ledger.orders())
    said = capsys.readouterr().out
    assert said.count("not taken") == 1
    assert "(4 times)" in said
    assert said.count(" received ") == 1


def test_a_server_that_is_not_there_was_not_asked(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
    desk.renderer.load("auto", None)  # it hung up with the server
    with pytest.raises(Transient, match="could not be reached"):
        desk.make()
    desk.renderer.unload()
    assert set(desk.states) == {"refused"}


@pytest.mark.parametrize("step", [hangs, drips, drips_headers, hints])
def test_a_slow_server_is_not_waited_for_beyond_its_patience(tmp_path, step):
    with RemoteServer([step]) as server:
        desk = Desk(server, tmp_path, patience=1)
        with pytest.raises(Refused, match="did not answer within 1 s"):
            desk.make()
    assert len(server.creates) == 1


def test_a_refusal_by_the_rules_on_content_is_told_in_the_servers_words(tmp_path):
    words = "Your request was rejected by our safety system\u202e."
    with RemoteServer([status(400, words, code="content_policy_violation")]) as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Refused, match="rejected by our safety system") as refused:
            desk.make()
    assert "\u202e" not in str(refused.value)
    assert len(server.creates) == 1
    assert desk.ledger.spent().nothing


@pytest.mark.parametrize(
    ("number", "words"), [(401, "PHOTOPLAY_KEY_STUDIO"), (404, "model"), (402, "credit"), (400, "odd size")]
)
def test_what_the_server_does_not_take_is_refused_and_costs_nothing(tmp_path, number, words):
    with RemoteServer([status(number, "odd size")]) as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Refused, match=words):
            desk.make()
    assert len(server.creates) == 1
    assert desk.ledger.spent().nothing


# -- what comes is not trusted ------------------------------------------------------------


@pytest.mark.parametrize("data", [bomb(), b"<svg/>", b"GIF89a" + bytes(40), picture({"size": "128x72"})[:60]])
def test_what_is_no_picture_is_not_decoded_and_may_be_charged(tmp_path, data):
    packed = {"data": [{"b64_json": base64.b64encode(data).decode()}]}
    with RemoteServer([body(packed)]) as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Refused, match="no picture"):
            desk.make()
    assert desk.states == ["failed"]
    assert desk.ledger.orders()[0].charge == "may be charged"
    assert not list((tmp_path / "bought").iterdir())


def test_an_answer_without_end_is_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr("photoplay.render.remote.wire.MOST_ANSWER_BYTES", 100_000)
    with RemoteServer([body(b" " * 300_000)]) as server, pytest.raises(Refused, match="more than"):
        Desk(server, tmp_path).make()


def test_a_packed_answer_and_a_redirection_are_refused(tmp_path):
    with (
        RemoteServer([body(b"{}", headers={"Content-Encoding": "gzip"})]) as server,
        pytest.raises(Refused, match="compressed"),
    ):
        Desk(server, tmp_path).make()
    moved = status(307, headers={"Location": "http://127.0.0.2:9/v1"})
    with RemoteServer([moved]) as server, pytest.raises(Refused, match="redirection"):
        Desk(server, tmp_path).make(key="b" * 64)


# -- money --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "budget", "goes"),
    [
        (0.25, "", False),
        (0.25, "0.24", False),
        (0.25, "0.25", True),
        (None, "99", False),
        (None, "any", True),
        (0, "", True),
    ],
)
def test_nothing_is_ordered_beyond_the_allowance_and_an_unknown_price_is_never_zero(
    tmp_path, price, budget, goes
):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path, budget, price=price)
        if goes:
            assert desk.frames()
        else:
            with pytest.raises(Refused, match="--budget"):
                desk.make()
    assert len(server.creates) == goes
    if price is None and goes:
        assert desk.ledger.spent().unknown == 1
        assert str(desk.ledger.spent()) == "1 of unknown price"


def test_the_allowance_is_for_the_whole_film(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path, "0.60")
        desk.make(key="1" * 64)
        desk.make(key="2" * 64)
        with pytest.raises(Refused, match=r"0\.75 USD"):
            desk.make(key="3" * 64)
    assert len(server.creates) == 2


def test_without_a_ledger_nothing_that_costs_is_ordered(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        with pytest.raises(Refused, match="--budget"):
            list(desk.renderer.render([Job(STILL)], lambda *_: None))
    assert not server.creates


def test_the_key_is_told_to_nobody_but_the_server(tmp_path):
    steps = [status(400, f"bad key {KEY}"), status(500, KEY), body({"error": {"message": KEY}}), good]
    with RemoteServer(steps) as server:
        desk = Desk(server, tmp_path)
        for n in range(3):
            with pytest.raises((Refused, Transient)) as raised:
                desk.make(key=f"{n}" * 64)
            assert KEY not in everything_said(raised.value)
        desk.make(key="d" * 64)
        assert KEY not in repr(desk.renderer.server) + str(desk.ticks) + desk.renderer.weights
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


# -- the settings file --------------------------------------------------------------------


def entry(tmp_path, text):
    (tmp_path / "photoplay.toml").write_text(text)
    return servers()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('url = "http://example.com/v1"', "https"),
        ('url = "http://192.168.1.5/v1"', "https"),  # a key is set
        ('url = "https://me:hunter22@example.com/v1"', "password"),
        ('url = "file:///etc/passwd"', "https"),
        ('url = "https://example.com/v1?key=1"', "query"),
        ('url = "https://x.example/v1"\nkey = "hunter22"', "environment variable PHOTOPLAY_KEY_STUDIO"),
        ('url = "https://x.example/v1"\ncolour = "red"', "colour"),
        ('url = "https://x.example/v1"\nreferences = 17', "references"),
        ('url = "https://x.example/v1"\nprice = -1', "price"),
        ('url = "https://x.example/v1"\nrecover = "metadata"', "clips"),
        ('url = "https://x.example/v1"\nsizes = ["big"]', "1280x720"),
        ('url = "https://x.example/v1"\ndownloads = ["10.0.0.7"]', "no addresses"),
        ('url = "https://x.example/v1"\ndownloads = ["*.example"]', "downloads"),
    ],
)  # fmt: skip
def test_a_server_that_cannot_be_asked_safely_is_refused(tmp_path, line, words):
    with pytest.raises(BadInput, match=words) as refused:
        entry(tmp_path, f'[remote.studio]\nmodel = "m"\n{line}\n')
    assert "hunter22" not in everything_said(refused.value)


def test_a_server_on_the_local_network_needs_no_https_where_no_key_is_sent(tmp_path, monkeypatch):
    monkeypatch.delenv("PHOTOPLAY_KEY_STUDIO")
    assert (
        entry(tmp_path, '[remote.studio]\nmodel = "m"\nurl = "http://192.168.1.5:8000/v1"\n')["studio"].key
        == ""
    )


def test_keys_of_takes_hold_the_servers_name_and_model_and_not_where_it_is(tmp_path):
    text = '[remote.studio]\nmodel = "m-1"\nurl = "https://{}.example/v1"\nprice = 1.5\n'
    entry(tmp_path, text.format("one"))
    first = Remote("studio")
    entry(tmp_path, text.format("two"))
    second = Remote("studio")
    assert first.weights == second.weights == "studio:m-1"
    assert str(first.price(STILL)) == "1.50 USD"


@pytest.mark.skipif(not PAGE.is_file(), reason="the page is not beside the tests")
def test_the_table_on_the_page_is_read_and_every_field_of_it_is_named_there(tmp_path):
    page = PAGE.read_text(encoding="utf-8")
    found = entry(tmp_path, re.search(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[1])
    assert [found["stills"].references, found["clips"].videos] == [16, True]
    named = set(re.findall(r"`([a-z0-9-]+)`", page))
    assert {field for field in Server.model_fields if field not in ("name", "key")} <= named


def test_without_a_name_the_only_server_is_taken_and_none_or_two_are_refused(tmp_path):
    with pytest.raises(BadInput, match="none yet"):
        find_server("")
    with pytest.raises(UnknownName):
        Remote("studio")
    assert Remote().capabilities().device == "network"
    with pytest.raises(BadInput):
        Remote().preflight()
    text = '[remote.{}]\nmodel = "m"\nurl = "https://x.example/v1"\n'
    entry(tmp_path, text.format("one"))
    assert Remote().weights == "one:m"
    entry(tmp_path, text.format("one") + text.format("two"))
    with pytest.raises(BadInput, match="remote:one, remote:two"):
        Remote().preflight()


def test_a_torn_line_is_cut_off_and_a_changed_one_stops_all_ordering(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        desk.make(key="1" * 64)
        whole = (tmp_path / "ledger.jsonl").read_bytes()
        (tmp_path / "ledger.jsonl").write_bytes(whole + b'{"schema_version": 1, "at": "2026')
        desk.make(key="2" * 64)
        lines = (tmp_path / "ledger.jsonl").read_text().splitlines()
        assert all(json.loads(line)["schema_version"] == 1 for line in lines)
        assert desk.states == ["received", "received"]
        (tmp_path / "ledger.jsonl").write_bytes(b"{}\n" + whole)
        with pytest.raises(ProjectError, match="line 1, is not what was written"):
            desk.make(key="3" * 64)
    assert len(server.creates) == 2


@pytest.mark.parametrize(
    ("field", "value"), [("file", "../../secret.png"), ("id", "../../admin"), ("order", "../x")]
)
def test_a_strangers_ledger_leads_nowhere(tmp_path, field, value):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        desk.make()
        lines = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text().splitlines()]
        lines[-1][field] = value
        (tmp_path / "ledger.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        with pytest.raises(ProjectError, match="is not what was written"):
            desk.make()


@pytest.mark.parametrize("amount", ["1e999999", "1e9999999", "1e-999999"])
def test_an_amount_in_a_strangers_ledger_is_no_bomb(tmp_path, amount):
    line = {"at": "", "order": "order-" + "0" * 16, "event": "intended", "key": TAKE, "amount": amount}
    (tmp_path / "ledger.jsonl").write_text(json.dumps(line) + "\n")
    with pytest.raises(ProjectError, match="line 1, is not what was written"):
        Ledger(tmp_path).spent()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_a_strangers_folder_is_neither_written_through_nor_read(tmp_path, tmp_path_factory):
    outside, film = tmp_path_factory.mktemp("outside") / "mine.png", tmp_path
    outside.write_bytes(b"mine")
    (film / "bought").mkdir()
    line = {"at": "", "order": "order-" + "0" * 16, "event": "intended", "key": TAKE, "amount": "0.25"}
    (film / "ledger.jsonl").write_text(json.dumps(line) + "\n")
    (film / "bought" / f"order-{'0' * 16}.part").symlink_to(outside)
    with RemoteServer() as server:
        server.heeds_idempotency = True
        desk = Desk(server, film, recover="idempotency-key")
        assert desk.frames()
        assert outside.read_bytes() == b"mine"
        [kept] = (film / "bought").glob("*.png")
        outside.write_bytes(kept.read_bytes())
        kept.unlink()
        kept.symlink_to(outside)
        with pytest.raises(Refused, match="gone from the film's folder"):
            desk.make()


def test_a_take_that_another_process_has_just_ordered_is_not_ordered_twice(tmp_path):
    with RemoteServer() as server:
        desk = Desk(server, tmp_path)
        tills = [Till(desk.ledger, TAKE, "s01", "remote:studio", "1.00") for _ in range(2)]
        assert [till.order() for till in tills] == [None, None]
        price = desk.renderer.price(STILL)
        tills[0].intend("still", price)
        with pytest.raises(Refused, match="just been ordered"):
            tills[1].intend("still", price)
    assert desk.states == ["intended"]
