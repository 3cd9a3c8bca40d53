"""The command line: bad input is refused in plain words, before anything is made."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from photoplay.storyboard.errors import BadInput
from photoplay.studio.settings import (
    Wishes,
    read_count,
    read_seconds,
    read_seed,
    read_size,
    read_spec,
)


def photoplay(*words, cwd, env=None, text=None):
    return subprocess.run(
        [sys.executable, "-m", "photoplay", *words],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, input=text,
        env={k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "PHOTOPLAY_"))} | (env or {}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["make", ""], "no story"),
        (["make", "   "], "no story"),
        (["make", "\u202e\u200b"], "no story"),
        (["make", "🐳🐳"], "no words"),
        (["make", "A whale", "--seconds", "0"], "--seconds"),
        (["make", "A whale", "--seconds", "-5"], "--seconds"),
        (["make", "A whale", "--seconds", "999999999"], "--seconds"),
        (["make", "A whale", "--seconds", "soon"], "--seconds"),
        (["make", "A whale", "--size", "0x0"], "--size"),
        (["make", "A whale", "--size", "1281x720"], "--size"),
        (["make", "A whale", "--size", "99999x9"], "--size"),
        (["make", "A whale", "--fps", "0"], "--fps"),
        (["make", "A whale", "--fps", "nan"], "--fps"),
        (["make", "A whale", "--seed", "x"], "--seed"),
        (["make", "A whale", "--style", "oil"], "cut-paper"),
        (["make", "A whale", "--renderer", "nosuch"], "animatic"),
        (["make", "A whale", "--renderer", "os:system"], "animatic"),
        (["make", "A whale", "--writer", "nosuch"], "outline"),
        (["make", "A whale", "--until", "never"], "board"),
        (["make", "A whale", "--shots", "30", "--seconds", "10"], "shots"),
        (["render", "no/such/film"], "film"),
        (["show", "."], "film"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_bad_input_is_refused_and_makes_nothing(tmp_path, words, says):
    done = photoplay(*words, cwd=tmp_path)
    assert done.returncode in (2, 3), done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "lock"] == []


@pytest.mark.parametrize(
    "idea", ["../../x", "C:\\con", "-vf", "%d $(touch hit) `touch hit`", "a" * 300, "NUL"]
)
def test_hostile_text_is_only_text(tmp_path, idea):
    done = photoplay("make", "--until", "story", "--", idea, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    assert folder.parent == (tmp_path / "films").resolve()
    assert {p.name for p in tmp_path.iterdir()} == {"films"}


def test_the_last_line_is_the_path_and_json_is_json(tmp_path):
    done = photoplay("make", "A whale", "--until", "board", "--json", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert Path(lines[-1]["path"]).is_dir()
    plain = photoplay("make", "A whale", "--until", "board", cwd=tmp_path)
    assert plain.stdout.strip() == lines[-1]["path"]


def test_a_story_can_come_from_standard_input(tmp_path):
    done = photoplay("make", "-", "--until", "story", cwd=tmp_path, text="A whale looks for its song.")
    assert done.returncode == 0, done.stderr


def test_show_plan_doctor_schema_and_version(tmp_path):
    made = photoplay("make", "A whale", "--until", "board", "--out", "film", cwd=tmp_path)
    assert made.returncode == 0
    assert "one clip from its picture" in photoplay("show", "film", "--plan", cwd=tmp_path).stdout
    assert "whale" in photoplay("show", "film", cwd=tmp_path).stdout.lower()
    assert json.loads(photoplay("show", "film", "--json", cwd=tmp_path).stdout)["schema_version"] == 2
    doctor = photoplay("doctor", cwd=tmp_path).stdout
    assert "renderer animatic" in doctor
    assert "OPENAI_API_KEY" in doctor
    for name in ("film", "edit", "treatment", "take"):
        assert "$defs" in json.loads(photoplay("schema", name, cwd=tmp_path).stdout)
    assert photoplay("schema", "nosuch", cwd=tmp_path).returncode == 2
    assert photoplay("version", cwd=tmp_path).stdout.strip()


def test_a_film_from_a_newer_version_is_not_touched(tmp_path):
    photoplay("make", "A whale", "--until", "story", "--out", "film", cwd=tmp_path)
    snapshot = tmp_path / "film" / "film.json"
    found = json.loads(snapshot.read_text(encoding="utf-8"))
    text = json.dumps(found).replace('"schema_version": 2', '"schema_version": 99')
    snapshot.write_text(text, encoding="utf-8")
    done = photoplay("render", "film", cwd=tmp_path)
    assert done.returncode == 3
    assert "newer" in done.stderr
    assert snapshot.read_text(encoding="utf-8") == text


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path):
    (tmp_path / "taken").write_text("a file")
    done = photoplay("make", "A whale", "--out", "taken/film", cwd=tmp_path)
    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr


class TestSettings:
    def test_flags_over_environment_over_film_over_file(self, tmp_path):
        (tmp_path / "photoplay.toml").write_text('size = "640x360"\nseed = 4\nstyle = "chalk"\n')
        wishes = Wishes({"size": "320x180"}, {"PHOTOPLAY_SEED": "7"}, tmp_path)
        settings = wishes.settings(None)
        assert (settings.width, settings.seed, settings.style) == (320, 7, "chalk")
        kept = settings.model_copy(update={"style": settings.style.ink, "width": 100, "height": 100})
        again = Wishes({}, {}, tmp_path).settings(kept)
        assert (again.width, again.style) == (100, "ink-wash")

    def test_a_bad_value_names_where_it_is_from(self, tmp_path):
        with pytest.raises(BadInput, match="PHOTOPLAY_SEED"):
            Wishes({}, {"PHOTOPLAY_SEED": "-1"}, tmp_path).settings(None)
        (tmp_path / "photoplay.toml").write_text('colour = "red"\n')
        with pytest.raises(BadInput, match="colour"):
            Wishes({}, {}, tmp_path)

    @pytest.mark.parametrize(("text", "seconds"), [("60", 60), ("1:15", 75), (" 90 s", 90)])
    def test_lengths(self, text, seconds):
        assert read_seconds(text) == seconds

    @pytest.mark.parametrize("read", [read_seconds, read_size, read_seed, read_count, read_spec])
    @pytest.mark.parametrize("text", ["", "-1", "1e9", "٣", "0x10", "9" * 5000, "a.b.C", "\n"])
    def test_nonsense_is_refused(self, read, text):
        with pytest.raises(BadInput):
            read(text)
