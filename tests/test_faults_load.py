"""Thousands of shots: one bad shot costs only itself, and neither time a shot nor open files grow."""

import os
import queue
import sys
import time

import pytest

from photoplay.memory.store import TakeStore
from photoplay.render.engine import Engine
from photoplay.render.plan import Node, Planner
from photoplay.render.protocol import Capabilities
from photoplay.render.requests import Still
from photoplay.storyboard.film import Film
from photoplay.storyboard.picture import picture
from photoplay.storyboard.schema import digest

BAD = 7


class Stub:
    name, weights, pixels = "stub", "none", 1

    def capabilities(self):
        return Capabilities(
            requests=frozenset({"still"}), inputs=frozenset(), references=0, batch=16, parallel=1
        )


class StubCrew:
    """Writes a byte for a take, at once, and refuses one."""

    def __init__(self, refused):
        self.heard = queue.Queue()
        self._refused = refused

    def places(self, parallel):
        return 1

    def hire(self, renderer, device, budget_mb):
        self.heard.put((self, {"ready": True}))
        return self

    def order(self, orders):
        for order in orders:
            if order.id == self._refused:
                said = {"failed": {"id": order.id, "meaning": "refused", "words": "told to refuse"}}
            else:
                with open(os.path.join(order.folder, "picture.mp4"), "wb") as file:
                    file.write(b"x")
                done = {"id": order.id, "parts": {"picture": "picture.mp4"}, "frames": 1, "notices": []}
                said = {"done": {**done, "milliseconds": 1}}
            self.heard.put((self, said))
        self.heard.put((self, {"idle": True}))

    def dismiss(self):
        pass


def nodes_of(film: Film, count: int):
    shown = picture(film, film.shots[0])
    request = Still(picture=shown, raster={"width": 128, "height": 72}, seed=0)
    return [
        Node.model_construct(
            id=f"shot-s{n:05}", item=f"s{n:05}", stage="picture",
            request=request.model_copy(update={"seed": n}), renderer="stub",
            key=digest([n]), needs=(), why="",
        )
        for n in range(count)
    ]  # fmt: skip


def open_files():
    return len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0


@pytest.mark.parametrize("count", [150, pytest.param(10_000, marks=pytest.mark.slow)])
def test_one_bad_shot_of_thousands_is_listed_and_all_others_are_kept(tmp_path, count):
    from films import slate_film

    nodes = nodes_of(slate_film(shots=1), count)
    store = TakeStore(tmp_path / "film")
    before, most, at = open_files(), 0, []

    def tell(news):
        nonlocal most
        if news.kind == "made":
            at.append(time.process_time())
            if len(at) % 50 == 0:
                most = max(most, open_files())

    engine = Engine(store, tmp_path, Planner(lambda name: Stub()), StubCrew(f"shot-s{BAD:05}"))
    outcome = engine.run(nodes, tell)
    assert list(outcome.failed) == [f"shot-s{BAD:05}"]
    assert len(outcome.made) == count - 1 == len(list(store.keys()))
    assert most <= before + 8
    third = len(at) // 3
    assert at[-1] - at[-third] < 4 * (at[third] - at[0]) + 0.5, "a shot takes longer the more there are"
    again = Engine(store, tmp_path, Planner(lambda name: Stub()), StubCrew("")).run(nodes)
    assert [n.item for n in again.made] == [f"s{BAD:05}"]
    assert len(again.kept) == count - 1
