"""What the README and the pages say is so: commands parse, programs run, links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

import photoplay
from photoplay.render.registry import GROUP, find_renderer
from photoplay.storyboard.vocabulary import Opening, Style
from photoplay.studio.command import app
from photoplay.studio.settings import Wishes

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = typer.main.get_command(app).commands
TRACKED = os.environ.get("PHOTOPLAY_TRACKED")


def text(page):
    return page.read_text(encoding="utf-8")


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL)


def paragraphs(page):
    return re.split(r"\n\s*\n", re.sub(r"^```.*?^```$", "", text(page), flags=re.MULTILINE | re.DOTALL))


def commands_in(page):
    """Every ``photoplay ...`` in a block or between back-ticks, as its words."""
    lines = [line for block in blocks(page, "") for line in block.splitlines()]
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text(page))
    return [shlex.split(said) for said in (*lines, *spans) if said.startswith("photoplay ")]


SAID = [(page.name, words) for page in PAGES for words in commands_in(page)]


@pytest.mark.parametrize(("page", "words"), SAID, ids=[" ".join(words)[:60] for _, words in SAID])
def test_a_command_that_is_written_down_is_understood(page, words):
    name, *rest = words[1:]
    command = COMMANDS[name]
    needed = [p for p in command.params if p.param_type_name == "argument" and p.required]
    if not rest and needed:
        rest = ["something"] * len(needed)
    command.make_context(name, rest)


def test_the_table_names_every_command_and_every_flag_of_make():
    rows = {
        match[1]: set(re.findall(r"--[a-z]+(?:-[a-z]+)*", line))
        for line in text(README).splitlines()
        if (match := re.match(r"\| `photoplay (\w+)", line))
    }
    assert set(rows) == set(COMMANDS)
    for name, written in rows.items():
        options = [o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts)]
        flags = {o for o in options if o.startswith("--")}
        assert written <= flags, name
    assert rows["make"] == {o for p in COMMANDS["make"].params for o in p.opts if o.startswith("--")}


def test_the_styles_and_settings_are_those_there_are(tmp_path):
    said = text(README)
    listed = re.search(r"Styles: (.*?)\.", said, re.DOTALL)[1]
    assert re.findall(r"`([a-z-]+)`", listed) == [str(style) for style in Style]
    variables = re.findall(r"`PHOTOPLAY_([A-Z]+)`", said)
    assert variables
    values = {"SIZE": "640x360", "STYLE": "chalk"}
    for name in variables:
        assert Wishes({}, {f"PHOTOPLAY_{name}": values[name]}, tmp_path).asked(name.lower())


@pytest.mark.skipif(not (ROOT / "Makefile").is_file(), reason="the Makefile is not beside the tests")
def test_every_make_target_and_variable_that_is_written_down_exists():
    makefile = text(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in PAGES:
        said = [line for block in blocks(page, "") for line in block.splitlines()]
        said += re.findall(r"`([^`\n]+)`", text(page))
        assert {line.split()[1] for line in said if line.startswith("make ")} <= targets, page.name
    variables = re.findall(r"\b([A-Z]+)=", re.search(r"^`LENGTH.*$", text(README), re.MULTILINE)[0])
    assert variables == ["LENGTH", "SIZE", "OUT", "SEED"]
    assert all(f"$(value {name})" in makefile for name in variables)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page):
    tracked = Path(TRACKED).read_text(encoding="utf-8").split() if TRACKED else []
    dead = []
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(page)):
        if target.startswith("https://"):
            continue
        path = page.parent / target
        inside = os.path.relpath(path, ROOT).replace(os.sep, "/")
        if not path.exists() and inside not in tracked:
            dead.append(target)
    assert not dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_programs_that_are_named_exist(page):
    named = set(re.findall(r"\b((?:examples|docs|benchmarks)/\w+\.py)\b", text(page)))
    assert [name for name in named if not (ROOT / name).is_file()] == []


MEASURED = re.compile(r"\d[\d,.]* ?(?:MB|GB|%|ms|times|frames per)(?!\w)|\bMB MB\b|[A-Z]+_MB\b")
SOURCE = re.compile(r"`(?:make bench|du [^`]+|python benchmarks/\w+\.py)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_measured_figure_names_the_command_that_measures_it(page):
    bare = [p for p in paragraphs(page) if MEASURED.search(p) and not SOURCE.search(p)]
    assert not bare


def test_the_page_on_licences_names_everything_that_is_installed():
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    named = {
        name.lower() for name in re.findall(r"[A-Za-z][A-Za-z0-9-]+", text(ROOT / "docs" / "licences.md"))
    }
    wanted = {re.match(r"[A-Za-z0-9-]+", d)[0].lower() for d in project["dependencies"]}
    assert not wanted - named


def test_the_graph_on_the_page_is_the_compiled_one():
    done = subprocess.run([sys.executable, str(ROOT / "docs" / "draw_graph.py"), "--check"], check=False)
    assert done.returncode == 0, "run python docs/draw_graph.py"


# -- the programs on the pages ----------------------------------------------------------------------


def run(program, folder):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def readme_run(tmp_path_factory):
    """The README's program, run as it stands but for flat slates instead of drawings, and small."""
    folder = tmp_path_factory.mktemp("readme")
    [program] = blocks(README, "python")
    small = program.replace("Studio()", 'Studio(renderer="slate", size="128x72")')
    small = small.replace("film.undo()", "print(*(n.id for n in film.production.outcome.made))\nfilm.undo()")
    assert small.count("slate") == small.count("outcome") == 1
    return folder, run(small, folder)


