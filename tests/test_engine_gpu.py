"""All GPUs are used, one warm worker each; weights are loaded once; nothing waits for what it need not."""

import json
import os
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
from gpu_crew import Crew, Log, Painter, clip, first_of, run, still

from photoplay.memory.store import TakeStore
from photoplay.render.camera import Lab
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.cut.encoding import Encoder
from photoplay.render.diffusion.hardware import Device
from photoplay.render.inputs import Ahead, Inputs
from photoplay.render.order import Order, Source
from photoplay.render.perform import perform
from photoplay.render.requests import Raster
from photoplay.render.waiting import Waiting, shape
from photoplay.storyboard.errors import NoRoom, Stopped


@pytest.fixture
def store(tmp_path):
    return TakeStore(tmp_path / "film")


def test_one_worker_renders_two_sets_of_weights_and_loads_each_once(store):
    log = Log()
    crew = Crew(Painter("stills", log, batch=2), Painter("clips", log))
    stills = [still(n, "stills") for n in range(5)]
    clips = [clip(n, "clips", first=first_of(s), needs=(s.id,)) for n, s in enumerate(stills)]
    nodes = [node for pair in zip(stills, clips, strict=True) for node in pair]
    assert len(run(store, crew, nodes).made) == 10
    assert len(crew.hired) == 1
    assert [(name, device) for name, device, _ in log.of("load")] == [
        ("stills", "cuda:0"),
        ("clips", "cuda:0"),
    ]
    assert log.of("unload")[0] == ("stills",)
    assert not log.twice


def test_every_gpu_is_used_and_loads_each_set_once(store):
    log = Log()
    crew = Crew(Painter("stills", log, batch=2, sleep_s=0.02), Painter("clips", log, sleep_s=0.05), gpus=2)
    stills = [still(n, "stills") for n in range(8)]
    clips = [clip(n, "clips", first=first_of(s)) for n, s in enumerate(stills)]
    assert run(store, crew, stills + clips).failed == {}
    assert len(crew.hired) == 2
    for name in ("stills", "clips"):
        assert set(log.loads(name).values()) == {1}
    at_work = {who for who, kind, *what in log.all if kind == "render" and what[0] == "clips"}
    assert len(at_work) == 2


def test_a_second_gpu_does_not_load_weights_for_one_batch_that_another_takes_next(store):
    def hired(*nodes):
        log = Log()
        crew = Crew(Painter("painter", log, sleep_s=0.1), gpus=2)
        assert run(store, crew, nodes).failed == {}
        assert log.loads("painter").total() == len(crew.hired)
        return len(crew.hired)

    first = still(0)
    second = clip(1, first=first_of(first))
    assert hired(first, second, clip(2, first=first_of(second))) == 1
    assert hired(clip(10)) == 1
    assert hired(clip(20), clip(21)) == 2
    third = still(30)
    assert hired(third, *(clip(n, first=first_of(third)) for n in (31, 32))) == 2


def test_only_requests_that_fit_each_other_are_rendered_together_in_the_plans_order(store):
    log = Log()
    crew = Crew(Painter("painter", log, batch=3))
    wide = Raster(width=128, height=64)
    nodes = [
        still(0), clip(1), still(2), clip(3, settings={"steps": 4}), still(4), still(5), clip(6, frames=24),
        clip(7, raster=wide), clip(8), clip(9, settings={"steps": 4}),
    ]  # fmt: skip
    assert run(store, crew, nodes).failed == {}
    batches = [what[1:] for what in log.of("render")]
    assert batches == [(0, 2, 4), (1, 8), (3, 9), (5,), (6,), (7,)]


