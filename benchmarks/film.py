"""A 60 s 720p film end to end: real time, memory, frames per CPU-second, share of time by stage,
an unchanged second run, and one shot of it changed."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import psutil

STORY = "A lighthouse keeper befriends a lost whale"


def run(*words):
    """(wall seconds, CPU seconds of all its processes, largest process in MB, lines of JSON)."""
    began = time.monotonic()
    before = os.times()
    process = subprocess.Popen(
        [sys.executable, "-m", "photoplay", *words], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    largest = [0]
    done = threading.Event()

    def watch():
        root = psutil.Process(process.pid)
        while not done.wait(0.2):
            try:
                for each in (root, *root.children(recursive=True)):
                    largest[0] = max(largest[0], each.memory_info().rss)
            except psutil.Error:
                pass

    watcher = threading.Thread(target=watch)
    watcher.start()
    lines = []
    for line in process.stdout:
        lines.append((time.monotonic() - began, json.loads(line)))
    code = process.wait()
    done.set()
    watcher.join()
    after = os.times()
    assert code == 0, f"photoplay {' '.join(words)} ended with {code}"
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, cpu, largest[0] / 1e6, lines


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "film")
        make = ("make", STORY, "--seconds", seconds, "--out", out, "--json")
        wall, cpu, largest, lines = run(*make)
        report = json.loads((Path(out) / "out" / "report.json").read_text())
        records = [json.loads(p.read_text()) for p in Path(out).glob("takes/*/*/record.json")]
        frames = sum(r["frames"] for r in records)
        print(
            f"{seconds} s film, 1280x720: {wall:.1f} s wall = {wall / int(seconds):.2f} of real time, {cpu:.1f} CPU s"
        )
        print(f"largest process: {largest:.0f} MB")
        print(
            f"{frames} frames rendered for {report['frames']}: {frames / cpu:.1f} per CPU-second of the whole run"
        )
        stages = [(at, line["stage"]) for at, line in lines]
        names = {
            "begin": "start",
            "write": "write",
            "cast": "cast",
            "board": "board",
            "speak": "voices",
            "shoot": "shots",
            "mix": "mix",
            "cut": "cut",
            "end": "end",
        }
        marks = {}
        for at, stage in stages:
            if stage in names:
                marks.setdefault(names[stage], at)
        order = list(marks.items())
        print(f"  start of the program: {100 * order[0][1] / wall:.0f} %")
        for (name, at), (_, then) in pairwise(order):
            print(f"  {name}: {then - at:.1f} s, {100 * (then - at) / wall:.0f} %")
        wall, _, _, lines = run(*make)
        made = sum(line.get("news") == "made" for _, line in lines)
        print(f"unchanged second run: {wall:.2f} s, {made} takes made")
        from photoplay import open_film
        from photoplay.storyboard.edit_types import Rewrite

        production = open_film(out)
        shot = production.film.shots[len(production.film.shots) // 2]
        production.edit([Rewrite(shot=shot.id, sentence="Something else happens here.")], "benchmark")
        wall, _, _, lines = run("render", out, "--json")
        made = [line["item"] for _, line in lines if line.get("news") == "made"]
        print(
            f"one shot of {len(production.film.shots)} changed ({shot.id}): {wall:.1f} s, made again: {', '.join(made)}"
        )


if __name__ == "__main__":
    main()
