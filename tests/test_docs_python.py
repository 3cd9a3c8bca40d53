"""Every program on the page about Python runs as it is written, in order, in one folder; small, and of slates."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from photoplay import Film, Studio

PAGE = Path(__file__).resolve().parent.parent / "docs" / "python.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


RUN = """
import contextlib, io, json, sys
from photoplay.render import crew
crew.LocalCrew = lambda *given, **more: crew.SoloCrew()  # quicker: nobody is hired
said = []
for program in json.load(sys.stdin):
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(program, "<page>", "exec"), {"__name__": "__main__"})
    said.append(told.getvalue())
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """(folder, what each block printed)."""
    folder = tmp_path_factory.mktemp("python")
    programs = [block.replace('renderer="animatic"', 'renderer="slate"') for block in BLOCKS]
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(programs), cwd=folder, capture_output=True, text=True,
        timeout=240, env={**os.environ, "PHOTOPLAY_RENDERER": "slate", "PHOTOPLAY_SIZE": "128x72"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


def test_the_first_program_makes_changes_and_takes_back(ran):
    folder, said = ran
    film = Studio().open(folder / "films" / "whale")
    assert said[0].strip() == f"{film.title} {film.path}"
    assert "undo" in [entry.kind for entry in film.production.project.history()]


def test_a_shot_is_read_edited_and_made_again(ran):
    folder, said = ran
    film = Studio().open(folder / "films" / "whale")
    first = film.storyboard.shots[0]
    assert first.event.sentence == "The whale dives."
    assert said[1].splitlines()[-1] == "current"
    assert film.takes[first.id].state == "current"


def test_events_of_both_kinds_are_told(ran):
    said = ran[1]
    assert re.search(r"^\d+ of \d+: score$", said[2], re.MULTILINE)
    assert said[2].splitlines()[-1].endswith("film.mp4")
    assert (said[3].split()[0], said[3].split()[-1]) == ("begun", "done")


def test_many_films_and_ones_own(ran):
    said = ran[1]
    assert said[4].count("'made'") == 2
    assert "heron" in said[4]
    assert "gave no valid story" in said[5]
    assert "logline" in said[5]


def test_the_table_names_everything_that_a_film_has():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    table = "".join(line.split("|")[1] for line in lines if line.startswith("| `"))
    told = set(re.findall(r"`([a-z_]+)(?:\(|`)", table))
    there = {name for name in vars(Film) if not name.startswith("_")}
    assert there - told == {"rendering", "revising", "doing"}  # told of below the table
    assert told <= there
