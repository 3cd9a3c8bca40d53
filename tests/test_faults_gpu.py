"""Memory that runs out, broken pictures and lost workers: bounded, said with numbers, and never committed."""

import queue
import threading

import numpy as np
import pytest
from gpu_crew import Crew, Log, Painter, clip, first_of, moving, out_of_memory_above, run, still

from photoplay.memory.store import TakeStore
from photoplay.render.crew import SoloCrew
from photoplay.render.diffusion.hardware import Device
from photoplay.storyboard.errors import OutOfMemory


@pytest.fixture
def store(tmp_path):
    return TakeStore(tmp_path / "film")


def again_of(store, crew, nodes):
    said = []
    outcome = run(store, crew, nodes, lambda n: said.append(n.words) if n.kind == "again" else None)
    return outcome, said


# -- out of memory --------------------------------------------------------------------------


def test_running_out_of_memory_walks_down_the_ladder_once_for_all_shots_in_the_same_worker(store):
    log = Log()
    crew = Crew(Painter("painter", log, batch=2, fails=out_of_memory_above(5_000)), free_mb=16_000)
    outcome, said = again_of(store, crew, [clip(n) for n in range(8)])
    assert outcome.failed == {}
    assert len(outcome.made) == 8
    assert len(crew.hired) == 1
    assert [budget for _, _, budget in log.of("load")] == [None, 8_000, 4_000]
    assert [words for words in said if "one request at a time" in words] == said[:1]
    assert ["8,000" in said[1], "4,000" in said[2], len(said)] == [True, True, 3]
    assert all("for the rest of this run" in words for words in said)
    renders = [what[1:] for what in log.of("render")]
    assert renders[0] == (0, 1)
    assert all(len(seeds) == 1 for seeds in renders[2:])
    assert log.all.index(next(e for e in log.all if e[1] == "unload")) < len(log.all)
    assert not log.twice


def test_a_batch_ahead_is_not_tried_on_a_rung_that_is_already_left(store):
    log, ahead = Log(), threading.Event()

    class Patient(Painter):
        def prepare(self, jobs):
            super().prepare(jobs)
            ahead.set()

    def fails(seed, painter):
        if painter.budget is None and seed >= 0:
            assert ahead.wait(20)
            raise OutOfMemory("the painter ran out of memory")

    outcome = run(store, Crew(Patient("painter", log, fails=fails)), [clip(n) for n in range(4)])
    assert outcome.failed == {}
    assert [what[1:] for what in log.of("render")] == [(0,), (0,), (1,), (2,), (3,)]


def test_a_shot_that_fits_nowhere_fails_with_numbers_and_the_next_one_is_made(store):
    log = Log()

    def fails(seed, painter):
        if seed == 1:
            raise OutOfMemory("the painter ran out of memory")

    crew = Crew(Painter("painter", log, memory_mb=24_000, fails=fails), free_mb=16_000)
    outcome, said = again_of(store, crew, [clip(n) for n in range(4)])
    assert list(outcome.failed) == ["clip-001"]
    words = outcome.failed["clip-001"]
    for number in (
        "24,000 MB (vendor)",
        "16,000 MB were free on a card",
        "2,000 MB was the last budget tried",
    ):
        assert number in words
    assert [n.id for n in outcome.made] == ["clip-000", "clip-002", "clip-003"]
    assert [budget for _, _, budget in log.of("load")] == [None, 8_000, 4_000, 2_000]
    assert len(said) == 3
    assert len([w for w in log.of("render") if w[1:] == (1,)]) == 4


def test_weights_that_do_not_fit_are_loaded_with_less(store):
    log = Log()

    def fails(seed, painter):
        if seed == -1 and (painter.budget is None or painter.budget > 4_000):
            raise OutOfMemory("the weights do not fit")

    crew = Crew(Painter("painter", log, fails=fails), free_mb=16_000)
    assert run(store, crew, [clip(n) for n in range(3)]).failed == {}
    assert [budget for _, _, budget in log.of("load")] == [None, 8_000, 4_000]
    nowhere = Crew(Painter("painter", Log(), fails=lambda seed, painter: _never(seed)), free_mb=16_000)
    failed = run(store, nowhere, [clip(n) for n in (11, 12)]).failed
    assert set(failed) == {"clip-011", "clip-012"}
    assert "2,000 MB was the last budget tried" in failed["clip-011"]