def test_the_program_in_the_readme_runs_and_makes_only_the_changed_shot_again(readme_run):
    folder, said = readme_run
    path, made = said.splitlines()[-2:]
    assert Path(path.split(" The ")[0]).is_file()
    film = photoplay.open_film(folder / "films" / "whale").film
    goes_on = ["s02"]
    for shot in film.shots[2:]:
        if shot.opens is not Opening.continue_:
            break
        goes_on.append(shot.id)
    assert made.split() == [f"shot-{name}" for name in goes_on]


def test_a_film_folder_holds_what_the_page_says(readme_run):
    folder = readme_run[0] / "films" / "whale"
    [listing] = [b for b in blocks(ROOT / "docs" / "how-it-works.md", "") if b.startswith("films/")]
    named = re.findall(r"^  ([a-z.]+/?)", listing, re.MULTILINE)
    assert len(named) >= 8
    assert [name for name in named if not (folder / name).exists()] == []
    unnamed = {p.name for p in folder.iterdir()} - {name.rstrip("/") for name in named}
    assert {name for name in unnamed if not name.startswith(("agent.sqlite-", "lock"))} == set()
    out = re.search(r"^  out/ +(.*)$", listing, re.MULTILINE)[1]
    for name in re.findall(r"[a-z]+\.[a-z0-9]+", out):
        assert (folder / "out" / name).is_file(), name
    assert list(folder.glob("takes/??/*/record.json"))


def test_the_renderer_on_its_page_keeps_the_contract_and_films(readme_run):
    folder = readme_run[0]
    page = ROOT / "docs" / "add-a-renderer.md"
    films = """
from photoplay.render.crew import SoloCrew
from photoplay.storyboard.edit_types import Setting
production = photoplay.open_film("films/whale", crew=SoloCrew(Dusk()))
production.edit([Setting(renderer="dusk")])
production.render()
record = production.project.store.record(production.film.decisions.chosen[production.film.shots[0].id])
print(record.renderer["name"], {state for state, _ in production.takes().values()})
"""
    said = run("\n".join(blocks(page, "python")) + films, folder)
    assert said.splitlines()[-1] == "dusk {'current'}"


def test_the_entry_point_on_the_page_is_the_one_that_is_read():
    [entry] = blocks(ROOT / "docs" / "add-a-renderer.md", "toml")
    assert tomllib.loads(entry)["project"]["entry-points"] == {GROUP: {"dusk": "your_package.dusk:Dusk"}}


def test_a_variant_reaches_the_renderer_as_the_page_says():
    assert 'calls `Dusk("red")`' in text(ROOT / "docs" / "add-a-renderer.md")
    assert find_renderer("slate:red").name == "slate:red"
