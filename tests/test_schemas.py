"""The published JSON Schemas are golden: other programs check films, edits and treatments by them.

A change here is a change of what others read and write. On purpose, refresh them with

    python tests/test_schemas.py

and say in CHANGELOG.md what changed.
"""

import json
import sys
from pathlib import Path

import pytest

from photoplay.storyboard.errors import UnknownName
from photoplay.studio.showing import schema_of

NAMES = ("film", "edit", "treatment", "take")
HERE = Path(__file__).resolve().parent


def golden(name):
    return HERE / f"golden_schema_{name}.json"


def published(name):
    return json.dumps(schema_of(name), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def differences(old, new, where="#"):
    """Paths at which two schemas differ, in order."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted(old.keys() | new.keys())
        return [d for k in keys for d in differences(old.get(k), new.get(k), f"{where}/{k}")]
    return [] if old == new else [where]


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_golden_one(name):
    kept = json.loads(golden(name).read_text(encoding="utf-8"))
    changed = differences(kept, json.loads(published(name)))
    assert not changed, (
        f"The schema of {name!r} changed at {', '.join(changed[:6])}. If that is meant: "
        "python tests/test_schemas.py, and a line in CHANGELOG.md."
    )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_unknown_is_let_through(name):
    """A typing error in a hand-edited film is told, not dropped."""
    schema = json.loads(golden(name).read_text(encoding="utf-8"))
    objects = [d for d in (schema, *schema["$defs"].values()) if "properties" in d]
    assert objects
    assert [d["title"] for d in objects if d.get("additionalProperties") is not False] == []


def test_a_film_schema_says_its_version():
    properties = json.loads(golden("film").read_text(encoding="utf-8"))["properties"]
    assert properties["schema_version"]["const"] >= 1


def test_a_change_in_a_schema_is_found():
    kept = json.loads(golden("film").read_text(encoding="utf-8"))
    other = json.loads(published("film"))
    other["$defs"]["Hour"]["enum"].append("midnight")
    assert differences(kept, other) == ["#/$defs/Hour/enum"]


def test_an_unknown_schema_is_refused_with_those_that_exist():
    with pytest.raises(UnknownName, match="treatment"):
        schema_of("nosuch")


if __name__ == "__main__":
    for each in NAMES:
        golden(each).write_text(published(each), encoding="utf-8")
        sys.stdout.write(f"{golden(each)}\n")