def test_the_next_shot_is_prepared_while_one_is_rendered_and_never_two_are_rendered_at_once(store):
    log, prepared = Log(), threading.Event()

    class Patient(Painter):
        def prepare(self, jobs):
            super().prepare(jobs)
            prepared.set()

        def render(self, jobs, tick):
            if jobs[0].request.seed == 0:
                assert prepared.wait(20), "the next shot was not prepared meanwhile"
            return super().render(jobs, tick)

    nodes = [clip(n) for n in range(4)]
    outcome = run(store, Crew(Patient("painter", log, sleep_s=0.3)), nodes)
    assert outcome.failed == {}
    assert log.of("prepare") == [(1,), (2,), (3,)]
    assert not log.twice
    assert [n.id for n in outcome.made] == [n.id for n in nodes]


def test_a_renderer_whose_preparation_fails_renders_all_the_same(store):
    class Clumsy(Painter):
        def prepare(self, jobs):
            raise ZeroDivisionError("the painter was told to stumble")

    assert len(run(store, Crew(Clumsy("painter", Log())), [clip(n) for n in range(3)]).made) == 3


def test_what_a_renderer_reads_is_decoded_ahead(store, tmp_path):
    painted = still(1)
    run(store, Crew(Painter("painter", Log())), [painted])
    given = first_of(painted)
    order = Order(
        id="clip", key="0" * 64, request=clip(2, first=given).request, folder=str(tmp_path),
        sources=(Source(input=given, path=str(store.path(painted.key, "frame-0")), stop=1),),
    )  # fmt: skip
    direct, ahead = Inputs([order]), Inputs([order])
    ahead.read_ahead(8)
    footage = ahead.jobs()[0].footage[given]
    assert isinstance(footage, Ahead)
    kept = footage._kept
    assert list(kept) == [0]
    assert np.array_equal(ahead.jobs()[0].frame(given), direct.jobs()[0].frame(given))
    direct.close()
    ahead.close()


def test_without_a_gpu_nothing_is_hired_and_what_needs_none_is_made(store):
    crew = Crew(Painter("painter", Log()), Painter("drawer", Log(), device="cpu"), gpus=0)
    reader = clip(2, "drawer", first=first_of(clip(1)), needs=("clip-001",))
    outcome = run(store, crew, [clip(1), reader, clip(3, "drawer")])
    assert [hand._gpu for hand in crew.hired] == [False]
    assert [n.id for n in outcome.made] == ["clip-003"]
    said = outcome.failed["clip-001"]
    assert "\n" not in said
    for words in ("s001", "painter", "PHOTOPLAY_DEVICE=cpu", "--renderer animatic"):
        assert words in said
    assert "clip-001" in outcome.failed["clip-002"]


def test_a_gpu_on_which_a_renderer_cannot_load_is_left_to_others(store):
    log, turn = Log(), []

    class Picky(Painter):
        def load(self, device, budget_mb):
            super().load(device, budget_mb)
            turn.append(threading.current_thread().name)
            if turn[-1] == "worker-0":
                raise NoRoom("this card is too small")

    crew = Crew(Picky("painter", log, sleep_s=0.05), gpus=2)
    outcome = run(store, crew, [clip(n) for n in range(4)])
    assert outcome.failed == {}
    assert log.loads("painter")["worker-0"] == 1
    nobody = Crew(Painter("painter", Log(), fails=_too_small), gpus=2)
    failed = run(store, nobody, [clip(n) for n in range(10, 13)]).failed
    assert len(failed) == 3
    assert "too small" in failed["clip-010"]


def _too_small(seed, painter):
    if seed < 0:
        raise ValueError("too small")


def test_progress_says_step_and_memory(store):
    words = []
    run(
        store,
        Crew(Painter("painter", Log())),
        [clip(1)],
        lambda n: words.append(n.words) if n.kind == "tick" else None,
    )
    assert any(said.startswith("step ") and said.endswith("11,204 MB") for said in words)


# -- encoding -------------------------------------------------------------------------------


