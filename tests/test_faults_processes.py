"""Processes that are stopped, killed, started twice, or embedded: nothing is lost, made twice or left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from tiny_films import IDEA, TINY, all_verify, copy_of_a_film, make, opened, pictures_made, writer

import photoplay
from photoplay.memory.project import Project
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.fake import LOG
from photoplay.storyboard.edit_types import Rename, ShotSetting
from photoplay.storyboard.errors import Locked


def command(*words, **environment):
    """A command as a terminal starts it: whoever runs the tests may ignore Ctrl-C (a shell's ``&`` does)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "photoplay", *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, **environment},
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)


def wait_for(process, stage, news=None):
    for line in process.stdout:
        said = json.loads(line)
        if said.get("stage") == stage and (news is None or said.get("news") == news):
            return
    raise AssertionError(f"it never came to {stage}: {process.stderr.read()}")


def slowed(folder):
    """A film with one changed shot that takes half a minute to render."""
    production = opened(folder)
    production.edit([ShotSetting(shot=production.film.shots[0].id, values={"sleep-ms": 30_000})])
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")
@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow),
        (signal.SIGINT, 130),
    ],
)
def test_a_stopped_run_leaves_no_worker_no_lock_and_nothing_half_made(tmp_path, number, code):
    folder = slowed(copy_of_a_film(tmp_path / "film"))
    process = command("render", folder, "--json")
    wait_for(process, "shoot", "started")
    children = _children(process.pid)
    assert children
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - began < 15
    assert process.returncode == code
    assert "Traceback" not in err
    assert "kept" in err
    assert not [pid for pid in children if _alive(pid)]
    project = Project.open(folder)
    with project.lock():
        project.clean_work()
    assert not list(project.work.iterdir())
    assert all_verify(project)


def _children(pid):
    said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(word) for word in said.stdout.split()]


def _alive(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_a_kill_during_the_cut_leaves_the_film_before_and_the_next_run_only_cuts(tmp_path, monkeypatch):
    folder = copy_of_a_film(tmp_path / "film")
    production = opened(folder)
    anna = next(c.id for c in production.film.story.characters if c.name == "Anna")
    production.edit([Rename(what="character", id=anna, name="Berta")])
    before = production.film_path.read_bytes()
    takes = set(production.project.store.keys())
    process = command("render", folder, "--json")
    wait_for(process, "cut")
    process.kill()
    process.communicate()
    assert process.returncode != 0, "the kill hit nothing"
    assert production.film_path.read_bytes() == before
    log = tmp_path / "calls.txt"
    monkeypatch.setenv(LOG, str(log))
    again = opened(folder)
    assert again.step() == "cut"
    again.render()
    assert again.step() == "done"
    assert not log.exists(), "something was rendered again"
    assert pictures_made(again) == []
    assert takes <= set(again.project.store.keys())
    assert again.film_path.read_bytes() != before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_programs_on_one_film_by_different_paths_never_render_a_take_twice(tmp_path):
    folder = slowed(copy_of_a_film(tmp_path / "film"))
    production = opened(folder)
    production.edit([ShotSetting(shot=production.film.shots[0].id, values={"sleep-ms": 9000})])
    (tmp_path / "link").symlink_to(folder)
    log = tmp_path / "calls.txt"
    first = command("render", folder, "--json", **{LOG: str(log)})
    wait_for(first, "shoot", "started")
    for other in (tmp_path / "link", folder / ".." / "film"):
        second = command("render", other, **{LOG: str(log)})
        _, err = second.communicate(timeout=60)
        assert second.returncode == Locked.exit_code
        assert f"process {first.pid} " in err.lower()
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert max(Counter(log.read_text().split()).values()) == 1


@pytest.mark.slow
def test_programs_started_at_once_on_a_new_film_make_it_once(tmp_path):
    log = tmp_path / "calls.txt"
    words = ("make", IDEA, "--renderer", "slate", "--size", "128x72", "--seconds", "10", "--until", "takes")
    started = [command(*words, "--out", tmp_path / "film", **{LOG: str(log)}) for _ in range(2)]
    codes = []
    for process in started:
        _, err = process.communicate(timeout=120)
        codes.append(process.returncode)
        assert "Traceback" not in err
        assert process.returncode == 0 or "working on this film" in err or "already" in err
    assert 0 in codes
    assert max(Counter(log.read_text().split()).values()) == 1
    assert all_verify(Project.open(tmp_path / "film"))


class HostSaysStop(Exception):
    pass


def test_a_host_can_stop_a_film_from_its_listener_in_a_thread_and_go_on_later(tmp_path):
    caught = []
    threads = threading.active_count()

    def hear(told):
        if told.stage == "speak" and told.news and told.news.kind == "made":
            raise HostSaysStop

    def body():
        try:
            make(tmp_path / "film", listener=hear, crew=LocalCrew(1), until="takes")
        except HostSaysStop as stop:
            caught.append(stop)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join(60)
    assert len(caught) == 1
    assert threading.active_count() == threads, "a thread was left behind"
    project = Project.open(tmp_path / "film")
    assert not list(project.work.glob("take-*"))
    assert all_verify(project)
    with project.lock():
        pass
    assert make(tmp_path / "film", until="takes", crew=SoloCrew()).step() == "cut"


TWICE = """
import logging, os, signal, sys, threading, warnings, locale
def state():
    return {
        "signals": [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)],
        "logging": (logging.root.level, logging.root.handlers[:], logging.root.disabled, logging.lastResort),
        "environment": dict(os.environ), "folder": os.getcwd(), "hooks": (sys.excepthook, threading.excepthook),
        "streams": (sys.stdout, sys.stderr), "threads": threading.active_count(), "locale": locale.setlocale(locale.LC_ALL),
        "recursion": sys.getrecursionlimit(),
    }
before = state()
sys.path.insert(0, sys.argv[1])
import photoplay
from tiny_films import make
for name in ("one", "two", "one"):
    made = make(sys.argv[2] + "/" + name, until="takes")
    assert made.step() == "cut", made.step()
after = state()
for what in before:
    assert before[what] == after[what], (what, before[what], after[what])
print("unchanged")
"""


def test_a_host_program_is_left_as_it_was_and_films_made_in_it_do_not_meet(tmp_path):
    tests = os.path.dirname(os.path.abspath(__file__))
    done = subprocess.run(
        [sys.executable, "-c", TWICE, tests, str(tmp_path)], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "unchanged", done.stderr[-2000:]
    one, two = (Project.open(tmp_path / name) for name in ("one", "two"))
    assert list(one.store.keys()) == list(two.store.keys())
    assert {p.name for p in tmp_path.iterdir()} == {"one", "two"}


def test_two_films_in_two_threads_of_one_program_do_not_meet(tmp_path):
    made = {}

    def body(name):
        made[name] = photoplay.make(
            IDEA, out=tmp_path / name, settings=TINY, writer=writer(title=name), seconds=20,
            until="board", crew=SoloCrew(),
        )  # fmt: skip

    threads = [threading.Thread(target=body, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {name: p.film.story.title for name, p in made.items()} == {"one": "one", "two": "two"}
