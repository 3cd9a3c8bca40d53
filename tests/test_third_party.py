"""A package of somebody else brings a renderer, a writer and a reader: registered by entry points, they are
there for the command line, for workers and for programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import photoplay

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A folder on the path with an installed distribution in it."""
    site = tmp_path_factory.mktemp("site")
    package = site / "stranger"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name in ("renderer_of_your_own", "story_of_your_own"):
        (package / f"{name}.py").write_text((EXAMPLES / f"{name}.py").read_text(encoding="utf-8"))
    (package / "writer.py").write_text(
        "from photoplay import FunctionWriter\n"
        "from .story_of_your_own import fable\n"
        "def writer():\n"
        "    return FunctionWriter(fable, 'fable')\n"
    )
    (package / "reader.py").write_text(
        "from photoplay.agent.directing.understood import Understood\n"
        "from photoplay.storyboard.edit_types import Retake\n"
        "class Reader:\n"
        "    name, model = 'stranger', ''\n"
        "    def understand(self, film, words, talk, tell):\n"
        "        return Understood(edits=(Retake(shot=film.shots[0].id, seed=5),))\n"
    )
    facts = site / "stranger-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(
        "[photoplay.renderers]\ncolours = stranger.renderer_of_your_own:Colours\n"
        "[photoplay.writers]\nfable = stranger.writer:writer\n"
        "[photoplay.readers]\nstranger = stranger.reader:Reader\n"
    )
    return site


def run(site, folder, *words):
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(site), before] if before else [str(site)])
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": path, "PHOTOPLAY_SIZE": "128x72"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_they_are_there_for_the_command_line_and_its_workers_and_for_programs(elsewhere, tmp_path):
    run(
        elsewhere, tmp_path, "-m", "photoplay", "make", "A fox comes home", "--out", "fox", "--renderer", "colours",
        "--writer", "fable", "--seconds", "16",
    )  # fmt: skip
    production = photoplay.open_film(tmp_path / "fox")
    film = production.film
    assert (film.settings.renderer, film.wrote.writer, len(film.shots)) == ("colours", "fable", 4)
    record = production.project.store.record(film.decisions.chosen[film.shots[0].id])
    assert record.renderer["name"] == "colours"
    program = (
        "from photoplay import Studio\n"
        "film = Studio(reader='stranger').open('fox')\n"
        "print(film.title, *film.revise('anything').made)\n"
    )
    said = run(elsewhere, tmp_path, "-c", program)
    assert said.split()[-1] == film.shots[0].id


def test_what_is_not_registered_is_named_with_what_is():
    done = subprocess.run(
        [sys.executable, "-m", "photoplay", "make", "A fox", "--renderer", "colours", "--until", "board"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "'colours'" in done.stderr
    assert "animatic" in done.stderr
