"""``make film STORY=...`` hands the story over as it was typed: nothing in it is ever executed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE = shutil.which("make")

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32" or MAKE is None, reason="needs make and a POSIX shell"),
    pytest.mark.skipif(not (ROOT / "Makefile").is_file(), reason="the Makefile is not beside the tests"),
]

RECORDER = """#!{python}
import json, pathlib, sys
pathlib.Path(__file__).with_name("said.json").write_text(json.dumps(sys.argv[1:]))
"""


@pytest.fixture
def checkout(tmp_path):
    """The Makefile in a folder of its own whose ``photoplay`` only writes down what it is told."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("")
    binary = tmp_path / ".venv" / "bin"
    binary.mkdir(parents=True)
    program = binary / "photoplay"
    program.write_text(RECORDER.format(python=sys.executable))
    program.chmod(0o755)
    installed = tmp_path / ".venv" / "installed"
    installed.touch()
    later = (tmp_path / "pyproject.toml").stat().st_mtime + 10
    os.utime(installed, (later, later))
    return tmp_path


def film(checkout, *words, env=None):
    """What ``photoplay`` was told by ``make film`` with these words."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "PHOTOPLAY_", "P_"))}
    for name in ("STORY", "LENGTH", "SIZE", "OUT", "SEED", "S"):
        clean.pop(name, None)
    done = subprocess.run(
        [MAKE, "film", *words],
        cwd=checkout,
        env=clean | (env or {}),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    return json.loads((checkout / ".venv" / "bin" / "said.json").read_text())


@pytest.mark.parametrize(
    "story",
    [
        "A lighthouse keeper befriends a lost whale",
        "`touch hit`",
        "$(touch hit)",
        "$(shell touch hit)",
        "${HOME} $HOME $$HOME $$ $@ $<",
        "He said \"no\" and 'yes', twice",
        "one; touch hit & touch hit | touch hit > hit",
        "one\ntwo\n\tthree",
        "a back\\slash \\n \\",
        "# no comment, 100 % * ? [a-z] ~ !",
        "--out elsewhere",
        "-",
        "ünïcode 灯台 🐳",
        "blanks  inside  ",
        "",
    ],
    ids=lambda story: story[:24].encode("unicode_escape").decode(),
)
def test_a_story_arrives_as_it_was_typed(checkout, story):
    assert film(checkout, f"STORY={story}") == ["make", "--", story]
    assert not (checkout / "hit").exists()


def test_a_story_from_the_environment_arrives_as_it_is(checkout):
    story = '$(touch hit) `touch hit` $(shell touch hit) "quoted" $HOME'
    assert film(checkout, env={"STORY": story}) == ["make", "--", story]
    assert not (checkout / "hit").exists()


def test_length_size_folder_and_seed_are_handed_on(checkout):
    said = film(
        checkout, "STORY=A whale", "LENGTH=90", "SIZE=1080x1920", "OUT=my films/$(shell touch hit)", "SEED=7"
    )
    assert said == [
        "make", "--seconds", "90", "--size", "1080x1920", "--out", "my films/$(shell touch hit)", "--seed", "7",
        "--", "A whale",
    ]  # fmt: skip
    assert not (checkout / "hit").exists()


def test_nothing_typed_is_executed_when_make_only_prints(checkout):
    done = subprocess.run(
        [MAKE, "-n", "film", "STORY=$(touch hit) `touch hit` $(shell touch hit)"],
        cwd=checkout, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "touch hit" not in done.stdout
    assert not (checkout / "hit").exists()


def test_the_last_line_on_standard_output_is_photoplays_own(checkout):
    program = checkout / ".venv" / "bin" / "photoplay"
    program.write_text("#!/bin/sh\necho films/x/out/film.mp4\n")
    done = subprocess.run([MAKE, "film", "STORY=x"], cwd=checkout, capture_output=True, text=True, timeout=30)
    assert done.stdout == "films/x/out/film.mp4\n"
