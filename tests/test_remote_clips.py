"""Clips from a remote server over real HTTP: created once under every fault, polled, downloaded until whole."""

import json
import socket

import pytest
from remote_server import (
    KEY,
    RATE,
    RemoteServer,
    body,
    clip,
    cut_short,
    drips,
    drops,
    failing,
    good,
    half,
    missing,
    picture,
    status,
    taken_then,
)
from test_remote_stills import FILM, Desk, _alone, everything_said  # noqa: F401

from photoplay.memory.ledger import Ledger
from photoplay.render.contract import Swatch, check_renderer
from photoplay.render.protocol import Frame, Notice
from photoplay.render.remote import buying
from photoplay.render.remote.renderer import Remote
from photoplay.render.remote.servers import Server
from photoplay.render.remote.wire import Wire
from photoplay.render.requests import Between, Extend, Input, Raster, Still
from photoplay.storyboard.errors import Refused, Stopped, Transient
from photoplay.storyboard.picture import picture as seen
from photoplay.storyboard.rate import Rate

CLIP = Between(
    picture=seen(FILM, FILM.shots[0]),
    raster=Raster(width=128, height=72),
    frames=2 * RATE,
    rate=Rate(num=RATE),
)
FIRST = Input(key="f" * 64, part="frame", frame=0)
TAIL = Input(key="e" * 64, part="tail", frame=4)


def desk(server, folder, **more):
    return Desk(server, folder, **{"budget": "9.00", "videos": True, "first": True, **more})


def frames(made):
    return [o.pixels for o in made if isinstance(o, Frame) for _ in range(o.hold)]


# -- what is asked ------------------------------------------------------------------------


def test_a_clip_is_created_once_polled_and_downloaded(tmp_path):
    with RemoteServer(busy=2) as server:
        here = desk(server, tmp_path)
        made = frames(here.make(CLIP))
    assert [len(server.creates), len(server.polls), len(server.contents)] == [1, 3, 1]
    asked = server.creates[0]["fields"]
    assert (asked["model"], asked["size"], asked["seconds"]) == ("draws-1", "128x72", "2")
    assert "input_reference" not in asked
    assert len(made) == CLIP.frames
    assert made[0].shape == (72, 128, 3)
    assert (made[0] != made[-1]).any()
    assert here.states == ["received"]
    assert str(here.ledger.spent()) == "0.50 USD"
    assert any("at studio" in words for _, words in here.ticks)


def test_the_first_frame_is_sent_in_the_size_that_is_asked_for(tmp_path):
    from photoplay.memory.images import decode_image

    request = CLIP.model_copy(update={"first": FIRST})
    with RemoteServer() as server:
        desk(server, tmp_path).make(request, footage=[(FIRST, Swatch(144, 256, 90))])
    sent = decode_image(server.creates[0]["fields"]["input_reference"], "it")
    assert sent.shape == (72, 128, 3)
    assert sent[-1, 0].tolist() == [90, 90, 90]


def test_an_extension_begins_on_the_tails_last_frame_which_is_not_shown_again(tmp_path):
    fields = {n: getattr(CLIP, n) for n in ("picture", "raster", "rate")}
    request = Extend(**fields, frames=RATE, tail=TAIL)
    with RemoteServer() as server:
        made = frames(desk(server, tmp_path).make(request, footage=[(TAIL, Swatch(72, 128, 90, 4))]))
        asked = server.creates[0]["fields"]
    assert asked["seconds"] == "1"
    assert "input_reference" in asked
    assert len(made) == RATE
    assert (made[-1] == made[-2]).all()  # one frame short: the last is held


def test_a_server_of_clips_keeps_the_contract(tmp_path):
    with RemoteServer() as server:
        desk(server, tmp_path, price=0)
        check_renderer(Remote("studio"), CLIP.model_copy(update={"frames": RATE}))


def test_a_still_or_an_undeclared_setting_is_refused_before_anything_is_asked(tmp_path):
    with RemoteServer() as server:
        here = desk(server, tmp_path)
        for request in (
            Still(picture=CLIP.picture, raster=CLIP.raster),
            CLIP.model_copy(update={"settings": {"steps": 4}}),
            CLIP.model_copy(update={"last": FIRST}),
            CLIP.model_copy(update={"frames": 1000}),
        ):
            with pytest.raises(Refused):
                here.make(request, footage=[(FIRST, Swatch(72, 128, 90))])
    assert server.creates == []


@pytest.mark.parametrize(("lengths", "rule"), [([1, 2, 3], (8, 8)), ([4, 6, 10], (1, 32)), ([5], (40, 40))])
def test_lengths_are_those_that_the_server_makes(tmp_path, lengths, rule):
    with RemoteServer() as server:
        can = desk(server, tmp_path, seconds=lengths).renderer.capabilities()
    assert (can.frame_rule.step, can.frame_rule.least) == rule
    assert can.longest == max(lengths) * RATE
    assert can.native_rate == Rate(num=RATE)