def test_the_renderer_goes_on_while_frames_are_encoded(store, tmp_path, monkeypatch):
    pause, frames = 0.03, 16
    monkeypatch.setattr(Encoder, "write", _slowly(Encoder.write, pause))

    class Slow(Painter):
        def render(self, jobs, tick):
            for output in super().render(jobs, tick):
                time.sleep(pause)
                yield output

    said = []
    began = time.monotonic()
    perform(Slow("painter", Log()), _orders(tmp_path, 1, frames), said.append)
    spent = time.monotonic() - began
    assert [message for message in said if "done" in message]
    assert spent < 0.8 * 2 * pause * frames


def test_the_next_shot_renders_while_the_last_one_is_still_encoded(store, monkeypatch):
    pause, frames, shots = 0.02, 12, 5
    monkeypatch.setattr(Encoder, "write", _slowly(Encoder.write, pause))
    log = Log()
    began = time.monotonic()
    outcome = run(
        store,
        Crew(Painter("painter", log, sleep_s=pause * frames)),
        [clip(n, frames=frames) for n in range(shots)],
    )
    spent = time.monotonic() - began
    assert len(outcome.made) == shots
    assert spent < 0.85 * 2 * pause * frames * shots


def _slowly(write, pause):
    def slow(self, pixels, hold=1):
        time.sleep(pause)
        write(self, pixels, hold)

    return slow


def _orders(tmp_path, count, frames=12):
    orders = []
    for n in range(count):
        folder = tmp_path / f"order-{n}"
        folder.mkdir()
        orders.append(
            Order(id=f"clip-{n}", key="0" * 64, request=clip(n, frames=frames).request, folder=str(folder))
        )
    return orders


def test_what_waits_for_the_encoder_is_bounded():
    gate, waiting, most = threading.Event(), [], []

    def task():
        gate.wait(20)
        waiting.pop()

    with Lab(most=10) as lab:

        def fill():
            for _ in range(8):
                lab.give(task, 4)
                waiting.append(1)
                most.append(len(waiting))

        filler = threading.Thread(target=fill)
        filler.start()
        time.sleep(0.2)
        assert max(most) <= 2
        gate.set()
        filler.join(20)
    assert waiting == []


def test_an_encoder_that_fails_fails_its_own_order_and_the_others_are_made(tmp_path, monkeypatch):
    write = Encoder.write

    def full(self, pixels, hold=1):
        if "order-1" in str(self.path) and self.frames == 3:
            raise NoRoom("the disk is full")
        write(self, pixels, hold)

    monkeypatch.setattr(Encoder, "write", full)
    said = []
    perform(Painter("painter", Log(), batch=3), _orders(tmp_path, 3), said.append)
    assert [m["done"]["id"] for m in said if "done" in m] == ["clip-0", "clip-2"]
    failed = [m["failed"] for m in said if "failed" in m]
    assert [(f["id"], f["meaning"]) for f in failed] == [("clip-1", "no-room")]
    assert not list((tmp_path / "order-1").iterdir())


def test_frames_may_share_one_buffer_and_keep_their_order(tmp_path):
    from photoplay.render.cut.footage import open_footage

    canvas = np.zeros((64, 64, 3), np.uint8)

    def paint(request, n):
        canvas[:] = 20 + 15 * n
        canvas[:8] = 0
        return canvas

    perform(Painter("painter", Log(), paint=paint), _orders(tmp_path, 1), lambda said: None)
    with open_footage(tmp_path / "order-0" / "picture.mp4") as footage:
        levels = [int(footage.frame(n)[32, 32, 0]) for n in range(12)]
    assert levels == sorted(levels)
    assert levels[0] < 30
    assert levels[-1] > 170


# -- stopping -------------------------------------------------------------------------------


