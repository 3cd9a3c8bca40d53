"""A film's folder from a stranger, or one that was harmed: it is refused or mended, and harms nobody."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import langgraph.checkpoint.base.id as checkpoint_ids
import pytest
from tiny_films import all_verify, copy_of_a_film, everything_in, make, opened, pictures_made

from photoplay.agent.graph import pending
from photoplay.agent.sheet import write_sheet
from photoplay.memory.project import Project
from photoplay.render.fake import LOG
from photoplay.storyboard.edit_types import Setting
from photoplay.storyboard.errors import BadInput, PhotoplayError, ProjectError

links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture
def folder(tmp_path):
    return copy_of_a_film(tmp_path / "film")


def rewritten(folder, change):
    path = folder / "film.json"
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def put(text, name, value):
    """``text`` with the first value of that name replaced, as text."""
    return re.sub(rf'("{name}": )("[^"]*"|-?\d+|null|\{{\}}|\[\])', lambda m: m[1] + value, text, count=1)


HOSTILE = {
    "not a number": lambda t: put(t, "seed", "NaN"),
    "infinite": lambda t: put(t, "seed", "1e999"),
    "five thousand digits": lambda t: put(t, "seed", "9" * 5000),
    "huge size": lambda t: put(t, "width", "1000000000"),
    "negative size": lambda t: put(t, "height", "-2"),
    "zero rate": lambda t: put(t, "den", "0"),
    "endless shot": lambda t: put(t, "frames", "1000000000"),
    "no frames": lambda t: put(t, "frames", "0"),
    "deep": lambda t: put(t, "values", "[" * 100_000),
    "deep and whole": lambda t: put(t, "values", '{"a":' * 3000 + "1" + "}" * 3000),
    "a path as an id": lambda t: t.replace('"s01"', '"../../s01"'),
    "a class as a renderer": lambda t: put(t, "renderer", '"os:system"').replace("os:system", "os.path:System"),
    "a module as a writer": lambda t: put(t, "writer", '"os.system"'),
    "a path as a take": lambda t: re.sub(r'("chosen": \{\s*"[^"]*": )"[^"]*"', r'\1"../../../etc"', t, count=1),
    "an unknown field": lambda t: put(t, "seed", '1, "class_path": "os.system"'),
    "an id twice": lambda t: t.replace('"s02"', '"s01"'),
    "nobody as an actor": lambda t: re.sub(r'("actor": )"[^"]*"', r'\1"ghost"', t, count=1),
    "half a letter": lambda t: put(t, "logline", r'"\ud800"'),
    "cut short": lambda t: t[: len(t) // 2],
    "a newer version": lambda t: put(t, "schema_version", "99"),
    "no version": lambda t: put(t, "schema_version", '"one"'),
}  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_film_is_refused_in_words_and_nothing_in_the_folder_is_touched(folder, change):
    rewritten(folder, change)
    before = everything_in(folder)
    with pytest.raises(PhotoplayError) as refused:
        opened(folder).render()
    assert len(str(refused.value)) < 2000
    assert everything_in(folder) == before


@pytest.mark.parametrize("name", ["edits", "end"])
@pytest.mark.parametrize("value", ["99", "-99", "1", "0", "1" + "0" * 30])
def test_a_forged_head_of_the_snapshot_does_not_spoil_the_history(folder, name, value):
    rewritten(folder, lambda t: put(t, name, value))
    project = Project.open(folder)
    with project.lock():
        project.commit([Setting(seed=9)])
    assert Project.open(folder).film.settings.seed == 9
    (folder / "film.json").unlink()
    assert Project.open(folder).film == project.film


def test_fields_written_twice_are_one_hand_edit_that_can_be_undone(folder):
    first = Project.open(folder).film
    rewritten(folder, lambda t: put(t, "values", '{"a": 1}, "values": {"a": 2}'))
    project = Project.open(folder)
    assert project.film.settings.values == {"a": 2}
    with project.lock():
        assert project.history()[-1].kind == "hand"
        assert project.undo().settings == first.settings


def test_a_hand_edit_is_taken_over_written_down_and_renders_only_its_shot(folder):
    shot = opened(folder).film.shots[2]
    rewritten(folder, lambda t: t.replace(json.dumps(shot.event.sentence), '"Anna whistles \\"softly\\"."'))
    production = opened(folder)
    assert any("by hand" in words for words in production.project.notices)
    production.render()
    assert pictures_made(production) == [shot.id]
    assert "hand" in [entry.kind for entry in production.project.history()]
    assert Project.open(folder).film.shots[2].event.sentence == 'Anna whistles "softly".'


OUTWARD = (
    "agent.sqlite", "agent.sqlite-wal", "agent.sqlite-journal", "lock.pid", "treatment.json", "out/film.mp4",
    "out/film.srt", "out/film.vtt", "out/cut.json", "out/report.json", "out/manifest.json", "work/mix.wav", "work/film.srt",
    "film.json.part", "out/cut.json.part",
)  # fmt: skip


@links
@pytest.mark.parametrize("odd", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_links_in_the_folder_lead_no_writing_outside(tmp_path, folder, odd):
    outside = tmp_path / "outside"
    outside.mkdir()
    for number, name in enumerate(OUTWARD):
        target = outside / name.replace("/", "-")
        if number % 2 == odd:  # every other link leads to a file, the rest to where none is yet
            target.write_bytes(b"precious")
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    before = everything_in(outside)
    refused = []
    while (made := _made_or_refused(folder, refused)) is None:
        assert everything_in(outside) == before
        (folder / refused[-1]).unlink()
    assert made.step() == "done"
    assert made.film_path.stat().st_size > 1000
    assert everything_in(outside) == before
    assert all_verify(made.project)


def _made_or_refused(folder, refused):
    """The film; or None, with the name of the link that was refused added to ``refused``."""
    try:
        return make(folder)
    except ProjectError as error:
        refused.append(next(n for n in OUTWARD if (folder / n).is_symlink() and n in str(error)))
        return None


@links
@pytest.mark.parametrize("name", ["out", "work", "takes", "cut", "lock", "edits.jsonl"])
def test_a_folder_that_is_a_link_outside_is_refused_or_left_alone(tmp_path, folder, name):
    outside = tmp_path / "outside"
    shutil.move(folder / name, outside)
    (folder / name).symlink_to(outside)
    before = everything_in(outside) if outside.is_dir() else outside.read_bytes()
    production = opened(folder)
    with pytest.raises(PhotoplayError, match=re.escape(name)):
        _changed(production)
    assert (everything_in(outside) if outside.is_dir() else outside.read_bytes()) == before


def _changed(production):
    production.edit([Setting(seed=77)])
    production.render()


@links
@pytest.mark.slow
def test_a_take_that_is_a_link_outside_is_not_used_and_what_it_leads_to_stays(tmp_path, folder):
    production = opened(folder)
    shot = production.film.shots[0].id
    path = production.project.store.path(production.film.decisions.chosen[shot])
    outside = tmp_path / "outside.mp4"
    shutil.move(path, outside)
    path.symlink_to(outside)
    kept = outside.read_bytes()
    production.render()
    assert pictures_made(production) == [shot]
    assert not path.is_symlink()
    assert outside.read_bytes() == kept


def test_a_take_harmed_by_one_byte_is_found_by_the_next_run_and_made_again_alone(tmp_path, folder):
    production = opened(folder)
    key = production.film.decisions.chosen[production.film.shots[1].id]
    path = production.project.store.path(key)
    whole = path.read_bytes()
    path.write_bytes(whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
    log = tmp_path / "calls.txt"
    done = subprocess.run(
        [sys.executable, "-m", "photoplay", "render", str(folder)],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, LOG: str(log)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "set aside" in done.stderr
    assert len(log.read_text().split()) == 1
    assert path.read_bytes() == whole
    assert list((folder / "work").glob("quarantine-*"))
    assert opened(folder).step() == "done"


@links
def test_a_storyboard_sheet_is_not_drawn_over_what_a_link_leads_to(tmp_path, folder):
    (tmp_path / "outside.png").write_bytes(b"precious")
    for place in (folder / "work", folder / "out"):
        (place / "board.png").symlink_to(tmp_path / "outside.png")
    write_sheet(opened(folder))
    assert (tmp_path / "outside.png").read_bytes() == b"precious"
    assert (folder / "out" / "board.png").stat().st_size > 1000


def test_a_film_in_the_end_folder_that_is_not_the_one_that_was_cut_is_cut_again(folder):
    film = folder / "out" / "film.mp4"
    whole = film.read_bytes()
    film.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    production = opened(folder)
    assert production.step() == "cut"
    production.make()
    assert production.outcome is None, "something was rendered"
    assert production.step() == "done"


@pytest.mark.parametrize("harm", [b"", b"no database" * 1000, b"SQLite format 3\0" + b"\xff" * 9000, None])
def test_a_harmed_checkpoint_costs_no_film(folder, harm):
    path = folder / "agent.sqlite"
    for left in folder.glob("agent.sqlite*"):
        left.unlink()
    if harm is None:
        path.mkdir()
    else:
        path.write_bytes(harm)
    before = {p: p.read_bytes() for p in (folder / "takes").rglob("*.mp4")}
    production = make(folder)
    assert production.step() == "done"
    assert {p: p.read_bytes() for p in (folder / "takes").rglob("*.mp4")} == before


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", "null", '{"key": 5}', "\udcff", "9" * 5000])
def test_a_harmed_record_of_the_cut_only_means_that_the_film_is_cut_again(folder, text):
    (folder / "out" / "cut.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert opened(folder).step() == "cut"


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept.pop("writer"),
        lambda kept: kept.update(notices=5),
        lambda kept: kept.update(notices=[5]),
        lambda kept: kept.update(model="x" * 500),
        lambda kept: kept.update(treatment=None),
        lambda kept: kept["treatment"].update(path="/etc/passwd"),
        lambda kept: kept["treatment"].update(title=5),
    ],
)
def test_a_harmed_treatment_is_written_anew(tmp_path, change):
    folder = tmp_path / "film"
    begun = make(folder, until="story")
    kept = json.loads((folder / "treatment.json").read_text(encoding="utf-8"))
    change(kept)
    (folder / "treatment.json").write_text(json.dumps(kept), encoding="utf-8")
    assert begun.treatment() is None
    assert make(folder, until="board").step() == "shoot"


def test_a_film_moved_away_under_a_running_program_is_an_error_and_no_second_folder(tmp_path, folder):
    shutil.rmtree(folder / "takes")
    production = opened(folder)

    def hear(told):
        if told.stage == "shoot" and told.news and told.news.kind == "made" and folder.exists():
            shutil.move(folder, tmp_path / "elsewhere")

    production.listener = hear
    with pytest.raises(PhotoplayError, match=r"gone|No such"):
        production.render()
    assert not folder.exists()
    assert opened(tmp_path / "elsewhere").step() == "shoot"
    assert all_verify(Project.open(tmp_path / "elsewhere"))


def test_neither_old_files_nor_a_clock_that_runs_backwards_make_anything_again(folder, monkeypatch):
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
    now = iter(range(2_000_000_000, 0, -1000))
    monkeypatch.setattr(time, "time", lambda: float(next(now)))
    production = opened(folder)
    assert production.step() == "done"
    production.render()
    assert production.outcome.made == []
    assert production.step() == "done"


def test_a_clock_set_back_by_years_hides_no_review(tmp_path, monkeypatch):
    folder = tmp_path / "film"
    true = time.time_ns
    with monkeypatch.context() as ahead:
        ahead.setattr(checkpoint_ids, "_last_v6_timestamp", None)
        ahead.setattr(time, "time_ns", lambda: true() + 10**18)
        make(folder, until="board")
    monkeypatch.setattr(checkpoint_ids, "_last_v6_timestamp", None)
    production = make(folder, review=True)
    assert pending(production)
    reopened = opened(folder)
    reopened.approve(until="takes")
    assert not pending(reopened)
    assert reopened.step() == "cut"
    with pytest.raises(BadInput, match="No review"):
        reopened.approve()
