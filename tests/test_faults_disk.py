"""The disk fills up, or can no longer be written, in the midst of work: nothing that was made is lost."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_films import FailingFiles, all_verify, copy_of_a_film, opened, pictures_made

from photoplay.memory.project import Project
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.fake import LOG
from photoplay.storyboard.edit_types import Rename
from photoplay.storyboard.errors import NoRoom, PhotoplayError, RenderError


def without_takes(folder):
    shutil.rmtree(folder / "takes")
    (folder / "takes").mkdir()
    return folder


@pytest.mark.parametrize(
    ("number", "says", "crew"),
    [
        pytest.param(errno.ENOSPC, "full", lambda: LocalCrew(2), marks=pytest.mark.slow),
        (errno.EROFS, "read-only", SoloCrew),
    ],
    ids=["full, workers", "read-only, one interpreter"],
)
def test_a_disk_that_fails_while_shooting_keeps_every_take_and_the_next_run_goes_on(
    tmp_path, monkeypatch, number, says, crew
):
    folder = without_takes(copy_of_a_film(tmp_path / "film"))
    log = tmp_path / "calls.txt"
    monkeypatch.setenv(LOG, str(log))
    files = FailingFiles(folder, number)
    production = opened(folder, files, crew())

    def break_after_a_take(told):
        if told.stage == "shoot" and told.news and told.news.kind == "made":
            files.broken = True

    production.listener = break_after_a_take
    with pytest.raises((NoRoom, RenderError), match=says):
        production.render()
    assert files.refused < 20, "it went on trying on a disk that cannot be written"
    kept = set(production.project.store.keys())
    assert kept
    assert all_verify(production.project)
    again = opened(folder)
    again.render()
    assert again.step() == "done"
    assert kept <= set(again.project.store.keys())
    calls = log.read_text().split()
    assert len(calls) <= len(set(calls)) + 2, "takes that were kept were rendered again"
    assert not list(again.project.work.glob("take-*"))


def test_a_disk_that_is_full_for_the_cut_leaves_a_whole_film_and_renders_nothing_again(tmp_path):
    folder = copy_of_a_film(tmp_path / "film")
    files = FailingFiles(folder, errno.ENOSPC, lambda operation, path: path.parent.name == "out")
    production = opened(folder, files)
    anna = next(c.id for c in production.film.story.characters if c.name == "Anna")
    production.edit([Rename(what="character", id=anna, name="Berta")])
    files.broken = True
    with pytest.raises(NoRoom, match="full"):
        production.render()
    assert all_verify(Project.open(folder))
    assert production.step() == "cut", "a cut that was only half delivered counts as done"
    again = opened(folder)
    again.render()
    assert again.step() == "done"
    assert pictures_made(again) == []
    assert "Berta" in (folder / "out" / "film.srt").read_text(encoding="utf-8")


@pytest.fixture
def small_disk(tmp_path):
    """A real file system; called with its size in kB it is that large."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = False

    def size(kilobytes):
        nonlocal mounted
        how = "remount,size" if mounted else "size"
        command = ["mount", "-t", "tmpfs", "-o", f"{how}={kilobytes}k", "photoplay-test", str(disk)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no small disk can be mounted here")
        mounted = True
        return disk

    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("no small disk can be mounted here")
    yield size
    if mounted:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_on_a_real_full_disk_shots_fail_with_numbers_and_go_on_when_there_is_room(tmp_path, small_disk):
    whole = copy_of_a_film(tmp_path / "film")
    for left in (whole / "out").iterdir():
        left.unlink()
    folder = Path(shutil.move(without_takes(whole), small_disk(900) / "film"))
    production = opened(folder)
    with pytest.raises(PhotoplayError, match=r"more than [\d.]+ MB; \d+ MB are free|needs about \d+ MB"):
        production.render()
    assert all_verify(production.project)
    kept = set(production.project.store.keys())
    assert not list(folder.glob("work/take-*"))
    small_disk(60_000)
    production = opened(folder)
    production.render()
    assert production.step() == "done"
    assert kept <= set(production.project.store.keys())

    before = production.film_path.read_bytes()
    used = shutil.disk_usage(folder).used
    anna = next(c.id for c in production.film.story.characters if c.name == "Anna")
    production.edit([Rename(what="character", id=anna, name="Berta")])
    small_disk(used // 1000 + 200)
    with pytest.raises(PhotoplayError, match=r"full|room|space"):
        opened(folder).render()
    assert production.film_path.read_bytes() == before, "the film before is gone"
    small_disk(60_000)
    again = opened(folder)
    again.render()
    assert pictures_made(again) == []
    assert again.film_path.read_bytes() != before
