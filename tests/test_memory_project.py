"""The film's folder: what was committed is there again, whatever happened in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from memory_films import empty_film, film, story

from photoplay.memory.project import Project
from photoplay.storyboard import edits as e
from photoplay.storyboard import vocabulary as v
from photoplay.storyboard.errors import (
    BadInput,
    Damaged,
    Locked,
    NewerFilm,
    NoRoom,
    ProjectError,
)
from photoplay.storyboard.film import Decision

TELL = e.Tell(story=story(), shots=film().shots, opening=film().opening, ending=film().ending)
NIGHT = e.SetScene(scene="dusk", hour=v.Hour.night)
RUN = e.Rewrite(shot="s01", sentence="Anna runs.")


def made(folder: Path) -> Project:
    project = Project.create(folder, empty_film(), "Anna befriends a lost whale", "person")
    with project.lock():
        project.commit([TELL], "told", "outline")
    return project


def take(digit: str) -> str:
    return digit * 64


def test_what_was_committed_is_there_when_opened_again(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        project.commit([NIGHT, RUN], "at night", "person")
    again = Project.open(tmp_path / "f")
    assert again.film == project.film
    assert again.notices == []
    assert [(x.kind, x.by, x.words) for x in again.history()] == [
        ("create", "person", "Anna befriends a lost whale"),
        ("edit", "outline", "told"),
        ("edit", "person", "at night"),
    ]
    (tmp_path / "f" / "film.json").unlink()
    assert Project.open(tmp_path / "f").film == project.film


def test_reading_writes_nothing(tmp_path):
    made(tmp_path / "f")
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in (tmp_path / "f").rglob("*")}
    Project.open(tmp_path / "f").history()
    assert {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in (tmp_path / "f").rglob("*")} == before


def test_a_commit_is_all_or_nothing_and_needs_the_lock(tmp_path):
    project = made(tmp_path / "f")
    before, told = project.film, (tmp_path / "f" / "edits.jsonl").read_bytes()
    with project.lock(), pytest.raises(BadInput):
        project.commit([NIGHT, e.Remove(shot="s99")])
    with pytest.raises(ProjectError, match="lock"):
        project.commit([NIGHT])
    assert project.film == before
    assert (tmp_path / "f" / "edits.jsonl").read_bytes() == told


def test_an_existing_film_is_not_begun_again(tmp_path):
    made(tmp_path / "f")
    with pytest.raises(BadInput, match="already"):
        Project.create(tmp_path / "f", empty_film(), "", "")
    with pytest.raises(BadInput, match="no film"):
        Project.open(tmp_path / "g")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadInput, match="not a folder"):
        Project.create(tmp_path / "file", empty_film(), "", "")


def test_undo_and_redo_go_any_distance_and_are_entries_themselves(tmp_path):
    project = made(tmp_path / "f")
    films = [project.film]
    with project.lock():
        for edit in (NIGHT, RUN, e.Remove(shot="s02"), e.Trim(shot="s00", cut=9)):
            films.append(project.commit([edit]))
        assert project.undo(4) == films[0]
        assert project.redo(3) == films[3]
        assert project.undo() == films[2]
        assert project.redo(2) == films[4]
        with pytest.raises(BadInput, match="nothing to redo"):
            project.redo()
        project.undo(2)
        other = project.commit([e.Restyle(style=v.Style.ink)])
        with pytest.raises(BadInput, match="nothing to redo"):
            project.redo()
        assert project.undo(3) == films[0]
        with pytest.raises(BadInput, match="2 asked"):
            project.undo(2)
        assert project.redo(3) == other
    assert Project.open(tmp_path / "f").film == other


def test_undo_keeps_takes_and_measured_lines_of_what_stays_the_same(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        project.commit([e.Choose(takes={"s00": take("a"), "s01": take("b")})])
        project.commit([RUN])
        said = e.Spoken(lines={"l2a": e.SpokenLine(milliseconds=1234, words=take("9"))})
        project.commit([said, e.Retime(frames={"s02": 130})])
        project.commit([e.Choose(takes={"s01": take("c"), "s02": take("d"), "title": take("f")})])
        project.commit([e.Decide(decision=Decision(kind="degraded", subject="s02", words="smaller"))])
        after = project.film
        undone = project.undo()
        # s01 asks for its old picture again, so its old take is used again; the rest was made meanwhile.
        assert undone.shot("s01").event.sentence == "Anna waits, 1 times."
        assert undone.decisions.chosen == {
            "s00": take("a"),
            "s01": take("b"),
            "s02": take("d"),
            "title": take("f"),
        }
        assert undone.decisions.spoken == {"l2a": 1234}
        assert undone.shot("s02").frames == 130
        assert undone.decisions.recorded == after.decisions.recorded
        assert project.redo() == after


def test_a_pinned_choice_is_a_step_and_what_the_engine_retimes_is_none(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        project.commit([e.Choose(takes={"s01": take("a")})], "made", "engine")
        project.commit([e.Choose(takes={"s01": take("b")}, pin=True)], "that one", "person")
        project.commit([e.Release(items=("s01",))], "let it go", "person")
        project.commit([e.Retime(frames={"s02": 77})], "timed to the lines", "engine")
        project.commit([e.Choose(takes={"s01": take("c")})], "made", "engine")
        film_now = project.undo()
        assert film_now.decisions.pinned == ("s01",)
        assert film_now.decisions.chosen == {"s01": take("b")}
        assert film_now.shot("s02").frames == 77
        film_now = project.undo()
        assert film_now.decisions.pinned == ()
        assert film_now.decisions.chosen == {"s01": take("c")}
        assert film_now.shot("s02").frames == 77


def test_undo_brings_measured_lines_back_with_their_words(tmp_path):
    project = made(tmp_path / "f")
    old = e.Spoken(lines={"l1a": e.SpokenLine(milliseconds=1000, words=take("1"))})
    new = e.Spoken(lines={"l1a": e.SpokenLine(milliseconds=2000, words=take("2"))})
    with project.lock():
        project.commit([old])
        project.commit([e.SetLine(line="l1a", words="Something else altogether.")])
        project.commit([new])
        assert project.undo().decisions.spoken == {"l1a": 1000}
        assert project.redo().decisions.spoken == {"l1a": 2000}


def test_a_child_that_goes_on_from_an_undone_shot_gets_its_old_take_back(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        project.commit([e.Join(shot="s02", opens=v.Opening.continue_)])
        project.commit([e.Choose(takes={"s01": take("a"), "s02": take("b")})])
        project.commit([RUN])
        project.commit([e.Choose(takes={"s01": take("c"), "s02": take("d")})])
        assert project.undo().decisions.chosen == {"s01": take("a"), "s02": take("b")}


def test_a_torn_last_line_was_never_committed_and_is_cut_off(tmp_path):
    project = made(tmp_path / "f")
    journal = tmp_path / "f" / "edits.jsonl"
    whole = journal.read_bytes()
    torn = b'{"schema_version":1,"number":3,"words":"' + b"long " * 2000  # longer than what is written next
    journal.write_bytes(whole + torn)
    again = Project.open(tmp_path / "f")
    assert again.film == project.film
    with again.lock():
        again.commit([NIGHT], "night")
    assert journal.read_bytes().startswith(whole)
    assert journal.read_bytes().endswith(b"}\n")
    assert b"long" not in journal.read_bytes()
    assert Project.open(tmp_path / "f").film == again.film
    assert len(Project.open(tmp_path / "f").history()) == 3


def test_a_broken_journal_is_said_with_its_line(tmp_path):
    made(tmp_path / "f")
    journal = tmp_path / "f" / "edits.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    (tmp_path / "f" / "film.json").unlink()
    for broken in (b"{}\n", b"[" * 100_000 + b"\n", b'{"number": NaN}\n', b"\xff\xfe\n", b"1\n", lines[0]):
        journal.write_bytes(lines[0] + broken)
        with pytest.raises(Damaged, match="line 2"):
            Project.open(tmp_path / "f")


def edit_by_hand(folder: Path, change) -> None:
    path = folder / "film.json"
    plain = json.loads(path.read_text(encoding="utf-8"))
    change(plain["film"])
    path.write_text(json.dumps(plain, indent=4), encoding="utf-8")


def test_a_hand_edit_is_taken_over_told_and_can_be_undone(tmp_path):
    before = made(tmp_path / "f").film
    edit_by_hand(tmp_path / "f", lambda plain: plain["story"].update(title="By Hand"))
    project = Project.open(tmp_path / "f")
    assert project.film.story.title == "By Hand"
    assert "by hand" in project.notices[0]
    assert len((tmp_path / "f" / "edits.jsonl").read_bytes().splitlines()) == 2, "reading wrote"
    with project.lock():
        pass
    again = Project.open(tmp_path / "f")
    assert (again.film, again.notices) == (project.film, [])
    assert again.history()[-1].kind == "hand"
    with again.lock():
        assert again.undo() == before


def test_other_line_breaks_are_no_hand_edit(tmp_path):
    project = made(tmp_path / "f")
    edit_by_hand(tmp_path / "f", lambda plain: None)
    again = Project.open(tmp_path / "f")
    assert (again.film, again.notices) == (project.film, [])


def test_a_hand_edit_made_while_the_film_is_worked_on_is_kept_aside(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        edit_by_hand(tmp_path / "f", lambda plain: plain["story"].update(title="By Hand"))
        project.commit([NIGHT])
    assert project.film.story.title == "The Whale"
    assert Project.open(tmp_path / "f").film == project.film
    assert "film-by-hand-1.json" in project.notices[0]
    kept = json.loads((tmp_path / "f" / "film-by-hand-1.json").read_text(encoding="utf-8"))
    assert kept["film"]["story"]["title"] == "By Hand"


def test_a_hand_edit_of_a_snapshot_that_lags_behind_loses_no_takes(tmp_path):
    project = made(tmp_path / "f")
    lagging = (tmp_path / "f" / "film.json").read_bytes()
    with project.lock():
        project.commit([e.Choose(takes={"s00": take("a")})])
    (tmp_path / "f" / "film.json").write_bytes(lagging)
    assert Project.open(tmp_path / "f").film == project.film
    edit_by_hand(tmp_path / "f", lambda plain: plain["story"].update(title="By Hand"))
    again = Project.open(tmp_path / "f")
    assert again.film.story.title == "By Hand"
    assert again.film.decisions.chosen == {"s00": take("a")}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("{", BadInput),
        ("[]", BadInput),
        ('{"film": 3}', BadInput),
        ('{"film": {}}', BadInput),
        ("[" * 100_000, BadInput),
        ('{"schema_version": 1, "film": {"schema_version": 1, "id": "x", "brief": {"idea": NaN}}}', BadInput),
        ('{"schema_version": 99, "film": {}}', NewerFilm),
        ('{"schema_version": 1, "film": {"schema_version": 99}}', NewerFilm),
        (
            '{"schema_version": 1, "film": {"schema_version": 1, "id": "other", "brief": {"idea": ""}}}',
            BadInput,
        ),
    ],
)
def test_a_broken_hand_edit_is_refused_and_nothing_touched(tmp_path, text, error):
    made(tmp_path / "f")
    (tmp_path / "f" / "film.json").write_text(text, encoding="utf-8")
    before = {p: p.read_bytes() for p in (tmp_path / "f").iterdir() if p.is_file()}
    with pytest.raises(error) as caught:
        Project.open(tmp_path / "f")
    assert str(caught.value).strip()
    assert {p: p.read_bytes() for p in (tmp_path / "f").iterdir() if p.is_file()} == before


def test_a_journal_of_a_newer_version_is_refused(tmp_path):
    made(tmp_path / "f")
    (tmp_path / "f" / "film.json").unlink()
    with (tmp_path / "f" / "edits.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"schema_version": 3, "number": 3}\n')
    with pytest.raises(NewerFilm):
        Project.open(tmp_path / "f")


def test_a_film_json_alone_begins_a_new_history(tmp_path):
    film_now = made(tmp_path / "f").film
    (tmp_path / "f" / "edits.jsonl").unlink()
    project = Project.open(tmp_path / "f")
    assert project.film == film_now
    assert project.notices
    with project.lock():
        project.commit([NIGHT])
    assert [x.kind for x in Project.open(tmp_path / "f").history()] == ["create", "edit"]


HOLD = """
import sys
from pathlib import Path
from photoplay.memory.project import Project
with Project.open(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_a_second_process_is_told_who_works_on_the_film_and_a_dead_one_is_no_obstacle(tmp_path):
    project = made(tmp_path / "f")
    (tmp_path / "link").symlink_to(tmp_path / "f", target_is_directory=True)
    with hold(tmp_path / "f") as holder:
        for way in ("f", "link", "f/../f"):
            other = Project.open(tmp_path / way)
            with pytest.raises(Locked, match=str(holder.pid)), other.lock():
                pass
        assert Project.open(tmp_path / "f").film == project.film, "readers need no lock"
        holder.kill()
    with project.lock():
        project.commit([NIGHT])


def test_one_process_does_not_lock_a_film_twice_but_may_nest(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        with project.lock():
            project.commit([NIGHT])
        with pytest.raises(Locked, match=str(os.getpid())), Project.open(tmp_path / "f").lock():
            pass
        project.commit([RUN])
    with project.lock():
        pass


def test_under_the_lock_another_process_commits_are_seen(tmp_path):
    one, other = made(tmp_path / "f"), Project.open(tmp_path / "f")
    with one.lock():
        one.commit([NIGHT])
    with other.lock():
        other.commit([RUN])
    seen = Project.open(tmp_path / "f").film
    assert seen.scenes["dusk"].hour == "night"
    assert seen.shot("s01").event.sentence == "Anna runs."


def test_clean_work_leaves_quarantine_and_follows_no_link(tmp_path):
    project = made(tmp_path / "f")
    outside = tmp_path / "precious"
    outside.mkdir()
    (outside / "x").write_text("x", encoding="utf-8")
    (project.work / "take-left").mkdir()
    (project.work / "quarantine-1").mkdir()
    (project.work / "link").symlink_to(outside, target_is_directory=True)
    with project.lock():
        project.clean_work()
    assert [p.name for p in project.work.iterdir()] == ["quarantine-1"]
    assert (outside / "x").exists()


def test_nothing_is_written_through_a_link_out_of_the_project(tmp_path):
    project = made(tmp_path / "f")
    outside = tmp_path / "outside"
    outside.mkdir()
    project.work.rmdir()
    project.work.symlink_to(outside, target_is_directory=True)
    with pytest.raises(ProjectError, match="out of the film"):
        project.store.begin(take("a"))
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    (tmp_path / "f" / "film.json").unlink()
    (tmp_path / "f" / "film.json").symlink_to(precious)
    with pytest.raises(ProjectError):
        project.files.write(tmp_path / "f" / "film.json", b"x")
    assert precious.read_text(encoding="utf-8") == "mine"
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="cannot take write permission away here")
def test_a_read_only_folder_is_said_plainly(tmp_path):
    project = made(tmp_path / "f")
    for folder in (tmp_path / "f" / "film.json", tmp_path / "f"):
        folder.chmod(0o500)
    try:
        with pytest.raises(NoRoom, match="permission"), project.lock():
            project.commit([NIGHT])
    finally:
        (tmp_path / "f").chmod(0o700)


def test_thousands_of_recorded_takes_do_not_write_the_film_thousands_of_times(tmp_path):
    project = made(tmp_path / "f")
    with project.lock():
        project.commit([e.Choose(takes={"s00": take("a")})])
        first = (tmp_path / "f" / "film.json").read_bytes()
        for n in range(40):
            project.commit([e.Choose(takes={"s00": f"{n:064x}"})])
        assert (tmp_path / "f" / "film.json").read_bytes() == first
        assert Project.open(tmp_path / "f").film == project.film
    assert json.loads((tmp_path / "f" / "film.json").read_text(encoding="utf-8"))["edits"] == 43