# -- created once -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        drops,
        status(500),
        status(502),
        body(b"<html/>", "text/html"),
        body({"id": "../../etc/passwd"}),
        body({"id": 7}),
    ],
    ids=["drops", "500", "502", "html", "path for an id", "number for an id"],
)
def test_a_create_whose_answer_was_lost_is_not_repeated(tmp_path, step):
    with RemoteServer([taken_then(step), good]) as server:
        here = desk(server, tmp_path)
        for _ in range(3):
            with pytest.raises(Refused, match="may have been charged"):
                here.make(CLIP)
    assert len(server.creates) == 1


def test_a_lost_clip_is_found_again_by_its_metadata(tmp_path):
    with RemoteServer([taken_then(drops), good]) as server:
        here = desk(server, tmp_path, recover="metadata")
        with pytest.raises(Transient):
            here.make(CLIP)
        assert len(frames(here.make(CLIP))) == CLIP.frames
    assert len(server.creates) == 1
    assert here.states == ["received"]


def test_a_clip_that_is_in_no_list_is_not_created_again(tmp_path):
    with RemoteServer([drops, good]) as server:
        here = desk(server, tmp_path, recover="metadata")
        with pytest.raises(Transient):
            here.make(CLIP)
        with pytest.raises(Refused, match="may have been charged"):
            here.make(CLIP)
    assert len(server.creates) == 1


def test_a_lost_clip_is_found_again_by_its_idempotency_key(tmp_path):
    with RemoteServer([taken_then(drops), good]) as server:
        server.heeds_idempotency = True
        here = desk(server, tmp_path, recover="idempotency-key")
        with pytest.raises(Transient):
            here.make(CLIP)
        assert frames(here.make(CLIP))
    assert len(server.jobs) == 1


@pytest.mark.parametrize(
    "steps",
    [
        [status(500), status(503), good],
        [status(429, headers={"Retry-After": "0"}), good],
        [drops, body(b"<html/>"), good],
    ],
    ids=["5xx", "429", "broken"],
)
def test_polling_goes_on_after_trouble_and_nothing_is_created_again(tmp_path, steps):
    with RemoteServer(poll=steps) as server:
        here = desk(server, tmp_path)
        try:
            made = here.make(CLIP)
        except (Transient, Refused):
            made = here.make(CLIP)
        assert frames(made)
    assert len(server.creates) == 1


@pytest.mark.parametrize(
    "step",
    [
        cut_short, half, drops, status(500), status(429, headers={"Retry-After": "0"}),
        body(b"<html>soon</html>", "text/html"), body(picture({"size": "128x72"}), "image/png"),
        body(b"\x1a\x45\xdf\xa3" + bytes(99), "video/webm"),
    ],
    ids=["cut short", "half", "drops", "500", "429", "html", "a picture", "webm"],
)  # fmt: skip
def test_a_broken_download_is_fetched_again_and_never_created_again(tmp_path, step):
    with RemoteServer(content=[step, step, good]) as server:
        here = desk(server, tmp_path)
        made = frames(here.make(CLIP))
    assert len(made) == CLIP.frames
    assert len(server.creates) == 1
    assert len(server.contents) == 3
    assert [p.suffix for p in (tmp_path / "bought").iterdir()] == [".mp4"]


def test_a_download_that_stays_broken_is_fetched_by_the_next_run(tmp_path):
    with RemoteServer(content=[*[half] * buying.TRIES, good]) as server:
        here = desk(server, tmp_path)
        with pytest.raises(Refused, match="the same command fetches it again"):
            here.make(CLIP)
        assert here.states == ["submitted"]
        assert frames(here.make(CLIP))
    assert len(server.creates) == 1


def test_a_slow_download_is_broken_off(tmp_path, monkeypatch):
    monkeypatch.setattr(buying, "FETCH_SECONDS", 0.3)
    with RemoteServer(content=[drips, good]) as server:
        assert frames(desk(server, tmp_path).make(CLIP))
    assert len(server.creates) == 1


def test_a_clip_that_is_too_large_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("photoplay.render.remote.wire.MOST_CLIP_BYTES", 50_000)
    with RemoteServer(content=[body(bytes(200_000), "video/mp4")]) as server:
        here = desk(server, tmp_path)
        with pytest.raises(Refused, match="more than"):
            here.make(CLIP)
    assert not list((tmp_path / "bought").iterdir())


def test_a_download_elsewhere_is_refused_and_the_key_is_not_sent_there(tmp_path):
    with RemoteServer() as thief:
        moved = status(302, headers={"Location": f"{thief.url}/videos/x/content"})
        with RemoteServer(content=[moved]) as server:
            here = desk(server, tmp_path)
            with pytest.raises(Refused, match="another host"):
                here.make(CLIP)
        assert not any(thief.seen.values())


