"""The engine makes what is missing, once, whatever goes wrong on the way."""

import os
import threading
import time
from collections import Counter

import pytest
from films import slate_film

from photoplay.memory.project import Project
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.engine import Engine
from photoplay.render.fake import LOG, SlateRenderer
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.edit_types import Rewrite, ShotSetting
from photoplay.storyboard.edits import apply


@pytest.fixture
def log(tmp_path, monkeypatch):
    path = tmp_path / "calls.txt"
    monkeypatch.setenv(LOG, str(path))
    return lambda: path.read_text().split() if path.exists() else []


def begin(tmp_path, film):
    return Project.create(tmp_path / "film", film, "test", "test")


def shots_of(project):
    plan = Planner(find_renderer).plan(project.film)
    return [n for n in plan.nodes if n.id.startswith("shot-")]


def run(project, nodes=None, crew=None, tell=lambda news: None):
    engine = Engine(project.store, project.anchors, Planner(find_renderer), crew or SoloCrew(SlateRenderer()))
    with project.lock():
        return engine.run(nodes or shots_of(project), tell)


def told(film, shot, **values):
    return apply(film, ShotSetting(shot=shot, values={k.replace("_", "-"): v for k, v in values.items()}))


def test_everything_is_made_once_and_then_never_again(tmp_path, log):
    project = begin(tmp_path, slate_film())
    assert len(run(project).made) == 12
    again = run(project)
    assert (len(again.made), len(again.kept)) == (0, 12)
    assert max(Counter(log()).values()) == 1


def test_one_changed_shot_of_twelve_renders_it_and_its_children(tmp_path, log):
    project = begin(tmp_path, slate_film(goes_on=(3,)))
    run(project)
    with project.lock():
        project.commit([Rewrite(shot="s02", sentence="Anna waves.")], "test", "test")
    assert sorted(n.item for n in run(project).made) == ["s02", "s03"]
    assert len(log()) == 14


def test_workers_make_the_same_takes_as_one_interpreter(tmp_path):
    film = slate_film(shots=5)
    one, other = (begin(tmp_path / name, film) for name in ("one", "other"))
    run(one)
    assert run(other, crew=LocalCrew(2)).failed == {}
    for node in shots_of(one):
        records = [p.store.record(node.key) for p in (one, other)]
        assert records[0].parts["picture"].sha256 == records[1].parts["picture"].sha256


@pytest.mark.parametrize("how", ["transient", "oom", "short"])
def test_a_fault_that_passes_is_tried_again(tmp_path, log, how):
    project = begin(tmp_path, told(slate_film(shots=4), "s01", fail=how, fail_times=1))
    outcome = run(project)
    assert outcome.failed == {}
    assert len(outcome.made) == 4
    assert len(log()) == 5


@pytest.mark.parametrize(
    ("how", "calls", "words"),
    [
        ("transient", 3, "told to fail"),
        ("oom", 3, "run out of memory"),
        ("refused", 1, "told to refuse"),
        ("bug", 1, "has a bug"),
        ("short", 2, "were asked for"),
    ],
)
def test_a_fault_that_stays_stops_its_own_shot_and_children_only(tmp_path, log, how, calls, words):
    project = begin(tmp_path, told(slate_film(goes_on=(3,)), "s02", fail=how))
    outcome = run(project)
    assert set(outcome.failed) == {"shot-s02", "shot-s03"}
    assert words in outcome.failed["shot-s02"]
    assert "s02" in outcome.failed["shot-s03"]
    assert len(outcome.made) == 10
    assert len(log()) == 10 + calls
    assert not list(project.work.glob("take-*"))


def test_a_worker_that_dies_takes_no_other_shot_with_it(tmp_path, log):
    project = begin(tmp_path, told(slate_film(shots=4, goes_on=()), "s01", fail="die"))
    outcome = run(project, crew=LocalCrew(1))
    assert set(outcome.failed) == {"shot-s01"}
    assert "ended with code 9" in outcome.failed["shot-s01"]
    assert len(outcome.made) == 3


@pytest.mark.parametrize("harm", ["flip", "truncate", "zero", "unlink"])
def test_a_damaged_take_is_set_aside_and_exactly_it_is_made_again(tmp_path, harm):
    project = begin(tmp_path, slate_film(goes_on=(3,)))
    run(project)
    victim = next(n for n in shots_of(project) if n.item == "s02")
    path = project.store.path(victim.key)
    whole = path.read_bytes()
    if harm == "flip":
        path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    elif harm == "truncate":
        path.write_bytes(whole[:-10])
    elif harm == "zero":
        path.write_bytes(b"")
    else:
        path.unlink()
    notices = []
    outcome = run(project, tell=lambda n: notices.append(n.words) if n.kind == "notice" else None)
    assert [n.item for n in outcome.made] == ["s02"]
    assert any("set aside" in words for words in notices)
    assert list(project.work.glob("quarantine-*"))


def test_stopping_from_another_thread_leaves_nothing_half_made(tmp_path):
    project = begin(tmp_path, told(slate_film(shots=6, goes_on=()), "s05", sleep_ms=60_000))
    stop = threading.Event()

    def tell(news):
        if news.kind == "started" and news.node.item == "s05":
            stop.set()
        if stop.is_set():
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(project, crew=LocalCrew(2), tell=tell)
    assert time.monotonic() - began < 20
    assert not list(project.work.glob("take-*"))
    kept = sum(project.store.has(n.key) for n in shots_of(project))
    assert kept == len(list(project.store.keys()))


def test_a_tail_is_kept_bit_for_bit_where_a_shot_goes_on(tmp_path):
    project = begin(tmp_path, slate_film(goes_on=(3,)))
    run(project)
    parent = next(n for n in shots_of(project) if n.item == "s02")
    assert "tail-60" in project.store.record(parent.key).parts
    assert not [n for n in run(project).notices if n[1] == "lossy-tail"]


def test_the_environment_of_the_host_is_left_alone(tmp_path):
    before = dict(os.environ)
    run(begin(tmp_path, slate_film(shots=2, goes_on=())))
    assert dict(os.environ) == before
