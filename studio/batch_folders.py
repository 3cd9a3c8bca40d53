"""Which folder each row of a batch lies in: the same every time, also where rows were put before it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from ..memory.files import Files
from ..memory.slug import slug
from ..storyboard.schema import digest
from .batch_rows import Faults, Row
from .beginning import Beginning

FOLDERS = "rows.json"
"""Which row lies in which folder, so that a new row of the same words does not move another."""
_NAMED = 41
"""Characters of a name before the digest that tells rows of the same words apart."""


def name_rows(
    asked: list[tuple[Row, Beginning]], remembered: Mapping[str, str], faults: Faults
) -> list[tuple[str, str]]:
    """(folder, digest) of every row. Rows of one name, and equal rows without one, are faults."""
    said = [digest({n: _whole(v) for n, v in row.values.items() if n != "name"}) for row, _ in asked]
    own = [_own_name(row) for row, _ in asked]
    bases = [name or _base(beginning) for name, (_, beginning) in zip(own, asked, strict=True)]
    taken = {name for name in own if name}
    without = Counter(base for base, name in zip(bases, own, strict=True) if not name)
    found, first = list[tuple[str, str]](), dict[str, int]()
    for (row, _), mark, own_name, base in zip(asked, said, own, bases, strict=True):
        name = own_name
        if not name:
            name = base if without[base] == 1 and base not in taken else f"{base[:_NAMED]}-{mark[:6]}"
            earlier = remembered.get(mark, "")
            if earlier not in taken and earlier in (base, f"{base[:_NAMED]}-{mark[:6]}"):
                name = earlier
        if name in first:
            faults.add(
                row.number,
                f"it would lie in the folder {name!r}, as row {first[name]} does: name one of them.",
            )
        first.setdefault(name, row.number)
        found.append((name, "" if own_name else mark))
    return found


def _whole(value: object) -> str:
    """As text; halves of characters, which no file can hold, are question marks."""
    return str(value).encode("utf-8", "replace").decode()


def _own_name(row: Row) -> str:
    name = str(row.values.get("name") or "").strip()
    return slug(name) if name else ""


def _base(beginning: Beginning) -> str:
    script = beginning.options.script
    return slug(script.stem if script is not None else beginning.idea[:80])


def remembered(out: Path) -> dict[str, str]:
    """Digest of a row -> its folder, of the run before; nothing where that cannot be read."""
    try:
        found = json.loads((out / FOLDERS).read_text(encoding="utf-8"))["folders"]
        return {str(mark): str(name) for name, mark in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def remember(out: Path, folders: Mapping[str, str]) -> None:
    """Write down which row (its digest) lies in which folder, beside those of other batches there."""
    files = Files(out)
    files.make_folder(files.root)
    before = {name: mark for mark, name in remembered(out).items()}
    kept = {"schema_version": 1, "folders": {**before, **folders}}
    files.write(files.root / FOLDERS, (json.dumps(kept, indent=1) + "\n").encode())