def test_a_download_from_a_host_that_is_listed_is_fetched_without_the_key(tmp_path):
    def stored(handler, server):
        body(clip({"size": "128x72", "seconds": "2", "model": "x"}), "video/mp4")(handler, server)

    with RemoteServer(content=[status(403, "the link is too old"), missing, stored]) as storage:
        moved = status(302, headers={"Location": f"{storage.url}/videos/x/content?signed=t0psecret"})
        with RemoteServer(content=[moved]) as server:
            here = desk(server, tmp_path, downloads=["127.0.0.1"])
            assert frames(here.make(CLIP))
        assert len(storage.contents) == 3
        assert not any("authorization" in asked["headers"] for asked in storage.contents)
        assert all("authorization" in asked["headers"] for asked in server.contents)
    assert here.states == ["received"]
    assert "t0psecret" not in (tmp_path / "ledger.jsonl").read_text() + str(here.ticks)


def test_a_listed_host_is_for_downloads_alone_and_gets_no_key_sent_back(tmp_path):
    with RemoteServer() as storage:
        away = status(302, headers={"Location": f"{storage.url}/videos/x"})
        with RemoteServer(poll=[away]) as server:
            with pytest.raises(Refused, match="another host"):
                desk(server, tmp_path, downloads=["127.0.0.1"]).make(CLIP)
            assert not any(storage.seen.values())
    with RemoteServer() as server:
        back = status(302, headers={"Location": f"{server.url}/videos/video_b/content?again=1"})
        server.next_id = "video_b"
        with RemoteServer(content=[back]) as storage:
            moved = status(302, headers={"Location": f"{storage.url}/videos/x/content"})
            server.scripts["content"] = [moved, good]
            desk(server, tmp_path, downloads=["127.0.0.1"]).make(CLIP, key="b" * 64)
        assert ["authorization" in asked["headers"] for asked in server.contents] == [True, False]


@pytest.mark.parametrize(
    ("address", "found", "why"),
    [
        ("https://files.studio.example/a?signed=1", "8.8.8.8", ""),
        ("https://files.studio.example/a", "10.0.0.7", "local network"),
        ("https://files.studio.example/a", "::1", "local network"),
        ("https://files.studio.example/a", "169.254.169.254", "local network"),
        ("http://files.studio.example/a", "8.8.8.8", "by https"),
        ("https://files.studio.example:8443/a", "8.8.8.8", "usual port"),
        ("https://me:mine@files.studio.example/a", "8.8.8.8", "a password"),
        ("https://more.files.studio.example/a", "8.8.8.8", "unless downloads"),
        ("https://files.studio.example.evil.example/a", "8.8.8.8", "unless downloads"),
        ("https://127.0.0.1/a", "127.0.0.1", "unless downloads"),
        ("https://[bad/a", "8.8.8.8", "unless downloads"),
    ],
)
def test_a_listed_host_is_asked_by_https_and_never_in_a_local_network(
    tmp_path, monkeypatch, address, found, why
):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: rows)
    url, listed = "https://studio.example/v1", ("files.studio.example",)
    wire = Wire(Server(name="studio", url=url, model="m", videos=True, downloads=listed))
    with wire:
        objection = wire._objection(address, tmp_path / "clip")
        assert why in objection
        assert bool(objection) == bool(why)
        assert wire._objection(address, None)


def test_a_key_that_comes_back_in_another_spelling_is_kept_nowhere(tmp_path):
    spelt = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
    for n, said in enumerate(('"id": "KEY"', '"id": "v", "status": "KEY"', '"error": "long KEY"')):
        answer = body(f"{{{said.replace('KEY', spelt)}}}".encode())
        with RemoteServer([answer], poll=[answer]) as server:
            here = desk(server, tmp_path, patience=1)
            with pytest.raises((Refused, Transient)) as raised:
                here.make(CLIP, key=f"{n}" * 64)
            assert KEY[:12] not in everything_said(raised.value) + str(here.ticks)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY[:12].encode() not in path.read_bytes(), path


def test_a_redirection_at_the_same_host_is_followed(tmp_path):
    def moved(handler, server):
        status(302, headers={"Location": f"{handler.path}?signed=1"})(handler, server)

    with RemoteServer(content=[moved, good]) as server:
        assert frames(desk(server, tmp_path).make(CLIP))
    assert server.contents[1]["path"].endswith("?signed=1")


def test_a_job_that_fails_is_told_and_is_not_tried_again_in_that_run(tmp_path):
    with RemoteServer(poll=[failing("the model broke")]) as server:
        here = desk(server, tmp_path)
        with pytest.raises(Refused, match="the model broke"):
            here.make(CLIP)
    assert len(server.creates) == 1
    assert here.states == ["failed"]
    assert str(here.ledger.spent()) == "0.50 USD"


