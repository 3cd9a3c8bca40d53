"""``photoplay gc`` frees what nothing uses, by stated rules, and never anything else; also when killed."""

import json
import os

import numpy as np
import pytest
from tiny_films import all_verify, copy_of_a_film, everything_in, opened
from typer.testing import CliRunner

from photoplay.memory.anchors import AnchorBook
from photoplay.memory.collecting import find_waste, free_waste
from photoplay.memory.files import Files
from photoplay.memory.project import Project
from photoplay.memory.store import TakeStore
from photoplay.storyboard.edit_types import Choose, Rewrite
from photoplay.studio.command import app


@pytest.fixture
def folder(tmp_path):
    return copy_of_a_film(tmp_path / "film")


def planned(production):
    return {node.key for node in production.plan().nodes}


def add_take(project, n, inputs=(), kind="between", item="s01"):
    """A take that no plan names."""
    key = f"{n:064x}"
    draft = project.store.begin(key)
    draft.path("picture", "mp4").write_bytes(b"x" * (1000 + n))
    draft.commit(request={"kind": kind}, renderer={"name": "test"}, item=item, inputs={k: k for k in inputs})
    return key


def rewritten(folder):
    """The film with one shot rewritten and rendered anew: one take of the plan before is left."""
    production = opened(folder)
    before = {item: key for item, (_, key) in production.takes().items()}
    shot = production.film.shots[0].id
    production.edit([Rewrite(shot=shot, sentence="Anna waves.")])
    production.render()
    return production, before[shot]


def keys_of(waste):
    return {take.key for take in waste.takes}


def test_a_film_just_made_has_nothing_to_free(folder):
    production = opened(folder)
    waste = find_waste(production.project, planned(production), everything=True)
    assert (waste.takes, waste.leftovers) == ((), ())
    assert waste.kept == len(list(production.project.store.keys()))
    assert waste.kept_bytes > 0


def test_a_take_that_was_once_chosen_is_kept_unless_all_is_asked_and_then_only_it_goes(folder):
    production, old = rewritten(folder)
    project = production.project
    assert keys_of(find_waste(project, planned(production))) == set()
    assert old in keys_of(find_waste(project, planned(production), everything=True))
    with project.lock():
        project.undo(by="test")
    assert opened(folder).step() != "shoot", "an undo renders nothing"
    with project.lock():
        project.redo(by="test")
    waste = free_waste(project, planned(opened(folder)), everything=True)
    assert old in keys_of(waste)
    assert not project.store.has(old)
    assert opened(folder).step() in ("cut", "done")
    assert all_verify(project)


def test_never_what_is_chosen_pinned_planned_or_what_those_read(folder):
    production = opened(folder)
    project = production.project
    grand, loose = add_take(project, 1), add_take(project, 2)
    parent = add_take(project, 3, [grand])
    pinned = add_take(project, 4, [parent])
    with project.lock():
        project.commit([Choose(takes={production.film.shots[1].id: pinned}, pin=True)], "pinned", "person")
    for everything in (False, True):
        assert keys_of(find_waste(project, planned(opened(folder)), everything)) == {loose}


def test_what_an_anchor_was_taken_from_and_sound_go_only_with_all(folder):
    production = opened(folder)
    project = production.project
    drawn, spoken = add_take(project, 1), add_take(project, 2, kind="speak")
    pixels = np.zeros((72, 128, 3), np.uint8)
    character = production.film.story.characters[0].id
    book = AnchorBook(project.folder, project.files)
    book.propose(pixels, character, origin="sheet", take=drawn, frame=0, film=production.film)
    assert keys_of(find_waste(project, planned(production))) == set()
    before = everything_in(project.anchors)
    assert before
    assert keys_of(free_waste(project, planned(production), everything=True)) == {drawn, spoken}
    assert everything_in(project.anchors) == before


def test_quarantine_and_what_killed_programs_left_go(folder):
    production = opened(folder)
    project = production.project
    victim = next(project.store.keys())
    project.store.quarantine(victim)
    draft = project.store.begin("a" * 64)
    draft.path("picture", "mp4").write_bytes(b"half")
    half = project.store.takes / "bb" / ("b" * 64)
    half.mkdir(parents=True)
    (half / "picture.mp4").write_bytes(b"a commit that was killed")
    waste = free_waste(project, planned(production))
    assert {left.path.name.partition("-")[0] for left in waste.leftovers} == {"b" * 64, "quarantine", "take"}
    assert not list(project.work.iterdir())
    assert not half.exists()
    assert not project.store.has(victim)


class Killed(BaseException):
    pass


class DyingFiles(Files):
    """Dies before the n-th operation."""

    left = 10**9

    def step(self, operation, path):
        self.left -= 1
        if self.left < 0:
            raise Killed


def test_a_kill_at_any_step_leaves_whole_takes_and_the_next_time_frees_the_rest(tmp_path, folder):
    wanted = planned(opened(folder))
    for n in range(200):
        files = DyingFiles(folder)
        project = Project.open(folder, files)
        unused = [add_take(project, number) for number in (1, 2, 3)]
        files.left = n
        try:
            free_waste(project, wanted)
        except Killed:
            died = True
        else:
            died = False
        after = Project.open(folder)
        assert all_verify(after)
        assert wanted <= set(after.store.keys())
        free_waste(after, wanted)
        assert not [key for key in unused if after.store.has(key)]
        assert not list(after.store.unfinished())
        if not died:
            break
    assert n > 8, "it was killed nowhere"


def test_the_record_goes_first(tmp_path):
    store = TakeStore(tmp_path)
    draft = store.begin("a" * 64)
    draft.path("picture", "mp4").write_bytes(b"x")
    draft.commit(request={}, renderer={})
    steps = []
    store.files.step = lambda operation, path: steps.append((operation, path.name))
    store.remove("a" * 64)
    assert [name for operation, name in steps if operation == "remove"] == ["record.json", "a" * 64]
    store.remove("a" * 64)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_outside_the_film_is_removed(tmp_path, folder):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.mp4").write_bytes(b"mine")
    project = Project.open(folder)
    shelf = project.store.takes / "cc"
    shelf.mkdir()
    (shelf / ("c" * 64)).symlink_to(outside)
    free_waste(project, planned(opened(folder)), everything=True)
    assert (outside / "mine.mp4").read_bytes() == b"mine"
    assert not (shelf / ("c" * 64)).exists()


# -- the command ----------------------------------------------------------------------------


def gc(*words):
    done = CliRunner().invoke(app, ["gc", *map(str, words)])
    assert done.exception is None, done.output
    return done.stdout


def test_the_command_says_what_it_would_free_and_frees_it_only_when_told(folder):
    production, old = rewritten(folder)
    before = everything_in(folder)
    said = gc(folder, "--all")
    assert old[:8] in said
    assert "MB" in said
    assert "Nothing was removed" in said
    assert everything_in(folder) == before
    assert old[:8] not in gc(folder)
    plain = json.loads(gc(folder, "--all", "--json"))
    assert (plain["freed"], old in {take["key"] for take in plain["takes"]}) == (False, True)
    plain = json.loads(gc(folder, "--all", "--yes", "--json"))
    assert plain["freed"]
    assert plain["bytes"] > 0
    assert not production.project.store.has(old)
    assert json.loads(gc(folder, "--all", "--json"))["takes"] == []
    assert opened(folder).step() in ("cut", "done")