def _never(seed):
    if seed == -1:
        raise OutOfMemory("the weights do not fit")


def test_without_any_figure_the_ladder_ends_after_one_at_a_time(store):
    crew = Crew(Painter("painter", Log(), batch=2, fails=out_of_memory_above(1)), free_mb=0)
    outcome = run(store, crew, [clip(n) for n in range(2)])
    assert len(outcome.failed) == 2
    assert "one request at a time failed" in outcome.failed["clip-000"]


def test_all_hands_share_what_was_found_out(store):
    log = Log()
    painter = Painter("painter", log, sleep_s=0.05, fails=out_of_memory_above(9_000))
    outcome, said = again_of(store, Crew(painter, gpus=2, free_mb=16_000), [clip(n) for n in range(8)])
    assert outcome.failed == {}
    assert len(said) == 1
    assert all(set(n) <= {1, 2} for n in [log.loads("painter").values()])


def test_the_ladder_is_walked_in_ones_own_interpreter_too(store):
    log = Log()
    painter = Painter("painter", log, batch=2, fails=out_of_memory_above(5_000))
    card = Device(id="cuda:0", name="a card", total_mb=16_000, free_mb=16_000)
    outcome = run(store, SoloCrew(painter, devices=lambda: (card,)), [clip(n) for n in range(4)])
    assert outcome.failed == {}
    assert log.of("load") == [("painter", "cuda:0", budget) for budget in (None, 8_000, 4_000)]


def test_on_the_processor_every_shot_has_its_three_tries(store):
    log = Log()

    def fails(seed, painter):
        if seed in (1, 2):
            raise OutOfMemory("the painter ran out of memory")

    crew = Crew(Painter("painter", log, device="cpu", fails=fails))
    outcome = run(store, crew, [clip(n) for n in range(4)])
    assert set(outcome.failed) == {"clip-001", "clip-002"}
    assert "after 3 tries" in outcome.failed["clip-002"]
    renders = [what[1] for what in log.of("render")]
    assert (renders.count(1), renders.count(2)) == (3, 3)


# -- broken pictures ------------------------------------------------------------------------


def black(request, n):
    return np.zeros((request.raster.height, request.raster.width, 3), np.uint8)


def frozen(request, n):
    noise = np.random.default_rng(request.seed).integers(
        0, 256, (request.raster.height, request.raster.width, 3)
    )
    return noise.astype(np.uint8)


@pytest.mark.parametrize(("paint", "words"), [(black, "blank"), (frozen, "frozen")], ids=["black", "frozen"])
@pytest.mark.parametrize("device", ["gpu", "network"])
def test_a_broken_clip_is_tried_once_more_and_never_committed(store, paint, words, device):
    log = Log()

    def painted(request, n):
        return paint(request, n) if request.seed == 1 else moving(request, n)

    crew = Crew(Painter("painter", log, device=device, paint=painted))
    outcome = run(store, crew, [clip(0), clip(1), clip(2)])
    assert list(outcome.failed) == ["clip-001"]
    assert words in outcome.failed["clip-001"]
    assert [what[1] for what in log.of("render")].count(1) == 2
    assert len(list(store.keys())) == 2


def test_a_drawn_clip_may_stand_still_and_so_may_a_short_one(store):
    drawn = Crew(Painter("painter", Log(), device="cpu", paint=frozen))
    assert run(store, drawn, [clip(0), still(1)]).failed == {}
    short = Crew(Painter("painter", Log(), paint=frozen))
    assert run(store, short, [clip(2, frames=8), still(3)]).failed == {}