def test_a_job_that_breaks_the_rules_on_content_is_refused_in_the_servers_words(tmp_path):
    blocked = failing("Blocked by our moderation system.", "moderation_blocked")
    words = "refuses what is to be seen .Blocked by our moderation"
    with RemoteServer(poll=[blocked]) as server, pytest.raises(Refused, match=words):
        desk(server, tmp_path).make(CLIP)


def test_a_job_that_never_ends_is_waited_for_again_by_the_next_run(tmp_path):
    with RemoteServer(busy=10_000) as server:
        here = desk(server, tmp_path, patience=1)
        with pytest.raises(Refused, match="goes on waiting"):
            here.make(CLIP)
        server.release.set()
        assert frames(here.make(CLIP))
    assert len(server.creates) == 1


def test_a_clip_that_the_server_has_no_more_is_lost_and_not_bought_twice(tmp_path):
    with RemoteServer(poll=[missing]) as server:
        here = desk(server, tmp_path)
        for _ in range(2):
            with pytest.raises(Refused, match="may have been charged"):
                here.make(CLIP)
    assert len(server.creates) == 1
    assert here.states == ["lost"]


def test_a_clip_that_is_there_again_or_whose_file_is_gone_is_fetched_and_not_bought_twice(tmp_path):
    with RemoteServer(poll=[missing, good]) as server:
        here = desk(server, tmp_path)
        with pytest.raises(Refused, match="may have been charged"):
            here.make(CLIP)
        assert frames(here.make(CLIP))
        [kept] = (tmp_path / "bought").glob("*.mp4")
        kept.unlink()
        assert frames(here.make(CLIP))
    assert len(server.creates) == 1
    assert here.states == ["received"]


def test_two_orders_with_one_id_are_not_taken_for_each_other(tmp_path):
    with RemoteServer() as server:
        server.next_id = "video_same"
        here = desk(server, tmp_path)
        here.make(CLIP, key="1" * 64)
        for _ in range(2):
            with pytest.raises(Refused, match="for two orders"):
                here.make(CLIP, key="2" * 64)


def test_a_clip_of_another_length_than_ordered_is_kept_and_not_ordered_again(tmp_path):
    def short(handler, server):
        job = server.jobs[handler.path.split("/")[3]]
        body(clip(job["fields"], missing_frames=RATE), "video/mp4")(handler, server)

    with RemoteServer(content=[short]) as server:
        here = desk(server, tmp_path)
        for _ in range(2):
            with pytest.raises(Refused, match="8 frames at 8 a second; 16"):
                here.make(CLIP)
    assert len(server.creates) == 1
    assert here.states == ["received"]


def test_a_clip_of_far_too_many_frames_is_not_decoded(tmp_path, monkeypatch):
    monkeypatch.setattr("photoplay.render.remote.renderer._MOST_LONGER", 0.05)
    with RemoteServer() as server:
        here = desk(server, tmp_path)
        with pytest.raises(Refused, match="16 frames, where at most 12 could be meant"):
            here.make(CLIP)
    assert not list((tmp_path / "bought").iterdir())


def test_a_stop_while_it_waits_leaves_an_order_that_is_gone_on_with(tmp_path):
    with RemoteServer(busy=10_000) as server:
        here = desk(server, tmp_path)

        def stop(job, share, words=""):
            if server.polls:
                raise Stopped("stop")

        real, here.renderer.render = here.renderer.render, lambda jobs, tick: real(jobs, stop)
        with pytest.raises(Stopped):
            here.make(CLIP)
        here.renderer.render = real
        server.release.set()
        assert frames(here.make(CLIP))
    assert len(server.creates) == 1


def test_what_was_bought_is_said_with_its_price_or_that_it_is_unknown(tmp_path):
    with RemoteServer() as server:
        said = [o.words for o in desk(server, tmp_path).make(CLIP) if isinstance(o, Notice)]
        assert "bought from studio, 0.50 USD" in said
        unknown = desk(server, tmp_path, price=None, budget="any").make(CLIP, key="2" * 64)
        assert "bought from studio, of unknown price" in [o.words for o in unknown if isinstance(o, Notice)]


def test_the_ledger_holds_the_intent_before_the_server_is_asked(tmp_path):
    found = []

    def look(handler, server):
        found.extend(order.state for order in Ledger(tmp_path).orders())
        good(handler, server)

    with RemoteServer([look]) as server:
        desk(server, tmp_path).make(CLIP)
    assert found == ["intended"]
    events = [json.loads(line)["event"] for line in (tmp_path / "ledger.jsonl").read_text().splitlines()]
    assert events == ["intended", "submitted", "received"]