def test_a_host_that_asks_to_stop_is_heard_within_a_step_in_its_own_interpreter(store):
    steps = []

    class Endless(Painter):
        def render(self, jobs, tick):
            for step in range(2000):
                tick(0, step / 2000)
                steps.append(step)
                time.sleep(0.005)
            yield from super().render(jobs, tick)

    painter = Endless("painter", Log())
    with pytest.raises(Stopped, match="kept"):
        run(store, SoloCrew(painter, devices=lambda: ()), [clip(1)], stop=lambda: len(steps) >= 20)
    assert 20 <= len(steps) <= 21
    assert not list(store.work.glob("take-*"))
    assert threading.active_count() == 1 or not [t for t in threading.enumerate() if "Lab" in t.name]


def test_an_error_of_the_listener_throws_the_batch_ahead_away_too(store):
    class HostSaysStop(Exception):
        pass

    def tell(news):
        if news.kind == "made":
            raise HostSaysStop

    crew = Crew(Painter("painter", Log(), sleep_s=0.05))
    with pytest.raises(HostSaysStop):
        run(store, crew, [clip(n) for n in range(5)], tell)
    assert all(hand.gone for hand in crew.hired)
    assert not list(store.work.glob("take-*"))
    assert len(list(store.keys())) == 1
    for hand in crew.hired:
        hand._thread.join(10)


# -- workers of this machine ----------------------------------------------------------------

RENDERER = """
import os, time
import numpy as np
from photoplay.render.protocol import Capabilities, Frame, Notice

class Painter:
    weights, pixels = "none", 1
    def __init__(self, variant=""):
        self.name = f"testpainter:{variant}" if variant else "testpainter"
    def capabilities(self):
        return Capabilities(requests=frozenset({"between"}), device="gpu")
    def load(self, device, budget_mb):
        self.said = f"{device} of {os.environ.get('CUDA_VISIBLE_DEVICES')} by {os.getpid()} at {budget_mb}"
    def unload(self):
        pass
    def render(self, jobs, tick):
        for n, job in enumerate(jobs):
            time.sleep(job.request.settings.get("sleep-ms", 100) / 1000)
            yield Notice(n, "where", self.said)
            for f in range(job.request.frames):
                canvas = np.full((job.request.raster.height, job.request.raster.width, 3), job.request.seed, np.uint8)
                canvas[f : f + 4] = 255
                yield Frame(n, canvas)
                tick(n, (f + 1) / job.request.frames)
"""


@pytest.fixture
def registered(tmp_path, monkeypatch):
    """A renderer of a GPU that the workers, being interpreters of their own, find registered."""
    site = tmp_path / "site"
    info = site / "testpainter-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "testpainter.py").write_text(textwrap.dedent(RENDERER))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: testpainter\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[photoplay.renderers]\ntestpainter = testpainter:Painter\n")
    monkeypatch.setenv("PYTHONPATH", str(site))
    spec = {}
    exec(RENDERER, spec)  # the planner asks in this process
    return lambda name: spec["Painter"](name.partition(":")[2])


def cards(*ids):
    return tuple(Device(id=i, name="a card", total_mb=16_000, free_mb=15_000) for i in ids)


def _run_here(store, find, nodes, devices, tell=lambda news: None, **more):
    from photoplay.render.engine import Engine
    from photoplay.render.plan import Planner

    crew = LocalCrew(1, devices=lambda: devices)
    return Engine(store, store.work.parent, Planner(find), crew).run(nodes, tell, **more)


def test_each_worker_sees_one_card_of_those_that_are_visible_here(store, registered, monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "5, 6,7,8")
    nodes = [clip(n, "testpainter") for n in range(6)]
    outcome = _run_here(store, registered, nodes, cards("cuda:0", "cuda:3"))
    assert outcome.failed == {}
    seen = {words.partition(" by ")[0] for _, kind, words in outcome.notices if kind == "where"}
    assert seen == {"cuda:0 of 5", "cuda:0 of 8"}


def test_a_worker_is_kept_between_renderers(store, registered):
    nodes = [clip(n, f"testpainter:{'one' if n < 3 else 'two'}") for n in range(6)]
    outcome = _run_here(store, registered, nodes, cards("cpu"))
    assert outcome.failed == {}
    assert len({words for _, kind, words in outcome.notices if kind == "where"}) == 1
    assert all(words.startswith("cpu of  by") for _, kind, words in outcome.notices if kind == "where")


