"""A crew that outlives a film: what is loaded stays, never more hands than places, nobody half-made is kept."""

import queue
import threading
import time

import pytest

from photoplay.render.crew import SoloCrew, WarmHand
from photoplay.render.fake import SlateRenderer
from photoplay.render.standing import StandingCrew
from photoplay.storyboard.errors import Stopped


class PaperHand:
    """A hand that says what it is told to; ``depth`` and ``load`` make it one that loads where it stands."""

    depth, free_mb, device_name = 2, 1000, "paper"

    def __init__(self, crew, renderer, budget_mb):
        self.crew, self.loaded, self.dismissed, self.orders = crew, [], False, []
        self.load(renderer, budget_mb)

    def say(self, **message):
        self.crew.heard.put((self, message))

    def load(self, renderer, budget_mb):
        self.loaded.append((renderer, budget_mb))
        self.say(ready=True)

    def order(self, orders):
        self.orders.append(orders)

    def dismiss(self):
        self.dismissed = True


class PaperCrew:
    def __init__(self, workers=4, gpus=1):
        self.heard, self.hands, self._workers, self._gpus = queue.Queue(), [], workers, gpus

    def places(self, parallel, device="cpu"):
        most = self._gpus if device == "gpu" else self._workers
        return min(most, parallel) if parallel else most

    def hire(self, renderer, device, budget_mb):
        hand = PaperHand(self, renderer, budget_mb)
        hand.device = device
        self.hands.append(hand)
        return hand

    def alive(self, device="auto"):
        return [h for h in self.hands if not h.dismissed and h.device == device]


class PaperOrder:
    def __init__(self, name):
        self.id = name


@pytest.fixture
def paper():
    crew = PaperCrew()
    standing = StandingCrew(crew)
    yield crew, standing
    standing.close()
    assert not crew.alive()
    assert not crew.alive("gpu")


def hear(seat, word):
    hand, message = seat.heard.get(timeout=5)
    assert word in message, message
    return hand


def work(real, hand, name="a"):
    hand.order([PaperOrder(name)])
    real.say(done={"id": name})
    real.say(idle=True)


def test_twenty_films_load_a_renderer_once(paper):
    crew, standing = paper
    for _ in range(20):
        with standing.seat() as seat:
            hand = seat.hire("slate", "auto", None)
            hear(seat, "ready")
            work(crew.hands[0], hand)
            hear(seat, "done")
            hand.dismiss()  # before "idle" was heard, as the engine does
    assert standing.loads == 1
    assert len(crew.hands) == 1
    assert crew.hands[0].loaded == [("slate", None)]
    assert len(crew.hands[0].orders) == 20


def test_a_hand_in_the_midst_of_work_is_really_dismissed_and_its_news_reach_nobody_else(paper):
    crew, standing = paper
    with standing.seat() as seat:
        hand = seat.hire("slate", "auto", None)
        hear(seat, "ready")
        hand.order([PaperOrder("a"), PaperOrder("b")])
        crew.hands[0].say(done={"id": "a"})
        hear(seat, "done")
        begun = time.monotonic()
        hand.dismiss()
        assert time.monotonic() - begun < 1, "it was waited for"
        assert crew.hands[0].dismissed
        crew.hands[0].say(done={"id": "b"})
        other = seat.hire("slate", "auto", None)
        assert hear(seat, "ready") is other
        assert len(crew.hands) == 2
        other.dismiss()
        assert not crew.hands[1].dismissed


@pytest.mark.parametrize(
    "said",
    [
        {"failed": {"id": "a", "meaning": "oom", "words": "memory"}},
        {"lost": "gone"},
        {"broken": {"id": "", "meaning": "bug", "words": "x"}},
    ],
)
def test_a_hand_that_ran_out_of_memory_broke_or_was_lost_is_used_no_more(paper, said):
    crew, standing = paper
    with standing.seat() as seat:
        hand = seat.hire("slate", "auto", None)
        hear(seat, "ready")
        hand.order([PaperOrder("a")])
        crew.hands[0].say(**said)
        crew.hands[0].say(idle=True)
        hear(seat, next(iter(said)))
        hear(seat, "idle")
        hand.dismiss()
    assert crew.hands[0].dismissed


def test_a_hand_that_dies_while_nobody_has_it_is_not_lent(paper):
    crew, standing = paper
    with standing.seat() as seat:
        seat.hire("slate", "auto", None).dismiss()
        crew.hands[0].say(lost="gone")
        until = time.monotonic() + 5
        while not crew.hands[0].dismissed and time.monotonic() < until:
            time.sleep(0.01)
        seat.hire("slate", "auto", None).dismiss()
    assert len(crew.hands) == 2


def test_there_are_never_more_hands_than_places_and_idle_ones_load_where_they_stand(paper):
    crew, standing = paper
    with standing.seat() as seat:
        for renderer in ("a", "b", "c", "d", "e", "f", "e"):
            hands = [seat.hire(renderer, "auto", None) for _ in range(2)]
            for hand in hands:
                assert isinstance(hand, WarmHand)
                hand.dismiss()
            assert len(crew.alive()) <= 4
    assert len(crew.hands) == 4
    assert crew.hands[0].loaded == [("a", None), ("c", None), ("e", None)]


def test_hands_in_this_interpreter_stay_one_for_each_renderer(tmp_path):
    class Counting(SlateRenderer):
        loads = unloads = 0

        def load(self, device, budget_mb):
            type(self).loads += 1

        def unload(self):
            type(self).unloads += 1

    standing = StandingCrew(SoloCrew(Counting()))
    for _ in range(5):
        with standing.seat() as seat:
            for renderer in ("slate", "score", "slate"):
                hand = seat.hire(renderer, "auto", None)
                hear(seat, "ready")
                hand.dismiss()
    assert (Counting.loads, Counting.unloads) == (1, 0)
    standing.close()
    assert Counting.unloads == 1


def test_films_side_by_side_get_equal_parts_and_a_gpu_is_waited_for():
    crew = PaperCrew(workers=5, gpus=1)
    standing = StandingCrew(crew, sharing=2)
    try:
        with standing.seat() as one, standing.seat() as two:
            assert [seat.places(0) for seat in (one, two)] == [2, 2]
            assert [seat.places(4) for seat in (one, two)] == [2, 2]
            assert one.places(1) == 1
            assert [seat.places(0, "gpu") for seat in (one, two)] == [1, 1]
            mine = one.hire("weights", "gpu", 900)
            got = []
            waiting = threading.Thread(target=lambda: got.append(two.hire("weights", "gpu", 900)))
            waiting.start()
            waiting.join(0.5)
            assert waiting.is_alive()
            mine.dismiss()
            waiting.join(5)
            assert got
            assert crew.hands[0].loaded == [("weights", 900)], "it was loaded twice"
            stop = threading.Event()
            one.watch(stop.is_set)
            refused = []

            def hire():
                try:
                    one.hire("weights", "gpu", 900)
                except Stopped as error:
                    refused.append(error)

            waiting = threading.Thread(target=hire)
            waiting.start()
            stop.set()
            waiting.join(5)
            assert refused
    finally:
        standing.close()
    assert not crew.alive("gpu")
