"""A host stops a production from another thread; nothing half-made stays and it can go on."""

import threading
import time

import pytest
from tiny_films import make, opened

from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.storyboard.edit_types import ShotSetting
from photoplay.storyboard.errors import Stopped


@pytest.mark.parametrize("crew", [SoloCrew, lambda: LocalCrew(2)], ids=["here", "workers"])
def test_cancel_from_another_thread_stops_at_once_and_the_film_goes_on_later(tmp_path, crew):
    production = make(tmp_path / "film", until="board", crew=crew())
    slow = production.film.shots[-1].id
    production.edit([ShotSetting(shot=slow, values={"sleep-ms": 4000})])
    begun = threading.Event()

    def hear(told):
        if told.news is not None and told.news.kind == "started" and told.news.node.item == slow:
            begun.set()

    production.listener = hear
    threading.Thread(target=lambda: begun.wait(60) and production.cancel(), daemon=True).start()
    with pytest.raises(Stopped):
        production.make()
    ended = time.monotonic()
    assert begun.is_set()
    assert not list(production.project.work.glob("take-*"))
    production.listener = lambda told: None
    production.edit([ShotSetting(shot=slow, values={})])
    kept = set(production.project.store.keys())
    again = opened(tmp_path / "film")
    assert again.make().film_path.is_file()
    assert kept <= set(again.project.store.keys())
    assert time.monotonic() - ended < 120


def test_cancel_where_nothing_is_made_stops_nothing(tmp_path):
    production = make(tmp_path / "film", until="board")
    production.cancel()
    assert production.make().film_path.is_file()
