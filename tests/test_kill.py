"""``kill -9`` inside every stage: the film finishes, committed takes are unchanged, nothing is made twice."""

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from photoplay.memory.project import Project
from photoplay.render.fake import LOG

MAKE = (
    "make", "A keeper befriends a lost whale", "--renderer", "slate", "--size", "128x72", "--seconds", "30",
    "--json",
)  # fmt: skip
STAGES = ("speak", "shoot", "shoot", "mix", "cut")


def start(folder, log, *more):
    return subprocess.Popen(
        [sys.executable, "-m", "photoplay", *MAKE, "--out", str(folder), *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, LOG: str(log)},
    )  # fmt: skip


def kill_in(folder, log, stage, pause):
    """True where the kill hit a process that was in that stage."""
    process = start(folder, log)
    try:
        for line in process.stdout:
            said = json.loads(line)
            if said["stage"] == stage and (stage not in ("speak", "shoot") or said.get("news") == "made"):
                time.sleep(pause)
                break
        hit = process.poll() is None
        process.kill()
    finally:
        process.communicate()
    return hit and process.returncode != 0


def takes(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("takes/*/*/*")
        if (path.parent / "record.json").exists()
    }


def finish(folder, log):
    process = start(folder, log)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])["path"]


def survive(folder, log, plan):
    hits = 0
    kept = {}
    for stage, pause in plan:
        hits += kill_in(folder, log, stage, pause)
        now = takes(folder)
        assert {path: now[path] for path in kept} == kept, f"a committed take changed after {stage}"
        kept = now
        if (folder / "edits.jsonl").exists():
            Project.open(folder)
    path = finish(folder, log)
    assert os.path.getsize(path) > 1000
    assert {p: takes(folder)[p] for p in kept} == kept
    calls = Counter(log.read_text().split())
    shots = len(Project.open(folder).film.shots)
    assert sum(calls.values()) <= shots + 2 * hits, "more was rendered than shots and what kills interrupted"
    assert not list((folder / "work").glob("take-*"))
    return hits


@pytest.mark.parametrize("stage", ["begin", "write", "cast", "board"])
def test_a_kill_before_shooting_leaves_a_film_that_can_be_opened_and_gone_on_with(tmp_path, stage):
    folder, log = tmp_path / "film", tmp_path / "calls.txt"
    assert kill_in(folder, log, stage, 0)
    if (folder / "edits.jsonl").exists():
        assert Project.open(folder).film.brief.idea == MAKE[1]
    before = (folder / "treatment.json").read_bytes() if (folder / "treatment.json").exists() else None
    process = start(folder, log, "--until", "board")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert Project.open(folder).film.shots
    assert before is None or (folder / "treatment.json").read_bytes() == before


def test_kills_while_speaking_shooting_mixing_and_cutting_are_survived(tmp_path):
    plan = [("speak", 0), ("shoot", 0), ("shoot", 0.1), ("shoot", 0.3), ("mix", 0.02), ("cut", 0.3)]
    hits = survive(tmp_path / "film", tmp_path / "calls.txt", plan)
    assert hits >= len(plan) - 1, "too many kills hit nothing to prove anything"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_kills_at_random_times_are_survived(tmp_path, seed):
    dice = random.Random(seed)
    plan = [(dice.choice(STAGES), dice.random() * 0.6) for _ in range(5)]
    assert survive(tmp_path / "film", tmp_path / "calls.txt", plan) >= 1
