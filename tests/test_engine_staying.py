"""Sheets, keyframes and clips are several runs; what is loaded for one serves the next."""

import pytest
from gpu_crew import Crew, Log, Painter, clip, still

from photoplay.memory.store import TakeStore
from photoplay.render.engine import Engine
from photoplay.render.plan import Planner


@pytest.fixture
def store(tmp_path):
    return TakeStore(tmp_path / "film")


def engine_of(store, crew):
    return Engine(store, store.takes.parent / "anchors", Planner(crew.find), crew)


def test_between_runs_a_gpus_hand_stays_with_what_it_has_loaded(store):
    log = Log()
    crew = Crew(Painter("stills", log, batch=2), Painter("clips", log))
    engine = engine_of(store, crew)
    with engine.staying():
        assert len(engine.run([still(n, "stills") for n in range(3)]).made) == 3
        assert len(engine.run([still(n, "stills") for n in range(3, 6)]).made) == 3
        assert len(engine.run([clip(n, "clips") for n in range(2)]).made) == 2
        assert not crew.hired[0].gone
    assert log.of("load") == [("stills", "cuda:0", None), ("clips", "cuda:0", None)]
    assert len(crew.hired) == 1
    assert crew.hired[0].gone, "nobody stays after the last run"


def test_without_staying_everybody_goes_after_each_run(store):
    log = Log()
    crew = Crew(Painter("stills", log))
    engine = engine_of(store, crew)
    engine.run([still(0, "stills")])
    assert [hand.gone for hand in crew.hired] == [True]


def test_after_a_run_that_was_stopped_nobody_stays(store):
    log = Log()
    crew = Crew(Painter("stills", log))
    engine = engine_of(store, crew)

    def tell(news):
        if news.kind == "started":
            raise KeyboardInterrupt

    with engine.staying():
        with pytest.raises(KeyboardInterrupt):
            engine.run([still(0, "stills")], tell)
        assert all(hand.gone for hand in crew.hired)
        assert len(engine.run([still(1, "stills")]).made) == 1


def test_a_hand_that_died_between_runs_is_replaced(store):
    log = Log()
    crew = Crew(Painter("stills", log))
    engine = engine_of(store, crew)
    with engine.staying():
        engine.run([still(0, "stills")])
        crew.heard.put((crew.hired[0], {"lost": "the worker ended by signal 9"}))
        assert len(engine.run([still(n, "stills") for n in range(1, 4)]).made) == 3
    assert all(hand.gone for hand in crew.hired)
