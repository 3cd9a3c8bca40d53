"""Whole films through a remote server: quoted first, bought once whatever is killed, and told by ``costs``."""

import json
import os
import subprocess
import sys
import time

import pytest
from remote_server import KEY, RemoteServer, good, hangs, status, table

from photoplay.memory.ledger import Ledger
from photoplay.render.crew import SoloCrew
from photoplay.render.remote.renderer import Remote
from photoplay.storyboard.errors import PhotoplayError
from photoplay.studio import beginning, command

STORY = "A keeper befriends a lost whale"
MAKE = ("make", STORY, "--renderer", "remote:studio", "--size", "128x72", "--seconds", "12", "--shots", "2", "--out", "film")  # fmt: skip
TAKES = (*MAKE, "--until", "takes")
CLIPS = {"videos": True, "seconds": [2, 4, 8], "price": 0.10}


@pytest.fixture
def place(tmp_path, tmp_path_factory, monkeypatch, capsys):
    """Runs commands in a folder of its own, whose settings file names the server.

    Those that are to be killed run as they do for a person, workers and all; the others in this interpreter.
    """
    for name in [
        n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_KEY")) or n.lower().endswith("_proxy")
    ]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PHOTOPLAY_KEY_STUDIO", KEY)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(beginning, "crew_of", lambda wishes: SoloCrew())
    monkeypatch.setattr(Remote, "pace", 0.02)

    class Place:
        film = tmp_path / "film"
        said = ""

        def serve(self, server, **more):
            (tmp_path / "photoplay.toml").write_text(table(server, **{**CLIPS, **more}))

        def run(self, *words):
            """(exit code, standard output, standard error and what the error says)."""
            code, error = 0, ""
            try:
                command.app(list(words), standalone_mode=False)
            except PhotoplayError as raised:
                code, error = raised.exit_code, str(raised)
            out, err = capsys.readouterr()
            self.said += out + err + error
            return code, out, " ".join((err + error).split())

        def kill_when(self, happened, *words):
            process = subprocess.Popen(
                [sys.executable, "-m", "photoplay", *words], cwd=tmp_path, encoding="utf-8", text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
            end = time.monotonic() + 120
            while not happened() and process.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            assert process.poll() is None, process.communicate()
            assert happened()
            process.kill()
            out, err = process.communicate()
            self.said += out + err

        def need_no_key(self):
            assert KEY not in self.said
            for path in tmp_path.rglob("*"):
                assert not path.is_file() or KEY.encode() not in path.read_bytes(), path

    return Place()


def test_a_film_is_quoted_first_unknown_as_unknown_and_bought_once_and_told_by_costs(place):
    with RemoteServer() as server:
        place.serve(server, price=None)
        code, _, err = place.run(*MAKE, "--budget", "1000")
        assert code == 6
        assert "2 clips by remote:studio: 2 of unknown price" in err
        assert "0.00" not in err
        assert "--budget any" in err
        place.serve(server)
        code, _, err = place.run(*MAKE)
        assert code == 6
        assert "To be ordered:" in err
        assert "Allow it with --budget" in err
        assert server.creates == []
        price = err.partition("Allow it with --budget ")[2].split()[0].rstrip(".")
        code, _, err = place.run(*MAKE, "--budget", price)
        assert code == 0, err
        bought = len(server.creates)
        assert bought >= 2
        code, _, err = place.run("render", "film", "--json")
        assert code == 0, err
        assert len(server.creates) == bought
    code, out, _ = place.run("cost", "film", "--json")
    told = json.loads(out)
    assert [order["state"] for order in told["orders"]] == ["received"] * bought
    assert told["totals"]["charged"] == {"known": {"USD": price}, "unknown": 0}
    assert told["totals"]["may_be_charged"] == {"known": {}, "unknown": 0}
    report = json.loads((place.film / "out" / "report.json").read_text())
    assert "remote:studio" in json.dumps(report)
    place.need_no_key()


def test_a_kill_between_submit_and_download_is_gone_on_with_and_buys_nothing_twice(place):
    with RemoteServer(busy=10_000) as server:
        place.serve(server)
        ordered = lambda: sum(o.state == "submitted" for o in orders(place)) >= 2  # noqa: E731
        place.kill_when(ordered, *TAKES, "--budget", "any")
        before = len(server.creates)
        server.release.set()
        code, _, err = place.run(*TAKES, "--budget", "any")
        assert code == 0, err
        made = Ledger(place.film).orders()
        assert {o.state for o in made} == {"received"}
        assert len(server.creates) == len(made) == len({o.key for o in made})
        assert len(server.jobs) == len(server.creates) > 0
        assert before >= 2
    place.need_no_key()


def test_a_kill_while_the_server_is_asked_is_reported_and_not_asked_again(place):
    with RemoteServer(create=[hangs, good]) as server:
        place.serve(server, parallel=1)
        place.kill_when(lambda: server.creates, *TAKES, "--budget", "any")
        code, _, err = place.run(*TAKES, "--budget", "any")
        assert code == 5
        assert "may have been charged" in err
        [orphan] = [o for o in orders(place) if o.state == "intended"]
        assert sum(o.key == orphan.key for o in orders(place)) == 1
        asked = len(server.creates)
        code, out, _ = place.run("cost", "film")
        assert "no answer" in out
        code, _, err = place.run("cost", "film", "--release", orphan.order)
        assert code == 0, err
        code, _, err = place.run(*TAKES, "--budget", "any")
        assert code == 0, err
        assert len(server.creates) == asked + 1
    place.need_no_key()


def test_sheets_and_keyframes_are_in_the_quote_and_the_rest_is_kept_when_one_is_refused(place):
    turns = [status(400, "rejected by the safety system", code="moderation_blocked"), good]
    with RemoteServer(create=turns) as server:
        place.serve(server, videos=None, seconds=None, rate=None, references=4)
        _, _, err = place.run(*TAKES)
        quoted = int(err.partition("To be ordered: ")[2].split()[0])
        assert server.creates == []
        _, _, err = place.run(*TAKES, "--budget", "50")
        assert "rejected by the safety system" in err
        code, _, err = place.run(*TAKES, "--budget", "50")
        assert code == 0, err
        assert {o.state for o in orders(place)} == {"refused", "received"}
        assert len([o for o in orders(place) if o.state == "received"]) == quoted


def orders(place):
    return Ledger(place.film).orders() if (place.film / "ledger.jsonl").exists() else []
