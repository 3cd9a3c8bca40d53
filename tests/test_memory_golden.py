"""A film that an earlier release wrote is read by this one, and reads the same.

``golden_film_1`` was written at film version 1 and is never written again: at a new version, a
folder of its own is added beside it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from photoplay.memory.project import Project

GOLDEN = sorted(Path(__file__).parent.glob("golden_film_*"))


@pytest.fixture(params=GOLDEN, ids=lambda folder: folder.name)
def folder(request, tmp_path):
    return Path(shutil.copytree(request.param, tmp_path / "film"))


def test_there_is_a_film_to_read():
    assert GOLDEN


def test_snapshot_and_journal_of_an_earlier_release_say_the_same(folder):
    by_snapshot = Project.open(folder)
    assert by_snapshot.notices == [], "the snapshot was taken for a hand edit"
    history = by_snapshot.history()
    assert [x.kind for x in history] == ["create", "edit", "fact", "fact", "edit", "edit", "undo"]
    (folder / "film.json").unlink()
    assert Project.open(folder).film == by_snapshot.film


def test_its_film_is_what_was_left_there(folder):
    film = Project.open(folder).film
    assert [s.id for s in film.shots] == ["s00", "s01", "s02"]
    assert film.scenes["dusk"].hour == "night"
    assert (film.shot("s01").frames, film.shot("s01").lead, film.shot("s01").camera.size) == (120, 6, "close")
    assert film.characters["anna"].look.hat == "none"
    assert film.decisions.chosen["title"] == "c" * 64
    assert film.decisions.spoken == {"l1a": 1500}


def test_its_history_can_be_gone_through(folder):
    project = Project.open(folder)
    with project.lock():
        assert project.redo().characters["anna"].look.hat == "sailor"
        assert project.undo(2).scenes["dusk"].hour == "morning"
        assert project.film.shot("s01").frames == 120
        assert project.undo().story is None
