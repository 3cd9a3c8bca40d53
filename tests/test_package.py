"""What is installed is what is tracked, and importing it stays light."""

import ast
import os
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

import pytest

import photoplay

TRACKED = os.environ.get("PHOTOPLAY_TRACKED")
OUTSIDE = {"tests", "examples", "benchmarks", "docs", ".ci"}
FLOORS = {"storyboard": 1, "memory": 2, "render": 3, "agent": 4, "studio": 5}
ROOT = Path(photoplay.__file__).parent
HEAVY = ("torch", "diffusers", "moviepy", "langgraph", "openai", "skia", "av", "numpy")


@pytest.mark.skipif(not TRACKED, reason="only where the built wheel is tested")
def test_the_installed_package_is_what_is_tested():
    assert "site-packages" in photoplay.__file__


@pytest.mark.skipif(not TRACKED, reason="only where the built wheel is tested")
def test_the_wheel_holds_every_tracked_package_file_and_nothing_else():
    tracked = {
        line
        for line in Path(TRACKED).read_text().split()
        if line.split("/")[0] not in OUTSIDE
        and (
            line.endswith(".py")
            or line == "py.typed"
            or line.startswith(("fonts/", "storyboard/", "agent/", "render/"))
        )
    }
    installed = {
        str(f).removeprefix("photoplay/")
        for f in files("photoplay")
        if str(f).startswith("photoplay/") and "__pycache__" not in str(f)
    }
    assert installed == tracked


def test_the_public_face_is_frozen():
    assert sorted(photoplay.__all__) == [
        "Brief", "Edit", "Film", "FunctionWriter", "PhotoplayError", "Production", "Project", "Renderer",
        "Shot", "SlateRenderer", "Storyboard", "Studio", "Treatment", "Writer", "__version__", "make",
        "open_film",
    ]  # fmt: skip
    for name in photoplay.__all__:
        assert getattr(photoplay, name) is not None


def test_importing_pulls_in_nothing_heavy_and_changes_nothing():
    program = (
        "import sys, signal, logging; before = signal.getsignal(signal.SIGINT), logging.root.handlers[:];"
        "import photoplay; after = signal.getsignal(signal.SIGINT), logging.root.handlers[:];"
        f"print([m for m in {HEAVY!r} if m in sys.modules], before == after)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[] True"


def test_the_command_line_answers_without_loading_renderers_or_models():
    program = "import sys, photoplay.studio.command; print([m for m in ('torch','moviepy','langgraph','openai') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_imports_go_down_the_floors_only():
    climbs = []
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        here = FLOORS.get(parts[0])
        if here is None:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = (node.module or "").split(".")
                if node.level == len(parts) and module[0] in FLOORS and FLOORS[module[0]] > here:
                    climbs.append((str(path), node.module))
                assert not (node.level == 0 and module[0] == "photoplay"), f"absolute import in {path}"
    assert climbs == []
