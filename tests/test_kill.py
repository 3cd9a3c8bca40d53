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
STAGES = ("begin", "write", "cast", "board", "speak", "shoot", "mix", "cut")


def start(folder, log):
    return subprocess.Popen(
        [sys.executable, "-m", "photoplay", *MAKE, "--out", str(folder)],
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
        assert not (folder / "out" / "film.mp4").exists() or stage == "cut"
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


def test_a_kill_in_every_stage_is_survived(tmp_path):
    hits = survive(tmp_path / "film", tmp_path / "calls.txt", [(s, 0.02) for s in STAGES])
    assert hits >= len(STAGES) - 2, "too many kills hit nothing to prove anything"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_kills_at_random_times_are_survived(tmp_path, seed):
    dice = random.Random(seed)
    plan = [(dice.choice(STAGES[4:]), dice.random() * 0.6) for _ in range(5)]
    assert survive(tmp_path / "film", tmp_path / "calls.txt", plan) >= 1
