"""What the engine costs over a renderer that sleeps a known time."""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from films import slate_film

from photoplay.memory.project import Project
from photoplay.render.crew import LocalCrew
from photoplay.render.engine import Engine
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.edit_types import Setting
from photoplay.storyboard.edits import apply

SLEEP_MS, SHOTS = 2_000, 24


def main():
    film = apply(slate_film(SHOTS, goes_on=()), Setting(values={"sleep-ms": SLEEP_MS}))
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "film", film, "benchmark", "benchmark")
        planner = Planner(find_renderer)
        nodes = [n for n in planner.plan(film).nodes if n.id.startswith("shot-")]
        hired: list[float] = []
        with project.lock():
            engine = Engine(project.store, project.anchors, planner, LocalCrew(1))
            engine.run(nodes, lambda n: hired.append(time.monotonic()) if n.kind == "started" else None)
            ended = time.monotonic()
    slept = SHOTS * SLEEP_MS / 1000
    spent = ended - hired[0]
    print(f"{SHOTS} shots of {SLEEP_MS} ms each on one worker: {slept:.1f} s asleep, {spent:.2f} s in all")
    print(f"engine overhead (encode, probe, commit included): {100 * (spent - slept) / slept:.2f} %")


if __name__ == "__main__":
    main()
