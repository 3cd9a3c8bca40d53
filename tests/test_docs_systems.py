"""The table of systems: every command in it runs tests that there are."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("systems", ROOT / "benchmarks" / "systems.py")
systems = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(systems)
rows = systems.rows

COMMANDS = [(system, command) for system, command, _ in rows() if command]


def test_every_row_says_what_it_proves_and_nothing_is_proven_by_no_command():
    assert len(rows()) > 20
    for system, command, proves in rows():
        assert proves.strip(), system
        assert command or proves.startswith("nothing"), system


@pytest.mark.parametrize(("system", "command"), COMMANDS, ids=[system for system, _ in COMMANDS])
def test_a_command_of_the_table_names_tests_that_there_are(system, command):
    words = shlex.split(command)
    assert words[0] == "pytest"
    files = [ROOT / word for word in words[1:] if word.endswith(".py")]
    assert files
    wanted = words[words.index("-k") + 1] if "-k" in words else ""
    named = [part.strip() for part in wanted.split(" or ") if part.strip() and not part.startswith("not ")]
    for file in files:
        assert file.is_file(), file.name
    found = [t for f in files for t in re.findall(r"^def (test_\w+)", f.read_text("utf-8"), re.MULTILINE)]
    for part in named:
        assert any(part in test for test in found), (
            f"no test of {', '.join(f.name for f in files)} is about {part}"
        )