@pytest.mark.parametrize("lacking", [1, 12])
def test_a_short_clip_is_never_committed(store, lacking):
    class Short(Painter):
        def render(self, jobs, tick):
            given = list(super().render(jobs, tick))
            yield from given[: len(given) - lacking]

    outcome = run(store, Crew(Short("painter", Log())), [clip(0)])
    assert f"{12 - lacking} frames came where 12 were asked for" in outcome.failed["clip-000"]
    assert not list(store.keys())


# -- workers ----------------------------------------------------------------------------------


class Die(BaseException):
    """Ends a worker as a kill does."""


def test_a_lost_worker_gives_both_its_batches_back(store):
    log, died = Log(), []

    def fails(seed, painter):
        if seed == 1 and not died:
            died.append(seed)
            raise Die("killed")

    crew = Crew(Painter("painter", log, sleep_s=0.2, fails=fails))
    outcome, said = again_of(store, crew, [clip(n) for n in range(5)])
    assert outcome.failed == {}
    assert sorted(n.id for n in outcome.made) == [f"clip-{n:03}" for n in range(5)]
    assert len(crew.hired) == 2
    assert len(said) == 1
    renders = [what[1] for what in log.of("render")]
    assert [renders.count(n) for n in range(5)] == [1, 2, 1, 1, 1]


def test_a_shot_that_kills_its_worker_every_time_fails_alone(store):
    def fails(seed, painter):
        if seed == 1:
            raise Die("killed")

    crew = Crew(Painter("painter", Log(), fails=fails))
    after = clip(9, first=first_of(clip(1)), needs=("clip-001",))
    outcome = run(store, crew, [clip(0), clip(1), clip(2), after])
    assert set(outcome.failed) == {"clip-001", "clip-009"}
    assert [n.id for n in outcome.made] == ["clip-000", "clip-002"]
    assert 3 <= len(crew.hired) <= 4


class Scripted:
    """One hand that says what it is told to for the batches that it was given, and is lost at last."""

    depth, free_mb, device_name = 2, 16_000, "a card"

    def __init__(self, *says):
        self.heard, self.says, self.given, self.hires = queue.Queue(), says, [], 0

    def places(self, parallel, device="cpu"):
        return 1

    def find(self, name):
        return Painter(name, Log())

    def hire(self, renderer, device, budget_mb):
        self.hires += 1
        self.given = []
        self.load(renderer, budget_mb)
        return self

    def load(self, renderer, budget_mb):
        self.heard.put((self, {"ready": True}))

    def order(self, orders):
        self.given.append([order.id for order in orders])
        if len(self.given) == 2:
            for said in (*self.says, {"lost": "the worker was killed"}):
                self.heard.put((self, said))

    def dismiss(self):
        pass


def test_a_shot_that_was_only_waiting_to_be_encoded_is_not_blamed_for_a_lost_worker(store):
    def blamed(*says):
        crew, said = Scripted(*says), []

        def tell(news):
            if news.kind == "again":
                said.append(news.node.id)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run(store, crew, [clip(0), clip(1)], tell)
        assert crew.given == [["clip-000"], ["clip-001"]]
        assert not list(store.work.glob("take-*"))
        return said

    assert blamed() == ["clip-000"]
    assert blamed({"rendered": True}) == ["clip-001"]


def test_workers_that_die_while_loading_are_hired_a_few_times_only(store):
    def fails(seed, painter):
        if seed == -1:
            raise Die("killed")

    crew = Crew(Painter("painter", Log(), fails=fails))
    outcome = run(store, crew, [clip(n) for n in range(20)])
    assert len(outcome.failed) == 20
    assert len(crew.hired) == 3
    assert "3 times" in outcome.failed["clip-000"]


def test_a_bug_stops_its_shot_only_and_the_worker_stays_warm(store):
    def fails(seed, painter):
        if seed == 1:
            raise ZeroDivisionError("the painter was told to have a bug")

    crew = Crew(Painter("painter", Log(), fails=fails))
    outcome = run(store, crew, [clip(n) for n in range(4)])
    assert list(outcome.failed) == ["clip-001"]
    assert "has a bug" in outcome.failed["clip-001"]
    assert len(crew.hired) == 1
