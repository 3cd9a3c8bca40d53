"""GPUs of tests: a crew whose workers are threads, and a renderer that paints, counts and fails as told."""

import json
import queue
import threading
import time
from collections import Counter

import numpy as np
from films import slate_film

from photoplay.render.crew import Message
from photoplay.render.engine import Engine
from photoplay.render.order import dumps
from photoplay.render.plan import Node, Planner
from photoplay.render.protocol import Capabilities, Frame, Measured
from photoplay.render.requests import Between, Input, Raster, Still
from photoplay.render.worker import serve
from photoplay.storyboard.errors import OutOfMemory
from photoplay.storyboard.picture import picture
from photoplay.storyboard.schema import digest

FILM = slate_film(shots=1)
PICTURE = picture(FILM, FILM.shots[0])
RASTER = Raster(width=64, height=64)


class Painter:
    """A renderer of a GPU. ``log`` is shared by all of its copies; ``fails`` is called with each job's seed."""

    weights, pixels = "none", 1

    def __init__(self, name, log, batch=1, memory_mb=0, sleep_s=0.0, fails=None, device="gpu", paint=None):
        self.name, self.log = name, log
        self.budget = None
        self._can = Capabilities(
            requests=frozenset({"still", "between"}),
            inputs=frozenset({"first", "last"}),
            batch=batch,
            device=device,
            memory_mb=Measured(value=memory_mb, source="vendor"),
        )
        self._sleep_s, self._fails, self._paint = (
            sleep_s,
            fails or (lambda seed, painter: None),
            paint or moving,
        )

    def capabilities(self):
        return self._can

    def load(self, device, budget_mb):
        self.budget = budget_mb
        self.log.add("load", self.name, device, budget_mb)
        self._fails(-1, self)

    def unload(self):
        self.log.add("unload", self.name)

    def prepare(self, jobs):
        self.log.add("prepare", *(job.request.seed for job in jobs))

    def render(self, jobs, tick):
        with self.log.rendering(self):
            self.log.add("render", self.name, *(job.request.seed for job in jobs))
            for job in jobs:
                self._fails(job.request.seed, self)
            time.sleep(self._sleep_s)
            for number, job in enumerate(jobs):
                for given in job.request.inputs():
                    job.frame(given)
                frames = getattr(job.request, "frames", 1)
                for n in range(frames):
                    yield Frame(number, self._paint(job.request, n))
                    tick(number, (n + 1) / frames, f"step {n + 1} of {frames}, 11,204 MB")


def moving(request, n):
    canvas = np.full((request.raster.height, request.raster.width, 3), 20 + request.seed % 200, np.uint8)
    canvas[n % 60 : n % 60 + 4] = 255
    return canvas


class Log:
    """What happened in all workers, in order; and whether one worker ever rendered twice at once."""

    def __init__(self):
        self.all, self.twice = [], False
        self._guard = threading.Lock()
        self._at_work = Counter()

    def add(self, *what):
        with self._guard:
            self.all.append((threading.current_thread().name, *what))

    def of(self, kind):
        return [entry[2:] for entry in self.all if entry[1] == kind]

    def loads(self, name):
        """Worker -> how often it loaded that renderer."""
        return Counter(who for who, kind, *what in self.all if kind == "load" and what[0] == name)

    def rendering(self, painter):
        log, who = self, threading.current_thread().name

        class Turn:
            def __enter__(self):
                with log._guard:
                    log._at_work[who] += 1
                    log.twice |= log._at_work[who] > 1

            def __exit__(self, *error):
                with log._guard:
                    log._at_work[who] -= 1

        return Turn()


class Worker:
    """A worker in a thread of this process: the real one's loop, without the process."""

    depth = 2

    def __init__(self, crew, renderer, budget_mb, gpu):
        self._crew, self._gpu = crew, gpu
        self.free_mb, self.device_name = crew.free_mb, "a card"
        self.gone = False
        self._commands = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name=f"worker-{len(crew.hired)}", daemon=True)
        self._thread.start()
        self.load(renderer, budget_mb)

    def _serve(self):
        try:
            serve(
                iter(self._commands.get, None),
                lambda said: self._crew.heard.put((self, said)),
                self._crew.find,
            )
        except BaseException as error:  # noqa: BLE001
            self._crew.heard.put((self, {"lost": f"the worker was lost: {error}"}))

    def load(self, renderer, budget_mb):
        self._send(
            {
                "load": {
                    "renderer": renderer,
                    "device": "cuda:0" if self._gpu else "auto",
                    "budget_mb": budget_mb,
                }
            }
        )

    def order(self, orders):
        self._send({"orders": [dumps(order) for order in orders]})

    def _send(self, message: Message):
        self._commands.put(json.dumps(message))

    def dismiss(self):
        self.gone = True
        self._commands.put(None)


class Crew:
    """So many GPUs, and one place on the processor."""

    def __init__(self, *painters, gpus=1, free_mb=16_000):
        self.heard = queue.Queue()
        self.painters = {painter.name: painter for painter in painters}
        self.gpus, self.free_mb = gpus, free_mb
        self.hired = []

    def find(self, name):
        given = self.painters[name]
        copy = object.__new__(type(given))
        copy.__dict__.update(given.__dict__)
        return copy

    def places(self, parallel, device="cpu"):
        return min(self.gpus, parallel or self.gpus) if device == "gpu" else 1

    def hire(self, renderer, device, budget_mb):
        assert device == "auto" or sum(not w.gone for w in self.hired if w._gpu) < self.gpus
        self.hired.append(Worker(self, renderer, budget_mb, device == "gpu"))
        return self.hired[-1]


def clip(n, renderer="painter", frames=12, raster=RASTER, first=None, settings=None, needs=()):
    request = Between(
        picture=PICTURE, raster=raster, seed=n, frames=frames, first=first, settings=settings or {}
    )
    return _node(n, f"clip-{n:03}", request, renderer, needs)


def still(n, renderer="painter", raster=RASTER):
    return _node(n, f"still-{n:03}", Still(picture=PICTURE, raster=raster, seed=n), renderer, ())


def first_of(node):
    return Input(key=node.key, part="frame", frame=0)


def _node(n, name, request, renderer, needs):
    return Node(
        id=name, item=f"s{n:03}", stage="picture", request=request, renderer=renderer,
        key=digest([name, renderer, request.model_dump(mode="json")]), needs=needs,
    )  # fmt: skip


def run(store, crew, nodes, tell=lambda news: None, **more):
    engine = Engine(store, store.work.parent / "anchors", Planner(crew.find), crew)
    outcome = engine.run(nodes, tell, **more)
    for hand in getattr(crew, "hired", ()):
        hand._thread.join(10)
    assert not list(store.work.glob("take-*")), "something half-made was left"
    return outcome


def out_of_memory_above(most_mb):
    """Fails as a device would whose memory ends there."""

    def fails(seed, painter):
        if seed >= 0 and (painter.budget is None or painter.budget > most_mb):
            raise OutOfMemory("the painter ran out of memory")

    return fails
