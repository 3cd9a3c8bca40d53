"""What a program that embeds Photoplay is promised: names, signatures, and types that a checker sees."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import photoplay
from photoplay import Film, Studio

PROGRAM = """
from pathlib import Path

from photoplay import Film, Shot, Storyboard, Studio, Treatment
from photoplay.storyboard.edit_types import Rewrite
from photoplay.storyboard.film import Brief
from photoplay.studio.events import Done, Events, TakeMade


def story(brief: Brief, seed: int) -> dict[str, object]:
    return {"title": brief.idea}


def made() -> Film:
    with Studio(renderer="animatic", writer=story, size=(1280, 720), sets={"steps": 20}) as studio:
        film = studio.make("A whale", seconds=60, out=Path("films/whale"), until="board")
    film.edit(Rewrite(shot="s01", sentence="The whale dives.")).render("s01")
    board: Storyboard = film.storyboard
    shots: tuple[Shot, ...] = board.shots
    path: Path = film.path
    words: str = film.revise("scene 2 at night").words
    reveal_type(film.undo())
    reveal_type(film.takes)
    print(path, words, len(shots))
    return film


def followed(studio: Studio) -> None:
    events: Events = studio.events("A whale")
    for event in events:
        if isinstance(event, TakeMade):
            print(event.item, event.made, event.total)
        elif event.kind == "done":
            reveal_type(event)


async def awaited(studio: Studio) -> Film:
    film = await studio.amake("A whale")
    async for event in film.rendering():
        reveal_type(event)
        if isinstance(event, Done):
            print(event.path)
    return film


Studio(colour=3)
Studio(seconds=1.5)
made().make()
"""
"""What is wrong in it, and nothing else, is to be told."""
WRONG = [
    r'Unexpected keyword argument "colour" for "Studio"',
    r'Argument "seconds" to "Studio" has incompatible type "float"',
    r'"Film" has no attribute "make"',
]
REVEALED = [
    r"photoplay\.agent\.directing\.turn\.Turn\b",
    r"Mapping\[(?:builtins\.)?str, photoplay\.studio\.film\.Take\]",
    r'"photoplay\.studio\.events\.Done"',
    r"photoplay\.studio\.events\.Begun \| photoplay\.studio\.events\.StageBegan",
]


def test_a_program_of_a_user_is_checked_strictly(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    home = Path(photoplay.__file__).parent
    environment = dict(os.environ)
    if home.name != "photoplay":  # installed from a checkout: a checker is not led there
        (tmp_path / "stubs").mkdir()
        (tmp_path / "stubs" / "photoplay").symlink_to(home)
        environment["MYPYPATH"] = str(tmp_path / "stubs")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--no-error-summary",
         "--hide-error-context", "--cache-dir", str(tmp_path / "cache"), "program.py"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    said = done.stdout.splitlines()
    errors = [line for line in said if ": error: " in line]
    assert len(errors) == len(WRONG), done.stdout + done.stderr
    for line, wanted in zip(errors, WRONG, strict=True):
        assert re.search(wanted, line)
    notes = [line for line in said if "Revealed type" in line]
    for wanted in REVEALED:
        assert any(re.search(wanted, line) for line in notes), (wanted, notes)


def test_the_package_says_that_it_is_typed():
    assert (Path(photoplay.__file__).parent / "py.typed").is_file()


SIGNATURES = {
    Studio: {
        "__init__": "(self, *, renderer, writer, crew, reader, environment, folder, **defaults)",
        "amake": "(self, idea, *, script, out, until, review, **options)",
        "batch": "(self, rows, out, *, jobs, only, total, listener, stop)",
        "close": "(self)",
        "events": "(self, idea, *, script, out, until, review, **options)",
        "make": "(self, idea, *, script, out, until, review, listener, **options)",
        "open": "(self, folder, *, listener)",
    },
    Film: {
        "apply": "(self, proposal, words)",
        "approve": "(self, edits, until)",
        "board": "(self)",
        "cancel": "(self)",
        "cost": "(self)",
        "doing": "(self, work)",
        "edit": "(self, edits, words)",
        "export": "(self, to, out)",
        "music": "(self, asked, loop, player)",
        "own_sounds": "(self, folder, effects, forget)",
        "plan": "(self)",
        "propose": "(self, words)",
        "propose_script": "(self, path)",
        "redo": "(self, n)",
        "render": "(self, only)",
        "rendering": "(self, only)",
        "revise": "(self, words)",
        "revising": "(self, words)",
        "undo": "(self, n)",
    },
}
PROPERTIES = {"folder", "path", "production", "sounds", "storyboard", "takes", "timeline", "title"}


def written(function):
    """``(self, a, *, b)``: names and kinds, without annotations and defaults."""
    given = inspect.signature(function)
    bare = [p.replace(annotation=p.empty, default=p.empty) for p in given.parameters.values()]
    return str(given.replace(parameters=bare, return_annotation=given.empty))


@pytest.mark.parametrize("owner", SIGNATURES, ids=lambda owner: owner.__name__)
def test_the_signatures_are_frozen(owner):
    methods = {
        name: written(value)
        for name, value in vars(owner).items()
        if inspect.isfunction(value) and (not name.startswith("_") or name == "__init__")
    }
    if owner is Film:
        methods.pop("__init__")  # made by the studio, never by a user
    assert methods == SIGNATURES[owner]
    for name in methods:
        given = inspect.signature(getattr(owner, name)).parameters.values()
        required = [p.name for p in given if p.default is p.empty and p.kind not in (p.VAR_KEYWORD,)]
        known = {"self", "asked", "folder", "rows", "words", "proposal", "edits", "work", "path"}
        assert set(required) <= known


def test_the_properties_are_frozen():
    assert {name for name, value in vars(Film).items() if isinstance(value, property)} == PROPERTIES


def test_everything_public_is_documented():
    for owner in (Studio, Film):
        for name, value in vars(owner).items():
            if not name.startswith("_"):
                assert inspect.getdoc(value), f"{owner.__name__}.{name}"
