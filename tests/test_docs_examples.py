"""The example programs run as their own first lines say, and do what they promise."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import photoplay
from photoplay.render.cut.facts import film_facts
from photoplay.storyboard.vocabulary import Style

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = (
    "batch", "edit_a_shot", "renderer_of_your_own", "review_before_shooting", "script", "story_of_your_own",
)  # fmt: skip


def run(name, out, seconds=12, films=(".",)):
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / f"{name}.py"), str(out), str(seconds), "128", "72"],
        capture_output=True, text=True, encoding="utf-8", cwd=out.parent, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for film in films:
        assert film_facts(out / film / "out" / "film.mp4")["frames"] == seconds * 24
    return done.stdout


def test_every_example_is_run_here():
    assert {p.stem for p in EXAMPLES.glob("*.py")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_how_it_is_run(name):
    said = (EXAMPLES / f"{name}.py").read_text(encoding="utf-8").split('"""')[1]
    commands = re.findall(r"^    python (examples/\S+) films/\w+( \d+ \d+ \d+)?  ", said, re.MULTILINE)
    assert [path for path, _ in commands] == [f"examples/{name}.py"] * 2
    assert [bool(numbers) for _, numbers in commands] == [False, True]


def lines_of(name, what):
    """Lines of code of a class or function: without blank ones, comments and its docstring."""
    text = (EXAMPLES / f"{name}.py").read_text(encoding="utf-8")
    [found] = [n for n in ast.parse(text).body if getattr(n, "name", "") == what]
    told = ast.get_docstring(found) is not None
    first = found.body[0].end_lineno + 1 if told else found.lineno + 1
    body = text.splitlines()[first - 1 : found.end_lineno]
    return 1 + sum(1 for line in body if line.strip() and not line.strip().startswith("#"))


@pytest.mark.parametrize(
    ("name", "what"), [("renderer_of_your_own", "Colours"), ("story_of_your_own", "fable")]
)
def test_one_of_ones_own_has_twenty_lines(name, what):
    assert 10 < lines_of(name, what) <= 20


def test_a_script_without_a_guard_follows_changes_and_takes_back(tmp_path):
    assert "__name__ ==" not in (EXAMPLES / "script.py").read_text(encoding="utf-8").split('"""')[2]
    said = run("script", tmp_path / "film")
    production = photoplay.open_film(tmp_path / "film")
    film = production.film
    [made] = re.findall(r"^Made again: (.*)$", said, re.MULTILINE)
    assert made.split(", ") == [shot.id for shot in film.shots if shot.scene == film.story.scenes[0].id]
    assert film.story.scenes[0].hour != "night"  # undone
    assert "undo" in [entry.kind for entry in production.project.history()]
    assert re.search(r"^  \d+/\d+ score$", said, re.MULTILINE)


def test_a_batch_makes_three_films_and_leaves_them_as_they_are(tmp_path):
    names = ("a-lighthouse-keeper-befriends-a-lost-whale", "a-heron-teaches-a-boy-to-wait", "moon-bread")
    said = run("batch", tmp_path / "films", films=names)
    assert said.count(": made") == 3
    style = photoplay.open_film(tmp_path / "films" / names[1]).film.settings.style
    assert style is Style.ink
    before = {name: os.stat(tmp_path / "films" / name / "out" / "film.mp4").st_mtime_ns for name in names}
    run("batch", tmp_path / "films", films=names)
    assert before == {
        name: os.stat(tmp_path / "films" / name / "out" / "film.mp4").st_mtime_ns for name in names
    }


def test_editing_a_shot_makes_that_shot_again_and_no_other(tmp_path):
    said = run("edit_a_shot", tmp_path / "film")
    last = photoplay.open_film(tmp_path / "film").film.shots[-1]
    assert last.event.sentence == "The keeper dances by the sea."
    assert said.splitlines()[-1] == f"Made again: shot-{last.id}"
    assert "  made score" in said


def test_a_function_tells_the_story(tmp_path):
    run("story_of_your_own", tmp_path / "film", seconds=16)
    film = photoplay.open_film(tmp_path / "film").film
    assert film.wrote.writer == "fable"
    assert [c.name for c in film.story.characters] == ["the fox", "Mila"]
    assert len(film.shots) == 4
    assert "He carried it home" in (tmp_path / "film" / "out" / "film.srt").read_text(encoding="utf-8")


def test_a_renderer_of_ones_own_paints_the_film(tmp_path):
    assert "keeps the contract" in run("renderer_of_your_own", tmp_path / "film")
    production = photoplay.open_film(tmp_path / "film")
    film = production.film
    assert film.settings.renderer == "colours"
    record = production.project.store.record(film.decisions.chosen[film.shots[0].id])
    assert record.renderer["name"] == "colours"


def test_a_review_waits_until_it_is_approved(tmp_path):
    said = run("review_before_shooting", tmp_path / "film")
    production = photoplay.open_film(tmp_path / "film")
    assert production.film.settings.style is Style.ink
    assert production.film.shots[0].camera.angle == "low"
    assert said.count(production.film.shots[0].event.sentence) == 2