def test_stopping_kills_workers_at_once_and_leaves_nothing(store, registered):
    began = []

    def tell(news):
        if news.kind == "started":
            began.append(time.monotonic())

    nodes = [clip(n, "testpainter", settings={"sleep-ms": 60_000}) for n in range(4)]
    with pytest.raises(Stopped):
        _run_here(store, registered, nodes, cards("cuda:0", "cuda:1"), tell, stop=lambda: len(began) >= 2)
    assert time.monotonic() - began[-1] < 5
    assert not list(store.work.glob("take-*"))


def test_a_worker_ends_with_its_input_also_in_the_midst_of_a_shot(tmp_path, registered):
    process = subprocess.Popen(
        [sys.executable, "-m", "photoplay.render.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    load = {"load": {"renderer": "testpainter", "device": "cpu", "budget_mb": None}}
    request = clip(1, settings={"sleep-ms": 60_000}).request
    order = Order(id="clip", key="0" * 64, request=request, folder=str(tmp_path))
    process.stdin.write(
        json.dumps(load) + "\n" + json.dumps({"orders": [json.loads(order.model_dump_json())]}) + "\n"
    )
    process.stdin.flush()
    assert json.loads(process.stdout.readline()) == {"ready": True}
    process.stdin.close()
    assert process.wait(10) == 0
    process.stdout.close()


# -- what waits -----------------------------------------------------------------------------


def test_ten_thousand_nodes_wait_and_are_given_out_quickly():
    nodes = [clip(n, settings={"steps": n % 7}) for n in range(300)]
    many = [
        nodes[n % 300].model_copy(update={"id": f"n{n:05}", "key": f"{n:064x}"}) for n in range(10_000)
    ]  # fmt: skip
    began = time.process_time()
    waiting = Waiting(many, lambda key: False, lambda node: shape(node.request))
    given, again = [], 0
    while waiting.count("painter"):
        batch = waiting.take("painter", 4)
        assert len({shape(n.request) for n in batch}) == 1
        given += batch
        if again < 50 and len(given) > 100 * again:
            again += 1
            waiting.give_back(given.pop(0))
    assert sorted(n.id for n in given) == [n.id for n in many]
    assert time.process_time() - began < 5


def test_a_chain_of_nodes_starts_one_after_another():
    one = still(0)
    two = clip(1, first=first_of(one))
    three = clip(2, first=first_of(two))
    there = set()
    waiting = Waiting([three, two, one], there.__contains__, lambda node: "")
    seen = []
    while waiting.renderers():
        (node,) = waiting.take("painter", 9)
        seen.append(node.id)
        there.add(node.key)
        waiting.arrived(node.key)
    assert seen == [one.id, two.id, three.id]
    assert waiting.asleep("painter") == 0


def test_the_environment_of_the_host_is_left_alone_by_gpu_workers(store, registered):
    before = dict(os.environ)
    _run_here(store, registered, [clip(1, "testpainter")], cards("cuda:0"))
    assert dict(os.environ) == before


def test_reference_sheets_are_rendered_alone_since_shots_are_bound_to_their_very_pixels(store):
    """A batch changes last digits of some pixels: an interrupted film would be bound to other sheets."""
    log = Log()
    crew = Crew(Painter("painter", log, batch=4))
    sheets = []
    for n in range(10, 13):
        plain = still(n)
        request = plain.request.model_copy(update={"sheet": "front"})
        sheets.append(plain.model_copy(update={"id": f"sheet-{n}", "request": request}))
    assert run(store, crew, [still(0), *sheets, still(1)]).failed == {}
    assert [what[1:] for what in log.of("render")] == [(0, 1), (10,), (11,), (12,)]
