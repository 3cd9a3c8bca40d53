"""Two hundred one-scene stories in one process: does a film's time, or the memory, grow with the number made?

    python benchmarks/batch.py [--films 200] [--jobs 1] [--crew solo|workers]

Pictures are flat slates of the fake renderer, so that what is measured is the rest of the house: the story,
the graph, the journal, voices, music, the cut. ``solo`` renders in this interpreter, where every leak would
be seen; ``workers`` in processes that stay from film to film.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from photoplay.agent.batch import BatchNews
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.studio.batch import Place, make_batch, plan_batch

WHO = (
    "a keeper",
    "a baker",
    "a robot",
    "a fox",
    "a girl",
    "a pilot",
    "a tailor",
    "a whale",
    "a king",
    "a cat",
)
DOES = ("lights a lamp", "finds a key", "plants a tree", "loses a hat", "rings a bell")
WHERE = ("on the shore", "in the tower", "on a moonlit roof", "in the snow")


def rows(count: int) -> list[dict[str, object]]:
    """One-scene stories, each different."""
    return [
        {
            "idea": f"{WHO[n % 10].capitalize()} {DOES[n // 10 % 5]} {WHERE[n // 50 % 4]}, for the {n + 1}. time.",
            "seconds": 8, "shots": 1, "size": "128x72", "renderer": "slate", "name": f"story-{n:03}",
        }
        for n in range(count)
    ]  # fmt: skip


def _cpu() -> float:
    """Seconds of processor of this process and all that it started, those that have ended, too."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(t.user + t.system for t in living)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--films", type=int, default=200)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--crew", choices=("solo", "workers"), default="solo")
    given = asked.parse_args()
    process = psutil.Process()
    cpu: list[float] = []
    wall: list[float] = []
    memory: dict[int, int] = {}
    beside: dict[int, int] = {}
    seen = [_cpu(), time.perf_counter()]

    def hear(news: BatchNews) -> None:
        if news.kind != "ended":
            return
        assert news.result is not None
        assert news.result.state == "made", news.result.words
        now = [_cpu(), time.perf_counter()]
        cpu.append(now[0] - seen[0])
        wall.append(now[1] - seen[1])
        seen[:] = now
        if news.done % max(1, given.films // 4) == 0 or news.done == 10:
            gc.collect()
            memory[news.done] = process.memory_info().rss // 1_000_000
            others = [child.memory_info().rss for child in process.children(recursive=True)]
            beside[news.done] = sum(others) // 1_000_000

    with tempfile.TemporaryDirectory(prefix="photoplay-bench-") as out:
        place = Place(SoloCrew(SlateRenderer()) if given.crew == "solo" else LocalCrew(), environment={})
        begun = time.perf_counter()
        planned = plan_batch(rows(given.films), Path(out), place=place)
        checked = time.perf_counter() - begun
        seen[:] = [_cpu(), time.perf_counter()]
        begun = time.perf_counter()
        make_batch(planned, jobs=given.jobs, listener=hear, place=place)
        whole = time.perf_counter() - begun
        begun = time.perf_counter()
        again = make_batch(planned, jobs=given.jobs, place=place)
        assert all(film.state == "kept" for film in again.films)
        once_more = time.perf_counter() - begun
    part = max(1, given.films // 4)
    for name, times in (("wall", wall), ("CPU of all processes", cpu)):
        first, last = statistics.median(times[1:part]), statistics.median(times[-part:])
        print(
            f"{name:>22}: median of the first {part} films {first * 1000:.0f} ms, of the last {part} "
            f"{last * 1000:.0f} ms, ratio {last / first:.2f}"
        )
    for name, found in (("memory", memory), ("of other processes", beside)):
        sizes = ", ".join(f"{size} MB after {done}" for done, size in found.items())
        print(f"{name:>22}: {sizes}")
    print(f"{'checking rows':>22}: {checked / given.films * 1000:.1f} ms each")
    print(f"{'all':>22}: {given.films} films in {whole:.1f} s, {whole / given.films * 1000:.0f} ms each")
    print(f"{'the same again':>22}: {once_more / given.films * 1000:.1f} ms a film that is there already")


if __name__ == "__main__":
    main()
