"""The n-th write fails, or the process dies at it: the folder is as before or as after, never between."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from memory_films import Crash, FaultyFiles, empty_film, film, story

from photoplay.memory.project import Project, is_film
from photoplay.memory.store import TakeStore
from photoplay.storyboard import edits as e
from photoplay.storyboard.errors import NoRoom, ProjectError

EDITS = [e.Tell(story=story(), shots=film().shots), e.Remove(shot="s03")]
KEY = "c" * 64
FAULTS = {
    "crash": (Crash, True),
    "full": (lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), True),
    "full for a moment": (lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), False),
    "read-only": (lambda: OSError(errno.EROFS, os.strerror(errno.EROFS)), True),
    "failing": (lambda: OSError(errno.EIO, os.strerror(errno.EIO)), False),
}


@pytest.fixture(params=FAULTS)
def fault(request):
    error, lasting = FAULTS[request.param]
    return lambda folder, n: FaultyFiles(folder, n, error(), lasting)


def every_fault(run):
    """``run(n)`` for n = 1, 2, ... until a run passes with no fault; returns how many were met."""
    for n in range(1, 200):
        if run(n):
            return n - 1
    raise AssertionError("more operations than can be")


def test_create_leaves_no_film_or_a_whole_one(tmp_path, fault):
    def run(n):
        folder = tmp_path / str(n)
        files = fault(folder, n)
        try:
            project = Project.create(folder, empty_film(), "words", "person", files)
        except (Crash, ProjectError):
            if is_film(folder):
                assert Project.open(folder).film == empty_film()
            else:
                Project.create(folder, empty_film(), "words", "person")
                assert Project.open(folder).film == empty_film()
            return False
        assert Project.open(folder).film == empty_film()
        return len(files.seen) < n and not project.notices

    assert every_fault(run) > 10


def test_commit_leaves_the_old_film_or_the_new_one(tmp_path, fault):
    before = empty_film()
    after = e.apply_all(before, EDITS)
    seen = set()

    def run(n):
        folder = tmp_path / str(n)
        Project.create(folder, before, "words", "person")
        files = fault(folder, n)
        project = Project.open(folder, files)
        try:
            with project.lock():
                project.commit(EDITS, "told", "writer")
        except (Crash, ProjectError) as error:
            if not isinstance(error, Crash):
                assert project.film == Project.open(folder).film, "memory and folder differ"
        again = Project.open(folder)
        assert again.film in (before, after)
        seen.add(again.film == after)
        with again.lock():
            again.commit([e.Setting(width=640)])
        assert Project.open(folder).film == again.film
        assert again.film.settings.width == 640
        return len(files.seen) < n

    assert every_fault(run) > 6
    assert seen == {False, True}


def commit_take(store: TakeStore, key: str, bits: bytes = b"frames") -> None:
    draft = store.begin(key)
    draft.path("picture", "mp4").write_bytes(bits)
    draft.path("words", "json").write_bytes(b"{}")
    draft.commit(request={"kind": "still"}, renderer={"name": "fake"}, frames=1)


def test_a_take_is_there_whole_or_not_at_all(tmp_path, fault):
    def run(n):
        folder = tmp_path / str(n)
        commit_take(TakeStore(folder), "d" * 64)
        files = fault(folder, n)
        with contextlib.suppress(Crash, ProjectError):
            commit_take(TakeStore(folder, files), KEY)
        store = TakeStore(folder)
        assert store.check("d" * 64, deep=True) == "whole"
        assert store.check(KEY, deep=True) == ("whole" if store.has(KEY) else "missing")
        commit_take(store, KEY, b"frames")
        assert store.check(KEY, deep=True) == "whole"
        assert list(store.keys()) == [KEY, "d" * 64]
        return len(files.seen) < n

    assert every_fault(run) > 8


def test_a_full_disk_says_what_is_needed_and_that_all_is_safe(tmp_path):
    project = Project.create(tmp_path / "f", empty_film(), "w", "p")
    full = OSError(errno.ENOSPC, "No space left on device")
    files = FaultyFiles(tmp_path / "f", 0, full)
    again = Project.open(tmp_path / "f", files)
    with again.lock():
        files.nth = len(files.seen) + 2
        with pytest.raises(NoRoom, match=r"needs about \d+ MB, \d+ MB free.*safe"):
            again.commit(EDITS)
        assert again.film == project.film
        again.commit(EDITS)
    assert Project.open(tmp_path / "f").film == again.film


def test_a_snapshot_that_cannot_be_written_is_told_and_nothing_is_lost(tmp_path):
    Project.create(tmp_path / "f", empty_film(), "w", "p")
    files = FaultyFiles(tmp_path / "f", 0, OSError(errno.ENOSPC, "full"))
    project = Project.open(tmp_path / "f", files)
    with project.lock():
        files.nth = len(files.seen) + 4
        project.commit(EDITS)
        assert files.seen[-1] == "write film.json.part"
    assert "nothing is lost" in project.notices[0]
    assert Project.open(tmp_path / "f").film == project.film


KILLED = """
import sys
from pathlib import Path
from photoplay.memory.store import TakeStore
store = TakeStore(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(100_000):
    draft = store.begin(f"{n:064x}")
    draft.path("picture", "mp4").write_bytes(bytes([n % 256]) * 50_000)
    draft.path("tail", "png").write_bytes(b"tail" * n)
    draft.commit(request={"n": n}, renderer={"name": "fake"}, frames=1)
"""


def test_a_kill_at_any_moment_leaves_every_committed_take_whole(tmp_path):
    chance, hits, mid_take = random.Random(7), 0, 0
    for number in range(10):
        folder = tmp_path / str(number)
        with subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE) as worker:
            assert worker.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.01, 0.12))
            worker.kill()
            hits += worker.wait() != 0
        store = TakeStore(folder)
        whole = list(store.keys())
        assert whole == [f"{n:064x}" for n in range(len(whole))]
        assert all(store.check(key, deep=True) == "whole" for key in whole)
        left = (
            len(list(Path(folder / "work").iterdir()))
            + len(list((folder / "takes").glob("*/*")))
            - len(whole)
        )
        mid_take += left > 0
        commit_take(store, f"{len(whole):064x}")
        assert store.check(f"{len(whole):064x}", deep=True) == "whole"
    assert hits == 10
    assert mid_take >= 3, "the kills hit nothing: the test shows nothing"


def test_a_folder_into_which_somebody_still_writes_is_removed(tmp_path, monkeypatch):
    """A hand that was lost may not know it yet."""
    files = Project.create(tmp_path / "film", empty_film(), "words", "person").files
    folder = files.root / "work" / "take"
    files.make_folder(folder)
    (folder / "picture.mp4").write_bytes(b"half")
    really, late = os.rmdir, [folder / "late-1", folder / "late-2"]

    def rmdir(path, **where):
        if late and os.fspath(path).endswith("take"):
            late.pop().write_bytes(b"more")
        really(path, **where)

    monkeypatch.setattr(os, "rmdir", rmdir)
    files.remove(folder)
    assert not folder.exists()
    assert not late, "nothing was written meanwhile"
