"""The film that is shot, and what shooting it took."""

import itertools
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from photoplay.memory.project import Project
from photoplay.render.crew import LocalCrew
from photoplay.render.engine import Engine
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.film import Brief, CastMember, Event, Film, Scene, Settings, Shot, Story
from photoplay.storyboard.looks import Character, Place, PlaceLook
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.vocabulary import PlaceKind

from .clock import Skipped
from .measured import LOG

STILLS, CLIPS = "diffusion:bench-klein", "diffusion:bench-vace"
RATE = Rate(num=16)
"""What the video family draws at, so that nothing has to be conformed but the long shot's two pieces."""
SHORT, LONG = 24, 72
"""Frames of a shot in the cut: with its handle the long one is more than one clip of the family holds."""


def benchmark_film(width: int, height: int, steps: int) -> Film:
    """Four shots without lines, cards or references; the first is long, the second ends otherwise than it opens."""
    story = Story(
        title="The keeper",
        logline="A keeper finds a whale.",
        characters=(Character(id="anna", name="Anna", noun="lighthouse keeper"),),
        places=(Place(id="shore", name="the shore", look=PlaceLook(kind=PlaceKind.shore)),),
        scenes=(Scene(id="one", place="shore"),),
    )
    told = (
        ("Anna looks out to sea.", LONG, {}),
        ("Anna walks along the shore.", SHORT, {"opening": "Anna is far off", "closing": "Anna is near"}),
        ("Anna kneels in the sand.", SHORT, {}),
        ("Anna waves to the whale.", SHORT, {}),
    )
    shots = tuple(
        Shot(
            id=f"s{n}",
            scene="one",
            event=Event(sentence=sentence, actor="anna"),
            cast=(CastMember(entity="anna"),),
            frames=frames,
            seed=n + 1,
            **more,
        )
        for n, (sentence, frames, more) in enumerate(told)
    )
    settings = Settings(
        width=width,
        height=height,
        rate=RATE,
        renderer=CLIPS,
        values={"keyframes": STILLS, "steps": steps},
    )
    return Film(
        id="film-bench",
        brief=Brief(idea="A keeper finds a whale."),
        settings=settings,
        story=story,
        shots=shots,
    )


def picture_nodes(plan):
    """What is drawn, without the music that every plan has."""
    return [node for node in plan.nodes if node.id != "score"]


@dataclass
class Shooting:
    """What it took. Seconds."""

    plan_s: float
    hire_s: float
    """From the order to the first worker being ready: an interpreter."""
    work_s: float
    """From the first worker being ready to the last take committed, loads among it."""
    log: list[dict]
    again: list[str]
    """What the engine said it tried again, and how."""
    degraded: list[str]
    began: float = 0.0
    """When the first worker was ready, in seconds since 1970."""

    def doing_s(self) -> dict[str, float]:
        """What the worker's rendering thread did from being ready to the last take committed, in seconds."""
        ended = self.began + self.work_s
        spans = [entry for entry in self.log if "span" in entry]
        drawn = [span["ended"] for span in spans if span["span"] == "calls"] or [self.began]
        edges = {self.began, ended, *(at for span in spans for at in (span["began"], span["ended"]))}
        times = sorted(at for at in edges if self.began <= at <= ended)
        found: dict[str, float] = {}
        for start, end in itertools.pairwise(times):
            over = [span for span in spans if span["began"] <= start and end <= span["ended"]]
            idle = "nothing, before the last call" if start < max(drawn) else "nothing, after the last call"
            doing = max(over, key=lambda span: span["began"])["span"] if over else idle
            found[doing] = found.get(doing, 0.0) + end - start
        return found

    def loads_s(self) -> float:
        """Importing torch and diffusers and putting weights on the device, all of it together."""
        return sum(entry.get("load", 0) + entry.get("imports", 0) for entry in self.log)

    def imports_s(self) -> float:
        """Importing torch and diffusers."""
        return sum(entry.get("imports", 0) for entry in self.log)

    def loads(self) -> list[tuple[str, float, str]]:
        """(set, seconds, how) of every load."""
        return [(e["set"], e["load"], e["words"]) for e in self.log if "load" in e]

    def film_s(self) -> float:
        """Planning, and all work but loads."""
        return self.plan_s + self.work_s - self.loads_s()

    def calls_s(self) -> float:
        """Time inside the pipelines."""
        return sum(entry["call"] for entry in self.log if "call" in entry)

    def encodes_s(self) -> float:
        """Time in which prompts were encoded."""
        return sum(entry["encode"] for entry in self.log if "encode" in entry)

    def batches(self, name: str) -> list[list[str]]:
        """Requests of a set that were drawn by one call each, by name."""
        return [entry["batch"] for entry in self.log if "batch" in entry and entry["set"] == name]

    def memory(self) -> dict[str, dict[str, int]]:
        """Set -> the most megabytes of each kind."""
        found: dict[str, dict[str, int]] = {}
        for entry in self.log:
            for kind, value in entry.items():
                if kind.endswith("_mb"):
                    mine = found.setdefault(entry["set"], {})
                    mine[kind] = max(mine.get(kind, 0), value)
        return found


def shoot(folder: Path, film: Film, devices, stop, wanted=lambda node: True) -> Shooting:
    """Make what is ``wanted`` of a film in a new folder, on the ``devices``. Raises ``Skipped`` where a shot fails."""
    log = folder.with_suffix(".log")
    log.write_text("")
    os.environ[LOG] = str(log)
    project = Project.create(folder, film, "benchmark", "benchmark")
    began = time.monotonic()
    planner = Planner(find_renderer)
    nodes = [node for node in picture_nodes(planner.plan(film)) if wanted(node)]
    planned = time.monotonic()
    started: list[float] = []
    clock: list[float] = []
    again: list[str] = []

    def tell(news):
        if news.kind == "started":
            started.append(time.monotonic())
            clock.append(time.time())
        elif news.kind == "again":
            again.append(f"{news.node.renderer}: {news.words}")

    with project.lock():
        engine = Engine(project.store, project.anchors, planner, LocalCrew(devices=lambda: devices))
        outcome = engine.run(nodes, tell, stop)
        ended = time.monotonic()
    if outcome.failed:
        raise Skipped("; ".join(outcome.failed.values()))
    read = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    degraded = [words for _, kind, words in outcome.notices if kind == "degraded"]
    times = planned - began, started[0] - planned, ended - started[0]
    return Shooting(*times, read, again, degraded, clock[0])
