"""The rows of a batch: JSON lines, a table with separators, or a folder of scripts and texts.

A row is plain data, {option: value}, with where it stands. Everything that is wrong with a file is told at
once, each fault with its line.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..storyboard.errors import BadInput
from ..storyboard.schema import clean_text
from .beginning import OPTIONS
from .settings import read_set

COLUMNS = OPTIONS | {"idea", "name"}
TEXTS = (".fountain", ".spmd", ".txt", ".md", ".docx", ".epub")
"""Files of a folder that become a film each."""
MOST_BYTES = 200_000_000
MOST_ROWS = 100_000
_LINES, _TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv")
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_MOST_TOLD = 20


@dataclass(frozen=True)
class Row:
    """One film asked for. ``values`` as they were written, ``number`` the line (or number) where."""

    number: int
    values: Mapping[str, Any]
    where: str = "line"
    """What ``number`` counts: lines of a file, rows of a list, or files of a folder."""


@dataclass
class Faults:
    """What is wrong with rows. Nothing is made as long as there is one."""

    found: list[tuple[int, str]] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    """What rows are called, where their number alone would have to be counted."""

    def add(self, number: int, words: str) -> None:
        """Of one row."""
        self.found.append((number, words.replace(" Nothing was made.", "")))

    def check(self, source: str, where: str = "line") -> None:
        """Raise ``BadInput`` with all of them, by their lines."""
        if not self.found:
            return
        named = {number: f" ({name[:80]})" for number, name in self.names.items()}
        told = [
            f"  {where} {number}{named.get(number, '')}: {words}"
            for number, words in sorted(self.found)[:_MOST_TOLD]
        ]
        if len(self.found) > _MOST_TOLD:
            told.append(f"  and {len(self.found) - _MOST_TOLD} more")
        count = len(self.found)
        raise BadInput(
            f"{source} has {count} fault{'s' if count != 1 else ''}:\n" + "\n".join(told)
            + "\nNothing was made."
        )  # fmt: skip


def read_rows(source: Path, faults: Faults) -> tuple[list[Row], list[str]]:
    """The rows of a file or folder, and what a person must be told of how it was read.

    Raises ``BadInput`` where it is none of the three; what is wrong with single rows goes to ``faults``.
    """
    if source.is_dir():
        return _folder(source, faults)
    kind = source.suffix.lower()
    if not source.is_file() or kind not in _LINES + _TABLES:
        raise BadInput(
            f"{source} is no batch. Give a file of JSON lines (.jsonl), a table (.csv, .tsv), or a folder of "
            "scripts and texts. Nothing was made."
        )
    if source.stat().st_size > MOST_BYTES:
        raise BadInput(f"{source} has more than {MOST_BYTES // 1_000_000} MB. Split it up. Nothing was made.")
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.read_bytes()[: error.start].count(b"\n") + 1
        raise BadInput(f"{source}, line {line}, is not text in UTF-8. Save it so, and try again.") from None
    rows = list(_lines(text, faults) if kind in _LINES else _table(text, kind, faults))
    if len(rows) > MOST_ROWS:
        raise BadInput(f"{source} has {len(rows):,} rows; at most {MOST_ROWS:,} are made in one batch.")
    if not rows and not faults.found:
        raise BadInput(f"There is no row in {source}, so there is nothing to make.")
    return rows, []


def rows_of(given: Iterable[Mapping[str, Any] | str]) -> list[Row]:
    """Rows that a program gives: ideas, or mappings of options."""
    return [
        Row(number, {"idea": one} if isinstance(one, str) else dict(one), "row")
        for number, one in enumerate(given, 1)
    ]


def _folder(folder: Path, faults: Faults) -> tuple[list[Row], list[str]]:
    files = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")]
    texts = [p for p in files if p.suffix.lower() in TEXTS]
    others = [p.name for p in files if p.suffix.lower() not in TEXTS]
    if not texts:
        raise BadInput(f"There is no script or text in {folder} ({', '.join(TEXTS)}). Nothing was made.")
    told = f"Left out, since they are no scripts or texts: {', '.join(others[:8])}" if others else ""
    rows = [Row(n, {"script": path.name}, "file") for n, path in enumerate(texts, 1)]
    faults.names.update((row.number, row.values["script"]) for row in rows)
    return rows, [told + (f" and {len(others) - 8} more." if len(others) > 8 else ".")] if told else []


# -- JSON lines ---------------------------------------------------------------------------


class _Twice(ValueError):
    pass


def _lines(text: str, faults: Faults) -> Iterable[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
        except _Twice as error:
            faults.add(number, str(error))
        except RecursionError:
            faults.add(number, "it is nested too deeply for a row.")
        except ValueError as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            faults.add(number, f"it is not JSON ({why[:120]}).")
        else:
            if isinstance(found, str):
                found = {"idea": found}
            if isinstance(found, dict):
                yield Row(number, found)
            else:
                faults.add(number, 'give one object a line, such as {"idea": "...", "seconds": 30}.')


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        raise _Twice(f"{twice[0][:40]!r} is given twice.")
    return dict(pairs)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


# -- tables -------------------------------------------------------------------------------


def _table(text: str, kind: str, faults: Faults) -> Iterable[Row]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, kind), strict=True)
    names: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            begun, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = _header(cells, begun, faults)
                continue
            if any(cell.strip() for cell in cells[len(names) :]):
                faults.add(begun, f"it has {len(cells)} cells, more than the {len(names)} columns.")
                continue
            values = _cells(dict(zip(names, cells, strict=False)), begun, faults)
            if values is not None:
                yield Row(begun, values)
    except csv.Error as error:
        faults.add(line, f"the table cannot be read on from here ({error}).")


def _header(cells: list[str], line: int, faults: Faults) -> list[str]:
    """Names of columns; an unnamed one may only hold nothing. Unknown ones are told once, here."""
    names = [cell.strip().lower().replace("-", "_").replace(" ", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    unknown = [name or "(no name)" for name in names if name not in COLUMNS]
    if unknown:
        faults.add(
            line,
            f"there is no option {', '.join(repr(n[:40]) for n in unknown)}. The columns are named in the "
            f"first row; known: {', '.join(sorted(COLUMNS))}.",
        )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        faults.add(line, f"the column {twice[0]!r} is there twice.")
    return names


def _separator(text: str, kind: str) -> str:
    """What parts the cells: of the first row that holds anything, outside quotation marks, the most."""
    if kind == ".tsv":
        return "\t"
    head = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", head)
    return max(",;\t|", key=bare.count)


def _cells(cells: dict[str, str], line: int, faults: Faults) -> dict[str, Any] | None:
    """The values of a row of a table; an empty cell says nothing."""
    given: dict[str, Any] = {n: c.strip() for n, c in cells.items() if c.strip() and n in COLUMNS}
    try:
        for name in ("dialogue", "draft", "credentials", "match", "lower_thirds", "credits", "j_cuts"):
            if name in given:
                given[name] = _bool(name, given[name])
        if "sets" in given:
            given["sets"] = dict(read_set(part) for part in given["sets"].split(";") if part.strip())
        for name in {"unset", "limits"} & given.keys():
            given[name] = tuple(filter(None, re.split(r"[;,\s]+", given[name])))
    except BadInput as error:
        faults.add(line, str(error))
        return None
    return given


def _bool(name: str, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise BadInput(f"{name} is true or false, not {text[:40]!r}.")


def idea_of(values: Mapping[str, Any]) -> str:
    """The idea of a row, cleaned. Raises ``BadInput`` where it gives neither idea nor script, or both."""
    idea = values.get("idea")
    if idea is not None and not isinstance(idea, str):
        raise BadInput(f"idea is a text, not {str(idea)[:40]!r}.")
    if (not idea or not idea.strip()) == (values.get("script") in (None, "")):
        raise BadInput("give an idea, or a file as script: one of the two.")
    return clean_text(idea or "")
